//! PayPal payments and the bank entries that fund them.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::{Scene, d, no_invoice, settled};

fn both() -> Scene {
    let mut scene = Scene::with(Layout::Paypal);
    scene.folder.cover(Layout::N26, crate::day("2024-03-04"), crate::day("2024-11-28"));
    scene
}

#[test]
fn the_bank_entry_lies_0_to_7_days_after_the_payment_it_funds() {
    for (gap, joins) in [(0, true), (7, true), (8, false), (-1, false)] {
        let mut scene = both();
        let wallet = scene.folder.paypal(d(), 2000, 1905);
        let bank = scene.folder.n26_paypal(d() + gap, 1905);
        let receipt = scene.folder.bill(receipt(d(), 2000).reference(&wallet.id)).row;
        if joins {
            scene.expect(&[settled(&wallet.rows).rows(&[bank, receipt]).paid(1905, "EUR")]);
        } else {
            let (report, _written) = scene.run();
            let case = report.case_of(wallet.rows[0]);
            assert!(!case.rows().contains(&bank), "{gap}: {case:?}");
        }
    }
}

#[test]
fn bank_entry_and_wallet_payment_are_one_accusation() {
    let mut scene = both();
    let wallet = scene.folder.paypal(d(), 2000, 1905);
    let bank = scene.folder.n26_paypal(d() + 2, 1905);
    scene.expect(&[no_invoice(wallet.rows[0], 1905, "EUR").rows(&wallet.rows).rows(&[bank])]);
}

#[test]
fn two_equal_payments_take_each_their_own_bank_entry() {
    let mut scene = both();
    let wallets = [0, 4].map(|gap| scene.folder.paypal(d() + gap, 2000, 1905));
    let banks = [2, 6].map(|gap| scene.folder.n26_paypal(d() + gap, 1905));
    let bills = [0, 4].map(|gap| scene.folder.bill(receipt(d() + gap, 2000)).row);
    scene.expect(&[
        settled(&wallets[0].rows).rows(&[banks[0], bills[0]]),
        settled(&wallets[1].rows).rows(&[banks[1], bills[1]]),
    ]);
}

#[test]
fn balance_and_bank_may_share_the_funding() {
    let mut scene = both();
    let wallet = scene.folder.paypal_funded(d(), 2000, 1905, 1000);
    let bank = scene.folder.n26_paypal(d() + 2, 1000);
    let receipt = scene.folder.bill(receipt(d(), 2000).reference(&wallet.id)).row;
    scene.expect(&[settled(&wallet.rows).rows(&[bank, receipt]).paid(1905, "EUR")]);
}

#[test]
fn a_reference_on_the_receipt_makes_it_certain() {
    for referenced in [true, false] {
        let mut scene = both();
        let wallet = scene.folder.paypal(d(), 2000, 1905);
        let id = if referenced { wallet.id.as_str() } else { "" };
        let receipt = scene.folder.bill(receipt(d(), 2000).reference(id)).row;
        let report = scene.expect(&[settled(&wallet.rows).rows(&[receipt])]);
        assert_eq!(report.cases[0].confidence, if referenced { "certain" } else { "probable" });
    }
}

#[test]
fn a_payment_can_be_disputed_180_days() {
    let mut scene = both();
    let wallet = scene.folder.paypal(d(), 2000, 1905);
    let truth = no_invoice(wallet.rows[0], 1905, "EUR").rows(&wallet.rows);
    let report = scene.expect(&[truth]);
    let last = (d() + 180).to_string();
    assert!(report.cases[0].deadlines.iter().any(|(_, by)| *by == last), "{:?}", report.cases[0].deadlines);
}

#[test]
fn a_refund_through_the_wallet_gives_the_whole_back() {
    let mut scene = both();
    let wallet = scene.folder.paypal(d(), 2000, 1905);
    let bank = scene.folder.n26_paypal(d() + 2, 1905);
    let back = scene.folder.paypal_refund(d() + 1, &wallet, 2000, 1905);
    let receipt = scene.folder.bill(receipt(d(), 2000).reference(&wallet.id)).row;
    let truth = case("refunded").rows(&wallet.rows).rows(&back.rows).rows(&[bank, receipt]);
    scene.expect(&[truth.paid(1905, "EUR")]);
}
