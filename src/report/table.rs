//! The discrepancy table for a terminal.
//!
//! From 72 columns on, a case is one line of verdict and figures with its reasons below; in a narrower terminal, or
//! where the amounts leave too little room, it is a block of `key: value` lines. No amount is ever broken, no case left
//! out; a settled case is short. A claim is marked by `>>` and a line of its own, colour or not.

use super::View;
use super::grid::{Grid, GridLine};
use super::paint::{Tone, paint};
use super::row::{Row, amount, amount_titles, money_of};
use super::summary::Summary;
use super::voice::{Fence, Voice};
use crate::reconciliation::Reconciliation;
use crate::text::{Lang, catalogue as say, pad_end, pad_start, width, wrap, wrap_item};

const MARK: &str = ">>";
const MARK_COLUMNS: usize = 3;
const DAY_COLUMNS: usize = 10;
const GAP: &str = "  ";
/// Below this width a case is a block.
const TABLE_COLUMNS_MIN: usize = 72;
/// Narrower terminals are written for as if they had so many columns: an amount needs its room.
const COLUMNS_MIN: usize = 40;
/// Longer lines are hard to read, however wide the terminal.
const COLUMNS_MAX: usize = 140;
/// Room for the number of cases of a verdict.
const COUNT_COLUMNS: usize = 4;

