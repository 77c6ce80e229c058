//! Drawing a paper: the items of one candidate, and the order of their options, from a seed.
//!
//! Every paper of a version has the same number of items in each cell (draw and level) and nearly the
//! same expected difficulty, so papers are alike. Inside a draw the skills are served in turn, in random order, before any gets a second
//! item. If draws that share items get in each other's way, items are moved between them (augmenting
//! paths), so a plan that can be served is always served.

use crate::domain::allocation::Grid;
use crate::domain::assessment::{Draw, Section, Spec};
use crate::domain::bank::PoolItem;
use crate::domain::dice::Dice;
use crate::domain::id::ItemCode;
use crate::domain::item::Facts;
use crate::domain::skill::Level;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One place in a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its number in the paper, from 1 without a gap.
    pub position: u32,
    /// The section, from 1.
    pub section: u32,
    /// The item.
    pub item: ItemCode,
    /// Ids of options as this paper shows them; empty where the item keeps its own order.
    pub option_order: Vec<String>,
}

/// The items of one candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// In the order of positions.
    pub seats: Vec<Seat>,
}

/// A draw cannot be served; both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("section {section}, draw {draw} cannot be served")]
pub struct Short {
    /// The section.
    pub section: usize,
    /// The draw in it; 0 for a fixed pick that is not there.
    pub draw: usize,
}

/// One item that a draw wants.
#[derive(Clone, Copy)]
struct Unit<'a> {
    section: usize,
    number: usize,
    draw: &'a Draw,
    level: Option<Level>,
}

/// Hands that are dealt to find out how difficult a paper of this plan is.
const SAMPLE: i64 = 32;
/// Hands that are dealt at most for one paper.
const TRIES: u32 = 24;
/// How far a paper may be from the plan's difficulty, in thousandths of it.
const EVEN: i64 = 15;

/// Draws the paper of a seed from the items of a version. Their order does not matter.
pub fn draw(spec: &Spec, items: &[PoolItem<'_>], seed: i64) -> Result<Paper, Short> {
    Dealer::new(spec, items)?.paper(seed)
}

/// Draws many papers of one version.
///
/// Papers must not be luck: a hand whose mean expected difficulty is more than 1.5 % away from what
/// hands of this plan have on average is dealt again; if none of 24 is near, the nearest counts. So
/// two papers are within 3 % of each other unless the pool hardly allows it.
pub struct Dealer<'a> {
    spec: &'a Spec,
    pool: Vec<PoolItem<'a>>,
    /// The fixed items of each section.
    picks: Vec<Vec<usize>>,
    usual: Difficulty,
}

/// What authors expect of several items: the sum of the shares of right answers, in thousandths, over
/// so many items. Items without a guess do not count.
#[derive(Clone, Copy, Debug, Default)]
struct Difficulty {
    sum: i64,
    items: i64,
}

impl Difficulty {
    fn add(&mut self, facts: &Facts) {
        if let Some(guess) = facts.expected {
            self.sum += i64::try_from(guess.ratio().scaled_half_up(1_000)).unwrap_or(0);
            self.items += 1;
        }
    }

    /// How far both means are apart, in thousandths of the other one; 0 where nothing can be said.
    fn distance(self, usual: Self) -> i64 {
        let whole = usual.sum * self.items;
        let apart = (self.sum * usual.items - whole).abs() * 1_000;
        apart.checked_div(whole).unwrap_or(0)
    }
}

