//! The shapes of a picture. Lengths are tenths of a point from the upper left corner; no floating point near figures.

/// A picture: its size, its shapes from back to front, and what it shows in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Width in tenths of a point.
    pub width: i32,
    /// Height in tenths of a point.
    pub height: i32,
    /// What the picture shows, for those who do not see it: a title; after a line feed, where there is one, the rest.
    pub alt: String,
    /// The shapes, back to front.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// The texts that stand in the picture, back to front.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            Shape::Line { .. } | Shape::Rect { .. } | Shape::Polygon { .. } => None,
        })
    }
}

/// Colours by meaning; whoever draws gives each one that the colour-blind tell apart, on light and on dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Text and main lines.
    Text,
    /// Secondary text, axes.
    Muted,
    /// Money that left.
    Charge,
    /// Invoices and receipts.
    Invoice,
    /// Time paid for, plans in force.
    Plan,
    /// Money that came back.
    Refund,
    /// What is missing or claimed.
    Claim,
    /// The ground.
    Ground,
}

/// Where a text is held by its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// Thickness of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Ordinary text.
    Regular,
    /// Emphasis.
    Bold,
}

/// One shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// From, across and down.
        from: (i32, i32),
        /// To, across and down.
        to: (i32, i32),
        /// Its colour.
        ink: Ink,
        /// Its thickness.
        thickness: i32,
        /// Whether it is dashed.
        dashed: bool,
    },
    /// A rectangle.
    Rect {
        /// Upper left corner.
        at: (i32, i32),
        /// Width and height.
        size: (i32, i32),
        /// Its colour.
        ink: Ink,
        /// Filled, or an outline only.
        filled: bool,
    },
    /// A filled polygon: marks of several forms, so that meaning never rests on colour alone.
    Polygon {
        /// Its corners.
        points: Vec<(i32, i32)>,
        /// Its colour.
        ink: Ink,
        /// Filled, or an outline only.
        filled: bool,
    },
    /// One line of text.
    Text {
        /// The point on the base line that holds it.
        at: (i32, i32),
        /// How the point holds it.
        anchor: Anchor,
        /// Height of the letters in tenths of a point.
        size: i32,
        /// Thickness of the letters.
        weight: Weight,
        /// Its colour.
        ink: Ink,
        /// The text, already cleaned and redacted.
        text: String,
    },
}
