//! What a file leaves open is asked, and the answer settles it; a layout of the user's own is tried first.

use payproof::diagnostic::Diagnostic;
use payproof::domain::SourceId;
use payproof::normalize::{Options, ReadFile, Recognised, read, recognise};
use payproof::source::paper::HereReader;
use payproof::source::{Answers, Catalogue, Known};
use payproof::vendor::Vendor;

fn read_with(text: &str, answers: &Answers, catalogue: &Catalogue) -> Result<ReadFile, Vec<Diagnostic>> {
    let vendor = Vendor::embedded();
    let known = Known { catalogue, answers };
    let options = Options {
        vendor: &vendor,
        skip_bad_rows: false,
        keep_all: true,
        digested: true,
        stated_currency: None,
        known,
        seen_on: None,
        pdf: &HereReader,
    };
    match recognise("x.csv", text.as_bytes(), &options) {
        Recognised::Ours(document) => read(document, SourceId(0), &options),
        Recognised::NotOurs | Recognised::Unread(_) => Err(Vec::new()),
        Recognised::Unclear(found) => Err(found),
    }
}

fn rows(text: &str, answers: &Answers) -> Result<Vec<String>, Vec<&'static str>> {
    match read_with(text, answers, Catalogue::embedded()) {
        Err(found) => Err(found.iter().map(|finding| finding.code).collect()),
        Ok(file) => Ok(file
            .records
            .entries
            .iter()
            .map(|entry| format!("{:?} {}", entry.day().unwrap(), entry.value.unwrap()))
            .collect()),
    }
}

fn answers(column: Option<&str>, sign: Option<&str>, dates: Option<&str>) -> Answers {
    Answers {
        columns: column.into_iter().map(|text| Answers::parse_column(text).unwrap()).collect(),
        sign: sign.map(|text| Answers::parse_sign(text).unwrap()),
        dates: dates.map(|text| Answers::parse_dates(text).unwrap()),
        statuses: Vec::new(),
        decimal: None,
    }
}

#[test]
fn an_answer_settles_what_was_asked() {
    let signless = "Date,Merchant,Amount\n2026-02-13,TEA HOUSE,3.20\n2026-02-14,TEA HOUSE,4.20\n";
    assert_eq!(rows(signless, Answers::NONE), Err(vec!["amount-sign"]));
    let charged = rows(signless, &answers(None, Some("charge-positive"), None)).unwrap();
    assert_eq!(charged, ["2026-02-13 -3.20", "2026-02-14 -4.20"]);
    let received = rows(signless, &answers(None, Some("charge-negative"), None)).unwrap();
    assert_eq!(received, ["2026-02-13 3.20", "2026-02-14 4.20"]);

    let two_orders = "Date,Merchant,Amount\n03/04/2026,TEA HOUSE,-3.20\n";
    assert_eq!(rows(two_orders, Answers::NONE), Err(vec!["date-order"]));
    assert_eq!(rows(two_orders, &answers(None, None, Some("dmy"))).unwrap(), ["2026-04-03 -3.20"]);
    assert_eq!(rows(two_orders, &answers(None, None, Some("mdy"))).unwrap(), ["2026-03-04 -3.20"]);

    let two_amounts = "Date,Merchant,Amount,Transaction Amount\n2026-02-13,TEA HOUSE,-3.20,-2.95\n";
    assert_eq!(rows(two_amounts, Answers::NONE), Err(vec!["header-ambiguous"]));
    let chosen = rows(two_amounts, &answers(Some("amount=Transaction Amount"), None, None)).unwrap();
    assert_eq!(chosen, ["2026-02-13 -2.95"]);
    let wrong = answers(Some("amount=Betrag"), None, None);
    assert_eq!(rows(two_amounts, &wrong), Err(vec!["answer-column"]));
    let said = read_with(two_amounts, &wrong, Catalogue::embedded()).unwrap_err();
    assert!(said[0].render().contains("no column has the title `Betrag`"), "{}", said[0].render());
}

#[test]
fn an_answer_holds_for_a_file_in_a_known_layout_too() {
    let chase = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n\
                 02/13/2026,02/14/2026,TEA HOUSE,Food,Sale,3.20,\n";
    let turned = rows(chase, &answers(None, Some("charge-positive"), None)).unwrap();
    assert_eq!(turned, ["2026-02-13 -3.20"]);
}

#[test]
fn the_users_layouts_come_first_and_bad_ones_are_refused() {
    let own = r#"
        name = "village-bank"
        title = "Village bank"
        reading = "account"
        channel = "unknown"
        currency = "NZD"
        positive_is_charge = true
        claims = [["transaction-date", "descriptor", "amount"]]
        needs = [["transaction-date"], ["descriptor"], ["amount"]]
        [titles]
        transaction-date = ["Day"]
        descriptor = ["Shop"]
        amount = ["Spent"]
    "#;
    let catalogue = Catalogue::with(&[own]).unwrap();
    let text = "Day,Shop,Spent\n2026-02-13,TEA HOUSE,3.20\n";
    let file = read_with(text, Answers::NONE, &catalogue).unwrap();
    assert_eq!(file.file.format, "village-bank");
    assert_eq!(file.records.entries[0].money().map(|money| money.to_string()).as_deref(), Some("-3.20 NZD"));
    assert!(Catalogue::with(&["name = 1"]).unwrap_err().starts_with("layout 1: "));
}

