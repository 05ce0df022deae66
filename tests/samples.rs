//! The samples of real exports beside the project, read without any setting, against what is in them.
//!
//! They are third parties' files and stay outside the project: the test is ignored unless asked for.

use payproof::diagnostic::render_all;
use payproof::domain::{Entry, SourceId};
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
}

/// Files that are no delimited text, or a wallet's: other tests look at them.
fn is_delimited(file: &str) -> bool {
    file.ends_with(".csv") && !file.starts_with("paypal/")
}

fn read_sample(file: &str, bytes: &[u8]) -> Result<ReadFile, String> {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: true,
        digested: true,
        stated_currency: None,
        seen_on: None,
        known: Known::default(),
        pdf: &HereReader,
    };
    match recognise(file, bytes, &options) {
        Recognised::Ours(document) => read(document, SourceId(0), &options).map_err(|errors| render_all(&errors)),
        Recognised::NotOurs | Recognised::Unread(_) => Err("not recognised".to_string()),
        Recognised::Unclear(errors) => Err(render_all(&errors)),
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().and_then(|text| text.parse().ok())
}

fn signed(entry: &Entry) -> Option<Decimal> {
    entry.value.filter(|_| entry.directed)
}

/// What of one record is not as expected.
fn record(name: &str, expected: &Value, entry: Option<&Entry>, wrong: &mut Vec<String>) {
    let Some(entry) = entry else {
        wrong.push(format!("{name}: no record"));
        return;
    };
    let mut differ = |what: &str, wanted: String, found: String| {
        if wanted != found {
            wrong.push(format!("{name} {what}: {found} instead of {wanted}"));
        }
    };
    let day = entry.day().map(|day| day.to_string());
    if expected.get("date_text").is_none() {
        differ("date", format!("{:?}", expected["date"].as_str()), format!("{:?}", day.as_deref()));
    }
    if let Some(posted) = expected["posted"].as_str() {
        differ("posted", posted.to_string(), entry.posting_date.map(|day| day.0.to_string()).unwrap_or_default());
    }
    differ("amount", format!("{:?}", decimal(&expected["amount"])), format!("{:?}", signed(entry)));
    if let Some(currency) = expected["currency"].as_str() {
        differ("currency", currency.to_string(), entry.currency.map(|code| code.to_string()).unwrap_or_default());
    }
    if let Some(status) = expected["status"].as_str() {
        differ("status", status.to_string(), entry.status_text.clone().unwrap_or_default());
    }
    let text = expected["description"].as_str().unwrap_or_default();
    if !entry.descriptor.contains(text) {
        wrong.push(format!("{name} description: {:?} does not hold {text:?}", entry.descriptor));
    }
}

fn compare(expected: &Value, file: &ReadFile) -> Vec<String> {
    let entries = &file.records.entries;
    let mut wrong = Vec::new();
    if Some(entries.len() as u64) != expected["transactions"].as_u64() {
        wrong.push(format!("{} records instead of {}", entries.len(), expected["transactions"]));
    }
    record("first", &expected["first"], entries.first(), &mut wrong);
    record("last", &expected["last"], entries.last(), &mut wrong);
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for entry in entries {
        if let Some(value) = signed(entry) {
            let code = entry.currency.map_or("unstated".to_string(), |code| code.to_string());
            *sums.entry(code).or_default() += value;
        }
    }
    let implied = expected["implied_currency"].as_str();
    for (code, sum) in expected["sum_by_currency"].as_object().into_iter().flatten() {
        let found = sums.get(code).or_else(|| sums.get(implied?).filter(|_| code == "unstated"));
        if found.copied() != decimal(sum) {
            wrong.push(format!("sum of {code}: {found:?} instead of {sum}"));
        }
    }
    let undirected = entries.iter().filter(|entry| signed(entry).is_none()).count() as u64;
    let wanted = expected["no_direction"]["count"].as_u64().unwrap_or(0);
    if undirected != wanted {
        wrong.push(format!("{undirected} records without direction instead of {wanted}"));
    }
    for (status, count) in expected["by_status"].as_object().into_iter().flatten() {
        let found = entries.iter().filter(|entry| entry.status_text.as_ref() == Some(status)).count() as u64;
        if Some(found) != count.as_u64() {
            wrong.push(format!("{found} records with status {status} instead of {count}"));
        }
    }
    conversions(expected, entries, &mut wrong);
    wrong
}

fn conversions(expected: &Value, entries: &[Entry], wrong: &mut Vec<String>) {
    let wanted = expected["fx"].as_array().cloned().unwrap_or_default();
    let found = entries.iter().filter(|entry| entry.original.is_some()).count();
    if found != wanted.len() {
        wrong.push(format!("{found} records with an original amount instead of {}", wanted.len()));
    }
    for fx in wanted {
        let index = fx["index"].as_u64().unwrap_or_default() as usize;
        let Some(entry) = entries.get(index) else { continue };
        let original = entry.original.map(|money| (Some(money.decimal()), Some(money.currency().to_string())));
        let stated = (decimal(&fx["original_amount"]), fx["original_currency"].as_str().map(str::to_string));
        if original.as_ref() != Some(&stated) {
            wrong.push(format!("record {index}: original {original:?} instead of {stated:?}"));
        }
        if fx.get("rate").is_some() && entry.rate != decimal(&fx["rate"]) {
            wrong.push(format!("record {index}: rate {:?} instead of {}", entry.rate, fx["rate"]));
        }
    }
}

#[test]
#[ignore = "needs the samples beside the project"]
fn delimited_samples_are_read_right() {
    let text = fs::read_to_string(folder().join("EXPECTED.json")).expect("what is expected");
    let all: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    let mut wrong = Vec::new();
    for expected in &all {
        let file = expected["file"].as_str().expect("a file");
        if !is_delimited(file) {
            continue;
        }
        let bytes = fs::read(folder().join(file)).expect("a sample");
        match read_sample(file, &bytes) {
            Ok(found) => {
                let list = compare(expected, &found);
                wrong.extend(list.into_iter().map(|what| format!("{file} ({}): {what}", found.file.format)));
            }
            Err(said) => wrong.push(format!("{file}: {said}")),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
