//! Reads `skills.toml`.

use super::{BadFile, read_toml};
use crate::domain::id::{AreaSlug, SkillSlug};
use crate::domain::skill::{Area, Cluster, Concept, Skill};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    area: Vec<AreaTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaTable {
    slug: AreaSlug,
    name: String,
    summary: String,
    cluster: Cluster,
    skill: Vec<toml::Spanned<SkillTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SkillTable {
    slug: SkillSlug,
    name: String,
    definition: String,
    seeds: Vec<String>,
    esco: Vec<Concept>,
    onet: Vec<String>,
    sfia: Vec<String>,
    junior: Vec<String>,
    mid: Vec<String>,
    senior: Vec<String>,
}

/// All areas, or what is wrong.
pub fn read(path: &str, text: &str) -> Result<Vec<Area>, BadFile> {
    let file: File = read_toml(path, text)?;
    let mut areas = Vec::new();
    for area in file.area {
        let mut skills = Vec::new();
        for table in area.skill {
            let at = table.span().start;
            let skill = table.into_inner();
            if skill.slug.area() != area.slug {
                let message = format!("the skill {} stands in the area {}", skill.slug, area.slug);
                return Err(BadFile {
                    path: path.to_owned(),
                    line: super::line_of(text, at),
                    message,
                });
            }
            skills.push(Skill {
                slug: skill.slug,
                name: skill.name,
                definition: skill.definition,
                seeds: skill.seeds,
                esco: skill.esco,
                onet: skill.onet,
                sfia: skill.sfia,
                behaviours: [skill.junior, skill.mid, skill.senior],
            });
        }
        areas.push(Area {
            slug: area.slug,
            name: area.name,
            summary: area.summary,
            cluster: area.cluster,
            skills,
        });
    }
    Ok(areas)
}
