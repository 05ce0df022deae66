//! One normalised line of a statement.

use super::{Currency, Day, LastFour, Moment, Money, PostingDate, ProductHint, Route, SourceRef, TransactionDate};
use rust_decimal::Decimal;

/// What a line of a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Money to a merchant.
    Purchase,
    /// Money back from a merchant on a posted charge.
    Refund,
    /// A hold: reserves, moves nothing.
    Authorization,
    /// The release of a hold.
    AuthorizationReversal,
    /// The payer's bank or wallet takes the money back.
    Chargeback,
    /// An amount charged explicitly on a line of its own.
    Fee,
    /// One leg of a currency conversion inside a wallet.
    Conversion,
    /// Money drawn into a wallet to pay a purchase.
    Funding,
    /// Money from a wallet back to a bank or card.
    Withdrawal,
    /// A line that moves no money of its own: a detail, a notice.
    Memo,
    /// Anything else: transfers, interest, card payments.
    Other,
}

impl EntryKind {
    /// All kinds with their names in data and reports.
    pub const NAMES: [(&'static str, EntryKind); 11] = [
        ("purchase", EntryKind::Purchase),
        ("refund", EntryKind::Refund),
        ("authorization", EntryKind::Authorization),
        ("authorization-reversal", EntryKind::AuthorizationReversal),
        ("chargeback", EntryKind::Chargeback),
        ("fee", EntryKind::Fee),
        ("conversion", EntryKind::Conversion),
        ("funding", EntryKind::Funding),
        ("withdrawal", EntryKind::Withdrawal),
        ("memo", EntryKind::Memo),
        ("other", EntryKind::Other),
    ];

    /// The name used in data and reports.
    pub fn name(self) -> &'static str {
        EntryKind::NAMES.iter().find(|known| known.1 == self).map_or("other", |known| known.0)
    }
}

/// How far an entry has come. Only posted entries take part in totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryStatus {
    /// Booked: the money moved.
    Posted,
    /// Reserved, not yet booked.
    Pending,
    /// Cancelled before it was booked.
    Voided,
    /// Lapsed before it was booked.
    Expired,
    /// Refused.
    Declined,
    /// The source does not tell (billing records).
    Unknown,
}

impl EntryStatus {
    /// All statuses that a source can tell, with their names in data and reports.
    pub const NAMES: [(&'static str, EntryStatus); 5] = [
        ("posted", EntryStatus::Posted),
        ("pending", EntryStatus::Pending),
        ("voided", EntryStatus::Voided),
        ("expired", EntryStatus::Expired),
        ("declined", EntryStatus::Declined),
    ];

    /// The name used in data and reports.
    pub fn name(self) -> &'static str {
        EntryStatus::NAMES.iter().find(|known| known.1 == self).map_or("unknown", |known| known.0)
    }
}

/// What the vendor data says of an entry's descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// What was bought, as far as the descriptor tells.
    pub product: ProductHint,
    /// How it was paid.
    pub route: Route,
    /// A store's own descriptor that names no product (`APPLE.COM/BILL`): the vendor's only if the store says so.
    pub bare_store: bool,
}

/// One line of one statement, normalised.
///
/// Amounts are signed from the holder's view: negative leaves the account (or is charged to the card).
/// Two entries are never merged within one file, however alike.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the line stands.
    pub at: SourceRef,
    /// The same line in overlapping exports of the same account.
    pub also_at: Vec<SourceRef>,
    /// When the payer acted.
    pub transaction_date: Option<TransactionDate>,
    /// When the account keeper booked it.
    pub posting_date: Option<PostingDate>,
    /// The time of day at which the payer acted, where the line states it in a column of its own.
    pub moment: Option<Moment>,
    /// The amount, signed; without sign where `directed` is false. `None` for a pending row that states only what was
    /// charged in another currency.
    pub value: Option<Decimal>,
    /// Whether the file states a direction for this line.
    pub directed: bool,
    /// The currency, where the file, its layout or the user states it.
    pub currency: Option<Currency>,
    /// Amount in the currency charged, signed like `value`, where the line prints it beside the settled amount.
    pub original: Option<Money>,
    /// Rate of the conversion as the line prints it; banks differ in which of the two currencies they count in the other.
    pub rate: Option<Decimal>,
    /// Fee charged on top of `value` in the same line, positive.
    pub fee: Option<Money>,
    /// Merchant text as in the file, runs of white space as one blank.
    pub descriptor: String,
    /// Other text of the line in which a party's reference may stand (memo, payment reference).
    pub memo: String,
    /// What the line is.
    pub kind: EntryKind,
    /// How far it has come.
    pub status: EntryStatus,
    /// The file's own word for the status.
    pub status_text: Option<String>,
    /// The line's own identifier (PayPal transaction id).
    pub id: Option<String>,
    /// Identifier of the line or agreement it refers to (PayPal Reference Txn ID).
    pub reference: Option<String>,
    /// Last four digits of the card, where the line names it.
    pub card: Option<LastFour>,
    /// What the vendor data recognises in the descriptor; `None` for everybody else's lines.
    pub merchant: Option<Merchant>,
}

impl Entry {
    /// The signed amount, where direction and currency are known.
    pub fn money(&self) -> Option<Money> {
        if !self.directed {
            return None;
        }
        Money::from_decimal(self.value?, self.currency?).ok()
    }

    /// Whether the amount is one that leaves.
    pub fn leaves(&self) -> bool {
        self.value.is_some_and(|value| value.is_sign_negative())
    }

    /// The day the line belongs to: when the payer acted, else when it was booked.
    pub fn day(&self) -> Option<Day> {
        self.transaction_date.map(|date| date.0).or(self.posting_date.map(|date| date.0))
    }

    /// The identifier of the line that this one refers to.
    ///
    /// `None` where it refers to a billing agreement (`B-`) or a subscription (`I-`), which all its payments share: such
    /// a reference says nothing of one payment.
    pub fn row_reference(&self) -> Option<&str> {
        self.reference.as_deref().filter(|reference| !names_agreement(reference))
    }
}

/// Whether a wallet's reference names a billing agreement or a subscription instead of a line.
pub fn names_agreement(reference: &str) -> bool {
    ["B-", "I-"].iter().any(|mark| reference.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
}
