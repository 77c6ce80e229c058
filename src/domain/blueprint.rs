//! A blueprint: how many items of which kind, skill and level a role asks for. It becomes a draft.

use crate::domain::assessment::{Draft, Draw, LevelMix, Problem, Section};
use crate::domain::bank::Bank;
use crate::domain::id::{BlueprintSlug, SkillSlug};
use crate::domain::interaction::Kind;
use serde::{Deserialize, Serialize};

/// What a blueprint counts. Some kinds do not exist yet; a draft leaves them out and says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// Single choice.
    SingleChoice,
    /// Multiple response.
    MultipleResponse,
    /// A number.
    Numeric,
    /// An order.
    Ordering,
    /// Reading code: a single choice with that tag.
    CodeReading,
    /// A query against a database. Until there is a laboratory: reading SQL.
    SqlQuery,
    /// Situational judgement of either form.
    Situational,
    /// Diagnosis of a log.
    LogDiagnosis,
    /// Repairing code. Does not exist yet.
    CodeFix,
    /// Reviewing a schema. Does not exist yet.
    SchemaReview,
    /// Free text with two raters. Does not exist yet.
    FreeText,
}

impl PlanKind {
    /// The name in files and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleChoice => "single_choice",
            Self::MultipleResponse => "multiple_response",
            Self::Numeric => "numeric",
            Self::Ordering => "ordering",
            Self::CodeReading => "code_reading",
            Self::SqlQuery => "sql_query",
            Self::Situational => "situational",
            Self::LogDiagnosis => "log_diagnosis",
            Self::CodeFix => "code_fix",
            Self::SchemaReview => "schema_review",
            Self::FreeText => "free_text",
        }
    }

    /// Kinds of items that serve it, and whether they must ask to read code; none: it does not exist yet.
    const fn served_by(self) -> (&'static [Kind], bool) {
        match self {
            Self::SingleChoice => (&[Kind::SingleChoice], false),
            Self::MultipleResponse => (&[Kind::MultipleResponse], false),
            Self::Numeric => (&[Kind::Numeric], false),
            Self::Ordering => (&[Kind::Ordering], false),
            Self::CodeReading | Self::SqlQuery => (&[Kind::SingleChoice], true),
            Self::Situational => (&[Kind::Rating, Kind::BestWorst], false),
            Self::LogDiagnosis => (&[Kind::Diagnosis], false),
            Self::CodeFix | Self::SchemaReview | Self::FreeText => (&[], false),
        }
    }

    /// Planning value of one item, in seconds; a query that is only read takes as long as reading code.
    const fn seconds(self) -> u32 {
        match self {
            Self::SingleChoice => 75,
            Self::MultipleResponse | Self::Ordering => 90,
            Self::Numeric => 105,
            Self::CodeReading | Self::SqlQuery | Self::Situational => 120,
            Self::LogDiagnosis => 180,
            Self::SchemaReview => 300,
            Self::CodeFix | Self::FreeText => 480,
        }
    }
}

/// How many items of a kind a section asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCount {
    /// The kind.
    pub kind: PlanKind,
    /// How many.
    pub count: u32,
}

/// A part of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlueprintSection {
    /// The name that the candidate sees.
    pub name: String,
    /// Skills to draw from.
    pub skills: Vec<SkillSlug>,
    /// What to draw.
    pub draw: Vec<PlanCount>,
}

/// How an assessment for a role is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blueprint {
    /// Its lasting name.
    pub slug: BlueprintSlug,
    /// The name on the screen.
    pub name: String,
    /// The parts of the source articles behind it.
    pub seeds: String,
    /// Shares of the levels over the whole paper.
    pub levels: LevelMix,
    /// Its parts.
    pub sections: Vec<BlueprintSection>,
}

/// SQL is read, not run, for now: from this skill, or where a section does not have it, from its area.
const SQL_SKILL: &str = "db.sql-querying";
const SQL_AREA: &str = "db";

impl Blueprint {
    /// Items it asks for, whether they exist or not.
    pub fn units(&self) -> u32 {
        self.sections.iter().flat_map(|section| &section.draw).map(|plan| plan.count).sum()
    }

    /// A draft to start from, and what had to be left out or replaced. The clock is the planned time
    /// and 15 percent more, or what the items themselves are planned for if that is longer.
    pub fn draft(&self, bank: &Bank) -> (Draft, Vec<Problem>) {
        let mut warnings = Vec::new();
        let mut planned = 0;
        let mut sections = Vec::new();
        for plan in &self.sections {
            let field = format!("section.{}", sections.len() + 1);
            let mut section = Section { name: plan.name.clone(), ..Section::default() };
            for PlanCount { kind, count } in plan.draw.iter().copied() {
                let (kinds, reads_code) = kind.served_by();
                let warn = |code| {
                    Problem::new(&field, code).with("kind", kind.as_str()).with("count", count)
                };
                if kinds.is_empty() {
                    warnings.push(warn("kind-missing").with("section", &plan.name));
                    continue;
                }
                let has_sql = plan.skills.iter().any(|skill| skill.as_str() == SQL_SKILL);
                let is_sql = |skill: &&SkillSlug| {
                    kind != PlanKind::SqlQuery
                        || skill.as_str() == SQL_SKILL
                        || (!has_sql && skill.area().as_str() == SQL_AREA)
                };
                let skills: Vec<SkillSlug> = plan.skills.iter().filter(is_sql).cloned().collect();
                if kind == PlanKind::SqlQuery {
                    warnings.push(warn("kind-replaced").with("section", &plan.name));
                }
                planned += count * kind.seconds();
                section.draws.push(Draw {
                    skills,
                    kinds: kinds.to_vec(),
                    reads_code,
                    levels: self.levels,
                    count,
                });
            }
            if !section.draws.is_empty() {
                sections.push(section);
            }
        }
        let mut draft = Draft {
            title: self.name.clone(),
            blueprint: Some(self.slug.clone()),
            limit_minutes: (planned * 115).div_ceil(6_000),
            sections,
            ..Draft::default()
        };
        let expected = draft.totals(bank).expected.get();
        draft.limit_minutes =
            draft.limit_minutes.max(u32::try_from((expected + 59) / 60).unwrap_or(0));
        (draft, warnings)
    }
}
