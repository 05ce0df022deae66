//! The bag as one ZIP file: the same bag gives the same bytes, and a changed byte anywhere in the file is found.
//!
//! Files are stored, not compressed, in order, under one folder, with one fixed time and the same permissions. The
//! archive's comment seals what stands before it, headers included. An archive that somebody unpacked and packed
//! again has no seal; then what it holds is checked like a folder.

use super::manifest::{Limits, is_safe_name, sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// The folder inside the archive, so that unpacking it never spills files.
const FOLDER: &str = "payproof-claim/";
const SEAL: &str = "sealed: SHA-256 of everything before this comment ";
const PERMISSIONS: u32 = 0o644;
/// First bytes of every ZIP file that holds anything.
const MAGIC: &[u8] = b"PK\x03\x04";
/// The record at the end of a ZIP file, without the comment behind it.
const END_BYTES: usize = 22;
const END_MAGIC: &[u8] = b"PK\x05\x06";
/// A file smaller than this when unpacked is no bomb, whatever its ratio.
const BOMB_BYTES_MIN: u64 = 1 << 20;

/// Why an archive was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveError {
    /// It is no ZIP file.
    NoArchive,
    /// It is damaged, or another hand changed it.
    Damaged,
    /// It holds a name that leads out of its folder, a link, or a name twice.
    Unsafe,
    /// It would unpack to more than a bundle may be.
    TooLarge,
}

/// The archive of a bag.
///
/// # Errors
/// The bag is too large for the format, which `pack` rules out.
pub fn write_archive(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ArchiveError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(PERMISSIONS);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let write = |writer: &mut ZipWriter<Cursor<Vec<u8>>>| -> zip::result::ZipResult<()> {
        for (name, bytes) in files {
            writer.start_file(format!("{FOLDER}{name}"), options)?;
            writer.write_all(bytes)?;
        }
        // The digest's place is kept free, so that the comment's length is part of what is sealed.
        writer.set_raw_comment(vec![b'0'; SEAL.len() + 64].into_boxed_slice())
    };
    write(&mut writer).map_err(|_| ArchiveError::TooLarge)?;
    let mut bytes = writer.finish().map_err(|_| ArchiveError::TooLarge)?.into_inner();
    let sealed = bytes.len().saturating_sub(SEAL.len() + 64);
    bytes.truncate(sealed);
    let seal = format!("{SEAL}{}", sha256(&bytes));
    bytes.extend_from_slice(seal.as_bytes());
    Ok(bytes)
}

/// The files of an archive, by their names below its one folder.
///
/// # Errors
/// No archive, a damaged one, or one that must not be unpacked.
pub fn read_archive(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, ArchiveError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ArchiveError::NoArchive);
    }
    check_seal(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::Damaged)?;
    let overlapping = archive.has_overlapping_files().map_err(|_| ArchiveError::Damaged)?;
    if archive.has_duplicate_names() || overlapping || archive.len() != entries_stated(bytes) {
        return Err(ArchiveError::Unsafe);
    }
    archive.validate_header_consistency().map_err(|_| ArchiveError::Damaged)?;
    if archive.len() > Limits::BUNDLE.files {
        return Err(ArchiveError::TooLarge);
    }
    let mut files = BTreeMap::new();
    let mut folders = BTreeSet::new();
    let mut left = Limits::BUNDLE.bytes;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| ArchiveError::Damaged)?;
        let name = std::str::from_utf8(entry.name_raw()).map_err(|_| ArchiveError::Unsafe)?.to_string();
        if entry.is_symlink() || !is_safe_name(name.trim_end_matches('/')) {
            return Err(ArchiveError::Unsafe);
        }
        let (packed, unpacked) = (entry.compressed_size(), entry.size());
        let is_bomb = unpacked > BOMB_BYTES_MIN && unpacked / packed.max(1) > Limits::BUNDLE.ratio;
        if is_bomb || unpacked > left {
            return Err(ArchiveError::TooLarge);
        }
        let (folder, below) = name.split_once('/').ok_or(ArchiveError::Unsafe)?;
        folders.insert(folder.to_string());
        if entry.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        // The stated size may lie: one byte more than allowed is enough to know.
        entry.take(unpacked.saturating_add(1)).read_to_end(&mut content).map_err(|_| ArchiveError::Damaged)?;
        let read = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if read != unpacked {
            return Err(ArchiveError::Damaged);
        }
        left = left.saturating_sub(read);
        files.insert(below.to_string(), content);
    }
    if folders.len() == 1 { Ok(files) } else { Err(ArchiveError::Unsafe) }
}

