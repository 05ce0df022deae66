//! One cell to a day.
//!
//! A time and a zone behind the day are checked and left aside: the day counts as written. Dates with points are
//! always day, month, year; dates with slashes or hyphens can be either order, which only the whole file can tell.

use crate::domain::Day;
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Which of day and month stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    /// `25/12/2026`
    DayMonth,
    /// `12/25/2026`
    MonthDay,
    /// `26/12/25`
    YearMonth,
}

impl DateOrder {
    /// The order as it is shown to the user.
    pub fn shown(self) -> &'static str {
        match self {
            DateOrder::DayMonth => "DD/MM/YYYY",
            DateOrder::MonthDay => "MM/DD/YYYY",
            DateOrder::YearMonth => "YY/MM/DD",
        }
    }
}

/// What a date cell shows of the order of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateShown {
    /// The form of the cell fixes the order.
    Fixed(Day),
    /// Day and month are equal: both orders give one day.
    Same(Day),
    /// Only this order gives a day.
    Only(DateOrder, Day),
    /// Both orders give a day, and two different ones.
    Either {
        /// Read day first.
        day_month: Day,
        /// Read month first.
        month_day: Day,
    },
    /// No date at all.
    Unreadable,
}

/// Why a date cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing is written.
    Empty,
    /// It is no date.
    NoDate,
    /// It is a date in the other order than the rest of its column.
    OtherOrder,
    /// Both orders give a day and nothing says which one is meant.
    Undecided,
    /// The calendar has no such day.
    NoSuchDay,
}

/// What a cell shows of its column's order. `month` is the year and month a bill is for, where dates carry no year.
pub fn order_shown_by(cell: &str, month: Option<(i32, u32)>) -> DateShown {
    match parse(cell, month) {
        Some(Parts::Known(day)) => day.map_or(DateShown::Unreadable, DateShown::Fixed),
        Some(Parts::Open(open)) => match (open.day(DateOrder::DayMonth), open.day(DateOrder::MonthDay)) {
            (Some(day), _) if open.pointed => DateShown::Fixed(day),
            (Some(day_month), Some(month_day)) if day_month != month_day => DateShown::Either { day_month, month_day },
            (Some(day), Some(_)) => DateShown::Same(day),
            (Some(day), None) => DateShown::Only(DateOrder::DayMonth, day),
            (None, Some(day)) if !open.pointed => DateShown::Only(DateOrder::MonthDay, day),
            (None, _) => match open.day(DateOrder::YearMonth) {
                Some(day) => DateShown::Only(DateOrder::YearMonth, day),
                None => DateShown::Unreadable,
            },
        },
        None => DateShown::Unreadable,
    }
}

/// The first and the last number of a date that is written with three numbers of two digits (`24/01/15`): either may
/// be the year, which only the whole column can tell.
pub fn outer_numbers(cell: &str) -> Option<(u32, u32)> {
    match parse(cell, None) {
        Some(Parts::Open(Open { first, third, year_first_too: true, .. })) => Some((first, third)),
        _ => None,
    }
}

/// Reads a day with the order decided for its column.
///
/// # Errors
/// Why the cell cannot be read.
pub fn read_date(cell: &str, order: Option<DateOrder>, month: Option<(i32, u32)>) -> Result<Day, DateFault> {
    if cell.is_empty() {
        return Err(DateFault::Empty);
    }
    match parse(cell, month) {
        None => Err(DateFault::NoDate),
        Some(Parts::Known(day)) => day.ok_or(DateFault::NoSuchDay),
        Some(Parts::Open(open)) => {
            let order = match order {
                // A point between the numbers is said of day, month, year, unless the column shows the year in front.
                None | Some(DateOrder::MonthDay) if open.pointed => Some(DateOrder::DayMonth),
                order => order,
            };
            let (day_month, month_day) = (open.day(DateOrder::DayMonth), open.day(DateOrder::MonthDay));
            match order.map(|order| open.day(order)) {
                Some(Some(day)) => Ok(day),
                Some(None) if day_month.or(month_day).is_some() && !open.pointed => Err(DateFault::OtherOrder),
                None if day_month == month_day && day_month.is_some() => day_month.ok_or(DateFault::NoSuchDay),
                None if day_month.or(month_day).is_some() => Err(DateFault::Undecided),
                _ => Err(DateFault::NoSuchDay),
            }
        }
    }
}

