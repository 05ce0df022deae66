//! What a paper says: its labels with the values beside them, its lines of sale, its sums.
//!
//! A value stands behind its label in the same cell, in the next cell, or under it. A labelled value that cannot be read
//! is kept as unread and never guessed.

use super::balance::goes_to_balance;
use super::labels::{Label, labels};
use super::refunds::refunds_of;
use super::sums::{Sums, sums_of};
use super::text::{PaperText, TextCell, TextLine};
use super::written::{Written, amounts_in, day_in, stretch_in, whole_amount};
use crate::domain::{Currency, Day, Money};
use crate::source::cell::{DecimalMark, MarkShown, mark_shown_by};
use crate::vendor::Vendor;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What happened, by the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    /// Money is asked for.
    Invoice,
    /// Money came in.
    Receipt,
    /// An invoice is taken back, wholly or in part.
    CreditNote,
    /// A plan was ordered.
    Order,
    /// Prepaid credit was put on the account.
    Funded,
    /// Money goes back.
    Refund,
    /// A payment could not be collected.
    PaymentFailed,
    /// A plan ends.
    Cancellation,
}

/// A labelled value that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// What it should be.
    pub label: Label,
    /// Its page, from 1.
    pub page: u32,
    /// The line it stands in.
    pub line: String,
    /// The value; empty where none stands beside the label.
    pub value: String,
}

/// Everything that is kept of a paper. Names, addresses and links of the payer are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What the paper is.
    pub kind: PaperKind,
    /// Page on which its number stands, else the first.
    pub page: u32,
    /// Number of the invoice.
    pub number: Option<String>,
    /// Number of the receipt.
    pub receipt_number: Option<String>,
    /// Number of the credit note.
    pub credit_note_number: Option<String>,
    /// Number of the order or subscription.
    pub order_number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Day>,
    /// Day until which to pay.
    pub due_on: Option<Day>,
    /// Day of payment.
    pub paid_on: Option<Day>,
    /// Day of the order.
    pub ordered_on: Option<Day>,
    /// Address of the account billed.
    pub mail: Option<String>,
    /// What is sold, line by line.
    pub items: Vec<String>,
    /// First and last day paid for.
    pub period: Option<(Day, Day)>,
    /// The sums.
    pub sums: Sums,
    /// What was given back of it since, with the day where one is stated.
    pub refunds: Vec<(Option<Day>, Money)>,
    /// Whether what it gives goes to the customer's balance, and nothing back to the card.
    pub to_balance: bool,
    /// Balance of credit after it.
    pub balance: Option<Money>,
    /// Payment method, of a number the last four digits.
    pub method: Option<String>,
    /// Labelled values that cannot be read.
    pub unread: Vec<Unread>,
}

/// A label on a page.
pub(in crate::source) struct Hit<'t> {
    pub label: Label,
    pub page: u32,
    pub line: usize,
    pub value: &'t str,
}

/// A paper's text with its labels found.
pub(in crate::source) struct Labelled<'t> {
    pub lines: Vec<(u32, &'t TextLine)>,
    pub hits: Vec<Hit<'t>>,
    pub currency: Option<Currency>,
    pub mark: Option<DecimalMark>,
}

/// Cells whose left edges differ by no more than this stand under each other, in hundredths of a point.
const SAME_COLUMN: i32 = 300;
/// How many lines under a label its value may stand.
const LINES_UNDER_MAX: usize = 2;
/// How many lines the address under `Bill to` may have.
const ADDRESS_LINES_MAX: usize = 9;

impl<'t> Labelled<'t> {
    /// Finds the labels.
    pub fn of(text: &'t PaperText) -> Labelled<'t> {
        let lines: Vec<(u32, &TextLine)> = text.lines().collect();
        let mut hits = Vec::new();
        for (line, (page, cells)) in lines.iter().enumerate() {
            for (place, cell) in cells.cells.iter().enumerate() {
                if let Some((label, rest)) = labels().at_start(&cell.text) {
                    let value = if rest.is_empty() { value_beside(&lines, line, place) } else { rest };
                    hits.push(Hit { label, page: *page, line, value });
                }
            }
        }
        let amounts: Vec<Written> =
            lines.iter().flat_map(|(_, line)| line.cells.iter().flat_map(|cell| amounts_in(&cell.text))).collect();
        let mark = amounts.iter().find_map(|amount| match mark_shown_by(&amount.digits, None) {
            MarkShown::Only(mark) => Some(mark),
            MarkShown::Either | MarkShown::Nothing => None,
        });
        Labelled { lines, hits, currency: currency_of(&amounts), mark }
    }

    pub fn first(&self, label: Label) -> Option<&Hit<'t>> {
        self.hits.iter().find(|hit| hit.label == label)
    }

