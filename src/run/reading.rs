//! Every input file read, several at a time; what they hold together does not depend on which was done first.

use super::input::{FILE_BYTES_MAX, FileStore, Input, Place, not_ours, read_bytes, unreadable};
use super::readers::Readers;
use super::{Progress, RunError};
use crate::diagnostic::Diagnostic;
use crate::domain::{Attempt, BillingRecord, Entry, Observation, SourceId, Usage};
use crate::normalize::{self, ReadFile, Recognised};
use crate::reconciliation::Notice;
use crate::settings::Settings;
use crate::source::mail::is_mail;
use crate::source::paper::{Stranger, is_pdf};
use crate::source::{Known, SourceFile, Understanding};
use crate::vendor::Vendor;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// What all files hold together.
#[derive(Default)]
pub(super) struct Material {
    pub files: Vec<SourceFile>,
    /// How each of the files was understood.
    pub understandings: Vec<Understanding>,
    /// Where each of the files lies, for those who need to look into it again.
    pub places: Vec<Place>,
    pub entries: Vec<Entry>,
    pub records: Vec<BillingRecord>,
    pub observations: Vec<Observation>,
    pub attempts: Vec<Attempt>,
    pub usage: Vec<Usage>,
    pub notices: Vec<Notice>,
    pub warnings: Vec<Diagnostic>,
}

/// Which rows of a statement become entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Those that can matter to a purchase.
    Relevant,
    /// All.
    All,
}

/// What came of one file.
enum Outcome {
    Read(Box<ReadFile>),
    Findings(Vec<Diagnostic>),
    Unread(Box<Diagnostic>),
    /// None of ours; with what it is, where that much is known.
    NotOurs(Option<Stranger>),
}

/// What every file is read with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub settings: &'a Settings,
    pub vendor: &'a Vendor,
    pub readers: &'a Readers,
    pub keep: Keep,
}

impl Desk<'_> {
    /// Has a file read as the settings say.
    pub fn with<T>(&self, shown: &str, digested: bool, read: impl FnOnce(&normalize::Options) -> T) -> T {
        let answers = self.settings.stated.answers(shown);
        read(&normalize::Options {
            vendor: self.vendor,
            skip_bad_rows: self.settings.skip_bad_rows,
            keep_all: self.keep == Keep::All,
            digested,
            stated_currency: self.settings.currency_of(shown),
            known: Known { catalogue: self.settings.catalogue(), answers: &answers },
            seen_on: self.settings.seen_on(shown),
            pdf: self.readers,
        })
    }
}

/// Reads every file; `inputs` come in an order that does not depend on how they were given. All findings of all files
/// are collected before the run gives up: nobody wants to mend files one error at a time.
pub(super) fn read_all(desk: &Desk, inputs: &[Input], progress: &mut dyn Progress) -> Result<Material, RunError> {
    progress.begin(inputs.iter().map(|input| input.bytes).sum());
    let outcomes = outcomes(desk, inputs, progress);
    progress.end();
    let mut material = Material::default();
    let mut findings = Vec::new();
    // An archive that was named must hold something of ours, not every file in it.
    let mut archives: BTreeMap<&Path, (&str, bool)> = BTreeMap::new();
    for (input, outcome) in inputs.iter().zip(outcomes.into_values()) {
        if let Some((archive, _)) = input.member.as_ref().filter(|_| input.named) {
            archives.entry(&input.path).or_insert((archive, false)).1 |= !matches!(outcome, Outcome::NotOurs(_));
        }
        match outcome {
            // So may one that hangs on a mail.
            Outcome::Read(read) if desk.settings.billing.complete && !missed(&read).is_empty() => {
                findings.extend(missed(&read));
            }
            Outcome::Read(read) => {
                material.places.push(input.place());
                material.add(*read);
            }
            Outcome::Findings(found) => findings.extend(found),
            // Where the papers are said to be all there are, one that cannot be read may be the one that is missed.
            Outcome::Unread(found) if input.named || desk.settings.billing.complete => findings.push(*found),
            Outcome::Unread(found) => {
                let notice = Notice::PaperUnread { file: input.shown.clone(), code: found.code };
                material.notices.push(notice);
                material.warnings.push(found.as_warning());
            }
            Outcome::NotOurs(kind) if input.named && input.member.is_none() => {
                let said = kind.map(|kind| said_of(kind, desk.vendor));
                findings.push(not_ours(&input.shown, said.as_deref()));
            }
            Outcome::NotOurs(kind) => material.notices.push(Notice::Ignored { file: input.shown.clone(), kind }),
        }
    }
    findings.extend(archives.into_values().filter(|(_, is_ours)| !is_ours).map(|(archive, _)| not_ours(archive, None)));
    if findings.is_empty() { Ok(material) } else { Err(RunError::Files(findings)) }
}

