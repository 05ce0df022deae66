//! payproof: exported statements and billing papers in, a discrepancy table with reasons out.
//!
//! # The pipeline
//! Files are read (`source`), their rows normalised to entries and billing records (`normalize`), rows of one payment
//! folded together (`payment`), charges joined to invoices and refunds to charges (`matching`), what each file can and
//! cannot show worked out (`coverage`), and every purchase given a verdict (`verdict`). The finished value
//! (`reconciliation`) is printed by `report`, which computes nothing; what was read and not yet judged (`listing`) and how it was understood (`inspection`) are printed there too. `run` is the only place that opens input files;
//! nothing in the library prints, reads the clock or looks at the environment.
//!
//! # Sign and rounding
//! Entries are signed from the holder's view: negative leaves the account. Billing amounts and the totals of a case
//! are positive. Amounts are whole minor units; a rate is two euro legs and is never rounded. Every printed figure is
//! rounded once, half up, to the minor unit of its currency; what somebody must hold or send is rounded up.
//!
//! Modules stand in the order in which data flows; each may use those above it and none below (`tests/tidy.rs`).

mod embedded;
pub mod domain;
pub mod text;
pub mod diagnostic;
pub mod vendor;
pub mod source;
pub mod normalize;
pub mod payment;
pub mod rates;
pub mod fx;
pub mod matching;
pub mod coverage;
pub mod verdict;
pub mod reconciliation;
pub mod listing;
pub mod inspection;
pub mod redaction;
pub mod picture;
pub mod report;
pub mod evidence;
pub mod cli;
pub mod settings;
pub mod run;
