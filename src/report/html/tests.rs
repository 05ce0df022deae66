//! The page: nothing gets out of its text, it forbids all but its own style, and it shows every figure of the report.

use super::*;
use crate::picture::{Ink, Scene, Shape};
use crate::reconciliation::Reconciliation;
use crate::report::document::Column;
use crate::report::sample::{every_reason, half_year};
use crate::report::{Selection, View, dossier, json};
use crate::verdict::Reason;
use serde_json::Value;

const HOSTILE: &str = "</title></style></td><script>alert(1)</script><img src=x onerror='x'>\" onload=\"x&amp;";

fn view(lang: Lang) -> View {
    View { lang, redact: true, width: 80, color: false }
}

fn page(value: &Reconciliation, lang: Lang) -> String {
    html(&dossier(value, &view(lang), Selection::All))
}

/// What a reader sees: tags away, escapes turned back.
fn visible(page: &str) -> String {
    let body = page.split("</style>").nth(1).unwrap();
    let mut text = String::new();
    let body = body.replace("<wbr>", "").replace("<span class=\"keep\">", "").replace("</span>", "");
    for part in body.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(text, |text, (name, sign)| text.replace(name, sign))
}

#[test]
fn hostile_text_stays_text_in_every_block() {
    let text = || HOSTILE.to_string();
    let line = Shape::Line { from: (0, 0), to: (9, 9), ink: Ink::Text, thickness: 1, dashed: false };
    let table = Table {
        caption: text(),
        columns: vec![Column { title: text(), is_amount: true }, Column { title: text(), is_amount: false }],
        rows: vec![vec![text(), text()]],
    };
    let blocks = vec![
        Block::Heading { level: 1, id: Some(text()), text: text() },
        Block::Paragraph(text()),
        Block::Facts(vec![(text(), text())]),
        Block::List(vec![text()]),
        Block::Table(table),
        Block::Figure { scene: Scene { width: 9, height: 9, alt: text(), shapes: vec![line] }, caption: text() },
    ];
    let page = html(&Document { lang: Lang::En, title: text(), blocks });
    for bad in ["<script", "<img", "</script>", "onerror='", "onload=\"", "x'>"] {
        assert!(!page.contains(bad), "{bad}\n{page}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(page.matches("</title>").count(), 2, "of the page and of the picture");
    assert_eq!(visible(&page).matches(HOSTILE).count(), 12, "{}", visible(&page));
}

#[test]
fn the_policy_names_the_digest_of_the_style() {
    let page = page(&half_year(), Lang::En);
    let (_, rest) = page.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    assert!(page.contains(&format!("style-src 'sha256-{}'", base64(&Sha256::digest(style.as_bytes())))));
    assert_eq!(page.matches("<style").count(), 1);
    for absent in ["style=", "<script", "<link", "src=", "@import", "url(", "http://", "https://", "javascript:"] {
        assert!(!page.contains(absent), "{absent}");
    }
}

#[test]
fn base64_is_that_of_the_rfc() {
    for (text, coded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(text.as_bytes()), coded);
    }
    assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
}

/// Every amount below a value, as it is printed.
fn amounts(value: &Value, found: &mut Vec<String>) {
    if let (Some(amount), Some(currency)) = (value["amount"].as_str(), value["currency"].as_str()) {
        found.push(format!("{amount} {currency}"));
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| amounts(value, found)),
        Value::Array(list) => list.iter().for_each(|value| amounts(value, found)),
        _ => {}
    }
}

/// The half year with every reason in one of its cases.
fn everything() -> Reconciliation {
    let mut value = half_year();
    for (number, reason) in every_reason().into_iter().enumerate() {
        let at = number % value.cases.len();
        value.cases[at].reasons.push(reason);
    }
    value
}

