//! What is said beside a verdict: it changes none, but the reader has to know it.
//!
//! The checkout said no and the money went all the same; the amount is a list price with tax; the plan was changed in the
//! middle of a period; fewer seats were there than billed; the account was overdue; the store itself names the purchase.

use super::context::Context;
use super::draft::Draft;
use super::{CaseLine, Reason, Verdict};
use crate::domain::{
    AttemptResult, BillingKind, BillingStatus, Day, Money, Observation, PlanState, Product, SourceRef,
};
use crate::fx::Fit;
use crate::matching::{Contradiction, Invoice, Movement};
use std::collections::BTreeSet;

/// Days between a charge and a failed attempt that may be the same payment: one side writes local time, the other UTC.
const CHECKOUT_DAYS_APART_MAX: i64 = 1;

/// Adds what stands beside the verdict of a posted charge.
pub fn add(ctx: &Context, charge: usize, draft: &mut Draft) {
    let mut found: Vec<(Reason, Option<CaseLine>)> = Vec::new();
    found.extend(failed_at_checkout(ctx, charge));
    found.extend(priced(ctx, charge, draft));
    found.extend(elsewhere(ctx, charge, draft));
    found.extend(gratis(ctx, charge, draft));
    if let Some(invoice) = ctx.invoice_of(charge) {
        found.extend(overdue(ctx, charge, invoice));
        found.extend(seats(ctx, invoice));
        found.extend(balance_applied(invoice));
        found.extend(credited(ctx, charge));
        found.extend(disagreements(ctx, invoice).into_iter().map(|reason| (reason, None)));
        found.extend(of_store(ctx, invoice));
        found.extend(changed_midway(ctx, invoice));
        found.extend(super::periods::overlap(ctx, charge, invoice).map(|reason| (reason, None)));
    }
    for (reason, line) in found {
        draft.reasons.push(reason);
        draft.lines.extend(line);
    }
}

/// A payment of this amount failed, or was given up, when this one was taken. Only where no paid invoice explains the
/// charge: a second try that went through is no news.
fn failed_at_checkout(ctx: &Context, charge: usize) -> Option<(Reason, Option<CaseLine>)> {
    if ctx.invoice_of(charge).is_some_and(Invoice::is_paid) {
        return None;
    }
    let movement = &ctx.charges[charge];
    let near = |day: Day| movement.day.days_since(day).abs() <= CHECKOUT_DAYS_APART_MAX;
    let instrument = &ctx.ledger.instruments[movement.instrument.0];
    let attempt = ctx.papers.attempts.iter().find(|attempt| {
        near(attempt.day)
            && attempt.result != AttemptResult::Approved
            && !instrument.contradicts_card(attempt.card)
            && fits(ctx, movement, attempt.amount)
            && ctx.account_fits(charge, attempt.account.as_ref())
    });
    let failed = ctx.papers.of_kind(BillingKind::PaymentFailed).find(|(_, record)| {
        near(record.date)
            && record.total.is_some_and(|total| fits(ctx, movement, total))
            && ctx.account_fits(charge, record.account.as_ref())
    });
    // Its row stays with the case of the attempt: no row is cited by two cases.
    let day = attempt.map(|attempt| attempt.day).or(failed.map(|(_, record)| record.date))?;
    Some((Reason::FailedAtCheckout { day }, None))
}

fn fits(ctx: &Context, movement: &Movement, amount: Money) -> bool {
    let input = ctx.join_input();
    let converted = || {
        let channel = input.channel(movement);
        let fit = ctx.yardstick.charge_fits(amount, movement.home, movement.day, movement.posting_day, channel);
        movement.amount_in(amount.currency()).is_none() && matches!(fit, Some(Fit::Inside { .. }))
    };
    movement.amounts().any(|known| known == amount) || converted()
}

/// What the amount of a charge without an invoice is: a list price, as it stands or with tax.
fn priced(ctx: &Context, charge: usize, draft: &Draft) -> Option<(Reason, Option<CaseLine>)> {
    let may_be_plan = ctx.product_of(charge).is_none_or(|product| product == Product::ChatgptPlan);
    let asked = matches!(draft.verdict, Verdict::ChargedNotActivated | Verdict::Inconclusive);
    if ctx.invoice_of(charge).is_some() || !may_be_plan || !asked {
        return None;
    }
    let movement = &ctx.charges[charge];
    let (charged, known) =
        movement.amounts().find_map(|amount| Some((amount, ctx.vendor.priced_as(amount, movement.day)?)))?;
    if known.tax_percent.is_zero() && ctx.product_of(charge).is_some() {
        // The descriptor says the product and the amount is its bare price: that is nothing to be told.
        return None;
    }
    let reason = Reason::PricedAs {
        charged,
        plans: known.plans,
        price: known.price,
        tax_percent: known.tax_percent,
        countries: known.countries,
    };
    Some((reason, None))
}

/// Another login has the plan: that has to be looked into before anybody is accused.
fn elsewhere(ctx: &Context, charge: usize, draft: &Draft) -> Option<(Reason, Option<CaseLine>)> {
    if draft.verdict != Verdict::ChargedNotActivated {
        return None;
    }
    let seen = ctx.active_elsewhere(charge)?;
    Some((active_elsewhere(seen)?, Some(ctx.observation_line(seen))))
}

/// The reason that names the login with the plan.
pub(super) fn active_elsewhere(seen: &Observation) -> Option<Reason> {
    let since = seen.active_from.unwrap_or(seen.observed_on);
    Some(Reason::ActiveElsewhere { account: seen.account.clone()?, since })
}

