//! What the account showed after a charge.

use crate::support::folder::RowId;
use crate::support::judge::{Truth, case};
use crate::support::papers::{OWN, receipt};
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice, settled};

/// A settled charge with a period of thirty days and observations on days after it: `(days after, plan, state)`.
fn observed(period: bool, seen: &[(i64, &str, &str)]) -> (Scene, [RowId; 2], Vec<RowId>) {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2000);
    let bill = receipt(d(), 2000);
    let bill = if period { bill.period(d(), d() + 45) } else { bill.no_period() };
    let receipt = scene.folder.bill(bill).row;
    let seen = seen.iter().map(|(after, plan, state)| scene.folder.observe(d() + *after, OWN, plan, state)).collect();
    (scene, [charge, receipt], seen)
}

fn inactive(rows: &[RowId], seen: RowId) -> Truth {
    case("charged-not-activated").cause("plan-inactive").rows(rows).rows(&[seen]).paid(2000, "USD").stake(2000, "USD")
}

#[test]
fn an_inactive_plan_counts_2_days_after_the_charge_and_not_1() {
    for (after, counts) in [(0, false), (1, false), (2, true), (3, true)] {
        let (scene, rows, seen) = observed(true, &[(after, "free", "inactive")]);
        if counts {
            scene.expect(&[inactive(&rows, seen[0])]);
        } else {
            scene.expect(&[settled(&rows).cause("activation-presumed").also(&seen)]);
        }
    }
}

#[test]
fn an_inactive_plan_counts_inside_the_paid_period_and_not_after() {
    for (after, counts) in [(31, true), (44, true), (46, false)] {
        let (scene, rows, seen) = observed(true, &[(after, "free", "inactive")]);
        if counts {
            scene.expect(&[inactive(&rows, seen[0])]);
        } else {
            scene.expect(&[settled(&rows).cause("activation-presumed").also(&seen)]);
        }
    }
}

#[test]
fn without_a_period_an_inactive_plan_counts_for_30_days_and_not_31() {
    for (after, counts) in [(30, true), (31, false)] {
        let (scene, rows, seen) = observed(false, &[(after, "free", "inactive")]);
        if counts {
            scene.expect(&[inactive(&rows, seen[0])]);
        } else {
            scene.expect(&[settled(&rows).cause("activation-presumed").also(&seen)]);
        }
    }
}

#[test]
fn any_active_observation_in_the_span_wins() {
    for days in [[2, 20], [20, 2]] {
        let (scene, rows, seen) = observed(true, &[(days[0], "free", "inactive"), (days[1], "plus", "active")]);
        scene.expect(&[settled(&rows).cause("activation-observed").also(&seen)]);
    }
}

#[test]
fn an_active_observation_outside_the_span_does_not() {
    for after in [1, 46] {
        let (scene, rows, seen) = observed(true, &[(5, "free", "inactive"), (after, "plus", "active")]);
        scene.expect(&[inactive(&rows, seen[0]).also(&seen)]);
    }
}

#[test]
fn a_higher_plan_is_active_and_a_lower_is_not() {
    let (scene, rows, seen) = observed(true, &[(5, "pro", "active")]);
    scene.expect(&[settled(&rows).cause("activation-observed").also(&seen)]);
    let (scene, rows, seen) = observed(true, &[(5, "go", "active")]);
    scene.expect(&[inactive(&rows, seen[0])]);
}

#[test]
fn what_another_account_showed_says_nothing() {
    let (mut scene, rows, _) = observed(true, &[]);
    let seen = scene.folder.observe(d() + 5, "other@example.org", "free", "inactive");
    scene.expect(&[settled(&rows).cause("activation-presumed").also(&[seen])]);
}

#[test]
fn a_charge_without_invoice_is_settled_where_the_account_was_seen_active() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2000);
    let seen = scene.folder.observe(d() + 5, OWN, "plus", "active");
    scene.expect(&[settled(&[charge]).cause("activation-observed").also(&[seen])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d(), PLAN, 2000);
    scene.folder.observe(d() + 60, OWN, "plus", "active");
    scene.expect(&[no_invoice(charge, 2000, "USD")]);
}

#[test]
fn without_a_list_the_plan_side_alone_accuses() {
    let mut scene = Scene::bare();
    scene.folder.cover(crate::Layout::Chase, d() - 60, d() + 120);
    let charge = scene.folder.chase(d(), d(), PLAN, 2000);
    let seen = scene.folder.observe(d() + 5, OWN, "free", "inactive");
    scene.expect(&[inactive(&[charge], seen)]);
}
