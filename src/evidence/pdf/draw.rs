//! Writing the laid-out pages with krilla: the one place where lengths become the floating point that a PDF holds.
//!
//! Nothing is worked out here: tenths of a point are divided by ten, units of the font by a thousand.
#![allow(clippy::float_arithmetic, clippy::disallowed_types, reason = "krilla takes lengths as f32; none is money")]

use super::fonts::{EM, Faces};
use super::sheet::{Bookmark, Group, Length, Link, Mark, Node, Owner, PAGE_HEIGHT, PAGE_WIDTH, Role, Sheets};
use super::{PdfError, PdfOptions};
use crate::picture::{Ink, Weight};
use crate::text::Lang;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node as Leaf, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// Thickness of the outline of a shape.
const OUTLINE: Length = 8;
/// Dashes and gaps.
const DASH: Length = 25;
/// Thickness of the line between rows.
const RULE: Length = 6;

/// Writes the file.
pub(super) fn write(
    lang: Lang,
    (sheets, title): &(Sheets, String),
    options: &PdfOptions,
    faces: &Faces,
) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Writer(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let font = |weight| Font::new(faces.of(weight).bytes.into(), 0).ok_or(PdfError::Font);
    let mut pen = Pen {
        faces,
        fonts: [font(Weight::Regular)?, font(Weight::Bold)?],
        leaves: sheets.nodes.iter().map(|_| Vec::new()).collect(),
    };
    for page in &sheets.pages {
        let settings = PageSettings::from_wh(points(PAGE_WIDTH), points(PAGE_HEIGHT));
        let mut sheet = document.start_page_with(settings.unwrap_or_default());
        for (node, link) in links(&page.groups) {
            let leaf = annotation(link, &sheets.bookmarks).map(|annotation| sheet.add_tagged_annotation(annotation));
            pen.leaves[node].extend(leaf);
        }
        let mut surface = sheet.surface();
        for group in &page.groups {
            let leaf = surface.start_tagged(content_tag(group.owner));
            if let Owner::Node(node) = group.owner
                && let Some(leaves) = pen.leaves.get_mut(node)
            {
                leaves.push(leaf);
            }
            for mark in &group.marks {
                pen.draw(&mut surface, mark);
            }
            surface.end_tagged();
        }
        surface.finish();
        sheet.finish();
    }
    let title = if title.trim().is_empty() { "payproof" } else { title };
    let mut tree = TagTree::new().with_lang(Some(language(lang).to_string()));
    for root in &sheets.roots {
        tree.push(branch(sheets, &pen.leaves, *root));
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&sheets.bookmarks, title));
    document.set_metadata(metadata(lang, title, options));
    document.finish().map_err(|error| PdfError::Writer(format!("{error:?}")))
}

/// The links of a page, with the nodes they belong to.
fn links(groups: &[Group]) -> impl Iterator<Item = (usize, &Link)> {
    groups.iter().filter_map(|group| match group.owner {
        Owner::Node(node) => group.link.as_ref().map(|link| (node, link)),
        Owner::Header | Owner::Footer | Owner::Layout => None,
    })
}

/// The place that leads to a heading; nothing where it has no size.
fn annotation(link: &Link, bookmarks: &[Bookmark]) -> Option<Annotation> {
    let bookmark = bookmarks.iter().find(|bookmark| bookmark.id.as_deref() == Some(link.to.as_str()))?;
    let place = XyzDestination::new(bookmark.page, point(bookmark.at));
    let area = Rect::from_xywh(points(link.at.0), points(link.at.1), points(link.size.0), points(link.size.1))?;
    let target = Target::Destination(Destination::Xyz(place));
    Some(Annotation::new_link(LinkAnnotation::new(area, target), Some(link.to.clone())))
}

fn metadata(lang: Lang, title: &str, options: &PdfOptions) -> Metadata {
    let (year, month, day) = options.day.ymd();
    let date = DateTime::new(u16::try_from(year).unwrap_or_default())
        .month(u8::try_from(month).unwrap_or(1))
        .day(u8::try_from(day).unwrap_or(1));
    Metadata::new()
        .title(title.to_string())
        .language(language(lang).to_string())
        .creator(concat!("payproof ", env!("CARGO_PKG_VERSION")).to_string())
        .creation_date(date)
        .document_id(options.id.clone())
}

/// The language tag of a PDF.
fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    }
}

fn content_tag(owner: Owner) -> ContentTag<'static> {
    match owner {
        Owner::Node(_) => ContentTag::Other,
        Owner::Header => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)),
        Owner::Footer => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
        Owner::Layout => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
    }
}

