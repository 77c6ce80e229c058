//! The last moment to start: the end of a day in the organisation's time zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::domain::time::{Instant, Seconds};

/// No invitation is open for longer.
const LONGEST: Seconds = Seconds::from_days(366);

fn zone(timezone: &str) -> TimeZone {
    TimeZone::get(timezone).unwrap_or(TimeZone::UTC)
}

/// The last second of a day such as `2026-11-30`, or the code of what is wrong with it.
pub fn read(text: &str, timezone: &str, now: Instant) -> Result<Instant, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("required");
    }
    let day: Date = text.parse().map_err(|_| "date-unreadable")?;
    let end = day
        .tomorrow()
        .and_then(|next| next.to_zoned(zone(timezone)))
        .and_then(|next| next.checked_sub(1.second()))
        .map_err(|_| "date-unreadable")?;
    let end = Instant::from_micros(end.timestamp().as_microsecond());
    match () {
        () if end <= now => Err("date-past"),
        () if end > now + LONGEST => Err("date-far"),
        () => Ok(end),
    }
}

/// The day of an instant as a date field has it.
pub fn day(at: Instant, timezone: &str) -> String {
    let at = Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    at.to_zoned(zone(timezone)).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-26T22:59:59Z.
    const NOW: Instant = Instant::from_micros(1_774_565_999_000_000);

    #[test]
    fn a_day_ends_where_the_organisation_is() {
        let end = read("2026-03-28", "Europe/Oslo", NOW).expect("a day");
        assert_eq!(end.iso(), "2026-03-28T22:59:59Z");
        // The day on which summer time begins has 23 hours.
        let end = read(" 2026-03-29 ", "Europe/Oslo", NOW).expect("a day");
        assert_eq!(
            (end.iso().as_str(), day(end, "Europe/Oslo").as_str()),
            ("2026-03-29T21:59:59Z", "2026-03-29")
        );
        assert_eq!(day(NOW, "Europe/Oslo"), "2026-03-26");
    }

    #[test]
    fn what_is_no_day_or_over_or_too_far_is_refused() {
        for (text, code) in [
            ("", "required"),
            ("tomorrow", "date-unreadable"),
            ("2026-02-30", "date-unreadable"),
            ("9999-12-31", "date-unreadable"),
            ("2026-03-25", "date-past"),
            ("2026-03-26", "date-past"),
            ("2028-03-26", "date-far"),
        ] {
            assert_eq!(read(text, "Europe/Oslo", NOW), Err(code), "{text}");
        }
        assert!(read("2026-03-26", "America/New_York", NOW).is_ok());
    }
}
