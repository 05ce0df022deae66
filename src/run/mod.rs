//! The pipeline, top to bottom: the only place that opens files.

mod aside;
mod bundle;
mod claim;
mod input;
mod listing;
mod output;
mod pages;
mod rates;
mod readers;
mod reading;

pub use aside::{explain, formats, template};
pub use bundle::{Checked, verify};
pub use claim::{ClaimDone, claim};
pub use listing::{InspectDone, ListDone, entries, inspect};
pub use output::{output_error, write};
pub use rates::{needed, rates};
pub use readers::{READ_PAPERS, read_papers};

use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::domain::{SourceId, SourceRef};
use crate::fx::{ConversionTaxes, Profile};
use crate::matching::{Contradiction, JoinInput, Papers, Yardstick, identify, join_charges, join_refunds, movements};
use crate::payment::{self, Direction, Ledger};
use crate::rates::Rates;
use crate::reconciliation::{Expiry, Notice, Parts, RatesUsed, Reconciliation};
use crate::settings::{CONFIG_NAME, Settings, SettingsError};
use crate::source::{Catalogue, SourceFile, SourceSide};
use crate::vendor::Vendor;
use crate::verdict::{self, Context};
use input::{Input, inputs, unreadable};
use rates::rates_of;
use readers::Readers;
use reading::{Desk, Keep, Material, read_all};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

/// Told how far the reading has come.
pub trait Progress {
    /// Reading begins: this many bytes in all.
    fn begin(&mut self, bytes: u64);
    /// One more file of this many bytes was read.
    fn advance(&mut self, bytes: u64);
    /// Reading is over.
    fn end(&mut self);
}

/// Why a run ended without a result.
#[derive(Debug)]
pub enum RunError {
    /// The settings cannot be used.
    Settings(SettingsError),
    /// Files that cannot be read as they are; every finding of every file.
    Files(Vec<Diagnostic>),
}

impl From<SettingsError> for RunError {
    fn from(error: SettingsError) -> RunError {
        RunError::Settings(error)
    }
}

