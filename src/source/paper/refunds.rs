//! What a receipt or invoice says was given back since: `$20.00 refunded on June 20, 2026`.

use super::facts::Labelled;
use super::labels::{Label, folded, labels};
use super::written::{amounts_in, day_in};
use crate::domain::{Day, Money};

/// What a paper says was given back, with the day where it says one. The same day and amount in the head of the paper and
/// among its sums is one refund; a sum without a day counts only where no line has one.
pub(super) fn refunds_of(labelled: &Labelled) -> Vec<(Option<Day>, Money)> {
    let (mut dated, mut undated) = (Vec::new(), Vec::new());
    for (line, (_, cells)) in labelled.lines.iter().enumerate() {
        let text = cells.text();
        let plain = folded(&text);
        let is_labelled = labelled.hits.iter().any(|hit| hit.line == line && hit.label == Label::Refunded);
        if !is_labelled && !labels().gave_back.iter().any(|word| plain.contains(word.as_str())) {
            continue;
        }
        let amounts = amounts_in(&text);
        let [written] = amounts.as_slice() else { continue };
        let Some(money) = labelled.money(written).map(Money::abs).filter(|money| !money.is_zero()) else { continue };
        match day_in(&text) {
            Some(day) => dated.push((Some(day), money)),
            None if is_labelled => undated.push((None, money)),
            None => {}
        }
    }
    let mut refunds = if dated.is_empty() { undated } else { dated };
    refunds.sort_by_key(|(day, money)| (*day, money.minor_units()));
    refunds.dedup();
    refunds
}
