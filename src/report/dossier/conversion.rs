//! What a conversion did, as a picture and in figures: both hold the same parts, and both are left out where the parts
//! do not add up.

use super::{amount_column, column, heading};
use crate::domain::Money;
use crate::picture::{Bar, BarKind, Ink, Waterfall, waterfall};
use crate::report::document::{Block, Table};
use crate::report::row;
use crate::report::voice::Voice;
use crate::report::wording;
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Case, CaseFx, Reason};

/// The section, where a conversion or the loss of a refund is to be shown.
pub(super) fn of(voice: Voice<'_>, case: &Case) -> Vec<Block> {
    let lang = voice.lang;
    let mut blocks = Vec::new();
    let mut shown: Vec<Money> = Vec::new();
    for parts in all_parts(lang, case) {
        let bars: Vec<Bar> = parts.bars.iter().filter(|bar| !bar.amount.is_zero()).cloned().collect();
        let alt = format!("{}\n{}", parts.title, say::parts_add_up(lang));
        let Some(scene) = waterfall(&Waterfall { alt, bars, cut_note: say::parts_cut(lang) }) else { continue };
        shown.extend(parts.bars.iter().map(|bar| bar.amount.abs()));
        blocks.push(Block::Figure { scene, caption: say::parts_add_up(lang) });
        blocks.push(Block::Table(Table {
            caption: parts.title,
            columns: vec![column(say::column_part(lang)), amount_column(say::column_amount(lang))],
            rows: parts.bars.into_iter().map(|bar| vec![bar.label, bar.amount.to_string()]).collect(),
        }));
    }
    if let Some(fx) = &case.fx {
        blocks.extend(row::conversion(&voice, case, fx).map(Block::Paragraph));
        blocks.push(Block::Facts(facts(voice, fx, &shown)));
    }
    if !blocks.is_empty() {
        blocks.insert(0, heading(3, None, say::conversion_heading(lang)));
    }
    blocks
}

/// What the pictures do not hold: the band, and figures that are part of no sum.
fn facts(voice: Voice<'_>, fx: &CaseFx, shown: &[Money]) -> Vec<(String, String)> {
    let lang = voice.lang;
    let (lo, hi) = fx.band_percent;
    let range = say::usual_range(lang, lo, hi, wording::channel_name(&voice, &fx.channel));
    let mut facts = vec![(say::key_usual_range(lang), range)];
    let printed = fx.statement_rate.and_then(|printed| Some((printed.rate, printed.over_percent?)));
    facts.extend(printed.map(|(rate, percent)| {
        let rate = wording::rate_in(rate, fx.reference_cost.currency());
        (say::statement_rate_key(lang), say::statement_rate_fact(lang, rate, percent))
    }));
    let beside = fx.statement_rate.and_then(|printed| printed.beside);
    facts.extend(beside.map(|money| (say::statement_rate_beside(lang), money.to_string())));
    let figures = [
        (say::part_reference_cost(lang), Some(fx.reference_cost)),
        (say::part_markup(lang), fx.markup),
        (say::part_fees(lang), fx.fees),
        (say::part_taxes(lang), fx.taxes),
        (say::part_available(lang), fx.available),
        (say::part_needed(lang), fx.needed),
        (say::part_short(lang), fx.shortfall),
    ];
    let left = figures.into_iter().filter_map(|(name, money)| Some((name, money?)));
    facts
        .extend(left.filter(|(_, money)| !shown.contains(&money.abs())).map(|(name, money)| (name, money.to_string())));
    facts
}

/// A sum with its title.
struct Parts {
    title: String,
    bars: Vec<Bar>,
}

impl Parts {
    fn new(title: String) -> Parts {
        Parts { title, bars: Vec::new() }
    }

    fn total(mut self, label: String, amount: Money, ink: Ink) -> Parts {
        self.bars.push(Bar { label, amount, kind: BarKind::Total, ink });
        self
    }

    fn change(mut self, label: String, amount: Money, ink: Ink) -> Parts {
        self.bars.push(Bar { label, amount, kind: BarKind::Change, ink });
        self
    }
}

fn all_parts(lang: Lang, case: &Case) -> Vec<Parts> {
    [of_charge(lang, case), of_refund(lang, case), of_payment(lang, case), of_decline(lang, case)]
        .into_iter()
        .flatten()
        .collect()
}

