//! The lists: billing records, invoices, plan observations and attempts, most of them written by a person.

use super::cells::{Cells, Unit};
use super::entries::masked_mail;
use super::findings::{Findings, RowFault, RowResult, Shown};
use super::{Options, Read};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{
    Account, Attempt, AttemptResult, BillingKind, BillingRecord, BillingStatus, Day, LastFour, Money, Observation,
    PlanState, Product, SourceId, SourceRef,
};
use crate::source::{Reader, Reading, Record, Role, Row, Survey, Table, structure_finding};
use crate::vendor::Vendor;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Reads a billing list or an invoice list.
pub(super) fn read_billing(
    path: &str,
    cells: Cells,
    id: SourceId,
    options: &Options,
) -> Result<Read<BillingRecord>, Vec<Diagnostic>> {
    let is_invoices = cells.table.layout.reading == Reading::InvoiceList;
    let mut read = read_rows(path, cells, options, |cells, row| {
        let at = SourceRef { source: id, line: row.line() };
        if is_invoices { invoice(cells, row, at, options.vendor) } else { billing(cells, row, at, options.vendor) }
    })?;
    read.newest_day = read.records.iter().flat_map(|record| [Some(record.date), record.paid_on]).flatten().max();
    read.account = only_account(read.records.iter().filter_map(|record| record.account.as_ref()));
    Ok(read)
}

/// Reads plan observations.
pub(super) fn read_observations(
    path: &str,
    cells: Cells,
    id: SourceId,
    options: &Options,
) -> Result<Read<Observation>, Vec<Diagnostic>> {
    let mut read = read_rows(path, cells, options, |cells, row| {
        observation(cells, row, SourceRef { source: id, line: row.line() }, options.vendor)
    })?;
    read.newest_day = read.records.iter().map(|record| record.observed_on).max();
    read.account = only_account(read.records.iter().filter_map(|record| record.account.as_ref()));
    Ok(read)
}

/// Reads attempts.
pub(super) fn read_attempts(
    path: &str,
    cells: Cells,
    id: SourceId,
    options: &Options,
) -> Result<Read<Attempt>, Vec<Diagnostic>> {
    let mut read = read_rows(path, cells, options, |cells, row| {
        attempt(cells, row, SourceRef { source: id, line: row.line() }, options.vendor)
    })?;
    read.newest_day = read.records.iter().map(|record| record.day).max();
    read.account = only_account(read.records.iter().filter_map(|record| record.account.as_ref()));
    Ok(read)
}

pub(super) fn read_rows<'t, T>(
    path: &str,
    mut cells: Cells<'t>,
    options: &Options,
    mut make: impl FnMut(&mut Cells<'t>, Record) -> RowResult<T>,
) -> Result<Read<T>, Vec<Diagnostic>> {
    let table: &'t Table<'t> = cells.table;
    let mut findings = Findings::new(path, table, options.skip_bad_rows);
    let sample = sample_of(table);
    let mut reader = table.rows();
    let mut records = Vec::new();
    loop {
        match reader.next_record() {
            Ok(None) => break,
            Ok(Some(row)) if is_sample(row, &sample) => findings.errors.push(sample_finding(path, table, row)),
            Ok(Some(row)) => match make(&mut cells, row) {
                Ok(record) => records.push(record),
                Err(fault) => {
                    findings.note(row, &fault);
                    if findings.are_too_many() {
                        break;
                    }
                }
            },
            Err(fault) => {
                findings.errors.push(structure_finding(path, table, fault));
                break;
            }
        }
    }
    if !findings.errors.is_empty() {
        return Err(findings.errors);
    }
    let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
    Ok(Read {
        records,
        count,
        relevant: count,
        newest_day: None,
        survey: Survey::default(),
        account: None,
        rejected: findings.rejected,
        warnings: Vec::new(),
        resellers: Vec::new(),
        mentions: Vec::new(),
        passed_over: Vec::new(),
    })
}

/// The cells of the template's sample row, by column of this table.
fn sample_of(table: &Table) -> Vec<(usize, String)> {
    let Some(template) = &table.layout.template else { return Vec::new() };
    let mut reader = Reader::new(template, b',');
    let (mut titles, mut sample) = (Row::default(), Row::default());
    if !matches!((reader.next(&mut titles), reader.next(&mut sample)), (Ok(true), Ok(true))) {
        return Vec::new();
    }
    let column_of = |title: &str| table.titles.iter().position(|own| own.trim().eq_ignore_ascii_case(title));
    let (titles, sample) = (titles.in_text(template), sample.in_text(template));
    (0..titles.width())
        .filter_map(|place| Some((column_of(titles.raw(place))?, sample.raw(place).to_string())))
        .filter(|(_, cell)| !cell.is_empty())
        .collect()
}

