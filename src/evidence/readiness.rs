//! `claim --check`: what is still missing for a strong claim, and whether it is too early or nearly too late.

use super::claim::Claim;
use super::rows::RowOut;
use crate::domain::{Day, LastFour};
use crate::reconciliation::Reconciliation;
use crate::report::{case_headline, deadline_name};
use crate::source::SourceFile;
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Case, LineRole, Reason, Verdict};

/// A deadline this near is named as urgent.
const NEAR_DAYS: i64 = 14;

/// What to do before claiming, one purchase after the other. `claim` is `None` where nothing can be claimed yet.
pub fn readiness(whole: &Reconciliation, claim: Option<&Claim>, lang: Lang) -> String {
    let mut lines = Vec::new();
    let early: Vec<(&Case, String)> =
        whole.cases.iter().filter_map(|case| Some((case, too_early(case, lang)?))).collect();
    match claim {
        None => lines.push(say::ready_nothing(lang)),
        Some(claim) => {
            for case in &claim.reconciliation.cases {
                lines.push(case_headline(lang, case));
                let mut points = missing(case, claim, lang);
                if points.is_empty() {
                    points.push(say::ready_complete(lang));
                }
                points.extend(deadlines(case, whole.as_of, lang));
                lines.extend(points.iter().map(|point| format!("  - {point}")));
            }
        }
    }
    if !early.is_empty() {
        lines.push(say::ready_too_early(lang));
        for (case, why) in early {
            lines.push(case_headline(lang, case));
            lines.push(format!("  - {why}"));
        }
    }
    lines.join("\n") + "\n"
}

fn missing(case: &Case, claim: &Claim, lang: Lang) -> Vec<String> {
    let has = |roles: &[LineRole]| case.lines.iter().any(|line| roles.contains(&line.role));
    let mut points = Vec::new();
    if case.verdict == Verdict::ChargedNotActivated && !has(&[LineRole::PlanState, LineRole::CreditGrant]) {
        points.push(say::ready_no_observation(lang));
    }
    if !has(&[LineRole::Receipt, LineRole::Invoice]) {
        points.push(say::ready_no_receipt(lang));
    }
    if !names_card(case, claim) {
        points.push(say::ready_no_card(lang));
    }
    if has(&[LineRole::Authorization]) && !has(&[LineRole::Charge, LineRole::Release]) {
        points.push(say::ready_pending(lang));
    }
    if case.account.is_none() {
        points.push(say::ready_no_account(lang));
    }
    points
}

/// Whether a cited row names the card by its last four digits. Money that a wallet passed on needs none.
fn names_card(case: &Case, claim: &Claim) -> bool {
    let cites = |row: &&RowOut| row.cited_by.iter().any(|cited| cited.case == case.id);
    let source_of = |row: &RowOut| usize::try_from(row.source).ok();
    let through_wallet = case.lines.iter().filter(|line| line.role == LineRole::Charge).any(|line| {
        let file = usize::try_from(line.at.source.0).ok().and_then(|at| claim.reconciliation.sources.get(at));
        file.is_some_and(SourceFile::is_wallet)
    });
    through_wallet
        || claim.rows.rows.iter().filter(cites).any(|row| {
            let columns = source_of(row).and_then(|at| claim.rows.sources.get(at)).map(|source| &source.columns);
            let mut cells = columns.into_iter().flatten().zip(&row.cells);
            cells.any(|(column, cell)| {
                let is_card = matches!(column.role.as_deref(), Some("card" | "payment-method"));
                is_card && LastFour::at_end_of(cell).is_some()
            })
        })
}

fn deadlines(case: &Case, as_of: Day, lang: Lang) -> Vec<String> {
    let word = |by: Day, what: &str| {
        let what = deadline_name(lang, what);
        let left = by.days_since(as_of);
        match left {
            ..0 => say::ready_past(lang, by, what),
            0..=NEAR_DAYS => say::ready_near(lang, by, what, say::days(lang, left)),
            _ => say::ready_deadline(lang, by, what),
        }
    };
    case.deadlines.iter().map(|deadline| word(deadline.by, &deadline.what)).collect()
}

/// Why a purchase that may become a claim is not one yet.
fn too_early(case: &Case, lang: Lang) -> Option<String> {
    case.reasons.iter().find_map(|reason| match reason {
        Reason::HoldPending { falls_by, .. } => Some(say::ready_hold_until(lang, falls_by)),
        Reason::HoldOverdue { .. } => Some(say::ready_hold_overdue(lang)),
        Reason::TooRecent { callable_on, .. } => Some(say::ready_wait_until(lang, callable_on)),
        Reason::RefundPending { wait_until, .. } => Some(say::ready_refund_until(lang, wait_until)),
        _ => None,
    })
}
