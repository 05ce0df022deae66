//! Finding the header of a table and what its columns mean.
//!
//! The first records of a file are tried as headers with each delimiter. A record is the header where its titles fill a
//! claim of a layout; lines above it are preamble. Columns are found by title, never by place.

use super::delimited::{Fault, Reader, Record, Row, StructureFault};
use super::kept::Stated;
use super::layout::{Catalogue, Layout, TitleMeaning};
use super::role::Role;
use crate::diagnostic::{Diagnostic, Excerpt, literal};
use crate::domain::Currency;
use std::borrow::Cow;
use std::ops::Range;
use std::slice;

/// How many records may stand before the header.
const PREAMBLE_RECORDS_MAX: usize = 40;
/// How many columns a table may have.
const COLUMNS_MAX: usize = 512;
/// Delimiters that are tried.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The columns of a table by what they hold.
#[derive(Clone, Debug)]
pub struct Columns {
    single: [Option<usize>; Role::COUNT],
    memo: Vec<usize>,
    /// Currency named in a title, per role.
    currency: [Option<Currency>; Role::COUNT],
}

impl Columns {
    /// The column that holds the role.
    pub fn get(&self, role: Role) -> Option<usize> {
        self.single[role as usize]
    }

    /// The columns of free text, in the order of the file's titles list.
    pub fn memo(&self) -> &[usize] {
        &self.memo
    }

    /// The currency that the title of the role's column names.
    pub fn currency_in_title(&self, role: Role) -> Option<Currency> {
        self.currency[role as usize]
    }
}

/// How the text of a table is cut into records.
#[derive(Clone, Debug)]
pub enum Cut {
    /// At delimiters and line ends, while it is read.
    Delimited(u8),
    /// By another reader, beforehand; the records begin at rising bytes.
    Kept(Vec<Row>),
}

impl Cut {
    fn rows<'t>(&'t self, text: &'t str, (start, line): (usize, u32)) -> Rows<'t> {
        let source = match self {
            Cut::Delimited(delimiter) => {
                RowSource::Delimited(Reader::from_place(text, *delimiter, start, line), Row::default())
            }
            Cut::Kept(rows) => {
                let first = rows.partition_point(|row| row.in_text(text).start() < start);
                RowSource::Kept(rows.get(first..).unwrap_or_default().iter())
            }
        };
        Rows { text, source }
    }
}

/// A recognised table: its text, its layout, and where its rows begin.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// The whole text, byte order mark removed.
    pub text: Cow<'a, str>,
    /// How the text is cut into records.
    pub cut: Cut,
    /// What its titles mean.
    pub layout: &'static Layout,
    /// Titles as written.
    pub titles: Vec<String>,
    /// Which column holds what.
    pub columns: Columns,
    /// Byte and physical line at which the rows begin.
    pub rows_from: (usize, u32),
    /// Year and month a bill is for, where a line above the header says so.
    pub bill_month: Option<(i32, u32)>,
    /// Bytes of the text that are the file's own; cells that were put together stand behind them.
    pub own_bytes: usize,
    /// What the file states of its accounts beside the rows.
    pub stated: Vec<Stated>,
}

impl Table<'_> {
    /// Reads the rows below the header.
    pub fn rows(&self) -> Rows<'_> {
        self.rows_at(self.rows_from)
    }

    /// Reads the rows from one that begins at this byte and line.
    pub fn rows_at(&self, place: (usize, u32)) -> Rows<'_> {
        self.cut.rows(&self.text, place)
    }

    /// The physical line that holds a byte, counted from a record known to begin at `line`, with the bytes `range`
    /// underlined.
    pub fn excerpt(&self, record: (usize, u32), range: Range<usize>, label: impl Into<String>) -> Excerpt {
        if range.start >= self.own_bytes && record.0 < self.own_bytes {
            // A cell that was put together is nowhere in the file: its record's first line is shown.
            let rest = &self.text[record.0..self.own_bytes];
            let first = rest.find(['\r', '\n']).map_or(self.own_bytes, |end| record.0 + end);
            return excerpt_of(&self.text, record, record.0..first, label);
        }
        excerpt_of(&self.text, record, range, label)
    }
}

/// The rows of a table, one after the other.
#[derive(Clone, Debug)]
pub struct Rows<'t> {
    text: &'t str,
    source: RowSource<'t>,
}

