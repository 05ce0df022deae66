//! What the command line promises, asked of the binary: streams, exit status, language, colour, files written, sameness of
//! bytes; and the whole output for the demo, kept under `tests/golden/demo`.
//!
//! `PAYPROOF_BLESS=1 cargo test --test cli` rewrites the golden files; read the difference before you commit it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const DEMO: &str = "fixtures/demo";
const BOM: &[u8] = b"\xef\xbb\xbf";

struct Ran {
    status: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Ran {
    fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("stdout is UTF-8")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.stderr))
    }
}

/// The program in an empty environment, in the project's folder, at 80 columns.
fn payproof(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().env("COLUMNS", "80").current_dir(env!("CARGO_MANIFEST_DIR")).args(args).stdin(Stdio::null());
    command
}

fn finish(mut command: Command) -> Ran {
    let output = command.output().expect("payproof starts");
    let stderr = String::from_utf8(output.stderr).expect("stderr is UTF-8");
    Ran { status: output.status.code(), stdout: output.stdout, stderr }
}

fn run(args: &[&str]) -> Ran {
    finish(payproof(args))
}

fn run_with(args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = payproof(args);
    command.envs(variables.iter().copied());
    finish(command)
}

/// An empty folder of one test.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn put(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("the file can be written");
    path.to_str().expect("a UTF-8 path").to_string()
}

fn demo_file(name: &str) -> String {
    format!("{DEMO}/{name}")
}

const CHASE_HEAD: &str = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\r\n";
const CHASE_CHARGE: &str = "03/16/2026,03/17/2026,OPENAI *CHATGPT SUBSCR,Shopping,Sale,-20.00,\r\n";
const CHASE_LATER: &str = "04/20/2026,04/21/2026,GROCER,Groceries,Sale,-5.00,\r\n";
const BILLING: &str =
    "date,kind,number,product,currency,total,status\n2026-03-16,receipt,AAAAAAAA-0001,chatgpt-plan,USD,20.00,paid\n";

// ---- the demo

/// What the rules give for each purchase of the demo, worked out by hand: day, verdict, cause, paid, at stake.
const DEMO_CASES: &[(&str, &str, &str, &str, &str)] = &[
    ("2026-03-05", "settled", "activation-observed", "21.60 USD", ""),
    ("2026-03-13", "settled", "activation-presumed", "139.86 CNY", ""),
    ("2026-03-20", "refunded", "", "10.00 USD", ""),
    ("2026-04-05", "settled", "activation-presumed", "21.60 USD", ""),
    ("2026-04-09", "settled", "activation-observed", "22.17 EUR", ""),
    ("2026-04-13", "settled", "activation-presumed", "138.72 CNY", ""),
    ("2026-04-21", "charged-not-activated", "no-invoice", "216.00 USD", "216.00 USD"),
    ("2026-04-22", "refund-short", "fx", "1383.99 CNY", ""),
    ("2026-05-05", "settled", "activation-presumed", "21.60 USD", ""),
    ("2026-05-06", "duplicate-charge", "", "21.60 USD", "21.60 USD"),
    ("2026-05-13", "settled", "activation-presumed", "137.65 CNY", ""),
    ("2026-05-20", "refund-missing", "", "50.00 USD", "50.00 USD"),
    ("2026-06-05", "settled", "activation-presumed", "21.60 USD", ""),
    ("2026-06-10", "charged-not-activated", "credit-not-granted", "22.45 EUR", "22.45 EUR"),
    ("2026-06-13", "settled", "activation-presumed", "137.22 CNY", ""),
    ("2026-06-16", "settled", "activation-presumed", "43.20 USD", ""),
    ("2026-07-05", "charged-not-activated", "plan-inactive", "21.60 USD", "21.60 USD"),
    ("", "fx-declined", "", "", ""),
    ("2026-07-14", "settled", "activation-presumed", "137.57 CNY", ""),
    ("2026-07-29", "settled", "activation-observed", "45.56 EUR", ""),
    ("2026-08-05", "settled", "activation-observed", "21.60 USD", ""),
];

