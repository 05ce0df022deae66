//! One physical line of a file with the characters meant underlined.

use crate::text::{clean, width};
use std::fmt::Write;
use std::ops::Range;

/// Display columns of a line that are shown at most; a longer line is cut around the place meant.
const COLUMNS_SHOWN_MAX: usize = 100;
/// Display columns kept before the place meant when a long line is cut.
const COLUMNS_BEFORE: usize = 30;
/// Bytes of a line that are looked at before the place meant, so that a line of megabytes costs nothing.
const BYTES_BEFORE_MAX: usize = 4096;

/// A line of a file, cut to a readable length, with a stretch of it underlined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    line: u32,
    column: u32,
    shown: String,
    caret_at: usize,
    carets: usize,
    label: String,
}

/// A text as it is shown: a tab takes one column, what a terminal would obey is named.
fn shown(text: &str) -> String {
    clean(&text.replace('\t', " ")).into_owned()
}

/// The nearest border of a character at or before the place.
fn border(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}

impl Excerpt {
    /// Shows a physical line (without its line end) with the bytes `mark` underlined and a label behind the carets.
    ///
    /// An empty mark underlines one column. Places outside the line or inside a character are moved to its borders.
    pub fn new(line: u32, text: &str, mark: Range<usize>, label: impl Into<String>) -> Excerpt {
        let start = border(text, mark.start);
        let end = border(text, mark.end).max(start);
        let column = width(&shown(&text[..start])).saturating_add(1);
        let (head, cut_before) = tail_of(&text[..start]);
        let marked = shown(&text[start..end]);
        let (rest, cut_after) = head_of(&text[end..], width(&head).saturating_add(width(&marked)));
        let (marked, marked_cut) = fit(&marked, COLUMNS_SHOWN_MAX);
        let before = if cut_before { "…" } else { "" };
        let after = if cut_after || marked_cut { "…" } else { "" };
        let rest = if marked_cut { String::new() } else { rest };
        let caret_at = width(before).saturating_add(width(&head));
        Excerpt {
            line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
            carets: width(&marked).max(1),
            shown: format!("{before}{head}{marked}{rest}{after}"),
            caret_at,
            label: label.into(),
        }
    }

    /// The physical line from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The display column from 1 of the first character underlined.
    pub fn column(&self) -> u32 {
        self.column
    }

    /// Writes the line and the line of carets, line numbers right-aligned in `gutter` columns.
    pub(super) fn render_into(&self, out: &mut String, gutter: usize) {
        let _ = writeln!(out, "{:>gutter$} | {}", self.line, self.shown);
        let carets = format!("{}{}", " ".repeat(self.caret_at), "^".repeat(self.carets));
        let label = clean(&self.label);
        let _ = writeln!(out, "{} | {}", " ".repeat(gutter), format!("{carets} {label}").trim_end());
    }
}

/// The end of the text before the mark, cut where the line is long.
fn tail_of(text: &str) -> (String, bool) {
    let near = &text[border(text, text.len().saturating_sub(BYTES_BEFORE_MAX))..];
    let all = shown(near);
    if near.len() == text.len() && width(&all) <= COLUMNS_SHOWN_MAX / 2 {
        return (all, false);
    }
    let mut room = COLUMNS_BEFORE;
    let mut from = all.len();
    for (at, letter) in all.char_indices().rev() {
        let Some(left) = room.checked_sub(width(letter.encode_utf8(&mut [0; 4]))) else { break };
        room = left;
        from = at;
    }
    (all[from..].to_string(), true)
}

/// The beginning of the text after the mark, up to the width of a line.
fn head_of(text: &str, taken: usize) -> (String, bool) {
    let near = &text[..border(text, BYTES_BEFORE_MAX)];
    let (kept, cut) = fit(&shown(near), COLUMNS_SHOWN_MAX.saturating_sub(taken));
    (kept, cut || near.len() < text.len())
}

/// The text up to a number of columns, and whether it was cut.
fn fit(text: &str, columns: usize) -> (String, bool) {
    let mut room = columns;
    for (at, letter) in text.char_indices() {
        match room.checked_sub(width(letter.encode_utf8(&mut [0; 4]))) {
            Some(left) => room = left,
            None => return (text[..at].to_string(), true),
        }
    }
    (text.to_string(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, mark: Range<usize>) -> (u32, String) {
        let excerpt = Excerpt::new(7, text, mark, "label");
        let mut out = String::new();
        excerpt.render_into(&mut out, 1);
        (excerpt.column(), out)
    }

    #[test]
    fn a_chinese_character_takes_two_columns() {
        let text = "支付宝,1２.00";
        let (column, out) = drawn(text, 10..17);
        assert_eq!(column, 8);
        assert_eq!(out, "7 | 支付宝,1２.00\n  |        ^^^^^^ label\n");
    }

    #[test]
    fn hostile_characters_are_shown_and_counted() {
        let (column, out) = drawn("\u{1b}[2J\u{202e},x", 8..9);
        assert_eq!(out, "7 | ⟨1B⟩[2J⟨U+202E⟩,x\n  |                 ^ label\n");
        assert_eq!(column, 17);
        assert_eq!(drawn("a\tb", 2..3), (3, "7 | a b\n  |   ^ label\n".to_string()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}BAD{}", "x".repeat(10_000), "y".repeat(10_000));
        let (column, out) = drawn(&text, 10_000..10_003);
        assert_eq!(column, 10_001);
        let mut lines = out.lines();
        let first = lines.next().unwrap();
        assert_eq!(first, format!("7 | …{}BAD{}…", "x".repeat(30), "y".repeat(67)));
        let carets = lines.next().unwrap();
        assert_eq!(carets, format!("  | {}^^^ label", " ".repeat(31)));
    }

    #[test]
    fn places_outside_the_line_do_not_matter() {
        assert_eq!(drawn("é", 1..9).1, "7 | é\n  | ^ label\n");
        assert_eq!(drawn("", 3..9).1, "7 | \n  | ^ label\n");
    }
}
