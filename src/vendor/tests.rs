//! What the embedded vendor recognises and refuses.

use super::*;
use crate::domain::{Currency, Day, Money};
use Product::{ApiCredits, ChatgptCredits, ChatgptPlan};
use ProductHint::{Named, Unknown, Usual};

const EMBEDDED: &str = include_str!("data/openai.toml");

const PLAN: ProductHint = Named(ChatgptPlan);
const CREDITS: ProductHint = Named(ChatgptCredits);
const API: ProductHint = Usual(ApiCredits);

/// Text, product, route, and whether it is a store's own line.
const KNOWN: &[(&str, ProductHint, Route, bool)] = &[
    ("OPENAI *CHATGPT SUBSCR", PLAN, Route::Card, false),
    ("OPENAI *CHATGPT SUBSSAN FRANCISCO CA", PLAN, Route::Card, false),
    ("OPENAI *CHATGPT SUB*", PLAN, Route::Card, false),
    ("OPENAI *CHATGPT SUBSCR548 MARKET STREET", PLAN, Route::Card, false),
    ("VISA-OPENAI *CHATGPT SUBSCR DUBLIN IEFRGN", PLAN, Route::Card, false),
    ("openai*chatgpt   subscr", PLAN, Route::Card, false),
    ("Openai *Chatgpt Subscr San Francisco Ca", PLAN, Route::Card, false),
    ("CHATGPT SUBSCRIPTION HTTPSOPENAI.C", PLAN, Route::Card, false),
    ("Chatgpt Subscripti Httpsopenai.c", PLAN, Route::Card, false),
    ("CHATGPT SUBSCRIPTION S", PLAN, Route::Card, false),
    ("ＯＰＥＮＡＩ　＊ＣＨＡＴＧＰＴ　ＳＵＢＳＣＲ", PLAN, Route::Card, false),
    ("消费OPENAI *CHATGPT SUBSCR", PLAN, Route::Card, false),
    ("OPENAİ *CHATGPT SUBSCR", PLAN, Route::Card, false),
    ("OPENAI* CHATGPT CREDIT +14158799686 CA", CREDITS, Route::Card, false),
    ("OPENAI* CHATGPT CREDITOPENAI", CREDITS, Route::Card, false),
    ("OPENAI* CHATGPT +14158799686", Unknown, Route::Card, false),
    ("VTS RECR OPENAI *CHATGPT, +14158799686", Unknown, Route::Card, false),
    ("OPENAI OPENAI.COM CA", API, Route::Card, false),
    ("OPENAI +14158799686 CA", API, Route::Card, false),
    ("OPENAI HTTPSOPENAI.C CA", API, Route::Card, false),
    ("OPENAI HTTPSOPENAI.CCA AMT 5.65", API, Route::Card, false),
    ("OPENAI 548 MARKET STREET", API, Route::Card, false),
    ("POS OPENAI *API USAGE OPENAI.COM CA", API, Route::Card, false),
    ("OPENAI", Unknown, Route::Card, false),
    ("OpenAI, LLC", Unknown, Route::Card, false),
    ("OpenAI OpCo, LLC", Unknown, Route::Card, false),
    ("OpenAI Ireland Limited", Unknown, Route::Card, false),
    ("HTTPSOPENAI.C", Unknown, Route::Card, false),
    ("billing@openai.com", Unknown, Route::Card, false),
    ("PAYPAL *OPENAI", Unknown, Route::Paypal, false),
    ("PAYPAL *OPENAI 4029357733 CA", Unknown, Route::Paypal, false),
    ("PP*OPENAI", Unknown, Route::Paypal, false),
    ("Paypal *openai *chatgpt S", PLAN, Route::Paypal, false),
    ("POS PAYPAL *OPENAI *CHATGPT SUBSCR", PLAN, Route::Paypal, false),
    ("1002003 PP.12.PP . OPENAI, Ihr Einkauf bei OPENAI", Unknown, Route::Paypal, false),
    ("GOOGLE *ChatGPT", PLAN, Route::Google, false),
    ("RECR GOOGLE *ChatGPT, 855-836-3987", PLAN, Route::Google, false),
    ("APPLE.COM/BILL 866-712-7753 ON", Unknown, Route::Apple, true),
    ("Apple.com/bi", Unknown, Route::Apple, true),
    ("GOOGLE *GOOGLE PLAY", Unknown, Route::Google, true),
];

