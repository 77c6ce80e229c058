//! An invitation: the time that one person has, and how far the person has come.

use std::fmt;
use std::str::FromStr;

/// The time that one person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnTime {
    /// 150 is half as much again; at least 100.
    pub factor_percent: u16,
    /// No clock at all.
    pub is_untimed: bool,
}

impl OwnTime {
    /// The same as everybody.
    pub const USUAL: Self = Self { factor_percent: 100, is_untimed: false };
    /// No clock.
    pub const UNTIMED: Self = Self { factor_percent: 100, is_untimed: true };
    /// The smallest and the largest factor.
    pub const RANGE: std::ops::RangeInclusive<u32> = 100..=400;

    /// A factor in per cent.
    pub fn percent(factor: u32) -> Result<Self, NoFactor> {
        match u16::try_from(factor) {
            Ok(factor_percent) if Self::RANGE.contains(&factor) => {
                Ok(Self { factor_percent, is_untimed: false })
            }
            _ => Err(NoFactor),
        }
    }
}

impl FromStr for OwnTime {
    type Err = NoFactor;

    /// Reads `1.5`, `1,5`, `150`, `150 %`, `+50 %` and `untimed`.
    fn from_str(text: &str) -> Result<Self, NoFactor> {
        let text = text.trim().to_lowercase();
        if text == "untimed" {
            return Ok(Self::UNTIMED);
        }
        let (digits, is_percent) = match text.strip_suffix('%') {
            Some(digits) => (digits.trim_end(), true),
            None => (text.as_str(), false),
        };
        if let Some(more) = digits.strip_prefix('+') {
            let more: u32 = whole(more).filter(|_| is_percent).ok_or(NoFactor)?;
            return Self::percent(more.saturating_add(100));
        }
        if let Some(number) = whole(digits) {
            let is_factor = !is_percent && (1..=4).contains(&number);
            return Self::percent(if is_factor { number * 100 } else { number });
        }
        let (ones, hundredths) = digits.split_once(['.', ',']).ok_or(NoFactor)?;
        let ones = whole(ones).filter(|_| !is_percent).ok_or(NoFactor)?;
        let part = match hundredths.len() {
            1 => whole(hundredths).map(|tenths| tenths * 10),
            2 => whole(hundredths),
            _ => None,
        };
        Self::percent(ones.saturating_mul(100).saturating_add(part.ok_or(NoFactor)?))
    }
}

fn whole(text: &str) -> Option<u32> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// The text is no factor from 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no factor")]
pub struct NoFactor;

macro_rules! statuses {
    ($($(#[$doc:meta])+ $name:ident = $word:literal,)+) => {
        /// How far an invitation has come, as of one instant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Status { $($(#[$doc])+ $name,)+ }

        impl Status {
            /// Every status, in the order of an invitation's life.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word in tables and addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

statuses! {
    /// Sent, and nobody has opened the link.
    Invited = "invited",
    /// The link was opened.
    Opened = "opened",
    /// The clock runs.
    Started = "started",
    /// Handed in, by whomever.
    Submitted = "submitted",
    /// Cancelled after the start.
    Voided = "voided",
    /// Never started, and now too late.
    Expired = "expired",
    /// The person said no.
    Declined = "declined",
    /// Withdrawn.
    Revoked = "revoked",
}

impl Status {
    /// Can the person still begin?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Invited | Self::Opened)
    }

    /// Was there a start?
    pub const fn has_attempt(self) -> bool {
        matches!(self, Self::Started | Self::Submitted | Self::Voided)
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;
    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or(UnknownStatus)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no such status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown status")]
pub struct UnknownStatus;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_factor_or_a_share_and_nothing_between() {
        for (text, percent) in [
            ("1", 100),
            ("1.5", 150),
            ("1,25", 125),
            ("150", 150),
            ("150 %", 150),
            ("+50%", 150),
            ("4", 400),
        ] {
            assert_eq!(text.parse(), OwnTime::percent(percent), "{text}");
        }
        assert_eq!("Untimed".parse(), Ok(OwnTime::UNTIMED));
        for text in
            ["0", "0.9", "99", "401", "4.01", "1.255", "1.5 %", "+50", "-2", "x", "1e2", "٢"]
        {
            assert_eq!(text.parse::<OwnTime>(), Err(NoFactor), "{text}");
        }
    }

    #[test]
    fn a_status_reads_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(*status));
        }
    }
}
