//! What another, equally good assignment would change.
//!
//! Rows of one tie could be paired otherwise at the same cost. Where that only swaps which of several equal rows is
//! meant, the case says so and keeps its amount; where it would change a verdict, the case is `ambiguous`.

use super::assemble::Places;
use super::context::Context;
use super::{Case, Cause, Confidence, Reason, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one tie.
#[derive(Default)]
struct Tie {
    charges: Vec<usize>,
    invoices: Vec<usize>,
}

/// Marks the cases that a tie touches.
pub(super) fn mark(ctx: &Context, places: &Places, cases: &mut [Case]) {
    let mut ties: BTreeMap<usize, Tie> = BTreeMap::new();
    for (charge, tie) in ctx.joins.tie_of_charge.iter().enumerate() {
        ties.entry(tie.unwrap_or(usize::MAX)).or_default().charges.push(charge);
    }
    for (invoice, tie) in ctx.joins.tie_of_invoice.iter().enumerate() {
        ties.entry(tie.unwrap_or(usize::MAX)).or_default().invoices.push(invoice);
    }
    ties.remove(&usize::MAX);
    for tie in ties.values() {
        let of_charges = tie.charges.iter().filter_map(|charge| places.of_charge.get(charge));
        let of_invoices = tie.invoices.iter().filter_map(|invoice| places.of_invoice.get(invoice));
        let touched: BTreeSet<usize> = of_charges.chain(of_invoices).copied().collect();
        let verdicts: BTreeSet<(Verdict, Option<Cause>)> =
            touched.iter().map(|index| (cases[*index].verdict, cases[*index].cause)).collect();
        if verdicts.len() < 2 {
            continue;
        }
        let equal = rows_are_equal(ctx, tie);
        let count = u32::try_from(tie.charges.len().max(tie.invoices.len())).unwrap_or(u32::MAX);
        for index in touched {
            if equal {
                cases[index].reasons.push(Reason::Interchangeable { count });
            } else {
                cases[index].confidence = Confidence::Ambiguous;
                cases[index].reasons.push(Reason::OtherAssignment);
            }
        }
    }
}

/// Whether swapping rows of the tie changes nothing but which of several equal rows is meant.
fn rows_are_equal(ctx: &Context, tie: &Tie) -> bool {
    let charge = |index: &usize| {
        let charge = &ctx.charges[*index];
        (charge.instrument, charge.home, charge.merchant, charge.product)
    };
    let invoice = |index: &usize| {
        let invoice = &ctx.papers.invoices[*index];
        (invoice.total, invoice.status, invoice.account.clone(), invoice.product)
    };
    let same_charges = tie.charges.windows(2).all(|pair| charge(&pair[0]) == charge(&pair[1]));
    same_charges && tie.invoices.windows(2).all(|pair| invoice(&pair[0]) == invoice(&pair[1]))
}
