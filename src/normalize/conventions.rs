//! How the dates and figures of one file are written, decided from the whole file before a row is read.
//!
//! Order of day and month and the decimal mark are decided per column, by the first cell that reads in one way only. A
//! column that shows nothing takes what another column of its kind shows. Where no cell decides and it matters, the
//! file is refused with the cells in question: nothing is guessed. A cell that contradicts the decision is found when
//! its row is read, and named together with the cell that decided.

use super::findings::Shown;
use crate::diagnostic::Diagnostic;
use crate::domain::{Currency, Day};
use crate::source::cell::{
    DateOrder, DateShown, DecimalMark, MarkShown, mark_shown_by, order_shown_by, outer_numbers, read_amount,
};
use crate::source::{Record, Role, Table, currency_of};

/// Rows after which a column of amounts that has been empty so far no longer keeps the look going; should figures come
/// later, they are read as the others are.
const ROWS_BEFORE_EMPTY: u32 = 500;

/// How one column of days is written.
struct DateColumn {
    column: usize,
    order: Option<DateOrder>,
    decided_by: Option<Shown>,
    /// A cell was seen whose form needs no decision.
    plain: bool,
    either: Option<(Shown, Day, Day)>,
    sequence: Sequence,
    /// First and last numbers of dates of which either could be the year.
    outer: Option<Outer>,
    why: &'static str,
}

/// The spans of the first and last numbers of a column's dates, and a cell that shows them.
struct Outer {
    first: (u32, u32),
    last: (u32, u32),
    cell: Shown,
}

/// Largest number of years that a statement is taken to span.
const YEARS_MAX: u32 = 2;
/// Smallest span of numbers that are surely no years.
const DAYS_MIN: u32 = 10;

/// What the numbers on both ends of a column's dates are.
enum YearPlace {
    Last,
    First,
    Unsure,
}

impl Outer {
    fn year_place(&self) -> YearPlace {
        let span = |(least, most): (u32, u32)| most - least;
        match (span(self.first), span(self.last)) {
            (first, last) if first > YEARS_MAX || last <= YEARS_MAX => YearPlace::Last,
            (_, last) if last >= DAYS_MIN => YearPlace::First,
            _ => YearPlace::Unsure,
        }
    }
}

/// How one column of amounts is written.
struct MarkColumn {
    column: usize,
    mark: Option<DecimalMark>,
    decided_by: Option<Shown>,
    ambiguous: Option<Shown>,
    /// A cell was seen that is not empty.
    filled: bool,
    why: &'static str,
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
    lag: Lag,
}

/// Longest time from a payment to its booking, over the rows, for each order of day and month.
#[derive(Default)]
struct Lag {
    rows: u32,
    day_month: i64,
    month_day: i64,
}

/// Days within which payments are booked, and days that no booking takes.
const LAG_DAYS_USUAL: i64 = 15;
const LAG_DAYS_ABSURD: i64 = 27;

impl Lag {
    fn add(&mut self, first: (Day, Day), second: (Day, Day)) {
        self.rows = self.rows.saturating_add(1);
        self.day_month = self.day_month.max(second.0.days_since(first.0).abs());
        self.month_day = self.month_day.max(second.1.days_since(first.1).abs());
    }

