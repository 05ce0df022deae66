//! Bytes of one file to normalised records: the only place where signs and statuses are mapped.
//!
//! [`recognise`] looks at content and titles, never at a file's name; [`read`] then reads every row. How dates and
//! figures are written is decided from the whole file first, each row is checked, and every row that
//! cannot be read is listed with its place. Nothing is guessed: what reads in two ways is refused with a question.

mod asides;
mod balances;
mod cells;
mod chain;
mod cited;
mod conventions;
mod digest;
mod entries;
mod facts;
mod findings;
mod fx_text;
mod json;
mod legs;
mod line;
mod lists;
mod papers;
mod parties;
mod pieces;
mod plain;
mod progress;
mod stated;
mod statement;
mod stores;
mod survey;
mod understood;
mod usage;
mod wallet;
mod watch;

use crate::diagnostic::Diagnostic;
use crate::domain::{Attempt, BillingRecord, Currency, Day, Entry, Observation, Sha256Hex, SourceId, Usage};
use crate::source::mail::MailDoubt;
use crate::source::paper::PdfReader;
use crate::source::{
    Body, Document, Json, Known, Layout, NotedLine, Reading, Rejected, Sales, SourceFile, SourceSide, Survey, Table,
    Text, Understanding, layouts, shapes,
};
use crate::vendor::Vendor;
use cells::Cells;
use conventions::Conventions;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use understood::understand;

pub use crate::source::Recognised;
pub use cited::{CitedColumn, CitedRow, CitedTable, cite};
pub use facts::{PLAN_STATE, USAGE};
pub use pieces::read_pieces;

/// How files are read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Whose charges are looked for.
    pub vendor: &'a Vendor,
    /// Rows that cannot be read are listed and passed over instead of refusing the file.
    pub skip_bad_rows: bool,
    /// Every row becomes an entry, not only those that can matter.
    pub keep_all: bool,
    /// The currency the user states for this file, used where the file states none.
    pub stated_currency: Option<Currency>,
    /// The layouts, and what the user answered about this file.
    pub known: Known<'a>,
    /// Whether the digest of the raw bytes is asked for.
    pub digested: bool,
    /// The day on which the user saved this page, for a page that does not say.
    pub seen_on: Option<Day>,
    /// Who tells the text of PDFs.
    pub pdf: &'a dyn PdfReader,
}

/// The records of one file. A table holds records of one kind; a mailbox may hold several.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Lines of a statement.
    pub entries: Vec<Entry>,
    /// What the vendor billed and was paid.
    pub billing: Vec<BillingRecord>,
    /// What the account showed.
    pub observations: Vec<Observation>,
    /// Attempts to pay.
    pub attempts: Vec<Attempt>,
    /// Days on which something was used.
    pub usage: Vec<Usage>,
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// What is known of the file as a whole.
    pub file: SourceFile,
    /// Its records, in the order of the file.
    pub records: Records,
    /// What the reader should know; changes no figure.
    pub warnings: Vec<Diagnostic>,
    /// Lines of rows of a reseller, which are not the vendor's.
    pub resellers: Vec<u32>,
    /// Lines of rows that name the vendor in a text and are somebody else's.
    pub mentions: Vec<u32>,
    /// How the file was understood.
    pub understanding: Understanding,
    /// Mails that are weak evidence, or none, by their number.
    pub doubts: Vec<(u32, MailDoubt)>,
}

impl ReadFile {
    /// Gives the file another place among the sources.
    pub fn renumber(&mut self, id: SourceId) {
        self.records.entries.iter_mut().for_each(|row| row.at.source = id);
        self.records.billing.iter_mut().for_each(|row| row.at.source = id);
        self.records.observations.iter_mut().for_each(|row| row.at.source = id);
        self.records.attempts.iter_mut().for_each(|row| row.at.source = id);
        self.records.usage.iter_mut().for_each(|row| row.at.source = id);
    }
}

/// A format that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// Name of the format in reports.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Kind of evidence.
    pub side: SourceSide,
}

