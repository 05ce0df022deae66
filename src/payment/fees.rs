//! Separate fee rows tied to the charge they belong to.
//!
//! Banks print a foreign-transaction fee as a row of its own. Such a row names no merchant, so it is tied only where
//! exactly one vendor charge of the same instrument and day could have caused it; a fee that might belong to somebody
//! else's charge is left alone.

use super::{Direction, InstrumentId, Ledger, PaymentRow, RowRole};
use crate::domain::{Entry, EntryKind, EntryStatus, Money};

/// Largest fee in percent of its charge (issuer fees of 3.5 % plus tax on the fee stay below, fx.md section 10).
const FEE_PERCENT_MAX: i64 = 6;

/// Ties fee rows to charges; `instrument_of` names the instrument of each entry.
pub(super) fn tie(ledger: &mut Ledger, instrument_of: &[InstrumentId]) {
    let mut ties: Vec<(usize, usize, Money)> = Vec::new();
    for (row, entry) in ledger.entries.iter().enumerate() {
        if entry.kind != EntryKind::Fee || entry.merchant.is_some() {
            continue;
        }
        let Some(fee) = entry.money().filter(|money| money.is_negative()).map(Money::abs) else { continue };
        let mut charges =
            (0..ledger.payments.len()).filter(|index| could_cause(ledger, *index, entry, fee, row, instrument_of));
        if let (Some(charge), None) = (charges.next(), charges.next()) {
            ties.push((charge, row, fee));
        }
    }
    for (charge, row, fee) in ties {
        let payment = &mut ledger.payments[charge];
        let sum = match payment.fees {
            None => Some(fee),
            Some(sum) => sum.checked_add(fee).ok(),
        };
        if sum.is_some() {
            payment.fees = sum;
            payment.rows.push(PaymentRow { entry: row, role: RowRole::Fee });
        }
    }
}

fn could_cause(
    ledger: &Ledger,
    index: usize,
    fee_row: &Entry,
    fee: Money,
    row: usize,
    instrument_of: &[InstrumentId],
) -> bool {
    let payment = &ledger.payments[index];
    let charge = payment.home_amount;
    let same_day =
        fee_row.day().is_some_and(|day| payment.transaction_day == Some(day) || payment.posting_day == Some(day));
    payment.direction == Direction::Charge
        && payment.status == EntryStatus::Posted
        && payment.instrument == instrument_of[row]
        && !ledger.instruments[payment.instrument.0].is_wallet
        && charge.currency() == fee.currency()
        && same_day
        && fee.minor_units().saturating_mul(100) <= charge.minor_units().saturating_mul(FEE_PERCENT_MAX)
}
