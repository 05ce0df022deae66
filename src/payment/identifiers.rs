//! Identifiers that parties write on their rows and papers, by which these find each other.

use std::cmp::Ordering;

/// Identifiers as [`identifier_key`] writes them, each once and in order. Most rows carry one or two, and there are many
/// rows: a short list takes a tenth of the room of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    keys: Vec<String>,
}

/// An identifier shorter than this says nothing: amounts, dates and store numbers would pass for one.
const IDENTIFIER_LENGTH_MIN: usize = 8;

/// Letters and digits of an identifier in upper case: text extraction loses hyphens and case.
pub fn identifier_key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

impl Identifiers {
    /// Adds a key, unless it is empty or there already.
    pub fn insert(&mut self, key: String) {
        if let Err(place) = self.keys.binary_search(&key)
            && !key.is_empty()
        {
            self.keys.reserve_exact(1);
            self.keys.insert(place, key);
        }
    }

    /// Adds those that stand in a free text.
    pub(super) fn insert_from(&mut self, text: &str) {
        for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')) {
            let key = identifier_key(word);
            if key.len() >= IDENTIFIER_LENGTH_MIN && key.bytes().any(|byte| byte.is_ascii_digit()) {
                self.insert(key);
            }
        }
    }

    /// Adds all of the others.
    pub fn extend(&mut self, others: &Identifiers) {
        others.iter().for_each(|key| self.insert(key.to_string()));
    }

    /// Whether a key is among them.
    pub fn contains(&self, key: &str) -> bool {
        self.keys.binary_search_by(|known| known.as_str().cmp(key)).is_ok()
    }

    /// The first that both carry.
    pub fn shared_with<'s>(&'s self, others: &Identifiers) -> Option<&'s str> {
        let (mut mine, mut theirs) = (self.keys.as_slice(), others.keys.as_slice());
        while let ([key, rest @ ..], [other, further @ ..]) = (mine, theirs) {
            match key.cmp(other) {
                Ordering::Equal => return Some(key),
                Ordering::Less => mine = rest,
                Ordering::Greater => theirs = further,
            }
        }
        None
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(keys: &[&str]) -> Identifiers {
        let mut all = Identifiers::default();
        keys.iter().for_each(|key| all.insert(identifier_key(key)));
        all
    }

    #[test]
    fn hyphens_case_and_repetitions_do_not_count() {
        assert_eq!(of(&["inv-0001", "INV0001", "a", "-"]).iter().collect::<Vec<_>>(), ["A", "INV0001"]);
        assert!(of(&["B", "A"]).contains("A") && !of(&["B"]).contains("A"));
    }

    #[test]
    fn the_first_shared_one_is_found() {
        assert_eq!(of(&["C", "A", "B"]).shared_with(&of(&["D", "C", "B"])), Some("B"));
        assert_eq!(of(&["A"]).shared_with(&of(&["B"])), None);
        assert_eq!(of(&[]).shared_with(&of(&["B"])), None);
    }

    #[test]
    fn long_words_with_a_digit_identify() {
        let mut found = Identifiers::default();
        found.insert_from("OPENAI *CHATGPT 4155557777 pp-12345678 20.00 SUBSCRIPTION");
        assert_eq!(found.iter().collect::<Vec<_>>(), ["4155557777", "PP12345678"]);
    }
}
