//! Paid periods that overlap: the same time paid for twice, valued in days and money.
//!
//! Both ends of a period are days paid for. One day in common is a matter of how the end was written. What is paid twice is the later invoice's
//! share of the days in common, rounded half up to the minor unit. An invoice that credits unused time has settled its
//! overlap itself.

use super::Reason;
use super::beside::is_midway;
use super::context::Context;
use crate::domain::{Day, Money, Period, Product};
use crate::matching::Invoice;

/// What one charge pays for a second time; `None` where it pays for nothing twice.
pub(super) fn overlap(ctx: &Context, charge: usize, invoice: &Invoice) -> Option<Reason> {
    let own = paid_period(ctx, charge, invoice)?;
    let mut earlier: Vec<(i64, Day, usize, &Invoice, Period)> = Vec::new();
    for other in 0..ctx.charges.len() {
        let Some(before) = ctx.invoice_of(other).filter(|_| other != charge) else { continue };
        let Some(period) = paid_period(ctx, other, before) else { continue };
        let comes_first = (period.from, ctx.charges[other].day, other) < (own.from, ctx.charges[charge].day, charge);
        if !comes_first || !is_same_subscriber(invoice, before) {
            continue;
        }
        let common = Period { from: own.from.max(period.from), to: own.to.min(period.to) };
        let days = days_of(common);
        if days > 1 {
            earlier.push((days, before.day, other, before, common));
        }
    }
    let same = earlier.iter().filter(|(_, _, _, before, _)| {
        before.period_start == invoice.period_start && before.period_end == invoice.period_end
    });
    let names: Vec<String> = same.map(|(_, _, _, before, _)| before.name()).collect();
    if !names.is_empty() {
        return Some(Reason::SamePeriod { invoices: names, from: own.from, to: own.to, value: invoice.total });
    }
    // The longest overlap; of equal ones the first.
    let longest =
        earlier.into_iter().max_by_key(|(days, day, other, _, _)| (*days, std::cmp::Reverse((*day, *other))))?;
    let (days, _, _, before, common) = longest;
    let value = share(invoice.total, days, days_of(own))?;
    let reason = Reason::PeriodOverlap { invoice: before.name(), from: common.from, to: common.to, days, value };
    Some(reason)
}

/// The period that a charge pays for: a plan's, on a paid invoice that gives no time back, money not returned.
fn paid_period(ctx: &Context, charge: usize, invoice: &Invoice) -> Option<Period> {
    let (from, to) = (invoice.period_start?, invoice.period_end?);
    let is_plan = invoice.product.is_none_or(|product| product == Product::ChatgptPlan);
    let returned = !super::refunded::lines(ctx, charge).is_empty();
    (is_plan && invoice.is_paid() && from < to && !returned && !is_midway(ctx, invoice)).then_some(Period { from, to })
}

/// How many days a period has; none where it ends before it begins.
fn days_of(period: Period) -> i64 {
    period.to.days_since(period.from).saturating_add(1).max(0)
}

/// Two invoices of one account; where one does not name its account, both must be silent of it.
fn is_same_subscriber(first: &Invoice, second: &Invoice) -> bool {
    first.account == second.account
}

/// The share of an amount that falls on some of its days.
fn share(total: Money, days: i64, of: i64) -> Option<Money> {
    let (minor, days, of) = (i128::from(total.minor_units()), i128::from(days), i128::from(of));
    let twice = minor.checked_mul(days)?.checked_mul(2)?.checked_add(of)?;
    let rounded = twice.checked_div(of.checked_mul(2)?)?;
    Some(Money::from_minor(i64::try_from(rounded).ok()?, total.currency()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    #[test]
    fn a_share_of_days_is_rounded_half_up() {
        let usd = |minor| Money::from_minor(minor, Currency::USD);
        for (total, days, of, expected) in [(2000, 10, 30, 667), (2000, 15, 30, 1000), (1, 1, 2, 1), (1, 1, 3, 0)] {
            assert_eq!(share(usd(total), days, of), Some(usd(expected)), "{total} {days}/{of}");
        }
        assert_eq!(share(usd(1), 1, 0), None);
    }
}
