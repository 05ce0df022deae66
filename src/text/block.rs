//! Looking at many bytes at once.

/// Bytes looked at in one step.
pub(crate) const BLOCK: usize = 64;

/// Moves the lowest bit of each byte of a word to its highest byte, one beside the other.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// One bit for each byte of the block that is wanted; the first byte's bit is the lowest. `is_wanted` should not branch,
/// so that the compiler can ask it of many bytes at once.
#[inline]
pub(crate) fn bits_of(block: &[u8; BLOCK], is_wanted: impl Fn(u8) -> bool) -> u64 {
    let flags = block.map(|byte| u8::from(is_wanted(byte)));
    let words = flags.as_chunks::<8>().0.iter().enumerate();
    words.fold(0, |bits, (index, word)| bits | (u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56) << (index * 8))
}

/// Looks at the 64 bytes from `at` on, with zeros behind the end.
#[inline]
pub(crate) fn at_block<T>(bytes: &[u8], at: usize, look: impl Fn(&[u8; BLOCK]) -> T) -> T {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<BLOCK>() {
        Some(block) => look(block),
        None => {
            let mut block = [0u8; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            look(&block)
        }
    }
}

/// What one look shows of a short text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    /// One bit for each place at which letters or digits begin.
    pub begins: u64,
}

impl Glance {
    /// Looks at a text of printable ASCII with single blanks; `None` for every other text. `ahead` are the bytes from its
    /// beginning on, as many of the text's and then of what follows it.
    #[inline]
    pub(crate) fn at(text: &[u8], ahead: &[u8; BLOCK]) -> Option<Glance> {
        let inside = u64::MAX.checked_shr(u32::try_from(BLOCK.checked_sub(text.len())?).ok()?).unwrap_or_default();
        let odd = bits_of(ahead, |byte| byte.wrapping_sub(b' ') > b'~' - b' ');
        let blanks = bits_of(ahead, |byte| byte == b' ') & inside;
        let letters = letters_of(ahead) & inside;
        let is_plain = odd & inside == 0 && blanks & (blanks << 1) == 0;
        let is_framed = blanks & 1 == 1 || text.last() == Some(&b' ');
        (is_plain && !is_framed).then_some(Glance { begins: letters & !(letters << 1) })
    }
}

/// One bit for each letter and digit of ASCII.
#[inline]
pub(crate) fn letters_of(block: &[u8; BLOCK]) -> u64 {
    bits_of(block, |byte| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_shows_plain_texts_and_no_others() {
        let glance = |text: &str, behind: &str| {
            let all = format!("{text}{behind}");
            at_block(all.as_bytes(), 0, |block| Glance::at(text.as_bytes(), block)).map(|glance| glance.begins)
        };
        for behind in ["", ",  é\n", " x"] {
            assert_eq!(glance("AB *c d.4-é", behind), None);
            assert_eq!(glance("AB *c d.4-", behind), Some(0b1_0101_0001));
            assert_eq!(glance("", behind), Some(0));
            for text in ["a  b", " a", "a ", "a\tb", "a\nb", "\u{7f}"] {
                assert_eq!(glance(text, behind), None, "{text:?}");
            }
        }
        assert_eq!(glance(&"x".repeat(BLOCK), "x"), Some(1));
        assert_eq!(glance(&"x".repeat(BLOCK + 1), ""), None);
    }

    proptest::proptest! {
        #[test]
        fn every_wanted_byte_has_its_bit(bytes in proptest::collection::vec(0u8..6, 0..100), at in 0usize..110) {
            let bits = at_block(&bytes, at, |block| bits_of(block, |byte| (byte == 1) | (byte == 5)));
            for place in 0..BLOCK {
                let wanted = bytes.get(at + place).is_some_and(|byte| [1, 5].contains(byte));
                proptest::prop_assert_eq!(bits >> place & 1 == 1, wanted);
            }
        }
    }
}
