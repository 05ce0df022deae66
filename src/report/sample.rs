//! Invented values for the tests of the reports: a payer with three accounts, and one of every reason.

mod reasons;

pub(super) use reasons::every_reason;

pub(super) use crate::domain::sample::{account, day, money};
use crate::domain::{DeclineCause, Period, Sha256Hex, SourceId, SourceRef};
use crate::rates::{ECB_SOURCE_LINE, Publisher, RateStatus, Step};
use crate::reconciliation::{Notice, RatesUsed, Reconciliation};
use crate::source::{Rejected, SourceFile, SourceSide, Survey};
use crate::text::InEach;
use crate::verdict::{
    Addressee, Case, CaseFx, CaseLine, Cause, Confidence, Deadline, Innocent, LineRole, Reason, SignedMoney, Verdict,
    sum_by_currency,
};
use std::collections::BTreeMap;

/// A case with nothing but what every case has.
pub(super) fn bare(verdict: Verdict, listed: &str) -> Case {
    Case {
        id: format!("{listed}-{}", verdict.name()),
        day: day(listed),
        verdict,
        cause: None,
        claimable: false,
        claim_to: None,
        confidence: Confidence::Probable,
        charged_on: None,
        account: Some(account("lin@example.com")),
        paid: None,
        invoiced: None,
        at_stake: None,
        fx: None,
        lines: vec![line(listed, LineRole::Charge, 0, 4, None)],
        reasons: vec![Reason::NoBillingEvidence { account_given: false }],
        deadlines: Vec::new(),
    }
}

pub(super) fn line(listed: &str, role: LineRole, source: u32, number: u32, amount: Option<&str>) -> CaseLine {
    CaseLine {
        day: day(listed),
        role,
        at: SourceRef { source: SourceId(source), line: number },
        money: amount.map(|amount| SignedMoney(money(amount))),
        id: None,
        text: None,
        card: None,
        period: None,
    }
}

fn deadline(by: &str, what: &str) -> Deadline {
    let source = InEach { en: "rules <of> the scheme".to_string(), zh: "卡组织<规则>".to_string() };
    Deadline { by: day(by), what: what.to_string(), source }
}

fn file(path: &str, side: SourceSide, format: &str, covers: Option<(&str, &str)>) -> SourceFile {
    SourceFile {
        path: path.to_string(),
        bytes: 1_024,
        sha256: Some(Sha256Hex("5e".repeat(32))),
        side,
        format: format.to_string(),
        encoding: "UTF-8".to_string(),
        account: None,
        records: 40,
        relevant: 6,
        rejected: Vec::new(),
        newest_day: None,
        channel: "scheme".to_string(),
        is_list: side == SourceSide::Billing,
        sales: crate::source::Sales::All,
        survey: Survey {
            covers: covers.map(|(from, to)| Period { from: day(from), to: day(to) }),
            ..Survey::default()
        },
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
        channel: "card_embedded_fee".to_string(),
        band_percent: ("-0.75".parse().unwrap(), "5.00".parse().unwrap()),
        converted: money("20.00 USD"),
        reference_cost: money("144.56 CNY"),
        markup: Some(money("2.18 CNY")),
        markup_percent: Some("1.51".parse().unwrap()),
        fees: Some(money("0.00 CNY")),
        taxes: Some(money("0.00 CNY")),
        available: Some(money("146.00 CNY")),
        needed: Some(money("147.24 CNY")),
        shortfall: Some(money("1.24 CNY")),
    }
}

fn never_activated() -> Case {
    Case {
        cause: Some(Cause::NoInvoice),
        claimable: true,
        claim_to: Some(Addressee::Openai),
        charged_on: Some(day("2026-03-07")),
        paid: Some(money("146.74 CNY")),
        invoiced: Some(money("20.00 USD")),
        at_stake: Some(money("146.74 CNY")),
        fx: Some(Box::new(fx())),
        lines: vec![
            CaseLine {
                id: Some("8AB41111111111111".to_string()),
                text: Some("OPENAI *CHATGPT SUBSCR +14158799686 card 4111 1111 1111 1111".to_string()),
                ..line("2026-03-07", LineRole::Charge, 1, 14, Some("-146.74 CNY"))
            },
            line("2026-03-07", LineRole::PlanState, 3, 2, None),
        ],
        reasons: vec![
            Reason::NoInvoice { files: vec!["openai.csv".to_string()], as_of: day("2026-06-30") },
            Reason::AskIssuer,
            Reason::RuledOut { what: Innocent::PendingHold },
            Reason::RuledOut { what: Innocent::PropagationDelay },
            Reason::RuledOut { what: Innocent::StoreSubscription },
            Reason::RuledOut { what: Innocent::Reseller },
            Reason::NotRuledOut { what: Innocent::OtherLogin },
            Reason::NotRuledOut { what: Innocent::Promotion },
            Reason::ConversionCost {
                reference_cost: money("144.56 CNY"),
                markup: money("2.18 CNY"),
                percent: "1.51".parse().unwrap(),
                rate: "7.22792200".parse().unwrap(),
                rate_day: day("2026-03-06"),
            },
        ],
        deadlines: vec![deadline("2026-07-05", "card-dispute")],
        ..bare(Verdict::ChargedNotActivated, "2026-03-07")
    }
}

