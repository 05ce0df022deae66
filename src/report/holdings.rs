//! What reference rates are known to which day, and how to bring them up to date.

use crate::domain::{Currency, Day};
use crate::rates::Holding;
use crate::text::{Lang, catalogue as say, wrap};
use std::collections::BTreeMap;

const INDENT: usize = 2;
const COLUMNS_MIN: usize = 40;
const COLUMNS_MAX: usize = 120;

/// The series in the order in which they are asked, each with the last day of every currency, in lines of at most
/// `columns`.
pub fn holdings(all: &[Holding], lang: Lang, columns: usize) -> String {
    let mut page = Page::new(columns);
    page.line(say::rates_heading(lang));
    for holding in all {
        page.blank();
        page.text(&holding.source, 0, 0);
        let known = say::rates_period(lang, holding.first_day, holding.last_day, holding.common);
        page.text(&known, INDENT, INDENT);
        for (day, currencies) in by_day(&holding.known_to) {
            let until = day.map_or_else(|| say::rates_never(lang), |day| say::rates_known_to(lang, day));
            page.text(&format!("{} {}", say::key(lang, &until), currencies.join(" ")), INDENT, INDENT + INDENT);
        }
    }
    page.blank();
    if all.len() > 1 {
        page.text(&say::rates_order(lang), 0, 0);
    }
    page.text(&say::rates_missing(lang), 0, 0);
    page.blank();
    page.text(&say::rates_update(lang), 0, 0);
    for way in [
        say::rates_update_history(lang, "--rates eurofxref-hist.csv"),
        say::rates_update_day(lang, "--rates built-in --rates eurofxref.csv"),
        say::rates_update_other(lang, "--rates built-in --rates DEXTAUS.csv"),
    ] {
        page.text(&format!("- {way}"), 0, INDENT);
    }
    page.finish()
}

/// Currencies by their last day, the newest first, those without any figure last.
fn by_day(known_to: &[(Currency, Option<Day>)]) -> Vec<(Option<Day>, Vec<String>)> {
    let mut groups: BTreeMap<Option<Day>, Vec<String>> = BTreeMap::new();
    for (currency, day) in known_to {
        groups.entry(*day).or_default().push(currency.to_string());
    }
    groups.into_iter().rev().collect()
}

/// Lines of a short answer.
pub(super) struct Page {
    lines: Vec<String>,
    columns: usize,
}

impl Page {
    /// An empty page of so many columns; very narrow and very wide terminals are written for as if they were not.
    pub fn new(columns: usize) -> Page {
        Page { lines: Vec::new(), columns: columns.clamp(COLUMNS_MIN, COLUMNS_MAX) }
    }

    /// A line as it stands.
    pub fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// The lines, with a line feed at the end.
    pub fn finish(self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// A paragraph; its first line and the further ones each with their own indentation.
    pub fn text(&mut self, text: &str, first: usize, further: usize) {
        let room = self.columns.saturating_sub(first.max(further));
        for (number, line) in wrap(text, room).iter().enumerate() {
            let indent = if number == 0 { first } else { further };
            self.lines.push(format!("{}{line}", " ".repeat(indent)));
        }
    }
}
