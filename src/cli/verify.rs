//! `payproof verify`.

use super::value;
use crate::text::Lang;
use clap::Args;
use std::path::PathBuf;

/// Check an evidence bundle: digests, names, and figures against the rows it carries
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Example:
  payproof verify claim.zip

Exit status: 0 valid, 1 not valid, 2 not a bundle.")]
pub struct Verify {
    /// Folder or ZIP file
    #[arg(value_name = "BUNDLE")]
    pub bundle: PathBuf,

    /// Language of what is printed, en or zh, instead of the system's
    #[arg(long, value_name = "LANG", value_parser = value::lang)]
    pub lang: Option<Lang>,
}
