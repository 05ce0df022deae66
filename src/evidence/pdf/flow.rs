//! The flow of a document down the pages: where a page ends, what stays together, what stands on every page.
//!
//! A heading stays with the beginning of what follows it; of a paragraph that is broken at least two lines stand on
//! either page; a picture is never broken; rows of a table only if one is taller than a page (`table`).

use super::figure::Fitted;
use super::fonts::{EM, Faces};
use super::lines::{Line, lines};
use super::sheet::{Bookmark, Group, Length, Link, Mark, Node, Owner, PAGE_HEIGHT, PAGE_WIDTH, Page, Role, Sheets};
use super::{PAGES_MAX, PdfError, PdfOptions};
use crate::picture::{Ink, Weight};
use crate::report::{Block, Document};
use crate::text::{Lang, catalogue as say};
use std::collections::BTreeSet;

/// Where the text stands on a page.
pub(super) const LEFT: Length = 567;
pub(super) const WIDTH: Length = PAGE_WIDTH - 2 * LEFT;
const TOP: Length = 737;
const BOTTOM: Length = PAGE_HEIGHT - 737;
/// Base lines of the head and foot of a page.
const HEADER_AT: Length = 480;
const FOOTER_AT: Length = PAGE_HEIGHT - 400;
/// Lines of a paragraph that stand together at the end or beginning of a page.
const LINES_TOGETHER: usize = 2;
/// How far the items of a list stand in.
const LIST_INDENT: Length = 160;
/// Room between a label and its value, and the most that labels may take of the width, in hundredths.
const FACT_GAP: Length = 140;
const LABEL_SHARE_MAX: Length = 40;
/// Distance of a line's base line below its middle, in hundredths of the letters' height: 0.88 above, 0.12 below.
const BASE_SHARE: Length = 38;

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Height of the letters.
    pub size: Length,
    /// From one line to the next.
    pub leading: Length,
    pub weight: Weight,
    pub ink: Ink,
}

impl Style {
    const fn new(size: Length, leading: Length, weight: Weight, ink: Ink) -> Style {
        Style { size, leading, weight, ink }
    }

    /// A width in units of the font.
    pub fn units(self, width: Length) -> i64 {
        width * EM / self.size
    }

    /// A width in tenths of a point, rounded up.
    pub fn length(self, units: i64) -> Length {
        (units * self.size + EM - 1) / EM
    }

    /// The mark of one line whose upper edge is at `top`.
    pub fn mark(self, text: &str, x: Length, top: Length) -> Mark {
        let base = top + self.leading / 2 + self.size * BASE_SHARE / 100;
        Mark::Text { at: (x, base), size: self.size, weight: self.weight, ink: self.ink, text: text.to_string() }
    }
}

const TITLE: Style = Style::new(180, 250, Weight::Bold, Ink::Text);
const BODY: Style = Style::new(100, 155, Weight::Regular, Ink::Text);
const LABEL: Style = Style::new(100, 155, Weight::Regular, Ink::Muted);
pub(super) const CAPTION: Style = Style::new(85, 130, Weight::Bold, Ink::Text);
pub(super) const NOTE: Style = Style::new(85, 130, Weight::Regular, Ink::Muted);
const MARGINAL: Style = Style::new(80, 110, Weight::Regular, Ink::Muted);

const BODY_GAP: Length = 70;
const LIST_GAP: Length = 25;
pub(super) const TABLE_GAP: Length = 120;
const CAPTION_GAP: Length = 50;

/// Letters of a heading and the room above it.
const fn heading_style(level: u8) -> (Style, Length) {
    match level {
        0 | 1 => (Style::new(140, 200, Weight::Bold, Ink::Text), 220),
        2 => (Style::new(118, 175, Weight::Bold, Ink::Text), 170),
        _ => (Style::new(104, 160, Weight::Bold, Ink::Text), 130),
    }
}

/// The pages so far and the place on the last one.
pub(super) struct Flow<'a> {
    pub faces: &'a Faces,
    pub lang: Lang,
    pub whole_tables: String,
    /// What leads to a heading, if a cell of a table says nothing else.
    pub anchors: BTreeSet<String>,
    /// The upper edge of what comes next.
    pub y: Length,
    sheets: Sheets,
    level: u16,
    is_too_long: bool,
}

