//! The running balance as a proof: the columns and signs under which it closes are the right ones.

use super::cell::{DecimalMark, Figure};
use super::profile::{Sample, figure_of};
use std::collections::BTreeMap;

/// Decimals at which figures are compared.
const SCALE: u32 = 6;
/// How many links a chain must have to prove anything.
const LINKS_MIN: usize = 2;

/// Which columns are taken for what a row changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// One column; `true` where a positive amount leaves.
    Amount(usize, bool),
    /// What leaves and what comes in.
    Sides(usize, usize),
}

/// Whether a balance column closes under a reading of the other columns. `group` is a column (the currency, the
/// account) whose texts each have a balance of their own.
pub(super) fn closes(
    sample: &Sample,
    balance: usize,
    change: Change,
    group: Option<usize>,
    marks: &[Option<DecimalMark>],
) -> bool {
    let figure = |row: usize, column: usize| {
        let mark = marks.get(column).copied().flatten().unwrap_or(DecimalMark::Point);
        lifted(sample.rows[row].cell(column), mark)
    };
    let mut last: BTreeMap<&str, (i128, i128)> = BTreeMap::new();
    let (mut links, mut up, mut down) = (0usize, 0usize, 0usize);
    for row in 0..sample.rows.len() {
        let (Some(after), Some(moved)) = (figure(row, balance), moved(&|column| figure(row, column), change)) else {
            continue;
        };
        let key = group.map_or("", |column| sample.rows[row].cell(column));
        if let Some((before, before_moved)) = last.insert(key, (after, moved)) {
            links += 1;
            up += usize::from(after - before == moved);
            down += usize::from(before - after == before_moved);
        }
    }
    let closed = up.max(down);
    links >= LINKS_MIN && (closed == links || (links >= 20 && closed * 20 >= links * 19))
}

fn moved(figure: &dyn Fn(usize) -> Option<i128>, change: Change) -> Option<i128> {
    match change {
        Change::Amount(column, turned) => figure(column).map(|amount| if turned { -amount } else { amount }),
        Change::Sides(debit, credit) => {
            let side = |column| figure(column).map(i128::abs);
            match (side(debit), side(credit)) {
                (None, None) => None,
                (out, into) => Some(into.unwrap_or_default() - out.unwrap_or_default()),
            }
        }
    }
}

fn lifted(cell: &str, mark: DecimalMark) -> Option<i128> {
    if cell.is_empty() {
        return None;
    }
    let figure: Figure = figure_of(cell, mark)?.normalized();
    i128::from(figure.mantissa).checked_mul(10i128.checked_pow(SCALE.checked_sub(figure.scale)?)?)
}
