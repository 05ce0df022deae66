//! Files of banks that nobody here has heard of, in many languages and manners: each is read right or asked about.

use payproof::domain::SourceId;
use payproof::normalize::{Options, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use std::fs;
use std::path::Path;

/// What is made of a file: its rows as `day amount currency [text]`, or the codes of what is asked.
fn made_of(bytes: &[u8]) -> String {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: true,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    let asked = |errors: Vec<payproof::diagnostic::Diagnostic>| {
        let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
        format!("asked: {}", codes.join(" "))
    };
    let document = match recognise("statement.csv", bytes, &options) {
        Recognised::Ours(document) => document,
        Recognised::NotOurs | Recognised::Unread(_) => return "refused".to_string(),
        Recognised::Unclear(errors) => return asked(errors),
    };
    match read(document, SourceId(0), &options) {
        Err(errors) => asked(errors),
        Ok(file) => {
            let rows = file.records.entries.iter().map(|entry| {
                let day = entry.day().map_or("-".to_string(), |day| day.to_string());
                let value = entry.value.map_or("-".to_string(), |value| value.to_string());
                let sign = if entry.directed { "" } else { "?" };
                let currency = entry.currency.map_or("???".to_string(), |currency| currency.to_string());
                let original = entry.original.map_or(String::new(), |original| format!(" ({original})"));
                format!("{day} {value}{sign} {currency}{original} {:?} [{}]", entry.status, entry.descriptor)
            });
            rows.collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn banks_that_nobody_has_heard_of_are_read_or_asked_about() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unknown-banks");
    let bless = std::env::var_os("PAYPROOF_BLESS").is_some();
    let mut places: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|place| place.expect("a place").path()).collect();
    places.sort();
    assert!(places.len() >= 15);
    for place in places {
        let made = made_of(&fs::read(place.join("input.csv")).expect("an input")) + "\n";
        let golden = place.join("expected.txt");
        if bless {
            fs::write(&golden, &made).expect("the golden file can be written");
        }
        assert_eq!(made, fs::read_to_string(&golden).unwrap_or_default(), "{}", place.display());
    }
}
