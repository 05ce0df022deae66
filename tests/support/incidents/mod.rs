//! The incidents of which a payer's year is made, each with the truth that it plants.

mod charged;
mod given_back;
mod uncharged;

pub use charged::{settled_in_yuan, too_recent};
pub use given_back::refund_pending;
pub use uncharged::{outside_coverage, pending_hold};

use super::day::Day;
use super::joins::{Invoice, Product};
use super::judge::{Truth, case};
use super::papers::{self, Bill, Billed, OWN, api_receipt, invoice, receipt, refund};
use super::statements;
use super::year::{Instrument, Made, Year};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Settled,
    TopUp,
    SeenActive,
    Reissued,
    NoInvoice,
    NoInvoicePartBack,
    InvoiceUnpaid,
    InvoiceVoid,
    PlanInactive,
    CreditNotGranted,
    Duplicate,
    DuplicateSameDay,
    RefundMissing,
    Refunded,
    RefundedByPaypal,
    RefundShort,
    WrongAccount,
    AfterCancel,
    FxUnderpaid,
    Overcharged,
    Undercharged,
    PaidElsewhere,
    UnpaidInvoice,
    ReleasedHold,
    DeclinedByBank,
    DeclinedAttempt,
    FxDeclined,
    StoreCharge,
    LocalPrice,
    Nothing,
}

/// Every kind, for worlds in which each shall occur.
pub const ALL: [Kind; 30] = [
    Kind::Settled,
    Kind::TopUp,
    Kind::SeenActive,
    Kind::Reissued,
    Kind::NoInvoice,
    Kind::NoInvoicePartBack,
    Kind::InvoiceUnpaid,
    Kind::InvoiceVoid,
    Kind::PlanInactive,
    Kind::CreditNotGranted,
    Kind::Duplicate,
    Kind::DuplicateSameDay,
    Kind::RefundMissing,
    Kind::Refunded,
    Kind::RefundedByPaypal,
    Kind::RefundShort,
    Kind::WrongAccount,
    Kind::AfterCancel,
    Kind::FxUnderpaid,
    Kind::Overcharged,
    Kind::Undercharged,
    Kind::PaidElsewhere,
    Kind::UnpaidInvoice,
    Kind::ReleasedHold,
    Kind::DeclinedByBank,
    Kind::DeclinedAttempt,
    Kind::FxDeclined,
    Kind::StoreCharge,
    Kind::LocalPrice,
    Kind::Nothing,
];

const ANY: [Instrument; 4] = [Instrument::Chase, Instrument::Cmb, Instrument::Revolut, Instrument::Paypal];
const CARDS: [Instrument; 3] = [Instrument::Chase, Instrument::Cmb, Instrument::Revolut];

use charged::*;
use given_back::*;
use uncharged::*;

/// Plants one incident around a day. False where it cannot be planted so; the year then takes it back.
pub fn plant(year: &mut Year, kind: Kind, on: Day) -> bool {
    match kind {
        Kind::Settled | Kind::TopUp | Kind::SeenActive | Kind::Reissued => ordinary(year, kind, on),
        Kind::NoInvoice | Kind::NoInvoicePartBack => without_invoice(year, kind, on),
        Kind::InvoiceUnpaid | Kind::InvoiceVoid => unpaid_or_void(year, kind, on),
        Kind::PlanInactive => plan_inactive(year, on),
        Kind::CreditNotGranted => credit_not_granted(year, on),
        Kind::Duplicate | Kind::DuplicateSameDay => duplicate(year, kind, on),
        Kind::RefundMissing | Kind::Refunded | Kind::RefundShort => refund_due(year, kind, on),
        Kind::RefundedByPaypal => refunded_by_paypal(year, on),
        Kind::WrongAccount => wrong_account(year, on),
        Kind::AfterCancel => after_cancel(year, on),
        Kind::FxUnderpaid => fx_underpaid(year, on),
        Kind::Overcharged | Kind::Undercharged => mischarged(year, kind, on),
        Kind::PaidElsewhere | Kind::UnpaidInvoice => billed_only(year, kind, on),
        Kind::ReleasedHold | Kind::DeclinedByBank => held(year, kind, on),
        Kind::DeclinedAttempt | Kind::FxDeclined => attempted(year, kind, on),
        Kind::StoreCharge => store_charge(year, on),
        Kind::LocalPrice => local_price(year, on),
        Kind::Nothing => nothing(year, on),
    }
}

/// A plan's total, tax included: `(subtotal, tax)`.
fn price(year: &mut Year) -> (i64, i64) {
    let subtotal = year.rng.pick(&[2000, 2000, 2000, 20_000]);
    (subtotal, subtotal * year.rng.pick(&[0, 0, 8, 20]) / 100)
}

fn top_up(year: &mut Year) -> i64 {
    year.rng.pick(&[500, 1000, 2500, 5000, 10_000])
}

/// The day of the charge's transaction, around the billing day.
fn near(year: &mut Year, on: Day) -> Day {
    on + year.rng.pick(&[-1, 0, 0, 0, 1])
}

/// Writes a bill and notes it for the checks.
fn write(year: &mut Year, bill: Bill, fixed: bool) -> (Billed, usize) {
    let noted = Invoice {
        product: if bill.product == "api-credits" { Product::Api } else { Product::Plan },
        total: bill.subtotal + bill.tax,
        on: bill.paid_on.unwrap_or(bill.date),
        status: match bill.status {
            "open" => 1,
            "void" => 2,
            _ => 0,
        },
        own: bill.account == OWN,
        fixed,
    };
    year.plot.invoices.push(noted);
    (year.plot.folder.bill(bill), year.plot.invoices.len() - 1)
}

/// A charge with the bill that it pays, tied by reference where the wallet gives one and chance wants it.
fn billed(year: &mut Year, by: Instrument, on: Day, bill: Bill) -> (Made, Billed) {
    let day = if by == Instrument::Paypal { on } else { near(year, on) };
    let product = if bill.product == "api-credits" { Product::Api } else { Product::Plan };
    let made = year.charge(by, day, bill.subtotal + bill.tax, product);
    let (bill, fixed) = match &made.wallet {
        Some(wallet) if year.rng.chance(60) => (bill.reference(&wallet.id), true),
        _ => (bill, false),
    };
    let period = bill.period;
    let is_plan = bill.product == "chatgpt-plan";
    let (billed, at) = write(year, bill, fixed);
    year.plot.charges[made.at].invoice = Some(at);
    year.plot.charges[made.at].fixed = fixed;
    year.plot.meanings[made.at].period = period;
    year.plot.meanings[made.at].is_plan = is_plan;
    (made, billed)
}

fn untouchable(year: &mut Year, made: &Made) {
    year.plot.meanings[made.at].touchable = false;
}

fn truth(year: &mut Year, truth: Truth) -> bool {
    year.plot.truths.push(truth);
    true
}

/// A case about a posted charge whose whole amount is at stake.
fn whole(made: &Made, verdict: &'static str) -> Truth {
    paid(made, verdict).stake(made.cents, made.currency)
}

fn paid(made: &Made, verdict: &'static str) -> Truth {
    case(verdict).rows(&made.rows).paid(made.cents, made.currency)
}

fn plan_receipt(year: &mut Year, on: Day) -> Bill {
    let (subtotal, tax) = price(year);
    receipt(on, subtotal).taxed(tax)
}
