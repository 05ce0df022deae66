//! Which row answers for which day, and what a rate file may hold.

use super::calendar::Calendar;
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
    assert_eq!(rates.holdings()[0].first_day, day("2022-11-01"));
    assert_eq!(rates.last_day(), Some(day("2026-10-30")));
    assert_eq!(rates.source_line(), "Source: ECB statistics (euro foreign exchange reference rates)");
}

const SMALL: &str = "\u{feff}Date,USD,JPY,RUB,CYP,KWD,\r\n\
2024-01-10,1.25,200.5,N/A,N/A,0.4,\r\n\
\r\n\
2024-01-09,1.20,200,90.10,N/A,0.5,\r\n\
2024-01-05,1.10,N/A,N/A,0.58,0.5,\r\n";

fn small() -> Rates {
    Rates::parse(SMALL, "small.csv").unwrap()
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
    assert_eq!(rates.source_line(), format!("{ECB_SOURCE_LINE}, from small.csv"));
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
        let error = Rates::parse(text, "r.csv").unwrap_err();
        (error.line, error.column.clone().unwrap_or_default(), error.to_string())
    };
    for (text, line, column, says) in [
        ("", 1, "", "titles"),
        ("KEY,FREQ\n1,2\n", 1, "", "titles"),
        ("Date,USD,\n31 February 2026,1.1,\n", 2, "Date", "31 February 2026"),
        ("\nDate, USD, usd\n", 2, "", "usd"),
        ("Date,USD,USD\n", 1, "", "USD"),
        ("Date,USD,\n", 1, "", "no row"),
        ("Date,USD,\n2024-01-10,1.1,1.2,\n", 2, "", "3 cells"),
        ("Date,USD,\n30 Octobre 2026,1.1,\n", 2, "Date", "30 Octobre 2026"),
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
    let rates = Rates::parse(EMBEDDED, "embedded").unwrap();
    let rows = &rates.series[0].rows;
    assert_eq!(rows.len(), 1022);
    let days: Vec<Day> = (0..1022).filter_map(|row| rows.day(row)).collect();
    assert!(days.iter().all(|day| Calendar::Target.is_due(*day)));
    assert!(days.windows(2).all(|pair| Calendar::Target.are_neighbours(pair[0], pair[1])));
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

/// A file of a known form with what it must answer: currencies, day, status, rate with eight decimals.
fn answers(text: &str, from: &str, to: &str, on: &str) -> (RateStatus, Option<String>) {
    let rates = Rates::parse(text, "given.csv").unwrap();
    let reference = rates.reference(currency(from), currency(to), day(on));
    (reference.status, reference.quote.map(|quote| quote.display_rate().to_string()))
}

fn exact(rate: &str) -> (RateStatus, Option<String>) {
    (RateStatus::Exact, Some(rate.to_string()))
}

fn carried(rate: &str) -> (RateStatus, Option<String>) {
    (RateStatus::Carried, Some(rate.to_string()))
}

const ONE_DAY: &str = "Date, USD, JPY, CNY, \n02 November 2026, 1.1200, 175.00, 7.4480, \n";
const PORTAL: &str = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE\n\
EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-02,1.1200,A,\"US dollar, spot\"\n\
EXR.D.CNY.EUR.SP00.A,D,CNY,EUR,SP00,A,2026-11-02,7.4480,A,\"Yuan, spot\"\n\
EXR.D.CNY.EUR.SP00.A,D,CNY,EUR,SP00,A,2026-11-03,NaN,H,\"Yuan, spot\"\n\
EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-03,1.1210,A,\"US dollar, spot\"\n";
const FRED: &str = "observation_date,DEXCHUS,DEXUSEU,DEXTAUS\n\
2026-11-10,6.6500,1.1200,31.00\n2026-11-11,.,.,.\n2026-11-12,6.6600,,31.10\n";
const H10: &str = "\"Series Description\",\"CHINA -- SPOT EXCHANGE RATE, YUAN/US$\",\"EURO AREA -- SPOT, US$/EURO\",\"Index\"\n\
\"Unit:\",\"Currency:_Per_USD\",\"Currency:_Per_EUR\",\"Index\"\n\"Multiplier:\",\"1\",\"1\",\"1\"\n\
\"Currency:\",\"CNY\",\"USD\",\"NA\"\n\"Unique Identifier: \",\"H10/H10/RXI_N.B.CH\",\"H10/H10/RXI$US_N.B.EU\",\"H10/H10/JRXWTFB_N.B\"\n\
\"Time Period\",\"RXI_N.B.CH\",\"RXI$US_N.B.EU\",\"JRXWTFB_N.B\"\n\
2026-11-25,6.6500,1.1200,121.3\n2026-11-26,ND,ND,ND\n2026-11-27,6.6600,1.1250,121.5\n";
const PBOC: &str = r#"{"head":{"rep_code":"200"},"data":{"head":["USD/CNY","100JPY/CNY","CNY/THB"]},
"records":[{"date":"2026-11-03","values":["6.6400","4.2400","5.0500"]},{"date":"2026-11-02","values":["6.6500","---","5.0600"]}]}"#;
const PLAIN: &str = "date,base,quote,rate,remark\n2026-11-02,USD,TWD,31.25,\n2026-11-02,USD,CNY,6.6500,\n2026-11-02,EUR,CNY,7.4480,\"a, b\"\n";

