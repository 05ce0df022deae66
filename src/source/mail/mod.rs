//! Mails: one in a file (`.eml`) or many (`.mbox`), with the papers that hang on them.
//!
//! A mail is evidence only if it comes from the vendor's domains, or from those of who sends papers in its name, and
//! does not fail the checks that the receiving server wrote into its head. Of one that was forwarded the sender cannot be
//! checked; it is read, and said so. Nothing of a text is kept but the facts.

mod head;
mod phrases;
mod sentences;

use super::paper::{
    Facts, Labelled, PaperKind, PaperText, PdfFault, PdfReader, Written, amounts_in, facts_of, folded, is_pdf,
    may_be_sold_by, read_facts,
};
use crate::vendor::Vendor;
use head::{Head, forwarded, head_of, unmarked};
use mail_parser::decoders::html::html_to_text;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use phrases::{Event, behind, phrases};
use regex::Regex;
use sentences::{plan_in, sentences};
use std::sync::LazyLock;

/// Mails inside mails are followed this deep.
const NESTING_MAX: usize = 3;
/// Words that a line of sale in a mail may have; a longer line is a sentence, and none of our business.
const SOLD_WORDS_MAX: usize = 8;

/// Why a mail is weak evidence, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailDoubt {
    /// It tells of the vendor, and does not come from it: evidence of nothing.
    NotVendor,
    /// It fails the checks of its sender: evidence of nothing.
    FailsChecks,
    /// It was forwarded, so that its sender cannot be checked.
    Forwarded,
    /// It speaks of a refund or the end of a plan, and does not say that there was one: evidence of nothing.
    Undecided,
}

/// What the mails of a file say.
#[derive(Clone, Debug, Default)]
pub struct Mails {
    /// Papers, with the number of the mail in its file.
    pub papers: Vec<(u32, Facts)>,
    /// Mails that are weak evidence, or none.
    pub doubts: Vec<(u32, MailDoubt)>,
    /// Attached PDFs whose text cannot be told.
    pub faults: Vec<(u32, PdfFault)>,
    /// Number of mails.
    pub seen: u32,
}

/// Whether a file is a mail, or many.
pub fn is_mail(bytes: &[u8]) -> bool {
    const HEAD_LINES_MAX: usize = 200;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"From ") {
        return true;
    }
    let (mut from, mut other) = (false, false);
    for (number, line) in bytes.split(|byte| *byte == b'\n').take(HEAD_LINES_MAX).enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let is_folded = number > 0 && line.starts_with(b" ") || line.starts_with(b"\t");
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_header = name.len() < line.len() && name.iter().all(|byte| byte.is_ascii_graphic());
        if !is_folded && !is_header {
            return false;
        }
        from |= name.eq_ignore_ascii_case(b"from");
        let known: [&[u8]; 5] = [b"date", b"subject", b"received", b"message-id", b"mime-version"];
        other |= known.iter().any(|known| name.eq_ignore_ascii_case(known));
    }
    from && other
}

/// Reads the mails of a file.
pub fn read_mails(bytes: &[u8], vendor: &Vendor, pdf: &dyn PdfReader) -> Mails {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut desk = Desk { vendor, pdf, mails: Mails::default() };
    if bytes.starts_with(b"From ") {
        // The bytes are in memory: reading them cannot fail.
        for mail in MessageIterator::new(bytes).flatten() {
            desk.file(mail.contents());
        }
    } else {
        desk.file(bytes);
    }
    desk.mails
}

/// What a mail tells.
enum Told {
    /// Nothing of the vendor's billing.
    Nothing,
    /// Something that may not have taken place.
    Undecided,
    Facts(Box<Facts>),
}

