//! Whether a credit note gives its amount to the customer's balance with the seller, and not back to the card.

use super::facts::Labelled;
use super::labels::{Label, folded};
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    phrases: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| embedded::read(carried!("source/paper/data/balance")));

/// Whether a paper says so. One that also states a refund gives back to the card as well.
pub(super) fn goes_to_balance(labelled: &Labelled) -> bool {
    labelled.first(Label::Refunded).is_none() && labelled.lines.iter().any(|(_, line)| says(&line.text()))
}

fn says(text: &str) -> bool {
    let plain = folded(text);
    WORDS.phrases.iter().any(|phrase| plain.contains(phrase.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_to_the_balance_is_no_refund_to_the_card() {
        for (text, expected) in [
            ("$24.00 USD credited to customer balance on May 3, 2026", true),
            ("Amount credited to customer", true),
            ("$24.00 refunded on May 3, 2026", false),
            ("Applied balance -$24.00", false),
        ] {
            assert_eq!(says(text), expected, "{text}");
        }
        assert!(WORDS.phrases.iter().all(|phrase| *phrase == folded(phrase)), "a phrase is not folded");
    }
}
