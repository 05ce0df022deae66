//! How the dates and figures of one file are written, decided from the whole file before a row is read.
//!
//! Order of day and month and the decimal mark are decided per column, by the first cell that reads in one way only. A
//! column that shows nothing takes what another column of its kind shows. Where no cell decides and it matters, the
//! file is refused with the cells in question: nothing is guessed. A cell that contradicts the decision is found when
//! its row is read, and named together with the cell that decided.

use super::findings::Shown;
use crate::diagnostic::Diagnostic;
use crate::domain::{Currency, Day};
use crate::source::cell::{DateOrder, DateShown, DecimalMark, MarkShown, mark_shown_by, order_shown_by};
use crate::source::{Record, Role, Table};

/// Rows after which a column of amounts that has been empty so far no longer keeps the look going; should figures come
/// later, they are read as the others are.
const ROWS_BEFORE_EMPTY: u32 = 2_000;

/// How one column of days is written.
struct DateColumn {
    column: usize,
    order: Option<DateOrder>,
    decided_by: Option<Shown>,
    /// A cell was seen whose form needs no decision.
    plain: bool,
    either: Option<(Shown, Day, Day)>,
    sequence: Sequence,
}

/// How one column of amounts is written.
struct MarkColumn {
    column: usize,
    mark: Option<DecimalMark>,
    decided_by: Option<Shown>,
    ambiguous: Option<Shown>,
    /// A cell was seen that is not empty.
    filled: bool,
}

/// Whether a debit or credit column holds amounts without a minus.
struct SignColumn {
    column: usize,
    positive: bool,
}

/// How one file is written.
pub(super) struct Conventions {
    dates: Vec<DateColumn>,
    marks: Vec<MarkColumn>,
    signs: Vec<SignColumn>,
}

impl Conventions {
    /// Looks through the rows until everything is decided.
    ///
    /// # Errors
    /// The columns that can be read in two ways, where that matters.
    pub(super) fn decide(path: &str, table: &Table, stated: Option<Currency>) -> Result<Conventions, Vec<Diagnostic>> {
        let mut all = Conventions::open(table);
        let mut reader = table.rows();
        // A record that cannot be cut ends the look; it is reported when the rows are read.
        let mut rows = 0u32;
        while !all.is_settled(rows > ROWS_BEFORE_EMPTY)
            && let Ok(Some(row)) = reader.next_record()
        {
            rows = rows.saturating_add(1);
            for date in &mut all.dates {
                date.look(table, row);
            }
            for mark in &mut all.marks {
                mark.look(table, row, stated);
            }
            for sign in &mut all.signs {
                sign.look(row);
            }
        }
        let mut errors = all.settle_dates(path, table);
        errors.extend(all.settle_marks(path, table));
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }

    fn open(table: &Table) -> Conventions {
        let columns = |roles: &[Role]| -> Vec<usize> {
            let mut columns: Vec<usize> = roles.iter().filter_map(|&role| table.columns.get(role)).collect();
            columns.sort_unstable();
            columns.dedup();
            columns
        };
        let date = |column| DateColumn {
            column,
            order: table.layout.date_order,
            decided_by: None,
            plain: false,
            either: None,
            sequence: Sequence::default(),
        };
        let mark = |column| MarkColumn {
            column,
            mark: table.layout.decimal_mark,
            decided_by: None,
            ambiguous: None,
            filled: false,
        };
        Conventions {
            dates: columns(&Role::DATES).into_iter().map(date).collect(),
            marks: columns(&Role::AMOUNTS).into_iter().map(mark).collect(),
            signs: columns(&[Role::Debit, Role::Credit])
                .into_iter()
                .map(|column| SignColumn { column, positive: false })
                .collect(),
        }
    }

    fn is_settled(&self, empty_will_do: bool) -> bool {
        let some_mark = self.marks.iter().any(|column| column.mark.is_some());
        let may_wait = |column: &MarkColumn| empty_will_do && some_mark && !column.filled;
        self.dates.iter().all(DateColumn::is_settled)
            && self.marks.iter().all(|column| column.mark.is_some() || may_wait(column))
            && self.signs.iter().all(|column| column.positive)
    }

    fn settle_dates(&mut self, path: &str, table: &Table) -> Vec<Diagnostic> {
        let mut shown = self.dates.iter().filter(|date| date.order.is_some());
        let borrowed = shown.next().map(|date| (date.order, date.decided_by.clone()));
        let agreed = borrowed.filter(|first| shown.all(|other| other.order == first.0));
        let mut errors = Vec::new();
        for date in self.dates.iter_mut().filter(|date| date.order.is_none()) {
            let Some((cell, day_month, month_day)) = &date.either else { continue };
            if let Some((order, decided_by)) = &agreed {
                date.order = *order;
                date.decided_by = decided_by.clone();
            } else if let Some(order) = date.sequence.order().filter(|_| table.layout.order_from_sequence) {
                date.order = Some(order);
            } else {
                let label = format!("{day_month} if the day stands first, {month_day} if the month does");
                let message = format!("every date of column `{}` reads in two ways", table.titles[date.column]);
                errors.push(
                    Diagnostic::error("date-order", path, message)
                        .at(cell.excerpt(table, label))
                        .hint("export a period that has a day after the 12th, or write the dates as YYYY-MM-DD"),
                );
            }
        }
        errors
    }

