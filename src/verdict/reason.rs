//! Why a verdict was given: facts with their figures, without language.

use crate::domain::{Account, Currency, Day, DeclineCause, Money, Route};
use crate::matching::Said;
use rust_decimal::Decimal;

/// One reason of a verdict. `report` words it in the reader's language; `code` names it for programs.
///
/// Amounts are positive. File names are base names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reason {
    /// Charge and billing record carry the same identifier.
    JoinedByReference { invoice: String, reference: String },
    /// Same currency and amount within the window; `gap_days` from billing day to transaction day, signed.
    JoinedExact { invoice: String, amount: Money, gap_days: i64 },
    /// Other currency, inside the channel's band around the reference rate.
    JoinedConverted {
        invoice: String,
        total: Money,
        charged: Money,
        channel: String,
        lo_percent: Decimal,
        hi_percent: Decimal,
    },
    /// Several parts add up exactly to the invoice.
    JoinedSum { invoice: String, total: Money },
    /// Two papers of the invoice contradict each other; the places are `file:line`.
    PapersDisagree { first: String, second: String, said: Said },
    /// The charge is what the invoice says arrived of it.
    JoinedArrived { invoice: String, amount: Money },
    /// A balance on the account made what was to be paid other than the total.
    BalanceApplied { invoice: String, total: Money, asked: Money },
    /// Nothing else was left on either side and the amounts are less than half apart.
    JoinedLeftover { invoice: String, total: Money, charged: Money },
    /// A list covers the day and holds no invoice that fits; rests on an absence.
    NoInvoice { files: Vec<String>, as_of: Day },
    /// The whole total left the payer, yet the invoice stands open or uncollectible.
    InvoiceUnpaid { invoice: String },
    /// The invoice was taken back, yet the money left the payer.
    InvoiceVoid { invoice: String },
    /// The account showed no such plan on a day inside the paid period.
    PlanInactive { observed_on: Day, plan: Option<String> },
    /// The account showed a plan that had ended before the day of the look, inside the paid period.
    PlanEnded { observed_on: Day, plan: Option<String>, ended_on: Day },
    /// The account showed the plan or credit.
    ActivationObserved { observed_on: Day },
    /// Only the paid invoice says so; nothing given of the account speaks of it.
    ActivationPresumed { invoice: String, account_given: bool },
    /// The invoice's paper was written before it could be paid; the charge fits it.
    ChargedAsIssued { invoice: String, account_given: bool },
    /// No grant of the amount between two days, although grants are known up to `known_to`; rests on an absence.
    CreditNotGranted { amount: Money, from: Day, to: Day, known_to: Day },
    /// The credit was granted.
    CreditGranted { amount: Money, day: Day },
    /// Refunds give back the whole charge.
    RefundedInFull { paid: Money, back: Money, last_day: Day },
    /// Part of the charge came back; taken off what is at stake.
    RefundedInPart { back: Money, last_day: Day },
    /// The whole invoice was refunded, but less came back in the payer's currency.
    RefundShort { paid: Money, back: Money, missing: Money },
    /// Where the loss of a refund went: buying cost not given back, move of the rate, cost of converting back.
    RefundLoss { markup_and_fees: Money, rate_move: Money, refund_spread: Money, paid_day: Day, refund_day: Day },
    /// The refund does not fit the whole invoice at any rate near its day or the charge's.
    RefundUnexplained { expected_from: Money, expected_to: Money },
    /// Charge and refund print the same amount in the merchant's currency.
    RefundOriginalWhole { original: Money },
    /// The billing side records a refund.
    RefundRecorded { number: Option<String>, day: Day, amount: Money },
    /// No refund entry stands in the statement, which covers the days; rests on an absence.
    RefundNotSeen { files: Vec<String>, from: Day, to: Day },
    /// A credit note went to the account's balance: no money goes back to the card for it.
    CreditedToBalance { number: Option<String>, day: Day, amount: Money },
    /// The refund is 14 days old or younger and may still come.
    RefundPending { day: Day, wait_until: Day },
    /// The statement does not cover the days on which the refund would stand.
    RefundDaysNotCovered { from: Day, to: Day },
    /// A refund whose charge stands in none of the files.
    RefundWithoutCharge { day: Day, amount: Money },
    /// Another charge of the same invoice amount has the only invoice.
    DuplicateOf { other_day: Day, other_amount: Money, other_place: String, invoice: String },
    /// The invoice belongs to another account than those given.
    WrongAccount { invoice: String, billed: Account, given: Vec<Account> },
    /// A cancellation was in effect before the period began, and no order stands between.
    ChargedAfterCancel { cancelled_on: Day, period_start: Day },
    /// A cancellation was in effect before the period began; no file given would show a new order since.
    CancelledBefore { cancelled_on: Day, period_start: Day },
    /// A new order stands between the cancellation and the charge.
    OrderedAgain { cancelled_on: Day, ordered_on: Day },
    /// Less arrived than was invoiced.
    ArrivedShort { total: Money, arrived: Money, missing: Money },
    /// What the conversion took from the payment; the amount that would have been needed.
    FxTook { sent: Money, sent_at_reference: Money, spread: Money, needed_to_send: Money },
    /// More left the payer than was invoiced, tax, fees and conversion considered.
    Overcharged { charged: Money, total: Money, excess: Money },
    /// Less left the payer than was invoiced and conversion does not explain it.
    Undercharged { charged: Money, total: Money, missing: Money },
    /// The converted amount lies outside the channel's band around the reference rate.
    OutsideBand { charged: Money, accept_from: Money, accept_to: Money, channel: String },
    /// The charge is younger than the grace for activation.
    TooRecent { as_of: Day, callable_on: Day },
    /// The billing evidence begins later.
    BeforeBillingCoverage { billing_from: Day },
    /// A row of a billing list near the charge could not be read and was passed over.
    ListHasHole { file: String },
    /// Neither a billing list nor the plan side covers the charge.
    NoBillingEvidence { account_given: bool },
    /// An unjoined invoice stands near, in another currency, and the day has no reference rate.
    NoReferenceRate { invoice: Currency, charge: Currency, day: Day, known_to: Day },
    /// A store's bare descriptor at one of the vendor's prices, without the store's own record.
    StoreChargeUnidentified { store: String },
    /// The same row stands in two exports that disagree: perhaps one charge, perhaps two.
    ExportsDisagree { other_place: String },
    /// The hold is pending; such holds usually fall away by `falls_by`.
    HoldPending { day: Day, falls_by: Day },
    /// The hold is older than such holds usually last: ask the issuer.
    HoldOverdue { days: i64 },
    /// The hold was released and never posted.
    HoldReleased { day: Day },
    /// A later export of the account covers the days and no longer shows the hold; rests on an absence.
    HoldLapsed { day: Day, until: Day, file: String },
    /// The payment was declined.
    Declined { cause: DeclineCause, reason: Option<String> },
    /// What to do next after a decline of this cause.
    NextStep { cause: DeclineCause },
    /// The balance would have met the amount at the reference rate, but not after conversion cost or drift.
    FxDeclined { available: Money, reference_cost: Money, needed: Money, shortfall: Money },
    /// Where the conversion cost was learned: number of past charges of the same card and their median markup.
    LearnedMarkup { charges: u32, percent: Decimal },
    /// The conversion cost is what the config file says of the instrument; how much it comes to here.
    DescribedCosts { name: String, cost: Money },
    /// The day of a refused payment has no reference rate: whether conversion was the cause cannot be told.
    NoRateToCompare { from: Currency, to: Currency, day: Day, known_to: Day },
    /// Too few past charges of the card to say what a conversion costs there.
    MarkupUnknown { charges: u32 },
    /// Billing says paid; the statements that cover the days show nothing.
    PaidElsewhere { invoice: String, files: Vec<String> },
    /// Billing says paid on days that no statement covers.
    PaidDayNotCovered { invoice: String, from: Day, to: Day },
    /// An open invoice that nothing was charged for.
    UnpaidInvoice { invoice: String, due: Day },
    /// An invoice whose paper does not show if it was paid; no statement covers its days.
    IssuedDayNotCovered { invoice: String, from: Day, to: Day },
    /// The same, and the statements that cover its days show no charge for it.
    IssuedNotCharged { invoice: String, from: Day, to: Day },
    /// Which of `count` equal rows is meant cannot be told; the amount is certain.
    Interchangeable { count: u32 },
    /// Another assignment is as good and would change the verdict.
    OtherAssignment,
    /// The vendor has no record at all: ask the issuer or wallet as well.
    AskIssuer,
    /// The same, for a payment through PayPal.
    AskPaypal,
    /// What the conversion cost against the reference rate, for information.
    ConversionCost { reference_cost: Money, markup: Money, percent: Decimal, rate: Decimal, rate_day: Day },
    /// A payment of this amount failed or was given up at the checkout, yet the charge was posted.
    FailedAtCheckout { day: Day },
    /// The amount is a list price, as it stands (no percent) or with that tax; `plans` are keys of the vendor data.
    PricedAs { charged: Money, plans: Vec<String>, price: Money, tax_percent: Decimal, countries: Vec<String> },
    /// Another login has had the plan since the days of the charge, and no invoice of that login explains it.
    ActiveElsewhere { account: Account, since: Day },
    /// The account had a plan in force that was given away, or discounted by everything.
    GratisPlan { seen_on: Day },
    /// The account showed a payment overdue.
    SeenPastDue { observed_on: Day },
    /// Fewer seats were there than the invoice bills.
    SeatsShort { billed: u32, shown: u32, observed_on: Day },
    /// The store's own records, under these numbers, say what was bought.
    SoldByStore { store: Route, orders: Vec<String> },
    /// The store's record says that money was given back, and not when.
    StoreGaveBack { order: String },
    /// The invoice changes the plan in the middle of a period and credits or charges the rest of it.
    ChangedMidway { invoice: String },
    /// Other invoices that were paid are for exactly the same period; `value` is what this one cost.
    SamePeriod { invoices: Vec<String>, from: Day, to: Day, value: Money },
    /// Days of the period were paid for before; `value` is this invoice's share of them.
    PeriodOverlap { invoice: String, from: Day, to: Day, days: i64, value: Money },
    /// A hold of the amount that is held when a card is put on an account; nothing was bought.
    CardSetupHold { amount: Money },
    /// Credit was used in the days right after its purchase.
    UsedAfter { day: Day },
    /// The rate that the statement's own amounts make, where no reference rate is known to hold it against.
    StatementRate { original: Money, account: Money, rate: Decimal },
    /// The difference is a tax on the purchase, to the minor unit.
    LooksLikeTax { net: Money, gross: Money, percent: Decimal, countries: Vec<String> },
    /// The charge is the invoice without its tax.
    WithoutItsTax { subtotal: Money, total: Money },
    /// An invoice without a charge would fit this one if it was converted before the card saw it.
    FitsLocalConversion { invoice: String, total: Money, charged: Money, lo_percent: Decimal, hi_percent: Decimal },
    /// An innocent explanation that was ruled out, by which evidence.
    RuledOut { what: Innocent },
    /// An innocent explanation that the files cannot rule out.
    NotRuledOut { what: Innocent },
}

