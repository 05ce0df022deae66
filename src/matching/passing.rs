//! Wallets that pass a payment on to a card: wallet and bank both list it, and it is one payment.
//!
//! Unlike PayPal such a wallet gives no identifier that the bank repeats. It names the card that it charged, so amount,
//! days and card must agree; where either side leaves the card out, the bank's line must name the wallet.

use crate::domain::{Entry, EntryStatus};
use crate::embedded::{self, carried};
use crate::payment::{Instrument, Ledger, Payment};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Days from the wallet's payment to the bank's line.
pub(super) const PASSING_DAYS_MAX: i64 = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passing {
    marks: Vec<String>,
}

static KNOWN: LazyLock<BTreeMap<String, Passing>> = LazyLock::new(|| embedded::read(carried!("matching/passing")));

/// Whether an instrument is a wallet whose payments stand on a card's statement as well.
pub(super) fn passes_on(instrument: &Instrument) -> bool {
    KNOWN.contains_key(&instrument.channel)
}

/// Days from the wallet's payment to the bank's line where both may be the same money.
pub(super) fn gap(ledger: &Ledger, wallet: &Payment, bank: &Payment) -> Option<i64> {
    let (payer, keeper) = (&ledger.instruments[wallet.instrument.0], &ledger.instruments[bank.instrument.0]);
    let gap = bank.day.days_since(wallet.day);
    let states_agree = (wallet.status == EntryStatus::Posted) == (bank.status == EntryStatus::Posted);
    let same_card = payer.card.is_some() && payer.card == keeper.card;
    let named = || names(&payer.channel, &ledger.entries[bank.main_entry()]);
    let admissible = (0..=PASSING_DAYS_MAX).contains(&gap)
        && states_agree
        && wallet.home_amount == bank.home_amount
        && (same_card || (named() && !payer.contradicts_card(keeper.card)));
    admissible.then_some(gap)
}

/// Whether a bank's line names the wallet.
fn names(channel: &str, row: &Entry) -> bool {
    let text = format!("{} {}", row.descriptor, row.memo).to_uppercase();
    KNOWN.get(channel).is_some_and(|wallet| wallet.marks.iter().any(|mark| text.contains(mark.as_str())))
}