/// An archive either has no comment at all, or one that seals it.
fn check_seal(bytes: &[u8]) -> Result<(), ArchiveError> {
    let unsealed = bytes.len().checked_sub(END_BYTES).and_then(|at| bytes.get(at..)).unwrap_or_default();
    if unsealed.starts_with(END_MAGIC) && unsealed.ends_with(&[0, 0]) {
        return Ok(());
    }
    let at = bytes.len().checked_sub(SEAL.len() + 64).ok_or(ArchiveError::Damaged)?;
    let seal = format!("{SEAL}{}", sha256(&bytes[..at]));
    if bytes[at..] == *seal.as_bytes() { Ok(()) } else { Err(ArchiveError::Damaged) }
}

/// Number of files that the record at the end states.
fn entries_stated(bytes: &[u8]) -> usize {
    let sealed = bytes.len().checked_sub(END_BYTES + SEAL.len() + 64);
    let unsealed = bytes.len().checked_sub(END_BYTES);
    let record = [unsealed, sealed].into_iter().flatten().filter_map(|at| bytes.get(at..at + END_BYTES));
    let mut record = record.filter(|record| record.starts_with(END_MAGIC));
    record.next().map_or(usize::MAX, |record| usize::from(u16::from_le_bytes([record[10], record[11]])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        [("bagit.txt", "x"), ("data/rows.csv", "a,b\r\n")]
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn what_is_written_is_read_and_the_same_twice() {
        let archive = write_archive(&files()).unwrap();
        assert_eq!(read_archive(&archive), Ok(files()));
        assert_eq!(write_archive(&files()).unwrap(), archive);
    }

    #[test]
    fn every_changed_byte_is_found() {
        let archive = write_archive(&files()).unwrap();
        for at in 0..archive.len() {
            for change in [0x01, 0x20, 0x80] {
                let mut changed = archive.clone();
                changed[at] ^= change;
                assert!(read_archive(&changed).is_err(), "byte {at} of {}", archive.len());
            }
        }
        assert!(read_archive(&archive[..archive.len() - 1]).is_err());
    }

    fn packed(names: &[&str], content: &[u8], method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn an_archive_packed_again_is_read_and_a_trap_is_not() {
        let deflated = packed(&["x/a.txt", "x/data/b.txt"], b"text", CompressionMethod::Deflated);
        assert_eq!(read_archive(&deflated).unwrap().len(), 2);
        for names in [["x/../../a"], ["/x/a"], ["a"], ["x/a%b"]] {
            let archive = packed(&names, b"text", CompressionMethod::Stored);
            assert_eq!(read_archive(&archive), Err(ArchiveError::Unsafe), "{names:?}");
        }
        let two = packed(&["x/a.txt", "y/a.txt"], b"text", CompressionMethod::Stored);
        assert_eq!(read_archive(&two), Err(ArchiveError::Unsafe));
        let bomb = packed(&["x/a.txt"], &vec![0; 8 << 20], CompressionMethod::Deflated);
        assert_eq!(read_archive(&bomb), Err(ArchiveError::TooLarge));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("x/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let link = writer.finish().unwrap().into_inner();
        assert_eq!(read_archive(&link), Err(ArchiveError::Unsafe));
        assert_eq!(read_archive(b"no archive"), Err(ArchiveError::NoArchive));
    }
}
