//! One case in words: what table, CSV and Markdown all show of it.

use super::voice::Voice;
use super::{places, wording};
use crate::domain::Money;
use crate::rates::RateStatus;
use crate::reconciliation::Reconciliation;
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Case, CaseFx, Confidence, Reason, Verdict};

/// A case in the language of its voice.
pub(super) struct Row<'a> {
    /// The case itself.
    pub case: &'a Case,
    /// The verdict alone.
    verdict: String,
    /// Verdict and cause.
    pub verdict_in_full: String,
    /// The most important reason, and what explains it.
    pub why: String,
    /// What to do.
    pub next: Vec<String>,
    /// What to keep in mind: the cost of conversion, other pairings, how a figure was learned.
    pub notes: Vec<String>,
    /// Innocent explanations that are ruled out, by which evidence.
    pub ruled_out: Vec<String>,
    /// Innocent explanations that the files cannot rule out.
    pub open: Vec<String>,
    /// What is claimed from whom, and until when.
    pub claim: Option<String>,
    /// The cited rows, one text a file.
    pub places: Vec<String>,
}

impl<'a> Row<'a> {
    /// Words one case.
    pub fn new(case: &'a Case, reconciliation: &Reconciliation, voice: Voice<'a>) -> Row<'a> {
        let voice = voice.about(case);
        let lang = voice.lang;
        let verdict = wording::verdict(lang, case.verdict);
        let verdict_in_full = match case.cause {
            Some(cause) => say::verdict_with(lang, &verdict, wording::cause(lang, cause)),
            None => verdict.clone(),
        };
        let of_kind = |kind: fn(&Reason) -> bool| -> Vec<String> {
            case.reasons.iter().skip(1).filter(|reason| kind(reason)).map(|r| wording::reason(&voice, r)).collect()
        };
        let mut notes = of_kind(is_note);
        match case.fx.as_ref().and_then(|fx| conversion(&voice, case, fx)) {
            Some(line) => notes.push(line),
            None => notes.extend(of_kind(|reason| matches!(reason, Reason::ConversionCost { .. }))),
        }
        if case.confidence == Confidence::Ambiguous && !case.reasons.contains(&Reason::OtherAssignment) {
            notes.push(say::confidence_note(lang, wording::confidence(lang, case.confidence)));
        }
        Row {
            case,
            verdict,
            verdict_in_full,
            why: why(&voice, case),
            next: of_kind(is_next),
            notes,
            ruled_out: wording::ruled_out(&voice, &case.reasons),
            open: case.reasons.iter().filter_map(|reason| wording::not_ruled_out(&voice, reason)).collect(),
            claim: case.claimable.then(|| claim(&voice, case)),
            places: places::of(&voice, case, reconciliation),
        }
    }

    /// What was ruled out and what was not, as keys and texts; for a claim alone.
    pub fn innocent(&self, lang: Lang) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if self.case.claimable && !self.ruled_out.is_empty() {
            pairs.push((say::key_ruled_out(lang), say::groups(lang, &self.ruled_out)));
        }
        if self.case.claimable && !self.open.is_empty() {
            pairs.push((say::key_open(lang), say::check_first(lang, say::list(lang, &self.open))));
        }
        pairs
    }

    /// Every case of a reconciliation, in its order.
    pub fn all(reconciliation: &'a Reconciliation, voice: Voice<'a>) -> Vec<Row<'a>> {
        reconciliation.cases.iter().map(|case| Row::new(case, reconciliation, voice)).collect()
    }

    /// The verdict in words, in full or as short as its meaning allows: settled says on what it rests.
    pub fn verdict(&self, in_full: bool) -> &str {
        if in_full || self.is_compact() { &self.verdict_in_full } else { &self.verdict }
    }

    /// Whether a short form is enough: nothing is wrong and nothing is in doubt.
    pub fn is_compact(&self) -> bool {
        let paid_twice = |reason: &Reason| {
            matches!(reason, Reason::SamePeriod { .. } | Reason::PeriodOverlap { .. } | Reason::SeatsShort { .. })
        };
        self.case.verdict == Verdict::Settled
            && self.case.confidence != Confidence::Ambiguous
            && !self.case.reasons.iter().any(paid_twice)
    }
}

/// An amount, or a dash for none.
pub(super) fn amount(money: Option<Money>) -> String {
    money.map_or_else(|| "-".to_string(), |money| money.to_string())
}

/// Paid, invoiced and at stake.
pub(super) fn money_of(row: &Row<'_>) -> [Option<Money>; 3] {
    [row.case.paid, row.case.invoiced, row.case.at_stake]
}

/// The same, to be read.
pub(super) fn amounts_of(row: &Row<'_>) -> [String; 3] {
    money_of(row).map(amount)
}

