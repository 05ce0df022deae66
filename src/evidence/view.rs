//! A reconciliation reduced to the claimed cases, with every text in it replaced by what may leave.
//!
//! Every document of the bundle is made from the reduced value, so that none can show what another holds back.

use super::kept::Keeper;
use crate::domain::{Account, Day, SourceId, SourceRef};
use crate::reconciliation::{Notice, RatesUsed, Reconciliation};
use crate::redaction::{REMOVED, is_reference};
use crate::source::{Rejected, SourceFile};
use crate::verdict::{Case, CaseLine, LineRole, Reason, Verdict, sum_by_currency};
use std::collections::BTreeMap;

pub(super) struct View<'a> {
    pub keeper: &'a Keeper<'a>,
    /// Indices of the files that are carried, in order.
    pub carried: &'a [usize],
    /// Their names in the bundle.
    pub names: &'a [String],
}

impl View<'_> {
    /// The claimed cases alone.
    pub fn of(&self, whole: &Reconciliation, cases: &[&Case]) -> Reconciliation {
        let files = self.carried.iter().filter_map(|index| whole.sources.get(*index));
        let paths: Paths = files.clone().map(|file| file.path.as_str()).zip(self.names).collect();
        let sources = files.zip(self.names).map(|(file, name)| source(file, name)).collect();
        let cases: Vec<Case> = cases.iter().map(|case| self.case(case, &paths)).collect();
        let mut by_verdict: BTreeMap<Verdict, u32> = BTreeMap::new();
        for case in &cases {
            let count = by_verdict.entry(case.verdict).or_default();
            *count = count.saturating_add(1);
        }
        Reconciliation {
            as_of: whole.as_of,
            sources,
            at_stake: sum_by_currency(cases.iter().filter_map(|case| case.at_stake)).unwrap_or_default(),
            cases,
            by_verdict,
            notices: whole.notices.iter().filter_map(|found| notice(found, &paths)).collect(),
            // What is to be paid next is nobody's business but the payer's.
            renewals: Vec::new(),
            expiries: Vec::new(),
            // The publisher is named; the name of the file the rates came from is the payer's own.
            rates: whole.rates.iter().map(RatesUsed::without_file).collect(),
        }
    }

    fn case(&self, case: &Case, paths: &Paths) -> Case {
        let mut case = case.clone();
        case.account = case.account.as_ref().map(|account| self.account(account));
        case.lines = case.lines.iter().map(|line| self.line(line)).collect();
        if let Some(fx) = &mut case.fx {
            fx.rate_source = fx.publisher.source_line().to_string();
        }
        for reason in &mut case.reasons {
            self.reason(reason, paths);
        }
        case
    }

    fn account(&self, account: &Account) -> Account {
        Account::new(&self.keeper.account(account.as_str())).unwrap_or_else(|| account.clone())
    }

    fn line(&self, line: &CaseLine) -> CaseLine {
        let place = usize::try_from(line.at.source.0).unwrap_or(usize::MAX);
        let place = self.carried.iter().position(|index| *index == place).unwrap_or(usize::MAX);
        let text = line.text.as_deref().map(|text| match line.role {
            LineRole::PlanState => self.plan_state(text),
            _ if self.keeper.show.contains("descriptor") => self.keeper.shown(text),
            _ => self.keeper.text(text),
        });
        CaseLine {
            at: SourceRef { source: SourceId(u32::try_from(place).unwrap_or(u32::MAX)), line: line.at.line },
            id: line.id.as_deref().map(identifier),
            text,
            ..line.clone()
        }
    }

    /// `plus: active`, where the plan is one that the vendor data knows.
    fn plan_state(&self, text: &str) -> String {
        match text.rsplit_once(": ") {
            Some((plan, _)) if self.keeper.vendor.plan_rank(plan).is_some() => text.to_string(),
            Some((_, state)) => format!("{REMOVED}: {state}"),
            None => text.to_string(),
        }
    }

    /// Replaces the texts of a reason.
    fn reason(&self, reason: &mut Reason, paths: &Paths) {
        let id = |text: &mut String| *text = identifier(text);
        let files = |list: &mut Vec<String>| list.iter_mut().for_each(|file| *file = name_of(file, paths));
        match reason {
            Reason::JoinedByReference { invoice, reference } => {
                id(invoice);
                id(reference);
            }
            Reason::JoinedExact { invoice, .. }
            | Reason::JoinedConverted { invoice, .. }
            | Reason::JoinedSum { invoice, .. }
            | Reason::JoinedLeftover { invoice, .. }
            | Reason::BalanceApplied { invoice, .. }
            | Reason::JoinedArrived { invoice, .. }
            | Reason::InvoiceUnpaid { invoice }
            | Reason::InvoiceVoid { invoice }
            | Reason::ActivationPresumed { invoice, .. }
            | Reason::ChargedAsIssued { invoice, .. }
            | Reason::IssuedDayNotCovered { invoice, .. }
            | Reason::IssuedNotCharged { invoice, .. }
            | Reason::PaidDayNotCovered { invoice, .. }
            | Reason::UnpaidInvoice { invoice, .. }
            | Reason::ChangedMidway { invoice }
            | Reason::PeriodOverlap { invoice, .. }
            | Reason::FitsLocalConversion { invoice, .. } => id(invoice),
            Reason::StoreGaveBack { order } => id(order),
            Reason::SamePeriod { invoices: numbers, .. } | Reason::SoldByStore { orders: numbers, .. } => {
                numbers.iter_mut().for_each(id);
            }
            Reason::ActiveElsewhere { account, .. } => *account = self.account(account),
            Reason::DescribedCosts { name, .. } => *name = self.keeper.text(name),
            Reason::RefundRecorded { number, .. } | Reason::CreditedToBalance { number, .. } => {
                number.iter_mut().for_each(id)
            }
            Reason::DuplicateOf { other_place, invoice, .. } => {
                id(invoice);
                *other_place = place_of(other_place, paths);
            }
            Reason::PapersDisagree { first, second, .. } => {
                *first = place_of(first, paths);
                *second = place_of(second, paths);
            }
            Reason::ExportsDisagree { other_place } => *other_place = place_of(other_place, paths),
            Reason::WrongAccount { invoice, billed, given } => {
                id(invoice);
                *billed = self.account(billed);
                given.iter_mut().for_each(|account| *account = self.account(account));
            }
            Reason::NoInvoice { files: list, .. } | Reason::RefundNotSeen { files: list, .. } => files(list),
            Reason::PaidElsewhere { invoice, files: list } => {
                id(invoice);
                files(list);
            }
            Reason::ListHasHole { file } | Reason::HoldLapsed { file, .. } => *file = name_of(file, paths),
            Reason::PlanInactive { plan, .. } | Reason::PlanEnded { plan, .. } => {
                *plan = plan.take().filter(|plan| self.keeper.vendor.plan_rank(plan).is_some());
            }
            Reason::Declined { reason, .. } => *reason = None,
            Reason::StoreChargeUnidentified { store } => *store = self.keeper.text(store),
            other => says_no_text(other),
        }
    }
}

