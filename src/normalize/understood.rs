//! How a table was understood, put together for people.

use super::conventions::Conventions;
use super::findings::Shown;
use crate::domain::Currency;
use crate::source::{Cut, Decision, Role, Table, Understanding, UnderstoodColumn};
use crate::text::clean;

impl Shown {
    /// The line and text of the place.
    fn cell_of(&self, table: &Table) -> (u32, String) {
        let text = table.stretch(self.range.clone());
        (self.excerpt(table, "").line(), clean(&text).into_owned())
    }
}

/// What is known before the rows are read.
pub(super) fn understand(
    table: &Table,
    conventions: &Conventions,
    encoding: &str,
    stated: Option<Currency>,
) -> Understanding {
    let columns = (0..table.titles.len()).map(|column| understood_column(table, column)).collect();
    Understanding {
        encoding: encoding.to_string(),
        delimiter: match table.cut {
            Cut::Delimited(delimiter) => Some(char::from(delimiter)),
            Cut::Kept(_) => None,
        },
        layout: table.layout.name.clone(),
        layout_why: table.notes.layout_why.clone(),
        preamble: table.notes.preamble.clone(),
        header_line: table.header_line,
        passed_over: Vec::new(),
        columns,
        date_order: date_order(table, conventions),
        decimal_mark: decimal_mark(table, conventions),
        sign: table.notes.sign.clone(),
        currency: currency(table, stated),
    }
}

fn understood_column(table: &Table, column: usize) -> UnderstoodColumn {
    let role = table.columns.role_of(column);
    UnderstoodColumn {
        title: table.titles[column].clone(),
        role,
        why: table.notes.why.get(column).cloned().unwrap_or_default(),
    }
}

/// The currency of rows, by what is asked first: a column, a title, the layout, the lines above, the user.
fn currency(table: &Table, stated: Option<Currency>) -> Decision {
    let decided = |value: String, why: &str| Decision { value, cell: None, why: why.to_string() };
    if table.columns.get(Role::Currency).is_some() {
        return decided(String::new(), "each row states its own");
    }
    let amounts = [Role::Amount, Role::Debit, Role::Credit, Role::Net];
    if let Some(currency) = amounts.into_iter().find_map(|role| table.columns.currency_in_title(role)) {
        return decided(currency.to_string(), "the title of the amount says so");
    }
    match (table.layout.currency, table.preamble_currency, stated) {
        (Some(currency), _, _) => decided(currency.to_string(), "the layout says so"),
        (None, Some(_), _) => table.notes.currency.clone(),
        (None, None, Some(currency)) => decided(currency.to_string(), "you said so"),
        (None, None, None) => match table.columns.shown_currency() {
            Some(currency) => decided(currency.to_string(), "the amounts equal the original ones in it alone"),
            None => decided(String::new(), "nothing states one"),
        },
    }
}

fn date_order(table: &Table, conventions: &Conventions) -> Decision {
    let columns = || Role::DATES.into_iter().filter_map(|role| table.columns.get(role));
    let Some((column, order)) = columns().find_map(|column| Some((column, conventions.order(column)?))) else {
        return Decision { why: "every date fixes its own order".to_string(), ..Decision::default() };
    };
    decision(table, order.shown(), conventions.order_decided_by(column), conventions.order_why(column))
}

fn decimal_mark(table: &Table, conventions: &Conventions) -> Decision {
    let columns = || Role::AMOUNTS.into_iter().filter_map(|role| table.columns.get(role));
    let decided = columns().find(|&column| conventions.mark_is_known(column));
    let Some(column) = decided else {
        return Decision { why: "no amount has decimals".to_string(), ..Decision::default() };
    };
    let mark = conventions.mark(column).character().to_string();
    decision(table, &mark, conventions.mark_decided_by(column), conventions.mark_why(column))
}

fn decision(table: &Table, value: &str, decided_by: Option<Shown>, why: &str) -> Decision {
    let cell = decided_by.map(|shown| shown.cell_of(table));
    let why = if cell.is_some() { "this cell reads in one way only" } else { why };
    Decision { value: value.to_string(), cell, why: why.to_string() }
}
