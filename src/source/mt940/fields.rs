//! Fields of a SWIFT message: `:TAG:` at the beginning of a line, and the lines that go on with it.

use std::borrow::Cow;
use std::ops::Range;

/// A line of this many characters was filled, so that a word may go on in the next.
const FULL_LINE: usize = 60;
/// Tags that begin a field. Any other `:12:` at the beginning of a line is text that was cut there.
const TAGS: [&str; 18] = [
    "20", "21", "25", "25P", "28", "28C", "34F", "13", "13D", "60F", "60M", "61", "86", "62F", "62M", "64", "65", "NS",
];

/// One field with its lines.
#[derive(Clone, Debug)]
pub(super) struct Field<'t> {
    pub tag: &'t str,
    /// Byte and line at which its tag stands.
    pub place: (usize, u32),
    /// Its lines, the tag and white space at their ends left out; at least one.
    pub lines: Vec<Range<usize>>,
}

impl Field<'_> {
    /// The line that begins with the tag.
    pub(super) fn first(&self) -> Range<usize> {
        self.lines.first().cloned().unwrap_or(self.place.0..self.place.0)
    }

    /// The lines behind the first, parted by blanks.
    pub(super) fn rest(&self, text: &str) -> String {
        let rest = self.lines.iter().skip(1).map(|line| text[line.clone()].trim());
        rest.collect::<Vec<_>>().join(" ")
    }

    /// All lines as one text: structured text is cut anywhere, free text within a word only where the line was full.
    pub(super) fn joined<'s>(&self, text: &'s str) -> Cow<'s, str> {
        if let [only] = self.lines.as_slice() {
            return Cow::Borrowed(&text[only.clone()]);
        }
        let structured = super::details::is_structured(&text[self.first()]);
        let mut joined = String::new();
        let mut before = 0;
        for line in &self.lines {
            let line = &text[line.clone()];
            if !joined.is_empty() && !structured && before < FULL_LINE {
                joined.push(' ');
            }
            joined.push_str(line);
            before = line.chars().count();
        }
        Cow::Owned(joined)
    }
}

/// Reads field by field; what stands before the first tag and between messages is left out.
pub(super) struct Fields<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    end_of_line: char,
    ended: bool,
}

impl<'t> Fields<'t> {
    pub(super) fn new(text: &'t str) -> Fields<'t> {
        let end_of_line = if text.contains('\n') { '\n' } else { '\r' };
        Fields { text, at: 0, line: 1, end_of_line, ended: false }
    }

    /// The next physical line without its end and the control characters of a telex.
    fn peek(&self) -> Option<(Range<usize>, usize)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find(self.end_of_line);
        let (length, behind) = end.map_or((rest.len(), rest.len()), |end| (end, end + 1));
        let raw = &rest[..length];
        let blank = |letter: char| letter.is_control();
        let start = self.at + (raw.len() - raw.trim_start_matches(blank).len());
        let shown = raw.trim_matches(blank).trim_end();
        Some((start..start + shown.len(), self.at + behind))
    }

    fn step(&mut self, behind: usize) {
        self.at = behind;
        self.line = self.line.saturating_add(1);
    }

    /// Whether a lone `-` ends the message: in text that was cut anywhere it may also be part of a word.
    fn ends_message(&self, shown: &str) -> bool {
        if shown.starts_with("-}") || shown.starts_with("{5:") {
            return true;
        }
        shown == "-"
            && self.peek().is_none_or(|(next, _)| {
                let next = &self.text[next];
                next.is_empty() || next.starts_with(['{', '-']) || tag_of(next).is_some()
            })
    }
}

/// The tag at the beginning of a line, and where its content begins.
fn tag_of(line: &str) -> Option<(Range<usize>, usize)> {
    // A block header may stand before the first field of a message.
    let before = line.find("{4:").filter(|_| line.starts_with('{')).map_or(0, |at| at + 3);
    let rest = line.get(before..)?.strip_prefix(':')?;
    let end = rest.bytes().take(4).position(|byte| byte == b':')?;
    TAGS.contains(&rest.get(..end)?).then_some((before + 1..before + 1 + end, before + end + 2))
}

impl<'t> Iterator for Fields<'t> {
    type Item = Field<'t>;

    fn next(&mut self) -> Option<Field<'t>> {
        let mut field: Option<Field<'t>> = None;
        while let Some((range, behind)) = self.peek() {
            let shown = &self.text[range.clone()];
            if let Some((tag, content)) = tag_of(shown) {
                if field.is_some() {
                    return field;
                }
                let content = (range.start + content).min(range.end)..range.end;
                let tag = &self.text[range.start + tag.start..range.start + tag.end];
                field = Some(Field { tag, place: (range.start, self.line), lines: vec![content] });
                self.ended = false;
                self.step(behind);
                continue;
            }
            self.step(behind);
            if self.ends_message(shown) {
                self.ended = true;
            } else if let Some(field) = field.as_mut().filter(|_| !self.ended)
                && !range.is_empty()
            {
                field.lines.push(range);
            }
        }
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(text: &str) -> Vec<(String, u32, Vec<String>)> {
        let lines = |field: &Field| field.lines.iter().map(|line| text[line.clone()].to_string()).collect();
        Fields::new(text).map(|field| (field.tag.to_string(), field.place.1, lines(&field))).collect()
    }

    #[test]
    fn fields_go_on_until_the_next_tag() {
        let text = "\u{1}{1:F01}{4:\r\n:20:A\r\n:86:B\r\n:12:30 C\r\n-\r\nD\r\n\r\n-}\r\n:61:E\r\n-\r\n";
        let found = fields(text);
        assert_eq!(found[0], ("20".to_string(), 2, vec!["A".to_string()]));
        assert_eq!(found[1], ("86".to_string(), 3, ["B", ":12:30 C", "-", "D"].map(str::to_string).to_vec()));
        assert_eq!(found[2], ("61".to_string(), 9, vec!["E".to_string()]));
        assert_eq!(fields("{1:x}{4::20:A\n:25:B")[0].2, ["A"]);
    }

    #[test]
    fn lines_are_joined_as_they_were_cut() {
        let joined = |text: &str| Fields::new(text).next().map(|field| field.joined(text).into_owned());
        assert_eq!(joined(":86:free\ntext").as_deref(), Some("free text"));
        assert_eq!(joined(":86:/EREF/ab\ncd/").as_deref(), Some("/EREF/abcd/"));
        let full = format!(":86:{}\nb", "a".repeat(65));
        assert_eq!(joined(&full).map(|text| text.len()), Some(66));
    }

    proptest! {
        #[test]
        fn any_text_is_cut(text in "[:0-9A-F{}\r\n\u{1}é-]{0,60}") {
            for field in Fields::new(&text) {
                prop_assert!(!field.lines.is_empty());
                let _ = field.joined(&text);
            }
        }
    }
}
