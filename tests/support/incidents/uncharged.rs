//! What is billed, held or tried, and never charged.

use super::*;

pub fn billed_only(year: &mut Year, kind: Kind, on: Day) -> bool {
    let paid = plan_receipt(year, on);
    if kind == Kind::PaidElsewhere {
        let (bill, _) = write(year, paid, false);
        return truth(year, case("paid-elsewhere").rows(&[bill.row]));
    }
    let (bill, _) = write(year, invoice(on, paid.subtotal, "open").taxed(paid.tax), false);
    truth(year, case("unpaid-invoice").rows(&[bill.row]))
}

pub fn held(year: &mut Year, kind: Kind, on: Day) -> bool {
    let (state, verdict) =
        if kind == Kind::ReleasedHold { ("REVERTED", "released-hold") } else { ("DECLINED", "declined") };
    let (subtotal, tax) = price(year);
    let euros = year.ecb.rate(on, "EUR").of_with(subtotal + tax, 60);
    let name = year.descriptor(Product::Plan);
    let row = year.plot.folder.revolut_open(on, name, euros, state);
    year.plot.attempts.push((on, subtotal + tax, None));
    truth(year, case(verdict).rows(&[row]))
}

pub fn attempted(year: &mut Year, kind: Kind, on: Day) -> bool {
    let (subtotal, tax) = price(year);
    let total = subtotal + tax;
    let rate = year.ecb.rate(on, "CNY");
    if kind == Kind::FxDeclined {
        let learned = year.plot.charges.iter().zip(&year.plot.meanings);
        let past = learned.filter(|(charge, meaning)| meaning.instrument == Instrument::Cmb && charge.posted < on);
        if past.count() < 3 {
            return false;
        }
        let balance = rate.of_with(total, 20);
        let row = year.plot.folder.attempt(on, total, "declined", "insufficient_funds", Some(balance));
        year.plot.attempts.push((on, total, None));
        return truth(year, case("fx-declined").rows(&[row]));
    }
    let balance = rate.of_with(total, -5000);
    let row = year.plot.folder.attempt(on, total, "declined", "insufficient_funds", Some(balance));
    let base = case("declined").cause("insufficient-funds").rows(&[row]);
    if year.rng.chance(50) {
        year.plot.attempts.push((on, total, None));
        return truth(year, base);
    }
    let failed = year.plot.folder.bill(papers::payment_failed(on, subtotal).taxed(tax)).row;
    let (open, at) = write(year, invoice(on, subtotal, "open").taxed(tax), false);
    year.plot.attempts.push((on, total, Some(at)));
    truth(year, base.rows(&[failed, open.row]))
}

/// Papers that make no case: a void invoice, a total of nothing, an attempt given up.
pub fn nothing(year: &mut Year, on: Day) -> bool {
    let (subtotal, tax) = price(year);
    write(year, invoice(on, subtotal, "void").taxed(tax), false);
    year.plot.folder.bill(receipt(on, 0));
    year.plot.folder.attempt(on, subtotal, "abandoned", "", None);
    true
}

/// A receipt of a day that no statement covers.
pub fn outside_coverage(year: &mut Year, on: Day) -> bool {
    let (bill, _) = write(year, receipt(on, 2000), false);
    truth(year, case("inconclusive").cause("outside-statement-coverage").rows(&[bill.row]))
}

/// An authorization that is still pending in the export.
pub fn pending_hold(year: &mut Year, on: Day) -> bool {
    let (subtotal, tax) = price(year);
    let euros = year.ecb.rate(on, "EUR").of_with(subtotal + tax, 60);
    let row = year.plot.folder.revolut_open(on, "OpenAI", euros, "PENDING");
    year.plot.attempts.push((on, subtotal + tax, None));
    truth(year, case("pending-hold").rows(&[row]))
}
