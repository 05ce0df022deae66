//! The finished value: what was read, every case, the totals, and what the files cannot show.

use crate::domain::{Day, Money, Period, SourceRef};
use crate::fx::Profile;
use crate::matching::Said;
use crate::payment::{Ledger, Overlap};
use crate::rates::{Holding, Publisher};
use crate::source::mail::MailDoubt;
use crate::source::paper::Stranger;
use crate::source::{SourceFile, SourceSide};
use crate::verdict::{Case, Renewal, Verdict, sum_by_currency};
use std::collections::BTreeMap;

/// Everything a report shows; a report computes nothing of its own.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// The day as of which the verdicts hold.
    pub as_of: Day,
    /// The files read, sorted; `SourceId` is the index.
    pub sources: Vec<SourceFile>,
    /// The cases, sorted by day, then id.
    pub cases: Vec<Case>,
    /// Number of cases of each verdict that occurs.
    pub by_verdict: BTreeMap<Verdict, u32>,
    /// At stake over the claimable cases, per currency.
    pub at_stake: Vec<Money>,
    /// What the files cannot show, and what the reader should know of them.
    pub notices: Vec<Notice>,
    /// The next payments of plans in force, by day.
    pub renewals: Vec<Renewal>,
    /// Cards whose last day the config file says, and which is not over.
    pub expiries: Vec<Expiry>,
    /// The series of reference rates that stood behind the comparisons; the first of all where none did.
    pub rates: Vec<RatesUsed>,
}

/// A series of reference rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesUsed {
    /// Publisher, to be named wherever figures from it are shown.
    pub source: String,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Last day known.
    pub last_day: Day,
}

impl RatesUsed {
    /// The same without the name of the file.
    pub fn without_file(&self) -> RatesUsed {
        RatesUsed { source: self.publisher.source_line().to_string(), ..self.clone() }
    }
}

/// The last day of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// What the user calls the card.
    pub name: String,
    /// Last day on which it can be used.
    pub on: Day,
}

impl Expiry {
    /// The last day of a card, where its description says it.
    pub fn of(profile: &Profile) -> Option<Expiry> {
        Some(Expiry { name: profile.name.clone(), on: profile.expires? })
    }
}

impl From<Holding> for RatesUsed {
    fn from(holding: Holding) -> RatesUsed {
        RatesUsed { source: holding.source, publisher: holding.publisher, last_day: holding.last_day }
    }
}

/// Something the reader should know of the files; it changes no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Notice {
    /// No billing list was given: a charge without invoice accuses nobody.
    NoBillingList,
    /// No statement was given.
    NoStatement,
    /// No observation of the plan page: activation can only be presumed.
    NoPlanSide,
    /// Two exports of one format overlap but do not hold the same rows; both are kept whole.
    ExportsDisagree { first: String, second: String, day: Day },
    /// Two exports overlap and were read as one.
    ExportsMerged { first: String, second: String, rows: u32 },
    /// The running balance breaks: rows are missing or stand twice.
    BalanceBreak { file: String, after_line: u32, before_line: u32, stretch: Period },
    /// Rows passed over with `--skip-bad-rows`.
    RowsSkipped { file: String, rows: u32 },
    /// Relevant rows whose currency nobody states; say it with `--currency`.
    CurrencyUnknown { file: String, rows: u32 },
    /// A file in a folder that is none of ours, with what it is, where that much is known.
    Ignored { file: String, kind: Option<Stranger> },
    /// A PDF in a folder whose text cannot be told: nobody knows whether it is one of ours.
    PaperUnread { file: String, code: &'static str },
    /// A mail that is weak evidence, or none.
    MailDoubted { file: String, line: u32, doubt: MailDoubt },
    /// Two papers of one purchase that say different things.
    PapersDisagree { number: Option<String>, said: Said, first: (String, u32), second: (String, u32) },
    /// A wallet row whose purchase is not in the file.
    OrphanWalletRow { file: String, line: u32 },
    /// Rows of a reseller or look-alike that are not the vendor's: the dispute is with the reseller.
    ResellerRow { file: String, line: u32 },
    /// A row that names the vendor in a text and somebody else as the other party.
    MentionRow { file: String, line: u32 },
    /// A config file was found beside the inputs and used.
    ConfigFound { file: String, sha256: String },
}

