//! Single rows of a file again, cell by cell, with what each column holds and how it is written: what a bundle cites.
//! Of a paper that has no rows the recognised facts stand in their place (`facts`).

use super::conventions::Conventions;
use super::{Options, facts, read};
use crate::diagnostic::Diagnostic;
use crate::domain::{Day, Money, SourceId};
use crate::source::cell::{DateOrder, DecimalMark};
use crate::source::{Body, Catalogue, Document, Layout, Role, Table, structure_finding};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table with some of its rows.
#[derive(Clone, Debug)]
pub struct CitedTable {
    /// The layout by which it was read; `None` for the recognised facts of a paper, which are in payproof's own words.
    pub layout: Option<Arc<Layout>>,
    /// Its columns, in the order of the file.
    pub columns: Vec<CitedColumn>,
    /// Year and month of the bill, where dates carry no year.
    pub bill_month: Option<(i32, u32)>,
    /// The rows asked for, in the order of the file.
    pub rows: Vec<CitedRow>,
}

/// A column of a cited table.
#[derive(Clone, Debug)]
pub struct CitedColumn {
    /// Title as in the file.
    pub title: String,
    /// Whether the title is one that statements are known to have; any other may say something of the payer.
    pub is_known_title: bool,
    /// What the column holds; `None` for one that the layout does not know.
    pub role: Option<Role>,
    /// Order of day and month, for days.
    pub order: Option<DateOrder>,
    /// Decimal mark, for amounts.
    pub mark: Option<DecimalMark>,
}

/// A row as it stands in the file.
#[derive(Clone, Debug)]
pub struct CitedRow {
    /// Physical line at which it begins.
    pub line: u32,
    /// Its cells, white space around them removed.
    pub cells: Vec<String>,
    /// The day and amount that a case cites it by, where one place of a paper may hold several records.
    pub stated: Option<(Day, Option<Money>)>,
}

/// Reads the rows that begin at these lines, cell by cell.
///
/// # Errors
/// The file can no longer be read as it was.
pub fn cite(document: &Document, lines: &BTreeSet<u32>, options: &Options) -> Result<CitedTable, Vec<Diagnostic>> {
    let table = match &document.body {
        Body::Table(table) => table,
        Body::Json(_) | Body::Papers(_) => {
            let found = read(document.clone(), SourceId(0), options)?;
            let rows = facts::rows(&found.records, lines);
            return Ok(CitedTable { layout: None, columns: facts::columns(), bill_month: None, rows });
        }
    };
    let conventions = Conventions::decide(&document.path, table, options.stated_currency)?;
    let columns = (0..table.titles.len()).map(|column| cited_column(table, &conventions, column)).collect();
    let mut rows = Vec::new();
    let mut reader = table.rows();
    let broken = |fault| vec![structure_finding(&document.path, table, fault)];
    while let Some(row) = reader.next_record().map_err(broken)? {
        if lines.contains(&row.line()) {
            let cells = (0..row.width()).map(|column| row.cell(column).into_owned()).collect();
            rows.push(CitedRow { line: row.line(), cells, stated: None });
        }
    }
    Ok(CitedTable { layout: Some(Arc::clone(&table.layout)), columns, bill_month: table.bill_month, rows })
}

fn cited_column(table: &Table, conventions: &Conventions, column: usize) -> CitedColumn {
    let single = Role::ALL.into_iter().find(|&role| role != Role::Memo && table.columns.get(role) == Some(column));
    let role = single.or_else(|| table.columns.memo().contains(&column).then_some(Role::Memo));
    let is_one_of = |roles: &[Role]| role.is_some_and(|role| roles.contains(&role));
    let title = table.titles.get(column).cloned().unwrap_or_default();
    CitedColumn {
        is_known_title: Catalogue::embedded().knows_title(&title),
        title,
        role,
        order: if is_one_of(&Role::DATES) { conventions.order(column) } else { None },
        mark: is_one_of(&Role::AMOUNTS).then(|| conventions.mark(column)),
    }
}
