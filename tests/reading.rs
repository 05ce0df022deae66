//! What must not matter when a file is read: the order of its rows and columns, line ends, byte order marks, the
//! delimiter, and whatever bytes somebody hands in.

use payproof::domain::{Entry, Period, SourceId};
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::DayDigest;
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn outcome(vendor: &Vendor, bytes: &[u8], skip_bad_rows: bool) -> Option<ReadFile> {
    let options = Options {
        vendor,
        skip_bad_rows,
        keep_all: true,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    match recognise("input.csv", bytes, &options) {
        Recognised::Ours(document) => read(document, SourceId(0), &options).ok(),
        _ => None,
    }
}

fn entries(file: &ReadFile) -> &[Entry] {
    &file.records.entries
}

/// An entry without its place.
fn content(entry: &Entry) -> String {
    let mut entry = entry.clone();
    entry.at.line = 0;
    format!("{entry:?}")
}

/// What of a file must stay the same: its entries as a bag, the days, the breaks' stretches.
#[derive(Debug, PartialEq)]
struct Essence {
    bag: Vec<String>,
    days: Vec<(String, DayDigest)>,
    covers: Option<Period>,
    breaks: Vec<Period>,
    counts: (u32, u32),
}

fn essence(file: &ReadFile) -> Essence {
    let mut bag: Vec<String> = entries(file).iter().map(content).collect();
    bag.sort();
    let survey = &file.file.survey;
    Essence {
        bag,
        days: survey.days.iter().map(|(day, digest)| (day.to_string(), *digest)).collect(),
        covers: survey.covers,
        breaks: survey.breaks.iter().map(|found| found.stretch).collect(),
        counts: (file.file.records, file.file.relevant),
    }
}

/// A table before it is written.
#[derive(Clone, Debug)]
struct Sheet {
    titles: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn written(&self, delimiter: char, end: &str, quoted: bool) -> Vec<u8> {
        let cell = |text: &str| {
            let needs_quotes = quoted || text.contains([delimiter, '"', '\n']);
            if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
        };
        let line = |cells: Vec<String>| cells.join(&delimiter.to_string()) + end;
        let mut text = line(self.titles.iter().map(|title| cell(title)).collect());
        for row in &self.rows {
            text += &line(row.iter().map(|text| cell(text)).collect());
        }
        text.into_bytes()
    }

    fn plain(&self) -> Vec<u8> {
        self.written(',', "\n", false)
    }

    fn with_columns_turned(&self, by: usize) -> Sheet {
        let mut turned = self.clone();
        let by = by % turned.titles.len();
        turned.titles.rotate_left(by);
        turned.rows.iter_mut().for_each(|row| row.rotate_left(by));
        turned
    }
}

const NAMES: [&str; 7] = [
    "TEA HOUSE",
    "OPENAI *CHATGPT SUBSCR",
    "PAYPAL *OPENAI",
    "茶馆, 老城",
    "The \"Best\" Cafe",
    "OPENAIR CINEMA",
    "FOREIGN TRANSACTION FEE",
];

fn revolut() -> impl Strategy<Value = Sheet> {
    let row = (1u32..29, 0u32..3, 0usize..NAMES.len(), 1i64..9_000, 0usize..4, 0i64..3);
    prop::collection::vec(row, 1..25).prop_map(|rows| {
        let mut balance = 1_000_000i64;
        let money = |cents: i64| {
            let sign = if cents < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
        };
        let rows = rows.into_iter().map(|(day, lag, name, cents, state, fee)| {
            let state = ["COMPLETED", "COMPLETED", "PENDING", "REVERTED"][state];
            let booked = state == "COMPLETED";
            balance -= if booked { cents + fee } else { 0 };
            let completed = format!("2026-02-{day:02} 10:00:00").replace("-02-", if lag > 1 { "-03-" } else { "-02-" });
            vec![
                "CARD_PAYMENT".to_string(),
                "Current".to_string(),
                format!("2026-02-{day:02} 08:00:00"),
                if booked { completed } else { String::new() },
                NAMES[name].to_string(),
                money(-cents),
                money(fee),
                "EUR".to_string(),
                state.to_string(),
                if booked { money(balance) } else { String::new() },
            ]
        });
        Sheet {
            rows: rows.collect(),
            titles: vec![
                "Type",
                "Product",
                "Started Date",
                "Completed Date",
                "Description",
                "Amount",
                "Fee",
                "Currency",
                "State",
                "Balance",
            ],
        }
    })
}

fn paypal() -> impl Strategy<Value = Sheet> {
    let row = (13u32..29, 0usize..4, 1i64..900_000, 0usize..30, 0usize..30);
    prop::collection::vec(row, 1..25).prop_map(|rows| {
        let rows = rows.into_iter().enumerate().map(|(index, (day, kind, cents, reference, _))| {
            let (name, kind, sign) = [
                ("OpenAI, LLC", "PreApproved Payment Bill User Payment", "-"),
                ("Tea House", "Express Checkout Payment", "-"),
                ("", "General Currency Conversion", ""),
                ("", "Bank Deposit to PP Account ", ""),
            ][kind];
            let whole = cents / 100;
            let grouped =
                if whole >= 1000 { format!("{},{:03}", whole / 1000, whole % 1000) } else { whole.to_string() };
            vec![
                format!("02/{day:02}/2026"),
                name.to_string(),
                kind.to_string(),
                "Completed".to_string(),
                "USD".to_string(),
                format!("{sign}{grouped}.{:02}", cents % 100),
                format!("ID{index}"),
                if name.is_empty() { format!("ID{reference}") } else { String::new() },
            ]
        });
        Sheet {
            rows: rows.collect(),
            titles: vec!["Date", "Name", "Type", "Status", "Currency", "Net", "Transaction ID", "Reference Txn ID"],
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (sheet, turned) in prop_oneof![revolut().boxed(), paypal().boxed()].prop_flat_map(|sheet| {
            let shuffled = Just(sheet.rows.clone()).prop_shuffle();
            (Just(sheet.clone()), shuffled.prop_map(move |rows| Sheet { rows, ..sheet.clone() }))
        })
    ) {
        let vendor = Vendor::embedded();
        let one = outcome(&vendor, &sheet.plain(), false).expect("a readable file");
        let other = outcome(&vendor, &turned.plain(), false).expect("a readable file");
        prop_assert_eq!(essence(&one), essence(&other));
    }

    #[test]
    fn writing_does_not_matter(
        sheet in prop_oneof![revolut().boxed(), paypal().boxed()],
        crlf: bool, mark: bool, quoted: bool, columns in 0usize..10, delimiter in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let vendor = Vendor::embedded();
        let one = outcome(&vendor, &sheet.plain(), false).expect("a readable file");
        let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let end = if crlf { "\r\n" } else { "\n" };
        bytes.extend(sheet.with_columns_turned(columns).written(delimiter, end, quoted));
        let other = outcome(&vendor, &bytes, false).expect("a readable file");
        prop_assert_eq!(essence(&one), essence(&other));
        let lines = |file: &ReadFile| entries(file).iter().map(|entry| entry.at.line).collect::<Vec<_>>();
        prop_assert_eq!(lines(&one), lines(&other));
    }

    #[test]
    fn a_row_taken_out_of_the_middle_breaks_the_chain(sheet in revolut()) {
        let booked: Vec<usize> = (0..sheet.rows.len()).filter(|&row| sheet.rows[row][8] == "COMPLETED").collect();
        prop_assume!(booked.len() >= 3);
        let vendor = Vendor::embedded();
        prop_assert!(outcome(&vendor, &sheet.plain(), false).expect("a readable file").file.survey.breaks.is_empty());
        let mut cut = sheet.clone();
        cut.rows.remove(booked[booked.len() / 2]);
        prop_assert_eq!(outcome(&vendor, &cut.plain(), false).expect("a readable file").file.survey.breaks.len(), 1);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), header in 0usize..4, skip: bool) {
        let vendor = Vendor::embedded();
        let header = [
            "", "Date,Description,Amount,Currency\n", "Date,Name,Type,Status,Currency,Net\n", "date,kind,status,total,currency\n",
        ][header];
        let mut all = header.as_bytes().to_vec();
        all.extend(bytes);
        let _ = outcome(&vendor, &all, skip);
    }

    #[test]
    fn damaged_fixtures_are_read_or_refused(place in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte: u8, skip: bool) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
        let mut paths: Vec<_> = fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.join("input.csv").exists());
        paths.sort();
        let files = fs::read_dir(&paths[place.index(paths.len())]).expect("a folder").map(|entry| entry.expect("an entry").path());
        let input = files.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "input"));
        let mut bytes = fs::read(input.expect("an input")).expect("the input");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = outcome(&Vendor::embedded(), &bytes, skip);
        bytes.truncate(at);
        let _ = outcome(&Vendor::embedded(), &bytes, skip);
    }
}

