//! ZIP archives and workbooks, asked of the binary and of the library: a member is an input of its own, what stands in
//! an archive is judged as if it lay in a folder, and what is no statement is said or left out.

use payproof::domain::SourceId;
use payproof::normalize::{Options, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const DEMO: &str = "fixtures/demo";
const STATEMENT: &[u8] = b"Date,Description,Amount,Currency\n2026-02-03,OPENAI,-20.00,USD\n";

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(args).stdin(Stdio::null());
    command.output().expect("payproof starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// An empty folder of one test.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archives").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn kept(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    path.to_str().expect("a path in UTF-8").to_string()
}

/// The demo's files as members.
fn demo() -> Vec<u8> {
    let mut files = Vec::new();
    for place in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(DEMO)).expect("the demo") {
        let path = place.expect("an entry").path();
        let name = path.file_name().expect("a name").to_str().expect("a name in UTF-8").to_string();
        files.push((name, fs::read(&path).expect("a file")));
    }
    files.sort();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    packed(&files)
}

fn verdicts(output: &Output) -> Vec<(Value, Value, Value)> {
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)));
    let cases = report["cases"].as_array().expect("cases").iter();
    cases.map(|case| (case["id"].clone(), case["verdict"].clone(), case["at_stake"].clone())).collect()
}

#[test]
fn an_archive_is_judged_as_a_folder_is() {
    let here = folder("judged");
    let archive = kept(&here, "all.zip", &demo());
    let (inside, outside) =
        (run(&["reconcile", &archive, "--format", "json"]), run(&["reconcile", DEMO, "--format", "json"]));
    assert_eq!(inside.status.code(), Some(0), "{}", said(&inside));
    assert_eq!(verdicts(&inside), verdicts(&outside));
    assert!(said(&inside).contains("all.zip/chase-visa.csv"));
}

#[test]
fn a_claim_is_made_from_rows_in_an_archive() {
    let here = folder("claim");
    let archive = kept(&here, "all.zip", &demo());
    let bundle = here.join("claim.zip");
    let bundle = bundle.to_str().expect("a path in UTF-8");
    let args = ["claim", &archive, "--account", "payer@example.com", "--include-sources", "--output", bundle];
    let made = run(&args);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let checked = run(&["verify", bundle]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    // A bundle is made of rows that were read already: it is no archive of statements.
    let again = run(&["reconcile", here.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert_eq!(verdicts(&again), verdicts(&run(&["reconcile", &archive, "--format", "json"])));
}

#[test]
fn what_is_no_statement_is_said_or_left_out() {
    let here = folder("strange");
    let mixed = kept(&here, "mixed.zip", &packed(&[("a/bank.csv", STATEMENT), ("readme.txt", b"hello")]));
    let ran = run(&["reconcile", &mixed]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert!(said(&ran).contains("mixed.zip/readme.txt"), "{}", said(&ran));
    let other = kept(&here, "other.zip", &packed(&[("readme.txt", b"hello")]));
    let ran = run(&["reconcile", &other]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(
        said(&ran).contains("error[file-not-ours]") && said(&ran).contains("--> ") && said(&ran).contains("other.zip")
    );
    let nested = kept(&here, "nested.zip", &packed(&[("inner.zip", &packed(&[("bank.csv", STATEMENT)]))]));
    let ran = run(&["reconcile", &nested]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said(&ran).contains("error[archive-nested]"), "{}", said(&ran));
    assert!(said(&ran).contains("nested.zip/inner.zip"), "{}", said(&ran));
    let bad = kept(&here, "bad.zip", &packed(&[("bank.csv", b"Date,Description,Amount,Currency\n?,OPENAI,-1,USD\n")]));
    let ran = run(&["reconcile", &bad]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said(&ran).contains("bad.zip/bank.csv:2:1"), "{}", said(&ran));
}

/// A workbook of one sheet whose rows are XML.
fn workbook(rows: &str, from_1904: bool) -> Vec<u8> {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let date = if from_1904 { " date1904=\"1\"" } else { "" };
    let book = format!(
        "<workbook {main} xmlns:r=\"{office}\"><workbookPr{date}/><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{office}/worksheet\" Target=\"worksheets/s.xml\"/>\
         <Relationship Id=\"b\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let styles =
        format!("<styleSheet {main}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
    let title = |title: &str| format!("<c t=\"inlineStr\"><is><t>{title}</t></is></c>");
    let header: String = ["Date", "Description", "Amount", "Currency"].map(title).concat();
    let sheet = format!("<worksheet {main}><sheetData><row r=\"1\">{header}</row>{rows}</sheetData></worksheet>");
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}

/// What is read of a row with these day and amount cells: the day and value, or the code and message of the finding.
fn row(day: &str, amount: &str, from_1904: bool) -> String {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = format!("<row r=\"7\">{day}{}{amount}{}</row>", text("OPENAI"), text("USD"));
    let bytes = workbook(&row, from_1904);
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
    let Recognised::Ours(document) = recognise("a.xlsx", &bytes, &options) else { return "not read".to_string() };
    match read(document, SourceId(0), &options) {
        Ok(file) => {
            let entry = &file.records.entries[0];
            format!(
                "{} {} at {}",
                entry.transaction_date.expect("a day").0,
                entry.value.expect("a value"),
                entry.at.line
            )
        }
        Err(found) => format!("{}:{}: {}", found[0].code, found[0].line, found[0].message),
    }
}

#[test]
fn a_sheet_gives_amounts_and_days_as_they_were_typed() {
    let day = "<c s=\"1\"><v>46056</v></c>";
    let amount = "<c><v>-20.100000000000001</v></c>";
    assert_eq!(row(day, amount, false), "2026-02-03 -20.1 at 7");
    assert_eq!(row("<c s=\"1\"><v>44594</v></c>", amount, true), "2026-02-03 -20.1 at 7");
    assert_eq!(row("<c t=\"d\"><v>2026-02-03T10:00:00</v></c>", amount, false), "2026-02-03 -20.1 at 7");
    assert_eq!(row(day, "<c><f>A1</f><v>-5</v></c>", false), "2026-02-03 -5 at 7");
}

#[test]
fn what_a_sheet_does_not_show_is_refused_at_its_row() {
    let day = "<c s=\"1\"><v>46056</v></c>";
    for (day, amount, expected) in [
        (day, "<c><f>C6*2</f></c>", "cell-amount:7: cannot read `=C6*2` as an amount"),
        (day, "<c><v>-20.123456</v></c>", "money-decimals:7: -20.123456 has more decimals than USD has"),
        (day, "<c t=\"e\"><v>#REF!</v></c>", "cell-amount:7: cannot read `#REF!` as an amount"),
        (day, "<c><v>1E+20</v></c>", "cell-amount:7: cannot read `1E+20` as an amount"),
        ("<c><v>46056</v></c>", "<c><v>-5</v></c>", "cell-date:7: cannot read `46056` as a date"),
        ("<c s=\"1\"><v>59</v></c>", "<c><v>-5</v></c>", "cell-date:7: cannot read `59` as a date"),
    ] {
        assert_eq!(row(day, amount, false), expected, "{amount}");
    }
}
