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

fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left).wrapping_mul(u128::from(right)).to_le_bytes();
    let half = |at: usize| u64::from_le_bytes(product[at..at + WORD].try_into().unwrap_or_default());
    half(0) ^ half(WORD)
}

impl RowDigest {
    pub(super) fn new() -> RowDigest {
        RowDigest { low: SECOND, high: FIRST }
    }

    /// Adds a number. The lanes do not wait for each other.
    pub(super) fn number(&mut self, number: u64) {
        self.low = fold(self.low ^ number, FIRST).rotate_left(23) ^ number;
        self.high = fold(self.high.rotate_left(29) ^ number, SECOND).wrapping_add(number);
    }

    /// Adds bytes; their length is part of the digest, so that neighbouring texts do not run together.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        let mut chunks = bytes.chunks_exact(WORD);
        for chunk in &mut chunks {
            self.number(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut word = [0u8; WORD];
            word[..rest.len()].copy_from_slice(rest);
            self.number(u64::from_le_bytes(word));
        }
    }

    pub(super) fn finish(mut self) -> u128 {
        let (low, high) = (self.low, self.high);
        self.low = fold(low ^ high.rotate_left(32), SECOND);
        self.high = fold(high ^ low.rotate_left(17), FIRST);
        (u128::from(self.high) << 64) | u128::from(self.low)
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
