//! Posted charges: the first verdict of the domain rules that applies.

use super::activation::Activation;
use super::context::Context;
use super::draft::Draft;
use super::{CaseLine, Cause, Reason, Verdict};
use crate::coverage::BillingCoverage;
use crate::domain::{Account, Observation, Period, PlanState, Product, Route};
use crate::matching::{Basis, DCC_CHANNEL, Invoice, converted_sum};

/// A charge younger than this many days at the as-of day is too recent to call.
pub const GRACE_DAYS: u32 = 2;

/// How near a row passed over must lie to be what a charge misses: the widest window of a join.
const HOLE_DAYS: u32 = 10;

/// What a charge without an invoice is called where nothing else names it.
const NO_NAME: &str = "-";

/// Gives a posted charge its verdict.
pub fn judge(ctx: &Context, charge: usize) -> Draft {
    let mut draft = super::refunded::judge(ctx, charge)
        .or_else(|| seen_twice(ctx, charge))
        .or_else(|| duplicate(ctx, charge))
        .or_else(|| wrong_account(ctx, charge))
        .or_else(|| super::cancelled::judge(ctx, charge))
        .or_else(|| super::amount::arrived_short(ctx, charge))
        .or_else(|| not_activated(ctx, charge))
        .or_else(|| super::amount::mismatch(ctx, charge))
        .unwrap_or_else(|| settled(ctx, charge));
    draft = beside_a_hole(ctx, charge, draft);
    draft.reasons.extend(join_reason(ctx, charge));
    super::beside::add(ctx, charge, &mut draft);
    super::refunded::take_off_part(ctx, charge, &mut draft);
    draft
}

/// Nothing missing on the billing side is held against anybody where a row near the charge was passed over: the row may
/// be the invoice, the order or the grant that is missed.
fn beside_a_hole(ctx: &Context, charge: usize, draft: Draft) -> Draft {
    let from_billing = draft.rests_on_absence && draft.verdict != Verdict::RefundMissing;
    let day = ctx.charges[charge].day;
    let near = Period { from: day.minus(HOLE_DAYS), to: day.plus(HOLE_DAYS) };
    match ctx.coverage.list_hole(near).filter(|_| from_billing && draft.at_stake.is_some()) {
        None => draft,
        Some(list) => {
            let reason = Reason::ListHasHole { file: ctx.coverage.name(list) };
            let held = Draft::new(Verdict::Inconclusive, Some(Cause::NoBillingEvidence), reason);
            held.citing(draft.lines)
        }
    }
}

/// How the charge found its invoice.
fn join_reason(ctx: &Context, charge: usize) -> Option<Reason> {
    let join = ctx.joins.of_charge[charge]?;
    let invoice = &ctx.papers.invoices[join.invoice];
    let movement = &ctx.charges[charge];
    let name = invoice.name();
    Some(match join.basis {
        Basis::Reference => {
            let shared = movement.identifiers.shared_with(&invoice.identifiers).map(str::to_string);
            Reason::JoinedByReference { invoice: name, reference: shared.unwrap_or_default() }
        }
        Basis::Exact => {
            let amount = invoice.sum_among(movement.amounts()).unwrap_or(invoice.asked);
            if amount != invoice.asked && invoice.arrived == Some(amount) {
                return Some(Reason::JoinedArrived { invoice: name, amount });
            }
            Reason::JoinedExact { invoice: name, amount, gap_days: join.gap_days }
        }
        Basis::Converted => {
            let input = ctx.join_input();
            let channel = input.channel(movement);
            let total = converted_sum(&input, movement, invoice).unwrap_or(invoice.asked);
            let charged = movement.home;
            let (lo_percent, hi_percent) =
                ctx.yardstick.band_percent(channel, total.currency(), charged.currency(), movement.day);
            let channel = channel.to_string();
            Reason::JoinedConverted { invoice: name, total, charged, channel, lo_percent, hi_percent }
        }
        Basis::Sum => Reason::JoinedSum { invoice: name, total: invoice.asked },
        Basis::Leftover => {
            let charged = movement.amount_in(invoice.asked.currency()).unwrap_or(movement.home);
            Reason::JoinedLeftover { invoice: name, total: invoice.asked, charged }
        }
    })
}