/// A node with everything below it.
fn branch(sheets: &Sheets, leaves: &[Vec<Identifier>], at: usize) -> Leaf {
    let Node { role, children } = &sheets.nodes[at];
    let mut group = TagGroup::new(tag(role));
    for child in children {
        group.push(branch(sheets, leaves, *child));
    }
    for leaf in &leaves[at] {
        group.push(*leaf);
    }
    group.into()
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Title => Tag::Title.into(),
        Role::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List(true) => Tag::L(ListNumbering::Disc).into(),
        Role::List(false) => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::HeadRows => Tag::THead.into(),
        Role::BodyRows => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Caption => Tag::Caption.into(),
        Role::Link => Tag::Link.into(),
        Role::Figure { alt, page, at, size } => {
            let rect = Rect::from_xywh(points(at.0), points(at.1), points(size.0), points(size.1));
            let mut figure = Tag::Figure(Some(alt.clone()));
            figure.set_bbox(rect.map(|rect| BBox::new(*page, rect)));
            figure.into()
        }
    }
}

/// The headings as a tree; the title alone if there are none, since PDF/UA asks for an outline.
fn outline(bookmarks: &[Bookmark], title: &str) -> Outline {
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let close = |open: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline| {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => outline.push_child(node),
        }
    };
    for bookmark in bookmarks {
        while open.last().is_some_and(|(level, _)| *level >= bookmark.level) {
            close(&mut open, &mut outline);
        }
        let place = XyzDestination::new(bookmark.page, point(bookmark.at));
        open.push((bookmark.level, OutlineNode::new(bookmark.text.clone(), place).with_open(true)));
    }
    while !open.is_empty() {
        close(&mut open, &mut outline);
    }
    if bookmarks.is_empty() {
        outline.push_child(OutlineNode::new(title.to_string(), XyzDestination::new(0, point((0, 0)))));
    }
    outline
}

/// What is drawn with, and which pieces of the pages belong to which node.
struct Pen<'a> {
    faces: &'a Faces,
    fonts: [Font; 2],
    leaves: Vec<Vec<Identifier>>,
}

impl Pen<'_> {
    fn draw(&self, surface: &mut Surface<'_>, mark: &Mark) {
        match mark {
            Mark::Text { at, size, weight, ink, text } => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*ink)));
                let font = match weight {
                    Weight::Regular => &self.fonts[0],
                    Weight::Bold => &self.fonts[1],
                };
                let glyphs = self.glyphs(*weight, text);
                surface.draw_glyphs(point(*at), &glyphs, font.clone(), text, points(*size), false);
            }
            Mark::Line { from, to, ink, thickness, dashed } => {
                let dash = dashed.then(|| StrokeDash { array: vec![points(DASH); 2], offset: 0.0 });
                stroke(surface, path(&[*from, *to], false), color(*ink), *thickness, dash);
            }
            Mark::Polygon { points, ink, filled: true } => {
                surface.set_stroke(None);
                surface.set_fill(Some(fill(*ink)));
                if let Some(path) = path(points, true) {
                    surface.draw_path(&path);
                }
            }
            Mark::Rule { at, width, faint } => {
                let line = path(&[*at, (at.0 + width, at.1)], false);
                let grey = if *faint { rgb::Color::new(0xc9, 0xce, 0xd4) } else { color(Ink::Muted) };
                stroke(surface, line, grey, RULE, None);
            }
            Mark::Polygon { points, ink, filled: false } => {
                stroke(surface, path(points, true), color(*ink), OUTLINE, None)
            }
        }
    }

    fn glyphs(&self, weight: Weight, text: &str) -> Vec<KrillaGlyph> {
        let face = self.faces.of(weight);
        let drawn = text.char_indices().filter_map(|(at, character)| {
            let glyph = face.glyph(character)?;
            let advance = f32::from(glyph.advance) / EM as f32;
            let range = at..at + character.len_utf8();
            Some(KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, 0.0, 0.0, range, None))
        });
        drawn.collect()
    }
}

fn stroke(
    surface: &mut Surface<'_>,
    path: Option<Path>,
    paint: rgb::Color,
    thickness: Length,
    dash: Option<StrokeDash>,
) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: paint.into(), width: points(thickness), dash, ..Stroke::default() }));
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn path(corners: &[(Length, Length)], is_closed: bool) -> Option<Path> {
    let (first, rest) = corners.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(points(first.0), points(first.1));
    for (x, y) in rest {
        path.line_to(points(*x), points(*y));
    }
    if is_closed {
        path.close();
    }
    path.finish()
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: color(ink).into(), ..Fill::default() }
}

/// Colours on white paper: the palette of Okabe and Ito, which the colour-blind tell apart.
fn color(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Text => rgb::Color::new(0x1b, 0x1f, 0x24),
        Ink::Muted => rgb::Color::new(0x5c, 0x66, 0x70),
        Ink::Charge => rgb::Color::new(0xd5, 0x5e, 0x00),
        Ink::Invoice => rgb::Color::new(0x00, 0x72, 0xb2),
        Ink::Plan => rgb::Color::new(0x00, 0x9e, 0x73),
        Ink::Refund => rgb::Color::new(0xcc, 0x79, 0xa7),
        Ink::Claim => rgb::Color::new(0x00, 0x00, 0x00),
        Ink::Ground => rgb::Color::new(0xff, 0xff, 0xff),
    }
}

fn point((x, y): (Length, Length)) -> Point {
    Point::from_xy(points(x), points(y))
}

fn points(tenths: Length) -> f32 {
    tenths as f32 / 10.0
}
