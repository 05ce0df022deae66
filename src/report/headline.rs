//! One case in one line, for lists in which nothing else of it stands.

use super::View;
use super::voice::{Fence, Voice};
use super::wording;
use crate::text::{Lang, catalogue as say};
use crate::verdict::Case;

/// Id, day, amount and verdict of a case.
pub fn case_headline(lang: Lang, case: &Case) -> String {
    let verdict = wording::verdict(lang, case.verdict);
    let verdict = match case.cause {
        Some(cause) => say::verdict_with(lang, verdict, wording::cause(lang, cause)),
        None => verdict,
    };
    match case.at_stake.or(case.paid).or(case.invoiced) {
        Some(money) => format!("{}  {}  {money}  {verdict}", case.id, case.day),
        None => format!("{}  {}  {verdict}", case.id, case.day),
    }
}

/// A deadline by its key in the vendor data.
pub fn deadline_name(lang: Lang, key: &str) -> String {
    let view = View { lang, redact: true, width: 0, color: false };
    wording::deadline(&Voice::new(&view, Fence::None), key)
}
