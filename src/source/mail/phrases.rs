//! The phrases by which mails are understood, from data.

use crate::domain::Product;
use crate::source::paper::{PaperKind, folded};
use serde::Deserialize;
use std::sync::LazyLock;

const EMBEDDED: &str = include_str!("data/phrases.toml");

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
        let mut phrases: Phrases = toml::from_str(EMBEDDED).expect("the phrase file is valid");
        let fold = |texts: &mut Vec<String>| texts.iter_mut().for_each(|text| *text = folded(text));
        for event in &mut phrases.event {
            fold(&mut event.subjects);
            fold(&mut event.bodies);
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

impl Phrases {
    /// What a mail tells of, by its subject, else by its text.
    pub fn event_of(&self, subject: &str, body: &str) -> Option<&Event> {
        let stands = |phrases: &[String], text: &str| phrases.iter().any(|phrase| text.contains(phrase.as_str()));
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
