//! Names in words: verdicts, causes, addressees, channels, deadlines.

use crate::domain::{DeclineCause, Route};
use crate::matching::Said;
use crate::report::voice::Voice;
use crate::source::SourceSide;
use crate::text::{Lang, catalogue as say};
use crate::verdict::{Addressee, Cause, Confidence, Innocent, LineRole, Verdict};

/// What papers of one purchase say differently.
pub(in crate::report) fn said(lang: Lang, said: Said) -> String {
    match said {
        Said::Total => say::said_total(lang),
        Said::PaidOn => say::said_paid_on(lang),
        Said::Account => say::said_account(lang),
        Said::Product => say::said_product(lang),
        Said::Card => say::said_card(lang),
    }
}

/// The verdict in a few words.
pub(in crate::report) fn verdict(lang: Lang, verdict: Verdict) -> String {
    match verdict {
        Verdict::Refunded => say::verdict_refunded(lang),
        Verdict::RefundShort => say::verdict_refund_short(lang),
        Verdict::RefundMissing => say::verdict_refund_missing(lang),
        Verdict::DuplicateCharge => say::verdict_duplicate_charge(lang),
        Verdict::WrongAccount => say::verdict_wrong_account(lang),
        Verdict::ChargedAfterCancel => say::verdict_charged_after_cancel(lang),
        Verdict::FxUnderpaid => say::verdict_fx_underpaid(lang),
        Verdict::ChargedNotActivated => say::verdict_charged_not_activated(lang),
        Verdict::AmountMismatch => say::verdict_amount_mismatch(lang),
        Verdict::Settled => say::verdict_settled(lang),
        Verdict::PendingHold => say::verdict_pending_hold(lang),
        Verdict::ReleasedHold => say::verdict_released_hold(lang),
        Verdict::FxDeclined => say::verdict_fx_declined(lang),
        Verdict::Declined => say::verdict_declined(lang),
        Verdict::PaidElsewhere => say::verdict_paid_elsewhere(lang),
        Verdict::UnpaidInvoice => say::verdict_unpaid_invoice(lang),
        Verdict::Inconclusive => say::verdict_inconclusive(lang),
    }
}

/// The cause in a few words.
pub(in crate::report) fn cause(lang: Lang, cause: Cause) -> String {
    match cause {
        Cause::NoInvoice => say::cause_no_invoice(lang),
        Cause::InvoiceUnpaid => say::cause_invoice_unpaid(lang),
        Cause::InvoiceVoid => say::cause_invoice_void(lang),
        Cause::PlanInactive => say::cause_plan_inactive(lang),
        Cause::CreditNotGranted => say::cause_credit_not_granted(lang),
        Cause::Overcharged => say::cause_overcharged(lang),
        Cause::Undercharged => say::cause_undercharged(lang),
        Cause::ActivationObserved => say::cause_activation_observed(lang),
        Cause::ActivationPresumed => say::cause_activation_presumed(lang),
        Cause::Fx => say::cause_fx(lang),
        Cause::Unexplained => say::cause_unexplained(lang),
        Cause::TooRecent => say::cause_too_recent(lang),
        Cause::BeforeBillingCoverage => say::cause_before_billing_coverage(lang),
        Cause::NoBillingEvidence => say::cause_no_billing_evidence(lang),
        Cause::RefundPending => say::cause_refund_pending(lang),
        Cause::OutsideStatementCoverage => say::cause_outside_statement_coverage(lang),
        Cause::NoReferenceRate => say::cause_no_reference_rate(lang),
        Cause::ExportsDisagree => say::cause_exports_disagree(lang),
        Cause::StoreChargeUnidentified => say::cause_store_charge_unidentified(lang),
        Cause::Decline(cause) => decline(lang, cause),
    }
}

/// Why a payment was declined.
pub(super) fn decline(lang: Lang, cause: DeclineCause) -> String {
    match cause {
        DeclineCause::InsufficientFunds => say::declined_insufficient_funds(lang),
        DeclineCause::CardExpired => say::declined_card_expired(lang),
        DeclineCause::CardDetails => say::declined_card_details(lang),
        DeclineCause::Authentication => say::declined_authentication(lang),
        DeclineCause::IssuerBlocked => say::declined_issuer_blocked(lang),
        DeclineCause::CrossBorderBlocked => say::declined_cross_border_blocked(lang),
        DeclineCause::MethodUnsupported => say::declined_method_unsupported(lang),
        DeclineCause::RegionUnsupported => say::declined_region_unsupported(lang),
        DeclineCause::AccountRestricted => say::declined_account_restricted(lang),
        DeclineCause::Gateway => say::declined_gateway(lang),
        DeclineCause::Network => say::declined_network(lang),
        DeclineCause::Unknown => say::declined_unknown(lang),
    }
}

/// What to do after a decline of this cause.
pub(super) fn next_step(lang: Lang, cause: DeclineCause) -> String {
    match cause {
        DeclineCause::InsufficientFunds => say::next_insufficient_funds(lang),
        DeclineCause::CardExpired => say::next_card_expired(lang),
        DeclineCause::CardDetails => say::next_card_details(lang),
        DeclineCause::Authentication => say::next_authentication(lang),
        DeclineCause::IssuerBlocked => say::next_issuer_blocked(lang),
        DeclineCause::CrossBorderBlocked => say::next_cross_border_blocked(lang),
        DeclineCause::MethodUnsupported => say::next_method_unsupported(lang),
        DeclineCause::RegionUnsupported => say::next_region_unsupported(lang),
        DeclineCause::AccountRestricted => say::next_account_restricted(lang),
        DeclineCause::Gateway => say::next_gateway(lang),
        DeclineCause::Network => say::next_network(lang),
        DeclineCause::Unknown => say::next_unknown(lang),
    }
}

