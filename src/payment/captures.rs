//! What became of a reserved amount: the row that booked it, or nothing.
//!
//! Banks list a reserved amount until it is booked, and then another row: amount and text may differ (a tip, a rate of
//! another day, a longer name), or the reservation vanishes. So a pending row of one export is followed by a booked row
//! of another export of the same account that the first does not hold. One reserved amount follows into one booked row
//! and the reverse; a booked row is never merged with a booked row.
//!
//! # Worked example
//! An export of 15 May ends with `OPENAI -20.00, pending` of the 14th. The export of June holds `OPENAI *CHATGPT SUBSCR
//! -20.31` of the 14th, booked on the 16th. They are one payment of 20.31 that cites both rows. Did the June export
//! hold no such row by the 21st, the reservation has lapsed.

use super::{Direction, Ledger, Payment, PaymentRow, RowRole};
use crate::domain::{Entry, EntryStatus, Period, ProductHint, SourceId};
use crate::source::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// Days by which the booked row may be dated before the reserved one (time zones).
const FOLLOW_DAYS_BEFORE_MAX: i64 = 1;
/// A booked amount lies less than this share of the reserved one apart, in percent.
const FOLLOW_PERCENT_LIMIT: i64 = 50;
/// A charge that is given back and booked again at another rate differs by at most this share, in percent: what rates
/// move within the days of a hold. Prices differ by more.
const REBOOKED_PERCENT_MAX: i64 = 3;

/// How surely a booked row is what became of a reserved one, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Both carry the same identifier.
    Identifier,
    /// Same amount, in two exports.
    Amount,
    /// Same amount, in one export, and the reservation is older than reservations live.
    Stale,
}

/// Follows reserved amounts into booked rows and marks those that lapsed. `hold_days` is how long a hold lives.
pub(super) fn follow(ledger: &mut Ledger, files: &[SourceFile], hold_days: u32) {
    let pairs = pairs(ledger, files, hold_days);
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for (pending, booked) in pairs {
        let rows: Vec<usize> = ledger.payments[pending].rows.iter().map(|row| row.entry).collect();
        let added = rows.into_iter().map(|entry| PaymentRow { entry, role: RowRole::Authorization });
        ledger.payments[booked].rows.extend(added);
        gone.insert(pending);
    }
    for (charge, back, again) in rebooked(ledger, hold_days) {
        let (first, returned) = (ledger.payments[charge].main_entry(), ledger.payments[back].main_entry());
        let acted = ledger.payments[charge].day;
        let payment = &mut ledger.payments[again];
        payment.rows.push(PaymentRow { entry: first, role: RowRole::Authorization });
        payment.rows.push(PaymentRow { entry: returned, role: RowRole::Release });
        payment.transaction_day = Some(acted);
        payment.day = acted;
        gone.extend([charge, back]);
    }
    for index in (0..ledger.payments.len()).filter(|index| !gone.contains(index)) {
        if let Some(file) = lapsed_in(ledger, files, &ledger.payments[index], hold_days) {
            ledger.payments[index].status = EntryStatus::Expired;
            ledger.payments[index].lapsed_in = Some(file);
        }
    }
    let mut index = 0;
    ledger.payments.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

fn main_row<'l>(ledger: &'l Ledger, payment: &Payment) -> &'l Entry {
    &ledger.entries[payment.main_entry()]
}

/// The exports that hold a payment's main row.
fn exports(ledger: &Ledger, payment: &Payment) -> BTreeSet<SourceId> {
    let entry = main_row(ledger, payment);
    entry.also_at.iter().chain(std::iter::once(&entry.at)).map(|at| at.source).collect()
}

/// Payments of bank accounts in a state; a wallet's rows find each other by identifier.
fn of_banks(ledger: &Ledger, status: EntryStatus) -> Vec<usize> {
    let wanted = |payment: &Payment| payment.status == status && !ledger.instruments[payment.instrument.0].is_wallet;
    (0..ledger.payments.len()).filter(|index| wanted(&ledger.payments[*index])).collect()
}

/// Holds and the booked payments that they became, one to one.
#[derive(Default)]
struct Matching {
    charge_of: BTreeMap<usize, usize>,
    hold_of: BTreeMap<usize, usize>,
}

impl Matching {
    fn has(&self, hold: usize, charge: usize) -> bool {
        self.charge_of.contains_key(&hold) || self.hold_of.contains_key(&charge)
    }

    fn join(&mut self, hold: usize, charge: usize) {
        self.charge_of.insert(hold, charge);
        self.hold_of.insert(charge, hold);
    }

