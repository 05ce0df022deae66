//! Which billing records speak of one purchase: an invoice, its receipt, the mails that tell of them, a list's row.
//!
//! An invoice number joins first. A record without one is joined by another identifier that just one purchase carries:
//! the number of a receipt or an order. A *single paper* without any is joined by amount, day and account, and only
//! where just one purchase fits it and it alone fits that purchase; where two purchases are possible, none is guessed.
//! An order mail is a paper of its purchase; the orders of a list stand beside the invoices as ever.
//!
//! Example: `Invoice-A.pdf` and `Receipt-A.pdf` carry number A, the mail that brought the receipt the receipt's number
//! alone, the mail `Your new plan` only day, amount and account: four papers, one purchase.

use crate::domain::{BillingKind, BillingRecord, Day, Money, SourceId, SourceRef};
use crate::payment::identifier_key;
use std::collections::{BTreeMap, BTreeSet};

/// Days by which the papers of one purchase may differ: an order placed before midnight is paid after it.
const SAME_PURCHASE_DAYS_MAX: i64 = 1;

/// What papers of one purchase say differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// The total.
    Total,
    /// The day of payment.
    PaidOn,
    /// The account billed.
    Account,
    /// The product.
    Product,
    /// The card.
    Card,
}

/// Two papers of one purchase that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The number that they share, if any.
    pub number: Option<String>,
    /// What they say differently.
    pub said: Said,
    /// Where the one stands.
    pub first: SourceRef,
    /// Where the other stands.
    pub second: SourceRef,
}

/// The records of each purchase, as indices.
pub(super) fn purchases(records: &[BillingRecord], single: &BTreeSet<SourceId>) -> Vec<Vec<usize>> {
    let mut by_number: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut loose = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let is_order =
            record.kind == BillingKind::Order && record.total.is_some() && single.contains(&record.at.source);
        if !matches!(record.kind, BillingKind::Invoice | BillingKind::Receipt) && !is_order {
            continue;
        }
        match record.number.as_deref().map(identifier_key).filter(|key| !key.is_empty() && !is_order) {
            Some(key) => by_number.entry(key).or_default().push(index),
            None => loose.push(index),
        }
    }
    let mut groups: Vec<Vec<usize>> = by_number.into_values().collect();
    let numbered = groups.len();
    let mut rest = Vec::new();
    for index in loose {
        match named_by(records, &groups[..numbered], index) {
            Some(group) => groups[group].push(index),
            None => rest.push(index),
        }
    }
    join_alike(records, single, &mut groups, rest);
    groups
}

/// The identifiers of a record.
fn identifiers(record: &BillingRecord) -> impl Iterator<Item = String> {
    let both = [&record.number, &record.reference];
    both.into_iter().flatten().map(|text| identifier_key(text)).filter(|key| !key.is_empty())
}

/// The one group that carries an identifier of the record.
fn named_by(records: &[BillingRecord], groups: &[Vec<usize>], index: usize) -> Option<usize> {
    let own: BTreeSet<String> = identifiers(&records[index]).collect();
    let shares =
        |group: &[usize]| group.iter().any(|member| identifiers(&records[*member]).any(|key| own.contains(&key)));
    let mut fitting = groups.iter().enumerate().filter(|(_, group)| !own.is_empty() && shares(group));
    match (fitting.next(), fitting.next()) {
        (Some((found, _)), None) => Some(found),
        _ => None,
    }
}

/// Joins what carries no identifier by amount, day and account, where both sides have just one choice.
fn join_alike(records: &[BillingRecord], single: &BTreeSet<SourceId>, groups: &mut Vec<Vec<usize>>, rest: Vec<usize>) {
    let (mut papers, rows): (Vec<usize>, Vec<usize>) =
        rest.into_iter().partition(|index| single.contains(&records[*index].at.source));
    groups.extend(rows.into_iter().map(|index| vec![index]));
    // Receipts before orders: an order joins a receipt, never the other way round.
    papers.sort_by_key(|index| (records[*index].kind == BillingKind::Order, *index));
    for is_order in [false, true] {
        let own: Vec<usize> =
            papers.iter().copied().filter(|index| (records[*index].kind == BillingKind::Order) == is_order).collect();
        let fitting = |index: usize, groups: &[Vec<usize>]| -> Vec<usize> {
            let fits = |group: &Vec<usize>| group.iter().all(|member| alike(&records[index], &records[*member]));
            (0..groups.len()).filter(|group| fits(&groups[*group])).collect()
        };
        let choices: Vec<Vec<usize>> = own.iter().map(|index| fitting(*index, groups)).collect();
        let mut alone = Vec::new();
        for (index, choice) in own.iter().zip(&choices) {
            let wanted_by = |group: usize| choices.iter().filter(|other| other.contains(&group)).count();
            match choice.as_slice() {
                [] => alone.push(*index),
                [group] if wanted_by(*group) == 1 => groups[*group].push(*index),
                // It is one of these purchases; which, nobody can tell, and it is none of its own.
                _ => {}
            }
        }
        groups.extend(alone.into_iter().map(|index| vec![index]));
    }
}

/// Whether two records may be papers of one purchase: amount, day and account agree, nothing contradicts.
fn alike(paper: &BillingRecord, other: &BillingRecord) -> bool {
    let agree = paper.total.is_some() && paper.total == other.total;
    let near = !apart(day_of(paper), day_of(other));
    let account = paper.account.is_some() && paper.account == other.account;
    let card = paper.card.is_none() || other.card.is_none() || paper.card == other.card;
    let product = paper.product.is_none() || other.product.is_none() || paper.product == other.product;
    let kinds = paper.kind != other.kind || paper.kind == BillingKind::Receipt && paper.at.source != other.at.source;
    agree && near && account && card && product && kinds
}

