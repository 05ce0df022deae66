//! What must not change a case: the order of rows, columns and files, their names, line endings and encodings, an export
//! given twice, an export cut in two. And what must not be lost: every row of the vendor stands in exactly one case,
//! and the charges of the cases add up to those of the files.

mod support;

use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use support::day::day;
use support::folder::{File, Folder, Layout, RowId};
use support::papers::OWN;
use support::prng::Prng;
use support::rates::Ecb;
use support::run::{Report, read, reconcile};
use support::year::Year;

const SEEDS: std::ops::RangeInclusive<u64> = 201..=206;

fn years() -> impl Iterator<Item = Year> {
    let ecb = Rc::new(Ecb::load());
    SEEDS.map(move |seed| Year::grow(seed, day("2024-01-08") + (seed % 30) as i64, (3, 8), Rc::clone(&ecb)))
}

/// How much of the words of a reason is compared.
#[derive(Clone, Copy, PartialEq)]
enum Words {
    /// All but the names of files.
    All,
    /// Figures, days and numbers alone: of one file it is said that it "shows", of two that they "show".
    Figures,
}

/// A case without what may change: places of rows, names of files.
fn bare(case: &Value, places: &Regex, words: Words) -> Value {
    let mut case = case.clone();
    let mut lines: Vec<Value> = case["lines"].as_array().expect("lines").clone();
    for line in &mut lines {
        let line = line.as_object_mut().expect("a line");
        line.remove("source");
        line.remove("line");
    }
    lines.sort_by_key(Value::to_string);
    case["lines"] = json!(lines);
    for reason in case["reasons"].as_array_mut().expect("reasons") {
        let text = reason["text"].as_str().expect("a text").to_owned();
        let text = places.replace_all(&text, "FILE");
        let figures = text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit()));
        reason["text"] = match words {
            Words::All => json!(text),
            Words::Figures => json!(figures.collect::<Vec<_>>()),
        };
    }
    case
}

/// The cases of a report in an order of their own, comparable between runs.
fn cases(report: &Report, words: Words) -> Vec<String> {
    let places = Regex::new(r"[\w-]+\.csv(:\d+)*").expect("a pattern");
    let list = report.raw["cases"].as_array().expect("cases");
    let mut cases: Vec<String> = list.iter().map(|case| format!("{:#}", bare(case, &places, words))).collect();
    cases.sort();
    cases
}

fn run(folder: &Folder, year: &Year, rng: Option<&mut Prng>) -> Report {
    let written = folder.write();
    let as_of = (year.last + 1).to_string();
    let options = ["--as-of", as_of.as_str(), "--account", OWN, "--format", "json"];
    let mut paths: Vec<_> = folder.files.iter().map(|file| written.dir.join(&file.name)).collect();
    let outcome = match rng {
        Some(rng) => {
            rng.shuffle(&mut paths);
            let paths: Vec<&Path> = paths.iter().map(|path| path.as_path()).collect();
            reconcile(&paths, &options)
        }
        None => reconcile(&[&written.dir], &options),
    };
    assert_eq!(outcome.status, Some(0), "seed {}: {}", year.seed, outcome.stderr);
    read(&outcome.stdout, &written)
}

