//! What the catalog's address asks for, and the column that changes it.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use crate::catalog;
use crate::components::{Button, Draw, Field};
use crate::domain::bank::Bank;
use crate::domain::id::SkillSlug;
use crate::domain::interaction::Kind;
use crate::domain::skill::{Level, Skill};
use crate::http::session::url_component;
use crate::pages::assessment::{kind_words, level_words};
use crate::t;

/// The filter of the page and the chosen skills.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words to look for.
    words: String,
    area: String,
    levels: Vec<Level>,
    kinds: Vec<Kind>,
    chosen: BTreeSet<SkillSlug>,
}

impl Asked {
    /// Reads the address or the form; what nobody knows is left out.
    pub fn read(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "q" => value.trim().clone_into(&mut asked.words),
                "area" => asked.area = value,
                "level" => asked.levels.extend(value.parse::<Level>()),
                "kind" => asked.kinds.extend(value.parse::<Kind>()),
                "skill" => {
                    let known = value.parse().ok().filter(|slug| catalog::skill(slug).is_some());
                    asked.chosen.extend(known);
                }
                _ => {}
            }
        }
        asked
    }

    /// Is the skill chosen?
    pub fn has(&self, skill: &SkillSlug) -> bool {
        self.chosen.contains(skill)
    }

    /// The chosen skills.
    pub fn chosen(&self) -> impl Iterator<Item = &SkillSlug> {
        self.chosen.iter()
    }

    /// The levels that are shown.
    pub fn levels(&self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.shows_level(*level)).collect()
    }

    fn shows_level(&self, level: Level) -> bool {
        self.levels.is_empty() || self.levels.contains(&level)
    }

    /// The items of a skill that are meant, by level and kind.
    pub fn counts(&self, bank: &Bank, skill: &Skill) -> BTreeMap<(Level, Kind), u32> {
        let mut counts = bank.counts(&skill.slug);
        counts.retain(|(level, kind), _| {
            self.shows_level(*level) && (self.kinds.is_empty() || self.kinds.contains(kind))
        });
        counts
    }

    /// Does the filter want to see the skill, as far as its words go?
    pub fn wants(&self, area: &str, skill: &Skill) -> bool {
        let words = self.words.to_lowercase();
        (self.area.is_empty() || self.area == area)
            && [skill.name.as_str(), skill.definition.as_str(), skill.slug.as_str()]
                .iter()
                .any(|text| text.to_lowercase().contains(&words))
    }

    /// Does it leave out skills without an item that is meant?
    pub fn is_about_items(&self) -> bool {
        !self.levels.is_empty() || !self.kinds.is_empty()
    }

    /// The page without its filter; what is chosen stays.
    pub fn only_chosen(&self) -> String {
        let skills =
            self.chosen.iter().map(|slug| format!("skill={}", url_component(slug.as_str())));
        query(&skills.collect::<Vec<_>>())
    }

    /// The page without what is chosen; the filter stays.
    pub fn only_filter(&self) -> String {
        let mut parts = Vec::new();
        for (name, value) in [("q", &self.words), ("area", &self.area)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", url_component(value)));
            }
        }
        parts.extend(self.levels.iter().map(|level| format!("level={}", level.as_str())));
        parts.extend(self.kinds.iter().map(|kind| format!("kind={}", kind.as_str())));
        query(&parts)
    }
}

fn query(parts: &[String]) -> String {
    if parts.is_empty() { "/catalog".to_owned() } else { format!("/catalog?{}", parts.join("&")) }
}

/// The left column: words, area, level and kind, each with how many items there are.
pub fn column(asked: &Asked, bank: &Bank) -> AnyView {
    let areas = std::iter::once((String::new(), t!("catalog-any-area")))
        .chain(catalog::areas().iter().map(|area| (area.slug.to_string(), area.name.clone())));
    let drawable = || bank.items().filter(|item| item.facts.status.can_be_drawn());
    let levels = Level::ALL.into_iter().map(|level| {
        let count = drawable().filter(|item| item.facts.level == level).count();
        tick("level", level.as_str(), level_words(level), asked.levels.contains(&level), count)
    });
    let kinds = Kind::ALL.iter().map(|kind| {
        let count = drawable().filter(|item| item.facts.kind == *kind).count();
        tick("kind", kind.as_str(), kind_words(*kind), asked.kinds.contains(kind), count)
    });
    let is_open = asked.is_about_items();
    view! {
        <div class="facets" role="search" aria-label=t!("catalog-search")>
            <div class="stack-2">
                {Field::new("q", t!("catalog-search")).kind("search").value(asked.words.clone())}
                {Field::new("area", t!("catalog-area")).select(areas).value(asked.area.clone())}
            </div>
            // On narrow screens the choices fold behind this box; no script is needed.
            <label class="tick more"><input type="checkbox" checked=is_open/><span>{t!("catalog-more")}</span></label>
            <div class="groups">
                <fieldset><legend>{t!("catalog-level")}</legend>{levels.collect_view()}</fieldset>
                <fieldset><legend>{t!("catalog-kinds")}</legend>{kinds.collect_view()}</fieldset>
            </div>
            {Button::new(t!("catalog-filter")).draw()}
        </div>
    }
    .into_any()
}

fn tick(
    name: &'static str,
    value: &'static str,
    words: String,
    is_on: bool,
    count: usize,
) -> AnyView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name value=value checked=is_on/>
            <span>{words}</span>
            <span class="n">{count}</span>
        </label>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    }

    #[test]
    fn filter_and_choice_part_from_each_other_and_keep_what_is_known() {
        let asked = read(&[
            ("q", " a & b "),
            ("level", "mid"),
            ("level", "nonsense"),
            ("kind", "ordering"),
            ("skill", "db.nosql"),
            ("skill", "db.nosql"),
            ("skill", "no.skill"),
        ]);
        assert_eq!(asked.only_filter(), "/catalog?q=a%20%26%20b&level=mid&kind=ordering");
        assert_eq!(asked.only_chosen(), "/catalog?skill=db.nosql");
        assert_eq!(read(&[]).only_chosen(), "/catalog");
    }

    #[test]
    fn only_items_that_are_meant_are_counted() {
        let slug = "db.nosql".parse().expect("a slug");
        let skill = catalog::skill(&slug).expect("a skill");
        let bank = catalog::bank();
        let all: u32 = read(&[]).counts(bank, skill).values().sum();
        let mid: u32 = read(&[("level", "mid")]).counts(bank, skill).values().sum();
        assert!(mid > 0 && mid < all, "{mid} of {all}");
        let order = read(&[("kind", "ordering")]).counts(bank, skill);
        assert!(order.keys().all(|(_, kind)| *kind == Kind::Ordering));
    }
}