fn money(value: &Value) -> String {
    match (value["amount"].as_str(), value["currency"].as_str()) {
        (Some(amount), Some(currency)) => format!("{amount} {currency}"),
        _ => String::new(),
    }
}

fn verdicts(report: &Value) -> Vec<[String; 5]> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let case = |case: &Value| {
        let at_stake = if case["claimable"] == true { money(&case["at_stake"]) } else { String::new() };
        [word(&case["charged_on"]), word(&case["verdict"]), word(&case["cause"]), money(&case["paid"]), at_stake]
    };
    report["cases"].as_array().expect("cases").iter().map(case).collect()
}

#[test]
fn the_demo_comes_out_as_worked_out_by_hand() {
    let report = run(&["reconcile", DEMO, "--format", "json"]).json();
    assert_eq!(report["as_of"], "2026-08-11");
    let mut expected: Vec<[String; 5]> = DEMO_CASES
        .iter()
        .map(|&(day, verdict, cause, paid, stake)| [day, verdict, cause, paid, stake].map(String::from))
        .collect();
    let mut found = verdicts(&report);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let totals: Vec<String> = report["summary"]["at_stake"].as_array().expect("totals").iter().map(money).collect();
    assert_eq!(totals, ["22.45 EUR", "309.20 USD"]);
}

/// Name of the golden file, width of the terminal, arguments.
const GOLDEN: &[(&str, &str, &[&str])] = &[
    ("table-en-80.txt", "80", &["reconcile", DEMO]),
    ("table-en-60.txt", "60", &["reconcile", DEMO]),
    ("table-zh-80.txt", "80", &["reconcile", DEMO, "--lang", "zh"]),
    ("table-zh-60.txt", "60", &["reconcile", DEMO, "--lang", "zh"]),
    ("report.json", "80", &["reconcile", DEMO, "--format", "json"]),
    ("report.csv", "80", &["reconcile", DEMO, "--format", "csv"]),
    ("report-zh.md", "80", &["reconcile", DEMO, "--format", "markdown", "--lang", "zh"]),
    ("report.html", "80", &["reconcile", DEMO, "--format", "html"]),
    ("help.txt", "80", &["reconcile", "--help"]),
    ("inspect-en-80.txt", "80", &["inspect", DEMO]),
    ("inspect-zh-60.txt", "60", &["inspect", DEMO, "--lang", "zh"]),
    ("inspect.json", "80", &["inspect", DEMO, "--format", "json"]),
    ("entries-en-80.txt", "80", &["entries", DEMO]),
    ("entries-zh-60.txt", "60", &["entries", DEMO, "--lang", "zh"]),
    ("entries.csv", "80", &["entries", DEMO, "--format", "csv"]),
    ("entries.json", "80", &["entries", DEMO, "--format", "json"]),
];

#[test]
fn the_demo_prints_its_golden_files() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/demo");
    let bless = std::env::var_os("PAYPROOF_BLESS").is_some_and(|value| value == "1");
    if bless {
        let _ = fs::remove_dir_all(&kept);
        fs::create_dir_all(&kept).expect("the golden folder");
    }
    let mut wrong = Vec::new();
    for &(name, columns, args) in GOLDEN {
        let ran = run_with(args, &[("COLUMNS", columns)]);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{name}");
        if bless {
            fs::write(kept.join(name), &ran.stdout).expect("the golden file can be written");
        } else if fs::read(kept.join(name)).ok().as_ref() != Some(&ran.stdout) {
            wrong.push(name.to_string());
        }
    }
    for entry in fs::read_dir(&kept).expect("the golden folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if !GOLDEN.iter().any(|(golden, ..)| *golden == name) {
            wrong.push(format!("{name} (nothing prints it)"));
        }
    }
    assert!(wrong.is_empty(), "changed: {wrong:?}; see the head of this file for how to rewrite them");
}

