//! What every letter must keep to: one page, the same figures in both languages, nothing private, every claim worded.

use super::sample::{
    SECRETS, account, around, case, day, deadline, duplicate, money, names, no_invoice, refund_missing,
};
use super::wording::Ask;
use super::*;
use crate::domain::LastFour;
use crate::report::Block;
use crate::text::{clean, width};
use crate::verdict::{Case, CaseLine, Cause, Confidence, LineRole, Reason, Verdict};
use std::path::PathBuf;

fn write(cases: Vec<Case>, lang: Lang) -> Vec<Letter> {
    let (vendor, file_names) = (Vendor::embedded(), names());
    letters(&around(cases), &Letters { lang, redact: true, vendor: &vendor, file_names: &file_names })
}

fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/evidence/letter/golden").join(name);
    if std::env::var_os("PAYPROOF_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name} differs; look, then run with PAYPROOF_BLESS=1");
}

#[test]
fn letters_are_as_last_looked_at() {
    for payer in Lang::ALL {
        for letter in write(vec![no_invoice(), duplicate(), refund_missing()], payer) {
            golden(&format!("{}.txt", letter.file_name), &letter_text(&letter));
        }
    }
}

/// Every claimable verdict and cause with the reason that comes with it, and a word of the letter that it must bring.
fn claimable() -> Vec<(Case, Ask, &'static str)> {
    let invoice = || "K7QX02MB-0004".to_string();
    let bare = || case("2026-03-01");
    let because = |cause, reason| Case { cause: Some(cause), reasons: vec![reason], ..bare() };
    let of = |verdict, cause, reason| Case { verdict, cause, reasons: vec![reason], ..bare() };
    let short =
        || Reason::RefundShort { paid: money("20.00 USD"), back: money("9.00 USD"), missing: money("11.00 USD") };
    let arrived =
        Reason::ArrivedShort { total: money("20.00 USD"), arrived: money("19.87 USD"), missing: money("0.13 USD") };
    let over =
        Reason::Overcharged { charged: money("24.20 USD"), total: money("20.00 USD"), excess: money("4.20 USD") };
    let billed = || account("bo@example.org");
    let cancelled = Reason::ChargedAfterCancel { cancelled_on: day("2026-02-10"), period_start: day("2026-03-01") };
    let credit = Reason::CreditNotGranted {
        amount: money("50.00 USD"),
        from: day("2026-02-28"),
        to: day("2026-03-03"),
        known_to: day("2026-04-01"),
    };
    let seen =
        |plan: Option<&str>| Reason::PlanInactive { observed_on: day("2026-03-09"), plan: plan.map(str::to_string) };
    vec![
        (no_invoice(), Ask::Activate, "holds no invoice"),
        (because(Cause::InvoiceUnpaid, Reason::InvoiceUnpaid { invoice: invoice() }), Ask::Activate, "stands open"),
        (because(Cause::InvoiceVoid, Reason::InvoiceVoid { invoice: invoice() }), Ask::Activate, "was voided"),
        (because(Cause::PlanInactive, seen(Some("free"))), Ask::Activate, "only the plan free"),
        (because(Cause::PlanInactive, seen(Some("for Lin Meihua"))), Ask::Activate, "did not show"),
        (because(Cause::CreditNotGranted, seen(None)), Ask::Activate, "did not show"),
        (because(Cause::CreditNotGranted, credit), Ask::Activate, "no credit of 50.00 USD"),
        (refund_missing(), Ask::SendRefund, "had not arrived by 2026-06-04"),
        (duplicate(), Ask::RefundSecond, "second charge for invoice K7QX02MB-0009"),
        (
            of(
                Verdict::WrongAccount,
                None,
                Reason::WrongAccount { invoice: invoice(), billed: billed(), given: vec![account("mei@example.com")] },
            ),
            Ask::Move,
            "billed to b***@example.org",
        ),
        (of(Verdict::ChargedAfterCancel, None, cancelled), Ask::AfterCancel, "cancelled on 2026-02-10"),
        (of(Verdict::FxUnderpaid, None, arrived), Ask::Shortfall, "19.87 USD arrived"),
        (of(Verdict::AmountMismatch, Some(Cause::Overcharged), over), Ask::RefundExcess, "explain 4.20 USD"),
        (of(Verdict::RefundShort, Some(Cause::Unexplained), short()), Ask::RefundRest, "missing 11.00 USD"),
    ]
}

