//! The finished value: what was read, every case, the totals, and what the files cannot show.

use crate::domain::{Day, Money, Period};
use crate::source::SourceFile;
use crate::verdict::{Case, Verdict};
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
    /// Publisher of the reference rates and the last day they know.
    pub rates: RatesUsed,
}

/// Which reference rates stood behind the comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesUsed {
    /// Publisher, to be named wherever figures from it are shown.
    pub source: String,
    /// Last day known.
    pub last_day: Day,
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
    /// A file in a folder that is none of ours.
    Ignored { file: String },
    /// A wallet row whose purchase is not in the file.
    OrphanWalletRow { file: String, line: u32 },
    /// Rows of a reseller or look-alike that are not the vendor's: the dispute is with the reseller.
    ResellerRow { file: String, line: u32 },
    /// A config file was found beside the inputs and used.
    ConfigFound { file: String, sha256: String },
}
