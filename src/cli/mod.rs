//! What the user typed, one file a subcommand; what it means is worked out in `settings`.

mod claim;
mod entries;
mod formats;
mod fx;
mod inputs;
mod inspect;
mod rates;
mod reconcile;
mod value;
mod verify;

pub use claim::Claim;
pub use entries::{Entries, ListFormat};
pub use formats::{Formats, FormatsCommand};
pub use fx::{Explain, Fx, FxCommand, Needed};
pub use inputs::{Color, Inputs, Shown};
pub use inspect::{Inspect, InspectFormat};
pub use rates::Rates;
pub use reconcile::{Format, Reconcile};
pub use value::AnswerOf;
pub use verify::Verify;

use clap::{Parser, Subcommand};

/// Says which OpenAI charges were taken without delivery, and why, from exported files.
///
/// Reads bank, card and PayPal statements beside OpenAI's billing papers, follows every purchase along its chain and
/// prints what does not agree. Nothing leaves this machine: the network is never used.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "payproof",
    version,
    after_help = "\
Example:
  payproof reconcile ~/Downloads/statements --account me@example.com
  payproof reconcile chase.csv openai-billing.csv --lang zh"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
#[allow(missing_docs)]
pub enum Command {
    Reconcile(Box<Reconcile>),
    Claim(Box<Claim>),
    Verify(Verify),
    Entries(Box<Entries>),
    Inspect(Box<Inspect>),
    Formats(Formats),
    Fx(Fx),
    Rates(Rates),
    /// Read papers from standard input: payproof starts itself with this, so that no file can bring it down
    #[command(hide = true)]
    ReadPapers,
}

#[cfg(test)]
mod tests;
