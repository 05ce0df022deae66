//! A big text read in pieces, so that its size costs no memory.
//!
//! Only UTF-8 with line feeds is read so: what else a file may be is decided over the whole of it, and whoever finds
//! that out here hands the file over to be read whole. A piece ends wherever its bytes ended; the record that was cut
//! off is cut again when more bytes stand behind it. The first walk that sees every byte leaves
//! their digest, where it is asked for.

use super::delimited::{Cutter, Piece, StructureFault};
use super::document::FILE_BYTES_MAX;
use super::record::{Record, Row};
use super::store::Store;
use super::table::excerpt_in;
use crate::diagnostic::Excerpt;
use crate::domain::Sha256Hex;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::OnceLock;

/// Most bytes read at once: few enough to stay near the processor until they were cut and hashed.
pub const PIECE_BYTES_MAX: usize = 1 << 16;
/// Bytes read first, then twice as many each time: a walk may end early.
const PIECE_BYTES_FIRST: usize = 1 << 15;
/// Bytes at the beginning by which a table is looked for first.
const HEAD_BYTES_FIRST: usize = 1 << 18;
/// Most bytes at the beginning by which a table is looked for.
const HEAD_BYTES_MAX: usize = 1 << 22;
/// Bytes looked at first when a line is shown.
const LINE_BYTES: usize = 1 << 12;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const END_OF_LINE: u8 = b'\n';

/// Why a text cannot be read in pieces.
#[derive(Debug)]
pub enum Interruption {
    /// The bytes cannot be read.
    Unreadable(io::Error),
    /// It is no UTF-8, or no text.
    OtherEncoding,
}

/// A text that lies in a store.
pub struct Stream<'a> {
    store: &'a dyn Store,
    /// Bytes before the text: its byte order mark.
    mark: usize,
    /// Bytes of the text.
    length: usize,
    piece: usize,
    interruption: OnceLock<Interruption>,
    /// Whether the digest of all bytes is asked for.
    is_digested: bool,
    /// Set where a walk has seen every byte: their digest.
    seen: OnceLock<Option<Sha256Hex>>,
}

impl fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("length", &self.length).finish_non_exhaustive()
    }
}

