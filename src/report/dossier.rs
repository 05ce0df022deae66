//! The whole case file for a stranger: the cases in a table, one section a case, and the files they rest on.
//!
//! Page and PDF are drawn from this one document. Like every report it computes nothing: parts are shown as they come,
//! and a picture whose parts do not add up is left out.

mod absence;
mod conversion;
mod history;
mod section;
mod sources;

use super::document::{Block, Column, Document, Table};
use super::row::{Row, amount_titles, amounts_of};
use super::summary::Summary;
use super::voice::{Fence, Voice};
use super::{View, wording};
use crate::reconciliation::Reconciliation;
use crate::text::catalogue as say;
use std::collections::BTreeMap;

/// Which cases a document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All of them, and all files.
    All,
    /// The claimable ones, and only the files that they rest on.
    Claimable,
}

/// The document of the cases selected, in the language of the view.
pub fn dossier(reconciliation: &Reconciliation, view: &View, cases: Selection) -> Document {
    let lang = view.lang;
    let voice = Voice::new(view, Fence::None);
    let mut rows = Row::all(reconciliation, voice);
    if cases == Selection::Claimable {
        rows.retain(|row| row.case.claimable);
    }
    let title = say::heading(lang, say::purchases(lang, rows.len()), reconciliation.as_of);
    let mut blocks = vec![heading(1, None, title.clone())];
    blocks.extend(overview(reconciliation, voice, &rows));
    for row in &rows {
        blocks.extend(section::of(reconciliation, voice, row));
    }
    blocks.extend(sources::of(reconciliation, voice, cases, &rows));
    Document { lang, title, blocks }
}

fn overview(reconciliation: &Reconciliation, voice: Voice<'_>, rows: &[Row<'_>]) -> Vec<Block> {
    let lang = voice.lang;
    if rows.is_empty() {
        return vec![Block::Paragraph(say::no_cases(lang))];
    }
    let mut columns = vec![column(say::column_case(lang)), column(say::column_verdict(lang))];
    columns.extend(amount_titles(lang).map(amount_column));
    let cells = |row: &Row<'_>| {
        let [paid, invoiced, at_stake] = amounts_of(row);
        vec![row.case.id.clone(), row.verdict_in_full.clone(), paid, invoiced, at_stake]
    };
    let mut by_verdict: BTreeMap<_, u32> = BTreeMap::new();
    for row in rows {
        *by_verdict.entry(row.case.verdict).or_default() += 1;
    }
    let counts = Table {
        caption: say::verdicts_caption(lang),
        columns: vec![column(say::column_verdict(lang)), amount_column(say::column_count(lang))],
        rows: by_verdict.iter().map(|(v, count)| vec![wording::verdict(lang, *v), count.to_string()]).collect(),
    };
    vec![
        Block::Paragraph(Summary::new(reconciliation, &voice).claims(lang)),
        Block::Table(counts),
        Block::Table(Table { caption: say::cases_caption(lang), columns, rows: rows.iter().map(cells).collect() }),
    ]
}

fn heading(level: u8, id: Option<String>, text: String) -> Block {
    Block::Heading { level, id, text }
}

fn column(title: String) -> Column {
    Column { title, is_amount: false }
}

fn amount_column(title: String) -> Column {
    Column { title, is_amount: true }
}
