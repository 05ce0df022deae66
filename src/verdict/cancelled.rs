//! Verdict 6: charged after a cancellation, and why a charge after one may be right.
//!
//! A cancellation ends the plan that it names. Where the plan was ordered again since, nothing was charged after the
//! cancellation; an invoice that opens a subscription is such an order. That nothing was ordered since is shown only by
//! what would hold the order: a list that a person wrote, all papers, or an invoice that says it goes on with a
//! subscription. The vendor's own list of invoices holds no orders.

use super::context::Context;
use super::draft::Draft;
use super::{Cause, Reason, Verdict};
use crate::coverage::BillingCoverage;
use crate::domain::{BillingKind, BillingRecord, BillingStatus, Day, PlanState, Product};

/// #6: a cancellation was in effect when the period began, and no order stands between.
pub(super) fn judge(ctx: &Context, charge: usize) -> Option<Draft> {
    // Only a subscription can be cancelled, and a bare vendor name may have bought anything.
    if ctx.product_of(charge) != Some(Product::ChatgptPlan) {
        return None;
    }
    let (movement, invoice) = (&ctx.charges[charge], ctx.invoice_of(charge));
    let start = period_start(ctx, charge);
    let (cancellation, cancelled_on) = last_cancellation(ctx, charge, start)?;
    if last_order(ctx, charge, cancelled_on, start).is_some() {
        return None;
    }
    let line = ctx.record_line(cancellation);
    let covered = matches!(ctx.coverage.billing(start, movement.route), BillingCoverage::Covered(_));
    let shown = ctx.coverage.is_list(line.at.source)
        || match invoice {
            // An order would have left an invoice.
            None => covered,
            Some(invoice) => invoice.opens == Some(false) || ctx.coverage.holds_orders(start, movement.route),
        };
    if !shown && begins_with(ctx, charge) {
        return None;
    }
    if !shown {
        let reason = Reason::CancelledBefore { cancelled_on, period_start: start };
        let draft = Draft::new(Verdict::Inconclusive, Some(Cause::NoBillingEvidence), reason);
        return Some(draft.citing([line]));
    }
    let reason = Reason::ChargedAfterCancel { cancelled_on, period_start: start };
    let draft = Draft::new(Verdict::ChargedAfterCancel, None, reason).claiming(movement.home);
    Some(draft.citing([line]).resting_on_absence())
}

/// A new order after a cancellation: why a charge after the cancellation is right.
pub(super) fn reordered(ctx: &Context, charge: usize) -> Option<(usize, Reason)> {
    let start = period_start(ctx, charge);
    let (_, cancelled_on) = last_cancellation(ctx, charge, start)?;
    let (order, ordered_on) = last_order(ctx, charge, cancelled_on, start)?;
    let is_plan = ctx.product_of(charge) == Some(Product::ChatgptPlan);
    // Later months of the same subscription need no second mention.
    (is_plan && ordered_on == start).then_some((order, Reason::OrderedAgain { cancelled_on, ordered_on }))
}

fn period_start(ctx: &Context, charge: usize) -> Day {
    ctx.invoice_of(charge).and_then(|invoice| invoice.period_start).unwrap_or(ctx.charges[charge].day)
}

/// Whether the account showed a plan that was in force from the day of the charge on: a new subscription.
fn begins_with(ctx: &Context, charge: usize) -> bool {
    ctx.papers.observations.iter().any(|seen| {
        seen.product == Product::ChatgptPlan
            && seen.state == PlanState::Active
            && seen.active_from == Some(ctx.charges[charge].day)
            && ctx.account_fits(charge, seen.account.as_ref())
    })
}

/// The last cancellation of the charge's plan on or before a day. One that names another plan ends nothing.
fn last_cancellation(ctx: &Context, charge: usize, to: Day) -> Option<(usize, Day)> {
    let plans = ctx.plans_of(charge);
    let is_its = |record: &BillingRecord| {
        record.kind == BillingKind::Cancellation
            && matches!(record.status, BillingStatus::Effective | BillingStatus::Placed)
            && record.plan.as_ref().is_none_or(|plan| plans.is_empty() || plans.contains(plan))
    };
    last_of(ctx, charge, to, is_its)
}

/// The last order between two days, both included: a record of one, or an invoice that opens a subscription.
fn last_order(ctx: &Context, charge: usize, from: Day, to: Day) -> Option<(usize, Day)> {
    let is_order = |record: &BillingRecord| {
        let placed = record.kind == BillingKind::Order
            && matches!(record.status, BillingStatus::Effective | BillingStatus::Placed);
        (placed || record.opens == Some(true)) && record.date >= from
    };
    last_of(ctx, charge, to, is_order)
}

/// The last record for the charge's account up to a day that is wanted.
fn last_of(ctx: &Context, charge: usize, to: Day, wanted: impl Fn(&BillingRecord) -> bool) -> Option<(usize, Day)> {
    let records = ctx.papers.records.iter().enumerate();
    records
        .filter(|(_, record)| record.product.is_none_or(|product| product == Product::ChatgptPlan))
        .filter(|(_, record)| record.date <= to && wanted(record))
        .filter(|(_, record)| ctx.account_fits(charge, record.account.as_ref()))
        .max_by_key(|(index, record)| (record.date, *index))
        .map(|(index, record)| (index, record.date))
}