#[test]
fn every_form_is_read_in_its_own_direction_and_units() {
    for (text, from, to, on, expected) in [
        (ONE_DAY, "USD", "CNY", "2026-11-02", exact("6.65000000")),
        (ONE_DAY, "USD", "CNY", "2026-11-03", (RateStatus::Missing, None)),
        (PORTAL, "USD", "CNY", "2026-11-02", exact("6.65000000")),
        // No figure for the yuan that day: not the day before's.
        (PORTAL, "USD", "CNY", "2026-11-03", (RateStatus::Unsupported, None)),
        (PORTAL, "USD", "EUR", "2026-11-03", exact("0.89206066")),
        (FRED, "USD", "CNY", "2026-11-10", exact("6.65000000")),
        // DEXUSEU is dollars for a euro.
        (FRED, "EUR", "USD", "2026-11-10", exact("1.12000000")),
        (FRED, "EUR", "CNY", "2026-11-10", exact("7.44800000")),
        // 11 November is a holiday of the Federal Reserve: the row holds no figure and Tuesday's stands.
        (FRED, "USD", "TWD", "2026-11-11", carried("31.00000000")),
        // A hole on a working day is no holiday.
        (FRED, "USD", "EUR", "2026-11-12", (RateStatus::Unsupported, None)),
        (FRED, "USD", "TWD", "2026-11-13", (RateStatus::Missing, None)),
        (H10, "USD", "CNY", "2026-11-26", carried("6.65000000")),
        (H10, "USD", "EUR", "2026-11-27", exact("0.88888889")),
        (H10, "USD", "JPY", "2026-11-27", (RateStatus::Unsupported, None)),
        (PBOC, "USD", "CNY", "2026-11-03", exact("6.64000000")),
        (PBOC, "CNY", "JPY", "2026-11-03", exact("23.58490566")),
        (PBOC, "USD", "THB", "2026-11-03", exact("33.53200000")),
        (PBOC, "USD", "JPY", "2026-11-02", (RateStatus::Unsupported, None)),
        (PLAIN, "TWD", "USD", "2026-11-02", exact("0.03200000")),
        (PLAIN, "TWD", "CNY", "2026-11-02", exact("0.21280000")),
        (PLAIN, "EUR", "CNY", "2026-11-02", exact("7.44800000")),
        // Two tables in one file are still two: nothing leads from the euro to the Taiwan dollar.
        (PLAIN, "EUR", "TWD", "2026-11-02", (RateStatus::Unsupported, None)),
    ] {
        assert_eq!(answers(text, from, to, on), expected, "{from} to {to} on {on}: {text}");
    }
    let table = "日期,USD/CNY,100JPY/CNY\n2026-11-02,6.6500,4.2500\n";
    assert_eq!(answers(table, "JPY", "CNY", "2026-11-02"), exact("0.04250000"));
    // Friday's parity stands for the weekend; a weekday without a row is none, for nobody knows China's holidays here.
    assert_eq!(answers(table, "USD", "CNY", "2026-11-01").0, RateStatus::Missing);
    assert_eq!(answers(table, "USD", "CNY", "2026-11-03").0, RateStatus::Missing);
}

