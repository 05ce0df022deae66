//! Rows of bank, card and wallet exports in their makers' shapes.

use super::day::Day;
use super::folder::{Folder, Layout, RowId};
use super::text;

pub const PLAN: &str = "OPENAI *CHATGPT SUBSCR";
pub const API: &str = "OPENAI +14158799686 CA";
pub const CREDITS: &str = "OPENAI* CHATGPT CREDIT +14158799686 CA";

/// The rows of one PayPal payment or refund, and the identifier it prints.
#[derive(Clone, Debug)]
pub struct Wallet {
    pub id: String,
    pub rows: Vec<RowId>,
}

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// A 17-character identifier in PayPal's manner, made of a number.
pub fn wallet_id(number: usize) -> String {
    let mut state = (number as u64 + 7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZ123456789";
    (0..17)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(letters[(state >> 33) as usize % letters.len()])
        })
        .collect()
}

/// A time of day that differs from row to row.
fn clock(number: usize) -> String {
    format!("{:02}:{:02}:{:02}", 8 + number % 12, (number * 7) % 60, (number * 13) % 60)
}

impl Folder {
    /// A Chase card sale; `cents` is what left the card.
    pub fn chase(&mut self, on: Day, posted: Day, descriptor: &str, cents: i64) -> RowId {
        let kind = if cents < 0 { "Return" } else { "Sale" };
        let (on_text, posted) = (on.american(), posted.american());
        let amount = text(-cents);
        let cells = owned(&[&on_text, &posted, descriptor, "Shopping", kind, &amount, ""]);
        let row = self.push(Layout::Chase, on, cells);
        self.note_vendor(row, descriptor);
        row
    }

    /// A CMB card row in yuan; `dollars` is the printed original amount.
    pub fn cmb(&mut self, on: Day, posted: Day, descriptor: &str, yuan: i64, dollars: Option<i64>) -> RowId {
        let original = dollars.map_or_else(|| text(yuan) + "(CN)", |cents| text(cents) + "(US)");
        let (on_text, posted) = (on.to_string(), posted.to_string());
        let amount = text(yuan);
        let cells = owned(&[&on_text, &posted, descriptor, &amount, "6688", &original]);
        let row = self.push(Layout::Cmb, on, cells);
        self.note_vendor(row, descriptor);
        row
    }

    /// A Revolut card payment that was completed on `posted`; a negative amount is a refund.
    pub fn revolut(&mut self, on: Day, posted: Day, descriptor: &str, cents: i64) -> RowId {
        let completed = format!("{posted} {}", clock(self.upcoming() + 5));
        let kind = if cents < 0 { "CARD_REFUND" } else { "CARD_PAYMENT" };
        self.revolut_row(on, kind, &completed, descriptor, cents, "COMPLETED")
    }

    /// A Revolut card payment that is not completed: `PENDING`, `REVERTED` or `DECLINED`.
    pub fn revolut_open(&mut self, on: Day, descriptor: &str, cents: i64, state: &str) -> RowId {
        self.revolut_row(on, "CARD_PAYMENT", "", descriptor, cents, state)
    }

    fn revolut_row(&mut self, on: Day, kind: &str, done: &str, descriptor: &str, cents: i64, state: &str) -> RowId {
        let number = self.upcoming();
        let started = format!("{on} {}", clock(number));
        let amount = text(-cents);
        let cells = [kind, "Current", &started, done, descriptor, &amount, "0.00", "EUR", state, ""];
        let row = self.push(Layout::Revolut, on, owned(&cells));
        self.note_vendor(row, descriptor);
        row
    }

    /// An N26 row; only a booking day is known of it.
    pub fn n26(&mut self, booked: Day, partner: &str, kind: &str, reference: &str, cents: i64) -> RowId {
        let booked_text = booked.to_string();
        let amount = text(-cents);
        let cells = [&booked_text, &booked_text, partner, "", kind, reference, "Main Account", &amount, "", "", ""];
        let row = self.push(Layout::N26, booked, owned(&cells));
        self.note_vendor(row, partner);
        self.note_vendor(row, reference);
        row
    }

    /// The debit by which PayPal draws money for an OpenAI payment from the bank.
    pub fn n26_paypal(&mut self, booked: Day, cents: i64) -> RowId {
        let reference = format!("{:013} PP.4711.PP . OPENAI, Ihr Einkauf bei OPENAI", 1_000_000 + self.upcoming());
        self.n26(booked, "PayPal Europe S.a.r.l. et Cie S.C.A", "Direct Debit", &reference, cents)
    }

