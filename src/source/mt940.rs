//! MT940 and MT942, SWIFT's statement messages, with what banks make of them: lines cut anywhere, block headers or
//! none, control characters between messages, any letter in a text.
//!
//! A message is `:25:` an account, `:60F:` an opening balance, for each record `:61:` with its `:86:`, `:62F:` a closing
//! balance. Of the two days of a record the entry day counts, which has no year of its own; the value day stands in
//! where there is none. `RC` takes back a credit, `RD` a debit: the mark already says which way the money went.

mod details;
mod fields;

use super::answers::Known;
use super::cell::{DecimalMark, Figure, read_amount};
use super::find::Found;
use super::kept::{Cell, Kept, Stated};
use crate::domain::{Day, Period};
use details::Details;
use fields::{Field, Fields};
use std::borrow::Cow;
use std::ops::Range;

/// How far into a file its first record or balance may stand.
const HEAD_BYTES: usize = 16 << 10;

const TITLES: [&str; 13] = [
    ":61: date",
    ":61: mark",
    ":61: amount",
    ":60F: currency",
    ":61: type",
    ":61: status",
    ":61: bank reference",
    ":86: party",
    ":86: text",
    ":61: reference",
    ":25: account",
    "/OCMT/ amount",
    "/OCMT/ currency",
];

/// Whether the text holds such messages.
pub(super) fn is_mt940(text: &str) -> bool {
    let mut seen = [false; 3];
    let head = (0..=HEAD_BYTES.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    for field in Fields::new(head) {
        match field.tag {
            "20" => seen[0] = true,
            "25" | "25P" => seen[1] = true,
            "60F" | "60M" | "61" | "34F" => seen[2] = true,
            _ => {}
        }
        if seen == [true; 3] {
            return true;
        }
    }
    false
}

/// Reads all messages of a file.
pub(super) fn find<'a>(path: &str, text: Cow<'a, str>, known: Known) -> Found<'a> {
    let whole = text.clone();
    let mut kept = Kept::new(text, &TITLES);
    let booked = kept.compose("BOOKED");
    let expected = kept.compose("EXPECTED");
    let mut reader =
        Reader { text: &whole, kept, booked, expected, message: Message::default(), record: None, unclosed: None };
    for field in Fields::new(&whole) {
        reader.field(field);
    }
    reader.end_message((whole.len(), u32::MAX));
    let unclosed = reader.unclosed;
    let mut found = reader.kept.finish(path, known);
    if let Found::Table(table) = &mut found {
        table.notes.unclosed = unclosed;
    }
    found
}

/// A balance as it is written: `C140219EUR662,23`.
struct Balance {
    day: Option<Day>,
    figure: Option<Figure>,
    currency: Range<usize>,
}

/// What the message being read says of all its records.
#[derive(Default)]
struct Message {
    account: Cell,
    currency: Cell,
    /// The opening balance and where it stands.
    opening: Option<(Balance, (usize, u32))>,
    /// The message's closing balance was read: what follows is about the account, not about a record.
    closed: bool,
}

/// A record whose text may still come.
struct Record<'t> {
    place: (usize, u32),
    line: Field<'t>,
    text: Option<Field<'t>>,
}

struct Reader<'t, 'a> {
    text: &'t str,
    kept: Kept<'a>,
    booked: Cell,
    expected: Cell,
    message: Message,
    record: Option<Record<'t>>,
    /// Line of the first opening balance to which no closing one came.
    unclosed: Option<u32>,
}

