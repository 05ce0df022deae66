//! International bank account numbers: a country's length, and the remainder of ISO 13616.

use super::Finding;
use super::scan::{Glyph, Kind, bytes};

/// Countries of the IBAN registry with the length of their numbers.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 \
EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 \
LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 \
RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

/// Signs of a group in print.
const GROUP_SIGNS: usize = 4;

/// Every account number in the text.
pub(super) fn find(glyphs: &[Glyph]) -> Vec<Finding> {
    (0..glyphs.len()).filter_map(|start| at(glyphs, start)).collect()
}

fn at(glyphs: &[Glyph], start: usize) -> Option<Finding> {
    let is_word = |glyph: &Glyph| matches!(glyph.kind, Kind::Digit(_) | Kind::Letter(_));
    if start > 0 && is_word(&glyphs[start - 1]) {
        return None;
    }
    let length = length_of(glyphs.get(start)?.kind, glyphs.get(start + 1)?.kind)?;
    let mut signs = Vec::with_capacity(length);
    let mut end = start;
    let mut parted = None;
    while signs.len() < length {
        let glyph = glyphs.get(end)?;
        match glyph.kind {
            Kind::Digit(digit) => signs.push(b'0' + digit),
            Kind::Letter(letter) => signs.push(letter),
            // In print it stands in groups of four throughout, or in none: an order number does not.
            Kind::Separator if signs.len().is_multiple_of(GROUP_SIGNS) && parted != Some(false) => parted = Some(true),
            _ => return None,
        }
        end += 1;
        let at_joint = signs.len().is_multiple_of(GROUP_SIGNS) && signs.len() < length;
        let joined =
            at_joint && matches!(glyph.kind, Kind::Digit(_) | Kind::Letter(_)) && glyphs.get(end).is_some_and(is_word);
        if joined && parted == Some(true) {
            return None;
        }
        if joined {
            parted = Some(false);
        }
    }
    if !signs.get(2..4)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if glyphs.get(end).is_some_and(is_word) || remainder(&signs) != 1 {
        return None;
    }
    let text = String::from_utf8(signs).ok()?;
    let mask = format!("{}****{}", &text[..2], &text[text.len() - 4..]);
    Some(Finding { at: bytes(glyphs, &(start..end)), mask })
}

fn length_of(first: Kind, second: Kind) -> Option<usize> {
    let (Kind::Letter(first), Kind::Letter(second)) = (first, second) else { return None };
    LENGTHS.split(' ').find(|country| country.as_bytes().starts_with(&[first, second]))?.get(2..)?.parse().ok()
}

/// The number read with its first four signs last and letters as 10 to 35, modulo 97.
fn remainder(signs: &[u8]) -> u32 {
    signs[4..].iter().chain(&signs[..4]).fold(0, |rest, &sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        _ => (rest * 100 + u32::from(sign - b'A') + 10) % 97,
    })
}
