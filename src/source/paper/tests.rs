//! Sums, refunds and limits of papers.

use super::*;
use crate::vendor::Vendor;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

const HEAD: &str =
    "Receipt\nInvoice number QRST4455-0003\nReceipt number 2345-6789\nDate paid June 9, 2026\nOpenAI OpCo, LLC\n";

fn facts(sums: &str) -> Facts {
    facts_of(&PaperText::of_lines(&format!("{HEAD}{sums}")), &Vendor::embedded()).expect("the vendor's receipt")
}

fn shown(sum: Option<crate::domain::Money>) -> String {
    sum.map_or_else(|| "-".to_string(), |sum| sum.to_string())
}

#[test]
fn a_coupon_with_a_percentage_is_no_tax() {
    for (sums, subtotal, tax) in [
        ("Subtotal $30.00\nSpring (40% off) -$12.00\nTotal $18.00\nAmount paid $18.00", "18.00 USD", "-"),
        (
            "Subtotal $30.00\nSpring (40% off) -$12.00\nTotal excluding tax $18.00\nVAT - Germany (19% on $18.00) $3.42\nTotal $21.42",
            "18.00 USD",
            "3.42 USD",
        ),
        (
            "Subtotal $30.00\nSpring (40% off) -$12.00\nVAT - Germany (19% on $18.00) $3.42\nTotal $21.42",
            "18.00 USD",
            "3.42 USD",
        ),
        (
            "Sous-total 1 500,00 $US\nTotal hors taxes 1 500,00 $US\nTVA (20 % sur 1 500,00 $US) 300,00 $US\nTotal 1 800,00 $US",
            "1500.00 USD",
            "300.00 USD",
        ),
    ] {
        let sums_read = facts(sums).sums;
        assert!(!sums_read.disagree, "{sums}");
        assert_eq!(
            (shown(sums_read.subtotal), shown(sums_read.tax)),
            (subtotal.to_string(), tax.to_string()),
            "{sums}"
        );
    }
}

#[test]
fn the_sum_before_tax_is_not_the_total() {
    for sums in [
        "小計 $30.00\n合計 (税抜) $30.00\n消費税 (10% on $30.00) $3.00\n合計 $33.00",
        "小计 $30.00\n总计 (不含税) $30.00\n增值税 (10% on $30.00) $3.00\n总计 $33.00",
    ] {
        let read = facts(sums);
        assert_eq!(shown(read.sums.total), "33.00 USD", "{sums}");
        assert!(!read.sums.disagree && read.unread.is_empty(), "{sums}: {:?}", read.unread);
    }
}

#[test]
fn what_a_balance_pays_is_no_discount() {
    let read = facts("Subtotal $30.00\nTotal $30.00\nApplied balance -$11.00\nAmount paid $19.00");
    assert_eq!((shown(read.sums.total), shown(read.sums.paid)), ("30.00 USD".to_string(), "19.00 USD".to_string()));
    assert_eq!((shown(read.sums.applied), read.sums.disagree), ("11.00 USD".to_string(), false));
}

#[test]
fn a_refund_on_a_receipt_is_read_with_its_day() {
    let sums = "Subtotal $30.00\nTotal $30.00\nAmount paid $30.00\n";
    for (line, expected) in [
        ("$30.00 refunded on June 11, 2026", "2026-06-11 30.00 USD"),
        ("Refunded on June 11, 2026 -$30.00", "2026-06-11 30.00 USD"),
        ("$30.00 refunded on June 11, 2026\nRefunded -$30.00", "2026-06-11 30.00 USD"),
        ("Refunded -$30.00", "- 30.00 USD"),
        ("2026年6月11日 已退款 $30.00", "2026-06-11 30.00 USD"),
    ] {
        let read = facts(&format!("{sums}{line}"));
        let refunds: Vec<String> = read
            .refunds
            .iter()
            .map(|(day, money)| format!("{} {money}", day.map_or_else(|| "-".to_string(), |day| day.to_string())))
            .collect();
        assert_eq!(refunds, [expected], "{line}");
        assert!(read.unread.is_empty(), "{line}: {:?}", read.unread);
    }
    assert_eq!(facts(sums).refunds, []);
}

#[test]
fn a_paper_of_the_seller_in_pieces_may_be_ours_and_a_letter_is_not() {
    let may_be = |text: &str| may_be_sold_by(&PaperText::of_lines(text), &Vendor::embedded());
    assert!(may_be("Receipt\nOpenAI OpCo, LLC\nSubtotal $30.00\nT o t a l $30.00"));
    assert!(may_be("Receipt\nOpenAI OpCo, LLC\n\u{fffd}\u{fffd}"));
    assert!(!may_be("Receipt\nTea House Ltd\nTotal $30.00"));
    assert!(!may_be("Terms of use\nOpenAI OpCo, LLC\nPlease read them."));
}

/// A PDF of one page that draws a stream `times` over, with more objects behind it.
fn pdf(stream: &[u8], filter: &str, times: usize, more: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let contents = vec!["4 0 R"; times].join(" ");
    let heads = [
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_string(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[{contents}]/Resources<</XObject<</F 5 0 R>>>>>>"
        ),
    ];
    let mut object = |bytes: &mut Vec<u8>, body: &[u8]| {
        places.push(bytes.len());
        let number = places.len();
        bytes.extend(format!("{number} 0 obj\n").as_bytes());
        bytes.extend(body);
        bytes.extend(b"\nendobj\n");
    };
    for head in heads {
        object(&mut bytes, head.as_bytes());
    }
    let mut content = format!("<</Length {}{filter}>>stream\n", stream.len()).into_bytes();
    content.extend(stream);
    content.extend(b"\nendstream");
    object(&mut bytes, &content);
    for body in more {
        object(&mut bytes, body.as_bytes());
    }
    let at = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in &places {
        bytes.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    bytes.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n", places.len() + 1).as_bytes());
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn limited(fault: Result<PaperText, PdfFault>) -> String {
    match fault {
        Err(PdfFault::Limit { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_small_file_that_unfolds_to_much_is_refused_by_its_size() {
    let blanks = vec![b' '; 33 << 20];
    assert_eq!(limited(read_pdf(&pdf(&packed(&blanks), "/Filter/FlateDecode", 1, &[]))), "unfolded bytes");
    let twice = packed(&packed(&blanks));
    assert_eq!(limited(read_pdf(&pdf(&twice, "/Filter[/FlateDecode/FlateDecode]", 1, &[]))), "unfolded bytes");
    let many = packed(&blanks[..1 << 20]);
    assert_eq!(limited(read_pdf(&pdf(&many, "/Filter/FlateDecode", 30, &[]))), "bytes on a page");
}

#[test]
fn drawing_without_end_is_refused_by_its_operations() {
    let form = |next: usize| {
        let body = "/F Do ".repeat(10);
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {next} 0 R>>>>/Length {}>>stream\n{body}\nendstream",
            body.len()
        )
    };
    let forms: Vec<String> = (6..16).map(form).collect();
    assert_eq!(limited(read_pdf(&pdf(b"/F Do", "", 1, &forms))), "drawing operations");
    // One that draws itself draws nothing.
    assert_eq!(read_pdf(&pdf(b"/F Do", "", 1, &[form(5)])), Err(PdfFault::NoText));
}
