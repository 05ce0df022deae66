//! Refunds joined to the charge they give back.
//!
//! By the wallet's reference (or any identifier both carry); else by the billing side's refund record for the charge's
//! invoice; else to an earlier charge of the same instrument and product within 180 days whose amount is not smaller:
//! one without an invoice first, then one of the same amount (nobody refunds a part where a whole charge fits), then
//! the nearest. Several refunds may join one charge.

use super::assignment::{Cost, Edge, assign};
use super::charge::Movement;
use super::join::{Basis, JoinInput, Joins, is_posted, same_source};
use super::papers::RefundRecord;
use crate::domain::{EntryStatus, Money};
use crate::payment::identifier_key;
use std::collections::BTreeSet;

/// Days before the refund record's day on which the entry may stand.
pub const REFUND_DAYS_BEFORE_MAX: u32 = 1;
/// Days after the refund record's day within which the entry should stand.
pub const REFUND_DAYS_AFTER_MAX: u32 = 14;
/// How far back a refund without reference or record looks for its charge.
pub const REFUND_LOOKBACK_DAYS_MAX: i64 = 180;

/// How a refund found its charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundBasis {
    /// By an identifier that both carry.
    Reference,
    /// By the billing side's refund record.
    Record,
    /// The nearest earlier charge that fits.
    Nearest,
}

/// One refund of a charge.
#[derive(Clone, Copy, Debug)]
pub struct RefundJoin {
    /// Index of the refund movement.
    pub refund: usize,
    /// Index of the charge movement.
    pub charge: usize,
    /// How.
    pub basis: RefundBasis,
    /// The billing side's record of this refund, an index into `Papers::refunds`.
    pub record: Option<usize>,
    /// Whether another charge fits as well.
    pub ambiguous: bool,
}

/// All refunds with their charges.
#[derive(Debug, Default)]
pub struct RefundJoins {
    /// Refunds that found their charge, in the order of the refunds.
    pub joined: Vec<RefundJoin>,
    /// Refunds that found none.
    pub orphans: Vec<usize>,
}

/// Joins refunds to charges.
pub fn join_refunds(input: &JoinInput, charges: &[Movement], refunds: &[Movement], joins: &Joins) -> RefundJoins {
    let mut found: Vec<Option<RefundJoin>> = vec![None; refunds.len()];
    let issued = issued_identifiers(input);
    for (index, refund) in refunds.iter().enumerate() {
        if is_refund(refund) {
            found[index] = by_reference(input, charges, refund, joins, &issued).map(|charge| RefundJoin {
                refund: index,
                charge,
                basis: RefundBasis::Reference,
                record: None,
                ambiguous: false,
            });
        }
    }
    by_record(input, charges, refunds, joins, &mut found);
    by_nearness(input, charges, refunds, joins, &mut found);
    let orphans =
        refunds.iter().enumerate().filter(|(i, refund)| is_refund(refund) && found[*i].is_none()).map(|(i, _)| i);
    RefundJoins { orphans: orphans.collect(), joined: found.into_iter().flatten().collect() }
}

/// The identifiers that a party issued: numbers and references on papers, ids of wallet rows. Other long words of a
/// descriptor, such as a telephone number, stand in every charge and identify none.
fn issued_identifiers(input: &JoinInput) -> BTreeSet<String> {
    let of_papers = input.papers.invoices.iter().flat_map(|invoice| invoice.identifiers.iter().map(str::to_string));
    let ids = input.ledger.entries.iter().filter_map(|entry| entry.id.as_deref().map(identifier_key));
    of_papers.chain(ids).filter(|key| !key.is_empty()).collect()
}

/// Only posted money under the vendor's own name is a refund.
fn is_refund(refund: &Movement) -> bool {
    refund.status == EntryStatus::Posted && !refund.bare_store
}

/// The charge that the refund's identifiers name: one without an invoice first, then the nearest earlier one.
fn by_reference(
    input: &JoinInput,
    charges: &[Movement],
    refund: &Movement,
    joins: &Joins,
    issued: &BTreeSet<String>,
) -> Option<usize> {
    let marks: Vec<&str> = refund.identifiers.iter().filter(|key| issued.contains(*key)).collect();
    let names = |charge: &Movement| {
        let id_of = |index: &usize| input.ledger.entries[input.ledger.payments[*index].main_entry()].id.as_deref();
        let mut ids = charge.payments.iter().filter(|_| refund.refers_to.is_some()).filter_map(id_of);
        ids.any(|id| Some(identifier_key(id)) == refund.refers_to)
            || marks.iter().any(|key| charge.identifiers.contains(key))
    };
    let by_charge = charges
        .iter()
        .enumerate()
        .filter(|(_, charge)| {
            is_posted(charge) && names(charge) && charge.day <= refund.day.plus(REFUND_DAYS_BEFORE_MAX)
        })
        .min_by_key(|(index, charge)| (joins.of_charge[*index].is_some(), refund.day.days_since(charge.day), *index))
        .map(|(index, _)| index);
    by_charge.or_else(|| {
        let invoices = &input.papers.invoices;
        joins.of_charge.iter().position(|join| {
            join.is_some_and(|join| marks.iter().any(|key| invoices[join.invoice].identifiers.contains(key)))
        })
    })
}

