//! Reserved amounts of one export and what the next export shows of them.

use crate::support::day::Day;
use crate::support::folder::{Folder, Layout, RowId};
use crate::support::judge::case;
use crate::support::prng::Prng;
use crate::support::run::{Case, Report};
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice};

const TEXT: &str = "OPENAI *CHATGPT SUBSCR SAN FRANCISCO";

/// An export that ends today with what `early` adds, and a later one of the same account to `last` days from now: it
/// holds the booked rows of the first and what `late` adds.
fn two_exports<A, B>(last: i64, early: impl Fn(&mut Folder) -> A, late: impl Fn(&mut Folder) -> B) -> (Scene, A, B) {
    let mut scene = Scene::bare();
    scene.folder.empty_list();
    scene.folder.cover(Layout::Revolut, d() - 30, d() - 3);
    let mut later = scene.folder.file(Layout::Revolut).clone();
    later.name = "revolut-later.csv".to_owned();
    let first = early(&mut scene.folder);
    scene.folder.other(Layout::Revolut, d(), "GREEN GROCER 12", 431);
    scene.folder.files.push(later);
    scene.folder.send_to(Layout::Revolut, "revolut-later.csv");
    scene.folder.other(Layout::Revolut, d() + last, "BOOKSHOP, CORNER", 1250);
    let second = late(&mut scene.folder);
    (scene, first, second)
}

fn hold(gap: i64, cents: i64) -> impl Fn(&mut Folder) -> RowId {
    move |folder| folder.revolut_open(d() + gap, PLAN, cents, "PENDING")
}

fn booked(gap: i64, text: &'static str, cents: i64) -> impl Fn(&mut Folder) -> RowId {
    move |folder| folder.revolut(d() + gap, d() + gap + 1, text, cents)
}

fn nothing(_: &mut Folder) {}

#[test]
fn a_reserved_amount_and_its_booking_are_one_case() {
    for (text, cents) in [(PLAN, 1860), (TEXT, 1860), (TEXT, 1893), (PLAN, 1500)] {
        let (scene, hold, charge) = two_exports(20, hold(-1, 1860), booked(-1, text, cents));
        scene.expect(&[no_invoice(charge, cents, "EUR").rows(&[hold])]);
    }
}

#[test]
fn another_amount_follows_below_50_percent_apart_only() {
    let (scene, row, charge) = two_exports(20, hold(-1, 2000), booked(-1, PLAN, 2999));
    scene.expect(&[no_invoice(charge, 2999, "EUR").rows(&[row])]);
    let (scene, row, charge) = two_exports(20, hold(-1, 2000), booked(-1, PLAN, 3000));
    scene.expect(&[no_invoice(charge, 3000, "EUR"), case("released-hold").rows(&[row])]);
}

#[test]
fn a_booking_follows_from_1_day_before_to_7_days_after() {
    for (gap, follows) in [(-2, false), (-1, true), (0, true), (7, true), (8, false)] {
        let (scene, row, charge) = two_exports(20, hold(-1, 1860), booked(gap - 1, PLAN, 1860));
        if follows {
            scene.expect(&[no_invoice(charge, 1860, "EUR").rows(&[row])]);
        } else {
            let (report, _written) = scene.run();
            assert!(!report.case_of(charge).rows().contains(&row), "{gap}");
        }
    }
}

#[test]
fn a_hold_has_lapsed_where_a_later_export_covers_7_days_without_it() {
    let (scene, row, ()) = two_exports(6, hold(-1, 1860), nothing);
    let report = scene.expect(&[case("released-hold").rows(&[row])]);
    assert!(report.cases[0].has_reason("hold-lapsed"), "{:?}", report.cases[0].reasons);
    assert_eq!(report.cases[0].confidence, "probable");
    let (scene, row, ()) = two_exports(5, hold(-1, 1860), nothing);
    scene.expect(&[case("pending-hold").rows(&[row])]);
}

#[test]
fn a_hold_that_the_later_export_still_shows_has_not_lapsed() {
    let (mut scene, row, ()) = two_exports(20, hold(-1, 1860), nothing);
    let rows = scene.folder.files.iter().flat_map(|file| &file.rows);
    let copy = rows.into_iter().find(|other| other.id == row).expect("the hold").clone();
    scene.folder.file(Layout::Revolut).rows.push(copy);
    scene.expect(&[case("pending-hold").rows(&[row])]);
}

