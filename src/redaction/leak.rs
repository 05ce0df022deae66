//! The last look at a finished text: what in it identifies a person or opens an account, by kind and never by value.
//!
//! Wider than the masks of a report in one thing: telephone numbers of every country that are written as such. The
//! merchant's own number stands in its descriptors and passes.

use super::scan::{self, Glyph, Kind as Sign, Run};
use super::{card, iban, mail, occurrences, person};
use std::collections::BTreeSet;
use std::ops::Range;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private {
    /// A card number: issuer prefix, length and check digit, or a UnionPay number.
    Card,
    /// An international bank account number.
    Iban,
    /// A telephone number.
    Phone,
    /// A Chinese identity number.
    Identity,
    /// An e-mail address.
    Mail,
}

/// What a finished text may hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed<'a> {
    /// Strings that pass wherever they stand: references cited by the role of their column, the claimed accounts.
    pub strings: &'a [&'a str],
    /// Telephone numbers of merchants, digits only.
    pub phones: &'a [String],
    /// Domains whose addresses pass, in lower case.
    pub mail_domains: &'a [String],
}

/// Digits of a telephone number with its country code (ITU-T E.164 allows fifteen).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// Digits by which two writings of one number are compared.
const PHONE_DIGITS_COMPARED: usize = 10;
/// Groups of a North American number.
const NORTH_AMERICAN: [usize; 3] = [3, 3, 4];

/// The kinds of private text that stand in a text and are not allowed there.
///
/// # Examples
/// ```
/// use payproof::redaction::{Allowed, Private, private_in};
/// let found = private_in("card 4111 1111 1111 1111", &Allowed::default());
/// assert!(found.contains(&Private::Card));
/// assert!(private_in("order 9999111122223333", &Allowed::default()).is_empty());
/// ```
pub fn private_in(text: &str, allowed: &Allowed) -> BTreeSet<Private> {
    find(text, allowed).into_iter().map(|(kind, _)| kind).collect()
}

/// A text with everything that [`private_in`] would find in it masked.
pub fn without_private(text: &str, allowed: &Allowed) -> String {
    let mut found: Vec<Range<usize>> = find(text, allowed).into_iter().map(|(_, at)| at).collect();
    found.sort_by_key(|at| (at.start, at.end));
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for at in found {
        if at.start >= done {
            masked.push_str(&text[done..at.start]);
            masked.push_str("****");
        }
        done = done.max(at.end);
    }
    masked.push_str(&text[done..]);
    masked
}

fn find(text: &str, allowed: &Allowed) -> Vec<(Private, Range<usize>)> {
    let kept = occurrences(text, allowed.strings);
    let glyphs = scan::glyphs(text);
    let runs = scan::runs(&glyphs);
    let mut found: Vec<(Private, Range<usize>)> = Vec::new();
    let mails = mail::find(text).into_iter().filter(|mail| !is_of(&text[mail.at.clone()], allowed.mail_domains));
    found.extend(mails.map(|finding| (Private::Mail, finding.at)));
    found.extend(iban::find(&glyphs).into_iter().map(|finding| (Private::Iban, finding.at)));
    for run in &runs {
        numbers(text, &glyphs, run, allowed, &mut found);
    }
    let is_kept =
        |at: &Range<usize>| kept.iter().any(|range: &Range<usize>| range.start <= at.start && at.end <= range.end);
    found.retain(|(_, at)| !is_kept(at));
    found
}

fn is_of(address: &str, domains: &[String]) -> bool {
    let domain = address.rsplit_once(['@', '＠']).map(|(_, domain)| domain.to_ascii_lowercase()).unwrap_or_default();
    domains.iter().any(|own| domain == *own || domain.strip_suffix(own.as_str()).is_some_and(|b| b.ends_with('.')))
}

fn numbers(text: &str, glyphs: &[Glyph], run: &Run, allowed: &Allowed, found: &mut Vec<(Private, Range<usize>)>) {
    // Every group is a beginning of its own: what one rule takes another may not hide.
    for group in 0..run.groups.len() {
        if let Some((finding, _)) = card::at(glyphs, run, group) {
            found.push((Private::Card, finding.at));
        }
        if let Some(finding) = person::identity(glyphs, &run.groups[group]) {
            found.push((Private::Identity, finding.at));
        }
        if let Some((finding, _)) = person::mobile(glyphs, run, group) {
            found.push((Private::Phone, finding.at));
        }
        if let Some(at) = phone(text, glyphs, run, group, allowed) {
            found.push((Private::Phone, at));
        }
    }
}

