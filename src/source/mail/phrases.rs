//! The phrases by which mails are understood, from data.

use crate::domain::Product;
use crate::embedded::{self, carried};
use crate::source::paper::{PaperKind, folded};
use serde::Deserialize;
use std::sync::LazyLock;

/// All phrases, folded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub event: Vec<Event>,
    pub amount: Amounts,
    pub forwarded: Forwarded,
}

/// One kind of mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub kind: PaperKind,
    /// What it always is about.
    pub product: Option<Product>,
    pub subjects: Vec<String>,
    pub bodies: Vec<String>,
    /// Words of which one stands in the sentence that tells of it; none where the phrases alone say what is meant.
    #[serde(default)]
    pub about: Vec<String>,
    /// Words of which one must stand in the mail for it to have taken place; none where the phrases alone say so.
    #[serde(default)]
    pub confirms: Vec<String>,
    /// Words in a sentence that confirms nothing: it only speaks of what would be.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Words with which it has not taken place, or was taken back.
    #[serde(default)]
    pub refuses: Vec<String>,
}

/// Words before amounts in running text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Amounts {
    pub charged: Vec<String>,
    pub balance: Vec<String>,
    pub refunded: Vec<String>,
}

/// Labels of the head of a forwarded mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forwarded {
    pub from: Vec<String>,
    pub date: Vec<String>,
    pub subject: Vec<String>,
    pub to: Vec<String>,
}

/// The embedded phrases.
///
/// # Panics
/// Never in a build whose tests passed: the embedded file is one of them.
pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        let mut phrases: Phrases = embedded::read(carried!("source/mail/data/phrases"));
        let fold = |texts: &mut Vec<String>| texts.iter_mut().for_each(|text| *text = folded(text));
        for event in &mut phrases.event {
            let Event { subjects, bodies, about, confirms, unless, refuses, .. } = event;
            [subjects, bodies, about, confirms, unless, refuses].into_iter().for_each(fold);
        }
        let Phrases { amount, forwarded, .. } = &mut phrases;
        [&mut amount.charged, &mut amount.balance, &mut amount.refunded].into_iter().for_each(fold);
        [&mut forwarded.from, &mut forwarded.date, &mut forwarded.subject, &mut forwarded.to]
            .into_iter()
            .for_each(fold);
        phrases
    });
    &PHRASES
}

/// Whether one of the phrases stands in a text.
fn stands(phrases: &[String], text: &str) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase.as_str()))
}

impl Event {
    /// Whether a sentence tells of the event, and of the thing that it must be about.
    pub fn speaks_in(&self, sentence: &str) -> bool {
        (stands(&self.subjects, sentence) || stands(&self.bodies, sentence))
            && (self.about.is_empty() || stands(&self.about, sentence))
    }

    /// Whether a mail is about this at all. Each text is the sentences of one part of it, the subject first.
    pub fn is_meant(&self, texts: &[Vec<String>]) -> bool {
        self.about.is_empty() || texts.iter().flatten().any(|sentence| self.speaks_in(sentence))
    }

    /// Whether a mail says that it took place, and nowhere that it did not.
    pub fn has_happened(&self, texts: &[Vec<String>]) -> bool {
        let confirms = |sentence: &String| stands(&self.confirms, sentence) && !stands(&self.unless, sentence);
        !texts.iter().flatten().any(|sentence| stands(&self.refuses, sentence))
            && (self.confirms.is_empty() || texts.iter().flatten().any(confirms))
    }
}

impl Phrases {
    /// What a mail tells of, by its subject, else by its text.
    pub fn event_of(&self, subject: &str, body: &str) -> Option<&Event> {
        let subject = folded(subject);
        let by_subject = self.event.iter().find(|event| stands(&event.subjects, &subject));
        by_subject.or_else(|| {
            let body = folded(body);
            self.event.iter().find(|event| stands(&event.bodies, &body))
        })
    }
}

/// The text behind the first of the phrases that stands in a text; of several in one place the longest.
pub(super) fn behind<'t>(text: &'t str, phrases: &[String]) -> Option<&'t str> {
    let ends =
        phrases.iter().filter_map(|phrase| text.find(phrase.as_str()).map(|at| (at, at.saturating_add(phrase.len()))));
    let (_, end) = ends.min_by_key(|(at, end)| (*at, usize::MAX - end))?;
    text.get(end..)
}

/// The value behind a label and its colon at the start of a line.
pub(super) fn labelled<'t>(line: &'t str, labels: &[String]) -> Option<&'t str> {
    let line = line.trim_matches(['*', ' ', '\t']);
    let (label, value) = line.split_once([':', '\u{ff1a}'])?;
    labels.contains(&folded(label.trim_matches(['*', ' ']))).then(|| value.trim_matches(['*', ' ']))
}
