//! Amounts and days as papers write them, in running text.

use super::labels::{folded, labels};
use crate::domain::{Currency, Day};
use crate::source::cell::{DecimalMark, Figure, MarkShown, mark_shown_by, read_amount};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// An amount of money in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it stands in the text, sign and currency included.
    pub range: Range<usize>,
    /// The digits, with their marks.
    pub digits: String,
    /// The currency that a code or sign beside it names.
    pub currency: Option<Currency>,
    /// Whether that currency is named by a code, not by a sign.
    pub by_code: bool,
    /// Whether it is below nothing.
    pub negative: bool,
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d+(?:[.,'\u{2019}]\d+|[ \u{a0}\u{202f}]\d{3}(?:\d{3})*\b)*").expect("a valid expression")
});

/// Every amount in a text that carries a sign or code of money.
pub fn amounts_in(text: &str) -> Vec<Written> {
    DIGITS.find_iter(text).filter_map(|found| amount_at(text, found.range())).collect()
}

/// The amount that a whole text is, with or without a currency.
pub fn whole_amount(text: &str) -> Option<Written> {
    let text = text.trim();
    let mut found = DIGITS.find_iter(text);
    let (first, second) = (found.next()?, found.next());
    let amount = amount_at(text, first.range()).unwrap_or_else(|| Written {
        range: first.range(),
        digits: first.as_str().to_string(),
        currency: None,
        by_code: false,
        negative: text.starts_with(['-', '\u{2212}']),
    });
    let around = (text.get(..amount.range.start), text.get(amount.range.end..));
    let is_blank =
        |side: Option<&str>| side.is_some_and(|side| side.trim_matches(['-', '\u{2212}', ' ', '(', ')']).is_empty());
    (second.is_none() && is_blank(around.0) && is_blank(around.1)).then_some(amount)
}

fn amount_at(text: &str, digits: Range<usize>) -> Option<Written> {
    let before = text.get(..digits.start)?.trim_end();
    let after = text.get(digits.end..)?;
    let (left, start) = match before.strip_suffix(['-', '\u{2212}']) {
        Some(rest) if currency_before(rest).is_some() => (currency_before(rest), rest),
        _ => (currency_before(before), before),
    };
    let right = currency_after(after);
    let start = left.map_or(digits.start, |(_, length, _)| start.trim_end().len().saturating_sub(length));
    let end = right.map_or(digits.end, |(_, length, _)| digits.end.saturating_add(length));
    // A code says more than a sign: `$24.00 AUD`.
    let (currency, _, by_code) = right.filter(|(_, _, by_code)| *by_code).or(left).or(right)?;
    let outside = text.get(..start)?.trim_end();
    let inside = text.get(start..digits.start)?;
    Some(Written {
        digits: text.get(digits.clone())?.to_string(),
        currency: Some(currency),
        by_code,
        negative: outside.ends_with(['-', '\u{2212}', '(']) || inside.contains(['-', '\u{2212}']),
        range: start..end,
    })
}

/// The currency with which a text ends, and how many bytes name it.
fn currency_before(text: &str) -> Option<(Currency, usize, bool)> {
    let text = text.trim_end();
    let sign = labels().signs.iter().find(|(sign, _)| text.ends_with(sign.as_str()));
    if let Some((sign, currency)) = sign {
        let letter_before =
            text.strip_suffix(sign.as_str()).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_alphabetic()));
        return (!letter_before || !sign.is_ascii()).then_some((*currency, sign.len(), false));
    }
    let code = text.get(text.len().checked_sub(3)?..)?;
    let alone = !text.get(..text.len().saturating_sub(3))?.ends_with(char::is_alphanumeric);
    let currency =
        Currency::parse(code).ok().filter(|_| alone && code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    Some((currency, 3, true))
}

