//! How the files were understood as JSON.

use crate::domain::Day;
use crate::inspection::Inspection;
use crate::report::View;
use crate::report::json::{Source, Text, source_out, to_text};
use crate::report::voice::{Fence, Voice};
use crate::source::{Decision, NotedLine, SourceFile, Understanding};
use serde::Serialize;

#[derive(Serialize)]
struct Out {
    schema: &'static str,
    files: Vec<FileOut>,
}

#[derive(Serialize)]
struct FileOut {
    #[serde(flatten)]
    source: Source,
    balance_breaks: Vec<BreakOut>,
    understood: UnderstoodOut,
}

#[derive(Serialize)]
struct BreakOut {
    after_line: u32,
    before_line: u32,
    from: Text<Day>,
    to: Text<Day>,
}

#[derive(Serialize)]
struct UnderstoodOut {
    layout: String,
    layout_why: String,
    delimiter: Option<char>,
    header_line: Option<u32>,
    preamble: Vec<LineOut>,
    passed_over: Vec<LineOut>,
    columns: Vec<ColumnOut>,
    date_order: DecisionOut,
    decimal_mark: DecisionOut,
    sign: DecisionOut,
    currency: DecisionOut,
}

#[derive(Serialize)]
struct LineOut {
    line: u32,
    text: String,
    why: String,
}

#[derive(Serialize)]
struct ColumnOut {
    title: String,
    role: Option<&'static str>,
    why: String,
}

#[derive(Serialize)]
struct DecisionOut {
    value: Option<String>,
    line: Option<u32>,
    cell: Option<String>,
    why: String,
}

/// The files and how they were understood as JSON, indented by two blanks, with a line feed at the end.
pub fn json(inspection: &Inspection, view: &View) -> String {
    let voice = Voice::new(view, Fence::None);
    let file = |(file, understood): &(SourceFile, Understanding)| FileOut {
        source: source_out(file, voice),
        balance_breaks: (file.survey.breaks.iter())
            .map(|found| BreakOut {
                after_line: found.after_line,
                before_line: found.before_line,
                from: Text(found.stretch.from),
                to: Text(found.stretch.to),
            })
            .collect(),
        understood: understood_out(understood, voice),
    };
    to_text(&Out { schema: "payproof.inspect/1", files: inspection.files.iter().map(file).collect() })
}

fn understood_out(understood: &Understanding, voice: Voice<'_>) -> UnderstoodOut {
    let plain = |text: &str| voice.plain(text, &[]);
    let lines = |lines: &[NotedLine]| {
        lines
            .iter()
            .map(|noted| LineOut { line: noted.line, text: plain(&noted.text), why: plain(&noted.why) })
            .collect()
    };
    let decision = |decision: &Decision| DecisionOut {
        value: (!decision.value.is_empty()).then(|| plain(&decision.value)),
        line: decision.cell.as_ref().map(|cell| cell.0),
        cell: decision.cell.as_ref().map(|cell| plain(&cell.1)),
        why: plain(&decision.why),
    };
    UnderstoodOut {
        layout: understood.layout.clone(),
        layout_why: plain(&understood.layout_why),
        delimiter: understood.delimiter,
        header_line: understood.header_line,
        preamble: lines(&understood.preamble),
        passed_over: lines(&understood.passed_over),
        columns: (understood.columns.iter())
            .map(|column| ColumnOut {
                title: plain(&column.title),
                role: column.role.map(|role| role.name()),
                why: plain(&column.why),
            })
            .collect(),
        date_order: decision(&understood.date_order),
        decimal_mark: decision(&understood.decimal_mark),
        sign: decision(&understood.sign),
        currency: decision(&understood.currency),
    }
}