/// Whether the row is the template's own, in as many columns as tell it from a real one.
fn is_sample(row: Record, sample: &[(usize, String)]) -> bool {
    const COLUMNS_MIN: usize = 4;
    sample.len() >= COLUMNS_MIN && sample.iter().all(|(column, cell)| row.cell(*column) == cell.as_str())
}

fn sample_finding(path: &str, table: &Table, row: Record) -> Diagnostic {
    let end = Shown::cell(row, row.width().saturating_sub(1)).range.end;
    Diagnostic::error("template-sample", path, "the sample row of the template is still in the file")
        .at(table.excerpt(row.place(), row.start()..end, "this row is an example"))
        .hint("delete the row; it would be taken for a real one")
}

/// The only account that records name, masked.
pub(super) fn only_account<'r>(accounts: impl Iterator<Item = &'r Account>) -> Option<String> {
    let accounts: BTreeSet<&Account> = accounts.collect();
    match accounts.len() {
        1 => accounts.first().map(|account| masked_mail(account.as_str())),
        _ => None,
    }
}

fn column(cells: &Cells, role: Role) -> usize {
    cells.table.columns.get(role).unwrap_or_default()
}

/// The meaning of a word in a role's cell; blanks and underscores are taken for hyphens.
fn word<T: Copy>(cells: &Cells, row: Record, role: Role, code: &'static str, known: &[(&str, T)]) -> RowResult<T> {
    let cell = cells.text(row, role);
    let folded = cell.to_lowercase().replace([' ', '_'], "-");
    if let Some(found) = known.iter().find(|(name, _)| *name == folded) {
        return Ok(found.1);
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let (last, first) = names.split_last().map_or(("", &[][..]), |(last, first)| (*last, first));
    let title = cells.table.titles.get(column(cells, role)).map_or("", String::as_str);
    let message = if cell.is_empty() {
        format!("the {title} is missing")
    } else {
        format!("{} is not a known {title}", literal(&cell))
    };
    Err(RowFault::new(code, column(cells, role), message, format!("{} or {last}", first.join(", "))))
}

fn account(cells: &Cells, row: Record) -> Option<Account> {
    Account::new(&cells.text(row, Role::Mail))
}

/// The product of a row: its cell, else what the description sells.
fn product(cells: &Cells, row: Record, vendor: &Vendor) -> RowResult<Option<Product>> {
    let cell = cells.text(row, Role::Product);
    if cell.is_empty() {
        return Ok(vendor.product_of(&cells.text(row, Role::Descriptor)));
    }
    let named = Product::parse(&cell.to_lowercase().replace([' ', '_'], "-"));
    match named.or_else(|| vendor.product_of(&cell)) {
        Some(product) => Ok(Some(product)),
        None => {
            let message = format!("{} is not a known product", literal(&cell));
            let expected = "chatgpt-plan, chatgpt-credits or api-credits";
            Err(RowFault::new("cell-product", column(cells, Role::Product), message, expected))
        }
    }
}

/// An amount that must not be negative, except where giving back may be written so.
pub(super) fn positive(
    cells: &Cells,
    row: Record,
    role: Role,
    unit: Option<Unit>,
    gives_back: bool,
) -> RowResult<Option<Money>> {
    match cells.money(row, role, unit)? {
        Some(money) if money.is_negative() && !gives_back => {
            let message = format!("{} is negative", literal(&cells.text(row, role)));
            Err(RowFault::new("cell-amount", column(cells, role), message, "an amount without a minus"))
        }
        money => Ok(money.map(Money::abs)),
    }
}

/// The same, for an amount that must be there.
pub(super) fn needed(cells: &Cells, row: Record, unit: Option<Unit>, gives_back: bool) -> RowResult<Money> {
    positive(cells, row, Role::Amount, unit, gives_back)?.ok_or_else(|| {
        RowFault::new("cell-amount", column(cells, Role::Amount), "the amount is missing".to_string(), "an amount")
    })
}

fn unit(cells: &mut Cells, row: Record) -> RowResult<Option<Unit>> {
    cells.unit(row, Role::Amount, None)
}

fn billing(cells: &mut Cells, row: Record, at: SourceRef, vendor: &Vendor) -> RowResult<BillingRecord> {
    let kinds = BillingKind::ALL.map(|kind| (kind.name(), kind));
    let statuses = BillingStatus::ALL.map(|status| (status.name(), status));
    let kind = word(cells, row, Role::Kind, "cell-kind", &kinds)?;
    let status = word(cells, row, Role::Status, "cell-status", &statuses)?;
    let unit = unit(cells, row)?;
    let gives_back = matches!(kind, BillingKind::Refund | BillingKind::CreditNote);
    let total = if kind.is_money() {
        Some(needed(cells, row, unit, gives_back)?)
    } else {
        positive(cells, row, Role::Amount, unit, gives_back)?
    };
    let description = cells.text(row, Role::Descriptor).into_owned();
    let payment_method = cells.some_text(row, Role::PaymentMethod);
    let period_start = cells.day(row, Role::PeriodStart)?;
    let period_end = cells.day(row, Role::PeriodEnd)?;
    Ok(BillingRecord {
        at,
        date: cells.needed_day(row, Role::TransactionDate)?,
        kind,
        number: cells.some_text(row, Role::Number),
        account: account(cells, row),
        product: product(cells, row, vendor)?,
        plan: vendor.plan_of(&description),
        subtotal: positive(cells, row, Role::Subtotal, unit, gives_back)?,
        tax: positive(cells, row, Role::Tax, unit, gives_back)?,
        tax_name: None,
        total,
        amount_paid: positive(cells, row, Role::AmountPaid, unit, gives_back)?,
        amount_due: None,
        balance_after: None,
        status,
        period_start,
        period_end: period_end.map(|to| period_start.map_or(to, |from| to.last_paid_for(from))),
        paid_on: cells.day(row, Role::PaidOn)?,
        card: payment_method.as_deref().and_then(LastFour::at_end_of),
        payment_method,
        reference: cells.some_text(row, Role::Reference),
        store: None,
        seats: None,
        opens: None,
        description,
    })
}

fn invoice(cells: &mut Cells, row: Record, at: SourceRef, vendor: &Vendor) -> RowResult<BillingRecord> {
    let statuses = [
        BillingStatus::Paid,
        BillingStatus::Open,
        BillingStatus::Void,
        BillingStatus::Uncollectible,
        BillingStatus::Draft,
    ];
    let status = word(cells, row, Role::Status, "cell-status", &statuses.map(|status| (status.name(), status)))?;
    let unit = unit(cells, row)?;
    let description = cells.text(row, Role::Descriptor).into_owned();
    Ok(BillingRecord {
        at,
        date: cells.needed_day(row, Role::TransactionDate)?,
        kind: if status == BillingStatus::Paid { BillingKind::Receipt } else { BillingKind::Invoice },
        number: cells.some_text(row, Role::Number),
        account: account(cells, row),
        product: vendor.product_of(&description),
        plan: vendor.plan_of(&description),
        subtotal: positive(cells, row, Role::Subtotal, unit, false)?,
        tax: positive(cells, row, Role::Tax, unit, false)?,
        tax_name: None,
        total: Some(needed(cells, row, unit, false)?),
        amount_paid: positive(cells, row, Role::AmountPaid, unit, false)?,
        amount_due: None,
        balance_after: None,
        status,
        period_start: None,
        period_end: None,
        paid_on: cells.day(row, Role::PaidOn)?,
        payment_method: None,
        card: None,
        reference: cells.some_text(row, Role::Reference),
        store: None,
        seats: None,
        opens: None,
        description,
    })
}

fn observation(cells: &mut Cells, row: Record, at: SourceRef, vendor: &Vendor) -> RowResult<Observation> {
    let observed_on: Day = cells.needed_day(row, Role::TransactionDate)?;
    let state = word(cells, row, Role::Status, "cell-status", &PlanState::NAMES)?;
    let product = product(cells, row, vendor)?.ok_or_else(|| {
        let message = "the product is missing".to_string();
        RowFault::new(
            "cell-product",
            column(cells, Role::Product),
            message,
            "chatgpt-plan, chatgpt-credits or api-credits",
        )
    })?;
    let unit = unit(cells, row)?;
    Ok(Observation {
        at,
        observed_on,
        account: account(cells, row),
        product,
        plan: cells.some_text(row, Role::Plan),
        state,
        active_from: cells.day(row, Role::ActiveFrom)?,
        active_until: cells.day(row, Role::ActiveUntil)?,
        credit_balance: cells.money(row, Role::Balance, unit)?,
        is_gratis: false,
        bought_by: None,
        only_of: None,
        of_workspace: false,
        lists_grants: false,
        seats: None,
    })
}

fn attempt(cells: &mut Cells, row: Record, at: SourceRef, vendor: &Vendor) -> RowResult<Attempt> {
    let day = cells.needed_day(row, Role::TransactionDate)?;
    let result = word(cells, row, Role::Status, "cell-status", &AttemptResult::NAMES)?;
    let unit = unit(cells, row)?;
    let amount = needed(cells, row, unit, false)?;
    let balance_unit = cells.unit_in(row, Role::BalanceCurrency)?.or(unit);
    let instrument = cells.some_text(row, Role::Card);
    let reason: Cow<str> = cells.text(row, Role::Reason);
    Ok(Attempt {
        at,
        day,
        account: account(cells, row),
        card: instrument.as_deref().and_then(LastFour::at_end_of),
        instrument,
        amount,
        result,
        cause: vendor.decline_cause(&reason),
        reason: (!reason.is_empty()).then(|| reason.into_owned()),
        balance_before: cells.money(row, Role::Balance, balance_unit)?,
    })
}
