//! What range of amounts a band allows, and whether an amount fits it.

use super::{Band, FxError, TOLERANCE_MINOR_UNITS};
use crate::domain::Money;
use crate::rates::{Quote, Rounding};
use rust_decimal::Decimal;

/// The amounts that a band allows, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptRange {
    /// Smallest amount.
    pub lo: Money,
    /// Largest amount.
    pub hi: Money,
}

/// How an amount lies to the range that its band allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Inside.
    Inside {
        /// Whether it is inside with the reference row alone, without the rows around it.
        alone: bool,
    },
    /// Less than the range.
    Below,
    /// More than the range.
    Above,
}

impl Fit {
    /// Whether the amount lies in the range.
    pub fn is_inside(self) -> bool {
        matches!(self, Fit::Inside { .. })
    }
}

impl AcceptRange {
    /// Whether the amount is of the range's currency and inside it.
    pub fn contains(self, amount: Money) -> bool {
        amount.currency() == self.lo.currency()
            && (self.lo.minor_units()..=self.hi.minor_units()).contains(&amount.minor_units())
    }
}

/// The range for an amount converted at any of the quotes with `lo` to `hi` percent on top: the lowest rate with the
/// lower bound rounded down, the highest with the upper rounded up, one minor unit of tolerance on both sides. `None`
/// without quotes, for another currency, or beyond 64 bits.
pub fn accept_range(quotes: &[Quote], amount: Money, lo: Decimal, hi: Decimal) -> Option<AcceptRange> {
    let lowest = quotes.iter().min_by_key(|quote| quote.rate())?;
    let highest = quotes.iter().max_by_key(|quote| quote.rate())?;
    let unit = Money::from_minor(TOLERANCE_MINOR_UNITS, lowest.to());
    Some(AcceptRange {
        lo: lowest.convert_scaled(amount, lo, Rounding::Floor)?.checked_sub(unit).ok()?,
        hi: highest.convert_scaled(amount, hi, Rounding::Ceiling)?.checked_add(unit).ok()?,
    })
}

/// Whether a charge fits an invoice in another currency: the charge without its explicit fees and taxes, against the
/// invoice total at the rates of the window with the channel's band. `None` where the window is empty, the currencies
/// are not the quotes', or a figure leaves 64 bits.
pub fn accepts(reference: &Quote, window: &[Quote], invoice: Money, charged: Money, band: &Band) -> Option<Fit> {
    let range = accept_range(window, invoice, band.lo(), band.hi())?;
    let alone = accept_range(std::slice::from_ref(reference), invoice, band.lo(), band.hi())?;
    if charged.currency() != reference.to() {
        return None;
    }
    Some(if charged.minor_units() < range.lo.minor_units() {
        Fit::Below
    } else if charged.minor_units() > range.hi.minor_units() {
        Fit::Above
    } else {
        Fit::Inside { alone: alone.contains(charged) }
    })
}

/// The same range for the breakdowns, whose amounts are known to fit their quotes.
pub(super) fn range_of(quotes: &[Quote], amount: Money, lo: Decimal, hi: Decimal) -> Result<AcceptRange, FxError> {
    accept_range(quotes, amount, lo, hi).ok_or(FxError::Overflow)
}
