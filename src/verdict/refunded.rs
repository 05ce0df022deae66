//! Refunds of a posted charge: verdicts 1 to 3, and the part that a partial refund takes off what is at stake.

use super::context::Context;
use super::draft::Draft;
use super::{CaseLine, Cause, Reason, Verdict};
use crate::domain::{Currency, Day, Money, Period, Route};
use crate::matching::{Invoice, REFUND_DAYS_AFTER_MAX, RefundJoin, RefundRecord, charge_of};

/// A difference of this many minor units is none (fx.md section 3).
pub const TOLERANCE_MINOR_UNITS: i64 = 1;

/// The refunds of one charge, with their sum in the charge's home currency.
struct Back {
    sum: Money,
    last_day: Day,
}

fn joined<'a>(ctx: &'a Context, charge: usize) -> impl Iterator<Item = &'a RefundJoin> {
    ctx.refund_joins.joined.iter().filter(move |join| join.charge == charge)
}

fn back(ctx: &Context, charge: usize) -> Option<Back> {
    let currency = ctx.charges[charge].home.currency();
    let mut back: Option<Back> = None;
    for join in joined(ctx, charge) {
        let refund = &ctx.refunds[join.refund];
        let Some(amount) = refund.amount_in(currency) else { continue };
        back = Some(match back {
            None => Back { sum: amount, last_day: refund.day },
            Some(known) => Back {
                sum: known.sum.checked_add(amount).unwrap_or(known.sum),
                last_day: known.last_day.max(refund.day),
            },
        });
    }
    back
}

/// Verdicts 1 to 3, and the inconclusive ones in the place of 3.
pub fn judge(ctx: &Context, charge: usize) -> Option<Draft> {
    in_full(ctx, charge).or_else(|| short(ctx, charge)).or_else(|| missing(ctx, charge))
}

/// The rows of the refunds of a charge and of the records that speak of them.
pub fn lines(ctx: &Context, charge: usize) -> Vec<CaseLine> {
    let mut lines = Vec::new();
    for join in joined(ctx, charge) {
        lines.extend(ctx.movement_lines(&ctx.refunds[join.refund]));
    }
    for record in records_of(ctx, charge) {
        lines.push(ctx.record_line(record.record));
    }
    lines
}

fn records_of<'a>(ctx: &'a Context, charge: usize) -> impl Iterator<Item = &'a RefundRecord> {
    let of_charge = move |record: &&RefundRecord| charge_of(&ctx.joins, record) == Some(charge);
    ctx.papers.refunds.iter().filter(of_charge)
}

/// #1: refunds give back the whole charge or more.
fn in_full(ctx: &Context, charge: usize) -> Option<Draft> {
    let paid = ctx.charges[charge].home;
    let back = back(ctx, charge)?;
    let whole = back.sum.minor_units().saturating_add(TOLERANCE_MINOR_UNITS) >= paid.minor_units();
    let reason = Reason::RefundedInFull { paid, back: back.sum, last_day: back.last_day };
    whole.then(|| Draft::new(Verdict::Refunded, None, reason))
}

/// #2: the whole invoice was refunded, but less came back at home.
fn short(ctx: &Context, charge: usize) -> Option<Draft> {
    let movement = &ctx.charges[charge];
    let back = back(ctx, charge)?;
    let missing = movement.home.checked_sub(back.sum).ok()?;
    let reason = Reason::RefundShort { paid: movement.home, back: back.sum, missing };
    if let Some(original) = original_whole(ctx, charge) {
        // The merchant gave everything back in its own currency: what is missing was lost in conversion.
        let draft = Draft::new(Verdict::RefundShort, Some(Cause::Fx), reason);
        let draft = draft.because(Reason::RefundOriginalWhole { original });
        return Some(with_loss(ctx, charge, back.sum, back.last_day, draft));
    }
    let invoice = ctx.invoice_of(charge)?;
    if !recorded_whole(ctx, charge, invoice) {
        return None;
    }
    if invoice.asked.currency() == movement.home.currency() {
        let draft = Draft::new(Verdict::RefundShort, Some(Cause::Unexplained), reason);
        return Some(draft.claiming(missing));
    }
    let Some(loss) = ctx.yardstick.refund(invoice.asked, movement, back.sum, back.last_day, channel(ctx, charge))
    else {
        let reason = Reason::NoReferenceRate {
            invoice: invoice.total.currency(),
            charge: movement.home.currency(),
            day: back.last_day,
            known_to: ctx.yardstick.last_day(invoice.total.currency(), movement.home.currency()),
        };
        return Some(Draft::new(Verdict::Inconclusive, Some(Cause::NoReferenceRate), reason));
    };
    if loss.is_explained {
        let draft = Draft::new(Verdict::RefundShort, Some(Cause::Fx), reason);
        return Some(with_loss(ctx, charge, back.sum, back.last_day, draft));
    }
    let (expected_from, expected_to) = loss.accept;
    let draft = Draft::new(Verdict::RefundShort, Some(Cause::Unexplained), reason).claiming(missing);
    Some(draft.because(Reason::RefundUnexplained { expected_from, expected_to }))
}

fn channel<'a>(ctx: &'a Context, charge: usize) -> &'a str {
    let instrument = ctx.charges[charge].instrument;
    &ctx.ledger.instruments[instrument.0].channel
}

