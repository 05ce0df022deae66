//! Columns of a terminal: a Chinese character takes two, a combining mark none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The number of terminal columns of a cleaned text.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The number of terminal columns of one character.
pub(super) fn width_of(character: char) -> usize {
    UnicodeWidthChar::width(character).unwrap_or(1)
}

/// The text with blanks after it, up to `columns`. A wider text comes back whole.
pub fn pad_end(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text with blanks before it, up to `columns`: figures stand right. A wider text comes back whole.
pub fn pad_start(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// The text if it fits, else its beginning and `...`, never more than `columns` wide.
///
/// A character of two columns is kept whole or left out, and combining marks stay with their letter.
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    let dots = &"..."[..columns.min(3)];
    let mut room = columns.saturating_sub(dots.len());
    let mut kept = String::new();
    for character in text.chars() {
        let taken = width_of(character);
        if taken > room {
            break;
        }
        room = room.saturating_sub(taken);
        kept.push(character);
    }
    kept.push_str(dots);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns_and_a_mark_none() {
        assert_eq!(width("已扣款"), 6);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(pad_end("退款", 6), "退款  ");
        assert_eq!(pad_start("20.00 USD", 11), "  20.00 USD");
        assert_eq!(pad_end("toolong", 3), "toolong");
    }

    #[test]
    fn a_cut_never_halves_a_character() {
        assert_eq!(truncate("已扣款未到账", 12), "已扣款未到账");
        assert_eq!(truncate("已扣款未到账", 10), "已扣款...");
        assert_eq!(truncate("已扣款未到账", 9), "已扣款...");
        assert_eq!(truncate("已扣款未到账", 8), "已扣...");
        assert_eq!(truncate("cafe\u{301}s and more", 7), "cafe\u{301}...");
        assert_eq!(truncate("abc", 2), "..");
        assert_eq!(truncate("abc", 0), "");
    }
}
