//! What every row of a statement must have: a day, an amount with its direction, a currency where one is stated.

use super::cells::{Cells, Unit};
use super::findings::{RowFault, RowResult};
use super::plain::PlainRows;
use super::watch::Watch;
use crate::diagnostic::literal;
use crate::domain::{Day, EntryStatus};
use crate::source::cell::{AmountCell, AmountFault, AmountProblem, Figure};
use crate::source::{Cut, Direction, Reading, Record, Role, Sign};
use crate::text::Glance;
use crate::vendor::Vendor;
use std::borrow::Cow;

/// What is read of every row.
#[derive(Debug)]
pub(super) struct Line<'w> {
    /// The day the row belongs to: when the payer acted, else when it was booked; none for a pending row without one.
    pub day: Option<Day>,
    pub transaction: Option<Day>,
    pub posting: Option<Day>,
    /// Signed from the holder's view; without sign where not `directed`.
    pub value: Figure,
    /// Whether the row has an amount at all: a pending row may state only what was charged in another currency.
    pub valued: bool,
    pub directed: bool,
    /// Whether money leaves, as far as the row says so.
    pub leaves: bool,
    /// The word in a date cell that says that the row is not booked yet, and what it says.
    pub waiting: Option<(&'w str, EntryStatus)>,
    pub unit: Option<Unit>,
    /// On top of the value, positive.
    pub fee: Option<Figure>,
    pub balance: Option<Figure>,
    pub descriptor: Cow<'w, str>,
    /// One look at the row, plain where its descriptor is.
    pub glance: Glance,
}

/// Reads the lines of one table.
pub(super) struct LineReader<'o> {
    watch: Watch<'o>,
    plain: Option<PlainRows>,
}

impl<'o> LineReader<'o> {
    pub(super) fn new(cells: &Cells, vendor: &'o Vendor) -> LineReader<'o> {
        LineReader { watch: Watch::new(cells.table, vendor), plain: PlainRows::of(cells) }
    }

    /// Reads and checks the cells that every row of a statement must have.
    #[inline(always)]
    pub(super) fn read<'w>(&self, cells: &mut Cells, row: Record<'w>) -> RowResult<Line<'w>> {
        if let Some(plain) = &self.plain
            && let Some(mut line) = plain.read(cells, row)
        {
            line.glance = self.watch.glance(row, Some(plain.descriptor));
            return Ok(line);
        }
        read_any(cells, row, &self.watch)
    }
}

/// Reads a row of whatever table.
#[inline(never)]
fn read_any<'w>(cells: &mut Cells, row: Record<'w>, watch: &Watch) -> RowResult<Line<'w>> {
    check_width(cells, row)?;
    let transaction = cells.day(row, Role::TransactionDate)?;
    let posting = cells.day(row, Role::PostingDate)?;
    let dates = [Role::TransactionDate, Role::PostingDate];
    // A cell with such a word holds no day.
    let without_day = dates.into_iter().zip([transaction, posting]).filter(|(_, day)| day.is_none());
    let waiting = without_day.map(|(role, _)| role).find_map(|role| cells.pending_word(row, role));
    let day = transaction.or(posting);
    let waiting = waiting.or_else(|| if day.is_none() { pending_status(cells, row) } else { None });
    if day.is_none() && waiting.is_none() {
        let role = dates.into_iter().find(|&role| cells.table.columns.get(role).is_some());
        return Err(cells.missing_day(role.unwrap_or(Role::TransactionDate)));
    }
    let Value { role, amount, directed, valued } = value(cells, row)?;
    let unit = if valued { cells.unit(row, role, amount.currency)? } else { None };
    let column = cells.table.columns.get(role).unwrap_or_default();
    cells.check_decimals(amount.figure, unit, column)?;
    let leaves = directed && if valued { amount.figure.mantissa < 0 } else { amount.signed };
    let value = amount.figure;
    let is_wallet = cells.table.layout.reading == Reading::Wallet;
    let fee = cells.amount_of(row, Role::Fee)?.map(|fee| fee.figure.unsigned()).filter(|fee| !fee.is_zero());
    if let (Some(fee), Some(column)) = (fee, cells.table.columns.get(Role::Fee)) {
        cells.check_decimals(fee, unit, column)?;
    }
    let balance = cells.amount_of(row, Role::Balance)?.map(|balance| balance.figure);
    // A wallet's fee is inside the net amount.
    let fee = fee.filter(|_| !is_wallet && !cells.table.layout.fee_inside);
    let column = if is_wallet { cells.table.columns.get(Role::Descriptor) } else { descriptor(cells, row, leaves) };
    let descriptor = column.map_or(Cow::Borrowed(""), |column| row.cell(column));
    let glance = watch.glance(row, column);
    Ok(Line {
        day,
        transaction,
        posting,
        value,
        valued,
        directed,
        leaves,
        waiting,
        unit,
        fee,
        balance,
        descriptor,
        glance,
    })
}

