//! Reference rates: embedded and given.

/// How a reference rate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateStatus {
    /// A row of that very day.
    Exact,
    /// The row before a weekend or TARGET holiday.
    Carried,
    /// A row was due and is not there.
    Missing,
    /// The series does not carry the currency on that row.
    Unsupported,
    /// Given by the user.
    User,
    /// Both currencies are one.
    SameCurrency,
}

impl RateStatus {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            RateStatus::Exact => "exact",
            RateStatus::Carried => "carried",
            RateStatus::Missing => "missing",
            RateStatus::Unsupported => "unsupported",
            RateStatus::User => "user",
            RateStatus::SameCurrency => "same_currency",
        }
    }
}
