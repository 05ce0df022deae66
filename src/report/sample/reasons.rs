//! One value of every reason.

use super::{account, day, money};
use crate::domain::{Currency, DeclineCause, Route};
use crate::matching::Said;
use crate::verdict::{Innocent, Reason};

/// Every reason once, and again where an absent field changes the sentence.
pub(in crate::report) fn every_reason() -> Vec<Reason> {
    let mut reasons = joins();
    reasons.extend(activation());
    reasons.extend(refunds());
    reasons.extend(amounts());
    reasons.extend(evidence());
    reasons.extend(refusals());
    reasons.extend(beside());
    reasons
}

fn files() -> Vec<String> {
    vec!["bank1.csv".to_string(), "bank2.csv".to_string()]
}

fn joins() -> Vec<Reason> {
    let invoice = "INV-0001".to_string();
    let exact = |gap_days| Reason::JoinedExact { invoice: invoice.clone(), amount: money("20.00 USD"), gap_days };
    vec![
        Reason::JoinedByReference { invoice: invoice.clone(), reference: "9XY12345".to_string() },
        exact(-1),
        exact(0),
        exact(3),
        Reason::JoinedConverted {
            invoice: invoice.clone(),
            total: money("20.00 USD"),
            charged: money("146.74 CNY"),
            channel: "scheme".to_string(),
            lo_percent: "-0.75".parse().unwrap(),
            hi_percent: "1.50".parse().unwrap(),
        },
        Reason::JoinedArrived { invoice: invoice.clone(), amount: money("5.00 USD") },
        Reason::BalanceApplied { invoice: invoice.clone(), total: money("20.00 USD"), asked: money("8.00 USD") },
        Reason::PapersDisagree {
            first: "receipt.pdf:1".to_string(),
            second: "invoices.json:4".to_string(),
            said: Said::Total,
        },
        Reason::JoinedSum { invoice: invoice.clone(), total: money("20.00 USD") },
        Reason::JoinedLeftover { invoice, total: money("20.00 USD"), charged: money("22.00 USD") },
        Reason::Interchangeable { count: 2 },
        Reason::OtherAssignment,
    ]
}

fn activation() -> Vec<Reason> {
    let invoice = "INV-0001".to_string();
    vec![
        Reason::NoInvoice { files: vec!["list.csv".to_string()], as_of: day("2026-06-30") },
        Reason::NoInvoice { files: files(), as_of: day("2026-06-30") },
        Reason::InvoiceUnpaid { invoice: invoice.clone() },
        Reason::InvoiceVoid { invoice: invoice.clone() },
        Reason::PlanInactive { observed_on: day("2026-03-09"), plan: Some("free".to_string()) },
        Reason::PlanInactive { observed_on: day("2026-03-09"), plan: None },
        Reason::ActivationObserved { observed_on: day("2026-03-09") },
        Reason::ActivationPresumed { invoice: invoice.clone(), account_given: false },
        Reason::ActivationPresumed { invoice, account_given: true },
        Reason::PlanEnded { observed_on: day("2026-03-20"), plan: None, ended_on: day("2026-03-10") },
        Reason::PlanEnded {
            observed_on: day("2026-03-20"),
            plan: Some("plus".to_string()),
            ended_on: day("2026-03-10"),
        },
        Reason::CreditNotGranted {
            amount: money("50.00 USD"),
            from: day("2026-03-06"),
            to: day("2026-03-09"),
            known_to: day("2026-04-01"),
        },
        Reason::CreditGranted { amount: money("50.00 USD"), day: day("2026-03-08") },
        Reason::RuledOut { what: Innocent::SpendLimit },
        Reason::RuledOut { what: Innocent::PendingHold },
        Reason::NotRuledOut { what: Innocent::Reseller },
    ]
}

