//! What the columns of a table hold that is in no layout: by titles in many languages, by the look of the cells, and
//! by the running balance. What the file cannot settle is a question.

mod amounts;
mod dates;
mod pairs;
mod words;

pub(super) use dates::in_order;

use super::answers::{Answers, Known, named_column};
use super::catalogue::{Catalogue, folded_title};
use super::layout::Layout;
use super::profile::{Profile, Sample, is_date};
use super::role::Role;
use super::table::Columns;
use crate::domain::{Currency, EntryStatus};
use std::collections::BTreeMap;

/// Fewest rows from which a file without known titles is understood.
const ROWS_MIN: usize = 2;

/// Roles whose title is believed even where no cell fits it: each row then says what is wrong with it.
const NEEDED: [Role; 8] = [
    Role::TransactionDate,
    Role::PostingDate,
    Role::Amount,
    Role::Debit,
    Role::Credit,
    Role::Currency,
    Role::Direction,
    Role::Descriptor,
];

/// Why the columns cannot be told.
#[derive(Debug)]
pub(super) enum Problem {
    /// Nothing that looks like a statement.
    NotOurs,
    /// None of these roles has a column.
    Missing(Vec<Role>),
    /// Several columns could be the same role.
    Ambiguous(Role, Vec<usize>),
    /// The balance closes only if what these columns hold, what left and what came in, is turned.
    Turned(usize, usize),
    /// An answer names a title that is not there.
    Unknown(Role, String),
}

/// One way of holding a role.
#[derive(Clone, Copy)]
struct Candidate {
    column: usize,
    rank: usize,
    currency: Option<Currency>,
}

/// Works out what each column holds.
pub(super) struct Inference<'s, 't> {
    pub sample: &'s Sample<'t>,
    titles: &'s [String],
    /// The currencies that the titles name.
    in_titles: Vec<Option<Currency>>,
    pub words: &'s Layout,
    pub profiles: Vec<Profile<'t>>,
    pub columns: Columns,
    pub why: Vec<String>,
    candidates: BTreeMap<Role, Vec<Candidate>>,
    taken: Vec<bool>,
    /// Columns of yes and no, with what yes says of how far a row has come.
    pub flags: Vec<(usize, EntryStatus)>,
    /// Columns that say how an attempt ended, by their titles.
    outcomes: Vec<usize>,
    /// Columns that the user named.
    answered: Vec<Role>,
}

impl<'s, 't> Inference<'s, 't> {
    /// Works out the columns of a table with these titles; empty titles for a table without a header.
    pub(super) fn of(
        titles: &'s [String],
        sample: &'s Sample<'t>,
        by_look: bool,
        Known { catalogue, answers }: Known<'s>,
    ) -> Result<Inference<'s, 't>, Problem> {
        let words = &*catalogue.layouts[catalogue.generic()];
        let width = sample.width().max(titles.len());
        let profiles: Vec<Profile> = (0..width).map(|column| Profile::of(sample, column, words)).collect();
        let mut all = Inference {
            sample,
            titles,
            in_titles: (0..width).map(|column| catalogue.currency_in_title(titles.get(column)?)).collect(),
            words,
            profiles,
            columns: Columns::none(),
            why: vec![String::new(); width],
            candidates: BTreeMap::new(),
            taken: vec![false; width],
            flags: Vec::new(),
            outcomes: Vec::new(),
            answered: Vec::new(),
        };
        all.answer(answers)?;
        all.progress_by_title(titles);
        all.read_titles(titles, catalogue);
        let known_titles = all.candidates.values().flatten().count();
        all.settle_dates()?;
        all.settle_amounts(known_titles)?;
        all.settle_rest()?;
        all.needs(by_look)?;
        Ok(all)
    }

    fn answer(&mut self, answers: &Answers) -> Result<(), Problem> {
        for (role, title) in &answers.columns {
            let found = named_column(self.titles, self.why.len(), title);
            let Some(column) = found else { return Err(Problem::Unknown(*role, title.clone())) };
            self.take(*role, column, self.in_titles[column], "you said so");
            self.answered.push(*role);
        }
        Ok(())
    }

    fn read_titles(&mut self, titles: &[String], catalogue: &Catalogue) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (column, title) in titles.iter().enumerate().filter(|title| !title.1.is_empty()) {
            let times = seen.entry(folded_title(title)).or_default();
            *times += 1;
            if self.taken[column] {
                continue;
            }
            let mut meanings = catalogue.generic_meanings(title, *times);
            if meanings.iter().any(|meaning| self.fits(meaning.role, column)) {
                meanings.retain(|meaning| self.fits(meaning.role, column));
            }
            let may_be_other = |role: Role| [Role::Amount, Role::Currency].contains(&role);
            let open = |role: Role| may_be_other(role) || !self.answered.contains(&role);
            for meaning in meanings.iter().filter(|meaning| open(meaning.role)) {
                let candidate = Candidate { column, rank: meaning.rank, currency: meaning.currency };
                self.candidates.entry(meaning.role).or_default().push(candidate);
            }
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        for (&role, list) in &mut candidates {
            list.sort_by_key(|candidate| (candidate.rank, candidate.column));
            if !NEEDED.contains(&role) || list.iter().any(|candidate| self.fits(role, candidate.column)) {
                list.retain(|candidate| self.fits(role, candidate.column));
            }
        }
        candidates.retain(|_, list| !list.is_empty());
        self.candidates = candidates;
    }

