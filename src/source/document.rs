//! A file that was recognised: its bytes, how they were read, and what they hold.

use super::answers::Known;
use super::archive::{ARCHIVE_MAGIC, archive_finding, members, nested_finding};
use super::delimited::Fault;
use super::encoding::decode;
use super::find::{DELIMITERS, Found, find_table};
use super::header::PREAMBLE_RECORDS_MAX;
use super::json::{Json, broken, looks_like_json, root_of};
use super::paper::PaperFile;
use super::profile::ROWS_MAX;
use super::shape::{Shape, is_named_in, saved_error, shape_of};
use super::stream::Stream;
use super::table::{Cut, Table, Text};
use super::{camt, mt940, ofx, sheet};
use crate::diagnostic::{Diagnostic, Excerpt};
use std::borrow::Cow;
use std::io::Cursor;

/// Bytes a file may have: places in it are 32-bit numbers.
pub const FILE_BYTES_MAX: usize = u32::MAX as usize - 1;
/// How many damaged lines of one file are shown.
const DAMAGED_LINES_SHOWN: usize = 20;

/// Rows of a text that finding a table in it may look at.
const ROWS_LOOKED_AT: usize = ROWS_MAX + PREAMBLE_RECORDS_MAX;

/// A recognised file, ready to be read.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The file as shown to the user.
    pub path: String,
    /// The raw bytes; none where they are read piece by piece.
    pub bytes: &'a [u8],
    /// Name of the encoding, or of the container.
    pub encoding: String,
    /// What it holds.
    pub body: Body<'a>,
}

/// What a file holds. Each further kind of file is a variant and a room beside [`Table`]'s.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// Rows under titles: delimited text, or records that another reader cut.
    Table(Box<Table<'a>>),
    /// JSON of a known shape.
    Json(Json<'a>),
    /// Single papers: a PDF, or mails.
    Papers(Box<PaperFile>),
}

/// Whether and how a file concerns us.
pub enum Recognised<'a> {
    /// A format that is known.
    Ours(Document<'a>),
    /// Nothing that looks like a statement or a list of ours.
    NotOurs,
    /// A paper whose text cannot be told, so that nobody knows whether it is one of ours.
    Unread(Diagnostic),
    /// It looks like a statement and cannot be understood.
    Unclear(Vec<Diagnostic>),
}

/// Looks at a file's content, never at its name.
pub fn recognise_document<'a>(path: &str, bytes: &'a [u8], known: Known) -> Recognised<'a> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!("the file has {} bytes; at most {FILE_BYTES_MAX} can be read", bytes.len());
        return Recognised::Unclear(vec![Diagnostic::error("file-size", path, message)]);
    }
    if bytes.starts_with(ARCHIVE_MAGIC) {
        return match sheet::find(path, bytes, known) {
            Some(Found::Table(table)) => Recognised::Ours(Document {
                path: path.to_string(),
                bytes,
                encoding: "xlsx".to_string(),
                body: Body::Table(table),
            }),
            Some(Found::Unclear(findings)) => Recognised::Unclear(findings),
            Some(Found::Nothing) => Recognised::NotOurs,
            None => recognise_archive(path, bytes),
        };
    }
    if let Some(finding) = sheet::old_workbook(path, bytes) {
        return Recognised::Unclear(vec![finding]);
    }
    let mut unclear = Vec::new();
    let mut by_look = None;
    for reading in decode(bytes) {
        if reading.text.len() > FILE_BYTES_MAX {
            continue;
        }
        let damage = reading.damaged.then(|| damage_of(path, &reading.text, &reading.encoding));
        let found = match find_json(path, &reading.text) {
            FoundJson::Shape(shape) => Ok(Body::Json(Json { text: reading.text, shape })),
            FoundJson::Unclear(finding) => Err(Found::Unclear(vec![*finding])),
            FoundJson::Nothing => match find_in(path, reading.text, known) {
                Found::Table(table) => Ok(Body::Table(table)),
                other => Err(other),
            },
        };
        match found {
            Ok(body) => match damage {
                None => {
                    let looked = matches!(&body, Body::Table(table) if table.by_look);
                    let document = Document { path: path.to_string(), bytes, encoding: reading.encoding, body };
                    if !looked {
                        return Recognised::Ours(document);
                    }
                    // Another reading of the bytes may have titles that are known.
                    by_look.get_or_insert(document);
                }
                Some(findings) if unclear.is_empty() => unclear = findings,
                Some(_) => {}
            },
            Err(Found::Unclear(findings)) if unclear.is_empty() => unclear = findings,
            Err(_) => {}
        }
    }
    match by_look {
        Some(document) => Recognised::Ours(document),
        None if unclear.is_empty() => Recognised::NotOurs,
        None => Recognised::Unclear(unclear),
    }
}

