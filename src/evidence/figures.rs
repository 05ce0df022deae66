//! Whether the figures of a bundle follow from the rows it carries. Nothing is reconciled again: what is stated is
//! added up and looked up.
//!
//! For each case: its lines stand in `rows.json` with the same day and amount, and the cells carried there say that
//! day and amount; what was paid is one of the rows' amounts or a sum of some; what is at stake is no more than what
//! was paid or invoiced in that currency. Over all: the sums and counts are those of the cases, and the table says
//! the same as the JSON.

use super::rows::{MoneyOut, RowOut, Rows};
use super::verify::Fault;
use crate::domain::Money;
use crate::verdict::sum_by_currency;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Amounts of one case that are tried in every combination; the longest real chain has a dozen.
const PARTS_MAX: usize = 16;

/// Reasons that rest on something not being there. Files that are not in the bundle could show it after all.
const ABSENCES: [&str; 7] = [
    "no-invoice",
    "credit-not-granted",
    "refund-not-seen",
    "duplicate-of",
    "charged-after-cancel",
    "paid-elsewhere",
    "unpaid-invoice",
];

/// What `discrepancies.json` must hold for its figures to be checked; what else it says is not looked at.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    pub as_of: String,
    pub sources: Vec<Source>,
    pub cases: Vec<Case>,
    pub summary: Summary,
}