    fn settle_marks(&mut self, path: &str, table: &Table) -> Vec<Diagnostic> {
        let mut shown = self.marks.iter().filter(|column| column.mark.is_some());
        let borrowed = shown.next().map(|column| (column.mark, column.decided_by.clone()));
        let agreed = borrowed.filter(|first| shown.all(|other| other.mark == first.0));
        let mut errors = Vec::new();
        for column in self.marks.iter_mut().filter(|column| column.mark.is_none()) {
            if let Some((mark, decided_by)) = &agreed {
                column.mark = *mark;
                column.decided_by = decided_by.clone();
            } else if let Some(cell) = &column.ambiguous {
                let message = format!("every amount of column `{}` reads in two ways", table.titles[column.column]);
                errors.push(
                    Diagnostic::error("decimal-mark", path, message)
                        .at(cell.excerpt(table, "the mark may part thousands or decimals"))
                        .hint("export a file with other amounts, or write two decimals (`1000.00`)"),
                );
            }
        }
        errors
    }

    /// The order of day and month of a column; `None` where every cell fixes its own.
    pub(super) fn order(&self, column: usize) -> Option<DateOrder> {
        self.dates.iter().find(|date| date.column == column)?.order
    }

    /// The decimal mark of a column. A column without any mark may be read with either.
    pub(super) fn mark(&self, column: usize) -> DecimalMark {
        let known = self.marks.iter().find(|mark| mark.column == column);
        known.and_then(|mark| mark.mark).unwrap_or(DecimalMark::Point)
    }

    /// The cell that decided the order of day and month of a column.
    pub(super) fn order_decided_by(&self, column: usize) -> Option<Shown> {
        self.dates.iter().find(|date| date.column == column)?.decided_by.clone()
    }

    /// The cell that decided the decimal mark of a column.
    pub(super) fn mark_decided_by(&self, column: usize) -> Option<Shown> {
        self.marks.iter().find(|mark| mark.column == column)?.decided_by.clone()
    }

    /// Whether the amounts of a debit or credit column all carry a minus, so that it means nothing by itself.
    pub(super) fn is_all_negative(&self, column: usize) -> bool {
        self.signs.iter().any(|sign| sign.column == column && !sign.positive)
    }
}

impl DateColumn {
    fn is_settled(&self) -> bool {
        self.order.is_some() || (self.plain && self.either.is_none())
    }

    fn look(&mut self, table: &Table, row: Record) {
        if self.is_settled() {
            return;
        }
        let cell = row.raw(self.column);
        match order_shown_by(cell, table.bill_month) {
            DateShown::Only(order, _) => {
                self.order = Some(order);
                self.decided_by = Some(Shown::cell(row, self.column));
            }
            DateShown::Either { day_month, month_day } => {
                if self.either.is_none() {
                    self.either = Some((Shown::cell(row, self.column), day_month, month_day));
                }
                self.sequence.add(day_month, month_day);
            }
            DateShown::Same(day) => self.sequence.add(day, day),
            DateShown::Fixed(_) => self.plain = true,
            DateShown::Unreadable => {}
        }
    }
}

impl MarkColumn {
    fn look(&mut self, table: &Table, row: Record, stated: Option<Currency>) {
        if self.mark.is_some() {
            return;
        }
        let cell = row.raw(self.column);
        self.filled |= !cell.is_empty();
        let cell = cell.split(['(', '（']).next().filter(|head| !head.trim().is_empty()).unwrap_or(cell);
        let shown = match mark_shown_by(cell, None) {
            MarkShown::Either => mark_shown_by(cell, decimals_of(table, row, stated)),
            other => other,
        };
        match shown {
            MarkShown::Only(mark) => {
                self.mark = Some(mark);
                self.decided_by = Some(Shown::cell(row, self.column));
            }
            MarkShown::Either if self.ambiguous.is_none() => {
                self.ambiguous = Some(Shown::cell(row, self.column));
            }
            MarkShown::Either | MarkShown::Nothing => {}
        }
    }
}

/// The number of decimals of the row's currency, where it is known.
fn decimals_of(table: &Table, row: Record, stated: Option<Currency>) -> Option<u32> {
    let column = table.columns.get(Role::Currency);
    let named = column.and_then(|column| Currency::parse(row.raw(column)).ok());
    let title = table.columns.currency_in_title(Role::Amount);
    named.or(title).or(table.layout.currency).or(stated).map(Currency::exponent)
}

impl SignColumn {
    fn look(&mut self, row: Record) {
        let cell = row.raw(self.column);
        let negative = cell.starts_with(['-', '\u{2212}', '(']) || cell.ends_with(['-', '\u{2212}']);
        self.positive |= !negative && cell.contains(|letter: char| ('1'..='9').contains(&letter));
    }
}

/// Whether the days of a column go steadily up or down, for each reading.
#[derive(Default)]
struct Sequence {
    day_month: Steady,
    month_day: Steady,
}

#[derive(Default)]
struct Steady {
    last: Option<Day>,
    went_up: bool,
    went_down: bool,
}

impl Steady {
    fn add(&mut self, day: Day) {
        if let Some(last) = self.last {
            self.went_up |= day > last;
            self.went_down |= day < last;
        }
        self.last = Some(day);
    }

    fn is_steady(&self) -> bool {
        !(self.went_up && self.went_down)
    }
}

impl Sequence {
    fn add(&mut self, day_month: Day, month_day: Day) {
        self.day_month.add(day_month);
        self.month_day.add(month_day);
    }

    /// The only order in which the rows stand in order of time.
    fn order(&self) -> Option<DateOrder> {
        match (self.day_month.is_steady(), self.month_day.is_steady()) {
            (true, false) => Some(DateOrder::DayMonth),
            (false, true) => Some(DateOrder::MonthDay),
            _ => None,
        }
    }
}