fn settled(listed: &str, number: u32, cause: Cause, amount: &str) -> Case {
    Case {
        cause: Some(cause),
        charged_on: Some(day(listed)),
        paid: Some(money(amount)),
        invoiced: Some(money("20.00 USD")),
        lines: vec![
            line(listed, LineRole::Charge, 0, number, Some("-20.00 USD")),
            line(listed, LineRole::Invoice, 2, number, Some("20.00 USD")),
        ],
        reasons: vec![Reason::JoinedExact {
            invoice: format!("INV-{number}"),
            amount: money("20.00 USD"),
            gap_days: 0,
        }],
        ..bare(Verdict::Settled, listed)
    }
}

fn duplicate() -> Case {
    Case {
        claimable: true,
        claim_to: Some(Addressee::Paypal),
        confidence: Confidence::Ambiguous,
        charged_on: Some(day("2026-04-09")),
        paid: Some(money("18.72 EUR")),
        invoiced: Some(money("20.00 USD")),
        at_stake: Some(money("18.72 EUR")),
        lines: vec![
            line("2026-04-09", LineRole::Charge, 4, 31, Some("-18.72 EUR")),
            line("2026-04-09", LineRole::Conversion, 4, 32, Some("20.00 USD")),
        ],
        reasons: vec![
            Reason::DuplicateOf {
                other_day: day("2026-04-08"),
                other_amount: money("18.70 EUR"),
                other_place: "Download 2026.csv:27".to_string(),
                invoice: "INV-0009".to_string(),
            },
            Reason::Interchangeable { count: 2 },
        ],
        deadlines: vec![deadline("2026-10-06", "paypal-dispute")],
        ..bare(Verdict::DuplicateCharge, "2026-04-09")
    }
}

fn declined() -> Vec<Case> {
    let fx_declined = Case {
        invoiced: Some(money("20.00 USD")),
        fx: Some(Box::new(CaseFx { markup: None, markup_percent: None, ..fx() })),
        lines: vec![line("2026-05-02", LineRole::Attempt, 5, 2, Some("20.00 USD"))],
        reasons: vec![
            Reason::FxDeclined {
                available: money("146.00 CNY"),
                reference_cost: money("144.56 CNY"),
                needed: money("147.24 CNY"),
                shortfall: money("1.24 CNY"),
            },
            Reason::LearnedMarkup { charges: 3, percent: "1.85".parse().unwrap() },
        ],
        ..bare(Verdict::FxDeclined, "2026-05-02")
    };
    let blocked = DeclineCause::CrossBorderBlocked;
    let declined = Case {
        cause: Some(Cause::Decline(blocked)),
        invoiced: Some(money("2979 JPY")),
        lines: vec![line("2026-05-03", LineRole::Decline, 1, 22, Some("-2979 JPY"))],
        reasons: vec![
            Reason::Declined {
                cause: blocked, reason: Some("境外交易未开通\u{1b}[2J call 13800138000".to_string())
            },
            Reason::NextStep { cause: blocked },
        ],
        ..bare(Verdict::Declined, "2026-05-03")
    };
    vec![fx_declined, declined]
}

fn refund_missing() -> Case {
    Case {
        claimable: true,
        claim_to: Some(Addressee::Openai),
        confidence: Confidence::Certain,
        charged_on: Some(day("2026-05-20")),
        paid: Some(money("1234567.89 CNY")),
        invoiced: Some(money("170000.00 USD")),
        at_stake: Some(money("1234567.89 CNY")),
        lines: vec![
            line("2026-05-20", LineRole::Charge, 1, 30, Some("-1234567.89 CNY")),
            line("2026-05-21", LineRole::CreditNote, 2, 18, Some("170000.00 USD")),
        ],
        reasons: vec![
            Reason::RefundNotSeen {
                files: vec!["信用卡账单明细.csv".to_string(), "evil\u{202e}vsc.csv".to_string()],
                from: day("2026-05-21"),
                to: day("2026-06-04"),
            },
            Reason::RefundRecorded {
                number: Some("CN-0001".to_string()),
                day: day("2026-05-21"),
                amount: money("170000.00 USD"),
            },
        ],
        ..bare(Verdict::RefundMissing, "2026-05-20")
    }
}

