//! A cell that holds an amount and, in brackets, where it was charged: `20.00(US)`.

use super::{AmountFault, DecimalMark, Figure, read_amount};

/// The amount of such a cell and the text in its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginalCell<'c> {
    /// The signed figure.
    pub figure: Figure,
    /// Country code or currency code in the brackets, where there are any.
    pub place: Option<&'c str>,
}

/// Reads `20.00(US)`; the brackets may be missing.
///
/// # Errors
/// The part before the brackets is no amount.
pub fn read_original(cell: &str, mark: DecimalMark) -> Result<OriginalCell<'_>, AmountFault> {
    let open = ['(', '（'];
    let (amount, place) = match cell.rfind(open) {
        Some(at) if at > 0 && cell.ends_with([')', '）']) => {
            let inside = cell[at..].trim_start_matches(open).trim_end_matches([')', '）']);
            (&cell[..at], Some(inside.trim()))
        }
        _ => (cell, None),
    };
    let figure = read_amount(amount.trim_end(), mark)?.figure;
    Ok(OriginalCell { figure, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brackets_name_a_place() {
        let read = |cell| read_original(cell, DecimalMark::Point).map(|c| (c.figure.decimal().to_string(), c.place));
        assert_eq!(read("20.00(US)"), Ok(("20.00".to_string(), Some("US"))));
        assert_eq!(read("-8,000.00(CN)"), Ok(("-8000.00".to_string(), Some("CN"))));
        assert_eq!(read("56.78"), Ok(("56.78".to_string(), None)));
        assert_eq!(read("(5.00)"), Ok(("-5.00".to_string(), None)));
        assert!(read("(US)").is_err());
    }
}
