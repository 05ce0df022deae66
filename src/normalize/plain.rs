//! The rows of most statements: days that were seen before, one signed amount, a text. They are read without asking what
//! their table does not have; whatever is anything else is left to those who ask everything.

use super::cells::{Cells, Unit};
use super::line::Line;
use crate::source::cell::{DecimalMark, Figure, read_plain};
use crate::source::{Reading, Record, Role, Sign};
use crate::text::Glance;
use std::borrow::Cow;

/// Where the cells of such rows stand.
pub(super) struct PlainRows {
    width: usize,
    transaction: Option<DayColumn>,
    posting: Option<DayColumn>,
    amount: AmountColumn,
    /// Whether a positive amount is a charge.
    is_turned: bool,
    currency: CurrencyOfRows,
    balance: Option<AmountColumn>,
    /// The column of the merchant's text.
    pub descriptor: usize,
}

/// Where the currency of a row stands.
enum CurrencyOfRows {
    Column(usize),
    /// All rows have one, or none.
    All(Option<Unit>),
}

/// A column of days.
#[derive(Clone, Copy)]
struct DayColumn {
    column: usize,
    /// Where its days are held.
    held: usize,
}

/// A column of amounts.
#[derive(Clone, Copy)]
struct AmountColumn {
    column: usize,
    mark: DecimalMark,
}

impl AmountColumn {
    #[inline(always)]
    fn read(self, row: Record) -> Option<Figure> {
        read_plain(row.framed(self.column)?, self.mark)
    }
}

impl PlainRows {
    /// What is asked once of a table; `None` where its rows need more.
    pub(super) fn of(cells: &Cells) -> Option<PlainRows> {
        let table = cells.table;
        let others = [Role::Net, Role::Gross, Role::Direction, Role::Payer, Role::Fee];
        let is_turned = match table.sign {
            Sign::MinusIsOut | Sign::Open => false,
            Sign::ChargePositive => true,
            Sign::UnmarkedIsOut => return None,
        };
        let needs_more = table.layout.reading != Reading::Account
            || table.layout.direction_in_text
            || !table.columns.other_currencies().is_empty()
            || others.iter().any(|&role| table.columns.get(role).is_some());
        if needs_more {
            return None;
        }
        let of_amounts = |column| AmountColumn { column, mark: cells.conventions.mark(column) };
        let amounts = |role| table.columns.get(role).map(of_amounts);
        // Of every column of days some are held.
        let of_days = |column| Some(DayColumn { column, held: cells.held_days(column)? });
        let days = |role| table.columns.get(role).and_then(of_days);
        Some(PlainRows {
            width: table.titles.len(),
            transaction: days(Role::TransactionDate),
            posting: days(Role::PostingDate),
            amount: amounts(Role::Amount)?,
            is_turned,
            currency: match table.columns.get(Role::Currency) {
                Some(column) => CurrencyOfRows::Column(column),
                None => CurrencyOfRows::All(cells.unit_of_all(Role::Amount)),
            },
            balance: amounts(Role::Balance),
            descriptor: table.columns.get(Role::Descriptor)?,
        })
    }

    /// Reads a row, but for the look at its words; `None` where it is none of these.
    #[inline(always)]
    pub(super) fn read<'w>(&self, cells: &Cells, row: Record<'w>) -> Option<Line<'w>> {
        if row.width() != self.width {
            return None;
        }
        let day = |days: Option<DayColumn>| match days {
            Some(DayColumn { column, held }) => cells.held_day(held, row.framed(column)?).map(Some),
            None => Some(None),
        };
        let (transaction, posting) = (day(self.transaction)?, day(self.posting)?);
        let value = self.amount.read(row)?;
        let unit = match self.currency {
            CurrencyOfRows::Column(column) => Some(cells.held_unit(row.framed(column)?)?),
            CurrencyOfRows::All(unit) => unit,
        };
        if unit.is_some_and(|unit| value.scale > unit.decimals) {
            return None;
        }
        let value = if self.is_turned { value.negated() } else { value };
        let balance = match self.balance {
            Some(column) => Some(column.read(row)?),
            None => None,
        };
        Some(Line {
            day: Some(transaction.or(posting)?),
            transaction,
            posting,
            value,
            valued: true,
            directed: true,
            leaves: value.mantissa < 0,
            waiting: None,
            unit,
            fee: None,
            balance,
            descriptor: Cow::Borrowed(row.framed(self.descriptor).map(|_| row.whole(self.descriptor))?),
            glance: Glance::default(),
        })
    }
}