/// Makes `says_no_text`; every reason is named, so that a new one does not compile until somebody has said which it is.
macro_rules! reasons {
    ($($variant:ident),* $(,)?) => {
        /// The reasons that quote nothing from files, and those that [`View::reason`] replaces the texts of.
        fn says_no_text(reason: &Reason) {
            match reason {
                $(Reason::$variant { .. } => {})*
            }
        }
    };
}

reasons! {
    JoinedByReference, JoinedExact, JoinedConverted, JoinedSum, JoinedLeftover, BalanceApplied, JoinedArrived,
    CreditedToBalance, PlanEnded, PapersDisagree, InvoiceUnpaid, InvoiceVoid,
    ActivationPresumed, ChargedAsIssued, IssuedDayNotCovered, IssuedNotCharged, PaidDayNotCovered, UnpaidInvoice, RefundRecorded, DuplicateOf, ExportsDisagree,
    WrongAccount, NoInvoice, RefundNotSeen, PaidElsewhere, ListHasHole, HoldLapsed, PlanInactive, Declined,
    StoreChargeUnidentified, ChangedMidway, PeriodOverlap, SoldByStore, StoreGaveBack, SamePeriod,
    ActiveElsewhere, FailedAtCheckout, PricedAs, GratisPlan, SeenPastDue, SeatsShort, CardSetupHold, UsedAfter,
    ActivationObserved, CreditNotGranted, CreditGranted, RefundedInFull, RefundedInPart, RefundShort, RefundLoss,
    RefundUnexplained, RefundOriginalWhole, RefundPending, RefundDaysNotCovered, RefundWithoutCharge,
    ChargedAfterCancel, CancelledBefore, OrderedAgain, ArrivedShort, FxTook, Overcharged, Undercharged, OutsideBand, TooRecent,
    BeforeBillingCoverage, NoBillingEvidence, NoReferenceRate, HoldPending, HoldOverdue, HoldReleased, NextStep,
    FxDeclined, LearnedMarkup, DescribedCosts, NoRateToCompare, StatementRate, LooksLikeTax,
    WithoutItsTax, FitsLocalConversion, MarkupUnknown, Interchangeable, OtherAssignment,
    AskIssuer, AskPaypal, ConversionCost, RuledOut, NotRuledOut,
}