/// Changes every world so and wants the same cases.
fn same(name: &str, words: Words, change: impl Fn(&mut Folder, &mut Prng, &Year)) {
    let mut wrong = Vec::new();
    for year in years() {
        let mut rng = Prng::new(year.seed + 77);
        let mut folder = year.plot.folder.clone();
        change(&mut folder, &mut rng, &year);
        let (before, after) = (run(&year.plot.folder, &year, None), run(&folder, &year, Some(&mut rng)));
        let (before, after) = (cases(&before, words), cases(&after, words));
        let lost = before.iter().filter(|case| !after.contains(case));
        let new = after.iter().filter(|case| !before.contains(case));
        let lost: Vec<String> = lost.take(2).map(|case| format!("only before: {case}")).collect();
        let new: Vec<String> = new.take(2).map(|case| format!("only after: {case}")).collect();
        if before != after {
            wrong.push(format!("seed {}\n{}\n{}", year.seed, lost.join("\n"), new.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{name} changes cases\n{}", wrong.join("\n\n"));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    same("shuffling rows", Words::All, |folder, rng, _| {
        for file in &mut folder.files {
            rng.shuffle(&mut file.rows);
        }
    });
}

#[test]
fn the_names_and_the_order_of_files_change_nothing() {
    same("renaming files", Words::All, |folder, rng, _| {
        rng.shuffle(&mut folder.files);
        for (number, file) in folder.files.iter_mut().enumerate() {
            file.name = format!("{:03}-{number}.csv", rng.between(0, 999));
        }
    });
}

#[test]
fn line_endings_byte_order_marks_and_encodings_change_nothing() {
    same("writing files otherwise", Words::All, |folder, _, _| {
        for file in &mut folder.files {
            file.crlf = !file.crlf;
            file.bom = !file.bom;
            file.gb18030 = false;
        }
    });
}

#[test]
fn the_order_of_columns_in_what_a_person_writes_changes_nothing() {
    same("moving columns", Words::All, |folder, rng, _| {
        for file in folder.files.iter_mut().filter(|file| !file.layout.is_statement()) {
            rng.shuffle(&mut file.columns);
        }
    });
}

fn copies(folder: &mut Folder, of: impl Fn(&File) -> bool) {
    let files: Vec<File> = folder.files.iter().filter(|file| of(file)).cloned().collect();
    for mut file in files {
        file.name = format!("copy-{}", file.name);
        folder.files.push(file);
    }
}

#[test]
fn a_statement_given_twice_changes_nothing() {
    same("copying statements", Words::Figures, |folder, _, _| copies(folder, |file| file.layout.is_statement()));
}

#[test]
fn what_a_person_wrote_given_twice_changes_nothing() {
    same("copying papers", Words::Figures, |folder, _, _| copies(folder, |file| !file.layout.is_statement()));
}

/// Cuts the statements in two, so many days of each half standing in the other as well.
fn cut(folder: &mut Folder, year: &Year, shared: i64) {
    let files = std::mem::take(&mut folder.files);
    for file in files {
        if !file.layout.is_statement() || file.name.starts_with("again-") {
            folder.files.push(file);
            continue;
        }
        let (mut early, mut late) = (file.clone(), file);
        early.name = format!("early-{}", early.name);
        late.name = format!("late-{}", late.name);
        early.rows.retain(|row| row.day <= year.middle() + shared);
        late.rows.retain(|row| row.day > year.middle() - shared);
        folder.files.extend([early, late]);
    }
}

#[test]
fn a_statement_cut_in_two_consecutive_exports_changes_nothing() {
    same("cutting statements", Words::Figures, |folder, _, year| {
        folder.files.retain(|file| !file.name.starts_with("again-"));
        cut(folder, year, 0);
    });
}

#[test]
fn a_statement_cut_in_two_overlapping_exports_changes_nothing() {
    same("cutting statements with an overlap", Words::Figures, |folder, _, year| cut(folder, year, 25));
}

/// Posted charges of the vendor in the files, in hundredths per currency. What the bank gives PayPal is PayPal's.
fn charged(folder: &Folder) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    let mut add = |currency, cell: &str| {
        let cents: i64 = cell.replace('.', "").parse().expect("an amount");
        *sums.entry(currency).or_insert(0) += cents.abs();
    };
    for file in folder.files.iter().filter(|file| !file.name.starts_with("again-")) {
        for row in file.rows.iter().filter(|row| folder.vendor_rows.contains(&row.id)) {
            let cells = &row.cells;
            match file.layout {
                Layout::Chase if cells[4] == "Sale" => add("USD", &cells[5]),
                Layout::Cmb if !cells[3].starts_with('-') => add("CNY", &cells[3]),
                Layout::Revolut if cells[8] == "COMPLETED" && cells[0] == "CARD_PAYMENT" => add("EUR", &cells[5]),
                Layout::N26 if cells[4] == "MasterCard Payment" => add("EUR", &cells[7]),
                Layout::Paypal if cells[4].starts_with("Bank Deposit") => add("EUR", &cells[7]),
                _ => {}
            }
        }
    }
    sums
}

#[test]
fn what_the_cases_say_was_paid_adds_up_to_the_charges_in_the_files() {
    for year in years() {
        let report = run(&year.plot.folder, &year, None);
        let mut sums = BTreeMap::new();
        for case in report.cases.iter().filter(|case| case.cause.as_deref() != Some("store-charge-unidentified")) {
            if let Some((amount, currency)) = &case.paid {
                let cents: i64 = amount.replace('.', "").parse().expect("an amount");
                *sums.entry(currency.as_str()).or_insert(0) += cents;
            }
        }
        assert_eq!(sums, charged(&year.plot.folder), "seed {}", year.seed);
    }
}

#[test]
fn every_row_of_the_vendor_stands_in_exactly_one_case() {
    for year in years() {
        let report = run(&year.plot.folder, &year, None);
        let mut citing: BTreeMap<RowId, usize> = BTreeMap::new();
        for case in &report.cases {
            for row in case.rows() {
                *citing.entry(row).or_insert(0) += 1;
            }
        }
        let written = year.plot.folder.write();
        let wrong: Vec<String> = year
            .plot
            .folder
            .vendor_rows
            .iter()
            .filter(|row| citing.get(row) != Some(&1))
            .map(|row| format!("{} times: {}", citing.get(row).unwrap_or(&0), written.show(*row)))
            .collect();
        assert!(wrong.is_empty(), "seed {}\n{}", year.seed, wrong.join("\n"));
    }
}

#[test]
fn the_summary_adds_up_what_is_at_stake() {
    for year in years() {
        let report = run(&year.plot.folder, &year, None);
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        let mut verdicts: BTreeMap<String, u64> = BTreeMap::new();
        for case in &report.cases {
            *verdicts.entry(case.verdict.clone()).or_insert(0) += 1;
            if let (true, Some((amount, currency))) = (case.claimable, &case.at_stake) {
                let cents: i64 = amount.replace('.', "").parse().expect("an amount");
                *sums.entry(currency.clone()).or_insert(0) += cents;
            }
        }
        let summary = &report.raw["summary"];
        let counted: BTreeMap<String, u64> =
            serde_json::from_value(summary["by_verdict"].clone()).expect("numbers by verdict");
        assert_eq!(counted, verdicts, "seed {}", year.seed);
        let printed: BTreeMap<String, i64> = summary["at_stake"]
            .as_array()
            .expect("amounts")
            .iter()
            .map(|money| {
                let cents = money["amount"].as_str().expect("an amount").replace('.', "");
                (money["currency"].as_str().expect("a currency").to_owned(), cents.parse().expect("an amount"))
            })
            .collect();
        assert_eq!(printed, sums, "seed {}", year.seed);
    }
}