#[test]
fn every_claim_is_worded_in_both_languages() {
    let vendor = Vendor::embedded();
    for (case, ask, word) in claimable() {
        assert_eq!(Ask::of(&case, Addressee::Openai), ask);
        let both = write(vec![case], Lang::Zh);
        let [en, zh] = [letter_text(&both[0]), letter_text(&both[1])];
        let unbroken = |text: &str| text.replace("\n  ", " ");
        assert!(unbroken(&en).contains(word), "{word}: {en}");
        assert!(unbroken(&en).contains(&ask.words(Lang::En, vendor.name())), "{en}");
        assert!(zh.replace("\n  ", "").contains(&ask.words(Lang::Zh, vendor.name())), "{zh}");
    }
}

#[test]
fn a_case_without_its_reason_is_still_named() {
    for (case, _, _) in claimable() {
        let text = letter_text(&write(vec![Case { reasons: Vec::new(), ..case }], Lang::En)[0]);
        assert!(text.contains("  What is wrong: ") && !text.contains("wrong:  "), "{text}");
    }
}

/// The figures, days, currency codes, addresses and numbers of a text, sorted: languages put them in different order.
fn figures(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-_@*/:".contains(c);
    let mut found: Vec<String> = text
        .split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', '-', ':']).to_string())
        .filter(|word| {
            let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            is_code || word.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '/')
        })
        .collect();
    found.sort();
    found
}

#[test]
fn both_languages_hold_the_same_figures() {
    let mut all: Vec<Case> = claimable().into_iter().map(|(case, _, _)| case).collect();
    all.extend((1..40).map(|number| Case { at_stake: Some(money(&format!("{number}.00 USD"))), ..case("2026-02-02") }));
    for payer in Lang::ALL {
        for cases in [vec![no_invoice()], vec![no_invoice(), duplicate(), refund_missing()], all.clone()] {
            let letters = write(cases, payer);
            let pairs: Vec<_> = letters.windows(2).filter(|pair| pair[1].is_copy).collect();
            assert!(!pairs.is_empty());
            for pair in pairs {
                assert_ne!(pair[0].lang, pair[1].lang);
                let both = [letter_text(&pair[0]), letter_text(&pair[1])];
                assert_eq!(figures(&both[0]), figures(&both[1]), "{both:#?}");
            }
        }
    }
}

#[test]
fn everybody_gets_a_letter_of_their_own() {
    let to = |addressee| Case { claim_to: Some(addressee), ..case("2026-03-01") };
    let all = [Addressee::Openai, Addressee::Paypal, Addressee::Issuer, Addressee::Apple, Addressee::Google];
    let written = write(all.map(to).to_vec(), Lang::En);
    assert_eq!(written.iter().map(|letter| letter.addressee).collect::<Vec<_>>(), all);
    for (letter, name) in written.iter().zip(["OpenAI", "PayPal", "the card issuer", "Apple", "Google Play"]) {
        assert!(letter_text(letter).contains(&format!("\nTo: {name}")), "{}", letter_text(letter));
        assert_eq!(letter.file_name, format!("letter-{}-en", letter.addressee.name()));
    }
    assert!(write(vec![Case { claimable: false, ..case("2026-03-01") }], Lang::En).is_empty());
}

fn names_of(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.file_name.as_str()).collect()
}

#[test]
fn a_charge_without_any_record_also_goes_to_who_carried_the_money() {
    let in_dollars = Case { paid: Some(money("20.00 USD")), ..no_invoice() };
    let through_paypal = Case { reasons: vec![Reason::AskPaypal], ..no_invoice() };
    let from_apple = Case { claim_to: Some(Addressee::Apple), ..no_invoice() };
    let files = |case: &Case, lang| names_of(&write(vec![case.clone()], lang)).join(" ");
    assert_eq!(files(&no_invoice(), Lang::En), "letter-openai-en letter-issuer-zh letter-issuer-en");
    assert_eq!(files(&no_invoice(), Lang::Zh), "letter-openai-en letter-openai-zh letter-issuer-zh");
    assert_eq!(files(&in_dollars, Lang::En), "letter-openai-en letter-issuer-en");
    assert_eq!(files(&through_paypal, Lang::En), "letter-openai-en letter-paypal-en");
    assert_eq!(files(&from_apple, Lang::En), "letter-apple-en");
    assert_eq!(files(&case("2026-03-01"), Lang::En), "letter-openai-en");
}