/// An innocent explanation in words.
pub fn innocent_name(lang: Lang, what: Innocent) -> String {
    match what {
        Innocent::PropagationDelay => say::innocent_propagation_delay(lang),
        Innocent::OtherLogin => say::innocent_other_login(lang),
        Innocent::PendingHold => say::innocent_pending_hold(lang),
        Innocent::Promotion => say::innocent_promotion(lang),
        Innocent::StoreSubscription => say::innocent_store_subscription(lang),
        Innocent::SpendLimit => say::innocent_spend_limit(lang),
        Innocent::NegativeBalance => say::innocent_negative_balance(lang),
        Innocent::Reseller => say::innocent_reseller(lang),
    }
}

/// What rules an innocent explanation out. The verdicts that rule it out at all rest on just this (domain rules,
/// sections 3 and 6); `None` for those that no evidence of ours settles.
pub(super) fn evidence(lang: Lang, what: Innocent) -> Option<String> {
    match what {
        Innocent::PendingHold => Some(say::evidence_booked(lang)),
        Innocent::PropagationDelay => Some(say::evidence_grace_over(lang)),
        Innocent::StoreSubscription | Innocent::Reseller => Some(say::evidence_own_name(lang)),
        Innocent::OtherLogin | Innocent::Promotion | Innocent::SpendLimit | Innocent::NegativeBalance => None,
    }
}

/// A store by its route.
pub(super) fn store_name(lang: Lang, store: Route) -> String {
    match store {
        Route::Apple => say::store_apple(lang),
        Route::Google => say::store_google(lang),
        Route::Card | Route::Paypal | Route::Other => say::store_other(lang),
    }
}

/// Whom a claim goes to.
pub(in crate::report) fn addressee(lang: Lang, addressee: Addressee) -> String {
    match addressee {
        Addressee::Openai => say::addressee_openai(lang),
        Addressee::Paypal => say::addressee_paypal(lang),
        Addressee::Issuer => say::addressee_issuer(lang),
        Addressee::Apple => say::addressee_apple(lang),
        Addressee::Google => say::addressee_google(lang),
    }
}

/// How much a verdict rests on.
pub(in crate::report) fn confidence(lang: Lang, confidence: Confidence) -> String {
    match confidence {
        Confidence::Certain => say::confidence_certain(lang),
        Confidence::Probable => say::confidence_probable(lang),
        Confidence::Ambiguous => say::confidence_ambiguous(lang),
    }
}

/// What a cited row is.
pub(in crate::report) fn role(lang: Lang, role: LineRole) -> String {
    match role {
        LineRole::Charge => say::role_charge(lang),
        LineRole::Authorization => say::role_authorization(lang),
        LineRole::Decline => say::role_decline(lang),
        LineRole::Funding => say::role_funding(lang),
        LineRole::Conversion => say::role_conversion(lang),
        LineRole::Fee => say::role_fee(lang),
        LineRole::Refund => say::role_refund(lang),
        LineRole::Release => say::role_release(lang),
        LineRole::Attempt => say::role_attempt(lang),
        LineRole::Invoice => say::role_invoice(lang),
        LineRole::Receipt => say::role_receipt(lang),
        LineRole::Order => say::role_order(lang),
        LineRole::PaymentFailed => say::role_payment_failed(lang),
        LineRole::CreditGrant => say::role_credit_grant(lang),
        LineRole::CreditNote => say::role_credit_note(lang),
        LineRole::Cancellation => say::role_cancellation(lang),
        LineRole::PlanState => say::role_plan_state(lang),
        LineRole::Usage => say::role_usage(lang),
    }
}

/// Which kind of evidence a file holds.
pub(in crate::report) fn side(lang: Lang, side: SourceSide) -> String {
    match side {
        SourceSide::Statement => say::side_statement(lang),
        SourceSide::Billing => say::side_billing(lang),
        SourceSide::Plan => say::side_plan(lang),
        SourceSide::Attempts => say::side_attempts(lang),
    }
}

/// A channel of conversion by its key in the band data; a key without words stands as it is.
pub(in crate::report) fn channel_name(voice: &Voice<'_>, key: &str) -> String {
    let lang = voice.lang;
    match key {
        "scheme" => say::channel_scheme(lang),
        "card_embedded_fee" => say::channel_card_embedded_fee(lang),
        "bank_conversion" => say::channel_bank_conversion(lang),
        "fintech" => say::channel_fintech(lang),
        "paypal" => say::channel_paypal(lang),
        "adaptive_pricing" => say::channel_adaptive_pricing(lang),
        "dcc" => say::channel_dcc(lang),
        "wire" => say::channel_wire(lang),
        "unknown" => say::channel_unknown(lang),
        other => voice.id(other),
    }
}

/// A deadline by its key in the vendor data; a key without words stands as it is.
pub(in crate::report) fn deadline(voice: &Voice<'_>, key: &str) -> String {
    let lang = voice.lang;
    match key {
        "paypal-dispute" => say::deadline_paypal_dispute(lang),
        "card-dispute" => say::deadline_card_dispute(lang),
        "us-billing-error" => say::deadline_billing_error_notice(lang),
        other => voice.id(other),
    }
}
