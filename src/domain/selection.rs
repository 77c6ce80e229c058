//! A draft that begins with skills somebody has chosen, one part for each area.

use crate::domain::assessment::{Draft, Draw, Section};
use crate::domain::bank::Bank;
use crate::domain::id::SkillSlug;

/// Items of each skill: enough to begin with, and few enough that the builder shows the choice.
pub const EACH: u32 = 4;

/// A draft that draws from these skills, in the order given; an area's name becomes the name of a
/// part. Skills of which the bank has nothing are left out. The clock is what the items are planned
/// for and 15 percent more, as for a role.
pub fn draft(bank: &Bank, title: String, parts: Vec<(String, Vec<SkillSlug>)>) -> Draft {
    let draw = |skill: SkillSlug| {
        let available = bank.counts(&skill).values().sum::<u32>();
        Draw { skills: vec![skill], count: available.min(EACH), ..Draw::default() }
    };
    let sections = parts.into_iter().map(|(name, skills)| {
        let draws = skills.into_iter().map(draw).filter(|draw| draw.count > 0).collect();
        Section { name, draws, ..Section::default() }
    });
    let sections = sections.filter(|section| !section.draws.is_empty()).collect();
    let mut draft = Draft { title, sections, ..Draft::default() };
    let planned = u32::try_from(draft.totals(bank).expected.get()).unwrap_or(0);
    draft.limit_minutes = (planned * 115).div_ceil(6_000).max(1);
    draft
}