impl<'a> Stream<'a> {
    /// Looks at the beginning of the bytes; `None` where they cannot be read in pieces. `piece` is the most bytes read at
    /// once, `is_digested` whether their digest is asked for.
    ///
    /// # Errors
    /// The bytes cannot be read.
    pub fn open(store: &'a dyn Store, piece: usize, is_digested: bool) -> io::Result<Option<Stream<'a>>> {
        let Some(length) = usize::try_from(store.length()).ok().filter(|length| *length <= FILE_BYTES_MAX) else {
            return Ok(None);
        };
        let mut head = vec![0; length.min(PIECE_BYTES_FIRST)];
        store.read_at(0, &mut head)?;
        let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let text = &head[mark..];
        let may_be_table =
            !text.starts_with(b"PK") && !matches!(text.trim_ascii_start(), [b'{' | b'[' | b'<' | b':', ..]);
        let is_text = memchr::memchr(0, text).is_none() && memchr::memchr(END_OF_LINE, text).is_some();
        let stream = Stream {
            store,
            mark,
            length: length - mark,
            piece: piece.max(1),
            interruption: OnceLock::new(),
            is_digested,
            seen: OnceLock::new(),
        };
        Ok((may_be_table && is_text).then_some(stream))
    }

    /// Why the walks over the text ended before its end, where they did.
    pub fn into_interruption(self) -> Option<Interruption> {
        self.interruption.into_inner()
    }

    /// Whether all bytes can be read and are text. A walk that saw the end has shown it.
    pub fn is_sound(&self) -> bool {
        if self.interruption.get().is_none() && self.seen.get().is_none() {
            let mut window = Window::new(self, 0);
            while window.more(window.text.len()) {}
        }
        self.interruption.get().is_none()
    }

    /// Digest of all bytes; `None` where nobody asked for it, or they cannot be read to the end.
    pub fn digest(&self) -> Option<Sha256Hex> {
        self.is_sound();
        self.seen.get().cloned().flatten()
    }

    /// Number of all bytes.
    pub fn size(&self) -> u64 {
        self.store.length()
    }

    /// The bytes of the text in this range, ends cut to the text's.
    fn bytes(&self, range: Range<usize>) -> Vec<u8> {
        let range = range.start.min(self.length)..range.end.min(self.length);
        let mut bytes = vec![0; range.len()];
        if let Err(error) = self.store.read_at((self.mark + range.start) as u64, &mut bytes) {
            self.interrupt(Interruption::Unreadable(error));
        }
        bytes
    }

    /// Number of bytes of the text.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// As many lines at the beginning as are enough; `None` where they are no UTF-8, or too many.
    pub(super) fn head(&self, is_enough: impl Fn(&str) -> bool) -> Option<String> {
        let mut size = HEAD_BYTES_FIRST;
        while size <= HEAD_BYTES_MAX {
            let mut bytes = self.bytes(0..size);
            let is_whole = bytes.len() == self.length;
            if !is_whole {
                bytes.truncate(memchr::memrchr(END_OF_LINE, &bytes).map_or(0, |end| end + 1));
            }
            let text = String::from_utf8(bytes).ok()?;
            if is_whole || is_enough(&text) {
                return Some(text).filter(|text| memchr::memchr(0, text.as_bytes()).is_none());
            }
            size = size.saturating_mul(2);
        }
        None
    }

    /// A stretch of the text.
    pub(super) fn stretch(&self, range: Range<usize>) -> String {
        String::from_utf8_lossy(&self.bytes(range)).into_owned()
    }

    /// Shows the physical line that holds a stretch of the text.
    pub(super) fn excerpt(&self, record: (usize, u32), range: Range<usize>, label: String) -> Excerpt {
        let at = range.start.max(record.0);
        let mut length = LINE_BYTES;
        loop {
            let end = at.saturating_add(length);
            let bytes = self.bytes(record.0..end);
            let is_whole = memchr::memchr(END_OF_LINE, bytes.get(at - record.0..).unwrap_or_default()).is_some();
            if is_whole || end >= self.length {
                let text = String::from_utf8_lossy(&bytes);
                let range = at - record.0..range.end.max(at) - record.0;
                return excerpt_in(&text, END_OF_LINE, (0, record.1), range, label);
            }
            length = length.saturating_mul(2);
        }
    }

    fn interrupt(&self, why: Interruption) {
        // The first reason stands.
        let _ = self.interruption.set(why);
    }
}

/// The piece of a stream under view.
#[derive(Debug)]
struct Window<'t> {
    stream: &'t Stream<'t>,
    text: String,
    /// Bytes of a character that the last reading cut off.
    torn: Vec<u8>,
    /// Byte of the whole text at which the piece begins.
    base: usize,
    /// Bytes read next.
    step: usize,
    /// Room for the next piece.
    spare: Vec<u8>,
    /// The digest of the bytes read so far, where all are: made at once, since bytes that another processor had to fetch
    /// cost more than their digest.
    hashing: Option<Sha256>,
    /// Whether this walk sees every byte.
    sees_all: bool,
}

