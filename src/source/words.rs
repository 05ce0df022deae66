//! Words of statements that no single bank owns: what stands in a date cell instead of a day, what a row says that sums
//! up others, what a row's text says of its direction.

use super::layout::{Direction, folded};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WordsFile {
    pending_dates: BTreeSet<String>,
    empty_dates: BTreeSet<String>,
    totals: BTreeSet<String>,
    balances: BTreeSet<String>,
    day_balances: BTreeSet<String>,
    balance_joins: BTreeSet<String>,
    currency_labels: BTreeSet<String>,
    outward: Vec<String>,
    inward: Vec<String>,
    card_payments: Vec<String>,
}

static WORDS: LazyLock<WordsFile> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the embedded words are valid"));

/// How words begin: one bit for each three letters, so that only texts that have one of them are looked at closely.
struct Starts(Box<[u64; STARTS / 64]>);

/// Values of three letters by their five low bits, which do not tell small from large ones.
const STARTS: usize = 1 << 15;

static BALANCE_STARTS: LazyLock<Starts> =
    LazyLock::new(|| Starts::of(WORDS.balances.iter().chain(&WORDS.day_balances).chain(&WORDS.totals)));
static OUTWARD: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.outward));
static INWARD: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.inward));
static CARD_PAYMENTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.card_payments));

impl Starts {
    /// Of the words' first three bytes; a word of fewer has no start.
    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Starts {
        let mut starts = Starts(Box::new([0; STARTS / 64]));
        for start in words.filter_map(|word| Some(Starts::place(*word.as_bytes().first_chunk()?))) {
            starts.0[start / 64] |= 1 << (start % 64);
        }
        starts
    }

    fn place([first, second, third]: [u8; 3]) -> usize {
        usize::from(first & 31) << 10 | usize::from(second & 31) << 5 | usize::from(third & 31)
    }

    fn has(&self, start: [u8; 3]) -> bool {
        let place = Starts::place(start);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// Phrases that are looked for in many texts.
struct Phrases {
    all: &'static [String],
    /// Those in ASCII, by their first three letters.
    by_start: BTreeMap<usize, Vec<&'static str>>,
    starts: Starts,
}

impl Phrases {
    fn of(all: &'static [String]) -> Phrases {
        let mut by_start: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        let plain = || all.iter().filter(|phrase| phrase.is_ascii());
        for phrase in plain() {
            let start = phrase.as_bytes().first_chunk().copied().unwrap_or_default();
            by_start.entry(Starts::place(start)).or_default().push(phrase);
        }
        Phrases { all, by_start, starts: Starts::of(plain()) }
    }

    /// Whether one of them stands in a text as words of its own, whatever its case.
    fn stand_in(&self, text: &str) -> bool {
        if !text.is_ascii() {
            let text = folded(text);
            return self.all.iter().any(|phrase| stands_in(phrase, &text));
        }
        // In ASCII it is enough to look where words begin.
        let may_stand = beginnings(text).any(|(_, start)| self.starts.has(start));
        may_stand && self.stand_in_plain(&folded(text))
    }

    fn stand_in_plain(&self, text: &str) -> bool {
        beginnings(text).any(|(at, start)| {
            let phrases = self.by_start.get(&Starts::place(start)).into_iter().flatten();
            let mut rests = phrases.filter_map(|phrase| Some((phrase, text[at..].strip_prefix(phrase)?)));
            rests.any(|(phrase, rest)| !continues(phrase, rest))
        })
    }
}

/// Where words begin in a text of ASCII, with their first three letters.
fn beginnings(text: &str) -> impl Iterator<Item = (usize, [u8; 3])> {
    let mut inside = false;
    text.as_bytes().windows(3).enumerate().filter_map(move |(at, letters)| {
        let &[first, second, third] = letters else { return None };
        let begins = !inside;
        inside = first.is_ascii_alphanumeric();
        begins.then_some((at, [first, second, third]))
    })
}

/// Whether a word in a date cell says that the row is not booked yet.
pub fn is_pending_date(cell: &str) -> bool {
    cell.chars().next().is_some_and(char::is_alphabetic) && WORDS.pending_dates.contains(&folded(cell))
}

/// Whether a date cell says that it holds nothing: a dash.
pub fn is_empty_date(cell: &str) -> bool {
    cell.len() <= 9 && WORDS.empty_dates.contains(&folded(cell))
}

/// Whether a cell begins by saying that its row sums up others.
pub fn says_total(cell: &str) -> bool {
    begins_with_one_of(&folded(cell), &WORDS.totals)
}

/// Whether a cell begins by saying that its row states a balance.
pub fn says_balance(cell: &str) -> bool {
    begins_with_one_of(&folded(cell), &WORDS.balances)
}

/// Whether a cell says nothing but that its row sums up others.
pub fn is_total(cell: &str) -> bool {
    WORDS.totals.contains(folded(cell).trim_end_matches([':', '：', '.', ' ']))
}

/// Whether a cell says nothing but that its row states a balance, with its day or without; and whether it is that of any
/// day among the movements.
pub fn is_balance(cell: &str) -> Option<bool> {
    if !may_be_balance(cell) {
        return None;
    }
    let text = folded(cell);
    let is_only = |words: &BTreeSet<String>| {
        let rests = words.iter().filter_map(|word| text.strip_prefix(word.as_str()).map(|rest| (word, rest)));
        rests.filter(|(word, rest)| !continues(word, rest)).any(|(_, rest)| {
            let rest = rest.trim_matches(|letter: char| !letter.is_alphabetic());
            rest.is_empty() || WORDS.balance_joins.contains(rest)
        })
    };
    let daily = is_only(&WORDS.day_balances);
    (daily || is_only(&WORDS.balances)).then_some(daily)
}

/// A fast look: false only for a text that is no total and no balance. Texts that begin with other than letters of ASCII
/// are let through, but for figures.
pub fn may_be_balance(text: &str) -> bool {
    match text.as_bytes() {
        [first, second, third, ..] if first.is_ascii_alphabetic() => BALANCE_STARTS.has([*first, *second, *third]),
        [first, ..] => !first.is_ascii_alphanumeric(),
        [] => false,
    }
}

/// Whether a cell above the header is a label behind which the currency stands.
pub fn is_currency_label(cell: &str) -> bool {
    WORDS.currency_labels.contains(folded(cell).trim_end_matches([':', '：', ' ']))
}

fn begins_with_one_of(text: &str, words: &BTreeSet<String>) -> bool {
    let text = text.trim_start_matches(['*', '-', ' ', '"']);
    words.iter().any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| !continues(word, rest)))
}

