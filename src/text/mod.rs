//! Text for people: cleaning of what files say, display widths and line breaking, and the messages in every language.

mod beginnings;
mod block;
pub mod catalogue;
mod clean;
mod lang;
mod width;
mod wrap;

pub use beginnings::{Beginnings, Glance};
pub(crate) use beginnings::{Triples, triple, values_of};
pub(crate) use block::{BLOCK, at_block, places_of};
pub use clean::clean;
pub use lang::{InEach, Lang};
pub use width::{pad_end, pad_start, truncate, width};
pub(crate) use wrap::{NEVER_FIRST, NEVER_LAST, amount_in, joins_amount};
pub use wrap::{wrap, wrap_item};
