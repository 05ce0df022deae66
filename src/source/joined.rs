//! Two exports joined in one file: what looks like records above the titles, or below them at another delimiter.

use super::cell::DecimalMark;
use super::find::DELIMITERS;
use super::header::{Header, are_titles};
use super::profile::{Sample, SampleRow, figure_of, is_date};
use super::role::Role;
use super::table::{Columns, Cut, excerpt_of};
use super::untitled::is_record;
use super::words::{says_balance, says_total};
use crate::diagnostic::Diagnostic;

/// How many lines of one width that look like records are no chance.
const ROWS_MIN: usize = 2;

/// What a line is when it is cut at another delimiter than the table's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherCut {
    /// The titles of a statement.
    Titles,
    /// What every record has: a day, an amount, a text.
    Record,
}

/// What a line of a table shows when it is cut at another delimiter; `None` where it is nothing of another table.
pub fn cut_otherwise(cut: &Cut, line: &str) -> Option<OtherCut> {
    let Cut::Delimited(own) = cut else { return None };
    DELIMITERS.into_iter().filter(|delimiter| delimiter != own).find_map(|delimiter| {
        let sample = cut_at(line, delimiter);
        let row = sample.rows.first()?;
        if is_title_row(row) { Some(OtherCut::Titles) } else { is_movement(row).then_some(OtherCut::Record) }
    })
}

/// The finding for a file in which what looks like records stands above the titles.
pub(super) fn records_above(
    path: &str,
    text: &str,
    cut: &Cut,
    header: &Header,
    columns: &Columns,
) -> Option<Diagnostic> {
    let own = || {
        let above = Sample::take_before(text, cut.rows(text, (0, 1)), header.record.0).rows;
        let fits = above.iter().find(|row| row.cells.len() == header.titles.len() && fits_columns(row, columns));
        fits.map(|row| row.place).or_else(|| table_in(&above))
    };
    let others = || {
        let Cut::Delimited(own) = cut else { return None };
        let others = DELIMITERS.into_iter().filter(|delimiter| delimiter != own);
        others.map(|delimiter| lines_above(text, header, delimiter)).find_map(|above| table_in(&above))
    };
    let place = own().or_else(others)?;
    let end = text[place.0..header.record.0].find(['\r', '\n']).map_or(header.record.0, |length| place.0 + length);
    Some(
        Diagnostic::error("second-table", path, "what looks like a record stands above the titles")
            .at(excerpt_of(text, place, place.0..end, "the titles stand below this line"))
            .hint("the file may be two exports joined; give them one by one"),
    )
}

/// The lines above the titles, each cut by itself at a delimiter.
fn lines_above<'t>(text: &'t str, header: &Header, delimiter: u8) -> Vec<SampleRow<'t>> {
    let above = &text[..header.record.0];
    let end_of_line = if above.contains('\n') { '\n' } else { '\r' };
    let (mut rows, mut start) = (Vec::new(), 0);
    for (line, whole) in (1..).zip(above.split_inclusive(end_of_line)) {
        if let Some(row) = cut_at(whole, delimiter).rows.into_iter().next() {
            rows.push(SampleRow { place: (start, line), ..row });
        }
        start += whole.len();
    }
    rows
}

fn cut_at(line: &str, delimiter: u8) -> Sample<'_> {
    Sample::take(line, Cut::Delimited(delimiter).rows(line, (0, 1)))
}

/// The first record of a table among the lines: under titles of its own, or with a second one beside it.
fn table_in(rows: &[SampleRow]) -> Option<(usize, u32)> {
    let titles = rows.iter().position(is_title_row);
    let titled = titles.and_then(|titles| rows[titles..].iter().find(|row| is_movement(row)));
    let records = || rows.iter().filter(|row| is_movement(row));
    let of_width = |width: usize| records().filter(move |row| row.cells.len() == width).count();
    let found = titled.or_else(|| records().find(|row| of_width(row.cells.len()) >= ROWS_MIN));
    found.map(|row| row.place)
}

fn is_title_row(row: &SampleRow) -> bool {
    let filled: Vec<&str> = row.cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    filled.len() >= 3 && are_titles(&filled)
}

/// Whether a row has what a record has and states neither a total nor a balance.
fn is_movement(row: &SampleRow) -> bool {
    is_record(row) && !row.cells.iter().any(|cell| says_balance(cell) || says_total(cell))
}

/// Whether a row is a record whose day and amount stand in the table's own columns.
fn fits_columns(row: &SampleRow, columns: &Columns) -> bool {
    let filled = |roles: &[Role]| -> Vec<&str> {
        let cells = roles.iter().filter_map(|&role| columns.get(role)).map(|column| row.cell(column));
        cells.filter(|cell| !cell.is_empty()).collect()
    };
    let (days, amounts) = (filled(&Role::DATES), filled(&Role::AMOUNTS));
    let is_amount = |cell: &&str| figure_of(cell, DecimalMark::Point).is_some();
    is_movement(row)
        && !days.is_empty()
        && days.iter().all(|cell| is_date(cell))
        && !amounts.is_empty()
        && amounts.iter().all(is_amount)
}
