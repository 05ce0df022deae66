//! `payproof reconcile`.

use super::value::{self, CurrencyOf};
use crate::domain::{Account, Day};
use crate::text::Lang;
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
    /// Files, or folders with files
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Your own OpenAI account; an invoice of another account is then a finding (repeatable)
    #[arg(long = "account", value_name = "MAIL", value_parser = value::account)]
    pub accounts: Vec<Account>,

    /// The day as of which to judge, instead of the newest day in the files [example: 2026-06-30]
    #[arg(long, value_name = "DAY", value_parser = value::day)]
    pub as_of: Option<Day>,

    /// Reference rates to use instead of the built-in table of the European Central Bank (repeatable)
    #[arg(long, value_name = "FILE")]
    pub rates: Vec<PathBuf>,

    /// Settings, instead of a payproof.toml beside the files
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// First day from which the billing papers are complete [example: 2026-01-01]
    #[arg(long, value_name = "DAY", value_parser = value::day)]
    pub billing_from: Option<Day>,

    /// Take single invoices and receipts for the whole billing history
    #[arg(long)]
    pub billing_complete: bool,

    /// Currency of files that state none (repeatable) [example: 'cmb-*.csv=CNY']
    #[arg(long = "currency", value_name = "FILE_GLOB=CODE", value_parser = value::currency_of)]
    pub currencies: Vec<CurrencyOf>,

    /// Go on over rows that cannot be read; they are listed, and nothing is concluded from their days
    #[arg(long)]
    pub skip_bad_rows: bool,

    /// Language of the report, en or zh, instead of the system's
    #[arg(long, value_name = "LANG", value_parser = value::lang)]
    pub lang: Option<Lang>,

    /// Show card numbers, account numbers and addresses in full
    #[arg(long)]
    pub no_redact: bool,

    /// When to colour the table
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Color,

    /// Write to a file instead of the terminal
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Form of the report
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub format: Format,

    /// End with status 1 if there is at least one discrepancy
    #[arg(long)]
    pub check: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
}
