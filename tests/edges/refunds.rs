//! Refunds that came, came short, are on their way or never came.

use crate::support::bands::band;
use crate::support::day::{Day, day};
use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::{receipt, refund};
use crate::support::rates::Ecb;
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice, settled};

#[test]
fn a_refund_record_of_14_days_is_pending_and_of_15_is_missing() {
    for (age, missing) in [(14, false), (15, true)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000));
        let record = scene.folder.bill(refund(d() + 5, &receipt, 2000)).row;
        let scene = scene.at(d() + 5 + age);
        let rows = [charge, receipt.row, record];
        if missing {
            scene.expect(&[case("refund-missing").rows(&rows).paid(2000, "USD").stake(2000, "USD")]);
        } else {
            scene.expect(&[case("inconclusive").cause("refund-pending").rows(&rows).paid(2000, "USD")]);
        }
    }
}

/// A refund recorded on the fifth day, in statements that cover the given stretches.
fn uncovered(stretches: &[(Day, Day)], missing: bool) {
    let mut scene = Scene::bare();
    for (number, (from, to)) in stretches.iter().enumerate() {
        scene.folder.send_to(Layout::Chase, &format!("chase-{number}.csv"));
        scene.folder.cover(Layout::Chase, *from, *to);
    }
    scene.folder.send_to(Layout::Chase, "chase-0.csv");
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000));
    let record = scene.folder.bill(refund(d() + 5, &receipt, 2000)).row;
    let rows = [charge, receipt.row, record];
    if missing {
        scene.expect(&[case("refund-missing").rows(&rows)]);
    } else {
        scene.expect(&[case("inconclusive").cause("outside-statement-coverage").rows(&rows)]);
    }
}

#[test]
fn a_missing_refund_wants_the_statement_to_cover_its_day_to_14_days_after() {
    uncovered(&[(d() - 30, d() + 19)], true);
    uncovered(&[(d() - 30, d() + 18)], false);
}

#[test]
fn a_missing_refund_wants_every_one_of_those_days() {
    uncovered(&[(d() - 30, d() + 4), (d() + 5, d() + 60)], true);
    uncovered(&[(d() - 30, d() + 4), (d() + 6, d() + 60)], false);
    uncovered(&[(d() - 30, d() + 12), (d() + 14, d() + 60)], false);
    uncovered(&[(d() - 30, d() + 12), (d() + 13, d() + 60)], true);
}

/// A balance that breaks between two rows of a Revolut statement.
fn gap_between(before: i64, after: i64, missing: bool) {
    let mut scene = Scene::with(Layout::Revolut);
    let charge = scene.folder.revolut(d(), d() + 1, PLAN, 1860);
    scene.folder.other(Layout::Revolut, d() + before, "GREEN GROCER 12", 777);
    let lost = scene.folder.other(Layout::Revolut, d() + before, "GREEN GROCER 13", 888);
    scene.folder.other(Layout::Revolut, d() + after, "GREEN GROCER 14", 999);
    let receipt = scene.folder.bill(receipt(d(), 2000));
    let record = scene.folder.bill(refund(d() + 5, &receipt, 2000)).row;
    scene.folder.finish();
    scene.folder.file(Layout::Revolut).rows.retain(|row| row.id != lost);
    let written = scene.folder.write();
    let report = crate::run::report(&written, scene.as_of, &[crate::OWN], &[]);
    let rows = [charge, receipt.row, record];
    let truth = if missing {
        case("refund-missing").rows(&rows).paid(1860, "EUR")
    } else {
        case("inconclusive").cause("outside-statement-coverage").rows(&rows)
    };
    let found = crate::differences(&report, &written, &[truth]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_missing_refund_rests_on_a_stretch_where_the_balance_breaks() {
    gap_between(7, 9, false);
    gap_between(2, 5, false);
    gap_between(19, 30, false);
    gap_between(40, 50, true);
    gap_between(2, 4, true);
}

#[test]
fn a_refund_within_1_minor_unit_is_whole_and_2_are_short() {
    for (back, whole) in [(2000, true), (1999, true), (1998, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let returned = scene.folder.chase(d() + 5, d() + 6, PLAN, -back);
        let receipt = scene.folder.bill(receipt(d(), 2000));
        let record = scene.folder.bill(refund(d() + 5, &receipt, 2000)).row;
        let rows = [charge, receipt.row, returned, record];
        if whole {
            scene.expect(&[case("refunded").rows(&rows).paid(2000, "USD")]);
        } else {
            let truth = case("refund-short").cause("unexplained").rows(&rows);
            scene.expect(&[truth.stake(2, "USD")]);
        }
    }
}

#[test]
fn several_refunds_may_give_one_charge_back() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let parts = [700, 1300].map(|back| scene.folder.chase(d() + 5, d() + 6, PLAN, -back));
    scene.expect(&[case("refunded").rows(&[charge, parts[0], parts[1]])]);
}

#[test]
fn a_partial_refund_is_taken_off_what_is_at_stake() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let part = scene.folder.chase(d() + 5, d() + 6, PLAN, -500);
    let truth = case("charged-not-activated").cause("no-invoice").rows(&[charge, part]);
    scene.expect(&[truth.paid(2000, "USD").stake(1500, "USD")]);
}

#[test]
fn a_refunded_part_of_a_paid_invoice_leaves_it_settled() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let part = scene.folder.chase(d() + 5, d() + 6, PLAN, -500);
    let receipt = scene.folder.bill(receipt(d(), 2000));
    let record = scene.folder.bill(refund(d() + 5, &receipt, 500)).row;
    scene.expect(&[settled(&[charge, receipt.row, part, record])]);
}

