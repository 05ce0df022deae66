//! The catalogue of JSON shapes: which keys make which file (`shapes.toml`), and files that hold an error message only.

use super::SourceSide;
use super::json::{Node, Object};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::Currency;
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A JSON file that is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Name of the format in reports.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// Which reader understands it.
    pub reading: JsonReading,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    list: Option<String>,
    currency: Option<String>,
    #[serde(default)]
    inside: Vec<String>,
}

/// Which reader understands a JSON file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum JsonReading {
    User,
    Subscription,
    Accounts,
    Entitlement,
    PurchaseOrigin,
    AutoTopUp,
    Invoices,
    CreditGrants,
    Costs,
    CostsResult,
    PlayOrders,
    PlayPurchases,
}

impl JsonReading {
    /// The side of evidence.
    pub fn side(self) -> SourceSide {
        match self {
            JsonReading::Invoices | JsonReading::PlayOrders | JsonReading::PlayPurchases => SourceSide::Billing,
            JsonReading::User
            | JsonReading::Subscription
            | JsonReading::Accounts
            | JsonReading::Entitlement
            | JsonReading::PurchaseOrigin
            | JsonReading::AutoTopUp
            | JsonReading::CreditGrants
            | JsonReading::Costs
            | JsonReading::CostsResult => SourceSide::Plan,
        }
    }
}

#[derive(Deserialize)]
struct ShapesFile {
    shape: Vec<Shape>,
}

/// Elements of an array that are looked at: all have one shape in every file that is known.
const ELEMENTS_LOOKED_AT_MAX: usize = 100;

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| embedded::read::<ShapesFile>(carried!("source/shapes")).shape);

/// All shapes in the order in which they are tried.
pub fn shapes() -> &'static [Shape] {
    &SHAPES
}

/// Words by which a text that is no JSON any more is still known for one of ours.
pub(super) fn is_named_in(text: &str) -> bool {
    let told = |shape: &Shape| {
        let values = || shape.values.values().filter(|value| value.contains('_') || value.contains('.'));
        let keys = || shape.keys.iter().filter(|key| key.contains('_') || key.ends_with("History"));
        let stands = |word: &String| text.contains(&format!("\"{word}\""));
        let some = keys().next().is_some() || values().next().is_some();
        some && keys().all(stands) && values().all(stands)
    };
    shapes().iter().any(told)
}

/// The shape of a value.
pub(super) fn shape_of(root: Node<'_>) -> Option<&'static Shape> {
    let objects: Vec<Object<'_>> = match root.object() {
        Some(object) => vec![object],
        None => root.elements().iter().take(ELEMENTS_LOOKED_AT_MAX).filter_map(Node::object).collect(),
    };
    shapes().iter().find(|shape| objects.iter().any(|object| shape.fits(object)))
}

impl Shape {
    /// Currency of every amount, where the format has just one though the file says it nowhere.
    pub fn currency(&self) -> Option<Currency> {
        self.currency.as_deref().and_then(|code| Currency::parse(code).ok())
    }

    fn fits(&self, object: &Object<'_>) -> bool {
        self.keys.iter().all(|key| object.has(key))
            && self.values.iter().all(|(key, text)| object.get(key).and_then(|node| node.text()).as_ref() == Some(text))
            && self.list.as_ref().is_none_or(|key| object.get(key).is_some_and(|list| self.holds(list)))
    }

    fn holds(&self, list: Node<'_>) -> bool {
        let of_object = list.object().into_iter().flat_map(|object| object.members().to_vec()).map(|member| member.1);
        let all: Vec<Node<'_>> = list.elements().into_iter().chain(of_object).collect();
        all.iter().filter_map(Node::object).any(|object| self.inside.iter().all(|key| object.has(key)))
    }
}

/// The finding for a file that holds nothing but the message of an error: the page was saved while signed out, or asked
/// without the account.
pub(super) fn saved_error(path: &str, root: Node<'_>) -> Option<Diagnostic> {
    let object = root.object()?;
    let [(key, node)] = object.members() else { return None };
    let message = match key.as_str() {
        "detail" => node.text().or_else(|| node.at(&["message"])?.text()).or_else(|| is_list(node))?,
        "error" => node.at(&["message"])?.text()?,
        _ => return None,
    };
    let said = match message.is_empty() {
        true => "an error message".to_string(),
        false => format!("an error message, {},", literal(&message)),
    };
    Some(
        Diagnostic::error("saved-error", path, format!("the file holds {said} and no account data"))
            .at(node.excerpt("the answer of the server, saved by mistake"))
            .hint("sign in, open the page again and save it anew, or take the file away"),
    )
}

/// A list of faults, as servers answer a request that lacks something.
fn is_list(node: &Node<'_>) -> Option<String> {
    let first = *node.elements().first()?;
    Some(first.at(&["msg"]).and_then(|node| node.text()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::root_of;

    fn name_of(text: &str) -> Option<&'static str> {
        shape_of(root_of(text).unwrap()).map(|shape| shape.name.as_str())
    }

    #[test]
    fn shapes_are_known_by_their_keys_in_any_order() {
        for (text, expected) in [
            (r#"{"email":"a@example.com","chatgpt_plus_user":null}"#, Some("chatgpt-user")),
            (r#"[{"chatgpt_plus_user":true}]"#, Some("chatgpt-user")),
            (r#"{"active_until":null,"plan_type":"free"}"#, Some("chatgpt-subscription")),
            (r#"{"accounts":{"x":{"entitlement":{}}}}"#, Some("chatgpt-accounts")),
            (r#"{"accounts":[{"name":"x"}]}"#, None),
            (r#"{"data":[],"object":"list","url":"/v1/invoices"}"#, Some("openai-invoices")),
            (r#"{"data":[]}"#, None),
            (r#"{"object":"page","data":[{"start_time":1,"results":[]}]}"#, Some("openai-costs")),
            (r#"{"object":"page","data":[{"id":1}]}"#, None),
            (r#"[]"#, None),
            (r#"[{"orderHistory":{}}]"#, Some("google-play-orders")),
            (r#"3"#, None),
        ] {
            assert_eq!(name_of(text), expected, "{text}");
        }
    }

    #[test]
    fn an_error_that_was_saved_is_known() {
        for text in [
            r#"{"detail":"Unauthorized"}"#,
            r#"{"detail":{"message":"account_id is required"}}"#,
            r#"{"detail":[{"loc":["query"],"msg":"field required"}]}"#,
            r#"{"error":{"message":"no","type":"invalid_request_error"}}"#,
        ] {
            assert!(saved_error("x.json", root_of(text).unwrap()).is_some(), "{text}");
        }
        for text in [r#"{"detail":1}"#, r#"{"detail":"x","more":1}"#, r#"{"error":"x"}"#, r#"["detail"]"#] {
            assert!(saved_error("x.json", root_of(text).unwrap()).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_still_known_by_its_keys() {
        assert!(is_named_in("{\"chatgpt_plus_user\": tr"));
        assert!(is_named_in("[{\"orderHistory\": {"));
        assert!(!is_named_in("{\"data\": [1, 2"));
        assert!(!is_named_in("{\"object\": \"page\""));
    }
}
