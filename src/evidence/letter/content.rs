//! What a letter says, from the address to the line to sign on.

use super::Letters;
use super::addressing::Parcel;
use super::figures::Figures;
use super::page::Shown;
use super::wording::{Ask, Speaker};
use crate::domain::{Money, SourceId};
use crate::reconciliation::Reconciliation;
use crate::report::{Block, Column, Document, Table, deadline_name, innocent_name};
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Addressee, Case, CaseLine, Deadline, Innocent, Reason, sum_by_currency};
use std::collections::{BTreeMap, BTreeSet};

/// Currencies of one sum that are named; payers have one or two.
const CURRENCIES_MAX: usize = 4;
/// Numbers of one payment that are named.
const REFERENCES_MAX: usize = 5;
/// Files that are named.
const FILES_MAX: usize = 6;
/// Kinds of deadlines that are named.
const DEADLINES_MAX: usize = 3;
/// An amount that is not known.
const NO_AMOUNT: &str = "-";

/// Writes the letter of a parcel with so many of its payments in the table.
pub(super) fn document(
    reconciliation: &Reconciliation,
    how: &Letters<'_>,
    parcel: &Parcel<'_>,
    lang: Lang,
    shown: &Shown,
) -> Document {
    let speaker = Speaker { lang, how, own: parcel.account.as_ref() };
    let vendor = speaker.vendor();
    let count = say::payments(lang, parcel.cases.len());
    let mut blocks = Vec::new();
    blocks.extend((lang != parcel.lang).then(|| Block::Paragraph(say::letter_is_copy(lang))));
    blocks.push(Block::Facts(address(reconciliation, parcel, &speaker)));
    blocks.push(Block::Paragraph(say::letter_opening(lang, &vendor)));
    blocks.push(Block::List(asks(parcel, &speaker)));
    let listed = shown.of(&parcel.cases);
    let is_whole = listed.len() == parcel.cases.len();
    blocks.extend((!listed.is_empty()).then(|| Block::Table(table(reconciliation, &listed, &speaker))));
    blocks.extend((!is_whole).then(|| Block::Paragraph(say::letter_rest(lang, listed.len(), &count))));
    blocks.push(Block::Facts(support(reconciliation, parcel, &speaker)));
    blocks.push(Block::Paragraph(say::letter_thanks(lang)));
    blocks.push(Block::Paragraph(say::letter_sign(lang)));
    Document { lang, title: say::letter_title(lang, count, vendor), blocks }
}

/// To whom, for which account, over how much, as of when.
fn address(reconciliation: &Reconciliation, parcel: &Parcel<'_>, speaker: &Speaker<'_>) -> Vec<(String, String)> {
    let lang = speaker.lang;
    let to = match speaker.how.vendor.contact(parcel.to.name()) {
        Some(contact) => say::letter_to_at(lang, speaker.number(&contact.name), speaker.number(&contact.channel)),
        None => addressee(lang, parcel.to),
    };
    let mut facts = vec![(say::letter_to(lang), to)];
    // Who carried the money knows neither account nor sign-in, so only what is known is worth a line there.
    let asks_account = !matches!(parcel.to, Addressee::Paypal | Addressee::Issuer);
    let account = parcel.account.as_ref().map(|own| speaker.account(own));
    let account = account.or_else(|| asks_account.then(|| say::letter_blank(lang)));
    facts.extend(account.map(|account| (say::letter_account(lang, speaker.vendor()), account)));
    if parcel.to == Addressee::Openai {
        facts.push((say::letter_add_for_vendor(lang), say::letter_blank(lang)));
    }
    let card = parcel.card.map(|card| card.to_string());
    let card = card.or_else(|| (parcel.to == Addressee::Issuer).then(|| say::letter_blank(lang)));
    facts.extend(card.map(|card| (say::letter_card(lang), card)));
    facts.push((say::letter_total(lang), amounts(lang, &parcel.cases)));
    facts.push((say::letter_as_of(lang), reconciliation.as_of.to_string()));
    facts
}

