//! What a column of a table can hold, and which reader understands a table's rows.

use super::SourceSide;
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Role {
    TransactionDate,
    PostingDate,
    /// Day from which interest counts; stands in for the booking day where there is no other.
    ValueDate,
    Descriptor,
    /// Who paid, where the descriptor names who was paid.
    Payer,
    Category,
    Kind,
    Status,
    /// Signed amount; the total of a billing record.
    Amount,
    Debit,
    Credit,
    /// Words that say whether money went out or came in, where the amount has no sign.
    Direction,
    Gross,
    Net,
    Fee,
    Currency,
    Balance,
    BalanceCurrency,
    /// Account, pocket or product whose balance runs.
    Pocket,
    Card,
    Id,
    Reference,
    /// Free text; several columns may hold some.
    Memo,
    OriginalAmount,
    OriginalCurrency,
    /// Amount and country in one cell: `20.00(US)`.
    OriginalPlace,
    /// Text that states the original amount among other things.
    OriginalText,
    /// Rate of the conversion, as printed.
    Rate,
    /// What a wallet's row did to its balance.
    Impact,
    /// Time of day.
    Time,
    TimeZone,
    /// The keeper's own code of the kind (PayPal's `T0006`), which is the same in every language.
    EventCode,
    PayerMail,
    PayeeMail,
    Number,
    /// Account with the vendor.
    Mail,
    Product,
    Plan,
    Subtotal,
    Tax,
    AmountPaid,
    /// What came back of a sale.
    Refunded,
    /// A price below the smallest unit of money, to many decimals.
    Cost,
    PeriodStart,
    PeriodEnd,
    PaidOn,
    PaymentMethod,
    ActiveFrom,
    ActiveUntil,
    Reason,
}

impl Role {
    /// The name used in layouts, answers and messages: `transaction-date`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// Number of roles.
    pub const COUNT: usize = Role::Reason as usize + 1;
    /// Every role, in the order of their definition.
    pub const ALL: [Role; Role::COUNT] = [
        Role::TransactionDate,
        Role::PostingDate,
        Role::ValueDate,
        Role::Descriptor,
        Role::Payer,
        Role::Category,
        Role::Kind,
        Role::Status,
        Role::Amount,
        Role::Debit,
        Role::Credit,
        Role::Direction,
        Role::Gross,
        Role::Net,
        Role::Fee,
        Role::Currency,
        Role::Balance,
        Role::BalanceCurrency,
        Role::Pocket,
        Role::Card,
        Role::Id,
        Role::Reference,
        Role::Memo,
        Role::OriginalAmount,
        Role::OriginalCurrency,
        Role::OriginalPlace,
        Role::OriginalText,
        Role::Rate,
        Role::Impact,
        Role::Time,
        Role::TimeZone,
        Role::EventCode,
        Role::PayerMail,
        Role::PayeeMail,
        Role::Number,
        Role::Mail,
        Role::Product,
        Role::Plan,
        Role::Subtotal,
        Role::Tax,
        Role::AmountPaid,
        Role::Refunded,
        Role::Cost,
        Role::PeriodStart,
        Role::PeriodEnd,
        Role::PaidOn,
        Role::PaymentMethod,
        Role::ActiveFrom,
        Role::ActiveUntil,
        Role::Reason,
    ];
    /// The roles that hold days.
    pub const DATES: [Role; 8] = [
        Role::TransactionDate,
        Role::PostingDate,
        Role::ValueDate,
        Role::PeriodStart,
        Role::PeriodEnd,
        Role::PaidOn,
        Role::ActiveFrom,
        Role::ActiveUntil,
    ];
    /// The roles that hold amounts.
    pub const AMOUNTS: [Role; 14] = [
        Role::Amount,
        Role::Debit,
        Role::Credit,
        Role::Net,
        Role::Gross,
        Role::Fee,
        Role::Balance,
        Role::OriginalAmount,
        Role::OriginalPlace,
        Role::Rate,
        Role::Subtotal,
        Role::Tax,
        Role::AmountPaid,
        Role::Refunded,
    ];
    /// The roles of which each record fills one: what stands beside an amount moves nothing.
    pub const MOVING: [Role; 6] = [Role::Amount, Role::Debit, Role::Credit, Role::Net, Role::Gross, Role::Balance];
    /// Roles whose column must be beyond doubt: a second candidate is a question, not a choice.
    pub(super) const CRUCIAL: [Role; 9] = [
        Role::TransactionDate,
        Role::PostingDate,
        Role::Amount,
        Role::Debit,
        Role::Credit,
        Role::Net,
        Role::Currency,
        Role::Status,
        Role::Direction,
    ];
}

/// The names of the roles, in the order of their definition.
const NAMES: [&str; Role::COUNT] = [
    "transaction-date",
    "posting-date",
    "value-date",
    "descriptor",
    "payer",
    "category",
    "kind",
    "status",
    "amount",
    "debit",
    "credit",
    "direction",
    "gross",
    "net",
    "fee",
    "currency",
    "balance",
    "balance-currency",
    "pocket",
    "card",
    "id",
    "reference",
    "memo",
    "original-amount",
    "original-currency",
    "original-place",
    "original-text",
    "rate",
    "impact",
    "time",
    "time-zone",
    "event-code",
    "payer-mail",
    "payee-mail",
    "number",
    "mail",
    "product",
    "plan",
    "subtotal",
    "tax",
    "amount-paid",
    "refunded",
    "cost",
    "period-start",
    "period-end",
    "paid-on",
    "payment-method",
    "active-from",
    "active-until",
    "reason",
];

/// Which reader understands the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// One row, one movement on an account or card.
    Account,
    /// Several rows make one payment and refer to each other.
    Wallet,
    /// The vendor's side, written by a person.
    Billing,
    /// The vendor's invoices as a list.
    InvoiceList,
    /// What the account showed, written by a person.
    Observations,
    /// Attempts to pay, written by a person.
    Attempts,
    /// What a store sold.
    StoreOrders,
    /// Days on which something was used.
    Usage,
}

impl Reading {
    /// The side of evidence.
    pub fn side(self) -> SourceSide {
        match self {
            Reading::Account | Reading::Wallet => SourceSide::Statement,
            Reading::Billing | Reading::InvoiceList | Reading::StoreOrders => SourceSide::Billing,
            Reading::Observations | Reading::Usage => SourceSide::Plan,
            Reading::Attempts => SourceSide::Attempts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_layout_files() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
    }
}
