//! What the user says of a card, account or wallet: how it converts and what that costs.

use super::{ComponentRule, Costs};
use crate::domain::{Day, LastFour};
use glob::Pattern;
use rust_decimal::Decimal;

/// One card, account or wallet, as the user describes it.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What the user calls it.
    pub name: String,
    /// Last four digits, where it is told by them.
    pub card: Option<LastFour>,
    /// Names of the files that speak of it, where it is told by them.
    pub files: Option<Pattern>,
    /// Channel of its conversions, a key of the band data.
    pub channel: Option<String>,
    /// Markup inside the rate, in percent over the reference.
    pub embedded_percent: Option<Decimal>,
    /// Explicit fees and taxes.
    pub components: Vec<ComponentRule>,
    /// What a virtual card takes of every sum loaded onto it, in percent.
    pub top_up_percent: Decimal,
    /// Last day on which the card can be used.
    pub expires: Option<Day>,
}

impl Profile {
    /// Whether it describes an instrument with these last four digits and files, by base name or shown path. Everything
    /// that the profile names must agree.
    pub fn describes(&self, card: Option<LastFour>, files: &[&str]) -> bool {
        let base = |file: &str| file.rsplit('/').next().unwrap_or(file).to_string();
        let fits = |pattern: &Pattern| files.iter().any(|file| pattern.matches(file) || pattern.matches(&base(file)));
        let card_fits = self.card.is_none() || self.card == card;
        card_fits && self.files.as_ref().is_none_or(fits)
    }

    /// What its conversions cost, where the profile says so.
    pub fn costs(&self) -> Option<Costs> {
        let says = self.embedded_percent.is_some() || !self.components.is_empty();
        says.then(|| Costs {
            embedded_percent: self.embedded_percent.unwrap_or(Decimal::ZERO),
            components: self.components.clone(),
        })
    }
}
