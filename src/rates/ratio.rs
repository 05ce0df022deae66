//! Exact fractions: what stands between two amounts until one of them is rounded, once.

use crate::domain::{Currency, Money};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// An exact fraction in lowest terms, its denominator positive.
///
/// Rates, percentages and shares are kept as fractions, so that every printed amount is rounded exactly once. An
/// operation that would leave 128 bits gives `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    num: i128,
    den: i128,
}

/// How a fraction becomes a whole number of minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves away from zero: every printed amount.
    HalfUp,
    /// Towards minus infinity: the lower end of a range.
    Floor,
    /// Towards plus infinity: the upper end of a range, and what somebody must hold or send.
    Ceiling,
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10i128.checked_pow(exponent)
}

impl Ratio {
    /// One.
    pub const ONE: Ratio = Ratio { num: 1, den: 1 };

    /// Makes `num / den`; `None` for a denominator of zero.
    pub fn new(num: i128, den: i128) -> Option<Ratio> {
        // A divisor fits `i128` unless both are its minimum, which no amount reaches.
        let divisor = i128::try_from(common_divisor(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        if den == 0 || divisor == 0 {
            return None;
        }
        let sign = if den < 0 { -1 } else { 1 };
        Some(Ratio { num: (num / divisor).checked_mul(sign)?, den: (den / divisor).checked_mul(sign)? })
    }

    /// The value of a decimal.
    pub fn of_decimal(value: Decimal) -> Option<Ratio> {
        Ratio::new(value.mantissa(), power_of_ten(value.scale())?)
    }

    /// An amount in whole units of its currency (20.00 USD is 20).
    pub fn of_money(amount: Money) -> Option<Ratio> {
        Ratio::new(i128::from(amount.minor_units()), power_of_ten(amount.currency().exponent())?)
    }

    /// A percentage as a fraction: 1.5 is 3/200.
    pub fn of_percent(percent: Decimal) -> Option<Ratio> {
        Ratio::of_decimal(percent)?.times(Ratio { num: 1, den: 100 })
    }

    /// One and a percentage: 1.5 gives 203/200.
    pub fn one_plus_percent(percent: Decimal) -> Option<Ratio> {
        let part = Ratio::of_percent(percent)?;
        Ratio::new(part.den.checked_add(part.num)?, part.den)
    }

    /// One less a percentage: 1.5 gives 197/200.
    pub fn one_less_percent(percent: Decimal) -> Option<Ratio> {
        let part = Ratio::of_percent(percent)?;
        Ratio::new(part.den.checked_sub(part.num)?, part.den)
    }

    /// The product.
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        // Reduced crosswise first, so that the product is in lowest terms and as small as it can be.
        let left = Ratio::new(self.num, other.den)?;
        let right = Ratio::new(other.num, self.den)?;
        Some(Ratio { num: left.num.checked_mul(right.num)?, den: left.den.checked_mul(right.den)? })
    }

    /// One through this fraction; `None` for zero.
    pub fn inverse(self) -> Option<Ratio> {
        Ratio::new(self.den, self.num)
    }

    /// The quotient; `None` for a divisor of zero.
    pub fn over(self, other: Ratio) -> Option<Ratio> {
        self.times(other.inverse()?)
    }

    /// The difference.
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Ratio::new(left.checked_sub(right)?, self.den.checked_mul(other.den)?)
    }

    /// Rounds to a whole number.
    pub fn round(self, rounding: Rounding) -> Option<i128> {
        let floor = self.num.div_euclid(self.den);
        let rest = self.num.rem_euclid(self.den);
        let up = match rounding {
            Rounding::Floor => false,
            Rounding::Ceiling => rest > 0,
            Rounding::HalfUp => {
                // The rest against what is left to the next whole number: no doubling, no overflow.
                let to_next = self.den - rest;
                rest > to_next || (rest == to_next && self.num > 0)
            }
        };
        if up { floor.checked_add(1) } else { Some(floor) }
    }

