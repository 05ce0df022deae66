//! How much room a text takes, without asking a font: an estimate on the wide side, so that nothing overlaps.

use crate::text::width;

/// Width of a column of text in hundredths of the height of its letters. Capitals of common sans-serif fonts are wider
/// than this, lower case and figures narrower; the mixture of a label stays below it. A Chinese character is two columns.
const COLUMN_PER_CENT: i32 = 58;

/// An upper estimate of the width of one line of text, in the unit of its size.
pub(super) fn text_width(text: &str, size: i32) -> i32 {
    let columns = i32::try_from(width(text)).unwrap_or(i32::MAX);
    columns.saturating_mul(size).saturating_mul(COLUMN_PER_CENT) / 100
}

/// The most columns of text that fit into a width.
pub(super) fn columns_in(room: i32, size: i32) -> usize {
    usize::try_from(room.saturating_mul(100) / size.saturating_mul(COLUMN_PER_CENT).max(1)).unwrap_or(0)
}
