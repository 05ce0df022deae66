//! The finished case: one purchase, followed along its chain, with its verdict.

use super::Reason;
use crate::domain::{Account, Currency, Day, DeclineCause, LastFour, Money, Period, SourceRef};
use crate::fx::CaseFx;
use crate::text::InEach;

/// What payproof says of a case, in the order of precedence of the domain rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Verdict {
    Refunded,
    RefundShort,
    RefundMissing,
    DuplicateCharge,
    WrongAccount,
    ChargedAfterCancel,
    FxUnderpaid,
    ChargedNotActivated,
    AmountMismatch,
    Settled,
    PendingHold,
    ReleasedHold,
    FxDeclined,
    Declined,
    PaidElsewhere,
    UnpaidInvoice,
    Inconclusive,
}

/// Why, where a verdict has more than one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Cause {
    // charged-not-activated
    NoInvoice,
    InvoiceUnpaid,
    InvoiceVoid,
    PlanInactive,
    CreditNotGranted,
    // amount-mismatch
    Overcharged,
    Undercharged,
    // settled
    ActivationObserved,
    ActivationPresumed,
    // refund-short
    Fx,
    Unexplained,
    // inconclusive
    TooRecent,
    BeforeBillingCoverage,
    NoBillingEvidence,
    RefundPending,
    OutsideStatementCoverage,
    NoReferenceRate,
    StoreChargeUnidentified,
    ExportsDisagree,
    // declined
    Decline(DeclineCause),
}

/// Whom the claim is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Addressee {
    Openai,
    Paypal,
    Issuer,
    Apple,
    Google,
}

/// How much the verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Every join on the verdict's path is by reference, or the plan side says it outright.
    Certain,
    /// A join is by amount and date, or the verdict rests on an absence.
    Probable,
    /// Another assignment is as good and would change the verdict.
    Ambiguous,
}

/// What a cited row is in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum LineRole {
    Charge,
    Authorization,
    Decline,
    Funding,
    Conversion,
    Fee,
    Refund,
    Release,
    Attempt,
    Invoice,
    Receipt,
    Order,
    PaymentFailed,
    CreditGrant,
    CreditNote,
    Cancellation,
    PlanState,
    Usage,
}

/// One row of a file that the verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseLine {
    /// The row's day.
    pub day: Day,
    /// What it is in the chain.
    pub role: LineRole,
    /// Where it stands.
    pub at: SourceRef,
    /// Its amount: on a statement signed from the holder's view, on the billing side as billed.
    pub money: Option<SignedMoney>,
    /// The record's own identifier.
    pub id: Option<String>,
    /// Descriptor or description, as in the file.
    pub text: Option<String>,
    /// Last four digits of the card that the row names.
    pub card: Option<LastFour>,
    /// The days that an invoice is for, or on which the account showed the plan in force.
    pub period: Option<Period>,
}

/// Money that may be sorted: by currency, then figure. For listing rows only, never for adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedMoney(pub Money);

impl Ord for SignedMoney {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |money: &SignedMoney| (money.0.currency(), money.0.minor_units());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for SignedMoney {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A last day for doing something about a case. Information, not legal advice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// Last day.
    pub by: Day,
    /// Key of the deadline in the vendor data (`paypal-dispute`).
    pub what: String,
    /// Where the figure comes from.
    pub source: InEach,
}

/// One purchase with its verdict.
#[derive(Clone, Debug)]
pub struct Case {
    /// Content-derived and stable: the same input gives the same id, whatever the order of files and rows.
    pub id: String,
    /// The day under which the case is listed: charge, attempt or invoice day.
    pub day: Day,
    /// The verdict.
    pub verdict: Verdict,
    /// Its cause.
    pub cause: Option<Cause>,
    /// Whether a claim can be made.
    pub claimable: bool,
    /// Whom to claim from.
    pub claim_to: Option<Addressee>,
    /// How much it rests on.
    pub confidence: Confidence,
    /// Day of the posted charge.
    pub charged_on: Option<Day>,
    /// Account with the vendor.
    pub account: Option<Account>,
    /// What left the payer's pocket, positive, in its currency.
    pub paid: Option<Money>,
    /// What was invoiced.
    pub invoiced: Option<Money>,
    /// What a claim would ask for, positive.
    pub at_stake: Option<Money>,
    /// What the currency conversion did. Boxed, since most purchases have none.
    pub fx: Option<Box<CaseFx>>,
    /// The rows the verdict rests on, sorted by day, role and place.
    pub lines: Vec<CaseLine>,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
    /// Deadlines, earliest first.
    pub deadlines: Vec<Deadline>,
}

impl Verdict {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Refunded => "refunded",
            Verdict::RefundShort => "refund-short",
            Verdict::RefundMissing => "refund-missing",
            Verdict::DuplicateCharge => "duplicate-charge",
            Verdict::WrongAccount => "wrong-account",
            Verdict::ChargedAfterCancel => "charged-after-cancel",
            Verdict::FxUnderpaid => "fx-underpaid",
            Verdict::ChargedNotActivated => "charged-not-activated",
            Verdict::AmountMismatch => "amount-mismatch",
            Verdict::Settled => "settled",
            Verdict::PendingHold => "pending-hold",
            Verdict::ReleasedHold => "released-hold",
            Verdict::FxDeclined => "fx-declined",
            Verdict::Declined => "declined",
            Verdict::PaidElsewhere => "paid-elsewhere",
            Verdict::UnpaidInvoice => "unpaid-invoice",
            Verdict::Inconclusive => "inconclusive",
        }
    }

    /// Whether `reconcile --check` counts the case as a discrepancy.
    pub fn is_discrepancy(self) -> bool {
        !matches!(self, Verdict::Settled | Verdict::Refunded | Verdict::ReleasedHold)
    }
}

