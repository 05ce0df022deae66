//! What is known before a file is looked at: the layouts, and what the user answered to payproof's questions about it.

use super::catalogue::{Catalogue, folded_title};
use super::cell::{DateOrder, DecimalMark};
use super::role::Role;
use crate::domain::EntryStatus;

/// Which way a positive amount runs, as the user states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignAnswer {
    /// A positive amount is a charge.
    ChargePositive,
    /// A negative amount is a charge.
    ChargeNegative,
}

/// What the user stated about one file (`--column`, `--sign`, `--dates`, `--decimal`, `--status`). The currency is
/// [`Options`]' own.
///
/// [`Options`]: crate::normalize::Options
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Which column holds what, by its title; `column 3` names the third column, `Title#2` the second of that title.
    pub columns: Vec<(Role, String)>,
    /// Which way a positive amount runs.
    pub sign: Option<SignAnswer>,
    /// Order of day and month.
    pub dates: Option<DateOrder>,
    /// What words of the file say of how far a row has come.
    pub statuses: Vec<(String, EntryStatus)>,
    /// The decimal mark.
    pub decimal: Option<DecimalMark>,
}

/// Words that a user may write for a role, beside the role's own name.
const SHORT_NAMES: [(&str, Role); 6] = [
    ("date", Role::TransactionDate),
    ("posted", Role::PostingDate),
    ("description", Role::Descriptor),
    ("type", Role::Kind),
    ("original", Role::OriginalAmount),
    ("rate", Role::Rate),
];

impl Answers {
    /// Nothing was stated.
    pub const NONE: &'static Answers =
        &Answers { columns: Vec::new(), sign: None, dates: None, decimal: None, statuses: Vec::new() };

    /// Reads `ROLE=TITLE`, as in `amount=Betrag`.
    ///
    /// # Errors
    /// What was expected, in English.
    pub fn parse_column(text: &str) -> Result<(Role, String), String> {
        let expected = "expected a role and a title such as amount=Betrag";
        let (role, title) = text.split_once('=').ok_or(expected)?;
        if title.trim().is_empty() {
            return Err(expected.to_string());
        }
        let role = role.trim().to_lowercase();
        let short = SHORT_NAMES.iter().find(|known| known.0 == role).map(|known| known.1);
        let named = Role::ALL.into_iter().find(|known| known.name() == role);
        match short.or(named) {
            Some(role) => Ok((role, title.trim().to_string())),
            None => Err(format!("`{role}` is no role; roles are {}", Answers::role_names().join(", "))),
        }
    }

    /// Reads `charge-positive` or `charge-negative`.
    ///
    /// # Errors
    /// What was expected, in English.
    pub fn parse_sign(text: &str) -> Result<SignAnswer, String> {
        match text.trim() {
            "charge-positive" => Ok(SignAnswer::ChargePositive),
            "charge-negative" => Ok(SignAnswer::ChargeNegative),
            _ => Err("expected charge-positive or charge-negative".to_string()),
        }
    }

    /// Reads `dmy`, `mdy` or `ymd`.
    ///
    /// # Errors
    /// What was expected, in English.
    pub fn parse_dates(text: &str) -> Result<DateOrder, String> {
        match text.trim() {
            "dmy" => Ok(DateOrder::DayMonth),
            "mdy" => Ok(DateOrder::MonthDay),
            "ymd" => Ok(DateOrder::YearMonth),
            _ => Err("expected dmy, mdy or ymd".to_string()),
        }
    }

    /// Reads `WORD=STATUS`, as in `Geaccepteerd=posted`; the word is empty where an empty cell is meant.
    ///
    /// # Errors
    /// What was expected, in English.
    pub fn parse_status(text: &str) -> Result<(String, EntryStatus), String> {
        let expected = "expected a word and what it means such as Geaccepteerd=posted";
        let (word, meaning) = text.rsplit_once('=').ok_or(expected)?;
        let meaning = meaning.trim().to_lowercase();
        match EntryStatus::NAMES.iter().find(|known| known.0 == meaning) {
            Some((_, status)) => Ok((word.trim().to_string(), *status)),
            None => Err(format!("`{meaning}` is no status; those are {}", Answers::status_names())),
        }
    }

    /// The statuses that an answer may name.
    pub fn status_names() -> String {
        EntryStatus::NAMES.map(|known| known.0).join(", ")
    }

