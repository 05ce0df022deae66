//! What the columns of a table hold that is in no layout: by titles in many languages, by the look of the cells, and
//! by the running balance. What the file cannot settle is a question.

use super::answers::{Answers, Known};
use super::catalogue::{Catalogue, folded_title};
use super::cell::{DateOrder, DecimalMark, read_date, read_original};
use super::layout::{Direction, Layout};
use super::profile::{Profile, Sample, figure_of, is_date};
use super::proof::{Change, closes};
use super::role::Role;
use super::table::Columns;
use crate::domain::Currency;
use std::collections::{BTreeMap, BTreeSet};

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
    pub words: &'s Layout,
    pub profiles: Vec<Profile<'t>>,
    pub columns: Columns,
    pub why: Vec<String>,
    candidates: BTreeMap<Role, Vec<Candidate>>,
    taken: Vec<bool>,
    /// Columns that the user named.
    answered: Vec<Role>,
}

impl<'s, 't> Inference<'s, 't> {
    /// Works out the columns of a table with these titles; empty titles for a table without a header.
    pub(super) fn of(
        titles: &[String],
        sample: &'s Sample<'t>,
        by_look: bool,
        Known { catalogue, answers }: Known<'s>,
    ) -> Result<Inference<'s, 't>, Problem> {
        let words = &*catalogue.layouts[catalogue.generic()];
        let width = sample.width().max(titles.len());
        let profiles: Vec<Profile> = (0..width).map(|column| Profile::of(sample, column, words)).collect();
        let mut all = Inference {
            sample,
            words,
            profiles,
            columns: Columns::none(),
            why: vec![String::new(); width],
            candidates: BTreeMap::new(),
            taken: vec![false; width],
            answered: Vec::new(),
        };
        all.answer(titles, answers)?;
        all.read_titles(titles, catalogue);
        let known_titles = all.candidates.values().flatten().count();
        all.settle_dates()?;
        all.settle_amounts(known_titles)?;
        all.settle_rest()?;
        all.needs(by_look)?;
        Ok(all)
    }

