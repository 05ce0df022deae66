//! Account pages, cost pages and store histories: those of `../shared/openai-samples` are read right (ignored by default,
//! the folder stands beside the project), and no bytes at all bring the reader down.

use payproof::domain::{Day, PlanState, Product, Route, SourceId};
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::Known;
use payproof::source::paper::HereReader;
use payproof::vendor::Vendor;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static VENDOR: LazyLock<Vendor> = LazyLock::new(Vendor::embedded);

fn read_bytes(bytes: &[u8], seen_on: Option<Day>, skip_bad_rows: bool) -> Option<ReadFile> {
    let options = Options {
        vendor: &VENDOR,
        skip_bad_rows,
        keep_all: false,
        digested: true,
        stated_currency: None,
        known: Known::default(),
        seen_on,
        pdf: &HereReader,
    };
    match recognise("page.json", bytes, &options) {
        Recognised::Ours(document) => read(document, SourceId(0), &options).ok(),
        Recognised::NotOurs | Recognised::Unclear(_) | Recognised::Unread(_) => None,
    }
}

fn sample(name: &str, seen_on: Option<&str>) -> ReadFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openai-samples").join(name);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read_bytes(&bytes, seen_on.and_then(Day::parse_iso), false).unwrap_or_else(|| panic!("{name}"))
}

fn codes(file: &ReadFile) -> Vec<&str> {
    file.warnings.iter().map(|finding| finding.code).collect()
}

#[test]
#[ignore = "needs ../shared"]
fn account_pages_of_the_samples() {
    let user = sample("chatgpt-export-user.json", None);
    assert_eq!((codes(&user), user.records.observations.len()), (vec!["undated"], 0));
    let user = sample("chatgpt-export-user.json", Some("2026-06-20"));
    let seen = &user.records.observations[0];
    assert_eq!((seen.state, seen.observed_on.to_string().as_str()), (PlanState::Inactive, "2026-06-20"));
    assert_eq!(seen.account.as_ref().map(|account| account.as_str()), Some("user@example.com"));
    assert_eq!(seen.only_of.as_deref(), Some("plus"));

    let seen = sample("chatgpt-subscriptions.json", None).records.observations.remove(0);
    let days = [Some(seen.observed_on), seen.active_from, seen.active_until].map(|day| day.map(|day| day.to_string()));
    assert_eq!(days.map(Option::unwrap_or_default), ["2026-08-04", "2026-08-04", "2026-09-04"]);
    assert_eq!((seen.state, seen.plan.as_deref(), seen.seats), (PlanState::Active, Some("plus"), Some(1)));
    assert!(!seen.is_gratis);

    let seen = sample("chatgpt-accounts-check-entitlement.json", None).records.observations.remove(0);
    assert!(seen.is_gratis, "a discount of 100 % leaves an active plan and no charge");
    let days = [seen.active_from, seen.active_until].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    assert_eq!(days, ["2026-08-04", "2026-09-04"]);

    let origin = sample("chatgpt-accounts-check-last_active_subscription.json", None);
    assert_eq!((origin.file.format.as_str(), origin.file.records), ("chatgpt-purchase-origin", 0));

    let grants = sample("legacy-credit_grants.json", None);
    let totals: Vec<String> =
        grants.records.billing.iter().filter_map(|grant| Some(format!("{} {}", grant.date, grant.total?))).collect();
    assert_eq!(totals, ["2026-06-01 25.00 USD", "2026-06-09 5.00 USD"]);
}

#[test]
#[ignore = "needs ../shared"]
fn usage_of_the_samples() {
    for (name, count, days) in [
        ("cost_2026-06-01_2026-06-03.csv", 1, vec!["2026-06-02"]),
        ("cost_empty_export.csv", 0, vec![]),
        ("cost_grouped_by_line_item.csv", 2, vec!["2026-06-02", "2026-06-02"]),
        ("openai-costs-api-page.json", 1, vec!["2024-11-01"]),
        ("openai-costs-result-object.json", 0, vec![]),
    ] {
        let file = sample(name, None);
        let used: Vec<String> = file.records.usage.iter().map(|used| used.day.to_string()).collect();
        assert_eq!((file.file.records, used), (count, days.into_iter().map(String::from).collect()), "{name}");
    }
    let first = sample("cost_2026-06-01_2026-06-03.csv", None).records.usage.remove(0);
    let cost = first.cost.map(|(cost, currency)| format!("{} {currency}", cost.normalize()));
    assert_eq!(cost.as_deref(), Some("0.00383598 USD"));
    assert_eq!(first.product, Product::ApiCredits);
}