impl<'a> Flow<'a> {
    /// Lays a document out.
    pub fn lay(document: &Document, options: &PdfOptions, faces: &'a Faces) -> Result<(Sheets, String), PdfError> {
        let mut flow = Flow {
            faces,
            lang: document.lang,
            whole_tables: faces.shown(&options.whole_tables),
            anchors: document.blocks.iter().filter_map(anchor).map(|id| faces.shown(id)).collect(),
            y: TOP,
            sheets: Sheets { pages: vec![Page::default()], ..Sheets::default() },
            level: 0,
            is_too_long: false,
        };
        let title = faces.shown(&document.title);
        let is_said_again =
            matches!(document.blocks.first(), Some(Block::Heading { text, .. }) if *text == document.title);
        if !is_said_again && !title.trim().is_empty() {
            let node = flow.root(Role::Title);
            flow.text(node, &title, LEFT, WIDTH, TITLE);
            flow.y += BODY_GAP;
        }
        for (at, block) in document.blocks.iter().enumerate() {
            flow.block(block, at.checked_sub(1).map(|at| &document.blocks[at]), &document.blocks[at + 1..]);
            if flow.is_too_long {
                return Err(PdfError::TooManyPages);
            }
        }
        flow.margins(&title);
        Ok((flow.sheets, title))
    }

    fn block(&mut self, block: &Block, before: Option<&Block>, after: &[Block]) {
        match block {
            Block::Heading { level, text, id } => {
                // A heading right below another stands closer.
                let (_, above) = heading_style(*level);
                let follows = matches!(before, Some(Block::Heading { .. }));
                self.y += if self.is_at_top() { 0 } else { above / if follows { 3 } else { 1 } };
                let id = id.as_ref().map(|id| self.faces.shown(id));
                self.heading(*level, text, id, after);
            }
            Block::Paragraph(text) => {
                let text = self.faces.shown(text);
                let node = self.root(Role::Paragraph);
                self.text(node, &text, LEFT, WIDTH, BODY);
                self.y += BODY_GAP;
            }
            Block::Facts(facts) => self.facts(facts),
            Block::List(items) => self.list(items),
            Block::Table(table) => self.table(table),
            Block::Figure { scene, caption } => self.figure(scene, caption),
        }
    }

    fn heading(&mut self, level: u8, text: &str, id: Option<String>, after: &[Block]) {
        let (style, _) = heading_style(level);
        let text = self.faces.shown(text);
        if text.trim().is_empty() {
            return;
        }
        // Levels without leaps, as PDF/UA asks, whatever the document says.
        self.level = u16::from(level.max(1)).min(self.level + 1);
        let node = self.root(Role::Heading(self.level, text.clone()));
        let broken = self.broken(&text, WIDTH, style);
        let height = style.leading * count(&broken);
        let together = height + BODY_GAP / 2 + self.lead(after);
        if together > self.room() && together <= BOTTOM - TOP && !self.is_at_top() {
            self.next_page();
        }
        self.keep(style.leading);
        let bookmark = Bookmark { level: self.level, text, id, page: self.page(), at: (LEFT, self.y) };
        self.sheets.bookmarks.push(bookmark);
        self.set(node, &broken, LEFT, style);
        self.y += BODY_GAP / 2;
    }

    /// The height that must stand below a heading so that it is not alone.
    fn lead(&self, after: &[Block]) -> Length {
        match after.first() {
            None => 0,
            Some(Block::Heading { level, text, .. }) => {
                let (style, above) = heading_style(*level);
                let height = style.leading * count(&self.broken(&self.faces.shown(text), WIDTH, style));
                // A title and two below it stand together with what follows; more of them are no document.
                above + height + self.lead(&after[1..after.len().min(4)])
            }
            Some(Block::Paragraph(_) | Block::Facts(_) | Block::List(_)) => BODY.leading * 2,
            Some(Block::Table(table)) => self.table_lead(table),
            Some(Block::Figure { scene, caption }) => self.figure_parts(scene, caption).2,
        }
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        let list = self.root(Role::List(false));
        let shown: Vec<(String, String)> =
            facts.iter().map(|(label, value)| (self.faces.shown(label), self.faces.shown(value))).collect();
        self.fact_rows(list, &shown);
        self.y += BODY_GAP;
    }

