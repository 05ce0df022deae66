//! The next payments, in words: what is due when, and what to hold for it.

use super::voice::Voice;
use super::wording;
use crate::reconciliation::Reconciliation;
use crate::text::catalogue as say;
use crate::verdict::{CostsBasis, Keep, Renewal};

/// Every renewal and every card's last day, each as one paragraph.
pub(super) fn all(reconciliation: &Reconciliation, voice: &Voice<'_>) -> Vec<String> {
    let renewals = reconciliation.renewals.iter().map(|renewal| paragraph(renewal, voice));
    let expiries = reconciliation.expiries.iter();
    renewals.chain(expiries.map(|card| say::card_expires(voice.lang, voice.free(&card.name), card.on))).collect()
}

/// What is paid for, and by which account.
pub(super) fn what(renewal: &Renewal, voice: &Voice<'_>) -> String {
    let description = voice.free(&renewal.description);
    match &renewal.account {
        Some(account) => say::renewal_account(voice.lang, description, voice.account(account)),
        None => description,
    }
}

/// What to hold and why, without what is due.
pub(super) fn advice(renewal: &Renewal, voice: &Voice<'_>) -> Vec<String> {
    let lang = voice.lang;
    let mut sentences = match &renewal.keep {
        Some(keep) => keep_sentences(keep, voice),
        None => vec![say::renewal_no_rate(lang)],
    };
    if let Some((card, day)) = renewal.card_expires.as_ref().filter(|(_, day)| *day < renewal.on) {
        sentences.push(say::renewal_expires(lang, voice.free(card), day));
    }
    sentences
}

fn paragraph(renewal: &Renewal, voice: &Voice<'_>) -> String {
    let mut sentences = vec![say::renewal(voice.lang, what(renewal, voice), renewal.on, renewal.amount)];
    sentences.extend(advice(renewal, voice));
    say::sentences(voice.lang, &sentences)
}

fn keep_sentences(keep: &Keep, voice: &Voice<'_>) -> Vec<String> {
    let lang = voice.lang;
    let forecast = &keep.forecast;
    let quote = &forecast.base.quote;
    let mut sentences = Vec::new();
    if keep.basis == CostsBasis::NoConversion {
        sentences.push(say::renewal_keep_same(lang, forecast.keep));
    } else {
        sentences.push(say::renewal_keep(lang, forecast.keep, forecast.needed.total, forecast.margin));
    }
    sentences.extend(forecast.load.map(|load| say::renewal_load(lang, load)));
    if keep.basis != CostsBasis::NoConversion {
        let steps = wording::steps(lang, forecast.invoice, &quote.steps());
        let publisher = wording::publisher(lang, keep.source.1);
        sentences.push(say::needed_worked(lang, steps, forecast.needed.mid, publisher, quote.day()));
    }
    sentences.extend(match &keep.basis {
        CostsBasis::Described { name } => Some(say::basis_described(lang, voice.free(name))),
        CostsBasis::Learned { charges, percent } => {
            Some(say::basis_learned(lang, percent, say::earlier_charges(lang, *charges)))
        }
        CostsBasis::BandTop { channel, percent } => {
            Some(say::basis_band(lang, percent, wording::channel_name(voice, channel)))
        }
        CostsBasis::NoConversion => None,
    });
    sentences
}
