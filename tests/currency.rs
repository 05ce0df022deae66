//! The currency commands through the program: what to hold, what rates are known, a card described by the payer, the
//! next payment and its calendar.
//!
//! Every figure here was worked out by hand from the two rates that the output itself names.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn payproof(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().env("COLUMNS", "80").args(arguments).output().expect("payproof starts")
}

fn said(arguments: &[&str]) -> String {
    let output = payproof(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn refused(arguments: &[&str]) -> String {
    let output = payproof(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).expect("UTF-8")
}

/// A folder of its own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("currency").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run");
    }
    fs::create_dir_all(&folder).expect("a folder");
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("a file");
    }
    folder
}

const BILLING: &str = "date,kind,number,account,product,description,currency,subtotal,tax,total,status,period_start,period_end,paid_on,payment_method,reference\n\
2026-07-05,receipt,R-1,a@example.com,chatgpt-plan,ChatGPT Plus Subscription,USD,20.00,0.00,20.00,paid,2026-07-05,2026-08-05,2026-07-05,Visa-6688,\n\
2026-08-05,receipt,R-2,a@example.com,chatgpt-plan,ChatGPT Plus Subscription,USD,20.00,0.00,20.00,paid,2026-08-05,2026-09-05,2026-08-05,Visa-6688,\n";
const BANK: &str = "Date,Description,Amount,Currency,Card\n\
2026-07-05,OPENAI *CHATGPT SUBSCR,-108.90,BRL,6688\n2026-07-05,IOF COMPRA INTERNACIONAL,-3.81,BRL,6688\n\
2026-08-05,OPENAI *CHATGPT SUBSCR,-110.00,BRL,6688\n2026-08-10,BAKERY,-3.00,BRL,6688\n";
const CARD: &str = "[[instrument]]\nname = \"Everyday card\"\ncard = \"6688\"\nchannel = \"bank_conversion\"\n\
embedded-percent = \"2\"\nexpires = \"2026-08\"\n";

#[test]
fn what_to_hold_adds_up_and_can_be_worked_out_again() {
    let said = said(&["fx", "needed", "20", "USD", "--in", "CNY", "--on", "2026-10-30", "--card-fee", "1.5"]);
    // 20 x 7.4326 / 1.1172 is 133.0576; 1.5 % of 133.06 is 1.9959.
    for line in [
        "20.00 USD, to be paid in CNY on 2026-10-30",
        "  At the reference rate       133.06 CNY",
        "  Card fee, 1.5 %               2.00 CNY",
        "  Needed at this rate         135.06 CNY",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}\n{said}");
    }
    assert!(said.contains("20.00 USD x 7.4326 / 1.1172 =\n133.06 CNY (ECB rate of 2026-10-30)"), "{said}");
    assert!(said.contains("for information only") && said.contains("Source: ECB statistics"), "{said}");
    assert!(said.lines().all(|line| line.len() <= 80), "{said}");
}

#[test]
fn a_missing_rate_is_said_and_never_guessed() {
    let later = said(&["fx", "needed", "20", "USD", "--in", "CNY", "--on", "2026-11-25"]);
    assert!(later.contains("There is no rate for 2026-11-25 yet: the last one known is of 2026-10-30"), "{later}");
    let beyond = refused(&["fx", "needed", "20", "USD", "--in", "CNY", "--on", "2028-01-03"]);
    assert!(beyond.contains("no reference rate of USD in CNY") && beyond.contains("payproof rates"), "{beyond}");
    refused(&["fx", "needed", "20", "USD", "--in", "TWD", "--on", "2026-10-30"]);
    refused(&["fx", "needed", "20.005", "USD", "--in", "CNY", "--on", "2026-10-30"]);
    refused(&["fx", "needed", "20", "USDT", "--in", "CNY", "--on", "2026-10-30"]);
    refused(&["fx", "needed", "1e3", "USD", "--in", "CNY", "--on", "2026-10-30"]);
}

