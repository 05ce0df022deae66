//! One cell to an exact figure.
//!
//! Accepted: digits with one decimal mark; groups of three (or Indian groups of two) parted by the other mark, an
//! apostrophe or a blank; one sign before or behind, or brackets; a currency sign or code before or behind. Refused:
//! underscores, exponents, full-width digits, groups of other sizes, letters that look like digits.

use super::figure::Figure;
use super::groups::{Groups, is_space};
use super::mark::DecimalMark;
use crate::domain::Currency;
use crate::embedded::{self, carried};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Digits an amount may have; more does not fit a 64-bit count of its smallest unit.
const DIGITS_MAX: u32 = 18;

/// An amount as a cell states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountCell {
    /// The signed figure.
    pub figure: Figure,
    /// Whether the cell carries a sign of its own (minus, plus, brackets).
    pub signed: bool,
    /// Which side `CR` or `DR` behind the amount names; the figure is signed accordingly.
    pub side: Option<Side>,
    /// Whether a plus stands in front.
    pub plus: bool,
    /// The currency, where a code or an unmistakable sign stands in the cell (`$` and `¥` are shared by several).
    pub currency: Option<Currency>,
}

/// A side of an account, as `CR` and `DR` name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `CR`: money that came in.
    Credit,
    /// `DR`: money that left.
    Debit,
}

/// What is wrong with an amount cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountProblem {
    /// Nothing is written.
    Empty,
    /// A full-width digit or mark.
    FullWidth(char),
    /// A letter where a digit of the same look belongs; the second is that digit.
    LookAlike(char, char),
    /// Groups of digits of a wrong size.
    Grouping,
    /// The decimal mark stands twice.
    SecondMark,
    /// The other decimal mark, in a place where it cannot part groups.
    OtherMark(char),
    /// A character that no amount has.
    Unexpected(char),
    /// More digits than an amount can have.
    TooLong,
    /// A bracket or sign without its counterpart, or two signs.
    Sign,
}

/// Where in the cell it is wrong, in bytes, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountFault {
    /// First byte at fault.
    pub at: usize,
    /// Number of bytes at fault.
    pub length: usize,
    /// What is wrong.
    pub problem: AmountProblem,
}

/// Reads an amount with a given decimal mark.
///
/// # Errors
/// The place and kind of the first character that does not belong.
pub fn read_amount(cell: &str, mark: DecimalMark) -> Result<AmountCell, AmountFault> {
    if let Some(figure) = read_plain(cell.as_bytes(), mark) {
        let signed = cell.starts_with('-');
        return Ok(AmountCell { figure, signed, side: None, plus: false, currency: None });
    }
    Scanner::new(cell, mark).run()
}

/// The usual cell, `-1234.50`, without looking twice; `None` for every other.
#[inline]
pub fn read_plain(bytes: &[u8], mark: DecimalMark) -> Option<Figure> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > DIGITS_MAX as usize || !digits[0].is_ascii_digit() {
        return None;
    }
    let mark = mark.character() as u8;
    let mut mantissa = 0i64;
    let mut scale: Option<u32> = None;
    for &byte in digits {
        if byte.is_ascii_digit() {
            // At most 18 digits: no overflow.
            mantissa = mantissa * 10 + i64::from(byte - b'0');
            scale = scale.map(|decimals| decimals + 1);
        } else if byte == mark && scale.is_none() {
            scale = Some(0);
        } else {
            return None;
        }
    }
    if scale == Some(0) {
        return None;
    }
    Some(Figure { mantissa: if negative { -mantissa } else { mantissa }, scale: scale.unwrap_or(0) })
}

fn is_minus(letter: char) -> bool {
    matches!(letter, '-' | '\u{2212}' | '\u{2013}')
}

/// A sign of money; its currency where it has only one.
fn sign_of_money(letter: char) -> Option<Option<Currency>> {
    match letter {
        '€' => Some(Some(Currency::EUR)),
        '£' => Some(Currency::parse("GBP").ok()),
        '₹' => Some(Currency::parse("INR").ok()),
        '₩' => Some(Currency::parse("KRW").ok()),
        '₴' => Some(Currency::parse("UAH").ok()),
        '₺' => Some(Currency::parse("TRY").ok()),
        '₽' => Some(Currency::parse("RUB").ok()),
        '$' | '¥' | '￥' | '元' | '円' | '\\' => Some(None),
        _ => None,
    }
}

static WORDS: LazyLock<BTreeMap<String, Option<Currency>>> = LazyLock::new(|| {
    let words: BTreeMap<String, String> = embedded::read(carried!("source/cell/money-words"));
    words.into_iter().map(|(word, code)| (word, Currency::parse(&code).ok())).collect()
});

/// Most letters that a word for money has.
const WORD_LETTERS_MAX: usize = 4;

/// The longest word for money that stands here with nothing but a figure, a sign or a blank behind it: its bytes, and its
/// currency where it has only one.
fn word_of_money(rest: &str) -> Option<(usize, Option<Currency>)> {
    let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(WORD_LETTERS_MAX);
    let found = ends.filter_map(|end| Some((end, *WORDS.get(&rest[..end].to_lowercase())?)));
    found.filter(|&(end, _)| !rest[end..].starts_with(|next: char| next.is_alphabetic() || next == '$')).last()
}

