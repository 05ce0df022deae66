//! What was read, as a table, JSON or CSV.
//!
//! The table masks what identifies a person, unless asked not to. JSON and CSV hold what the files hold: they are for
//! programs that compare them with the files.

mod json;
mod table;
mod words;

pub use json::json as listing_json;
pub use table::table as listing_table;

use super::csv::push_record;
use crate::domain::Money;
use crate::listing::{Listed, ListedState, Listing};
use crate::text::clean;
use rust_decimal::Decimal;

const TITLES: [&str; 21] = [
    "file",
    "line",
    "date",
    "posted_on",
    "amount",
    "unsigned",
    "currency",
    "description",
    "status",
    "status_text",
    "kind",
    "original",
    "original_currency",
    "fee",
    "fee_currency",
    "id",
    "reference",
    "account",
    "product",
    "payment_method",
    "billing_status",
];

/// The records as CSV with CRLF line ends, one row a record. `with_bom` puts the mark before it by which spreadsheets
/// recognise UTF-8.
pub fn listing_csv(listing: &Listing, with_bom: bool) -> String {
    let mut text = if with_bom { "\u{feff}".to_string() } else { String::new() };
    push_record(&mut text, TITLES.map(str::to_string).as_slice());
    for row in &listing.rows {
        push_record(&mut text, &cells(row, file_of(listing, row)));
    }
    text
}

fn cells(row: &Listed, file: &str) -> [String; TITLES.len()] {
    let day = |day: Option<crate::domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let words = |text: &Option<String>| text.as_deref().map(|text| clean(text).into_owned()).unwrap_or_default();
    let sum = |money: Option<Money>| money.map(|money| money.figure()).unwrap_or_default();
    let code = |money: Option<Money>| money.map(|money| money.currency().to_string()).unwrap_or_default();
    [
        clean(file).into_owned(),
        row.at.line.to_string(),
        day(row.day),
        day(row.posted_on),
        figure(row, row.amount).unwrap_or_default(),
        figure(row, row.unsigned).unwrap_or_default(),
        row.currency.map(|currency| currency.to_string()).unwrap_or_default(),
        clean(&row.description).into_owned(),
        row.state.status().name().to_string(),
        words(&row.status_text),
        row.kind.name().to_string(),
        sum(row.original),
        code(row.original),
        sum(row.fee),
        code(row.fee),
        words(&row.id),
        words(&row.reference),
        row.account.as_ref().map(|account| clean(account.as_str()).into_owned()).unwrap_or_default(),
        row.product.map(|product| product.name().to_string()).unwrap_or_default(),
        words(&row.payment_method),
        billing_status(row).unwrap_or_default().to_string(),
    ]
}

fn billing_status(row: &Listed) -> Option<&'static str> {
    match row.state {
        ListedState::Billing(status) => Some(status.name()),
        ListedState::Entry(_) | ListedState::Plan(_) | ListedState::Attempt(_) | ListedState::Usage => None,
    }
}

fn file_of<'l>(listing: &'l Listing, row: &Listed) -> &'l str {
    let file = usize::try_from(row.at.source.0).ok().and_then(|index| listing.sources.get(index));
    file.map_or("?", |file| file.path.as_str())
}

/// An amount with the decimals of its currency; as in the file, where the currency is not known.
fn figure(row: &Listed, amount: Option<Decimal>) -> Option<String> {
    let amount = amount?;
    let money = row.currency.and_then(|currency| Money::from_decimal(amount, currency).ok());
    Some(money.map_or_else(|| amount.to_string(), Money::figure))
}
