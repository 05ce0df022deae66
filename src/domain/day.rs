//! Calendar days. No clock, no time zone: a source's own zone is resolved where its cells are read.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::fmt;

/// A calendar day.
///
/// # Examples
/// ```
/// use payproof::domain::Day;
/// let day = Day::parse_iso("2026-02-27").unwrap();
/// assert_eq!(day.plus(2).to_string(), "2026-03-01");
/// assert!(Day::parse_iso("2026-02-30").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// The day on which the payer acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionDate(pub Day);

/// The day on which the account keeper booked the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingDate(pub Day);

/// A stretch of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Day {
    /// The first day that can be read.
    pub const FIRST: Day = Day(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap());
    /// The last day that can be read.
    pub const LAST: Day = Day(NaiveDate::from_ymd_opt(2199, 12, 31).unwrap());

    /// Makes a day from its parts; `None` where the calendar has none or the year is outside 1900 to 2199.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        // Years outside this range in a statement are damaged cells, not dates.
        if !(1900..2200).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// The last day paid for of a period that is written to end on this day.
    ///
    /// The end is the moment at which the next period begins, so where it bears the day of the month of the first day, or is
    /// the last of a shorter month, the day before is the last one paid for. Any other end is a last day.
    pub fn last_paid_for(self, from: Day) -> Day {
        let ((_, _, first), (_, month, last)) = (from.ymd(), self.ymd());
        let is_month_end = self.plus(1).ymd().1 != month;
        if self > from && (first == last || (is_month_end && first > last)) { self.minus(1) } else { self }
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |part: &[u8]| -> Option<u32> {
            part.iter().try_fold(0u32, |sum, &byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
        };
        let year = i32::try_from(number(&bytes[0..4])?).ok()?;
        Day::from_ymd(year, number(&bytes[5..7])?, number(&bytes[8..10])?)
    }

    /// The day `days` later.
    pub fn plus(self, days: u32) -> Day {
        self.0.checked_add_days(Days::new(u64::from(days))).map_or(self, Day)
    }

    /// The day `days` earlier.
    pub fn minus(self, days: u32) -> Day {
        self.0.checked_sub_days(Days::new(u64::from(days))).map_or(self, Day)
    }

    /// Signed number of days from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// One number for each day, the later the higher; days that follow each other may stand apart.
    pub fn number(self) -> u64 {
        u64::from(self.0.year().unsigned_abs()) << 16 | u64::from(self.0.ordinal())
    }

    /// Whether the day is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

impl Period {
    /// Whether the day lies in the stretch, ends included.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl fmt::Display for Day {
    /// ISO 8601: `2026-11-23`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_the_iso_form() {
        for bad in ["2026-2-03", "2026/02/03", "20260203", "2026-13-01", "１２３４-01-01", "1899-12-31", "+026-01-01"]
        {
            assert!(Day::parse_iso(bad).is_none(), "{bad}");
        }
        let leap = Day::parse_iso("2024-02-29").unwrap();
        assert_eq!(leap.plus(366).to_string(), "2025-03-01");
        assert_eq!(leap.days_since(leap.minus(14)), 14);
    }
}