/// Numbers that could be day, month and year in several orders.
#[derive(Clone, Copy)]
struct Open {
    first: u32,
    second: u32,
    third: u32,
    /// The third number has four digits or stands for a year of this century.
    year: i32,
    /// All three numbers have two digits: the first may be the year.
    year_first_too: bool,
    /// Points part the numbers.
    pointed: bool,
}

impl Open {
    fn day(self, order: DateOrder) -> Option<Day> {
        match order {
            DateOrder::DayMonth => Day::from_ymd(self.year, self.second, self.first),
            DateOrder::MonthDay => Day::from_ymd(self.year, self.first, self.second),
            DateOrder::YearMonth if self.year_first_too => {
                Day::from_ymd(i32::try_from(self.first).ok()?.checked_add(CENTURY)?, self.second, self.third)
            }
            DateOrder::YearMonth => None,
        }
    }
}

/// Exports with years of two digits are of this century: card statements in files are not older.
const CENTURY: i32 = 2000;

/// Years of the Republic of China's calendar that statements may have, and the year before its first.
const ROC_YEAR_MIN: u32 = 100;
const ROC_YEAR_MAX: u32 = 150;
const ROC_BEFORE: u32 = 1911;

enum Parts {
    /// The form fixes the order; `None` where the calendar has no such day.
    Known(Option<Day>),
    Open(Open),
}

/// The names of months and of days of the week.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Names {
    months: Vec<Vec<String>>,
    weekdays: BTreeSet<String>,
    after_year: Vec<String>,
    eras: BTreeMap<String, u32>,
}

/// Names of months, names of days of the week, words behind a year, and the year before each era's first.
type Words = (BTreeMap<String, u32>, BTreeSet<String>, Vec<String>, BTreeMap<String, u32>);

static NAMES: LazyLock<Words> = LazyLock::new(|| {
    let names: Names = embedded::read(carried!("source/cell/months"));
    let of = |(month, names): (u32, Vec<String>)| names.into_iter().map(move |name| (name, month));
    ((1..).zip(names.months).flat_map(of).collect(), names.weekdays, names.after_year, names.eras)
});

fn parse(cell: &str, month: Option<(i32, u32)>) -> Option<Parts> {
    // Blanks that do not break, which some exports put before AM and PM.
    if cell.contains(is_wide_blank) {
        return parse_plain(&cell.replace(is_wide_blank, " "), month);
    }
    parse_plain(cell, month)
}

