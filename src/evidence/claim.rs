//! What is claimed: the chosen cases with their cited rows, everything else taken out.

use super::kept::{Keeper, is_plain_account, role_name};
use super::names::{self, Renamed};
use super::rows::{CitedBy, ColumnOut, MoneyOut, RowOut, Rows, RowsSource, SCHEMA};
use super::view::View;
use crate::domain::{Account, Day, SourceId};
use crate::normalize::{CitedColumn, CitedRow, CitedTable};
use crate::reconciliation::Reconciliation;
use crate::redaction::{Allowed, REMOVED, is_reference};
use crate::source::Role;
use crate::vendor::Vendor;
use crate::verdict::{Case, CaseLine, Reason, SignedMoney};
use std::collections::{BTreeMap, BTreeSet};

/// What the user wants in the bundle.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Ids of the cases; every claimable one where none is named.
    pub cases: Vec<String>,
    /// Columns whose cells leave in full, by role or title.
    pub show: Vec<String>,
}

/// The cited rows of the files, read again.
pub type SourceText = BTreeMap<SourceId, CitedTable>;

/// Why there is nothing to put into a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimError {
    /// No case can be claimed.
    NothingClaimable,
    /// A case that does not exist or cannot be claimed; with those that can.
    NoSuchCase {
        /// The id that was named.
        id: String,
        /// The ids of claimable cases.
        claimable: Vec<String>,
    },
    /// `--show` names a column that no cited file has; with those that there are.
    NoSuchField {
        /// The name given.
        field: String,
        /// Roles of the columns there are.
        known: Vec<String>,
    },
    /// A cited row is no longer where it was.
    RowGone {
        /// The file.
        file: String,
        /// Its line.
        line: u32,
    },
}

/// The claimed cases and their rows, fit to leave.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claimed cases alone, what is private in them taken out. Every document is made from this.
    pub reconciliation: Reconciliation,
    /// The cited rows.
    pub rows: Rows,
    /// Files that leave under another name.
    pub renamed: Vec<Renamed>,
    /// Strings that pass the last look: references and accounts, digests.
    passing: Vec<String>,
    phones: Vec<String>,
    mail_domains: Vec<String>,
}

/// The chosen cases, or every claimable one.
///
/// # Errors
/// A named case cannot be claimed, or none can.
pub fn chosen<'r>(reconciliation: &'r Reconciliation, choice: &Choice) -> Result<Vec<&'r Case>, ClaimError> {
    let claimable: Vec<&Case> = reconciliation.cases.iter().filter(|case| case.claimable).collect();
    if let Some(id) = choice.cases.iter().find(|id| !claimable.iter().any(|case| case.id == **id)) {
        let claimable = claimable.iter().map(|case| case.id.clone()).collect();
        return Err(ClaimError::NoSuchCase { id: id.clone(), claimable });
    }
    let all = choice.cases.is_empty();
    let cases: Vec<&Case> = claimable.into_iter().filter(|case| all || choice.cases.contains(&case.id)).collect();
    if cases.is_empty() { Err(ClaimError::NothingClaimable) } else { Ok(cases) }
}

impl Claim {
    /// The lines of each file that the chosen cases cite, to be read again.
    ///
    /// # Errors
    /// A named case cannot be claimed, or none can.
    pub fn wanted(
        reconciliation: &Reconciliation,
        choice: &Choice,
    ) -> Result<BTreeMap<SourceId, BTreeSet<u32>>, ClaimError> {
        let mut wanted: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
        for line in chosen(reconciliation, choice)?.iter().flat_map(|case| &case.lines) {
            wanted.entry(line.at.source).or_default().insert(line.at.line);
        }
        Ok(wanted)
    }

