//! Workbooks of Excel (XLSX): the sheet that holds a statement, its cells as text.
//!
//! The parts are read here, not by a spreadsheet library: those give every number as a binary fraction, and no amount
//! may pass through one. A number is taken as the digits that stand in the file (`value`), a day by the format of its
//! cell. The text of a record is its cells parted by tabs; its line is the row's number. A formula without a stored
//! result stands as the formula, so that it is refused where an amount is needed.

mod grid;
mod value;
mod workbook;

use super::answers::Known;
use super::cell::{DecimalMark, read_amount};
use super::find::{Found, find_table_in};
use super::record::Record;
use super::table::Table;
use crate::diagnostic::{Diagnostic, literal};
use grid::Grid;
use std::borrow::Cow;
use workbook::{Sheet, Workbook};

/// Why a workbook was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SheetFault {
    /// A part is missing or cannot be unpacked; its name.
    Part(String),
    /// A part is not well-formed XML; its name and what is wrong.
    Broken(String, String),
    /// A part unpacks to more bytes than are read, or a sheet has more cells.
    TooLarge(String),
}

/// Looks for a statement in a workbook; `None` where the bytes are no workbook.
pub(super) fn find(path: &str, bytes: &[u8], known: Known) -> Option<Found<'static>> {
    let workbook = match Workbook::open(bytes)? {
        Ok(workbook) => workbook,
        Err(fault) => return Some(Found::Unclear(vec![refused(path, &fault)])),
    };
    let mut tables: Vec<(&Sheet, Box<Table<'static>>)> = Vec::new();
    let mut unclear = None;
    for sheet in &workbook.sheets {
        let grid = match workbook.sheet_text(sheet).and_then(|text| Grid::read(&text, sheet, &workbook)) {
            Ok(grid) => grid,
            Err(fault) => return Some(Found::Unclear(vec![refused(path, &fault)])),
        };
        match find_table_in(path, Cow::Owned(grid.text), grid.rows, known) {
            Found::Table(table) => tables.push((sheet, table)),
            Found::Unclear(findings) => unclear = unclear.or(Some(findings)),
            Found::Nothing => {}
        }
    }
    Some(match choose(path, tables) {
        Ok(Some(table)) => Found::Table(table),
        Ok(None) => unclear.map_or(Found::Nothing, Found::Unclear),
        Err(finding) => Found::Unclear(vec![*finding]),
    })
}

/// The one statement of a workbook. A table that stands on several sheets, as some users copy it, is one statement;
/// different ones are a question.
fn choose(
    path: &str,
    mut tables: Vec<(&Sheet, Box<Table<'static>>)>,
) -> Result<Option<Box<Table<'static>>>, Box<Diagnostic>> {
    let alike = tables.windows(2).all(|two| is_same(&two[0].1, &two[1].1));
    if !alike {
        let names: Vec<String> = tables.iter().map(|(sheet, _)| literal(&sheet.name)).collect();
        let message = format!("{} sheets hold statements: {}", names.len(), names.join(", "));
        let finding = Diagnostic::error("sheet-choice", path, message);
        return Err(Box::new(finding.hint("save each sheet as a file of its own and give those that are meant")));
    }
    let chosen = tables.iter().position(|(sheet, _)| sheet.is_active).unwrap_or(0);
    Ok((chosen < tables.len()).then(|| tables.swap_remove(chosen).1))
}

/// First bytes of Microsoft's older container, which holds workbooks of before 2007 and locked ones.
const OLD_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Names in such a container that stand for a workbook, or for a file behind a password.
const OLD_NAMES: [&str; 3] = ["Workbook", "Book", "EncryptedPackage"];

/// What is said of a workbook that can be read only after it was saved anew; `None` where the bytes are none.
pub(super) fn old_workbook(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let wide = |name: &str| name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let named = |name: &&str| memchr::memmem::find(bytes, &wide(name)).is_some();
    let is_old = bytes.starts_with(OLD_MAGIC) && OLD_NAMES.iter().any(named);
    is_old.then(|| {
        Diagnostic::error("sheet-old", path, "this is a workbook of an old kind (.xls), or one with a password")
            .hint("open it and save it as .xlsx without a password, or as CSV; if it is no statement, put it elsewhere")
    })
}

fn is_same(one: &Table, other: &Table) -> bool {
    let (mut left, mut right) = (one.rows(), other.rows());
    if one.titles.iter().filter(|title| !title.is_empty()).ne(other.titles.iter().filter(|title| !title.is_empty())) {
        return false;
    }
    loop {
        match (left.next_record(), right.next_record()) {
            (Ok(Some(left)), Ok(Some(right))) if are_same_cells(left, right) => {}
            (Ok(None), Ok(None)) => return true,
            _ => return false,
        }
    }
}

fn are_same_cells(left: Record, right: Record) -> bool {
    (0..left.width().max(right.width())).all(|column| {
        let (left, right) = (left.raw(column), right.raw(column));
        let figure = |cell| read_amount(cell, DecimalMark::Point).map(|amount| amount.figure.normalized());
        left == right || figure(left).is_ok_and(|known| figure(right) == Ok(known))
    })
}

fn refused(path: &str, fault: &SheetFault) -> Diagnostic {
    let again = "save the workbook again, or export it as CSV";
    match fault {
        SheetFault::Part(name) => {
            let message = format!("the workbook's part {} is missing or damaged", literal(name));
            Diagnostic::error("sheet-structure", path, message).hint(again)
        }
        SheetFault::Broken(name, what) => {
            let message = format!("the workbook's part {} is damaged: {what}", literal(name));
            Diagnostic::error("sheet-structure", path, message).hint(again)
        }
        SheetFault::TooLarge(name) => {
            let message = format!("the workbook's part {} is larger than what is read", literal(name));
            Diagnostic::error("file-size", path, message).hint("export a shorter period, or as CSV")
        }
    }
}