impl<'t> Window<'t> {
    /// A window that begins at a byte of the text, in which nothing stands yet.
    fn new(stream: &'t Stream<'t>, base: usize) -> Window<'t> {
        let sees_all = base == 0 && stream.seen.get().is_none();
        Window {
            stream,
            text: String::new(),
            torn: Vec::new(),
            base,
            step: PIECE_BYTES_FIRST.min(stream.piece),
            spare: Vec::new(),
            hashing: (sees_all && stream.is_digested).then(|| Sha256::new_with_prefix(&BYTE_ORDER_MARK[..stream.mark])),
            sees_all,
        }
    }

    /// Whether the text ends with the piece.
    fn is_last(&self) -> bool {
        self.torn.is_empty() && self.base + self.text.len() >= self.stream.length
    }

    /// Lets go of the first `done` bytes and reads more behind the others; `false` where nothing more can be read.
    fn more(&mut self, done: usize) -> bool {
        if self.is_last() || self.stream.interruption.get().is_some() {
            return false;
        }
        let old = std::mem::take(&mut self.text).into_bytes();
        let tail = old.get(done..).unwrap_or_default();
        let known = tail.len() + self.torn.len();
        let start = self.base + old.len() - tail.len();
        let left = self.stream.length.saturating_sub(start + known);
        // A record longer than a piece doubles what is read, so that it is not cut again too often.
        let step = self.step.max(known).min(left);
        self.step = self.step.saturating_mul(2).min(self.stream.piece);
        let mut bytes = std::mem::take(&mut self.spare);
        bytes.resize(known + step, 0);
        bytes[..tail.len()].copy_from_slice(tail);
        bytes[tail.len()..known].copy_from_slice(&self.torn);
        let at = (self.stream.mark + start + known) as u64;
        if let Err(error) = self.stream.store.read_at(at, &mut bytes[known..]) {
            self.stream.interrupt(Interruption::Unreadable(error));
            return false;
        }
        self.spare = old;
        self.base = start;
        if let Some(hashing) = &mut self.hashing {
            hashing.update(&bytes[known..]);
        }
        let is_text = memchr::memchr(0, &bytes[known..]).is_none();
        let Some((text, torn)) = text_of(bytes, step < left).filter(|_| is_text) else {
            self.stream.interrupt(Interruption::OtherEncoding);
            return false;
        };
        (self.text, self.torn) = (text, torn);
        if self.sees_all && step == left {
            let digest = self.hashing.take().map(|hashing| Sha256Hex::of(&hashing.finalize()));
            // Another walk may have been there before: it saw the same bytes.
            let _ = self.stream.seen.set(digest);
        }
        true
    }
}

/// The text of some bytes and, where more bytes follow, those of a character that is not whole yet; `None` where they
/// are no text.
fn text_of(bytes: Vec<u8>, more_follow: bool) -> Option<(String, Vec<u8>)> {
    let fault = match String::from_utf8(bytes) {
        Ok(text) => return Some((text, Vec::new())),
        Err(fault) => fault,
    };
    let (whole, is_torn) = (fault.utf8_error().valid_up_to(), fault.utf8_error().error_len().is_none());
    let mut bytes = fault.into_bytes();
    let torn = bytes.split_off(whole);
    (is_torn && more_follow).then_some((String::from_utf8(bytes).ok()?, torn))
}

/// The records of a stream, one after the other.
#[derive(Debug)]
pub(super) struct StreamRows<'t> {
    window: Window<'t>,
    cutter: Cutter,
    row: Row,
}

impl<'t> StreamRows<'t> {
    /// Reads from a record's beginning, at its physical line. From near the beginning on, every byte is seen.
    pub(super) fn new(stream: &'t Stream<'t>, delimiter: u8, (start, line): (usize, u32)) -> StreamRows<'t> {
        let begin = if start < stream.piece { 0 } else { start };
        let mut window = Window::new(stream, begin);
        while begin + window.text.len() < start && window.more(0) {}
        let first = (start - begin).min(window.text.len());
        let cutter = Cutter::new(&window.text, [delimiter, END_OF_LINE], first, line);
        StreamRows { window, cutter, row: Row::default() }
    }

    /// Byte and line behind the last record given out.
    pub(super) fn position(&self) -> (usize, u32) {
        (self.window.base + self.cutter.position(), self.cutter.line())
    }

    /// The next record that is not an empty line. The text also ends where it is interrupted, which whoever reads it
    /// must ask for.
    #[inline]
    pub(super) fn next_record(&mut self) -> Result<Option<Record<'_>>, StructureFault> {
        loop {
            let window = &self.window;
            match self.cutter.cut(&window.text, window.base, window.is_last(), &mut self.row)? {
                Piece::Record if !self.row.in_text(&window.text).is_blank() => break,
                Piece::Record => {}
                Piece::Incomplete => {
                    if !self.window.more(self.cutter.position()) {
                        return Ok(None);
                    }
                    self.cutter.go_on(&self.window.text, 0);
                }
                Piece::End => return Ok(None),
            }
        }
        Ok(Some(self.row.in_text(&self.window.text)))
    }
}
