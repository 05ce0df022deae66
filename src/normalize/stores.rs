//! What a store sold, as rows: Google Pay's transactions and Apple's transaction history. What others sold there has no
//! product of the vendor's and is kept only where every row is asked for.

use super::cells::Cells;
use super::findings::RowResult;
use super::lists::{needed, positive, read_rows};
use super::{Options, Read};
use crate::diagnostic::Diagnostic;
use crate::domain::{BillingKind, BillingRecord, BillingStatus, EntryStatus, LastFour, Product, SourceId, SourceRef};
use crate::source::{Record, Role};

/// Reads the rows. What others sold in the store is counted and makes no record.
pub(super) fn read(
    path: &str,
    cells: Cells,
    id: SourceId,
    options: &Options,
) -> Result<Read<BillingRecord>, Vec<Diagnostic>> {
    let read = read_rows(path, cells, options, |cells, row| {
        order(cells, row, SourceRef { source: id, line: row.line() }, options)
    })?;
    let mut read = read.flattened();
    read.relevant = relevant(&read.records);
    read.newest_day = read.records.iter().map(|record| record.date).max();
    Ok(read)
}

/// How many of a store's sales are the vendor's.
pub(super) fn relevant(sales: &[BillingRecord]) -> u32 {
    u32::try_from(sales.iter().filter(|sale| sale.product.is_some()).count()).unwrap_or(u32::MAX)
}

fn order(cells: &mut Cells, row: Record, at: SourceRef, options: &Options) -> RowResult<Option<BillingRecord>> {
    let vendor = options.vendor;
    let title = cells.text(row, Role::Descriptor).into_owned();
    let beside: Vec<String> = cells.table.columns.memo().iter().map(|column| cells.cell(row, *column)).collect();
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    let is_ours = vendor.is_sold_in_store(&title, &beside);
    if !is_ours && !options.keep_all {
        return Ok(None);
    }
    let date = cells.needed_day(row, Role::TransactionDate)?;
    let in_amount = cells.amount_of(row, Role::Amount)?.and_then(|amount| amount.currency);
    let unit = cells.unit(row, Role::Amount, in_amount)?;
    let total = needed(cells, row, unit, false)?;
    let back = positive(cells, row, Role::Refunded, unit, true)?;
    let status = cells.table.layout.status(&cells.text(row, Role::Status)).unwrap_or(EntryStatus::Posted);
    let status = match status {
        EntryStatus::Posted if back.is_some_and(|back| !back.is_zero()) => BillingStatus::Refunded,
        EntryStatus::Posted | EntryStatus::Unknown => BillingStatus::Paid,
        EntryStatus::Pending => BillingStatus::Open,
        EntryStatus::Voided | EntryStatus::Expired | EntryStatus::Declined => BillingStatus::Void,
    };
    let payment_method = cells.some_text(row, Role::PaymentMethod);
    Ok(Some(BillingRecord {
        at,
        date,
        kind: BillingKind::Receipt,
        number: cells.some_text(row, Role::Number),
        account: None,
        product: is_ours.then(|| vendor.product_of(&title).unwrap_or(Product::ChatgptPlan)),
        plan: vendor.plan_of(&title).filter(|_| is_ours),
        description: title,
        subtotal: None,
        tax: None,
        tax_name: None,
        total: Some(total),
        amount_paid: None,
        amount_due: None,
        balance_after: None,
        status,
        period_start: None,
        period_end: None,
        paid_on: Some(date),
        card: payment_method.as_deref().and_then(LastFour::at_end_of),
        payment_method,
        reference: None,
        store: cells.table.layout.route,
        seats: None,
        opens: None,
    }))
}
