//! Which rows of a wallet belong to a payment without naming the vendor.
//!
//! Conversion legs, funding rows and refunds' withdrawals carry no name; they refer to the payment by its identifier,
//! directly or over another such row; in older files the legs of a refund refer to the purchase, as the refund does. A
//! payment may in turn refer to a hold. Rows are followed a few steps only, so that two rows that refer to each other (a
//! conversion by the user) end the walk. An agreement that many payments share links none of them.
//!
//! Of a row that names nobody only short digests are held, since a wallet's file can be long. They say which rows may
//! be linked; those are read again and compared as they are written.

use super::digest::RowDigest;
use crate::domain::names_agreement;
use crate::source::{Record, Role, Rows, Table};
use std::collections::BTreeSet;

/// How many references are followed from a row to a payment.
const STEPS_MAX: usize = 3;
/// How many rows without their payment are kept of one file.
const PARTED_MAX: usize = 1000;
/// Rows from one noted place to the next.
const ROWS_PER_PLACE: u32 = 256;
/// Number of the marks by which most digests are known to be of no interest.
const MARKS: usize = 1 << 16;

/// The rows of a wallet's file with their references.
#[derive(Default)]
pub(super) struct WalletRows {
    /// Digest of each row's identifier, 0 where it has none.
    ids: Digests,
    /// Rows that refer to something: by their number, whether to a row, and the digest of what they refer to.
    references: Vec<(u32, bool, u64)>,
    /// Byte and line of every so manyth row.
    places: Vec<(usize, u32)>,
    /// Numbers of the rows that are kept.
    kept: BTreeSet<u32>,
    /// Identifiers of the rows that are kept.
    kept_ids: BTreeSet<String>,
    /// What the rows that are kept refer to.
    kept_references: BTreeSet<String>,
}

/// Digests of five bytes each, one for every row of a long file.
#[derive(Default)]
struct Digests {
    low: Vec<u32>,
    high: Vec<u8>,
}

impl Digests {
    fn push(&mut self, digest: u64) {
        let [a, b, c, d, high, ..] = digest.to_le_bytes();
        self.low.push(u32::from_le_bytes([a, b, c, d]));
        self.high.push(high);
    }

    fn len(&self) -> usize {
        self.low.len()
    }

    fn iter(&self) -> impl Iterator<Item = u64> {
        self.low.iter().zip(&self.high).map(|(low, high)| u64::from(*high) << 32 | u64::from(*low))
    }
}

/// Digests looked for.
struct Wanted {
    marks: Vec<bool>,
    /// Sorted.
    digests: Vec<u64>,
}

/// A digest of five bytes: a name that is not among ten million others is taken for one of them once in 100,000 times.
fn digest_of(name: &str) -> u64 {
    if name.is_empty() {
        return 0;
    }
    let mut digest = RowDigest::new();
    digest.bytes(name.as_bytes());
    let [low, _] = digest.lanes();
    (low >> 24).max(1)
}

impl Wanted {
    fn new(mut digests: Vec<u64>) -> Wanted {
        digests.sort_unstable();
        digests.dedup();
        let mut marks = vec![false; MARKS];
        for digest in &digests {
            marks[Wanted::mark(*digest)] = true;
        }
        Wanted { marks, digests }
    }

    fn of(names: &BTreeSet<String>) -> Wanted {
        Wanted::new(names.iter().map(|name| digest_of(name)).collect())
    }

    fn mark(digest: u64) -> usize {
        usize::from(u16::from_le_bytes([digest.to_le_bytes()[0], digest.to_le_bytes()[1]]))
    }

    fn place(&self, digest: u64) -> Option<usize> {
        if self.marks[Wanted::mark(digest)] { self.digests.binary_search(&digest).ok() } else { None }
    }

    fn has(&self, digest: u64) -> bool {
        self.place(digest).is_some()
    }
}

