//! The worked cases of `../shared/scenarios`: full marks on every one, and every report obeys the published schema.
//!
//! Ignored by default, because they need the folder beside the project and Python with the `jsonschema` package:
//! `cargo test --test scenarios -- --ignored`, with `PYTHON` naming the interpreter where it is not `python3`.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn shared(below: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(below);
    assert!(path.exists(), "{} does not exist; it stands beside the project", path.display());
    path
}

fn python() -> Command {
    Command::new(std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()))
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_string();
    format!("{}\n{}", text(&output.stdout), text(&output.stderr)).trim().to_string()
}

/// The scenario folders by name, sorted.
fn scenarios() -> Vec<PathBuf> {
    let entries = fs::read_dir(shared("scenarios")).expect("the scenarios can be listed");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|path| path.join("expected.json").exists());
    folders.sort();
    assert!(folders.len() >= 29, "only {} scenarios found", folders.len());
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// Runs a command over a scenario and leaves its JSON in a file of the test's own folder.
fn json_of(command_name: &str, folder: &Path, kept_under: &str) -> Result<PathBuf, String> {
    let expected = fs::read_to_string(folder.join("expected.json")).expect("expected.json can be read");
    let expected: Value = serde_json::from_str(&expected).expect("expected.json is JSON");
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.arg(command_name).arg(folder.join("input")).args(["--format", "json"]);
    command.arg("--as-of").arg(expected["as_of"].as_str().expect("an as-of day"));
    for account in expected["accounts"].as_array().expect("accounts") {
        command.arg("--account").arg(account.as_str().expect("an account"));
    }
    let output = command.output().expect("payproof starts");
    if !output.status.success() {
        return Err(said(&output));
    }
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(kept_under);
    fs::create_dir_all(&kept).expect("a folder for the reports");
    let path = kept.join(format!("{}.json", name(folder)));
    fs::write(&path, &output.stdout).expect("the report can be written");
    Ok(path)
}

#[test]
#[ignore = "needs ../shared and Python"]
#[allow(clippy::print_stdout, reason = "the marks of each scenario are what the run is read for")]
fn every_scenario_gets_full_marks() {
    let score = shared("scenarios/score.py");
    let mut short = Vec::new();
    for folder in scenarios() {
        let marks = json_of("reconcile", &folder, "scored").and_then(|path| {
            let output = python().arg(&score).arg(path).arg(folder.join("expected.json")).arg("--verbose").output();
            let output = output.map_err(|error| format!("Python does not start: {error}"))?;
            if output.status.success() { Ok(said(&output)) } else { Err(said(&output)) }
        });
        match marks {
            Ok(line) => println!("{}: {line}", name(&folder)),
            Err(lines) => short.push(format!("{}:\n{lines}", name(&folder))),
        }
    }
    assert!(short.is_empty(), "{} scenarios are short of full marks\n{}", short.len(), short.join("\n"));
}

/// Validates every file named after the two schemas by the first of them; prints one line per fault.
const VALIDATE: &str = r#"
import json, sys
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
schema, other = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
Draft202012Validator.check_schema(schema)
registry = Registry().with_resource(other["$id"], Resource.from_contents(other))
validator = Draft202012Validator(schema, registry=registry)
faults = 0
for path in sys.argv[3:]:
    for error in validator.iter_errors(json.load(open(path, encoding="utf-8"))):
        faults += 1
        print(path, error.json_path, error.message)
sys.exit(1 if faults else 0)
"#;

#[test]
#[ignore = "needs ../shared and Python with jsonschema"]
fn every_report_obeys_the_schema() {
    obeys("reconcile", "contract/report.schema.json", "contract/entries.schema.json");
}

#[test]
#[ignore = "needs ../shared and Python with jsonschema"]
fn every_list_of_entries_obeys_the_schema() {
    obeys("entries", "contract/entries.schema.json", "contract/report.schema.json");
}

fn obeys(command: &str, schema: &str, other: &str) {
    let kept = format!("validated-{command}");
    let printed = scenarios().iter().map(|folder| json_of(command, folder, &kept)).collect::<Result<Vec<_>, _>>();
    let printed = printed.unwrap_or_else(|error| panic!("{error}"));
    let schemas = [shared(schema), shared(other)];
    let output = python().args(["-c", VALIDATE]).args(schemas).args(&printed).output().expect("Python starts");
    assert!(output.status.success(), "{}", said(&output));
}