/// What a reader makes of a file's rows.
struct Read<T> {
    records: Vec<T>,
    count: u32,
    relevant: u32,
    newest_day: Option<Day>,
    survey: Survey,
    account: Option<String>,
    rejected: Vec<Rejected>,
    warnings: Vec<Diagnostic>,
    resellers: Vec<u32>,
    mentions: Vec<u32>,
    passed_over: Vec<NotedLine>,
}

impl<T> Read<Option<T>> {
    /// The same with the rows that concern the vendor alone.
    fn flattened(self) -> Read<T> {
        let records: Vec<T> = self.records.into_iter().flatten().collect();
        Read {
            relevant: u32::try_from(records.len()).unwrap_or(u32::MAX),
            records,
            count: self.count,
            newest_day: self.newest_day,
            survey: self.survey,
            account: self.account,
            rejected: self.rejected,
            warnings: self.warnings,
            resellers: self.resellers,
            mentions: self.mentions,
            passed_over: self.passed_over,
        }
    }
}

/// The formats that are known, in the order in which they are tried.
pub fn formats() -> Vec<FormatInfo> {
    let info = |layout: &'static Arc<Layout>| FormatInfo {
        name: &layout.name,
        title: &layout.title,
        side: layout.reading.side(),
    };
    let mut all: Vec<FormatInfo> = layouts().iter().map(info).collect();
    for shape in shapes() {
        if !all.iter().any(|known| known.name == shape.name) {
            all.push(FormatInfo { name: &shape.name, title: &shape.title, side: shape.reading.side() });
        }
    }
    all.extend(papers::formats());
    all
}

/// A CSV that a person fills in, with one sample row; `None` for a name without one.
pub fn template(name: &str) -> Option<String> {
    layouts().iter().find(|layout| layout.name == name)?.template.clone()
}

/// The names that have such a CSV.
pub fn template_names() -> Vec<&'static str> {
    layouts().iter().filter(|layout| layout.template.is_some()).map(|layout| layout.name.as_str()).collect()
}

/// Looks at a file's content and says whether it is one of ours.
pub fn recognise<'a>(path_shown: &str, bytes: &'a [u8], options: &Options) -> Recognised<'a> {
    papers::recognise(path_shown, bytes, options)
        .unwrap_or_else(|| crate::source::recognise_document(path_shown, bytes, options.known))
}

/// Reads a recognised file.
///
/// # Errors
/// Every row that cannot be read, unless such rows are to be passed over, and everything that concerns the file as a
/// whole: an order of dates or a decimal mark that nothing decides, a structure that is broken, a sample row left in.
pub fn read(document: Document, id: SourceId, options: &Options) -> Result<ReadFile, Vec<Diagnostic>> {
    if let Body::Table(table) = &document.body
        && let Text::Pieces(stream) = table.text
    {
        return read_rows(document, id, options, Raw { bytes: stream.size(), sha256: &|| stream.digest() });
    }
    let bytes = document.bytes;
    let digest = || options.digested.then(|| sha256_of(bytes));
    read_rows(document, id, options, Raw { bytes: bytes.len() as u64, sha256: &digest })
}

/// The raw bytes of a file.
#[derive(Clone, Copy)]
struct Raw<'r> {
    bytes: u64,
    /// Their digest, once they are read; `None` where nobody asked for it.
    sha256: &'r dyn Fn() -> Option<Sha256Hex>,
}

