//! A wallet's rows folded into payments: each shape of PayPal's exports with what its rows are together.

use payproof::diagnostic::render_all;
use payproof::domain::{Entry, Money, SourceId};
use payproof::fx::{Bands, ConversionTaxes};
use payproof::matching::{Yardstick, movements};
use payproof::normalize::{Options, Recognised, read, recognise};
use payproof::payment::{Direction, Ledger, Payment, build};
use payproof::rates::Rates;
use payproof::source::paper::HereReader;
use payproof::source::{Known, SourceFile};
use payproof::vendor::Vendor;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The ledger of some files, given by name and bytes.
fn ledger_of(inputs: &[(&str, Vec<u8>)]) -> Ledger {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: false,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    let mut files: Vec<SourceFile> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (index, (name, bytes)) in inputs.iter().enumerate() {
        let id = SourceId(u32::try_from(index).expect("few files"));
        let Recognised::Ours(document) = recognise(name, bytes, &options) else { panic!("{name} is not recognised") };
        let file = read(document, id, &options).unwrap_or_else(|errors| panic!("{}", render_all(&errors)));
        files.push(file.file);
        entries.extend(file.records.entries);
    }
    build(&files, entries, &vendor)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(name).join("input.csv");
    fs::read(path).expect("the fixture can be read")
}

fn amounts(list: impl IntoIterator<Item = Money>) -> String {
    list.into_iter().map(|money| money.to_string()).collect::<Vec<_>>().join(" + ")
}

/// One payment in one line: direction, state, day, amounts, funding, rows.
fn shown(ledger: &Ledger, payment: &Payment) -> String {
    let mut line = format!("{:?} {:?} {}", payment.direction, payment.status, payment.day);
    if payment.earliest_day != payment.day {
        line += " (or the day before)";
    }
    line += &format!(" {}", payment.home_amount);
    if let Some(merchant) = payment.merchant_amount.filter(|amount| *amount != payment.home_amount) {
        line += &format!(" for {merchant}");
    }
    if !payment.funding.is_empty() {
        line += &format!(" funded {}", amounts(payment.funding.iter().copied()));
    }
    for row in &payment.rows {
        let at = ledger.entries[row.entry].at;
        line += &format!(" {:?}:{}", row.role, at.line);
    }
    line
}

fn folded(inputs: &[(&str, Vec<u8>)]) -> Vec<String> {
    let ledger = ledger_of(inputs);
    let mut lines: Vec<String> = ledger.payments.iter().map(|payment| shown(&ledger, payment)).collect();
    lines.extend(ledger.orphans.iter().map(|at| format!("orphan {}", at.line)));
    lines
}

#[track_caller]
fn check(name: &str, expected: &[&str]) {
    assert_eq!(folded(&[(name, fixture(name))]), expected, "{name}");
}

#[test]
fn a_statement_grouped_by_currency_with_a_partial_refund_in_the_old_manner() {
    check(
        "paypal-statement",
        &[
            "Charge Posted 2026-02-14 (or the day before) 18.55 EUR for 20.00 USD funded 18.55 EUR Main:9 Conversion:3 Conversion:10 Funding:2",
            "Refund Posted 2026-02-20 (or the day before) 9.10 EUR for 10.00 USD funded 9.10 EUR Main:11 Conversion:12 Conversion:6 Funding:7",
            "orphan 8",
        ],
    );
}

#[test]
fn a_history_whose_refund_legs_refer_to_the_purchase() {
    check(
        "paypal-history",
        &[
            "Charge Posted 2016-06-24 18.30 EUR for 20.00 USD funded 18.30 EUR Main:2 Conversion:3 Conversion:4 Funding:5",
            "Refund Posted 2016-06-26 17.60 EUR for 20.00 USD Main:6 Conversion:8 Conversion:7",
            "orphan 9",
        ],
    );
}

#[test]
fn amounts_with_fees_and_totals() {
    check("paypal-amount", &["Charge Posted 2026-03-14 (or the day before) 16.50 EUR Main:3"]);
}

#[test]
fn paid_from_a_balance_at_home() {
    check("paypal-french", &["Charge Posted 2026-03-17 18.20 CHF for 20.00 USD Main:2 Conversion:3 Conversion:4"]);
}

#[test]
fn a_hold_captured_and_converted_by_the_card_s_issuer() {
    check(
        "paypal-italian",
        &["Charge Posted 2026-03-18 (or the day before) 20.00 USD funded 20.00 USD Main:3 Authorization:2 Funding:4"],
    );
}

