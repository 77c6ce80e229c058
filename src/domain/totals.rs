//! The figures beside the builder: minutes, items, points, words, coverage, and cells that are thin.

use crate::domain::assessment::{Counts, Draft, Draw, Problem, Section};
use crate::domain::bank::{Bank, PoolItem};
use crate::domain::id::{AreaSlug, SkillSlug};
use crate::domain::number::Ratio;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use serde::Serialize;
use std::collections::BTreeMap;

/// Above this share of candidates per item a cell is thin: items get known too fast.
const THIN_PERCENT: u32 = 25;

/// What a share of the assessment adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// Items, in hundredths, because a draw may share one item among several skills.
    pub items_hundredths: u32,
    /// Share of all points, in hundredths of a percent.
    pub share: u32,
}

/// Figures of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionTotals {
    /// Items a candidate meets.
    pub items: u32,
    /// What they are planned for.
    pub expected: Seconds,
    /// Points that can be earned.
    pub points: u32,
    /// Its draws, in their order.
    pub draws: Vec<DrawTotals>,
}

/// Figures of one draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DrawTotals {
    /// What its items are planned for.
    pub expected: Seconds,
    /// How many of each level a paper takes.
    pub counts: Counts,
    /// How many items there are to draw from.
    pub available: u32,
    /// How many of them only the organisation has.
    pub own: u32,
}

/// Figures of the whole draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Items a candidate meets.
    pub items: u32,
    /// What they are planned for.
    pub expected: Seconds,
    /// The clock.
    pub limit: Seconds,
    /// Points that can be earned.
    pub points: u32,
    /// Words to read, on average.
    pub words: u32,
    /// Items of a paper that anybody can read with their keys, on average, in hundredths.
    pub public_hundredths: u32,
    /// By section.
    pub sections: Vec<SectionTotals>,
    /// By skill, in the order of slugs.
    pub skills: BTreeMap<SkillSlug, Amount>,
    /// By area.
    pub areas: BTreeMap<AreaSlug, Amount>,
    /// Worth knowing, but no reason not to publish.
    pub warnings: Vec<Problem>,
}

/// The items of a cell, with how many of them a paper takes.
fn cells<'a, 'b>(
    section: &'b Section,
    counts: &'b [Counts],
    items: &'b [PoolItem<'a>],
) -> impl Iterator<Item = (usize, &'b Draw, Option<Level>, u32, Vec<PoolItem<'a>>)> {
    section.draws.iter().zip(counts).enumerate().flat_map(move |(nr, (draw, counts))| {
        counts.cells().map(move |(level, count)| {
            let members = items.iter().filter(|item| {
                draw.takes(item.facts, level) && !section.picks.contains(&item.facts.code)
            });
            (nr, draw, level, count, members.copied().collect())
        })
    })
}

/// `count` times the mean of a figure over a cell.
fn mean(members: &[PoolItem<'_>], count: u32, figure: impl Fn(&PoolItem<'_>) -> i64) -> Ratio {
    let sum: i64 = members.iter().map(figure).sum();
    Ratio::new(i128::from(sum) * i128::from(count), i128::try_from(members.len()).unwrap_or(0))
}

fn add(sum: &mut Ratio, more: Ratio) {
    *sum = sum.checked_add(more).unwrap_or(*sum);
}

