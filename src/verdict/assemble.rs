//! Verdicts and rows put together into cases.

use super::context::Context;
use super::draft::{Draft, addressee};
use super::uncharged::Uncharged;
use super::{Case, CaseFx, CaseLine, Cause, Confidence, Deadline, Reason, Verdict};
use super::{caveat, charged, identity, refunded, tie, uncharged};
use crate::domain::{Account, Day, EntryStatus, Money};
use crate::fx::StatementRate;
use crate::matching::{Basis, Movement, REFUND_DAYS_AFTER_MAX, RefundBasis, is_posted};
use crate::payment::RowRole;
use crate::vendor::DeadlineStart;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The case of each charge and of each invoice, as indices into the list of cases.
#[derive(Default)]
pub(super) struct Places {
    pub of_charge: BTreeMap<usize, usize>,
    pub of_invoice: BTreeMap<usize, usize>,
}

/// Gives every purchase its verdict. Cases come sorted by day and id.
pub fn judge(ctx: &Context) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut places = Places::default();
    for (index, charge) in ctx.charges.iter().enumerate() {
        let case = if is_posted(charge) {
            charged_case(ctx, index)
        } else if let Some(case) = store_case(ctx, charge) {
            case
        } else {
            continue;
        };
        places.of_charge.insert(index, cases.len());
        let joined = ctx.joins.of_charge[index].map(|join| join.invoice);
        places.of_invoice.extend(joined.map(|invoice| (invoice, cases.len())));
        cases.push(case);
    }
    let joined = ctx.joins.of_charge.iter().flatten().map(|join| join.invoice);
    let taken: BTreeSet<usize> = joined.chain(ctx.awaiting_rate.iter().flatten().copied()).collect();
    for found in uncharged::judge(ctx, &taken) {
        places.of_invoice.extend(found.invoice.map(|invoice| (invoice, cases.len())));
        cases.push(uncharged_case(found));
    }
    cases.extend(ctx.refund_joins.orphans.iter().map(|index| orphan_case(ctx, &ctx.refunds[*index])));
    cases.extend(ctx.refunds.iter().filter_map(|refund| unbooked_refund_case(ctx, refund)));
    tie::mark(ctx, &places, &mut cases);
    identity::name(&mut cases);
    cases.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    cases
}

/// An empty case around a verdict.
fn case_of(draft: Draft, day: Day, confidence: Confidence) -> Case {
    let (mut lines, mut reasons) = (draft.lines, draft.reasons);
    lines.sort();
    lines.dedup();
    // A long history has many cases, and all are held until they are printed.
    lines.shrink_to_fit();
    reasons.shrink_to_fit();
    Case {
        id: String::new(),
        day,
        verdict: draft.verdict,
        cause: draft.cause,
        claimable: draft.at_stake.is_some(),
        claim_to: None,
        confidence,
        charged_on: None,
        account: None,
        paid: None,
        invoiced: None,
        at_stake: draft.at_stake,
        fx: draft.fx.map(Box::new),
        lines,
        reasons,
        deadlines: Vec::new(),
    }
}

fn charged_case(ctx: &Context, index: usize) -> Case {
    let charge = &ctx.charges[index];
    let mut draft = charged::judge(ctx, index);
    draft.lines.extend(ctx.movement_lines(charge));
    let invoice = ctx.invoice_of(index);
    let awaiting = ctx.awaiting_rate[index].map(|invoice| &ctx.papers.invoices[invoice]);
    for invoice in invoice.into_iter().chain(awaiting) {
        draft.lines.extend(ctx.invoice_lines(invoice));
    }
    draft.lines.extend(refunded::lines(ctx, index));
    let refunds = || ctx.refund_joins.joined.iter().filter(|join| join.charge == index);
    let by_reference = ctx.joins.of_charge[index].is_some_and(|join| join.basis == Basis::Reference)
        && refunds().all(|join| join.basis == RefundBasis::Reference);
    let ambiguous = refunds().any(|join| join.ambiguous);
    let confidence = if ambiguous { Confidence::Ambiguous } else { draft.confidence(by_reference) };
    if draft.fx.is_none() {
        draft.fx = conversion(ctx, index);
        let reason = draft.fx.as_ref().map_or_else(|| own_rate(ctx, charge), conversion_reason);
        draft.reasons.extend(reason);
    }
    let verdict = draft.verdict;
    let claimable = draft.at_stake.is_some();
    if claimable {
        draft.reasons.extend(caveat::of(ctx, index, &draft));
    }
    let mut case = case_of(draft, charge.day, confidence);
    case.charged_on = Some(charge.day);
    case.account = charged::account_of(ctx, index);
    case.paid = Some(charge.paid());
    case.invoiced = invoice.map(|invoice| invoice.total);
    if claimable {
        case.claim_to = Some(addressee(charge.route));
        case.deadlines = deadlines(ctx, charge, verdict);
    }
    case
}