impl<'t> Reader<'t, '_> {
    fn field(&mut self, field: Field<'t>) {
        match field.tag {
            "20" => self.end_message(field.place),
            "25" | "25P" => self.message.account = Some(field.first()),
            "60F" | "60M" => {
                let balance = balance(self.text, field.first());
                self.message.currency = Some(balance.currency.clone());
                self.message.opening = Some((balance, field.place));
                self.message.closed = false;
            }
            "34F" => {
                let range = field.first();
                self.message.currency = Some(range.start..self.border(range.start.saturating_add(3)).min(range.end));
            }
            "61" => {
                self.end_record();
                self.record = Some(Record { place: field.place, line: field, text: None });
            }
            "86" if !self.message.closed => {
                if let Some(record) = self.record.as_mut().filter(|record| record.text.is_none()) {
                    record.text = Some(field);
                }
            }
            "62F" | "62M" => self.close(&field),
            _ => {}
        }
    }

    fn border(&self, at: usize) -> usize {
        (at..=self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(self.text.len())
    }

    fn close(&mut self, field: &Field) {
        self.end_record();
        let closing = balance(self.text, field.first());
        self.message.closed = true;
        let Some((opening, (start, line))) = self.message.opening.take() else { return };
        // The opening balance bears the day of the last booking before.
        let first =
            opening.day.zip(closing.day).map(|(opened, closed)| if opened < closed { opened.plus(1) } else { closed });
        let covers = first.zip(closing.day).map(|(from, to)| Period { from, to });
        let shown = |cell: &Cell| cell.clone().map_or("", |range| self.text[range].trim());
        self.kept.state(Stated {
            account: format!("{} {}", shown(&self.message.account), &self.text[closing.currency.clone()]),
            covers,
            opening: opening.figure,
            closing: closing.figure,
            bytes: start..field.place.0,
            lines: (line, field.place.1),
        });
    }

    fn end_message(&mut self, _next: (usize, u32)) {
        self.end_record();
        let opened = self.message.opening.as_ref().map(|(_, place)| place.1);
        self.unclosed = self.unclosed.or(opened);
        self.message = Message::default();
    }

    fn end_record(&mut self) {
        let Some(record) = self.record.take() else { return };
        let cut = self.cut_line(&record.line);
        // A file that ends before the record's type code was cut off.
        let whole = self.text.trim_end().len();
        let ends_here = record.text.is_none() && record.line.lines.last().is_some_and(|line| line.end >= whole);
        let cut = cut.filter(|(line, _)| !(ends_here && line.kind.is_empty()));
        let Some((line, at)) = cut else {
            // Refused when the row is read, by the date that is none; it is not passed over, since it has an amount.
            let mut cells: [Cell; TITLES.len()] = Default::default();
            cells[0] = Some(record.line.first());
            cells[2] = Some(record.line.first());
            cells[5] = self.booked.clone();
            self.kept.push(record.place, cells);
            return;
        };
        let stretch = |range: &Range<usize>| Some(at + range.start..at + range.end).filter(|range| !range.is_empty());
        let date = match line.day {
            Some(day) => self.kept.compose(&day.to_string()),
            None => stretch(&line.date),
        };
        let details = record.text.as_ref().map(|field| Details::of(&field.joined(self.text)));
        let details = details.unwrap_or_else(|| Details::plain(record.line.rest(self.text)));
        let (original, code) = match &details.original {
            Some((code, amount)) => (self.kept.compose(amount), self.kept.compose(code)),
            None => (None, None),
        };
        let one_line = record.text.as_ref().filter(|field| field.lines.len() == 1).map(Field::first);
        let party = match one_line.clone().filter(|_| details.is_plain) {
            Some(range) => Some(range),
            None => self.kept.compose(&details.party),
        };
        let text = match one_line.filter(|_| !details.is_plain) {
            Some(range) => Some(range),
            None if details.is_plain => None,
            None => self.kept.compose(&details.text),
        };
        let cells = [
            date,
            stretch(&line.mark),
            stretch(&line.amount),
            self.message.currency.clone(),
            stretch(&line.kind),
            if line.expected { self.expected.clone() } else { self.booked.clone() },
            stretch(&line.bank_reference),
            party,
            text,
            stretch(&line.reference),
            self.message.account.clone(),
            original,
            code,
        ];
        self.kept.push(record.place, cells);
    }

    /// Cuts the line of a record, and says from which byte its stretches count. A line that goes on in the next is put
    /// together first.
    fn cut_line(&mut self, field: &Field) -> Option<(Line61, usize)> {
        let first = field.first();
        if let Some(line) = Line61::cut(&self.text[first.clone()]) {
            return Some((line, first.start));
        }
        if field.lines.len() < 2 {
            return None;
        }
        let joined: String = field.lines.iter().map(|line| self.text[line.clone()].trim_end()).collect();
        let line = Line61::cut(&joined)?;
        let composed = self.kept.compose(&joined)?;
        Some((line, composed.start))
    }
}

fn balance(text: &str, range: Range<usize>) -> Balance {
    let raw = &text[range.clone()];
    let number = |from: usize, to: usize| raw.get(from..to).unwrap_or_default();
    let figure = read_amount(number(10, raw.len()).trim_end().trim_end_matches(','), DecimalMark::Comma).ok();
    let figure = figure.map(|cell| if raw.starts_with('D') { cell.figure.negated() } else { cell.figure });
    let currency = match raw.get(7..10) {
        Some(_) => range.start + 7..range.start + 10,
        None => range.start..range.start,
    };
    Balance { day: short_day(number(1, 7)), figure, currency }
}

/// Years before this one, of two digits, are of this century (SWIFT's own rule).
const CENTURY_TURNS: i32 = 80;

/// `260203`
fn short_day(digits: &str) -> Option<Day> {
    let part = |from: usize, to: usize| digits.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let year: i32 = part(0, 2)?.parse().ok()?;
    let year = if year < CENTURY_TURNS { 2000 + year } else { 1900 + year };
    Day::from_ymd(year, part(2, 4)?.parse().ok()?, part(4, 6)?.parse().ok()?)
}

