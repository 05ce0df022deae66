//! Taxes that a state takes on every conversion of an account, as a dated table: a law changes on a day, so it is data.

use super::{Component, ComponentKind, ComponentRule};
use crate::domain::{Currency, Day};
use crate::embedded::{self, carried};
use rust_decimal::Decimal;
use serde::Deserialize;

/// The taxes on conversions that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionTaxes {
    taxes: Vec<ConversionTax>,
    row_words: Vec<String>,
}

/// A tax on the conversions of accounts in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionTax {
    /// Its name: `IOF`.
    pub name: String,
    /// Currency of the accounts.
    pub account: Currency,
    /// From which day how many percent of the converted amount, oldest first.
    steps: Vec<(Day, Decimal)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row_words: Vec<String>,
    tax: Vec<TaxOfFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxOfFile {
    name: String,
    account: String,
    step: Vec<StepOfFile>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepOfFile {
    from: String,
    percent: String,
}

impl ConversionTaxes {
    /// The taxes that payproof knows.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded file is one of them.
    pub fn embedded() -> ConversionTaxes {
        read(embedded::read(carried!("fx/data/taxes"))).expect("the embedded taxes are valid")
    }

    /// The tax on a conversion from one currency into an account's on a day: its name and how many percent of the
    /// converted amount.
    pub fn on(&self, from: Currency, account: Currency, day: Day) -> Option<(&str, Decimal)> {
        let tax = self.taxes.iter().find(|tax| tax.account == account && from != account)?;
        let step = tax.steps.iter().rev().find(|step| step.0 <= day)?;
        Some((&tax.name, step.1))
    }

    /// Whether the text of a separate row names a tax rather than a fee.
    pub fn names(&self, text: &str) -> bool {
        let text = text.to_uppercase();
        let is_word = |word: &str| {
            let mut places = text.match_indices(word);
            // A word of letters stands alone; one of Chinese characters may stand in a longer run.
            places.any(|(at, _)| {
                let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                !word.is_ascii()
                    || (!is_letter(text[..at].chars().next_back())
                        && !is_letter(text[at + word.len()..].chars().next()))
            })
        };
        self.row_words.iter().any(|word| is_word(word))
    }

    /// The same as a component of what an account needs.
    pub fn component(&self, from: Currency, account: Currency, day: Day) -> Option<ComponentRule> {
        let (name, percent) = self.on(from, account, day)?;
        let amount = Component::Percent { percent, of: vec!["converted".to_string()] };
        Some(ComponentRule { name: name.to_string(), kind: ComponentKind::Tax, amount })
    }
}

fn read(file: File) -> Result<ConversionTaxes, String> {
    let step = |step: StepOfFile| {
        let day = Day::parse_iso(&step.from).ok_or_else(|| format!("`{}` is no day", step.from))?;
        let percent = Decimal::from_str_exact(&step.percent).map_err(|error| error.to_string())?;
        Ok((day, percent))
    };
    let tax = |tax: TaxOfFile| {
        let account = Currency::parse(&tax.account).map_err(|error| error.to_string())?;
        let steps = tax.step.into_iter().map(step).collect::<Result<Vec<_>, String>>()?;
        match steps.is_sorted_by(|a, b| a.0 < b.0) && !steps.is_empty() {
            true => Ok(ConversionTax { name: tax.name, account, steps }),
            false => Err(format!("the steps of {} do not stand in the order of their days", tax.name)),
        }
    };
    let taxes = file.tax.into_iter().map(tax).collect::<Result<Vec<_>, String>>()?;
    Ok(ConversionTaxes { taxes, row_words: file.row_words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    #[test]
    fn the_tax_of_a_day_is_that_of_its_step() {
        let taxes = ConversionTaxes::embedded();
        let real = Currency::parse("BRL").unwrap();
        let iof = |on: &str| taxes.on(Currency::USD, real, day(on)).map(|(name, percent)| (name, percent.to_string()));
        for (on, percent) in [
            ("2023-06-01", "5.38"),
            ("2024-12-31", "4.38"),
            ("2025-01-02", "3.38"),
            ("2025-05-22", "3.38"),
            ("2025-05-23", "3.50"),
            ("2025-06-30", "3.38"),
            ("2025-07-16", "3.50"),
            ("2027-01-01", "3.50"),
        ] {
            assert_eq!(iof(on), Some(("IOF", percent.to_string())), "{on}");
        }
        assert_eq!(iof("2020-01-01"), None, "before the table nothing is known");
        assert_eq!(taxes.on(real, real, day("2025-01-02")), None);
        assert_eq!(taxes.on(Currency::USD, Currency::CNY, day("2025-01-02")), None);
        for tax in ["IOF COMPRA INTERNACIONAL", "gst on markup fee", "Fee-IGST", "跨境交易增值税"] {
            assert!(taxes.names(tax), "{tax}");
        }
        for fee in ["INTERNATIONAL TRANSACTION FEE", "BIOFUEL", "IOFX", "国际交易手续费", ""] {
            assert!(!taxes.names(fee), "{fee}");
        }
        let empty = "row_words = []\ntax = [{name = \"x\", account = \"BRL\", step = [], source = \"\"}]";
        assert!(read(toml::from_str(empty).unwrap()).is_err());
    }
}
