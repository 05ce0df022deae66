//! What the files can carry: billing lists and their reach, statements and their gaps.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::support::statements::PLAN;
use crate::{Scene, d, day, no_invoice, paid_elsewhere};

/// A paid receipt that no entry joins, in a statement of the given stretch.
fn unseen(from: i64, to: i64, elsewhere: bool) {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, d() + from, d() + to);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    if elsewhere {
        scene.expect(&[paid_elsewhere(receipt)]);
    } else {
        scene.expect(&[case("inconclusive").cause("outside-statement-coverage").rows(&[receipt])]);
    }
}

#[test]
fn paid_elsewhere_wants_a_statement_over_the_day_and_the_5_after() {
    unseen(-30, 5, true);
    unseen(-30, 4, false);
    unseen(0, 30, true);
    unseen(1, 30, false);
    unseen(-60, -30, false);
}

#[test]
fn one_statement_that_covers_is_enough() {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, d() - 60, d() + 60);
    scene.folder.cover(Layout::Revolut, d() - 60, d() - 30);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[paid_elsewhere(receipt)]);
}

#[test]
fn billing_without_any_statement_accuses_nobody() {
    let mut scene = Scene::bare();
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[case("inconclusive").cause("outside-statement-coverage").rows(&[receipt])]);
}

#[test]
fn a_list_with_nothing_in_it_covers_its_accounts_whole_history() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    scene.expect(&[no_invoice(charge, 2000, "USD")]);
}

#[test]
fn the_last_invoice_of_a_list_says_nothing_of_its_reach() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d() - 40, d() - 39, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d() - 40, 2000)).row;
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    scene.expect(&[crate::settled(&[first, receipt]), no_invoice(charge, 2000, "USD")]);
}

#[test]
fn without_any_billing_paper_nobody_is_accused() {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, d() - 60, d() + 60);
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    scene.expect(&[case("inconclusive").cause("no-billing-evidence").rows(&[charge]).paid(2000, "USD")]);
}

#[test]
fn billing_from_a_day_covers_that_day_and_not_the_one_before() {
    for (gap, covered) in [(0, true), (-1, false)] {
        let from = d().to_string();
        let mut scene = Scene::chase().option(&["--billing-from", &from]);
        let charge = scene.folder.chase(d() + gap, d() + gap + 1, PLAN, 2000);
        if covered {
            scene.expect(&[no_invoice(charge, 2000, "USD")]);
        } else {
            scene.expect(&[case("inconclusive").cause("before-billing-coverage").rows(&[charge])]);
        }
    }
}

/// A receipt that nothing joins, beside a Revolut balance that breaks between two days around it.
fn broken_balance(before: i64, after: i64, elsewhere: bool) {
    let mut scene = Scene::with(Layout::Revolut);
    scene.folder.other(Layout::Revolut, d() + before, "GREEN GROCER 12", 777);
    let lost = scene.folder.other(Layout::Revolut, d() + before, "GREEN GROCER 13", 888);
    scene.folder.other(Layout::Revolut, d() + after, "GREEN GROCER 14", 999);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.folder.finish();
    scene.folder.file(Layout::Revolut).rows.retain(|row| row.id != lost);
    let written = scene.folder.write();
    let report = crate::run::report(&written, scene.as_of, &[crate::OWN], &[]);
    let truth = if elsewhere {
        paid_elsewhere(receipt)
    } else {
        case("inconclusive").cause("outside-statement-coverage").rows(&[receipt])
    };
    let found = crate::differences(&report, &written, &[truth]);
    assert!(found.is_empty(), "{before} {after}: {}", found.join("\n"));
}

#[test]
fn no_absence_rests_on_a_stretch_where_the_balance_breaks() {
    broken_balance(-3, 3, false);
    broken_balance(1, 3, false);
    broken_balance(10, 20, true);
    broken_balance(-20, -10, true);
}

#[test]
fn the_as_of_day_is_the_newest_day_seen_and_not_a_period_or_due_day() {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, d() - 60, d() + 10);
    scene.folder.chase(d() + 9, d() + 12, "GREEN GROCER 12", 500);
    scene.folder.bill(receipt(d(), 2000).period(d(), d() + 300));
    scene.folder.finish();
    let written = scene.folder.write();
    let outcome = crate::run::reconcile(&[&written.dir], &["--format", "json"]);
    let report = crate::run::read(&outcome.stdout, &written);
    assert_eq!(report.raw["as_of"], (d() + 12).to_string());
}

#[test]
fn a_later_observation_moves_the_as_of_day() {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, d() - 60, d() + 10);
    let charge = scene.folder.chase(d() + 10, d() + 10, PLAN, 2000);
    scene.folder.empty_list();
    scene.folder.observe(d() + 90, "other@example.org", "free", "inactive");
    scene.folder.finish();
    let written = scene.folder.write();
    let outcome = crate::run::reconcile(&[&written.dir], &["--format", "json"]);
    let report = crate::run::read(&outcome.stdout, &written);
    assert_eq!(report.raw["as_of"], (d() + 90).to_string());
    assert_eq!(report.case_of(charge).cause.as_deref(), Some("no-invoice"));
}

#[test]
fn a_card_charge_for_services_not_provided_can_be_disputed_120_days() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(day("2024-08-14"), day("2024-08-15"), PLAN, 2000);
    let report = scene.expect(&[no_invoice(charge, 2000, "USD")]);
    let last = (day("2024-08-14") + 120).to_string();
    assert!(report.cases[0].deadlines.iter().any(|(_, by)| *by == last), "{:?}", report.cases[0].deadlines);
}

#[test]
fn an_invoice_list_in_the_processors_shape_is_a_list() {
    let mut scene = Scene::bare();
    scene.folder.cover(Layout::Chase, day("2024-03-04"), day("2024-11-28"));
    let paid_charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let bare_charge = scene.folder.chase(d() + 20, d() + 21, PLAN, 2000);
    let open_charge = scene.folder.chase(d() + 40, d() + 41, PLAN, 2000);
    let paid = scene.folder.processor_invoice(d(), 2000, true);
    let open = scene.folder.processor_invoice(d() + 40, 2000, false);
    scene.expect(&[
        crate::settled(&[paid_charge, paid]),
        no_invoice(bare_charge, 2000, "USD"),
        case("charged-not-activated").cause("invoice-unpaid").rows(&[open_charge, open]),
    ]);
}
