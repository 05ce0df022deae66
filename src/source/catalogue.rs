//! All layouts together, and what every title means in them.

use super::layout::{Layout, folded, share_words};
use super::role::Role;
use crate::domain::Currency;
use crate::embedded::{self, carried};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The title that stands for a currency code inside another title: `Amount ({currency})`.
const CURRENCY_SLOT: &str = "{currency}";
/// Name of the layout of files that no other layout claims.
pub(super) const GENERIC: &str = "generic";

/// One meaning that a title has in one layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct TitleMeaning {
    pub layout: usize,
    pub role: Role,
    /// Place among the role's titles: the lower is preferred.
    pub rank: usize,
    pub currency: Option<Currency>,
}

/// All layouts and what every title means in them.
#[derive(Debug)]
pub struct Catalogue {
    pub(super) layouts: Vec<Arc<Layout>>,
    fixed: BTreeMap<String, Vec<TitleMeaning>>,
    /// Titles with a currency code inside: what stands before and after it.
    open: Vec<(String, String, TitleMeaning)>,
    /// Countries and names of currencies, to their currency.
    places: BTreeMap<String, Currency>,
    /// Signs and words for a currency inside a title.
    in_titles: BTreeMap<String, Currency>,
}

const FILES: &[&str] = &[
    carried!("source/layouts/paypal"),
    carried!("source/layouts/paypal-amount"),
    carried!("source/layouts/billing"),
    carried!("source/layouts/observations"),
    carried!("source/layouts/attempts"),
    carried!("source/layouts/invoice-list"),
    carried!("source/layouts/google-pay"),
    carried!("source/layouts/apple-store"),
    carried!("source/layouts/openai-cost"),
    carried!("source/layouts/chase-card"),
    carried!("source/layouts/revolut"),
    carried!("source/layouts/revolut-business"),
    carried!("source/layouts/n26"),
    carried!("source/layouts/cmb-credit"),
    carried!("source/layouts/amex"),
    carried!("source/layouts/amex-uk"),
    carried!("source/layouts/apple-card"),
    carried!("source/layouts/discover"),
    carried!("source/layouts/bocom-credit"),
    carried!("source/layouts/icici-credit"),
    carried!("source/layouts/vpass"),
    carried!("source/layouts/uk-card"),
    carried!("source/layouts/venmo"),
    carried!("source/layouts/wise"),
    carried!("source/layouts/wise-transfers"),
    carried!("source/layouts/schwab"),
    carried!("source/layouts/viseca"),
    carried!("source/layouts/neon"),
    carried!("source/layouts/icbc-credit"),
    carried!("source/layouts/dkb"),
    carried!("source/layouts/barclays-de"),
    carried!("source/layouts/alipay"),
    carried!("source/layouts/wechat"),
    carried!("source/layouts/ofx"),
    carried!("source/layouts/mt940"),
    carried!("source/layouts/camt"),
    carried!("source/layouts/generic"),
];

const PLACES: &str = carried!("source/layouts/places");
const IN_TITLES: &str = carried!("source/currency-signs");

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| carried_layouts().and_then(Catalogue::of).expect("the embedded layouts are valid"));

