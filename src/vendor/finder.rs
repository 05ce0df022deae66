//! Finding any of a few words in raw bytes, in either case of ASCII, as fast as a look at every record must be.
//!
//! Three neighbouring bytes are looked at, then some are passed over. A word of five bytes holds three such triples, so
//! that a look at every third place sees one of them, whatever precedes the word; only where a triple of a word is seen
//! is the word itself compared. Searches built for long texts spend more on beginning than a record takes here. In plain
//! ASCII it is enough to look where words begin.

use crate::text::{Beginnings, Triples, triple, values_of};

/// Words shorter than this are searched on their own, so that the others can be sought with longer strides.
const LONG_WORD_BYTES_MIN: usize = 5;

/// Shortest word that can be searched for.
const WORD_BYTES_MIN: usize = 2;

/// A search for any of some words.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    groups: Vec<Group>,
    /// The words in ASCII, sought where letters begin.
    pub beginnings: Beginnings,
}

/// Words of like length, sought with one stride.
#[derive(Clone, Debug)]
struct Group {
    stride: usize,
    /// What a word may show at a place looked at.
    seen: Triples,
    /// Those triples, sorted, with how far into which word they stand.
    marks: Vec<(usize, usize, Vec<u8>)>,
}

impl Finder {
    /// Makes a search for any of the words; letters of ASCII are found in either case.
    ///
    /// # Errors
    /// A word of less than two bytes, or one in ASCII that begins with no letter.
    pub(super) fn new(words: &[String]) -> Result<Finder, String> {
        if let Some(short) = words.iter().find(|word| word.len() < WORD_BYTES_MIN) {
            return Err(format!("`{short}` is too short to be looked for: a phrase's first word needs two letters"));
        }
        let anywhere = without(words, |word, shorter| word.contains(shorter));
        let (long, short): (Vec<&String>, Vec<&String>) =
            anywhere.into_iter().partition(|word| word.len() >= LONG_WORD_BYTES_MIN);
        let groups = [long, short].into_iter().filter_map(|words| Group::new(&words)).collect();
        Ok(Finder { groups, beginnings: Beginnings::of(words.iter().map(String::as_str))? })
    }

    /// Whether any of the words stands in the bytes.
    pub(super) fn is_match(&self, bytes: &[u8]) -> bool {
        self.groups.iter().any(|group| group.is_match(bytes))
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
    /// A search with the longest stride that overlooks no word.
    fn new(words: &[&String]) -> Option<Group> {
        let shortest = words.iter().map(|word| word.len()).min()?;
        let stride = shortest.saturating_sub(2).max(1);
        let (mut marks, mut seen) = (Vec::new(), Triples::none());
        for word in words {
            let word = word.as_bytes();
            // Two letters stand before any third, which is 0 at the end of the record.
            let shown = if word.len() < 3 { vec![word] } else { word.windows(3).take(stride).collect() };
            for (offset, bytes) in shown.into_iter().enumerate() {
                seen.add(bytes);
                marks.extend(values_of(bytes).map(|value| (value, offset, word.to_vec())));
            }
        }
        marks.sort();
        Some(Group { stride, seen, marks })
    }

    fn is_match(&self, bytes: &[u8]) -> bool {
        let mut at = 0;
        while let Some(&[first, second, third]) = bytes.get(at..at + 3) {
            if self.seen.has([first, second, third]) && self.stands_around(bytes, at, third) {
                return true;
            }
            at += self.stride;
        }
        // The last two bytes, which only a word of two letters can be.
        match bytes.last_chunk::<2>() {
            Some(&[first, second]) if self.stride == 1 => {
                self.seen.has([first, second, 0]) && self.stands_around(bytes, bytes.len() - 2, 0)
            }
            _ => false,
        }
    }

    /// Whether a word that shows the triple at this place really stands there.
    fn stands_around(&self, bytes: &[u8], at: usize, third: u8) -> bool {
        let value = triple([bytes[at], bytes[at + 1], third]);
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

    proptest::proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            list in proptest::collection::vec("[ABabé][ABab1é]{1,6}", 1..6),
            text in "[ABab1é ]{0,24}",
        ) {
            let list: Vec<String> = list.iter().map(|word| word.to_ascii_uppercase()).collect();
            let plain = list.iter().any(|word| text.to_ascii_uppercase().contains(word.as_str()));
            proptest::prop_assert_eq!(Finder::new(&list).unwrap().is_match(text.as_bytes()), plain);
        }
    }
}
