//! Which rows of a wallet belong to a payment without naming the vendor.
//!
//! Conversion legs, funding rows and refunds' withdrawals carry no name; they refer to the payment by its identifier,
//! directly or over another such row. A payment may in turn refer to a hold. Rows are followed a few steps only, so
//! that two rows that refer to each other (a conversion by the user) end the walk.

use crate::source::Row;
use std::collections::BTreeSet;

/// How many references are followed from a row to a payment.
const STEPS_MAX: usize = 3;

struct WalletRow<'t> {
    id: &'t str,
    reference: &'t str,
    start: usize,
    line: u32,
    kept: bool,
}

/// The rows of a wallet's file with their references.
#[derive(Default)]
pub(super) struct WalletRows<'t>(Vec<WalletRow<'t>>);

impl<'t> WalletRows<'t> {
    /// Adds a row; `kept` where it names the vendor.
    pub(super) fn add(&mut self, row: &Row, id: &'t str, reference: &'t str, kept: bool) {
        self.0.push(WalletRow { id, reference, start: row.start(), line: row.line(), kept });
    }

    /// Byte and line of the rows that belong to a kept row and were not kept themselves.
    pub(super) fn linked(&mut self) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        for _ in 0..STEPS_MAX {
            let kept = || self.0.iter().filter(|row| row.kept);
            let ids: BTreeSet<&str> = kept().map(|row| row.id).filter(|id| !id.is_empty()).collect();
            let references: BTreeSet<&str> = kept().map(|row| row.reference).filter(|id| !id.is_empty()).collect();
            let before = found.len();
            for row in self.0.iter_mut().filter(|row| !row.kept) {
                let leads_to = !row.reference.is_empty() && ids.contains(row.reference);
                if leads_to || (!row.id.is_empty() && references.contains(row.id)) {
                    row.kept = true;
                    found.push((row.start, row.line));
                }
            }
            if found.len() == before {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(rows: &[(&'static str, &'static str, bool)]) -> Vec<u32> {
        let mut all = WalletRows(Vec::new());
        for (line, &(id, reference, kept)) in (1u32..).zip(rows) {
            all.0.push(WalletRow { id, reference, start: 0, line, kept });
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
    fn rows_that_refer_to_each_other_end_the_walk() {
        assert_eq!(linked(&[("A", "B", false), ("B", "A", false), ("P", "", true)]), [] as [u32; 0]);
        assert_eq!(linked(&[("A", "B", true), ("B", "A", false)]), [2]);
        assert_eq!(
            linked(&[("P", "", true), ("1", "P", false), ("2", "1", false), ("3", "2", false), ("4", "3", false)]),
            [2, 3, 4]
        );
    }
}
