//! Currency cases worked out twice: by payproof, and by a Python script that knows the rules and shares no figure.
//!
//! Ignored by default, because they need Python: `cargo test --test fx -- --ignored`, with `PYTHON` naming the
//! interpreter where it is not `python3`.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn below(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What the script makes of its arguments.
fn reckoned(arguments: &[&str]) -> Value {
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let script = Command::new(python)
        .arg(below("tests/fx/reckon.py"))
        .arg(below("src/rates/data/eurofxref-2022-11.csv"))
        .args(arguments)
        .output()
        .expect("Python starts");
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    serde_json::from_slice(&script.stdout).expect("the script prints JSON")
}

/// What payproof makes of the same inputs.
fn explained(cases: &Value, name: &str) -> Value {
    let mut bare = cases.clone();
    for case in bare["examples"].as_array_mut().expect("a list of cases") {
        case.as_object_mut().expect("a case").remove("expected");
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bare.to_string()).expect("the cases can be written");
    let output =
        Command::new(env!("CARGO_BIN_EXE_payproof")).args(["fx", "explain"]).arg(&path).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn agree(reckoned: &Value, name: &str) -> usize {
    let explained = explained(reckoned, name);
    let both =
        reckoned["examples"].as_array().expect("cases").iter().zip(explained["examples"].as_array().expect("cases"));
    let mut count = 0;
    for (theirs, ours) in both {
        assert_eq!(theirs["input"], ours["input"]);
        assert_eq!(theirs["expected"], ours["expected"], "{}: {}", theirs["id"], theirs["input"]);
        count += 1;
    }
    count
}

#[test]
#[ignore = "needs Python"]
fn every_trap_is_answered_as_the_rules_say() {
    let traps = below("tests/fx/traps.json");
    let cases = reckoned(&["cases", traps.to_str().expect("a path in UTF-8")]);
    assert!(agree(&cases, "traps.json") >= 20);
    // What makes each a trap, said once more in words.
    for case in cases["examples"].as_array().expect("cases") {
        for (key, value) in case["because"].as_object().expect("what the trap is about") {
            assert_eq!(&case["expected"][key], value, "{}: {key}", case["id"]);
        }
    }
}

#[test]
#[ignore = "needs Python"]
fn invented_cases_are_worked_out_alike() {
    for seed in ["1", "2026", "77"] {
        assert_eq!(agree(&reckoned(&["random", "400", seed]), &format!("invented-{seed}.json")), 400);
    }
}
