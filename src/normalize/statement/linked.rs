//! Rows of a wallet that belong to a payment to the vendor without naming it.

use super::{Concern, StatementReader};
use crate::domain::{Entry, EntryKind, EntryStatus};
use crate::normalize::findings::RowFault;
use crate::normalize::legs::infer;
use crate::source::{Record, Role};

impl StatementReader<'_, '_> {
    /// Keeps the rows of a wallet that belong to a kept row without naming the vendor, and those whose payment is not in
    /// the file: another export may hold it.
    pub(super) fn keep_linked(&mut self) {
        let mut wallet = std::mem::take(&mut self.wallet);
        let mut unknown = Vec::new();
        wallet.each_linked(self.cells.table, |row| {
            self.relevant = self.relevant.saturating_add(1);
            self.keep_row(row, &mut unknown);
        });
        self.keep_proved(unknown);
        if !self.options.keep_all {
            wallet.each_parted(self.cells.table, |row| self.keep_parted(row));
        }
        self.entries.sort_by_key(|entry| entry.at);
    }

    /// Keeps one such row; one of unknown type is set aside.
    fn keep_row(&mut self, row: Record, unknown: &mut Vec<((usize, u32), Entry)>) {
        self.mentions.retain(|line| *line != row.line());
        let made = self.line(row).and_then(|line| self.maker.linked_entry(&self.cells, row, &line));
        if self.options.keep_all {
            // Every row was kept already, its words unchecked.
            self.entries.retain(|entry| entry.at.line != row.line());
        }
        match made {
            Ok((entry, true)) => self.entries.push(entry),
            Ok((entry, false)) => unknown.push((row.place(), entry)),
            Err(fault) => self.reject(row, &fault),
        }
    }

    /// Keeps the rows of unknown type whose kind the others prove; refuses the rest.
    fn keep_proved(&mut self, unknown: Vec<((usize, u32), Entry)>) {
        let rows: Vec<Entry> = unknown.iter().map(|(_, entry)| entry.clone()).collect();
        let kinds = infer(&self.entries, &rows);
        for ((place, entry), kind) in unknown.into_iter().zip(kinds) {
            if let Some(kind) = kind {
                self.entries.push(self.maker.settled(Entry { kind, ..entry }));
                continue;
            }
            let mut rows = self.cells.table.rows_at(place);
            if let Ok(Some(row)) = rows.next_record() {
                let fault = self.maker.unknown_kind(row);
                self.reject(row, &fault);
            }
        }
    }

    /// Keeps a conversion or funding row whose payment is not in the file.
    fn keep_parted(&mut self, row: Record) {
        let made = self.line(row).and_then(|line| self.maker.entry(&self.cells, row, &line, Concern::default(), false));
        let is_part = |entry: &Entry| {
            matches!(entry.kind, EntryKind::Conversion | EntryKind::Funding) && entry.status == EntryStatus::Posted
        };
        self.entries.extend(made.ok().filter(is_part));
    }

    /// Notes a row that had been counted and cannot be understood.
    fn reject(&mut self, row: Record, fault: &RowFault) {
        self.findings.note(row, fault);
        self.surveyor.skip_day(self.cells.day(row, Role::TransactionDate).ok().flatten());
    }
}
