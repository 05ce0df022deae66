//! How a file was understood: what was decided, and by what.

use super::role::Role;

/// A line of a file that is no record, as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedLine {
    /// Physical line.
    pub line: u32,
    /// Its text, cut where it is long.
    pub text: String,
    /// Why it is no record, in English: `above the header`, `a total`.
    pub why: String,
}

/// Something that was decided for the file as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What was decided: `DD/MM/YYYY`, `,`, `EUR`; empty where nothing was or needed to be.
    pub value: String,
    /// Physical line and text of the cell that decided, where one did.
    pub cell: Option<(u32, String)>,
    /// Why, in English.
    pub why: String,
}

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodColumn {
    /// Title as in the file; empty where it has none.
    pub title: String,
    /// What it holds; `None` for a column that is not used.
    pub role: Option<Role>,
    /// Why, in English.
    pub why: String,
}

/// How a file was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understanding {
    /// Name of the encoding, or of the container.
    pub encoding: String,
    /// The delimiter of delimited text.
    pub delimiter: Option<char>,
    /// Name of the layout: `generic` for a file in none of the catalogue.
    pub layout: String,
    /// Why this layout, in English.
    pub layout_why: String,
    /// Lines above the header.
    pub preamble: Vec<NotedLine>,
    /// Physical line of the header; `None` for a file without one.
    pub header_line: Option<u32>,
    /// Lines among and below the records that are no records.
    pub passed_over: Vec<NotedLine>,
    /// The columns in the order of the file.
    pub columns: Vec<UnderstoodColumn>,
    /// Order of day and month.
    pub date_order: Decision,
    /// Decimal mark.
    pub decimal_mark: Decision,
    /// Which way a positive amount runs.
    pub sign: Decision,
    /// Currency of the rows.
    pub currency: Decision,
}
