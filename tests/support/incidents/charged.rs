//! Purchases with a posted charge.

use super::*;

pub fn ordinary(year: &mut Year, kind: Kind, on: Day) -> bool {
    let by = year.rng.pick(&ANY);
    if kind == Kind::TopUp {
        let total = top_up(year);
        let (made, bill) = billed(year, by, on, api_receipt(on, total));
        let given = year.plot.folder.bill(papers::grant(on, total).reference(&bill.number)).row;
        year.plot.grants.push((on, total));
        return truth(year, paid(&made, "settled").rows(&[bill.row]).also(&[given]));
    }
    let bill = plan_receipt(year, on);
    let again = invoice(on, bill.subtotal, "void").taxed(bill.tax);
    let (made, bill) = billed(year, by, on, bill);
    let base = paid(&made, "settled").rows(&[bill.row]);
    match kind {
        Kind::SeenActive => {
            let seen_on = made.on + year.rng.between(2, 4);
            let seen = year.plot.folder.observe(seen_on, OWN, "plus", "active");
            let pro = year.plot.invoices.last().is_some_and(|bill| bill.total >= 20_000);
            year.plot.observations.push(seen_on);
            year.plot.meanings[made.at].observed = Some(year.plot.observations.len() - 1);
            !pro && truth(year, base.cause("activation-observed").also(&[seen]))
        }
        Kind::Reissued => {
            let (void, _) = write(year, again, false);
            truth(year, base.also(&[void.row]))
        }
        _ => truth(year, base.cause("activation-presumed")),
    }
}

pub fn without_invoice(year: &mut Year, kind: Kind, on: Day) -> bool {
    let part = kind == Kind::NoInvoicePartBack;
    let by = if part { Instrument::Chase } else { year.rng.pick(&ANY) };
    let made = if !part && year.rng.chance(40) {
        let total = top_up(year);
        year.plot.ungranted.push((on, total));
        year.charge(by, on, total, Product::Api)
    } else {
        let (subtotal, tax) = price(year);
        year.charge(by, on, subtotal + tax, Product::Plan)
    };
    let base = whole(&made, "charged-not-activated").cause("no-invoice");
    if !part {
        return truth(year, base);
    }
    let name = year.descriptor(Product::Plan);
    let returned = year.plot.folder.chase(on + 2, on + 2, name, -500);
    year.plot.returns.push((by, on + 2, made.at));
    truth(year, base.rows(&[returned]).stake(made.cents - 500, made.currency))
}

pub fn unpaid_or_void(year: &mut Year, kind: Kind, on: Day) -> bool {
    let (status, cause) = if kind == Kind::InvoiceVoid { ("void", "invoice-void") } else { ("open", "invoice-unpaid") };
    let by = year.rng.pick(&ANY);
    let bill = if year.rng.chance(40) {
        let total = top_up(year);
        year.plot.ungranted.push((on, total));
        invoice(on, total, status).api()
    } else {
        let (subtotal, tax) = price(year);
        invoice(on, subtotal, status).taxed(tax)
    };
    let (made, bill) = billed(year, by, on, bill);
    truth(year, whole(&made, "charged-not-activated").cause(cause).rows(&[bill.row]))
}

pub fn plan_inactive(year: &mut Year, on: Day) -> bool {
    let by = year.rng.pick(&ANY);
    let bill = plan_receipt(year, on);
    let (made, bill) = billed(year, by, on, bill);
    let seen_on = made.on + year.rng.between(2, 5);
    let seen = year.plot.folder.observe(seen_on, OWN, "free", "inactive");
    year.plot.observations.push(seen_on);
    year.plot.meanings[made.at].observed = Some(year.plot.observations.len() - 1);
    truth(year, whole(&made, "charged-not-activated").cause("plan-inactive").rows(&[bill.row, seen]))
}

pub fn credit_not_granted(year: &mut Year, on: Day) -> bool {
    let by = year.rng.pick(&ANY);
    let total = top_up(year);
    let (made, bill) = billed(year, by, on, api_receipt(on, total));
    year.plot.ungranted.push((made.on, total));
    truth(year, whole(&made, "charged-not-activated").cause("credit-not-granted").rows(&[bill.row]))
}

pub fn duplicate(year: &mut Year, kind: Kind, on: Day) -> bool {
    let same_day = kind == Kind::DuplicateSameDay;
    let by = if same_day { year.rng.pick(&CARDS) } else { year.rng.pick(&ANY) };
    let bill = plan_receipt(year, on);
    let total = bill.subtotal + bill.tax;
    let made = year.charge(by, on, total, Product::Plan);
    let (bill, at) = write(year, bill, false);
    let gap = if same_day { 0 } else { year.rng.between(1, 3) };
    let twice = year.charge(by, on + gap, total, Product::Plan);
    year.plot.charges[made.at].invoice = Some(at);
    year.plot.charges[twice.at].duplicate = true;
    untouchable(year, &twice);
    if !same_day {
        truth(year, paid(&made, "settled").rows(&[bill.row]));
        return truth(year, whole(&twice, "duplicate-charge"));
    }
    year.plot.charges[made.at].twin = Some(made.at);
    year.plot.charges[twice.at].twin = Some(made.at);
    let same_posting = year.plot.charges[made.at].posted == year.plot.charges[twice.at].posted;
    let either = [made.rows.clone(), twice.rows.clone()].concat();
    truth(year, case("settled").rows(&[bill.row]).either(&either));
    same_posting && truth(year, case("duplicate-charge").either(&either))
}

