//! Charges after a cancellation, and orders that stand between.

use crate::support::judge::case;
use crate::support::papers::{api_receipt, cancellation, order, receipt};
use crate::support::statements::{API, PLAN};
use crate::{Scene, d, no_invoice, settled};

/// A settled charge whose period begins on the day itself; cancellations and orders so many days from it.
fn after(cancelled: &[i64], ordered: &[i64], blames: Option<usize>) {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let ends: Vec<usize> = cancelled.iter().map(|gap| scene.folder.bill(cancellation(d() + *gap)).row).collect();
    let also: Vec<usize> = ordered.iter().map(|gap| scene.folder.bill(order(d() + *gap)).row).collect();
    match blames {
        Some(at) => {
            let truth = case("charged-after-cancel").rows(&[charge, receipt, ends[at]]);
            scene.expect(&[truth.paid(2000, "USD").stake(2000, "USD")]);
        }
        None => {
            scene.expect(&[settled(&[charge, receipt]).also(&also).also(&ends)]);
        }
    }
}

#[test]
fn a_cancellation_counts_on_the_periods_first_day_and_not_a_day_later() {
    after(&[-5], &[], Some(0));
    after(&[0], &[], Some(0));
    after(&[1], &[], None);
}

#[test]
fn an_order_between_the_two_clears_both_ends_included() {
    after(&[-5], &[-5], None);
    after(&[-5], &[-3], None);
    after(&[-5], &[0], None);
    after(&[-5], &[-6], Some(0));
    after(&[-5], &[1], Some(0));
}

#[test]
fn the_latest_cancellation_decides() {
    after(&[-40, -5], &[-20], Some(1));
    after(&[-40], &[-20], None);
    after(&[-40, -5], &[-20, -2], None);
    after(&[-40, 1], &[], Some(0));
}

#[test]
fn the_periods_start_decides_and_not_the_charge_day() {
    for (cancelled, blamed) in [(2, true), (3, true), (4, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000).period(d() + 3, d() + 33)).row;
        let end = scene.folder.bill(cancellation(d() + cancelled)).row;
        if blamed {
            scene.expect(&[case("charged-after-cancel").rows(&[charge, receipt, end])]);
        } else {
            scene.expect(&[settled(&[charge, receipt])]);
        }
    }
}

#[test]
fn without_an_invoice_the_charge_day_decides() {
    for (cancelled, blamed) in [(0, true), (1, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let end = scene.folder.bill(cancellation(d() + cancelled)).row;
        if blamed {
            let truth = case("charged-after-cancel").rows(&[charge, end]);
            scene.expect(&[truth.paid(2000, "USD").stake(2000, "USD")]);
        } else {
            scene.expect(&[no_invoice(charge, 2000, "USD")]);
        }
    }
}

#[test]
fn a_cancellation_of_another_account_or_product_says_nothing() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt_row = scene.folder.bill(receipt(d(), 2000)).row;
    scene.folder.bill(cancellation(d() - 5).account("other@example.org"));
    scene.expect(&[settled(&[charge, receipt_row])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, API, 5000);
    let receipt_row = scene.folder.bill(api_receipt(d(), 5000)).row;
    scene.folder.bill(cancellation(d() - 5));
    scene.expect(&[settled(&[charge, receipt_row])]);
}

#[test]
fn a_wrong_account_comes_before_a_cancellation_and_a_duplicate_before_both() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let second = scene.folder.chase(d() + 2, d() + 2, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000).account("other@example.org")).row;
    scene.folder.bill(cancellation(d() - 5));
    let wrong = case("wrong-account").rows(&[first, receipt]);
    scene.expect(&[wrong, case("duplicate-charge").rows(&[second]).stake(2000, "USD")]);
}
