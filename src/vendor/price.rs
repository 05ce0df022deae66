//! List prices and taxes: what an amount is recognised as. No amount is ever worked out from them.

use super::file::{PriceRow, SetupHoldTable, TaxRow};
use super::{Plan, Vendor};
use crate::domain::{Currency, Day, Money, Product};
use rust_decimal::Decimal;

/// A price with its tax may differ from the amount by this many minor units: tax is rounded by the line or by the whole.
const TOLERANCE_MINOR_UNITS: i128 = 1;
/// Seats of a workspace that are tried.
const SEATS_MAX: i64 = 50;
/// More than any state's tax on a purchase, in percent, with a bank's fee inside the amount.
const TAX_PERCENT_MAX: i64 = 35;

#[derive(Clone, Debug)]
pub(super) struct Price {
    plan: String,
    pub(super) amount: Money,
    from: Option<Day>,
    to: Option<Day>,
    countries: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Tax {
    countries: Vec<String>,
    percent: Decimal,
    from: Option<Day>,
    to: Option<Day>,
    up_to: bool,
}

/// A hold that is placed when a card is put on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetupHold {
    /// The product of the account.
    pub product: Product,
    /// The amount held.
    pub amount: Money,
}

/// What an amount is as a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedAs {
    /// Keys of the plans that cost this, lowest first.
    pub plans: Vec<String>,
    /// The list price: a seat's, times the seats.
    pub price: Money,
    /// Seats of a workspace; 1 for every other plan.
    pub seats: u32,
    /// Tax on top of the price, in percent of it; nothing where the price is the amount itself.
    pub tax_percent: Decimal,
    /// Countries with that tax, or with that price.
    pub countries: Vec<String>,
}

fn holds(from: Option<Day>, to: Option<Day>, day: Day) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

impl Vendor {
    /// Whether the amount is a list price of a plan on that day. The sign is ignored.
    pub fn is_plan_price(&self, amount: Money, day: Day) -> bool {
        self.prices.iter().any(|price| price.amount == amount.abs() && holds(price.from, price.to, day))
    }

    /// What is held when a card is put on an account.
    pub fn setup_hold(&self) -> SetupHold {
        self.setup_hold
    }

    /// Whether the plan is sold by the seat.
    pub fn has_seats(&self, plan: &str) -> bool {
        self.plans.iter().any(|known| known.key == plan && known.seats)
    }

    /// Whether an amount of that day is more than a plan, named as an account names it, can cost with any tax. False where
    /// the plan is sold by the seat or has no list price in the currency.
    pub fn is_beyond(&self, plan: &str, amount: Money, day: Day) -> bool {
        let rank = self.plan_rank(plan);
        let is_it = |key: &str| rank.is_some() && self.plan_rank(key) == rank;
        let prices = self.prices.iter().filter(|price| is_it(&price.plan) && holds(price.from, price.to, day));
        let own: Vec<_> = prices.filter(|price| price.amount.currency() == amount.currency()).collect();
        let most = |minor: i64| minor.saturating_mul(100 + TAX_PERCENT_MAX) / 100;
        let is_over = |minor: i64| amount.abs().minor_units() > most(minor);
        !own.is_empty() && own.iter().all(|price| !self.has_seats(&price.plan) && is_over(price.amount.minor_units()))
    }

    /// The list price, and the tax on it, that an amount of that day is: first a price as it stands, then with a tax of a
    /// fixed rate, then with one that is at most so high; one seat before several, the higher price before the lower.
    pub fn priced_as(&self, amount: Money, day: Day) -> Option<PricedAs> {
        let amount = amount.abs();
        let mut found: Vec<(u8, i64, i64, PricedAs)> = Vec::new();
        for price in self.prices.iter().filter(|price| holds(price.from, price.to, day)) {
            let most = if self.has_seats(&price.plan) { SEATS_MAX } else { 1 };
            for seats in 1..=most {
                let Some(minor) = price.amount.minor_units().checked_mul(seats) else { continue };
                let net = Money::from_minor(minor, price.amount.currency());
                found.extend(self.taxed(price, net, amount, day).into_iter().map(|(rank, percent, countries)| {
                    let seats_counted = u32::try_from(seats).unwrap_or(1);
                    let plans = vec![price.plan.clone()];
                    let known = PricedAs { plans, price: net, seats: seats_counted, tax_percent: percent, countries };
                    (rank, seats, -net.minor_units(), known)
                }));
            }
        }
        found.sort_by_key(|known| (known.0, known.1, known.2));
        let mut all = found.into_iter();
        let (rank, seats, order, mut best) = all.next()?;
        for (_, _, _, other) in all.take_while(|other| (other.0, other.1, other.2) == (rank, seats, order)) {
            best.plans.extend(other.plans);
            best.countries.extend(other.countries);
        }
        best.plans.sort_by_key(|plan| (self.plan_rank(plan), plan.clone()));
        best.plans.dedup();
        best.countries.sort();
        best.countries.dedup();
        Some(best)
    }

