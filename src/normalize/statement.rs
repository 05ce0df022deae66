//! Rows of a statement to entries.
//!
//! Every row is read and checked, hashed and counted; only rows that can matter become entries. Signs and statuses are
//! mapped here and nowhere else: entries are signed from the holder's view.

use super::cells::{Cells, Unit};
use super::entries::{EntryMaker, masked_mail};
use super::findings::{Findings, RowFault, RowResult};
use super::survey::Surveyor;
use super::wallet::WalletRows;
use super::{Options, Read};
use crate::diagnostic::{Diagnostic, literal};
use crate::domain::{Day, Entry, EntryStatus, LastFour, Merchant, Period, SourceId};
use crate::source::cell::{AmountCell, Figure};
use crate::source::{Direction, Reading, Role, Row, Table, structure_finding};
use std::borrow::Cow;

/// What is read of every row.
pub(super) struct Line<'t> {
    /// The day the row belongs to: when the payer acted, else when it was booked.
    pub day: Day,
    pub transaction: Option<Day>,
    pub posting: Option<Day>,
    /// Signed from the holder's view; without sign where not `directed`.
    pub value: Figure,
    pub directed: bool,
    pub unit: Option<Unit>,
    /// On top of the value, positive.
    pub fee: Option<Figure>,
    pub balance: Option<Figure>,
    pub descriptor: Cow<'t, str>,
}

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
    first_purchase: Option<Row>,
}

/// Reads all rows of a statement.
pub(super) fn read(
    path: &str,
    cells: Cells,
    id: SourceId,
    options: &Options,
) -> Result<Read<Entry>, Vec<Diagnostic>> {
    let table = cells.table;
    let mut reader = StatementReader {
        findings: Findings::new(path, table, options.skip_bad_rows),
        maker: EntryMaker::new(table, id, options.vendor),
        cells,
        options,
        surveyor: Surveyor::default(),
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
    wallet: WalletRows<'t>,
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
        let mut row = Row::default();
        loop {
            match reader.next(&mut row) {
                Ok(false) => break,
                Ok(true) if row.is_blank(&table.text) => {}
                Ok(true) => {
                    if let Err(fault) = self.row(&row) {
                        self.findings.note(&row, &fault);
                        let own = [Role::TransactionDate, Role::PostingDate];
                        let own = own.into_iter().find_map(|role| self.cells.day(&row, role).ok().flatten());
                        self.surveyor.skip(own);
                        if self.findings.are_too_many() {
                            break;
                        }
                    }
                }
                Err(fault) => {
                    let record = (row.start(), row.line());
                    self.findings.errors.push(structure_finding(path, table, record, fault));
                    break;
                }
            }
        }
        if table.layout.reading == Reading::Wallet {
            self.keep_linked();
        }
        if self.findings.errors.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.findings.errors)) }
    }

    fn row(&mut self, row: &Row) -> RowResult<()> {
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
        self.surveyor.add(&line, id);
        if self.cells.table.columns.get(Role::Card).is_some() {
            self.surveyor.card(LastFour::at_end_of(&self.cells.text(row, Role::Card)));
        }
        self.records = self.records.saturating_add(1);
        Ok(())
    }

    /// Reads and checks what every row must have.
    fn line(&mut self, row: &Row) -> RowResult<Line<'t>> {
        read_line(&mut self.cells, row)
    }

    fn concern(&self, row: &Row, line: &Line) -> Concern {
        let vendor = self.options.vendor;
        let layout = self.cells.table.layout;
        if layout.reading == Reading::Wallet {
            return self.maker.wallet_concern(row, line);
        }
        let descriptor = line.descriptor.as_bytes();
        let empty = descriptor.is_empty();
        if !empty && !vendor.may_concern(descriptor) && !vendor.may_accompany(descriptor) {
            return Concern::default();
        }
        self.maker.account_concern(row, line)
    }

    fn note_own_mail(&mut self, row: &Row, line: &Line) {
        let mail = self.cells.some_text(row, Role::PayerMail).filter(|_| line.value.mantissa < 0);
        self.own_mail = match (self.own_mail.take(), mail) {
            (Some(known), Some(mail)) => Some(known.min(mail)),
            (known, mail) => known.or(mail),
        };
    }

    fn count_signs(&mut self, row: &Row, line: &Line, concern: Concern) {
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
            if self.signs.first_purchase.is_none() {
                self.signs.first_purchase = Some(row.clone());
            }
        }
    }

    /// Adds a booked row to the chain of running balances.
    fn chain(&mut self, row: &Row, line: &Line) {
        let Some(balance) = line.balance else { return };
        if !line.directed || self.maker.status_of(row) != EntryStatus::Posted || self.maker.is_without_effect(row) {
            return;
        }
        let fee = line.fee.map_or(Some(line.value), |fee| line.value.plus(fee.negated()));
        let Some(change) = fee else { return };
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
        let mut row = Row::default();
        for (start, number) in self.wallet.linked() {
            self.relevant = self.relevant.saturating_add(1);
            let mut reader = crate::source::Reader::from_place(&table.text, table.delimiter, start, number);
            if !matches!(reader.next(&mut row), Ok(true)) {
                continue;
            }
            let made = self
                .line(&row)
                .and_then(|line| self.maker.entry(&self.cells, &row, &line, Concern::default(), true));
            if self.options.keep_all {
                // Every row was kept already, its words unchecked.
                self.entries.retain(|entry| entry.at.line != number);
            }
            match made {
                Ok(entry) => self.entries.push(entry),
                Err(fault) => {
                    self.findings.note(&row, &fault);
                    self.surveyor.skip_day(self.cells.day(&row, Role::TransactionDate).ok().flatten());
                }
            }
        }
        self.entries.sort_by_key(|entry| entry.at);
    }

    fn finish(self, path: &str) -> Result<Read<Entry>, Vec<Diagnostic>> {
        if let Some(question) = self.sign_question() {
            return Err(vec![question]);
        }
        let merchants = self.entries.iter().filter(|entry| entry.merchant.is_some());
        let without_currency: Vec<u32> =
            merchants.filter(|entry| entry.currency.is_none()).map(|entry| entry.at.line).collect();
        let mut warnings = Vec::new();
        if let Some(&first) = without_currency.first() {
            let message = format!("{} relevant rows have no currency and take part in no verdict", without_currency.len());
            let mut finding = Diagnostic::error("currency-unknown", path, message)
                .as_warning()
                .hint(format!("say which one it is: `--currency '{path}=USD'`"));
            finding.line = first;
            warnings.push(finding);
        }
        let account = self.own_mail.as_deref().map(masked_mail);
        let (newest_day, survey) = self.surveyor.finish(without_currency);
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
    fn sign_question(&self) -> Option<Diagnostic> {
        let signs = &self.signs;
        let row = signs.first_purchase.as_ref()?;
        let unsure = signs.negative == 0
            || (signs.positive > signs.negative && signs.positive_purchases >= signs.negative_purchases);
        if !unsure || signs.positive_purchases == 0 {
            return None;
        }
        let column = self.cells.table.columns.get(Role::Amount)?;
        let cell = literal(row.raw(&self.cells.table.text, column));
        let message = format!("{cell} could be a charge or money received: most amounts of the file have no minus");
        let fault = RowFault::new("amount-sign", column, message, "a minus for money that leaves")
            .with_hint("write charges with a minus in a copy of the file, or name the column `Debit` if all are charges");
        Some(self.findings.diagnostic(row, &fault))
    }
}

