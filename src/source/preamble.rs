//! The lines above the header: what they state of currency and month, and how they write amounts.

use super::catalogue::currency_of;
use super::cell::{DecimalMark, read_amount};
use super::understanding::NotedLine;
use super::words::is_currency_label;
use crate::domain::Currency;
use crate::text::clean;

/// Letters of a line that are told.
const TEXT_MAX: usize = 200;

/// One record above the header.
pub(super) struct PreambleLine {
    pub line: u32,
    pub cells: Vec<String>,
}

impl PreambleLine {
    pub(super) fn noted(&self, why: &str) -> NotedLine {
        let filled: Vec<&str> = self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        noted(self.line, &filled.join(" | "), why)
    }
}

/// A line to tell of, cut where it is long.
pub fn noted(line: u32, text: &str, why: &str) -> NotedLine {
    let text: String = clean(text).chars().take(TEXT_MAX).collect();
    NotedLine { line, text, why: why.to_string() }
}

/// The one currency that the lines state: behind a label, else in their amounts; with the line and text that say it.
pub(super) fn stated_currency(lines: &[PreambleLine]) -> Option<(Currency, (u32, String))> {
    let labelled = || lines.iter().flat_map(|line| labelled_in(line).map(move |found| (found, line)));
    let in_amounts =
        || lines.iter().flat_map(|line| amounts_in(line).filter_map(move |cell| Some((currency_in(cell)?, line))));
    let only = |mut all: Box<dyn Iterator<Item = (Currency, &PreambleLine)> + '_>| {
        let (first, line) = all.next()?;
        all.all(|(other, _)| other == first).then(|| (first, (line.line, line.noted("").text)))
    };
    if labelled().next().is_some() { only(Box::new(labelled())) } else { only(Box::new(in_amounts())) }
}

fn labelled_in(line: &PreambleLine) -> impl Iterator<Item = Currency> + '_ {
    let filled: Vec<&str> = line.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let beside = filled.windows(2).filter(|pair| is_currency_label(pair[0])).map(|pair| pair[1].to_string());
    let inside = filled.iter().filter_map(|cell| {
        let (label, rest) = cell.split_once([':', '：'])?;
        is_currency_label(label).then(|| rest.trim().to_string())
    });
    let all: Vec<String> = beside.chain(inside).collect();
    all.into_iter().filter_map(|text| currency_of(text.split_whitespace().next()?).or_else(|| currency_of(&text)))
}

/// The cells that are amounts, or end in one behind a colon.
fn amounts_in(line: &PreambleLine) -> impl Iterator<Item = &str> {
    line.cells.iter().map(|cell| cell.rsplit_once([':', '：']).map_or(cell.as_str(), |(_, rest)| rest).trim())
}

fn currency_in(cell: &str) -> Option<Currency> {
    let read = |mark| read_amount(cell, mark).ok();
    read(DecimalMark::Point).or_else(|| read(DecimalMark::Comma))?.currency
}

/// The amounts that the lines write, as text.
pub(super) fn amounts(lines: &[PreambleLine]) -> Vec<String> {
    let all = lines.iter().flat_map(amounts_in);
    let is_amount = |cell: &&str| {
        let marked = cell.contains(['.', ',']) && cell.contains(|letter: char| letter.is_ascii_digit());
        marked && (read_amount(cell, DecimalMark::Point).is_ok() || read_amount(cell, DecimalMark::Comma).is_ok())
    };
    all.filter(is_amount).map(str::to_string).collect()
}

/// The first `2024年01月` of a text.
pub(super) fn month_in(text: &str) -> Option<(i32, u32)> {
    text.match_indices('年').find_map(|(at, sign)| {
        let before = &text[..at];
        let year = before.get(before.len().checked_sub(4)?..)?.parse().ok()?;
        let after = &text[at + sign.len()..];
        let month: u32 = after[..after.find('月')?].trim().parse().ok()?;
        ((1900..2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(lines: &[&[&str]]) -> Option<Currency> {
        let line =
            |cells: &&[&str]| PreambleLine { line: 1, cells: cells.iter().map(|cell| cell.to_string()).collect() };
        let lines: Vec<PreambleLine> = lines.iter().map(line).collect();
        stated_currency(&lines).map(|found| found.0)
    }

    #[test]
    fn the_currency_stands_behind_a_label_or_in_an_amount() {
        assert_eq!(currency(&[&["Account:", "1"], &["Monnaie:", "CHF"]]), Currency::parse("CHF").ok());
        assert_eq!(currency(&[&["Currency: SGD"]]), Currency::parse("SGD").ok());
        assert_eq!(currency(&[&["Kontostand vom 30.12.2024:", "3.600,00\u{a0}€"]]), Some(Currency::EUR));
        assert_eq!(currency(&[&["Saldo", "1.234,56 EUR"], &["Limit", "5.00 USD"]]), None);
        assert_eq!(currency(&[&["Kunde", "Max"]]), None);
    }

    #[test]
    fn the_month_of_a_bill_stands_above_its_header() {
        assert_eq!(month_in("信用卡对账单（个人 2024年01月）"), Some((2024, 1)));
        assert_eq!(month_in("年月 2024年13月 2025年 2 月"), Some((2025, 2)));
        assert_eq!(month_in("2024年"), None);
    }
}
