//! When money left, what was billed, what was in force and what came back, on one axis of days.
//!
//! Every happening is a mark with its words beside it. Marks of one lane share a row as long as neither they nor their
//! words touch, else the later one takes a row below: nothing overlaps, however close the days lie.

use super::mark::{LINE, Mark, REACH, dashed_box, draw_mark};
use super::ruler::{columns_in, text_width};
use super::{Anchor, Ink, Scene, Shape, Weight};
use crate::domain::{Day, Period};
use crate::text::truncate;

const WIDTH: i32 = 3200;
/// Free room at both ends of the axis: half the title of a tick.
const SIDE: i32 = 265;
const TEXT: i32 = 100;
const AXIS_TEXT: i32 = 90;
const ROW: i32 = 170;
/// A stretch takes a bar and a line of words.
const STRETCH_ROW: i32 = 250;
const LANE_GAP: i32 = 40;
const TOP: i32 = 40;
const GAP: i32 = 50;
/// Room that the title of a tick needs.
const TICK_ROOM: i32 = 600;
/// Most days between the last happening and the as-of day for that day to be shown.
const AS_OF_DAYS_MAX: i64 = 45;
/// Steps of the axis in days.
const STEPS: [i64; 12] = [1, 2, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652];

/// Where a happening belongs; lanes stand one below the other in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Money that left or was held.
    Money,
    /// Papers of the billing side.
    Papers,
    /// What was in force.
    Plan,
    /// What came back.
    Back,
}

/// A happening of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its day.
    pub day: Day,
    /// Where it belongs.
    pub lane: Lane,
    /// Its form.
    pub mark: Mark,
    /// Its words.
    pub label: String,
}

/// What a stretch of days is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchKind {
    /// Paid for or in force: filled bar.
    Plan,
    /// Looked at, and nothing was there: dashed bar.
    Nothing,
}

/// A stretch of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The days.
    pub days: Period,
    /// Where it belongs.
    pub lane: Lane,
    /// What it is.
    pub kind: StretchKind,
    /// Its words.
    pub label: String,
}

/// What a timeline shows. All texts are cleaned, redacted and in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What the picture shows, for those who do not see it: a title, a line feed, the rest.
    pub alt: String,
    /// Happenings.
    pub events: Vec<Event>,
    /// Stretches of days.
    pub stretches: Vec<Stretch>,
    /// The as-of day and its words; shown where it lies near.
    pub as_of: (Day, String),
}

/// Draws a timeline; `None` where there is nothing to draw.
pub fn timeline(input: &Timeline) -> Option<Scene> {
    let axis = Axis::of(input)?;
    let mut shapes = Vec::new();
    let mut y = TOP;
    if axis.shows(input.as_of.0) {
        y += ROW;
    }
    let top = y;
    let mut drawn = Vec::new();
    for lane in [Lane::Money, Lane::Papers, Lane::Plan, Lane::Back] {
        let begin = y;
        y = draw_stretches(&mut drawn, &axis, input.stretches.iter().filter(|one| one.lane == lane), y);
        y = draw_events(&mut drawn, &axis, input.events.iter().filter(|one| one.lane == lane), y);
        if y > begin {
            y += LANE_GAP;
        }
    }
    if axis.shows(input.as_of.0) {
        draw_as_of(&mut shapes, &axis, &input.as_of, (top, y));
    }
    draw_axis(&mut shapes, &axis, y);
    shapes.append(&mut drawn);
    Some(Scene { width: WIDTH, height: y + ROW, alt: input.alt.clone(), shapes })
}

/// Days on the width of the picture.
struct Axis {
    first: Day,
    last: Day,
}

impl Axis {
    fn of(input: &Timeline) -> Option<Axis> {
        let starts = input.stretches.iter().map(|stretch| stretch.days.from);
        let ends = input.stretches.iter().map(|stretch| stretch.days.to);
        let days = || input.events.iter().map(|event| event.day);
        let first = days().chain(starts).min()?;
        let mut last = days().chain(ends).max()?.max(first);
        let ahead = input.as_of.0.days_since(last);
        if (0..=AS_OF_DAYS_MAX).contains(&ahead) {
            last = input.as_of.0;
        }
        // A single day still needs an axis.
        Some(Axis { first, last: last.max(first.plus(6)) })
    }

