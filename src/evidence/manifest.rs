//! The tag files of a bag after BagIt (RFC 8493), and the bounds within which a bag is read.
//!
//! Digests are written in lower case, names in order, one blank pair between: a bag of ours has one form only, so that
//! a changed byte of a manifest is found as surely as one of the payload.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) const BAGIT: &str = "bagit.txt";
pub(super) const BAG_INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(super) const PAYLOAD: &str = "data/";

/// The declaration that makes a folder a bag.
pub(super) const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Bounds within which a bundle is written and read. A claim stays far below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all files together.
    pub bytes: u64,
    /// Number of files.
    pub files: usize,
    /// How many times larger a file may be than it is in the archive.
    pub ratio: u64,
    /// Bytes of a name with its folders.
    pub name_bytes: usize,
    /// Folders inside each other.
    pub depth: usize,
}

impl Limits {
    /// The bounds that hold.
    pub const BUNDLE: Limits = Limits { bytes: 512 << 20, files: 10_000, ratio: 200, name_bytes: 240, depth: 6 };
}

/// Names that some file systems refuse, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// Whether a name may stand in a bundle: plain ASCII parted by slashes, relative, without `..`, and such that every
/// file system and every BagIt tool takes it. `%` is left out because tools disagree on how a manifest writes it.
pub(super) fn is_safe_name(name: &str) -> bool {
    let is_safe_part = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.()".contains(&byte))
            && !DEVICES.contains(&stem.as_str())
    };
    name.len() <= Limits::BUNDLE.name_bytes
        && name.split('/').count() <= Limits::BUNDLE.depth
        && name.split('/').all(is_safe_part)
}

/// SHA-256 as 64 hexadecimal digits in lower case.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A manifest of the files whose name is let through.
pub(super) fn manifest(files: &BTreeMap<String, Vec<u8>>, listed: fn(&str) -> bool) -> String {
    let lines = files.iter().filter(|(name, _)| listed(name));
    lines.map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect()
}

/// Whether the payload manifest lists a file.
pub(super) fn is_payload(name: &str) -> bool {
    name.starts_with(PAYLOAD)
}

/// Whether the tag manifest lists a file.
pub(super) fn is_tag(name: &str) -> bool {
    !is_payload(name) && name != TAG_MANIFEST
}

/// Number of payload bytes and files, as `bag-info.txt` states it.
pub(super) fn payload_oxum(files: &BTreeMap<String, Vec<u8>>) -> String {
    let payload = || files.iter().filter(|(name, _)| is_payload(name));
    let bytes: u64 = payload().map(|(_, bytes)| u64::try_from(bytes.len()).unwrap_or(u64::MAX)).sum();
    format!("{bytes}.{}", payload().count())
}

/// The lines of a manifest as name and digest; `None` where a line has another form.
pub(super) fn read_manifest(text: &str) -> Option<BTreeMap<String, String>> {
    let mut listed = BTreeMap::new();
    for line in text.split_terminator('\n') {
        let (digest, name) = line.split_once("  ")?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_digest || listed.insert(name.to_string(), digest.to_string()).is_some() {
            return None;
        }
    }
    Some(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for name in ["data/rows.csv", "bagit.txt", "data/letters/openai-en.txt", "data/sources/Download (1).csv"] {
            // A blank is no safe sign: some tools cut names at blanks.
            assert_eq!(is_safe_name(name), !name.contains(' '), "{name}");
        }
        for name in [
            "/etc/passwd",
            "../x",
            "data/../x",
            "data//x",
            "data/.",
            "C:/x",
            "data/a%b",
            "data/张.csv",
            "",
            "data/",
            "data/con.txt",
            "data\\x",
            "a/b/c/d/e/f/g",
            "data/x\n",
        ] {
            assert!(!is_safe_name(name), "{name:?}");
        }
    }

    #[test]
    fn a_manifest_has_one_form() {
        let digest = sha256(b"x");
        assert!(read_manifest(&format!("{digest}  data/a\n")).is_some());
        for other in [
            format!("{}  data/a\n", digest.to_uppercase()),
            format!("{digest} data/a\n"),
            format!("{}  data/a\n", &digest[1..]),
            format!("{digest}  data/a\n{digest}  data/a\n"),
        ] {
            assert!(read_manifest(&other).is_none(), "{other}");
        }
    }
}
