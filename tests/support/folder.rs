//! A folder of invented exports. Every row keeps one identity through copies, shuffles and splits, so that the truth
//! can be planted in rows and looked up again in whichever file and line they came to stand.

use super::day::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A row's identity.
pub type RowId = usize;

/// The shapes of files that the judges write.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Layout {
    Chase,
    Cmb,
    Revolut,
    N26,
    Paypal,
    Generic,
    Billing,
    Processor,
    Observations,
    Attempts,
}

const CHASE: &str = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo";
const CMB: &str = "交易日期,记账日期,交易摘要,人民币金额,卡号末四位,交易地金额";
const REVOLUT: &str = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance";
const N26: &str = "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,Account Name,\
    Amount (EUR),Original Amount,Original Currency,Exchange Rate";
const PAYPAL: &str = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,\
    To Email Address,Transaction ID,Shipping Address,Address Status,Item Title,Item ID,\
    Shipping and Handling Amount,Insurance Amount,Sales Tax,Option 1 Name,Option 1 Value,Option 2 Name,\
    Option 2 Value,Reference Txn ID,Invoice Number,Custom Number,Quantity,Receipt ID,Balance,Address Line 1,\
    Address Line 2/District/Neighborhood,Town/City,State/Province/Region/County/Territory/Prefecture/Republic,\
    Zip/Postal Code,Country,Contact Phone Number,Subject,Note,Country Code,Balance Impact";
const GENERIC: &str = "Date,Description,Amount,Currency";
const BILLING: &str = "date,kind,number,account,product,description,currency,subtotal,tax,total,status,\
    period_start,period_end,paid_on,payment_method,reference";
const PROCESSOR: &str = "id,Number,Date (UTC),Due Date (UTC),Status,Amount Due,Amount Paid,Currency,Customer Email,\
    Description,Subscription,Paid At (UTC)";
const OBSERVATIONS: &str = "observed_at,account,product,plan,state,active_from,active_until,credit_balance,\
    currency,note";
const ATTEMPTS: &str = "at,account,instrument,currency,amount,result,reason,balance_before,balance_currency,note";

impl Layout {
    pub fn header(self) -> Vec<String> {
        let titles = match self {
            Layout::Chase => CHASE,
            Layout::Cmb => CMB,
            Layout::Revolut => REVOLUT,
            Layout::N26 => N26,
            Layout::Paypal => PAYPAL,
            Layout::Generic => GENERIC,
            Layout::Billing => BILLING,
            Layout::Processor => PROCESSOR,
            Layout::Observations => OBSERVATIONS,
            Layout::Attempts => ATTEMPTS,
        };
        titles.split(',').map(str::to_owned).collect()
    }

    fn file_name(self) -> &'static str {
        match self {
            Layout::Chase => "chase.csv",
            Layout::Cmb => "cmb.csv",
            Layout::Revolut => "revolut.csv",
            Layout::N26 => "n26.csv",
            Layout::Paypal => "paypal.csv",
            Layout::Generic => "bank.csv",
            Layout::Billing => "billing.csv",
            Layout::Processor => "invoices.csv",
            Layout::Observations => "observed.csv",
            Layout::Attempts => "attempts.csv",
        }
    }

    pub fn is_statement(self) -> bool {
        self <= Layout::Generic
    }

    fn quotes_everything(self) -> bool {
        matches!(self, Layout::N26 | Layout::Paypal)
    }
}

/// One row of a file.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: RowId,
    /// The day by which its file is ordered and cut.
    pub day: Day,
    pub cells: Vec<String>,
}

/// One file: rows in the order in which they will stand.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub layout: Layout,
    pub rows: Vec<Row>,
    /// Order of the columns, as positions in the layout's header.
    pub columns: Vec<usize>,
    pub bom: bool,
    pub crlf: bool,
    pub gb18030: bool,
}

impl File {
    fn new(name: &str, layout: Layout) -> File {
        File {
            name: name.to_owned(),
            layout,
            rows: Vec::new(),
            columns: (0..layout.header().len()).collect(),
            bom: layout == Layout::Paypal,
            crlf: layout == Layout::Chase,
            gb18030: layout == Layout::Cmb,
        }
    }