    /// Reads `comma` or `point`.
    ///
    /// # Errors
    /// What was expected, in English.
    pub fn parse_decimal(text: &str) -> Result<DecimalMark, String> {
        match text.trim() {
            "comma" => Ok(DecimalMark::Comma),
            "point" => Ok(DecimalMark::Point),
            _ => Err("expected comma or point".to_string()),
        }
    }

    /// The names of roles that an answer may use, the usual ones.
    fn role_names() -> Vec<&'static str> {
        let usual =
            [Role::Amount, Role::Debit, Role::Credit, Role::Direction, Role::Currency, Role::Balance, Role::Status];
        let short = SHORT_NAMES.iter().map(|known| known.0);
        short.chain(usual.iter().map(|role| role.name())).collect()
    }
}

/// The column that an answer names: by its title, by `Title#2` where it stands several times, or as `column 3`.
pub(super) fn named_column(titles: &[String], width: usize, answer: &str) -> Option<usize> {
    let by_number = || numbered_column(answer).filter(|&column| column < width.max(titles.len()));
    titled_column(titles, answer).or_else(by_number)
}

/// The column whose title an answer names.
pub(super) fn titled_column(titles: &[String], answer: &str) -> Option<usize> {
    let with = |wanted: &str, times: usize| {
        let wanted = folded_title(wanted);
        let mut all = titles.iter().enumerate().filter(|(_, title)| folded_title(title) == wanted);
        all.nth(times.checked_sub(1)?).map(|(column, _)| column)
    };
    with(answer, 1)
        .or_else(|| answer.rsplit_once('#').and_then(|(title, times)| with(title, times.trim().parse().ok()?)))
}

/// The column that an answer names by its number.
pub(super) fn numbered_column(answer: &str) -> Option<usize> {
    folded_title(answer).strip_prefix(COLUMN)?.trim().parse::<usize>().ok()?.checked_sub(1)
}

/// How an answer says to take this column, in a form that `named_column` reads: by its title where that stands once.
pub(super) fn name_of_column(titles: &[String], column: usize) -> String {
    let same = |title: &String| titles.iter().filter(|other| folded_title(other) == folded_title(title)).count();
    match titles.get(column) {
        Some(title) if !title.is_empty() && same(title) == 1 => title.clone(),
        _ => format!("{COLUMN} {}", column + 1),
    }
}

/// The word with which an answer names a column by its number.
const COLUMN: &str = "column";

/// What is known before a file is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The layouts that are tried.
    pub catalogue: &'k Catalogue,
    /// What the user stated about the file.
    pub answers: &'k Answers,
}

impl Default for Known<'static> {
    /// The embedded layouts and no answers.
    fn default() -> Known<'static> {
        Known { catalogue: Catalogue::embedded(), answers: Answers::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_or_refused_with_what_was_expected() {
        assert_eq!(Answers::parse_column("amount=Umsatz in EUR"), Ok((Role::Amount, "Umsatz in EUR".to_string())));
        assert_eq!(Answers::parse_column("date = Tag"), Ok((Role::TransactionDate, "Tag".to_string())));
        assert_eq!(Answers::parse_column("original-currency=X"), Ok((Role::OriginalCurrency, "X".to_string())));
        assert!(Answers::parse_column("sum=Betrag").unwrap_err().contains("debit"));
        assert!(Answers::parse_column("amount").is_err() && Answers::parse_column("amount=").is_err());
        assert_eq!(Answers::parse_sign("charge-positive"), Ok(SignAnswer::ChargePositive));
        assert!(Answers::parse_sign("+").is_err());
        assert_eq!(Answers::parse_dates("ymd"), Ok(DateOrder::YearMonth));
        assert!(Answers::parse_dates("dym").is_err());
        assert_eq!(Answers::parse_status("a = b=posted"), Ok(("a = b".to_string(), EntryStatus::Posted)));
        assert_eq!(Answers::parse_status("=Declined"), Ok((String::new(), EntryStatus::Declined)));
        assert!(Answers::parse_status("Slettet=gone").unwrap_err().contains("voided"));
        assert!(Answers::parse_status("Slettet").is_err());
        assert_eq!(Answers::parse_decimal("comma"), Ok(DecimalMark::Comma));
        assert!(Answers::parse_decimal(",").is_err());
    }
}
