//! One row that matters to an entry: its kind, status, merchant and references.

use super::cells::Cells;
use super::findings::{RowFault, RowResult};
use super::fx_text::fx_in_text;
use super::line::Line;
use super::parties::Parties;
use super::progress::Standing;
use super::statement::Concern;
use super::survey::single_blanks;
use crate::diagnostic::literal;
use crate::domain::{
    Currency, Entry, EntryKind, EntryStatus, LastFour, Merchant, Money, PostingDate, Route, SourceId, SourceRef,
    TransactionDate,
};
use crate::source::cell::{Figure, read_moment, read_original};
use crate::source::{Direction, Reading, Record, Role, Table, currency_of, says_progress};
use crate::vendor::Vendor;
use rust_decimal::Decimal;

/// Makes the entries of one file.
pub(super) struct EntryMaker<'t, 'o> {
    pub(super) table: &'t Table<'t>,
    pub(super) path: &'t str,
    source: SourceId,
    vendor: &'o Vendor,
    /// The line above that says what the rows below it are; what it says, where that is known.
    pub(super) section: Option<(String, Option<EntryStatus>)>,
    /// Whether records stand below that line.
    pub(super) has_rows: bool,
    parties: Parties<'t>,
    /// Status words that were looked up before.
    statuses: Vec<(String, Option<EntryStatus>)>,
}

impl<'t, 'o> EntryMaker<'t, 'o> {
    pub(super) fn new(path: &'t str, table: &'t Table<'t>, source: SourceId, vendor: &'o Vendor) -> EntryMaker<'t, 'o> {
        let section = table.progress.section.clone().map(|(line, status)| (line, Some(status)));
        EntryMaker {
            table,
            path,
            source,
            vendor,
            parties: Parties::new(table),
            section,
            has_rows: false,
            statuses: Vec::new(),
        }
    }

