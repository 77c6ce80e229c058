//! Finding items: words, and facets with their counts. A facet counts what its other neighbours
//! leave, so that a count says what a click will show.

use crate::domain::bank_review::State;
use crate::domain::id::{AreaSlug, ItemCode, SkillSlug};
use crate::domain::interaction::Kind;
use crate::domain::item::Status;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use std::collections::BTreeMap;

/// How far an item is, for shipped and own items alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Shipped, with the status of its file.
    Shipped(StatusOrder),
    /// Written by the organisation.
    Own(State),
}

/// A status that sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusOrder {
    /// Proven.
    Operational,
    /// Scored, not yet proven.
    Pilot,
    /// In review or a draft: not drawn.
    NotReady,
    /// Not drawn any more.
    Retired,
}

impl From<Status> for StatusOrder {
    fn from(status: Status) -> Self {
        match status {
            Status::Operational => Self::Operational,
            Status::Pilot => Self::Pilot,
            Status::Draft | Status::Review => Self::NotReady,
            Status::Retired => Self::Retired,
        }
    }
}

impl Stage {
    /// The name in addresses and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shipped(StatusOrder::Operational) => "operational",
            Self::Shipped(StatusOrder::Pilot) => "pilot",
            Self::Shipped(StatusOrder::NotReady) => "not-ready",
            Self::Shipped(StatusOrder::Retired) | Self::Own(State::Retired) => "retired",
            Self::Own(State::Draft) => "draft",
            Self::Own(State::Review) => "review",
            Self::Own(State::Approved) => "approved",
        }
    }
}

/// Bands of planned time, by the longest that belongs to each.
pub const MINUTES: [(&str, i64); 4] = [("1", 60), ("2", 120), ("3", 180), ("more", i64::MAX)];

/// What finding needs to know about an item.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its name.
    pub code: ItemCode,
    /// What it measures.
    pub skill: SkillSlug,
    /// The area of the skill.
    pub area: AreaSlug,
    /// For whom it is made.
    pub level: Level,
    /// How it is answered.
    pub kind: Kind,
    /// Planned time.
    pub seconds: Seconds,
    /// How far it is.
    pub stage: Stage,
    /// Only this organisation has it.
    pub is_private: bool,
    /// Everything that words are looked for in, in lower case.
    pub words: String,
}

impl Card {
    fn minutes(&self) -> &'static str {
        let fits = |(_, longest): &&(&str, i64)| self.seconds.get() <= *longest;
        MINUTES.iter().find(fits).map_or("more", |(name, _)| name)
    }

    fn value(&self, facet: Facet) -> &str {
        match facet {
            Facet::Area => self.area.as_str(),
            Facet::Skill => self.skill.as_str(),
            Facet::Level => self.level.as_str(),
            Facet::Kind => self.kind.as_str(),
            Facet::Minutes => self.minutes(),
            Facet::Stage => self.stage.as_str(),
            Facet::Source => {
                if self.is_private {
                    "private"
                } else {
                    "public"
                }
            }
        }
    }
}

/// What can be chosen beside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Public or private.
    Source,
    /// How far it is.
    Stage,
    /// Area.
    Area,
    /// Skill.
    Skill,
    /// Level.
    Level,
    /// Kind.
    Kind,
    /// Planned time.
    Minutes,
}

impl Facet {
    /// Every facet, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::Source,
        Self::Stage,
        Self::Area,
        Self::Skill,
        Self::Level,
        Self::Kind,
        Self::Minutes,
    ];

    /// Its name in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Stage => "stage",
            Self::Area => "area",
            Self::Skill => "skill",
            Self::Level => "level",
            Self::Kind => "kind",
            Self::Minutes => "minutes",
        }
    }
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words; all of them must be there.
    pub words: String,
    /// The chosen value of each facet; none: any.
    pub chosen: BTreeMap<Facet, String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Places of the cards that fit, in their order.
    pub places: Vec<usize>,
    /// How many a choice would show, by facet and value.
    pub counts: BTreeMap<Facet, BTreeMap<String, usize>>,
}

/// Looks through all cards once.
pub fn find<'a>(cards: impl IntoIterator<Item = &'a Card>, wanted: &Wanted) -> Found {
    let text = wanted.words.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Found::default();
    for (place, card) in cards.into_iter().enumerate() {
        if !words.iter().all(|word| card.words.contains(word)) {
            continue;
        }
        let missed: Vec<Facet> = wanted
            .chosen
            .iter()
            .filter(|(facet, value)| card.value(**facet) != value.as_str())
            .map(|(facet, _)| *facet)
            .collect();
        if missed.is_empty() {
            found.places.push(place);
        }
        for facet in Facet::ALL {
            // A facet does not narrow itself: its other values stay countable.
            if missed.iter().all(|other| *other == facet) {
                let counts = found.counts.entry(facet).or_default();
                match counts.get_mut(card.value(facet)) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(card.value(facet).to_owned(), 1)),
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(nr: usize, skill: &str, level: Level, is_private: bool) -> Card {
        let skill: SkillSlug = skill.parse().expect("a skill");
        Card {
            code: format!("x-{nr:04}").parse().expect("a code"),
            area: skill.area(),
            skill,
            level,
            kind: Kind::SingleChoice,
            seconds: Seconds::new(60 + i64::try_from(nr).expect("small")),
            stage: if is_private {
                Stage::Own(State::Draft)
            } else {
                Stage::Shipped(StatusOrder::Pilot)
            },
            is_private,
            words: format!("text of {nr}"),
        }
    }

    fn wanted(words: &str, chosen: &[(Facet, &str)]) -> Wanted {
        let chosen = chosen.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect();
        Wanted { words: words.to_owned(), chosen }
    }

    #[test]
    fn a_count_is_what_a_click_shows() {
        let cards: Vec<Card> = (0..240)
            .map(|nr| {
                let skill = ["db.nosql", "db.migrations", "sec.authorization"][nr % 3];
                card(nr, skill, Level::ALL[nr % 2], nr % 5 == 0)
            })
            .collect();
        let now = wanted("text", &[(Facet::Area, "db"), (Facet::Level, "junior")]);
        let found = find(&cards, &now);
        for (facet, counts) in &found.counts {
            for (value, count) in counts {
                let mut next = now.clone();
                next.chosen.insert(*facet, value.clone());
                assert_eq!(find(&cards, &next).places.len(), *count, "{facet:?} {value}");
            }
        }
        assert_eq!(found.counts[&Facet::Area]["sec"], 40, "the other areas stay countable");
        assert_eq!(found.places.len(), 80);
    }

    #[test]
    fn every_word_must_be_there_and_case_does_not_count() {
        let cards = [card(7, "db.nosql", Level::Mid, true)];
        assert_eq!(find(&cards, &wanted("OF text", &[])).places, [0]);
        assert!(find(&cards, &wanted("text 8", &[])).places.is_empty());
    }
}
