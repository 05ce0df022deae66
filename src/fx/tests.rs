//! The breakdowns against cases worked out by hand, and against what must hold of any case.
//!
//! The rates below are invented so that the figures can be checked in the head: a dollar is 7.2 yuan in the first week
//! of June 2024, then 7.5, 7.0 and 7.4; 160 yen; 0.32 dinar; 0.80 euro until July, when it is 0.9090...

use super::*;
use crate::domain::Day;
use crate::rates::{Quote, RateStatus, Rates};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::path::Path;

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn money(text: &str, code: &str) -> Money {
    Money::from_decimal(text.parse().unwrap(), Currency::parse(code).unwrap()).unwrap()
}

fn usd(text: &str) -> Money {
    money(text, "USD")
}

fn cny(text: &str) -> Money {
    money(text, "CNY")
}

fn rates() -> Rates {
    let mut csv = "Date,USD,CNY,JPY,KWD,GBP,\n".to_string();
    for (monday, dollar, yuan) in [
        ("2024-06-03", "1.25", "9.00"),
        ("2024-06-10", "1.25", "9.375"),
        ("2024-06-17", "1.25", "8.75"),
        ("2024-06-24", "1.25", "9.25"),
        ("2024-07-01", "1.10", "8.00"),
    ] {
        for weekday in 0..5 {
            csv += &format!("{},{dollar},{yuan},200,0.4,N/A,\n", day(monday).plus(weekday));
        }
    }
    Rates::parse_ecb_csv(&csv, "invented.csv").unwrap()
}

fn band(channel: &str) -> Band {
    Bands::embedded().get(channel).unwrap().clone()
}

fn charge_of(charged: Money, on: &str, posted: Option<&str>) -> Charge {
    let none = Money::from_minor(0, charged.currency());
    let posting_day = posted.map(day);
    Charge { invoice: usd("20.00"), charged, fees: none, taxes: none, charge_day: day(on), posting_day }
}

#[test]
fn a_charge_is_mid_markup_fees_and_taxes() {
    let input = Charge { fees: cny("2.17"), taxes: cny("0.39"), ..charge_of(cny("147.28"), "2024-06-05", None) };
    let breakdown = charge(&rates(), &band("scheme"), &input).unwrap();
    let parts = breakdown.parts.unwrap();
    // 20.00 at 7.2, not divided by it.
    assert_eq!((parts.mid, parts.markup, parts.over_mid), (cny("144.00"), cny("0.72"), cny("3.28")));
    assert_eq!(
        (parts.markup_percent.unwrap().to_string(), parts.over_mid_percent.unwrap().to_string()),
        ("0.50".into(), "2.28".into())
    );
    assert_eq!((breakdown.verdict, breakdown.confidence), (FxVerdict::FxExplained, Some(FxConfidence::High)));
}

#[test]
fn the_band_ends_where_it_says() {
    let rates = rates();
    let quote = rates.reference(Currency::USD, Currency::CNY, day("2024-06-05")).quote.unwrap();
    let window = rates.window(Currency::USD, Currency::CNY, day("2024-06-05"), Some(day("2024-06-06")));
    let fit = |charged: &str| accepts(&quote, &window, usd("20.00"), cny(charged), &band("scheme")).unwrap();
    // 144.00 less 0.75 percent is 142.92, plus 1.5 percent 146.16; one fen of tolerance on both sides.
    assert_eq!([fit("142.90"), fit("146.18")], [Fit::Below, Fit::Above]);
    assert_eq!([fit("142.91"), fit("146.17")], [Fit::Inside { alone: true }; 2]);
    assert_eq!(accepts(&quote, &window, usd("20.00"), usd("20.00"), &band("scheme")), None);
    assert_eq!(accepts(&quote, &[], usd("20.00"), cny("144.00"), &band("scheme")), None);
    // Negative markup inside the band is honest.
    let under = charge(&rates, &band("scheme"), &charge_of(cny("143.00"), "2024-06-05", None)).unwrap();
    assert_eq!((under.verdict, under.parts.unwrap().markup), (FxVerdict::FxExplained, cny("-1.00")));
    // A conversion at the merchant needs the channel's own band.
    let dear = charge_of(cny("155.52"), "2024-06-05", None);
    assert_eq!(charge(&rates, &band("dcc"), &dear).unwrap().verdict, FxVerdict::FxExplained);
    let scheme = charge(&rates, &band("scheme"), &dear).unwrap();
    assert_eq!((scheme.verdict, scheme.confidence), (FxVerdict::Unexplained, Some(FxConfidence::Low)));
}

