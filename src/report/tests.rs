//! What every report must keep to, whatever the case: golden tables, one figure in both languages, nothing hostile.

use super::sample::{bare, day, every_notice, every_reason, finish, half_year, money};
use super::voice::{Fence, Voice};
use super::*;
use crate::domain::Day;
use crate::reconciliation::Reconciliation;
use crate::text::{clean, width};
use crate::verdict::{Reason, Verdict};
use std::collections::BTreeSet;
use std::path::PathBuf;

const WIDTHS: [u16; 4] = [40, 60, 80, 120];

fn view(lang: Lang, width: u16) -> View {
    View { lang, redact: true, width, color: false }
}

fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/report/golden").join(name);
    if std::env::var_os("PAYPROOF_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name} differs; look, then run with PAYPROOF_BLESS=1");
}

#[test]
fn reports_are_as_last_looked_at() {
    for lang in Lang::ALL {
        for columns in WIDTHS {
            golden(&format!("table-{lang}-{columns}.txt"), &table(&half_year(), &view(lang, columns)));
        }
        golden(&format!("report-{lang}.md"), &markdown(&half_year(), &view(lang, 80)));
        golden(&format!("report-{lang}.csv"), &csv(&half_year(), &view(lang, 80), false));
        golden(&format!("report-{lang}.json"), &json(&half_year(), &view(lang, 80)));
    }
}

/// A reconciliation with every reason as the first and as a further one, in every verdict.
fn everything() -> Reconciliation {
    let mut value = half_year();
    for (number, reason) in every_reason().into_iter().enumerate() {
        let verdict = ALL_VERDICTS[number % ALL_VERDICTS.len()];
        let mut case = bare(verdict, "2026-06-30");
        case.claimable = number % 3 == 0;
        case.paid = Some(money("123456.78 CNY"));
        case.at_stake = case.claimable.then(|| money("99999.99 USD"));
        case.reasons = vec![reason.clone(), reason];
        value.cases.push(case);
    }
    value.by_verdict.clear();
    finish(value)
}

const ALL_VERDICTS: [Verdict; 17] = [
    Verdict::Refunded,
    Verdict::RefundShort,
    Verdict::RefundMissing,
    Verdict::DuplicateCharge,
    Verdict::WrongAccount,
    Verdict::ChargedAfterCancel,
    Verdict::FxUnderpaid,
    Verdict::ChargedNotActivated,
    Verdict::AmountMismatch,
    Verdict::Settled,
    Verdict::PendingHold,
    Verdict::ReleasedHold,
    Verdict::FxDeclined,
    Verdict::Declined,
    Verdict::PaidElsewhere,
    Verdict::UnpaidInvoice,
    Verdict::Inconclusive,
];

#[test]
fn no_line_is_too_wide_no_amount_broken_and_no_case_hidden() {
    let value = everything();
    let is_figure = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    for lang in Lang::ALL {
        for columns in 40..160 {
            let text = table(&value, &view(lang, columns));
            for line in text.lines() {
                assert!(width(line) <= usize::from(columns), "{lang} {columns}: {line}");
                assert!(
                    !line.trim_start().starts_with(['，', '。', '）', '、', '：', '；']),
                    "{lang} {columns}: {line}"
                );
                let mut words = line.split(' ').rev();
                let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                // A step of a calculation is no amount.
                let is_step = ["x", "/", "×", "÷"].contains(&before);
                assert!(is_step || !(is_figure(last) && last.contains('.')), "{lang} {columns}: {line}");
            }
            let is_listed = |line: &&str| {
                line.starts_with([' ', '>']) && line.get(3..13).is_some_and(|text| Day::parse_iso(text).is_some())
            };
            let listed = text.lines().filter(is_listed);
            let days: Vec<&str> = listed.map(|line| &line[3..13]).collect();
            let expected: Vec<String> = value.cases.iter().map(|case| case.day.to_string()).collect();
            assert_eq!(days, expected, "{lang} {columns} {text}");
        }
    }
}

#[test]
fn claims_are_marked_without_colour() {
    let value = half_year();
    for lang in Lang::ALL {
        for columns in WIDTHS {
            let text = table(&value, &view(lang, columns));
            let marked = text.lines().filter(|line| line.starts_with(">> 20")).count();
            assert_eq!(marked, value.cases.iter().filter(|case| case.claimable).count());
        }
    }
}

#[test]
fn colour_is_only_an_addition() {
    for columns in WIDTHS {
        let plain = view(Lang::Zh, columns);
        let colored = table(&half_year(), &View { color: true, ..plain });
        assert!(colored.contains("\u{1b}["));
        let mut bare = String::new();
        let mut parts = colored.split('\u{1b}');
        bare.push_str(parts.next().unwrap_or_default());
        parts.for_each(|part| bare.push_str(part.split_once('m').map_or("", |(_, rest)| rest)));
        let trimmed = |text: &str| text.lines().map(|line| line.trim_end().to_string()).collect::<Vec<_>>();
        assert_eq!(trimmed(&bare), trimmed(&table(&half_year(), &plain)));
    }
}