/// Reads and checks the cells that every row of a statement must have.
pub(super) fn read_line<'t>(cells: &mut Cells<'t>, row: &Row) -> RowResult<Line<'t>> {
    check_width(cells.table, row)?;
    let transaction = cells.day(row, Role::TransactionDate)?;
    let posting = cells.day(row, Role::PostingDate)?;
    let day = match transaction.or(posting) {
        Some(day) => day,
        None if cells.table.columns.get(Role::TransactionDate).is_some() => cells.needed_day(row, Role::TransactionDate)?,
        None => cells.needed_day(row, Role::PostingDate)?,
    };
    let (role, amount, directed) = value(cells, row)?;
    let unit = cells.unit(row, role, amount.currency)?;
    let column = cells.table.columns.get(role).unwrap_or_default();
    cells.check_decimals(amount.figure, unit, column)?;
    let value = if cells.table.layout.positive_is_charge { amount.figure.negated() } else { amount.figure };
    let is_wallet = cells.table.layout.reading == Reading::Wallet;
    let fee = cells.amount_of(row, Role::Fee)?.map(|fee| fee.figure.unsigned()).filter(|fee| !fee.is_zero());
    if let (Some(fee), Some(column)) = (fee, cells.table.columns.get(Role::Fee)) {
        cells.check_decimals(fee, unit, column)?;
    }
    let balance = cells.amount_of(row, Role::Balance)?.map(|balance| balance.figure);
    let descriptor = cells.text(row, Role::Descriptor);
    // A wallet's fee is inside the net amount.
    let fee = fee.filter(|_| !is_wallet);
    Ok(Line { day, transaction, posting, value, directed, unit, fee, balance, descriptor })
}

