//! A charge as the payer lived it: the wallet's payment and the bank's line that funded it are one.

use super::assignment::{Cost, Edge, assign};
use super::money_fit::Yardstick;
use super::passing;
use crate::domain::{Currency, Day, Entry, EntryStatus, Money, ProductHint, Route};
use crate::fx::UNKNOWN_CHANNEL;
use crate::payment::{Direction, Identifiers, InstrumentId, Ledger, Payment};
use std::collections::{BTreeMap, BTreeSet};

/// Days from a wallet's payment to the bank's line that funds it.
pub const WALLET_TO_BANK_DAYS_MAX: u32 = 7;

/// One movement of money to or from the vendor, over all sides. Amounts are positive.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Indices into [`Ledger::payments`]: the wallet's first, then the bank's.
    pub payments: Vec<usize>,
    /// A bank row that names only the wallet and funds it, an index into [`Ledger::entries`].
    pub wallet_line: Option<usize>,
    /// Whether money goes or comes.
    pub direction: Direction,
    /// How far it has come.
    pub status: EntryStatus,
    /// Who holds the money on the side next to the vendor.
    pub instrument: InstrumentId,
    /// Route, with the wallet's if there is one.
    pub route: Route,
    /// What the descriptors say of the product.
    pub product: ProductHint,
    /// A store's own descriptor that names no product.
    pub bare_store: bool,
    /// What left the payer's pocket (or came back), separate fees not counted.
    pub home: Money,
    /// The amount in the merchant's currency, where a statement shows it.
    pub merchant: Option<Money>,
    /// Fees on top, in the home currency.
    pub fees: Option<Money>,
    /// When the payer acted.
    pub transaction_day: Option<Day>,
    /// When it was booked.
    pub posting_day: Option<Day>,
    /// The day it is listed under.
    pub day: Day,
    /// Identifiers it carries.
    pub identifiers: Identifiers,
    /// For a refund: the wallet's identifier of the payment it gives back.
    pub refers_to: Option<String>,
    /// How the bank's line was joined, if it was.
    pub bank_join: Option<BankJoin>,
}

/// How a bank's line was joined to the wallet's payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BankJoin {
    /// By an identifier that both carry.
    pub by_reference: bool,
}

impl Movement {
    /// All amounts it is known under.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        self.merchant.filter(|amount| *amount != self.home).into_iter().chain(std::iter::once(self.home))
    }

    /// The amount in one currency, if a statement shows it.
    pub fn amount_in(&self, currency: Currency) -> Option<Money> {
        self.amounts().find(|amount| amount.currency() == currency)
    }

    /// What left the pocket in all, fees included; the charge alone where the fee is in another currency.
    pub fn paid(&self) -> Money {
        self.fees.and_then(|fees| self.home.checked_add(fees).ok()).unwrap_or(self.home)
    }
}

/// A bank line that may fund a wallet's payment.
enum BankLine {
    Payment(usize),
    Anonymous(usize),
}

/// Builds the movements of one direction from the ledger.
pub fn movements(ledger: &Ledger, direction: Direction, yardstick: &Yardstick) -> Vec<Movement> {
    let of_direction = |index: &usize| ledger.payments[*index].direction == direction;
    let instrument = |index: &usize| &ledger.instruments[ledger.payments[*index].instrument.0];
    let is_wallet = |index: &usize| instrument(index).is_wallet || passing::passes_on(instrument(index));
    let all: Vec<usize> = (0..ledger.payments.len()).filter(of_direction).collect();
    let wallets: Vec<usize> = all.iter().copied().filter(is_wallet).collect();
    let banks: Vec<usize> = all.iter().copied().filter(|index| !is_wallet(index)).collect();
    let joins = join_banks(ledger, direction, &wallets, &banks, yardstick);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut movements = Vec::new();
    for (wallet, join) in wallets.iter().zip(joins) {
        let mut movement = from_payment(ledger, *wallet);
        if let Some((line, join)) = join {
            movement.bank_join = Some(join);
            match line {
                BankLine::Payment(bank) => {
                    taken.insert(bank);
                    add_bank(&mut movement, &ledger.payments[*wallet], &ledger.payments[bank], bank);
                }
                BankLine::Anonymous(row) => movement.wallet_line = Some(row),
            }
        }
        movements.push(movement);
    }
    movements.extend(banks.iter().filter(|bank| !taken.contains(bank)).map(|bank| from_payment(ledger, *bank)));
    let content = |m: &Movement| {
        let amounts: Vec<(Currency, i64)> = m.amounts().map(|a| (a.currency(), a.minor_units())).collect();
        let main = &ledger.entries[ledger.payments[m.payments[0]].main_entry()];
        (m.day, m.posting_day, amounts, main.descriptor.clone(), main.id.clone(), m.instrument, main.at)
    };
    movements.sort_by_cached_key(content);
    movements
}

