//! A wallet's rows folded into payments.
//!
//! The wallet's identifiers hold the rows together: conversion and funding rows refer to the purchase, a refund refers
//! to the purchase and brings its own conversion pair, which refers to the refund (newer files) or to the purchase
//! (older ones; the signs tell the pairs apart). An authorization that a purchase refers to belongs to the purchase.

use super::{
    Direction, InstrumentId, Ledger, Payment, PaymentRow, RowRole, UNNAMED, identifier_key, identifiers_in,
    single_row_payment,
};
use crate::domain::{Entry, EntryKind, EntryStatus, Money};
use std::collections::{BTreeMap, BTreeSet};

/// Which rows refer to which, by identifier.
struct Links {
    by_id: BTreeMap<String, Vec<usize>>,
    by_reference: BTreeMap<String, Vec<usize>>,
}

fn links(entries: &[Entry], rows: &[usize]) -> Links {
    let mut links = Links { by_id: BTreeMap::new(), by_reference: BTreeMap::new() };
    for &row in rows {
        let entry = &entries[row];
        for (text, map) in [(&entry.id, &mut links.by_id), (&entry.reference, &mut links.by_reference)] {
            if let Some(key) = text.as_deref().map(identifier_key).filter(|key| !key.is_empty()) {
                map.entry(key).or_default().push(row);
            }
        }
    }
    links
}

fn key_of(text: &Option<String>) -> Option<String> {
    text.as_deref().map(identifier_key).filter(|key| !key.is_empty())
}

/// Folds the rows of one wallet into payments of the ledger.
pub(super) fn fold(ledger: &mut Ledger, instrument: InstrumentId, rows: &[usize]) {
    let links = links(&ledger.entries, rows);
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut payments = Vec::new();
    for wanted in [EntryKind::Purchase, EntryKind::Refund, EntryKind::Chargeback] {
        for &row in rows {
            let entry = &ledger.entries[row];
            let is_vendor = entry.merchant.is_some() || refers_to_vendor(&ledger.entries, &links, row);
            if entry.kind != wanted || used.contains(&row) || !is_vendor {
                continue;
            }
            let merchant = entry.merchant.unwrap_or(UNNAMED);
            if let Some(mut payment) = single_row_payment(entry, row, instrument, merchant) {
                used.insert(row);
                gather(&ledger.entries, &links, &mut payment, &mut used);
                price(&ledger.entries, &mut payment);
                payments.push(payment);
            }
        }
    }
    payments.extend(holds(&ledger.entries, &links, instrument, rows, &mut used));
    ledger.payments.extend(payments);
    for &row in rows {
        let entry = &ledger.entries[row];
        if !used.contains(&row) && matches!(entry.kind, EntryKind::Conversion | EntryKind::Funding) {
            ledger.orphans.push(entry.at);
        }
    }
}

/// Whether the row a row refers to names the vendor.
fn refers_to_vendor(entries: &[Entry], links: &Links, row: usize) -> bool {
    let parents = key_of(&entries[row].reference).and_then(|key| links.by_id.get(&key));
    parents.is_some_and(|rows| rows.iter().any(|parent| entries[*parent].merchant.is_some()))
}