fn refunds() -> Vec<Reason> {
    vec![
        Reason::RefundedInFull { paid: money("20.00 USD"), back: money("20.00 USD"), last_day: day("2026-03-20") },
        Reason::RefundedInPart { back: money("5.00 USD"), last_day: day("2026-03-20") },
        Reason::RefundShort { paid: money("194.20 GBP"), back: money("178.75 GBP"), missing: money("15.45 GBP") },
        Reason::RefundLoss {
            markup_and_fees: money("6.49 GBP"),
            rate_move: money("8.15 GBP"),
            refund_spread: money("0.81 GBP"),
            paid_day: day("2026-04-08"),
            refund_day: day("2026-04-22"),
        },
        Reason::RefundUnexplained { expected_from: money("170.00 GBP"), expected_to: money("190.00 GBP") },
        Reason::RefundOriginalWhole { original: money("240.00 USD") },
        Reason::CreditedToBalance { number: None, day: day("2026-04-02"), amount: money("20.00 USD") },
        Reason::CreditedToBalance {
            number: Some("INV-0001-CN-01".to_string()),
            day: day("2026-04-02"),
            amount: money("20.00 USD"),
        },
        Reason::RefundRecorded {
            number: Some("CN-0007".to_string()),
            day: day("2026-03-20"),
            amount: money("20.00 USD"),
        },
        Reason::RefundRecorded { number: None, day: day("2026-03-20"), amount: money("20.00 USD") },
        Reason::RefundNotSeen { files: vec!["bank1.csv".to_string()], from: day("2026-03-20"), to: day("2026-04-03") },
        Reason::RefundNotSeen { files: files(), from: day("2026-03-20"), to: day("2026-04-03") },
        Reason::RefundPending { day: day("2026-03-20"), wait_until: day("2026-04-03") },
        Reason::RefundWithoutCharge { day: day("2026-03-20"), amount: money("20.00 USD") },
        Reason::RefundDaysNotCovered { from: day("2026-03-20"), to: day("2026-04-03") },
    ]
}

fn amounts() -> Vec<Reason> {
    let cost = |markup: &str, percent: &str| Reason::ConversionCost {
        reference_cost: money("144.56 CNY"),
        markup: money(markup),
        percent: percent.parse().unwrap(),
        rate: "7.22792200".parse().unwrap(),
        rate_day: day("2026-03-06"),
    };
    vec![
        Reason::DuplicateOf {
            other_day: day("2026-03-07"),
            other_amount: money("20.00 USD"),
            other_place: "bank1.csv:14".to_string(),
            invoice: "INV-0001".to_string(),
        },
        Reason::WrongAccount {
            invoice: "INV-0001".to_string(),
            billed: account("lin@example.com"),
            given: vec![account("mei@example.com"), account("wei@example.org")],
        },
        Reason::ChargedAfterCancel { cancelled_on: day("2026-03-01"), period_start: day("2026-04-01") },
        Reason::CancelledBefore { cancelled_on: day("2026-03-01"), period_start: day("2026-03-15") },
        Reason::OrderedAgain { cancelled_on: day("2026-03-01"), ordered_on: day("2026-03-15") },
        Reason::ArrivedShort { total: money("20.00 USD"), arrived: money("19.87 USD"), missing: money("0.13 USD") },
        Reason::FxTook {
            sent: money("18.41 EUR"),
            sent_at_reference: money("20.48 USD"),
            spread: money("0.61 USD"),
            needed_to_send: money("18.54 EUR"),
        },
        Reason::Overcharged { charged: money("24.20 USD"), total: money("20.00 USD"), excess: money("4.20 USD") },
        Reason::Undercharged { charged: money("15.00 USD"), total: money("20.00 USD"), missing: money("5.00 USD") },
        Reason::OutsideBand {
            charged: money("190.00 CNY"),
            accept_from: money("143.00 CNY"),
            accept_to: money("152.00 CNY"),
            channel: "a-channel-of-the-user".to_string(),
        },
        cost("2.18 CNY", "1.51"),
        cost("-0.36 CNY", "-0.25"),
    ]
}

fn evidence() -> Vec<Reason> {
    vec![
        Reason::TooRecent { as_of: day("2026-06-30"), callable_on: day("2026-07-01") },
        Reason::BeforeBillingCoverage { billing_from: day("2026-02-01") },
        Reason::ListHasHole { file: "openai-billing.csv".to_string() },
        Reason::NoBillingEvidence { account_given: false },
        Reason::NoBillingEvidence { account_given: true },
        Reason::NoReferenceRate {
            invoice: Currency::USD,
            charge: Currency::CNY,
            day: day("2026-07-02"),
            known_to: day("2026-06-30"),
        },
        Reason::ExportsDisagree { other_place: "chase-2.csv:7".to_string() },
        Reason::StoreChargeUnidentified { store: "APPLE.COM/BILL".to_string() },
        Reason::PaidElsewhere { invoice: "INV-0001".to_string(), files: files() },
        Reason::PaidDayNotCovered { invoice: "INV-0001".to_string(), from: day("2026-03-01"), to: day("2026-03-06") },
        Reason::UnpaidInvoice { invoice: "INV-0001".to_string(), due: day("2026-03-15") },
        Reason::ChargedAsIssued { invoice: "INV-0001".to_string(), account_given: false },
        Reason::ChargedAsIssued { invoice: "INV-0001".to_string(), account_given: true },
        Reason::IssuedDayNotCovered { invoice: "INV-0001".to_string(), from: day("2026-03-01"), to: day("2026-03-06") },
        Reason::IssuedNotCharged { invoice: "INV-0001".to_string(), from: day("2026-03-01"), to: day("2026-03-06") },
        Reason::AskIssuer,
        Reason::AskPaypal,
    ]
}

