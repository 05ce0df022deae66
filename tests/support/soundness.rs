//! Whether the rules, applied to everything that was planted, still say of every purchase what was planted. An incident
//! that would change the truth of another, or whose own truth is a tie, is not planted.

use super::day::Day;
use super::joins::{planted_is_best, unjoined_are_as_planted};
use super::rates::Ecb;
use super::year::{Instrument, Plot};

impl Plot {
    /// Whether everything is as planted.
    pub fn is_sound(&self, ecb: &Ecb) -> bool {
        self.observations_are_as_planted()
            && self.cancellations_are_as_planted()
            && self.grants_are_as_planted()
            && self.refunds_are_as_planted()
            && self.attempts_are_as_planted()
            && self.locals_stand_apart()
            && self.wallets_are_told_apart()
            && unjoined_are_as_planted(ecb, &self.charges, &self.invoices)
            && planted_is_best(ecb, &self.charges, &self.invoices)
    }

    /// Observations touch a charge from its second day on to the end of its period, else for thirty days.
    fn observations_are_as_planted(&self) -> bool {
        self.charges.iter().zip(&self.meanings).filter(|(_, meaning)| meaning.touchable && meaning.is_plan).all(
            |(charge, meaning)| {
                let end = meaning.period.map_or(charge.on + 30, |period| period.1);
                let touching: Vec<usize> = (0..self.observations.len())
                    .filter(|&at| self.observations[at] >= charge.on + 2 && self.observations[at] <= end + 1)
                    .collect();
                touching == meaning.observed.into_iter().collect::<Vec<_>>()
            },
        )
    }

    fn cancellations_are_as_planted(&self) -> bool {
        self.charges.iter().zip(&self.meanings).filter(|(_, meaning)| meaning.touchable && meaning.is_plan).all(
            |(charge, meaning)| {
                let start = meaning.period.map_or(charge.on, |period| period.0);
                self.is_ended(start) == meaning.cancelled
            },
        )
    }

    fn grants_are_as_planted(&self) -> bool {
        self.ungranted
            .iter()
            .all(|(on, amount)| !self.grants.iter().any(|(day, granted)| granted == amount && (*day - *on).abs() <= 3))
    }

    /// No refund entry may be taken for another record's or another charge's.
    fn refunds_are_as_planted(&self) -> bool {
        self.returns.iter().all(|&(instrument, on, of)| {
            let alien = self
                .records
                .iter()
                .any(|&(other, day, charge)| other == instrument && charge != of && on >= day - 1 && on <= day + 14);
            let recorded = self.records.iter().any(|&(_, _, charge)| charge == of);
            !alien && (recorded || self.fallback(instrument, on) == Some(of))
        })
    }

    /// The nearest earlier charge of an instrument, one without an invoice first; none where two are as near.
    fn fallback(&self, instrument: Instrument, on: Day) -> Option<usize> {
        let mine = (0..self.charges.len())
            .filter(|&at| self.meanings[at].instrument == instrument && self.charges[at].on <= on);
        let rank = |at: &usize| (self.charges[*at].invoice.is_none(), self.charges[*at].on);
        let best = mine.clone().map(|at| rank(&at)).max()?;
        let mut best = mine.filter(|at| rank(at) == best);
        best.next().filter(|_| best.next().is_none())
    }

    /// Nothing near an invoice of 23 euros, or near the ten days in which its charge may be booked, comes near its
    /// amount in any currency, and nothing touches its account.
    fn locals_stand_apart(&self) -> bool {
        self.locals.iter().enumerate().all(|(at, on)| {
            let close = |day: Day| (-15..=25).contains(&(day - *on));
            let alike = |dollars: i64| (2100..=2900).contains(&dollars);
            let charged = self.charges.iter().any(|charge| {
                let dollars = charge.dollars.is_some_and(alike);
                close(charge.on) && (dollars || charge.euros.is_some_and(|euros| (1950..=2700).contains(&euros)))
            });
            let billed = self.invoices.iter().any(|invoice| close(invoice.on) && alike(invoice.total));
            let tried = self.attempts.iter().any(|attempt| close(attempt.0) && alike(attempt.1));
            let seen = self.observations.iter().any(|day| (0..=42).contains(&(*day - *on)));
            let ended = (0..=10).any(|days| self.is_ended(*on + days));
            let twice = self.locals[..at].iter().any(|day| close(*day));
            !(charged || billed || tried || seen || ended || twice)
        })
    }

    /// Whether a plan that starts on a day is blamed on the cancellation before it.
    fn is_ended(&self, start: Day) -> bool {
        let latest = self.cancellations.iter().copied().filter(|day| *day <= start).max();
        latest.is_some_and(|day| !self.orders.iter().any(|order| (day..=start).contains(order)))
    }

    /// No two payments through the wallet cost the same so close together that the bank entries funding them could be
    /// swapped.
    fn wallets_are_told_apart(&self) -> bool {
        let paid: Vec<(Day, i64)> = self
            .charges
            .iter()
            .zip(&self.meanings)
            .filter(|(_, meaning)| meaning.instrument == Instrument::Paypal)
            .map(|(charge, meaning)| (charge.on, meaning.cents))
            .collect();
        paid.iter()
            .enumerate()
            .all(|(at, (on, cents))| paid[..at].iter().all(|(day, other)| other != cents || (*day - *on).abs() > 12))
    }

    /// No hold or attempt may be taken for another purchase's open invoice or receipt.
    fn attempts_are_as_planted(&self) -> bool {
        self.attempts.iter().all(|&(on, dollars, own)| {
            !self.invoices.iter().enumerate().any(|(at, invoice)| {
                let lonely =
                    !self.charges.iter().any(|charge| charge.invoice == Some(at) || charge.leftover == Some(at));
                let close = (invoice.on - on).abs() <= 12 && (invoice.total - dollars).abs() * 100 <= 12 * dollars;
                own != Some(at) && close && (lonely || invoice.status == 1)
            })
        })
    }
}
