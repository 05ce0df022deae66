//! Reference rates from the files that the user names, and what they know.

use super::RunError;
use super::input::unreadable;
use crate::diagnostic::Diagnostic;
use crate::rates::{Rates, RatesError};
use crate::report;
use crate::text::Lang;
use std::fs;
use std::path::{Path, PathBuf};

/// The word that names the built-in table among files: `--rates built-in --rates eurofxref.csv`.
const BUILT_IN: &str = "built-in";

/// The built-in reference rates, or those of the files named, in the order in which they are asked.
pub(super) fn rates_of(files: &[PathBuf]) -> Result<Rates, RunError> {
    if files.is_empty() {
        return Ok(Rates::embedded());
    }
    let mut all = Rates::default();
    for path in files {
        let further = if path.as_path() == Path::new(BUILT_IN) { Rates::embedded() } else { read(path)? };
        all = all.and(further).map_err(|error| refused(&error))?;
    }
    Ok(all)
}

fn read(path: &Path) -> Result<Rates, RunError> {
    let shown = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| RunError::Files(vec![unreadable(&shown, &error)]))?;
    Rates::parse(&text, &shown).map_err(|error| refused(&error))
}

fn refused(error: &RatesError) -> RunError {
    let finding = Diagnostic::error("rates", &error.name, error.to_string());
    RunError::Files(vec![finding.hint(error.hint())])
}

/// What the reference rates know, and how to bring them up to date.
///
/// # Errors
/// A file that cannot be read.
pub fn rates(files: &[PathBuf], lang: Lang, columns: usize) -> Result<String, RunError> {
    Ok(report::holdings(&rates_of(files)?.holdings(), lang, columns))
}
