//! What a letter says of one case in every language alike: days, amounts, card, references.

use crate::domain::{Day, LastFour, Money};
use crate::reconciliation::Reconciliation;
use crate::source::{SourceFile, SourceSide};
use crate::verdict::{Case, CaseLine, LineRole, Verdict};

/// The figures of one case.
pub(super) struct Figures<'a> {
    /// The day of the charge.
    pub day: Day,
    /// The day on the bank's statement, where it is another.
    pub bank_day: Option<Day>,
    /// What was charged, in the merchant's currency where the files show it; else what left the payer's pocket.
    pub charged: Option<Money>,
    /// What left the payer's pocket, where that is another currency than was charged.
    pub settled: Option<Money>,
    /// What is at issue.
    pub at_issue: Option<Money>,
    /// Last four digits of the card.
    pub card: Option<LastFour>,
    /// Numbers under which the others know the payment, each once.
    pub references: Vec<Reference<'a>>,
}

/// A number with what it is a number of.
pub(super) struct Reference<'a> {
    /// What the cited row is.
    pub role: LineRole,
    /// The number as in the file.
    pub number: &'a str,
    /// The invoice's total, where it is not the amount charged.
    pub total: Option<Money>,
}

/// Roles whose numbers are named, the most telling first.
const REFERENCE_ROLES: [LineRole; 8] = [
    LineRole::Invoice,
    LineRole::Receipt,
    LineRole::Order,
    LineRole::CreditNote,
    LineRole::Refund,
    LineRole::Cancellation,
    LineRole::Charge,
    LineRole::Funding,
];

impl<'a> Figures<'a> {
    /// Gathers them from the case and its rows.
    pub fn new(reconciliation: &Reconciliation, case: &'a Case) -> Figures<'a> {
        let day = case.charged_on.unwrap_or(case.day);
        let charged = as_charged(case).or(case.paid);
        let differs = |paid: &Money| charged.is_some_and(|charged| charged.currency() != paid.currency());
        Figures {
            day,
            bank_day: bank_line(reconciliation, case).map(|line| line.day).filter(|bank_day| *bank_day != day),
            charged,
            settled: case.paid.filter(differs),
            at_issue: case.at_stake,
            card: card(reconciliation, case),
            references: references(case, charged),
        }
    }
}

/// The amount in the merchant's currency, where a statement shows it: printed on the row (which only the comparison
/// with the reference rate still knows), or as the other leg of a wallet's conversion.
fn as_charged(case: &Case) -> Option<Money> {
    let paid = case.paid?;
    let foreign = |money: &Money| money.currency() != paid.currency();
    let printed = case.fx.as_ref().filter(|_| case.invoiced.is_none()).map(|fx| fx.converted);
    let legs = case.lines.iter().filter(|line| line.role == LineRole::Conversion);
    let mut legs = legs.filter_map(|line| line.money).map(|money| money.0.abs()).filter(foreign);
    let leg = legs.next();
    let is_one = legs.all(|other| Some(other) == leg);
    let is_short = case.verdict == Verdict::FxUnderpaid;
    printed.filter(foreign).or(leg.filter(|_| is_one && !is_short))
}

fn source<'r>(reconciliation: &'r Reconciliation, line: &CaseLine) -> Option<&'r SourceFile> {
    usize::try_from(line.at.source.0).ok().and_then(|index| reconciliation.sources.get(index))
}

/// The row on which a bank or card shows the charge, or the money that a wallet drew for it.
pub(super) fn bank_line<'c>(reconciliation: &Reconciliation, case: &'c Case) -> Option<&'c CaseLine> {
    let at_bank = |line: &&CaseLine| {
        source(reconciliation, line).is_some_and(|file| file.side == SourceSide::Statement && !file.is_wallet())
    };
    let of_role = |role| case.lines.iter().filter(at_bank).find(|line| line.role == role);
    of_role(LineRole::Charge).or_else(|| of_role(LineRole::Funding))
}

/// The card that was charged: named by the row, else the only one its file names, else named by the billing side.
pub(super) fn card(reconciliation: &Reconciliation, case: &Case) -> Option<LastFour> {
    let bank = bank_line(reconciliation, case);
    let of_file = || {
        let cards = &source(reconciliation, bank?)?.survey.cards;
        (cards.len() == 1).then(|| cards.first().copied()).flatten()
    };
    let billed = || {
        let of_bill = |line: &&CaseLine| matches!(line.role, LineRole::Invoice | LineRole::Receipt);
        case.lines.iter().filter(of_bill).find_map(|line| line.card)
    };
    bank.and_then(|line| line.card).or_else(of_file).or_else(billed)
}

fn references(case: &Case, charged: Option<Money>) -> Vec<Reference<'_>> {
    let mut found: Vec<Reference<'_>> = Vec::new();
    for role in REFERENCE_ROLES {
        for line in case.lines.iter().filter(|line| line.role == role) {
            let number = line.id.as_deref().map(str::trim).filter(|number| !number.is_empty());
            let Some(number) = number.filter(|number| found.iter().all(|other| other.number != *number)) else {
                continue;
            };
            let is_invoice = role == LineRole::Invoice;
            let total = line.money.map(|money| money.0).filter(|total| is_invoice && Some(*total) != charged);
            found.push(Reference { role, number, total });
        }
    }
    found
}
