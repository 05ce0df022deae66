//! Holds and attempts: purchases without a posted charge.

use crate::support::day::day;
use crate::support::folder::{Layout, RowId};
use crate::support::judge::case;
use crate::support::papers::{invoice, payment_failed, receipt};
use crate::support::rates::Ecb;
use crate::support::statements::PLAN;
use crate::{Scene, d, settled};

#[test]
fn a_hold_is_overdue_after_more_than_7_days() {
    for (age, overdue) in [(1, false), (7, false), (8, true)] {
        let mut scene = Scene::bare().at(d() + age);
        scene.folder.empty_list();
        scene.folder.cover(Layout::Revolut, d() - 60, d() + age);
        let hold = scene.folder.revolut_open(d(), PLAN, 1860, "PENDING");
        let report = scene.expect(&[case("pending-hold").rows(&[hold])]);
        let found = &report.cases[0];
        assert_eq!(found.has_reason("hold-overdue"), overdue, "{age}: {:?}", found.reasons);
        assert!(found.raw["paid"].is_null() && found.raw["charged_on"].is_null());
    }
}

#[test]
fn a_pending_hold_keeps_the_receipt_that_exists_already() {
    let mut scene = Scene::bare().at(d() + 3);
    scene.folder.cover(Layout::Revolut, d() - 60, d() + 3);
    let hold = scene.folder.revolut_open(d(), PLAN, 1860, "PENDING");
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[case("pending-hold").rows(&[hold, receipt])]);
}

#[test]
fn a_released_hold_is_no_charge() {
    let mut scene = Scene::with(Layout::Revolut);
    let hold = scene.folder.revolut_open(d(), PLAN, 1860, "REVERTED");
    scene.expect(&[case("released-hold").rows(&[hold])]);
}

#[test]
fn a_posted_charge_beside_a_released_hold_stands_for_itself() {
    let mut scene = Scene::with(Layout::Revolut);
    let hold = scene.folder.revolut_open(d() - 20, PLAN, 1860, "REVERTED");
    let charge = scene.folder.revolut(d(), d() + 1, PLAN, 1860);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[case("released-hold").rows(&[hold]), settled(&[charge, receipt])]);
}

#[test]
fn a_decline_of_which_nothing_is_known_is_unknown() {
    let mut scene = Scene::with(Layout::Revolut);
    let decline = scene.folder.revolut_open(d(), PLAN, 1860, "DECLINED");
    scene.expect(&[case("declined").cause("unknown").rows(&[decline])]);
}

#[test]
fn attempts_given_up_or_accepted_make_no_case() {
    let mut scene = Scene::with(Layout::Cmb);
    scene.folder.attempt(d(), 2000, "abandoned", "", None);
    scene.folder.attempt(d() + 20, 2000, "approved", "", None);
    scene.expect(&[]);
}

#[test]
fn attempt_failed_payment_and_open_invoice_are_one_case() {
    let mut scene = Scene::with(Layout::Cmb);
    let attempt = scene.folder.attempt(d(), 2000, "declined", "insufficient_funds", Some(5000));
    let failed = scene.folder.bill(payment_failed(d(), 2000)).row;
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    let other = scene.folder.bill(invoice(d() + 60, 2000, "open")).row;
    scene.expect(&[
        case("declined").cause("insufficient-funds").rows(&[attempt, failed, open]),
        case("unpaid-invoice").rows(&[other]),
    ]);
}

#[test]
fn an_attempt_belongs_to_an_open_invoice_from_1_day_before_it_to_5_after() {
    for (gap, one) in [(-1, true), (-2, false), (5, true), (6, false)] {
        let mut scene = Scene::with(Layout::Cmb);
        let attempt = scene.folder.attempt(d() + gap, 2000, "declined", "insufficient_funds", Some(5000));
        let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
        if one {
            scene.expect(&[case("declined").rows(&[attempt, open])]);
        } else {
            scene.expect(&[case("declined").rows(&[attempt]), case("unpaid-invoice").rows(&[open])]);
        }
    }
}

#[test]
fn an_attempt_of_another_amount_or_day_is_another_purchase() {
    let mut scene = Scene::with(Layout::Cmb);
    let attempt = scene.folder.attempt(d(), 2000, "declined", "insufficient_funds", Some(5000));
    let later = scene.folder.attempt(d() + 20, 2000, "declined", "insufficient_funds", Some(5000));
    let open = scene.folder.bill(invoice(d(), 20_000, "open")).row;
    scene.expect(&[
        case("declined").rows(&[attempt]),
        case("declined").rows(&[later]),
        case("unpaid-invoice").rows(&[open]),
    ]);
}

/// A decline on 2024-06-13 after `past` charges of the same card that each cost one percent over the reference rate.
fn declined_with(past: i64, available: impl Fn(i64, i64) -> i64, verdict: &'static str) {
    let ecb = Ecb::load();
    let mut scene = Scene::with(Layout::Cmb);
    let mut truths = Vec::new();
    for on in (0..past).map(|months| day("2024-03-12") + 28 * months) {
        let charge = scene.folder.cmb(on, on + 1, PLAN, ecb.rate(on, "CNY").of_with(20_000, 100), Some(20_000));
        let receipt = scene.folder.bill(receipt(on, 20_000)).row;
        truths.push(settled(&[charge, receipt]));
    }
    let on = day("2024-06-13");
    let rate = ecb.rate(on, "CNY");
    let balance = available(rate.of(20_000), rate.of_with(20_000, 100));
    let attempt: RowId = scene.folder.attempt(on, 20_000, "declined", "insufficient_funds", Some(balance));
    truths.push(case(verdict).rows(&[attempt]));
    scene.expect(&truths);
}

#[test]
fn a_balance_between_the_reference_cost_and_what_was_needed_was_short_by_conversion() {
    declined_with(3, |mid, _| mid, "fx-declined");
    declined_with(3, |mid, _| mid - 1, "declined");
    declined_with(3, |_, needed| needed - 12, "fx-declined");
    declined_with(3, |_, needed| needed + 12, "declined");
}

#[test]
fn what_a_card_costs_is_learned_from_3_charges_and_not_from_2() {
    declined_with(3, i64::midpoint, "fx-declined");
    declined_with(2, i64::midpoint, "declined");
}

#[test]
fn a_balance_in_the_currency_of_the_charge_is_no_matter_of_conversion() {
    let mut scene = Scene::with(Layout::Cmb);
    let cells = ["2024-05-15T12:00:00Z", crate::OWN, "Visa-6688", "USD", "20.00", "declined", "insufficient_funds"];
    let mut cells: Vec<String> = cells.map(str::to_owned).to_vec();
    cells.extend(["19.99", "USD", ""].map(str::to_owned));
    let attempt = scene.folder.push(Layout::Attempts, d(), cells);
    scene.expect(&[case("declined").cause("insufficient-funds").rows(&[attempt])]);
}

#[test]
fn a_written_reason_names_the_cause() {
    let reasons = [
        ("insufficient_funds", "insufficient-funds"),
        ("expired_card", "card-expired"),
        ("incorrect_cvc", "card-details"),
        ("authentication_required", "authentication"),
        ("", "unknown"),
    ];
    for (reason, cause) in reasons {
        let mut scene = Scene::with(Layout::Cmb);
        let attempt = scene.folder.attempt(d(), 2000, "declined", reason, None);
        scene.expect(&[case("declined").cause(cause).rows(&[attempt])]);
    }
}
