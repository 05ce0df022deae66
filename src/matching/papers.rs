//! The billing side as matching needs it: records that speak of one invoice become one invoice, the same record in two
//! files counts once, refunds know their invoice.

use super::purchases::{Contradiction, contradictions, purchases};
use super::store::one_purchase;
use crate::domain::{
    Account, Attempt, BillingKind, BillingRecord, BillingStatus, Day, LastFour, Money, Observation, Product, Route,
    SourceId,
};
use crate::payment::{Identifiers, identifier_key};
use std::collections::BTreeSet;
use std::ops::Range;

/// One purchase as billed: an invoice, its receipt, or both.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Indices into [`Papers::records`].
    pub records: Vec<usize>,
    /// Its number, as written.
    pub number: Option<String>,
    /// Account billed.
    pub account: Option<Account>,
    /// Product billed.
    pub product: Option<Product>,
    /// Plan billed, a key of the vendor data.
    pub plan: Option<String>,
    /// Amount billed, tax included.
    pub total: Money,
    /// What was to be paid: the total, unless a paper says that a balance on the account made it less or more.
    pub asked: Money,
    /// What was to be paid by papers of the same number that name another total.
    pub other_totals: Vec<Money>,
    /// Amount before tax, where it is stated.
    pub subtotal: Option<Money>,
    /// What became of it.
    pub status: BillingStatus,
    /// Day of payment, else of issue: the day that the windows are measured from.
    pub day: Day,
    /// Other days of payment that its papers name.
    pub other_days: Vec<Day>,
    /// First day paid for.
    pub period_start: Option<Day>,
    /// Last day paid for.
    pub period_end: Option<Day>,
    /// The store that sold it, where its papers are a store's.
    pub store: Option<Route>,
    /// Seats of a workspace billed, where a paper counts them.
    pub seats: Option<u32>,
    /// Whether it opens a subscription or goes on with one, where a paper says.
    pub opens: Option<bool>,
    /// Card it was charged to.
    pub card: Option<LastFour>,
    /// Amount that the vendor says arrived, where stated.
    pub arrived: Option<Money>,
    /// Its number and the payment references it carries, as identifier keys.
    pub identifiers: Identifiers,
}

/// A refund or credit note, with the invoice it names.
#[derive(Clone, Debug)]
pub struct RefundRecord {
    /// Index into [`Papers::records`].
    pub record: usize,
    /// Index into [`Papers::invoices`].
    pub invoice: usize,
    /// Amount given back.
    pub amount: Money,
    /// Day of the refund.
    pub day: Day,
}

/// The billing and plan side of a run.
#[derive(Debug, Default)]
pub struct Papers {
    /// Every record once, in a canonical order.
    pub records: Vec<BillingRecord>,
    /// Invoices with a total other than nothing.
    pub invoices: Vec<Invoice>,
    /// Refunds of those invoices.
    pub refunds: Vec<RefundRecord>,
    /// Credit notes of those invoices whose amount went to the account's balance: no money goes back.
    pub credited: Vec<RefundRecord>,
    /// What the account showed, each observation once.
    pub observations: Vec<Observation>,
    /// Attempts written down, each once.
    pub attempts: Vec<Attempt>,
    /// Papers of one purchase that say different things.
    pub contradictions: Vec<Contradiction>,
}

/// Keeps records that stand n times in one file and m times in another max(n, m) times, sorted by their keys.
fn once<T, K: Ord>(rows: Vec<T>, source: impl Fn(&T) -> SourceId, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut keyed: Vec<((K, SourceId), T)> = rows.into_iter().map(|row| ((key(&row), source(&row)), row)).collect();
    keyed.sort_by(|first, second| first.0.cmp(&second.0));
    let mut fullest: BTreeSet<usize> = BTreeSet::new();
    for equal in runs(&keyed, 0..keyed.len(), |row| &row.0.0) {
        let by_file = runs(&keyed, equal, |row| &row.0.1);
        let most = by_file.iter().map(ExactSizeIterator::len).max();
        fullest.extend(by_file.into_iter().find(|run| Some(run.len()) == most).into_iter().flatten());
    }
    keyed.into_iter().enumerate().filter(|(index, _)| fullest.contains(index)).map(|(_, (_, row))| row).collect()
}

/// The runs of rows within a range that have one key.
fn runs<R, K: Eq>(rows: &[R], within: Range<usize>, key: impl Fn(&R) -> &K) -> Vec<Range<usize>> {
    let mut begin = within.start;
    let runs = rows[within].chunk_by(|first, second| key(first) == key(second));
    let place = |run: &[R]| {
        begin += run.len();
        begin - run.len()..begin
    };
    runs.map(place).collect()
}

type RecordKey = (Day, BillingKind, String, String);

