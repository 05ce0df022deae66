//! A table that anybody can write: `date,base,quote,rate`, one base being `rate` units of quote on that day.

use super::Source;
use crate::domain::{Currency, Day};
use crate::rates::fault::{RatesError, RatesFault};
use crate::rates::quote::{Leg, Way};
use crate::rates::rows::Gathered;
use crate::rates::series::{Publisher, Series};
use std::collections::{BTreeMap, BTreeSet};

struct Row {
    number: usize,
    day: Day,
    base: Currency,
    quote: Currency,
    text: String,
}

/// Reads the table. Rates against one currency are one series: those with one base, or, where all have one quote, that.
pub(super) fn read(source: &Source) -> Result<Vec<Series>, RatesError> {
    let rows = rows(source)?;
    let quotes: BTreeSet<Currency> = rows.iter().map(|row| row.quote).collect();
    let bases: BTreeSet<Currency> = rows.iter().map(|row| row.base).collect();
    let by_quote = quotes.len() == 1 && bases.len() > 1;
    let mut of_common: BTreeMap<Currency, Gathered> = BTreeMap::new();
    let mut order: Vec<Currency> = Vec::new();
    for row in &rows {
        let (common, currency, way) = match by_quote {
            true => (row.quote, row.base, Way::For(1)),
            false => (row.base, row.quote, Way::Of(1)),
        };
        let fail = |fault| RatesError::at(source.name, row.number, fault).column("rate");
        let leg = Leg::parse_as(&row.text, way).ok_or_else(|| fail(RatesFault::NotARate(row.text.clone())))?;
        if !order.contains(&common) {
            order.push(common);
        }
        of_common.entry(common).or_default().add(row.day, currency, leg).map_err(fail)?;
    }
    let mut all = Vec::new();
    // In alphabetical order, so that the order of rows changes nothing.
    order.sort();
    for common in order {
        if let Some(gathered) = of_common.remove(&common) {
            all.push(source.finish(Publisher::Stated, common, gathered)?);
        }
    }
    if all.is_empty() { Err(RatesError::at(source.name, 1, RatesFault::NoRows)) } else { Ok(all) }
}

fn rows(source: &Source) -> Result<Vec<Row>, RatesError> {
    let (titles, lines) = source.titled();
    let column = |title: &'static str| {
        let found = titles.iter().position(|found| found.eq_ignore_ascii_case(title));
        let fault = || RatesFault::Expected { expected: "the titles date,base,quote,rate", found: titles.join(",") };
        found.ok_or_else(|| RatesError::at(source.name, 1, fault()))
    };
    let (day_at, base_at, quote_at, rate_at) = (column("date")?, column("base")?, column("quote")?, column("rate")?);
    let mut rows = Vec::new();
    for line in lines {
        let cells = source.cells_of(line, titles.len())?;
        let (base, quote) =
            (source.currency(line, "base", &cells[base_at])?, source.currency(line, "quote", &cells[quote_at])?);
        if base == quote {
            let found = cells[quote_at].clone();
            return source.fail(line, "quote", RatesFault::Expected { expected: "another currency than base", found });
        }
        let (day, text) = (source.day(line, "date", &cells[day_at])?, cells[rate_at].clone());
        rows.push(Row { number: line.number, day, base, quote, text });
    }
    Ok(rows)
}
