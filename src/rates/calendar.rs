//! On which days the European Central Bank publishes a row.

use crate::domain::Day;

/// Whether a row is due on the day: Monday to Friday but for the TARGET holidays 1 January, Good Friday, Easter Monday,
/// 1 May, 25 and 26 December. Holds for every row published since 2002.
pub(super) fn is_due(day: Day) -> bool {
    let (year, month, day_of_month) = day.ymd();
    let fixed_holiday = matches!((month, day_of_month), (1, 1) | (5, 1) | (12, 25) | (12, 26));
    !day.is_weekend()
        && !fixed_holiday
        && easter(year).is_none_or(|sunday| day != sunday.minus(2) && day != sunday.plus(1))
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

/// Whether no row was due between two days, both left out.
pub(super) fn are_neighbours(earlier: Day, later: Day) -> bool {
    let mut day = earlier.plus(1);
    while day < later {
        if is_due(day) {
            return false;
        }
        day = day.plus(1);
    }
    true
}

/// Whether a row of `row_day` still stands on `day`: no row was due after it, up to and with that day.
pub(super) fn is_carried(row_day: Day, day: Day) -> bool {
    row_day <= day && are_neighbours(row_day, day) && (row_day == day || !is_due(day))
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
            assert!(!is_due(day(closed)), "{closed}");
        }
        for open in ["2024-03-28", "2024-04-02", "2024-12-24", "2024-12-27", "2024-11-01"] {
            assert!(is_due(day(open)), "{open}");
        }
    }

    #[test]
    fn a_row_is_carried_to_the_next_due_day_and_no_further() {
        assert!(is_carried(day("2024-03-28"), day("2024-04-01")));
        assert!(!is_carried(day("2024-03-28"), day("2024-04-02")));
        assert!(is_carried(day("2024-06-14"), day("2024-06-16")));
        assert!(!is_carried(day("2024-06-14"), day("2024-06-17")));
        assert!(!is_carried(day("2024-06-14"), day("2024-06-13")));
    }
}