fn beside() -> Vec<Reason> {
    let priced = |charged: &str, percent: &str, plans: &[&str]| Reason::PricedAs {
        charged: money(charged),
        plans: plans.iter().map(|plan| plan.to_string()).collect(),
        price: money("20.00 USD"),
        tax_percent: percent.parse().unwrap(),
        countries: vec!["GB".to_string(), "TR".to_string()],
    };
    let invoice = || "INV-0002".to_string();
    vec![
        Reason::FailedAtCheckout { day: day("2026-03-07") },
        priced("20.00 USD", "0", &["plus"]),
        priced("24.00 USD", "20", &["plus", "business"]),
        Reason::ActiveElsewhere { account: account("lin@example.com"), since: day("2026-03-07") },
        Reason::GratisPlan { seen_on: day("2026-03-09") },
        Reason::SeenPastDue { observed_on: day("2026-03-09") },
        Reason::SeatsShort { billed: 4, shown: 2, observed_on: day("2026-03-09") },
        Reason::SoldByStore { store: Route::Apple, orders: vec!["MT1AAA2BBB".to_string()] },
        Reason::SoldByStore { store: Route::Google, orders: Vec::new() },
        Reason::StoreGaveBack { order: "GPA.1-2".to_string() },
        Reason::ChangedMidway { invoice: invoice() },
        Reason::SamePeriod {
            invoices: vec!["INV-0001".to_string()],
            from: day("2026-03-05"),
            to: day("2026-04-05"),
            value: money("20.00 USD"),
        },
        Reason::PeriodOverlap {
            invoice: "INV-0001".to_string(),
            from: day("2026-03-20"),
            to: day("2026-04-05"),
            days: 16,
            value: money("10.32 USD"),
        },
        Reason::CardSetupHold { amount: money("5.00 USD") },
        Reason::UsedAfter { day: day("2026-03-08") },
    ]
}

fn refusals() -> Vec<Reason> {
    use DeclineCause::*;
    let causes = [
        InsufficientFunds,
        CardExpired,
        CardDetails,
        Authentication,
        IssuerBlocked,
        CrossBorderBlocked,
        MethodUnsupported,
        RegionUnsupported,
        AccountRestricted,
        Gateway,
        Network,
        Unknown,
    ];
    let mut reasons = vec![
        Reason::HoldPending { day: day("2026-03-01"), falls_by: day("2026-03-08") },
        Reason::HoldOverdue { days: 12 },
        Reason::HoldReleased { day: day("2026-03-08") },
        Reason::HoldLapsed { day: day("2026-03-01"), until: day("2026-03-08"), file: "chase-march.csv".to_string() },
        Reason::Declined { cause: Gateway, reason: Some("gateway_timeout 504".to_string()) },
        Reason::FxDeclined {
            available: money("146.00 CNY"),
            reference_cost: money("144.56 CNY"),
            needed: money("147.24 CNY"),
            shortfall: money("1.24 CNY"),
        },
        Reason::StatementRate {
            original: money("20.00 USD"),
            account: money("650.00 TWD"),
            rate: "32.50000000".parse().unwrap(),
        },
        Reason::LooksLikeTax {
            net: money("20.00 USD"),
            gross: money("24.20 USD"),
            percent: "21".parse().unwrap(),
            countries: vec!["ES".to_string(), "NL".to_string()],
        },
        Reason::WithoutItsTax { subtotal: money("20.00 USD"), total: money("24.20 USD") },
        Reason::FitsLocalConversion {
            invoice: "INV-0001".to_string(),
            total: money("20.00 USD"),
            charged: money("156.00 CNY"),
            lo_percent: "2.00".parse().unwrap(),
            hi_percent: "12.50".parse().unwrap(),
        },
        Reason::NoRateToCompare {
            from: Currency::USD,
            to: Currency::CNY,
            day: day("2026-11-03"),
            known_to: day("2026-10-30"),
        },
        Reason::DescribedCosts { name: "debit".to_string(), cost: money("2.68 CNY") },
        Reason::LearnedMarkup { charges: 3, percent: "1.85".parse().unwrap() },
        Reason::MarkupUnknown { charges: 1 },
    ];
    reasons.extend(causes.map(|cause| Reason::Declined { cause, reason: None }));
    reasons.extend(causes.map(|cause| Reason::NextStep { cause }));
    reasons
}
