//! Numbers of persons and accounts: Chinese identity and mobile numbers, and digits that a word calls an account.

use super::Finding;
use super::scan::{Glyph, Kind, Run, bytes, digits, last_four, word_around};
use crate::domain::Day;
use std::ops::Range;

/// Words after which a run of digits is an account number, in lower case.
const ACCOUNT_WORDS: &[&str] = &[
    "account", "acct", "a/c", "acc no", "konto", "compte", "cuenta", "conto", "账号", "帐号", "账户", "帐户", "賬號",
    "卡号", "卡號", "口座",
];
/// Characters that may stand between such a word and its number (` no.: `).
const WORD_GAP_CHARS_MAX: usize = 12;
const ACCOUNT_DIGITS_MIN: usize = 6;

/// A Chinese identity or mobile number that begins with this group, and how many groups it takes.
pub(super) fn at(glyphs: &[Glyph], run: &Run, group: usize) -> Option<(Finding, usize)> {
    identity(glyphs, &run.groups[group]).map(|finding| (finding, 1)).or_else(|| mobile(glyphs, run, group))
}

/// Seventeen digits with a day of birth inside and a check sign, which may be X (GB 11643).
pub(super) fn identity(glyphs: &[Glyph], group: &Range<usize>) -> Option<Finding> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const SIGNS: &[u8; 11] = b"10X98765432";
    let word = word_around(glyphs, group);
    if word.len() != 18 || word.start != group.start {
        return None;
    }
    let digits = digits(glyphs, &word);
    let sum: u32 = WEIGHTS.iter().zip(digits.get(..17)?).map(|(weight, &digit)| weight * u32::from(digit)).sum();
    let sign = match glyphs[word.end - 1].kind {
        Kind::Digit(digit) => b'0' + digit,
        Kind::Letter(letter) => letter,
        _ => return None,
    };
    let number = |range: Range<usize>| digits[range].iter().fold(0u32, |sum, &digit| sum * 10 + u32::from(digit));
    let is_born = Day::from_ymd(i32::try_from(number(6..10)).ok()?, number(10..12), number(12..14)).is_some();
    let fits = is_born && SIGNS.get(usize::try_from(sum % 11).ok()?) == Some(&sign);
    fits.then(|| Finding { at: bytes(glyphs, &word), mask: "******".to_string() })
}

/// Eleven digits of a Chinese mobile number, as one group, as 3-4-4, or behind a country code without separator.
pub(super) fn mobile(glyphs: &[Glyph], run: &Run, group: usize) -> Option<(Finding, usize)> {
    let lengths: Vec<usize> = run.groups[group..].iter().take(3).map(ExactSizeIterator::len).collect();
    let (groups, skipped) = match lengths.as_slice() {
        [11, ..] => (1, 0),
        [13, ..] if digits(glyphs, &run.groups[group]).starts_with(&[8, 6]) => (1, 2),
        [3, 4, 4] => (3, 0),
        _ => return None,
    };
    let range = run.groups[group].start + skipped..run.groups[group + groups - 1].end;
    // `+1...` is a number of another country.
    let is_foreign = skipped == 0 && range.start.checked_sub(1).is_some_and(|before| glyphs[before].kind == Kind::Plus);
    let digits = digits(glyphs, &range);
    let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    if is_foreign || !is_mobile(&text) || word_around(glyphs, &range).len() > range.len() + skipped {
        return None;
    }
    let mask = format!("{}****{}", &text[..3], last_four(&digits));
    Some((Finding { at: bytes(glyphs, &range), mask }, groups))
}

/// Ranges given out for phones of persons; 140 to 144 belong to machines.
fn is_mobile(text: &str) -> bool {
    match text.as_bytes() {
        [b'1', b'3' | b'5' | b'7' | b'8' | b'9', ..] => true,
        [b'1', b'4', third, ..] => (b'5'..=b'9').contains(third),
        [b'1', b'6', third, ..] => matches!(third, b'2' | b'5' | b'6' | b'7'),
        _ => false,
    }
}

/// A number that a word just before it calls an account, and how many groups it takes.
pub(super) fn account_at(text: &str, glyphs: &[Glyph], run: &Run, group: usize) -> Option<(Finding, usize)> {
    let start = run.groups[group].start;
    let near = start.saturating_sub(2 * WORD_GAP_CHARS_MAX);
    let before = text[glyphs[near].at.start..glyphs[start].at.start].to_lowercase();
    let is_named = ACCOUNT_WORDS.iter().any(|word| {
        before.rfind(word).is_some_and(|at| {
            let gap = &before[at + word.len()..];
            gap.chars().count() <= WORD_GAP_CHARS_MAX && !gap.contains(|c: char| c.is_ascii_digit() || c == ',')
        })
    });
    let range = start..run.groups.last()?.end;
    let digits = digits(glyphs, &range);
    let at = bytes(glyphs, &range);
    // A date or an amount may follow such a word too.
    let is_figure = text[at.clone()].contains('.') || Day::parse_iso(&text[at.clone()]).is_some();
    (is_named && !is_figure && digits.len() >= ACCOUNT_DIGITS_MIN).then(|| {
        let mask = format!("****{}", last_four(&digits));
        (Finding { at, mask }, run.groups.len() - group)
    })
}
