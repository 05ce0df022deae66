//! How the files were understood, for a terminal: one block a file, a fact a line.

use crate::inspection::Inspection;
use crate::report::View;
use crate::report::paint::{Tone, paint};
use crate::report::voice::{Fence, Voice};
use crate::report::wording::{notice, side};
use crate::source::{Decision, NotedLine, Role, SourceFile, SourceSide, Understanding, UnderstoodColumn};
use crate::text::{catalogue as say, pad_end, width, wrap, wrap_item};

/// Narrower terminals are written for as if they had so many columns.
const COLUMNS_MIN: usize = 40;
const INDENT: &str = "  ";
/// Lines without a record that are shown of one kind; more are counted.
const NOTED_SHOWN_MAX: usize = 8;
/// Decisions that matter to a list: its dates and figures have no sign.
const LIST_DECISIONS: usize = 2;

/// The files and how they were understood, as lines of at most `view.width` columns.
pub fn text(inspection: &Inspection, view: &View) -> String {
    let voice = Voice::new(view, Fence::None);
    let mut page = Page { lines: Vec::new(), columns: usize::from(view.width).max(COLUMNS_MIN), color: view.color };
    for (file, understood) in &inspection.files {
        page.lines.push(paint(&voice.free(&file.path), Tone::Heading, view.color));
        let mut facts = of_file(file, &voice);
        if !understood.columns.is_empty() {
            facts.extend(of_table(understood, file, &voice));
        }
        page.facts(&facts);
        page.columns_of(understood, &voice);
        page.lines.push(String::new());
    }
    for found in &inspection.notices {
        page.lines.extend(wrap_item(&notice(&voice, found), page.columns));
    }
    format!("{}\n", page.lines.join("\n").trim_end())
}

struct Page {
    lines: Vec<String>,
    columns: usize,
    color: bool,
}

impl Page {
    /// Keys and their texts, the texts under each other.
    fn facts(&mut self, facts: &[(String, String)]) {
        let keys = facts.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
        for (key, text) in facts {
            for (number, line) in wrap(text, self.columns.saturating_sub(INDENT.len() * 2 + keys)).iter().enumerate() {
                let key = pad_end(if number == 0 { key } else { "" }, keys);
                self.lines.push(format!("{INDENT}{}{INDENT}{line}", paint(&key, Tone::Key, self.color)));
            }
        }
    }

    /// The columns with what they hold.
    fn columns_of(&mut self, understood: &Understanding, voice: &Voice<'_>) {
        if understood.columns.is_empty() {
            return;
        }
        self.lines.push(format!("{INDENT}{}", paint(&say::inspect_columns(voice.lang), Tone::Key, self.color)));
        let column = |(number, column): (usize, &UnderstoodColumn)| {
            let title = if column.title.is_empty() {
                say::inspect_untitled(voice.lang, number + 1)
            } else {
                voice.free(&column.title)
            };
            let role = column.role.map_or("-", |role| role.name());
            let why = if column.why.is_empty() { String::new() } else { format!(" ({})", voice.free(&column.why)) };
            (format!("{INDENT}{title}"), format!("{role}{why}"))
        };
        let columns: Vec<(String, String)> = understood.columns.iter().enumerate().map(column).collect();
        self.facts(&columns);
    }
}

fn of_file(file: &SourceFile, voice: &Voice<'_>) -> Vec<(String, String)> {
    let lang = voice.lang;
    let survey = &file.survey;
    let mut facts = vec![
        (say::column_format(lang), format!("{} ({})", file.format, side(lang, file.side))),
        (say::inspect_encoding(lang), file.encoding.clone()),
        (say::column_records(lang), say::inspect_records(lang, file.records, file.relevant)),
    ];
    facts.extend(file.account.as_ref().map(|account| (say::key_account(lang), voice.free(account))));
    facts.extend(
        survey.covers.map(|period| (say::column_covers(lang), say::inspect_period(lang, period.from, period.to))),
    );
    for found in &survey.breaks {
        let text = say::inspect_break(lang, found.after_line, found.before_line, found.stretch.from, found.stretch.to);
        facts.push((say::inspect_balance(lang), text));
    }
    for row in &file.rejected {
        let place = row
            .column
            .as_ref()
            .map_or_else(|| row.line.to_string(), |column| format!("{}, `{}`", row.line, voice.free(column)));
        facts.push((say::inspect_rejected(lang), format!("{place}: {}", voice.free(&row.reason))));
    }
    facts
}

