//! An item: what the candidate sees ([`Body`]), what staff know about it ([`Facts`]), and what
//! decides its score ([`Key`]). Only the body can be serialised towards a browser.

use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::interaction::{Flaw, Interaction, InteractionKey, Kind};
use crate::domain::number::Decimal;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Version of the stored forms below.
const STORED_VERSION: u8 = 1;

/// How far an item is on its way to being trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written; never drawn.
    Draft,
    /// Waits for its reviewers; never drawn.
    Review,
    /// Scored, and labelled as not yet proven.
    Pilot,
    /// Proven with real answers.
    Operational,
    /// Never drawn again; old results keep it.
    Retired,
}

impl Status {
    /// The name in files and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Pilot => "pilot",
            Self::Operational => "operational",
            Self::Retired => "retired",
        }
    }

    /// May it stand in a paper?
    pub const fn can_be_drawn(self) -> bool {
        matches!(self, Self::Pilot | Self::Operational)
    }
}

/// What the mind does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cognitive {
    /// Remembers a fact.
    Recall,
    /// Explains it.
    Understand,
    /// Uses it.
    Apply,
    /// Takes a case apart.
    Analyse,
    /// Weighs alternatives.
    Evaluate,
}

impl Cognitive {
    /// The name in files and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recall => "recall",
            Self::Understand => "understand",
            Self::Apply => "apply",
            Self::Analyse => "analyse",
            Self::Evaluate => "evaluate",
        }
    }
}

/// What staff know about an item. Tags and codes hint at keys, so this is not serialisable.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Facts {
    /// Its lasting name.
    pub code: ItemCode,
    /// Grows with every change of text, key or rule.
    pub revision: u32,
    /// How far it is.
    pub status: Status,
    /// How it is answered.
    pub kind: Kind,
    /// What it measures.
    pub skill: SkillSlug,
    /// What it touches besides.
    pub also: Vec<SkillSlug>,
    /// For whom it is made.
    pub level: Level,
    /// What the mind does with it.
    pub cognitive: Cognitive,
    /// The parts of the source articles that ask for it.
    pub seeds: Vec<String>,
    /// Technologies and themes.
    pub tags: Vec<String>,
    /// The author's guess of the proportion who get it right.
    pub expected: Option<Decimal>,
    /// Other items that must not stand in the same paper.
    pub enemies: Vec<ItemCode>,
    /// Warnings of the bank's lint that a reviewer accepted, each with its reason.
    pub lint_waive: Vec<String>,
}

/// The tag of items that ask what a piece of code does.
pub const CODE_READING: &str = "code-reading";

impl Facts {
    /// Does it ask to read code?
    pub fn is_code_reading(&self) -> bool {
        self.tags.iter().any(|tag| tag == CODE_READING)
    }

    /// A title for lists, made of the code: `db-0001-tenant-index` is "Tenant index".
    pub fn title(&self) -> String {
        self.code.title()
    }

    /// The code without its hint: `db-0001`.
    pub fn number(&self) -> String {
        self.code.number()
    }
}

/// Everything a candidate may see of an item, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The situation (Markdown).
    pub stem: String,
    /// The question (Markdown).
    pub ask: String,
    /// The time it is planned for.
    pub seconds: Seconds,
    /// How it is answered.
    #[serde(flatten)]
    pub interaction: Interaction,
}

impl Body {
    /// The form of `version_item.body`.
    pub fn stored(&self) -> Result<Value, Flaw> {
        let mut value = serde_json::to_value(self).map_err(|error| Flaw(error.to_string()))?;
        value["v"] = STORED_VERSION.into();
        Ok(value)
    }

    /// Reads [`Body::stored`].
    pub fn from_stored(mut value: Value) -> Result<Self, Flaw> {
        take_version(&mut value)?;
        serde_json::from_value(value).map_err(|error| Flaw(error.to_string()))
    }

    /// Everything that a candidate reads of it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [self.stem.as_str(), self.ask.as_str()].into_iter().chain(self.interaction.texts())
    }

    /// Words to read, code included.
    pub fn words(&self) -> usize {
        self.texts().map(|text| text.split_whitespace().count()).sum()
    }
}

