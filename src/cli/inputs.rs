//! What every command that reads files takes: the files, and what the user says of them.

use super::value::{self, CurrencyOf};
use crate::domain::{Account, Day};
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
