//! Incidents that payers met, in OpenAI's shape: each a folder under `fixtures/incidents` with its files in `input`, the
//! options in `options.txt` where there are any, what the rules give in `expected.txt`, and the whole table in
//! `report.txt`.
//!
//! `expected.txt` is worked out by hand and never rewritten: a line a purchase, `day verdict cause paid at-stake
//! claimed-from`, `-` for nothing, and below it, indented, the codes of reasons that must be among its reasons.
//! `PAYPROOF_BLESS=1 cargo test --test incidents` rewrites `report.txt` alone. Where something can be claimed, a bundle is
//! written too, and it must verify.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/incidents")
}

fn incidents() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder()).expect("the incidents").map(|entry| entry.expect("an entry").path()).collect();
    all.sort();
    all
}

fn payproof(command: &str, incident: &Path, more: &[&str]) -> Output {
    let options = fs::read_to_string(incident.join("options.txt")).unwrap_or_default();
    let mut run = Command::new(env!("CARGO_BIN_EXE_payproof"));
    run.env_clear().env("COLUMNS", "80").stdin(Stdio::null());
    run.arg(command).arg(incident.join("input")).args(options.split_whitespace()).args(more);
    run.output().expect("payproof starts")
}

fn report(incident: &Path) -> Value {
    let output = payproof("reconcile", incident, &["--format", "json"]);
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{}: {error}\n{said}", incident.display()))
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_string()
}

fn money(value: &Value) -> String {
    match (value["amount"].as_str(), value["currency"].as_str()) {
        (Some(amount), Some(currency)) => format!("{amount}-{currency}"),
        _ => "-".to_string(),
    }
}

/// What a case is, in the words of `expected.txt`.
fn line_of(case: &Value) -> String {
    // A case without a posted charge is listed under the day that its id begins with.
    let day = case["charged_on"].as_str().or_else(|| case["id"].as_str()?.get(..10)).unwrap_or_default();
    let at_stake = if case["claimable"] == true { money(&case["at_stake"]) } else { "-".to_string() };
    let words = [word(&case["verdict"]), word(&case["cause"]), money(&case["paid"]), at_stake, word(&case["claim_to"])];
    format!("{day} {}", words.join(" "))
}

fn codes_of(case: &Value) -> Vec<String> {
    case["reasons"].as_array().expect("reasons").iter().map(|reason| word(&reason["code"])).collect()
}

#[test]
fn every_incident_gets_what_the_rules_give() {
    assert!(incidents().len() >= 28, "only {} incidents", incidents().len());
    for incident in incidents() {
        let name = incident.display();
        let expected =
            fs::read_to_string(incident.join("expected.txt")).unwrap_or_else(|_| panic!("{name}: expected.txt"));
        let found = report(&incident);
        let mut cases: Vec<&Value> = found["cases"].as_array().expect("cases").iter().collect();
        let mut lines = expected.lines().filter(|line| !line.is_empty()).peekable();
        while let Some(line) = lines.next() {
            let mut codes: Vec<String> = Vec::new();
            while let Some(more) = lines.next_if(|line| line.starts_with(' ')) {
                codes.extend(more.split_whitespace().map(str::to_string));
            }
            let is_it = |case: &&Value| line_of(case) == line && codes.iter().all(|code| codes_of(case).contains(code));
            let at = cases.iter().position(is_it).unwrap_or_else(|| {
                let all: Vec<String> =
                    cases.iter().map(|case| format!("{} {:?}", line_of(case), codes_of(case))).collect();
                panic!("{name}: no case is\n{line} {codes:?}\nthose left are\n{}", all.join("\n"))
            });
            cases.remove(at);
        }
        let left: Vec<String> = cases.iter().map(|case| line_of(case)).collect();
        assert!(left.is_empty(), "{name}: not expected:\n{}", left.join("\n"));
    }
}

#[test]
fn every_incident_is_told_as_last_looked_at() {
    let bless = std::env::var_os("PAYPROOF_BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for incident in incidents() {
        let output = payproof("reconcile", &incident, &[]);
        let golden = incident.join("report.txt");
        // What is said on the side belongs to what the payer sees.
        let told = [output.stderr, output.stdout].concat();
        if bless {
            fs::write(&golden, &told).expect("the golden file can be written");
        } else if fs::read(&golden).ok().as_ref() != Some(&told) {
            wrong.push(incident.display().to_string());
        }
        for entry in fs::read_dir(&incident).expect("a folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            if !["input", "expected.txt", "options.txt", "report.txt"].contains(&name.as_str()) {
                wrong.push(format!("{}: nothing reads {name}", incident.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "changed: {wrong:?}; see the head of this file for how to rewrite them");
}

#[test]
fn what_can_be_claimed_makes_a_bundle_that_verifies() {
    let mut written = 0;
    for incident in incidents() {
        let cases = report(&incident);
        let claimable = cases["cases"].as_array().expect("cases").iter().any(|case| case["claimable"] == true);
        if !claimable {
            continue;
        }
        let name = incident.file_name().expect("a name").to_string_lossy().into_owned();
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incidents").join(format!("{name}.zip"));
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder for the bundles");
        let _ = fs::remove_file(&place);
        let place = place.to_str().expect("a path in UTF-8");
        let output = payproof("claim", &incident, &["--output", place]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let checked = Command::new(env!("CARGO_BIN_EXE_payproof")).args(["verify", place]).output().expect("starts");
        assert!(checked.status.success(), "{name}: {}", String::from_utf8_lossy(&checked.stdout));
        written += 1;
    }
    assert!(written >= 12, "only {written} bundles");
}
