//! Which columns hold the words: the other party, the direction, the status, and texts beside them.

use super::{Inference, Problem, ROWS_MIN};
use crate::source::layout::Direction;
use crate::source::progress::{flag_of, is_outcome_title, yes_or_no};
use crate::source::role::Role;

impl Inference<'_, '_> {
    /// What an empty cell of the direction column says: the other side of the only one that is named.
    pub(in crate::source) fn blank_direction(&self) -> Option<Direction> {
        let profile = &self.profiles[self.columns.get(Role::Direction)?];
        let mut named = profile.distinct.iter().filter_map(|word| self.words.direction(word));
        let first = named.next()?;
        let only = profile.directions == profile.filled && named.all(|other| other == first);
        match first {
            Direction::Out if only => Some(Direction::In),
            Direction::In if only => Some(Direction::Out),
            _ => None,
        }
    }

    /// The direction by its title; of several, the one behind the amount where the others stand behind other figures.
    pub(super) fn direction(&mut self) -> Result<(), Problem> {
        let list = self.filled_list(Role::Direction);
        let figures = |column: usize| self.profiles[column].mostly(self.profiles[column].amounts);
        let behind: Vec<usize> = list.iter().filter_map(|candidate| candidate.column.checked_sub(1)).collect();
        let own = list.iter().find(|candidate| candidate.column.checked_sub(1) == self.columns.get(Role::Amount));
        if let Some(own) = own.filter(|_| list.len() > 1 && behind.iter().all(|&column| figures(column))) {
            let column = own.column;
            self.take(Role::Direction, column, None, "it stands behind the amount");
        }
        self.by_title(Role::Direction)
    }

    pub(super) fn descriptor(&mut self) {
        let mut list: Vec<usize> = self.list(Role::Descriptor).iter().map(|candidate| candidate.column).collect();
        let spoken = |column: usize| self.profiles[column].filled > 0;
        if list.iter().any(|&column| spoken(column)) {
            list.retain(|&column| spoken(column));
        }
        if self.columns.get(Role::Descriptor).is_none() {
            match list.first() {
                Some(&column) => self.take(Role::Descriptor, column, None, "its title says so"),
                None => {
                    let Some(column) = self.wordiest() else { return };
                    self.take(Role::Descriptor, column, None, "its cells are the longest texts");
                }
            }
        }
        let chosen = self.columns.get(Role::Descriptor);
        self.columns.also = list.into_iter().filter(|&column| Some(column) != chosen).collect();
    }

    /// The column with most letters that is not spoken for.
    fn wordiest(&self) -> Option<usize> {
        let named = |column: usize| {
            let meanings = self.candidates.iter().filter(|(role, _)| **role != Role::Memo);
            meanings.flat_map(|(_, list)| list).any(|candidate| candidate.column == column)
        };
        let free = (0..self.why.len()).filter(|&column| !self.taken[column] && !named(column));
        let texts = free.filter(|&column| self.profiles[column].mostly(self.profiles[column].texts));
        texts.max_by_key(|&column| (self.profiles[column].letters, usize::MAX - column))
    }

    /// Columns of few words under titles that nobody knows: direction, status, currency.
    pub(super) fn words_by_look(&mut self) {
        for column in 0..self.why.len() {
            let named = self.candidates.values().flatten().any(|candidate| candidate.column == column);
            let is_kind = self.columns.get(Role::Kind) == Some(column);
            if (self.taken[column] || named) && !is_kind {
                continue;
            }
            let profile = &self.profiles[column];
            let all = |count: usize| profile.filled >= ROWS_MIN && count == profile.filled && profile.dates == 0;
            let missing = |role: Role| self.columns.get(role).is_none();
            let unsigned = self.columns.get(Role::Amount).is_some_and(|amount| self.profiles[amount].signed == 0);
            if all(profile.directions) && missing(Role::Direction) && unsigned && profile.distinct.len() > 1 {
                self.take(Role::Direction, column, None, "its words say which way the money went");
            } else if !is_kind && all(profile.currencies) && missing(Role::Currency) && self.is_only_currency(column) {
                self.take(Role::Currency, column, None, "its cells are currencies");
            } else if !is_kind && self.outcomes.contains(&column) && profile.filled > 0 && missing(Role::Status) {
                self.take(Role::Status, column, None, "its title says that it tells how an attempt ended");
            } else if !is_kind && all(profile.statuses) && missing(Role::Status) {
                self.take(Role::Status, column, None, "its words say how far a row has come");
            }
        }
    }

    /// Columns that say by their titles how far a row has come, without being the status column: of yes and no, and of
    /// how an attempt ended.
    pub(super) fn progress_by_title(&mut self, titles: &[String]) {
        for (column, title) in titles.iter().enumerate() {
            if self.taken[column] {
                continue;
            }
            let profile = &self.profiles[column];
            let plain = profile.filled > 0 && profile.distinct.iter().all(|cell| yes_or_no(cell).is_some());
            if let Some(status) = flag_of(title).filter(|_| plain) {
                self.flags.push((column, status));
                self.taken[column] = true;
                self.why[column] = format!("its yes and no say which rows are {}", status.name());
            } else if is_outcome_title(title) {
                self.outcomes.push(column);
            }
        }
    }

    fn is_only_currency(&self, column: usize) -> bool {
        let is_code = |other: usize| {
            let profile = &self.profiles[other];
            profile.filled > 0 && profile.currencies == profile.filled
        };
        (0..self.why.len()).all(|other| other == column || !is_code(other))
            && self.columns.get(Role::OriginalAmount).is_none()
    }

    pub(super) fn memos(&mut self) {
        let mut memo: Vec<usize> = self.list(Role::Memo).iter().map(|candidate| candidate.column).collect();
        memo.extend(self.columns.also.iter().copied());
        for column in 0..self.why.len() {
            let named = self.candidates.values().flatten().any(|candidate| candidate.column == column);
            let profile = &self.profiles[column];
            if !self.taken[column] && !named && profile.mostly(profile.texts) && !memo.contains(&column) {
                // A text under a title that nobody knows may name the merchant too.
                memo.push(column);
                self.columns.also.push(column);
            }
        }
        for &column in &memo {
            if self.why[column].is_empty() {
                self.why[column] = "text beside the merchant's".to_string();
            }
        }
        self.columns.memo = memo;
    }
}
