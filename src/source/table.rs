//! A table whose columns are known: its text, how it is cut, and how its rows are to be read.

use super::cell::{DateOrder, DecimalMark};
use super::delimited::{Fault, Reader, StructureFault};
use super::kept::Stated;
use super::layout::{Direction, Layout};
use super::progress::RowProgress;
use super::record::{Record, Row};
use super::role::Role;
use super::stream::{Stream, StreamRows};
use super::understanding::{Decision, NotedLine};
use crate::diagnostic::{Diagnostic, Excerpt};
use crate::domain::Currency;
use std::borrow::Cow;
use std::ops::Range;
use std::slice;
use std::sync::Arc;

/// The columns of a table by what they hold.
#[derive(Clone, Debug)]
pub struct Columns {
    pub(super) single: [Option<usize>; Role::COUNT],
    pub(super) memo: Vec<usize>,
    /// Columns that may hold the merchant's text as well as the descriptor's does.
    pub(super) also: Vec<usize>,
    /// Currency named in a title, per role.
    pub(super) currency: [Option<Currency>; Role::COUNT],
    /// Columns of amounts in other currencies than the amount column's, each with the currency of its title: of all of
    /// them a row fills one.
    pub(super) other_currencies: Vec<(usize, Currency)>,
    /// The currency in which alone the amounts and the original amounts are equal.
    pub(super) shown_currency: Option<Currency>,
}

impl Columns {
    /// No column holds anything yet.
    pub(super) fn none() -> Columns {
        Columns {
            single: [None; Role::COUNT],
            memo: Vec::new(),
            also: Vec::new(),
            currency: [None; Role::COUNT],
            other_currencies: Vec::new(),
            shown_currency: None,
        }
    }

    /// What a column holds.
    pub fn role_of(&self, column: usize) -> Option<Role> {
        let single = Role::ALL.into_iter().find(|&role| role != Role::Memo && self.get(role) == Some(column));
        let other = || self.other_currencies.iter().any(|other| other.0 == column).then_some(Role::Amount);
        single.or_else(other).or_else(|| self.memo.contains(&column).then_some(Role::Memo))
    }

    /// Where the file has a day for interest beside one other day, the two stand for what the payer did and what was
    /// booked.
    pub(super) fn shift_value_date(&mut self) {
        let [transaction, posting, value] = [Role::TransactionDate, Role::PostingDate, Role::ValueDate];
        match [transaction, posting, value].map(|role| self.get(role)) {
            [None, Some(booked), Some(valued)] => {
                self.single[transaction as usize] = Some(booked);
                self.single[posting as usize] = Some(valued);
                self.single[value as usize] = None;
            }
            [Some(_), None, Some(valued)] => {
                self.single[posting as usize] = Some(valued);
                self.single[value as usize] = None;
            }
            [None, None, Some(valued)] => {
                self.single[transaction as usize] = Some(valued);
                self.single[value as usize] = None;
            }
            _ => {}
        }
    }

    /// Columns that may name the merchant where the descriptor does not.
    pub fn also_descriptor(&self) -> &[usize] {
        &self.also
    }

    /// The column that holds the role.
    pub fn get(&self, role: Role) -> Option<usize> {
        self.single[role as usize]
    }

    /// The columns of free text, in the order of the file's titles list.
    pub fn memo(&self) -> &[usize] {
        &self.memo
    }

    /// The currency that the title of the role's column names.
    pub fn currency_in_title(&self, role: Role) -> Option<Currency> {
        self.currency[role as usize]
    }

    /// The columns that hold the amount of a row in another currency than the amount column's, with that currency.
    pub fn other_currencies(&self) -> &[(usize, Currency)] {
        &self.other_currencies
    }

    /// The currency that the amounts show to be theirs: they equal the original amounts in it alone.
    pub fn shown_currency(&self) -> Option<Currency> {
        self.shown_currency
    }
}

/// How the text of a table is cut into records.
#[derive(Clone, Debug)]
pub enum Cut {
    /// At delimiters and line ends, while it is read.
    Delimited(u8),
    /// By another reader, beforehand; the records begin at rising bytes.
    Kept(Vec<Row>),
}

impl Cut {
    pub(super) fn rows<'t>(&'t self, text: &'t str, (start, line): (usize, u32)) -> Rows<'t> {
        let source = match self {
            Cut::Delimited(delimiter) => {
                RowSource::Delimited(text, Reader::from_place(text, *delimiter, start, line), Row::default())
            }
            Cut::Kept(rows) => {
                let first = rows.partition_point(|row| row.in_text(text).start() < start);
                RowSource::Kept(text, rows.get(first..).unwrap_or_default().iter())
            }
        };
        Rows { source }
    }
}

