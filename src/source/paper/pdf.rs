//! The text of a PDF. Only in a process of its own is it safe to call this on a file that nobody vouches for.
//!
//! The pages are drawn onto a device that keeps the visible glyphs, with their place and width, and nothing else.
//! Glyphs on one base line are a line; a gap wider than a blank parts cells. What is written invisibly is not read.

use super::text::{PaperText, TextCell, TextLine, TextPage};
use super::weight::{Operations, weigh_streams};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes a paper may have; an invoice has some tens of thousands.
pub const PAPER_BYTES_MAX: usize = 16 << 20;
/// Pages a paper may have.
pub const PAPER_PAGES_MAX: usize = 32;
/// Objects a paper may have.
pub const PAPER_OBJECTS_MAX: usize = 20_000;
/// Characters a paper may show.
pub const PAPER_CHARACTERS_MAX: usize = 200_000;

/// Characters that a text shows at least.
const PAPER_CHARACTERS_MIN: usize = 10;

/// Why the text of a PDF cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PdfFault {
    /// It is damaged, or no PDF.
    Damaged,
    /// A password is needed.
    Encrypted,
    /// There is more of something than a paper has.
    Limit {
        /// What there is too much of: `bytes`, `pages`, `objects`, `characters`, `unfolded bytes`.
        what: String,
        /// How many a paper may have.
        most: u64,
    },
    /// It shows no letters that can be told: a picture, curves, or a font without its letters.
    NoText,
    /// It names the vendor as its seller, and no number or sum stands beside a label.
    NoLayout,
    /// The process that read it came to grief.
    Crashed,
    /// Reading took longer than this many seconds.
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The process that reads papers cannot be started or talked to.
    NoReader {
        /// Why.
        why: String,
    },
}

/// Tells the text of PDFs.
pub trait PdfReader: Sync + fmt::Debug {
    /// The text of a PDF.
    ///
    /// # Errors
    /// Why it cannot be told.
    fn read_pdf(&self, bytes: &[u8]) -> Result<PaperText, PdfFault>;
}

/// Reads PDFs in the process that asks. For papers that the caller made itself.
#[derive(Clone, Copy, Debug)]
pub struct HereReader;

impl PdfReader for HereReader {
    fn read_pdf(&self, bytes: &[u8]) -> Result<PaperText, PdfFault> {
        read_pdf(bytes)
    }
}

/// Whether the bytes begin like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    /// Readers forgive this much before the mark.
    const LEAD_BYTES_MAX: usize = 1024;
    memchr::memmem::find(bytes.get(..LEAD_BYTES_MAX).unwrap_or(bytes), b"%PDF-").is_some()
}

/// The text of a PDF, inside the limits of a paper.
///
/// # Errors
/// It is damaged, locked, or larger than a paper can be.
pub fn read_pdf(bytes: &[u8]) -> Result<PaperText, PdfFault> {
    within("bytes", bytes.len(), PAPER_BYTES_MAX)?;
    weigh_streams(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfFault::Encrypted,
        LoadPdfError::Invalid => PdfFault::Damaged,
    })?;
    within("objects", pdf.len(), PAPER_OBJECTS_MAX)?;
    within("pages", pdf.pages().len(), PAPER_PAGES_MAX)?;
    let cache = InterpreterCache::new();
    let mut text = PaperText::default();
    let (mut characters, mut unmapped, mut operations) = (0usize, 0usize, Operations::default());
    for page in pdf.pages().iter() {
        operations.add(page)?;
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let nowhere = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(upright, nowhere, &cache, pdf.xref(), InterpreterSettings::default());
        let mut sheet =
            Sheet { glyphs: Vec::new(), room: PAPER_CHARACTERS_MAX.saturating_sub(characters), full: false };
        interpret_page(page, &mut context, &mut sheet);
        if sheet.full {
            return Err(limit("characters", PAPER_CHARACTERS_MAX));
        }
        characters = characters.saturating_add(sheet.glyphs.len());
        unmapped = unmapped.saturating_add(sheet.glyphs.iter().filter(|glyph| glyph.is_unmapped()).count());
        text.pages.push(TextPage { lines: lines_of(sheet.glyphs) });
    }
    // A picture of a paper, its letters as curves, or letters that stand for nothing.
    if characters.saturating_sub(unmapped) < PAPER_CHARACTERS_MIN || unmapped > characters / 2 {
        return Err(PdfFault::NoText);
    }
    Ok(text)
}

pub(super) fn limit(what: &str, most: usize) -> PdfFault {
    PdfFault::Limit { what: what.to_string(), most: u64::try_from(most).unwrap_or(u64::MAX) }
}

