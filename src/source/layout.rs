//! The catalogue of layouts: which titles mean what, and which words stand for which kind and status.
//!
//! A layout is data (`layouts/*.toml`). It *claims* a table whose titles fill one of its claims, and then *needs* some
//! of its columns; a claimed table that lacks a needed one is refused by name rather than passed on. Layouts are tried
//! in the order of the catalogue, the plain generic one last.

use super::cell::{DateOrder, DecimalMark};
use super::role::{Reading, Role};
use crate::domain::{Currency, EntryKind, EntryStatus, Route};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OrderWord {
    DayMonth,
    MonthDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarkWord {
    Point,
    Comma,
}

/// A layout as its file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    name: String,
    title: String,
    reading: Reading,
    channel: String,
    route: Option<Route>,
    currency: Option<String>,
    date_order: Option<OrderWord>,
    decimal_mark: Option<MarkWord>,
    #[serde(default)]
    positive_is_charge: bool,
    #[serde(default)]
    sign_may_be_unstated: bool,
    #[serde(default)]
    order_from_sequence: bool,
    #[serde(default)]
    bill_month: bool,
    claims: Vec<Vec<Role>>,
    needs: Vec<Vec<Role>>,
    template: Option<String>,
    titles: BTreeMap<Role, Vec<String>>,
    #[serde(default)]
    kinds: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    statuses: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    settled_while_pending: Vec<String>,
    #[serde(default)]
    outward: Vec<String>,
    #[serde(default)]
    inward: Vec<String>,
    #[serde(default)]
    without_effect: Vec<String>,
}

/// One layout, ready for use.
#[derive(Debug)]
pub struct Layout {
    /// Name of the format in reports.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// Which reader understands its rows.
    pub reading: Reading,
    /// Channel of its conversions, a key of the band data.
    pub channel: String,
    /// How the money of every row travelled, where the format is a wallet's.
    pub route: Option<Route>,
    /// Currency of every row, where the format has just one though the file says it nowhere.
    pub currency: Option<Currency>,
    /// Order of day and month, where the format fixes it.
    pub date_order: Option<DateOrder>,
    /// Decimal mark, where the format fixes it.
    pub decimal_mark: Option<DecimalMark>,
    /// Whether a positive amount is a charge (card bills).
    pub positive_is_charge: bool,
    /// Whether a file may turn out to carry no direction at all, so that its amounts must be looked at as a whole.
    pub sign_may_be_unstated: bool,
    /// Whether rows stand in order of time, so that the sequence may decide the order of day and month.
    pub order_from_sequence: bool,
    /// Whether dates carry no year and a line above the header names the bill's month.
    pub bill_month: bool,
    /// Columns of which one each must be there.
    pub needs: Vec<Vec<Role>>,
    /// A file for a person to fill in: header and one sample row.
    pub template: Option<String>,
    claims: Vec<Vec<Role>>,
    titles: BTreeMap<Role, Vec<String>>,
    kinds: BTreeMap<String, EntryKind>,
    statuses: BTreeMap<String, EntryStatus>,
    settled_while_pending: Vec<EntryKind>,
    directions: BTreeMap<String, Direction>,
}

/// What a direction or balance-impact word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Money leaves.
    Out,
    /// Money enters.
    In,
    /// Nothing moves, or the file does not say which way.
    None,
}

/// Digits of an event code (`T0006`), and of its group (`T00`).
const CODE_DIGITS: usize = 4;
const GROUP_DIGITS: usize = 2;

fn named<T: Copy>(list: &[(&str, T)], name: &str) -> Result<T, String> {
    list.iter().find(|known| known.0 == name).map(|known| known.1).ok_or_else(|| format!("`{name}` is not known"))
}

fn words<T: Copy>(table: &BTreeMap<String, Vec<String>>, list: &[(&str, T)]) -> Result<BTreeMap<String, T>, String> {
    let mut all = BTreeMap::new();
    for (name, spellings) in table {
        let meaning = named(list, name)?;
        for spelling in spellings {
            if all.insert(folded(spelling), meaning).is_some() {
                return Err(format!("`{spelling}` stands twice"));
            }
        }
    }
    Ok(all)
}