struct Scanner<'c> {
    cell: &'c str,
    mark: char,
    at: usize,
    negative: bool,
    signed: bool,
    bracket: bool,
    side: Option<Side>,
    plus: bool,
    currency: Option<Currency>,
}

impl<'c> Scanner<'c> {
    fn new(cell: &'c str, mark: DecimalMark) -> Scanner<'c> {
        let mark = mark.character();
        Scanner {
            cell,
            mark,
            at: 0,
            negative: false,
            signed: false,
            bracket: false,
            side: None,
            plus: false,
            currency: None,
        }
    }

    fn run(mut self) -> Result<AmountCell, AmountFault> {
        if self.cell.trim().is_empty() {
            return Err(self.fault(AmountProblem::Empty));
        }
        self.affix(true)?;
        let figure = self.digits()?;
        self.affix(false)?;
        if self.bracket {
            return Err(self.fault(AmountProblem::Sign));
        }
        let figure = if self.negative { figure.negated() } else { figure };
        Ok(AmountCell { figure, signed: self.signed, side: self.side, plus: self.plus, currency: self.currency })
    }

    fn peek(&self) -> Option<char> {
        self.cell[self.at..].chars().next()
    }

    fn fault(&self, problem: AmountProblem) -> AmountFault {
        AmountFault { at: self.at, length: self.peek().map_or(0, char::len_utf8), problem }
    }

    /// What stands before (or behind) the digits: signs, brackets, currency, blanks.
    fn affix(&mut self, leading: bool) -> Result<(), AmountFault> {
        while let Some(letter) = self.peek() {
            if leading && (letter.is_ascii_digit() || letter == self.mark) {
                return Ok(());
            }
            if is_minus(letter) || letter == '+' {
                if self.signed {
                    return Err(self.fault(AmountProblem::Sign));
                }
                (self.signed, self.negative, self.plus) = (true, letter != '+', letter == '+');
            } else if letter == '(' && leading && !self.signed {
                (self.signed, self.negative, self.bracket) = (true, true, true);
            } else if letter == ')' && !leading && self.bracket {
                self.bracket = false;
            } else if let Some(currency) = sign_of_money(letter) {
                self.currency = currency.or(self.currency);
            } else if let Some((length, currency)) = word_of_money(&self.cell[self.at..]) {
                self.currency = currency.or(self.currency);
                self.at += length;
                continue;
            } else if letter.is_ascii_alphabetic() {
                self.code(letter, leading)?;
                continue;
            } else if !is_space(letter) {
                return Err(self.fault(strange(letter)));
            }
            self.at += letter.len_utf8();
        }
        if leading { Err(self.fault(AmountProblem::Empty)) } else { Ok(()) }
    }

    /// A currency code of three letters, or the letters of `US$`.
    fn code(&mut self, first: char, leading: bool) -> Result<(), AmountFault> {
        let rest = &self.cell[self.at..];
        let letters = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).len();
        let word = &rest[..letters];
        let side =
            [("CR", Side::Credit), ("DR", Side::Debit)].into_iter().find(|known| known.0.eq_ignore_ascii_case(word));
        if let Some((_, side)) = side.filter(|_| !leading && !self.signed) {
            (self.signed, self.negative, self.side) = (true, side == Side::Debit, Some(side));
        } else if rest[letters..].starts_with('$') && letters <= 3 {
            let code = if word.len() == 2 { format!("{word}D") } else { word.to_string() };
            self.currency = Currency::parse(&code).ok().or(self.currency);
        } else {
            match Currency::parse(word) {
                Ok(currency) => self.currency = Some(currency),
                Err(_) => return Err(self.fault(strange(first))),
            }
        }
        self.at += letters;
        Ok(())
    }

    fn digits(&mut self) -> Result<Figure, AmountFault> {
        let mut groups = Groups::default();
        let mut scale: Option<u32> = None;
        let mut mantissa = 0i64;
        let mut count = 0u32;
        while let Some(letter) = self.peek() {
            if let Some(digit) = letter.to_digit(10) {
                count += 1;
                if count > DIGITS_MAX {
                    return Err(self.fault(AmountProblem::TooLong));
                }
                mantissa = mantissa * 10 + i64::from(digit);
                match scale.as_mut() {
                    Some(decimals) => *decimals += 1,
                    None => groups.digit(),
                }
            } else if letter == self.mark {
                if scale.is_some() {
                    return Err(self.fault(AmountProblem::SecondMark));
                }
                scale = Some(0);
            } else if self.parts_groups(letter) {
                if scale.is_some() || !groups.part(letter) {
                    let other = matches!(letter, '.' | ',');
                    return Err(self.fault(if other {
                        AmountProblem::OtherMark(letter)
                    } else {
                        AmountProblem::Grouping
                    }));
                }
            } else {
                break;
            }
            self.at += letter.len_utf8();
        }
        if count == 0 || scale == Some(0) {
            return Err(self.fault(self.peek().map_or(AmountProblem::Unexpected(self.mark), strange)));
        }
        if !groups.are_sound() {
            return Err(AmountFault { at: 0, length: self.cell.len(), problem: AmountProblem::Grouping });
        }
        Ok(Figure { mantissa, scale: scale.unwrap_or(0) })
    }

