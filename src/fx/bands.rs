//! Bands: how far from the reference rate a channel's conversion may end. Data, and the user's to override.

use crate::embedded::{self, carried};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The channel of which nothing is known.
pub const UNKNOWN_CHANNEL: &str = "unknown";

/// The band of one channel, in percent over the reference rate; a negative bound lies under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    channel: String,
    lo: Decimal,
    hi: Decimal,
}

/// The bands of all channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands(BTreeMap<String, Band>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandTable {
    lo: String,
    hi: String,
    #[serde(default, rename = "reason")]
    _reason: Option<String>,
}

impl Band {
    /// The channel's key: `paypal`.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// Lower bound in percent.
    pub fn lo(&self) -> Decimal {
        self.lo
    }

    /// Upper bound in percent.
    pub fn hi(&self) -> Decimal {
        self.hi
    }

    /// The same band where a tax of `percent` of the converted amount may be inside it: as much higher. `None` for
    /// figures beyond a decimal, which no tax has.
    pub fn taxed(&self, percent: Decimal) -> Option<Band> {
        let tax_on_hi = self.hi.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?;
        let hi = self.hi.checked_add(percent)?.checked_add(tax_on_hi)?;
        Some(Band { channel: self.channel.clone(), lo: self.lo, hi })
    }
}

impl Bands {
    /// The bands that payproof uses without being told.
    ///
    /// # Panics
    /// Never in a build whose tests passed: the embedded file is one of them.
    pub fn embedded() -> Bands {
        lay_over(BTreeMap::new(), embedded::read(carried!("fx/data/bands"))).expect("the embedded bands are valid")
    }

    /// The embedded bands with those of a file laid over them; a file may also name new channels.
    ///
    /// # Errors
    /// What in the file cannot be read, in English.
    pub fn parse(text: &str) -> Result<Bands, String> {
        lay_over(Bands::embedded().0, toml::from_str(text).map_err(|error| error.to_string())?)
    }

    /// These bands with those of a table laid over them: channel, then `lo` and `hi`.
    ///
    /// # Errors
    /// What in the table cannot be read, in English.
    pub fn laid_over(self, table: toml::Table) -> Result<Bands, String> {
        lay_over(self.0, table.try_into().map_err(|error: toml::de::Error| error.to_string())?)
    }

    /// The band of a channel.
    pub fn get(&self, channel: &str) -> Option<&Band> {
        self.0.get(channel)
    }

    /// The band of a channel, or the one of which nothing is known.
    pub fn get_or_unknown(&self, channel: &str) -> &Band {
        // The embedded file, over which every other is laid, has the unknown channel.
        self.0.get(channel).unwrap_or_else(|| &self.0[UNKNOWN_CHANNEL])
    }

    /// The channels' keys in order.
    pub fn channels(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn lay_over(mut bands: BTreeMap<String, Band>, tables: BTreeMap<String, BandTable>) -> Result<Bands, String> {
    for (channel, table) in tables {
        let (lo, hi) = (percent(&channel, &table.lo)?, percent(&channel, &table.hi)?);
        if lo > hi {
            return Err(format!("channel `{channel}`: lo {lo} lies above hi {hi}"));
        }
        bands.insert(channel.clone(), Band { channel, lo, hi });
    }
    Ok(Bands(bands))
}

/// Reads a percentage above -100 and up to 100 with at most four decimals.
fn percent(channel: &str, text: &str) -> Result<Decimal, String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let hundred = Decimal::ONE_HUNDRED;
    Decimal::from_str_exact(text)
        .ok()
        .filter(|value| plain && value.scale() <= 4 && *value > -hundred && *value <= hundred)
        .ok_or_else(|| format!("channel `{channel}`: `{text}` is no percentage such as -0.75"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_overrides_one_band_and_keeps_the_others() {
        let bands =
            Bands::parse("[paypal]\nlo = \"2.5\"\nhi = \"4.5\"\n[cashback]\nlo = \"-3\"\nhi = \"0\"\n").unwrap();
        let embedded = Bands::embedded();
        assert_eq!(bands.get("paypal").unwrap().hi().to_string(), "4.5");
        assert_eq!(bands.get("cashback").unwrap().lo().to_string(), "-3");
        assert_eq!(bands.get("scheme"), embedded.get("scheme"));
        assert_eq!(embedded.get("cashback"), None);
        assert_eq!(embedded.get_or_unknown("cashback").channel(), UNKNOWN_CHANNEL);
        assert_eq!(embedded.channels().count(), 9);
        for faulty in
            ["[a]\nlo = \"2\"\nhi = \"1\"", "[a]\nlo = \"1e1\"\nhi = \"2\"", "[a]\nlo = 1\nhi = 2", "[a]\nlo = \"1\""]
        {
            assert!(Bands::parse(faulty).is_err(), "{faulty}");
        }
    }
}
