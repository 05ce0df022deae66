//! Whether a balance failed for the conversion: what had to be there, and whether the reference rate alone would have
//! been covered.

use super::charge::percent_of;
use super::{FxConfidence, FxError, FxVerdict, TOLERANCE_MINOR_UNITS, positive};
use crate::domain::{Day, Money};
use crate::rates::{Quote, RateStatus, Rates, Ratio, Reference, Rounding};
use rust_decimal::Decimal;

/// A refused or never captured charge and what the account held.
#[derive(Clone, Debug)]
pub struct Balance {
    /// Invoice total, tax included.
    pub invoice: Money,
    /// What the account held, the charge's own hold included, other holds not.
    pub available: Money,
    /// Day of the attempt, or of the capture.
    pub attempt_day: Day,
    /// For a capture: the day on which it was authorised, when the buyer had enough.
    pub authorised_on: Option<Day>,
    /// What the account's conversions cost.
    pub costs: Costs,
}

/// What an account's conversions cost: from its profile, or learned of its past charges.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// Markup inside the rate, in percent over the reference.
    pub embedded_percent: Decimal,
    /// Explicit fees and taxes, in the order in which they are worked out.
    pub components: Vec<ComponentRule>,
}

/// How an explicit fee or tax is worked out.
#[derive(Clone, Debug)]
pub struct ComponentRule {
    /// Its name, to which later ones may refer.
    pub name: String,
    /// Fee or tax.
    pub kind: ComponentKind,
    /// How much it is.
    pub amount: Component,
}

/// The size of an explicit fee or tax.
#[derive(Clone, Debug)]
pub enum Component {
    /// A fixed amount of the account's currency.
    Fixed(Money),
    /// A percentage of earlier amounts, named; the first of all is `converted`.
    Percent {
        /// The percentage.
        percent: Decimal,
        /// The amounts it is taken of.
        of: Vec<String>,
    },
}

/// Fee or tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComponentKind {
    /// Kept by the bank.
    Fee,
    /// Kept by the state.
    Tax,
}

impl ComponentKind {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            ComponentKind::Fee => "fee",
            ComponentKind::Tax => "tax",
        }
    }
}

/// What the account had to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The invoice at the reference rate.
    pub mid: Money,
    /// The same with the embedded markup.
    pub converted: Money,
    /// The difference of the two.
    pub markup: Money,
    /// Explicit fees and taxes: name, kind, amount.
    pub components: Vec<(String, ComponentKind, Money)>,
    /// Converted and all components.
    pub total: Money,
}

impl Needed {
    /// The components of one kind together; `None` beyond 64 bits.
    pub fn sum_of(&self, kind: ComponentKind) -> Option<Money> {
        let of_kind = self.components.iter().filter(|component| component.1 == kind);
        let nothing = Money::from_minor(0, self.total.currency());
        of_kind.map(|component| component.2).try_fold(nothing, Money::checked_add).ok()
    }

    /// The markup in percent of the reference cost, two decimals; `None` for a reference cost of nothing.
    pub fn markup_percent(&self) -> Option<Decimal> {
        percent_of(self.markup, self.mid)
    }
}

/// Why a charge did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceBreakdown {
    /// Rate of the attempt's day.
    pub reference: Reference,
    /// Rate of the authorisation's day, for a capture.
    pub reference_authorised: Option<Reference>,
    /// The figures; absent where there is no rate.
    pub parts: Option<BalanceParts>,
    /// `NotFx`, `FxInduced`, `Underfunded` or `Indeterminate`.
    pub verdict: FxVerdict,
    /// How safe that is; absent where there is no rate.
    pub confidence: Option<FxConfidence>,
    /// Which kind of conversion trouble, for `FxInduced`.
    pub cause: Option<BalanceCause>,
}

/// The figures of a charge that did not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceParts {
    /// What was needed on the attempt's day.
    pub needed: Needed,
    /// What was needed on the authorisation's day, for a capture.
    pub authorised: Option<Needed>,
    /// What was missing; never negative.
    pub shortfall: Money,
    /// Available less mid; negative where the reference rate alone was not covered.
    pub headroom_at_mid: Money,
    /// Mid less mid on the authorisation's day, for a capture.
    pub rate_drift: Option<Money>,
}

/// What about the conversion made a balance too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalanceCause {
    /// Markup and fees on a mid value that was covered.
    ConversionCost,
    /// The rate moved between authorisation and capture.
    RateDrift,
}

impl BalanceCause {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            BalanceCause::ConversionCost => "conversion_cost",
            BalanceCause::RateDrift => "rate_drift",
        }
    }
}