    /// The fraction as an amount, rounded to the currency's minor unit.
    pub fn to_money(self, currency: Currency, rounding: Rounding) -> Option<Money> {
        let scale = Ratio { num: power_of_ten(currency.exponent())?, den: 1 };
        let minor = self.times(scale)?.round(rounding)?;
        i64::try_from(minor).ok().map(|minor| Money::from_minor(minor, currency))
    }

    /// The fraction with that many decimals, rounded half up. For display only.
    pub fn to_decimal(self, decimals: u32) -> Option<Decimal> {
        let scale = Ratio { num: power_of_ten(decimals)?, den: 1 };
        Decimal::try_from_i128_with_scale(self.times(scale)?.round(Rounding::HalfUp)?, decimals).ok()
    }

    /// The fraction in percent with two decimals, rounded up: a margin that must be enough.
    pub fn to_percent_above(self) -> Option<Decimal> {
        let above = self.times(Ratio { num: 10_000, den: 1 })?.round(Rounding::Ceiling)?;
        Decimal::try_from_i128_with_scale(above, 2).ok()
    }

    /// The fraction in percent with two decimals, rounded half up. For display only.
    pub fn to_percent(self) -> Option<Decimal> {
        self.times(Ratio { num: 100, den: 1 })?.to_decimal(2)
    }
}

impl Ord for Ratio {
    /// Exact at any size: whole parts first, then the remaining fractions upside down, as in Euclid's algorithm.
    fn cmp(&self, other: &Ratio) -> Ordering {
        let (mut left, mut right) = (*self, *other);
        let mut upside_down = false;
        loop {
            let whole = left.num.div_euclid(left.den).cmp(&right.num.div_euclid(right.den));
            let rests = (left.num.rem_euclid(left.den), right.num.rem_euclid(right.den));
            let order = match (whole, rests) {
                (Ordering::Equal, (0, 0)) => Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, _) => {
                    left = Ratio { num: left.den, den: rests.0 };
                    right = Ratio { num: right.den, den: rests.1 };
                    upside_down = !upside_down;
                    continue;
                }
                (order, _) => order,
            };
            return if upside_down { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(num: i128, den: i128) -> Ratio {
        Ratio::new(num, den).unwrap()
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (num, half_up, floor, ceiling) in [
            (5, 3, 2, 3),
            (-5, -3, -3, -2),
            (4, 2, 2, 2),
            (3, 2, 1, 2),
            (-3, -2, -2, -1),
            (-1, -1, -1, 0),
            (0, 0, 0, 0),
        ] {
            let half = ratio(num, 2);
            assert_eq!(half.round(Rounding::HalfUp), Some(half_up), "{num}/2");
            assert_eq!(half.round(Rounding::Floor), Some(floor), "{num}/2");
            assert_eq!(half.round(Rounding::Ceiling), Some(ceiling), "{num}/2");
        }
        assert_eq!(ratio(-12, 25).round(Rounding::HalfUp), Some(0));
    }

    #[test]
    fn order_is_exact_where_products_overflow() {
        let big = i128::MAX / 2;
        assert!(ratio(big, big - 2) > ratio(big + 2, big));
        assert!(ratio(-big, big - 2) < ratio(-(big + 2), big));
        assert_eq!(ratio(2, -4).cmp(&ratio(-1, 2)), Ordering::Equal);
        assert!(ratio(1, 3) < ratio(2, 5) && ratio(7, 1) > ratio(20, 3));
        assert!(Ratio::new(1, 0).is_none() && ratio(0, 5).inverse().is_none());
        assert_eq!(ratio(big, 3).times(ratio(big, 5)), None);
    }

    proptest::proptest! {
        #[test]
        fn order_agrees_with_cross_multiplication(a in -999i128..999, b in 1i128..999, c in -999i128..999, d in 1i128..999) {
            proptest::prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), (a * d).cmp(&(c * b)));
            proptest::prop_assert_eq!(ratio(a, b).minus(ratio(c, d)), Ratio::new(a * d - c * b, b * d));
        }
    }
}
