//! How far a row has come, by all that the row says of it.
//!
//! A status column, where the file has one, is believed. Beside it a row may say by its type, by a column of yes and no,
//! by a column of reasons, by the line above it or by the beginning of its text that it was declined or is not booked
//! yet. What says so unmistakably is taken; where it contradicts the status column, or stands where the payer may have
//! written, the row is asked about: a declined row that counts as a charge would be a false accusation, and a charge
//! that counts as declined would hide a claim.

use super::entries::EntryMaker;
use super::findings::{RowFault, RowResult};
use super::line::Line;
use crate::diagnostic::literal;
use crate::domain::{EntryKind, EntryStatus};
use crate::source::{
    Answers, Catalogue, Reading, Record, Role, Saying, names_reason, says_progress, says_total, yes_or_no,
};

/// How far a row has come, and the file's own words for it.
pub(super) struct Standing {
    pub status: EntryStatus,
    pub text: Option<String>,
}

/// Something beside the status column that says how far a row has come.
struct Said {
    status: EntryStatus,
    /// The column in which it stands; none for a line above the row.
    column: Option<usize>,
    /// The word that an answer would name.
    word: String,
    /// Whether it can mean nothing else.
    is_sure: bool,
}

/// The text of a row that holds nothing else.
fn lone_text<'w>(row: Record<'w>) -> Option<&'w str> {
    let mut filled = (0..row.width()).map(|column| row.raw(column)).filter(|text| !text.is_empty());
    filled.next().filter(|_| filled.next().is_none())
}

impl EntryMaker<'_, '_> {
    /// How far a row has come. Of a `relevant` row everything is considered and what is not clear is asked.
    pub(super) fn standing(&mut self, row: Record, line: &Line, relevant: bool) -> RowResult<Standing> {
        if let Some((word, status)) = line.waiting {
            return Ok(Standing { status, text: Some(self.own_word(row).unwrap_or(word).to_string()) });
        }
        let by_column = self.status_of(row);
        let has_column = self.table.columns.get(Role::Status).is_some();
        let own = Standing { status: by_column, text: self.own_word(row).map(str::to_string) };
        if self.table.layout.reading != Reading::Account || (has_column && by_column != EntryStatus::Posted) {
            return Ok(own);
        }
        let said = self.said(row, line, relevant, has_column);
        let sure: Vec<&Said> = said.iter().filter(|said| said.is_sure).collect();
        let Some(first) = sure.first().copied().or(said.first()) else { return Ok(own) };
        let agree = sure.iter().all(|other| other.status == first.status);
        let settled = first.is_sure && agree && !has_column;
        if relevant && !settled {
            return Err(self.doubtful(row, first, has_column));
        }
        if settled { Ok(Standing { status: first.status, text: Some(first.word.clone()) }) } else { Ok(own) }
    }

    /// How far a row has come that need not be understood in full: by its status column, by the columns of yes and no
    /// and by the line above it.
    pub(super) fn plain_standing(&mut self, row: Record, line: &Line) -> EntryStatus {
        let is_plain = self.section.is_none() && self.table.progress.flags.is_empty();
        if is_plain && self.table.columns.get(Role::Status).is_none() {
            return EntryStatus::Posted;
        }
        let by_column = self.status_of(row);
        if is_plain || by_column != EntryStatus::Posted || self.table.columns.get(Role::Status).is_some() {
            return by_column;
        }
        let said = self.said(row, line, false, false);
        said.first().filter(|said| said.is_sure).map_or(by_column, |said| said.status)
    }