impl<'a> Dealer<'a> {
    /// Finds the fixed items and what is usual.
    pub fn new(spec: &'a Spec, items: &[PoolItem<'a>]) -> Result<Self, Short> {
        let mut pool = items.to_vec();
        pool.sort_by(|a, b| a.facts.code.cmp(&b.facts.code));
        let by_code: BTreeMap<&ItemCode, usize> =
            pool.iter().enumerate().map(|(at, item)| (&item.facts.code, at)).collect();
        let mut picks = Vec::new();
        for (at, section) in spec.draft.sections.iter().enumerate() {
            let find = |code| by_code.get(code).copied().ok_or(Short { section: at + 1, draw: 0 });
            picks.push(section.picks.iter().map(find).collect::<Result<Vec<usize>, Short>>()?);
        }
        let mut dealer = Self { spec, pool, picks, usual: Difficulty::default() };
        let is_drawn = spec.draft.sections.iter().any(|section| !section.draws.is_empty());
        let mut guesses = dealer.pool.iter().filter_map(|item| item.facts.expected);
        let first = guesses.next();
        // Where all are alike, so are all hands.
        let differs = guesses.any(|guess| Some(guess) != first);
        for seed in 0..if is_drawn && differs { SAMPLE } else { 0 } {
            let found = dealer.difficulty(&dealer.hand(&mut Dice::new(seed, "usual"))?);
            dealer.usual.sum += found.sum;
            dealer.usual.items += found.items;
        }
        Ok(dealer)
    }

    /// The paper of a seed.
    pub fn paper(&self, seed: i64) -> Result<Paper, Short> {
        let mut best = self.hand(&mut Dice::new(seed, "items"))?;
        let mut distance = self.difficulty(&best).distance(self.usual);
        for again in 1..TRIES {
            if distance <= EVEN {
                break;
            }
            let hand = self.hand(&mut Dice::new(seed, &format!("items {again}")))?;
            let other = self.difficulty(&hand).distance(self.usual);
            if other < distance {
                (best, distance) = (hand, other);
            }
        }
        Ok(self.lay_out(&best, seed))
    }

    fn hand(&self, dice: &mut Dice) -> Result<Hand<'_>, Short> {
        let mut hand = Hand::new(&self.pool);
        for item in self.picks.iter().flatten() {
            hand.is_fixed[*item] = true;
        }
        for (at, (section, counts)) in
            self.spec.draft.sections.iter().zip(&self.spec.counts).enumerate()
        {
            for (number, (draw, counts)) in section.draws.iter().zip(counts).enumerate() {
                let cells: Vec<(Option<Level>, u32)> = counts.cells().collect();
                hand.serve(at, number, draw, &cells, dice);
            }
        }
        hand.mend()?;
        Ok(hand)
    }

    fn difficulty(&self, hand: &Hand<'_>) -> Difficulty {
        let mut all = Difficulty::default();
        let drawn = hand.units.iter().filter_map(|(_, item)| *item);
        for item in self.picks.iter().flatten().copied().chain(drawn) {
            all.add(self.pool[item].facts);
        }
        all
    }

    fn lay_out(&self, hand: &Hand<'_>, seed: i64) -> Paper {
        let mut seats: Vec<Seat> = Vec::new();
        let mut order = Dice::new(seed, "order");
        for (at, section) in self.spec.draft.sections.iter().enumerate() {
            let drawn = hand
                .units
                .iter()
                .filter(|(unit, _)| unit.section == at)
                .filter_map(|(_, item)| *item);
            let mut members: Vec<usize> = self.picks[at].iter().copied().chain(drawn).collect();
            if section.shuffle_items {
                order.shuffle(&mut members);
            }
            for item in members {
                seats.push(Seat {
                    position: u32::try_from(seats.len() + 1).unwrap_or(u32::MAX),
                    section: u32::try_from(at + 1).unwrap_or(u32::MAX),
                    item: self.pool[item].facts.code.clone(),
                    option_order: option_order(section, self.pool[item], seed),
                });
            }
        }
        Paper { seats }
    }
}

/// The order of options has its own stream per item, so that it does not depend on the rest of the paper.
fn option_order(section: &Section, item: PoolItem<'_>, seed: i64) -> Vec<String> {
    if !section.shuffle_options {
        return Vec::new();
    }
    let mut dice = Dice::new(seed, item.facts.code.as_str());
    let mut groups = item.body.interaction.shuffled();
    for group in &mut groups {
        dice.shuffle(group);
    }
    groups.concat()
}

/// The units of a paper and the items they hold so far.
struct Hand<'a> {
    pool: &'a [PoolItem<'a>],
    /// Of each item: those that must not stand beside it.
    enemies: Vec<Vec<usize>>,
    is_fixed: Vec<bool>,
    holder: Vec<Option<usize>>,
    units: Vec<(Unit<'a>, Option<usize>)>,
}

