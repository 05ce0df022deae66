//! What the account showed, and payments that were refused before any statement could show them.

use super::{Account, Currency, Day, LastFour, Money, Product, Route, SourceRef};
use rust_decimal::Decimal;

/// State of a product as seen on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanState {
    /// In force.
    Active,
    /// Not there.
    Inactive,
    /// In force, but a payment is overdue.
    PastDue,
    /// Ended or about to end.
    Cancelled,
}

impl PlanState {
    /// All states with their names in files.
    pub const NAMES: [(&'static str, PlanState); 4] = [
        ("active", PlanState::Active),
        ("inactive", PlanState::Inactive),
        ("past-due", PlanState::PastDue),
        ("cancelled", PlanState::Cancelled),
    ];
}

/// What the account showed on one day.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Where it is written.
    pub at: SourceRef,
    /// Day of the observation.
    pub observed_on: Day,
    /// Account looked at.
    pub account: Option<Account>,
    /// Product looked at.
    pub product: Product,
    /// Plan shown, as written (`free`, `plus`).
    pub plan: Option<String>,
    /// State shown.
    pub state: PlanState,
    /// First day of the plan shown.
    pub active_from: Option<Day>,
    /// Last day of the plan shown.
    pub active_until: Option<Day>,
    /// Balance of prepaid credit shown.
    pub credit_balance: Option<Money>,
    /// Whether the plan is in force without payment: given away, or under a discount of 100 %. Such a plan says nothing
    /// of any charge.
    pub is_gratis: bool,
    /// The route by which the plan shown was bought ([`Route::Card`]: from the vendor itself), where the source says so.
    pub bought_by: Option<Route>,
    /// The only plan the source knows of, where it says yes or no of one plan alone (`user.json`).
    pub only_of: Option<String>,
    /// Whether it is a workspace's plan, which a person's own purchase does not bring.
    pub of_workspace: bool,
    /// Whether all credit ever granted stands beside it, so that what is not there was not granted.
    pub lists_grants: bool,
    /// Seats of a workspace that the account is entitled to.
    pub seats: Option<u32>,
}

/// That a product was used on one day. Consumption is priced below the smallest unit of money and adds up to no payment:
/// it only shows that something was there to be used.
#[derive(Clone, Debug)]
pub struct Usage {
    /// Where it is written.
    pub at: SourceRef,
    /// Day of the use, in UTC.
    pub day: Day,
    /// Account or organisation that used it, where the source names its mail address.
    pub account: Option<Account>,
    /// Product used.
    pub product: Product,
    /// What the use cost, exact to 28 decimals and more than nothing; `None` where the source counts requests only.
    pub cost: Option<(Decimal, Currency)>,
    /// What was used, as in the file.
    pub description: String,
}

/// What became of a written-down attempt to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttemptResult {
    /// Refused.
    Declined,
    /// Given up by the payer.
    Abandoned,
    /// Accepted.
    Approved,
}

impl AttemptResult {
    /// All results with their names in files.
    pub const NAMES: [(&'static str, AttemptResult); 3] = [
        ("declined", AttemptResult::Declined),
        ("abandoned", AttemptResult::Abandoned),
        ("approved", AttemptResult::Approved),
    ];
}

/// Why a payment was declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum DeclineCause {
    InsufficientFunds,
    CardExpired,
    CardDetails,
    Authentication,
    IssuerBlocked,
    CrossBorderBlocked,
    MethodUnsupported,
    RegionUnsupported,
    AccountRestricted,
    Gateway,
    Network,
    Unknown,
}

/// An attempt to pay that the payer wrote down.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Where it is written.
    pub at: SourceRef,
    /// Day of the attempt.
    pub day: Day,
    /// Account it was made for.
    pub account: Option<Account>,
    /// Card used, as written (`Visa-6688`).
    pub instrument: Option<String>,
    /// Last four digits of that card.
    pub card: Option<LastFour>,
    /// Amount asked for, positive.
    pub amount: Money,
    /// What became of it.
    pub result: AttemptResult,
    /// Reason given, as written.
    pub reason: Option<String>,
    /// That reason in payproof's words.
    pub cause: DeclineCause,
    /// What the card held before the attempt.
    pub balance_before: Option<Money>,
}
