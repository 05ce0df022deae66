//! Refunds: come, come short, on their way, never come.

use super::*;

/// A recorded refund that came whole, came short in the payer's currency, or never came.
pub fn refund_due(year: &mut Year, kind: Kind, on: Day) -> bool {
    let by = match kind {
        Kind::Refunded => Instrument::Chase,
        Kind::RefundShort => year.rng.pick(&[Instrument::Cmb, Instrument::Revolut]),
        _ => year.rng.pick(&CARDS),
    };
    let bill = plan_receipt(year, on);
    let total = bill.subtotal + bill.tax;
    let (made, bill) = billed(year, by, on, bill);
    untouchable(year, &made);
    let recorded = on + year.rng.between(3, 8);
    let record = year.plot.folder.bill(refund(recorded, &bill, total)).row;
    year.plot.records.push((by, recorded, made.at));
    let rows = [bill.row, record];
    if kind == Kind::RefundMissing {
        let missing = paid(&made, "refund-missing").rows(&rows);
        return truth(year, if by == Instrument::Chase { missing.stake(total, "USD") } else { missing });
    }
    let came = recorded + year.rng.between(0, 3);
    let name = year.descriptor(Product::Plan);
    let below = -year.rng.between(50, 120);
    let (returned, back) = match by {
        Instrument::Chase => (year.plot.folder.chase(came, came + 1, name, -total), total),
        Instrument::Cmb => {
            let yuan = year.ecb.rate(came, "CNY").of_with(total, below);
            (year.plot.folder.cmb(came, came + 1, name, -yuan, Some(-total)), yuan)
        }
        _ => {
            let euros = year.ecb.rate(came, "EUR").of_with(total, below);
            (year.plot.folder.revolut(came, came + 1, name, -euros), euros)
        }
    };
    year.plot.returns.push((by, came, made.at));
    if kind == Kind::Refunded {
        return truth(year, paid(&made, "refunded").rows(&rows).rows(&[returned]));
    }
    made.cents - back > 2 && truth(year, paid(&made, "refund-short").cause("fx").rows(&rows).rows(&[returned]))
}

pub fn refunded_by_paypal(year: &mut Year, on: Day) -> bool {
    let bill = plan_receipt(year, on);
    let total = bill.subtotal + bill.tax;
    let (made, bill) = billed(year, Instrument::Paypal, on, bill);
    untouchable(year, &made);
    let wallet = made.wallet.clone().expect("a wallet payment");
    let back_on = on + year.rng.between(1, 6);
    let back = year.plot.folder.paypal_refund(back_on, &wallet, total, made.cents);
    let record = year.plot.folder.bill(refund(back_on, &bill, total)).row;
    truth(year, paid(&made, "refunded").rows(&[bill.row, record]).rows(&back.rows))
}

/// A refund recorded a few days ago that is still on its way.
pub fn refund_pending(year: &mut Year, on: Day) -> bool {
    let by = year.rng.pick(&CARDS);
    let bill = plan_receipt(year, on);
    let total = bill.subtotal + bill.tax;
    let (made, bill) = billed(year, by, on, bill);
    untouchable(year, &made);
    let record = year.plot.folder.bill(refund(on + 5, &bill, total)).row;
    year.plot.records.push((by, on + 5, made.at));
    truth(year, paid(&made, "inconclusive").cause("refund-pending").rows(&[bill.row, record]))
}