#[test]
fn every_amount_and_every_sentence_of_the_json_report_stands_in_the_page() {
    for value in [half_year(), everything()] {
        for lang in Lang::ALL {
            let report: Value = serde_json::from_str(&json(&value, &view(lang))).unwrap();
            let text = visible(&page(&value, lang));
            let mut found = Vec::new();
            amounts(&report, &mut found);
            assert!(found.len() > 40);
            for amount in found {
                assert!(text.contains(&amount), "{lang} {amount}");
            }
            for case in report["cases"].as_array().unwrap() {
                for reason in case["reasons"].as_array().unwrap() {
                    let code = reason["code"].as_str().unwrap();
                    // These stand as their parts: in the lists of what was ruled out, and in the conversion's figures.
                    let as_parts = ["ruled-out", "not-ruled-out", "conversion-cost"];
                    assert!(as_parts.contains(&code) || text.contains(reason["text"].as_str().unwrap()), "{reason}");
                }
            }
        }
    }
}

#[test]
fn a_case_may_be_followed_from_the_table_and_headings_stand_in_order() {
    let value = half_year();
    let page = page(&value, Lang::Zh);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-Hans\">"));
    for case in &value.cases {
        assert_eq!(page.matches(&format!("<h2 id=\"{}\">", case.id)).count(), 1);
        assert!(page.contains(&format!("<a href=\"#{}\">", case.id)));
    }
    let mut level = 0;
    for part in page.split("<h").skip(1) {
        let Some(next) = part.chars().next().and_then(|letter| letter.to_digit(10)) else { continue };
        assert!(next <= level + 1, "{part}");
        level = next;
    }
    assert_eq!(page.matches("<table").count(), page.matches("<caption>").count());
    assert_eq!(page.matches("<svg").count(), page.matches("role=\"img\" aria-label=\"").count());
    assert_eq!(page.matches("<section>").count(), page.matches("</section>").count());
}

#[test]
fn nothing_masked_elsewhere_is_shown_and_the_same_value_gives_the_same_bytes() {
    for lang in Lang::ALL {
        let text = page(&everything(), lang);
        for secret in ["4111 1111", "4111111111111111", "13800138000"] {
            assert!(!visible(&text).contains(secret), "{secret}");
        }
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{7}']));
        assert_eq!(text, page(&everything(), lang));
    }
}

#[test]
fn a_claim_shows_its_own_cases_and_no_name_of_another_file() {
    let mut value = half_year();
    let loose = Reason::NoInvoice { files: vec!["openai.csv".to_string()], as_of: value.as_of };
    value.cases.iter_mut().filter(|case| !case.claimable).for_each(|case| case.reasons = vec![loose.clone()]);
    let document = dossier(&value, &view(Lang::En), Selection::Claimable);
    let text = visible(&html(&document));
    for case in &value.cases {
        assert_eq!(text.contains(&case.id), case.claimable, "{}", case.id);
    }
    for other in ["attempts.csv", "chase.csv", "notes", "payproof.toml"] {
        assert!(!text.contains(other), "{other}");
    }
    assert!(text.contains("openai.csv") && text.contains("Download 2026.csv"));
}

#[test]
fn parts_that_do_not_add_up_are_not_drawn_and_no_figure_is_lost() {
    let mut value = half_year();
    value.cases.retain(|case| case.fx.is_some() && case.paid.is_some());
    assert_eq!(value.cases.len(), 1);
    let title = crate::text::catalogue::parts_of_charge(Lang::En);
    let drawn = page(&value, Lang::En);
    assert!(
        drawn.contains(&format!("aria-label=\"{title}\"")) && drawn.contains(&format!("<caption>{title}</caption>"))
    );
    let fx = value.cases[0].fx.as_mut().unwrap();
    fx.markup = Some(crate::report::sample::money("2.17 CNY"));
    let text = page(&value, Lang::En);
    assert!(!text.contains(&title));
    for figure in ["144.56 CNY", "2.17 CNY", "0.00 CNY", "147.24 CNY", "1.24 CNY"] {
        assert!(visible(&text).contains(figure), "{figure}");
    }
}
