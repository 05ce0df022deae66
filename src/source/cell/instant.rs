//! A point in time, as programs write it, to its day in UTC.

use crate::domain::Day;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

/// The day in UTC of a time such as `2026-08-04T10:22:17Z`, `2026-08-04T23:00:00.5-05:00` or, without a zone, of a time
/// that is taken to be in UTC; also of a bare `2026-08-04`.
pub fn read_instant(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return day_of(time.naive_utc().date());
    }
    let plain = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f"));
    plain.ok().and_then(|time| day_of(time.date())).or_else(|| Day::parse_iso(text))
}

/// The day in UTC of a number of seconds since 1970, written as digits with or without a fraction.
pub fn read_unix_seconds(digits: &str) -> Option<Day> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    day_of(DateTime::from_timestamp(whole.parse().ok()?, 0)?.date_naive())
}

fn day_of(date: NaiveDate) -> Option<Day> {
    Day::from_ymd(date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_time_is_a_day_in_utc() {
        for (text, day) in [
            ("2026-08-04T10:22:17Z", "2026-08-04"),
            ("2026-09-04T16:22:17+00:00", "2026-09-04"),
            ("2026-09-04T23:22:17.123-05:00", "2026-09-05"),
            ("2026-09-04T01:00:00+08:00", "2026-09-03"),
            ("2026-06-02T00:00:00", "2026-06-02"),
            ("2026-06-02 23:59:59", "2026-06-02"),
            ("2026-06-02", "2026-06-02"),
        ] {
            assert_eq!(read_instant(text).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        for (digits, day) in
            [("1780272000", "2026-06-01"), ("1780272000.0", "2026-06-01"), ("1780358399.9", "2026-06-01")]
        {
            assert_eq!(read_unix_seconds(digits).map(|day| day.to_string()).as_deref(), Some(day), "{digits}");
        }
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "02/06/2026", "9999-01-01T00:00:00Z"] {
            assert_eq!(read_instant(text), None, "{text}");
        }
        for digits in ["1780272000.", "1e9", "99999999999999999999", "x", "1780272000000"] {
            assert_eq!(read_unix_seconds(digits), None, "{digits}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_time_or_not(text in "\\PC{0,24}") {
            let _ = (read_instant(&text), read_unix_seconds(&text));
        }
    }
}
