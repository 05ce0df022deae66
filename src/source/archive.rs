//! ZIP archives of files that are inputs of their own: what is in them, within limits, without unpacking to disk.
//!
//! A workbook, another office file, a Java archive or a bag of evidence is a ZIP file too, but no archive of inputs.
//! Sizes and names are the archive's own claims and are checked while a member is read. An archive inside an archive is
//! not opened: no bank nests them, and nesting is how a small file grows without end.

use super::encoding::decode;
use crate::diagnostic::{Diagnostic, literal};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// First bytes of every ZIP file that holds anything.
pub const ARCHIVE_MAGIC: &[u8] = b"PK\x03\x04";
/// Members an archive may have.
const MEMBERS_MAX: usize = 1000;
/// Bytes that one member may unpack to.
const MEMBER_BYTES_MAX: u64 = 1 << 30;
/// Bytes that all members may unpack to.
const ALL_BYTES_MAX: u64 = 4 << 30;
/// A member smaller than this when unpacked is no bomb, whatever its ratio.
const BOMB_BYTES_MIN: u64 = 16 << 20;
/// How many times its packed size a larger one may have; statements pack to a tenth or a fiftieth.
const RATIO_MAX: u64 = 300;
/// The file by which a folder is known as a bag (RFC 8493).
const BAG_DECLARATION: &str = "bagit.txt";
/// Members by which a file of another kind is known, in lower case.
const OTHER_KINDS: [&str; 3] = ["[content_types].xml", "mimetype", "meta-inf/manifest.mf"];

/// One file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its place in the archive.
    pub index: usize,
    /// Its name with its folders, parted by `/`; only for showing.
    pub name: String,
    /// Bytes that it unpacks to, as the archive says.
    pub bytes: u64,
}

/// Why an archive or a member of it was not read; the member's name where one is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveFault {
    /// It cannot be unpacked.
    Damaged(Option<String>),
    /// A member is locked with a password.
    Locked(String),
    /// It has more members than are read.
    TooMany(usize),
    /// It unpacks to more bytes than are read, or grows beyond belief.
    TooLarge(String),
}

/// The files in an archive, in its order; `None` where it is no archive of inputs. Hidden files are left out.
///
/// # Errors
/// The archive is damaged, locked, or larger than what is read.
pub fn members<R: Read + Seek>(file: R) -> Result<Option<Vec<Member>>, ArchiveFault> {
    let damaged = |_| ArchiveFault::Damaged(None);
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    let mut found = Vec::new();
    let mut all = 0u64;
    if archive.len() > MEMBERS_MAX {
        return Err(ArchiveFault::TooMany(archive.len()));
    }
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let name = name_of(entry.name_raw());
        let lower = name.to_lowercase();
        if OTHER_KINDS.contains(&lower.as_str()) || lower.rsplit('/').next() == Some(BAG_DECLARATION) {
            return Ok(None);
        }
        if entry.is_dir() || entry.is_symlink() || is_hidden(&name) {
            continue;
        }
        let (packed, bytes) = (entry.compressed_size(), entry.size());
        if entry.encrypted() {
            return Err(ArchiveFault::Locked(name));
        }
        all = all.saturating_add(bytes);
        let is_bomb = bytes > BOMB_BYTES_MIN && bytes / packed.max(1) > RATIO_MAX;
        if is_bomb || bytes > MEMBER_BYTES_MAX || all > ALL_BYTES_MAX {
            return Err(ArchiveFault::TooLarge(name));
        }
        found.push(Member { index, name, bytes });
    }
    if archive.has_overlapping_files().map_err(damaged)? { Err(ArchiveFault::Damaged(None)) } else { Ok(Some(found)) }
}

/// The bytes of one member.
///
/// # Errors
/// It cannot be unpacked, or not to the size that the archive states.
pub fn read_member<R: Read + Seek>(file: R, index: usize) -> Result<Vec<u8>, ArchiveFault> {
    let mut archive = ZipArchive::new(file).map_err(|_| ArchiveFault::Damaged(None))?;
    let entry = archive.by_index(index).map_err(|_| ArchiveFault::Damaged(None))?;
    let name = name_of(entry.name_raw());
    let stated = entry.size();
    if stated > MEMBER_BYTES_MAX {
        return Err(ArchiveFault::TooLarge(name));
    }
    let mut bytes = Vec::new();
    // One byte more than stated is enough to know that the size lies.
    let read = entry.take(stated.saturating_add(1)).read_to_end(&mut bytes);
    match read.map(u64::try_from) {
        Ok(Ok(length)) if length == stated => Ok(bytes),
        _ => Err(ArchiveFault::Damaged(Some(name))),
    }
}

