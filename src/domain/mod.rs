//! What the whole program talks about: money, days, places in files, and the records of the four kinds of evidence.
//!
//! Nothing here reads, prints, guesses or knows a vendor. Every later module may use it; it uses none of them.

mod billing;
mod currency;
mod day;
mod entry;
mod moment;
mod money;
mod plan;
mod product;
mod source_ref;

#[cfg(test)]
pub(crate) mod sample;

pub use billing::{BillingKind, BillingRecord, BillingStatus};
pub use currency::{Currency, UnknownCurrency};
pub use day::{Day, Period, PostingDate, TransactionDate};
pub use entry::{Entry, EntryKind, EntryStatus, Merchant, names_agreement};
pub use moment::{Moment, Zone};
pub use money::{Money, MoneyError};
pub use plan::{Attempt, AttemptResult, DeclineCause, Observation, PlanState, Usage};
pub use product::{Product, ProductHint, Route};
pub use source_ref::{Account, LastFour, Sha256Hex, SourceId, SourceRef};