#[test]
fn a_charge_may_have_used_the_rate_of_its_posting() {
    // Friday at 7.2, posted on Monday at 7.5.
    let verdict = |posted| {
        let breakdown = charge(&rates(), &band("scheme"), &charge_of(cny("150.00"), "2024-06-07", posted)).unwrap();
        (breakdown.verdict, breakdown.confidence.unwrap())
    };
    assert_eq!(verdict(Some("2024-06-10")), (FxVerdict::FxExplained, FxConfidence::Low));
    assert_eq!(verdict(None), (FxVerdict::FxExplained, FxConfidence::Low));
    assert_eq!(verdict(Some("2024-06-09")).0, FxVerdict::Unexplained, "no row between Friday and Sunday");
}

#[test]
fn tax_and_one_currency_are_no_conversion() {
    let verdict = |charged: &str| {
        let input = Charge { invoice: usd("24.20"), ..charge_of(usd(charged), "2024-06-05", None) };
        let breakdown = charge(&rates(), &band("scheme"), &input).unwrap();
        assert_eq!((breakdown.reference.status, &breakdown.parts), (RateStatus::SameCurrency, &None));
        breakdown.verdict
    };
    assert_eq!(
        [verdict("24.20"), verdict("24.21"), verdict("24.22")],
        [FxVerdict::NoShortfall, FxVerdict::NoShortfall, FxVerdict::NotFx]
    );
}

#[test]
fn without_a_rate_nothing_is_said() {
    for (charged, on, status) in [
        // `N/A` is no zero and no older figure.
        (money("16.00", "GBP"), "2024-06-05", RateStatus::Unsupported),
        (money("650.00", "TWD"), "2024-06-05", RateStatus::Unsupported),
        (cny("144.00"), "2024-07-08", RateStatus::Missing),
        (cny("144.00"), "2024-06-02", RateStatus::Missing),
    ] {
        let breakdown = charge(&rates(), &band("unknown"), &charge_of(charged, on, None)).unwrap();
        assert_eq!((breakdown.reference.status, breakdown.verdict), (status, FxVerdict::Indeterminate), "{charged}");
        assert_eq!((breakdown.parts, breakdown.confidence), (None, None));
    }
    let saturday = charge(&rates(), &band("scheme"), &charge_of(cny("144.00"), "2024-06-08", None)).unwrap();
    assert_eq!(saturday.reference.status, RateStatus::Carried, "back to Friday, not on to Monday");
    assert_eq!(saturday.parts.unwrap().markup, cny("0.00"));
}

#[test]
fn yen_have_no_decimals_and_dinars_three() {
    for (charged, mid) in [(money("3264", "JPY"), money("3200", "JPY")), (money("6.528", "KWD"), money("6.400", "KWD"))]
    {
        let breakdown = charge(&rates(), &band("paypal"), &charge_of(charged, "2024-06-05", None)).unwrap();
        let parts = breakdown.parts.unwrap();
        assert_eq!((parts.mid, parts.markup_percent.unwrap().to_string()), (mid, "2.00".into()));
        assert_eq!(breakdown.verdict, FxVerdict::FxExplained);
    }
}

fn payment_of(sent: &str, settled: &str, fees: &str, on: &str) -> PaymentBreakdown {
    let input = Payment {
        invoice: usd("20.00"),
        sent: money(sent, "EUR"),
        settled: usd(settled),
        fees: usd(fees),
        day: day(on),
    };
    payment(&rates(), &band("paypal"), &input).unwrap()
}

