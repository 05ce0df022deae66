//! Finding the table in a text: its delimiter, its header, its layout, and what its columns hold.
//!
//! The first records of a file are tried as headers with each delimiter. A record is the header where its titles fill a
//! claim of a layout; lines above it are preamble. Columns are found by title, never by place. A file that no layout
//! claims is understood by titles in many languages, by the look of its cells and by its running balance.

use super::answers::Known;
use super::catalogue::Catalogue;
use super::header::{
    Claimed, Header, HeaderProblem, answered_header, claimed_header, first_header, meanings_of, resolve,
};
use super::infer::{Inference, Problem, in_order};
use super::joined::records_above;
use super::layout::{Direction, Layout};
use super::preamble::{amounts, month_in, stated_currency};
use super::profile::{Sample, SampleRow, is_date};
use super::progress::RowProgress;
use super::question::explain;
use super::record::Row;
use super::role::{Reading, Role};
use super::sign::{answered, decide, shown, speak_against};
use super::table::{Columns, Cut, Notes, Sign, Table, Text};
use super::understanding::{Decision, NotedLine};
use super::untitled::{header_by_look, untitled};
use crate::diagnostic::Diagnostic;
use crate::domain::EntryStatus;
use std::borrow::Cow;
use std::sync::Arc;

/// Delimiters that are tried.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a text turned out to be.
pub enum Found<'a> {
    /// A table whose columns are known.
    Table(Box<Table<'a>>),
    /// Nothing that looks like a statement or a list of ours.
    Nothing,
    /// A table that looks like one and cannot be understood.
    Unclear(Vec<Diagnostic>),
}

/// Looks for a table in delimited text.
pub fn find_table<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    find_cut(path, text, DELIMITERS.map(Cut::Delimited).to_vec(), known)
}

/// Looks for a table in text that was cut by another reader.
pub fn find_table_in<'a>(path: &str, text: Cow<'a, str>, rows: Vec<Row>, known: Known) -> Found<'a> {
    find_cut(path, text, vec![Cut::Kept(rows)], known)
}

fn find_cut<'a>(path: &str, text: Cow<'a, str>, cuts: Vec<Cut>, known: Known) -> Found<'a> {
    let catalogue = known.catalogue;
    let mut unclear = None;
    let mut unclaimed = Vec::new();
    for cut in cuts {
        let Some(claimed) = claimed_header(catalogue, &text, &cut) else {
            unclaimed.push(cut);
            continue;
        };
        let layout = Arc::clone(&catalogue.layouts[claimed.layout]);
        match resolve(catalogue, &claimed, known.answers) {
            Ok(columns) => {
                let Claimed { header, .. } = claimed;
                if let Some(finding) = records_above(path, &text, &cut, &header, &columns) {
                    return Found::Unclear(vec![finding]);
                }
                return Found::Table(Box::new(named_table(text, cut, layout, header, columns, known)));
            }
            Err(problem) => {
                unclear = unclear.or_else(|| Some(explain(&layout, path, &text, &claimed.header, &problem)));
            }
        }
    }
    if let Some(finding) = unclear {
        return Found::Unclear(vec![finding]);
    }
    for cut in &unclaimed {
        if let Some((layout, header, columns)) = untitled(catalogue, &text, cut) {
            return Found::Table(Box::new(named_table(text, cut.clone(), layout, header, columns, known)));
        }
    }
    find_generic(path, text, unclaimed, known)
}

/// A table of a layout of the catalogue.
fn named_table<'a>(
    text: Cow<'a, str>,
    cut: Cut,
    layout: Arc<Layout>,
    header: Header,
    columns: Columns,
    known: Known,
) -> Table<'a> {
    let why = (0..header.titles.len()).map(|column| {
        if columns.role_of(column).is_some() { "the layout names it".to_string() } else { String::new() }
    });
    let why = why.collect();
    let own = if layout.positive_is_charge { Sign::ChargePositive } else { Sign::MinusIsOut };
    let by_layout = Decision { value: shown(own), cell: None, why: "the layout says so".to_string() };
    let layout_why =
        if header.written { "its titles are those of the layout" } else { "its columns are those of the layout" };
    let sample = Sample::take(&text, cut.rows(&text, header.rows_from));
    let continued = if layout.reading == Reading::Account { is_continued(&sample, &columns) } else { None };
    let columns = by_order(columns, &header.titles, &sample);
    let sign = answered(known.answers).unwrap_or_else(|| {
        let against = layout.card_account && speak_against(own, &sample, &columns, layout.decimal_mark);
        if against { (Sign::Open, Decision::default()) } else { (own, by_layout) }
    });
    assemble(
        text,
        cut,
        layout,
        header,
        Parts { columns, why, sign, layout_why, continued, by_look: false, blank_direction: None, flags: Vec::new() },
        known,
    )
}

