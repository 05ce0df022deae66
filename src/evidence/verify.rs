//! A bag checked against itself: structure, every digest, nothing beside it, figures that follow from the rows.

use super::figures::{self, Report};
use super::manifest::{
    BAG_INFO, BAGIT, BAGIT_TEXT, MANIFEST, TAG_MANIFEST, is_payload, is_safe_name, is_tag, manifest, payload_oxum,
    read_manifest, sha256,
};
use super::rows::{Rows, SCHEMA};
use crate::text::{Lang, catalogue as say, clean};
use std::collections::{BTreeMap, BTreeSet};

const ROWS: &str = "data/rows.json";
const ROWS_TABLE: &str = "data/rows.csv";
const REPORT: &str = "data/discrepancies.json";
const REPORT_TABLE: &str = "data/discrepancies.csv";
const SOURCES: &str = "data/sources/";

/// Why a bundle is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fault {
    /// A file that every bundle has is missing.
    Missing { file: String },
    /// A file is not what the manifest says.
    Changed { file: String },
    /// A file that no manifest lists.
    Extra { file: String },
    /// A name that must not stand in a bag.
    UnsafeName { file: String },
    /// A tag file is not written as payproof writes it.
    TagFile { file: String },
    /// A file of ours that cannot be read.
    Unreadable { file: String },
    /// Report and rows name other files or days.
    SourcesDiffer,
    /// A table says something else than the JSON beside it.
    TableDiffers { file: String },
    /// The cells of a row do not say its day.
    RowDay { line: u32 },
    /// The cells of a row do not say its amount.
    RowAmount { line: u32 },
    /// A row that no case cites.
    RowUncited { line: u32 },
    /// A line of a case that the rows do not carry.
    LineMissing { case: String, line: u32 },
    /// An amount that is none.
    NoAmount { case: String },
    /// An amount that does not follow from the rows of its case.
    NotFromRows { case: String, money: String },
    /// More at stake than was paid, or at stake without a claim.
    StakeTooLarge { case: String },
    /// Sums or counts that are not those of the cases.
    SumsDiffer,
    /// A source file that is not one of those cited.
    SourceUnknown { file: String },
}

/// What became of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Why it is not valid; empty for a valid bundle.
    pub faults: Vec<Fault>,
    /// Number of files.
    pub files: usize,
    /// Number of cases.
    pub cases: usize,
    /// Number of rows.
    pub rows: usize,
    /// At stake over all cases, per currency.
    pub at_stake: Vec<String>,
    /// Cases that rest on something not being there, with the sentence that says so.
    pub absences: Vec<(String, String)>,
}

/// Checks the files of a bundle by their names; `None` where they are no bundle of payproof's.
pub fn verify(files: &BTreeMap<String, Vec<u8>>) -> Option<Verified> {
    let listed = files.get(MANIFEST).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let is_bag = files.contains_key(BAGIT) || files.contains_key(MANIFEST);
    let is_ours = [ROWS, REPORT].iter().any(|name| files.contains_key(*name) || listed.contains(name));
    if !is_bag || !is_ours {
        return None;
    }
    let mut faults = Vec::new();
    check_tags(files, &mut faults);
    check_payload(files, &mut faults);
    let mut verified =
        Verified { faults, files: files.len(), cases: 0, rows: 0, at_stake: Vec::new(), absences: Vec::new() };
    check_content(files, &mut verified);
    Some(verified)
}

/// The tag files: each is exactly what it must be, given the rest.
fn check_tags(files: &BTreeMap<String, Vec<u8>>, faults: &mut Vec<Fault>) {
    for name in [BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, ROWS, ROWS_TABLE, REPORT, REPORT_TABLE, "data/README.txt"] {
        if !files.contains_key(name) {
            faults.push(Fault::Missing { file: name.to_string() });
        }
    }
    let mut expect = |name: &str, fits: bool| {
        if files.contains_key(name) && !fits {
            faults.push(Fault::TagFile { file: name.to_string() });
        }
    };
    let is = |name: &str, text: &str| files.get(name).is_some_and(|bytes| bytes == text.as_bytes());
    expect(BAGIT, is(BAGIT, BAGIT_TEXT));
    let info = files.get(BAG_INFO).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    expect(BAG_INFO, info.lines().any(|line| line == format!("Payload-Oxum: {}", payload_oxum(files))));
    expect(MANIFEST, is(MANIFEST, &manifest(files, is_payload)));
    expect(TAG_MANIFEST, is(TAG_MANIFEST, &manifest(files, is_tag)));
}

/// Every file against the line that lists it, so that a fault is named where it is.
fn check_payload(files: &BTreeMap<String, Vec<u8>>, faults: &mut Vec<Fault>) {
    let read = |name: &str| files.get(name).and_then(|bytes| read_manifest(std::str::from_utf8(bytes).ok()?));
    let mut listed = read(MANIFEST).unwrap_or_default();
    listed.retain(|name, _| is_payload(name));
    let mut tags = read(TAG_MANIFEST).unwrap_or_default();
    tags.retain(|name, _| is_tag(name));
    listed.append(&mut tags);
    for (name, digest) in &listed {
        match files.get(name) {
            None if is_safe_name(name) => faults.push(Fault::Missing { file: name.clone() }),
            None => faults.push(Fault::UnsafeName { file: name.clone() }),
            Some(bytes) if sha256(bytes) != *digest => faults.push(Fault::Changed { file: name.clone() }),
            Some(_) => {}
        }
    }
    for name in files.keys().filter(|name| *name != TAG_MANIFEST) {
        if !is_safe_name(name) {
            faults.push(Fault::UnsafeName { file: name.clone() });
        } else if !listed.contains_key(name) {
            faults.push(Fault::Extra { file: name.clone() });
        }
    }
}

