//! How far a row has come where no status column says so: words in other texts, columns of yes and no, columns of
//! reasons, and lines that stand alone among the rows.

use super::catalogue::folded_title;
use super::layout::folded;
use super::role::Role;
use super::table::Columns;
use super::words::{first_words, is_empty_date, is_pending_date, stands_at};
use crate::domain::EntryStatus;
use crate::embedded::{self, carried};
use crate::text::Beginnings;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ProgressFile {
    says: BTreeMap<String, Vec<String>>,
    negations: BTreeSet<String>,
    yes_says: BTreeMap<String, Vec<String>>,
    cells: Cells,
    columns: Titles,
    sections: Sections,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cells {
    yes: BTreeSet<String>,
    no: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    reasons: Vec<String>,
    outcomes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sections {
    of: BTreeSet<String>,
    pending: Vec<String>,
    posted: Vec<String>,
}

/// The data, ready for use.
struct Known {
    says: Vec<(String, EntryStatus)>,
    negations: BTreeSet<String>,
    /// By folded title: what yes says.
    flags: BTreeMap<String, EntryStatus>,
    cells: Cells,
    reasons: BTreeSet<String>,
    outcomes: BTreeSet<String>,
    sections: Sections,
}

/// A text of ASCII in which none of these begins says nothing.
static SAYS_FIRST: LazyLock<Beginnings> =
    LazyLock::new(|| first_words(KNOWN.says.iter().map(|(word, _)| word.as_str())));

/// Stands in a section's title for any word for rows.
const SLOT: &str = "@";

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::of(embedded::read(carried!("source/progress"))));

impl Known {
    fn of(file: ProgressFile) -> Known {
        let of = |name: &str| {
            let found = EntryStatus::NAMES.iter().find(|known| known.0 == name);
            found.map(|known| known.1).expect("a status of the data is one of the known")
        };
        let titles = |list: &[String]| list.iter().map(|title| folded_title(title)).collect();
        let flags = file.yes_says.iter().flat_map(|(name, list)| list.iter().map(move |title| (title, of(name))));
        let flags = flags.map(|(title, status)| (folded_title(title), status)).collect();
        let says = file.says.iter().flat_map(|(name, list)| list.iter().map(move |word| (word.clone(), of(name))));
        Known {
            says: says.collect(),
            negations: file.negations,
            flags,
            reasons: titles(&file.columns.reasons),
            outcomes: titles(&file.columns.outcomes),
            cells: file.cells,
            sections: file.sections,
        }
    }
}

/// What says how far a row of a table has come, beside its status column.
#[derive(Clone, Debug, Default)]
pub struct RowProgress {
    /// Columns of yes and no, with what yes says.
    pub flags: Vec<(usize, EntryStatus)>,
    /// Columns that are filled only where a row was refused.
    pub reasons: Vec<usize>,
    /// The line above the header, where it says what the rows below it are.
    pub section: Option<(String, EntryStatus)>,
    /// What the user states of words, folded.
    stated: Vec<(String, EntryStatus)>,
}

impl RowProgress {
    /// What is known before the rows are read; `above` is the last line above the header.
    pub(super) fn of(
        titles: &[String],
        columns: &Columns,
        flags: Vec<(usize, EntryStatus)>,
        above: Option<&str>,
        stated: &[(String, EntryStatus)],
    ) -> RowProgress {
        let stated: Vec<(String, EntryStatus)> = stated.iter().map(|(word, is)| (folded(word), *is)).collect();
        let is_free = |column: usize| columns.role_of(column).is_none_or(|role| role == Role::Memo);
        let reasons = (0..titles.len()).filter(|&column| is_free(column) && is_reason_title(&titles[column]));
        let mut progress = RowProgress { flags, reasons: reasons.collect(), section: None, stated };
        progress.section = above.and_then(|line| Some((line.to_string(), progress.section_of(line)?)));
        progress
    }

    /// What the user states of a word.
    pub fn stated(&self, word: &str) -> Option<EntryStatus> {
        if self.stated.is_empty() {
            return None;
        }
        let word = folded(word);
        self.stated.iter().find(|known| known.0 == word).map(|known| known.1)
    }

    /// What a line that stands alone says of the rows below it.
    pub fn section_of(&self, line: &str) -> Option<EntryStatus> {
        self.stated(line).or_else(|| section_of(line))
    }

    /// The word in a date cell that says that its row is not booked yet, and what it says.
    pub fn waiting(&self, cell: &str) -> Option<EntryStatus> {
        let stated = self.stated(cell).filter(|_| !cell.is_empty());
        stated.filter(|status| *status != EntryStatus::Posted).or(is_pending_date(cell).then_some(EntryStatus::Pending))
    }
}

/// A word of a text that says how far its row has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The word, as the data has it.
    pub word: &'static str,
    /// What it says.
    pub status: EntryStatus,
    /// Whether the text begins with it.
    pub begins: bool,
}

