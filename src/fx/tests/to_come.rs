//! What to hold for payments to come, on rates whose rises are known by construction.

use super::*;
use rust_decimal::Decimal;

/// A dollar in yuan on weekdays from 2 January 2023 on: 7.00 and, every fourth row, a jump of 0.07 (1 %) for one row.
fn jumping(rows: usize) -> Rates {
    let mut csv = "date,base,quote,rate\n".to_string();
    let (mut on, mut row) = (day("2023-01-02"), 0);
    while row < rows {
        if !on.is_weekend() {
            csv += &format!("{on},USD,CNY,{}\n", if row % 4 == 3 { "7.07" } else { "7.00" });
            row += 1;
        }
        on = on.plus(1);
    }
    Rates::parse(&csv, "jumping.csv").unwrap()
}

fn need(on: &str, account: &str) -> Need {
    Need {
        invoice: usd("20.00"),
        account: Currency::parse(account).unwrap(),
        on: day(on),
        known_to: Day::LAST,
        costs: Costs::default(),
        top_up_percent: Decimal::ZERO,
    }
}

fn card_fee(percent: &str) -> Costs {
    let amount = Component::Percent { percent: percent.parse().unwrap(), of: vec!["converted".to_string()] };
    let components = vec![ComponentRule { name: "fee".to_string(), kind: ComponentKind::Fee, amount }];
    Costs { embedded_percent: "0.5".parse().unwrap(), components }
}

#[test]
fn a_margin_lies_on_the_rate_and_everything_is_rounded_up() {
    // Row 97 of 100: a quiet row. Over three rows the rate rises by 1 % at most.
    let rates = jumping(100);
    let answer = forecast(&rates, &Need { costs: card_fee("1.5"), ..need("2023-05-17", "CNY") }).unwrap();
    let rise = answer.rise.as_ref().unwrap();
    assert_eq!(
        (rise.rows, rise.percent.to_string(), rise.largest_percent.to_string()),
        (3, "1.00".into(), "1.00".into())
    );
    assert!(answer.base.is_of_day && answer.base.rows_ahead == 0);
    // 140.00, half a percent more is 140.70, 1.5 % of that 2.1105.
    assert_eq!(
        (answer.needed.mid, answer.needed.markup, answer.needed.total),
        (cny("140.00"), cny("0.70"), cny("142.81"))
    );
    // 140 x 1.005 x 1.01 is 142.107, up to 142.11; 1.5 % of it 2.13165, up to 2.14.
    assert_eq!((answer.keep, answer.margin, answer.load), (cny("144.25"), cny("1.44"), None));
}

#[test]
fn a_day_to_come_is_reckoned_from_the_last_row_with_a_longer_stretch() {
    let rates = jumping(100);
    let last = rates.last_day().unwrap();
    assert_eq!(last, day("2023-05-19"), "a Friday, row 99: 7.07");
    let on = |day: &str| forecast(&rates, &need(day, "CNY")).map(|answer| answer.base);
    let sunday = on("2023-05-21").unwrap();
    assert_eq!((sunday.is_of_day, sunday.rows_ahead, sunday.quote.day()), (true, 0, last));
    let tuesday = on("2023-05-23").unwrap();
    assert_eq!((tuesday.is_of_day, tuesday.rows_ahead, tuesday.quote.day()), (false, 2, last));
    assert_eq!(forecast(&rates, &need("2023-05-23", "CNY")).unwrap().rise.unwrap().rows, 5);
    // Three months ahead and no further; before the first row there is nothing.
    assert!(on("2023-08-21").is_ok());
    for beyond in ["2023-08-22", "2023-01-01"] {
        assert!(matches!(on(beyond), Err(FxError::NoRate { .. })), "{beyond}");
    }
    assert!(matches!(forecast(&rates, &need("2023-05-17", "TWD")), Err(FxError::NoRate { .. })));
    // What is known later is not known yet.
    let early = forecast(&rates, &Need { known_to: day("2023-05-10"), ..need("2023-05-17", "CNY") }).unwrap();
    assert_eq!((early.base.quote.day(), early.base.rows_ahead), (day("2023-05-10"), 5));
    assert!(early.rise.unwrap().to <= day("2023-05-10"));
}

#[test]
fn too_few_rows_give_no_margin() {
    // 62 rows hold 59 stretches of three: one too few.
    for (rows, is_known) in [(62, false), (63, true)] {
        let rates = jumping(rows);
        let on = rates.last_day().unwrap().to_string();
        assert_eq!(forecast(&rates, &need(&on, "CNY")).unwrap().rise.is_some(), is_known, "{rows}");
    }
    let given = Rates::embedded().with_given(Currency::USD, Currency::CNY, "7".parse().unwrap()).unwrap();
    let answer = forecast(&given, &need("2030-01-01", "CNY")).unwrap();
    assert_eq!((answer.keep, answer.rise), (cny("140.00"), None));
}

#[test]
fn loading_a_card_is_no_conversion() {
    let loaded = |percent: &str, account: &str| {
        let input = Need { top_up_percent: percent.parse().unwrap(), ..need("2023-05-17", account) };
        forecast(&jumping(100), &input).unwrap()
    };
    // 20.00 must be left when 3.5 % is taken: 20 / 0.965 is 20.7253...
    let answer = loaded("3.5", "USD");
    assert_eq!((answer.keep, answer.margin, answer.load), (usd("20.00"), usd("0.00"), Some(usd("20.73"))));
    assert_eq!(loaded("0", "USD").load, None);
    assert_eq!(loaded("50", "CNY").load, Some(cny("282.80")));
}

proptest::proptest! {
    /// What to hold covers what is needed, grows with the invoice, and with the load's fee taken off it is still there.
    #[test]
    fn what_to_hold_is_enough(
        minor in 1i64..2_000_000,
        offset in 0u32..1400,
        ahead in 0u32..40,
        percent in 0i64..900,
        code in proptest::sample::select(vec!["CNY", "JPY", "KRW", "EUR", "HUF", "USD", "TRY"]),
    ) {
        let (rates, known_to) = (Rates::embedded(), day("2022-12-01").plus(offset));
        let input = Need {
            invoice: Money::from_minor(minor, Currency::USD),
            on: known_to.plus(ahead),
            known_to,
            costs: card_fee(&Decimal::new(percent, 2).to_string()),
            top_up_percent: Decimal::new(percent, 2),
            ..need("2023-01-02", code)
        };
        let answer = forecast(&rates, &input).unwrap();
        proptest::prop_assert!(answer.base.quote.day() <= known_to);
        proptest::prop_assert!(answer.keep.minor_units() >= answer.needed.total.minor_units());
        proptest::prop_assert_eq!(answer.needed.total.checked_add(answer.margin).unwrap(), answer.keep);
        let load = answer.load.map_or(answer.keep, |load| load).minor_units();
        proptest::prop_assert!(i128::from(load) * (10_000 - i128::from(percent)) >= i128::from(answer.keep.minor_units()) * 10_000);
        let more = Need { invoice: Money::from_minor(minor + 1, Currency::USD), ..input };
        proptest::prop_assert!(forecast(&rates, &more).unwrap().keep.minor_units() >= answer.keep.minor_units());
    }
}
