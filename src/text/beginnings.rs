//! Finding where any of some words begins, in either case of ASCII, as fast as a look at every row must be.
//!
//! In plain ASCII it is enough to look where letters begin. Three bytes are looked at there, then the next three, which
//! pass over nearly everything; only then is a word itself compared. Searches built for long texts spend more on beginning
//! than a row takes here.

use super::block::{Look, at_block};
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes looked at in one step: most cells have no more.
const BLOCK: usize = 32;

/// Values of three bytes with the ASCII case taken out: the low five bits of each.
const TRIPLES: usize = 1 << 15;
/// Values of one byte so.
const LETTERS: usize = 1 << 5;

/// Some of the values that three bytes may have.
#[derive(Clone, Debug)]
pub(crate) struct Triples(Box<[u64; TRIPLES / 64]>);

/// What one look at a record shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// It is printable ASCII without two blanks beside each other.
    pub is_plain: bool,
    /// It is ASCII, and none of the words begins in it.
    pub is_quiet: bool,
}

/// A search for the words of ASCII in a list.
#[derive(Clone, Debug)]
pub struct Beginnings {
    /// With which three bytes words begin.
    first: Triples,
    /// Which three stand from the second byte on, in words and behind short ones.
    second: Triples,
    words: BTreeMap<usize, Vec<Vec<u8>>>,
}

/// The value of three bytes.
pub(crate) fn triple([first, second, third]: [u8; 3]) -> usize {
    usize::from(first & 31) << 10 | usize::from(second & 31) << 5 | usize::from(third & 31)
}

impl Triples {
    pub(crate) fn none() -> Triples {
        Triples(Box::new([0; TRIPLES / 64]))
    }

    /// Adds all values that bytes may have with whatever stands behind them.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for value in values_of(bytes) {
            self.0[value / 64] |= 1 << (value % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, bytes: [u8; 3]) -> bool {
        let value = triple(bytes);
        self.0[value / 64] >> (value % 64) & 1 == 1
    }
}

/// The values that three bytes beginning with these may have.
pub(crate) fn values_of(bytes: &[u8]) -> Range<usize> {
    let byte = |place: usize| bytes.get(place).copied().unwrap_or_default();
    let known = bytes.len().min(3);
    let open = (known..3).fold(1, |open, _| open * LETTERS);
    let least = triple([byte(0), byte(1), byte(2)]);
    least..least + open
}

