//! Single papers: what is read of PDFs and mails of real producers, and that no bytes can bring the program down.
//!
//! The shared samples are not part of the project: `cargo test --test papers -- --ignored` reads them beside it.

use payproof::diagnostic::render_all;
use payproof::domain::{BillingRecord, SourceId};
use payproof::normalize::{Options, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::{HereReader, PaperText, facts_of};
use payproof::vendor::Vendor;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn records_of(name: &str, bytes: &[u8]) -> Vec<BillingRecord> {
    let vendor = Vendor::embedded();
    let (known, pdf) = (Known::default(), &HereReader);
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: false,
        digested: true,
        stated_currency: None,
        known,
        seen_on: None,
        pdf,
    };
    match recognise(name, bytes, &options) {
        Recognised::Ours(document) => match read(document, SourceId(0), &options) {
            Ok(read) => read.records.billing,
            Err(errors) => panic!("{name}: {}", render_all(&errors)),
        },
        Recognised::NotOurs => panic!("{name}: not recognised"),
        Recognised::Unread(error) => panic!("{name}: {}", error.render()),
        Recognised::Unclear(errors) => panic!("{name}: {}", render_all(&errors)),
    }
}

fn shared_samples() -> PathBuf {
    let beside = ["../shared/openai-samples", "../../shared/openai-samples"];
    let found = beside.iter().map(|place| project().join(place)).find(|place| place.is_dir());
    found.expect("the shared samples beside the project")
}

