//! The last look, fail-closed: every finished file is searched for what identifies a person or opens an account, and
//! if anything is found nothing is written.
//!
//! A file that cannot be looked into is refused as well. A PDF is looked at through the text that its writer gives
//! beside it, and through its own metadata.

use super::bag::Exhibit;
use crate::redaction::{Allowed, Private, private_in};
use std::collections::BTreeSet;

/// Something private in a finished file; what it is, never the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Name of the file in the bundle.
    pub file: String,
    /// What was found; `None` for a file that cannot be looked into.
    pub what: Option<Private>,
}

/// Attributes that hold geometry or digests of the page itself, and no text from files.
const NUMERIC_ATTRIBUTES: [&str; 24] = [
    "d",
    "points",
    "viewbox",
    "transform",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "width",
    "height",
    "stroke-dasharray",
    "stroke-width",
    "font-size",
    "colspan",
    "rowspan",
];

/// Everything private in the files and their names.
pub(super) fn look(exhibits: &[Exhibit], allowed: &Allowed) -> Vec<Leak> {
    let mut leaks = BTreeSet::new();
    for exhibit in exhibits {
        let leak = |what| Leak { file: exhibit.name.clone(), what };
        let Some(texts) = texts_of(exhibit) else {
            leaks.insert(leak(None));
            continue;
        };
        let found = texts.iter().chain([&exhibit.name]).flat_map(|text| private_in(text, allowed));
        leaks.extend(found.map(|kind| leak(Some(kind))));
    }
    leaks.into_iter().collect()
}

/// The texts of a file; `None` where it cannot be read.
fn texts_of(exhibit: &Exhibit) -> Option<Vec<String>> {
    let ending = exhibit.name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    match ending {
        "txt" | "csv" | "json" | "md" => Some(vec![String::from_utf8(exhibit.bytes.clone()).ok()?]),
        "html" | "svg" => Some(texts_of_markup(std::str::from_utf8(&exhibit.bytes).ok()?)),
        "pdf" => {
            let text = exhibit.text.clone().filter(|text| !text.trim().is_empty())?;
            Some(vec![text, metadata_of(&exhibit.bytes)])
        }
        _ => None,
    }
}

/// The metadata packet of a PDF, which PDF/A keeps in the clear; empty where there is none.
fn metadata_of(bytes: &[u8]) -> String {
    let find = |sign: &[u8], from: usize| {
        let rest = bytes.get(from..)?;
        memchr::memmem::find(rest, sign).and_then(|at| from.checked_add(at))
    };
    let packet = find(b"<?xpacket begin", 0).and_then(|start| Some(start..find(b"<?xpacket end", start)?));
    packet
        .and_then(|range| bytes.get(range))
        .map(|packet| String::from_utf8_lossy(packet).into_owned())
        .unwrap_or_default()
}

/// What a page shows and says: the text between tags in one piece a tag, and each attribute. Style sheets hold no text.
///
/// A place where a line may break parts no text: a reader sees one number, and a digest that is known stays whole.
fn texts_of_markup(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let whole = page.replace("<wbr>", "");
    let mut rest = whole.as_str();
    let mut in_style = false;
    while let Some(open) = rest.find('<') {
        if !in_style {
            texts.push(unescaped(&rest[..open]));
        }
        let tag = &rest[open..];
        let (end, skipped) = match tag.strip_prefix("<!--") {
            Some(comment) => {
                let end = comment.find("-->").map_or(tag.len(), |at| at + "<!---->".len());
                texts.push(tag[..end.min(tag.len())].to_string());
                (end.min(tag.len()), true)
            }
            None => (end_of_tag(tag), false),
        };
        if !skipped {
            let inside = &tag[1..end.max(1).min(tag.len())];
            let name: String = inside.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
            in_style = name.eq_ignore_ascii_case("style") || (in_style && !name.eq_ignore_ascii_case("/style"));
            attributes(inside, &mut texts);
        }
        rest = &tag[end..];
    }
    texts.push(unescaped(rest));
    texts
}

