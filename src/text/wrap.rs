//! Breaking a sentence into lines of a given width, in English, Chinese and both at once.
//!
//! A line may break at a blank and beside a Chinese character, but not before closing punctuation, not after opening
//! punctuation, and never inside an amount: `20.00` and `USD` stay together.

use super::width::width_of;
use std::ops::Range;

/// Characters that start no line (after GB/T 15834, clause 5.1).
pub(crate) const NEVER_FIRST: &str = "，。、；：？！）」』】》〉”’…·％ー,.;:?!)]}%";
/// Characters that end no line.
pub(crate) const NEVER_LAST: &str = "（「『【《〈“‘([{";

/// Splits a cleaned text into lines of at most `columns` columns.
///
/// A word wider than a line is cut where the line ends, with one exception: an amount is never cut. Blanks at a break
/// are dropped. There is at least one line.
///
/// # Examples
/// ```
/// use payproof::text::wrap;
/// assert_eq!(wrap("paid 20.00 USD today", 12), ["paid", "20.00 USD", "today"]);
/// ```
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = Line::default();
    for piece in pieces(text) {
        if line.fits(piece, columns) {
            line.push(piece);
            continue;
        }
        line.end(&mut lines);
        let mut rest = piece.text;
        while width_sum(rest) > columns {
            let (head, tail) = cut(rest, columns);
            if tail.is_empty() {
                break;
            }
            lines.push(head.to_string());
            rest = tail;
        }
        line.push(Piece { text: rest, blank_before: false });
    }
    line.end(&mut lines);
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// An item of a list as lines of at most `columns` columns, the first with a dash, the others below its text.
pub fn wrap_item(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap(text, columns.saturating_sub(2)).into_iter().enumerate();
    lines.map(|(number, line)| format!("{}{line}", if number == 0 { "- " } else { "  " })).collect()
}

/// A stretch that stays on one line, and whether a blank stands before it.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    blank_before: bool,
}

/// The line being filled.
#[derive(Default)]
struct Line {
    text: String,
    columns: usize,
}

impl Line {
    fn fits(&self, piece: Piece<'_>, columns: usize) -> bool {
        let blank = usize::from(piece.blank_before && !self.text.is_empty());
        self.columns.saturating_add(blank).saturating_add(width_sum(piece.text)) <= columns
    }

    fn push(&mut self, piece: Piece<'_>) {
        if piece.blank_before && !self.text.is_empty() {
            self.text.push(' ');
            self.columns = self.columns.saturating_add(1);
        }
        self.text.push_str(piece.text);
        self.columns = self.columns.saturating_add(width_sum(piece.text));
    }

    fn end(&mut self, lines: &mut Vec<String>) {
        if !self.text.is_empty() {
            lines.push(std::mem::take(&mut self.text));
        }
        self.columns = 0;
    }
}

fn width_sum(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Cuts at the widest beginning that fits, one character at least, marks kept with their letter and amounts whole.
fn cut(text: &str, columns: usize) -> (&str, &str) {
    let amount = amount_in(text);
    if let Some(amount) = amount.clone().filter(|amount| amount.start == 0) {
        let after = text[amount.end..].trim_start_matches(|next| NEVER_FIRST.contains(next));
        return text.split_at(text.len() - after.len());
    }
    let last = amount.map_or(text.len(), |amount| amount.start);
    let mut taken = 0usize;
    for (at, character) in text.char_indices() {
        taken = taken.saturating_add(width_of(character));
        if at > 0 && (taken > columns || at == last) {
            // Closing punctuation takes the sign before it along.
            let starts = text[..at].char_indices().rev().filter(|(_, sign)| !NEVER_FIRST.contains(*sign));
            let before = starts.map(|(start, _)| start).find(|start| *start > 0);
            let is_stranded = NEVER_FIRST.contains(character);
            return text.split_at(before.filter(|_| is_stranded).unwrap_or(at));
        }
    }
    (text, "")
}

/// Splits at every place where a line may break.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut blank_before = false;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let is_blank = character == ' ' && !joins_amount(&text[..at], &text[at..]);
        if is_blank {
            if start < at {
                pieces.push(Piece { text: &text[start..at], blank_before });
            }
            start = at.saturating_add(1);
            blank_before = true;
            before = None;
            continue;
        }
        if before.is_some_and(|before| may_break_between(before, character)) {
            pieces.push(Piece { text: &text[start..at], blank_before });
            start = at;
            blank_before = false;
        }
        before = Some(character);
    }
    if start < text.len() {
        pieces.push(Piece { text: &text[start..], blank_before });
    }
    pieces
}

fn may_break_between(before: char, after: char) -> bool {
    (width_of(before) == 2 || width_of(after) == 2)
        && width_of(after) > 0
        && !NEVER_FIRST.contains(after)
        && !NEVER_LAST.contains(before)
}

/// Whether the blank at the start of `after` stands inside an amount such as `20.00 USD` or `1.85 %`.
pub(crate) fn joins_amount(before: &str, after: &str) -> bool {
    let code = after.as_bytes();
    before.ends_with(|last: char| last.is_ascii_digit())
        && (code.get(1) == Some(&b'%')
            || code.get(1..4).is_some_and(|code| code.iter().all(u8::is_ascii_uppercase))
                && !code.get(4).is_some_and(u8::is_ascii_alphanumeric))
}

/// The first amount in the text. Digits without end are no amount: 64 bits of minor units fill twenty characters.
pub(crate) fn amount_in(text: &str) -> Option<Range<usize>> {
    const FIGURE_CHARS_MAX: usize = 24;
    text.match_indices(' ').map(|(at, _)| at).find_map(|at| {
        let (before, after) = text.split_at(at);
        let figure = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-').len();
        let unit = if after.starts_with(" %") { " %".len() } else { " USD".len() };
        (joins_amount(before, after) && figure <= FIGURE_CHARS_MAX).then(|| at - figure..at + unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn an_amount_is_never_broken() {
        assert_eq!(wrap("short by 1234567.89 CNY, ask", 14), ["short by", "1234567.89 CNY,", "ask"]);
        assert_eq!(wrap("差额 20.00 USD，请", 9), ["差额", "20.00 USD，", "请"]);
        assert_eq!(wrap("costs 1.85 % of it", 9), ["costs", "1.85 % of", "it"]);
        assert_eq!(wrap("12345678.00 USD", 5), ["12345678.00 USD"]);
        assert_eq!(wrap("abcdefgh1.00 USD-ij", 6), ["abcdef", "gh", "1.00 USD", "-ij"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_closing_and_after_opening_punctuation() {
        assert_eq!(wrap("已扣款未到账", 4), ["已扣", "款未", "到账"]);
        assert_eq!(wrap("已扣款，未到账。", 6), ["已扣", "款，未", "到账。"]);
        assert_eq!(wrap("账单（已付）可见", 6), ["账单", "（已", "付）可", "见"]);
    }

    #[test]
    fn a_word_too_long_is_cut_and_nothing_is_lost() {
        assert_eq!(wrap("a verylongfilename.csv:14 b", 8), ["a", "verylong", "filenam", "e.csv:14", "b"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("  two  blanks ", 20), ["two blanks"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text =
            "The invoice 4F2A-0003 of 2026-03-02 账单列表中没有对应的账单，金额 146.00 CNY，比参考汇率多 2.18 CNY。";
        for columns in 20..90 {
            for line in wrap(text, columns) {
                assert!(width(&line) <= columns, "{columns}: {line}");
                assert!(!line.starts_with(|first| NEVER_FIRST.contains(first)), "{columns}: {line}");
            }
        }
    }
}
