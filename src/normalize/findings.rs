//! What is wrong with single rows, collected until the whole file was read.

use crate::diagnostic::{Diagnostic, Excerpt, literal};
use crate::source::{Record, Rejected, Table};
use std::ops::Range;

/// Rows at fault after which reading a file stops: it is not the format it was taken for.
pub(super) const BAD_ROWS_MAX: usize = 10_000;

/// A place in a file that decided how a column is read.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Byte and line at which its record begins.
    pub record: (usize, u32),
    /// Its bytes.
    pub range: Range<usize>,
}

impl Shown {
    /// The place of a cell, white space around it left out.
    pub(super) fn cell(row: Record, column: usize) -> Shown {
        let record = row.place();
        let Some(span) = row.span(column) else {
            let end = row.span(row.width().saturating_sub(1)).map_or(row.start(), |last| last.range().end);
            return Shown { record, range: end..end };
        };
        let raw = row.whole(column);
        let start = span.range().start + (raw.len() - raw.trim_start().len());
        Shown { record, range: start..start + raw.trim().len() }
    }

    /// The line with the place underlined.
    pub(super) fn excerpt(&self, table: &Table, label: impl Into<String>) -> Excerpt {
        table.excerpt(self.record, self.range.clone(), label)
    }
}

/// What is wrong with one row.
#[derive(Clone, Debug)]
pub(super) struct RowFault {
    /// Stable name of the kind of fault.
    pub code: &'static str,
    /// The column at fault; `None` for the row as a whole.
    pub column: Option<usize>,
    /// Bytes of the cell that are meant, counted from its first; empty for the whole cell.
    pub within: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub expected: String,
    /// What can be done.
    pub hint: Option<String>,
    /// The cell that decided otherwise.
    pub decided_by: Option<Shown>,
}

impl RowFault {
    pub(super) fn new(
        code: &'static str,
        column: usize,
        message: String,
        expected: impl Into<String>,
    ) -> Box<RowFault> {
        Box::new(RowFault {
            code,
            column: Some(column),
            within: 0..0,
            message,
            expected: expected.into(),
            hint: None,
            decided_by: None,
        })
    }

    pub(super) fn with_hint(mut self: Box<Self>, hint: impl Into<String>) -> Box<RowFault> {
        self.hint = Some(hint.into());
        self
    }
}

/// The outcome of one row.
pub(super) type RowResult<T> = Result<T, Box<RowFault>>;

/// The faults of one file.
pub(super) struct Findings<'t> {
    path: &'t str,
    table: &'t Table<'t>,
    skip_bad_rows: bool,
    /// Errors in the order of the file.
    pub errors: Vec<Diagnostic>,
    /// Rows passed over.
    pub rejected: Vec<Rejected>,
}

/// The question what a positive amount means.
pub(super) fn sign_fault(path: &str, column: usize, cell: &str) -> Box<RowFault> {
    let message = format!("{} could be a charge or money received: nothing in the file says which", literal(cell));
    RowFault::new("amount-sign", column, message, "which way the money went").with_hint(format!(
        "say it: `--sign '{path}=charge-positive'` if a positive amount is a charge, else `--sign '{path}=charge-negative'`"
    ))
}

/// The warning for a statement without its closing balance.
pub(super) fn unclosed(path: &str, line: u32) -> Diagnostic {
    let message = "the statement opens with a balance and ends without one: it may be cut off";
    let mut finding = Diagnostic::error("statement-unclosed", path, message)
        .as_warning()
        .hint("export it again, so that it ends with its closing balance `:62F:`");
    finding.line = line;
    finding
}

impl<'t> Findings<'t> {
    pub(super) fn new(path: &'t str, table: &'t Table<'t>, skip_bad_rows: bool) -> Findings<'t> {
        Findings { path, table, skip_bad_rows, errors: Vec::new(), rejected: Vec::new() }
    }

    /// Notes a fault: as a row passed over where the user asked for that, else as an error.
    pub(super) fn note(&mut self, row: Record, fault: &RowFault) {
        if self.skip_bad_rows {
            let column = fault.column.and_then(|column| self.table.titles.get(column)).cloned();
            let reason = format!("{}: {}", fault.message, fault.expected);
            self.rejected.push(Rejected { line: row.line(), column, reason });
        } else {
            self.errors.push(self.diagnostic(row, fault));
        }
    }

    /// The fault as a finding, whatever the user asked for.
    pub(super) fn diagnostic(&self, row: Record, fault: &RowFault) -> Diagnostic {
        let mut shown = Shown::cell(row, fault.column.unwrap_or(usize::MAX));
        let label = match fault.column.and_then(|column| self.table.titles.get(column)) {
            Some(title) => format!("column `{title}`: {}", fault.expected),
            None => fault.expected.clone(),
        };
        if fault.column.is_none() {
            shown.range = row.start()..shown.range.end;
        } else if !fault.within.is_empty() {
            let start = shown.range.start;
            shown.range = start + fault.within.start..start + fault.within.end;
        }
        let mut finding =
            Diagnostic::error(fault.code, self.path, fault.message.clone()).at(shown.excerpt(self.table, label));
        if let Some(decided) = &fault.decided_by {
            finding = finding.at(decided.excerpt(self.table, "this cell decides how the column is read"));
        }
        match &fault.hint {
            Some(hint) => finding.hint(hint.clone()),
            None => finding,
        }
    }

    /// Whether so many rows are bad that reading on says nothing; notes that once.
    pub(super) fn are_too_many(&mut self) -> bool {
        let many = self.errors.len() >= BAD_ROWS_MAX;
        if many {
            let message = format!("more than {BAD_ROWS_MAX} rows cannot be read; reading stopped");
            self.errors.push(Diagnostic::error("too-many-findings", self.path, message));
        }
        many
    }
}