fn check_width(cells: &Cells, row: Record) -> RowResult<()> {
    let width = cells.table.titles.len();
    let too_few = row.width() < cells.width_min;
    let too_many = row.width() > width && (width..row.width()).any(|column| !row.raw(column).is_empty());
    let cut_off = row.width() < width && !cells.has_short_rows.get() && ends_the_text(cells, row);
    if row.width() < width {
        cells.has_short_rows.set(true);
    }
    if !too_few && !too_many && !cut_off {
        return Ok(());
    }
    let message = format!("the row has {} cells and the header {width}", row.width());
    let hint = if too_many {
        "a delimiter inside a text must stand in quotes"
    } else {
        "the row may be cut off; cells that are empty still need their delimiters"
    };
    let mut fault = RowFault::new("row-width", 0, message, format!("{width} cells"));
    fault.column = None;
    Err(fault.with_hint(hint))
}

/// Whether the text ends with this row, without a line end behind it.
fn ends_the_text(cells: &Cells, row: Record) -> bool {
    let end = row.width().checked_sub(1).and_then(|last| row.span(last)).map_or(0, |span| span.range().end);
    let own = cells.table.own_bytes;
    let is_delimited = matches!(cells.table.cut, Cut::Delimited(_));
    is_delimited && end + 1 >= own && ["", "\""].contains(&&*cells.table.stretch(end.min(own)..own))
}

/// The word in the status column that says that the row is not booked yet.
fn pending_status<'w>(cells: &Cells, row: Record<'w>) -> Option<(&'w str, EntryStatus)> {
    let word = row.raw(cells.table.columns.get(Role::Status)?);
    let status = cells.table.progress.stated(word).or_else(|| cells.table.layout.status(word));
    (status == Some(EntryStatus::Pending)).then_some((word, EntryStatus::Pending))
}

/// The column of the other party: who was paid or who paid, by the direction; where that is not said, the next best text.
fn descriptor(cells: &Cells, row: Record, leaves: bool) -> Option<usize> {
    let columns = &cells.table.columns;
    let is_filled = |column: &usize| !row.raw(*column).is_empty();
    let payer = columns.get(Role::Payer).filter(|column| !leaves && is_filled(column));
    let main = columns.get(Role::Descriptor);
    let others = || columns.also_descriptor().iter().copied().find(is_filled);
    payer.or_else(|| main.filter(is_filled)).or_else(others).or(main)
}

/// The amount of a row.
struct Value {
    role: Role,
    /// Signed from the holder's view. Where there is none, its sign alone is meant.
    amount: AmountCell,
    /// Whether the row states a direction.
    directed: bool,
    /// Whether the row states an amount.
    valued: bool,
}

/// The amount of a row by whichever columns the layout has.
fn value(cells: &Cells, row: Record) -> RowResult<Value> {
    let columns = &cells.table.columns;
    let missing = |role: Role| {
        let column = columns.get(role).unwrap_or_default();
        let fault = AmountFault { at: 0, length: 0, problem: AmountProblem::Empty };
        cells.amount_fault("", column, fault)
    };
    let signed = |role, amount| Value { role, amount, directed: true, valued: true };
    if columns.get(Role::Net).is_some() {
        let net = cells.amount_of(row, Role::Net)?.ok_or_else(|| missing(Role::Net))?;
        cells.amount_of(row, Role::Gross)?;
        return Ok(signed(Role::Net, net));
    }
    if columns.get(Role::Gross).is_some() {
        let gross = cells.amount_of(row, Role::Gross)?.ok_or_else(|| missing(Role::Gross))?;
        let fee = cells.amount_of(row, Role::Fee)?.map_or(Some(gross.figure), |fee| gross.figure.plus(fee.figure));
        let figure = fee.ok_or_else(|| missing(Role::Gross))?;
        return Ok(signed(Role::Gross, AmountCell { figure, ..gross }));
    }
    if columns.get(Role::Amount).is_some() {
        let amount = match one_currency(cells, row)? {
            Some(amount) => amount,
            None if has_original(cells, row)? => return without_amount(cells, row),
            None => return Err(missing(Role::Amount)),
        };
        return by_direction(cells, row, amount);
    }
    debit_or_credit(cells, row, &missing)
}

