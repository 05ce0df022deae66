//! `payproof reconcile`.

use super::{Inputs, Shown};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Follow every purchase and print what does not agree
///
/// Give statements of the bank, card or PayPal together with OpenAI's billing list, as files or as a folder that holds
/// them. Files are recognised by their content, never by their name.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof reconcile ~/Downloads/statements --account me@example.com
  payproof reconcile chase.csv paypal.csv openai-billing.csv --format markdown
  payproof reconcile statements --currency 'cmb-*.csv=CNY' --lang zh --output report.csv --format csv

Exit status: 0 done, 1 discrepancies found (with --check), 2 wrong usage or unreadable input.")]
pub struct Reconcile {
    /// What to read, and how.
    #[command(flatten)]
    pub inputs: Inputs,

    /// How the result is shown, and where it goes.
    #[command(flatten)]
    pub shown: Shown,

    /// Also write reminders of the next renewals, with the balance to keep, as a calendar file
    #[arg(long, value_name = "FILE.ics")]
    pub calendar: Option<PathBuf>,

    /// Form of the report
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub format: Format,

    /// End with status 1 if there is at least one discrepancy
    #[arg(long)]
    pub check: bool,
}

/// Form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on a terminal
    #[default]
    Table,
    /// For programs, with every row cited
    Json,
    /// For spreadsheets, one row a purchase
    Csv,
    /// For issue trackers
    Markdown,
    /// For people: one page with every row cited, to be read in a browser or printed
    Html,
}
