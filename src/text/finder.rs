//! Finding any of a few words in raw bytes, in either case of ASCII, as fast as a look at every record must be.
//!
//! Three neighbouring bytes are looked at, then some are passed over. A word of five bytes holds three such triples, so
//! that a look at every third place sees one of them, whatever precedes the word; only where a triple of a word is seen
//! is the word itself compared. Searches built for long texts spend more on beginning than a record takes here. In plain
//! ASCII it is enough to look where words begin.

use super::block::{BLOCK, Look, at_block};
use std::ops::Range;

/// Values of a triple with the ASCII case taken out: the low five bits of each byte.
const TRIPLES: usize = 1 << 15;
const LETTER_VALUES: usize = 1 << 5;

/// Words shorter than this are searched on their own, so that the others can be sought with longer strides.
const LONG_WORD_BYTES_MIN: usize = 5;

/// Shortest word that can be searched for.
const WORD_BYTES_MIN: usize = 2;

/// A search for any of some words.
#[derive(Clone, Debug)]
pub struct Finder {
    groups: Vec<Group>,
    /// The words in ASCII, sought where words begin; `None` where one of them begins with no letter or digit.
    beginnings: Option<Group>,
    /// Whether one of those words begins with a digit.
    digits_begin: bool,
}

/// What one look at a record shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// It is printable ASCII without two blanks beside each other.
    pub is_plain: bool,
    /// It is ASCII, and no word that is looked for begins in it.
    pub is_quiet: bool,
}

/// Words of like length, sought with one stride.
#[derive(Clone, Debug)]
struct Group {
    stride: usize,
    /// One bit for each triple that a word may show at a place looked at.
    seen: Box<[u64; TRIPLES / 64]>,
    /// Those triples, sorted, with how far into which word they stand.
    marks: Vec<(usize, usize, Vec<u8>)>,
}

fn triple(first: u8, second: u8, third: u8) -> usize {
    usize::from(first & 31) << 10 | usize::from(second & 31) << 5 | usize::from(third & 31)
}

impl Finder {
    /// Makes a search for any of the words; letters of ASCII are found in either case.
    ///
    /// # Errors
    /// A word of less than two bytes.
    pub fn new(words: &[String]) -> Result<Finder, String> {
        if let Some(short) = words.iter().find(|word| word.len() < WORD_BYTES_MIN) {
            return Err(format!("`{short}` is too short to be looked for: a phrase's first word needs two letters"));
        }
        let anywhere = without(words, |word, shorter| word.contains(shorter));
        let (long, short): (Vec<&String>, Vec<&String>) =
            anywhere.into_iter().partition(|word| word.len() >= LONG_WORD_BYTES_MIN);
        let groups = [long, short].into_iter().filter_map(|words| Group::new(&words, usize::MAX)).collect();
        let mut first = without(words, |word, shorter| word.starts_with(shorter));
        first.retain(|word| word.is_ascii());
        let all_begin = first.iter().all(|word| word.starts_with(|letter: char| letter.is_ascii_alphanumeric()));
        let digits_begin = first.iter().any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
        let beginnings = if all_begin { Group::new(&first, 1) } else { None };
        Ok(Finder { groups, beginnings, digits_begin })
    }

    /// Whether any of the words stands in the bytes.
    pub fn is_match(&self, bytes: &[u8]) -> bool {
        self.groups.iter().any(|group| group.is_match(bytes))
    }

    /// Whether any of the words stands in a text of ASCII where letters or digits begin. This needs few looks.
    pub fn begins_in(&self, text: &[u8]) -> bool {
        !self.glance(text, 0..text.len()).is_quiet
    }

    /// Whether a text of ASCII begins with one of the words.
    pub fn begins(&self, text: &[u8]) -> bool {
        match &self.beginnings {
            Some(group) => group.begins_at(text, 0),
            None => self.is_match(text),
        }
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
            let look = at_block(text, start, Look::at);
            let of_record = u64::MAX >> BLOCK.saturating_sub(own.len() - start).min(BLOCK - 1);
            let letters = look.letters | look.digits;
            let blanks = look.blanks & of_record;
            odd |= look.odd & of_record;
            doubled |= blanks & (blanks << 1 | blank);
            let begins = letters & !(letters << 1 | inside) & of_record;
            let may_begin = if self.digits_begin { begins } else { begins & look.letters };
            found = found || self.begins_at_one(own, start, may_begin);
            (inside, blank) = (letters >> (BLOCK - 1), blanks >> (BLOCK - 1));
            start += BLOCK;
        }
        let is_ascii = odd == 0 || own.get(record.start..).unwrap_or_default().is_ascii();
        let found = found || (self.beginnings.is_none() && self.is_match(own.get(record.start..).unwrap_or_default()));
        Glance { is_plain: odd == 0 && doubled == 0, is_quiet: is_ascii && !found }
    }

    #[inline]
    fn begins_at_one(&self, text: &[u8], start: usize, mut begins: u64) -> bool {
        let Some(group) = &self.beginnings else { return false };
        while begins != 0 {
            if group.begins_at(text, start + begins.trailing_zeros() as usize) {
                return true;
            }
            begins &= begins - 1;
        }
        false
    }
}

/// The words without those that another makes needless: whatever shows the one shows the other.
fn without(words: &[String], shows: impl Fn(&str, &str) -> bool) -> Vec<&String> {
    let mut sorted: Vec<&String> = words.iter().collect();
    sorted.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut kept: Vec<&String> = Vec::new();
    for word in sorted {
        if !kept.iter().any(|shorter| shows(word, shorter)) {
            kept.push(word);
        }
    }
    kept
}

