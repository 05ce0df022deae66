//! Delimited text cut into records and cells, with the place of every cell in the text that is kept.
//!
//! Written here because a place must be right on every file: physical lines are counted at each line end, inside
//! quotes too, and a cell knows its own bytes, so that a message can point at them.

use super::marks::Marks;
use crate::text::{Beginnings, Glance};
use std::borrow::Cow;
use std::ops::Range;

/// Where one cell stands in the text, quotes around it not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
    /// Doubled quotes stand inside.
    doubled: bool,
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
    spans: Vec<Span>,
    line: u32,
    /// Byte of the whole text.
    start: usize,
    /// Byte of the whole text at which the piece begins.
    base: usize,
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

/// Why a record could not be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A quote opens a cell and nothing closes it.
    UnclosedQuote,
    /// Text stands between a closing quote and the next delimiter.
    TextAfterQuote,
}

/// A place at which a record could not be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StructureFault {
    /// What is wrong.
    pub fault: Fault,
    /// Byte in the text.
    pub at: usize,
    /// Byte and line at which its record begins.
    pub record: (usize, u32),
}

/// A record that could not be cut: what is wrong, and at which byte.
type Cut<T> = Result<T, (Fault, usize)>;

/// What came of cutting a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A record.
    Record,
    /// The text ends before the record does, and more of it follows: nothing was taken.
    Incomplete,
    /// The text is over.
    End,
}

/// Cuts records one after the other from a text that is lent to it, whole or piece by piece.
#[derive(Clone, Debug)]
pub(super) struct Cutter {
    marks: Marks,
    wanted: [u8; 3],
    next_start: usize,
    next_line: u32,
}

impl Cutter {
    /// Begins at a record's first byte in this text, at its physical line.
    pub(super) fn new(text: &str, [delimiter, end_of_line]: [u8; 2], start: usize, line: u32) -> Cutter {
        let wanted = [delimiter, b'"', end_of_line];
        Cutter { marks: Marks::new(text.as_bytes(), start, wanted), wanted, next_start: start, next_line: line }
    }

    /// Byte of this text at which the next record begins.
    pub(super) fn position(&self) -> usize {
        self.next_start
    }

    /// Physical line at which the next record begins.
    pub(super) fn line(&self) -> u32 {
        self.next_line
    }

    /// Goes on in another piece, in which the next record begins at `start`.
    pub(super) fn go_on(&mut self, text: &str, start: usize) {
        self.marks = Marks::new(text.as_bytes(), start, self.wanted);
        self.next_start = start;
    }

    /// Cuts the next record of the piece that begins at `base` of the whole text. A blank line is a record of one empty
    /// cell.
    pub(super) fn cut(
        &mut self,
        text: &str,
        base: usize,
        is_last: bool,
        row: &mut Row,
    ) -> Result<Piece, StructureFault> {
        row.spans.clear();
        row.base = base;
        row.start = base + self.next_start;
        row.line = self.next_line;
        let bytes = text.as_bytes();
        if self.next_start >= bytes.len() {
            return Ok(if is_last { Piece::End } else { Piece::Incomplete });
        }
        let end_of_line = self.wanted[2];
        let mut line = self.next_line;
        // In local variables, so that they stay in registers while a record is cut.
        let mut marks = self.marks;
        let mut spans = std::mem::take(&mut row.spans);
        let mut start = self.next_start;
        while let Some((place, mark)) = marks.next(bytes) {
            let (span, place, mark) = if mark != b'"' {
                (plain(start, place), place, mark)
            } else if let Some(found) = closed_at_once(bytes, &mut marks, start, place) {
                found
            } else if is_blank(&bytes[start..place]) {
                // Blanks before the opening quote: old wallet exports put one after each delimiter.
                let mut cell = QuotedCell::new(place);
                match cell.read(bytes, &mut marks, end_of_line, &mut line) {
                    Ok(Some((place, mark))) => (cell.span(), place, mark),
                    Ok(None) if !is_last => break,
                    Ok(None) => match cell.ended(bytes) {
                        Ok(span) => (span, bytes.len(), end_of_line),
                        Err(fault) => return Err(self.stop(bytes, row, fault)),
                    },
                    Err(fault) => return Err(self.stop(bytes, row, fault)),
                }
            } else {
                // Any other quote is an ordinary character of an unquoted cell.
                continue;
            };
            spans.push(span);
            start = place + 1;
            if mark == end_of_line {
                row.spans = spans;
                self.marks = marks;
                // The end of the text is no line end.
                self.next_line = line.saturating_add(u32::from(place < bytes.len()));
                self.next_start = start.min(bytes.len());
                return Ok(Piece::Record);
            }
        }
        if is_last {
            spans.push(plain(start, bytes.len()));
            self.next_line = line;
            self.next_start = bytes.len();
        }
        row.spans = spans;
        Ok(if is_last { Piece::Record } else { Piece::Incomplete })
    }

