//! The vendor file as it is written: its tables and keys. `compile` makes the vendor from it.

use crate::domain::{DeclineCause, Product, Route};
use crate::text::InEach;
use serde::Deserialize;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VendorFile {
    pub key: String,
    pub name: String,
    pub hold_days: u32,
    pub sites: Vec<String>,
    pub mail_domains: Vec<String>,
    pub midway: Vec<String>,
    /// Names under which the vendor sells.
    #[serde(default)]
    pub sellers: Vec<String>,
    /// Domains of those who send papers in the vendor's name.
    #[serde(default)]
    pub sender_domains: Vec<String>,
    pub descriptor: DescriptorTable,
    pub store: StoreTable,
    pub setup_hold: SetupHoldTable,
    #[serde(default)]
    pub tax: Vec<TaxRow>,
    pub wallet: Vec<WalletTable>,
    pub fee: FeeTable,
    pub product_rule: Vec<ProductRule>,
    pub plan: Vec<PlanTable>,
    pub price: Vec<PriceRow>,
    pub decline: Vec<DeclineTable>,
    pub deadline: Vec<DeadlineTable>,
    #[serde(default)]
    pub contact: Vec<super::Contact>,
}

/// How the vendor stands on statements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DescriptorTable {
    pub exclude: Vec<String>,
    pub resellers: Vec<String>,
    pub place_words: Vec<String>,
    /// Words that recognise nothing and may be shown.
    pub shown_words: Vec<String>,
    /// Telephone numbers printed in the descriptors.
    pub phones: Vec<String>,
    pub family: Vec<FamilyTable>,
}

/// One family of descriptors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FamilyTable {
    pub words: Vec<String>,
    pub product: Option<Product>,
    pub certainty: Certainty,
    pub route: Option<Route>,
    #[serde(default)]
    pub bare_store: bool,
    /// A place must follow the words.
    #[serde(default)]
    pub then_place: bool,
    /// Only where no wallet stands between.
    #[serde(default)]
    pub direct: bool,
    /// A site of the vendor fits as well as the words.
    #[serde(default)]
    pub site: bool,
}

/// How far a family tells the product.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Certainty {
    Named,
    Usual,
    Unknown,
}

/// How a wallet stands on statements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WalletTable {
    pub route: Route,
    pub marks: Vec<String>,
    #[serde(default)]
    pub first_words: Vec<String>,
    pub reference: Option<ReferenceForm>,
    pub generic: Vec<String>,
}

/// A reference that only this wallet prints: fixed text around digits.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceForm {
    pub before: String,
    pub after: String,
}

/// Rows that are a fee.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeeTable {
    pub phrases: Vec<String>,
}

/// What an invoice line sells.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductRule {
    pub all: Vec<String>,
    pub product: Product,
}

/// How stores name what they sell.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoreTable {
    pub apps: Vec<String>,
    pub sellers: Vec<String>,
}

/// What is held when a card is put on an account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetupHoldTable {
    pub product: Product,
    pub currency: String,
    pub amount: String,
}

/// A tax of some countries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaxRow {
    pub countries: Vec<String>,
    pub percent: String,
    pub from: Option<String>,
    pub to: Option<String>,
    #[serde(default)]
    pub up_to: bool,
}

/// One plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanTable {
    pub key: String,
    pub rank: u32,
    #[serde(default)]
    pub seats: bool,
    pub names: Vec<String>,
    pub aliases: Vec<String>,
}

/// One list price.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceRow {
    pub plan: String,
    pub currency: String,
    pub amount: String,
    pub from: Option<String>,
    pub to: Option<String>,
    #[serde(default)]
    pub countries: Vec<String>,
}

/// Phrases of one cause of a refusal.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclineTable {
    pub cause: DeclineCause,
    pub phrases: Vec<String>,
}

/// One deadline.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineTable {
    pub key: String,
    pub days: u32,
    pub from: super::DeadlineStart,
    pub routes: Vec<Route>,
    pub source: InEach,
}