#[test]
fn a_refused_payment_and_its_second_try() {
    check(
        "paypal-finnish",
        &[
            "Charge Declined 2026-03-17 20.00 USD Main:2",
            "Charge Posted 2026-03-17 18.70 EUR for 20.00 USD funded 18.70 EUR Main:3 Conversion:5 Conversion:6 Funding:4",
        ],
    );
}

#[test]
fn types_in_words_nobody_knows_are_proved_by_the_rows_or_said_by_codes() {
    check(
        "paypal-chinese",
        &[
            "Charge Posted 2026-03-17 (or the day before) 149.80 CNY for 20.00 USD funded 149.80 CNY Main:2 Conversion:3 Conversion:4 Funding:5",
            "Refund Posted 2026-03-19 (or the day before) 142.10 CNY for 20.00 USD Main:6 Conversion:7 Conversion:8",
        ],
    );
    check(
        "paypal-japanese",
        &[
            "Charge Posted 2026-03-17 (or the day before) 3120 JPY for 20.00 USD funded 3120 JPY Main:2 Conversion:3 Conversion:4 Funding:5",
        ],
    );
    check(
        "paypal-event-codes",
        &[
            "Charge Posted 2026-05-14 18.60 EUR for 20.00 USD funded 18.60 EUR Main:2 Conversion:4 Conversion:5 Funding:3",
            "Refund Posted 2026-05-20 20.00 USD Main:6",
        ],
    );
}

#[test]
fn other_languages() {
    check(
        "paypal-spanish",
        &[
            "Charge Posted 2026-03-02 (or the day before) 18.60 EUR for 20.00 USD funded 18.60 EUR Main:2 Conversion:4 Conversion:5 Funding:3",
        ],
    );
    check("paypal-chinese-traditional", &["Charge Posted 2026-03-17 (or the day before) 160.00 HKD Main:2"]);
    check(
        "paypal",
        &[
            "Charge Posted 2026-01-20 18.55 EUR for 20.00 USD funded 18.55 EUR Main:3 Conversion:5 Conversion:6 Funding:4",
            "Charge Declined 2026-02-03 20.00 USD Main:15 Denied:14",
            "Refund Posted 2026-01-23 18.10 EUR for 20.00 USD Main:9 Conversion:10 Conversion:11",
            "Charge Voided 2026-02-01 5.00 USD Main:12 Release:13",
        ],
    );
}

#[test]
fn holds_captured_in_parts_let_go_refused_and_reversals_taken_back() {
    check(
        "paypal-holds",
        &[
            "Charge Posted 2026-05-16 10.00 USD Main:6 Authorization:3 Authorization:2 Authorization:4 Authorization:5 Release:8",
            "Charge Posted 2026-05-17 15.00 USD Main:7",
            "Charge Posted 2026-05-25 18.60 EUR for 20.00 USD funded 18.60 EUR Main:13 Conversion:16 Conversion:17 Funding:15 Denied:14",
            "Refund Voided 2026-05-26 20.00 USD Main:18 Release:19",
            "Charge Voided 2026-05-19 5.00 USD Main:9 Authorization:10 Release:11",
        ],
    );
}

const TITLES: &str =
    "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Reference Txn ID,Balance Impact\n";

/// An export of these rows: day of May 2026, name, type, status, amount, identifiers.
fn export(rows: &[(u32, &str, &str, &str, &str, &str, &str)]) -> Vec<u8> {
    let mut text = TITLES.to_string();
    for (day, name, kind, status, money, id, reference) in rows {
        let (amount, currency) = money.split_once(' ').expect("an amount and a currency");
        let impact = if amount.starts_with('-') { "Debit" } else { "Credit" };
        text += &format!(
            "2026-05-{day:02},12:00:00,CET,{name},{kind},{status},{currency},{amount},0.00,{amount},{id},{reference},{impact}\n"
        );
    }
    text.into_bytes()
}

const PAID: &str = "PreApproved Payment Bill User Payment";
const TURNED: &str = "General Currency Conversion";

