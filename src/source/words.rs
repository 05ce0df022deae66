//! Words of statements that no single bank owns: what stands in a date cell instead of a day, what a row says that sums
//! up others, what a row's text says of its direction.

use super::layout::{Direction, folded};
use crate::embedded::{self, carried};
use crate::text::Beginnings;
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

static WORDS: LazyLock<WordsFile> = LazyLock::new(|| embedded::read(carried!("source/words")));

static BALANCES: LazyLock<ByStart> = LazyLock::new(|| ByStart::of(&WORDS.balances));
static DAY_BALANCES: LazyLock<ByStart> = LazyLock::new(|| ByStart::of(&WORDS.day_balances));
static BALANCE_STARTS: LazyLock<Beginnings> = LazyLock::new(|| {
    let all = WORDS.balances.iter().chain(&WORDS.day_balances).chain(&WORDS.totals);
    first_words(all.map(String::as_str))
});
static OUTWARD: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.outward));
static INWARD: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.inward));
static CARD_PAYMENTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&WORDS.card_payments));

static DIRECTION_STARTS: LazyLock<Beginnings> = LazyLock::new(|| {
    let all = WORDS.outward.iter().chain(&WORDS.inward).chain(&WORDS.card_payments);
    first_words(all.map(String::as_str))
});

/// A search for the first words of phrases in ASCII, by which nearly all texts are known to hold none of them.
pub(super) fn first_words<'p>(phrases: impl Iterator<Item = &'p str>) -> Beginnings {
    let first = phrases.filter_map(|phrase| phrase.split(' ').next());
    Beginnings::of(first).expect("the embedded phrases begin with words of two letters")
}

/// Phrases by the bytes with which they begin.
struct ByStart(BTreeMap<[u8; START], Vec<&'static str>>);

/// Bytes by which phrases are parted: three letters of ASCII, or one that is wide.
const START: usize = 3;

impl ByStart {
    fn of(phrases: impl IntoIterator<Item = &'static String>) -> ByStart {
        let mut by_start: BTreeMap<[u8; START], Vec<&str>> = BTreeMap::new();
        for phrase in phrases {
            if let Some(start) = phrase.as_bytes().first_chunk() {
                by_start.entry(*start).or_default().push(phrase);
            }
        }
        ByStart(by_start)
    }

    /// The phrases with which a folded text begins, each with what stands behind it.
    fn at_start<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = &'t str> + 's {
        let phrases = text.as_bytes().first_chunk().and_then(|start| self.0.get(start)).into_iter().flatten();
        let rests = phrases.filter_map(move |phrase| Some((phrase, text.strip_prefix(phrase)?)));
        rests.filter(|(phrase, rest)| !continues(phrase, rest)).map(|(_, rest)| rest)
    }
}

/// Phrases that are looked for in many texts.
struct Phrases {
    all: &'static [String],
    by_start: ByStart,
    first_words: Beginnings,
}

impl Phrases {
    fn of(all: &'static [String]) -> Phrases {
        Phrases { all, by_start: ByStart::of(all), first_words: first_words(all.iter().map(String::as_str)) }
    }

    /// Whether one of them stands in a text as words of its own, whatever its case.
    fn stand_in(&self, text: &str) -> bool {
        if !text.is_ascii() {
            let text = folded(text);
            return self.all.iter().any(|phrase| stands_in(phrase, &text));
        }
        self.first_words.begin_in(text.as_bytes()) && {
            let text = folded(text);
            beginnings(&text).any(|at| self.by_start.at_start(&text[at..]).next().is_some())
        }
    }
}

/// Where words begin in a text of ASCII.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.bytes().enumerate().filter_map(move |(at, letter)| {
        let begins = !inside;
        inside = letter.is_ascii_alphanumeric();
        begins.then_some(at)
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
    let is_only = |names: &ByStart| {
        names.at_start(&text).any(|rest| {
            let rest = rest.trim_matches(|letter: char| !letter.is_alphabetic());
            rest.is_empty() || WORDS.balance_joins.contains(rest)
        })
    };
    let daily = is_only(&DAY_BALANCES);
    (daily || is_only(&BALANCES)).then_some(daily)
}

/// A fast look: false only for a text that is no total and no balance. Texts that begin with other than letters of ASCII
/// are let through, but for figures.
pub fn may_be_balance(text: &str) -> bool {
    match text.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() => !text.is_ascii() || may_be_plain_balance(text),
        [first, ..] => !first.is_ascii_alphanumeric(),
        [] => false,
    }
}

/// The same of a text in ASCII that is not empty.
pub fn may_be_plain_balance(text: &str) -> bool {
    let is_framed = text.as_bytes().first().is_some_and(|first| !first.is_ascii_alphanumeric());
    is_framed || BALANCE_STARTS.begin_at_start(text.as_bytes())
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
    // Asked first: most texts end here.
    let may_say = |text: &&&str| !text.is_ascii() || DIRECTION_STARTS.begin_in(text.as_bytes());
    for text in texts.iter().filter(may_say) {
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
