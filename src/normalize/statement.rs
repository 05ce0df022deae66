//! Rows of a statement to entries.
//!
//! Every row is read and checked, hashed and counted; only rows that can matter become entries. Signs and statuses are
//! mapped here and nowhere else: entries are signed from the holder's view.

mod linked;

use super::asides::{Aside, aside, named_above, other_table};
use super::balances::{Reached, Stated};
use super::cells::Cells;
use super::entries::{EntryMaker, masked_mail};
use super::findings::{Findings, RowFault, RowResult, sign_fault, unclosed};
use super::line::{Line, LineReader};
use super::stated::StatedSums;
use super::survey::Surveyor;
use super::wallet::WalletRows;
use super::{Options, Read};
use crate::diagnostic::Diagnostic;
use crate::domain::{Entry, EntryStatus, LastFour, Merchant, Period, SourceId};
use crate::source::cell::Figure;
use crate::source::{HeldRow, NotedLine, Reading, Record, Role, Sign, Table, noted, structure_finding};
use crate::text::Glance;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the vendor data says of a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Concern {
    pub merchant: Option<Merchant>,
    pub fee: bool,
    pub wallet: bool,
    pub reseller: bool,
    /// The row names the vendor and is somebody else's.
    pub mentioned: bool,
    /// Another column than the descriptor's that names the vendor.
    pub named_in: Option<usize>,
}

impl Concern {
    fn matters(self) -> bool {
        self.merchant.is_some() || self.fee || self.wallet
    }
}

/// Reads all rows of a statement.
pub(super) fn read<'t>(
    path: &'t str,
    cells: Cells<'t>,
    id: SourceId,
    options: &Options,
) -> Result<Read<Entry>, Vec<Diagnostic>> {
    let table = cells.table;
    let mut reader = StatementReader {
        path,
        findings: Findings::new(path, table, options.skip_bad_rows),
        maker: EntryMaker::new(path, table, id, options.vendor),
        lines: LineReader::new(&cells, options.vendor),
        cells,
        options,
        surveyor: Surveyor::default(),
        stated: StatedSums::new(&table.stated),
        reached: Reached::default(),
        wallet: WalletRows::default(),
        own_mail: None,
        question: None,
        extra: String::new(),
        passed_over: Vec::new(),
        unbooked: BTreeSet::new(),
        tail: Vec::new(),
        entries: Vec::new(),
        resellers: Vec::new(),
        mentions: Vec::new(),
        records: 0,
        relevant: 0,
    };
    reader.run(path)?;
    reader.finish(path)
}