#[test]
fn accounts_and_issuers_do_not_share_a_letter() {
    let other_account = Case { account: Some(account("bo@example.org")), ..case("2026-03-01") };
    let both = write(vec![case("2026-03-01"), other_account], Lang::En);
    assert_eq!(names_of(&both), ["letter-openai-en", "letter-openai-2-en"]);
    let [bo, mei] = [letter_text(&both[0]), letter_text(&both[1])];
    assert!(bo.contains("bo@example.org") && !bo.contains("mei@") && mei.contains("mei@example.com"));
    let mut other_card = no_invoice();
    other_card.lines[0].card = LastFour::at_end_of("1881");
    let cards = write(vec![no_invoice(), no_invoice(), other_card], Lang::Zh);
    assert_eq!(names_of(&cards), ["letter-openai-en", "letter-openai-zh", "letter-issuer-zh", "letter-issuer-2-zh"]);
}

#[test]
fn a_case_without_an_account_joins_the_only_one_known() {
    let unknown = || Case { account: None, ..case("2026-03-02") };
    let other = || Case { account: Some(account("bo@example.org")), ..case("2026-03-03") };
    let both = write(vec![unknown(), case("2026-03-01")], Lang::En);
    assert_eq!(names_of(&both), ["letter-openai-en"]);
    let text = letter_text(&both[0]);
    assert!(
        text.contains("mei@example.com") && text.contains("2 payments") && !text.contains("OpenAI: ____"),
        "{text}"
    );
    let three = write(vec![unknown(), case("2026-03-01"), other()], Lang::En);
    assert_eq!(names_of(&three), ["letter-openai-en", "letter-openai-2-en", "letter-openai-3-en"]);
    assert!(letter_text(&three[0]).contains("Account with OpenAI: ____"));
}

#[test]
fn only_a_day_still_to_come_is_named() {
    let due = |by: &str| Case { deadlines: vec![deadline(day(by), "card-dispute")], ..case("2026-03-01") };
    let text = |cases: Vec<Case>| letter_text(&write(cases, Lang::En)[0]);
    let next = text(vec![due("2026-06-29"), due("2026-07-09"), due("2026-06-30")]);
    assert!(next.contains("by 2026-06-30") && !next.contains("2026-06-29") && !next.contains("2026-07-09"), "{next}");
    assert!(!text(vec![due("2026-06-29")]).contains("Dates"));
}

#[test]
fn an_account_that_is_not_known_is_a_line_to_fill_in() {
    let given = |given: &[&str]| Case {
        verdict: Verdict::WrongAccount,
        account: Some(account("bo@example.org")),
        reasons: vec![Reason::WrongAccount {
            invoice: "K7QX02MB-0004".to_string(),
            billed: account("bo@example.org"),
            given: given.iter().map(|text| account(text)).collect(),
        }],
        ..case("2026-03-01")
    };
    let text = |case: Case| letter_text(&write(vec![case], Lang::En)[0]);
    assert!(text(given(&["mei@example.com"])).contains("Account with OpenAI: mei@example.com\n"));
    for case in [given(&["mei@example.com", "wu@example.net"]), Case { account: None, ..case("2026-03-01") }] {
        let text = text(case);
        assert!(
            text.contains("Account with OpenAI: ____") && !text.contains("mei@") && !text.contains("wu@"),
            "{text}"
        );
    }
}

#[test]
fn nothing_private_leaves() {
    let mut cases: Vec<Case> = claimable().into_iter().map(|(case, _, _)| case).collect();
    cases.push(Case { claim_to: Some(Addressee::Issuer), ..duplicate() });
    let vendor = Vendor::embedded();
    for file_names in [names(), Vec::new()] {
        let how = Letters { lang: Lang::Zh, redact: true, vendor: &vendor, file_names: &file_names };
        for letter in letters(&around(cases.clone()), &how) {
            let text = letter_text(&letter);
            for secret in SECRETS {
                assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret}: {text}");
            }
            let line = text.replace('\n', " ");
            assert_eq!(clean(&line), line);
            assert_eq!(text.matches('@').count(), 1 + text.matches("b***@example.org").count(), "{text}");
        }
    }
}

#[test]
fn hostile_numbers_are_made_harmless_and_short() {
    let mut hostile = refund_missing();
    hostile.lines[1].id = Some(format!("\u{1b}[2J\u{202e}{}", "9".repeat(5000)));
    hostile.lines.extend((0..50).map(|number| CaseLine {
        id: Some(format!("no-{number}")),
        ..sample::line("2026-05-22", LineRole::Refund, sample::CHASE, number, None)
    }));
    let written = write(vec![hostile], Lang::Zh);
    for letter in &written {
        let text = letter_text(letter);
        assert!(!text.contains(['\u{1b}', '\u{202e}']) && text.contains("⟨1B⟩"), "{text}");
        assert!(text.contains("discrepancies.csv") && page::lines(&letter.document) <= PAGE_LINES_MAX, "{text}");
    }
}

