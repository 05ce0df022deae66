//! A scene as SVG, to stand inside a page.
//!
//! Presentation attributes only: a strict content security policy refuses `style=`. Each shape carries the class of its
//! ink and, as attributes, the colours on light ground; [`STYLE`] gives the page's style sheet those on dark ground.

use super::{Anchor, Ink, Scene, Shape, Weight};
use std::fmt::Write;

/// Rules for the page's style sheet: colours of the inks on dark ground, to be put where a dark page is meant.
pub const STYLE: &str = ".ink-text{color:#e8eaed}.ink-muted{color:#9aa3ad}.ink-charge{color:#ff8a4c}\
.ink-invoice{color:#56b4e9}.ink-plan{color:#2fc79a}.ink-refund{color:#e3a3c8}.ink-claim{color:#f0e442}\
.ink-ground{color:#15181c}";

/// Class of an ink and its colour on light ground: the palette of Okabe and Ito, which the colour-blind tell apart.
fn ink(ink: Ink) -> (&'static str, &'static str) {
    match ink {
        Ink::Text => ("ink-text", "#1b1f24"),
        Ink::Muted => ("ink-muted", "#5c6670"),
        Ink::Charge => ("ink-charge", "#d55e00"),
        Ink::Invoice => ("ink-invoice", "#0072b2"),
        Ink::Plan => ("ink-plan", "#009e73"),
        Ink::Refund => ("ink-refund", "#cc79a7"),
        Ink::Claim => ("ink-claim", "#000000"),
        Ink::Ground => ("ink-ground", "#ffffff"),
    }
}

/// The scene as an `svg` element without line feeds.
///
/// The first line of its `alt` becomes the title, what follows the description.
///
/// # Examples
/// ```
/// use payproof::picture::{Ink, Scene, Shape, svg};
/// let line = Shape::Line { from: (0, 5), to: (100, 5), ink: Ink::Muted, thickness: 5, dashed: false };
/// let scene = Scene { width: 100, height: 10, alt: "A & B".to_string(), shapes: vec![line] };
/// assert!(svg(&scene).starts_with("<svg viewBox=\"0 0 10 1\" role=\"img\" aria-label=\"A &amp; B\">"));
/// ```
pub fn svg(scene: &Scene) -> String {
    let (title, description) = scene.alt.split_once('\n').unwrap_or((&scene.alt, ""));
    let (width, height) = (points(scene.width), points(scene.height));
    let title = escape(title);
    let mut out = format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\">");
    let _ = write!(out, "<title>{title}</title>");
    if !description.is_empty() {
        let _ = write!(out, "<desc>{}</desc>", escape(&description.replace('\n', " ")));
    }
    for shape in &scene.shapes {
        push(&mut out, shape);
    }
    out.push_str("</svg>");
    out
}

fn push(out: &mut String, shape: &Shape) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Line { from, to, ink, thickness, dashed } => {
            let dash = if *dashed { " stroke-dasharray=\"3 2\"" } else { "" };
            write!(
                out,
                "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {} stroke=\"currentColor\" stroke-width=\"{}\"{dash}/>",
                points(from.0),
                points(from.1),
                points(to.0),
                points(to.1),
                coloured(*ink),
                points(*thickness)
            )
        }
        Shape::Rect { at, size, ink, filled } => write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {} {}/>",
            points(at.0),
            points(at.1),
            points(size.0),
            points(size.1),
            coloured(*ink),
            painted(*filled)
        ),
        Shape::Polygon { points: corners, ink, filled } => {
            let corners: Vec<String> = corners.iter().map(|(x, y)| format!("{},{}", points(*x), points(*y))).collect();
            write!(out, "<polygon points=\"{}\" {} {}/>", corners.join(" "), coloured(*ink), painted(*filled))
        }
        Shape::Text { at, anchor, size, weight, ink, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let weight = match weight {
                Weight::Regular => "",
                Weight::Bold => " font-weight=\"bold\"",
            };
            write!(
                out,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{}\"{weight} {} fill=\"currentColor\">{}</text>",
                points(at.0),
                points(at.1),
                points(*size),
                coloured(*ink),
                escape(text)
            )
        }
    };
}

fn coloured(which: Ink) -> String {
    let (class, color) = ink(which);
    format!("class=\"{class}\" color=\"{color}\"")
}

fn painted(filled: bool) -> &'static str {
    match filled {
        true => "fill=\"currentColor\"",
        false => "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"",
    }
}

/// Tenths of a point as points: `125` is `12.5`.
fn points(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_decimals() {
        for (tenths, text) in
            [(0, "0"), (5, "0.5"), (-5, "-0.5"), (120, "12"), (-1234, "-123.4"), (i32::MAX, "214748364.7")]
        {
            assert_eq!(points(tenths), text);
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = Shape::Text {
            at: (0, 0),
            anchor: Anchor::End,
            size: 90,
            weight: Weight::Bold,
            ink: Ink::Text,
            text: "</text><script>'\"&".to_string(),
        };
        let scene = Scene { width: 10, height: 10, alt: "<b> \"a\"\n<i>\nend".to_string(), shapes: vec![text] };
        let drawn = svg(&scene);
        assert!(drawn.contains("<title>&lt;b&gt; &quot;a&quot;</title><desc>&lt;i&gt; end</desc>"), "{drawn}");
        assert!(drawn.contains(">&lt;/text&gt;&lt;script&gt;&#39;&quot;&amp;</text></svg>"), "{drawn}");
        assert!(!drawn.contains("style") && !drawn.contains('\n'), "{drawn}");
    }
}
