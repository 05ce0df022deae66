//! Names of files as they leave: a base name of words that everybody's exports have stays, any other is replaced.
//!
//! People name files after themselves, and a name cannot be told from a word by its look. The whole file's SHA-256
//! stands beside every name, so nothing is lost for its owner.

use crate::redaction::{Allowed, private_in};
use crate::source::SourceFile;
use std::collections::BTreeSet;

/// Words of file names that say nothing of a person.
const WORDS: &str = include_str!("data/file-words.txt");
/// Digits side by side that a date or the end of a card number has at most.
const DIGITS_MAX: usize = 8;

/// A file that leaves under another name than its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its name on this machine.
    pub from: String,
    /// Its name in the bundle.
    pub to: String,
}

/// The names under which files leave, in their order; each once.
pub(super) fn of(sources: &[&SourceFile]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut names = Vec::new();
    for source in sources {
        let base = source.path.rsplit('/').next().unwrap_or(&source.path);
        let wanted = if is_harmless(base) { base.to_string() } else { neutral(source) };
        let mut name = wanted.clone();
        let mut number = 2u32;
        while !taken.insert(name.to_lowercase()) {
            name = numbered(&wanted, number);
            number = number.saturating_add(1);
        }
        names.push(name);
    }
    names
}

/// `statement.csv` and a number: `statement-2.csv`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{name}-{number}"),
    }
}

fn neutral(source: &SourceFile) -> String {
    let ending = source.path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.filter(|ending| is_word(ending)).unwrap_or_else(|| "txt".to_string());
    format!("{}-{}.{ending}", source.format, source.side.name())
}

/// Whether a name is made of known words, single letters and short numbers.
fn is_harmless(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ()".contains(&byte));
    is_plain
        && !name.starts_with('.')
        && private_in(name, &Allowed::default()).is_empty()
        && runs(name).iter().all(|run| match run.as_bytes().first() {
            Some(first) if first.is_ascii_digit() => run.len() <= DIGITS_MAX,
            _ => run.len() == 1 || is_word(run),
        })
}

fn is_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    WORDS.split_whitespace().any(|known| known == word)
}

/// Letters and digits side by side, each kind a run of its own; a capital after a small letter begins a new one.
fn runs(name: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            let begins = last.is_none_or(|last| {
                !last.is_ascii_alphanumeric()
                    || last.is_ascii_digit() != letter.is_ascii_digit()
                    || (last.is_ascii_lowercase() && letter.is_ascii_uppercase())
            });
            match runs.last_mut().filter(|_| !begins) {
                Some(run) => run.push(letter),
                None => runs.push(letter.to_string()),
            }
        }
        last = Some(letter);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn names_of_exports_stay_and_names_of_people_do_not() {
        for name in [
            "chase-visa.csv",
            "Chase1234_Activity20260101_20260630.CSV",
            "openai-billing.csv",
            "paypal.csv",
            "account-statement_2026-01-01_2026-06-30_en.csv",
            "Download (1).CSV",
            "n26.csv",
            "a.csv",
            "bank1.csv",
        ] {
            assert!(is_harmless(name), "{name}");
        }
        for name in [
            "zhang-wei.csv",
            "张伟.csv",
            "statement-6222021234567890123.csv",
            "DE89370400440532013000.csv",
            "mei@example.com.csv",
            "Mustermann_Kontoauszug.csv",
            "100%.csv",
            "13800138000.csv",
        ] {
            assert!(!is_harmless(name), "{name}");
        }
    }
}
