//! Verdicts, causes and reasons in words: which message says what, with which figures.

mod names;
mod notices;
mod rates;

pub use names::innocent_name;
pub(super) use names::{addressee, cause, channel_name, confidence, deadline, role, side, verdict};
pub(super) use notices::{notice, notice_code};
pub(super) use rates::{publisher, steps};

use super::voice::Voice;
use crate::domain::Currency;
use crate::text::catalogue as say;
use crate::verdict::Reason;
use names::{decline, evidence, next_step, store_name};
use rust_decimal::Decimal;

/// Makes the function `reason` from one row a reason: the variant, its fields, its sentence.
///
/// A table and not a hand-written match, so that a new reason is one row; the compiler still asks for every variant.
macro_rules! sentences {
    (($voice:ident, $lang:ident) $($variant:ident { $($field:ident),* } => $sentence:expr;)*) => {
        /// The reason as a sentence in the language of the voice.
        pub(super) fn reason($voice: &Voice<'_>, reason: &Reason) -> String {
            let $lang = $voice.lang;
            match reason {
                $(Reason::$variant { $($field),* } => $sentence,)*
            }
        }

        #[cfg(test)]
        pub(super) const REASONS: &[&str] = &[$(stringify!($variant)),*];
    };
}

sentences! { (v, lang)
    JoinedByReference { invoice, reference } => say::joined_by_reference(lang, v.id(invoice), v.id(reference));
    JoinedExact { invoice, amount, gap_days } =>
        say::joined_exact(lang, v.id(invoice), amount, gap(v, *gap_days));
    JoinedConverted { invoice, total, charged, channel, lo_percent, hi_percent } =>
        say::joined_converted(lang, v.id(invoice), total, charged, channel_name(v, channel), lo_percent, hi_percent);
    JoinedSum { invoice, total } => say::joined_sum(lang, v.id(invoice), total);
    JoinedArrived { invoice, amount } => say::joined_arrived(lang, v.id(invoice), amount);
    PapersDisagree { first, second, said } =>
        say::papers_disagree(lang, v.free(first), v.free(second), names::said(lang, *said));
    BalanceApplied { invoice, total, asked } => say::balance_applied(lang, v.id(invoice), total, asked);
    JoinedLeftover { invoice, total, charged } => say::joined_leftover(lang, v.id(invoice), total, charged);

    NoInvoice { files, as_of } => say::no_invoice(lang, v.files(files), as_of);
    InvoiceUnpaid { invoice } => say::invoice_unpaid(lang, v.id(invoice));
    InvoiceVoid { invoice } => say::invoice_void(lang, v.id(invoice));
    PlanInactive { observed_on, plan } => match plan {
        Some(plan) => say::plan_inactive_showing(lang, observed_on, v.free(plan)),
        None => say::plan_inactive(lang, observed_on),
    };
    PlanEnded { observed_on, plan, ended_on } => match plan {
        Some(plan) => say::plan_ended_showing(lang, observed_on, v.free(plan), ended_on),
        None => say::plan_ended(lang, observed_on, ended_on),
    };
    ActivationObserved { observed_on } => say::activation_observed(lang, observed_on);
    ActivationPresumed { invoice, account_given } => match account_given {
        true => say::activation_presumed_beside_account(lang, v.id(invoice)),
        false => say::activation_presumed(lang, v.id(invoice)),
    };
    ChargedAsIssued { invoice, account_given } => match account_given {
        true => say::charged_as_issued_beside_account(lang, v.id(invoice)),
        false => say::charged_as_issued(lang, v.id(invoice)),
    };
    CreditNotGranted { amount, from, to, known_to } => say::credit_not_granted(lang, amount, from, to, known_to);
    CreditGranted { amount, day } => say::credit_granted(lang, amount, day);

    RefundedInFull { paid, back, last_day } => say::refunded_in_full(lang, paid, back, last_day);
    RefundedInPart { back, last_day } => say::refunded_in_part(lang, back, last_day);
    RefundShort { paid, back, missing } => say::refund_short(lang, paid, back, missing);
    RefundLoss { markup_and_fees, rate_move, refund_spread, paid_day, refund_day } =>
        say::refund_loss(lang, markup_and_fees, rate_move, refund_spread, paid_day, refund_day);
    RefundUnexplained { expected_from, expected_to } => say::refund_unexplained(lang, expected_from, expected_to);
    RefundOriginalWhole { original } => say::refund_original_whole(lang, original);
    RefundRecorded { number, day, amount } => match number {
        Some(number) => say::refund_recorded_under(lang, v.id(number), day, amount),
        None => say::refund_recorded(lang, day, amount),
    };
    CreditedToBalance { number, day, amount } => match number {
        Some(number) => say::credited_to_balance_under(lang, v.id(number), day, amount),
        None => say::credited_to_balance(lang, day, amount),
    };
    RefundNotSeen { files, from, to } => say::refund_not_seen(lang, v.files(files), from, to);
    RefundPending { day, wait_until } => say::refund_pending(lang, day, wait_until);
    RefundDaysNotCovered { from, to } => say::refund_days_not_covered(lang, from, to);
    RefundWithoutCharge { day, amount } => say::refund_without_charge(lang, day, amount);

    DuplicateOf { other_day, other_amount, other_place, invoice } =>
        say::duplicate_of(lang, other_day, other_amount, v.free(other_place), v.id(invoice));
    WrongAccount { invoice, billed, given } => {
        let given: Vec<String> = given.iter().map(|account| v.account(account)).collect();
        say::wrong_account(lang, v.id(invoice), v.account(billed), say::list(lang, &given))
    };
    ChargedAfterCancel { cancelled_on, period_start } =>
        say::charged_after_cancel(lang, cancelled_on, period_start);
    CancelledBefore { cancelled_on, period_start } => say::cancelled_before(lang, cancelled_on, period_start);
    OrderedAgain { cancelled_on, ordered_on } => say::ordered_again(lang, cancelled_on, ordered_on);

    ArrivedShort { total, arrived, missing } => say::arrived_short(lang, total, arrived, missing);
    FxTook { sent, sent_at_reference, spread, needed_to_send } =>
        say::fx_took(lang, sent, sent_at_reference, spread, needed_to_send);
    Overcharged { charged, total, excess } => say::overcharged(lang, charged, total, excess);
    Undercharged { charged, total, missing } => say::undercharged(lang, charged, total, missing);
    OutsideBand { charged, accept_from, accept_to, channel } =>
        say::outside_band(lang, charged, accept_from, accept_to, channel_name(v, channel));

    TooRecent { as_of, callable_on } => say::too_recent(lang, as_of, callable_on);
    BeforeBillingCoverage { billing_from } => say::before_billing_coverage(lang, billing_from);
    ListHasHole { file } => say::list_has_hole(lang, v.free(file));
    NoBillingEvidence { account_given } => match account_given {
        true => say::no_billing_evidence_beside_account(lang),
        false => say::no_billing_evidence(lang),
    };
    NoReferenceRate { invoice, charge, day, known_to } => say::no_reference_rate(lang, invoice, charge, day, known_to);
    ExportsDisagree { other_place } => say::exports_disagree(lang, v.free(other_place));
    StoreChargeUnidentified { store } => say::store_charge_unidentified(lang, v.free(store));

    HoldPending { day, falls_by } => say::hold_pending(lang, day, falls_by);
    HoldOverdue { days } => say::hold_overdue(lang, say::days(lang, *days));
    HoldReleased { day } => say::hold_released(lang, day);
    HoldLapsed { day, until, file } => say::hold_lapsed(lang, day, until, v.free(file));
    Declined { cause, reason } => match reason {
        Some(reason) => say::declined_saying(lang, decline(lang, *cause), v.free(reason)),
        None => say::declined(lang, decline(lang, *cause)),
    };
    NextStep { cause } => next_step(lang, *cause);
    FxDeclined { available, reference_cost, needed, shortfall } =>
        say::fx_declined(lang, available, reference_cost, needed, shortfall);
    LearnedMarkup { charges, percent } => say::learned_markup(lang, say::earlier_charges(lang, *charges), percent);
    DescribedCosts { name, cost } => say::described_costs(lang, v.free(name), cost);
    StatementRate { original, account, rate } =>
        say::statement_rate(lang, original.currency(), rate_in(*rate, account.currency()), original, account);
    LooksLikeTax { net, gross, percent, countries } =>
        say::looks_like_tax(lang, gross, net, percent, countries.join(" "));
    WithoutItsTax { subtotal, total } => say::without_its_tax(lang, subtotal, total);
    FitsLocalConversion { invoice, total, charged, lo_percent, hi_percent } =>
        say::fits_local_conversion(lang, v.id(invoice), total, charged, lo_percent, hi_percent);
    NoRateToCompare { from, to, day, known_to } => say::no_rate_to_compare(lang, from, to, day, known_to);
    MarkupUnknown { charges } => say::markup_unknown(lang, say::earlier_charges(lang, *charges));

    PaidElsewhere { invoice, files } => say::paid_elsewhere(lang, v.id(invoice), v.files(files));
    PaidDayNotCovered { invoice, from, to } => say::paid_day_not_covered(lang, v.id(invoice), from, to);
    UnpaidInvoice { invoice, due } => say::unpaid_invoice(lang, v.id(invoice), due);
    IssuedDayNotCovered { invoice, from, to } => say::issued_day_not_covered(lang, v.id(invoice), from, to);
    IssuedNotCharged { invoice, from, to } => say::issued_not_charged(lang, v.id(invoice), from, to);

    Interchangeable { count } => say::interchangeable(lang, count);
    OtherAssignment {} => say::other_assignment(lang);
    AskIssuer {} => say::ask_issuer(lang);
    AskPaypal {} => say::ask_paypal(lang);
    ConversionCost { reference_cost, markup, percent, rate, rate_day } => {
        let words = if markup.is_negative() { say::conversion_cost_below } else { say::conversion_cost_above };
        let rate = rate_in(*rate, reference_cost.currency());
        words(lang, reference_cost, &markup.abs(), percent.abs(), rate, rate_day)
    };
    FailedAtCheckout { day } => say::failed_at_checkout(lang, day);
    PricedAs { charged, plans, price, tax_percent, countries } => match tax_percent.is_zero() {
        true => say::priced_plain(lang, charged, plan_names(v, plans)),
        false => {
            let percent = tax_percent.normalize();
            say::priced_with_tax(lang, charged, price, plan_names(v, plans), percent, say::list(lang, countries))
        }
    };
    ActiveElsewhere { account, since } => say::active_elsewhere(lang, v.account(account), since);
    GratisPlan { seen_on } => say::gratis_plan(lang, seen_on);
    SeenPastDue { observed_on } => say::seen_past_due(lang, observed_on);
    SeatsShort { billed, shown, observed_on } => say::seats_short(lang, billed, shown, observed_on);
    SoldByStore { store, orders } => match orders.is_empty() {
        true => say::sold_by_store_unnumbered(lang, store_name(lang, *store)),
        false => {
            let orders: Vec<String> = orders.iter().map(|order| v.id(order)).collect();
            say::sold_by_store(lang, store_name(lang, *store), say::list(lang, &orders))
        }
    };
    StoreGaveBack { order } => say::store_gave_back(lang, v.id(order));
    ChangedMidway { invoice } => say::changed_midway(lang, v.id(invoice));
    SamePeriod { invoices, from, to, value } => {
        let names: Vec<String> = invoices.iter().map(|invoice| v.id(invoice)).collect();
        say::same_period(lang, say::list(lang, &names), from, to, value)
    };
    PeriodOverlap { invoice, from, to, days, value } =>
        say::period_overlap(lang, v.id(invoice), from, to, say::days(lang, *days), value);
    CardSetupHold { amount } => say::card_setup_hold(lang, amount);
    UsedAfter { day } => say::used_after(lang, day);
    RuledOut { what } => match evidence(lang, *what) {
        Some(evidence) => say::ruled_out_by(lang, innocent_name(lang, *what), evidence),
        None => say::ruled_out(lang, innocent_name(lang, *what)),
    };
    NotRuledOut { what } => say::not_ruled_out(lang, innocent_name(lang, *what));
}

