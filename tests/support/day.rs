//! A day with whole-day arithmetic.

use chrono::{Datelike, NaiveDate, TimeDelta};
use std::fmt;
use std::ops::{Add, Sub};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(NaiveDate);

/// Reads `2024-05-03`.
pub fn day(iso: &str) -> Day {
    Day(iso.parse().expect("an ISO day"))
}

impl Day {
    /// `05/03/2024`, as American exports write it.
    pub fn american(self) -> String {
        self.0.format("%m/%d/%Y").to_string()
    }

    /// Day of the month.
    pub fn of_month(self) -> u32 {
        self.0.day()
    }
}

impl Add<i64> for Day {
    type Output = Day;
    fn add(self, days: i64) -> Day {
        Day(self.0 + TimeDelta::days(days))
    }
}

impl Sub<i64> for Day {
    type Output = Day;
    fn sub(self, days: i64) -> Day {
        Day(self.0 - TimeDelta::days(days))
    }
}

impl Sub<Day> for Day {
    type Output = i64;
    fn sub(self, other: Day) -> i64 {
        (self.0 - other.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}