#[test]
#[ignore = "needs ../shared"]
fn store_histories_of_the_samples() {
    for (name, number, store) in [
        ("google-play-order-history.json", Some("GPA.0000-0000-0000-00000"), Route::Google),
        ("google-play-purchase-history.json", None, Route::Google),
        ("google-pay-transactions.csv", Some("GPY.0000-0000-0000-00000"), Route::Google),
        ("apple-store-transaction-history.csv", Some("MXXXXXXXXX"), Route::Apple),
    ] {
        let file = sample(name, None);
        let [record] = &file.records.billing[..] else { panic!("{name}: {:?}", file.records.billing) };
        let said = (record.date.to_string(), record.total.map(|total| total.to_string()));
        assert_eq!(said, ("2026-06-14".to_string(), Some("19.99 USD".to_string())), "{name}");
        assert_eq!((record.number.as_deref(), record.store), (number, Some(store)), "{name}");
        assert_eq!((record.plan.as_deref(), file.file.is_list), (Some("plus"), false), "{name}");
    }
}

/// Words that the readers look for, so that an invented text gets past the door.
const KEYS: [&str; 40] = [
    "chatgpt_plus_user",
    "email",
    "plan_type",
    "active_until",
    "active_start",
    "is_delinquent",
    "accounts",
    "entitlement",
    "account",
    "account_id",
    "default",
    "has_active_subscription",
    "subscription_plan",
    "renews_at",
    "billing_period",
    "discount",
    "amount",
    "value",
    "currency",
    "purchase_origin_platform",
    "is_enabled",
    "recharge_threshold",
    "data",
    "status",
    "total",
    "created",
    "lines",
    "object",
    "grants",
    "grant_amount",
    "effective_at",
    "results",
    "start_time",
    "orderHistory",
    "purchaseHistory",
    "lineItem",
    "doc",
    "title",
    "totalPrice",
    "creationTime",
];
const TEXTS: [&str; 14] = [
    "page",
    "list",
    "credit_summary",
    "plus",
    "monthly",
    "usd",
    "paid",
    "2026-08-04T10:22:17Z",
    "$19.99",
    "1.999,00 kr",
    "ChatGPT Plus (ChatGPT)",
    "chatgpt_mobile_ios",
    "percentage",
    "\\ud83d",
];

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_string()),
        Just("true".to_string()),
        "-?[0-9]{1,14}(\\.[0-9]{1,32})?",
        Just("6e-05".to_string()),
        (0..TEXTS.len()).prop_map(|at| format!("\"{}\"", TEXTS[at])),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        let member = ((0..KEYS.len()), inner.clone()).prop_map(|(at, value)| format!("\"{}\": {value}", KEYS[at]));
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|all| format!("[{}]", all.join(", "))),
            prop::collection::vec(member, 0..10).prop_map(|all| format!("{{{}}}", all.join(",\n"))),
        ]
    })
}

/// A page of each kind, every value of which may be anything.
fn any_page() -> impl Strategy<Value = String> {
    let shapes: [&[&str]; 9] = [
        &["chatgpt_plus_user", "email"],
        &["plan_type", "active_until", "active_start", "became_delinquent_timestamp", "seats_entitled"],
        &["has_active_subscription", "subscription_plan", "renews_at", "billing_period", "discount", "trial"],
        &["is_enabled", "recharge_threshold", "immediate_top_up_status"],
        &["orderHistory"],
        &["purchaseHistory"],
        &["status", "currency", "total", "created", "lines", "charge", "status_transitions"],
        &["start_time", "results"],
        &["grants", "total_available"],
    ];
    let page = (0..shapes.len(), prop::collection::vec(any_json(), 7)).prop_map(move |(shape, values)| {
        let members = shapes[shape].iter().zip(&values).map(|(key, value)| format!("\"{key}\": {value}"));
        (shape, format!("{{{}}}", members.collect::<Vec<_>>().join(", ")))
    });
    page.prop_map(|(shape, object)| match shape {
        4 | 5 => format!("[{object}]"),
        6 => format!("{{\"data\": [{object}]}}"),
        7 => format!("{{\"object\": \"page\", \"data\": [{object}]}}"),
        8 => format!("{{\"object\": \"credit_summary\", {}", &object[1..]),
        _ => object,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_page_is_read_or_refused(text in any_page(), cut in any::<prop::sample::Index>(), seen in any::<bool>()) {
        let seen_on = if seen { Day::parse_iso("2026-08-10") } else { None };
        for skip in [false, true] {
            read_bytes(text.as_bytes(), seen_on, skip);
        }
        read_bytes(&text.as_bytes()[..cut.index(text.len())], seen_on, true);
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in any_json(), bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        read_bytes(text.as_bytes(), None, false);
        read_bytes(&[b"{".as_slice(), &bytes].concat(), None, false);
        read_bytes(&[text.as_bytes(), &bytes].concat(), None, false);
    }
}
