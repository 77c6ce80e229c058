//! Instants on the pages of staff: in the zone of their organisation, with its name.

use crate::domain::time::Instant;
use crate::t;
use crate::text::when::Zone;

/// `22 Nov 2026, 14:03`.
pub fn minute(at: Instant, timezone: &str) -> String {
    Zone::named(timezone).short(at)
}

/// `14:03:22`.
pub fn second_of_day(at: Instant, timezone: &str) -> String {
    Zone::named(timezone).clock(at)
}

/// `22 Nov 2026, 14:03:22`.
pub fn day_and_second(at: Instant, timezone: &str) -> String {
    let zone = Zone::named(timezone);
    let (short, clock) = (zone.short(at), zone.clock(at));
    let seconds = clock.rsplit_once(':').map_or("00", |(_, seconds)| seconds);
    format!("{short}:{seconds}")
}

/// `Sunday 22 November 2026, 14:03, Oslo time, UTC+1`.
pub fn exact(at: Instant, timezone: &str) -> String {
    let zone = Zone::named(timezone);
    t!("when-exact", moment = zone.moment(at), zone = zone.name(at))
}

/// `22 November 2026`.
pub fn day(at: Instant, timezone: &str) -> String {
    Zone::named(timezone).day(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_reads_differently_in_two_zones() {
        let at = Instant::from_micros(1_774_566_000_000_000);
        assert_eq!(minute(at, "UTC"), "26 Mar 2026, 23:00");
        assert_eq!(minute(at, "Europe/Oslo"), "27 Mar 2026, 00:00");
        assert_eq!(exact(at, "Europe/Oslo"), "Friday 27 March 2026, 00:00, Oslo time, UTC+1");
    }

    #[test]
    fn an_unknown_zone_is_read_as_utc_and_says_so() {
        let at = Instant::from_micros(0);
        assert_eq!(exact(at, "Nowhere/Town"), "Thursday 1 January 1970, 00:00, UTC");
    }
}
