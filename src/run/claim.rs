//! From a judged set of files to a bundle: the cited rows are read again, everything private is taken out, the rest is
//! packed, checked and written.

use super::bundle::write_bundle;
use super::input::Place;
use super::readers::Readers;
use super::reading::{Desk, Keep};
use super::{Prepared, Progress, RunError, judge, prepare};
use crate::diagnostic::Diagnostic;
use crate::domain::SourceId;
use crate::evidence::{Bag, Claim, ClaimError, PackError, Secret, SourceText, documents, pack, readiness, secret_in};
use crate::normalize::{self, Recognised};
use crate::reconciliation::Reconciliation;
use crate::redaction::Private;
use crate::settings::{ClaimSettings, Settings, SettingsError};
use crate::text::{Lang, catalogue as say, clean};
use crate::vendor::Vendor;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A finished claim, and what to say on the side.
#[derive(Debug)]
pub struct ClaimDone {
    /// Where the bundle lies and what is in it, or what is still missing.
    pub text: String,
    /// What the user should know of the bundle: files under another name, sources included.
    pub asides: Vec<String>,
    /// Findings that changed no figure.
    pub warnings: Vec<Diagnostic>,
}

/// Writes the bundle of the claimable cases, or says what is missing for it where no output is named.
///
/// `program` is this program, which is started again to read PDFs.
///
/// # Errors
/// As `reconcile`; nothing that can be claimed; something private in a finished file; an output that cannot be
/// written, or is there already.
pub fn claim(claim: ClaimSettings, program: PathBuf, progress: &mut dyn Progress) -> Result<ClaimDone, RunError> {
    let ClaimSettings { settings, choice, output, include_sources, force } = claim;
    let readers = Readers::new(program);
    let prepared = prepare(settings, &readers, progress)?;
    let lang = prepared.settings.lang;
    let files = Files::of(&prepared, readers);
    let done = judge(prepared)?;
    let whole = &done.reconciliation;
    let claim = match Claim::wanted(whole, &choice) {
        Ok(wanted) => Claim::new(whole, &choice, &files.read(whole, &wanted)?, &files.vendor),
        Err(error) => Err(error),
    };
    let Some(output) = output else {
        return match claim {
            Ok(claim) => Ok(ClaimDone::saying(readiness(whole, Some(&claim), lang), done.warnings)),
            Err(ClaimError::NothingClaimable) => Ok(ClaimDone::saying(readiness(whole, None, lang), done.warnings)),
            Err(error) => Err(error.into()),
        };
    };
    let claim = claim?;
    let (sources, left_out) = if include_sources { files.whole(whole, &claim)? } else { Default::default() };
    let count = sources.len();
    let papers = documents(&claim, lang, &files.vendor).map_err(|error| {
        let hint = "claim single cases with --case ID; if that does not help, please report it".to_string();
        failed(format!("the documents cannot be written as PDF: {error}"), hint)
    })?;
    let bag = pack(&claim, lang, papers, sources).map_err(|error| refused(&error, lang))?;
    write_bundle(&output, &bag, force)?;
    let renamed = claim.renamed.iter().map(|file| say::bundle_renamed(lang, clean(&file.from), &file.to));
    let left_out = left_out.into_iter().map(|(name, secret)| match secret {
        Secret::Link => say::bundle_source_with_link(lang, clean(&name)),
        Secret::Token => say::bundle_source_with_token(lang, clean(&name)),
    });
    let included = (count > 0).then(|| say::bundle_sources_included(lang, count));
    Ok(ClaimDone {
        text: written(&output, &claim, &bag, lang),
        asides: renamed.chain(included).chain(left_out).collect(),
        warnings: done.warnings,
    })
}

impl ClaimDone {
    fn saying(text: String, warnings: Vec<Diagnostic>) -> ClaimDone {
        ClaimDone { text, asides: Vec::new(), warnings }
    }
}

fn written(output: &Path, claim: &Claim, bag: &Bag, lang: Lang) -> String {
    let mut lines = vec![
        say::bundle_written(lang, clean(&output.to_string_lossy())),
        say::bundle_holds(lang, claim.reconciliation.cases.len(), claim.rows.rows.len(), bag.files.len()),
    ];
    lines.extend(bag.files.keys().map(|name| format!("  {name}")));
    lines.join("\n") + "\n"
}

/// Things by the names of files.
type Named<T> = Vec<(String, T)>;

/// The files that were read, to be opened again.
struct Files {
    settings: Settings,
    vendor: Vendor,
    readers: Readers,
    places: Vec<Place>,
}

impl Files {
    fn of(prepared: &Prepared, readers: Readers) -> Files {
        let Prepared { settings, vendor, material, .. } = prepared;
        Files { settings: settings.clone(), vendor: vendor.clone(), readers, places: material.places.clone() }
    }