/// The parts of a mail, or of many, unpacked; none of a file that is no mail.
pub fn parts_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !is_mail(bytes) {
        return Vec::new();
    }
    let mails: Vec<Vec<u8>> = if bytes.starts_with(b"From ") {
        MessageIterator::new(bytes).flatten().map(|mail| mail.contents().to_vec()).collect()
    } else {
        vec![bytes.to_vec()]
    };
    let parser = MessageParser::default();
    let messages = mails.iter().filter_map(|mail| parser.parse(mail.as_slice()));
    messages.flat_map(|message| message.parts.iter().map(|part| part.contents().to_vec()).collect::<Vec<_>>()).collect()
}

struct Desk<'a> {
    vendor: &'a Vendor,
    pdf: &'a dyn PdfReader,
    mails: Mails,
}

impl Desk<'_> {
    fn file(&mut self, bytes: &[u8]) {
        self.mails.seen = self.mails.seen.saturating_add(1);
        if let Some(message) = MessageParser::default().parse(bytes) {
            self.mail(&message, 0);
        }
    }

    fn mail(&mut self, message: &Message, depth: usize) {
        let place = self.mails.seen;
        let head = head_of(message);
        let bodies = bodies_of(message);
        let inner = bodies.iter().find_map(|body| forwarded(body));
        let by_vendor = head.is_by(self.vendor, &bodies);
        let inner_by_vendor =
            inner.as_ref().is_some_and(|(inner, text)| inner.is_by(self.vendor, std::slice::from_ref(text)));
        // A mail inside a mail was forwarded; so was one whose head is quoted.
        let is_forwarded = depth > 0 || (!by_vendor && inner_by_vendor);
        let own = match inner {
            Some((inner, _)) if !by_vendor && inner_by_vendor => {
                let texts: Vec<String> =
                    bodies.iter().filter_map(|body| forwarded(body)).map(|(_, text)| text).collect();
                self.told(&inner, &texts)
            }
            _ => self.told(&head, &bodies),
        };
        let (papers, faults) = self.attached(message);
        for part in &message.parts {
            if let PartType::Message(nested) = &part.body
                && depth < NESTING_MAX
            {
                self.mail(nested, depth.saturating_add(1));
            }
        }
        // What hangs unread on other people's mails is nobody's business.
        let is_ours = by_vendor || inner_by_vendor || !matches!(own, Told::Nothing);
        let faults = faults.into_iter().filter(|fault| is_ours || matches!(fault, PdfFault::NoLayout));
        self.mails.faults.extend(faults.map(|fault| (place, fault)));
        if matches!(own, Told::Nothing) && papers.is_empty() {
            return;
        }
        // A paper on a mail of somebody who does not pretend to be the vendor is a paper like any other.
        let is_from_vendor = by_vendor || inner_by_vendor;
        if !is_from_vendor && (papers.is_empty() || head.pretends(self.vendor)) {
            self.mails.doubts.push((place, MailDoubt::NotVendor));
            return;
        }
        if by_vendor && fails_checks(message) {
            self.mails.doubts.push((place, MailDoubt::FailsChecks));
            return;
        }
        let own = match own {
            Told::Facts(facts) if is_from_vendor => Some(*facts),
            Told::Undecided if is_from_vendor => {
                self.mails.doubts.push((place, MailDoubt::Undecided));
                None
            }
            _ => None,
        };
        if (is_forwarded || !is_from_vendor) && (own.is_some() || !papers.is_empty()) {
            self.mails.doubts.push((place, MailDoubt::Forwarded));
        }
        // The paper on a mail says all that the mail says of the same payment, and more.
        let repeats = |kind: PaperKind| matches!(kind, PaperKind::Receipt | PaperKind::Invoice | PaperKind::CreditNote);
        let own = own.filter(|facts| papers.is_empty() || !repeats(facts.kind));
        self.mails.papers.extend(own.map(|facts| (place, facts)));
        self.mails.papers.extend(papers.into_iter().map(|facts| (place, facts)));
    }

    /// The papers that hang on a mail, and why others cannot be read.
    fn attached(&self, message: &Message) -> (Vec<Facts>, Vec<PdfFault>) {
        let (mut papers, mut faults) = (Vec::new(), Vec::new());
        for part in &message.parts {
            let (PartType::Binary(bytes) | PartType::InlineBinary(bytes)) = &part.body else { continue };
            if !is_pdf(bytes) && !part.is_content_type("application", "pdf") {
                continue;
            }
            match self.pdf.read_pdf(bytes) {
                Ok(text) => match facts_of(&text, self.vendor) {
                    Some(facts) => papers.push(facts),
                    None if may_be_sold_by(&text, self.vendor) => faults.push(PdfFault::NoLayout),
                    None => {}
                },
                Err(fault) => faults.push(fault),
            }
        }
        (papers, faults)
    }

    /// What a mail tells of the vendor.
    fn told(&self, head: &Head, bodies: &[String]) -> Told {
        let first = bodies.first().map_or("", String::as_str);
        let Some(event) = phrases().event_of(&head.subject, first) else { return Told::Nothing };
        let about = bodies.iter().chain([&head.subject, &head.from]).any(|text| self.vendor.is_named_in(text));
        if !about {
            return Told::Nothing;
        }
        let texts: Vec<Vec<String>> = bodies.iter().map(|body| sentences(&head.subject, body)).collect();
        if !event.is_meant(&texts) {
            return Told::Nothing;
        }
        if !event.has_happened(&texts) {
            let is_said = matches!(event.kind, PaperKind::Refund | PaperKind::Cancellation);
            return if is_said { Told::Undecided } else { Told::Nothing };
        }
        let all = bodies.iter().map(|body| self.facts(event.kind, head, body));
        // Of several parts that say the same, the one that says most; of equals the first.
        let Some(mut facts) = all.rev().max_by_key(said_by) else { return Told::Nothing };
        if event.kind == PaperKind::Cancellation {
            facts.items = self.ended(event, &texts, facts.items);
        }
        if let Some(product) = event.product.filter(|_| facts.items.is_empty()) {
            facts.items = vec![product.name().to_string()];
        }
        Told::Facts(Box::new(facts))
    }

    /// The plan that ends, as the sentence names it that says so, the subject first; else what the mail lists.
    fn ended(&self, event: &Event, texts: &[Vec<String>], listed: Vec<String>) -> Vec<String> {
        let named = texts.iter().flatten().filter(|sentence| event.speaks_in(sentence));
        let mut plans = named.filter_map(|sentence| plan_in(sentence, self.vendor));
        match plans.next() {
            Some(plan) => vec![plan],
            None => listed,
        }
    }

    fn facts(&self, kind: PaperKind, head: &Head, body: &str) -> Facts {
        let body = &unmarked(body);
        let text = PaperText::of_lines(body);
        let labelled = Labelled::of(&text);
        let mut facts = read_facts(&labelled, kind, self.vendor);
        let flat = folded(body);
        let money = |written: Option<Written>| written.and_then(|written| labelled.money(&written));
        let first_behind = |words: &[String]| money(behind(&flat, words).and_then(first_amount));
        let phrases = &phrases().amount;
        match kind {
            PaperKind::Funded => {
                facts.sums.total = first_behind(&phrases.charged);
                facts.balance = first_behind(&phrases.balance);
            }
            PaperKind::Refund => {
                let stated = facts.sums.refunded.or(facts.sums.total);
                facts.sums.refunded =
                    stated.or_else(|| first_behind(&phrases.refunded)).or_else(|| only_amount(&labelled));
            }
            PaperKind::PaymentFailed => {
                facts.sums.total = facts.sums.total.or(facts.sums.due).or_else(|| only_amount(&labelled));
            }
            PaperKind::Receipt | PaperKind::Invoice => {
                facts.sums.total = facts.sums.total.or(facts.sums.paid).or(facts.sums.due);
            }
            PaperKind::CreditNote | PaperKind::Order | PaperKind::Cancellation => {}
        }
        facts
            .items
            .retain(|item| item.split_whitespace().count() <= SOLD_WORDS_MAX && self.vendor.product_of(item).is_some());
        if kind == PaperKind::Funded {
            facts.order_number = head.id.clone();
        }
        facts.mail = head.to.clone();
        facts.issued_on = facts.issued_on.or(head.day);
        facts.unread.clear();
        facts
    }
}