/// Collects the rows that belong to a payment: those that refer to it, and the authorization it refers to.
fn gather(entries: &[Entry], links: &Links, payment: &mut Payment, used: &mut BTreeSet<usize>) {
    let main = &entries[payment.main_entry()];
    let mut members: Vec<usize> = Vec::new();
    for key in [key_of(&main.id), key_of(&main.reference)].into_iter().flatten() {
        // Rows with the same identifier are states of one authorization; rows that refer to it are its legs.
        members.extend(links.by_reference.get(&key).into_iter().flatten());
        members.extend(links.by_id.get(&key).into_iter().flatten());
    }
    members.sort_unstable();
    members.dedup();
    let own_key = key_of(&main.id);
    for row in members {
        let entry = &entries[row];
        let is_leg = own_key.is_some() && key_of(&entry.reference) == own_key;
        let role = match entry.kind {
            EntryKind::Authorization | EntryKind::Memo => RowRole::Authorization,
            EntryKind::AuthorizationReversal => RowRole::Release,
            EntryKind::Conversion if is_leg || is_refund_leg(main, entry) => RowRole::Conversion,
            EntryKind::Funding | EntryKind::Withdrawal if is_leg => RowRole::Funding,
            EntryKind::Fee if is_leg => RowRole::Fee,
            _ => continue,
        };
        if used.contains(&row) || entry.status == EntryStatus::Declined || leg_of_other_sign(payment, main, entry) {
            continue;
        }
        used.insert(row);
        payment.rows.push(PaymentRow { entry: row, role });
    }
    payment.rows[1..].sort_by_key(|row| (row.role, row.entry));
}

/// An older file's conversion leg of a refund: it refers to the purchase, as the refund itself does.
fn is_refund_leg(main: &Entry, leg: &Entry) -> bool {
    main.kind == EntryKind::Refund && leg.reference == main.reference && leg.day() == main.day()
}

/// Whether a conversion leg runs the other way: a refund's pair among a purchase's legs, or the reverse.
fn leg_of_other_sign(payment: &Payment, main: &Entry, leg: &Entry) -> bool {
    if leg.kind != EntryKind::Conversion {
        return false;
    }
    let foreign = leg.currency == main.currency;
    let incoming = leg.value.is_sign_positive();
    match payment.direction {
        // A purchase is paid in the foreign currency that the conversion brings in.
        Direction::Charge => foreign != incoming,
        Direction::Refund => foreign == incoming,
    }
}

/// Works out what the payment cost at home: the conversion leg in the other currency, else the purchase itself.
fn price(entries: &[Entry], payment: &mut Payment) {
    let merchant_amount = payment.home_amount;
    // A name may hold a telephone number, which all payments share; only the wallet's own columns identify one.
    payment.identifiers.clear();
    let mut home: Option<Money> = None;
    for row in &payment.rows {
        let entry = &entries[row.entry];
        let Some(money) = entry.money().map(Money::abs) else { continue };
        match row.role {
            RowRole::Conversion if money.currency() != merchant_amount.currency() => {
                home = match home {
                    None => Some(money),
                    Some(sum) => sum.checked_add(money).ok().or(Some(sum)),
                };
            }
            RowRole::Funding => payment.funding.push(money),
            _ => {}
        }
        for text in [&entry.memo, entry.id.as_deref().unwrap_or_default()] {
            identifiers_in(text, &mut payment.identifiers);
        }
    }
    payment.merchant_amount = Some(merchant_amount);
    payment.home_amount = home.unwrap_or(merchant_amount);
}

/// Authorizations that no purchase captured, one payment for each identifier.
fn holds(
    entries: &[Entry],
    links: &Links,
    instrument: InstrumentId,
    rows: &[usize],
    used: &mut BTreeSet<usize>,
) -> Vec<Payment> {
    let mut payments = Vec::new();
    for &row in rows {
        let entry = &entries[row];
        if entry.kind != EntryKind::Authorization || used.contains(&row) {
            continue;
        }
        let Some(merchant) = entry.merchant else { continue };
        let Some(mut payment) = single_row_payment(entry, row, instrument, merchant) else { continue };
        used.insert(row);
        gather(entries, links, &mut payment, used);
        payment.direction = Direction::Charge;
        payment.merchant_amount = Some(payment.home_amount);
        let ended = payment.rows.iter().map(|row| &entries[row.entry]).find_map(|entry| match entry.status {
            EntryStatus::Voided | EntryStatus::Expired | EntryStatus::Declined => Some(entry.status),
            _ if entry.kind == EntryKind::AuthorizationReversal => Some(EntryStatus::Voided),
            _ => None,
        });
        payment.status = ended.unwrap_or(EntryStatus::Pending);
        payments.push(payment);
    }
    payments
}
