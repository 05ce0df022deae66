//! How each file was understood: the value behind `payproof inspect`.

use crate::reconciliation::Notice;
use crate::source::{SourceFile, Understanding};

/// Everything that `inspect` shows.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// The files read, sorted, each with how it was understood; a file that is no table has no columns.
    pub files: Vec<(SourceFile, Understanding)>,
    /// What the reader should know of the files.
    pub notices: Vec<Notice>,
}
