//! The cases as CSV: one row a case, the same facts as the table.
//!
//! Titles and names of verdicts are stable across languages; `verdict_text`, `why` and `claim` are sentences. A cell
//! that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay numbers.

use super::View;
use super::row::Row;
use super::voice::{Fence, Voice};
use crate::domain::Money;
use crate::reconciliation::Reconciliation;
use crate::text::catalogue as say;

const TITLES: [&str; 18] = [
    "case",
    "day",
    "verdict",
    "cause",
    "verdict_text",
    "claimable",
    "claim_to",
    "confidence",
    "account",
    "paid",
    "paid_currency",
    "invoiced",
    "invoiced_currency",
    "at_stake",
    "at_stake_currency",
    "why",
    "notes",
    "rows",
];

/// The cases as CSV with CRLF line ends. `with_bom` puts the mark before it by which spreadsheets recognise UTF-8.
pub fn csv(reconciliation: &Reconciliation, view: &View, with_bom: bool) -> String {
    let mut text = String::new();
    if with_bom {
        text.push('\u{feff}');
    }
    push_record(&mut text, TITLES.map(str::to_string).as_slice());
    let voice = Voice::new(view, Fence::None);
    for row in Row::all(reconciliation, voice) {
        push_record(&mut text, &cells(&row, voice));
    }
    text
}

fn cells(row: &Row<'_>, voice: Voice<'_>) -> [String; TITLES.len()] {
    let case = row.case;
    let figure = |money: Option<Money>| money.map(|money| money.figure()).unwrap_or_default();
    let code = |money: Option<Money>| money.map(|money| money.currency().to_string()).unwrap_or_default();
    let mut notes: Vec<String> = row.claim.iter().chain(&row.next).chain(&row.notes).cloned().collect();
    notes.extend(row.innocent(voice.lang).iter().map(|(key, text)| say::verdict_with(voice.lang, key, text)));
    [
        case.id.clone(),
        case.day.to_string(),
        case.verdict.name().to_string(),
        case.cause.map(|cause| cause.name().to_string()).unwrap_or_default(),
        row.verdict_in_full.clone(),
        if case.claimable { "yes" } else { "no" }.to_string(),
        case.claim_to.map(|to| to.name().to_string()).unwrap_or_default(),
        case.confidence.name().to_string(),
        case.account.as_ref().map(|account| voice.about(case).account(account)).unwrap_or_default(),
        figure(case.paid),
        code(case.paid),
        figure(case.invoiced),
        code(case.invoiced),
        figure(case.at_stake),
        code(case.at_stake),
        row.why.clone(),
        notes.join(" | "),
        row.places.join(", "),
    ]
}

/// Adds one record with its line end: cells guarded, and quoted where they need it.
pub fn push_record(text: &mut String, cells: &[String]) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        let cell = guard(cell);
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// Puts an apostrophe before what a spreadsheet would calculate; a strict number stays as it is.
fn guard(cell: &str) -> String {
    let start = cell.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    let is_formula = start.starts_with(['=', '+', '-', '@', '|', '%', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula && !is_number(cell) { format!("'{cell}") } else { cell.to_string() }
}

fn is_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_calculated_is_text_and_numbers_stay() {
        for (cell, guarded) in [
            ("=1+1", "'=1+1"),
            (" =cmd", "' =cmd"),
            ("\u{3000}＝A1", "'\u{3000}＝A1"),
            ("\u{a0}@SUM", "'\u{a0}@SUM"),
            ("-20.00", "-20.00"),
            ("+5", "+5"),
            ("-20.00 USD", "'-20.00 USD"),
            ("-", "'-"),
            ("%x", "'%x"),
            ("|x", "'|x"),
            ("－1", "'－1"),
            ("20.00", "20.00"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(guard(cell), guarded);
        }
    }

    #[test]
    fn a_cell_with_comma_or_quote_is_quoted() {
        let mut text = String::new();
        push_record(&mut text, &["a,b".to_string(), "say \"x\"".to_string(), "plain".to_string()]);
        assert_eq!(text, "\"a,b\",\"say \"\"x\"\"\",plain\r\n");
    }
}