/// A program that shows that the key is right, run by the bank's own checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What runs it, such as `python`.
    pub language: String,
    /// The version it was tried with.
    pub version: String,
    /// The program.
    pub source: String,
    /// What it prints.
    pub expect: String,
}

/// Where the key of a situational item comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// `panel`, or `author-provisional` until experts have rated it.
    pub source: String,
    /// How many experts rated.
    pub size: u32,
}

/// Everything that must never reach a candidate. Not serialisable on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Key {
    /// What is right.
    pub interaction: InteractionKey,
    /// Why each option is right or wrong, by id (`part.option` in a diagnosis).
    pub why: BTreeMap<String, String>,
    /// Why the answer is the answer (Markdown).
    pub explanation: String,
    /// Where it can be read.
    pub references: Vec<String>,
    /// How it was tried out.
    pub evidence: Option<String>,
    /// The program that shows it.
    pub run: Option<Run>,
    /// Of situational items: who says so.
    pub panel: Option<Panel>,
}

impl Key {
    /// True while no panel has confirmed a situational key.
    pub fn is_provisional(&self) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.source != "panel")
    }
}

/// One task with everything about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What staff know.
    pub facts: Facts,
    /// What the candidate sees.
    pub body: Body,
    /// What decides the score.
    pub key: Key,
}

impl Item {
    /// Puts the three parts together, if they fit.
    pub fn new(facts: Facts, body: Body, key: Key) -> Result<Self, Flaw> {
        if facts.kind != body.interaction.kind() {
            return Err(Flaw("the facts name another kind than the body".to_owned()));
        }
        if body.seconds <= Seconds::ZERO {
            return Err(Flaw("the item needs seconds".to_owned()));
        }
        body.interaction.check(&key.interaction)?;
        Ok(Self { facts, body, key })
    }

    /// The form of `version_key.key`: key, rationales and facts.
    pub fn stored_key(&self) -> Value {
        let Self { facts, key, .. } = self;
        json!({
            "v": STORED_VERSION,
            "key": {
                "interaction": key.interaction.stored(),
                "why": key.why,
                "explanation": key.explanation,
                "references": key.references,
                "evidence": key.evidence,
                "run": key.run,
                "panel": key.panel,
            },
            "facts": {
                "code": facts.code,
                "revision": facts.revision,
                "status": facts.status,
                "kind": facts.kind,
                "skill": facts.skill,
                "also": facts.also,
                "level": facts.level,
                "cognitive": facts.cognitive,
                "seeds": facts.seeds,
                "tags": facts.tags,
                "expected": facts.expected,
                "enemies": facts.enemies,
                "lint_waive": facts.lint_waive,
            },
        })
    }

    /// Reads [`Body::stored`] and [`Item::stored_key`].
    pub fn from_stored(body: Value, mut key: Value) -> Result<Self, Flaw> {
        #[derive(Deserialize)]
        struct Stored {
            key: Key,
            facts: Facts,
        }
        take_version(&mut key)?;
        let Stored { key, facts } =
            serde_json::from_value(key).map_err(|error| Flaw(error.to_string()))?;
        Self::new(facts, Body::from_stored(body)?, key)
    }
}

/// Takes `"v"` out; refuses versions that this code does not know.
fn take_version(value: &mut Value) -> Result<(), Flaw> {
    let version = value.as_object_mut().and_then(|object| object.remove("v"));
    if version == Some(STORED_VERSION.into()) {
        Ok(())
    } else {
        Err(Flaw(format!("stored form of version {version:?}")))
    }
}

/// SHA-256 over the keys of a published version, in the order of codes: a result says with which keys it was made.
pub fn key_hash<'a>(items: impl IntoIterator<Item = &'a Item>) -> [u8; 32] {
    let mut stored: Vec<(&str, String)> = items
        .into_iter()
        .map(|item| (item.facts.code.as_str(), item.stored_key().to_string()))
        .collect();
    stored.sort();
    let mut hash = Sha256::new();
    for (code, key) in stored {
        for text in [code, key.as_str()] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    hash.finalize().into()
}

#[cfg(test)]
#[path = "item_tests.rs"]
pub(crate) mod tests;