/// The amount of a row, in whichever of the file's currencies it stands.
fn one_currency(cells: &Cells, row: Record) -> RowResult<Option<AmountCell>> {
    let mut found = cells.amount_of(row, Role::Amount)?;
    for &(column, currency) in cells.table.columns.other_currencies() {
        let Some(other) = cells.amount(row, column)?.filter(|other| !other.figure.is_zero()) else { continue };
        if found.is_some_and(|found| !found.figure.is_zero()) {
            let message = "the row has amounts in two currencies".to_string();
            return Err(RowFault::new("cell-amount", column, message, "one of the two"));
        }
        found = Some(AmountCell { currency: Some(currency), ..other });
    }
    Ok(found)
}

/// Whether the row states what was charged in another currency.
fn has_original(cells: &Cells, row: Record) -> RowResult<bool> {
    Ok(cells.amount_of(row, Role::OriginalAmount)?.is_some_and(|amount| !amount.figure.is_zero()))
}

/// A pending row that states only what was charged in another currency.
fn without_amount(cells: &Cells, row: Record) -> RowResult<Value> {
    const NOTHING: AmountCell =
        AmountCell { figure: Figure { mantissa: 0, scale: 0 }, signed: false, side: None, plus: false, currency: None };
    let original = cells.amount_of(row, Role::OriginalAmount)?.unwrap_or(NOTHING);
    let turned = by_direction(cells, row, original)?;
    let leaves = turned.amount.figure.mantissa < 0;
    let amount = AmountCell { signed: leaves, ..NOTHING };
    Ok(Value { role: Role::Amount, amount, directed: turned.directed, valued: false })
}

/// An amount with its direction: by a column, by the beginning of the text, else by the sign of the file.
fn by_direction(cells: &Cells, row: Record, amount: AmountCell) -> RowResult<Value> {
    let table = cells.table;
    let unsigned = amount.figure.unsigned();
    let (column, word, direction) = if let Some(column) = table.columns.get(Role::Direction) {
        let word = cells.text(row, Role::Direction);
        let direction = table.layout.direction(&word).or(table.blank_direction.filter(|_| word.is_empty()));
        (column, word, direction)
    } else if let Some(column) = table.columns.get(Role::Descriptor).filter(|_| table.layout.direction_in_text) {
        let word = cells.text(row, Role::Descriptor);
        let direction = table.layout.direction_at_start(&word);
        (column, word, direction)
    } else {
        let figure = match table.sign {
            _ if amount.side.is_some() => amount.figure,
            Sign::ChargePositive => amount.figure.negated(),
            Sign::UnmarkedIsOut if amount.plus => amount.figure,
            Sign::UnmarkedIsOut => unsigned.negated(),
            Sign::MinusIsOut | Sign::Open => amount.figure,
        };
        return Ok(Value { role: Role::Amount, amount: AmountCell { figure, ..amount }, directed: true, valued: true });
    };
    let (figure, directed) = match direction {
        Some(Direction::Out) => (unsigned.negated(), true),
        Some(Direction::In) => (unsigned, true),
        Some(Direction::None) => (unsigned, false),
        None => {
            let message = format!("{} does not say whether money went out or came in", literal(&word));
            return Err(RowFault::new("cell-direction", column, message, "`debit` or `credit`"));
        }
    };
    Ok(Value { role: Role::Amount, amount: AmountCell { figure, ..amount }, directed, valued: true })
}