#[derive(Clone, Debug)]
enum RowSource<'t> {
    Delimited(Reader<'t>, Row),
    Kept(slice::Iter<'t, Row>),
}

impl Rows<'_> {
    /// The next row that is not an empty line; `None` at the end.
    ///
    /// # Errors
    /// A record that cannot be cut; nothing comes after it.
    pub fn next_record(&mut self) -> Result<Option<Record<'_>>, StructureFault> {
        match &mut self.source {
            RowSource::Delimited(reader, row) => {
                while reader.next(row)? {
                    if !row.in_text(self.text).is_blank() {
                        return Ok(Some(row.in_text(self.text)));
                    }
                }
                Ok(None)
            }
            RowSource::Kept(rows) => Ok(rows.map(|row| row.in_text(self.text)).find(|record| !record.is_blank())),
        }
    }

    /// Byte and line behind the last record given out.
    fn position(&self) -> (usize, u32) {
        match &self.source {
            RowSource::Delimited(reader, _) => (reader.position(), reader.line()),
            RowSource::Kept(rows) => {
                let next = rows.clone().next();
                next.map_or((self.text.len(), u32::MAX), |row| row.in_text(self.text).place())
            }
        }
    }
}

/// Shows the physical line that holds a stretch of the text.
pub(super) fn excerpt_of(text: &str, record: (usize, u32), range: Range<usize>, label: impl Into<String>) -> Excerpt {
    let bytes = text.as_bytes();
    let end_of_line = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let at = range.start.min(bytes.len());
    let start = memchr::memrchr(end_of_line, &bytes[..at]).map_or(0, |place| place + 1);
    let end = memchr::memchr(end_of_line, &bytes[at..]).map_or(bytes.len(), |place| at + place);
    let before = bytes.get(record.0..start).unwrap_or_default();
    let lines = memchr::memchr_iter(end_of_line, before).count();
    let line = record.1.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    let shown = text[start..end].trim_end_matches('\r');
    Excerpt::new(line, shown, at - start..range.end.max(at).min(end) - start, label)
}

/// What a text turned out to be.
pub enum Found<'a> {
    /// A table of a known layout.
    Table(Box<Table<'a>>),
    /// Nothing that looks like a statement or a list of ours.
    Nothing,
    /// A table that looks like one and cannot be understood.
    Unclear(Vec<Diagnostic>),
}

/// One header that a layout claims.
struct Claimed {
    layout: usize,
    titles: Vec<String>,
    meanings: Vec<Vec<TitleMeaning>>,
    record: (usize, u32),
    /// Where the titles stand.
    places: Vec<Range<usize>>,
    rows_from: (usize, u32),
}

/// Looks for a table that one of the layouts claims, in delimited text.
pub fn find_table<'a>(path: &str, text: Cow<'a, str>) -> Found<'a> {
    find_cut(path, text, DELIMITERS.map(Cut::Delimited).to_vec())
}

/// Looks for a table that one of the layouts claims, in text that was cut by another reader.
pub fn find_table_in<'a>(path: &str, text: Cow<'a, str>, rows: Vec<Row>) -> Found<'a> {
    find_cut(path, text, vec![Cut::Kept(rows)])
}

fn find_cut<'a>(path: &str, text: Cow<'a, str>, cuts: Vec<Cut>) -> Found<'a> {
    let catalogue = Catalogue::embedded();
    let mut unclear = None;
    for cut in cuts {
        let Some(claimed) = claimed_header(catalogue, &text, &cut) else { continue };
        match resolve(catalogue, &claimed) {
            Ok(columns) => {
                let layout = &catalogue.layouts[claimed.layout];
                let preamble = &text[..claimed.record.0];
                let bill_month = if layout.bill_month { month_in(preamble) } else { None };
                let Claimed { titles, rows_from, .. } = claimed;
                let (own_bytes, stated) = (text.len(), Vec::new());
                let table = Table { cut, layout, titles, columns, rows_from, bill_month, own_bytes, stated, text };
                return Found::Table(Box::new(table));
            }
            Err(problem) => unclear = unclear.or(Some(explain(catalogue, path, &text, &claimed, &problem))),
        }
    }
    unclear.map_or(Found::Nothing, |finding| Found::Unclear(vec![finding]))
}