/// What the conversion of a charge cost against the reference rate.
fn conversion(ctx: &Context, index: usize) -> Option<CaseFx> {
    let charge = &ctx.charges[index];
    let billed = ctx.invoice_of(index).map(|invoice| invoice.asked).or(charge.merchant)?;
    // A charge that does not agree with its invoice is not compared: the difference is no conversion cost.
    let agrees = charge.amount_in(billed.currency()).is_none_or(|amount| amount == billed);
    let converted = billed.currency() != charge.home.currency() && agrees;
    if !converted {
        return None;
    }
    let rows = charge.payments.iter().flat_map(|payment| &ctx.ledger.payments[*payment].rows);
    let apart = rows.filter(|row| row.role == RowRole::Fee).map(|row| &ctx.ledger.entries[row.entry]);
    let amounts = apart.filter_map(|entry| Some((entry.descriptor.as_str(), entry.money()?.abs())));
    let taxes = ctx.yardstick.taxes_among(amounts);
    ctx.yardstick.charge_fx(billed, charge, taxes, printed_rate(ctx, charge), ctx.join_input().channel(charge))
}

/// The rate that one of a charge's rows prints.
fn printed_rate(ctx: &Context, charge: &Movement) -> Option<Decimal> {
    let mains = charge.payments.iter().map(|payment| ctx.ledger.payments[*payment].main_entry());
    mains.filter_map(|row| ctx.ledger.entries[row].rate).next()
}

/// What the statement itself says of a conversion that no reference rate is known for.
fn own_rate(ctx: &Context, charge: &Movement) -> Option<Reason> {
    let original = charge.merchant.filter(|original| original.currency() != charge.home.currency())?;
    let printed = StatementRate::of(original, charge.home, printed_rate(ctx, charge))?;
    Some(Reason::StatementRate { original, account: charge.home, rate: printed.rate })
}

fn conversion_reason(fx: &CaseFx) -> Option<Reason> {
    Some(Reason::ConversionCost {
        reference_cost: fx.reference_cost,
        markup: fx.markup?,
        percent: fx.markup_percent?,
        rate: fx.reference_rate,
        rate_day: fx.rate_date,
    })
}

/// The last days that can be counted: from the payment, and, for a service that was not provided, from the day on which
/// it was expected, which is the charge's own. Those counted from a statement need its date, which no export holds.
fn deadlines(ctx: &Context, charge: &Movement, verdict: Verdict) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    for rule in ctx.vendor.deadlines(charge.route) {
        let counts = match rule.from {
            DeadlineStart::Payment => true,
            DeadlineStart::Expected => verdict == Verdict::ChargedNotActivated,
            DeadlineStart::Statement => false,
        };
        if counts {
            deadlines.push(Deadline { by: charge.day.plus(rule.days), what: rule.key, source: rule.source });
        }
    }
    deadlines.sort();
    deadlines
}

/// A store's bare descriptor at one of the vendor's prices: possibly the vendor's, and nobody is accused.
fn store_case(ctx: &Context, charge: &Movement) -> Option<Case> {
    let priced = charge.amounts().any(|amount| ctx.vendor.is_plan_price(amount, charge.day));
    if !charge.bare_store || charge.status != EntryStatus::Posted || !priced {
        return None;
    }
    let main = &ctx.ledger.entries[ctx.ledger.payments[charge.payments[0]].main_entry()];
    let reason = Reason::StoreChargeUnidentified { store: main.descriptor.clone() };
    let draft = Draft::new(Verdict::Inconclusive, Some(Cause::StoreChargeUnidentified), reason);
    let mut case = case_of(draft.citing(ctx.movement_lines(charge)), charge.day, Confidence::Probable);
    case.charged_on = Some(charge.day);
    case.paid = Some(charge.paid());
    Some(case)
}

fn uncharged_case(found: Uncharged) -> Case {
    let confidence = found.draft.confidence(false);
    let (account, invoiced): (Option<Account>, Option<Money>) = (found.account, found.invoiced);
    Case { account, invoiced, ..case_of(found.draft, found.day, confidence) }
}

/// A refund that the statement announces or takes back: it counts in no sum, and its row is not lost.
fn unbooked_refund_case(ctx: &Context, refund: &Movement) -> Option<Case> {
    if refund.bare_store {
        return None;
    }
    let draft = match refund.status {
        EntryStatus::Posted => return None,
        EntryStatus::Pending | EntryStatus::Unknown => {
            let wait_until = refund.day.plus(REFUND_DAYS_AFTER_MAX);
            let reason = Reason::RefundPending { day: refund.day, wait_until };
            Draft::new(Verdict::Inconclusive, Some(Cause::RefundPending), reason)
        }
        EntryStatus::Voided | EntryStatus::Expired | EntryStatus::Declined => {
            Draft::new(Verdict::ReleasedHold, None, Reason::HoldReleased { day: refund.day })
        }
    };
    Some(case_of(draft.citing(ctx.movement_lines(refund)), refund.day, Confidence::Probable))
}

/// A refund whose charge is in none of the files: said, and held against nobody.
fn orphan_case(ctx: &Context, refund: &Movement) -> Case {
    let reason = Reason::RefundWithoutCharge { day: refund.day, amount: refund.home };
    let draft = Draft::new(Verdict::Inconclusive, Some(Cause::OutsideStatementCoverage), reason);
    let lines: Vec<CaseLine> = ctx.movement_lines(refund);
    case_of(draft.citing(lines), refund.day, Confidence::Probable)
}