/// What README.md shows of the demo's output: the fenced block after its prompt, `...` standing for lines left out.
#[test]
fn the_readme_shows_real_output() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let mut shown = 0;
    for (language, prompt) in [
        ("en", "```text\n$ payproof reconcile fixtures/demo\n"),
        ("zh", "```text\n$ payproof reconcile fixtures/demo --lang zh\n"),
    ] {
        let real = run(&["reconcile", DEMO, "--lang", language]).text();
        let Some((_, rest)) = readme.split_once(prompt) else { panic!("README.md shows no output in `{language}`") };
        let block = rest.split("```").next().unwrap_or_default();
        for piece in block.split("...\n").filter(|piece| !piece.trim().is_empty()) {
            assert!(real.contains(piece), "README.md shows what payproof does not print:\n{piece}");
            shown += piece.lines().count();
        }
    }
    assert!(shown > 10, "README.md shows only {shown} lines of output");
}

// ---- streams and exit status

#[test]
fn the_exit_status_tells_what_happened() {
    let place = folder("exit_status");
    let statement = put(&place, "card.csv", &format!("{CHASE_HEAD}{CHASE_CHARGE}{CHASE_LATER}"));
    let billing = put(&place, "billing.csv", BILLING);
    let status = |args: &[&str]| run(args).status;
    assert_eq!(status(&["reconcile", DEMO]), Some(0));
    assert_eq!(status(&["reconcile", DEMO, "--check"]), Some(1));
    assert_eq!(status(&["reconcile", &statement, &billing, "--check"]), Some(0));
    assert_eq!(status(&["reconcile", "no-such-file.csv"]), Some(2));
    assert_eq!(status(&["reconcile", "no-such-file.csv", "--check"]), Some(2));
    assert_eq!(status(&["reconcile"]), Some(2));
    assert_eq!(status(&["reconcile", DEMO, "--no-such-option"]), Some(2));
    assert_eq!(status(&["no-such-command"]), Some(2));
    assert_eq!(status(&["--help"]), Some(0));
    assert_eq!(status(&["--version"]), Some(0));
}

