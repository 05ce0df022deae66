//! Which columns hold the amounts: by title, by the look of their cells, and by the running balance.

use super::{Candidate, Inference, Problem};
use crate::source::cell::{DecimalMark, read_original};
use crate::source::layout::Direction;
use crate::source::profile::figure_of;
use crate::source::proof::{Change, closes};
use crate::source::role::Role;
use crate::source::words::direction_said;

impl Inference<'_, '_> {
    pub(super) fn settle_amounts(&mut self, known_titles: usize) -> Result<(), Problem> {
        for role in [Role::Balance, Role::OriginalAmount, Role::Rate, Role::Fee, Role::OriginalCurrency] {
            // Two balances (booked, available) say nothing about a row: the first will do for the chain.
            self.by_title(role)?;
        }
        for role in [Role::Debit, Role::Credit] {
            self.by_title(role)?;
        }
        self.other_side();
        self.is_not_turned()?;
        self.amount()?;
        let [amount, debit, credit] = [Role::Amount, Role::Debit, Role::Credit].map(|role| self.columns.get(role));
        match (amount, debit, credit) {
            (Some(amount), Some(_), Some(_)) => {
                self.columns.single[Role::Amount as usize] = None;
                self.taken[amount] = false;
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
        self.settle_currencies()
    }

    /// Where the user named the column of what left, or of what came in, and the other's title says the same, the one
    /// column of money that excludes it is the other side.
    fn other_side(&mut self) {
        let [debit, credit] = [Role::Debit, Role::Credit].map(|role| self.columns.get(role));
        let (known, missing) = match (debit, credit) {
            (Some(debit), None) if self.answered.contains(&Role::Debit) => (debit, Role::Credit),
            (None, Some(credit)) if self.answered.contains(&Role::Credit) => (credit, Role::Debit),
            _ => return,
        };
        let named = |column: usize| self.candidates.values().flatten().any(|candidate| candidate.column == column);
        let is_free = |&column: &usize| {
            !self.taken[column] && !named(column) && self.profiles[column].is_money() && self.excludes(known, column)
        };
        let free: Vec<usize> = (0..self.why.len()).filter(is_free).collect();
        if let [only] = free[..] {
            self.take(missing, only, self.in_titles[only], "it is the other side of the one you named");
        }
    }

    /// The running balance must not close only with what left and what came in turned, unless the rows say that it is
    /// what is owed.
    fn is_not_turned(&self) -> Result<(), Problem> {
        let [balance, debit, credit] = [Role::Balance, Role::Debit, Role::Credit].map(|role| self.columns.get(role));
        let (Some(balance), Some(debit), Some(credit)) = (balance, debit, credit) else { return Ok(()) };
        if self.answered.contains(&Role::Debit) || self.answered.contains(&Role::Credit) {
            return Ok(());
        }
        let closing =
            [(debit, credit), (credit, debit)].map(|(out, into)| self.closes(balance, Change::Sides(out, into)));
        let (as_titled, turned) = self.rows_saying(debit, credit);
        if closing == [false, true] && as_titled <= turned { Err(Problem::Turned(debit, credit)) } else { Ok(()) }
    }

    /// In how many rows words say that money went the way these columns have it, and in how many the other way.
    fn rows_saying(&self, debit: usize, credit: usize) -> (usize, usize) {
        let says = |column: usize, direction: Direction| {
            let moved = |cell: &str| figure_of(cell, DecimalMark::Point).is_some_and(|figure| !figure.is_zero());
            let rows = self.sample.rows.iter().filter(|row| moved(row.cell(column)));
            rows.filter(|row| direction_said(&row.cells) == Some(direction)).count()
        };
        let as_given = says(debit, Direction::Out) + says(credit, Direction::In);
        (as_given, says(debit, Direction::In) + says(credit, Direction::Out))
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
            _ if self.one_of_several(&list) => Ok(()),
            _ if self.billed_of_two(&self.filled_list(Role::Amount)) => Ok(()),
            _ => self.by_title(Role::Amount),
        }
    }

    /// Which way a positive amount of the column moves the balance, where the chain closes: `true` where it leaves.
    pub(in crate::source) fn chain_sign(&self, amount: usize) -> Option<bool> {
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
        let currency = |column: usize| self.in_titles[column];
        let list: Vec<Candidate> =
            different.iter().map(|&column| Candidate { column, rank: 0, currency: currency(column) }).collect();
        match different[..] {
            [] => Ok(()),
            [only] => {
                self.take(Role::Amount, only, currency(only), "its cells are the only amounts");
                Ok(())
            }
            _ if self.one_of_several(&list) || self.billed_of_two(&list) => Ok(()),
            [one, two] if self.excludes(one, two) => Err(Problem::Ambiguous(Role::Debit, different)),
            _ if known_titles == 0 && different.len() > 4 && self.answered.is_empty() => Err(Problem::NotOurs),
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
        // A card's balance is what is owed: there the rows' words tell which way money went.
        if let Change::Sides(debit, credit) = change {
            let (as_given, turned) = self.rows_saying(debit, credit);
            if turned > as_given {
                return false;
            }
        }
        const WHY: &str = "the running balance closes with it";
        self.take(Role::Balance, balance, None, WHY);
        match change {
            Change::Amount(amount, _) => self.take(Role::Amount, amount, self.in_titles[amount], WHY),
            Change::Sides(debit, credit) => {
                self.take(Role::Debit, debit, self.in_titles[debit], WHY);
                self.take(Role::Credit, credit, self.in_titles[credit], WHY);
            }
        }
        true
    }

    /// Whether no row fills both columns.
    fn excludes(&self, one: usize, other: usize) -> bool {
        self.sample.rows.iter().all(|row| row.cell(one).is_empty() || row.cell(other).is_empty())
    }
}
