//! A finding about one place in one file: code, message, the original text with a caret, what was expected, a remedy.
//!
//! One layout for everything, as plain text; colour is added by whoever prints. Lines are physical lines from 1,
//! columns are display columns from 1 (a Chinese character takes two). The excerpt is the text of the file itself,
//! never a re-rendering; only characters that a terminal would obey instead of show are replaced by a visible name.

mod excerpt;

pub use excerpt::Excerpt;

use crate::text::clean;
use std::fmt::Write;

/// The codes of findings about input files, with what each one means.
pub const CODES: &[(&str, &str)] = &[
    ("amount-sign", "nothing shows which way the money went"),
    ("answer-column", "a column that an option names is not there"),
    ("archive-damaged", "an archive or a file in it is damaged"),
    ("archive-limit", "an archive holds too much"),
    ("archive-locked", "an archive is locked with a password"),
    ("archive-nested", "an archive stands inside another"),
    ("cell-amount", "a cell is no amount"),
    ("cell-currency", "a cell is no currency code, or contradicts another"),
    ("cell-date", "a cell is no date"),
    ("cell-direction", "a cell does not say which way the money went"),
    ("cell-kind", "the kind of a record is not known"),
    ("cell-product", "a product is not known"),
    ("cell-status", "a status is not known"),
    ("csv-structure", "quotes and delimiters do not fit together"),
    ("currency-unknown", "relevant rows have no currency (a warning)"),
    ("date-order", "day and month cannot be told apart, or change places within a column"),
    ("decimal-mark", "decimals and thousands cannot be told apart, or change marks within a column"),
    ("encoding", "bytes mean no character in the file's encoding"),
    ("file-changed", "a file changed while the bundle was made"),
    ("file-not-ours", "a file that was named is in no known format"),
    ("file-size", "the file is too large"),
    ("file-unreadable", "a file cannot be opened"),
    ("folder-too-deep", "folders nest too deep"),
    ("header-ambiguous", "two columns could be the same"),
    ("header-missing-column", "a column that is needed is not there"),
    ("json-key", "a key of a JSON file is missing, or holds something else than it should"),
    ("json-structure", "a text that should be JSON is cut off or damaged"),
    ("list-goes-on", "a saved list says that it goes on elsewhere (a warning)"),
    ("money-decimals", "an amount has more decimals than its currency"),
    ("ofx-structure", "an OFX file ends in the middle"),
    ("paper-field", "a value on a paper cannot be read"),
    ("paper-limit", "a paper is larger than a paper can be"),
    ("paper-sums", "the amounts of a paper do not add up"),
    ("paper-time", "reading a paper takes too long"),
    ("paper-unreadable", "the text of a paper cannot be told"),
    ("private", "something private stands in a finished file of the bundle"),
    ("rates", "a file with reference rates is not of a known form"),
    ("row-width", "a row has too few or too many cells"),
    ("saved-error", "a page was saved that holds nothing but an error message"),
    ("second-table", "a file holds several tables"),
    ("sheet-choice", "several sheets of a workbook hold different statements"),
    ("sheet-old", "a workbook of an old kind, or a locked one"),
    ("sheet-structure", "a workbook is damaged"),
    ("statement-unclosed", "a statement has no closing balance (a warning)"),
    ("template-sample", "the sample row of a template is still in the file"),
    ("too-many-findings", "so many rows are bad that reading stopped"),
    ("top-up-failed", "an account page says that its last top-up failed (a warning)"),
    ("undated", "an account page does not say when it was saved (a warning)"),
    ("xml-structure", "an XML file is broken or ends in the middle"),
];

/// How many diagnostics of one run are shown in full; the rest is counted.
pub const DIAGNOSTICS_SHOWN_MAX: usize = 100;

/// Whether a finding stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the run before anything is compared.
    Error,
    /// Cannot change a number.
    Warning,
}

