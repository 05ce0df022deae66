//! Nothing private leaves: statements and papers of every format, with card numbers, accounts, telephone and identity
//! numbers, addresses, names and other merchants in every field of text, and none of it in the bundle. Order numbers,
//! which look much alike, do leave.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ACCOUNT: &str = "payer@example.com";

/// What must not come out, in any file.
const PRIVATE: [&str; 18] = [
    "4111111111111111",
    "5555555555554444",
    "378282246310005",
    "6222021234567890123",
    "DE89370400440532013000",
    "GB82WEST12345698765432",
    "13800138000",
    "4155550132",
    "15123456789",
    "11010519491231002X",
    "wei.zhang",
    "erika.mustermann",
    "张伟",
    "王芳",
    "Mustermann",
    "Zhang",
    "Fahrradladen",
    "红星烘焙",
];

/// Free text with all of it, as people and banks write it.
const NOTE: &str = "张伟 王芳 Zhang Wei Erika Mustermann 4111 1111 1111 1111 5555-5555-5555-4444 378282246310005 \
                    6222021234567890123 DE89 3704 0044 0532 0130 00 GB82WEST12345698765432 13800138000 \
                    (415) 555-0132 +49 15123456789 11010519491231002X wei.zhang@example.org \
                    erika.mustermann@example.net Fahrradladen Nord 红星烘焙";
/// The same, short enough to stand behind a merchant's name.
const TAIL: &str = "张伟 Zhang Wei Mustermann 4111111111111111 13800138000 wei.zhang@example.org";

/// Order numbers of the kinds that look like something else. They are the evidence, and must come out.
const PAYPAL_ID: &str = "8AB41111111111111";
const INVOICE: &str = "ABCD1234-0007";
const ORDER: &str = "2026050522001412341234567890";
/// Right issuer prefix, length and check digit, in a column of order numbers.
const UNLUCKY_ORDER: &str = "4000056655665556";

