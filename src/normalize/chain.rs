//! Running balances chained, without regard to the order of the rows.
//!
//! Every booked row leads from the balance before it to the balance after it. In a complete file each balance that a
//! row ends at is one that another row starts from, except the last and the first. So the starts and the ends are
//! cancelled as bags: one start and one end left over are the opening and the closing balance, none left over is a file
//! that comes back to where it began, and every further pair is a place where rows are missing or stand twice.
//!
//! A long file is complete more often than not. So at first only the number of starts and ends at each balance is held,
//! which mostly is nothing but the opening balance and the one reached; where more is left over, the rows are added a
//! second time, and those at such balances are held.

use crate::domain::{Day, Period};
use crate::source::ChainBreak;
use crate::source::cell::Figure;
use std::collections::BTreeMap;

/// Decimals at which balances are compared; more than any currency has.
const SCALE: u32 = 6;

/// One end of a row: a balance, and where and when the row stands.
#[derive(Clone, Copy, Debug)]
struct End {
    from: Day,
    to: Day,
    line: u32,
}

/// The starts and ends of one account that meet at one balance.
#[derive(Default)]
struct Meeting {
    starts: Vec<End>,
    ends: Vec<End>,
}

/// The running balances of a file. Its accounts (currency, pocket) each have a chain of their own.
#[derive(Default)]
pub(super) struct Chains {
    keys: Vec<String>,
    /// Starts less ends of each account and balance, where that is not nothing.
    open: BTreeMap<(usize, i128), i64>,
    /// The rows added a second time.
    meetings: Option<BTreeMap<(usize, i128), Meeting>>,
}

impl Chains {
    /// Adds a booked row: the balance after it, and what it changed, fees included.
    pub(super) fn add(&mut self, account: &str, after: Figure, change: Figure, days: Period, line: u32) {
        let (Some(after), Some(change)) = (lifted(after), lifted(change)) else { return };
        let key = match self.keys.iter().position(|known| known == account) {
            Some(known) => known,
            None => {
                self.keys.push(account.to_string());
                self.keys.len() - 1
            }
        };
        // A row that changes nothing starts and ends at one balance: it links nothing.
        let Some(before) = after.checked_sub(change).filter(|before| *before != after) else { return };
        let end = End { from: days.from, to: days.to, line };
        match &mut self.meetings {
            None => {
                self.count((key, before), 1);
                self.count((key, after), -1);
            }
            Some(meetings) => {
                if self.open.contains_key(&(key, before)) {
                    meetings.entry((key, before)).or_default().starts.push(end);
                }
                if self.open.contains_key(&(key, after)) {
                    meetings.entry((key, after)).or_default().ends.push(end);
                }
            }
        }
    }

    /// The places where the chains of rows break that can be added as often as they are asked for.
    pub(super) fn breaks_of(add_all: impl Fn(&mut Chains)) -> Vec<ChainBreak> {
        let mut chains = Chains::default();
        add_all(&mut chains);
        if chains.must_see_again() {
            add_all(&mut chains);
        }
        chains.breaks()
    }

    fn count(&mut self, place: (usize, i128), one: i64) {
        let left = self.open.entry(place).or_default();
        *left += one;
        if *left == 0 {
            self.open.remove(&place);
        }
    }

    /// Whether a chain breaks: each has as many starts left over as ends, and one of each is its opening and closing.
    /// From now on the rows are added a second time.
    pub(super) fn must_see_again(&mut self) -> bool {
        let mut starts = vec![0i64; self.keys.len()];
        for ((key, _), left) in &self.open {
            starts[*key] = starts[*key].saturating_add(*left.max(&0));
        }
        self.meetings = Some(BTreeMap::new());
        starts.into_iter().any(|left| left > 1)
    }

    /// The places where the chains break, sorted by their days. The rows were added a second time, if they had to be.
    pub(super) fn breaks(self) -> Vec<ChainBreak> {
        let mut left: BTreeMap<usize, Meeting> = BTreeMap::new();
        for ((key, _), mut meeting) in self.meetings.unwrap_or_default() {
            meeting.cancel();
            let all = left.entry(key).or_default();
            all.starts.append(&mut meeting.starts);
            all.ends.append(&mut meeting.ends);
        }
        let mut breaks: Vec<ChainBreak> = left.into_values().flat_map(Meeting::breaks).collect();
        breaks.sort_by_key(|found| (found.stretch, found.after_line, found.before_line));
        breaks
    }
}

fn lifted(figure: Figure) -> Option<i128> {
    let power = SCALE.checked_sub(figure.normalized().scale)?;
    i128::from(figure.normalized().mantissa).checked_mul(10i128.checked_pow(power)?)
}

impl Meeting {
    /// Takes each start out with the latest end that is not after it, else with any; what remains has no counterpart.
    fn cancel(&mut self) {
        if self.starts.len() == 1 && self.ends.len() == 1 {
            self.starts.clear();
            self.ends.clear();
            return;
        }
        self.starts.sort_by_key(|end| (end.from, end.to, end.line));
        self.ends.sort_by_key(|end| (end.from, end.to, end.line));
        let mut unmet = Vec::new();
        let mut waiting: Vec<End> = Vec::new();
        let mut ends = std::mem::take(&mut self.ends).into_iter().peekable();
        for start in std::mem::take(&mut self.starts) {
            while let Some(end) = ends.next_if(|end| end.from <= start.from) {
                waiting.push(end);
            }
            if waiting.pop().is_none() {
                unmet.push(start);
            }
        }
        waiting.extend(ends);
        let paired = unmet.len().min(waiting.len());
        self.ends = waiting.split_off(paired);
        self.starts = unmet.split_off(paired);
    }

