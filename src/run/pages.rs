//! Pages of one invoice list, saved one by one: a page of which more would follow says that the others may not be all.

use super::reading::Material;
use crate::diagnostic::Diagnostic;
use crate::domain::{BillingRecord, SourceId};
use crate::source::{SourceFile, SourceSide};

/// Takes no page of a list for the whole where another page of it goes on and the files do not hold what follows.
///
/// Example: of the pages with invoices 0015 to 0013 (more follow), 0012 to 0010 and 0009 to 0007 the second is missing;
/// the third says that nothing follows, and still 0012 to 0010 are in no file.
pub(super) fn keep_only_whole_lists(material: &mut Material) {
    let goes_on = |index: usize| {
        let file = &material.files[index];
        file.side == SourceSide::Billing && !file.is_list && !is_followed(material, index)
    };
    let broken: Vec<usize> = (0..material.files.len()).filter(|index| goes_on(*index)).collect();
    let is_page_of = |file: &SourceFile, other: &SourceFile| {
        let alike = file.account.is_none() || other.account.is_none() || file.account == other.account;
        file.format == other.format && alike
    };
    let parted: Vec<usize> = (0..material.files.len())
        .filter(|index| material.files[*index].is_list)
        .filter(|index| broken.iter().any(|other| is_page_of(&material.files[*index], &material.files[*other])))
        .collect();
    for index in parted {
        let file = &mut material.files[index];
        file.is_list = false;
        let message = "another page of this list says that more invoices would follow, and not all of them are in the \
                       files, so nothing is concluded from what is not in it";
        let hint = "save every page, or one page with a higher limit";
        material.warnings.push(Diagnostic::error("list-goes-on", &file.path, message).as_warning().hint(hint));
    }
}

/// Whether the invoice numbered just before the first of a page stands in another file.
fn is_followed(material: &Material, page: usize) -> bool {
    let page = SourceId(u32::try_from(page).unwrap_or(u32::MAX));
    let first = material.records.iter().filter(|record| record.at.source == page).filter_map(number).min();
    let Some((prefix, count)) = first else { return false };
    let mut others = material.records.iter().filter(|record| record.at.source != page).filter_map(number);
    others.any(|(other, found)| other == prefix && found.checked_add(1) == Some(count))
}

/// The parts of an invoice's number: whose it is, and which in the row it is.
fn number(record: &BillingRecord) -> Option<(&str, u32)> {
    let (prefix, count) = record.number.as_deref()?.rsplit_once('-')?;
    Some((prefix, count.parse().ok()?))
}
