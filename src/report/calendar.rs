//! Reminders as a calendar file (iCalendar, RFC 5545): the next payments with the balance to keep, and cards that expire.
//!
//! The file is made from the report alone: its time stamp is the as-of day and an event's identifier follows from what it
//! reminds of, so that a newer file replaces the older reminders instead of doubling them.

use super::View;
use super::renewal;
use super::voice::{Fence, Voice};
use crate::domain::Day;
use crate::reconciliation::{Expiry, Reconciliation};
use crate::text::{Lang, catalogue as say};
use crate::verdict::Renewal;
use sha2::{Digest, Sha256};

/// Longest line in bytes, its end not counted (section 3.1).
const LINE_BYTES_MAX: usize = 75;
/// Days before a payment on which the reminder sounds: time to move money.
const PAYMENT_DAYS_BEFORE: u32 = 3;
/// Days before a card's last day.
const CARD_DAYS_BEFORE: u32 = 21;
/// Bytes of an identifier's digest that are kept.
const IDENTIFIER_BYTES: usize = 16;

/// The calendar; `None` where there is nothing to be reminded of.
pub fn calendar(reconciliation: &Reconciliation, view: &View) -> Option<String> {
    if reconciliation.renewals.is_empty() && reconciliation.expiries.is_empty() {
        return None;
    }
    let voice = Voice::new(view, Fence::None);
    let mut file = File { text: String::new(), stamp: reconciliation.as_of };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    let language = match view.lang {
        Lang::En => "EN",
        Lang::Zh => "ZH",
    };
    file.line(&format!("PRODID:-//payproof//payproof {}//{language}", env!("CARGO_PKG_VERSION")));
    file.line("CALSCALE:GREGORIAN");
    file.line(&format!("X-WR-CALNAME:{}", escaped(&say::calendar_name(view.lang))));
    for renewal in &reconciliation.renewals {
        file.renewal(renewal, &voice);
    }
    for expiry in &reconciliation.expiries {
        file.expiry(expiry, &voice);
    }
    file.line("END:VCALENDAR");
    Some(file.text)
}

struct File {
    text: String,
    stamp: Day,
}

/// An event that lasts a day.
struct Event {
    /// What the identifier is made of.
    identity: String,
    day: Day,
    summary: String,
    description: String,
    days_before: u32,
}

impl File {
    fn renewal(&mut self, found: &Renewal, voice: &Voice<'_>) {
        let what = renewal::what(found, voice);
        let summary = match &found.keep {
            Some(keep) => say::calendar_renewal(voice.lang, &what, keep.forecast.keep),
            None => say::calendar_renewal_plain(voice.lang, &what, found.amount),
        };
        let mut lines = vec![say::renewal(voice.lang, &what, found.on, found.amount)];
        lines.extend(renewal::advice(found, voice));
        let account = found.account.as_ref().map(ToString::to_string).unwrap_or_default();
        self.event(&Event {
            identity: format!("renewal {account} {}", found.on),
            day: found.on,
            summary,
            description: lines.join("\n"),
            days_before: PAYMENT_DAYS_BEFORE,
        });
    }

    fn expiry(&mut self, card: &Expiry, voice: &Voice<'_>) {
        let name = voice.free(&card.name);
        self.event(&Event {
            identity: format!("card {} {}", card.name, card.on),
            day: card.on,
            summary: say::calendar_card(voice.lang, &name),
            description: say::card_expires(voice.lang, &name, card.on),
            days_before: CARD_DAYS_BEFORE,
        });
    }

    fn event(&mut self, event: &Event) {
        let digest = Sha256::digest(event.identity.as_bytes());
        let identifier: String = digest.iter().take(IDENTIFIER_BYTES).map(|byte| format!("{byte:02x}")).collect();
        let summary = escaped(&event.summary);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{identifier}@payproof.invalid"));
        self.line(&format!("DTSTAMP:{}T000000Z", basic(self.stamp)));
        self.line(&format!("DTSTART;VALUE=DATE:{}", basic(event.day)));
        self.line(&format!("DTEND;VALUE=DATE:{}", basic(event.day.plus(1))));
        self.line(&format!("SUMMARY:{summary}"));
        self.line(&format!("DESCRIPTION:{}", escaped(&event.description)));
        self.line("TRANSP:TRANSPARENT");
        self.line("BEGIN:VALARM");
        self.line("ACTION:DISPLAY");
        self.line(&format!("DESCRIPTION:{summary}"));
        self.line(&format!("TRIGGER:-P{}D", event.days_before));
        self.line("END:VALARM");
        self.line("END:VEVENT");
    }

    /// A line, folded where it is too long, never inside a character; a line ends with CRLF.
    fn line(&mut self, content: &str) {
        let mut bytes = 0;
        for c in content.chars() {
            if bytes + c.len_utf8() > LINE_BYTES_MAX {
                self.text.push_str("\r\n ");
                // The blank that begins a folded line counts.
                bytes = 1;
            }
            self.text.push(c);
            bytes += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A day as `20261130`.
fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A text value (section 3.3.11); control characters other than line feeds are not allowed in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    fn file() -> File {
        File { text: String::new(), stamp: day("2026-08-11") }
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        let content = format!("DESCRIPTION:{}", "按参考汇率 keep 20.00 ".repeat(20));
        let mut file = file();
        file.line(&content);
        let lines: Vec<&str> = file.text.split_terminator("\r\n").collect();
        assert!(lines.len() > 5 && lines.iter().all(|line| line.len() <= LINE_BYTES_MAX));
        assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
        assert_eq!(file.text.replace("\r\n ", "").trim_end_matches("\r\n"), content);
        assert!(!file.text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn what_a_file_says_cannot_end_a_value() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{7}f"), "a\\;b\\,c\\\\d\\nef");
        let event = |text: &str, days_before| Event {
            identity: "renewal a 2026-09-05".to_string(),
            day: day("2026-12-31"),
            summary: text.to_string(),
            description: text.to_string(),
            days_before,
        };
        let mut both = file();
        both.event(&event("one\r\nEND:VEVENT", 3));
        both.event(&event("two", 4));
        assert_eq!(both.text.matches("\r\nEND:VEVENT\r\n").count(), 2);
        assert!(
            both.text.contains("DTSTAMP:20260811T000000Z\r\n") && both.text.contains("DTEND;VALUE=DATE:20270101\r\n")
        );
        let identifiers: Vec<&str> = both.text.lines().filter(|line| line.starts_with("UID:")).collect();
        assert_eq!(identifiers[0], identifiers[1], "the same payment is the same event, whatever is said of it");
    }
}