#[test]
fn a_payment_is_short_for_one_of_the_tables_reasons() {
    // 16.00 EUR are 20.00 USD; PayPal's band lets 19.00 to 19.60 arrive, with a cent of tolerance. 15.00 EUR are 18.75.
    for (sent, settled, fees, verdict) in [
        ("16.00", "20.00", "0.00", FxVerdict::NoShortfall),
        ("15.00", "20.00", "0.00", FxVerdict::NoShortfall),
        ("16.00", "19.99", "0.00", FxVerdict::NotFx),
        ("16.00", "19.00", "1.00", FxVerdict::NotFx),
        ("16.00", "19.62", "0.00", FxVerdict::Unexplained),
        ("16.00", "19.61", "0.00", FxVerdict::FxInduced),
        ("16.00", "18.99", "0.00", FxVerdict::FxInduced),
        ("16.00", "17.99", "1.00", FxVerdict::FxInduced),
        ("16.00", "18.98", "0.00", FxVerdict::Unexplained),
        ("15.00", "18.75", "0.00", FxVerdict::Underfunded),
        ("15.00", "18.74", "0.00", FxVerdict::Underfunded),
        ("15.00", "18.73", "0.00", FxVerdict::Unexplained),
        ("15.00", "18.20", "0.00", FxVerdict::Mixed),
    ] {
        let breakdown = payment_of(sent, settled, fees, "2024-06-05");
        assert_eq!(breakdown.verdict, verdict, "{sent} sent, {settled} settled, {fees} fees");
        assert_eq!(breakdown.confidence, Some(FxConfidence::High));
    }
}

#[test]
fn what_must_be_sent_is_rounded_up() {
    let breakdown = payment_of("16.00", "19.40", "0.00", "2024-06-05");
    let parts = breakdown.parts.unwrap();
    assert_eq!((parts.at_mid, parts.cushion, parts.spread), (usd("20.00"), usd("0.00"), usd("0.60")));
    assert_eq!((breakdown.shortfall, parts.spread_percent.unwrap().to_string()), (usd("0.60"), "3.00".into()));
    // 20 * 16 / 19.40 is 16.4948...
    assert_eq!(breakdown.needed_to_send, Some(money("16.50", "EUR")));
    assert_eq!(breakdown.extra_to_send, Some(money("0.50", "EUR")));
    // The next row's dollar is dearer: at that rate the same euros would have been too little.
    let edge = payment_of("16.00", "19.40", "0.00", "2024-06-28");
    assert_eq!((edge.verdict, edge.confidence), (FxVerdict::FxInduced, Some(FxConfidence::Low)));
    let nothing = payment_of("16.00", "0.00", "0.00", "2024-06-05");
    assert_eq!((nothing.needed_to_send, nothing.verdict), (None, FxVerdict::Unexplained));
    let no_rate = payment_of("16.00", "19.40", "0.00", "2024-08-01");
    assert_eq!((no_rate.verdict, no_rate.shortfall), (FxVerdict::Indeterminate, usd("0.60")));
}

fn balance_of(available: &str, on: &str, authorised: Option<&str>, components: Vec<ComponentRule>) -> BalanceBreakdown {
    let costs = Costs { embedded_percent: "0.5".parse().unwrap(), components };
    let (attempt_day, authorised_on) = (day(on), authorised.map(day));
    let input = Balance { invoice: usd("20.00"), available: cny(available), attempt_day, authorised_on, costs };
    balance(&rates(), &input).unwrap()
}

fn part(name: &str, percent: &str, of: &[&str]) -> ComponentRule {
    let of = of.iter().map(|name| (*name).to_string()).collect();
    let amount = Component::Percent { percent: percent.parse().unwrap(), of };
    ComponentRule { name: name.to_string(), kind: ComponentKind::Fee, amount }
}