    fn answer(&mut self, titles: &[String], answers: &Answers) -> Result<(), Problem> {
        for (role, title) in &answers.columns {
            let found = titles.iter().position(|known| folded_title(known) == folded_title(title));
            let Some(column) = found.filter(|&column| column < self.why.len()) else {
                return Err(Problem::Unknown(*role, title.clone()));
            };
            self.take(*role, column, None, "you said so");
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
            for meaning in meanings.iter().filter(|meaning| !self.answered.contains(&meaning.role)) {
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

    /// Whether two columns of dates show the same day in every row, though one may show the time as well.
    fn are_same_days(&self, first: usize, second: usize) -> bool {
        let days =
            |cell| [DateOrder::DayMonth, DateOrder::MonthDay].map(|order| read_date(cell, Some(order), None).ok());
        !self.sample.rows.is_empty()
            && self.sample.rows.iter().all(|row| days(row.cell(first)) == days(row.cell(second)))
    }

    /// Takes the role's column by its title; several that differ are a question.
    fn by_title(&mut self, role: Role) -> Result<(), Problem> {
        if self.columns.get(role).is_some() {
            return Ok(());
        }
        let list = self.list(role);
        let filled: Vec<Candidate> = list.iter().copied().filter(|c| self.profiles[c.column].filled > 0).collect();
        let list = if filled.is_empty() { list } else { filled };
        let Some(&first) = list.first() else { return Ok(()) };
        let differ = list.iter().any(|other| other.column != first.column && !self.is_same(first.column, other.column));
        if differ && Role::CRUCIAL.contains(&role) {
            return Err(Problem::Ambiguous(role, list.iter().map(|candidate| candidate.column).collect()));
        }
        self.take(role, first.column, first.currency, "its title says so");
        Ok(())
    }

    fn settle_dates(&mut self) -> Result<(), Problem> {
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

    fn settle_amounts(&mut self, known_titles: usize) -> Result<(), Problem> {
        for role in [Role::Balance, Role::OriginalAmount, Role::Rate, Role::Fee, Role::Currency, Role::OriginalCurrency]
        {
            // Two balances (booked, available) say nothing about a row: the first will do for the chain.
            self.by_title(role)?;
        }
        for role in [Role::Debit, Role::Credit] {
            self.by_title(role)?;
        }
        self.amount()?;
        let [amount, debit, credit] = [Role::Amount, Role::Debit, Role::Credit].map(|role| self.columns.get(role));
        match (amount, debit, credit) {
            (Some(amount), Some(_), Some(_)) => {
                self.columns.single[Role::Amount as usize] = None;
                self.why[amount] = "the columns for what left and what came in say more".to_string();
            }
            (Some(amount), Some(other), None) | (Some(amount), None, Some(other)) => {
                let role = if debit.is_some() { Role::Debit } else { Role::Credit };
                let is_empty = self.profiles[other].filled == 0 && self.profiles[amount].filled > 0;
                if is_empty || self.is_same(amount, other) {
                    self.columns.single[role as usize] = None;
                } else {
                    return Err(Problem::Ambiguous(Role::Amount, vec![amount, other]));
                }
            }
            (None, None, None) => self.amounts_by_look(known_titles)?,
            _ => {}
        }
        self.original_places();
        self.whose_currency()
    }

    /// An original amount that names the place in brackets: `20.00(US)`.
    fn original_places(&mut self) {
        let Some(column) = self.columns.get(Role::OriginalAmount) else { return };
        let named = |cell: &str| {
            let marks = [DecimalMark::Point, DecimalMark::Comma];
            marks.iter().any(|&mark| read_original(cell, mark).is_ok_and(|read| read.place.is_some()))
        };
        if self.sample.rows.iter().any(|row| named(row.cell(column))) {
            self.columns.single[Role::OriginalAmount as usize] = None;
            self.take(Role::OriginalPlace, column, None, "its cells are amounts with a place in brackets");
        }
    }

    /// Beside an original amount, a currency column without a telling title may be either amount's: it is the original
    /// amount's where the two amounts are equal in one currency alone and differ in the others.
    fn whose_currency(&mut self) -> Result<(), Problem> {
        let [currency, original, of_original] =
            [Role::Currency, Role::OriginalAmount, Role::OriginalCurrency].map(|role| self.columns.get(role));
        let [amount, debit] = [Role::Amount, Role::Debit].map(|role| self.columns.get(role));
        let (Some(currency), Some(original), None, Some(amount)) = (currency, original, of_original, amount.or(debit))
        else {
            return Ok(());
        };
        let figure = |cell| figure_of(cell, DecimalMark::Point).map(|figure| figure.unsigned().normalized());
        let (mut equal, mut other) = (BTreeSet::new(), BTreeSet::new());
        for row in &self.sample.rows {
            if let (Some(one), Some(two)) = (figure(row.cell(amount)), figure(row.cell(original))) {
                let _ = if one == two { equal.insert(row.cell(currency)) } else { other.insert(row.cell(currency)) };
            }
        }
        let in_title = [Role::Amount, Role::Debit].iter().any(|&role| self.columns.currency_in_title(role).is_some());
        let is_originals = in_title || (equal.len() == 1 && !other.is_empty() && equal.is_disjoint(&other));
        let is_own = equal.union(&other).count() == 1 && !other.is_empty();
        match (is_originals, is_own) {
            (true, _) => {
                self.columns.single[Role::Currency as usize] = None;
                self.take(Role::OriginalCurrency, currency, None, "it changes where the two amounts differ");
                Ok(())
            }
            (false, true) => Ok(()),
            (false, false) if other.is_empty() => Ok(()),
            (false, false) if self.answered.contains(&Role::Currency) => Ok(()),
            (false, false) => Err(Problem::Ambiguous(Role::Currency, vec![currency])),
        }
    }

    /// The amount by its title; of several, the one under which the balance closes.
    fn amount(&mut self) -> Result<(), Problem> {
        if self.columns.get(Role::Amount).is_some() {
            return Ok(());
        }
        let list = self.list(Role::Amount);
        let proven: Vec<Candidate> = list.iter().copied().filter(|c| self.chain_sign(c.column).is_some()).collect();
        match (&proven[..], list.len()) {
            ([only], 2..) => {
                self.take(Role::Amount, only.column, only.currency, "the running balance closes with it");
                Ok(())
            }
            _ => self.by_title(Role::Amount),
        }
    }

    /// Which way a positive amount of the column moves the balance, where the chain closes: `true` where it leaves.
    pub(super) fn chain_sign(&self, amount: usize) -> Option<bool> {
        let balance = self.columns.get(Role::Balance)?;
        let closing = [false, true].map(|turned| self.closes(balance, Change::Amount(amount, turned)));
        match closing {
            [true, false] => Some(false),
            [false, true] => Some(true),
            _ => None,
        }
    }

    fn closes(&self, balance: usize, change: Change) -> bool {
        let marks: Vec<_> = self.profiles.iter().map(|profile| profile.mark).collect();
        let groups = [Role::Currency, Role::Pocket].map(|role| {
            let column = self.columns.get(role).or_else(|| self.list(role).first().map(|c| c.column))?;
            (self.profiles[column].distinct.len() > 1).then_some(column)
        });
        closes(self.sample, balance, change, groups[0].or(groups[1]), &marks)
    }

    /// Columns of money under titles that nobody knows.
    fn amounts_by_look(&mut self, known_titles: usize) -> Result<(), Problem> {
        let named = |column: usize| self.candidates.values().flatten().any(|candidate| candidate.column == column);
        let money: Vec<usize> = (0..self.why.len())
            .filter(|&column| !self.taken[column] && self.profiles[column].is_money() && !named(column))
            .collect();
        let mut different: Vec<usize> = Vec::new();
        for &column in &money {
            if !different.iter().any(|&known| self.is_same(known, column)) {
                different.push(column);
            }
        }
        if self.by_chain(&different) {
            return Ok(());
        }
        match different[..] {
            [] => Ok(()),
            [only] => {
                self.take(Role::Amount, only, None, "its cells are the only amounts");
                Ok(())
            }
            _ if known_titles == 0 && different.len() > 4 => Err(Problem::NotOurs),
            _ => Err(Problem::Ambiguous(Role::Amount, different)),
        }
    }

    /// The one choice of amount and balance columns under which the balance closes.
    fn by_chain(&mut self, money: &[usize]) -> bool {
        let known = self.columns.get(Role::Balance);
        let balances: Vec<usize> = known.map_or_else(|| money.to_vec(), |column| vec![column]);
        let mut found: Vec<(usize, Change)> = Vec::new();
        for &balance in &balances {
            let others = || money.iter().copied().filter(|&column| column != balance);
            for amount in others() {
                let turned = [false, true].map(|turned| Change::Amount(amount, turned));
                found.extend(turned.into_iter().filter(|&change| self.closes(balance, change)).map(|c| (balance, c)));
                for other in others().filter(|&other| other != amount && self.excludes(amount, other)) {
                    let change = Change::Sides(amount, other);
                    found.extend(self.closes(balance, change).then_some((balance, change)));
                }
            }
        }
        let [(balance, change)] = found[..] else { return false };
        const WHY: &str = "the running balance closes with it";
        self.take(Role::Balance, balance, None, WHY);
        match change {
            Change::Amount(amount, _) => self.take(Role::Amount, amount, None, WHY),
            Change::Sides(debit, credit) => {
                self.take(Role::Debit, debit, None, WHY);
                self.take(Role::Credit, credit, None, WHY);
            }
        }
        true
    }

    /// Whether no row fills both columns.
    fn excludes(&self, one: usize, other: usize) -> bool {
        self.sample.rows.iter().all(|row| row.cell(one).is_empty() || row.cell(other).is_empty())
    }

    fn settle_rest(&mut self) -> Result<(), Problem> {
        self.by_title(Role::Direction)?;
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

    /// What an empty cell of the direction column says: the other side of the only one that is named.
    pub(super) fn blank_direction(&self) -> Option<Direction> {
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

    fn descriptor(&mut self) {
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
    fn words_by_look(&mut self) {
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
            } else if !is_kind && all(profile.statuses) && missing(Role::Status) {
                self.take(Role::Status, column, None, "its words say how far a row has come");
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

    fn memos(&mut self) {
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

    /// What a statement must have.
    fn needs(&self, by_look: bool) -> Result<(), Problem> {
        let has = |role: Role| self.columns.get(role).is_some();
        if by_look && !self.looks_like_a_statement() {
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

/// Two columns of days, the one that is never the later first; compared in whichever order of day and month makes
/// sense of both. Where they never differ, the one with more days comes first.
pub(super) fn in_order(sample: &Sample, first: usize, second: usize) -> Option<(usize, usize)> {
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
        ([true, true], _, _) => Some(if days(second) > days(first) { (second, first) } else { (first, second) }),
        // Only one order of day and month makes sense of both columns.
        (_, [true, false], [false, false]) | (_, [false, false], [true, false]) => Some((first, second)),
        (_, [false, true], [false, false]) | (_, [false, false], [false, true]) => Some((second, first)),
        _ => None,
    }
}
