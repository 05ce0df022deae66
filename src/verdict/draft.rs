//! A verdict before it is put together with its rows.

use super::{Addressee, CaseFx, CaseLine, Cause, Confidence, Reason, Verdict};
use crate::domain::{Money, Route};

/// A verdict with what it adds to the case.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The verdict.
    pub verdict: Verdict,
    /// Its cause.
    pub cause: Option<Cause>,
    /// What a claim would ask for; present exactly where the case is claimable.
    pub at_stake: Option<Money>,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
    /// Rows beyond the charge, its invoice and its refunds.
    pub lines: Vec<CaseLine>,
    /// Whether something is concluded from a row that is not there.
    pub rests_on_absence: bool,
    /// Whether the plan side says it outright.
    pub said_outright: bool,
    /// What the currency conversion did, where the verdict itself is about it.
    pub fx: Option<CaseFx>,
}

impl Draft {
    /// A verdict that claims nothing.
    pub fn new(verdict: Verdict, cause: Option<Cause>, reason: Reason) -> Draft {
        Draft {
            verdict,
            cause,
            at_stake: None,
            reasons: vec![reason],
            lines: Vec::new(),
            rests_on_absence: false,
            said_outright: false,
            fx: None,
        }
    }

    /// The same, claiming an amount.
    pub fn claiming(mut self, at_stake: Money) -> Draft {
        self.at_stake = Some(at_stake);
        self
    }

    /// The same, with a further reason.
    pub fn because(mut self, reason: Reason) -> Draft {
        self.reasons.push(reason);
        self
    }

    /// The same, with further rows.
    pub fn citing(mut self, lines: impl IntoIterator<Item = CaseLine>) -> Draft {
        self.lines.extend(lines);
        self
    }

    /// The same, resting on an absence.
    pub fn resting_on_absence(mut self) -> Draft {
        self.rests_on_absence = true;
        self
    }

    /// The same, said outright by the plan side.
    pub fn said_outright(mut self) -> Draft {
        self.said_outright = true;
        self
    }

    /// How much the verdict rests on, given whether every join on its path is by reference.
    pub fn confidence(&self, by_reference: bool) -> Confidence {
        if self.said_outright || (by_reference && !self.rests_on_absence) {
            Confidence::Certain
        } else {
            Confidence::Probable
        }
    }
}

/// Whom a claim for a charge by this route goes to.
pub fn addressee(route: Route) -> Addressee {
    match route {
        Route::Card | Route::Paypal | Route::Other => Addressee::Openai,
        Route::Apple => Addressee::Apple,
        Route::Google => Addressee::Google,
    }
}
