//! Charges against cases worked out by hand; the rates and helpers of all tests of this module.
//!
//! The rates below are invented so that the figures can be checked in the head: a dollar is 7.2 yuan in the first week
//! of June 2024, then 7.5, 7.0 and 7.4; 160 yen; 0.32 dinar; 0.80 euro until July, when it is 0.9090...

use super::*;
use crate::domain::sample::day;
use crate::rates::{Quote, RateStatus, Rates};

mod any_case;
mod as_text;
mod shortfalls;
mod to_come;

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
    Rates::parse(&csv, "invented.csv").unwrap()
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
