//! Whole payers' years, generated from a seed, with every kind of incident in random order among other purchases and
//! look-alikes, and the real binary's report held against the truth that was planted.

mod support;

use std::rc::Rc;
use support::day::{Day, day};
use support::judge::differences;
use support::rates::Ecb;
use support::year::Year;

/// Seeds whose incidents lie 3 to 8 days apart, so that windows overlap.
const CROWDED: std::ops::RangeInclusive<u64> = 1..=24;
/// Seeds whose incidents lie 20 to 40 days apart.
const WIDE: std::ops::RangeInclusive<u64> = 101..=108;

fn judge(seeds: impl Iterator<Item = u64>, gaps: (i64, i64), first: Day) {
    let ecb = Rc::new(Ecb::load());
    let mut wrong = Vec::new();
    for seed in seeds {
        let year = Year::grow(seed, first + (seed % 40) as i64, gaps, Rc::clone(&ecb));
        let mut written = year.plot.folder.write();
        let report = year.report(&written);
        let found = differences(&report, &written, &year.plot.truths);
        if !found.is_empty() {
            written.keep = true;
            let head = format!("seed {seed}, {} cases, {}\n", year.plot.truths.len(), written.dir.display());
            wrong.push(head + &found.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{} worlds are judged wrongly\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn crowded_years_get_full_marks() {
    judge(CROWDED, (3, 8), day("2023-02-06"));
}

#[test]
fn crowded_years_of_another_market_get_full_marks() {
    judge(CROWDED.map(|seed| seed + 1000), (3, 8), day("2025-01-20"));
}

#[test]
fn wide_years_get_full_marks() {
    judge(WIDE, (20, 40), day("2023-01-16"));
}