#[test]
fn a_refusal_is_the_conversions_only_between_mid_and_needed() {
    // 144.00 at mid, 144.72 converted, a fee of 2.17: 146.89 needed.
    for (available, verdict, confidence) in [
        ("200.00", FxVerdict::NotFx, FxConfidence::High),
        ("146.92", FxVerdict::NotFx, FxConfidence::High),
        ("146.89", FxVerdict::NotFx, FxConfidence::Low),
        ("146.88", FxVerdict::FxInduced, FxConfidence::Low),
        ("146.87", FxVerdict::FxInduced, FxConfidence::Low),
        ("146.86", FxVerdict::FxInduced, FxConfidence::High),
        ("144.02", FxVerdict::FxInduced, FxConfidence::High),
        ("144.00", FxVerdict::FxInduced, FxConfidence::Low),
        ("143.99", FxVerdict::Underfunded, FxConfidence::Low),
        ("143.98", FxVerdict::Underfunded, FxConfidence::High),
    ] {
        let breakdown = balance_of(available, "2024-06-05", None, vec![part("fee", "1.5", &["converted"])]);
        assert_eq!((breakdown.verdict, breakdown.confidence), (verdict, Some(confidence)), "{available}");
        let cause = (verdict == FxVerdict::FxInduced).then_some(BalanceCause::ConversionCost);
        assert_eq!(breakdown.cause, cause);
        assert_eq!(breakdown.parts.unwrap().needed.total, cny("146.89"));
    }
    // Thursday's neighbours are alike; on Friday the next row is 7.5, where 146.00 would be underfunded.
    assert_eq!(balance_of("146.00", "2024-06-06", None, vec![]).confidence, Some(FxConfidence::High));
    assert_eq!(balance_of("144.50", "2024-06-07", None, vec![]).confidence, Some(FxConfidence::Low));
}

#[test]
fn a_component_is_taken_of_rounded_amounts() {
    let rules = vec![
        part("fee", "1.5", &["converted"]),
        part("gst", "18", &["fee"]),
        part("iof", "3.5", &["converted", "fee"]),
        ComponentRule { name: "flat".to_string(), kind: ComponentKind::Tax, amount: Component::Fixed(cny("1.00")) },
    ];
    let parts = balance_of("100.00", "2024-06-05", None, rules).parts.unwrap();
    // 2.1708, 18 % of 2.17, 3.5 % of 146.89.
    let amounts: Vec<Money> = parts.needed.components.iter().map(|component| component.2).collect();
    assert_eq!(amounts, ["2.17", "0.39", "5.14", "1.00"].map(cny));
    assert_eq!((parts.needed.total, parts.shortfall), (cny("153.42"), cny("53.42")));
    // 1.5 % of 147.00 is a tie: 2.205 goes up.
    let tie = Balance {
        invoice: usd("21.00"),
        available: cny("0.00"),
        attempt_day: day("2024-06-19"),
        authorised_on: None,
        costs: Costs { embedded_percent: Decimal::ZERO, components: vec![part("fee", "1.5", &["converted"])] },
    };
    assert_eq!(balance(&rates(), &tie).unwrap().parts.unwrap().needed.total, cny("149.21"));
    let unknown =
        Balance { costs: Costs { components: vec![part("fee", "1", &["later"])], ..Costs::default() }, ..tie };
    assert_eq!(balance(&rates(), &unknown), Err(FxError::UnknownBase("later".to_string())));
}

#[test]
fn a_capture_is_measured_on_the_cheaper_of_two_days() {
    // Authorised at 7.2 (144.00), captured at 7.5 (150.00, 150.75 with markup).
    let capture = |available: &str| balance_of(available, "2024-06-12", Some("2024-06-05"), vec![]);
    let drifted = capture("146.00");
    assert_eq!((drifted.verdict, drifted.cause), (FxVerdict::FxInduced, Some(BalanceCause::RateDrift)));
    let parts = drifted.parts.unwrap();
    assert_eq!(
        (parts.rate_drift, parts.headroom_at_mid, parts.shortfall),
        (Some(cny("6.00")), cny("-4.00"), cny("4.75"))
    );
    assert_eq!(capture("150.50").cause, Some(BalanceCause::ConversionCost));
    assert_eq!(capture("143.99").verdict, FxVerdict::Underfunded);
    let no_rate = balance_of("146.00", "2024-06-12", Some("2024-06-01"), vec![]);
    assert_eq!((no_rate.verdict, no_rate.parts), (FxVerdict::Indeterminate, None));
    // Within one currency there is no markup, no floor and no doubt.
    let input = Balance {
        invoice: usd("20.00"),
        available: usd("19.99"),
        attempt_day: day("2024-06-05"),
        authorised_on: None,
        costs: Costs { embedded_percent: "3".parse().unwrap(), components: vec![] },
    };
    let same = balance(&rates(), &input).unwrap();
    assert_eq!((same.verdict, same.confidence), (FxVerdict::Underfunded, Some(FxConfidence::High)));
}

