//! What a finished attempt adds up to: a pure function of the published snapshot and the log.
//!
//! Points are counted in ten-thousandths. The share of one item is exact and rounded once, to its
//! credit; everything above is a sum of whole numbers, so items, skills, sections and total always
//! agree, and anybody can add them up again.

use crate::domain::id::{AreaSlug, ItemCode, SkillSlug};
use crate::domain::interaction::Kind;
use crate::domain::item::{Item, Status};
use crate::domain::response::{Completeness, Response, ResponseBody};
use crate::domain::scoring::{Credit, RULE_VERSION};
use crate::domain::skill::{Cluster, Level};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Ten-thousandths in one point.
pub const POINT: i64 = 10_000;

/// Fewer items than this carry no score of their own.
pub const FEWEST_UNITS: u32 = 6;

/// One place of the paper with the item as it was published.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    /// Its number in the paper, from 1.
    pub position: u32,
    /// The section, from 1.
    pub section: u32,
    /// Points that the item can earn.
    pub weight: u32,
    /// The item with its key.
    pub item: &'a Item,
}

/// What was published, as far as scoring needs it.
#[derive(Clone, Debug)]
pub struct Snapshot<'a> {
    /// The paper in the order of positions.
    pub seats: Vec<Seat<'a>>,
    /// To which cluster an area belongs.
    pub clusters: BTreeMap<AreaSlug, Cluster>,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 and so on.
    pub version: i64,
    /// Place in the paper.
    pub position: u32,
    /// When it arrived.
    pub received_at: Instant,
    /// After the end, inside the grace: it counts, and is marked.
    pub is_late: bool,
    /// The stored response.
    pub body: Value,
}

/// What one item earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// Its place in the paper.
    pub position: u32,
    /// Its section.
    pub section: u32,
    /// Its name in the bank.
    pub code: ItemCode,
    /// Which revision of it.
    pub revision: u32,
    /// How it is answered.
    pub kind: Kind,
    /// What it measures.
    pub skill: SkillSlug,
    /// For whom it is made.
    pub level: Level,
    /// Scored, and not yet proven with real answers.
    pub is_pilot: bool,
    /// No panel has confirmed its key.
    pub is_provisional: bool,
    /// Points that it can earn.
    pub weight: u32,
    /// The share of them, in ten-thousandths.
    pub credit: u16,
    /// How far the answer was.
    pub state: Completeness,
    /// The answer as one line.
    pub response: String,
    /// How often the answer changed.
    pub changes: u32,
    /// The version that counts; none: never answered.
    pub version: Option<i64>,
    /// When that arrived.
    pub answered_at: Option<Instant>,
    /// It arrived in the grace.
    pub is_late: bool,
}

impl Scored {
    /// What it earned, in ten-thousandths of a point.
    pub fn points(&self) -> i64 {
        i64::from(self.credit) * i64::from(self.weight)
    }

    /// What it could earn.
    pub fn max(&self) -> i64 {
        POINT * i64::from(self.weight)
    }
}

/// What several items add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many items.
    pub items: u32,
    /// How many of them have an answer.
    pub answered: u32,
    /// What they earned, in ten-thousandths of a point.
    pub points: i64,
    /// What they could earn.
    pub max: i64,
    /// Sum of weights.
    pub weight: u32,
    /// Sum of squared weights: unequal weights tell less than as many equal ones.
    pub squares: u64,
}

impl Tally {
    fn add(&mut self, item: &Scored) {
        self.items += 1;
        self.answered += u32::from(item.state != Completeness::Blank);
        self.points += item.points();
        self.max += item.max();
        self.weight += item.weight;
        self.squares += u64::from(item.weight) * u64::from(item.weight);
    }

    fn join(&mut self, other: &Self) {
        self.items += other.items;
        self.answered += other.answered;
        self.points += other.points;
        self.max += other.max;
        self.weight += other.weight;
        self.squares += other.squares;
    }

    /// The score with its likely range.
    pub fn range(&self) -> Range {
        Range::wilson(self)
    }
}

/// The tally of a group of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group<K> {
    /// Which group.
    pub of: K,
    /// What it adds up to.
    #[serde(flatten)]
    pub tally: Tally,
}

/// The tally of an area, with the cluster it was counted in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaTally {
    /// The area.
    pub of: AreaSlug,
    /// Its cluster.
    pub cluster: Option<Cluster>,
    /// What it adds up to.
    #[serde(flatten)]
    pub tally: Tally,
}

/// The frozen outcome: what `result.detail` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Version of this shape.
    pub v: u8,
    /// Version of the rules.
    pub rule_version: u32,
    /// Length of the log.
    pub final_version: i64,
    /// All items together.
    pub total: Tally,
    /// By section, from 1.
    pub sections: Vec<Group<u32>>,
    /// By cluster, in the order of screens.
    pub clusters: Vec<Group<Cluster>>,
    /// By area.
    pub areas: Vec<AreaTally>,
    /// By skill.
    pub skills: Vec<Group<SkillSlug>>,
    /// By item, in the order of the paper.
    pub items: Vec<Scored>,
}