const REFUSED: &[&str] = &[
    "",
    "*",
    "MSFT * AZURE OPENAI SVC",
    "MICROSOFT*AZURE OPENAI",
    "WWW.CHATEX.AI",
    "CHATON AIBY",
    "PAYPAL *USE AI",
    "OPENROUTER",
    "OPENROUTER, INC OPENAI",
    "OPENAIR CINEMA",
    "Openair Fitness",
    "OPEN AIR MARKET",
    "OPEN AI",
    "CHAT CAFE GPT BAR",
    "CHATGPT",
    "CHATGPT WRAPPER APP",
    "GPT SUBSCRIPTION",
    "GOOGLE *YOUTUBE PREMIUM",
    "GOOGLE *CLOUD",
    "APPLE STORE R123",
    "APPLE.COM/US",
    "WILDCARD OPENAI TOPUP",
    "代充 CHATGPT SUBSCRIPTION",
    "openai@example.com",
    "MYOPENAI.COM",
    "OPENAI.COMMERCE",
    "BOPENAI",
    "OPENAIſ",
];

#[test]
fn families_tell_product_and_route() {
    let vendor = Vendor::embedded();
    for &(text, product, route, bare_store) in KNOWN {
        assert_eq!(vendor.recognise(text), Some(Merchant { product, route, bare_store }), "{text}");
        assert!(vendor.may_concern(text.as_bytes()), "{text}");
    }
}

#[test]
fn look_alikes_and_resellers_are_refused() {
    let vendor = Vendor::embedded();
    for text in REFUSED {
        assert_eq!(vendor.recognise(text), None, "{text}");
    }
    for text in ["GPTCARD.CN", "Wildcard Top-Up", "CHONG GROK", "fomepay ltd", "BinGoCard", "野卡充值"] {
        assert!(vendor.is_reseller(text) && vendor.may_concern(text.as_bytes()), "{text}");
    }
    assert!(!vendor.is_reseller("OPENAI *CHATGPT SUBSCR"));
    assert!(!vendor.may_concern(b"01/02/2026,COFFEE,-3.21"));
}

#[test]
fn full_width_letters_pass_the_prefilter_in_any_encoding() {
    let vendor = Vendor::embedded();
    assert!(vendor.may_concern("2026-01-02,ＯｐenＡＩ".as_bytes()));
    // `ＯＰＥＮＡＩ` in GB18030.
    assert!(vendor.may_concern(&[0xA3, 0xCF, 0xA3, 0xD0, 0xA3, 0xC5, 0xA3, 0xCE, 0xA3, 0xC1, 0xA3, 0xC9]));
    assert!(!vendor.may_concern("2026-01-02,咖啡，-3.21".as_bytes()));
}

#[test]
fn fees_are_told_from_purchases() {
    let vendor = Vendor::embedded();
    for text in [
        "International Transaction Fee",
        "INTERNATIONAL PURCHASE TRANSACTION FEE",
        "FOREIGN TRANSACTION FEE - OPENAI",
        "CCY CONVERSION FEE",
        "IOF COMPRA INTERNACIONAL",
        "BSMV",
        "WISSELKOSTEN 0,20",
        "Auslandseinsatzentgelt",
        "Gebühr: Währungsumrechnungsentgelt",
        "国际交易手续费",
        "【境外交易手续费】USD",
        "Non-Sterling Transaction Fee",
    ] {
        assert!(vendor.is_fee(text) && vendor.may_matter(text.as_bytes()), "{text}");
    }
    for text in ["COFFEE", "MONTHLY FEE", "INTERNATIONAL BOOKS", "BIOFUEL", "转账手续费", "OPENAI *CHATGPT SUBSCR"]
    {
        assert!(!vendor.is_fee(text), "{text}");
    }
}

