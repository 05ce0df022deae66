//! Rows of a statement to entries.
//!
//! Every row is read and checked, hashed and counted; only rows that can matter become entries. Signs and statuses are
//! mapped here and nowhere else: entries are signed from the holder's view.

use super::cells::Cells;
use super::entries::{EntryMaker, masked_mail};
use super::findings::{Findings, RowFault, RowResult};
use super::line::{Line, read_line};
use super::stated::StatedSums;
use super::survey::Surveyor;
use super::wallet::WalletRows;
use super::{Options, Read};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{Entry, EntryStatus, LastFour, Merchant, Period, SourceId};
use crate::source::{Reading, Record, Role, Table, structure_finding};
use std::borrow::Cow;

/// What the vendor data says of a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Concern {
    pub merchant: Option<Merchant>,
    pub fee: bool,
    pub wallet: bool,
    pub reseller: bool,
}

impl Concern {
    fn matters(self) -> bool {
        self.merchant.is_some() || self.fee || self.wallet
    }
}

/// How many amounts have which sign, for files that may state no direction.
#[derive(Default)]
struct Signs {
    negative: u32,
    positive: u32,
    negative_purchases: u32,
    positive_purchases: u32,
    /// The question to ask, shown at the first such purchase.
    question: Option<Diagnostic>,
}

impl Signs {
    /// Whether a positive amount may well be a charge.
    fn is_unsure(&self) -> bool {
        let mostly_positive = self.positive > self.negative && self.positive_purchases >= self.negative_purchases;
        self.positive_purchases > 0 && (self.negative == 0 || mostly_positive)
    }
}

/// Reads all rows of a statement.
pub(super) fn read(path: &str, cells: Cells, id: SourceId, options: &Options) -> Result<Read<Entry>, Vec<Diagnostic>> {
    let table = cells.table;
    let mut reader = StatementReader {
        findings: Findings::new(path, table, options.skip_bad_rows),
        maker: EntryMaker::new(table, id, options.vendor),
        cells,
        options,
        surveyor: Surveyor::default(),
        stated: StatedSums::new(&table.stated),
        wallet: WalletRows::default(),
        own_mail: None,
        signs: Signs::default(),
        entries: Vec::new(),
        resellers: Vec::new(),
        records: 0,
        relevant: 0,
    };
    reader.run(path)?;
    reader.finish(path)
}

struct StatementReader<'t, 'o> {
    cells: Cells<'t>,
    findings: Findings<'t>,
    maker: EntryMaker<'t, 'o>,
    options: &'o Options<'o>,
    surveyor: Surveyor,
    stated: StatedSums<'t>,
    wallet: WalletRows,
    /// The mail address from which the vendor was paid; the least, should there be several.
    own_mail: Option<String>,
    signs: Signs,
    entries: Vec<Entry>,
    resellers: Vec<u32>,
    records: u32,
    relevant: u32,
}