    /// A row of a bank nobody knows: date, description, amount, currency.
    pub fn generic(&mut self, on: Day, descriptor: &str, cents: i64, currency: &str) -> RowId {
        let (on_text, amount) = (on.to_string(), text(-cents));
        let row = self.push(Layout::Generic, on, owned(&[&on_text, descriptor, &amount, currency]));
        self.note_vendor(row, descriptor);
        row
    }

    fn paypal_row(&mut self, on: Day, name: &str, kind: &str, money: (&str, i64), ids: (&str, &str)) -> RowId {
        let (currency, cents) = money;
        let mut cells = vec![String::new(); 41];
        let gross = text(cents);
        let impact = if cents < 0 { "Debit" } else { "Credit" };
        let fixed = [
            (0, on.american()),
            (1, clock(self.upcoming())),
            (2, "PST".to_owned()),
            (3, name.to_owned()),
            (4, kind.to_owned()),
            (5, "Completed".to_owned()),
            (6, currency.to_owned()),
            (7, gross.clone()),
            (8, "0.00".to_owned()),
            (9, gross),
            (10, "payer@example.com".to_owned()),
            (12, ids.0.to_owned()),
            (24, ids.1.to_owned()),
            (40, impact.to_owned()),
        ];
        for (at, cell) in fixed {
            cells[at] = cell;
        }
        self.push(Layout::Paypal, on, cells)
    }

    fn legs(&mut self, on: Day, parent: &str, dollars: i64, euros: i64) -> [RowId; 2] {
        let kind = "General Currency Conversion";
        let home = wallet_id(self.upcoming());
        let home = self.paypal_row(on, "", kind, ("EUR", -euros), (&home, parent));
        let foreign = wallet_id(self.upcoming());
        let foreign = self.paypal_row(on, "", kind, ("USD", dollars), (&foreign, parent));
        [home, foreign]
    }

    /// A payment to OpenAI in dollars from a euro PayPal account: payment, two conversion legs, funding from the bank.
    pub fn paypal(&mut self, on: Day, dollars: i64, euros: i64) -> Wallet {
        self.paypal_funded(on, dollars, euros, euros)
    }

    /// The same where the bank gives only a part of it and the balance the rest.
    pub fn paypal_funded(&mut self, on: Day, dollars: i64, euros: i64, from_bank: i64) -> Wallet {
        let id = wallet_id(self.upcoming());
        let kind = "PreApproved Payment Bill User Payment";
        let mut rows = vec![self.paypal_row(on, "OpenAI, LLC", kind, ("USD", -dollars), (&id, ""))];
        rows.extend(self.legs(on, &id, dollars, euros));
        let funding = wallet_id(self.upcoming());
        rows.push(self.paypal_row(on, "", "Bank Deposit to PP Account", ("EUR", from_bank), (&funding, &id)));
        self.vendor_rows.extend(rows.iter().copied());
        Wallet { id, rows }
    }

    /// A refund of such a payment with its own conversion pair.
    pub fn paypal_refund(&mut self, on: Day, of: &Wallet, dollars: i64, euros: i64) -> Wallet {
        let id = wallet_id(self.upcoming());
        let mut rows = vec![self.paypal_row(on, "OpenAI, LLC", "Payment Refund", ("USD", dollars), (&id, &of.id))];
        rows.extend(self.legs(on, &id, -dollars, -euros));
        self.vendor_rows.extend(rows.iter().copied());
        Wallet { id, rows }
    }

    /// Some other purchase in an export, where the shape of the export tells its currency.
    pub fn other(&mut self, layout: Layout, on: Day, name: &str, cents: i64) -> RowId {
        match layout {
            Layout::Chase => self.chase(on, on, name, cents),
            Layout::Cmb => self.cmb(on, on, name, cents, None),
            Layout::Revolut => self.revolut(on, on, name, cents),
            Layout::N26 => self.n26(on, name, "MasterCard Payment", "-", cents),
            Layout::Generic => self.generic(on, name, cents, "GBP"),
            _ => {
                let id = wallet_id(self.upcoming());
                self.paypal_row(on, name, "Express Checkout Payment", ("EUR", -cents), (&id, ""))
            }
        }
    }

    /// Has an export reach from one day to another.
    pub fn cover(&mut self, layout: Layout, from: Day, to: Day) {
        for on in [from, to] {
            self.other(layout, on, "GREEN GROCER 12", 431);
        }
    }

    fn note_vendor(&mut self, row: RowId, descriptor: &str) {
        let ours = ["OPENAI *", "OPENAI*", "OPENAI +", "OPENAI OPENAI.COM", "CHATGPT SUBSCRIPTION", "PP . OPENAI"];
        if descriptor == "OpenAI" || ours.iter().any(|start| descriptor.contains(start)) {
            self.vendor_rows.insert(row);
        }
    }
}
