//! What is known of a file as a whole, beside its records.

use crate::domain::{Day, LastFour, Period, Route, Sha256Hex};
use std::collections::{BTreeMap, BTreeSet};

/// Which kind of evidence a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceSide {
    /// The payer's money: bank, card, wallet.
    Statement,
    /// What the vendor billed and was paid.
    Billing,
    /// What the account showed.
    Plan,
    /// Attempts written down by the payer.
    Attempts,
}

impl SourceSide {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            SourceSide::Statement => "statement",
            SourceSide::Billing => "billing",
            SourceSide::Plan => "plan",
            SourceSide::Attempts => "attempts",
        }
    }
}

/// Whose sales stand in a file of the billing side. What somebody else sold is not missing in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sales {
    /// Everybody's: a person wrote it.
    #[default]
    All,
    /// The vendor's own: what a store sold is not among them.
    Direct,
    /// One store's.
    Store(Route),
}

impl Sales {
    /// Whether a purchase that was paid by this route would be among them.
    pub fn hold(self, route: Route) -> bool {
        let is_store = matches!(route, Route::Apple | Route::Google);
        match self {
            Sales::All => true,
            Sales::Direct => !is_store,
            Sales::Store(store) => store == route,
        }
    }
}

/// A row that could not be read and was passed over with `--skip-bad-rows`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Physical line.
    pub line: u32,
    /// Title of the column at fault, where one is.
    pub column: Option<String>,
    /// What was expected, in English.
    pub reason: String,
}

/// The rows of one day of a statement, as far as comparing two exports needs: how many, and a sum of row digests that
/// does not depend on their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayDigest {
    /// Number of rows.
    pub rows: u32,
    /// Wrapping sum of the rows' 128-bit digests.
    pub sum: u128,
}

/// A place where a running balance does not continue: rows are missing or stand twice between two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// Line after which the chain breaks.
    pub after_line: u32,
    /// Line at which it goes on.
    pub before_line: u32,
    /// The stretch of days on which no absence may rest, ends included.
    pub stretch: Period,
}

/// What is known of a statement as a whole.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// First to last day: stated, or of the rows.
    pub covers: Option<Period>,
    /// Digest of the rows of each day.
    pub days: BTreeMap<Day, DayDigest>,
    /// Of those the rows that are not booked yet: another export may hold them otherwise, or not at all.
    pub open: BTreeMap<Day, DayDigest>,
    /// Breaks of the running balance.
    pub breaks: Vec<ChainBreak>,
    /// Stretches opened by rows that were passed over.
    pub skipped: Vec<Period>,
    /// Last four digits of the cards the rows name.
    pub cards: BTreeSet<LastFour>,
    /// Lines of relevant rows without a known currency; they take part in no verdict.
    pub without_currency: Vec<u32>,
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Base name of a file given, path below a folder given.
    pub path: String,
    /// Number of raw bytes.
    pub bytes: u64,
    /// Digest of the raw bytes, where it was asked for.
    pub sha256: Option<Sha256Hex>,
    /// Kind of evidence.
    pub side: SourceSide,
    /// Name of the recognised format.
    pub format: String,
    /// Name of the encoding.
    pub encoding: String,
    /// Masked account, card or e-mail the file speaks for.
    pub account: Option<String>,
    /// Records read, header and preamble not counted.
    pub records: u32,
    /// Records that concern the vendor.
    pub relevant: u32,
    /// Rows passed over.
    pub rejected: Vec<Rejected>,
    /// Newest day seen in any record: transaction, booking, billing or observation day.
    pub newest_day: Option<Day>,
    /// Channel of its conversions (`fintech`, `scheme`...), a key of the band data.
    pub channel: String,
    /// Whether a billing file is a list (taken for the whole history) rather than a single paper.
    pub is_list: bool,
    /// Whose sales a billing file shows.
    pub sales: Sales,
    /// For statements: the whole file's figures.
    pub survey: Survey,
}

impl SourceFile {
    /// The digest of the raw bytes as text; empty where nobody asked for it.
    pub fn digest(&self) -> &str {
        self.sha256.as_ref().map_or("", |digest| &digest.0)
    }
}

impl SourceFile {
    /// Whether the file is a wallet's, which draws on another account of the payer.
    pub fn is_wallet(&self) -> bool {
        self.side == SourceSide::Statement && self.channel == "paypal"
    }
}

impl Survey {
    /// Whether the file covers a stretch of days without a hole of its own.
    pub fn covers_whole(&self, stretch: Period) -> bool {
        let covers = self.covers.is_some_and(|period| period.contains(stretch.from) && period.contains(stretch.to));
        covers && !self.has_hole_in(stretch)
    }

    /// Whether rows are missing, or were passed over, somewhere in a stretch.
    pub fn has_hole_in(&self, stretch: Period) -> bool {
        let mut holes = self.breaks.iter().map(|found| found.stretch).chain(self.skipped.iter().copied());
        holes.any(|hole| hole.from <= stretch.to && stretch.from <= hole.to)
    }

    /// The booked rows of a day.
    pub fn booked(&self, day: Day) -> DayDigest {
        let all = self.days.get(&day).copied().unwrap_or_default();
        let open = self.open.get(&day).copied().unwrap_or_default();
        DayDigest { rows: all.rows.saturating_sub(open.rows), sum: all.sum.wrapping_sub(open.sum) }
    }
}
