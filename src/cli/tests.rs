//! What the command line takes and refuses.

use super::*;
use crate::domain::{Currency, Day};
use crate::text::Lang;
use clap::CommandFactory;
use clap::error::ErrorKind;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(line.split(' '))
}

fn reconcile(line: &str) -> Reconcile {
    match parse(line).unwrap().command {
        Command::Reconcile(reconcile) => *reconcile,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_definition_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_option_of_reconcile_is_read() {
    let typed = reconcile(
        "payproof reconcile a.csv dir --account Me@Example.com --account b@example.com --as-of 2026-06-30 \
         --rates r.csv --rates s.csv --config c.toml --billing-from 2026-01-01 --billing-complete \
         --currency cmb-*.csv=cny --skip-bad-rows --lang zh --no-redact --color never --output o.json --format json --check",
    );
    assert_eq!(typed.inputs.paths.len(), 2);
    assert_eq!(
        typed.inputs.accounts.iter().map(|a| a.as_str()).collect::<Vec<_>>(),
        ["me@example.com", "b@example.com"]
    );
    assert_eq!(typed.inputs.as_of, Day::parse_iso("2026-06-30"));
    assert_eq!(typed.inputs.rates.len(), 2);
    assert_eq!(typed.inputs.billing_from, Day::parse_iso("2026-01-01"));
    assert_eq!(typed.inputs.currencies, [AnswerOf { files: "cmb-*.csv".to_string(), answer: Currency::CNY }]);
    assert_eq!((typed.inputs.lang, typed.shown.color, typed.format), (Some(Lang::Zh), Color::Never, Format::Json));
    assert!(typed.inputs.billing_complete && typed.inputs.skip_bad_rows && typed.shown.no_redact && typed.check);
    assert!(typed.inputs.config.is_some() && typed.shown.output.is_some());
}

#[test]
fn what_is_not_given_is_left_open() {
    let typed = reconcile("payproof reconcile a.csv");
    assert_eq!((typed.inputs.lang, typed.shown.color, typed.format), (None, Color::Auto, Format::Table));
    assert!(typed.inputs.as_of.is_none() && typed.inputs.accounts.is_empty() && !typed.check && !typed.shown.no_redact);
}

#[test]
fn wrong_usage_is_an_error_of_status_2() {
    for line in [
        "payproof reconcile",
        "payproof reconcile a --as-of 30.06.2026",
        "payproof reconcile a --lang de",
        "payproof reconcile a --currency CNY",
        "payproof reconcile a --currency =CNY",
        "payproof reconcile a --currency x.csv=RMB",
        "payproof reconcile a --format yaml",
        "payproof reconcile a --color sometimes",
        "payproof claim",
        "payproof claim a",
        "payproof claim a --output o --no-redact",
        "payproof verify",
        "payproof fx",
        "payproof fx explain",
        "payproof formats template",
        "payproof nothing",
    ] {
        assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
    }
    assert_eq!(parse("payproof --help").unwrap_err().exit_code(), 0);
    assert_eq!(parse("payproof --version").unwrap_err().kind(), ErrorKind::DisplayVersion);
}

#[test]
fn the_smaller_commands_are_read() {
    let Command::Fx(Fx { command: FxCommand::Explain(explain) }) =
        parse("payproof fx explain case.json --rates r.csv").unwrap().command
    else {
        panic!("fx explain");
    };
    assert_eq!(explain.rates.len(), 1);
    assert!(matches!(parse("payproof formats").unwrap().command, Command::Formats(Formats { command: None })));
    let Command::Formats(Formats { command: Some(FormatsCommand::Template { name }) }) =
        parse("payproof formats template billing").unwrap().command
    else {
        panic!("formats template");
    };
    assert_eq!(name, "billing");
}

#[test]
fn every_option_of_claim_is_read() {
    let line = "payproof claim a.csv --account me@example.com --output c.zip --case x1 --case x2 --show descriptor \
                --include-sources --force --lang zh";
    let Command::Claim(typed) = parse(line).unwrap().command else { panic!("claim") };
    assert_eq!((typed.cases.len(), typed.show.len()), (2, 1));
    assert!(typed.include_sources && typed.force && !typed.check && typed.output.is_some());
    let Command::Claim(typed) = parse("payproof claim a.csv --check").unwrap().command else { panic!("claim") };
    assert!(typed.check && typed.output.is_none());
    let Command::Verify(typed) = parse("payproof verify c.zip --lang zh").unwrap().command else { panic!("verify") };
    assert_eq!(typed.lang, Some(Lang::Zh));
}

#[test]
fn every_help_has_an_example() {
    for path in [
        vec![],
        vec!["reconcile"],
        vec!["claim"],
        vec!["verify"],
        vec!["formats"],
        vec!["formats", "template"],
        vec!["fx", "explain"],
    ] {
        let line: Vec<&str> = ["payproof"].into_iter().chain(path).chain(["--help"]).collect();
        let help = Cli::try_parse_from(&line).unwrap_err().to_string();
        assert!(help.contains("Example"), "{line:?} {help}");
    }
}
