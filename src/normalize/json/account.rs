//! The account pages: what plan is in force, until when, whether it was paid for, and which credit was granted.
//!
//! None of these pages says when it was saved. A plan in force is dated by the first day of its period, on which it must
//! have been in force already; a plan that is *not* there is dated by nobody but the user (`--seen-on`), and without that
//! it is said and takes part in no verdict.

use super::value::one_period_before;
use super::{Context, Made, ReadJson, pages};
use crate::diagnostic::Diagnostic;
use crate::domain::{
    Account, BillingKind, BillingRecord, BillingStatus, Day, Observation, PlanState, Product, Route, SourceRef,
};
use crate::source::{Node, Object};
use rust_decimal::Decimal;

/// The part of an account page that is one account, and where it was bought.
struct Page<'t> {
    entitlement: Object<'t>,
    bought_by: Option<Route>,
    of_workspace: bool,
}

/// The data export's `user.json`: yes or no for the Plus plan at the moment of the export.
pub(super) fn user(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let mut undated = false;
    let seen = read.each(context, pages(root), |node, at| {
        let object = context.object(node)?;
        let flag = context.needed(&object, "chatgpt_plus_user")?;
        let Some(has_plus) = flag.truth() else {
            let finding = Diagnostic::error("json-key", context.path, "`chatgpt_plus_user` is neither true nor false");
            return Err(Box::new(finding.at(flag.excerpt("true or false"))));
        };
        let Some(observed_on) = context.options.seen_on else {
            undated = true;
            return Ok(None);
        };
        let state = if has_plus { PlanState::Active } else { PlanState::Inactive };
        Ok(Some(Observation {
            account: object.get("email").and_then(|node| node.text()).and_then(|mail| Account::new(&mail)),
            only_of: Some(PLUS.to_string()),
            // Which plan it is that a subscriber has is not said.
            ..observation(at, observed_on, state, None)
        }))
    });
    finish(context, undated, seen, read);
}

const PLUS: &str = "plus";
/// The plan shown where no subscription is.
const NO_PLAN: &str = "free";

fn observation(at: SourceRef, observed_on: Day, state: PlanState, plan: Option<String>) -> Observation {
    Observation {
        at,
        observed_on,
        account: None,
        product: Product::ChatgptPlan,
        plan,
        state,
        active_from: None,
        active_until: None,
        credit_balance: None,
        is_gratis: false,
        bought_by: None,
        only_of: None,
        of_workspace: false,
        lists_grants: false,
        seats: None,
    }
}

/// What is kept of a page of accounts: what can be dated, and a word on what cannot.
fn finish(context: &Context, undated: bool, seen: Vec<Observation>, read: &mut ReadJson) {
    read.records.observations = seen;
    read.count_records();
    if undated {
        read.warnings.push(undated_page(context));
    }
}

fn undated_page(context: &Context) -> Diagnostic {
    let message = "the page does not say when it was saved, so what it shows proves nothing";
    let hint = format!("say on which day you saved it: `--seen-on '{}=2026-01-31'`", context.path);
    Diagnostic::error("undated", context.path, message).as_warning().hint(hint)
}

/// `subscriptions`: one subscription with its period.
pub(super) fn subscription(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let mut undated = false;
    let seen = read.each(context, pages(root), |node, at| {
        let object = context.object(node)?;
        let plan = text_at(&object, "plan_type").unwrap_or_else(|| NO_PLAN.to_string());
        let in_force = context.vendor().plan_rank(&plan).is_none_or(|rank| rank > 0);
        let from = context.day_at(&object, "active_start")?;
        let until = context.day_at(&object, "active_until")?;
        let late = context.day_at(&object, "became_delinquent_timestamp")?;
        let shown = Shown { plan, in_force, from, until, late, is_late: is_true(&object, "is_delinquent") };
        let seats = object.get("seats_entitled").and_then(|node| node.number()?.parse().ok());
        let made = shown.observation(context, at).map(|seen| Observation { seats, ..seen });
        undated |= made.is_none();
        Ok(made)
    });
    finish(context, undated, seen, read);
}