fn payproof(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_payproof"));
    command.env_clear().args(args).stdin(Stdio::null()).output().expect("payproof starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("leak").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join("in")).expect("a folder for the test");
    path
}

/// Statements in which a plan was charged and nothing came of it, one of each format.
fn statements() -> Vec<(&'static str, String)> {
    let paypal_titles = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,\
                         Transaction ID,Shipping Address,Item Title,Reference Txn ID,Invoice Number,Custom Number,\
                         Balance,Contact Phone Number,Subject,Note,Balance Impact";
    let paypal = |day: &str, name: &str, id: &str, order: &str| {
        format!(
            "{day},10:00:00,CET,{name},PreApproved Payment Bill User Payment,Completed,EUR,-23.00,0.00,-23.00,\
             wei.zhang@example.org,erika.mustermann@example.net,{id},{NOTE},{NOTE},,{order},{NOTE},-23.00,13800138000,\
             {NOTE},{NOTE},Debit\n"
        )
    };
    vec![
        (
            "chase-visa.csv",
            format!(
                "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n\
                 05/01/2026,05/02/2026,Fahrradladen Nord,{NOTE},Sale,-11.00,{NOTE}\n\
                 05/05/2026,05/06/2026,OPENAI *CHATGPT SUBSCR {TAIL},{NOTE},Sale,-20.00,{NOTE}\n\
                 06/20/2026,06/21/2026,红星烘焙,{NOTE},Sale,-12.00,{NOTE}\n"
            ),
        ),
        (
            "张伟-4111111111111111.csv",
            format!(
                "交易日期,记账日期,交易摘要,人民币金额,卡号末四位,交易地金额,备注\n\
                 2026-05-07,2026-05-08,OPENAI *CHATGPT SUBSCR {TAIL},145.00,6688,20.00(US),{NOTE}\n\
                 2026-06-20,2026-06-21,红星烘焙 王芳,30.00,6688,30.00(CN),{NOTE}\n"
            ),
        ),
        (
            "erika-mustermann.csv",
            format!(
                "\"Booking Date\",\"Value Date\",\"Partner Name\",\"Partner Iban\",Type,\"Payment Reference\",\
                 \"Account Name\",\"Amount (EUR)\",\"Original Amount\",\"Original Currency\",\"Exchange Rate\"\n\
                 2026-05-09,2026-05-09,OPENAI *CHATGPT SUBSCR {TAIL},DE89370400440532013000,Presentment,{NOTE},\
                 Erika Mustermann,-23.00,-23.00,EUR,\n\
                 2026-06-20,2026-06-20,Fahrradladen Nord,DE89370400440532013000,Presentment,{NOTE},{NOTE},-5.00,,,\n"
            ),
        ),
        (
            "revolut.csv",
            format!(
                "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance,Reference\n\
                 CARD_PAYMENT,{NOTE},2026-05-11 10:00:00,2026-05-12 10:00:00,OPENAI *CHATGPT SUBSCR {TAIL},-20.00,0.00,\
                 USD,COMPLETED,4155550.13,{NOTE}\n\
                 CARD_PAYMENT,Current,2026-06-20 10:00:00,2026-06-20 10:00:00,Fahrradladen Nord,-1.00,0.00,USD,\
                 COMPLETED,4155549.13,{NOTE}\n"
            ),
        ),
        (
            "bank.csv",
            format!(
                "Date,Description,Amount,Currency,Category,Account Number,Card Number,Transaction ID,Note,Zhang Wei's remark\n\
                 2026-05-13,OPENAI *CHATGPT SUBSCR {TAIL},-20.00,USD,{NOTE},DE89370400440532013000,5555555555554444,\
                 {ORDER},{NOTE},{NOTE}\n\
                 2026-05-15,OPENAI *CHATGPT SUBSCR {TAIL},-20.00,USD,{NOTE},{NOTE},5555555555554444,{UNLUCKY_ORDER},\
                 {NOTE},{NOTE}\n\
                 2026-06-20,红星烘焙,-3.00,USD,{NOTE},{NOTE},4111111111111111,{NOTE},{NOTE},{NOTE}\n"
            ),
        ),
        (
            "paypal.csv",
            format!("{paypal_titles}\n")
                + &paypal("17/05/2026", "OpenAI Erika Mustermann", PAYPAL_ID, INVOICE)
                + &paypal("20/06/2026", "Fahrradladen Nord", "9XX51111111111112", "13800138000"),
        ),
    ]
}

/// The vendor's side and the payer's own notes.
fn papers() -> Vec<(&'static str, String)> {
    vec![
        (
            "openai-billing.csv",
            format!(
                "date,kind,number,account,product,description,currency,subtotal,tax,total,status,period_start,period_end,\
                 paid_on,payment_method,reference\n\
                 2026-05-17,receipt,{INVOICE},{ACCOUNT},chatgpt-plan,ChatGPT Plus Subscription {TAIL},EUR,23.00,0.00,23.00,\
                 paid,2026-05-17,2026-06-16,2026-05-17,Zhang Wei 4111111111111111,{PAYPAL_ID}\n\
                 2026-05-19,cancellation,Zhang Wei,{ACCOUNT},chatgpt-plan,{NOTE},,,,,effective,,,,{NOTE},{NOTE}\n\
                 2026-06-20,receipt,ABCD1234-0009,erika.mustermann@example.net,chatgpt-plan,{NOTE},USD,20.00,0.00,20.00,\
                 paid,2026-06-20,2026-07-19,2026-06-20,Visa-4242,\n"
            ),
        ),
        (
            "plan-page.csv",
            format!(
                "observed_at,account,product,plan,state,active_from,active_until,credit_balance,currency,note\n\
                 2026-05-20,{ACCOUNT},chatgpt-plan,free,inactive,,,,,{NOTE}\n"
            ),
        ),
        (
            "attempts.csv",
            format!(
                "at,account,instrument,currency,amount,result,reason,balance_before,balance_currency,note\n\
                 2026-05-04,{ACCOUNT},Zhang Wei 4111111111111111,USD,20.00,declined,{TAIL},100.00,CNY,{NOTE}\n"
            ),
        ),
    ]
}

fn write_all(place: &Path) {
    for (name, text) in statements().into_iter().chain(papers()) {
        fs::write(place.join("in").join(name), text).expect("written");
    }
}

/// Every file of a folder as name and text.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    found
}

/// What of the private strings stands in a text, whatever parts its digits and letters.
fn leaks_in(text: &str) -> Vec<&'static str> {
    let bare =
        |text: &str| -> String { text.chars().filter(|c| !" -()".contains(*c)).collect::<String>().to_lowercase() };
    let text = bare(text);
    PRIVATE.into_iter().filter(|private| text.contains(&bare(private))).collect()
}