    /// Labels on the left, values beside them; the texts can be drawn as they are.
    pub fn fact_rows(&mut self, list: usize, facts: &[(String, String)]) {
        let face = self.faces.of(LABEL.weight);
        let widest = facts.iter().map(|(label, _)| face.width(label)).max().unwrap_or(0);
        let label_width = LABEL.length(widest).min(WIDTH * LABEL_SHARE_MAX / 100);
        let indent = label_width + FACT_GAP;
        for (label, value) in facts {
            let labels = self.broken(label, label_width, LABEL);
            let values = self.broken(value, WIDTH - indent, BODY);
            let item = self.node(list, Role::Item);
            let (label, body) = (self.node(item, Role::Label), self.node(item, Role::Body));
            self.side_by_side(&[(label, labels, LEFT, LABEL), (body, values, LEFT + indent, BODY)]);
            self.y += LIST_GAP;
        }
    }

    fn list(&mut self, items: &[String]) {
        let list = self.root(Role::List(true));
        for item in items {
            let broken = self.broken(&self.faces.shown(item), WIDTH - LIST_INDENT, BODY);
            let item = self.node(list, Role::Item);
            let (label, body) = (self.node(item, Role::Label), self.node(item, Role::Body));
            let point = vec![Line { text: "•".to_string(), units: 0 }];
            self.side_by_side(&[(label, point, LEFT + 30, BODY), (body, broken, LEFT + LIST_INDENT, BODY)]);
            self.y += LIST_GAP;
        }
        self.y += BODY_GAP - LIST_GAP;
    }

    /// Several texts that begin side by side; each goes on over as many pages as it needs.
    fn side_by_side(&mut self, texts: &[(usize, Vec<Line>, Length, Style)]) {
        let most = texts.iter().map(|(_, lines, ..)| lines.len()).max().unwrap_or(0);
        let leading = texts.iter().map(|(.., style)| style.leading).max().unwrap_or(1);
        let mut from = 0;
        while from < most {
            let fit = self.lines_that_fit(most - from, from == 0, leading);
            for (node, lines, x, style) in texts {
                let (y, end) = (self.y, (from + fit).min(lines.len()));
                let marks = lines.get(from..end).unwrap_or_default().iter().zip(0..);
                let marks = marks.map(|(line, at)| style.mark(&line.text, *x, y + leading * at)).collect();
                self.draw(Owner::Node(*node), marks);
            }
            self.y += leading * length(fit);
            from += fit;
        }
    }

    fn figure(&mut self, scene: &crate::picture::Scene, caption: &str) {
        let (fitted, broken, height) = self.figure_parts(scene, caption);
        self.y += if self.is_at_top() { 0 } else { CAPTION_GAP };
        self.keep(height);
        let at = (LEFT, self.y);
        let alt = self.faces.shown(&scene.alt.replace('\n', " "));
        let alt = if alt.trim().is_empty() { self.faces.shown(caption) } else { alt };
        // A picture of which nothing is said in words is decoration.
        let is_said = !alt.trim().is_empty();
        let role = Role::Figure { alt, page: self.page(), at, size: fitted.size };
        let owner = if is_said { Owner::Node(self.root(role)) } else { Owner::Layout };
        let marks = fitted.marks(at, self.faces);
        self.draw(owner, marks);
        self.y += fitted.size.1 + CAPTION_GAP;
        let node = self.root(Role::Paragraph);
        self.set(node, &broken, LEFT, NOTE);
        self.y += TABLE_GAP;
    }