/// The currency with which a text begins behind at most one blank, and how many bytes lead past it.
fn currency_after(text: &str) -> Option<(Currency, usize, bool)> {
    let rest = text.trim_start();
    let blank = text.len().saturating_sub(rest.len());
    if let Some(code) = rest.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase())) {
        let alone = !rest.get(3..)?.starts_with(char::is_alphanumeric);
        if let Some(currency) = Currency::parse(code).ok().filter(|_| alone) {
            return Some((currency, blank.saturating_add(3), true));
        }
    }
    let (sign, currency) = labels().signs.iter().find(|(sign, _)| rest.starts_with(sign.as_str()))?;
    // `10 $20.00` is a count and an amount.
    let leads_on = rest
        .strip_prefix(sign.as_str())
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    (!leads_on).then_some((*currency, blank.saturating_add(sign.len()), false))
}

impl Written {
    /// The figure, unsigned. `usual` is the decimal mark that the paper's other amounts show.
    pub fn figure(&self, decimals: u32, usual: Option<DecimalMark>) -> Option<Figure> {
        let digits = self.digits.replace([' ', '\u{a0}', '\u{202f}'], "");
        let mark = match mark_shown_by(&digits, Some(decimals)) {
            MarkShown::Only(mark) => mark,
            // Three digits behind one mark: money of two decimals or none is not written so.
            MarkShown::Either if decimals < 3 && digits.contains('.') => DecimalMark::Comma,
            MarkShown::Either if decimals < 3 => DecimalMark::Point,
            MarkShown::Either | MarkShown::Nothing => usual.unwrap_or(DecimalMark::Point),
        };
        read_amount(&digits, mark).ok().map(|read| read.figure)
    }
}

/// A day in a text, its year left open where none is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WrittenDay {
    start: usize,
    end: usize,
    year: Option<i32>,
    month: u32,
    day: u32,
}

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    let months: Vec<String> = labels().months.iter().map(|(name, _)| regex::escape(name)).collect();
    let month = format!(r"(?:{})", months.join("|"));
    Regex::new(&format!(
        r"(?x)
        (?:(?P<y1>\d{{4}})\s*年\s*)?(?P<m1>\d{{1,2}})\s*月\s*(?P<d1>\d{{1,2}})\s*日
        |\b(?P<y2>\d{{4}})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})\b
        |\b(?P<m3>{month})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>\d{{4}})\b)?
        |\b(?P<d4>\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?(?P<m4>{month})\b\.?,?(?:\s+(?:de\s+)?(?P<y4>\d{{4}})\b)?
        |\b(?P<d5>\d{{1,2}})\.\s?(?P<m5>\d{{1,2}})\.\s?(?P<y5>\d{{4}})\b"
    ))
    .expect("a valid expression")
});

fn days_written(text: &str) -> Vec<WrittenDay> {
    let number =
        |found: &regex::Captures, name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
    let named = |text: &str| labels().months.iter().find(|(name, _)| name == text).map(|(_, number)| *number);
    let form = |found: regex::Captures| {
        let whole = found.get(0)?;
        (1..=5).find_map(|form| {
            let day = number(&found, &format!("d{form}"))?;
            let month = found.name(&format!("m{form}"))?.as_str();
            let month = month.parse().ok().or_else(|| named(month))?;
            let year = number(&found, &format!("y{form}")).and_then(|year| i32::try_from(year).ok());
            Some(WrittenDay { start: whole.start(), end: whole.end(), year, month, day })
        })
    };
    DAYS.captures_iter(text).filter_map(form).collect()
}

/// The first whole day in a text.
pub fn day_in(text: &str) -> Option<Day> {
    days_written(&folded(text)).into_iter().find_map(|day| Day::from_ymd(day.year?, day.month, day.day))
}