    /// The ways in which an amount is a price with tax.
    fn taxed(&self, price: &Price, net: Money, amount: Money, day: Day) -> Vec<(u8, Decimal, Vec<String>)> {
        if net.currency() != amount.currency() || amount.minor_units() < net.minor_units() {
            return Vec::new();
        }
        if net == amount {
            return vec![(0, Decimal::ZERO, price.countries.clone())];
        }
        if !price.countries.is_empty() {
            return Vec::new();
        }
        let Some(share) = share_of(net, amount) else { return Vec::new() };
        let taxes = || self.taxes.iter().filter(|tax| holds(tax.from, tax.to, day));
        let local: Vec<String> = taxes()
            .filter(|tax| tax.up_to && share <= tax.percent)
            .flat_map(|tax| tax.countries.iter().cloned())
            .collect();
        let fixed = taxes().filter(|tax| !tax.up_to && is_share(net, amount, tax.percent));
        let mut found: Vec<(u8, Decimal, Vec<String>)> =
            fixed.map(|tax| (1, tax.percent, tax.countries.iter().chain(&local).cloned().collect())).collect();
        if found.is_empty() && !local.is_empty() {
            found.push((2, share, local));
        }
        found
    }
}

/// By how many percent an amount is above another, to two decimals, half up.
fn share_of(net: Money, amount: Money) -> Option<Decimal> {
    let (net, amount) = (i128::from(net.minor_units()), i128::from(amount.minor_units()));
    let above = amount.checked_sub(net)?.checked_mul(10_000)?;
    let hundredths = above.checked_mul(2)?.checked_add(net)?.checked_div(net.checked_mul(2)?)?;
    Some(Decimal::from_i128_with_scale(hundredths, 2).normalize())
}

/// Whether an amount is another with that percentage on top.
fn is_share(net: Money, amount: Money, percent: Decimal) -> bool {
    let part =
        Decimal::from(net.minor_units()).checked_mul(percent).and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
    let apart = part.and_then(|part| {
        let whole = Decimal::from(net.minor_units()).checked_add(part)?;
        Decimal::from(amount.minor_units()).checked_sub(whole)
    });
    apart.is_some_and(|apart| apart.abs() <= Decimal::from(TOLERANCE_MINOR_UNITS))
}

fn figure(text: &str) -> Option<Decimal> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    Decimal::from_str_exact(text).ok().filter(|_| plain)
}

fn money(text: &str, currency: &str) -> Result<Money, String> {
    let currency = Currency::parse(currency).map_err(|error| error.to_string())?;
    let amount = figure(text).and_then(|amount| Money::from_decimal(amount, currency).ok());
    amount.ok_or_else(|| format!("`{text}` is no amount of {currency}"))
}

fn day(text: Option<&String>) -> Result<Option<Day>, String> {
    let read = |text: &String| Day::parse_iso(text).ok_or_else(|| format!("`{text}` is no day such as 2026-01-31"));
    text.map(read).transpose()
}

pub(super) fn price(row: &PriceRow, plans: &[Plan]) -> Result<Price, String> {
    let fault = |what: String| format!("price of `{}` in {}: {what}", row.plan, row.currency);
    if !plans.iter().any(|plan| plan.key == row.plan) {
        return Err(fault("no such plan".to_string()));
    }
    Ok(Price {
        plan: row.plan.clone(),
        amount: money(&row.amount, &row.currency).map_err(fault)?,
        from: day(row.from.as_ref()).map_err(fault)?,
        to: day(row.to.as_ref()).map_err(fault)?,
        countries: row.countries.clone(),
    })
}

pub(super) fn tax(row: &TaxRow) -> Result<Tax, String> {
    Ok(Tax {
        countries: row.countries.clone(),
        percent: figure(&row.percent).ok_or_else(|| format!("tax: `{}` is no percentage", row.percent))?,
        from: day(row.from.as_ref())?,
        to: day(row.to.as_ref())?,
        up_to: row.up_to,
    })
}

pub(super) fn setup_hold(table: &SetupHoldTable) -> Result<SetupHold, String> {
    Ok(SetupHold { product: table.product, amount: money(&table.amount, &table.currency)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(amount: &str, currency: &str, on: &str) -> String {
        let known = Vendor::embedded().priced_as(money(amount, currency).unwrap(), Day::parse_iso(on).unwrap());
        known.map_or("nothing".to_string(), |known| {
            format!("{} x{} +{} {}", known.price, known.seats, known.tax_percent, known.plans.join(" "))
        })
    }

    #[test]
    fn an_amount_is_a_price_with_or_without_tax() {
        for (amount, currency, on, expected) in [
            ("20.00", "USD", "2026-03-01", "20.00 USD x1 +0 plus"),
            ("24.00", "USD", "2026-03-01", "20.00 USD x1 +20 plus"),
            ("209.10", "USD", "2026-03-01", "200.00 USD x1 +4.55 pro"),
            ("23.00", "EUR", "2026-03-01", "23.00 EUR x1 +0 plus"),
            ("27.60", "EUR", "2026-03-01", "nothing"),
            ("50.00", "USD", "2026-05-01", "50.00 USD x2 +0 team"),
            ("17.00", "USD", "2026-03-01", "nothing"),
            ("8.00", "USD", "2025-12-31", "nothing"),
            ("8.80", "USD", "2026-01-01", "8.00 USD x1 +10 go"),
        ] {
            assert_eq!(known(amount, currency, on), expected, "{amount} {currency} on {on}");
        }
    }
    #[test]
    fn an_amount_beyond_a_plan_is_no_purchase_of_it() {
        let day = Day::parse_iso("2026-06-15").unwrap();
        for (plan, amount, expected) in [
            ("plus", "200.00", true),
            ("chatgptplusplan", "200.00", true),
            ("plus", "25.00", false),
            ("pro", "209.10", false),
            ("team", "200.00", false),
            ("nobody", "200.00", false),
        ] {
            assert_eq!(Vendor::embedded().is_beyond(plan, money(amount, "USD").unwrap(), day), expected, "{plan}");
        }
    }
}
