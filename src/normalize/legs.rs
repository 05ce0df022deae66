//! Kinds of a wallet's rows whose words are not known, from what the rows themselves prove.
//!
//! A wallet prints its types in the language of the account. Of a row that belongs to a payment of the vendor the type
//! can often be proved without its word: two rows of one type that refer to one purchase, in two currencies and of
//! opposite signs, the foreign one bringing in what the purchase takes, are the legs of its conversion; what else brings
//! in money of the purchase's or the other leg's currency, and no more than is needed, funds it. Anything else stays
//! unknown and is refused.

use crate::domain::{Entry, EntryKind};
use rust_decimal::Decimal;

/// The kind of each row of unknown type, where the rows prove it. `known` are the rows that were understood.
pub(super) fn infer(known: &[Entry], unknown: &[Entry]) -> Vec<Option<EntryKind>> {
    let mut kinds = vec![None; unknown.len()];
    for parent in known.iter().filter(|entry| matches!(entry.kind, EntryKind::Purchase | EntryKind::Refund)) {
        if parent.id.is_none() {
            continue;
        }
        let members: Vec<usize> = (0..unknown.len())
            .filter(|row| unknown[*row].reference.is_some() && unknown[*row].reference == parent.id)
            .collect();
        infer_of(parent, known, unknown, &members, &mut kinds);
    }
    kinds
}

/// Whether a row moves money against its parent: into the wallet for a purchase, out of it for a refund.
fn is_against(parent: &Entry, row: &Entry) -> bool {
    matches!((parent.value, row.value), (Some(a), Some(b)) if a.is_sign_negative() != b.is_sign_negative())
}

fn infer_of(parent: &Entry, known: &[Entry], unknown: &[Entry], members: &[usize], kinds: &mut [Option<EntryKind>]) {
    let is_foreign =
        |row: &Entry| row.currency == parent.currency && is_against(parent, row) && is_within(row, parent.value);
    let is_home = |row: &Entry| {
        row.currency != parent.currency && row.currency.is_some() && row.value.is_some() && !is_against(parent, row)
    };
    let of_parent = |row: &&Entry| row.kind == EntryKind::Conversion && row.reference == parent.id;
    let mut home: Option<&Entry> = known.iter().filter(of_parent).find(|row| is_home(row));
    for &one in members {
        let alike = |row: &usize| {
            let row = &unknown[*row];
            row.descriptor == unknown[one].descriptor
                && row.day() == unknown[one].day()
                && row.moment == unknown[one].moment
        };
        let legs: Vec<usize> = members.iter().copied().filter(alike).collect();
        if let [first, second] = legs[..]
            && let Some((_, leg)) = [(first, second), (second, first)]
                .into_iter()
                .map(|(a, b)| (&unknown[a], &unknown[b]))
                .find(|(a, b)| is_foreign(a) && is_home(b))
        {
            kinds[first] = Some(EntryKind::Conversion);
            kinds[second] = Some(EntryKind::Conversion);
            home = Some(leg);
        }
    }
    let (limit, currency) = home.map_or((parent.value, parent.currency), |leg| (leg.value, leg.currency));
    for &row in members.iter().filter(|row| kinds[**row].is_none()).collect::<Vec<_>>() {
        let entry = &unknown[row];
        if entry.currency == currency && is_against(parent, entry) && is_within(entry, limit) {
            let draws = parent.value.is_some_and(|value| value.is_sign_negative());
            kinds[row] = Some(if draws { EntryKind::Funding } else { EntryKind::Withdrawal });
        }
    }
}

fn is_within(row: &Entry, limit: Option<Decimal>) -> bool {
    matches!((row.value, limit), (Some(value), Some(limit)) if !value.is_zero() && value.abs() <= limit.abs())
}