/// One figure over a whole section: exact for picks, the mean of their cells for draws.
fn of_section(
    section: &Section,
    counts: &[Counts],
    items: &[PoolItem<'_>],
    figure: impl Fn(&PoolItem<'_>) -> i64 + Copy,
) -> Ratio {
    let picked = items
        .iter()
        .filter(|item| section.picks.contains(&item.facts.code))
        .map(figure)
        .sum::<i64>();
    cells(section, counts, items).fold(
        Ratio::new(picked, 1),
        |mut sum, (_, _, _, count, members)| {
            add(&mut sum, mean(&members, count, figure));
            sum
        },
    )
}

/// What a section is planned for.
pub fn expected_of_section(
    section: &Section,
    counts: &[Counts],
    items: &[PoolItem<'_>],
) -> Seconds {
    let exact = of_section(section, counts, items, |item| item.body.seconds.get());
    Seconds::new(i64::try_from(exact.scaled_half_up(1)).unwrap_or(i64::MAX))
}

/// The draws of a section one by one.
fn of_draws(
    section: &Section,
    counts: &[Counts],
    items: &[PoolItem<'_>],
    bank: &Bank,
) -> Vec<DrawTotals> {
    let mut sums = vec![(Ratio::ZERO, 0_u32, 0_u32); section.draws.len()];
    for (nr, _, _, count, members) in cells(section, counts, items) {
        add(&mut sums[nr].0, mean(&members, count, |item| item.body.seconds.get()));
        let own = members.iter().filter(|item| bank.is_private(&item.facts.code)).count();
        sums[nr].2 = sums[nr].2.saturating_add(u32::try_from(own).unwrap_or(u32::MAX));
        sums[nr].1 = sums[nr].1.saturating_add(u32::try_from(members.len()).unwrap_or(u32::MAX));
    }
    let one = |((expected, available, own), counts): ((Ratio, u32, u32), &Counts)| DrawTotals {
        expected: Seconds::new(i64::try_from(expected.scaled_half_up(1)).unwrap_or(i64::MAX)),
        counts: *counts,
        available,
        own,
    };
    sums.into_iter().zip(counts).map(one).collect()
}

impl Draft {
    /// All figures, also of a draft that cannot be published yet.
    pub fn totals(&self, bank: &Bank) -> Totals {
        let items: Vec<PoolItem<'_>> = bank.items().map(PoolItem::from).collect();
        let spec = self.spec(bank);
        let pairs = || self.sections.iter().zip(&spec.counts);
        let sections: Vec<SectionTotals> = pairs()
            .map(|(section, counts)| SectionTotals {
                items: section.items(),
                expected: expected_of_section(section, counts, &items),
                points: section.items().saturating_mul(section.weight),
                draws: of_draws(section, counts, &items, bank),
            })
            .collect();
        let words = pairs().fold(Ratio::ZERO, |mut sum, (section, counts)| {
            let words = |item: &PoolItem<'_>| i64::try_from(item.body.words()).unwrap_or(0);
            add(&mut sum, of_section(section, counts, &items, words));
            sum
        });
        let public = pairs().fold(Ratio::ZERO, |mut sum, (section, counts)| {
            let is_public = |item: &PoolItem<'_>| i64::from(!bank.is_private(&item.facts.code));
            add(&mut sum, of_section(section, counts, &items, is_public));
            sum
        });
        let expected: Seconds = sections.iter().map(|section| section.expected).sum();
        let points = sections.iter().fold(0_u32, |sum, section| sum.saturating_add(section.points));
        let by_skill = self.by_skill(bank);
        let mut warnings = self.thin(&spec.counts, &items);
        if self.limit() < expected {
            let minutes = (expected.get() + 59) / 60;
            warnings.push(Problem::new("limit_minutes", "limit-tight").with("minutes", minutes));
        }
        Totals {
            items: self.items(),
            expected,
            limit: self.limit(),
            points,
            public_hundredths: u32::try_from(public.scaled_half_up(100)).unwrap_or(u32::MAX),
            words: u32::try_from(words.scaled_half_up(1)).unwrap_or(u32::MAX),
            sections,
            areas: amounts(by_skill.iter().map(|(skill, sums)| (skill.area(), *sums)), points),
            skills: amounts(by_skill.into_iter(), points),
            warnings,
        }
    }

    /// Items and points of each skill; a draw is shared evenly among its skills.
    fn by_skill(&self, bank: &Bank) -> Vec<(SkillSlug, (Ratio, Ratio))> {
        let mut parts = Vec::new();
        for section in &self.sections {
            let weight = Ratio::new(section.weight, 1);
            let mut put = |skill: &SkillSlug, count: Ratio| {
                parts.push((skill.clone(), (count, count.checked_mul(weight).unwrap_or(count))));
            };
            for item in section.picks.iter().filter_map(|code| bank.item(code)) {
                put(&item.facts.skill, Ratio::ONE);
            }
            for draw in &section.draws {
                let share = Ratio::new(draw.count, i128::try_from(draw.skills.len()).unwrap_or(0));
                draw.skills.iter().for_each(|skill| put(skill, share));
            }
        }
        parts
    }

    /// Cells whose items many candidates share.
    fn thin(&self, counts: &[Vec<Counts>], items: &[PoolItem<'_>]) -> Vec<Problem> {
        let mut warnings = Vec::new();
        for (at, (section, counts)) in self.sections.iter().zip(counts).enumerate() {
            for (nr, _, level, count, members) in cells(section, counts, items) {
                let available = u32::try_from(members.len()).unwrap_or(u32::MAX);
                if available == 0
                    || count.saturating_mul(100) <= available.saturating_mul(THIN_PERCENT)
                {
                    continue;
                }
                warnings.push(
                    Problem::new(format!("section.{}.draw.{}", at + 1, nr + 1), "cell-thin")
                        .with("level", level.map_or("any", Level::as_str))
                        .with("count", count)
                        .with("available", available)
                        .with("percent", (count.saturating_mul(100) / available).min(100)),
                );
            }
        }
        warnings
    }
}

fn amounts<K: Ord>(
    parts: impl Iterator<Item = (K, (Ratio, Ratio))>,
    points: u32,
) -> BTreeMap<K, Amount> {
    let mut sums: BTreeMap<K, (Ratio, Ratio)> = BTreeMap::new();
    for (key, (items, worth)) in parts {
        let sum = sums.entry(key).or_insert((Ratio::ZERO, Ratio::ZERO));
        add(&mut sum.0, items);
        add(&mut sum.1, worth);
    }
    let hundredths = |ratio: Ratio, factor: i128| {
        u32::try_from(ratio.scaled_half_up(factor)).unwrap_or(u32::MAX)
    };
    let amount = |(items, worth): (Ratio, Ratio)| Amount {
        items_hundredths: hundredths(items, 100),
        share: hundredths(worth.checked_mul(Ratio::new(1, points)).unwrap_or(Ratio::ZERO), 10_000),
    };
    sums.into_iter().map(|(key, sums)| (key, amount(sums))).collect()
}
