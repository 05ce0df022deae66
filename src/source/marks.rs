//! The places of three bytes in a text, in order.
//!
//! A statement is mostly text between two marks, so 64 bytes are looked at in one step: one bit each for a byte that is
//! wanted.

use crate::text::{BLOCK, at_block, places_of};

/// A walk over the places of three bytes. It does not hold the text, which is lent to each step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    wanted: [u8; 3],
    /// Where the block under view begins.
    base: usize,
    /// One bit for each byte under view that is wanted and not yet given out.
    found: u64,
}

impl Marks {
    /// A walk that begins at a byte of the text.
    pub(super) fn new(bytes: &[u8], start: usize, wanted: [u8; 3]) -> Marks {
        let mut marks = Marks { wanted, base: start, found: 0 };
        marks.look(bytes);
        marks
    }

    // In line, so that the walk stays in registers: whoever looks ahead copies it.
    #[inline(always)]
    fn look(&mut self, bytes: &[u8]) {
        // What stands behind the end is never wanted.
        self.found = at_block(bytes, self.base, |block| places_of(block, self.wanted));
    }

    /// The next place, and the byte that stands there.
    #[inline(always)]
    pub(super) fn next(&mut self, bytes: &[u8]) -> Option<(usize, u8)> {
        while self.found == 0 {
            self.base += BLOCK;
            if self.base >= bytes.len() {
                return None;
            }
            self.look(bytes);
        }
        let place = self.base + self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some((place, *bytes.get(place)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_found_in_order(text in "[a,;\"\r\né]{0,200}", start in 0usize..80) {
            let bytes = text.as_bytes();
            let wanted = [b',', b'"', b'\n'];
            let plain: Vec<(usize, u8)> =
                bytes.iter().copied().enumerate().skip(start).filter(|(_, byte)| wanted.contains(byte)).collect();
            let mut marks = Marks::new(bytes, start, wanted);
            let found: Vec<(usize, u8)> = std::iter::from_fn(|| marks.next(bytes)).collect();
            prop_assert_eq!(found, plain);
        }
    }
}