#[test]
fn a_holiday_row_is_stepped_over_in_the_window() {
    let rates = Rates::parse(H10, "h10.csv").unwrap();
    let window = rates.window(Currency::USD, Currency::CNY, day("2026-11-25"), None);
    assert_eq!(days(&window), ["2026-11-25", "2026-11-27"]);
    assert_eq!(days(&rates.around(Currency::USD, Currency::CNY, day("2026-11-26"))), ["2026-11-25", "2026-11-27"]);
}

#[test]
fn two_series_are_never_mixed() {
    let fred = || Rates::parse(FRED, "fred.csv").unwrap();
    let both = Rates::embedded().and(fred()).unwrap();
    let says = |from: &str, to: &str, on: &str| status(&both, from, to, on).0;
    // The ECB knows dollar and yuan, so the Federal Reserve does not fill its gaps.
    assert_eq!(says("USD", "CNY", "2026-10-30"), RateStatus::Exact);
    assert_eq!(says("USD", "CNY", "2026-11-10"), RateStatus::Missing);
    // The Taiwan dollar is only the Federal Reserve's, and so is every comparison with it.
    assert_eq!(says("USD", "TWD", "2026-11-10"), RateStatus::Exact);
    assert_eq!(says("JPY", "TWD", "2026-11-10"), RateStatus::Unsupported);
    assert_eq!(both.source_of(Currency::USD, currency("TWD")).1, Publisher::FederalReserve);
    let order = fred().and(Rates::embedded()).unwrap();
    assert_eq!(status(&order, "USD", "CNY", "2026-10-30").0, RateStatus::Missing, "the first that knows both answers");
}

#[test]
fn files_of_one_publisher_are_one_series() {
    let rates = Rates::embedded().and(Rates::parse(ONE_DAY, "eurofxref.csv").unwrap()).unwrap();
    assert_eq!(rates.source_line(), format!("{ECB_SOURCE_LINE}, from the built-in table and eurofxref.csv"));
    let window = rates.window(Currency::USD, Currency::CNY, day("2026-10-31"), None);
    assert_eq!(days(&window), ["2026-10-29", "2026-10-30", "2026-11-02"]);
    let other = ONE_DAY.replace("02 November 2026", "30 October 2026");
    let error = Rates::embedded().and(Rates::parse(&other, "eurofxref.csv").unwrap()).unwrap_err();
    assert!(matches!(error.fault, RatesFault::Conflict { .. }), "{error}");
    assert_eq!(rates.holdings()[0].last_day, day("2026-11-02"));
    let known = |code: &str| rates.holdings()[0].known_to.iter().find(|known| known.0 == currency(code)).unwrap().1;
    assert_eq!([known("USD"), known("GBP")], [Some(day("2026-11-02")), Some(day("2026-10-30"))]);
    // Tables of nobody known stay apart: the first that knows a pair answers for it.
    let stated =
        |rate: &str| Rates::parse(&format!("date,base,quote,rate\n2026-11-02,USD,TWD,{rate}\n"), "t.csv").unwrap();
    let two = stated("31").and(stated("32")).unwrap();
    assert_eq!(two.holdings().len(), 2);
    let reference = two.reference(Currency::USD, currency("TWD"), day("2026-11-02"));
    assert_eq!(reference.quote.unwrap().display_rate().to_string(), "31.00000000");
}