/// What is said of an archive that was not read.
pub fn archive_finding(path: &str, fault: &ArchiveFault) -> Diagnostic {
    match fault {
        ArchiveFault::Damaged(None) => Diagnostic::error("archive-damaged", path, "the archive is damaged")
            .hint("download it again, or unpack it and give the files in it"),
        ArchiveFault::Damaged(Some(name)) => {
            let message = format!("{} in the archive is damaged", literal(name));
            Diagnostic::error("archive-damaged", path, message)
                .hint("download it again, or unpack it and give the files in it")
        }
        ArchiveFault::Locked(name) => {
            let message = format!("{} in the archive is locked with a password", literal(name));
            Diagnostic::error("archive-locked", path, message)
                .hint("unpack it with the password that its sender gave, and give the files in it")
        }
        ArchiveFault::TooMany(count) => {
            let message = format!("the archive holds {count} files; at most {MEMBERS_MAX} are read");
            Diagnostic::error("archive-limit", path, message).hint("unpack it and give the files that are meant")
        }
        ArchiveFault::TooLarge(name) => {
            let message = format!("{} in the archive unpacks to more than what is read", literal(name));
            Diagnostic::error("archive-limit", path, message)
                .hint("if it is a statement, unpack it and give the files in it")
        }
    }
}

/// What is said of an archive that stands where a statement should.
pub fn nested_finding(path: &str) -> Diagnostic {
    Diagnostic::error("archive-nested", path, "this is an archive, and archives inside archives are not opened")
        .hint("unpack it and give the files in it")
}

/// Names without the UTF-8 mark are often in the code page of the system that packed them.
fn name_of(raw: &[u8]) -> String {
    let text = decode(raw).into_iter().next();
    let text = text.map_or_else(|| String::from_utf8_lossy(raw).into_owned(), |reading| reading.text.into_owned());
    text.replace('\\', "/")
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn names(files: &[(&str, &[u8])]) -> Result<Option<Vec<String>>, ArchiveFault> {
        let found = members(Cursor::new(packed(files)))?;
        Ok(found.map(|members| members.into_iter().map(|member| member.name).collect()))
    }

    #[test]
    fn members_are_listed_and_hidden_ones_left_out() {
        let files = [("a.csv", &b"1"[..]), ("b/.c", b""), ("__MACOSX/a.csv", b""), ("b\\d.csv", b"2")];
        assert_eq!(names(&files), Ok(Some(vec!["a.csv".to_string(), "b/d.csv".to_string()])));
        assert_eq!(read_member(Cursor::new(packed(&files)), 3), Ok(b"2".to_vec()));
    }

    #[test]
    fn files_of_other_kinds_are_no_archives_of_inputs() {
        assert_eq!(names(&[("[Content_Types].xml", b""), ("xl/a.xml", b"")]), Ok(None));
        assert_eq!(names(&[("claim/bagit.txt", b""), ("claim/data/a.csv", b"")]), Ok(None));
    }

    #[test]
    fn limits_are_named() {
        let zeros = vec![0u8; 17 << 20];
        assert_eq!(names(&[("a", &zeros)]), Err(ArchiveFault::TooLarge("a".to_string())));
        let many: Vec<String> = (0..1001).map(|number| number.to_string()).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(names(&many), Err(ArchiveFault::TooMany(1001)));
    }

    #[test]
    fn a_member_that_is_not_what_the_archive_says_is_refused() {
        let mut bytes = packed(&[("a.csv", b"Date,Amount\n")]);
        // The checksum in the archive's directory, sixteen bytes into the member's entry.
        let entry = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        bytes[entry + 16] ^= 1;
        assert_eq!(read_member(Cursor::new(bytes), 0), Err(ArchiveFault::Damaged(Some("a.csv".to_string()))));
        assert_eq!(members(Cursor::new(b"PK\x03\x04".to_vec())), Err(ArchiveFault::Damaged(None)));
    }

    proptest::proptest! {
        #[test]
        fn a_changed_archive_is_read_or_refused(
            changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0u8..), 1..8),
        ) {
            let mut bytes = packed(&[("a.csv", &[b'x'; 200]), ("b.csv", b"y")]);
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Ok(Some(found)) = members(Cursor::new(&bytes)) {
                for member in found {
                    let _ = read_member(Cursor::new(&bytes), member.index);
                }
            }
        }
    }
}
