//! What the account showed after a charge: plan observations and credit grants.

use super::context::{Context, GRANT_DAYS_AFTER_MAX, GRANT_DAYS_BEFORE_MAX};
use crate::domain::{BillingKind, Day, Observation, Period, PlanState, Product};

/// A plan must be there this many days after the charge; until then activation may lag.
pub const ACTIVATION_DAYS_MAX: u32 = 2;
/// Without a paid period on paper, how long after a charge an observation speaks of it.
pub const OBSERVATION_DAYS_MAX: u32 = 30;

/// What the plan side says of a charge.
pub enum Activation<'a> {
    /// The account was seen active for it.
    Seen(&'a Observation),
    /// The credit was granted, an index into the records.
    Granted(usize),
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
        if let Some(seen) = observations.iter().find(|seen| self.shows_active(charge, seen, span)) {
            return Activation::Seen(seen);
        }
        // A bare vendor name may have bought anything: what was not there need not be what was bought.
        let product = self.product_of(charge);
        let inactive = |seen: &&&Observation| {
            product.is_some() && span.contains(seen.observed_on) && self.shows_inactive(charge, seen)
        };
        if let Some(seen) = observations.iter().find(inactive) {
            return Activation::Inactive(seen);
        }
        self.grants_missing(charge).unwrap_or(Activation::Silent)
    }

    fn shows_active(&self, charge: usize, seen: &Observation, span: Period) -> bool {
        if !self.plan_suffices(charge, seen) {
            return false;
        }
        let until = seen.active_until.filter(|until| *until > seen.observed_on);
        match seen.state {
            PlanState::Active => {
                let from = seen.active_from.map_or(seen.observed_on, |from| from.min(seen.observed_on));
                from <= span.to && until.unwrap_or(seen.observed_on) >= span.from
            }
            // Cancelled, but still running.
            PlanState::Cancelled => until.is_some() && span.contains(seen.observed_on),
            PlanState::Inactive | PlanState::PastDue => self.balance_holds(charge, seen, span),
        }
    }

    /// A balance of at least what was bought says that the credit arrived.
    fn balance_holds(&self, charge: usize, seen: &Observation, span: Period) -> bool {
        let bought = seen.credit_balance.and_then(|balance| self.charges[charge].amount_in(balance.currency()));
        span.contains(seen.observed_on)
            && seen.product != Product::ChatgptPlan
            && matches!((seen.credit_balance, bought), (Some(b), Some(c)) if b.minor_units() >= c.minor_units())
    }

    /// Whether the account showed that the product was not there. Overdue is not absent.
    fn shows_inactive(&self, charge: usize, seen: &Observation) -> bool {
        match seen.state {
            PlanState::Active => !self.plan_suffices(charge, seen),
            PlanState::Inactive => true,
            PlanState::Cancelled => seen.active_until.is_some_and(|until| until < seen.observed_on),
            PlanState::PastDue => false,
        }
    }

    /// Whether the plan shown is the one bought or a higher one; unknown names suffice.
    fn plan_suffices(&self, charge: usize, seen: &Observation) -> bool {
        let rank = |plan: &Option<String>| plan.as_deref().and_then(|plan| self.vendor.plan_rank(plan));
        let bought = self.invoice_of(charge).and_then(|invoice| rank(&invoice.plan));
        match (bought, rank(&seen.plan)) {
            (Some(bought), Some(shown)) => shown >= bought,
            // The free plan is no purchase, whatever was bought.
            (None, Some(shown)) => shown > 0,
            (_, None) => true,
        }
    }

    /// Whether grants of the charge's account are known beyond its day and lack one of its amount.
    fn grants_missing(&self, charge: usize) -> Option<Activation<'_>> {
        let product = self.product_of(charge).filter(|product| *product != Product::ChatgptPlan)?;
        let account = self.invoice_of(charge).and_then(|invoice| invoice.account.as_ref());
        let day = self.charges[charge].day;
        let to = day.plus(u32::try_from(GRANT_DAYS_AFTER_MAX).unwrap_or(0));
        let grants = self.papers.of_kind(BillingKind::CreditGrant).map(|(_, record)| record);
        let known_to = grants
            .filter(|grant| grant.product.is_none_or(|granted| granted == product))
            .filter(|grant| account.is_none() || grant.account.is_none() || grant.account.as_ref() == account)
            .map(|grant| grant.date)
            .max()?;
        let from = day.minus(u32::try_from(GRANT_DAYS_BEFORE_MAX).unwrap_or(0));
        (known_to >= to).then_some(Activation::NotGranted { from, to, known_to })
    }
}
