//! What the vendor (or a store) says it billed, was paid and gave back.

use super::{Account, Day, LastFour, Money, Product, Route, SourceRef};

/// What a record of the billing side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BillingKind {
    /// A demand for payment; proves no payment by itself.
    Invoice,
    /// The confirmation of a payment.
    Receipt,
    /// A new subscription placed.
    Order,
    /// The vendor could not collect.
    PaymentFailed,
    /// Money given back on a paid invoice.
    Refund,
    /// An invoice reduced or taken back.
    CreditNote,
    /// Prepaid credit put on an account.
    CreditGrant,
    /// A subscription ended.
    Cancellation,
}

impl BillingKind {
    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            BillingKind::Invoice => "invoice",
            BillingKind::Receipt => "receipt",
            BillingKind::Order => "order",
            BillingKind::PaymentFailed => "payment-failed",
            BillingKind::Refund => "refund",
            BillingKind::CreditNote => "credit-note",
            BillingKind::CreditGrant => "credit-grant",
            BillingKind::Cancellation => "cancellation",
        }
    }

    /// All kinds, in the order of their definition.
    pub const ALL: [BillingKind; 8] = [
        BillingKind::Invoice,
        BillingKind::Receipt,
        BillingKind::Order,
        BillingKind::PaymentFailed,
        BillingKind::Refund,
        BillingKind::CreditNote,
        BillingKind::CreditGrant,
        BillingKind::Cancellation,
    ];

    /// Whether a record of this kind must carry a total and a currency.
    pub fn is_money(self) -> bool {
        !matches!(self, BillingKind::Order | BillingKind::Cancellation | BillingKind::PaymentFailed)
    }
}

/// What the vendor says became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BillingStatus {
    /// Paid.
    Paid,
    /// Issued; the paper was written before anybody could pay, so it does not show whether it was paid.
    Issued,
    /// Waiting for payment.
    Open,
    /// Taken back before payment.
    Void,
    /// Given up; counts as open.
    Uncollectible,
    /// Not yet final.
    Draft,
    /// An order placed.
    Placed,
    /// Money given back.
    Refunded,
    /// A collection that failed.
    Failed,
    /// Credit granted.
    Granted,
    /// A cancellation in effect.
    Effective,
}

impl BillingStatus {
    /// All statuses, in the order of their definition.
    pub const ALL: [BillingStatus; 11] = [
        BillingStatus::Paid,
        BillingStatus::Issued,
        BillingStatus::Open,
        BillingStatus::Void,
        BillingStatus::Uncollectible,
        BillingStatus::Draft,
        BillingStatus::Placed,
        BillingStatus::Refunded,
        BillingStatus::Failed,
        BillingStatus::Granted,
        BillingStatus::Effective,
    ];

    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            BillingStatus::Paid => "paid",
            BillingStatus::Issued => "issued",
            BillingStatus::Open => "open",
            BillingStatus::Void => "void",
            BillingStatus::Uncollectible => "uncollectible",
            BillingStatus::Draft => "draft",
            BillingStatus::Placed => "placed",
            BillingStatus::Refunded => "refunded",
            BillingStatus::Failed => "failed",
            BillingStatus::Granted => "granted",
            BillingStatus::Effective => "effective",
        }
    }
}

/// One record of the billing side. Amounts are positive.
#[derive(Clone, Debug)]
pub struct BillingRecord {
    /// Where the record stands.
    pub at: SourceRef,
    /// Day of issue.
    pub date: Day,
    /// What it is.
    pub kind: BillingKind,
    /// Its own number: invoice number, order number.
    pub number: Option<String>,
    /// Account billed.
    pub account: Option<Account>,
    /// Product billed.
    pub product: Option<Product>,
    /// Plan named by the description, as a key of the vendor data (`plus`).
    pub plan: Option<String>,
    /// Description as in the file.
    pub description: String,
    /// Amount before tax.
    pub subtotal: Option<Money>,
    /// Tax.
    pub tax: Option<Money>,
    /// Name and rate of the tax, where a paper prints them: `VAT - Turkey 20%`.
    pub tax_name: Option<String>,
    /// Amount billed, tax included; present for money kinds.
    pub total: Option<Money>,
    /// Amount asked for, where the source says that it is not the total: less by a balance on the account, or more.
    pub amount_due: Option<Money>,
    /// Amount that the vendor says arrived, where the source has it.
    pub amount_paid: Option<Money>,
    /// Balance of prepaid credit after the record, where the source has it.
    pub balance_after: Option<Money>,
    /// What became of it.
    pub status: BillingStatus,
    /// First day paid for.
    pub period_start: Option<Day>,
    /// Last day paid for.
    pub period_end: Option<Day>,
    /// Day of payment.
    pub paid_on: Option<Day>,
    /// Payment method as written: `Visa-4242`.
    pub payment_method: Option<String>,
    /// Last four digits of the payment method.
    pub card: Option<LastFour>,
    /// An identifier of the payment on the payer's side; for a refund or credit note, the invoice's number.
    pub reference: Option<String>,
    /// The store that sold it, for a store's own record.
    pub store: Option<Route>,
    /// Seats of a workspace billed, where the paper counts them.
    pub seats: Option<u32>,
    /// Whether it opens a subscription or goes on with one, where the source says.
    pub opens: Option<bool>,
}
