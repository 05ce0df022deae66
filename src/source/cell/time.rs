//! Cells of time and zone to a moment of the day.

use crate::domain::{Moment, Zone};
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The widest offset that any place has had, in minutes.
const OFFSET_MINUTES_MAX: i32 = 14 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zones {
    names: BTreeMap<String, [i32; 2]>,
    areas: BTreeMap<String, [i32; 2]>,
}

static KNOWN: LazyLock<Zones> = LazyLock::new(|| embedded::read(carried!("source/cell/zones")));

/// The moment that a cell of time and a cell of zone state; `None` where the time cannot be read. A zone that is not
/// known is left out.
///
/// # Examples
/// ```
/// use payproof::source::cell::read_moment;
/// let moment = read_moment("23:30:00", "PDT").unwrap();
/// assert_eq!(moment.zone.unwrap().most, -420);
/// assert!(read_moment("25:00", "CET").is_none());
/// ```
pub fn read_moment(time: &str, zone: &str) -> Option<Moment> {
    Some(Moment { second: second_of(time.trim())?, zone: zone_of(zone.trim()) })
}

fn second_of(time: &str) -> Option<u32> {
    let upper = time.to_ascii_uppercase();
    let half = ["AM", "PM"].iter().position(|half| upper.ends_with(half));
    let digits = if half.is_some() { upper[..upper.len() - 2].trim_end() } else { &upper };
    let mut parts = digits.split([':', '.']);
    let mut next = || parts.next().map(|part| number(part).ok_or(()));
    let hour = next()?.ok()?;
    let minute = next()?.ok()?;
    let second = next().map_or(Some(0), Result::ok)?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + if half == 1 { 12 } else { 0 },
        None => hour,
    };
    (hour < 24 && minute < 60 && second < 60 && parts.next().is_none()).then_some((hour * 60 + minute) * 60 + second)
}

/// One or two digits.
fn number(text: &str) -> Option<u32> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn zone_of(name: &str) -> Option<Zone> {
    let between = |[least, most]: [i32; 2]| Zone { least, most };
    let upper = name.to_ascii_uppercase();
    if let Some(known) = KNOWN.names.get(&upper) {
        return Some(between(*known));
    }
    if let Some((area, _)) = name.split_once('/') {
        let known = KNOWN.areas.iter().find(|(own, _)| own.eq_ignore_ascii_case(area));
        return known.map(|(_, offsets)| between(*offsets));
    }
    let bare = upper.strip_prefix("GMT").or_else(|| upper.strip_prefix("UTC")).unwrap_or(&upper);
    let sign = match bare.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = bare[1..].chars().filter(|letter| *letter != ':').collect();
    if !digits.is_ascii() {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    let offset = sign * i32::try_from(hours * 60 + minutes).ok()?;
    (minutes < 60 && offset.abs() <= OFFSET_MINUTES_MAX).then_some(Zone { least: offset, most: offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(zone: &str) -> Option<(i32, i32)> {
        zone_of(zone).map(|zone| (zone.least, zone.most))
    }

    #[test]
    fn times_are_read_in_both_manners() {
        for (text, second) in [
            ("00:00:00", 0),
            ("7:05", 25_500),
            ("23:59:59", 86_399),
            ("12:30 AM", 1_800),
            ("12:30:01 pm", 45_001),
            ("19.45.00", 71_100),
        ] {
            assert_eq!(second_of(text), Some(second), "{text}");
        }
        for bad in ["", "noon", "24:00", "7", "07:60", "0:00 AM", "13:00 PM", "1:2:3:4", "０1:00", "-1:00", "7:005"] {
            assert_eq!(second_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn zones_are_read_by_name_place_and_offset() {
        assert_eq!(offsets("PST"), Some((-480, -480)));
        assert_eq!(offsets("cest"), Some((120, 120)));
        assert_eq!(offsets("Europe/Berlin"), Some((0, 240)));
        assert_eq!(offsets("America/Los_Angeles"), Some((-600, -90)));
        assert_eq!(offsets("GMT+02:00"), Some((120, 120)));
        assert_eq!(offsets("UTC-0330"), Some((-210, -210)));
        assert_eq!(offsets("+8"), Some((480, 480)));
        for unknown in ["", "LUNA", "GMT+15:00", "GMT+02:60", "Moon/Base", "GMT+", "GMT+é", "+aéb"] {
            assert_eq!(offsets(unknown), None, "{unknown}");
        }
        for [least, most] in KNOWN.names.values().chain(KNOWN.areas.values()) {
            assert!(least <= most && least.abs() <= OFFSET_MINUTES_MAX && most.abs() <= OFFSET_MINUTES_MAX);
        }
    }
}
