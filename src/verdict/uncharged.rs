//! Cases without a posted charge: holds, declines, attempts written down, invoices that nothing was charged for.

use super::context::Context;
use super::costs::{CostsBasis, Payer, costs_of, profile_of};
use super::draft::Draft;
use super::{CaseLine, Cause, LineRole, Reason, SignedMoney, Verdict};
use crate::domain::{Account, Attempt, AttemptResult, BillingKind, Day, DeclineCause, EntryStatus, Money, Period};
use crate::fx::{Costs, UNKNOWN_CHANNEL};
use crate::matching::assignment::{Cost, Edge, assign};
use crate::matching::{Invoice, Movement, ShortBalance, basis_of, in_window};
use crate::payment::Instrument;
use std::collections::BTreeSet;

/// Days after the billing day that a statement must cover before a payment counts as made elsewhere.
pub const ELSEWHERE_DAYS_AFTER: u32 = 5;
/// Days before an invoice's day on which an attempt to pay it may lie.
const ATTEMPT_DAYS_BEFORE_MAX: u32 = 1;
/// Days after it.
const ATTEMPT_DAYS_AFTER_MAX: u32 = 5;

/// A case without a posted charge, before it is put together.
pub struct Uncharged {
    /// The verdict.
    pub draft: Draft,
    /// Day under which it is listed.
    pub day: Day,
    /// Account it speaks of.
    pub account: Option<Account>,
    /// What was asked for.
    pub invoiced: Option<Money>,
    /// The invoice it holds, an index into the invoices.
    pub invoice: Option<usize>,
}

/// A decline, hold or attempt with all that speaks of it.
#[derive(Default)]
struct Cluster {
    movement: Option<usize>,
    attempt: Option<usize>,
    failed: Vec<usize>,
    invoice: Option<usize>,
}

/// All cases without a posted charge. `taken` are the invoices that posted charges have.
pub fn judge(ctx: &Context, taken: &BTreeSet<usize>) -> Vec<Uncharged> {
    let mut clusters = clusters_of_movements(ctx, taken);
    add_attempts(ctx, taken, &mut clusters);
    add_failed(ctx, &mut clusters);
    let mut held = taken.clone();
    held.extend(clusters.iter().filter_map(|cluster| cluster.invoice));
    let mut cases: Vec<Uncharged> = clusters.iter().map(|cluster| judge_cluster(ctx, cluster)).collect();
    for (index, invoice) in ctx.papers.invoices.iter().enumerate() {
        if !held.contains(&index) {
            cases.extend(judge_invoice(ctx, index, invoice));
        }
    }
    cases
}

/// Holds and declines of the statements, each with the invoice it was for: a pending hold keeps the receipt that
/// already exists, a decline leaves an invoice open.
fn clusters_of_movements(ctx: &Context, taken: &BTreeSet<usize>) -> Vec<Cluster> {
    let input = ctx.join_input();
    let held: Vec<usize> = (0..ctx.charges.len()).filter(|index| is_hold(&ctx.charges[*index])).collect();
    let mut edges = Vec::new();
    for (left, index) in held.iter().enumerate() {
        let movement = &ctx.charges[*index];
        for (right, invoice) in ctx.papers.invoices.iter().enumerate() {
            let wanted = match movement.status {
                EntryStatus::Pending => invoice.is_open() || invoice.may_be_paid(),
                EntryStatus::Declined => invoice.may_be_open(),
                _ => false,
            };
            let product_fits = invoice.is_sold_by(movement.route)
                && !invoice.product.is_some_and(|product| movement.product.contradicts(product));
            if !wanted || taken.contains(&right) || !product_fits || !in_window(movement, invoice) {
                continue;
            }
            if let Some(basis) = basis_of(&input, movement, invoice) {
                let gap = invoice.gap_to(movement.day).abs();
                // Two holds for one invoice: the one still pending is the one that may yet be posted.
                let order = i64::from(movement.status == EntryStatus::Declined);
                edges.push(Edge { left, right, cost: Cost([order, basis as i64, gap, 0, 0]) });
            }
        }
    }
    let best = assign(held.len(), ctx.papers.invoices.len(), &edges);
    held.iter()
        .zip(best.edge_of_left)
        .map(|(index, edge)| Cluster {
            movement: Some(*index),
            invoice: edge.map(|index| edges[index].right),
            ..Cluster::default()
        })
        .collect()
}

