//! On which days a publisher gives rates, so that a missing row is told from a day off.

use crate::domain::Day;

/// The days on which a row is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Monday to Friday but for the TARGET holidays: 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
    /// Holds for every row the European Central Bank published since 2002.
    Target,
    /// Monday to Friday but for the holidays of the Federal Reserve banks.
    FederalReserve,
    /// Monday to Friday: where nothing is known of holidays, nothing is carried over one.
    Weekdays,
}

impl Calendar {
    /// Whether a row is due on the day.
    pub(super) fn is_due(self, day: Day) -> bool {
        let is_holiday = match self {
            Calendar::Target => is_target_holiday(day),
            Calendar::FederalReserve => is_federal_holiday(day),
            Calendar::Weekdays => false,
        };
        !day.is_weekend() && !is_holiday
    }

    /// Whether no row was due between two days, both left out.
    pub(super) fn are_neighbours(self, earlier: Day, later: Day) -> bool {
        let mut day = earlier.plus(1);
        while day < later {
            if self.is_due(day) {
                return false;
            }
            day = day.plus(1);
        }
        true
    }

    /// Whether a row of `row_day` still stands on `day`: no row was due after it, up to and with that day.
    pub(super) fn is_carried(self, row_day: Day, day: Day) -> bool {
        row_day <= day && self.are_neighbours(row_day, day) && (row_day == day || !self.is_due(day))
    }

    /// The number of rows due after one day, up to and with another; at most `most`.
    pub(super) fn rows_due(self, after: Day, to: Day, most: usize) -> usize {
        let mut count = 0;
        let mut day = after.plus(1);
        while day <= to && count < most {
            count += usize::from(self.is_due(day));
            day = day.plus(1);
        }
        count
    }
}

fn is_target_holiday(day: Day) -> bool {
    let (year, month, of_month) = day.ymd();
    matches!((month, of_month), (1, 1) | (5, 1) | (12, 25) | (12, 26))
        || easter(year).is_some_and(|sunday| day == sunday.minus(2) || day == sunday.plus(1))
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i32) -> Option<Day> {
    let cycle = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let leap_correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * cycle + century - century / 4 - leap_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (cycle + 11 * moon + 22 * weekday) / 451;
    let sum = moon + weekday - 7 * late + 114;
    Day::from_ymd(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31 + 1).ok()?)
}

/// Holidays of the Federal Reserve banks (federalreserve.gov, "Holidays Observed"). One that falls on a Sunday is kept on
/// the Monday after it; one on a Saturday is not moved.
fn is_federal_holiday(day: Day) -> bool {
    let fixed = |day: Day| match day.ymd() {
        (_, 1, 1) | (_, 7, 4) | (_, 11, 11) | (_, 12, 25) => true,
        (year, 6, 19) => year >= 2021,
        _ => false,
    };
    let (_, month, of_month) = day.ymd();
    let is_monday = day.minus(1).is_weekend() && !day.is_weekend();
    let is_thursday = day.plus(2).is_weekend() && !day.plus(1).is_weekend();
    let week = of_month.div_ceil(7);
    let moving = match month {
        1 | 2 => is_monday && week == 3,
        5 => is_monday && of_month > 24,
        9 => is_monday && week == 1,
        10 => is_monday && week == 2,
        11 => is_thursday && week == 4,
        _ => false,
    };
    moving || fixed(day) || (is_monday && fixed(day.minus(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    #[test]
    fn easter_falls_where_almanacs_say() {
        for (year, sunday) in [(1943, "1943-04-25"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2024, "2024-03-31")] {
            assert_eq!(easter(year), Some(day(sunday)), "{year}");
        }
        for closed in ["2024-03-29", "2024-04-01", "2024-05-01", "2024-12-26", "2024-06-15"] {
            assert!(!Calendar::Target.is_due(day(closed)), "{closed}");
        }
        for open in ["2024-03-28", "2024-04-02", "2024-12-24", "2024-12-27", "2024-11-01"] {
            assert!(Calendar::Target.is_due(day(open)), "{open}");
        }
    }

    #[test]
    fn a_row_is_carried_to_the_next_due_day_and_no_further() {
        let carried = |row: &str, on: &str| Calendar::Target.is_carried(day(row), day(on));
        assert!(carried("2024-03-28", "2024-04-01"));
        assert!(!carried("2024-03-28", "2024-04-02"));
        assert!(carried("2024-06-14", "2024-06-16"));
        assert!(!carried("2024-06-14", "2024-06-17"));
        assert!(!carried("2024-06-14", "2024-06-13"));
        assert_eq!(Calendar::Target.rows_due(day("2024-03-28"), day("2024-04-03"), 9), 2);
        assert_eq!(Calendar::Target.rows_due(day("2024-03-28"), day("2030-04-03"), 9), 9);
    }

    #[test]
    fn federal_holidays_are_those_of_the_published_list() {
        // 2026 and, for the rules on weekends, 2022 (Christmas and Juneteenth on Sundays) and 2021 (Independence Day).
        for closed in [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25",
            "2022-06-20",
            "2022-12-26",
            "2021-07-05",
        ] {
            assert!(!Calendar::FederalReserve.is_due(day(closed)), "{closed}");
        }
        // Good Friday is a working day there; a holiday on a Saturday is not moved to the Friday.
        for open in ["2026-04-03", "2026-07-03", "2020-06-19", "2026-11-19", "2026-11-27", "2026-05-18", "2021-12-24"] {
            assert!(Calendar::FederalReserve.is_due(day(open)), "{open}");
        }
        assert!(Calendar::Weekdays.is_due(day("2026-01-01")));
    }
}
