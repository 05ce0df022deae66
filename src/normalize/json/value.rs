//! Single values to days, figures, amounts and currencies, with the words for what is wrong.

use super::{Context, Made};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{Currency, Day, Money};
use crate::source::cell::{DecimalMark, MarkShown, mark_shown_by, read_amount, read_instant, read_unix_seconds};
use crate::source::{Node, Object, currency_of};
use rust_decimal::Decimal;

/// Currencies that have no minor unit in ISO 4217 and that the payment processor nevertheless counts in hundredths.
const PROCESSOR_HUNDREDTHS: [&str; 2] = ["ISK", "UGX"];
/// Characters of an exact figure; the longest known has 32.
const FIGURE_CHARACTERS_MAX: usize = 64;
/// Most decimals of an exact figure; what is written beyond them is cut off.
const FIGURE_DECIMALS_MAX: usize = 28;

impl Context<'_> {
    /// The object that a value must be.
    pub(super) fn object<'t>(&self, node: Node<'t>) -> Made<Object<'t>> {
        let missing = || Diagnostic::error("json-key", self.path, "an object with keys is expected");
        node.object().ok_or_else(|| Box::new(missing().at(node.excerpt("this is none"))))
    }

    /// The value of a key that must be there.
    pub(super) fn needed<'t>(&self, object: &Object<'t>, key: &str) -> Made<Node<'t>> {
        object.get(key).ok_or_else(|| {
            let message = format!("the key `{key}` is missing or empty");
            let label = format!("an object with the key `{key}`");
            let finding = Diagnostic::error("json-key", self.path, message).at(object.node().excerpt(label));
            Box::new(finding.hint("save the page again as it is; leave no key out"))
        })
    }

    /// The day of a point in time, in UTC: a text with or without a zone, or seconds since 1970.
    pub(super) fn day(&self, node: Node<'_>) -> Made<Day> {
        let read = match (node.text(), node.number()) {
            (Some(text), _) => read_instant(&text),
            (None, Some(digits)) => read_unix_seconds(digits),
            (None, None) => None,
        };
        read.ok_or_else(|| {
            let message = format!("cannot read {} as a time", literal(node.raw()));
            let expected = "a time such as `2026-08-04T10:22:17Z`, or seconds since 1970";
            Box::new(Diagnostic::error("cell-date", self.path, message).at(node.excerpt(expected)))
        })
    }

    /// The same for a key that may be missing or empty.
    pub(super) fn day_at(&self, object: &Object<'_>, key: &str) -> Made<Option<Day>> {
        object.get(key).map(|node| self.day(node)).transpose()
    }

    /// An exact figure, written as a number or as a text.
    pub(super) fn figure(&self, node: Node<'_>) -> Made<Decimal> {
        let text = node.text();
        let written = text.as_deref().or(node.number()).unwrap_or_default();
        exact(written).ok_or_else(|| self.no_amount(node, "digits with a decimal point"))
    }

    /// An amount in whole units of a currency.
    pub(super) fn units(&self, node: Node<'_>, currency: Currency) -> Made<Money> {
        let amount = Money::from_decimal(self.figure(node)?, currency);
        amount.map_err(|_| self.no_amount(node, &format!("an amount in {currency}")))
    }

    /// An amount in the processor's smallest unit of a currency.
    pub(super) fn smallest_units(&self, node: Node<'_>, currency: Currency) -> Made<Money> {
        let hundredths = PROCESSOR_HUNDREDTHS.contains(&currency.code());
        let count = node.number().and_then(|digits| digits.parse::<i64>().ok());
        let whole = match hundredths {
            true => count.filter(|count| count % 100 == 0).map(|count| count / 100),
            false => count,
        };
        let money = whole.map(|count| Money::from_minor(count, currency));
        money.ok_or_else(|| self.no_amount(node, &format!("a whole number of the smallest unit of {currency}")))
    }

    /// A currency by its code, in any case.
    pub(super) fn currency(&self, node: Node<'_>) -> Made<Currency> {
        let code = node.text().unwrap_or_default().to_ascii_uppercase();
        Currency::parse(&code).map_err(|_| {
            let message = format!("{} is not a currency code", literal(node.raw()));
            let expected = "a code of ISO 4217 such as `usd`";
            Box::new(Diagnostic::error("cell-currency", self.path, message).at(node.excerpt(expected)))
        })
    }

    fn no_amount(&self, node: Node<'_>, expected: &str) -> Box<Diagnostic> {
        let message = format!("cannot read {} as an amount", literal(node.raw()));
        Box::new(Diagnostic::error("cell-amount", self.path, message).at(node.excerpt(expected)))
    }

    /// A price as a shop shows it, `$19.99`. A sign that several currencies share is that of the country, else what the
    /// user states, else dollars of the United States where this is one of the vendor's prices in them; `None` where none of these tells.
    pub(super) fn price(&self, node: Node<'_>, country: Option<&str>, day: Day) -> Made<Option<Money>> {
        let text = node.text().unwrap_or_default();
        let mark = match mark_shown_by(&text, Some(Currency::USD.exponent())) {
            MarkShown::Only(mark) => mark,
            MarkShown::Nothing | MarkShown::Either => DecimalMark::Point,
        };
        let read = read_amount(&text, mark).map_err(|_| self.no_amount(node, "a price such as `$19.99`"))?;
        let figure = read.figure.decimal();
        let is_price = || {
            let price = Money::from_decimal(figure, Currency::USD).ok();
            text.contains('$') && price.is_some_and(|price| self.vendor().is_plan_price(price, day))
        };
        let of_country = match country {
            Some(country) => currency_of(country),
            None => self.options.stated_currency.or_else(|| is_price().then_some(Currency::USD)),
        };
        let currency = read.currency.or(of_country).or(self.options.stated_currency);
        let Some(currency) = currency else { return Ok(None) };
        let money = Money::from_decimal(figure, currency);
        money.map(Some).map_err(|_| self.no_amount(node, &format!("an amount in {currency}")))
    }
}

