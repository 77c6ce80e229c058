//! L03, L05, L08, L12, L19 over many items: habits that give keys away, and items that repeat.

use super::lists::{ABSOLUTE, HEDGE};
use super::options::{first_of, twice_median};
use super::view::{Group, View};
use super::words::{phrase_words, tokens};
use super::{Finding, Rule, Severity, Spot};
use crate::domain::control::Choice;
use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::item::Item;
use crate::domain::similarity;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a shingle.
const SHINGLE: usize = 5;
/// Stems that share more than this part of their shingles are one item; in ten-thousandths.
const SAME_STEM: u32 = 5_000;
/// Positions are looked at from so many items of a skill on.
const ENOUGH: u32 = 20;
/// Chi-square at p = .01, by the number of positions less one.
const CRITICAL: [f64; 8] = [6.635, 9.210, 11.345, 13.277, 15.086, 16.812, 18.475, 20.090];
/// Questions before a habit can be seen.
const HABIT: u32 = 30;

/// How often something happened, and how often it would by chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Balance {
    /// How often it could have.
    pub of: u32,
    /// How often it did.
    pub seen: u32,
    /// How often it would by chance.
    pub expected: f64,
}

impl Balance {
    /// Two standard errors above what chance does?
    pub fn is_habit(self) -> bool {
        let of = f64::from(self.of);
        let share = self.expected / of.max(1.0);
        let spread = (share * (1.0 - share) / of.max(1.0)).sqrt();
        self.of >= HABIT && f64::from(self.seen) / of > share + 2.0 * spread
    }

    fn count(&mut self, is_so: bool, chance: f64) {
        self.of += 1;
        self.seen += u32::from(is_so);
        self.expected += chance;
    }
}

/// Habits of authors over a bank.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// The key is strictly the longest option.
    pub longest: Balance,
    /// The key is strictly the shortest option.
    pub shortest: Balance,
    /// The key has most in common with the other options.
    pub convergent: Balance,
    /// Keys and other options with an absolute word, and all of both.
    pub absolutes: [(u32, u32); 2],
    /// The same for hedges.
    pub hedges: [(u32, u32); 2],
    /// How often the key stands in each position, by the number of options.
    pub positions: BTreeMap<usize, Vec<u32>>,
    /// Length of each key as a percentage of the median of the others.
    lengths: Vec<usize>,
}

/// What authors do without meaning to; single-key questions only.
pub fn habits<'a>(items: impl IntoIterator<Item = &'a Item>) -> Habits {
    let mut habits = Habits::default();
    for item in items {
        for group in View::of(item).groups {
            for (list, sums) in [(ABSOLUTE, &mut habits.absolutes), (HEDGE, &mut habits.hedges)] {
                for option in group.options {
                    let sum = &mut sums[usize::from(!group.keys.contains(&option.id.as_str()))];
                    sum.0 += u32::from(first_of(&option.text, list).is_some());
                    sum.1 += 1;
                }
            }
            if !group.is_multiple {
                habits.add(&group);
            }
        }
    }
    habits
}

impl Habits {
    fn add(&mut self, group: &Group<'_>) {
        let Some(key) = group.right().next() else { return };
        let count = group.options.len();
        let chance = 1.0 / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let length = |option: &Choice| option.text.chars().count();
        self.longest.count(group.wrong().all(|one| length(one) < length(key)), chance);
        self.shortest.count(group.wrong().all(|one| length(one) > length(key)), chance);
        let median = twice_median(group.wrong().map(length).collect());
        self.lengths.extend((200 * length(key)).checked_div(median));
        let sets: Vec<BTreeSet<String>> =
            group.options.iter().map(|option| tokens(&option.text)).collect();
        let place = group.options.iter().position(|option| option.id == key.id).unwrap_or(0);
        let common = |at: usize| -> f64 {
            let overlap = |other: usize| {
                let both = sets[at].intersection(&sets[other]).count();
                let all = sets[at].union(&sets[other]).count();
                ratio(both) / ratio(all).max(1.0)
            };
            (0..count).filter(|other| *other != at).map(overlap).sum()
        };
        let own = common(place);
        let is_most = (0..count).filter(|at| *at != place).all(|at| common(at) < own);
        self.convergent.count(is_most, chance);
        let places = self.positions.entry(count).or_insert_with(|| vec![0; count]);
        places[place] += 1;
    }
}

impl Habits {
    /// Of a hundred keys in the order of their relative length, the length of this one, in per cent.
    pub fn length_ratio(&self, hundredth: usize) -> usize {
        let mut sorted = self.lengths.clone();
        sorted.sort_unstable();
        let at = sorted.len() * hundredth / 100;
        sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0)
    }
}

