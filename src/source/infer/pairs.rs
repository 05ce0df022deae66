//! Which currency column belongs to which amount: by a currency in the amount's title, by what the cells show, by words
//! that two titles share, and last by which column stands beside which.

use super::{Candidate, Inference, Problem};
use crate::domain::Currency;
use crate::source::catalogue::{currency_of, folded_title};
use crate::source::cell::{DecimalMark, Figure};
use crate::source::profile::{SampleRow, figure_of};
use crate::source::role::Role;
use std::collections::BTreeSet;

/// Columns of what was billed.
const BILLED: [Role; 3] = [Role::Amount, Role::Debit, Role::Credit];
/// Fewest letters of a word that two titles may share: shorter ones are `in`, `of`, `de`.
const WORD_LETTERS_MIN: usize = 3;

/// Whose currency a column states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// That of the amount billed.
    Billed,
    /// That of the original amount; with the currency of the amount billed, where the rows show it.
    Original(Option<Currency>),
    Unsure,
}

/// In which currencies the two amounts of a row are equal, in which they differ, and which stand beside the amount billed
/// alone.
#[derive(Default)]
struct Seen<'t> {
    equal: BTreeSet<&'t str>,
    differ: BTreeSet<&'t str>,
    alone: BTreeSet<&'t str>,
    /// A row has neither an original amount nor a currency.
    home_is_blank: bool,
}

impl Seen<'_> {
    fn whose(&self) -> Whose {
        let shown = |set: &BTreeSet<&str>| set.first().and_then(|cell| currency_of(cell));
        let foreign: BTreeSet<&str> = self.equal.union(&self.differ).copied().collect();
        if self.equal.len() == 1 && !self.differ.is_empty() && self.equal.is_disjoint(&self.differ) {
            return Whose::Original(shown(&self.equal));
        }
        match (self.alone.len(), foreign.len()) {
            (0, 1..) if self.home_is_blank => Whose::Original(None),
            (_, 0) => Whose::Billed,
            (1, _) if foreign.is_disjoint(&self.alone) => Whose::Original(shown(&self.alone)),
            (1, 1) => Whose::Billed,
            (0, 1) if !self.equal.is_empty() => Whose::Billed,
            (0, _) if self.differ.is_empty() => Whose::Billed,
            _ => Whose::Unsure,
        }
    }
}

impl Inference<'_, '_> {
    /// Of two amounts, takes the one billed where the file shows it: its title names the currency that the other has
    /// where both are equal, or its own column of currencies never changes while the other's does.
    pub(super) fn billed_of_two(&mut self, list: &[Candidate]) -> bool {
        let &[first, second] = list else { return false };
        if self.columns.get(Role::OriginalAmount).is_some() {
            return false;
        }
        let currencies: Vec<usize> = self.currencies();
        for (billed, other) in [(first, second), (second, first)] {
            let why = match (billed.currency, other.currency, &currencies[..]) {
                (Some(own), None, &[column]) if self.fits_title(own, column, billed.column, other.column) => {
                    "its title names the account's currency"
                }
                (_, _, &[_, _]) if self.is_steady(billed.column, other.column, &currencies) => {
                    "its currency never changes, the other amount's does"
                }
                _ => continue,
            };
            self.take(Role::Amount, billed.column, billed.currency, why);
            return true;
        }
        false
    }

    /// Takes several amounts of which each row has one, where the title of each names a currency of its own.
    pub(super) fn one_of_several(&mut self, list: &[Candidate]) -> bool {
        let own: BTreeSet<_> = list.iter().filter_map(|candidate| candidate.currency).collect();
        let fills = |row: &SampleRow| list.iter().filter(|c| !row.cell(c.column).is_empty()).count();
        let &[first, ref others @ ..] = list else { return false };
        if others.is_empty() || own.len() != list.len() || self.sample.rows.iter().any(|row| fills(row) > 1) {
            return false;
        }
        for other in others {
            self.taken[other.column] = true;
            self.why[other.column] = "the amount, where it is in this currency".to_string();
        }
        let others = others.iter().filter_map(|other| Some((other.column, other.currency?)));
        self.columns.other_currencies = others.collect();
        self.take(Role::Amount, first.column, first.currency, "the amount, where it is in this currency");
        true
    }