fn refund_of(credited: &str, refund_day: &str) -> RefundBreakdown {
    let input = Refund {
        invoice: usd("100.00"),
        charged: cny("740.00"),
        charge_day: day("2024-06-05"),
        credited: cny(credited),
        refund_day: day(refund_day),
        of_invoice: usd("50.00"),
    };
    refund(&rates(), &band("scheme"), &input).unwrap()
}

#[test]
fn a_refund_is_measured_on_both_days() {
    // Half of 100 USD: 370.00 paid, worth 360.00 at 7.2. On 19 June it is worth 350.00, on 26 June 370.00.
    for (credited, on, verdict, basis, cause) in [
        ("346.00", "2024-06-19", FxVerdict::FxInduced, RefundBasis::RefundDate, Some(RefundCause::RateMove)),
        ("344.74", "2024-06-19", FxVerdict::FxInduced, RefundBasis::RefundDate, Some(RefundCause::RateMove)),
        ("344.73", "2024-06-19", FxVerdict::Unexplained, RefundBasis::None, None),
        ("358.00", "2024-06-19", FxVerdict::FxInduced, RefundBasis::OriginalRate, Some(RefundCause::RateMove)),
        ("366.00", "2024-06-26", FxVerdict::FxInduced, RefundBasis::RefundDate, Some(RefundCause::MarkupAndFees)),
        ("369.99", "2024-06-26", FxVerdict::NoShortfall, RefundBasis::RefundDate, None),
        ("370.01", "2024-06-26", FxVerdict::NoShortfall, RefundBasis::RefundDate, None),
        ("372.00", "2024-06-26", FxVerdict::FxGain, RefundBasis::RefundDate, Some(RefundCause::RateMove)),
        ("100.00", "2024-06-26", FxVerdict::Unexplained, RefundBasis::None, None),
    ] {
        let breakdown = refund_of(credited, on);
        let parts = breakdown.parts.unwrap();
        assert_eq!(
            (breakdown.verdict, parts.basis, parts.primary_cause),
            (verdict, basis, cause),
            "{credited} on {on}"
        );
    }
    let breakdown = refund_of("346.00", "2024-06-19");
    let parts = breakdown.parts.unwrap();
    assert_eq!((breakdown.paid_share, breakdown.loss), (cny("370.00"), cny("24.00")));
    assert_eq!(
        (parts.markup_and_fees, parts.rate_move, parts.refund_spread),
        (cny("10.00"), cny("10.00"), cny("4.00"))
    );
    assert_eq!((parts.accept.lo, parts.accept.hi), (cny("344.74"), cny("355.26")));
    assert_eq!(refund_of("346.00", "2024-07-10").verdict, FxVerdict::Indeterminate);
}

#[test]
fn impossible_figures_are_refused() {
    let refund_input = Refund {
        invoice: usd("20.00"),
        charged: cny("144.00"),
        charge_day: day("2024-06-05"),
        credited: cny("144.00"),
        refund_day: day("2024-06-05"),
        of_invoice: usd("20.01"),
    };
    assert_eq!(refund(&rates(), &band("scheme"), &refund_input), Err(FxError::RefundAboveInvoice));
    let mixed = Refund { credited: usd("20.00"), ..refund_input };
    assert!(matches!(refund(&rates(), &band("scheme"), &mixed), Err(FxError::Currency { .. })));
    let nothing = charge_of(cny("0.00"), "2024-06-05", None);
    assert_eq!(charge(&rates(), &band("scheme"), &nothing), Err(FxError::NotPositive("charged amount")));
    let huge =
        Charge { invoice: Money::from_minor(i64::MAX, Currency::USD), ..charge_of(cny("1.00"), "2024-06-05", None) };
    assert_eq!(charge(&rates(), &band("scheme"), &huge), Err(FxError::Overflow));
}