pub fn wrong_account(year: &mut Year, on: Day) -> bool {
    let by = year.rng.pick(&ANY);
    let bill = plan_receipt(year, on).account("old.login@example.org");
    let (made, bill) = billed(year, by, on, bill);
    untouchable(year, &made);
    truth(year, whole(&made, "wrong-account").rows(&[bill.row]))
}

pub fn after_cancel(year: &mut Year, on: Day) -> bool {
    let by = year.rng.pick(&ANY);
    let bill = plan_receipt(year, on);
    let (made, bill) = billed(year, by, on, bill);
    let ended = on - year.rng.between(0, 2);
    let end = year.plot.folder.bill(papers::cancellation(ended)).row;
    year.plot.cancellations.push(ended);
    year.plot.folder.bill(papers::order(on + 1));
    year.plot.orders.push(on + 1);
    year.plot.meanings[made.at].cancelled = true;
    truth(year, whole(&made, "charged-after-cancel").rows(&[bill.row, end]))
}

pub fn fx_underpaid(year: &mut Year, on: Day) -> bool {
    let total = year.rng.pick(&[2000, 20_000]);
    let arrived = total - total * year.rng.between(5, 20) / 1000;
    let spread = year.rng.between(270, 400);
    let made = year.charge_at(Instrument::Paypal, on, arrived, Product::Plan, spread);
    let reference = made.wallet.clone().expect("a wallet payment").id;
    let bill = invoice(on, total, "open").reference(&reference);
    year.plot.meanings[made.at].period = bill.period;
    let (bill, at) = write(year, bill, true);
    year.plot.charges[made.at].invoice = Some(at);
    year.plot.charges[made.at].fixed = true;
    truth(year, paid(&made, "fx-underpaid").rows(&[bill.row]).stake(total - arrived, "USD"))
}

pub fn mischarged(year: &mut Year, kind: Kind, on: Day) -> bool {
    let bill = plan_receipt(year, on);
    let total = bill.subtotal + bill.tax;
    let over = kind == Kind::Overcharged;
    let percent = year.rng.between(6, 40);
    let charged = if over { total + total * percent / 100 } else { total - total * percent / 100 };
    let made = year.charge(Instrument::Chase, on, charged, Product::Plan);
    year.plot.meanings[made.at].period = bill.period;
    let (bill, at) = write(year, bill, false);
    year.plot.charges[made.at].leftover = Some(at);
    let base = paid(&made, "amount-mismatch").rows(&[bill.row]);
    if over {
        truth(year, base.cause("overcharged").stake(charged - total, "USD"))
    } else {
        truth(year, base.cause("undercharged"))
    }
}

pub fn store_charge(year: &mut Year, on: Day) -> bool {
    let cents = year.rng.pick(&[2000, 1999]);
    let row = year.plot.folder.chase(on, on + 1, "APPLE.COM/BILL", cents);
    let clear = !year.plot.invoices.iter().any(|bill| (bill.on - on).abs() <= 12 && bill.total < 2500);
    clear && truth(year, case("inconclusive").cause("store-charge-unidentified").rows(&[row]).paid(cents, "USD"))
}

/// A settled month on the CMB card: what its conversions cost is learned from them.
pub fn settled_in_yuan(year: &mut Year, on: Day) -> bool {
    let bill = plan_receipt(year, on);
    let (made, bill) = billed(year, Instrument::Cmb, on, bill);
    truth(year, paid(&made, "settled").rows(&[bill.row]))
}

/// A charge of the day before the as-of day, which no invoice joins yet.
pub fn too_recent(year: &mut Year, on: Day) -> bool {
    let (subtotal, tax) = price(year);
    let row = year.plot.folder.chase(on, on, statements::PLAN, subtotal + tax);
    truth(year, case("inconclusive").cause("too-recent").rows(&[row]).paid(subtotal + tax, "USD"))
}

/// A price in the payer's own currency: joined exactly, or refused by nothing but its absence from the list.
pub fn local_price(year: &mut Year, on: Day) -> bool {
    let by_bank = year.rng.chance(50);
    let row = if by_bank {
        let booked = on + year.rng.between(0, 9);
        year.plot.folder.n26(booked, statements::PLAN, "MasterCard Payment", "-", 2300)
    } else {
        year.plot.folder.revolut(on, on + 1, statements::PLAN, 2300)
    };
    year.plot.locals.push(on);
    let bare = case("charged-not-activated").cause("no-invoice").rows(&[row]).paid(2300, "EUR");
    if year.rng.chance(30) {
        return truth(year, bare.stake(2300, "EUR"));
    }
    let bill = year.plot.folder.bill(receipt(on, 2000).taxed(300).currency("EUR")).row;
    truth(year, case("settled").rows(&[row, bill]).paid(2300, "EUR"))
}
