//! A document as a PDF: pages in A4, tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same document.
//!
//! `flow` lays the document out, all lengths whole numbers; `draw` alone speaks to the library that writes the file.
//! What the embedded fonts lack is named instead of drawn (`⟨U+20BB7⟩`), since a missing glyph would be an error.

mod draw;
mod figure;
mod flow;
mod fonts;
mod lines;
mod sheet;
mod table;
#[cfg(test)]
mod tests;

pub use fonts::LICENCE;

use crate::domain::Day;
use crate::report::Document;
use flow::Flow;
use fonts::Faces;
use std::fmt;

/// Pages of one document. A bundle of ordinary size has a few dozen; a list of cases goes on in the CSV long before.
pub const PAGES_MAX: usize = 1_000;
/// Rows of one table. What is cut off stands in the CSV, and a line below the table says so.
pub const TABLE_ROWS_MAX: usize = 400;

/// What the document itself does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfOptions {
    /// The day it is dated: from the data or given, never the clock.
    pub day: Day,
    /// What tells this document from others, for the file's identifier: the digest of what went in.
    pub id: String,
    /// The name of the CSV file in which the whole of a long table stands.
    pub whole_tables: String,
}

/// Why no PDF was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// The document would have more than [`PAGES_MAX`] pages.
    TooManyPages,
    /// An embedded font cannot be read: our bug.
    Font,
    /// The writer refused the document, in its own words: our bug.
    Writer(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::TooManyPages => write!(f, "the document has more than {PAGES_MAX} pages"),
            PdfError::Font => write!(f, "an embedded font cannot be read"),
            PdfError::Writer(why) => write!(f, "the PDF does not hold to its standard: {why}"),
        }
    }
}

impl std::error::Error for PdfError {}

/// Draws the document: the bytes of a PDF file.
///
/// # Errors
/// [`PdfError::TooManyPages`] for an endless document; the other kinds would be bugs of ours.
pub fn pdf(document: &Document, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
    let faces = Faces::embedded().ok_or(PdfError::Font)?;
    let laid = Flow::lay(document, options, &faces)?;
    draw::write(document.lang, &laid, options, &faces)
}