#[test]
#[ignore = "reads the shared samples beside the project"]
fn the_shared_papers_are_read_field_by_field() {
    let folder = shared_samples();
    let text = fs::read_to_string(folder.join("papers.expected.json")).expect("the expectations");
    let expected: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let mut wrong = Vec::new();
    for paper in &expected {
        let name = paper["file"].as_str().expect("a name");
        let records = records_of(name, &fs::read(folder.join("papers").join(name)).expect("the paper"));
        let [record] = records.as_slice() else { panic!("{name}: {} records", records.len()) };
        let text = |key: &str| paper[key].as_str().map(str::to_string);
        let pairs = [
            ("kind", Some(record.kind.name().to_string())),
            ("id", record.number.clone()),
            ("date", Some(record.date.to_string())),
            ("total", record.total.map(|total| total.figure())),
            ("currency", record.total.map(|total| total.currency().to_string())),
            ("account", record.account.as_ref().map(ToString::to_string)),
            ("product", record.product.map(|product| product.name().to_string())),
            ("method", record.payment_method.clone()),
        ];
        for (key, found) in pairs {
            if found != text(key) {
                wrong.push(format!("{name}: {key} is {found:?}, expected {:?}", text(key)));
            }
        }
    }
    assert!(!expected.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = project().join("fixtures/formats").join(name);
    let mut files = fs::read_dir(&folder).expect("a fixture").map(|entry| entry.expect("an entry").path());
    let input = files.find(|path| path.file_stem().is_some_and(|stem| stem == "input")).expect("an input");
    fs::read(input).expect("the input")
}

/// An empty folder of one test.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn payproof(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().args(args).stdin(Stdio::null()).output().expect("payproof starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The report of a folder.
fn report(folder: &Path, more: &[&str]) -> Value {
    let path = folder.to_str().expect("a path in UTF-8");
    let ran = payproof(&[&["reconcile", path, "--format", "json"], more].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

/// Verdict, cause and cited places of the case of a day.
fn case_of(report: &Value, day: &str) -> (String, String, Vec<String>) {
    let cases = report["cases"].as_array().expect("cases");
    let case = cases.iter().find(|case| case["charged_on"] == day).unwrap_or_else(|| panic!("no case of {day}"));
    let word = |key: &str| case[key].as_str().unwrap_or_default().to_string();
    let place = |line: &Value| {
        let source = usize::try_from(line["source"].as_u64().expect("an index")).expect("small");
        format!("{}:{}", report["sources"][source]["path"], line["line"])
    };
    (word("verdict"), word("cause"), case["lines"].as_array().expect("lines").iter().map(place).collect())
}

const STATEMENT: &str = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo
03/09/2026,03/10/2026,OPENAI *CHATGPT SUBSCR,Bills & Utilities,Sale,-21.60,
04/20/2026,04/21/2026,OPENAI *CHATGPT SUBSCR,Bills & Utilities,Sale,-20.00,
05/02/2026,05/03/2026,OPENAI +14158799686 CA,Bills & Utilities,Sale,-29.50,
06/15/2026,06/16/2026,OPENAI *CHATGPT SUBSCR,Bills & Utilities,Sale,-24.20,
07/10/2026,07/11/2026,TEA HOUSE,Food & Drink,Sale,-3.20,
";

/// A statement beside a receipt, an invoice and a mail with both on it.
fn payers_folder(test: &str) -> PathBuf {
    let folder = folder(test);
    let papers = [
        ("Receipt-QWZX3819-0004.pdf", "pdf-paper-chromium-receipt-zh"),
        ("Invoice-ZTRE9031-0002.pdf", "pdf-paper-krilla-invoice-es"),
        ("receipt.eml", "mail-receipt-with-papers"),
    ];
    fs::write(folder.join("chase.csv"), STATEMENT).expect("a file");
    for (name, from) in papers {
        fs::write(folder.join(name), fixture(from)).expect("a file");
    }
    folder
}

#[test]
fn a_pdf_or_mail_of_somebody_else_is_said_to_be_so() {
    let folder = folder("foreign");
    let other = text(&fixture("mail-mailbox"))
        .replace("OpenAI", "Tea House")
        .replace("openai", "teahouse")
        .replace("ChatGPT", "Tea");
    fs::write(folder.join("tea.mbox"), other).expect("a file");
    let bundle = folder.join("bundle");
    let demo = project().join("fixtures/demo");
    let args = ["claim", demo.to_str().expect("UTF-8"), "--account", "payer@example.com", "--output"];
    let made = payproof(&[&args[..], &[bundle.to_str().expect("UTF-8")]].concat());
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let pdf = fs::read_dir(bundle.join("data")).expect("the bundle").map(|entry| entry.expect("an entry").path());
    let pdf = pdf.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "pdf")).expect("a PDF");
    for (path, said) in [(pdf, "a PDF, but no invoice"), (folder.join("tea.mbox"), "mail, but none about")] {
        let ran = payproof(&["reconcile", path.to_str().expect("UTF-8")]);
        assert_eq!(ran.status.code(), Some(2));
        assert!(text(&ran.stderr).contains(said), "{}", text(&ran.stderr));
    }
}

#[test]
#[ignore = "reads the shared samples beside the project"]
fn the_shared_texts_are_read() {
    let folder = shared_samples();
    let vendor = Vendor::embedded();
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("the sample");
    let facts = |name: &str| facts_of(&PaperText::of_lines(&read(name)), &vendor).expect("the vendor's invoice");
    let plan = facts("invoice-text-chatgpt.txt");
    assert_eq!(plan.number.as_deref(), Some("ABCD1234-0007"));
    assert_eq!(plan.issued_on.map(|day| day.to_string()).as_deref(), Some("2026-06-15"));
    let sums = [plan.sums.subtotal, plan.sums.tax, plan.sums.total].map(|sum| sum.map(|sum| sum.to_string()));
    assert_eq!(sums, ["20.00 USD", "4.00 USD", "24.00 USD"].map(|sum| Some(sum.to_string())));
    assert_eq!(plan.items, ["ChatGPT Plus Subscription"]);
    let period = plan.period.map(|(from, to)| format!("{from} {to}"));
    assert_eq!(period.as_deref(), Some("2026-06-15 2026-07-14"));
    let credit = facts("invoice-text-api-credit.txt");
    assert_eq!(credit.number.as_deref(), Some("EFGH5678-0003"));
    assert_eq!(credit.items, ["OpenAI API usage credit"]);
    // The samples leave out what parts the head of a mail from its text, and its day.
    let mail = |name: &str| {
        let text = read(name);
        let (head, body) = text.split_at(text.match_indices('\n').nth(1).expect("two lines").0 + 1);
        records_of(name, format!("{head}Date: Wed, 05 Aug 2026 10:00:00 +0000\n\n{body}").as_bytes())
    };
    let order = &mail("email-new-plan.txt")[0];
    assert_eq!((order.kind.name(), order.number.as_deref()), ("order", Some("sub_EXAMPLE0001")));
    assert_eq!(order.total.map(|total| total.to_string()).as_deref(), Some("24.00 USD"));
    assert_eq!(order.payment_method.as_deref(), Some("Visa-4242"));
    let funded = &mail("email-api-funded.txt")[0];
    assert_eq!(funded.total.map(|total| total.to_string()).as_deref(), Some("10.00 USD"));
    assert_eq!(funded.balance_after.map(|sum| sum.to_string()).as_deref(), Some("12.34 USD"));
}

#[test]
fn single_papers_settle_their_own_charge_and_accuse_nobody() {
    let folder = payers_folder("single");
    let said = report(&folder, &[]);
    let (verdict, cause, places) = case_of(&said, "2026-03-09");
    assert_eq!((verdict.as_str(), cause.as_str()), ("settled", "activation-presumed"));
    assert!(places.iter().any(|place| place.contains("Receipt-QWZX3819-0004.pdf")), "{places:?}");
    let (verdict, _, places) = case_of(&said, "2026-05-02");
    assert_eq!(verdict, "settled");
    assert_eq!(places.iter().filter(|place| place.contains("receipt.eml")).count(), 2, "{places:?}");
    assert_eq!(case_of(&said, "2026-06-15").0, "settled", "an invoice and a charge that fits it");
    let (verdict, cause, _) = case_of(&said, "2026-04-20");
    assert_eq!((verdict.as_str(), cause.as_str()), ("inconclusive", "no-billing-evidence"));
    let complete = report(&folder, &["--billing-complete"]);
    let (verdict, cause, _) = case_of(&complete, "2026-04-20");
    assert_eq!((verdict.as_str(), cause.as_str()), ("charged-not-activated", "no-invoice"));
}

#[test]
fn a_claim_that_rests_on_a_paper_carries_its_facts_and_not_the_paper() {
    let folder = payers_folder("claim");
    let output = folder.with_file_name("claim-bundle");
    let _ = fs::remove_dir_all(&output);
    let (path, out) = (folder.to_str().expect("UTF-8"), output.to_str().expect("UTF-8"));
    let claimed = payproof(&["claim", path, "--account", "somebody@example.org", "--output", out]);
    assert_eq!(claimed.status.code(), Some(0), "{}", text(&claimed.stderr));
    let verified = payproof(&["verify", out]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", text(&verified.stdout), text(&verified.stderr));
    let rows = find(&output, "rows.json");
    for word in ["QWZX3819-0004", "pdf-paper-billing.pdf", "TGBY8830-0006", "\"format\": \"pdf-paper\""] {
        assert!(rows.contains(word), "{word}\n{rows}");
    }
    assert!(!rows.contains("示例用户") && !rows.contains("1455 3rd Street"));
}

/// The text of the one file of that name below a folder.
fn find(folder: &Path, name: &str) -> String {
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|own| own == name) {
                return fs::read_to_string(path).expect("text");
            }
        }
    }
    panic!("no {name}");
}

