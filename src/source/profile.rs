//! What the cells of a table look like, column by column, before anything is known of their meaning.

use super::catalogue::currency_of;
use super::cell::{
    DateShown, DecimalMark, Figure, MarkShown, Side, mark_shown_by, order_shown_by, read_amount, read_original,
};
use super::layout::Layout;
use super::record::trim;
use super::table::Rows;
use super::words::{is_balance, is_empty_date, is_pending_date};
use std::collections::BTreeSet;

/// How many rows are looked at.
pub(super) const ROWS_MAX: usize = 1_000;
/// Fewest rows that a sample without rows of balances must hold.
const MOVEMENTS_MIN: usize = 2;
/// How many different texts of a column are kept apart.
const DISTINCT_MAX: usize = 64;

/// A row as it stands in the text, its cells without white space around them.
pub(super) struct SampleRow<'t> {
    pub place: (usize, u32),
    pub cells: Vec<&'t str>,
    /// Lines between the record before it and this one.
    pub gap: u32,
}

impl<'t> SampleRow<'t> {
    pub(super) fn cell(&self, column: usize) -> &'t str {
        self.cells.get(column).copied().unwrap_or_default()
    }
}

/// The first rows of a table.
pub(super) struct Sample<'t> {
    pub rows: Vec<SampleRow<'t>>,
}

impl<'t> Sample<'t> {
    /// Looks at the rows from where the reader stands; a record that cannot be cut ends the look.
    pub(super) fn take(text: &'t str, rows: Rows) -> Sample<'t> {
        Sample::take_before(text, rows, usize::MAX)
    }

    /// The same of the rows that begin before a byte of the text.
    pub(super) fn take_before(text: &'t str, mut rows: Rows, limit: usize) -> Sample<'t> {
        let mut taken = Vec::new();
        let mut end = 0;
        while taken.len() < ROWS_MAX
            && let Ok(Some(record)) = rows.next_record()
            && record.start() < limit
        {
            let mut cells = Vec::with_capacity(record.width());
            cells.extend((0..record.width()).filter_map(|column| Some(trim(&text[record.span(column)?.range()]))));
            taken.push(SampleRow { place: record.place(), cells, gap: record.line().saturating_sub(end) });
            end = rows.position().1;
        }
        Sample { rows: taken }
    }

    /// Leaves out the rows that state balances, where others remain: their amounts say nothing of signs.
    pub(super) fn without_balances(&mut self) {
        let is_movement = |row: &SampleRow| !row.cells.iter().any(|cell| is_balance(cell).is_some());
        if self.rows.iter().filter(|row| is_movement(row)).count() >= MOVEMENTS_MIN {
            self.rows.retain(is_movement);
        }
    }

    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default()
    }
}

/// Whether a cell is a day, in whichever order.
pub(super) fn is_date(cell: &str) -> bool {
    cell.len() >= 5
        && cell.contains(|letter: char| letter.is_ascii_digit())
        && !matches!(order_shown_by(cell, None), DateShown::Unreadable)
}

/// The figure of a cell with the mark that fits it, the given one first.
pub(super) fn figure_of(cell: &str, mark: DecimalMark) -> Option<Figure> {
    let other = if mark == DecimalMark::Point { DecimalMark::Comma } else { DecimalMark::Point };
    let read = |mark| read_amount(cell, mark).ok().map(|amount| amount.figure);
    read(mark).or_else(|| read(other)).or_else(|| read_original(cell, mark).ok().map(|read| read.figure))
}

/// What the cells of one column look like.
#[derive(Default)]
pub(super) struct Profile<'t> {
    pub filled: usize,
    pub dates: usize,
    /// Words that may stand in a date cell.
    pub date_words: usize,
    pub amounts: usize,
    /// Amounts that carry a sign of their own.
    pub signed: usize,
    pub negative: usize,
    /// Amounts with a plus or `CR`.
    pub marked_in: usize,
    /// Amounts with `DR`.
    pub marked_out: usize,
    pub positive: usize,
    pub with_decimals: usize,
    /// Amounts that name their currency.
    pub with_currency: usize,
    pub currencies: usize,
    pub directions: usize,
    pub statuses: usize,
    pub texts: usize,
    pub letters: usize,
    pub distinct: BTreeSet<&'t str>,
    pub mark: Option<DecimalMark>,
}

impl<'t> Profile<'t> {
    /// Looks at one column of the sample; `rows` are those that are records.
    pub(super) fn of(sample: &Sample<'t>, column: usize, words: &Layout) -> Profile<'t> {
        let mut profile = Profile::default();
        for cell in sample.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty()) {
            profile.look(cell, words);
        }
        profile
    }

    fn look(&mut self, cell: &'t str, words: &Layout) {
        if is_empty_date(cell) && !matches!(cell, "/") {
            return;
        }
        self.filled += 1;
        if self.distinct.len() < DISTINCT_MAX {
            self.distinct.insert(cell);
        }
        self.directions += usize::from(words.direction(cell).is_some());
        self.statuses += usize::from(words.status(cell).is_some());
        if is_date(cell) {
            self.dates += 1;
            return;
        }
        if is_pending_date(cell) {
            self.date_words += 1;
        }
        if let Some(figure) = figure_of(cell, self.mark.unwrap_or(DecimalMark::Point)) {
            let read = read_amount(cell, DecimalMark::Point).or_else(|_| read_amount(cell, DecimalMark::Comma)).ok();
            self.amounts += 1;
            self.signed += usize::from(read.is_some_and(|amount| amount.signed));
            self.with_currency += usize::from(
                cell.contains(['€', '$', '£', '¥', '￥', '₹', '₴'])
                    || read.is_some_and(|amount| amount.currency.is_some()),
            );
            self.marked_in += usize::from(read.is_some_and(|amount| amount.plus || amount.side == Some(Side::Credit)));
            self.marked_out += usize::from(read.is_some_and(|amount| amount.side == Some(Side::Debit)));
            self.negative += usize::from(figure.mantissa < 0);
            self.positive += usize::from(figure.mantissa > 0);
            self.with_decimals += usize::from(has_two_decimals(cell));
            if let MarkShown::Only(mark) = mark_shown_by(cell, None) {
                self.mark = self.mark.or(Some(mark));
            }
            return;
        }
        self.currencies += usize::from(currency_of(cell).is_some() && cell.chars().count() <= 12);
        let letters = cell.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters >= 2 || (letters == 1 && cell.chars().count() == 1) {
            self.texts += 1;
            self.letters += letters;
        }
    }

    /// Whether at least half of what stands in the column is of a kind.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 2 >= self.filled
    }

    /// Whether all but a few cells of the column are of a kind.
    pub(super) fn nearly_all(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    /// Whether the column looks like money even under a title that nobody knows.
    pub(super) fn is_money(&self) -> bool {
        self.nearly_all(self.amounts)
            && (self.mostly(self.with_decimals) || self.mostly(self.with_currency) || self.negative > 0)
    }
}

/// Whether a figure has two decimals, as money is written.
fn has_two_decimals(cell: &str) -> bool {
    let digits = cell.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let bytes = digits.as_bytes();
    matches!(bytes, [.., b'.' | b',', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
}
