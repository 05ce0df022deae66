//! How far a rate rose in the past: what a margin for a coming payment is taken from.

use super::series::Series;
use super::{Quote, RateStatus, Rates, Ratio};
use crate::domain::{Currency, Day};
use rust_decimal::Decimal;

/// Rows that are looked back over: about two years.
const ROWS_LOOKED_BACK: usize = 500;
/// Fewest stretches from which anything is concluded.
const STRETCHES_MIN: usize = 60;
/// Of so many stretches in a hundred the rise was at most the one named.
const STRETCHES_OF_HUNDRED: usize = 99;
/// Most rows that a stretch may have: beyond three months nothing is said.
const STRETCH_ROWS_MAX: usize = 66;

/// The rate from which a coming payment is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    /// The last rate known: of the day itself, where it is known.
    pub quote: Quote,
    /// Whether it is the day's own, exact or carried over days off.
    pub is_of_day: bool,
    /// Rows still to come up to the day.
    pub rows_ahead: usize,
}

/// How far a rate rose over stretches of past rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rise {
    /// Rows in a stretch.
    pub rows: usize,
    /// Number of stretches looked at.
    pub stretches: usize,
    /// Day of the first row looked at.
    pub from: Day,
    /// Day of the last.
    pub to: Day,
    /// What 99 of 100 stretches did not exceed, in percent, two decimals, rounded up; never negative.
    pub percent: Decimal,
    /// The largest, in percent, two decimals, rounded up; never negative.
    pub largest_percent: Decimal,
}

impl Rates {
    /// The rate from which a payment on `day` is reckoned when nothing after `known_to` is known yet. `None` where no
    /// row at or before that day has both currencies, or where the day lies more than three months after the last.
    pub fn base(&self, from: Currency, to: Currency, day: Day, known_to: Day) -> Option<Base> {
        let seen = day.min(known_to);
        let reference = self.reference(from, to, seen);
        match (reference.status, reference.quote) {
            (RateStatus::User | RateStatus::SameCurrency, Some(quote)) => {
                Some(Base { quote, is_of_day: true, rows_ahead: 0 })
            }
            _ => self.series_of(from, to)?.base(from, to, day, seen),
        }
    }

    /// How far the rate rose over `rows` rows, in the two years up to the row of `day`. `None` for rates that the user
    /// gave, and where too few rows are known.
    pub fn rise(&self, from: Currency, to: Currency, day: Day, rows: usize) -> Option<Rise> {
        if from == to || self.given_quote(from, to, day).is_some() {
            return None;
        }
        self.series_of(from, to)?.rise(from, to, day, rows)
    }
}

impl Series {
    fn base(&self, from: Currency, to: Currency, day: Day, seen: Day) -> Option<Base> {
        let last = self.rows.row_at(seen)?;
        let quote = (0..=last).rev().find_map(|row| self.quote(row, from, to))?;
        let calendar = self.publisher.calendar();
        let is_of_day = calendar.is_carried(quote.day(), day);
        let rows_ahead = calendar.rows_due(quote.day(), day, STRETCH_ROWS_MAX + 1);
        (rows_ahead <= STRETCH_ROWS_MAX).then_some(Base { quote, is_of_day, rows_ahead })
    }

    fn rise(&self, from: Currency, to: Currency, day: Day, rows: usize) -> Option<Rise> {
        let last = self.rows.row_at(day)?;
        let first = (last + 1).saturating_sub(ROWS_LOOKED_BACK);
        let quotes: Vec<Quote> = (first..=last).filter_map(|row| self.quote(row, from, to)).collect();
        // A stretch over a hole of the history would show the move of a longer time.
        let days_max = i64::try_from(rows).ok()?.checked_mul(2)?.checked_add(7)?;
        let is_whole = |pair: &(&Quote, &Quote)| pair.1.day().days_since(pair.0.day()) <= days_max;
        let pairs = quotes.iter().zip(quotes.iter().skip(rows)).filter(is_whole);
        let mut rises: Vec<Ratio> =
            pairs.filter_map(|(early, late)| late.rate().over(early.rate())?.minus(Ratio::ONE)).collect();
        if rises.len() < STRETCHES_MIN {
            return None;
        }
        rises.sort();
        let rank = (rises.len() * STRETCHES_OF_HUNDRED).div_ceil(100);
        let percent = |rise: Option<&Ratio>| rise?.to_percent_above().map(|percent| percent.max(Decimal::new(0, 2)));
        Some(Rise {
            rows,
            stretches: rises.len(),
            from: quotes.first()?.day(),
            to: quotes.last()?.day(),
            percent: percent(rises.get(rank.saturating_sub(1)))?,
            largest_percent: percent(rises.last())?,
        })
    }
}
