//! Colour for the terminal, always beside words that say the same.

use anstyle::{AnsiColor, Style};

/// What a stretch of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// A heading.
    Heading,
    /// A case with a claim.
    Claim,
    /// A discrepancy without a claim.
    Attention,
    /// Nothing to do.
    Fine,
    /// A key before its text.
    Key,
}

/// The text in its colour, or as it is.
pub(super) fn paint(text: &str, tone: Tone, color: bool) -> String {
    if !color || text.is_empty() {
        return text.to_string();
    }
    let style = match tone {
        Tone::Heading => Style::new().bold(),
        Tone::Claim => AnsiColor::Red.on_default().bold(),
        Tone::Attention => AnsiColor::Yellow.on_default(),
        Tone::Fine => AnsiColor::Green.on_default(),
        Tone::Key => Style::new().dimmed(),
    };
    format!("{style}{text}{style:#}")
}