/// The text of a table, byte order mark removed.
#[derive(Clone, Debug)]
pub enum Text<'a> {
    /// All of it is at hand.
    Whole(Cow<'a, str>),
    /// It is read piece by piece, and cut at delimiters.
    Pieces(&'a Stream<'a>),
}

/// A row that is held while others are read.
#[derive(Clone, Debug)]
pub struct HeldRow {
    row: Row,
    /// Its own text, where the table's is not at hand.
    text: Option<String>,
}

impl HeldRow {
    /// The row again, in the table that it was held of.
    pub fn in_table<'w>(&'w self, table: &'w Table) -> Record<'w> {
        match (&self.text, &table.text) {
            (Some(text), _) => self.row.in_text(text),
            (None, Text::Whole(text)) => self.row.in_text(text),
            (None, Text::Pieces(_)) => self.row.in_text(""),
        }
    }
}

/// A recognised table: its text, its layout, and where its rows begin.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// Its text.
    pub text: Text<'a>,
    /// How the text is cut into records.
    pub cut: Cut,
    /// What its titles mean.
    pub layout: Arc<Layout>,
    /// Titles as written.
    pub titles: Vec<String>,
    /// Which column holds what.
    pub columns: Columns,
    /// Byte and physical line at which the rows begin.
    pub rows_from: (usize, u32),
    /// Year and month a bill is for, where a line above the header says so.
    pub bill_month: Option<(i32, u32)>,
    /// Bytes of the text that are the file's own; cells that were put together stand behind them.
    pub own_bytes: usize,
    /// What the file states of its accounts beside the rows.
    pub stated: Vec<Stated>,
    /// Whether the table was found by the look of its rows alone, no title of it being known.
    pub by_look: bool,
    /// Physical line of the header; `None` where the file has none.
    pub header_line: Option<u32>,
    /// Which way a positive amount runs.
    pub sign: Sign,
    /// What an empty cell of the direction column says, where all its words say the same.
    pub blank_direction: Option<Direction>,
    /// The currency that the lines above the header state.
    pub preamble_currency: Option<Currency>,
    /// Order of day and month that the user states.
    pub stated_order: Option<DateOrder>,
    /// Decimal mark that the user states.
    pub stated_mark: Option<DecimalMark>,
    /// Amounts above the header, which show the decimal mark where the rows do not.
    pub preamble_amounts: Vec<String>,
    /// Whether a record may go on below, and with how many lines between.
    pub continued: Option<u32>,
    /// What says how far a row has come beside the status column.
    pub progress: RowProgress,
    /// What is told of the file beside its records.
    pub notes: Notes,
}

/// Which way a positive amount runs, where no column or word of the row says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A minus is money that leaves.
    MinusIsOut,
    /// A positive amount is a charge.
    ChargePositive,
    /// An amount without a mark is a charge; one with a plus or `CR` came in.
    UnmarkedIsOut,
    /// The rows must show it.
    Open,
}

/// What is told of a table beside its records.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Why this layout.
    pub layout_why: String,
    /// Lines above the header.
    pub preamble: Vec<NotedLine>,
    /// Per column, why it holds what it holds.
    pub why: Vec<String>,
    /// Which way a positive amount runs, and why.
    pub sign: Decision,
    /// The currency of rows that state none, and whence.
    pub currency: Decision,
    /// Line of an opening balance to which no closing one came: the file may be cut off.
    pub unclosed: Option<u32>,
}

