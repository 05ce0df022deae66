//! What every row of a statement must have: a day, an amount with its direction, a currency where one is stated.

use super::cells::{Cells, Unit};
use super::findings::{RowFault, RowResult};
use crate::diagnostic::literal;
use crate::domain::Day;
use crate::source::cell::{AmountCell, AmountFault, AmountProblem, Figure};
use crate::source::{Direction, Reading, Record, Role, Table};
use std::borrow::Cow;

/// What is read of every row.
pub(super) struct Line<'w> {
    /// The day the row belongs to: when the payer acted, else when it was booked.
    pub day: Day,
    pub transaction: Option<Day>,
    pub posting: Option<Day>,
    /// Signed from the holder's view; without sign where not `directed`.
    pub value: Figure,
    pub directed: bool,
    pub unit: Option<Unit>,
    /// On top of the value, positive.
    pub fee: Option<Figure>,
    pub balance: Option<Figure>,
    pub descriptor: Cow<'w, str>,
}

/// Reads and checks the cells that every row of a statement must have.
pub(super) fn read_line<'w>(cells: &mut Cells, row: Record<'w>) -> RowResult<Line<'w>> {
    check_width(cells.table, row)?;
    let transaction = cells.day(row, Role::TransactionDate)?;
    let posting = cells.day(row, Role::PostingDate)?;
    let day = match transaction.or(posting) {
        Some(day) => day,
        None if cells.table.columns.get(Role::TransactionDate).is_some() => {
            cells.needed_day(row, Role::TransactionDate)?
        }
        None => cells.needed_day(row, Role::PostingDate)?,
    };
    let (role, amount, directed) = value(cells, row)?;
    let unit = cells.unit(row, role, amount.currency)?;
    let column = cells.table.columns.get(role).unwrap_or_default();
    cells.check_decimals(amount.figure, unit, column)?;
    let value = if cells.table.layout.positive_is_charge { amount.figure.negated() } else { amount.figure };
    let is_wallet = cells.table.layout.reading == Reading::Wallet;
    let fee = cells.amount_of(row, Role::Fee)?.map(|fee| fee.figure.unsigned()).filter(|fee| !fee.is_zero());
    if let (Some(fee), Some(column)) = (fee, cells.table.columns.get(Role::Fee)) {
        cells.check_decimals(fee, unit, column)?;
    }
    let balance = cells.amount_of(row, Role::Balance)?.map(|balance| balance.figure);
    let descriptor = cells.text(row, Role::Descriptor);
    // A wallet's fee is inside the net amount.
    let fee = fee.filter(|_| !is_wallet);
    Ok(Line { day, transaction, posting, value, directed, unit, fee, balance, descriptor })
}

fn check_width(table: &Table, row: Record) -> RowResult<()> {
    let width = table.titles.len();
    let needed = |role: Role| table.columns.get(role);
    let wanted = table.layout.needs.iter().flatten().filter_map(|&role| needed(role)).max().unwrap_or(0);
    let too_few = row.width() <= wanted;
    let too_many = row.width() > width && (width..row.width()).any(|column| !row.raw(column).is_empty());
    if !too_few && !too_many {
        return Ok(());
    }
    let message = format!("the row has {} cells and the header {width}", row.width());
    let hint = if too_many {
        "a delimiter inside a text must stand in quotes"
    } else {
        "the row may be cut off; cells that are empty still need their delimiters"
    };
    let mut fault = RowFault::new("row-width", 0, message, format!("{width} cells"));
    fault.column = None;
    Err(fault.with_hint(hint))
}

/// The amount of a row by whichever columns the layout has, the role it came from, and whether it has a direction.
fn value(cells: &Cells, row: Record) -> RowResult<(Role, AmountCell, bool)> {
    let columns = &cells.table.columns;
    let missing = |role: Role| {
        let column = columns.get(role).unwrap_or_default();
        let fault = AmountFault { at: 0, length: 0, problem: AmountProblem::Empty };
        cells.amount_fault("", column, fault)
    };
    if columns.get(Role::Net).is_some() {
        let net = cells.amount_of(row, Role::Net)?.ok_or_else(|| missing(Role::Net))?;
        cells.amount_of(row, Role::Gross)?;
        return Ok((Role::Net, net, true));
    }
    if columns.get(Role::Gross).is_some() {
        let gross = cells.amount_of(row, Role::Gross)?.ok_or_else(|| missing(Role::Gross))?;
        let fee = cells.amount_of(row, Role::Fee)?.map_or(Some(gross.figure), |fee| gross.figure.plus(fee.figure));
        let figure = fee.ok_or_else(|| missing(Role::Gross))?;
        return Ok((Role::Gross, AmountCell { figure, ..gross }, true));
    }
    if columns.get(Role::Amount).is_some() {
        let amount = cells.amount_of(row, Role::Amount)?.ok_or_else(|| missing(Role::Amount))?;
        let Some(column) = columns.get(Role::Direction) else { return Ok((Role::Amount, amount, true)) };
        let word = cells.text(row, Role::Direction);
        let unsigned = amount.figure.unsigned();
        let (figure, directed) = match cells.table.layout.direction(&word) {
            Some(Direction::Out) => (unsigned.negated(), true),
            Some(Direction::In) => (unsigned, true),
            Some(Direction::None) => (unsigned, false),
            None => {
                let message = format!("{} does not say whether money went out or came in", literal(&word));
                return Err(RowFault::new("cell-direction", column, message, "`debit` or `credit`"));
            }
        };
        return Ok((Role::Amount, AmountCell { figure, ..amount }, directed));
    }
    debit_or_credit(cells, row, &missing)
}

fn debit_or_credit(
    cells: &Cells,
    row: Record,
    missing: &dyn Fn(Role) -> Box<RowFault>,
) -> RowResult<(Role, AmountCell, bool)> {
    let side = |role: Role| -> RowResult<Option<AmountCell>> {
        let Some(column) = cells.table.columns.get(role) else { return Ok(None) };
        let Some(amount) = cells.amount(row, column)? else { return Ok(None) };
        // A column in which every amount has a minus says by it only what its title says already.
        let turned = cells.conventions.is_all_negative(column);
        let figure = if turned { amount.figure.negated() } else { amount.figure };
        Ok(Some(AmountCell { figure, ..amount }))
    };
    let (debit, credit) = (side(Role::Debit)?, side(Role::Credit)?);
    let is_zero = |amount: &AmountCell| amount.figure.is_zero();
    match (debit, credit) {
        (Some(debit), Some(credit)) if !is_zero(&debit) && !is_zero(&credit) => {
            let column = cells.table.columns.get(Role::Credit).unwrap_or_default();
            let message = "the row has a debit and a credit".to_string();
            Err(RowFault::new("cell-amount", column, message, "one of the two"))
        }
        (Some(debit), credit) if !is_zero(&debit) || credit.is_none() => {
            Ok((Role::Debit, AmountCell { figure: debit.figure.negated(), ..debit }, true))
        }
        (_, Some(credit)) => Ok((Role::Credit, credit, true)),
        _ => {
            let role = if cells.table.columns.get(Role::Debit).is_some() { Role::Debit } else { Role::Credit };
            Err(missing(role))
        }
    }
}