#[test]
fn a_wallet_line_without_a_merchant_is_told_from_one_with() {
    let vendor = Vendor::embedded();
    for text in [
        "PAYPAL INST XFER",
        "PAYPAL INST XFER 220803~ Tran: ACHDW",
        "PayPal Europe S.a.r.l. et Cie S.C.A",
        "PayPal Europe S.a.r.l. et Cie S.C.A 1002003 PP.12.PP",
        "PAYPAL *",
        "PAYPAL TRANSFER PPD ID: PAYPALSD11",
    ] {
        assert!(vendor.issuer_names_wallet(text) && vendor.may_matter(text.as_bytes()), "{text}");
    }
    for text in
        ["PAYPAL *OPENAI", "PAYPAL *BOOKSHOP", "1002003 PP.12.PP . TEELADEN, Ihr Einkauf bei TEELADEN", "COFFEE"]
    {
        assert!(!vendor.issuer_names_wallet(text), "{text}");
    }
    for mail in ["billing@OpenAI.com", "x@tm.openai.com"] {
        assert!(vendor.is_payee_mail(mail) && vendor.concerning().begin_in(mail.as_bytes()), "{mail}");
    }
    assert!(
        !vendor.is_payee_mail("x@notopenai.com") && !vendor.is_payee_mail("openai.com") && !vendor.is_payee_mail("")
    );
}

#[test]
fn invoice_lines_tell_product_and_plan() {
    let vendor = Vendor::embedded();
    for (text, product, plan) in [
        ("ChatGPT Plus Subscription (per seat)", Some(ChatgptPlan), Some("plus")),
        ("ChatGPT Team, 1 seat (annual)", Some(ChatgptPlan), Some("team")),
        ("ChatGPT Business Subscription", Some(ChatgptPlan), Some("business")),
        ("ChatGPT Go Subscription", Some(ChatgptPlan), Some("go")),
        ("ChatGPT Pro Lite Subscription", Some(ChatgptPlan), Some("prolite")),
        ("Unused time on ChatGPT Plus Subscription after 3 Jun (credit)", Some(ChatgptPlan), Some("plus")),
        ("OpenAI API usage credit", Some(ApiCredits), None),
        ("OpenAI API usage", Some(ApiCredits), None),
        ("1,000 credits", Some(ChatgptCredits), None),
        ("ChatGPT credits", Some(ChatgptCredits), None),
        ("Shipping", None, None),
        ("", None, None),
    ] {
        assert_eq!(vendor.product_of(text), product, "{text}");
        assert_eq!(vendor.plan_of(text).as_deref(), plan, "{text}");
    }
}

#[test]
fn plans_are_ranked() {
    let vendor = Vendor::embedded();
    let ranks: Vec<_> = ["free", "Go", "chatgptplusplan", "Team", "prolite", "ChatGPT Pro"]
        .into_iter()
        .map(|plan| vendor.plan_rank(plan).unwrap())
        .collect();
    assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    assert_eq!(vendor.plan_rank("free"), Some(0));
    assert_eq!(vendor.plan_rank("ChatGPT Plus"), vendor.plan_rank("plus"));
    assert_eq!(vendor.plan_rank("unknown"), None);
    assert_eq!(vendor.plan_rank(""), None);
}

#[test]
fn list_prices_have_days() {
    let vendor = Vendor::embedded();
    let price = |text: &str, code: &str, day: &str| {
        let amount = Money::from_decimal(text.parse().unwrap(), Currency::parse(code).unwrap()).unwrap();
        vendor.is_plan_price(amount, Day::parse_iso(day).unwrap())
    };
    assert!(price("20.00", "USD", "2024-01-02") && price("-19.99", "USD", "2024-01-02"));
    assert!(price("200.00", "USD", "2024-12-05") && !price("200.00", "USD", "2024-12-04"));
    assert!(price("30.00", "USD", "2026-04-01") && !price("30.00", "USD", "2026-04-02"));
    assert!(price("3000", "JPY", "2026-09-07") && !price("20.00", "EUR", "2026-09-07"));
    assert!(!price("9.99", "USD", "2026-09-07"));
}

