//! Invented values for the tests of the letters: a payer with two cards, a wallet and two accounts.

pub(super) use crate::domain::sample::{account, day, money};
use crate::domain::{Day, LastFour, Period, Sha256Hex, SourceId, SourceRef};
use crate::rates::{ECB_SOURCE_LINE, Publisher, RateStatus, Step};
use crate::reconciliation::{RatesUsed, Reconciliation};
use crate::source::{SourceFile, SourceSide, Survey};
use crate::text::InEach;
use crate::verdict::{
    Addressee, Case, CaseFx, CaseLine, Cause, Confidence, Deadline, Innocent, LineRole, Reason, SignedMoney, Verdict,
};
use std::collections::BTreeMap;

/// Sources by their place in the sample.
pub(super) const CMB: u32 = 0;
pub(super) const CHASE: u32 = 1;
pub(super) const PAYPAL: u32 = 2;
pub(super) const BILLING: u32 = 3;
pub(super) const PLAN: u32 = 4;

/// What must never stand in a letter; the sample holds each of them somewhere.
pub(super) const SECRETS: [&str; 8] = [
    "4111 1111 1111 1111",
    "4111111111111111",
    "13800138000",
    "Lin Meihua",
    "林美华",
    "BLUE DOOR BAKERY",
    "chatgpt subscr",
    "bo@example.org",
];

/// A deadline whose source nobody reads in a letter.
pub(super) fn deadline(by: Day, what: &str) -> Deadline {
    let source = InEach { en: "the rule".to_string(), zh: "规则".to_string() };
    Deadline { by, what: what.to_string(), source }
}

/// A row whose text holds what must not leave.
pub(super) fn line(listed: &str, role: LineRole, source: u32, number: u32, amount: Option<&str>) -> CaseLine {
    CaseLine {
        day: day(listed),
        role,
        at: SourceRef { source: SourceId(source), line: number },
        money: amount.map(|amount| SignedMoney(money(amount))),
        id: None,
        text: Some(SECRETS.join(" ")),
        card: None,
        period: None,
    }
}

fn with_id(line: CaseLine, id: &str) -> CaseLine {
    CaseLine { id: Some(id.to_string()), ..line }
}

/// A claimable case with nothing but what every such case has.
pub(super) fn case(listed: &str) -> Case {
    Case {
        id: listed.to_string(),
        day: day(listed),
        verdict: Verdict::ChargedNotActivated,
        cause: Some(Cause::InvoiceVoid),
        claimable: true,
        claim_to: Some(Addressee::Openai),
        confidence: Confidence::Probable,
        charged_on: Some(day(listed)),
        account: Some(account("mei@example.com")),
        paid: Some(money("20.00 USD")),
        invoiced: Some(money("20.00 USD")),
        at_stake: Some(money("20.00 USD")),
        fx: None,
        lines: vec![line(listed, LineRole::Charge, CHASE, 7, Some("-20.00 USD"))],
        reasons: vec![Reason::InvoiceVoid { invoice: "K7QX02MB-0004".to_string() }],
        deadlines: vec![deadline(day(listed).plus(120), "card-dispute")],
    }
}

/// Charged in yuan, the foreign amount printed on the row, and no invoice anywhere.
pub(super) fn no_invoice() -> Case {
    let charge = line("2026-03-07", LineRole::Charge, CMB, 14, Some("-146.74 CNY"));
    Case {
        cause: Some(Cause::NoInvoice),
        paid: Some(money("146.74 CNY")),
        invoiced: None,
        at_stake: Some(money("146.74 CNY")),
        fx: Some(Box::new(fx())),
        lines: vec![
            CaseLine { card: LastFour::at_end_of("6688"), ..with_id(charge, "2026030722001") },
            line("2026-03-09", LineRole::PlanState, PLAN, 2, None),
        ],
        reasons: vec![
            Reason::NoInvoice { files: vec!["Lin Meihua.csv".to_string()], as_of: day("2026-06-30") },
            Reason::AskIssuer,
            Reason::PlanInactive { observed_on: day("2026-03-09"), plan: Some("free".to_string()) },
            Reason::RuledOut { what: Innocent::PendingHold },
            Reason::RuledOut { what: Innocent::PropagationDelay },
            Reason::NotRuledOut { what: Innocent::OtherLogin },
        ],
        ..case("2026-03-07")
    }
}

