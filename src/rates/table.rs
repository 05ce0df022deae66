//! A rate history in the form the European Central Bank publishes: kept as text, cells read when they are asked for.
//!
//! A run needs a handful of the thirty thousand cells, so only the days of the rows are read up front. A file that a
//! user gives is checked cell by cell first.

use super::quote::Leg;
use crate::domain::{Currency, Day};
use std::borrow::Cow;
use std::fmt;

/// Most bytes of a rate file; the ECB's whole history has two million.
pub const RATES_BYTES_MAX: usize = 64 << 20;

/// Where and why a rate file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesError {
    /// The file's name.
    pub name: String,
    /// One-based physical line.
    pub line: u32,
    /// Title of the column at fault, where one is.
    pub column: Option<String>,
    /// What is wrong.
    pub fault: RatesFault,
}

/// What is wrong with a rate file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatesFault {
    /// More bytes than are read.
    TooLarge,
    /// The first line is not `Date,USD,...`.
    NotAHistory,
    /// A title is no currency code, or stands twice.
    Title(String),
    /// No row below the titles.
    NoRows,
    /// A row has another number of cells than the titles.
    Cells {
        /// Number of titles.
        expected: usize,
        /// Number of cells.
        found: usize,
    },
    /// The first cell is no day.
    NotADay(String),
    /// The day stands in another line already.
    SameDay(Day),
    /// A cell is neither a rate nor `N/A`.
    NotARate(String),
}

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
            let Some(day) = Day::parse_iso(day_text) else {
                return fail(line_number, titles.first().copied(), RatesFault::NotADay(day_text.to_string()));
            };
            if check && let Err((column, fault)) = check_row(content, titles) {
                return fail(line_number, column, fault);
            }
            rows.push(Row { day, start: line_start, end: line_start + line.len(), line: line_number });
        }
        if rows.is_empty() {
            let fault = if titles.is_some() { RatesFault::NoRows } else { RatesFault::NotAHistory };
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

    /// Whether the history has a column for the currency; the euro needs none.
    pub(super) fn quotes(&self, currency: Currency) -> bool {
        currency == Currency::EUR || self.columns.iter().any(|(known, _)| *known == currency)
    }

    /// The cell of a currency in a row: units for one euro. `None` where the history has none.
    pub(super) fn leg(&self, row: usize, currency: Currency) -> Option<Leg> {
        if currency == Currency::EUR {
            return Some(Leg::ONE);
        }
        let column = self.columns.iter().find(|(known, _)| *known == currency)?.1;
        let row = self.rows.get(row)?;
        Leg::parse(cells(&self.text[row.start..row.end]).nth(column)?)
    }
}

fn columns_of(titles: &[&str]) -> Result<Vec<(Currency, usize)>, RatesFault> {
    if titles.len() < 2 || titles[0] != "Date" {
        return Err(RatesFault::NotAHistory);
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

impl fmt::Display for RatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.name, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        match &self.fault {
            RatesFault::TooLarge => write!(f, "a rate file may have at most {RATES_BYTES_MAX} bytes"),
            RatesFault::NotAHistory => f.write_str("expected the titles of the ECB's history, `Date,USD,JPY,...`"),
            RatesFault::Title(title) => write!(f, "`{title}` is no title of its own: three capital letters, once"),
            RatesFault::NoRows => f.write_str("no row below the titles"),
            RatesFault::Cells { expected, found } => write!(f, "{found} cells where the titles have {expected}"),
            RatesFault::NotADay(text) => write!(f, "cannot read `{text}` as a day such as 2026-01-31"),
            RatesFault::SameDay(day) => write!(f, "{day} stands in an earlier line already"),
            RatesFault::NotARate(text) => write!(f, "cannot read `{text}` as a rate: digits with a full stop, or N/A"),
        }
    }
}

impl std::error::Error for RatesError {}
