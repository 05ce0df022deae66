//! What a record is and what became of it, in words.

use crate::domain::{AttemptResult, BillingKind, BillingStatus, EntryKind, EntryStatus, PlanState};
use crate::listing::{ListedKind, ListedState};
use crate::text::{Lang, catalogue as say};

pub(super) fn kind(lang: Lang, kind: ListedKind) -> String {
    match kind {
        ListedKind::Entry(kind) => entry_kind(lang, kind),
        ListedKind::Billing(kind) => billing_kind(lang, kind),
        ListedKind::PlanState => say::role_plan_state(lang),
        ListedKind::Attempt => say::role_attempt(lang),
        ListedKind::Usage => say::role_usage(lang),
    }
}

fn entry_kind(lang: Lang, kind: EntryKind) -> String {
    match kind {
        EntryKind::Purchase => say::kind_purchase(lang),
        EntryKind::Refund => say::role_refund(lang),
        EntryKind::Authorization => say::role_authorization(lang),
        EntryKind::AuthorizationReversal => say::role_release(lang),
        EntryKind::Chargeback => say::kind_chargeback(lang),
        EntryKind::Fee => say::role_fee(lang),
        EntryKind::Conversion => say::role_conversion(lang),
        EntryKind::Funding => say::role_funding(lang),
        EntryKind::Withdrawal => say::kind_withdrawal(lang),
        EntryKind::Memo => say::kind_memo(lang),
        EntryKind::Other => say::kind_other(lang),
    }
}

fn billing_kind(lang: Lang, kind: BillingKind) -> String {
    match kind {
        BillingKind::Invoice => say::role_invoice(lang),
        BillingKind::Receipt => say::role_receipt(lang),
        BillingKind::Order => say::role_order(lang),
        BillingKind::PaymentFailed => say::role_payment_failed(lang),
        BillingKind::Refund => say::role_refund(lang),
        BillingKind::CreditNote => say::role_credit_note(lang),
        BillingKind::CreditGrant => say::role_credit_grant(lang),
        BillingKind::Cancellation => say::role_cancellation(lang),
    }
}

pub(super) fn state(lang: Lang, state: ListedState) -> String {
    match state {
        ListedState::Entry(status) => match status {
            EntryStatus::Posted => say::status_posted(lang),
            EntryStatus::Pending => say::status_pending(lang),
            EntryStatus::Voided => say::status_voided(lang),
            EntryStatus::Expired => say::status_expired(lang),
            EntryStatus::Declined => say::status_declined(lang),
            EntryStatus::Unknown => "-".to_string(),
        },
        ListedState::Billing(status) => billing_state(lang, status),
        ListedState::Plan(state) => match state {
            PlanState::Active => say::state_active(lang),
            PlanState::Inactive => say::state_inactive(lang),
            PlanState::PastDue => say::state_past_due(lang),
            PlanState::Cancelled => say::state_cancelled(lang),
        },
        ListedState::Attempt(result) => match result {
            AttemptResult::Declined => say::status_declined(lang),
            AttemptResult::Abandoned => say::state_abandoned(lang),
            AttemptResult::Approved => say::state_approved(lang),
        },
        ListedState::Usage => "-".to_string(),
    }
}

fn billing_state(lang: Lang, status: BillingStatus) -> String {
    match status {
        BillingStatus::Paid => say::state_paid(lang),
        BillingStatus::Issued => say::state_issued(lang),
        BillingStatus::Open => say::state_open(lang),
        BillingStatus::Void => say::state_void(lang),
        BillingStatus::Uncollectible => say::state_uncollectible(lang),
        BillingStatus::Draft => say::state_draft(lang),
        BillingStatus::Placed => say::state_placed(lang),
        BillingStatus::Refunded => say::state_refunded(lang),
        BillingStatus::Failed => say::state_failed(lang),
        BillingStatus::Granted => say::state_granted(lang),
        BillingStatus::Effective => say::state_effective(lang),
    }
}
