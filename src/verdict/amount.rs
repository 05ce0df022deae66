//! What was paid against what was invoiced: verdicts 7 and 9.

use super::context::Context;
use super::draft::Draft;
use super::refunded::TOLERANCE_MINOR_UNITS;
use super::{Cause, Reason, Verdict};
use crate::domain::{Day, Money};
use crate::fx::{Fit, PurchaseTaxes};
use crate::matching::{Basis, Invoice};

/// What arrived at the vendor in the invoice's currency, as far as anybody states it.
fn arrived(ctx: &Context, charge: usize, invoice: &Invoice) -> Option<Money> {
    let stated = invoice.arrived.filter(|money| !money.is_zero());
    stated.or_else(|| ctx.charges[charge].amount_in(invoice.total.currency()))
}

/// #7: joined to an invoice that stands open because less arrived than was invoiced. Where conversion does not explain
/// it the amount is short all the same, but nobody is accused.
pub fn arrived_short(ctx: &Context, charge: usize) -> Option<Draft> {
    let invoice = ctx.invoice_of(charge).filter(|invoice| invoice.is_open())?;
    let movement = &ctx.charges[charge];
    let arrived = arrived(ctx, charge, invoice)?;
    let asked = invoice.asked;
    // Where its papers contradict each other, one that agrees with what arrived is enough.
    if invoice.other_totals.contains(&arrived) {
        return None;
    }
    let missing = asked.checked_sub(arrived).ok().filter(|gap| gap.minor_units() > 0)?;
    // A charge that only fees carried up to the invoice did leave the payer whole.
    if ctx.joins.of_charge[charge].is_some_and(|join| join.basis == Basis::Sum) {
        return None;
    }
    let short = Reason::ArrivedShort { total: asked, arrived, missing };
    let undercharged = || {
        let reason = Reason::Undercharged { charged: arrived, total: asked, missing };
        Draft::new(Verdict::AmountMismatch, Some(Cause::Undercharged), reason)
    };
    if movement.home.currency() == asked.currency() {
        return Some(undercharged());
    }
    let channel = &ctx.ledger.instruments[movement.instrument.0].channel;
    let Some(payment) = ctx.yardstick.payment(asked, movement, arrived, channel) else {
        let reason = Reason::NoReferenceRate {
            invoice: asked.currency(),
            charge: movement.home.currency(),
            day: movement.day,
            known_to: ctx.yardstick.last_day(asked.currency(), movement.home.currency()),
        };
        return Some(Draft::new(Verdict::Inconclusive, Some(Cause::NoReferenceRate), reason).because(short));
    };
    if !payment.is_fx {
        return Some(undercharged());
    }
    let took = Reason::FxTook {
        sent: movement.home,
        sent_at_reference: payment.sent_at_reference,
        spread: payment.spread,
        needed_to_send: payment.needed_to_send,
    };
    let mut draft = Draft::new(Verdict::FxUnderpaid, None, short).because(took).claiming(missing);
    draft.fx = Some(payment.fx);
    Some(draft)
}

/// #9: tax, fees and conversion considered, and the rest does not agree.
pub fn mismatch(ctx: &Context, charge: usize) -> Option<Draft> {
    let join = ctx.joins.of_charge[charge]?;
    if !matches!(join.basis, Basis::Reference | Basis::Leftover) {
        return None;
    }
    let invoice = ctx.invoice_of(charge)?;
    let movement = &ctx.charges[charge];
    let total = invoice.asked;
    // Nobody is accused of an amount that one of two contradicting papers names.
    if invoice.sum_among(movement.amounts()).is_some() {
        return None;
    }
    let Some(charged) = movement.amount_in(total.currency()) else { return outside_band(ctx, charge, invoice) };
    let kept = charged.checked_sub(super::refunded::back_in(ctx, charge, total.currency())).ok()?;
    let apart = kept.checked_sub(total).ok()?;
    if apart.abs().minor_units() <= TOLERANCE_MINOR_UNITS || movement.paid() == total {
        return None;
    }
    Some(if apart.minor_units() > 0 {
        let reason = Reason::Overcharged { charged, total, excess: apart };
        let draft = Draft::new(Verdict::AmountMismatch, Some(Cause::Overcharged), reason).claiming(apart);
        with_tax(draft, tax_gap(total, charged, movement.day))
    } else {
        // What came back of a charge that agreed is a refund, not a charge that was too small.
        let missing =
            total.checked_sub(charged).ok().filter(|missing| missing.minor_units() > TOLERANCE_MINOR_UNITS)?;
        let reason = Reason::Undercharged { charged, total, missing };
        let draft = Draft::new(Verdict::AmountMismatch, Some(Cause::Undercharged), reason);
        match invoice.subtotal.filter(|subtotal| *subtotal == charged) {
            Some(subtotal) => draft.because(Reason::WithoutItsTax { subtotal, total }),
            None => with_tax(draft, tax_gap(charged, total, movement.day)),
        }
    })
}

/// Tax first: what a difference looks like before any rate of exchange is asked. It changes no figure.
fn tax_gap(net: Money, gross: Money, day: Day) -> Option<Reason> {
    let gap = PurchaseTaxes::embedded().between(net, gross, day)?;
    Some(Reason::LooksLikeTax { net, gross, percent: gap.percent, countries: gap.countries })
}

fn with_tax(draft: Draft, reason: Option<Reason>) -> Draft {
    reason.into_iter().fold(draft, Draft::because)
}

/// A converted charge whose invoice is certain and whose amount lies outside the channel's band. What a claim asks for
/// is only what lies beyond the band: inside it nobody can say whose conversion it was.
fn outside_band(ctx: &Context, charge: usize, invoice: &Invoice) -> Option<Draft> {
    let movement = &ctx.charges[charge];
    let input = ctx.join_input();
    let channel = input.channel(movement);
    let total = invoice.asked;
    let fit = ctx.yardstick.charge_fits(total, movement.home, movement.day, movement.posting_day, channel)?;
    let (accept_from, accept_to) = ctx.yardstick.accept(total, movement, channel)?;
    let band = Reason::OutsideBand { charged: movement.home, accept_from, accept_to, channel: channel.to_string() };
    match fit {
        Fit::Inside { .. } => None,
        Fit::Above => {
            let excess = movement.home.checked_sub(accept_to).ok()?;
            let reason = Reason::Overcharged { charged: movement.home, total, excess };
            let draft = Draft::new(Verdict::AmountMismatch, Some(Cause::Overcharged), reason);
            Some(draft.because(band).claiming(excess))
        }
        Fit::Below => {
            let missing = accept_from.checked_sub(movement.home).ok()?;
            let reason = Reason::Undercharged { charged: movement.home, total, missing };
            Some(Draft::new(Verdict::AmountMismatch, Some(Cause::Undercharged), reason).because(band))
        }
    }
}
