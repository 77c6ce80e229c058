//! Time as integers. There is no clock here: instants come from the database.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, Sub};

const MICROS: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// Microseconds since 1970-01-01T00:00:00Z, the precision of the database.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Instant(i64);

/// A length of time in whole seconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seconds(i64);

impl Instant {
    /// From microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds from `earlier` to here, rounded down; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Self) -> Seconds {
        Seconds(self.0.saturating_sub(earlier.0).div_euclid(MICROS))
    }

    /// Whole seconds left until `later`, rounded up so that "0 left" is never shown too early; at least 0.
    pub fn seconds_until(self, later: Self) -> Seconds {
        let micros = later.0.saturating_sub(self.0).max(0);
        Seconds(micros / MICROS + i64::from(micros % MICROS != 0))
    }

    /// ISO 8601 in UTC to the second, such as `2026-03-12T13:31:07Z`.
    pub fn iso(self) -> String {
        let seconds = self.0.div_euclid(MICROS);
        let (year, month, day) = civil(seconds.div_euclid(SECONDS_PER_DAY));
        let rest = seconds.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of a day number since 1970 (proleptic Gregorian calendar, era arithmetic).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Seconds {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From a count of seconds.
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// From a count of minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes.saturating_mul(60))
    }

    /// From a count of days.
    pub const fn from_days(days: i64) -> Self {
        Self(days.saturating_mul(SECONDS_PER_DAY))
    }

    /// The count of seconds.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// `self * factor / 100`, rounded up: a part of a second is given, never taken.
    #[must_use]
    pub const fn percent(self, factor: i64) -> Self {
        let product = self.0.saturating_mul(factor);
        Self(product.div_euclid(100) + (product.rem_euclid(100) != 0) as i64)
    }
}

impl Add<Seconds> for Instant {
    type Output = Self;
    fn add(self, other: Seconds) -> Self {
        Self(self.0.saturating_add(other.0.saturating_mul(MICROS)))
    }
}

impl Sub<Seconds> for Instant {
    type Output = Self;
    fn sub(self, other: Seconds) -> Self {
        Self(self.0.saturating_sub(other.0.saturating_mul(MICROS)))
    }
}

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Seconds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_knows_leap_days_and_times_before_the_epoch() {
        assert_eq!(Instant::from_micros(0).iso(), "1970-01-01T00:00:00Z");
        assert_eq!(Instant::from_micros(951_782_400 * MICROS).iso(), "2000-02-29T00:00:00Z");
        assert_eq!(Instant::from_micros(1_773_322_267_999_999).iso(), "2026-03-12T13:31:07Z");
        assert_eq!(Instant::from_micros(-1).iso(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn what_is_left_is_rounded_up_and_never_negative() {
        let now = Instant::from_micros(0);
        assert_eq!(now.seconds_until(Instant::from_micros(1)), Seconds::new(1));
        assert_eq!(now.seconds_until(Instant::from_micros(-5)), Seconds::ZERO);
        assert_eq!(Instant::from_micros(-1).seconds_since(now), Seconds::new(-1));
    }

    #[test]
    fn a_factor_never_takes_a_part_of_a_second() {
        assert_eq!(Seconds::new(45).percent(125), Seconds::new(57));
        assert_eq!(Seconds::new(2700).percent(150), Seconds::new(4050));
        assert_eq!(Seconds::new(7).percent(100), Seconds::new(7));
    }
}