    /// Whether what stands in a column can be what its title says. An empty column can be anything.
    fn fits(&self, role: Role, column: usize) -> bool {
        let profile = &self.profiles[column];
        if profile.filled == 0 {
            return true;
        }
        match role {
            _ if Role::DATES.contains(&role) => profile.mostly(profile.dates + profile.date_words),
            _ if Role::AMOUNTS.contains(&role) => profile.mostly(profile.amounts),
            Role::Rate => profile.mostly(profile.amounts),
            Role::Currency | Role::OriginalCurrency => profile.mostly(profile.currencies),
            Role::Direction => profile.mostly(profile.directions),
            Role::Status => profile.statuses > 0 || profile.distinct.len() <= 6,
            Role::Descriptor => profile.mostly(profile.texts),
            Role::Kind => profile.texts > 0,
            _ => true,
        }
    }

    fn take(&mut self, role: Role, column: usize, currency: Option<Currency>, why: &str) {
        self.columns.single[role as usize] = Some(column);
        self.columns.currency[role as usize] = currency;
        self.taken[column] = true;
        self.why[column] = why.to_string();
    }

    fn list(&self, role: Role) -> Vec<Candidate> {
        let all = self.candidates.get(&role).cloned().unwrap_or_default();
        all.into_iter().filter(|candidate| !self.taken[candidate.column]).collect()
    }

    /// Whether two columns hold the same in every row.
    fn is_same(&self, first: usize, second: usize) -> bool {
        !self.sample.rows.is_empty() && self.sample.rows.iter().all(|row| row.cell(first) == row.cell(second))
    }

    /// The candidates for a role, without the empty ones where others are filled.
    fn filled_list(&self, role: Role) -> Vec<Candidate> {
        let list = self.list(role);
        let filled: Vec<Candidate> = list.iter().copied().filter(|c| self.profiles[c.column].filled > 0).collect();
        if filled.is_empty() { list } else { filled }
    }

    /// Takes the role's column by its title; several that differ are a question.
    fn by_title(&mut self, role: Role) -> Result<(), Problem> {
        if self.columns.get(role).is_some() {
            return Ok(());
        }
        let list = self.filled_list(role);
        let Some(&first) = list.first() else { return Ok(()) };
        let differ = list.iter().any(|other| other.column != first.column && !self.is_same(first.column, other.column));
        if differ && Role::CRUCIAL.contains(&role) {
            return Err(Problem::Ambiguous(role, list.iter().map(|candidate| candidate.column).collect()));
        }
        self.take(role, first.column, first.currency, "its title says so");
        Ok(())
    }

    fn settle_rest(&mut self) -> Result<(), Problem> {
        self.direction()?;
        self.by_title(Role::Status)?;
        for role in [Role::Card, Role::Pocket, Role::Id, Role::OriginalText, Role::Payer] {
            self.by_title(role)?;
        }
        self.descriptor();
        self.by_title(Role::Kind)?;
        self.by_title(Role::Category)?;
        self.words_by_look();
        self.memos();
        Ok(())
    }

    /// What a statement must have.
    fn needs(&self, by_look: bool) -> Result<(), Problem> {
        let has = |role: Role| self.columns.get(role).is_some();
        // Who answers a question about a file says that it is a statement.
        if by_look && self.answered.is_empty() && !self.looks_like_a_statement() {
            return Err(Problem::NotOurs);
        }
        match self.words.needs.iter().find(|any| any.iter().all(|&role| !has(role))) {
            Some(missing) => Err(Problem::Missing(missing.clone())),
            None => Ok(()),
        }
    }

    /// Without any title to go by: enough rows with a day, an amount of money with a direction or currency, and a text.
    fn looks_like_a_statement(&self) -> bool {
        let rows = self.sample.rows.iter().filter(|row| row.cells.iter().any(|cell| is_date(cell))).count();
        let amounts = [Role::Amount, Role::Debit, Role::Credit].into_iter().filter_map(|role| self.columns.get(role));
        let money = amounts.map(|column| &self.profiles[column]).any(|profile| {
            let says_more =
                profile.negative > 0 || profile.with_currency > 0 || self.columns.get(Role::Balance).is_some();
            let settled =
                says_more || self.columns.get(Role::Direction).is_some() || self.columns.get(Role::Currency).is_some();
            profile.is_money() && settled
        });
        let text = self.columns.get(Role::Descriptor).is_some_and(|column| {
            let profile = &self.profiles[column];
            profile.letters >= profile.filled * 3
        });
        rows >= ROWS_MIN && rows * 10 >= self.sample.rows.len() * 6 && money && text
    }
}