#[test]
fn data_goes_to_stdout_and_everything_else_to_stderr() {
    let good = run(&["reconcile", DEMO]);
    assert!(!good.stdout.is_empty());
    assert_eq!(good.stderr, "", "no progress where stderr is no terminal");
    for args in
        [&["reconcile", "no-such-file.csv"] as &[&str], &["reconcile", DEMO, "--no-such-option"], &["reconcile"]]
    {
        let bad = run(args);
        assert_eq!(bad.text(), "", "{args:?}");
        assert!(bad.stderr.starts_with("error"), "{args:?}: {}", bad.stderr);
    }
    assert!(run(&["reconcile", "no-such-file.csv"]).stderr.contains("no-such-file.csv"));
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    for format in ["table", "json", "csv", "markdown", "html"] {
        let mut child = payproof(&["reconcile", DEMO, "--format", format]);
        let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("payproof starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("payproof ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), stderr.as_ref()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_bad_row_stops_the_run_and_is_named_by_its_physical_line() {
    let place = folder("bad_row");
    let bad = "\r\n03/18/2026,03/19/2026,GROCER,Groceries,Sale,-12.5O,\r\n";
    let statement = put(&place, "card.csv", &format!("{CHASE_HEAD}{CHASE_CHARGE}{bad}{CHASE_LATER}"));
    let billing = put(&place, "billing.csv", BILLING);
    let stopped = run(&["reconcile", &statement, &billing]);
    assert_eq!((stopped.status, stopped.text().as_str()), (Some(2), ""));
    assert!(stopped.stderr.contains("card.csv:4:"), "{}", stopped.stderr);
    assert!(stopped.stderr.contains("-12.5O"), "{}", stopped.stderr);
    let skipped = run(&["reconcile", &statement, &billing, "--skip-bad-rows", "--format", "json"]);
    assert_eq!(skipped.status, Some(0), "{}", skipped.stderr);
    let report = skipped.json();
    let rejected: Vec<&Value> = report["sources"]
        .as_array()
        .expect("sources")
        .iter()
        .flat_map(|s| s["rejected"].as_array().expect("rejected"))
        .collect();
    assert_eq!(rejected.len(), 1);
    assert_eq!(rejected[0]["line"], 4);
}

// ---- files

#[test]
fn a_file_that_is_not_ours_is_refused_by_name_and_ignored_in_a_folder() {
    let place = folder("not_ours");
    put(&place, "card.csv", &format!("{CHASE_HEAD}{CHASE_CHARGE}{CHASE_LATER}"));
    put(&place, "billing.csv", BILLING);
    let recipe = put(&place, "recipe.txt", "Two eggs, a cup of flour, and patience.\n");
    let inside = place.to_str().expect("a UTF-8 path");
    let named = run(&["reconcile", inside, &recipe]);
    assert_eq!((named.status, named.text().as_str()), (Some(2), ""));
    assert!(named.stderr.contains("recipe.txt"), "{}", named.stderr);
    let listed = run(&["reconcile", inside]);
    assert_eq!(listed.status, Some(0), "{}", listed.stderr);
    assert!(format!("{}{}", listed.text(), listed.stderr).contains("recipe.txt"), "the ignored file is not listed");
}

#[test]
fn output_is_written_where_it_is_wanted_and_nowhere_else() {
    let place = folder("output");
    for format in ["table", "json", "csv", "markdown", "html"] {
        let file = put(&place, "report", "an older report, longer than nothing");
        let written = run(&["reconcile", DEMO, "--format", format, "--output", &file]);
        assert_eq!((written.status, written.text().as_str()), (Some(0), ""), "{format}: {}", written.stderr);
        let bytes = fs::read(&file).expect("the report");
        let printed = run(&["reconcile", DEMO, "--format", format]).stdout;
        assert!(!printed.starts_with(BOM), "{format} on stdout begins with a byte order mark");
        let expected = if format == "csv" { [BOM, &printed].concat() } else { printed };
        assert!(bytes == expected, "{format}: the file differs from what is printed");
        let names: Vec<_> =
            fs::read_dir(&place).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(names, ["report"], "something else was left behind");
    }
    let absent = place.join("not-written");
    let failed = run(&["reconcile", "no-such-file.csv", "--output", absent.to_str().expect("a UTF-8 path")]);
    assert_eq!(failed.status, Some(2));
    assert!(!absent.exists());
}

#[test]
fn a_template_is_filled_in_and_a_sample_row_left_in_is_refused() {
    let place = folder("template");
    for name in ["billing", "observations", "attempts"] {
        let template = run(&["formats", "template", name]);
        assert_eq!(template.status, Some(0), "{}", template.stderr);
        let file = put(&place, &format!("{name}.csv"), &template.text());
        let refused = run(&["reconcile", &file]);
        assert_eq!((refused.status, refused.text().as_str()), (Some(2), ""), "{name}");
        assert!(refused.stderr.contains(&format!("{name}.csv:2")), "{}", refused.stderr);
    }
    assert_eq!(run(&["formats", "template", "no-such-form"]).status, Some(2));
    assert!(run(&["formats"]).text().contains("paypal"));
}

// ---- sameness

#[test]
fn the_order_of_the_arguments_changes_nothing() {
    let names = [
        "attempts.csv",
        "chase-visa.csv",
        "cmb-credit.csv",
        "n26.csv",
        "openai-billing.csv",
        "openai-plan-page.csv",
        "paypal.csv",
    ];
    let files = names.map(demo_file);
    let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
    args.extend(["--format", "json"]);
    let forward = run(&[&["reconcile"], args.as_slice()].concat());
    args.reverse();
    let backward = ["reconcile", "--format", "json"].into_iter().chain(args.into_iter().skip(2));
    let backward = run(&backward.collect::<Vec<_>>());
    assert_eq!(forward.status, Some(0), "{}", forward.stderr);
    assert!(forward.stdout == backward.stdout);
    assert!(forward.stdout == run(&["reconcile", DEMO, "--format", "json"]).stdout, "a folder and its files differ");
}

#[test]
fn an_export_given_twice_and_shuffled_rows_change_no_case() {
    let place = folder("twice");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(DEMO)).expect("the demo") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, place.join(path.file_name().expect("a name"))).expect("a copy");
    }
    fs::copy(place.join("cmb-credit.csv"), place.join("cmb-credit-again.csv")).expect("a copy");
    for name in ["chase-visa.csv", "openai-billing.csv"] {
        let text = fs::read_to_string(place.join(name)).expect("a demo file");
        let (head, rows) = text.split_once('\n').expect("a header");
        let rows: String = rows.split_inclusive('\n').rev().collect();
        put(&place, name, &format!("{head}\n{rows}"));
    }
    let varied = run(&["reconcile", place.to_str().expect("a UTF-8 path"), "--format", "json"]);
    assert_eq!(varied.status, Some(0), "{}", varied.stderr);
    let plain = run(&["reconcile", DEMO, "--format", "json"]).json();
    assert_eq!(verdicts(&varied.json()), verdicts(&plain));
}

