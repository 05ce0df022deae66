//! One record with its text: its cells, as they stand in the file and as they are read.

use crate::text::{Beginnings, Glance};
use std::borrow::Cow;
use std::ops::Range;

/// Where one cell stands in the text, quotes around it not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Doubled quotes stand inside.
    pub(super) doubled: bool,
}

impl Span {
    /// The bytes of the cell in the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One record: where its cells stand and the physical line at which it begins. Reused from record to record.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Counted from the first byte of the text that the record is cut from, which may be a piece of the whole.
    pub(super) spans: Vec<Span>,
    pub(super) line: u32,
    /// Byte of the whole text.
    pub(super) start: usize,
    /// Byte of the whole text at which the piece begins.
    pub(super) base: usize,
}

impl Row {
    /// A record whose cells were cut by another reader: it begins at a byte and line, its cells stand in order.
    pub fn kept((start, line): (usize, u32), cells: &[Range<usize>]) -> Row {
        let spans = cells.iter().map(|cell| Span { start: place(cell.start), end: place(cell.end), doubled: false });
        Row { spans: spans.collect(), line, start, base: 0 }
    }

    /// This record in the text that it was cut from.
    pub fn in_text<'w>(&'w self, text: &'w str) -> Record<'w> {
        Record { text, row: self }
    }
}

/// One record with its text.
#[derive(Clone, Copy, Debug)]
pub struct Record<'w> {
    text: &'w str,
    row: &'w Row,
}

impl<'w> Record<'w> {
    /// The record without its text, to be kept.
    pub fn kept_as_row(self) -> Row {
        self.row.clone()
    }

    /// A copy of the record with its own text.
    pub(super) fn kept_with_text(self) -> (Row, String) {
        let spans = &self.row.spans;
        let from = spans.iter().map(|span| span.start).min().unwrap_or_default();
        let to = spans.iter().map(|span| span.end).max().unwrap_or_default();
        let text = self.text.get(from as usize..to as usize).unwrap_or_default().to_string();
        let mut row = self.row.clone();
        row.base = row.base.saturating_add(from as usize);
        for span in &mut row.spans {
            (span.start, span.end) = (span.start - from, span.end - from);
        }
        (row, text)
    }

    /// The record's text, from its first cell to its last.
    pub fn text(self) -> &'w str {
        let ends = self.row.spans.first().zip(self.row.spans.last());
        ends.and_then(|(first, last)| self.text.get(first.range().start..last.range().end)).unwrap_or_default()
    }

    /// The bytes of the text from the first cell to the last. Those of a record that another reader cut may stand
    /// elsewhere.
    pub fn bytes(self) -> &'w [u8] {
        self.text.as_bytes().get(self.extent()).unwrap_or_default()
    }

    /// One look at all that stands from the first cell to the last.
    pub fn glance(self, words: &Beginnings) -> Glance {
        words.glance(self.text.as_bytes(), self.extent())
    }

    /// A cell that begins and ends with a letter, a digit or a mark of ASCII, as it stands in the file; `None` for every
    /// other.
    #[inline(always)]
    pub fn framed(self, column: usize) -> Option<&'w [u8]> {
        let span = self.row.spans.get(column).filter(|span| !span.doubled)?;
        let cell = self.text.as_bytes().get(span.range())?;
        (cell.first()?.is_ascii_graphic() && cell.last()?.is_ascii_graphic()).then_some(cell)
    }

    /// One look at a cell.
    #[inline]
    pub fn glance_at(self, column: usize, words: &Beginnings) -> Glance {
        match self.row.spans.get(column) {
            Some(span) if span.start < span.end => words.glance(self.text.as_bytes(), span.range()),
            _ => Glance { is_plain: true, is_quiet: true },
        }
    }

    fn extent(self) -> Range<usize> {
        let ends = self.row.spans.first().zip(self.row.spans.last());
        ends.map_or(0..0, |(first, last)| first.start as usize..last.end as usize)
    }

    /// Number of cells.
    pub fn width(self) -> usize {
        self.row.spans.len()
    }

    /// Whether every cell is blank: such a record is an empty line.
    #[inline]
    pub fn is_blank(self) -> bool {
        let bytes = self.text.as_bytes();
        let is_empty = |span: &Span| {
            let begins = bytes.get(span.start as usize).filter(|_| span.start < span.end);
            begins.is_none_or(|first| !first.is_ascii_graphic()) && trim(&self.text[span.range()]).is_empty()
        };
        self.row.spans.iter().all(is_empty)
    }

    /// Physical line at which the record begins, from 1.
    pub fn line(self) -> u32 {
        self.row.line
    }

    /// Byte at which the record begins.
    pub fn start(self) -> usize {
        self.row.start
    }

    /// Byte and line at which the record begins.
    pub fn place(self) -> (usize, u32) {
        (self.row.start, self.row.line)
    }

    /// Where a cell stands in the whole text.
    pub fn span(self, column: usize) -> Option<Span> {
        let span = self.row.spans.get(column)?;
        let lift = |at: u32| place(self.row.base.saturating_add(at as usize));
        Some(Span { start: lift(span.start), end: lift(span.end), doubled: span.doubled })
    }

    /// A cell's text as it stands in the file, white space around it included.
    pub fn whole(self, column: usize) -> &'w str {
        self.row.spans.get(column).map_or("", |span| &self.text[span.range()])
    }

    /// A cell's text, white space around it removed; empty where the record has no such cell.
    pub fn cell(self, column: usize) -> Cow<'w, str> {
        match self.row.spans.get(column) {
            None => Cow::Borrowed(""),
            Some(span) => {
                let raw = trim(&self.text[span.range()]);
                if span.doubled { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
            }
        }
    }

    /// A cell's text as it stands in the file, white space around it removed, doubled quotes still doubled.
    pub fn raw(self, column: usize) -> &'w str {
        self.row.spans.get(column).map_or("", |span| trim(&self.text[span.range()]))
    }
}

/// Removes white space at both ends; most cells have none.
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] | [first @ last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [] => text,
        _ => text.trim(),
    }
}

/// A place as a span holds it: files are limited to 32-bit places before they come here.
pub(super) fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
