//! Text of statements cut into words, and patterns of words.
//!
//! Statement texts come in every case, full-width, cut off after some twenty characters and glued to the next field.
//! They are folded to one form and cut into words; a pattern then says which words must stand side by side.

/// A statement text, folded and cut into words.
///
/// Folding: ASCII letters to capitals, full-width forms to ASCII, the Turkish dotted and dotless i to `I`. A word is a
/// run of letters and digits with the marks that hold sites, addresses and references together (`.`, `@`); a plus sign
/// begins a new word (a telephone number). Everything else parts words, so any spacing around `*` is the same, and so
/// do the scripts that are written without blanks.
pub(super) struct Words {
    folded: String,
    spans: Vec<(usize, usize)>,
}

/// First letter of the scripts that write words without blanks between them.
const UNSPACED_SCRIPTS: char = '\u{2E80}';

/// One character in its folded form. A capital is taken only where it stays one character outside ASCII: a letter that
/// turns into plain ASCII (long s, Kelvin sign) is not the ASCII letter that a merchant would print.
pub(super) fn fold(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = u32::from(letter) - 0xFF01 + 0x21;
            char::from_u32(narrow).unwrap_or(letter).to_ascii_uppercase()
        }
        '\u{3000}' => ' ',
        '\u{0130}' | '\u{0131}' => 'I',
        _ if letter.is_ascii() => letter.to_ascii_uppercase(),
        _ => {
            let mut capitals = letter.to_uppercase();
            match (capitals.next(), capitals.next()) {
                (Some(capital), None) if !capital.is_ascii() => capital,
                _ => letter,
            }
        }
    }
}

/// The whole text in its folded form, for phrases of scripts without word breaks.
pub(super) fn fold_text(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn is_word_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '.' | '@' | '+')
        || (!letter.is_ascii() && letter < UNSPACED_SCRIPTS && letter.is_alphanumeric())
}

impl Words {
    /// Folds a text and cuts it into words.
    pub(super) fn of(text: &str) -> Words {
        let folded = fold_text(text);
        let mut spans = Vec::new();
        let mut start: Option<usize> = None;
        for (at, letter) in folded.char_indices() {
            if !is_word_letter(letter) || letter == '+' {
                Self::close(&folded, &mut spans, start.take(), at);
            }
            if is_word_letter(letter) && start.is_none() {
                start = Some(at);
            }
        }
        Self::close(&folded, &mut spans, start, folded.len());
        Words { folded, spans }
    }

    /// Keeps the word that ends here, full stops at its ends cut off.
    fn close(folded: &str, spans: &mut Vec<(usize, usize)>, start: Option<usize>, end: usize) {
        let Some(start) = start else { return };
        let word = &folded[start..end];
        let head = word.len() - word.trim_start_matches('.').len();
        let kept = word.trim_matches('.').len();
        if kept > 0 {
            spans.push((start + head, start + head + kept));
        }
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The word at a place; empty beyond the last.
    pub(super) fn get(&self, index: usize) -> &str {
        self.spans.get(index).map_or("", |&(start, end)| &self.folded[start..end])
    }

    /// The words in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|&(start, end)| &self.folded[start..end])
    }

    /// The words with the byte of the folded text at which each begins.
    pub(super) fn placed(&self) -> impl Iterator<Item = (usize, &str)> {
        self.spans.iter().map(|&(start, end)| (start, &self.folded[start..end]))
    }

    /// The folded text.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }
}

/// What one word of a text must be: one of several spellings.
#[derive(Clone, Debug)]
pub(super) struct WordPattern(Vec<Spelling>);

#[derive(Clone, Debug)]
struct Spelling {
    text: String,
    /// Any ending may follow: the text was cut off or the next field is glued on.
    open: bool,
}

/// Words that must stand side by side.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    words: Vec<WordPattern>,
    /// The folded phrase itself, where its script has no word breaks: it is then looked for anywhere.
    unspaced: Option<String>,
}

impl WordPattern {
    /// Reads one word: `A|B` for either, `AB~` for any word that begins so.
    pub(super) fn parse(text: &str) -> Result<WordPattern, String> {
        let folded = fold_text(text);
        if folded.contains(' ') || folded.split('|').any(|part| part.trim_end_matches('~').is_empty()) {
            return Err(format!("`{text}` is no word: no blanks, alternatives by `|`"));
        }
        Ok(WordPattern::cut(&folded))
    }

    fn cut(folded: &str) -> WordPattern {
        let spelling = |part: &str| match part.strip_suffix('~') {
            Some(stem) => Spelling { text: stem.to_string(), open: true },
            None => Spelling { text: part.to_string(), open: false },
        };
        WordPattern(folded.split('|').map(spelling).collect())
    }

    /// Whether the word fits a spelling as a whole.
    pub(super) fn fits(&self, word: &str) -> bool {
        self.0.iter().any(|known| if known.open { word.starts_with(&known.text) } else { word == known.text })
    }

