//! Single papers: the text of a PDF or a mail, and what it says beside its labels, in whatever language it is written.

mod balance;
mod facts;
mod labels;
mod pdf;
mod refunds;
mod sums;
mod text;
mod weight;
mod written;

use super::mail::MailDoubt;
pub use facts::{Facts, PaperKind, Unread, facts_of, may_be_sold_by};
pub(super) use facts::{Labelled, read as read_facts};
pub use labels::{Label, folded, labels};
pub use pdf::{HereReader, PdfFault, PdfReader, is_pdf, read_pdf};
pub use sums::Sums;
pub use text::{PaperText, TextCell, TextLine, TextPage, one_spelling};
pub use weight::unfolded;
pub use written::{Written, amounts_in, day_in, stretch_in, whole_amount};

/// A readable file of a kind that papers come in, which is nobody's paper of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// A PDF.
    Pdf,
    /// A mail, or many.
    Mail,
}

/// The papers of one file that are the vendor's.
#[derive(Clone, Debug, Default)]
pub struct PaperFile {
    /// Name of the format in reports: `pdf-paper`, `mail`.
    pub format: &'static str,
    /// What each paper says, with its place: the page of a PDF, the number of a mail in its file.
    pub papers: Vec<(u32, Facts)>,
    /// How many papers were looked at.
    pub seen: u32,
    /// Mails that are weak evidence, or none.
    pub doubts: Vec<(u32, MailDoubt)>,
    /// Papers on mails whose text cannot be told.
    pub faults: Vec<(u32, PdfFault)>,
}

#[cfg(test)]
mod tests;
