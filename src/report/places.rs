//! Where a case's rows stand: one text a file, its lines sorted and runs drawn together.

use super::voice::Voice;
use crate::domain::SourceRef;
use crate::reconciliation::Reconciliation;
use crate::verdict::Case;

/// `paypal.csv:32-38`, files in the order in which the case first cites them.
pub(super) fn of(voice: &Voice<'_>, case: &Case, reconciliation: &Reconciliation) -> Vec<String> {
    let rows = case.lines.iter().map(|line| (line.at.source.0, line.at.line));
    by_file(rows).into_iter().map(|(source, lines)| voice.place(path(reconciliation, source), &runs(lines))).collect()
}

/// Where one row stands: `paypal.csv:32`.
pub(super) fn one(voice: &Voice<'_>, at: SourceRef, reconciliation: &Reconciliation) -> String {
    voice.place(path(reconciliation, at.source.0), &at.line.to_string())
}

fn path(reconciliation: &Reconciliation, source: u32) -> &str {
    let file = usize::try_from(source).ok().and_then(|index| reconciliation.sources.get(index));
    file.map_or("?", |file| file.path.as_str())
}

/// The same for rows named by their file.
pub(super) fn named<'a>(voice: &Voice<'_>, rows: impl Iterator<Item = (&'a str, u32)>) -> Vec<String> {
    by_file(rows).into_iter().map(|(file, lines)| voice.place(file, &runs(lines))).collect()
}

fn by_file<F: PartialEq>(rows: impl Iterator<Item = (F, u32)>) -> Vec<(F, Vec<u32>)> {
    let mut files: Vec<(F, Vec<u32>)> = Vec::new();
    for (file, line) in rows {
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, lines)) => lines.push(line),
            None => files.push((file, vec![line])),
        }
    }
    files
}

/// Numbers in order, `24-27,31`: what follows without a hole is drawn together.
fn runs(mut lines: Vec<u32>) -> String {
    lines.sort_unstable();
    lines.dedup();
    let runs: Vec<String> = lines
        .chunk_by(|before, after| before.checked_add(1) == Some(*after))
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            [only] => only.to_string(),
            [] => String::new(),
        })
        .collect();
    runs.join(",")
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn neighbours_are_drawn_together_and_nothing_is_lost() {
        for (lines, text) in [
            (vec![7], "7"),
            (vec![38, 35, 36, 37, 32, 33, 34], "32-38"),
            (vec![9, 8], "8-9"),
            (vec![31, 24, 27, 25, 26, 24], "24-27,31"),
            (vec![1, 3, 5], "1,3,5"),
            (vec![u32::MAX, 1], "1,4294967295"),
        ] {
            assert_eq!(runs(lines), text);
        }
    }
}
