//! Overlapping exports of one account.
//!
//! Two files overlap if formats and accounts do not contradict and, on every day strictly inside both periods, they
//! hold the same booked rows (`captures` follows reserved amounts into booked ones); then a row that stands n times in
//! one and m times in the other stands max(n, m) times. Rows of one file are never merged. Files that overlap in time but hold different rows are different accounts (or one was
//! changed): both are kept whole and reported.

use super::{Instrument, InstrumentId};
use crate::domain::{Day, Entry, LastFour, Period, SourceId};
use crate::source::{SourceFile, SourceSide, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// Days after which a reserved amount is booked at the latest, where two exports are compared.
const OPEN_DAYS_MAX: u32 = 7;

/// What was found of two exports of one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// They hold the same rows where they overlap; `rows` vendor rows stand in both and count once.
    Merged {
        /// The one file.
        first: SourceId,
        /// The other.
        second: SourceId,
        /// Number of vendor rows that stand in both.
        rows: u32,
    },
    /// They cover the same days with different rows.
    Disagree {
        /// The one file.
        first: SourceId,
        /// The other.
        second: SourceId,
        /// The first day on which they differ.
        day: Day,
    },
}

/// The entries with every movement once.
pub(super) struct Merged {
    pub entries: Vec<Entry>,
    /// Pairs of equal rows in two exports that disagree: perhaps one movement, perhaps two.
    pub twins: Vec<(usize, usize)>,
    /// Instrument of each entry.
    pub instrument_of: Vec<InstrumentId>,
    pub instruments: Vec<Instrument>,
    pub overlaps: Vec<Overlap>,
}

/// How two files of one format stand to each other.
enum Relation {
    /// They share days and hold the same rows on them.
    Same,
    /// Nothing speaks for or against one account.
    Open,
    /// They cannot be one account.
    Different(Option<Day>),
}

/// A key that is equal for the same row in two exports and does not depend on where the row stands.
fn row_key(entry: &Entry) -> impl Ord + '_ {
    let days = (entry.transaction_date.map(|date| date.0), entry.posting_date.map(|date| date.0));
    let original = entry.original.map(|money| (money.currency(), money.minor_units()));
    let marks = (entry.kind, entry.status, entry.card);
    (days, &entry.descriptor, &entry.memo, entry.value, entry.currency, original, &entry.id, &entry.reference, marks)
}

/// The days strictly inside both periods, or `None` where the periods do not touch.
fn shared_inside(first: Period, second: Period) -> Option<(Day, Day)> {
    let (from, to) = (first.from.max(second.from), first.to.min(second.to));
    (from <= to).then_some((from, to))
}

fn relation(first: &SourceFile, second: &SourceFile) -> Relation {
    // Files of one size are always digested.
    if first.bytes == second.bytes && first.sha256 == second.sha256 {
        return Relation::Same;
    }
    let accounts = (&first.account, &second.account);
    if first.format != second.format || matches!(accounts, (Some(a), Some(b)) if a != b) {
        return Relation::Different(None);
    }
    let cards = (&first.survey.cards, &second.survey.cards);
    if !cards.0.is_empty() && !cards.1.is_empty() && cards.0.is_disjoint(cards.1) {
        return Relation::Different(None);
    }
    let (Some(a), Some(b)) = (first.survey.covers, second.survey.covers) else { return Relation::Open };
    let Some((from, to)) = shared_inside(a, b) else { return Relation::Open };
    let inside = |day: &Day| from < *day && *day < to;
    let days: BTreeSet<Day> =
        first.survey.days.keys().chain(second.survey.days.keys()).copied().filter(inside).collect();
    let mut relation = Relation::Open;
    for day in days {
        match agreement(&first.survey, &second.survey, day) {
            Agreement::Same => relation = Relation::Same,
            Agreement::Explained => {}
            Agreement::Different => return Relation::Different(Some(day)),
        }
    }
    relation
}

/// How two exports stand to each other on one day that both cover.
enum Agreement {
    /// They hold the same booked rows.
    Same,
    /// They differ in rows that were not booked yet, or that were booked since: this says nothing.
    Explained,
    /// One holds a booked row that the other must hold too.
    Different,
}