#[test]
fn a_second_series_answers_only_where_the_first_cannot() {
    let fred = "observation_date,DEXTAUS,DEXCHUS\n2026-10-30,31.00,6.70\n2026-11-02,31.10,6.71\n";
    let case = |day: &str, account: &str, charged: &str| {
        format!(
            r#"{{"invoice":{{"currency":"USD","total":"20.00"}},"account_currency":"{account}","channel":"scheme","charge_date":"{day}","charged":"{charged}"}}"#
        )
    };
    let cases = format!("[{},{}]", case("2026-10-30", "TWD", "625.00"), case("2026-11-02", "CNY", "135.00"));
    let folder = folder("series", &[("fred.csv", fred), ("cases.json", &cases)]);
    let (fred, cases) = (folder.join("fred.csv"), folder.join("cases.json"));
    let (fred, cases) = (fred.to_str().expect("UTF-8"), cases.to_str().expect("UTF-8"));
    let answer = said(&["fx", "explain", cases, "--rates", "built-in", "--rates", fred]);
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let reference = &answer[0]["expected"]["reference"];
    assert_eq!(
        (reference["status"].as_str(), reference["published"]["USD/TWD"].as_str()),
        (Some("exact"), Some("31.00"))
    );
    assert_eq!(answer[0]["expected"]["mid"], "620.00");
    // The dollar in yuan is the ECB's, which ends before: the Federal Reserve's figure of the day does not fill in.
    assert_eq!(answer[1]["expected"]["reference"]["status"], "missing");
    assert_eq!(answer[1]["expected"]["verdict"], "indeterminate");
    let known = said(&["rates", "--rates", "built-in", "--rates", fred, "--lang", "zh"]);
    assert!(known.contains("已知至 2026-11-02： CNY TWD"), "{known}");
}

#[test]
fn a_described_card_says_what_its_conversions_cost() {
    let attempts = "at,account,instrument,currency,amount,result,reason,balance_before,balance_currency,note\n\
2026-08-10T08:00:00Z,a@example.com,Visa-6688,USD,20.00,declined,insufficient funds,102.00,BRL,\n";
    let files = [("bank.csv", BANK), ("openai.csv", BILLING), ("attempts.csv", attempts)];
    let bare = folder("bare", &files);
    let cases = |folder: &Path| -> Value {
        let said = said(&["reconcile", folder.to_str().expect("UTF-8"), "--format", "json"]);
        serde_json::from_str(&said).expect("JSON")
    };
    let declined = |report: &Value| -> Value {
        let mut cases = report["cases"].as_array().expect("cases").iter();
        cases.find(|case| case["charged_on"].is_null()).cloned().expect("the decline")
    };
    let of =
        |case: &Value, code: &str| case["reasons"].as_array().is_some_and(|all| all.iter().any(|r| r["code"] == code));
    let unknown = declined(&cases(&bare));
    assert!(
        unknown["verdict"] == "declined" && of(&unknown, "markup-unknown"),
        "two past charges are too few: {unknown}"
    );

    let described = folder("described", &[files[0], files[1], files[2], ("payproof.toml", CARD)]);
    let report = cases(&described);
    let case = declined(&report);
    // 20 x 5.8764 / 1.1555 is 101.71; two percent more is 103.75. 102.00 covered the first, not the second.
    assert!(case["verdict"] == "fx-declined" && of(&case, "described-costs"), "{case}");
    let fx = &case["fx"];
    assert_eq!((&fx["reference_cost"]["amount"], &fx["needed"]["amount"]), (&"101.71".into(), &"103.75".into()));
    assert_eq!((&fx["shortfall"]["amount"], &fx["channel"]), (&"1.75".into(), &"bank_conversion".into()));
    // The charge of July carries its tax on a row of its own, and the band leaves room for one inside the amount:
    // 4.50 and 3.50 % on top of it.
    let july = report["cases"].as_array().expect("cases").iter().find(|case| case["charged_on"] == "2026-07-05");
    let fx = &july.expect("the charge of July")["fx"];
    assert_eq!((&fx["taxes"]["amount"], &fx["fees"]), (&"3.81".into(), &Value::Null));
    assert_eq!(fx["band_percent"].to_string(), r#"["-0.50","8.1575"]"#);
}

#[test]
fn the_next_payment_is_told_with_what_to_keep_for_it() {
    let folder = folder("renewal", &[("bank.csv", BANK), ("openai.csv", BILLING), ("payproof.toml", CARD)]);
    let (folder, calendar) = (folder.to_str().expect("UTF-8"), folder.join("next.ics"));
    let calendar = calendar.to_str().expect("UTF-8");
    let table = said(&["reconcile", folder, "--calendar", calendar]);
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    // 101.71 and 2 % are 103.75 (103.7443 rounded on the exact rate); 3.5 % IOF of it is 3.63.
    assert!(table.contains("From 2026-09-05 on: ChatGPT Plus Subscription"), "{table}");
    assert!(table.contains("107.38 BRL at the last rate known"), "{table}");
    assert!(table.contains("The card Everyday card can be used up to 2026-08-31, before that"), "{table}");
    let file = fs::read_to_string(calendar).expect("the calendar");
    assert!(
        file.contains("DTSTART;VALUE=DATE:20260905\r\n") && file.contains("DTSTAMP:20260810T000000Z\r\n"),
        "{file}"
    );
    assert!(file.lines().all(|line| line.len() <= 75), "{file}");
    // A cancellation, or the plan page, ends it.
    let cancelled =
        format!("{BILLING}2026-08-07,cancellation,,a@example.com,chatgpt-plan,Cancelled,,,,,effective,,,,,\n");
    let seen = "observed_at,account,product,plan,state,active_from,active_until,credit_balance,currency,note\n\
2026-08-09,a@example.com,chatgpt-plan,plus,cancelled,,2026-09-05,,,\n";
    for (name, billing, plan) in [("cancelled", cancelled.as_str(), ""), ("seen", BILLING, seen)] {
        let mut files = vec![("bank.csv", BANK), ("openai.csv", billing)];
        files.extend((!plan.is_empty()).then_some(("plan.csv", plan)));
        let folder = self::folder(name, &files);
        let none = folder.join("none.ics");
        let output =
            payproof(&["reconcile", folder.to_str().expect("UTF-8"), "--calendar", none.to_str().expect("UTF-8")]);
        assert!(!String::from_utf8_lossy(&output.stdout).contains("From 2026-09-05"), "{name}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("no calendar was written") && !none.exists(),
            "{name}"
        );
    }
}

#[test]
fn no_word_says_that_a_rate_was_owed() {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/catalogue");
    for entry in fs::read_dir(catalogue).expect("the catalogue") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a catalogue file").to_lowercase();
        for accusation in
            ["should have got", "rate you should", "fair rate", "true rate", "real rate", "应得汇率", "真实汇率"]
        {
            assert!(!text.contains(accusation), "{accusation}");
        }
    }
}

