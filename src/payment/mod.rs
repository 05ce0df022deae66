//! From rows to payments: overlapping exports merged, a wallet's rows folded into one payment that knows both
//! currencies, fee rows tied to their charge.
//!
//! # Worked example
//! A PayPal export holds `PreApproved Payment -20.00 USD`, two conversion rows (`-18.41 EUR`, `+20.00 USD`) and a bank
//! deposit `+18.41 EUR`. They become one [`Payment`]: a charge with the merchant amount 20.00 USD and the home amount
//! 18.41 EUR, citing four rows. The bank's own line of 18.41 EUR stays a payment of its own here; `matching` finds that
//! it is the same money.

mod captures;
mod fees;
mod identifiers;
mod overlap;
mod wallet;

use crate::domain::{
    Day, Entry, EntryKind, EntryStatus, LastFour, Merchant, Money, Period, ProductHint, Route, SourceId, SourceRef,
};
use crate::source::SourceFile;
use crate::vendor::Vendor;

pub use identifiers::{Identifiers, identifier_key};
pub use overlap::Overlap;

/// Whether money goes to the vendor or comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To the vendor.
    Charge,
    /// Back from the vendor (refund, chargeback).
    Refund,
}

/// What a row is within its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowRole {
    /// The payment itself.
    Main,
    /// A hold that the payment captured.
    Authorization,
    /// The release of a hold.
    Release,
    /// One leg of a conversion.
    Conversion,
    /// Money drawn into the wallet for it, or sent on to the bank.
    Funding,
    /// A separate fee.
    Fee,
    /// A try to draw money for it that was refused.
    Denied,
}

/// One row of a payment: an index into [`Ledger::entries`] and its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// Index into [`Ledger::entries`].
    pub entry: usize,
    /// Its role.
    pub role: RowRole,
}

/// Index into [`Ledger::instruments`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstrumentId(pub usize);

/// One card, account or wallet of the payer, as far as the files tell them apart.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// The files that speak of it, in order.
    pub files: Vec<SourceId>,
    /// Last four digits, where the rows name them.
    pub card: Option<LastFour>,
    /// Name of the files' format.
    pub format: String,
    /// Channel of its conversions, a key of the band data.
    pub channel: String,
    /// Whether it is a wallet, which draws on another account.
    pub is_wallet: bool,
}

/// One movement of money to or from the vendor, with all its rows. Amounts are positive.
#[derive(Clone, Debug)]
pub struct Payment {
    /// Whether money goes or comes.
    pub direction: Direction,
    /// How far it has come.
    pub status: EntryStatus,
    /// Its rows, the main one first.
    pub rows: Vec<PaymentRow>,
    /// Who holds the money.
    pub instrument: InstrumentId,
    /// What the descriptor says of product and route.
    pub merchant: Merchant,
    /// Amount in the merchant's currency, where the statement shows it.
    pub merchant_amount: Option<Money>,
    /// Amount in the payer's currency: what left (or came back), fees on separate lines not counted.
    pub home_amount: Money,
    /// Amounts drawn into the wallet for it: what the bank's line would show.
    pub funding: Vec<Money>,
    /// Fees on top, in the home currency.
    pub fees: Option<Money>,
    /// The day it belongs to: when the payer acted, else when it was booked.
    pub day: Day,
    /// When the payer acted.
    pub transaction_day: Option<Day>,
    /// When it was booked.
    pub posting_day: Option<Day>,
    /// The first day that the bank's own line may bear: the day before, where a wallet states a time of day that in the
    /// west still belonged to it.
    pub earliest_day: Day,
    /// For a hold that an export of its account no longer shows, though it covers the days: that export.
    pub lapsed_in: Option<SourceId>,
    /// Identifiers it carries, letters and digits only, upper case.
    pub identifiers: Identifiers,
    /// For a refund: the wallet's identifier of the payment it gives back.
    pub refers_to: Option<String>,
}

/// Everything the statements say about the vendor.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Rows that concern the vendor, each movement once, in a canonical order.
    pub entries: Vec<Entry>,
    /// The payments made of them.
    pub payments: Vec<Payment>,
    /// The payer's cards, accounts and wallets.
    pub instruments: Vec<Instrument>,
    /// Bank rows that name only the wallet: they may fund a wallet payment and are nothing otherwise.
    pub wallet_lines: Vec<usize>,
    /// Wallet rows whose purchase is not there.
    pub orphans: Vec<SourceRef>,
    /// Pairs of equal rows in two exports that disagree: perhaps one movement, perhaps two.
    pub twins: Vec<(usize, usize)>,
    /// What was found of overlapping exports.
    pub overlaps: Vec<Overlap>,
}

impl Payment {
    /// All amounts it is known under: merchant's and home currency.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        let merchant = self.merchant_amount.filter(|amount| *amount != self.home_amount);
        merchant.into_iter().chain(std::iter::once(self.home_amount))
    }

    /// The amount in one currency, if known in it.
    pub fn amount_in(&self, currency: crate::domain::Currency) -> Option<Money> {
        self.amounts().find(|amount| amount.currency() == currency)
    }

    /// The main row's index into [`Ledger::entries`].
    pub fn main_entry(&self) -> usize {
        self.rows.first().map_or(0, |row| row.entry)
    }
}

