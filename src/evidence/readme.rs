//! The README of a bundle: what lies in it, how to check it without payproof, what was taken out, and what it alone
//! cannot show.

use super::claim::Claim;
use super::figures;
use crate::report::{self, View};
use crate::text::Lang;
use std::collections::BTreeSet;
use std::fmt::Write;

const EN: &str = include_str!("data/readme.en.txt");
const ZH: &str = include_str!("data/readme.zh.txt");

/// The README in one language. `documents` are the names of everything else in the payload folder.
pub(super) fn text(lang: Lang, claim: &Claim, documents: &BTreeSet<String>, carries_sources: bool) -> String {
    let (template, none, sources) = match lang {
        Lang::En => (EN, "(none)", "The whole source files lie in data/sources/, at the payer's wish and as they are."),
        Lang::Zh => (ZH, "（无）", "应付款人要求，完整的原始文件原样放在 data/sources/ 中。"),
    };
    let listed = |lines: Vec<String>| match lines.is_empty() {
        true => none.to_string(),
        false => lines.iter().fold(String::new(), |mut text, line| {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "- {line}");
            text
        }),
    };
    let absences = claim_absences(lang, claim);
    let files = claim.files().map(|(file, sha256)| format!("{file}\n  {sha256}"));
    template
        .replace("{as_of}", &claim.reconciliation.as_of.to_string())
        .replace("{documents}", listed(documents.iter().map(|name| format!("data/{name}")).collect()).trim_end())
        .replace("{absences}", listed(absences).trim_end())
        .replace("{sources}", if carries_sources { sources } else { "" })
        .replace("{files}", listed(files.collect()).trim_end())
        .replace("\n\n\n\n", "\n\n")
        .split_inclusive('\n')
        .filter(|line| is_about(line, documents))
        .collect()
}

/// Whether a line of the template is about something that lies in this bundle.
fn is_about(line: &str, documents: &BTreeSet<String>) -> bool {
    let of = [("- letters/ ", "letters/"), ("- report.", "report.")];
    of.iter().all(|(begins, name)| !line.starts_with(begins) || documents.iter().any(|known| known.starts_with(name)))
}

/// The cases that rest on an absence, as the report in that language says it.
fn claim_absences(lang: Lang, claim: &Claim) -> Vec<String> {
    let view = View { lang, redact: true, width: 0, color: false };
    let report = report::json(&claim.reconciliation, &view);
    let absences = figures::read_report(report.as_bytes()).map(|report| report.absences()).unwrap_or_default();
    absences.into_iter().map(|(case, text)| format!("{case}: {text}")).collect()
}
