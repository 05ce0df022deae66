//! The header of a table in a layout of the catalogue: the record whose titles fill one of its claims.

use super::answers::{Answers, named_column, titled_column};
use super::catalogue::{Catalogue, TitleMeaning, folded_title};
use super::cell::DecimalMark;
use super::preamble::PreambleLine;
use super::profile::{figure_of, is_date};
use super::role::Role;
use super::table::{Columns, Cut};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many records may stand before the header.
pub(super) const PREAMBLE_RECORDS_MAX: usize = 40;
/// How many columns a table may have.
pub(super) const COLUMNS_MAX: usize = 512;

/// One header, or the place where one would stand.
pub(super) struct Header {
    pub titles: Vec<String>,
    /// Byte and line at which its record begins.
    pub record: (usize, u32),
    /// Where the titles stand.
    pub places: Vec<Range<usize>>,
    pub rows_from: (usize, u32),
    pub above: Vec<PreambleLine>,
    /// Whether the file has one.
    pub written: bool,
}

impl Header {
    pub(super) fn place(&self, column: usize) -> Range<usize> {
        self.places.get(column).cloned().unwrap_or(self.record.0..self.record.0)
    }
}

/// One header that a layout claims.
pub(super) struct Claimed {
    pub layout: usize,
    pub header: Header,
    pub meanings: Vec<Vec<TitleMeaning>>,
}

/// The first records of a text, each with what stands above it, until `found` takes one.
pub(super) fn first_header<T>(text: &str, cut: &Cut, mut found: impl FnMut(Header) -> Result<T, Header>) -> Option<T> {
    let mut rows = cut.rows(text, (0, 1));
    let mut above = Vec::new();
    for _ in 0..PREAMBLE_RECORDS_MAX {
        let Ok(Some(record)) = rows.next_record() else { return None };
        let titles: Vec<String> = (0..record.width()).map(|column| record.cell(column).into_owned()).collect();
        let places = (0..record.width()).filter_map(|column| Some(record.span(column)?.range())).collect();
        let record = record.place();
        let wide = (2..=COLUMNS_MAX).contains(&titles.len());
        // Dates and amounts stand in rows: a word in one of them may be a title by chance.
        let figures = titles.iter().any(|title| is_figure(title));
        let header = Header { titles, record, places, rows_from: rows.position(), above, written: true };
        let header = if wide && !figures {
            match found(header) {
                Ok(taken) => return Some(taken),
                Err(header) => header,
            }
        } else {
            header
        };
        above = header.above;
        above.push(PreambleLine { line: record.1, cells: header.titles });
    }
    None
}

/// Whether a cell is a day or a figure. `4月支払金額` begins like one and is a title.
fn is_figure(cell: &str) -> bool {
    let begins = cell.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
    let is_title = || {
        let letters = cell.trim_start_matches(|letter: char| letter.is_ascii_digit());
        letters.chars().count() > 2 && letters.chars().all(char::is_alphabetic)
    };
    begins && (is_date(cell) || figure_of(cell, DecimalMark::Point).is_some() || !is_title())
}

/// The header that holds a title by which the user names a column.
pub(super) fn answered_header(text: &str, cut: &Cut, answers: &Answers) -> Option<Header> {
    first_header(text, cut, |header| {
        let width = header.titles.len();
        let held = |title: &str| titled_column(&header.titles, title).is_some();
        if width > 2 && answers.columns.iter().any(|(_, title)| held(title)) { Ok(header) } else { Err(header) }
    })
}

/// What each title means; of a title that stands several times, each by its place.
pub(super) fn meanings_of(catalogue: &Catalogue, titles: &[String]) -> Vec<Vec<TitleMeaning>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut meanings = |title: &String| {
        let times = seen.entry(folded_title(title)).or_default();
        *times += 1;
        catalogue.meanings(title, *times)
    };
    titles.iter().map(&mut meanings).collect()
}

