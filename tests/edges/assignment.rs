//! Which charge takes which invoice where windows overlap: most joined, strongest basis, least gap; then paid before
//! open before void, the own account before another.

use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::{invoice, receipt};
use crate::support::statements::PLAN;
use crate::{Scene, d, no_invoice, paid_elsewhere, settled};

#[test]
fn most_charges_are_joined_though_the_nearest_pair_is_parted() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d() + 5, d() + 5, PLAN, 2000);
    let second = scene.folder.chase(d() + 9, d() + 10, PLAN, 2000);
    let early = scene.folder.bill(receipt(d(), 2000)).row;
    let late = scene.folder.bill(receipt(d() + 5, 2000)).row;
    scene.expect(&[settled(&[first, early]), settled(&[second, late])]);
}

#[test]
fn least_total_gap_decides_between_equal_numbers() {
    let mut scene = Scene::chase();
    let first = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let second = scene.folder.chase(d() + 3, d() + 3, PLAN, 2000);
    let third = scene.folder.chase(d() + 8, d() + 9, PLAN, 2000);
    let bills = [0, 4, 8].map(|gap| scene.folder.bill(receipt(d() + gap, 2000)).row);
    scene.expect(&[settled(&[first, bills[0]]), settled(&[second, bills[1]]), settled(&[third, bills[2]])]);
}

#[test]
fn the_gap_counts_from_the_transaction_day() {
    let mut scene = Scene::chase();
    let near = scene.folder.chase(d() + 1, d() + 5, PLAN, 2000);
    let far = scene.folder.chase(d() + 5, d() + 5, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[near, receipt]), no_invoice(far, 2000, "USD")]);
}

#[test]
fn an_exact_join_is_stronger_than_a_converted_one() {
    let mut scene = Scene::chase();
    scene.folder.cover(Layout::Revolut, d() - 60, d() + 60);
    let euro = scene.folder.revolut(d(), d() + 1, PLAN, 1860);
    let dollar = scene.folder.chase(d() + 4, d() + 5, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[dollar, receipt]), no_invoice(euro, 1860, "EUR")]);
}

#[test]
fn a_reference_outweighs_day_and_amount() {
    let mut scene = Scene::with(Layout::Paypal);
    let wallet = scene.folder.paypal(d() + 9, 2000, 1905);
    let other = scene.folder.paypal(d(), 2000, 1905);
    let receipt = scene.folder.bill(receipt(d(), 2000).reference(&wallet.id)).row;
    let joined = settled(&[wallet.rows[0], receipt]).rows(&wallet.rows);
    scene.expect(&[joined, no_invoice(other.rows[0], 1905, "EUR").rows(&other.rows)]);
}

#[test]
fn at_equal_cost_paid_goes_before_open_before_void() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    let paid = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[charge, paid]), case("unpaid-invoice").rows(&[open])]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let void = scene.folder.bill(invoice(d(), 2000, "void")).row;
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    let truth = case("charged-not-activated").cause("invoice-unpaid").rows(&[charge, open]).also(&[void]);
    scene.expect(&[truth.stake(2000, "USD")]);

    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let void = scene.folder.bill(invoice(d(), 2000, "void")).row;
    let paid = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[charge, paid]).also(&[void])]);
}

#[test]
fn at_equal_cost_the_own_account_goes_before_another() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let other = scene.folder.bill(receipt(d(), 2000).account("other@example.org")).row;
    let own = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[settled(&[charge, own]), paid_elsewhere(other)]);
}

#[test]
fn invoice_and_receipt_of_one_number_are_one_record() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let asked = scene.folder.bill(invoice(d(), 2000, "paid"));
    let mut paid = receipt(d(), 2000);
    paid.number = Some(asked.number.clone());
    let paid = scene.folder.bill(paid).row;
    scene.expect(&[settled(&[charge]).rows(&[asked.row, paid])]);
}

#[test]
fn what_was_paid_for_and_stands_open_void_or_uncollectible_was_not_activated() {
    for (status, cause) in [("open", "invoice-unpaid"), ("uncollectible", "invoice-unpaid"), ("void", "invoice-void")] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let bill = scene.folder.bill(invoice(d(), 2000, status)).row;
        let truth = case("charged-not-activated").cause(cause).rows(&[charge, bill]);
        scene.expect(&[truth.paid(2000, "USD").stake(2000, "USD")]);
    }
}

#[test]
fn void_invoices_without_charge_and_totals_of_nothing_make_no_case() {
    let mut scene = Scene::chase();
    scene.folder.bill(invoice(d(), 2000, "void"));
    scene.folder.bill(receipt(d() + 20, 0));
    scene.folder.bill(invoice(d() + 40, 0, "open"));
    scene.expect(&[]);
}

#[test]
fn an_open_invoice_that_nothing_was_charged_for_is_unpaid() {
    let mut scene = Scene::chase();
    let open = scene.folder.bill(invoice(d(), 2000, "open")).row;
    scene.expect(&[case("unpaid-invoice").rows(&[open])]);
}

#[test]
fn another_account_is_wrong_only_where_the_own_are_named() {
    for named in [true, false] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
        let receipt = scene.folder.bill(receipt(d(), 2000).account("other@example.org")).row;
        if named {
            let truth = case("wrong-account").rows(&[charge, receipt]).paid(2000, "USD").stake(2000, "USD");
            scene.expect(&[truth]);
        } else {
            scene.accounts.clear();
            scene.expect(&[settled(&[charge, receipt])]);
        }
    }
}

#[test]
fn any_of_several_named_accounts_is_the_own() {
    let mut scene = Scene::chase();
    let charge = scene.folder.chase(d(), d() + 1, PLAN, 2000);
    let receipt = scene.folder.bill(receipt(d(), 2000).account("other@example.org")).row;
    scene.accounts.push("other@example.org".to_owned());
    scene.expect(&[settled(&[charge, receipt])]);
}
