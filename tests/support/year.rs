//! A payer's year: a Chase card in dollars, a CMB card in yuan, Revolut in euros, PayPal in euros funded from N26, and
//! OpenAI's billing list. Incidents are planted one by one; each is kept only where the rules, applied to everything
//! planted so far, still say of every purchase what was planted.

use super::day::Day;
use super::folder::{Folder, Layout, RowId, Written};
use super::incidents::{self, ALL, Kind};
use super::joins::{Charge, Invoice, Product};
use super::judge::Truth;
use super::papers::OWN;
use super::prng::Prng;
use super::rates::Ecb;
use super::run::{self, Report};
use std::rc::Rc;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instrument {
    Chase,
    Cmb,
    Revolut,
    Paypal,
}

/// What one charge means to the checks that look beyond joins.
#[derive(Clone, Debug)]
pub struct Meaning {
    pub instrument: Instrument,
    /// Cents in the payer's currency.
    pub cents: i64,
    /// Whether the plan side and cancellations of the own account can touch its verdict.
    pub touchable: bool,
    /// First and last day of the paid period, if billed.
    pub period: Option<(Day, Day)>,
    /// The observation or cancellation planted for it.
    pub observed: Option<usize>,
    pub cancelled: bool,
    pub is_plan: bool,
}

/// Everything planted so far.
#[derive(Clone)]
pub struct Plot {
    pub folder: Folder,
    pub charges: Vec<Charge>,
    pub meanings: Vec<Meaning>,
    pub invoices: Vec<Invoice>,
    pub truths: Vec<Truth>,
    /// Observations of the own account.
    pub observations: Vec<Day>,
    pub cancellations: Vec<Day>,
    pub orders: Vec<Day>,
    /// Grants of the own account: day and amount.
    pub grants: Vec<(Day, i64)>,
    /// Charges for which no grant came.
    pub ungranted: Vec<(Day, i64)>,
    /// Refund records: instrument of the charge, day, charge.
    pub records: Vec<(Instrument, Day, usize)>,
    /// Refund entries: instrument, day, charge.
    pub returns: Vec<(Instrument, Day, usize)>,
    /// Days of invoices of 23 euros, which are kept apart from anything that might be taken for them.
    pub locals: Vec<Day>,
    /// Holds and attempts: day, dollars, own open invoice.
    pub attempts: Vec<(Day, i64, Option<usize>)>,
}

/// A generated world.
pub struct Year {
    pub rng: Prng,
    pub ecb: Rc<Ecb>,
    pub plot: Plot,
    pub first: Day,
    pub last: Day,
    pub seed: u64,
}

impl Plot {
    fn new() -> Plot {
        Plot {
            folder: Folder::new(),
            charges: Vec::new(),
            meanings: Vec::new(),
            invoices: Vec::new(),
            truths: Vec::new(),
            observations: Vec::new(),
            cancellations: Vec::new(),
            orders: Vec::new(),
            grants: Vec::new(),
            ungranted: Vec::new(),
            records: Vec::new(),
            returns: Vec::new(),
            locals: Vec::new(),
            attempts: Vec::new(),
        }
    }
}

/// How many ways of planting one incident are tried before it is moved by a day.
const TRIES_MAX: usize = 12;

impl Year {
    pub fn new(seed: u64, first: Day, ecb: Rc<Ecb>) -> Year {
        Year { rng: Prng::new(seed), ecb, plot: Plot::new(), first, last: first, seed }
    }

    /// Grows a whole world: incidents so many days apart, other purchases, second exports.
    pub fn grow(seed: u64, first: Day, gaps: (i64, i64), ecb: Rc<Ecb>) -> Year {
        let mut year = Year::new(seed, first, ecb);
        year.begin();
        let mut kinds: Vec<Kind> = ALL.to_vec();
        for _ in 0..if gaps.0 < 20 { 16 } else { 0 } {
            let kind = year.rng.pick(&ALL);
            kinds.push(kind);
        }
        year.rng.shuffle(&mut kinds);
        let mut on = first + 50;
        for _ in 0..4 {
            year.try_plant(&|year| incidents::settled_in_yuan(year, on));
            on = on + year.rng.between(gaps.0, gaps.1);
        }
        while !kinds.is_empty() {
            if matches!(kinds[0], Kind::PlanInactive | Kind::SeenActive) {
                on = on + 33;
            }
            let placed = (0..kinds.len()).find(|&at| {
                let kind = kinds[at];
                year.try_plant(&|year| incidents::plant(year, kind, on))
            });
            match placed {
                Some(at) => {
                    kinds.remove(at);
                    on = on + year.rng.between(gaps.0, gaps.1);
                }
                None => on = on + 1,
            }
        }
        year.end(on);
        year.add_strangers();
        year.plot.folder.finish();
        year.add_second_exports();
        year
    }