/// The byte after the `>` that closes a tag; quoted values may hold one.
fn end_of_tag(tag: &str) -> usize {
    let mut quote: Option<char> = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn attributes(inside: &str, texts: &mut Vec<String>) {
    let mut rest = inside;
    while let Some(at) = rest.find("=\"") {
        let name = rest[..at].rsplit(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
        let value = &rest[at + 2..];
        let end = value.find('"').unwrap_or(value.len());
        if !NUMERIC_ATTRIBUTES.contains(&name.as_str()) {
            texts.push(unescaped(&value[..end]));
        } else if value[..end].chars().any(|c| c.is_alphabetic() && !c.is_ascii()) || value[..end].contains('@') {
            texts.push(value[..end].to_string());
        }
        rest = value.get(end + 1..).unwrap_or_default();
    }
}

/// A text with its character references resolved.
fn unescaped(text: &str) -> String {
    const NAMED: [(&str, &str); 6] =
        [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{a0}"), ("amp", "&")];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(';').unwrap_or(0);
        let name = &after[..end];
        let coded = name.strip_prefix('#').and_then(|code| {
            let value = match code.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(value).map(String::from)
        });
        let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, sign)| (*sign).to_string());
        match coded.or(named) {
            Some(sign) => {
                plain.push_str(&sign);
                rest = &after[end + 1..];
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(name: &str, bytes: &[u8], text: Option<&str>) -> Vec<Option<Private>> {
        let exhibit = Exhibit { name: name.to_string(), bytes: bytes.to_vec(), text: text.map(str::to_string) };
        look(&[exhibit], &Allowed::default()).into_iter().map(|leak| leak.what).collect()
    }

    #[test]
    fn nothing_hides_in_a_page() {
        for page in [
            "<p>4111 1111 1111 1111</p>",
            "<p>4111 1111<wbr>1111 1111</p>",
            "<p>4111&#32;1111&#x20;1111 1111</p>",
            "<img alt=\"4111111111111111\">",
            "<p title=\"a > b 4111111111111111\">x</p>",
            "<!-- 4111111111111111 -->",
            "<style>p{}</style><p>4111111111111111",
            "<text x=\"4\">4111111111111111</text>",
        ] {
            assert_eq!(kinds("report.html", page.as_bytes(), None), [Some(Private::Card)], "{page}");
        }
        assert_eq!(kinds("report.html", b"<p>mei&#64;example.com</p>", None), [Some(Private::Mail)]);
    }

    #[test]
    fn geometry_and_style_raise_no_alarm() {
        let page = "<style>@media print{p{margin:4111px}}</style><svg viewBox=\"4111 1111 1111 1111\">\
                    <path d=\"M 4111 1111 1111 1111\"/></svg><td>4111</td><td>1111</td><td>1111</td><td>1111</td>";
        assert!(kinds("report.html", page.as_bytes(), None).is_empty());
    }

    #[test]
    fn what_cannot_be_looked_into_is_refused() {
        assert_eq!(kinds("report.pdf", b"%PDF-1.7", None), [None]);
        assert_eq!(kinds("report.pdf", b"%PDF-1.7", Some("20.00 USD")), []);
        assert_eq!(kinds("a.bin", b"x", None), [None]);
        assert_eq!(kinds("a.txt", b"\xff\xfe", None), [None]);
        let pdf = b"%PDF <?xpacket begin=\"\"?><dc:title>mei@example.com</dc:title><?xpacket end=\"w\"?>";
        assert_eq!(kinds("report.pdf", pdf, Some("20.00 USD")), [Some(Private::Mail)]);
    }

    #[test]
    fn names_are_looked_at_too() {
        assert_eq!(kinds("4111111111111111.txt", b"", None), [Some(Private::Card)]);
    }
}
