//! Looking at many bytes at once.

use wide::u8x16;

/// Most bytes looked at in one step: one bit each fits a number.
pub(crate) const BLOCK: usize = 64;

/// Bytes that the processor compares at once.
const LANE: usize = 16;

/// One bit for each byte of the block that is wanted; the first byte's bit is the lowest. `is_wanted` makes all bits of a
/// wanted byte ones and of every other zeros.
#[inline(always)]
fn bits_of<const BYTES: usize>(block: &[u8; BYTES], is_wanted: impl Fn(u8x16) -> u8x16) -> u64 {
    let lanes = block.as_chunks::<LANE>().0.iter().enumerate();
    lanes.fold(0, |bits, (index, lane)| bits | u64::from(is_wanted(u8x16::new(*lane)).to_bitmask()) << (index * LANE))
}

/// One bit for each byte that is one of three.
#[inline(always)]
pub(crate) fn places_of(block: &[u8; BLOCK], wanted: [u8; 3]) -> u64 {
    let [first, second, third] = wanted.map(u8x16::splat);
    bits_of(block, |lane| lane.simd_eq(first) | lane.simd_eq(second) | lane.simd_eq(third))
}

/// What one look at a block shows: one bit for each byte of a kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Letters of ASCII.
    pub letters: u64,
    /// Blanks.
    pub blanks: u64,
    /// Whatever is not printable ASCII.
    pub odd: u64,
}

impl Look {
    /// Looks at a block.
    #[inline(always)]
    pub(crate) fn at<const BYTES: usize>(block: &[u8; BYTES]) -> Look {
        let small = u8x16::splat(0x20);
        Look {
            letters: bits_of(block, |lane| is_among(lane | small, b'a', b'z')),
            blanks: bits_of(block, |lane| lane.simd_eq(u8x16::splat(b' '))),
            odd: !bits_of(block, |lane| is_among(lane, b' ', b'~')),
        }
    }
}

/// Whether bytes are from `first` to `last`.
#[inline(always)]
fn is_among(lane: u8x16, first: u8, last: u8) -> u8x16 {
    let above = lane - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).simd_eq(above)
}

/// Looks at as many bytes from `at` on as a block has, with zeros behind the end.
#[inline(always)]
pub(crate) fn at_block<const BYTES: usize, T>(bytes: &[u8], at: usize, look: impl Fn(&[u8; BYTES]) -> T) -> T {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(block) => look(block),
        None => look(&padded(rest)),
    }
}

#[cold]
fn padded<const BYTES: usize>(rest: &[u8]) -> [u8; BYTES] {
    let mut block = [0u8; BYTES];
    block[..rest.len()].copy_from_slice(rest);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_byte_has_its_bit(bytes in prop::collection::vec(any::<u8>(), 0..100), at in 0usize..110) {
            let wanted = [b'a', 0xE9, 7];
            let places = at_block(&bytes, at, |block| places_of(block, wanted));
            let look = at_block::<BLOCK, _>(&bytes, at, Look::at);
            for place in 0..BLOCK {
                let byte = bytes.get(at + place).copied().unwrap_or_default();
                let is_set = |bits: u64| bits >> place & 1 == 1;
                prop_assert_eq!(is_set(places), wanted.contains(&byte));
                prop_assert_eq!(is_set(look.letters), byte.is_ascii_alphabetic());
                prop_assert_eq!(is_set(look.blanks), byte == b' ');
                prop_assert_eq!(is_set(look.odd), !(b' '..=b'~').contains(&byte));
            }
        }
    }
}
