//! What the conversion of a case did, ready to be shown.

use crate::domain::{Day, Money};
use crate::rates::{Publisher, Quote, RateStatus, Ratio, Step};
use rust_decimal::Decimal;

/// The rate that a statement's own two amounts make: the original amount beside the account's, or a wallet's pair of
/// conversion rows. It needs no reference rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementRate {
    /// Account's currency for one unit of the original's, exactly.
    exact: Ratio,
    /// The same with eight decimals, for display.
    pub rate: Decimal,
    /// How far it lies above the reference rate, in percent, two decimals; absent where there is none.
    pub over_percent: Option<Decimal>,
}

impl StatementRate {
    /// The rate between two amounts; `None` for an original amount of nothing.
    pub fn of(original: Money, account: Money) -> Option<StatementRate> {
        let exact = Ratio::of_money(account)?.over(Ratio::of_money(original)?)?;
        Some(StatementRate { exact, rate: exact.to_decimal(8)?, over_percent: None })
    }

    /// The same, with how far it lies above a reference rate.
    pub fn held_against(self, reference: Option<Quote>) -> StatementRate {
        let over = |quote: Quote| self.exact.over(quote.rate())?.minus(Ratio::ONE)?.to_percent();
        StatementRate { over_percent: reference.and_then(over), ..self }
    }
}

/// What the currency conversion of a case did, as a comparison with a named reference rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFx {
    /// Payer currency per unit of invoice currency, eight decimals, for display.
    pub reference_rate: Decimal,
    /// Day of the rate's row.
    pub rate_date: Day,
    /// The line to print for the rate's source.
    pub rate_source: String,
    /// Who publishes the rate.
    pub publisher: Publisher,
    /// How a person with a pocket calculator gets from what was converted to the reference cost.
    pub steps: Vec<Step>,
    /// The rate that the statement itself carries, where it prints both amounts.
    pub statement_rate: Option<StatementRate>,
    /// How the rate was found.
    pub rate_status: RateStatus,
    /// Channel whose band applied.
    pub channel: String,
    /// That band, in percent.
    pub band_percent: (Decimal, Decimal),
    /// What was converted: the invoice total, or what the merchant asked where no invoice joins.
    pub converted: Money,
    /// The same at the reference rate.
    pub reference_cost: Money,
    /// What was paid above the reference cost inside the rate.
    pub markup: Option<Money>,
    /// The same in percent of the reference cost, two decimals.
    pub markup_percent: Option<Decimal>,
    /// Explicit fees.
    pub fees: Option<Money>,
    /// Explicit taxes on the conversion.
    pub taxes: Option<Money>,
    /// What the card held.
    pub available: Option<Money>,
    /// What it would have had to hold, or what would have had to be sent.
    pub needed: Option<Money>,
    /// What was missing, in the currency in which it was short.
    pub shortfall: Option<Money>,
}