impl Beginnings {
    /// Makes the search. Words that are not in ASCII are left out.
    ///
    /// # Errors
    /// A word in ASCII that begins with no letter, or has no second one.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Beginnings, String> {
        let mut all = Beginnings { first: Triples::none(), second: Triples::none(), words: BTreeMap::new() };
        for word in words.into_iter().filter(|word| word.is_ascii()) {
            if word.len() < 2 || !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                return Err(format!(
                    "`{word}` cannot be looked for: a phrase's first word begins with a letter and has two"
                ));
            }
            let bytes = word.as_bytes();
            all.first.add(bytes);
            all.second.add(&bytes[1..]);
            for value in values_of(bytes) {
                all.words.entry(value).or_default().push(bytes.to_vec());
            }
        }
        Ok(all)
    }

    /// Whether any of the words begins in a text of ASCII; every other text is let through.
    pub fn begin_in(&self, text: &[u8]) -> bool {
        !self.glance(text, 0..text.len()).is_quiet
    }

    /// Whether a text begins with one of the words.
    #[inline]
    pub fn begin_at_start(&self, text: &[u8]) -> bool {
        self.begin_at(text, 0)
    }

    /// Looks once at a record that stands in a text.
    #[inline]
    pub fn glance(&self, text: &[u8], record: Range<usize>) -> Glance {
        let own = text.get(..record.end).unwrap_or_default();
        let (mut odd, mut doubled, mut found) = (0, 0, false);
        // The last letter and the last blank of the block before.
        let (mut inside, mut blank) = (0, 0);
        let mut start = record.start;
        while start < own.len() {
            let look = at_block::<BLOCK, _>(text, start, Look::at);
            let of_record = (u64::MAX >> (u64::BITS as usize - BLOCK)) >> BLOCK.saturating_sub(own.len() - start);
            let blanks = look.blanks & of_record;
            odd |= look.odd & of_record;
            doubled |= blanks & (blanks << 1 | blank);
            let mut begins = look.letters & !(look.letters << 1 | inside) & of_record;
            while begins != 0 {
                found = found || self.begin_at(own, start + begins.trailing_zeros() as usize);
                begins &= begins - 1;
            }
            (inside, blank) = (look.letters >> (BLOCK - 1), blanks >> (BLOCK - 1));
            start += BLOCK;
        }
        let is_ascii = odd == 0 || own.get(record.start..).unwrap_or_default().is_ascii();
        Glance { is_plain: odd == 0 && doubled == 0, is_quiet: is_ascii && !found }
    }

    #[inline]
    fn begin_at(&self, bytes: &[u8], at: usize) -> bool {
        match bytes.get(at..at + 4) {
            Some(&[first, second, third, fourth]) => {
                self.first.has([first, second, third])
                    && self.second.has([second, third, fourth])
                    && self.stand_at(bytes, at)
            }
            _ => {
                let byte = |offset: usize| bytes.get(at + offset).copied().unwrap_or_default();
                self.first.has([byte(0), byte(1), byte(2)]) && self.stand_at(bytes, at)
            }
        }
    }

    /// Whether a word really stands at this place.
    #[cold]
    #[inline(never)]
    fn stand_at(&self, bytes: &[u8], at: usize) -> bool {
        let rest = bytes.get(at..).unwrap_or_default();
        let begins = |word: &Vec<u8>| rest.get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
        self.words.get(&values_of(rest).start).into_iter().flatten().any(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[&str]) -> Beginnings {
        Beginnings::of(list.iter().copied()).unwrap()
    }

    #[test]
    fn beginnings_are_found_and_middles_are_not() {
        let words = of(&["OPENAI.", "CARD", "WILDCARD", "FX", "DCC", "野卡"]);
        let long = format!("{} openai.com", "x".repeat(BLOCK - 1));
        for text in
            ["openai.com", "x*OpenAI.c", "a.card", "WildCard", "a fx", "FX", "9-fx1", "fxz", "dcc", "x dccy", &long]
        {
            assert!(words.begin_in(text.as_bytes()), "{text}");
        }
        let inside = format!("{}openai.com", "x".repeat(BLOCK - 1));
        for text in ["", "o", "f", "a f", "openai", "discard", "wfx", "dc", "d", &inside] {
            assert!(!words.begin_in(text.as_bytes()), "{text}");
        }
        assert!(words.begin_at_start(b"cards") && !words.begin_at_start(b"a card") && !words.begin_at_start(b"c"));
        for word in ["A", "", "+49", "3DS"] {
            assert!(Beginnings::of([word]).is_err(), "{word}");
        }
    }

    #[test]
    fn a_glance_tells_plain_and_quiet_records() {
        let words = of(&["OPENAI", "FX"]);
        let long = "x".repeat(BLOCK - 1);
        for (record, is_plain, is_quiet) in [
            ("01/02/2026,TEA HOUSE,-3.20", true, true),
            ("01/02/2026,OpenAI,-3.20", true, false),
            ("", true, true),
            ("a  b", false, true),
            ("a\tb", false, true),
            ("a\tb fx", false, false),
            ("é", false, false),
            (&format!("{long}  b"), false, true),
            (&format!("{long} b"), true, true),
            (&format!("{long}fx"), true, true),
            (&format!("{long} fx"), true, false),
        ] {
            for (before, behind) in [("", ""), ("x", ""), ("é  ", "  fx"), ("", &long)] {
                let text = format!("{before}{record}{behind}");
                let glance = words.glance(text.as_bytes(), before.len()..before.len() + record.len());
                assert_eq!(glance, Glance { is_plain, is_quiet }, "{text:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn words_are_found_as_a_plain_search_finds_them(
            list in proptest::collection::vec("[ABC]{1,2}[ABCabc. ]{1,4}", 1..5),
            text in "[ABCabc1. ]{0,40}",
        ) {
            let (upper, bytes) = (text.to_ascii_uppercase(), text.as_bytes());
            let begins = |at: usize| bytes[at].is_ascii_alphabetic() && (at == 0 || !bytes[at - 1].is_ascii_alphabetic());
            let stands = |word: &String, at: usize| upper[at..].starts_with(&word.to_ascii_uppercase());
            let plain = (0..text.len()).any(|at| begins(at) && list.iter().any(|word| stands(word, at)));
            let words = Beginnings::of(list.iter().map(String::as_str)).unwrap();
            proptest::prop_assert_eq!(words.begin_in(bytes), plain);
        }
    }
}
