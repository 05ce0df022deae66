//! From files to a list of their records, or to how they were understood; nothing concluded.

use super::input::inputs;
use super::readers::Readers;
use super::reading::{Desk, Keep, Material, read_all};
use super::{Progress, RunError, add_config, add_layouts};
use crate::diagnostic::Diagnostic;
use crate::inspection::Inspection;
use crate::listing::{Listed, Listing};
use crate::reconciliation::Notice;
use crate::settings::Settings;
use crate::vendor::Vendor;
use std::path::PathBuf;

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
/// `program` is this program, which is started again to read PDFs.
///
/// # Errors
/// Settings that cannot be used; files that cannot be opened or understood. Then there is no partial list.
pub fn entries(mut settings: Settings, program: PathBuf, progress: &mut dyn Progress) -> Result<ListDone, RunError> {
    let material = material(&mut settings, program, Keep::All, progress)?;
    let Material { files, entries, records, observations, attempts, usage, notices, warnings, .. } = material;
    let mut rows: Vec<Listed> = entries.into_iter().map(Listed::from).collect();
    rows.extend(records.into_iter().map(Listed::from));
    rows.extend(observations.into_iter().map(Listed::from));
    rows.extend(attempts.into_iter().map(Listed::from));
    rows.extend(usage.into_iter().map(Listed::from));
    // A stable sort: records of one line keep their order.
    rows.sort_by_key(|row| row.at);
    Ok(ListDone { listing: Listing { sources: files, rows, notices }, warnings })
}

/// What `inspect` found, and what to say on the side.
#[derive(Debug)]
pub struct InspectDone {
    /// The files.
    pub inspection: Inspection,
    /// Findings that changed no figure.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the files and says how each was understood.
///
/// # Errors
/// Settings that cannot be used; files that cannot be opened or understood: the findings say why.
pub fn inspect(mut settings: Settings, program: PathBuf, progress: &mut dyn Progress) -> Result<InspectDone, RunError> {
    let Material { files, understandings, mut notices, warnings, .. } =
        material(&mut settings, program, Keep::Relevant, progress)?;
    notices.retain(|notice| {
        matches!(notice, Notice::Ignored { .. } | Notice::PaperUnread { .. } | Notice::ConfigFound { .. })
    });
    Ok(InspectDone {
        inspection: Inspection { files: files.into_iter().zip(understandings).collect(), notices },
        warnings,
    })
}

/// What the files hold, and what is to be said of the config file.
fn material(
    settings: &mut Settings,
    program: PathBuf,
    keep: Keep,
    progress: &mut dyn Progress,
) -> Result<Material, RunError> {
    let inputs = inputs(&settings.paths)?;
    let config = add_config(settings, &inputs)?;
    add_layouts(settings)?;
    let (vendor, readers) = (Vendor::embedded(), Readers::new(program));
    let mut material = read_all(&Desk { settings, vendor: &vendor, readers: &readers, keep }, &inputs, progress)?;
    material.notices.extend(config);
    Ok(material)
}