    /// The cited rows of every file, which must be the file that was judged.
    fn read(&self, whole: &Reconciliation, wanted: &BTreeMap<SourceId, BTreeSet<u32>>) -> Result<SourceText, RunError> {
        let mut tables = SourceText::new();
        for (id, lines) in wanted {
            let index = usize::try_from(id.0).unwrap_or(usize::MAX);
            let shown = whole.sources.get(index).map(|file| file.path.clone()).unwrap_or_default();
            let bytes = self.bytes(whole, index)?;
            let (settings, vendor, readers) = (&self.settings, &self.vendor, &self.readers);
            let desk = Desk { settings, vendor, readers, keep: Keep::Relevant };
            let cite = |options: &normalize::Options| match normalize::recognise(&shown, &bytes, options) {
                Recognised::Ours(document) => normalize::cite(&document, lines, options).map_err(RunError::Files),
                Recognised::NotOurs | Recognised::Unclear(_) | Recognised::Unread(_) => Err(changed(&shown)),
            };
            tables.insert(*id, desk.with(&shown, false, cite)?);
        }
        Ok(tables)
    }

    /// The bytes of a file, which must not have changed since it was judged.
    fn bytes(&self, whole: &Reconciliation, index: usize) -> Result<Vec<u8>, RunError> {
        let file = whole.sources.get(index).zip(self.places.get(index));
        let Some((file, place)) = file else { return Err(changed("?")) };
        let bytes = place.read(&file.path).map_err(|_| changed(&file.path))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if digest == file.digest() { Ok(bytes) } else { Err(changed(&file.path)) }
    }

    /// Whole files under the names that they have in the bundle, and those that open an account and stay out of it.
    fn whole(&self, whole: &Reconciliation, claim: &Claim) -> Result<(Named<Vec<u8>>, Named<Secret>), RunError> {
        let (mut sources, mut left_out) = (Vec::new(), Vec::new());
        for (name, digest) in claim.files() {
            let index = whole.sources.iter().position(|file| file.digest() == digest).unwrap_or(usize::MAX);
            let (name, bytes) = (name.replace(' ', "_"), self.bytes(whole, index)?);
            match secret_in(&bytes) {
                Some(secret) => left_out.push((name, secret)),
                None => sources.push((name, bytes)),
            }
        }
        Ok((sources, left_out))
    }
}

fn changed(file: &str) -> RunError {
    let finding = Diagnostic::error("file-changed", file, "the file is no longer the one that was judged");
    RunError::Files(vec![finding.hint("leave the files alone while the bundle is made, and run again")])
}

fn failed(message: String, hint: String) -> RunError {
    RunError::Settings(SettingsError { message, hint })
}

impl From<ClaimError> for RunError {
    fn from(error: ClaimError) -> RunError {
        match error {
            ClaimError::NothingClaimable => failed(
                "no purchase in these files can be claimed".to_string(),
                "`payproof claim --check` says what is too early; `payproof reconcile` shows every verdict".to_string(),
            ),
            ClaimError::NoSuchCase { id, claimable } => failed(
                format!("no purchase `{}` can be claimed", clean(&id)),
                match claimable.is_empty() {
                    true => "no purchase in these files can be claimed".to_string(),
                    false => format!("those that can: {}", claimable.join(", ")),
                },
            ),
            ClaimError::NoSuchField { field, known } => failed(
                format!("no cited file has a column `{}`", clean(&field)),
                format!("name a column by its title, or by what it holds: {}", known.join(", ")),
            ),
            ClaimError::RowGone { file, .. } => changed(&file),
        }
    }
}

/// Why a bag was not made: what was found and where, never the value.
fn refused(error: &PackError, lang: Lang) -> RunError {
    match error {
        PackError::Private(leaks) => {
            let finding = |leak: &crate::evidence::Leak| {
                let what = match leak.what {
                    Some(Private::Card) => say::bundle_private_card(lang),
                    Some(Private::Iban) => say::bundle_private_iban(lang),
                    Some(Private::Phone) => say::bundle_private_phone(lang),
                    Some(Private::Identity) => say::bundle_private_identity(lang),
                    Some(Private::Mail) => say::bundle_private_mail(lang),
                    None => "something that cannot be looked into".to_string(),
                };
                Diagnostic::error("private", &leak.file, format!("the finished file holds {what}; nothing was written"))
                    .hint(
                        "leave out what you added with --show; otherwise this is a fault of payproof: please report it",
                    )
            };
            RunError::Files(leaks.iter().map(finding).collect())
        }
        PackError::Name(name) => failed(
            format!("`{}` cannot be the name of a file in a bundle", clean(name)),
            "rename the source file to letters, digits, `-`, `_` and `.`".to_string(),
        ),
        PackError::TooLarge => {
            failed("the bundle would be too large".to_string(), "claim single cases with --case ID".to_string())
        }
    }
}