fn is_hold(movement: &Movement) -> bool {
    !movement.bare_store && !matches!(movement.status, EntryStatus::Posted | EntryStatus::Unknown)
}

/// Attempts join the statement's decline of the same card, day and amount, else an open invoice of the amount.
fn add_attempts(ctx: &Context, taken: &BTreeSet<usize>, clusters: &mut Vec<Cluster>) {
    let declined: Vec<usize> = (0..ctx.papers.attempts.len())
        .filter(|index| ctx.papers.attempts[*index].result == AttemptResult::Declined)
        .collect();
    let mut edges = Vec::new();
    for (left, attempt) in declined.iter().map(|index| &ctx.papers.attempts[*index]).enumerate() {
        for (right, cluster) in clusters.iter().enumerate() {
            let movement = cluster.movement.map(|index| &ctx.charges[index]);
            if let Some(rank) = movement.and_then(|movement| same_decline(ctx, attempt, movement)) {
                edges.push(Edge { left, right, cost: Cost([rank, 0, 0, 0, 0]) });
            }
        }
    }
    let best = assign(declined.len(), clusters.len(), &edges);
    let mut held: BTreeSet<usize> = taken.clone();
    held.extend(clusters.iter().filter_map(|cluster| cluster.invoice));
    let mut alone = Vec::new();
    for (left, edge) in best.edge_of_left.iter().enumerate() {
        match edge {
            Some(index) => clusters[edges[*index].right].attempt = Some(declined[left]),
            None => alone.push(declined[left]),
        }
    }
    let mut edges = Vec::new();
    for (left, attempt) in alone.iter().map(|index| &ctx.papers.attempts[*index]).enumerate() {
        for (right, invoice) in ctx.papers.invoices.iter().enumerate().filter(|(right, _)| !held.contains(right)) {
            if attempt_fits(attempt, invoice) {
                let gap = attempt.day.days_since(invoice.day).abs();
                edges.push(Edge { left, right, cost: Cost([gap, 0, 0, 0, 0]) });
            }
        }
    }
    let best = assign(alone.len(), ctx.papers.invoices.len(), &edges);
    clusters.extend(alone.iter().zip(best.edge_of_left).map(|(attempt, edge)| Cluster {
        attempt: Some(*attempt),
        invoice: edge.map(|index| edges[index].right),
        ..Cluster::default()
    }));
}

/// How well a written attempt agrees with a decline of the statement: 0 exact, 1 converted.
fn same_decline(ctx: &Context, attempt: &Attempt, movement: &Movement) -> Option<i64> {
    let instrument = &ctx.ledger.instruments[movement.instrument.0];
    let same = movement.status == EntryStatus::Declined
        && movement.day == attempt.day
        && !instrument.contradicts_card(attempt.card);
    if !same {
        return None;
    }
    if movement.amounts().any(|amount| amount == attempt.amount) {
        return Some(0);
    }
    let fit = ctx.yardstick.charge_fits(attempt.amount, movement.home, movement.day, None, &instrument.channel)?;
    (movement.amount_in(attempt.amount.currency()).is_none() && fit.is_inside()).then_some(1)
}

fn attempt_fits(attempt: &Attempt, invoice: &Invoice) -> bool {
    let account_fits = attempt.account.is_none() || invoice.account.is_none() || attempt.account == invoice.account;
    invoice.may_be_open()
        && invoice.asked == attempt.amount
        && account_fits
        && attempt.day >= invoice.day.minus(ATTEMPT_DAYS_BEFORE_MAX)
        && attempt.day <= invoice.day.plus(ATTEMPT_DAYS_AFTER_MAX)
}

