//! Reference rates from the files that the user names, and what they know.

use super::RunError;
use super::input::unreadable;
use crate::cli::Needed;
use crate::diagnostic::Diagnostic;
use crate::domain::{Day, Money};
use crate::fx::{Component, ComponentKind, ComponentRule, ConversionTaxes, Costs, Need, forecast};
use crate::rates::{Rates, RatesError};
use crate::report;
use crate::settings::{SettingsError, profiles_of};
use crate::text::Lang;
use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};

/// The word that names the built-in table among files: `--rates built-in --rates eurofxref.csv`.
const BUILT_IN: &str = "built-in";

/// The built-in reference rates, or those of the files named, in the order in which they are asked.
pub(super) fn rates_of(files: &[PathBuf]) -> Result<Rates, RunError> {
    if files.is_empty() {
        return Ok(Rates::embedded());
    }
    let mut all = Rates::default();
    for path in files {
        let further = if path.as_path() == Path::new(BUILT_IN) { Rates::embedded() } else { read(path)? };
        all = all.and(further).map_err(|error| refused(&error))?;
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Rates, RunError> {
    let shown = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| RunError::Files(vec![unreadable(&shown, &error)]))?;
    Rates::parse(&text, &shown).map_err(|error| refused(&error))
}

fn refused(error: &RatesError) -> RunError {
    let finding = Diagnostic::error("rates", &error.name, error.to_string());
    RunError::Files(vec![finding.hint(error.hint())])
}

/// What the reference rates know, and how to bring them up to date.
///
/// # Errors
/// A file that cannot be read.
pub fn rates(files: &[PathBuf], lang: Lang, columns: usize) -> Result<String, RunError> {
    Ok(report::holdings(&rates_of(files)?.holdings(), lang, columns))
}

/// What to hold for a payment to come.
///
/// # Errors
/// A rate or config file that cannot be read, an amount with too many decimals, no rate to reckon from.
pub fn needed(typed: &Needed, lang: Lang, columns: usize) -> Result<String, RunError> {
    let rates = rates_of(&typed.rates)?;
    let wrong = |message: String, hint: &str| RunError::Settings(SettingsError { message, hint: hint.to_string() });
    let invoice = Money::from_decimal(typed.amount, typed.currency)
        .map_err(|error| wrong(error.to_string(), "write the amount as it will be asked for"))?;
    let (mut costs, top_up_percent) = costs_of(typed)?;
    // A tax that the card's own description names is not taken twice.
    if !costs.components.iter().any(|rule| rule.kind == ComponentKind::Tax) {
        costs.components.extend(ConversionTaxes::embedded().component(typed.currency, typed.account, typed.on));
    }
    let need = Need {
        invoice,
        account: typed.account,
        on: typed.on,
        known_to: Day::LAST,
        costs: costs.clone(),
        top_up_percent,
    };
    let forecast = forecast(&rates, &need).map_err(|error| {
        wrong(error.to_string(), "`payproof rates` says what is known to which day; name newer rates with --rates FILE")
    })?;
    let source = rates.source_of(typed.currency, typed.account);
    Ok(report::needed(&forecast, &costs, top_up_percent, &source, lang, columns))
}

/// What the card costs: as typed, or as its description in a config file says.
fn costs_of(typed: &Needed) -> Result<(Costs, Decimal), RunError> {
    if let (Some(path), Some(name)) = (&typed.config, &typed.card) {
        let shown = path.to_string_lossy();
        let text = fs::read_to_string(path).map_err(|error| RunError::Files(vec![unreadable(&shown, &error)]))?;
        let profiles = profiles_of(&text)?;
        let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        let profile = profiles.iter().find(|profile| profile.name == *name).ok_or_else(|| SettingsError {
            message: format!("{shown} describes no instrument `{name}`"),
            hint: format!("it describes: {}", names.join(", ")),
        })?;
        return Ok((profile.costs().unwrap_or_default(), profile.top_up_percent));
    }
    let fee = |percent: Decimal| ComponentRule {
        name: String::new(),
        kind: ComponentKind::Fee,
        amount: Component::Percent { percent, of: vec!["converted".to_string()] },
    };
    let costs = Costs {
        embedded_percent: typed.markup.unwrap_or(Decimal::ZERO),
        components: typed.card_fee.filter(|percent| !percent.is_zero()).map(fee).into_iter().collect(),
    };
    Ok((costs, typed.top_up_fee.unwrap_or(Decimal::ZERO)))
}