    /// The picture fitted to the page, its caption, and the height of both.
    fn figure_parts<'s>(&self, scene: &'s crate::picture::Scene, caption: &str) -> (Fitted<'s>, Vec<Line>, Length) {
        let broken = self.broken(&self.faces.shown(caption), WIDTH, NOTE);
        let caption_height = (NOTE.leading * count(&broken)).min((BOTTOM - TOP) / 2) + 2 * CAPTION_GAP;
        let fitted = Fitted::new(scene, (WIDTH, BOTTOM - TOP - caption_height));
        let height = fitted.size.1 + caption_height;
        (fitted, broken, height)
    }

    /// Breaks and sets a text of its own.
    pub fn text(&mut self, node: usize, text: &str, x: Length, width: Length, style: Style) {
        let broken = self.broken(text, width, style);
        self.set(node, &broken, x, style);
    }

    /// Sets lines, over several pages if need be.
    pub fn set(&mut self, node: usize, broken: &[Line], x: Length, style: Style) {
        let mut rest = broken;
        while !rest.is_empty() {
            let fit = self.lines_that_fit(rest.len(), rest.len() == broken.len(), style.leading);
            let y = self.y;
            let marks = rest[..fit].iter().zip(0..).map(|(line, at)| style.mark(&line.text, x, y + style.leading * at));
            self.draw(Owner::Node(node), marks.collect());
            self.y += style.leading * length(fit);
            rest = &rest[fit..];
        }
    }

    /// How many of `left` lines go on this page, on a fresh one if too few would; one at least.
    fn lines_that_fit(&mut self, left: usize, is_first: bool, leading: Length) -> usize {
        let together = LINES_TOGETHER.min(left);
        if self.room() < leading * length(together) || (!is_first && self.room() < leading) {
            self.next_page();
        }
        let fit = usize::try_from(self.room() / leading).unwrap_or(0).clamp(1, left);
        // No single line alone on the next page.
        if left - fit == 1 && fit > LINES_TOGETHER { fit - 1 } else { fit }
    }

    pub fn broken(&self, text: &str, width: Length, style: Style) -> Vec<Line> {
        lines(self.faces.of(style.weight), text, style.units(width))
    }

    /// A node of the first level.
    pub fn root(&mut self, role: Role) -> usize {
        let at = self.sheets.nodes.len();
        self.sheets.nodes.push(Node { role, children: Vec::new() });
        self.sheets.roots.push(at);
        at
    }

    /// A node within another.
    pub fn node(&mut self, parent: usize, role: Role) -> usize {
        let at = self.sheets.nodes.len();
        self.sheets.nodes.push(Node { role, children: Vec::new() });
        self.sheets.nodes[parent].children.push(at);
        at
    }

    /// Puts marks on the page.
    pub fn draw(&mut self, owner: Owner, marks: Vec<Mark>) {
        self.draw_link(owner, marks, None);
    }

    /// Puts marks on the page that lead to a heading.
    pub fn draw_link(&mut self, owner: Owner, marks: Vec<Mark>, link: Option<Link>) {
        let has_text = |mark: &Mark| !matches!(mark, Mark::Text { text, .. } if text.trim().is_empty());
        let marks: Vec<Mark> = marks.into_iter().filter(has_text).collect();
        if let Some(page) = self.sheets.pages.last_mut().filter(|_| !marks.is_empty()) {
            page.groups.push(Group { owner, marks, link });
        }
    }

    /// Begins a new page unless `height` fits on this one, or nothing stands on it yet.
    pub fn keep(&mut self, height: Length) {
        if height > self.room() && !self.is_at_top() {
            self.next_page();
        }
    }

    /// What is left of the page.
    pub fn room(&self) -> Length {
        BOTTOM - self.y
    }

    /// The height of a page without anything on it.
    pub fn page_room(&self) -> Length {
        BOTTOM - TOP
    }

    pub fn is_at_top(&self) -> bool {
        self.y <= TOP
    }

    fn page(&self) -> usize {
        self.sheets.pages.len() - 1
    }

    /// Begins a page. Beyond the limit everything falls on the last one, and the document is given up.
    pub fn next_page(&mut self) {
        if self.sheets.pages.len() < PAGES_MAX {
            self.sheets.pages.push(Page::default());
        } else {
            self.is_too_long = true;
        }
        self.y = TOP;
    }

    /// The title at the head of every page but the first, the number at the foot of each.
    fn margins(&mut self, title: &str) {
        let face = self.faces.of(MARGINAL.weight);
        let mut head = lines(face, title, MARGINAL.units(WIDTH) - face.width("…"));
        let is_whole = head.len() == 1;
        let mut head = head.swap_remove(0).text.trim_end().to_string();
        if !is_whole {
            head.push('…');
        }
        let pages = self.sheets.pages.len();
        for (at, page) in self.sheets.pages.iter_mut().enumerate() {
            if at > 0 && !head.trim().is_empty() {
                let marks = vec![MARGINAL.mark(&head, LEFT, HEADER_AT - MARGINAL.leading)];
                page.groups.insert(0, Group { owner: Owner::Header, marks, link: None });
            }
            let number = say::page_of(self.lang, at + 1, pages);
            let x = LEFT + WIDTH - MARGINAL.length(face.width(&number));
            let marks = vec![MARGINAL.mark(&number, x, FOOTER_AT - MARGINAL.leading)];
            page.groups.push(Group { owner: Owner::Footer, marks, link: None });
        }
    }
}

/// What leads to a heading that is drawn.
fn anchor(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { id: Some(id), text, .. } => Some(id.as_str()).filter(|_| !text.trim().is_empty()),
        _ => None,
    }
}

/// A number of lines as a factor of a length.
pub(super) fn count(lines: &[Line]) -> Length {
    length(lines.len())
}

pub(super) fn length(count: usize) -> Length {
    Length::try_from(count).unwrap_or(Length::MAX)
}