/// What came of each file, by its place in the order. The threads take whole files, so no result depends on another.
fn outcomes(desk: &Desk, inputs: &[Input], progress: &mut dyn Progress) -> BTreeMap<usize, Outcome> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    let next = AtomicUsize::new(0);
    let (done, finished) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (done, next) = (done.clone(), &next);
            scope.spawn(move || {
                while let Some((index, input)) = take(next, inputs) {
                    let digested = desk.settings.digests || may_be_twice(input, inputs);
                    let outcome = desk.with(&input.shown, digested, |options| read_with(input, options));
                    // A closed channel means that nobody waits for the result any more.
                    if done.send((index, outcome)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let mut outcomes = BTreeMap::new();
        for (index, outcome) in finished {
            progress.advance(inputs[index].bytes);
            outcomes.insert(index, outcome);
        }
        outcomes
    })
}

fn take<'a>(next: &AtomicUsize, inputs: &'a [Input]) -> Option<(usize, &'a Input)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    inputs.get(index).map(|input| (index, input))
}

/// Whether another input may hold the same bytes: only then must a digest tell. The size of what lies in an archive is
/// only said.
fn may_be_twice(input: &Input, inputs: &[Input]) -> bool {
    let is_unsure = |input: &Input| input.member.is_some();
    let of_size = inputs.iter().filter(|other| other.bytes == input.bytes || is_unsure(other)).count();
    is_unsure(input) || of_size > 1
}

fn read_with(input: &Input, options: &normalize::Options) -> Outcome {
    match read_pieces(input, options) {
        Ok(Some(Ok(read))) => return Outcome::Read(Box::new(read)),
        Ok(Some(Err(found))) => return Outcome::Findings(found),
        Ok(None) => {}
        Err(error) => return Outcome::Findings(vec![unreadable(&input.shown, &error)]),
    }
    let bytes = match read_bytes(input) {
        Ok(bytes) => bytes,
        Err(finding) => return Outcome::Findings(vec![*finding]),
    };
    read_as(input, &bytes, options)
}

fn read_as(input: &Input, bytes: &[u8], options: &normalize::Options) -> Outcome {
    match normalize::recognise(&input.shown, bytes, options) {
        Recognised::Ours(document) => match normalize::read(document, SourceId(0), options) {
            Ok(read) => Outcome::Read(Box::new(read)),
            Err(found) => Outcome::Findings(found),
        },
        Recognised::Unclear(found) => Outcome::Findings(found),
        Recognised::Unread(found) => Outcome::Unread(Box::new(found)),
        // What is named like a paper and holds none: a download that failed, or a page to log in on.
        Recognised::NotOurs if is_named_pdf(&input.shown) && !is_pdf(bytes) => {
            let finding = Diagnostic::error("paper-unreadable", &input.shown, "the file is named as a PDF and is none");
            Outcome::Unread(Box::new(finding.hint("download it again from the billing page")))
        }
        Recognised::NotOurs => Outcome::NotOurs(kind_of(bytes)),
    }
}

fn is_named_pdf(shown: &str) -> bool {
    Path::new(shown).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// The papers on mails that cannot be read, where the mail itself says nothing of the same.
fn missed(read: &ReadFile) -> Vec<Diagnostic> {
    let is_unread = |finding: &&Diagnostic| matches!(finding.code, "paper-unreadable" | "paper-limit");
    let is_told = |finding: &Diagnostic| read.records.billing.iter().any(|record| record.at.line == finding.line);
    let unread = read.warnings.iter().filter(is_unread).filter(|finding| !is_told(finding));
    unread.cloned().map(Diagnostic::as_error).collect()
}

/// What a file is that is none of ours.
fn kind_of(bytes: &[u8]) -> Option<Stranger> {
    if is_pdf(bytes) { Some(Stranger::Pdf) } else { is_mail(bytes).then_some(Stranger::Mail) }
}

fn said_of(kind: Stranger, vendor: &Vendor) -> String {
    let name = vendor.name();
    match kind {
        Stranger::Pdf => format!("a PDF, but no invoice, receipt or credit note of {name}"),
        Stranger::Mail => format!("mail, but none about what {name} billed"),
    }
}

/// Files from this size on are read piece by piece, where that is possible.
const PIECEWISE_BYTES_MIN: u64 = 1 << 20;

fn read_pieces(input: &Input, options: &normalize::Options) -> io::Result<Option<Result<ReadFile, Vec<Diagnostic>>>> {
    if input.member.is_some() || !(PIECEWISE_BYTES_MIN..=FILE_BYTES_MAX).contains(&input.bytes) {
        return Ok(None);
    }
    normalize::read_pieces(&input.shown, &FileStore::open(&input.path)?, SourceId(0), options)
}

impl Material {
    /// Adds a file as the next source: only now is its place among the files that are ours known.
    fn add(&mut self, mut read: ReadFile) {
        read.renumber(SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX)));
        let file = &read.file.path;
        self.notices.extend(read.resellers.iter().map(|line| Notice::ResellerRow { file: file.clone(), line: *line }));
        self.notices.extend(read.mentions.iter().map(|line| Notice::MentionRow { file: file.clone(), line: *line }));
        let doubted = |(line, doubt): &(u32, _)| Notice::MailDoubted { file: file.clone(), line: *line, doubt: *doubt };
        self.notices.extend(read.doubts.iter().map(doubted));
        self.warnings.extend(read.warnings);
        self.files.push(read.file);
        self.understandings.push(read.understanding);
        self.entries.extend(read.records.entries);
        self.records.extend(read.records.billing);
        self.observations.extend(read.records.observations);
        self.attempts.extend(read.records.attempts);
        self.usage.extend(read.records.usage);
    }
}