    /// Whether the character parts groups here: a blank does so only between two digits.
    fn parts_groups(&self, letter: char) -> bool {
        let followed = || self.cell[self.at + letter.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        match letter {
            '\'' | '\u{2019}' => true,
            '.' | ',' => letter != self.mark,
            _ => is_space(letter) && followed(),
        }
    }
}

fn strange(letter: char) -> AmountProblem {
    match letter {
        '０'..='９' | '．' | '，' | '－' | '＋' => AmountProblem::FullWidth(letter),
        'O' | 'o' => AmountProblem::LookAlike(letter, '0'),
        'l' | 'I' | '|' => AmountProblem::LookAlike(letter, '1'),
        'S' => AmountProblem::LookAlike(letter, '5'),
        'B' => AmountProblem::LookAlike(letter, '8'),
        _ => AmountProblem::Unexpected(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};
    use rust_decimal::Decimal;

    fn value(cell: &str, mark: DecimalMark) -> String {
        match read_amount(cell, mark) {
            Ok(read) => {
                format!("{}{}", read.figure.decimal(), read.currency.map_or(String::new(), |c| format!(" {c}")))
            }
            Err(fault) => format!("{:?} at {}", fault.problem, fault.at),
        }
    }

    #[test]
    fn amounts_are_exact() {
        for (cell, mark, expected) in [
            ("-20.00", Point, "-20.00"),
            ("1,234.50", Point, "1234.50"),
            ("1.234,50", Comma, "1234.50"),
            ("-15,00", Comma, "-15.00"),
            ("1'234.50", Point, "1234.50"),
            ("1\u{a0}234,50 €", Comma, "1234.50 EUR"),
            ("1,23,456.00", Point, "123456.00"),
            ("(12.50)", Point, "-12.50"),
            ("12.50-", Point, "-12.50"),
            ("\u{2212}12.50", Point, "-12.50"),
            ("- $12.01", Point, "-12.01"),
            ("+5", Point, "5"),
            ("US$20.00", Point, "20.00 USD"),
            ("USD 20.00", Point, "20.00 USD"),
            ("¥4,000", Point, "4000"),
            ("-225,50 kr", Comma, "-225.50"),
            ("-79,37 zł", Comma, "-79.37 PLN"),
            ("-780,50 TL", Comma, "-780.50 TRY"),
            ("R$ 118,37", Comma, "118.37 BRL"),
            ("R$ -1.500,00", Comma, "-1500.00 BRL"),
            ("Rp.349.000", Comma, "349000 IDR"),
            ("NT$650", Point, "650 TWD"),
            ("463,00 Kč", Comma, "463.00 CZK"),
            ("20,00 lei", Comma, "20.00 RON"),
            (".50", Point, "0.50"),
            ("999999999999999.999", Point, "999999999999999.999"),
        ] {
            assert_eq!(value(cell, mark), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_at_its_place() {
        for (cell, mark, expected) in [
            ("12,5O", Comma, "LookAlike('O', '0') at 4"),
            ("1２.00", Point, "FullWidth('２') at 1"),
            ("12_50", Point, "Unexpected('_') at 2"),
            ("1e3", Point, "Unexpected('e') at 1"),
            ("12,50", Point, "Grouping at 0"),
            ("1.23,4", Comma, "Grouping at 0"),
            ("1,2345.00", Point, "Grouping at 0"),
            ("1.2.3", Point, "SecondMark at 3"),
            ("1.5,0", Point, "OtherMark(',') at 3"),
            ("--5", Point, "Sign at 1"),
            ("(5", Point, "Sign at 2"),
            ("-", Point, "Empty at 1"),
            ("", Point, "Empty at 0"),
            ("12.", Point, "Unexpected('.') at 3"),
            ("9999999999999999999", Point, "TooLong at 18"),
            ("n/a", Point, "Unexpected('n') at 0"),
            ("1 krone", Point, "Unexpected('k') at 2"),
        ] {
            assert_eq!(value(cell, mark), expected, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_read_or_refused(cell in "\\PC{0,12}") {
            for mark in [Point, Comma] {
                let _ = read_amount(&cell, mark);
            }
        }

        #[test]
        fn a_written_figure_comes_back(minor in -99_999_999_999i64..99_999_999_999, comma: bool) {
            let mark = if comma { Comma } else { Point };
            let written = Decimal::from_i128_with_scale(i128::from(minor), 2).to_string();
            let cell = written.replace('.', &mark.character().to_string());
            let figure = read_amount(&cell, mark).unwrap().figure;
            proptest::prop_assert_eq!(figure, Figure { mantissa: minor, scale: 2 });
        }
    }
}
