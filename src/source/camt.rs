//! ISO 20022 account reports: camt.052 (within the day) and camt.053 (end of the day), versions 02 and later.
//!
//! An entry (`Ntry`) is one movement of the balance. One that gathers several transactions becomes one record for each
//! of them where their amounts are given and add up, else it stays whole; so does a batch that the holder ordered and
//! whose parts all name the same party and text. `CdtDbtInd` already says which way the money went, in an entry that
//! takes another back (`RvslInd`) too; there payer and payee change places.

mod entry;

use super::answers::Known;
use super::cell::{DecimalMark, Figure, read_amount, read_date};
use super::find::Found;
use super::kept::{Cell, Kept, Lines, Stated};
use super::table::excerpt_of;
use super::xml::{Element, Said, Xml, XmlFault, XmlPiece};
use crate::diagnostic::Diagnostic;
use crate::domain::{Day, Period};
use std::borrow::Cow;
use std::ops::Range;

/// How far into a file the name of its message may stand.
const HEAD_BYTES: usize = 4096;
/// The messages, without regard to case.
const MESSAGES: [&str; 2] = ["bktocstmrstmt", "bktocstmracctrpt"];

const TITLES: [&str; 16] = [
    "TxDtTm",
    "BookgDt",
    "Amt",
    "CdtDbtInd",
    "Ccy",
    "Sts",
    "SubFmlyCd",
    "AcctSvcrRef",
    "RltdPties",
    "RmtInf",
    "Refs",
    "Acct",
    "InstdAmt",
    "InstdAmt Ccy",
    "Chrgs",
    "PAN",
];

/// Whether the text is such a message.
pub(super) fn is_camt(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = String::from_utf8_lossy(&bytes[..HEAD_BYTES.min(bytes.len())]).to_ascii_lowercase();
    head.trim_start().starts_with('<') && MESSAGES.iter().any(|message| head.contains(message))
}

/// Reads all statements of a message.
pub(super) fn find<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    let whole = text.clone();
    let mut reader =
        Reader { text: &whole, lines: Lines::new(&whole), kept: Kept::new(text, &TITLES), statement: None };
    match reader.run() {
        Ok(()) => reader.kept.finish(path, known),
        Err(fault) => Found::Unclear(vec![broken(path, &whole, &fault)]),
    }
}

fn broken(path: &str, text: &str, fault: &XmlFault) -> Diagnostic {
    Diagnostic::error("xml-structure", path, "the file is not well-formed XML")
        .at(excerpt_of(text, (0, 1), fault.at..fault.at, fault.message.clone()))
        .hint("the file was cut off or changed: download it again")
}

/// The statement that is being read.
struct Statement<'t> {
    start: usize,
    line: u32,
    account: Option<Element<'t>>,
    days: Option<Element<'t>>,
    balances: Vec<Element<'t>>,
}

struct Reader<'t, 'a> {
    text: &'t str,
    lines: Lines<'t>,
    kept: Kept<'a>,
    statement: Option<Statement<'t>>,
}

