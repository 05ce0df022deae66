//! The embedded fonts: which characters they have, how wide these are, and names for characters they lack.
//!
//! The files were cut by "subset.py" from Noto Sans SC; `SOURCE.md` beside them tells from where.

use crate::picture::Weight;
use crate::text::clean;
use skrifa::charmap::Charmap;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::{FontRef, MetadataProvider};

/// The licence of the embedded fonts, which goes wherever the program goes.
pub const LICENCE: &str = include_str!("fonts/OFL.txt");

const REGULAR: &[u8] = include_bytes!("fonts/regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/bold.ttf");

/// Units of the font to the height of a letter.
pub(super) const EM: i64 = 1_000;

/// Characters drawn with the glyph of a near one: the text in the file stays as it is.
const DRAWN_AS: [(char, char); 4] = [('⟨', '‹'), ('⟩', '›'), ('\u{2009}', ' '), ('\u{202f}', ' ')];

/// A drawn character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Its width in units of the font.
    pub advance: u16,
}

/// One font.
pub(super) struct Face {
    /// The whole file.
    pub bytes: &'static [u8],
    charmap: Charmap<'static>,
    widths: Hmtx<'static>,
}

/// Both thicknesses, which have the same characters.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Face> {
        let font = FontRef::new(bytes).ok()?;
        Some(Face { bytes, charmap: font.charmap(), widths: font.hmtx().ok()? })
    }

    /// The glyph of a character, if the font has it.
    pub fn glyph(&self, character: char) -> Option<Glyph> {
        let drawn = DRAWN_AS.iter().find(|(said, _)| *said == character).map_or(character, |(_, drawn)| *drawn);
        let id = self.charmap.map(drawn).filter(|id| id.to_u32() != 0)?;
        Some(Glyph { id: id.to_u32(), advance: self.widths.advance(id)? })
    }

    /// The width of a text in units of the font.
    pub fn width(&self, text: &str) -> i64 {
        text.chars().filter_map(|character| self.glyph(character)).map(|glyph| i64::from(glyph.advance)).sum()
    }
}

impl Faces {
    /// The fonts that stand in the program; `None` would be a damaged build.
    pub fn embedded() -> Option<Faces> {
        Some(Faces { regular: Face::read(REGULAR)?, bold: Face::read(BOLD)? })
    }

    /// The font of a thickness.
    pub fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The text with every character named that cannot be drawn: `⟨U+20BB7⟩`.
    pub fn shown(&self, text: &str) -> String {
        let cleaned = clean(text);
        let mut shown = String::with_capacity(cleaned.len());
        for character in cleaned.chars() {
            match self.regular.glyph(character).and(self.bold.glyph(character)) {
                Some(_) => shown.push(character),
                None => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(character))),
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_fonts_have_every_listed_character_and_no_other() {
        let faces = Faces::embedded().unwrap();
        let point = |text| u32::from_str_radix(text, 16).unwrap();
        let stretch = |line: &'static str| {
            let (first, last) = line.split_once('-').unwrap_or((line, line));
            point(first)..=point(last)
        };
        let listed: BTreeSet<u32> = include_str!("fonts/codepoints.txt").lines().flat_map(stretch).collect();
        for character in (0..0x3_0000).filter_map(char::from_u32) {
            let aliased = DRAWN_AS.iter().any(|(said, _)| *said == character);
            for weight in [Weight::Regular, Weight::Bold] {
                let has = faces.of(weight).glyph(character).is_some();
                assert_eq!(has, aliased || listed.contains(&u32::from(character)), "{character:?}");
            }
        }
        assert_eq!(listed.range(0x4e00..0xa000).count(), 6_763, "GB 2312, both levels");
    }

    #[test]
    fn figures_are_of_one_width() {
        let faces = Faces::embedded().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            let widths: Vec<i64> = ('0'..='9').map(|digit| faces.of(weight).width(&digit.to_string())).collect();
            assert!(widths.iter().all(|width| *width == widths[0] && *width > 0), "{widths:?}");
        }
    }

    #[test]
    fn what_the_font_lacks_is_named() {
        let faces = Faces::embedded().unwrap();
        assert_eq!(faces.shown("张𠮷 體 20.00 EUR €"), "张⟨U+20BB7⟩ ⟨U+9AD4⟩ 20.00 EUR €");
        assert_eq!(faces.shown("a\u{202e}b\u{0}"), "a⟨U+202E⟩b⟨00⟩");
        assert_eq!(faces.shown("⟨1B⟩"), "⟨1B⟩");
    }

    #[test]
    fn the_licence_is_the_fonts() {
        assert!(
            LICENCE.contains("SIL OPEN FONT LICENSE Version 1.1") && LICENCE.contains("Reserved Font Name 'Source'")
        );
    }
}
