//! Values of options, read from their text.

use crate::domain::{Account, Currency, Day, EntryStatus};
use crate::source::cell::{DateOrder, DecimalMark};
use crate::source::{Answers, Role, SignAnswer};
use crate::text::Lang;
use rust_decimal::Decimal;

/// What is said of some files: `*.csv=CNY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOf<T> {
    /// Pattern of file names, `*` for any run of characters.
    pub files: String,
    /// What is said of them.
    pub answer: T,
}

/// A file name pattern and what is said of the files: parted at a mark, the answer read by a function of its own.
fn answer<T>(
    parts: Option<(&str, &str)>,
    expected: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<AnswerOf<T>, String> {
    let (files, text) = parts.filter(|(files, _)| !files.is_empty()).ok_or_else(|| expected.to_string())?;
    Ok(AnswerOf { files: files.to_string(), answer: read(text)? })
}

pub(super) fn column_of(text: &str) -> Result<AnswerOf<(Role, String)>, String> {
    answer(
        text.split_once(':'),
        "expected a file name, a role and a title such as bank.csv:amount=Betrag",
        Answers::parse_column,
    )
}

pub(super) fn sign_of(text: &str) -> Result<AnswerOf<SignAnswer>, String> {
    answer(
        text.rsplit_once('='),
        "expected a file name and a sign such as card.csv=charge-positive",
        Answers::parse_sign,
    )
}

pub(super) fn dates_of(text: &str) -> Result<AnswerOf<DateOrder>, String> {
    answer(text.rsplit_once('='), "expected a file name and an order such as bank.csv=dmy", Answers::parse_dates)
}

pub(super) fn status_of(text: &str) -> Result<AnswerOf<(String, EntryStatus)>, String> {
    answer(
        text.split_once(':'),
        "expected a file name, a word and what it means such as bank.csv:Geaccepteerd=posted",
        Answers::parse_status,
    )
}

pub(super) fn decimal_of(text: &str) -> Result<AnswerOf<DecimalMark>, String> {
    answer(text.rsplit_once('='), "expected a file name and a mark such as bank.csv=comma", Answers::parse_decimal)
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

pub(super) fn currency_of(text: &str) -> Result<AnswerOf<Currency>, String> {
    answer(text.rsplit_once('='), "expected a file name and a currency such as cmb.csv=CNY", currency)
}

pub(super) fn seen_on(text: &str) -> Result<AnswerOf<Day>, String> {
    answer(text.rsplit_once('='), "expected a file name and a day such as user.json=2026-01-31", day)
}