/// A title or word in the form in which it is compared: lower case, single blanks, narrow brackets, no frame.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '\'', '\u{feff}']).to_lowercase().replace('（', "(").replace('）', ")");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Layout {
    fn parse(text: &str) -> Result<Layout, String> {
        let file: LayoutFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let currency =
            file.currency.map(|code| Currency::parse(&code)).transpose().map_err(|error| error.to_string())?;
        let settled =
            file.settled_while_pending.iter().map(|name| named(&EntryKind::NAMES, name)).collect::<Result<_, _>>()?;
        let mut directions = BTreeMap::new();
        for (list, meaning) in
            [(&file.outward, Direction::Out), (&file.inward, Direction::In), (&file.without_effect, Direction::None)]
        {
            directions.extend(list.iter().map(|word| (folded(word), meaning)));
        }
        Ok(Layout {
            currency,
            date_order: file.date_order.map(|order| match order {
                OrderWord::DayMonth => DateOrder::DayMonth,
                OrderWord::MonthDay => DateOrder::MonthDay,
            }),
            decimal_mark: file.decimal_mark.map(|mark| match mark {
                MarkWord::Point => DecimalMark::Point,
                MarkWord::Comma => DecimalMark::Comma,
            }),
            kinds: words(&file.kinds, &EntryKind::NAMES)?,
            statuses: words(&file.statuses, &EntryStatus::NAMES)?,
            settled_while_pending: settled,
            directions,
            name: file.name,
            title: file.title,
            reading: file.reading,
            channel: file.channel,
            route: file.route,
            positive_is_charge: file.positive_is_charge,
            sign_may_be_unstated: file.sign_may_be_unstated,
            order_from_sequence: file.order_from_sequence,
            bill_month: file.bill_month,
            needs: file.needs,
            template: file.template,
            claims: file.claims,
            titles: file.titles,
        })
    }

    /// Whether a set of roles that a header fills makes the table one of this layout.
    pub(super) fn claims(&self, filled: &dyn Fn(Role) -> bool) -> bool {
        self.claims.iter().any(|claim| claim.iter().all(|&role| filled(role)))
    }

    /// The titles that a role may have, the preferred first.
    pub(super) fn titles_of(&self, role: Role) -> &[String] {
        self.titles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// What a word of the kind column means.
    pub fn kind(&self, word: &str) -> Option<EntryKind> {
        self.kinds.get(&folded(word)).copied()
    }

    /// What a code of the keeper's own means: the whole code, else its group (`T0006`, else `T00`).
    pub fn kind_of_code(&self, code: &str) -> Option<EntryKind> {
        let digits = code.strip_prefix(['T', 't']).filter(|digits| digits.len() == CODE_DIGITS)?;
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        self.kind(code).or_else(|| self.kind(&code[..=GROUP_DIGITS]))
    }

    /// What a word of the status column means.
    pub fn status(&self, word: &str) -> Option<EntryStatus> {
        self.statuses.get(&folded(word)).copied()
    }

    /// The words of the status column that are known, for messages.
    pub fn status_words(&self) -> Vec<&str> {
        self.statuses.keys().map(String::as_str).collect()
    }

    /// Whether money moves for rows of this kind although their status still says pending.
    pub fn settles_while_pending(&self, kind: EntryKind) -> bool {
        self.settled_while_pending.contains(&kind)
    }

    /// What a word of the direction or impact column means.
    pub fn direction(&self, word: &str) -> Option<Direction> {
        self.directions.get(&folded(word)).copied()
    }
}

/// The title that stands for a currency code inside another title: `Amount ({currency})`.
const CURRENCY_SLOT: &str = "{currency}";

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
pub(super) struct Catalogue {
    pub layouts: Vec<Layout>,
    fixed: BTreeMap<String, Vec<TitleMeaning>>,
    /// Titles with a currency code inside: what stands before and after it.
    open: Vec<(String, String, TitleMeaning)>,
    /// Countries and names of currencies, to their currency.
    places: BTreeMap<String, Currency>,
}

