//! How often items are seen: the cells that a draft draws from, and what two papers share.

use crate::domain::assessment::{Draft, Draw};
use crate::domain::bank::{Bank, PoolItem};
use crate::domain::id::ItemCode;
use crate::domain::item::Item;
use crate::domain::number::Ratio;
use crate::domain::paper::Dealer;
use crate::domain::skill::Level;
use std::collections::BTreeSet;

/// A cell has so many times the items that a paper takes: each is seen by a quarter of candidates.
pub const TIMES: u32 = 4;

/// Items that may stand for each other, and how many of them a paper takes.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// The section, from 1.
    pub section: usize,
    /// Its name.
    pub name: &'a str,
    /// What is drawn.
    pub draw: &'a Draw,
    /// The level, or any.
    pub level: Option<Level>,
    /// How many a paper takes: k.
    pub taken: u32,
    /// How many there are: n.
    pub available: u32,
}

impl Cell<'_> {
    /// Share of candidates who see an item, in thousandths; more than all where items are missing.
    pub fn exposure(&self) -> u32 {
        (self.taken * 1_000).checked_div(self.available).unwrap_or(1_000)
    }

    /// Items that two papers are expected to share, in hundredths: k times k / n.
    pub fn shared(&self) -> u32 {
        (self.taken * self.taken * 100).checked_div(self.available).unwrap_or(self.taken * 100)
    }

    /// Are items seen too often?
    pub const fn is_thin(&self) -> bool {
        self.available < TIMES * self.taken
    }
}

/// The cells of a draft, in its order.
pub fn cells<'a>(draft: &'a Draft, bank: &Bank) -> Vec<Cell<'a>> {
    let spec = draft.spec(bank);
    let mut all = Vec::new();
    for (at, (section, counts)) in draft.sections.iter().zip(&spec.counts).enumerate() {
        for (draw, counts) in section.draws.iter().zip(counts) {
            for (level, taken) in counts.cells() {
                let is_free = |item: &&Item| !section.picks.contains(&item.facts.code);
                let available = bank.matching(draw, level).filter(is_free).count();
                all.push(Cell {
                    section: at + 1,
                    name: &section.name,
                    draw,
                    level,
                    taken,
                    available: u32::try_from(available).unwrap_or(u32::MAX),
                });
            }
        }
    }
    all
}

/// How many items of a paper are of a sort, on average, in hundredths: public ones, provisional ones.
pub fn expected(draft: &Draft, bank: &Bank, is_of_sort: impl Fn(&Item) -> bool) -> u32 {
    let picked = draft
        .sections
        .iter()
        .flat_map(|section| &section.picks)
        .filter_map(|code| bank.item(code))
        .filter(|item| is_of_sort(item))
        .count();
    let mut sum = Ratio::of(picked * 100, 1);
    for cell in cells(draft, bank) {
        let of_sort = bank.matching(cell.draw, cell.level).filter(|item| is_of_sort(item)).count();
        let all = bank.matching(cell.draw, cell.level).count();
        let share = Ratio::of(of_sort * 100 * cell.taken as usize, all.max(1));
        sum = sum.checked_add(share).unwrap_or(sum);
    }
    u32::try_from(sum.scaled_half_up(1)).unwrap_or(u32::MAX)
}

/// What many random papers of a draft have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Papers that were drawn.
    pub papers: u32,
    /// Items of one paper.
    pub items: u32,
    /// Items that neighbours among them share, on average.
    pub mean: f64,
    /// The most that two neighbours share.
    pub most: u32,
    /// Mean expected difficulty of the easiest paper.
    pub easiest: f64,
    /// And of the hardest.
    pub hardest: f64,
    /// And of all.
    pub difficulty: f64,
}

