//! One row's rate between two currencies: both legs as published, never divided until an amount is.

use super::{Ratio, Rounding};
use crate::domain::{Currency, Day, Money};
use rust_decimal::Decimal;

/// What a series says of one currency on one day, against the currency that all its figures have in common (the euro for
/// the ECB, the dollar for the Federal Reserve), with digits and direction as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    mantissa: u64,
    scale: u32,
    way: Way,
}

/// In which direction a figure is published, and for how many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many units of the common currency are the figure in this one: 1 EUR = 1.1172 USD.
    Of(u32),
    /// So many units of this currency are the figure in the common one: 100 JPY = 4.6143 CNY.
    For(u32),
}

/// Most digits of a rate. Two legs of that size multiplied by any real amount stay well inside 128 bits.
pub(super) const DIGITS_MAX: usize = 10;
/// Most decimals of a rate.
pub(super) const DECIMALS_MAX: usize = 8;

impl Leg {
    /// The common currency's own leg: one.
    pub const ONE: Leg = Leg { mantissa: 1, scale: 0, way: Way::Of(1) };

    /// Reads a figure published as units for one of the common currency: digits with at most one full stop between
    /// them; `None` for anything else, zero and `N/A` included.
    pub(super) fn parse(text: &str) -> Option<Leg> {
        Leg::parse_as(text, Way::Of(1))
    }

    /// The same in another direction.
    pub(super) fn parse_as(text: &str, way: Way) -> Option<Leg> {
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
        (mantissa > 0).then_some(Leg { mantissa, scale: u32::try_from(scale).ok()?, way })
    }

    /// The figure with its decimals as written.
    pub fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.mantissa), self.scale)
    }

    /// The direction of the figure.
    pub fn way(self) -> Way {
        self.way
    }

    /// Units of this currency for one of the common currency, exactly.
    pub(super) fn ratio(self) -> Option<Ratio> {
        let figure = Ratio::new(i128::from(self.mantissa), 10i128.checked_pow(self.scale)?)?;
        match self.way {
            Way::Of(units) => figure.over(Ratio::new(i128::from(units), 1)?),
            Way::For(units) => Ratio::new(i128::from(units), 1)?.over(figure),
        }
    }

    /// Whether both say the same, however many noughts they end with.
    pub(super) fn agrees(self, other: Leg) -> bool {
        self.ratio() == other.ratio()
    }

    /// The steps on a pocket calculator that lead from the common currency to this one.
    fn steps_to(self, steps: &mut Vec<Step>) {
        let units = |units: u32| Decimal::from(units);
        match self.way {
            Way::Of(per) => steps.extend([Step::Times(self.decimal()), Step::Over(units(per))]),
            Way::For(per) => steps.extend([Step::Times(units(per)), Step::Over(self.decimal())]),
        }
    }

    /// The steps back to the common currency.
    fn steps_from(self, steps: &mut Vec<Step>) {
        let units = |units: u32| Decimal::from(units);
        match self.way {
            Way::Of(per) => steps.extend([Step::Times(units(per)), Step::Over(self.decimal())]),
            Way::For(per) => steps.extend([Step::Times(self.decimal()), Step::Over(units(per))]),
        }
    }
}

/// One step on a pocket calculator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Multiply by it.
    Times(Decimal),
    /// Divide by it.
    Over(Decimal),
}

/// The reference rate of one row: units of `to` for one unit of `from`, worked out from the two legs.
///
/// A yardstick for comparison with its day, never a price anybody owes. It is never rounded; amounts are, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    day: Day,
    common: Currency,
    from: Currency,
    to: Currency,
    from_leg: Leg,
    to_leg: Leg,
    rate: Ratio,
}

impl Quote {
    /// Makes a quote of two legs of one row; `None` where their quotient leaves 128 bits, which no published leg does.
    pub(super) fn new(
        day: Day,
        common: Currency,
        (from, from_leg): (Currency, Leg),
        (to, to_leg): (Currency, Leg),
    ) -> Option<Quote> {
        let rate = to_leg.ratio()?.over(from_leg.ratio()?)?;
        Some(Quote { day, common, from, to, from_leg, to_leg, rate })
    }

    /// The currency that both legs are published against.
    pub fn common(&self) -> Currency {
        self.common
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

    /// The leg of `from`, as published.
    pub fn from_leg(&self) -> Leg {
        self.from_leg
    }

    /// The leg of `to`, as published.
    pub fn to_leg(&self) -> Leg {
        self.to_leg
    }

    /// Units of `to` for one unit of `from`, exactly.
    pub fn rate(&self) -> Ratio {
        self.rate
    }

    /// The same row read the other way round, as exact as this one.
    pub fn inverse(&self) -> Option<Quote> {
        Quote::new(self.day, self.common, (self.to, self.to_leg), (self.from, self.from_leg))
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

    /// How a person with a pocket calculator gets from an amount of `from` to one of `to`, in the figures as published:
    /// multiplications first, steps by one left out.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.from_leg.steps_from(&mut steps);
        self.to_leg.steps_to(&mut steps);
        steps.retain(|step| !matches!(step, Step::Times(figure) | Step::Over(figure) if *figure == Decimal::ONE));
        steps.sort_by_key(|step| matches!(step, Step::Over(_)));
        steps
    }
}
