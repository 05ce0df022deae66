//! A 128-bit digest of one row, for telling whether two exports hold the same rows.
//!
//! It is stable across runs and machines and guards against chance, not against someone who forges rows. Two lanes of
//! folded 64-bit products; eight bytes in one step.

/// A digest being computed.
pub(super) struct RowDigest {
    low: u64,
    high: u64,
}

const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xc2b2_ae3d_27d4_eb4f;
const WORD: usize = 8;
const STEP: usize = 2 * WORD;

fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left).wrapping_mul(u128::from(right)).to_le_bytes();
    let [low, high] = words(&product);
    low ^ high
}

/// Sixteen bytes as two numbers.
fn words(bytes: &[u8; STEP]) -> [u64; 2] {
    let (low, high) = bytes.split_at(WORD);
    [low, high].map(|half| u64::from_le_bytes(half.try_into().unwrap_or_default()))
}

impl RowDigest {
    pub(super) fn new() -> RowDigest {
        RowDigest { low: SECOND, high: FIRST }
    }

    /// Adds two numbers. The lanes do not wait for each other.
    #[inline]
    pub(super) fn numbers(&mut self, [first, second]: [u64; 2]) {
        self.low = fold(self.low ^ first, second ^ FIRST).wrapping_add(first);
        self.high = fold(self.high ^ second, first ^ SECOND).wrapping_add(second);
    }

    /// Adds bytes; their length is part of the digest, so that neighbouring texts do not run together.
    #[inline]
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let length = bytes.len() as u64;
        for step in bytes.as_chunks::<STEP>().0 {
            self.numbers(words(step));
        }
        // The end is read as a whole, bytes before it once more.
        let [first, second] =
            match (bytes.last_chunk::<STEP>(), bytes.first_chunk::<WORD>(), bytes.last_chunk::<WORD>()) {
                (Some(last), _, _) => words(last),
                (None, Some(first), Some(last)) => [u64::from_le_bytes(*first), u64::from_le_bytes(*last)],
                _ => [bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), 0],
            };
        self.numbers([first ^ length.rotate_right(WORD as u32), second]);
    }

    /// The two halves of the finished digest.
    pub(super) fn lanes(self) -> [u64; 2] {
        let RowDigest { low, high } = self;
        [fold(low ^ high.rotate_left(32), SECOND), fold(high ^ low.rotate_left(17), FIRST)]
    }

    pub(super) fn finish(self) -> u128 {
        let [low, high] = self.lanes();
        (u128::from(high) << 64) | u128::from(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn of(texts: &[&str]) -> u128 {
        let mut digest = RowDigest::new();
        for text in texts {
            digest.bytes(text.as_bytes());
        }
        digest.finish()
    }

    #[test]
    fn different_rows_have_different_digests() {
        let mut seen = BTreeSet::new();
        for number in 0..20_000u32 {
            assert!(seen.insert(of(&["SHOP", &number.to_string()])));
        }
        assert_ne!(of(&["AB", "C"]), of(&["A", "BC"]));
        assert_ne!(of(&["A", ""]), of(&["", "A"]));
        assert_ne!(of(&["A"]), of(&["A\0"]));
    }

    #[test]
    fn the_digest_does_not_change_between_versions() {
        assert_eq!(of(&["OPENAI *CHATGPT SUBSCR", "-20.00"]), of(&["OPENAI *CHATGPT SUBSCR", "-20.00"]));
        assert_eq!(of(&[]), RowDigest::new().finish());
    }
}