/// Reference cost, markup, fees and taxes: what was paid.
fn of_charge(lang: Lang, case: &Case) -> Option<Parts> {
    let (fx, paid) = (case.fx.as_ref()?, case.paid?);
    let mut parts = Parts::new(say::parts_of_charge(lang))
        .total(say::part_reference_cost(lang), fx.reference_cost, Ink::Invoice)
        .change(say::part_markup(lang), fx.markup?, Ink::Charge);
    if let Some(fees) = fx.fees {
        parts = parts.change(say::part_fees(lang), fees, Ink::Charge);
    }
    if let Some(taxes) = fx.taxes {
        parts = parts.change(say::part_taxes(lang), taxes, Ink::Charge);
    }
    Some(parts.total(say::part_paid(lang), paid, Ink::Charge))
}

/// What was paid, less the losses: what came back.
fn of_refund(lang: Lang, case: &Case) -> Option<Parts> {
    let (paid, back, missing) = case.reasons.iter().find_map(|reason| match reason {
        Reason::RefundShort { paid, back, missing } => Some((*paid, *back, *missing)),
        _ => None,
    })?;
    let losses = case.reasons.iter().find_map(|reason| match reason {
        Reason::RefundLoss { markup_and_fees, rate_move, refund_spread, .. } => {
            Some([*markup_and_fees, *rate_move, *refund_spread])
        }
        _ => None,
    });
    let parts = Parts::new(say::parts_of_refund(lang)).total(say::part_paid(lang), paid, Ink::Charge);
    let parts = match losses {
        Some([buying, moved, spread]) => parts
            .change(say::part_buying_cost(lang), buying.negate(), Ink::Charge)
            .change(say::part_rate_move(lang), moved.negate(), Ink::Charge)
            .change(say::part_refund_spread(lang), spread.negate(), Ink::Charge),
        None => parts.change(say::part_unexplained(lang), missing.negate(), Ink::Claim),
    };
    Some(parts.total(say::part_back(lang), back, Ink::Refund))
}

/// What was sent, less what the conversion took: what arrived; and what was missing.
fn of_payment(lang: Lang, case: &Case) -> Option<Parts> {
    let (at_reference, spread) = case.reasons.iter().find_map(|reason| match reason {
        Reason::FxTook { sent_at_reference, spread, .. } => Some((*sent_at_reference, *spread)),
        _ => None,
    })?;
    let (total, arrived, missing) = case.reasons.iter().find_map(|reason| match reason {
        Reason::ArrivedShort { total, arrived, missing } => Some((*total, *arrived, *missing)),
        _ => None,
    })?;
    let parts = Parts::new(say::parts_of_payment(lang))
        .total(say::part_sent(lang), at_reference, Ink::Charge)
        .change(say::part_spread(lang), spread.negate(), Ink::Charge)
        .total(say::part_arrived(lang), arrived, Ink::Plan)
        .change(say::part_missing(lang), missing, Ink::Claim)
        .total(say::part_invoiced(lang), total, Ink::Invoice);
    Some(parts)
}

/// What was needed, less what was short: what the card held.
fn of_decline(lang: Lang, case: &Case) -> Option<Parts> {
    let (available, reference_cost, needed, shortfall) = case.reasons.iter().find_map(|reason| match reason {
        Reason::FxDeclined { available, reference_cost, needed, shortfall } => {
            Some((*available, *reference_cost, *needed, *shortfall))
        }
        _ => None,
    })?;
    let fx = case.fx.as_ref()?;
    let mut parts = Parts::new(say::parts_of_decline(lang))
        .total(say::part_reference_cost(lang), reference_cost, Ink::Invoice)
        .change(say::part_markup_expected(lang), fx.markup?, Ink::Charge);
    for (name, amount) in [(say::part_fees(lang), fx.fees), (say::part_taxes(lang), fx.taxes)] {
        if let Some(amount) = amount {
            parts = parts.change(name, amount, Ink::Charge);
        }
    }
    let parts = parts
        .total(say::part_needed(lang), needed, Ink::Charge)
        .change(say::part_short(lang), shortfall.negate(), Ink::Claim)
        .total(say::part_available(lang), available, Ink::Plan);
    Some(parts)
}