#[test]
fn two_booked_rows_stay_two_beside_one_hold() {
    let two = |folder: &mut Folder| [-1, 0].map(|gap| folder.revolut(d() + gap, d() + 1, PLAN, 1860));
    let (scene, row, charges) = two_exports(20, hold(-1, 1860), two);
    let (report, _written) = scene.run();
    let cases = charges.map(|charge| report.case_of(charge));
    assert_eq!(report.cases.len(), 2, "{:#}", report.raw["cases"]);
    assert_eq!(cases.iter().filter(|case| case.rows().contains(&row)).count(), 1);
}

#[test]
fn two_holds_and_one_booking_leave_one_hold() {
    let two = |folder: &mut Folder| [0, 1].map(|_| folder.revolut_open(d() - 1, PLAN, 1860, "PENDING"));
    let (scene, holds, charge) = two_exports(3, two, booked(-1, PLAN, 1860));
    let (report, _written) = scene.run();
    assert_eq!(report.cases.len(), 2, "{:#}", report.raw["cases"]);
    assert_eq!(report.case_of(charge).verdict, "charged-not-activated");
    assert_eq!(report.cases.iter().filter(|case| case.verdict == "pending-hold").count(), 1);
    assert!(holds.iter().any(|row| report.case_of(charge).rows().contains(row)));
}

#[test]
fn another_amount_follows_only_where_nothing_else_can() {
    let two = |folder: &mut Folder| [1, 2].map(|gap| folder.revolut(d() + gap, d() + gap, PLAN, 1880 + gap));
    let (scene, row, charges) = two_exports(20, hold(-1, 1860), two);
    let rows: Vec<_> = charges.iter().zip([1881, 1882]).map(|(row, cents)| no_invoice(*row, cents, "EUR")).collect();
    scene.expect(&[rows[0].clone(), rows[1].clone(), case("released-hold").rows(&[row])]);
}

#[test]
fn in_one_export_a_hold_and_a_booking_are_two_until_the_hold_is_older_than_7_days() {
    for (age, one) in [(7, false), (8, true)] {
        let mut scene = Scene::bare();
        scene.folder.empty_list();
        scene.folder.cover(Layout::Revolut, d() - 30, d());
        let row = scene.folder.revolut_open(d() - age, PLAN, 1860, "PENDING");
        let charge = scene.folder.revolut(d() - age, d() - age + 1, PLAN, 1860);
        if one {
            scene.expect(&[no_invoice(charge, 1860, "EUR").rows(&[row])]);
        } else {
            scene.expect(&[no_invoice(charge, 1860, "EUR"), case("pending-hold").rows(&[row])]);
        }
    }
}

#[test]
fn a_charge_given_back_and_booked_again_at_another_rate_is_one_charge() {
    for (again, one) in [(1860, false), (1861, true), (1915, true), (1916, false)] {
        let mut scene = Scene::with(Layout::Revolut);
        let first = scene.folder.revolut(d(), d(), PLAN, 1860);
        let back = scene.folder.revolut(d() + 2, d() + 2, PLAN, -1860);
        let second = scene.folder.revolut(d() + 2, d() + 2, PLAN, again);
        if one {
            scene.expect(&[no_invoice(second, again, "EUR").rows(&[first, back])]);
        } else {
            let (report, _written) = scene.run();
            assert_eq!(report.cases.len(), 2, "{again}: {:#}", report.raw["cases"]);
        }
    }
}

#[test]
fn a_second_charge_of_another_day_is_not_a_booking_at_another_rate() {
    let mut scene = Scene::with(Layout::Revolut);
    let first = scene.folder.revolut(d(), d(), PLAN, 1860);
    let back = scene.folder.revolut(d() + 2, d() + 2, PLAN, -1860);
    let second = scene.folder.revolut(d() + 3, d() + 3, PLAN, 1880);
    let (report, _written) = scene.run();
    assert!(!report.case_of(second).rows().contains(&first));
    assert_eq!(report.cases.iter().filter(|case| case.rows().contains(&back)).count(), 1);
}