#[test]
fn legs_may_stand_in_another_export_than_the_purchase() {
    let tea = (1, "Tea House", "Express Checkout Payment", "Completed", "-3.00 EUR", "TEA", "");
    let dollars = export(&[
        (14, "OpenAI", PAID, "Completed", "-20.00 USD", "P1", ""),
        (14, "", TURNED, "Completed", "20.00 USD", "C2", "P1"),
    ]);
    let euros = export(&[
        tea,
        (14, "", TURNED, "Completed", "-18.50 EUR", "C1", "P1"),
        (15, "", TURNED, "Completed", "-9.50 EUR", "C9", "P9"),
    ]);
    let expected = ["Charge Posted 2026-05-14 18.50 EUR for 20.00 USD Main:2 Conversion:3 Conversion:3", "orphan 4"];
    assert_eq!(folded(&[("usd.csv", dollars), ("eur.csv", euros)]), expected);
}

#[test]
fn a_row_that_changes_its_state_from_one_export_to_the_next_is_one() {
    let early = export(&[
        (12, "Tea House", "Express Checkout Payment", "Completed", "-3.00 EUR", "T1", ""),
        (14, "OpenAI", PAID, "Pending", "-20.00 USD", "P1", "B-1"),
    ]);
    let late = export(&[
        (14, "OpenAI", PAID, "Completed", "-20.00 USD", "P1", "B-1"),
        (14, "", "General Card Deposit", "Completed", "20.00 USD", "D1", "P1"),
        (20, "Tea House", "Express Checkout Payment", "Completed", "-3.00 EUR", "T2", ""),
    ]);
    let expected = ["Charge Posted 2026-05-14 20.00 USD funded 20.00 USD Main:2 Authorization:3 Funding:3"];
    assert_eq!(folded(&[("early.csv", early.clone()), ("late.csv", late.clone())]).len(), 1);
    assert_eq!(folded(&[("late.csv", late), ("early.csv", early)]), expected);
}

#[test]
fn payments_under_one_agreement_keep_their_own_holds() {
    let hold = "General Authorization";
    let rows = export(&[
        (10, "OpenAI", hold, "Pending", "-20.00 USD", "A1", "B-1"),
        (11, "OpenAI", PAID, "Completed", "-20.00 USD", "P1", "B-1"),
        (12, "OpenAI", PAID, "Completed", "-20.00 USD", "P2", "B-1"),
    ]);
    let lines = folded(&[("a.csv", rows)]);
    assert_eq!(lines.iter().filter(|line| line.starts_with("Charge Posted")).count(), 2, "{lines:?}");
    assert!(lines.contains(&"Charge Pending 2026-05-10 20.00 USD Main:2".to_string()), "{lines:?}");
}

#[test]
fn part_of_a_purchase_paid_from_its_own_currency_has_no_whole_cost_at_home() {
    let rows = export(&[
        (14, "OpenAI", PAID, "Completed", "-20.00 USD", "P1", ""),
        (14, "", TURNED, "Completed", "15.00 USD", "C1", "P1"),
        (14, "", TURNED, "Completed", "-13.90 EUR", "C2", "P1"),
        (14, "", "Bank Deposit to PP Account ", "Pending", "13.90 EUR", "D1", "P1"),
    ]);
    let expected = ["Charge Posted 2026-05-14 20.00 USD funded 13.90 EUR Main:2 Conversion:4 Conversion:3 Funding:5"];
    assert_eq!(folded(&[("a.csv", rows)]), expected);
}

#[test]
fn two_partial_refunds_of_one_day_each_take_their_own_old_pair() {
    let row = |time: &str, name: &str, kind: &str, money: &str, id: &str| {
        let (amount, currency) = money.split_once(' ').expect("an amount and a currency");
        format!("2026-05-20,{time},CET,{name},{kind},Completed,{currency},{amount},0.00,{amount},{id},P1,Credit\n")
    };
    let mut text = TITLES.to_string();
    text += "2026-05-14,12:00:00,CET,OpenAI,Payment,Completed,USD,-20.00,0.00,-20.00,P1,,Debit\n";
    text += &row("08:00:00", "OpenAI", "Payment Refund", "5.00 USD", "R1");
    text += &row("09:00:00", "OpenAI", "Payment Refund", "5.00 USD", "R2");
    text += &row("09:00:00", "", TURNED, "-5.00 USD", "X1");
    text += &row("09:00:00", "", TURNED, "4.60 EUR", "X2");
    text += &row("08:00:00", "", TURNED, "-5.00 USD", "Y1");
    text += &row("08:00:00", "", TURNED, "4.50 EUR", "Y2");
    let lines = folded(&[("a.csv", text.into_bytes())]);
    assert!(
        lines.iter().any(|line| line.contains("4.50 EUR for 5.00 USD Main:3 Conversion:8 Conversion:7")
            || line.contains("4.50 EUR for 5.00 USD Main:3 Conversion:7 Conversion:8")),
        "{lines:?}"
    );
    assert!(lines.iter().any(|line| line.contains("4.60 EUR for 5.00 USD Main:4")), "{lines:?}");
}

