//! Cases as JSON: what comes out, and what is refused.

use super::*;
use serde_json::{Value, json};
use std::path::Path;

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
    for rates in [Rates::embedded(), Rates::parse(&history, "eurofxref-hist.csv").unwrap()] {
        assert_eq!(explain_document(&document, &rates, &Bands::embedded()).unwrap(), document);
    }
    for (channel, bounds) in document["policy"]["bands_pct"].as_object().unwrap() {
        let band = band(channel);
        assert_eq!(&json!([band.lo().to_string(), band.hi().to_string()]), bounds, "{channel}");
    }
}
