//! Which rows of a statement hold a word that can make them matter, found by one look at each.

use crate::source::{Cut, Reading, Record, Role, Table};
use crate::text::{Beginnings, Glance};
use crate::vendor::Vendor;

/// Cells that are looked at one by one; the cells of a wider row are looked at together.
pub(super) const CELLS_FEW: usize = 4;

/// The words that a row of interest holds, and where in a row they can stand.
pub(super) struct Watch<'o> {
    words: &'o Beginnings,
    /// The columns of texts; `None` where the whole row is looked at.
    columns: Option<Vec<usize>>,
}

/// The columns in which nothing is written but figures and the bank's own words.
fn is_formal(table: &Table, column: usize) -> bool {
    table.columns.role_of(column).is_some_and(|role| {
        let formal = [Role::Currency, Role::Category, Role::Kind, Role::Status];
        Role::DATES.contains(&role) || Role::AMOUNTS.contains(&role) || formal.contains(&role)
    })
}

/// The columns of a table in which somebody may be named.
pub(super) fn text_columns(table: &Table) -> Vec<usize> {
    (0..table.titles.len()).filter(|&column| !is_formal(table, column)).collect()
}

impl<'o> Watch<'o> {
    pub(super) fn new(table: &Table, vendor: &'o Vendor) -> Watch<'o> {
        let is_wallet = table.layout.reading == Reading::Wallet;
        let mut columns = text_columns(table);
        columns.extend(table.columns.also_descriptor().iter().chain(table.columns.memo()));
        columns.extend([Role::Descriptor, Role::Payer].iter().filter_map(|&role| table.columns.get(role)));
        columns.sort_unstable();
        columns.dedup();
        let at_once = columns.len() > CELLS_FEW && matches!(table.cut, Cut::Delimited(_));
        Watch {
            words: if is_wallet { vendor.concerning() } else { vendor.mattering() },
            columns: (!at_once).then_some(columns),
        }
    }

    /// Looks at a row, plain where the text in one of its columns is.
    #[inline]
    pub(super) fn glance(&self, row: Record, descriptor: Option<usize>) -> Glance {
        let Some(columns) = &self.columns else { return row.glance(self.words) };
        let mut all = Glance { is_plain: false, is_quiet: true };
        for &column in columns {
            let glance = row.glance_at(column, self.words);
            all.is_quiet &= glance.is_quiet;
            all.is_plain |= glance.is_plain && Some(column) == descriptor;
        }
        all
    }
}
