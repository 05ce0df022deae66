//! Single papers to billing records: a PDF, or the mails of a file.

use super::entries::masked_mail;
use super::{FormatInfo, Options, Raw, ReadFile, Records};
use crate::diagnostic::{Diagnostic, Excerpt, literal};
use crate::domain::{Account, BillingKind, BillingRecord, BillingStatus, Day, LastFour, Money, SourceId, SourceRef};
use crate::source::mail::{Mails, is_mail, read_mails};
use crate::source::paper::{Facts, Label, PaperFile, PaperKind, PdfFault, Unread, facts_of, is_pdf, may_be_sold_by};
use crate::source::{Body, Document, Recognised, Sales, SourceFile, SourceSide, Survey, Understanding};
use crate::vendor::Vendor;
use std::collections::BTreeSet;

/// Name of the format of PDFs.
const PDF: &str = "pdf-paper";
/// Name of the format of mails.
const MAIL: &str = "mail";

/// The formats of papers.
pub(super) fn formats() -> impl Iterator<Item = FormatInfo> {
    [(PDF, "invoice, receipt or credit note, PDF"), (MAIL, "e-mails of the vendor, .eml or .mbox")]
        .into_iter()
        .map(|(name, title)| FormatInfo { name, title, side: SourceSide::Billing })
}

/// Looks for papers; `None` where the file is of another kind.
pub(super) fn recognise<'a>(path: &str, bytes: &'a [u8], options: &Options) -> Option<Recognised<'a>> {
    if is_mail(bytes) {
        return Some(recognise_mails(path, bytes, options));
    }
    if !is_pdf(bytes) {
        return None;
    }
    let text = match options.pdf.read_pdf(bytes) {
        Ok(text) => text,
        Err(fault) => return Some(unread(path, &fault)),
    };
    let Some(facts) = facts_of(&text, options.vendor) else {
        let may_be = may_be_sold_by(&text, options.vendor);
        return Some(if may_be { unread(path, &PdfFault::NoLayout) } else { Recognised::NotOurs });
    };
    let papers = PaperFile { format: PDF, papers: vec![(facts.page, facts)], seen: 1, ..PaperFile::default() };
    Some(ours(path, bytes, papers))
}

fn ours<'a>(path: &str, bytes: &'a [u8], papers: PaperFile) -> Recognised<'a> {
    let (path, encoding) = (path.to_string(), papers.format.to_string());
    Recognised::Ours(Document { path, bytes, encoding, body: Body::Papers(Box::new(papers)) })
}

/// Mails that say something of the vendor, or pretend to; others are nobody's business.
fn recognise_mails<'a>(path: &str, bytes: &'a [u8], options: &Options) -> Recognised<'a> {
    let Mails { papers, doubts, faults, seen } = read_mails(bytes, options.vendor, options.pdf);
    for (_, fault) in &faults {
        if let stop @ Recognised::Unclear(_) = unread(path, fault) {
            return stop;
        }
    }
    if papers.is_empty() && doubts.is_empty() && faults.is_empty() {
        return Recognised::NotOurs;
    }
    ours(path, bytes, PaperFile { format: MAIL, papers, seen, doubts, faults })
}

/// Why nobody knows what the PDF says. Taking too long depends on the machine, so it is an error wherever the file lies.
fn unread<'a>(path: &str, fault: &PdfFault) -> Recognised<'a> {
    match fault {
        PdfFault::Damaged => Recognised::Unread(
            Diagnostic::error("paper-unreadable", path, "the PDF is damaged")
                .hint("download it again from the billing page"),
        ),
        PdfFault::Encrypted => Recognised::Unread(
            Diagnostic::error("paper-unreadable", path, "the PDF is locked with a password")
                .hint("save it again without a password"),
        ),
        PdfFault::NoText => Recognised::Unread(
            Diagnostic::error("paper-unreadable", path, "the PDF shows no text that can be read: a picture, or curves")
                .hint("download the paper anew, or write its line into the billing form"),
        ),
        PdfFault::NoLayout => Recognised::Unread(
            Diagnostic::error(
                "paper-field",
                path,
                "the PDF names the vendor as its seller, but its number and its sums cannot be found",
            )
            .hint(
                "download it again from the billing page; if that does not help, write its line into the billing form",
            ),
        ),
        PdfFault::Crashed => Recognised::Unread(
            Diagnostic::error("paper-unreadable", path, "the PDF brings its reader down")
                .hint("print it into a new PDF; if that does not help, write its line into the billing form"),
        ),
        PdfFault::Limit { what, most } => Recognised::Unread(
            Diagnostic::error(
                "paper-limit",
                path,
                format!("the PDF has more {what} than a paper can have: at most {most}"),
            )
            .hint("give the invoice alone"),
        ),
        PdfFault::TimedOut { seconds } => Recognised::Unclear(vec![
            Diagnostic::error("paper-time", path, format!("the PDF takes longer than {seconds} seconds to read"))
                .hint("leave it out, or print it into a new PDF"),
        ]),
        PdfFault::NoReader { why } => Recognised::Unclear(vec![
            Diagnostic::error(
                "paper-unreadable",
                path,
                format!("the process that reads PDFs cannot be started: {why}"),
            )
            .hint("payproof starts itself for that; check that the program may be run"),
        ]),
    }
}

