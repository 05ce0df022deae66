//! The commands beside the main job: known formats, templates, the arithmetic of one conversion.

use super::input::unreadable;
use super::{RunError, rates_of};
use crate::fx::{Bands, explain_document};
use crate::normalize;
use crate::settings::SettingsError;
use crate::text::{pad_end, width};
use std::fs;
use std::path::{Path, PathBuf};

/// The known formats, one a line: name, kind of evidence, what it is.
pub fn formats() -> String {
    let formats = normalize::formats();
    let names = formats.iter().map(|format| width(format.name)).max().unwrap_or(0);
    let sides = formats.iter().map(|format| width(format.side.name())).max().unwrap_or(0);
    let line = |format: &normalize::FormatInfo| {
        let (name, side) = (pad_end(format.name, names), pad_end(format.side.name(), sides));
        format!("{name}  {side}  {}\n", format.title)
    };
    formats.iter().map(line).collect()
}

/// The template of a table that a person fills in.
///
/// # Errors
/// There is no template of that name.
pub fn template(name: &str) -> Result<String, RunError> {
    normalize::template(name).ok_or_else(|| {
        RunError::Settings(SettingsError {
            message: format!("there is no template `{name}`"),
            hint: format!("templates: {}", normalize::template_names().join(", ")),
        })
    })
}

/// The arithmetic of the cases in a JSON file, with the results added.
///
/// # Errors
/// The file cannot be read, is not JSON, or is not of the known form.
pub fn explain(file: &Path, rates: &[PathBuf]) -> Result<String, RunError> {
    let shown = file.to_string_lossy();
    let wrong = |message: String| {
        let hint = "the file holds one case, or a list of cases, each with `kind` and `input`".to_string();
        RunError::Settings(SettingsError { message: format!("{shown}: {message}"), hint })
    };
    let text = fs::read_to_string(file).map_err(|error| RunError::Files(vec![unreadable(&shown, &error)]))?;
    let document = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let rates = rates_of(rates)?;
    let explained =
        explain_document(&document, &rates, &Bands::embedded()).map_err(|error| wrong(error.to_string()))?;
    serde_json::to_string_pretty(&explained).map(|text| text + "\n").map_err(|error| wrong(error.to_string()))
}