fn check_width(table: &Table, row: &Row) -> RowResult<()> {
    let width = table.titles.len();
    let needed = |role: Role| table.columns.get(role);
    let wanted = table.layout.needs.iter().flatten().filter_map(|&role| needed(role)).max().unwrap_or(0);
    let too_few = row.len() <= wanted;
    let too_many = row.len() > width && (width..row.len()).any(|column| !row.raw(&table.text, column).is_empty());
    if !too_few && !too_many {
        return Ok(());
    }
    let message = format!("the row has {} cells and the header {width}", row.len());
    let hint = if too_many {
        "a delimiter inside a text must stand in quotes"
    } else {
        "the row may be cut off; cells that are empty still need their delimiters"
    };
    let mut fault = RowFault::new("row-width", 0, message, format!("{width} cells"));
    fault.column = None;
    Err(fault.with_hint(hint))
}

/// The amount of a row by whichever columns the layout has, the role it came from, and whether it has a direction.
fn value(cells: &Cells, row: &Row) -> RowResult<(Role, AmountCell, bool)> {
    let columns = &cells.table.columns;
    let missing = |role: Role| {
        let column = columns.get(role).unwrap_or_default();
        let fault = crate::source::cell::AmountFault {
            at: 0,
            length: 0,
            problem: crate::source::cell::AmountProblem::Empty,
        };
        cells.amount_fault("", column, fault)
    };
    if columns.get(Role::Net).is_some() {
        let net = cells.amount_of(row, Role::Net)?.ok_or_else(|| missing(Role::Net))?;
        cells.amount_of(row, Role::Gross)?;
        return Ok((Role::Net, net, true));
    }
    if columns.get(Role::Gross).is_some() {
        let gross = cells.amount_of(row, Role::Gross)?.ok_or_else(|| missing(Role::Gross))?;
        let fee = cells.amount_of(row, Role::Fee)?.map_or(Some(gross.figure), |fee| gross.figure.plus(fee.figure));
        let figure = fee.ok_or_else(|| missing(Role::Gross))?;
        return Ok((Role::Gross, AmountCell { figure, ..gross }, true));
    }
    if columns.get(Role::Amount).is_some() {
        let amount = cells.amount_of(row, Role::Amount)?.ok_or_else(|| missing(Role::Amount))?;
        let Some(column) = columns.get(Role::Direction) else { return Ok((Role::Amount, amount, true)) };
        let word = cells.text(row, Role::Direction);
        let unsigned = amount.figure.unsigned();
        let (figure, directed) = match cells.table.layout.direction(&word) {
            Some(Direction::Out) => (unsigned.negated(), true),
            Some(Direction::In) => (unsigned, true),
            Some(Direction::None) => (unsigned, false),
            None => {
                let message = format!("{} does not say whether money went out or came in", literal(&word));
                return Err(RowFault::new("cell-direction", column, message, "`debit` or `credit`"));
            }
        };
        return Ok((Role::Amount, AmountCell { figure, ..amount }, directed));
    }
    debit_or_credit(cells, row, &missing)
}

fn debit_or_credit(
    cells: &Cells,
    row: &Row,
    missing: &dyn Fn(Role) -> Box<RowFault>,
) -> RowResult<(Role, AmountCell, bool)> {
    let side = |role: Role| -> RowResult<Option<AmountCell>> {
        let Some(column) = cells.table.columns.get(role) else { return Ok(None) };
        let Some(amount) = cells.amount(row, column)? else { return Ok(None) };
        // A column in which every amount has a minus says by it only what its title says already.
        let turned = cells.conventions.is_all_negative(column);
        let figure = if turned { amount.figure.negated() } else { amount.figure };
        Ok(Some(AmountCell { figure, ..amount }))
    };
    let (debit, credit) = (side(Role::Debit)?, side(Role::Credit)?);
    let is_zero = |amount: &AmountCell| amount.figure.is_zero();
    match (debit, credit) {
        (Some(debit), Some(credit)) if !is_zero(&debit) && !is_zero(&credit) => {
            let column = cells.table.columns.get(Role::Credit).unwrap_or_default();
            let message = "the row has a debit and a credit".to_string();
            Err(RowFault::new("cell-amount", column, message, "one of the two"))
        }
        (Some(debit), credit) if !is_zero(&debit) || credit.is_none() => {
            Ok((Role::Debit, AmountCell { figure: debit.figure.negated(), ..debit }, true))
        }
        (_, Some(credit)) => Ok((Role::Credit, credit, true)),
        _ => {
            let role = if cells.table.columns.get(Role::Debit).is_some() { Role::Debit } else { Role::Credit };
            Err(missing(role))
        }
    }
}
