//! An amount in one currency, held as a whole number of minor units.

use super::Currency;
use rust_decimal::Decimal;
use std::fmt;

/// An exact amount of one currency, in whole minor units.
///
/// The sign is the holder's: negative leaves the account, positive enters it. Totals of a case are positive.
/// Zero is an amount of nothing, never "unknown".
///
/// # Invariants
/// There is no `Add`, `Sum`, `Default` or ordering: amounts of two currencies never mix in silence.
///
/// # Errors
/// Construction fails where non-zero digits would be lost; arithmetic fails on two currencies and on overflow.
///
/// # Examples
/// ```
/// use payproof::domain::{Currency, Money};
/// let price = Money::from_decimal("20.00".parse().unwrap(), Currency::USD).unwrap();
/// assert_eq!(price.minor_units(), 2000);
/// assert!(Money::from_decimal("20.005".parse().unwrap(), Currency::USD).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an amount could not be made or combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyError {
    /// The amount has non-zero digits below the currency's minor unit.
    TooManyDecimals {
        /// The amount as given.
        amount: Decimal,
        /// Its currency.
        currency: Currency,
    },
    /// Two currencies met in one sum.
    CurrencyMismatch {
        /// Currency of the left amount.
        left: Currency,
        /// Currency of the right amount.
        right: Currency,
    },
    /// The figure does not fit a 64-bit count of minor units.
    Overflow,
}

impl Money {
    /// Makes an amount from its whole number of minor units (2000 for 20.00 USD).
    pub fn from_minor(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Makes an amount from a decimal figure.
    ///
    /// # Errors
    /// Non-zero digits below the minor unit, or a figure beyond 64 bits.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let exponent = currency.exponent();
        let exact = amount.normalize();
        if exact.scale() > exponent {
            return Err(MoneyError::TooManyDecimals { amount, currency });
        }
        let power = 10i128.pow(exponent - exact.scale());
        let minor = exact.mantissa().checked_mul(power).ok_or(MoneyError::Overflow)?;
        let minor = i64::try_from(minor).map_err(|_| MoneyError::Overflow)?;
        Ok(Money { minor, currency })
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Signed count of minor units.
    pub fn minor_units(self) -> i64 {
        self.minor
    }

    /// The figure as a decimal at exactly the currency's number of decimals.
    pub fn decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.minor), self.currency.exponent())
    }

    /// Whether the amount is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether money leaves the holder.
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The same amount without its sign.
    pub fn abs(self) -> Money {
        Money { minor: self.minor.saturating_abs(), currency: self.currency }
    }

    /// The same amount with the other sign.
    pub fn negate(self) -> Money {
        Money { minor: self.minor.saturating_neg(), currency: self.currency }
    }

    /// Adds an amount of the same currency.
    ///
    /// # Errors
    /// Two currencies, or a sum beyond 64 bits.
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// Takes an amount of the same currency away.
    ///
    /// # Errors
    /// Two currencies, or a difference beyond 64 bits.
    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Money, how: fn(i64, i64) -> Option<i64>) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency });
        }
        let minor = how(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Money { minor, currency: self.currency })
    }

    /// Whether both amounts are of one currency and at most `minor_units` apart.
    pub fn is_within(self, other: Money, minor_units: i64) -> bool {
        self.currency == other.currency
            && self.minor.checked_sub(other.minor).is_some_and(|gap| gap.saturating_abs() <= minor_units)
    }

    /// The figure alone, with the currency's number of decimals: `-20.00`.
    pub fn figure(self) -> String {
        self.decimal().to_string()
    }
}

impl fmt::Display for Money {
    /// Figure and code: `20.00 USD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::TooManyDecimals { amount, currency } => {
                write!(f, "{amount} has more decimals than {currency} has ({})", currency.exponent())
            }
            MoneyError::CurrencyMismatch { left, right } => write!(f, "{left} and {right} cannot be added"),
            MoneyError::Overflow => f.write_str("the amount is too large"),
        }
    }
}

impl std::error::Error for MoneyError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Result<Money, MoneyError> {
        Money::from_decimal(text.parse().unwrap(), Currency::parse(code).unwrap())
    }

    #[test]
    fn decimals_follow_the_currency() {
        assert_eq!(money("1000.00", "JPY").unwrap().figure(), "1000");
        assert_eq!(money("6.25", "KWD").unwrap().figure(), "6.250");
        assert_eq!(money("-0.5", "USD").unwrap().to_string(), "-0.50 USD");
        assert!(matches!(money("0.001", "USD"), Err(MoneyError::TooManyDecimals { .. })));
        assert_eq!(money("99999999999999999999", "USD"), Err(MoneyError::Overflow));
    }

    #[test]
    fn currencies_never_mix() {
        let left = money("1", "USD").unwrap();
        let right = money("1", "EUR").unwrap();
        assert!(matches!(left.checked_add(right), Err(MoneyError::CurrencyMismatch { .. })));
        assert!(!left.is_within(right, 1000));
        assert_eq!(left.checked_sub(left).unwrap().minor_units(), 0);
        assert_eq!(Money::from_minor(i64::MAX, Currency::USD).checked_add(left), Err(MoneyError::Overflow));
    }
}