    /// Whether two amounts are equal just where a column states the currency that the title of the one billed names.
    fn fits_title(&self, own: Currency, column: usize, billed: usize, other: usize) -> bool {
        let columns = [billed, other];
        let mut fits = self.rows_with(&columns).peekable();
        fits.peek().is_some()
            && fits.all(|row| {
                let stated = currency_of(row.cell(column));
                stated.is_some_and(|stated| (stated == own) == (self.is_equal(row, billed, other)))
            })
    }

    /// Whether one amount's currency is the same in every row while the other's changes, and the amounts are equal just
    /// where the currencies are.
    fn is_steady(&self, billed: usize, other: usize, currencies: &[usize]) -> bool {
        let pairs = self.partners(currencies);
        let of = |money: usize| pairs.iter().find(|pair| pair.1 == money).map(|pair| pair.0);
        let (Some(own), Some(others)) = (of(billed), of(other)) else { return false };
        let agree = |row: &SampleRow| (row.cell(own) == row.cell(others)) == self.is_equal(row, billed, other);
        self.profiles[own].distinct.len() == 1
            && self.profiles[others].distinct.len() > 1
            && self.rows_with(&[billed, other]).all(agree)
    }

    fn rows_with<'r>(&'r self, columns: &'r [usize]) -> impl Iterator<Item = &'r SampleRow<'r>> + 'r {
        let filled = move |row: &&SampleRow| columns.iter().all(|&column| self.figure(row.cell(column)).is_some());
        self.sample.rows.iter().filter(filled)
    }

    fn is_equal(&self, row: &SampleRow, one: usize, two: usize) -> bool {
        self.figure(row.cell(one)) == self.figure(row.cell(two))
    }

    fn figure(&self, cell: &str) -> Option<Figure> {
        figure_of(cell, DecimalMark::Point).map(|figure| figure.unsigned().normalized())
    }

    /// Different columns that may state a currency.
    fn currencies(&self) -> Vec<usize> {
        let list = self.filled_list(Role::Currency).into_iter().chain(self.filled_list(Role::OriginalCurrency));
        let named = |column: usize| self.candidates.values().flatten().any(|candidate| candidate.column == column);
        let by_look = (0..self.why.len()).filter(|&column| {
            let profile = &self.profiles[column];
            // A country's code stands for its currency, and a column of countries says where something was bought.
            let is_code = |cell: &str| cell.len() <= 3 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
            let is_country = |cell: &&str| is_code(cell) && Currency::parse(cell).is_err();
            let are_codes = profile.currencies == profile.filled && !profile.distinct.iter().any(is_country);
            !self.taken[column] && !named(column) && profile.filled > 0 && are_codes
        });
        let mut different: Vec<usize> = Vec::new();
        for column in list.map(|candidate| candidate.column).chain(by_look) {
            if !different.iter().any(|&known| known == column || self.is_same(known, column)) {
                different.push(column);
            }
        }
        different
    }

    /// Takes the columns of currencies, and the amount that was not billed as the original one where a currency is its.
    pub(super) fn settle_currencies(&mut self) -> Result<(), Problem> {
        let named = self.columns.get(Role::OriginalAmount);
        let original = named.or_else(|| self.other_amount());
        let mut list = self.currencies();
        if self.columns.get(Role::Currency).is_none() && list.len() > 1 {
            if self.take_partners(original, &list) {
                return Ok(());
            }
            let titled = self.filled_list(Role::Currency);
            list.retain(|&column| titled.iter().any(|candidate| candidate.column == column));
        }
        if let (Some(original), None) = (original, named)
            && self.columns.get(Role::OriginalCurrency).is_some()
        {
            self.take_original(original);
            return self.by_title(Role::Currency);
        }
        let [column] = list[..] else { return self.by_title(Role::Currency) };
        if self.columns.get(Role::OriginalCurrency).is_some() {
            return self.by_title(Role::Currency);
        }
        if self.columns.get(Role::Currency).is_some() {
            // The user named the other one.
            if let Some(original) = original.filter(|_| !self.answered.contains(&Role::OriginalAmount)) {
                self.originals_currency(column, original, "the other one is the amount's");
            }
            return Ok(());
        }
        match (self.whose(column, original), original) {
            (Whose::Original(shown), Some(original)) => {
                self.columns.shown_currency = shown;
                self.originals_currency(column, original, "it changes where the two amounts differ");
                Ok(())
            }
            (Whose::Original(_), None) => {
                self.take(Role::OriginalCurrency, column, None, "the amount's own stands in its title");
                Ok(())
            }
            (Whose::Unsure, Some(_)) => Err(Problem::Ambiguous(Role::Currency, vec![column])),
            (Whose::Billed, _) | (Whose::Unsure, None) => self.by_title(Role::Currency),
        }
    }

