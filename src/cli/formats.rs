//! `payproof formats`.

use clap::{Args, Subcommand};

/// List the known formats, or print the template of one that you fill in yourself
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof formats
  payproof formats template billing > my-billing.csv")]
pub struct Formats {
    /// What to print instead of the list.
    #[command(subcommand)]
    pub command: Option<FormatsCommand>,
}

/// What to print instead of the list.
#[derive(Clone, Debug, Subcommand)]
pub enum FormatsCommand {
    /// Print a CSV with its titles and one sample row, to be replaced by your own
    #[command(after_help = "Example:\n  payproof formats template billing > my-billing.csv")]
    Template {
        /// Name of a format that people write, as `payproof formats` lists it
        name: String,
    },
}
