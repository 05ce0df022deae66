//! What mails tell, sender by sender and phrase by phrase.

use super::*;
use crate::source::paper::HereReader;

/// A mail with its own head and text.
fn mail(from: &str, subject: &str, body: &str) -> Mails {
    let text = format!(
        "From: {from}\nTo: payer@example.com\nDate: Wed, 20 May 2026 10:00:00 +0000\nSubject: {subject}\nContent-Type: text/plain; charset=\"utf-8\"\n\n{body}\n"
    );
    read_mails(text.as_bytes(), &Vendor::embedded(), &HereReader)
}

const OWN: &str = "OpenAI <noreply@tm.openai.com>";
const PROCESSOR: &str = "invoice+statements+acct_77@stripe.com";

fn kinds(mails: &Mails) -> Vec<PaperKind> {
    mails.papers.iter().map(|(_, facts)| facts.kind).collect()
}

fn doubts(mails: &Mails) -> Vec<MailDoubt> {
    mails.doubts.iter().map(|(_, doubt)| *doubt).collect()
}

#[test]
fn only_the_end_of_a_plan_is_a_cancellation_and_it_names_the_plan() {
    for (subject, body, plan) in [
        ("Your ChatGPT Plus subscription has been canceled", "You keep access until June 4, 2026.", "plus"),
        (
            "Your subscription has been cancelled",
            "Hello,\n\nyour ChatGPT Pro plan has been canceled as you asked and\nyou were moved to ChatGPT Plus.",
            "pro",
        ),
        ("Sorry to see you go: your ChatGPT Business plan has been canceled", "Bye.", "business"),
        ("您的 ChatGPT Plus 订阅已取消", "您可以使用到 2026年6月4日。", "plus"),
        ("Dein ChatGPT Plus Abo wurde gekündigt", "Schade.", "plus"),
    ] {
        let mails = mail(OWN, subject, body);
        assert_eq!(kinds(&mails), [PaperKind::Cancellation], "{subject}");
        let items = &mails.papers[0].1.items;
        let named = items.iter().find_map(|item| Vendor::embedded().plan_of(item));
        assert_eq!(named.as_deref(), Some(plan), "{subject}: {items:?}");
    }
    for (subject, body) in [
        ("Your batch job has been canceled", "See the plan of your organization for limits. OpenAI"),
        ("Your invitation to a ChatGPT workspace has been canceled", "Its owner took it back."),
        ("Your scheduled call has been cancelled", "We look forward to another. OpenAI"),
    ] {
        let mails = mail(OWN, subject, body);
        assert!(mails.papers.is_empty() && mails.doubts.is_empty(), "{subject}: {:?}", mails.doubts);
    }
    for (subject, body) in [
        ("The cancellation of your ChatGPT Plus subscription has been undone", "It renews as before."),
        ("Update on the cancellation of your ChatGPT plan", "Your plan continues as before."),
        ("您的 ChatGPT Plus 订阅已取消：该操作已撤回", "一切照旧。"),
        ("We received your cancellation request: cancellation of your ChatGPT plan", "We will look at it."),
    ] {
        let mails = mail(OWN, subject, body);
        assert!(mails.papers.is_empty(), "{subject}");
        assert_eq!(doubts(&mails), [MailDoubt::Undecided], "{subject}");
    }
}

#[test]
fn only_a_refund_that_was_made_is_a_refund() {
    for (from, subject, body) in [
        (
            PROCESSOR,
            "Your refund from OpenAI, LLC #2790-1146",
            "Refund from OpenAI, LLC\n$24.00 refunded on May 20, 2026",
        ),
        (OWN, "Your refund", "Hello,\n\nOpenAI has issued a refund of $24.00 to your Visa."),
        (OWN, "您的 OpenAI 退款", "我们已为您退款 $24.00。"),
        (OWN, "Ihre Rückerstattung von OpenAI", "24,00 $ wurde erstattet."),
    ] {
        let from = if from == PROCESSOR { format!("OpenAI <{PROCESSOR}>") } else { from.to_string() };
        let mails = mail(&from, subject, body);
        assert_eq!(kinds(&mails), [PaperKind::Refund], "{subject}");
        let refunded = mails.papers[0].1.sums.refunded.map(|money| money.to_string());
        assert_eq!(refunded.as_deref(), Some("24.00 USD"), "{subject}");
    }
    for (subject, body) in [
        ("Your refund request", "OpenAI support here. We cannot give back this payment.\nAmount: $24.00"),
        ("About your refund", "ChatGPT Plus: your request was denied.\nRefund amount: $24.00"),
        ("Your refund", "Thank you for writing to OpenAI. We look at it within 5 days.\nAmount: $24.00"),
        ("Your refund", "If your ChatGPT payment of $24.00 has been refunded, it takes ten days to arrive."),
        ("Re: Your refund", "Please send OpenAI the invoice.\n\n> $24.00 has been refunded, I was told"),
        ("关于您的退款申请", "OpenAI 已收到您的退款申请，正在审核。\n退款金额：$24.00"),
        ("返金について", "OpenAI です。今回の返金はできません。\n金額：$24.00"),
    ] {
        let mails = mail(OWN, subject, body);
        assert!(mails.papers.is_empty(), "{subject}: {body}");
        assert_eq!(doubts(&mails), [MailDoubt::Undecided], "{subject}");
    }
}