    /// An amount as money of the paper's currency.
    pub fn money(&self, written: &Written) -> Option<Money> {
        let currency = self.currency?;
        let figure = written.figure(currency.exponent(), self.mark)?;
        let money = Money::from_decimal(figure.decimal(), currency).ok()?;
        Some(if written.negative { money.negate() } else { money })
    }

    /// The amount that a value states: the last with a currency, or the only figure.
    pub fn money_in(&self, value: &str) -> Option<Money> {
        let written = amounts_in(value).pop().or_else(|| whole_amount(value))?;
        self.money(&written)
    }
}

/// The one currency that the amounts name; a code says more than a sign, which several currencies may share.
fn currency_of(amounts: &[Written]) -> Option<Currency> {
    let only = |by_code: bool| {
        let named: BTreeSet<Currency> =
            amounts.iter().filter(|amount| amount.by_code == by_code).filter_map(|amount| amount.currency).collect();
        (named.len() <= 1).then(|| named.first().copied())
    };
    match only(true) {
        Some(Some(currency)) => Some(currency),
        Some(None) => only(false).flatten(),
        None => None,
    }
}

/// The value of a label that stands alone in its cell: the next cell, else the cell under it.
fn value_beside<'t>(lines: &[(u32, &'t TextLine)], line: usize, place: usize) -> &'t str {
    let Some((page, cells)) = lines.get(line) else { return "" };
    let Some(own) = cells.cells.get(place) else { return "" };
    let is_value = |cell: &&TextCell| labels().at_start(&cell.text).is_none();
    if let Some(next) = cells.cells.get(place.saturating_add(1))
        && is_value(&next)
    {
        return &next.text;
    }
    let under = lines.iter().skip(line.saturating_add(1)).take(LINES_UNDER_MAX).filter(|(under, _)| under == page);
    let in_column = |cell: &&TextCell| cell.left.saturating_sub(own.left).saturating_abs() <= SAME_COLUMN;
    for (_, below) in under {
        if let Some(found) = below.cells.iter().find(in_column) {
            return if is_value(&found) { &found.text } else { "" };
        }
    }
    ""
}

/// What a PDF says, if it is an invoice, receipt or credit note of the vendor.
pub fn facts_of(text: &PaperText, vendor: &Vendor) -> Option<Facts> {
    let labelled = Labelled::of(text);
    let is_numbered = [Label::Number, Label::ReceiptNumber, Label::CreditNoteNumber]
        .into_iter()
        .any(|label| labelled.first(label).is_some_and(|hit| !hit.value.is_empty()));
    let has_sum = [Label::Total, Label::Due, Label::Paid, Label::Refunded]
        .into_iter()
        .any(|label| labelled.first(label).is_some());
    (is_numbered && has_sum && is_sold_by(&labelled, vendor)).then(|| read(&labelled, kind_of(&labelled), vendor))
}

/// Whether a PDF that says no more may still be the vendor's paper: it names the vendor as the seller, and shows amounts
/// or letters that nobody can tell beside what labels a paper.
pub fn may_be_sold_by(text: &PaperText, vendor: &Vendor) -> bool {
    let labelled = Labelled::of(text);
    let labels_paper =
        |hit: &Hit| !matches!(hit.label, Label::Quantity | Label::Date | Label::Description | Label::BillTo);
    let shows = |cell: &TextCell| cell.text.contains(char::REPLACEMENT_CHARACTER) || !amounts_in(&cell.text).is_empty();
    labelled.hits.iter().any(labels_paper)
        && labelled.lines.iter().flat_map(|(_, line)| &line.cells).any(shows)
        && is_sold_by(&labelled, vendor)
}

