//! The letters of a claim: for everybody a claim is addressed to, one page that a support agent can act on.
//!
//! A letter says who asks, what is asked, which payments are meant, what supports it and what does not; nothing else
//! of the files enters it. Of the payer's data it holds the e-mail of the account claimed for, the last four digits of
//! the card, amounts, days and references. Letters are in English, to a Chinese card's issuer in Chinese, each with a
//! copy in the payer's language where that is another; both hold the same figures.
//!
//! Nothing is invented: what payproof does not know (the payer's name, the sign-in method) is left as a line to fill
//! in. Deadlines are information, never a threat and never legal advice.

mod addressing;
mod content;
mod figures;
mod page;
mod plain;
mod wording;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use page::PAGE_LINES_MAX;

use crate::reconciliation::Reconciliation;
use crate::report::Document;
use crate::text::Lang;
use crate::vendor::Vendor;
use crate::verdict::Addressee;

/// How letters are to be written.
#[derive(Clone, Copy, Debug)]
pub struct Letters<'a> {
    /// The payer's language: the language of the copies.
    pub lang: Lang,
    /// Whether accounts other than the one claimed for are masked.
    pub redact: bool,
    /// The vendor's name, and where claims are addressed to.
    pub vendor: &'a Vendor,
    /// The names under which the evidence holds the sources, by `SourceId`, already free of what identifies a person.
    /// A source without a name here is called by its number alone: a name given by the payer is not known to be safe.
    pub file_names: &'a [String],
}

/// One letter in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Name of its file without ending, in plain ASCII: `letter-openai-en`.
    pub file_name: String,
    /// To whom it goes.
    pub addressee: Addressee,
    /// Its language.
    pub lang: Lang,
    /// Whether it is the payer's copy in another language than the letter that is sent.
    pub is_copy: bool,
    /// What it says: at most a page.
    pub document: Document,
}

/// The letters of all claimable cases: by addressee, account and, for card issuers, card; each followed by its copy.
pub fn letters(reconciliation: &Reconciliation, how: &Letters<'_>) -> Vec<Letter> {
    let parcels = addressing::parcels(reconciliation);
    let mut letters = Vec::new();
    for (index, parcel) in parcels.iter().enumerate() {
        let earlier = parcels[..index].iter().filter(|earlier| earlier.to == parcel.to).count();
        let number = if earlier == 0 { String::new() } else { format!("-{}", earlier.saturating_add(1)) };
        let mut langs = vec![parcel.lang];
        langs.extend((how.lang != parcel.lang).then_some(how.lang));
        let shown = page::payments_that_fit(reconciliation, how, parcel, &langs);
        letters.extend(langs.iter().map(|lang| Letter {
            file_name: format!("letter-{}{number}-{lang}", parcel.to.name()),
            addressee: parcel.to,
            lang: *lang,
            is_copy: *lang != parcel.lang,
            document: content::document(reconciliation, how, parcel, *lang, &shown),
        }));
    }
    letters
}

/// The letter as plain text in lines of at most 78 columns, to be pasted into a chat. Only an amount or a single
/// reference that is wider by itself is not broken.
pub fn letter_text(letter: &Letter) -> String {
    plain::text(&letter.document)
}
