//! A picture on the page: its shapes moved into place and made smaller if they are wider than the text.

use super::fonts::{EM, Faces};
use super::sheet::{Length, Mark};
use crate::picture::{Anchor, Scene, Shape};

/// A picture fitted into a width and a height.
pub(super) struct Fitted<'a> {
    scene: &'a Scene,
    /// Size on the page.
    pub size: (Length, Length),
    /// What the scene's lengths are multiplied with and divided by.
    scale: (Length, Length),
}

impl<'a> Fitted<'a> {
    /// The picture, at its own size if that fits.
    pub fn new(scene: &'a Scene, room: (Length, Length)) -> Fitted<'a> {
        let (width, height) = (Length::from(scene.width).max(1), Length::from(scene.height).max(1));
        let mut scale = (1, 1);
        if width > room.0 {
            scale = (room.0, width);
        }
        if height * scale.0 / scale.1 > room.1 {
            scale = (room.1, height);
        }
        Fitted { scene, size: (width * scale.0 / scale.1, height * scale.0 / scale.1), scale }
    }

    /// The shapes with the picture's upper left corner at `origin`.
    pub fn marks(&self, origin: (Length, Length), faces: &Faces) -> Vec<Mark> {
        self.scene.shapes.iter().map(|shape| self.mark(shape, origin, faces)).collect()
    }

    fn scaled(&self, length: i32) -> Length {
        Length::from(length) * self.scale.0 / self.scale.1
    }

    fn mark(&self, shape: &Shape, origin: (Length, Length), faces: &Faces) -> Mark {
        let place = |(x, y): (i32, i32)| (origin.0 + self.scaled(x), origin.1 + self.scaled(y));
        match shape {
            Shape::Line { from, to, ink, thickness, dashed } => Mark::Line {
                from: place(*from),
                to: place(*to),
                ink: *ink,
                thickness: self.scaled(*thickness).max(1),
                dashed: *dashed,
            },
            Shape::Rect { at, size, ink, filled } => {
                let (x, y) = place(*at);
                let (width, height) = (self.scaled(size.0), self.scaled(size.1));
                let points = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                Mark::Polygon { points, ink: *ink, filled: *filled }
            }
            Shape::Polygon { points, ink, filled } => {
                Mark::Polygon { points: points.iter().map(|point| place(*point)).collect(), ink: *ink, filled: *filled }
            }
            Shape::Text { at, anchor, size, weight, ink, text } => {
                let text = faces.shown(text);
                let size = self.scaled(*size).max(1);
                let width = faces.of(*weight).width(&text).saturating_mul(size) / EM;
                let (x, y) = place(*at);
                let x = match anchor {
                    Anchor::Start => x,
                    Anchor::Middle => x - width / 2,
                    Anchor::End => x - width,
                };
                Mark::Text { at: (x, y), size, weight: *weight, ink: *ink, text }
            }
        }
    }
}
