//! OFX and QFX: SGML of version 1 and XML of version 2, read by one tolerant reader.
//!
//! A file holds statements of one or more accounts (`STMTRS`, `CCSTMTRS`, `INVSTMTRS`), each with its records
//! (`STMTTRN`; `STMTTRNP` for those still pending). Days are the first eight digits, as written: the zone behind them is
//! that of the time. An amount stands in the account's currency (`CURDEF`), or in that of `CURRENCY`; `ORIGCURRENCY`
//! names only a currency and a rate, no amount, and nothing is computed from them. A record that corrects another of
//! its account (`CORRECTFITID`) makes that one void; neither is dropped.

use super::answers::Known;
use super::cell::{DecimalMark, Figure, read_amount, read_date};
use super::find::Found;
use super::kept::{Cell, Kept, Lines, Stated};
use super::markup::{Piece, Pieces, unescaped};
use super::table::excerpt_of;
use crate::diagnostic::Diagnostic;
use crate::domain::{Day, Period};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// Aggregates inside aggregates that are followed; files nest five deep, more are left open by mistake.
const NESTING_MAX: usize = 32;
/// How far into a file its first OFX tag may stand.
const PREAMBLE_BYTES_MAX: usize = 4096;

const TITLES: [&str; 12] = [
    "DTUSER",
    "DTPOSTED",
    "TRNAMT",
    "CURDEF",
    "TRNTYPE",
    "RECORD STATUS",
    "FITID",
    "NAME",
    "REFNUM",
    "ORIGCURRENCY",
    "ACCTID",
    "CCACCTFROM",
];

/// Whether the text is OFX.
pub(super) fn is_ofx(text: &str) -> bool {
    let head = text.as_bytes().get(..PREAMBLE_BYTES_MAX.min(text.len())).unwrap_or_default();
    let finds = |mark: &[u8]| head.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark));
    finds(b"<OFX>") || finds(b"OFXHEADER")
}

/// Reads all statements of a file.
pub(super) fn find<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    let whole = text.clone();
    let mut reader = Reader {
        text: &whole,
        lines: Lines::new(&whole),
        statuses: [None, None, None, None],
        kept: Kept::new(text, &TITLES),
        within: Vec::new(),
        leaf: None,
        block: None,
    };
    reader.statuses = STATUSES.map(|word| reader.kept.compose(word));
    for piece in Pieces::from(&whole, 0) {
        reader.piece(piece);
    }
    match reader.block {
        Some(block) => Found::Unclear(vec![cut_off(path, &whole, &block)]),
        None => reader.kept.finish(path, known),
    }
}

fn cut_off(path: &str, text: &str, block: &Block) -> Diagnostic {
    let (start, line) = block.open.as_ref().map_or(block.place, |open| open.place);
    let tag = start..text[start..].find('>').map_or(text.len(), |end| start + end + 1);
    Diagnostic::error("ofx-structure", path, "the file ends inside a statement")
        .at(excerpt_of(text, (start, line), tag, "nothing closes this"))
        .hint("the file was cut off: download it again")
}

/// Aggregates that give the values in them a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aggregate {
    Statement {
        card: bool,
    },
    Record {
        pending: bool,
    },
    Account,
    OtherAccount,
    Ledger,
    Currency,
    OriginalCurrency,
    Payee,
    /// Balances of other kinds, and figures of investments, whose values must not be taken for the account's.
    Aside,
}

fn aggregate(name: &str) -> Option<Aggregate> {
    Some(match name.to_ascii_uppercase().as_str() {
        "STMTRS" | "INVSTMTRS" => Aggregate::Statement { card: false },
        "CCSTMTRS" => Aggregate::Statement { card: true },
        "STMTTRN" => Aggregate::Record { pending: false },
        "STMTTRNP" => Aggregate::Record { pending: true },
        "BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM" => Aggregate::Account,
        "BANKACCTTO" | "CCACCTTO" | "INVACCTTO" => Aggregate::OtherAccount,
        "LEDGERBAL" => Aggregate::Ledger,
        "CURRENCY" => Aggregate::Currency,
        "ORIGCURRENCY" => Aggregate::OriginalCurrency,
        "PAYEE" => Aggregate::Payee,
        "AVAILBAL" | "BALLIST" | "INVBAL" | "INVPOSLIST" => Aggregate::Aside,
        _ => return None,
    })
}

/// How far a record has come, in the words of the layout.
const STATUSES: [&str; 4] = ["POSTED", "PENDING", "REPLACED", "DELETED"];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Status {
    #[default]
    Posted,
    Pending,
    Replaced,
    Deleted,
}

/// A value and its name.
type Value = Cell;

/// A record that is being read.
#[derive(Default)]
struct Open {
    place: (usize, u32),
    status: Status,
    user_day: Value,
    day: Value,
    amount: Value,
    kind: Value,
    id: Value,
    name: Value,
    payee: Value,
    memo: Value,
    number: Value,
    currency: Value,
    original: (Value, Value),
    corrects: Value,
    correction: Value,
}

