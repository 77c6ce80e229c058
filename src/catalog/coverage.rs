//! Which items answer to what the source articles ask for.

use super::{bank, demands};
use crate::domain::id::{ItemCode, SkillSlug};

/// One topic of the articles with its items.
#[derive(Clone, Debug)]
pub struct Covered {
    /// Article and paragraph, such as `S1-5`.
    pub reference: &'static str,
    /// Lines of the article.
    pub lines: &'static str,
    /// In a few words.
    pub topic: &'static str,
    /// The skill that covers it.
    pub skill: Option<&'static SkillSlug>,
    /// Where it went, when it is not about a skill.
    pub note: Option<&'static str>,
    /// Drawable items of that skill, also those that only touch it.
    pub items: Vec<&'static ItemCode>,
    /// Those of them that name this very paragraph.
    pub named: Vec<&'static ItemCode>,
}

impl Covered {
    /// Does it need an item and have none?
    pub fn is_gap(&self) -> bool {
        self.skill.is_some() && self.items.is_empty()
    }
}

/// Every topic, in the order of the articles.
pub fn covered() -> Vec<Covered> {
    let topics =
        demands().iter().flat_map(|demand| demand.topics.iter().map(move |topic| (demand, topic)));
    topics
        .map(|(demand, topic)| {
            let skill = topic.skill.as_ref();
            let is_about = |slug: &SkillSlug| Some(slug) == skill;
            let items: Vec<_> = bank()
                .items()
                .filter(|item| item.facts.status.can_be_drawn())
                .filter(|item| is_about(&item.facts.skill) || item.facts.also.iter().any(is_about))
                .collect();
            Covered {
                reference: &demand.reference,
                lines: &demand.lines,
                topic: &topic.topic,
                skill,
                note: topic.note.as_deref(),
                named: items
                    .iter()
                    .filter(|item| item.facts.seeds.contains(&demand.reference))
                    .map(|item| &item.facts.code)
                    .collect(),
                items: items.iter().map(|item| &item.facts.code).collect(),
            }
        })
        .collect()
}
