//! Whether a file means what its titles say: its figures held against the embedded table.
//!
//! A table written the wrong way round, or for a hundred units, would make every comparison wrong without a trace. Where
//! both know a pair of currencies about the same day, a figure that fits only upside down or a hundredfold is refused.
//! A figure that fits in no way is left alone: series differ, and a rate may have jumped.

use super::fault::{RatesError, RatesFault};
use super::series::{Publisher, Series};
use super::{Rates, Ratio};
use crate::domain::Currency;

/// Days between two figures that are still held against each other.
const DAYS_APART_MAX: i64 = 31;
/// A figure within this share of the embedded one is right as it stands, in percent.
const RIGHT_WITHIN_PERCENT: i128 = 10;
/// Upside down or a hundredfold it must fit this well to be refused, in percent.
const WRONG_WITHIN_PERCENT: i128 = 5;

/// Checks direction and units of every currency that the embedded table knows.
pub(super) fn directions(all: &[Series], name: &str) -> Result<(), RatesError> {
    let foreign: Vec<&Series> = all.iter().filter(|series| series.publisher != Publisher::Ecb).collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let embedded = Rates::embedded();
    for series in foreign {
        for currency in series.rows.currencies() {
            if let Some(fault) = fault_of(series, currency, &embedded) {
                return Err(RatesError::at(name, 1, fault));
            }
        }
    }
    Ok(())
}

fn fault_of(series: &Series, currency: Currency, embedded: &Rates) -> Option<RatesFault> {
    let (from, to) = (series.common, currency);
    let last = series.last_day_of(from, to)?;
    // The newest figure within the embedded days, else the newest of all.
    let known_to = embedded.last_day_of(from, to)?;
    let quote = series.nearest(from, to, last.min(known_to))?;
    let other = embedded.nearest(from, to, quote.day())?;
    if quote.day().days_since(other.day()).abs() > DAYS_APART_MAX {
        return None;
    }
    let share = quote.rate().over(other.rate())?;
    if is_near_one(share, RIGHT_WITHIN_PERCENT) {
        return None;
    }
    let upside_down = quote.rate().inverse()?.over(other.rate())?;
    let hundred = Ratio::new(100, 1)?;
    let day = quote.day();
    let is_wrong = |share: Ratio| is_near_one(share, WRONG_WITHIN_PERCENT);
    let hundredfold =
        |share: Ratio| share.times(hundred).is_some_and(is_wrong) || share.over(hundred).is_some_and(is_wrong);
    if is_wrong(upside_down) || hundredfold(upside_down) {
        Some(RatesFault::Inverted { from, to, day })
    } else if hundredfold(share) {
        Some(RatesFault::Hundredfold { from, to, day })
    } else {
        None
    }
}

fn is_near_one(share: Ratio, percent: i128) -> bool {
    let bounds = (Ratio::new(100 - percent, 100), Ratio::new(100 + percent, 100));
    matches!(bounds, (Some(lo), Some(hi)) if lo <= share && share <= hi)
}