/// Breaks a refused or never captured charge down.
///
/// # Errors
/// An invoice that is not positive, amounts too large or in the wrong currency, a percentage of an unknown amount.
pub fn balance(rates: &Rates, input: &Balance) -> Result<BalanceBreakdown, FxError> {
    positive(input.invoice, "invoice total")?;
    let (from, to) = (input.invoice.currency(), input.available.currency());
    let reference = rates.reference(from, to, input.attempt_day);
    let reference_authorised = input.authorised_on.map(|day| rates.reference(from, to, day));
    let mut breakdown = BalanceBreakdown {
        reference,
        reference_authorised,
        parts: None,
        verdict: FxVerdict::Indeterminate,
        confidence: None,
        cause: None,
    };
    let quotes = (reference.quote, reference_authorised.map(|authorised| authorised.quote));
    let (Some(quote), None | Some(Some(_))) = quotes else { return Ok(breakdown) };
    let at = |quote: &Quote| needed_at(quote, input.invoice, &input.costs, Rounding::HalfUp, Decimal::ZERO);
    let needed = at(&quote)?;
    let authorised = match quotes.1.flatten() {
        Some(quote) => Some(at(&quote)?),
        None => None,
    };
    let mid_authorised = authorised.as_ref().map(|needed| needed.mid);

    breakdown.verdict = verdict_of(input.available, &needed, mid_authorised, reference.status);
    let covered_at_mid = input.available.minor_units() >= needed.mid.minor_units();
    if breakdown.verdict == FxVerdict::FxInduced {
        let cause = if covered_at_mid { BalanceCause::ConversionCost } else { BalanceCause::RateDrift };
        breakdown.cause = Some(cause);
    }
    let safe = reference.status == RateStatus::SameCurrency
        || (!is_close(input.available, &needed)
            && all_alike(rates, input, mid_authorised, reference.status, breakdown.verdict)?);
    breakdown.confidence = Some(FxConfidence::high_if(safe));

    let missing = needed.total.checked_sub(input.available)?;
    breakdown.parts = Some(BalanceParts {
        shortfall: if missing.is_negative() { Money::from_minor(0, to) } else { missing },
        headroom_at_mid: input.available.checked_sub(needed.mid)?,
        rate_drift: mid_authorised.map(|mid| needed.mid.checked_sub(mid)).transpose()?,
        needed,
        authorised,
    });
    Ok(breakdown)
}

/// What must be there at one rate, or at one that lies `margin` percent above it. Within one currency there is no
/// conversion, and so no embedded markup.
pub(super) fn needed_at(
    quote: &Quote,
    invoice: Money,
    costs: &Costs,
    rounding: Rounding,
    margin: Decimal,
) -> Result<Needed, FxError> {
    let embedded = if quote.from() == quote.to() { Decimal::ZERO } else { costs.embedded_percent };
    let mid = quote.convert(invoice).ok_or(FxError::Overflow)?;
    let exact = Ratio::of_money(invoice)
        .and_then(|exact| exact.times(quote.rate()))
        .and_then(|exact| exact.times(Ratio::one_plus_percent(embedded)?)?.times(Ratio::one_plus_percent(margin)?));
    let converted = exact.and_then(|exact| exact.to_money(quote.to(), rounding)).ok_or(FxError::Overflow)?;
    let mut total = converted;
    let mut components: Vec<(String, ComponentKind, Money)> = Vec::new();
    for rule in &costs.components {
        let amount = match &rule.amount {
            Component::Fixed(amount) => *amount,
            Component::Percent { percent, of } => {
                let mut base = Money::from_minor(0, converted.currency());
                for name in of {
                    let earlier = components.iter().find(|component| component.0 == *name).map(|found| found.2);
                    let named = if name == "converted" { Some(converted) } else { earlier };
                    base = base.checked_add(named.ok_or_else(|| FxError::UnknownBase(name.clone()))?)?;
                }
                let exact = Ratio::of_money(base).and_then(|base| base.times(Ratio::of_percent(*percent)?));
                let rounded = exact.and_then(|exact| exact.to_money(converted.currency(), rounding));
                rounded.ok_or(FxError::Overflow)?
            }
        };
        total = total.checked_add(amount)?;
        components.push((rule.name.clone(), rule.kind, amount));
    }
    let markup = converted.checked_sub(mid)?;
    let mut sum = mid.checked_add(markup)?;
    for (_, _, amount) in &components {
        sum = sum.checked_add(*amount)?;
    }
    assert_eq!(sum, total, "the parts of what is needed add up");
    Ok(Needed { mid, converted, markup, components, total })
}

/// The first row of the table that fits. The floor is mid; for a capture the lower of the two days' mids, because the
/// buyer had enough when agreeing.
fn verdict_of(available: Money, needed: &Needed, mid_authorised: Option<Money>, status: RateStatus) -> FxVerdict {
    let mid = needed.mid.minor_units();
    let floor = mid_authorised.map_or(mid, |authorised| mid.min(authorised.minor_units()));
    if available.minor_units() >= needed.total.minor_units() {
        FxVerdict::NotFx
    } else if status != RateStatus::SameCurrency && available.minor_units() >= floor {
        FxVerdict::FxInduced
    } else {
        FxVerdict::Underfunded
    }
}

/// Whether a unit or two would turn the verdict: every component was rounded, and so may be a unit off.
fn is_close(available: Money, needed: &Needed) -> bool {
    let components = i64::try_from(needed.components.len()).unwrap_or(i64::MAX);
    available.is_within(needed.total, components.saturating_add(TOLERANCE_MINOR_UNITS))
        || available.is_within(needed.mid, TOLERANCE_MINOR_UNITS)
}

/// Whether every row around the attempt's own gives the same verdict.
fn all_alike(
    rates: &Rates,
    input: &Balance,
    mid_authorised: Option<Money>,
    status: RateStatus,
    verdict: FxVerdict,
) -> Result<bool, FxError> {
    for quote in rates.around(input.invoice.currency(), input.available.currency(), input.attempt_day) {
        let needed = needed_at(&quote, input.invoice, &input.costs, Rounding::HalfUp, Decimal::ZERO)?;
        if verdict_of(input.available, &needed, mid_authorised, status) != verdict {
            return Ok(false);
        }
    }
    Ok(true)
}
