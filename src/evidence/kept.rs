//! Which cells of a cited row leave, and in which form: by the role of their column, never by how they look alone.
//!
//! A cell leaves if it holds what its column should hold: a day, an amount, a currency, a word of the layout, an
//! identifier. Of a descriptor the vendor's words leave; of a card its last four digits. Everything else is marked.

use crate::domain::{Account, AttemptResult, BillingKind, BillingStatus, LastFour, PlanState, Product};
use crate::normalize::{CitedColumn, CitedTable, PLAN_STATE, USAGE};
use crate::redaction::{self, Allowed, REMOVED, is_reference, mask_mail, only, without_private};
use crate::source::cell::{DecimalMark, read_amount, read_date, read_moment, read_original};
use crate::source::{Reading, Role, currency_of, layouts};
use crate::text::clean;
use crate::vendor::Vendor;
use std::collections::BTreeSet;

/// Names of card networks and wallets that may stand before the last four digits.
const BRANDS: [&str; 12] = [
    "visa",
    "mastercard",
    "amex",
    "american express",
    "discover",
    "diners club",
    "jcb",
    "unionpay",
    "maestro",
    "paypal",
    "apple pay",
    "google pay",
];
const TIME_ZONE_BYTES_MAX: usize = 9;

/// What one case lets through.
pub(super) struct Keeper<'a> {
    pub vendor: &'a Vendor,
    /// Columns that the user wants shown, by role or title, in lower case.
    pub show: &'a BTreeSet<String>,
    /// The claimed accounts, which stand in full.
    pub accounts: &'a BTreeSet<Account>,
    /// Identifiers of the claimed cases.
    pub references: &'a BTreeSet<String>,
}

impl Keeper<'_> {
    /// A cell as it leaves.
    pub fn cell(&self, table: &CitedTable, column: &CitedColumn, cell: &str) -> String {
        if cell.is_empty() {
            return String::new();
        }
        if self.is_shown(column) {
            return self.shown(cell);
        }
        // A column of free text may repeat an identifier of the case, as PayPal's invoice number does.
        if self.references.contains(cell) {
            return cell.to_string();
        }
        let kept = column.role.and_then(|role| self.by_role(table, column, role, cell));
        kept.map_or_else(|| REMOVED.to_string(), |text| clean(&text).into_owned())
    }

    /// A text that the user asked for: in full but for numbers and addresses, which never leave.
    pub fn shown(&self, text: &str) -> String {
        let references: Vec<&str> = self.references.iter().map(String::as_str).collect();
        let masked = redaction::text(text, &references);
        let (phones, mail_domains) = (self.vendor.phones(), self.vendor.mail_domains());
        let allowed = Allowed { strings: &references, phones, mail_domains };
        clean(&without_private(&masked, &allowed)).into_owned()
    }

    /// Whether the user asked for the column.
    pub fn is_shown(&self, column: &CitedColumn) -> bool {
        let title = column.title.to_lowercase();
        self.show.contains(&title) || column.role.is_some_and(|role| self.show.contains(&role_name(role)))
    }

    fn by_role(&self, table: &CitedTable, column: &CitedColumn, role: Role, cell: &str) -> Option<String> {
        let layout = table.layout.as_deref();
        let reading = layout.map(|layout| layout.reading);
        let mark = column.mark.unwrap_or(DecimalMark::Point);
        let plain = |fits: bool| fits.then(|| cell.to_string());
        match role {
            Role::TransactionDate
            | Role::ValueDate
            | Role::PostingDate
            | Role::PeriodStart
            | Role::PeriodEnd
            | Role::PaidOn
            | Role::ActiveFrom
            | Role::ActiveUntil => plain(read_date(cell, column.order, table.bill_month).is_ok()),
            Role::Amount
            | Role::Debit
            | Role::Credit
            | Role::Gross
            | Role::Net
            | Role::Fee
            | Role::OriginalAmount
            | Role::Subtotal
            | Role::Tax
            | Role::AmountPaid
            | Role::Refunded => plain(read_amount(cell, mark).is_ok()),
            // What an account held is nobody's business, unless the account is the vendor's and its credit the question.
            Role::Balance => {
                let is_credit = reading.is_none_or(|reading| reading == Reading::Observations);
                plain(is_credit && read_amount(cell, mark).is_ok())
            }
            Role::Cost => plain(cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')),
            Role::OriginalPlace => {
                let is_place = |place: &str| place.len() <= 3 && place.bytes().all(|byte| byte.is_ascii_alphabetic());
                plain(read_original(cell, mark).is_ok_and(|read| read.place.is_none_or(is_place)))
            }
            Role::Currency | Role::OriginalCurrency => plain(currency_of(cell).is_some()),
            Role::Kind => plain(layout.is_some_and(|layout| layout.kind(cell).is_some()) || is_own_kind(reading, cell)),
            Role::Status => {
                plain(layout.is_some_and(|layout| layout.status(cell).is_some()) || is_own_status(reading, cell))
            }
            Role::Direction | Role::Impact => plain(layout.is_some_and(|layout| layout.direction(cell).is_some())),
            Role::Time => plain(read_moment(cell, "").is_some()),
            Role::EventCode => plain(layout.is_some_and(|layout| layout.kind_of_code(cell).is_some())),
            Role::TimeZone => {
                let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"+-:".contains(&byte);
                plain(cell.len() <= TIME_ZONE_BYTES_MAX && cell.bytes().all(fits))
            }
            Role::Descriptor | Role::Memo => Some(self.text(cell)),
            Role::Payer => None,
            Role::Id | Role::Reference | Role::Number => plain(is_reference(cell)),
            Role::Card | Role::PaymentMethod => card(cell),
            Role::Mail => Some(self.account(cell)),
            Role::PayerMail => plain(self.is_claimed(cell)),
            Role::PayeeMail => self.vendor.is_payee_mail(cell).then(|| mask_mail(cell)),
            Role::Product => plain(Product::parse(cell).is_some()),
            Role::Plan => plain(self.vendor.plan_rank(cell).is_some()),
            Role::Category | Role::BalanceCurrency | Role::Pocket | Role::Reason => None,
            Role::OriginalText => Some(self.text(cell)),
            Role::Rate => plain(read_amount(cell, mark).is_ok()),
        }
    }

    /// Of a descriptor or description the vendor's words; a word that the layouts know for a kind of row stays whole.
    pub fn text(&self, text: &str) -> String {
        if layouts().iter().any(|layout| layout.kind(text).is_some()) {
            return text.to_string();
        }
        only(text, &self.vendor.recognised_parts(text))
    }

    /// An account with the vendor: claimed ones in full, others masked.
    pub fn account(&self, account: &str) -> String {
        if self.is_claimed(account) { account.to_string() } else { masked_account(account) }
    }

    fn is_claimed(&self, account: &str) -> bool {
        Account::new(account).is_some_and(|account| self.accounts.contains(&account) && is_plain_account(&account))
    }
}