/// The innocent explanation alone, for a list of them.
pub(super) fn not_ruled_out(v: &Voice<'_>, reason: &Reason) -> Option<String> {
    match reason {
        Reason::NotRuledOut { what } => Some(innocent_name(v.lang, *what)),
        _ => None,
    }
}

/// The explanations that were ruled out, for a list: those with the same evidence together.
pub(super) fn ruled_out(v: &Voice<'_>, reasons: &[Reason]) -> Vec<String> {
    let mut items: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for reason in reasons {
        let Reason::RuledOut { what } = reason else { continue };
        let (evidence, name) = (evidence(v.lang, *what), innocent_name(v.lang, *what));
        match items.iter_mut().find(|(known, _)| *known == evidence) {
            Some((_, names)) => names.push(name),
            None => items.push((evidence, vec![name])),
        }
    }
    let item = |(evidence, names): (Option<String>, Vec<String>)| {
        let names = say::list(v.lang, &names);
        match evidence {
            Some(evidence) => say::item_by_evidence(v.lang, names, evidence),
            None => names,
        }
    };
    items.into_iter().map(item).collect()
}

/// A rate without the noughts that say nothing, in the currency that it leads to.
pub(super) fn rate_in(rate: Decimal, to: Currency) -> String {
    format!("{} {to}", rate.normalize())
}

/// Plans that cost the same, by their keys in the vendor data.
fn plan_names(v: &Voice<'_>, plans: &[String]) -> String {
    let names: Vec<String> = plans.iter().map(|plan| v.id(plan)).collect();
    names.into_iter().reduce(|first, second| say::or(v.lang, first, second)).unwrap_or_default()
}

/// How far a charge lies from its invoice.
fn gap(v: &Voice<'_>, gap_days: i64) -> String {
    let days = say::days(v.lang, gap_days.saturating_abs());
    match gap_days {
        0 => say::same_day(v.lang),
        1.. => say::days_later(v.lang, days),
        _ => say::days_earlier(v.lang, days),
    }
}
