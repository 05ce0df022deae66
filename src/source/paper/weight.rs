//! How much a PDF unfolds to, told before it is drawn: a few thousand bytes can hold gigabytes, or endless drawing.
//!
//! The streams are looked at as they lie in the file, so that none is unfolded whole that is too large. What that does not
//! see (streams in an encrypted file, rare ways of packing) meets the memory limit of the process that reads papers.

use super::pdf::{PdfFault, limit};
use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use std::collections::BTreeMap;

/// Bytes that one stream may unfold to; a font of an invoice has some hundreds of thousands.
const STREAM_BYTES_MAX: usize = 32 << 20;
/// Bytes that all streams of a paper may unfold to.
const UNFOLDED_BYTES_MAX: usize = 256 << 20;
/// Streams that a paper may have.
const STREAMS_MAX: usize = 20_000;
/// Bytes of drawing that a page may have, its streams put together.
const PAGE_BYTES_MAX: usize = 16 << 20;
/// Drawing operations that a paper may have, each form counted as often as it is drawn.
const OPERATIONS_MAX: u64 = 4_000_000;
/// Forms inside forms.
const FORMS_DEEP_MAX: usize = 32;
/// How often a stream may be packed over.
const PACKED_TIMES_MAX: usize = 4;

const UNFOLDED: &str = "unfolded bytes";

/// Refuses a file whose streams unfold to more than a paper has.
///
/// # Errors
/// What there is too much of.
pub(super) fn weigh_streams(bytes: &[u8]) -> Result<(), PdfFault> {
    let mut unfolded = 0usize;
    for (number, at) in memchr::memmem::find_iter(bytes, b"stream").enumerate() {
        // Each stream has the word twice, at its beginning and in `endstream`.
        if number / 2 > STREAMS_MAX {
            return Err(limit("streams", STREAMS_MAX));
        }
        let data = bytes.get(at.saturating_add(b"stream".len())..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let Some(data) = data.strip_prefix(b"\n") else { continue };
        unfolded = unfolded.saturating_add(unfold(data)?);
        if unfolded > UNFOLDED_BYTES_MAX {
            return Err(limit(UNFOLDED, UNFOLDED_BYTES_MAX));
        }
    }
    Ok(())
}

/// What the streams of a PDF unfold to, as far as a paper may go.
pub fn unfolded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let starts = memchr::memmem::find_iter(bytes, b"stream").take(STREAMS_MAX);
    let data = starts.filter_map(|at| {
        let data = bytes.get(at.saturating_add(b"stream".len())..)?;
        data.strip_prefix(b"\r").unwrap_or(data).strip_prefix(b"\n")
    });
    data.filter_map(|data| inflate(data).ok()).filter(|layer| !layer.is_empty()).collect()
}

/// How many bytes a stream unfolds to, every layer counted.
fn unfold(data: &[u8]) -> Result<usize, PdfFault> {
    let mut sum = 0usize;
    let mut layer = inflate(data)?;
    for _ in 1..PACKED_TIMES_MAX {
        sum = sum.saturating_add(layer.len());
        if !is_zlib(&layer) {
            return Ok(sum);
        }
        layer = inflate(&layer)?;
    }
    if is_zlib(&layer) {
        Err(limit("layers of packing", PACKED_TIMES_MAX))
    } else {
        Ok(sum.saturating_add(layer.len()))
    }
}

/// Whether bytes begin like a packed stream.
fn is_zlib(data: &[u8]) -> bool {
    let [first, second, ..] = *data else { return false };
    first & 0x0f == 8 && (u32::from(first) * 256 + u32::from(second)) % 31 == 0 && second & 0x20 == 0
}