impl Group {
    /// A search with the longest stride that overlooks no word, but none longer than `stride_max`.
    fn new(words: &[&String], stride_max: usize) -> Option<Group> {
        let shortest = words.iter().map(|word| word.len()).min()?;
        let stride = shortest.saturating_sub(2).clamp(1, stride_max);
        let mut marks = Vec::new();
        for word in words {
            let word = word.as_bytes();
            if let &[first, second] = word {
                // Two letters and any third; the third is 0 at the end of the record.
                let any_third = (0..LETTER_VALUES).map(|third| triple(first, second, 0) | third);
                marks.extend(any_third.map(|value| (value, 0, word.to_vec())));
            }
            for (offset, three) in word.windows(3).take(stride).enumerate() {
                marks.push((triple(three[0], three[1], three[2]), offset, word.to_vec()));
            }
        }
        marks.sort();
        let mut seen = Box::new([0u64; TRIPLES / 64]);
        for (value, _, _) in &marks {
            seen[value / 64] |= 1 << (value % 64);
        }
        Some(Group { stride, seen, marks })
    }

    fn is_match(&self, bytes: &[u8]) -> bool {
        let mut at = 0;
        while let Some(&[first, second, third]) = bytes.get(at..at + 3) {
            if self.is_seen(triple(first, second, third)) && self.stands_around(bytes, at, third) {
                return true;
            }
            at += self.stride;
        }
        // The last two bytes, which only a word of two letters can be.
        match bytes.last_chunk::<2>() {
            Some(&[first, second]) if self.stride == 1 => {
                self.is_seen(triple(first, second, 0)) && self.stands_around(bytes, bytes.len() - 2, 0)
            }
            _ => false,
        }
    }

    #[inline]
    fn begins_at(&self, bytes: &[u8], at: usize) -> bool {
        match bytes.get(at..).unwrap_or_default() {
            &[first, second, third, ..] => {
                self.is_seen(triple(first, second, third)) && self.stands_around(bytes, at, third)
            }
            &[first, second] => self.is_seen(triple(first, second, 0)) && self.stands_around(bytes, at, 0),
            _ => false,
        }
    }

    fn is_seen(&self, value: usize) -> bool {
        self.seen[value / 64 % (TRIPLES / 64)] >> (value % 64) & 1 == 1
    }

    /// Whether a word that shows the triple at this place really stands there.
    fn stands_around(&self, bytes: &[u8], at: usize, third: u8) -> bool {
        let value = triple(bytes[at], bytes[at + 1], third);
        let first = self.marks.partition_point(|mark| mark.0 < value);
        let mut of_triple = self.marks[first..].iter().take_while(|mark| mark.0 == value);
        of_triple.any(|(_, offset, word)| {
            let found = at.checked_sub(*offset).and_then(|start| bytes.get(start..start + word.len()));
            found.is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|word| (*word).to_string()).collect()
    }

    #[test]
    fn words_are_found_anywhere_and_in_either_case() {
        let finder = Finder::new(&words(&["OPENAI", "APPLE", "FX", "野卡"])).unwrap();
        for text in ["OPENAI", "xopenaix", "a,b,OpenAI", "apple", "aPPLe.", "fx", "1Fx", "fx1", "买野卡"] {
            assert!(finder.is_match(text.as_bytes()), "{text}");
        }
        for text in ["", "O", "OPENA", "OPEN AI", "F X", "野", "aple", "OPENAOPENA"] {
            assert!(!finder.is_match(text.as_bytes()), "{text}");
        }
        assert!(Finder::new(&words(&["A"])).is_err());
        assert!(!Finder::new(&[]).unwrap().is_match(b"anything"));
    }

    #[test]
    fn beginnings_are_found_and_middles_are_not() {
        let finder = Finder::new(&words(&["OPENAI.", "CARD", "WILDCARD", "FX", "野卡"])).unwrap();
        let long = format!("{} openai.com", "x".repeat(BLOCK - 1));
        for text in ["openai.com", "x*OpenAI.c", "a.card", "WildCard", "a fx", "FX", "9-fx1", &long] {
            assert!(finder.begins_in(text.as_bytes()), "{text}");
        }
        let inside = format!("{}openai.com", "x".repeat(BLOCK - 1));
        for text in ["", "o", "f", "a f", "openai", "discard", "wfx", "1openai.com", &inside] {
            assert!(!finder.begins_in(text.as_bytes()), "{text}");
        }
        assert!(Finder::new(&words(&["+49"])).unwrap().begins_in(b"x+49"));
        assert!(finder.begins(b"cards") && !finder.begins(b"a card") && !finder.begins(b"c"));
    }

    #[test]
    fn a_glance_tells_plain_and_quiet_records() {
        let finder = Finder::new(&words(&["OPENAI", "FX"])).unwrap();
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
                let glance = finder.glance(text.as_bytes(), before.len()..before.len() + record.len());
                assert_eq!(glance, Glance { is_plain, is_quiet }, "{text:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            list in proptest::collection::vec("[ABab1é]{2,7}", 1..6),
            text in "[ABab1é ]{0,24}",
        ) {
            let list: Vec<String> = list.iter().map(|word| word.to_ascii_uppercase()).collect();
            let plain = list.iter().any(|word| text.to_ascii_uppercase().contains(word.as_str()));
            proptest::prop_assert_eq!(Finder::new(&list).unwrap().is_match(text.as_bytes()), plain);
        }
    }
}
