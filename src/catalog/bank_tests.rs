//! The promises about the shipped bank: enough of everything, and papers that are alike.

use super::coverage::covered;
use super::*;
use crate::domain::exposure::{Cell, TIMES, cells, overlap};
use crate::domain::interaction::Kind;
use crate::domain::similarity::{NEAR, look_alikes};
use crate::domain::skill::Level;
use std::collections::{BTreeMap, BTreeSet};

/// The blueprints that the bank is written for.
const SERVED: [&str; 4] = ["backend", "senior-backend", "backend-support", "broad-screen"];

fn named(slug: &str) -> &'static Blueprint {
    blueprint(&slug.parse().expect("a slug")).expect("shipped")
}

fn drawable() -> impl Iterator<Item = &'static Item> {
    bank().items().filter(|item| item.facts.status.can_be_drawn())
}

#[test]
fn every_skill_has_items_and_what_many_roles_ask_has_more() {
    assert!(drawable().count() >= 300);
    let mut roles: BTreeMap<&SkillSlug, BTreeSet<&BlueprintSlug>> = BTreeMap::new();
    for blueprint in blueprints() {
        for skill in blueprint.sections.iter().flat_map(|section| &section.skills) {
            roles.entry(skill).or_default().insert(&blueprint.slug);
        }
    }
    for skill in skills() {
        let count = drawable().filter(|item| item.facts.skill == skill.slug).count();
        let is_wanted = roles.get(&skill.slug).is_some_and(|roles| roles.len() >= 4);
        assert!(count >= if is_wanted { 6 } else { 2 }, "{}: {count}", skill.slug);
    }
}

#[test]
fn what_four_blueprints_draw_is_there_four_times() {
    for slug in SERVED {
        let (draft, _) = named(slug).draft(bank());
        let all = cells(&draft, bank());
        for cell in &all {
            let Cell { name, level, taken, available, .. } = cell;
            assert!(!cell.is_thin(), "{slug}, {name}, {level:?}: {available} for {taken}");
        }
        // Over all kinds of a section and level too.
        let mut sums: BTreeMap<(usize, Option<Level>), u32> = BTreeMap::new();
        for cell in &all {
            *sums.entry((cell.section, cell.level)).or_default() += cell.taken;
        }
        for ((section, level), taken) in sums {
            let draws: Vec<&Cell<'_>> =
                all.iter().filter(|cell| cell.section == section && cell.level == level).collect();
            let takes = |item: &&Item| draws.iter().any(|c| c.draw.takes(&item.facts, level));
            let available = u32::try_from(drawable().filter(takes).count()).expect("few");
            assert!(available >= TIMES * taken, "{slug} {section} {level:?}: {available}");
        }
    }
}

#[test]
fn blueprints_with_thin_cells_are_samples() {
    let is_sample =
        |one: &&Blueprint| cells(&one.draft(bank()).0, bank()).iter().any(Cell::is_thin);
    let samples: Vec<&str> =
        blueprints().iter().filter(is_sample).map(|b| b.slug.as_str()).collect();
    let expected = [
        "jr-backend",
        "senior-se-backend",
        "lead-architect",
        "database-heavy",
        "security-first",
        "scale-performance",
        "soft-module",
    ];
    assert_eq!(samples, expected);
}

#[test]
fn every_topic_of_the_articles_has_an_item_that_names_it() {
    let all = covered();
    assert_eq!(all.len(), 275);
    let gaps: Vec<_> = all
        .iter()
        .filter(|one| one.is_gap() || one.skill.is_some() && one.named.is_empty())
        .map(|one| format!("{} {} ({:?})", one.reference, one.topic, one.skill))
        .collect();
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn two_papers_of_a_senior_share_little_and_are_equally_hard() {
    let (draft, _) = named("senior-backend").draft(bank());
    let found = overlap(&draft, bank(), 1_000).expect("papers");
    assert!(found.mean <= 0.27 * f64::from(found.items), "{found:?}");
    // Any two of them: within 5 % of the expected difficulty.
    assert!(found.easiest <= 1.05 * found.hardest, "{found:?}");
}

#[test]
fn every_paper_has_the_sections_levels_and_kinds_of_its_blueprint() {
    for slug in SERVED {
        let (draft, _) = named(slug).draft(bank());
        let (spec, items) = draft.publish(bank()).expect("nothing to mend");
        let pool: Vec<_> = items.into_iter().map(crate::domain::bank::PoolItem::from).collect();
        for seed in 0..50 {
            let paper = crate::domain::paper::draw(&spec, &pool, seed).expect("a paper");
            let mut left: Vec<(usize, &Item)> = paper
                .seats
                .iter()
                .map(|seat| (seat.section as usize, bank().item(&seat.item).expect("there")))
                .collect();
            assert_eq!(left.len(), draft.items() as usize);
            let codes: BTreeSet<_> = left.iter().map(|(_, item)| &item.facts.code).collect();
            assert_eq!(codes.len(), left.len(), "{slug}: an item is there twice");
            // The narrowest cells first: what only reads code also fits a cell of single choices.
            let mut all = cells(&draft, bank());
            all.sort_by_key(|cell| !cell.draw.reads_code);
            for cell in all {
                for _ in 0..cell.taken {
                    let fits = |(section, item): &(usize, &Item)| {
                        *section == cell.section && cell.draw.takes(&item.facts, cell.level)
                    };
                    let at = left.iter().position(fits);
                    let at = at.unwrap_or_else(|| panic!("{slug} {seed}: {} lacks one", cell.name));
                    left.swap_remove(at);
                }
            }
            assert!(left.is_empty());
        }
    }
}

#[test]
fn situational_keys_are_provisional_until_a_panel_has_rated_them() {
    for item in bank().items() {
        let is_situational = item.facts.kind.is_situational();
        assert_eq!(item.key.panel.is_some(), is_situational, "{}", item.facts.code);
        let panel = item.key.panel.as_ref().is_some_and(|panel| panel.size >= 8);
        assert_eq!(item.key.is_provisional(), is_situational && !panel, "{}", item.facts.code);
    }
    assert!(drawable().any(|item| item.facts.kind == Kind::Rating));
}

#[test]
fn items_that_look_alike_never_meet_in_a_paper() {
    let names = |a: &ItemCode, b: &ItemCode| {
        bank().item(a).is_some_and(|item| item.facts.enemies.contains(b))
    };
    for (one, two, share) in look_alikes(bank().items(), NEAR) {
        assert!(names(one, two) || names(two, one), "{one} and {two}: {share} of 10,000");
    }
}
