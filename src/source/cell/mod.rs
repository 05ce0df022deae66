//! One cell to an amount or a day: the characters are checked first, and nothing is guessed.

mod amount;
mod date;
mod original;

pub use amount::{AmountCell, AmountFault, AmountProblem, DecimalMark, Figure, mark_shown_by, read_amount};
pub use date::{DateFault, DateOrder, DateShown, order_shown_by, read_date};
pub use original::{OriginalCell, read_original};