/// Two columns of days under one title: the one that is never the later is what the payer did.
fn by_order(mut columns: Columns, titles: &[String], sample: &Sample) -> Columns {
    let days = [Role::TransactionDate, Role::PostingDate].map(|role| columns.get(role));
    if let [Some(transaction), Some(posting)] = days
        && titles[transaction] == titles[posting]
        && let Some((early, late)) = in_order(sample, transaction, posting)
    {
        columns.single[Role::TransactionDate as usize] = Some(early);
        columns.single[Role::PostingDate as usize] = Some(late);
    }
    columns
}

/// What was found out of a table beside its header.
struct Parts {
    columns: Columns,
    why: Vec<String>,
    sign: (Sign, Decision),
    layout_why: &'static str,
    continued: Option<u32>,
    by_look: bool,
    blank_direction: Option<Direction>,
    /// Columns of yes and no, with what yes says of how far a row has come.
    flags: Vec<(usize, EntryStatus)>,
}

fn assemble<'a>(
    text: Cow<'a, str>,
    cut: Cut,
    layout: Arc<Layout>,
    header: Header,
    parts: Parts,
    known: Known,
) -> Table<'a> {
    let above = &text[..header.record.0.min(text.len())];
    let stated = stated_currency(&header.above);
    let currency = stated.as_ref().map(|(currency, cell)| Decision {
        value: currency.to_string(),
        cell: Some(cell.clone()),
        why: "the lines above the header say so".to_string(),
    });
    let last_above = header.above.last().map(|line| line.noted("").text);
    let stated_words = &known.answers.statuses;
    let progress = RowProgress::of(&header.titles, &parts.columns, parts.flags, last_above.as_deref(), stated_words);
    let mut preamble: Vec<NotedLine> = header.above.iter().map(|line| line.noted("above the rows")).collect();
    if let Some(line) = preamble.last_mut().filter(|_| progress.section.is_some()) {
        line.why = "it says what the rows below it are".to_string();
    }
    let mut why = parts.why;
    for &column in &progress.reasons {
        if let Some(why) = why.get_mut(column) {
            *why = "it is filled where a row was refused".to_string();
        }
    }
    let notes = Notes {
        layout_why: parts.layout_why.to_string(),
        preamble,
        why,
        sign: parts.sign.1,
        currency: currency.unwrap_or_default(),
        unclosed: None,
    };
    Table {
        bill_month: if layout.bill_month { month_in(above) } else { None },
        header_line: header.written.then_some(header.record.1),
        sign: parts.sign.0,
        preamble_currency: stated.map(|found| found.0),
        preamble_amounts: amounts(&header.above),
        stated_order: known.answers.dates,
        stated_mark: known.answers.decimal,
        continued: parts.continued,
        by_look: parts.by_look,
        blank_direction: parts.blank_direction,
        notes,
        progress,
        cut,
        titles: header.titles,
        columns: parts.columns,
        rows_from: header.rows_from,
        own_bytes: text.len(),
        stated: Vec::new(),
        text: Text::Whole(text),
        layout,
    }
}

/// Whether some records go on below: no day, no amount, and text under the merchant's; with the number of lines
/// between.
fn is_continued(sample: &Sample, columns: &Columns) -> Option<u32> {
    let of = |roles: &[Role]| -> Vec<usize> { roles.iter().filter_map(|&role| columns.get(role)).collect() };
    let (dates, amounts) = (of(&Role::DATES), of(&Role::MOVING));
    let text = columns.get(Role::Descriptor)?;
    let blank = |row: &[&str], columns: &[usize]| {
        columns.iter().all(|&column| row.get(column).is_none_or(|cell| cell.is_empty()))
    };
    let goes_on = |row: &SampleRow| {
        // Asked first: nearly every row has an amount.
        if !blank(&row.cells, &amounts) {
            return false;
        }
        let is_text = || !row.cell(text).is_empty() && !is_date(row.cell(text));
        is_text() && blank(&row.cells, &dates)
    };
    let is_dated = |row: &&SampleRow| dates.iter().any(|&column| is_date(row.cell(column)));
    let first = sample.rows.iter().position(|row| is_dated(&row))?;
    let rows = &sample.rows[first + 1..];
    let found = rows.iter().position(goes_on)?;
    // Lines of text far below the last record are a trailer.
    let more_follow = rows[found..].iter().any(|row| is_dated(&row));
    (more_follow || rows[found].gap == 0).then_some(rows[found].gap)
}

/// One way in which a file of no layout can be understood.
enum Attempt {
    Table(Box<(Cut, Header, Parts)>),
    Question(Diagnostic),
}