fn from_payment(ledger: &Ledger, index: usize) -> Movement {
    let payment = &ledger.payments[index];
    Movement {
        payments: vec![index],
        wallet_line: None,
        direction: payment.direction,
        status: payment.status,
        instrument: payment.instrument,
        route: payment.merchant.route,
        product: payment.merchant.product,
        bare_store: payment.merchant.bare_store,
        home: payment.home_amount,
        merchant: payment.merchant_amount,
        fees: payment.fees,
        transaction_day: payment.transaction_day,
        posting_day: payment.posting_day,
        day: payment.day,
        identifiers: payment.identifiers.clone(),
        refers_to: payment.refers_to.clone(),
        bank_join: None,
    }
}

fn add_bank(movement: &mut Movement, wallet: &Payment, bank: &Payment, index: usize) {
    movement.payments.push(index);
    if bank.merchant.route == Route::Paypal {
        movement.route = Route::Paypal;
    }
    if movement.product == ProductHint::Unknown {
        movement.product = bank.merchant.product;
    }
    // Where the card's issuer converted, only the bank's line shows the payer's own currency. Where the wallet drew in the
    // bank's currency it converted itself, and the line may be but a part of the cost.
    let drawn_alike = wallet.funding.iter().any(|drawn| drawn.currency() == bank.home_amount.currency());
    if bank.home_amount.currency() != movement.home.currency() && !drawn_alike {
        movement.merchant = movement.merchant.or(Some(movement.home));
        movement.home = bank.home_amount;
        movement.fees = bank.fees;
    }
    movement.identifiers.extend(&bank.identifiers);
}

/// Joins bank lines to wallet payments: those that carry the same identifier outright, the rest optimally by amount and
/// days.
fn join_banks(
    ledger: &Ledger,
    direction: Direction,
    wallets: &[usize],
    banks: &[usize],
    yardstick: &Yardstick,
) -> Vec<Option<(BankLine, BankJoin)>> {
    let mut lines: Vec<Option<BankLine>> = banks.iter().map(|index| Some(BankLine::Payment(*index))).collect();
    lines.extend(ledger.wallet_lines.iter().map(|row| Some(BankLine::Anonymous(*row))));
    let near = Near::of(ledger, lines.iter().flatten());
    let mut joined: Vec<Option<(BankLine, BankJoin)>> = wallets.iter().map(|_| None).collect();
    for by_reference in [true, false] {
        let mut edges = Vec::new();
        for (left, wallet) in wallets.iter().enumerate().filter(|(left, _)| joined[*left].is_none()) {
            let payment = &ledger.payments[*wallet];
            for right in near.to(payment) {
                let Some(line) = &lines[right] else { continue };
                let cost = line_cost(ledger, payment, line, direction, yardstick);
                let cost = cost.filter(|cost| (cost.0[0] == REFERENCE) == by_reference);
                edges.extend(cost.map(|cost| Edge { left, right, cost }));
            }
        }
        for index in assign(wallets.len(), lines.len(), &edges).edge_of_left.into_iter().flatten() {
            let Edge { left, right, .. } = edges[index];
            joined[left] = lines[right].take().map(|line| (line, BankJoin { by_reference }));
        }
    }
    joined
}

/// What joining a bank's line to a wallet's payment costs; `None` where it cannot be the same money.
fn line_cost(
    ledger: &Ledger,
    payment: &Payment,
    line: &BankLine,
    direction: Direction,
    yardstick: &Yardstick,
) -> Option<Cost> {
    let passes_on = passing::passes_on(&ledger.instruments[payment.instrument.0]);
    match line {
        BankLine::Payment(bank) if passes_on => passed_cost(ledger, payment, &ledger.payments[*bank]),
        BankLine::Anonymous(_) if passes_on => None,
        BankLine::Payment(bank) => bank_cost(payment, &ledger.payments[*bank], yardstick),
        BankLine::Anonymous(row) => anonymous_cost(payment, &ledger.entries[*row], direction),
    }
}

/// Bank lines by what can bring them to a wallet's payment, so that not every pair need be looked at.
struct Near<'l> {
    by_identifier: BTreeMap<&'l str, Vec<usize>>,
    by_day: BTreeMap<Day, Vec<usize>>,
}

