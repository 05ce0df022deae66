//! The central parity of the yuan: the JSON that the China Foreign Exchange Trade System serves, and the same table as
//! CSV. Titles name pair and units: `USD/CNY`, `100JPY/CNY`, and, the other way round, `CNY/THB`.

use super::{Line, Source};
use crate::domain::{Currency, Day};
use crate::rates::fault::{RatesError, RatesFault};
use crate::rates::quote::{Leg, Way};
use crate::rates::rows::Gathered;
use crate::rates::series::{Publisher, Series};
use serde_json::Value;

/// Cells of a day without a figure.
const MISSING: [&str; 4] = ["", "-", "--", "---"];
/// Titles of the column of days.
const DAY_TITLES: [&str; 3] = ["日期", "Date", "date"];

/// What a title says: `100JPY/CNY` is that 100 yen are so many yuan.
fn pair(title: &str) -> Option<(Currency, Way)> {
    let (base, quote) = title.trim().split_once('/')?;
    let letters = base.find(|c: char| !c.is_ascii_digit())?;
    let (units, base) = base.split_at_checked(letters)?;
    let units = if units.is_empty() { 1 } else { units.parse().ok().filter(|units| (1..=10_000).contains(units))? };
    let (base, quote) = (Currency::parse(base).ok()?, Currency::parse(quote).ok()?);
    match (base == Currency::CNY, quote == Currency::CNY) {
        (false, true) => Some((base, Way::For(units))),
        (true, false) => Some((quote, Way::Of(units))),
        _ => None,
    }
}

/// Whether the titles are those of the parity's table.
pub(super) fn is_table(titles: &[String]) -> bool {
    let mut titles = titles.iter();
    titles.next().is_some_and(|title| DAY_TITLES.contains(&title.as_str()))
        && titles.next().is_some_and(|title| pair(title).is_some())
}

/// Where a figure stands, for messages.
struct Place<'a> {
    name: &'a str,
    line: usize,
}

impl Place<'_> {
    fn error(&self, fault: RatesFault) -> RatesError {
        RatesError::at(self.name, self.line, fault)
    }

    fn pairs(&self, titles: &[String]) -> Result<Vec<(Currency, Way)>, RatesError> {
        let read = |title: &String| pair(title).ok_or_else(|| self.error(RatesFault::NotADailySeries(title.clone())));
        let pairs = titles.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let is_double = |at: usize| pairs[..at].iter().any(|known: &(Currency, Way)| known.0 == pairs[at].0);
        match (0..pairs.len()).find(|at| is_double(*at)) {
            Some(at) => Err(self.error(RatesFault::Title(titles[at].clone()))),
            None => Ok(pairs),
        }
    }

    /// One day's figures.
    fn add(
        &self,
        into: &mut Gathered,
        day: &str,
        pairs: &[(Currency, Way)],
        cells: &[String],
    ) -> Result<(), RatesError> {
        if cells.len() != pairs.len() {
            return Err(self.error(RatesFault::Cells { expected: pairs.len(), found: cells.len() }));
        }
        let day = Day::parse_iso(day).ok_or_else(|| self.error(RatesFault::NotADay(day.to_string())))?;
        into.row(day);
        for ((currency, way), text) in pairs.iter().zip(cells) {
            into.title(*currency);
            if MISSING.contains(&text.as_str()) {
                continue;
            }
            let not_a_rate = || self.error(RatesFault::NotARate(text.clone()).clone()).column(currency.code());
            let leg = Leg::parse_as(text, *way).ok_or_else(not_a_rate)?;
            into.add(day, *currency, leg).map_err(|fault| self.error(fault).column(currency.code()))?;
        }
        Ok(())
    }
}

/// Reads the table as CSV.
pub(super) fn table(source: &Source) -> Result<Series, RatesError> {
    let (titles, lines) = source.titled();
    let (_, titles) = titles.split_first().unwrap_or((&source.lines[0].cells[0], &[]));
    let pairs = Place { name: source.name, line: 1 }.pairs(titles)?;
    let mut gathered = Gathered::default();
    for Line { number, cells } in lines {
        let place = Place { name: source.name, line: *number };
        let (day, figures) = cells.split_first().ok_or_else(|| place.error(RatesFault::NoRows))?;
        place.add(&mut gathered, day, &pairs, figures)?;
    }
    source.finish(Publisher::Pboc, Currency::CNY, gathered)
}

/// Reads the JSON: the titles under `data.head`, the days under `records`. An error names the record, counted from 1.
pub(super) fn json(text: &str, name: &str) -> Result<Series, RatesError> {
    let place = Place { name, line: 1 };
    let expected = |expected: &'static str| {
        let found: String = text.chars().take(20).collect();
        place.error(RatesFault::Expected { expected, found })
    };
    let document: Value = serde_json::from_str(text).map_err(|_| expected("JSON"))?;
    let texts = |value: &Value| -> Option<Vec<String>> { value.as_array()?.iter().map(text_of).collect() };
    let titles = document.pointer("/data/head").and_then(texts).ok_or_else(|| expected("a list at data.head"))?;
    let pairs = place.pairs(&titles)?;
    let records = document.get("records").and_then(Value::as_array).ok_or_else(|| expected("a list at records"))?;
    let mut gathered = Gathered::default();
    for (index, record) in records.iter().enumerate() {
        let place = Place { name, line: index + 1 };
        let figures = record.get("values").and_then(texts);
        let day = record.get("date").and_then(Value::as_str);
        let (Some(figures), Some(day)) = (figures, day) else {
            let fault = RatesFault::Expected { expected: "a record with date and values", found: record.to_string() };
            return Err(place.error(fault));
        };
        place.add(&mut gathered, day, &pairs, &figures)?;
    }
    let rows = gathered.finish().ok_or_else(|| place.error(RatesFault::NoRows))?;
    Ok(Series::of(Publisher::Pboc, name, Currency::CNY, rows))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_pair_direction_and_units() {
        let read = |title: &str| pair(title).map(|(currency, way)| (currency.to_string(), way));
        assert_eq!(read("USD/CNY"), Some(("USD".to_string(), Way::For(1))));
        assert_eq!(read("100JPY/CNY"), Some(("JPY".to_string(), Way::For(100))));
        assert_eq!(read("CNY/THB"), Some(("THB".to_string(), Way::Of(1))));
        for bad in ["USD/EUR", "CNY/CNY", "0JPY/CNY", "JPY", "100/CNY", "CNH/CNY", "123456JPY/CNY"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