impl Catalogue {
    /// The layouts that are embedded.
    pub fn embedded() -> &'static Catalogue {
        &CATALOGUE
    }

    /// The layouts that are embedded, and before them those that the user adds, each the text of a file of the same
    /// form. The user's are tried first, in the order given.
    ///
    /// # Errors
    /// What in which of the texts cannot be read, in English.
    pub fn with(added: &[&str]) -> Result<Catalogue, String> {
        let own = |(index, text): (usize, &&str)| {
            Layout::parse(text).map_err(|problem| format!("layout {}: {problem}", index + 1))
        };
        let mut layouts = added.iter().enumerate().map(own).collect::<Result<Vec<Layout>, String>>()?;
        layouts.extend(carried_layouts()?);
        Catalogue::of(layouts)
    }

    /// Whether a title is one that statements are known to have, so that it says nothing of the payer.
    pub fn knows_title(&self, title: &str) -> bool {
        !self.meanings(title, 1).is_empty()
    }

    /// All layouts in the order in which they are tried.
    pub fn layouts(&self) -> &[Arc<Layout>] {
        &self.layouts
    }

    fn of(mut layouts: Vec<Layout>) -> Result<Catalogue, String> {
        share_words(&mut layouts)?;
        let layouts: Vec<Arc<Layout>> = layouts.into_iter().map(Arc::new).collect();
        let mut fixed: BTreeMap<String, Vec<TitleMeaning>> = BTreeMap::new();
        let mut open = Vec::new();
        for (index, layout) in layouts.iter().enumerate() {
            for (&role, titles) in &layout.titles {
                for (rank, title) in titles.iter().enumerate() {
                    let meaning = TitleMeaning { layout: index, role, rank, currency: None };
                    let with_slot = title.contains(CURRENCY_SLOT).then(|| folded(title));
                    match with_slot.as_deref().and_then(|title| title.split_once(CURRENCY_SLOT)) {
                        Some((before, after)) => open.push((before.to_string(), after.to_string(), meaning)),
                        None => fixed.entry(folded_title(title)).or_default().push(meaning),
                    }
                }
            }
        }
        Ok(Catalogue {
            layouts,
            fixed,
            open,
            places: currencies(embedded::read(PLACES))?,
            in_titles: currencies(embedded::read(IN_TITLES))?,
        })
    }

    /// What a title means, in every layout that knows it. A title that stands in a header several times may be known
    /// by its place as well: `Buchungsdatum#2`.
    pub(super) fn meanings(&self, title: &str, occurrence: usize) -> Vec<TitleMeaning> {
        let whole = folded_title(title);
        let again = (occurrence > 1).then(|| self.fixed.get(&format!("{whole}#{occurrence}"))).flatten();
        let mut all = self.fixed.get(&whole).cloned().unwrap_or_default();
        if let Some(again) = again {
            all.retain(|meaning| again.iter().all(|other| other.layout != meaning.layout));
            all.extend(again);
        }
        let text = folded(title);
        for (before, after, meaning) in &self.open {
            let code = text.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            if let Some(currency) = code.and_then(|code| Currency::parse(code).ok()) {
                all.push(TitleMeaning { currency: Some(currency), ..*meaning });
            }
        }
        if all.is_empty()
            && let Some((base, currency)) = self.parted(&text)
        {
            let known = self.fixed.get(&folded_title(&base)).into_iter().flatten();
            all.extend(known.map(|meaning| TitleMeaning { currency, ..*meaning }));
        }
        all
    }

    /// The currency that a title names whose meaning nobody knows: a code in capitals or a sign.
    pub(super) fn currency_in_title(&self, title: &str) -> Option<Currency> {
        let named = self.generic_meanings(title, 1).into_iter().find_map(|meaning| meaning.currency);
        let capitals = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let code = |word: &str| {
            let code = word.trim_end_matches('$');
            Currency::parse(code).ok().filter(|_| capitals(&code)).or_else(|| {
                let sign = folded(word);
                self.in_titles.get(&sign).copied().filter(|_| !sign.bytes().all(|byte| byte.is_ascii_lowercase()))
            })
        };
        let mut words = title.split([' ', '(', ')', '[', ']', ',', '/', ':', '_']).filter(|word| !word.is_empty());
        named.or_else(|| words.find_map(code))
    }

    /// What a title of the generic layout means.
    pub(super) fn generic_meanings(&self, title: &str, occurrence: usize) -> Vec<TitleMeaning> {
        let generic = self.generic();
        self.meanings(title, occurrence).into_iter().filter(|meaning| meaning.layout == generic).collect()
    }

    /// The layout of files that no other layout claims.
    pub(super) fn generic(&self) -> usize {
        self.layouts.iter().position(|layout| layout.name == GENERIC).unwrap_or_default()
    }

    /// A title without the currency that stands in it, and that currency: `Umsatz in EUR`, `Betrag (€)`, `残高(円)`.
    fn parted(&self, title: &str) -> Option<(String, Option<Currency>)> {
        let currency_in = |word: &str| {
            let word = word.trim_matches(['(', ')', '[', ']', ' ', ',', '/', '-', '.', ':']);
            self.in_titles.get(word).copied().or_else(|| Currency::parse(word).ok())
        };
        if let Some(at) = title.rfind(['(', '[']).filter(|_| title.ends_with([')', ']'])) {
            let inside = title[at + 1..].trim_end_matches([')', ']']);
            let named = inside.strip_prefix("in ").or(inside.strip_prefix("en "));
            let currency = currency_in(named.unwrap_or(inside));
            // `Amount(in Rs)`: a currency it is, though which one is not certain.
            return (currency.is_some() || named.is_some()).then(|| (title[..at].trim().to_string(), currency));
        }
        let words: Vec<&str> = title.split([' ', '/', ',']).filter(|word| !word.is_empty()).collect();
        let (last, first) = (words.last()?, words.first()?);
        if let Some(currency) = currency_in(last).filter(|_| words.len() > 1) {
            let rest = &words[..words.len() - 1];
            let small = ["in", "en", "em", "w", "в", "у", "i"];
            let rest =
                if rest.last().is_some_and(|word| small.contains(word)) { &rest[..rest.len() - 1] } else { rest };
            return Some((rest.join(" "), Some(currency)));
        }
        let currency = currency_in(first).filter(|_| words.len() > 1)?;
        Some((words[1..].join(" "), Some(currency)))
    }
}

