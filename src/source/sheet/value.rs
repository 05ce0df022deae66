//! Numbers of a sheet as text. A sheet stores a number as the digits of a binary fraction, up to 17 of them; what was
//! typed had at most 15, which are got back by rounding the digits. No binary fraction is ever made of them.

use crate::domain::Day;
use std::borrow::Cow;

/// Significant digits that a binary fraction of 64 bits keeps for certain.
const DIGITS_SURE: usize = 15;
/// Zeros that are put before or behind digits for an exponent; beyond, the number stays as it is written.
const ZEROS_MAX: i64 = 20;
/// Built-in number formats that show a day, a time or both.
const DATE_FORMATS: [std::ops::RangeInclusive<u32>; 4] = [14..=22, 27..=36, 45..=47, 50..=58];
const SECONDS_A_DAY: u128 = 86_400;
/// The serial number of the last day that can be read.
const SERIAL_MAX: u32 = 110_000;
/// Before this serial number the count is off by one: it holds a 29 February 1900 that never was.
const SERIAL_MIN: u32 = 61;

/// Whether a format shows a day or a time: by its number, or by its code.
pub(super) fn shows_date(number: u32, code: Option<&str>) -> bool {
    match code {
        None => DATE_FORMATS.iter().any(|range| range.contains(&number)),
        Some(code) => shows_date_by(code),
    }
}

fn shows_date_by(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                letters.by_ref().find(|&end| end == '"');
            }
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                // `[h]` counts hours; `[Red]`, `[$€-407]` and conditions show no day.
                let inside: String = letters.by_ref().take_while(|&end| end != ']').collect();
                if !inside.is_empty() && inside.chars().all(|unit| matches!(unit, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
                    return true;
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

/// A number as written in a sheet: sign, digits, and how many of the digits stand before the mark.
struct Number {
    negative: bool,
    digits: Vec<u8>,
    whole: i64,
}

impl Number {
    fn parse(text: &str) -> Option<Number> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (negative, unsigned) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = whole.bytes().chain(decimals.bytes());
        if whole.is_empty() || !digits.clone().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let mut number = Number { negative, digits: digits.collect(), whole };
        let zeros = number.digits.iter().take_while(|&&digit| digit == b'0').count();
        number.digits.drain(..zeros);
        number.whole = number.whole.checked_sub(i64::try_from(zeros).ok()?)?;
        Some(number)
    }

    /// Rounds to the digits that are sure, half up; `false` where that would touch digits before the mark.
    fn round(&mut self) -> bool {
        let Some(&next) = self.digits.get(DIGITS_SURE) else { return true };
        if self.whole > i64::try_from(DIGITS_SURE).unwrap_or(i64::MAX) {
            return false;
        }
        self.digits.truncate(DIGITS_SURE);
        if next < b'5' {
            return true;
        }
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return true;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
        self.whole = self.whole.saturating_add(1);
        true
    }

    /// The digits before and behind the mark.
    fn parts(&self) -> Option<(String, String)> {
        let count = i64::try_from(self.digits.len()).ok()?;
        let (lead, trail) = ((-self.whole).max(0), (self.whole - count).max(0));
        if lead > ZEROS_MAX || trail > ZEROS_MAX {
            return None;
        }
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0));
        let digits = zeros(lead) + std::str::from_utf8(&self.digits).ok()? + &zeros(trail);
        let at = usize::try_from(self.whole.max(0)).ok()?;
        let (whole, decimals) = digits.split_at_checked(at)?;
        Some((whole.to_string(), decimals.trim_end_matches('0').to_string()))
    }
}