fn within(what: &str, found: usize, most: usize) -> Result<(), PdfFault> {
    if found > most { Err(limit(what, most)) } else { Ok(()) }
}

/// A glyph on the page, in hundredths of a point from the upper left corner.
struct Placed {
    base: i32,
    left: i32,
    right: i32,
    /// Height of its em square.
    size: i32,
    text: String,
}

impl Placed {
    fn is_unmapped(&self) -> bool {
        self.text.contains(char::REPLACEMENT_CHARACTER)
    }
}

/// A device that keeps the glyphs.
struct Sheet {
    glyphs: Vec<Placed>,
    room: usize,
    full: bool,
}

/// Units of a glyph's own space in an em.
const EM: i32 = 1000;

impl Sheet {
    fn keep(&mut self, transform: Affine, glyph: &Glyph) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            // A letter that is there and cannot be told must not vanish from a number.
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let hundredths = Affine::scale(100.0) * transform;
        let at = |x, y| {
            let point = hundredths * Point::new(x, y);
            // A cast of a number beyond the range stops at its end, and of none at zero.
            (point.x as i32, point.y as i32)
        };
        let (left, base) = at(0.0, 0.0);
        let (right, _) = at(width.map_or(f64_of(EM / 2), Into::into), 0.0);
        let (_, top) = at(0.0, f64_of(EM));
        let size = base.saturating_sub(top).saturating_abs();
        self.glyphs.push(Placed { base, left: left.min(right), right: left.max(right), size, text });
    }
}

/// Places on a page are no money; the drawing library counts them so.
#[allow(clippy::disallowed_types)]
fn f64_of(units: i32) -> f64 {
    f64::from(units)
}

impl Device<'_> for Sheet {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            if self.glyphs.len() >= self.room {
                self.full = true;
                return;
            }
            self.keep(props.transform * glyph.transform(), glyph);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    #[allow(clippy::disallowed_types)]
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
}

/// Of a line's height, the part by which base lines of one line may differ.
const SAME_LINE_PERCENT: i32 = 30;
/// Of the height, a gap from here on is a blank.
const BLANK_PERCENT: i32 = 14;
/// Of the height, a gap from here on parts cells. A blank of a typewriter face is 60 % wide.
const CELL_PERCENT: i32 = 90;
/// Of the height, two equal letters nearer than this are one, drawn twice to look bold.
const BOLD_PERCENT: i32 = 12;

fn share(size: i32, percent: i32) -> i32 {
    size.saturating_mul(percent) / 100
}

fn lines_of(mut glyphs: Vec<Placed>) -> Vec<TextLine> {
    glyphs.sort_by_key(|glyph| (glyph.base, glyph.left));
    let mut lines: Vec<Vec<Placed>> = Vec::new();
    for glyph in glyphs {
        let same = |line: &&mut Vec<Placed>| {
            line.first().is_some_and(|first| {
                glyph.base.saturating_sub(first.base) <= share(first.size.max(glyph.size), SAME_LINE_PERCENT)
            })
        };
        match lines.last_mut().filter(same) {
            Some(line) => line.push(glyph),
            None => lines.push(vec![glyph]),
        }
    }
    lines.into_iter().filter_map(line_of).collect()
}

fn line_of(mut glyphs: Vec<Placed>) -> Option<TextLine> {
    glyphs.sort_by_key(|glyph| glyph.left);
    let mut cells = Vec::new();
    let mut open: Option<(i32, i32, String)> = None;
    let mut blank = false;
    let mut before: Option<(i32, String)> = None;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            blank = true;
            continue;
        }
        let twice = |(left, text): &(i32, String)| {
            *text == glyph.text && glyph.left.saturating_sub(*left) <= share(glyph.size, BOLD_PERCENT)
        };
        if before.as_ref().is_some_and(twice) {
            continue;
        }
        before = Some((glyph.left, glyph.text.clone()));
        let gap = open.as_ref().map(|(_, right, _)| glyph.left.saturating_sub(*right));
        match open.as_mut().filter(|_| gap.is_some_and(|gap| gap < share(glyph.size, CELL_PERCENT))) {
            Some((_, right, text)) => {
                if blank || gap.is_some_and(|gap| gap >= share(glyph.size, BLANK_PERCENT)) {
                    text.push(' ');
                }
                text.push_str(&glyph.text);
                *right = glyph.right.max(*right);
            }
            None => {
                cells.extend(open.take().and_then(|(left, right, text)| TextCell::new(left, right, &text)));
                open = Some((glyph.left, glyph.right, glyph.text));
            }
        }
        blank = false;
    }
    cells.extend(open.and_then(|(left, right, text)| TextCell::new(left, right, &text)));
    (!cells.is_empty()).then_some(TextLine { cells })
}
