//! The sums of a paper: before tax, taxes, total, what is due and what was paid. They must add up, or they are not kept.

use super::facts::{Hit, Labelled, Unread, unread_of};
use super::labels::Label;
use super::written::{amounts_in, whole_amount};
use crate::domain::Money;
use regex::Regex;
use std::sync::LazyLock;

/// The sums of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Before tax, discounts taken off.
    pub subtotal: Option<Money>,
    /// All taxes.
    pub tax: Option<Money>,
    /// Name and rate of each tax: `VAT - Turkey 20%`.
    pub tax_names: Vec<String>,
    /// With tax.
    pub total: Option<Money>,
    /// Still to be paid.
    pub due: Option<Money>,
    /// Paid.
    pub paid: Option<Money>,
    /// Given back.
    pub refunded: Option<Money>,
    /// Taken off the total from a balance of the account.
    pub applied: Option<Money>,
    /// Whether before tax and taxes do not make the total; then neither is kept.
    pub disagree: bool,
}

static RATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d+(?:[.,]\d+)?)\s?%").expect("a valid expression"));

/// Reads the sums. An amount that cannot be read is added to `unread`.
pub(super) fn sums_of(labelled: &Labelled, unread: &mut Vec<Unread>) -> Sums {
    let mut money = |label: Label| {
        let mut hits = labelled.hits.iter().filter(|hit| hit.label == label && !hit.value.is_empty());
        let first = hits.clone().next()?;
        let money = hits.find_map(|hit| labelled.money_in(hit.value));
        // A refund may have its day between its label and its amount.
        let line = || labelled.lines.get(first.line).and_then(|(_, line)| labelled.money_in(&line.text()));
        let money = if label == Label::Refunded { money.or_else(line) } else { money };
        if money.is_none() {
            unread.push(unread_of(labelled, first));
        }
        money
    };
    let (lines, before_tax, total) = (money(Label::Subtotal), money(Label::BeforeTax), money(Label::Total));
    let (due, paid, refunded) = (money(Label::Due), money(Label::Paid), money(Label::Refunded));
    let Between { taxes, tax_names, coupons } = between(labelled);
    let total_at = labelled.first(Label::Total).map_or(usize::MAX, |hit| hit.line);
    let discounts = labelled.hits.iter().filter(|hit| hit.label == Label::Discount);
    // What is taken off under the total is paid from a balance; what stands above it is a discount.
    let (above, under): (Vec<_>, Vec<_>) = discounts.partition(|hit| hit.line < total_at);
    let money_of =
        |hits: Vec<&Hit>| hits.into_iter().filter_map(|hit| labelled.money_in(hit.value)).map(Money::abs).collect();
    let (above, under): (Vec<Money>, Vec<Money>) = (money_of(above), money_of(under));
    let applied = under.into_iter().map(Some).reduce(|sum, next| sum?.checked_add(next?).ok()).flatten();
    let mut sums = Sums { total, due, paid, refunded, applied, tax_names, ..Sums::default() };
    let off = above.into_iter().chain(coupons);
    let lines = lines.and_then(|lines| off.into_iter().try_fold(lines, |sum, off| sum.checked_sub(off).ok()));
    let Some(total) = total.or(paid).or(due) else { return sums };
    let taxed = taxes.iter().try_fold(Money::from_minor(0, total.currency()), |sum, tax| sum.checked_add(*tax).ok());
    let added = |base: Money| Some(base.checked_add(taxed?).ok()? == total);
    match (before_tax.or(lines), taxed) {
        (Some(base), Some(taxed)) if added(base) == Some(true) => {
            sums.subtotal = Some(base);
            sums.tax = (!taxes.is_empty()).then_some(taxed);
        }
        // A price with the tax inside it.
        (Some(base), Some(taxed)) if base == total => {
            sums.subtotal = total.checked_sub(taxed).ok();
            sums.tax = Some(taxed);
        }
        (Some(_), _) => sums.disagree = true,
        // A mail that lists tax and total alone.
        (None, Some(taxed)) if !taxes.is_empty() && taxed.minor_units() < total.minor_units() => {
            sums.subtotal = total.checked_sub(taxed).ok();
            sums.tax = Some(taxed);
        }
        (None, _) => {}
    }
    sums
}

/// What stands between the sum of the lines and the total.
#[derive(Default)]
struct Between {
    taxes: Vec<Money>,
    tax_names: Vec<String>,
    /// What coupons take off, as positive amounts.
    coupons: Vec<Money>,
}

/// The amounts and names of the taxes between the sum of the lines and the total, and what coupons take off there.
fn between(labelled: &Labelled) -> Between {
    let at = |wanted: &[Label]| labelled.hits.iter().find(|hit| wanted.contains(&hit.label)).map(|hit| hit.line);
    let total = at(&[Label::Total]);
    let first = at(&[Label::Subtotal, Label::BeforeTax]);
    // A mail lists tax and total, and nothing before.
    let from = first.or_else(|| at(&[Label::Tax])).unwrap_or(usize::MAX);
    let to = total.or_else(|| at(&[Label::Due, Label::Paid])).unwrap_or(0);
    let (mut found, mut pending) = (Between::default(), Pending::default());
    for line in from..to.max(from) {
        let Some((_, cells)) = labelled.lines.get(line) else { break };
        let label = labelled.hits.iter().find(|hit| hit.line == line).map(|hit| hit.label);
        if label.is_some_and(|label| label != Label::Tax) {
            pending = Pending::default();
            continue;
        }
        let text = cells.text();
        let alone = cells.cells.last().and_then(|cell| whole_amount(&cell.text));
        let written = alone.map(|written| (written, cells.cells.last().map_or(0, |cell| cell.text.len())));
        let at_end = || amounts_in(&text).pop().filter(|amount| amount.range.end == text.len());
        let written = written.or_else(|| at_end().map(|amount| (amount.clone(), amount.range.len())));
        let length = written.as_ref().map_or(0, |(_, length)| *length);
        pending.words.push_str(text.get(..text.len().saturating_sub(length)).unwrap_or_default());
        // The name of a tax may stand on the lines before its amount.
        let is_labelled = pending.is_tax || label == Some(Label::Tax);
        pending.is_tax = is_labelled || pending.words.contains('%');
        let Some(money) = written.and_then(|(written, _)| labelled.money(&written)) else { continue };
        // `Welcome (50% off) -$10.00`: no tax takes anything off.
        if !is_labelled && money.is_negative() {
            found.coupons.push(money.abs());
            pending = Pending::default();
        } else if pending.is_tax {
            found.taxes.push(money);
            found.tax_names.push(name_of(&pending.words));
            pending = Pending::default();
        }
    }
    found
}

/// The words of a tax until its amount comes.
#[derive(Default)]
struct Pending {
    words: String,
    is_tax: bool,
}

/// Name and rate: `VAT - Turkey 20%` of `VAT - Turkey (20% on $30.00)`.
fn name_of(text: &str) -> String {
    let name = text.split(['(', ':']).next().unwrap_or(text).trim();
    match RATE.captures(text) {
        Some(rate) if !name.contains('%') => format!("{name} {}%", &rate[1]),
        _ => name.to_string(),
    }
}