    /// Pairs each end without a successor with the next start without a predecessor. The first start opens the file, the
    /// last end closes it.
    fn breaks(mut self) -> Vec<ChainBreak> {
        self.starts.sort_by_key(|end| (end.from, end.to, end.line));
        self.ends.sort_by_key(|end| (end.from, end.to, end.line));
        self.ends
            .iter()
            .zip(self.starts.iter().skip(1))
            .map(|(before, after)| ChainBreak {
                after_line: before.line,
                before_line: after.line,
                stretch: Period { from: before.from.min(after.from), to: before.to.max(after.to) },
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as (day of January, change, balance after), lines counted from 2.
    fn breaks_of(rows: &[(u32, i64, i64)]) -> Vec<(u32, u32, String)> {
        let found = Chains::breaks_of(|chains| {
            for (index, &(day, change, after)) in rows.iter().enumerate() {
                let day = Day::from_ymd(2026, 1, day).unwrap();
                let figure = |mantissa| Figure { mantissa, scale: 2 };
                let line = u32::try_from(index).unwrap() + 2;
                chains.add("EUR", figure(after), figure(change), Period { from: day, to: day }, line);
            }
        });
        found.iter().map(|b| (b.after_line, b.before_line, format!("{} {}", b.stretch.from, b.stretch.to))).collect()
    }

    /// The same with every row held from the beginning.
    fn breaks_at_once(rows: &[(u32, i64, i64)]) -> Vec<(u32, u32, String)> {
        let mut meetings: BTreeMap<i64, Meeting> = BTreeMap::new();
        for (line, &(day, change, after)) in (2..).zip(rows).filter(|row| row.1.1 != 0) {
            let day = Day::from_ymd(2026, 1, day).unwrap();
            let end = End { from: day, to: day, line };
            meetings.entry(after - change).or_default().starts.push(end);
            meetings.entry(after).or_default().ends.push(end);
        }
        let mut all = Meeting::default();
        for mut meeting in meetings.into_values() {
            meeting.cancel();
            all.starts.append(&mut meeting.starts);
            all.ends.append(&mut meeting.ends);
        }
        let mut found = all.breaks();
        found.sort_by_key(|found| (found.stretch, found.after_line, found.before_line));
        found.iter().map(|b| (b.after_line, b.before_line, format!("{} {}", b.stretch.from, b.stretch.to))).collect()
    }

    proptest::proptest! {
        #[test]
        fn counting_first_changes_nothing(
            rows in proptest::collection::vec((1u32..6, -2i64..3, 0i64..6), 0..24),
            chained in proptest::collection::vec((1u32..28, -3i64..4), 0..24),
        ) {
            proptest::prop_assert_eq!(breaks_of(&rows), breaks_at_once(&rows));
            let mut balance = 0;
            let mut whole: Vec<(u32, i64, i64)> = Vec::new();
            for (day, change) in chained {
                balance += change;
                whole.push((day, change, balance));
            }
            proptest::prop_assert_eq!(breaks_of(&whole), []);
            whole.extend(rows);
            proptest::prop_assert_eq!(breaks_of(&whole), breaks_at_once(&whole));
        }
    }

    #[test]
    fn a_complete_file_closes_in_any_order() {
        let rows = [(1, -500, 9500), (2, -500, 9000), (2, 1000, 10000), (3, -500, 9500), (4, -1, 9499)];
        assert!(breaks_of(&rows).is_empty());
        let mut turned = rows;
        turned.reverse();
        assert!(breaks_of(&turned).is_empty());
        turned.swap(0, 2);
        assert!(breaks_of(&turned).is_empty());
        assert!(breaks_of(&[(1, -5, 95), (2, 5, 100)]).is_empty());
        assert!(breaks_of(&[(1, -5, 95)]).is_empty());
        assert!(breaks_of(&[(1, -5, 95), (1, 0, 95), (2, -5, 90)]).is_empty());
    }

    #[test]
    fn a_missing_row_is_a_break_between_its_neighbours() {
        let rows = [(1, -500, 9500), (5, -500, 8700), (6, -100, 8600)];
        assert_eq!(breaks_of(&rows), [(2, 3, "2026-01-01 2026-01-05".to_string())]);
        let turned = [(6, -100, 8600), (5, -500, 8700), (1, -500, 9500)];
        assert_eq!(breaks_of(&turned), [(4, 3, "2026-01-01 2026-01-05".to_string())]);
    }

    #[test]
    fn a_row_that_stands_twice_is_a_break() {
        let rows = [(1, -500, 9500), (2, -500, 9000), (2, -500, 9000), (3, -500, 8500)];
        let found = breaks_of(&rows);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].2, "2026-01-02 2026-01-02");
    }

    #[test]
    fn two_gaps_are_two_breaks() {
        let rows = [(1, -1, 99), (3, -1, 97), (5, -1, 95)];
        let stretches: Vec<String> = breaks_of(&rows).into_iter().map(|found| found.2).collect();
        assert_eq!(stretches, ["2026-01-01 2026-01-03", "2026-01-03 2026-01-05"]);
    }

    #[test]
    fn accounts_do_not_mix() {
        let mut chains = Chains::default();
        let day = Day::from_ymd(2026, 1, 1).unwrap();
        let figure = |mantissa| Figure { mantissa, scale: 0 };
        for (account, change, after) in [("EUR", -1, 9), ("USD", -1, 5), ("EUR", -1, 8), ("USD", -1, 4)] {
            chains.add(account, figure(after), figure(change), Period { from: day, to: day }, 2);
        }
        assert!(!chains.must_see_again());
        assert!(chains.breaks().is_empty());
    }
}
