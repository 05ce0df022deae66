//! Where a record stands: file and physical line, and the small identifiers that tie files together.

use std::fmt;

/// Index of a source in the run's list of sources, which is sorted so that the order of arguments does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// The place of one record: a file and the physical line at which the record starts, from 1, header counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceRef {
    /// The file.
    pub source: SourceId,
    /// One-based physical line; the page of a PDF, the element of a JSON array.
    pub line: u32,
}

/// SHA-256 of a whole source file, as 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Hex(pub String);

impl Sha256Hex {
    /// The digits of a digest.
    pub fn of(digest: &[u8]) -> Sha256Hex {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
        Sha256Hex(digest.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect())
    }
}

/// Last four digits of a card or account, all that payproof keeps of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LastFour([u8; 4]);

impl LastFour {
    /// The last four digits of a text such as `6688`, `Visa-4242` or `12345********5432`; `None` if it does not end in four digits.
    pub fn at_end_of(text: &str) -> Option<LastFour> {
        let bytes = text.trim().as_bytes();
        let tail: [u8; 4] = bytes.get(bytes.len().checked_sub(4)?..)?.try_into().ok()?;
        tail.iter().all(u8::is_ascii_digit).then_some(LastFour(tail))
    }
}

impl fmt::Display for LastFour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or("????"))
    }
}

/// An account with the vendor, named by its e-mail address in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(String);

impl Account {
    /// Makes an account from an address, blanks removed and case folded; `None` for an empty text.
    pub fn new(text: &str) -> Option<Account> {
        let text = text.trim();
        (!text.is_empty()).then(|| Account(text.to_lowercase()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
