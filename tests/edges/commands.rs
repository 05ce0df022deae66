//! Exit status, streams and bad rows.

use crate::support::folder::{Layout, Written};
use crate::support::judge::{Truth, case};
use crate::support::papers::{invoice, receipt, refund};
use crate::support::run::{Outcome, read, reconcile};
use crate::support::statements::PLAN;
use crate::{Scene, d, differences, paid_elsewhere};

fn call(scene: &mut Scene, options: &[&str]) -> (Outcome, Written) {
    scene.folder.finish();
    let written = scene.folder.write();
    let as_of = scene.as_of.to_string();
    let mut words = vec!["--as-of", as_of.as_str(), "--account", crate::OWN, "--format", "json"];
    words.extend(options);
    (reconcile(&[&written.dir], &words), written)
}

fn check(mut scene: Scene, status: i32) {
    let (outcome, _written) = call(&mut scene, &["--check"]);
    assert_eq!(outcome.status, Some(status), "{}\n{}", outcome.stderr, outcome.stdout);
    let (outcome, _written) = call(&mut scene, &[]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
}

#[test]
fn check_is_quiet_where_all_is_settled_refunded_or_released() {
    check(Scene::chase(), 0);
    let mut scene = Scene::with(Layout::Revolut);
    scene.folder.revolut(d(), d() + 1, PLAN, 1860);
    scene.folder.bill(receipt(d(), 2000));
    scene.folder.revolut(d() + 30, d() + 31, PLAN, 1850);
    scene.folder.revolut(d() + 34, d() + 35, PLAN, -1850);
    scene.folder.revolut_open(d() + 60, PLAN, 1860, "REVERTED");
    check(scene, 0);
}

#[test]
fn check_ends_with_1_for_any_other_verdict() {
    let mut scene = Scene::chase();
    scene.folder.chase(d(), d() + 1, PLAN, 2000);
    check(scene, 1);

    let mut scene = Scene::chase();
    scene.folder.bill(invoice(d(), 2000, "open"));
    check(scene, 1);

    let mut scene = Scene::chase();
    scene.folder.bill(receipt(d(), 2000));
    check(scene, 1);

    let mut scene = Scene::with(Layout::Revolut);
    scene.folder.revolut_open(d(), PLAN, 1860, "DECLINED");
    check(scene, 1);

    let mut scene = Scene::chase();
    scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000));
    scene.folder.bill(refund(d() + 5, &receipt, 2000));
    check(scene.at(d() + 10), 1);
}

/// A Chase statement in which the amount of one row of the day cannot be read.
fn spoiled(at: i64, before: i64, after: i64) -> (Scene, usize) {
    let mut scene = Scene::chase();
    let bad = scene.folder.other(Layout::Chase, d() + at, "GREEN GROCER 12", 500);
    for gap in [before, after] {
        scene.folder.other(Layout::Chase, d() + gap, "GREEN GROCER 13", 700);
    }
    let rows = &mut scene.folder.file(Layout::Chase).rows;
    let row = rows.iter_mut().find(|row| row.id == bad).expect("just made");
    row.cells[5] = "-12,5O".to_owned();
    (scene, bad)
}

#[test]
fn a_row_that_cannot_be_read_ends_with_2_and_nothing_on_stdout() {
    let (mut scene, bad) = spoiled(0, -3, 3);
    scene.folder.chase(d() + 30, d() + 31, PLAN, 2000);
    let (outcome, written) = call(&mut scene, &[]);
    assert_eq!(outcome.status, Some(2), "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "");
    let (file, line) = &written.places[&bad][0];
    assert!(outcome.stderr.contains(&format!("{file}:{line}:")), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("-12,5O"), "{}", outcome.stderr);
}

fn skipped(stretch: [i64; 3], truth: impl Fn(usize) -> Truth) {
    let (mut scene, _bad) = spoiled(stretch[1], stretch[0], stretch[2]);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    let (outcome, written) = call(&mut scene, &["--skip-bad-rows"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let report = read(&outcome.stdout, &written);
    let found = differences(&report, &written, &[truth(receipt)]);
    assert!(found.is_empty(), "{stretch:?}: {}", found.join("\n"));
    let rejected = report.raw["sources"].as_array().expect("sources").iter();
    let rejected: usize = rejected.filter_map(|source| source["rejected"].as_array()).map(Vec::len).sum();
    assert_eq!(rejected, 1);
}

#[test]
fn no_absence_rests_on_the_stretch_of_a_skipped_row() {
    let open = |row| case("inconclusive").cause("outside-statement-coverage").rows(&[row]);
    skipped([-3, 1, 3], open);
    skipped([2, 3, 8], open);
    skipped([10, 12, 20], paid_elsewhere);
    skipped([-20, -10, -5], paid_elsewhere);
}

/// A charge without invoice, and a billing list in which a row of a day cannot be read; readable rows stand around it.
fn list_with_a_hole(around: [i64; 3], accused: bool) {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    for gap in [around[0], around[2]] {
        scene.folder.bill(invoice(d() + gap, 9900, "void"));
    }
    let lost = scene.folder.bill(receipt(d() + around[1], 2000)).row;
    let rows = &mut scene.folder.file(Layout::Billing).rows;
    let row = rows.iter_mut().find(|row| row.id == lost).expect("just made");
    row.cells[9] = "2O.00".to_owned();
    let (outcome, written) = call(&mut scene, &["--skip-bad-rows"]);
    let report = read(&outcome.stdout, &written);
    let case = report.case_of(charge);
    let held = !case.claimable && case.verdict == "inconclusive";
    assert_eq!(held, !accused, "{around:?}: {case:?}");
}

#[test]
fn no_accusation_rests_on_a_stretch_of_the_list_where_a_row_was_skipped() {
    list_with_a_hole([-30, 0, 30], false);
    list_with_a_hole([-4, -3, -2], false);
    list_with_a_hole([-60, -50, -40], true);
    list_with_a_hole([40, 50, 60], true);
}

#[test]
fn rows_are_named_by_their_physical_line_under_any_line_ending() {
    for crlf in [true, false] {
        for bom in [true, false] {
            let mut scene = Scene::chase();
            let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
            let file = scene.folder.file(Layout::Chase);
            file.crlf = crlf;
            file.bom = bom;
            scene.expect(&[crate::no_invoice(charge, 2000, "USD")]);
        }
    }
}

#[test]
fn a_file_named_outright_that_is_none_of_ours_ends_with_2() {
    let mut scene = Scene::chase();
    scene.folder.finish();
    let written = scene.folder.write();
    let stray = written.dir.join("notes.txt");
    std::fs::write(&stray, "nothing of ours\n").expect("a file");
    let inside = reconcile(&[&written.dir], &["--format", "json"]);
    assert_eq!(inside.status, Some(0), "{}", inside.stderr);
    let named = reconcile(&[&stray], &["--format", "json"]);
    assert_eq!((named.status, named.stdout.as_str()), (Some(2), ""), "{}", named.stderr);
}

#[test]
fn without_paths_or_with_unknown_options_it_ends_with_2() {
    assert_eq!(reconcile(&[], &[]).status, Some(2));
    assert_eq!(reconcile(&[], &["--no-such-option"]).status, Some(2));
}
