//! Delimited text cut into records and cells, with the place of every cell in the text that is kept.
//!
//! Written here because a place must be right on every file: physical lines are counted at each line end, inside
//! quotes too, and a cell knows its own bytes, so that a message can point at them. Eight bytes are looked at in one
//! step, since a statement is mostly text between two marks.

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
    spans: Vec<Span>,
    line: u32,
    start: usize,
}

impl Row {
    /// A record whose cells were cut by another reader: it begins at a byte and line, its cells stand in order.
    pub fn kept((start, line): (usize, u32), cells: &[Range<usize>]) -> Row {
        let spans = cells.iter().map(|cell| Span { start: place(cell.start), end: place(cell.end), doubled: false });
        Row { spans: spans.collect(), line, start }
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

    /// Number of cells.
    pub fn width(self) -> usize {
        self.row.spans.len()
    }

    /// Whether every cell is blank: such a record is an empty line.
    pub fn is_blank(self) -> bool {
        self.row.spans.iter().all(|span| self.text[span.range()].trim().is_empty())
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

    /// Where a cell stands.
    pub fn span(self, column: usize) -> Option<Span> {
        self.row.spans.get(column).copied()
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
fn trim(text: &str) -> &str {
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

/// Reads records one after the other.
#[derive(Clone, Debug)]
pub struct Reader<'t> {
    text: &'t str,
    marks: Marks<'t>,
    end_of_line: u8,
    next_start: usize,
    next_line: u32,
}

impl<'t> Reader<'t> {
    /// Reads from the beginning. Lines end in LF or CRLF; a file without any LF has lines that end in CR.
    pub fn new(text: &'t str, delimiter: u8) -> Reader<'t> {
        Reader::from_place(text, delimiter, 0, 1)
    }

    /// Reads from a record's beginning, at its physical line.
    pub fn from_place(text: &'t str, delimiter: u8, start: usize, line: u32) -> Reader<'t> {
        let end_of_line = if memchr::memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
        let marks = Marks::new(text.as_bytes(), start, [delimiter, b'"', end_of_line]);
        Reader { text, marks, end_of_line, next_start: start, next_line: line }
    }

    /// Byte at which the next record begins.
    pub fn position(&self) -> usize {
        self.next_start
    }

    /// Physical line at which the next record begins.
    pub fn line(&self) -> u32 {
        self.next_line
    }

    /// Cuts the next record; `false` at the end of the text. A blank line is a record of one empty cell.
    ///
    /// # Errors
    /// A quote that is not closed, or text behind a closing quote; the reader then stands behind the text's end.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, StructureFault> {
        row.spans.clear();
        row.start = self.next_start;
        row.line = self.next_line;
        let bytes = self.text.as_bytes();
        if self.next_start >= bytes.len() {
            return Ok(false);
        }
        // In a local variable, so that it stays in registers while a record is cut.
        let mut marks = self.marks;
        let mut cell = OpenCell::at(self.next_start);
        while let Some(place) = marks.next() {
            let mark = bytes[place];
            if mark == b'"' {
                cell.quote(bytes, place).map_err(|fault| self.stop(row, fault))?;
            } else if !cell.in_quotes {
                row.spans.push(cell.close(bytes, place).map_err(|fault| self.stop(row, fault))?);
                cell = OpenCell::at(place + 1);
                if mark == self.end_of_line {
                    self.marks = marks;
                    self.next_line = self.next_line.saturating_add(1);
                    self.next_start = place + 1;
                    return Ok(true);
                }
            } else if mark == self.end_of_line {
                self.next_line = self.next_line.saturating_add(1);
            }
        }
        self.marks = marks;
        self.next_start = bytes.len();
        if cell.in_quotes {
            let opened = cell.content.saturating_sub(1);
            return Err(self.stop(row, (Fault::UnclosedQuote, opened)));
        }
        row.spans.push(cell.close(bytes, bytes.len()).map_err(|fault| self.stop(row, fault))?);
        Ok(true)
    }

    fn stop(&mut self, row: &Row, (fault, at): (Fault, usize)) -> StructureFault {
        self.next_start = self.text.len();
        StructureFault { fault, at, record: (row.start, row.line) }
    }
}

/// The cell that is being read.
struct OpenCell {
    start: usize,
    /// First byte behind the opening quote.
    content: usize,
    /// First byte behind the last closing quote.
    closed: usize,
    quoted: bool,
    in_quotes: bool,
    doubled: bool,
}

impl OpenCell {
    fn at(start: usize) -> OpenCell {
        OpenCell { start, content: start, closed: usize::MAX, quoted: false, in_quotes: false, doubled: false }
    }

    #[inline]
    fn quote(&mut self, bytes: &[u8], place: usize) -> Cut<()> {
        if self.in_quotes {
            self.in_quotes = false;
            self.closed = place + 1;
        } else if self.quoted {
            if place != self.closed {
                return Err((Fault::TextAfterQuote, self.closed));
            }
            self.in_quotes = true;
            self.doubled = true;
        } else if place == self.start || is_blank(&bytes[self.start..place]) {
            // Blanks before the opening quote: old wallet exports put one after each delimiter.
            self.in_quotes = true;
            self.quoted = true;
            self.content = place + 1;
        }
        // Any other quote is an ordinary character of an unquoted cell.
        Ok(())
    }

    #[inline]
    fn close(&self, bytes: &[u8], end: usize) -> Cut<Span> {
        let (start, end) = if self.quoted {
            if self.closed != end && !is_blank(&bytes[self.closed.min(end)..end]) {
                return Err((Fault::TextAfterQuote, self.closed));
            }
            (self.content, self.closed.saturating_sub(1))
        } else {
            (self.start, end)
        };
        Ok(Span { start: place(start), end: place(end), doubled: self.doubled })
    }
}

/// Files are limited to 32-bit places before they come here.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// The places of three bytes in a text, in order.
#[derive(Clone, Copy, Debug)]
struct Marks<'t> {
    bytes: &'t [u8],
    /// The three bytes, each repeated over a word.
    spread: [u64; 3],
    /// Where the eight bytes under view begin.
    base: usize,
    /// The high bit of each byte under view that is wanted and not yet given out.
    found: u64,
}

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const WORD: usize = 8;

/// The high bit of every byte that is zero, exactly.
fn zero_bytes(word: u64) -> u64 {
    !(((word & LOW) + LOW) | word | LOW)
}

impl<'t> Marks<'t> {
    fn new(bytes: &'t [u8], start: usize, wanted: [u8; 3]) -> Marks<'t> {
        let spread = wanted.map(|byte| u64::from_le_bytes([byte; WORD]));
        let mut marks = Marks { bytes, spread, base: start, found: 0 };
        marks.look();
        marks
    }

    #[inline]
    fn look(&mut self) {
        let word = match self.bytes.get(self.base..self.base + WORD) {
            Some(chunk) => u64::from_le_bytes(chunk.try_into().unwrap_or_default()),
            None => {
                let rest = self.bytes.get(self.base..).unwrap_or_default();
                let mut chunk = [0u8; WORD];
                chunk[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(chunk)
            }
        };
        let [delimiter, quote, end_of_line] = self.spread;
        self.found = zero_bytes(word ^ delimiter) | zero_bytes(word ^ quote) | zero_bytes(word ^ end_of_line);
    }

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            self.base += WORD;
            if self.base >= self.bytes.len() {
                return None;
            }
            self.look();
        }
        let place = self.base + (self.found.trailing_zeros() / 8) as usize;
        self.found &= self.found - 1;
        Some(place)
    }
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