/// An innocent explanation that is looked at before a fault is claimed (domain rules, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Innocent {
    PropagationDelay,
    OtherLogin,
    PendingHold,
    Promotion,
    StoreSubscription,
    SpendLimit,
    NegativeBalance,
    Reseller,
}

impl Innocent {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Innocent::PropagationDelay => "propagation-delay",
            Innocent::OtherLogin => "other-login",
            Innocent::PendingHold => "pending-hold",
            Innocent::Promotion => "promotion",
            Innocent::StoreSubscription => "store-subscription",
            Innocent::SpendLimit => "spend-limit",
            Innocent::NegativeBalance => "negative-balance",
            Innocent::Reseller => "reseller",
        }
    }
}

/// Makes [`Reason::code`] from one row a reason; the compiler still asks for every variant.
macro_rules! codes {
    ($($variant:ident => $code:literal;)*) => {
        impl Reason {
            /// The name of the reason for programs, stable across languages.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Reason::$variant { .. } => $code,)*
                }
            }
        }
    };
}

codes! {
    JoinedByReference => "joined-by-reference";
    JoinedExact => "joined-exact";
    JoinedConverted => "joined-converted";
    JoinedSum => "joined-sum";
    JoinedLeftover => "joined-leftover";
    PapersDisagree => "papers-disagree";
    BalanceApplied => "balance-applied";
    JoinedArrived => "joined-arrived";
    NoInvoice => "no-invoice";
    InvoiceUnpaid => "invoice-unpaid";
    InvoiceVoid => "invoice-void";
    PlanInactive => "plan-inactive";
    PlanEnded => "plan-ended";
    ActivationObserved => "activation-observed";
    ActivationPresumed => "activation-presumed";
    ChargedAsIssued => "charged-as-issued";
    CreditNotGranted => "credit-not-granted";
    CreditGranted => "credit-granted";
    RefundedInFull => "refunded-in-full";
    RefundedInPart => "refunded-in-part";
    RefundShort => "refund-short";
    RefundLoss => "refund-loss";
    RefundUnexplained => "refund-unexplained";
    RefundOriginalWhole => "refund-original-whole";
    RefundRecorded => "refund-recorded";
    CreditedToBalance => "credited-to-balance";
    RefundNotSeen => "refund-not-seen";
    RefundPending => "refund-pending";
    RefundDaysNotCovered => "refund-days-not-covered";
    RefundWithoutCharge => "refund-without-charge";
    DuplicateOf => "duplicate-of";
    WrongAccount => "wrong-account";
    ChargedAfterCancel => "charged-after-cancel";
    CancelledBefore => "cancelled-before";
    OrderedAgain => "ordered-again";
    ArrivedShort => "arrived-short";
    FxTook => "fx-took";
    Overcharged => "overcharged";
    Undercharged => "undercharged";
    OutsideBand => "outside-band";
    TooRecent => "too-recent";
    BeforeBillingCoverage => "before-billing-coverage";
    ListHasHole => "list-has-hole";
    NoBillingEvidence => "no-billing-evidence";
    NoReferenceRate => "no-reference-rate";
    StoreChargeUnidentified => "store-charge-unidentified";
    ExportsDisagree => "exports-disagree";
    HoldPending => "hold-pending";
    HoldOverdue => "hold-overdue";
    HoldReleased => "hold-released";
    HoldLapsed => "hold-lapsed";
    Declined => "declined";
    NextStep => "next-step";
    FxDeclined => "fx-declined";
    StatementRate => "statement-rate";
    LooksLikeTax => "looks-like-tax";
    WithoutItsTax => "without-its-tax";
    FitsLocalConversion => "fits-local-conversion";
    NoRateToCompare => "no-rate-to-compare";
    DescribedCosts => "described-costs";
    LearnedMarkup => "learned-markup";
    MarkupUnknown => "markup-unknown";
    PaidElsewhere => "paid-elsewhere";
    PaidDayNotCovered => "paid-day-not-covered";
    UnpaidInvoice => "unpaid-invoice";
    IssuedDayNotCovered => "issued-day-not-covered";
    IssuedNotCharged => "issued-not-charged";
    Interchangeable => "interchangeable";
    OtherAssignment => "other-assignment";
    AskIssuer => "ask-issuer";
    AskPaypal => "ask-paypal";
    ConversionCost => "conversion-cost";
    FailedAtCheckout => "failed-at-checkout";
    PricedAs => "priced-as";
    ActiveElsewhere => "active-elsewhere";
    GratisPlan => "gratis-plan";
    SeenPastDue => "seen-past-due";
    SeatsShort => "seats-short";
    SoldByStore => "sold-by-store";
    StoreGaveBack => "store-gave-back";
    ChangedMidway => "changed-midway";
    SamePeriod => "same-period";
    PeriodOverlap => "period-overlap";
    CardSetupHold => "card-setup-hold";
    UsedAfter => "used-after";
    RuledOut => "ruled-out";
    NotRuledOut => "not-ruled-out";
}
