//! The records for a terminal: the files one after the other, a line a record, its text in the room that is left.
//!
//! In a narrow terminal the text stands below its record. No amount is broken, no record left out.

use super::figure;
use super::words::{kind, state};
use crate::listing::{Listed, Listing};
use crate::report::View;
use crate::report::paint::{Tone, paint};
use crate::report::voice::{Fence, Voice};
use crate::report::wording::{notice, side};
use crate::source::SourceFile;
use crate::text::{Lang, catalogue as say, pad_end, pad_start, truncate, width, wrap, wrap_item};

/// Below this width the text of a record stands on a line of its own.
const TABLE_COLUMNS_MIN: usize = 72;
/// Narrower terminals are written for as if they had so many columns.
const COLUMNS_MIN: usize = 40;
/// The text of a record gets at least so much of a line.
const TEXT_COLUMNS_MIN: usize = 16;
const GAP: &str = "  ";

/// The records and what the files cannot show, as lines of at most `view.width` columns.
pub fn table(listing: &Listing, view: &View) -> String {
    let columns = usize::from(view.width).max(COLUMNS_MIN);
    let voice = Voice::new(view, Fence::None);
    let mut lines = Vec::new();
    for (index, source) in listing.sources.iter().enumerate() {
        let rows: Vec<&Listed> =
            listing.rows.iter().filter(|row| usize::try_from(row.at.source.0) == Ok(index)).collect();
        for line in wrap(&heading(source, &voice), columns) {
            lines.push(paint(&line, Tone::Heading, view.color));
        }
        lines.extend(records(&rows, &voice, columns));
        lines.push(String::new());
    }
    for found in &listing.notices {
        lines.extend(wrap_item(&notice(&voice, found), columns));
    }
    let mut text = lines.join("\n").trim_end().to_string();
    text.push('\n');
    text
}

fn heading(source: &SourceFile, voice: &Voice<'_>) -> String {
    let lang = voice.lang;
    say::listing_heading(
        lang,
        voice.free(&source.path),
        &source.format,
        side(lang, source.side),
        &source.encoding,
        source.records,
    )
}

/// The figures of a record, in the order of the columns; all but the last stand whole.
fn figures(row: &Listed, lang: Lang) -> [String; 5] {
    let amount = figure(row, row.amount);
    let unsigned = || figure(row, row.unsigned).map(|figure| format!("±{figure}"));
    let code = row.currency.map(|currency| currency.to_string()).unwrap_or_else(|| "?".to_string());
    let amount = amount.or_else(unsigned).map_or_else(|| "-".to_string(), |figure| format!("{figure} {code}"));
    [
        row.at.line.to_string(),
        row.day.map_or_else(|| "-".to_string(), |day| day.to_string()),
        amount,
        state(lang, row.state),
        kind(lang, row.kind),
    ]
}

fn records(rows: &[&Listed], voice: &Voice<'_>, columns: usize) -> Vec<String> {
    let all: Vec<[String; 5]> = rows.iter().map(|row| figures(row, voice.lang)).collect();
    let widest = |column: usize| all.iter().map(|cells| width(&cells[column])).max().unwrap_or(0);
    let widths = [0, 1, 2, 3, 4].map(widest);
    let taken: usize = widths.iter().map(|width| width + GAP.len()).sum();
    let room = columns.saturating_sub(taken);
    let is_wide = columns >= TABLE_COLUMNS_MIN && room >= TEXT_COLUMNS_MIN;
    let mut lines = Vec::new();
    for (cells, row) in all.iter().zip(rows) {
        let [line, day, amount, state, kind] = cells;
        let figures = [
            pad_start(line, widths[0]),
            pad_end(day, widths[1]),
            pad_start(amount, widths[2]),
            pad_end(state, widths[3]),
            pad_end(kind, widths[4]),
        ];
        let text = text_of(row, voice);
        if is_wide {
            lines.push(format!("{}{GAP}{}", figures.join(GAP), truncate(&text, room)).trim_end().to_string());
        } else {
            lines.push(figures.join(GAP).trim_end().to_string());
            let indent = widths[0] + GAP.len();
            for part in wrap(&text, columns.saturating_sub(indent)).iter().filter(|part| !part.is_empty()) {
                lines.push(format!("{}{part}", " ".repeat(indent)));
            }
        }
    }
    lines
}

/// The text of a record, with what the original amount was.
fn text_of(row: &Listed, voice: &Voice<'_>) -> String {
    let text = voice.plain(&row.description, &[]);
    match row.original {
        Some(original) => format!("[{original}] {text}"),
        None => text,
    }
}
