//! One case: what happened, when, by which rows, what the conversion did, what was ruled out, what is left to do.

use super::{absence, amount_column, column, conversion, heading, history};
use crate::domain::Account;
use crate::reconciliation::Reconciliation;
use crate::report::document::{Block, Table};
use crate::report::places;
use crate::report::row::{Row, amount, amount_titles, money_of};
use crate::report::voice::Voice;
use crate::report::wording;
use crate::text::{catalogue as say, clean};
use crate::verdict::{Case, CaseLine, Reason};

/// The section of a case, its heading anchored by the case's id.
pub(super) fn of(reconciliation: &Reconciliation, voice: Voice<'_>, row: &Row<'_>) -> Vec<Block> {
    let case = row.case;
    let voice = voice.about(case);
    let lang = voice.lang;
    let title = say::case_heading(lang, case.day, &row.verdict_in_full);
    let mut blocks = vec![heading(2, Some(case.id.clone()), title), Block::Facts(facts(voice, row))];
    blocks.push(heading(3, None, say::happened_heading(lang)));
    let told = |reason: &&Reason| {
        !matches!(reason, Reason::RuledOut { .. } | Reason::NotRuledOut { .. } | Reason::ConversionCost { .. })
    };
    blocks.push(Block::List(case.reasons.iter().filter(told).map(|r| wording::reason(&voice, r)).collect()));
    blocks.extend(history::of(reconciliation, voice, case));
    blocks.push(heading(3, None, say::chain_heading(lang)));
    blocks.push(Block::Table(chain(reconciliation, voice, case)));
    blocks.extend(conversion::of(voice, case));
    blocks.extend(listed(say::ruled_out_heading(lang), row.ruled_out.clone()));
    blocks.extend(listed(say::open_heading(lang), row.open.clone()));
    blocks.extend(absence::of(reconciliation, voice, case));
    blocks.extend(deadlines(voice, case));
    blocks
}

fn listed(title: String, items: Vec<String>) -> Vec<Block> {
    match items.is_empty() {
        true => Vec::new(),
        false => vec![heading(3, None, title), Block::List(items)],
    }
}

fn facts(voice: Voice<'_>, row: &Row<'_>) -> Vec<(String, String)> {
    let (lang, case) = (voice.lang, row.case);
    let mut facts = vec![(say::column_case(lang), case.id.clone())];
    let amounts = amount_titles(lang).into_iter().zip(money_of(row));
    facts.extend(amounts.filter_map(|(title, money)| Some((title, money?.to_string()))));
    facts.extend(case.claim_to.map(|to| (say::key_claim_from(lang), wording::addressee(lang, to))));
    let account = |account: &Account| (say::key_account(lang), voice.account(account));
    facts.extend(case.account.as_ref().map(account));
    facts.push((say::key_confidence(lang), wording::confidence(lang, case.confidence)));
    facts
}

fn chain(reconciliation: &Reconciliation, voice: Voice<'_>, case: &Case) -> Table {
    let lang = voice.lang;
    let ids = ids(case);
    let cells = |line: &CaseLine| {
        vec![
            line.day.to_string(),
            wording::role(lang, line.role),
            places::one(&voice, line.at, reconciliation),
            amount(line.money.map(|money| money.0)),
            line.text.as_ref().map(|text| voice.plain(text, &ids)).unwrap_or_default(),
            line.id.as_ref().map(|id| clean(id).into_owned()).unwrap_or_default(),
        ]
    };
    Table {
        caption: say::chain_caption(lang, &case.id),
        columns: vec![
            column(say::column_day(lang)),
            column(say::column_role(lang)),
            column(say::column_place(lang)),
            amount_column(say::column_amount(lang)),
            column(say::column_text(lang)),
            column(say::column_id(lang)),
        ],
        rows: case.lines.iter().map(cells).collect(),
    }
}

/// The identifiers of a case's rows: evidence, never masked.
pub(super) fn ids(case: &Case) -> Vec<&str> {
    case.lines.iter().filter_map(|line| line.id.as_deref()).collect()
}

fn deadlines(voice: Voice<'_>, case: &Case) -> Vec<Block> {
    let lang = voice.lang;
    if case.deadlines.is_empty() {
        return Vec::new();
    }
    let table = Table {
        caption: say::deadlines_caption(lang, &case.id),
        columns: vec![column(say::column_by(lang)), column(say::column_role(lang)), column(say::column_source(lang))],
        rows: (case.deadlines.iter())
            .map(|deadline| {
                let source = clean(deadline.source.of(lang)).into_owned();
                vec![deadline.by.to_string(), wording::deadline(&voice, &deadline.what), source]
            })
            .collect(),
    };
    vec![
        heading(3, None, say::deadlines_heading(lang)),
        Block::Table(table),
        Block::Paragraph(say::deadlines_note(lang)),
    ]
}
