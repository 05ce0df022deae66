//! Files that are no delimited text: whatever bytes they hold, they are read or refused, and never take the program down.

use payproof::domain::SourceId;
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The formats whose fixtures are changed at random.
const CONTAINERS: [&str; 7] = ["ofx", "ofx-card", "mt940", "mt940-german", "camt", "camt-052", "generic-xlsx"];

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read_file(bytes: &[u8], skip_bad_rows: bool) -> Option<ReadFile> {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows,
        keep_all: true,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    match recognise("input", bytes, &options) {
        Recognised::Ours(document) => read(document, SourceId(0), &options).ok(),
        Recognised::NotOurs | Recognised::Unclear(_) | Recognised::Unread(_) => None,
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = project().join("fixtures/formats").join(name);
    let files = fs::read_dir(folder).expect("a folder").map(|place| place.expect("an entry").path());
    let input = files.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    fs::read(input.expect("an input")).expect("the input can be read")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_file_is_read_or_refused(
        which in 0..CONTAINERS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = fixture(CONTAINERS[which]);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read_file(&bytes, true);
        let _ = read_file(&bytes, false);
    }

    #[test]
    fn any_text_behind_a_known_beginning_is_read_or_refused(
        head in prop::sample::select(vec!["<OFX>", "OFXHEADER:100\n", "<OFX><STMTRS><STMTTRN>", ":20:A\n:25:B\n:61:", "<BkToCstmrStmt><Stmt><Ntry>"]),
        rest in "[<>/A-Z:0-9,.\r\n?&;-]{0,200}",
    ) {
        let _ = read_file(format!("{head}{rest}").as_bytes(), true);
    }
}

/// What a sample must give: records, the sum of the values in cents, and the first and last record.
struct Sample {
    path: &'static str,
    records: u32,
    cents: i64,
    first: (&'static str, &'static str, &'static str),
    last: (&'static str, &'static str, &'static str),
}

const SAMPLES: [Sample; 5] = [
    Sample {
        path: "wechat/wechat.xlsx",
        records: 27,
        cents: -287_604,
        first: ("2019-09-26", "-28.16", "云膳过桥米线(传奇广场店)"),
        last: ("2024-06-07", "-0.01", "测试"),
    },
    Sample {
        path: "barclays_de/Umsaetze.xlsx",
        records: 7,
        cents: -35_294,
        first: ("2020-09-29", "-1.75", "Some description"),
        last: ("2020-09-09", "-13.1", "DB BAHN A-BC 123ZOO INTERNET DE"),
    },
    Sample {
        path: "camt/test-camt053-v02.xml",
        records: 3,
        cents: -1_299,
        first: ("2014-01-05", "-754.25", "Insurance policy 857239PERIOD 01.01.2014"),
        last: ("2014-01-05", "1405.31", "#RD PARTY MEDIA CUSNO 90782 4210773"),
    },
    Sample {
        path: "ofx/capitalone_360Checking.qfx",
        records: 4,
        cents: 123_355,
        first: ("2023-02-28", "0.01", "Monthly Interest Paid"),
        last: ("2023-01-12", "444.55", "Deposit from BEAN COUNTERS PAYROLL"),
    },
    Sample {
        path: "mt940/ing-nl.940",
        records: 8,
        cents: -9_788,
        first: ("2014-02-20", "1.56", "/EREF/EV12341REP1231456T1234//CNTP/NL32I"),
        last: ("2014-02-20", "-119", "/EREF/15614016000384600//CNTP/NL32INGB00"),
    },
];

#[test]
#[ignore = "needs the shared samples beside the project"]
fn the_shared_samples_are_read_right() {
    for sample in SAMPLES {
        let file = shared().join(sample.path);
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let read = read_file(&bytes, false).unwrap_or_else(|| panic!("{}: refused", sample.path));
        assert_eq!(read.file.records, sample.records, "{}", sample.path);
        let entries = &read.records.entries;
        let cents: i64 = entries
            .iter()
            .filter(|entry| entry.directed)
            .map(|entry| cents(&entry.value.unwrap_or_default().to_string()))
            .sum();
        assert_eq!(cents, sample.cents, "{}", sample.path);
        for (entry, expected) in [(entries.first(), sample.first), (entries.last(), sample.last)] {
            let entry = entry.expect("an entry");
            let day = entry.transaction_date.map(|date| date.0).or(entry.posting_date.map(|date| date.0));
            assert_eq!(day.expect("a day").to_string(), expected.0, "{}", sample.path);
            assert_eq!(entry.value.unwrap_or_default().normalize().to_string(), expected.1, "{}", sample.path);
            let text = format!("{} {}", entry.descriptor, entry.memo);
            assert!(text.contains(expected.2), "{}: {text}", sample.path);
        }
    }
}

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
}

fn cents(value: &str) -> i64 {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let sign = if value.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.trim_start_matches('-').parse().expect("digits");
    let decimals: i64 = format!("{decimals:0<2}").parse().expect("digits");
    sign * (whole * 100 + decimals)
}