/// Reads the labelled values for a paper whose kind is known.
pub(in crate::source) fn read(labelled: &Labelled, kind: PaperKind, vendor: &Vendor) -> Facts {
    let mut unread = Vec::new();
    let mut day = |label: Label| {
        let hit = labelled.first(label)?;
        let day = day_in(hit.value);
        if day.is_none() {
            unread.push(unread_of(labelled, hit));
        }
        day
    };
    let (issued_on, due_on, paid_on) = (day(Label::IssuedOn), day(Label::DueOn), day(Label::PaidOn));
    let ordered_on = day(Label::OrderedOn);
    let number = |label: Label| labelled.first(label).and_then(|hit| number_in(hit.value));
    let sold = items_of(labelled, vendor);
    let (items, period) = parted(&sold);
    let numbers = [Label::Number, Label::ReceiptNumber, Label::CreditNoteNumber, Label::OrderNumber];
    let page = numbers.iter().find_map(|label| labelled.first(*label)).map_or(1, |hit| hit.page);
    Facts {
        kind,
        page,
        number: number(Label::Number),
        receipt_number: number(Label::ReceiptNumber),
        credit_note_number: number(Label::CreditNoteNumber),
        order_number: number(Label::OrderNumber),
        issued_on,
        due_on,
        paid_on,
        ordered_on,
        mail: mail_of(labelled, vendor),
        items,
        period,
        sums: sums_of(labelled, &mut unread),
        refunds: refunds_of(labelled),
        to_balance: kind == PaperKind::CreditNote && goes_to_balance(labelled),
        balance: None,
        method: labelled.first(Label::Method).and_then(|hit| method_in(hit.value)),
        unread,
    }
}

pub(super) fn unread_of(labelled: &Labelled, hit: &Hit) -> Unread {
    let line = labelled.lines.get(hit.line).map(|(_, line)| line.text()).unwrap_or_default();
    Unread { label: hit.label, page: hit.page, line, value: hit.value.to_string() }
}

fn kind_of(labelled: &Labelled) -> PaperKind {
    let titled = |label: Label| labelled.hits.iter().any(|hit| hit.label == label);
    let has = |label: Label| labelled.first(label).is_some_and(|hit| !hit.value.is_empty());
    if titled(Label::TitleCreditNote) || has(Label::CreditNoteNumber) {
        PaperKind::CreditNote
    } else if has(Label::ReceiptNumber) || (titled(Label::TitleReceipt) && !titled(Label::TitleInvoice)) {
        PaperKind::Receipt
    } else {
        PaperKind::Invoice
    }
}

/// Whether the vendor is the seller: its name stands on the paper, and not in the address that is billed.
fn is_sold_by(labelled: &Labelled, vendor: &Vendor) -> bool {
    labelled.lines.iter().enumerate().any(|(line, (_, cells))| {
        cells.cells.iter().any(|cell| vendor.names_seller(&cell.text) && !is_billed(labelled, line, cell))
    })
}

/// Whether a cell stands in the address under `Bill to`.
fn is_billed(labelled: &Labelled, line: usize, cell: &TextCell) -> bool {
    labelled.hits.iter().filter(|hit| hit.label == Label::BillTo).any(|hit| {
        let head = labelled.lines.get(hit.line).and_then(|(_, cells)| {
            cells
                .cells
                .iter()
                .find(|cell| labels().at_start(&cell.text).is_some_and(|(label, _)| label == Label::BillTo))
        });
        let under = line >= hit.line && line.saturating_sub(hit.line) <= ADDRESS_LINES_MAX;
        let in_column = head
            .is_some_and(|head| head == cell || cell.left.saturating_sub(head.left).saturating_abs() <= SAME_COLUMN);
        under && in_column
    })
}

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}").expect("a valid expression")
});

/// The address billed: the one under `Bill to`, else the only one on the paper that is not the vendor's.
fn mail_of(labelled: &Labelled, vendor: &Vendor) -> Option<String> {
    let mut all = BTreeSet::new();
    for (line, (_, cells)) in labelled.lines.iter().enumerate() {
        for cell in &cells.cells {
            for mail in MAIL.find_iter(&cell.text).map(|found| found.as_str().to_lowercase()) {
                if vendor.is_payee_mail(&mail) {
                    continue;
                }
                if is_billed(labelled, line, cell) {
                    return Some(mail);
                }
                all.insert(mail);
            }
        }
    }
    if all.len() == 1 { all.pop_first() } else { None }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[#№]?\s*([A-Z0-9]{8})[^A-Za-z0-9]{0,3}(\d{4})(?:\s|$)").expect("a valid expression")
});