/// A payer's half year with a bit of everything, hostile names and text among it.
pub(super) fn half_year() -> Reconciliation {
    let mut cases = vec![
        settled("2026-02-07", 3, Cause::ActivationPresumed, "20.00 USD"),
        never_activated(),
        settled("2026-03-20", 6, Cause::ActivationObserved, "20.00 USD"),
        duplicate(),
    ];
    cases.extend(declined());
    cases.push(refund_missing());
    cases.push(Case {
        cause: Some(Cause::TooRecent),
        charged_on: Some(day("2026-06-29")),
        paid: Some(money("20.00 USD")),
        lines: vec![line("2026-06-29", LineRole::Charge, 0, 88, Some("-20.00 USD"))],
        reasons: vec![Reason::TooRecent { as_of: day("2026-06-30"), callable_on: day("2026-07-01") }],
        ..bare(Verdict::Inconclusive, "2026-06-29")
    });
    let covers = Some(("2026-01-02", "2026-06-30"));
    let mut cmb = file("evil\u{202e}\u{1b}[31m.csv", SourceSide::Statement, "cmb-credit", covers);
    cmb.account = Some("****6688".to_string());
    cmb.rejected = vec![Rejected {
        line: 9,
        column: Some("交易金额".to_string()),
        reason: "cannot read `=1+1` as an amount".to_string(),
    }];
    finish(Reconciliation {
        as_of: day("2026-06-30"),
        sources: vec![
            file("chase.csv", SourceSide::Statement, "chase-card", covers),
            cmb,
            file("openai.csv", SourceSide::Billing, "billing-list", None),
            file("plan.csv", SourceSide::Plan, "plan-observations", None),
            file("Download 2026.csv", SourceSide::Statement, "paypal-activity", covers),
            file("attempts.csv", SourceSide::Attempts, "attempts", None),
        ],
        cases,
        by_verdict: BTreeMap::new(),
        at_stake: Vec::new(),
        notices: every_notice(),
        renewals: Vec::new(),
        expiries: Vec::new(),
        rates: vec![RatesUsed {
            source: ECB_SOURCE_LINE.to_string(),
            publisher: Publisher::Ecb,
            last_day: day("2026-06-30"),
        }],
    })
}

/// The same with the totals that its cases give.
pub(super) fn finish(mut reconciliation: Reconciliation) -> Reconciliation {
    for case in &reconciliation.cases {
        *reconciliation.by_verdict.entry(case.verdict).or_insert(0) += 1;
    }
    let claimed = reconciliation.cases.iter().filter(|case| case.claimable).filter_map(|case| case.at_stake);
    reconciliation.at_stake = sum_by_currency(claimed).unwrap();
    reconciliation
}

pub(super) fn every_notice() -> Vec<Notice> {
    let (first, second) = ("a.csv".to_string(), "b_4111111111111111.csv".to_string());
    let stretch = Period { from: day("2026-03-01"), to: day("2026-03-09") };
    vec![
        Notice::NoBillingList,
        Notice::NoStatement,
        Notice::NoPlanSide,
        Notice::ExportsDisagree { first: first.clone(), second: second.clone(), day: day("2026-03-05") },
        Notice::ExportsMerged { first: first.clone(), second, rows: 12 },
        Notice::BalanceBreak { file: first.clone(), after_line: 8, before_line: 9, stretch },
        Notice::RowsSkipped { file: first.clone(), rows: 1 },
        Notice::CurrencyUnknown { file: first.clone(), rows: 7 },
        Notice::Ignored { file: "notes\u{1b}]0;x\u{7}.txt".to_string(), kind: None },
        Notice::OrphanWalletRow { file: first.clone(), line: 17 },
        Notice::ResellerRow { file: first.clone(), line: 19 },
        Notice::ResellerRow { file: first.clone(), line: 20 },
        Notice::ConfigFound { file: "payproof.toml".to_string(), sha256: "ab".repeat(32) },
    ]
}
