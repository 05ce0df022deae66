//! What may leave: numbers and addresses that identify a person or open an account are masked in text from files.
//!
//! Redact first, clean after: a zero-width character inside a card number hides nothing from this module, but would
//! once it is written out as `⟨U+200B⟩`.
//!
//! Order numbers are evidence. So a run of digits is a card only by issuer prefix, length and check digit together
//! (check digit alone takes one number in ten), an account only after a word that says so, and numbers known to be
//! orders, invoices or transaction ids are handed in to be kept.

mod card;
mod iban;
mod keep;
mod leak;
mod mail;
mod person;
mod scan;

pub use card::mask_card;
pub use keep::{REMOVED, is_reference, only};
pub use leak::{Allowed, Private, private_in, without_private};
pub use mail::mask_mail;

use scan::{Glyph, Run};
use std::ops::Range;

/// A stretch of the text to be masked, and what stands in its place.
struct Finding {
    at: Range<usize>,
    mask: String,
}

/// Masks card numbers, IBANs, Chinese identity and mobile numbers, account numbers and e-mail addresses.
///
/// Every text of `keep` stands as it is wherever it occurs: the case's own account, order and invoice numbers,
/// transaction ids.
///
/// # Examples
/// ```
/// use payproof::redaction::text;
/// assert_eq!(text("card 4111 1111 1111 1111", &[]), "card ****1111");
/// assert_eq!(text("from mei@example.com", &[]), "from m***@example.com");
/// assert_eq!(text("from mei@example.com", &["mei@example.com"]), "from mei@example.com");
/// ```
pub fn text(text: &str, keep: &[&str]) -> String {
    let kept = occurrences(text, keep);
    let glyphs = scan::glyphs(text);
    let runs = scan::runs(&glyphs);
    let mut findings = mail::find(text);
    findings.extend(iban::find(&glyphs));
    findings.extend(runs.iter().flat_map(|run| numbers_of(text, &glyphs, run)));
    findings.retain(|finding| !kept.iter().any(|range| range.start <= finding.at.start && finding.at.end <= range.end));
    findings.sort_by_key(|finding| (finding.at.start, usize::MAX - finding.at.end));
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for finding in findings {
        // Two rules may see the same digits; the first, longest stretch decides.
        if finding.at.start >= done {
            masked.push_str(&text[done..finding.at.start]);
            masked.push_str(&finding.mask);
            done = finding.at.end;
        }
    }
    masked.push_str(&text[done..]);
    masked
}

/// Card, person and account numbers in one run of digits; groups already taken are not looked at again.
fn numbers_of(text: &str, glyphs: &[Glyph], run: &Run) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut group = 0;
    while group < run.groups.len() {
        let found = person::at(glyphs, run, group)
            .or_else(|| card::at(glyphs, run, group))
            .or_else(|| person::account_at(text, glyphs, run, group));
        match found {
            Some((finding, groups)) => {
                findings.push(finding);
                group += groups;
            }
            None => group += 1,
        }
    }
    findings
}

fn occurrences(text: &str, keep: &[&str]) -> Vec<Range<usize>> {
    let folded = text.to_ascii_lowercase();
    let mut ranges = Vec::new();
    for literal in keep.iter().map(|literal| literal.trim()).filter(|literal| !literal.is_empty()) {
        let literal = literal.to_ascii_lowercase();
        ranges.extend(folded.match_indices(&literal).map(|(at, _)| at..at + literal.len()));
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::text;

    fn masks(cases: &[(&str, &str)]) {
        for (given, masked) in cases {
            assert_eq!(text(given, &[]), *masked, "{given}");
        }
    }

    #[test]
    fn cards_in_every_dress_are_masked() {
        masks(&[
            ("4111111111111111", "****1111"),
            ("Visa 4111-1111-1111-1111, thanks", "Visa ****1111, thanks"),
            ("5555 5555 5555 4444", "****4444"),
            ("Amex 3782 822463 10005", "Amex ****0005"),
            ("４１１１１１１１１１１１１１１１", "****1111"),
            ("4111\u{200b}1111\u{200b}1111\u{200b}1111", "****1111"),
            ("2026-03-02 4111 1111 1111 1111 20.00", "2026-03-02 ****1111 20.00"),
            ("REF4111111111111111", "REF****1111"),
            ("6222021234567890123", "****0123"),
            ("银联 6222 0212 3456 7890", "银联 ****7890"),
        ]);
    }

    #[test]
    fn persons_and_accounts_are_masked() {
        masks(&[
            ("DE89 3704 0044 0532 0130 00", "DE****3000"),
            ("IBAN GB82WEST12345698765432.", "IBAN GB****5432."),
            ("身份证 11010519491231002X", "身份证 ******"),
            ("110105194912310021", "110105194912310021"),
            ("手机 13800138000", "手机 138****8000"),
            ("+86 138-0013-8000", "+86 138****8000"),
            ("8613800138000", "86138****8000"),
            ("Transfer to account no. 00123456789", "Transfer to account no. ****6789"),
            ("账号：622 0099887", "账号：****9887"),
            ("mei.lin+chat@mail.example.co.uk paid", "m***@mail.example.co.uk paid"),
        ]);
    }

    #[test]
    fn evidence_stays() {
        for kept in [
            "OPENAI *CHATGPT SUBSCR +14158799686 CA",
            "OPENAI 14158799686 USA",
            "415-879-9686",
            "548 MARKET STREET PMB 97273 SAN FRANCISCO94104-5401CA",
            "2026030222001412341234567890",
            "4111111111111112",
            "9999111122223333",
            "Invoice 4F2A91C0-0003, 2026-03-02, 20.00 USD",
            "8AB41111111111111",
            "PAYPAL *OPENAI 4029357733",
            "Chase1234_Activity20260101_20260630.CSV",
            "DE12 3704 0044 0532 0130 00",
            "user@localhost",
            "@handle",
            "Account funded 2026-03-02",
            "account credit 12345.67",
        ] {
            assert_eq!(text(kept, &[]), kept);
        }
    }

    #[test]
    fn what_is_kept_is_kept_whole_or_not_at_all() {
        assert_eq!(text("order 4111111111111111", &["4111111111111111"]), "order 4111111111111111");
        assert_eq!(text("card 4111 1111 1111 1111", &["1111"]), "card ****1111");
        assert_eq!(text("Mei@Example.com", &["mei@example.com"]), "Mei@Example.com");
        assert_eq!(text("mei@example.com.evil.example", &["mei@example.com"]), "m***@example.com.evil.example");
        assert_eq!(text("a", &["", " "]), "a");
    }

    #[test]
    fn masking_twice_changes_nothing() {
        for given in ["4111111111111111 mei@example.com", "DE89370400440532013000", "账号 12345678"] {
            let once = text(given, &[]);
            assert_eq!(text(&once, &[]), once);
        }
    }
}
