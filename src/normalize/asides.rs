//! Rows that are no records: titles that stand again, totals, balances, lines of text among and below the records.
//!
//! Only a row that could not be read as a record comes here. It is passed over where it lacks what every record has,
//! never where it may concern the vendor; each is told of.

use super::cells::{Cells, is_no_amount};
use super::findings::RowFault;
use crate::diagnostic::{Diagnostic, Excerpt};
use crate::source::cell::{DateShown, DecimalMark, order_shown_by, read_amount};
use crate::source::{
    OtherCut, Record, Role, Table, are_titles, cut_otherwise, is_empty_date, is_pending_date, is_total, says_balance,
    says_total,
};
use crate::vendor::Vendor;

/// Longest text of digits and marks that may be the beginning of a day.
const DAY_BYTES_MAX: usize = 10;

/// What a row that is no record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// Passed over wherever it stands.
    Anywhere(&'static str),
    /// The titles or a record of another table.
    OtherTable(&'static str),
    /// Passed over only where no record follows.
    AtTheEnd(&'static str),
}

/// What a row is that cannot be read as a record; `None` where it should have been one.
pub(super) fn aside(cells: &Cells, row: Record, vendor: &Vendor) -> Option<Aside> {
    let table = cells.table;
    let texts: Vec<&str> = (0..row.width()).map(|column| row.raw(column)).filter(|text| !text.is_empty()).collect();
    let names_vendor = |text: &&str| {
        vendor.may_concern(text.as_bytes()) && (vendor.recognise(text).is_some() || vendor.is_reseller(text))
    };
    if texts.iter().any(names_vendor) {
        return None;
    }
    if texts.first().is_some_and(|text| text.starts_with('#')) {
        return Some(Aside::Anywhere("a comment"));
    }
    if are_titles(&texts) && !is_titles_again(row, &table.titles) {
        return Some(Aside::OtherTable("the titles of another table stand here"));
    }
    match cut_otherwise(&table.cut, row.text()) {
        Some(OtherCut::Titles) => return Some(Aside::OtherTable("the titles of another table stand here")),
        Some(OtherCut::Record) => return Some(Aside::OtherTable("a record cut by another delimiter stands here")),
        None => {}
    }
    if is_titles_again(row, &table.titles) {
        return Some(Aside::Anywhere("the titles again"));
    }
    let of = |roles: &[Role]| -> Vec<&str> {
        let columns = roles.iter().filter_map(|&role| table.columns.get(role));
        columns.map(|column| row.raw(column)).filter(|text| !text.is_empty()).collect()
    };
    let days = of(&[Role::TransactionDate, Role::PostingDate]);
    let amounts = of(&[Role::Amount, Role::Debit, Role::Credit, Role::Net, Role::Gross, Role::OriginalAmount]);
    let has_amount = amounts.iter().any(|text| !is_no_amount(text) && text.contains(|c: char| c.is_ascii_digit()));
    let has_day = days.iter().any(|text| could_be_a_day(text));
    let first = texts.first().copied().unwrap_or_default();
    let says = |test: fn(&str) -> bool| texts.iter().any(|text| test(text));
    match (has_day, has_amount) {
        (false, false) if !days.iter().any(|text| is_pending_date(text)) => {
            Some(Aside::Anywhere("no day and no amount"))
        }
        (false, true) if says_total(first) || says_balance(first) => Some(Aside::Anywhere("a total or a balance")),
        (false, true) if days.is_empty() && of(&[Role::Descriptor, Role::Kind]).is_empty() => {
            Some(Aside::AtTheEnd("an amount without day and text below the records"))
        }
        // What left and what came in are summed up beside each other.
        (true, true) if amounts.len() > 1 && texts.iter().any(|text| is_total(text)) => {
            Some(Aside::Anywhere("a total"))
        }
        (true, false) if says(says_balance) => Some(Aside::Anywhere("a balance")),
        _ => None,
    }
}

/// The fault of a row that is the header or a record of another table.
pub(super) fn other_table(message: &str) -> Box<RowFault> {
    let mut fault = RowFault::new("second-table", 0, message.to_string(), "records of the table above");
    fault.column = None;
    fault.with_hint("save the two tables as files of their own")
}

/// The finding for a line above the titles that names the vendor beside a figure: a record stands there. A name alone is
/// what the rows were searched by.
pub(super) fn named_above(path: &str, table: &Table, vendor: &Vendor) -> Option<Diagnostic> {
    let has_figure = |text: &str| {
        let cells = |delimiter: char| text.split(delimiter).map(|cell| cell.trim().trim_matches('"'));
        let is_figure = |cell: &str| {
            let marks = [DecimalMark::Point, DecimalMark::Comma];
            marks.iter().any(|&mark| read_amount(cell, mark).is_ok())
        };
        ['|', ',', ';', '\t'].into_iter().any(|delimiter| cells(delimiter).any(is_figure))
    };
    let names = |text: &str| vendor.may_concern(text.as_bytes()) && vendor.recognise(text).is_some();
    let line = table.notes.preamble.iter().find(|line| names(&line.text) && has_figure(&line.text))?;
    let message = format!("a line above the titles names {} beside an amount", vendor.name());
    Some(
        Diagnostic::error("second-table", path, message)
            .at(Excerpt::new(line.line, &line.text, 0..line.text.len(), "the titles stand below this line"))
            .hint("the file may be two exports joined; give them one by one"),
    )
}

/// Whether a text is a day, a damaged one, or the beginning of one.
fn could_be_a_day(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_digit() || " ./-:年月日".contains(letter);
    let is_day = !matches!(order_shown_by(text, Some((2000, 1))), DateShown::Unreadable);
    is_day || (!is_empty_date(text) && text.len() <= DAY_BYTES_MAX && text.chars().all(plain))
}

fn is_titles_again(row: Record, titles: &[String]) -> bool {
    let filled = (0..row.width()).filter(|&column| !row.raw(column).is_empty());
    let same = |&column: &usize| titles.get(column).is_some_and(|title| *title == row.cell(column));
    let (filled, same) = (filled.clone().count(), filled.filter(same).count());
    same >= 2 && same * 2 > filled
}
