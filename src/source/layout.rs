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
pub(super) struct LayoutFile {
    name: String,
    title: String,
    like: Option<String>,
    reading: Reading,
    channel: String,
    route: Option<Route>,
    currency: Option<String>,
    date_order: Option<OrderWord>,
    decimal_mark: Option<MarkWord>,
    #[serde(default)]
    positive_is_charge: bool,
    #[serde(default)]
    card_account: bool,
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
    #[serde(default)]
    direction_in_text: bool,
    #[serde(default)]
    fee_inside: bool,
    #[serde(default)]
    without_titles: Option<WithoutTitles>,
}

/// A format whose files have no header: what each column holds, and what stands above the rows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WithoutTitles {
    /// The role of each column by its name; empty for one that is not used.
    pub columns: Vec<String>,
    /// A text that stands above the first row.
    pub above: String,
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
    /// Whether its rows are those of a card's own account, to which its payments come in.
    pub card_account: bool,
    /// Whether a file may turn out to carry no direction at all, so that its amounts must be looked at as a whole.
    pub sign_may_be_unstated: bool,
    /// Whether rows stand in order of time, so that the sequence may decide the order of day and month.
    pub order_from_sequence: bool,
    /// Whether dates carry no year and a line above the header names the bill's month.
    pub bill_month: bool,
    /// Whether the beginning of the merchant's text says which way the money went.
    pub direction_in_text: bool,
    /// Whether the amount holds the fee already.
    pub fee_inside: bool,
    /// What the columns hold where the format has no header.
    pub(super) without_titles: Option<WithoutTitles>,
    /// Columns of which one each must be there.
    pub needs: Vec<Vec<Role>>,
    /// A file for a person to fill in: header and one sample row.
    pub template: Option<String>,
    pub(super) like: Option<String>,
    pub(super) claims: Vec<Vec<Role>>,
    pub(super) titles: BTreeMap<Role, Vec<String>>,
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
    let text = text.trim().trim_matches(['"', '\'', '\u{feff}']);
    let mut folded = String::with_capacity(text.len());
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        // Most titles and words: no letter becomes several, and no other blank stands between them.
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars() {
            match letter {
                '（' => folded.push('('),
                '）' => folded.push(')'),
                // One small letter for both, wherever in the word it stands.
                'Σ' | 'ς' => folded.push('σ'),
                // In small letters it would be an `i` with a second dot.
                'İ' => folded.push('i'),
                _ if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
                _ => folded.extend(letter.to_lowercase()),
            }
        }
    }
    folded
}

impl Layout {
    /// Reads a layout that the user wrote.
    pub(super) fn parse(text: &str) -> Result<Layout, String> {
        Layout::of(toml::from_str(text).map_err(|error| error.to_string())?)
    }

    pub(super) fn of(file: LayoutFile) -> Result<Layout, String> {
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
            like: file.like,
            name: file.name,
            title: file.title,
            reading: file.reading,
            channel: file.channel,
            route: file.route,
            positive_is_charge: file.positive_is_charge,
            card_account: file.card_account,
            sign_may_be_unstated: file.sign_may_be_unstated,
            order_from_sequence: file.order_from_sequence,
            bill_month: file.bill_month,
            needs: file.needs,
            template: file.template,
            direction_in_text: file.direction_in_text,
            fee_inside: file.fee_inside,
            without_titles: file.without_titles,
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

    /// Whether money moves for rows of this kind although their status still says pending.
    pub fn settles_while_pending(&self, kind: EntryKind) -> bool {
        self.settled_while_pending.contains(&kind)
    }

    /// What a word of the direction or impact column means.
    pub fn direction(&self, word: &str) -> Option<Direction> {
        self.directions.get(&folded(word)).copied()
    }

    /// What the beginning of a text says of the direction, where the format writes it there.
    pub fn direction_at_start(&self, text: &str) -> Option<Direction> {
        let text = folded(text);
        let known = self.directions.iter().filter(|(word, _)| text.starts_with(word.as_str()));
        known.max_by_key(|(word, _)| word.len()).map(|(_, direction)| *direction)
    }
}

/// Gives each layout that is like another the words of that one.
pub(super) fn share_words(layouts: &mut [Layout]) -> Result<(), String> {
    for index in 0..layouts.len() {
        let Some(name) = layouts[index].like.clone() else { continue };
        let other = layouts.iter().find(|layout| layout.name == name && layout.like.is_none());
        let other = other.ok_or_else(|| format!("`{}` is like `{name}`, which is not known", layouts[index].name))?;
        let (kinds, statuses) = (other.kinds.clone(), other.statuses.clone());
        let (settled, directions) = (other.settled_while_pending.clone(), other.directions.clone());
        let own = &mut layouts[index];
        own.kinds.extend(kinds);
        own.statuses.extend(statuses);
        own.settled_while_pending.extend(settled);
        own.directions.extend(directions);
    }
    Ok(())
}