/// The stretch that a text names, as first and last day: two days with little more than a dash between them.
pub fn stretch_in(text: &str) -> Option<(Day, Day)> {
    const BETWEEN_LETTERS_MAX: usize = 5;
    let text = folded(text);
    let days = days_written(&text);
    days.windows(2).find_map(|pair| {
        let [first, last] = pair else { return None };
        let between = text.get(first.end..last.start)?.trim();
        if between.is_empty() || between.chars().count() > BETWEEN_LETTERS_MAX || between.contains([',', ';', '.']) {
            return None;
        }
        let to = Day::from_ymd(last.year?, last.month, last.day)?;
        let from = match first.year {
            Some(year) => Day::from_ymd(year, first.month, first.day)?,
            None => {
                let year = if (first.month, first.day) > (last.month, last.day) { last.year? - 1 } else { last.year? };
                Day::from_ymd(year, first.month, first.day)?
            }
        };
        (from <= to).then_some((from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn days_are_read_in_every_language() {
        for (text, expected) in [
            ("June 15, 2026", "2026-06-15"),
            ("Aug 05, 2026", "2026-08-05"),
            ("4. Mai 2026", "2026-05-04"),
            ("15 de junio de 2026", "2026-06-15"),
            ("1er juil. 2026", "2026-07-01"),
            ("15 Haziran 2026", "2026-06-15"),
            ("2026年6月15日", "2026-06-15"),
            ("2026 年 6 月 15 日", "2026-06-15"),
            ("04.05.2026", "2026-05-04"),
            ("2026-06-15", "2026-06-15"),
            ("9 Şub 2026", "2026-02-09"),
        ] {
            assert_eq!(day_in(text), Some(day(expected)), "{text}");
        }
        assert_eq!(day_in("June 15"), None);
        assert_eq!(day_in("5/6/2026"), None, "either order");
        assert_eq!(day_in("February 30, 2026"), None);
    }

    #[test]
    fn stretches_borrow_the_year_that_is_written() {
        for (text, from, to) in [
            ("Jun 15–Jul 15, 2026", "2026-06-15", "2026-07-15"),
            ("Dec 20–Jan 20, 2026", "2025-12-20", "2026-01-20"),
            ("Dec 20, 2025–Jan 20, 2026", "2025-12-20", "2026-01-20"),
            ("4. Mai – 3. Juni 2026", "2026-05-04", "2026-06-03"),
            ("2026年3月9日–2026年4月8日", "2026-03-09", "2026-04-08"),
            ("15 Haz - 15 Tem 2026", "2026-06-15", "2026-07-15"),
            ("15 juin au 15 juil. 2026", "2026-06-15", "2026-07-15"),
        ] {
            assert_eq!(stretch_in(text), Some((day(from), day(to))), "{text}");
        }
        assert_eq!(stretch_in("June 15, 2026"), None);
    }

    #[test]
    fn amounts_carry_their_currency() {
        let of = |text: &str| {
            amounts_in(text)
                .into_iter()
                .map(|a| (a.digits, a.currency.unwrap().to_string(), a.negative))
                .collect::<Vec<_>>()
        };
        let one = |digits: &str, code: &str| vec![(digits.to_string(), code.to_string(), false)];
        assert_eq!(of("$24.00 USD due June 15, 2026"), one("24.00", "USD"));
        assert_eq!(of("$20.00 AUD"), one("20.00", "AUD"));
        assert_eq!(of("NT$690"), one("690", "TWD"));
        assert_eq!(of("23,00 €"), one("23,00", "EUR"));
        assert_eq!(of("$1.200,50"), one("1.200,50", "USD"));
        assert_eq!(of("VAT - Turkey (20% on $30,00)"), one("30,00", "USD"));
        assert_eq!(of("₦7000.00"), one("7000.00", "NGN"));
        assert_eq!(of("1 $10.00 0% $10.00").len(), 2);
        assert_eq!(of("-$5.00"), vec![("5.00".to_string(), "USD".to_string(), true)]);
        assert_eq!(of("Qty 2, 2026"), vec![]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_through(text in "\\PC{0,60}") {
            let _ = (amounts_in(&text), whole_amount(&text), day_in(&text), stretch_in(&text));
        }
    }
}