fn debit_or_credit(cells: &Cells, row: Record, missing: &dyn Fn(Role) -> Box<RowFault>) -> RowResult<Value> {
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
    let value = |role, amount| Value { role, amount, directed: true, valued: true };
    match (debit, credit) {
        (Some(debit), Some(credit)) if !is_zero(&debit) && !is_zero(&credit) => {
            let column = cells.table.columns.get(Role::Credit).unwrap_or_default();
            let message = "the row has a debit and a credit".to_string();
            Err(RowFault::new("cell-amount", column, message, "one of the two"))
        }
        (Some(debit), credit) if !is_zero(&debit) || credit.is_none() => {
            Ok(value(Role::Debit, AmountCell { figure: debit.figure.negated(), ..debit }))
        }
        (_, Some(credit)) => Ok(value(Role::Credit, credit)),
        _ => {
            let role = if cells.table.columns.get(Role::Debit).is_some() { Role::Debit } else { Role::Credit };
            Err(missing(role))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::conventions::Conventions;
    use crate::source::{Found, Known, find_table};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static VENDOR: LazyLock<Vendor> = LazyLock::new(Vendor::embedded);

    fn cell(usual: &'static str, odd: &'static [&'static str]) -> impl Strategy<Value = String> {
        prop_oneof![6 => usual.prop_map(String::from), 1 => prop::sample::select(odd).prop_map(String::from)]
    }

    fn row() -> impl Strategy<Value = String> {
        let day = || cell("(0[1-3]/1[3-6]/2026)", &["", "Pending", " 01/13/2026", "13/40/2026", "1/13/2026"]);
        let amount = || {
            cell("-?[0-9]{1,4}[.][0-9]{2}", &["", "20", "\"1,250.00\"", "+3.00", "(4.00)", "1.005", "USD 5.00", "-"])
        };
        let text = cell(
            "[A-Z][A-Za-z *]{0,20}[a-z]",
            &["", "\"a, \"\"b\"\"\"", "  two  blanks ", "café", "OPENAI *CHATGPT", "\"x,y\""],
        );
        let currency = cell("(USD|EUR)", &["", "usd", "XXX"]);
        let end = cell("", &[",", ",more"]);
        (day(), day(), text, amount(), currency, amount(), end).prop_map(
            |(paid, booked, text, amount, currency, balance, end)| {
                format!("{paid},{booked},{text},{amount},{currency},{balance}{end}")
            },
        )
    }

    proptest! {
        #[test]
        fn the_short_way_reads_what_the_long_way_reads(
            rows in prop::collection::vec(row(), 1..20),
            header in prop::sample::select(vec![
                "Transaction Date,Post Date,Description,Amount,Currency,Balance",
                "Transaction Date,Post Date,Description,Amount (USD),Category,Memo",
                "Transaction Date,Post Date,Description,Amount,Category,Running Balance",
                "Transaction Date,Post Date,Description,Amount,Category,Fee",
            ]),
        ) {
            let text = format!("{header}\n01/13/2026,01/14/2026,Tea House,-1.25,USD,8.50\n{}\n", rows.join("\n"));
            let Found::Table(table) = find_table("x.csv", Cow::Borrowed(&text), Known::default()) else { return Ok(()) };
            let Ok(conventions) = Conventions::decide("x.csv", &table, None) else { return Ok(()) };
            let new = || Conventions::decide("x.csv", &table, None).map(|known| Cells::new(&table, known, None));
            let (mut short, mut long) = (Cells::new(&table, conventions, None), new().unwrap());
            let lines = LineReader::new(&short, &VENDOR);
            let mut reader = table.rows();
            while let Ok(Some(row)) = reader.next_record() {
                let one = lines.read(&mut short, row).map_err(|fault| fault.message);
                let other = read_any(&mut long, row, &lines.watch).map_err(|fault| fault.message);
                prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
            }
        }
    }

    #[test]
    fn usual_rows_go_the_short_way() {
        let row = "01/13/2026,01/14/2026,Tea House,-1.25,Food\n";
        let text = format!("Transaction Date,Post Date,Description,Amount (USD),Category\n{row}{row}");
        let Found::Table(table) = find_table("x.csv", Cow::Borrowed(&text), Known::default()) else {
            panic!("a table")
        };
        let conventions = Conventions::decide("x.csv", &table, None).unwrap();
        let mut cells = Cells::new(&table, conventions, None);
        let plain = PlainRows::of(&cells).unwrap();
        let lines = LineReader::new(&cells, &VENDOR);
        let mut reader = table.rows();
        let first = reader.next_record().unwrap().unwrap();
        // Its days were not read before.
        assert!(plain.read(&cells, first).is_none() && lines.read(&mut cells, first).is_ok());
        assert!(plain.read(&cells, reader.next_record().unwrap().unwrap()).is_some());
    }
}
