//! Reads one item file. The format is strict: a field that is unknown, missing or of another kind of
//! item is an error with its line, because a typo in a key would silently change scores.

use super::item_kind::Built;
use super::{BadFile, line_of, read_toml};
use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::interaction::numeric::Tolerance;
use crate::domain::interaction::{Flaw, Kind};
use crate::domain::item::{Body, Cognitive, Facts, Item, Key, Run, Status};
use crate::domain::number::Decimal;
use crate::domain::scoring::TickRule;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use serde::Deserialize;

/// The version of the format.
const SCHEMA: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schema: u32,
    pub(super) id: ItemCode,
    pub(super) rev: u32,
    pub(super) status: Status,
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) skill: SkillSlug,
    #[serde(default)]
    pub(super) also: Vec<SkillSlug>,
    pub(super) level: Level,
    pub(super) cognitive: Cognitive,
    pub(super) seeds: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) p_expected: Option<Decimal>,
    pub(super) seconds: u32,
    pub(super) stem: String,
    pub(super) ask: String,
    pub(super) explanation: String,
    pub(super) references: Option<Vec<String>>,
    pub(super) evidence: Option<String>,
    #[serde(default)]
    pub(super) enemy: Vec<ItemCode>,
    #[serde(default)]
    pub(super) lint_waive: Vec<String>,
    /// Who reviewed it, before it counts as proven.
    #[serde(default)]
    pub(super) reviewed_by: Vec<String>,
    /// How many people answered it in a pilot.
    pub(super) pilot_n: Option<u32>,
    pub(super) run: Option<Run>,
    /// Values for clones of a numeric item; checked by whoever makes clones.
    pub(super) template: Option<toml::Table>,
    // What only some kinds have.
    pub(super) shuffle: Option<bool>,
    pub(super) select: Option<Select>,
    pub(super) scoring: Option<Scoring>,
    pub(super) answer: Option<Answer>,
    pub(super) instruction: Option<Instruction>,
    pub(super) scale: Option<Vec<String>>,
    pub(super) key: Option<PanelKey>,
    #[serde(default)]
    pub(super) option: Vec<OptionTable>,
    #[serde(default)]
    pub(super) step: Vec<TextTable>,
    #[serde(default)]
    pub(super) response: Vec<ResponseTable>,
    #[serde(default)]
    pub(super) log: Vec<TextTable>,
    #[serde(default)]
    pub(super) part: Vec<PartTable>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Select {
    pub(super) min: usize,
    pub(super) max: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scoring {
    pub(super) rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) value: Decimal,
    pub(super) tolerance: Tolerance,
    pub(super) unit: Option<String>,
    #[serde(default)]
    pub(super) integer: bool,
    #[serde(default)]
    pub(super) partial: Vec<PartialTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartialTable {
    pub(super) value: Decimal,
    pub(super) credit: Decimal,
    pub(super) why: String,
}

/// Situational items ask what is effective, not what one would do: that is harder to fake.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Instruction {
    Knowledge,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PanelKey {
    pub(super) source: String,
    pub(super) panel_n: u32,
    pub(super) rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionTable {
    pub(super) id: String,
    #[serde(default)]
    pub(super) key: bool,
    pub(super) text: String,
    pub(super) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextTable {
    pub(super) id: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponseTable {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) mode: Option<u8>,
    pub(super) mean: Option<Decimal>,
    pub(super) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartTable {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) weight: Decimal,
    pub(super) ask: String,
    pub(super) shuffle: Option<bool>,
    #[serde(default)]
    pub(super) option: Vec<OptionTable>,
    pub(super) select: Option<Select>,
    pub(super) options_from: Option<String>,
    #[serde(default)]
    pub(super) keys: Vec<String>,
    pub(super) rule: Option<TickRule>,
}

/// What a file says about its item that no paper needs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    pub(super) reviewers: usize,
    pub(super) pilots: u32,
    pub(super) has_formula: bool,
}

/// What can be read of an item that somebody still writes.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its lasting name.
    pub code: ItemCode,
    /// What it measures.
    pub skill: SkillSlug,
    /// For whom it is made.
    pub level: Level,
    /// How it is answered.
    pub kind: Kind,
    /// The time it is planned for.
    pub seconds: Seconds,
    /// The situation (Markdown).
    pub stem: String,
    /// The question (Markdown).
    pub ask: String,
    /// Technologies and themes.
    pub tags: Vec<String>,
    /// The item, or what it still lacks.
    pub item: Result<Item, BadFile>,
}

impl Written {
    /// Where its file lies in a folder of items.
    pub fn place(&self) -> String {
        format!("{}/{}.toml", self.skill, self.code)
    }
}

/// Reads a shipped item, which must lie where its skill and its id say; `path` is below `items`.
pub fn read_item(path: &str, text: &str) -> Result<Item, BadFile> {
    let named = format!("items/{path}");
    let written = read_written(&named, text)?;
    let place = written.place();
    if path == place {
        written.item
    } else {
        Err(misplaced(&named, text, &format!("items/{place}")))
    }
}

/// An item of a folder must lie where its skill and its name put it.
pub fn misplaced(path: &str, text: &str, place: &str) -> BadFile {
    let line = text.find("id = ").map_or(1, |at| line_of(text, at));
    BadFile { path: path.to_owned(), line, message: format!("this item belongs into {place}") }
}

/// Reads an item from anywhere; `path` is for the message.
pub(super) fn read_file(path: &str, text: &str) -> Result<(Item, Beside), BadFile> {
    let (written, beside) = read_parts(path, text)?;
    Ok((written.item?, beside))
}

/// Reads a file wherever it lies. One that is no TOML, or holds other fields, is an error; one that
/// is only not yet a whole item says so in [`Written::item`].
pub fn read_written(path: &str, text: &str) -> Result<Written, BadFile> {
    Ok(read_parts(path, text)?.0)
}

fn read_parts(path: &str, text: &str) -> Result<(Written, Beside), BadFile> {
    // A file keeps the line ends of its author; a question has one kind, wherever it was written.
    let text = &text.replace("\r\n", "\n");
    let file: File = read_toml(path, text)?;
    let wrong = |line: usize, message: String| BadFile { path: path.to_owned(), line, message };
    let found = |needle: &str| text.find(needle).map_or(1, |at| line_of(text, at));
    let beside = Beside {
        reviewers: file.reviewed_by.len(),
        pilots: file.pilot_n.unwrap_or(0),
        has_formula: file.template.is_some(),
    };
    if file.schema != SCHEMA {
        return Err(wrong(found("schema"), format!("schema {} is unknown", file.schema)));
    }
    let near = match file.kind {
        Kind::SingleChoice | Kind::MultipleResponse => "[[option]]",
        Kind::Numeric => "[answer]",
        Kind::Ordering => "[[step]]",
        Kind::Rating | Kind::BestWorst => "[[response]]",
        Kind::Diagnosis => "[[part]]",
    };
    let written = Written {
        code: file.id.clone(),
        skill: file.skill.clone(),
        level: file.level,
        kind: file.kind,
        seconds: Seconds::new(i64::from(file.seconds)),
        stem: file.stem.trim().to_owned(),
        ask: file.ask.clone(),
        tags: file.tags.clone(),
        item: build(file).map_err(|flaw| wrong(found(near), flaw.0)),
    };
    Ok((written, beside))
}

fn build(mut file: File) -> Result<Item, Flaw> {
    let built = Built::take(&mut file)?;
    nothing_left(&file)?;
    let facts = Facts {
        code: file.id,
        revision: file.rev,
        status: file.status,
        kind: file.kind,
        skill: file.skill,
        also: file.also,
        level: file.level,
        cognitive: file.cognitive,
        seeds: file.seeds,
        tags: file.tags,
        expected: file.p_expected,
        enemies: file.enemy,
        lint_waive: file.lint_waive,
    };
    let body = Body {
        stem: file.stem.trim().to_owned(),
        ask: file.ask,
        seconds: Seconds::new(i64::from(file.seconds)),
        interaction: built.interaction,
    };
    let key = Key {
        interaction: built.key,
        why: built.why,
        explanation: file.explanation.trim().to_owned(),
        references: file.references.unwrap_or_default(),
        evidence: file.evidence,
        run: file.run,
        panel: built.panel,
    };
    Item::new(facts, body, key)
}

/// Each kind takes its own fields out; one that is still there belongs to another kind.
fn nothing_left(file: &File) -> Result<(), Flaw> {
    let left = [
        ("shuffle", file.shuffle.is_some()),
        ("select", file.select.is_some()),
        ("scoring", file.scoring.is_some()),
        ("answer", file.answer.is_some()),
        ("instruction", file.instruction.is_some()),
        ("scale", file.scale.is_some()),
        ("key", file.key.is_some()),
        ("option", !file.option.is_empty()),
        ("step", !file.step.is_empty()),
        ("response", !file.response.is_empty()),
        ("log", !file.log.is_empty()),
        ("part", !file.part.is_empty()),
        ("template", file.template.is_some()),
    ];
    match left.iter().find(|(_, is_there)| *is_there) {
        Some((name, _)) => Err(Flaw(format!("`{name}` does not belong to {}", file.kind))),
        None => Ok(()),
    }
}
