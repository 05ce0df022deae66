//! `payproof entries` lists every record of every file once, in the order of the file, whatever the form of the list.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{collections::BTreeMap, fs};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    all.sort();
    all
}

fn input(kept: &Path) -> PathBuf {
    let mut files = fs::read_dir(kept).expect("a folder").map(|entry| entry.expect("an entry").path());
    files.find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input")
}

fn entries(paths: &[PathBuf], form: &str) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().env("COLUMNS", "80").arg("entries").args(paths).args(["--format", form]);
    let output = command.output().expect("payproof starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn json(paths: &[PathBuf]) -> Value {
    serde_json::from_slice(&entries(paths, "json")).expect("the list is JSON")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

#[test]
fn every_record_is_listed_once_and_in_order_in_every_form() {
    for kept in fixtures() {
        let path = [input(&kept)];
        let list = json(&path);
        let rows = list["entries"].as_array().expect("entries");
        let lines: Vec<u64> = rows.iter().map(|row| row["line"].as_u64().expect("a line")).collect();
        assert!(lines.is_sorted(), "{}", kept.display());
        let mut counted: BTreeMap<u64, u64> = BTreeMap::new();
        for row in rows {
            *counted.entry(row["source"].as_u64().expect("a source")).or_default() += 1;
        }
        for (index, source) in list["sources"].as_array().expect("sources").iter().enumerate() {
            let index = u64::try_from(index).expect("a small number");
            let listed = counted.get(&index).copied().unwrap_or(0);
            if source["format"] == "mail" {
                // Mails that are evidence of nothing are counted and have no record.
                assert!(Some(listed) <= source["records"].as_u64(), "{}", kept.display());
            } else {
                assert_eq!(listed, source["records"], "{}", kept.display());
            }
        }
        let csv = entries(&path, "csv");
        let read: Vec<csv::StringRecord> =
            csv::Reader::from_reader(&csv[..]).records().collect::<Result<_, _>>().expect("the list is CSV");
        let of_csv = |row: &csv::StringRecord| [1, 2, 4, 5, 6].map(|column| row[column].to_string());
        let of_json = |row: &Value| {
            let line = row["line"].to_string();
            [line, text(&row["date"]), text(&row["amount"]), text(&row["unsigned"]), text(&row["currency"])]
        };
        assert_eq!(read.iter().map(of_csv).collect::<Vec<_>>(), rows.iter().map(of_json).collect::<Vec<_>>());
    }
}

#[test]
fn files_given_together_are_listed_as_if_given_alone() {
    let paths: Vec<PathBuf> = fixtures().iter().map(|kept| input(kept)).collect();
    let bare = |row: &Value| {
        let mut row = row.clone();
        row["source"] = Value::Null;
        row.to_string()
    };
    let rows = |list: &Value| list["entries"].as_array().expect("entries").iter().map(bare).collect::<Vec<_>>();
    let mut alone: Vec<String> = paths.iter().flat_map(|path| rows(&json(std::slice::from_ref(path)))).collect();
    let mut together = rows(&json(&paths));
    alone.sort();
    together.sort();
    assert_eq!(alone, together);
}
