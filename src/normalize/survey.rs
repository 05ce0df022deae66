//! What a statement shows as a whole, gathered row by row: days covered, digests per day, balance chains, cards.

use super::chain::Chains;
use super::digest::RowDigest;
use super::line::Line;
use crate::domain::{Day, LastFour, Period};
use crate::source::{DayDigest, Survey};
use std::borrow::Cow;

/// A statement's survey while its rows are read.
#[derive(Default)]
pub(super) struct Surveyor {
    survey: Survey,
    /// The day of the rows before, not yet added to the map: rows of one day mostly stand together.
    open_day: Option<(Day, DayDigest)>,
    newest: Option<Day>,
    last_day: Option<Day>,
    /// Rows passed over since the last dated row: the days before and of the row itself.
    open_skips: Vec<(Option<Day>, Option<Day>)>,
    pub chains: Chains,
}

impl Surveyor {
    /// Adds a row that was read; `open` where it is not booked yet.
    pub(super) fn add(&mut self, line: &Line, id: &str, open: bool) {
        let Some(day) = line.day else { return };
        let last = line.posting.map_or(day, |posting| posting.max(day));
        self.newest = self.newest.max(Some(last));
        let digest = digest_of(line, id);
        if let Some((_, rows)) = self.open_day.as_mut().filter(|known| known.0 == day && !open)
            && self.open_skips.is_empty()
        {
            // Of a day that was seen nothing else is new.
            add_row(rows, digest);
            return;
        }
        self.survey.covers = Some(match self.survey.covers {
            None => Period { from: day, to: day },
            Some(known) => Period { from: known.from.min(day), to: known.to.max(day) },
        });
        self.close_skips(Some(day));
        self.last_day = Some(day);
        if open {
            add_row(self.survey.open.entry(day).or_default(), digest);
        }
        match self.open_day.as_mut().filter(|open| open.0 == day) {
            Some((_, open)) => add_row(open, digest),
            None => {
                self.close_day();
                let mut first = DayDigest::default();
                add_row(&mut first, digest);
                self.open_day = Some((day, first));
            }
        }
    }

    /// Notes a row that was passed over; its own day where that much could be read.
    pub(super) fn skip(&mut self, own: Option<Day>) {
        self.open_skips.push((self.last_day, own));
    }

    /// Notes a row that had been read and turned out to be bad when its payment was put together.
    pub(super) fn skip_day(&mut self, day: Option<Day>) {
        self.survey.skipped.extend(day.map(|day| Period { from: day, to: day }));
    }

    pub(super) fn card(&mut self, card: Option<LastFour>) {
        if let Some(card) = card
            && self.survey.cards.last() != Some(&card)
        {
            self.survey.cards.insert(card);
        }
    }

    /// The newest day of any row, and the finished survey.
    pub(super) fn finish(mut self, without_currency: Vec<u32>) -> (Option<Day>, Survey) {
        self.close_day();
        self.close_skips(None);
        self.survey.breaks = self.chains.breaks();
        self.survey.without_currency = without_currency;
        (self.newest, self.survey)
    }

    fn close_day(&mut self) {
        if let Some((day, open)) = self.open_day.take() {
            let known = self.survey.days.entry(day).or_default();
            known.rows = known.rows.saturating_add(open.rows);
            known.sum = known.sum.wrapping_add(open.sum);
        }
    }

    fn close_skips(&mut self, next: Option<Day>) {
        if self.open_skips.is_empty() {
            return;
        }
        for (before, own) in std::mem::take(&mut self.open_skips) {
            let days = [before, own, next];
            let days = || days.iter().copied().flatten();
            if let (Some(from), Some(to)) = (days().min(), days().max()) {
                self.survey.skipped.push(Period { from, to });
            }
        }
    }
}

fn add_row(day: &mut DayDigest, digest: u128) {
    day.rows = day.rows.saturating_add(1);
    day.sum = day.sum.wrapping_add(digest);
}

/// The digest of what two exports must agree on. The status is not part of it: a pending row is booked later.
fn digest_of(line: &Line, id: &str) -> u128 {
    let mut digest = RowDigest::new();
    let number_of = |day: Option<Day>| day.map_or(0, Day::number);
    digest.numbers([number_of(line.transaction), number_of(line.posting)]);
    let value = line.value.normalized();
    let [first, second, third] = line.unit.as_ref().map_or([0; 3], |unit| unit.currency.letters()).map(u64::from);
    let unit = u64::from(value.scale) << 24 | first << 16 | second << 8 | third;
    digest.numbers([u64::from_le_bytes(value.mantissa.to_le_bytes()), unit]);
    if line.glance.is_plain {
        digest.bytes(line.descriptor.as_bytes());
    } else {
        digest.bytes(single_blanks(&line.descriptor).as_bytes());
    }
    digest.bytes(id.as_bytes());
    digest.finish()
}

/// The text with runs of white space as one blank.
pub(super) fn single_blanks(text: &str) -> Cow<'_, str> {
    // Looked at without branches, many bytes at once: nearly all texts are plain.
    let bytes = text.as_bytes();
    let odd = bytes.iter().fold(false, |odd, byte| odd | !(b' '..=b'~').contains(byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let double = pairs.fold(false, |double, (&one, &next)| double | (one == b' ' && next == b' '));
    let plain = !odd && !double && !text.starts_with(' ') && !text.ends_with(' ');
    if plain {
        return Cow::Borrowed(text);
    }
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined == text { Cow::Borrowed(text) } else { Cow::Owned(joined) }
}