/// What a packed stream unfolds to, as far as it can be unfolded.
fn inflate(data: &[u8]) -> Result<Vec<u8>, PdfFault> {
    const ROOM: usize = 64 << 10;
    let mut inflater = Decompress::new(is_zlib(data));
    let mut unfolded = Vec::new();
    loop {
        let done = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let rest = data.get(done..).unwrap_or_default();
        let before = unfolded.len();
        unfolded.reserve(ROOM);
        let status = inflater.decompress_vec(rest, &mut unfolded, FlushDecompress::None);
        if unfolded.len() > STREAM_BYTES_MAX {
            return Err(limit(UNFOLDED, STREAM_BYTES_MAX));
        }
        if !matches!(status, Ok(Status::Ok)) || unfolded.len() == before {
            return Ok(unfolded);
        }
    }
}

/// Counts the drawing operations of the pages of one paper.
#[derive(Default)]
pub(super) struct Operations {
    drawn: u64,
    /// Operations of each form; `None` while it is being counted.
    forms: BTreeMap<ObjectIdentifier, Option<u64>>,
}

impl Operations {
    /// Adds a page.
    ///
    /// # Errors
    /// There is more to draw than a paper has.
    pub fn add(&mut self, page: &Page) -> Result<(), PdfFault> {
        weigh_page(page)?;
        let content = page.page_stream().unwrap_or_default();
        let drawn = self.of(content, page.resources(), 0);
        self.drawn = self.drawn.saturating_add(drawn);
        if self.drawn > OPERATIONS_MAX {
            return Err(limit("drawing operations", usize::try_from(OPERATIONS_MAX).unwrap_or(usize::MAX)));
        }
        Ok(())
    }

    fn of(&mut self, content: &[u8], resources: &Resources, depth: usize) -> u64 {
        let mut operations = UntypedIter::new(content);
        let mut sum = 0u64;
        while let Some(operation) = operations.next() {
            sum = sum.saturating_add(1);
            if sum > OPERATIONS_MAX {
                break;
            }
            if &**operation.operator != b"Do" {
                continue;
            }
            let Some(Object::Name(name)) = operation.operands().last() else { continue };
            let form = resources.get_x_object(name).filter(is_form);
            sum = sum.saturating_add(form.map_or(0, |form| self.of_form(&form, resources, depth)));
        }
        sum
    }

    fn of_form(&mut self, form: &Stream, around: &Resources, depth: usize) -> u64 {
        if depth >= FORMS_DEEP_MAX {
            return OPERATIONS_MAX.saturating_add(1);
        }
        let id = form.obj_id();
        if let Some(known) = self.forms.get(&id) {
            // A form that draws itself is not drawn again.
            return known.unwrap_or(0);
        }
        self.forms.insert(id, None);
        let content = form.decoded_data().unwrap_or_default();
        let own = form.dict().get::<Dict>(b"Resources".as_slice()).map(Resources::new);
        let sum = self.of(&content, own.as_ref().unwrap_or(around), depth.saturating_add(1));
        self.forms.insert(id, Some(sum));
        sum
    }
}

fn is_form(stream: &Stream) -> bool {
    stream.dict().get::<Name>(b"Subtype".as_slice()).is_some_and(|name| &*name == b"Form")
}

/// Refuses a page whose streams, put together, are more than a page has: one stream may be named many times.
fn weigh_page(page: &Page) -> Result<(), PdfFault> {
    let Some(streams) = page.raw().get::<Array>(b"Contents".as_slice()) else { return Ok(()) };
    let (mut sum, mut known) = (0usize, BTreeMap::new());
    for item in streams.raw_iter() {
        let id = match &item {
            MaybeRef::Ref(id) => ObjectIdentifier::from(*id),
            MaybeRef::NotRef(_) => continue,
        };
        let length = known.entry(id).or_insert_with(|| {
            let stream = page.xref().get::<Stream>(id);
            stream.and_then(|stream| Some(stream.decoded_data().ok()?.len())).unwrap_or(0)
        });
        sum = sum.saturating_add(*length);
        if sum > PAGE_BYTES_MAX {
            return Err(limit("bytes on a page", PAGE_BYTES_MAX));
        }
    }
    Ok(())
}
