//! The real binary, and its report as values.

use super::day::Day;
use super::folder::{RowId, Written};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// What a run left behind.
pub struct Outcome {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `payproof reconcile` on paths with further options, in a bare environment.
pub fn reconcile(paths: &[&Path], options: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().arg("reconcile").args(paths).args(options);
    let Output { status, stdout, stderr } = command.output().expect("the binary starts");
    Outcome {
        status: status.code(),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

/// Amount and currency, as printed.
pub type Printed = (String, String);

/// One cited row.
#[derive(Clone, Debug)]
pub struct Cited {
    pub file: String,
    pub line: usize,
    pub role: String,
    pub row: Option<RowId>,
}

/// One case of a report.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: String,
    pub verdict: String,
    pub cause: Option<String>,
    pub claimable: bool,
    pub claim_to: Option<String>,
    pub confidence: String,
    pub paid: Option<Printed>,
    pub at_stake: Option<Printed>,
    pub lines: Vec<Cited>,
    pub reasons: Vec<String>,
    pub deadlines: Vec<(String, String)>,
    pub raw: Value,
}

impl Case {
    pub fn rows(&self) -> Vec<RowId> {
        self.lines.iter().filter_map(|line| line.row).collect()
    }

    pub fn has_reason(&self, code: &str) -> bool {
        self.reasons.iter().any(|reason| reason == code)
    }
}

/// A report.
pub struct Report {
    pub cases: Vec<Case>,
    pub raw: Value,
}

impl Report {
    /// The only case that cites a row.
    pub fn case_of(&self, row: RowId) -> &Case {
        let mut of = self.cases.iter().filter(|case| case.rows().contains(&row));
        let case = of.next().unwrap_or_else(|| panic!("no case cites row {row}: {:#}", self.raw["cases"]));
        assert!(of.next().is_none(), "two cases cite row {row}: {:#}", self.raw["cases"]);
        case
    }
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn money(value: &Value) -> Option<Printed> {
    Some((string(&value["amount"])?, string(&value["currency"])?))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn cited(value: &Value, names: &[String], written: &Written) -> Cited {
    let source = value["source"].as_u64().expect("a source index");
    let file = names[usize::try_from(source).expect("an index")].clone();
    let line = usize::try_from(value["line"].as_u64().expect("a line")).expect("a line");
    let row = written.rows.get(&(file.clone(), line)).copied();
    Cited { file, line, role: string(&value["role"]).expect("a role"), row }
}

/// Reads a report of `--format json`.
pub fn read(json: &str, written: &Written) -> Report {
    let raw: Value = serde_json::from_str(json).unwrap_or_else(|why| panic!("no JSON ({why}): {json}"));
    let base = |path: &Value| path.as_str().expect("a path").rsplit('/').next().expect("a name").to_owned();
    let names: Vec<String> = list(&raw["sources"]).iter().map(|source| base(&source["path"])).collect();
    let cases = list(&raw["cases"])
        .iter()
        .map(|case| Case {
            id: string(&case["id"]).expect("an id"),
            verdict: string(&case["verdict"]).expect("a verdict"),
            cause: string(&case["cause"]),
            claimable: case["claimable"].as_bool().expect("claimable"),
            claim_to: string(&case["claim_to"]),
            confidence: string(&case["confidence"]).expect("a confidence"),
            paid: money(&case["paid"]),
            at_stake: money(&case["at_stake"]),
            lines: list(&case["lines"]).iter().map(|line| cited(line, &names, written)).collect(),
            reasons: list(&case["reasons"]).iter().filter_map(|reason| string(&reason["code"])).collect(),
            deadlines: list(&case["deadlines"])
                .iter()
                .filter_map(|item| Some((string(&item["what"])?, string(&item["by"])?)))
                .collect(),
            raw: case.clone(),
        })
        .collect();
    Report { cases, raw }
}

/// Reconciles a written folder as of a day for some accounts, and reads the report; panics where the binary refuses.
pub fn report(written: &Written, as_of: Day, accounts: &[&str], more: &[&str]) -> Report {
    let as_of = as_of.to_string();
    let mut options = vec!["--as-of", as_of.as_str(), "--format", "json"];
    for account in accounts {
        options.extend(["--account", account]);
    }
    options.extend(more);
    let outcome = reconcile(&[&written.dir], &options);
    assert_eq!(outcome.status, Some(0), "{}\n{}", written.dir.display(), outcome.stderr);
    let report = read(&outcome.stdout, written);
    options.retain(|option| !["--format", "json"].contains(option));
    if report.cases.iter().any(|case| case.claimable) {
        claims(&written.dir, &options);
    }
    report
}

/// Whatever can be claimed makes a bundle that stands up to its check and lets nothing private through.
fn claims(folder: &Path, options: &[&str]) {
    let bundle = folder.with_extension("zip");
    let run = |arguments: &mut Command| {
        let output = arguments.env_clear().output().expect("the binary starts");
        assert!(output.status.success(), "{}\n{}", folder.display(), String::from_utf8_lossy(&output.stderr));
    };
    let binary = || Command::new(env!("CARGO_BIN_EXE_payproof"));
    run(binary().arg("claim").arg(folder).args(options).arg("--force").arg("--output").arg(&bundle));
    run(binary().arg("verify").arg(&bundle));
    std::fs::remove_file(&bundle).expect("the bundle");
}
