//! Values of options, read from their text.

use crate::domain::{Account, Currency, Day};
use crate::text::Lang;
use rust_decimal::Decimal;

/// The currency of files that state none: `*.csv=CNY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyOf {
    /// Pattern of file names, `*` for any run of characters.
    pub files: String,
    /// Their currency.
    pub currency: Currency,
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).ok_or_else(|| "expected a day such as 2026-06-30".to_string())
}

pub(super) fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).map_err(|unknown| unknown.to_string())
}

/// Digits with at most one full stop; no sign, no exponent, no grouping.
pub(super) fn decimal(text: &str) -> Result<Decimal, String> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let exact = Decimal::from_str_exact(text).ok().filter(|_| is_plain);
    exact.ok_or_else(|| "expected a plain figure such as 20 or 24.20".to_string())
}

/// A percentage below 100 with at most four decimals.
pub(super) fn percent(text: &str) -> Result<Decimal, String> {
    let fits = |percent: &Decimal| *percent < Decimal::ONE_HUNDRED && percent.scale() <= 4;
    decimal(text).ok().filter(fits).ok_or_else(|| "expected a percentage such as 1.5".to_string())
}

pub(super) fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "expected `en` or `zh`".to_string())
}

pub(super) fn account(text: &str) -> Result<Account, String> {
    Account::new(text).ok_or_else(|| "expected the e-mail address of an account".to_string())
}

pub(super) fn currency_of(text: &str) -> Result<CurrencyOf, String> {
    let expected = "expected a file name and a currency such as cmb.csv=CNY";
    let (files, code) = text.rsplit_once('=').ok_or(expected)?;
    if files.is_empty() {
        return Err(expected.to_string());
    }
    let currency = Currency::parse(code).map_err(|unknown| unknown.to_string())?;
    Ok(CurrencyOf { files: files.to_string(), currency })
}