impl<'l> Near<'l> {
    fn of<'b>(ledger: &'l Ledger, lines: impl Iterator<Item = &'b BankLine>) -> Near<'l> {
        let mut near = Near { by_identifier: BTreeMap::new(), by_day: BTreeMap::new() };
        for (index, line) in lines.enumerate() {
            let day = match line {
                BankLine::Anonymous(row) => ledger.entries[*row].day(),
                BankLine::Payment(bank) => {
                    let bank = &ledger.payments[*bank];
                    for key in bank.identifiers.iter() {
                        near.by_identifier.entry(key).or_default().push(index);
                    }
                    Some(bank.day)
                }
            };
            if let Some(day) = day {
                near.by_day.entry(day).or_default().push(index);
            }
        }
        near
    }

    /// The lines that carry an identifier of the payment or lie in its days, each once and in order.
    fn to(&self, wallet: &Payment) -> BTreeSet<usize> {
        let named = wallet.identifiers.iter().filter_map(|key| self.by_identifier.get(key));
        let days = wallet.earliest_day..=wallet.day.plus(WALLET_TO_BANK_DAYS_MAX);
        named.chain(self.by_day.range(days).map(|day| day.1)).flatten().copied().collect()
    }
}

const REFERENCE: i64 = 0;
const EXACT: i64 = 1;
const CONVERTED: i64 = 2;

/// What joining a bank's line to a wallet payment costs; `None` where it cannot be the same money.
fn bank_cost(wallet: &Payment, bank: &Payment, yardstick: &Yardstick) -> Option<Cost> {
    if bank.merchant.route != Route::Paypal {
        return None;
    }
    let gap = bank.day.days_since(wallet.day);
    let by_reference = wallet.identifiers.shared_with(&bank.identifiers).is_some();
    if by_reference {
        return Some(Cost([REFERENCE, gap.abs(), 0, 0, 0]));
    }
    let in_window = bank.day >= wallet.earliest_day && gap <= i64::from(WALLET_TO_BANK_DAYS_MAX);
    let states_agree = (wallet.status == EntryStatus::Posted) == (bank.status == EntryStatus::Posted);
    if !in_window || !states_agree || product_contradicts(wallet.merchant.product, bank.merchant.product) {
        return None;
    }
    let drawn: Vec<Money> = wallet.funding.iter().copied().chain(wallet.amounts()).collect();
    if drawn.contains(&bank.home_amount) || bank.merchant_amount.is_some_and(|amount| drawn.contains(&amount)) {
        return Some(Cost([EXACT, gap.abs(), 0, 0, 0]));
    }
    // Only the issuer's own conversion leaves the bank's line in a currency that the wallet never saw.
    let foreign = drawn.iter().all(|amount| amount.currency() != bank.home_amount.currency());
    let fits = |amount: &Money| {
        yardstick.charge_fits(*amount, bank.home_amount, wallet.day, bank.posting_day, UNKNOWN_CHANNEL)
    };
    let converted = foreign && drawn.iter().any(|amount| fits(amount).is_some_and(|fit| fit.is_inside()));
    converted.then_some(Cost([CONVERTED, gap.abs(), 0, 0, 0]))
}

/// What joining a bank's line to the payment of a wallet costs that charged the bank's card.
fn passed_cost(ledger: &Ledger, wallet: &Payment, bank: &Payment) -> Option<Cost> {
    if product_contradicts(wallet.merchant.product, bank.merchant.product) {
        return None;
    }
    passing::gap(ledger, wallet, bank).map(|gap| Cost([EXACT, gap, 0, 0, 0]))
}

/// The same for a bank row that names only the wallet: it must carry the exact amount.
fn anonymous_cost(wallet: &Payment, row: &Entry, direction: Direction) -> Option<Cost> {
    let money = row.money()?;
    let day = row.day()?;
    let gap = day.days_since(wallet.day);
    let in_window = day >= wallet.earliest_day && gap <= i64::from(WALLET_TO_BANK_DAYS_MAX);
    let right_way = money.is_negative() == (direction == Direction::Charge);
    let drawn = wallet.funding.iter().copied().chain(wallet.amounts()).any(|amount| amount == money.abs());
    let posted = row.status == EntryStatus::Posted && wallet.status == EntryStatus::Posted;
    let admissible = right_way && drawn && posted && in_window;
    admissible.then_some(Cost([EXACT, gap.abs(), 1, 0, 0]))
}

/// Whether two descriptors name different products outright.
pub fn product_contradicts(first: ProductHint, second: ProductHint) -> bool {
    matches!((first, second), (ProductHint::Named(a), ProductHint::Named(b)) if a != b)
}
