//! The amount that was charged where it stands in a text, with the rate.

use crate::domain::{Currency, Money};
use crate::embedded::{self, carried};
use crate::source::cell::{DecimalMark, MarkShown, mark_shown_by, read_amount};
use regex::Regex;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a text says of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SaidFx {
    /// What was charged, without direction.
    pub original: Money,
    /// The rate as printed.
    pub rate: Option<Decimal>,
}

#[derive(Deserialize)]
struct Patterns {
    patterns: Vec<String>,
}

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let file: Patterns = embedded::read(carried!("normalize/fx-texts"));
    file.patterns.iter().map(|pattern| Regex::new(pattern).expect("the embedded patterns are valid")).collect()
});

/// Shortest text that could hold an amount, a currency and more.
const BYTES_MIN: usize = 8;
/// `USD`
const CODE_BYTES: usize = 3;

/// What a text says of a conversion; `None` where it says nothing that can be read in one way.
pub(super) fn fx_in_text(text: &str) -> Option<SaidFx> {
    if text.len() < BYTES_MIN || !text.bytes().any(|byte| byte.is_ascii_digit()) || !names_currency(text) {
        return None;
    }
    PATTERNS.iter().find_map(|pattern| {
        let found = pattern.captures(text)?;
        let currency = Currency::parse(found.name("currency")?.as_str()).ok()?;
        let amount = figure(found.name("amount")?.as_str(), Some(currency))?;
        let rate = found.name("rate").and_then(|rate| figure(rate.as_str(), None));
        Some(SaidFx { original: Money::from_decimal(amount, currency).ok()?.abs(), rate })
    })
}

/// Whether a currency's code stands in a text as a word of its own. Few texts have one, and only they are worth a search
/// by patterns.
fn names_currency(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    words.any(|word| word.len() == CODE_BYTES && Currency::parse(word).is_ok())
}

/// A figure in a text, whose mark must show.
fn figure(text: &str, currency: Option<Currency>) -> Option<Decimal> {
    let text = text.trim_end_matches(['.', ',']);
    let mark = match mark_shown_by(text, currency.map(Currency::exponent)) {
        MarkShown::Only(mark) => mark,
        MarkShown::Nothing => DecimalMark::Point,
        // A rate such as `1.085` has decimals.
        MarkShown::Either if currency.is_none() && text.contains('.') => DecimalMark::Point,
        MarkShown::Either if currency.is_none() => DecimalMark::Comma,
        MarkShown::Either => return None,
    };
    Some(read_amount(text, mark).ok()?.figure.decimal())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        fx_in_text(text).map_or("nothing".to_string(), |said| {
            format!("{} {}", said.original, said.rate.map_or("-".to_string(), |rate| rate.to_string()))
        })
    }

    #[test]
    fn amounts_and_rates_stand_in_texts() {
        for (text, expected) in [
            ("BETAALPAS 10,80 USD WISSELKOERS 0.861112", "10.80 USD 0.861112"),
            ("12.34 GBP, RATE 1.00/GBP ON 31-08-2026", "12.34 GBP 1.00"),
            ("BOOKS 650-111, US 9.95 USD, 1 USD = 0.88241 EUR", "9.95 USD 0.88241"),
            ("0.60\u{3000}USD\u{3000}110.712\u{3000}07 03", "0.60 USD 110.712"),
            ("Card transaction of 150.00 PLN issued by Shop", "150.00 PLN -"),
            ("Foreign amount: 20.00 USD Rate: 1.3511", "20.00 USD 1.3511"),
            ("TEA HOUSE 12345 LONDON", "nothing"),
            ("20,000 USD @ 1.1", "nothing"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
