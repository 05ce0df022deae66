//! The files behind the paths given.

use super::RunError;
use crate::diagnostic::Diagnostic;
use crate::settings::CONFIG_NAME;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders inside folders deeper than this are not followed: no export nests so deep, a link that leads to itself does.
const FOLDER_DEPTH_MAX: usize = 16;
/// Largest file that is read.
const FILE_BYTES_MAX: u64 = 8 << 30;

/// The file by which a folder is known as a bag (RFC 8493).
const BAG_DECLARATION: &str = "bagit.txt";

/// One input file.
pub(super) struct Input {
    /// Base name of a file given, path below a folder given.
    pub shown: String,
    pub path: PathBuf,
    /// Whether the user named the file itself.
    pub named: bool,
    pub bytes: u64,
}

pub(super) fn not_ours(shown: &str) -> Diagnostic {
    Diagnostic::error("file-not-ours", shown, "no format that payproof knows")
        .hint("`payproof formats` lists the formats; `payproof formats template billing` prints a table to fill in")
}

pub(super) fn read_bytes(input: &Input) -> Result<Vec<u8>, Box<Diagnostic>> {
    if input.bytes > FILE_BYTES_MAX {
        let message = format!("the file has {} bytes; at most {FILE_BYTES_MAX} are read", input.bytes);
        let finding = Diagnostic::error("file-size", &input.shown, message).hint("export a shorter period");
        return Err(Box::new(finding));
    }
    fs::read(&input.path).map_err(|error| Box::new(unreadable(&input.shown, &error)))
}

pub(super) fn unreadable(shown: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("file-unreadable", shown, format!("cannot open the file: {error}"))
        .hint("check the name and that you may read it")
}

/// The files behind the paths given, each once, sorted by shown name.
pub(super) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, RunError> {
    let mut inputs = Vec::new();
    let mut findings = Vec::new();
    for path in paths {
        let shown = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => walk(path, "", 0, &mut inputs, &mut findings),
            Ok(found) => inputs.push(Input { shown, path: path.clone(), named: true, bytes: found.len() }),
            Err(error) => findings.push(unreadable(&path.to_string_lossy(), &error)),
        }
    }
    inputs.sort_by(|a, b| (&a.shown, !a.named, &a.path).cmp(&(&b.shown, !b.named, &b.path)));
    // The same file named twice is one file; a copy of it is another export.
    let mut seen = BTreeSet::new();
    inputs.retain(|input| seen.insert(fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone())));
    if findings.is_empty() { Ok(inputs) } else { Err(RunError::Files(findings)) }
}

/// Collects the files of a folder; hidden ones and the config file are not input.
fn walk(folder: &Path, below: &str, depth: usize, inputs: &mut Vec<Input>, findings: &mut Vec<Diagnostic>) {
    let listed = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            findings.push(unreadable(&folder.to_string_lossy(), &error));
            return;
        }
    };
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if name.starts_with('.') || name == CONFIG_NAME {
            continue;
        }
        match fs::metadata(entry.path()) {
            // A bundle is made of rows that were read already: it is named, and its tables are not read as statements.
            Ok(found) if found.is_dir() && entry.path().join(BAG_DECLARATION).is_file() => inputs.push(Input {
                shown: format!("{shown}/{BAG_DECLARATION}"),
                path: entry.path().join(BAG_DECLARATION),
                named: false,
                bytes: 0,
            }),
            Ok(found) if found.is_dir() && depth < FOLDER_DEPTH_MAX => {
                walk(&entry.path(), &shown, depth + 1, inputs, findings);
            }
            Ok(found) if found.is_dir() => findings.push(
                Diagnostic::error("folder-too-deep", &shown, "folders nest too deep").hint("give the inner folder"),
            ),
            Ok(found) => inputs.push(Input { shown, path: entry.path(), named: false, bytes: found.len() }),
            Err(error) => findings.push(unreadable(&shown, &error)),
        }
    }
}
