//! Authorizations: those that a purchase captured, and those that nothing captured.

use super::{Folding, id_of, reference_of};
use crate::domain::{EntryKind, EntryStatus};
use crate::payment::{Direction, Payment, RowRole, UNNAMED, single_row_payment};
use std::collections::BTreeSet;

impl Folding<'_> {
    /// The authorization that a payment refers to, the holds that hang on it, and their releases.
    ///
    /// One authorization may be captured in parts: the first of its purchases has it, the others stand alone.
    pub(super) fn gather_holds(&mut self, payment: &mut Payment) {
        let main = self.entry(payment.main_entry());
        let mut open: Vec<String> = reference_of(main).into_iter().chain(id_of(main)).collect();
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        while let Some(key) = open.pop() {
            let around: Vec<usize> = self.links.with_id(&key).chain(self.links.referring_to(&key)).collect();
            for row in around {
                let entry = self.entry(row);
                let role = match entry.kind {
                    EntryKind::Authorization => RowRole::Authorization,
                    EntryKind::AuthorizationReversal => RowRole::Release,
                    _ => continue,
                };
                if self.used.contains(&row) {
                    continue;
                }
                self.add(payment, row, role);
                let further = [id_of(entry), reference_of(entry)].into_iter().flatten();
                open.extend(further.filter(|key| seen.insert(key.clone())));
            }
        }
    }

    /// Makes a payment that moved nothing of an authorization that no purchase captured.
    pub(super) fn hold_of(&mut self, row: usize) {
        let entry = self.entry(row);
        if entry.kind != EntryKind::Authorization || self.used.contains(&row) || !self.is_vendor(row) {
            return;
        }
        let merchant = entry.merchant.unwrap_or(UNNAMED);
        let Some(mut payment) = single_row_payment(entry, row, self.instrument, merchant) else { return };
        self.used.insert(row);
        self.gather_holds(&mut payment);
        payment.direction = Direction::Charge;
        payment.merchant_amount = Some(payment.home_amount);
        let ended = payment.rows.iter().map(|row| self.entry(row.entry)).find_map(|entry| match entry.status {
            EntryStatus::Voided | EntryStatus::Expired | EntryStatus::Declined => Some(entry.status),
            _ if entry.kind == EntryKind::AuthorizationReversal => Some(EntryStatus::Voided),
            _ => None,
        });
        payment.status = ended.unwrap_or(EntryStatus::Pending);
        payment.rows[1..].sort_by_key(|row| (row.role, row.entry));
        self.payments.push(payment);
    }
}