/// Where words of a text say that its row was declined or is not booked yet; the one that stands first.
pub fn says_progress(text: &str) -> Option<Saying> {
    // Asked first: nearly every text ends here.
    if text.is_ascii() && !SAYS_FIRST.begin_in(text.as_bytes()) {
        return None;
    }
    let text = folded(text);
    let known = &*KNOWN;
    let places = known.says.iter().filter_map(|(word, status)| {
        let at = stands_at(word, &text).find(|&at| !is_turned_round(&text[..at]))?;
        Some((at, word, *status))
    });
    // Of several that begin at one place the longest counts.
    let (at, word, status) = places.min_by_key(|(at, word, _)| (*at, usize::MAX - word.len()))?;
    let begins = !text[..at].contains(char::is_alphanumeric);
    Some(Saying { word, status, begins })
}

fn is_turned_round(before: &str) -> bool {
    let last = before.trim_end().rsplit(|letter: char| !letter.is_alphanumeric()).next();
    last.is_some_and(|word| KNOWN.negations.contains(word))
}

/// What yes says in a column of this title.
pub(super) fn flag_of(title: &str) -> Option<EntryStatus> {
    KNOWN.flags.get(&folded_title(title)).copied()
}

/// What a cell of such a column says; `None` where it is neither yes nor no.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    let cell = folded(cell);
    let known = &KNOWN.cells;
    if known.yes.contains(&cell) { Some(true) } else { known.no.contains(&cell).then_some(false) }
}

/// Whether a column of this title is filled only where a row was refused.
pub(super) fn is_reason_title(title: &str) -> bool {
    KNOWN.reasons.contains(&folded_title(title))
}

/// Whether the cell of such a column names a reason.
pub fn names_reason(cell: &str) -> bool {
    !cell.is_empty() && !is_empty_date(cell) && yes_or_no(cell) != Some(false) && cell.chars().any(|c| c != '0')
}

/// Whether a column of this title says how an attempt ended.
pub(super) fn is_outcome_title(title: &str) -> bool {
    KNOWN.outcomes.contains(&folded_title(title))
}

/// What the data knows of a line that stands alone.
fn section_of(line: &str) -> Option<EntryStatus> {
    let line = folded(line);
    let line = line.trim_end_matches([':', '：', ' ']).trim_matches(['*', '-', '=', '#', '[', ']', ' ']);
    // `Pending transactions (3)`
    let counted = line.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let counted = counted.filter(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let line = counted.map_or(line, |(text, _)| text.trim_end());
    let sections = &KNOWN.sections;
    let is_form = |form: &String| match form.split_once(SLOT) {
        Some((before, after)) => {
            let word = line.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            word.is_some_and(|word| sections.of.contains(word))
        }
        None => line == form,
    };
    let of = |forms: &[String], status| forms.iter().any(is_form).then_some(status);
    of(&sections.pending, EntryStatus::Pending).or_else(|| of(&sections.posted, EntryStatus::Posted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_how_far_a_row_has_come() {
        let said = |text| says_progress(text).map(|saying| (saying.word, saying.status, saying.begins));
        assert_eq!(said("DECLINED: TEA HOUSE"), Some(("declined", EntryStatus::Declined, true)));
        assert_eq!(said("(pending) tea house"), Some(("pending", EntryStatus::Pending, true)));
        assert_eq!(said("Abgelehnte Kartenzahlung"), Some(("abgelehnte", EntryStatus::Declined, true)));
        assert_eq!(said("Tea House - not yet posted"), Some(("not yet posted", EntryStatus::Pending, false)));
        assert_eq!(said("交易失败"), Some(("失败", EntryStatus::Declined, false)));
        for text in ["DEPENDING", "not declined", "Spending", "Zahlung nicht abgelehnt", "Approved", "", "Tea House"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_alone_says_what_the_rows_below_it_are() {
        for line in ["Pending Transactions", "PENDING", "Vorgemerkte Umsätze:", "*** Pending (3) ***", "未入账明细"]
        {
            assert_eq!(section_of(line), Some(EntryStatus::Pending), "{line}");
        }
        for line in ["Posted transactions", "Gebuchte Umsätze", "Transactions", "Umsätze (12)"] {
            assert_eq!(section_of(line), Some(EntryStatus::Posted), "{line}");
        }
        for line in ["Pending transactions: 0", "Includes pending transactions", "Tea House", ""] {
            assert_eq!(section_of(line), None, "{line}");
        }
    }

    #[test]
    fn cells_say_yes_or_no_and_name_reasons() {
        assert_eq!((yes_or_no("Yes"), yes_or_no("нет"), yes_or_no("maybe")), (Some(true), Some(false), None));
        assert!(names_reason("Insufficient funds") && names_reason("51"));
        assert!(!names_reason("") && !names_reason("n/a") && !names_reason("-") && !names_reason("00"));
        assert_eq!(flag_of("Is_Pending"), Some(EntryStatus::Pending));
        assert!(is_reason_title("Reden van weigering") && is_outcome_title("交易结果"));
    }
}
