//! `payproof inspect`.

use super::{Inputs, Shown};
use clap::{Args, ValueEnum};

/// Show how each file was understood, and by what
///
/// Encoding, delimiter, lines above and below the records, what each column holds and why, the cells that decided the
/// order of day and month and the decimal mark, which way the signs run, the currency, the days covered, and whether
/// the running balance continues from row to row.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof inspect ~/Downloads/statement.csv
  payproof inspect statements --format json")]
pub struct Inspect {
    /// What to read, and how.
    #[command(flatten)]
    pub inputs: Inputs,

    /// How the result is shown, and where it goes.
    #[command(flatten)]
    pub shown: Shown,

    /// Form of the answer
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub format: InspectFormat,
}

/// Form of what `inspect` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}