impl<'a> Hand<'a> {
    fn new(pool: &'a [PoolItem<'a>]) -> Self {
        let mut enemies = vec![Vec::new(); pool.len()];
        for (one, item) in pool.iter().enumerate() {
            for two in
                item.facts.enemies.iter().filter_map(|code| {
                    pool.binary_search_by(|other| other.facts.code.cmp(code)).ok()
                })
            {
                enemies[one].push(two);
                enemies[two].push(one);
            }
        }
        let (is_fixed, holder) = (vec![false; pool.len()], vec![None; pool.len()]);
        Self { pool, enemies, is_fixed, holder, units: Vec::new() }
    }

    fn is_used(&self, item: usize) -> bool {
        self.is_fixed[item] || self.holder[item].is_some()
    }

    /// Free items of a draw at a level and of one skill. Enemies of what is there are rather left
    /// out, but never at the price of a gap: `mend` takes them.
    fn free(&self, draw: &Draw, level: Option<Level>, skill: usize) -> Vec<usize> {
        (0..self.pool.len())
            .filter(|item| {
                let facts = self.pool[*item].facts;
                facts.skill == draw.skills[skill]
                    && draw.takes(facts, level)
                    && !self.is_used(*item)
                    && !self.enemies[*item].iter().any(|enemy| self.is_used(*enemy))
            })
            .collect()
    }

    fn put(&mut self, unit: Unit<'a>, item: Option<usize>) {
        if let Some(item) = item {
            self.holder[item] = Some(self.units.len());
        }
        self.units.push((unit, item));
    }

    fn serve(
        &mut self,
        section: usize,
        number: usize,
        draw: &'a Draw,
        cells: &[(Option<Level>, u32)],
        dice: &mut Dice,
    ) {
        let mut skills: Vec<usize> = (0..draw.skills.len()).collect();
        dice.shuffle(&mut skills);
        let count = |free: Vec<usize>| u32::try_from(free.len()).unwrap_or(u32::MAX);
        let room = skills
            .iter()
            .map(|skill| {
                cells.iter().map(|(level, _)| count(self.free(draw, *level, *skill))).collect()
            })
            .collect();
        let columns = cells.iter().map(|(_, count)| *count).collect();
        let mut grid = Grid::new(room, vec![0; skills.len()], columns);
        // One item for every skill, then a second one, and so on.
        for _ in 0..draw.count {
            if grid.is_full() {
                break;
            }
            grid.rows.iter_mut().for_each(|row| *row += 1);
            grid.fill();
        }
        let mut rows: Vec<(usize, &Vec<u32>)> = skills.iter().copied().zip(&grid.cells).collect();
        rows.sort_unstable();
        let mut wanted: Vec<u32> = cells.iter().map(|(_, count)| *count).collect();
        for (skill, row) in rows {
            for (cell, (level, _)) in cells.iter().enumerate() {
                for _ in 0..row[cell] {
                    let free = self.free(draw, *level, skill);
                    let item = free.get(dice.below(free.len())).copied();
                    self.put(Unit { section, number, draw, level: *level }, item);
                    wanted[cell] = wanted[cell].saturating_sub(1);
                }
            }
        }
        for ((level, _), left) in cells.iter().zip(wanted) {
            for _ in 0..left {
                self.put(Unit { section, number, draw, level: *level }, None);
            }
        }
    }

    /// Finds an item for every unit that has none, moving others where needed.
    fn mend(&mut self) -> Result<(), Short> {
        for at in 0..self.units.len() {
            let mut visited = vec![false; self.pool.len()];
            if self.units[at].1.is_none() && !self.find(at, &mut visited) {
                let unit = self.units[at].0;
                return Err(Short { section: unit.section + 1, draw: unit.number + 1 });
            }
        }
        Ok(())
    }

    fn find(&mut self, at: usize, visited: &mut [bool]) -> bool {
        let unit = self.units[at].0;
        for item in 0..self.pool.len() {
            if visited[item]
                || self.is_fixed[item]
                || !unit.draw.takes(self.pool[item].facts, unit.level)
            {
                continue;
            }
            visited[item] = true;
            if self.holder[item].is_none_or(|holder| self.find(holder, visited)) {
                self.units[at].1 = Some(item);
                self.holder[item] = Some(at);
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
