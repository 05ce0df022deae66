//! Which rows of a wallet belong to a payment without naming the vendor.
//!
//! Conversion legs, funding rows and refunds' withdrawals carry no name; they refer to the payment by its identifier,
//! directly or over another such row; in older files the legs of a refund refer to the purchase, as the refund does. A
//! payment may in turn refer to a hold. Rows are followed a few steps only, so that two rows that refer to each other (a
//! conversion by the user) end the walk. An agreement that many payments share links none of them.

use crate::domain::names_agreement;
use crate::source::Record;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many references are followed from a row to a payment.
const STEPS_MAX: usize = 3;
/// How many rows without their payment are kept of one file.
const PARTED_MAX: usize = 1000;

struct WalletRow {
    id: Range<usize>,
    reference: Range<usize>,
    place: (usize, u32),
    kept: bool,
}

/// The rows of a wallet's file with their references.
#[derive(Default)]
pub(super) struct WalletRows {
    rows: Vec<WalletRow>,
    /// The identifiers, one behind the other.
    names: String,
}

impl WalletRows {
    /// Adds a row; `kept` where it names the vendor.
    pub(super) fn add(&mut self, row: Record, id: &str, reference: &str, kept: bool) {
        self.push(row.place(), id, reference, kept);
    }

    fn push(&mut self, place: (usize, u32), id: &str, reference: &str, kept: bool) {
        let mut name = |text: &str| {
            let start = self.names.len();
            self.names.push_str(text);
            start..self.names.len()
        };
        let (id, reference) = (name(id), name(reference));
        self.rows.push(WalletRow { id, reference, place, kept });
    }

    /// Byte and line of the rows that belong to a kept row and were not kept themselves.
    pub(super) fn linked(&mut self) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for _ in 0..STEPS_MAX {
            let name = |range: &Range<usize>| &self.names[range.clone()];
            let kept = || self.rows.iter().filter(|row| row.kept);
            let ids: BTreeSet<&str> = kept().map(|row| name(&row.id)).filter(|id| !id.is_empty()).collect();
            let references: BTreeSet<&str> =
                kept().map(|row| name(&row.reference)).filter(|id| !id.is_empty() && !names_agreement(id)).collect();
            let before = found.len();
            for row in self.rows.iter_mut().filter(|row| !row.kept) {
                let reference = name(&row.reference);
                if ids.contains(reference) || references.contains(name(&row.id)) || references.contains(reference) {
                    row.kept = true;
                    found.push(row.place);
                }
            }
            if found.len() == before {
                break;
            }
        }
        found
    }

    /// Byte and line of the rows that refer to a row which is not in the file: their payment may stand in another
    /// export. The first few only.
    pub(super) fn parted(&self) -> Vec<(usize, u32)> {
        let name = |range: &Range<usize>| &self.names[range.clone()];
        let refers = |row: &&WalletRow| !row.reference.is_empty() && !names_agreement(name(&row.reference));
        let wanted: BTreeSet<&str> = self.rows.iter().filter(refers).map(|row| name(&row.reference)).collect();
        let there: BTreeSet<&str> =
            self.rows.iter().map(|row| name(&row.id)).filter(|id| wanted.contains(id)).collect();
        let parted = self.rows.iter().filter(|row| !row.kept && refers(row) && !there.contains(name(&row.reference)));
        parted.map(|row| row.place).take(PARTED_MAX).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(rows: &[(&'static str, &'static str, bool)]) -> Vec<u32> {
        let mut all = WalletRows::default();
        for (line, &(id, reference, kept)) in (1u32..).zip(rows) {
            all.push((0, line), id, reference, kept);
        }
        let mut lines: Vec<u32> = all.linked().into_iter().map(|(_, line)| line).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn legs_of_a_payment_are_kept_and_strangers_are_not() {
        assert_eq!(linked(&[("P", "B-1", true), ("C1", "P", false), ("C2", "P", false), ("X", "Y", false)]), [2, 3]);
        // A refund without a name, its conversion, its withdrawal.
        assert_eq!(linked(&[("P", "", true), ("R", "P", false), ("C", "R", false), ("W", "C", false)]), [2, 3, 4]);
        assert_eq!(linked(&[("P", "HOLD", true), ("HOLD", "", false), ("VOID", "HOLD", false)]), [2, 3]);
        assert_eq!(linked(&[("", "", true), ("", "", false), ("A", "", false)]), [] as [u32; 0]);
    }

    #[test]
    fn legs_that_refer_to_a_purchase_of_another_export_come_with_the_refund() {
        assert_eq!(linked(&[("R", "P", true), ("C1", "P", false), ("C2", "P", false), ("X", "Q", false)]), [2, 3]);
    }

    #[test]
    fn an_agreement_links_no_rows() {
        assert_eq!(linked(&[("P", "B-1", true), ("Q", "B-1", false), ("B-1", "", false)]), [] as [u32; 0]);
        assert_eq!(linked(&[("P", "O-1", true), ("O-1", "", false)]), [2]);
    }

    #[test]
    fn rows_without_their_payment_are_named() {
        let mut all = WalletRows::default();
        for (line, (id, reference)) in
            (1u32..).zip([("P", ""), ("C1", "P"), ("C2", "GONE"), ("Q", "B-1"), ("A", "B"), ("B", "A")])
        {
            all.push((0, line), id, reference, false);
        }
        assert_eq!(all.parted(), [(0, 3)]);
    }

    #[test]
    fn rows_that_refer_to_each_other_end_the_walk() {
        assert_eq!(linked(&[("A", "B", false), ("B", "A", false), ("P", "", true)]), [] as [u32; 0]);
        assert_eq!(linked(&[("A", "B", true), ("B", "A", false)]), [2]);
        assert_eq!(
            linked(&[("P", "", true), ("1", "P", false), ("2", "1", false), ("3", "2", false), ("4", "3", false)]),
            [2, 3, 4]
        );
    }
}