fn ratio(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Chi-square of counts that should be equal.
fn chi_square(counts: &[u32]) -> f64 {
    let mean = f64::from(counts.iter().sum::<u32>()) / ratio(counts.len()).max(1.0);
    counts.iter().map(|count| (f64::from(*count) - mean).powi(2) / mean.max(f64::EPSILON)).sum()
}

/// Are the two shares further apart than two standard errors?
fn differ([keys, rest]: [(u32, u32); 2]) -> bool {
    let (of_keys, of_rest) = (f64::from(keys.1), f64::from(rest.1));
    if keys.0 + rest.0 < 5 || keys.1 == 0 || rest.1 == 0 {
        return false;
    }
    let share = f64::from(keys.0 + rest.0) / (of_keys + of_rest);
    let spread = (share * (1.0 - share) * (1.0 / of_keys + 1.0 / of_rest)).sqrt();
    (f64::from(keys.0) / of_keys - f64::from(rest.0) / of_rest).abs() > 2.0 * spread
}

/// Everything that only many items together break.
pub fn whole<'a>(items: impl IntoIterator<Item = &'a Item> + Clone) -> Vec<Finding> {
    let mut found = Vec::new();
    let habits = habits(items.clone());
    let mut complain = |is_wrong: bool, rule, severity, code, seen: u32, of: u32| {
        if is_wrong {
            let finding =
                Finding { severity, ..Finding::error(rule, Spot::Field("bank", 0), code) };
            found.push(finding.with("seen", seen).with("of", of));
        }
    };
    let Balance { seen, of, .. } = habits.longest;
    complain(habits.longest.is_habit(), Rule::L03, Severity::Error, "bank-longest", seen, of);
    let Balance { seen, of, .. } = habits.convergent;
    complain(habits.convergent.is_habit(), Rule::L19, Severity::Warning, "bank-common", seen, of);
    for (sums, code) in [(habits.absolutes, "bank-absolute"), (habits.hedges, "bank-hedge")] {
        complain(differ(sums), Rule::L08, Severity::Warning, code, sums[0].0, sums[0].1);
    }
    positions(items.clone(), &mut found);
    repeats(items, &mut found);
    found
}

/// Authored positions of keys in a skill; where every question is shuffled they mean nothing.
fn positions<'a>(items: impl IntoIterator<Item = &'a Item>, found: &mut Vec<Finding>) {
    let mut by_skill: BTreeMap<(&SkillSlug, usize), Vec<u32>> = BTreeMap::new();
    for item in items {
        for group in View::of(item).groups.iter().filter(|g| !g.is_shuffled && !g.is_multiple) {
            let count = group.options.len();
            let is_key = |option: &Choice| group.keys.contains(&option.id.as_str());
            let Some(place) = group.options.iter().position(is_key) else { continue };
            let counts =
                by_skill.entry((&item.facts.skill, count)).or_insert_with(|| vec![0; count]);
            counts[place] += 1;
        }
    }
    for ((skill, count), counts) in by_skill {
        let Some(critical) = count.checked_sub(2).and_then(|at| CRITICAL.get(at)) else { continue };
        if counts.iter().sum::<u32>() >= ENOUGH && chi_square(&counts) > *critical {
            let shown: Vec<String> = counts.iter().map(ToString::to_string).collect();
            found.push(
                Finding::warning(Rule::L05, Spot::Field("bank", 0), "bank-positions")
                    .with("skill", skill)
                    .with("counts", shown.join(", ")),
            );
        }
    }
}

/// Items that repeat each other must not meet in a paper.
fn repeats<'a>(items: impl IntoIterator<Item = &'a Item> + Clone, found: &mut Vec<Finding>) {
    let by_code: BTreeMap<&ItemCode, &Item> =
        items.clone().into_iter().map(|item| (&item.facts.code, item)).collect();
    let stems: Vec<_> = items.clone().into_iter().map(|item| shingles(&item.body.stem)).collect();
    let codes: Vec<_> = items.into_iter().map(|item| &item.facts.code).collect();
    for (one, two, share) in similarity::pairs(&stems, SAME_STEM) {
        let (one, two) = (codes[one], codes[two]);
        let names = |a: &ItemCode, b: &ItemCode| {
            by_code.get(a).is_some_and(|item| item.facts.enemies.contains(b))
        };
        if !names(one, two) && !names(two, one) {
            let mut finding = Finding::error(Rule::L12, Spot::Field("stem", 0), "repeats")
                .with("other", one)
                .with("percent", share / 100);
            finding.item = Some(two.clone());
            found.push(finding);
        }
    }
}

/// Words that follow each other, so many at a time, in order and without repeats.
fn shingles(text: &str) -> Vec<Vec<String>> {
    let words = phrase_words(text);
    words.windows(SHINGLE).collect::<BTreeSet<_>>().into_iter().map(<[String]>::to_vec).collect()
}
