//! Times of the database as times of the domain, and back.

use time::OffsetDateTime;

use crate::domain::time::Instant;

/// The instant of a `timestamptz`. PostgreSQL counts in microseconds, so nothing is lost.
pub fn instant(at: OffsetDateTime) -> Instant {
    let micros = at.unix_timestamp_nanos() / 1_000;
    Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// The `timestamptz` of an instant. What no calendar has is the end of the calendar.
pub fn timestamp(at: Instant) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.micros()) * 1_000)
        .unwrap_or_else(|_| time::Date::MAX.midnight().assume_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_survives_the_way_there_and_back() {
        for micros in [0, 1, -1, 1_795_365_611_213_482] {
            let at = Instant::from_micros(micros);
            assert_eq!(instant(timestamp(at)), at);
        }
        assert!(timestamp(Instant::from_micros(i64::MAX)).year() > 9_000);
    }
}