#[test]
fn a_markup_is_learned_of_three_charges_or_more() {
    let quote = rates().reference(Currency::USD, Currency::CNY, day("2024-06-05")).quote.unwrap();
    let past = |charged: &[&str]| -> Vec<(Money, Money, Quote)> {
        charged.iter().map(|charged| (usd("20.00"), cny(charged), quote)).collect()
    };
    let learned = |charged: &[&str]| learned_markup(&past(charged)).map(|percent| percent.to_string());
    // 0.5, 1 and 2.5 percent over 144.00.
    assert_eq!(learned(&["147.60", "144.72", "145.44"]).as_deref(), Some("1.0000"));
    assert_eq!(
        learned(&["147.60", "144.72", "145.44", "144.00"]).as_deref(),
        Some("0.5000"),
        "the lower of the middle two"
    );
    assert_eq!(learned(&["143.00", "143.00", "143.00"]).as_deref(), Some("-0.6944"));
    assert_eq!(learned(&["144.72", "145.44"]), None);
    let mut mixed = past(&["144.72", "145.44"]);
    mixed.push((usd("20.00"), usd("20.00"), quote));
    assert_eq!(learned_markup(&mixed), None, "a charge in another currency teaches nothing");
}

#[test]
fn a_case_is_explained_as_text() {
    let input = json!({
        "invoice": { "currency": "USD", "total": "20.00", "date": "2024-06-05" },
        "account_currency": "JPY", "channel": "scheme",
        "charge_date": "2024-06-05", "charged": "3300",
        "explicit": [{ "name": "fee", "kind": "fee", "amount": "66" }],
    });
    let expected = json!({
        "reference": {
            "status": "exact", "date": "2024-06-05", "per_eur": { "USD": "1.25", "JPY": "200" }, "rate": "160.00000000",
        },
        "mid": "3200", "markup": "34", "fees": "66", "taxes": "0", "total": "3300", "markup_pct": "1.06",
        "over_mid": "100", "over_mid_pct": "3.13", "accept": ["3175", "3249"],
        "verdict": "fx_explained", "confidence": "high",
    });
    let (rates, bands) = (rates(), Bands::embedded());
    assert_eq!(explain(&input, &rates, &bands), Ok(expected.clone()));
    let list = json!([{ "id": "a", "input": input }, input]);
    let answer = explain_document(&list, &rates, &bands).unwrap();
    assert_eq!((&answer[0]["expected"], &answer[1]["expected"], &answer[0]["id"]), (&expected, &expected, &json!("a")));
    let gone = json!({
        "invoice": { "currency": "USD", "total": "20.00" }, "account_currency": "GBP", "channel": "scheme",
        "charge_date": "2024-06-05", "charged": "16.00",
    });
    let unsupported = json!({ "reference": { "status": "unsupported" }, "verdict": "indeterminate" });
    assert_eq!(explain(&gone, &rates, &bands), Ok(unsupported));
}

#[test]
fn a_faulty_case_is_refused_with_its_place() {
    let good = json!({
        "invoice": { "currency": "USD", "total": "20.00" }, "account_currency": "CNY", "channel": "scheme",
        "stage": "capture", "auth_date": "2024-06-05", "attempt_date": "2024-06-12", "available": "146.00",
        "costs": { "embedded_markup_pct": "0.5", "components": [{ "name": "fee", "pct": "1", "of": ["converted"] }] },
    });
    let bands = Bands::embedded();
    assert!(explain(&good, &rates(), &bands).is_ok());
    for (path, value, at) in [
        ("/invoice/total", json!(20.0), "invoice.total"),
        ("/invoice/total", json!("20.001"), "invoice.total"),
        ("/invoice/total", json!("2_0"), "invoice.total"),
        ("/invoice/total", json!("0.00"), ""),
        ("/invoice/currency", json!("US$"), "invoice.currency"),
        ("/available", json!(null), "available"),
        ("/channel", json!("barter"), "channel"),
        ("/stage", json!("later"), "stage"),
        ("/auth_date", json!("05.06.2024"), "auth_date"),
        ("/costs/components", json!({}), "costs.components"),
        ("/costs/components/0/of", json!("converted"), "costs.components[0].of"),
        ("/costs/components/0/of/0", json!("later"), ""),
        ("/costs/components/0/name", json!(1), "costs.components[0].name"),
    ] {
        let mut case = good.clone();
        *case.pointer_mut(path).unwrap() = value;
        let error = explain(&case, &rates(), &bands).unwrap_err();
        assert_eq!(error.at, at, "{error}");
        let listed = explain_document(&json!({ "examples": [good, { "input": case }] }), &rates(), &bands);
        assert!(listed.unwrap_err().at.starts_with("examples[1].input"));
    }
    assert!(explain_document(&json!([1]), &rates(), &bands).is_err());
    assert!(matches!(explain(&json!({}), &rates(), &bands), Err(ExplainError { fault: ExplainFault::NoQuestion, .. })));
}