/// The plan was in force without payment: what was charged was perhaps never owed, and what was missing never due.
fn gratis(ctx: &Context, charge: usize, draft: &Draft) -> Option<(Reason, Option<CaseLine>)> {
    let concerned = draft.verdict == Verdict::ChargedNotActivated;
    let seen = ctx.gratis_seen(charge).filter(|_| concerned)?;
    Some((Reason::GratisPlan { seen_on: seen.observed_on }, Some(ctx.observation_line(seen))))
}

/// The account was overdue while the invoice stood open.
fn overdue(ctx: &Context, charge: usize, invoice: &Invoice) -> Option<(Reason, Option<CaseLine>)> {
    let from = ctx.charges[charge].day;
    let to = invoice.period_end.unwrap_or_else(|| from.plus(super::activation::OBSERVATION_DAYS_MAX));
    let seen = ctx.papers.observations.iter().find(|seen| {
        seen.state == PlanState::PastDue
            && (from..=to).contains(&seen.observed_on)
            && ctx.account_fits(charge, seen.account.as_ref())
            && invoice.product.is_none_or(|product| product == seen.product)
    });
    let seen = seen.filter(|_| invoice.is_open())?;
    Some((Reason::SeenPastDue { observed_on: seen.observed_on }, Some(ctx.observation_line(seen))))
}

/// A credit note whose amount stays with the vendor: no refund to the card is owed for it.
fn credited(ctx: &Context, charge: usize) -> Vec<(Reason, Option<CaseLine>)> {
    let joined = ctx.joins.of_charge[charge].map(|join| join.invoice);
    let own = ctx.papers.credited.iter().filter(|note| Some(note.invoice) == joined);
    let told = own.map(|note| {
        let number = ctx.papers.records[note.record].number.clone();
        let reason = Reason::CreditedToBalance { number, day: note.day, amount: note.amount };
        (reason, Some(ctx.record_line(note.record)))
    });
    told.collect()
}

/// Where papers of an invoice contradict each other.
pub(super) fn disagreements(ctx: &Context, invoice: &Invoice) -> Vec<Reason> {
    let place = |at: SourceRef| format!("{}:{}", ctx.coverage.name(at.source), at.line);
    let is_its = |at: SourceRef| invoice.records.iter().any(|index| ctx.papers.records[*index].at == at);
    let own = ctx.papers.contradictions.iter().filter(|found| is_its(found.first) && is_its(found.second));
    let reason = |found: &Contradiction| Reason::PapersDisagree {
        first: place(found.first),
        second: place(found.second),
        said: found.said,
    };
    own.map(reason).collect()
}

/// What was to be paid is not the total.
fn balance_applied(invoice: &Invoice) -> Option<(Reason, Option<CaseLine>)> {
    let (total, asked) = (invoice.total, invoice.asked);
    (total != asked).then(|| (Reason::BalanceApplied { invoice: invoice.name(), total, asked }, None))
}

/// Fewer seats than billed.
fn seats(ctx: &Context, invoice: &Invoice) -> Option<(Reason, Option<CaseLine>)> {
    let billed = invoice.seats?;
    let (from, to) = (invoice.period_start?, invoice.period_end?);
    let seen = ctx.papers.observations.iter().find(|seen| {
        let is_its = seen.account.is_none() || invoice.account.is_none() || seen.account == invoice.account;
        let within = (from..=to).contains(&seen.observed_on);
        is_its && within && seen.state == PlanState::Active && seen.seats.is_some_and(|seats| seats < billed)
    })?;
    let shown = seen.seats?;
    Some((Reason::SeatsShort { billed, shown, observed_on: seen.observed_on }, Some(ctx.observation_line(seen))))
}

/// The store's own record names the purchase; what it gave back it dates nowhere.
fn of_store(ctx: &Context, invoice: &Invoice) -> Vec<(Reason, Option<CaseLine>)> {
    let Some(store) = invoice.store else { return Vec::new() };
    let numbers = invoice.records.iter().filter_map(|index| ctx.papers.records[*index].number.clone());
    let orders: BTreeSet<String> = numbers.collect();
    let mut reasons = vec![(Reason::SoldByStore { store, orders: orders.into_iter().collect() }, None)];
    if invoice.status == BillingStatus::Refunded {
        reasons.push((Reason::StoreGaveBack { order: invoice.name() }, None));
    }
    reasons
}

/// An upgrade or downgrade in the middle of a period.
fn changed_midway(ctx: &Context, invoice: &Invoice) -> Option<(Reason, Option<CaseLine>)> {
    is_midway(ctx, invoice).then(|| (Reason::ChangedMidway { invoice: invoice.name() }, None))
}

/// Whether a paper of the invoice gives back or charges the rest of a period.
pub(super) fn is_midway(ctx: &Context, invoice: &Invoice) -> bool {
    invoice.records.iter().any(|index| ctx.vendor.is_midway(&ctx.papers.records[*index].description))
}

/// Whether a hold is the one that is placed when a card is put on an account.
pub(super) fn setup_hold(ctx: &Context, movement: &Movement) -> Option<Reason> {
    let hold = ctx.vendor.setup_hold();
    let fits_product = !movement.product.contradicts(hold.product);
    (fits_product && fits(ctx, movement, hold.amount)).then_some(Reason::CardSetupHold { amount: hold.amount })
}
