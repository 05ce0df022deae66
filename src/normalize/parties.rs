//! Whose row it is: a text that names the vendor beside the name of somebody else does not make the row the vendor's.
//!
//! A friend is paid back for ChatGPT, and says so. Only where a card was used, or where the name is that of a wallet, a
//! processor or a bank, or the payer's own, may the text say who sold.

use super::line::Line;
use super::watch::{CELLS_FEW, text_columns};
use crate::source::{Cut, Record, Role, Table, is_party_title, says_card, stands_between};
use crate::vendor::Vendor;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Rows that are looked at for the payer's own name.
const ROWS_MAX: usize = 2_000;
/// Fewest rows with names from which one is the payer's own.
const ROWS_MIN: usize = 4;

/// The columns of one table that hold the other party's name.
pub(super) struct Parties<'t> {
    table: &'t Table<'t>,
    columns: Vec<usize>,
    /// Columns in which nobody looks for the vendor otherwise.
    unheard: Vec<usize>,
    /// The name that stands in most rows.
    own: OnceCell<Option<String>>,
}

impl<'t> Parties<'t> {
    pub(super) fn new(table: &'t Table<'t>) -> Parties<'t> {
        let main = table.columns.get(Role::Descriptor);
        let is_party = |column: &usize| is_party_title(&table.titles[*column]);
        Parties {
            table,
            columns: (0..table.titles.len()).filter(is_party).collect(),
            unheard: text_columns(table).into_iter().filter(|&column| Some(column) != main).collect(),
            own: OnceCell::new(),
        }
    }

    /// Whether a row whose text names the vendor is somebody else's.
    pub(super) fn is_strangers(&self, row: Record, line: &Line, vendor: &Vendor) -> bool {
        let names = self.names(row, line);
        if names.iter().any(|name| vendor.recognise(name).is_some()) {
            return false;
        }
        names.iter().any(|name| self.is_other(name)) && !self.is_by_card(row, vendor)
    }

    /// The column of a free text that names the vendor in a row by card, or one of a wallet.
    pub(super) fn named_in_text(&self, row: Record, line: &Line, vendor: &Vendor) -> Option<usize> {
        let names = self.names(row, line);
        let by_wallet = || names.iter().all(|name| vendor.issuer_names_wallet(name));
        if names.is_empty() || !(self.is_by_card(row, vendor) || by_wallet()) {
            return None;
        }
        self.table.columns.memo().iter().copied().find(|&column| vendor.recognise(&row.cell(column)).is_some())
    }

    /// The names of the other party in a row, by the direction of its money where the table parts them by it.
    fn names<'w>(&self, row: Record<'w>, line: &Line) -> Vec<&'w str> {
        let payer = self.table.columns.get(Role::Payer);
        let counts = |column: &usize| match payer.filter(|&payer| !row.raw(payer).is_empty()) {
            Some(payer) => line.leaves != (*column == payer),
            None => true,
        };
        let names = self.columns.iter().filter(|column| counts(column)).map(|&column| row.raw(column));
        names.filter(|name| name.contains(char::is_alphabetic)).collect()
    }

    /// Whether a name is somebody else's than the payer's, a bank's or a processor's.
    fn is_other(&self, name: &str) -> bool {
        !stands_between(name) && !self.is_own(name)
    }

    /// Whether the table has such columns.
    pub(super) fn are_there(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether a text beside the party says that a card was used, or is written as card networks write: `NAME *WHAT`.
    fn is_by_card(&self, row: Record, vendor: &Vendor) -> bool {
        let number = self.table.columns.get(Role::Card).is_some_and(|column| !row.raw(column).is_empty());
        let beside = |column: &usize| !self.columns.contains(column) && row.raw(*column).contains(char::is_alphabetic);
        number
            || (0..row.width()).filter(beside).map(|column| row.raw(column)).any(|text| {
                let before_star = |(at, _): (usize, &str)| text[..at].split_whitespace().next_back();
                says_card(text) || text.match_indices('*').filter_map(before_star).any(|word| vendor.is_named_in(word))
            })
    }

    /// Whether a name stands in most rows: the payer's own.
    fn is_own(&self, name: &str) -> bool {
        self.own.get_or_init(|| self.commonest()).as_deref() == Some(name)
    }

    fn commonest(&self) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let (mut rows, mut named) = (self.table.rows(), 0);
        for _ in 0..ROWS_MAX {
            let Ok(Some(row)) = rows.next_record() else { break };
            let mut names: Vec<&str> = self.columns.iter().map(|&column| row.raw(column)).collect();
            names.retain(|name| !name.is_empty());
            named += usize::from(!names.is_empty());
            names.dedup();
            for name in names {
                *counts.entry(name.to_string()).or_default() += 1;
            }
        }
        let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (named >= ROWS_MIN && count * 2 > named).then_some(name)
    }

    /// Whether a row names the vendor where nobody looks for it.
    pub(super) fn mentions(&self, row: Record, vendor: &Vendor) -> bool {
        let in_cell = |&column: &usize| {
            let text = row.raw(column);
            !text.is_empty() && vendor.may_concern(text.as_bytes()) && vendor.recognise(&row.cell(column)).is_some()
        };
        // Of many cells most are empty: one look at the whole row is less than one at each.
        let at_once = self.unheard.len() > CELLS_FEW && matches!(self.table.cut, Cut::Delimited(_));
        (!at_once || vendor.may_concern(row.bytes())) && self.unheard.iter().any(in_cell)
    }
}
