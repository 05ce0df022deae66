//! Rows of the three files that a person writes: billing list, observations of the account, declined attempts.

use super::day::Day;
use super::folder::{Folder, Layout, RowId};
use super::text;

pub const OWN: &str = "payer@example.com";

/// A record of the billing list. Made by one of the constructors, then changed where a test needs it otherwise.
#[derive(Clone, Debug)]
pub struct Bill {
    pub date: Day,
    pub kind: &'static str,
    pub number: Option<String>,
    pub account: String,
    pub product: &'static str,
    pub description: String,
    pub currency: &'static str,
    pub subtotal: i64,
    pub tax: i64,
    pub status: &'static str,
    pub period: Option<(Day, Day)>,
    pub paid_on: Option<Day>,
    pub method: String,
    pub reference: String,
}

/// A written record: where, and under which number.
#[derive(Clone, Debug)]
pub struct Billed {
    pub row: RowId,
    pub number: String,
}

fn bill(date: Day, kind: &'static str, total: i64, status: &'static str) -> Bill {
    Bill {
        date,
        kind,
        number: None,
        account: OWN.to_owned(),
        product: "chatgpt-plan",
        description: "ChatGPT Plus Subscription".to_owned(),
        currency: "USD",
        subtotal: total,
        tax: 0,
        status,
        period: None,
        paid_on: None,
        method: String::new(),
        reference: String::new(),
    }
}

/// A paid plan receipt with a period of thirty days.
pub fn receipt(on: Day, total: i64) -> Bill {
    Bill { period: Some((on, on + 30)), paid_on: Some(on), ..bill(on, "receipt", total, "paid") }
}

/// A paid receipt for API credit.
pub fn api_receipt(on: Day, total: i64) -> Bill {
    receipt(on, total).api()
}

/// A plan invoice that stands `open`, `void` or `uncollectible`.
pub fn invoice(on: Day, total: i64, status: &'static str) -> Bill {
    Bill { period: Some((on, on + 30)), ..bill(on, "invoice", total, status) }
}

/// A refund recorded for an invoice.
pub fn refund(on: Day, of: &Billed, total: i64) -> Bill {
    let number = Some(format!("re_{}", of.number));
    Bill { number, reference: of.number.clone(), ..bill(on, "refund", total, "refunded") }
}

/// Credit put on an account.
pub fn grant(on: Day, total: i64) -> Bill {
    bill(on, "credit-grant", total, "granted").api()
}

/// A cancellation in effect.
pub fn cancellation(on: Day) -> Bill {
    bill(on, "cancellation", 0, "effective")
}

/// A new subscription placed.
pub fn order(on: Day) -> Bill {
    bill(on, "order", 0, "placed")
}

/// A collection that failed.
pub fn payment_failed(on: Day, total: i64) -> Bill {
    bill(on, "payment-failed", total, "failed")
}

impl Bill {
    pub fn api(mut self) -> Bill {
        self.product = "api-credits";
        self.description = "OpenAI API usage credit".to_owned();
        self.period = None;
        self
    }

    pub fn account(mut self, account: &str) -> Bill {
        self.account = account.to_owned();
        self
    }

    pub fn period(mut self, from: Day, to: Day) -> Bill {
        self.period = Some((from, to));
        self
    }

    pub fn no_period(mut self) -> Bill {
        self.period = None;
        self
    }

    pub fn paid_on(mut self, on: Option<Day>) -> Bill {
        self.paid_on = on;
        self
    }

    pub fn reference(mut self, reference: &str) -> Bill {
        self.reference = reference.to_owned();
        self
    }

    pub fn method(mut self, method: &str) -> Bill {
        self.method = method.to_owned();
        self
    }

    pub fn taxed(mut self, tax: i64) -> Bill {
        self.tax = tax;
        self
    }

    pub fn currency(mut self, currency: &'static str) -> Bill {
        self.currency = currency;
        self
    }

    fn cells(&self, number: &str) -> Vec<String> {
        let money = !matches!(self.kind, "cancellation" | "order");
        let amount = |cents: i64| if money { text(cents) } else { String::new() };
        let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            self.date.to_string(),
            self.kind.to_owned(),
            number.to_owned(),
            self.account.clone(),
            self.product.to_owned(),
            self.description.clone(),
            self.currency.to_owned(),
            amount(self.subtotal),
            amount(self.tax),
            amount(self.subtotal + self.tax),
            self.status.to_owned(),
            shown(self.period.map(|period| period.0)),
            shown(self.period.map(|period| period.1)),
            shown(self.paid_on),
            self.method.clone(),
            self.reference.clone(),
        ]
    }
}

impl Folder {
    pub fn bill(&mut self, bill: Bill) -> Billed {
        let id = self.upcoming();
        let number = bill.number.clone().unwrap_or_else(|| match bill.kind {
            "credit-grant" => String::new(),
            kind @ ("cancellation" | "order" | "payment-failed") => format!("{kind}_{id:05}"),
            _ => format!("{:08X}-{:04}", (id as u32 + 1).wrapping_mul(2_654_435_761), id % 10_000),
        });
        let row = self.push(Layout::Billing, bill.date, bill.cells(&number));
        Billed { row, number }
    }

    /// A row of the payment processor's invoice list, paid in full or open.
    pub fn processor_invoice(&mut self, on: Day, cents: i64, paid: bool) -> RowId {
        let id = self.upcoming();
        let (date, due) = (format!("{on} 10:12"), text(cents));
        let (status, got, paid_at) = if paid { ("paid", due.as_str(), date.as_str()) } else { ("open", "0.00", "") };
        let (key, number) = (format!("in_{id:012}"), format!("5A0C12D3-{id:04}"));
        let text = "ChatGPT Plus Subscription";
        let cells = [&key, &number, &date, &date, status, &due, got, "usd", OWN, text, "sub_000042", paid_at];
        self.push(Layout::Processor, on, cells.map(str::to_owned).to_vec())
    }

    /// A billing list that holds nothing yet.
    pub fn empty_list(&mut self) {
        self.file(Layout::Billing);
    }

    /// What the settings page showed: plan name and state.
    pub fn observe(&mut self, on: Day, account: &str, plan: &str, state: &str) -> RowId {
        let at = format!("{on}T09:30:00Z");
        let cells = [&at, account, "chatgpt-plan", plan, state, "", "", "", "", ""];
        self.push(Layout::Observations, on, cells.map(str::to_owned).to_vec())
    }

    /// A declined attempt that no statement shows, with the balance before it.
    pub fn attempt(&mut self, on: Day, cents: i64, result: &str, reason: &str, balance: Option<i64>) -> RowId {
        let at = format!("{on}T12:00:00Z");
        let amount = text(cents);
        let (held, currency) = balance.map_or((String::new(), ""), |cents| (text(cents), "CNY"));
        let cells = [&at, OWN, "Visa-6688", "USD", &amount, result, reason, &held, currency, ""];
        self.push(Layout::Attempts, on, cells.map(str::to_owned).to_vec())
    }
}
