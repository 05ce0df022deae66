//! What a file states beside its records, held against them: days covered, opening and closing balances.
//!
//! Opening balance and booked records must give the closing balance, and the closing balance must be the next opening
//! one. Where they do not, records are missing or stand twice, and no absence may rest on those days.

use super::chain::Chains;
use crate::domain::Period;
use crate::source::cell::Figure;
use crate::source::{ChainBreak, Stated, Survey};
use std::collections::BTreeMap;

/// The stated stretches of a file with the sums of their booked records.
pub(super) struct StatedSums<'t> {
    stretches: &'t [Stated],
    /// `None` once a sum does not fit.
    sums: Vec<Option<Figure>>,
}

impl<'t> StatedSums<'t> {
    pub(super) fn new(stretches: &'t [Stated]) -> StatedSums<'t> {
        StatedSums { stretches, sums: vec![Some(Figure::default()); stretches.len()] }
    }

    /// Adds a booked record that begins at this byte.
    pub(super) fn add(&mut self, start: usize, change: Figure) {
        let behind = self.stretches.partition_point(|stretch| stretch.bytes.start <= start);
        let Some(index) = behind.checked_sub(1) else { return };
        if let Some(sum) = self.sums.get_mut(index) {
            *sum = sum.and_then(|sum| sum.plus(change));
        }
    }

    /// Adds to a survey what was found.
    pub(super) fn finish(&self, survey: &mut Survey) {
        if let Some(covers) = self.covers() {
            survey.covers = Some(match survey.covers {
                None => covers,
                Some(rows) => Period { from: rows.from.min(covers.from), to: rows.to.max(covers.to) },
            });
        }
        survey.breaks.extend(self.breaks(survey.covers));
        survey.breaks.sort_by_key(|found| (found.stretch, found.after_line, found.before_line));
    }

    /// The days that every account of the file covers; `None` where they differ or one is not stated.
    fn covers(&self) -> Option<Period> {
        let mut accounts: BTreeMap<&str, Period> = BTreeMap::new();
        for stretch in self.stretches {
            let covers = stretch.covers?;
            let known = accounts.entry(&stretch.account).or_insert(covers);
            *known = Period { from: known.from.min(covers.from), to: known.to.max(covers.to) };
        }
        let first = *accounts.values().next()?;
        accounts.values().all(|other| *other == first).then_some(first)
    }

    fn breaks(&self, rows: Option<Period>) -> Vec<ChainBreak> {
        let whole = self.stretches.iter().zip(&self.sums).filter_map(|(stretch, sum)| {
            let (opening, closing) = (stretch.opening?, stretch.closing?);
            Some((stretch, stretch.covers.or(rows)?, opening, closing, *sum))
        });
        let mut found = Vec::new();
        for (stretch, days, opening, closing, sum) in whole.clone() {
            let (after_line, before_line) = stretch.lines;
            let reached = sum.and_then(|sum| opening.plus(sum)).map(Figure::normalized);
            if reached != Some(closing.normalized()) {
                found.push(ChainBreak { after_line, before_line, stretch: days });
            }
        }
        found.extend(Chains::breaks_of(|chains| {
            for (stretch, days, opening, closing, _) in whole.clone() {
                if let Some(change) = closing.plus(opening.negated()) {
                    chains.add(&stretch.account, closing, change, days, stretch.lines.0);
                }
            }
        }));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn stretch(account: &str, days: (u32, u32), balances: (i64, i64), bytes: std::ops::Range<usize>) -> Stated {
        let day = |day| Day::from_ymd(2026, 1, day).unwrap();
        let figure = |mantissa| Some(Figure { mantissa, scale: 2 });
        let line = u32::try_from(bytes.start).unwrap();
        Stated {
            account: account.to_string(),
            covers: Some(Period { from: day(days.0), to: day(days.1) }),
            opening: figure(balances.0),
            closing: figure(balances.1),
            lines: (line, line + 9),
            bytes,
        }
    }

    fn found(stretches: &[Stated], records: &[(usize, i64)]) -> (Option<String>, Vec<(u32, u32)>) {
        let mut sums = StatedSums::new(stretches);
        for &(start, mantissa) in records {
            sums.add(start, Figure { mantissa, scale: 2 });
        }
        let mut survey = Survey::default();
        sums.finish(&mut survey);
        let covers = survey.covers.map(|covers| format!("{} {}", covers.from, covers.to));
        (covers, survey.breaks.iter().map(|found| (found.after_line, found.before_line)).collect())
    }

    #[test]
    fn balances_prove_that_all_records_are_there() {
        let both = [stretch("A", (1, 5), (1000, 700), 10..50), stretch("A", (6, 9), (700, 900), 60..99)];
        let (covers, breaks) = found(&both, &[(20, -300), (70, 500), (80, -300)]);
        assert_eq!((covers.as_deref(), breaks.len()), (Some("2026-01-01 2026-01-09"), 0));
        assert_eq!(found(&both, &[(20, -300), (70, 500)]).1, [(60, 69)]);
        let gap = [stretch("A", (1, 5), (1000, 700), 10..50), stretch("A", (8, 9), (600, 600), 60..99)];
        assert_eq!(found(&gap, &[(20, -300)]).1, [] as [(u32, u32); 0]);
        let gap = [stretch("A", (1, 5), (1000, 700), 10..50), stretch("A", (8, 9), (600, 500), 60..99)];
        assert_eq!(found(&gap, &[(20, -300), (70, -100)]).1, [(10, 60)]);
    }

    #[test]
    fn accounts_that_cover_other_days_state_none() {
        let both = [stretch("A", (1, 5), (0, 0), 10..50), stretch("B", (1, 6), (0, 0), 60..99)];
        assert_eq!(found(&both, &[]), (None, Vec::new()));
        let same = [stretch("A", (1, 5), (0, 0), 10..50), stretch("B", (1, 5), (0, 0), 60..99)];
        assert_eq!(found(&same, &[]).0.as_deref(), Some("2026-01-01 2026-01-05"));
    }
}
