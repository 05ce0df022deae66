//! `payproof fx`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Show the arithmetic of a currency conversion
#[derive(Clone, Debug, Args)]
pub struct Fx {
    /// What to show.
    #[command(subcommand)]
    pub command: FxCommand,
}

/// What to show.
#[derive(Clone, Debug, Subcommand)]
#[allow(missing_docs)]
pub enum FxCommand {
    Explain(Explain),
}

/// Work out where the money went, step by step
///
/// Reads one case or a list of cases as JSON and prints it again with the results added.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Example:\n  payproof fx explain case.json --rates eurofxref-hist.csv")]
pub struct Explain {
    /// JSON file with one case or a list of cases
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Reference rates to use instead of the built-in table of the European Central Bank (repeatable)
    #[arg(long, value_name = "FILE")]
    pub rates: Vec<PathBuf>,
}