    /// Takes out of a reconciliation what does not serve the chosen cases and puts the cited rows beside it.
    ///
    /// # Errors
    /// A case or column that does not exist; a row that is no longer there.
    pub fn new(
        reconciliation: &Reconciliation,
        choice: &Choice,
        tables: &SourceText,
        vendor: &Vendor,
    ) -> Result<Claim, ClaimError> {
        let cases = chosen(reconciliation, choice)?;
        let show = shown_fields(choice, tables)?;
        let accounts: BTreeSet<Account> =
            cases.iter().filter_map(|case| case.account.clone()).filter(is_plain_account).collect();
        let references = references(&cases, tables);
        let keeper = Keeper { vendor, show: &show, accounts: &accounts, references: &references };
        let carried = carried(reconciliation, &cases);
        let files: Vec<_> = carried.iter().filter_map(|index| reconciliation.sources.get(*index)).collect();
        let names = names::of(&files);
        let view = View { keeper: &keeper, carried: &carried, names: &names };
        let reduced = view.of(reconciliation, &cases);
        let rows = cited_rows(&reduced, &carried, tables, &keeper)?;
        let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
        let renamed = files.iter().zip(&names).filter(|(file, name)| base(&file.path) != **name);
        let digests = files.iter().map(|file| file.digest().to_string());
        let ids = cases.iter().map(|case| case.id.clone());
        let passing = references.iter().cloned().chain(accounts.iter().map(|account| account.as_str().to_string()));
        Ok(Claim {
            renamed: renamed.map(|(file, name)| Renamed { from: file.path.clone(), to: name.clone() }).collect(),
            passing: passing.chain(digests).chain(ids).collect(),
            phones: vendor.phones().to_vec(),
            mail_domains: vendor.mail_domains().to_vec(),
            rows,
            reconciliation: reduced,
        })
    }

    /// What may stand in the finished files.
    pub(super) fn with_allowed<T>(&self, look: impl FnOnce(&Allowed) -> T) -> T {
        let strings: Vec<&str> = self.passing.iter().map(String::as_str).collect();
        look(&Allowed { strings: &strings, phones: &self.phones, mail_domains: &self.mail_domains })
    }

    /// The digest of every file that rows are cited from, with its name in the bundle.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows.sources.iter().map(|source| (source.file.as_str(), source.sha256.as_str()))
    }
}

fn shown_fields(choice: &Choice, tables: &SourceText) -> Result<BTreeSet<String>, ClaimError> {
    let columns = || tables.values().flat_map(|table| &table.columns);
    let is_known = |field: &str| {
        columns().any(|column| {
            column.title.to_lowercase() == field || column.role.is_some_and(|role| role_name(role) == field)
        })
    };
    let show: BTreeSet<String> = choice.show.iter().map(|field| field.trim().to_lowercase()).collect();
    match show.iter().find(|field| !is_known(field)) {
        Some(field) => {
            let known: BTreeSet<String> = columns().filter_map(|column| column.role).map(role_name).collect();
            Err(ClaimError::NoSuchField { field: field.clone(), known: known.into_iter().collect() })
        }
        None => Ok(show),
    }
}

/// The identifiers of the cases and of their rows, by the role of their column.
fn references(cases: &[&Case], tables: &SourceText) -> BTreeSet<String> {
    let of_lines = cases.iter().flat_map(|case| &case.lines).filter_map(|line| line.id.clone());
    let of_reasons = cases.iter().flat_map(|case| &case.reasons).filter_map(|reason| match reason {
        Reason::JoinedByReference { reference, .. } => Some(reference.clone()),
        _ => None,
    });
    let is_id = |column: &CitedColumn| matches!(column.role, Some(Role::Id | Role::Reference | Role::Number));
    let of_cells = tables.values().flat_map(|table| {
        table.rows.iter().flat_map(move |row| {
            let cells = table.columns.iter().zip(&row.cells);
            cells.filter(move |(column, _)| is_id(column)).map(|(_, cell)| cell.clone())
        })
    });
    of_lines.chain(of_reasons).chain(of_cells).filter(|text| is_reference(text)).collect()
}