#[test]
fn a_letter_is_one_page_and_says_what_is_left_out() {
    let kinds: Vec<Case> = claimable().into_iter().map(|(case, _, _)| case).collect();
    for count in [1, 5, 14, 60, 400] {
        let cases: Vec<Case> = (0..count)
            .map(|number| Case {
                at_stake: Some(money(&format!("{}.00 USD", number + 1))),
                confidence: Confidence::Ambiguous,
                ..kinds[number % kinds.len()].clone()
            })
            .collect();
        for letter in write(cases, Lang::Zh) {
            let text = letter_text(&letter);
            let tables = letter.document.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table.rows.len()),
                _ => None,
            });
            let listed: usize = tables.sum();
            assert!(page::lines(&letter.document) <= PAGE_LINES_MAX, "{text}");
            assert!(text.lines().all(|line| width(line) <= plain::TEXT_COLUMNS), "{text}");
            assert!(listed >= 1, "{text}");
            if letter.addressee == Addressee::Openai {
                assert_eq!(text.contains("discrepancies.csv"), listed < count, "{count} {listed} {text}");
            }
            if count >= 60 && letter.addressee == Addressee::Openai {
                assert!(listed >= 3 && text.contains(&format!("{count}.00 USD")), "{text}");
            }
        }
    }
}

#[test]
fn a_page_holds_several_payments_of_one_kind() {
    let cases: Vec<Case> = (1..=30).map(|_| refund_missing()).collect();
    for letter in write(cases, Lang::Zh) {
        let text = letter_text(&letter);
        assert!(text.matches("K7QX02MB-0011-CN-01").count() >= 6, "{text}");
    }
}

#[test]
fn a_card_that_no_file_names_is_a_line_to_fill_in() {
    let mut unnamed = Case { account: None, claim_to: Some(Addressee::Issuer), ..case("2026-03-01") };
    let text = |case: &Case| letter_text(&write(vec![case.clone()], Lang::En)[0]);
    assert!(text(&unnamed).contains("\nCard, last four digits: ____"), "{}", text(&unnamed));
    assert!(!text(&unnamed).contains("Account with"), "{}", text(&unnamed));
    unnamed.lines[0].card = LastFour::at_end_of("4242");
    assert!(text(&unnamed).contains("\nCard, last four digits: 4242\n"));
}

#[test]
fn totals_stand_per_currency_over_all_cases() {
    let amounts = ["20.00 USD", "0.13 USD", "146.74 CNY", "3000 JPY"];
    let cases = amounts.map(|amount| Case { at_stake: Some(money(amount)), ..case("2026-03-01") });
    let text = letter_text(&write(cases.to_vec(), Lang::En)[0]);
    assert!(text.contains("Total at issue: 146.74 CNY, 3000 JPY, 20.13 USD\n"), "{text}");
}

#[test]
fn the_foreign_amount_and_the_banks_day_stand_beside_the_payers() {
    let text = |case: Case| letter_text(&write(vec![case], Lang::En)[0]);
    let wallet = text(duplicate());
    assert!(wallet.contains("- 2026-04-09, Charged: 20.00 USD, Settled as: 18.72 EUR, At"), "{wallet}");
    assert!(wallet.contains("References: ChatGPT plan, bank row of 2026-04-11, transaction\n"), "{wallet}");
    assert!(text(no_invoice()).contains("- 2026-03-07, Charged: 20.00 USD, Settled as: 146.74 CNY, At issue: 146.74"));
    assert!(!text(refund_missing()).contains("Settled as"));
    assert!(text(refund_missing()).contains("card ****4242"));
    // A file that names two cards does not tell which one a row without a card was paid with.
    assert!(!text(case("2026-03-01")).contains("****"));
}

#[test]
fn what_was_ruled_out_holds_for_every_case() {
    let ruled_out = |cases: Vec<Case>| {
        let text = letter_text(&write(cases, Lang::En)[0]);
        text.lines().find(|line| line.starts_with("Ruled out: ")).map(str::to_string)
    };
    let one = ruled_out(vec![no_invoice(), refund_missing()]).unwrap();
    assert!(one.contains("late activation") && one.contains("a mere hold"), "{one}");
    let both = ruled_out(vec![no_invoice(), duplicate()]).unwrap();
    assert!(!both.contains("late activation") && both.contains("a mere hold"), "{both}");
}