    /// The status column's word.
    fn own_word<'w>(&self, row: Record<'w>) -> Option<&'w str> {
        Some(row.raw(self.table.columns.get(Role::Status)?)).filter(|word| !word.is_empty())
    }

    /// All that says that a row is not booked, what is sure and stands nearest first.
    fn said(&self, row: Record, line: &Line, relevant: bool, has_column: bool) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        let sure = |status, column, word: &str| Said { status, column, word: word.to_string(), is_sure: true };
        if let Some((word, status)) = &self.section
            && *status != Some(EntryStatus::Posted)
        {
            let is_sure = status.is_some();
            said.push(Said { is_sure, ..sure(status.unwrap_or(EntryStatus::Pending), None, word) });
        }
        for &(column, meaning) in &self.table.progress.flags {
            let cell = row.raw(column);
            let posted = meaning == EntryStatus::Posted;
            let status = if posted { EntryStatus::Pending } else { meaning };
            if self.stated(cell).is_none() && yes_or_no(cell) == Some(!posted) {
                said.push(sure(status, Some(column), cell));
            }
        }
        for &column in &self.table.progress.reasons {
            let cell = row.raw(column);
            let is_posted = self.table.layout.status(cell) == Some(EntryStatus::Posted);
            if names_reason(cell) && !is_posted && self.stated(cell) != Some(EntryStatus::Posted) {
                said.push(sure(EntryStatus::Declined, Some(column), cell));
            }
        }
        said.extend(self.said_by_kind(row, line, has_column));
        if relevant {
            said.extend(self.said_by_texts(row, has_column));
        }
        if line.valued && !line.leaves {
            // Money that came in may be what was refused before, given back.
            said.iter_mut().filter(|said| said.status == EntryStatus::Declined).for_each(|said| said.is_sure = false);
        }
        said.sort_by_key(|said| !said.is_sure);
        said
    }

    /// What the type of a row says. A type that cancels money which came in says nothing: it may be a refund.
    fn said_by_kind(&self, row: Record, line: &Line, has_column: bool) -> Option<Said> {
        let column = self.table.columns.get(Role::Kind)?;
        let word = row.raw(column);
        let kind = self.table.layout.kind(word);
        if word.is_empty() || kind == Some(EntryKind::Fee) {
            return None;
        }
        let status = match kind {
            _ if self.stated(word).is_some() => self.stated(word),
            // Beside a status column the two are one: a hold that is booked is known as such.
            Some(EntryKind::Authorization | EntryKind::AuthorizationReversal) if has_column => None,
            Some(EntryKind::Authorization) => Some(EntryStatus::Pending),
            Some(EntryKind::AuthorizationReversal) => Some(EntryStatus::Voided),
            _ => self.table.layout.status(word).or_else(|| self.meant(says_progress(word)?)),
        };
        let status = status.filter(|status| *status != EntryStatus::Posted)?;
        let gives_back = matches!(status, EntryStatus::Voided | EntryStatus::Expired) && !line.leaves;
        if gives_back && kind.is_none() {
            return None;
        }
        Some(Said { status, column: Some(column), word: word.to_string(), is_sure: true })
    }

    /// What the texts of a row say: the merchant's, which begins with it where the bank wrote it, and those beside it.
    fn said_by_texts(&self, row: Record, has_column: bool) -> Vec<Said> {
        let mut said = Vec::new();
        let columns = &self.table.columns;
        let main = columns.get(Role::Descriptor);
        let is_other = |column: &usize| {
            let role = columns.role_of(*column);
            let progress = &self.table.progress;
            matches!(role, None | Some(Role::Memo | Role::Category | Role::OriginalText | Role::Payer))
                && Some(*column) != main
                && !progress.reasons.contains(column)
                && progress.flags.iter().all(|flag| flag.0 != *column)
        };
        for column in main.into_iter().chain((0..row.width()).filter(is_other)) {
            let cell = row.raw(column);
            if cell.is_empty() || self.stated(cell) == Some(EntryStatus::Posted) {
                continue;
            }
            let Some(saying) = says_progress(cell) else { continue };
            let Some(status) = self.meant(saying).filter(|status| *status != EntryStatus::Posted) else { continue };
            // Under a title that is known for free text the payer may have written.
            let is_free =
                || self.table.titles.get(column).is_some_and(|title| Catalogue::embedded().knows_title(title));
            let is_banks = Some(column) == main || (status == EntryStatus::Declined && !is_free());
            let is_sure = saying.begins && is_banks;
            if is_sure || !has_column {
                said.push(Said { status, column: Some(column), word: saying.word.to_string(), is_sure });
            }
        }
        said
    }

    /// What a saying means, the user's word for it first.
    fn meant(&self, saying: Saying) -> Option<EntryStatus> {
        self.stated(saying.word).or(Some(saying.status))
    }

    /// What the user states of a word; an empty cell is meant only where it is the status column's.
    fn stated(&self, word: &str) -> Option<EntryStatus> {
        self.table.progress.stated(word).filter(|_| !word.is_empty())
    }

    /// What a line that stands alone says of the rows below it.
    pub(super) fn section_at(&self, row: Record) -> Option<EntryStatus> {
        self.table.progress.section_of(lone_text(row)?)
    }

    /// Whether a row is such a line; it holds for the rows below.
    pub(super) fn heads_section(&mut self, row: Record) -> bool {
        let status = self.section_at(row).filter(|_| self.table.layout.reading == Reading::Account);
        if let Some((line, status)) = lone_text(row).zip(status) {
            self.has_rows = false;
            self.section = Some((line.to_string(), Some(status)));
        }
        status.is_some()
    }

    /// Below rows that are not booked another line that stands alone, or the titles again, may begin rows that are.
    pub(super) fn may_end_section(&mut self, row: Record) {
        let is_open = matches!(&self.section, Some((_, status)) if *status != Some(EntryStatus::Posted));
        if let Some((line, status)) = self.section.as_mut().filter(|_| is_open && self.has_rows)
            && lone_text(row).is_none()
            && self.table.progress.stated(line).is_none()
        {
            *status = None;
        }
        if let Some(line) = lone_text(row).filter(|_| is_open)
            && line.contains(char::is_alphabetic)
            && !says_total(line)
            && says_progress(line).is_none()
        {
            self.section = Some((line.to_string(), None));
        }
    }

    /// The fault of a date cell that holds a word, with the answer that gives the word a meaning.
    pub(super) fn with_answer(&self, row: Record, fault: &RowFault) -> Option<RowFault> {
        let word = row.raw(fault.column.filter(|_| fault.code == "cell-date" && fault.hint.is_none())?);
        if word.is_empty() || !word.chars().all(|letter| letter.is_alphabetic() || letter == ' ') {
            return None;
        }
        let answer = format!("--status '{}:{word}=pending'", self.path);
        let hint = format!("if it says that the row is not booked yet, say so: `{answer}`");
        Some(RowFault { hint: Some(hint), ..fault.clone() })
    }

    #[cold]
    fn doubtful(&self, row: Record, said: &Said, has_column: bool) -> Box<RowFault> {
        let (word, meaning) = (literal(&said.word), said.status.name());
        let message = match said.column {
            None => format!("the line {word} above this row may say that it was never booked"),
            Some(_) if has_column => {
                format!(
                    "{word} says that the row is {meaning}, and {} that it is posted",
                    literal(self.own_word(row).unwrap_or_default())
                )
            }
            Some(_) => format!("{word} may say that the row is {meaning}"),
        };
        let column = said.column.unwrap_or_default();
        let mut fault = RowFault::new("cell-status", column, message, "whether the money was taken");
        if said.column.is_none() {
            fault.column = None;
        }
        fault.with_hint(format!(
            "say what it means: `--status '{path}:{word}={meaning}'`, or `--status '{path}:{word}=posted'` if the money was taken",
            path = self.path,
            word = said.word
        ))
    }

    /// The fault of a status word that nobody knows.
    #[cold]
    pub(super) fn unknown_status(&self, row: Record) -> Box<RowFault> {
        let column = self.table.columns.get(Role::Status).unwrap_or_default();
        let word = self.own_word(row).unwrap_or_default();
        let message = format!("the status {} is not known", literal(word));
        RowFault::new("cell-status", column, message, "a known status").with_hint(format!(
            "say what it means: `--status '{}:{word}=posted'`; it may be {}",
            self.path,
            Answers::status_names()
        ))
    }
}
