//! Bytes to raw tables and documents, with true positions, and which columns mean what.

pub mod cell;
mod declared;
mod delimited;
mod document;
mod encoding;
mod file;
mod kept;
mod layout;
mod markup;
mod mt940;
mod ofx;
mod role;
mod table;

pub use delimited::{Fault, Reader, Record, Row, Span, StructureFault};
pub use document::{Body, Document, FILE_BYTES_MAX, Recognised, recognise_document};
pub use encoding::{Decoded, decode};
pub use file::{ChainBreak, DayDigest, Rejected, SourceFile, SourceSide, Survey};
pub use kept::Stated;
pub use layout::{Direction, Layout, currency_of, layouts};
pub use role::{Reading, Role};
pub use table::{Columns, Cut, Found, Rows, Table, find_table, find_table_in, structure_finding};
