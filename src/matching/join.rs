//! Charges joined to invoices by the five bases of the domain rules, strongest first.
//!
//! References fix pairs outright: a difference in amount or date is then a finding, not a reason to part them. Among
//! `exact`, `converted` and `sum` the whole assignment is optimal (`assignment`). What is left over on both sides,
//! after duplicates were found, is joined only to say that the amount is wrong.

use super::assignment::{Assignment, Cost, Edge, assign};
use super::charge::Movement;
use super::money_fit::Yardstick;
use super::papers::{Invoice, Papers};
use crate::domain::{Account, BillingStatus, Day, EntryStatus, Money, ProductHint};
use crate::fx::{Fit, UNKNOWN_CHANNEL};
use crate::payment::{Instrument, Ledger};
use std::collections::{BTreeMap, BTreeSet};

/// Days before the billing day on which a charge's transaction date may lie (time zones).
pub const WINDOW_DAYS_BEFORE_MAX: u32 = 1;
/// Days after the billing day on which a charge may be booked.
pub const WINDOW_DAYS_AFTER_MAX: u32 = 5;
/// The same where the statement has only a booking date.
pub const WINDOW_DAYS_AFTER_BOOKING_ONLY_MAX: u32 = 10;
/// Days between two charges of which one is the other's duplicate.
pub const DUPLICATE_DAYS_MAX: i64 = 3;
/// A leftover charge and a leftover invoice lie less than this share of the invoice apart, in percent.
pub const LEFTOVER_PERCENT_LIMIT: i64 = 50;

/// Why two records were joined, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// An identifier that both carry.
    Reference,
    /// Same currency and amount within the window.
    Exact,
    /// Other currency, inside the channel's band around the reference rate.
    Converted,
    /// Several parts add up exactly.
    Sum,
    /// All that was left on both sides.
    Leftover,
}

/// A charge's invoice.
#[derive(Clone, Copy, Debug)]
pub struct Join {
    /// Index into [`Papers::invoices`].
    pub invoice: usize,
    /// Why.
    pub basis: Basis,
    /// Days from the billing day to the charge's day, signed.
    pub gap_days: i64,
}

/// All charges with their invoices.
#[derive(Debug, Default)]
pub struct Joins {
    /// For each charge its invoice, if it has one.
    pub of_charge: Vec<Option<Join>>,
    /// For each charge without an invoice of its own: the charge that has the only one, if it is a duplicate.
    pub duplicate_of: Vec<Option<usize>>,
    /// For each charge the group of rows that an equally good assignment would pair otherwise.
    pub tie_of_charge: Vec<Option<usize>>,
    /// The same for each invoice.
    pub tie_of_invoice: Vec<Option<usize>>,
}

/// What the joins need to know.
pub struct JoinInput<'a> {
    /// The statements.
    pub ledger: &'a Ledger,
    /// The billing side.
    pub papers: &'a Papers,
    /// Reference rates and bands.
    pub yardstick: &'a Yardstick<'a>,
    /// The payer's own accounts, empty if none were named.
    pub accounts: &'a BTreeSet<Account>,
}

impl JoinInput<'_> {
    fn instrument(&self, charge: &Movement) -> &Instrument {
        &self.ledger.instruments[charge.instrument.0]
    }

    /// Whether a card named on both sides is not the same card. A wallet has no card of its own.
    fn card_contradicts(&self, charge: &Movement, invoice: &Invoice) -> bool {
        let instrument = self.instrument(charge);
        !instrument.is_wallet && instrument.contradicts_card(invoice.card)
    }

    /// The channel whose band applies to a charge: a bank's line through a wallet that is not given may have been
    /// converted by either.
    pub fn channel(&self, charge: &Movement) -> &str {
        let instrument = self.instrument(charge);
        if charge.route == crate::domain::Route::Paypal && !instrument.is_wallet {
            return UNKNOWN_CHANNEL;
        }
        if charge.payments.len() > 1 && charge.bank_join.is_some() && charge.merchant.is_none() {
            return UNKNOWN_CHANNEL;
        }
        // Where only the bank's line shows the payer's currency, its keeper converted and not the wallet.
        let of = |index: &usize| &self.ledger.payments[*index];
        let by_bank = charge.payments[1..]
            .iter()
            .map(of)
            .find(|_| charge.home.currency() != of(&charge.payments[0]).home_amount.currency());
        by_bank.map_or(instrument, |bank| &self.ledger.instruments[bank.instrument.0]).channel.as_str()
    }
}

