//! A document for people: headings, paragraphs, facts, tables, pictures. The page in a browser and the PDF are drawn
//! from the same document, so their figures cannot differ.

use crate::picture::Scene;
use crate::text::Lang;

/// A document in one language. All texts are cleaned and redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 3; levels are never skipped. `id` is the anchor within the page, if one leads here.
    Heading {
        /// Level from 1.
        level: u8,
        /// Anchor.
        id: Option<String>,
        /// Text.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// Pairs of label and value.
    Facts(Vec<(String, String)>),
    /// A list of points.
    List(Vec<String>),
    /// A table with titles that repeat on every page.
    Table(Table),
    /// A picture with its caption.
    Figure {
        /// The picture; its `alt` says what it shows.
        scene: Scene,
        /// The caption.
        caption: String,
    },
}

/// A table. A cell that is the anchor of a heading leads there where the page has links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, one text a column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Whether it holds amounts, which are aligned on the right and never broken.
    pub is_amount: bool,
}
