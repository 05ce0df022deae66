//! `payproof claim`.

use super::{Color, Inputs};
use clap::Args;
use std::path::PathBuf;

/// Write the evidence bundle for what can be claimed
///
/// Only the rows that a claim cites leave your machine's files, and of them only what serves the claim; every other
/// cell is marked as removed. Every finished file is searched for card, account, phone and identity numbers and foreign
/// e-mail addresses, and if anything is found nothing is written.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  payproof claim ~/Downloads/statements --account me@example.com --check
  payproof claim ~/Downloads/statements --account me@example.com --output claim.zip
  payproof claim statements --case 2026-04-21-462bab44 --output claim-folder --lang zh

Exit status: 0 done, 2 wrong usage, unreadable input, nothing to claim, or something private found.")]
pub struct Claim {
    /// What to read, and how.
    #[command(flatten)]
    pub inputs: Inputs,

    /// When to colour what is printed
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Color,

    /// Folder to write, or file ending in .zip
    #[arg(long, value_name = "DIR_OR_ZIP", required_unless_present = "check")]
    pub output: Option<PathBuf>,

    /// Claim this purchase only, by its id (repeatable)
    #[arg(long = "case", value_name = "ID")]
    pub cases: Vec<String>,

    /// Say what is missing for a strong claim and write nothing
    #[arg(long)]
    pub check: bool,

    /// Show the cells of a column in full, named by title or role (repeatable) [example: descriptor]
    #[arg(long, value_name = "FIELD")]
    pub show: Vec<String>,

    /// Add the whole source files as they are, with everything in them
    #[arg(long)]
    pub include_sources: bool,

    /// Replace a bundle that is already there
    #[arg(long)]
    pub force: bool,
}