    fn stop(&mut self, bytes: &[u8], row: &Row, (fault, at): (Fault, usize)) -> StructureFault {
        self.next_start = bytes.len();
        StructureFault { fault, at: row.base + at, record: (row.start, row.line) }
    }
}

/// Reads the records of a whole text one after the other.
#[derive(Clone, Debug)]
pub struct Reader<'t> {
    text: &'t str,
    cutter: Cutter,
}

impl<'t> Reader<'t> {
    /// Reads from the beginning. Lines end in LF or CRLF; a file without any LF has lines that end in CR.
    pub fn new(text: &'t str, delimiter: u8) -> Reader<'t> {
        Reader::from_place(text, delimiter, 0, 1)
    }

    /// Reads from a record's beginning, at its physical line.
    pub fn from_place(text: &'t str, delimiter: u8, start: usize, line: u32) -> Reader<'t> {
        let end_of_line = if memchr::memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
        Reader { text, cutter: Cutter::new(text, [delimiter, end_of_line], start, line) }
    }

    /// Byte at which the next record begins.
    pub fn position(&self) -> usize {
        self.cutter.position()
    }

    /// Physical line at which the next record begins.
    pub fn line(&self) -> u32 {
        self.cutter.line()
    }

    /// Cuts the next record; `false` at the end of the text. A blank line is a record of one empty cell.
    ///
    /// # Errors
    /// A quote that is not closed, or text behind a closing quote; the reader then stands behind the text's end.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, StructureFault> {
        Ok(self.cutter.cut(self.text, 0, true, row)? == Piece::Record)
    }
}

/// A cell without quotes.
fn plain(start: usize, end: usize) -> Span {
    Span { start: place(start), end: place(end), doubled: false }
}

/// The cell that a quote opens where it begins, the next mark closes and the one behind that ends, and that mark: so are
/// nearly all cells in quotes.
#[inline]
fn closed_at_once(bytes: &[u8], marks: &mut Marks, start: usize, quote: usize) -> Option<(Span, usize, u8)> {
    let mut ahead = *marks;
    let (closed, first) = ahead.next(bytes).filter(|_| start == quote)?;
    let (end, mark) = ahead.next(bytes).filter(|_| first == b'"')?;
    if mark == b'"' || end != closed + 1 {
        return None;
    }
    *marks = ahead;
    Some((plain(quote + 1, closed), end, mark))
}

/// A cell in quotes that is being read.
struct QuotedCell {
    /// First byte behind the opening quote.
    content: usize,
    /// First byte behind the last closing quote; `None` inside quotes.
    closed: Option<usize>,
    doubled: bool,
}

impl QuotedCell {
    fn new(quote: usize) -> QuotedCell {
        QuotedCell { content: quote + 1, closed: None, doubled: false }
    }

    /// Reads to the mark that ends the cell; `None` where the text ends first. Line ends inside are counted.
    fn read(&mut self, bytes: &[u8], marks: &mut Marks, end_of_line: u8, line: &mut u32) -> Cut<Option<(usize, u8)>> {
        while let Some((place, mark)) = marks.next(bytes) {
            match self.closed {
                None if mark == b'"' => self.closed = Some(place + 1),
                None => *line = line.saturating_add(u32::from(mark == end_of_line)),
                Some(closed) if mark == b'"' => {
                    if place != closed {
                        return Err((Fault::TextAfterQuote, closed));
                    }
                    (self.closed, self.doubled) = (None, true);
                }
                Some(closed) if is_blank(&bytes[closed..place]) => return Ok(Some((place, mark))),
                Some(closed) => return Err((Fault::TextAfterQuote, closed)),
            }
        }
        Ok(None)
    }