/// A charge of the generated month: its day, when it is booked, what is reserved and what is booked.
struct Planted {
    on: Day,
    lag: i64,
    reserved: i64,
    cents: i64,
}

/// A month of charges in random order, with other purchases on every day.
fn month(rng: &mut Prng, cut: Day) -> Vec<Planted> {
    let mut charges = Vec::new();
    let mut changed = false;
    for gap in 0..30 {
        for _ in 0..rng.pick(&[0, 0, 0, 1, 1, 2]) {
            let cents = rng.pick(&[1860, 1860, 4650, 930]);
            let (on, lag) = (d() + gap, rng.between(0, 3));
            let is_open = on <= cut && on + lag > cut;
            // One amount at most changes on its way: with several, which is which would be a guess.
            let change = if is_open && !changed { rng.between(-90, 90) } else { 0 };
            changed |= change != 0;
            charges.push(Planted { on, lag, reserved: cents + change, cents });
        }
    }
    charges
}

/// What a report says of the posted charges, and how many reserved amounts it leaves beside them.
fn summary(report: &Report) -> (Vec<String>, usize) {
    let is_hold = |case: &&Case| matches!(case.verdict.as_str(), "pending-hold" | "released-hold");
    let mut posted: Vec<String> = report
        .cases
        .iter()
        .filter(|case| !is_hold(case))
        .map(|case| {
            format!("{} {:?} {:?} {:?} {}", case.verdict, case.cause, case.paid, case.at_stake, case.raw["charged_on"])
        })
        .collect();
    posted.sort();
    (posted, report.cases.iter().filter(is_hold).count())
}

fn report_of(rng: &mut Prng, mut folder: Folder) -> Report {
    folder.finish();
    for file in &mut folder.files {
        rng.shuffle(&mut file.rows);
    }
    let written = folder.write();
    let as_of = (d() + 60).to_string();
    let outcome = crate::run::reconcile(&[&written.dir], &["--as-of", &as_of, "--format", "json"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    crate::run::read(&outcome.stdout, &written)
}

#[test]
fn two_exports_cut_at_any_day_say_what_one_final_export_says() {
    for seed in 1..=16 {
        let mut rng = Prng::new(seed);
        let cut = d() + rng.between(4, 27);
        let charges = month(&mut rng, cut);
        let lapsed: Vec<i64> = (0..rng.between(0, 2)).map(|_| rng.between(0, 3)).collect();
        let from = cut - rng.between(3, 12);
        let (mut whole, mut parts) = (Folder::new(), Folder::new());
        let names = if rng.chance(50) { ["a.csv", "b.csv"] } else { ["b.csv", "a.csv"] };
        for folder in [&mut whole, &mut parts] {
            folder.empty_list();
        }
        for gap in -2..45 {
            let on = d() + gap;
            whole.other(Layout::Revolut, on, "GREEN GROCER 12", 431);
            for (name, is_in) in names.iter().zip([on <= cut, on >= from]) {
                parts.send_to(Layout::Revolut, name);
                if is_in {
                    parts.other(Layout::Revolut, on, "GREEN GROCER 12", 431);
                }
            }
        }
        for charge in &charges {
            let posted = charge.on + charge.lag;
            whole.revolut(charge.on, posted, PLAN, charge.cents);
            parts.send_to(Layout::Revolut, names[0]);
            if posted <= cut {
                parts.revolut(charge.on, posted, PLAN, charge.cents);
            } else if charge.on <= cut {
                let text = rng.pick(&[PLAN, TEXT]);
                parts.revolut_open(charge.on, text, charge.reserved, "PENDING");
            }
            parts.send_to(Layout::Revolut, names[1]);
            if charge.on >= from {
                parts.revolut(charge.on, posted, PLAN, charge.cents);
            }
        }
        parts.send_to(Layout::Revolut, names[0]);
        for age in &lapsed {
            parts.revolut_open(cut - *age, PLAN, 100_000, "PENDING");
        }
        let (expected, none) = summary(&report_of(&mut rng, whole));
        let (found, holds) = summary(&report_of(&mut rng, parts));
        assert_eq!(found, expected, "seed {seed}");
        assert_eq!((none, holds), (0, lapsed.len()), "seed {seed}");
    }
}
