//! Single cells of a row to days, amounts and currencies, with the words for what is wrong.

use super::conventions::Conventions;
use super::findings::{RowFault, RowResult};
use crate::diagnostic::literal;
use crate::domain::{Currency, Day, EntryStatus, Money};
use crate::source::cell::{
    AmountCell, AmountFault, AmountProblem, DateFault, DecimalMark, Figure, read_amount, read_date,
};
use crate::source::{Record, Role, Table, currency_of, is_empty_date};
use std::borrow::Cow;
use std::cell::Cell;

/// A currency with the number of its decimals at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub currency: Currency,
    pub decimals: u32,
}

impl Unit {
    fn of(currency: Currency) -> Unit {
        Unit { currency, decimals: currency.exponent() }
    }
}

/// The cells of one table.
pub(super) struct Cells<'t> {
    pub table: &'t Table<'t>,
    pub conventions: Conventions,
    /// Currencies named by titles, per role.
    in_titles: Vec<(Role, Unit)>,
    /// What holds where neither row nor title names a currency: the layout's, else what stands above the header, else
    /// the one the user states, else the one that the amounts show.
    implied: Option<Unit>,
    /// Texts of the currency column that were read before, with their currency.
    known: Vec<(String, Unit)>,
    /// Per column of days, days read before: most rows have the day of a row before.
    known_days: Vec<(usize, KnownDays)>,
    /// Cells that a row needs so that none is missing that the layout needs.
    pub width_min: usize,
    /// Whether a row with fewer cells than titles was read: this file leaves out what is empty.
    pub has_short_rows: Cell<bool>,
}

type KnownDays = Box<[Cell<Option<KnownDay>>; KNOWN_DAYS]>;

/// A cell of the usual length and the day it holds.
#[derive(Clone, Copy)]
struct KnownDay {
    text: [u8; DAY_BYTES],
    day: Day,
}

/// `01/02/2026`
const DAY_BYTES: usize = 10;
/// Days of a column that are held.
const KNOWN_DAYS: usize = 64;

/// Where a day is held: those of one month in different places, whichever way days are written.
fn held_at(text: &[u8; DAY_BYTES]) -> usize {
    let (tens, ones) = (text[0] ^ text[3] ^ text[8], text[1] ^ text[4] ^ text[9]);
    usize::from(tens << 4 ^ ones & 15) % KNOWN_DAYS
}

/// Texts that stand for an empty amount cell.
const NO_AMOUNT: [&str; 5] = ["...", "…", "—", "--", "-"];

/// Whether an amount cell holds nothing.
pub(super) fn is_no_amount(cell: &str) -> bool {
    cell.is_empty() || NO_AMOUNT.contains(&cell)
}

