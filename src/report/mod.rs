//! The finished value as a person or a program reads it: table, JSON, CSV, Markdown, and a
//! document for people that becomes a page or a PDF.
//!
//! A report computes nothing: every figure stands in the [`Reconciliation`]. Text from files is redacted and cleaned
//! here, at the last border, and nowhere else. The same value and view give the same bytes.

mod calendar;
mod csv;
mod document;
mod dossier;
mod forecast;
mod grid;
mod headline;
mod holdings;
mod html;
mod inspection;
mod json;
mod listing;
mod markdown;
mod paint;
mod places;
mod renewal;
mod row;
mod summary;
mod table;
mod voice;
mod warning;
mod wording;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use calendar::calendar;
pub use csv::{csv, push_record as push_csv_record};
pub use document::{Block, Column, Document, Table};
pub use dossier::{Selection, dossier};
pub use forecast::needed;
pub use headline::{case_headline, deadline_name};
pub use holdings::holdings;
pub use html::html;
pub use inspection::{inspection_json, inspection_text};
pub use json::json;
pub use listing::{listing_csv, listing_json, listing_table};
pub use markdown::markdown;
pub use table::table;
pub use warning::warnings;
pub use wording::innocent_name;

#[cfg(doc)]
use crate::reconciliation::Reconciliation;
use crate::text::Lang;

/// How a report is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Language of sentences and headings.
    pub lang: Lang,
    /// Whether numbers and addresses that identify a person are masked.
    pub redact: bool,
    /// Columns of the terminal; for the table alone. Below 40 counts as 40.
    pub width: u16,
    /// Whether the table is coloured. Colour adds nothing that is not there in words.
    pub color: bool,
}