    /// What lies at the beginning: a receipt of a day before every statement.
    fn begin(&mut self) {
        let before = self.first - 40;
        self.try_plant(&|year| incidents::outside_coverage(year, before));
        self.plot.folder.bill(super::papers::grant(self.first + 5, 300));
    }

    /// What lies at the end: a refund on its way, a hold, a charge of yesterday; and a grant that shows how far grants
    /// are known.
    fn end(&mut self, on: Day) {
        self.last = on + 40;
        assert!(self.last < super::day::day("2026-10-25"), "the rates end before the world does");
        let last = self.last;
        self.plot.folder.bill(super::papers::grant(on + 12, 300));
        assert!(self.try_plant(&|year| incidents::refund_pending(year, last - 17)), "seed {}", self.seed);
        assert!(self.try_plant(&|year| incidents::pending_hold(year, last - 3)), "seed {}", self.seed);
        assert!(self.try_plant(&|year| incidents::too_recent(year, last)), "seed {}", self.seed);
    }

    /// Tries to plant something; keeps it only where everything stays as planted.
    pub fn try_plant(&mut self, plant: &dyn Fn(&mut Year) -> bool) -> bool {
        let before = self.plot.clone();
        for _ in 0..TRIES_MAX {
            if plant(self) && self.plot.is_sound(&self.ecb) {
                return true;
            }
            self.plot = before.clone();
        }
        false
    }

    /// A posted charge of an invoice total in dollars, on every file that shows it. Returns its rows and number.
    pub fn charge(&mut self, by: Instrument, on: Day, dollars: i64, product: Product) -> Made {
        let markup = match by {
            Instrument::Chase => 0,
            Instrument::Cmb => self.rng.between(50, 120),
            Instrument::Revolut => self.rng.between(0, 180),
            Instrument::Paypal => self.rng.between(260, 420),
        };
        self.charge_at(by, on, dollars, product, markup)
    }

    /// The same with a conversion that cost so many hundredths of a percent over the reference rate.
    pub fn charge_at(&mut self, by: Instrument, on: Day, dollars: i64, product: Product, markup: i64) -> Made {
        let posted = on + self.rng.between(0, 3);
        let (rows, cents, wallet, posted) = match by {
            Instrument::Chase => {
                let name = self.descriptor(product);
                (vec![self.plot.folder.chase(on, posted, name, dollars)], dollars, None, posted)
            }
            Instrument::Cmb => {
                let name = self.descriptor(product);
                let yuan = self.ecb.rate(on, "CNY").of_with(dollars, markup);
                (vec![self.plot.folder.cmb(on, posted, name, yuan, Some(dollars))], yuan, None, posted)
            }
            Instrument::Revolut => {
                let name = self.descriptor(product);
                let euros = self.ecb.rate(on, "EUR").of_with(dollars, markup);
                (vec![self.plot.folder.revolut(on, on + 1, name, euros)], euros, None, on + 1)
            }
            Instrument::Paypal => {
                let euros = self.ecb.rate(on, "EUR").of_with(dollars, markup);
                let (rows, id) = self.wallet(on, dollars, euros);
                (rows, euros, Some(id), on)
            }
        };
        let product = match by {
            Instrument::Paypal => None,
            _ => Some(product).filter(|product| *product == Product::Plan),
        };
        let (dollars, euros) = if by == Instrument::Revolut { (None, Some(cents)) } else { (Some(dollars), None) };
        let charge = Charge {
            product,
            dollars,
            euros,
            on,
            posted,
            invoice: None,
            fixed: false,
            leftover: None,
            twin: None,
            duplicate: false,
        };
        self.plot.charges.push(charge);
        self.plot.meanings.push(Meaning {
            instrument: by,
            cents,
            touchable: true,
            period: None,
            observed: None,
            cancelled: false,
            is_plan: true,
        });
        Made { rows, cents, currency: currency(by), wallet, at: self.plot.charges.len() - 1, on }
    }