/// Whether a charge lies in the window of an invoice's day; where its papers name several, of any of them.
pub fn in_window(charge: &Movement, invoice: &Invoice) -> bool {
    invoice.days().any(|billed| in_window_of(charge, billed))
}

fn in_window_of(charge: &Movement, billed: Day) -> bool {
    let earliest = billed.minus(WINDOW_DAYS_BEFORE_MAX);
    match (charge.transaction_day, charge.posting_day) {
        (Some(acted), Some(booked)) => acted >= earliest && booked <= billed.plus(WINDOW_DAYS_AFTER_MAX),
        (Some(acted), None) => acted >= earliest && acted <= billed.plus(WINDOW_DAYS_AFTER_MAX),
        (None, Some(booked)) => booked >= earliest && booked <= billed.plus(WINDOW_DAYS_AFTER_BOOKING_ONLY_MAX),
        (None, None) => false,
    }
}

/// Joins all charges to invoices.
pub fn join_charges(input: &JoinInput, charges: &[Movement]) -> Joins {
    let invoices = &input.papers.invoices;
    let mut joins = Joins {
        of_charge: vec![None; charges.len()],
        duplicate_of: vec![None; charges.len()],
        tie_of_charge: vec![None; charges.len()],
        tie_of_invoice: vec![None; invoices.len()],
    };
    let anchored = fix_references(input, charges, &mut joins);
    join_by_amount(input, charges, &anchored, &mut joins);
    find_duplicates(input, charges, &anchored, &mut joins);
    join_leftovers(input, charges, &mut joins);
    joins
}

/// Whether a charge takes part in joins: posted money under the vendor's own name.
pub fn is_posted(charge: &Movement) -> bool {
    charge.status == EntryStatus::Posted && !charge.bare_store
}

/// For each charge the invoice its references name, joined or not.
type Anchors = Vec<Option<usize>>;

/// Fixes the pairs whose references agree. Of several charges with one reference the best fitting has the invoice.
fn fix_references(input: &JoinInput, charges: &[Movement], joins: &mut Joins) -> Anchors {
    let invoices = &input.papers.invoices;
    let mut by_identifier: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, invoice) in invoices.iter().enumerate() {
        for key in invoice.identifiers.iter() {
            by_identifier.entry(key).or_insert(index);
        }
    }
    let mut anchors = vec![None; charges.len()];
    let mut edges = Vec::new();
    for (left, charge) in charges.iter().enumerate().filter(|(_, charge)| is_posted(charge)) {
        let named: BTreeSet<usize> =
            charge.identifiers.iter().filter_map(|key| by_identifier.get(key).copied()).collect();
        for right in named {
            let invoice = &invoices[right];
            let same = invoice.sum_among(charge.amounts()).is_some();
            let gap = invoice.gap_to(charge.day).abs();
            edges.push(Edge { left, right, cost: Cost([i64::from(!same), gap, 0, 0, 0]) });
            anchors[left] = Some(right);
        }
    }
    let best = assign(charges.len(), invoices.len(), &edges);
    for (left, edge) in best.edge_of_left.iter().enumerate() {
        if let Some(index) = edge {
            let invoice = edges[*index].right;
            anchors[left] = Some(invoice);
            let gap_days = invoices[invoice].gap_to(charges[left].day);
            joins.of_charge[left] = Some(Join { invoice, basis: Basis::Reference, gap_days });
        }
    }
    keep_ties(&best, joins, 0);
    anchors
}

/// Notes the ties of an assignment under numbers not yet used.
fn keep_ties(best: &Assignment, joins: &mut Joins, first: usize) {
    for (mine, tie) in joins.tie_of_charge.iter_mut().zip(&best.tie_of_left) {
        *mine = mine.or(tie.map(|tie| tie + first));
    }
    for (mine, tie) in joins.tie_of_invoice.iter_mut().zip(&best.tie_of_right) {
        *mine = mine.or(tie.map(|tie| tie + first));
    }
}