impl<'t> Cells<'t> {
    pub(super) fn new(table: &'t Table<'t>, conventions: Conventions, stated: Option<Currency>) -> Cells<'t> {
        let needed = table.layout.needs.iter().flatten();
        let of_days = Role::DATES.iter().filter_map(|&role| table.columns.get(role));
        let known_days = of_days.map(|column| (column, Box::new([const { Cell::new(None) }; KNOWN_DAYS]))).collect();
        let in_title = |&role: &Role| Some((role, Unit::of(table.columns.currency_in_title(role)?)));
        Cells {
            table,
            conventions,
            in_titles: Role::AMOUNTS.iter().filter_map(in_title).collect(),
            implied: implied(table, stated).map(Unit::of),
            known: Vec::new(),
            known_days,
            has_short_rows: Cell::new(false),
            width_min: needed.filter_map(|&role| table.columns.get(role)).max().map_or(1, |last| last + 1),
        }
    }

    /// The text of a role's cell; empty where there is no such column or cell.
    pub(super) fn text<'w>(&self, row: Record<'w>, role: Role) -> Cow<'w, str> {
        self.table.columns.get(role).map_or(Cow::Borrowed(""), |column| row.cell(column))
    }

    /// The text of a column's cell.
    pub(super) fn cell(&self, row: Record, column: usize) -> String {
        row.cell(column).into_owned()
    }

    /// The text of a role's cell, where it holds any.
    pub(super) fn some_text(&self, row: Record, role: Role) -> Option<String> {
        let text = self.text(row, role);
        (!text.is_empty()).then(|| text.into_owned())
    }

    /// The day in a role's cell; `None` where the column or its cell is empty.
    pub(super) fn day(&self, row: Record, role: Role) -> RowResult<Option<Day>> {
        let Some(column) = self.table.columns.get(role) else { return Ok(None) };
        let cell = row.raw(column);
        let text = <&[u8; DAY_BYTES]>::try_from(cell.as_bytes()).ok();
        let held = text.and_then(|text| Some((text, self.place_of(self.held_days(column)?, text)?)));
        if let Some((text, held)) = held
            && let Some(known) = held.get().filter(|known| known.text == *text)
        {
            return Ok(Some(known.day));
        }
        if cell.is_empty() || is_empty_date(cell) || self.waits(cell) {
            return Ok(None);
        }
        let order = self.conventions.order(column);
        match read_date(cell, order, self.table.bill_month) {
            Ok(day) => {
                if let Some((text, held)) = held {
                    held.set(Some(KnownDay { text: *text, day }));
                }
                Ok(Some(day))
            }
            Err(fault) => Err(self.date_fault(cell, column, fault)),
        }
    }

    /// Where the days of a column are held.
    pub(super) fn held_days(&self, column: usize) -> Option<usize> {
        self.known_days.iter().position(|known| known.0 == column)
    }

    #[inline]
    fn place_of(&self, held: usize, text: &[u8; DAY_BYTES]) -> Option<&Cell<Option<KnownDay>>> {
        Some(&self.known_days.get(held)?.1[held_at(text)])
    }

    /// The day of a text that was read in a column before, by where the column's days are held.
    #[inline]
    pub(super) fn held_day(&self, held: usize, text: &[u8]) -> Option<Day> {
        let text = <&[u8; DAY_BYTES]>::try_from(text).ok()?;
        self.place_of(held, text)?.get().filter(|known| known.text == *text).map(|known| known.day)
    }

    /// The currency of a text that was read in the currency column before.
    #[inline]
    pub(super) fn held_unit(&self, text: &[u8]) -> Option<Unit> {
        self.known.iter().find(|known| known.0.as_bytes() == text).map(|known| known.1)
    }

    /// The currency of the rows that name none.
    pub(super) fn unit_of_all(&self, amount_role: Role) -> Option<Unit> {
        self.in_titles.iter().find(|title| title.0 == amount_role).map(|title| title.1).or(self.implied)
    }

    /// The day in a role's cell, which must be there.
    pub(super) fn needed_day(&self, row: Record, role: Role) -> RowResult<Day> {
        self.day(row, role)?.ok_or_else(|| self.missing_day(role))
    }

    /// The fault of a row without a day.
    #[cold]
    pub(super) fn missing_day(&self, role: Role) -> Box<RowFault> {
        self.date_fault("", self.table.columns.get(role).unwrap_or(usize::MAX), DateFault::Empty)
    }

    /// The word in a role's date cell that says that the row is not booked yet.
    pub(super) fn pending_word<'w>(&self, row: Record<'w>, role: Role) -> Option<(&'w str, EntryStatus)> {
        let cell = row.raw(self.table.columns.get(role)?);
        Some((cell, self.table.progress.waiting(cell)?))
    }

    fn waits(&self, cell: &str) -> bool {
        cell.starts_with(char::is_alphabetic) && self.table.progress.waiting(cell).is_some()
    }

    #[cold]
    fn date_fault(&self, cell: &str, column: usize, fault: DateFault) -> Box<RowFault> {
        let shown = literal(cell);
        let order = self.conventions.order(column);
        let form = order.map_or("YYYY-MM-DD", |order| order.shown());
        let expected = format!("a date as {form}");
        match fault {
            DateFault::Empty => RowFault::new("cell-date", column, "the date is missing".to_string(), expected),
            DateFault::NoDate => {
                let fault = RowFault::new("cell-date", column, format!("cannot read {shown} as a date"), expected);
                let numbers = cell.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
                let lengths: Vec<usize> = numbers.map(str::len).collect();
                match lengths[..] {
                    [1..=2, 1..=2] => {
                        fault.with_hint("the year is missing: write it behind the day in a copy of the file")
                    }
                    _ => fault,
                }
            }
            DateFault::NoSuchDay => {
                RowFault::new("cell-date", column, format!("the calendar has no day {shown}"), expected)
            }
            DateFault::OtherOrder => {
                let message = format!("{shown} has day and month in another order than its column");
                let mut fault = RowFault::new("date-order", column, message, expected);
                fault.decided_by = self.conventions.order_decided_by(column);
                fault.with_hint("the file may be two exports joined; give them one by one")
            }
            DateFault::Undecided => {
                let message = format!("{shown} reads in two ways and nothing in its column decides");
                RowFault::new("date-order", column, message, expected).with_hint("write the dates as YYYY-MM-DD")
            }
        }
    }

    /// The amount in a column; `None` where the cell is empty.
    pub(super) fn amount(&self, row: Record, column: usize) -> RowResult<Option<AmountCell>> {
        let cell = row.raw(column);
        if cell.is_empty() {
            return Ok(None);
        }
        match read_amount(cell, self.conventions.mark(column)) {
            Ok(amount) => Ok(Some(amount)),
            Err(_) if is_no_amount(cell) => Ok(None),
            Err(fault) => Err(self.amount_fault(cell, column, fault)),
        }
    }

    /// The amount of a role's column, where there is one.
    pub(super) fn amount_of(&self, row: Record, role: Role) -> RowResult<Option<AmountCell>> {
        self.table.columns.get(role).map_or(Ok(None), |column| self.amount(row, column))
    }

    #[cold]
    pub(super) fn amount_fault(&self, cell: &str, column: usize, fault: AmountFault) -> Box<RowFault> {
        let mark = self.conventions.mark(column);
        let expected = format!("digits with decimal mark `{}`", mark.character());
        let other = match mark {
            DecimalMark::Point => DecimalMark::Comma,
            DecimalMark::Comma => DecimalMark::Point,
        };
        let about_marks =
            matches!(fault.problem, AmountProblem::Grouping | AmountProblem::OtherMark(_) | AmountProblem::SecondMark);
        if about_marks && read_amount(cell, other).is_ok() && self.conventions.mark_decided_by(column).is_some() {
            let message = format!("{} has another decimal mark than its column", literal(cell));
            let mut fault = RowFault::new("decimal-mark", column, message, expected);
            fault.decided_by = self.conventions.mark_decided_by(column);
            return fault;
        }
        let message = match fault.problem {
            AmountProblem::Empty => "the amount is missing".to_string(),
            _ => format!("cannot read {} as an amount", literal(cell)),
        };
        let mut found = RowFault::new("cell-amount", column, message, expected);
        if matches!(fault.problem, AmountProblem::FullWidth(_) | AmountProblem::Unexpected(_)) {
            found.within = fault.at..fault.at.saturating_add(fault.length);
        }
        match hint_for(cell, fault) {
            Some(hint) => found.with_hint(hint),
            None => found,
        }
    }

    /// The currency of a row: its cell, the amount's cell, the title, the layout, and last what the user states.
    pub(super) fn unit(
        &mut self,
        row: Record,
        amount_role: Role,
        in_amount: Option<Currency>,
    ) -> RowResult<Option<Unit>> {
        let named = self.unit_in(row, Role::Currency)?;
        if let (Some(unit), Some(other)) = (named, in_amount)
            && unit.currency != other
            && let Some(column) = self.table.columns.get(amount_role)
        {
            let message = format!("the amount says {other} and the currency column {}", unit.currency);
            return Err(RowFault::new("cell-currency", column, message, "one currency for the row"));
        }
        Ok(named.or_else(|| in_amount.map(Unit::of)).or_else(|| self.unit_of_all(amount_role)))
    }

    /// The currency in a role's cell; `None` where it is empty.
    pub(super) fn unit_in(&mut self, row: Record, role: Role) -> RowResult<Option<Unit>> {
        let Some(column) = self.table.columns.get(role) else { return Ok(None) };
        let cell = row.raw(column);
        if cell.is_empty() {
            return Ok(None);
        }
        if let Some(unit) = self.held_unit(cell.as_bytes()) {
            return Ok(Some(unit));
        }
        match currency_of(cell) {
            Some(currency) => {
                let unit = Unit::of(currency);
                self.known.push((cell.to_string(), unit));
                Ok(Some(unit))
            }
            None => {
                let message = format!("{} is not a currency code", literal(cell));
                Err(RowFault::new("cell-currency", column, message, "a code of ISO 4217 such as `USD`"))
            }
        }
    }

    /// Refuses digits below the currency's smallest unit.
    pub(super) fn check_decimals(&self, figure: Figure, unit: Option<Unit>, column: usize) -> RowResult<()> {
        match unit {
            Some(unit) if figure.scale > unit.decimals && figure.normalized().scale > unit.decimals => {
                let message = format!("{} has more decimals than {} has", figure.decimal(), unit.currency);
                let expected = format!("at most {} decimals", unit.decimals);
                Err(RowFault::new("money-decimals", column, message, expected))
            }
            _ => Ok(()),
        }
    }

    /// An amount of a role's column as money of a currency.
    pub(super) fn money(&self, row: Record, role: Role, unit: Option<Unit>) -> RowResult<Option<Money>> {
        let Some(column) = self.table.columns.get(role) else { return Ok(None) };
        let Some(amount) = self.amount(row, column)? else { return Ok(None) };
        let Some(unit) = unit else {
            let message = format!("the amount {} has no currency", literal(row.raw(column)));
            return Err(RowFault::new("cell-currency", column, message, "a currency code in the row"));
        };
        self.check_decimals(amount.figure, Some(unit), column)?;
        match Money::from_decimal(amount.figure.decimal(), unit.currency) {
            Ok(money) => Ok(Some(money)),
            Err(error) => Err(RowFault::new("cell-amount", column, error.to_string(), "an amount that can exist")),
        }
    }
}

