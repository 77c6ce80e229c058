//! Moments as people read them: exact, in a named zone.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::time::{Instant, Seconds};
use crate::t;

/// A time zone by its IANA name; one that nobody knows is UTC.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of a name such as `Europe/Oslo`.
    pub fn named(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// The zone of a name, if there is one.
    pub fn known(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The time of day to the second: `14:03:22`.
    pub fn clock(&self, at: Instant) -> String {
        let at = self.at(at);
        format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
    }

    /// The time of day to the minute: `23:59`.
    pub fn minute(&self, at: Instant) -> String {
        let at = self.at(at);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// The day: "26 March 2026".
    pub fn day(&self, at: Instant) -> String {
        let at = self.at(at);
        t!("when-day", day = i64::from(at.day()), month = month(&at), year = at.year().to_string())
    }

    /// The day with its name: "Thursday 26 March 2026".
    pub fn weekday(&self, at: Instant) -> String {
        t!("when-weekday", weekday = weekday(&self.at(at)), day = self.day(at))
    }

    /// "Thursday 26 March 2026, 23:59".
    pub fn moment(&self, at: Instant) -> String {
        t!("when-moment", day = self.weekday(at), time = self.minute(at))
    }

    /// "26 March 2026, 14:31:07".
    pub fn exact(&self, at: Instant) -> String {
        t!("when-moment", day = self.day(at), time = self.clock(at))
    }

    /// Short, for tables: "26 Mar 2026, 23:59".
    pub fn short(&self, at: Instant) -> String {
        let time = self.minute(at);
        let at = self.at(at);
        let year = at.year().to_string();
        let day = t!("when-day", day = i64::from(at.day()), month = short_month(&at), year = year);
        t!("when-moment", day = day, time = time)
    }

    /// What the zone is called at this moment: "Oslo time, UTC+1"; only "UTC" for UTC itself.
    pub fn name(&self, at: Instant) -> String {
        let offset = self.offset(at);
        match self.city() {
            Some(city) => t!("when-zone", city = city, offset = offset),
            None => offset,
        }
    }

    /// The city behind the zone's name.
    fn city(&self) -> Option<String> {
        let name = self.0.iana_name()?;
        let (area, city) = name.rsplit_once('/')?;
        (area != "Etc").then(|| city.replace('_', " "))
    }

    fn offset(&self, at: Instant) -> String {
        let seconds = self.at(at).offset().seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
        match (hours, minutes) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
        }
    }

    fn at(&self, at: Instant) -> Zoned {
        Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_zoned(self.0.clone())
    }
}

/// UTC, for the second time that stands behind a local one.
pub fn utc() -> Zone {
    Zone(TimeZone::UTC)
}

/// As calendars exchange it: `20260329T215900Z`.
pub fn utc_stamp(at: Instant) -> String {
    let at = utc().at(at);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// A length of time in words: "45 minutes", "1 hour 30 minutes", "20 seconds".
pub fn length(seconds: Seconds) -> String {
    let seconds = seconds.get().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut words = Vec::new();
    if hours > 0 {
        words.push(t!("when-hours", count = hours));
    }
    if minutes > 0 {
        words.push(t!("when-minutes", count = minutes));
    }
    if rest > 0 || words.is_empty() {
        words.push(t!("when-seconds", count = rest));
    }
    words.join(" ")
}

fn month(at: &Zoned) -> String {
    match at.month() {
        1 => t!("when-january"),
        2 => t!("when-february"),
        3 => t!("when-march"),
        4 => t!("when-april"),
        5 => t!("when-may"),
        6 => t!("when-june"),
        7 => t!("when-july"),
        8 => t!("when-august"),
        9 => t!("when-september"),
        10 => t!("when-october"),
        11 => t!("when-november"),
        _ => t!("when-december"),
    }
}

fn short_month(at: &Zoned) -> String {
    match at.month() {
        1 => t!("when-jan"),
        2 => t!("when-feb"),
        3 => t!("when-mar"),
        4 => t!("when-apr"),
        5 => t!("when-short-may"),
        6 => t!("when-jun"),
        7 => t!("when-jul"),
        8 => t!("when-aug"),
        9 => t!("when-sep"),
        10 => t!("when-oct"),
        11 => t!("when-nov"),
        _ => t!("when-dec"),
    }
}

fn weekday(at: &Zoned) -> String {
    match at.weekday() {
        jiff::civil::Weekday::Monday => t!("when-monday"),
        jiff::civil::Weekday::Tuesday => t!("when-tuesday"),
        jiff::civil::Weekday::Wednesday => t!("when-wednesday"),
        jiff::civil::Weekday::Thursday => t!("when-thursday"),
        jiff::civil::Weekday::Friday => t!("when-friday"),
        jiff::civil::Weekday::Saturday => t!("when-saturday"),
        jiff::civil::Weekday::Sunday => t!("when-sunday"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-26T22:59:00Z, in winter time; 2026-03-29T01:00:00Z is when summer time begins.
    const MARCH: Instant = Instant::from_micros(1_774_565_940_000_000);
    const SUMMER: Instant = Instant::from_micros(1_774_746_000_000_000);

    #[test]
    fn a_moment_is_exact_and_names_its_zone() {
        let oslo = Zone::named("Europe/Oslo");
        assert_eq!(oslo.moment(MARCH), "Thursday 26 March 2026, 23:59");
        assert_eq!(oslo.name(MARCH), "Oslo time, UTC+1");
        assert_eq!(oslo.short(MARCH), "26 Mar 2026, 23:59");
        assert_eq!(utc().moment(MARCH), "Thursday 26 March 2026, 22:59");
        assert_eq!(utc().name(MARCH), "UTC");
    }

    #[test]
    fn the_day_on_which_the_clocks_change_is_not_one_hour_off() {
        let oslo = Zone::named("Europe/Oslo");
        let before = Instant::from_micros(SUMMER.micros() - 1_000_000);
        assert_eq!(
            (oslo.clock(before), oslo.name(before)),
            ("01:59:59".into(), "Oslo time, UTC+1".into())
        );
        assert_eq!(
            (oslo.clock(SUMMER), oslo.name(SUMMER)),
            ("03:00:00".into(), "Oslo time, UTC+2".into())
        );
    }

    #[test]
    fn half_hours_and_unknown_zones_are_told_apart() {
        assert_eq!(Zone::named("Asia/Kolkata").name(MARCH), "Kolkata time, UTC+5:30");
        assert_eq!(Zone::named("America/New_York").name(MARCH), "New York time, UTC-4");
        assert_eq!(Zone::named("Nowhere/Atall").name(MARCH), "UTC");
    }

    #[test]
    fn lengths_are_words() {
        assert_eq!(length(Seconds::new(2700)), "45 minutes");
        assert_eq!(length(Seconds::new(4050)), "1 hour 7 minutes 30 seconds");
        assert_eq!(length(Seconds::new(60)), "1 minute");
        assert_eq!(length(Seconds::ZERO), "0 seconds");
    }
}
