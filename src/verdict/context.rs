//! Everything a verdict may look at, and the joins of the plan side that only verdicts need.

use super::{CaseLine, LineRole, SignedMoney};
use crate::coverage::Coverage;
use crate::domain::{
    Account, BillingKind, BillingRecord, Day, EntryStatus, Money, Observation, Period, PlanState, Product, ProductHint,
    Route, Usage,
};
use crate::fx::{Profile, PurchaseTaxes};
use crate::matching::assignment::{COST_PARTS, Cost, Edge, assign};
use crate::matching::{Invoice, JoinInput, Joins, Movement, Papers, RefundJoins, Yardstick, in_window, is_posted};
use crate::payment::{Direction, Ledger, RowRole, identifier_key};
use crate::vendor::Vendor;
use std::collections::BTreeSet;

/// Days before a charge on which its credit may have been granted.
pub const GRANT_DAYS_BEFORE_MAX: i64 = 1;
/// Days after a charge within which its credit should be granted.
pub const GRANT_DAYS_AFTER_MAX: i64 = 2;
/// A nearest known rate holds an accusation back where the amounts fit within this share, in percent.
pub const NO_RATE_PERCENT_MAX: u32 = 15;

/// What the verdicts are given from.
pub struct Context<'a> {
    /// The statements.
    pub ledger: &'a Ledger,
    /// The billing and plan side.
    pub papers: &'a Papers,
    /// Days on which something was used.
    pub usage: &'a [Usage],
    /// What each file can show.
    pub coverage: &'a Coverage<'a>,
    /// Reference rates and bands.
    pub yardstick: &'a Yardstick<'a>,
    /// Knowledge of the vendor.
    pub vendor: &'a Vendor,
    /// Cards, accounts and wallets that the user describes.
    pub profiles: &'a [Profile],
    /// The payer's own accounts, empty if none were named.
    pub accounts: &'a BTreeSet<Account>,
    /// The day as of which the verdicts hold.
    pub as_of: Day,
    /// Money to the vendor, in canonical order.
    pub charges: Vec<Movement>,
    /// Money back from the vendor.
    pub refunds: Vec<Movement>,
    /// Charges and their invoices.
    pub joins: Joins,
    /// Refunds and their charges.
    pub refund_joins: RefundJoins,
    /// For each charge the credit grant that belongs to it, an index into the records.
    pub grant_of: Vec<Option<usize>>,
    /// For each charge an invoice that no reference rate lets it be compared with.
    pub awaiting_rate: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    /// The joins' view of the same files.
    pub fn join_input(&self) -> JoinInput<'a> {
        JoinInput { ledger: self.ledger, papers: self.papers, yardstick: self.yardstick, accounts: self.accounts }
    }

    /// The invoice a charge is joined to.
    pub fn invoice_of(&self, charge: usize) -> Option<&'a Invoice> {
        self.joins.of_charge[charge].map(|join| &self.papers.invoices[join.invoice])
    }

    /// What a charge bought: the invoice's product, else what the descriptor says.
    pub fn product_of(&self, charge: usize) -> Option<Product> {
        let hint = self.charges[charge].product;
        let named = match hint {
            ProductHint::Named(product) => Some(product),
            ProductHint::Usual(_) | ProductHint::Unknown => None,
        };
        self.invoice_of(charge).and_then(|invoice| invoice.product).or(named).or(hint.product())
    }

    /// The plans that a charge may be for: the invoice's, else those that the list prices make likely; empty where neither
    /// says.
    pub fn plans_of(&self, charge: usize) -> Vec<String> {
        if let Some(invoice) = self.invoice_of(charge) {
            return invoice.plan.iter().cloned().collect();
        }
        let movement = &self.charges[charge];
        let known = movement.amounts().find_map(|amount| self.vendor.priced_as(amount, movement.day));
        known.map(|known| known.plans).unwrap_or_default()
    }

    /// Whether a record's account may be the one that a charge was made for.
    pub fn account_fits(&self, charge: usize, account: Option<&Account>) -> bool {
        let Some(account) = account else { return true };
        match self.invoice_of(charge).and_then(|invoice| invoice.account.as_ref()) {
            Some(billed) => billed == account,
            None => self.accounts.is_empty() || self.accounts.contains(account),
        }
    }

    /// Joins credit grants to charges, each grant to one charge at most.
    pub fn join_grants(&mut self) {
        let grants = self.grants();
        let mut edges = Vec::new();
        for (left, charge) in self.charges.iter().enumerate() {
            let is_credit = self.product_of(left).is_none_or(|product| product != Product::ChatgptPlan);
            if !is_posted(charge) || !is_credit {
                continue;
            }
            for (right, papers) in grants.iter().enumerate() {
                let costs = papers.iter().filter_map(|index| self.grant_cost(left, &self.papers.records[*index]));
                edges.extend(costs.min().map(|cost| Edge { left, right, cost }));
            }
        }
        let best = assign(self.charges.len(), grants.len(), &edges);
        self.grant_of = best.edge_of_left.iter().map(|edge| edge.map(|index| grants[edges[index].right][0])).collect();
    }

    /// The credit granted, each grant with all papers that tell of it: what a list and a single paper, or two lists, say of
    /// one amount on one day is one grant. Two single papers are two.
    fn grants(&self) -> Vec<Vec<usize>> {
        let is_list = |index: usize| self.coverage.lists_grants(self.papers.records[index].at.source);
        let all = || self.papers.of_kind(BillingKind::CreditGrant).map(|(index, _)| index);
        let ordered = all().filter(|index| is_list(*index)).chain(all().filter(|index| !is_list(*index)));
        let mut grants: Vec<Vec<usize>> = Vec::new();
        for index in ordered {
            let takes = |papers: &Vec<usize>| {
                is_list(papers[0])
                    && (is_list(index) || papers.iter().all(|other| is_list(*other)))
                    && papers.iter().all(|other| self.is_one_grant(*other, index))
            };
            match grants.iter_mut().find(|papers| takes(papers)) {
                Some(papers) => papers.push(index),
                None => grants.push(vec![index]),
            }
        }
        grants
    }

    /// Whether two records in different files may tell of one grant.
    fn is_one_grant(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.papers.records[one], &self.papers.records[other]);
        let near = one.date.days_since(other.date).abs() <= GRANT_DAYS_BEFORE_MAX;
        let account = one.account.is_none() || other.account.is_none() || one.account == other.account;
        let product = one.product.is_none() || other.product.is_none() || one.product == other.product;
        one.at.source != other.at.source && one.total == other.total && near && account && product
    }

    /// What joining a grant to a charge costs; `None` where it cannot be the charge's.
    fn grant_cost(&self, charge: usize, grant: &BillingRecord) -> Option<Cost> {
        let invoice = self.invoice_of(charge);
        let key = grant.reference.as_deref().map(identifier_key).unwrap_or_default();
        let by_reference = invoice.is_some_and(|invoice| invoice.identifiers.contains(&key));
        let of_other = !by_reference && self.papers.invoices.iter().any(|other| other.identifiers.contains(&key));
        let gap = grant.date.days_since(self.charges[charge].day);
        let in_days = (-GRANT_DAYS_BEFORE_MAX..=GRANT_DAYS_AFTER_MAX).contains(&gap);
        let product_fits = match (grant.product, self.product_of(charge)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let amount = grant.total?;
        let billed = invoice.into_iter().flat_map(|invoice| [Some(invoice.total), invoice.subtotal]).flatten();
        let fits = in_days && product_fits && !of_other && self.account_fits(charge, grant.account.as_ref());
        let exact = self.charges[charge].amounts().chain(billed).any(|known| known == amount);
        // Without an invoice that tells them apart, the charge may be the credit with its tax.
        let day = self.charges[charge].day;
        let taxed = |charged: Money| PurchaseTaxes::embedded().between(amount, charged, day).is_some();
        if !fits || !(exact || invoice.is_none() && self.charges[charge].amounts().any(taxed)) {
            return None;
        }
        let mut cost = [0; COST_PARTS];
        cost[0] = i64::from(!by_reference);
        cost[1] = i64::from(!exact);
        cost[2] = gap.abs();
        Some(Cost(cost))
    }

    /// Pairs charges without an invoice with invoices in another currency where no rate is known for the day. The
    /// nearest known rate, if there is one, must bring the amounts within 15 %; it only holds an accusation back.
    pub fn join_without_rate(&mut self) {
        let taken: BTreeSet<usize> = self.joins.of_charge.iter().flatten().map(|join| join.invoice).collect();
        let input = self.join_input();
        let mut edges = Vec::new();
        for (left, charge) in self.charges.iter().enumerate() {
            if !is_posted(charge) || self.joins.of_charge[left].is_some() || self.joins.duplicate_of[left].is_some() {
                continue;
            }
            for (right, invoice) in self.papers.invoices.iter().enumerate() {
                let total = invoice.asked;
                let could_be = !taken.contains(&right)
                    && (invoice.may_be_paid() || invoice.is_open())
                    && in_window(charge, invoice)
                    && invoice.is_sold_by(charge.route)
                    && !input.ledger.instruments[charge.instrument.0].contradicts_card(invoice.card)
                    && !invoice.product.is_some_and(|product| charge.product.contradicts(product))
                    && charge.amount_in(total.currency()).is_none()
                    && !self.yardstick.knows(total.currency(), charge.home.currency(), charge.day)
                    && self.yardstick.nearest_fits(total, charge.home, charge.day, NO_RATE_PERCENT_MAX);
                if could_be {
                    let gap = invoice.gap_to(charge.day).abs();
                    edges.push(Edge { left, right, cost: Cost([gap, i64::from(invoice.is_open()), 0, 0, 0]) });
                }
            }
        }
        let best = assign(self.charges.len(), self.papers.invoices.len(), &edges);
        self.awaiting_rate = best.edge_of_left.iter().map(|edge| edge.map(|index| edges[index].right)).collect();
    }

    /// A paid invoice in another currency that no charge has and that a charge would fit as a conversion at the merchant,
    /// which leaves no original amount on the card's row; the nearest in days.
    pub fn local_conversion_of(&self, charge: usize) -> Option<&'a Invoice> {
        let movement = &self.charges[charge];
        if movement.merchant.is_some() || movement.route == Route::Paypal {
            return None;
        }
        let is_free = |index: usize| self.joins.of_charge.iter().flatten().all(|join| join.invoice != index);
        let could_be = |invoice: &Invoice| {
            in_window(movement, invoice)
                && invoice.is_paid()
                && invoice.total.currency() != movement.home.currency()
                && !self.ledger.instruments[movement.instrument.0].contradicts_card(invoice.card)
                && !invoice.product.is_some_and(|product| movement.product.contradicts(product))
                && self.yardstick.fits_local_conversion(invoice.asked, movement) == Some(true)
        };
        let invoices = self.papers.invoices.iter().enumerate();
        let fitting = invoices.filter(|(index, invoice)| could_be(invoice) && is_free(*index)).map(|found| found.1);
        fitting.min_by_key(|invoice| invoice.gap_to(movement.day).abs())
    }

    /// The rows of a movement as lines of its case.
    pub fn movement_lines(&self, movement: &Movement) -> Vec<CaseLine> {
        let mut lines = Vec::new();
        for (position, payment) in movement.payments.iter().enumerate() {
            for row in &self.ledger.payments[*payment].rows {
                // The bank's line behind a wallet's payment is where the wallet drew the money from.
                let role = match row.role {
                    RowRole::Main if position > 0 => LineRole::Funding,
                    RowRole::Main => main_role(movement),
                    RowRole::Authorization => LineRole::Authorization,
                    RowRole::Release => LineRole::Release,
                    RowRole::Conversion => LineRole::Conversion,
                    RowRole::Funding => LineRole::Funding,
                    RowRole::Fee => LineRole::Fee,
                    RowRole::Denied => LineRole::Decline,
                };
                lines.extend(self.entry_line(row.entry, role));
            }
        }
        lines.extend(movement.wallet_line.and_then(|row| self.entry_line(row, LineRole::Funding)));
        lines
    }

    fn entry_line(&self, index: usize, role: LineRole) -> Option<CaseLine> {
        let entry = &self.ledger.entries[index];
        Some(CaseLine {
            day: entry.day()?,
            role,
            at: entry.at,
            money: entry.money().map(SignedMoney),
            id: entry.id.clone(),
            text: Some(entry.descriptor.clone()),
            card: entry.card,
            period: None,
        })
    }

    /// A billing record as a line of a case.
    pub fn record_line(&self, index: usize) -> CaseLine {
        let record = &self.papers.records[index];
        let role = match record.kind {
            BillingKind::Invoice => LineRole::Invoice,
            BillingKind::Receipt => LineRole::Receipt,
            BillingKind::Order => LineRole::Order,
            BillingKind::PaymentFailed => LineRole::PaymentFailed,
            BillingKind::Refund => LineRole::Refund,
            BillingKind::CreditNote => LineRole::CreditNote,
            BillingKind::CreditGrant => LineRole::CreditGrant,
            BillingKind::Cancellation => LineRole::Cancellation,
        };
        CaseLine {
            day: record.date,
            role,
            at: record.at,
            money: record.total.map(SignedMoney),
            id: record.number.clone(),
            text: Some(record.description.clone()),
            card: record.card,
            period: stretch(record.period_start, record.period_end),
        }
    }

    /// All records of an invoice as lines.
    pub fn invoice_lines(&self, invoice: &Invoice) -> Vec<CaseLine> {
        invoice.records.iter().map(|index| self.record_line(*index)).collect()
    }

    /// A day of use as a line of a case; its cost is below the smallest unit of money.
    pub fn usage_line(&self, used: &Usage) -> CaseLine {
        CaseLine {
            day: used.day,
            role: LineRole::Usage,
            at: used.at,
            money: None,
            id: None,
            text: Some(used.description.clone()).filter(|text| !text.is_empty()),
            card: None,
            period: None,
        }
    }

    /// An observation as a line of a case.
    pub fn observation_line(&self, seen: &Observation) -> CaseLine {
        let state = PlanState::NAMES.iter().find(|(_, state)| *state == seen.state).map_or("", |(name, _)| name);
        let text = seen.plan.as_deref().map_or_else(|| state.to_string(), |plan| format!("{plan}: {state}"));
        CaseLine {
            day: seen.observed_on,
            role: LineRole::PlanState,
            at: seen.at,
            money: seen.credit_balance.map(SignedMoney),
            id: None,
            text: Some(text),
            card: None,
            period: stretch(seen.active_from, seen.active_until).filter(|_| seen.state != PlanState::Inactive),
        }
    }
}

/// The days from one to the other, where both are known and stand in that order.
fn stretch(from: Option<Day>, to: Option<Day>) -> Option<Period> {
    let (from, to) = (from?, to?);
    (from <= to).then_some(Period { from, to })
}

fn main_role(movement: &Movement) -> LineRole {
    match (movement.direction, movement.status) {
        (Direction::Refund, _) => LineRole::Refund,
        (_, EntryStatus::Pending) => LineRole::Authorization,
        (_, EntryStatus::Voided | EntryStatus::Expired) => LineRole::Release,
        (_, EntryStatus::Declined) => LineRole::Decline,
        (_, EntryStatus::Posted | EntryStatus::Unknown) => LineRole::Charge,
    }
}
