//! Records that a reader of its own cut out of a file: their titles, their cells, and what the file states beside them.
//!
//! A cell is a stretch of the file's own text wherever that is possible, so that a finding underlines the original.
//! What has to be put together (an escaped character, a text over several lines, a date of six digits) stands behind
//! the file's text; a finding about such a cell shows the line at which its record begins.
//!
//! A record has the number of the physical line at which it begins. Where several records begin on one line, as in
//! XML without line ends, that says nothing: then records are counted from 1, like the elements of a JSON array.

use super::answers::Known;
use super::cell::Figure;
use super::document::FILE_BYTES_MAX;
use super::find::{Found, find_table_in};
use super::record::Row;
use crate::diagnostic::Diagnostic;
use crate::domain::Period;
use std::borrow::Cow;
use std::ops::Range;

/// What a file states of one stretch of one account, beside the records in it.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Number and currency of the account, to tell accounts apart; never shown.
    pub account: String,
    /// The days stated, ends included.
    pub covers: Option<Period>,
    /// Booked balance before the first record, signed from the holder's view.
    pub opening: Option<Figure>,
    /// Booked balance after the last record.
    pub closing: Option<Figure>,
    /// The bytes of the text that hold the records.
    pub bytes: Range<usize>,
    /// Lines at which the stretch begins and ends; the numbers of its first and last record, where records are counted.
    pub lines: (u32, u32),
}

/// A cell: where it stands; `None` for one that the record lacks.
pub(super) type Cell = Option<Range<usize>>;

/// A table while another reader fills it, in the order of the file.
pub(super) struct Kept<'a> {
    text: Cow<'a, str>,
    /// Texts that were put together; they come to stand behind the file's text and a line end.
    composed: String,
    titles: Vec<Range<usize>>,
    places: Vec<(usize, u32)>,
    /// The cells of all records, one behind the other.
    cells: Vec<Range<usize>>,
    stated: Vec<Stated>,
}

impl<'a> Kept<'a> {
    /// A table without records. `titles` are those by which a layout knows the format.
    pub(super) fn new(text: Cow<'a, str>, titles: &[&str]) -> Kept<'a> {
        let mut kept = Kept {
            text,
            composed: String::new(),
            titles: Vec::new(),
            places: Vec::new(),
            cells: Vec::new(),
            stated: Vec::new(),
        };
        for title in titles {
            let title = kept.compose(title);
            kept.titles.extend(title);
        }
        kept
    }

    /// Puts a text behind the file's own.
    pub(super) fn compose(&mut self, text: &str) -> Cell {
        let start = self.text.len().saturating_add(1).saturating_add(self.composed.len());
        self.composed.push_str(text);
        Some(start..start.saturating_add(text.len()))
    }

    /// Adds a record that begins at a byte and line; a cell that it lacks stands empty at its beginning.
    pub(super) fn push<const WIDTH: usize>(&mut self, place: (usize, u32), cells: [Cell; WIDTH]) {
        self.places.push(place);
        self.cells.extend(cells.into_iter().map(|cell| cell.unwrap_or(place.0..place.0)));
    }

    /// Adds what the file states beside its records.
    pub(super) fn state(&mut self, stated: Stated) {
        self.stated.push(stated);
    }

    /// The finished table, claimed by the layout that knows its titles.
    pub(super) fn finish(self, path: &str, known: Known) -> Found<'a> {
        let own_bytes = self.text.len();
        if own_bytes.saturating_add(self.composed.len()) >= FILE_BYTES_MAX {
            let message = format!("the file's text has more than the {FILE_BYTES_MAX} bytes that can be read");
            let finding = Diagnostic::error("file-size", path, message).hint("export a shorter period");
            return Found::Unclear(vec![finding]);
        }
        let mut text = self.text.into_owned();
        text.push('\n');
        text.push_str(&self.composed);
        let shared = self.places.windows(2).any(|two| two[0].1 == two[1].1);
        let mut stated = self.stated;
        for stretch in stated.iter_mut().filter(|_| shared) {
            let before = |at: usize| self.places.partition_point(|place| place.0 < at);
            let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
            let (first, behind) = (before(stretch.bytes.start), before(stretch.bytes.end));
            stretch.lines = (number(first.saturating_add(1)), number(behind.max(first.saturating_add(1))));
        }
        let header = Row::kept((0, 1), &self.titles);
        let records = self.cells.chunks(self.titles.len().max(1)).zip(self.places).zip(1u32..);
        let numbered = records
            .map(|((cells, (start, line)), number)| Row::kept((start, if shared { number } else { line }), cells));
        let rows = std::iter::once(header).chain(numbered).collect();
        let mut found = find_table_in(path, Cow::Owned(text), rows, known);
        if let Found::Table(table) = &mut found {
            table.own_bytes = own_bytes;
            table.stated = stated;
        }
        found
    }
}

/// Physical lines of rising places in a text.
pub(super) struct Lines<'t> {
    bytes: &'t [u8],
    end_of_line: u8,
    at: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Lines<'t> {
        let bytes = text.as_bytes();
        let end_of_line = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
        Lines { bytes, end_of_line, at: 0, line: 1 }
    }

    /// The line of a byte that is not before the one asked for last.
    pub(super) fn line_at(&mut self, at: usize) -> u32 {
        let between = self.bytes.get(self.at..at).unwrap_or_default();
        let ends = memchr::memchr_iter(self.end_of_line, between).count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.line
    }
}

/// The stretch without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let start = range.start.saturating_add(raw.len().saturating_sub(raw.trim_start().len()));
    start..start.saturating_add(raw.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_once() {
        let mut lines = Lines::new("a\r\nb\nc");
        assert_eq!([0, 1, 3, 5, 9].map(|at| lines.line_at(at)), [1, 1, 2, 3, 3]);
        assert_eq!(Lines::new("a\rb").line_at(2), 2);
    }

    #[test]
    fn blanks_at_the_ends_do_not_count() {
        assert_eq!(trimmed("< ab >", 1..5), 2..4);
        assert_eq!(trimmed("<  >", 1..3), 3..3);
    }
}
