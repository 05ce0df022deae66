//! Values written as text, for the tests of every module.

use super::{Account, Currency, Day, Money};

/// A day written `2026-03-07`.
pub(crate) fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

/// An amount written `20.00 USD`.
pub(crate) fn money(text: &str) -> Money {
    let (figure, code) = text.split_once(' ').unwrap();
    Money::from_decimal(figure.parse().unwrap(), Currency::parse(code).unwrap()).unwrap()
}

/// An account by its address.
pub(crate) fn account(text: &str) -> Account {
    Account::new(text).unwrap()
}
