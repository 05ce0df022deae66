//! A wallet's rows folded into payments.
//!
//! The wallet's identifiers hold the rows together, wherever in the files they stand: conversion and funding rows refer
//! to the purchase, a refund refers to the purchase and brings its own conversion pair, which refers to the refund
//! (newer files) or to the purchase (older ones: `legs` tells the pairs apart by sign and time). A purchase that refers
//! to an authorization captured it; holds and their releases hang on the authorization (`holds`). Rows with one
//! identifier are states of one row. A leg without its purchase is reported and never a charge.

mod holds;
mod legs;

use super::{
    Direction, Identifiers, InstrumentId, Ledger, Payment, PaymentRow, RowRole, UNNAMED, identifier_key,
    single_row_payment,
};
use crate::domain::{Entry, EntryKind, EntryStatus, Money};
use std::collections::{BTreeMap, BTreeSet};

/// How often rows that refer to rows of a payment are looked for: a leg, its own leg, and what hangs on that.
const STEPS_MAX: usize = 3;

/// Which rows refer to which, by identifier.
struct Links {
    by_id: BTreeMap<String, Vec<usize>>,
    by_reference: BTreeMap<String, Vec<usize>>,
}

impl Links {
    fn of(entries: &[Entry], rows: &[usize]) -> Links {
        let mut links = Links { by_id: BTreeMap::new(), by_reference: BTreeMap::new() };
        for &row in rows {
            let entry = &entries[row];
            for (key, map) in [(id_of(entry), &mut links.by_id), (reference_of(entry), &mut links.by_reference)] {
                if let Some(key) = key {
                    map.entry(key).or_default().push(row);
                }
            }
        }
        links
    }

    fn with_id(&self, key: &str) -> impl Iterator<Item = usize> {
        self.by_id.get(key).into_iter().flatten().copied()
    }

    fn referring_to(&self, key: &str) -> impl Iterator<Item = usize> {
        self.by_reference.get(key).into_iter().flatten().copied()
    }
}

fn id_of(entry: &Entry) -> Option<String> {
    entry.id.as_deref().map(identifier_key).filter(|key| !key.is_empty())
}

/// What a row refers to, where that is a row and not an agreement that many rows share.
fn reference_of(entry: &Entry) -> Option<String> {
    entry.row_reference().map(identifier_key).filter(|key| !key.is_empty())
}

/// The rows of one wallet while they are folded.
struct Folding<'a> {
    entries: &'a [Entry],
    instrument: InstrumentId,
    links: Links,
    used: BTreeSet<usize>,
    payments: Vec<Payment>,
}

/// Folds the rows of one wallet into payments of the ledger.
pub(super) fn fold(ledger: &mut Ledger, instrument: InstrumentId, rows: &[usize]) {
    let entries = &ledger.entries;
    let links = Links::of(entries, rows);
    let mut folding = Folding { entries, instrument, links, used: BTreeSet::new(), payments: Vec::new() };
    for wanted in [EntryKind::Purchase, EntryKind::Refund, EntryKind::Chargeback] {
        for &row in rows {
            folding.payment_of(row, wanted);
        }
    }
    for &row in rows {
        folding.take_back(row);
    }
    for &row in rows {
        folding.hold_of(row);
    }
    folding.attach_rest(rows);
    let orphans: Vec<usize> = rows.iter().copied().filter(|row| folding.is_orphan(*row)).collect();
    let payments = folding.payments;
    ledger.orphans.extend(orphans.iter().map(|row| ledger.entries[*row].at));
    ledger.payments.extend(payments);
}