impl WalletRows {
    /// Adds the next row; `kept` where it names the vendor.
    pub(super) fn add(&mut self, row: Record, id: &str, reference: &str, kept: bool) {
        let number = self.next(row);
        self.ids.push(digest_of(id));
        if !reference.is_empty() {
            self.references.push((number, !names_agreement(reference), digest_of(reference)));
        }
        if kept {
            self.keep(number, id, reference);
        }
    }

    /// Passes over a row that could not be read.
    pub(super) fn pass(&mut self, row: Record) {
        self.next(row);
        self.ids.push(0);
    }

    fn next(&mut self, row: Record) -> u32 {
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        if number.is_multiple_of(ROWS_PER_PLACE) {
            self.places.push(row.place());
        }
        number
    }

    fn keep(&mut self, number: u32, id: &str, reference: &str) {
        self.kept.insert(number);
        let filled = |name: &str| (!name.is_empty()).then(|| name.to_string());
        self.kept_ids.extend(filled(id));
        self.kept_references.extend(filled(reference).filter(|reference| !names_agreement(reference)));
    }

    /// Gives out the rows that belong to a kept row and were not kept themselves, the nearest first.
    pub(super) fn each_linked<'t>(&mut self, table: &'t Table<'t>, mut each: impl FnMut(Record)) {
        let raw = |row: Record, role: Role| table.columns.get(role).map_or("", |column| row.raw(column)).to_string();
        for _ in 0..STEPS_MAX {
            let mut found = Vec::new();
            self.read_again(table, &self.candidates(), |number, row| {
                let (id, reference) = (raw(row, Role::Id), raw(row, Role::Reference));
                let belongs = self.kept_references.contains(&id) || self.kept_references.contains(&reference);
                if belongs || self.kept_ids.contains(&reference) {
                    each(row);
                    found.push((number, id, reference));
                }
            });
            if found.is_empty() {
                break;
            }
            for (number, id, reference) in found {
                self.keep(number, &id, &reference);
            }
        }
    }

    /// Gives out the rows that refer to a row which is not in the file: their payment may stand in another export. The
    /// first few only.
    pub(super) fn each_parted<'t>(&self, table: &'t Table<'t>, mut each: impl FnMut(Record)) {
        let referring = || self.references.iter().filter(|row| row.1);
        let wanted = Wanted::new(referring().map(|row| row.2).collect());
        let mut there = vec![false; wanted.digests.len()];
        for place in self.ids.iter().filter_map(|id| wanted.place(id)) {
            there[place] = true;
        }
        let is_parted = |row: &&(u32, bool, u64)| {
            !self.kept.contains(&row.0) && wanted.place(row.2).is_some_and(|place| !there[place])
        };
        let parted = referring().filter(is_parted).map(|row| row.0).take(PARTED_MAX).collect();
        self.read_again(table, &parted, |_, row| each(row));
    }

    /// Numbers of the rows that may belong to a kept row, in order.
    fn candidates(&self) -> BTreeSet<u32> {
        let (ids, references) = (Wanted::of(&self.kept_ids), Wanted::of(&self.kept_references));
        let is_wanted = |digest: u64| ids.has(digest) || references.has(digest);
        let referring = self.references.iter().filter(|row| is_wanted(row.2)).map(|row| row.0);
        let referred = (0..).zip(self.ids.iter()).filter(|row| references.has(row.1)).map(|row| row.0);
        referring.chain(referred).filter(|number| !self.kept.contains(number)).collect()
    }

    /// Reads single rows again. Those that stand near each other are reached by reading on.
    fn read_again<'t>(&self, table: &'t Table<'t>, numbers: &BTreeSet<u32>, mut each: impl FnMut(u32, Record)) {
        let mut open: Option<(Rows<'t>, u32)> = None;
        for &number in numbers {
            let is_near = open.as_ref().is_some_and(|(_, next)| number - *next < ROWS_PER_PLACE);
            if !is_near {
                let block = number / ROWS_PER_PLACE;
                let Some(&place) = self.places.get(block as usize) else { return };
                open = Some((table.rows_at(place), block * ROWS_PER_PLACE));
            }
            let Some((rows, next)) = &mut open else { return };
            while *next <= number {
                let Ok(Some(row)) = rows.next_record() else { return };
                if *next == number {
                    each(number, row);
                }
                *next += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Found, Known, find_table};
    use proptest::prelude::*;
    use std::borrow::Cow;

    /// Lines of the rows that are linked, in the order in which they are given out; the first row stands in line 2.
    fn given_out(rows: &[(String, String, bool)]) -> (Vec<u32>, Vec<u32>) {
        let mut text = "Date,Name,Type,Currency,Net,Transaction ID,Reference Txn ID\n".to_string();
        for (id, reference, _) in rows {
            text.push_str(&format!("2026-01-02,x,y,USD,1.00,{id},{reference}\n"));
        }
        let Found::Table(table) = find_table("x.csv", Cow::Borrowed(&text), Known::default()) else {
            panic!("a table is expected")
        };
        let mut all = WalletRows::default();
        let mut reader = table.rows();
        for (id, reference, kept) in rows {
            all.add(reader.next_record().unwrap().unwrap(), id, reference, *kept);
        }
        let mut lines = Vec::new();
        all.each_linked(&table, |row| lines.push(row.line()));
        let mut parted = Vec::new();
        all.each_parted(&table, |row| parted.push(row.line()));
        (lines, parted)
    }

    fn linked(rows: &[(&str, &str, bool)]) -> Vec<u32> {
        let rows: Vec<_> = rows.iter().map(|row| (row.0.to_string(), row.1.to_string(), row.2)).collect();
        let mut numbers: Vec<u32> = given_out(&rows).0.into_iter().map(|line| line - 1).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The same without digests, places and reading again.
    fn plainly(rows: &[(String, String, bool)]) -> (Vec<u32>, Vec<u32>) {
        let mut kept: Vec<bool> = rows.iter().map(|row| row.2).collect();
        let line = |index: usize| u32::try_from(index).unwrap() + 2;
        let to_row = |reference: &str| !reference.is_empty() && !names_agreement(reference);
        let mut lines = Vec::new();
        for _ in 0..STEPS_MAX {
            let before = kept.clone();
            let all = || rows.iter().zip(&before).filter(|(_, kept)| **kept).map(|(row, _)| row);
            for (index, (id, reference, _)) in rows.iter().enumerate().filter(|(index, _)| !before[*index]) {
                let by_reference = !reference.is_empty() && all().any(|other| other.0 == *reference);
                let by_other = all().any(|other| to_row(&other.1) && (other.1 == *id || other.1 == *reference));
                if by_reference || by_other {
                    kept[index] = true;
                    lines.push(line(index));
                }
            }
        }
        let is_there = |reference: &str| rows.iter().any(|row| row.0 == reference);
        let parted =
            rows.iter().enumerate().filter(|(index, row)| !kept[*index] && to_row(&row.1) && !is_there(&row.1));
        (lines, parted.map(|(index, _)| line(index)).take(PARTED_MAX).collect())
    }

    proptest! {
        #[test]
        fn digests_and_places_change_nothing(
            rows in prop::collection::vec(("([A-Z]|B-)?[0-9]?", "([A-Z]|B-)?[0-9]?", 0u32..12), 1..600),
        ) {
            let rows: Vec<_> = rows.into_iter().map(|(id, reference, kept)| (id, reference, kept == 0)).collect();
            prop_assert_eq!(given_out(&rows), plainly(&rows));
        }
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
        let rows = [("P", ""), ("C1", "P"), ("C2", "GONE"), ("Q", "B-1"), ("A", "B"), ("B", "A")];
        let rows: Vec<_> = rows.iter().map(|row| (row.0.to_string(), row.1.to_string(), false)).collect();
        assert_eq!(given_out(&rows), (Vec::new(), vec![4]));
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