    fn shows(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    fn x(&self, day: Day) -> i32 {
        let days = self.last.days_since(self.first).max(1);
        let along = day.days_since(self.first).clamp(0, days) * i64::from(WIDTH - 2 * SIDE) / days;
        SIDE + i32::try_from(along).unwrap_or(0)
    }

    fn step(&self) -> i64 {
        let days = self.last.days_since(self.first).max(1);
        let least = days * i64::from(TICK_ROOM) / i64::from(WIDTH - 2 * SIDE);
        STEPS.into_iter().find(|step| *step > least).unwrap_or(days)
    }
}

/// Rows of a lane, each with the stretches of its width that are taken.
#[derive(Default)]
struct Rows(Vec<Vec<(i32, i32)>>);

impl Rows {
    /// The first row in which the room is free; it is taken.
    fn take(&mut self, from: i32, to: i32) -> i32 {
        let is_free = |row: &[(i32, i32)]| row.iter().all(|taken| to + GAP <= taken.0 || taken.1 + GAP <= from);
        let found = self.0.iter().position(|row| is_free(row)).unwrap_or_else(|| {
            self.0.push(Vec::new());
            self.0.len() - 1
        });
        self.0[found].push((from, to));
        i32::try_from(found).unwrap_or(i32::MAX)
    }

    fn height(&self, row: i32) -> i32 {
        i32::try_from(self.0.len()).unwrap_or(0).saturating_mul(row)
    }
}

fn draw_events<'a>(shapes: &mut Vec<Shape>, axis: &Axis, events: impl Iterator<Item = &'a Event>, top: i32) -> i32 {
    let mut events: Vec<&Event> = events.collect();
    events.sort_by_key(|event| event.day);
    let (beside, beneath): (Vec<&Event>, Vec<&Event>) =
        events.into_iter().partition(|event| beside(axis.x(event.day), &event.label).is_some());
    let mut rows = Rows::default();
    for event in beside {
        let x = axis.x(event.day);
        let Some((from, to, at, anchor)) = self::beside(x, &event.label) else { continue };
        let y = top + rows.take(from, to) * ROW + ROW / 2;
        draw_mark(shapes, event.mark, (x, y));
        shapes.push(words_at((at, y + TEXT / 3), anchor, TEXT, Ink::Text, event.label.clone()));
    }
    let top = top + rows.height(ROW);
    let mut rows = Rows::default();
    for event in beneath {
        let x = axis.x(event.day);
        let label = truncate(&event.label, columns_in(WIDTH - 2 * GAP, TEXT));
        let words = text_width(&label, TEXT);
        let at = (x - words / 2).clamp(0, (WIDTH - words).max(0));
        let y = top + rows.take(at.min(x - REACH), (at + words).max(x + REACH)) * STRETCH_ROW;
        draw_mark(shapes, event.mark, (x, y + 60));
        shapes.push(words_at((at, y + 200), Anchor::Start, TEXT, Ink::Text, label));
    }
    top + rows.height(STRETCH_ROW)
}

/// The room of a mark with its words to the right, else to the left: from, to, where the words are held and how.
/// `None` where they fit on neither side.
fn beside(x: i32, label: &str) -> Option<(i32, i32, i32, Anchor)> {
    let (words, reach) = (text_width(label, TEXT), REACH + GAP);
    if x + reach + words <= WIDTH {
        Some((x - REACH, x + reach + words, x + reach, Anchor::Start))
    } else if x >= reach + words {
        Some((x - reach - words, x + REACH, x - reach, Anchor::End))
    } else {
        None
    }
}

fn draw_stretches<'a>(
    shapes: &mut Vec<Shape>,
    axis: &Axis,
    stretches: impl Iterator<Item = &'a Stretch>,
    top: i32,
) -> i32 {
    let mut stretches: Vec<&Stretch> = stretches.collect();
    stretches.sort_by_key(|stretch| (stretch.days.from, stretch.days.to));
    let mut rows = Rows::default();
    for stretch in stretches {
        let (x0, x1) = (axis.x(stretch.days.from), axis.x(stretch.days.to).max(axis.x(stretch.days.from) + REACH));
        let label = truncate(&stretch.label, columns_in(WIDTH - 2 * GAP, TEXT));
        let words = text_width(&label, TEXT);
        // The words begin with the bar where they can, and end with the picture where they must.
        let at = x0.min(WIDTH - words).max(0);
        let y = top + rows.take(x0.min(at), x1.max(at + words)) * STRETCH_ROW;
        let (upper, lower) = (y + 30, y + 90);
        match stretch.kind {
            StretchKind::Plan => shapes.push(Shape::Rect {
                at: (x0, upper),
                size: (x1 - x0, lower - upper),
                ink: Ink::Plan,
                filled: true,
            }),
            StretchKind::Nothing => dashed_box(shapes, (x0, upper), (x1, lower)),
        }
        shapes.push(words_at((at, y + 195), Anchor::Start, TEXT, Ink::Text, label));
    }
    top + rows.height(STRETCH_ROW)
}