impl<'t> StatementReader<'t, '_> {
    fn run(&mut self, path: &str) -> Result<(), Vec<Diagnostic>> {
        let table: &'t Table<'t> = self.cells.table;
        let mut reader = table.rows();
        loop {
            match reader.next_record() {
                Ok(None) => break,
                Ok(Some(row)) => {
                    if let Err(fault) = self.row(row) {
                        self.findings.note(row, &fault);
                        let own = [Role::TransactionDate, Role::PostingDate];
                        let own = own.into_iter().find_map(|role| self.cells.day(row, role).ok().flatten());
                        self.surveyor.skip(own);
                        if self.findings.are_too_many() {
                            break;
                        }
                    }
                }
                Err(fault) => {
                    self.findings.errors.push(structure_finding(path, table, fault));
                    break;
                }
            }
        }
        if table.layout.reading == Reading::Wallet {
            self.keep_linked();
        }
        if self.findings.errors.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.findings.errors)) }
    }

    fn row(&mut self, row: Record) -> RowResult<()> {
        let line = self.line(row)?;
        let concern = self.concern(row, &line);
        let is_wallet = self.cells.table.layout.reading == Reading::Wallet;
        if concern.matters() || self.options.keep_all {
            let entry = self.maker.entry(&self.cells, row, &line, concern, concern.merchant.is_some())?;
            self.entries.push(entry);
        }
        let id = self.maker.id(row);
        if is_wallet {
            let reference = self.maker.reference(row);
            self.wallet.add(row, id, reference, concern.merchant.is_some());
        }
        if concern.merchant.is_some() {
            self.relevant = self.relevant.saturating_add(1);
            self.note_own_mail(row, &line);
        }
        if concern.reseller {
            self.resellers.push(row.line());
        }
        self.count_signs(row, &line, concern);
        self.chain(row, &line);
        let open = self.maker.status_of(row) == EntryStatus::Pending;
        self.surveyor.add(&line, id, open);
        if self.cells.table.columns.get(Role::Card).is_some() {
            self.surveyor.card(LastFour::at_end_of(&self.cells.text(row, Role::Card)));
        }
        self.records = self.records.saturating_add(1);
        Ok(())
    }

    /// Reads and checks what every row must have.
    fn line<'w>(&mut self, row: Record<'w>) -> RowResult<Line<'w>> {
        read_line(&mut self.cells, row)
    }

    fn concern(&self, row: Record, line: &Line) -> Concern {
        let vendor = self.options.vendor;
        let layout = self.cells.table.layout;
        if layout.reading == Reading::Wallet {
            return self.maker.wallet_concern(row, line);
        }
        let descriptor = line.descriptor.as_bytes();
        if !descriptor.is_empty() && !vendor.may_matter(descriptor) {
            return Concern::default();
        }
        self.maker.account_concern(row, line)
    }

    fn note_own_mail(&mut self, row: Record, line: &Line) {
        let mail = self.cells.some_text(row, Role::PayerMail).filter(|_| line.value.mantissa < 0);
        self.own_mail = match (self.own_mail.take(), mail) {
            (Some(known), Some(mail)) => Some(known.min(mail)),
            (known, mail) => known.or(mail),
        };
    }

    fn count_signs(&mut self, row: Record, line: &Line, concern: Concern) {
        let columns = &self.cells.table.columns;
        let unstated = self.cells.table.layout.sign_may_be_unstated
            && columns.get(Role::Amount).is_some()
            && columns.get(Role::Direction).is_none();
        if !unstated || line.value.is_zero() {
            return;
        }
        let negative = line.value.mantissa < 0;
        let (all, own) = if negative {
            (&mut self.signs.negative, &mut self.signs.negative_purchases)
        } else {
            (&mut self.signs.positive, &mut self.signs.positive_purchases)
        };
        *all = all.saturating_add(1);
        if concern.merchant.is_some() {
            *own = own.saturating_add(1);
            if self.signs.question.is_none() {
                self.signs.question = self.sign_question(row);
            }
        }
    }

    /// Adds a booked row to the chain of running balances.
    fn chain(&mut self, row: Record, line: &Line) {
        if line.balance.is_none() && self.cells.table.stated.is_empty() {
            return;
        }
        if !line.directed || self.maker.status_of(row) != EntryStatus::Posted || self.maker.is_without_effect(row) {
            return;
        }
        let fee = line.fee.map_or(Some(line.value), |fee| line.value.plus(fee.negated()));
        let Some(change) = fee else { return };
        self.stated.add(row.start(), change);
        let Some(balance) = line.balance else { return };
        let code = line.unit.as_ref().map_or("", |unit| unit.currency.code());
        let pocket = self.cells.text(row, Role::Pocket);
        let booked = line.posting.unwrap_or(line.day);
        let (from, to) = (line.day.min(booked), line.day.max(booked));
        let key = if pocket.is_empty() { Cow::Borrowed(code) } else { Cow::Owned(format!("{code} {pocket}")) };
        self.surveyor.chains.add(&key, balance, change, Period { from, to }, row.line());
    }

    /// Keeps the rows of a wallet that belong to a kept row without naming the vendor.
    fn keep_linked(&mut self) {
        let table: &'t Table<'t> = self.cells.table;
        for place @ (_, number) in self.wallet.linked() {
            self.relevant = self.relevant.saturating_add(1);
            let mut rows = table.rows_at(place);
            let Ok(Some(row)) = rows.next_record() else { continue };
            let made =
                self.line(row).and_then(|line| self.maker.entry(&self.cells, row, &line, Concern::default(), true));
            if self.options.keep_all {
                // Every row was kept already, its words unchecked.
                self.entries.retain(|entry| entry.at.line != number);
            }
            match made {
                Ok(entry) => self.entries.push(entry),
                Err(fault) => {
                    self.findings.note(row, &fault);
                    self.surveyor.skip_day(self.cells.day(row, Role::TransactionDate).ok().flatten());
                }
            }
        }
        self.entries.sort_by_key(|entry| entry.at);
    }

    fn finish(mut self, path: &str) -> Result<Read<Entry>, Vec<Diagnostic>> {
        if self.signs.is_unsure()
            && let Some(question) = self.signs.question.take()
        {
            return Err(vec![question]);
        }
        let merchants = self.entries.iter().filter(|entry| entry.merchant.is_some());
        let without_currency: Vec<u32> =
            merchants.filter(|entry| entry.currency.is_none()).map(|entry| entry.at.line).collect();
        let mut warnings = Vec::new();
        if let Some(&first) = without_currency.first() {
            let message = match without_currency.len() {
                1 => "a relevant row has no currency and takes part in no verdict".to_string(),
                rows => format!("{rows} relevant rows have no currency and take part in no verdict"),
            };
            let mut finding = Diagnostic::error("currency-unknown", path, message)
                .as_warning()
                .hint(format!("say which one it is: `--currency '{path}=USD'`"));
            finding.line = first;
            warnings.push(finding);
        }
        let account = self.own_mail.as_deref().map(masked_mail);
        let (newest_day, mut survey) = self.surveyor.finish(without_currency);
        self.stated.finish(&mut survey);
        let account = account.or_else(|| match survey.cards.len() {
            1 => survey.cards.first().map(|card| format!("**** {card}")),
            _ => None,
        });
        Ok(Read {
            records: self.entries,
            count: self.records,
            relevant: self.relevant,
            newest_day,
            survey,
            account,
            rejected: self.findings.rejected,
            warnings,
            resellers: self.resellers,
        })
    }

    /// Asks what a positive amount means, where the file may be a card's list of charges without signs.
    fn sign_question(&self, row: Record) -> Option<Diagnostic> {
        let column = self.cells.table.columns.get(Role::Amount)?;
        let cell = literal(row.raw(column));
        let message = format!("{cell} could be a charge or money received: most amounts of the file have no minus");
        let fault = RowFault::new("amount-sign", column, message, "a minus for money that leaves").with_hint(
            "write charges with a minus in a copy of the file, or name the column `Debit` if all are charges",
        );
        Some(self.findings.diagnostic(row, &fault))
    }
}