impl Instrument {
    /// Whether two instruments cannot be one: different groups of files, or different last four digits.
    pub fn contradicts_card(&self, card: Option<LastFour>) -> bool {
        matches!((self.card, card), (Some(mine), Some(other)) if mine != other)
    }
}

/// Builds the ledger from the statements' entries.
///
/// `files` is the run's list of sources, indexed by `SourceId`; `entries` are the rows kept of all statements.
pub fn build(files: &[SourceFile], entries: Vec<Entry>, vendor: &Vendor) -> Ledger {
    let merged = overlap::merge(files, entries);
    let mut ledger = Ledger {
        entries: merged.entries,
        twins: merged.twins,
        instruments: merged.instruments,
        overlaps: merged.overlaps,
        ..Ledger::default()
    };
    let rows_of: Vec<InstrumentId> = merged.instrument_of;
    for id in 0..ledger.instruments.len() {
        let rows: Vec<usize> = (0..ledger.entries.len()).filter(|row| rows_of[*row] == InstrumentId(id)).collect();
        if ledger.instruments[id].is_wallet {
            wallet::fold(&mut ledger, InstrumentId(id), &rows);
        } else {
            fold_bank(&mut ledger, InstrumentId(id), &rows, vendor);
        }
    }
    captures::follow(&mut ledger, files, vendor.hold_days());
    fees::tie(&mut ledger, &rows_of);
    ledger
}

/// A bank's rows: each vendor row is a payment of its own.
fn fold_bank(ledger: &mut Ledger, instrument: InstrumentId, rows: &[usize], vendor: &Vendor) {
    for &row in rows {
        let entry = &ledger.entries[row];
        let Some(merchant) = entry.merchant else {
            if entry.kind != EntryKind::Fee && vendor.issuer_names_wallet(&entry.descriptor) {
                ledger.wallet_lines.push(row);
            }
            continue;
        };
        if let Some(mut payment) = single_row_payment(entry, row, instrument, merchant) {
            // A wallet's reference may be an agreement that all its payments share; a bank's is the movement's own.
            payment.identifiers.insert_from(entry.reference.as_deref().unwrap_or_default());
            ledger.payments.push(payment);
        }
    }
}

/// Where card networks date a wallet's purchases, in minutes east of Greenwich: the west coast of America, in winter.
const WESTERN_MINUTES: i32 = -8 * 60;

/// The payment of one row; `None` where its amount or day is not known, or it moves nothing.
fn single_row_payment(entry: &Entry, row: usize, instrument: InstrumentId, merchant: Merchant) -> Option<Payment> {
    // A reserved amount may be known only in the merchant's currency yet.
    let money = entry.money().or(entry.original.filter(|_| entry.value.is_none()))?;
    let day = entry.day()?;
    if money.is_zero() || entry.kind == EntryKind::Memo {
        return None;
    }
    let direction = match entry.kind {
        EntryKind::Refund | EntryKind::Chargeback => Direction::Refund,
        _ if money.is_negative() => Direction::Charge,
        _ => Direction::Refund,
    };
    let status = match (entry.kind, entry.status) {
        (EntryKind::Authorization, EntryStatus::Posted) => EntryStatus::Pending,
        (EntryKind::AuthorizationReversal, EntryStatus::Posted) => EntryStatus::Voided,
        (_, status) => status,
    };
    let mut identifiers = Identifiers::default();
    for text in [&entry.descriptor, &entry.memo, entry.id.as_deref().unwrap_or_default()] {
        identifiers.insert_from(text);
    }
    let is_early = entry.moment.is_some_and(|moment| moment.may_be_the_day_before_at(WESTERN_MINUTES));
    Some(Payment {
        direction,
        status,
        rows: vec![PaymentRow { entry: row, role: RowRole::Main }],
        instrument,
        merchant,
        merchant_amount: entry.original.map(Money::abs),
        home_amount: money.abs(),
        funding: Vec::new(),
        fees: entry.fee.filter(|fee| !fee.is_zero()),
        day,
        transaction_day: entry.transaction_date.map(|date| date.0),
        posting_day: entry.posting_date.map(|date| date.0),
        earliest_day: if is_early { day.minus(1) } else { day },
        lapsed_in: None,
        identifiers,
        refers_to: entry.row_reference().map(identifier_key).filter(|key| !key.is_empty()),
    })
}

/// What a payment is called by where the descriptor names the vendor alone.
pub const UNNAMED: Merchant = Merchant { product: ProductHint::Unknown, route: Route::Paypal, bare_store: false };

/// The period that a set of files covers without a hole around `day`, overlapping and touching files joined.
pub fn joined_periods(files: &[SourceFile], ids: &[SourceId]) -> Vec<Period> {
    let mut periods: Vec<Period> = ids.iter().filter_map(|id| files[id.0 as usize].survey.covers).collect();
    periods.sort();
    let mut joined: Vec<Period> = Vec::new();
    for period in periods {
        match joined.last_mut() {
            Some(last) if period.from <= last.to.plus(1) => last.to = last.to.max(period.to),
            _ => joined.push(period),
        }
    }
    joined
}
