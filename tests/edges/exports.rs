//! Overlapping exports: the same movement stands twice on disk and once in the report.

use crate::support::folder::{Folder, Layout, Row};
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice, settled};

/// Puts copies of the Chase rows of some days into a second export.
fn second_export(folder: &mut Folder, from: i64, to: i64, keep: impl Fn(&Row) -> bool) {
    let mut copy = folder.file(Layout::Chase).clone();
    copy.name = "chase-again.csv".to_owned();
    copy.rows.retain(|row| row.day >= d() + from && row.day <= d() + to && keep(row));
    folder.files.push(copy);
}

#[test]
fn a_row_of_two_overlapping_exports_is_one_movement() {
    let mut scene = Scene::chase();
    scene.folder.cover(Layout::Chase, d() - 10, d() + 10);
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    second_export(&mut scene.folder, -10, 10, |_| true);
    scene.expect(&[no_invoice(charge, 2000, "USD")]);
}

#[test]
fn two_equal_rows_of_both_exports_are_two_movements_and_not_four() {
    let mut scene = Scene::chase();
    scene.folder.cover(Layout::Chase, d() - 10, d() + 10);
    let rows = [0, 1].map(|_| scene.folder.chase(d(), d() + 1, PLAN, 2000));
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    second_export(&mut scene.folder, -10, 10, |_| true);
    scene.expect(&[settled(&[receipt]).either(&rows), case("duplicate-charge").either(&rows)]);
}

#[test]
fn on_the_day_where_two_exports_meet_a_row_stands_as_often_as_in_the_one_that_has_it_more_often() {
    let mut scene = Scene::bare();
    scene.folder.empty_list();
    scene.folder.cover(Layout::Chase, d() - 60, d() - 20);
    let once = scene.folder.chase(d(), d(), PLAN, 2000);
    scene.folder.send_to(Layout::Chase, "chase-later.csv");
    let twice = [0, 1].map(|_| scene.folder.chase(d(), d(), PLAN, 2000));
    scene.folder.cover(Layout::Chase, d() + 20, d() + 60);
    scene.folder.finish();
    let written = scene.folder.write();
    let report = crate::run::report(&written, scene.as_of, &[crate::OWN], &[]);
    let accused = report.cases.iter().filter(|case| case.verdict == "charged-not-activated").count();
    assert_eq!((report.cases.len(), accused), (2, 2), "{once} {twice:?}: {:#}", report.raw["cases"]);
}

#[test]
fn exports_that_disagree_strictly_inside_are_kept_whole_with_a_warning() {
    let mut scene = Scene::chase();
    scene.folder.cover(Layout::Chase, d() - 10, d() + 10);
    let lacking = scene.folder.other(Layout::Chase, d() + 3, "GREEN GROCER 12", 777);
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    second_export(&mut scene.folder, -10, 10, |row| row.id != lacking);
    scene.folder.finish();
    let written = scene.folder.write();
    let as_of = scene.as_of.to_string();
    let outcome = crate::run::reconcile(&[&written.dir], &["--as-of", &as_of, "--format", "json"]);
    let report = crate::run::read(&outcome.stdout, &written);
    let citing = report.cases.iter().filter(|case| case.rows().contains(&charge)).count();
    assert_eq!(citing, 2, "{:#}", report.raw["cases"]);
    assert!(outcome.stderr.contains("chase-again.csv"), "{}", outcome.stderr);
}

#[test]
fn rows_of_two_kinds_of_export_are_never_merged() {
    let mut scene = Scene::with(Layout::Revolut);
    scene.folder.cover(Layout::N26, d() - 60, d() + 60);
    let revolut = scene.folder.revolut(d(), d(), PLAN, 1860);
    let n26 = scene.folder.n26(d() + 20, PLAN, "MasterCard Payment", "-", 1860);
    scene.expect(&[no_invoice(revolut, 1860, "EUR"), no_invoice(n26, 1860, "EUR")]);
}