#[test]
fn a_file_that_means_something_else_is_refused() {
    let fault = |text: &str| Rates::parse(text, "r.csv").unwrap_err();
    for (text, line, says) in [
        // The other way round, for a hundred, and both.
        ("date,base,quote,rate\n2026-10-30,USD,CNY,0.1503\n", 1, "other way round"),
        ("date,base,quote,rate\n2026-11-10,EUR,USD,0.8950\n", 1, "other way round"),
        ("date,base,quote,rate\n2026-10-30,JPY,CNY,4.2307\n", 1, "a hundred times"),
        ("date,base,quote,rate\n2026-10-30,CNY,JPY,4.2307\n", 1, "other way round"),
        ("date,base,quote,rate\n2026-10-30,USD,CNH,6.65\n", 2, "CNH"),
        ("date,base,quote,rate\n2026-10-30,USD,USD,1\n", 2, "another currency"),
        ("date,base,quote,rate\n30.10.2026,USD,CNY,6.65\n", 2, "30.10.2026"),
        ("date,base,quote,rate\n2026-10-30,USD,CNY,\n", 2, "``"),
        ("date,base,quote,rate\n2026-10-30,USD,CNY,6.65\n\n2026-10-30,USD,CNY,6.66\n", 4, "another figure"),
        ("date,base,quote,rate\n", 1, "no row"),
        ("observation_date,EXCHUS\n2026-10-01,6.65\n", 1, "EXCHUS"),
        ("observation_date,DEXCHUS\n2026-10-30,N/A\n", 2, "N/A"),
        ("observation_date,DEXCHUS\n2026-10-30,6.65\n2026-10-30,6.65\n", 3, "earlier line"),
        ("observation_date,DEXCHUS\n2026-10-30,.\n", 1, "no row"),
        (&PORTAL.replace("EXR.D.USD", "EXR.M.USD"), 2, "EXR.M.USD"),
        (&PORTAL.replace("1.1210", "1,1210"), 5, "11 cells"),
        (&H10.replace("\"Multiplier:\",\"1\"", "\"Multiplier:\",\"100\""), 3, "multiplier"),
        (&H10.replace("\"Currency:_Per_USD\"", "\"Currency:_Per_CNY\""), 2, "another unit"),
        (&H10.replace("\"Currency:\",\"CNY\"", "\"Currency:\",\"JPY\""), 4, "another currency"),
        ("\"Series Description\",\"x\"\n", 1, "Time Period"),
        (&PBOC.replace("CNY/THB", "USD/THB"), 1, "USD/THB"),
        (&PBOC.replace("\"6.6500\"", "[]"), 2, "values"),
        ("{}", 1, "data.head"),
        ("{", 1, "JSON"),
        ("日期,USD/CNY,美元\n", 1, "美元"),
    ] {
        let error = fault(text);
        assert!(error.to_string().contains(says), "{says}: {error}");
        assert_eq!(error.line, line, "{error}");
        assert!(!error.hint().is_empty());
    }
    // A rate that fits in no way may have jumped: it is read as it stands.
    assert!(Rates::parse("date,base,quote,rate\n2026-10-30,USD,CNY,9.00\n", "r.csv").is_ok());
}

#[test]
fn the_steps_on_a_calculator_lead_to_the_same_amount() {
    let step = |step: &Step| match step {
        Step::Times(figure) => format!("x {figure}"),
        Step::Over(figure) => format!("/ {figure}"),
    };
    for (text, from, to, on, expected) in [
        (ONE_DAY, "USD", "CNY", "2026-11-02", "x 7.4480 / 1.1200"),
        (ONE_DAY, "USD", "EUR", "2026-11-02", "/ 1.1200"),
        (ONE_DAY, "EUR", "USD", "2026-11-02", "x 1.1200"),
        (FRED, "EUR", "CNY", "2026-11-10", "x 1.1200 x 6.6500"),
        (PBOC, "USD", "JPY", "2026-11-03", "x 6.6400 x 100 / 4.2400"),
        (PBOC, "USD", "THB", "2026-11-03", "x 6.6400 x 5.0500"),
        (PLAIN, "TWD", "CNY", "2026-11-02", "x 6.6500 / 31.25"),
    ] {
        let quote =
            Rates::parse(text, "given.csv").unwrap().reference(currency(from), currency(to), day(on)).quote.unwrap();
        let steps = quote.steps();
        assert_eq!(steps.iter().map(step).collect::<Vec<_>>().join(" "), expected);
        // Worked out step by step in decimals, it is the amount to the minor unit.
        let amount = steps.iter().fold(Decimal::from(2000), |amount, step| match step {
            Step::Times(figure) => amount.checked_mul(*figure).unwrap(),
            Step::Over(figure) => amount.checked_div(*figure).unwrap(),
        });
        let converted = quote.convert(Money::from_decimal(Decimal::from(2000), currency(from)).unwrap()).unwrap();
        let half = Decimal::new(5, converted.currency().exponent() + 1);
        assert!(converted.decimal().checked_sub(amount).unwrap().abs() <= half, "{converted} {amount}");
    }
}