/// An account that stands in full where it is claimed: an address or an identifier, not a name.
pub(super) fn is_plain_account(account: &Account) -> bool {
    let text = account.as_str();
    let is_address = text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(char::is_whitespace)
    });
    is_address || is_reference(text)
}

/// An account of somebody else.
pub(super) fn masked_account(account: &str) -> String {
    if account.contains('@') && !account.contains(char::is_whitespace) {
        mask_mail(account)
    } else {
        REMOVED.to_string()
    }
}

/// A role by its name in layouts: `transaction-date`.
pub(super) fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|name| name.as_str().map(str::to_string)).unwrap_or_default()
}

/// A kind in payproof's own words; without a layout all of them are.
fn is_own_kind(reading: Option<Reading>, cell: &str) -> bool {
    let is_billing = BillingKind::ALL.iter().any(|kind| kind.name() == cell.to_ascii_lowercase());
    match reading {
        None => is_billing || [PLAN_STATE, USAGE].contains(&cell),
        Some(reading) => reading == Reading::Billing && is_billing,
    }
}

fn is_own_status(reading: Option<Reading>, cell: &str) -> bool {
    let cell = cell.to_ascii_lowercase();
    let is_billing = || BillingStatus::ALL.iter().any(|status| status.name() == cell);
    let is_plan = || PlanState::NAMES.iter().any(|(name, _)| *name == cell);
    match reading {
        None => is_billing() || is_plan(),
        Some(Reading::Billing | Reading::InvoiceList) => is_billing(),
        Some(Reading::Observations) => is_plan(),
        Some(Reading::Attempts) => AttemptResult::NAMES.iter().any(|(name, _)| *name == cell),
        Some(Reading::Account | Reading::Wallet | Reading::StoreOrders | Reading::Usage) => false,
    }
}

/// The last four digits, behind the name of the network where that is all that stands before them.
fn card(cell: &str) -> Option<String> {
    if BRANDS.contains(&cell.trim().to_lowercase().as_str()) {
        return Some(cell.trim().to_string());
    }
    let last_four = LastFour::at_end_of(cell)?;
    let before = cell.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = cell.trim().len() - before.len();
    let brand = before.trim_end_matches([' ', '-', '*', '.', '•', 'x', 'X']).trim().to_lowercase();
    let is_plain = digits == 4 && (brand.is_empty() || BRANDS.contains(&brand.as_str()));
    Some(if is_plain { cell.trim().to_string() } else { format!("****{last_four}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_card_the_last_four_digits_leave() {
        for (cell, kept) in [
            ("Visa-4242", "Visa-4242"),
            ("4242", "4242"),
            ("PayPal", "PayPal"),
            ("American Express ****0005", "American Express ****0005"),
            ("4111111111111111", "****1111"),
            ("Zhang Wei 4242", "****4242"),
            ("6222 0212 3456 7890", "****7890"),
        ] {
            assert_eq!(card(cell).as_deref(), Some(kept), "{cell}");
        }
        assert_eq!(card("Zhang Wei"), None);
    }

    #[test]
    fn a_name_is_no_account() {
        let plain = |text: &str| Account::new(text).is_some_and(|account| is_plain_account(&account));
        assert!(plain("me@example.com") && plain("org-a1B2c3"));
        assert!(!plain("Zhang Wei") && !plain("张伟") && !plain("Zhang <me@example.com>") && !plain("a@b"));
        assert_eq!(masked_account("other@example.com"), "o***@example.com");
        assert_eq!(masked_account("Zhang Wei"), REMOVED);
    }
}