struct StatementReader<'t, 'o> {
    path: &'t str,
    cells: Cells<'t>,
    findings: Findings<'t>,
    maker: EntryMaker<'t, 'o>,
    options: &'o Options<'o>,
    lines: LineReader<'o>,
    surveyor: Surveyor,
    stated: StatedSums<'t>,
    reached: Reached,
    wallet: WalletRows,
    /// The mail address from which the vendor was paid; the least, should there be several.
    own_mail: Option<String>,
    /// What a positive amount means, asked at the first row where it matters.
    question: Option<Diagnostic>,
    /// Text of the lines in which the record goes on.
    extra: String,
    /// Rows that are no records.
    passed_over: Vec<NotedLine>,
    /// Rows that are not booked though no status column says so.
    unbooked: BTreeSet<u32>,
    /// Rows that are no records should none follow; what is wrong with those that would not be records either.
    tail: Vec<(HeldRow, Option<Box<RowFault>>, &'static str)>,
    entries: Vec<Entry>,
    resellers: Vec<u32>,
    /// Rows of others that name the vendor.
    mentions: Vec<u32>,
    records: u32,
    relevant: u32,
}

impl<'t> StatementReader<'t, '_> {
    fn run(&mut self, path: &str) -> Result<(), Vec<Diagnostic>> {
        let table: &'t Table<'t> = self.cells.table;
        self.findings.errors.extend(named_above(path, table, self.options.vendor));
        match table.continued {
            Some(gap) => self.run_joined(path, gap),
            None => self.run_plain(path),
        }
        for (row, _, why) in std::mem::take(&mut self.tail) {
            self.pass_over(row.in_table(table), why);
        }
        if self.findings.errors.is_empty() && self.surveyor.chains.must_see_again() {
            self.chain_again();
        }
        if table.layout.reading == Reading::Wallet {
            self.keep_linked();
        }
        if self.findings.errors.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.findings.errors)) }
    }

    fn run_plain(&mut self, path: &str) {
        let table: &'t Table<'t> = self.cells.table;
        let mut reader = table.rows();
        loop {
            match reader.next_record() {
                Ok(None) => break,
                Ok(Some(row)) if self.take(row) => {}
                Ok(Some(_)) => break,
                Err(fault) => {
                    self.findings.errors.push(structure_finding(path, table, fault));
                    break;
                }
            }
        }
    }

    /// Reads rows of which some go on in the lines that follow.
    fn run_joined(&mut self, path: &str, gap: u32) {
        let table: &'t Table<'t> = self.cells.table;
        let mut reader = table.rows();
        let mut waiting: Option<HeldRow> = None;
        let mut end = 0;
        loop {
            let next = match reader.next_record() {
                Ok(next) => {
                    next.map(|row| (table.hold(row), row.line().saturating_sub(end) <= gap && self.goes_on(row)))
                }
                Err(fault) => {
                    self.findings.errors.push(structure_finding(path, table, fault));
                    break;
                }
            };
            end = reader.position().1;
            match next {
                Some((row, true)) if waiting.is_some() => {
                    let text = row.in_table(table);
                    let column = table.columns.get(Role::Descriptor).unwrap_or_default();
                    self.extra.push(' ');
                    self.extra.push_str(&text.cell(column));
                }
                next => {
                    if let Some(row) = waiting.take()
                        && !self.take(row.in_table(table))
                    {
                        break;
                    }
                    self.extra.clear();
                    let Some((row, _)) = next else { break };
                    waiting = Some(row);
                }
            }
        }
    }

    /// Whether a row is the going on of the one before: no day, no amount, only text.
    fn goes_on(&self, row: Record) -> bool {
        let columns = &self.cells.table.columns;
        let blank = |roles: &[Role]| roles.iter().filter_map(|&role| columns.get(role)).all(|c| row.raw(c).is_empty());
        let text = columns.get(Role::Descriptor).is_some_and(|column| !row.raw(column).is_empty());
        text && self.maker.section_at(row).is_none() && blank(&Role::DATES) && blank(&Role::MOVING)
    }

    /// Takes one row; `false` where reading on says nothing.
    fn take(&mut self, row: Record) -> bool {
        let Err(fault) = self.row(row) else { return true };
        if self.cells.table.layout.reading == Reading::Wallet {
            self.wallet.pass(row);
        }
        if self.maker.heads_section(row) {
            self.pass_over(row, "it says what the rows below it are");
            return true;
        }
        match aside(&self.cells, row, self.options.vendor) {
            Some(Aside::Anywhere(why)) => {
                self.maker.may_end_section(row);
                self.pass_over(row, why);
            }
            Some(Aside::OtherTable(message)) => self.fault(row, &other_table(message)),
            Some(Aside::AtTheEnd(why)) => self.tail.push((self.cells.table.hold(row), Some(fault), why)),
            None => self.fault(row, &fault),
        }
        !self.findings.are_too_many()
    }

    fn fault(&mut self, row: Record, fault: &RowFault) {
        let told = self.maker.with_answer(row, fault);
        self.findings.note(row, told.as_ref().unwrap_or(fault));
        let own = [Role::TransactionDate, Role::PostingDate];
        let own = own.into_iter().find_map(|role| self.cells.day(row, role).ok().flatten());
        self.surveyor.skip(own);
    }

    fn pass_over(&mut self, row: Record, why: &str) {
        let texts: Vec<&str> = (0..row.width()).map(|column| row.raw(column)).filter(|text| !text.is_empty()).collect();
        self.passed_over.push(noted(row.line(), &texts.join(" | "), why));
    }

    /// Rows held back as the end of the file, now that a record follows them.
    fn release_tail(&mut self) {
        for (row, fault, _) in std::mem::take(&mut self.tail) {
            let row = row.in_table(self.cells.table);
            let extra = std::mem::take(&mut self.extra);
            let read = fault.map_or_else(|| self.line(row).and_then(|line| self.record(row, &line)), Err);
            self.extra = extra;
            if let Err(fault) = read {
                self.fault(row, &fault);
            }
        }
    }

    fn row(&mut self, row: Record) -> RowResult<()> {
        let line = self.line(row)?;
        let stated = self.reached.stated(&self.cells, row, &line, self.records == 0);
        let matters = || self.concern(row, &line).matters() || self.mentions(row, &line);
        match stated.filter(|_| !matters()) {
            Some(Stated::Proven) => self.pass_over(row, "a balance"),
            Some(Stated::AtTheEnd) => self.tail.push((self.cells.table.hold(row), None, "a balance")),
            None => {
                self.release_tail();
                self.record(row, &line)?;
            }
        }
        Ok(())
    }

    /// Takes a row that is a record.
    fn record(&mut self, row: Record, line: &Line) -> RowResult<()> {
        let concern = self.concern(row, line);
        let relevant = concern.merchant.is_some();
        let mut status = None;
        if concern.matters() || self.options.keep_all {
            let entry = self.maker.entry(&self.cells, row, line, concern, relevant)?;
            status = Some(entry.status).filter(|_| relevant);
            self.entries.push(entry);
        }
        self.maker.has_rows = true;
        let status = status.unwrap_or_else(|| self.maker.plain_standing(row, line));
        if status != EntryStatus::Posted && self.maker.status_of(row) == EntryStatus::Posted {
            self.unbooked.insert(row.line());
        }
        let id = self.maker.id(row);
        if self.cells.table.layout.reading == Reading::Wallet {
            self.wallet.add(row, id, self.maker.reference(row), relevant);
        }
        if relevant {
            self.relevant = self.relevant.saturating_add(1);
            self.note_own_mail(row, line);
        }
        if concern.reseller {
            self.resellers.push(row.line());
        } else if concern.mentioned || (!concern.matters() && self.mentions(row, line)) {
            self.mentions.push(row.line());
        }
        if self.cells.table.sign == Sign::Open && self.question.is_none() && !line.value.is_zero() {
            let matters = self.options.keep_all || concern.merchant.is_some();
            self.question = if matters { self.sign_question(row) } else { None };
        }
        self.chain(row, line);
        self.surveyor.add(line, id, status == EntryStatus::Pending);
        if self.cells.table.columns.get(Role::Card).is_some() {
            self.surveyor.card(LastFour::at_end_of(&self.cells.text(row, Role::Card)));
        }
        self.reached.add(line.value);
        self.records = self.records.saturating_add(1);
        Ok(())
    }

    /// Reads and checks what every row must have.
    #[inline(always)]
    fn line<'w>(&mut self, row: Record<'w>) -> RowResult<Line<'w>> {
        let mut line = self.lines.read(&mut self.cells, row)?;
        if !self.extra.is_empty() {
            line.descriptor = Cow::Owned(format!("{}{}", line.descriptor, self.extra));
            line.glance = Glance::default();
        }
        Ok(line)
    }

    /// Whether a row that is nobody's of ours names the vendor in some cell.
    fn mentions(&self, row: Record, line: &Line) -> bool {
        !line.glance.is_quiet && self.maker.mentions(row)
    }

    #[inline]
    fn concern(&self, row: Record, line: &Line) -> Concern {
        // Nearly every row ends here.
        if line.glance.is_quiet && !line.descriptor.is_empty() {
            return Concern::default();
        }
        self.concern_of(row, line)
    }

    #[inline(never)]
    fn concern_of(&self, row: Record, line: &Line) -> Concern {
        let vendor = self.options.vendor;
        let layout = &self.cells.table.layout;
        if layout.reading == Reading::Wallet {
            return self.maker.wallet_concern(row, line);
        }
        let may_matter = vendor.may_matter(line.descriptor.as_bytes());
        let mut others = self.cells.table.columns.also_descriptor().iter().map(|&column| row.raw(column).as_bytes());
        let in_others = others.any(|text| vendor.may_concern(text)) || self.maker.may_name_in_text(row);
        if !line.descriptor.is_empty() && !may_matter && !in_others {
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

    /// Adds a booked row to the sums that the file states and to the chain of running balances.
    fn chain(&mut self, row: Record, line: &Line) {
        if line.balance.is_none() && self.cells.table.stated.is_empty() {
            return;
        }
        let Some(change) = self.change(row, line) else { return };
        self.stated.add(row.start(), change);
        if let Some(balance) = line.balance {
            self.chain_balance(row, line, balance, change);
        }
    }

    /// What a booked row changed, fees included.
    fn change(&mut self, row: Record, line: &Line) -> Option<Figure> {
        let is_dated = line.day.is_some() && line.waiting.is_none() && line.valued;
        if !is_dated
            || !line.directed
            || self.maker.status_of(row) != EntryStatus::Posted
            || self.unbooked.contains(&row.line())
            || self.maker.is_without_effect(row)
        {
            return None;
        }
        line.fee.map_or(Some(line.value), |fee| line.value.plus(fee.negated()))
    }

    fn chain_balance(&mut self, row: Record, line: &Line, balance: Figure, change: Figure) {
        let Some(day) = line.day else { return };
        let code = line.unit.as_ref().map_or("", |unit| unit.currency.code());
        let pocket = self.cells.text(row, Role::Pocket);
        let booked = line.posting.unwrap_or(day);
        let (from, to) = (day.min(booked), day.max(booked));
        let key = if pocket.is_empty() { Cow::Borrowed(code) } else { Cow::Owned(format!("{code} {pocket}")) };
        self.surveyor.chains.add(&key, balance, change, Period { from, to }, row.line());
    }

    /// Adds the rows to the balance chains a second time.
    fn chain_again(&mut self) {
        let rejected = self.findings.rejected.iter().map(|row| row.line);
        let passed_over: BTreeSet<u32> = rejected.chain(self.passed_over.iter().map(|row| row.line)).collect();
        let mut reader = self.cells.table.rows();
        while let Ok(Some(row)) = reader.next_record() {
            if !passed_over.contains(&row.line())
                && let Ok(line) = self.line(row)
                && let Some((balance, change)) = line.balance.zip(self.change(row, &line))
            {
                self.chain_balance(row, &line, balance, change);
            }
        }
    }

    fn finish(mut self, path: &str) -> Result<Read<Entry>, Vec<Diagnostic>> {
        if let Some(question) = self.question.take() {
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
                .hint(format!("say which one it is: `--currency '{path}=CODE'`, with its code such as `GBP`"));
            finding.line = first;
            warnings.push(finding);
        }
        warnings.extend(self.cells.table.notes.unclosed.map(|line| unclosed(path, line)));
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
            mentions: self.mentions,
            passed_over: self.passed_over,
        })
    }

    /// Asks what a positive amount means, where the file may be a card's list of charges without signs.
    fn sign_question(&self, row: Record) -> Option<Diagnostic> {
        let column = self.cells.table.columns.get(Role::Amount)?;
        Some(self.findings.diagnostic(row, &sign_fault(self.path, column, row.raw(column))))
    }
}
