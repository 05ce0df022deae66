//! The cases as Markdown, to be pasted into an issue tracker.
//!
//! Text from files stands in code spans only, where neither markup nor mentions nor links come alive; the sentences
//! around it are our own.

use super::View;
use super::row::{Row, amount};
use super::summary::Summary;
use super::voice::{Fence, Voice};
use crate::reconciliation::Reconciliation;
use crate::text::{Lang, catalogue as say};

/// A heading, a table of one row a case, and the summary.
pub fn markdown(reconciliation: &Reconciliation, view: &View) -> String {
    let lang = view.lang;
    let voice = Voice::new(view, Fence::CodeSpan);
    let rows = Row::all(reconciliation, voice);
    let summary = Summary::new(reconciliation, &voice);
    let count = say::purchases(lang, rows.len());
    let mut lines = vec![format!("## {}", say::heading(lang, count, reconciliation.as_of)), String::new()];
    if rows.is_empty() {
        lines.push(say::no_cases(lang));
    } else {
        lines.extend(head(lang));
        lines.extend(rows.iter().map(|row| record(row, lang)));
    }
    lines.extend([String::new(), format!("### {}", say::summary_heading(lang)), String::new()]);
    lines.extend(summary.counts.iter().map(|(count, verdict)| format!("- {count} × {verdict}")));
    lines.push(format!("- {}", summary.claims(lang)));
    lines.push(format!("- {}", summary.as_of));
    lines.extend(summary.lists.iter().map(|lists| format!("- {lists}")));
    lines.extend(summary.rates.iter().map(|rates| format!("- {rates}")));
    if !summary.renewals.is_empty() {
        lines.extend([String::new(), format!("### {}", say::renewals_heading(lang)), String::new()]);
        lines.extend(summary.renewals.iter().map(|renewal| format!("- {renewal}")));
    }
    if !summary.notices.is_empty() {
        lines.extend([String::new(), format!("### {}", say::cannot_show(lang)), String::new()]);
        lines.extend(summary.notices.iter().map(|notice| format!("- {notice}")));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn head(lang: Lang) -> [String; 2] {
    let titles = [
        say::column_day(lang),
        say::column_verdict(lang),
        say::column_paid(lang),
        say::column_invoiced(lang),
        say::column_at_stake(lang),
        say::column_why(lang),
        say::column_rows(lang),
    ];
    [format!("| {} |", titles.join(" | ")), "| --- | --- | ---: | ---: | ---: | --- | --- |".to_string()]
}

fn record(row: &Row<'_>, lang: Lang) -> String {
    let case = row.case;
    let verdict = match case.claimable {
        true => format!("**{}**", row.verdict_in_full),
        false => row.verdict_in_full.clone(),
    };
    let mut why = vec![row.why.clone()];
    why.extend(row.claim.iter().map(|claim| say::verdict_with(lang, say::key_claim(lang), claim)));
    why.extend(row.next.iter().cloned());
    why.extend(row.innocent(lang).iter().map(|(key, text)| say::verdict_with(lang, key, text)));
    why.extend(row.notes.iter().cloned());
    let cells = [
        case.day.to_string(),
        verdict,
        amount(case.paid),
        amount(case.invoiced),
        amount(case.at_stake),
        why.join("<br>"),
        row.places.join("<br>"),
    ];
    format!("| {} |", cells.join(" | "))
}
