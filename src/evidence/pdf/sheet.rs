//! Laid-out pages: what is drawn where, and the tree of what it means. Lengths are tenths of a point from the upper
//! left corner.

use crate::picture::{Ink, Weight};

/// A length or place on the page in tenths of a point.
pub(super) type Length = i64;

/// A page of A4.
pub(super) const PAGE_WIDTH: Length = 5_953;
pub(super) const PAGE_HEIGHT: Length = 8_419;

/// Everything there is to draw.
#[derive(Default)]
pub(super) struct Sheets {
    /// The pages.
    pub pages: Vec<Page>,
    /// The tree of meanings; children are indices.
    pub nodes: Vec<Node>,
    /// Its first level.
    pub roots: Vec<usize>,
    /// The headings, for the outline.
    pub bookmarks: Vec<Bookmark>,
}

/// One page: groups of marks in reading order.
#[derive(Default)]
pub(super) struct Page {
    pub groups: Vec<Group>,
}

/// Marks that belong to one node, or to none.
pub(super) struct Group {
    pub owner: Owner,
    pub marks: Vec<Mark>,
    pub link: Option<Link>,
}

/// A place on the page that leads to a heading.
pub(super) struct Link {
    pub at: (Length, Length),
    pub size: (Length, Length),
    /// The anchor of the heading, which is what the link says.
    pub to: String,
}

/// What a group of marks belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A node of the tree.
    Node(usize),
    /// The head of the page, which is no part of the text.
    Header,
    /// The foot of the page.
    Footer,
    /// Rules between rows, repeated titles.
    Layout,
}

/// A node of the tree of meanings.
pub(super) struct Node {
    pub role: Role,
    pub children: Vec<usize>,
}

/// What a node is.
pub(super) enum Role {
    Title,
    /// Level from 1, without leaps, and the text.
    Heading(u16, String),
    Paragraph,
    /// With points in front of its items, or without.
    List(bool),
    Item,
    Label,
    Body,
    Table,
    HeadRows,
    BodyRows,
    Row,
    HeadCell,
    Cell,
    Caption,
    Link,
    /// A picture, what it shows in words, and where it stands.
    Figure {
        alt: String,
        page: usize,
        at: (Length, Length),
        size: (Length, Length),
    },
}

/// Where a heading stands.
pub(super) struct Bookmark {
    /// Level from 1, without leaps.
    pub level: u16,
    pub text: String,
    /// What leads here.
    pub id: Option<String>,
    pub page: usize,
    pub at: (Length, Length),
}

/// Something drawn.
pub(super) enum Mark {
    /// One line of text; every character stands in the font.
    Text {
        at: (Length, Length),
        size: Length,
        weight: Weight,
        ink: Ink,
        text: String,
    },
    Line {
        from: (Length, Length),
        to: (Length, Length),
        ink: Ink,
        thickness: Length,
        dashed: bool,
    },
    Polygon {
        points: Vec<(Length, Length)>,
        ink: Ink,
        filled: bool,
    },
    /// A line between rows, from its left end; a faint one is grey.
    Rule {
        at: (Length, Length),
        width: Length,
        faint: bool,
    },
}