fn codes(report: &Value) -> Vec<String> {
    let notices = report["notices"].as_array().expect("notices");
    notices.iter().filter_map(|found| found["code"].as_str()).map(str::to_string).collect()
}

#[test]
fn mails_of_others_are_evidence_of_nothing_and_said_to_be() {
    let folder = folder("doubts");
    fs::write(folder.join("chase.csv"), STATEMENT).expect("a file");
    fs::write(folder.join("mails.mbox"), fixture("mail-mailbox")).expect("a file");
    let said = report(&folder, &[]);
    let codes = codes(&said);
    for (code, count) in [("mail-not-vendor", 1), ("mail-fails-checks", 1), ("mail-forwarded", 2)] {
        assert_eq!(codes.iter().filter(|own| *own == code).count(), count, "{codes:?}");
    }
    assert!(!said.to_string().contains("PHISH"));
}

#[test]
fn papers_that_contradict_each_other_are_named() {
    let folder = payers_folder("contradiction");
    let list = "date,kind,number,account,product,currency,total,status,paid_on\n\
                2026-03-09,receipt,QWZX3819-0004,payer@example.com,chatgpt-plan,USD,26.10,paid,2026-03-09\n";
    fs::write(folder.join("list.csv"), list).expect("a file");
    let said = report(&folder, &[]);
    assert!(codes(&said).contains(&"papers-disagree".to_string()), "{}", said["notices"]);
    let text = said["notices"].to_string();
    assert!(text.contains("Receipt-QWZX3819-0004.pdf:1") && text.contains("list.csv:2"), "{text}");
}

