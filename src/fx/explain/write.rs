//! From a breakdown to its JSON: every figure a text, in the order in which a person reads them.

use crate::domain::{Currency, Money};
use crate::fx::{
    AcceptRange, Balance, BalanceBreakdown, Charge, ChargeBreakdown, FxConfidence, FxVerdict, Needed, Payment,
    PaymentBreakdown, RefundBreakdown,
};
use crate::rates::{Quote, RateStatus, Reference, Way};
use serde_json::{Map, Value, json};
use std::fmt::Display;

type Fields = Map<String, Value>;

fn put(fields: &mut Fields, key: &str, value: impl Display) {
    fields.insert(key.to_string(), Value::String(value.to_string()));
}

fn put_money(fields: &mut Fields, key: &str, amount: Money) {
    put(fields, key, amount.figure());
}

fn put_accept(fields: &mut Fields, accept: AcceptRange) {
    fields.insert("accept".to_string(), json!([accept.lo.figure(), accept.hi.figure()]));
}

fn put_verdict(fields: &mut Fields, verdict: FxVerdict, confidence: Option<FxConfidence>) {
    put(fields, "verdict", verdict.name());
    if let Some(confidence) = confidence {
        put(fields, "confidence", confidence.name());
    }
}

/// The reference rate: both legs as published, and their quotient with eight decimals for display. Where both
/// currencies are one, or there is no rate, only how it was found.
fn put_reference(fields: &mut Fields, key: &str, reference: &Reference) {
    let mut answer = Fields::new();
    put(&mut answer, "status", reference.status.name());
    if let Some(quote) = reference.quote.filter(|_| reference.status != RateStatus::SameCurrency) {
        if reference.status != RateStatus::User {
            put(&mut answer, "date", quote.day());
            put_legs(&mut answer, &quote);
        }
        put(&mut answer, "rate", quote.display_rate());
    }
    fields.insert(key.to_string(), Value::Object(answer));
}

/// The figures as published: for the euro's rates units for one euro, otherwise each under the pair that it is for, with
/// its units: `100JPY/CNY` is yuan for a hundred yen.
fn put_legs(fields: &mut Fields, quote: &Quote) {
    let mut legs = Fields::new();
    let both = [(quote.from(), quote.from_leg()), (quote.to(), quote.to_leg())];
    if quote.common() == Currency::EUR && both.iter().all(|(_, leg)| leg.way() == Way::Of(1)) {
        for (currency, leg) in both {
            put(&mut legs, currency.code(), leg.decimal());
        }
        fields.insert("per_eur".to_string(), Value::Object(legs));
        return;
    }
    let many = |units: u32| if units == 1 { String::new() } else { units.to_string() };
    for (currency, leg) in both.into_iter().filter(|(currency, _)| *currency != quote.common()) {
        let pair = match leg.way() {
            Way::Of(units) => format!("{}{}/{currency}", many(units), quote.common()),
            Way::For(units) => format!("{}{currency}/{}", many(units), quote.common()),
        };
        put(&mut legs, &pair, leg.decimal());
    }
    fields.insert("published".to_string(), Value::Object(legs));
}

/// Writes a charge.
pub(super) fn charge(case: &Charge, breakdown: &ChargeBreakdown) -> Fields {
    let mut fields = Fields::new();
    put_reference(&mut fields, "reference", &breakdown.reference);
    if breakdown.reference.quote.is_some() {
        if let Some(parts) = &breakdown.parts {
            put_money(&mut fields, "mid", parts.mid);
            put_money(&mut fields, "markup", parts.markup);
        }
        put_money(&mut fields, "fees", case.fees);
        put_money(&mut fields, "taxes", case.taxes);
        put_money(&mut fields, "total", case.charged);
        if let Some(parts) = &breakdown.parts {
            if let Some(percent) = parts.markup_percent {
                put(&mut fields, "markup_pct", percent);
            }
            put_money(&mut fields, "over_mid", parts.over_mid);
            if let Some(percent) = parts.over_mid_percent {
                put(&mut fields, "over_mid_pct", percent);
            }
            put_accept(&mut fields, parts.accept);
        }
    }
    put_verdict(&mut fields, breakdown.verdict, breakdown.confidence);
    fields
}

