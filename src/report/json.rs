//! The whole value as JSON, schema `payproof.report/1`.
//!
//! Every key of the schema is always there, `null` for what is not known; beyond the schema stand the notices and the
//! publisher of the rates. Keys keep one order, so that two reports can be compared line by line.

use super::View;
use super::voice::{Fence, Voice};
use super::wording;
use crate::domain::{Account, Day, Money};
use crate::reconciliation::{Notice, RatesUsed, Reconciliation};
use crate::source::SourceFile;
use crate::text::clean;
use crate::verdict::{Case, CaseFx, CaseLine, CostsBasis, Renewal, Verdict};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The report as JSON, indented by two blanks, with a line feed at the end.
pub fn json(reconciliation: &Reconciliation, view: &View) -> String {
    let voice = Voice::new(view, Fence::None);
    to_text(&Report::new(reconciliation, voice))
}

/// The value as JSON, indented by two blanks, with a line feed at the end.
pub(super) fn to_text(value: &impl Serialize) -> String {
    // Serialising fails only for a map whose keys are no texts; there is none.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// A day, decimal or other value written as its text.
pub(super) struct Text<T>(pub T);

impl<T: std::fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    tool: Tool,
    as_of: Text<Day>,
    sources: Vec<Source>,
    cases: Vec<CaseOut>,
    summary: SummaryOut,
    notices: Vec<Coded>,
    rates: Vec<Rates>,
    renewals: Vec<RenewalOut>,
}