/// Names of the carried files by their path.
type Paths<'p> = BTreeMap<&'p str, &'p String>;

fn name_of(path: &str, paths: &Paths) -> String {
    paths.get(path).map_or_else(|| REMOVED.to_string(), |name| (*name).clone())
}

/// `file:line` under the file's name in the bundle.
fn place_of(place: &str, paths: &Paths) -> String {
    match place.rsplit_once(':') {
        Some((path, line)) if line.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}:{line}", name_of(path, paths))
        }
        _ => REMOVED.to_string(),
    }
}

/// An identifier, or the day and amount by which an invoice without number is spoken of.
fn identifier(text: &str) -> String {
    let is_day_and_amount = || {
        let day = text.get(..10).and_then(Day::parse_iso);
        let rest = text.get(10..).unwrap_or_default();
        day.is_some()
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" .-".contains(&byte))
    };
    if is_reference(text) || is_day_and_amount() { text.to_string() } else { REMOVED.to_string() }
}

fn source(file: &SourceFile, name: &str) -> SourceFile {
    // What was wrong with a row quotes the row.
    let rejected =
        file.rejected.iter().map(|row| Rejected { line: row.line, column: None, reason: REMOVED.to_string() });
    let account = file.account.clone().filter(|account| account.contains("***"));
    SourceFile { path: name.to_string(), rejected: rejected.collect(), account, ..file.clone() }
}

/// What is said of carried files, and of the files as a whole.
fn notice(found: &Notice, paths: &Paths) -> Option<Notice> {
    let name = |file: &String| paths.get(file.as_str()).map(|name| (*name).clone());
    let found = found.clone();
    Some(match found {
        Notice::NoBillingList | Notice::NoStatement | Notice::NoPlanSide | Notice::ConfigFound { .. } => found,
        Notice::ExportsDisagree { first, second, day } => {
            Notice::ExportsDisagree { first: name(&first)?, second: name(&second)?, day }
        }
        Notice::ExportsMerged { first, second, rows } => {
            Notice::ExportsMerged { first: name(&first)?, second: name(&second)?, rows }
        }
        Notice::BalanceBreak { file, after_line, before_line, stretch } => {
            Notice::BalanceBreak { file: name(&file)?, after_line, before_line, stretch }
        }
        Notice::RowsSkipped { file, rows } => Notice::RowsSkipped { file: name(&file)?, rows },
        Notice::CurrencyUnknown { file, rows } => Notice::CurrencyUnknown { file: name(&file)?, rows },
        Notice::Ignored { .. }
        | Notice::PaperUnread { .. }
        | Notice::PapersDisagree { .. }
        | Notice::MailDoubted { .. }
        | Notice::OrphanWalletRow { .. }
        | Notice::ResellerRow { .. }
        | Notice::MentionRow { .. } => return None,
    })
}