/// Archives were opened before their members came here: what is still one is nested, or cannot be opened.
fn recognise_archive<'a>(path: &str, bytes: &[u8]) -> Recognised<'a> {
    match members(Cursor::new(bytes)) {
        Ok(Some(_)) => Recognised::Unclear(vec![nested_finding(path)]),
        Ok(None) => Recognised::NotOurs,
        Err(fault) => Recognised::Unclear(vec![archive_finding(path, &fault)]),
    }
}

/// Looks at the beginning of a text that is read piece by piece; `None` where only the whole file says what it is.
pub fn recognise_pieces<'a>(path: &str, stream: &'a Stream<'a>, known: Known) -> Option<Document<'a>> {
    // A table is found by its first rows: those must be at hand, by whichever delimiter.
    let head = stream.head(has_rows)?;
    let Found::Table(mut table) = find_in(path, Cow::Owned(head), known) else { return None };
    if !matches!(table.cut, Cut::Delimited(_)) {
        return None;
    }
    table.text = Text::Pieces(stream);
    table.own_bytes = stream.length();
    Some(Document { path: path.to_string(), bytes: &[], encoding: "utf-8".to_string(), body: Body::Table(table) })
}

/// Whether the beginning of a text, cut at any delimiter, holds all the rows that finding a table can look at, or a fault
/// that ends the look.
fn has_rows(head: &str) -> bool {
    let stands = |delimiter: &u8| memchr::memchr(*delimiter, head.as_bytes()).is_some();
    let (there, missing): (Vec<u8>, Vec<u8>) = DELIMITERS.into_iter().partition(stands);
    // All that stand nowhere cut alike.
    there.into_iter().chain(missing.into_iter().next()).all(|delimiter| has_rows_at(head, delimiter))
}

fn has_rows_at(head: &str, delimiter: u8) -> bool {
    let cut = Cut::Delimited(delimiter);
    let mut rows = cut.rows(head, (0, 1));
    for _ in 0..ROWS_LOOKED_AT {
        match rows.next_record() {
            Ok(Some(_)) => {}
            Ok(None) => return false,
            Err(fault) => return fault.fault != Fault::UnclosedQuote,
        }
    }
    true
}

/// Looks for records in a text: by formats that mark themselves first, then in delimited text.
fn find_in<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    if ofx::is_ofx(&text) {
        ofx::find(path, text, known)
    } else if camt::is_camt(&text) {
        camt::find(path, text, known)
    } else if mt940::is_mt940(&text) {
        mt940::find(path, text, known)
    } else {
        find_table(path, text, known)
    }
}

enum FoundJson {
    Shape(&'static Shape),
    Unclear(Box<Diagnostic>),
    Nothing,
}

/// A text that begins as JSON does: of a known shape, saved with nothing but an error in it, cut off, or nobody's.
fn find_json(path: &str, text: &str) -> FoundJson {
    if !looks_like_json(text) {
        return FoundJson::Nothing;
    }
    match root_of(text) {
        Ok(root) => match (shape_of(root), saved_error(path, root)) {
            (Some(shape), _) => FoundJson::Shape(shape),
            (None, Some(finding)) => FoundJson::Unclear(Box::new(finding)),
            (None, None) => FoundJson::Nothing,
        },
        Err(error) if is_named_in(text) => FoundJson::Unclear(Box::new(broken(path, text, &error))),
        Err(_) => FoundJson::Nothing,
    }
}

/// One finding a damaged line, up to a limit.
fn damage_of(path: &str, text: &str, encoding: &str) -> Vec<Diagnostic> {
    let damaged = text.lines().enumerate().filter_map(|(index, line)| Some((index, line, line.find('\u{fffd}')?)));
    damaged
        .take(DAMAGED_LINES_SHOWN)
        .map(|(index, line, at)| {
            let number = u32::try_from(index.saturating_add(1)).unwrap_or(u32::MAX);
            let mark = at..at + '\u{fffd}'.len_utf8();
            Diagnostic::error("encoding", path, format!("some bytes are not valid in the encoding {encoding}"))
                .at(Excerpt::new(number, line, mark, "these bytes mean no character"))
                .hint("export the file again, or save it as UTF-8")
        })
        .collect()
}
