//! Bytes to raw tables, with true positions.

mod file;

pub use file::{ChainBreak, DayDigest, Rejected, SourceFile, SourceSide, Survey};
