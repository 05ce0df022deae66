//! `payproof entries`.

use super::{Inputs, Shown};
use clap::{Args, ValueEnum};

/// Show what was read: every record of every file, normalised, nothing left out
///
/// Signs are from your side: a minus leaves the account or is charged to the card. Use this to see whether a file was
/// understood before you rest anything on it; `inspect` says how it was understood.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof entries ~/Downloads/statement.csv
  payproof entries statements --format json --output entries.json

The table masks card numbers, account numbers and addresses; JSON and CSV hold what the files hold.")]
pub struct Entries {
    /// What to read, and how.
    #[command(flatten)]
    pub inputs: Inputs,

    /// How the result is shown, and where it goes.
    #[command(flatten)]
    pub shown: Shown,

    /// Form of the list
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Form of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people, on a terminal
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets, one row a record
    Csv,
}
