//! The web app's list of invoices, objects of the payment processor. Links to the papers and to the payment portal stand
//! in it too and are not read.

use super::account::{record, text_at};
use super::{Context, Made, ReadJson};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{Account, BillingKind, BillingRecord, BillingStatus, Currency, LastFour, Money, SourceRef};
use crate::source::{Node, Object, Sales};

/// Reads the list. It stands for the whole history of what the vendor itself sold, unless it says that more would follow.
pub(super) fn read(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let invoices = root.at(&["data"]).map(|node| node.elements()).unwrap_or_default();
    let has_more = root.at(&["has_more"]).and_then(|node| node.truth()) == Some(true);
    read.records.billing = read.each(context, invoices, |node, at| invoice(context, node, at).map(Some));
    read.sales = Sales::Direct;
    read.is_list = !has_more;
    if has_more {
        let message = "the list says that more invoices would follow, so nothing is concluded from what is not in it";
        let hint = "save the page again with a higher limit";
        read.warnings.push(Diagnostic::error("list-goes-on", context.path, message).as_warning().hint(hint));
    }
}

fn invoice(context: &Context, node: Node<'_>, at: SourceRef) -> Made<BillingRecord> {
    let object = context.object(node)?;
    let currency = context.currency(context.needed(&object, "currency")?)?;
    let status = status(context, context.needed(&object, "status")?)?;
    let date = context.day(context.needed(&object, "created")?)?;
    let total = context.smallest_units(context.needed(&object, "total")?, currency)?;
    let lines: Vec<Object> = object
        .get("lines")
        .and_then(|node| node.at(&["data"]))
        .map(|node| node.elements())
        .unwrap_or_default()
        .iter()
        .filter_map(Node::object)
        .collect();
    let described: Vec<String> = lines.iter().filter_map(|line| text_at(line, "description")).collect();
    let description = match text_at(&object, "description") {
        Some(text) if described.is_empty() => text,
        _ => described.join("; "),
    };
    let period = |end: &str| -> Made<Option<crate::domain::Day>> {
        let ends = lines.iter().filter(|line| !is_credit(line)).filter_map(|line| line.get("period")?.at(&[end]));
        let days = ends.map(|node| context.day(node)).collect::<Made<Vec<_>>>()?;
        Ok(if end == "start" { days.into_iter().min() } else { days.into_iter().max() })
    };
    let paid = status == BillingStatus::Paid;
    let paid_on = object.get("status_transitions").and_then(|node| node.at(&["paid_at"]));
    let vendor = context.vendor();
    let card = object.get("charge").and_then(|node| node.at(&["payment_method_details", "card"]));
    let last_four = card.and_then(|node| node.at(&["last4"])?.text()).and_then(|text| LastFour::at_end_of(&text));
    let product = vendor.product_of(&description);
    let (period_start, next_start) = (period("start")?, period("end")?);
    // The end is the moment at which the next period begins.
    let period_end = next_start.map(|end| if period_start.is_some_and(|from| end > from) { end.minus(1) } else { end });
    Ok(BillingRecord {
        number: text_at(&object, "number"),
        account: text_at(&object, "customer_email").and_then(|mail| Account::new(&mail)),
        product,
        plan: vendor.plan_of(&described.last().cloned().unwrap_or_else(|| description.clone())),
        subtotal: money_at(context, &object, &["total_excluding_tax", "subtotal"], currency)?,
        tax: money_at(context, &object, &["tax"], currency)?,
        // A total of nothing or less asks for no money: the credit stays on the account.
        total: Some(total),
        amount_due: money_at(context, &object, &["amount_due"], currency)?,
        amount_paid: money_at(context, &object, &["amount_paid"], currency)?,
        period_start: period_start.filter(|_| product == Some(crate::domain::Product::ChatgptPlan)),
        period_end: period_end.filter(|_| product == Some(crate::domain::Product::ChatgptPlan)),
        paid_on: paid_on.map(|node| context.day(node)).transpose()?,
        card: last_four,
        reference: ["charge", "payment_intent"].into_iter().find_map(|key| text_at(&object, key)),
        seats: seats(&lines, &description, context),
        opens: opens(&object),
        description,
        ..record(at, date, if paid { BillingKind::Receipt } else { BillingKind::Invoice }, status)
    })
}

/// A line that gives back unused time on the plan before.
fn is_credit(line: &Object<'_>) -> bool {
    line.get("amount").and_then(|node| node.number()).is_some_and(|digits| digits.starts_with('-'))
}

/// Whether the invoice is the first of a subscription or a later one. A change, or one made by hand, says neither.
fn opens(object: &Object<'_>) -> Option<bool> {
    match text_at(object, "billing_reason")?.as_str() {
        "subscription_create" => Some(true),
        "subscription_cycle" => Some(false),
        _ => None,
    }
}

/// How many seats are billed, where more than one line's worth of a workspace's plan is.
fn seats(lines: &[Object<'_>], description: &str, context: &Context) -> Option<u32> {
    let plan = context.vendor().plan_of(description)?;
    let counts =
        lines.iter().filter(|line| !is_credit(line)).filter_map(|line| line.get("quantity")?.number()?.parse().ok());
    counts.max().filter(|_| context.vendor().has_seats(&plan))
}

fn money_at(context: &Context, object: &Object<'_>, keys: &[&str], currency: Currency) -> Made<Option<Money>> {
    let node = keys.iter().find_map(|key| object.get(key));
    node.map(|node| context.smallest_units(node, currency)).transpose()
}

fn status(context: &Context, node: Node<'_>) -> Made<BillingStatus> {
    const KNOWN: [BillingStatus; 5] = [
        BillingStatus::Paid,
        BillingStatus::Open,
        BillingStatus::Void,
        BillingStatus::Uncollectible,
        BillingStatus::Draft,
    ];
    let word = node.text().unwrap_or_default().to_lowercase();
    KNOWN.into_iter().find(|status| status.name() == word).ok_or_else(|| {
        let message = format!("{} is not a known status of an invoice", literal(node.raw()));
        let expected = "paid, open, void, uncollectible or draft";
        Box::new(Diagnostic::error("cell-status", context.path, message).at(node.excerpt(expected)))
    })
}