fn find_generic<'a>(path: &str, text: Cow<'a, str>, cuts: Vec<Cut>, known: Known) -> Found<'a> {
    let mut best: Option<(usize, Attempt)> = None;
    for by_title in [true, false] {
        for cut in &cuts {
            let header =
                if by_title { titled_header(&text, cut, known) } else { header_by_look(&text, cut, known.answers) };
            let Some(header) = header else { continue };
            let Some((score, attempt)) = attempt(path, &text, cut, header, !by_title, known) else { continue };
            let is_table = |attempt: &Attempt| matches!(attempt, Attempt::Table(_));
            let better =
                best.as_ref().is_none_or(|(known, other)| (is_table(&attempt), score) > (is_table(other), *known));
            if better {
                best = Some((score, attempt));
            }
        }
        if best.is_some() {
            break;
        }
    }
    match best {
        Some((_, Attempt::Table(found))) => {
            let (cut, header, parts) = *found;
            let layout = Arc::clone(&known.catalogue.layouts[known.catalogue.generic()]);
            Found::Table(Box::new(assemble(text, cut, layout, header, parts, known)))
        }
        Some((_, Attempt::Question(finding))) => Found::Unclear(vec![finding]),
        None => Found::Nothing,
    }
}

/// The header whose titles say that this is a statement; one above rows with days is preferred.
fn generic_header(catalogue: &Catalogue, text: &str, cut: &Cut) -> Option<Header> {
    let generic = catalogue.generic();
    let mut first = None;
    let with_rows = first_header(text, cut, |header| {
        let meanings = meanings_of(catalogue, &header.titles);
        let has = |role: Role| meanings.iter().flatten().any(|m| m.layout == generic && m.role == role);
        if !catalogue.layouts[generic].claims(&has) {
            return Err(header);
        }
        let sample = Sample::take(text, cut.rows(text, header.rows_from));
        if sample.rows.iter().any(|row| row.cells.iter().any(|cell| is_date(cell))) {
            return Ok(header);
        }
        first.get_or_insert((header.titles.clone(), header.record, header.places.clone(), header.rows_from));
        Err(header)
    });
    with_rows.or_else(|| {
        let (titles, record, places, rows_from) = first?;
        Some(Header { titles, record, places, rows_from, above: Vec::new(), written: true })
    })
}

/// The header whose titles say that this is a statement, else one that holds a title which the user named.
fn titled_header(text: &str, cut: &Cut, known: Known) -> Option<Header> {
    generic_header(known.catalogue, text, cut).or_else(|| answered_header(text, cut, known.answers))
}

fn attempt(path: &str, text: &str, cut: &Cut, header: Header, by_look: bool, known: Known) -> Option<(usize, Attempt)> {
    let mut sample = Sample::take(text, cut.rows(text, header.rows_from));
    sample.without_balances();
    let titles: &[String] = if header.written { &header.titles } else { &[] };
    let titles = if titles.is_empty() { numbered(sample.width()) } else { titles.to_vec() };
    let generic = &known.catalogue.layouts[known.catalogue.generic()];
    let inference = match Inference::of(&titles, &sample, by_look, known) {
        Ok(inference) => inference,
        Err(Problem::NotOurs) => return None,
        Err(problem) => {
            let problem = match problem {
                Problem::Ambiguous(role, columns) => HeaderProblem::Ambiguous(role, columns),
                Problem::Turned(debit, credit) => HeaderProblem::Turned(debit, credit),
                Problem::Unknown(role, title) => HeaderProblem::Unknown(role, title),
                Problem::Missing(roles) => HeaderProblem::Missing(roles),
                Problem::NotOurs => return None,
            };
            return Some((titles.len(), Attempt::Question(explain(generic, path, text, &header, &problem))));
        }
    };
    if let Some(finding) = records_above(path, text, cut, &header, &inference.columns) {
        return Some((titles.len(), Attempt::Question(finding)));
    }
    let sign = answered(known.answers).unwrap_or_else(|| decide(&inference));
    let continued = is_continued(&sample, &inference.columns);
    let blank_direction = inference.blank_direction();
    let layout_why = "no layout of the catalogue claims its titles";
    let Inference { columns, why, flags, .. } = inference;
    let score = why.iter().filter(|why| !why.is_empty()).count();
    let parts = Parts { columns, why, sign, layout_why, continued, by_look, blank_direction, flags };
    let header = Header { titles, ..header };
    Some((score, Attempt::Table(Box::new((cut.clone(), header, parts)))))
}

/// Names for the columns of a file without titles.
pub(super) fn numbered(width: usize) -> Vec<String> {
    (1..=width).map(|number| format!("column {number}")).collect()
}
#[cfg(test)]
mod tests {
    use super::*;

    fn layout_of(text: &str) -> String {
        match find_table("x.csv", Cow::Borrowed(text), Known::default()) {
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
}