#[test]
fn the_processor_speaks_for_the_vendor_only_where_the_vendor_is_the_seller() {
    let receipt = "Receipt number 2291-7788\nChatGPT Plus Subscription $20.00\nTotal $20.00\nAmount paid $20.00";
    for (name, subject, counts) in [
        ("\"OpenAI, LLC\"", "Your receipt from OpenAI, LLC #2291-7788", true),
        ("OpenAI, LLC", "Your receipt #2291-7788", true),
        ("", "Your receipt from OpenAI OpCo, LLC #2291-7788", true),
        ("Tea House", "Your receipt from Tea House #2291-7788", false),
        ("OpenAI vouchers", "Your receipt from OpenAI vouchers #2291-7788", false),
        ("", "Your receipt from Tea House #2291-7788", false),
    ] {
        let mails = mail(&format!("{name} <{PROCESSOR}>"), subject, receipt);
        assert_eq!(!mails.papers.is_empty(), counts, "{name}: {subject}");
        assert_eq!(doubts(&mails).contains(&MailDoubt::NotVendor), !counts, "{name}: {subject}");
    }
    let two = "x@shop.example>\nFrom: OpenAI <noreply@tm.openai.com";
    let mails = mail(&format!("Shop <{two}>"), "ChatGPT - Your new plan", receipt);
    assert_eq!(doubts(&mails), [MailDoubt::NotVendor]);
    assert!(mails.papers.is_empty());
}

#[test]
fn bold_labels_are_labels() {
    let body = "*Order number:* sub_BOLD0001\n*Order date:* May 20, 2026\n\nChatGPT Plus Subscription $20.00\n*Tax:* $4.00\n__Total:__ $24.00\n*Payment method* Visa-4242";
    let mails = mail(OWN, "ChatGPT - Your new plan", body);
    let facts = &mails.papers[0].1;
    assert_eq!(facts.order_number.as_deref(), Some("sub_BOLD0001"));
    assert_eq!(facts.sums.total.map(|total| total.to_string()).as_deref(), Some("24.00 USD"));
    assert_eq!(facts.method.as_deref(), Some("Visa-4242"));
    let quoted = format!(
        "---------- Forwarded message ---------\nFrom: *OpenAI* <noreply@tm.openai.com>\nDate: Tue, May 19, 2026\nSubject: ChatGPT - Your new plan\n\n{body}"
    );
    let mails = mail("Payer <payer@example.com>", "Fwd: ChatGPT - Your new plan", &quoted);
    assert_eq!(mails.papers[0].1.sums.total.map(|total| total.to_string()).as_deref(), Some("24.00 USD"));
}

#[test]
fn of_two_parts_the_one_that_says_most_counts() {
    let mail = "From: OpenAI <noreply@tm.openai.com>\nTo: payer@example.com\nDate: Wed, 20 May 2026 10:00:00 +0000\nSubject: ChatGPT - Your new plan\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"cut\"\n\n--cut\nContent-Type: text/plain\n\nChatGPT Plus Subscription\nTotal: $24.00\n--cut\nContent-Type: text/html\n\n<p>ChatGPT Plus Subscription</p><p>Order number: sub_TWO0001</p><p>Tax: $4.00</p><p>Total: $24.00</p>\n--cut--\n";
    let mails = read_mails(mail.as_bytes(), &Vendor::embedded(), &HereReader);
    assert_eq!(mails.papers[0].1.order_number.as_deref(), Some("sub_TWO0001"));
}

#[test]
fn a_subject_in_raw_bytes_is_read_as_the_text_says() {
    let text = "From: OpenAI <noreply@tm.openai.com>\nDate: Wed, 20 May 2026 10:00:00 +0000\nSubject: ChatGPT - 您的新套餐\nContent-Type: text/plain; charset=gb18030\n\n订单编号：sub_RAW0001\nChatGPT Plus Subscription\n总计：$24.00\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let mails = read_mails(&bytes, &Vendor::embedded(), &HereReader);
    assert_eq!(kinds(&mails), [PaperKind::Order]);
    assert_eq!(mails.papers[0].1.order_number.as_deref(), Some("sub_RAW0001"));
}

#[test]
fn a_mail_that_only_announces_is_no_failed_payment() {
    let announced = mail(
        OWN,
        "Update your payment method: your card expires soon",
        "Your next charge of $20.00 for ChatGPT Plus is on Jun 15, 2026. If it is declined you lose access.",
    );
    assert!(announced.papers.is_empty() && announced.doubts.is_empty());
    let failed =
        mail(OWN, "Please update your payment method", "Your payment of $20.00 for ChatGPT Plus was declined.");
    assert_eq!(kinds(&failed), [PaperKind::PaymentFailed]);
}

/// The receipt and the invoice that hang on a mail count whoever sent it on, unless it is dressed up as the vendor's.
#[test]
fn a_paper_on_the_payers_own_mail_is_a_paper() {
    let text = include_str!("../../../fixtures/formats/mail-receipt-with-papers/input.eml");
    let sent_by = |from: &str, subject: &str| {
        let line = |line: &str| match line {
            _ if line.starts_with("From:") => format!("From: {from}"),
            _ if line.starts_with("Subject:") => format!("Subject: {subject}"),
            _ => line.to_string(),
        };
        let lines: Vec<String> = text.lines().map(line).collect();
        read_mails(lines.join("\n").as_bytes(), &Vendor::embedded(), &HereReader)
    };
    let own = sent_by("Payer <payer@example.com>", "for the books");
    assert_eq!(own.papers.len(), 2, "{:?}", own.doubts);
    assert_eq!(doubts(&own), [MailDoubt::Forwarded]);
    let dressed = sent_by("OpenAI Billing <x@shop.example>", "Your receipt from OpenAI OpCo, LLC #2555-9017");
    assert!(dressed.papers.is_empty());
    assert_eq!(doubts(&dressed), [MailDoubt::NotVendor]);
}