/// The number after the last tie in use.
fn next_tie(joins: &Joins) -> usize {
    joins.tie_of_charge.iter().chain(&joins.tie_of_invoice).flatten().max().map_or(0, |last| last + 1)
}

fn taken_invoices(joins: &Joins) -> BTreeSet<usize> {
    joins.of_charge.iter().flatten().map(|join| join.invoice).collect()
}

/// The optimal assignment by amount and days.
fn join_by_amount(input: &JoinInput, charges: &[Movement], anchors: &Anchors, joins: &mut Joins) {
    let invoices = &input.papers.invoices;
    let taken = taken_invoices(joins);
    let several: Vec<usize> = (0..invoices.len()).filter(|index| !invoices[*index].other_days.is_empty()).collect();
    let mut edges = Vec::new();
    let mut bases = Vec::new();
    for (left, charge) in charges.iter().enumerate() {
        if !is_posted(charge) || anchors[left].is_some() {
            continue;
        }
        // Invoices are sorted by day: only those whose window can hold the charge are looked at.
        let from = charge.day.minus(WINDOW_DAYS_AFTER_BOOKING_ONLY_MAX);
        let first = invoices.partition_point(|invoice| invoice.day < from);
        let to = charge.day.plus(WINDOW_DAYS_BEFORE_MAX);
        let near = (first..invoices.len()).take_while(|right| invoices[*right].day <= to);
        let elsewhere = several.iter().copied().filter(|right| *right < first || invoices[*right].day > to);
        for right in near.chain(elsewhere) {
            let invoice = &invoices[right];
            if taken.contains(&right) || !is_admissible(input, charge, invoice) {
                continue;
            }
            if let Some(basis) = basis_of(input, charge, invoice) {
                edges.push(Edge { left, right, cost: cost_of(input, charge, invoice, basis) });
                bases.push(basis);
            }
        }
    }
    let best = assign(charges.len(), invoices.len(), &edges);
    for (left, edge) in best.edge_of_left.iter().enumerate() {
        if let Some(index) = edge {
            let invoice = edges[*index].right;
            let gap_days = invoices[invoice].gap_to(charges[left].day);
            joins.of_charge[left] = Some(Join { invoice, basis: bases[*index], gap_days });
        }
    }
    keep_ties(&best, joins, next_tie(joins));
}

/// Window, card, product: nothing may contradict.
fn is_admissible(input: &JoinInput, charge: &Movement, invoice: &Invoice) -> bool {
    in_window(charge, invoice)
        && !input.card_contradicts(charge, invoice)
        && invoice.is_sold_by(charge.route)
        && !invoice.product.is_some_and(|product| charge.product.contradicts(product))
}

/// The strongest basis of amount on which charge and invoice agree.
pub fn basis_of(input: &JoinInput, charge: &Movement, invoice: &Invoice) -> Option<Basis> {
    let asked = invoice.asked;
    if invoice.sum_among(charge.amounts()).is_some() {
        return Some(Basis::Exact);
    }
    if charge.amount_in(asked.currency()).is_none() {
        return converted_sum(input, charge, invoice).map(|_| Basis::Converted);
    }
    (charge.fees.is_some() && charge.paid() == asked).then_some(Basis::Sum)
}

/// The amount of an invoice that a charge in another currency fits.
pub fn converted_sum(input: &JoinInput, charge: &Movement, invoice: &Invoice) -> Option<Money> {
    let channel = input.channel(charge);
    let fits = |sum: &Money| {
        let fit = input.yardstick.charge_fits(*sum, charge.home, charge.day, charge.posting_day, channel);
        fit.is_some_and(Fit::is_inside)
    };
    invoice.sums().find(fits)
}

