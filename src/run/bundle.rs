//! Bundles on disk: written beside their place, checked, then moved there whole; read without following anything out.

use super::RunError;
use super::output::output_error;
use crate::evidence::{ArchiveError, Bag, Limits, Verified, read_archive, verify as check, write_archive};
use crate::settings::SettingsError;
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

type Files = BTreeMap<String, Vec<u8>>;

/// What became of a check.
#[derive(Debug)]
pub enum Checked {
    /// It is a bundle; whether it is valid stands inside.
    Bundle(Verified),
    /// It must not be unpacked, or cannot be.
    Refused(ArchiveError),
    /// It is no bundle.
    NotABundle,
}

/// Checks a bundle, a folder or a ZIP file.
///
/// # Errors
/// It cannot be opened.
pub fn verify(path: &Path) -> Result<Checked, RunError> {
    let unreadable = |error: io::Error| RunError::Files(vec![super::unreadable(&path.to_string_lossy(), &error)]);
    let found = fs::metadata(path).map_err(unreadable)?;
    let read = if found.is_dir() {
        read_folder(path).map_err(unreadable)?
    } else if found.len() > Limits::BUNDLE.bytes.saturating_mul(2) {
        Err(ArchiveError::TooLarge)
    } else {
        read_archive(&fs::read(path).map_err(unreadable)?)
    };
    Ok(match read {
        Ok(files) => check(&files).map_or(Checked::NotABundle, Checked::Bundle),
        Err(ArchiveError::NoArchive) => Checked::NotABundle,
        Err(error) => Checked::Refused(error),
    })
}

/// Writes a bag to a folder, or to a ZIP file where the name ends so.
pub(super) fn write_bundle(output: &Path, bag: &Bag, force: bool) -> Result<(), RunError> {
    let is_archive = output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    may_write(output, is_archive, force)?;
    let failed = |error: &io::Error| output_error(&output.to_string_lossy(), error);
    let temporary = Temporary(beside(output, "part").ok_or_else(|| occupied(output, "it names no file or folder"))?);
    let files = if is_archive {
        let bytes = write_archive(&bag.files).map_err(|_| unsound(output))?;
        write_file(&temporary.0, &bytes).map_err(|error| failed(&error))?;
        let written = fs::read(&temporary.0).map_err(|error| failed(&error))?;
        read_archive(&written)
    } else {
        write_folder(&temporary.0, &bag.files).map_err(|error| failed(&error))?;
        read_folder(&temporary.0).map_err(|error| failed(&error))?
    };
    // What was written is read back and must stand up to our own check before anybody sees it.
    let is_sound =
        files.is_ok_and(|files| files == bag.files && check(&files).is_some_and(|verified| verified.faults.is_empty()));
    if !is_sound {
        return Err(unsound(output));
    }
    may_write(output, is_archive, force)?;
    replace(&temporary.0, output, is_archive).map_err(|error| failed(&error))
}

/// A place beside the output that is cleared away whatever happens.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // After the move there is nothing left to clear away; that is no error.
        let _ = match fs::symlink_metadata(&self.0) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&self.0),
            Ok(_) => fs::remove_file(&self.0),
            Err(_) => Ok(()),
        };
    }
}

fn beside(output: &Path, what: &str) -> Option<PathBuf> {
    let name = output.file_name()?.to_string_lossy();
    Some(output.with_file_name(format!(".{name}.{}.{what}", std::process::id())))
}

/// Whether the output is free, or may be replaced: a file, an empty folder, or a folder that is a bag.
fn may_write(output: &Path, is_archive: bool, force: bool) -> Result<(), RunError> {
    let Ok(found) = fs::symlink_metadata(output) else { return Ok(()) };
    if !force {
        return Err(occupied(output, "it exists already"));
    }
    let is_empty = || fs::read_dir(output).is_ok_and(|mut entries| entries.next().is_none());
    let may = match is_archive {
        true => found.is_file(),
        false => found.is_dir() && (output.join("bagit.txt").is_file() || is_empty()),
    };
    if may { Ok(()) } else { Err(occupied(output, "what stands there is no bundle")) }
}

fn occupied(output: &Path, why: &str) -> RunError {
    RunError::Settings(SettingsError {
        message: format!("cannot write to {}: {why}", output.to_string_lossy()),
        hint: "name another place, or replace a bundle with --force".to_string(),
    })
}

fn unsound(output: &Path) -> RunError {
    RunError::Settings(SettingsError {
        message: format!("the bundle for {} does not stand up to its own check", output.to_string_lossy()),
        hint: "nothing was written; this is a fault of payproof: please report it".to_string(),
    })
}

/// Moves the finished bundle to its place; an old one is set aside first and put back should the move fail.
fn replace(from: &Path, output: &Path, is_archive: bool) -> io::Result<()> {
    if is_archive || fs::symlink_metadata(output).is_err() {
        return fs::rename(from, output);
    }
    let aside = beside(output, "old").ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    fs::rename(output, &aside)?;
    match fs::rename(from, output) {
        Ok(()) => fs::remove_dir_all(&aside),
        Err(error) => {
            // The first error is the one to tell of.
            let _ = fs::rename(&aside, output);
            Err(error)
        }
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn write_folder(folder: &Path, files: &Files) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    builder.recursive(true);
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            builder.create(parent)?;
        }
        write_file(&path, bytes)?;
    }
    Ok(())
}

/// The files of a folder by their names below it. Links and special files are not followed: they are refused.
fn read_folder(folder: &Path) -> io::Result<Result<Files, ArchiveError>> {
    let mut files = Files::new();
    let mut left = Limits::BUNDLE.bytes;
    let mut open = vec![(folder.to_path_buf(), String::new(), 0usize)];
    while let Some((path, below, depth)) = open.pop() {
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let found = fs::symlink_metadata(entry.path())?;
            let Some(name) = entry.file_name().to_str().map(|name| format!("{below}{name}")) else {
                return Ok(Err(ArchiveError::Unsafe));
            };
            if found.is_dir() && depth < Limits::BUNDLE.depth {
                open.push((entry.path(), format!("{name}/"), depth + 1));
            } else if !found.is_file() {
                return Ok(Err(ArchiveError::Unsafe));
            } else if found.len() > left || files.len() >= Limits::BUNDLE.files {
                return Ok(Err(ArchiveError::TooLarge));
            } else {
                left = left.saturating_sub(found.len());
                files.insert(name, fs::read(entry.path())?);
            }
        }
    }
    Ok(Ok(files))
}
