//! How one amount becomes another: totals as filled bars, what comes on top or goes off as open ones between them.
//!
//! A picture whose bars do not add up is not drawn. Where all that changes is small beside the whole, the bars begin
//! above zero, are shown broken, and the picture says so: a cost of one per cent would be a hair otherwise.

use super::ruler::{columns_in, text_width};
use super::{Anchor, Ink, Scene, Shape, Weight};
use crate::domain::Money;
use crate::text::truncate;

const WIDTH: i32 = 3200;
const TEXT: i32 = 100;
const ROW: i32 = 330;
/// Where the bars begin; room for the outline of the first.
const LEFT: i32 = 10;
const BAR: i32 = 130;
/// Room below a bar.
const UNDER_BAR: i32 = 60;
const LINE: i32 = 5;
/// A change too small to be seen is still drawn so wide.
const LEAST: i32 = 12;
/// The bars are cut where the lowest level is above this share of the highest, in percent.
const CUT_ABOVE_PERCENT: i128 = 60;

/// What a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarKind {
    /// A level reached: it must be the sum of what stands above it.
    Total,
    /// What is added to the level, or with a minus sign taken off.
    Change,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is, in words.
    pub label: String,
    /// Its amount; a change is signed.
    pub amount: Money,
    /// Level or change.
    pub kind: BarKind,
    /// Its colour.
    pub ink: Ink,
}

/// What a waterfall shows. All texts are cleaned and in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waterfall {
    /// What the picture shows, for those who do not see it: a title, a line feed, the rest.
    pub alt: String,
    /// The bars, from above; the first is a level.
    pub bars: Vec<Bar>,
    /// What to say where the bars do not begin at zero.
    pub cut_note: String,
}

/// Draws a waterfall; `None` where it has no bars, mixes currencies or does not add up.
pub fn waterfall(input: &Waterfall) -> Option<Scene> {
    let spans = spans(&input.bars)?;
    // Bold figures are a tenth wider than the estimate.
    let figures = input.bars.iter().map(|bar| text_width(&figure(bar), TEXT)).max()?;
    let scale = Scale::of(&spans, (WIDTH - figures / 10 * 11 - TEXT).max(WIDTH / 2))?;
    let mut shapes = Vec::new();
    let row = |number: usize| i32::try_from(number).unwrap_or(i32::MAX).saturating_mul(ROW);
    // The level reached leads over to the next bar, behind its words.
    for number in 1..spans.len() {
        let level = scale.x(spans[number - 1].1);
        let (from, to) = ((level, row(number) - UNDER_BAR), (level, row(number) + ROW - UNDER_BAR - BAR));
        shapes.push(Shape::Line { from, to, ink: Ink::Muted, thickness: LINE, dashed: true });
    }
    for (number, (bar, span)) in input.bars.iter().zip(&spans).enumerate() {
        draw_bar(&mut shapes, &scale, bar, *span, row(number));
    }
    let mut y = row(spans.len());
    if scale.is_cut() {
        let text = truncate(&input.cut_note, columns_in(WIDTH - LEFT, TEXT));
        shapes.push(words((LEFT, y + TEXT), Anchor::Start, Weight::Regular, Ink::Muted, text));
        y += ROW / 2;
    }
    Some(Scene { width: WIDTH, height: y, alt: input.alt.clone(), shapes })
}

/// From which level to which each bar leads, in minor units; `None` where they do not add up.
fn spans(bars: &[Bar]) -> Option<Vec<(i64, i64)>> {
    let currency = bars.first().filter(|bar| bar.kind == BarKind::Total)?.amount.currency();
    let mut level: Option<i64> = None;
    let mut spans = Vec::new();
    for bar in bars {
        let amount = bar.amount.minor_units();
        if bar.amount.currency() != currency {
            return None;
        }
        match (bar.kind, level) {
            (BarKind::Total, known) => {
                if known.is_some_and(|known| known != amount) || amount < 0 {
                    return None;
                }
                spans.push((0, amount));
                level = Some(amount);
            }
            (BarKind::Change, known) => {
                let from = known?;
                let to = from.checked_add(amount)?;
                spans.push((from, to));
                level = Some(to);
            }
        }
    }
    Some(spans)
}

/// Minor units on the width of the picture.
struct Scale {
    origin: i128,
    highest: i128,
    /// Where the longest bar ends; the figures stand beyond.
    right: i32,
}

impl Scale {
    fn of(spans: &[(i64, i64)], right: i32) -> Option<Scale> {
        let levels = || spans.iter().map(|span| i128::from(span.1));
        let (lowest, highest) = (levels().min()?, levels().max()?);
        if highest <= 0 || lowest < 0 {
            return None;
        }
        // The changes take half of the width where the bars are cut.
        let is_cut = lowest * 100 > highest * CUT_ABOVE_PERCENT && lowest < highest;
        let origin = if is_cut { (lowest - (highest - lowest)).max(0) } else { 0 };
        Some(Scale { origin, highest, right })
    }

    fn is_cut(&self) -> bool {
        self.origin > 0
    }

    fn x(&self, level: i64) -> i32 {
        let along = (i128::from(level) - self.origin).max(0) * i128::from(self.right - LEFT);
        let along = along / (self.highest - self.origin).max(1);
        LEFT + i32::try_from(along).unwrap_or(self.right - LEFT)
    }
}