/// Basis first, then the day gap; at equal cost a paid invoice before an open, an open before a void one, the own
/// account before another, and the product that the descriptor usually means before others.
fn cost_of(input: &JoinInput, charge: &Movement, invoice: &Invoice, basis: Basis) -> Cost {
    let status = match invoice.status {
        BillingStatus::Paid | BillingStatus::Refunded => 0,
        BillingStatus::Open | BillingStatus::Uncollectible | BillingStatus::Issued => 1,
        _ => 2,
    };
    let foreign_account =
        invoice.account.as_ref().is_some_and(|account| !input.accounts.is_empty() && !input.accounts.contains(account));
    let unusual = matches!((charge.product.product(), invoice.product), (Some(a), Some(b)) if a != b);
    let gap = invoice.gap_to(charge.day).abs();
    Cost([basis as i64, gap, status, i64::from(foreign_account), i64::from(unusual)])
}

/// A charge without an invoice beside another for the same invoice amount that has the only one.
fn find_duplicates(input: &JoinInput, charges: &[Movement], anchors: &Anchors, joins: &mut Joins) {
    for (index, charge) in charges.iter().enumerate() {
        if !is_posted(charge) || joins.of_charge[index].is_some() {
            continue;
        }
        let mut best: Option<((i64, usize), usize)> = None;
        for (other, join) in joins.of_charge.iter().enumerate() {
            let Some(join) = join else { continue };
            let by_reference = anchors[index] == Some(join.invoice);
            let gap = charge.day.days_since(charges[other].day).abs();
            let invoice = &input.papers.invoices[join.invoice];
            let alike = gap <= DUPLICATE_DAYS_MAX
                && same_source(input, charge, &charges[other])
                && invoice.is_sold_by(charge.route)
                && !names_other_product(charge.product, charges[other].product, invoice)
                && basis_of(input, charge, invoice).is_some();
            if (by_reference || (anchors[index].is_none() && alike)) && best.is_none_or(|(key, _)| (gap, other) < key) {
                best = Some(((gap, other), other));
            }
        }
        joins.duplicate_of[index] = best.map(|(_, other)| other);
    }
}

/// Whether two payments may have come from one card or account.
pub fn same_source(input: &JoinInput, first: &Movement, second: &Movement) -> bool {
    let (a, b) = (input.instrument(first), input.instrument(second));
    a.files == b.files && !a.contradicts_card(b.card)
}

/// Whether descriptors, a usual product included, speak of different products. A guess may excuse, it must not accuse:
/// two charges that usually mean different products are not called duplicates.
fn names_other_product(first: ProductHint, second: ProductHint, invoice: &Invoice) -> bool {
    let known = second.product().or(invoice.product);
    matches!((first.product(), known), (Some(a), Some(b)) if a != b)
}

/// What is left over on both sides, same product and currency, within the window and less than half apart.
fn join_leftovers(input: &JoinInput, charges: &[Movement], joins: &mut Joins) {
    let taken = taken_invoices(joins);
    let mut edges = Vec::new();
    for (left, charge) in charges.iter().enumerate() {
        if !is_posted(charge) || joins.of_charge[left].is_some() || joins.duplicate_of[left].is_some() {
            continue;
        }
        for (right, invoice) in input.papers.invoices.iter().enumerate() {
            let same_product = charge.product.product().is_none_or(|p| invoice.product.is_none_or(|q| p == q));
            if taken.contains(&right) || !same_product || !is_admissible(input, charge, invoice) {
                continue;
            }
            let Some(amount) = charge.amount_in(invoice.asked.currency()) else { continue };
            let apart = amount.minor_units().saturating_sub(invoice.asked.minor_units());
            let near = apart.saturating_abs().saturating_mul(100)
                < invoice.asked.minor_units().saturating_mul(LEFTOVER_PERCENT_LIMIT);
            if near && (invoice.may_be_paid() || (invoice.is_open() && apart < 0)) {
                let gap = invoice.gap_to(charge.day).abs();
                edges.push(Edge { left, right, cost: Cost([gap, apart.saturating_abs(), 0, 0, 0]) });
            }
        }
    }
    let best = assign(charges.len(), input.papers.invoices.len(), &edges);
    for (left, edge) in best.edge_of_left.iter().enumerate() {
        if let Some(index) = edge {
            let invoice = edges[*index].right;
            let gap_days = input.papers.invoices[invoice].gap_to(charges[left].day);
            joins.of_charge[left] = Some(Join { invoice, basis: Basis::Leftover, gap_days });
        }
    }
    keep_ties(&best, joins, next_tie(joins));
}
