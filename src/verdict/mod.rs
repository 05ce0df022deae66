//! The closed list of verdicts in order of precedence, and the reasons that carry them.

mod case;
mod reason;

pub use case::{
    Addressee, Case, CaseFx, CaseLine, Cause, Confidence, Deadline, LineRole, SignedMoney, Verdict, sum_by_currency,
};
pub use reason::{Innocent, Reason};