/// A row that stands in two exports which disagree elsewhere may be one charge or two. One of the pair is judged; of the
/// other nothing is said, for a claim on it might ask for money that never left.
fn seen_twice(ctx: &Context, charge: usize) -> Option<Draft> {
    if ctx.joins.of_charge[charge].is_some() {
        return None;
    }
    let row = main_row(ctx, charge);
    let twin =
        ctx.ledger.twins.iter().find_map(|(a, b)| if *b == row { Some(*a) } else { (*a == row).then_some(*b) })?;
    let other = (0..ctx.charges.len()).find(|index| main_row(ctx, *index) == twin)?;
    if ctx.joins.of_charge[other].is_none() && other > charge {
        return None;
    }
    let at = ctx.ledger.entries[twin].at;
    let reason = Reason::ExportsDisagree { other_place: format!("{}:{}", ctx.coverage.name(at.source), at.line) };
    Some(Draft::new(Verdict::Inconclusive, Some(Cause::ExportsDisagree), reason))
}

fn main_row(ctx: &Context, charge: usize) -> usize {
    ctx.ledger.payments[ctx.charges[charge].payments[0]].main_entry()
}

/// #4: another charge for the same invoice amount has the only invoice.
fn duplicate(ctx: &Context, charge: usize) -> Option<Draft> {
    let other = ctx.joins.duplicate_of[charge]?;
    let invoice = ctx.invoice_of(other)?;
    let twin = &ctx.charges[other];
    let at = ctx.ledger.entries[main_row(ctx, other)].at;
    let reason = Reason::DuplicateOf {
        other_day: twin.day,
        other_amount: twin.home,
        other_place: format!("{}:{}", ctx.coverage.name(at.source), at.line),
        invoice: invoice.name(),
    };
    Some(Draft::new(Verdict::DuplicateCharge, None, reason).claiming(ctx.charges[charge].home).resting_on_absence())
}

/// #5: its invoice belongs to an account other than those given.
fn wrong_account(ctx: &Context, charge: usize) -> Option<Draft> {
    let invoice = ctx.invoice_of(charge)?;
    let billed = invoice.account.as_ref()?;
    if ctx.accounts.is_empty() || ctx.accounts.contains(billed) {
        return None;
    }
    let reason = Reason::WrongAccount {
        invoice: invoice.name(),
        billed: billed.clone(),
        given: ctx.accounts.iter().cloned().collect(),
    };
    Some(Draft::new(Verdict::WrongAccount, None, reason).claiming(ctx.charges[charge].home))
}

/// #8 and the inconclusive verdicts that stand in its place.
fn not_activated(ctx: &Context, charge: usize) -> Option<Draft> {
    let activation = ctx.activation(charge);
    if matches!(activation, Activation::Seen(_) | Activation::Granted(_) | Activation::Used(_)) {
        // Without an invoice, what was seen on the account settles it; with one it settles an open or void invoice too.
        let paid = ctx.invoice_of(charge).is_some_and(Invoice::may_be_paid);
        return (!paid).then(|| settled(ctx, charge));
    }
    let accusation = match ctx.invoice_of(charge) {
        None => without_invoice(ctx, charge, &activation)?,
        Some(invoice) => with_invoice(ctx, charge, invoice, &activation)?,
    };
    let callable_on = ctx.charges[charge].day.plus(GRACE_DAYS);
    if ctx.as_of < callable_on {
        let reason = Reason::TooRecent { as_of: ctx.as_of, callable_on };
        let lines = accusation.lines.into_iter();
        return Some(Draft::new(Verdict::Inconclusive, Some(Cause::TooRecent), reason).citing(lines));
    }
    Some(accusation)
}

fn accuse(ctx: &Context, charge: usize, cause: Cause, reason: Reason) -> Draft {
    let draft = Draft::new(Verdict::ChargedNotActivated, Some(cause), reason);
    draft.claiming(ctx.charges[charge].home)
}