#[test]
fn a_refund_in_the_merchants_currency_that_lost_in_the_payers_is_short_by_conversion() {
    for (back, short) in [(14300, true), (14448, true), (14449, false), (14450, false), (14600, false)] {
        let mut scene = Scene::with(Layout::Cmb);
        let charge = scene.folder.cmb(d(), d() + 1, PLAN, 14450, Some(2000));
        let returned = scene.folder.cmb(d() + 5, d() + 6, PLAN, -back, Some(-2000));
        let receipt = scene.folder.bill(receipt(d(), 2000));
        let record = scene.folder.bill(refund(d() + 5, &receipt, 2000)).row;
        let rows = [charge, receipt.row, returned, record];
        if short {
            scene.expect(&[case("refund-short").cause("fx").rows(&rows).paid(14450, "CNY")]);
        } else {
            scene.expect(&[case("refunded").rows(&rows).paid(14450, "CNY")]);
        }
    }
}

/// A Revolut refund so many cents around the end of the range that conversion explains.
fn refund_band(paid_day: Day, back_day: Day, back: i64, paid: i64, explained: bool) {
    let mut scene = Scene::with(Layout::Revolut);
    let charge = scene.folder.revolut(paid_day, paid_day + 1, PLAN, paid);
    let returned = scene.folder.revolut(back_day, back_day, PLAN, -back);
    let receipt = scene.folder.bill(receipt(paid_day, 20_000));
    let record = scene.folder.bill(refund(back_day, &receipt, 20_000)).row;
    let rows = [charge, receipt.row, returned, record];
    if explained {
        scene.expect(&[case("refund-short").cause("fx").rows(&rows).paid(paid, "EUR")]);
    } else {
        let truth = case("refund-short").cause("unexplained").rows(&rows).paid(paid, "EUR");
        scene.expect(&[truth.stake(paid - back, "EUR")]);
    }
}

#[test]
fn conversion_explains_a_refund_down_to_2_50_percent_below_the_rate_of_either_day() {
    let ecb = Ecb::load();
    let paid_on = |on: Day| ecb.rate(on, "EUR").of_with(20_000, 100);
    let low = |on: Day| ecb.accept_refund(20_000, on, None, "EUR", band("fintech")).0;
    let known = |on: Day| ecb.accept_refund(20_000, on, Some(on + 1), "EUR", band("fintech")).0;
    let calm = |on: Day| ecb.window_is_robust(on, "EUR");
    let days = || (0..200).map(|days| day("2024-04-08") + days).filter(|&on| calm(on));
    let pair = |wanted: fn(i64) -> bool| {
        days()
            .flat_map(|first| days().map(move |second| (first, second)))
            .find(|&(first, second)| (3..=40).contains(&(second - first)) && wanted(low(second) - low(first)))
            .expect("two calm days")
    };
    let (first, second) = pair(|rise| rise < -100);
    refund_band(first, second, low(second), paid_on(first), true);
    refund_band(first, second, low(second) - 1, paid_on(first), false);
    let (first, second) = pair(|rise| rise > 100);
    assert_eq!(low(first), known(first), "the window of a calm day is the same either way");
    refund_band(first, second, low(first), paid_on(first), true);
    refund_band(first, second, low(first) - 1, paid_on(first), false);
}

#[test]
fn a_refund_comes_before_every_accusation() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let returned = scene.folder.chase(d() + 5, d() + 6, PLAN, -2000);
    scene.expect(&[case("refunded").rows(&[charge, returned])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let part = scene.folder.chase(d() + 5, d() + 6, PLAN, -1000);
    scene.expect(&[no_invoice(charge, 2000, "USD").rows(&[part]).stake(1000, "USD")]);
}

#[test]
fn a_refund_that_is_not_booked_counts_in_no_sum_and_is_not_lost() {
    for (state, verdict) in [("PENDING", "inconclusive"), ("REVERTED", "released-hold")] {
        let mut scene = Scene::with(Layout::Revolut);
        let charge = scene.folder.revolut(d(), d() + 1, PLAN, 1860);
        let announced = scene.folder.revolut_open(d() + 3, PLAN, -1860, state);
        scene.expect(&[no_invoice(charge, 1860, "EUR"), case(verdict).rows(&[announced])]);
    }
}
