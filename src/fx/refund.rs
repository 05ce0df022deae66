//! Why a refund came back smaller: the cost of buying that stays, the rate that moved, the cost of converting back.

use super::accept::range_of;
use super::charge::percent_of;
use super::{
    AcceptRange, Band, FxConfidence, FxError, FxVerdict, TOLERANCE_MINOR_UNITS, is_about_nothing, positive,
    same_currency,
};
use crate::domain::{Day, Money};
use crate::rates::{Quote, RateStatus, Rates, Ratio, Reference, Rounding};
use rust_decimal::Decimal;

/// A charge and the refund of all or a part of its invoice.
#[derive(Clone, Copy, Debug)]
pub struct Refund {
    /// Invoice total, tax included.
    pub invoice: Money,
    /// All that left the account for it.
    pub charged: Money,
    /// Day of the charge.
    pub charge_day: Day,
    /// What came back to the account.
    pub credited: Money,
    /// Day it came back.
    pub refund_day: Day,
    /// How much of the invoice was given back; the whole of it where no paper tells.
    pub of_invoice: Money,
}

/// Why a refund came back as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundBreakdown {
    /// Rate of the charge's day.
    pub reference_paid: Reference,
    /// Rate of the refund's day.
    pub reference_refund: Reference,
    /// What was paid for the part given back.
    pub paid_share: Money,
    /// What of it did not come back; negative where more came back.
    pub loss: Money,
    /// The same in percent of what was paid.
    pub loss_percent: Option<Decimal>,
    /// Where the loss went; absent where there is no rate or no conversion.
    pub parts: Option<RefundParts>,
    /// `NoShortfall`, `NotFx`, `FxInduced`, `FxGain`, `Unexplained` or `Indeterminate`.
    pub verdict: FxVerdict,
    /// How safe that is; absent where there is no rate.
    pub confidence: Option<FxConfidence>,
}

/// Where the loss went: `markup_and_fees + rate_move + refund_spread` is the loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundParts {
    /// The refunded part at the rate of the charge's day.
    pub paid_at_mid: Money,
    /// The refunded part at the rate of the refund's day.
    pub refund_at_mid: Money,
    /// Cost of buying, not given back.
    pub markup_and_fees: Money,
    /// What the rate moved; negative in the payer's favour.
    pub rate_move: Money,
    /// Cost of converting back.
    pub refund_spread: Money,
    /// What the band allows to come back at the rates around the refund's day.
    pub accept: AcceptRange,
    /// Which day's rate the refund fits.
    pub basis: RefundBasis,
    /// The part that weighs most; absent where there is no loss and no gain, or it is not explained.
    pub primary_cause: Option<RefundCause>,
}

/// Which day's rate a refund fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundBasis {
    /// The refund's own.
    RefundDate,
    /// The charge's.
    OriginalRate,
    /// Neither: the merchant probably did not give the whole part back.
    None,
}

/// The part of a loss or gain that weighs most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundCause {
    /// The market moved between the two days.
    RateMove,
    /// The cost of buying was not given back.
    MarkupAndFees,
    /// Converting back cost.
    RefundSpread,
}

impl RefundBasis {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            RefundBasis::RefundDate => "refund_date",
            RefundBasis::OriginalRate => "original_rate",
            RefundBasis::None => "none",
        }
    }
}

impl RefundCause {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            RefundCause::RateMove => "rate_move",
            RefundCause::MarkupAndFees => "markup_and_fees",
            RefundCause::RefundSpread => "refund_spread",
        }
    }
}

