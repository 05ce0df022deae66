//! Reference rates in words: who publishes them, and the steps on a pocket calculator.

use crate::domain::Money;
use crate::rates::{Publisher, Step};
use crate::text::{Lang, catalogue as say};

/// Whose rate it is, shortly.
pub(in crate::report) fn publisher(lang: Lang, publisher: Publisher) -> String {
    match publisher {
        Publisher::Ecb => say::publisher_ecb(lang),
        Publisher::FederalReserve => say::publisher_federal_reserve(lang),
        Publisher::Pboc => say::publisher_pboc(lang),
        Publisher::Stated => say::publisher_stated(lang),
    }
}

/// An amount with the steps that convert it: `20.00 USD x 7.6492 / 1.0583`.
pub(in crate::report) fn steps(lang: Lang, amount: Money, steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Times(figure) => say::times(lang, figure),
        Step::Over(figure) => say::over(lang, figure),
    };
    let words: Vec<String> = std::iter::once(amount.to_string()).chain(steps.iter().map(step)).collect();
    words.join(" ")
}