/// One finding about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind of finding: `cell-amount`.
    pub code: &'static str,
    /// Whether it stops the run.
    pub severity: Severity,
    /// What is wrong, lower case, literals in backticks.
    pub message: String,
    /// The file as shown to the user.
    pub file: String,
    /// Physical line from 1; 0 where the finding is about the file as a whole.
    pub line: u32,
    /// Display column from 1 of the first character meant; 0 where the finding is about a line or file as a whole.
    pub column: u32,
    /// The lines that show it, the one at fault first.
    pub excerpts: Vec<Excerpt>,
    /// What can be done about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// Makes an error about a file as a whole.
    pub fn error(code: &'static str, file: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            file: file.to_string(),
            line: 0,
            column: 0,
            excerpts: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The same finding as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Diagnostic {
        self.severity = Severity::Warning;
        self
    }

    /// The same finding as an error.
    #[must_use]
    pub fn as_error(mut self) -> Diagnostic {
        self.severity = Severity::Error;
        self
    }

    /// Adds a line that shows it; the first one added gives the position.
    #[must_use]
    pub fn at(mut self, excerpt: Excerpt) -> Diagnostic {
        if self.excerpts.is_empty() {
            self.line = excerpt.line();
            self.column = excerpt.column();
        }
        self.excerpts.push(excerpt);
        self
    }

    /// Adds a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// The finding in the one layout, each line ended by a line feed.
    pub fn render(&self) -> String {
        let heading = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = format!("{heading}[{}]: {}\n", self.code, clean(&self.message));
        let gutter = self.excerpts.iter().map(|excerpt| excerpt.line().to_string().len()).max().unwrap_or(1);
        let pad = " ".repeat(gutter);
        let place = match (self.line, self.column) {
            (0, _) => String::new(),
            (line, 0) => format!(":{line}"),
            (line, column) => format!(":{line}:{column}"),
        };
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{pad}--> {}{place}", clean(&self.file));
        if !self.excerpts.is_empty() {
            let _ = writeln!(out, "{pad} |");
            for excerpt in &self.excerpts {
                excerpt.render_into(&mut out, gutter);
            }
        }
        for hint in &self.hints {
            let _ = writeln!(out, "{pad} = hint: {}", clean(hint));
        }
        out
    }
}

/// A text of the file inside a message: in backticks, made harmless, cut where it is long.
pub fn literal(text: &str) -> String {
    const CHARACTERS_MAX: usize = 40;
    let shown = clean(text);
    match shown.char_indices().nth(CHARACTERS_MAX) {
        Some((cut, _)) => format!("`{}…`", &shown[..cut]),
        None => format!("`{shown}`"),
    }
}

/// Sorts findings by file, position and code.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|a, b| {
        (&a.file, a.line, a.column, a.code, &a.message).cmp(&(&b.file, b.line, b.column, b.code, &b.message))
    });
}

/// All findings in the one layout, sorted, a blank line between; at most [`DIAGNOSTICS_SHOWN_MAX`], then how many more.
pub fn render_all(findings: &[Diagnostic]) -> String {
    let mut sorted = findings.to_vec();
    sort(&mut sorted);
    let shown: Vec<String> = sorted.iter().take(DIAGNOSTICS_SHOWN_MAX).map(Diagnostic::render).collect();
    let mut out = shown.join("\n");
    if sorted.len() > DIAGNOSTICS_SHOWN_MAX {
        let more = sorted.len().saturating_sub(DIAGNOSTICS_SHOWN_MAX);
        let _ = writeln!(out, "\nand {more} more");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_the_one_of_the_house() {
        let line = "2025-03-02;OPENAI SUBSCR;12,5O;EUR";
        let finding = Diagnostic::error("cell-amount", "bank.csv", "cannot read `12,5O` as an amount")
            .at(Excerpt::new(14, line, 25..30, "column `Amount`: digits with decimal mark `,`"))
            .hint("the last character is the letter O, not a zero");
        let expected = "error[cell-amount]: cannot read `12,5O` as an amount
  --> bank.csv:14:26
   |
14 | 2025-03-02;OPENAI SUBSCR;12,5O;EUR
   |                          ^^^^^ column `Amount`: digits with decimal mark `,`
   = hint: the last character is the letter O, not a zero
";
        assert_eq!(finding.render(), expected);
    }

    #[test]
    fn what_is_beyond_the_limit_is_counted() {
        let one = |line| Diagnostic::error("cell-date", "a.csv", "bad").at(Excerpt::new(line, "x", 0..1, ""));
        let many: Vec<Diagnostic> = (1..=102).rev().map(one).collect();
        let text = render_all(&many);
        assert!(text.starts_with("error[cell-date]: bad\n --> a.csv:1:1\n"), "{text}");
        assert!(text.ends_with("\nand 2 more\n"));
        assert!(!text.contains("a.csv:101"));
        assert!(!render_all(&many[2..]).contains("more"));
    }
}
