//! Delimited text cut into records and cells, with the place of every cell in the text that is kept.
//!
//! Written here because a place must be right on every file: physical lines are counted at each line end, inside
//! quotes too, and a cell knows its own bytes, so that a message can point at them.

use super::marks::Marks;
use super::record::{Row, Span, place};

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