/// Payment-failed records join the case of their invoice or of a decline near them, else make a case of their own.
fn add_failed(ctx: &Context, clusters: &mut Vec<Cluster>) {
    for (index, record) in ctx.papers.of_kind(BillingKind::PaymentFailed) {
        let near = |day: Day| {
            day >= record.date.minus(ATTEMPT_DAYS_BEFORE_MAX) && day <= record.date.plus(ATTEMPT_DAYS_AFTER_MAX)
        };
        let agrees = |cluster: &&mut Cluster| {
            let day = cluster_day(ctx, cluster);
            let declined = cluster.movement.is_none_or(|index| ctx.charges[index].status == EntryStatus::Declined);
            let amount = amount_of(ctx, cluster);
            let same = record.total.is_none_or(|total| {
                amount.is_none_or(|amount| amount == total || amount.currency() != total.currency())
            });
            declined && near(day) && same
        };
        match clusters
            .iter_mut()
            .filter(agrees)
            .min_by_key(|cluster| (cluster.failed.len(), cluster_day(ctx, cluster).days_since(record.date).abs()))
        {
            Some(cluster) => cluster.failed.push(index),
            None => clusters.push(Cluster { failed: vec![index], ..Cluster::default() }),
        }
    }
}

fn cluster_day(ctx: &Context, cluster: &Cluster) -> Day {
    let movement = cluster.movement.map(|index| ctx.charges[index].day);
    let attempt = cluster.attempt.map(|index| ctx.papers.attempts[index].day);
    let failed = cluster.failed.first().map(|index| ctx.papers.records[*index].date);
    movement.or(attempt).or(failed).unwrap_or(ctx.as_of)
}

fn amount_of(ctx: &Context, cluster: &Cluster) -> Option<Money> {
    let invoice = cluster.invoice.map(|index| ctx.papers.invoices[index].asked);
    let attempt = cluster.attempt.map(|index| ctx.papers.attempts[index].amount);
    let movement = cluster.movement.map(|index| &ctx.charges[index]);
    invoice.or(attempt).or_else(|| movement.map(|movement| movement.merchant.unwrap_or(movement.home)))
}

fn judge_cluster(ctx: &Context, cluster: &Cluster) -> Uncharged {
    let day = cluster_day(ctx, cluster);
    let status = cluster.movement.map(|index| ctx.charges[index].status);
    let draft = match status {
        Some(EntryStatus::Pending) => with_setup_hold(ctx, cluster, pending(ctx, day)),
        Some(EntryStatus::Voided | EntryStatus::Expired) => with_setup_hold(ctx, cluster, released(ctx, cluster, day)),
        _ => declined(ctx, cluster),
    };
    let is_lapsed = matches!(draft.reasons.first(), Some(Reason::HoldLapsed { .. }));
    let invoice = cluster.invoice.map(|index| &ctx.papers.invoices[index]);
    let attempt = cluster.attempt.map(|index| &ctx.papers.attempts[index]);
    let mut lines: Vec<CaseLine> = Vec::new();
    lines.extend(cluster.movement.iter().flat_map(|index| ctx.movement_lines(&ctx.charges[*index])));
    lines.extend(attempt.map(attempt_line));
    lines.extend(cluster.failed.iter().map(|index| ctx.record_line(*index)));
    lines.extend(invoice.iter().flat_map(|invoice| ctx.invoice_lines(invoice)));
    let account = invoice.and_then(|invoice| invoice.account.clone());
    Uncharged {
        draft: if is_lapsed { draft.citing(lines) } else { draft.citing(lines).said_outright() },
        day,
        account: account.or_else(|| attempt.and_then(|attempt| attempt.account.clone())),
        invoiced: invoice.map(|invoice| invoice.total),
        invoice: cluster.invoice,
    }
}

/// A hold without an invoice may be the one that is placed when a card is put on an account.
fn with_setup_hold(ctx: &Context, cluster: &Cluster, draft: Draft) -> Draft {
    let movement = cluster.movement.filter(|_| cluster.invoice.is_none()).map(|index| &ctx.charges[index]);
    match movement.and_then(|movement| super::beside::setup_hold(ctx, movement)) {
        Some(reason) => draft.because(reason),
        None => draft,
    }
}