fn draw_bar(shapes: &mut Vec<Shape>, scale: &Scale, bar: &Bar, span: (i64, i64), top: i32) {
    let upper = top + ROW - UNDER_BAR - BAR;
    let weight = if bar.kind == BarKind::Total { Weight::Bold } else { Weight::Regular };
    let label = truncate(&bar.label, columns_in(WIDTH - LEFT, TEXT));
    let size = (text_width(&label, TEXT), upper - top);
    shapes.push(Shape::Rect { at: (LEFT, top), size, ink: Ink::Ground, filled: true });
    shapes.push(words((LEFT, top + TEXT), Anchor::Start, weight, Ink::Text, label));
    shapes.push(words((WIDTH, upper + BAR / 2 + TEXT / 3), Anchor::End, weight, Ink::Text, figure(bar)));
    let (from, to) = match bar.kind {
        BarKind::Total => (LEFT, scale.x(span.1)),
        BarKind::Change => (scale.x(span.0.min(span.1)), scale.x(span.0.max(span.1))),
    };
    let width = (to - from).max(LEAST);
    let filled = bar.kind == BarKind::Total;
    let from = from.min(scale.right - width);
    shapes.push(Shape::Rect { at: (from, upper), size: (width, BAR), ink: bar.ink, filled });
    if filled && scale.is_cut() {
        // Two slanted gaps: this bar is longer than it looks.
        for gap in [0, 70] {
            let x = LEFT + 120 + gap;
            let points = vec![(x, upper + BAR), (x + 40, upper), (x + 75, upper), (x + 35, upper + BAR)];
            shapes.push(Shape::Polygon { points, ink: Ink::Ground, filled: true });
        }
    }
}

/// The amount; what is added shows its sign as what is taken off does.
fn figure(bar: &Bar) -> String {
    match bar.kind {
        BarKind::Change if bar.amount.minor_units() > 0 => format!("+{}", bar.amount),
        _ => bar.amount.to_string(),
    }
}

fn words(at: (i32, i32), anchor: Anchor, weight: Weight, ink: Ink, text: String) -> Shape {
    Shape::Text { at, anchor, size: TEXT, weight, ink, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    fn bar(minor: i64, kind: BarKind) -> Bar {
        Bar { label: "part".to_string(), amount: Money::from_minor(minor, Currency::CNY), kind, ink: Ink::Charge }
    }

    fn draw(bars: Vec<Bar>) -> Option<Scene> {
        waterfall(&Waterfall { alt: "x".to_string(), bars, cut_note: "cut".to_string() })
    }

    fn rects(scene: &Scene) -> Vec<(i32, i32)> {
        let rect = |shape: &Shape| match shape {
            Shape::Rect { at, size, ink, .. } if *ink != Ink::Ground => Some((at.0, at.0 + size.0)),
            _ => None,
        };
        scene.shapes.iter().filter_map(rect).collect()
    }

    #[test]
    fn only_what_adds_up_is_drawn() {
        use BarKind::{Change, Total};
        let parts = |last| vec![bar(13793, Total), bar(193, Change), bar(50, Change), bar(last, Total)];
        assert!(draw(parts(14036)).is_some());
        assert!(draw(parts(14035)).is_none());
        assert!(draw(vec![bar(100, Change), bar(100, Total)]).is_none());
        assert!(draw(Vec::new()).is_none());
        let mut mixed = parts(14036);
        mixed[1].amount = Money::from_minor(193, Currency::USD);
        assert!(draw(mixed).is_none());
        assert!(draw(vec![bar(i64::MAX, Total), bar(1, Change)]).is_none());
    }

    #[test]
    fn bars_lie_end_to_end_inside_the_picture() {
        use BarKind::{Change, Total};
        for bars in [
            vec![bar(13793, Total), bar(193, Change), bar(-90, Change), bar(13896, Total)],
            vec![bar(1000, Total), bar(9000, Change), bar(10000, Total)],
            vec![bar(138399, Total), bar(-1910, Change), bar(120, Change), bar(-930, Change), bar(135679, Total)],
            vec![bar(i64::MAX, Total), bar(-1, Change), bar(i64::MAX - 1, Total)],
        ] {
            let scene = draw(bars.clone()).unwrap();
            let found = rects(&scene);
            assert_eq!(found.len(), bars.len());
            assert!(found.iter().all(|(from, to)| *from >= LEFT && *to <= WIDTH && from < to), "{found:?}");
            let touches = |left: (i32, i32), right: (i32, i32)| {
                [left.0, left.1].iter().any(|end| [right.0, right.1].iter().any(|other| (end - other).abs() <= LEAST))
            };
            assert!(found.windows(2).all(|pair| touches(pair[0], pair[1])), "{found:?}");
        }
    }

    #[test]
    fn cut_bars_say_so() {
        use BarKind::{Change, Total};
        let says = |scene: Scene| scene.shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == "cut"));
        assert!(says(draw(vec![bar(1000, Total), bar(20, Change), bar(1020, Total)]).unwrap()));
        assert!(!says(draw(vec![bar(1000, Total), bar(2000, Change), bar(3000, Total)]).unwrap()));
        assert!(!says(draw(vec![bar(1000, Total), bar(0, Change), bar(1000, Total)]).unwrap()));
    }
}
