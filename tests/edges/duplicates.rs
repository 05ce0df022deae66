//! The same purchase charged twice: how near, of which amount, of which product.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::support::statements::{CREDITS, PLAN};
use crate::{Scene, d, no_invoice, settled};

#[test]
fn a_second_charge_within_3_days_is_a_duplicate_and_after_4_is_not() {
    for (gap, duplicate) in [(1, true), (3, true), (4, false)] {
        let mut scene = Scene::chase();
        let first = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let second = scene.folder.chase(d() + gap, d() + gap, PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000)).row;
        let truth = if duplicate {
            case("duplicate-charge").rows(&[second]).paid(2000, "USD").stake(2000, "USD")
        } else {
            no_invoice(second, 2000, "USD")
        };
        scene.expect(&[settled(&[first, receipt]), truth]);
    }
}

#[test]
fn the_charge_before_the_joined_one_may_be_the_duplicate() {
    for (gap, duplicate) in [(3, true), (4, false)] {
        let mut scene = Scene::chase();
        let early = scene.folder.chase(d() - gap, d() - gap, PLAN, 2000);
        let joined = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000)).row;
        let truth = if duplicate { case("duplicate-charge").rows(&[early]) } else { no_invoice(early, 2000, "USD") };
        scene.expect(&[settled(&[joined, receipt]), truth]);
    }
}

#[test]
fn a_duplicate_has_the_amount_of_the_invoice() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let second = scene.folder.chase(d() + 1, d() + 1, PLAN, 2002);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[first, receipt]), no_invoice(second, 2002, "USD")]);
}

#[test]
fn a_duplicate_is_of_the_same_product() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let second = scene.folder.chase(d() + 1, d() + 1, CREDITS, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[first, receipt]), no_invoice(second, 2000, "USD")]);
}

#[test]
fn a_duplicate_in_another_currency_lies_inside_the_band() {
    for (cents, duplicate) in [(1862, true), (2100, false)] {
        let mut scene = Scene::with(Layout::Revolut);
        let first = scene.folder.revolut(d(), d() + 1, PLAN, 1858);
        let second = scene.folder.revolut(d() + 2, d() + 3, PLAN, cents);
        let receipt = scene.folder.bill(receipt(d(), 2000)).row;
        let truth = if duplicate {
            case("duplicate-charge").rows(&[second]).paid(cents, "EUR").stake(cents, "EUR")
        } else {
            no_invoice(second, cents, "EUR")
        };
        scene.expect(&[settled(&[first, receipt]), truth]);
    }
}

#[test]
fn two_charges_with_an_invoice_each_are_no_duplicates() {
    let mut scene = Scene::chase();
    let charges = [0, 1].map(|gap| scene.folder.chase(d() + gap, d() + gap, PLAN, 2000));
    let bills = [0, 1].map(|gap| scene.folder.bill(receipt(d() + gap, 2000)).row);
    scene.expect(&[settled(&[charges[0], bills[0]]), settled(&[charges[1], bills[1]])]);
}

#[test]
fn two_equal_rows_of_one_file_are_two_movements_and_the_case_says_which_cannot_be_told() {
    let mut scene = Scene::chase();
    let rows = [0, 1].map(|_| scene.folder.chase(d(), d() + 1, PLAN, 2000));
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let joined = settled(&[receipt]).either(&rows).paid(2000, "USD");
    let twice = case("duplicate-charge").either(&rows).paid(2000, "USD").stake(2000, "USD");
    let report = scene.expect(&[joined, twice]);
    let accused = report.cases.iter().find(|case| case.verdict == "duplicate-charge").expect("judged above");
    assert!(accused.has_reason("interchangeable"), "{accused:?}");
    assert_ne!(accused.confidence, "ambiguous", "swapping equal rows changes no verdict: {accused:?}");
}

#[test]
fn where_either_of_two_unequal_rows_may_be_the_duplicate_it_is_ambiguous() {
    let mut scene = Scene::with(Layout::Revolut);
    let rows = [1855, 1862].map(|cents| scene.folder.revolut(d(), d() + 1, PLAN, cents));
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let report = scene.expect(&[settled(&[receipt]).either(&rows), case("duplicate-charge").either(&rows)]);
    let accused = report.cases.iter().find(|case| case.verdict == "duplicate-charge").expect("judged above");
    assert_eq!(accused.confidence, "ambiguous", "{accused:?}");
}

#[test]
fn the_same_amount_on_another_day_far_away_is_no_duplicate_of_it() {
    let mut scene = Scene::chase();
    let charges = [0, 30, 60].map(|gap| scene.folder.chase(d() + gap, d() + gap, PLAN, 2000));
    let bills = [0, 60].map(|gap| scene.folder.bill(receipt(d() + gap, 2000)).row);
    let truths =
        [settled(&[charges[0], bills[0]]), no_invoice(charges[1], 2000, "USD"), settled(&[charges[2], bills[1]])];
    scene.expect(&truths);
}