/// How much a reading says; the total above all.
fn said_by(facts: &Facts) -> (bool, usize) {
    let sums = &facts.sums;
    let said = [
        facts.number.is_some(),
        facts.receipt_number.is_some(),
        facts.order_number.is_some(),
        facts.ordered_on.is_some(),
        facts.paid_on.is_some(),
        facts.method.is_some(),
        facts.period.is_some(),
        sums.tax.is_some(),
        sums.refunded.is_some(),
        facts.balance.is_some(),
        !facts.items.is_empty(),
    ];
    (sums.total.is_some(), said.into_iter().filter(|is_said| *is_said).count())
}

/// The first amount of a text, which the words before it announce.
fn first_amount(text: &str) -> Option<Written> {
    const LETTERS_BETWEEN_MAX: usize = 30;
    // Folding turns codes small; amounts in running text carry signs, and codes are put back.
    let near: String = text.chars().take(LETTERS_BETWEEN_MAX).collect();
    amounts_in(&near.to_uppercase()).into_iter().next()
}

/// The amount of a text that names one and no other.
fn only_amount(labelled: &Labelled) -> Option<crate::domain::Money> {
    let lines = labelled.lines.iter().flat_map(|(_, line)| &line.cells);
    let mut all: Vec<_> =
        lines.flat_map(|cell| amounts_in(&cell.text)).filter_map(|written| labelled.money(&written)).collect();
    all.sort_by_key(|money| money.minor_units());
    all.dedup();
    if all.len() == 1 { all.pop() } else { None }
}

