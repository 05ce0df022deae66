//! A second opinion on which charge takes which invoice: every assignment tried, small and slow. A generated world is
//! kept only where what was planted is the one best assignment under the rules.

use super::bands::band;
use super::day::Day;
use super::rates::Ecb;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Product {
    Plan,
    Api,
}

/// A posted charge as the rules see it.
#[derive(Clone, Debug)]
pub struct Charge {
    /// `None` where the descriptor contradicts nothing.
    pub product: Option<Product>,
    /// Dollars charged or printed as the original amount.
    pub dollars: Option<i64>,
    /// Euros, where only they are known.
    pub euros: Option<i64>,
    pub on: Day,
    pub posted: Day,
    /// The invoice that was planted for it.
    pub invoice: Option<usize>,
    /// Joined by reference; takes no part in the assignment.
    pub fixed: bool,
    /// The invoice it is left over with, amounts differing.
    pub leftover: Option<usize>,
    /// Charges of which either may be the one that is joined carry one number.
    pub twin: Option<usize>,
    /// Planted as a duplicate.
    pub duplicate: bool,
}

#[derive(Clone, Debug)]
pub struct Invoice {
    pub product: Product,
    pub total: i64,
    pub on: Day,
    /// 0 paid, 1 open, 2 void.
    pub status: i64,
    pub own: bool,
    pub fixed: bool,
}

pub fn agree(charge: Option<Product>, invoice: Product) -> bool {
    charge.is_none_or(|product| product == invoice)
}

fn in_window(charge: &Charge, invoice: &Invoice) -> bool {
    charge.on >= invoice.on - 1 && charge.posted <= invoice.on + 5
}

/// Basis and gap of a candidate join: 1 exact, 2 converted.
fn candidate(ecb: &Ecb, charge: &Charge, invoice: &Invoice) -> Option<[i64; 4]> {
    if charge.fixed || invoice.fixed || !agree(charge.product, invoice.product) || !in_window(charge, invoice) {
        return None;
    }
    let basis = match (charge.dollars, charge.euros) {
        (Some(dollars), _) if dollars == invoice.total => 1,
        (None, Some(euros)) => {
            let (low, high) = ecb.accept(invoice.total, charge.on, Some(charge.posted), "EUR", band("fintech"));
            if euros < low || euros > high {
                return None;
            }
            2
        }
        _ => return None,
    };
    Some([basis, (charge.on - invoice.on).abs(), invoice.status, i64::from(!invoice.own)])
}

/// Charges with their candidate invoices.
type Graph = BTreeMap<usize, Vec<(usize, [i64; 4])>>;

/// The most charges that a block may have for all its assignments to be tried.
const BLOCK_CHARGES_MAX: usize = 9;

/// Splits the graph into blocks that share no invoice.
fn blocks(graph: &Graph) -> Vec<Vec<usize>> {
    let mut left: BTreeSet<usize> = graph.keys().copied().collect();
    let mut blocks = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut block = vec![first];
        let mut at = 0;
        while at < block.len() {
            let mine: BTreeSet<usize> = graph[&block[at]].iter().map(|edge| edge.0).collect();
            let shares = |other: &usize| graph[other].iter().any(|edge| mine.contains(&edge.0));
            let next: Vec<usize> = left.iter().copied().filter(|other| shares(other)).collect();
            left.retain(|other| !next.contains(other));
            block.extend(next);
            at += 1;
        }
        blocks.push(block);
    }
    blocks
}

/// Which charge, or which set of twins, has which invoice.
type Outcome = BTreeSet<(usize, usize)>;

struct Search<'a> {
    graph: &'a Graph,
    charges: &'a [Charge],
    best: Option<[i64; 5]>,
    outcomes: BTreeSet<Outcome>,
}

