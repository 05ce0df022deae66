//! What a mail says sentence by sentence, without what is quoted in it, and the plan that a sentence names.

use crate::domain::Product;
use crate::source::paper::{folded, labels};
use crate::vendor::Vendor;

/// Sentences that are looked at: what a mail is about stands at its beginning.
const SENTENCES_MAX: usize = 40;
/// Words in which a plan is named.
const PLAN_WORDS_MAX: usize = 3;

/// The subject, then the sentences of a text, folded; what is quoted of an earlier mail is left out.
pub(super) fn sentences(subject: &str, body: &str) -> Vec<String> {
    let own = body.lines().filter(|line| !line.trim_start().starts_with('>'));
    let mut all = vec![folded(subject)];
    let mut open = String::new();
    for line in own {
        // A line of a label or of a table is a sentence of its own; running text may be broken over lines.
        if line.trim().is_empty() || labels().at_start(line.trim()).is_some() {
            all.extend(parted(&std::mem::take(&mut open)));
        }
        open.push(' ');
        open.push_str(line.trim());
        if labels().at_start(line.trim()).is_some() {
            all.extend(parted(&std::mem::take(&mut open)));
        }
    }
    all.extend(parted(&open));
    all.truncate(SENTENCES_MAX);
    all
}

/// The sentences of a paragraph. A point parts sentences where a blank stands behind it.
fn parted(paragraph: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut letters = paragraph.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = match letter {
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff1b}' => true,
            '.' | '!' | '?' | ';' => letters.peek().is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        if let Some(open) = sentences.last_mut() {
            open.push(letter);
        }
        if ends {
            sentences.push(String::new());
        }
    }
    sentences.into_iter().map(|sentence| folded(&sentence)).filter(|sentence| !sentence.is_empty()).collect()
}

/// The words with which a sentence names a plan first: `chatgpt pro`. Only words that lie together count, since plans
/// bear names that are common words.
pub(super) fn plan_in(sentence: &str, vendor: &Vendor) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_plan = |words: &[&str]| {
        let text = words.join(" ");
        (vendor.product_of(&text) == Some(Product::ChatgptPlan)).then(|| vendor.plan_of(&text)).flatten()
    };
    for (place, pair) in words.windows(2).enumerate() {
        let leads = |word: Option<&&str>| word.is_some_and(|word| vendor.is_named_in(word));
        // `you go: ChatGPT Plus` names no plan by its first word.
        if leads(pair.get(1)) && !leads(pair.first()) {
            continue;
        }
        let Some(plan) = is_plan(pair) else { continue };
        let longer = words.get(place..place.saturating_add(PLAN_WORDS_MAX));
        let longer = longer.filter(|longer| is_plan(longer).is_some_and(|other| other != plan));
        return Some(longer.unwrap_or(pair).join(" "));
    }
    None
}
