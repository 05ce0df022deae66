//! Which row answers for which day, and what a rate file may hold.

use super::*;
use crate::domain::Money;
use crate::domain::sample::day;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn status(rates: &Rates, from: &str, to: &str, on: &str) -> (RateStatus, Option<String>) {
    let reference = rates.reference(currency(from), currency(to), day(on));
    (reference.status, reference.quote.map(|quote| quote.day().to_string()))
}

fn days(quotes: &[Quote]) -> Vec<String> {
    quotes.iter().map(|quote| quote.day().to_string()).collect()
}

#[test]
fn each_day_is_answered_by_the_rule() {
    let rates = Rates::embedded();
    let known = |status: RateStatus, row: &str| (status, Some(row.to_string()));
    for (from, to, on, expected) in [
        ("USD", "CNY", "2024-06-14", known(RateStatus::Exact, "2024-06-14")),
        ("USD", "CNY", "2024-06-16", known(RateStatus::Carried, "2024-06-14")),
        // Good Friday to Easter Monday.
        ("USD", "CNY", "2024-04-01", known(RateStatus::Carried, "2024-03-28")),
        ("USD", "EUR", "2024-12-26", known(RateStatus::Carried, "2024-12-24")),
        // The weekend past the end of the table, and the first due day after it.
        ("USD", "JPY", "2026-11-01", known(RateStatus::Carried, "2026-10-30")),
        ("USD", "JPY", "2026-11-02", (RateStatus::Missing, None)),
        ("USD", "JPY", "2022-10-31", (RateStatus::Missing, None)),
        ("USD", "TWD", "2024-06-14", (RateStatus::Unsupported, None)),
        ("HRK", "USD", "2022-12-30", known(RateStatus::Exact, "2022-12-30")),
        ("HRK", "USD", "2022-12-31", known(RateStatus::Carried, "2022-12-30")),
        ("HRK", "USD", "2023-01-02", (RateStatus::Unsupported, None)),
        ("USD", "USD", "1999-01-01", known(RateStatus::SameCurrency, "1999-01-01")),
    ] {
        assert_eq!(status(&rates, from, to, on), expected, "{from} to {to} on {on}");
    }
    assert_eq!(rates.first_day(), Some(day("2022-11-01")));
    assert_eq!(rates.last_day(), Some(day("2026-10-30")));
    assert_eq!(rates.source_line(), "Source: ECB statistics (euro foreign exchange reference rates)");
}

const SMALL: &str = "\u{feff}Date,USD,JPY,RUB,CYP,KWD,\r\n\
2024-01-10,1.25,200.5,N/A,N/A,0.4,\r\n\
\r\n\
2024-01-09,1.20,200,90.10,N/A,0.5,\r\n\
2024-01-05,1.10,N/A,N/A,0.58,0.5,\r\n";

fn small() -> Rates {
    Rates::parse_ecb_csv(SMALL, "small.csv").unwrap()
}

#[test]
fn a_rate_is_never_taken_from_an_older_row_than_allowed() {
    let rates = small();
    assert_eq!(status(&rates, "USD", "RUB", "2024-01-09").0, RateStatus::Exact);
    // The rouble's last figure is a day older than this row: no search back.
    assert_eq!(status(&rates, "USD", "RUB", "2024-01-10").0, RateStatus::Unsupported);
    // A row was due on Monday 8 January and is not there.
    assert_eq!(status(&rates, "USD", "EUR", "2024-01-07").0, RateStatus::Carried);
    assert_eq!(status(&rates, "USD", "EUR", "2024-01-08").0, RateStatus::Missing);
    assert_eq!(rates.source_line(), "Source: small.csv");
    let nearest = |code: &str, on: &str| {
        let quote = rates.nearest(currency("USD"), currency(code), day(on));
        quote.map(|quote| quote.day().to_string())
    };
    assert_eq!(nearest("RUB", "2024-03-01").as_deref(), Some("2024-01-09"));
    assert_eq!(nearest("JPY", "2023-12-01").as_deref(), Some("2024-01-09"));
    assert_eq!(nearest("EUR", "2024-01-07").as_deref(), Some("2024-01-05"), "the earlier of two as near");
    assert_eq!(nearest("TWD", "2024-01-07"), None);
}

