//! When an attempt ends: the limit, the time that was given, the grace after it.
//!
//! The database decides with its own clock; this is the same calculus, for the screens and as the
//! model that the database's functions are tested against.

use crate::domain::time::{Instant, Seconds};
use serde::{Deserialize, Serialize};

const MICROS: i64 = 1_000_000;

/// How long a session outlives its attempt: for the receipt, and for text that was typed while the
/// line was down.
pub const SESSION_OUTLIVES: Seconds = Seconds::from_minutes(60);

/// Why time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// An agreed change for this person.
    Accommodation,
    /// Something went wrong for a group.
    Incident,
    /// The person's own line was down.
    Line,
    /// The server was away.
    Outage,
    /// A break was allowed.
    Pause,
    /// The attempt was opened again.
    Reopen,
}

impl GrantKind {
    /// The name in tables and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accommodation => "accommodation",
            Self::Incident => "incident",
            Self::Line => "line",
            Self::Outage => "outage",
            Self::Pause => "pause",
            Self::Reopen => "reopen",
        }
    }
}

/// How much time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// Plain seconds; they add up.
    Plain(Seconds),
    /// The time from one instant to another; overlapping intervals count once.
    Between(Instant, Instant),
}

/// One line of the ledger of given time. Lines are never taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Why.
    pub kind: GrantKind,
    /// How much.
    pub given: Given,
    /// When it was written down.
    pub granted_at: Instant,
    /// A person gave it; the line of the person's own factor and outages come by themselves.
    pub is_by_staff: bool,
}

/// Extra seconds of a factor such as 150 percent, rounded up.
pub const fn factor_extra(base: Seconds, factor_percent: u32) -> Seconds {
    let extra = factor_percent.saturating_sub(100);
    base.percent(extra as i64)
}

/// Microseconds that a set of intervals covers, from `since` on; overlaps count once.
fn covered(intervals: impl Iterator<Item = (Instant, Instant)>, since: Instant) -> i64 {
    let mut spans: Vec<(Instant, Instant)> = intervals
        .map(|(from, until)| (from.max(since), until))
        .filter(|(from, until)| from < until)
        .collect();
    spans.sort_unstable();
    let mut sum = 0;
    let mut reached = Instant::from_micros(i64::MIN);
    for (from, until) in spans {
        let from = from.max(reached);
        if from < until {
            sum += until.micros() - from.micros();
            reached = until;
        }
    }
    sum
}

fn intervals(ledger: &[Grant]) -> impl Iterator<Item = (Instant, Instant)> {
    ledger.iter().filter_map(|grant| match grant.given {
        Given::Between(from, until) => Some((from, until)),
        Given::Plain(_) => None,
    })
}

fn plain(ledger: &[Grant], counts: impl Fn(&Grant) -> bool) -> Seconds {
    let seconds = |grant: &Grant| match grant.given {
        Given::Plain(seconds) if counts(grant) => seconds,
        _ => Seconds::ZERO,
    };
    ledger.iter().map(seconds).sum()
}

/// Whole seconds, a part of a second given in full.
const fn rounded_up(micros: i64) -> Seconds {
    Seconds::new(micros.div_euclid(MICROS) + (micros.rem_euclid(MICROS) != 0) as i64)
}

/// All seconds that a ledger gives to the attempt.
pub fn extra(ledger: &[Grant]) -> Seconds {
    plain(ledger, |_| true) + rounded_up(covered(intervals(ledger), Instant::from_micros(i64::MIN)))
}

/// Seconds for a section with its own clock: the person's factor on the section's limit, and what
/// people or outages gave since it was opened. The line of the factor itself is the attempt's.
pub fn section_extra(
    ledger: &[Grant],
    limit: Seconds,
    factor_percent: u32,
    opened_at: Instant,
) -> Seconds {
    let given = plain(ledger, |grant| grant.is_by_staff && grant.granted_at >= opened_at);
    let factor = i64::from(factor_percent.saturating_sub(100));
    // A hundredth of a second is 10,000 microseconds; rounding happens once, over both parts.
    let micros = limit.get() * factor * (MICROS / 100) + covered(intervals(ledger), opened_at);
    given + rounded_up(micros)
}

/// Where an instant lies against a deadline with grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// In time.
    InTime,
    /// After the deadline, within the grace: counts, marked late.
    Late,
    /// Over.
    Over,
}

