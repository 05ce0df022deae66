//! The marks of a timeline: each kind has its own form, so that meaning never rests on colour alone.

use super::{Ink, Shape};

/// Half the size of a mark.
pub(super) const REACH: i32 = 45;
/// Thickness of thin lines.
pub(super) const LINE: i32 = 12;

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A posted charge: filled diamond.
    Charge,
    /// A hold or its release: open diamond.
    Hold,
    /// A payment refused: a cross.
    Refused,
    /// Money drawn from another account for the charge, or a fee beside it: open square.
    Part,
    /// An invoice or receipt: filled sheet.
    Paper,
    /// An order: open sheet.
    Order,
    /// A cancellation: open triangle pointing down.
    Cancellation,
    /// What the account showed, or credit added: filled hexagon.
    Seen,
    /// The account showed that it was not there: open hexagon with a cross.
    NotSeen,
    /// Billing says that money was given back: open triangle pointing back.
    RefundPaper,
    /// Money that came back: filled triangle pointing back.
    Refund,
    /// What should stand here and does not: dashed square.
    Missing,
}

/// Draws a mark around its middle.
pub(super) fn draw_mark(shapes: &mut Vec<Shape>, mark: Mark, (x, y): (i32, i32)) {
    let polygon = |corners: &[(i32, i32)], ink, filled| Shape::Polygon {
        points: corners.iter().map(|(across, down)| (x + across, y + down)).collect(),
        ink,
        filled,
    };
    let diamond = [(0, -REACH), (REACH, 0), (0, REACH), (-REACH, 0)];
    let sheet = [(-28, -REACH), (28, -REACH), (28, REACH), (-28, REACH)];
    let hexagon = [(-24, -42), (24, -42), (REACH, 0), (24, 42), (-24, 42), (-REACH, 0)];
    let back = [(-REACH, 0), (35, -42), (35, 42)];
    let down = [(0, REACH), (-42, -35), (42, -35)];
    match mark {
        Mark::Charge => shapes.push(polygon(&diamond, Ink::Charge, true)),
        Mark::Hold => shapes.push(polygon(&diamond, Ink::Charge, false)),
        Mark::Refused => cross(shapes, (x, y), 36, Ink::Charge),
        Mark::Part => shapes.push(polygon(&[(-34, -34), (34, -34), (34, 34), (-34, 34)], Ink::Charge, false)),
        Mark::Paper => shapes.push(polygon(&sheet, Ink::Invoice, true)),
        Mark::Order => shapes.push(polygon(&sheet, Ink::Invoice, false)),
        Mark::Cancellation => shapes.push(polygon(&down, Ink::Invoice, false)),
        Mark::Seen => shapes.push(polygon(&hexagon, Ink::Plan, true)),
        Mark::NotSeen => {
            shapes.push(polygon(&hexagon, Ink::Claim, false));
            cross(shapes, (x, y), 20, Ink::Claim);
        }
        Mark::RefundPaper => shapes.push(polygon(&back, Ink::Refund, false)),
        Mark::Refund => shapes.push(polygon(&back, Ink::Refund, true)),
        Mark::Missing => dashed_box(shapes, (x - 38, y - 38), (x + 38, y + 38)),
    }
}

fn cross(shapes: &mut Vec<Shape>, (x, y): (i32, i32), reach: i32, ink: Ink) {
    for (from, to) in [((-reach, -reach), (reach, reach)), ((-reach, reach), (reach, -reach))] {
        let moved = |corner: (i32, i32)| (x + corner.0, y + corner.1);
        shapes.push(Shape::Line { from: moved(from), to: moved(to), ink, thickness: 20, dashed: false });
    }
}

/// Draws what is not there.
pub(super) fn dashed_box(shapes: &mut Vec<Shape>, (left, top): (i32, i32), (right, bottom): (i32, i32)) {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    for side in corners.windows(2) {
        shapes.push(Shape::Line { from: side[0], to: side[1], ink: Ink::Claim, thickness: LINE, dashed: true });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_form_and_not_only_a_colour() {
        let marks = [
            Mark::Charge,
            Mark::Hold,
            Mark::Refused,
            Mark::Part,
            Mark::Paper,
            Mark::Order,
            Mark::Cancellation,
            Mark::Seen,
            Mark::NotSeen,
            Mark::RefundPaper,
            Mark::Refund,
            Mark::Missing,
        ];
        let mut forms: Vec<String> = marks
            .into_iter()
            .map(|mark| {
                let mut shapes = Vec::new();
                draw_mark(&mut shapes, mark, (0, 0));
                let form: Vec<String> = shapes
                    .iter()
                    .map(|shape| match shape {
                        Shape::Polygon { points, filled, .. } => format!("{points:?} {filled}"),
                        Shape::Line { from, to, dashed, .. } => format!("{from:?} {to:?} {dashed}"),
                        other => format!("{other:?}"),
                    })
                    .collect();
                form.join(" ")
            })
            .collect();
        forms.sort();
        forms.dedup();
        assert_eq!(forms.len(), marks.len());
    }
}
