//! Whether a difference looks like a tax on the purchase: asked before any rate of exchange is.

use crate::domain::{Day, Money};
use crate::embedded::{self, carried};
use crate::rates::{Ratio, Rounding};
use rust_decimal::Decimal;
use serde::Deserialize;

/// Standard rates of taxes on purchases, by country and time.
#[derive(Clone, Debug)]
pub struct PurchaseTaxes(Vec<PurchaseTax>);

#[derive(Clone, Debug)]
struct PurchaseTax {
    country: String,
    percent: Decimal,
    from: Day,
    to: Day,
}

/// A tax that explains a difference to the minor unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxGap {
    /// Its percentage.
    pub percent: Decimal,
    /// Countries where it is the standard rate, by code.
    pub countries: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rate: Vec<RateOfFile>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateOfFile {
    country: String,
    percent: String,
    from: Option<String>,
    to: Option<String>,
}

impl PurchaseTaxes {
    /// The rates that payproof knows.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded file is one of them.
    pub fn embedded() -> PurchaseTaxes {
        read(embedded::read(carried!("fx/data/vat"))).expect("the embedded tax rates are valid")
    }

    /// The tax by which one amount is the other's, rounded to the minor unit: 24.20 is 20.00 and 21 %. `None` where no
    /// known rate of that day fits exactly, and for amounts in two currencies.
    pub fn between(&self, net: Money, gross: Money, day: Day) -> Option<TaxGap> {
        if net.currency() != gross.currency() || net.minor_units() <= 0 {
            return None;
        }
        let in_force = self.0.iter().filter(|tax| tax.from <= day && day <= tax.to);
        let fits = |tax: &&PurchaseTax| {
            let taxed = Ratio::of_money(net).and_then(|net| net.times(Ratio::one_plus_percent(tax.percent)?));
            taxed.and_then(|taxed| taxed.to_money(net.currency(), Rounding::HalfUp)) == Some(gross)
        };
        let found: Vec<&PurchaseTax> = in_force.filter(fits).collect();
        let percent = found.first()?.percent;
        let same = found.iter().filter(|tax| tax.percent == percent);
        Some(TaxGap { percent, countries: same.map(|tax| tax.country.clone()).collect() })
    }
}

fn read(file: File) -> Result<PurchaseTaxes, String> {
    let day = |text: &Option<String>, open: Day| match text {
        None => Ok(open),
        Some(text) => Day::parse_iso(text).ok_or_else(|| format!("`{text}` is no day")),
    };
    let tax = |rate: &RateOfFile| {
        let percent = Decimal::from_str_exact(&rate.percent).map_err(|error| error.to_string())?;
        let (from, to) = (day(&rate.from, Day::FIRST)?, day(&rate.to, Day::LAST)?);
        Ok(PurchaseTax { country: rate.country.clone(), percent, from, to })
    };
    file.rate.iter().map(tax).collect::<Result<Vec<_>, String>>().map(PurchaseTaxes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;
    use crate::domain::sample::day;

    #[test]
    fn a_gap_is_a_tax_only_to_the_minor_unit() {
        let taxes = PurchaseTaxes::embedded();
        let usd = |text: &str| Money::from_decimal(text.parse().unwrap(), Currency::USD).unwrap();
        let gap = |net: &str, gross: &str, on: &str| {
            taxes.between(usd(net), usd(gross), day(on)).map(|gap| (gap.percent.to_string(), gap.countries.join(" ")))
        };
        let found = |percent: &str, countries: &str| Some((percent.to_string(), countries.to_string()));
        assert_eq!(gap("20.00", "24.20", "2025-03-01"), found("21", "BE CZ ES LT LV NL"));
        assert_eq!(gap("20.00", "24.20", "2025-09-01"), found("21", "BE CZ ES LT LV NL RO"));
        assert_eq!(gap("20.00", "23.80", "2025-03-01"), found("19", "CY DE RO"));
        assert_eq!(gap("20.00", "21.62", "2025-03-01"), found("8.1", "CH"));
        assert_eq!(gap("19.99", "24.59", "2025-03-01"), found("23", "IE PL PT SK"), "rounded: 24.5877");
        for (net, gross) in [("20.00", "24.21"), ("24.20", "20.00"), ("20.00", "20.00"), ("20.00", "146.00")] {
            assert_eq!(gap(net, gross, "2025-03-01"), None, "{net} {gross}");
        }
    }
}