/// Titles of the three amounts.
pub(super) fn amount_titles(lang: Lang) -> [String; 3] {
    [say::column_paid(lang), say::column_invoiced(lang), say::column_at_stake(lang)]
}

/// The first reason, with those that say where its figures come from.
fn why(voice: &Voice<'_>, case: &Case) -> String {
    let further = case.reasons.iter().skip(1).filter(|reason| explains(reason));
    let said: Vec<String> =
        case.reasons.first().into_iter().chain(further).map(|reason| wording::reason(voice, reason)).collect();
    say::sentences(voice.lang, &said)
}

fn explains(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::PlanInactive { .. }
            | Reason::RefundRecorded { .. }
            | Reason::RefundLoss { .. }
            | Reason::RefundUnexplained { .. }
            | Reason::FxTook { .. }
            | Reason::OutsideBand { .. }
            | Reason::JoinedLeftover { .. }
    )
}

fn is_next(reason: &Reason) -> bool {
    matches!(reason, Reason::NextStep { .. } | Reason::AskIssuer | Reason::AskPaypal)
}

/// What stands beside a verdict and has to be read, also of a settled case.
fn is_beside(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::FailedAtCheckout { .. }
            | Reason::PricedAs { .. }
            | Reason::ActiveElsewhere { .. }
            | Reason::GratisPlan { .. }
            | Reason::SeenPastDue { .. }
            | Reason::SeatsShort { .. }
            | Reason::SoldByStore { .. }
            | Reason::StoreGaveBack { .. }
            | Reason::ChangedMidway { .. }
            | Reason::SamePeriod { .. }
            | Reason::PeriodOverlap { .. }
            | Reason::CardSetupHold { .. }
    )
}

fn is_note(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::OtherAssignment
            | Reason::Interchangeable { .. }
            | Reason::HoldOverdue { .. }
            | Reason::RefundedInPart { .. }
            | Reason::LearnedMarkup { .. }
            | Reason::DescribedCosts { .. }
            | Reason::NoRateToCompare { .. }
            | Reason::StatementRate { .. }
            | Reason::LooksLikeTax { .. }
            | Reason::FitsLocalConversion { .. }
            | Reason::WithoutItsTax { .. }
            | Reason::MarkupUnknown { .. }
    ) || is_beside(reason)
}

fn claim(voice: &Voice<'_>, case: &Case) -> String {
    let lang = voice.lang;
    let mut parts = Vec::new();
    match (case.at_stake, case.claim_to) {
        (Some(money), Some(to)) => parts.push(say::claim_from(lang, money, wording::addressee(lang, to))),
        (Some(money), None) => parts.push(money.to_string()),
        (None, Some(to)) => parts.push(say::claim_without_amount(lang, wording::addressee(lang, to))),
        (None, None) => {}
    }
    parts.extend(case.deadlines.iter().map(|d| say::deadline(lang, d.by, wording::deadline(voice, &d.what))));
    say::clauses(lang, &parts)
}

/// The cost of conversion as a comparison with a named rate of a named day, never as a rate that was owed.
pub(super) fn conversion(voice: &Voice<'_>, case: &Case, fx: &CaseFx) -> Option<String> {
    let lang = voice.lang;
    let yardstick = yardstick(lang, fx)?;
    let line = match (fx.markup, fx.markup_percent) {
        // Without a charge the markup is what was to be expected, and the reason itself names it.
        (Some(markup), Some(percent)) if case.paid.is_some() => {
            let words = if markup.is_negative() { say::conversion_below } else { say::conversion_above };
            words(lang, markup.abs(), percent.abs(), fx.reference_cost, yardstick)
        }
        _ => say::reference_cost(lang, fx.reference_cost, yardstick),
    };
    let mut parts = vec![line];
    parts.extend(fx.fees.filter(|fees| !fees.is_zero()).map(|fees| say::fees_apart(lang, fees)));
    parts.extend(fx.taxes.filter(|taxes| !taxes.is_zero()).map(|taxes| say::taxes_apart(lang, taxes)));
    Some(say::sentences(lang, &parts))
}

/// How the reference cost comes about, so that a reader can work it out again on a pocket calculator.
fn yardstick(lang: Lang, fx: &CaseFx) -> Option<String> {
    let steps = wording::steps(lang, fx.converted, &fx.steps);
    // The publisher's full line stands in the summary.
    let publisher = wording::publisher(lang, fx.publisher);
    match fx.rate_status {
        RateStatus::SameCurrency | RateStatus::Missing | RateStatus::Unsupported => None,
        RateStatus::User => Some(say::yardstick_given(lang, steps)),
        RateStatus::Carried => Some(say::yardstick_carried(lang, steps, publisher, fx.rate_date)),
        RateStatus::Exact => Some(say::yardstick(lang, steps, publisher, fx.rate_date)),
    }
}