const READS: &str = "
import sys, icalendar
with open(sys.argv[1], 'rb') as file:
    raw = file.read()
calendar = icalendar.Calendar.from_ical(raw)
events = calendar.walk('VEVENT')
assert len(events) == 2, events
for event in events:
    assert not event.errors, event.errors
    assert event['uid'] and event['dtstamp'].dt.isoformat() == '2026-08-10T00:00:00+00:00', event
    assert len(event.walk('VALARM')) == 1
renewal = events[0]
assert renewal['dtstart'].dt.isoformat() == '2026-09-05'
assert 'BRL' in str(renewal['summary']) and chr(10) in str(renewal['description']), renewal
assert events[1]['dtstart'].dt.isoformat() == '2026-08-31'
assert icalendar.Calendar.from_ical(calendar.to_ical()) == calendar
";

#[test]
#[ignore = "needs Python with icalendar"]
fn the_calendar_opens_in_a_public_parser() {
    let folder = folder("parsed", &[("bank.csv", BANK), ("openai.csv", BILLING), ("payproof.toml", CARD)]);
    for lang in ["en", "zh"] {
        let calendar = folder.join(format!("{lang}.ics"));
        let calendar = calendar.to_str().expect("UTF-8");
        said(&["reconcile", folder.to_str().expect("UTF-8"), "--lang", lang, "--calendar", calendar]);
        let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let read = Command::new(python).args(["-c", READS, calendar]).output().expect("Python starts");
        assert!(read.status.success(), "{lang}: {}", String::from_utf8_lossy(&read.stderr));
    }
}
