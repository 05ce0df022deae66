//! Every format has invented files under `fixtures/formats/NAME/input.*`, and what is read of them, all rows kept,
//! beside each in `expected.txt`. `PAYPROOF_BLESS=1 cargo test --test formats` writes what is read now.

use payproof::diagnostic::render_all;
use payproof::domain::{Attempt, BillingRecord, Day, Entry, Observation, SourceId, Usage};
use payproof::normalize::{Options, ReadFile, Recognised, Records, formats, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display, Write};
use std::fs;
use std::path::{Path, PathBuf};

/// Account pages do not say when they were saved; those of the fixtures were on this day.
const SEEN_ON: &str = "2026-04-01";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats")
}

fn read_file(bytes: &[u8], keep_all: bool) -> ReadFile {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: Day::parse_iso(SEEN_ON),
        pdf: &HereReader,
    };
    match recognise("input.csv", bytes, &options) {
        Recognised::Ours(document) => {
            read(document, SourceId(0), &options).unwrap_or_else(|errors| panic!("{}", render_all(&errors)))
        }
        Recognised::NotOurs | Recognised::Unread(_) => panic!("not recognised"),
        Recognised::Unclear(errors) => panic!("{}", render_all(&errors)),
    }
}

fn shown<T: Display>(name: &str, value: Option<T>) -> String {
    value.map_or(String::new(), |value| format!(" {name}={value}"))
}

fn named<T: Debug>(name: &str, value: Option<T>) -> String {
    value.map_or(String::new(), |value| format!(" {name}={value:?}"))
}

fn entry(entry: &Entry) -> String {
    let mut line = format!("{}: {:?} {:?}", entry.at.line, entry.kind, entry.status);
    line += &shown("transaction", entry.transaction_date.map(|date| date.0));
    line += &shown("posting", entry.posting_date.map(|date| date.0));
    let unsigned = if entry.directed { "" } else { " without direction" };
    let value = entry.value.map_or("no amount".to_string(), |value| value.to_string());
    let _ = write!(line, " {value}{unsigned}");
    line += &entry.currency.map_or(" ???".to_string(), |currency| format!(" {currency}"));
    line += &shown("original", entry.original);
    line += &shown("rate", entry.rate);
    line += &shown("fee", entry.fee);
    let _ = write!(line, " [{}]", entry.descriptor);
    line += &shown("memo", (!entry.memo.is_empty()).then_some(&entry.memo));
    line += &shown("id", entry.id.as_ref());
    line += &shown("reference", entry.reference.as_ref());
    line += &shown("card", entry.card);
    line + &named("merchant", entry.merchant.map(|merchant| (merchant.product, merchant.route)))
}

fn billing(record: &BillingRecord) -> String {
    let mut line = format!("{}: {:?} {:?} {}", record.at.line, record.kind, record.status, record.date);
    line += &shown("total", record.total);
    line += &shown("subtotal", record.subtotal);
    line += &shown("tax", record.tax);
    line += &shown("tax_name", record.tax_name.as_ref());
    line += &shown("paid", record.amount_paid);
    line += &shown("balance", record.balance_after);
    line += &shown("paid_on", record.paid_on);
    line += &shown("number", record.number.as_ref());
    line += &shown("account", record.account.as_ref());
    line += &named("product", record.product);
    line += &shown("plan", record.plan.as_ref());
    line += &shown("from", record.period_start);
    line += &shown("to", record.period_end);
    line += &shown("reference", record.reference.as_ref());
    line += &shown("method", record.payment_method.as_ref());
    line += &shown("card", record.card);
    line += &shown("seats", record.seats);
    line += &named("store", record.store);
    line + &format!(" [{}]", record.description)
}

fn observation(record: &Observation) -> String {
    let mut line = format!("{}: {:?} {:?} {}", record.at.line, record.product, record.state, record.observed_on);
    line += &shown("plan", record.plan.as_ref());
    line += &shown("account", record.account.as_ref());
    line += &shown("from", record.active_from);
    line += &shown("until", record.active_until);
    line += &shown("seats", record.seats);
    line += &named("bought_by", record.bought_by);
    line += if record.is_gratis { " gratis" } else { "" };
    line += &shown("only_of", record.only_of.as_ref());
    line + &shown("credit", record.credit_balance)
}

