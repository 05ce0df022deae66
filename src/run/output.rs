//! The file that the user asked for: written beside its place, for its owner alone, then moved there whole.

use super::RunError;
use crate::settings::SettingsError;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a text to a file. A full disk or a kill leaves the old file, never half a new one.
///
/// # Errors
/// The place cannot be written to.
pub fn write(path: &Path, text: &str) -> Result<(), RunError> {
    let temporary = beside(path);
    let written = write_new(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // Nothing of it stays behind; that it may not be there to remove is no second error.
        let _ = fs::remove_file(&temporary);
        output_error(&path.to_string_lossy(), &error)
    })
}

/// The error of an output that could not be written.
pub fn output_error(place: &str, error: &io::Error) -> RunError {
    RunError::Settings(SettingsError {
        message: format!("cannot write to {place}: {error}"),
        hint: "name a file in a folder that you may write to".to_string(),
    })
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
