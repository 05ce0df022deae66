//! The parts of a workbook: its sheets, the texts they share, and which cell formats show days.

use super::SheetFault;
use super::value::shows_date;
use crate::source::encoding::decode;
use crate::source::markup::unescaped;
use crate::source::xml::{Element, Xml, XmlFault, XmlPiece, attribute_in};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;
use zip::ZipArchive;

/// Bytes that one part may unpack to.
const PART_BYTES_MAX: u64 = 256 << 20;
/// Sheets a workbook may have.
const SHEETS_MAX: usize = 256;

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// One sheet of cells.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub name: String,
    /// The name of its part.
    pub part: String,
    /// Whether it is shown first.
    pub is_active: bool,
}

/// A workbook, its parts still packed.
pub(super) struct Workbook<'b> {
    bytes: &'b [u8],
    /// Places of the parts, by their names in lower case.
    parts: BTreeMap<String, usize>,
    pub sheets: Vec<Sheet>,
    pub from_1904: bool,
    strings: String,
    string_places: Vec<Range<usize>>,
    /// Whether the cell format of this number shows a day.
    date_styles: Vec<bool>,
}

/// A part of the archive as text, and its name for messages.
struct Part {
    name: String,
    text: String,
}

impl Part {
    fn broken(&self, fault: &XmlFault) -> SheetFault {
        SheetFault::Broken(self.name.clone(), fault.message.clone())
    }

    fn attribute(&self, tag: &Range<usize>, name: &str) -> Option<String> {
        attribute_in(&self.text, tag, name).map(|range| unescaped(&self.text[range]).into_owned())
    }

    /// Tells of every element that begins.
    fn each(&self, mut told: impl FnMut(&str, &Range<usize>)) -> Result<(), SheetFault> {
        let mut xml = Xml::new(&self.text);
        while let Some(piece) = xml.next().map_err(|fault| self.broken(&fault))? {
            if let XmlPiece::Open(name, tag) = piece {
                told(name, &tag);
            }
        }
        Ok(())
    }
}

