//! The date window of a join, the grace before a charge is called, and how far apart a leftover may stand.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::{api_receipt, invoice, receipt};
use crate::support::statements::{API, CREDITS, PLAN};
use crate::{Scene, d, no_invoice, paid_elsewhere, settled};

/// A charge so many days after the billing day, transaction and booking; they join or both stand alone.
fn card(transaction: i64, booking: i64, joins: bool) {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d() + transaction, d() + booking, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    if joins {
        scene.expect(&[settled(&[charge, receipt]).paid(2000, "USD")]);
    } else {
        scene.expect(&[no_invoice(charge, 2000, "USD"), paid_elsewhere(receipt)]);
    }
}

#[test]
fn a_transaction_may_lie_1_day_before_the_billing_day_and_not_2() {
    card(-1, 0, true);
    card(-1, 1, true);
    card(-2, 0, false);
    card(-2, -1, false);
}

#[test]
fn a_booking_may_lie_5_days_after_the_billing_day_and_not_6() {
    card(1, 5, true);
    card(5, 5, true);
    card(1, 6, false);
    card(6, 6, false);
}

#[test]
fn an_entry_with_only_a_booking_day_may_lie_10_days_after_and_not_11() {
    for (gap, joins) in [(-1, true), (-2, false), (10, true), (11, false)] {
        let mut scene = Scene::with(Layout::N26);
        let charge = scene.folder.n26(d() + gap, PLAN, "MasterCard Payment", "-", 2300);
        let receipt = scene.folder.bill(receipt(d(), 2300).currency("EUR")).row;
        if joins {
            scene.expect(&[settled(&[charge, receipt]).paid(2300, "EUR")]);
        } else {
            scene.expect(&[no_invoice(charge, 2300, "EUR"), paid_elsewhere(receipt)]);
        }
    }
}

#[test]
fn the_day_paid_counts_before_the_day_of_issue() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d() + 20, d() + 21, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000).paid_on(Some(d() + 20))).row;
    scene.expect(&[settled(&[charge, receipt])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let bill = crate::support::papers::receipt(d(), 2000);
    let receipt = scene.folder.bill(bill.clone().paid_on(Some(d() + 20))).row;
    scene.expect(&[no_invoice(charge, 2000, "USD"), paid_elsewhere(receipt)]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt = scene.folder.bill(bill.paid_on(None)).row;
    scene.expect(&[settled(&[charge, receipt])]);
}

#[test]
fn a_charge_is_called_2_days_before_the_as_of_day_and_not_1() {
    for (gap, called) in [(2, true), (1, false), (0, false)] {
        let as_of = crate::day("2024-11-30");
        let mut scene = Scene::chase().at(as_of);
        scene.folder.cover(Layout::Chase, as_of - 9, as_of - 1);
        let charge = scene.folder.chase(as_of - gap, as_of - gap, PLAN, 2000);
        let truth = if called {
            no_invoice(charge, 2000, "USD")
        } else {
            case("inconclusive").cause("too-recent").rows(&[charge]).paid(2000, "USD")
        };
        scene.expect(&[truth]);
    }
}

#[test]
fn a_leftover_is_less_than_50_percent_apart() {
    for (cents, joins) in [(2999, true), (3000, false), (1001, true), (1000, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, cents);
        let receipt = scene.folder.bill(receipt(d(), 2000)).row;
        if !joins {
            scene.expect(&[no_invoice(charge, cents, "USD"), paid_elsewhere(receipt)]);
        } else if cents > 2000 {
            let truth = case("amount-mismatch").cause("overcharged").rows(&[charge, receipt]);
            scene.expect(&[truth.paid(cents, "USD").stake(cents - 2000, "USD")]);
        } else {
            scene.expect(&[case("amount-mismatch").cause("undercharged").rows(&[charge, receipt])]);
        }
    }
}

#[test]
fn a_leftover_must_lie_in_the_window_and_be_of_one_product() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d() + 6, d() + 6, PLAN, 2500);
    let plan = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[no_invoice(charge, 2500, "USD"), paid_elsewhere(plan)]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2500);
    let api = scene.folder.bill(api_receipt(d(), 2000)).row;
    scene.expect(&[no_invoice(charge, 2500, "USD"), paid_elsewhere(api)]);
}

#[test]
fn an_open_invoice_takes_a_leftover_only_where_it_was_paid_short() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 1960);
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    scene.expect(&[case("amount-mismatch").cause("undercharged").rows(&[charge, open])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2500);
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    scene.expect(&[no_invoice(charge, 2500, "USD"), case("unpaid-invoice").rows(&[open])]);
}

#[test]
fn two_cents_off_are_not_exact() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2002);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let truth = case("amount-mismatch").cause("overcharged").rows(&[charge, receipt]);
    scene.expect(&[truth.stake(2, "USD")]);
}

#[test]
fn products_must_not_contradict_and_the_bare_name_contradicts_nothing() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), API, 2000);
    let plan = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[charge, plan])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), CREDITS, 2000);
    let plan = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[no_invoice(charge, 2000, "USD"), paid_elsewhere(plan)]);
}

#[test]
fn last_four_digits_must_not_contradict() {
    for (method, joins) in [("Visa-6688", true), ("Visa-4242", false), ("", true)] {
        let mut scene = Scene::with(Layout::Cmb);
        let charge = scene.folder.cmb(d(), d(), PLAN, 14450, Some(2000));
        let receipt = scene.folder.bill(receipt(d(), 2000).method(method)).row;
        if joins {
            scene.expect(&[settled(&[charge, receipt]).paid(14450, "CNY")]);
        } else {
            scene.expect(&[no_invoice(charge, 14450, "CNY"), paid_elsewhere(receipt)]);
        }
    }
}

#[test]
fn tax_is_considered_before_anything_else() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2160);
    let receipt = scene.folder.bill(receipt(d(), 2000).taxed(160)).row;
    scene.expect(&[settled(&[charge, receipt]).paid(2160, "USD")]);
}

#[test]
fn a_separate_fee_row_is_no_purchase_of_its_own() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let fee = scene.folder.chase(d(), d() + 1, "INTERNATIONAL TRANSACTION FEE", 60);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[charge, receipt]).also(&[fee])]);
}
