//! The records of a paper as rows of recognised facts: what a bundle cites of a file that has no rows of its own.
//!
//! A page, a mail or an element of JSON is never carried over as it stands: what leaves is what was understood of it, in
//! payproof's own columns and words, each cell to be kept or taken out by its role as those of a table are.

use super::Records;
use super::cited::{CitedColumn, CitedRow};
use crate::domain::{BillingRecord, Day, Money, Observation, PlanState, Usage};
use crate::source::Role;
use crate::source::cell::DecimalMark;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Titles and roles of the columns.
const COLUMNS: [(&str, Role); 20] = [
    ("kind", Role::Kind),
    ("date", Role::TransactionDate),
    ("number", Role::Number),
    ("account", Role::Mail),
    ("product", Role::Product),
    ("plan", Role::Plan),
    ("description", Role::Descriptor),
    ("currency", Role::Currency),
    ("subtotal", Role::Subtotal),
    ("tax", Role::Tax),
    ("total", Role::Amount),
    ("amount_paid", Role::AmountPaid),
    ("status", Role::Status),
    ("period_start", Role::PeriodStart),
    ("period_end", Role::PeriodEnd),
    ("paid_on", Role::PaidOn),
    ("payment_method", Role::PaymentMethod),
    ("reference", Role::Reference),
    ("credit_balance", Role::Balance),
    ("cost", Role::Cost),
];
/// What kind a record of the plan side has among the facts.
pub const PLAN_STATE: &str = "plan-state";
/// What kind a record of use has among the facts.
pub const USAGE: &str = "usage";

/// The columns of recognised facts.
pub(super) fn columns() -> Vec<CitedColumn> {
    let column = |(title, role): (&str, Role)| CitedColumn {
        title: title.to_string(),
        is_known_title: true,
        role: Some(role),
        order: None,
        mark: (Role::AMOUNTS.contains(&role)).then_some(DecimalMark::Point),
    };
    COLUMNS.into_iter().map(column).collect()
}

/// The records at these places, as rows.
pub(super) fn rows(records: &Records, lines: &BTreeSet<u32>) -> Vec<CitedRow> {
    let billing = records.billing.iter().map(|record| (record.at.line, billing(record)));
    let seen = records.observations.iter().map(|seen| (seen.at.line, observation(seen)));
    let used = records.usage.iter().map(|used| (used.at.line, usage(used)));
    let mut rows: Vec<CitedRow> = billing
        .chain(seen)
        .chain(used)
        .filter(|(line, _)| lines.contains(line))
        .map(|(line, facts)| facts.row(line))
        .collect();
    rows.sort_by_key(|row| row.line);
    rows
}

/// Cells by role, with the day and amount that a case cites them by.
struct Facts {
    day: Day,
    money: Option<Money>,
    cells: Vec<(Role, String)>,
}

impl Facts {
    fn new(kind: &str, day: Day, money: Option<Money>) -> Facts {
        let cells = vec![(Role::Kind, kind.to_string()), (Role::TransactionDate, day.to_string())];
        Facts { day, money, cells }
    }

    fn with<T: Display>(mut self, role: Role, value: Option<T>) -> Facts {
        self.cells.extend(value.map(|value| (role, value.to_string())));
        self
    }

    fn row(self, line: u32) -> CitedRow {
        let cell = |role: Role| self.cells.iter().find(|cell| cell.0 == role).map(|cell| cell.1.clone());
        let cells = COLUMNS.into_iter().map(|(_, role)| cell(role).unwrap_or_default()).collect();
        CitedRow { line, cells, stated: Some((self.day, self.money)) }
    }
}

fn billing(record: &BillingRecord) -> Facts {
    let figure = |money: Option<Money>| money.map(Money::figure);
    Facts::new(record.kind.name(), record.date, record.total)
        .with(Role::Number, record.number.as_ref())
        .with(Role::Mail, record.account.as_ref())
        .with(Role::Product, record.product.map(|product| product.name()))
        .with(Role::Plan, record.plan.as_ref())
        .with(Role::Descriptor, Some(&record.description))
        .with(Role::Currency, record.total.map(Money::currency))
        .with(Role::Subtotal, figure(record.subtotal))
        .with(Role::Tax, figure(record.tax))
        .with(Role::Amount, figure(record.total))
        .with(Role::AmountPaid, figure(record.amount_paid))
        .with(Role::Status, Some(record.status.name()))
        .with(Role::PeriodStart, record.period_start)
        .with(Role::PeriodEnd, record.period_end)
        .with(Role::PaidOn, record.paid_on)
        .with(Role::PaymentMethod, record.payment_method.as_ref())
        .with(Role::Reference, record.reference.as_ref())
}

fn observation(seen: &Observation) -> Facts {
    let state = PlanState::NAMES.iter().find(|(_, state)| *state == seen.state).map(|(name, _)| *name);
    Facts::new(PLAN_STATE, seen.observed_on, seen.credit_balance)
        .with(Role::Mail, seen.account.as_ref())
        .with(Role::Product, Some(seen.product.name()))
        .with(Role::Plan, seen.plan.as_ref())
        .with(Role::Status, state)
        .with(Role::PeriodStart, seen.active_from)
        .with(Role::PeriodEnd, seen.active_until)
        .with(Role::Currency, seen.credit_balance.map(Money::currency))
        .with(Role::Balance, seen.credit_balance.map(Money::figure))
}

fn usage(used: &Usage) -> Facts {
    Facts::new(USAGE, used.day, None)
        .with(Role::Mail, used.account.as_ref())
        .with(Role::Product, Some(used.product.name()))
        .with(Role::Descriptor, Some(&used.description))
        .with(Role::Currency, used.cost.map(|(_, currency)| currency))
        .with(Role::Cost, used.cost.map(|(cost, _)| cost))
}
