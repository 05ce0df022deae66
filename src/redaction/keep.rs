//! The other way round: a text keeps what is known, and everything else is marked as removed.

use super::{iban, scan};
use std::ops::Range;

/// What stands where something was taken out.
pub const REMOVED: &str = "[removed]";

/// Characters a reference may have beside letters and digits.
const REFERENCE_MARKS: &str = "-_./#:";
const REFERENCE_BYTES_MAX: usize = 64;
/// Between two kept words these stay as they are.
const JOINTS: &str = " *.,:/+#-()（）　＊";
const JOINT_CHARS_MAX: usize = 4;

/// A text with everything outside the parts taken out. The parts are in order and do not touch.
///
/// # Examples
/// ```
/// use payproof::redaction::only;
/// assert_eq!(only("SHOP *PLAN Mei Lin", &[0..4, 6..10]), "SHOP *PLAN [removed]");
/// assert_eq!(only("Mei Lin", &[]), "[removed]");
/// assert_eq!(only("", &[]), "");
/// ```
pub fn only(text: &str, parts: &[Range<usize>]) -> String {
    let mut kept = String::new();
    let mut done = 0;
    for part in parts {
        let between = text.get(done..part.start).unwrap_or_default();
        let is_joint = between.chars().count() <= JOINT_CHARS_MAX && between.chars().all(|c| JOINTS.contains(c));
        match is_joint {
            true if done > 0 => kept.push_str(between),
            true => {}
            false => mark(&mut kept),
        }
        if kept.ends_with(REMOVED) {
            kept.push(' ');
        }
        kept.push_str(text.get(part.clone()).unwrap_or_default());
        done = part.end;
    }
    let rest = text.get(done..).unwrap_or_default();
    if rest.chars().any(|letter| !JOINTS.contains(letter)) {
        mark(&mut kept);
    }
    kept
}

fn mark(kept: &mut String) {
    if !kept.is_empty() && !kept.ends_with(' ') {
        kept.push(' ');
    }
    kept.push_str(REMOVED);
}

/// Whether a text has the form of an identifier that a party issues: one word with a digit in it, no address and no
/// bank account. A name or a sentence that someone wrote where a number belongs is none.
pub fn is_reference(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || REFERENCE_MARKS.as_bytes().contains(&byte);
    !text.is_empty()
        && text.len() <= REFERENCE_BYTES_MAX
        && text.bytes().all(fits)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && iban::find(&scan::glyphs(text)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_one_word_with_a_digit() {
        for text in ["5HK81734DN2209617", "ABCD1234-0001", "2026030222001412341234567890", "ch_3Nk4", "INV#7"] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["", "Zhang Wei", "ZhangWei", "张伟1", "a@b.example1", "DE89370400440532013000", "4111 1111"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn what_is_taken_out_is_marked_once_in_its_place() {
        assert_eq!(only("Mei SHOP for Lin PLAN x", &[4..8, 17..21]), "[removed] SHOP [removed] PLAN [removed]");
        let one = |text: &str, part: Range<usize>| only(text, std::slice::from_ref(&part));
        assert_eq!(one("* SHOP *", 2..6), "SHOP");
        assert_eq!(one("消费SHOP", 6..10), "[removed] SHOP");
        assert_eq!(one("SUBSZHANG", 0..4), "SUBS [removed]");
    }
}
