//! A case in a letter's words: what is asked, what is wrong, how sure that is.

use super::Letters;
use super::figures::Reference;
use crate::domain::{Account, Product};
use crate::redaction::mask_mail;
use crate::text::{Lang, catalogue as say, clean, truncate};
use crate::verdict::{Addressee, Case, Cause, Confidence, LineRole, Reason, Verdict};

/// A number quoted from a file takes no more room than this; longer ones occur in damaged files only.
const NUMBER_COLUMNS_MAX: usize = 48;
/// An address is never longer (RFC 5321).
const ACCOUNT_COLUMNS_MAX: usize = 254;

/// What a letter asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ask {
    Activate,
    SendRefund,
    RefundSecond,
    Move,
    AfterCancel,
    Shortfall,
    RefundExcess,
    RefundRest,
    Trace,
}

impl Ask {
    /// What is asked of this addressee for this case.
    pub fn of(case: &Case, to: Addressee) -> Ask {
        let carries_money = matches!(to, Addressee::Paypal | Addressee::Issuer);
        match case.verdict {
            Verdict::ChargedNotActivated if carries_money && case.cause == Some(Cause::NoInvoice) => Ask::Trace,
            Verdict::RefundMissing => Ask::SendRefund,
            Verdict::DuplicateCharge => Ask::RefundSecond,
            Verdict::WrongAccount => Ask::Move,
            Verdict::ChargedAfterCancel => Ask::AfterCancel,
            Verdict::FxUnderpaid => Ask::Shortfall,
            Verdict::AmountMismatch => Ask::RefundExcess,
            Verdict::RefundShort => Ask::RefundRest,
            // No other verdict claims anything.
            _ => Ask::Activate,
        }
    }

    /// The request as a sentence without its end.
    pub fn words(self, lang: Lang, vendor: &str) -> String {
        match self {
            Ask::Activate => say::letter_ask_activate(lang),
            Ask::SendRefund => say::letter_ask_send_refund(lang),
            Ask::RefundSecond => say::letter_ask_refund_second(lang),
            Ask::Move => say::letter_ask_move(lang),
            Ask::AfterCancel => say::letter_ask_after_cancel(lang),
            Ask::Shortfall => say::letter_ask_shortfall(lang),
            Ask::RefundExcess => say::letter_ask_refund_excess(lang),
            Ask::RefundRest => say::letter_ask_refund_rest(lang),
            Ask::Trace => say::letter_ask_trace(lang, vendor),
        }
    }
}

/// The language of a letter and the way text from files enters it.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub lang: Lang,
    pub how: &'a Letters<'a>,
    /// The account claimed for, which stands in full.
    pub own: Option<&'a Account>,
}

