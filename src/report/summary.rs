//! What stands below the cases: how many of each, what is at stake, what the files cannot show, whose rates.

use super::voice::Voice;
use super::{places, renewal, wording};
use crate::rates::RateStatus;
use crate::reconciliation::{Notice, RatesUsed, Reconciliation};
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Case, CostsBasis, Reason, Renewal};

/// The lines of a summary, without marks or indentation.
pub(super) struct Summary {
    /// Verdicts in order of precedence, with how many cases each.
    pub counts: Vec<(u32, String)>,
    /// Number of claimable cases.
    pub claims: usize,
    /// Number of all cases, in words.
    pub purchases: String,
    /// Total at stake, one amount a currency.
    pub at_stake: Vec<String>,
    /// As-of day.
    pub as_of: String,
    /// What is assumed of billing lists, where a verdict rests on it.
    pub lists: Option<String>,
    /// Whose reference rates were compared with, where any comparison is shown.
    pub rates: Option<String>,
    /// The next payments and what to hold for them.
    pub renewals: Vec<String>,
    /// What the reader should know of the files.
    pub notices: Vec<String>,
}

impl Summary {
    /// Words the totals of a reconciliation.
    pub fn new(reconciliation: &Reconciliation, voice: &Voice<'_>) -> Summary {
        let lang = voice.lang;
        let cases = &reconciliation.cases;
        let rests_on_list =
            cases.iter().flat_map(|case| &case.reasons).any(|reason| matches!(reason, Reason::NoInvoice { .. }));
        Summary {
            counts: reconciliation.by_verdict.iter().map(|(v, count)| (*count, wording::verdict(lang, *v))).collect(),
            claims: cases.iter().filter(|case| case.claimable).count(),
            purchases: say::purchases(lang, cases.len()),
            at_stake: reconciliation.at_stake.iter().map(ToString::to_string).collect(),
            as_of: say::as_of(lang, reconciliation.as_of),
            lists: rests_on_list.then(|| say::lists_complete(lang)),
            rates: rates(reconciliation, voice),
            renewals: renewal::all(reconciliation, voice),
            notices: notices(&reconciliation.notices, voice),
        }
    }

    /// How many claims and their totals, in one line.
    pub fn claims(&self, lang: Lang) -> String {
        match self.claims {
            0 => say::nothing_at_stake(lang),
            count => say::total_at_stake(lang, count, &self.purchases, say::list(lang, &self.at_stake)),
        }
    }
}

/// The notices, those of one row each drawn together where the first of them stands.
pub(super) fn notices(found: &[Notice], voice: &Voice<'_>) -> Vec<String> {
    let orphan = |notice: &'_ Notice| matches!(notice, Notice::OrphanWalletRow { .. });
    let reseller = |notice: &'_ Notice| matches!(notice, Notice::ResellerRow { .. });
    let mention = |notice: &'_ Notice| matches!(notice, Notice::MentionRow { .. });
    let places = |of_kind: fn(&Notice) -> bool| {
        let rows = found.iter().filter(|notice| of_kind(notice)).filter_map(|notice| match notice {
            Notice::OrphanWalletRow { file, line }
            | Notice::ResellerRow { file, line }
            | Notice::MentionRow { file, line } => Some((file.as_str(), *line)),
            _ => None,
        });
        places::named(voice, rows).join(", ")
    };
    let is_first = |at: usize, of_kind: fn(&Notice) -> bool| !found.iter().take(at).any(of_kind);
    let say_one = |(at, notice): (usize, &Notice)| match notice {
        Notice::OrphanWalletRow { .. } => {
            is_first(at, orphan).then(|| say::notice_orphan_wallet_row(voice.lang, places(orphan)))
        }
        Notice::ResellerRow { .. } => {
            is_first(at, reseller).then(|| say::notice_reseller_row(voice.lang, places(reseller)))
        }
        Notice::MentionRow { .. } => {
            is_first(at, mention).then(|| say::notice_mention_row(voice.lang, places(mention)))
        }
        other => Some(wording::notice(voice, other)),
    };
    found.iter().enumerate().filter_map(say_one).collect()
}

/// The rates' source line: it must stand wherever a figure that rests on a reference rate is shown.
fn rates(reconciliation: &Reconciliation, voice: &Voice<'_>) -> Option<String> {
    let lang = voice.lang;
    let reckoned = |renewal: &Renewal| renewal.keep.as_ref().is_some_and(|keep| keep.basis != CostsBasis::NoConversion);
    if !reconciliation.cases.iter().any(compares_with_a_rate) && !reconciliation.renewals.iter().any(reckoned) {
        return None;
    }
    let fx = || reconciliation.cases.iter().filter_map(|case| case.fx.as_ref());
    let is_all_given = fx().next().is_some() && fx().all(|fx| fx.rate_status == RateStatus::User);
    let last_day = reconciliation.rates.iter().map(|used| used.last_day).max()?;
    let named = |used: &RatesUsed| say::rates_known(lang, voice.free(&used.source), used.last_day);
    let named: Vec<String> = reconciliation.rates.iter().map(named).collect();
    Some(match is_all_given {
        true => say::rates_given(lang, last_day),
        false => say::rates_named(lang, say::groups(lang, &named)),
    })
}

fn compares_with_a_rate(case: &Case) -> bool {
    case.fx.as_ref().is_some_and(|fx| fx.rate_status != RateStatus::SameCurrency)
        || case.reasons.iter().any(|reason| {
            matches!(
                reason,
                Reason::JoinedConverted { .. }
                    | Reason::RefundLoss { .. }
                    | Reason::RefundUnexplained { .. }
                    | Reason::FxTook { .. }
                    | Reason::OutsideBand { .. }
                    | Reason::NoReferenceRate { .. }
                    | Reason::FxDeclined { .. }
                    | Reason::LearnedMarkup { .. }
                    | Reason::DescribedCosts { .. }
                    | Reason::FitsLocalConversion { .. }
                    | Reason::ConversionCost { .. }
            )
        })
}
