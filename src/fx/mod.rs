//! What a currency conversion did to a payment: pure arithmetic over amounts, reference rates and bands.
//!
//! Four questions, each with a breakdown whose parts add up to the minor unit: where the money of a charge went
//! (`charge`), why a payment arrived short (`payment`), whether a balance failed for the conversion (`balance`), and
//! why a refund came back smaller (`refund`). Every figure is a comparison with a dated reference rate, not a price
//! that anybody owed. Amounts are positive; each is rounded once, half up, and differences are taken between rounded
//! amounts, so that no part is lost in rounding.

mod accept;
mod balance;
mod bands;
mod case_fx;
mod charge;
mod explain;
mod markup;
mod need;
mod payment;
mod profile;
mod refund;
mod taxes;
mod vat;

#[cfg(test)]
mod tests;

pub use accept::{AcceptRange, Fit, accept_range, accepts};
pub use balance::{
    Balance, BalanceBreakdown, BalanceCause, BalanceParts, Component, ComponentKind, ComponentRule, Costs, Needed,
    balance,
};
pub use bands::{Band, Bands, UNKNOWN_CHANNEL};
pub use case_fx::{CaseFx, StatementRate};
pub use charge::{Charge, ChargeBreakdown, ChargeParts, charge};
pub use explain::{ExplainError, ExplainFault, explain, explain_document};
pub use markup::learned_markup;
pub use need::{Forecast, Need, forecast};
pub use payment::{Payment, PaymentBreakdown, PaymentParts, payment};
pub use profile::Profile;
pub use refund::{Refund, RefundBasis, RefundBreakdown, RefundCause, RefundParts, refund};
pub use taxes::{ConversionTax, ConversionTaxes};
pub use vat::{PurchaseTaxes, TaxGap};

use crate::domain::{Currency, Day, Money, MoneyError};
use std::fmt;

/// Amounts at most this many minor units apart count as equal: providers do not tell how they round.
pub const TOLERANCE_MINOR_UNITS: i64 = 1;

/// What the arithmetic says of a difference. Each kind of question knows some of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FxVerdict {
    /// Nothing is missing.
    NoShortfall,
    /// The conversion is not the reason.
    NotFx,
    /// The charge lies inside the channel's band.
    FxExplained,
    /// At the reference rate it would have been enough; the conversion made it too little.
    FxInduced,
    /// More came back than was paid, for the rate moved in the payer's favour.
    FxGain,
    /// Too little even at the reference rate.
    Underfunded,
    /// Too little at the reference rate, and the conversion or fees took more.
    Mixed,
    /// Outside what the channel's band allows.
    Unexplained,
    /// No reference rate for the day.
    Indeterminate,
}

/// How safe a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FxConfidence {
    /// The reference row alone gives it, or every row of the window does.
    High,
    /// Another row of the window, or a unit or two, gives another.
    Low,
}

/// Why a breakdown cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FxError {
    /// A figure leaves the range of 64-bit minor units or of exact fractions.
    Overflow,
    /// An amount is in another currency than its place asks for.
    Currency {
        /// Currency asked for.
        expected: Currency,
        /// Currency found.
        found: Currency,
    },
    /// An amount that must be above nothing is not.
    NotPositive(&'static str),
    /// More of the invoice is given back than was invoiced.
    RefundAboveInvoice,
    /// A percentage is taken of an amount that does not come before it.
    UnknownBase(String),
    /// No rate is known from which the day could be reckoned.
    NoRate {
        /// Currency asked for.
        from: Currency,
        /// Currency of the account.
        to: Currency,
        /// The day.
        day: Day,
    },
}

impl FxVerdict {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            FxVerdict::NoShortfall => "no_shortfall",
            FxVerdict::NotFx => "not_fx",
            FxVerdict::FxExplained => "fx_explained",
            FxVerdict::FxInduced => "fx_induced",
            FxVerdict::FxGain => "fx_gain",
            FxVerdict::Underfunded => "underfunded",
            FxVerdict::Mixed => "mixed",
            FxVerdict::Unexplained => "unexplained",
            FxVerdict::Indeterminate => "indeterminate",
        }
    }
}

impl FxConfidence {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            FxConfidence::High => "high",
            FxConfidence::Low => "low",
        }
    }

    fn high_if(safe: bool) -> FxConfidence {
        if safe { FxConfidence::High } else { FxConfidence::Low }
    }
}

impl From<MoneyError> for FxError {
    fn from(error: MoneyError) -> FxError {
        match error {
            MoneyError::CurrencyMismatch { left, right } => FxError::Currency { expected: left, found: right },
            MoneyError::TooManyDecimals { .. } | MoneyError::Overflow => FxError::Overflow,
        }
    }
}

impl fmt::Display for FxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FxError::Overflow => f.write_str("a figure is too large"),
            FxError::Currency { expected, found } => write!(f, "expected an amount in {expected}, found {found}"),
            FxError::NotPositive(what) => write!(f, "the {what} must be above 0"),
            FxError::RefundAboveInvoice => f.write_str("more is given back than was invoiced"),
            FxError::UnknownBase(name) => write!(f, "`{name}` names no amount that comes before it"),
            FxError::NoRate { from, to, day } => {
                write!(f, "there is no reference rate of {from} in {to} from which {day} could be reckoned")
            }
        }
    }
}

impl std::error::Error for FxError {}

fn positive(amount: Money, what: &'static str) -> Result<(), FxError> {
    if amount.minor_units() > 0 { Ok(()) } else { Err(FxError::NotPositive(what)) }
}

fn same_currency(expected: Currency, found: Currency) -> Result<(), FxError> {
    if expected == found { Ok(()) } else { Err(FxError::Currency { expected, found }) }
}

/// Whether the amount is at most the tolerance above nothing.
fn is_about_nothing(amount: Money) -> bool {
    amount.minor_units() <= TOLERANCE_MINOR_UNITS
}