/// A stored number as plain decimal digits; as it is written where it is none, or has more digits than are sure.
pub(super) fn plain_number(text: &str) -> Cow<'_, str> {
    let is_plain = text.len() <= DIGITS_SURE && !text.contains(['e', 'E']);
    if is_plain {
        return Cow::Borrowed(text);
    }
    let rounded = Number::parse(text).and_then(|mut number| {
        // A long whole number is an identifier, or lost its last digits already: nothing is made up for them.
        let is_sure = number.round() && number.whole <= i64::try_from(DIGITS_SURE).ok()?;
        let (whole, decimals) = number.parts().filter(|_| is_sure)?;
        let sign = if number.negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        Some(if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") })
    });
    rounded.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A serial number as a day, with the time behind it where there is one; `None` for a number that is no day.
pub(super) fn day_text(text: &str, from_1904: bool) -> Option<String> {
    let number = Number::parse(text).filter(|number| !number.negative)?;
    let (whole, decimals) = number.parts()?;
    let serial: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let decimals = decimals.get(..decimals.len().min(DIGITS_SURE))?;
    let scale = 10u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let parts: u128 = if decimals.is_empty() { 0 } else { decimals.parse().ok()? };
    // Rounded half up to the second.
    let seconds = (parts * SECONDS_A_DAY * 2 + scale) / (scale * 2);
    let serial = serial.checked_add(u32::try_from(seconds / SECONDS_A_DAY).ok()?)?;
    let seconds = seconds % SECONDS_A_DAY;
    if serial > SERIAL_MAX || (!from_1904 && serial < SERIAL_MIN) {
        return None;
    }
    let day = if from_1904 { Day::from_ymd(1904, 1, 1)?.plus(serial) } else { Day::FIRST.plus(serial.checked_sub(2)?) };
    Some(match seconds {
        0 => day.to_string(),
        _ => format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_get_their_typed_digits_back() {
        for (stored, expected) in [
            ("20", "20"),
            ("-28.16", "-28.16"),
            ("64.140000000000001", "64.14"),
            ("-0.30000000000000004", "-0.3"),
            ("99.999999999999999", "100"),
            ("0.01", "0.01"),
            ("1.0E-2", "0.01"),
            ("2E1", "20"),
            ("1.234567E3", "1234.567"),
            ("123456789012345.67", "123456789012346"),
            ("6222021234567890123", "6222021234567890123"),
            ("6.22202123456789E+18", "6.22202123456789E+18"),
            ("1E300", "1E300"),
            ("NaN", "NaN"),
            ("12.3.4567890123456", "12.3.4567890123456"),
        ] {
            assert_eq!(plain_number(stored), expected, "{stored}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        for (stored, from_1904, expected) in [
            ("45326", false, Some("2024-02-04")),
            ("45326.5", false, Some("2024-02-04 12:00:00")),
            ("45326.999999999", false, Some("2024-02-05")),
            ("43864", true, Some("2024-02-04")),
            ("61", false, Some("1900-03-01")),
            ("60", false, None),
            ("0.5", false, None),
            ("-1", false, None),
            ("1E9", false, None),
            ("abc", false, None),
        ] {
            assert_eq!(day_text(stored, from_1904).as_deref(), expected, "{stored}");
        }
    }

    #[test]
    fn formats_show_days_or_not() {
        for (number, code, expected) in [
            (14, None, true),
            (0, None, false),
            (4, None, false),
            (164, Some("yyyy\\-mm\\-dd"), true),
            (164, Some("[$-407]d. mmm"), true),
            (164, Some("[h]:mm"), true),
            (164, Some("#,##0.00 [$€-407];[Red]-#,##0.00"), false),
            (164, Some("\"day\" 0"), false),
            (164, Some("General"), false),
            (164, Some("0.00E+00"), false),
        ] {
            assert_eq!(shows_date(number, code), expected, "{code:?}");
        }
    }

    proptest! {
        #[test]
        fn cents_come_back(cents in -100_000_000_000i64..100_000_000_000, noise in 0u32..1000) {
            prop_assume!(cents != 0);
            let sign = if cents < 0 { "-" } else { "" };
            let (whole, rest) = (cents.abs() / 100, cents.abs() % 100);
            let stored = format!("{sign}{whole}.{rest:02}{:0>width$}{noise:03}", "", width = 14);
            let expected = format!("{sign}{whole}.{rest:02}");
            let expected = expected.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(plain_number(&stored), expected);
        }

        #[test]
        fn any_text_is_a_number_or_stays(text in "[-0-9.eE+]{0,24}") {
            let _ = plain_number(&text);
            let _ = day_text(&text, false);
        }
    }
}
