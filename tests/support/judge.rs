//! The planted truth, and a report held against it: verdict, cause, claim, amounts, whole chains with no row too many,
//! no case too many.

use super::folder::{RowId, Written};
use super::run::{Case, Printed, Report};
use super::text;
use std::collections::BTreeSet;

/// One true case. Rows are those of its chain, the first being the one by which it is found.
#[derive(Clone, Debug)]
pub struct Truth {
    pub verdict: &'static str,
    pub cause: Option<&'static str>,
    pub paid: Option<Printed>,
    pub at_stake: Option<Printed>,
    pub rows: Vec<RowId>,
    /// Rows that may stand in the chain and need not.
    pub also: Vec<RowId>,
    /// Rows by which it may be found instead, and the whole set from which its rows may come: two charges of which
    /// either may be the one.
    pub either: Vec<RowId>,
}

/// A true case with this verdict.
pub fn case(verdict: &'static str) -> Truth {
    Truth { verdict, cause: None, paid: None, at_stake: None, rows: Vec::new(), also: Vec::new(), either: Vec::new() }
}

impl Truth {
    pub fn cause(mut self, cause: &'static str) -> Truth {
        self.cause = Some(cause);
        self
    }

    pub fn rows(mut self, rows: &[RowId]) -> Truth {
        self.rows.extend_from_slice(rows);
        self
    }

    pub fn also(mut self, rows: &[RowId]) -> Truth {
        self.also.extend_from_slice(rows);
        self
    }

    pub fn either(mut self, rows: &[RowId]) -> Truth {
        self.either.extend_from_slice(rows);
        self
    }

    pub fn paid(mut self, cents: i64, currency: &str) -> Truth {
        self.paid = Some((text(cents), currency.to_owned()));
        self
    }

    pub fn stake(mut self, cents: i64, currency: &str) -> Truth {
        self.at_stake = Some((text(cents), currency.to_owned()));
        self
    }

    /// Whether a claim can be made, by the tables of domain.md, section 4.
    pub fn claimable(&self) -> bool {
        match self.verdict {
            "refund-missing"
            | "duplicate-charge"
            | "wrong-account"
            | "charged-after-cancel"
            | "fx-underpaid"
            | "charged-not-activated" => true,
            "refund-short" => self.cause == Some("unexplained"),
            "amount-mismatch" => self.cause == Some("overcharged"),
            _ => false,
        }
    }

    fn anchors(&self) -> Vec<RowId> {
        if self.either.is_empty() { self.rows.iter().take(1).copied().collect() } else { self.either.clone() }
    }

    fn fits(&self, case: &Case) -> bool {
        case.verdict == self.verdict && (self.cause.is_none() || self.cause == case.cause.as_deref())
    }
}

fn shown(case: &Case, written: &Written) -> String {
    let cause = case.cause.as_deref().unwrap_or("-");
    let mut out = format!(
        "    reported: {} / {cause}, paid {:?}, at stake {:?}, {}, reasons {:?}",
        case.verdict, case.paid, case.at_stake, case.confidence, case.reasons
    );
    for line in &case.lines {
        let row = line.row.map_or_else(|| format!("{}:{}", line.file, line.line), |row| written.show(row));
        out += &format!("\n        {:<13} {row}", line.role);
    }
    out
}

fn wanted(truth: &Truth, written: &Written) -> String {
    let cause = truth.cause.unwrap_or("-");
    let mut out = format!("  true: {} / {cause}, paid {:?}, at stake {:?}", truth.verdict, truth.paid, truth.at_stake);
    for (rows, mark) in [(&truth.rows, "has"), (&truth.also, "may have"), (&truth.either, "either")] {
        for row in rows {
            out += &format!("\n        {mark:<13} {}", written.show(*row));
        }
    }
    out
}

/// What is wrong with the figures and the chain of a case that has the right verdict.
fn faults(truth: &Truth, case: &Case) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if case.claimable != truth.claimable() {
        faults.push("claimable");
    }
    if truth.paid.is_some() && case.paid != truth.paid {
        faults.push("paid");
    }
    if truth.at_stake.is_some() && case.at_stake != truth.at_stake {
        faults.push("at_stake");
    }
    let have: BTreeSet<RowId> = case.rows().into_iter().collect();
    let may: BTreeSet<RowId> = [&truth.rows, &truth.also, &truth.either].into_iter().flatten().copied().collect();
    if !truth.rows.iter().all(|row| have.contains(row)) {
        faults.push("a row of the chain is missing");
    }
    if have.iter().any(|row| !may.contains(row)) || case.lines.iter().any(|line| line.row.is_none()) {
        faults.push("a row too many");
    }
    faults
}

/// Every difference between a report and the truth, readable; none where the report is right.
pub fn differences(report: &Report, written: &Written, truths: &[Truth]) -> Vec<String> {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for truth in truths {
        let anchors = truth.anchors();
        let citing: Vec<usize> = (0..report.cases.len())
            .filter(|&at| report.cases[at].rows().iter().any(|row| anchors.contains(row)))
            .collect();
        let good: Vec<usize> =
            citing.iter().copied().filter(|at| !used.contains(at) && truth.fits(&report.cases[*at])).collect();
        let best = good.iter().copied().min_by_key(|&at| faults(truth, &report.cases[at]).len());
        let Some(at) = best else {
            let mut out = "WRONG VERDICT\n".to_owned() + &wanted(truth, written);
            for at in citing {
                out += "\n";
                out += &shown(&report.cases[at], written);
            }
            found.push(out);
            continue;
        };
        used.insert(at);
        let faults = faults(truth, &report.cases[at]);
        if !faults.is_empty() {
            let head = format!("WRONG {}\n", faults.join(", ").to_uppercase());
            found.push(head + &wanted(truth, written) + "\n" + &shown(&report.cases[at], written));
        }
    }
    for (at, case) in report.cases.iter().enumerate() {
        if !used.contains(&at) {
            found.push("A CASE TOO MANY\n".to_owned() + &shown(case, written));
        }
    }
    found
}
