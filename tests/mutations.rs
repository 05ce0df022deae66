//! What must not matter in a statement: the order of columns and rows, columns beside, the delimiter, the encoding, how
//! dates are written, lines above the header, the language of the titles. Each table is written anew in such a way and
//! read again: the same records, or an honest question; never other records.

mod mutate;

use mutate::{Sheet, mutations};
use payproof::domain::{Entry, SourceId};
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::paper::HereReader;
use payproof::source::{Body, Known, Reading};
use payproof::vendor::Vendor;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What a reading came to.
enum Outcome {
    Read(Box<ReadFile>),
    Asked(String),
    Refused,
}

fn options(vendor: &Vendor) -> Options<'_> {
    Options {
        vendor,
        skip_bad_rows: false,
        keep_all: true,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    }
}

fn outcome(vendor: &Vendor, bytes: &[u8]) -> Outcome {
    let codes = |errors: Vec<payproof::diagnostic::Diagnostic>| {
        Outcome::Asked(errors.iter().map(|error| error.render()).collect::<Vec<_>>().join("\n"))
    };
    match recognise("mutated.csv", bytes, &options(vendor)) {
        Recognised::Ours(document) => match read(document, SourceId(0), &options(vendor)) {
            Ok(file) => Outcome::Read(Box::new(file)),
            Err(errors) => codes(errors),
        },
        Recognised::NotOurs | Recognised::Unread(_) => Outcome::Refused,
        Recognised::Unclear(errors) => codes(errors),
    }
}

/// How a record read again differs from what it was; a currency or an original amount that is no longer known is no
/// error, since the title or the layout that told it may be gone.
fn difference(was: &Entry, is: &Entry) -> Option<String> {
    let differs = |what: &str, was: String, is: String| Some(format!("{what}: {is} instead of {was}"));
    let all_text = |entry: &Entry| format!("{} {}", entry.descriptor, entry.memo);
    if was.day() != is.day() {
        return differs("day", format!("{:?}", was.day()), format!("{:?}", is.day()));
    }
    let value = |entry: &Entry| (entry.value.map(|value| value.normalize()), entry.directed);
    if value(was) != value(is) {
        return differs("amount", format!("{:?}", value(was)), format!("{:?}", value(is)));
    }
    if is.currency.is_some() && was.currency.is_some() && was.currency != is.currency {
        return differs("currency", format!("{:?}", was.currency), format!("{:?}", is.currency));
    }
    if is.original.is_some() && was.original != is.original {
        return differs("original", format!("{:?}", was.original), format!("{:?}", is.original));
    }
    if !all_text(is).contains(&was.descriptor) {
        return differs("text", was.descriptor.clone(), all_text(is));
    }
    None
}

fn compare(was: &[Entry], is: &[Entry], turned: bool) -> Option<String> {
    if was.len() != is.len() {
        return Some(format!("{} records instead of {}", is.len(), was.len()));
    }
    let order: Box<dyn Iterator<Item = &Entry>> = if turned { Box::new(is.iter().rev()) } else { Box::new(is.iter()) };
    was.iter().zip(order).find_map(|(was, is)| difference(was, is))
}

/// How many readings came out how, per mutation.
#[derive(Default)]
struct Tally {
    right: usize,
    asked: usize,
    refused: usize,
    wrong: Vec<String>,
    /// What was asked or refused.
    shown: Vec<String>,
}

fn try_file(vendor: &Vendor, name: &str, bytes: &[u8], tallies: &mut BTreeMap<&'static str, Tally>) {
    let Recognised::Ours(document) = recognise(name, bytes, &options(vendor)) else { return };
    let Body::Table(table) = document.body.clone() else { return };
    if table.layout.reading != Reading::Account || matches!(table.cut, payproof::source::Cut::Kept(_)) {
        return;
    }
    let Ok(file) = read(document, SourceId(0), &options(vendor)) else { return };
    let sheet = Sheet::of(&table, &file.records.entries);
    for mutation in mutations(&sheet) {
        let tally = tallies.entry(mutation.name).or_default();
        let shown = || format!("{name}, {}:\n{}", mutation.name, String::from_utf8_lossy(&mutation.bytes));
        match outcome(vendor, &mutation.bytes) {
            Outcome::Read(again) => match compare(&file.records.entries, &again.records.entries, mutation.turned) {
                None => tally.right += 1,
                Some(what) => tally.wrong.push(format!("{what} in {}", shown())),
            },
            Outcome::Asked(said) => {
                tally.asked += 1;
                tally.shown.push(format!("asked: {said} in {}", shown()));
            }
            Outcome::Refused => {
                tally.refused += 1;
                tally.shown.push(format!("refused: {}", shown()));
            }
        }
    }
}

/// Fails with the whole table where a reading is wrong or too few are right; `PAYPROOF_SHOW=1` fails with what was
/// asked and refused.
fn judge(tallies: &BTreeMap<&'static str, Tally>) {
    let (mut right, mut all, mut wrong, mut table) = (0, 0, Vec::new(), String::new());
    for (name, tally) in tallies {
        let (asked, refused, errors) = (tally.asked, tally.refused, tally.wrong.len());
        let own = tally.right;
        let _ = writeln!(table, "{name:>24}: right {own:3}, asked {asked:3}, refused {refused:3}, wrong {errors:3}");
        right += own;
        all += own + asked + refused + errors;
        wrong.extend(tally.wrong.iter().cloned());
    }
    let _ = writeln!(table, "right {right} of {all}");
    assert!(wrong.is_empty(), "{table}{} wrong:\n{}", wrong.len(), wrong.join("\n---\n"));
    assert!(right * 10 >= all * 9, "{table}");
    let shown: Vec<&str> = tallies.values().flat_map(|tally| &tally.shown).map(String::as_str).collect();
    assert!(std::env::var_os("PAYPROOF_SHOW").is_none(), "{table}{}", shown.join("\n---\n"));
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for place in fs::read_dir(folder).expect("a folder").map(|place| place.expect("a place").path()) {
        if place.is_dir() {
            found.extend(files_below(&place));
        } else if place.extension().is_some_and(|extension| extension == "csv") {
            found.push(place);
        }
    }
    found.sort();
    found
}

fn try_folder(folder: &Path) {
    let vendor = Vendor::embedded();
    let mut tallies = BTreeMap::new();
    for path in files_below(folder) {
        let name = path.strip_prefix(folder).expect("below").display().to_string();
        try_file(&vendor, &name, &fs::read(&path).expect("a file"), &mut tallies);
    }
    judge(&tallies);
}

#[test]
fn our_own_files_written_anew_are_read_the_same_or_asked_about() {
    try_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats"));
}

#[test]
fn unknown_banks_written_anew_are_read_the_same_or_asked_about() {
    try_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unknown-banks"));
}

#[test]
#[ignore = "needs the samples beside the project"]
fn samples_written_anew_are_read_the_same_or_asked_about() {
    try_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples"));
}