fn usage(record: &Usage) -> String {
    let mut line = format!("{}: {:?} used on {}", record.at.line, record.product, record.day);
    line += &shown("account", record.account.as_ref());
    line += &record.cost.map_or(String::new(), |(cost, currency)| format!(" {cost} {currency}"));
    line + &format!(" [{}]", record.description)
}

fn attempt(record: &Attempt) -> String {
    let mut line =
        format!("{}: {:?} {:?} {} {}", record.at.line, record.result, record.cause, record.day, record.amount);
    line += &shown("card", record.card);
    line += &shown("reason", record.reason.as_ref());
    line + &shown("before", record.balance_before)
}

fn dump(file: &ReadFile) -> String {
    let known = &file.file;
    let mut out =
        format!("{} ({}), {} records, {} relevant", known.format, known.encoding, known.records, known.relevant);
    out += if known.is_list { ", a list" } else { "" };
    out += &shown("account", known.account.as_ref());
    out += &shown("newest", known.newest_day);
    out += &shown("covers", known.survey.covers.map(|period| format!("{} to {}", period.from, period.to)));
    out.push('\n');
    for broken in &known.survey.breaks {
        let _ = writeln!(out, "balance breaks after line {} before line {}", broken.after_line, broken.before_line);
    }
    for line in &file.resellers {
        let _ = writeln!(out, "reseller at line {line}");
    }
    for line in &file.mentions {
        let _ = writeln!(out, "somebody else's at line {line}");
    }
    let Records { entries, billing: papers, observations, attempts, usage: used } = &file.records;
    let mut lines: Vec<String> = entries.iter().map(entry).collect();
    lines.extend(papers.iter().map(billing));
    lines.extend(observations.iter().map(observation));
    lines.extend(attempts.iter().map(attempt));
    lines.extend(used.iter().map(usage));
    out + &lines.join("\n") + "\n"
}

/// The bytes of the one file that is named `input`, whatever its kind.
fn input_of(kept: &Path) -> Vec<u8> {
    let files = fs::read_dir(kept).expect("a folder").map(|place| place.expect("an entry").path());
    let input = files.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    fs::read(input.expect("an input")).expect("the input can be read")
}

#[test]
fn every_format_is_read_as_written_down() {
    let bless = std::env::var_os("PAYPROOF_BLESS").is_some();
    let mut seen = BTreeSet::new();
    for place in fs::read_dir(folder()).expect("the folder of fixtures") {
        let kept = place.expect("an entry").path();
        let file = read_file(&input_of(&kept), true);
        seen.insert(file.file.format.clone());
        let golden = kept.join("expected.txt");
        if bless {
            fs::write(&golden, dump(&file)).expect("the golden file can be written");
        }
        assert_eq!(dump(&file), fs::read_to_string(&golden).unwrap_or_default(), "{}", kept.display());
        assert_eq!(fs::read_dir(&kept).expect("a folder").count(), 2, "{}: a file that nothing reads", kept.display());
    }
    let known: BTreeSet<String> = formats().iter().map(|format| format.name.to_string()).collect();
    assert_eq!(seen, known);
}

#[test]
fn only_rows_that_can_matter_are_kept_and_all_are_counted() {
    for (name, lines) in [
        // A friend's cheap credits, a cup of tea and an own conversion are nobody's business here.
        ("paypal", &[3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15][..]),
        ("paypal-german", &[2, 3, 4, 5]),
        ("chase-card", &[3, 4, 5, 6, 8]),
        ("n26", &[3, 4]),
        ("cmb-credit", &[3, 4]),
        ("generic", &[4, 6, 7]),
    ] {
        let bytes = input_of(&folder().join(name));
        let (some, all) = (read_file(&bytes, false), read_file(&bytes, true));
        assert_eq!(some.records.entries.iter().map(|entry| entry.at.line).collect::<Vec<_>>(), lines, "{name}");
        assert_eq!(some.file.survey.days, all.file.survey.days, "{name}");
        assert_eq!((some.file.records, some.file.relevant), (all.file.records, all.file.relevant), "{name}");
    }
}