#[test]
fn lines_are_physical_whatever_ends_them() {
    let vendor = Vendor::embedded();
    let text =
        "Date,Description,Amount,Currency\n\n2026-01-05,\"TEA\nHOUSE\",-3.20,USD\n\n2026-01-06,OPENAI,-20.00,USD\n";
    for end in ["\n", "\r\n", "\r"] {
        let file = outcome(&vendor, text.replace('\n', end).as_bytes(), false).expect("a readable file");
        assert_eq!(entries(&file).iter().map(|entry| entry.at.line).collect::<Vec<_>>(), [3, 6], "{end:?}");
    }
}

#[test]
fn a_skipped_row_opens_the_stretch_between_its_neighbours() {
    let vendor = Vendor::embedded();
    let text = "Date,Description,Amount,Currency\n2026-01-05,TEA,-3.20,USD\n2026-01-09,TEA,-3.2O,USD\n\
                2026-01-07,TEA,-3.20,USD\nnever,TEA,-3.20,USD\n";
    let file = outcome(&vendor, text.as_bytes(), true).expect("a readable file");
    let shown: Vec<String> =
        file.file.survey.skipped.iter().map(|stretch| format!("{} {}", stretch.from, stretch.to)).collect();
    assert_eq!(shown, ["2026-01-05 2026-01-09", "2026-01-07 2026-01-07"]);
    let rejected: Vec<(u32, Option<&str>)> =
        file.file.rejected.iter().map(|row| (row.line, row.column.as_deref())).collect();
    assert_eq!(rejected, [(3, Some("Amount")), (5, Some("Date"))]);
    assert_eq!((file.file.records, entries(&file).len()), (2, 2));
}