/// `accounts/check`: every account of the login, one of them also under the name `default`.
pub(super) fn accounts(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let accounts = root.at(&["accounts"]);
    let named = accounts.and_then(|node| node.object()).map(|all| all.members().to_vec()).unwrap_or_default();
    let listed = accounts.map(|node| node.elements()).unwrap_or_default();
    let all: Vec<(String, Node)> =
        named.into_iter().chain(listed.into_iter().map(|node| (String::new(), node))).collect();
    let id_of = |node: &Node<'_>| node.at(&["account", "account_id"]).and_then(|id| id.text());
    let mut undated = false;
    let seen = read.each(context, all.iter().map(|member| member.1), |node, at| {
        let key = all.iter().find(|member| member.1.range() == node.range()).map_or("", |member| member.0.as_str());
        let id = id_of(&node);
        let is_again = |other: &(String, Node<'_>)| {
            other.0 != key && id.is_some() && (id_of(&other.1) == id || id.as_deref() == Some(other.0.as_str()))
        };
        if key == "default" && all.iter().any(is_again) {
            return Ok(None);
        }
        let Some(entitlement) = node.at(&["entitlement"]).and_then(|node| node.object()) else { return Ok(None) };
        let origin = node.at(&["last_active_subscription", "purchase_origin_platform"]).and_then(|node| node.text());
        let bought_by = origin.as_deref().and_then(route_of);
        let structure = node.at(&["account", "structure"]).and_then(|node| node.text());
        let of_workspace = structure.as_deref() == Some("workspace");
        let made = Page { entitlement, bought_by, of_workspace }.observation(context, at)?;
        undated |= made.is_none();
        Ok(made)
    });
    let mut seen = seen;
    // A workspace without a plan beside an account with one says nothing: the login has the plan.
    if seen.iter().any(|seen| seen.state != PlanState::Inactive) {
        seen.retain(|seen| seen.state != PlanState::Inactive);
    }
    finish(context, undated, seen, read);
}

/// The part of `accounts/check` that says what is in force.
pub(super) fn entitlement(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let mut undated = false;
    let seen = read.each(context, pages(root), |node, at| {
        let made = Page { entitlement: context.object(node)?, bought_by: None, of_workspace: false }
            .observation(context, at)?;
        undated |= made.is_none();
        Ok(made)
    });
    finish(context, undated, seen, read);
}

impl Page<'_> {
    fn observation(&self, context: &Context, at: SourceRef) -> Made<Option<Observation>> {
        let object = &self.entitlement;
        let in_force = is_true(object, "has_active_subscription");
        let plan = text_at(object, "subscription_plan").filter(|_| in_force).unwrap_or_else(|| NO_PLAN.to_string());
        // The day of renewal or of the end, which stand to the second; `expires_at` has some hours of grace in it.
        let mut until = None;
        for key in ["renews_at", "cancels_at", "expires_at"] {
            until = until.or(context.day_at(object, key)?);
        }
        let period = text_at(object, "billing_period").unwrap_or_default();
        let from = until.and_then(|until| one_period_before(until, &period));
        let late = context.day_at(object, "became_delinquent_timestamp")?;
        let is_gratis = is_true(object, "is_active_subscription_gratis")
            || object.get("trial").is_some_and(|trial| trial.truth() != Some(false))
            || full_discount(context, object, from)?;
        let shown = Shown { plan, in_force, from, until, late, is_late: is_true(object, "is_delinquent") };
        let seen = shown.observation(context, at);
        Ok(seen.map(|seen| Observation {
            is_gratis: is_gratis && in_force,
            bought_by: self.bought_by,
            of_workspace: self.of_workspace,
            ..seen
        }))
    }
}

/// Whether the period in force is under a discount of everything.
fn full_discount(context: &Context, object: &Object<'_>, from: Option<Day>) -> Made<bool> {
    let Some(discount) = object.get("discount").and_then(|node| node.object()) else { return Ok(false) };
    let is_share = text_at(&discount, "discount_type").is_some_and(|kind| kind.eq_ignore_ascii_case("percentage"));
    let whole = match discount.get("amount") {
        Some(node) if is_share => context.figure(node)? >= Decimal::ONE_HUNDRED,
        _ => false,
    };
    let is_later =
        discount.get("discount_start_in_num_periods").and_then(|node| node.number()).is_some_and(|n| n != "0");
    let until = context.day_at(&discount, "discount_expires_at")?;
    let over = matches!((until, from), (Some(until), Some(from)) if until <= from);
    Ok(whole && !is_later && !over)
}

/// What a page shows of one plan.
struct Shown {
    plan: String,
    in_force: bool,
    from: Option<Day>,
    until: Option<Day>,
    late: Option<Day>,
    is_late: bool,
}