/// What the account showed instead of what was bought.
fn inactive_reason(seen: &Observation) -> Reason {
    let (observed_on, plan) = (seen.observed_on, seen.plan.clone());
    let ended = seen.active_until.filter(|until| seen.state == PlanState::Cancelled && *until < observed_on);
    match ended {
        Some(ended_on) => Reason::PlanEnded { observed_on, plan, ended_on },
        None => Reason::PlanInactive { observed_on, plan },
    }
}

/// No invoice joins: what that means depends on what the billing side covers.
fn without_invoice(ctx: &Context, charge: usize, activation: &Activation) -> Option<Draft> {
    let movement = &ctx.charges[charge];
    let inactive = match activation {
        Activation::Inactive(seen) => Some(*seen),
        _ => None,
    };
    let seen_lines: Vec<CaseLine> = inactive.iter().map(|seen| ctx.observation_line(seen)).collect();
    let seen_reason = inactive.map(inactive_reason);
    let not_granted = match activation {
        Activation::NotGranted { from, to, known_to } => {
            Some(Reason::CreditNotGranted { amount: movement.home, from: *from, to: *to, known_to: *known_to })
        }
        _ => None,
    };
    let inconclusive = |cause, reason| Some(Draft::new(Verdict::Inconclusive, Some(cause), reason));
    let listed = matches!(ctx.coverage.billing(movement.day, movement.route), BillingCoverage::Covered(_));
    if let Some(elsewhere) = ctx.active_elsewhere(charge).filter(|_| listed || inactive.is_some())
        && let Some(reason) = super::beside::active_elsewhere(elsewhere)
    {
        // Another login of the payer's has what was bought: nobody is accused before that was looked into.
        let held = inconclusive(Cause::NoBillingEvidence, reason);
        return held.map(|draft| draft.citing([ctx.observation_line(elsewhere)]).citing(seen_lines));
    }
    if let Some(invoice) = ctx.awaiting_rate[charge].map(|index| &ctx.papers.invoices[index]) {
        let reason = Reason::NoReferenceRate {
            invoice: invoice.total.currency(),
            charge: movement.home.currency(),
            day: movement.day,
            known_to: ctx.yardstick.last_day(invoice.total.currency(), movement.home.currency()),
        };
        return inconclusive(Cause::NoReferenceRate, reason).map(|draft| draft.citing(ctx.invoice_lines(invoice)));
    }
    let mut draft = match (ctx.coverage.billing(movement.day, movement.route), seen_reason.clone()) {
        (BillingCoverage::Covered(files), _) => {
            let reason = Reason::NoInvoice { files: ctx.coverage.names(&files), as_of: ctx.as_of };
            let draft = accuse(ctx, charge, Cause::NoInvoice, reason).resting_on_absence();
            let ask = if movement.route == Route::Paypal { Reason::AskPaypal } else { Reason::AskIssuer };
            local_conversion(ctx, charge).into_iter().fold(draft.because(ask), Draft::because)
        }
        (_, Some(reason)) => {
            return Some(accuse(ctx, charge, Cause::PlanInactive, reason).citing(seen_lines).said_outright());
        }
        (BillingCoverage::Before(billing_from), None) => {
            return inconclusive(Cause::BeforeBillingCoverage, Reason::BeforeBillingCoverage { billing_from });
        }
        (BillingCoverage::Nothing, None) => {
            let account_given = ctx.coverage.account_given();
            let draft = inconclusive(Cause::NoBillingEvidence, Reason::NoBillingEvidence { account_given });
            return draft.map(|draft| not_granted.into_iter().fold(draft, Draft::because));
        }
    };
    draft.reasons.extend(seen_reason.into_iter().chain(not_granted));
    Some(draft.citing(seen_lines))
}

