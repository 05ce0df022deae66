//! Which rows are the same purchase: a wallet's payment and the bank's line, a charge and its invoice, a refund and its
//! charge.
//!
//! # Worked example
//! A card statement shows 20.00 USD on the 3rd and again on the 9th; the billing list holds invoices of 20.00 paid on
//! the 4th and the 9th. The charge of the 3rd lies in the window of the first invoice only (a charge may stand at most
//! one day before it), the charge of the 9th in both. Joining the 9th to the nearer invoice of the same day and the 3rd
//! to the 4th joins both at the least total gap: that is the answer, whichever order the rows come in.
//!
//! Bases, windows and the order of objectives are the domain rules' (`join`, `refund`); the solver is in `assignment`.

pub mod assignment;
mod charge;
mod join;
mod money_fit;
mod papers;
mod passing;
mod purchases;
mod refund;
mod store;

pub use charge::{BankJoin, Movement, movements};
pub use join::{
    Basis, DUPLICATE_DAYS_MAX, Join, JoinInput, Joins, basis_of, converted_sum, in_window, is_posted, join_charges,
    same_source,
};
pub use money_fit::{DCC_CHANNEL, ShortBalance, Yardstick};
pub use papers::{Invoice, Papers, RefundRecord};
pub use purchases::{Contradiction, Said};
pub use refund::{
    REFUND_DAYS_AFTER_MAX, REFUND_DAYS_BEFORE_MAX, RefundBasis, RefundJoin, RefundJoins, charge_of, join_refunds,
};
pub use store::identify;