/// A written attempt as a line of a case.
pub(super) fn attempt_line(attempt: &Attempt) -> CaseLine {
    CaseLine {
        day: attempt.day,
        role: LineRole::Attempt,
        at: attempt.at,
        money: Some(SignedMoney(attempt.amount)),
        id: None,
        text: attempt.reason.clone(),
        card: attempt.card,
        period: None,
    }
}

fn pending(ctx: &Context, day: Day) -> Draft {
    let hold_days = ctx.vendor.hold_days();
    let draft = Draft::new(Verdict::PendingHold, None, Reason::HoldPending { day, falls_by: day.plus(hold_days) });
    let age = ctx.as_of.days_since(day);
    if age > i64::from(hold_days) { draft.because(Reason::HoldOverdue { days: age }) } else { draft }
}

/// A hold that was let go: the row says so, or a later export of the account shows it no more.
fn released(ctx: &Context, cluster: &Cluster, day: Day) -> Draft {
    let payments = cluster.movement.iter().flat_map(|index| &ctx.charges[*index].payments);
    let mut later = payments.filter_map(|index| ctx.ledger.payments[*index].lapsed_in);
    match later.next() {
        Some(file) => {
            let until = day.plus(ctx.vendor.hold_days());
            let reason = Reason::HoldLapsed { day, until, file: ctx.coverage.name(file) };
            Draft::new(Verdict::ReleasedHold, None, reason).resting_on_absence()
        }
        None => Draft::new(Verdict::ReleasedHold, None, Reason::HoldReleased { day }),
    }
}

/// A decline: was it the conversion, or something else?
fn declined(ctx: &Context, cluster: &Cluster) -> Draft {
    let attempt = cluster.attempt.map(|index| &ctx.papers.attempts[index]);
    let reason = attempt.and_then(|attempt| attempt.reason.clone());
    let recorded = cluster.failed.iter().map(|index| ctx.vendor.decline_cause(&ctx.papers.records[*index].description));
    // A statement may name the reason where others write the status.
    let payments = cluster.movement.iter().flat_map(|index| &ctx.charges[*index].payments);
    let entries = payments.map(|payment| &ctx.ledger.entries[ctx.ledger.payments[*payment].main_entry()]);
    let written = entries.filter_map(|entry| Some(ctx.vendor.decline_cause(entry.status_text.as_deref()?)));
    let stated = attempt.map(|attempt| attempt.cause).into_iter().chain(recorded).chain(written);
    let mut cause = stated.into_iter().find(|cause| *cause != DeclineCause::Unknown).unwrap_or(DeclineCause::Unknown);
    let mut further = Vec::new();
    if let Some((attempt, available)) = attempt.and_then(|attempt| attempt.balance_before.map(|held| (attempt, held)))
        && matches!(cause, DeclineCause::Unknown | DeclineCause::InsufficientFunds)
    {
        let (from, home) = (attempt.amount.currency(), available.currency());
        let known = costs_of(ctx, Payer::Card(attempt.card), attempt.day, from, home);
        let channel = channel_of(ctx, attempt);
        let weigh = |(costs, basis): (Costs, CostsBasis)| {
            Some((ctx.yardstick.balance(attempt.amount, available, attempt.day, costs, channel)?, basis))
        };
        let few = known.as_ref().err().copied();
        match known.ok().and_then(weigh) {
            Some((balance, basis)) if balance.is_fx => {
                let told = Reason::FxDeclined {
                    available,
                    reference_cost: balance.reference_cost,
                    needed: balance.needed,
                    shortfall: balance.shortfall,
                };
                let mut draft = Draft::new(Verdict::FxDeclined, None, told);
                draft.reasons.extend(costs_reason(basis, &balance));
                draft.fx = Some(balance.fx);
                return draft;
            }
            Some((balance, _)) if balance.is_underfunded => cause = DeclineCause::InsufficientFunds,
            Some(_) => {}
            None => further.push(match few {
                Some(charges) => Reason::MarkupUnknown { charges },
                None => Reason::NoRateToCompare {
                    from,
                    to: home,
                    day: attempt.day,
                    known_to: ctx.yardstick.last_day(from, home),
                },
            }),
        }
    }
    let mut draft = Draft::new(Verdict::Declined, Some(Cause::Decline(cause)), Reason::Declined { cause, reason });
    draft.reasons.push(Reason::NextStep { cause });
    draft.reasons.extend(further);
    draft
}

