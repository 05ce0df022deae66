//! What a store's own records tell: which of its bare lines on a statement bought the vendor's product, and which of its
//! papers speak of one purchase.
//!
//! # Worked example
//! A card shows `APPLE.COM/BILL 19.99 USD` and Apple's history holds `ChatGPT Plus` for 19.99 USD of the same day: the
//! line is that purchase and takes part in everything from here on. A second bare line of 19.99 USD stays what it was,
//! for the history holds one purchase only.

use super::assignment::{Cost, Edge, assign};
use super::charge::Movement;
use super::join::{Basis, JoinInput, basis_of, in_window};
use super::papers::Invoice;
use super::refund::REFUND_LOOKBACK_DAYS_MAX;
use crate::domain::{BillingRecord, EntryStatus, Product, ProductHint};

/// Days by which two exports of one store may differ for one purchase: one writes local time, the other UTC.
const EXPORT_DAYS_APART_MAX: i64 = 1;

/// Names the bare lines of a store that its records identify, charges and what came back of them.
pub fn identify(input: &JoinInput, charges: &mut [Movement], refunds: &mut [Movement]) {
    let invoices = &input.papers.invoices;
    let mut edges = Vec::new();
    for (left, charge) in charges.iter().enumerate().filter(|(_, charge)| charge.status == EntryStatus::Posted) {
        for (right, invoice) in invoices.iter().enumerate().filter(|(_, invoice)| invoice.store == Some(charge.route)) {
            let instrument = &input.ledger.instruments[charge.instrument.0];
            if !in_window(charge, invoice) || instrument.contradicts_card(invoice.card) {
                continue;
            }
            let basis = basis_of(input, charge, invoice).filter(|basis| *basis != Basis::Leftover);
            let gap = invoice.gap_to(charge.day).abs();
            // A line that names the product has the first claim on the store's record.
            let bare = i64::from(charge.bare_store);
            edges.extend(basis.map(|basis| Edge { left, right, cost: Cost([bare, basis as i64, gap, 0, 0]) }));
        }
    }
    let best = assign(charges.len(), invoices.len(), &edges);
    let mut named: Vec<(usize, usize)> = Vec::new();
    for (charge, edge) in best.edge_of_left.iter().enumerate() {
        let Some(invoice) = edge.map(|index| edges[index].right) else { continue };
        if charges[charge].bare_store {
            charges[charge].bare_store = false;
            charges[charge].product = product_of(&invoices[invoice]);
            named.push((charge, invoice));
        }
    }
    identify_refunds(input, charges, refunds, &named);
}

/// What came back to the same card through the same store in the same amount, of a purchase that the store says it gave
/// back.
fn identify_refunds(input: &JoinInput, charges: &[Movement], refunds: &mut [Movement], named: &[(usize, usize)]) {
    for (charge, invoice) in named {
        let (charge, invoice) = (&charges[*charge], &input.papers.invoices[*invoice]);
        let came_back = invoice.status == crate::domain::BillingStatus::Refunded;
        let is_its = |refund: &&mut Movement| {
            let gap = refund.day.days_since(charge.day);
            refund.bare_store
                && refund.status == EntryStatus::Posted
                && refund.route == charge.route
                && refund.instrument == charge.instrument
                && refund.home == charge.home
                && (0..=REFUND_LOOKBACK_DAYS_MAX).contains(&gap)
        };
        if let Some(refund) = refunds.iter_mut().find(is_its).filter(|_| came_back) {
            refund.bare_store = false;
            refund.product = product_of(invoice);
        }
    }
}

fn product_of(invoice: &Invoice) -> ProductHint {
    ProductHint::Named(invoice.product.unwrap_or(Product::ChatgptPlan))
}

/// Puts the groups of records together that are one store's papers of one purchase: order history, purchase history and
/// payment list each speak of it, under numbers of their own or none. Two records of one file are two purchases.
pub fn one_purchase(records: &[BillingRecord], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let (mut of_stores, mut all): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| group.iter().any(|index| records[*index].store.is_some()));
    of_stores.sort_by_key(|group| group.iter().map(|index| (records[*index].date, records[*index].at)).min());
    let mut together: Vec<Vec<usize>> = Vec::new();
    for group in of_stores {
        match together.iter_mut().find(|known| speak_of_one(records, known, &group)) {
            Some(known) => known.extend(group),
            None => together.push(group),
        }
    }
    all.extend(together);
    all
}

fn speak_of_one(records: &[BillingRecord], first: &[usize], second: &[usize]) -> bool {
    let pairs = || first.iter().flat_map(|a| second.iter().map(|b| (&records[*a], &records[*b])));
    pairs().all(|(a, b)| {
        let near = a.date.days_since(b.date).abs() <= EXPORT_DAYS_APART_MAX;
        a.at.source != b.at.source && a.store == b.store && a.total == b.total && a.product == b.product && near
    })
}