fn addressee(lang: Lang, to: Addressee) -> String {
    match to {
        Addressee::Openai => say::addressee_openai(lang),
        Addressee::Paypal => say::addressee_paypal(lang),
        Addressee::Issuer => say::addressee_issuer(lang),
        Addressee::Apple => say::addressee_apple(lang),
        Addressee::Google => say::addressee_google(lang),
    }
}

/// What is at issue over some cases, per currency.
fn amounts(lang: Lang, cases: &[&Case]) -> String {
    let sums = sum_by_currency(cases.iter().filter_map(|case| case.at_stake)).unwrap_or_default();
    let mut texts: Vec<String> = sums.iter().take(CURRENCIES_MAX).map(Money::to_string).collect();
    texts.extend((sums.len() > CURRENCIES_MAX).then(|| say::letter_more(lang)));
    if texts.is_empty() { NO_AMOUNT.to_string() } else { say::list(lang, &texts) }
}

/// One request a kind, over how many payments and how much.
fn asks(parcel: &Parcel<'_>, speaker: &Speaker<'_>) -> Vec<String> {
    let lang = speaker.lang;
    let mut of_ask: BTreeMap<Ask, Vec<&Case>> = BTreeMap::new();
    for case in &parcel.cases {
        of_ask.entry(Ask::of(case, parcel.to)).or_default().push(case);
    }
    let item = |(ask, cases): (Ask, Vec<&Case>)| {
        let words = ask.words(lang, &speaker.vendor());
        say::letter_item(lang, words, say::payments(lang, cases.len()), amounts(lang, &cases))
    };
    of_ask.into_iter().map(item).collect()
}

fn table(reconciliation: &Reconciliation, cases: &[&Case], speaker: &Speaker<'_>) -> Table {
    let lang = speaker.lang;
    let figures: Vec<Figures<'_>> = cases.iter().map(|case| Figures::new(reconciliation, case)).collect();
    // Where nothing was converted, the column would only repeat the one before.
    let is_converted = figures.iter().any(|figures| figures.settled.is_some());
    let text = |title: String| Column { title, is_amount: false };
    let amount = |title: String| Column { title, is_amount: true };
    let mut columns = vec![text(say::column_day(lang)), amount(say::letter_column_charged(lang))];
    columns.extend(is_converted.then(|| amount(say::letter_column_settled(lang))));
    columns.push(amount(say::letter_column_at_issue(lang)));
    columns.push(text(say::letter_column_references(lang)));
    columns.push(text(say::letter_column_wrong(lang)));
    let row = |(case, figures): (&&Case, &Figures<'_>)| {
        let money = |money: Option<Money>| money.map_or_else(|| NO_AMOUNT.to_string(), |money| money.to_string());
        let mut cells = vec![figures.day.to_string(), money(figures.charged)];
        cells.extend(is_converted.then(|| money(figures.settled)));
        cells.push(money(figures.at_issue));
        cells.push(references(case, figures, speaker));
        cells.push(speaker.wrong(case));
        cells
    };
    let rows = cases.iter().zip(&figures).map(row).collect();
    Table { caption: say::letter_payments(lang), columns, rows }
}

fn references(case: &Case, figures: &Figures<'_>, speaker: &Speaker<'_>) -> String {
    let lang = speaker.lang;
    let mut texts: Vec<String> = speaker.bought(case).into_iter().collect();
    texts.extend(figures.card.map(|card| say::letter_ref_card(lang, card)));
    texts.extend(figures.bank_day.map(|day| say::letter_ref_bank_day(lang, day)));
    texts.extend(figures.references.iter().take(REFERENCES_MAX).map(|reference| speaker.reference(reference)));
    texts.extend((figures.references.len() > REFERENCES_MAX).then(|| say::letter_more(lang)));
    if texts.is_empty() { NO_AMOUNT.to_string() } else { say::list(lang, &texts) }
}

