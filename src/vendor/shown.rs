//! Which stretches of a text are the vendor's words: what may be shown of a descriptor that also holds private text.
//!
//! Names in free text cannot be found by patterns, so the question is turned round: a text keeps the words that the
//! vendor data knows, and nothing else.

use super::words::{WordPattern, Words};
use super::{Vendor, is_cut_ending};
use std::ops::Range;

/// Digits that tell one telephone number from another, counted from its end: country codes are written or left out.
const PHONE_DIGITS_COMPARED: usize = 10;

/// The words that may be shown.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    /// Words of every phrase in the vendor file.
    pub known: Vec<WordPattern>,
    /// Phrases in scripts without word breaks.
    pub unspaced: Vec<String>,
    /// Words in full of which a descriptor may hold the beginning (`SUBSCRIPTION`).
    pub whole: Vec<String>,
    /// Telephone numbers of the vendor and its wallets, digits only.
    pub phones: Vec<String>,
}

impl Vocabulary {
    /// How many bytes of a folded word may be shown, from its beginning.
    fn shown(&self, word: &str) -> usize {
        let is_beginning = |whole: &&String| whole.starts_with(word);
        if self.whole.iter().any(|whole| is_beginning(&whole)) && word.len() > 1 {
            return word.len();
        }
        self.known.iter().filter_map(|pattern| pattern.stem_in(word)).max().unwrap_or(0)
    }

    fn is_phone(&self, word: &str) -> bool {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        word.chars().all(|letter| letter.is_ascii_digit() || letter == '+')
            && digits.len() >= PHONE_DIGITS_COMPARED
            && self.phones.iter().any(|phone| tail(phone) == tail(&digits))
    }
}

fn tail(digits: &str) -> &str {
    digits.get(digits.len().saturating_sub(PHONE_DIGITS_COMPARED)..).unwrap_or(digits)
}

impl Vendor {
    /// The telephone numbers that stand in the vendor's own descriptors, digits only.
    pub fn phones(&self) -> &[String] {
        &self.vocabulary.phones
    }

    /// The domains under which the vendor's addresses stand, in lower case.
    pub fn mail_domains(&self) -> &[String] {
        &self.mail_domains
    }

    /// The stretches of a text, as bytes, that hold the vendor's own words, its wallets', and those of a fee; none
    /// where the text does not concern the vendor at all. They are in order and do not touch.
    pub fn recognised_parts(&self, text: &str) -> Vec<Range<usize>> {
        let concerns = self.recognise(text).is_some()
            || self.is_fee(text)
            || self.issuer_names_wallet(text)
            || self.product_of(text).is_some();
        if !concerns {
            return Vec::new();
        }
        let words = Words::of(text);
        // Folding keeps the number of characters, not that of bytes.
        let starts: Vec<(usize, usize)> =
            words.folded().char_indices().map(|(at, _)| at).zip(text.char_indices().map(|(at, _)| at)).collect();
        let original = |folded: usize| {
            let place = starts.partition_point(|(at, _)| *at < folded);
            starts.get(place).map_or(text.len(), |(_, at)| *at)
        };
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (start, word) in words.placed() {
            let shown = if self.is_shown_whole(word) { word.len() } else { self.vocabulary.shown(word) };
            if shown > 0 {
                parts.push(original(start)..original(start + shown));
            }
        }
        for phrase in &self.vocabulary.unspaced {
            parts.extend(words.folded().match_indices(phrase.as_str()).map(|(at, found)| {
                let end = at + found.len();
                original(at)..original(end)
            }));
        }
        merge(parts)
    }

    fn is_shown_whole(&self, word: &str) -> bool {
        self.vocabulary.is_phone(word) || self.is_own_site(word)
    }

    /// The vendor's site under its own name or `www`; any other name before it might be a person's.
    fn is_own_site(&self, word: &str) -> bool {
        let host = ["HTTPS", "HTTP", "WWW."].iter().find_map(|start| word.strip_prefix(start)).unwrap_or(word);
        self.sites.iter().any(|(label, ending)| {
            let rest = host.strip_prefix(label.as_str()).and_then(|rest| rest.strip_prefix('.'));
            rest.is_some_and(|rest| is_cut_ending(rest, ending))
        })
    }
}

fn merge(mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    parts.sort_by_key(|part| (part.start, part.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => merged.push(part),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let parts = Vendor::embedded().recognised_parts(text);
        parts.iter().map(|part| &text[part.clone()]).collect::<Vec<_>>().join("_")
    }

    #[test]
    fn only_words_that_the_vendor_data_knows_are_shown() {
        for (text, parts) in [
            ("OPENAI *CHATGPT SUBSCR +14158799686 CA", "OPENAI_CHATGPT_SUBSCR_+14158799686_CA"),
            ("OPENAI *CHATGPT SUBSCR ZHANG WEI", "OPENAI_CHATGPT_SUBSCR"),
            ("Openai *Chatgpt Subscr San Francisco Ca", "Openai_Chatgpt_Subscr_San_Francisco_Ca"),
            ("PAYPAL *OPENAI 4029357733", "PAYPAL_OPENAI_4029357733"),
            ("PAYPAL *OPENAI 4029357734", "PAYPAL_OPENAI"),
            ("OPENAI *CHATGPT SUBS548 MARKET", "OPENAI_CHATGPT_SUB_MARKET"),
            ("支付宝 张伟 OPENAI *CHATGPT SUBSCR", "OPENAI_CHATGPT_SUBSCR"),
            ("境外交易手续费 张伟", "境外交易手续费"),
            ("ChatGPT Plus Subscription for Erika Mustermann", "ChatGPT_Plus_Subscription"),
            ("ＯＰＥＮＡＩ　＊ＣＨＡＴＧＰＴ　ＳＵＢＳＣＲ　王芳", "ＯＰＥＮＡＩ_ＣＨＡＴＧＰＴ_ＳＵＢＳＣＲ"),
            ("Coffee with Wei", ""),
        ] {
            assert_eq!(shown(text), parts, "{text}");
        }
    }

    #[test]
    fn what_is_glued_to_a_known_word_is_not_shown() {
        for (text, hidden) in [
            ("PAYPALZHANGWEI *OPENAI", "ZHANGWEI"),
            ("OPENAI *CHATGPT SUBSZHANGWEI", "ZHANG"),
            ("erika@openai.com OPENAI CA", "erika"),
            ("PAYPAL PP.4711.PP OPENAI", "4711"),
        ] {
            assert!(!shown(text).is_empty() && !shown(text).contains(hidden), "{text}: {}", shown(text));
        }
    }
}