/// The table and its summary, as lines of at most `view.width` columns.
pub fn table(reconciliation: &Reconciliation, view: &View) -> String {
    let columns = usize::from(view.width).clamp(COLUMNS_MIN, COLUMNS_MAX);
    let voice = Voice::new(view, Fence::None);
    let rows = Row::all(reconciliation, voice);
    let mut page = Page { lines: Vec::new(), columns, lang: view.lang, color: view.color };
    let count = say::purchases(view.lang, rows.len());
    page.heading(&say::heading(view.lang, count, reconciliation.as_of));
    page.blank();
    if rows.is_empty() {
        page.text(&say::no_cases(view.lang), 0);
    }
    let is_wide = columns >= TABLE_COLUMNS_MIN && !rows.is_empty();
    match is_wide.then(|| Grid::fit(&rows, columns - MARK_COLUMNS, view.lang)).flatten() {
        Some(grid) => page.grid(&grid, &rows),
        None => rows.iter().for_each(|row| page.block(row)),
    }
    page.summary(&Summary::new(reconciliation, &voice));
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

/// The lines written so far.
struct Page {
    lines: Vec<String>,
    columns: usize,
    lang: Lang,
    color: bool,
}

impl Page {
    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn heading(&mut self, text: &str) {
        for line in wrap(text, self.columns) {
            self.lines.push(paint(&line, Tone::Heading, self.color));
        }
    }

    /// A paragraph, every line indented.
    fn text(&mut self, text: &str, indent: usize) {
        for line in wrap(text, self.columns.saturating_sub(indent)) {
            self.lines.push(format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn mark(&self, row: &Row<'_>) -> &'static str {
        if row.case.claimable { MARK } else { "" }
    }

    fn tone(row: &Row<'_>) -> Tone {
        match (row.case.claimable, row.case.verdict.is_discrepancy()) {
            (true, _) => Tone::Claim,
            (false, true) => Tone::Attention,
            (false, false) => Tone::Fine,
        }
    }

    /// The cases in columns: of each its verdict and figures, then its reasons.
    fn grid(&mut self, grid: &Grid, rows: &[Row<'_>]) {
        let [titles, rule] = &grid.head;
        let indent = " ".repeat(MARK_COLUMNS);
        self.lines.push(format!("{indent}{}", paint(titles, Tone::Heading, self.color)));
        self.lines.push(format!("{indent}{rule}"));
        for (row, lines) in rows.iter().zip(&grid.cases) {
            for (number, GridLine { text, verdict }) in lines.iter().enumerate() {
                let mark = if number == 0 { self.mark(row) } else { "" };
                // Before the verdict stands at most a day, so the first find is the verdict.
                let text = text.replacen(verdict, &paint(verdict, Page::tone(row), self.color), 1);
                self.lines.push(format!("{}{text}", pad_end(mark, MARK_COLUMNS)));
            }
            self.pairs(&reasons_of(row, self.lang), MARK_COLUMNS + grid.verdict_at);
        }
    }

    /// One case as a block of `key: value` lines.
    fn block(&mut self, row: &Row<'_>) {
        let tone = Page::tone(row);
        let room = self.columns.saturating_sub(MARK_COLUMNS + DAY_COLUMNS + GAP.len());
        for (number, words) in wrap(&row.verdict_in_full, room).iter().enumerate() {
            let (mark, day) = match number {
                0 => (self.mark(row), row.case.day.to_string()),
                _ => ("", String::new()),
            };
            let words = paint(words, tone, self.color);
            self.lines.push(format!("{}{}{GAP}{words}", pad_end(mark, MARK_COLUMNS), pad_end(&day, DAY_COLUMNS)));
        }
        let mut pairs = Vec::new();
        for (title, money) in amount_titles(self.lang).into_iter().zip(money_of(row)) {
            if money.is_some() {
                pairs.push((title, amount(money)));
            }
        }
        pairs.extend(reasons_of(row, self.lang));
        self.pairs(&pairs, MARK_COLUMNS);
        self.blank();
    }

    /// Keys and their texts, the texts under each other.
    fn pairs(&mut self, pairs: &[(String, String)], indent: usize) {
        let keys = all_keys(self.lang).iter().map(|key| width(&say::key(self.lang, key))).max().unwrap_or(0);
        for (key, text) in pairs {
            let room = self.columns.saturating_sub(indent + keys + 1);
            for (number, line) in wrap(text, room).iter().enumerate() {
                let key = if number == 0 { say::key(self.lang, key) } else { String::new() };
                let key = paint(&pad_end(&key, keys), Tone::Key, self.color);
                self.lines.push(format!("{}{key} {line}", " ".repeat(indent)));
            }
        }
    }

    fn summary(&mut self, summary: &Summary) {
        let is_after_blank = self.lines.last().is_some_and(String::is_empty);
        if !is_after_blank {
            self.blank();
        }
        self.heading(&say::summary_heading(self.lang));
        for (count, verdict) in &summary.counts {
            self.lines.push(format!("{}  {verdict}", pad_start(&count.to_string(), COUNT_COLUMNS)));
        }
        self.claims(summary);
        self.text(&summary.as_of, 0);
        summary.lists.iter().chain(&summary.rates).for_each(|text| self.text(text, 0));
        if !summary.renewals.is_empty() {
            self.blank();
            self.heading(&say::renewals_heading(self.lang));
            summary.renewals.iter().for_each(|text| self.item(text));
        }
        if !summary.notices.is_empty() {
            self.blank();
            self.heading(&say::cannot_show(self.lang));
            for notice in &summary.notices {
                self.item(notice);
            }
        }
    }

    /// How many claims, and their total in each currency, figures under each other. The mark is explained by standing
    /// here.
    fn claims(&mut self, summary: &Summary) {
        if summary.claims == 0 {
            return self.text(&summary.claims(self.lang), 0);
        }
        let count = say::claimable_count(self.lang, summary.claims, &summary.purchases);
        for (number, line) in wrap(&count, self.columns.saturating_sub(MARK_COLUMNS)).iter().enumerate() {
            let line = paint(line, Tone::Claim, self.color);
            self.lines.push(format!("{}{line}", pad_end(if number == 0 { MARK } else { "" }, MARK_COLUMNS)));
        }
        let figures = summary.at_stake.iter().map(|amount| width(amount)).max().unwrap_or(0);
        let amounts = summary.at_stake.iter().map(|amount| pad_start(amount, figures + MARK_COLUMNS));
        self.lines.extend(amounts);
        self.text(&say::to_ticket(self.lang), 0);
    }

    /// One entry of a list.
    fn item(&mut self, text: &str) {
        self.lines.extend(wrap_item(text, self.columns));
    }
}

/// Every key a case may need, so that the texts of all cases stand under each other.
fn all_keys(lang: Lang) -> Vec<String> {
    let mut keys = amount_titles(lang).to_vec();
    keys.extend([say::column_why(lang), say::key_next(lang), say::key_note(lang), say::key_claim(lang)]);
    keys.extend([say::key_ruled_out(lang), say::key_open(lang), say::column_rows(lang)]);
    keys
}

/// Keys and texts of a case below its figures; a settled case has only its rows and the cost of conversion.
fn reasons_of(row: &Row<'_>, lang: Lang) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if !row.is_compact() {
        pairs.push((say::column_why(lang), row.why.clone()));
        pairs.extend(row.claim.iter().map(|text| (say::key_claim(lang), text.clone())));
        pairs.extend(row.next.iter().map(|text| (say::key_next(lang), text.clone())));
        pairs.extend(row.innocent(lang));
    }
    pairs.extend(row.notes.iter().map(|text| (say::key_note(lang), text.clone())));
    pairs.push((say::column_rows(lang), row.places.join(", ")));
    pairs
}
