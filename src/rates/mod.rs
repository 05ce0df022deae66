//! Reference rates: embedded and given.
//!
//! A rate is looked up for a day and answered with how it was found; a missing row is never filled in from another day
//! but over weekends and TARGET holidays, and never by interpolation. Both euro legs are kept as published.

mod calendar;
mod quote;
mod ratio;
mod table;

#[cfg(test)]
mod tests;

pub use quote::{Leg, Quote};
pub use ratio::{Ratio, Rounding};
pub use table::{RATES_BYTES_MAX, RatesError, RatesFault};

use crate::domain::{Currency, Day};
use rust_decimal::Decimal;
use std::borrow::Cow;
use table::Table;

const EMBEDDED: &str = include_str!("data/eurofxref-2022-11.csv");
/// The line that the ECB asks for wherever figures from its rates are shown.
pub const ECB_SOURCE_LINE: &str = "Source: ECB statistics (euro foreign exchange reference rates)";

/// Rows after the charge's own that may have been used where the posting day is not known.
const ROWS_AFTER_UNKNOWN_POSTING: usize = 3;

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

/// A history of reference rates from one source.
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
#[derive(Clone, Debug)]
pub struct Rates {
    table: Table,
    source_line: String,
    given: Vec<Given>,
}

/// A rate that the user stated: one unit of `from` is `leg` units of `to`, on any day.
#[derive(Clone, Copy, Debug)]
struct Given {
    from: Currency,
    to: Currency,
    leg: Leg,
}

impl Rates {
    /// The ECB's rates since 2022-11-01 for the currencies it still quotes, BGN and HRK.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded table is one of them.
    pub fn embedded() -> Rates {
        let table =
            Table::parse(Cow::Borrowed(EMBEDDED), "embedded rates", false).expect("the embedded table is valid");
        Rates { table, source_line: ECB_SOURCE_LINE.to_string(), given: Vec::new() }
    }

    /// Reads a file in the form of the ECB's history (`eurofxref-hist.csv`), old columns and years included. `name` is
    /// the file's name for messages and for the source line.
    ///
    /// # Errors
    /// The first line that is not of that form.
    pub fn parse_ecb_csv(text: &str, name: &str) -> Result<Rates, RatesError> {
        let table = Table::parse(Cow::Owned(text.to_string()), name, true)?;
        Ok(Rates { table, source_line: format!("Source: {name}"), given: Vec::new() })
    }

    /// The same rates with one stated by the user, which goes before the table's on any day: one unit of `from` is
    /// `rate` units of `to`. `None` where the rate is not positive or has more than ten digits or eight decimals.
    pub fn with_given(mut self, from: Currency, to: Currency, rate: Decimal) -> Option<Rates> {
        self.given.push(Given { from, to, leg: Leg::parse(&rate.to_string())? });
        Some(self)
    }

    /// What to print wherever figures from these rates are shown.
    pub fn source_line(&self) -> &str {
        &self.source_line
    }

    /// Day of the first row.
    pub fn first_day(&self) -> Option<Day> {
        self.table.day(0)
    }

    /// Day of the last row.
    pub fn last_day(&self) -> Option<Day> {
        self.table.day(self.table.len().checked_sub(1)?)
    }

    /// The reference rate of a day: units of `to` for one unit of `from`.
    pub fn reference(&self, from: Currency, to: Currency, day: Day) -> Reference {
        let none = |status| Reference { status, quote: None };
        if from == to {
            let quote = Quote::new(day, (from, Leg::ONE), (to, Leg::ONE));
            return Reference { status: RateStatus::SameCurrency, quote };
        }
        if let Some(quote) = self.given_quote(from, to, day) {
            return Reference { status: RateStatus::User, quote: Some(quote) };
        }
        if !self.table.quotes(from) || !self.table.quotes(to) {
            return none(RateStatus::Unsupported);
        }
        let found = self.table.row_at(day).and_then(|row| self.table.day(row).map(|row_day| (row, row_day)));
        let Some((row, row_day)) = found.filter(|(_, row_day)| calendar::is_carried(*row_day, day)) else {
            return none(RateStatus::Missing);
        };
        match self.quote(row, from, to) {
            None => none(RateStatus::Unsupported),
            quote if row_day == day => Reference { status: RateStatus::Exact, quote },
            quote => Reference { status: RateStatus::Carried, quote },
        }
    }

