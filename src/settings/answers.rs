//! What the user answers to payproof's questions about single files.

use super::{SettingsError, pattern};
use crate::cli;
use crate::domain::EntryStatus;
use crate::source::cell::{DateOrder, DecimalMark};
use crate::source::{Answers, Role, SignAnswer};
use glob::Pattern;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Answers by file name pattern. Of several that fit one file the first counts.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    columns: Vec<(Pattern, (Role, String))>,
    signs: Vec<(Pattern, SignAnswer)>,
    dates: Vec<(Pattern, DateOrder)>,
    statuses: Vec<(Pattern, (String, EntryStatus))>,
    decimals: Vec<(Pattern, DecimalMark)>,
}

/// The same as a config file says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StatedTables {
    /// By file name pattern: the title of the column that holds a role.
    column: BTreeMap<String, BTreeMap<String, String>>,
    /// By file name pattern: which way a positive amount runs.
    sign: BTreeMap<String, String>,
    /// By file name pattern: the order of day and month.
    dates: BTreeMap<String, String>,
    /// By file name pattern: what words say of how far a row has come.
    status: BTreeMap<String, BTreeMap<String, String>>,
    /// By file name pattern: the decimal mark.
    decimal: BTreeMap<String, String>,
}

impl Stated {
    /// What was typed.
    ///
    /// # Errors
    /// A file name pattern that is none.
    pub(super) fn typed(
        columns: Vec<cli::AnswerOf<(Role, String)>>,
        signs: Vec<cli::AnswerOf<SignAnswer>>,
        dates: Vec<cli::AnswerOf<DateOrder>>,
        decimals: Vec<cli::AnswerOf<DecimalMark>>,
        statuses: Vec<cli::AnswerOf<(String, EntryStatus)>>,
    ) -> Result<Stated, SettingsError> {
        Ok(Stated {
            columns: patterns(columns)?,
            signs: patterns(signs)?,
            dates: patterns(dates)?,
            statuses: patterns(statuses)?,
            decimals: patterns(decimals)?,
        })
    }

    /// Adds what a config file says, after what was typed.
    ///
    /// # Errors
    /// A file name pattern that is none, or an answer that is none.
    pub(super) fn add(&mut self, tables: &StatedTables) -> Result<(), SettingsError> {
        let wrong = |glob: &str| {
            let hint = format!("this is said of `{glob}`");
            move |message: String| SettingsError { message, hint }
        };
        for (glob, columns) in &tables.column {
            for (role, title) in columns {
                let column = Answers::parse_column(&format!("{role}={title}")).map_err(wrong(glob))?;
                self.columns.push((pattern(glob)?, column));
            }
        }
        for (glob, text) in &tables.sign {
            self.signs.push((pattern(glob)?, Answers::parse_sign(text).map_err(wrong(glob))?));
        }
        for (glob, text) in &tables.dates {
            self.dates.push((pattern(glob)?, Answers::parse_dates(text).map_err(wrong(glob))?));
        }
        for (glob, words) in &tables.status {
            for (word, meaning) in words {
                let status = Answers::parse_status(&format!("{word}={meaning}")).map_err(wrong(glob))?;
                self.statuses.push((pattern(glob)?, status));
            }
        }
        for (glob, text) in &tables.decimal {
            self.decimals.push((pattern(glob)?, Answers::parse_decimal(text).map_err(wrong(glob))?));
        }
        Ok(())
    }

    /// What is said of a file, by its base name or shown path.
    pub fn answers(&self, shown: &str) -> Answers {
        let mut columns: Vec<(Role, String)> = Vec::new();
        for (_, (role, title)) in self.columns.iter().filter(|(pattern, _)| fits(pattern, shown)) {
            if columns.iter().all(|(known, _)| known != role) {
                columns.push((*role, title.clone()));
            }
        }
        let statuses = self.statuses.iter().filter(|(pattern, _)| fits(pattern, shown));
        Answers {
            columns,
            sign: first(&self.signs, shown),
            dates: first(&self.dates, shown),
            statuses: statuses.map(|(_, status)| status.clone()).collect(),
            decimal: first(&self.decimals, shown),
        }
    }
}

/// What was typed, its patterns read.
///
/// # Errors
/// A file name pattern that is none.
pub(super) fn patterns<T>(answers: Vec<cli::AnswerOf<T>>) -> Result<Vec<(Pattern, T)>, SettingsError> {
    answers.into_iter().map(|answer| Ok((pattern(&answer.files)?, answer.answer))).collect()
}

/// Whether a file is meant, by its base name or shown path.
fn fits(pattern: &Pattern, shown: &str) -> bool {
    let base = shown.rsplit('/').next().unwrap_or(shown);
    pattern.matches(base) || pattern.matches(shown)
}

/// What is said first of a file.
pub(super) fn first<T: Copy>(stated: &[(Pattern, T)], shown: &str) -> Option<T> {
    stated.iter().find(|(pattern, _)| fits(pattern, shown)).map(|(_, answer)| *answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_config_file_says_what_status_words_mean() {
        let said = |text: &str| {
            let tables: StatedTables = toml::from_str(text).unwrap();
            let mut stated = Stated::default();
            stated.add(&tables).map(|()| stated)
        };
        let stated = said("[status.'bank*.csv']\nSlettet = 'voided'\n").unwrap();
        assert_eq!(stated.answers("x/bank-1.csv").statuses, [("Slettet".to_string(), EntryStatus::Voided)]);
        assert!(stated.answers("card.csv").statuses.is_empty());
        assert!(said("[status.'bank.csv']\nSlettet = 'gone'\n").is_err());
    }
}
