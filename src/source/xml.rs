//! Well-formed XML with the place of everything in it, and elements kept as small trees.
//!
//! No document type is allowed: entities of its own are how a small file grows large. Names are told without their
//! prefix, since banks choose prefixes freely.

use super::markup::entity;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::ops::Range;

/// How deep elements may nest.
const DEPTH_MAX: usize = 64;

/// A place at which XML cannot be read on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct XmlFault {
    /// Byte in the text.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// A piece of XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum XmlPiece<'t> {
    /// An element begins: its name, and where its tag stands. An empty element is closed at once.
    Open(&'t str, Range<usize>),
    /// The element that was opened last ends before this byte.
    Close(usize),
    /// Text as it is written.
    Text(Range<usize>),
    /// A character that was written as an entity.
    Letter(char),
}

/// Reads piece by piece.
pub(super) struct Xml<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str) -> Xml<'t> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Xml { text, reader, depth: 0 }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<XmlPiece<'t>>, XmlFault> {
        loop {
            let start = self.position();
            let fault = |message: &str| XmlFault { at: start, message: message.to_string() };
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(XmlFault { at: start, message: error.to_string() }),
            };
            let range = start..self.position();
            return Ok(Some(match event {
                Event::Start(_) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > DEPTH_MAX {
                        return Err(fault("elements nest too deep"));
                    }
                    XmlPiece::Open(self.name_in(&range), range)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    XmlPiece::Close(range.end)
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Text(_) => XmlPiece::Text(range),
                Event::CData(_) => {
                    let inside = range.start.saturating_add("<![CDATA[".len());
                    XmlPiece::Text(inside..range.end.saturating_sub("]]>".len()).max(inside))
                }
                Event::GeneralRef(_) => {
                    let name = self.text.get(range.clone()).unwrap_or_default().trim_matches(['&', ';']);
                    entity(name).map_or(XmlPiece::Text(range), XmlPiece::Letter)
                }
                Event::DocType(_) => return Err(fault("a document type is declared, which no statement needs")),
                Event::Eof if self.depth > 0 => return Err(fault("the file ends inside an element")),
                Event::Eof => return Ok(None),
            }));
        }
    }

    fn name_in(&self, tag: &Range<usize>) -> &'t str {
        let inside = self.text.get(tag.clone()).unwrap_or_default().trim_start_matches('<');
        let end = inside.find(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>'));
        let name = &inside[..end.unwrap_or(inside.len())];
        name.rsplit(':').next().unwrap_or(name)
    }

    /// Reads the rest of an element that was just opened.
    pub(super) fn element(&mut self, name: &'t str, tag: Range<usize>) -> Result<Element<'t>, XmlFault> {
        let mut open = vec![Element::new(name, tag)];
        loop {
            match self.next()? {
                None => {
                    return Err(XmlFault { at: self.text.len(), message: "the file ends inside an element".into() });
                }
                Some(XmlPiece::Open(name, tag)) => open.push(Element::new(name, tag)),
                Some(XmlPiece::Text(range)) => {
                    if let Some(element) = open.last_mut() {
                        element.add(self.text, range);
                    }
                }
                Some(XmlPiece::Letter(letter)) => {
                    if let Some(element) = open.last_mut() {
                        element.add_letter(self.text, letter);
                    }
                }
                Some(XmlPiece::Close(_)) => {
                    let Some(done) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(outer) => outer.children.push(done),
                        None => return Ok(done),
                    }
                }
            }
        }
    }
}

/// Where the value of an attribute stands in a tag.
pub(super) fn attribute_in(text: &str, tag: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let inside = text.get(tag.clone())?;
    for (at, _) in inside.match_indices(name) {
        let before = inside[..at].chars().next_back().is_some_and(char::is_whitespace);
        let behind = inside[at + name.len()..].trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start).filter(|_| before) else { continue };
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let start = tag.start + (inside.len() - value.len()) + 1;
        let length = value[1..].find(quote)?;
        return Some(start..start + length);
    }
    None
}

/// What an element says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A stretch of the text, white space around it left out.
    Written(Range<usize>),
    /// Several stretches, or characters that were written as entities.
    Composed(String),
}