#[test]
fn both_legs_are_kept_and_an_amount_is_rounded_once() {
    let rates = small();
    let quote = rates.reference(Currency::USD, currency("JPY"), day("2024-01-09")).quote.unwrap();
    assert_eq!(
        (quote.from_leg().decimal().to_string(), quote.to_leg().decimal().to_string()),
        ("1.20".into(), "200".into())
    );
    assert_eq!(quote.display_rate().to_string(), "166.66666667");
    let money = |minor, code| Money::from_minor(minor, currency(code));
    // 20.00 USD are 3333.33 yen: no decimals. 0.003 USD halves go up, away from zero.
    assert_eq!(quote.convert(money(2000, "USD")), Some(money(3333, "JPY")));
    assert_eq!(quote.convert(money(-2000, "USD")), Some(money(-3333, "JPY")));
    assert_eq!(quote.convert(money(2000, "EUR")), None);
    // Beyond 64 bits of minor units there is no answer.
    assert_eq!(quote.convert(money(i64::MAX, "USD")), None);
    // 0.4 dinar for 1.25 dollars: 20.00 USD are 6.400 KWD, three decimals; back again exactly.
    let dinar = rates.reference(Currency::USD, currency("KWD"), day("2024-01-10")).quote.unwrap();
    assert_eq!(dinar.convert(money(2000, "USD")), Some(money(6400, "KWD")));
    assert_eq!(dinar.inverse().unwrap().convert(money(6400, "KWD")), Some(money(2000, "USD")));
    let percent = |text: &str, rounding| dinar.convert_scaled(money(2001, "USD"), text.parse().unwrap(), rounding);
    // 6.4032 dinar and 1.5 percent: 6.499248.
    assert_eq!(percent("1.5", Rounding::Floor), Some(money(6499, "KWD")));
    assert_eq!(percent("1.5", Rounding::Ceiling), Some(money(6500, "KWD")));
    assert_eq!(percent("-100", Rounding::HalfUp), Some(money(0, "KWD")));
}

#[test]
fn the_window_spans_the_days_that_may_have_been_used() {
    let rates = Rates::embedded();
    let window =
        |on: &str, posted: Option<&str>| days(&rates.window(Currency::USD, Currency::CNY, day(on), posted.map(day)));
    // Easter 2024: rows of 28 March and 2 April are neighbours.
    assert_eq!(window("2024-03-30", None), ["2024-03-27", "2024-03-28", "2024-04-02", "2024-04-03", "2024-04-04"]);
    assert_eq!(window("2024-04-03", Some("2024-04-06")), ["2024-04-02", "2024-04-03", "2024-04-04", "2024-04-05"]);
    assert_eq!(window("2024-04-03", Some("2024-04-03")), ["2024-04-02", "2024-04-03"]);
    assert_eq!(window("2024-04-03", Some("2024-03-01")), ["2024-04-02", "2024-04-03"], "posted before it was made");
    assert_eq!(window("2026-10-30", None), ["2026-10-29", "2026-10-30"]);
    assert_eq!(window("2022-11-01", Some("2022-11-02")), ["2022-11-01", "2022-11-02"]);
    assert!(window("2026-11-03", None).is_empty());
    let around = |on: &str| days(&rates.around(Currency::USD, Currency::CNY, day(on)));
    assert_eq!(around("2024-03-28"), ["2024-03-27", "2024-03-28", "2024-04-02"]);
    assert_eq!(around("2026-10-31"), ["2026-10-29", "2026-10-30"]);
    // The rouble's hole and the missing row of 8 January end the window instead of stretching it.
    let small = small();
    assert_eq!(days(&small.window(Currency::USD, Currency::EUR, day("2024-01-05"), None)), ["2024-01-05"]);
    assert_eq!(days(&small.window(Currency::USD, currency("RUB"), day("2024-01-09"), None)), ["2024-01-09"]);
    assert_eq!(days(&small.around(Currency::USD, Currency::USD, day("2024-01-08"))), ["2024-01-08"]);
}

#[test]
fn a_rate_given_by_the_user_goes_before_the_table() {
    let given = |rate: &str| small().with_given(Currency::USD, currency("TWD"), rate.parse().unwrap());
    let rates = given("32.5").unwrap();
    let on = day("2030-01-01");
    let reference = rates.reference(currency("TWD"), Currency::USD, on);
    assert_eq!(reference.status, RateStatus::User);
    let back = reference.quote.unwrap().convert(Money::from_minor(65000, currency("TWD")));
    assert_eq!(back, Some(Money::from_minor(2000, Currency::USD)));
    assert_eq!(rates.window(Currency::USD, currency("TWD"), on, None).len(), 1, "no window");
    assert!(given("0").is_none() && given("-1").is_none() && given("1.123456789").is_none());
}

