//! When a plan in force is due again, and what to hold for it.
//!
//! Only what the files show counts: the newest settled invoice of a plan with its period, and nothing since that ends the
//! plan. It is a reminder, not a verdict: nothing is concluded from it.

use super::context::Context;
use super::costs::{CostsBasis, Payer, costs_of, profile_of};
use super::{Case, LineRole, Verdict};
use crate::domain::{Account, BillingKind, Day, Money, PlanState, Product, SourceRef};
use crate::fx::{Component, ComponentKind, Costs, Forecast, Need};
use crate::matching::{Invoice, Movement};
use crate::rates::Publisher;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A renewal further off than this is not announced.
const DAYS_AHEAD_MAX: i64 = 370;

/// The next payment of a plan in force.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// Account with the vendor.
    pub account: Option<Account>,
    /// What is paid for, as the invoice describes it.
    pub description: String,
    /// The earliest day on which it may be charged.
    pub on: Day,
    /// What was invoiced last.
    pub amount: Money,
    /// The invoice that says so.
    pub at: SourceRef,
    /// The card that paid last and the last day on which it can be used, where the config file says it.
    pub card_expires: Option<(String, Day)>,
    /// What to hold; absent where no rate is known from which it could be reckoned.
    pub keep: Option<Keep>,
}

/// What to hold for a renewal.
#[derive(Clone, Debug)]
pub struct Keep {
    /// The figures.
    pub forecast: Forecast,
    /// What the account's conversions cost.
    pub costs: Costs,
    /// How that is known.
    pub basis: CostsBasis,
    /// Who publishes the rate, and the line to print for it.
    pub source: (String, Publisher),
}

/// The renewals to come, by day.
pub fn renewals(ctx: &Context, cases: &[Case]) -> Vec<Renewal> {
    let mut newest: BTreeMap<Option<&Account>, usize> = BTreeMap::new();
    for (index, invoice) in ctx.papers.invoices.iter().enumerate() {
        if invoice.product != Some(Product::ChatgptPlan) || !invoice.is_paid() {
            continue;
        }
        let known = newest.entry(invoice.account.as_ref()).or_insert(index);
        let key = |index: usize| (ctx.papers.invoices[index].period_end, ctx.papers.invoices[index].day);
        if key(index) > key(*known) {
            *known = index;
        }
    }
    let mut renewals: Vec<Renewal> = newest.into_values().filter_map(|index| renewal(ctx, cases, index)).collect();
    renewals.sort_by(|a, b| (a.on, &a.account, a.at).cmp(&(b.on, &b.account, b.at)));
    renewals
}

fn renewal(ctx: &Context, cases: &[Case], index: usize) -> Option<Renewal> {
    let invoice = &ctx.papers.invoices[index];
    let is_own =
        invoice.account.as_ref().is_none_or(|account| ctx.accounts.is_empty() || ctx.accounts.contains(account));
    // What a change in the middle of a period cost is not what the next one will.
    if super::beside::is_midway(ctx, invoice) {
        return None;
    }
    let record = &ctx.papers.records[*invoice.records.first()?];
    let is_settled = cases.iter().any(|case| {
        let cites =
            |line: &super::CaseLine| line.at == record.at && matches!(line.role, LineRole::Invoice | LineRole::Receipt);
        case.verdict == Verdict::Settled && case.lines.iter().any(cites)
    });
    let on = due_again(invoice)?;
    let is_near = (0..=DAYS_AHEAD_MAX).contains(&on.days_since(ctx.as_of));
    if !is_own || !is_settled || !is_near || has_ended(ctx, invoice) {
        return None;
    }
    let charge = (0..ctx.charges.len())
        .find(|charge| ctx.joins.of_charge[*charge].is_some_and(|join| join.invoice == index))
        .map(|charge| &ctx.charges[charge])?;
    let payer = Payer::Instrument(charge.instrument);
    Some(Renewal {
        account: invoice.account.clone(),
        description: record.description.clone(),
        on,
        amount: invoice.total,
        at: record.at,
        card_expires: profile_of(ctx, payer).and_then(|profile| Some((profile.name.clone(), profile.expires?))),
        keep: keep(ctx, invoice, charge, on),
    })
}

