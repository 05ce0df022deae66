//! A letter as plain text: for a chat window, in which columns would not line up.

use crate::report::{Block, Document, Table};
use crate::text::{Lang, catalogue as say, wrap};

/// Columns of a line.
pub(super) const TEXT_COLUMNS: usize = 78;
const BULLET: &str = "- ";
const INDENT: &str = "  ";
/// A cell that says nothing.
const EMPTY_CELL: &str = "-";

/// The whole document, blocks apart by an empty line.
pub(super) fn text(document: &Document) -> String {
    let mut lines = wrap(&document.title, TEXT_COLUMNS);
    for part in &document.blocks {
        lines.push(String::new());
        lines.extend(block(document.lang, part));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The lines of one part.
pub(super) fn block(lang: Lang, block: &Block) -> Vec<String> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => wrap(text, TEXT_COLUMNS),
        Block::Facts(facts) => facts.iter().flat_map(|(label, value)| hanging("", &fact(lang, label, value))).collect(),
        Block::List(items) => items.iter().flat_map(|item| hanging(BULLET, item)).collect(),
        Block::Table(table) => records(lang, table),
        Block::Figure { caption, .. } => wrap(caption, TEXT_COLUMNS),
    }
}

/// One record a row: its first cell and amounts on the first line, each further text on lines of its own.
fn records(lang: Lang, table: &Table) -> Vec<String> {
    let mut lines = wrap(&say::key(lang, &table.caption), TEXT_COLUMNS);
    for row in &table.rows {
        let cells = || table.columns.iter().zip(row).skip(1).filter(|(_, cell)| *cell != EMPTY_CELL);
        let mut head: Vec<String> = row.first().cloned().into_iter().collect();
        let amounts = cells().filter(|(column, _)| column.is_amount);
        head.extend(amounts.map(|(column, cell)| fact(lang, &column.title, cell)));
        lines.extend(hanging(BULLET, &say::clauses(lang, &head)));
        for (column, cell) in cells().filter(|(column, _)| !column.is_amount) {
            lines.extend(hanging(INDENT, &fact(lang, &column.title, cell)));
        }
    }
    lines
}

fn fact(lang: Lang, label: &str, value: &str) -> String {
    let blank = if lang == Lang::En { " " } else { "" };
    format!("{}{blank}{value}", say::key(lang, label))
}

/// A text behind a mark, its further lines set in by as much.
fn hanging(mark: &str, text: &str) -> Vec<String> {
    let room = TEXT_COLUMNS.saturating_sub(INDENT.len());
    let lines = wrap(text, room).into_iter().enumerate();
    lines.map(|(index, line)| format!("{}{line}", if index == 0 { mark } else { INDENT })).collect()
}
