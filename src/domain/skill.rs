//! What is measured: areas, skills and their levels.

use crate::domain::id::{AreaSlug, SkillSlug};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How far a person is in a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Works with guidance on clear tasks.
    Junior,
    /// Works alone on normal problems.
    Mid,
    /// Handles unclear problems, designs and enables others.
    Senior,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Self; 3] = [Self::Junior, Self::Mid, Self::Senior];

    /// The name in files, tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
        }
    }

    /// Its place in [`Level::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;
    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        Self::ALL.into_iter().find(|level| level.as_str() == text).ok_or(UnknownLevel)
    }
}

/// There is no such level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown level")]
pub struct UnknownLevel;

/// A few areas together: only these may carry a score of their own, when they have items enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cluster {
    /// Databases, scalability and performance.
    DataAndSpeed,
    /// Architecture, APIs, programming, testing.
    Build,
    /// Security, operations, data protection.
    ProtectAndRun,
    /// Soft skills.
    WorkWithOthers,
}

impl Cluster {
    /// Every cluster, in the order of screens.
    pub const ALL: [Self; 4] =
        [Self::DataAndSpeed, Self::Build, Self::ProtectAndRun, Self::WorkWithOthers];

    /// The name in files and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DataAndSpeed => "data_and_speed",
            Self::Build => "build",
            Self::ProtectAndRun => "protect_and_run",
            Self::WorkWithOthers => "work_with_others",
        }
    }
}

/// A family of skills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first part of its skills' slugs.
    pub slug: AreaSlug,
    /// The name on the screen.
    pub name: String,
    /// One line about it.
    pub summary: String,
    /// Where its score is counted.
    pub cluster: Cluster,
    /// Its skills, in the order of the catalog.
    pub skills: Vec<Skill>,
}

/// A concept of another catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// What it is called there.
    pub label: String,
    /// The end of its address there, where it is known.
    pub uuid: Option<String>,
}

/// One thing that is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Its lasting name.
    pub slug: SkillSlug,
    /// The name on the screen.
    pub name: String,
    /// What belongs to it.
    pub definition: String,
    /// The parts of the source articles that ask for it.
    pub seeds: Vec<String>,
    /// Nearest concepts of ESCO, for people who compare catalogs.
    pub esco: Vec<Concept>,
    /// Nearest elements of O*NET.
    pub onet: Vec<String>,
    /// Nearest SFIA codes (codes only).
    pub sfia: Vec<String>,
    /// What a person at each level can be seen to do, indexed as [`Level::ALL`].
    pub behaviours: [Vec<String>; 3],
}

impl Skill {
    /// What a person at this level can be seen to do.
    pub fn at(&self, level: Level) -> &[String] {
        &self.behaviours[level.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_read_back_and_rise() {
        for (index, level) in Level::ALL.into_iter().enumerate() {
            assert_eq!(level.as_str().parse(), Ok(level));
            assert_eq!(level.index(), index);
        }
        assert!(Level::Junior < Level::Senior);
    }
}