    /// The rows that a charge of `charge_day` may really have been converted by: from the row before its own to the
    /// posting day's row, or to three rows after its own where the posting day is not known. Oldest first; empty where
    /// the charge's own day has no rate. A gap in the history ends the window.
    pub fn window(&self, from: Currency, to: Currency, charge_day: Day, posting_day: Option<Day>) -> Vec<Quote> {
        self.rows_around(from, to, charge_day, |row| match posting_day {
            Some(day) => self.table.row_at(day).map_or(row, |posted| posted.max(row)),
            None => row.saturating_add(ROWS_AFTER_UNKNOWN_POSTING),
        })
    }

    /// The rows around one reference row: the one before, itself, the one after where there is one. Oldest first; empty
    /// where the day has no rate.
    pub fn around(&self, from: Currency, to: Currency, day: Day) -> Vec<Quote> {
        self.rows_around(from, to, day, |row| row.saturating_add(1))
    }

    /// The rate of the nearest row that has both currencies, before or after the day; the earlier of two as near. It is
    /// no reference: it may hold an accusation back and is never shown.
    pub fn nearest(&self, from: Currency, to: Currency, day: Day) -> Option<Quote> {
        if from == to || self.given_quote(from, to, day).is_some() {
            return self.reference(from, to, day).quote;
        }
        let after = self.table.row_at(day).map_or(0, |row| row + 1);
        let earlier = (0..after).rev().find_map(|row| self.quote(row, from, to));
        let later = (after..self.table.len()).find_map(|row| self.quote(row, from, to));
        match (earlier, later) {
            (Some(earlier), Some(later)) => {
                let later_is_nearer = later.day().days_since(day) < day.days_since(earlier.day());
                Some(if later_is_nearer { later } else { earlier })
            }
            (earlier, later) => earlier.or(later),
        }
    }

    /// The rows from the one before the day's own row to the one that `last_of` names for it.
    fn rows_around(&self, from: Currency, to: Currency, day: Day, last_of: impl Fn(usize) -> usize) -> Vec<Quote> {
        let reference = self.reference(from, to, day);
        let (Some(own), RateStatus::Exact | RateStatus::Carried) = (reference.quote, reference.status) else {
            // Same currency or a rate given by the user: the one rate there is. No rate: nothing.
            return reference.quote.into_iter().collect();
        };
        let Some(row) = self.table.row_at(day) else { return Vec::new() };
        let follows = |row: usize| match (self.table.day(row), self.table.day(row + 1)) {
            (Some(earlier), Some(later)) => calendar::are_neighbours(earlier, later),
            _ => false,
        };
        let before = row.checked_sub(1).filter(|before| follows(*before));
        let mut quotes: Vec<Quote> = before.and_then(|before| self.quote(before, from, to)).into_iter().collect();
        quotes.push(own);
        for after in row + 1..=last_of(row).min(self.table.len().saturating_sub(1)) {
            if !follows(after - 1) {
                break;
            }
            quotes.extend(self.quote(after, from, to));
        }
        quotes
    }

    fn given_quote(&self, from: Currency, to: Currency, day: Day) -> Option<Quote> {
        self.given.iter().rev().find_map(|given| {
            if (given.from, given.to) == (from, to) {
                Quote::new(day, (from, Leg::ONE), (to, given.leg))
            } else if (given.to, given.from) == (from, to) {
                Quote::new(day, (from, given.leg), (to, Leg::ONE))
            } else {
                None
            }
        })
    }

    fn quote(&self, row: usize, from: Currency, to: Currency) -> Option<Quote> {
        let legs = ((from, self.table.leg(row, from)?), (to, self.table.leg(row, to)?));
        Quote::new(self.table.day(row)?, legs.0, legs.1)
    }
}