    fn record(&self, cells: &[String], quote_all: bool) -> String {
        let cells: Vec<String> = self
            .columns
            .iter()
            .map(|&at| {
                let cell = &cells[at];
                let must = quote_all || cell.contains(',') || cell.contains('"');
                if must { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
            })
            .collect();
        cells.join(",")
    }

    /// The file's text without byte-order mark, and in it one line a row after the header.
    fn text(&self) -> String {
        let end = if self.crlf { "\r\n" } else { "\n" };
        let quote_all = self.layout.quotes_everything();
        let mut text = self.record(&self.layout.header(), quote_all) + end;
        for row in &self.rows {
            text += &self.record(&row.cells, quote_all);
            text += end;
        }
        text
    }

    fn bytes(&self) -> Vec<u8> {
        if self.gb18030 {
            return encoding_rs::GB18030.encode(&self.text()).0.into_owned();
        }
        let mut bytes = if self.bom { vec![0xEF, 0xBB, 0xBF] } else { Vec::new() };
        bytes.extend_from_slice(self.text().as_bytes());
        bytes
    }
}

/// A folder in the making.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    pub files: Vec<File>,
    names: BTreeMap<Layout, String>,
    /// Rows that concern the vendor and move money: each must end up in exactly one case.
    pub vendor_rows: BTreeSet<RowId>,
    next: RowId,
}

impl Folder {
    pub fn new() -> Folder {
        Folder::default()
    }

    /// Rows of this layout go to a file of this name from now on.
    pub fn send_to(&mut self, layout: Layout, name: &str) {
        self.names.insert(layout, name.to_owned());
    }

    /// The file that takes rows of this layout; made, with its header, where there is none yet.
    pub fn file(&mut self, layout: Layout) -> &mut File {
        let name = self.names.get(&layout).cloned().unwrap_or_else(|| layout.file_name().to_owned());
        let at = match self.files.iter().position(|file| file.name == name) {
            Some(at) => at,
            None => {
                self.files.push(File::new(&name, layout));
                self.files.len() - 1
            }
        };
        &mut self.files[at]
    }

    pub fn push(&mut self, layout: Layout, day: Day, cells: Vec<String>) -> RowId {
        assert_eq!(cells.len(), layout.header().len(), "{layout:?}: {cells:?}");
        let id = self.next;
        self.next += 1;
        self.file(layout).rows.push(Row { id, day, cells });
        id
    }

    /// The identity that the next row will have; ids that files print are made of it.
    pub fn upcoming(&self) -> RowId {
        self.next
    }

    /// Brings every file into its bank's order and chains the running balances.
    pub fn finish(&mut self) {
        for file in &mut self.files {
            file.rows.sort_by_key(|row| (row.day, row.id));
            if file.layout == Layout::Revolut {
                chain_balances(&mut file.rows);
            }
            if matches!(file.layout, Layout::Chase | Layout::Paypal) {
                file.rows.reverse();
            }
        }
    }

    /// Writes the folder to a fresh directory.
    pub fn write(&self) -> Written {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("judge-{}-{number}", std::process::id());
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&dir).expect("a directory for the test");
        let mut written =
            Written { dir, places: BTreeMap::new(), rows: BTreeMap::new(), texts: BTreeMap::new(), keep: false };
        for file in &self.files {
            fs::write(written.dir.join(&file.name), file.bytes()).expect("a file for the test");
            for (index, row) in file.rows.iter().enumerate() {
                let place = (file.name.clone(), index + 2);
                written.places.entry(row.id).or_default().push(place.clone());
                written.rows.insert(place, row.id);
                written.texts.insert(row.id, file.record(&row.cells, false));
            }
        }
        written
    }
}

/// Gives completed rows a running balance, in the order in which they stand.
pub fn chain_balances(rows: &mut [Row]) {
    let mut balance = 2_000_000;
    for row in rows {
        if row.cells[8] == "COMPLETED" {
            let cents = |cell: &str| cell.replace('.', "").parse::<i64>().expect("an amount");
            balance += cents(&row.cells[5]) - cents(&row.cells[6]);
            row.cells[9] = super::text(balance);
        }
    }
}

/// A folder on disk, removed when dropped unless a test fails in it.
pub struct Written {
    pub dir: PathBuf,
    /// Where each row stands: file name and physical line.
    pub places: BTreeMap<RowId, Vec<(String, usize)>>,
    /// Which row stands at a place.
    pub rows: BTreeMap<(String, usize), RowId>,
    /// Each row as text, for messages.
    pub texts: BTreeMap<RowId, String>,
    pub keep: bool,
}

impl Written {
    /// A row with its first place, for messages.
    pub fn show(&self, row: RowId) -> String {
        let place = self.places.get(&row).and_then(|places| places.first());
        let place = place.map_or_else(|| "nowhere".to_owned(), |(file, line)| format!("{file}:{line}"));
        format!("{place} | {}", self.texts.get(&row).map_or("", String::as_str))
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if !self.keep && !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}