#[test]
fn a_stated_currency_fills_what_the_file_leaves_open_and_nothing_else() {
    let vendor = Vendor::embedded();
    let read_with = |text: &str| {
        let stated = payproof::domain::Currency::parse("GBP").ok();
        let options = Options {
            vendor: &vendor,
            skip_bad_rows: false,
            keep_all: true,
            digested: true,
            stated_currency: stated,
            seen_on: None,
            known: Known::default(),
            pdf: &HereReader,
        };
        match recognise("x", text.as_bytes(), &options) {
            Recognised::Ours(document) => read(document, SourceId(0), &options).expect("a readable file"),
            _ => panic!("a known format"),
        }
    };
    for (text, expected) in [
        ("Date,Description,Amount\n2026-01-05,OPENAI,-20.00\n", "GBP"),
        ("Date,Description,Amount (EUR)\n2026-01-05,OPENAI,-20.00\n", "EUR"),
        ("Date,Description,Amount,Currency\n2026-01-05,OPENAI,-20.00,usd\n", "USD"),
        ("Date,Description,Amount\n2026-01-05,OPENAI,-20.00 CHF\n", "CHF"),
    ] {
        let file = read_with(text);
        let currency = entries(&file)[0].currency.expect("a currency");
        assert_eq!(currency.code(), expected, "{text}");
        assert!(file.file.survey.without_currency.is_empty());
    }
}