fn apart(one: Day, other: Day) -> bool {
    one.days_since(other).abs() > SAME_PURCHASE_DAYS_MAX
}

fn day_of(record: &BillingRecord) -> Day {
    record.paid_on.unwrap_or(record.date)
}

/// What the papers of one purchase, in different files, say differently.
pub(super) fn contradictions(records: &[BillingRecord], group: &[usize]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut members: Vec<&BillingRecord> = group.iter().map(|index| &records[*index]).collect();
    members.sort_by_key(|record| record.at);
    let number = members.iter().find_map(|record| record.number.clone());
    for said in [Said::Total, Said::PaidOn, Said::Account, Said::Product, Said::Card] {
        let differ = |a: &BillingRecord, b: &BillingRecord| match said {
            Said::Total => differs(&a.total.map(Money::abs), &b.total.map(Money::abs)),
            // One day is a matter of zones.
            Said::PaidOn => matches!((a.paid_on, b.paid_on), (Some(one), Some(other)) if apart(one, other)),
            Said::Account => differs(&a.account, &b.account),
            Said::Product => differs(&a.product, &b.product),
            Said::Card => differs(&a.card, &b.card),
        };
        let pairs =
            members.iter().enumerate().flat_map(|(place, a)| members[place + 1..].iter().map(move |b| (*a, *b)));
        let pair = pairs.into_iter().find(|(a, b)| a.at.source != b.at.source && differ(a, b));
        found.extend(pair.map(|(a, b)| Contradiction { number: number.clone(), said, first: a.at, second: b.at }));
    }
    found
}

fn differs<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{day, money};
    use crate::domain::{Account, BillingStatus, LastFour, Product};

    fn record(source: u32, kind: BillingKind, on: &str, total: &str, number: Option<&str>) -> BillingRecord {
        BillingRecord {
            at: SourceRef { source: SourceId(source), line: 1 },
            date: day(on),
            kind,
            number: number.map(str::to_string),
            account: Account::new("me@example.com"),
            product: Some(Product::ChatgptPlan),
            plan: None,
            description: String::new(),
            subtotal: None,
            tax: None,
            tax_name: None,
            total: Some(money(total)),
            amount_paid: None,
            amount_due: None,
            balance_after: None,
            status: BillingStatus::Paid,
            period_start: None,
            period_end: None,
            paid_on: None,
            payment_method: None,
            card: LastFour::at_end_of("4242"),
            reference: None,
            store: None,
            seats: None,
            opens: None,
        }
    }

    fn joined(records: &[BillingRecord]) -> Vec<Vec<usize>> {
        let single = records.iter().map(|record| record.at.source).collect();
        let mut groups = purchases(records, &single);
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort();
        groups
    }

    #[test]
    fn four_papers_of_one_purchase_are_one() {
        let mut mail = record(2, BillingKind::Receipt, "2026-05-02", "24.00 USD", None);
        mail.reference = Some("2555-9017".to_string());
        let mut receipt = record(1, BillingKind::Receipt, "2026-05-02", "24.00 USD", Some("TGBY8830-0006"));
        receipt.reference = Some("2555-9017".to_string());
        let records = [
            record(0, BillingKind::Invoice, "2026-05-02", "24.00 USD", Some("TGBY8830 0006")),
            receipt,
            mail,
            record(3, BillingKind::Order, "2026-05-01", "24.00 USD", Some("sub_EXAMPLE1")),
        ];
        assert_eq!(joined(&records), [vec![0, 1, 2, 3]]);
        assert!(contradictions(&records, &[0, 1, 2, 3]).is_empty());
    }

    #[test]
    fn likeness_joins_nothing_where_two_purchases_are_possible() {
        let receipts = [
            record(0, BillingKind::Receipt, "2026-05-02", "24.00 USD", Some("AAAA0000-0001")),
            record(1, BillingKind::Receipt, "2026-05-02", "24.00 USD", Some("AAAA0000-0002")),
        ];
        let order = || record(2, BillingKind::Order, "2026-05-02", "24.00 USD", Some("sub_EXAMPLE1"));
        let mut records = receipts.to_vec();
        records.push(order());
        assert_eq!(joined(&records), [vec![0], vec![1]], "the order is one of them");
        let mut other = order();
        other.at.source = SourceId(3);
        other.number = Some("sub_EXAMPLE2".to_string());
        let records = [receipts[0].clone(), order(), other];
        assert_eq!(joined(&records), [vec![0]], "one of the orders is the receipt's");
    }

    #[test]
    fn an_order_alone_is_a_purchase_and_another_account_is_another() {
        let mut foreign = record(1, BillingKind::Order, "2026-05-02", "24.00 USD", Some("sub_EXAMPLE1"));
        foreign.account = Account::new("you@example.com");
        let records = [record(0, BillingKind::Receipt, "2026-05-02", "24.00 USD", Some("AAAA0000-0001")), foreign];
        assert_eq!(joined(&records), [vec![0], vec![1]]);
    }

    #[test]
    fn papers_of_one_number_that_differ_are_named() {
        let mut other = record(1, BillingKind::Receipt, "2026-05-02", "42.00 USD", Some("AAAA0000-0001"));
        other.card = LastFour::at_end_of("6688");
        let records = [record(0, BillingKind::Invoice, "2026-05-02", "24.00 USD", Some("AAAA0000-0001")), other];
        let found = contradictions(&records, &[0, 1]);
        assert_eq!(found.iter().map(|one| one.said).collect::<Vec<_>>(), [Said::Total, Said::Card]);
        assert_eq!((found[0].first.source, found[0].second.source), (SourceId(0), SourceId(1)));
    }
}
