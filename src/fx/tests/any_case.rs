//! What must hold of any case.

use super::*;
use rust_decimal::Decimal;

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
