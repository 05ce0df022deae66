//! The cited rows as they leave: every cell in its place, what was taken out marked, and how the rest is to be read.

use super::kept::role_name;
use crate::domain::{Currency, Day, Money};
use crate::normalize::{CitedColumn, CitedTable};
use crate::report::push_csv_record;
use crate::source::cell::{DateOrder, DecimalMark, read_amount, read_date, read_original};
use serde::{Deserialize, Serialize};

/// The form of `rows.json`.
pub(super) const SCHEMA: &str = "payproof.rows/1";

/// All cited rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Name and version of this form.
    pub schema: String,
    /// The day as of which the verdicts hold.
    pub as_of: String,
    /// The files that the rows stand in; the index is what rows name.
    pub sources: Vec<RowsSource>,
    /// The rows, by file and line.
    pub rows: Vec<RowOut>,
}

/// A file of which rows are cited, or on which a verdict rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsSource {
    /// Its name in the bundle.
    pub file: String,
    /// Digest of the whole file on the payer's machine.
    pub sha256: String,
    /// The layout by which it was read.
    pub format: String,
    /// Its columns; none where no row of it is cited.
    pub columns: Vec<ColumnOut>,
    /// `YYYY-MM` of the bill, where dates carry no year.
    pub bill_month: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnOut {
    /// Title as in the file; marked as removed where the layout does not know it.
    pub title: String,
    /// What it holds.
    pub role: Option<String>,
    /// `DD/MM/YYYY` or `MM/DD/YYYY`, where the file's days are written so.
    pub date_order: Option<String>,
    /// `.` or `,`, for amounts.
    pub decimal_mark: Option<String>,
}

/// A cited row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowOut {
    /// Index of the file.
    pub source: u32,
    /// Physical line from 1, header counted.
    pub line: u32,
    /// The day the row belongs to.
    pub date: String,
    /// Its amount as it was read: on a statement signed from the holder's view.
    pub money: Option<MoneyOut>,
    /// Which cases cite it, and as what.
    pub cited_by: Vec<CitedBy>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<String>,
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyOut {
    /// The figure, with the currency's number of decimals.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// A case that cites a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitedBy {
    /// The case.
    pub case: String,
    /// What the row is in its chain.
    pub role: String,
}

impl MoneyOut {
    pub(super) fn of(money: Money) -> MoneyOut {
        MoneyOut { amount: money.figure(), currency: money.currency().to_string() }
    }

    /// The amount, where it is one.
    pub(super) fn money(&self) -> Option<Money> {
        let currency = Currency::parse(&self.currency).ok()?;
        Money::from_decimal(self.amount.parse().ok()?, currency).ok()
    }
}

impl ColumnOut {
    pub(super) fn of(column: &CitedColumn, title: String) -> ColumnOut {
        ColumnOut {
            title,
            role: column.role.map(role_name),
            date_order: column.order.map(|order| order.shown().to_string()),
            decimal_mark: column.mark.map(|mark| mark.character().to_string()),
        }
    }

    fn is_date(&self) -> bool {
        const DATES: [&str; 5] = ["transaction-date", "posting-date", "paid-on", "period-start", "active-from"];
        self.role.as_deref().is_some_and(|role| DATES.contains(&role))
    }

    fn order(&self) -> Option<DateOrder> {
        [DateOrder::DayMonth, DateOrder::MonthDay]
            .into_iter()
            .find(|order| self.date_order.as_deref() == Some(order.shown()))
    }

    fn mark(&self) -> Option<DecimalMark> {
        let mark = self.decimal_mark.as_deref()?.chars().next()?;
        [DecimalMark::Point, DecimalMark::Comma].into_iter().find(|known| known.character() == mark)
    }
}

impl RowsSource {
    fn month(&self) -> Option<(i32, u32)> {
        let (year, month) = self.bill_month.as_deref()?.split_once('-')?;
        Some((year.parse().ok()?, month.parse().ok()?))
    }