impl<'b> Workbook<'b> {
    /// Opens a workbook; `None` where the bytes are none.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Result<Workbook<'b>, SheetFault>> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let name = |name: &str| name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase();
        let names = (0..archive.len()).filter_map(|index| Some((name(&archive.name_for_index(index)?.ok()?), index)));
        let parts: BTreeMap<String, usize> = names.collect();
        parts.contains_key(WORKBOOK).then(|| {
            let mut workbook = Workbook {
                bytes,
                parts,
                sheets: Vec::new(),
                from_1904: false,
                strings: String::new(),
                string_places: Vec::new(),
                date_styles: Vec::new(),
            };
            workbook.read()?;
            Ok(workbook)
        })
    }

    fn read(&mut self) -> Result<(), SheetFault> {
        let relations = self.part(RELATIONS)?;
        let mut targets: BTreeMap<String, String> = BTreeMap::new();
        let (mut strings, mut styles) = (None, None);
        relations.each(|_, tag| {
            let (Some(id), Some(target)) = (relations.attribute(tag, "Id"), relations.attribute(tag, "Target")) else {
                return;
            };
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_string(),
                None => format!("xl/{}", target.trim_start_matches("./")),
            };
            let kind = relations.attribute(tag, "Type").unwrap_or_default();
            if kind.ends_with("/sharedStrings") {
                strings = Some(target.clone());
            } else if kind.ends_with("/styles") {
                styles = Some(target.clone());
            } else if kind.ends_with("/worksheet") {
                targets.insert(id, target);
            }
        })?;
        self.read_sheets(&targets)?;
        if let Some(part) = strings {
            self.read_strings(&part)?;
        }
        match styles {
            Some(part) => self.read_styles(&part),
            None => Ok(()),
        }
    }

    fn read_sheets(&mut self, targets: &BTreeMap<String, String>) -> Result<(), SheetFault> {
        let part = self.part(WORKBOOK)?;
        let mut active = 0;
        let mut listed = 0usize;
        let (sheets, from_1904) = (&mut self.sheets, &mut self.from_1904);
        part.each(|name, tag| match name {
            "workbookPr" => *from_1904 = matches!(part.attribute(tag, "date1904").as_deref(), Some("1" | "true")),
            "workbookView" => {
                active = part.attribute(tag, "activeTab").and_then(|tab| tab.parse().ok()).unwrap_or(0);
            }
            "sheet" => {
                let id = part.attribute(tag, "r:id").or_else(|| {
                    let other = attribute_in(&part.text, tag, "relationships:id")?;
                    Some(part.text[other].to_string())
                });
                // Charts and macro sheets hold no cells.
                if let Some(target) = id.and_then(|id| targets.get(&id)) {
                    let name = part.attribute(tag, "name").unwrap_or_default();
                    sheets.push(Sheet { name, part: target.clone(), is_active: listed == active });
                }
                listed = listed.saturating_add(1);
            }
            _ => {}
        })?;
        if self.sheets.len() > SHEETS_MAX { Err(SheetFault::TooLarge(WORKBOOK.to_string())) } else { Ok(()) }
    }

    fn read_strings(&mut self, name: &str) -> Result<(), SheetFault> {
        let part = self.part(name)?;
        let mut xml = Xml::new(&part.text);
        while let Some(piece) = xml.next().map_err(|fault| part.broken(&fault))? {
            let XmlPiece::Open("si", tag) = piece else { continue };
            let item = xml.element("si", tag).map_err(|fault| part.broken(&fault))?;
            let start = self.strings.len();
            rich_text(&item, &part.text, &mut self.strings);
            self.string_places.push(start..self.strings.len());
        }
        Ok(())
    }

    fn read_styles(&mut self, name: &str) -> Result<(), SheetFault> {
        let part = self.part(name)?;
        let mut codes: BTreeMap<u32, String> = BTreeMap::new();
        let mut in_cell_formats = false;
        let styles = &mut self.date_styles;
        part.each(|name, tag| match name {
            "numFmt" => {
                let number = part.attribute(tag, "numFmtId").and_then(|number| number.parse().ok());
                if let (Some(number), Some(code)) = (number, part.attribute(tag, "formatCode")) {
                    codes.insert(number, code);
                }
            }
            "cellXfs" => in_cell_formats = true,
            "cellStyles" | "cellStyleXfs" | "dxfs" => in_cell_formats = false,
            "xf" if in_cell_formats => {
                let number = part.attribute(tag, "numFmtId").and_then(|number| number.parse().ok()).unwrap_or(0);
                styles.push(shows_date(number, codes.get(&number).map(String::as_str)));
            }
            _ => {}
        })
    }

    /// The cells of a sheet as XML.
    pub(super) fn sheet_text(&self, sheet: &Sheet) -> Result<String, SheetFault> {
        self.part(&sheet.part).map(|part| part.text)
    }

    /// A text that cells share.
    pub(super) fn string(&self, index: usize) -> Option<&str> {
        self.string_places.get(index).map(|place| &self.strings[place.clone()])
    }

    /// Whether cells of a style show a day.
    pub(super) fn is_date(&self, style: usize) -> bool {
        self.date_styles.get(style).copied().unwrap_or(false)
    }

    fn part(&self, name: &str) -> Result<Part, SheetFault> {
        let missing = || SheetFault::Part(name.to_string());
        let index = *self.parts.get(&name.to_ascii_lowercase()).ok_or_else(missing)?;
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).map_err(|_| missing())?;
        let file = archive.by_index(index).map_err(|_| missing())?;
        let mut bytes = Vec::new();
        // The size that the archive states may lie.
        file.take(PART_BYTES_MAX.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| missing())?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > PART_BYTES_MAX {
            return Err(SheetFault::TooLarge(name.to_string()));
        }
        let text = decode(&bytes).into_iter().next().map(|reading| reading.text.into_owned()).ok_or_else(missing)?;
        Ok(Part { name: name.to_string(), text })
    }
}

/// The text of a shared string or an inline one: its runs one behind the other, readings of characters left out.
pub(super) fn rich_text(item: &Element, text: &str, into: &mut String) {
    for child in &item.children {
        match child.name {
            "t" => into.push_str(&unescaped_controls(&child.text(text))),
            "r" => rich_text(child, text, into),
            _ => {}
        }
    }
}

/// Characters that XML cannot hold stand as `_x000D_`; line ends and tabs become blanks.
fn unescaped_controls(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match letter {
            Some(letter) => {
                out.push(letter);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    if out.contains(char::is_control) { out.replace(char::is_control, " ") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_blanks() {
        assert_eq!(unescaped_controls("a_x000D_\nb"), "a  b");
        assert_eq!(unescaped_controls("a_x0041_"), "aA");
        assert_eq!(unescaped_controls("my_xfile _x00_ _xé000_"), "my_xfile _x00_ _xé000_");
    }
}
