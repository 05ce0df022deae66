//! Conversion and funding rows of a purchase or a refund.

use super::{Folding, id_of, reference_of};
use crate::domain::{Entry, EntryKind, EntryStatus};
use crate::payment::{Payment, RowRole};

/// How far from a refund's own row its legs may stand, in seconds. They are booked in the same second; a day allows for
/// files without times.
const LEG_SECONDS_MAX: i64 = SECONDS_A_DAY;
const SECONDS_A_DAY: i64 = 24 * 60 * 60;

impl Folding<'_> {
    /// The rows that refer to an identifier and belong to no payment yet. Earlier states of a leg are passed over.
    fn free_legs(&mut self, key: &str) -> Vec<usize> {
        let all: Vec<usize> = self.links.referring_to(key).filter(|row| !self.used.contains(row)).collect();
        let (old, free): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|row| {
            let is_leg = matches!(self.entry(*row).kind, EntryKind::Conversion | EntryKind::Funding);
            is_leg && self.is_superseded(*row)
        });
        self.used.extend(old);
        free
    }

    /// Legs of a purchase: what refers to it and brings money in, in the way that the purchase needs.
    pub(super) fn gather_charge_legs(&mut self, payment: &mut Payment) {
        let main = self.entry(payment.main_entry());
        let Some(key) = id_of(main) else { return };
        for row in self.free_legs(&key) {
            let leg = self.entry(row);
            let incoming = !leg.leaves();
            let role = match leg.kind {
                EntryKind::Conversion | EntryKind::Funding if was_refused(leg) => RowRole::Denied,
                // A purchase is paid in the foreign currency that the conversion brings in.
                EntryKind::Conversion if (leg.currency == main.currency) == incoming => RowRole::Conversion,
                EntryKind::Funding if incoming => RowRole::Funding,
                EntryKind::Fee => RowRole::Fee,
                EntryKind::Memo => {
                    // The lines of a cart repeat the purchase and move nothing.
                    self.used.insert(row);
                    continue;
                }
                _ => continue,
            };
            self.add(payment, row, role);
        }
    }

    /// Legs of a refund: what refers to it; in older files, what refers to the purchase and was booked with it.
    pub(super) fn gather_refund_legs(&mut self, payment: &mut Payment) {
        let main = self.entry(payment.main_entry());
        if let Some(key) = id_of(main) {
            for row in self.free_legs(&key) {
                let leg = self.entry(row);
                let role = match leg.kind {
                    EntryKind::Conversion | EntryKind::Funding if was_refused(leg) => RowRole::Denied,
                    EntryKind::Conversion if gives_back(main, leg) => RowRole::Conversion,
                    EntryKind::Funding | EntryKind::Withdrawal => RowRole::Funding,
                    EntryKind::Fee => RowRole::Fee,
                    _ => continue,
                };
                self.add(payment, row, role);
            }
        }
        let has_pair = payment.rows.iter().any(|row| row.role == RowRole::Conversion);
        if let Some(key) = reference_of(main).filter(|_| !has_pair) {
            self.gather_old_pair(payment, &key);
        }
    }

    /// The conversion pair and the withdrawal of a refund among the legs that refer to the purchase: the foreign leg
    /// nearest in time, of the refund's amount if there is one, and the home leg and withdrawal nearest to that.
    fn gather_old_pair(&mut self, payment: &mut Payment, purchase: &str) {
        let main = self.entry(payment.main_entry());
        let near: Vec<usize> = self
            .free_legs(purchase)
            .into_iter()
            .filter(|row| !was_refused(self.entry(*row)))
            .filter(|row| distance(main, self.entry(*row)).is_some_and(|apart| apart <= LEG_SECONDS_MAX))
            .collect();
        let pair =
            |row: &&usize| self.entry(**row).kind == EntryKind::Conversion && gives_back(main, self.entry(**row));
        let foreign = near
            .iter()
            .filter(pair)
            .filter(|row| self.entry(**row).currency == main.currency)
            .min_by_key(|row| {
                let leg = self.entry(**row);
                (leg.value.map(|v| v.abs()) != main.value.map(|v| v.abs()), distance(main, leg), **row)
            })
            .copied();
        let Some(foreign) = foreign else { return };
        let from_foreign = |row: &&usize| (distance(self.entry(foreign), self.entry(**row)), **row);
        let home = near
            .iter()
            .filter(pair)
            .filter(|row| self.entry(**row).currency != main.currency)
            .min_by_key(from_foreign)
            .copied();
        let amounts = [Some(main), home.map(|row| self.entry(row))].map(|leg| leg.and_then(Entry::money));
        let sent_on = near
            .iter()
            .filter(|row| {
                let leg = self.entry(**row);
                let money = leg.money();
                leg.kind == EntryKind::Withdrawal
                    && amounts.iter().flatten().any(|amount| money.is_some_and(|money| money.abs() == amount.abs()))
            })
            .min_by_key(from_foreign)
            .copied();
        self.add(payment, foreign, RowRole::Conversion);
        if let Some(home) = home {
            self.add(payment, home, RowRole::Conversion);
        }
        if let Some(row) = sent_on {
            self.add(payment, row, RowRole::Funding);
        }
    }
}

fn was_refused(leg: &Entry) -> bool {
    matches!(leg.status, EntryStatus::Declined | EntryStatus::Voided | EntryStatus::Expired)
}

/// Whether a conversion leg turns the refund's currency into the payer's own.
fn gives_back(refund: &Entry, leg: &Entry) -> bool {
    (leg.currency == refund.currency) == leg.leaves()
}

/// Seconds between two rows; by days alone where either states no time.
fn distance(first: &Entry, second: &Entry) -> Option<i64> {
    let days = second.day()?.days_since(first.day()?);
    let seconds = match (first.moment, second.moment) {
        (Some(a), Some(b)) => i64::from(b.second) - i64::from(a.second),
        _ => 0,
    };
    Some((days * SECONDS_A_DAY + seconds).abs())
}
