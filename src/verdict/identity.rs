//! The id of a case: a digest of what its rows say, not of where they stand.

use super::{Case, CaseLine};
use crate::domain::SourceRef;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Hexadecimal digits of the digest in an id.
const DIGEST_DIGITS: usize = 8;

/// Names all cases. Cases whose rows say the same are numbered in an order that does not depend on files or rows.
pub(super) fn name(cases: &mut [Case]) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let name = format!("{}-{}", case.day, digest(&case.lines));
        alike.entry(name).or_default().push(index);
    }
    for (name, mut indices) in alike {
        indices.sort_by_key(|index| {
            let case = &cases[*index];
            let places: Vec<SourceRef> = case.lines.iter().map(|line| line.at).collect();
            (case.verdict, case.cause, places)
        });
        for (number, index) in indices.into_iter().enumerate() {
            cases[index].id = if number == 0 { name.clone() } else { format!("{name}-{}", number + 1) };
        }
    }
}

fn digest(lines: &[CaseLine]) -> String {
    let content = |line: &CaseLine| {
        let money = line.money.map(|money| money.0.to_string());
        format!("{}\u{1f}{}\u{1f}{:?}\u{1f}{:?}\u{1f}{:?}\u{1e}", line.day, line.role.name(), money, line.id, line.text)
    };
    let mut contents: Vec<String> = lines.iter().map(content).collect();
    contents.sort();
    let digest = Sha256::digest(contents.concat().as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..DIGEST_DIGITS].to_string()
}