/// Breaks a refund down.
///
/// # Errors
/// Amounts that are not positive, in the wrong currency, or too large; more given back than was invoiced.
pub fn refund(rates: &Rates, band: &Band, input: &Refund) -> Result<RefundBreakdown, FxError> {
    positive(input.invoice, "invoice total")?;
    positive(input.charged, "charged amount")?;
    positive(input.of_invoice, "refunded part of the invoice")?;
    same_currency(input.invoice.currency(), input.of_invoice.currency())?;
    same_currency(input.charged.currency(), input.credited.currency())?;
    let (from, to) = (input.invoice.currency(), input.charged.currency());
    let paid_share = share(input)?;
    let loss = paid_share.checked_sub(input.credited)?;
    let references = [input.charge_day, input.refund_day].map(|day| rates.reference(from, to, day));
    let even = loss.minor_units().saturating_abs() <= TOLERANCE_MINOR_UNITS;
    let mut breakdown = RefundBreakdown {
        reference_paid: references[0],
        reference_refund: references[1],
        paid_share,
        loss,
        loss_percent: percent_of(loss, paid_share),
        parts: None,
        verdict: FxVerdict::NoShortfall,
        confidence: Some(FxConfidence::High),
    };
    let (Some(quote_paid), Some(quote_refund)) = (references[0].quote, references[1].quote) else {
        if !even {
            (breakdown.verdict, breakdown.confidence) = (FxVerdict::Indeterminate, None);
        }
        return Ok(breakdown);
    };
    if references[0].status == RateStatus::SameCurrency {
        if !even {
            breakdown.verdict = FxVerdict::NotFx;
        }
        return Ok(breakdown);
    }

    let around = [input.charge_day, input.refund_day].map(|day| rates.around(from, to, day));
    let range = |quotes: &[Quote]| range_of(quotes, input.of_invoice, -band.hi(), band.hi());
    let (accept_paid, accept) = (range(&around[0])?, range(&around[1])?);
    let (basis, alone) = if accept.contains(input.credited) {
        (RefundBasis::RefundDate, range(&[quote_refund])?.contains(input.credited))
    } else if accept_paid.contains(input.credited) {
        (RefundBasis::OriginalRate, range(&[quote_paid])?.contains(input.credited))
    } else {
        (RefundBasis::None, false)
    };
    let mut parts = parts_of(input, paid_share, &quote_paid, &quote_refund, accept, basis)?;
    let sum = parts.markup_and_fees.checked_add(parts.rate_move)?.checked_add(parts.refund_spread)?;
    assert_eq!(sum, loss, "the parts of a refund add up");
    if !even {
        breakdown.verdict = match basis {
            RefundBasis::None => FxVerdict::Unexplained,
            _ if is_about_nothing(loss) => FxVerdict::FxGain,
            _ => FxVerdict::FxInduced,
        };
        breakdown.confidence = Some(FxConfidence::high_if(alone));
        parts.primary_cause = primary_cause(&parts, breakdown.verdict);
    }
    breakdown.parts = Some(parts);
    Ok(breakdown)
}

/// What was paid for the part of the invoice that is given back.
fn share(input: &Refund) -> Result<Money, FxError> {
    if input.of_invoice.minor_units() > input.invoice.minor_units() {
        return Err(FxError::RefundAboveInvoice);
    }
    let part = Ratio::new(i128::from(input.of_invoice.minor_units()), i128::from(input.invoice.minor_units()));
    let share = Ratio::of_money(input.charged).and_then(|charged| charged.times(part?));
    share.and_then(|share| share.to_money(input.charged.currency(), Rounding::HalfUp)).ok_or(FxError::Overflow)
}

fn parts_of(
    input: &Refund,
    paid_share: Money,
    paid: &Quote,
    back: &Quote,
    accept: AcceptRange,
    basis: RefundBasis,
) -> Result<RefundParts, FxError> {
    let paid_at_mid = paid.convert(input.of_invoice).ok_or(FxError::Overflow)?;
    let refund_at_mid = back.convert(input.of_invoice).ok_or(FxError::Overflow)?;
    Ok(RefundParts {
        paid_at_mid,
        refund_at_mid,
        markup_and_fees: paid_share.checked_sub(paid_at_mid)?,
        rate_move: paid_at_mid.checked_sub(refund_at_mid)?,
        refund_spread: refund_at_mid.checked_sub(input.credited)?,
        accept,
        basis,
        primary_cause: None,
    })
}

/// The part that weighs most in the verdict's direction: the largest of a loss, the most negative of a gain. Of parts
/// as large, the rate's move goes first, then markup and fees.
fn primary_cause(parts: &RefundParts, verdict: FxVerdict) -> Option<RefundCause> {
    let weigh = |part: Money| match verdict {
        FxVerdict::FxInduced => Some(part.minor_units()),
        FxVerdict::FxGain => Some(part.minor_units().saturating_neg()),
        _ => None,
    };
    let mut heaviest = (RefundCause::RateMove, weigh(parts.rate_move)?);
    let others =
        [(RefundCause::MarkupAndFees, parts.markup_and_fees), (RefundCause::RefundSpread, parts.refund_spread)];
    for (cause, part) in others {
        let weight = weigh(part)?;
        if weight > heaviest.1 {
            heaviest = (cause, weight);
        }
    }
    Some(heaviest.0)
}
