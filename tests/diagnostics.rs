//! Every code has its smallest file under `fixtures/errors/CODE/input.*`, and what is said of it beside it in
//! `expected.txt`. `PAYPROOF_BLESS=1 cargo test --test diagnostics` writes what is said now.

use payproof::diagnostic::{CODES, Diagnostic, render_all};
use payproof::domain::SourceId;
use payproof::normalize::{Options, Recognised, read, recognise, template, template_names};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes whose smallest file would be too large to keep, and those that no content of a file brings about, which
/// `tests/cli.rs`, `tests/bundle.rs`, `tests/answers.rs` and the readers' own tests show.
const WITHOUT_FIXTURE: [&str; 10] = [
    "answer-column",
    "file-changed",
    "file-not-ours",
    "file-size",
    "file-unreadable",
    "folder-too-deep",
    "paper-time",
    "private",
    "rates",
    "too-many-findings",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/errors")
}

fn findings(name: &str, bytes: &[u8], skip_bad_rows: bool) -> Vec<Diagnostic> {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows,
        keep_all: false,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    match recognise(name, bytes, &options) {
        Recognised::Ours(document) => match read(document, SourceId(0), &options) {
            Ok(file) => file.warnings,
            Err(errors) => errors,
        },
        Recognised::NotOurs => Vec::new(),
        Recognised::Unclear(errors) => errors,
        Recognised::Unread(error) => vec![error],
    }
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder of fixtures");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_code_has_a_file_that_shows_it() {
    let bless = std::env::var_os("PAYPROOF_BLESS").is_some();
    for code in names_in(&folder()) {
        let kept = folder().join(&code);
        let names = names_in(&kept);
        let input = names.iter().find(|name| name.starts_with("input.")).expect("an input");
        let said = render_all(&findings(input, &fs::read(kept.join(input)).expect("the input"), false));
        assert!(said.contains(&format!("[{code}]")), "{code}: {said}");
        let golden = kept.join("expected.txt");
        if bless {
            fs::write(&golden, &said).expect("the golden file can be written");
        }
        assert_eq!(said, fs::read_to_string(&golden).unwrap_or_default(), "{code}");
        let expected = BTreeSet::from([input.clone(), "expected.txt".to_string()]);
        assert_eq!(names_in(&kept), expected, "{code}: a file that nothing reads");
    }
}

#[test]
fn codes_and_folders_are_the_same() {
    let codes: BTreeSet<String> =
        CODES.iter().filter(|code| !WITHOUT_FIXTURE.contains(&code.0)).map(|code| code.0.to_string()).collect();
    assert_eq!(codes, names_in(&folder()));
    assert!(CODES.is_sorted());
}

/// The code behind each `what("CODE"`, blanks and line ends aside.
fn codes_behind(source: &str, what: &str) -> Vec<String> {
    let quoted = source.split(what).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    quoted.filter_map(|rest| rest.split('"').next()).map(str::to_string).collect()
}

#[test]
fn the_modules_that_open_files_use_the_codes_of_the_list_and_no_others() {
    let mut used = BTreeSet::new();
    for folder in ["src/source", "src/normalize", "src/normalize/json", "src/run"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for path in names_in(&folder).iter().filter(|name| name.ends_with(".rs")).map(|name| folder.join(name)) {
            let source = fs::read_to_string(path).expect("a source file");
            for what in ["Diagnostic::error(", "RowFault::new(", "Role::Kind,", "Role::Status,"] {
                used.extend(codes_behind(&source, what));
            }
        }
    }
    let known: BTreeSet<String> = CODES.iter().map(|code| code.0.to_string()).collect();
    assert_eq!(used, known);
}

#[test]
fn a_bad_row_that_is_passed_over_is_no_error() {
    for code in ["cell-date", "cell-amount", "cell-currency", "row-width", "cell-kind", "cell-status"] {
        let bytes = fs::read(folder().join(code).join("input.csv")).expect("the input");
        assert!(findings("input.csv", &bytes, true).is_empty(), "{code}");
    }
    for code in ["csv-structure", "date-order", "encoding", "template-sample", "amount-sign"] {
        let bytes = fs::read(folder().join(code).join("input.csv")).expect("the input");
        let remains = findings("input.csv", &bytes, true).iter().any(|finding| finding.code == code);
        assert_eq!(remains, code != "date-order", "{code}");
    }
}

