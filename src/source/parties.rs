//! Whose row it is where a statement has a column for the other party: which titles hold a party's name, which names stand
//! only between the payer and the seller, and which words say that a card was used.

use super::catalogue::folded_title;
use super::layout::folded;
use super::words::stands_in;
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartiesFile {
    titles: Vec<String>,
    between: Vec<String>,
    card: Vec<String>,
}

static PARTIES: LazyLock<PartiesFile> = LazyLock::new(|| embedded::read(carried!("source/parties")));
static TITLES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| PARTIES.titles.iter().map(|title| folded_title(title)).collect());

/// Whether a title is that of a column with the other party's name.
pub fn is_party_title(title: &str) -> bool {
    TITLES.contains(&folded_title(title))
}

/// Whether a name is that of a wallet, a processor, a card scheme or a bank: whoever sold may be another.
pub fn stands_between(name: &str) -> bool {
    let name = folded(name);
    PARTIES.between.iter().any(|phrase| stands_in(phrase, &name))
}

/// Whether a text says that a card was used.
pub fn says_card(text: &str) -> bool {
    let text = folded(text);
    PARTIES.card.iter().any(|phrase| stands_in(phrase, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_told_from_those_between() {
        assert!(is_party_title("Empfänger/Auftraggeber") && is_party_title("payee") && !is_party_title("Description"));
        assert!(stands_between("PayPal (Europe) S.a.r.l.") && stands_between("招商银行信用卡中心"));
        assert!(
            stands_between("BANK OF NOWHERE") && !stands_between("Anna Schmidt") && !stands_between("Irving Wisen")
        );
        assert!(says_card("Kartenzahlung 12:30") && says_card("VISA DEBIT") && !says_card("Postkarten"));
    }
}
