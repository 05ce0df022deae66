//! Card numbers: 13 to 19 digits with an issuer's prefix and a right check digit.

use super::Finding;
use super::scan::{Glyph, Run, bytes, digits, last_four, word_around};

/// Issuer prefixes, as lowest and highest beginning, and the lengths that occur with them (after ISO/IEC 7812).
const ISSUERS: &[(&str, &str, &[usize])] = &[
    ("2200", "2204", &[16, 17, 18, 19]),
    ("2221", "2720", &[16]),
    ("300", "305", &[14]),
    ("34", "34", &[15]),
    ("3528", "3589", &[16, 17, 18, 19]),
    ("36", "36", &[14]),
    ("37", "37", &[15]),
    ("38", "39", &[14]),
    ("4", "4", &[13, 16, 19]),
    ("508", "508", &[16]),
    ("5018", "5038", &[13, 14, 15, 16, 17, 18, 19]),
    ("51", "55", &[16]),
    ("5893", "5893", &[13, 14, 15, 16, 17, 18, 19]),
    ("6011", "6011", &[16, 17, 18, 19]),
    ("6304", "6304", &[13, 14, 15, 16, 17, 18, 19]),
    ("644", "659", &[16, 17, 18, 19]),
    ("67", "67", &[13, 14, 15, 16, 17, 18, 19]),
    ("81", "82", &[16, 17, 18, 19]),
    ("9792", "9792", &[16]),
];

/// A UnionPay number is masked whether or not its check digit is right: not every issuer computes one.
const UNIONPAY_PREFIX: [u8; 2] = [6, 2];
const UNIONPAY_DIGITS: std::ops::RangeInclusive<usize> = 16..=19;
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// Groups of fewer digits belong to dates and amounts.
const GROUP_DIGITS_MIN: usize = 3;
/// So many groups of at least three digits make nineteen.
const CARD_GROUPS_MAX: usize = 6;
/// PayPal transaction ids are words of this length with letters and digits.
const PAYPAL_ID_CHARS: usize = 17;

/// The last four digits of a number, behind a mask: `****1111`. A text without four digits comes back as a mask alone.
pub fn mask_card(number: &str) -> String {
    let glyphs = super::scan::glyphs(number);
    let digits = digits(&glyphs, &(0..glyphs.len()));
    if digits.len() < 4 { "****".to_string() } else { format!("****{}", last_four(&digits)) }
}

/// A card number that begins with this group, and how many groups it takes; the longest counts.
pub(super) fn at(glyphs: &[Glyph], run: &Run, group: usize) -> Option<(Finding, usize)> {
    let end = run.groups.len().min(group + CARD_GROUPS_MAX);
    (group..end).rev().find_map(|last| {
        let range = run.groups[group].start..run.groups[last].end;
        let digits = digits(glyphs, &range);
        if !CARD_DIGITS.contains(&digits.len()) {
            return None;
        }
        let alone = group == last;
        if !alone && run.groups[group..=last].iter().any(|group| group.len() < GROUP_DIGITS_MIN) {
            return None;
        }
        let word = word_around(glyphs, &range);
        let is_glued = word != range;
        if is_glued && alone && word.len() == PAYPAL_ID_CHARS {
            return None;
        }
        let unionpay = digits.starts_with(&UNIONPAY_PREFIX) && UNIONPAY_DIGITS.contains(&digits.len()) && !is_glued;
        let is_card = unionpay || (has_issuer(&digits) && check_digit_fits(&digits));
        is_card.then(|| {
            let mask = format!("****{}", last_four(&digits));
            (Finding { at: bytes(glyphs, &range), mask }, last - group + 1)
        })
    })
}

fn has_issuer(digits: &[u8]) -> bool {
    ISSUERS.iter().any(|(lowest, highest, lengths)| {
        let beginning: Vec<u8> = digits.iter().take(lowest.len()).map(|digit| b'0' + digit).collect();
        lengths.contains(&digits.len()) && lowest.as_bytes() <= &beginning[..] && &beginning[..] <= highest.as_bytes()
    })
}

/// The check of ISO/IEC 7812 (Luhn).
fn check_digit_fits(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => digit * 2,
            (_, digit) => digit * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_keeps_four_digits() {
        assert_eq!(mask_card("4111-1111-1111-1234"), "****1234");
        assert_eq!(mask_card("Visa-4242"), "****4242");
        assert_eq!(mask_card("42"), "****");
    }

    #[test]
    fn prefix_and_check_digit_are_both_needed() {
        let number = |text: &str| -> Vec<u8> { text.bytes().map(|byte| byte - b'0').collect() };
        assert!(check_digit_fits(&number("4111111111111111")));
        assert!(!check_digit_fits(&number("4111111111111112")));
        for (text, issued) in [
            ("4111111111111111", true),
            ("41111111111111", false),
            ("2221000000000009", true),
            ("2220000000000000", false),
            ("2720990000000007", true),
            ("2721000000000004", false),
            ("9999999999999999", false),
        ] {
            assert_eq!(has_issuer(&number(text)), issued, "{text}");
        }
    }
}