/// Reserved amounts change, are booked or vanish from one export to the next, so booked rows are compared; a further
/// booked row is explained by an amount that the other export still shows as reserved.
fn agreement(first: &Survey, second: &Survey, day: Day) -> Agreement {
    if first.days.get(&day) == second.days.get(&day) {
        return Agreement::Same;
    }
    let (a, b) = (first.booked(day), second.booked(day));
    if a == b {
        return if a.rows > 0 { Agreement::Same } else { Agreement::Explained };
    }
    let (fewer, further) = if a.rows < b.rows { (first, b.rows - a.rows) } else { (second, a.rows - b.rows) };
    let near = day.minus(OPEN_DAYS_MAX)..=day.plus(1);
    let open = fewer.open.range(near).map(|(_, open)| open.rows).fold(0u32, u32::saturating_add);
    if (1..=open).contains(&further) { Agreement::Explained } else { Agreement::Different }
}

/// Groups the statements of one format into accounts and reports what was found.
fn accounts_of(files: &[SourceFile], ids: &[SourceId], overlaps: &mut Vec<Overlap>) -> Vec<Vec<SourceId>> {
    let mut groups: Vec<Vec<SourceId>> = Vec::new();
    let mut differ = false;
    for &id in ids {
        let file = &files[id.0 as usize];
        let mut home = None;
        for (index, group) in groups.iter().enumerate() {
            let relations: Vec<Relation> = group.iter().map(|other| relation(&files[other.0 as usize], file)).collect();
            for (other, found) in group.iter().zip(&relations) {
                if let Relation::Different(day) = found {
                    differ = true;
                    overlaps.extend(day.map(|day| Overlap::Disagree { first: *other, second: id, day }));
                }
            }
            let same = relations.iter().any(|found| matches!(found, Relation::Same));
            let different = relations.iter().any(|found| matches!(found, Relation::Different(_)));
            if same && !different && home.is_none() {
                home = Some(index);
            }
        }
        match home {
            Some(index) => groups[index].push(id),
            None => groups.push(vec![id]),
        }
    }
    // Without any contradiction among them, files of one format that merely follow each other are one account: people
    // export year by year. With a contradiction nobody can say which account such a file continues, so it stays alone.
    if differ { groups } else { vec![groups.into_iter().flatten().collect()] }
}

/// Merges the entries of overlapping exports and tells the payer's instruments apart.
pub(super) fn merge(files: &[SourceFile], entries: Vec<Entry>) -> Merged {
    let mut overlaps = Vec::new();
    let mut by_format: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if file.side == SourceSide::Statement {
            by_format.entry(&file.format).or_default().push(SourceId(u32::try_from(index).unwrap_or(u32::MAX)));
        }
    }
    let mut account_of: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut accounts: Vec<Vec<SourceId>> = Vec::new();
    for ids in by_format.values() {
        // The order in which files are compared must not depend on their names.
        let mut ids = ids.clone();
        ids.sort_by_key(|id| {
            let file = &files[id.0 as usize];
            (file.survey.covers, file.bytes, file.sha256.clone())
        });
        for group in accounts_of(files, &ids, &mut overlaps) {
            account_of.extend(group.iter().map(|id| (*id, accounts.len())));
            accounts.push(group);
        }
    }
    let rows = merge_rows(entries, &account_of, &mut overlaps);
    name_instruments(files, rows, &accounts, overlaps)
}