/// Reads recognised papers.
pub(super) fn read(
    path: &str,
    file: &PaperFile,
    id: SourceId,
    options: &Options,
    raw: Raw,
) -> Result<ReadFile, Vec<Diagnostic>> {
    let (mut billing, mut errors, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    for (line, facts) in &file.papers {
        let at = SourceRef { source: id, line: *line };
        match record_of(facts, at, options.vendor) {
            Ok(record) => {
                warnings.extend(facts.unread.iter().map(|unread| unread_finding(path, unread).as_warning()));
                // An order without an amount is an order still; whoever paid wants to know that none was found.
                let lacks_total = facts.kind == PaperKind::Order && record.total.is_none();
                warnings.extend(lacks_total.then(|| missing_finding(path, facts, Label::Total, *line).as_warning()));
                warnings.extend(facts.sums.disagree.then(|| sums_finding(path, *line)));
                let (refunds, undated) = refunds_of(facts, &record);
                warnings.extend(undated.then(|| undated_finding(path, *line)));
                billing.push(record);
                billing.extend(refunds);
            }
            // What a mail does not say stands on the paper that it announces.
            Err(labels) if file.format == MAIL => {
                warnings.extend(labels.iter().map(|label| missing_finding(path, facts, *label, *line).as_warning()));
            }
            Err(labels) => errors.extend(labels.iter().map(|label| missing_finding(path, facts, *label, *line))),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    for (line, fault) in &file.faults {
        if let Recognised::Unread(mut finding) = unread(path, fault) {
            finding.line = *line;
            warnings.push(finding.as_warning());
        }
    }
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let accounts: BTreeSet<&Account> = billing.iter().filter_map(|record| record.account.as_ref()).collect();
    let only = if accounts.len() == 1 { accounts.first() } else { None };
    let source = SourceFile {
        path: path.to_string(),
        bytes: raw.bytes,
        sha256: (raw.sha256)(),
        side: SourceSide::Billing,
        format: file.format.to_string(),
        encoding: file.format.to_string(),
        account: only.map(|account| masked_mail(account.as_str())),
        records: file.seen.max(count(billing.len())),
        relevant: count(billing.len()),
        rejected: Vec::new(),
        newest_day: billing.iter().flat_map(|record| [Some(record.date), record.paid_on]).flatten().max(),
        channel: "unknown".to_string(),
        is_list: false,
        sales: Sales::Direct,
        survey: Survey::default(),
    };
    let (records, doubts) = (Records { billing, ..Records::default() }, file.doubts.clone());
    let understanding = Understanding {
        encoding: file.format.to_string(),
        layout: file.format.to_string(),
        layout_why: "its labels name the vendor's paper".to_string(),
        ..Understanding::default()
    };
    Ok(ReadFile { file: source, records, warnings, resellers: Vec::new(), mentions: Vec::new(), understanding, doubts })
}

/// What a paper says as a record; else the values that it lacks.
fn record_of(facts: &Facts, at: SourceRef, vendor: &Vendor) -> Result<BillingRecord, Vec<Label>> {
    let (kind, status) = kind_of(facts);
    let (date, total) = (date_of(facts), total_of(facts));
    let mut lacking = Vec::new();
    if date.is_none() {
        lacking.push(if kind == BillingKind::Receipt { Label::PaidOn } else { Label::IssuedOn });
    }
    if total.is_none() && kind.is_money() {
        lacking.push(Label::Total);
    }
    let number = match kind {
        BillingKind::CreditNote => facts.credit_note_number.clone().or_else(|| facts.number.clone()),
        // A refund's own number is not on the paper; the invoice that it gives back is its reference.
        BillingKind::Refund => None,
        BillingKind::Order | BillingKind::Cancellation => facts.order_number.clone(),
        _ => facts.number.clone(),
    };
    let Some(date) = date.filter(|_| lacking.is_empty()) else { return Err(lacking) };
    let description = facts.items.join("; ");
    let reference = match kind {
        BillingKind::CreditNote | BillingKind::Refund => facts.number.clone().or_else(|| facts.receipt_number.clone()),
        BillingKind::Order => None,
        _ => facts.receipt_number.clone().or_else(|| facts.order_number.clone()),
    };
    Ok(BillingRecord {
        at,
        date,
        kind,
        number,
        account: facts.mail.as_deref().and_then(Account::new),
        product: facts.items.iter().find_map(|item| vendor.product_of(item)),
        plan: facts.items.iter().find_map(|item| vendor.plan_of(item)),
        description,
        subtotal: facts.sums.subtotal.map(Money::abs),
        tax: facts.sums.tax.map(Money::abs),
        tax_name: (!facts.sums.tax_names.is_empty()).then(|| facts.sums.tax_names.join(" + ")),
        // An invoice of less than nothing leaves a credit on the account; what gives back is written either way.
        total: total.map(|total| if kind == BillingKind::Invoice { total } else { total.abs() }),
        amount_paid: amount_paid_of(facts).filter(|_| kind != BillingKind::CreditNote),
        // Once something was paid, what is due is what was not.
        amount_due: facts.sums.due.filter(|due| facts.sums.paid.is_none() && !due.is_zero()),
        balance_after: facts.balance,
        status,
        period_start: facts.period.map(|(from, _)| from),
        period_end: facts.period.map(|(_, to)| to),
        paid_on: facts.paid_on,
        card: facts.method.as_deref().and_then(LastFour::at_end_of),
        payment_method: facts.method.clone(),
        reference,
        store: None,
        seats: None,
        opens: None,
    })
}

/// The refunds that a receipt or invoice states, as records of their own days; and whether it states one without a day.
fn refunds_of(facts: &Facts, paper: &BillingRecord) -> (Vec<BillingRecord>, bool) {
    if !matches!(paper.kind, BillingKind::Receipt | BillingKind::Invoice) {
        return (Vec::new(), false);
    }
    let record = |(day, amount): &(Option<Day>, Money)| {
        Some(BillingRecord {
            date: (*day)?,
            kind: BillingKind::Refund,
            status: BillingStatus::Refunded,
            number: None,
            reference: paper.number.clone().or_else(|| paper.reference.clone()),
            subtotal: None,
            tax: None,
            tax_name: None,
            total: Some(*amount),
            amount_paid: None,
            paid_on: None,
            ..paper.clone()
        })
    };
    let undated = facts.refunds.iter().any(|(day, _)| day.is_none());
    (facts.refunds.iter().filter_map(record).collect(), undated)
}

/// An invoice asks for money; only a receipt, or sums that say so, show that it came in.
fn kind_of(facts: &Facts) -> (BillingKind, BillingStatus) {
    let sums = &facts.sums;
    // What a balance of the account paid was paid.
    let paid = sums.paid.zip(sums.applied).map_or(sums.paid, |(paid, applied)| paid.checked_add(applied).ok());
    let whole_paid =
        matches!((paid, sums.total), (Some(paid), Some(total)) if paid.minor_units() >= total.minor_units());
    let gave_back = facts.refunds.iter().try_fold(0i64, |sum, (_, money)| sum.checked_add(money.minor_units()));
    let all_back =
        matches!((gave_back, sums.total), (Some(back), Some(total)) if back > 0 && back >= total.minor_units());
    match facts.kind {
        PaperKind::Invoice if whole_paid && all_back => (BillingKind::Invoice, BillingStatus::Refunded),
        PaperKind::Receipt if all_back => (BillingKind::Receipt, BillingStatus::Refunded),
        PaperKind::Invoice if whole_paid => (BillingKind::Invoice, BillingStatus::Paid),
        PaperKind::Invoice if sums.paid.is_some_and(|paid| !paid.is_zero()) => {
            (BillingKind::Invoice, BillingStatus::Open)
        }
        PaperKind::Invoice => (BillingKind::Invoice, BillingStatus::Issued),
        PaperKind::Receipt => (BillingKind::Receipt, BillingStatus::Paid),
        PaperKind::CreditNote if facts.to_balance => (BillingKind::CreditNote, BillingStatus::Granted),
        PaperKind::CreditNote => (BillingKind::CreditNote, BillingStatus::Refunded),
        PaperKind::Order => (BillingKind::Order, BillingStatus::Placed),
        PaperKind::Funded => (BillingKind::CreditGrant, BillingStatus::Granted),
        PaperKind::Refund => (BillingKind::Refund, BillingStatus::Refunded),
        PaperKind::PaymentFailed => (BillingKind::PaymentFailed, BillingStatus::Failed),
        PaperKind::Cancellation => (BillingKind::Cancellation, BillingStatus::Effective),
    }
}

fn date_of(facts: &Facts) -> Option<Day> {
    match facts.kind {
        PaperKind::Receipt => facts.paid_on.or(facts.issued_on),
        PaperKind::Order => facts.ordered_on.or(facts.issued_on),
        _ => facts.issued_on,
    }
}

/// What arrived, or is asked for beside what a balance of the account pays.
fn amount_paid_of(facts: &Facts) -> Option<Money> {
    let sums = &facts.sums;
    let asked = || {
        let rest = sums.total?.checked_sub(sums.applied?).ok()?;
        sums.due.filter(|due| *due == rest && !due.is_zero())
    };
    sums.paid.or_else(asked)
}

fn total_of(facts: &Facts) -> Option<Money> {
    let sums = &facts.sums;
    match facts.kind {
        PaperKind::CreditNote | PaperKind::Refund => sums.refunded.or(sums.total).or(sums.paid),
        _ => sums.total.or(sums.paid).or(sums.due),
    }
}

/// The words for a value, in messages.
fn words_for(label: Label) -> &'static str {
    match label {
        Label::IssuedOn => "date of issue",
        Label::DueOn => "due date",
        Label::PaidOn => "date of payment",
        Label::OrderedOn => "date of the order",
        Label::Subtotal => "subtotal",
        Label::BeforeTax => "total before tax",
        Label::Due => "amount due",
        Label::Paid => "amount paid",
        Label::Refunded => "amount given back",
        _ => "total",
    }
}

fn expected_of(label: Label) -> &'static str {
    match label {
        Label::IssuedOn | Label::DueOn | Label::PaidOn | Label::OrderedOn => {
            "a date with its month in words, or YYYY-MM-DD"
        }
        _ => "an amount with its currency",
    }
}

fn unread_finding(path: &str, unread: &Unread) -> Diagnostic {
    let words = words_for(unread.label);
    let message = match unread.value.is_empty() {
        true => format!("no value stands beside the {words}"),
        false => format!("cannot read {} as the {words}", literal(&unread.value)),
    };
    let start = unread.line.find(unread.value.as_str()).filter(|_| !unread.value.is_empty()).unwrap_or(0);
    let end = if unread.value.is_empty() { unread.line.len() } else { start.saturating_add(unread.value.len()) };
    let excerpt = Excerpt::new(unread.page, &unread.line, start..end, expected_of(unread.label));
    Diagnostic::error("paper-field", path, message).at(excerpt)
}

/// A value without which the paper says nothing.
fn missing_finding(path: &str, facts: &Facts, label: Label, line: u32) -> Diagnostic {
    let hint = "write its line into the form that `payproof formats template billing` prints, and leave the paper out";
    if let Some(unread) = facts.unread.iter().find(|unread| unread.label == label) {
        return unread_finding(path, unread).hint(hint);
    }
    let message = format!("the paper is the vendor's, but its {} cannot be found", words_for(label));
    let mut finding = Diagnostic::error("paper-field", path, message);
    finding.line = line;
    finding.hint(hint)
}

fn undated_finding(path: &str, line: u32) -> Diagnostic {
    let message = "the paper states a refund, but not its day; the refund takes part in no verdict";
    let mut finding = Diagnostic::error("paper-field", path, message).as_warning();
    finding.line = line;
    finding.hint("write the refund into the form that `payproof formats template billing` prints")
}

fn sums_finding(path: &str, line: u32) -> Diagnostic {
    let message = "subtotal and taxes do not make the total; only the total is used";
    let mut finding = Diagnostic::error("paper-sums", path, message).as_warning();
    finding.line = line;
    finding
}
