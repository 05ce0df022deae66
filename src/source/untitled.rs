//! Files without a header, and headers whose titles nobody knows: found by the look of the rows.

use super::answers::{Answers, numbered_column};
use super::catalogue::Catalogue;
use super::cell::DecimalMark;
use super::find::numbered;
use super::header::{COLUMNS_MAX, Header, PREAMBLE_RECORDS_MAX};
use super::layout::Layout;
use super::preamble::PreambleLine;
use super::profile::{Sample, SampleRow, figure_of, is_date};
use super::role::Role;
use super::table::{Columns, Cut};
use super::words::is_pending_date;
use std::ops::Range;
use std::sync::Arc;

/// Whether a row has what a record has: a day, an amount, a text.
pub(super) fn is_record(row: &SampleRow) -> bool {
    let is_amount = |cell: &&&str| !is_date(cell) && figure_of(cell, DecimalMark::Point).is_some();
    let is_text = |cell: &&&str| cell.chars().filter(|letter| letter.is_alphabetic()).count() >= 2;
    let cells = || row.cells.iter();
    (3..=COLUMNS_MAX).contains(&row.cells.len())
        && cells().any(|cell| is_date(cell) || is_pending_date(cell))
        && cells().any(|cell| is_amount(&cell))
        && cells().any(|cell| is_text(&cell) && !is_date(cell) && !is_pending_date(cell))
}

/// Where the records begin, and the header above them where the record before them holds nothing but texts.
pub(super) fn header_by_look(text: &str, cut: &Cut, answers: &Answers) -> Option<Header> {
    let sample = Sample::take(text, cut.rows(text, (0, 1)));
    let beginning = || sample.rows.iter().take(PREAMBLE_RECORDS_MAX);
    // Where the user names columns by their numbers, the first row that has them is the first record.
    let named: Vec<usize> = answers.columns.iter().filter_map(|(_, title)| numbered_column(title)).collect();
    let has_named = |row: &SampleRow| named.iter().max().is_some_and(|&last| row.cells.len() > last);
    let mut first = beginning().position(is_record).or_else(|| beginning().position(has_named))?;
    let width = sample.rows[first].cells.len();
    let before = first.checked_sub(1).map(|index| &sample.rows[index]).filter(|row| is_title_row(row, width));
    let mut titles_at = before.map_or(first, |_| first - 1);
    let may_be_record = |row: &SampleRow| row.cells.len() == width && has_amount(row);
    if let Some(earlier) = sample.rows[..titles_at].iter().position(may_be_record) {
        // What could be a record must not count as a line above: it is one, and what is wrong with it is said.
        if before.is_some() {
            return None;
        }
        (first, titles_at) = (earlier, earlier);
    }
    let above = sample.rows[..titles_at]
        .iter()
        .map(|row| PreambleLine { line: row.place.1, cells: row.cells.iter().map(|cell| cell.to_string()).collect() });
    let row = &sample.rows[titles_at];
    Some(Header {
        titles: before.map(|row| row.cells.iter().map(|cell| cell.to_string()).collect()).unwrap_or_default(),
        record: row.place,
        places: places(text, row),
        rows_from: sample.rows[first].place,
        above: above.collect(),
        written: before.is_some(),
    })
}

/// Whether a row has an amount and a text.
pub(super) fn has_amount(row: &SampleRow) -> bool {
    let is_amount = |cell: &&str| !is_date(cell) && figure_of(cell, DecimalMark::Point).is_some();
    let is_text = |cell: &&str| cell.chars().filter(|letter| letter.is_alphabetic()).count() >= 2;
    row.cells.iter().any(is_amount) && row.cells.iter().any(is_text)
}

fn is_title_row(row: &SampleRow, width: usize) -> bool {
    let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let fits = row.cells.len() + 1 >= width && filled * 2 > row.cells.len() && filled >= 3;
    let plain = |cell: &&str| !is_date(cell) && figure_of(cell, DecimalMark::Point).is_none();
    fits && row.cells.iter().all(plain)
}

fn places(text: &str, row: &SampleRow) -> Vec<Range<usize>> {
    // The cells are slices of the text, so that their addresses tell where they stand.
    let start_of = |cell: &str| cell.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    row.cells.iter().map(|cell| start_of(cell)..start_of(cell) + cell.len()).collect()
}

/// A file in a layout of the catalogue that has no header.
pub(super) fn untitled(catalogue: &Catalogue, text: &str, cut: &Cut) -> Option<(Arc<Layout>, Header, Columns)> {
    let sample = Sample::take(text, cut.rows(text, (0, 1)));
    for layout in &catalogue.layouts {
        let Some(form) = &layout.without_titles else { continue };
        let roles: Vec<Option<Role>> =
            form.columns.iter().map(|name| Role::ALL.into_iter().find(|role| role.name() == name)).collect();
        let fits = |row: &&SampleRow| {
            let cell_fits = |(cell, role): (&&str, &Option<Role>)| match role {
                Some(role) if Role::DATES.contains(role) => is_date(cell),
                Some(Role::Amount) => figure_of(cell, DecimalMark::Point).is_some(),
                _ => true,
            };
            row.cells.len() == roles.len() && row.cells.iter().zip(&roles).all(cell_fits)
        };
        let Some(first) = sample.rows.iter().take(PREAMBLE_RECORDS_MAX).position(|row| fits(&row)) else { continue };
        let above = &text[..sample.rows[first].place.0];
        if first == 0 || !above.contains(form.above.as_str()) {
            continue;
        }
        let mut columns = Columns::none();
        for (column, role) in roles.iter().enumerate() {
            if let Some(role) = role {
                columns.single[*role as usize] = Some(column);
            }
        }
        let row = &sample.rows[first];
        let above = sample.rows[..first].iter().map(|row| PreambleLine {
            line: row.place.1,
            cells: row.cells.iter().map(|cell| cell.to_string()).collect(),
        });
        let header = Header {
            titles: numbered(roles.len()),
            record: row.place,
            places: places(text, row),
            rows_from: row.place,
            above: above.collect(),
            written: false,
        };
        return Some((Arc::clone(layout), header, columns));
    }
    None
}
