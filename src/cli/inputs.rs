//! What every command that reads files takes: the files, and what the user says of them.

use super::value::{self, AnswerOf};
use crate::domain::{Account, Currency, Day, EntryStatus};
use crate::source::cell::{DateOrder, DecimalMark};
use crate::source::{Role, SignAnswer};
use crate::text::Lang;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Files and what is said of them.
#[derive(Clone, Debug, Args)]
pub struct Inputs {
    /// Files, or folders with files
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Your own OpenAI account; an invoice of another account is then a finding (repeatable)
    #[arg(long = "account", value_name = "MAIL", value_parser = value::account)]
    pub accounts: Vec<Account>,

    /// The day as of which to judge, instead of the newest day in the files [example: 2026-06-30]
    #[arg(long, value_name = "DAY", value_parser = value::day)]
    pub as_of: Option<Day>,

    /// Reference rates to use instead of the built-in table of the European Central Bank (repeatable); `payproof rates`
    /// says which files are read
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
    pub currencies: Vec<AnswerOf<Currency>>,

    /// Which column holds what, for a file in which that is not clear (repeatable) [example: 'bank.csv:amount=Betrag']
    #[arg(long = "column", value_name = "FILE_GLOB:ROLE=TITLE", value_parser = value::column_of)]
    pub columns: Vec<AnswerOf<(Role, String)>>,

    /// Whether a charge is positive in a file: charge-positive or charge-negative (repeatable)
    #[arg(long = "sign", value_name = "FILE_GLOB=SIGN", value_parser = value::sign_of)]
    pub signs: Vec<AnswerOf<SignAnswer>>,

    /// Order of day and month in a file: dmy, mdy or ymd (repeatable)
    #[arg(long, value_name = "FILE_GLOB=ORDER", value_parser = value::dates_of)]
    pub dates: Vec<AnswerOf<DateOrder>>,

    /// What a status word means in a file: posted, pending, voided, expired or declined (repeatable)
    /// [example: 'bank.csv:Geaccepteerd=posted']
    #[arg(long = "status", value_name = "FILE_GLOB:WORD=STATUS", value_parser = value::status_of)]
    pub statuses: Vec<AnswerOf<(String, EntryStatus)>>,

    /// Decimal mark of a file: comma or point (repeatable) [example: 'bank.csv=comma']
    #[arg(long = "decimal", value_name = "FILE_GLOB=MARK", value_parser = value::decimal_of)]
    pub decimals: Vec<AnswerOf<DecimalMark>>,

    /// A folder with layouts of your own, one file a bank, tried before the built-in ones
    #[arg(long, value_name = "FOLDER")]
    pub layouts: Option<PathBuf>,

    /// Day on which you saved an account page that does not say (repeatable) [example: 'user.json=2026-01-31']
    #[arg(long = "seen-on", value_name = "FILE_GLOB=DAY", value_parser = value::seen_on)]
    pub seen_on: Vec<AnswerOf<Day>>,

    /// Go on over rows that cannot be read; they are listed, and nothing is concluded from their days
    #[arg(long)]
    pub skip_bad_rows: bool,

    /// Language of the report, en or zh, instead of the system's
    #[arg(long, value_name = "LANG", value_parser = value::lang)]
    pub lang: Option<Lang>,
}

/// How a result is shown, and where it goes.
#[derive(Clone, Debug, Args)]
pub struct Shown {
    /// Show card numbers, account numbers and addresses in full
    #[arg(long)]
    pub no_redact: bool,

    /// When to colour the text
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Color,

    /// Write to a file instead of the terminal
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
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
