//! The wide form of the table: titles and the line of figures of each case, side by side.
//!
//! `comfy-table` sets the columns; the texts are broken beforehand, by our own rules, so that it never breaks an amount.

use super::row::{Row, amount_titles, amounts_of};
use crate::text::{Lang, catalogue as say, wrap};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

const GAP_COLUMNS: u16 = 2;
/// Which column holds the verdict; those after it hold amounts.
const VERDICT: usize = 1;
/// The verdict may take several lines, but not crumbs.
const VERDICT_COLUMNS_MIN: usize = 14;

/// The lines of the wide form, each without blanks at its end.
pub(super) struct Grid {
    /// Titles and the rule below them.
    pub head: [String; 2],
    /// The lines of each case, in the order of the cases.
    pub cases: Vec<Vec<GridLine>>,
    /// Where the verdict begins.
    pub verdict_at: usize,
}

/// One line of a case, with the words of the verdict that it carries.
pub(super) struct GridLine {
    pub text: String,
    pub verdict: String,
}

impl Grid {
    /// The cases side by side, if they fit into so many columns.
    pub fn fit(rows: &[Row<'_>], columns: usize, lang: Lang) -> Option<Grid> {
        let full: Vec<Vec<String>> = rows.iter().map(|row| vec![row.verdict_in_full.clone()]).collect();
        let widths = widths(&draw(rows, &full, lang));
        let others: usize = (widths.iter().enumerate()).filter(|(at, _)| *at != VERDICT).map(|(_, width)| width).sum();
        let gaps = usize::from(GAP_COLUMNS) * (widths.len() - 1);
        let room = columns.checked_sub(others + gaps).filter(|room| *room >= VERDICT_COLUMNS_MIN)?;
        if widths[VERDICT] <= room {
            return Some(Grid::of(rows, &full, lang));
        }
        let short: Vec<Vec<String>> = rows.iter().map(|row| wrap(row.verdict(false), room)).collect();
        Some(Grid::of(rows, &short, lang))
    }

    fn of(rows: &[Row<'_>], verdicts: &[Vec<String>], lang: Lang) -> Grid {
        let table = draw(rows, verdicts, lang);
        let widths = widths(&table);
        let gap = usize::from(GAP_COLUMNS);
        let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        let mut lines = table.lines().map(|line| line.trim_end().to_string());
        let head = [lines.next().unwrap_or_default(), rule.join(&" ".repeat(gap))];
        let line = |(text, verdict): (String, &String)| GridLine { text, verdict: verdict.clone() };
        // A case takes as many lines as its verdict: every other cell is one line.
        let cases = verdicts.iter().map(|words| lines.by_ref().zip(words).map(line).collect()).collect();
        Grid { head, cases, verdict_at: widths.iter().take(VERDICT).map(|width| width + gap).sum() }
    }
}

fn draw(rows: &[Row<'_>], verdicts: &[Vec<String>], lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header([say::column_day(lang), say::column_verdict(lang)].into_iter().chain(amount_titles(lang)));
    for (row, words) in rows.iter().zip(verdicts) {
        table.add_row([row.case.day.to_string(), words.join("\n")].into_iter().chain(amounts_of(row)));
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if at == 0 { 0 } else { GAP_COLUMNS }, 0));
        if at > VERDICT {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The columns that the texts themselves take.
fn widths(table: &Table) -> Vec<usize> {
    table.column_max_content_widths().into_iter().map(usize::from).collect()
}
