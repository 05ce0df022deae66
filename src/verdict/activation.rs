//! What the account showed after a charge: plan observations and credit grants.

use super::context::{Context, GRANT_DAYS_AFTER_MAX, GRANT_DAYS_BEFORE_MAX};
use crate::domain::{Account, BillingKind, Day, Money, Observation, Period, PlanState, Product, Route, Usage};

/// A plan must be there this many days after the charge; until then activation may lag.
pub const ACTIVATION_DAYS_MAX: u32 = 2;
/// Without a paid period on paper, how long after a charge an observation speaks of it.
pub const OBSERVATION_DAYS_MAX: u32 = 30;
/// Days after a charge from which on use speaks of it: use of the same day may have come before.
pub const USE_DAYS_MIN: i64 = 1;
/// Days after a charge up to which use speaks of it.
pub const USE_DAYS_MAX: i64 = 7;
/// Days before a charge on which a plan of another login may have begun (time zones).
pub const ELSEWHERE_DAYS_BEFORE_MAX: i64 = 1;
/// Days around a charge in which an invoice explains the plan of another login.
pub const BILLED_DAYS_MAX: i64 = 5;

/// What the plan side says of a charge.
pub enum Activation<'a> {
    /// The account was seen active for it.
    Seen(&'a Observation),
    /// The credit was granted, an index into the records.
    Granted(usize),
    /// What was bought was used right after.
    Used(&'a Usage),
    /// The account showed no such plan inside the paid period.
    Inactive(&'a Observation),
    /// Grants of the account are known up to a later day and hold none of the amount.
    NotGranted { from: Day, to: Day, known_to: Day },
    /// Nothing speaks of it.
    Silent,
}

impl Context<'_> {
    /// The days on which an observation speaks of a charge.
    fn observation_span(&self, charge: usize) -> Period {
        let day = self.charges[charge].day;
        let from = day.plus(ACTIVATION_DAYS_MAX);
        let end = self.invoice_of(charge).and_then(|invoice| invoice.period_end);
        Period { from, to: end.unwrap_or_else(|| day.plus(OBSERVATION_DAYS_MAX)) }
    }

    /// What the plan side says of a charge. Anything seen active wins over anything seen inactive.
    pub fn activation(&self, charge: usize) -> Activation<'_> {
        if let Some(grant) = self.grant_of[charge] {
            return Activation::Granted(grant);
        }
        let span = self.observation_span(charge);
        let speaks = |seen: &&Observation| {
            self.product_of(charge).is_none_or(|product| product == seen.product)
                && self.account_fits(charge, seen.account.as_ref())
        };
        let observations: Vec<&Observation> = self.papers.observations.iter().filter(speaks).collect();
        // Grants that are known and lack this one say more than a balance or use, which may have lived on earlier ones.
        let missing = self.grants_missing(charge);
        let says_more = |seen: &Observation| missing.is_none() || !seen.lists_grants;
        if let Some(seen) = observations.iter().find(|seen| says_more(seen) && self.shows_active(charge, seen, span)) {
            return Activation::Seen(seen);
        }
        if let Some(used) = self.used_after(charge).filter(|_| missing.is_none()) {
            return Activation::Used(used);
        }
        // A bare vendor name may have bought anything: what was not there need not be what was bought.
        let product = self.product_of(charge);
        let inactive = |seen: &&&Observation| {
            product.is_some() && span.contains(seen.observed_on) && self.shows_inactive(charge, seen)
        };
        if let Some(seen) = observations.iter().find(inactive) {
            return Activation::Inactive(seen);
        }
        missing.unwrap_or(Activation::Silent)
    }

    /// The first use of prepaid credit in the days right after its charge. No use proves nothing.
    fn used_after(&self, charge: usize) -> Option<&Usage> {
        let movement = &self.charges[charge];
        let is_its = |used: &&Usage| {
            let gap = used.day.days_since(movement.day);
            self.product_of(charge) == Some(used.product)
                && (USE_DAYS_MIN..=USE_DAYS_MAX).contains(&gap)
                && self.account_fits(charge, used.account.as_ref())
        };
        self.usage.iter().filter(is_its).min_by_key(|used| (used.day, used.at))
    }

    /// A plan in force without payment in the time of a charge: given away, or under a discount of everything. It says
    /// nothing of the charge, but it may be why the charge seemed to be missing something.
    pub fn gratis_seen(&self, charge: usize) -> Option<&Observation> {
        let span = self.observation_span(charge);
        self.papers.observations.iter().find(|seen| {
            let until = seen.active_until.unwrap_or(seen.observed_on);
            let from = seen.active_from.unwrap_or(seen.observed_on);
            seen.is_gratis && from <= span.to && until >= self.charges[charge].day
        })
    }

    /// Whether a paper near the charge bills the product, and nothing for it: a discount of everything.
    pub fn is_billed_nothing(&self, charge: usize) -> bool {
        self.papers.records.iter().any(|record| {
            let near = record.date.days_since(self.charges[charge].day).abs() <= BILLED_DAYS_MAX;
            let fits = self.product_of(charge).is_none_or(|product| record.product == Some(product));
            let bills = matches!(record.kind, BillingKind::Invoice | BillingKind::Receipt);
            near && fits
                && bills
                && record.total.is_some_and(Money::is_zero)
                && self.account_fits(charge, record.account.as_ref())
        })
    }

    /// A plan that another login than the charge's has since the days of the charge and that no invoice of that login
    /// explains: what was bought may have arrived there.
    pub fn active_elsewhere(&self, charge: usize) -> Option<&Observation> {
        let day = self.charges[charge].day;
        let is_there = |seen: &&Observation| {
            let from = seen.active_from.unwrap_or(seen.observed_on);
            let began = (-ELSEWHERE_DAYS_BEFORE_MAX..=i64::from(ACTIVATION_DAYS_MAX)).contains(&from.days_since(day));
            let fits = self.product_of(charge).is_none_or(|product| product == seen.product);
            let suffices = self.plan_suffices(charge, seen) && seen.state == PlanState::Active && !seen.is_gratis;
            began && fits && suffices && !self.account_fits(charge, seen.account.as_ref())
        };
        let is_billed = |seen: &Observation| {
            self.papers.invoices.iter().any(|invoice| {
                let gap = invoice.day.days_since(day).abs();
                invoice.account == seen.account && invoice.product == Some(seen.product) && gap <= BILLED_DAYS_MAX
            })
        };
        self.papers.observations.iter().find(|seen| is_there(seen) && !is_billed(seen))
    }

    /// Whether what the account showed was paid for, and bought by the charge's own route: the vendor and each store sell
    /// separate subscriptions.
    fn may_be_its(&self, charge: usize, seen: &Observation) -> bool {
        let store = |route: Route| Some(route).filter(|route| matches!(route, Route::Apple | Route::Google));
        !seen.is_gratis
            && !self.is_of_another_kind(charge, seen)
            && seen.bought_by.is_none_or(|by| store(by) == store(self.charges[charge].route))
    }

    fn shows_active(&self, charge: usize, seen: &Observation, span: Period) -> bool {
        if !self.plan_suffices(charge, seen) || !self.may_be_its(charge, seen) || self.is_explained(charge, seen) {
            return false;
        }
        if seen.lists_grants || (seen.product != Product::ChatgptPlan && seen.credit_balance.is_some()) {
            return self.balance_holds(charge, seen, span);
        }
        let until = seen.active_until.filter(|until| *until > seen.observed_on);
        match seen.state {
            PlanState::Active => {
                let from = seen.active_from.map_or(seen.observed_on, |from| from.min(seen.observed_on));
                from <= span.to && until.unwrap_or(seen.observed_on) >= span.from
            }
            // Cancelled, but still running.
            PlanState::Cancelled => until.is_some() && span.contains(seen.observed_on),
            PlanState::Inactive | PlanState::PastDue => false,
        }
    }

    /// A balance of at least what was bought, its tax not counted, says that the credit arrived.
    fn balance_holds(&self, charge: usize, seen: &Observation, span: Period) -> bool {
        let Some(balance) = seen.credit_balance else { return false };
        let billed = self.invoice_of(charge).map(|invoice| invoice.subtotal.unwrap_or(invoice.total));
        let billed = billed.filter(|billed| billed.currency() == balance.currency());
        let bought = billed.or_else(|| self.charges[charge].amount_in(balance.currency()));
        span.contains(seen.observed_on)
            && seen.product != Product::ChatgptPlan
            && bought.is_some_and(|bought| balance.minor_units() >= bought.minor_units())
    }

    /// Whether the account showed that the product was not there. Overdue is not absent.
    fn shows_inactive(&self, charge: usize, seen: &Observation) -> bool {
        let bought = self.invoice_of(charge).and_then(|invoice| invoice.plan.as_ref());
        // A page that knows of one plan alone says nothing of another, nor does a workspace's of a person's own.
        if (seen.only_of.is_some() && seen.only_of.as_ref() != bought) || self.is_of_another_kind(charge, seen) {
            return false;
        }
        match seen.state {
            // A list price tells what a charge cannot have brought; it accuses nobody.
            PlanState::Active => {
                !self.plan_suffices(charge, seen) && (bought.is_some() || self.rank_shown(seen) == Some(0))
            }
            PlanState::Inactive => true,
            PlanState::Cancelled => seen.active_until.is_some_and(|until| until < seen.observed_on),
            PlanState::PastDue => false,
        }
    }

    /// Whether the plan shown is the one bought or a higher one; unknown names suffice. Without an invoice the list prices
    /// tell where a charge is too much for the plan shown.
    fn plan_suffices(&self, charge: usize, seen: &Observation) -> bool {
        let plan = self.invoice_of(charge).and_then(|invoice| invoice.plan.as_deref());
        match (plan.and_then(|plan| self.vendor.plan_rank(plan)), self.rank_shown(seen)) {
            (Some(bought), Some(shown)) => shown >= bought,
            // The free plan is no purchase, whatever was bought.
            (None, Some(shown)) => shown > 0 && !self.is_too_much(charge, seen),
            (_, None) => true,
        }
    }

    fn is_too_much(&self, charge: usize, seen: &Observation) -> bool {
        let movement = &self.charges[charge];
        let beyond =
            |amount| seen.plan.as_deref().is_some_and(|plan| self.vendor.is_beyond(plan, amount, movement.day));
        self.invoice_of(charge).is_none() && movement.amounts().any(beyond)
    }

    fn rank_shown(&self, seen: &Observation) -> Option<u32> {
        seen.plan.as_deref().and_then(|plan| self.vendor.plan_rank(plan))
    }

    /// Whether the plan shown is a workspace's, and what was bought is a person's own.
    fn is_of_another_kind(&self, charge: usize, seen: &Observation) -> bool {
        let plans = self.plans_of(charge);
        seen.of_workspace && !plans.is_empty() && !plans.iter().any(|plan| self.vendor.has_seats(plan))
    }

    /// Whether what was seen is what the invoice of another charge brought, so that it says nothing of a charge without
    /// an invoice.
    fn is_explained(&self, charge: usize, seen: &Observation) -> bool {
        let from = seen.active_from.unwrap_or(seen.observed_on);
        let until = seen.active_until.unwrap_or(seen.observed_on).max(seen.observed_on);
        let brought = |other: usize| {
            let Some(invoice) = self.invoice_of(other).filter(|invoice| invoice.may_be_paid()) else { return false };
            let (Some(first), Some(last)) = (invoice.period_start, invoice.period_end) else { return false };
            let account = seen.account.is_none() || invoice.account.is_none() || seen.account == invoice.account;
            // The moment of an end may lie a day after the last day paid for, and so may some hours of grace.
            let within = first <= from.plus(1) && until <= last.plus(ACTIVATION_DAYS_MAX);
            account && invoice.product == Some(seen.product) && within && self.plan_suffices(other, seen)
        };
        self.invoice_of(charge).is_none() && (0..self.charges.len()).any(|other| other != charge && brought(other))
    }

    /// Whether grants of the charge's account are known beyond its day and lack one of its amount.
    fn grants_missing(&self, charge: usize) -> Option<Activation<'_>> {
        let product = self.product_of(charge).filter(|product| *product != Product::ChatgptPlan)?;
        let account = self.invoice_of(charge).and_then(|invoice| invoice.account.as_ref());
        let day = self.charges[charge].day;
        let to = day.plus(u32::try_from(GRANT_DAYS_AFTER_MAX).unwrap_or(0));
        let grants = self.papers.of_kind(BillingKind::CreditGrant).map(|(_, record)| record);
        // Single mails tell of their own grant, and nothing of others.
        let is_its = |other: &Option<Account>| account.is_none() || other.is_none() || other.as_ref() == account;
        let listed = grants
            .filter(|grant| self.coverage.lists_grants(grant.at.source))
            .filter(|grant| grant.product.is_none_or(|granted| granted == product) && is_its(&grant.account))
            .map(|grant| grant.date);
        let pages = self.papers.observations.iter();
        let pages = pages.filter(|seen| seen.lists_grants && seen.product == product && is_its(&seen.account));
        let known_to = listed.chain(pages.map(|seen| seen.observed_on)).max()?;
        let from = day.minus(u32::try_from(GRANT_DAYS_BEFORE_MAX).unwrap_or(0));
        (known_to >= to).then_some(Activation::NotGranted { from, to, known_to })
    }
}