/// The entry day `0203` beside its value day: of the three years that it could be in, the nearest.
fn entry_day(value: Day, digits: &str) -> Option<Day> {
    let (year, _, _) = value.ymd();
    let part = |from: usize, to: usize| digits.get(from..to)?.parse().ok();
    let (month, day) = (part(0, 2)?, part(2, 4)?);
    let days = [year - 1, year, year + 1].map(|year| Day::from_ymd(year, month, day));
    days.into_iter().flatten().min_by_key(|day| day.days_since(value).unsigned_abs())
}

/// The parts of `:61:`, as places in its text.
struct Line61 {
    date: Range<usize>,
    /// The day it was booked; `None` where the digits are no day.
    day: Option<Day>,
    mark: Range<usize>,
    expected: bool,
    amount: Range<usize>,
    kind: Range<usize>,
    reference: Range<usize>,
    bank_reference: Range<usize>,
}

impl Line61 {
    /// `260203[0203]D[R]20,NTRFreference//bank reference`
    fn cut(raw: &str) -> Option<Line61> {
        let bytes = raw.as_bytes();
        let run = |from: usize, fits: fn(u8) -> bool| {
            bytes.get(from..).unwrap_or_default().iter().take_while(|byte| fits(**byte)).count() + from
        };
        let digits = run(0, |byte| byte.is_ascii_digit());
        if digits != 6 && digits != 10 {
            return None;
        }
        let value = short_day(raw.get(..6)?);
        let day = if digits == 10 { entry_day(value?, raw.get(6..10)?) } else { value };
        let letters = raw.get(digits..)?;
        let mark = ["RC", "RD", "EC", "ED", "C", "D"].into_iter().find(|mark| letters.starts_with(mark))?;
        let mark_end = digits + mark.len();
        let funds = usize::from(bytes.get(mark_end).is_some_and(u8::is_ascii_alphabetic));
        let amount_from = mark_end + funds;
        let amount_end = run(amount_from, |byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        if amount_end == amount_from {
            return None;
        }
        let amount = amount_from..amount_from + raw[amount_from..amount_end].trim_end_matches(',').len();
        let kind_end = amount_end + 4;
        let is_kind = |kind: &str| kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let kind = if raw.get(amount_end..kind_end).is_some_and(is_kind) { amount_end..kind_end } else { 0..0 };
        let rest = kind.end.max(amount_end);
        let split = raw[rest..].find("//").map_or(raw.len(), |at| rest + at);
        let without = |range: Range<usize>| {
            let none = ["NONREF", "NOREF"].contains(&raw[range.clone()].trim());
            if none { 0..0 } else { range }
        };
        Some(Line61 {
            date: 0..digits,
            day,
            mark: digits..mark_end,
            expected: mark.starts_with('E'),
            amount,
            kind,
            reference: without(rest..split),
            bank_reference: without((split + 2).min(raw.len())..raw.len()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(raw: &str) -> Option<[String; 6]> {
        let line = Line61::cut(raw)?;
        let text = |range: Range<usize>| raw[range].to_string();
        let day = line.day.map_or("none".to_string(), |day| day.to_string());
        let [mark, amount, kind] = [line.mark, line.amount, line.kind].map(text);
        Some([day, mark, amount, kind, text(line.reference), text(line.bank_reference)])
    }

    #[test]
    fn the_line_of_a_record_is_cut() {
        for (raw, expected) in [
            ("2602030204D20,NMSCNONREF//B1", ["2026-02-04", "D", "20", "NMSC", "", "B1"]),
            ("260203CR1234,56NTRFabc", ["2026-02-03", "C", "1234,56", "NTRF", "abc", ""]),
            ("2512310102RD0,5N003", ["2026-01-02", "RD", "0,5", "N003", "", ""]),
            ("2601021231RC7,00", ["2025-12-31", "RC", "7,00", "", "", ""]),
            ("991231ED1,NTRFx", ["1999-12-31", "ED", "1", "NTRF", "x", ""]),
            ("269999D1,NTRF", ["none", "D", "1", "NTRF", "", ""]),
        ] {
            assert_eq!(cut(raw).map(|found| found.map(|text| text)), Some(expected.map(str::to_string)), "{raw}");
        }
        for raw in ["", "2602D1,", "260203X1,", "260203D", "260203é1,"] {
            assert_eq!(cut(raw), None, "{raw}");
        }
    }

    #[test]
    fn messages_are_known_by_their_fields() {
        assert!(is_mt940(":20:A\n:25:B\n:28C:1\n:60F:C260101EUR1,\n"));
        assert!(is_mt940("\u{1}{1:F01}{2:I940}{4:\r\n:20:A\r\n:25:B\r\n:61:260101D1,NMSC\r\n"));
        assert!(!is_mt940("Date,Amount\n:20:,:25:\n"));
        assert!(!is_mt940(":20:A\n:25:B\n"));
    }
}