/// Where the cost of a refused payment is known from.
fn costs_reason(basis: CostsBasis, balance: &ShortBalance) -> Option<Reason> {
    match basis {
        CostsBasis::Learned { charges, percent } => Some(Reason::LearnedMarkup { charges, percent }),
        CostsBasis::Described { name } => {
            let cost = balance.needed.checked_sub(balance.reference_cost).ok()?;
            Some(Reason::DescribedCosts { name, cost })
        }
        CostsBasis::BandTop { .. } | CostsBasis::NoConversion => None,
    }
}

/// The channel of the card's statement, if one is there.
fn channel_of<'a>(ctx: &'a Context, attempt: &Attempt) -> &'a str {
    let same = |instrument: &&Instrument| attempt.card.is_some() && instrument.card == attempt.card;
    let described = || profile_of(ctx, Payer::Card(attempt.card)).and_then(|profile| profile.channel.as_deref());
    let statement = ctx.ledger.instruments.iter().find(same).map(|instrument| instrument.channel.as_str());
    statement.or_else(described).unwrap_or(UNKNOWN_CHANNEL)
}

/// The days on which a payment of the invoice would stand on a statement.
fn elsewhere_days(invoice: &Invoice) -> Period {
    Period { from: invoice.day, to: invoice.day.plus(ELSEWHERE_DAYS_AFTER) }
}

/// An invoice of which only the paper is there that asks for the money.
fn issued_alone(ctx: &Context, invoice: &Invoice) -> Draft {
    let (name, Period { from, to }) = (invoice.name(), elsewhere_days(invoice));
    if ctx.coverage.statements_covering(&ctx.ledger.instruments, Period { from, to }).is_empty() {
        let reason = Reason::IssuedDayNotCovered { invoice: name, from, to };
        Draft::new(Verdict::Inconclusive, Some(Cause::OutsideStatementCoverage), reason).resting_on_absence()
    } else {
        let reason = Reason::IssuedNotCharged { invoice: name, from, to };
        Draft::new(Verdict::UnpaidInvoice, None, reason).resting_on_absence()
    }
}

/// An invoice that nothing was charged for.
fn judge_invoice(ctx: &Context, index: usize, invoice: &Invoice) -> Option<Uncharged> {
    let name = invoice.name();
    let draft = if invoice.is_issued() {
        issued_alone(ctx, invoice)
    } else if invoice.is_open() {
        let reason = Reason::UnpaidInvoice { invoice: name, due: invoice.day };
        Draft::new(Verdict::UnpaidInvoice, None, reason).resting_on_absence()
    } else if invoice.is_paid() {
        let stretch = elsewhere_days(invoice);
        let files = ctx.coverage.statements_covering(&ctx.ledger.instruments, stretch);
        if files.is_empty() {
            let reason = Reason::PaidDayNotCovered { invoice: name, from: stretch.from, to: stretch.to };
            Draft::new(Verdict::Inconclusive, Some(Cause::OutsideStatementCoverage), reason)
        } else {
            let reason = Reason::PaidElsewhere { invoice: name, files: ctx.coverage.names(&files) };
            Draft::new(Verdict::PaidElsewhere, None, reason)
        }
        .resting_on_absence()
    } else {
        return None;
    };
    let draft = super::beside::disagreements(ctx, invoice).into_iter().fold(draft, Draft::because);
    Some(Uncharged {
        draft: draft.citing(ctx.invoice_lines(invoice)),
        day: invoice.day,
        account: invoice.account.clone(),
        invoiced: Some(invoice.total),
        invoice: Some(index),
    })
}