/// An identifier: the processor's own form with its hyphen put back, else the first word that holds a digit.
fn number_in(value: &str) -> Option<String> {
    if let Some(found) = NUMBER.captures(value) {
        return Some(format!("{}-{}", &found[1], &found[2]));
    }
    let is_dash = |letter: char| matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}');
    let word: String = value.split_whitespace().next()?.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let word = word.trim_matches(['#', ':', '.', ',', ';', '(', ')']).to_string();
    let plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/'));
    (plain && word.chars().any(|letter| letter.is_ascii_digit())).then_some(word)
}

/// The payment method: a brand and the last four digits. Of a longer number only those four are kept.
fn method_in(value: &str) -> Option<String> {
    const LETTERS_MAX: usize = 40;
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let plain: String = value.chars().filter(|letter| !matches!(letter, '•' | '*' | '·')).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() || plain.chars().count() > LETTERS_MAX || plain.contains(['@', '/']) {
        return None;
    }
    match digits {
        0 | 4 => Some(plain),
        5.. => crate::domain::LastFour::at_end_of(&plain).map(|last| last.to_string()),
        _ => None,
    }
}

/// The lines between the head of the columns and the sums; without such a head, the lines that name a product.
fn items_of(labelled: &Labelled, vendor: &Vendor) -> Vec<String> {
    let head = labelled.first(Label::Description).map(|hit| hit.line);
    let ends = [Label::Subtotal, Label::BeforeTax, Label::Total];
    let end = labelled.hits.iter().filter(|hit| ends.contains(&hit.label) && head.is_none_or(|head| hit.line > head));
    let end = end.map(|hit| hit.line).min().unwrap_or(labelled.lines.len());
    let own =
        |line: usize| labelled.lines.get(line).and_then(|(_, line)| line.cells.first()).map(|cell| cell.text.clone());
    let named = |text: &String| vendor.product_of(text).is_some() || stretch_in(text).is_some();
    match head {
        Some(head) => {
            let labelled_at = |line: usize| labelled.hits.iter().any(|hit| hit.line == line);
            let lines = (head.saturating_add(1)..end).filter(|line| !labelled_at(*line)).filter_map(own);
            lines.filter(|text| text.chars().any(char::is_alphabetic) && !starts_with_count(text)).collect()
        }
        None => (0..labelled.lines.len()).filter_map(own).filter(named).collect(),
    }
}

/// What is sold, and the first stretch of days among the lines, which may be broken over two of them.
fn parted(lines: &[String]) -> (Vec<String>, Option<(Day, Day)>) {
    let (mut items, mut period, mut place) = (Vec::new(), None, 0);
    while let Some(line) = lines.get(place) {
        let alone = stretch_in(line).map(|days| (days, 1));
        let joined = || {
            let next = lines.get(place.saturating_add(1)).filter(|next| stretch_in(next).is_none())?;
            line.contains(|letter: char| letter.is_ascii_digit()).then_some(())?;
            Some((stretch_in(&format!("{line} {next}"))?, 2))
        };
        match alone.or_else(joined) {
            Some((days, taken)) => {
                period = period.or(Some(days));
                place = place.saturating_add(taken);
            }
            None => {
                items.push(what_is_sold(line));
                place = place.saturating_add(1);
            }
        }
    }
    (items, period.map(|(from, to)| (from, to.last_paid_for(from))))
}

/// Whether a line is the figures of a line of sale: `1 $20.00 20% $20.00`.
fn starts_with_count(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
        && !amounts_in(text).is_empty()
        && stretch_in(text).is_none()
}

/// The words of a line of sale, without count and amounts.
fn what_is_sold(line: &str) -> String {
    let cut = amounts_in(line).first().map_or(line.len(), |amount| amount.range.start);
    let words = line.get(..cut).unwrap_or(line).trim();
    let count = words.rsplit_once(' ').filter(|(_, last)| cut < line.len() && last.bytes().all(|b| b.is_ascii_digit()));
    count.map_or(words, |(words, _)| words).trim_end_matches([':', '-', ' ']).to_string()
}
