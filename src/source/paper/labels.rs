//! The labels of papers, months and signs of money in every language, from data.

use super::text::one_spelling;
use crate::domain::Currency;
use crate::embedded::{self, carried};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a label says of what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// The paper is an invoice.
    TitleInvoice,
    /// The paper is a receipt.
    TitleReceipt,
    /// The paper takes an invoice back, wholly or in part.
    TitleCreditNote,
    /// Number of the invoice.
    Number,
    /// Number of the receipt.
    ReceiptNumber,
    /// Number of the credit note.
    CreditNoteNumber,
    /// Number of an order or subscription.
    OrderNumber,
    /// Day of issue.
    IssuedOn,
    /// Day until which to pay.
    DueOn,
    /// Day of payment.
    PaidOn,
    /// Day of the order.
    OrderedOn,
    /// Payment method.
    Method,
    /// Who is billed.
    BillTo,
    /// Head of the column of what is sold.
    Description,
    /// Head of a column that is not kept.
    Quantity,
    /// The same.
    Date,
    /// Sum of the lines.
    Subtotal,
    /// Sum before tax.
    BeforeTax,
    /// A tax.
    Tax,
    /// Sum with tax.
    Total,
    /// What is still to be paid.
    Due,
    /// What was paid.
    Paid,
    /// What was given back.
    Refunded,
    /// What is taken off.
    Discount,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelFile {
    language: Vec<Language>,
    sign: Vec<Sign>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Language {
    code: String,
    gave_back: Vec<String>,
    months: Vec<Vec<String>>,
    labels: BTreeMap<Label, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    sign: String,
    currency: String,
}

/// The labels, ready for use.
pub struct Labels {
    /// Folded texts with their label, the longest first.
    texts: Vec<(String, Label)>,
    /// Signs of money, the longest first.
    pub signs: Vec<(String, Currency)>,
    /// Folded names of months with their number, the longest first.
    pub months: Vec<(String, u32)>,
    /// Folded words of a line that states a refund.
    pub gave_back: Vec<String>,
}

/// The embedded labels.
///
/// # Panics
/// Never in a build whose tests passed: the embedded file is one of them.
pub fn labels() -> &'static Labels {
    static LABELS: LazyLock<Labels> = LazyLock::new(|| {
        Labels::of(embedded::read(carried!("source/paper/data/labels"))).expect("the label file is valid")
    });
    &LABELS
}

/// A text in the form in which labels are compared: one spelling, no case. The dotted capital I of Turkish folds to a
/// plain i, as its papers are searched with English labels too.
pub fn folded(text: &str) -> String {
    one_spelling(text).to_lowercase().replace("i\u{307}", "i").replace('\u{2019}', "'")
}

impl Labels {
    fn of(file: LabelFile) -> Result<Labels, String> {
        let mut labels = Labels { texts: Vec::new(), signs: Vec::new(), months: Vec::new(), gave_back: Vec::new() };
        for language in file.language {
            if !matches!(language.months.len(), 0 | 12) {
                return Err(format!("{} has {} months", language.code, language.months.len()));
            }
            labels.gave_back.extend(language.gave_back.iter().map(|word| folded(word)));
            for (label, texts) in language.labels {
                labels.texts.extend(texts.iter().map(|text| (folded(text), label)));
            }
            for (number, names) in (1u32..).zip(language.months) {
                labels.months.extend(names.iter().map(|name| (folded(name), number)));
            }
        }
        for sign in file.sign {
            let currency = Currency::parse(&sign.currency).map_err(|error| error.to_string())?;
            labels.signs.push((sign.sign, currency));
        }
        let longest = |text: &str| usize::MAX - text.len();
        labels.texts.sort_by(|a, b| (longest(&a.0), a).cmp(&(longest(&b.0), b)));
        labels.texts.dedup();
        labels.months.sort_by(|a, b| (longest(&a.0), a).cmp(&(longest(&b.0), b)));
        labels.months.dedup();
        labels.signs.sort_by_key(|sign| longest(&sign.0));
        Ok(labels)
    }

    /// The label with which a text begins, and what stands behind it, in the text's own letters.
    ///
    /// A value may be glued to its label, but not a further small letter: `Totally` is no total.
    pub fn at_start<'t>(&self, text: &'t str) -> Option<(Label, &'t str)> {
        let plain = folded(text);
        // Folding may change how many letters there are; the rest is found from the end, where values stand.
        let found = self.texts.iter().filter(|(known, _)| plain.starts_with(known.as_str()));
        for (known, label) in found {
            let behind = plain.get(known.len()..).unwrap_or_default();
            let letters = behind.chars().count();
            let start = text.char_indices().rev().nth(letters.wrapping_sub(1)).map_or(text.len(), |(at, _)| at);
            let rest = text.get(start..).unwrap_or_default();
            if !rest.starts_with(|letter: char| letter.is_lowercase()) {
                return Some((*label, rest.trim_start_matches([':', '#', '.', ' ']).trim()));
            }
        }
        None
    }

    /// The label that a whole text is.
    pub fn whole(&self, text: &str) -> Option<Label> {
        self.at_start(text).filter(|(_, rest)| rest.is_empty()).map(|(label, _)| label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_label_counts_and_a_glued_value_is_found() {
        for (text, expected) in [
            ("Invoice number 607B8FB0-0015", Some((Label::Number, "607B8FB0-0015"))),
            ("RechnungsnummerKLMN2047-0011", Some((Label::Number, "KLMN2047-0011"))),
            ("Invoice", Some((Label::TitleInvoice, ""))),
            ("Total excluding tax", Some((Label::BeforeTax, ""))),
            ("TOTAL: $24.00", Some((Label::Total, "$24.00"))),
            ("发票编号：QWZX3819-0004", Some((Label::Number, "QWZX3819-0004"))),
            ("İade edilen tutar $5,00", Some((Label::Refunded, "$5,00"))),
            ("Date d’émission", Some((Label::IssuedOn, ""))),
            ("Totally unrelated", None),
            ("Receipts are kept", None),
        ] {
            assert_eq!(labels().at_start(&one_spelling(text)), expected, "{text}");
        }
    }

    #[test]
    fn no_two_languages_give_one_text_two_meanings() {
        let mut seen: BTreeMap<&str, Label> = BTreeMap::new();
        for (text, label) in &labels().texts {
            assert_eq!(*seen.entry(text).or_insert(*label), *label, "{text}");
        }
    }
}