/// The files that the cases cite, and those that their reasons name: an absence rests on them.
fn carried(reconciliation: &Reconciliation, cases: &[&Case]) -> Vec<usize> {
    let cited: BTreeSet<u32> =
        cases.iter().flat_map(|case| &case.lines).map(|line: &CaseLine| line.at.source.0).collect();
    let named: BTreeSet<&String> = cases.iter().flat_map(|case| &case.reasons).flat_map(files_named).collect();
    let is_carried = |(index, path): (usize, &String)| {
        let is_cited = u32::try_from(index).is_ok_and(|index| cited.contains(&index));
        (is_cited || named.contains(path)).then_some(index)
    };
    reconciliation.sources.iter().map(|source| &source.path).enumerate().filter_map(is_carried).collect()
}

fn files_named(reason: &Reason) -> Vec<&String> {
    match reason {
        Reason::NoInvoice { files, .. } | Reason::RefundNotSeen { files, .. } | Reason::PaidElsewhere { files, .. } => {
            files.iter().collect()
        }
        Reason::ListHasHole { file } => vec![file],
        _ => Vec::new(),
    }
}

/// The cited rows, by file and line. `reduced` names its files by their place among those carried.
fn cited_rows(
    reduced: &Reconciliation,
    carried: &[usize],
    tables: &SourceText,
    keeper: &Keeper,
) -> Result<Rows, ClaimError> {
    let table_of = |index: usize| tables.get(&SourceId(u32::try_from(*carried.get(index)?).ok()?));
    let mut sources = Vec::new();
    for (index, file) in reduced.sources.iter().enumerate() {
        let title =
            |column: &CitedColumn| match (column.role.is_some() && column.is_known_title) || keeper.is_shown(column) {
                true => crate::text::clean(&column.title).into_owned(),
                false => REMOVED.to_string(),
            };
        let table = table_of(index);
        let columns = table.map(|table| &table.columns).into_iter().flatten();
        sources.push(RowsSource {
            file: file.path.clone(),
            sha256: file.digest().to_string(),
            format: file.format.clone(),
            columns: columns.map(|column| ColumnOut::of(column, title(column))).collect(),
            bill_month: table.and_then(RowsSource::month_of),
        });
    }
    // One place of a paper may hold several records, so the day and amount cited belong to the key.
    let mut rows: BTreeMap<(u32, u32, Day, Option<SignedMoney>), RowOut> = BTreeMap::new();
    for case in &reduced.cases {
        for line in &case.lines {
            let (source, number) = (line.at.source.0, line.at.line);
            let cited = CitedBy { case: case.id.clone(), role: line.role.name().to_string() };
            if let Some(row) = rows.get_mut(&(source, number, line.day, line.money)) {
                row.cited_by.push(cited);
                continue;
            }
            let index = usize::try_from(source).unwrap_or(usize::MAX);
            let cells = table_of(index).and_then(|table| {
                let meant = (line.day, line.money.map(|money| money.0));
                let is_meant = |row: &&CitedRow| row.line == number && row.stated.is_none_or(|stated| stated == meant);
                let row = table.rows.iter().find(is_meant)?;
                let cells = table.columns.iter().zip(&row.cells);
                Some(cells.map(|(column, cell)| keeper.cell(table, column, cell)).collect())
            });
            let gone = || {
                let file = reduced.sources.get(index).map(|file| file.path.clone()).unwrap_or_default();
                ClaimError::RowGone { file, line: number }
            };
            let row = RowOut {
                source,
                line: number,
                date: line.day.to_string(),
                money: line.money.map(|money| MoneyOut::of(money.0)),
                cited_by: vec![cited],
                cells: cells.ok_or_else(gone)?,
            };
            rows.insert((source, number, line.day, line.money), row);
        }
    }
    let rows = rows.into_values().map(|mut row| {
        row.cited_by.sort();
        row.cited_by.dedup();
        row
    });
    Ok(Rows { schema: SCHEMA.to_string(), as_of: reduced.as_of.to_string(), sources, rows: rows.collect() })
}