#[test]
fn reasons_of_a_refusal_have_causes() {
    let vendor = Vendor::embedded();
    for (reason, cause) in [
        ("insufficient_funds", DeclineCause::InsufficientFunds),
        ("Your card has insufficient funds.", DeclineCause::InsufficientFunds),
        ("您的卡余额不足", DeclineCause::InsufficientFunds),
        ("expired_card", DeclineCause::CardExpired),
        ("卡已过期", DeclineCause::CardExpired),
        ("incorrect_cvc", DeclineCause::CardDetails),
        ("Your card's security code is incorrect.", DeclineCause::CardDetails),
        ("authentication_required", DeclineCause::Authentication),
        ("We were unable to authenticate your payment method", DeclineCause::Authentication),
        ("验证失败", DeclineCause::Authentication),
        ("do_not_honor", DeclineCause::IssuerBlocked),
        ("您的卡被拒绝", DeclineCause::IssuerBlocked),
        ("cross-border transaction declined", DeclineCause::CrossBorderBlocked),
        ("境外交易未开通", DeclineCause::CrossBorderBlocked),
        ("card_not_supported", DeclineCause::MethodUnsupported),
        ("不支持的地区", DeclineCause::RegionUnsupported),
        ("unsupported_country_region_territory", DeclineCause::RegionUnsupported),
        ("账户受限", DeclineCause::AccountRestricted),
        ("processing_error", DeclineCause::Gateway),
        ("network timeout", DeclineCause::Network),
        ("generic_decline", DeclineCause::Unknown),
        ("", DeclineCause::Unknown),
        ("because", DeclineCause::Unknown),
    ] {
        assert_eq!(vendor.decline_cause(reason), cause, "{reason}");
    }
}

#[test]
fn deadlines_belong_to_a_route() {
    let vendor = Vendor::embedded();
    let keys = |route| vendor.deadlines(route).into_iter().map(|rule| (rule.days, rule.from)).collect::<Vec<_>>();
    assert_eq!(keys(Route::Paypal), [(180, DeadlineStart::Payment)]);
    assert_eq!(keys(Route::Card), [(120, DeadlineStart::Expected), (60, DeadlineStart::Statement)]);
    assert_eq!(keys(Route::Apple), []);
    assert_eq!((vendor.hold_days(), vendor.key(), vendor.name()), (7, "openai", "OpenAI"));
}

#[test]
fn a_faulty_vendor_file_is_refused_with_the_fault_named() {
    for (from, to, fault) in [
        ("hold_days = 7", "hold_days = -7", "hold_days"),
        ("hold_days = 7", "hold_day = 7", "hold_day"),
        ("amount = \"8.00\"", "amount = \"8.001\"", "8.001"),
        ("amount = \"8.00\"", "amount = \"8_00\"", "8_00"),
        ("currency = \"INR\"", "currency = \"XXX\"", "XXX"),
        ("to = \"2026-04-01\"", "to = \"2026-04-31\"", "2026-04-31"),
        ("words = [\"OPENAI API\"]", "words = [\"OPENAI  API\"]", "OPENAI  API"),
        ("plan = \"go\"", "plan = \"gone\"", "gone"),
        ("\"OPENAI.COM\"", "\"OPENAI\"", "site"),
    ] {
        assert!(EMBEDDED.contains(from), "{from}");
        let error = Vendor::parse(&EMBEDDED.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(fault), "{fault}: {error}");
    }
}

/// Parsed once for the many cases of the property.
static VENDOR: std::sync::LazyLock<Vendor> = std::sync::LazyLock::new(Vendor::embedded);

proptest::proptest! {
    /// The prefilter lets everything through that is recognised, however it is written.
    #[test]
    fn the_prefilter_misses_nothing(
        known in 0..KNOWN.len(),
        before in "[A-Za-z0-9 ,.é手]{0,8}",
        widths in proptest::collection::vec(0u8..4, 60),
    ) {
        let vendor = &*VENDOR;
        let written: String = KNOWN[known].0.chars().zip(widths.iter().cycle()).map(|(letter, width)| match width {
            0 => letter.to_ascii_lowercase(),
            1 => letter.to_ascii_uppercase(),
            2 if letter.is_ascii_graphic() => char::from_u32(u32::from(letter) - 0x21 + 0xFF01).unwrap(),
            _ => letter,
        }).collect();
        let text = format!("{before}{written}");
        if vendor.recognise(&text).is_some() {
            proptest::prop_assert!(vendor.may_concern(text.as_bytes()), "{text}");
        }
        proptest::prop_assert!(vendor.recognise(&format!("a {written}")).is_some(), "{written}");
    }
}
