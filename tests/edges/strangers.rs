//! Look-alikes, resellers and stores.

use crate::support::day::day;
use crate::support::folder::Layout;
use crate::support::judge::case;
use crate::support::papers::receipt;
use crate::{Scene, d, no_invoice, settled};

const STRANGERS: [&str; 13] = [
    "MSFT * AZURE OPENAI SVC",
    "PAYPAL *USE AI",
    "WWW.CHATEX.AI",
    "OPENAIR CINEMA",
    "OPEN AIR MARKET 22",
    "OPENROUTER, INC",
    "ANTHROPIC* CLAUDE",
    "CHATON AIBY",
    "CHAT CAFE GPT BAR",
    "WILDCARD TOPUP",
    "CHATHUB",
    "CLAUDE.AI SUBSCRIPTION",
    "GOOGLE *YOUTUBE",
];

#[test]
fn look_alikes_make_no_case_on_any_statement() {
    let mut scene = Scene::bare();
    scene.folder.empty_list();
    for layout in [Layout::Chase, Layout::Cmb, Layout::Revolut, Layout::N26, Layout::Paypal, Layout::Generic] {
        scene.folder.cover(layout, day("2024-03-04"), day("2024-11-28"));
        for (number, name) in STRANGERS.into_iter().enumerate() {
            scene.folder.other(layout, d() + 3 * number as i64, name, 2000);
        }
    }
    scene.expect(&[]);
}

#[test]
fn a_look_alike_takes_no_invoice() {
    let mut scene = Scene::chase();
    for name in STRANGERS {
        scene.folder.other(Layout::Chase, d(), name, 2000);
    }
    let receipt = scene.folder.bill(receipt(d(), 2000)).row;
    scene.expect(&[crate::paid_elsewhere(receipt)]);
}

#[test]
fn every_known_way_of_writing_the_name_is_recognised() {
    let names = [
        "OPENAI *CHATGPT SUBSCR",
        "OPENAI *CHATGPT SUBSSAN FRANCISCO CA",
        "OPENAI *CHATGPT SUBS +14158799686 USA",
        "OPENAI *CHATGPT SUBSCR DUBLIN IE",
        "Openai *Chatgpt Subscr San Francisco Ca",
        "CHATGPT SUBSCRIPTION HTTPSOPENAI.C",
        "CHATGPT SUBSCRIPTION +14158799686 US",
        "OPENAI +14158799686 USA",
        "OPENAI OPENAI.COM CA",
        "PAYPAL *OPENAI *CHATGPT S",
        "PAYPAL *OPENAI",
        "Paypal *openai *chatgpt S",
        "OPENAI* CHATGPT +14158799686",
    ];
    let mut scene = Scene::chase();
    let mut truths = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let on = day("2024-03-10") + 14 * number as i64;
        let charge = scene.folder.chase(on, on + 1, name, 2000);
        let receipt = scene.folder.bill(receipt(on, 2000)).row;
        truths.push(settled(&[charge, receipt]).paid(2000, "USD"));
    }
    scene.expect(&truths);
}

#[test]
fn a_bare_store_charge_at_one_of_the_prices_is_left_open_and_any_other_is_not_ours() {
    for (cents, ours) in [(2000, true), (1999, true), (299, false), (2001, false)] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, "APPLE.COM/BILL", cents);
        if ours {
            let truth = case("inconclusive").cause("store-charge-unidentified").rows(&[charge]);
            scene.expect(&[truth.paid(cents, "USD")]);
        } else {
            scene.expect(&[]);
        }
    }
}

#[test]
fn a_claim_goes_to_whom_the_route_leads() {
    for (name, cents, to) in [("OPENAI *CHATGPT SUBSCR", 2000, "openai"), ("GOOGLE *ChatGPT", 1999, "google")] {
        let mut scene = Scene::chase();
        let charge = scene.folder.chase(d(), d() + 1, name, cents);
        let report = scene.expect(&[no_invoice(charge, cents, "USD")]);
        assert_eq!(report.cases[0].claim_to.as_deref(), Some(to));
    }
}
