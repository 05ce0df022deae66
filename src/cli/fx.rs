//! `payproof fx`.

use super::value;
use crate::domain::{Currency, Day};
use crate::text::Lang;
use clap::{Args, Subcommand};
use rust_decimal::Decimal;
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
    Needed(Needed),
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

/// Say what balance to hold for a payment in another currency
///
/// The day's reference value, the card's own costs, and a margin taken from how far the rate rose in the past. For a day
/// to come the last rate known is used, and the margin grows with the days between.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof fx needed 20 USD --in CNY --on 2026-10-30 --card-fee 1.5
  payproof fx needed 24.20 USD --in EUR --on 2026-11-20 --markup 0.35 --lang zh")]
pub struct Needed {
    /// What will be asked for, tax included
    #[arg(value_name = "AMOUNT", value_parser = value::decimal)]
    pub amount: Decimal,

    /// Its currency
    #[arg(value_name = "CURRENCY", value_parser = value::currency)]
    pub currency: Currency,

    /// Currency of the card or account that is to pay
    #[arg(long = "in", value_name = "CURRENCY", value_parser = value::currency)]
    pub account: Currency,

    /// Day of the payment
    #[arg(long, value_name = "DAY", value_parser = value::day)]
    pub on: Day,

    /// Fee that the card adds on a line of its own, in percent of the converted amount
    #[arg(long, value_name = "PERCENT", value_parser = value::percent)]
    pub card_fee: Option<Decimal>,

    /// Markup inside the card's rate, in percent over the reference rate
    #[arg(long, value_name = "PERCENT", value_parser = value::percent)]
    pub markup: Option<Decimal>,

    /// What a virtual card takes of every sum that is loaded onto it, in percent
    #[arg(long, value_name = "PERCENT", value_parser = value::percent)]
    pub top_up_fee: Option<Decimal>,

    /// Use the costs of a card described in this payproof.toml; needs --card
    #[arg(long, value_name = "FILE", requires = "card", conflicts_with_all = ["card_fee", "markup", "top_up_fee"])]
    pub config: Option<PathBuf>,

    /// Name of that card in the payproof.toml
    #[arg(long, value_name = "NAME", requires = "config")]
    pub card: Option<String>,

    /// Reference rates to use instead of the built-in table of the European Central Bank (repeatable)
    #[arg(long, value_name = "FILE")]
    pub rates: Vec<PathBuf>,

    /// Language of the answer, en or zh, instead of the system's
    #[arg(long, value_name = "LANG", value_parser = value::lang)]
    pub lang: Option<Lang>,
}