    fn raw<'w>(&self, row: Record<'w>, role: Role) -> &'w str {
        self.table.columns.get(role).map_or("", |column| row.raw(column))
    }

    /// The row's own identifier; empty where it has none.
    pub(super) fn id<'w>(&self, row: Record<'w>) -> &'w str {
        self.raw(row, Role::Id)
    }

    /// The identifier that the row refers to; empty where it has none.
    pub(super) fn reference<'w>(&self, row: Record<'w>) -> &'w str {
        self.raw(row, Role::Reference)
    }

    /// What the vendor data says of a row on an account or card.
    pub(super) fn account_concern(&self, row: Record, line: &Line) -> Concern {
        let memo = self.memo(row);
        let descriptor = if line.descriptor.is_empty() { memo.as_str() } else { &*line.descriptor };
        if self.vendor.is_fee(descriptor) || self.is_fee_by_kind(row) {
            return Concern { fee: true, ..Concern::default() };
        }
        let mut concern = Concern {
            merchant: self.vendor.recognise(descriptor),
            reseller: self.vendor.is_reseller(descriptor),
            ..Concern::default()
        };
        if concern.merchant.is_none() {
            concern.named_in = self.other_naming(row);
            let other = concern.named_in.and_then(|column| self.vendor.recognise(&row.cell(column)));
            concern.merchant = other.filter(|_| !concern.reseller);
        }
        if concern.merchant.is_none() && self.vendor.issuer_names_wallet(descriptor) {
            // The wallet's own line may name the merchant in its reference text, or nothing but itself.
            let whole = format!("{descriptor} {memo}");
            concern.merchant = self.vendor.recognise(&whole);
            concern.wallet = concern.merchant.is_none() && self.vendor.issuer_names_wallet(&whole);
        }
        if concern.merchant.is_none() && !concern.reseller && self.parties.are_there() {
            let column = self.parties.named_in_text(row, line, self.vendor);
            concern.merchant = column.and_then(|column| self.vendor.recognise(&row.cell(column)));
            concern.named_in = column.filter(|_| concern.merchant.is_some()).or(concern.named_in);
        }
        if concern.merchant.is_some() && self.parties.is_strangers(row, line, self.vendor) {
            return Concern { mentioned: true, ..Concern::default() };
        }
        concern
    }

    /// Whether the type of a row says that it is a fee; its text may be that of the charge it belongs to.
    fn is_fee_by_kind(&self, row: Record) -> bool {
        let word = self.raw(row, Role::Kind);
        !word.is_empty() && (self.table.layout.kind(word) == Some(EntryKind::Fee) || self.vendor.is_fee(word))
    }

    /// Whether a free text may name the vendor beside the name of the other party.
    pub(super) fn may_name_in_text(&self, row: Record) -> bool {
        let columns = self.table.columns.memo().iter();
        self.parties.are_there()
            && columns.map(|&column| row.raw(column)).any(|text| self.vendor.may_concern(text.as_bytes()))
    }

    /// Whether a row that is nobody's of ours names the vendor in some cell.
    pub(super) fn mentions(&self, row: Record) -> bool {
        self.parties.mentions(row, self.vendor)
    }

    /// Another column in which the merchant may stand and that names the vendor.
    fn other_naming(&self, row: Record) -> Option<usize> {
        let main = self.table.columns.get(Role::Descriptor).filter(|_| self.table.columns.get(Role::Payer).is_some());
        let mut others = main.into_iter().chain(self.table.columns.also_descriptor().iter().copied());
        others.find(|&column| {
            self.vendor.may_concern(row.raw(column).as_bytes()) && self.vendor.recognise(&row.cell(column)).is_some()
        })
    }

    /// What the vendor data says of a wallet's row: by the other party's name, its mail address, or, where the export
    /// has neither, by what was bought. A named stranger who sells the vendor's product is not the vendor.
    pub(super) fn wallet_concern(&self, row: Record, line: &Line) -> Concern {
        let name = &*line.descriptor;
        let mail = self.raw(row, if line.value.mantissa < 0 { Role::PayeeMail } else { Role::PayerMail });
        let mut concern = Concern::default();
        if line.glance.is_quiet {
            return concern;
        }
        if !name.is_empty() && self.vendor.may_concern(name.as_bytes()) {
            concern.merchant = self.vendor.recognise(name);
            concern.reseller = self.vendor.is_reseller(name);
        }
        if concern.merchant.is_none() && !concern.reseller && self.vendor.is_payee_mail(mail) {
            concern.merchant = self.vendor.recognise(mail).or(Some(NAMELESS));
        }
        if name.is_empty() && mail.is_empty() && concern.merchant.is_none() && self.reference(row).is_empty() {
            let memo = self.memo(row);
            if self.vendor.may_concern(memo.as_bytes()) {
                concern.merchant = self.vendor.recognise(&memo);
            }
        }
        if let (Some(merchant), Some(route)) = (concern.merchant.as_mut(), self.table.layout.route)
            && merchant.route == Route::Card
        {
            merchant.route = route;
        }
        concern
    }

    /// The row's free texts, parted by blanks.
    fn memo(&self, row: Record) -> String {
        let mut memo = String::new();
        for &column in self.table.columns.memo() {
            let text = row.cell(column);
            if !text.is_empty() {
                if !memo.is_empty() {
                    memo.push(' ');
                }
                memo.push_str(&single_blanks(&text));
            }
        }
        memo
    }

    /// How far a row has come, kind considered: a wallet's deposits stay pending although the money moved.
    pub(super) fn status_of(&mut self, row: Record) -> EntryStatus {
        let status = self.status_word(row).unwrap_or(EntryStatus::Unknown);
        if status == EntryStatus::Pending {
            let kind = self.known_kind(row);
            if kind.is_some_and(|kind| self.table.layout.settles_while_pending(kind)) {
                return EntryStatus::Posted;
            }
        }
        status
    }

    /// What the row's type means: by its word, else by the keeper's own code, which every language has.
    fn known_kind(&self, row: Record) -> Option<EntryKind> {
        let layout = &self.table.layout;
        let word = self.raw(row, Role::Kind);
        layout
            .kind(word)
            .or_else(|| [self.raw(row, Role::EventCode), word].iter().find_map(|code| layout.kind_of_code(code)))
    }

    /// What the status word means; `None` for a word that is not known. Without a status column rows are posted.
    fn status_word(&mut self, row: Record) -> Option<EntryStatus> {
        if self.table.columns.get(Role::Status).is_none() {
            return Some(EntryStatus::Posted);
        }
        let word = self.raw(row, Role::Status);
        if let Some(known) = self.statuses.iter().find(|known| known.0 == word) {
            return known.1;
        }
        let layout = &self.table.layout;
        let known = self.table.progress.stated(word).or_else(|| layout.status(word));
        // `Declined - insufficient funds`: what a bank wrote in its status column can mean nothing else.
        let said = || says_progress(word).filter(|_| layout.reading == Reading::Account).map(|saying| saying.status);
        let status = known.or_else(said);
        self.statuses.push((word.to_string(), status));
        status
    }

    /// Whether the wallet says that the row did nothing to its balance.
    pub(super) fn is_without_effect(&self, row: Record) -> bool {
        self.table.layout.direction(self.raw(row, Role::Impact)) == Some(Direction::None)
    }

    /// Makes the entry of a row. `relevant` rows must be understood in full; of others an unknown word is let be.
    pub(super) fn entry(
        &mut self,
        cells: &Cells,
        row: Record,
        line: &Line,
        concern: Concern,
        relevant: bool,
    ) -> RowResult<Entry> {
        if relevant && self.status_word(row).is_none() && line.waiting.is_none() {
            return Err(self.unknown_status(row));
        }
        let Standing { status, text: status_text } = self.standing(row, line, relevant)?;
        // Only what is not booked yet states no amount.
        let is_open = !line.valued && self.table.columns.get(Role::Status).is_none();
        let status = if is_open && status == EntryStatus::Posted { EntryStatus::Pending } else { status };
        let kind = self.kind(row, line, concern, status, relevant)?;
        let currency = line.unit.as_ref().map(|unit| unit.currency);
        let fee = line.fee.and_then(|fee| Money::from_decimal(fee.decimal(), currency?).ok());
        let descriptor = match concern.named_in.filter(|_| concern.merchant.is_some()) {
            Some(column) => row.cell(column),
            None if line.descriptor.is_empty() && self.table.layout.reading == Reading::Wallet => {
                cells.text(row, Role::Kind)
            }
            None => line.descriptor.clone(),
        };
        let mut memo = self.memo(row);
        // Nothing that the row says of the other party is lost.
        let main = cells.text(row, Role::Descriptor);
        for text in [&line.descriptor, &main] {
            if !text.is_empty() && !descriptor.contains(text.as_ref()) && !memo.contains(text.as_ref()) {
                memo = format!("{} {memo}", single_blanks(text)).trim_end().to_string();
            }
        }
        let (original, rate) = self.original(cells, row, line, &descriptor, &memo)?;
        Ok(Entry {
            at: SourceRef { source: self.source, line: row.line() },
            also_at: Vec::new(),
            transaction_date: line.transaction.map(TransactionDate),
            posting_date: line.posting.map(PostingDate),
            moment: read_moment(self.raw(row, Role::Time), self.raw(row, Role::TimeZone)),
            value: line.valued.then(|| line.value.decimal()),
            directed: line.directed,
            currency,
            original,
            rate,
            fee,
            descriptor: single_blanks(&descriptor).into_owned(),
            memo,
            kind,
            status,
            status_text,
            id: cells.some_text(row, Role::Id),
            reference: cells.some_text(row, Role::Reference),
            card: LastFour::at_end_of(&cells.text(row, Role::Card)),
            merchant: concern.merchant,
        })
    }

    /// Makes the entry of a row that belongs to a payment without naming the vendor; false with it where its type is not
    /// known.
    pub(super) fn linked_entry(&mut self, cells: &Cells, row: Record, line: &Line) -> RowResult<(Entry, bool)> {
        let is_known = self.known_kind(row).is_some();
        if self.status_word(row).is_none() {
            return Err(self.unknown_status(row));
        }
        Ok((self.entry(cells, row, line, Concern::default(), is_known)?, is_known))
    }

    /// An entry whose kind was proved: money moves for some kinds although the status still says pending.
    pub(super) fn settled(&self, entry: Entry) -> Entry {
        let settles = entry.status == EntryStatus::Pending && self.table.layout.settles_while_pending(entry.kind);
        if settles { Entry { status: EntryStatus::Posted, ..entry } } else { entry }
    }

    fn kind(
        &self,
        row: Record,
        line: &Line,
        concern: Concern,
        status: EntryStatus,
        relevant: bool,
    ) -> RowResult<EntryKind> {
        let known = self.known_kind(row);
        if self.table.layout.reading == Reading::Account {
            return Ok(account_kind(known, line, concern));
        }
        let leaves = line.value.mantissa < 0;
        let kind = match known {
            Some(EntryKind::Purchase) if leaves => EntryKind::Purchase,
            Some(EntryKind::Purchase) if concern.merchant.is_some() => EntryKind::Refund,
            Some(EntryKind::Purchase) => EntryKind::Other,
            Some(kind) => kind,
            // Money to the vendor by a word that is not known yet is still a purchase.
            None if leaves && concern.merchant.is_some() => EntryKind::Purchase,
            // Money from the vendor that entered the balance came back.
            None if concern.merchant.is_some() && self.enters_balance(row) => EntryKind::Refund,
            None if relevant => return Err(self.unknown_kind(row)),
            None => EntryKind::Other,
        };
        let holds = matches!(kind, EntryKind::Authorization | EntryKind::AuthorizationReversal);
        let settled = status == EntryStatus::Posted && !holds;
        Ok(if settled && self.is_without_effect(row) { EntryKind::Memo } else { kind })
    }

    fn enters_balance(&self, row: Record) -> bool {
        self.table.layout.direction(self.raw(row, Role::Impact)) == Some(Direction::In)
    }

    #[cold]
    pub(super) fn unknown_kind(&self, row: Record) -> Box<RowFault> {
        let word = self.raw(row, Role::Kind);
        let column = self.table.columns.get(Role::Kind).unwrap_or_default();
        let message = format!("the type {} is not known", literal(word));
        RowFault::new("cell-kind", column, message, "a known type of row")
            .with_hint("export the file in English, or write the type's English name in a copy of it")
    }

    /// The amount in the currency charged and the rate, where the row prints them and it differs from the account's
    /// currency: in columns of their own, else in its text.
    fn original(
        &self,
        cells: &Cells,
        row: Record,
        line: &Line,
        descriptor: &str,
        memo: &str,
    ) -> RowResult<(Option<Money>, Option<Decimal>)> {
        let own = line.unit.as_ref().map(|unit| unit.currency);
        let stated = self.original_in_columns(cells, row)?;
        // Where the account's currency is not known, an equal amount is one in the account's own.
        let is_own = |figure: Figure, currency| match own {
            Some(own) => own == currency,
            None => line.valued && figure.unsigned().normalized() == line.value.unsigned().normalized(),
        };
        let stated = stated.filter(|found| !is_own(found.1, found.2) && !found.1.is_zero());
        let Some((column, figure, currency)) = stated else {
            let text = cells.text(row, Role::OriginalText);
            let said = [&*text, descriptor, memo].into_iter().find_map(fx_in_text);
            let said = said.filter(|said| !is_own(figure_of(said.original), said.original.currency()));
            let signed = said.map(|said| (if line.leaves { said.original.negate() } else { said.original }, said.rate));
            return Ok(signed.map_or((None, None), |(original, rate)| (Some(original), rate)));
        };
        let figure: Figure = if line.leaves { figure.unsigned().negated() } else { figure.unsigned() };
        let rate = cells.amount_of(row, Role::Rate)?.map(|rate| rate.figure).filter(|rate| !rate.is_zero());
        match Money::from_decimal(figure.decimal(), currency) {
            Ok(money) => Ok((Some(money), rate.map(Figure::decimal))),
            Err(error) => Err(RowFault::new("money-decimals", column, error.to_string(), "an amount that can exist")),
        }
    }

    fn original_in_columns(&self, cells: &Cells, row: Record) -> RowResult<Option<(usize, Figure, Currency)>> {
        if let Some(column) = self.table.columns.get(Role::OriginalPlace) {
            let cell = row.raw(column);
            if cell.is_empty() {
                return Ok(None);
            }
            let read = read_original(cell, cells.conventions.mark(column));
            let read = read.map_err(|fault| cells.amount_fault(cell, column, fault))?;
            return Ok(read.place.and_then(currency_of).map(|currency| (column, read.figure, currency)));
        }
        let Some(column) = self.table.columns.get(Role::OriginalAmount) else { return Ok(None) };
        let amount = cells.amount(row, column)?;
        let named = currency_of(self.raw(row, Role::OriginalCurrency));
        let in_title = self.table.columns.currency_in_title(Role::OriginalAmount);
        Ok(amount.and_then(|amount| Some((column, amount.figure, named.or(amount.currency).or(in_title)?))))
    }
}