    /// The cell that the end of the text ends.
    fn ended(&self, bytes: &[u8]) -> Cut<Span> {
        match self.closed {
            None => Err((Fault::UnclosedQuote, self.content.saturating_sub(1))),
            Some(closed) if is_blank(&bytes[closed..]) => Ok(self.span()),
            Some(closed) => Err((Fault::TextAfterQuote, closed)),
        }
    }

    fn span(&self) -> Span {
        let end = self.closed.map_or(self.content, |closed| closed.saturating_sub(1));
        Span { start: place(self.content), end: place(end), doubled: self.doubled }
    }
}

/// Files are limited to 32-bit places before they come here.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Result<Vec<(u32, Vec<String>)>, StructureFault> {
        let mut reader = Reader::new(text, b',');
        let mut row = Row::default();
        let mut rows = Vec::new();
        while reader.next(&mut row)? {
            let record = row.in_text(text);
            let cells = (0..record.width()).map(|column| record.cell(column).into_owned()).collect();
            rows.push((record.line(), cells));
        }
        Ok(rows)
    }

    fn lines_of(text: &str) -> Vec<u32> {
        cut(text).unwrap().into_iter().filter(|(_, cells)| !cells.iter().all(String::is_empty)).map(|r| r.0).collect()
    }

    #[test]
    fn lines_are_physical_on_every_file() {
        assert_eq!(lines_of("h,h\na,b\nc,d\n"), [1, 2, 3]);
        assert_eq!(lines_of("h,h\r\na,b\r\nc,d\r\n"), [1, 2, 3]);
        assert_eq!(lines_of("h,h\r\n\r\n\r\na,b\r\n\r\nc,d"), [1, 4, 6]);
        assert_eq!(lines_of("h,h\n\"two\nlines\",b\nc,d"), [1, 2, 4]);
        assert_eq!(lines_of("h,h\ra,b\rc,d\r"), [1, 2, 3]);
        assert_eq!(lines_of("\n\nh,h"), [3]);
    }

    #[test]
    fn quotes_hold_delimiters_and_each_other() {
        let rows = cut("a, \"b,c\" ,\"say \"\"hi\"\"\"\n5\" pipe,\"\",x\"y\"\n").unwrap();
        assert_eq!(rows[0].1, ["a", "b,c", "say \"hi\""]);
        assert_eq!(rows[1].1, ["5\" pipe", "", "x\"y\""]);
        assert_eq!(cut("\"tab after quote\"\t,b").unwrap()[0].1, ["tab after quote", "b"]);
    }

    #[test]
    fn a_quote_that_does_not_close_is_named() {
        assert_eq!(cut("a,b\nc,\"d\ne"), Err(StructureFault { fault: Fault::UnclosedQuote, at: 6, record: (4, 2) }));
        assert_eq!(
            cut("\"a\",\"b,\"c\"\n"),
            Err(StructureFault { fault: Fault::TextAfterQuote, at: 8, record: (0, 1) })
        );
        assert_eq!(cut("\"a\"b\n"), Err(StructureFault { fault: Fault::TextAfterQuote, at: 3, record: (0, 1) }));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("[a-z0-9 é,\"\n]{0,12}", 2..6), 1..20),
            crlf in any::<bool>(),
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            let mut text = String::new();
            let mut lines = Vec::new();
            let mut line = 1;
            for row in &rows {
                lines.push(line);
                let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                let record = cells.join(",") + end;
                line += u32::try_from(record.matches('\n').count()).unwrap();
                text.push_str(&record);
            }
            let trimmed: Vec<(u32, Vec<String>)> = rows
                .iter()
                .zip(lines)
                .map(|(row, line)| (line, row.iter().map(|cell| cell.trim().to_string()).collect()))
                .collect();
            prop_assert_eq!(cut(&text).unwrap(), trimmed);
        }

        #[test]
        fn any_text_is_cut_or_refused(text in "[a,;\"\r\né ]{0,40}") {
            let _ = cut(&text);
        }
    }
}
