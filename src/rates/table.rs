//! The European Central Bank's own two files, the history and the one day: kept as text, cells read when they are asked
//! for.
//!
//! A run needs a handful of the thirty thousand cells, so only the days of the rows are read up front. A file that a
//! user gives is checked cell by cell first.

use super::fault::{RatesError, RatesFault};
use super::quote::Leg;
use crate::domain::{Currency, Day};
use std::borrow::Cow;

/// Most bytes of a rate file; the ECB's whole history has two million.
pub const RATES_BYTES_MAX: usize = 64 << 20;

/// The rows of a history, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Table {
    text: Cow<'static, str>,
    columns: Vec<(Currency, usize)>,
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    day: Day,
    start: usize,
    end: usize,
    line: u32,
}

const MISSING: &str = "N/A";
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The cells of a line. A line of the history ends with a comma: the empty cell after it is none.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.strip_suffix(',').unwrap_or(line).split(',').map(str::trim)
}

impl Table {
    /// Reads titles and days, and checks every cell if `check` is set.
    pub(super) fn parse(text: Cow<'static, str>, name: &str, check: bool) -> Result<Table, RatesError> {
        let fail = |line: u32, column: Option<&str>, fault: RatesFault| {
            Err(RatesError { name: name.to_string(), line, column: column.map(str::to_string), fault })
        };
        if text.len() > RATES_BYTES_MAX {
            return fail(1, None, RatesFault::TooLarge);
        }
        let mut titles: Option<Vec<&str>> = None;
        let mut columns = Vec::new();
        let mut rows = Vec::new();
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            let (line_number, line_start) = (u32::try_from(index + 1).unwrap_or(u32::MAX), start);
            start += line.len() + 1;
            let content = line.trim_end().trim_start_matches(BYTE_ORDER_MARK);
            if content.is_empty() {
                continue;
            }
            let Some(titles) = &titles else {
                let found: Vec<&str> = cells(content).collect();
                columns = match columns_of(&found) {
                    Ok(columns) => columns,
                    Err(fault) => return fail(line_number, None, fault),
                };
                titles = Some(found);
                continue;
            };
            let day_text = cells(content).next().unwrap_or_default();
            let Some(day) = Day::parse_iso(day_text).or_else(|| day_in_words(day_text)) else {
                return fail(line_number, titles.first().copied(), RatesFault::NotADay(day_text.to_string()));
            };
            if check && let Err((column, fault)) = check_row(content, titles) {
                return fail(line_number, column, fault);
            }
            rows.push(Row { day, start: line_start, end: line_start + line.len(), line: line_number });
        }
        if rows.is_empty() {
            let fault = if titles.is_some() { RatesFault::NoRows } else { RatesFault::NotRates };
            return fail(1, None, fault);
        }
        rows.sort_by_key(|row| row.day);
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].day == pair[1].day) {
            let line = pair[0].line.max(pair[1].line);
            return fail(line, Some("Date"), RatesFault::SameDay(pair[0].day));
        }
        Ok(Table { text, columns, rows })
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The day of a row.
    pub(super) fn day(&self, row: usize) -> Option<Day> {
        self.rows.get(row).map(|row| row.day)
    }

    /// The latest row not after the day.
    pub(super) fn row_at(&self, day: Day) -> Option<usize> {
        self.rows.partition_point(|row| row.day <= day).checked_sub(1)
    }

    /// The currencies that have a column.
    pub(super) fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.columns.iter().map(|(known, _)| *known)
    }

    /// The cell of a currency in a row: units for one euro. `None` where the history has none.
    pub(super) fn leg(&self, row: usize, currency: Currency) -> Option<Leg> {
        let column = self.columns.iter().find(|(known, _)| *known == currency)?.1;
        let row = self.rows.get(row)?;
        Leg::parse(cells(&self.text[row.start..row.end]).nth(column)?)
    }
}

/// The day of the one-day file: `30 October 2026`.
fn day_in_words(text: &str) -> Option<Day> {
    const MONTHS: &str = "January February March April May June July August September October November December";
    let mut words = text.split(' ');
    let (of_month, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = MONTHS.split(' ').position(|name| name == month)?;
    if words.next().is_some() || of_month.len() > 2 || year.len() != 4 {
        return None;
    }
    Day::from_ymd(year.parse().ok()?, u32::try_from(month + 1).ok()?, of_month.parse().ok()?)
}

fn columns_of(titles: &[&str]) -> Result<Vec<(Currency, usize)>, RatesFault> {
    if titles.len() < 2 || titles[0] != "Date" {
        return Err(RatesFault::NotRates);
    }
    let mut columns: Vec<(Currency, usize)> = Vec::new();
    for (index, title) in titles.iter().enumerate().skip(1) {
        if title.len() != 3 || !title.bytes().all(|byte| byte.is_ascii_uppercase()) || titles[..index].contains(title) {
            return Err(RatesFault::Title((*title).to_string()));
        }
        // Codes out of use before card statements of today (CYP, EEK...) are nobody's currency here.
        if let Ok(currency) = Currency::parse(title) {
            columns.push((currency, index));
        }
    }
    Ok(columns)
}

fn check_row<'a>(line: &str, titles: &[&'a str]) -> Result<(), (Option<&'a str>, RatesFault)> {
    let found = cells(line).count();
    if found != titles.len() {
        return Err((None, RatesFault::Cells { expected: titles.len(), found }));
    }
    for (title, cell) in titles.iter().zip(cells(line)).skip(1) {
        if cell != MISSING && Leg::parse(cell).is_none() {
            return Err((Some(title), RatesFault::NotARate(cell.to_string())));
        }
    }
    Ok(())
}
