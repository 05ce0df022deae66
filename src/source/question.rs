//! What is asked where a table's columns cannot be told.

use super::answers::name_of_column;
use super::header::{Header, HeaderProblem};
use super::layout::Layout;
use super::role::Role;
use super::table::excerpt_of;
use crate::diagnostic::{Diagnostic, literal};

/// The finding for columns that cannot be told.
pub(super) fn explain(layout: &Layout, path: &str, text: &str, header: &Header, problem: &HeaderProblem) -> Diagnostic {
    let record = header.record;
    let named = |column: usize| match header.titles.get(column) {
        Some(title) if !title.is_empty() => title.clone(),
        _ => format!("column {}", column + 1),
    };
    let found = header.titles.iter().filter(|title| !title.is_empty()).map(|title| literal(title));
    let found = format!("titles found: {}", found.collect::<Vec<_>>().join(", "));
    match problem {
        HeaderProblem::Missing(roles) => {
            let titles = roles.iter().filter_map(|&role| layout.titles_of(role).first()).map(|title| literal(title));
            let wanted = titles.collect::<Vec<_>>().join(" or ");
            let whole = record.0..header.place(header.titles.len().saturating_sub(1)).end;
            let role = roles.first().copied().unwrap_or(Role::Amount).name();
            let message = format!("looks like a file of the format `{}` but has no column {wanted}", layout.name);
            Diagnostic::error("header-missing-column", path, message)
                .at(excerpt_of(text, record, whole, format!("a column {wanted} is needed")))
                .hint(found)
                .hint(format!(
                    "export the file again with that column, or say which one it is: `--column '{path}:{role}=TITLE'`"
                ))
        }
        HeaderProblem::Ambiguous(role, columns) => {
            let names: Vec<String> = columns.iter().map(|&column| literal(&named(column))).collect();
            let which = names.join(" and ");
            let message = match columns.len() {
                1 => format!("{which} could be the currency of either amount"),
                _ => format!("{which} could both be the same column"),
            };
            let mut finding = Diagnostic::error("header-ambiguous", path, message);
            let is_currency = *role == Role::Currency && columns.len() == 1;
            for &column in columns {
                finding = finding.at(excerpt_of(text, record, header.place(column), "one of these is meant"));
            }
            let first = columns.first().map(|&column| name_of_column(&header.titles, column)).unwrap_or_default();
            let name = role.name();
            if is_currency {
                return finding.hint(format!(
                    "say whose it is: `--column '{path}:{name}={first}'` or `--column '{path}:original-{name}={first}'`"
                ));
            }
            let rest = if *role == Role::Debit { "; the other then holds what came in" } else { "" };
            finding.hint(format!("say which one holds the {}: `--column '{path}:{name}={first}'`{rest}", said(*role)))
        }
        HeaderProblem::Turned(debit, credit) => {
            let (out, into) = (named(*debit), named(*credit));
            let message = format!(
                "the running balance closes only if {} is what came in and {} is what left",
                literal(&out),
                literal(&into)
            );
            Diagnostic::error("header-ambiguous", path, message)
                .at(excerpt_of(text, record, header.place(*debit), "what left, or what came in"))
                .hint(format!(
                    "say which one holds what left: `--column '{path}:debit={into}'` as the balance says, or \
                     `--column '{path}:debit={out}'` if the balance is what is owed"
                ))
        }
        HeaderProblem::Unknown(role, title) => {
            let whole = record.0..header.place(header.titles.len().saturating_sub(1)).end;
            let message =
                format!("no column has the title {} that `--column` names for the {}", literal(title), said(*role));
            Diagnostic::error("answer-column", path, message)
                .at(excerpt_of(text, record, whole, "the titles stand here"))
                .hint(found)
        }
    }
}

/// A role in words.
fn said(role: Role) -> String {
    match role {
        Role::TransactionDate => "day of the payment".to_string(),
        Role::Debit => "amounts that left".to_string(),
        role => role.name().replace('-', " "),
    }
}
