//! Rate files of every known form, recognised by their content.

mod fed;
mod pboc;
mod plain;
mod portal;

use super::fault::{RatesError, RatesFault};
use super::rows::{Gathered, Rows};
use super::series::{Publisher, Series};
use super::table::{RATES_BYTES_MAX, Table};
use crate::domain::{Currency, Day};
use std::borrow::Cow;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A line of a delimited file: its number from 1 and its cells, white space around them taken off.
struct Line {
    number: usize,
    cells: Vec<String>,
}

/// What a file is read from.
struct Source<'a> {
    name: &'a str,
    lines: Vec<Line>,
}

/// Reads a file; more than one series where it holds rates against several currencies.
pub(super) fn read(text: &str, name: &str) -> Result<Vec<Series>, RatesError> {
    if text.len() > RATES_BYTES_MAX {
        return Err(RatesError::at(name, 1, RatesFault::TooLarge));
    }
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    if text.trim_start().starts_with(['{', '[']) {
        return pboc::json(text, name).map(|series| vec![series]);
    }
    let first = text.lines().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let titles = text.lines().nth(first).map(cells).unwrap_or_default();
    let is = |at: usize, title: &str| titles.get(at).is_some_and(|found| found == title);
    let has = |title: &str| titles.iter().any(|found| found.eq_ignore_ascii_case(title));
    let source = || source(text, name);
    if is(0, "Series Description") {
        fed::h10(&source()?).map(|series| vec![series])
    } else if has("KEY") && has("TIME_PERIOD") && has("OBS_VALUE") {
        portal::read(&source()?).map(|series| vec![series])
    } else if has("base") && has("quote") && has("rate") {
        plain::read(&source()?)
    } else if pboc::is_table(&titles) {
        pboc::table(&source()?).map(|series| vec![series])
    } else if is(0, "observation_date") || is(0, "DATE") {
        fed::fred(&source()?).map(|series| vec![series])
    } else {
        let table = Table::parse(Cow::Owned(text.to_string()), name, true)?;
        Ok(vec![Series::of(Publisher::Ecb, name, Currency::EUR, Rows::Wide(table))])
    }
}

impl Series {
    fn of(publisher: Publisher, name: &str, common: Currency, rows: Rows) -> Series {
        Series { publisher, files: vec![name.to_string()], common, rows }
    }
}

/// The cells of a line; quoted ones may hold commas.
fn cells(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_string).collect(),
        // A text in memory that is UTF-8 and one line long is always a record, or empty.
        Ok(false) | Err(_) => Vec::new(),
    }
}

/// The lines that hold anything.
fn source<'a>(text: &str, name: &'a str) -> Result<Source<'a>, RatesError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines: Vec<Line> = lines.map(|(index, line)| Line { number: index + 1, cells: cells(line) }).collect();
    if lines.is_empty() {
        return Err(RatesError::at(name, 1, RatesFault::NotRates));
    }
    Ok(Source { name, lines })
}

impl Source<'_> {
    fn fail<T>(&self, line: &Line, column: &str, fault: RatesFault) -> Result<T, RatesError> {
        Err(RatesError::at(self.name, line.number, fault).column(column))
    }

    /// The titles and the lines below them.
    fn titled(&self) -> (&[String], &[Line]) {
        self.lines.split_first().map_or((&[], &[]), |(titles, rows)| (titles.cells.as_slice(), rows))
    }

    /// Checks that a row has as many cells as the titles.
    fn cells_of<'l>(&self, line: &'l Line, titles: usize) -> Result<&'l [String], RatesError> {
        let fault = RatesFault::Cells { expected: titles, found: line.cells.len() };
        if line.cells.len() == titles { Ok(&line.cells) } else { Err(RatesError::at(self.name, line.number, fault)) }
    }

    fn day(&self, line: &Line, column: &str, text: &str) -> Result<Day, RatesError> {
        Day::parse_iso(text).map_or_else(|| self.fail(line, column, RatesFault::NotADay(text.to_string())), Ok)
    }

    fn currency(&self, line: &Line, column: &str, text: &str) -> Result<Currency, RatesError> {
        Currency::parse(text).or_else(|_| self.fail(line, column, RatesFault::NotACurrency(text.to_string())))
    }

    /// The finished series.
    fn finish(&self, publisher: Publisher, common: Currency, gathered: Gathered) -> Result<Series, RatesError> {
        let rows = gathered.finish().ok_or_else(|| RatesError::at(self.name, 1, RatesFault::NoRows))?;
        Ok(Series::of(publisher, self.name, common, rows))
    }
}
