//! The Federal Reserve's H.10 rates: its own download, with six lines of headings, and FRED's files.

use super::{Line, Source};
use crate::domain::Currency;
use crate::embedded::{self, carried};
use crate::rates::fault::{RatesError, RatesFault};
use crate::rates::quote::{Leg, Way};
use crate::rates::rows::Gathered;
use crate::rates::series::{Publisher, Series};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Cells of a day without a figure: FRED's and H.10's.
const MISSING: [&str; 3] = ["", ".", "ND"];

/// Countries by their letters in the two kinds of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letters {
    fred: BTreeMap<String, String>,
    h10: BTreeMap<String, String>,
}

/// The letters as embedded.
///
/// Panics: never in a build whose tests passed; the embedded file is one of them.
fn letters() -> Letters {
    embedded::read(carried!("rates/data/fed"))
}

/// A column with a rate.
struct Column {
    at: usize,
    title: String,
    currency: Currency,
    way: Way,
}

/// FRED's name of a daily exchange rate: `DEXCHUS` is yuan for a dollar, `DEXUSEU` dollars for a euro.
fn fred_name(name: &str, letters: &BTreeMap<String, String>) -> Option<(Currency, Way)> {
    let (first, second) = name.strip_prefix("DEX").filter(|rest| rest.len() == 4)?.split_at_checked(2)?;
    let (country, way) = match (first, second) {
        ("US", country) => (country, Way::For(1)),
        (country, "US") => (country, Way::Of(1)),
        _ => return None,
    };
    Some((Currency::parse(letters.get(country)?).ok()?, way))
}

/// H.10's name: `RXI_N.B.CH` is yuan for a dollar, `RXI$US_N.B.EU` dollars for a euro.
fn h10_name(name: &str, letters: &BTreeMap<String, String>) -> Option<(Currency, Way)> {
    let (country, way) = match (name.strip_prefix("RXI_N.B."), name.strip_prefix("RXI$US_N.B.")) {
        (Some(country), _) => (country, Way::Of(1)),
        (None, country) => (country?, Way::For(1)),
    };
    Some((Currency::parse(letters.get(country)?).ok()?, way))
}

/// Reads a FRED file: `observation_date,DEXCHUS`.
pub(super) fn fred(source: &Source) -> Result<Series, RatesError> {
    let letters = letters().fred;
    let (titles, lines) = source.titled();
    let mut columns = Vec::new();
    for (at, title) in titles.iter().enumerate().skip(1) {
        let Some((currency, way)) = fred_name(title, &letters) else {
            return Err(RatesError::at(source.name, 1, RatesFault::NotADailySeries(title.clone())));
        };
        columns.push(Column { at, title: title.clone(), currency, way });
    }
    rows(source, titles.len(), &columns, lines)
}

/// Reads the download of H.10. Its columns are known by the names in the line `Time Period`; the lines `Unit:`,
/// `Multiplier:` and `Currency:` above must not say otherwise. Columns that are no exchange rate, such as the index of
/// the dollar, are passed over.
pub(super) fn h10(source: &Source) -> Result<Series, RatesError> {
    let letters = letters().h10;
    let titles_at = source.lines.iter().position(|line| line.cells.first().is_some_and(|cell| cell == "Time Period"));
    let Some((headings, body)) = titles_at.and_then(|at| source.lines.split_at_checked(at)) else {
        let expected = "a line that begins with Time Period";
        let fault = RatesFault::Expected { expected, found: "Series Description".to_string() };
        return Err(RatesError::at(source.name, 1, fault));
    };
    let Some((titles, lines)) = body.split_first() else { return Err(no_rows(source)) };
    let mut columns: Vec<Column> = Vec::new();
    for (at, title) in titles.cells.iter().enumerate().skip(1) {
        let Some((currency, way)) = h10_name(title, &letters) else { continue };
        for heading in headings {
            check_heading(source, heading, at, currency, way)?;
        }
        // The file may carry a rate and, as another column, its reciprocal: the first counts.
        if !columns.iter().any(|column| column.currency == currency) {
            columns.push(Column { at, title: title.clone(), currency, way });
        }
    }
    match titles.cells.get(1) {
        Some(title) if columns.is_empty() => {
            Err(RatesError::at(source.name, titles.number, RatesFault::NotADailySeries(title.clone())))
        }
        _ => rows(source, titles.cells.len(), &columns, lines),
    }
}

fn no_rows(source: &Source) -> RatesError {
    RatesError::at(source.name, 1, RatesFault::NoRows)
}

/// Whether a heading agrees with what the column's name says of direction and units.
fn check_heading(source: &Source, line: &Line, at: usize, currency: Currency, way: Way) -> Result<(), RatesError> {
    let (Some(what), Some(text)) = (line.cells.first(), line.cells.get(at)) else { return Ok(()) };
    let (base, quote) = match way {
        Way::Of(_) => (Currency::USD, currency),
        Way::For(_) => (currency, Currency::USD),
    };
    // `Currency:_Per_USD`: for one dollar. What names no currency says nothing.
    let stated = |text: &str| text.get(text.len().saturating_sub(3)..).and_then(|code| Currency::parse(code).ok());
    let (is_wrong, expected) = match what.as_str() {
        "Unit:" => (stated(text).is_some_and(|unit| unit != base), "another unit, as the name of the series says"),
        "Currency:" => (stated(text).is_some_and(|of| of != quote), "another currency, as the name of the series says"),
        "Multiplier:" => (text != "1", "the multiplier 1"),
        _ => (false, ""),
    };
    if is_wrong { source.fail(line, what, RatesFault::Expected { expected, found: text.clone() }) } else { Ok(()) }
}

fn rows(source: &Source, width: usize, columns: &[Column], lines: &[Line]) -> Result<Series, RatesError> {
    let mut gathered = Gathered::default();
    for column in columns {
        gathered.title(column.currency);
    }
    let mut days = std::collections::BTreeSet::new();
    for line in lines {
        let cells = source.cells_of(line, width)?;
        let day_text = cells.first().map(String::as_str).unwrap_or_default();
        let day = source.day(line, "date", day_text)?;
        if !days.insert(day) {
            return Err(RatesError::at(source.name, line.number, RatesFault::SameDay(day)));
        }
        gathered.row(day);
        for column in columns {
            let text = cells.get(column.at).map(String::as_str).unwrap_or_default();
            if MISSING.contains(&text) {
                continue;
            }
            let Some(leg) = Leg::parse_as(text, column.way) else {
                return source.fail(line, &column.title, RatesFault::NotARate(text.to_string()));
            };
            gathered.add(day, column.currency, leg).or_else(|fault| source.fail(line, &column.title, fault))?;
        }
    }
    source.finish(Publisher::FederalReserve, Currency::USD, gathered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_name_currencies() {
        let letters = letters();
        for (country, code) in letters.fred.iter().chain(&letters.h10) {
            assert!(country.len() == 2 && Currency::parse(code).is_ok(), "{country} {code}");
        }
        let fred = |name: &str| fred_name(name, &letters.fred).map(|(currency, way)| (currency.to_string(), way));
        assert_eq!(fred("DEXCHUS"), Some(("CNY".to_string(), Way::Of(1))));
        assert_eq!(fred("DEXUSEU"), Some(("EUR".to_string(), Way::For(1))));
        assert_eq!([fred("EXCHUS"), fred("DEXXXUS"), fred("DEXCHEU"), fred("DEXCH")], [None, None, None, None]);
    }
}