fn record_key(record: &BillingRecord) -> RecordKey {
    let number = record.number.as_deref().map(identifier_key).unwrap_or_default();
    let rest = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}",
        record.total,
        record.status,
        record.account,
        record.product,
        record.paid_on,
        record.period_start,
        record.card,
        record.reference,
        record.description
    );
    (record.date, record.kind, number, rest)
}

/// Of two statuses for one invoice the one that a later paper would show.
fn status_rank(status: BillingStatus) -> u8 {
    match status {
        BillingStatus::Paid | BillingStatus::Refunded => 6,
        BillingStatus::Void => 5,
        BillingStatus::Uncollectible => 4,
        BillingStatus::Open => 3,
        BillingStatus::Issued => 2,
        BillingStatus::Draft => 1,
        BillingStatus::Placed | BillingStatus::Failed | BillingStatus::Granted | BillingStatus::Effective => 0,
    }
}

impl Papers {
    /// Builds the papers of a run. `single` are the files that hold single papers, not lists.
    pub fn build(
        records: Vec<BillingRecord>,
        observations: Vec<Observation>,
        attempts: Vec<Attempt>,
        single: &BTreeSet<SourceId>,
    ) -> Papers {
        let mut papers = Papers {
            records: once(records, |record| record.at.source, record_key),
            observations: once(
                observations,
                |seen| seen.at.source,
                |seen| {
                    let money = format!("{:?} {:?}", seen.credit_balance, seen.state);
                    let until = (seen.active_from, seen.active_until);
                    (seen.observed_on, seen.product, seen.account.clone(), seen.plan.clone(), until, money)
                },
            ),
            attempts: once(
                attempts,
                |attempt| attempt.at.source,
                |attempt| {
                    let money = format!("{:?} {:?} {:?}", attempt.amount, attempt.balance_before, attempt.result);
                    (attempt.day, attempt.account.clone(), attempt.instrument.clone(), money, attempt.reason.clone())
                },
            ),
            ..Papers::default()
        };
        papers.collect_invoices(single);
        papers.collect_refunds();
        papers
    }

    /// Records of one kind, with their index.
    pub fn of_kind(&self, kind: BillingKind) -> impl Iterator<Item = (usize, &BillingRecord)> {
        self.records.iter().enumerate().filter(move |(_, record)| record.kind == kind)
    }

    /// The records of one purchase are one invoice.
    fn collect_invoices(&mut self, single: &BTreeSet<SourceId>) {
        let groups = one_purchase(&self.records, purchases(&self.records, single));
        self.contradictions = groups.iter().flat_map(|group| contradictions(&self.records, group)).collect();
        let mut invoices: Vec<Invoice> = groups.into_iter().filter_map(|group| self.invoice_of(group)).collect();
        invoices.sort_by(|a, b| (a.day, &a.number, &a.records).cmp(&(b.day, &b.number, &b.records)));
        self.invoices = invoices;
    }

    fn invoice_of(&self, group: Vec<usize>) -> Option<Invoice> {
        let records: Vec<&BillingRecord> = group.iter().map(|index| &self.records[*index]).collect();
        let leading = records.iter().copied().max_by_key(|record| (status_rank(record.status), record.kind))?;
        let total = leading.total.or_else(|| records.iter().find_map(|record| record.total))?;
        let asked = asked_of(&records, leading, total);
        // A total of nothing or less is no purchase, nor is one that a balance on the account met as a whole.
        if total.is_zero() || total.is_negative() || asked.is_zero() {
            return None;
        }
        let others = records.iter().filter(|record| record.total.is_some_and(|other| other != total));
        let sums = others.filter_map(|record| asked_by(record).or(record.total));
        let mut other_totals: Vec<Money> = sums.filter(|sum| *sum != asked && !sum.is_zero()).collect();
        other_totals.dedup();
        let mut paid_days: Vec<Day> = records.iter().filter_map(|record| record.paid_on).collect();
        paid_days.sort_unstable();
        paid_days.dedup();
        let paid_on = paid_days.first().copied();
        let first = |pick: fn(&BillingRecord) -> Option<Day>| records.iter().find_map(|record| pick(record));
        let mut identifiers = Identifiers::default();
        for record in &records {
            for text in [&record.number, &record.reference].into_iter().flatten() {
                identifiers.insert(identifier_key(text));
            }
        }
        Some(Invoice {
            number: leading.number.clone(),
            account: records.iter().find_map(|record| record.account.clone()),
            product: records.iter().find_map(|record| record.product),
            plan: records.iter().find_map(|record| record.plan.clone()),
            total,
            asked,
            other_totals,
            subtotal: leading.subtotal,
            // An order asks for its total as an invoice does.
            status: if leading.status == BillingStatus::Placed { BillingStatus::Issued } else { leading.status },
            day: paid_on.or_else(|| records.iter().map(|record| record.date).min())?,
            other_days: paid_days.into_iter().skip(1).collect(),
            period_start: first(|record| record.period_start),
            period_end: first(|record| record.period_end),
            store: records.iter().find_map(|record| record.store),
            seats: records.iter().find_map(|record| record.seats),
            opens: records.iter().find_map(|record| record.opens),
            card: records.iter().find_map(|record| record.card),
            arrived: records.iter().find_map(|record| record.amount_paid),
            identifiers,
            records: group,
        })
    }