fn draw_as_of(shapes: &mut Vec<Shape>, axis: &Axis, (day, words): &(Day, String), (top, bottom): (i32, i32)) {
    let x = axis.x(*day);
    shapes.push(Shape::Line { from: (x, top), to: (x, bottom), ink: Ink::Muted, thickness: LINE, dashed: true });
    let half = text_width(words, AXIS_TEXT) / 2 + 1;
    let (at, anchor) = match (x - half < 0, x + half > WIDTH) {
        (true, _) => (0, Anchor::Start),
        (_, true) => (WIDTH, Anchor::End),
        _ => (x, Anchor::Middle),
    };
    shapes.push(words_at((at, top - 40), anchor, AXIS_TEXT, Ink::Muted, words.clone()));
}

fn draw_axis(shapes: &mut Vec<Shape>, axis: &Axis, y: i32) {
    let line = |from, to| Shape::Line { from, to, ink: Ink::Muted, thickness: LINE, dashed: false };
    shapes.push(line((0, y), (WIDTH, y)));
    let step = axis.step();
    let mut day = axis.first;
    while day <= axis.last {
        let x = axis.x(day);
        shapes.push(line((x, y), (x, y + 30)));
        let half = text_width(&day.to_string(), AXIS_TEXT) / 2 + 1;
        let at = x.clamp(half, WIDTH - half);
        shapes.push(words_at((at, y + 120), Anchor::Middle, AXIS_TEXT, Ink::Muted, day.to_string()));
        day = day.plus(u32::try_from(step).unwrap_or(u32::MAX));
        if step <= 0 || day == axis.first {
            break;
        }
    }
}

fn words_at(at: (i32, i32), anchor: Anchor, size: i32, ink: Ink, text: String) -> Shape {
    Shape::Text { at, anchor, size, weight: Weight::Regular, ink, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    fn event(on: &str, lane: Lane, mark: Mark, label: &str) -> Event {
        Event { day: day(on), lane, mark, label: label.to_string() }
    }

    fn input(events: Vec<Event>, stretches: Vec<Stretch>) -> Timeline {
        Timeline { alt: "x".to_string(), events, stretches, as_of: (day("2026-06-30"), "as of 2026-06-30".to_string()) }
    }

    /// The room that every text takes, from the shapes themselves.
    fn boxes(scene: &Scene) -> Vec<(i32, i32, i32, i32, String)> {
        let mut boxes = Vec::new();
        for shape in &scene.shapes {
            if let Shape::Text { at, anchor, size, text, .. } = shape {
                let width = text_width(text, *size);
                let left = match anchor {
                    Anchor::Start => at.0,
                    Anchor::Middle => at.0 - width / 2,
                    Anchor::End => at.0 - width,
                };
                boxes.push((left, at.1 - size, left + width, at.1, text.clone()));
            }
        }
        boxes
    }

    #[test]
    fn no_words_overlap_or_leave_the_picture() {
        for span in [0, 1, 5, 30, 90, 400, 4000] {
            let on = |part: u32| day("2026-03-05").plus(span * part / 4).to_string();
            let mut events = Vec::new();
            for part in 0..5 {
                events.push(event(&on(part), Lane::Money, Mark::Charge, "2026-03-05 Charge 1234567.89 USD"));
                events.push(event(&on(part), Lane::Back, Mark::Refund, "2026-03-05 退款 1234567.89 CNY"));
                events.push(event(&on(part), Lane::Plan, Mark::NotSeen, &"long ".repeat(40)));
            }
            let stretch = |from, to, kind| Stretch {
                days: Period { from: day(&on(from)), to: day(&on(to)) },
                lane: Lane::Plan,
                kind,
                label: "Paid for: 2026-03-05 to 2026-04-04".to_string(),
            };
            let stretches = vec![stretch(0, 1, StretchKind::Plan), stretch(1, 4, StretchKind::Nothing)];
            let scene = timeline(&input(events, stretches)).unwrap();
            let boxes = boxes(&scene);
            assert!(boxes.len() > 17, "{span}");
            let whole =
                boxes.iter().filter(|one| one.4.ends_with(" 1234567.89 USD") || one.4.ends_with(" 1234567.89 CNY"));
            assert_eq!(whole.count(), 10, "{span}: an amount is cut");
            for (number, one) in boxes.iter().enumerate() {
                assert!(one.0 >= 0 && one.2 <= scene.width && one.1 >= 0 && one.3 <= scene.height, "{span} {one:?}");
                for other in &boxes[number + 1..] {
                    let apart = one.2 <= other.0 || other.2 <= one.0 || one.3 <= other.1 || other.3 <= one.1;
                    assert!(apart, "{span}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn the_as_of_day_is_shown_only_where_it_lies_near() {
        let has_words = |on: &str| {
            let scene = timeline(&input(vec![event(on, Lane::Money, Mark::Charge, "Charge")], Vec::new())).unwrap();
            boxes(&scene).iter().any(|found| found.4.starts_with("as of"))
        };
        assert!(has_words("2026-06-20"));
        assert!(!has_words("2026-03-01"));
        assert!(timeline(&input(Vec::new(), Vec::new())).is_none());
    }
}
