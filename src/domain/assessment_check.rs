//! What stands between a draft and its publication, and the figures that the builder shows meanwhile.

use crate::domain::allocation::{Wanted, level_counts};
use crate::domain::assessment::{
    Counts, Draft, Draw, Problem, Section, Spec, Texts, Welcome, WelcomeSection,
};
use crate::domain::bank::{Bank, PoolItem};
use crate::domain::id::ItemCode;
use crate::domain::item::Item;
use crate::domain::paper;
use crate::domain::skill::Level;
use crate::domain::totals::expected_of_section;
use std::collections::{BTreeMap, BTreeSet};

impl Draft {
    /// Everything that must be mended before this can be published. Empty: it can.
    pub fn check(&self, bank: &Bank) -> Vec<Problem> {
        let mut problems = self.check_frame();
        for (at, section) in self.sections.iter().enumerate() {
            check_section(&format!("section.{}", at + 1), section, bank, &mut problems);
        }
        self.check_repeats(bank, &mut problems);
        if problems.is_empty() {
            self.check_cells(bank, &mut problems);
        }
        if problems.is_empty() {
            self.check_together(bank, &mut problems);
        }
        problems
    }

    /// The immutable plan, with every item that a paper can hold, keys included.
    pub fn publish<'a>(&self, bank: &'a Bank) -> Result<(Spec, Vec<&'a Item>), Vec<Problem>> {
        let problems = self.check(bank);
        if !problems.is_empty() {
            return Err(problems);
        }
        let spec = self.spec(bank);
        let picks = self.sections.iter().flat_map(|section| &section.picks).cloned();
        let mut codes: BTreeSet<ItemCode> = picks.collect();
        for (section, counts) in self.sections.iter().zip(&spec.counts) {
            for (draw, counts) in section.draws.iter().zip(counts) {
                for (level, _) in counts.cells() {
                    codes.extend(bank.matching(draw, level).map(|item| item.facts.code.clone()));
                }
            }
        }
        let items = codes.iter().filter_map(|code| bank.item(code)).collect();
        Ok((spec, items))
    }

    /// The plan with the counts of every draw, whether it can be published or not (for previews).
    pub fn spec(&self, bank: &Bank) -> Spec {
        let picks = self.picked();
        let free = |draw: &Draw, level: Level| {
            let is_free = |item: &&Item| !picks.contains(&item.facts.code);
            u32::try_from(bank.matching(draw, Some(level)).filter(is_free).count())
                .unwrap_or(u32::MAX)
        };
        let mixed = |draw: &&Draw| !draw.levels.is_any();
        let wanted: Vec<Wanted> = self
            .sections
            .iter()
            .flat_map(|section| &section.draws)
            .filter(mixed)
            .map(|draw| Wanted {
                count: draw.count,
                mix: draw.levels.shares(),
                available: Level::ALL.map(|level| free(draw, level)),
            })
            .collect();
        let mut settled = level_counts(&wanted).into_iter();
        let mut counts = |draw: &Draw| {
            if mixed(&draw) {
                Counts { levels: settled.next().unwrap_or_default(), any: 0 }
            } else {
                Counts { levels: [0; 3], any: draw.count }
            }
        };
        let counts =
            self.sections.iter().map(|s| s.draws.iter().map(&mut counts).collect()).collect();
        Spec { v: 1, draft: self.clone(), counts }
    }

    fn picked(&self) -> BTreeSet<ItemCode> {
        self.sections.iter().flat_map(|section| section.picks.iter().cloned()).collect()
    }

    fn check_frame(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut demand = |is_right: bool, field: &str, code: &'static str| {
            if !is_right {
                problems.push(Problem::new(field, code));
            }
        };
        demand(!self.title.trim().is_empty(), "title", "title-empty");
        demand(self.title.chars().count() <= Self::MAX_TITLE, "title", "title-long");
        demand(self.limit_minutes > 0, "limit_minutes", "limit-zero");
        demand(self.limit_minutes <= Self::MAX_MINUTES, "limit_minutes", "limit-long");
        demand(self.grace_seconds <= 60, "grace_seconds", "grace-range");
        demand(self.cut_percent.is_none_or(|cut| cut <= 100), "cut_percent", "cut-range");
        demand((1..=3_650).contains(&self.retention_days), "retention_days", "retention-range");
        demand((1..=365).contains(&self.open_days), "open_days", "open-days-range");
        demand(self.open_days <= self.retention_days, "retention_days", "retention-short");
        demand(!self.sections.is_empty(), "sections", "section-none");
        demand(self.sections.len() <= Self::MAX_SECTIONS, "sections", "sections-many");
        demand(self.items() <= Self::MAX_ITEMS, "sections", "items-many");
        let Texts { welcome, rules, contact } = &self.texts;
        for (field, text) in
            [("texts.welcome", welcome), ("texts.rules", rules), ("texts.contact", contact)]
        {
            demand(text.chars().count() <= Texts::MAX_CHARS, field, "text-long");
        }
        problems
    }

    /// No item twice, and no two items that give each other away.
    fn check_repeats(&self, bank: &Bank, problems: &mut Vec<Problem>) {
        let mut seen: BTreeMap<&ItemCode, String> = BTreeMap::new();
        for (at, section) in self.sections.iter().enumerate() {
            for (pick, code) in section.picks.iter().enumerate() {
                let field = format!("section.{}.pick.{}", at + 1, pick + 1);
                if seen.contains_key(code) {
                    problems.push(Problem::new(&field, "item-twice").with("item", code));
                    continue;
                }
                let enemy = |other: &&ItemCode| {
                    let names = |one: &ItemCode, two: &ItemCode| {
                        bank.item(one).is_some_and(|item| item.facts.enemies.contains(two))
                    };
                    names(code, other) || names(other, code)
                };
                if let Some(other) = seen.keys().copied().find(enemy) {
                    problems.push(
                        Problem::new(&field, "item-enemy").with("item", code).with("other", other),
                    );
                }
                seen.insert(code, field);
            }
        }
    }

    /// Every cell of every draw has items enough, by itself.
    fn check_cells(&self, bank: &Bank, problems: &mut Vec<Problem>) {
        let spec = self.spec(bank);
        let picks = self.picked();
        for (at, (section, counts)) in self.sections.iter().zip(&spec.counts).enumerate() {
            for (nr, (draw, counts)) in section.draws.iter().zip(counts).enumerate() {
                let field = format!("section.{}.draw.{}", at + 1, nr + 1);
                for (level, count) in counts.cells() {
                    let free = |item: &&Item| !picks.contains(&item.facts.code);
                    let available = bank.matching(draw, level).filter(free).count();
                    if available >= count as usize {
                        continue;
                    }
                    let (part, code) = match (level, available) {
                        (Some(_), 0) => ("levels", "cell-empty"),
                        (Some(_), _) => ("levels", "cell-short"),
                        (None, 0) => ("count", "draw-empty"),
                        (None, _) => ("count", "draw-short"),
                    };
                    problems.push(
                        Problem::new(format!("{field}.{part}"), code)
                            .with("level", level.map_or("any", Level::as_str))
                            .with("count", count)
                            .with("available", available),
                    );
                }
            }
        }
    }

    /// Draws that share items must be servable at the same time.
    fn check_together(&self, bank: &Bank, problems: &mut Vec<Problem>) {
        let items: Vec<PoolItem<'_>> = bank.items().map(PoolItem::from).collect();
        if let Err(short) = paper::draw(&self.spec(bank), &items, 0) {
            problems.push(Problem::new(
                format!("section.{}.draw.{}.count", short.section, short.draw),
                "draws-share",
            ));
        }
    }
}