/// What is known of a payment to the vendor's address under no name.
const NAMELESS: Merchant =
    Merchant { product: crate::domain::ProductHint::Unknown, route: Route::Card, bare_store: false };

fn figure_of(money: Money) -> Figure {
    Figure { mantissa: money.minor_units(), scale: money.currency().exponent() }
}

fn account_kind(word: Option<EntryKind>, line: &Line, concern: Concern) -> EntryKind {
    let leaves = line.leaves || !line.directed;
    let by_sign = if line.value.is_zero() && line.valued {
        EntryKind::Memo
    } else if leaves {
        EntryKind::Purchase
    } else {
        EntryKind::Refund
    };
    match word {
        _ if concern.fee => EntryKind::Fee,
        Some(EntryKind::Purchase | EntryKind::Refund) => by_sign,
        Some(EntryKind::Chargeback) if concern.merchant.is_some() && !leaves => EntryKind::Chargeback,
        Some(EntryKind::Chargeback) => EntryKind::Other,
        // A general word (`payment`, `transfer`) says less than a line that names the vendor.
        Some(EntryKind::Other) if concern.merchant.is_some() => by_sign,
        Some(kind) => kind,
        None if concern.merchant.is_some() || concern.wallet => by_sign,
        None => EntryKind::Other,
    }
}

/// A mail address of which only the first letter and the domain are shown.
pub(super) fn masked_mail(mail: &str) -> String {
    match mail.split_once('@') {
        Some((name, domain)) => format!("{}***@{domain}", name.chars().next().unwrap_or('*')),
        None => "***".to_string(),
    }
}
