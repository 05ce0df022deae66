//! Reference rates: embedded and given.
//!
//! A rate is looked up for a day and answered with how it was found; a missing row is never filled in from another day
//! but over weekends and the publisher's holidays, and never by interpolation. Both legs are kept as published. Where
//! several series are given, a pair of currencies is answered by the first that speaks of both, on every day: two series
//! are never mixed within one comparison, and the second does not fill the gaps of the first.

mod calendar;
mod check;
mod fault;
mod moves;
mod quote;
mod ratio;
mod read;
mod rows;
mod series;
mod table;

#[cfg(test)]
mod tests;

pub use fault::{RatesError, RatesFault};
pub use moves::{Base, Rise};
pub use quote::{Leg, Quote, Step, Way};
pub use ratio::{Ratio, Rounding};
pub use series::Publisher;
pub use table::RATES_BYTES_MAX;

use crate::domain::{Currency, Day};
use rows::{Gathered, Rows};
use rust_decimal::Decimal;
use series::{Reach, Series};
use std::borrow::Cow;
use table::Table;

const EMBEDDED: &str = include_str!("data/eurofxref-2022-11.csv");
/// The line that the ECB asks for wherever figures from its rates are shown.
pub const ECB_SOURCE_LINE: &str = "Source: ECB statistics (euro foreign exchange reference rates)";

/// Rows after the charge's own that may have been used where the posting day is not known.
pub const ROWS_AFTER_UNKNOWN_POSTING: usize = 3;

/// How a reference rate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateStatus {
    /// A row of that very day.
    Exact,
    /// The row before a weekend or TARGET holiday.
    Carried,
    /// A row was due and is not there.
    Missing,
    /// The series does not carry the currency on that row.
    Unsupported,
    /// Given by the user.
    User,
    /// Both currencies are one.
    SameCurrency,
}

impl RateStatus {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            RateStatus::Exact => "exact",
            RateStatus::Carried => "carried",
            RateStatus::Missing => "missing",
            RateStatus::Unsupported => "unsupported",
            RateStatus::User => "user",
            RateStatus::SameCurrency => "same_currency",
        }
    }
}

/// The answer for a day: how the rate was found and, where there is one, the rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// How it was found.
    pub status: RateStatus,
    /// The rate; absent for `Missing` and `Unsupported` only.
    pub quote: Option<Quote>,
}

/// Reference rates of one or more series.
///
/// # Examples
/// ```
/// use payproof::domain::{Currency, Day};
/// use payproof::rates::{RateStatus, Rates};
/// let rates = Rates::embedded();
/// let sunday = Day::parse_iso("2025-04-20").unwrap();
/// let reference = rates.reference(Currency::USD, Currency::CNY, sunday);
/// assert_eq!(reference.status, RateStatus::Carried);
/// assert_eq!(reference.quote.unwrap().day().to_string(), "2025-04-17");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Rates {
    series: Vec<Series>,
    given: Vec<Given>,
}

/// A rate that the user stated: one unit of `from` is `leg` units of `to`, on any day.
#[derive(Clone, Copy, Debug)]
struct Given {
    from: Currency,
    to: Currency,
    leg: Leg,
}

/// What one series knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who publishes it.
    pub publisher: Publisher,
    /// The line to print wherever figures from it are shown.
    pub source: String,
    /// The currency that its figures have in common.
    pub common: Currency,
    /// Day of the first row.
    pub first_day: Day,
    /// Day of the last row.
    pub last_day: Day,
    /// For each currency the last day with a figure, where there is one.
    pub known_to: Vec<(Currency, Option<Day>)>,
}

impl Rates {
    /// The ECB's rates since 2022-11-01 for the currencies it still quotes, BGN and HRK.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded table is one of them.
    pub fn embedded() -> Rates {
        let table =
            Table::parse(Cow::Borrowed(EMBEDDED), "embedded rates", false).expect("the embedded table is valid");
        let (publisher, common, rows) = (Publisher::Ecb, Currency::EUR, Rows::Wide(table));
        Rates { series: vec![Series { publisher, files: Vec::new(), common, rows }], given: Vec::new() }
    }

    /// Reads a file of any known form, recognised by its content. `name` is the file's name for messages and for the
    /// source line. Figures of other publishers are held against the embedded table, so that a file written the wrong
    /// way round, or for a hundred units, is not taken for what it says.
    ///
    /// # Errors
    /// The first line that is not of its form.
    pub fn parse(text: &str, name: &str) -> Result<Rates, RatesError> {
        let series = read::read(text, name)?;
        check::directions(&series, name)?;
        Ok(Rates { series, given: Vec::new() })
    }

    /// The same rates with further ones after them. Files of one publisher become one series.
    ///
    /// # Errors
    /// Two files of one publisher differ in a figure.
    pub fn and(mut self, further: Rates) -> Result<Rates, RatesError> {
        for series in further.series {
            let same = |known: &&mut Series| {
                known.publisher == series.publisher
                    && known.common == series.common
                    && series.publisher != Publisher::Stated
            };
            match self.series.iter_mut().find(same) {
                Some(known) => merge(known, series)?,
                None => self.series.push(series),
            }
        }
        self.given.extend(further.given);
        Ok(self)
    }

