//! Text for people: cleaning of what files say, display widths and line breaking, and the messages in every language.

pub mod catalogue;
mod clean;
mod lang;
mod width;
mod wrap;

pub use clean::clean;
pub use lang::{InEach, Lang};
pub use width::{pad_end, pad_start, truncate, width};
pub use wrap::wrap;
pub(crate) use wrap::{NEVER_FIRST, NEVER_LAST, amount_in, joins_amount};
