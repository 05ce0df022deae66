//! The ECB data portal's CSV: one observation a line, key `EXR.D.USD.EUR.SP00.A`.

use super::Source;
use crate::domain::Currency;
use crate::rates::fault::{RatesError, RatesFault};
use crate::rates::quote::Leg;
use crate::rates::rows::Gathered;
use crate::rates::series::{Publisher, Series};

/// Cells of a day without a figure.
const MISSING: [&str; 3] = ["", "NaN", "N/A"];

/// Reads the file. Only daily spot rates against the euro are the reference rates; anything else is refused, since an
/// average of a month is no day's rate.
pub(super) fn read(source: &Source) -> Result<Series, RatesError> {
    let (titles, lines) = source.titled();
    let column = |title: &str| titles.iter().position(|found| found.eq_ignore_ascii_case(title));
    let missing = |title: &'static str| {
        let found = titles.join(",");
        RatesError::at(source.name, 1, RatesFault::Expected { expected: title, found })
    };
    let key_at = column("KEY").ok_or_else(|| missing("a column KEY"))?;
    let day_at = column("TIME_PERIOD").ok_or_else(|| missing("a column TIME_PERIOD"))?;
    let value_at = column("OBS_VALUE").ok_or_else(|| missing("a column OBS_VALUE"))?;
    let mut gathered = Gathered::default();
    for line in lines {
        let cells = source.cells_of(line, titles.len())?;
        let key: Vec<&str> = cells[key_at].split('.').collect();
        let code = match key.as_slice() {
            ["EXR", "D", code, "EUR", "SP00", "A"] => *code,
            _ => return source.fail(line, "KEY", RatesFault::NotADailySeries(cells[key_at].clone())),
        };
        let day = source.day(line, "TIME_PERIOD", &cells[day_at])?;
        // Codes out of use before card statements of today are nobody's currency here.
        let Ok(currency) = Currency::parse(code) else { continue };
        gathered.title(currency);
        gathered.row(day);
        let value = cells[value_at].as_str();
        if MISSING.contains(&value) {
            continue;
        }
        let not_a_rate = || RatesFault::NotARate(value.to_string());
        let Some(leg) = Leg::parse(value) else { return source.fail(line, "OBS_VALUE", not_a_rate()) };
        gathered.add(day, currency, leg).or_else(|fault| source.fail(line, "OBS_VALUE", fault))?;
    }
    source.finish(Publisher::Ecb, Currency::EUR, gathered)
}