/// The texts of a mail: the plain one, and the one behind the page.
fn bodies_of(message: &Message) -> Vec<String> {
    let plain = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        PartType::Html(page) => Some(text_of_page(page)),
        _ => None,
    });
    let pages = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) => Some(text_of_page(page)),
        _ => None,
    });
    let joined = |texts: Vec<String>| texts.join("\n");
    let mut bodies = vec![joined(plain.collect()), joined(pages.collect())];
    bodies.retain(|body| !body.trim().is_empty());
    bodies.dedup();
    bodies
}

static BLOCKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(?P<end>/?)(?P<block>tr|p|div|li|ul|table|h[1-6]|section|header|footer)\b")
        .expect("a valid expression")
});
static CELLS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)</(?:td|th|span)\s*>").expect("a valid expression"));

/// The text of a page, every block and row on a line of its own, the cells of a row parted by a blank.
fn text_of_page(page: &str) -> String {
    let parted = CELLS.replace_all(page, " ");
    html_to_text(&BLOCKS.replace_all(&parted, "<br><$end$block"))
}

/// Whether the server that received the mail says that it does not come from where it says. The topmost such line is the
/// last server's; without one there was nothing to fail.
fn fails_checks(message: &Message) -> bool {
    let results = message.headers_raw().find(|(name, _)| name.eq_ignore_ascii_case("Authentication-Results"));
    let Some((_, results)) = results else { return false };
    let results = results.to_ascii_lowercase();
    let says = |check: &str, result: &str| results.contains(&format!("{check}={result}"));
    let passed = |check: &str| says(check, "pass");
    let failed = |check: &str| {
        ["fail", "softfail", "permerror", "reject", "quarantine"].iter().any(|result| says(check, result))
    };
    if passed("dmarc") || failed("dmarc") {
        return !passed("dmarc");
    }
    (failed("dkim") && !passed("dkim") && !passed("spf")) || (failed("spf") && !passed("dkim") && !passed("spf"))
}

#[cfg(test)]
mod tests;