impl<'a> Folding<'a> {
    fn entry(&self, row: usize) -> &'a Entry {
        &self.entries[row]
    }

    /// Whether a row is the vendor's: it says so, or the row says so that it refers to.
    fn is_vendor(&self, row: usize) -> bool {
        let entry = self.entry(row);
        let parent = reference_of(entry);
        entry.merchant.is_some()
            || parent.is_some_and(|key| self.links.with_id(&key).any(|row| self.entry(row).merchant.is_some()))
    }

    /// Whether another row is a later state of the same row: same identifier and kind, further on its way, or, in
    /// another export, the same way and read last.
    fn is_superseded(&self, row: usize) -> bool {
        let entry = self.entry(row);
        let Some(key) = id_of(entry) else { return false };
        self.links.with_id(&key).filter(|other| *other != row).any(|other| {
            let later = self.entry(other);
            let alike = later.kind == entry.kind && later.leaves() == entry.leaves();
            let (mine, its) = (advance(entry.status), advance(later.status));
            alike && (its > mine || (its == mine && other > row && !share_file(entry, later)))
        })
    }

    /// Makes a purchase or refund of a row of the wanted kind.
    fn payment_of(&mut self, row: usize, wanted: EntryKind) {
        let entry = self.entry(row);
        if entry.kind != wanted || self.used.contains(&row) || !self.is_vendor(row) || self.is_superseded(row) {
            return;
        }
        let takes_back = wanted != EntryKind::Purchase && entry.leaves();
        let merchant = entry.merchant.unwrap_or(UNNAMED);
        let payment = single_row_payment(entry, row, self.instrument, merchant).filter(|_| !takes_back);
        if let Some(mut payment) = payment {
            self.used.insert(row);
            self.gather_states(&mut payment);
            match payment.direction {
                Direction::Charge => self.gather_charge_legs(&mut payment),
                Direction::Refund => self.gather_refund_legs(&mut payment),
            }
            self.gather_holds(&mut payment);
            self.finish(payment);
        }
    }

    /// The earlier states of the payment's own row.
    fn gather_states(&mut self, payment: &mut Payment) {
        let main = payment.main_entry();
        let Some(key) = id_of(self.entry(main)) else { return };
        let states: Vec<usize> = self.links.with_id(&key).filter(|row| !self.used.contains(row)).collect();
        for row in states {
            let kind = self.entry(row).kind;
            let is_state = kind == self.entry(main).kind && self.is_superseded(row);
            if is_state || matches!(kind, EntryKind::Authorization | EntryKind::Memo) {
                self.add(payment, row, RowRole::Authorization);
            }
        }
    }

    fn add(&mut self, payment: &mut Payment, row: usize, role: RowRole) {
        self.used.insert(row);
        payment.rows.push(PaymentRow { entry: row, role });
    }

    /// Prices the payment and keeps it.
    fn finish(&mut self, mut payment: Payment) {
        payment.rows[1..].sort_by_key(|row| (row.role, row.entry));
        price(self.entries, &mut payment);
        self.payments.push(payment);
    }

    /// A refund that was taken back: the charge stands again.
    fn take_back(&mut self, row: usize) {
        let entry = self.entry(row);
        let is_refund = matches!(entry.kind, EntryKind::Refund | EntryKind::Chargeback);
        if !is_refund || self.used.contains(&row) || entry.status != EntryStatus::Posted {
            return;
        }
        let Some(money) = entry.money().filter(|money| money.is_negative()).map(Money::abs) else { return };
        let key = reference_of(entry);
        let undone = self.payments.iter_mut().find(|payment| {
            let same = payment.refers_to.is_some() && payment.refers_to == key;
            let by_id = id_of(&self.entries[payment.main_entry()]);
            let its_own = by_id.is_some() && by_id == key;
            payment.direction == Direction::Refund
                && payment.status == EntryStatus::Posted
                && (same || its_own)
                && payment.amounts().any(|amount| amount == money)
        });
        if let Some(payment) = undone {
            payment.status = EntryStatus::Voided;
            payment.rows.push(PaymentRow { entry: row, role: RowRole::Release });
            self.used.insert(row);
        }
    }

    /// Rows that hang on a payment and move none of its figures: a bounced deposit, money sent on to the bank.
    fn attach_rest(&mut self, rows: &[usize]) {
        for _ in 0..STEPS_MAX {
            let mut owner: BTreeMap<String, usize> = BTreeMap::new();
            for (index, payment) in self.payments.iter().enumerate() {
                for key in payment.rows.iter().filter_map(|row| id_of(self.entry(row.entry))) {
                    owner.entry(key).or_insert(index);
                }
            }
            let before = self.used.len();
            for &row in rows.iter().filter(|row| !self.used.contains(row)).collect::<Vec<_>>() {
                let entry = self.entry(row);
                let payment = reference_of(entry).and_then(|key| owner.get(&key).copied());
                let (Some(payment), Some(role)) = (payment, rest_role(entry)) else { continue };
                self.used.insert(row);
                self.payments[payment].rows.push(PaymentRow { entry: row, role });
            }
            if self.used.len() == before {
                return;
            }
        }
    }

    /// Whether money moved by a row that belongs to a payment, and no payment has it.
    fn is_orphan(&self, row: usize) -> bool {
        let entry = self.entry(row);
        let is_part = matches!(entry.kind, EntryKind::Conversion | EntryKind::Funding);
        let takes_back =
            matches!(entry.kind, EntryKind::Refund | EntryKind::Chargeback) && entry.leaves() && self.is_vendor(row);
        let moved = matches!(entry.status, EntryStatus::Posted | EntryStatus::Unknown);
        (is_part || takes_back) && moved && !self.used.contains(&row)
    }
}

