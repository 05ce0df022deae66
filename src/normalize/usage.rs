//! The cost export: one row is what was used on a day, whole or of one kind. A day without spend has only its times.

use super::cells::Cells;
use super::findings::{RowFault, RowResult};
use super::json::exact;
use super::lists::{only_account, read_rows};
use super::{Options, Read};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{Account, Product, SourceId, SourceRef, Usage};
use crate::source::cell::read_instant;
use crate::source::{Record, Role};
use rust_decimal::Decimal;

/// Reads the rows; those without spend make no record.
pub(super) fn read(path: &str, cells: Cells, id: SourceId, options: &Options) -> Result<Read<Usage>, Vec<Diagnostic>> {
    let read =
        read_rows(path, cells, options, |cells, row| used(cells, row, SourceRef { source: id, line: row.line() }))?;
    let mut read = read.flattened();
    read.count = read.relevant;
    read.newest_day = read.records.iter().map(|used| used.day).max();
    read.account = only_account(read.records.iter().filter_map(|used| used.account.as_ref()));
    Ok(read)
}

fn used(cells: &mut Cells, row: Record, at: SourceRef) -> RowResult<Option<Usage>> {
    let time = cells.text(row, Role::TransactionDate);
    let column = cells.table.columns.get(Role::TransactionDate).unwrap_or_default();
    let day = read_instant(&time).ok_or_else(|| {
        let message = format!("cannot read {} as a time", literal(&time));
        RowFault::new("cell-date", column, message, "a time such as 2026-06-02T00:00:00")
    })?;
    let cell = cells.text(row, Role::Cost);
    if cell.is_empty() {
        return Ok(None);
    }
    let column = cells.table.columns.get(Role::Cost).unwrap_or_default();
    let cost = exact(&cell).ok_or_else(|| {
        let message = format!("cannot read {} as an amount", literal(&cell));
        RowFault::new("cell-amount", column, message, "digits with decimal mark `.`")
    })?;
    let currency = cells.unit_in(row, Role::Currency)?.map(|unit| unit.currency);
    Ok((cost > Decimal::ZERO).then(|| Usage {
        at,
        day,
        account: Account::new(&cells.text(row, Role::Mail)),
        product: Product::ApiCredits,
        cost: currency.map(|currency| (cost, currency)),
        description: cells.text(row, Role::Descriptor).into_owned(),
    }))
}
