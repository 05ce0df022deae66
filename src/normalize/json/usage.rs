//! Pages of the costs interface: days on which something was used.

use super::account::text_at;
use super::{Context, Made, ReadJson};
use crate::domain::{Currency, Product, SourceRef, Usage};
use crate::source::{Node, Object};
use rust_decimal::Decimal;

/// Reads a page: one element is one day. A day without use makes no record.
pub(super) fn page(context: &Context, root: Node<'_>, read: &mut ReadJson) {
    let buckets = root.at(&["data"]).map(|node| node.elements()).unwrap_or_default();
    read.records.usage = read.each(context, buckets, |node, at| bucket(context, node, at));
    read.count_records();
}

fn bucket(context: &Context, node: Node<'_>, at: SourceRef) -> Made<Option<Usage>> {
    let object = context.object(node)?;
    let day = context.day(context.needed(&object, "start_time")?)?;
    let mut cost: Option<(Decimal, Currency)> = None;
    let mut used = false;
    let mut description = String::new();
    for result in context.needed(&object, "results")?.elements().iter().filter_map(Node::object) {
        used |= is_counted(&result);
        let Some(amount) = result.get("amount").and_then(|node| node.object()) else { continue };
        let value = context.figure(context.needed(&amount, "value")?)?;
        let currency = context.currency(context.needed(&amount, "currency")?)?;
        if value <= Decimal::ZERO {
            continue;
        }
        used = true;
        if description.is_empty() {
            description = text_at(&result, "line_item").unwrap_or_default();
        }
        cost = match cost {
            None => Some((value, currency)),
            Some((sum, known)) if known == currency => Some((sum.checked_add(value).unwrap_or(sum), known)),
            other => other,
        };
    }
    Ok(used.then_some(Usage { at, day, account: None, product: Product::ApiCredits, cost, description }))
}

/// A result of the usage pages counts requests and tokens instead of money.
fn is_counted(result: &Object<'_>) -> bool {
    let some = |key: &str| {
        result.get(key).and_then(|node| node.number()).and_then(|digits| digits.parse::<u64>().ok()).unwrap_or(0) > 0
    };
    ["num_model_requests", "input_tokens", "output_tokens"].into_iter().any(some)
}
