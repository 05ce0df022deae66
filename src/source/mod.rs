//! Bytes to raw tables and documents, with true positions, and which columns mean what.

mod answers;
mod archive;
mod camt;
mod catalogue;
pub mod cell;
mod declared;
mod delimited;
mod document;
mod encoding;
mod file;
mod json;
mod kept;
mod layout;
pub mod mail;
mod marks;
mod markup;
mod mt940;
mod ofx;
mod find;
mod header;
mod infer;
mod joined;
pub mod paper;
mod parties;
mod preamble;
mod profile;
mod progress;
mod proof;
mod question;
mod role;
mod shape;
mod sheet;
mod sign;
mod store;
mod stream;
mod table;
mod understanding;
mod untitled;
mod words;
mod xml;

pub use answers::{Answers, Known, SignAnswer};
pub use archive::{ARCHIVE_MAGIC, ArchiveFault, Member, archive_finding, members, read_member};
pub use catalogue::{Catalogue, currency_of, layouts};
pub use delimited::{Fault, Reader, Record, Row, Span, StructureFault};
pub use document::{Body, Document, FILE_BYTES_MAX, Recognised, recognise_document, recognise_pieces};
pub use encoding::{Decoded, decode};
pub use file::{ChainBreak, DayDigest, Rejected, Sales, SourceFile, SourceSide, Survey};
pub use find::{Found, find_table, find_table_in};
pub use header::are_titles;
pub use joined::{OtherCut, cut_otherwise};
pub use json::{Json, Node, Object};
pub use kept::Stated;
pub use layout::{Direction, Layout};
pub use parties::{is_party_title, says_card, stands_between};
pub use preamble::noted;
pub use progress::{RowProgress, Saying, names_reason, says_progress, yes_or_no};
pub use role::{Reading, Role};
pub use shape::{JsonReading, Shape, shapes};
pub use store::Store;
pub use stream::{Interruption, PIECE_BYTES_MAX, Stream};
pub use table::{Columns, Cut, HeldRow, Notes, Rows, Sign, Table, Text, structure_finding};
pub use understanding::{Decision, NotedLine, Understanding, UnderstoodColumn};
pub use words::{
    is_balance, is_empty_date, is_pending_date, is_total, may_be_balance, may_be_plain_balance, says_balance,
    says_total,
};