impl Search<'_> {
    fn name(&self, charge: usize) -> usize {
        self.charges[charge].twin.map_or(charge, |twin| 1_000_000 + twin)
    }

    fn walk(&mut self, block: &[usize], taken: &mut Vec<(usize, usize)>, cost: [i64; 5]) {
        let Some((&charge, rest)) = block.split_first() else {
            if self.best.is_none_or(|best| cost < best) {
                self.best = Some(cost);
                self.outcomes.clear();
            }
            if self.best == Some(cost) {
                let outcome = taken.iter().map(|&(charge, invoice)| (self.name(charge), invoice)).collect();
                self.outcomes.insert(outcome);
            }
            return;
        };
        for (invoice, parts) in &self.graph[&charge] {
            if taken.iter().all(|pair| pair.1 != *invoice) {
                let mut next = cost;
                next[0] -= 1;
                for (sum, part) in next[1..].iter_mut().zip(parts) {
                    *sum += part;
                }
                taken.push((charge, *invoice));
                self.walk(rest, taken, next);
                taken.pop();
            }
        }
        self.walk(rest, taken, cost);
    }
}

/// Whether the planted joins are the one best assignment: most charges, strongest bases, least gap, then paid before
/// open before void and the own account before another.
pub fn planted_is_best(ecb: &Ecb, charges: &[Charge], invoices: &[Invoice]) -> bool {
    let mut graph = Graph::new();
    for (at, charge) in charges.iter().enumerate() {
        let edges: Vec<(usize, [i64; 4])> =
            (0..invoices.len()).filter_map(|other| Some((other, candidate(ecb, charge, &invoices[other])?))).collect();
        if !edges.is_empty() {
            graph.insert(at, edges);
        } else if charge.invoice.is_some() && !charge.fixed {
            return false;
        }
    }
    blocks(&graph).into_iter().all(|block| {
        if block.len() > BLOCK_CHARGES_MAX {
            return false;
        }
        let mut search = Search { graph: &graph, charges, best: None, outcomes: BTreeSet::new() };
        search.walk(&block, &mut Vec::new(), [0; 5]);
        let planted: Outcome =
            block.iter().filter_map(|&charge| Some((search.name(charge), charges[charge].invoice?))).collect();
        search.outcomes.len() == 1 && search.outcomes.contains(&planted)
    })
}

/// Whether two amounts are near enough to be taken for one, however converted.
fn near(charge: &Charge, ecb: &Ecb, total: i64) -> bool {
    match (charge.dollars, charge.euros) {
        (Some(dollars), _) => dollars == total,
        (None, Some(euros)) => {
            let mid = ecb.rate(charge.on, "EUR").of(total);
            (euros - mid).abs() * 100 <= mid * 9
        }
        _ => false,
    }
}

/// Whether each charge that no invoice takes is what it was planted as: a duplicate only where planted so, a leftover
/// only with the invoice planted for it.
pub fn unjoined_are_as_planted(ecb: &Ecb, charges: &[Charge], invoices: &[Invoice]) -> bool {
    let taken: BTreeSet<usize> = charges.iter().filter_map(|charge| charge.invoice).collect();
    charges.iter().filter(|charge| charge.invoice.is_none()).all(|charge| {
        let twice = charges.iter().any(|other| {
            other.invoice.is_some_and(|at| {
                let gap = (other.on - charge.on).abs();
                gap <= 3 && near(charge, ecb, invoices[at].total) && agree(charge.product, invoices[at].product)
            })
        });
        if charge.twin.is_none() && twice != charge.duplicate {
            return false;
        }
        let left: Vec<usize> = (0..invoices.len())
            .filter(|at| !taken.contains(at))
            .filter(|&at| {
                let invoice = &invoices[at];
                let apart = charge.dollars.map_or(invoice.total, |dollars| (dollars - invoice.total).abs());
                let close = agree(charge.product, invoice.product) && in_window(charge, invoice);
                close && invoice.status < 2 && apart * 2 < invoice.total
            })
            .collect();
        left == charge.leftover.into_iter().collect::<Vec<_>>()
    })
}
