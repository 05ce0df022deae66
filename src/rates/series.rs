//! One series: what one publisher says, day by day, against one common currency.

use super::calendar::Calendar;
use super::quote::{Leg, Quote};
use super::rows::Rows;
use super::{RateStatus, Reference};
use crate::domain::{Currency, Day};

/// Who publishes a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publisher {
    /// The European Central Bank: units for one euro, fixed about 14:15 Frankfurt time.
    Ecb,
    /// The Federal Reserve, H.10, also through FRED: against the dollar, noon in New York.
    FederalReserve,
    /// The central parity of the yuan, published for the People's Bank of China at 09:15 Beijing time.
    Pboc,
    /// Nobody known: the user's own table.
    Stated,
}

impl Publisher {
    /// The line to print wherever figures from it are shown.
    pub fn source_line(self) -> &'static str {
        match self {
            Publisher::Ecb => super::ECB_SOURCE_LINE,
            Publisher::FederalReserve => {
                "Source: Board of Governors of the Federal Reserve System, H.10 exchange rates"
            }
            Publisher::Pboc => "Source: China Foreign Exchange Trade System, central parity rates of the yuan",
            Publisher::Stated => "Source: a table of rates given by the user",
        }
    }

    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Publisher::Ecb => "ecb",
            Publisher::FederalReserve => "federal-reserve",
            Publisher::Pboc => "pboc",
            Publisher::Stated => "stated",
        }
    }

    pub(super) fn calendar(self) -> Calendar {
        match self {
            Publisher::Ecb => Calendar::Target,
            Publisher::FederalReserve => Calendar::FederalReserve,
            Publisher::Pboc | Publisher::Stated => Calendar::Weekdays,
        }
    }
}

/// A history of rates from one source.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub publisher: Publisher,
    /// Names of the files it was read from; none for the embedded table.
    pub files: Vec<String>,
    /// The currency that all its figures have in common.
    pub common: Currency,
    pub rows: Rows,
}

impl Series {
    /// What to print wherever figures from it are shown.
    pub fn source_line(&self) -> String {
        let line = self.publisher.source_line();
        if self.files.is_empty() { line.to_string() } else { format!("{line}, from {}", self.files.join(" and ")) }
    }

    /// Whether it speaks of the currency at all.
    pub fn quotes(&self, currency: Currency) -> bool {
        currency == self.common || self.rows.speaks_of(currency)
    }

    /// Day of the first row.
    pub fn first_day(&self) -> Option<Day> {
        self.rows.day(0)
    }

    /// Day of the last row.
    pub fn last_day(&self) -> Option<Day> {
        self.rows.day(self.rows.len().checked_sub(1)?)
    }

    /// Day of the last row that has both currencies.
    pub fn last_day_of(&self, from: Currency, to: Currency) -> Option<Day> {
        (0..self.rows.len()).rev().find_map(|row| self.quote(row, from, to)).map(|quote| quote.day())
    }

    /// The rate of a row between two currencies.
    pub fn quote(&self, row: usize, from: Currency, to: Currency) -> Option<Quote> {
        let leg = |currency| if currency == self.common { Some(Leg::ONE) } else { self.rows.leg(row, currency) };
        Quote::new(self.rows.day(row)?, self.common, (from, leg(from)?), (to, leg(to)?))
    }

    /// The row that answers for a day. A row on a day off of the publisher, which can hold no figure, is none.
    fn row_for(&self, day: Day) -> Option<usize> {
        let mut row = self.rows.row_at(day)?;
        while self.is_empty_on_a_day_off(row) {
            row = row.checked_sub(1)?;
        }
        Some(row)
    }

    fn is_empty_on_a_day_off(&self, row: usize) -> bool {
        let is_day_off = self.rows.day(row).is_some_and(|day| !self.publisher.calendar().is_due(day));
        is_day_off && self.rows.is_empty(row)
    }

    /// The reference rate of a day between two currencies of the series.
    pub fn reference(&self, from: Currency, to: Currency, day: Day) -> Reference {
        let none = |status| Reference { status, quote: None };
        let found = self.row_for(day).and_then(|row| self.rows.day(row).map(|row_day| (row, row_day)));
        let calendar = self.publisher.calendar();
        let Some((row, row_day)) = found.filter(|(_, row_day)| calendar.is_carried(*row_day, day)) else {
            return none(RateStatus::Missing);
        };
        match self.quote(row, from, to) {
            None => none(RateStatus::Unsupported),
            quote if row_day == day => Reference { status: RateStatus::Exact, quote },
            quote => Reference { status: RateStatus::Carried, quote },
        }
    }

    /// The rate of the nearest row that has both currencies, before or after the day; the earlier of two as near.
    pub fn nearest(&self, from: Currency, to: Currency, day: Day) -> Option<Quote> {
        let after = self.rows.row_at(day).map_or(0, |row| row + 1);
        let earlier = (0..after).rev().find_map(|row| self.quote(row, from, to));
        let later = (after..self.rows.len()).find_map(|row| self.quote(row, from, to));
        match (earlier, later) {
            (Some(earlier), Some(later)) => {
                let later_is_nearer = later.day().days_since(day) < day.days_since(earlier.day());
                Some(if later_is_nearer { later } else { earlier })
            }
            (earlier, later) => earlier.or(later),
        }
    }

    /// The rows around a day's own: the one before it, itself, and those after it as far as `posting` or `rows_after`
    /// says. A gap in the history ends the window; rows on days off are stepped over.
    pub fn rows_around(&self, from: Currency, to: Currency, day: Day, reach: Reach) -> Vec<Quote> {
        let Some(row) = self.row_for(day) else { return Vec::new() };
        let Some(own) = self.quote(row, from, to) else { return Vec::new() };
        let last_row = self.rows.len().saturating_sub(1);
        let before = self.neighbour(row, (0..row).rev());
        let mut quotes: Vec<Quote> = before.and_then(|before| self.quote(before, from, to)).into_iter().collect();
        quotes.push(own);
        let last_day = match reach {
            Reach::To(day) => Some(day),
            Reach::Rows(_) => None,
        };
        let (mut at, mut taken) = (row, 0);
        while let Some(next) = self.neighbour(at, at + 1..=last_row) {
            let is_within = match reach {
                Reach::To(_) => self.rows.day(next) <= last_day,
                Reach::Rows(rows) => taken < rows,
            };
            if !is_within {
                break;
            }
            quotes.extend(self.quote(next, from, to));
            (at, taken) = (next, taken + 1);
        }
        quotes
    }

    /// The next row in the direction of `candidates` with nothing due between.
    fn neighbour(&self, row: usize, mut candidates: impl Iterator<Item = usize>) -> Option<usize> {
        let next = candidates.find(|candidate| !self.is_empty_on_a_day_off(*candidate))?;
        let (earlier, later) = (self.rows.day(row.min(next))?, self.rows.day(row.max(next))?);
        self.publisher.calendar().are_neighbours(earlier, later).then_some(next)
    }
}

/// How far a window goes beyond the day's own row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    /// To the row of a day.
    To(Day),
    /// So many rows.
    Rows(usize),
}
