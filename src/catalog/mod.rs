//! # `catalog`: shipped content, keys included
//!
//! **Holds** areas, skills, blueprints and items as TOML, and reads them into domain values, once.
//!
//! **May touch** `domain`. It is in the pure and the server build, never in the browser's: it knows
//! the keys. Nothing is read from disk while the program runs; a file that is wrong fails the tests.
//!
//! **To add an item**: one file below `items/<skill>/`, named as its `id`. `build.rs` finds it.
//! Everything shipped here is public with its keys, as in any open repository: it is starter and
//! practice content. Private items belong into an organisation's bank, never into this folder.

pub mod coverage;
mod item_file;
pub mod item_form;
mod item_kind;
pub mod item_source;
mod lines;
pub mod lint;
mod role_file;
mod skill_file;

use crate::domain::bank::Bank;
use crate::domain::blueprint::Blueprint;
use crate::domain::id::{AreaSlug, BlueprintSlug, ItemCode, SkillSlug};
use crate::domain::item::Item;
use crate::domain::skill::{Area, Skill};
use serde::Deserialize;
use std::fmt;
use std::sync::OnceLock;

pub use item_file::{Written, misplaced, read_item, read_written};

/// The item files: path below `items`, and text.
pub const ITEM_FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/items.rs"));

/// What is wrong with a file of the catalog, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct BadFile {
    /// The file, below `src/catalog`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, for the author.
    pub message: String,
}

impl fmt::Display for BadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// A demand of the source articles, and the skills that answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Article and paragraph, such as `S1-5`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Lines of the article.
    pub lines: String,
    /// What is asked for.
    pub topics: Vec<Topic>,
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// In a few words.
    pub topic: String,
    /// The skill that covers it.
    pub skill: Option<SkillSlug>,
    /// Where it went, when it is not about a skill.
    pub note: Option<String>,
}

/// Reads one TOML text; the error names file and line.
fn read_toml<T: for<'de> Deserialize<'de>>(path: &str, text: &str) -> Result<T, BadFile> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        BadFile {
            path: path.to_owned(),
            line: line_of(text, at),
            message: error.message().to_owned(),
        }
    })
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// A shipped file must be right: the tests read every one of them before a release.
fn shipped<T>(read: Result<T, BadFile>) -> T {
    match read {
        Ok(value) => value,
        Err(bad) => panic!("the shipped catalog is broken: {bad}"),
    }
}

/// All areas with their skills, in the order of screens.
pub fn areas() -> &'static [Area] {
    static AREAS: OnceLock<Vec<Area>> = OnceLock::new();
    AREAS.get_or_init(|| shipped(skill_file::read("skills.toml", include_str!("skills.toml"))))
}

/// All skills, in the order of screens.
pub fn skills() -> impl Iterator<Item = &'static Skill> {
    areas().iter().flat_map(|area| &area.skills)
}

/// The area of a slug.
pub fn area(slug: &AreaSlug) -> Option<&'static Area> {
    areas().iter().find(|area| area.slug == *slug)
}

/// The skill of a slug.
pub fn skill(slug: &SkillSlug) -> Option<&'static Skill> {
    skills().find(|skill| skill.slug == *slug)
}

/// All blueprints, in the order of screens.
pub fn blueprints() -> &'static [Blueprint] {
    static BLUEPRINTS: OnceLock<Vec<Blueprint>> = OnceLock::new();
    BLUEPRINTS.get_or_init(|| {
        shipped(role_file::read("blueprints.toml", include_str!("blueprints.toml")))
    })
}

/// The blueprint of a slug.
pub fn blueprint(slug: &BlueprintSlug) -> Option<&'static Blueprint> {
    blueprints().iter().find(|blueprint| blueprint.slug == *slug)
}

/// What the source articles ask for, paragraph by paragraph.
pub fn demands() -> &'static [Demand] {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        demand: Vec<Demand>,
    }
    static DEMANDS: OnceLock<Vec<Demand>> = OnceLock::new();
    DEMANDS.get_or_init(|| {
        shipped(read_toml::<File>("coverage.toml", include_str!("coverage.toml"))).demand
    })
}

/// The shipped items.
pub fn bank() -> &'static Bank {
    static BANK: OnceLock<Bank> = OnceLock::new();
    BANK.get_or_init(|| shipped(read_bank(ITEM_FILES).map_err(|mut all| all.swap_remove(0))))
}

/// Reads many item files: the bank, or everything that is wrong.
pub fn read_bank(files: &[(&str, &str)]) -> Result<Bank, Vec<BadFile>> {
    let mut items: Vec<Item> = Vec::with_capacity(files.len());
    let mut bad = Vec::new();
    for (path, text) in files {
        match read_item(path, text) {
            Ok(item) => items.push(item),
            Err(error) => bad.push(error),
        }
    }
    check_names(&items, &mut bad);
    if !bad.is_empty() {
        return Err(bad);
    }
    Bank::new(items)
        .map_err(|flaw| vec![BadFile { path: "items".to_owned(), line: 1, message: flaw.0 }])
}

/// Skills and enemies that an item names must exist, and no code may be there twice.
fn check_names(items: &[Item], bad: &mut Vec<BadFile>) {
    let mut seen = std::collections::BTreeSet::new();
    let codes: std::collections::BTreeSet<_> = items.iter().map(|item| &item.facts.code).collect();
    for item in items {
        let facts = &item.facts;
        let mut complain = |message: String| {
            bad.push(BadFile {
                path: format!("items/{}/{}.toml", facts.skill, facts.code),
                line: 1,
                message,
            });
        };
        if !seen.insert(&facts.code) {
            complain(format!("the id {:?} is there twice", facts.code.as_str()));
        }
        for slug in facts.also.iter().chain([&facts.skill]).filter(|slug| skill(slug).is_none()) {
            complain(format!("there is no skill {:?}", slug.as_str()));
        }
        for enemy in facts.enemies.iter().filter(|enemy| !codes.contains(enemy)) {
            complain(format!("there is no item {:?} to be an enemy", enemy.as_str()));
        }
    }
}

/// Is this item built in? Then everybody can read it and its key.
pub fn is_public(code: &ItemCode) -> bool {
    bank().item(code).is_some()
}

#[cfg(test)]
mod bank_tests;
#[cfg(test)]
mod tests;