#[test]
fn a_faulty_rate_file_is_refused_with_its_line() {
    let fault = |text: &str| {
        let error = Rates::parse_ecb_csv(text, "r.csv").unwrap_err();
        (error.line, error.column.clone().unwrap_or_default(), error.to_string())
    };
    for (text, line, column, says) in [
        ("", 1, "", "titles"),
        ("KEY,FREQ\n1,2\n", 1, "", "titles"),
        ("\nDate, USD, usd\n", 2, "", "usd"),
        ("Date,USD,USD\n", 1, "", "USD"),
        ("Date,USD,\n", 1, "", "no row"),
        ("Date,USD,\n2024-01-10,1.1,1.2,\n", 2, "", "3 cells"),
        ("Date,USD,\n30 October 2026,1.1,\n", 2, "Date", "30 October 2026"),
        ("Date,USD,\n2024-01-10,1.1,\n\n2024-01-10,1.1,\n", 4, "Date", "2024-01-10"),
        ("Date,USD,JPY,\n2024-01-10,1.1,,\n", 2, "JPY", "``"),
        ("Date,USD,\n2024-01-10,1_1,\n", 2, "USD", "1_1"),
        ("Date,USD,\n2024-01-10,-1,\n", 2, "USD", "-1"),
        ("Date,USD,\n2024-01-10,0.00,\n", 2, "USD", "0.00"),
        ("Date,USD,\n2024-01-10,1.,\n", 2, "USD", "1."),
        ("Date,USD,\n2024-01-10,12345678901,\n", 2, "USD", "12345678901"),
        ("Date,USD,\n2024-01-10,1e3,\n", 2, "USD", "1e3"),
    ] {
        let (at, title, message) = fault(text);
        assert_eq!((at, title.as_str()), (line, column), "{text}");
        assert!(message.contains(says), "{says}: {message}");
    }
}

#[test]
fn the_embedded_table_has_no_fault_and_follows_the_calendar() {
    let rates = Rates::parse_ecb_csv(EMBEDDED, "embedded").unwrap();
    assert_eq!(rates.table.len(), 1022);
    let rows: Vec<Day> = (0..1022).filter_map(|row| rates.table.day(row)).collect();
    assert!(rows.iter().all(|row| calendar::is_due(*row)));
    assert!(rows.windows(2).all(|pair| calendar::are_neighbours(pair[0], pair[1])));
}

proptest::proptest! {
    /// Nothing comes from a row after the last that may have been used, nor from one older than the row before.
    #[test]
    fn no_rate_is_used_beyond_its_days(offset in 0u32..1500, posted in proptest::option::of(0u32..12)) {
        let rates = Rates::embedded();
        let on = day("2022-10-20").plus(offset);
        let posting = posted.map(|days| on.plus(days));
        let reference = rates.reference(Currency::USD, Currency::CNY, on);
        if let Some(quote) = reference.quote {
            proptest::prop_assert!(quote.day() <= on && on.days_since(quote.day()) <= 4);
        }
        let window = rates.window(Currency::USD, Currency::CNY, on, posting);
        proptest::prop_assert_eq!(window.is_empty(), reference.quote.is_none());
        for quote in &window {
            let last = posting.unwrap_or(on.plus(9));
            proptest::prop_assert!(quote.day() <= last.max(on) && on.days_since(quote.day()) <= 9);
        }
        proptest::prop_assert!(window.is_sorted_by(|a, b| a.day() < b.day()));
    }

    /// Converting is linear in whole multiples up to the one rounding, and its bounds hold the rounded value.
    #[test]
    fn bounds_hold_the_rounded_value(minor in -10_000_000i64..10_000_000, to in 0usize..6) {
        let to = currency(["CNY", "JPY", "KRW", "EUR", "HUF", "IDR"][to]);
        let quote = Rates::embedded().reference(Currency::USD, to, day("2024-06-14")).quote.unwrap();
        let amount = Money::from_minor(minor, Currency::USD);
        let at = |rounding| quote.convert_scaled(amount, Decimal::ZERO, rounding).unwrap().minor_units();
        let (floor, half_up, ceiling) = (at(Rounding::Floor), at(Rounding::HalfUp), at(Rounding::Ceiling));
        proptest::prop_assert!(floor <= half_up && half_up <= ceiling && ceiling - floor <= 1);
        let tenfold = quote.convert(Money::from_minor(minor * 10, Currency::USD)).unwrap().minor_units();
        proptest::prop_assert!((tenfold - half_up * 10).abs() <= 5);
    }
}