/// An exact decimal of a figure such as `0.003835980000000000000000000000`, `6e-05` or `25.0`. Decimals beyond the 28th
/// are cut off: they are too small to matter and too many to hold.
pub(in crate::normalize) fn exact(written: &str) -> Option<Decimal> {
    let written = written.trim();
    if written.is_empty() || written.len() > FIGURE_CHARACTERS_MAX {
        return None;
    }
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte == b'.' || byte == b'-';
    if written.bytes().all(is_plain) {
        let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
        if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let kept = decimals.get(..FIGURE_DECIMALS_MAX).unwrap_or(decimals).trim_end_matches('0');
        // A large figure has room for fewer decimals still.
        let cut = |length: usize| Decimal::from_str_exact(&format!("{whole}.{}", kept.get(..length)?)).ok();
        return match kept.is_empty() {
            true => Decimal::from_str_exact(whole).ok(),
            false => (1..=kept.len()).rev().find_map(cut),
        };
    }
    let is_scientific = |byte: u8| is_plain(byte) || matches!(byte, b'e' | b'E' | b'+');
    if written.bytes().all(is_scientific) { Decimal::from_scientific(written).ok() } else { None }
}

/// The day one period before: a month or a year, at the end of a shorter month its last day.
pub(super) fn one_period_before(day: Day, period: &str) -> Option<Day> {
    let (year, month, date) = day.ymd();
    let (year, month) = match period {
        "monthly" | "month" => (if month == 1 { year.checked_sub(1)? } else { year }, (month + 10) % 12 + 1),
        "yearly" | "year" | "annual" => (year.checked_sub(1)?, month),
        _ => return None,
    };
    (0..4).find_map(|back| Day::from_ymd(year, month, date.checked_sub(back)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_to_the_28th_decimal() {
        for (written, figure) in [
            ("0.003835980000000000000000000000", Some("0.00383598")),
            ("0.120000000000000000000000000001", Some("0.12")),
            ("25.0", Some("25")),
            ("0.0123456789012345678901234567891", Some("0.0123456789012345678901234567")),
            ("123456.0123456789012345678901234567891", Some("123456.01234567890123456789012")),
            ("7", Some("7")),
            ("7.", None),
            ("-3", Some("-3")),
            ("6e-05", Some("0.00006")),
            ("1.5E+2", Some("150")),
            ("", None),
            ("1_0", None),
            ("1,5", None),
            ("--1", None),
            ("1.2.3", None),
            ("1e999999999", None),
        ] {
            let read = exact(written).map(|figure| figure.normalize().to_string());
            assert_eq!(read.as_deref(), figure, "{written}");
        }
    }

    #[test]
    fn a_period_before_keeps_the_day_where_it_can() {
        for (day, period, before) in [
            ("2026-09-04", "monthly", Some("2026-08-04")),
            ("2026-03-31", "monthly", Some("2026-02-28")),
            ("2026-01-15", "monthly", Some("2025-12-15")),
            ("2028-02-29", "yearly", Some("2027-02-28")),
            ("2026-01-15", "weekly", None),
        ] {
            let found = one_period_before(Day::parse_iso(day).unwrap(), period).map(|day| day.to_string());
            assert_eq!(found.as_deref(), before, "{day} {period}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_figure_is_read_or_refused(written in "[-+0-9.eE]{0,40}") {
            let _ = exact(&written);
        }
    }
}