    /// A PayPal payment with the bank entry that funds it.
    pub fn wallet(&mut self, on: Day, dollars: i64, euros: i64) -> (Vec<RowId>, super::statements::Wallet) {
        let wallet = self.plot.folder.paypal(on, dollars, euros);
        let bank = self.plot.folder.n26_paypal(on + self.rng.between(1, 4), euros);
        let mut rows = wallet.rows.clone();
        rows.push(bank);
        (rows, wallet)
    }

    pub fn descriptor(&mut self, product: Product) -> &'static str {
        match product {
            Product::Plan => self.rng.pick(&[
                "OPENAI *CHATGPT SUBSCR",
                "OPENAI *CHATGPT SUBSCR SAN FRANCISCO CA",
                "OPENAI *CHATGPT SUBS +14158799686",
                "CHATGPT SUBSCRIPTION HTTPSOPENAI.C",
            ]),
            Product::Api => self.rng.pick(&["OPENAI +14158799686 CA", "OPENAI OPENAI.COM CA"]),
        }
    }

    /// Reconciles the written world.
    pub fn report(&self, written: &Written) -> Report {
        run::report(written, self.last + 1, &[OWN], &[])
    }

    /// A day in the middle: every statement holds a row on it and on the next, so that an export cut there has no gap.
    pub fn middle(&self) -> Day {
        self.first + (self.last - self.first) / 2
    }

    /// Other purchases, look-alikes among them, on every statement; and the days at which the statements begin and end.
    pub fn add_strangers(&mut self) {
        let names = [
            "GREEN GROCER 12",
            "BOOKSHOP, CORNER",
            "MSFT * AZURE OPENAI SVC",
            "PAYPAL *USE AI",
            "WWW.CHATEX.AI",
            "OPENAIR CINEMA",
            "CHAT CAFE GPT BAR",
            "ANTHROPIC* CLAUDE",
            "OPENROUTER, INC",
            "WILDCARD TOPUP",
            "CITY TRAM",
        ];
        for layout in [Layout::Chase, Layout::Cmb, Layout::Revolut, Layout::N26, Layout::Paypal] {
            self.plot.folder.cover(layout, self.first, self.last);
            let mut on = self.first + self.rng.between(1, 9);
            while on < self.last {
                let name = self.rng.pick(&names);
                let cents = if self.rng.chance(30) { 2000 } else { self.rng.between(150, 25_000) };
                for _ in 0..self.rng.pick(&[1, 1, 1, 2]) {
                    self.plot.folder.other(layout, on, name, cents);
                }
                on = on + self.rng.between(2, 12);
            }
            self.plot.folder.other(layout, self.first + 17, "APPLE.COM/BILL", 299);
            for bridge in [self.middle(), self.middle() + 1] {
                self.plot.folder.other(layout, bridge, "BRIDGE CAFE 7", 512);
            }
        }
    }

    /// Second exports that overlap the first ones.
    pub fn add_second_exports(&mut self) {
        let span = self.last - self.first;
        for layout in [Layout::Chase, Layout::Cmb, Layout::Revolut, Layout::N26, Layout::Paypal] {
            if !self.rng.chance(60) {
                continue;
            }
            let from = self.first + self.rng.between(10, span / 2);
            let to = from + self.rng.between(20, span / 2);
            let mut copy = self.plot.folder.file(layout).clone();
            copy.name = format!("again-{}", copy.name);
            copy.rows.retain(|row| row.day >= from && row.day <= to);
            if !copy.rows.is_empty() {
                self.plot.folder.files.push(copy);
            }
        }
    }
}

/// A charge as made.
#[derive(Clone, Debug)]
pub struct Made {
    pub rows: Vec<RowId>,
    pub cents: i64,
    pub currency: &'static str,
    pub wallet: Option<super::statements::Wallet>,
    pub at: usize,
    pub on: Day,
}

fn currency(by: Instrument) -> &'static str {
    match by {
        Instrument::Chase => "USD",
        Instrument::Cmb => "CNY",
        Instrument::Revolut | Instrument::Paypal => "EUR",
    }
}