    /// Refunds and credit notes that name an invoice of the files.
    fn collect_refunds(&mut self) {
        for (index, record) in self.records.iter().enumerate() {
            if !matches!(record.kind, BillingKind::Refund | BillingKind::CreditNote) {
                continue;
            }
            let Some(key) = record.reference.as_deref().map(identifier_key).filter(|key| !key.is_empty()) else {
                continue;
            };
            let invoice = self.invoices.iter().position(|invoice| invoice.identifiers.contains(&key));
            let (Some(invoice), Some(amount)) = (invoice, record.total.filter(|total| !total.is_zero())) else {
                continue;
            };
            let found = RefundRecord { record: index, invoice, amount: amount.abs(), day: record.date };
            if record.status == BillingStatus::Granted {
                self.credited.push(found);
                continue;
            }
            // A mail tells of the refund that the receipt states too.
            let is_told = |known: &RefundRecord| {
                self.records[known.record].at.source != record.at.source
                    && (known.invoice, known.amount, known.day) == (found.invoice, found.amount, found.day)
            };
            if !self.refunds.iter().any(is_told) {
                self.refunds.push(found);
            }
        }
    }
}

/// What was to be paid by one paper: what was paid, once it is; else what it asks for. `None` where it is the total.
fn asked_by(record: &BillingRecord) -> Option<Money> {
    let alike = |money: &Money| record.total.is_some_and(|total| total.currency() == money.currency());
    let is_paid = matches!(record.status, BillingStatus::Paid | BillingStatus::Refunded);
    let paid = record.amount_paid.filter(|paid| is_paid && !paid.is_zero());
    paid.or(record.amount_due).filter(|money| alike(money) && !money.is_negative())
}

/// What was to be paid for an invoice: what its leading paper says, else one that agrees with it on the total.
fn asked_of(records: &[&BillingRecord], leading: &BillingRecord, total: Money) -> Money {
    let agreeing = records.iter().filter(|record| record.total == Some(total));
    asked_by(leading).or_else(|| agreeing.filter_map(|record| asked_by(record)).next()).unwrap_or(total)
}

impl Invoice {
    /// The amount that a payment of these amounts answers: what was asked, a total that another paper names, or what the
    /// vendor says arrived of it; `None` where it is none of them.
    pub fn sum_among(&self, amounts: impl Iterator<Item = Money>) -> Option<Money> {
        let known: Vec<Money> = amounts.collect();
        self.sums().find(|sum| known.contains(sum))
    }

    /// The amounts that may have been paid for it, the likeliest first.
    pub fn sums(&self) -> impl Iterator<Item = Money> {
        let arrived = self.arrived.filter(|arrived| !arrived.is_zero() && *arrived != self.asked);
        std::iter::once(self.asked).chain(self.other_totals.iter().copied()).chain(arrived)
    }

    /// The days on which it may have been paid, or was issued where no paper says that it was.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        std::iter::once(self.day).chain(self.other_days.iter().copied())
    }

    /// Days from the nearest of its days to another, signed.
    pub fn gap_to(&self, day: Day) -> i64 {
        let gaps = self.days().map(|own| day.days_since(own));
        gaps.min_by_key(|gap| gap.abs()).unwrap_or_default()
    }

    /// Whether money is still asked for. Given up is still asked for.
    pub fn is_open(&self) -> bool {
        matches!(self.status, BillingStatus::Open | BillingStatus::Uncollectible)
    }

    /// Whether the paper does not show if it was paid: a charge that fits it is no contradiction.
    pub fn is_issued(&self) -> bool {
        self.status == BillingStatus::Issued
    }

    /// Whether money may still be asked for: it is, or the paper does not tell.
    pub fn may_be_open(&self) -> bool {
        self.is_open() || self.is_issued()
    }

    /// Whether the vendor says it was paid, or its paper does not tell.
    pub fn may_be_paid(&self) -> bool {
        self.is_paid() || self.is_issued()
    }

    /// Whether the vendor says it was paid; what was given back since was paid before.
    pub fn is_paid(&self) -> bool {
        matches!(self.status, BillingStatus::Paid | BillingStatus::Refunded)
    }

    /// Whether a payment by this route may be the one: a store's paper is of its own sales only.
    pub fn is_sold_by(&self, route: Route) -> bool {
        self.store.is_none_or(|store| store == route)
    }

    /// The name under which reports speak of it.
    pub fn name(&self) -> String {
        self.number.clone().unwrap_or_else(|| format!("{} {}", self.day, self.total))
    }
}
