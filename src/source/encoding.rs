//! Bytes to text: byte order marks first, then UTF-8, then what the file names, then a guess over the whole file.

use super::declared::declared_encoding;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1254,
};
use std::borrow::Cow;

/// The text of a file, its byte order mark removed, and the encoding it was read in.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    /// The text; borrowed where the file is UTF-8.
    pub text: Cow<'a, str>,
    /// Name of the encoding in lower case: `utf-8`, `gb18030`, `windows-1252`.
    pub encoding: String,
    /// Whether some bytes mean nothing in this encoding; they stand as U+FFFD in the text.
    pub damaged: bool,
}

/// How many valid characters beyond ASCII outweigh one invalid byte, so that a damaged UTF-8 file is called damaged
/// rather than read as some other encoding. Text in GB18030 or windows-1252 hardly ever forms valid UTF-8 by chance.
const VALID_PER_INVALID: usize = 2;

/// The readings of a file, the likeliest first; none for binary files.
///
/// A file that is neither marked nor UTF-8 has several: the guess over the whole file, and the encodings that short
/// files are sometimes not guessed as. Whoever knows the titles of the columns decides.
pub fn decode(bytes: &[u8]) -> Vec<Decoded<'_>> {
    let readings = match Encoding::for_bom(bytes) {
        Some((marked, length)) => vec![read_as(marked, bytes.get(length..).unwrap_or_default())],
        None => decode_unmarked(bytes),
    };
    readings.into_iter().filter(|reading| memchr::memchr(0, reading.text.as_bytes()).is_none()).collect()
}

fn decode_unmarked(bytes: &[u8]) -> Vec<Decoded<'_>> {
    match bytes {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => return vec![read_as(UTF_16LE, bytes)],
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => return vec![read_as(UTF_16BE, bytes)],
        _ if memchr::memchr(0, bytes).is_some() => return Vec::new(),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return vec![Decoded { text: Cow::Borrowed(text), encoding: name_of(UTF_8), damaged: false }];
    }
    if let Some(named) = declared_encoding(bytes) {
        return vec![read_as(named, bytes)];
    }
    if is_damaged_utf8(bytes) {
        return vec![read_as(UTF_8, bytes)];
    }
    if bytes.iter().all(|byte| byte.is_ascii() || WESTERN_SIGNS.contains(byte)) {
        return vec![read_as(WINDOWS_1252, bytes)];
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // GB18030 holds all of GBK.
    let guess = if guess == GBK { GB18030 } else { guess };
    let mut readings = vec![read_as(guess, bytes)];
    let others: &[&'static Encoding] = if bytes.len() <= OTHERS_BYTES_MAX { &OTHERS } else { &OTHERS[..1] };
    for &other in others.iter().filter(|&&other| other != guess) {
        let reading = read_as(other, bytes);
        if !reading.damaged || other == GB18030 {
            readings.push(reading);
        }
    }
    readings
}

/// The euro, pound and yen signs, the hard blank and the curly quotes of windows-1252. A file with no other bytes beyond
/// ASCII has no letters by which its language could be guessed.
const WESTERN_SIGNS: [u8; 8] = [0x80, 0xa3, 0xa5, 0xa0, 0x91, 0x92, 0x93, 0x94];

/// Encodings that are tried where the guess shows no titles that are known: the commonest of statements.
const OTHERS: [&Encoding; 8] =
    [GB18030, SHIFT_JIS, BIG5, EUC_KR, WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, WINDOWS_1254];
/// Largest file for which all of them are tried.
const OTHERS_BYTES_MAX: usize = 4 << 20;

fn read_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: name_of(encoding), damaged }
}

fn name_of(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    // Invalid bytes side by side are one piece of damage. In other encodings what is valid by chance touches what is not.
    let (mut pieces, mut touching, mut after_invalid) = (0usize, false, false);
    for chunk in bytes.utf8_chunks() {
        let text = chunk.valid();
        let is_wide = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_ascii());
        let damaged = !chunk.invalid().is_empty();
        touching |= after_invalid && is_wide(text.chars().next());
        touching |= damaged && is_wide(text.chars().next_back());
        pieces = pieces.saturating_add(usize::from(damaged && !(after_invalid && text.is_empty())));
        after_invalid = damaged;
        valid = valid.saturating_add(text.chars().filter(|letter| !letter.is_ascii()).count());
        invalid = invalid.saturating_add(usize::from(damaged));
    }
    valid >= invalid.saturating_mul(VALID_PER_INVALID) || (!touching && valid > 0 && valid >= pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> (String, String, bool) {
        let reading = decode(bytes).remove(0);
        (reading.text.into_owned(), reading.encoding, reading.damaged)
    }

    #[test]
    fn marks_come_first() {
        assert_eq!(first(b"\xEF\xBB\xBFab"), ("ab".to_string(), "utf-8".to_string(), false));
        assert_eq!(first(b"\xFF\xFEa\0b\0").0, "ab");
        assert_eq!(first(b"\xFE\xFF\0a\0b").1, "utf-16be");
        assert_eq!(first(b"a\0b\0").1, "utf-16le");
    }

    #[test]
    fn chinese_and_western_files_are_told_apart() {
        let (gbk, _, _) = GB18030.encode("交易日期,记账日期,交易摘要,人民币金额");
        assert_eq!(first(&gbk).1, "gb18030");
        let (western, _, _) = encoding_rs::WINDOWS_1252.encode("Buchungstag;Empfänger;Betrag\n01.02.2024;Müller;-1,00");
        assert_eq!(first(&western).1, "windows-1252");
    }

    #[test]
    fn damaged_utf8_is_called_damaged() {
        let mut bytes = "Überweisung für Müller, Straße".as_bytes().to_vec();
        bytes.push(0xC3);
        let (text, encoding, damaged) = first(&bytes);
        assert_eq!((encoding.as_str(), damaged), ("utf-8", true));
        assert!(text.ends_with('\u{FFFD}'));
        let (_, encoding, damaged) = first(b"Date,Text\n1,CAF\xC3\x89\n2,OPENAI \xFF\xFE *CHATGPT\n");
        assert_eq!((encoding.as_str(), damaged), ("utf-8", true));
        let (_, encoding, damaged) = first(b"Datum;Text\n1;M\xFCller\n2;B\xE4cker\n");
        assert_eq!((encoding.as_str(), damaged), ("windows-1252", false));
    }

    #[test]
    fn binary_files_have_no_reading() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF").is_empty());
        assert!(decode(b"a,b\0c").is_empty());
    }
}