/// A finished run: the value and what to say on the side.
#[derive(Debug)]
pub struct Done {
    /// The result.
    pub reconciliation: Reconciliation,
    /// Findings that changed no figure.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the files, follows every purchase and gives the verdicts.
///
/// `program` is this program, which is started again to read PDFs.
///
/// # Errors
/// Settings that cannot be used; files that cannot be opened or understood. Then there is no partial result.
pub fn reconcile(settings: Settings, program: PathBuf, progress: &mut dyn Progress) -> Result<Done, RunError> {
    judge(prepare(settings, &Readers::new(program), progress)?)
}

/// Everything that was read, before anything is concluded from it.
struct Prepared {
    settings: Settings,
    rates: Rates,
    vendor: Vendor,
    material: Material,
}

/// Settles the settings and reads every file.
fn prepare(mut settings: Settings, readers: &Readers, progress: &mut dyn Progress) -> Result<Prepared, RunError> {
    let inputs = inputs(&settings.paths)?;
    let config = add_config(&mut settings, &inputs)?;
    add_layouts(&mut settings)?;
    let (rates, vendor, material) = thread::scope(|scope| {
        // What the files are read with is made first, what they are held against behind it and beside the reading.
        let (made, vendor) = mpsc::channel();
        let paths = &settings.rates;
        let rates = scope.spawn(move || {
            // Somebody waits for it.
            let _ = made.send(Vendor::embedded());
            rates_of(paths)
        });
        crate::source::layouts();
        let vendor = vendor.recv().unwrap_or_else(|_| Vendor::embedded());
        let desk = Desk { settings: &settings, vendor: &vendor, readers, keep: Keep::Relevant };
        let material = read_all(&desk, &inputs, progress);
        (rates.join().unwrap_or_else(|panic| resume_unwind(panic)), vendor, material)
    });
    let (rates, mut material) = (rates?, material?);
    material.notices.extend(config);
    Ok(Prepared { settings, rates, vendor, material })
}

/// Follows every purchase and gives the verdicts.
fn judge(prepared: Prepared) -> Result<Done, RunError> {
    let Prepared { settings, rates, vendor, mut material } = prepared;
    pages::keep_only_whole_lists(&mut material);
    let bands = settings.bands.clone();
    let as_of = match settings.as_of.or_else(|| material.files.iter().filter_map(|file| file.newest_day).max()) {
        Some(day) => day,
        None => return Err(undated().into()),
    };
    let mut ledger = payment::build(&material.files, material.entries, &vendor);
    set_channels(&mut ledger, &settings.profiles, &material.files);
    let single = single_papers(&material.files);
    let papers = Papers::build(material.records, material.observations, material.attempts, &single);
    let notices = material.notices.iter().cloned().chain(disagreements(&papers, &material.files)).collect();
    let coverage = Coverage::new(&material.files, &settings.billing, &papers.records);
    let taxes = ConversionTaxes::embedded();
    let yardstick = Yardstick::new(&rates, &bands, &taxes).ok_or_else(|| SettingsError {
        message: "the file with reference rates holds no rate".to_string(),
        hint: "give the ECB's history file, eurofxref-hist.csv".to_string(),
    })?;
    let accounts = &settings.billing.accounts;

    let mut charges = movements(&ledger, Direction::Charge, &yardstick);
    let mut refunds = movements(&ledger, Direction::Refund, &yardstick);
    let input = JoinInput { ledger: &ledger, papers: &papers, yardstick: &yardstick, accounts };
    identify(&input, &mut charges, &mut refunds);
    let joins = join_charges(&input, &charges);
    let refund_joins = join_refunds(&input, &charges, &refunds, &joins);
    let mut context = Context {
        ledger: &ledger,
        papers: &papers,
        usage: &material.usage,
        coverage: &coverage,
        yardstick: &yardstick,
        vendor: &vendor,
        profiles: &settings.profiles,
        accounts,
        as_of,
        grant_of: vec![None; charges.len()],
        awaiting_rate: vec![None; charges.len()],
        charges,
        refunds,
        joins,
        refund_joins,
    };
    context.join_grants();
    context.join_without_rate();
    let cases = verdict::judge(&context);

    let mut sources = material.files.clone();
    for (index, source) in sources.iter_mut().enumerate() {
        let id = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
        // Papers that the user says are complete are a list.
        source.is_list |= coverage.is_list(id);
        source.survey.covers = source.survey.covers.or_else(|| coverage.list_period(id, &papers.records, as_of));
    }
    let reconciliation = Reconciliation::assemble(Parts {
        as_of,
        sources,
        ledger: &ledger,
        notices,
        renewals: verdict::renewals(&context, &cases),
        expiries: settings.profiles.iter().filter_map(Expiry::of).filter(|expiry| expiry.on >= as_of).collect(),
        cases,
        rates: rates.holdings().into_iter().map(RatesUsed::from).collect(),
    });
    Ok(Done { reconciliation, warnings: material.warnings })
}

/// Where papers of one purchase contradict each other.
fn disagreements(papers: &Papers, files: &[SourceFile]) -> Vec<Notice> {
    let place = |at: SourceRef| (files[at.source.0 as usize].path.clone(), at.line);
    let notice = |found: &Contradiction| Notice::PapersDisagree {
        number: found.number.clone(),
        said: found.said,
        first: place(found.first),
        second: place(found.second),
    };
    papers.contradictions.iter().map(notice).collect()
}

/// The files that hold single papers, which stand for themselves and never for the whole history.
fn single_papers(files: &[SourceFile]) -> BTreeSet<SourceId> {
    let single = files.iter().enumerate().filter(|(_, file)| file.side == SourceSide::Billing && !file.is_list);
    single.map(|(index, _)| SourceId(u32::try_from(index).unwrap_or(u32::MAX))).collect()
}

/// Gives each instrument the channel that the user's description names.
fn set_channels(ledger: &mut Ledger, profiles: &[Profile], files: &[SourceFile]) {
    for instrument in &mut ledger.instruments {
        let names: Vec<&str> = instrument.files.iter().map(|id| files[id.0 as usize].path.as_str()).collect();
        let described = profiles.iter().find(|profile| profile.describes(instrument.card, &names));
        if let Some(channel) = described.and_then(|profile| profile.channel.clone()) {
            instrument.channel = channel;
        }
    }
}

fn undated() -> SettingsError {
    SettingsError {
        message: "no file holds a dated row, so there is no day as of which to judge".to_string(),
        hint: "give files with rows, or say the day with --as-of YYYY-MM-DD".to_string(),
    }
}

/// Adds the config file that was named, or else the one found beside the inputs, which is announced.
fn add_config(settings: &mut Settings, inputs: &[Input]) -> Result<Option<Notice>, RunError> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| RunError::Files(vec![unreadable(&path.to_string_lossy(), &error)]))
    };
    if let Some(path) = settings.config.clone() {
        settings.add_config(&read(&path)?, path.parent().unwrap_or(Path::new("")))?;
        return Ok(None);
    }
    let folders = settings.paths.iter().filter(|path| path.is_dir()).cloned();
    let parents =
        inputs.iter().filter(|input| input.named).filter_map(|input| input.path.parent().map(Path::to_path_buf));
    let mut found: Vec<PathBuf> =
        folders.chain(parents).map(|folder| folder.join(CONFIG_NAME)).filter(|path| path.is_file()).collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [] => Ok(None),
        [path] => {
            let text = read(path)?;
            settings.add_config(&text, path.parent().unwrap_or(Path::new("")))?;
            let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(Some(Notice::ConfigFound { file: CONFIG_NAME.to_string(), sha256 }))
        }
        _ => Err(RunError::Settings(SettingsError {
            message: format!("{} config files stand beside the inputs", found.len()),
            hint: "say which one counts with --config FILE".to_string(),
        })),
    }
}

/// Adds the user's own layouts, the files of a folder in the order of their names.
fn add_layouts(settings: &mut Settings) -> Result<(), RunError> {
    let Some(folder) = settings.layouts.clone() else { return Ok(()) };
    let shown = folder.to_string_lossy().into_owned();
    let unread = |error: std::io::Error| RunError::Files(vec![unreadable(&shown, &error)]);
    let listed = fs::read_dir(&folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()).map_err(unread)?;
    let is_layout = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let mut paths: Vec<PathBuf> = listed.iter().map(|entry| entry.path()).filter(is_layout).collect();
    paths.sort();
    let texts = paths.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>().map_err(unread)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let catalogue = Catalogue::with(&texts).map_err(|problem| SettingsError {
        message: format!("{shown}: {problem}"),
        hint: "a layout is a TOML file; README.md shows one".to_string(),
    })?;
    settings.catalogue = Some(Arc::new(catalogue));
    Ok(())
}

impl RunError {
    /// The findings in the layout of diagnostics, for standard error.
    pub fn render(&self) -> String {
        match self {
            RunError::Files(findings) => crate::diagnostic::render_all(findings),
            RunError::Settings(error) => format!("error: {}\n  = hint: {}\n", error.message, error.hint),
        }
    }
}