/// How far a state lies from the beginning.
fn advance(status: EntryStatus) -> u32 {
    match status {
        EntryStatus::Unknown => 0,
        EntryStatus::Pending => 1,
        EntryStatus::Posted | EntryStatus::Voided | EntryStatus::Expired | EntryStatus::Declined => 2,
    }
}

/// Whether one export holds both rows.
fn share_file(first: &Entry, second: &Entry) -> bool {
    let files = |entry: &Entry| -> BTreeSet<_> {
        entry.also_at.iter().chain(std::iter::once(&entry.at)).map(|at| at.source).collect()
    };
    !files(first).is_disjoint(&files(second))
}

fn rest_role(entry: &Entry) -> Option<RowRole> {
    if entry.status == EntryStatus::Declined {
        return Some(RowRole::Denied);
    }
    match entry.kind {
        EntryKind::Conversion => Some(RowRole::Conversion),
        EntryKind::Funding | EntryKind::Withdrawal => Some(RowRole::Funding),
        EntryKind::Fee => Some(RowRole::Fee),
        EntryKind::Authorization => Some(RowRole::Authorization),
        EntryKind::AuthorizationReversal => Some(RowRole::Release),
        _ => None,
    }
}

/// Works out what the payment cost at home: the conversion legs in the other currency, else the purchase itself.
///
/// Where the conversion brought in less than the purchase, the rest came from a balance in the purchase's currency; then
/// no amount at home is the whole cost, and the purchase's own amount stands.
fn price(entries: &[Entry], payment: &mut Payment) {
    let merchant_amount = payment.home_amount;
    // A name may hold a telephone number, which all payments share; only the wallet's own columns identify one.
    payment.identifiers = Identifiers::default();
    let mut home: Option<Money> = None;
    let mut foreign: Option<Money> = None;
    for row in &payment.rows {
        let entry = &entries[row.entry];
        let Some(money) = entry.money().map(Money::abs) else { continue };
        match row.role {
            RowRole::Conversion => {
                let sum = if money.currency() == merchant_amount.currency() { &mut foreign } else { &mut home };
                *sum = match *sum {
                    None => Some(money),
                    Some(known) => known.checked_add(money).ok().or(Some(known)),
                };
            }
            RowRole::Funding => payment.funding.push(money),
            _ => {}
        }
        for text in [&entry.memo, entry.id.as_deref().unwrap_or_default()] {
            payment.identifiers.insert_from(text);
        }
    }
    let whole = foreign.is_none_or(|foreign| foreign.minor_units() >= merchant_amount.minor_units());
    payment.merchant_amount = Some(merchant_amount);
    payment.home_amount = home.filter(|_| whole).unwrap_or(merchant_amount);
}