/// What a reconciliation is made from.
pub struct Parts<'a> {
    /// The day as of which the verdicts hold.
    pub as_of: Day,
    /// The files read.
    pub sources: Vec<SourceFile>,
    /// The statements' ledger, for what was found of exports and rows.
    pub ledger: &'a Ledger,
    /// The judged cases.
    pub cases: Vec<Case>,
    /// Notices that only the reading of the files could give.
    pub notices: Vec<Notice>,
    /// The next payments of plans in force, by day.
    pub renewals: Vec<Renewal>,
    /// Cards whose last day is known.
    pub expiries: Vec<Expiry>,
    /// All series of reference rates, in the order in which they are asked.
    pub rates: Vec<RatesUsed>,
}

impl Reconciliation {
    /// Puts the finished value together: totals from the cases, notices from the files.
    pub fn assemble(parts: Parts<'_>) -> Reconciliation {
        let Parts { as_of, sources, ledger, cases, mut notices, renewals, expiries, rates } = parts;
        let mut by_verdict: BTreeMap<Verdict, u32> = BTreeMap::new();
        for case in &cases {
            *by_verdict.entry(case.verdict).or_default() += 1;
        }
        // A sum beyond 64 bits of minor units cannot come from amounts that were each read within them and are real.
        let at_stake = sum_by_currency(cases.iter().filter_map(|case| case.at_stake)).unwrap_or_default();
        let mut all = missing_sides(&sources);
        all.extend(ledger.overlaps.iter().map(|overlap| overlap_notice(&sources, overlap)));
        all.extend(sources.iter().flat_map(file_notices));
        let file = |at: &SourceRef| sources[at.source.0 as usize].path.clone();
        all.extend(ledger.orphans.iter().map(|at| Notice::OrphanWalletRow { file: file(at), line: at.line }));
        all.append(&mut notices);
        let compared =
            |used: &RatesUsed| cases.iter().filter_map(|case| case.fx.as_ref()).any(|fx| fx.rate_source == used.source);
        let mut behind: Vec<RatesUsed> = rates.iter().filter(|used| compared(used)).cloned().collect();
        if behind.is_empty() {
            behind.extend(rates.into_iter().take(1));
        }
        let rates = behind;
        Reconciliation { as_of, sources, cases, by_verdict, at_stake, notices: all, renewals, expiries, rates }
    }

    /// Whether `--check` finds anything.
    pub fn has_discrepancy(&self) -> bool {
        self.cases.iter().any(|case| case.verdict.is_discrepancy())
    }
}

fn missing_sides(sources: &[SourceFile]) -> Vec<Notice> {
    let has = |side| sources.iter().any(|file| file.side == side);
    let mut notices = Vec::new();
    if !has(SourceSide::Statement) {
        notices.push(Notice::NoStatement);
    }
    if !sources.iter().any(|file| file.side == SourceSide::Billing && file.is_list) {
        notices.push(Notice::NoBillingList);
    }
    if !has(SourceSide::Plan) {
        notices.push(Notice::NoPlanSide);
    }
    notices
}

fn overlap_notice(sources: &[SourceFile], overlap: &Overlap) -> Notice {
    let path = |id: &crate::domain::SourceId| sources[id.0 as usize].path.clone();
    match overlap {
        Overlap::Merged { first, second, rows } => {
            Notice::ExportsMerged { first: path(first), second: path(second), rows: *rows }
        }
        Overlap::Disagree { first, second, day } => {
            Notice::ExportsDisagree { first: path(first), second: path(second), day: *day }
        }
    }
}

fn file_notices(source: &SourceFile) -> Vec<Notice> {
    let file = || source.path.clone();
    let mut notices: Vec<Notice> = Vec::new();
    for found in &source.survey.breaks {
        notices.push(Notice::BalanceBreak {
            file: file(),
            after_line: found.after_line,
            before_line: found.before_line,
            stretch: found.stretch,
        });
    }
    let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
    if !source.rejected.is_empty() {
        notices.push(Notice::RowsSkipped { file: file(), rows: count(source.rejected.len()) });
    }
    if !source.survey.without_currency.is_empty() {
        notices.push(Notice::CurrencyUnknown { file: file(), rows: count(source.survey.without_currency.len()) });
    }
    notices
}