impl Speaker<'_> {
    /// A number that somebody issued: evidence, so in full.
    pub fn number(&self, text: &str) -> String {
        truncate(&clean(text), NUMBER_COLUMNS_MAX)
    }

    /// An account: the one claimed for in full, others masked.
    pub fn account(&self, account: &Account) -> String {
        let is_shown = !self.how.redact || self.own == Some(account);
        let text = if is_shown { account.as_str().to_string() } else { mask_mail(account.as_str()) };
        truncate(&clean(&text), ACCOUNT_COLUMNS_MAX)
    }

    /// The vendor's name.
    pub fn vendor(&self) -> String {
        clean(self.how.vendor.name()).into_owned()
    }

    /// A plan as the account showed it; only one that the vendor sells is a word that may be repeated.
    fn plan(&self, plan: Option<&str>) -> Option<String> {
        plan.filter(|plan| self.how.vendor.plan_rank(plan).is_some()).map(|plan| self.number(plan))
    }

    /// What is wrong with a case, in one clause, and how sure that is.
    pub fn wrong(&self, case: &Case) -> String {
        let lang = self.lang;
        let mut clauses: Vec<String> = Vec::new();
        let of = |reason: &Reason| self.clause(case, reason);
        clauses.extend(case.reasons.iter().find_map(of).or_else(|| Some(self.without_reason(case))));
        if case.cause == Some(Cause::NoInvoice) {
            let seen = case.reasons.iter().find(|reason| matches!(reason, Reason::PlanInactive { .. }));
            clauses.extend(seen.and_then(of));
        }
        clauses.extend(case.reasons.iter().find_map(|reason| match reason {
            Reason::RefundedInPart { back, last_day } => Some(say::letter_wrong_came_back(lang, back, last_day)),
            _ => None,
        }));
        say::letter_wrong_with_certainty(lang, say::letter_clauses(lang, &clauses), certainty(lang, case.confidence))
    }

    /// The reasons that say what is wrong; the others say how it was found out.
    fn clause(&self, case: &Case, reason: &Reason) -> Option<String> {
        let lang = self.lang;
        Some(match reason {
            Reason::NoInvoice { as_of, .. } => say::letter_wrong_no_invoice(lang, as_of),
            Reason::InvoiceUnpaid { invoice } => say::letter_wrong_invoice_unpaid(lang, self.number(invoice)),
            Reason::InvoiceVoid { invoice } => say::letter_wrong_invoice_void(lang, self.number(invoice)),
            Reason::PlanInactive { observed_on, plan } => match self.plan(plan.as_deref()) {
                Some(plan) => say::letter_wrong_inactive_showing(lang, observed_on, plan),
                None => say::letter_wrong_inactive(lang, observed_on),
            },
            Reason::CreditNotGranted { amount, from, to, .. } => say::letter_wrong_credit(lang, amount, from, to),
            Reason::RefundNotSeen { to, .. } => {
                let recorded = case.reasons.iter().find_map(|reason| match reason {
                    Reason::RefundRecorded { day, amount, .. } => Some((amount, day)),
                    _ => None,
                });
                match recorded {
                    Some((amount, day)) => say::letter_wrong_refund_missing(lang, amount, day, to),
                    None => say::letter_wrong_refund_not_seen(lang, to),
                }
            }
            Reason::DuplicateOf { other_day, other_amount, invoice, .. } => {
                say::letter_wrong_duplicate(lang, self.number(invoice), other_day, other_amount)
            }
            Reason::WrongAccount { invoice, billed, .. } => {
                say::letter_wrong_account(lang, self.number(invoice), self.account(billed))
            }
            Reason::ChargedAfterCancel { cancelled_on, period_start } => {
                say::letter_wrong_after_cancel(lang, cancelled_on, period_start)
            }
            Reason::ArrivedShort { total, arrived, .. } => say::letter_wrong_short(lang, total, arrived),
            Reason::Overcharged { charged, total, excess } => {
                say::letter_wrong_overcharged(lang, charged, total, excess)
            }
            Reason::RefundShort { paid, back, missing } => say::letter_wrong_refund_short(lang, paid, back, missing),
            _ => return None,
        })
    }

    /// The verdict's own name, for a case whose reasons say nothing of what is wrong.
    fn without_reason(&self, case: &Case) -> String {
        let lang = self.lang;
        match case.verdict {
            Verdict::RefundShort => say::verdict_refund_short(lang),
            Verdict::RefundMissing => say::verdict_refund_missing(lang),
            Verdict::DuplicateCharge => say::verdict_duplicate_charge(lang),
            Verdict::WrongAccount => say::verdict_wrong_account(lang),
            Verdict::ChargedAfterCancel => say::verdict_charged_after_cancel(lang),
            Verdict::FxUnderpaid => say::verdict_fx_underpaid(lang),
            Verdict::AmountMismatch => say::verdict_amount_mismatch(lang),
            _ => say::verdict_charged_not_activated(lang),
        }
    }

    /// What was bought, as far as the vendor data knows the invoice's or the statement's text; the text itself is not
    /// repeated.
    pub fn bought(&self, case: &Case) -> Option<String> {
        let (lang, vendor) = (self.lang, self.how.vendor);
        let billed = || case.lines.iter().filter(|line| matches!(line.role, LineRole::Invoice | LineRole::Receipt));
        let billed = || billed().filter_map(|line| line.text.as_deref());
        let charged = || case.lines.iter().filter(|line| line.role == LineRole::Charge);
        let hint = || charged().filter_map(|line| vendor.recognise(line.text.as_deref()?)?.product.product()).next();
        let product = billed().find_map(|text| vendor.product_of(text)).or_else(hint)?;
        Some(match (product, billed().find_map(|text| vendor.plan_of(text))) {
            (Product::ChatgptPlan, Some(plan)) => say::letter_bought_named_plan(lang, self.number(&plan)),
            (Product::ChatgptPlan, None) => say::letter_bought_plan(lang),
            (Product::ChatgptCredits, _) => say::letter_bought_credits(lang),
            (Product::ApiCredits, _) => say::letter_bought_api_credits(lang),
        })
    }

    /// A reference with what it is.
    pub fn reference(&self, reference: &Reference<'_>) -> String {
        let (lang, number) = (self.lang, self.number(reference.number));
        match (reference.role, reference.total) {
            (LineRole::Invoice, Some(total)) => say::letter_ref_invoice_over(lang, number, total),
            (LineRole::Invoice, None) => say::letter_ref_invoice(lang, number),
            (LineRole::Receipt, _) => say::letter_ref_receipt(lang, number),
            (LineRole::Order, _) => say::letter_ref_order(lang, number),
            (LineRole::CreditNote, _) => say::letter_ref_credit_note(lang, number),
            (LineRole::Refund, _) => say::letter_ref_refund(lang, number),
            (LineRole::Cancellation, _) => say::letter_ref_cancellation(lang, number),
            _ => say::letter_ref_transaction(lang, number),
        }
    }
}

/// How sure a case is, in plain words.
fn certainty(lang: Lang, confidence: Confidence) -> String {
    match confidence {
        Confidence::Certain => say::letter_certainty_certain(lang),
        Confidence::Probable => say::letter_certainty_probable(lang),
        Confidence::Ambiguous => say::letter_certainty_ambiguous(lang),
    }
}