#[test]
fn what_was_understood_is_told() {
    let text = "Account;1\nCurrency:;CHF\n\nDatum;Text;Betrag\n13.02.2026;Teehaus;-3,20\n14.02.2026;Teehaus;-4,20\n\n\
                Total;;-7,40\nThe end;;\n";
    let told = read_with(text, Answers::NONE, Catalogue::embedded()).unwrap().understanding;
    assert_eq!((told.encoding.as_str(), told.delimiter, told.layout.as_str()), ("utf-8", Some(';'), "generic"));
    assert_eq!(told.preamble.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(told.header_line, Some(4));
    let passed: Vec<(u32, &str)> = told.passed_over.iter().map(|line| (line.line, line.text.as_str())).collect();
    assert_eq!(passed, [(8, "Total | -7,40"), (9, "The end")]);
    let roles: Vec<String> =
        told.columns.iter().map(|column| column.role.map_or("-", |role| role.name()).to_string()).collect();
    assert_eq!(roles, ["transaction-date", "descriptor", "amount"]);
    assert_eq!(told.decimal_mark.value, ",");
    assert_eq!(told.decimal_mark.cell, Some((5, "-3,20".to_string())));
    assert_eq!(
        (told.currency.value.as_str(), told.currency.why.as_str()),
        ("CHF", "the lines above the header say so")
    );
    assert_eq!(told.sign.why, "most amounts have a minus");
}

#[test]
fn a_word_that_is_stated_says_how_far_a_row_has_come() {
    let stated = |words: &[&str]| Answers {
        statuses: words.iter().map(|text| Answers::parse_status(text).unwrap()).collect(),
        ..Answers::default()
    };
    let statuses = |text: &str, words: &[&str]| match read_with(text, &stated(words), Catalogue::embedded()) {
        Err(found) => found.iter().map(|finding| finding.code.to_string()).collect(),
        Ok(file) => file.records.entries.iter().map(|entry| entry.status.name().to_string()).collect::<Vec<String>>(),
    };
    let words = "Date,Merchant,Amount,Currency,Status\n\
        2026-02-13,OPENAI *CHATGPT,-20.00,USD,Zugegangen\n2026-02-14,OPENAI *CHATGPT,-20.00,USD,\n";
    assert_eq!(statuses(words, &[]), ["cell-status", "cell-status"]);
    assert_eq!(statuses(words, &["zugegangen=posted", "=declined"]), ["posted", "declined"]);

    let note = "Date,Merchant,Amount,Currency,Note\n2026-02-13,OPENAI *CHATGPT,-20.00,USD,was declined at first\n";
    assert_eq!(statuses(note, &[]), ["cell-status"]);
    assert_eq!(statuses(note, &["declined=posted"]), ["posted"]);
    assert_eq!(statuses(note, &["was declined at first=posted"]), ["posted"]);

    let day = "Date,Merchant,Amount,Currency\nsoon,OPENAI *CHATGPT,-20.00,USD\n2026-02-13,TEA HOUSE,-3.20,USD\n";
    assert_eq!(statuses(day, &[]), ["cell-date"]);
    assert_eq!(statuses(day, &["soon=pending"]), ["pending", "posted"]);

    let lines = "Pending\nDate,Merchant,Amount,Currency\n2026-02-16,OPENAI *API,-5.00,USD\n\
        Done and dusted\n2026-02-14,OPENAI *CHATGPT,-20.00,USD\n";
    assert_eq!(statuses(lines, &[]), ["cell-status"]);
    assert_eq!(statuses(lines, &["Done and dusted=posted"]), ["pending", "posted"]);
}

/// Rows with currency and original amount, after some answers about columns.
fn money(text: &str, columns: &[&str]) -> Result<Vec<String>, Vec<&'static str>> {
    let answers = Answers {
        columns: columns.iter().map(|text| Answers::parse_column(text).unwrap()).collect(),
        ..Answers::NONE.clone()
    };
    match read_with(text, &answers, Catalogue::embedded()) {
        Err(found) => Err(found.iter().map(|finding| finding.code).collect()),
        Ok(file) => Ok(file
            .records
            .entries
            .iter()
            .map(|entry| {
                let currency = entry.currency.map_or("???".to_string(), |currency| currency.to_string());
                let original = entry.original.map_or(String::new(), |original| format!(" ({original})"));
                format!("{} {currency}{original}", entry.value.unwrap())
            })
            .collect()),
    }
}

