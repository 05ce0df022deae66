//! What a conversion may come to: the bands of fx.md, section 4, both ends, with the tolerance of one minor unit; the
//! window of rates; and how near a charge must lie where no rate is known.

use crate::support::bands::{Band, band};
use crate::support::day::{Day, day};
use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::support::rates::Ecb;
use crate::support::statements::PLAN;
use crate::{Scene, no_invoice, paid_elsewhere, settled};

const TOTAL: i64 = 20_000;

/// A Revolut charge at both ends of the range joins, one cent beyond it does not.
fn revolut(on: &str, posted: &str) {
    let (on, posted) = (day(on), day(posted));
    let (low, high) = Ecb::load().accept(TOTAL, on, Some(posted), "EUR", band("fintech"));
    for (cents, joins) in [(low, true), (low - 1, false), (high, true), (high + 1, false)] {
        let mut scene = Scene::with(Layout::Revolut);
        let row = scene.folder.revolut(on, posted, PLAN, cents);
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if joins {
            scene.expect(&[settled(&[row, receipt]).paid(cents, "EUR")]);
        } else {
            scene.expect(&[no_invoice(row, cents, "EUR"), paid_elsewhere(receipt)]);
        }
    }
}

#[test]
fn fintech_takes_from_0_50_below_to_2_50_above() {
    revolut("2024-06-12", "2024-06-13");
}

#[test]
fn the_window_reaches_from_the_row_before_the_charge_to_the_posting_row() {
    revolut("2024-11-05", "2024-11-07");
    revolut("2024-11-07", "2024-11-08");
}

#[test]
fn a_saturday_is_answered_with_fridays_row() {
    revolut("2024-06-15", "2024-06-17");
}

/// A day on which it does not matter how the window is taken where no posting day is known.
fn robust_day(ecb: &Ecb) -> Day {
    let from = day("2024-05-13");
    (0..90).map(|days| from + days).find(|&on| ecb.window_is_robust(on, "EUR")).expect("a calm day")
}

#[test]
fn an_unknown_bank_takes_from_1_00_below_to_6_00_above() {
    let ecb = Ecb::load();
    let on = robust_day(&ecb);
    let range = ecb.accept(TOTAL, on, None, "EUR", band("unknown"));
    let mut edges = vec![(range.0, true), (range.0 - 1, false), (range.1, true), (range.1 + 1, false)];
    edges.push((ecb.rate(on, "EUR").of(TOTAL), true));
    for (cents, joins) in edges {
        let mut scene = Scene::bare();
        for edge in [day("2024-03-04"), day("2024-11-28")] {
            scene.folder.generic(edge, "GREEN GROCER 12", 431, "EUR");
        }
        let charge = scene.folder.generic(on, PLAN, cents, "EUR");
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if joins {
            scene.expect(&[settled(&[charge, receipt])]);
        } else {
            scene.expect(&[no_invoice(charge, cents, "EUR"), paid_elsewhere(receipt)]);
        }
    }
}

/// At the bank alone it cannot be told who converted, PayPal or the bank: what PayPal's band allows must join, what no
/// channel allows must not.
#[test]
fn paypal_seen_only_at_the_bank_takes_what_paypal_may_and_not_what_nobody_may() {
    let ecb = Ecb::load();
    let on = robust_day(&ecb);
    let own = ecb.accept(TOTAL, on, None, "EUR", band("paypal"));
    let any = ecb.accept(TOTAL, on, None, "EUR", band("unknown"));
    for (cents, joins) in [(own.0, true), (own.1, true), (any.0 - 1, false), (any.1 + 1, false)] {
        let mut scene = Scene::with(Layout::N26);
        let row = scene.folder.n26_paypal(on, cents);
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if joins {
            scene.expect(&[settled(&[row, receipt])]);
        } else {
            scene.expect(&[no_invoice(row, cents, "EUR"), paid_elsewhere(receipt)]);
        }
    }
}

#[test]
fn a_banks_card_takes_from_0_75_below_to_5_00_above() {
    let (on, posted) = (day("2024-06-12"), day("2024-06-14"));
    let (low, high) = Ecb::load().accept(TOTAL, on, Some(posted), "CNY", band("card_embedded_fee"));
    for (cents, joins) in [(low, true), (low - 1, false), (high, true), (high + 1, false)] {
        let mut scene = Scene::with(Layout::Cmb);
        let row = scene.folder.cmb(on, posted, PLAN, cents, None);
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if joins {
            scene.expect(&[settled(&[row, receipt]).paid(cents, "CNY")]);
        } else {
            scene.expect(&[no_invoice(row, cents, "CNY"), paid_elsewhere(receipt)]);
        }
    }
}

