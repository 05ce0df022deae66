//! Rows that state a balance though they have a day and an amount: they move nothing.
//!
//! Such a row says nothing but a balance's name, or a total's. It opens a file before all its records, closes it behind
//! them, or its amount is what the rows before it add up to. A row of that name among the records that does none of this
//! is a record.

use super::cells::Cells;
use super::line::Line;
use crate::source::cell::Figure;
use crate::source::{Reading, Record, is_balance, is_total, may_be_balance, may_be_plain_balance};

/// What a row that states a balance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Surely no record.
    Proven,
    /// No record, should none follow it.
    AtTheEnd,
}

/// What the rows read so far add up to, from the balance that was stated last.
#[derive(Default)]
pub(super) struct Reached {
    balance: Option<Figure>,
    /// The sum of all records.
    sum: Figure,
}

impl Reached {
    /// What a row states; `None` where it is a record like others. `first` where no record stands before it.
    pub(super) fn stated(&mut self, cells: &Cells, row: Record, line: &Line, first: bool) -> Option<Stated> {
        // Nearly every row ends here.
        if line.glance.is_plain && !line.descriptor.is_empty() && !may_be_plain_balance(&line.descriptor) {
            return None;
        }
        if cells.table.layout.reading != Reading::Account || !line.valued || line.waiting.is_some() {
            return None;
        }
        // Where nobody is named, the balance's name may stand in any cell.
        let in_cell = || (0..row.width()).map(|column| row.raw(column)).find(|cell| is_balance(cell).is_some());
        let name = if line.descriptor.is_empty() { in_cell()? } else { &line.descriptor };
        if !may_be_balance(name) {
            return None;
        }
        let value = line.value.normalized();
        let Some(daily) = is_balance(name) else {
            let sums_up = !first && is_total(name) && self.sum.normalized() == value;
            return sums_up.then_some(Stated::Proven);
        };
        // What is moved to a balance, or away from it, leaves another one.
        if line.balance.is_some_and(|balance| balance.normalized() != value) {
            return None;
        }
        let adds_up = self.balance.is_some_and(|reached| reached.normalized() == value);
        if first || daily || adds_up {
            self.balance = Some(line.value);
            return Some(Stated::Proven);
        }
        Some(Stated::AtTheEnd)
    }

    /// Adds what a record changed.
    pub(super) fn add(&mut self, change: Figure) {
        self.balance = self.balance.and_then(|reached| reached.plus(change));
        self.sum = self.sum.plus(change).unwrap_or_default();
    }
}