/// One statement: an account, its records and what it states.
struct Block {
    place: (usize, u32),
    card: bool,
    account: Value,
    currency: Value,
    from: Option<Day>,
    to: Option<Day>,
    balance: Option<Figure>,
    balance_day: Option<Day>,
    records: Vec<Open>,
    open: Option<Open>,
}

struct Reader<'t, 'a> {
    text: &'t str,
    lines: Lines<'t>,
    statuses: [Cell; STATUSES.len()],
    kept: Kept<'a>,
    within: Vec<Aggregate>,
    /// The value element that is open.
    leaf: Option<Range<usize>>,
    block: Option<Block>,
}

impl Reader<'_, '_> {
    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Open(name) => {
                self.leaf = None;
                match aggregate(&self.text[name.clone()]) {
                    Some(found) => self.open(found, name.start.saturating_sub(1)),
                    None => self.leaf = Some(name),
                }
            }
            Piece::Close(name) => {
                self.leaf = None;
                let behind = name.end.saturating_add(1).min(self.text.len());
                match aggregate(&self.text[name.clone()]) {
                    Some(found) => self.close(found, behind),
                    None if self.text[name].eq_ignore_ascii_case("OFX") => self.close_block(behind),
                    None => {}
                }
            }
            Piece::Text(range) | Piece::Plain(range) => {
                if let Some(name) = self.leaf.clone() {
                    let name = self.text[name].to_ascii_uppercase();
                    self.value(&name, range);
                }
            }
        }
    }

    fn open(&mut self, found: Aggregate, at: usize) {
        match found {
            Aggregate::Statement { card } => {
                // End tags may be missing: the next statement ends the one before.
                self.close_block(at);
                let place = (at, self.lines.line_at(at));
                self.block = Some(Block {
                    place,
                    card,
                    account: None,
                    currency: None,
                    from: None,
                    to: None,
                    balance: None,
                    balance_day: None,
                    records: Vec::new(),
                    open: None,
                });
            }
            Aggregate::Record { pending } => {
                let place = (at, self.lines.line_at(at));
                if let Some(block) = &mut self.block {
                    block.close_record();
                    let status = if pending { Status::Pending } else { Status::Posted };
                    block.open = Some(Open { place, status, ..Open::default() });
                }
                self.within.retain(|outer| matches!(outer, Aggregate::Statement { .. }));
            }
            Aggregate::Ledger | Aggregate::Aside => {
                if let Some(block) = &mut self.block {
                    block.close_record();
                }
            }
            _ => {}
        }
        if self.within.len() < NESTING_MAX {
            self.within.push(found);
        }
    }

    fn close(&mut self, found: Aggregate, behind: usize) {
        if let Some(place) = self.within.iter().rposition(|&outer| outer == found) {
            self.within.truncate(place);
        }
        match found {
            Aggregate::Statement { .. } => self.close_block(behind),
            Aggregate::Record { .. } => {
                if let Some(block) = &mut self.block {
                    block.close_record();
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, name: &str, range: Range<usize>) {
        let Some(block) = &mut self.block else { return };
        let inner = self.within.last().copied();
        let raw = &self.text[range.clone()];
        let slot = match (&mut block.open, inner) {
            (Some(open), Some(Aggregate::Record { .. } | Aggregate::Payee)) => open.slot(name, inner),
            (Some(open), Some(Aggregate::Currency)) if name == "CURSYM" => Some(&mut open.currency),
            (Some(open), Some(Aggregate::OriginalCurrency)) => match name {
                "CURSYM" => Some(&mut open.original.0),
                "CURRATE" => Some(&mut open.original.1),
                _ => None,
            },
            (None, Some(Aggregate::Account)) if name == "ACCTID" => Some(&mut block.account),
            (None, Some(Aggregate::Ledger)) => {
                match name {
                    "BALAMT" => block.balance = figure(raw),
                    "DTASOF" => block.balance_day = day(raw),
                    _ => {}
                }
                None
            }
            (None, Some(Aggregate::Statement { .. })) => {
                match name {
                    "DTSTART" => block.from = day(raw),
                    "DTEND" => block.to = day(raw),
                    _ => {}
                }
                (name == "CURDEF").then_some(&mut block.currency)
            }
            _ => None,
        };
        // The first element of a name counts.
        if let Some(slot) = slot.filter(|slot| slot.is_none()) {
            *slot = Some(range);
        }
    }

    fn close_block(&mut self, behind: usize) {
        let Some(mut block) = self.block.take() else { return };
        block.close_record();
        block.settle_corrections(self.text);
        self.within.clear();
        let currency = block.currency.clone();
        for record in &block.records {
            self.keep(record, &block, &currency);
        }
        let value = |value: &Value| value.clone().map_or("", |range| &self.text[range]);
        // The end of the days asked for may lie ahead; nothing is known of days after the balance.
        let to = block.to.map(|to| block.balance_day.map_or(to, |known| known.min(to)));
        let covers = block.from.zip(to).filter(|(from, to)| from <= to).map(|(from, to)| Period { from, to });
        let stated = Stated {
            account: format!("{} {}", value(&block.account), value(&block.currency)),
            covers,
            opening: None,
            closing: block.balance,
            bytes: block.place.0..behind,
            lines: (block.place.1, self.lines.line_at(behind)),
        };
        self.kept.state(stated);
    }

    fn keep(&mut self, record: &Open, block: &Block, currency: &Value) {
        let text = |value: &Value| value.clone().map(|range| unescaped(&self.text[range]));
        let names = (text(&record.name).or(text(&record.payee)), text(&record.memo));
        let descriptor = match &names {
            (None, None) => None,
            (Some(name), Some(memo)) if memo.starts_with(&**name) => self.plain(record.memo.clone()),
            (Some(name), Some(memo)) if !name.contains(&**memo) => self.kept.compose(&format!("{name} {memo}")),
            (Some(_), _) => self.plain(record.name.clone().or(record.payee.clone())),
            (None, Some(_)) => self.plain(record.memo.clone()),
        };
        let original = match &record.original {
            (Some(code), Some(rate)) => {
                self.kept.compose(&format!("{} {}", &self.text[code.clone()], &self.text[rate.clone()]))
            }
            (code, _) => code.clone(),
        };
        let amount = record.amount.clone().and_then(|range| match &self.text[range.clone()] {
            // The specification allows either mark and no groups.
            raw if raw.contains(',') && !raw.contains('.') => self.kept.compose(&raw.replace(',', ".")),
            _ => Some(range),
        });
        let user_day = record.user_day.clone().and_then(|range| self.day_in(range)).filter(|range| {
            // Written by some banks for a day that they do not know.
            self.text[range.clone()].bytes().any(|byte| byte != b'0')
        });
        let status = self.statuses.get(record.status as usize).cloned().flatten();
        let id = self.plain(record.id.clone());
        let number = self.plain(record.number.clone());
        let cells = [
            user_day,
            record.day.clone().and_then(|range| self.day_in(range)),
            amount,
            record.currency.clone().or(currency.clone()),
            record.kind.clone(),
            status,
            id,
            descriptor,
            number,
            original,
            block.account.clone(),
            block.account.clone().filter(|_| block.card),
        ];
        self.kept.push(record.place, cells);
    }

    /// The stretch itself, or where it holds entities what they stand for.
    fn plain(&mut self, value: Value) -> Cell {
        let range = value?;
        match unescaped(&self.text[range.clone()]) {
            Cow::Borrowed(_) => Some(range),
            Cow::Owned(text) => self.kept.compose(&text),
        }
    }

    /// The eight digits of the day; the whole value where it begins otherwise.
    fn day_in(&self, range: Range<usize>) -> Cell {
        let digits = self.text[range.clone()].bytes().take_while(u8::is_ascii_digit).count();
        Some(if digits >= DAY_DIGITS { range.start..range.start.saturating_add(DAY_DIGITS) } else { range })
    }
}

/// `20260203`, before the time.
const DAY_DIGITS: usize = 8;

fn day(raw: &str) -> Option<Day> {
    read_date(raw.get(..DAY_DIGITS)?, None, None).ok()
}

fn figure(raw: &str) -> Option<Figure> {
    read_amount(&raw.replace(',', "."), DecimalMark::Point).ok().map(|cell| cell.figure)
}

impl Open {
    fn slot(&mut self, name: &str, inner: Option<Aggregate>) -> Option<&mut Value> {
        Some(match (name, inner) {
            ("NAME", Some(Aggregate::Payee)) => &mut self.payee,
            (_, Some(Aggregate::Payee)) => return None,
            ("DTUSER" | "DTTRAN", _) => &mut self.user_day,
            ("DTPOSTED", _) => &mut self.day,
            ("TRNAMT", _) => &mut self.amount,
            ("TRNTYPE", _) => &mut self.kind,
            ("FITID", _) => &mut self.id,
            ("NAME", _) => &mut self.name,
            ("EXTDNAME", _) => &mut self.payee,
            ("MEMO", _) => &mut self.memo,
            ("REFNUM", _) => &mut self.number,
            ("CORRECTFITID", _) => &mut self.corrects,
            ("CORRECTACTION", _) => &mut self.correction,
            _ => return None,
        })
    }
}

impl Block {
    fn close_record(&mut self) {
        self.records.extend(self.open.take());
    }

    /// Makes the records void that others of this account replace or delete.
    fn settle_corrections(&mut self, text: &str) {
        let value = |value: &Value| value.clone().map(|range| text[range].to_string());
        let corrections: Vec<(String, bool)> = self
            .records
            .iter()
            .filter_map(|record| {
                let deletes = value(&record.correction).is_some_and(|action| action.eq_ignore_ascii_case("DELETE"));
                Some((value(&record.corrects)?, deletes))
            })
            .collect();
        let corrected: BTreeSet<&str> = corrections.iter().map(|(id, _)| id.as_str()).collect();
        for record in &mut self.records {
            if record.id.clone().is_some_and(|id| corrected.contains(&text[id])) && record.corrects.is_none() {
                record.status = Status::Replaced;
            }
            let deletes = value(&record.correction).is_some_and(|action| action.eq_ignore_ascii_case("DELETE"));
            if record.corrects.is_some() && deletes {
                record.status = Status::Deleted;
            }
        }
    }
}
