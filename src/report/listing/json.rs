//! The records as JSON, schema `payproof.entries/1`.

use super::{billing_status, figure};
use crate::domain::{Day, Product};
use crate::listing::{Listed, Listing};
use crate::report::View;
use crate::report::json::{MoneyOut, Source, Text, money_out, source_out, to_text};
use crate::report::voice::{Fence, Voice};
use serde::Serialize;

#[derive(Serialize)]
struct Out {
    schema: &'static str,
    sources: Vec<Source>,
    entries: Vec<EntryOut>,
}

#[derive(Serialize)]
struct EntryOut {
    source: u32,
    line: u32,
    date: Option<Text<Day>>,
    posted_on: Option<Text<Day>>,
    amount: Option<String>,
    unsigned: Option<String>,
    currency: Option<String>,
    description: String,
    status: &'static str,
    status_text: Option<String>,
    kind: &'static str,
    original: Option<MoneyOut>,
    fee: Option<MoneyOut>,
    id: Option<String>,
    reference: Option<String>,
    account: Option<String>,
    product: Option<&'static str>,
    payment_method: Option<String>,
    billing_status: Option<&'static str>,
}

/// The records as JSON, indented by two blanks, with a line feed at the end; texts as in the files.
pub fn json(listing: &Listing, view: &View) -> String {
    let voice = Voice::new(&View { redact: false, ..*view }, Fence::None);
    to_text(&Out {
        schema: "payproof.entries/1",
        sources: listing.sources.iter().map(|file| source_out(file, voice)).collect(),
        entries: listing.rows.iter().map(entry_out).collect(),
    })
}

fn entry_out(row: &Listed) -> EntryOut {
    EntryOut {
        source: row.at.source.0,
        line: row.at.line,
        date: row.day.map(Text),
        posted_on: row.posted_on.map(Text),
        amount: figure(row, row.amount),
        unsigned: figure(row, row.unsigned),
        currency: row.currency.map(|currency| currency.to_string()),
        description: row.description.clone(),
        status: row.state.status().name(),
        status_text: row.status_text.clone(),
        kind: row.kind.name(),
        original: row.original.map(money_out),
        fee: row.fee.map(money_out),
        id: row.id.clone(),
        reference: row.reference.clone(),
        account: row.account.as_ref().map(|account| account.as_str().to_string()),
        product: row.product.map(Product::name),
        payment_method: row.payment_method.clone(),
        billing_status: billing_status(row),
    }
}
