//! A document as one page that needs nothing else: no script, no font, no request.
//!
//! The page forbids itself everything but its own style sheet, named by the digest of its bytes. Every text is escaped;
//! long runs without a blank may break where `<wbr>` says so, so that a phone need not scroll sideways. On a narrow
//! screen each row of a table becomes a block whose cells carry the titles of their columns.

use super::document::{Block, Document, Table};
use crate::picture::{SVG_STYLE, svg};
use crate::text::{Lang, width};
use regex::Regex;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const STYLE: &str = include_str!("html/page.css");
/// A table of so many columns stays one on a phone.
const NARROW_COLUMNS_MAX: usize = 2;
/// A cell no wider than this is not broken: Chinese would be, into single characters.
const KEPT_COLUMNS_MAX: usize = 10;
/// A run of letters longer than this may be broken.
const RUN_MAX: usize = 20;
/// After how many letters of a long run it may.
const BREAK_EVERY: usize = 16;
/// After which signs it may sooner.
const BREAK_AFTER: [char; 7] = ['-', '_', '.', '/', ':', ',', '@'];

/// A day or an amount.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d{4}-\d{2}-\d{2}|-?\d+(?:\.\d+)? [A-Z]{3}(?-u:\b)").expect("the expression is valid")
});

/// The document as a page.
///
/// # Examples
/// ```
/// use payproof::report::{Block, Document, html};
/// use payproof::text::Lang;
/// let blocks = vec![Block::Paragraph("a < b".to_string())];
/// let page = html(&Document { lang: Lang::En, title: "T".to_string(), blocks });
/// assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.contains("<p>a &lt; b</p>"));
/// ```
pub fn html(document: &Document) -> String {
    let style = style();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style.as_bytes()))
    );
    let lang = match document.lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n",
        escape(&document.title)
    );
    let anchors = anchors(document);
    let mut in_section = false;
    for block in &document.blocks {
        if let Block::Heading { level: 2, .. } = block {
            out.push_str(if in_section { "</section>\n<section>\n" } else { "<section>\n" });
            in_section = true;
        }
        push(&mut out, block, &anchors);
    }
    out.push_str(if in_section { "</section>\n" } else { "" });
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The style sheet: the page's own, and the colours of the pictures on dark ground.
fn style() -> String {
    format!("{STYLE}@media screen and (prefers-color-scheme:dark){{{SVG_STYLE}}}\n")
}

fn anchors(document: &Document) -> BTreeSet<&str> {
    let ids = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { id, .. } => id.as_deref(),
        _ => None,
    });
    ids.collect()
}

fn push(out: &mut String, block: &Block, anchors: &BTreeSet<&str>) {
    let html = match block {
        Block::Heading { level, id, text } => {
            let level = (*level).clamp(1, 6);
            let id = id.as_ref().map(|id| format!(" id=\"{}\"", escape(id))).unwrap_or_default();
            format!("<h{level}{id}>{}</h{level}>", words(text))
        }
        Block::Paragraph(text) => format!("<p>{}</p>", words(text)),
        Block::Facts(facts) => {
            let fact = |(key, value): &(String, String)| format!("<dt>{}</dt><dd>{}</dd>\n", words(key), words(value));
            format!("<dl>\n{}</dl>", facts.iter().map(fact).collect::<String>())
        }
        Block::List(items) => {
            let item = |item: &String| format!("<li>{}</li>\n", words(item));
            format!("<ul>\n{}</ul>", items.iter().map(item).collect::<String>())
        }
        Block::Table(table) => table_of(table, anchors),
        Block::Figure { scene, caption } => {
            format!("<figure>\n{}\n<figcaption>{}</figcaption>\n</figure>", svg(scene), words(caption))
        }
    };
    out.push_str(&html);
    out.push('\n');
}

/// A table. Its roles are said again, since what is shown as a block is no table to some readers.
fn table_of(table: &Table, anchors: &BTreeSet<&str>) -> String {
    let class = if table.columns.len() > NARROW_COLUMNS_MAX { " class=\"wide\"" } else { "" };
    let mut out = format!(
        "<table role=\"table\"{class}>\n<caption>{}</caption>\n<thead role=\"rowgroup\">\n<tr role=\"row\">",
        words(&table.caption)
    );
    for column in &table.columns {
        let class = if column.is_amount { " class=\"amount\"" } else { "" };
        out.push_str(&format!("<th scope=\"col\" role=\"columnheader\"{class}>{}</th>", words(&column.title)));
    }
    out.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
    for row in &table.rows {
        out.push_str("<tr role=\"row\">");
        for (number, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            let (tag, role) = if number == 0 { ("th scope=\"row\"", "rowheader") } else { ("td", "cell") };
            let mut classes = Vec::new();
            classes.extend(column.is_amount.then_some("amount"));
            classes.extend(matches!(cell.as_str(), "" | "-").then_some("empty"));
            classes.extend((width(cell) <= KEPT_COLUMNS_MAX).then_some("keep"));
            let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
            let text = match anchors.contains(cell.as_str()) {
                true => format!("<a href=\"#{}\">{}</a>", escape(cell), words(cell)),
                false => words(cell),
            };
            out.push_str(&format!(
                "<{tag} role=\"{role}\"{class} data-title=\"{}\"><span>{text}</span></{}>",
                escape(&column.title),
                &tag[..2]
            ));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>");
    out
}

/// A text between tags: escaped, days and amounts kept on one line, and with places where a long run may break.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for kept in KEPT.find_iter(text) {
        push_runs(&mut out, &text[done..kept.start()]);
        out.push_str(&format!("<span class=\"keep\">{}</span>", escape(kept.as_str())));
        done = kept.end();
    }
    push_runs(&mut out, &text[done..]);
    out
}

/// Runs of letters and signs without a blank; Chinese needs no help, it may break anywhere.
fn push_runs(out: &mut String, text: &str) {
    let letters: Vec<char> = text.chars().collect();
    for run in letters.chunk_by(|before, after| before.is_ascii_graphic() && after.is_ascii_graphic()) {
        let mut since_break = 0;
        for (number, letter) in run.iter().enumerate() {
            out.push_str(&escape(&letter.to_string()));
            since_break += 1;
            let may_break = BREAK_AFTER.contains(letter) || since_break >= BREAK_EVERY;
            if run.len() > RUN_MAX && may_break && number + 1 < run.len() {
                out.push_str("<wbr>");
                since_break = 0;
            }
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Base 64 of RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests;
