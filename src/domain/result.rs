//! What a finished attempt adds up to: a pure function of the published snapshot and the log.
//!
//! Points are counted in ten-thousandths. The share of one item is exact and rounded once, to its
//! credit; everything above is a sum of whole numbers, so items, skills, sections and total always
//! agree, and anybody can add them up again. Only the cut is decided on the exact shares, so that no
//! rounding decides about a person.

use crate::domain::id::{AreaSlug, ItemCode, SkillSlug};
use crate::domain::interaction::Kind;
use crate::domain::item::{Item, Status};
use crate::domain::number::Ratio;
use crate::domain::response::{Completeness, Response, ResponseBody};
use crate::domain::scoring::{Credit, RULE_VERSION};
use crate::domain::skill::{Cluster, Level};
use crate::domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

pub use crate::domain::range::{FEWEST_PEOPLE, Place, Range, Standing, places};

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
    /// Whole per cents of all points that the exact shares reach: 33 for a third.
    pub whole_percent: u32,
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
    let (mut items, exact): (Vec<Scored>, Vec<(Ratio, u32)>) = paper
        .seats
        .iter()
        .map(|seat| {
            let (item, share) = scored(seat, last.get(&seat.position).copied());
            (item, (share, seat.weight))
        })
        .unzip();
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
        whole_percent: whole_percent(&exact),
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

fn scored(seat: &Seat<'_>, last: Option<(&Entry, u32)>) -> (Scored, Ratio) {
    let Item { facts, body, key } = seat.item;
    // What cannot be read is an answer without a meaning, not an error: it was kept as it came.
    let raw = last.map(|(entry, _)| {
        serde_json::from_value::<ResponseBody>(entry.body.clone()).map(|body| body.raw).ok()
    });
    let (share, state, response) = match raw {
        None => (Ratio::ZERO, Completeness::Blank, String::new()),
        Some(None) => (Ratio::ZERO, Completeness::Incomplete, Response::Unreadable.summary()),
        Some(Some(raw)) => {
            let reading = body.interaction.read(&raw);
            let share = body.interaction.share(&key.interaction, &raw);
            (share, reading.completeness, reading.response.summary())
        }
    };
    let scored = Scored {
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
        credit: Credit::of(share).get(),
        state,
        response,
        changes: last.map_or(0, |(_, changes)| changes),
        version: last.map(|(entry, _)| entry.version),
        answered_at: last.map(|(entry, _)| entry.received_at),
        is_late: last.is_some_and(|(entry, _)| entry.is_late),
    };
    (scored, share)
}

/// How many whole per cents of all points these exact shares reach.
fn whole_percent(exact: &[(Ratio, u32)]) -> u32 {
    let all: u64 = exact.iter().map(|(_, weight)| u64::from(*weight)).sum();
    let earned = exact.iter().try_fold(Ratio::ZERO, |sum, (share, weight)| {
        sum.checked_add(share.checked_mul(Ratio::new(*weight, 1))?)
    });
    // With very many different denominators the sum does not fit. Then each share counts to 18 digits,
    // rounded up: what is left of an error can only be in the person's favour.
    let earned = earned.unwrap_or_else(|| {
        let digits: i128 = 1_000_000_000_000_000_000;
        let up = |share: &Ratio| {
            (share.numerator() * digits + share.denominator() - 1) / share.denominator()
        };
        Ratio::new(
            exact.iter().map(|(share, weight)| up(share) * i128::from(*weight)).sum::<i128>(),
            digits,
        )
    });
    let percent = earned.checked_mul(Ratio::new(100, all)).unwrap_or(Ratio::ZERO);
    u32::try_from(percent.numerator() / percent.denominator()).unwrap_or(0).min(100)
}

impl Outcome {
    /// Does the exact share of points reach the cut?
    pub const fn is_cut_met(&self, cut_percent: u32) -> bool {
        self.whole_percent >= cut_percent
    }
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