impl Shown {
    /// The observation; `None` where no day can be given to it.
    fn observation(self, context: &Context, at: SourceRef) -> Option<Observation> {
        let seen_on = context.options.seen_on;
        let ended = matches!((self.until, seen_on), (Some(until), Some(seen)) if until < seen);
        let (state, observed_on) = match (self.in_force, self.is_late) {
            (true, true) => (PlanState::PastDue, seen_on.or(self.late)),
            (true, false) if ended => (PlanState::Cancelled, seen_on),
            (true, false) => (PlanState::Active, seen_on.or(self.from)),
            (false, _) => (PlanState::Inactive, seen_on),
        };
        Some(Observation {
            active_from: self.from.filter(|_| self.in_force),
            active_until: self.until.filter(|_| self.in_force),
            ..observation(at, observed_on?, state, Some(self.plan))
        })
    }
}

/// The route behind a name such as `chatgpt_mobile_ios`.
fn route_of(origin: &str) -> Option<Route> {
    let origin = origin.to_ascii_lowercase();
    [("ios", Route::Apple), ("apple", Route::Apple), ("android", Route::Google), ("google", Route::Google)]
        .into_iter()
        .chain([("web", Route::Card)])
        .find(|(word, _)| origin.contains(word))
        .map(|(_, route)| route)
}

/// The settings of automatic top-up: no record comes of them, but a top-up that failed is said.
pub(super) fn auto_top_up(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let Some(node) = root.at(&["immediate_top_up_status"]) else { return };
    let status = node.text().unwrap_or_default();
    if ["failed", "payment_declined", "declined"].contains(&status.as_str()) {
        let message = format!("the account says that its last top-up went wrong: `{status}`");
        let finding = Diagnostic::error("top-up-failed", context.path, message).as_warning();
        read.warnings.push(finding.at(node.excerpt("a charge for it would be undelivered credit")));
    }
}

/// The old page of credit grants: each grant with its day, and the balance where the day of the page is known. On that day
/// nothing was granted but what stands there; an empty balance may have been used up.
pub(super) fn credit_grants(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let Some(currency) = context.implied else { return };
    let grants = root.at(&["grants", "data"]).map(|node| node.elements()).unwrap_or_default();
    let granted = read.each(context, grants, |node, at| {
        let object = context.object(node)?;
        let total = context.units(context.needed(&object, "grant_amount")?, currency)?;
        let date = context.day(context.needed(&object, "effective_at")?)?;
        Ok(Some(BillingRecord {
            number: text_at(&object, "id"),
            product: Some(Product::ApiCredits),
            total: Some(total),
            period_start: Some(date),
            period_end: context.day_at(&object, "expires_at")?,
            ..record(at, date, BillingKind::CreditGrant, BillingStatus::Granted)
        }))
    });
    read.records.billing = granted;
    let balance = root.at(&["total_available"]).map(|node| context.units(node, currency)).transpose();
    match (balance, context.options.seen_on) {
        (Ok(balance), Some(day)) => {
            let seen = observation(context.place(1), day, PlanState::Active, None);
            let api = Product::ApiCredits;
            let seen = Observation { product: api, credit_balance: balance, lists_grants: true, ..seen };
            read.records.observations.push(seen);
        }
        // A page without a single grant has no day at all.
        (Ok(_), None) if read.records.billing.is_empty() => read.warnings.push(undated_page(context)),
        (Ok(_), None) => {}
        (Err(finding), _) => read.note(context, 1, *finding),
    }
    read.count_records();
}

/// A record with nothing in it but what every record has.
pub(super) fn record(at: SourceRef, date: Day, kind: BillingKind, status: BillingStatus) -> BillingRecord {
    BillingRecord {
        at,
        date,
        kind,
        number: None,
        account: None,
        product: None,
        plan: None,
        description: String::new(),
        subtotal: None,
        tax: None,
        tax_name: None,
        total: None,
        amount_paid: None,
        amount_due: None,
        balance_after: None,
        status,
        period_start: None,
        period_end: None,
        paid_on: None,
        payment_method: None,
        card: None,
        reference: None,
        store: None,
        seats: None,
        opens: None,
    }
}

/// The text of a key, where it is a text that is not empty.
pub(super) fn text_at(object: &Object<'_>, key: &str) -> Option<String> {
    object.get(key)?.text().filter(|text| !text.trim().is_empty())
}

fn is_true(object: &Object<'_>, key: &str) -> bool {
    object.get(key).and_then(|node| node.truth()) == Some(true)
}
