//! The arithmetic as text: one case in, as JSON, its breakdown out.
//!
//! All amounts, rates and percentages are strings at their exact number of decimals. Fields that do not apply are
//! absent: a case without a rate has its reference and `indeterminate`, one within a single currency no conversion.

mod read;
mod write;

use super::{Bands, FxError, balance, charge, payment, refund};
use crate::rates::Rates;
use serde_json::{Map, Value};
use std::fmt;

/// Why a case cannot be explained: where in it, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainError {
    /// Path of the value at fault: `paid.charged`, `examples[2].input.sent`.
    pub at: String,
    /// What is wrong.
    pub fault: ExplainFault,
}

/// What is wrong with a value of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainFault {
    /// It is not there.
    Missing,
    /// It is of another type; named is the one expected.
    Type(&'static str),
    /// It is no day.
    NotADay(String),
    /// It is no ISO 4217 code.
    NotACurrency(String),
    /// It is no plain decimal, or has more decimals than its currency.
    NotAnAmount(String),
    /// It is none of the words listed.
    NotAWord {
        /// The word found.
        found: String,
        /// Those expected.
        expected: Vec<String>,
    },
    /// The case has no figures that tell which question it asks.
    NoQuestion,
    /// The figures cannot be worked out.
    Arithmetic(FxError),
}

impl ExplainError {
    fn at(at: &str, fault: ExplainFault) -> ExplainError {
        ExplainError { at: at.to_string(), fault }
    }

    /// The same error with the path of what holds the value put before it.
    fn within(self, outer: &str) -> ExplainError {
        let at = if self.at.is_empty() { outer.to_string() } else { format!("{outer}.{}", self.at) };
        ExplainError { at, fault: self.fault }
    }
}

/// Works out one case: the breakdown of an `input` object. Which question it asks follows from its figures: `settled` a
/// payment, `refund` a refund, `available` a balance, `charged` a charge.
///
/// # Errors
/// The first value that is missing, unreadable or impossible.
pub fn explain(input: &Value, rates: &Rates, bands: &Bands) -> Result<Value, ExplainError> {
    let arithmetic = |error| ExplainError::at("", ExplainFault::Arithmetic(error));
    let has = |key: &str| input.get(key).is_some();
    let result = if has("settled") {
        let (case, band) = read::payment(input, bands)?;
        write::payment(&case, &payment(rates, band, &case).map_err(arithmetic)?)
    } else if has("refund") {
        let (case, band) = read::refund(input, bands)?;
        write::refund(&refund(rates, band, &case).map_err(arithmetic)?)
    } else if has("available") {
        let case = read::balance(input, bands)?;
        write::balance(&case, &balance(rates, &case).map_err(arithmetic)?)
    } else if has("charged") {
        let (case, band) = read::charge(input, bands)?;
        write::charge(&case, &charge(rates, band, &case).map_err(arithmetic)?)
    } else {
        return Err(ExplainError::at("", ExplainFault::NoQuestion));
    };
    Ok(Value::Object(result))
}

/// Works out a document: a case, a list of cases, or an object with `examples`. Each case, which may be a bare `input`
/// object, comes back with `expected`; everything else in the document stays as it is.
///
/// # Errors
/// The first case that cannot be explained, with its path.
pub fn explain_document(document: &Value, rates: &Rates, bands: &Bands) -> Result<Value, ExplainError> {
    match document {
        Value::Array(cases) => Ok(Value::Array(explain_list(cases, "", rates, bands)?)),
        Value::Object(fields) => {
            let mut answer = fields.clone();
            if let Some(Value::Array(cases)) = fields.get("examples") {
                let cases = explain_list(cases, "examples", rates, bands)?;
                answer.insert("examples".to_string(), Value::Array(cases));
            } else if let Some(input) = fields.get("input") {
                let expected = explain(input, rates, bands).map_err(|error| error.within("input"))?;
                answer.insert("expected".to_string(), expected);
            } else {
                answer = Map::new();
                answer.insert("input".to_string(), document.clone());
                answer.insert("expected".to_string(), explain(document, rates, bands)?);
            }
            Ok(Value::Object(answer))
        }
        _ => Err(ExplainError::at("", ExplainFault::Type("an object or a list of objects"))),
    }
}

fn explain_list(cases: &[Value], name: &str, rates: &Rates, bands: &Bands) -> Result<Vec<Value>, ExplainError> {
    let explain_one = |(index, case): (usize, &Value)| {
        let place = format!("{name}[{index}]");
        match case {
            Value::Object(_) => explain_document(case, rates, bands).map_err(|error| error.within(&place)),
            _ => Err(ExplainError::at(&place, ExplainFault::Type("an object"))),
        }
    };
    cases.iter().enumerate().map(explain_one).collect()
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "`{}`: ", self.at)?;
        }
        match &self.fault {
            ExplainFault::Missing => f.write_str("is not there"),
            ExplainFault::Type(expected) => write!(f, "expected {expected}"),
            ExplainFault::NotADay(text) => write!(f, "cannot read `{text}` as a day such as 2026-01-31"),
            ExplainFault::NotACurrency(text) => write!(f, "`{text}` is not an ISO 4217 currency code"),
            ExplainFault::NotAnAmount(text) => {
                write!(f, "cannot read `{text}`: plain digits, with no more decimals than the currency has")
            }
            ExplainFault::NotAWord { found, expected } => {
                write!(f, "`{found}` is not known; expected one of {}", expected.join(", "))
            }
            ExplainFault::NoQuestion => {
                f.write_str("expected `charged`, or `sent` and `settled`, or `available`, or `paid` and `refund`")
            }
            ExplainFault::Arithmetic(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for ExplainError {}