/// The log does not fit the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A version is missing or there twice.
    #[error("version {0} is not where the log should have it")]
    Version(i64),
    /// An answer to a place that is not in the paper.
    #[error("version {version} answers place {position}, which the paper does not have")]
    Position {
        /// Of which version.
        version: i64,
        /// Which place.
        position: u32,
    },
}

/// The score of a whole log: the last answer of each place counts.
pub fn score(paper: &Snapshot<'_>, log: &[Entry]) -> Result<Outcome, Misfit> {
    let mut last: BTreeMap<u32, (&Entry, u32)> = BTreeMap::new();
    for (at, entry) in log.iter().enumerate() {
        if i64::try_from(at + 1) != Ok(entry.version) {
            return Err(Misfit::Version(entry.version));
        }
        if !paper.seats.iter().any(|seat| seat.position == entry.position) {
            return Err(Misfit::Position { version: entry.version, position: entry.position });
        }
        let changes = last.get(&entry.position).map_or(0, |(_, changes)| changes + 1);
        last.insert(entry.position, (entry, changes));
    }
    let mut items: Vec<Scored> =
        paper.seats.iter().map(|seat| scored(seat, last.get(&seat.position).copied())).collect();
    items.sort_by_key(|item| item.position);

    let mut total = Tally::default();
    let (mut sections, mut skills) = (BTreeMap::new(), BTreeMap::new());
    let mut areas: BTreeMap<AreaSlug, Tally> = BTreeMap::new();
    for item in &items {
        total.add(item);
        sections.entry(item.section).or_insert_with(Tally::default).add(item);
        skills.entry(item.skill.clone()).or_insert_with(Tally::default).add(item);
        areas.entry(item.skill.area()).or_default().add(item);
    }
    let areas: Vec<AreaTally> = areas
        .into_iter()
        .map(|(of, tally)| AreaTally { cluster: paper.clusters.get(&of).copied(), of, tally })
        .collect();
    Ok(Outcome {
        v: 1,
        rule_version: RULE_VERSION,
        final_version: i64::try_from(log.len()).unwrap_or(i64::MAX),
        total,
        sections: sections.into_iter().map(|(of, tally)| Group { of, tally }).collect(),
        clusters: clusters(&areas),
        skills: skills.into_iter().map(|(of, tally)| Group { of, tally }).collect(),
        areas,
        items,
    })
}

fn clusters(areas: &[AreaTally]) -> Vec<Group<Cluster>> {
    Cluster::ALL
        .into_iter()
        .filter_map(|cluster| {
            let mut tally = Tally::default();
            areas
                .iter()
                .filter(|area| area.cluster == Some(cluster))
                .for_each(|area| tally.join(&area.tally));
            (tally.items > 0).then_some(Group { of: cluster, tally })
        })
        .collect()
}

fn scored(seat: &Seat<'_>, last: Option<(&Entry, u32)>) -> Scored {
    let Item { facts, body, key } = seat.item;
    // What cannot be read is an answer without a meaning, not an error: it was kept as it came.
    let raw = last.map(|(entry, _)| {
        serde_json::from_value::<ResponseBody>(entry.body.clone()).map(|body| body.raw).ok()
    });
    let (credit, state, response) = match raw {
        None => (Credit::default(), Completeness::Blank, String::new()),
        Some(None) => (Credit::default(), Completeness::Incomplete, Response::Unreadable.summary()),
        Some(Some(raw)) => {
            let reading = body.interaction.read(&raw);
            let credit = Credit::of(body.interaction.share(&key.interaction, &raw));
            (credit, reading.completeness, reading.response.summary())
        }
    };
    Scored {
        position: seat.position,
        section: seat.section,
        code: facts.code.clone(),
        revision: facts.revision,
        kind: facts.kind,
        skill: facts.skill.clone(),
        level: facts.level,
        is_pilot: facts.status != Status::Operational,
        is_provisional: key.is_provisional(),
        weight: seat.weight,
        credit: credit.get(),
        state,
        response,
        changes: last.map_or(0, |(_, changes)| changes),
        version: last.map(|(entry, _)| entry.version),
        answered_at: last.map(|(entry, _)| entry.received_at),
        is_late: last.is_some_and(|(entry, _)| entry.is_late),
    }
}

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
    fn wilson(tally: &Tally) -> Self {
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

/// Does the share of points reach the cut? Decided by the exact share, not by a rounded one.
pub fn is_cut_met(points: i64, max: i64, cut_percent: u32) -> bool {
    i128::from(points) * 100 >= i128::from(max) * i128::from(cut_percent)
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

/// Time used as a share of the own limit, in whole per cent, at most 100; none without a limit.
pub fn time_share(used_seconds: i64, own_limit_seconds: i64, is_untimed: bool) -> Option<u8> {
    if is_untimed || own_limit_seconds <= 0 {
        return None;
    }
    let share = used_seconds.max(0).saturating_mul(100) / own_limit_seconds;
    u8::try_from(share.min(100)).ok()
}

#[cfg(test)]
#[path = "result_tests.rs"]
mod tests;