fn check_section(field: &str, section: &Section, bank: &Bank, problems: &mut Vec<Problem>) {
    let mut demand = |is_right: bool, part: &str, code: &'static str| {
        if !is_right {
            problems.push(Problem::new(format!("{field}.{part}"), code));
        }
    };
    demand(!section.name.trim().is_empty(), "name", "section-name-empty");
    demand(section.name.chars().count() <= Draft::MAX_TITLE, "name", "section-name-long");
    demand(section.limit_minutes != Some(0), "limit_minutes", "limit-zero");
    demand(
        section.limit_minutes.is_none_or(|m| m <= Draft::MAX_MINUTES),
        "limit_minutes",
        "limit-long",
    );
    demand((1..=100).contains(&section.weight), "weight", "weight-range");
    demand(section.items() > 0 || !section.draws.is_empty(), "items", "section-empty");
    for (at, draw) in section.draws.iter().enumerate() {
        demand(draw.count > 0, &format!("draw.{}.count", at + 1), "count-zero");
        demand(!draw.skills.is_empty(), &format!("draw.{}.skills", at + 1), "draw-no-skill");
        let is_known = draw.levels.shares().iter().all(|share| *share <= 10_000);
        demand(is_known, &format!("draw.{}.levels", at + 1), "levels-range");
    }
    for (at, code) in section.picks.iter().enumerate() {
        let part = format!("{field}.pick.{}", at + 1);
        match bank.item(code) {
            None => problems.push(Problem::new(part, "item-unknown").with("item", code)),
            Some(item) if !item.facts.status.can_be_drawn() => {
                problems.push(Problem::new(part, "item-not-ready").with("item", code));
            }
            Some(_) => {}
        }
    }
}

impl Spec {
    /// What the candidate may read before starting. `items` are those of the version.
    pub fn welcome(&self, items: &[PoolItem<'_>]) -> Welcome {
        let section = |(section, counts): (&Section, &Vec<Counts>)| WelcomeSection {
            name: section.name.clone(),
            items: section.items(),
            expected: expected_of_section(section, counts, items),
            allows_return: section.navigation == crate::domain::assessment::Navigation::Free,
            limit_minutes: section.limit_minutes,
        };
        Welcome {
            v: 1,
            limit_minutes: self.draft.limit_minutes,
            items: self.draft.items(),
            sections: self.draft.sections.iter().zip(&self.counts).map(section).collect(),
            texts: self.draft.texts.clone(),
        }
    }
}

#[cfg(test)]
#[path = "assessment_tests.rs"]
mod tests;