fn of_table(understood: &Understanding, file: &SourceFile, voice: &Voice<'_>) -> Vec<(String, String)> {
    let lang = voice.lang;
    let mut facts = Vec::new();
    if !understood.layout_why.is_empty() {
        facts.push((
            say::inspect_layout(lang),
            format!("{} ({})", understood.layout, voice.free(&understood.layout_why)),
        ));
    }
    let delimiter = understood.delimiter.map(|delimiter| match delimiter {
        '\t' => "TAB".to_string(),
        other => format!("`{other}`"),
    });
    facts.extend(delimiter.map(|delimiter| (say::inspect_delimiter(lang), delimiter)));
    let header =
        understood.header_line.map_or_else(|| say::inspect_no_header(lang), |line| say::inspect_line(lang, line));
    facts.push((say::inspect_header(lang), header));
    facts.extend(noted(&say::inspect_preamble(lang), &understood.preamble, voice));
    facts.extend(noted(&say::inspect_passed_over(lang), &understood.passed_over, voice));
    let has_balance = understood.columns.iter().any(|column| column.role == Some(Role::Balance));
    let is_statement = file.side == SourceSide::Statement;
    if is_statement && has_balance && file.survey.breaks.is_empty() {
        facts.push((say::inspect_balance(lang), say::inspect_continues(lang)));
    }
    let mark = Decision {
        value: Some(&understood.decimal_mark.value)
            .filter(|mark| !mark.is_empty())
            .map_or_else(String::new, |mark| format!("`{mark}`")),
        ..understood.decimal_mark.clone()
    };
    let decisions = [
        (say::inspect_dates(lang), &understood.date_order),
        (say::inspect_mark(lang), &mark),
        (say::inspect_sign(lang), &understood.sign),
        (say::inspect_currency(lang), &understood.currency),
    ];
    let asked = if is_statement { decisions.len() } else { LIST_DECISIONS };
    facts.extend(decisions.into_iter().take(asked).map(|(key, decision)| (key, decided(decision, voice))));
    facts
}

/// Lines that are no records; the first of them shown.
fn noted(key: &str, lines: &[NotedLine], voice: &Voice<'_>) -> Vec<(String, String)> {
    let line = |noted: &NotedLine| {
        let why = if noted.why.is_empty() { String::new() } else { format!(" ({})", voice.free(&noted.why)) };
        (key.to_string(), format!("{}: {}{why}", noted.line, voice.free(&noted.text)))
    };
    let mut facts: Vec<(String, String)> = lines.iter().take(NOTED_SHOWN_MAX).map(line).collect();
    let more = lines.len().saturating_sub(NOTED_SHOWN_MAX);
    if more > 0 {
        facts.push((key.to_string(), say::inspect_more(voice.lang, more)));
    }
    facts
}

fn decided(decision: &Decision, voice: &Voice<'_>) -> String {
    let value = if decision.value.is_empty() { "-".to_string() } else { voice.free(&decision.value) };
    let why = voice.free(&decision.why);
    match (&decision.cell, why.is_empty()) {
        (Some((line, cell)), true) => say::inspect_decided_at(voice.lang, value, line, voice.free(cell)),
        (Some((line, cell)), false) => {
            format!("{} ({why})", say::inspect_decided_at(voice.lang, value, line, voice.free(cell)))
        }
        (None, true) => value,
        (None, false) => format!("{value} ({why})"),
    }
}