/// Draws papers with the seeds 0, 1, 2 ... and compares each with the one before; `None` where the
/// draft cannot be published.
pub fn overlap(draft: &Draft, bank: &Bank, papers: u32) -> Option<Overlap> {
    let (spec, items) = draft.publish(bank).ok()?;
    let pool: Vec<PoolItem<'_>> = items.into_iter().map(PoolItem::from).collect();
    let mut last: Option<BTreeSet<ItemCode>> = None;
    let (mut shared, mut most, mut compared) = (0_u32, 0, 0_u32);
    let (mut easiest, mut hardest, mut sum) = (f64::MIN, f64::MAX, 0.0);
    let dealer = Dealer::new(&spec, &pool).ok()?;
    for seed in 0..i64::from(papers) {
        let paper = dealer.paper(seed).ok()?;
        let codes: BTreeSet<ItemCode> = paper.seats.into_iter().map(|seat| seat.item).collect();
        let mean = difficulty(&codes, bank);
        (easiest, hardest, sum) = (easiest.max(mean), hardest.min(mean), sum + mean);
        if let Some(last) = &last {
            let both = u32::try_from(codes.intersection(last).count()).unwrap_or(u32::MAX);
            (shared, most, compared) = (shared + both, most.max(both), compared + 1);
        }
        last = Some(codes);
    }
    Some(Overlap {
        papers,
        items: draft.items(),
        mean: f64::from(shared) / f64::from(compared.max(1)),
        most,
        easiest,
        hardest,
        difficulty: sum / f64::from(papers.max(1)),
    })
}

/// Mean of what authors expect of the items of a paper; items without a guess do not count.
fn difficulty(codes: &BTreeSet<ItemCode>, bank: &Bank) -> f64 {
    let guesses: Vec<f64> = codes
        .iter()
        .filter_map(|code| bank.item(code)?.facts.expected)
        .map(|guess| {
            let thousandths = guess.ratio().scaled_half_up(1_000);
            f64::from(i32::try_from(thousandths).unwrap_or(0)) / 1_000.0
        })
        .collect();
    let count = f64::from(u32::try_from(guesses.len()).unwrap_or(u32::MAX));
    guesses.iter().sum::<f64>() / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::{LevelMix, Section};
    use crate::domain::item::tests::plain;
    use crate::domain::skill::Level;

    fn draft(count: u32) -> Draft {
        let draw = Draw {
            skills: vec!["db.nosql".parse().expect("a skill")],
            levels: LevelMix::new(0, 1, 0),
            count,
            ..Draw::default()
        };
        let section = Section { name: "Data".into(), draws: vec![draw], ..Section::default() };
        Draft { title: "T".into(), sections: vec![section], ..Draft::default() }
    }

    fn bank(items: usize) -> Bank {
        let item = |at| plain(&format!("db-{at:04}-x"), "db.nosql", Level::Mid);
        Bank::new((0..items).map(item)).expect("a bank")
    }

    #[test]
    fn a_cell_is_thin_below_four_times_what_is_drawn() {
        for (items, is_thin) in [(7, true), (8, false)] {
            let (draft, bank) = (draft(2), bank(items));
            let cells = cells(&draft, &bank);
            assert_eq!((cells.len(), cells[0].is_thin()), (1, is_thin));
        }
        let (draft, bank) = (draft(2), bank(8));
        let cell = &cells(&draft, &bank)[0];
        assert_eq!((cell.exposure(), cell.shared()), (250, 50), "a quarter; half an item");
    }

    #[test]
    fn what_papers_share_is_near_to_what_is_expected() {
        let found = overlap(&draft(2), &bank(8), 400).expect("papers");
        assert!((0.35..0.65).contains(&found.mean) && found.most <= 2, "{found:?}");
        assert_eq!(overlap(&draft(2), &bank(1), 10), None, "too few items");
    }

    #[test]
    fn items_of_a_sort_are_counted_over_draws_and_picks() {
        let (mut draft, bank) = (draft(2), bank(8));
        let is_even = |item: &Item| item.facts.code.as_str().contains("0-x");
        assert_eq!(expected(&draft, &bank, |_| true), 200);
        assert_eq!(expected(&draft, &bank, is_even), 25, "1 of 8, two of them drawn");
        draft.sections[0].picks.push("db-0003-x".parse().expect("a code"));
        assert_eq!(expected(&draft, &bank, |_| true), 300);
    }
}