/// An invoice that nothing was charged for and that the charge would fit had it been converted before the card saw it. By
/// the rules of the channel it is not joined; the reader, who holds the receipt, should know of it before claiming.
fn local_conversion(ctx: &Context, charge: usize) -> Option<Reason> {
    let movement = &ctx.charges[charge];
    let band = ctx.yardstick.untaxed_band(DCC_CHANNEL);
    let invoice = ctx.local_conversion_of(charge)?;
    Some(Reason::FitsLocalConversion {
        invoice: invoice.name(),
        total: invoice.asked,
        charged: movement.home,
        lo_percent: band.lo(),
        hi_percent: band.hi(),
    })
}

/// An invoice is there: open, void, or paid with nothing to show for it.
fn with_invoice(ctx: &Context, charge: usize, invoice: &Invoice, activation: &Activation) -> Option<Draft> {
    let name = invoice.name();
    if !invoice.may_be_paid() {
        let (cause, reason) = if invoice.is_open() {
            (Cause::InvoiceUnpaid, Reason::InvoiceUnpaid { invoice: name })
        } else {
            (Cause::InvoiceVoid, Reason::InvoiceVoid { invoice: name })
        };
        return Some(accuse(ctx, charge, cause, reason));
    }
    match activation {
        Activation::Inactive(seen) => {
            let is_plan = ctx.product_of(charge).is_none_or(|product| product == Product::ChatgptPlan);
            let cause = if is_plan { Cause::PlanInactive } else { Cause::CreditNotGranted };
            let reason = inactive_reason(seen);
            Some(accuse(ctx, charge, cause, reason).citing([ctx.observation_line(seen)]).said_outright())
        }
        Activation::NotGranted { from, to, known_to } => {
            let amount = invoice.subtotal.unwrap_or(invoice.total);
            let reason = Reason::CreditNotGranted { amount, from: *from, to: *to, known_to: *known_to };
            Some(accuse(ctx, charge, Cause::CreditNotGranted, reason).resting_on_absence())
        }
        Activation::Seen(_) | Activation::Granted(_) | Activation::Used(_) | Activation::Silent => None,
    }
}

/// #10: joined to a paid invoice, or the account was seen active for it.
fn settled(ctx: &Context, charge: usize) -> Draft {
    let observed = Some(Cause::ActivationObserved);
    let draft = match ctx.activation(charge) {
        Activation::Seen(seen) => {
            let reason = Reason::ActivationObserved { observed_on: seen.observed_on };
            Draft::new(Verdict::Settled, observed, reason).citing([ctx.observation_line(seen)]).said_outright()
        }
        Activation::Granted(grant) => {
            let record = &ctx.papers.records[grant];
            let amount = record.total.unwrap_or(ctx.charges[charge].home);
            let reason = Reason::CreditGranted { amount, day: record.date };
            Draft::new(Verdict::Settled, observed, reason).citing([ctx.record_line(grant)]).said_outright()
        }
        Activation::Used(used) => {
            let reason = Reason::UsedAfter { day: used.day };
            Draft::new(Verdict::Settled, observed, reason).citing([ctx.usage_line(used)]).resting_on_absence()
        }
        Activation::Inactive(_) | Activation::NotGranted { .. } | Activation::Silent => {
            let name = ctx.invoice_of(charge).map_or_else(|| NO_NAME.to_string(), Invoice::name);
            let account_given = ctx.coverage.account_given();
            let reason = match ctx.invoice_of(charge).is_some_and(Invoice::is_issued) {
                true => Reason::ChargedAsIssued { invoice: name, account_given },
                false => Reason::ActivationPresumed { invoice: name, account_given },
            };
            Draft::new(Verdict::Settled, Some(Cause::ActivationPresumed), reason)
        }
    };
    match super::cancelled::reordered(ctx, charge) {
        Some((order, reason)) => draft.because(reason).citing([ctx.record_line(order)]),
        None => draft,
    }
}

/// The account a case speaks of: the invoice's, else the only one the user named.
pub fn account_of(ctx: &Context, charge: usize) -> Option<Account> {
    let billed = ctx.invoice_of(charge).and_then(|invoice| invoice.account.clone());
    billed.or_else(|| if ctx.accounts.len() == 1 { ctx.accounts.first().cloned() } else { None })
}
