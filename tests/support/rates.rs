//! Reference rates and the range that a conversion may take, worked out with whole numbers.
//!
//! `ecb-usd-cny.csv` holds figures of the ECB. Source: ECB statistics (euro foreign exchange reference rates).

use super::bands::Band;
use super::day::{Day, day};
use std::collections::BTreeMap;

/// Payer currency per US dollar, as a fraction.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub num: i128,
    pub den: i128,
}

impl Rate {
    fn less(self, other: Rate) -> bool {
        self.num * other.den < other.num * self.den
    }

    /// `cents` of a dollar amount in the payer's currency, rounded half up.
    pub fn of(self, cents: i64) -> i64 {
        narrow((2 * i128::from(cents) * self.num + self.den).div_euclid(2 * self.den))
    }

    /// The same times `1 + hundredths_of_percent / 10000`, rounded half up.
    pub fn of_with(self, cents: i64, hundredths_of_percent: i64) -> i64 {
        let num = self.num * (10_000 + i128::from(hundredths_of_percent));
        Rate { num, den: self.den * 10_000 }.of(cents)
    }
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).expect("an ordinary amount")
}

/// A figure of the table: `7.6492` is 76492 at scale 4.
fn figure(cell: &str) -> (i128, i128) {
    let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
    let number: i128 = format!("{whole}{part}").parse().expect("a figure");
    (number, 10_i128.pow(u32::try_from(part.len()).expect("short")))
}

/// The whole table, by day: rate in EUR and rate in CNY per dollar.
pub struct Ecb {
    rows: Vec<(Day, Rate, Rate)>,
}

impl Ecb {
    pub fn load() -> Ecb {
        let mut rows = BTreeMap::new();
        for line in include_str!("ecb-usd-cny.csv").lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let (usd, usd_scale) = figure(cells[1]);
            let (cny, cny_scale) = figure(cells[2]);
            let euro = Rate { num: usd_scale, den: usd };
            let yuan = Rate { num: cny * usd_scale, den: usd * cny_scale };
            rows.insert(cells[0], (day(cells[0]), euro, yuan));
        }
        Ecb { rows: rows.into_values().collect() }
    }

    fn index(&self, on: Day) -> usize {
        self.rows.partition_point(|row| row.0 <= on) - 1
    }

    fn at(&self, index: usize, currency: &str) -> Rate {
        let row = self.rows[index];
        if currency == "EUR" { row.1 } else { row.2 }
    }

    /// The rate of the latest row not after the day.
    pub fn rate(&self, on: Day, currency: &str) -> Rate {
        self.at(self.index(on), currency)
    }

    /// The rows that may have been used: from the row before the charge's row to the row of the posting day, or three
    /// rows on where no posting day is known.
    pub fn window(&self, on: Day, posted: Option<Day>, currency: &str) -> Vec<Rate> {
        let row = self.index(on);
        let last = posted.map_or(row + 3, |posted| self.index(posted)).min(self.rows.len() - 1);
        (row - 1..=last.max(row)).map(|index| self.at(index, currency)).collect()
    }

    /// What a charge for `cents` of a dollar invoice may come to, both ends included (fx.md, section 4).
    pub fn accept(&self, cents: i64, on: Day, posted: Option<Day>, currency: &str, band: Band) -> (i64, i64) {
        let (low, high) = extremes(&self.window(on, posted, currency));
        let scaled = |rate: Rate, bp: i64| i128::from(cents) * rate.num * (10_000 + i128::from(bp));
        let floor = scaled(low, band.lo).div_euclid(low.den * 10_000);
        let ceiling = -(-scaled(high, band.hi)).div_euclid(high.den * 10_000);
        (narrow(floor) - 1, narrow(ceiling) + 1)
    }

    /// What a refund of `cents` of a dollar invoice may come to on a day (fx.md, section 7).
    pub fn accept_refund(&self, cents: i64, on: Day, posted: Option<Day>, currency: &str, band: Band) -> (i64, i64) {
        self.accept(cents, on, posted, currency, Band { name: band.name, lo: -band.hi, hi: band.hi })
    }

    /// What may have settled, in dollars, of `sent` in the payer's currency (fx.md, section 5).
    pub fn accept_settled(&self, sent: i64, on: Day, posted: Option<Day>, currency: &str, band: Band) -> (i64, i64) {
        let (low, high) = extremes(&self.window(on, posted, currency));
        let scaled = |rate: Rate, bp: i64| i128::from(sent) * rate.den * (10_000 - i128::from(bp));
        let floor = scaled(high, band.hi).div_euclid(high.num * 10_000);
        let ceiling = -(-scaled(low, band.lo)).div_euclid(low.num * 10_000);
        (narrow(floor) - 1, narrow(ceiling) + 1)
    }

    /// Whether the extremes of the window are the same however the posting day is taken: the tests of a band stand on
    /// such days, so that they test the band alone.
    pub fn window_is_robust(&self, on: Day, currency: &str) -> bool {
        let row = self.index(on);
        let pair = [self.at(row - 1, currency), self.at(row, currency)];
        let (low, high) = extremes(&pair);
        let later: Vec<Rate> = (row + 1..=row + 3).map(|index| self.at(index, currency)).collect();
        later.iter().all(|rate| !rate.less(low) && !high.less(*rate)) && self.rows[row].0 == on
    }
}

/// The smallest and the largest of some rates.
pub fn extremes(rates: &[Rate]) -> (Rate, Rate) {
    let mut low = rates[0];
    let mut high = rates[0];
    for rate in rates {
        if rate.less(low) {
            low = *rate;
        }
        if high.less(*rate) {
            high = *rate;
        }
    }
    (low, high)
}
