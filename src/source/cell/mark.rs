//! The decimal mark, and what a cell shows of it.

/// Which character parts whole units from decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl DecimalMark {
    /// The character.
    pub fn character(self) -> char {
        match self {
            DecimalMark::Point => '.',
            DecimalMark::Comma => ',',
        }
    }
}

/// What a cell shows of the decimal mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkShown {
    /// The cell has no mark at all.
    Nothing,
    /// Only this one makes an amount of it.
    Only(DecimalMark),
    /// It could be either: `1.000`.
    Either,
}

/// The decimal mark that a cell shows. `decimals` is the number of decimals of the currency, where it is known: `1.234`
/// dollars can only be one thousand.
pub fn mark_shown_by(cell: &str, decimals: Option<u32>) -> MarkShown {
    let bytes = cell.as_bytes();
    let points = memchr::memchr_iter(b'.', bytes).count();
    let commas = memchr::memchr_iter(b',', bytes).count();
    let (mark, other, count) = match (points, commas) {
        (0, 0) => return MarkShown::Nothing,
        (_, 0) => (DecimalMark::Point, DecimalMark::Comma, points),
        (0, _) => (DecimalMark::Comma, DecimalMark::Point, commas),
        _ => {
            let last = cell.rfind(['.', ',']).unwrap_or(0);
            return MarkShown::Only(if bytes[last] == b'.' { DecimalMark::Point } else { DecimalMark::Comma });
        }
    };
    if count > 1 {
        // A mark that stands twice parts groups, so the other one is the decimal mark.
        return MarkShown::Only(other);
    }
    let place = cell.find(mark.character()).unwrap_or(0);
    let digits_of = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (before, after) = (digits_of(&cell[..place]), digits_of(&cell[place..]));
    let may_part_groups = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if !may_part_groups || cell.contains(['\'', '\u{2019}']) {
        return MarkShown::Only(mark);
    }
    match decimals {
        Some(0) => MarkShown::Only(other),
        Some(allowed) if allowed < 3 && !after.ends_with('0') => MarkShown::Only(other),
        _ => MarkShown::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn a_cell_shows_its_mark_or_not() {
        for (cell, decimals, expected) in [
            ("20", None, MarkShown::Nothing),
            ("20.00", None, MarkShown::Only(Point)),
            ("-20,5", None, MarkShown::Only(Comma)),
            ("1.234,5", None, MarkShown::Only(Comma)),
            ("1.234.567", None, MarkShown::Only(Comma)),
            ("0.125", None, MarkShown::Only(Point)),
            ("1.000", None, MarkShown::Either),
            ("1.000", Some(2), MarkShown::Either),
            ("1.234", Some(2), MarkShown::Only(Comma)),
            ("1.234", Some(3), MarkShown::Either),
            ("1234,567", None, MarkShown::Only(Comma)),
        ] {
            assert_eq!(mark_shown_by(cell, decimals), expected, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_shows_something_or_nothing(cell in "\\PC{0,12}") {
            let _ = mark_shown_by(&cell, Some(2));
        }
    }
}
