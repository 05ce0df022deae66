//! What the judges of the engine share: folders of invented exports, the truth planted in them, and the verdict on the
//! report of the real binary. Nothing here uses the engine: dates, rates, joins and bands are worked out once more.
#![allow(dead_code)]

pub mod bands;
pub mod day;
pub mod folder;
pub mod incidents;
pub mod joins;
pub mod judge;
pub mod papers;
pub mod prng;
pub mod rates;
pub mod run;
pub mod soundness;
pub mod statements;
pub mod year;

/// Whole hundredths of a currency as a decimal: `-1234` is `-12.34`.
pub fn text(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}