    /// Gives a hold the first booked payment it wants, moving another hold to its own next where that makes room: so
    /// that as many holds as can be are followed.
    fn place(&mut self, hold: usize, wanted: &BTreeMap<usize, Vec<usize>>, tried: &mut BTreeSet<usize>) -> bool {
        for &charge in wanted.get(&hold).into_iter().flatten() {
            if !tried.insert(charge) {
                continue;
            }
            let free = match self.hold_of.get(&charge).copied() {
                None => true,
                Some(other) => self.place(other, wanted, tried),
            };
            if free {
                self.join(hold, charge);
                return true;
            }
        }
        false
    }
}

/// Each reserved payment with the booked one that it became.
fn pairs(ledger: &Ledger, files: &[SourceFile], hold_days: u32) -> Vec<(usize, usize)> {
    let pending = of_banks(ledger, EntryStatus::Pending);
    if pending.is_empty() {
        return Vec::new();
    }
    let booked = of_banks(ledger, EntryStatus::Posted);
    let mut signs: Vec<(Sign, i64, usize, usize)> = Vec::new();
    for &left in &pending {
        for &right in &booked {
            let (hold, charge) = (&ledger.payments[left], &ledger.payments[right]);
            let gap = charge.day.days_since(hold.day);
            let sign = sign_of(ledger, files, hold, charge, hold_days);
            signs.extend(sign.map(|sign| (sign, gap.abs(), left, right)));
        }
    }
    // The surest and nearest first: rows that are equal stand in a canonical order, and it does not matter which of two
    // equal ones is taken.
    signs.sort_unstable();
    let mut matching = Matching::default();
    for (sign, _, left, right) in &signs {
        if *sign == Sign::Identifier && !matching.has(*left, *right) {
            matching.join(*left, *right);
        }
    }
    let by_name: BTreeSet<usize> = matching.hold_of.keys().copied().collect();
    let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (_, _, left, right) in signs.into_iter().filter(|sign| !by_name.contains(&sign.3)) {
        wanted.entry(left).or_default().push(right);
    }
    for &left in pending.iter().filter(|left| !matching.charge_of.contains_key(left)).collect::<Vec<_>>() {
        matching.place(left, &wanted, &mut BTreeSet::new());
    }
    // The day on which the payer acted stays; only where it does not single one out the whole window counts.
    for same_day in [true, false] {
        join_only(ledger, &pending, &booked, hold_days, same_day, &mut matching);
    }
    matching.charge_of.into_iter().collect()
}

/// Joins holds of another amount: each to the only booked payment that can follow it, where it is the only hold which
/// that can follow.
fn join_only(
    ledger: &Ledger,
    pending: &[usize],
    booked: &[usize],
    hold_days: u32,
    same_day: bool,
    matching: &mut Matching,
) {
    let mut alone: Vec<(usize, usize)> = Vec::new();
    for &left in pending {
        for &right in booked.iter().filter(|right| !matching.has(left, **right)) {
            let (hold, charge) = (&ledger.payments[left], &ledger.payments[right]);
            let acted = hold.transaction_day.is_some() && hold.transaction_day == charge.transaction_day;
            if may_follow(ledger, hold, charge, hold_days) && (acted || !same_day) {
                alone.push((left, right));
            }
        }
    }
    for &(left, right) in &alone {
        let lefts = alone.iter().filter(|pair| pair.0 == left).count();
        let rights = alone.iter().filter(|pair| pair.1 == right).count();
        if lefts == 1 && rights == 1 {
            matching.join(left, right);
        }
    }
}

/// Whether both may be the vendor's same charge on the same card, and move the same way.
fn same_kind(ledger: &Ledger, first: &Payment, second: &Payment) -> bool {
    first.direction == second.direction && same_merchant(ledger, first, second)
}

/// Whether nothing contradicts that both speak of one purchase on one card.
fn same_merchant(ledger: &Ledger, first: &Payment, second: &Payment) -> bool {
    let (a, b) = (&ledger.instruments[first.instrument.0], &ledger.instruments[second.instrument.0]);
    let products = (first.merchant.product, second.merchant.product);
    let other_product = matches!(products, (ProductHint::Named(a), ProductHint::Named(b)) if a != b);
    a.files == b.files
        && !a.contradicts_card(b.card)
        && first.merchant.route == second.merchant.route
        && first.merchant.bare_store == second.merchant.bare_store
        && !other_product
}

