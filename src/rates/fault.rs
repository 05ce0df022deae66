//! Why a rate file cannot be used: where in it, what is wrong there.

use super::quote::{DECIMALS_MAX, DIGITS_MAX};
use super::table::RATES_BYTES_MAX;
use crate::domain::{Currency, Day};
use std::fmt;

/// Where and why a rate file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesError {
    /// The file's name.
    pub name: String,
    /// One-based physical line; of a JSON file the number of the record.
    pub line: u32,
    /// Title of the column at fault, where one is.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: RatesFault,
}

/// What is wrong with a rate file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatesFault {
    /// More bytes than are read.
    TooLarge,
    /// The first line is that of no known form.
    NotRates,
    /// A title is no currency code, or stands twice.
    Title(String),
    /// A title names a series that is no daily exchange rate.
    NotADailySeries(String),
    /// A cell or heading says something else than the form has.
    Expected {
        /// What should stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// No row below the titles.
    NoRows,
    /// A row has another number of cells than the titles.
    Cells {
        /// Number of titles.
        expected: usize,
        /// Number of cells.
        found: usize,
    },
    /// The first cell is no day.
    NotADay(String),
    /// The day stands in another line already.
    SameDay(Day),
    /// A cell is neither a rate nor the form's word for none.
    NotARate(String),
    /// No ISO 4217 code.
    NotACurrency(String),
    /// Two figures of one series for one day and currency differ.
    Conflict {
        /// The day.
        day: Day,
        /// The currency.
        currency: Currency,
    },
    /// The figures fit the embedded rates only the other way round.
    Inverted {
        /// First currency of the pair.
        from: Currency,
        /// Second currency.
        to: Currency,
        /// Day compared.
        day: Day,
    },
    /// The figures fit the embedded rates only a hundredfold or a hundredth.
    Hundredfold {
        /// First currency of the pair.
        from: Currency,
        /// Second currency.
        to: Currency,
        /// Day compared.
        day: Day,
    },
}

impl RatesError {
    /// An error at a line.
    pub(super) fn at(name: &str, line: usize, fault: RatesFault) -> RatesError {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        RatesError { name: name.to_string(), line, column: None, fault }
    }

    /// The same error, in a column.
    pub(super) fn column(mut self, title: &str) -> RatesError {
        self.column = Some(title.to_string());
        self
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.fault {
            RatesFault::NotRates => {
                "known forms: the ECB's history, one-day file and data portal CSV, FRED, Federal Reserve H.10, \
                 PBoC central parity, and a CSV with the titles date,base,quote,rate"
            }
            RatesFault::NotADailySeries(_) => {
                "download the daily series: an average of a month or a week is no day's rate"
            }
            RatesFault::Inverted { .. } => "a row `USD,CNY,7.1` says that 1 USD is 7.1 CNY: swap base and quote",
            RatesFault::Hundredfold { .. } => "give the rate for one unit of the base: some sources quote for 100",
            RatesFault::Conflict { .. } => "give only one of the files, the newer",
            RatesFault::NotACurrency(_) => "write an ISO 4217 code; CNH and USDT are not CNY and USD",
            _ => "give the file as its publisher offers it, or a CSV with the titles date,base,quote,rate",
        }
    }
}

impl fmt::Display for RatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.name, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        write!(f, "{}", self.fault)
    }
}

impl fmt::Display for RatesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RatesFault::TooLarge => write!(f, "a rate file may have at most {RATES_BYTES_MAX} bytes"),
            RatesFault::NotRates => f.write_str("these are the titles of no known form of reference rates"),
            RatesFault::Title(title) => write!(f, "`{title}` is no title of its own: three capital letters, once"),
            RatesFault::NotADailySeries(title) => write!(f, "`{title}` is no known daily exchange rate"),
            RatesFault::Expected { expected, found } => write!(f, "expected {expected}, found `{found}`"),
            RatesFault::NoRows => f.write_str("no row with a rate below the titles"),
            RatesFault::Cells { expected, found } => write!(f, "{found} cells where the titles have {expected}"),
            RatesFault::NotADay(text) => write!(f, "cannot read `{text}` as a day such as 2026-01-31"),
            RatesFault::SameDay(day) => write!(f, "{day} stands in an earlier line already"),
            RatesFault::NotARate(text) => write!(
                f,
                "cannot read `{text}` as a rate: digits with a full stop, at most {DIGITS_MAX} of them and \
                 {DECIMALS_MAX} decimals, or the form's word for none"
            ),
            RatesFault::NotACurrency(text) => write!(f, "`{text}` is not an ISO 4217 currency code"),
            RatesFault::Conflict { day, currency } => {
                write!(f, "another figure for {currency} on {day} than was read before")
            }
            RatesFault::Inverted { from, to, day } => write!(
                f,
                "the rate of {from} in {to} on {day} fits the built-in rates only the other way round, {to} in {from}"
            ),
            RatesFault::Hundredfold { from, to, day } => write!(
                f,
                "the rate of {from} in {to} on {day} is a hundred times, or a hundredth of, the built-in rate"
            ),
        }
    }
}

impl std::error::Error for RatesError {}
