//! Tags and texts of tolerant markup: OFX 1 is SGML whose values have no end tags and whose `&` is often bare.
//!
//! Nothing is refused here. A `<` that opens no tag is text; an entity that is not known stays as it is written.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// `<NAME ...>`, and `<NAME/>`, which is an element without content.
    Open(Range<usize>),
    /// `</NAME>`.
    Close(Range<usize>),
    /// What stands between two tags, white space around it left out; never empty.
    Text(Range<usize>),
    /// What stands in `<![CDATA[...]]>`.
    Plain(Range<usize>),
}

/// Reads a text piece by piece.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

const CDATA: &str = "<![CDATA[";

impl<'t> Pieces<'t> {
    /// Reads from a byte on.
    pub(super) fn from(text: &'t str, at: usize) -> Pieces<'t> {
        Pieces { text, at }
    }

    /// The end of a construct that a mark closes; the end of the text where nothing does.
    fn behind(&self, from: usize, mark: &str) -> (usize, usize) {
        let rest = self.text.get(from..).unwrap_or_default();
        match memchr::memmem::find(rest.as_bytes(), mark.as_bytes()) {
            Some(place) => (from.saturating_add(place), from.saturating_add(place).saturating_add(mark.len())),
            None => (self.text.len(), self.text.len()),
        }
    }

    /// The end of text that begins here: the next `<` that opens a tag.
    fn end_of_text(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        memchr::memchr_iter(b'<', bytes.get(from..).unwrap_or_default())
            .map(|place| from.saturating_add(place))
            .find(|&place| opens_a_tag(bytes, place))
            .unwrap_or(bytes.len())
    }
}

fn opens_a_tag(bytes: &[u8], place: usize) -> bool {
    bytes
        .get(place.saturating_add(1))
        .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at;
            let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
            if rest.starts_with(CDATA) {
                let inside = start.saturating_add(CDATA.len());
                let (end, behind) = self.behind(inside, "]]>");
                self.at = behind;
                return Some(Piece::Plain(inside..end));
            }
            if rest.starts_with("<!--") {
                self.at = self.behind(start, "-->").1;
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                self.at = self.behind(start, ">").1;
            } else if rest.starts_with('<') && opens_a_tag(bytes, start) {
                let (end, behind) = self.behind(start, ">");
                self.at = behind;
                let name_from = start.saturating_add(if rest.starts_with("</") { 2 } else { 1 });
                let inside = self.text.get(name_from..end).unwrap_or_default();
                let length =
                    inside.find(|letter: char| letter.is_ascii_whitespace() || letter == '/').unwrap_or(inside.len());
                let name = name_from..name_from.saturating_add(length);
                return Some(if rest.starts_with("</") { Piece::Close(name) } else { Piece::Open(name) });
            } else {
                // At least one character: a `<` that opens no tag is text.
                self.at = self.end_of_text(start.saturating_add(1)).max(start.saturating_add(1));
                let range = super::kept::trimmed(self.text, start..self.at);
                if !range.is_empty() {
                    return Some(Piece::Text(range));
                }
            }
        }
    }
}

/// Texts behind a `&`, up to this length, that may be an entity.
const ENTITY_MAX: usize = 10;

/// The text with its entities replaced; one that is not known stays as it is.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail.bytes().take(ENTITY_MAX + 1).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(tail.get(1..end)?)?, end)));
        match found {
            Some((letter, end)) => {
                out.push(letter);
                rest = &tail[end + 1..];
            }
            None => {
                out.push('&');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of an entity's name or number.
pub(super) fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        return code.and_then(char::from_u32).filter(|letter| !letter.is_control());
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<String> {
        let shown = |piece: Piece| match piece {
            Piece::Open(name) => format!("<{}>", &text[name]),
            Piece::Close(name) => format!("</{}>", &text[name]),
            Piece::Text(range) => text[range].to_string(),
            Piece::Plain(range) => format!("[{}]", &text[range]),
        };
        Pieces::from(text, 0).map(shown).collect()
    }

    #[test]
    fn values_need_no_end_tags() {
        assert_eq!(pieces("<A><B>x & y\n<C> 1 < 2 </A>"), ["<A>", "<B>", "x & y", "<C>", "1 < 2", "</A>"]);
        assert_eq!(pieces("<?xml v?><!-- <A> --><A b=\"1\"/>t<![CDATA[<x>]]>"), ["<A>", "t", "[<x>]"]);
        assert_eq!(pieces("<A"), ["<A>"]);
        assert_eq!(pieces("<![CDATA[x"), ["[x]"]);
    }

    #[test]
    fn entities_are_replaced_where_they_are_known() {
        assert_eq!(unescaped("A &amp; B & C &#38; &copy; &lt;"), "A & B & C & &copy; <");
        assert_eq!(unescaped("&#x1f600;&#0;&;"), "\u{1f600}&#0;&;");
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end(text in "[<>/!?a&;\\[\\]CDAT é-]{0,60}") {
            for piece in Pieces::from(&text, 0) {
                let (Piece::Open(range) | Piece::Close(range) | Piece::Text(range) | Piece::Plain(range)) = piece;
                prop_assert!(text.get(range).is_some());
            }
            let _ = unescaped(&text);
        }
    }
}