/// An element with all in it.
#[derive(Clone, Debug)]
pub(super) struct Element<'t> {
    pub name: &'t str,
    /// Where its opening tag stands.
    pub tag: Range<usize>,
    pub children: Vec<Element<'t>>,
    said: Option<Said>,
}

impl<'t> Element<'t> {
    fn new(name: &'t str, tag: Range<usize>) -> Element<'t> {
        Element { name, tag, children: Vec::new(), said: None }
    }

    fn add(&mut self, text: &str, range: Range<usize>) {
        let raw = &text[range.clone()];
        match &mut self.said {
            None if raw.trim().is_empty() => {}
            None => self.said = Some(Said::Written(range)),
            Some(Said::Composed(composed)) => composed.push_str(raw),
            Some(Said::Written(first)) => self.said = Some(Said::Composed(text[first.clone()].to_string() + raw)),
        }
    }

    fn add_letter(&mut self, text: &str, letter: char) {
        let mut composed = match self.said.take() {
            None => String::new(),
            Some(Said::Composed(composed)) => composed,
            Some(Said::Written(first)) => text[first].to_string(),
        };
        composed.push(letter);
        self.said = Some(Said::Composed(composed));
    }

    /// Its own text, if it has any.
    pub(super) fn said(&self, text: &str) -> Option<Said> {
        match self.said.clone()? {
            Said::Written(range) => {
                Some(super::kept::trimmed(text, range)).filter(|range| !range.is_empty()).map(Said::Written)
            }
            Said::Composed(composed) => {
                Some(Said::Composed(composed.trim().to_string())).filter(|said| *said != Said::Composed(String::new()))
            }
        }
    }

    /// Its own text; empty where it has none.
    pub(super) fn text<'s>(&'s self, text: &'s str) -> Cow<'s, str> {
        match &self.said {
            None => Cow::Borrowed(""),
            Some(Said::Written(range)) => Cow::Borrowed(text[range.clone()].trim()),
            Some(Said::Composed(composed)) => Cow::Borrowed(composed.trim()),
        }
    }

    /// The children of a name.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Element<'t>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element that a path of names leads to, every way tried.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element<'t>> {
        match path {
            [] => Some(self),
            [name, rest @ ..] => {
                self.children.iter().filter(|child| child.name == *name).find_map(|child| child.at(rest))
            }
        }
    }

    /// Where the value of an attribute stands.
    pub(super) fn attribute(&self, text: &str, name: &str) -> Option<Range<usize>> {
        attribute_in(text, &self.tag, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn root(text: &str) -> Result<Element<'_>, XmlFault> {
        let mut xml = Xml::new(text);
        loop {
            match xml.next()? {
                Some(XmlPiece::Open(name, tag)) => return xml.element(name, tag),
                Some(_) => {}
                None => return Err(XmlFault { at: 0, message: "nothing".to_string() }),
            }
        }
    }

    #[test]
    fn elements_know_their_places() {
        let text =
            "<?xml version=\"1.0\"?><n:a><b Ccy = 'EUR'> 1.50 </b><b/><c>x &amp; y</c><d><![CDATA[<z>]]></d></n:a>";
        let root = root(text).unwrap();
        assert_eq!(root.name, "a");
        let b = root.at(&["b"]).unwrap();
        assert_eq!(b.said(text), Some(Said::Written(42..46)));
        assert_eq!(b.attribute(text, "Ccy").map(|range| &text[range]), Some("EUR"));
        assert_eq!(root.at(&["c"]).unwrap().said(text), Some(Said::Composed("x & y".to_string())));
        assert_eq!(root.at(&["d"]).unwrap().text(text), "<z>");
        assert_eq!(root.all("b").count(), 2);
    }

    #[test]
    fn broken_xml_is_refused_with_its_place() {
        assert_eq!(root("<a><b></a>").unwrap_err().at, 6);
        assert!(root("<a><b>").unwrap_err().message.contains("ends inside"));
        assert!(root("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").unwrap_err().message.contains("document type"));
        let deep = "<a>".repeat(100);
        assert!(root(&deep).unwrap_err().message.contains("too deep"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(<a>|</a>|<b c=\"d\"/>|[<>&;!a\"'é -]){0,20}") {
            let _ = root(&text);
        }
    }
}
