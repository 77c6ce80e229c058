//! How sure a score is, and who can be told apart from whom.

use crate::domain::result::Tally;
use std::collections::BTreeMap;

/// A share of the points with its likely range, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The share, rounded half up.
    pub score: u32,
    /// Lower end of the 95 % range, rounded down.
    pub low: u32,
    /// Upper end, rounded up.
    pub high: u32,
}

/// On which side of the cut score a range lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The whole range is below.
    Below,
    /// The range crosses the cut: look closer.
    Around,
    /// The whole range reaches it.
    Met,
}

/// A share of 100 %.
const WHOLE: i128 = 10_000;

impl Range {
    /// Wilson's interval for a share of points, with as many trials as the weights are worth.
    ///
    /// All in whole numbers: the 95 % quantile is 1.96, and every term carries its factor 10,000.
    pub(super) fn wilson(tally: &Tally) -> Self {
        let (points, max) = (i128::from(tally.points), i128::from(tally.max));
        if max == 0 {
            return Self { score: 0, low: 0, high: 10_000 };
        }
        let weight = i128::from(tally.weight) * i128::from(tally.weight);
        let squares = i128::from(tally.squares);
        let spread = 38_416 * (squares * max) * (squares * max)
            + 40_000 * weight * squares * points * (max - points);
        // The root is rounded up, so that the range is never too narrow.
        let root = 196 * (spread.isqrt() + 1);
        let middle = 20_000 * weight * points + 38_416 * squares * max;
        let whole = 2 * max * (10_000 * weight + 38_416 * squares);
        let score = (points * WHOLE * 2 + max).div_euclid(max * 2);
        let low = ((middle - root) * WHOLE).div_euclid(whole).clamp(0, score);
        let high = -(-(middle + root) * WHOLE).div_euclid(whole);
        let small = |share: i128| u32::try_from(share).unwrap_or(0);
        Self { score: small(score), low: small(low), high: small(high.clamp(score, WHOLE)) }
    }

    /// The score in whole per cent, rounded down: 59.9 of 100 never reads as a met cut of 60.
    pub fn percent(self) -> u8 {
        u8::try_from(self.score / 100).unwrap_or(100)
    }

    /// The lower end in whole per cent, rounded down.
    pub fn percent_low(self) -> u8 {
        u8::try_from(self.low / 100).unwrap_or(100)
    }

    /// The upper end in whole per cent, rounded up.
    pub fn percent_high(self) -> u8 {
        u8::try_from(self.high.div_ceil(100)).unwrap_or(100)
    }

    /// On which side of a cut score it lies.
    pub fn standing(self, cut_percent: u32) -> Standing {
        let cut = cut_percent.saturating_mul(100);
        if self.low >= cut {
            Standing::Met
        } else if self.high < cut {
            Standing::Below
        } else {
            Standing::Around
        }
    }

    /// Whether the difference to the other is more than chance explains (Newcombe's interval).
    pub fn is_clearly_ahead_of(self, other: Self) -> bool {
        let square = |a: u32, b: u32| u64::from(a.abs_diff(b)).pow(2);
        self.score > other.score
            && square(self.score, self.low) + square(other.high, other.score)
                < square(self.score, other.score)
    }
}

/// Where a result stands among those of its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// One more than the people who are clearly ahead.
    pub rank: u32,
    /// How many are clearly ahead.
    pub ahead: u32,
    /// How many others cannot be told apart from this one.
    pub level: u32,
    /// How many results are compared.
    pub among: u32,
    /// Share of the others that is lower, equal ones counted by half; hidden among few people.
    pub percentile: Option<u8>,
}

/// Fewer people than this say nothing about a spread, and could be recognised.
pub const FEWEST_PEOPLE: u32 = 30;

/// The place of every result in a list of ranges of one version.
pub fn places(ranges: &[Range]) -> Vec<Place> {
    let mut distinct: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
    for range in ranges {
        *distinct.entry((range.score, range.low, range.high)).or_default() += 1;
    }
    let all: Vec<(Range, u32)> = distinct
        .into_iter()
        .map(|((score, low, high), count)| (Range { score, low, high }, count))
        .collect();
    let among = u32::try_from(ranges.len()).unwrap_or(u32::MAX);
    let place = |own: Range| {
        let count = |is: &dyn Fn(Range) -> bool| -> u32 {
            all.iter().filter(|(other, _)| is(*other)).map(|(_, count)| count).sum()
        };
        let ahead = count(&|other| other.is_clearly_ahead_of(own));
        let behind = count(&|other| own.is_clearly_ahead_of(other));
        let lower = count(&|other| other.score < own.score);
        let same = count(&|other| other.score == own.score);
        let halves = u64::from(lower) * 2 + u64::from(same);
        let percentile = (among >= FEWEST_PEOPLE)
            .then(|| u8::try_from(halves * 50 / u64::from(among)).unwrap_or(100));
        let level = among.saturating_sub(ahead + behind + 1);
        Place { rank: ahead + 1, ahead, level, among, percentile }
    };
    let known: BTreeMap<(u32, u32, u32), Place> =
        all.iter().map(|(own, _)| ((own.score, own.low, own.high), place(*own))).collect();
    ranges.iter().filter_map(|own| known.get(&(own.score, own.low, own.high)).copied()).collect()
}
