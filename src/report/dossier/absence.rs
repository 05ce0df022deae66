//! What a verdict concludes from something not being there, and from which files.

use super::heading;
use crate::reconciliation::Reconciliation;
use crate::report::document::Block;
use crate::report::voice::Voice;
use crate::report::wording;
use crate::source::{SourceFile, SourceSide};
use crate::text::catalogue as say;
use crate::verdict::{Case, Reason};

/// The section, where the verdict rests on an absence.
pub(super) fn of(reconciliation: &Reconciliation, voice: Voice<'_>, case: &Case) -> Vec<Block> {
    let lang = voice.lang;
    let reasons: Vec<&Reason> = case.reasons.iter().filter(|reason| is_absence(reason)).collect();
    if reasons.is_empty() {
        return Vec::new();
    }
    let mut items: Vec<String> = reasons.iter().map(|reason| wording::reason(&voice, reason)).collect();
    for name in reasons.iter().flat_map(|reason| files(reason)) {
        let named = reconciliation.sources.iter().filter(|file| is_named(file, name));
        items.extend(named.map(|file| shown(reconciliation, voice, file)));
    }
    vec![heading(3, None, say::absence_heading(lang)), Block::List(items), Block::Paragraph(say::absence_note(lang))]
}

fn is_absence(reason: &Reason) -> bool {
    matches!(reason, Reason::CreditNotGranted { .. }) || !files(reason).is_empty()
}

/// The files in which a reason says that something is not.
pub(super) fn files(reason: &Reason) -> &[String] {
    match reason {
        Reason::NoInvoice { files, .. } | Reason::RefundNotSeen { files, .. } | Reason::PaidElsewhere { files, .. } => {
            files
        }
        _ => &[],
    }
}

/// Whether a reason means this file; reasons name files by their base names.
pub(super) fn is_named(file: &SourceFile, name: &str) -> bool {
    file.path == name || file.path.rsplit('/').next() == Some(name)
}

fn shown(reconciliation: &Reconciliation, voice: Voice<'_>, file: &SourceFile) -> String {
    let lang = voice.lang;
    let (name, rows) = (voice.free(&file.path), say::rows(lang, file.records));
    match (file.side, file.survey.covers) {
        (SourceSide::Statement, Some(days)) => say::absence_statement(lang, name, rows, days.from, days.to),
        _ => say::absence_list(lang, name, rows, reconciliation.as_of),
    }
}
