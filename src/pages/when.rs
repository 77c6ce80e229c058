//! Instants as people read them: in the zone of their organisation, with its name.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::time::Instant;

fn zoned(at: Instant, timezone: &str) -> jiff::Zoned {
    let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_zoned(zone)
}

/// `22 Nov 2026, 14:03`.
pub fn minute(at: Instant, timezone: &str) -> String {
    zoned(at, timezone).strftime("%-d %b %Y, %H:%M").to_string()
}

/// `14:03:22`.
pub fn second_of_day(at: Instant, timezone: &str) -> String {
    zoned(at, timezone).strftime("%H:%M:%S").to_string()
}

/// `Sunday 22 November 2026, 14:03, CET (UTC+01:00)`.
pub fn exact(at: Instant, timezone: &str) -> String {
    zoned(at, timezone).strftime("%A %-d %B %Y, %H:%M, %Z (UTC%:z)").to_string()
}

/// `2026-11-22`.
pub fn day(at: Instant, timezone: &str) -> String {
    zoned(at, timezone).strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_reads_differently_in_two_zones() {
        let at = Instant::from_micros(1_774_566_000_000_000);
        assert_eq!(minute(at, "UTC"), "26 Mar 2026, 23:00");
        assert_eq!(minute(at, "Europe/Oslo"), "27 Mar 2026, 00:00");
        assert_eq!(exact(at, "Europe/Oslo"), "Friday 27 March 2026, 00:00, CET (UTC+01:00)");
    }

    #[test]
    fn an_unknown_zone_is_read_as_utc_and_says_so() {
        let at = Instant::from_micros(0);
        assert_eq!(exact(at, "Nowhere/Town"), "Thursday 1 January 1970, 00:00, UTC (UTC+00:00)");
    }
}
