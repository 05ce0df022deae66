//! The evidence bundle: what a stranger at a support desk needs to see, and nothing private beside it.
//!
//! [`Claim`] takes out of a reconciliation what does not serve the claimed cases (`view`, `kept`, `names`) and puts the
//! cited rows beside it (`rows`). [`pack`] lays everything into a bag after BagIt (RFC 8493), and refuses if the last
//! look finds something private (`gate`). [`verify`] checks a bag against itself: digests (`manifest`), and that every
//! figure follows from the rows it carries (`figures`). `archive` is the bag as one file. Nothing here opens a file.

mod archive;
mod bag;
mod claim;
mod documents;
mod figures;
mod gate;
mod kept;
pub mod letter;
mod manifest;
mod names;
pub mod pdf;
mod readiness;
mod readme;
mod rows;
mod secrets;
mod verify;
mod view;

pub use archive::{ArchiveError, read_archive, write_archive};
pub use bag::{Bag, Exhibit, PackError, pack};
pub use claim::{Choice, Claim, ClaimError, SourceText};
pub use documents::documents;
pub use gate::Leak;
pub use manifest::Limits;
pub use names::Renamed;
pub use readiness::readiness;
pub use rows::{CitedBy, ColumnOut, MoneyOut, RowOut, Rows, RowsSource};
pub use secrets::{Secret, secret_in};
pub use verify::{Fault, Verified, verify};