/// Adds where the loss of a refund went, if reference rates are known for both days.
fn with_loss(ctx: &Context, charge: usize, back: Money, day: Day, draft: Draft) -> Draft {
    let movement = &ctx.charges[charge];
    let total = ctx.invoice_of(charge).map(|invoice| invoice.asked).or(movement.merchant);
    let loss = total
        .filter(|total| total.currency() != movement.home.currency())
        .and_then(|total| ctx.yardstick.refund(total, movement, back, day, channel(ctx, charge)));
    match loss {
        None => draft,
        Some(loss) => draft.because(Reason::RefundLoss {
            markup_and_fees: loss.markup_and_fees,
            rate_move: loss.rate_move,
            refund_spread: loss.refund_spread,
            paid_day: movement.day,
            refund_day: day,
        }),
    }
}

/// The merchant's amount where charge and refunds print it and the refunds give all of it back.
fn original_whole(ctx: &Context, charge: usize) -> Option<Money> {
    let paid =
        ctx.charges[charge].merchant.filter(|amount| amount.currency() != ctx.charges[charge].home.currency())?;
    let mut left = paid;
    for join in joined(ctx, charge) {
        left = left.checked_sub(ctx.refunds[join.refund].merchant?).ok()?;
    }
    (left.minor_units() <= TOLERANCE_MINOR_UNITS).then_some(paid)
}

/// Whether the billing side's records of the joined refunds add up to the invoice.
fn recorded_whole(ctx: &Context, charge: usize, invoice: &Invoice) -> bool {
    let records = joined(ctx, charge).filter_map(|join| join.record).map(|index| ctx.papers.refunds[index].amount);
    super::sum_by_currency(records).is_some_and(|sums| {
        sums.iter()
            .any(|sum| sum.currency() == invoice.asked.currency() && sum.minor_units() >= invoice.asked.minor_units())
    })
}

/// #3: billing shows a refund that no statement row of the charge's instrument gives.
fn missing(ctx: &Context, charge: usize) -> Option<Draft> {
    let movement = &ctx.charges[charge];
    let invoice = ctx.invoice_of(charge).filter(|invoice| invoice.may_be_paid())?;
    let seen = |index: usize| joined(ctx, charge).any(|join| join.record == Some(index));
    let unseen = ctx
        .papers
        .refunds
        .iter()
        .enumerate()
        .filter(|(index, record)| charge_of(&ctx.joins, record) == Some(charge) && !seen(*index));
    let (_, record) = unseen.min_by_key(|(index, record)| (record.day, *index))?;
    let number = ctx.papers.records[record.record].number.clone();
    let recorded = Reason::RefundRecorded { number, day: record.day, amount: record.amount };
    let wait_until = record.day.plus(REFUND_DAYS_AFTER_MAX);
    let inconclusive =
        |cause, reason| Some(Draft::new(Verdict::Inconclusive, Some(cause), reason).because(recorded.clone()));
    if ctx.as_of <= wait_until {
        return inconclusive(Cause::RefundPending, Reason::RefundPending { day: record.day, wait_until });
    }
    let stretch = Period { from: record.day, to: wait_until };
    let instrument = &ctx.ledger.instruments[movement.instrument.0];
    // A refund of a payment through a wallet comes back to the wallet, which the bank's statement does not show.
    let shows = movement.route != Route::Paypal || instrument.is_wallet;
    if !shows || !ctx.coverage.instrument_covers(&instrument.files, stretch) {
        let reason = Reason::RefundDaysNotCovered { from: stretch.from, to: stretch.to };
        return inconclusive(Cause::OutsideStatementCoverage, reason);
    }
    let files = ctx.coverage.names(&instrument.files);
    let reason = Reason::RefundNotSeen { files, from: stretch.from, to: stretch.to };
    let draft = Draft::new(Verdict::RefundMissing, None, reason).because(recorded);
    Some(draft.claiming(missing_amount(ctx, charge, invoice, record)).resting_on_absence())
}

/// What a missing refund is worth: the whole charge for the whole invoice, else what was recorded.
fn missing_amount(ctx: &Context, charge: usize, invoice: &Invoice, record: &RefundRecord) -> Money {
    let whole = record.amount.minor_units() >= invoice.asked.minor_units()
        && record.amount.currency() == invoice.asked.currency();
    if whole { ctx.charges[charge].home } else { record.amount }
}

/// A refund that gave back a part is taken off what is at stake.
pub fn take_off_part(ctx: &Context, charge: usize, draft: &mut Draft) {
    if matches!(draft.verdict, Verdict::Refunded | Verdict::RefundShort) {
        return;
    }
    let Some(back) = back(ctx, charge) else { return };
    draft.reasons.push(Reason::RefundedInPart { back: back.sum, last_day: back.last_day });
    let whole = ctx.charges[charge].home;
    // Only a claim for the whole charge holds the part that came back; the others were worked out without it.
    if draft.at_stake == Some(whole) {
        draft.at_stake = whole.checked_sub(back.sum).ok();
    }
}

/// What came back of a charge in one currency; nothing where no refund states it.
pub fn back_in(ctx: &Context, charge: usize, currency: Currency) -> Money {
    let amounts = joined(ctx, charge).filter_map(|join| ctx.refunds[join.refund].amount_in(currency));
    let nothing = Money::from_minor(0, currency);
    amounts.fold(nothing, |sum, amount| sum.checked_add(amount).unwrap_or(sum))
}
