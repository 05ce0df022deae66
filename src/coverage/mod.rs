//! What each source can and cannot show. No absence is held against anybody outside of it.
//!
//! A statement covers its stated period, or else its first to its last row; no absence may rest on a stretch in which
//! its running balance breaks or a row was passed over. A billing *list* is taken for its account's whole history up to
//! the as-of day: the purchase that never activated is just the one that left no invoice. Single papers cover only
//! themselves, unless the user says they are complete.

use crate::domain::{Account, BillingRecord, Day, Period, Route, SourceId};
use crate::payment::{Instrument, joined_periods};
use crate::source::{Sales, SourceFile, SourceSide};
use std::collections::{BTreeMap, BTreeSet};

/// What the user says of the billing evidence.
#[derive(Clone, Debug, Default)]
pub struct BillingClaims {
    /// The billing evidence begins on this day.
    pub from: Option<Day>,
    /// Single papers are the whole history.
    pub complete: bool,
    /// The payer's own accounts, empty if none were named.
    pub accounts: BTreeSet<Account>,
}

/// Whether the billing side would show a purchase of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillingCoverage {
    /// These files would show it.
    Covered(Vec<SourceId>),
    /// The evidence begins later.
    Before(Day),
    /// No list is there.
    Nothing,
}

/// What the files of a run cover.
#[derive(Debug)]
pub struct Coverage<'a> {
    files: &'a [SourceFile],
    claims: &'a BillingClaims,
    /// Billing files that count as a whole history, with the accounts they name.
    lists: Vec<(SourceId, BTreeSet<Account>)>,
    /// Stretches of those lists in which a row was passed over.
    holes: Vec<(SourceId, Period)>,
}