#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub path: String,
    pub sha256: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Case {
    pub id: String,
    pub verdict: String,
    pub claimable: bool,
    pub charged_on: Option<String>,
    pub paid: Option<MoneyOut>,
    pub invoiced: Option<MoneyOut>,
    pub at_stake: Option<MoneyOut>,
    pub lines: Vec<Line>,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Line {
    pub source: u32,
    pub line: u32,
    pub role: String,
    pub date: String,
    pub money: Option<MoneyOut>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Reason {
    pub code: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Summary {
    pub by_verdict: BTreeMap<String, u32>,
    pub at_stake: Vec<MoneyOut>,
}

impl Report {
    /// The cases that rest on an absence, with the sentence that says so.
    pub fn absences(&self) -> Vec<(String, String)> {
        let of_case = |case: &Case| {
            let reason = case.reasons.iter().find(|reason| ABSENCES.contains(&reason.code.as_str()))?;
            Some((case.id.clone(), reason.text.clone()))
        };
        self.cases.iter().filter_map(of_case).collect()
    }

    /// What is at stake over all cases, as the report states it.
    pub fn at_stake(&self) -> Vec<String> {
        self.summary.at_stake.iter().map(|money| format!("{} {}", money.amount, money.currency)).collect()
    }
}

/// Everything that does not follow.
pub(super) fn check(report: &Report, rows: &Rows) -> Vec<Fault> {
    let mut faults = Vec::new();
    let same_sources = report.sources.len() == rows.sources.len()
        && report.sources.iter().zip(&rows.sources).all(|(a, b)| a.path == b.file && a.sha256 == b.sha256);
    if !same_sources || report.as_of != rows.as_of {
        faults.push(Fault::SourcesDiffer);
    }
    for row in &rows.rows {
        check_cells(rows, row, &mut faults);
        let cites = |case: &Case| row.cited_by.iter().any(|cited| cited.case == case.id);
        if !report.cases.iter().any(cites) {
            faults.push(Fault::RowUncited { line: row.line });
        }
    }
    for case in &report.cases {
        check_case(case, rows, &mut faults);
    }
    check_sums(report, &mut faults);
    faults
}

/// The day and amount of a row are those that its cells say.
fn check_cells(rows: &Rows, row: &RowOut, faults: &mut Vec<Fault>) {
    if !rows.days_of(row).iter().any(|day| day.to_string() == row.date) {
        faults.push(Fault::RowDay { line: row.line });
    }
    let Some(stated) = &row.money else { return };
    let says = stated.money().is_some_and(|money| {
        let parts = rows.amounts_of(row, money.currency());
        adds_up(money.abs().minor_units(), &parts, 2)
    });
    if !says {
        faults.push(Fault::RowAmount { line: row.line });
    }
}

fn check_case(case: &Case, rows: &Rows, faults: &mut Vec<Fault>) {
    let mut cited: Vec<&RowOut> = Vec::new();
    for line in &case.lines {
        let fits = |row: &&RowOut| {
            row.source == line.source
                && row.line == line.line
                && row.date == line.date
                && row.money == line.money
                && row.cited_by.iter().any(|by| by.case == case.id && by.role == line.role)
        };
        match rows.rows.iter().find(fits) {
            Some(row) => cited.push(row),
            None => faults.push(Fault::LineMissing { case: case.id.clone(), line: line.line }),
        }
    }
    let money = |stated: &Option<MoneyOut>| stated.as_ref().map(|stated| stated.money());
    let (paid, invoiced, at_stake) = (money(&case.paid), money(&case.invoiced), money(&case.at_stake));
    if [paid, invoiced, at_stake].contains(&Some(None)) {
        faults.push(Fault::NoAmount { case: case.id.clone() });
        return;
    }
    let (paid, invoiced, at_stake) = (paid.flatten(), invoiced.flatten(), at_stake.flatten());
    for stated in [paid, invoiced].into_iter().flatten() {
        if !follows(stated, &cited, rows) {
            faults.push(Fault::NotFromRows { case: case.id.clone(), money: stated.to_string() });
        }
    }
    if case.charged_on.as_ref().is_some_and(|day| !cited.iter().any(|row| row.date == *day || says_day(rows, row, day)))
    {
        faults.push(Fault::LineMissing { case: case.id.clone(), line: 0 });
    }
    let bound = |bound: Option<Money>, stake: Money| {
        bound.is_some_and(|b| b.currency() == stake.currency() && stake.minor_units() <= b.minor_units())
    };
    let fits = match at_stake {
        Some(stake) => case.claimable && (bound(paid, stake) || bound(invoiced, stake)) && !stake.is_negative(),
        None => !case.claimable,
    };
    if !fits {
        faults.push(Fault::StakeTooLarge { case: case.id.clone() });
    }
}

fn says_day(rows: &Rows, row: &RowOut, day: &str) -> bool {
    rows.days_of(row).iter().any(|said| said.to_string() == day)
}

/// Whether an amount is said by the cited rows: by one of them, or by some together.
fn follows(stated: Money, cited: &[&RowOut], rows: &Rows) -> bool {
    let wanted = stated.abs().minor_units();
    let mut parts: Vec<i64> = Vec::new();
    for row in cited {
        let money = row.money.as_ref().and_then(MoneyOut::money).filter(|money| money.currency() == stated.currency());
        parts.extend(money.map(|money| money.abs().minor_units()));
        let said = rows.amounts_of(row, stated.currency());
        if said.contains(&wanted) {
            return true;
        }
        // A fee of a row's own stands in a column beside the amount.
        let own = money.map(|money| money.abs().minor_units());
        parts.extend(said.into_iter().filter(|part| own.is_some() && Some(*part) != own));
    }
    adds_up(wanted, &parts, PARTS_MAX)
}

/// Whether some of the parts, at most so many, add up to what is wanted.
fn adds_up(wanted: i64, parts: &[i64], parts_max: usize) -> bool {
    let mut parts: Vec<i64> = parts.iter().copied().filter(|part| *part > 0 && *part <= wanted).collect();
    parts.sort_unstable_by(|a, b| b.cmp(a));
    parts.truncate(PARTS_MAX);
    fn reach(wanted: i64, parts: &[i64], left: usize) -> bool {
        match (wanted, parts.split_first()) {
            (0, _) => true,
            (_, Some((first, rest))) if wanted > 0 && left > 0 => {
                reach(wanted.saturating_sub(*first), rest, left.saturating_sub(1)) || reach(wanted, rest, left)
            }
            _ => false,
        }
    }
    reach(wanted, &parts, parts_max)
}

fn check_sums(report: &Report, faults: &mut Vec<Fault>) {
    let stakes = report.cases.iter().filter_map(|case| case.at_stake.as_ref()?.money());
    let sums = sum_by_currency(stakes).map(|sums| sums.into_iter().map(MoneyOut::of).collect::<Vec<_>>());
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for case in &report.cases {
        let count = counts.entry(case.verdict.clone()).or_default();
        *count = count.saturating_add(1);
    }
    if sums.as_ref() != Some(&report.summary.at_stake) || counts != report.summary.by_verdict {
        faults.push(Fault::SumsDiffer);
    }
}

/// Whether a table of the cases says the same as the report: ids, verdicts and amounts, in its order.
pub(super) fn table_agrees(report: &Report, table: &[u8]) -> bool {
    let mut reader = csv::ReaderBuilder::new().from_reader(table.strip_prefix(b"\xef\xbb\xbf").unwrap_or(table));
    let Ok(titles) = reader.headers().cloned() else { return false };
    let column = |title: &str| titles.iter().position(|known| known == title);
    let columns =
        ["case", "verdict", "paid", "paid_currency", "invoiced", "invoiced_currency", "at_stake", "at_stake_currency"];
    let Some(columns) = columns.iter().map(|title| column(title)).collect::<Option<Vec<usize>>>() else { return false };
    let Ok(records) = reader.records().collect::<Result<Vec<_>, _>>() else { return false };
    let said = records
        .iter()
        .map(|record| columns.iter().map(|at| record.get(*at).unwrap_or_default().to_string()).collect::<Vec<_>>());
    let wanted = report.cases.iter().map(|case| {
        let mut cells = vec![case.id.clone(), case.verdict.clone()];
        for money in [&case.paid, &case.invoiced, &case.at_stake] {
            cells.push(money.as_ref().map(|money| money.amount.clone()).unwrap_or_default());
            cells.push(money.as_ref().map(|money| money.currency.clone()).unwrap_or_default());
        }
        cells
    });
    said.eq(wanted)
}

/// The report, where the text is one.
pub(super) fn read_report(bytes: &[u8]) -> Option<Report> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let is_ours = value.get("schema").and_then(Value::as_str) == Some("payproof.report/1");
    if is_ours { serde_json::from_value(value).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::adds_up;

    #[test]
    fn a_sum_of_some_is_found_and_no_other() {
        assert!(adds_up(2045, &[2000, 45, 9999], 16));
        assert!(adds_up(2000, &[2000], 1));
        assert!(adds_up(0, &[], 1));
        assert!(!adds_up(2046, &[2000, 45], 16));
        assert!(!adds_up(30, &[10, 10, 10], 2));
    }
}