#[test]
fn a_pdf_that_cannot_be_read_is_named_and_may_be_the_one_that_is_missed() {
    let folder = payers_folder("unread");
    let broken = folder.join("broken.pdf");
    fs::write(&broken, "%PDF-1.7\nnothing\n").expect("a file");
    let path = folder.to_str().expect("UTF-8");
    assert!(codes(&report(&folder, &[])).contains(&"paper-unread".to_string()));
    let complete = payproof(&["reconcile", path, "--billing-complete"]);
    assert_eq!(complete.status.code(), Some(2), "{}", text(&complete.stderr));
    assert!(text(&complete.stderr).contains("error[paper-unreadable]"));
    let named = payproof(&["reconcile", broken.to_str().expect("UTF-8")]);
    assert_eq!(named.status.code(), Some(2));
    let long = project().join("fixtures/errors/paper-limit/input.pdf");
    assert_eq!(payproof(&["reconcile", long.to_str().expect("UTF-8")]).status.code(), Some(2));
}

/// Papers with bytes changed, cut out, doubled: whatever comes, the run ends by itself and says what it could not read.
#[test]
fn no_bytes_bring_the_run_down() {
    let folder = folder("any-bytes");
    fs::write(folder.join("chase.csv"), STATEMENT).expect("a file");
    let papers = [
        "pdf-paper-krilla-invoice-es",
        "pdf-paper-reportlab-invoice-ja",
        "pdf-paper-fpdf-receipt-tr",
        "pdf-paper-office-receipt-zh",
        "mail-receipt-with-papers",
        "mail-mailbox",
        "mail-order-html",
    ];
    // A small generator of its own: the same papers on every run.
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).expect("small")).expect("small")
    };
    for (number, name) in papers.iter().cycle().take(210).enumerate() {
        let mut bytes = fixture(name);
        for _ in 0..=next(12) {
            let (at, length) = (next(bytes.len()), next(40));
            let end = (at + length).min(bytes.len());
            match next(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.truncate(at),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => bytes[at..end].iter_mut().for_each(|byte| *byte = u8::try_from(next(256)).expect("a byte")),
            }
            if bytes.is_empty() {
                bytes = b"%PDF-".to_vec();
            }
        }
        fs::write(folder.join(format!("{number:03}.bin")), bytes).expect("a file");
    }
    let ran = payproof(&["reconcile", folder.to_str().expect("UTF-8"), "--format", "json"]);
    let stderr = text(&ran.stderr);
    assert!(matches!(ran.status.code(), Some(0 | 2)), "{:?} {stderr}", ran.status);
    assert!(!stderr.contains("panicked") && !stderr.contains("paper-time"), "{stderr}");
}
