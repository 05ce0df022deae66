//! The one-page rule: how many payments the table may hold.
//!
//! A page is measured in lines, without knowing the font: text in lines of 78 columns, a table with its cells side by
//! side in a smaller font. A4 in ten points takes as many lines, and wider ones, so that what fits here fits there.

use super::addressing::Parcel;
use super::{Letters, content, plain};
use crate::domain::Currency;
use crate::reconciliation::Reconciliation;
use crate::report::{Block, Document, Table};
use crate::text::{Lang, width, wrap};
use crate::verdict::Case;
use std::collections::BTreeMap;

/// Lines of a letter, as plain text of 78 columns and as laid out on a page alike.
pub const PAGE_LINES_MAX: usize = 60;
/// Columns of a table on the page, whose letters are smaller than the text's.
const TABLE_COLUMNS: usize = 96;
/// Columns between two cells.
const GAP_COLUMNS: usize = 2;
/// A text column is never narrower.
const CELL_COLUMNS_MIN: usize = 12;
/// More payments than this fit on no page.
const PAYMENTS_MAX: usize = 20;

/// Which cases of a parcel the table holds, as indices in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown(Vec<usize>);

impl Shown {
    /// Those cases.
    pub fn of<'a>(&self, cases: &[&'a Case]) -> Vec<&'a Case> {
        self.0.iter().filter_map(|index| cases.get(*index).copied()).collect()
    }
}

/// The largest payments that leave every language's letter on one page; all of them if they fit.
pub(super) fn payments_that_fit(
    reconciliation: &Reconciliation,
    how: &Letters<'_>,
    parcel: &Parcel<'_>,
    langs: &[Lang],
) -> Shown {
    let order = by_amount(&parcel.cases);
    let mut fitting = Shown::default();
    for count in 1..=order.len().min(PAYMENTS_MAX) {
        let mut shown = Shown(order[..count].to_vec());
        shown.0.sort_unstable();
        let fits =
            |lang: &Lang| lines(&content::document(reconciliation, how, parcel, *lang, &shown)) <= PAGE_LINES_MAX;
        if !langs.iter().all(fits) {
            break;
        }
        fitting = shown;
    }
    fitting
}

/// The cases from the largest amount to the smallest. Amounts of two currencies are not compared: each currency's
/// largest come first, in turn.
fn by_amount(cases: &[&Case]) -> Vec<usize> {
    let mut of_currency: BTreeMap<Option<Currency>, Vec<(i64, usize)>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let amount = case.at_stake.map_or(0, |money| money.minor_units());
        of_currency.entry(case.at_stake.map(|money| money.currency())).or_default().push((amount, index));
    }
    let mut ranked: Vec<(usize, Option<Currency>, usize)> = Vec::new();
    for (currency, mut amounts) in of_currency {
        amounts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.extend(amounts.iter().enumerate().map(|(rank, (_, index))| (rank, currency, *index)));
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, index)| index).collect()
}

/// Lines that a letter takes: as plain text or on the page, whichever is more.
pub(super) fn lines(document: &Document) -> usize {
    let plain = plain::text(document).lines().count();
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some((plain::block(document.lang, &Block::Table(table.clone())).len(), on_page(table))),
        _ => None,
    });
    let (as_text, as_table) =
        tables.fold((0usize, 0usize), |sum, table| (sum.0.saturating_add(table.0), sum.1.saturating_add(table.1)));
    plain.max(plain.saturating_sub(as_text).saturating_add(as_table))
}

/// Lines of a table with its cells side by side: day and amounts as wide as they are, the texts sharing the rest as
/// their widest cells need it.
fn on_page(table: &Table) -> usize {
    let is_fixed = |column: usize| column == 0 || table.columns.get(column).is_some_and(|title| title.is_amount);
    let natural: Vec<usize> = (table.columns.iter().enumerate())
        .map(|(column, title)| {
            let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
            cells.unwrap_or(0).max(width(&title.title)).saturating_add(GAP_COLUMNS)
        })
        .collect();
    let sum = |of_fixed: bool| -> usize {
        let columns = natural.iter().enumerate().filter(|(column, _)| is_fixed(*column) == of_fixed);
        columns.map(|(_, width)| *width).fold(0, usize::saturating_add)
    };
    let (rest, wanted) = (TABLE_COLUMNS.saturating_sub(sum(true)), sum(false).max(1));
    let share = |column: usize| {
        let part = natural.get(column).map_or(0, |width| width.saturating_mul(rest)).checked_div(wanted).unwrap_or(0);
        part.saturating_sub(GAP_COLUMNS).max(CELL_COLUMNS_MIN)
    };
    let height = |row: &Vec<String>| {
        let cells = row.iter().enumerate().filter(|(column, _)| !is_fixed(*column));
        cells.map(|(column, cell)| wrap(cell, share(column)).len()).max().unwrap_or(1)
    };
    // Caption and titles take a line each.
    table.rows.iter().map(height).fold(2usize, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::letter::sample::{case, money};

    #[test]
    fn each_currency_shows_its_largest_first() {
        let cases: Vec<Case> = ["5.00 USD", "900 JPY", "20.00 USD", "3000 JPY", "20.00 USD"]
            .into_iter()
            .map(|amount| Case { at_stake: Some(money(amount)), ..case("2026-03-01") })
            .collect();
        assert_eq!(by_amount(&cases.iter().collect::<Vec<_>>()), [3, 2, 1, 4, 0]);
    }
}