#[test]
fn nothing_private_comes_out_and_order_numbers_do() {
    let place = folder("all");
    write_all(&place);
    let input = place.join("in");
    let input = input.to_str().expect("a path");
    for (output, more) in [("bag", &[] as &[&str]), ("bag-zh", &["--lang", "zh"]), ("claim.zip", &[])] {
        let output = place.join(output);
        let output = output.to_str().expect("a path");
        let args = [&["claim", input, "--account", ACCOUNT, "--output", output], more].concat();
        let ran = payproof(&args);
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
        assert!(leaks_in(&String::from_utf8_lossy(&ran.stdout)).is_empty());
        let checked = payproof(&["verify", output]);
        assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
        assert!(leaks_in(&said(&checked)).is_empty());
        let said = said(&payproof(&[&args[..], &["--check"]].concat()));
        assert!(leaks_in(&said).is_empty(), "{said}");
    }
    for (name, text) in texts(&place.join("bag")).into_iter().chain(texts(&place.join("bag-zh"))) {
        let name = name.replace(place.to_str().expect("a path"), "");
        assert!(leaks_in(&name).is_empty(), "{name}");
        assert!(leaks_in(&text).is_empty(), "{name}: {:?}\n{text}", leaks_in(&text));
    }
    let zip = fs::read(place.join("claim.zip")).expect("the bundle");
    assert!(leaks_in(&String::from_utf8_lossy(&zip)).is_empty());
    let rows = fs::read_to_string(place.join("bag/data/rows.csv")).expect("the rows");
    for kept in
        [PAYPAL_ID, INVOICE, ORDER, UNLUCKY_ORDER, ACCOUNT, "OPENAI *CHATGPT SUBSCR", "****4444", "6688", "[removed]"]
    {
        assert!(rows.contains(kept), "{kept}\n{rows}");
    }
    let cited = |file: &str| rows.lines().any(|line| line.starts_with("row,") && line.contains(file));
    for file in
        ["chase-visa.csv", "cmb-credit-statement.csv", "n26-statement.csv", "revolut.csv", "bank.csv", "paypal.csv"]
    {
        assert!(cited(file), "no row of {file} is cited\n{rows}");
    }
}

#[test]
fn a_column_is_shown_where_it_is_asked_for_and_numbers_still_are_not() {
    let place = folder("show");
    write_all(&place);
    let (input, output) = (place.join("in"), place.join("bag"));
    let base = ["claim", input.to_str().expect("a path"), "--account", ACCOUNT, "--output"];
    let ran =
        payproof(&[&base[..], &[output.to_str().expect("a path"), "--show", "Memo", "--show", "descriptor"]].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let rows = fs::read_to_string(output.join("data/rows.csv")).expect("the rows");
    assert!(rows.contains("Mustermann") && rows.contains("张伟"), "{rows}");
    let numbers: Vec<&str> = leaks_in(&rows).into_iter().filter(|leak| leak.contains(['0', '1', '.'])).collect();
    assert!(numbers.is_empty(), "{numbers:?}\n{rows}");
    let unknown = place.join("unknown");
    let ran = payproof(&[&base[..], &[unknown.to_str().expect("a path"), "--show", "no-such-column"]].concat());
    assert_eq!(ran.status.code(), Some(2));
    assert!(!unknown.exists());
}

#[test]
fn a_config_file_that_was_found_cannot_show_more() {
    let place = folder("config");
    write_all(&place);
    for key in ["show = [\"memo\"]", "include-sources = true", "redact = false"] {
        fs::write(place.join("in/payproof.toml"), key).expect("written");
        let output = place.join("bag");
        let args = ["claim", place.to_str().expect("a path"), "--account", ACCOUNT, "--output"];
        let ran = payproof(&[&args[..], &[output.to_str().expect("a path")]].concat());
        let inside = place.join("in");
        let args = ["claim", inside.to_str().expect("a path"), "--account", ACCOUNT, "--output"];
        let within = payproof(&[&args[..], &[output.to_str().expect("a path"), "--force"]].concat());
        assert_eq!(within.status.code(), Some(2), "{key}: {}", said(&within));
        // A config file below the folder given is not looked for.
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
        fs::remove_dir_all(&output).expect("removed");
    }
}

#[test]
fn whole_files_leave_only_when_asked_for() {
    let place = folder("sources");
    write_all(&place);
    let (input, output) = (place.join("in"), place.join("bag"));
    let args = ["claim", input.to_str().expect("a path"), "--account", ACCOUNT, "--include-sources", "--output"];
    let ran = payproof(&[&args[..], &[output.to_str().expect("a path")]].concat());
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert!(said(&ran).contains("Whole source files are included"));
    let sources = texts(&output.join("data/sources"));
    assert!(sources.len() >= 6 && sources.iter().any(|(_, text)| text.contains("Mustermann")));
    assert!(sources.iter().all(|(name, _)| !name.contains("张伟") && !name.contains("erika")));
    assert_eq!(payproof(&["verify", output.to_str().expect("a path")]).status.code(), Some(0));
}