/// A second charge through a wallet, which converted it and drew the money from a card later.
pub(super) fn duplicate() -> Case {
    let charge = line("2026-04-09", LineRole::Charge, PAYPAL, 31, Some("-18.72 EUR"));
    Case {
        verdict: Verdict::DuplicateCharge,
        cause: None,
        confidence: Confidence::Ambiguous,
        paid: Some(money("18.72 EUR")),
        at_stake: Some(money("18.72 EUR")),
        lines: vec![
            with_id(charge, "8AB41111111111111"),
            line("2026-04-09", LineRole::Conversion, PAYPAL, 32, Some("-20.00 USD")),
            line("2026-04-09", LineRole::Conversion, PAYPAL, 33, Some("18.72 EUR")),
            line("2026-04-11", LineRole::Funding, CHASE, 9, Some("-18.72 EUR")),
        ],
        reasons: vec![
            Reason::DuplicateOf {
                other_day: day("2026-04-08"),
                other_amount: money("18.70 EUR"),
                other_place: "Lin Meihua.csv:27".to_string(),
                invoice: "K7QX02MB-0009".to_string(),
            },
            Reason::RuledOut { what: Innocent::PendingHold },
            Reason::NotRuledOut { what: Innocent::OtherLogin },
        ],
        deadlines: vec![deadline(day("2026-10-06"), "paypal-dispute")],
        ..case("2026-04-09")
    }
}

/// A refund that billing records and the statement does not show.
pub(super) fn refund_missing() -> Case {
    Case {
        verdict: Verdict::RefundMissing,
        cause: None,
        paid: Some(money("200.00 USD")),
        invoiced: Some(money("200.00 USD")),
        at_stake: Some(money("200.00 USD")),
        lines: vec![
            CaseLine {
                card: LastFour::at_end_of("Visa-4242"),
                ..line("2026-05-20", LineRole::Charge, CHASE, 40, Some("-200.00 USD"))
            },
            with_id(line("2026-05-20", LineRole::Invoice, BILLING, 12, Some("200.00 USD")), "K7QX02MB-0011"),
            with_id(line("2026-05-21", LineRole::CreditNote, BILLING, 13, Some("200.00 USD")), "K7QX02MB-0011-CN-01"),
        ],
        reasons: vec![
            Reason::RefundNotSeen {
                files: vec!["Lin Meihua.csv".to_string()],
                from: day("2026-05-21"),
                to: day("2026-06-04"),
            },
            Reason::RefundRecorded {
                number: Some("K7QX02MB-0011-CN-01".to_string()),
                day: day("2026-05-21"),
                amount: money("200.00 USD"),
            },
        ],
        ..case("2026-05-20")
    }
}

fn fx() -> CaseFx {
    CaseFx {
        reference_rate: "7.22792200".parse().unwrap(),
        rate_date: day("2026-03-06"),
        rate_source: ECB_SOURCE_LINE.to_string(),
        publisher: Publisher::Ecb,
        statement_rate: None,
        steps: vec![Step::Times("7.6492".parse().unwrap()), Step::Over("1.0583".parse().unwrap())],
        rate_status: RateStatus::Carried,
        channel: "scheme".to_string(),
        band_percent: ("-0.75".parse().unwrap(), "1.50".parse().unwrap()),
        converted: money("20.00 USD"),
        reference_cost: money("144.56 CNY"),
        markup: Some(money("2.18 CNY")),
        markup_percent: Some("1.51".parse().unwrap()),
        fees: None,
        taxes: None,
        available: None,
        needed: None,
        shortfall: None,
    }
}

fn file(path: &str, side: SourceSide, channel: &str, cards: &[&str]) -> SourceFile {
    SourceFile {
        path: path.to_string(),
        bytes: 1_024,
        sha256: Some(Sha256Hex("5e".repeat(32))),
        side,
        format: "sample".to_string(),
        encoding: "UTF-8".to_string(),
        account: Some("b***@example.org".to_string()),
        records: 40,
        relevant: 6,
        rejected: Vec::new(),
        newest_day: None,
        channel: channel.to_string(),
        is_list: side == SourceSide::Billing,
        sales: crate::source::Sales::All,
        survey: Survey {
            covers: Some(Period { from: day("2026-01-02"), to: day("2026-06-30") }),
            cards: cards.iter().filter_map(|card| LastFour::at_end_of(card)).collect(),
            ..Survey::default()
        },
    }
}

/// A finished value around some cases; the files carry a person's name.
pub(super) fn around(cases: Vec<Case>) -> Reconciliation {
    Reconciliation {
        as_of: day("2026-06-30"),
        sources: vec![
            file("林美华 4111111111111111.csv", SourceSide::Statement, "scheme", &["6688"]),
            file("Lin Meihua/chase.csv", SourceSide::Statement, "scheme", &["4242", "1881"]),
            file("Lin Meihua.csv", SourceSide::Statement, "paypal", &[]),
            file("openai.csv", SourceSide::Billing, "", &[]),
            file("plan.csv", SourceSide::Plan, "", &[]),
        ],
        cases,
        by_verdict: BTreeMap::new(),
        at_stake: Vec::new(),
        notices: Vec::new(),
        renewals: Vec::new(),
        expiries: Vec::new(),
        rates: vec![RatesUsed {
            source: ECB_SOURCE_LINE.to_string(),
            publisher: Publisher::Ecb,
            last_day: day("2026-06-30"),
        }],
    }
}

/// Names of the sources in the evidence.
pub(super) fn names() -> Vec<String> {
    ["cmb-credit.csv", "chase.csv", "paypal.csv", "openai.csv", "plan.csv"].map(str::to_string).to_vec()
}
