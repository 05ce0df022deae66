//! `payproof rates`.

use super::value;
use crate::text::Lang;
use clap::Args;
use std::path::PathBuf;

/// Show which reference rates are known to which day, and how to bring them up to date
///
/// Reads the ECB's history, one-day file and data portal CSV, FRED, Federal Reserve H.10, the PBoC central parity, and
/// a CSV with the titles date,base,quote,rate. The word built-in names the built-in table.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof rates
  payproof rates --rates built-in --rates eurofxref.csv")]
pub struct Rates {
    /// Reference rates to use instead of the built-in table of the European Central Bank (repeatable)
    #[arg(long, value_name = "FILE")]
    pub rates: Vec<PathBuf>,

    /// Language of the answer, en or zh, instead of the system's
    #[arg(long, value_name = "LANG", value_parser = value::lang)]
    pub lang: Option<Lang>,
}