#[test]
fn a_template_is_refused_until_its_sample_is_gone() {
    for name in template_names() {
        let text = template(name).expect("a template");
        let found = findings("filled-in.csv", text.as_bytes(), false);
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["template-sample"], "{name}");
        let header = text.lines().next().expect("a header");
        assert!(findings("filled-in.csv", header.as_bytes(), false).is_empty(), "{name}");
    }
}

#[test]
fn a_file_of_nothing_but_bad_rows_is_given_up() {
    let mut text = "Date,Description,Amount,Currency\n".to_string();
    text.push_str(&"yesterday,TEA HOUSE,-1.00,USD\n".repeat(10_500));
    let found = findings("bad.csv", text.as_bytes(), false);
    assert_eq!(found.len(), 10_001);
    assert_eq!(found.last().map(|finding| finding.code), Some("too-many-findings"));
}

#[test]
fn what_reads_in_two_ways_is_asked_and_what_one_cell_decides_is_not() {
    let generic = "Date,Description,Amount,Currency\n";
    let paypal = "Date,Name,Type,Currency,Net,Fee\n";
    let debit_only = "Date,Description,Debit,Currency\n";
    for (header, rows, expected) in [
        (generic, "03/04/2026,TEA,-1.00,USD\n05/04/2026,TEA,-1.00,USD\n", Some("date-order")),
        (generic, "03/04/2026,TEA,-1.00,USD\n13/04/2026,TEA,-1.00,USD\n", None),
        (generic, "04/04/2026,TEA,-1.00,USD\n", None),
        (generic, "2026-04-03,TEA,-1.00,USD\n05/04/2026,TEA,-1.00,USD\n", Some("date-order")),
        (paypal, "28/02/2026,TEA,Payment Sent,USD,-1.00,\n", None),
        // PayPal's rows stand in order of time: these three do with the month first, and the next three either way.
        (
            paypal,
            "01/05/2026,A,Payment Sent,USD,-1.00,\n02/04/2026,B,Payment Sent,USD,-1.00,\n\
             03/04/2026,C,Payment Sent,USD,-1.00,\n",
            None,
        ),
        (
            paypal,
            "01/05/2026,A,Payment Sent,USD,-1.00,\n02/04/2026,B,Payment Sent,USD,-1.00,\n\
             03/03/2026,C,Payment Sent,USD,-1.00,\n",
            Some("date-order"),
        ),
        (generic, "2026-04-03,TEA,\"-1,000\",EUR\n", Some("decimal-mark")),
        (generic, "2026-04-03,TEA,\"-1,000\",EUR\n2026-04-03,TEA,-1.50,EUR\n", None),
        (generic, "2026-04-03,TEA,-1.234,EUR\n", None),
        (generic, "2026-04-03,TEA,-1.234,KWD\n", Some("decimal-mark")),
        (generic, "2026-04-03,TEA,-1000,EUR\n", None),
        // Which way the money went matters only for the vendor's rows.
        (generic, "2026-04-03,TEA,5.00,EUR\n", None),
        (generic, "2026-04-03,OPENAI,5.00,EUR\n", Some("amount-sign")),
        (generic, "2026-04-03,OPENAI,5.00,EUR\n2026-04-04,TEA,-5.00,EUR\n", None),
        (
            generic,
            "2026-04-03,OPENAI,5.00,EUR\n2026-04-04,TEA,5.00,EUR\n2026-04-04,THANK YOU,-5.00,EUR\n",
            Some("amount-sign"),
        ),
        (debit_only, "2026-04-03,OPENAI,5.00,EUR\n", None),
    ] {
        let text = format!("{header}{rows}");
        let found = findings("two-ways.csv", text.as_bytes(), false);
        assert_eq!(found.first().map(|finding| finding.code), expected, "{text}");
    }
}