#[test]
fn the_currency_goes_with_the_amount_that_was_named() {
    let text = "Date;Text;Sum A;Unit A;Sum B;Unit B\n2026-05-19;SHOP;-20.00;USD;-18.12;EUR\n2026-05-21;CAFE;-5.00;USD;-4.53;EUR\n";
    assert_eq!(money(text, &[]), Err(vec!["header-ambiguous"]));
    assert_eq!(money(text, &["amount=Sum B"]).unwrap(), ["-18.12 EUR (-20.00 USD)", "-4.53 EUR (-5.00 USD)"]);
    let text = "Date;Text;Betrag;Währung;Umsatz\n2026-05-19;SHOP;-20.00;USD;-18.12\n2026-05-21;CAFE;-4.53;EUR;-4.53\n";
    assert_eq!(money(text, &["amount=Umsatz"]).unwrap(), ["-18.12 EUR (-20.00 USD)", "-4.53 EUR"]);
}

#[test]
fn a_currency_column_between_two_amounts_is_asked_about() {
    let text = "Date;Text;Original Amount;Currency;Amount\n2026-05-19;SHOP;-20.00;USD;-18.12\n";
    assert_eq!(money(text, &[]), Err(vec!["header-ambiguous"]));
    assert_eq!(money(text, &["original-currency=Currency"]).unwrap(), ["-18.12 ??? (-20.00 USD)"]);
    assert_eq!(money(text, &["currency=Currency"]).unwrap(), ["-18.12 USD"]);
}

#[test]
fn a_column_may_be_named_by_its_number_or_among_its_namesakes() {
    let text = "Date;Text;Way;Amount;Way\n2026-05-19;SHOP;x;-20.00;\n2026-05-20;CAFE;y;-4.00;\n";
    let named = ["descriptor=column 3", "descriptor=Way"].map(|answer| money(text, &[answer]).unwrap());
    assert_eq!(named[0], named[1]);
    let text = "Date;Text;Sum;Sum\n2026-05-19;SHOP;-20.00;-21.00\n2026-05-20;CAFE;-4.00;-4.10\n";
    assert_eq!(money(text, &[]), Err(vec!["header-ambiguous"]));
    assert_eq!(money(text, &["amount=Sum#2"]).unwrap(), ["-21.00 ???", "-4.10 ???"]);
    assert_eq!(money(text, &["amount=column 4"]).unwrap(), ["-21.00 ???", "-4.10 ???"]);
    assert_eq!(money(text, &["amount=Sum"]).unwrap(), ["-20.00 ???", "-4.00 ???"]);
    assert_eq!(money(text, &["amount=column 9"]), Err(vec!["answer-column"]));
}

#[test]
fn a_file_that_is_answered_for_is_tried_as_a_table() {
    let untitled = "2026-05-19,OPENAI *CHATGPT SUBSCR,27.80,,card\n2026-05-28,THANK YOU,,1500.00,card\n";
    assert_eq!(money(untitled, &[]), Err(vec!["header-ambiguous"]));
    assert_eq!(money(untitled, &["debit=column 3"]).unwrap(), ["-27.80 ???", "1500.00 ???"]);
    assert_eq!(money(untitled, &["credit=column 4"]).unwrap(), ["-27.80 ???", "1500.00 ???"]);
    assert_eq!(money(untitled, &["amount=column 3"]), Err(vec!["cell-amount"]));
    let unknown = "Qwe,Rty,Uio\n19/05/2026,-27,SHOP\n28/05/2026,150,PAY\n";
    assert_eq!(money(unknown, &["amount=Rty", "descriptor=Uio"]).unwrap(), ["-27 ???", "150 ???"]);
    assert_eq!(money("Qwe,Rty\n1,2\n", &["amount=Rty"]), Err(Vec::new()));
    let bad_row = "13.13.2026;SHOP;-1.00\n19.05.2026;SHOP;-2.00\n20.05.2026;SHOP;-3.00\n21.05.2026;CAFE;-4.00\n";
    assert_eq!(money(bad_row, &[]), Err(vec!["cell-date"]));
}

#[test]
fn the_decimal_mark_is_taken_from_the_currency_or_the_answer() {
    let text =
        |code: &str| format!("Date;Text;Amount;Currency\n2026-05-19;SHOP;-1.500;{code}\n2026-05-28;PAY;2.500;{code}\n");
    assert_eq!(money(&text("CLP"), &[]).unwrap(), ["-1500 CLP", "2500 CLP"]);
    assert_eq!(money(&text("IDR"), &[]), Err(vec!["decimal-mark"]));
    let marked = |mark: &str| Answers { decimal: Some(Answers::parse_decimal(mark).unwrap()), ..Answers::NONE.clone() };
    assert_eq!(rows(&text("IDR"), &marked("comma")).unwrap(), ["2026-05-19 -1500", "2026-05-28 2500"]);
    assert_eq!(rows(&text("IDR"), &marked("point")).unwrap(), ["2026-05-19 -1.500", "2026-05-28 2.500"]);
}
