//! The end of the document: the files with their digests, what is to be known of them, and whose rates were used.

use super::absence::{files, is_named};
use super::{Selection, amount_column, column, heading};
use crate::reconciliation::{Notice, Reconciliation};
use crate::report::document::{Block, Table};
use crate::report::row::Row;
use crate::report::summary::{self, Summary};
use crate::report::voice::Voice;
use crate::report::wording;
use crate::source::SourceFile;
use crate::text::{catalogue as say, clean};

/// The files of the cases shown.
pub(super) fn of(reconciliation: &Reconciliation, voice: Voice<'_>, cases: Selection, rows: &[Row<'_>]) -> Vec<Block> {
    let lang = voice.lang;
    let is_shown = |number: usize, file: &SourceFile| cases == Selection::All || is_used(rows, number, file);
    let sources = reconciliation.sources.iter().enumerate();
    let shown: Vec<&SourceFile> =
        sources.filter(|(number, file)| is_shown(*number, file)).map(|(_, file)| file).collect();
    let mut blocks = vec![heading(2, None, say::sources_heading(lang)), Block::Table(table(voice, &shown))];
    let rejected = rejected(voice, &shown);
    if !rejected.is_empty() {
        blocks.extend([heading(3, None, say::rejected_heading(lang)), Block::List(rejected)]);
    }
    let notices = reconciliation.notices.iter().filter(|notice| cases == Selection::All || concerns(notice, &shown));
    let notices: Vec<Notice> = notices.cloned().collect();
    let notices = summary::notices(&notices, &voice);
    if !notices.is_empty() {
        blocks.extend([heading(3, None, say::cannot_show(lang)), Block::List(notices)]);
    }
    let summary = Summary::new(reconciliation, &voice);
    if !summary.renewals.is_empty() {
        blocks.extend([heading(3, None, say::renewals_heading(lang)), Block::List(summary.renewals)]);
    }
    blocks.extend(summary.lists.into_iter().chain(summary.rates).map(Block::Paragraph));
    blocks.push(Block::Paragraph(say::made_by(lang, env!("CARGO_PKG_VERSION"))));
    blocks
}

/// Whether a case cites a row of the file or concludes from it.
fn is_used(rows: &[Row<'_>], number: usize, file: &SourceFile) -> bool {
    rows.iter().any(|row| {
        let cites = row.case.lines.iter().any(|line| usize::try_from(line.at.source.0) == Ok(number));
        cites || row.case.reasons.iter().flat_map(files).any(|name| is_named(file, name))
    })
}

/// Whether a notice speaks of these files and of no other: the name of another is nobody's business.
fn concerns(notice: &Notice, shown: &[&SourceFile]) -> bool {
    let is_shown = |name: &String| shown.iter().any(|file| is_named(file, name));
    match notice {
        Notice::NoBillingList | Notice::NoStatement | Notice::NoPlanSide => true,
        Notice::ExportsDisagree { first, second, .. } | Notice::ExportsMerged { first, second, .. } => {
            is_shown(first) && is_shown(second)
        }
        Notice::BalanceBreak { file, .. } | Notice::RowsSkipped { file, .. } | Notice::CurrencyUnknown { file, .. } => {
            is_shown(file)
        }
        Notice::Ignored { .. }
        | Notice::PaperUnread { .. }
        | Notice::PapersDisagree { .. }
        | Notice::MailDoubted { .. }
        | Notice::OrphanWalletRow { .. }
        | Notice::ResellerRow { .. }
        | Notice::MentionRow { .. }
        | Notice::ConfigFound { .. } => false,
    }
}

fn table(voice: Voice<'_>, shown: &[&SourceFile]) -> Table {
    let lang = voice.lang;
    let cells = |file: &&SourceFile| {
        let name = match &file.account {
            Some(account) => format!("{} ({})", voice.free(&file.path), clean(account)),
            None => voice.free(&file.path),
        };
        let covers = file.survey.covers.map(|days| format!("{} – {}", days.from, days.to));
        vec![
            name,
            format!("{} ({})", wording::side(lang, file.side), clean(&file.format)),
            covers.unwrap_or_else(|| "-".to_string()),
            file.records.to_string(),
            file.digest().to_string(),
        ]
    };
    Table {
        caption: say::sources_caption(lang),
        columns: vec![
            column(say::column_file(lang)),
            column(say::column_format(lang)),
            column(say::column_covers(lang)),
            amount_column(say::column_records(lang)),
            column(say::column_digest(lang)),
        ],
        rows: shown.iter().map(cells).collect(),
    }
}

fn rejected(voice: Voice<'_>, shown: &[&SourceFile]) -> Vec<String> {
    let of_file = |file: &&SourceFile| -> Vec<String> {
        let row = |row: &crate::source::Rejected| {
            let place = voice.place(&file.path, &row.line.to_string());
            say::rejected_row(voice.lang, place, voice.free(&row.reason))
        };
        file.rejected.iter().map(row).collect()
    };
    shown.iter().flat_map(of_file).collect()
}