    fn originals_currency(&mut self, column: usize, original: usize, why: &str) {
        self.take(Role::OriginalCurrency, column, None, why);
        self.take_original(original);
    }

    fn take_original(&mut self, column: usize) {
        if self.columns.get(Role::OriginalAmount).is_none() && self.columns.get(Role::OriginalPlace) != Some(column) {
            let titled = self.list(Role::Amount).into_iter().find(|candidate| candidate.column == column);
            let currency = titled.and_then(|candidate| candidate.currency);
            self.take(Role::OriginalAmount, column, currency, "the amount before conversion");
        }
    }

    /// The only amount beside what was billed that differs from it: by its title, else by a column of currencies that
    /// belongs to it.
    fn other_amount(&self) -> Option<usize> {
        let billed: Vec<usize> = BILLED.iter().filter_map(|&role| self.columns.get(role)).collect();
        let titled: Vec<usize> = self.filled_list(Role::Amount).iter().map(|candidate| candidate.column).collect();
        let others = if titled.is_empty() { self.amounts_with_currency() } else { titled };
        let &[other] = others.get(..)? else { return None };
        let differs = |row: &SampleRow| billed.iter().all(|&column| !self.is_equal(row, column, other));
        let is_filled = billed.iter().any(|&column| self.profiles[column].filled > 0);
        let is_other = is_filled && !billed.contains(&other) && self.rows_with(&[other]).any(differs);
        is_other.then_some(other)
    }

    /// Amounts under titles that nobody knows to which a column of currencies belongs.
    fn amounts_with_currency(&self) -> Vec<usize> {
        let named = |column: usize| self.candidates.values().flatten().any(|candidate| candidate.column == column);
        let pairs = self.partners(&self.currencies());
        let own = |column: &usize| !self.taken[*column] && !named(*column);
        pairs.into_iter().map(|pair| pair.1).filter(own).collect()
    }

    /// Whose currency a single column states.
    fn whose(&self, column: usize, original: Option<usize>) -> Whose {
        let billed: Vec<usize> = BILLED.iter().filter_map(|&role| self.columns.get(role)).collect();
        let in_title = BILLED.iter().find_map(|&role| self.columns.currency_in_title(role));
        if let Some(own) = in_title {
            let same = self.profiles[column].distinct.iter().all(|cell| currency_of(cell).is_none_or(|c| c == own));
            return if same { Whose::Billed } else { Whose::Original(None) };
        }
        let Some(original) = original.or_else(|| self.columns.get(Role::OriginalPlace)) else { return Whose::Unsure };
        match self.seen(column, original, &billed).whose() {
            Whose::Unsure => self.whose_by_title(column, original, &billed),
            sure => sure,
        }
    }