fn is_wide_blank(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

fn parse_plain(cell: &str, month: Option<(i32, u32)>) -> Option<Parts> {
    let bytes = cell.as_bytes();
    // The usual forms, fixed in width.
    if let [a, b, sep @ (b'/' | b'-'), c, d, sep2, y1, y2, y3, y4] = *bytes
        && sep == sep2
    {
        let (first, second) = (two(a, b)?, two(c, d)?);
        let year = year(two(y1, y2)?, two(y3, y4)?);
        return Some(Parts::Open(Open { first, second, third: 0, year, year_first_too: false, pointed: false }));
    }
    if let [y1, y2, y3, y4, sep @ (b'-' | b'/' | b'.'), m1, m2, sep2, d1, d2, rest @ ..] = bytes
        && sep == sep2
        && is_time(rest)
    {
        let year = year(two(*y1, *y2)?, two(*y3, *y4)?);
        return Some(Parts::Known(Day::from_ymd(year, two(*m1, *m2)?, two(*d1, *d2)?)));
    }
    parse_slowly(cell, month)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

fn year(century: u32, rest: u32) -> i32 {
    // Two numbers of two digits: always fits.
    i32::try_from(century * 100 + rest).unwrap_or(0)
}

/// Whether what stands behind a day is nothing or a time of day, with or without a zone.
fn is_time(rest: &[u8]) -> bool {
    let rest = match rest {
        [] => return true,
        [b'T' | b' ' | b',', time @ ..] => time.trim_ascii(),
        _ => return false,
    };
    let allowed = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-' | b' ');
    let letters: Vec<u8> = rest.iter().filter(|byte| !allowed(byte)).map(u8::to_ascii_uppercase).collect();
    let zone_or_half = matches!(letters.as_slice(), b"" | b"Z" | b"AM" | b"PM" | b"UTC" | b"GMT");
    rest.is_empty() || (rest[0].is_ascii_digit() && rest.contains(&b':') && zone_or_half)
}

/// One piece of a date: a number with its count of digits, or a month's name.
#[derive(Clone, Copy)]
enum Piece {
    Number(u32, usize),
    Month(u32),
}

fn parse_slowly(cell: &str, month: Option<(i32, u32)>) -> Option<Parts> {
    let mut pieces = Vec::new();
    let mut separators = String::new();
    let (era, mut rest) = era_of(cell);
    while pieces.len() < 3 {
        let start =
            rest.find(|letter: char| letter.is_ascii_digit() || (letter.is_alphabetic() && !is_mark(letter)))?;
        separators.push_str(&rest[..start]);
        rest = &rest[start..];
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        if digits > 0 {
            pieces.push(number(&rest[..digits])?);
            rest = &rest[digits..];
        } else {
            let is_letter = |letter: char| letter.is_alphabetic() && !is_mark(letter);
            let letters = rest.len() - rest.trim_start_matches(is_letter).len();
            let word = rest[..letters].to_lowercase();
            rest = &rest[letters..];
            match NAMES.0.get(&word) {
                Some(&named) => pieces.push(Piece::Month(named)),
                // A day of the week in front, a word between day and month (`15 de enero de 2024`).
                None if pieces.is_empty() && NAMES.1.contains(&word) => {}
                None if !pieces.is_empty() && word == "de" => {}
                None if pieces.len() == 1 && ["st", "nd", "rd", "th"].contains(&word.as_str()) => {}
                None => return None,
            }
        }
        if matches!(pieces[..], [Piece::Number(_, 8)]) || (pieces.len() == 2 && rest.is_empty()) {
            break;
        }
    }
    let behind = rest.trim();
    let rest = if NAMES.2.iter().any(|word| word == behind) { "" } else { rest };
    let rest = rest.trim_start_matches(['日', '.']);
    if !is_time(rest.as_bytes()) || !separators.chars().all(|letter| " /-.,年月\u{a0}'".contains(letter)) {
        return None;
    }
    match (era, &pieces[..]) {
        (Some(before), &[Piece::Number(year, 1..=3), Piece::Number(month, 1..=2), Piece::Number(day, 1..=2)]) => {
            let year = i32::try_from(year.checked_add(before)?).ok()?;
            Some(Parts::Known(Day::from_ymd(year, month, day)))
        }
        (Some(_), _) => None,
        (None, pieces) => assemble(pieces, separators.trim(), month),
    }
}

/// The year before the first of the era that a date names in front, and the rest of the date: `R8.4.14`, `民國115年`.
fn era_of(cell: &str) -> (Option<u32>, &str) {
    let named = NAMES.3.iter().find_map(|(name, &before)| Some((before, cell.strip_prefix(name.as_str())?)));
    match named.filter(|(_, rest)| rest.starts_with(|letter: char| letter.is_ascii_digit())) {
        Some((before, rest)) => (Some(before), rest),
        None => (None, cell),
    }
}

/// The signs for year, month and day in Chinese and Japanese.
fn is_mark(letter: char) -> bool {
    matches!(letter, '年' | '月' | '日')
}

fn assemble(pieces: &[Piece], separators: &str, month: Option<(i32, u32)>) -> Option<Parts> {
    use Piece::{Month, Number};
    let known = |year: u32, month, day| Some(Parts::Known(Day::from_ymd(i32::try_from(year).ok()?, month, day)));
    let pointed = separators.starts_with('.');
    match *pieces {
        [Number(all, 8)] if separators.is_empty() => known(all / 10_000, all / 100 % 100, all % 100),
        [Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)] => known(year, month, day),
        // A year of three digits is one of the Republic of China's calendar.
        [Number(year @ ROC_YEAR_MIN..=ROC_YEAR_MAX, 3), Number(month, 1..=2), Number(day, 1..=2)]
            if separators.starts_with(['/', '-', '.', '年']) =>
        {
            known(year + ROC_BEFORE, month, day)
        }
        [Number(year, 4), Month(month), Number(day, 1..=2)] => known(year, month, day),
        [Number(day, 1..=2), Month(month), Number(year, digits)] => known(full_year(year, digits)?, month, day),
        [Month(month), Number(day, 1..=2), Number(year, digits)] => known(full_year(year, digits)?, month, day),
        [Number(day, 1..=2), Number(month, 1..=2), Number(year, 4)] if pointed => known(year, month, day),
        [Number(first, 1..=2), Number(second, 1..=2), Number(third, digits)] => {
            let year = i32::try_from(full_year(third, digits)?).ok()?;
            let year_first_too = matches!(pieces[0], Number(_, 2)) && digits == 2;
            Some(Parts::Open(Open { first, second, third, year, year_first_too, pointed }))
        }
        [Number(entry_month, 1..=2), Number(day, 1..=2)] => {
            let (bill_year, bill_month) = month?;
            // A bill of January lists what was bought in December.
            let year = if entry_month > bill_month { bill_year.saturating_sub(1) } else { bill_year };
            Some(Parts::Known(Day::from_ymd(year, entry_month, day)))
        }
        _ => None,
    }
}

fn number(digits: &str) -> Option<Piece> {
    (digits.len() <= 8).then(|| digits.parse().ok().map(|value| Piece::Number(value, digits.len())))?
}

fn full_year(year: u32, digits: usize) -> Option<u32> {
    match digits {
        4 => Some(year),
        2 => u32::try_from(CENTURY).ok()?.checked_add(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, order: Option<DateOrder>) -> String {
        match read_date(cell, order, None) {
            Ok(day) => day.to_string(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn forms_with_a_fixed_order() {
        for (cell, expected) in [
            ("2026-02-03", "2026-02-03"),
            ("2026/02/03", "2026-02-03"),
            ("2026.2.3", "2026-02-03"),
            ("20260203", "2026-02-03"),
            ("2026-02-03T23:59:59Z", "2026-02-03"),
            ("2026-02-03T23:59:59.123+02:00", "2026-02-03"),
            ("2026-02-03 08:00:00", "2026-02-03"),
            ("2026-02-03 08:00 UTC", "2026-02-03"),
            ("R8.2.3", "2026-02-03"),
            ("令和8年2月3日", "2026-02-03"),
            ("R08/02/03", "2026-02-03"),
            ("115/02/03", "2026-02-03"),
            ("民國115年2月3日", "2026-02-03"),
            ("3 февраля 2026 г.", "2026-02-03"),
            ("3 лютого 2026 року", "2026-02-03"),
            ("03.02.2026", "2026-02-03"),
            ("3.2.26", "2026-02-03"),
            ("15 Dec 2024", "2024-12-15"),
            ("15-Dec-24", "2024-12-15"),
            ("December 15, 2024", "2024-12-15"),
            ("2024年1月5日", "2024-01-05"),
            ("05/05/2024", "2024-05-05"),
            ("Nov 14, 2025, 4:52\u{202f}AM", "2025-11-14"),
            ("Nov\u{a0}14,\u{a0}2025, 4:52\u{a0}PM", "2025-11-14"),
        ] {
            assert_eq!(read(cell, None), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (cell, expected) in [
            ("", "Empty"),
            ("Pending", "NoDate"),
            ("2026-02-30", "NoSuchDay"),
            ("2026-02-03 foo", "NoDate"),
            ("03/02/2026", "Undecided"),
            ("13/13/2026", "NoSuchDay"),
            ("2026", "NoDate"),
            ("2026020", "NoDate"),
            ("1/2", "NoDate"),
            ("15 Decemberary 2024", "NoDate"),
            ("２０２６-01-01", "NoDate"),
            ("1-2-2026-3", "NoDate"),
        ] {
            assert_eq!(read(cell, None), expected, "{cell}");
        }
    }

    #[test]
    fn the_order_is_shown_by_a_cell_or_given() {
        assert_eq!(read("03/02/2026", Some(DateOrder::DayMonth)), "2026-02-03");
        assert_eq!(read("3/2/26 10:00", Some(DateOrder::MonthDay)), "2026-03-02");
        assert_eq!(read("25/12/2026", Some(DateOrder::MonthDay)), "OtherOrder");
        assert!(matches!(order_shown_by("25-12-2026", None), DateShown::Only(DateOrder::DayMonth, _)));
        assert!(matches!(order_shown_by("12/25/26", None), DateShown::Only(DateOrder::MonthDay, _)));
        assert!(matches!(order_shown_by("01/02/2026", None), DateShown::Either { .. }));
        assert!(matches!(order_shown_by("04/04/2026", None), DateShown::Same(_)));
        assert!(matches!(order_shown_by("04.05.2026", None), DateShown::Fixed(_)));
        assert_eq!(order_shown_by("31/31/2026", None), DateShown::Unreadable);
    }

    #[test]
    fn a_date_without_year_takes_the_bills() {
        let read = |cell| read_date(cell, None, Some((2024, 1))).map(|day| day.to_string());
        assert_eq!(read("12/29"), Ok("2023-12-29".to_string()));
        assert_eq!(read("01/05"), Ok("2024-01-05".to_string()));
        assert_eq!(read("13/05"), Err(DateFault::NoSuchDay));
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_read_or_refused(cell in "[0-9A-Za-z/.年月日 :-]{0,14}") {
            let _ = read_date(&cell, None, Some((2024, 2)));
            let _ = order_shown_by(&cell, None);
        }
    }
}
