//! A text as letters, digits and separators, whatever their width, with the bytes where each stands.

use std::ops::Range;

/// One character as the number rules see it.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it counts as.
    pub kind: Kind,
}

/// What a character counts as in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A digit, ASCII or full-width.
    Digit(u8),
    /// An ASCII letter, as a capital.
    Letter(u8),
    /// A blank, dash or full stop: may stand between groups of one number.
    Separator,
    /// The sign before an international telephone number.
    Plus,
    /// Anything else.
    Other,
}

/// Groups of digits with single separators between them.
pub(super) struct Run {
    /// Each group as a range of glyphs.
    pub groups: Vec<Range<usize>>,
}

/// Reads a text; characters without width are left out.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    text.char_indices()
        .filter_map(|(at, character)| {
            let kind = match character {
                '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => return None,
                '0'..='9' | '\u{ff10}'..='\u{ff19}' => Kind::Digit(digit_of(character)),
                'a'..='z' | 'A'..='Z' => Kind::Letter(character.to_ascii_uppercase() as u8),
                ' ' | '\u{a0}' | '\u{3000}' | '-' | '\u{2010}'..='\u{2015}' | '.' => Kind::Separator,
                '+' => Kind::Plus,
                _ => Kind::Other,
            };
            Some(Glyph { at: at..at + character.len_utf8(), kind })
        })
        .collect()
}

fn digit_of(character: char) -> u8 {
    let zero = if character.is_ascii() { u32::from('0') } else { 0xff10 };
    u8::try_from(u32::from(character) - zero).unwrap_or_default()
}

/// Every run of digit groups.
pub(super) fn runs(glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if digit(&glyphs[at]).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        while at < glyphs.len() && digit(&glyphs[at]).is_some() {
            at += 1;
        }
        let continues = runs.last().and_then(|run| run.groups.last()).is_some_and(|last| {
            last.end + 1 == start && glyphs.get(last.end).is_some_and(|glyph| glyph.kind == Kind::Separator)
        });
        match runs.last_mut().filter(|_| continues) {
            Some(run) => run.groups.push(start..at),
            None => runs.push(Run { groups: std::iter::once(start..at).collect() }),
        }
    }
    runs
}

/// The digit that a glyph is.
pub(super) fn digit(glyph: &Glyph) -> Option<u8> {
    match glyph.kind {
        Kind::Digit(digit) => Some(digit),
        _ => None,
    }
}

/// The digits of a stretch of glyphs, separators left out.
pub(super) fn digits(glyphs: &[Glyph], range: &Range<usize>) -> Vec<u8> {
    glyphs[range.clone()].iter().filter_map(digit).collect()
}

/// The bytes of a stretch of glyphs; it is never empty.
pub(super) fn bytes(glyphs: &[Glyph], range: &Range<usize>) -> Range<usize> {
    glyphs[range.start].at.start..glyphs[range.end - 1].at.end
}

/// The last four digits as text.
pub(super) fn last_four(digits: &[u8]) -> String {
    digits[digits.len().saturating_sub(4)..].iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// The stretch of letters and digits without separator in which a glyph stands.
pub(super) fn word_around(glyphs: &[Glyph], range: &Range<usize>) -> Range<usize> {
    let is_word = |glyph: &Glyph| matches!(glyph.kind, Kind::Digit(_) | Kind::Letter(_));
    let before = glyphs[..range.start].iter().rev().take_while(|glyph| is_word(glyph)).count();
    let after = glyphs[range.end..].iter().take_while(|glyph| is_word(glyph)).count();
    range.start - before..range.end + after
}