    /// The only order in which payments are booked in time.
    fn order(&self) -> Option<DateOrder> {
        match (self.day_month, self.month_day) {
            (usual, absurd) if usual <= LAG_DAYS_USUAL && absurd >= LAG_DAYS_ABSURD => Some(DateOrder::DayMonth),
            (absurd, usual) if usual <= LAG_DAYS_USUAL && absurd >= LAG_DAYS_ABSURD => Some(DateOrder::MonthDay),
            _ => None,
        }
    }
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
            if let [first, second, ..] = &all.dates[..] {
                let days = |column: usize| both_days(row.raw(column));
                if let (Some(first), Some(second)) = (days(first.column), days(second.column)) {
                    all.lag.add(first, second);
                }
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
            order: table.stated_order,
            decided_by: None,
            plain: false,
            either: None,
            sequence: Sequence::default(),
            outer: None,
            why: if table.stated_order.is_some() { "you said so" } else { "" },
        };
        let mark = |column| MarkColumn {
            column,
            mark: table.stated_mark,
            decided_by: None,
            ambiguous: None,
            filled: false,
            why: if table.stated_mark.is_some() { "you said so" } else { "" },
        };
        let sign = |column| SignColumn { column, positive: false };
        let others = table.columns.other_currencies().iter().map(|other| other.0);
        Conventions {
            dates: columns(&Role::DATES).into_iter().map(date).collect(),
            marks: columns(&Role::AMOUNTS).into_iter().chain(others).map(mark).collect(),
            signs: columns(&[Role::Debit, Role::Credit]).into_iter().map(sign).collect(),
            lag: Lag::default(),
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
        let mut errors = Vec::new();
        for date in self.dates.iter_mut().filter(|date| date.why.is_empty()) {
            let Some(outer) = &date.outer else { continue };
            match outer.year_place() {
                YearPlace::Last => {}
                YearPlace::First => {
                    (date.order, date.why) = (Some(DateOrder::YearMonth), "only the first number can be a year");
                    date.decided_by = Some(outer.cell.clone());
                }
                YearPlace::Unsure => {
                    let message =
                        format!("the year could stand first or last in column `{}`", table.titles[date.column]);
                    errors.push(date_question(path, table, &outer.cell, message, "a day of two digits or a year"));
                }
            }
        }
        let mut shown = self.dates.iter().filter(|date| date.order.is_some());
        let borrowed = shown.next().map(|date| (date.order, date.decided_by.clone()));
        let agreed = borrowed.filter(|first| shown.all(|other| other.order == first.0));
        let lag = self.lag.order();
        for date in self.dates.iter_mut().filter(|date| date.order.is_none()) {
            let Some((cell, day_month, month_day)) = &date.either else { continue };
            if let Some((order, decided_by)) = &agreed {
                (date.order, date.why) = (*order, "as in the file's other dates");
                date.decided_by = decided_by.clone();
                continue;
            }
            let steady = date.sequence.order(table.layout.order_from_sequence);
            let layout = table.layout.date_order;
            let said: Vec<(DateOrder, &str)> = [
                lag.map(|order| (order, "only so payments are booked in time")),
                steady.map(|order| (order, "only so the rows stand in order of time")),
                layout.map(|order| (order, "the layout says so")),
            ]
            .into_iter()
            .flatten()
            .collect();
            match said.first() {
                Some(&(order, why)) if said.iter().all(|other| other.0 == order) => {
                    (date.order, date.why) = (Some(order), why);
                }
                _ => {
                    let label = format!("{day_month} if the day stands first, {month_day} if the month does");
                    let message = format!("every date of column `{}` reads in two ways", table.titles[date.column]);
                    errors.push(date_question(path, table, cell, message, &label));
                }
            }
        }
        errors
    }