    pub(super) fn month_of(table: &CitedTable) -> Option<String> {
        table.bill_month.map(|(year, month)| format!("{year:04}-{month:02}"))
    }
}

impl Rows {
    /// The days that a row's cells say.
    pub(super) fn days_of(&self, row: &RowOut) -> Vec<Day> {
        let Some(source) = self.source_of(row) else { return Vec::new() };
        let dates = source.columns.iter().zip(&row.cells).filter(|(column, _)| column.is_date());
        dates.filter_map(|(column, cell)| read_date(cell, column.order(), source.month()).ok()).collect()
    }

    /// The amounts that a row's cells say, unsigned, as minor units of a currency.
    pub(super) fn amounts_of(&self, row: &RowOut, currency: Currency) -> Vec<i64> {
        let Some(source) = self.source_of(row) else { return Vec::new() };
        let read = |column: &ColumnOut, cell: &str| {
            let mark = column.mark()?;
            let figure = match column.role.as_deref() {
                Some("original-place") => read_original(cell, mark).ok()?.figure,
                _ => read_amount(cell, mark).ok()?.figure,
            };
            Money::from_decimal(figure.decimal(), currency).ok().map(|money| money.abs().minor_units())
        };
        source.columns.iter().zip(&row.cells).filter_map(|(column, cell)| read(column, cell)).collect()
    }

    fn source_of(&self, row: &RowOut) -> Option<&RowsSource> {
        self.sources.get(usize::try_from(row.source).ok()?)
    }

    /// The rows as JSON, indented by two blanks, with a line feed at the end.
    pub(super) fn json(&self) -> String {
        // Serialising fails only for a map whose keys are no texts; there is none.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The rows as CSV: the titles of each file, then its rows, guarded for spreadsheets.
    pub(super) fn csv(&self) -> String {
        const TITLES: [&str; 9] = ["kind", "cases", "role", "date", "amount", "currency", "file", "line", "sha256"];
        let width = self.sources.iter().map(|source| source.columns.len()).max().unwrap_or(0);
        let mut text = String::from('\u{feff}');
        let mut titles: Vec<String> = TITLES.map(str::to_string).to_vec();
        titles.extend((1..=width).map(|number| format!("cell_{number}")));
        push_csv_record(&mut text, &titles);
        for (index, source) in self.sources.iter().enumerate() {
            let of_source = |row: &&RowOut| usize::try_from(row.source).is_ok_and(|number| number == index);
            let mut push = |facts: [String; 6], line: String, cells: &mut dyn Iterator<Item = &String>| {
                let mut record: Vec<String> = facts.to_vec();
                record.extend([source.file.clone(), line, source.sha256.clone()]);
                record.extend(cells.cloned());
                record.resize(record.len().max(titles.len()), String::new());
                push_csv_record(&mut text, &record);
            };
            let mut facts: [String; 6] = Default::default();
            facts[0] = "titles".to_string();
            push(facts, String::new(), &mut source.columns.iter().map(|column| &column.title));
            for row in self.rows.iter().filter(of_source) {
                push(row.facts(), row.line.to_string(), &mut row.cells.iter());
            }
        }
        text
    }
}

impl RowOut {
    fn facts(&self) -> [String; 6] {
        let joined = |pick: fn(&CitedBy) -> &String| {
            let mut parts: Vec<&str> = self.cited_by.iter().map(|cited| pick(cited).as_str()).collect();
            parts.dedup();
            parts.join(" ")
        };
        let money = |pick: fn(&MoneyOut) -> &String| self.money.as_ref().map(pick).cloned().unwrap_or_default();
        [
            "row".to_string(),
            joined(|cited| &cited.case),
            joined(|cited| &cited.role),
            self.date.clone(),
            money(|money| &money.amount),
            money(|money| &money.currency),
        ]
    }
}
