//! Google Play's order history and purchase history, as the owner of the account exports them.

use super::account::{record, text_at};
use super::{Context, Made, ReadJson};
use crate::diagnostic::Diagnostic;
use crate::domain::{BillingKind, BillingRecord, BillingStatus, Day, Product, Route, SourceRef};
use crate::normalize::stores::relevant;
use crate::source::{Node, Object, Sales};

/// Reads the orders, each with its number, country and what came back of it.
pub(super) fn orders(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    read.sales = Sales::Store(Route::Google);
    let mut without_currency = Vec::new();
    let found = read.each(context, root.elements(), |node, at| {
        let Some(order) = node.at(&["orderHistory"]).and_then(|node| node.object()) else { return Ok(None) };
        let lines = order.get("lineItem").map(|node| node.elements()).unwrap_or_default();
        let mut titles = lines.iter().filter_map(|line| line.at(&["doc", "title"])?.text()).collect::<Vec<_>>();
        titles.sort_by_key(|title| !context.vendor().is_sold_in_store(title, &[]));
        let Some((title, is_ours)) = wanted(context, titles.into_iter().next()) else { return Ok(None) };
        let country = text_at(&order, "ipCountry");
        let sale = Sale { order: &order, title, is_ours, time: "creationTime", price: "totalPrice", country };
        let made = sale.record(context, at)?;
        if made.is_none() {
            without_currency.push(at.line);
        }
        Ok(made.map(|made| BillingRecord { number: text_at(&order, "orderId"), ..made }))
    });
    finish(context, found, without_currency, read);
}

/// Reads the purchases: title, price and time, without a number.
pub(super) fn purchases(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    read.sales = Sales::Store(Route::Google);
    let mut without_currency = Vec::new();
    let found = read.each(context, root.elements(), |node, at| {
        let Some(purchase) = node.at(&["purchaseHistory"]).and_then(|node| node.object()) else { return Ok(None) };
        let title = purchase.get("doc").and_then(|node| node.at(&["title"])?.text());
        let Some((title, is_ours)) = wanted(context, title) else { return Ok(None) };
        let sale =
            Sale { order: &purchase, title, is_ours, time: "purchaseTime", price: "invoicePrice", country: None };
        let made = sale.record(context, at)?;
        if made.is_none() {
            without_currency.push(at.line);
        }
        Ok(made)
    });
    finish(context, found, without_currency, read);
}

/// What was sold, and whether by the vendor; `None` for what others sold, unless every record is asked for.
fn wanted(context: &Context, title: Option<String>) -> Option<(String, bool)> {
    let is_ours = title.as_deref().is_some_and(|title| context.vendor().is_sold_in_store(title, &[]));
    (is_ours || context.options.keep_all).then(|| (title.unwrap_or_default(), is_ours))
}

fn finish(context: &Context, found: Vec<BillingRecord>, without_currency: Vec<u32>, read: &mut ReadJson) {
    if !without_currency.is_empty() {
        let message = "a relevant row has no currency and takes part in no verdict";
        let hint = format!("say which one it is: `--currency '{}=USD'`", context.path);
        read.warnings.push(Diagnostic::error("currency-unknown", context.path, message).as_warning().hint(hint));
    }
    read.relevant = relevant(&found).saturating_add(u32::try_from(without_currency.len()).unwrap_or(0));
    read.records.billing = found;
    read.survey.without_currency = without_currency;
}

/// One sale, with the keys under which its time and price stand.
struct Sale<'o, 't> {
    order: &'o Object<'t>,
    title: String,
    is_ours: bool,
    time: &'static str,
    price: &'static str,
    country: Option<String>,
}

impl Sale<'_, '_> {
    /// The record; `None` where the currency of the price is not known.
    fn record(self, context: &Context, at: SourceRef) -> Made<Option<BillingRecord>> {
        let day: Day = context.day(context.needed(self.order, self.time)?)?;
        let country = self.country.as_deref();
        let price = |node: Node<'_>| context.price(node, country, day);
        let total = match context.needed(self.order, self.price).and_then(price) {
            Ok(None) if self.is_ours => return Ok(None),
            // What others sold may be priced in any way.
            Err(finding) if self.is_ours => return Err(finding),
            total => total.ok().flatten(),
        };
        let tax = self.order.get("tax").and_then(|node| price(node).ok().flatten());
        // The store does not say when it gave money back, so nobody can be held to a day.
        let back = self.order.get("refundAmount").map(price).transpose()?.flatten();
        let came_back = back.is_some_and(|back| !back.is_zero());
        let status = if came_back { BillingStatus::Refunded } else { BillingStatus::Paid };
        let vendor = context.vendor();
        Ok(Some(BillingRecord {
            product: self.is_ours.then(|| vendor.product_of(&self.title).unwrap_or(Product::ChatgptPlan)),
            plan: vendor.plan_of(&self.title).filter(|_| self.is_ours),
            tax,
            total,
            paid_on: Some(day),
            store: Some(Route::Google),
            description: self.title,
            ..record(at, day, BillingKind::Receipt, status)
        }))
    }
}