/// Writes a payment.
pub(super) fn payment(case: &Payment, breakdown: &PaymentBreakdown) -> Fields {
    let mut fields = Fields::new();
    put_reference(&mut fields, "reference", &breakdown.reference);
    if breakdown.reference.quote.is_some() {
        if let Some(parts) = &breakdown.parts {
            if let Some(accept) = parts.accept {
                put_accept(&mut fields, accept);
            }
            put_money(&mut fields, "sent_at_mid", parts.at_mid);
            put_money(&mut fields, "cushion", parts.cushion);
            put_money(&mut fields, "spread_cost", parts.spread);
            if let Some(percent) = parts.spread_percent {
                put(&mut fields, "spread_pct", percent);
            }
        }
        put_money(&mut fields, "fee_cost", case.fees);
        put_money(&mut fields, "shortfall", breakdown.shortfall);
        if let (Some(needed), Some(extra)) = (breakdown.needed_to_send, breakdown.extra_to_send) {
            put_money(&mut fields, "needed_to_send", needed);
            put_money(&mut fields, "extra_to_send", extra);
        }
    }
    put_verdict(&mut fields, breakdown.verdict, breakdown.confidence);
    fields
}

/// Writes a refund.
pub(super) fn refund(breakdown: &RefundBreakdown) -> Fields {
    let mut fields = Fields::new();
    put_reference(&mut fields, "reference_paid", &breakdown.reference_paid);
    put_reference(&mut fields, "reference_refund", &breakdown.reference_refund);
    if breakdown.reference_paid.quote.is_some() && breakdown.reference_refund.quote.is_some() {
        put_money(&mut fields, "paid_share", breakdown.paid_share);
        if let Some(parts) = &breakdown.parts {
            put_money(&mut fields, "paid_at_mid", parts.paid_at_mid);
            put_money(&mut fields, "refund_at_mid", parts.refund_at_mid);
        }
        put_money(&mut fields, "loss_total", breakdown.loss);
        if let Some(parts) = &breakdown.parts {
            put_money(&mut fields, "loss_markup_and_fees", parts.markup_and_fees);
            put_money(&mut fields, "loss_rate_move", parts.rate_move);
            put_money(&mut fields, "loss_refund_spread", parts.refund_spread);
        }
        if let Some(percent) = breakdown.loss_percent {
            put(&mut fields, "loss_pct", percent);
        }
        if let Some(parts) = &breakdown.parts {
            put_accept(&mut fields, parts.accept);
            put(&mut fields, "basis", parts.basis.name());
        }
    }
    put_verdict(&mut fields, breakdown.verdict, breakdown.confidence);
    if let Some(cause) = breakdown.parts.as_ref().and_then(|parts| parts.primary_cause) {
        put(&mut fields, "primary_cause", cause.name());
    }
    fields
}

fn components_of(needed: &Needed) -> Value {
    let component = |(name, kind, amount): &(String, crate::fx::ComponentKind, Money)| json!({ "name": name, "kind": kind.name(), "amount": amount.figure() });
    Value::Array(needed.components.iter().map(component).collect())
}

/// Writes a balance.
pub(super) fn balance(case: &Balance, breakdown: &BalanceBreakdown) -> Fields {
    let mut fields = Fields::new();
    put_reference(&mut fields, "reference", &breakdown.reference);
    if let Some(reference) = &breakdown.reference_authorised {
        put_reference(&mut fields, "reference_auth", reference);
    }
    if let Some(parts) = &breakdown.parts {
        let is_converted = breakdown.reference.status != RateStatus::SameCurrency;
        if is_converted {
            if let (Some(authorised), Some(drift)) = (&parts.authorised, parts.rate_drift) {
                put_money(&mut fields, "mid_at_auth", authorised.mid);
                put_money(&mut fields, "needed_at_auth", authorised.total);
                put_money(&mut fields, "rate_drift", drift);
            }
            put_money(&mut fields, "mid", parts.needed.mid);
            put_money(&mut fields, "converted", parts.needed.converted);
            put_money(&mut fields, "markup", parts.needed.markup);
        }
        fields.insert("components".to_string(), components_of(&parts.needed));
        put_money(&mut fields, "needed", parts.needed.total);
        put_money(&mut fields, "available", case.available);
        put_money(&mut fields, "shortfall", parts.shortfall);
        if is_converted {
            put_money(&mut fields, "headroom_at_mid", parts.headroom_at_mid);
        }
    }
    put_verdict(&mut fields, breakdown.verdict, breakdown.confidence);
    if let Some(cause) = breakdown.cause {
        put(&mut fields, "cause", cause.name());
    }
    fields
}