fn claimed_header(catalogue: &Catalogue, text: &str, cut: &Cut) -> Option<Claimed> {
    let mut rows = cut.rows(text, (0, 1));
    for _ in 0..PREAMBLE_RECORDS_MAX {
        let Ok(Some(record)) = rows.next_record() else { return None };
        if !(2..=COLUMNS_MAX).contains(&record.width()) {
            continue;
        }
        let titles: Vec<String> = (0..record.width()).map(|column| record.cell(column).into_owned()).collect();
        if titles.iter().any(|title| title.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-')) {
            // Dates and amounts stand in rows: a word in one of them may be a title by chance.
            continue;
        }
        let meanings: Vec<Vec<TitleMeaning>> = titles.iter().map(|title| catalogue.meanings(title)).collect();
        let claimed = catalogue.layouts.iter().enumerate().position(|(index, layout)| {
            layout.claims(&|role| meanings.iter().flatten().any(|m| m.layout == index && m.role == role))
        });
        if let Some(layout) = claimed {
            let places = (0..record.width()).filter_map(|column| Some(record.span(column)?.range())).collect();
            let record = record.place();
            return Some(Claimed { layout, titles, meanings, record, places, rows_from: rows.position() });
        }
    }
    None
}

/// Why a claimed header cannot be used.
enum HeaderProblem {
    Missing(Vec<Role>),
    Ambiguous(Vec<usize>),
}

fn resolve(catalogue: &Catalogue, claimed: &Claimed) -> Result<Columns, HeaderProblem> {
    let mut columns = Columns { single: [None; Role::COUNT], memo: Vec::new(), currency: [None; Role::COUNT] };
    let mut ranks = [usize::MAX; Role::COUNT];
    let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); Role::COUNT];
    let mut memo = Vec::new();
    for (column, meanings) in claimed.meanings.iter().enumerate() {
        for meaning in meanings.iter().filter(|meaning| meaning.layout == claimed.layout) {
            let role = meaning.role as usize;
            if meaning.role == Role::Memo {
                memo.push((meaning.rank, column));
            }
            candidates[role].push(column);
            if meaning.rank < ranks[role] {
                ranks[role] = meaning.rank;
                columns.single[role] = Some(column);
                columns.currency[role] = meaning.currency;
            }
        }
    }
    memo.sort_unstable();
    columns.memo = memo.into_iter().map(|(_, column)| column).collect();
    // Columns that could also have been the descriptor may still name the merchant.
    if let Some(chosen) = columns.get(Role::Descriptor) {
        columns.memo.extend(candidates[Role::Descriptor as usize].iter().filter(|&&column| column != chosen));
    }
    for role in Role::CRUCIAL {
        if candidates[role as usize].len() > 1 {
            return Err(HeaderProblem::Ambiguous(candidates[role as usize].clone()));
        }
    }
    settle_amounts(&mut columns)?;
    let layout = &catalogue.layouts[claimed.layout];
    match layout.needs.iter().find(|any| any.iter().all(|&role| columns.get(role).is_none())) {
        Some(missing) => Err(HeaderProblem::Missing(missing.clone())),
        None => Ok(columns),
    }
}

/// Debit and credit columns say more than an amount beside them; an amount beside only one of them is a question.
fn settle_amounts(columns: &mut Columns) -> Result<(), HeaderProblem> {
    let amount = columns.get(Role::Amount);
    match (amount, columns.get(Role::Debit), columns.get(Role::Credit)) {
        (Some(_), Some(_), Some(_)) => columns.single[Role::Amount as usize] = None,
        (Some(amount), Some(other), None) | (Some(amount), None, Some(other)) => {
            return Err(HeaderProblem::Ambiguous(vec![amount, other]));
        }
        _ => {}
    }
    Ok(())
}

fn explain(catalogue: &Catalogue, path: &str, text: &str, claimed: &Claimed, problem: &HeaderProblem) -> Diagnostic {
    let layout = &catalogue.layouts[claimed.layout];
    let record = claimed.record;
    let place = |column: usize| claimed.places.get(column).cloned().unwrap_or(0..0);
    let found = claimed.titles.iter().filter(|title| !title.is_empty()).map(|title| literal(title));
    let found = format!("titles found: {}", found.collect::<Vec<_>>().join(", "));
    match problem {
        HeaderProblem::Missing(roles) => {
            let titles = roles.iter().filter_map(|&role| layout.titles_of(role).first()).map(|title| literal(title));
            let wanted = titles.collect::<Vec<_>>().join(" or ");
            let whole = record.0..place(claimed.titles.len().saturating_sub(1)).end;
            Diagnostic::error(
                "header-missing-column",
                path,
                format!("looks like a file of the format `{}` but has no column {wanted}", layout.name),
            )
            .at(excerpt_of(text, record, whole, format!("a column {wanted} is needed")))
            .hint(found)
            .hint("export the file again with that column, or add its title")
        }
        HeaderProblem::Ambiguous(columns) => {
            let names: Vec<String> = columns.iter().map(|&column| literal(&claimed.titles[column])).collect();
            let which = names.join(" and ");
            let mut finding =
                Diagnostic::error("header-ambiguous", path, format!("{which} could both be the same column"));
            for &column in columns {
                finding = finding.at(excerpt_of(text, record, place(column), "one of these is meant"));
            }
            finding.hint(format!("rename or remove all but one of {which}"))
        }
    }
}

