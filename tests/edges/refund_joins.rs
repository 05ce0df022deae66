//! Which charge a refund belongs to.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::{receipt, refund};
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice, settled};

/// Two settled charges thirty days apart; a refund is recorded for the first on day 50. The refund entry lies `gap`
/// days from its record: inside the window it gives the first back, outside it is taken for the second's.
fn recorded(gap: i64, of_record: bool) {
    let mut scene = Scene::chase();
    let charges = [0, 30].map(|on| scene.folder.chase(d() + on, d() + on, PLAN, 2000));
    let bills = [0, 30].map(|on| scene.folder.bill(receipt(d() + on, 2000)));
    let record = scene.folder.bill(refund(d() + 50, &bills[0], 2000)).row;
    let returned = scene.folder.chase(d() + 50 + gap, d() + 50 + gap, PLAN, -2000);
    if of_record {
        let given = case("refunded").rows(&[charges[0], bills[0].row, record, returned]);
        scene.expect(&[given, settled(&[charges[1], bills[1].row])]);
    } else {
        let missing = case("refund-missing").rows(&[charges[0], bills[0].row, record]);
        scene.expect(&[missing, case("refunded").rows(&[charges[1], bills[1].row, returned])]);
    }
}

#[test]
fn a_refund_joins_its_record_from_1_day_before_to_14_after() {
    recorded(-1, true);
    recorded(-2, false);
    recorded(14, true);
    recorded(15, false);
}

#[test]
fn without_a_record_a_refund_reaches_180_days_back_and_not_181() {
    for (gap, joins) in [(180, true), (181, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d(), PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000)).row;
        let returned = scene.folder.chase(d() + gap, d() + gap, PLAN, -2000);
        if joins {
            scene.expect(&[case("refunded").rows(&[charge, receipt, returned])]);
        } else {
            let (report, _written) = scene.run();
            assert_eq!(report.case_of(charge).verdict, "settled");
        }
    }
}

#[test]
fn a_refund_does_not_reach_forward() {
    let mut scene = Scene::chase();
    let returned = scene.folder.chase(d() - 1, d() - 1, PLAN, -2000);
    let charge = scene.folder.chase(d(), d(), PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let (report, _written) = scene.run();
    let case = report.case_of(charge);
    assert_eq!(case.verdict, "settled");
    assert!(case.rows().contains(&receipt) && !case.rows().contains(&returned));
}

#[test]
fn without_a_record_the_charge_without_invoice_goes_first_then_the_nearest() {
    let mut scene = Scene::chase();
    let bare = scene.folder.chase(d(), d(), PLAN, 2000);
    let billed = scene.folder.chase(d() + 30, d() + 30, PLAN, 2000);
    let receipt_row = scene.folder.bill(receipt(d() + 30, 2000)).row;
    let returned = scene.folder.chase(d() + 50, d() + 50, PLAN, -2000);
    scene.expect(&[case("refunded").rows(&[bare, returned]), settled(&[billed, receipt_row])]);

    let mut scene = Scene::chase();
    let charges = [0, 30].map(|on| scene.folder.chase(d() + on, d() + on, PLAN, 2000));
    let returned = scene.folder.chase(d() + 50, d() + 50, PLAN, -2000);
    scene.expect(&[no_invoice(charges[0], 2000, "USD"), case("refunded").rows(&[charges[1], returned])]);
}

#[test]
fn a_refund_is_not_larger_than_its_charge() {
    let mut scene = Scene::chase();
    let large = scene.folder.chase(d(), d(), PLAN, 2400);
    let small = scene.folder.chase(d() + 30, d() + 30, PLAN, 2000);
    let bills = [(0, 2400), (30, 2000)].map(|(on, total)| scene.folder.bill(receipt(d() + on, total)).row);
    let returned = scene.folder.chase(d() + 50, d() + 50, PLAN, -2400);
    scene.expect(&[case("refunded").rows(&[large, bills[0], returned]), settled(&[small, bills[1]])]);
}

#[test]
fn a_refund_goes_back_to_the_instrument_that_paid() {
    let mut scene = Scene::chase();
    scene.folder.cover(Layout::Revolut, d() - 60, d() + 120);
    let dollar = scene.folder.chase(d(), d(), PLAN, 2000);
    let euro = scene.folder.revolut(d() + 20, d() + 21, PLAN, 1850);
    let bills = [0, 20].map(|on| scene.folder.bill(receipt(d() + on, 2000)).row);
    let returned = scene.folder.chase(d() + 40, d() + 40, PLAN, -2000);
    scene.expect(&[case("refunded").rows(&[dollar, bills[0], returned]), settled(&[euro, bills[1]])]);
}

#[test]
fn a_wallet_refund_joins_by_its_reference_whatever_lies_nearer() {
    let mut scene = Scene::with(Layout::Paypal);
    let wallets = [0, 30].map(|on| scene.folder.paypal(d() + on, 2000, 1905));
    let bills =
        [0, 30].map(|on| scene.folder.bill(receipt(d() + on, 2000).reference(&wallets[on as usize / 30].id)).row);
    let back = scene.folder.paypal_refund(d() + 50, &wallets[0], 2000, 1905);
    let given = case("refunded").rows(&wallets[0].rows).rows(&back.rows).rows(&[bills[0]]);
    scene.expect(&[given.paid(1905, "EUR"), settled(&wallets[1].rows).rows(&[bills[1]])]);
}