/// The phase of `now`; no deadline is never over.
pub fn phase(deadline: Option<Instant>, grace: Seconds, now: Instant) -> Phase {
    match deadline {
        Some(deadline) if now > deadline + grace => Phase::Over,
        Some(deadline) if now > deadline => Phase::Late,
        _ => Phase::InTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * MICROS)
    }

    fn between(from: i64, until: i64) -> Grant {
        Grant {
            kind: GrantKind::Outage,
            given: Given::Between(at(from), at(until)),
            granted_at: at(until),
            is_by_staff: false,
        }
    }

    fn staff(seconds: i64, granted_at: i64) -> Grant {
        Grant {
            kind: GrantKind::Incident,
            given: Given::Plain(Seconds::new(seconds)),
            granted_at: at(granted_at),
            is_by_staff: true,
        }
    }

    #[test]
    fn overlapping_intervals_count_once_and_plain_seconds_add_up() {
        let ledger = [
            between(10, 20),
            between(15, 25),
            between(12, 14),
            between(40, 41),
            staff(60, 0),
            staff(60, 0),
        ];
        assert_eq!(extra(&ledger), Seconds::new(15 + 1 + 120));
    }

    #[test]
    fn a_part_of_a_second_is_given_in_full() {
        let mut grant = between(0, 1);
        grant.given = Given::Between(at(0), Instant::from_micros(1));
        assert_eq!(extra(&[grant]), Seconds::new(1));
    }

    #[test]
    fn factors_stretch_every_clock() {
        assert_eq!(factor_extra(Seconds::from_minutes(45), 150), Seconds::new(1_350));
        assert_eq!(factor_extra(Seconds::new(45), 125), Seconds::new(12));
        assert_eq!(factor_extra(Seconds::new(45), 100), Seconds::ZERO);
    }

    #[test]
    fn a_section_gets_what_was_given_since_it_was_opened() {
        let ledger = [between(0, 10), between(95, 105), staff(30, 50), staff(40, 100)];
        let extra = section_extra(&ledger, Seconds::new(101), 150, at(100));
        assert_eq!(
            extra,
            Seconds::new(40 + 56),
            "50.5 seconds by the factor and 5 of the outage make 55.5"
        );
    }

    #[test]
    fn grace_is_late_and_then_it_is_over() {
        let grace = Seconds::new(10);
        let phases = [100, 101, 110, 111].map(|now| phase(Some(at(100)), grace, at(now)));
        assert_eq!(phases, [Phase::InTime, Phase::Late, Phase::Late, Phase::Over]);
        assert_eq!(phase(None, grace, at(i64::from(u32::MAX))), Phase::InTime);
    }

    fn ledger() -> impl Strategy<Value = Vec<Grant>> {
        let grant = prop_oneof![
            (0_i64..100, 1_i64..50).prop_map(|(from, length)| between(from, from + length)),
            (1_i64..100, 0_i64..100).prop_map(|(seconds, when)| staff(seconds, when)),
        ];
        prop::collection::vec(grant, 0..8)
    }

    proptest! {
        #[test]
        fn one_more_grant_never_shortens_a_clock(ledger in ledger(), more in ledger(), limit in 30_i64..500, factor in 100_u32..400, opened in 0_i64..100) {
            let both: Vec<Grant> = ledger.iter().chain(&more).copied().collect();
            prop_assert!(extra(&ledger) <= extra(&both));
            let section = |ledger: &[Grant]| section_extra(ledger, Seconds::new(limit), factor, at(opened));
            prop_assert!(section(&ledger) <= section(&both));
            prop_assert!(section(&ledger) >= Seconds::ZERO);
        }

        #[test]
        fn the_order_of_the_ledger_does_not_matter(mut ledger in ledger(), turn in 0_usize..8) {
            let before = extra(&ledger);
            if !ledger.is_empty() {
                let turn = turn % ledger.len();
                ledger.rotate_left(turn);
            }
            prop_assert_eq!(before, extra(&ledger));
        }

        #[test]
        fn a_larger_factor_never_shortens(base in 0_i64..10_000, factor in 100_u32..400, more in 0_u32..100) {
            prop_assert!(factor_extra(Seconds::new(base), factor) <= factor_extra(Seconds::new(base), factor + more));
        }
    }
}
