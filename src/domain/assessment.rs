//! What a recruiter builds: a draft of sections with fixed picks and draws, and the immutable plan
//! that publishing makes of it. `assessment_check` says what stands in the way.

use crate::domain::account::PersonName;
use crate::domain::clean;
use crate::domain::id::{BlueprintSlug, ItemCode, SkillSlug};
use crate::domain::interaction::Kind;
use crate::domain::item::Facts;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use serde::{Deserialize, Serialize};

/// How a candidate moves in a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Navigation {
    /// Any item, any order, and back.
    #[default]
    Free,
    /// One item after the other, and never back.
    Linear,
}

impl Navigation {
    /// The name in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Linear => "linear",
        }
    }
}

/// Shares of the levels in a draw. Any whole numbers: `0 2 1` of three items is two mid and one senior.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LevelMix {
    /// Share of junior items.
    pub junior: u32,
    /// Share of mid items.
    pub mid: u32,
    /// Share of senior items.
    pub senior: u32,
}

impl LevelMix {
    /// Items of any level.
    pub const ANY: Self = Self { junior: 0, mid: 0, senior: 0 };

    /// Shares of junior, mid and senior.
    pub const fn new(junior: u32, mid: u32, senior: u32) -> Self {
        Self { junior, mid, senior }
    }

    /// The shares, indexed as [`Level::ALL`].
    pub const fn shares(self) -> [u32; 3] {
        [self.junior, self.mid, self.senior]
    }

    /// Does the level not matter?
    pub fn is_any(self) -> bool {
        self == Self::ANY
    }
}

/// Items drawn at random for each candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draw {
    /// From these skills, as evenly as the bank allows.
    pub skills: Vec<SkillSlug>,
    /// Of these kinds; none named means any.
    pub kinds: Vec<Kind>,
    /// Only items that ask to read code.
    pub reads_code: bool,
    /// Shares of the levels.
    pub levels: LevelMix,
    /// How many.
    pub count: u32,
}

impl Draw {
    /// May this draw take such an item, at one level or at any that the mix allows?
    pub fn takes(&self, facts: &Facts, level: Option<Level>) -> bool {
        let is_level = match level {
            Some(level) => facts.level == level,
            None => self.levels.is_any() || self.levels.shares()[facts.level.index()] > 0,
        };
        is_level
            && facts.status.can_be_drawn()
            && self.skills.contains(&facts.skill)
            && (self.kinds.is_empty() || self.kinds.contains(&facts.kind))
            && (!self.reads_code || facts.is_code_reading())
    }
}

/// An ordered part of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// The name that the candidate sees.
    pub name: String,
    /// How the candidate moves in it.
    pub navigation: Navigation,
    /// A clock of its own inside the attempt's clock.
    pub limit_minutes: Option<u32>,
    /// Points of each of its items.
    pub weight: u32,
    /// Is the order of items drawn for each candidate?
    pub shuffle_items: bool,
    /// Is the order of options drawn for each candidate?
    pub shuffle_options: bool,
    /// Items that everybody gets.
    pub picks: Vec<ItemCode>,
    /// Items that are drawn.
    pub draws: Vec<Draw>,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            name: String::new(),
            navigation: Navigation::Free,
            limit_minutes: None,
            weight: 1,
            shuffle_items: false,
            shuffle_options: true,
            picks: Vec::new(),
            draws: Vec::new(),
        }
    }
}

impl Section {
    /// How many items a candidate meets in it.
    pub fn items(&self) -> u32 {
        let picks = u32::try_from(self.picks.len()).unwrap_or(u32::MAX);
        self.draws.iter().fold(picks, |sum, draw| sum.saturating_add(draw.count))
    }
}

/// Words of the organisation for the welcome page (Markdown).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Texts {
    /// Why the candidate is asked, and what comes after.
    pub welcome: String,
    /// Aids that are allowed, and those that are not.
    pub rules: String,
    /// Whom to ask.
    pub contact: String,
}

impl Texts {
    /// Each text has at most this many characters.
    pub const MAX_CHARS: usize = 5_000;
}

