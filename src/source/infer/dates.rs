//! Which columns hold the days: by title, and by which day is never the later.

use super::{Inference, Problem};
use crate::source::cell::{DateOrder, read_date};
use crate::source::profile::{Sample, is_date};
use crate::source::role::Role;

impl Inference<'_, '_> {
    /// Whether two columns of dates show the same day in every row, though one may show the time as well.
    fn are_same_days(&self, first: usize, second: usize) -> bool {
        let days =
            |cell| [DateOrder::DayMonth, DateOrder::MonthDay].map(|order| read_date(cell, Some(order), None).ok());
        !self.sample.rows.is_empty()
            && self.sample.rows.iter().all(|row| days(row.cell(first)) == days(row.cell(second)))
    }

    pub(super) fn settle_dates(&mut self) -> Result<(), Problem> {
        for role in [Role::TransactionDate, Role::PostingDate, Role::ValueDate] {
            if self.columns.get(role).is_some() {
                continue;
            }
            let mut list = self.list(role);
            list.dedup_by_key(|candidate| candidate.column);
            match list[..] {
                [] => {}
                [first, second] if role == Role::TransactionDate && self.are_same_days(first.column, second.column) => {
                    self.take(role, first.column, None, "its title says so");
                }
                [first, second] if role == Role::TransactionDate => {
                    let Some((early, late)) = in_order(self.sample, first.column, second.column) else {
                        return Err(Problem::Ambiguous(role, vec![first.column, second.column]));
                    };
                    self.take(role, early, None, "the earlier of two days in every row");
                    if self.list(Role::PostingDate).is_empty() {
                        self.take(Role::PostingDate, late, None, "the later of two days in every row");
                    }
                }
                [first, second]
                    if role == Role::PostingDate
                        && self.list(Role::TransactionDate).is_empty()
                        && self.columns.get(Role::TransactionDate).is_none() =>
                {
                    let Some((early, late)) = in_order(self.sample, first.column, second.column) else {
                        return Err(Problem::Ambiguous(role, vec![first.column, second.column]));
                    };
                    self.take(Role::TransactionDate, early, None, "the earlier of two days in every row");
                    self.take(Role::PostingDate, late, None, "the later of two days in every row");
                }
                [first, ..] if role != Role::TransactionDate => {
                    self.take(role, first.column, None, "its title says so");
                }
                _ => self.by_title(role)?,
            }
        }
        self.dates_by_look()?;
        self.columns.shift_value_date();
        Ok(())
    }

    /// Columns of days under titles that nobody knows.
    fn dates_by_look(&mut self) -> Result<(), Problem> {
        if Role::DATES.iter().any(|&role| self.columns.get(role).is_some()) {
            return Ok(());
        }
        let is_days = |column: usize| {
            let profile = &self.profiles[column];
            profile.dates > 0 && profile.mostly(profile.dates + profile.date_words)
        };
        let days: Vec<usize> = (0..self.why.len()).filter(|&column| !self.taken[column] && is_days(column)).collect();
        let mut different: Vec<usize> = Vec::new();
        for &column in &days {
            if !different.iter().any(|&known| self.is_same(known, column)) {
                different.push(column);
            }
        }
        match different[..] {
            [] => Ok(()),
            [only] => {
                self.take(Role::TransactionDate, only, None, "its cells are days");
                Ok(())
            }
            [first, second] => {
                let Some((early, late)) = in_order(self.sample, first, second) else {
                    return Err(Problem::Ambiguous(Role::TransactionDate, vec![first, second]));
                };
                self.take(Role::TransactionDate, early, None, "its cells are days, the earlier of two in every row");
                self.take(Role::PostingDate, late, None, "its cells are days, the later of two in every row");
                Ok(())
            }
            _ => Err(Problem::Ambiguous(Role::TransactionDate, different)),
        }
    }
}

/// Two columns of days, the one that is never the later first; compared in whichever order of day and month makes
/// sense of both. Where they never differ, the one with more days comes first.
pub(in crate::source) fn in_order(sample: &Sample, first: usize, second: usize) -> Option<(usize, usize)> {
    let mut never = [[true; 2]; 2];
    for (index, order) in [DateOrder::DayMonth, DateOrder::MonthDay].into_iter().enumerate() {
        for row in &sample.rows {
            let day = |column| read_date(row.cell(column), Some(order), None).ok();
            if let (Some(one), Some(two)) = (day(first), day(second)) {
                never[index][0] &= one <= two;
                never[index][1] &= two <= one;
            }
        }
    }
    let days = |column| sample.rows.iter().filter(|row| is_date(row.cell(column))).count();
    let [day_month, month_day] = never;
    match ([day_month[0] && month_day[0], day_month[1] && month_day[1]], day_month, month_day) {
        ([true, false], _, _) => Some((first, second)),
        ([false, true], _, _) => Some((second, first)),
        ([true, true], _, _) if days(first) + days(second) == 0 => None,
        ([true, true], _, _) => Some(if days(second) > days(first) { (second, first) } else { (first, second) }),
        // Only one order of day and month makes sense of both columns.
        (_, [true, false], [false, false]) | (_, [false, false], [true, false]) => Some((first, second)),
        (_, [false, true], [false, false]) | (_, [false, false], [false, true]) => Some((second, first)),
        _ => None,
    }
}