fn currencies(table: BTreeMap<String, Vec<String>>) -> Result<BTreeMap<String, Currency>, String> {
    let mut all = BTreeMap::new();
    for (code, names) in table {
        let currency = Currency::parse(&code).map_err(|error| error.to_string())?;
        all.extend(names.into_iter().map(|name| (folded(&name), currency)));
    }
    Ok(all)
}

/// A title in the form in which titles are compared: as [`folded`], without accents, with blanks for the marks that
/// join words, and with the words of `RunningBalance` parted.
pub(super) fn folded_title(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut before_is_small = false;
    for letter in text.chars() {
        if letter.is_ascii_uppercase() && before_is_small {
            parted.push(' ');
        }
        before_is_small = letter.is_ascii_lowercase();
        parted.push(if matches!(letter, '_' | '\u{a0}') { ' ' } else { plain(letter) });
    }
    let text = folded(&parted);
    text.trim_end_matches(['.', ':', '*', '：']).trim().to_string()
}

/// A letter without its accent.
fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'å' | 'ä' => 'a',
        'Á' | 'À' | 'Â' | 'Ä' => 'A',
        'ç' | 'ć' | 'č' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'É' | 'È' => 'E',
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'İ' => 'i',
        'ñ' | 'ń' => 'n',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'Ö' => 'O',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'Ü' => 'U',
        'ł' => 'l',
        'ś' | 'ş' => 's',
        'Ş' => 'S',
        'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ą' => 'a',
        _ => letter,
    }
}

/// All layouts in the order in which they are tried.
pub fn layouts() -> &'static [Arc<Layout>] {
    &CATALOGUE.layouts
}

/// The currency of a country code (`US`), a currency code or a currency's Chinese name.
pub fn currency_of(place: &str) -> Option<Currency> {
    let known = |text: &str| CATALOGUE.places.get(text).or_else(|| CATALOGUE.in_titles.get(text)).copied();
    Currency::parse(place).ok().or_else(|| known(&folded(place)))
}

fn carried_layouts() -> Result<Vec<Layout>, String> {
    FILES.iter().map(|text| Layout::of(embedded::read(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_can_be_claimed_and_names_its_columns() {
        for layout in layouts() {
            for role in layout.needs.iter().flatten().chain(layout.claims.iter().flatten()) {
                assert!(!layout.titles_of(*role).is_empty(), "{}: {role:?}", layout.name);
            }
            assert!(!layout.claims.is_empty() && !layout.needs.is_empty(), "{}", layout.name);
        }
        let mut names: Vec<&str> = layouts().iter().map(|layout| layout.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FILES.len());
    }

    #[test]
    fn a_title_may_hold_a_currency() {
        let meanings = Catalogue::embedded().meanings("Amount (EUR)", 1);
        assert!(meanings.iter().any(|m| m.role == Role::Amount && m.currency == Some(Currency::EUR)));
        assert!(Catalogue::embedded().meanings("Amount (Foreign Currency)", 1).iter().all(|m| m.currency.is_none()));
    }

    #[test]
    fn places_have_a_currency() {
        assert_eq!(currency_of("US"), Some(Currency::USD));
        assert_eq!(currency_of("人民币"), Some(Currency::CNY));
        assert_eq!(currency_of("eur"), Some(Currency::EUR));
        assert_eq!(currency_of("XX"), None);
    }
}
