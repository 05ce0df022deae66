//! Where the money of a charge went: mid-market value, markup inside the rate, explicit fees, taxes.

use super::accept::range_of;
use super::{AcceptRange, Band, FxConfidence, FxError, FxVerdict, TOLERANCE_MINOR_UNITS, positive, same_currency};
use crate::domain::{Day, Money};
use crate::rates::{RateStatus, Rates, Ratio, Reference};
use rust_decimal::Decimal;

/// A charge and the invoice it paid. Amounts are positive; fees and taxes are those stated on the conversion.
#[derive(Clone, Copy, Debug)]
pub struct Charge {
    /// Invoice total, tax included.
    pub invoice: Money,
    /// All that left the account, explicit fees and taxes included.
    pub charged: Money,
    /// Explicit fees within it.
    pub fees: Money,
    /// Explicit taxes within it.
    pub taxes: Money,
    /// Day of the charge.
    pub charge_day: Day,
    /// Day of its posting, where known.
    pub posting_day: Option<Day>,
}

/// What a charge consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeBreakdown {
    /// Rate of the charge's day.
    pub reference: Reference,
    /// The parts; absent where there is no rate or no conversion.
    pub parts: Option<ChargeParts>,
    /// `NoShortfall`, `NotFx`, `FxExplained`, `Unexplained` or `Indeterminate`.
    pub verdict: FxVerdict,
    /// How safe that is; absent where there is no rate.
    pub confidence: Option<FxConfidence>,
}

/// The parts of a converted charge: `mid + markup + fees + taxes` is what was charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeParts {
    /// The invoice at the reference rate.
    pub mid: Money,
    /// What is left when fees and taxes are taken off: inside the rate, and honestly negative where the rate moved.
    pub markup: Money,
    /// Markup in percent of mid, two decimals; absent for a mid of nothing.
    pub markup_percent: Option<Decimal>,
    /// All that was charged above mid.
    pub over_mid: Money,
    /// The same in percent of mid.
    pub over_mid_percent: Option<Decimal>,
    /// What the channel's band allows for the charge without fees and taxes.
    pub accept: AcceptRange,
}

/// Breaks a charge down.
///
/// # Errors
/// Amounts that are not positive, in two currencies where one is meant, or too large.
pub fn charge(rates: &Rates, band: &Band, input: &Charge) -> Result<ChargeBreakdown, FxError> {
    positive(input.invoice, "invoice total")?;
    positive(input.charged, "charged amount")?;
    same_currency(input.charged.currency(), input.fees.currency())?;
    same_currency(input.charged.currency(), input.taxes.currency())?;
    let net = input.charged.checked_sub(input.fees)?.checked_sub(input.taxes)?;
    let (from, to) = (input.invoice.currency(), input.charged.currency());
    let reference = rates.reference(from, to, input.charge_day);
    let Some(quote) = reference.quote else {
        let verdict = FxVerdict::Indeterminate;
        return Ok(ChargeBreakdown { reference, parts: None, verdict, confidence: None });
    };
    if reference.status == RateStatus::SameCurrency {
        let equal = net.is_within(input.invoice, TOLERANCE_MINOR_UNITS);
        let verdict = if equal { FxVerdict::NoShortfall } else { FxVerdict::NotFx };
        return Ok(ChargeBreakdown { reference, parts: None, verdict, confidence: Some(FxConfidence::High) });
    }

    let mid = quote.convert(input.invoice).ok_or(FxError::Overflow)?;
    let markup = net.checked_sub(mid)?;
    let over_mid = input.charged.checked_sub(mid)?;
    let sum = mid.checked_add(markup)?.checked_add(input.fees)?.checked_add(input.taxes)?;
    assert_eq!(sum, input.charged, "the parts of a charge add up");

    let window = rates.window(from, to, input.charge_day, input.posting_day);
    let accept = range_of(&window, input.invoice, band.lo(), band.hi())?;
    let alone = range_of(&[quote], input.invoice, band.lo(), band.hi())?;
    let verdict = if accept.contains(net) { FxVerdict::FxExplained } else { FxVerdict::Unexplained };
    let confidence = Some(FxConfidence::high_if(alone.contains(net)));
    let parts = ChargeParts {
        mid,
        markup,
        markup_percent: percent_of(markup, mid),
        over_mid,
        over_mid_percent: percent_of(over_mid, mid),
        accept,
    };
    Ok(ChargeBreakdown { reference, parts: Some(parts), verdict, confidence })
}

/// One amount in percent of another of the same currency, two decimals, half up; `None` where the other is nothing.
pub(super) fn percent_of(part: Money, whole: Money) -> Option<Decimal> {
    Ratio::new(i128::from(part.minor_units()), i128::from(whole.minor_units()))?.to_percent()
}