/// Reads the rows of a file.
fn read_rows(document: Document, id: SourceId, options: &Options, raw: Raw) -> Result<ReadFile, Vec<Diagnostic>> {
    let Document { path, encoding, body, .. } = document;
    let table = match &body {
        Body::Table(table) => table,
        Body::Json(json) => {
            let read = json::read(&path, json, id, options)?;
            return Ok(file_of(&path, &encoding, json, read, raw));
        }
        Body::Papers(papers) => return papers::read(&path, papers, id, options, raw),
    };
    let conventions = Conventions::decide(&path, table, options.stated_currency)?;
    let understanding = understand(table, &conventions, &encoding, options.stated_currency);
    let cells = Cells::new(table, conventions, options.stated_currency);
    let shape = Shape { path: &path, raw, understanding, table };
    match table.layout.reading {
        Reading::Account | Reading::Wallet => Ok(shape
            .file(statement::read(&path, cells, id, options)?, |entries| Records { entries, ..Records::default() })),
        Reading::Billing | Reading::InvoiceList => {
            Ok(shape.file(lists::read_billing(&path, cells, id, options)?, |billing| Records {
                billing,
                ..Records::default()
            }))
        }
        Reading::Observations => Ok(shape.file(lists::read_observations(&path, cells, id, options)?, |observations| {
            Records { observations, ..Records::default() }
        })),
        Reading::StoreOrders => {
            Ok(shape
                .file(stores::read(&path, cells, id, options)?, |billing| Records { billing, ..Records::default() }))
        }
        Reading::Usage => {
            Ok(shape.file(usage::read(&path, cells, id, options)?, |usage| Records { usage, ..Records::default() }))
        }
        Reading::Attempts => Ok(shape.file(lists::read_attempts(&path, cells, id, options)?, |attempts| Records {
            attempts,
            ..Records::default()
        })),
    }
}

/// The file around the records of a JSON text.
fn file_of(path: &str, encoding: &str, json: &Json, read: json::ReadJson, raw: Raw) -> ReadFile {
    let file = SourceFile {
        path: path.to_string(),
        bytes: raw.bytes,
        sha256: (raw.sha256)(),
        side: json.shape.reading.side(),
        format: json.shape.name.clone(),
        encoding: encoding.to_string(),
        account: read.only_account(),
        records: read.count,
        relevant: read.relevant,
        newest_day: read.newest_day(),
        channel: UNKNOWN_CHANNEL.to_string(),
        is_list: read.is_list,
        sales: read.sales,
        rejected: read.rejected,
        survey: read.survey,
    };
    let understanding = Understanding {
        encoding: encoding.to_string(),
        layout: json.shape.name.clone(),
        layout_why: format!("its keys are those of: {}", json.shape.title),
        ..Understanding::default()
    };
    ReadFile {
        file,
        records: read.records,
        warnings: read.warnings,
        resellers: Vec::new(),
        mentions: Vec::new(),
        understanding,
        doubts: Vec::new(),
    }
}

/// The channel of a file that converts nothing, a key of the band data.
const UNKNOWN_CHANNEL: &str = "unknown";

/// The file around the records.
struct Shape<'t> {
    path: &'t str,
    raw: Raw<'t>,
    understanding: Understanding,
    table: &'t Table<'t>,
}

impl Shape<'_> {
    fn file<T>(self, read: Read<T>, records: fn(Vec<T>) -> Records) -> ReadFile {
        let layout = &self.table.layout;
        let side = layout.reading.side();
        let sales = match (layout.reading, layout.route) {
            (Reading::StoreOrders, Some(store)) => Sales::Store(store),
            (Reading::InvoiceList, _) => Sales::Direct,
            _ => Sales::All,
        };
        let file = SourceFile {
            path: self.path.to_string(),
            bytes: self.raw.bytes,
            sha256: (self.raw.sha256)(),
            side,
            format: layout.name.clone(),
            encoding: self.understanding.encoding.clone(),
            account: read.account,
            records: read.count,
            relevant: read.relevant,
            rejected: read.rejected,
            newest_day: read.newest_day,
            channel: layout.channel.clone(),
            // What a store does not show may have been bought with another account of the store.
            is_list: side == SourceSide::Billing && !matches!(sales, Sales::Store(_)),
            sales,
            survey: read.survey,
        };
        let mut understanding = self.understanding;
        understanding.passed_over.extend(read.passed_over);
        ReadFile {
            file,
            records: records(read.records),
            warnings: read.warnings,
            resellers: read.resellers,
            mentions: read.mentions,
            understanding,
            doubts: Vec::new(),
        }
    }
}

fn sha256_of(bytes: &[u8]) -> Sha256Hex {
    Sha256Hex::of(&Sha256::digest(bytes))
}