/// Lays the k-th occurrence of a row in one file over the k-th in each other file of the account.
fn merge_rows(
    entries: Vec<Entry>,
    account_of: &BTreeMap<SourceId, usize>,
    overlaps: &mut Vec<Overlap>,
) -> Vec<(usize, Entry)> {
    let of_account = |entry: Entry| Some((*account_of.get(&entry.at.source)?, entry));
    let mut rows: Vec<(usize, Entry)> = entries.into_iter().filter_map(of_account).collect();
    // Equal rows stand together, those of one file side by side.
    rows.sort_by(|(a, first), (b, second)| {
        a.cmp(b).then_with(|| row_key(first).cmp(&row_key(second))).then_with(|| first.at.cmp(&second.at))
    });
    let mut shared: BTreeMap<(SourceId, SourceId), u32> = BTreeMap::new();
    let mut merged: Vec<(usize, Entry)> = Vec::with_capacity(rows.len());
    // Where the equal rows begin among the merged ones, the file of the last one, and how many of that file were seen.
    let (mut begin, mut last, mut seen) = (0, None, 0);
    for (account, entry) in rows {
        let is_equal = |first: &(usize, Entry)| first.0 == account && row_key(&first.1).cmp(&row_key(&entry)).is_eq();
        if !merged.get(begin).is_some_and(is_equal) {
            (begin, last) = (merged.len(), None);
        }
        seen = if last == Some(entry.at.source) { seen + 1 } else { 0 };
        last = Some(entry.at.source);
        match merged.get_mut(begin + seen) {
            None => merged.push((account, entry)),
            Some((_, first)) => {
                *shared.entry((first.at.source, entry.at.source)).or_default() += 1;
                first.also_at.push(entry.at);
            }
        }
    }
    overlaps.extend(shared.into_iter().map(|((first, second), rows)| Overlap::Merged { first, second, rows }));
    merged
}

/// An instrument is an account and, where rows name them, one card of it.
fn name_instruments(
    files: &[SourceFile],
    mut rows: Vec<(usize, Entry)>,
    accounts: &[Vec<SourceId>],
    overlaps: Vec<Overlap>,
) -> Merged {
    let place = |(account, entry): &(usize, Entry)| (*account, entry.at);
    rows.sort_by(|first, second| {
        let by_day = first.1.day().cmp(&second.1.day());
        by_day.then_with(|| row_key(&first.1).cmp(&row_key(&second.1))).then_with(|| place(first).cmp(&place(second)))
    });
    let mut ids: BTreeMap<(usize, Option<LastFour>), InstrumentId> = BTreeMap::new();
    let mut instruments: Vec<Instrument> = Vec::new();
    let mut merged =
        Merged { entries: Vec::new(), twins: Vec::new(), instrument_of: Vec::new(), instruments: Vec::new(), overlaps };
    for (account, entry) in rows {
        // A file that names one card speaks of that card in every row, also where a row leaves the cell empty.
        let file = &files[entry.at.source.0 as usize];
        let only = (file.survey.cards.len() == 1).then(|| file.survey.cards.first().copied()).flatten();
        let card = entry.card.or(only);
        let id = *ids.entry((account, card)).or_insert_with(|| {
            instruments.push(Instrument {
                files: accounts[account].clone(),
                card,
                format: file.format.clone(),
                channel: file.channel.clone(),
                is_wallet: file.is_wallet(),
            });
            InstrumentId(instruments.len() - 1)
        });
        merged.instrument_of.push(id);
        merged.entries.push(entry);
    }
    merged.instruments = instruments;
    merged.twins = twins(&merged);
    merged
}

/// Equal rows of two exports that disagree, the k-th with the k-th.
fn twins(merged: &Merged) -> Vec<(usize, usize)> {
    let disagree = |first: &Entry, second: &Entry| {
        merged.overlaps.iter().any(|overlap| match overlap {
            Overlap::Disagree { first: a, second: b, .. } => {
                let pair = (first.at.source, second.at.source);
                pair == (*a, *b) || pair == (*b, *a)
            }
            Overlap::Merged { .. } => false,
        })
    };
    let mut twins = Vec::new();
    let mut paired: BTreeSet<usize> = BTreeSet::new();
    for (index, entry) in merged.entries.iter().enumerate() {
        // Entries are sorted by day and row key, so equal rows stand together.
        let is_alike = |(_, other): &(usize, &Entry)| row_key(other).cmp(&row_key(entry)).is_eq();
        let alike = merged.entries.iter().enumerate().skip(index + 1).take_while(is_alike);
        let twin = alike
            .map(|(other, row)| (other, disagree(entry, row)))
            .find(|(other, differ)| *differ && !paired.contains(other) && !paired.contains(&index));
        if let Some((other, _)) = twin {
            paired.extend([index, other]);
            twins.push((index, other));
        }
    }
    twins
}
