//! Breaking a text into lines of a given width, measured in the font.
//!
//! Unicode's own rules (UAX #14) say where a line may break; ours forbid some of these places: no break inside an
//! amount, nor inside an identifier (a word with a figure in it), nor before or after what `text::wrap` keeps from the
//! edges of a line. A word wider than a line is cut, at a sign between its parts if one is near, and amounts last.

use super::fonts::Face;
use crate::text::{NEVER_FIRST, NEVER_LAST, amount_in, joins_amount};
use unicode_linebreak::linebreaks;

/// Signs between the parts of an identifier, behind which it is best cut.
const PARTING: &str = "-_/.:@?&=,;";
/// How far behind the cut an amount is looked for: longer than any amount.
const AMOUNT_BYTES_MAX: usize = 64;

/// A line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The text; one blank at its end if the line was broken at a blank, so that the words stay apart when read out.
    pub text: String,
    /// The width in units of the font, that blank not counted.
    pub units: i64,
}

/// A stretch that stays on one line if it can.
struct Piece<'a> {
    text: &'a str,
    units: i64,
    /// Width of the blanks behind it, at most one.
    blank: i64,
}

/// Splits a text into lines of at most `units` units of the font; at least one line.
pub(super) fn lines(face: &Face, text: &str, units: i64) -> Vec<Line> {
    let mut filler = Filler { done: Vec::new(), open: String::new(), units: 0, blank: 0 };
    for piece in pieces(face, text) {
        if filler.open.is_empty() || filler.units + filler.blank + piece.units <= units {
            filler.push(&piece);
        } else {
            filler.end();
            filler.push(&piece);
        }
        while filler.units > units {
            let head = cut(face, &filler.open, units);
            if head >= filler.open.len() {
                break;
            }
            let rest = filler.open.split_off(head);
            let after = std::mem::take(&mut filler.blank);
            // An amount cut at its blank, which then stands behind the line like any other.
            if filler.open.ends_with(' ') || rest.starts_with(' ') {
                filler.open.truncate(filler.open.trim_end().len());
                filler.blank = face.width(" ");
            }
            filler.units = face.width(&filler.open);
            filler.end();
            let rest = rest.trim_start_matches(' ');
            filler.push(&Piece { text: rest, units: face.width(rest), blank: after });
        }
    }
    filler.blank = 0;
    filler.end();
    if filler.done.is_empty() {
        filler.done.push(Line { text: String::new(), units: 0 });
    }
    filler.done
}

/// The width of the widest stretch that wants to stay whole, and of the whole text on one line.
pub(super) fn widths(face: &Face, text: &str) -> (i64, i64) {
    let mut widest = 0;
    let mut all = 0;
    let mut blank = 0;
    for piece in pieces(face, text) {
        widest = piece.units.max(widest);
        all += blank + piece.units;
        blank = piece.blank;
    }
    (widest, all)
}

/// The lines done and the line being filled.
struct Filler {
    done: Vec<Line>,
    open: String,
    units: i64,
    blank: i64,
}

impl Filler {
    fn push(&mut self, piece: &Piece<'_>) {
        if self.blank > 0 && !self.open.is_empty() {
            self.open.push(' ');
            self.units += self.blank;
        }
        self.open.push_str(piece.text);
        self.units += piece.units;
        self.blank = piece.blank;
    }

    fn end(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.open);
        if self.blank > 0 {
            text.push(' ');
        }
        self.done.push(Line { text, units: self.units });
        self.units = 0;
        self.blank = 0;
    }
}

fn pieces<'a>(face: &Face, text: &'a str) -> Vec<Piece<'a>> {
    let whole = identifiers(text);
    let blank = face.width(" ");
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in linebreaks(text) {
        let is_end = at >= text.len();
        if !is_end && !may_break(text, at, &whole) {
            continue;
        }
        let stretch = &text[start..at];
        let trimmed = stretch.trim_matches(' ');
        let has_blank = stretch.ends_with(' ') && !is_end;
        if !trimmed.is_empty() {
            let blank = if has_blank { blank } else { 0 };
            pieces.push(Piece { text: trimmed, units: face.width(trimmed), blank });
        }
        start = at;
    }
    pieces
}

/// Whether Unicode's break before byte `at` stands by our rules as well.
fn may_break(text: &str, at: usize, whole: &[bool]) -> bool {
    let (before, after) = text.split_at(at);
    if before.ends_with(' ') {
        let blank = before.len() - 1;
        return !joins_amount(&text[..blank], &text[blank..]);
    }
    !whole.get(at).is_some_and(|whole| *whole)
        && !after.starts_with(|next| NEVER_FIRST.contains(next))
        && !before.ends_with(|last| NEVER_LAST.contains(last))
}

/// For every byte, whether it continues an identifier: a run of signs without blanks that has a figure in it.
fn identifiers(text: &str) -> Vec<bool> {
    let bytes = text.as_bytes();
    let mut whole = vec![false; bytes.len()];
    let mut start = 0;
    while start < bytes.len() {
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        if bytes[start..start + length].iter().any(u8::is_ascii_digit) {
            whole[start + 1..start + length].fill(true);
        }
        start += length.max(1);
    }
    whole
}

/// Where to cut a word wider than a line: the number of bytes that stay, one character at least.
fn cut(face: &Face, text: &str, units: i64) -> usize {
    let mut taken = 0;
    let mut starts = text.char_indices().map(|(at, character)| {
        taken += face.glyph(character).map_or(0, |glyph| i64::from(glyph.advance));
        (at, taken)
    });
    let Some((fit, _)) = starts.find(|(at, taken)| *at > 0 && *taken > units) else { return text.len() };
    if let Some(start) = amount_across(text, fit) {
        // An amount that begins the line and is wider than it must be cut like anything else.
        return if start > 0 { start } else { fit };
    }
    let head = &text[..fit];
    let near = head.char_indices().rev().take(head.chars().count() / 4);
    if let Some((at, sign)) = near.into_iter().find(|(_, sign)| PARTING.contains(*sign))
        && !text[fit..].starts_with(|next| PARTING.contains(next))
    {
        return at + sign.len_utf8();
    }
    // Closing punctuation takes the sign before it along.
    let is_stranded = text[fit..].starts_with(|next| NEVER_FIRST.contains(next));
    let whole = head.char_indices().rev().find(|(at, sign)| *at > 0 && !NEVER_FIRST.contains(*sign));
    whole.filter(|_| is_stranded).map_or(fit, |(at, _)| at)
}

/// Where the amount begins that byte `at` would cut, if it would cut one.
fn amount_across(text: &str, at: usize) -> Option<usize> {
    let edge = |mut byte: usize| {
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let first = edge(at.saturating_sub(AMOUNT_BYTES_MAX));
    let window = &text[first..edge(text.len().min(at + AMOUNT_BYTES_MAX))];
    let mut from = 0;
    while let Some(amount) = amount_in(&window[from..]) {
        let (start, end) = (first + from + amount.start, first + from + amount.end);
        if start < at && at < end {
            return Some(start);
        }
        from += amount.end;
    }
    None
}