/// What supports the letter, what was ruled out and what not, and which dates matter.
fn support(reconciliation: &Reconciliation, parcel: &Parcel<'_>, speaker: &Speaker<'_>) -> Vec<(String, String)> {
    let lang = speaker.lang;
    let (ruled_out, open) = explanations(&parcel.cases);
    let words = |all: BTreeSet<Innocent>| all.into_iter().map(|what| innocent_name(lang, what)).collect::<Vec<_>>();
    let mut facts = Vec::new();
    for (label, texts) in [
        (say::letter_evidence(lang), evidence(reconciliation, parcel, speaker)),
        (say::letter_ruled_out(lang), words(ruled_out)),
        (say::letter_not_ruled_out(lang), words(open)),
        (say::letter_deadlines(lang), deadlines(reconciliation, parcel, speaker)),
    ] {
        if !texts.is_empty() {
            facts.push((label, say::list(lang, &texts)));
        }
    }
    facts
}

/// Each cited file with the number of its rows.
fn evidence(reconciliation: &Reconciliation, parcel: &Parcel<'_>, speaker: &Speaker<'_>) -> Vec<String> {
    let lang = speaker.lang;
    let mut cited: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
    let lines = parcel.cases.iter().flat_map(|case| &case.lines);
    let is_known = |line: &&CaseLine| usize::try_from(line.at.source.0).is_ok_and(|i| i < reconciliation.sources.len());
    for line in lines.filter(is_known) {
        cited.entry(line.at.source).or_default().insert(line.at.line);
    }
    let name = |id: &SourceId| {
        let known = usize::try_from(id.0).ok().and_then(|index| speaker.how.file_names.get(index));
        known.map_or_else(|| say::letter_unnamed_file(lang, id.0.saturating_add(1)), |name| speaker.number(name))
    };
    let rows = |lines: &BTreeSet<u32>| say::rows(lang, u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let mut texts: Vec<String> =
        cited.iter().take(FILES_MAX).map(|(id, lines)| say::letter_file(lang, name(id), rows(lines))).collect();
    texts.extend((cited.len() > FILES_MAX).then(|| say::letter_more(lang)));
    texts
}

/// Innocent explanations ruled out in every case in which they were looked at, and those left open in any.
fn explanations(cases: &[&Case]) -> (BTreeSet<Innocent>, BTreeSet<Innocent>) {
    let (mut ruled_out, mut open) = (BTreeSet::new(), BTreeSet::new());
    let mut looked_at: Vec<BTreeSet<Innocent>> = Vec::new();
    for case in cases {
        let mut of_case = BTreeSet::new();
        for reason in &case.reasons {
            match reason {
                Reason::RuledOut { what } => {
                    of_case.insert(*what);
                }
                Reason::NotRuledOut { what } => {
                    open.insert(*what);
                }
                _ => {}
            }
        }
        ruled_out.extend(of_case.iter().copied());
        looked_at.push(of_case);
    }
    // A case of another kind does not look at them at all.
    looked_at.retain(|of_case| !of_case.is_empty());
    ruled_out.retain(|what| !open.contains(what) && looked_at.iter().all(|of_case| of_case.contains(what)));
    (ruled_out, open)
}

/// The next last day of each kind. One that has passed helps nobody here; the report names it.
fn deadlines(reconciliation: &Reconciliation, parcel: &Parcel<'_>, speaker: &Speaker<'_>) -> Vec<String> {
    let of_cases = parcel.cases.iter().flat_map(|case| &case.deadlines);
    let mut all: Vec<&Deadline> = of_cases.filter(|deadline| deadline.by >= reconciliation.as_of).collect();
    all.sort();
    let mut named: Vec<&Deadline> = Vec::new();
    for deadline in all {
        if named.iter().all(|earlier| earlier.what != deadline.what) {
            named.push(deadline);
        }
    }
    let words = |deadline: &&Deadline| {
        say::letter_deadline(speaker.lang, deadline_name(speaker.lang, &deadline.what), deadline.by)
    };
    named.iter().take(DEADLINES_MAX).map(words).collect()
}