impl Cause {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Cause::NoInvoice => "no-invoice",
            Cause::InvoiceUnpaid => "invoice-unpaid",
            Cause::InvoiceVoid => "invoice-void",
            Cause::PlanInactive => "plan-inactive",
            Cause::CreditNotGranted => "credit-not-granted",
            Cause::Overcharged => "overcharged",
            Cause::Undercharged => "undercharged",
            Cause::ActivationObserved => "activation-observed",
            Cause::ActivationPresumed => "activation-presumed",
            Cause::Fx => "fx",
            Cause::Unexplained => "unexplained",
            Cause::TooRecent => "too-recent",
            Cause::BeforeBillingCoverage => "before-billing-coverage",
            Cause::NoBillingEvidence => "no-billing-evidence",
            Cause::RefundPending => "refund-pending",
            Cause::OutsideStatementCoverage => "outside-statement-coverage",
            Cause::NoReferenceRate => "no-reference-rate",
            Cause::StoreChargeUnidentified => "store-charge-unidentified",
            Cause::ExportsDisagree => "exports-disagree",
            Cause::Decline(cause) => match cause {
                DeclineCause::InsufficientFunds => "insufficient-funds",
                DeclineCause::CardExpired => "card-expired",
                DeclineCause::CardDetails => "card-details",
                DeclineCause::Authentication => "authentication",
                DeclineCause::IssuerBlocked => "issuer-blocked",
                DeclineCause::CrossBorderBlocked => "cross-border-blocked",
                DeclineCause::MethodUnsupported => "method-unsupported",
                DeclineCause::RegionUnsupported => "region-unsupported",
                DeclineCause::AccountRestricted => "account-restricted",
                DeclineCause::Gateway => "gateway",
                DeclineCause::Network => "network",
                DeclineCause::Unknown => "unknown",
            },
        }
    }
}

impl Addressee {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Addressee::Openai => "openai",
            Addressee::Paypal => "paypal",
            Addressee::Issuer => "issuer",
            Addressee::Apple => "apple",
            Addressee::Google => "google",
        }
    }
}

impl Confidence {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Probable => "probable",
            Confidence::Ambiguous => "ambiguous",
        }
    }
}

impl LineRole {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            LineRole::Charge => "charge",
            LineRole::Authorization => "authorization",
            LineRole::Decline => "decline",
            LineRole::Funding => "funding",
            LineRole::Conversion => "conversion",
            LineRole::Fee => "fee",
            LineRole::Refund => "refund",
            LineRole::Release => "reversal",
            LineRole::Attempt => "attempt",
            LineRole::Invoice => "invoice",
            LineRole::Receipt => "receipt",
            LineRole::Order => "order",
            LineRole::PaymentFailed => "payment-failed",
            LineRole::CreditGrant => "credit-grant",
            LineRole::CreditNote => "credit-note",
            LineRole::Cancellation => "cancellation",
            LineRole::PlanState => "plan-state",
            LineRole::Usage => "usage",
        }
    }
}

/// Sums amounts per currency, in currency order. `None` where a sum leaves 64 bits.
pub fn sum_by_currency(amounts: impl Iterator<Item = Money>) -> Option<Vec<Money>> {
    let mut sums: std::collections::BTreeMap<Currency, Money> = std::collections::BTreeMap::new();
    for amount in amounts {
        let sum = match sums.get(&amount.currency()) {
            Some(sum) => sum.checked_add(amount).ok()?,
            None => amount,
        };
        sums.insert(amount.currency(), sum);
    }
    Some(sums.into_values().collect())
}
