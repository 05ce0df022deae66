//! From files to a list of their records, nothing concluded.

use super::input::inputs;
use super::reading::{Keep, Material, read_all};
use super::{Progress, RunError, add_config};
use crate::diagnostic::Diagnostic;
use crate::listing::{Listed, Listing};
use crate::settings::Settings;
use crate::vendor::Vendor;

/// A finished list, and what to say on the side.
#[derive(Debug)]
pub struct ListDone {
    /// The records.
    pub listing: Listing,
    /// Findings that changed no figure.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the files and lists every record.
///
/// # Errors
/// Settings that cannot be used; files that cannot be opened or understood. Then there is no partial list.
pub fn entries(mut settings: Settings, progress: &mut dyn Progress) -> Result<ListDone, RunError> {
    let inputs = inputs(&settings.paths)?;
    let config = add_config(&mut settings, &inputs)?;
    let material = read_all(&settings, &Vendor::embedded(), &inputs, Keep::All, progress)?;
    let Material { files, entries, records, observations, attempts, mut notices, warnings, .. } = material;
    notices.extend(config);
    let mut rows: Vec<Listed> = entries.into_iter().map(Listed::from).collect();
    rows.extend(records.into_iter().map(Listed::from));
    rows.extend(observations.into_iter().map(Listed::from));
    rows.extend(attempts.into_iter().map(Listed::from));
    // A stable sort: records of one line keep their order.
    rows.sort_by_key(|row| row.at);
    Ok(ListDone { listing: Listing { sources: files, rows, notices }, warnings })
}
