//! Whom a claim is written to, and where: name and channel, with their source and its day.

use super::Vendor;
use crate::domain::Day;
use serde::Deserialize;

/// Where an addressee takes requests. A card's issuer has none: it differs with every card.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Whose it is, by the name of the addressee in reports: `openai`, `paypal`, `apple`, `google`.
    pub to: String,
    /// Name to write to.
    pub name: String,
    /// Address of the page or chat on which requests are taken.
    pub channel: String,
    /// Where that is said.
    pub source: String,
    /// Day on which the source was last looked at, as `2026-01-31`.
    pub as_of: String,
}

impl Contact {
    /// The contact as it is, or what in it cannot be used.
    pub(super) fn checked(self) -> Result<Contact, String> {
        match Day::parse_iso(&self.as_of) {
            Some(_) => Ok(self),
            None => Err(format!("contact `{}`: `{}` is no day such as 2026-01-31", self.to, self.as_of)),
        }
    }
}

impl Vendor {
    /// Where the addressee of this name takes requests, if the vendor file says so.
    pub fn contact(&self, to: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.to == to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_but_the_issuer_has_a_contact_with_its_source() {
        let vendor = Vendor::embedded();
        for to in ["openai", "paypal", "apple", "google"] {
            let contact = vendor.contact(to).unwrap();
            assert!(contact.channel.starts_with("https://") && !contact.source.is_empty(), "{contact:?}");
        }
        assert_eq!(vendor.contact("issuer"), None);
    }

    #[test]
    fn a_contact_without_a_day_is_refused() {
        let text = include_str!("data/openai.toml").replace("as_of = \"2026-11-23\"", "as_of = \"soon\"");
        assert!(Vendor::parse(&text).unwrap_err().contains("`soon` is no day"));
    }
}
