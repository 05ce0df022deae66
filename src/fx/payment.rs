//! Why a payment arrived short: what was sent, what it was worth at the reference rate, what arrived.

use super::accept::range_of;
use super::charge::percent_of;
use super::{AcceptRange, Band, FxConfidence, FxError, FxVerdict, is_about_nothing, positive, same_currency};
use crate::domain::{Day, Money};
use crate::rates::{Quote, RateStatus, Rates, Ratio, Reference, Rounding};
use rust_decimal::Decimal;

/// A payment sent in one currency for an invoice in another.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// Invoice total, tax included.
    pub invoice: Money,
    /// What the payer sent, in the payer's currency.
    pub sent: Money,
    /// What arrived, in the invoice's currency, after fees.
    pub settled: Money,
    /// Explicit fees taken on the way, in the invoice's currency. They count as fixed.
    pub fees: Money,
    /// Day it was sent.
    pub day: Day,
}

/// Why a payment arrived as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentBreakdown {
    /// Rate of the day: payer's currency per unit of the invoice's.
    pub reference: Reference,
    /// What the conversion did; absent where there is no rate or no conversion.
    pub parts: Option<PaymentParts>,
    /// Invoice less what arrived; negative where more arrived.
    pub shortfall: Money,
    /// What would have had to be sent at the same rate and fees, rounded up; absent where nothing arrived.
    pub needed_to_send: Option<Money>,
    /// That less what was sent.
    pub extra_to_send: Option<Money>,
    /// `NoShortfall`, `NotFx`, `FxInduced`, `Underfunded`, `Mixed`, `Unexplained` or `Indeterminate`.
    pub verdict: FxVerdict,
    /// How safe that is; absent where there is no rate.
    pub confidence: Option<FxConfidence>,
}

/// What the conversion did: `spread + fees - cushion` is the shortfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentParts {
    /// What was sent, at the reference rate.
    pub at_mid: Money,
    /// How much that is above the invoice.
    pub cushion: Money,
    /// What the conversion took inside its rate.
    pub spread: Money,
    /// The same in percent of what was sent.
    pub spread_percent: Option<Decimal>,
    /// What the band allows to arrive before fees; only where the conversion is held to be the reason.
    pub accept: Option<AcceptRange>,
}

/// Breaks a payment down.
///
/// # Errors
/// Amounts that are not positive, in the wrong currency, or too large.
pub fn payment(rates: &Rates, band: &Band, input: &Payment) -> Result<PaymentBreakdown, FxError> {
    let (invoice, sent, settled) = (input.invoice, input.sent, input.settled);
    positive(invoice, "invoice total")?;
    positive(sent, "amount sent")?;
    same_currency(invoice.currency(), settled.currency())?;
    same_currency(invoice.currency(), input.fees.currency())?;
    let before_fees = settled.checked_add(input.fees)?;
    let needed_to_send = needed_to_send(input, before_fees);
    let extra_to_send = needed_to_send.map(|needed| needed.checked_sub(sent)).transpose()?;
    let reference = rates.reference(invoice.currency(), sent.currency(), input.day);
    let shortfall = invoice.checked_sub(settled)?;
    let mut breakdown = PaymentBreakdown {
        reference,
        parts: None,
        shortfall,
        needed_to_send,
        extra_to_send,
        verdict: FxVerdict::NoShortfall,
        confidence: Some(FxConfidence::High),
    };
    let is_short = shortfall.minor_units() > 0;
    let Some(quote) = reference.quote else {
        if is_short {
            (breakdown.verdict, breakdown.confidence) = (FxVerdict::Indeterminate, None);
        }
        return Ok(breakdown);
    };
    if reference.status == RateStatus::SameCurrency {
        if is_short {
            breakdown.verdict = FxVerdict::NotFx;
        }
        return Ok(breakdown);
    }

    let mut parts = parts_at(&quote, input, before_fees)?;
    let sum = parts.spread.checked_add(input.fees)?.checked_sub(parts.cushion)?;
    assert_eq!(sum, shortfall, "the parts of a payment add up");
    let window = rates.around(invoice.currency(), sent.currency(), input.day);
    let verdict = verdict_of(&parts, input);
    let mut alike = true;
    for other in &window {
        alike &= verdict_of(&parts_at(other, input, before_fees)?, input) == verdict;
    }
    breakdown.verdict = verdict;
    breakdown.confidence = Some(FxConfidence::high_if(alike));
    if matches!(verdict, FxVerdict::FxInduced | FxVerdict::Mixed) {
        let turned: Option<Vec<Quote>> = window.iter().map(Quote::inverse).collect();
        let accept = range_of(&turned.ok_or(FxError::Overflow)?, sent, -band.hi(), -band.lo())?;
        if !accept.contains(before_fees) {
            breakdown.verdict = FxVerdict::Unexplained;
        }
        parts.accept = Some(accept);
    }
    breakdown.parts = Some(parts);
    Ok(breakdown)
}

fn parts_at(quote: &Quote, input: &Payment, before_fees: Money) -> Result<PaymentParts, FxError> {
    let at_mid = quote.inverse().and_then(|inverse| inverse.convert(input.sent)).ok_or(FxError::Overflow)?;
    let spread = at_mid.checked_sub(before_fees)?;
    Ok(PaymentParts {
        at_mid,
        cushion: at_mid.checked_sub(input.invoice)?,
        spread,
        spread_percent: percent_of(spread, at_mid),
        accept: None,
    })
}

/// The first row of the table that fits.
fn verdict_of(parts: &PaymentParts, input: &Payment) -> FxVerdict {
    let would_cover = !parts.cushion.is_negative();
    let taken = parts.spread.checked_add(input.fees);
    if input.settled.minor_units() >= input.invoice.minor_units() {
        FxVerdict::NoShortfall
    } else if would_cover && is_about_nothing(parts.spread) {
        FxVerdict::NotFx
    } else if would_cover {
        FxVerdict::FxInduced
    } else if taken.is_ok_and(is_about_nothing) {
        FxVerdict::Underfunded
    } else {
        FxVerdict::Mixed
    }
}

/// What must be sent so that the invoice arrives, at the payment's own rate, rounded up.
fn needed_to_send(input: &Payment, before_fees: Money) -> Option<Money> {
    let wanted = Ratio::of_money(input.invoice.checked_add(input.fees).ok()?)?;
    let per_arrived = Ratio::of_money(input.sent)?.over(Ratio::of_money(before_fees)?)?;
    wanted.times(per_arrived)?.to_money(input.sent.currency(), Rounding::Ceiling)
}