impl<'t> Reader<'t, '_> {
    fn run(&mut self) -> Result<(), XmlFault> {
        let mut xml = Xml::new(self.text);
        let mut within: Vec<&str> = Vec::new();
        while let Some(piece) = xml.next()? {
            match piece {
                XmlPiece::Open(name @ ("Stmt" | "Rpt"), tag) => {
                    let line = self.lines.line_at(tag.start);
                    let statement =
                        Statement { start: tag.start, line, account: None, days: None, balances: Vec::new() };
                    self.statement = Some(statement);
                    within.push(name);
                }
                XmlPiece::Open(name, tag) if matches!(within.last(), Some(&("Stmt" | "Rpt"))) => {
                    let element = xml.element(name, tag)?;
                    self.part(element);
                }
                XmlPiece::Open(name, _) => within.push(name),
                XmlPiece::Close(end) => {
                    if matches!(within.pop(), Some("Stmt" | "Rpt")) {
                        self.close(end);
                    }
                }
                XmlPiece::Text(_) | XmlPiece::Letter(_) => {}
            }
        }
        Ok(())
    }

    fn part(&mut self, element: Element<'t>) {
        let Some(statement) = &mut self.statement else { return };
        match element.name {
            "Acct" => statement.account = Some(element),
            "FrToDt" => statement.days = Some(element),
            "Bal" => statement.balances.push(element),
            "Ntry" => {
                let account = statement.account.clone();
                self.entry(&element, account.as_ref());
            }
            _ => {}
        }
    }

    /// What an element says, as a cell.
    fn cell(&mut self, element: Option<&Element>) -> Cell {
        match element?.said(self.text)? {
            Said::Written(range) => Some(range),
            Said::Composed(text) => self.kept.compose(&text),
        }
    }

    fn close(&mut self, end: usize) {
        let Some(statement) = self.statement.take() else { return };
        let text = self.text;
        let balance = |kinds: &[&str]| {
            let is_kind = |balance: &&Element, kind: &str| {
                balance.at(&["Tp", "CdOrPrtry", "Cd"]).is_some_and(|code| code.text(text) == kind)
            };
            kinds.iter().find_map(|kind| statement.balances.iter().find(|balance| is_kind(balance, kind)))
        };
        let (opening, closing) = (balance(&["OPBD", "PRCD"]), balance(&["CLBD"]));
        let day = |element: Option<&Element>, part: &str| {
            let element = element?;
            let day = element.at(&[part]).or_else(|| element.at(&["Dt", part]))?;
            first_day(&day.text(text))
        };
        let either = |element: Option<&Element>| day(element, "Dt").or_else(|| day(element, "DtTm"));
        let stated = day(statement.days.as_ref(), "FrDtTm").zip(day(statement.days.as_ref(), "ToDtTm"));
        let stated = stated.or_else(|| day(statement.days.as_ref(), "FrDt").zip(day(statement.days.as_ref(), "ToDt")));
        let by_balances = || {
            let (opened, closed) = either(opening).zip(either(closing))?;
            let is_previous = balance(&["OPBD"]).is_none();
            Some((if is_previous && opened < closed { opened.plus(1) } else { opened }, closed))
        };
        let covers = stated.or_else(by_balances).filter(|(from, to)| from <= to);
        let number = statement.account.as_ref().and_then(account_number).map(|number| number.text(text).into_owned());
        let currency = closing.or(opening).and_then(|balance| balance.at(&["Amt"])?.attribute(text, "Ccy"));
        self.kept.state(Stated {
            account: format!("{} {}", number.unwrap_or_default(), currency.map_or("", |range| &text[range])),
            covers: covers.map(|(from, to)| Period { from, to }),
            opening: opening.and_then(|balance| signed(text, balance)),
            closing: closing.and_then(|balance| signed(text, balance)),
            bytes: statement.start..end,
            lines: (statement.line, self.lines.line_at(end)),
        });
    }
}

/// The number by which an account is known.
fn account_number<'e, 't>(account: &'e Element<'t>) -> Option<&'e Element<'t>> {
    account.at(&["Id", "IBAN"]).or_else(|| account.at(&["Id", "Othr", "Id"]))
}

fn first_day(text: &str) -> Option<Day> {
    read_date(text.get(..10)?, None, None).ok()
}

fn figure(text: &str) -> Option<Figure> {
    read_amount(text, DecimalMark::Point).ok().map(|cell| cell.figure)
}

/// The amount of a balance with its sign.
fn signed(text: &str, balance: &Element) -> Option<Figure> {
    let figure = figure(&balance.at(&["Amt"])?.text(text))?;
    match &*balance.at(&["CdtDbtInd"])?.text(text) {
        "CRDT" => Some(figure),
        "DBIT" => Some(figure.negated()),
        _ => None,
    }
}

/// The amount of an element in a currency; `None` where it states another.
fn amount_in<'e, 't>(text: &str, element: Option<&'e Element<'t>>, currency: &str) -> Option<&'e Element<'t>> {
    let element = element?;
    (element.attribute(text, "Ccy").is_some_and(|code| &text[code] == currency)).then_some(element)
}

/// A stretch of the text as a string.
fn shown(text: &str, range: Option<Range<usize>>) -> &str {
    range.map_or("", |range| &text[range])
}