    fn seen(&self, column: usize, original: usize, billed: &[usize]) -> Seen<'_> {
        let mut seen = Seen::default();
        for row in &self.sample.rows {
            let figures: Vec<Figure> = billed.iter().filter_map(|&column| self.figure(row.cell(column))).collect();
            let (cell, original) = (row.cell(column), self.figure(row.cell(original)).filter(|read| !read.is_zero()));
            match original {
                _ if figures.is_empty() => {}
                None if cell.is_empty() => seen.home_is_blank = true,
                None => drop(seen.alone.insert(cell)),
                Some(_) if cell.is_empty() => {}
                Some(original) if figures.contains(&original) => drop(seen.equal.insert(cell)),
                Some(_) => drop(seen.differ.insert(cell)),
            }
        }
        seen
    }

    fn whose_by_title(&self, column: usize, original: usize, billed: &[usize]) -> Whose {
        let beside = |other: usize| other + 1 == column || column + 1 == other;
        let is_between = beside(original) && billed.iter().any(|&own| beside(own));
        let money: Vec<usize> = billed.iter().copied().chain([original]).collect();
        if is_between && self.alike(column, &money).is_none() {
            return Whose::Unsure;
        }
        let (own, others): (Vec<_>, Vec<_>) =
            self.partners(&[column]).into_iter().partition(|pair| billed.contains(&pair.1));
        match (own.is_empty(), others.iter().any(|pair| pair.1 == original)) {
            (false, false) => Whose::Billed,
            (true, true) => Whose::Original(None),
            _ => Whose::Unsure,
        }
    }

    /// Takes of several columns of currencies the amount's and the original amount's.
    fn take_partners(&mut self, original: Option<usize>, list: &[usize]) -> bool {
        let pairs = self.partners(list);
        let of = |money: usize| pairs.iter().find(|pair| pair.1 == money).map(|pair| pair.0);
        const WHY: &str = "it belongs to the amount by its title or place";
        let own = BILLED.iter().filter_map(|&role| self.columns.get(role)).find_map(of);
        let others = original.and_then(|original| Some((of(original)?, original)));
        let Some(own) = own else { return false };
        self.take(Role::Currency, own, None, WHY);
        if let Some((column, original)) = others.filter(|_| self.columns.get(Role::OriginalCurrency).is_none()) {
            self.originals_currency(column, original, WHY);
        }
        true
    }

    /// Columns of currencies with the column of money that each belongs to: by words that one pair of titles alone shares,
    /// else all by their place behind an amount, else all by their place before one.
    fn partners(&self, currencies: &[usize]) -> Vec<(usize, usize)> {
        let titled = |column: usize| {
            self.candidates.iter().any(|(role, list)| {
                Role::AMOUNTS.contains(role) && list.iter().any(|candidate| candidate.column == column)
            })
        };
        let held = |column: usize| Role::AMOUNTS.iter().any(|&role| self.columns.get(role) == Some(column));
        let money: Vec<usize> = (0..self.why.len())
            .filter(|&column| titled(column) || held(column) || self.profiles[column].is_money())
            .collect();
        let by_words: Vec<(usize, usize)> =
            currencies.iter().filter_map(|&column| Some((column, self.alike(column, &money)?))).collect();
        let alone = |pair: &&(usize, usize)| by_words.iter().filter(|other| other.1 == pair.1).count() == 1;
        let mut pairs: Vec<(usize, usize)> = by_words.iter().filter(alone).copied().collect();
        let rest: Vec<usize> =
            currencies.iter().copied().filter(|column| pairs.iter().all(|pair| pair.0 != *column)).collect();
        let free = |column: &usize| money.contains(column) && pairs.iter().all(|pair| pair.1 != *column);
        let behind = |column: &usize| column.checked_sub(1).filter(free);
        let before = |column: &usize| Some(column + 1).filter(free);
        let places: Option<Vec<usize>> =
            rest.iter().map(behind).collect::<Option<_>>().or_else(|| rest.iter().map(before).collect());
        pairs.extend(rest.iter().copied().zip(places.unwrap_or_default()));
        pairs
    }

    /// The column of money whose title shares most words with a column of currencies.
    fn alike(&self, column: usize, money: &[usize]) -> Option<usize> {
        let own = words_of(self.titles.get(column)?);
        let shared =
            |other: usize| self.titles.get(other).map_or(0, |title| own.intersection(&words_of(title)).count());
        let most = money.iter().map(|&other| shared(other)).max().filter(|&most| most > 0)?;
        let mut best = money.iter().copied().filter(|&other| shared(other) == most);
        best.next().filter(|_| best.next().is_none())
    }
}

/// The words of a title; of Chinese and Japanese, which part no words, every two letters in a row.
fn words_of(title: &str) -> BTreeSet<String> {
    let folded = folded_title(title);
    let parts = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut words = BTreeSet::new();
    for part in parts {
        let letters: Vec<char> = part.chars().collect();
        if letters.iter().all(|&letter| letter >= '\u{2e80}') {
            words.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if letters.len() >= WORD_LETTERS_MIN {
            words.insert(part.to_string());
        }
    }
    words
}
