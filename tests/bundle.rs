//! The evidence bundle, asked of the binary: what leaves and what does not, sameness of bytes, checks that find every
//! change, and an output that is whole or not there.
//!
//! The bag is also checked by the PyPI tool `bagit` in an ignored test: `cargo test --test bundle -- --ignored`, with
//! `PYTHON` naming an interpreter that has it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DEMO: &str = "fixtures/demo";
const ACCOUNT: &str = "payer@example.com";

fn payproof(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(args).stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    payproof(args).output().expect("payproof starts")
}

fn status(args: &[&str]) -> Option<i32> {
    run(args).status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// An empty folder of one test.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bundle").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Claims and panics where the binary refuses.
fn claim(inputs: &str, output: &Path, more: &[&str]) {
    let args = [&["claim", inputs, "--account", ACCOUNT, "--output", shown(output)], more].concat();
    let ran = run(&args);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
}

/// Every file below a folder by its name there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").display().to_string();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

// ---- what is written

#[test]
fn a_bundle_is_written_checked_and_told_of() {
    let place = folder("written");
    let zip = place.join("claim.zip");
    let ran = run(&["claim", DEMO, "--account", ACCOUNT, "--output", shown(&zip)]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert!(said(&ran).contains("data/rows.json") && said(&ran).contains(shown(&zip)));
    let checked = run(&["verify", shown(&zip)]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(said(&checked).contains("rest on an absence"), "{}", said(&checked));
    let bag = place.join("claim");
    claim(DEMO, &bag, &[]);
    assert_eq!(status(&["verify", shown(&bag)]), Some(0));
    let names: Vec<String> = files(&bag).into_keys().collect();
    let expected = [
        "bag-info.txt",
        "bagit.txt",
        "data/README.txt",
        "data/discrepancies.csv",
        "data/discrepancies.json",
        "data/discrepancies.md",
        "data/rows.csv",
        "data/rows.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    ];
    assert!(expected.iter().all(|name| names.iter().any(|known| known == name)), "{names:?}");
    for (path, mode) in [(&bag, 0o700), (&bag.join("data"), 0o700), (&bag.join("data/rows.csv"), 0o600), (&zip, 0o600)]
    {
        let found = fs::metadata(path).expect("written").permissions().mode() & 0o777;
        assert_eq!(found, mode, "{}", path.display());
    }
}

#[test]
fn one_case_can_be_claimed_and_only_its_rows_leave() {
    let place = folder("one_case");
    claim(DEMO, &place.join("all"), &[]);
    let report = json(&place.join("all/data/discrepancies.json"));
    let id = report["cases"][0]["id"].as_str().expect("an id").to_string();
    claim(DEMO, &place.join("one"), &["--case", &id]);
    let one = json(&place.join("one/data/discrepancies.json"));
    assert_eq!(one["cases"].as_array().map(Vec::len), Some(1));
    assert_eq!(one["summary"]["at_stake"][0], one["cases"][0]["at_stake"]);
    let rows = json(&place.join("one/data/rows.json"));
    let cited =
        |row: &Value| row["cited_by"].as_array().is_some_and(|by| by.iter().all(|by| by["case"] == id.as_str()));
    assert!(rows["rows"].as_array().is_some_and(|rows| !rows.is_empty() && rows.iter().all(cited)));
    let out = place.join("none");
    assert_eq!(status(&["claim", DEMO, "--output", shown(&out), "--case", "no-such-case"]), Some(2));
    assert!(!out.exists());
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let place = folder("same");
    let mut seen: Option<Vec<u8>> = None;
    for (name, variables) in [
        ("a.zip", [("TZ", "UTC"), ("LC_ALL", "C")]),
        ("b.zip", [("TZ", "Asia/Shanghai"), ("LC_ALL", "de_DE.UTF-8")]),
        ("c.zip", [("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8")]),
    ] {
        let path = place.join(name);
        let mut command = payproof(&["claim", DEMO, "--account", ACCOUNT, "--output", shown(&path)]);
        assert!(command.envs(variables).status().expect("payproof starts").success());
        let bytes = fs::read(&path).expect("the bundle");
        assert!(seen.as_ref().is_none_or(|first| *first == bytes), "{name}");
        seen = Some(bytes);
    }
}

// ---- what a check finds

#[test]
fn a_changed_byte_in_any_file_is_found() {
    let place = folder("flipped");
    let bag = place.join("bag");
    let report = run(&["reconcile", DEMO, "--account", ACCOUNT, "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).expect("a report");
    let case = report["cases"].as_array().and_then(|cases| cases.iter().find(|case| case["claimable"] == true));
    let id = case.and_then(|case| case["id"].as_str()).expect("a claimable case");
    claim(DEMO, &bag, &["--case", id]);
    assert_eq!(status(&["verify", shown(&bag)]), Some(0));
    for (name, bytes) in files(&bag) {
        let path = bag.join(&name);
        let step = (bytes.len() / 5).max(1);
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            for change in [0x01, 0x20] {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                fs::write(&path, &changed).expect("written");
                assert_eq!(status(&["verify", shown(&bag)]), Some(1), "{name}, byte {at}");
            }
        }
        fs::write(&path, &bytes).expect("written");
    }
    let zip = place.join("claim.zip");
    claim(DEMO, &zip, &["--case", id]);
    let bytes = fs::read(&zip).expect("the bundle");
    for at in (0..bytes.len()).step_by(bytes.len() / 60) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x04;
        fs::write(&zip, &changed).expect("written");
        assert_ne!(status(&["verify", shown(&zip)]), Some(0), "byte {at}");
    }
}

/// Writes the manifests anew, as somebody would who wants a change to go unseen.
fn seal_again(bag: &Path) {
    let sum = |names: &str, into: &str| {
        let script = format!("export LC_ALL=C; {names} | sort | xargs sha256sum > {into}");
        let done = Command::new("sh").arg("-c").arg(script).current_dir(bag).status().expect("sh starts");
        assert!(done.success());
    };
    let data = files(&bag.join("data"));
    let oxum = format!("Payload-Oxum: {}.{}", data.values().map(Vec::len).sum::<usize>(), data.len());
    let info = fs::read_to_string(bag.join("bag-info.txt")).expect("bag-info");
    let info: String =
        info.lines().map(|l| if l.starts_with("Payload-Oxum") { oxum.clone() } else { l.into() } + "\n").collect();
    fs::write(bag.join("bag-info.txt"), info).expect("written");
    sum("find data -type f", "manifest-sha256.txt");
    sum("ls bag-info.txt bagit.txt manifest-sha256.txt", "tagmanifest-sha256.txt");
}

#[test]
fn figures_that_do_not_follow_from_the_rows_are_found_behind_right_digests() {
    let place = folder("forged");
    let bag = place.join("bag");
    claim(DEMO, &bag, &[]);
    let report = fs::read_to_string(bag.join("data/discrepancies.json")).expect("the report");
    let rows = fs::read_to_string(bag.join("data/rows.json")).expect("the rows");
    seal_again(&bag);
    let honest = run(&["verify", shown(&bag)]);
    assert_eq!(honest.status.code(), Some(0), "{}", said(&honest));
    let forge = |name: &str, text: String| {
        fs::write(bag.join("data").join(name), text).expect("written");
        seal_again(&bag);
        let ran = run(&["verify", shown(&bag)]);
        assert_eq!(ran.status.code(), Some(1), "{name}: {}", said(&ran));
        fs::write(bag.join("data/discrepancies.json"), &report).expect("written");
        fs::write(bag.join("data/rows.json"), &rows).expect("written");
    };
    assert!(report.contains("\"amount\": \"216.00\"") && rows.contains("\"-216.00\""));
    forge("discrepancies.json", report.replace("\"amount\": \"216.00\"", "\"amount\": \"999.00\""));
    forge("discrepancies.json", report.replace("\"2026-04-21\"", "\"2026-04-20\""));
    forge("discrepancies.json", report.replace("309.20", "409.20"));
    forge("rows.json", rows.replace("\"amount\": \"-216.00\"", "\"amount\": \"-999.00\""));
    forge("rows.json", rows.replacen("-216.00", "-999.00", 9));
    forge("rows.json", rows.replace("04/21/2026", "04/20/2026"));
}

#[test]
fn what_is_missing_or_too_much_or_leads_elsewhere_is_found() {
    let place = folder("structure");
    let bag = place.join("bag");
    let fresh = || {
        claim(DEMO, &bag, &["--force"]);
        assert_eq!(status(&["verify", shown(&bag)]), Some(0));
    };
    let refused = |why: &str| assert_eq!(status(&["verify", shown(&bag)]), Some(1), "{why}");
    fresh();
    fs::remove_file(bag.join("data/rows.csv")).expect("removed");
    refused("a missing file");
    fresh();
    fs::write(bag.join("data/more.txt"), "x").expect("written");
    refused("a file more in the payload");
    fresh();
    fs::write(bag.join("fetch.txt"), "https://example.com/x - data/x\n").expect("written");
    refused("a tag file more");
    fresh();
    fs::remove_file(bag.join("data/rows.csv")).expect("removed");
    std::os::unix::fs::symlink("/etc/hostname", bag.join("data/rows.csv")).expect("linked");
    refused("a link");
    fs::remove_file(bag.join("data/rows.csv")).expect("removed");
    fs::write(bag.join("data/rows.csv"), "").expect("written");
    let manifest = fs::read_to_string(bag.join("manifest-sha256.txt")).expect("the manifest");
    fs::write(bag.join("manifest-sha256.txt"), manifest + &format!("{}  ../x\n", "0".repeat(64))).expect("written");
    refused("a name that leads elsewhere");
    assert_eq!(status(&["verify", DEMO]), Some(2));
    assert_eq!(status(&["verify", "README.md"]), Some(2));
    assert_eq!(status(&["verify", "no-such-bundle.zip"]), Some(2));
}

// ---- what does not happen

#[test]
fn an_output_that_is_there_stays() {
    let place = folder("there");
    let zip = place.join("claim.zip");
    fs::write(&zip, "mine").expect("written");
    let args = ["claim", DEMO, "--account", ACCOUNT, "--output", shown(&zip)];
    assert_eq!(status(&args), Some(2));
    assert_eq!(fs::read(&zip).expect("there"), b"mine");
    assert_eq!(status(&[&args[..], &["--force"]].concat()), Some(0));
    assert_eq!(status(&["verify", shown(&zip)]), Some(0));
    let mine = place.join("mine");
    fs::create_dir(&mine).expect("a folder");
    fs::write(mine.join("letter.txt"), "mine").expect("written");
    assert_eq!(status(&["claim", DEMO, "--output", shown(&mine), "--force"]), Some(2), "a folder that is no bundle");
    assert_eq!(fs::read(mine.join("letter.txt")).expect("there"), b"mine");
}

#[test]
fn a_failure_leaves_nothing() {
    let place = folder("failure");
    // A file system that takes no more: the limit on file size stands for a full disk.
    for output in ["claim.zip", "claim"] {
        let script = format!(
            "ulimit -f 1; trap '' XFSZ; exec {} claim {DEMO} --account {ACCOUNT} --output {}",
            env!("CARGO_BIN_EXE_payproof"),
            shown(&place.join(output))
        );
        let ran = Command::new("sh").arg("-c").arg(script).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let ran = ran.expect("sh starts");
        assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
        assert!(files(&place).is_empty(), "{:?}", files(&place).keys());
        assert_eq!(fs::read_dir(&place).expect("the folder").count(), 0);
    }
    let nowhere = place.join("no-such-folder/claim.zip");
    assert_eq!(status(&["claim", DEMO, "--output", shown(&nowhere)]), Some(2));
    assert_eq!(fs::read_dir(&place).expect("the folder").count(), 0);
}

#[test]
fn a_check_before_claiming_writes_nothing_and_says_what_is_missing() {
    let place = folder("check");
    let output = place.join("claim.zip");
    let args = ["claim", DEMO, "--account", ACCOUNT, "--check", "--output", shown(&output)];
    let english = run(&args);
    assert_eq!(english.status.code(), Some(0), "{}", said(&english));
    for piece in ["last four digits", "plan or credit page", "Nearly too late: 2026-08-19"] {
        assert!(said(&english).contains(piece), "{piece}: {}", said(&english));
    }
    let later = run(&[&args[..], &["--as-of", "2026-08-20"]].concat());
    assert!(said(&later).contains("Too late: 2026-08-19"), "{}", said(&later));
    let chinese = run(&[&args[..], &["--lang", "zh"]].concat());
    assert!(said(&chinese).contains("末四位") && said(&chinese).contains("即将过期：2026-08-19"));
    assert!(!output.exists());
}

const STATEMENT: &str = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo
06/09/2026,06/10/2026,OPENAI *CHATGPT SUBSCR,Bills & Utilities,Sale,-20.00,
07/10/2026,07/11/2026,TEA HOUSE,Food & Drink,Sale,-3.20,
";

#[test]
fn a_source_with_a_link_to_the_payment_portal_stays_out_of_the_bundle() {
    let place = folder("portal");
    let (input, output) = (place.join("in"), place.join("bag"));
    fs::create_dir_all(&input).expect("a folder");
    fs::write(input.join("chase.csv"), STATEMENT).expect("written");
    let list = r#"{"object": "list", "has_more": false, "data": [{"id": "in_1", "object": "invoice", "number": "PRTL0001-0001",
        "status": "void", "currency": "usd", "subtotal": 2000, "total": 2000, "amount_due": 2000, "amount_paid": 0,
        "created": 1781006400, "customer_email": "payer@example.com",
        "hosted_invoice_url": "https://invoice.stripe.com/i/acct_1/live_OPENSESAME99?s=ap",
        "lines": {"object": "list", "data": [{"description": "ChatGPT Plus Subscription", "amount": 2000}]}}]}"#;
    fs::write(input.join("invoices.json"), list).expect("written");
    let args = ["claim", shown(&input), "--account", ACCOUNT, "--include-sources", "--output", shown(&output)];
    let ran = run(&args);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert!(said(&ran).contains("invoices.json was left out"), "{}", said(&ran));
    let carried = files(&output);
    assert!(carried.keys().any(|name| name.ends_with("sources/chase.csv")), "{:?}", carried.keys());
    assert!(carried.values().all(|bytes| memchr::memmem::find(bytes, b"OPENSESAME").is_none()));
    assert_eq!(status(&["verify", shown(&output)]), Some(0));
}

// ---- the public tool

#[test]
#[ignore = "needs Python with bagit"]
fn the_public_bagit_tool_finds_the_bag_valid() {
    let place = folder("bagit");
    let bag = place.join("bag");
    for more in [&["--force"] as &[&str], &["--force", "--include-sources"], &["--force", "--lang", "zh"]] {
        claim(DEMO, &bag, more);
        let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let ran = Command::new(python).args(["-m", "bagit", "--validate"]).arg(&bag).output().expect("Python starts");
        assert!(ran.status.success(), "{}", said(&ran));
        let script = "sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt";
        let ran = Command::new("sh").arg("-c").arg(script).current_dir(&bag).output().expect("sh starts");
        assert!(ran.status.success(), "{}", said(&ran));
    }
}