#[test]
#[ignore = "needs ../shared"]
fn samples_are_folded_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let expected = fs::read_to_string(folder.join("EXPECTED.json")).expect("EXPECTED.json can be read");
    let expected: Value = serde_json::from_str(&expected).expect("EXPECTED.json is JSON");
    let mut seen = 0;
    for sample in expected.as_array().expect("a list") {
        for payment in sample["payments"].as_array().into_iter().flatten() {
            let text = |name: &str| payment[name].as_str().expect("a text").to_string();
            let name = text("name");
            let bytes = fs::read(folder.join(sample["file"].as_str().expect("a path"))).expect("the sample");
            // The merchant becomes the vendor, so that its rows are kept and folded.
            let own = String::from_utf8(bytes).expect("UTF-8").replace(&format!("\"{name}\""), "\"OpenAI\"");
            let own = if sample["note"].is_string() { own.replace("6/4/2016", "2016-06-04") } else { own };
            let money = |value: &Value| {
                let amount = value["amount"].as_str().expect("an amount").trim_start_matches('-').to_string();
                format!("{amount} {}", value["currency"].as_str().expect("a currency"))
            };
            let lines = folded(&[("sample.csv", own.into_bytes())]);
            let amounts = match payment.get("converted") {
                Some(converted) => format!("{} for {}", money(converted), money(payment)),
                None => money(payment),
            };
            let fits = |line: &&String| {
                line.starts_with("Charge Posted") && line.contains(&text("date")) && line.contains(&amounts)
            };
            assert_eq!(lines.iter().filter(fits).count(), 1, "{name}: {lines:?}");
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

/// A plain list of account movements as the statement of a channel.
fn plain(channel: &str, lines: &str, id: u32) -> (SourceFile, Vec<Entry>) {
    let vendor = Vendor::embedded();
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: false,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on: None,
        pdf: &HereReader,
    };
    let text = format!("Date,Description,Amount,Currency,Card\n{lines}");
    let Recognised::Ours(document) = recognise("list.csv", text.as_bytes(), &options) else { panic!("not recognised") };
    let mut read = read(document, SourceId(id), &options).unwrap_or_else(|errors| panic!("{}", render_all(&errors)));
    (read.file.channel, read.file.format) = (channel.to_string(), channel.to_string());
    (read.file, read.records.entries)
}

#[test]
fn a_wallet_that_charged_a_card_and_the_card_s_line_are_one_movement() {
    let (rates, bands, taxes) = (Rates::embedded(), Bands::embedded(), ConversionTaxes::embedded());
    let yardstick = Yardstick::new(&rates, &bands, &taxes).expect("rates");
    for (wallet, bank, movements_wanted) in [
        // The card that the wallet names; the wallet that the bank names; neither; another card; another amount; too late.
        ("2026-05-14,OPENAI,-149.80,CNY,6688", "2026-05-15,OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 1),
        ("2026-05-14,OPENAI,-149.80,CNY,", "2026-05-15,支付宝 OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 1),
        ("2026-05-14,OPENAI,-149.80,CNY,", "2026-05-15,OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 2),
        ("2026-05-14,OPENAI,-149.80,CNY,1122", "2026-05-15,支付宝 OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 2),
        ("2026-05-14,OPENAI,-149.80,CNY,6688", "2026-05-15,OPENAI *CHATGPT SUBSCR,-149.81,CNY,6688", 2),
        ("2026-05-14,OPENAI,-149.80,CNY,6688", "2026-05-17,OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 1),
        ("2026-05-14,OPENAI,-149.80,CNY,6688", "2026-05-18,OPENAI *CHATGPT SUBSCR,-149.80,CNY,6688", 2),
    ] {
        let (first, mut entries) = plain("alipay", wallet, 0);
        let (second, more) = plain("scheme", bank, 1);
        entries.extend(more);
        let ledger = build(&[first, second], entries, &Vendor::embedded());
        let found = movements(&ledger, Direction::Charge, &yardstick);
        assert_eq!(found.len(), movements_wanted, "{wallet} | {bank}");
    }
}