#[test]
#[ignore = "reads the worked examples beside the repository"]
fn the_worked_examples_come_out_as_text() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let text = std::fs::read_to_string(shared.join("fx-examples.json")).unwrap();
    let history = std::fs::read_to_string(shared.join("rates/eurofxref-hist.csv")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    for rates in [Rates::embedded(), Rates::parse_ecb_csv(&history, "eurofxref-hist.csv").unwrap()] {
        assert_eq!(explain_document(&document, &rates, &Bands::embedded()).unwrap(), document);
    }
    for (channel, bounds) in document["policy"]["bands_pct"].as_object().unwrap() {
        let band = band(channel);
        assert_eq!(&json!([band.lo().to_string(), band.hi().to_string()]), bounds, "{channel}");
    }
}

proptest::proptest! {
    /// The parts add up (the breakdowns assert it), and more invoice is worth as much more.
    #[test]
    fn parts_add_up_and_scale(
        minor in 1i64..5_000_000,
        factor in 1i64..50,
        percent in -300i64..900,
        offset in 0u32..1450,
        code in proptest::sample::select(vec!["CNY", "JPY", "KRW", "EUR", "HUF", "IDR", "GBP", "TRY"]),
    ) {
        let (rates, on) = (Rates::embedded(), day("2022-11-01").plus(offset));
        let to = Currency::parse(code).unwrap();
        let invoice = Money::from_minor(minor, Currency::USD);
        let quote = rates.reference(Currency::USD, to, on).quote.unwrap();
        let over = Decimal::new(percent, 2);
        let charged = quote.convert_scaled(invoice, over, crate::rates::Rounding::HalfUp).unwrap();
        let none = Money::from_minor(0, to);
        if charged.minor_units() > 0 {
            let input = Charge { invoice, charged, fees: none, taxes: none, charge_day: on, posting_day: None };
            let parts = charge(&rates, &band("unknown"), &input).unwrap().parts.unwrap();
            let larger = Money::from_minor(minor * factor, Currency::USD);
            let scaled = charge(&rates, &band("unknown"), &Charge { invoice: larger, ..input }).unwrap().parts.unwrap();
            let gap = scaled.mid.minor_units() - parts.mid.minor_units() * factor;
            proptest::prop_assert!(gap.abs() <= factor / 2 + 1, "{gap}");
            let verdict = charge(&rates, &band("unknown"), &input).unwrap().verdict;
            // A charge inside -1 to 6 percent of the day's own rate is always explained.
            proptest::prop_assert!(verdict == FxVerdict::FxExplained || !(-100..=600).contains(&percent));
            let sent = Payment { invoice, sent: charged, settled: invoice, fees: Money::from_minor(0, Currency::USD), day: on };
            proptest::prop_assert_eq!(payment(&rates, &band("unknown"), &sent).unwrap().verdict, FxVerdict::NoShortfall);
            let back = Refund { invoice, charged, charge_day: on, credited: charged, refund_day: on, of_invoice: invoice };
            proptest::prop_assert_eq!(refund(&rates, &band("unknown"), &back).unwrap().loss.minor_units(), 0);
        }
    }

    /// Sending what is said to be needed, at the same rate and fees, is enough; a minor unit less is not.
    #[test]
    fn needed_is_just_enough(sent in 100i64..100_000, settled in 100i64..100_000, invoice in 100i64..100_000) {
        let amount = |minor| Money::from_minor(minor, Currency::USD);
        let input = Payment {
            invoice: amount(invoice), sent: Money::from_minor(sent, Currency::EUR), settled: amount(settled),
            fees: amount(0), day: day("2024-06-05"),
        };
        let needed = payment(&rates(), &band("wire"), &input).unwrap().needed_to_send.unwrap().minor_units();
        proptest::prop_assert!(needed * settled >= invoice * sent && (needed - 1) * settled < invoice * sent);
    }
}