/// Refund records and refund entries, optimally assigned.
fn by_record(
    input: &JoinInput,
    charges: &[Movement],
    refunds: &[Movement],
    joins: &Joins,
    found: &mut [Option<RefundJoin>],
) {
    let records = &input.papers.refunds;
    // A record whose refund is already joined by reference is spent.
    let mut spent: BTreeSet<usize> = BTreeSet::new();
    for join in found.iter_mut().flatten() {
        let of_charge = (0..records.len())
            .filter(|index| charge_of(joins, &records[*index]) == Some(join.charge) && !spent.contains(index));
        let nearest =
            of_charge.min_by_key(|index| (refunds[join.refund].day.days_since(records[*index].day).abs(), *index));
        join.record = nearest;
        spent.extend(nearest);
    }
    let mut edges = Vec::new();
    for (left, record) in records.iter().enumerate().filter(|(index, _)| !spent.contains(index)) {
        let Some(charge) = charge_of(joins, record) else { continue };
        for (right, refund) in refunds.iter().enumerate() {
            if found[right].is_none() && is_refund(refund) {
                let cost = record_cost(input, &charges[charge], record, refund);
                edges.extend(cost.map(|cost| Edge { left, right, cost }));
            }
        }
    }
    let best = assign(records.len(), refunds.len(), &edges);
    for index in best.edge_of_left.iter().flatten() {
        let Edge { left, right, .. } = edges[*index];
        if let Some(charge) = charge_of(joins, &records[left]) {
            let basis = RefundBasis::Record;
            found[right] = Some(RefundJoin { refund: right, charge, basis, record: Some(left), ambiguous: false });
        }
    }
}

/// The charge that has the invoice of a refund record.
pub fn charge_of(joins: &Joins, record: &RefundRecord) -> Option<usize> {
    joins.of_charge.iter().position(|join| join.is_some_and(|join| join.invoice == record.invoice))
}

/// What joining a refund record to an entry costs; `None` where the entry cannot be it.
fn record_cost(input: &JoinInput, charge: &Movement, record: &RefundRecord, refund: &Movement) -> Option<Cost> {
    let earliest = record.day.minus(REFUND_DAYS_BEFORE_MAX);
    let in_days = refund.day >= earliest && refund.day <= record.day.plus(REFUND_DAYS_AFTER_MAX);
    if !in_days || !same_source(input, charge, refund) || !same_product(charge, refund) {
        return None;
    }
    let gap = refund.day.days_since(record.day).abs();
    let exact = refund.amounts().any(|amount| amount == record.amount);
    let fits =
        |day, posting| input.yardstick.charge_fits(record.amount, refund.home, day, posting, input.channel(charge));
    let converted = [fits(refund.day, refund.posting_day), fits(charge.day, charge.posting_day)];
    let basis = match (exact, converted.iter().flatten().any(|fit| fit.is_inside())) {
        (true, _) => Basis::Exact as i64,
        (false, true) => Basis::Converted as i64,
        // Less came back than was recorded: that is a finding, as long as it is not more than was paid.
        (false, false) if is_not_more(refund.home, charge.home) => Basis::Leftover as i64,
        (false, false) => return None,
    };
    Some(Cost([basis, gap, 0, 0, 0]))
}

fn is_not_more(back: Money, paid: Money) -> bool {
    back.currency() == paid.currency() && back.minor_units() <= paid.minor_units()
}

fn same_product(charge: &Movement, refund: &Movement) -> bool {
    !matches!((charge.product.product(), refund.product.product()), (Some(a), Some(b)) if a != b)
}

/// The nearest earlier charge that fits, for refunds that nothing else explains.
fn by_nearness(
    input: &JoinInput,
    charges: &[Movement],
    refunds: &[Movement],
    joins: &Joins,
    found: &mut [Option<RefundJoin>],
) {
    for (index, refund) in refunds.iter().enumerate() {
        if found[index].is_some() || !is_refund(refund) {
            continue;
        }
        let mut fitting: Vec<((bool, bool, i64), usize)> = Vec::new();
        for (other, charge) in charges.iter().enumerate() {
            let gap = refund.day.days_since(charge.day);
            let back: Vec<usize> =
                found.iter().flatten().filter(|join| join.charge == other).map(|j| j.refund).collect();
            let admissible = (0..=REFUND_LOOKBACK_DAYS_MAX).contains(&gap)
                && is_posted(charge)
                && same_source(input, charge, refund)
                && same_product(charge, refund);
            let Some(whole) = admissible.then(|| leaves_room(refunds, charge, &back, refund)).flatten() else {
                continue;
            };
            fitting.push(((joins.of_charge[other].is_some(), !whole, gap), other));
        }
        fitting.sort();
        let Some(&(key, charge)) = fitting.first() else { continue };
        let ambiguous = fitting.iter().skip(1).any(|(other, _)| *other == key);
        found[index] = Some(RefundJoin { refund: index, charge, basis: RefundBasis::Nearest, record: None, ambiguous });
    }
}

/// Whether what is left of a charge is not smaller than a refund, and if so whether the refund is the whole charge.
fn leaves_room(refunds: &[Movement], charge: &Movement, back: &[usize], refund: &Movement) -> Option<bool> {
    // In the merchant's currency a refund is never larger than its charge; at home the rate may have moved.
    let pair = match (charge.merchant, refund.merchant) {
        (Some(a), Some(b)) if a.currency() == b.currency() => (a, b),
        _ => (charge.home, refund.home),
    };
    let mut left = pair.0;
    for index in back {
        left = left.checked_sub(refunds[*index].amount_in(left.currency())?).ok()?;
    }
    is_not_more(pair.1, left).then_some(pair.1 == pair.0)
}