impl<'a> Coverage<'a> {
    /// Works the coverage out.
    pub fn new(files: &'a [SourceFile], claims: &'a BillingClaims, records: &[BillingRecord]) -> Coverage<'a> {
        let mut accounts: BTreeMap<SourceId, BTreeSet<Account>> = BTreeMap::new();
        for record in records {
            accounts.entry(record.at.source).or_default().extend(record.account.clone());
        }
        let is_list = |file: &SourceFile| file.side == SourceSide::Billing && (file.is_list || claims.complete);
        let id = |index: usize| SourceId(u32::try_from(index).unwrap_or(u32::MAX));
        let lists = files
            .iter()
            .enumerate()
            .filter(|(_, file)| is_list(file))
            .map(|(index, _)| (id(index), accounts.remove(&id(index)).unwrap_or_default()))
            .collect();
        let mut coverage = Coverage { files, claims, lists, holes: Vec::new() };
        coverage.holes = coverage.list_holes(records);
        coverage
    }

    /// A row passed over in a list opens the stretch from the nearest record before it to the nearest after it.
    fn list_holes(&self, records: &[BillingRecord]) -> Vec<(SourceId, Period)> {
        let mut holes = Vec::new();
        for (id, _) in &self.lists {
            let own = || records.iter().filter(|record| record.at.source == *id);
            for rejected in &self.files[id.0 as usize].rejected {
                let before = own().filter(|record| record.at.line < rejected.line).max_by_key(|record| record.at.line);
                let after = own().filter(|record| record.at.line > rejected.line).min_by_key(|record| record.at.line);
                let days = || before.iter().chain(after.iter()).map(|record| record.date);
                // At an end of the list nobody knows how far the row may lie beyond it.
                let from = before.and(days().min()).unwrap_or(Day::FIRST);
                let to = after.and(days().max()).unwrap_or(Day::LAST);
                holes.push((*id, Period { from, to }));
            }
        }
        holes
    }

    /// The first list with a row passed over somewhere in the stretch, where no absence may be held against anybody.
    pub fn list_hole(&self, stretch: Period) -> Option<SourceId> {
        let meets = |hole: &Period| hole.from <= stretch.to && stretch.from <= hole.to;
        self.holes.iter().find(|(_, hole)| meets(hole)).map(|(id, _)| *id)
    }

    /// The days that a billing list is taken to cover: from the day the user names, else from its first record, to the
    /// as-of day. `None` for a file that is no list, and for a list that begins after the as-of day.
    pub fn list_period(&self, id: SourceId, records: &[BillingRecord], as_of: Day) -> Option<Period> {
        self.lists.iter().find(|(list, _)| *list == id)?;
        let first = records.iter().filter(|record| record.at.source == id).map(|record| record.date).min();
        let from = self.claims.from.or(first)?;
        (from <= as_of).then_some(Period { from, to: as_of })
    }

    /// Whether the billing side would show a purchase of this day that was paid by this route.
    ///
    /// A list that names only accounts other than the payer's own says nothing of the payer's, and the vendor's own list
    /// says nothing of what a store sold.
    pub fn billing(&self, day: Day, route: Route) -> BillingCoverage {
        let own = &self.claims.accounts;
        let speaks = |accounts: &BTreeSet<Account>| own.is_empty() || accounts.is_empty() || !own.is_disjoint(accounts);
        let sold = |id: &SourceId| self.files[id.0 as usize].sales.hold(route);
        let files: Vec<SourceId> =
            self.lists.iter().filter(|(id, accounts)| speaks(accounts) && sold(id)).map(|(id, _)| *id).collect();
        match self.claims.from {
            _ if files.is_empty() => BillingCoverage::Nothing,
            Some(from) if day < from => BillingCoverage::Before(from),
            _ => BillingCoverage::Covered(files),
        }
    }

    /// Whether the billing side would show an order of this day: the vendor's own list of invoices holds none.
    pub fn holds_orders(&self, day: Day, route: Route) -> bool {
        let wrote = |id: &SourceId| self.claims.complete || self.files[id.0 as usize].sales == Sales::All;
        matches!(self.billing(day, route), BillingCoverage::Covered(files) if files.iter().any(wrote))
    }

    /// Whether the statements of one instrument cover a stretch of days without a hole.
    pub fn instrument_covers(&self, files: &[SourceId], stretch: Period) -> bool {
        let covered = joined_periods(self.files, files)
            .into_iter()
            .any(|period| period.contains(stretch.from) && period.contains(stretch.to));
        // A hole in one export is no hole where another export of the account covers the stretch without one.
        let survey = |id: &SourceId| &self.files[id.0 as usize].survey;
        let holed = files.iter().any(|id| survey(id).has_hole_in(stretch));
        covered && (!holed || files.iter().any(|id| survey(id).covers_whole(stretch)))
    }

    /// The statement files that cover a stretch, account by account. A payment that none of them shows was made with
    /// something else, also where the paper names a card: then that card is not among the statements.
    pub fn statements_covering(&self, instruments: &[Instrument], stretch: Period) -> Vec<SourceId> {
        let mut accounts: BTreeSet<Vec<SourceId>> = instruments.iter().map(|one| one.files.clone()).collect();
        for (index, file) in self.files.iter().enumerate() {
            // A statement without a single vendor row belongs to no instrument, yet it shows that nothing was charged.
            let id = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
            if file.side == SourceSide::Statement && !instruments.iter().any(|one| one.files.contains(&id)) {
                accounts.insert(vec![id]);
            }
        }
        accounts.into_iter().filter(|files| self.instrument_covers(files, stretch)).flatten().collect()
    }

    /// Whether a file stands for the whole history of its accounts.
    pub fn is_list(&self, id: SourceId) -> bool {
        self.lists.iter().any(|(list, _)| *list == id)
    }

    /// Whether a file lists the grants of an account: a billing list, or what the account itself showed.
    pub fn lists_grants(&self, id: SourceId) -> bool {
        let file = usize::try_from(id.0).ok().and_then(|index| self.files.get(index));
        self.is_list(id) || file.is_some_and(|file| file.side == SourceSide::Plan)
    }

    /// Whether a file shows something of the account, dated or not.
    pub fn account_given(&self) -> bool {
        self.files.iter().any(|file| file.side == SourceSide::Plan)
    }

    /// Base name of a file.
    pub fn name(&self, id: SourceId) -> String {
        let path = &self.files[id.0 as usize].path;
        path.rsplit('/').next().unwrap_or(path).to_string()
    }

    /// Base names of files, sorted, each once.
    pub fn names(&self, ids: &[SourceId]) -> Vec<String> {
        let names: BTreeSet<String> = ids.iter().map(|id| self.name(*id)).collect();
        names.into_iter().collect()
    }
}
