//! Times of day that a line states, in the zone that it names. Never read from a clock.

/// What the name of a time zone may mean, in minutes east of Greenwich.
///
/// One name may stand for several offsets: a city's zone has summer time, `CST` lies on two continents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The westernmost offset.
    pub least: i32,
    /// The easternmost offset.
    pub most: i32,
}

/// A time of day and, where it is named, its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since midnight.
    pub second: u32,
    /// The zone, where the line names one that is known.
    pub zone: Option<Zone>,
}

const SECONDS_A_MINUTE: i64 = 60;

impl Moment {
    /// Whether in a place so many minutes east of Greenwich it may still have been the day before.
    ///
    /// False where the zone is not known: nothing speaks for another day then.
    ///
    /// # Examples
    /// ```
    /// use payproof::domain::{Moment, Zone};
    /// let berlin = Zone { least: 60, most: 120 };
    /// let at = |hour: u32| Moment { second: hour * 3600, zone: Some(berlin) };
    /// assert!(at(8).may_be_the_day_before_at(-480));
    /// assert!(!at(11).may_be_the_day_before_at(-480));
    /// ```
    pub fn may_be_the_day_before_at(self, minutes: i32) -> bool {
        let Some(zone) = self.zone else { return false };
        let shift = i64::from(minutes) - i64::from(zone.most);
        i64::from(self.second) + shift * SECONDS_A_MINUTE < 0
    }
}
