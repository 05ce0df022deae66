//! One cell to an amount or a day: the characters are checked first, and nothing is guessed.

mod amount;
mod date;
mod figure;
mod groups;
mod instant;
mod mark;
mod original;
mod time;

pub use amount::{AmountCell, AmountFault, AmountProblem, Side, read_amount, read_plain};
pub use date::{DateFault, DateOrder, DateShown, order_shown_by, outer_numbers, read_date};
pub use figure::Figure;
pub use instant::{read_instant, read_unix_seconds};
pub use mark::{DecimalMark, MarkShown, mark_shown_by};
pub use original::{OriginalCell, read_original};
pub use time::read_moment;
