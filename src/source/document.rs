//! A file that was recognised: its bytes, how they were read, and what they hold.

use super::answers::Known;
use super::encoding::decode;
use super::find::{Found, find_table};
use super::table::Table;
use super::{mt940, ofx};
use crate::diagnostic::{Diagnostic, Excerpt};
use std::borrow::Cow;

/// Bytes a file may have: places in it are 32-bit numbers.
pub const FILE_BYTES_MAX: usize = u32::MAX as usize - 1;
/// How many damaged lines of one file are shown.
const DAMAGED_LINES_SHOWN: usize = 20;

/// A recognised file, ready to be read.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The file as shown to the user.
    pub path: String,
    /// The raw bytes.
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
}

/// Whether and how a file concerns us.
pub enum Recognised<'a> {
    /// A format that is known.
    Ours(Document<'a>),
    /// Nothing that looks like a statement or a list of ours.
    NotOurs,
    /// It looks like a statement and cannot be understood.
    Unclear(Vec<Diagnostic>),
}

/// Looks at a file's content, never at its name.
pub fn recognise_document<'a>(path: &str, bytes: &'a [u8], known: Known) -> Recognised<'a> {
    if bytes.len() > FILE_BYTES_MAX {
        let message = format!("the file has {} bytes; at most {FILE_BYTES_MAX} can be read", bytes.len());
        return Recognised::Unclear(vec![Diagnostic::error("file-size", path, message)]);
    }
    let mut unclear = Vec::new();
    for reading in decode(bytes) {
        if reading.text.len() > FILE_BYTES_MAX {
            continue;
        }
        let damage = reading.damaged.then(|| damage_of(path, &reading.text, &reading.encoding));
        match find_in(path, reading.text, known) {
            Found::Table(table) => match damage {
                None => {
                    let body = Body::Table(table);
                    return Recognised::Ours(Document {
                        path: path.to_string(),
                        bytes,
                        encoding: reading.encoding,
                        body,
                    });
                }
                Some(findings) if unclear.is_empty() => unclear = findings,
                Some(_) => {}
            },
            Found::Unclear(findings) if unclear.is_empty() => unclear = findings,
            Found::Unclear(_) | Found::Nothing => {}
        }
    }
    if unclear.is_empty() { Recognised::NotOurs } else { Recognised::Unclear(unclear) }
}

/// Looks for records in a text: by formats that mark themselves first, then in delimited text.
fn find_in<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    if ofx::is_ofx(&text) {
        ofx::find(path, text, known)
    } else if mt940::is_mt940(&text) {
        mt940::find(path, text, known)
    } else {
        find_table(path, text, known)
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
