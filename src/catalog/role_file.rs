//! Reads `blueprints.toml`: what the roles ask for.

use super::{BadFile, read_toml};
use crate::domain::assessment::LevelMix;
use crate::domain::blueprint::{Blueprint, BlueprintSection, PlanCount, PlanKind};
use crate::domain::id::{BlueprintSlug, SkillSlug};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    blueprint: Vec<BlueprintTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlueprintTable {
    slug: BlueprintSlug,
    name: String,
    seeds: String,
    levels: Levels,
    section: Vec<SectionTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Levels {
    junior: u32,
    mid: u32,
    senior: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionTable {
    name: String,
    skills: Vec<toml::Spanned<SkillSlug>>,
    draw: BTreeMap<PlanKind, u32>,
}

/// All blueprints, or what is wrong.
pub fn read(path: &str, text: &str) -> Result<Vec<Blueprint>, BadFile> {
    let file: File = read_toml(path, text)?;
    let section = |table: SectionTable| {
        if let Some(unknown) =
            table.skills.iter().find(|slug| super::skill(slug.get_ref()).is_none())
        {
            let message = format!("there is no skill {}", unknown.get_ref());
            return Err(BadFile {
                path: path.to_owned(),
                line: super::line_of(text, unknown.span().start),
                message,
            });
        }
        let draw = table.draw.into_iter().map(|(kind, count)| PlanCount { kind, count }).collect();
        let skills = table.skills.into_iter().map(toml::Spanned::into_inner).collect();
        Ok(BlueprintSection { name: table.name, skills, draw })
    };
    let blueprint = |table: BlueprintTable| {
        Ok(Blueprint {
            slug: table.slug,
            name: table.name,
            seeds: table.seeds,
            levels: LevelMix::new(table.levels.junior, table.levels.mid, table.levels.senior),
            sections: table.section.into_iter().map(section).collect::<Result<_, BadFile>>()?,
        })
    };
    file.blueprint.into_iter().map(blueprint).collect()
}