/// Everything about an assessment that can still change. Kept as typed; `check` says what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Version of this shape.
    pub v: u8,
    /// The name of the assessment.
    pub title: String,
    /// The blueprint it began with.
    pub blueprint: Option<BlueprintSlug>,
    /// The clock of the attempt.
    pub limit_minutes: u32,
    /// How long after the end a save still counts, marked late.
    pub grace_seconds: u32,
    /// The share of points from which a result meets the cut.
    pub cut_percent: Option<u32>,
    /// How long everything about a candidate is kept.
    pub retention_days: u32,
    /// How long an invitation is open.
    pub open_days: u32,
    /// Words of the organisation.
    pub texts: Texts,
    /// The parts, in order.
    pub sections: Vec<Section>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            v: 1,
            title: String::new(),
            blueprint: None,
            limit_minutes: 30,
            grace_seconds: 10,
            cut_percent: None,
            retention_days: 180,
            open_days: 14,
            texts: Texts::default(),
            sections: Vec::new(),
        }
    }
}

impl Draft {
    /// The longest title.
    pub const MAX_TITLE: usize = PersonName::MAX_CHARS;
    /// The most sections.
    pub const MAX_SECTIONS: usize = 50;
    /// The most items of a paper.
    pub const MAX_ITEMS: u32 = 300;
    /// The most minutes of any clock: a day.
    pub const MAX_MINUTES: u32 = 1_440;

    /// Fit to be stored: names in one line, and nothing that the database's JSON refuses.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        let Texts { welcome, rules, contact } = &mut self.texts;
        for prose in [welcome, rules, contact] {
            *prose = clean::text(prose).value;
        }
        for name in self.sections.iter_mut().map(|section| &mut section.name) {
            *name = clean::line(name).value;
        }
        self.title = clean::line(&self.title).value;
        self
    }

    /// How many items a candidate meets.
    pub fn items(&self) -> u32 {
        self.sections.iter().fold(0, |sum, section| sum.saturating_add(section.items()))
    }

    /// The clock of the attempt.
    pub fn limit(&self) -> Seconds {
        Seconds::from_minutes(i64::from(self.limit_minutes))
    }
}

/// Something to mend, with the code of its sentence and what the sentence needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field in the builder, such as `section.2.draw.1.count`; sections and draws count from 1.
    pub field: String,
    /// The end of the sentence's key.
    pub code: &'static str,
    /// What the sentence needs.
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem whose sentence needs nothing.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, format!("{value}")));
        self
    }
}

/// How many items of each level a draw takes from every paper; settled when a version is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// By level, indexed as [`Level::ALL`].
    pub levels: [u32; 3],
    /// Of any level.
    pub any: u32,
}

impl Counts {
    /// The cells of this draw that take something.
    pub fn cells(self) -> impl Iterator<Item = (Option<Level>, u32)> {
        let levels =
            Level::ALL.into_iter().map(move |level| (Some(level), self.levels[level.index()]));
        levels.chain([(None, self.any)]).filter(|(_, count)| *count > 0)
    }
}

/// The immutable plan of a published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// Version of this shape.
    pub v: u8,
    /// The draft as it was published.
    pub draft: Draft,
    /// Counts of every draw, by section and draw.
    pub counts: Vec<Vec<Counts>>,
}

/// What a candidate may read about an assessment before starting. No cut score, no codes, no skills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Version of this shape.
    pub v: u8,
    /// The clock of the attempt, without extra time.
    pub limit_minutes: u32,
    /// How many questions.
    pub items: u32,
    /// The parts.
    pub sections: Vec<WelcomeSection>,
    /// Words of the organisation.
    pub texts: Texts,
}

/// One part on the welcome page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeSection {
    /// Its name.
    pub name: String,
    /// How many questions.
    pub items: u32,
    /// What they are planned for.
    pub expected: Seconds,
    /// Going back is possible.
    pub allows_return: bool,
    /// A clock of its own.
    pub limit_minutes: Option<u32>,
}
