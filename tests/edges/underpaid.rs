//! Payments that arrived short, and how much of that conversion explains.

use crate::support::bands::band;
use crate::support::day::{Day, day};
use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::invoice;
use crate::support::rates::Ecb;
use crate::{Scene, d};

const TOTAL: i64 = 20_000;

/// An open invoice of 200 dollars for which `sent` euros were drawn and `settled` dollars arrived.
fn short(on: Day, sent: i64, settled: i64, explained: bool) {
    let mut scene = Scene::with(Layout::Paypal);
    let wallet = scene.folder.paypal(on, settled, sent);
    let open = scene.folder.bill(invoice(on, TOTAL, "open").reference(&wallet.id)).row;
    let rows = [wallet.rows.clone(), vec![open]].concat();
    if explained {
        let truth = case("fx-underpaid").rows(&rows).paid(sent, "EUR").stake(TOTAL - settled, "USD");
        scene.expect(&[truth]);
    } else {
        scene.expect(&[case("amount-mismatch").cause("undercharged").rows(&rows).paid(sent, "EUR")]);
    }
}

fn calm_day(ecb: &Ecb) -> Day {
    let from = day("2024-05-13");
    (0..90).map(|days| from + days).find(|&on| ecb.window_is_robust(on, "EUR")).expect("a calm day")
}

#[test]
fn conversion_explains_what_lies_between_2_and_5_percent_below() {
    let ecb = Ecb::load();
    let on = calm_day(&ecb);
    let sent = ecb.rate(on, "EUR").of_with(TOTAL, 120);
    let (low, high) = ecb.accept_settled(sent, on, None, "EUR", band("paypal"));
    assert!(high < TOTAL, "both ends lie below the invoice");
    for (settled, explained) in [(low, true), (low - 1, false), (high, true), (high + 1, false)] {
        short(on, sent, settled, explained);
    }
}

#[test]
fn too_little_was_sent_and_conversion_took_its_part_on_top() {
    let ecb = Ecb::load();
    let on = calm_day(&ecb);
    let sent = ecb.rate(on, "EUR").of_with(TOTAL, -100);
    let (low, high) = ecb.accept_settled(sent, on, None, "EUR", band("paypal"));
    short(on, sent, (low + high) / 2, true);
}

#[test]
fn the_claim_is_the_invoice_minus_what_arrived_to_the_cent() {
    let mut scene = Scene::with(Layout::Paypal);
    let on = day("2024-09-16");
    let wallet = scene.folder.paypal(on, 1987, 1841);
    let open = scene.folder.bill(invoice(on, 2000, "open").reference(&wallet.id)).row;
    let truth = case("fx-underpaid").rows(&wallet.rows).rows(&[open]).paid(1841, "EUR").stake(13, "USD");
    scene.expect(&[truth]);
}

#[test]
fn what_arrived_whole_at_an_open_invoice_is_unpaid_by_the_vendors_books_alone() {
    let mut scene = Scene::with(Layout::Paypal);
    let wallet = scene.folder.paypal(d(), 2000, 1905);
    let open = scene.folder.bill(invoice(d(), 2000, "open").reference(&wallet.id)).row;
    let truth = case("charged-not-activated").cause("invoice-unpaid").rows(&wallet.rows).rows(&[open]);
    scene.expect(&[truth.paid(1905, "EUR").stake(1905, "EUR")]);
}