/// The next payment of a plan in force, with what to hold for it.
#[derive(Serialize)]
struct RenewalOut {
    account: Option<String>,
    description: String,
    on: Text<Day>,
    amount: MoneyOut,
    source: u32,
    line: u32,
    keep: Option<MoneyOut>,
    needed: Option<MoneyOut>,
    margin: Option<MoneyOut>,
    reference_rate: Option<Text<Decimal>>,
    rate_date: Option<Text<Day>>,
    rate_source: Option<String>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Rates {
    source: String,
    last_day: Text<Day>,
}

#[derive(Serialize)]
struct SummaryOut {
    by_verdict: BTreeMap<VerdictName, u32>,
    at_stake: Vec<MoneyOut>,
}

/// A verdict as a key, in order of precedence.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct VerdictName(Verdict);

impl Serialize for VerdictName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

#[derive(Serialize)]
pub(super) struct MoneyOut {
    amount: String,
    currency: String,
}

#[derive(Serialize)]
struct PeriodOut {
    from: Text<Day>,
    to: Text<Day>,
}

#[derive(Serialize)]
pub(super) struct Source {
    path: String,
    sha256: String,
    side: &'static str,
    format: String,
    encoding: String,
    account: Option<String>,
    records: u32,
    relevant: u32,
    covers: Option<PeriodOut>,
    rejected: Vec<RejectedOut>,
}

#[derive(Serialize)]
struct RejectedOut {
    line: u32,
    column: Option<String>,
    reason: String,
}

#[derive(Serialize)]
struct CaseOut {
    id: String,
    verdict: &'static str,
    cause: Option<&'static str>,
    claimable: bool,
    claim_to: Option<&'static str>,
    confidence: &'static str,
    charged_on: Option<Text<Day>>,
    account: Option<String>,
    paid: Option<MoneyOut>,
    invoiced: Option<MoneyOut>,
    at_stake: Option<MoneyOut>,
    fx: Option<FxOut>,
    lines: Vec<LineOut>,
    reasons: Vec<Coded>,
    deadlines: Vec<DeadlineOut>,
}

#[derive(Serialize)]
struct FxOut {
    reference_rate: Text<Decimal>,
    rate_date: Text<Day>,
    rate_source: String,
    rate_status: &'static str,
    publisher: &'static str,
    statement_rate: Option<Text<Decimal>>,
    statement_rate_percent: Option<Text<Decimal>>,
    beside_statement_rate: Option<MoneyOut>,
    channel: String,
    band_percent: [Text<Decimal>; 2],
    taxes: Option<MoneyOut>,
    reference_cost: MoneyOut,
    markup: Option<MoneyOut>,
    markup_percent: Option<Text<Decimal>>,
    fees: Option<MoneyOut>,
    available: Option<MoneyOut>,
    needed: Option<MoneyOut>,
    shortfall: Option<MoneyOut>,
}

#[derive(Serialize)]
struct LineOut {
    source: u32,
    line: u32,
    role: &'static str,
    date: Text<Day>,
    money: Option<MoneyOut>,
    id: Option<String>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Coded {
    code: &'static str,
    text: String,
}

#[derive(Serialize)]
struct DeadlineOut {
    what: String,
    by: Text<Day>,
}

impl Report {
    fn new(reconciliation: &Reconciliation, voice: Voice<'_>) -> Report {
        let by_verdict = reconciliation.by_verdict.iter().map(|(verdict, count)| (VerdictName(*verdict), *count));
        let rates = |used: &RatesUsed| Rates { source: voice.plain(&used.source, &[]), last_day: Text(used.last_day) };
        Report {
            schema: "payproof.report/1",
            tool: Tool { name: "payproof", version: env!("CARGO_PKG_VERSION") },
            as_of: Text(reconciliation.as_of),
            sources: reconciliation.sources.iter().map(|file| source_out(file, voice)).collect(),
            cases: reconciliation.cases.iter().map(|case| case_out(case, voice)).collect(),
            summary: SummaryOut {
                by_verdict: by_verdict.collect(),
                at_stake: reconciliation.at_stake.iter().copied().map(money_out).collect(),
            },
            notices: reconciliation.notices.iter().map(|notice| notice_out(notice, voice)).collect(),
            rates: reconciliation.rates.iter().map(rates).collect(),
            renewals: reconciliation.renewals.iter().map(|renewal| renewal_out(renewal, voice)).collect(),
        }
    }
}

fn renewal_out(renewal: &Renewal, voice: Voice<'_>) -> RenewalOut {
    let forecast = renewal.keep.as_ref().map(|keep| &keep.forecast);
    let converted = renewal.keep.as_ref().filter(|keep| keep.basis != CostsBasis::NoConversion);
    let quote = converted.map(|keep| keep.forecast.base.quote);
    RenewalOut {
        account: renewal.account.as_ref().map(|account| voice.account(account)),
        description: voice.plain(&renewal.description, &[]),
        on: Text(renewal.on),
        amount: money_out(renewal.amount),
        source: renewal.at.source.0,
        line: renewal.at.line,
        keep: forecast.map(|forecast| money_out(forecast.keep)),
        needed: forecast.map(|forecast| money_out(forecast.needed.total)),
        margin: forecast.map(|forecast| money_out(forecast.margin)),
        reference_rate: quote.map(|quote| Text(quote.display_rate())),
        rate_date: quote.map(|quote| Text(quote.day())),
        rate_source: converted.map(|keep| voice.plain(&keep.source.0, &[])),
    }
}

pub(super) fn money_out(money: Money) -> MoneyOut {
    MoneyOut { amount: money.figure(), currency: money.currency().to_string() }
}

fn notice_out(notice: &Notice, voice: Voice<'_>) -> Coded {
    Coded { code: wording::notice_code(notice), text: wording::notice(&voice, notice) }
}

pub(super) fn source_out(file: &SourceFile, voice: Voice<'_>) -> Source {
    let covers = file.survey.covers.map(|period| PeriodOut { from: Text(period.from), to: Text(period.to) });
    Source {
        path: voice.plain(&file.path, &[]),
        sha256: file.digest().to_string(),
        side: file.side.name(),
        format: file.format.clone(),
        encoding: file.encoding.clone(),
        account: file.account.as_ref().map(|account| clean(account).into_owned()),
        records: file.records,
        relevant: file.relevant,
        covers,
        rejected: (file.rejected.iter())
            .map(|row| RejectedOut {
                line: row.line,
                column: row.column.as_ref().map(|column| voice.plain(column, &[])),
                reason: voice.plain(&row.reason, &[]),
            })
            .collect(),
    }
}

fn case_out(case: &Case, voice: Voice<'_>) -> CaseOut {
    let voice = voice.about(case);
    let ids: Vec<&str> = case.lines.iter().filter_map(|line| line.id.as_deref()).collect();
    let account = |account: &Account| voice.account(account);
    CaseOut {
        id: case.id.clone(),
        verdict: case.verdict.name(),
        cause: case.cause.map(|cause| cause.name()),
        claimable: case.claimable,
        claim_to: case.claim_to.map(|to| to.name()),
        confidence: case.confidence.name(),
        charged_on: case.charged_on.map(Text),
        account: case.account.as_ref().map(account),
        paid: case.paid.map(money_out),
        invoiced: case.invoiced.map(money_out),
        at_stake: case.at_stake.map(money_out),
        fx: case.fx.as_ref().map(|fx| fx_out(fx, voice)),
        lines: case.lines.iter().map(|line| line_out(line, &ids, voice)).collect(),
        reasons: (case.reasons.iter())
            .map(|reason| Coded { code: reason.code(), text: wording::reason(&voice, reason) })
            .collect(),
        deadlines: (case.deadlines.iter())
            .map(|deadline| DeadlineOut { what: clean(&deadline.what).into_owned(), by: Text(deadline.by) })
            .collect(),
    }
}

fn line_out(line: &CaseLine, ids: &[&str], voice: Voice<'_>) -> LineOut {
    LineOut {
        source: line.at.source.0,
        line: line.at.line,
        role: line.role.name(),
        date: Text(line.day),
        money: line.money.map(|money| money_out(money.0)),
        id: line.id.as_ref().map(|id| clean(id).into_owned()),
        text: line.text.as_ref().map(|text| voice.plain(text, ids)),
    }
}

fn fx_out(fx: &CaseFx, voice: Voice<'_>) -> FxOut {
    FxOut {
        reference_rate: Text(fx.reference_rate),
        rate_date: Text(fx.rate_date),
        rate_source: voice.plain(&fx.rate_source, &[]),
        rate_status: fx.rate_status.name(),
        publisher: fx.publisher.name(),
        statement_rate: fx.statement_rate.map(|printed| Text(printed.rate)),
        statement_rate_percent: fx.statement_rate.and_then(|printed| printed.over_percent).map(Text),
        beside_statement_rate: fx.statement_rate.and_then(|printed| printed.beside).map(money_out),
        channel: clean(&fx.channel).into_owned(),
        band_percent: [Text(fx.band_percent.0), Text(fx.band_percent.1)],
        taxes: fx.taxes.map(money_out),
        reference_cost: money_out(fx.reference_cost),
        markup: fx.markup.map(money_out),
        markup_percent: fx.markup_percent.map(Text),
        fees: fx.fees.map(money_out),
        available: fx.available.map(money_out),
        needed: fx.needed.map(money_out),
        shortfall: fx.shortfall.map(money_out),
    }
}
