//! The cells of one sheet as rows of text.

use super::SheetFault;
use super::value::{day_text, plain_number};
use super::workbook::{Sheet, Workbook, rich_text};
use crate::source::record::Row;
use crate::source::xml::{Element, Xml, XmlFault, XmlPiece, attribute_in};
use std::borrow::Cow;
use std::ops::Range;

/// Columns of a sheet that are looked at; a statement has a few dozen.
const COLUMNS_MAX: usize = 512;
/// Cells, empty ones counted, that a sheet may have.
const CELLS_MAX: usize = 8_000_000;
/// Bytes that the text of a sheet may have: many cells may share one long text.
const TEXT_BYTES_MAX: usize = 256 << 20;

/// A sheet as text: cells parted by tabs, rows by line ends.
#[derive(Default)]
pub(super) struct Grid {
    pub text: String,
    pub rows: Vec<Row>,
}

/// A row while its cells are read.
struct OpenRow {
    number: u32,
    start: usize,
    cells: Vec<Range<usize>>,
}

impl Grid {
    pub(super) fn read(xml_text: &str, sheet: &Sheet, workbook: &Workbook) -> Result<Grid, SheetFault> {
        let broken = |fault: XmlFault| SheetFault::Broken(sheet.part.clone(), fault.message);
        let mut xml = Xml::new(xml_text);
        let mut text = String::new();
        let mut rows: Vec<OpenRow> = Vec::new();
        let mut cells = 0usize;
        let mut open: Option<OpenRow> = None;
        while let Some(piece) = xml.next().map_err(broken)? {
            match piece {
                XmlPiece::Open("row", tag) => {
                    rows.extend(open.take());
                    let last = rows.last().map_or(0, |row| row.number);
                    let number = attribute_in(xml_text, &tag, "r").and_then(|range| xml_text[range].parse().ok());
                    let number = number.unwrap_or(last.saturating_add(1));
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    open = Some(OpenRow { number, start: text.len(), cells: Vec::new() });
                }
                XmlPiece::Open("c", tag) => {
                    let column = attribute_in(xml_text, &tag, "r").and_then(|range| column_of(&xml_text[range]));
                    let cell = xml.element("c", tag).map_err(broken)?;
                    let Some(row) = open.as_mut() else { continue };
                    let shown = shown(&cell, xml_text, workbook);
                    let column = column.unwrap_or(row.cells.len());
                    if column < COLUMNS_MAX && column >= row.cells.len() {
                        cells = cells.saturating_add(row.put(column, &shown, &mut text));
                    }
                    if cells > CELLS_MAX || text.len() > TEXT_BYTES_MAX {
                        return Err(SheetFault::TooLarge(sheet.part.clone()));
                    }
                }
                // What stands behind the cells: validations, formats, drawings.
                XmlPiece::Open(name @ ("mergeCells" | "conditionalFormatting" | "dataValidations"), tag) => {
                    xml.element(name, tag).map_err(broken)?;
                }
                _ => {}
            }
        }
        rows.extend(open);
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if rows.len().saturating_mul(width) > CELLS_MAX {
            return Err(SheetFault::TooLarge(sheet.part.clone()));
        }
        let rows = rows.into_iter().map(|row| row.finish(width)).collect();
        Ok(Grid { text, rows })
    }
}

impl OpenRow {
    /// Puts a cell at its column, empty cells before it; says how many cells that were.
    fn put(&mut self, column: usize, shown: &str, text: &mut String) -> usize {
        let before = self.cells.len();
        while self.cells.len() <= column {
            if !self.cells.is_empty() {
                text.push('\t');
            }
            self.cells.push(text.len()..text.len());
        }
        if let Some(cell) = self.cells.last_mut() {
            text.push_str(shown);
            cell.end = text.len();
        }
        self.cells.len().saturating_sub(before)
    }

    /// The row with empty cells up to the width of the sheet.
    fn finish(mut self, width: usize) -> Row {
        let end = self.cells.last().map_or(self.start, |cell| cell.end);
        self.cells.resize(width.max(self.cells.len()), end..end);
        Row::kept((self.start, self.number), &self.cells)
    }
}

/// The column of `AB12`, from 0.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters
        .map(|letter| usize::from(letter.to_ascii_uppercase() - b'A'))
        .try_fold(0usize, |sum, letter| sum.checked_mul(26)?.checked_add(letter)?.checked_add(1));
    column?.checked_sub(1)
}

/// What a cell shows.
fn shown<'x>(cell: &'x Element, text: &'x str, workbook: &'x Workbook) -> Cow<'x, str> {
    let kind = attribute_in(text, &cell.tag, "t").map_or("n", |range| &text[range]);
    let value = cell.at(&["v"]).map(|value| value.text(text)).filter(|value| !value.is_empty());
    let formula = cell.at(&["f"]);
    match (kind, value) {
        ("inlineStr", _) => {
            let mut inline = String::new();
            cell.all("is").for_each(|item| rich_text(item, text, &mut inline));
            Cow::Owned(inline)
        }
        // A formula whose result was never stored: the amount is not known, and must not vanish.
        (_, None) => formula.map_or(Cow::Borrowed(""), |formula| Cow::Owned(format!("={}", formula.text(text)))),
        ("s", Some(index)) => {
            let shared = index.parse().ok().and_then(|index| workbook.string(index));
            // A number that leads nowhere is shown as it is, to be refused where it matters.
            shared.map_or_else(|| Cow::Owned(format!("#{index}")), Cow::Borrowed)
        }
        ("b", Some(value)) => Cow::Borrowed(if value == "1" { "TRUE" } else { "FALSE" }),
        ("str", Some(value)) => Cow::Owned(value.replace(char::is_control, " ")),
        ("n", Some(value)) => {
            let style = attribute_in(text, &cell.tag, "s").and_then(|range| text[range].parse().ok()).unwrap_or(0);
            let day = if workbook.is_date(style) { day_text(&value, workbook.from_1904) } else { None };
            day.map_or_else(|| Cow::Owned(plain_number(&value).into_owned()), Cow::Owned)
        }
        (_, Some(value)) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_columns() {
        for (reference, column) in
            [("A1", Some(0)), ("Z9", Some(25)), ("AA10", Some(26)), ("XFD1", Some(16383)), ("1", None)]
        {
            assert_eq!(column_of(reference), column, "{reference}");
        }
    }
}