/// The earliest day on which the next period may begin. Papers name the last day of a period or the first of the next:
/// where the day of the month tells which, it is the first of the next; otherwise the day named, rather early than late.
fn due_again(invoice: &Invoice) -> Option<Day> {
    let (start, end) = (invoice.period_start?, invoice.period_end?);
    let next = end.plus(1);
    Some(if next.ymd().2 == start.ymd().2 && end.ymd().2 != start.ymd().2 { next } else { end })
}

/// Whether anything after the invoice ends the plan: a cancellation without a new order, a refund, or the plan page.
fn has_ended(ctx: &Context, invoice: &Invoice) -> bool {
    let is_of_account =
        |account: &Option<Account>| account.is_none() || invoice.account.is_none() || *account == invoice.account;
    let newest = |kind: BillingKind| {
        let of_kind = ctx.papers.of_kind(kind).map(|(_, record)| record);
        of_kind.filter(|record| is_of_account(&record.account)).map(|record| record.date).max()
    };
    let ordered = newest(BillingKind::Order);
    let cancelled = newest(BillingKind::Cancellation).is_some_and(|day| {
        day >= invoice.period_start.unwrap_or(invoice.day) && ordered.is_none_or(|order| order < day)
    });
    let refunded = ctx.papers.refunds.iter().any(|refund| std::ptr::eq(&ctx.papers.invoices[refund.invoice], invoice));
    let seen = ctx.papers.observations.iter().filter(|seen| {
        seen.product == Product::ChatgptPlan && is_of_account(&seen.account) && seen.observed_on >= invoice.day
    });
    let inactive = seen.max_by_key(|seen| seen.observed_on).is_some_and(|seen| seen.state != PlanState::Active);
    cancelled || refunded || inactive
}

/// What to hold for the next payment by the same instrument.
fn keep(ctx: &Context, invoice: &Invoice, charge: &Movement, on: Day) -> Option<Keep> {
    let (from, home) = (invoice.total.currency(), charge.home.currency());
    let payer = Payer::Instrument(charge.instrument);
    let (mut costs, basis) =
        costs_of(ctx, payer, ctx.as_of.plus(1), from, home).unwrap_or_else(|_| band_top(ctx, charge));
    let has_tax = costs.components.iter().any(|rule| rule.kind == ComponentKind::Tax);
    // What past charges cost holds the tax already.
    if !has_tax && !matches!(basis, CostsBasis::Learned { .. }) {
        costs.components.extend(ctx.yardstick.tax(from, home, on));
    }
    // A fixed fee in another currency than the account's cannot be added.
    costs.components.retain(|rule| !matches!(&rule.amount, Component::Fixed(fee) if fee.currency() != home));
    let top_up_percent = profile_of(ctx, payer).map_or(Decimal::ZERO, |profile| profile.top_up_percent);
    let need =
        Need { invoice: invoice.total, account: home, on, known_to: ctx.as_of, costs: costs.clone(), top_up_percent };
    let forecast = ctx.yardstick.forecast(&need)?;
    Some(Keep { forecast, costs, basis, source: ctx.yardstick.source_of(from, home) })
}

/// Nothing is known of the instrument: the most that is usual for its channel.
fn band_top(ctx: &Context, charge: &Movement) -> (Costs, CostsBasis) {
    let channel = ctx.join_input().channel(charge).to_string();
    let percent = ctx.yardstick.untaxed_band(&channel).hi().max(Decimal::ZERO);
    (Costs { embedded_percent: percent, components: Vec::new() }, CostsBasis::BandTop { channel, percent })
}
