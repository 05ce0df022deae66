//! Prepaid credit that was or was not granted.

use crate::support::judge::case;
use crate::support::papers::{api_receipt, grant};
use crate::support::statements::API;
use crate::{Scene, d, settled};

/// A top-up of 50 dollars; grants of `(days after, cents)`.
fn topped_up(grants: &[(i64, i64)], granted: bool) {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, API, 5000);
    let receipt = scene.folder.bill(api_receipt(d(), 5000)).row;
    let also: Vec<usize> = grants.iter().map(|(gap, cents)| scene.folder.bill(grant(d() + *gap, *cents)).row).collect();
    if granted {
        scene.expect(&[settled(&[charge, receipt]).paid(5000, "USD").also(&also)]);
    } else {
        let truth = case("charged-not-activated").cause("credit-not-granted").rows(&[charge, receipt]);
        scene.expect(&[truth.paid(5000, "USD").stake(5000, "USD")]);
    }
}

const PROMOS: [(i64, i64); 2] = [(-20, 500), (20, 500)];

#[test]
fn a_grant_counts_from_1_day_before_the_charge_to_2_days_after() {
    for (gap, granted) in [(-1, true), (-2, false), (0, true), (2, true), (3, false)] {
        topped_up(&[PROMOS[0], PROMOS[1], (gap, 5000)], granted);
    }
}

#[test]
fn a_grant_has_the_amount_of_the_charge() {
    topped_up(&[PROMOS[0], PROMOS[1], (0, 4998)], false);
    topped_up(&[PROMOS[0], PROMOS[1], (0, 5002)], false);
}

#[test]
fn a_missing_grant_accuses_where_grants_are_known_2_days_after_the_charge_and_not_1() {
    topped_up(&[(-20, 500), (2, 500)], false);
    topped_up(&[(-20, 500), (1, 500)], true);
    topped_up(&[], true);
}

#[test]
fn the_grants_of_another_account_say_nothing() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, API, 5000);
    let receipt = scene.folder.bill(api_receipt(d(), 5000)).row;
    scene.folder.bill(grant(d() + 20, 500).account("other@example.org"));
    scene.expect(&[settled(&[charge, receipt])]);
}

#[test]
fn credit_is_granted_without_the_tax() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, API, 2950);
    let receipt = scene.folder.bill(api_receipt(d(), 2500).taxed(450)).row;
    let given = scene.folder.bill(grant(d(), 2500)).row;
    scene.folder.bill(grant(d() + 20, 500));
    scene.expect(&[settled(&[charge, receipt]).also(&[given])]);
}
