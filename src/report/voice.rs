//! How text from files is spoken in a report: masked, made harmless, and fenced where the format needs it.

use super::View;
use crate::domain::Account;
use crate::redaction;
use crate::text::{Lang, catalogue as say, clean, truncate};
use crate::verdict::Case;

/// A sentence quotes no more of a file than this; the JSON report has texts and paths in full.
const QUOTED_COLUMNS_MAX: usize = 200;

/// What keeps imported text apart from our own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// Nothing: the terminal, JSON.
    None,
    /// A Markdown code span, in which neither markup nor mentions work.
    CodeSpan,
}

/// The language of a report and the way imported text enters it.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub lang: Lang,
    redact: bool,
    fence: Fence,
    /// The account of the case spoken of; it stands in full.
    own: Option<&'a Account>,
}

impl<'a> Voice<'a> {
    pub fn new(view: &View, fence: Fence) -> Voice<'a> {
        Voice { lang: view.lang, redact: view.redact, fence, own: None }
    }

    /// The voice for one case, whose own account is not masked.
    pub fn about(self, case: &'a Case) -> Voice<'a> {
        Voice { own: case.account.as_ref(), ..self }
    }

    /// An identifier inside a sentence: an invoice number, a transaction id. Evidence, so never masked.
    pub fn id(&self, text: &str) -> String {
        self.fenced(&truncate(&clean(text), QUOTED_COLUMNS_MAX))
    }

    /// A text of a file inside a sentence: a descriptor, a file name.
    pub fn free(&self, text: &str) -> String {
        self.fenced(&truncate(&self.plain(text, &[]), QUOTED_COLUMNS_MAX))
    }

    /// Lines of a file, to be found again: the name may be masked or cut, the line numbers never.
    pub fn place(&self, file: &str, lines: &str) -> String {
        self.fenced(&format!("{}:{lines}", truncate(&self.plain(file, &[]), QUOTED_COLUMNS_MAX)))
    }

    /// A text of a file in full, without fence, with identifiers that stand as they are.
    pub fn plain(&self, text: &str, keep: &[&str]) -> String {
        if !self.redact {
            return clean(text).into_owned();
        }
        let keep: Vec<&str> = keep.iter().copied().chain(self.own.map(Account::as_str)).collect();
        clean(&redaction::text(text, &keep)).into_owned()
    }

    /// Files in a row, each name once.
    pub fn files(&self, files: &[String]) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in files.iter().map(|file| self.free(file)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        say::list(self.lang, &names)
    }

    /// An account of the vendor: the case's own in full, others masked.
    pub fn account(&self, account: &Account) -> String {
        self.free(account.as_str())
    }

    fn fenced(&self, text: &str) -> String {
        match self.fence {
            Fence::None => text.to_string(),
            Fence::CodeSpan => code_span(text),
        }
    }
}

/// A code span whose fence is longer than any run of backticks inside. A bar would end a table's cell whatever stands
/// before it, so it is shown like a control character.
fn code_span(text: &str) -> String {
    let text = text.replace('|', "⟨7C⟩");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.saturating_add(1));
    let blank = if text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

#[cfg(test)]
mod tests {
    use super::code_span;

    #[test]
    fn nothing_gets_out_of_a_code_span() {
        for (text, span) in [
            ("@octo #12 https://example.com", "`@octo #12 https://example.com`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            ("a\\|b", "`a\\⟨7C⟩b`"),
            ("", "`  `"),
        ] {
            assert_eq!(code_span(text), span);
        }
    }
}