impl Table<'_> {
    /// Reads the rows below the header.
    pub fn rows(&self) -> Rows<'_> {
        self.rows_at(self.rows_from)
    }

    /// Reads the rows from one that begins at this byte and line.
    pub fn rows_at(&self, place: (usize, u32)) -> Rows<'_> {
        match (&self.text, &self.cut) {
            (Text::Whole(text), cut) => cut.rows(text, place),
            (Text::Pieces(stream), Cut::Delimited(delimiter)) => {
                Rows { source: RowSource::Pieces(Box::new(StreamRows::new(stream, *delimiter, place))) }
            }
            // Records are kept of whole texts only.
            (Text::Pieces(_), cut @ Cut::Kept(_)) => cut.rows("", place),
        }
    }

    /// Holds a row while others are read.
    pub fn hold(&self, record: Record) -> HeldRow {
        match self.text {
            Text::Whole(_) => HeldRow { row: record.kept_as_row(), text: None },
            Text::Pieces(_) => {
                let (row, text) = record.kept_with_text();
                HeldRow { row, text: Some(text) }
            }
        }
    }

    /// A stretch of the text.
    pub fn stretch(&self, range: Range<usize>) -> Cow<'_, str> {
        match &self.text {
            Text::Whole(text) => Cow::Borrowed(text.get(range).unwrap_or_default()),
            Text::Pieces(stream) => Cow::Owned(stream.stretch(range)),
        }
    }

    /// The physical line that holds a byte, counted from a record known to begin at `line`, with the bytes `range`
    /// underlined.
    pub fn excerpt(&self, record: (usize, u32), range: Range<usize>, label: impl Into<String>) -> Excerpt {
        let text = match &self.text {
            Text::Whole(text) => text,
            Text::Pieces(stream) => return stream.excerpt(record, range, label.into()),
        };
        if range.start >= self.own_bytes && record.0 < self.own_bytes {
            // A cell that was put together is nowhere in the file: its record's first line is shown.
            let rest = &text[record.0..self.own_bytes];
            let first = rest.find(['\r', '\n']).map_or(self.own_bytes, |end| record.0 + end);
            return excerpt_of(text, record, record.0..first, label);
        }
        excerpt_of(text, record, range, label)
    }
}

/// The rows of a table, one after the other.
#[derive(Debug)]
pub struct Rows<'t> {
    source: RowSource<'t>,
}

#[derive(Debug)]
enum RowSource<'t> {
    Delimited(&'t str, Reader<'t>, Row),
    Pieces(Box<StreamRows<'t>>),
    Kept(&'t str, slice::Iter<'t, Row>),
}

impl Rows<'_> {
    /// The next row that is not an empty line; `None` at the end.
    ///
    /// # Errors
    /// A record that cannot be cut; nothing comes after it.
    #[inline]
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, StructureFault> {
        match &mut self.source {
            RowSource::Delimited(text, reader, row) => {
                while reader.next(row)? {
                    if !row.in_text(text).is_blank() {
                        return Ok(Some(row.in_text(text)));
                    }
                }
                Ok(None)
            }
            RowSource::Pieces(rows) => rows.next_record(),
            RowSource::Kept(text, rows) => Ok(rows.map(|row| row.in_text(text)).find(|record| !record.is_blank())),
        }
    }

    /// Byte and line behind the last record given out.
    pub fn position(&self) -> (usize, u32) {
        match &self.source {
            RowSource::Delimited(_, reader, _) => (reader.position(), reader.line()),
            RowSource::Pieces(rows) => rows.position(),
            RowSource::Kept(text, rows) => {
                let next = rows.clone().next();
                next.map_or((text.len(), u32::MAX), |row| row.in_text(text).place())
            }
        }
    }
}

/// Shows the physical line that holds a stretch of a whole text.
pub(super) fn excerpt_of(text: &str, record: (usize, u32), range: Range<usize>, label: impl Into<String>) -> Excerpt {
    let end_of_line = if memchr::memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
    excerpt_in(text, end_of_line, record, range, label)
}

/// Shows the physical line that holds a stretch of the text, whose lines end with this byte.
pub(super) fn excerpt_in(
    text: &str,
    end_of_line: u8,
    record: (usize, u32),
    range: Range<usize>,
    label: impl Into<String>,
) -> Excerpt {
    let bytes = text.as_bytes();
    let at = range.start.min(bytes.len());
    let start = memchr::memrchr(end_of_line, &bytes[..at]).map_or(0, |place| place + 1);
    let end = memchr::memchr(end_of_line, &bytes[at..]).map_or(bytes.len(), |place| at + place);
    let before = bytes.get(record.0..start).unwrap_or_default();
    let lines = memchr::memchr_iter(end_of_line, before).count();
    let line = record.1.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    let shown = text[start..end].trim_end_matches('\r');
    Excerpt::new(line, shown, at - start..range.end.max(at).min(end) - start, label)
}

/// The finding for a record that cannot be cut.
pub fn structure_finding(path: &str, table: &Table, fault: StructureFault) -> Diagnostic {
    let (message, label, hint) = match fault.fault {
        Fault::UnclosedQuote => (
            "a quote opens a cell and nothing closes it",
            "opened here",
            "close the quote, or double it if it belongs to the text",
        ),
        Fault::TextAfterQuote => (
            "text stands behind a closing quote",
            "the delimiter is expected here",
            "a quote inside a quoted cell is written twice",
        ),
    };
    Diagnostic::error("csv-structure", path, message)
        .at(table.excerpt(fault.record, fault.at..fault.at.saturating_add(1), label))
        .hint(hint)
}
