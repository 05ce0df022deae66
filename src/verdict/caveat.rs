//! Before a fault is claimed: which innocent explanations were ruled out, and which could not be.

use super::context::Context;
use super::draft::Draft;
use super::{Innocent, Reason, Verdict};
use crate::domain::{Product, Route};

/// The innocent explanations of a claimable case, domain rules section 6: each is named where it could explain the
/// verdict, with what the files say of it.
pub fn of(ctx: &Context, charge: usize, draft: &Draft) -> Vec<Reason> {
    let movement = &ctx.charges[charge];
    let product = ctx.product_of(charge);
    let ruled_out = |what| Reason::RuledOut { what };
    let open = |what| Reason::NotRuledOut { what };
    let not_activated = draft.verdict == Verdict::ChargedNotActivated;
    // The charge is booked: every claim rests on posted money.
    let mut caveats = vec![ruled_out(Innocent::PendingHold)];
    if not_activated {
        // The grace for activation has passed and money was taken, else the verdict would not stand.
        caveats.push(ruled_out(Innocent::PropagationDelay));
        let is_gratis = ctx.gratis_seen(charge).is_some() || ctx.is_billed_nothing(charge);
        caveats.push(if is_gratis { open(Innocent::Promotion) } else { ruled_out(Innocent::Promotion) });
    }
    if matches!(movement.route, Route::Card | Route::Paypal) {
        // The descriptor is the vendor's own: neither a store nor a reseller stands between.
        caveats.extend([ruled_out(Innocent::StoreSubscription), ruled_out(Innocent::Reseller)]);
    } else if not_activated {
        // A store's subscription is bound to the store's account and to one login, and cannot be moved.
        caveats.push(open(Innocent::StoreSubscription));
    }
    if matches!(
        draft.verdict,
        Verdict::ChargedNotActivated | Verdict::DuplicateCharge | Verdict::WrongAccount | Verdict::ChargedAfterCancel
    ) {
        // Only the papers of every account the payer has could rule out a login that was forgotten.
        caveats.push(open(Innocent::OtherLogin));
    }
    if not_activated && product.is_some_and(|product| product != Product::ChatgptPlan) {
        caveats.extend([open(Innocent::SpendLimit), open(Innocent::NegativeBalance)]);
    }
    caveats
}
