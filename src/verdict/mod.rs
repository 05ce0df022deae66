//! The closed list of verdicts in order of precedence, and the reasons that carry them.
//!
//! Every posted charge gets the first verdict that applies (`charged`, `refunded`, `amount`, with what the plan side
//! shows from `activation`); what was never charged gets one in `uncharged`. `assemble` puts verdicts and rows together
//! into cases and names what another, equally good assignment would change.

mod activation;
mod amount;
mod assemble;
mod beside;
mod cancelled;
mod case;
mod caveat;
mod charged;
mod context;
mod costs;
mod draft;
mod identity;
mod periods;
mod reason;
mod refunded;
mod renewal;
mod tie;
mod uncharged;

pub use crate::fx::CaseFx;
pub use assemble::judge;
pub use case::{
    Addressee, Case, CaseLine, Cause, Confidence, Deadline, LineRole, SignedMoney, Verdict, sum_by_currency,
};
pub use context::Context;
pub use costs::CostsBasis;
pub use reason::{Innocent, Reason};
pub use renewal::{Keep, Renewal, renewals};