/// The currency of rows that name none: the layout's, what stands above the header, what the user states, what the
/// amounts show.
pub(super) fn implied(table: &Table, stated: Option<Currency>) -> Option<Currency> {
    table.layout.currency.or(table.preamble_currency).or(stated).or(table.columns.shown_currency())
}

fn hint_for(cell: &str, fault: AmountFault) -> Option<String> {
    let place = if fault.at + fault.length == cell.len() {
        "the last character".to_string()
    } else {
        format!("character {}", cell[..fault.at].chars().count() + 1)
    };
    match fault.problem {
        AmountProblem::LookAlike(letter, digit) => {
            let digit = match digit {
                '0' => "a zero",
                '1' => "a one",
                '5' => "a five",
                _ => "an eight",
            };
            Some(format!("{place} is the letter {letter}, not {digit}"))
        }
        AmountProblem::FullWidth(letter) => {
            Some(format!("{place}, `{letter}`, is full-width; write it as plain ASCII"))
        }
        AmountProblem::Grouping => Some("thousands are parted in groups of three digits".to_string()),
        AmountProblem::SecondMark => Some("the decimal mark stands twice".to_string()),
        AmountProblem::OtherMark(letter) => Some(format!("{place}, `{letter}`, cannot part thousands there")),
        AmountProblem::TooLong => Some("an amount has at most 18 digits".to_string()),
        AmountProblem::Sign => Some("one sign is expected, before or behind the digits".to_string()),
        AmountProblem::Unexpected('(' | '（') => {
            Some("a note stands behind the amount: write it into a column of its own in a copy of the file".to_string())
        }
        AmountProblem::Empty | AmountProblem::Unexpected(_) => None,
    }
}