/// Why a booked payment is what became of a hold, where identifiers or amounts say so.
fn sign_of(ledger: &Ledger, files: &[SourceFile], hold: &Payment, charge: &Payment, hold_days: u32) -> Option<Sign> {
    let (first, second) = (main_row(ledger, hold), main_row(ledger, charge));
    let (a, b) = (&ledger.instruments[hold.instrument.0], &ledger.instruments[charge.instrument.0]);
    let named = first.id.as_ref().filter(|id| !id.is_empty());
    let same_name = named.is_some() && (named == second.id.as_ref() || named == second.reference.as_ref());
    if same_name && a.files == b.files && hold.direction == charge.direction {
        return Some(Sign::Identifier);
    }
    let gap = charge.day.days_since(hold.day);
    let same_amount = hold.amounts().any(|amount| charge.amounts().any(|other| other == amount));
    if !same_kind(ledger, hold, charge) || !same_amount || gap > i64::from(hold_days) {
        return None;
    }
    let together = exports(ledger, hold);
    if together.is_disjoint(&exports(ledger, charge)) {
        return (gap >= -FOLLOW_DAYS_BEFORE_MAX).then_some(Sign::Amount);
    }
    // Listed side by side they are two, unless the reservation is too old to be one still or has gone since.
    let last = together.iter().filter_map(|id| files[id.0 as usize].survey.covers).map(|period| period.to).max();
    let is_stale = last.is_some_and(|last| last > hold.day.plus(hold_days));
    let is_over = is_stale || lapsed_in(ledger, files, hold, hold_days).is_some();
    (gap >= 0 && is_over).then_some(Sign::Stale)
}

/// Whether a booked payment of another amount may be what became of a hold.
fn may_follow(ledger: &Ledger, hold: &Payment, charge: &Payment, hold_days: u32) -> bool {
    let gap = charge.day.days_since(hold.day);
    let near = (-FOLLOW_DAYS_BEFORE_MAX..=i64::from(hold_days)).contains(&gap);
    let mut compared = hold.amounts().filter_map(|amount| Some((amount, charge.amount_in(amount.currency())?)));
    let close = compared.all(|(reserved, taken)| {
        let apart = reserved.minor_units().saturating_sub(taken.minor_units()).saturating_abs();
        apart.saturating_mul(100) < reserved.minor_units().saturating_mul(FOLLOW_PERCENT_LIMIT)
    });
    near && close && same_kind(ledger, hold, charge) && exports(ledger, hold).is_disjoint(&exports(ledger, charge))
}

/// The later export of the account that covers a hold's whole life and does not show it.
fn lapsed_in(ledger: &Ledger, files: &[SourceFile], hold: &Payment, hold_days: u32) -> Option<SourceId> {
    let instrument = &ledger.instruments[hold.instrument.0];
    if hold.status != EntryStatus::Pending || instrument.is_wallet {
        return None;
    }
    let own = exports(ledger, hold);
    let covers = |id: &SourceId| files[id.0 as usize].survey.covers.map(|period| period.to);
    let seen_last = own.iter().filter_map(covers).max();
    let life = Period { from: hold.day, to: hold.day.plus(hold_days) };
    let shows_life =
        |id: &&SourceId| !own.contains(id) && covers(id) > seen_last && files[id.0 as usize].survey.covers_whole(life);
    instrument.files.iter().find(shows_life).copied()
}

/// Charges that were given back to the cent and booked again on the same day at another rate, all in one export: first
/// charge, refund, second charge. The first two only held the amount.
fn rebooked(ledger: &Ledger, hold_days: u32) -> Vec<(usize, usize, usize)> {
    let booked = of_banks(ledger, EntryStatus::Posted);
    let of = |direction: Direction| -> Vec<usize> {
        booked.iter().copied().filter(|index| ledger.payments[*index].direction == direction).collect()
    };
    let (charges, refunds) = (of(Direction::Charge), of(Direction::Refund));
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for back in refunds {
        let refund = &ledger.payments[back];
        let beside = |index: &usize| {
            let other = &ledger.payments[*index];
            !used.contains(index)
                && same_merchant(ledger, refund, other)
                && !exports(ledger, refund).is_disjoint(&exports(ledger, other))
        };
        let near: Vec<usize> = charges.iter().copied().filter(beside).collect();
        let first = near.iter().copied().filter(|index| {
            let charge = &ledger.payments[*index];
            let age = refund.day.days_since(charge.day);
            charge.home_amount == refund.home_amount && (0..=i64::from(hold_days)).contains(&age)
        });
        let Some(first) = first.max_by_key(|index| (ledger.payments[*index].day, *index)) else { continue };
        let again = near.iter().copied().filter(|index| {
            let charge = &ledger.payments[*index];
            let apart = charge.home_amount.minor_units().saturating_sub(refund.home_amount.minor_units());
            charge.day == refund.day
                && charge.home_amount.currency() == refund.home_amount.currency()
                && apart != 0
                && apart.saturating_abs().saturating_mul(100)
                    <= refund.home_amount.minor_units().saturating_mul(REBOOKED_PERCENT_MAX)
        });
        if let Some(again) = again.min() {
            used.extend([first, again]);
            found.push((first, back, again));
        }
    }
    found
}
