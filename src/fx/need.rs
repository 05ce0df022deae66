//! What to hold for a payment that is still to come: the day's reference value, the account's usual costs, and a margin
//! taken from how far the rate rose in the past.

use super::balance::needed_at;
use super::{Costs, FxError, Needed, positive};
use crate::domain::{Currency, Day, Money};
use crate::rates::{Base, ROWS_AFTER_UNKNOWN_POSTING, Rates, Ratio, Rise, Rounding};
use rust_decimal::Decimal;

/// A payment to come.
#[derive(Clone, Debug)]
pub struct Need {
    /// What will be asked for, tax included.
    pub invoice: Money,
    /// Currency of the account that is to pay it.
    pub account: Currency,
    /// Day of the payment.
    pub on: Day,
    /// Nothing after this day is known yet.
    pub known_to: Day,
    /// What the account's conversions cost.
    pub costs: Costs,
    /// What a virtual card takes of every sum that is loaded onto it, in percent.
    pub top_up_percent: Decimal,
}

/// What to hold for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// What will be asked for.
    pub invoice: Money,
    /// Day of the payment.
    pub on: Day,
    /// The rate reckoned from, and how old it will be.
    pub base: Base,
    /// What would be needed at that rate.
    pub needed: Needed,
    /// How far the rate rose over stretches as long; absent where there is nothing to convert, or too little to tell.
    pub rise: Option<Rise>,
    /// What to hold above what is needed.
    pub margin: Money,
    /// What to hold, rounded up.
    pub keep: Money,
    /// What to load onto a virtual card so that so much arrives, rounded up; where it takes a fee for that.
    pub load: Option<Money>,
}

/// Works out what to hold.
///
/// The margin covers the rows up to the day and three more, for a charge may be converted by the rate of a later day. It
/// lies on the rate; fees and taxes are reckoned on what the risen rate gives. Every part is rounded up.
///
/// # Errors
/// An amount that is not positive or too large; `NoRate` where no rate is known from which the day could be reckoned.
pub fn forecast(rates: &Rates, input: &Need) -> Result<Forecast, FxError> {
    positive(input.invoice, "amount")?;
    let (from, to) = (input.invoice.currency(), input.account);
    let base = rates.base(from, to, input.on, input.known_to).ok_or(FxError::NoRate { from, to, day: input.on })?;
    let rows = base.rows_ahead.saturating_add(ROWS_AFTER_UNKNOWN_POSTING);
    let rise = rates.rise(from, to, base.quote.day(), rows);
    let needed = needed_at(&base.quote, input.invoice, &input.costs, Rounding::HalfUp, Decimal::ZERO)?;
    let margin = rise.as_ref().map_or(Decimal::ZERO, |rise| rise.percent);
    let keep = needed_at(&base.quote, input.invoice, &input.costs, Rounding::Ceiling, margin)?.total;
    let load = match input.top_up_percent.is_zero() {
        true => None,
        false => Some(load(keep, input.top_up_percent).ok_or(FxError::Overflow)?),
    };
    Ok(Forecast {
        invoice: input.invoice,
        on: input.on,
        base,
        margin: keep.checked_sub(needed.total)?,
        needed,
        rise,
        keep,
        load,
    })
}

/// What must be loaded so that an amount is left when a percentage of the load is taken.
fn load(wanted: Money, percent: Decimal) -> Option<Money> {
    let left = Ratio::one_less_percent(percent)?;
    Ratio::of_money(wanted)?.over(left)?.to_money(wanted.currency(), Rounding::Ceiling)
}