/// Whether a word goes on behind a phrase; Chinese and Japanese are written without blanks.
fn continues(phrase: &str, rest: &str) -> bool {
    let wide = phrase.chars().last().is_some_and(is_wide);
    !wide && rest.starts_with(char::is_alphanumeric)
}

fn is_wide(letter: char) -> bool {
    letter >= '\u{2e80}'
}

/// Which way a row's own text says that its money went; `None` where it says nothing, or both.
pub fn direction_said(texts: &[&str]) -> Option<Direction> {
    let (mut out, mut into) = (false, false);
    for text in texts {
        out |= OUTWARD.stand_in(text);
        into |= INWARD.stand_in(text) || CARD_PAYMENTS.stand_in(text);
    }
    match (out, into) {
        (true, false) => Some(Direction::Out),
        (false, true) => Some(Direction::In),
        _ => None,
    }
}

/// Whether a text is that of a card's own payment.
pub fn says_card_payment(text: &str) -> bool {
    CARD_PAYMENTS.stand_in(text)
}

/// Whether a phrase stands in a text as words of their own.
pub(super) fn stands_in(phrase: &str, text: &str) -> bool {
    stands_at(phrase, text).next().is_some()
}

/// The places at which a phrase stands in a text as whole words.
pub(super) fn stands_at<'p>(phrase: &'p str, text: &'p str) -> impl Iterator<Item = usize> + 'p {
    let places = text.match_indices(phrase).map(|(at, _)| at);
    places.filter(move |&at| {
        let before = text[..at].chars().next_back();
        let begins = phrase.chars().next().is_some_and(is_wide) || !before.is_some_and(char::is_alphanumeric);
        begins && !continues(phrase, &text[at + phrase.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_a_plain_search_finds_them() {
        for phrases in [&*OUTWARD, &INWARD, &CARD_PAYMENTS] {
            for phrase in phrases.all {
                let upper = phrase.to_uppercase();
                for text in [
                    upper.clone(),
                    format!("x {upper}: 7"),
                    format!("x{phrase}"),
                    format!("{phrase}s"),
                    format!("{upper}/x"),
                    format!("é {upper}"),
                    format!("(\t{phrase} )"),
                ] {
                    let plain = phrases.all.iter().any(|phrase| stands_in(phrase, &folded(&text)));
                    assert_eq!(phrases.stand_in(&text), plain, "{text}");
                }
            }
        }
    }

    #[test]
    fn words_stand_as_words() {
        assert!(is_pending_date("Pending") && is_pending_date("offen") && !is_pending_date("2026-01-01"));
        assert!(
            says_total("Total: 3") && says_total("合计金额") && !says_total("TOTALENERGIES") && !says_total("Sumup")
        );
        assert!(says_balance("Opening Balance as of 1/1") && !says_balance("Soldexpress"));
        let all = [&WORDS.outward, &WORDS.inward, &WORDS.card_payments].into_iter().flatten();
        let all = all.chain(WORDS.balances.iter().chain(&WORDS.day_balances).chain(&WORDS.totals));
        assert_eq!(all.filter(|word| word.is_ascii() && word.len() < 3).count(), 0, "they would be overlooked");
        assert_eq!(is_balance("Opening balance"), Some(false));
        assert_eq!(is_balance("Kontostand am 01.04.2026:"), Some(false));
        assert_eq!(is_balance("SALDO DO DIA"), Some(true));
        assert_eq!(is_balance("Saldo Rechnung 12"), None);
        assert!(is_total("Total:") && !is_total("Total Station"));
        assert!(is_currency_label("Valued in:") && !is_currency_label("Account:"));
    }

    #[test]
    fn a_row_says_which_way_its_money_went_or_nothing() {
        assert_eq!(direction_said(&["KARTENZAHLUNG", "Cafe"]), Some(Direction::Out));
        assert_eq!(direction_said(&["AUTOPAY PAYMENT - THANK YOU"]), Some(Direction::In));
        assert_eq!(direction_said(&["消费 茶馆"]), Some(Direction::Out));
        assert_eq!(direction_said(&["refund of a purchase"]), None);
        assert_eq!(direction_said(&["THE DEPOSITORY"]), None);
    }
}
