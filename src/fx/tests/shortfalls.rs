//! Payments, balances and refunds against cases worked out by hand, on both sides of each edge.

use super::*;
use rust_decimal::Decimal;

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