    /// The same rates with one stated by the user, which goes before every series on any day: one unit of `from` is
    /// `rate` units of `to`. `None` where the rate is not positive or has more than ten digits or eight decimals.
    pub fn with_given(mut self, from: Currency, to: Currency, rate: Decimal) -> Option<Rates> {
        self.given.push(Given { from, to, leg: Leg::parse(&rate.to_string())? });
        Some(self)
    }

    /// What to print wherever figures of the first series are shown.
    pub fn source_line(&self) -> String {
        self.series.first().map(Series::source_line).unwrap_or_default()
    }

    /// What to print wherever figures for two currencies are shown, and who says them.
    pub fn source_of(&self, from: Currency, to: Currency) -> (String, Publisher) {
        let series = self.series_of(from, to).or(self.series.first());
        series.map_or((String::new(), Publisher::Stated), |series| (series.source_line(), series.publisher))
    }

    /// Day of the last row of the first series.
    pub fn last_day(&self) -> Option<Day> {
        self.series.first()?.last_day()
    }

    /// Day of the last row with both currencies.
    pub fn last_day_of(&self, from: Currency, to: Currency) -> Option<Day> {
        self.series_of(from, to)?.last_day_of(from, to)
    }

    /// What each series knows, in the order in which they are asked.
    pub fn holdings(&self) -> Vec<Holding> {
        let holding = |series: &Series| {
            let mut currencies = series.rows.currencies();
            currencies.sort();
            let known = |currency: Currency| (currency, series.last_day_of(series.common, currency));
            Some(Holding {
                publisher: series.publisher,
                source: series.source_line(),
                common: series.common,
                first_day: series.first_day()?,
                last_day: series.last_day()?,
                known_to: currencies.into_iter().map(known).collect(),
            })
        };
        self.series.iter().filter_map(holding).collect()
    }

    /// The series that answers for two currencies, on every day.
    fn series_of(&self, from: Currency, to: Currency) -> Option<&Series> {
        self.series.iter().find(|series| series.quotes(from) && series.quotes(to))
    }

    /// The reference rate of a day: units of `to` for one unit of `from`.
    pub fn reference(&self, from: Currency, to: Currency, day: Day) -> Reference {
        if from == to {
            let quote = Quote::new(day, from, (from, Leg::ONE), (to, Leg::ONE));
            return Reference { status: RateStatus::SameCurrency, quote };
        }
        if let Some(quote) = self.given_quote(from, to, day) {
            return Reference { status: RateStatus::User, quote: Some(quote) };
        }
        match self.series_of(from, to) {
            Some(series) => series.reference(from, to, day),
            None => Reference { status: RateStatus::Unsupported, quote: None },
        }
    }

    /// The rows that a charge of `charge_day` may really have been converted by: from the row before its own to the
    /// posting day's row, or to three rows after its own where the posting day is not known. Oldest first; empty where
    /// the charge's own day has no rate. A gap in the history ends the window.
    pub fn window(&self, from: Currency, to: Currency, charge_day: Day, posting_day: Option<Day>) -> Vec<Quote> {
        let reach = posting_day.map_or(Reach::Rows(ROWS_AFTER_UNKNOWN_POSTING), Reach::To);
        self.rows_around(from, to, charge_day, reach)
    }

    /// The rows around one reference row: the one before, itself, the one after where there is one. Oldest first; empty
    /// where the day has no rate.
    pub fn around(&self, from: Currency, to: Currency, day: Day) -> Vec<Quote> {
        self.rows_around(from, to, day, Reach::Rows(1))
    }

    /// The rate of the nearest row that has both currencies, before or after the day; the earlier of two as near. It is
    /// no reference: it may hold an accusation back and is never shown.
    pub fn nearest(&self, from: Currency, to: Currency, day: Day) -> Option<Quote> {
        if from == to || self.given_quote(from, to, day).is_some() {
            return self.reference(from, to, day).quote;
        }
        self.series_of(from, to)?.nearest(from, to, day)
    }

    fn rows_around(&self, from: Currency, to: Currency, day: Day, reach: Reach) -> Vec<Quote> {
        let reference = self.reference(from, to, day);
        match (reference.status, self.series_of(from, to)) {
            (RateStatus::Exact | RateStatus::Carried, Some(series)) => series.rows_around(from, to, day, reach),
            // Same currency or a rate given by the user: the one rate there is. No rate: nothing.
            _ => reference.quote.into_iter().collect(),
        }
    }

    fn given_quote(&self, from: Currency, to: Currency, day: Day) -> Option<Quote> {
        self.given.iter().rev().find_map(|given| {
            if (given.from, given.to) == (from, to) {
                Quote::new(day, from, (from, Leg::ONE), (to, given.leg))
            } else if (given.to, given.from) == (from, to) {
                Quote::new(day, to, (from, given.leg), (to, Leg::ONE))
            } else {
                None
            }
        })
    }
}

/// Puts a further file of the same publisher into a series.
fn merge(known: &mut Series, further: Series) -> Result<(), RatesError> {
    let name = further.files.first().cloned().unwrap_or_default();
    let fail = |fault| RatesError::at(&name, 1, fault);
    let mut gathered = Gathered::default();
    gathered.add_all(&known.rows).and_then(|()| gathered.add_all(&further.rows)).map_err(fail)?;
    if let Some(rows) = gathered.finish() {
        known.rows = rows;
    }
    if known.files.is_empty() {
        known.files.push("the built-in table".to_string());
    }
    known.files.extend(further.files);
    Ok(())
}