    /// Whether the word, or for a site's name one of its labels (`WWW.EXAMPLE.COM`), fits a spelling.
    fn fits_label(&self, word: &str) -> bool {
        self.fits(word) || (word.contains('.') && word.split(['.', '@']).any(|label| self.fits(label)))
    }

    /// How many bytes of the word a spelling spells out; `None` where none fits.
    pub(super) fn stem_in(&self, word: &str) -> Option<usize> {
        let fits = |known: &&Spelling| if known.open { word.starts_with(&known.text) } else { word == known.text };
        self.0.iter().filter(fits).map(|known| known.text.len()).max()
    }

    /// Spellings as fixed beginnings, for the prefilter.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|spelling| spelling.text.as_str())
    }
}

impl Phrase {
    /// Reads a phrase of the vendor file: words parted by blanks, `A|B` for either, `AB~` for any word that begins so.
    /// A phrase in a script without word breaks is looked for as it stands.
    pub(super) fn parse(text: &str) -> Result<Phrase, String> {
        let folded = fold_text(text.trim());
        if folded.is_empty() || folded.split([' ', '|']).any(|part| part.trim_end_matches('~').is_empty()) {
            return Err(format!("`{text}` is no phrase: words parted by one blank, alternatives by `|`"));
        }
        let unspaced = folded.chars().any(|letter| letter >= UNSPACED_SCRIPTS).then(|| folded.clone());
        let words = folded.split(' ').map(WordPattern::cut).collect();
        Ok(Phrase { words, unspaced })
    }

    /// What each of its words must be.
    pub(super) fn words(&self) -> &[WordPattern] {
        &self.words
    }

    /// The folded phrase, where its script has no word breaks.
    pub(super) fn unspaced(&self) -> Option<&str> {
        self.unspaced.as_deref()
    }

    /// Where the phrase ends in the text, as the index of the word after it; the first place counts.
    pub(super) fn find(&self, text: &Words) -> Option<usize> {
        self.find_by(text, WordPattern::fits)
    }

    /// Whether the phrase stands in the text; a word may also be a label of a site's name.
    pub(super) fn stands_in(&self, text: &Words) -> bool {
        match &self.unspaced {
            Some(phrase) => text.folded().contains(phrase.as_str()),
            None => self.find_by(text, WordPattern::fits_label).is_some(),
        }
    }

    fn find_by(&self, text: &Words, fits: fn(&WordPattern, &str) -> bool) -> Option<usize> {
        let last_start = text.len().checked_sub(self.words.len())?;
        (0..=last_start)
            .find(|start| self.words.iter().enumerate().all(|(step, word)| fits(word, text.get(start + step))))
            .map(|start| start + self.words.len())
    }

    /// Texts of which at least one stands in every text that the phrase fits: the spellings of its first word. The
    /// first word of a phrase should therefore be its telling one.
    pub(super) fn needles(&self) -> Vec<String> {
        match (&self.unspaced, self.words.first()) {
            (Some(phrase), _) => vec![phrase.clone()],
            (None, Some(first)) => first.stems().map(str::to_string).collect(),
            (None, None) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        Words::of(text).iter().map(str::to_string).collect()
    }

    #[test]
    fn any_spacing_case_and_width_gives_the_same_words() {
        let plain = cut("SHOP *PLAN SUB");
        for other in ["Shop* plan  sub", "shop * Plan\tSUB", "ＳＨＯＰ＊Ｐｌａｎ　ｓｕｂ", "SHOP*PLAN SUB,"]
        {
            assert_eq!(cut(other), plain, "{other}");
        }
        assert_eq!(cut("PP.12.PP . SHOP, bei SHOP."), ["PP.12.PP", "SHOP", "BEI", "SHOP"]);
        assert_eq!(cut("消费SHOP網購"), ["SHOP"]);
        assert_eq!(cut("SHOP+4412345 www.shop.example"), ["SHOP", "+4412345", "WWW.SHOP.EXAMPLE"]);
        assert_eq!(cut("shopİıſ"), ["SHOPIIſ"]);
        assert_eq!(cut("gebühr ... ."), ["GEBÜHR"]);
    }

    #[test]
    fn a_phrase_needs_its_words_side_by_side() {
        let phrase = Phrase::parse("SHOP SUB~|S").unwrap();
        assert_eq!(phrase.find(&Words::of("x shop *subscr town")), Some(3));
        assert_eq!(phrase.find(&Words::of("shop s")), Some(2));
        for other in ["shop", "shop a sub", "shops sub", "sub shop", "shop sa"] {
            assert_eq!(phrase.find(&Words::of(other)), None, "{other}");
        }
        assert!(Phrase::parse("SHOP").unwrap().stands_in(&Words::of("www.shop.example")));
        assert!(Phrase::parse("手续费").unwrap().stands_in(&Words::of("境外手续费12")));
        assert!(Phrase::parse(" ").is_err() && Phrase::parse("A  B").is_err() && Phrase::parse("A||B").is_err());
        assert_eq!(Phrase::parse("SHOP|STORE~ SUB").unwrap().needles(), ["SHOP", "STORE"]);
    }
}
