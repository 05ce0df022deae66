//! What reference rates are known to which day, and how to bring them up to date.

use crate::domain::{Currency, Day};
use crate::rates::Holding;
use crate::text::{Lang, catalogue as say, wrap};
use std::collections::BTreeMap;

const INDENT: usize = 2;

/// The series in the order in which they are asked, each with the last day of every currency, in lines of at most
/// `columns`.
pub fn holdings(all: &[Holding], lang: Lang, columns: usize) -> String {
    let mut page = Page { lines: vec![say::rates_heading(lang)], columns: columns.clamp(40, 120) };
    for holding in all {
        page.lines.push(String::new());
        page.text(&holding.source, 0, 0);
        let known = say::rates_period(lang, holding.first_day, holding.last_day, holding.common);
        page.text(&known, INDENT, INDENT);
        for (day, currencies) in by_day(&holding.known_to) {
            let until = day.map_or_else(|| say::rates_never(lang), |day| say::rates_known_to(lang, day));
            page.text(&format!("{} {}", say::key(lang, &until), currencies.join(" ")), INDENT, INDENT + INDENT);
        }
    }
    page.lines.push(String::new());
    if all.len() > 1 {
        page.text(&say::rates_order(lang), 0, 0);
    }
    page.text(&say::rates_missing(lang), 0, 0);
    page.lines.push(String::new());
    page.text(&say::rates_update(lang), 0, 0);
    for way in [
        say::rates_update_history(lang, "--rates eurofxref-hist.csv"),
        say::rates_update_day(lang, "--rates built-in --rates eurofxref.csv"),
        say::rates_update_other(lang, "--rates built-in --rates DEXTAUS.csv"),
    ] {
        page.text(&format!("- {way}"), 0, INDENT);
    }
    page.lines.join("\n") + "\n"
}

/// Currencies by their last day, the newest first, those without any figure last.
fn by_day(known_to: &[(Currency, Option<Day>)]) -> Vec<(Option<Day>, Vec<String>)> {
    let mut groups: BTreeMap<Option<Day>, Vec<String>> = BTreeMap::new();
    for (currency, day) in known_to {
        groups.entry(*day).or_default().push(currency.to_string());
    }
    groups.into_iter().rev().collect()
}

struct Page {
    lines: Vec<String>,
    columns: usize,
}

impl Page {
    /// A paragraph; its first line and the further ones each with their own indentation.
    fn text(&mut self, text: &str, first: usize, further: usize) {
        let room = self.columns.saturating_sub(first.max(further));
        for (number, line) in wrap(text, room).iter().enumerate() {
            let indent = if number == 0 { first } else { further };
            self.lines.push(format!("{}{line}", " ".repeat(indent)));
        }
    }
}
