//! The rows of a series, whether kept as text or read cell by cell.

use super::fault::RatesFault;
use super::quote::Leg;
use super::table::Table;
use crate::domain::{Currency, Day};
use std::collections::{BTreeMap, BTreeSet};

/// Rows, oldest first.
#[derive(Clone, Debug)]
pub(super) enum Rows {
    /// The ECB's wide files.
    Wide(Table),
    /// Everything else, and several files of one series together.
    Cells(Cells),
}

/// Rows with their cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    currencies: BTreeSet<Currency>,
    rows: Vec<(Day, BTreeMap<Currency, Leg>)>,
}

/// Cells as they are read: each day and currency once.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    currencies: BTreeSet<Currency>,
    days: BTreeMap<Day, BTreeMap<Currency, Leg>>,
}

impl Gathered {
    /// Notes that the series speaks of a currency, whether or not a figure follows.
    pub fn title(&mut self, currency: Currency) {
        self.currencies.insert(currency);
    }

    /// Notes that there is a row for the day, whether or not a figure follows.
    pub fn row(&mut self, day: Day) {
        self.days.entry(day).or_default();
    }

    /// Adds a figure.
    ///
    /// # Errors
    /// Another figure stands there already.
    pub fn add(&mut self, day: Day, currency: Currency, leg: Leg) -> Result<(), RatesFault> {
        self.currencies.insert(currency);
        match self.days.entry(day).or_default().insert(currency, leg) {
            Some(known) if !known.agrees(leg) => Err(RatesFault::Conflict { day, currency }),
            _ => Ok(()),
        }
    }

    /// Adds all rows of others.
    ///
    /// # Errors
    /// Two figures for one day and currency differ.
    pub fn add_all(&mut self, rows: &Rows) -> Result<(), RatesFault> {
        for currency in rows.currencies() {
            self.title(currency);
            for row in 0..rows.len() {
                if let (Some(day), Some(leg)) = (rows.day(row), rows.leg(row, currency)) {
                    self.add(day, currency, leg)?;
                }
            }
        }
        (0..rows.len()).filter_map(|row| rows.day(row)).for_each(|day| self.row(day));
        Ok(())
    }

    /// The finished rows; `None` where there is no figure.
    pub fn finish(self) -> Option<Rows> {
        if self.days.values().all(BTreeMap::is_empty) {
            return None;
        }
        Some(Rows::Cells(Cells { currencies: self.currencies, rows: self.days.into_iter().collect() }))
    }
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Rows::Wide(table) => table.len(),
            Rows::Cells(cells) => cells.rows.len(),
        }
    }

    /// The day of a row.
    pub fn day(&self, row: usize) -> Option<Day> {
        match self {
            Rows::Wide(table) => table.day(row),
            Rows::Cells(cells) => cells.rows.get(row).map(|row| row.0),
        }
    }

    /// The latest row not after the day.
    pub fn row_at(&self, day: Day) -> Option<usize> {
        match self {
            Rows::Wide(table) => table.row_at(day),
            Rows::Cells(cells) => cells.rows.partition_point(|row| row.0 <= day).checked_sub(1),
        }
    }

    /// The currencies it speaks of, the common one not among them.
    pub fn currencies(&self) -> Vec<Currency> {
        match self {
            Rows::Wide(table) => table.currencies().collect(),
            Rows::Cells(cells) => cells.currencies.iter().copied().collect(),
        }
    }

    /// Whether it speaks of the currency.
    pub fn speaks_of(&self, currency: Currency) -> bool {
        match self {
            Rows::Wide(table) => table.currencies().any(|known| known == currency),
            Rows::Cells(cells) => cells.currencies.contains(&currency),
        }
    }

    /// Whether a row holds no figure at all, as the Federal Reserve's do on its holidays.
    pub fn is_empty(&self, row: usize) -> bool {
        match self {
            Rows::Wide(_) => false,
            Rows::Cells(cells) => cells.rows.get(row).is_none_or(|row| row.1.is_empty()),
        }
    }

    /// The figure of a currency in a row.
    pub fn leg(&self, row: usize, currency: Currency) -> Option<Leg> {
        match self {
            Rows::Wide(table) => table.leg(row, currency),
            Rows::Cells(cells) => cells.rows.get(row)?.1.get(&currency).copied(),
        }
    }
}
