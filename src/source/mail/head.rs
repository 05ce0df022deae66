//! Who wrote a mail, when and about what: its own head, and the head of one that is quoted in it.

use super::phrases::{labelled, phrases};
use crate::domain::Day;
use crate::source::paper::day_in;
use crate::vendor::Vendor;
use encoding_rs::Encoding;
use mail_parser::{Addr, Address, HeaderName, HeaderValue, Message, MimeHeaders};
use regex::Regex;
use std::sync::LazyLock;

/// Lines that the head of a forwarded mail may have.
const FORWARDED_HEAD_LINES_MAX: usize = 10;

/// Who wrote a mail to whom, when, about what.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// Addresses of the senders; there should be one.
    pub senders: Vec<String>,
    /// The name in front of the address.
    pub from: String,
    pub to: Option<String>,
    pub day: Option<Day>,
    pub subject: String,
    /// What tells two mails of one day and amount apart, and knows one mail in two exports.
    pub id: Option<String>,
}

impl Head {
    /// Whether the vendor wrote it, or one who sends papers in its name and names it as the seller: the payment
    /// processor writes for others too.
    pub fn is_by(&self, vendor: &Vendor, bodies: &[String]) -> bool {
        let are_all = |is: fn(&Vendor, &str) -> bool| {
            !self.senders.is_empty() && self.senders.iter().all(|sender| is(vendor, sender))
        };
        if are_all(Vendor::is_payee_mail) {
            return true;
        }
        // The subject names the seller before the number of the paper, the text in its first line.
        let subject = self.subject.split('#').next().unwrap_or_default();
        let first = bodies.iter().flat_map(|body| body.lines()).find(|line| !line.trim().is_empty());
        let is_seller = vendor.is_seller(&self.from)
            || [Some(subject), first].into_iter().flatten().any(|text| vendor.names_seller(text));
        is_seller && are_all(Vendor::is_sender)
    }

    /// Whether it is dressed up as the vendor's.
    pub fn pretends(&self, vendor: &Vendor) -> bool {
        self.senders.iter().chain([&self.from]).any(|text| vendor.is_named_in(text))
    }
}

/// The senders with what stands in front of their addresses. A name with a comma that nobody quoted falls into pieces
/// of which only the last has an address.
fn senders_of(message: &Message) -> (Vec<String>, String) {
    let lists = message.header_values(HeaderName::From).filter_map(HeaderValue::as_address);
    let all: Vec<&Addr> = lists.flat_map(Address::iter).collect();
    let (mut senders, mut names) = (Vec::new(), Vec::new());
    for Addr { name, address } in all {
        names.extend(name.as_deref());
        match address.as_deref() {
            Some(address) if address.contains('@') => senders.push(address.to_lowercase()),
            address => names.extend(address),
        }
    }
    (senders, names.join(" "))
}

pub(super) fn head_of(message: &Message) -> Head {
    let date = message.date();
    let day = date.and_then(|date| Day::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day)));
    let to = message.to().and_then(Address::first).and_then(|to| to.address.as_deref());
    let (senders, from) = senders_of(message);
    Head {
        senders,
        from,
        to: to.map(str::to_lowercase),
        day,
        subject: subject_of(message),
        id: message.message_id().map(str::to_string),
    }
}

/// The subject; where its bytes are written as they are, in the encoding that the text of the mail names.
fn subject_of(message: &Message) -> String {
    let subject = message.subject().unwrap_or_default();
    if !subject.contains(char::REPLACEMENT_CHARACTER) {
        return subject.to_string();
    }
    let charset = message.parts.iter().find_map(|part| part.content_type()?.attribute("charset"));
    let header = message.headers().iter().find(|header| header.name == HeaderName::Subject);
    let bytes = header.and_then(|header| {
        let (from, to) = (usize::try_from(header.offset_start()).ok()?, usize::try_from(header.offset_end()).ok()?);
        message.raw_message().get(from..to)
    });
    match charset.and_then(|charset| Encoding::for_label(charset.as_bytes())).zip(bytes) {
        Some((encoding, bytes)) => encoding.decode(bytes).0.split_whitespace().collect::<Vec<_>>().join(" "),
        None => subject.to_string(),
    }
}

static EMPHASIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<before>^|[\s(>])(?:\*{1,3}|_{1,3})(?P<inner>[^\s*_](?:[^*\n]*?[^\s*_])?)(?:\*{1,3}|_{1,3})(?P<after>$|[\s:;,.)<])")
        .expect("a valid expression")
});

/// A text without the marks by which plain text shows bold and slanted words: `*Total:* $24.00`.
pub(super) fn unmarked(text: &str) -> String {
    let lines = text.lines().map(|line| EMPHASIS.replace_all(line, "$before$inner$after"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The head of a mail that is quoted in a text, and the text under it.
pub(super) fn forwarded(body: &str) -> Option<(Head, String)> {
    let words = &phrases().forwarded;
    let body = unmarked(body);
    let lines: Vec<&str> = body.lines().map(|line| line.trim_start_matches(['>', ' ', '|'])).collect();
    let first =
        lines.iter().position(|line| labelled(line, &words.from).is_some_and(|value| mail_in(value).is_some()))?;
    let from = labelled(lines.get(first)?, &words.from)?;
    let name = from.split(['<', '[']).next().unwrap_or_default().trim_matches(['"', ' ']).to_string();
    let mut head = Head { senders: vec![mail_in(from)?], from: name, ..Head::default() };
    let mut last = first;
    for (place, line) in lines.iter().enumerate().skip(first.saturating_add(1)).take(FORWARDED_HEAD_LINES_MAX) {
        if let Some(value) = labelled(line, &words.date).filter(|_| head.day.is_none()) {
            head.day = day_in(value);
        } else if let Some(value) = labelled(line, &words.subject).filter(|_| head.subject.is_empty()) {
            head.subject = value.to_string();
        } else if let Some(value) = labelled(line, &words.to).filter(|_| head.to.is_none()) {
            head.to = mail_in(value);
        } else if line.trim().is_empty() && last > first {
            break;
        } else {
            continue;
        }
        last = place;
    }
    (last > first).then(|| (head, lines.get(last.saturating_add(1)..).unwrap_or_default().join("\n")))
}

/// The last mail address in a text: a name in front of it may be made to look like one.
fn mail_in(text: &str) -> Option<String> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "._%+-@".contains(letter);
    let words = text.split(|letter: char| !is_letter(letter));
    let is_mail =
        |word: &&str| word.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'));
    words.into_iter().rev().find(is_mail).map(|word| word.trim_matches('.').to_lowercase())
}
