//! Cards, accounts and wallets as the config file describes them, and the bands that it overrides.

use super::SettingsError;
use crate::domain::{Currency, Day, LastFour, Money};
use crate::fx::{Bands, Component, ComponentKind, ComponentRule, Profile};
use rust_decimal::Decimal;
use serde::Deserialize;

/// One `[[instrument]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct InstrumentTable {
    name: String,
    card: Option<String>,
    files: Option<String>,
    channel: Option<String>,
    embedded_percent: Option<String>,
    top_up_percent: Option<String>,
    expires: Option<String>,
    #[serde(default)]
    component: Vec<ComponentTable>,
}

/// One fee or tax of an instrument.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ComponentTable {
    name: String,
    kind: Option<String>,
    percent: Option<String>,
    of: Option<Vec<String>>,
    amount: Option<String>,
}

fn wrong(of: &str, message: String, hint: &str) -> SettingsError {
    SettingsError::new(format!("instrument `{of}`: {message}"), hint)
}

/// Reads the instruments. `bands` are those in force, for the names of the channels.
pub(super) fn profiles(tables: &[InstrumentTable], bands: &Bands) -> Result<Vec<Profile>, SettingsError> {
    tables.iter().map(|table| profile(table, bands)).collect()
}

fn profile(table: &InstrumentTable, bands: &Bands) -> Result<Profile, SettingsError> {
    let name = table.name.clone();
    if table.card.is_none() && table.files.is_none() {
        return Err(wrong(&name, "nothing tells which one it is".to_string(), "add `card` or `files`"));
    }
    let card = |text: &String| {
        let fault =
            || wrong(&name, format!("`{text}` is not a card's last four digits"), "write four digits: \"4242\"");
        LastFour::at_end_of(text).ok_or_else(fault)
    };
    if let Some(channel) = table.channel.as_deref().filter(|channel| bands.get(channel).is_none()) {
        let known: Vec<&str> = bands.channels().collect();
        return Err(wrong(&name, format!("`{channel}` is no known channel"), &format!("one of {}", known.join(", "))));
    }
    let percent_of = |text: &Option<String>| text.as_deref().map(|text| percent(&name, text)).transpose();
    Ok(Profile {
        card: table.card.as_ref().map(card).transpose()?,
        files: table.files.as_deref().map(super::pattern).transpose()?,
        channel: table.channel.clone(),
        embedded_percent: percent_of(&table.embedded_percent)?,
        components: components(table)?,
        top_up_percent: percent_of(&table.top_up_percent)?.unwrap_or(Decimal::ZERO),
        expires: table.expires.as_deref().map(|text| expiry(&name, text)).transpose()?,
        name,
    })
}

/// A percentage above -100 and below 100 with at most four decimals.
fn percent(of: &str, text: &str) -> Result<Decimal, SettingsError> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let fits = |percent: &Decimal| is_plain && percent.abs() < Decimal::ONE_HUNDRED && percent.scale() <= 4;
    let fault = || wrong(of, format!("`{text}` is no percentage"), "write a text such as \"1.5\"");
    Decimal::from_str_exact(text).ok().filter(fits).ok_or_else(fault)
}

/// The last day of a month that a card prints: `2027-03`.
fn expiry(of: &str, text: &str) -> Result<Day, SettingsError> {
    let fault = || wrong(of, format!("`{text}` is no month"), "write the month as the card has it, as YYYY-MM");
    let first = Day::parse_iso(&format!("{text}-01")).ok_or_else(fault)?;
    let (year, month, _) = first.ymd();
    let next = if month == 12 { Day::from_ymd(year + 1, 1, 1) } else { Day::from_ymd(year, month + 1, 1) };
    next.map(|day| day.minus(1)).ok_or_else(fault)
}

fn components(table: &InstrumentTable) -> Result<Vec<ComponentRule>, SettingsError> {
    let mut rules: Vec<ComponentRule> = Vec::new();
    for line in &table.component {
        let of = &table.name;
        let kind = match line.kind.as_deref() {
            None | Some("fee") => ComponentKind::Fee,
            Some("tax") => ComponentKind::Tax,
            Some(other) => return Err(wrong(of, format!("`{other}` is no kind of component"), "one of fee, tax")),
        };
        let amount = match (&line.percent, &line.amount) {
            (Some(text), None) => {
                let bases = line.of.clone().unwrap_or_else(|| vec!["converted".to_string()]);
                let known = |base: &String| base == "converted" || rules.iter().any(|rule| rule.name == *base);
                if let Some(base) = bases.iter().find(|base| !known(base)) {
                    let hint = "a percentage is taken of `converted` or of a component that comes before it";
                    return Err(wrong(of, format!("`{base}` names no amount"), hint));
                }
                Component::Percent { percent: percent(of, text)?, of: bases }
            }
            (None, Some(text)) => Component::Fixed(money(of, text)?),
            _ => {
                let message = format!("component `{}` has no size, or two", line.name);
                return Err(wrong(of, message, "add either `percent` or `amount`"));
            }
        };
        rules.push(ComponentRule { name: line.name.clone(), kind, amount });
    }
    Ok(rules)
}

/// An amount with its currency: `2.00 CNY`.
fn money(of: &str, text: &str) -> Result<Money, SettingsError> {
    let fault = || wrong(of, format!("`{text}` is no amount"), "write figure and currency: \"2.00 CNY\"");
    let (figure, code) = text.split_once(' ').ok_or_else(fault)?;
    let is_plain = figure.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let figure = Decimal::from_str_exact(figure).ok().filter(|_| is_plain).ok_or_else(fault)?;
    let currency = Currency::parse(code).map_err(|_| fault())?;
    Money::from_decimal(figure, currency).map_err(|_| fault())
}