const FILES: [&str; 13] = [
    include_str!("layouts/paypal.toml"),
    include_str!("layouts/billing.toml"),
    include_str!("layouts/observations.toml"),
    include_str!("layouts/attempts.toml"),
    include_str!("layouts/invoice-list.toml"),
    include_str!("layouts/chase-card.toml"),
    include_str!("layouts/revolut.toml"),
    include_str!("layouts/revolut-business.toml"),
    include_str!("layouts/n26.toml"),
    include_str!("layouts/cmb-credit.toml"),
    include_str!("layouts/ofx.toml"),
    include_str!("layouts/mt940.toml"),
    include_str!("layouts/generic.toml"),
];

const PLACES: &str = include_str!("layouts/places.toml");

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::parse(&FILES, PLACES).expect("the embedded layouts are valid"));

impl Catalogue {
    /// The layouts that are embedded.
    pub(super) fn embedded() -> &'static Catalogue {
        &CATALOGUE
    }

    fn parse(files: &[&str], places: &str) -> Result<Catalogue, String> {
        let layouts = files.iter().map(|file| Layout::parse(file)).collect::<Result<Vec<_>, _>>()?;
        let mut fixed: BTreeMap<String, Vec<TitleMeaning>> = BTreeMap::new();
        let mut open = Vec::new();
        for (index, layout) in layouts.iter().enumerate() {
            for (&role, titles) in &layout.titles {
                for (rank, title) in titles.iter().enumerate() {
                    let meaning = TitleMeaning { layout: index, role, rank, currency: None };
                    match folded(title).split_once(CURRENCY_SLOT) {
                        Some((before, after)) => open.push((before.to_string(), after.to_string(), meaning)),
                        None => fixed.entry(folded(title)).or_default().push(meaning),
                    }
                }
            }
        }
        let table: BTreeMap<String, Vec<String>> = toml::from_str(places).map_err(|error| error.to_string())?;
        let mut by_place = BTreeMap::new();
        for (code, names) in table {
            let currency = Currency::parse(&code).map_err(|error| error.to_string())?;
            by_place.extend(names.into_iter().map(|name| (folded(&name), currency)));
        }
        Ok(Catalogue { layouts, fixed, open, places: by_place })
    }

    /// What a title means, in every layout that knows it.
    pub(super) fn meanings(&self, title: &str) -> Vec<TitleMeaning> {
        let title = folded(title);
        let mut all = self.fixed.get(&title).cloned().unwrap_or_default();
        for (before, after, meaning) in &self.open {
            let code = title.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            if let Some(currency) = code.and_then(|code| Currency::parse(code).ok()) {
                all.push(TitleMeaning { currency: Some(currency), ..*meaning });
            }
        }
        all
    }
}

/// All layouts in the order in which they are tried.
pub fn layouts() -> &'static [Layout] {
    &CATALOGUE.layouts
}

/// The currency of a country code (`US`), a currency code or a currency's Chinese name.
pub fn currency_of(place: &str) -> Option<Currency> {
    Currency::parse(place).ok().or_else(|| CATALOGUE.places.get(&folded(place)).copied())
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
        let meanings = Catalogue::embedded().meanings("Amount (EUR)");
        assert!(meanings.iter().any(|m| m.role == Role::Amount && m.currency == Some(Currency::EUR)));
        assert!(Catalogue::embedded().meanings("Amount (Foreign Currency)").iter().all(|m| m.currency.is_none()));
    }

    #[test]
    fn places_have_a_currency() {
        assert_eq!(currency_of("US"), Some(Currency::USD));
        assert_eq!(currency_of("人民币"), Some(Currency::CNY));
        assert_eq!(currency_of("eur"), Some(Currency::EUR));
        assert_eq!(currency_of("XX"), None);
    }
}