#[test]
fn every_reason_is_worded_in_both_languages_with_the_same_figures() {
    let codes: BTreeSet<String> = every_reason().iter().map(|reason| reason.code().replace('-', "")).collect();
    let known: BTreeSet<String> = wording::REASONS.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(codes, known, "the samples hold every reason");
    for reason in every_reason() {
        let say = |lang| wording::reason(&Voice::new(&view(lang, 80), Fence::None), &reason);
        let (en, zh) = (say(Lang::En), say(Lang::Zh));
        assert_eq!(figures(&en), figures(&zh), "{en} {zh}");
        assert_ne!(en, zh, "{en}");
        assert!(!en.is_empty() && !en.contains(['{', '}', '\u{2068}', '\u{2069}']), "{en}");
    }
    for notice in every_notice() {
        let say = |lang| wording::notice(&Voice::new(&view(lang, 80), Fence::None), &notice);
        assert_eq!(figures(&say(Lang::En)), figures(&say(Lang::Zh)));
    }
}

/// The figures of a sentence, sorted: languages put them in different order.
fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = text
        .split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .map(|word| word.trim_matches(['.', '-']).to_string())
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    figures.sort();
    figures
}

#[test]
fn nothing_hostile_gets_through() {
    let value = half_year();
    for lang in Lang::ALL {
        let view = view(lang, 80);
        for text in [table(&value, &view), json(&value, &view), csv(&value, &view, false), markdown(&value, &view)] {
            let text = text.replace(['\n', '\r'], "");
            assert_eq!(clean(&text), text);
            for secret in ["4111 1111", "4111111111111111", "13800138000"] {
                assert!(!text.contains(secret), "{secret}");
            }
            assert!(!text.contains(['\u{2068}', '\u{2069}', '\u{202e}', '\u{1b}']));
        }
    }
}

#[test]
fn what_is_asked_to_be_shown_in_full_is() {
    let open = View { redact: false, ..view(Lang::En, 80) };
    let text = json(&half_year(), &open);
    assert!(text.contains("+14158799686 card 4111 1111 1111 1111"));
    assert!(json(&half_year(), &view(Lang::En, 80)).contains("+14158799686 card ****1111"));
    assert!(text.contains("8AB41111111111111") && text.contains("lin@example.com"));
}

#[test]
fn a_text_without_end_is_quoted_in_part_and_kept_in_json() {
    let mut value = half_year();
    let long = "x".repeat(100_000);
    value.cases[0].verdict = Verdict::Declined;
    value.cases[0].reasons = vec![Reason::StoreChargeUnidentified { store: long.clone() }];
    value.cases[0].lines[0].text = Some(long.clone());
    let text = table(&value, &view(Lang::En, 80));
    assert!(text.matches('x').count() < 300 && text.contains("xxx..."));
    assert!(json(&value, &view(Lang::En, 80)).contains(&long));
}

#[test]
fn rates_are_named_only_where_they_are_compared_with() {
    let mut value = half_year();
    let named = |value: &Reconciliation| table(value, &view(Lang::En, 120)).contains(crate::rates::ECB_SOURCE_LINE);
    assert!(named(&value));
    value.cases.retain(|case| case.fx.is_none());
    assert!(!named(&value));
    value.cases[0].reasons = vec![Reason::LearnedMarkup { charges: 3, percent: "1.85".parse().unwrap() }];
    assert!(named(&value));
}

#[test]
fn an_empty_report_says_so() {
    let mut value = half_year();
    value.cases.clear();
    value.by_verdict.clear();
    value.at_stake.clear();
    value.as_of = day("2026-01-01");
    let text = table(&value, &view(Lang::En, 80));
    assert!(text.starts_with("0 purchases followed, as of 2026-01-01\n\nThere is no purchase in these files.\n"));
    assert!(markdown(&value, &view(Lang::Zh, 80)).contains("没有任何购买"));
    assert_eq!(csv(&value, &view(Lang::Zh, 80), true).matches("\r\n").count(), 1);
}

#[test]
fn a_csv_for_a_spreadsheet_begins_with_the_mark() {
    let with = csv(&half_year(), &view(Lang::Zh, 80), true);
    let without = csv(&half_year(), &view(Lang::Zh, 80), false);
    assert_eq!(with.strip_prefix('\u{feff}'), Some(without.as_str()));
    assert!(without.starts_with("case,day,verdict,"));
}

#[test]
fn markdown_keeps_one_row_a_case_and_imported_text_in_code() {
    let mut value = half_year();
    value.cases[0].reasons = vec![Reason::PlanInactive {
        observed_on: day("2026-03-09"),
        plan: Some("@octocat fixes #12 | <img src=x> ](https://example.com) `x`".to_string()),
    }];
    value.cases[0].verdict = Verdict::ChargedNotActivated;
    let text = markdown(&value, &view(Lang::En, 80));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| 2026-")).collect();
    assert_eq!(rows.len(), value.cases.len());
    assert!(rows.iter().all(|row| row.matches('|').count() == 8), "{rows:#?}");
    assert!(rows[0].contains("`` @octocat fixes #12 ⟨7C⟩ <img src=x> ](https://example.com) `x` ``"), "{}", rows[0]);
    // Rows use fences of one and of two backticks; what is outside both is our own text.
    let outside: String =
        text.split("``").step_by(2).map(|part| part.split('`').step_by(2).collect::<String>()).collect();
    assert!(!outside.contains('@') && !outside.contains("http"), "{outside}");
}
