//! What the conversion of a case did, ready to be shown.

use crate::domain::{Day, Money};
use crate::rates::{Publisher, Quote, RateStatus, Ratio, Rounding, Step};
use rust_decimal::Decimal;

/// The rate that a statement itself carries: the one it prints, else the one that its two amounts make, the original
/// beside the account's, or a wallet's pair of conversion rows. It needs no reference rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementRate {
    /// Account's currency for one unit of the original's, exactly.
    exact: Ratio,
    /// The same with eight decimals, for display.
    pub rate: Decimal,
    /// What the account was charged beside the printed rate; absent where the two agree, or none is printed.
    pub beside: Option<Money>,
    /// How far it lies above the reference rate, in percent, two decimals; absent where there is none.
    pub over_percent: Option<Decimal>,
}

impl StatementRate {
    /// The rate between two amounts, with the rate that the row prints. Banks print it in either direction: the one
    /// that comes nearer to the amounts is meant, and one that comes near in neither is passed over. `None` for an
    /// original amount of nothing.
    pub fn of(original: Money, account: Money, printed: Option<Decimal>) -> Option<StatementRate> {
        let made = Ratio::of_money(account)?.over(Ratio::of_money(original)?)?;
        let said = printed.filter(|printed| *printed > Decimal::ZERO).and_then(|printed| said(made, printed));
        let (exact, beside) = match (said, printed) {
            (Some(said), Some(printed)) => (said, beside(original, account, said, printed)),
            _ => (made, None),
        };
        Some(StatementRate { exact, rate: exact.to_decimal(8)?, beside, over_percent: None })
    }

    /// The same, with how far it lies above a reference rate.
    pub fn held_against(self, reference: Option<Quote>) -> StatementRate {
        let over = |quote: Quote| self.exact.over(quote.rate())?.minus(Ratio::ONE)?.to_percent();
        StatementRate { over_percent: reference.and_then(over), ..self }
    }
}

/// The printed rate in the direction that is meant: within a tenth of what the amounts make.
fn said(made: Ratio, printed: Decimal) -> Option<Ratio> {
    let printed = Ratio::of_decimal(printed)?;
    let (lo, hi) = (Ratio::new(9, 10)?, Ratio::new(11, 10)?);
    let fits = |rate: &Ratio| rate.over(made).is_some_and(|share| lo <= share && share <= hi);
    // Near parity both directions fit: the nearer one is meant.
    let apart = |rate: &Ratio| {
        let share = rate.over(made).unwrap_or(Ratio::ONE);
        if share < Ratio::ONE { share.inverse().unwrap_or(share) } else { share }
    };
    [Some(printed), printed.inverse()].into_iter().flatten().filter(fits).min_by_key(apart)
}

/// What was charged beside a printed rate, where that is more than its rounding explains: half a unit of its last digit
/// on the whole amount, and a minor unit.
fn beside(original: Money, account: Money, said: Ratio, printed: Decimal) -> Option<Money> {
    let converted = Ratio::of_money(original)?.times(said)?.to_money(account.currency(), Rounding::HalfUp)?;
    let beside = account.checked_sub(converted).ok()?;
    let of_rounding = Ratio::new(i128::from(account.minor_units()), printed.mantissa().checked_mul(2)?)?;
    let most = of_rounding.round(Rounding::Ceiling)?.checked_add(1)?;
    (i128::from(beside.minor_units()).abs() > most).then_some(beside)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn a_printed_rate_is_read_in_the_direction_that_fits_the_amounts() {
        let money = |text: &str, code: &str| {
            Money::from_decimal(text.parse().unwrap(), Currency::parse(code).unwrap()).unwrap()
        };
        let of = |original: Money, account: Money, printed: Option<&str>| {
            let read = StatementRate::of(original, account, printed.map(|text| text.parse().unwrap())).unwrap();
            (read.rate.to_string(), read.beside.map(|money| money.figure()))
        };
        let (zloty, pounds) = (money("150.00", "PLN"), money("72.92", "GBP"));
        // 150 / 4.22535 is 35.50 to the cent; 72.92 / 0.847429 is 86.05.
        assert_eq!(of(zloty, money("35.50", "EUR"), Some("4.22535")), ("0.23666679".into(), None));
        assert_eq!(of(pounds, money("86.05", "EUR"), Some("0.847429")), ("1.18003986".into(), None));
        // The same rate, and half a euro beside it.
        assert_eq!(of(zloty, money("36.00", "EUR"), Some("4.22535")).1.as_deref(), Some("0.50"));
        // A rate of three digits leaves room for rounding: 150 / 4.23 is 35.46.
        assert_eq!(of(zloty, money("35.50", "EUR"), Some("4.23")).1, None);
        assert_eq!(of(zloty, money("35.50", "EUR"), None), ("0.23666667".into(), None));
        // What is no rate between these amounts is passed over.
        for odd in ["35.50", "1", "0", "-4.22535"] {
            assert_eq!(of(zloty, money("35.50", "EUR"), Some(odd)), ("0.23666667".into(), None), "{odd}");
        }
        // Near parity the nearer direction is meant.
        assert_eq!(of(money("20.00", "USD"), money("19.42", "CHF"), Some("1.03")).0, "0.97087379");
    }
}
