//! A JSON text, read one level at a time: every value keeps its place in the text, and figures stay as they are written.
//!
//! Nothing is turned into a binary number on the way: a figure is its own characters until `cell` or a reader of
//! `normalize` makes an exact decimal of it.

use super::shape::Shape;
use super::table::excerpt_of;
use crate::diagnostic::{Diagnostic, Excerpt};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A JSON text of a known shape.
#[derive(Clone, Debug)]
pub struct Json<'a> {
    /// The whole text, byte order mark removed.
    pub text: Cow<'a, str>,
    /// What its keys say it is.
    pub shape: &'static Shape,
}

/// One value and its place.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    text: &'t str,
    raw: &'t RawValue,
}

/// The members of an object, in the order of the text.
#[derive(Clone, Debug)]
pub struct Object<'t> {
    node: Node<'t>,
    members: Vec<(String, Node<'t>)>,
}

/// Whether a text begins as an object or an array does.
pub(super) fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The outermost value, or where the text stops being JSON.
pub(super) fn root_of(text: &str) -> Result<Node<'_>, serde_json::Error> {
    serde_json::from_str(text).map(|raw| Node { text, raw })
}

/// The finding for a text that stops being JSON.
pub(super) fn broken(path: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
    let shown = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let at = error.column().saturating_sub(1).min(shown.len());
    let mark = at..at.saturating_add(1).min(shown.len());
    Diagnostic::error("json-structure", path, "the text is not JSON from here on")
        .at(Excerpt::new(line, shown, mark, "a quote, comma or bracket is missing, or the text ends too early"))
        .hint("save the page again; a copy made by hand is often cut off")
}

impl Json<'_> {
    /// The outermost value; `None` only for a text that was not recognised.
    pub fn root(&self) -> Option<Node<'_>> {
        root_of(&self.text).ok()
    }
}

impl<'t> Node<'t> {
    fn of(text: &'t str, raw: &'t RawValue) -> Node<'t> {
        Node { text, raw }
    }

    /// The characters of the value as they stand in the text.
    pub fn raw(&self) -> &'t str {
        self.raw.get()
    }

    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        let start = self.raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        start..start.saturating_add(self.raw.get().len())
    }

    /// Shows its first line in the text.
    pub fn excerpt(&self, label: impl Into<String>) -> Excerpt {
        let range = self.range();
        let first = self.raw.get().lines().next().map_or(range.end, |line| range.start.saturating_add(line.len()));
        excerpt_of(self.text, (0, 1), range.start..first, label)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.raw() == "null"
    }

    /// The text, for a string.
    pub fn text(&self) -> Option<String> {
        self.raw().starts_with('"').then(|| serde_json::from_str(self.raw()).ok())?
    }

    /// The characters of a number.
    pub fn number(&self) -> Option<&'t str> {
        self.raw().starts_with(|first: char| first == '-' || first.is_ascii_digit()).then(|| self.raw())
    }

    /// True or false.
    pub fn truth(&self) -> Option<bool> {
        match self.raw() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The elements of an array, in their order; none for anything else.
    pub fn elements(&self) -> Vec<Node<'t>> {
        let mut from = serde_json::Deserializer::from_str(self.raw());
        if !self.raw().starts_with('[') {
            return Vec::new();
        }
        let raws = from.deserialize_seq(Elements).unwrap_or_default();
        raws.into_iter().map(|raw| Node::of(self.text, raw)).collect()
    }

    /// The members, for an object.
    pub fn object(&self) -> Option<Object<'t>> {
        if !self.raw().starts_with('{') {
            return None;
        }
        let members = serde_json::Deserializer::from_str(self.raw()).deserialize_map(Members).ok()?;
        let members = members.into_iter().map(|(key, raw)| (key, Node::of(self.text, raw))).collect();
        Some(Object { node: *self, members })
    }

    /// What lies at the end of a path of keys; `None` where a key is missing or its value is `null`.
    pub fn at(&self, keys: &[&str]) -> Option<Node<'t>> {
        keys.iter().try_fold(*self, |node, key| node.object()?.get(key))
    }
}

impl<'t> Object<'t> {
    /// The object as a value.
    pub fn node(&self) -> Node<'t> {
        self.node
    }

    /// The value of a key; `None` where the key is missing or its value is `null`. Of two equal keys the last counts, as
    /// everywhere.
    pub fn get(&self, key: &str) -> Option<Node<'t>> {
        self.members.iter().rev().find(|member| member.0 == key).map(|member| member.1).filter(|node| !node.is_null())
    }

    /// Whether the key is there, with whatever value.
    pub fn has(&self, key: &str) -> bool {
        self.members.iter().any(|member| member.0 == key)
    }

    /// All members in the order of the text.
    pub fn members(&self) -> &[(String, Node<'t>)] {
        &self.members
    }
}

struct Elements;

impl<'de> Visitor<'de> for Elements {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(element) = array.next_element()? {
            all.push(element);
        }
        Ok(all)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = object.next_entry()? {
            all.push(member);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_place_and_their_characters() {
        let text =
            "{\n  \"a\": [1.50, \"x\\u00e9\", true, null],\n  \"b\": {\"c\": -0.000000000000000000000000000001}\n}";
        let root = root_of(text).unwrap();
        let array = root.at(&["a"]).unwrap().elements();
        assert_eq!(array[0].number(), Some("1.50"));
        assert_eq!(array[1].text().as_deref(), Some("x\u{e9}"));
        assert_eq!(array[2].truth(), Some(true));
        assert!(array[3].is_null() && array[3].number().is_none() && array[0].text().is_none());
        let deep = root.at(&["b", "c"]).unwrap();
        assert_eq!(deep.raw(), "-0.000000000000000000000000000001");
        assert_eq!(&text[deep.range()], deep.raw());
        assert_eq!((deep.excerpt("").line(), deep.excerpt("").column()), (3, 14));
        assert!(root.at(&["b", "d"]).is_none() && root.at(&["a", "c"]).is_none());
    }

    #[test]
    fn what_is_cut_off_is_named_where_it_ends() {
        for (text, line) in [("{\"a\": 1,", 1), ("[1,\n2", 2), ("{\"a\"\n: 1}}", 2), ("{\"a\": \"\u{e9}", 1), ("{", 1)]
        {
            let error = root_of(text).err().unwrap();
            assert_eq!(broken("x.json", text, &error).line, line, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_json_or_not(text in "[\\[\\]{}\":,0-9a-z\\\\ue.\\- ]{0,40}") {
            if let Ok(root) = root_of(&text) {
                let _ = (root.elements(), root.object(), root.text(), root.number(), root.excerpt(""));
            }
        }
    }
}
