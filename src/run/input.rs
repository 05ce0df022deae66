//! The files behind the paths given.

use super::RunError;
use crate::diagnostic::Diagnostic;
use crate::settings::CONFIG_NAME;
use crate::source::{ARCHIVE_MAGIC, Store, archive_finding, members, read_member};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Folders inside folders deeper than this are not followed: no export nests so deep, a link that leads to itself does.
const FOLDER_DEPTH_MAX: usize = 16;
/// Largest file that is read.
pub(super) const FILE_BYTES_MAX: u64 = 8 << 30;

/// The file by which a folder is known as a bag (RFC 8493).
const BAG_DECLARATION: &str = "bagit.txt";

/// One input file.
pub(super) struct Input {
    /// Base name of a file given, path below a folder given.
    pub shown: String,
    pub path: PathBuf,
    /// The archive in the path that it is a member of, as shown, and its place there.
    pub member: Option<(String, usize)>,
    /// Whether the user named the file itself, or the archive that it is in.
    pub named: bool,
    pub bytes: u64,
}

/// Where the bytes of an input lie, so that they can be read again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    path: PathBuf,
    /// Place in the archive that the path leads to.
    member: Option<usize>,
}

impl Input {
    pub(super) fn place(&self) -> Place {
        Place { path: self.path.clone(), member: self.member.as_ref().map(|member| member.1) }
    }
}

impl Place {
    /// The bytes as they are now; what is said of them is about the input as it is shown.
    pub(super) fn read(&self, shown: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let unreadable = |error: io::Error| Box::new(unreadable(shown, &error));
        match self.member {
            None => fs::read(&self.path).map_err(unreadable),
            Some(index) => {
                let file = File::open(&self.path).map_err(unreadable)?;
                read_member(file, index).map_err(|fault| Box::new(archive_finding(shown, &fault)))
            }
        }
    }
}

/// `kind` is what the file is, where that much is known.
pub(super) fn not_ours(shown: &str, kind: Option<&str>) -> Diagnostic {
    let message = kind.unwrap_or("no format that payproof knows");
    Diagnostic::error("file-not-ours", shown, message)
        .hint("`payproof formats` lists the formats; `payproof formats template billing` prints a table to fill in")
}

pub(super) fn read_bytes(input: &Input) -> Result<Vec<u8>, Box<Diagnostic>> {
    if input.bytes > FILE_BYTES_MAX {
        let message = format!("the file has {} bytes; at most {FILE_BYTES_MAX} are read", input.bytes);
        let finding = Diagnostic::error("file-size", &input.shown, message).hint("export a shorter period");
        return Err(Box::new(finding));
    }
    input.place().read(&input.shown)
}

/// A file that is read piece by piece.
pub(super) struct FileStore {
    file: Mutex<File>,
    length: u64,
}

impl FileStore {
    pub(super) fn open(path: &Path) -> io::Result<FileStore> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(FileStore { file: Mutex::new(file), length })
    }
}

impl Store for FileStore {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().map_err(|_| io::ErrorKind::Other)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(into)
    }
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
            Ok(found) => {
                inputs.push(Input { shown, path: path.clone(), member: None, named: true, bytes: found.len() });
            }
            Err(error) => findings.push(unreadable(&path.to_string_lossy(), &error)),
        }
    }
    let mut inputs: Vec<Input> = inputs.into_iter().flat_map(opened).collect();
    inputs.sort_by(|a, b| (&a.shown, !a.named, a.place()).cmp(&(&b.shown, !b.named, b.place())));
    // The same file named twice is one file; a copy of it is another export.
    let mut seen = BTreeSet::new();
    inputs.retain(|input| {
        let path = fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        seen.insert(Place { path, ..input.place() })
    });
    if findings.is_empty() { Ok(inputs) } else { Err(RunError::Files(findings)) }
}

/// The files in an archive, each an input of its own. An archive that cannot be opened, or holds none, stays what it
/// is: whoever reads it says why.
fn opened(input: Input) -> Vec<Input> {
    let mut head = [0; ARCHIVE_MAGIC.len()];
    let file = File::open(&input.path).and_then(|mut file| file.read_exact(&mut head).map(|()| file));
    let Some(file) = file.ok().filter(|_| head == ARCHIVE_MAGIC) else { return vec![input] };
    match members(file) {
        Ok(Some(members)) if !members.is_empty() => {
            let own = |name: &str| name.rsplit('/').next() != Some(CONFIG_NAME);
            let members = members.into_iter().filter(|member| own(&member.name));
            let inner = members.map(|member| Input {
                shown: format!("{}/{}", input.shown, member.name),
                path: input.path.clone(),
                member: Some((input.shown.clone(), member.index)),
                named: input.named,
                bytes: member.bytes,
            });
            inner.collect()
        }
        _ => vec![input],
    }
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
                member: None,
                named: false,
                bytes: 0,
            }),
            Ok(found) if found.is_dir() && depth < FOLDER_DEPTH_MAX => {
                walk(&entry.path(), &shown, depth + 1, inputs, findings);
            }
            Ok(found) if found.is_dir() => findings.push(
                Diagnostic::error("folder-too-deep", &shown, "folders nest too deep").hint("give the inner folder"),
            ),
            Ok(found) => {
                inputs.push(Input { shown, path: entry.path(), member: None, named: false, bytes: found.len() });
            }
            Err(error) => findings.push(unreadable(&shown, &error)),
        }
    }
}