#[test]
fn no_environment_reaches_the_output() {
    let foreign = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("LC_NUMERIC", "de_DE.UTF-8"),
        ("HOME", "."),
        ("TERM", "dumb"),
    ];
    for format in ["table", "json", "csv", "markdown", "html"] {
        let args = ["reconcile", DEMO, "--format", format];
        assert!(run(&args).stdout == run_with(&args, &foreign).stdout, "{format}");
    }
    let json = ["reconcile", DEMO, "--format", "json"];
    assert!(run(&json).stdout == run_with(&json, &[("COLUMNS", "40")]).stdout, "the width reaches the JSON");
}

// ---- language and colour

#[test]
fn lang_is_the_default_and_the_option_wins() {
    let args = ["reconcile", DEMO];
    let english = run(&args).stdout;
    let chinese = run(&["reconcile", DEMO, "--lang", "zh"]).stdout;
    assert!(english != chinese);
    for lang in ["zh_CN.UTF-8", "zh", "zh_TW.UTF-8"] {
        assert!(run_with(&args, &[("LANG", lang)]).stdout == chinese, "{lang}");
    }
    for lang in ["en_US.UTF-8", "C", "de_DE.UTF-8", ""] {
        assert!(run_with(&args, &[("LANG", lang)]).stdout == english, "{lang}");
    }
    let overridden = run_with(&["reconcile", DEMO, "--lang", "en"], &[("LANG", "zh_CN.UTF-8")]);
    assert!(overridden.stdout == english);
    assert_eq!(run(&["reconcile", DEMO, "--lang", "tlh"]).status, Some(2));
}

#[test]
fn colour_is_an_addition() {
    let plain = run(&["reconcile", DEMO]).text();
    assert!(!plain.contains('\u{1b}'), "colour where stdout is no terminal");
    assert_eq!(run(&["reconcile", DEMO, "--color", "never"]).text(), plain);
    assert_eq!(run_with(&["reconcile", DEMO], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]).text(), plain);
    let coloured = run(&["reconcile", DEMO, "--color", "always"]).text();
    assert!(coloured.contains("\u{1b}["));
    let stripped: String = coloured
        .split("\u{1b}[")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) })
        .collect();
    assert_eq!(stripped, plain, "colour changes the text");
    let json = run(&["reconcile", DEMO, "--format", "json", "--color", "always"]).text();
    assert!(!json.contains('\u{1b}'), "colour in data");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for columns in ["60", "80", "120"] {
        for lang in ["en", "zh"] {
            let text = run_with(&["reconcile", DEMO, "--lang", lang], &[("COLUMNS", columns)]).text();
            for line in text.lines() {
                let width = unicode_width::UnicodeWidthStr::width(line);
                assert!(width <= columns.parse().expect("a number"), "{lang} at {columns}: {width} wide\n{line}");
            }
        }
    }
}