/// What the bundle says: rows, report, tables, sources.
fn check_content(files: &BTreeMap<String, Vec<u8>>, verified: &mut Verified) {
    let rows = files.get(ROWS).and_then(|bytes| serde_json::from_slice::<Rows>(bytes).ok());
    let rows = rows.filter(|rows| rows.schema == SCHEMA);
    let report: Option<Report> = files.get(REPORT).and_then(|bytes| figures::read_report(bytes));
    for (name, is_read) in [(ROWS, rows.is_some()), (REPORT, report.is_some())] {
        if !is_read && files.contains_key(name) {
            verified.faults.push(Fault::Unreadable { file: name.to_string() });
        }
    }
    let (Some(rows), Some(report)) = (rows, report) else { return };
    verified.faults.extend(figures::check(&report, &rows));
    let tables = [
        (ROWS, files.get(ROWS).is_some_and(|bytes| bytes == rows.json().as_bytes())),
        (ROWS_TABLE, files.get(ROWS_TABLE).is_none_or(|bytes| bytes == rows.csv().as_bytes())),
        (REPORT_TABLE, files.get(REPORT_TABLE).is_none_or(|bytes| figures::table_agrees(&report, bytes))),
    ];
    let differing = tables.into_iter().filter(|(_, agrees)| !agrees);
    verified.faults.extend(differing.map(|(file, _)| Fault::TableDiffers { file: file.to_string() }));
    let known: BTreeSet<&str> = rows.sources.iter().map(|source| source.sha256.as_str()).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with(SOURCES)) {
        if !known.contains(sha256(bytes).as_str()) {
            verified.faults.push(Fault::SourceUnknown { file: name.clone() });
        }
    }
    verified.cases = report.cases.len();
    verified.rows = rows.rows.len();
    verified.at_stake = report.at_stake();
    verified.absences = report.absences();
}

impl Fault {
    /// The fault as a sentence. Names come from a bundle that nobody has vouched for, so they are made harmless.
    pub fn text(&self, lang: Lang) -> String {
        let name = |file: &String| clean(file).into_owned();
        match self {
            Fault::Missing { file } => say::bundle_missing(lang, name(file)),
            Fault::Changed { file } => say::bundle_changed(lang, name(file)),
            Fault::Extra { file } => say::bundle_extra(lang, name(file)),
            Fault::UnsafeName { file } => say::bundle_unsafe_name(lang, name(file)),
            Fault::TagFile { file } => say::bundle_tag_file(lang, name(file)),
            Fault::Unreadable { file } => say::bundle_unreadable(lang, name(file)),
            Fault::SourcesDiffer => say::bundle_sources_differ(lang),
            Fault::TableDiffers { file } => say::bundle_table_differs(lang, name(file)),
            Fault::RowDay { line } => say::bundle_row_day(lang, line),
            Fault::RowAmount { line } => say::bundle_row_amount(lang, line),
            Fault::RowUncited { line } => say::bundle_row_uncited(lang, line),
            Fault::LineMissing { case, line } => say::bundle_line_missing(lang, name(case), line),
            Fault::NoAmount { case } => say::bundle_no_amount(lang, name(case)),
            Fault::NotFromRows { case, money } => say::bundle_not_from_rows(lang, name(case), name(money)),
            Fault::StakeTooLarge { case } => say::bundle_stake_too_large(lang, name(case)),
            Fault::SumsDiffer => say::bundle_sums_differ(lang),
            Fault::SourceUnknown { file } => say::bundle_source_unknown(lang, name(file)),
        }
    }
}

impl Verified {
    /// What was checked and what the bundle alone cannot show, one statement a line.
    pub fn text(&self, lang: Lang) -> String {
        let mut lines = Vec::new();
        if self.faults.is_empty() {
            lines.push(say::bundle_valid(lang));
            lines.push(say::bundle_checked_files(lang, self.files));
            lines.push(say::bundle_checked_figures(lang, self.cases, self.rows));
            let sums: Vec<String> = self.at_stake.iter().map(|sum| clean(sum).into_owned()).collect();
            lines.push(say::bundle_total(lang, say::list(lang, &sums)));
        } else {
            lines.push(say::bundle_not_valid(lang));
            lines.extend(self.faults.iter().map(|fault| format!("- {}", fault.text(lang))));
        }
        if !self.absences.is_empty() {
            lines.push(say::bundle_absences(lang));
            lines.extend(self.absences.iter().map(|(case, text)| format!("- {}: {}", clean(case), clean(text))));
        }
        lines.join("\n") + "\n"
    }
}
