//! Which cases go to whom: one letter for each addressee, account and, with a card's issuer, card.

use super::figures;
use crate::domain::{Account, Currency, LastFour, SourceId};
use crate::reconciliation::Reconciliation;
use crate::text::Lang;
use crate::verdict::{Addressee, Case, Cause, Reason, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// The cases of one letter.
pub(super) struct Parcel<'a> {
    /// To whom it goes.
    pub to: Addressee,
    /// The account claimed for, if it is known.
    pub account: Option<Account>,
    /// The card, where all cases were paid with one.
    pub card: Option<LastFour>,
    /// The cases in the order of the reconciliation; never empty.
    pub cases: Vec<&'a Case>,
    /// Language of the letter that is sent.
    pub lang: Lang,
}

/// What tells two card issuers apart: the card, else the file that shows the charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Instrument {
    Card(LastFour),
    File(SourceId),
}

/// What the cases of one letter have in common.
type Key = (Addressee, Option<Account>, Option<Instrument>);
type Groups<'a> = BTreeMap<Key, Vec<&'a Case>>;

/// Every letter's cases, in a fixed order.
pub(super) fn parcels(reconciliation: &Reconciliation) -> Vec<Parcel<'_>> {
    let mut groups: Groups<'_> = BTreeMap::new();
    for case in reconciliation.cases.iter().filter(|case| case.claimable) {
        for to in addressees(case) {
            let instrument = (to == Addressee::Issuer).then(|| instrument(reconciliation, case)).flatten();
            groups.entry((to, claimed_account(case), instrument)).or_default().push(case);
        }
    }
    let groups = with_their_account(groups);
    let parcel = |((to, account, _), cases): (Key, Vec<_>)| Parcel {
        to,
        account,
        card: only_card(reconciliation, &cases),
        lang: language(to, &cases),
        cases,
    };
    groups.into_iter().map(parcel).collect()
}

/// Puts cases without a known account into the letter of the only account that is known to that addressee: it is the
/// one to look at first, and the letter says that another login was not ruled out. Among several, nobody can choose.
fn with_their_account(mut groups: Groups<'_>) -> Groups<'_> {
    let unknown: Vec<Key> = groups.keys().filter(|(_, account, _)| account.is_none()).cloned().collect();
    for key in unknown {
        let known: BTreeSet<&Account> =
            groups.keys().filter(|other| other.0 == key.0).filter_map(|other| other.1.as_ref()).collect();
        let only = known.first().filter(|_| known.len() == 1).map(|account| (*account).clone());
        let Some(account) = only else { continue };
        if let Some(cases) = groups.remove(&key) {
            let merged = groups.entry((key.0, Some(account), key.2)).or_default();
            merged.extend(cases);
            merged.sort_by_key(|case| (case.day, &case.id));
        }
    }
    groups
}

/// Whom a case is taken to: the addressee of the claim; and where the vendor has no record of the charge at all, also
/// who carried the money there.
fn addressees(case: &Case) -> Vec<Addressee> {
    // A claim that names nobody is the vendor's: it must not be lost.
    let to = case.claim_to.unwrap_or(Addressee::Openai);
    let mut all = vec![to];
    if to == Addressee::Openai && case.cause == Some(Cause::NoInvoice) {
        let through_paypal = case.reasons.contains(&Reason::AskPaypal);
        all.push(if through_paypal { Addressee::Paypal } else { Addressee::Issuer });
    }
    all
}

/// The account that the claim is made for. Where the invoice went to somebody else's, that is the payer's own; if the
/// payer named several, which one was meant is not known.
pub(super) fn claimed_account(case: &Case) -> Option<Account> {
    if case.verdict != Verdict::WrongAccount {
        return case.account.clone();
    }
    let given = case.reasons.iter().find_map(|reason| match reason {
        Reason::WrongAccount { given, .. } => Some(given),
        _ => None,
    });
    given.filter(|given| given.len() == 1).and_then(|given| given.first().cloned())
}

fn instrument(reconciliation: &Reconciliation, case: &Case) -> Option<Instrument> {
    let by_file = || figures::bank_line(reconciliation, case).map(|line| Instrument::File(line.at.source));
    figures::card(reconciliation, case).map(Instrument::Card).or_else(by_file)
}

fn only_card(reconciliation: &Reconciliation, cases: &[&Case]) -> Option<LastFour> {
    let first = figures::card(reconciliation, cases.first()?)?;
    cases.iter().all(|case| figures::card(reconciliation, case) == Some(first)).then_some(first)
}

/// English, but Chinese to the issuer of a card that is charged in yuan.
fn language(to: Addressee, cases: &[&Case]) -> Lang {
    let in_yuan = |case: &&Case| case.paid.is_some_and(|paid| paid.currency() == Currency::CNY);
    if to == Addressee::Issuer && cases.iter().any(in_yuan) { Lang::Zh } else { Lang::En }
}