/// The header that a layout other than the generic one claims.
pub(super) fn claimed_header(catalogue: &Catalogue, text: &str, cut: &Cut) -> Option<Claimed> {
    let generic = catalogue.generic();
    first_header(text, cut, |header| {
        let meanings = meanings_of(catalogue, &header.titles);
        let claims = |index: usize, role: Role| meanings.iter().flatten().any(|m| m.layout == index && m.role == role);
        let mut layouts = catalogue.layouts.iter().enumerate().filter(|(index, _)| *index != generic);
        match layouts.find(|(index, layout)| layout.claims(&|role| claims(*index, role))) {
            Some((layout, _)) => Ok(Claimed { layout, header, meanings }),
            None => Err(header),
        }
    })
}

/// Whether the texts of a row are the titles of a statement.
pub fn are_titles(texts: &[&str]) -> bool {
    let catalogue = Catalogue::embedded();
    let titles: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
    let meanings = meanings_of(catalogue, &titles);
    let generic = catalogue.generic();
    let has = |role: Role| meanings.iter().flatten().any(|m| m.layout == generic && m.role == role);
    let known = meanings.iter().filter(|list| list.iter().any(|meaning| meaning.layout == generic)).count();
    known >= 3 && known * 2 > texts.len() && catalogue.layouts[generic].claims(&has)
}

/// Why a claimed header cannot be used.
pub(super) enum HeaderProblem {
    Turned(usize, usize),
    Missing(Vec<Role>),
    Ambiguous(Role, Vec<usize>),
    Unknown(Role, String),
}

/// Which column holds what, by the titles of a layout.
pub(super) fn resolve(catalogue: &Catalogue, claimed: &Claimed, answers: &Answers) -> Result<Columns, HeaderProblem> {
    let mut columns = Columns::none();
    let mut ranks = [usize::MAX; Role::COUNT];
    let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); Role::COUNT];
    let mut memo = Vec::new();
    for (column, meanings) in claimed.meanings.iter().enumerate() {
        for meaning in meanings.iter().filter(|meaning| meaning.layout == claimed.layout) {
            let role = meaning.role as usize;
            if meaning.role == Role::Memo {
                memo.push((meaning.rank, column));
            }
            candidates[role].push(column);
            if meaning.rank < ranks[role] {
                ranks[role] = meaning.rank;
                columns.single[role] = Some(column);
                columns.currency[role] = meaning.currency;
            }
        }
    }
    memo.sort_unstable();
    columns.memo = memo.into_iter().map(|(_, column)| column).collect();
    // Columns that could also have been the descriptor may still name the merchant.
    if let Some(chosen) = columns.get(Role::Descriptor) {
        let others = || candidates[Role::Descriptor as usize].iter().copied().filter(|&column| column != chosen);
        columns.memo.extend(others());
        columns.also.extend(others());
    }
    for (role, title) in &answers.columns {
        let titles = &claimed.header.titles;
        let Some(column) = named_column(titles, titles.len(), title) else {
            return Err(HeaderProblem::Unknown(*role, title.clone()));
        };
        columns.single[*role as usize] = Some(column);
        candidates[*role as usize] = vec![column];
    }
    for role in Role::CRUCIAL {
        if candidates[role as usize].len() > 1 {
            return Err(HeaderProblem::Ambiguous(role, candidates[role as usize].clone()));
        }
    }
    settle_amounts(&mut columns)?;
    columns.shift_value_date();
    let layout = &catalogue.layouts[claimed.layout];
    match layout.needs.iter().find(|any| any.iter().all(|&role| columns.get(role).is_none())) {
        Some(missing) => Err(HeaderProblem::Missing(missing.clone())),
        None => Ok(columns),
    }
}

/// Debit and credit columns say more than an amount beside them; an amount beside only one of them is a question.
fn settle_amounts(columns: &mut Columns) -> Result<(), HeaderProblem> {
    let amount = columns.get(Role::Amount);
    match (amount, columns.get(Role::Debit), columns.get(Role::Credit)) {
        (Some(_), Some(_), Some(_)) => columns.single[Role::Amount as usize] = None,
        (Some(amount), Some(other), None) | (Some(amount), None, Some(other)) => {
            return Err(HeaderProblem::Ambiguous(Role::Amount, vec![amount, other]));
        }
        _ => {}
    }
    Ok(())
}