/// The channel that a report names for a charge in the middle decides which band its ends are tested with; that the
/// channel is the right one is for the other tests.
#[test]
fn a_channel_named_in_the_report_has_the_band_of_the_rules() {
    let (on, posted) = (day("2024-06-12"), day("2024-06-13"));
    let mut scene = Scene::with(Layout::Revolut);
    let mid = Ecb::load().rate(on, "EUR").of_with(TOTAL, 60);
    let charge = scene.folder.revolut(on, posted, PLAN, mid);
    scene.folder.bill(receipt(on, TOTAL));
    let (report, _written) = scene.run();
    let fx = &report.case_of(charge).raw["fx"];
    let named: Band = band(fx["channel"].as_str().expect("a channel"));
    assert_eq!(named.name, "fintech");
    let percent = |at: usize| fx["band_percent"][at].as_str().expect("a percent").to_owned();
    let hundredths = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
        format!("{whole}{part:0<2}").parse::<i64>().expect("a percent")
    };
    assert_eq!((hundredths(&percent(0)), hundredths(&percent(1))), (named.lo, named.hi));
    assert_eq!(fx["rate_date"], "2024-06-12");
    assert_eq!(fx["rate_status"], "exact");
}

#[test]
fn where_no_rate_is_known_an_invoice_within_15_percent_holds_the_accusation_back() {
    let nearest = Ecb::load().rate(day("2026-10-30"), "EUR");
    let on = day("2026-11-24");
    for (hundredths, held) in [(1490, true), (1510, false), (-1490, true), (-1510, false)] {
        let mut scene = Scene::bare().at(day("2027-01-29"));
        scene.folder.cover(Layout::Revolut, day("2026-11-03"), day("2027-01-28"));
        let cents = nearest.of_with(TOTAL, hundredths);
        let charge = scene.folder.revolut(on, on + 1, PLAN, cents);
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if held {
            let truth = case("inconclusive").cause("no-reference-rate").rows(&[charge, receipt]);
            let report = scene.expect(&[truth.paid(cents, "EUR")]);
            let fx = &report.case_of(charge).raw["fx"];
            assert!(fx.is_null(), "the nearest known rate is never shown: {fx}");
        } else {
            scene.expect(&[no_invoice(charge, cents, "EUR"), paid_elsewhere(receipt)]);
        }
    }
}

#[test]
fn the_weekend_after_the_last_row_is_carried_and_the_monday_is_missing() {
    let ecb = Ecb::load();
    let cents = ecb.rate(day("2026-10-30"), "EUR").of_with(TOTAL, 60);
    for (on, known) in [("2026-10-31", true), ("2026-11-01", true), ("2026-11-02", false)] {
        let on = day(on);
        let mut scene = Scene::bare().at(day("2027-01-29"));
        scene.folder.cover(Layout::Revolut, day("2026-10-03"), day("2027-01-28"));
        let charge = scene.folder.revolut(on, on, PLAN, cents);
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if known {
            scene.expect(&[settled(&[charge, receipt])]);
        } else {
            scene.expect(&[case("inconclusive").cause("no-reference-rate").rows(&[charge, receipt])]);
        }
    }
}

#[test]
fn a_fee_of_its_own_is_taken_off_before_the_band_is_asked_and_was_paid_all_the_same() {
    let (on, posted) = (day("2024-06-12"), day("2024-06-13"));
    let high = Ecb::load().accept(TOTAL, on, Some(posted), "EUR", band("fintech")).1;
    for (cents, joins) in [(high, true), (high + 1, false)] {
        let mut scene = Scene::with(Layout::Revolut);
        let charge = scene.folder.revolut(on, posted, PLAN, cents);
        let row = scene.folder.file(Layout::Revolut).rows.iter_mut().find(|row| row.id == charge).expect("just made");
        row.cells[6] = "0.93".to_owned();
        let receipt = scene.folder.bill(receipt(on, TOTAL)).row;
        if joins {
            scene.expect(&[settled(&[charge, receipt]).paid(cents + 93, "EUR")]);
        } else {
            let bare = no_invoice(charge, cents + 93, "EUR").stake(cents, "EUR");
            scene.expect(&[bare, paid_elsewhere(receipt)]);
        }
    }
}
