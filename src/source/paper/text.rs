//! The text of a paper as it lies on its pages: lines of cells, with where each cell begins and ends.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A stretch of text on a line, parted from its neighbours by more than a blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCell {
    /// Where it begins, in hundredths of a point from the left edge.
    pub left: i32,
    /// Where it ends.
    pub right: i32,
    /// Its text in one spelling (NFKC: no ligatures, no full-width digits), runs of white space as one blank.
    pub text: String,
}

/// One line, its cells from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// Its cells; never empty.
    pub cells: Vec<TextCell>,
}

/// One page, its lines from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPage {
    /// Its lines.
    pub lines: Vec<TextLine>,
}

/// The text of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperText {
    /// Its pages, in order.
    pub pages: Vec<TextPage>,
}

impl TextCell {
    /// Makes a cell; `None` where nothing is written in it.
    pub fn new(left: i32, right: i32, text: &str) -> Option<TextCell> {
        let text = one_spelling(text);
        (!text.is_empty()).then_some(TextCell { left, right, text })
    }
}

impl TextLine {
    /// The whole line, cells parted by one blank.
    pub fn text(&self) -> String {
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        cells.join(" ")
    }
}

impl PaperText {
    /// Plain text as one page with one cell a line, for mails.
    pub fn of_lines(text: &str) -> PaperText {
        let line = |line: &str| Some(TextLine { cells: vec![TextCell::new(0, 0, line)?] });
        PaperText { pages: vec![TextPage { lines: text.lines().filter_map(line).collect() }] }
    }

    /// Every line with its page, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &TextLine)> {
        (1u32..).zip(&self.pages).flat_map(|(page, lines)| lines.lines.iter().map(move |line| (page, line)))
    }
}

/// One spelling for the same text: compatibility forms unfolded, marks that are not seen dropped, blanks single.
pub fn one_spelling(text: &str) -> String {
    let seen = |letter: &char| !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let unfolded: String = text.nfkc().filter(seen).map(|c| if c.is_control() { ' ' } else { c }).collect();
    unfolded.split_whitespace().collect::<Vec<_>>().join(" ")
}