/// The first `2024年01月` of a text.
fn month_in(text: &str) -> Option<(i32, u32)> {
    text.match_indices('年').find_map(|(at, sign)| {
        let before = &text[..at];
        let year = before.get(before.len().checked_sub(4)?..)?.parse().ok()?;
        let after = &text[at + sign.len()..];
        let month: u32 = after[..after.find('月')?].trim().parse().ok()?;
        ((1900..2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
    })
}

/// The finding for a record that cannot be cut.
pub fn structure_finding(path: &str, table: &Table, fault: StructureFault) -> Diagnostic {
    let (message, label, hint) = match fault.fault {
        Fault::UnclosedQuote => (
            "a quote opens a cell and nothing closes it",
            "opened here",
            "close the quote, or double it if it belongs to the text",
        ),
        Fault::TextAfterQuote => (
            "text stands behind a closing quote",
            "the delimiter is expected here",
            "a quote inside a quoted cell is written twice",
        ),
    };
    Diagnostic::error("csv-structure", path, message)
        .at(table.excerpt(fault.record, fault.at..fault.at.saturating_add(1), label))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout_of(text: &str) -> String {
        match find_table("x.csv", Cow::Borrowed(text)) {
            Found::Table(table) => {
                let Cut::Delimited(delimiter) = table.cut else { panic!("delimited text is expected") };
                format!("{} {} {}", table.layout.name, char::from(delimiter), table.rows_from.1)
            }
            Found::Nothing => "nothing".to_string(),
            Found::Unclear(findings) => findings[0].code.to_string(),
        }
    }

    #[test]
    fn layouts_are_known_by_their_titles_in_any_order() {
        for (header, expected) in [
            ("Memo,Amount,Type,Category,Description,Post Date,Transaction Date\n", "chase-card , 2"),
            ("\"Date\";\"Name\";\"Type\";\"Status\";\"Currency\";\"Gross\";\"Fee\";\"Net\"\r\n", "paypal ; 2"),
            ("Date, Time, Time Zone, Name, Type, Status, Currency, Gross, Fee, Net,\n", "paypal , 2"),
            ("Datum\tName\tTyp\tWährung\tNetto\n", "paypal \t 2"),
            ("Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n", "revolut , 2"),
            (
                "\"Booking Date\",\"Partner Name\",\"Amount (EUR)\",\"Original Amount\",\"Original Currency\"\n",
                "n26 , 2",
            ),
            ("Date,Payee,Transaction type,Payment reference,Amount (EUR)\n", "n26 , 2"),
            ("交易日期,记账日期,交易摘要,人民币金额,卡号末四位,交易地金额\n", "cmb-credit , 2"),
            ("账单（2024年01月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额\n", "cmb-credit , 3"),
            ("Account of somebody\n\nDate;Text;Amount;Currency\n", "generic ; 4"),
            ("date,kind,status\n", "billing , 2"),
            ("state,product,observed_at\n", "observations , 2"),
            ("at,currency,amount,result\n", "attempts , 2"),
            ("id,Number,Date (UTC),Status,Amount Due,Currency\n", "invoice-list , 2"),
            ("name,age\nx,1\n", "nothing"),
            ("", "nothing"),
            ("Date,USD,JPY\n2026-01-01,1.1,160\n", "nothing"),
            ("{\"date\": 1, \"amount\": 2}", "nothing"),
            ("Date,Description,Balance\n", "header-missing-column"),
            ("kind,status,total\n", "header-missing-column"),
            ("Date,Amount,Transaction Date,Description\n", "header-ambiguous"),
            ("Date,Amount,Amount,Description\n", "header-ambiguous"),
            ("Date,Amount,Debit,Description\n", "header-ambiguous"),
            ("Date,Amount,Debit,Credit,Description\n", "generic , 2"),
            ("01/02/2026,Posted,TEA HOUSE,-3.20,Debit\n", "nothing"),
        ] {
            assert_eq!(layout_of(header), expected, "{header}");
        }
    }

    #[test]
    fn the_month_of_a_bill_stands_above_its_header() {
        assert_eq!(month_in("信用卡对账单（个人 2024年01月）"), Some((2024, 1)));
        assert_eq!(month_in("年月 2024年13月 2025年 2 月"), Some((2025, 2)));
        assert_eq!(month_in("2024年"), None);
    }
}
