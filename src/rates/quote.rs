//! One row's rate between two currencies: both euro legs as published, never divided until an amount is.

use super::{Ratio, Rounding};
use crate::domain::{Currency, Day, Money};
use rust_decimal::Decimal;

/// Units of a currency for one euro, with the decimals as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    mantissa: u64,
    scale: u32,
}

/// Most digits of a rate. Two legs of that size multiplied by any amount stay well inside 128 bits.
const DIGITS_MAX: usize = 10;
/// Most decimals of a rate.
const DECIMALS_MAX: usize = 8;

impl Leg {
    /// The euro's own leg: one.
    pub const ONE: Leg = Leg { mantissa: 1, scale: 0 };

    /// Reads digits with at most one full stop between them; `None` for anything else, zero and `N/A` included.
    pub(super) fn parse(text: &str) -> Option<Leg> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let has_stop = text.len() != whole.len();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let scale = if has_stop { decimals.len() } else { 0 };
        if !digits(whole) || !digits(decimals) || whole.len() + scale > DIGITS_MAX || scale > DECIMALS_MAX {
            return None;
        }
        let decimals = if has_stop { decimals } else { "" };
        let digits = whole.bytes().chain(decimals.bytes());
        let mantissa = digits.fold(0u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        (mantissa > 0).then_some(Leg { mantissa, scale: u32::try_from(scale).ok()? })
    }

    /// The leg with its decimals as written.
    pub fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.mantissa), self.scale)
    }

    fn ratio(self) -> Option<Ratio> {
        Ratio::new(i128::from(self.mantissa), 10i128.checked_pow(self.scale)?)
    }
}

/// The reference rate of one row: one unit of `from` is `to_leg / from_leg` units of `to`.
///
/// A yardstick for comparison with its day, never a price anybody owes. It is never rounded; amounts are, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    day: Day,
    from: Currency,
    to: Currency,
    from_leg: Leg,
    to_leg: Leg,
    rate: Ratio,
}

impl Quote {
    /// Makes a quote of two legs of one row; `None` where their quotient leaves 128 bits, which no published leg does.
    pub(super) fn new(day: Day, (from, from_leg): (Currency, Leg), (to, to_leg): (Currency, Leg)) -> Option<Quote> {
        let rate = to_leg.ratio()?.over(from_leg.ratio()?)?;
        Some(Quote { day, from, to, from_leg, to_leg, rate })
    }

    /// Day of the row.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Currency converted from.
    pub fn from(&self) -> Currency {
        self.from
    }

    /// Currency converted to.
    pub fn to(&self) -> Currency {
        self.to
    }

    /// Units of `from` for one euro, as written.
    pub fn from_leg(&self) -> Leg {
        self.from_leg
    }

    /// Units of `to` for one euro, as written.
    pub fn to_leg(&self) -> Leg {
        self.to_leg
    }

    /// Units of `to` for one unit of `from`, exactly.
    pub fn rate(&self) -> Ratio {
        self.rate
    }

    /// The same row read the other way round, as exact as this one.
    pub fn inverse(&self) -> Option<Quote> {
        Quote::new(self.day, (self.to, self.to_leg), (self.from, self.from_leg))
    }

    /// An amount of `from` in `to`, rounded half up. `None` for another currency or a result beyond 64 bits.
    pub fn convert(&self, amount: Money) -> Option<Money> {
        self.convert_scaled(amount, Decimal::ZERO, Rounding::HalfUp)
    }

    /// The same with a percentage added (negative: taken off) before the one rounding.
    pub fn convert_scaled(&self, amount: Money, percent: Decimal, rounding: Rounding) -> Option<Money> {
        if amount.currency() != self.from {
            return None;
        }
        let exact = Ratio::of_money(amount)?.times(self.rate)?.times(Ratio::one_plus_percent(percent)?)?;
        exact.to_money(self.to, rounding)
    }

    /// Units of `to` for one unit of `from` with eight decimals, half up. For display only.
    pub fn display_rate(&self) -> Decimal {
        self.rate.to_decimal(8).unwrap_or(Decimal::MAX)
    }
}