    fn settle_marks(&mut self, path: &str, table: &Table) -> Vec<Diagnostic> {
        let mut shown = self.marks.iter().filter(|column| column.mark.is_some());
        let borrowed = shown.next().map(|column| (column.mark, column.decided_by.clone()));
        let agreed = borrowed.filter(|first| shown.all(|other| other.mark == first.0));
        let above = mark_above(table);
        let rate = table.columns.get(Role::Rate);
        let mut errors = Vec::new();
        for column in self.marks.iter_mut().filter(|column| column.mark.is_none()) {
            if let Some((mark, decided_by)) = &agreed {
                (column.mark, column.why) = (*mark, "as in the file's other amounts");
                column.decided_by = decided_by.clone();
            } else if above.is_some() {
                (column.mark, column.why) = (above, "as in the amounts above the header");
            } else if table.layout.decimal_mark.is_some() {
                (column.mark, column.why) = (table.layout.decimal_mark, "the layout says so");
            } else if is_east_asian(table) {
                (column.mark, column.why) = (Some(DecimalMark::Point), "as is written where its titles are");
            } else if let Some(cell) = column.ambiguous.as_ref().filter(|_| Some(column.column) != rate) {
                let message = format!("every amount of column `{}` reads in two ways", table.titles[column.column]);
                errors.push(
                    Diagnostic::error("decimal-mark", path, message)
                        .at(cell.excerpt(table, "the mark may part thousands or decimals"))
                        .hint(format!(
                            "say what parts the decimals: `--decimal '{path}=comma'` or `--decimal '{path}=point'`"
                        )),
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

    /// Why a column has its order of day and month, where no cell of it decided.
    pub(super) fn order_why(&self, column: usize) -> &'static str {
        self.dates.iter().find(|date| date.column == column).map_or("", |date| date.why)
    }

    /// Whether the decimal mark of a column was decided.
    pub(super) fn mark_is_known(&self, column: usize) -> bool {
        self.marks.iter().any(|mark| mark.column == column && mark.mark.is_some())
    }

    /// Why a column has its decimal mark, where no cell of it decided.
    pub(super) fn mark_why(&self, column: usize) -> &'static str {
        self.marks.iter().find(|mark| mark.column == column).map_or("", |mark| mark.why)
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
        // Where either end of a date may be its year, the whole column is looked at.
        let years_open = self.outer.is_some() && self.why.is_empty();
        !years_open && (self.order.is_some() || (self.plain && self.either.is_none()))
    }

    fn look(&mut self, table: &Table, row: Record) {
        if self.is_settled() {
            return;
        }
        let cell = row.raw(self.column);
        if let Some((first, last)) = outer_numbers(cell) {
            let outer = self.outer.get_or_insert_with(|| Outer {
                first: (first, first),
                last: (last, last),
                cell: Shown::cell(row, self.column),
            });
            outer.first = (outer.first.0.min(first), outer.first.1.max(first));
            outer.last = (outer.last.0.min(last), outer.last.1.max(last));
        }
        if self.order.is_some() {
            return;
        }
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
        // Dots or a dash stand for no amount and show no mark.
        if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let shown = match mark_shown_by(cell, None) {
            MarkShown::Either => mark_shown_by(cell, decimals_of(table, row, self.column, stated)),
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

/// A cell's day with the day first and with the month first.
fn both_days(cell: &str) -> Option<(Day, Day)> {
    match order_shown_by(cell, None) {
        DateShown::Either { day_month, month_day } => Some((day_month, month_day)),
        DateShown::Same(day) => Some((day, day)),
        _ => None,
    }
}

fn date_question(path: &str, table: &Table, cell: &Shown, message: String, label: &str) -> Diagnostic {
    Diagnostic::error("date-order", path, message).at(cell.excerpt(table, label)).hint(format!(
        "say which it is: `--dates '{path}=dmy'`, `mdy` or `ymd`; or export a period that has a day after the 12th"
    ))
}

/// Whether the titles are Chinese, Japanese or Korean: thousands are parted by commas where these are written.
fn is_east_asian(table: &Table) -> bool {
    let wide =
        |letter: char| ('\u{3040}'..='\u{9fff}').contains(&letter) || ('\u{ac00}'..='\u{d7a3}').contains(&letter);
    table.titles.iter().filter(|title| title.contains(wide)).count() * 2 > table.titles.len()
}

/// The decimal mark that the amounts above the header show.
fn mark_above(table: &Table) -> Option<DecimalMark> {
    let mut marks = table.preamble_amounts.iter().filter_map(|cell| match mark_shown_by(cell, None) {
        MarkShown::Only(mark) => Some(mark),
        _ => None,
    });
    let first = marks.next()?;
    marks.all(|other| other == first).then_some(first)
}

/// The number of decimals of the currency of a row's amount, where it is known.
fn decimals_of(table: &Table, row: Record, own: usize, stated: Option<Currency>) -> Option<u32> {
    let columns = &table.columns;
    let role = Role::AMOUNTS.into_iter().find(|&role| columns.get(role) == Some(own));
    let named = |role: Role| columns.get(role).and_then(|column| currency_of(row.raw(column)));
    let in_cell = read_amount(row.raw(own), DecimalMark::Point).ok().and_then(|read| read.currency);
    let own_currency = in_cell.or_else(|| role.and_then(|role| columns.currency_in_title(role)));
    let currency = if role == Some(Role::OriginalAmount) {
        named(Role::OriginalCurrency).or(own_currency)
    } else {
        let implied = table.layout.currency.or(table.preamble_currency).or(stated).or(columns.shown_currency());
        named(Role::Currency).or(own_currency).or(implied)
    };
    currency.map(Currency::exponent)
}

impl SignColumn {
    fn look(&mut self, row: Record) {
        let cell = row.raw(self.column);
        let negative = cell.starts_with(['-', '\u{2212}', '(']) || cell.ends_with(['-', '\u{2212}']);
        self.positive |= !negative && cell.contains(|letter: char| ('1'..='9').contains(&letter));
    }
}

/// Steps from day to day after which rows in order of time are no chance.
const STEPS_MIN: u32 = 4;

/// Whether the days of a column go steadily up or down, for each reading.
#[derive(Default)]
struct Sequence {
    day_month: Steady,
    month_day: Steady,
}

#[derive(Default)]
struct Steady {
    last: Option<Day>,
    up: u32,
    down: u32,
}

impl Steady {
    fn add(&mut self, day: Day) {
        if let Some(last) = self.last {
            self.up = self.up.saturating_add(u32::from(day > last));
            self.down = self.down.saturating_add(u32::from(day < last));
        }
        self.last = Some(day);
    }

    fn is_steady(&self) -> bool {
        self.up == 0 || self.down == 0
    }

    fn steps(&self) -> u32 {
        self.up.max(self.down)
    }
}

impl Sequence {
    fn add(&mut self, day_month: Day, month_day: Day) {
        self.day_month.add(day_month);
        self.month_day.add(month_day);
    }

    /// The only order in which the rows stand in order of time: where the format is known to be so, of any rows;
    /// else of enough.
    fn order(&self, is_known: bool) -> Option<DateOrder> {
        let enough = |steady: &Steady| is_known || steady.steps() >= STEPS_MIN;
        match (self.day_month.is_steady(), self.month_day.is_steady()) {
            (true, false) if enough(&self.day_month) => Some(DateOrder::DayMonth),
            (false, true) if enough(&self.month_day) => Some(DateOrder::MonthDay),
            _ => None,
        }
    }
}