/// A number behind a plus sign, or three groups as North America writes them.
fn phone(text: &str, glyphs: &[Glyph], run: &Run, group: usize, allowed: &Allowed) -> Option<Range<usize>> {
    let start = run.groups[group].start;
    let before = |steps: usize| start.checked_sub(steps).and_then(|at| glyphs.get(at));
    let behind_plus = before(1).is_some_and(|glyph| glyph.kind == Sign::Plus);
    let lengths: Vec<usize> = run.groups[group..].iter().map(ExactSizeIterator::len).take(3).collect();
    let is_dash = |at: usize| glyphs.get(at).is_some_and(|glyph| text[glyph.at.clone()] == *"-");
    let north_american = lengths == NORTH_AMERICAN
        && group == 0
        && run.groups.len() == 3
        && run.groups[..2].iter().all(|group| is_dash(group.end))
        && before(1).is_none_or(|glyph| {
            let blank = text[glyph.at.clone()].trim().is_empty();
            blank || !matches!(glyph.kind, Sign::Letter(_) | Sign::Separator)
        });
    let end = if behind_plus {
        // As many groups as a number can have: a date or an amount may follow.
        let ends = run.groups[group..].iter().map(|group| group.end);
        ends.take_while(|end| scan::digits(glyphs, &(start..*end)).len() <= *PHONE_DIGITS.end()).last()?
    } else if north_american {
        run.groups[group + 2].end
    } else {
        return bracketed(text, glyphs, run, group, allowed);
    };
    checked(glyphs, start..end, allowed)
}

/// `(415) 555-0132`: the area code stands in brackets.
fn bracketed(text: &str, glyphs: &[Glyph], run: &Run, group: usize, allowed: &Allowed) -> Option<Range<usize>> {
    let lengths: Vec<usize> = run.groups[group..].iter().map(ExactSizeIterator::len).take(2).collect();
    if lengths != NORTH_AMERICAN[1..] {
        return None;
    }
    let start = run.groups[group].start;
    let before = text[..glyphs[start].at.start].trim_end().strip_suffix(')')?;
    let area: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    if area.len() != NORTH_AMERICAN[0] || !before[..before.len() - area.len()].ends_with('(') {
        return None;
    }
    let opened = start.checked_sub(area.len() + 1)?;
    let first = (0..=opened).rev().find(|at| text[glyphs[*at].at.clone()] == *"(")?;
    checked(glyphs, first..run.groups[group + 1].end, allowed)
}

fn checked(glyphs: &[Glyph], range: Range<usize>, allowed: &Allowed) -> Option<Range<usize>> {
    let digits: String = scan::digits(glyphs, &range).iter().map(|digit| char::from(b'0' + digit)).collect();
    let tail = |text: &str| text.get(text.len().saturating_sub(PHONE_DIGITS_COMPARED)..).map(str::to_string);
    let is_known = allowed.phones.iter().any(|phone| tail(phone) == tail(&digits));
    (PHONE_DIGITS.contains(&digits.len()) && !is_known).then(|| scan::bytes(glyphs, &range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Private> {
        let phones = ["14158799686".to_string()];
        let strings = ["4000056655665556", "me@example.com"];
        let mail_domains = ["openai.com".to_string()];
        let allowed = Allowed { strings: &strings, phones: &phones, mail_domains: &mail_domains };
        private_in(text, &allowed).into_iter().collect()
    }

    #[test]
    fn every_kind_is_found_in_every_dress() {
        for (text, kind) in [
            ("a 4111-1111-1111-1111 b", Private::Card),
            ("卡 6222021234567890123", Private::Card),
            ("\"DE89370400440532013000\"", Private::Iban),
            ("13800138000", Private::Phone),
            ("+86 138 0013 8000", Private::Phone),
            ("+49 151 23456789", Private::Phone),
            ("+14155550132", Private::Phone),
            ("call 415-555-0132.", Private::Phone),
            ("(415) 555-0132", Private::Phone),
            ("11010519491231002X", Private::Identity),
            ("zhang.wei@example.com", Private::Mail),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
    }

    #[test]
    fn what_belongs_to_the_claim_passes() {
        for text in [
            "OPENAI *CHATGPT SUBSCR +14158799686 CA",
            "415-879-9686",
            "order 4000056655665556",
            "account me@example.com",
            "support@openai.com, x@mail.openai.com",
            "m***@example.com",
            "2026030222001412341234567890",
            "2026-03-02 2026-03-05 20.00 145.30",
            "Invoice 4F2A91C0-0003",
            "5HK81734DN2209617",
            "115-5550132-7770101",
            "+20.00",
            "a2b84c1d9e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d",
        ] {
            assert!(kinds(text).is_empty(), "{text}: {:?}", kinds(text));
        }
        let masked = without_private("call (415) 555-0132 or 4111 1111 1111 1111 now", &Allowed::default());
        assert_eq!(masked, "call **** or **** now");
        assert_eq!(kinds("me@example.com.evil.example"), [Private::Mail]);
        assert_eq!(kinds("x@notopenai.com"), [Private::Mail]);
    }
}
