//! What was read, normalised and not yet judged: the value behind `payproof entries`.
//!
//! Every record of every file stands here once, in the order of its file, whether it concerns the vendor or not.

use crate::domain::{
    Account, Attempt, AttemptResult, BillingKind, BillingRecord, BillingStatus, Currency, Day, Entry, EntryKind,
    EntryStatus, Money, Observation, PlanState, Product, SourceRef, Usage,
};
use crate::reconciliation::Notice;
use crate::source::SourceFile;
use rust_decimal::Decimal;

/// Everything that `entries` shows.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The files read, sorted; `SourceId` is the index.
    pub sources: Vec<SourceFile>,
    /// Their records, by file and line.
    pub rows: Vec<Listed>,
    /// What the reader should know of the files.
    pub notices: Vec<Notice>,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedKind {
    /// A line of a statement.
    Entry(EntryKind),
    /// What the vendor billed, was paid or gave back.
    Billing(BillingKind),
    /// What the account showed.
    PlanState,
    /// An attempt to pay.
    Attempt,
    /// That something was used.
    Usage,
}

impl ListedKind {
    /// The name used in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            ListedKind::Entry(kind) => kind.name(),
            ListedKind::Billing(kind) => kind.name(),
            ListedKind::PlanState => "plan-state",
            ListedKind::Attempt => "attempt",
            ListedKind::Usage => "usage",
        }
    }
}

/// What became of a record, as far as its source tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedState {
    /// How far a line of a statement has come.
    Entry(EntryStatus),
    /// What the vendor says became of its record.
    Billing(BillingStatus),
    /// What the account showed.
    Plan(PlanState),
    /// How an attempt ended.
    Attempt(AttemptResult),
    /// Use has no state.
    Usage,
}

impl ListedState {
    /// The status of an entry; that of a record of another side is not known.
    pub fn status(self) -> EntryStatus {
        match self {
            ListedState::Entry(status) => status,
            ListedState::Attempt(AttemptResult::Declined) => EntryStatus::Declined,
            ListedState::Attempt(AttemptResult::Abandoned) => EntryStatus::Voided,
            // That money moved is for a statement to say.
            ListedState::Attempt(AttemptResult::Approved)
            | ListedState::Billing(_)
            | ListedState::Plan(_)
            | ListedState::Usage => EntryStatus::Unknown,
        }
    }
}

/// One record of any kind, in the words that all kinds share.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Where it stands.
    pub at: SourceRef,
    /// When the payer acted, else the only day that the record has.
    pub day: Option<Day>,
    /// When it was booked or paid.
    pub posted_on: Option<Day>,
    /// Statements: signed from the holder's view. Billing side: the total as billed, negative where money goes back.
    pub amount: Option<Decimal>,
    /// The amount, where its direction is not stated.
    pub unsigned: Option<Decimal>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Text as in the file, runs of white space as one blank.
    pub description: String,
    /// What became of it.
    pub state: ListedState,
    /// The file's own word for that.
    pub status_text: Option<String>,
    /// What it is.
    pub kind: ListedKind,
    /// The amount in the currency charged.
    pub original: Option<Money>,
    /// Fee on top of the amount.
    pub fee: Option<Money>,
    /// Its own identifier.
    pub id: Option<String>,
    /// The identifier it refers to.
    pub reference: Option<String>,
    /// Account with the vendor.
    pub account: Option<Account>,
    /// Product, on the billing and plan side.
    pub product: Option<Product>,
    /// Payment method as written.
    pub payment_method: Option<String>,
}

impl Listed {
    fn of(at: SourceRef, kind: ListedKind, state: ListedState) -> Listed {
        Listed {
            at,
            day: None,
            posted_on: None,
            amount: None,
            unsigned: None,
            currency: None,
            description: String::new(),
            state,
            status_text: None,
            kind,
            original: None,
            fee: None,
            id: None,
            reference: None,
            account: None,
            product: None,
            payment_method: None,
        }
    }
}

impl From<Entry> for Listed {
    fn from(entry: Entry) -> Listed {
        let (amount, unsigned) = if entry.directed { (entry.value, None) } else { (None, entry.value) };
        Listed {
            day: entry.day(),
            posted_on: entry.posting_date.map(|date| date.0),
            amount,
            unsigned,
            currency: entry.currency,
            description: entry.descriptor,
            status_text: entry.status_text,
            original: entry.original,
            fee: entry.fee,
            id: entry.id,
            reference: entry.reference,
            ..Listed::of(entry.at, ListedKind::Entry(entry.kind), ListedState::Entry(entry.status))
        }
    }
}

impl From<BillingRecord> for Listed {
    fn from(record: BillingRecord) -> Listed {
        let gives_back = matches!(record.kind, BillingKind::Refund | BillingKind::CreditNote);
        let signed = |total: Money| if gives_back { total.negate().decimal() } else { total.decimal() };
        Listed {
            day: Some(record.date),
            posted_on: record.paid_on,
            amount: record.total.map(signed),
            currency: record.total.map(Money::currency),
            description: record.description,
            id: record.number,
            reference: record.reference,
            account: record.account,
            product: record.product,
            payment_method: record.payment_method,
            ..Listed::of(record.at, ListedKind::Billing(record.kind), ListedState::Billing(record.status))
        }
    }
}

impl From<Observation> for Listed {
    fn from(seen: Observation) -> Listed {
        Listed {
            day: Some(seen.observed_on),
            amount: seen.credit_balance.map(Money::decimal),
            currency: seen.credit_balance.map(Money::currency),
            description: seen.plan.unwrap_or_default(),
            status_text: name_in(&PlanState::NAMES, seen.state),
            account: seen.account,
            product: Some(seen.product),
            ..Listed::of(seen.at, ListedKind::PlanState, ListedState::Plan(seen.state))
        }
    }
}

impl From<Attempt> for Listed {
    fn from(attempt: Attempt) -> Listed {
        Listed {
            day: Some(attempt.day),
            unsigned: Some(attempt.amount.decimal()),
            currency: Some(attempt.amount.currency()),
            description: attempt.reason.unwrap_or_default(),
            status_text: name_in(&AttemptResult::NAMES, attempt.result),
            account: attempt.account,
            payment_method: attempt.instrument,
            ..Listed::of(attempt.at, ListedKind::Attempt, ListedState::Attempt(attempt.result))
        }
    }
}

impl From<Usage> for Listed {
    fn from(used: Usage) -> Listed {
        Listed {
            day: Some(used.day),
            amount: used.cost.map(|(cost, _)| cost.normalize()),
            currency: used.cost.map(|(_, currency)| currency),
            description: used.description,
            account: used.account,
            product: Some(used.product),
            ..Listed::of(used.at, ListedKind::Usage, ListedState::Usage)
        }
    }
}

fn name_in<T: PartialEq>(names: &[(&'static str, T)], value: T) -> Option<String> {
    names.iter().find(|known| known.1 == value).map(|known| known.0.to_string())
}
