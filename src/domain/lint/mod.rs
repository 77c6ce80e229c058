//! # `lint`: what a machine can see of a bad item
//!
//! **Holds** the rules that every item must keep before people read it ([`one`]), and those that
//! only many items together can break ([`mod@whole`]). **May touch** items, never files: whoever read
//! the item knows the lines ([`Spot`] says which field). Sentences are made from [`Finding::code`].
//!
//! **To add a rule**: a variant of [`Rule`], a function that pushes findings, and its two sentences
//! in `text/en/lint.ftl`.
//!
//! Thresholds stand next to the code that uses them. An error stops an item; a warning can be
//! accepted with a reason in the item itself: `lint_waive = ["L20: the version is the subject"]`.

mod code;
mod facts;
mod lists;
mod load;
mod options;
mod safe;
mod text;
mod view;
mod whole;
mod words;

use crate::domain::id::{ItemCode, SkillSlug};
use crate::domain::item::Item;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

pub use load::{Reading, reading};
pub use whole::{Balance, Habits, habits, whole};

use view::View;

/// The rules, by the names that reports use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Rule {
    /// The file can be read and holds nothing that could act: no markup, no hidden characters.
    L00,
    /// Three to five options; four to eight where several are right.
    L01,
    /// One key; where several are right, at least two and at most all but two.
    L02,
    /// The key is as long as the others.
    L03,
    /// Options are about equally long.
    L04,
    /// Keys stand in every position equally often.
    L05,
    /// No "all of the above", "none", "both A and B".
    L06,
    /// No question that asks for what is not so.
    L07,
    /// Absolutes and hedges do not give the key away.
    L08,
    /// The key does not echo the situation more than the others do.
    L09,
    /// Options have one form.
    L10,
    /// No two options say the same.
    L11,
    /// No two items say the same.
    L12,
    /// Numbers and dates stand in order.
    L13,
    /// It can be read in its time, by people whose first language is another one.
    L14,
    /// The question stands alone.
    L15,
    /// Every option has a reason, and the explanation teaches.
    L16,
    /// Everything that must be known about an item is there.
    L17,
    /// Its time fits its kind.
    L18,
    /// The key is not what the options have in common.
    L19,
    /// Nothing that is only true today.
    L20,
    /// Code can be read.
    L21,
    /// What can be run was run.
    L22,
    /// Names, brands, idioms, personal data.
    L23,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 24] = [
        Self::L00,
        Self::L01,
        Self::L02,
        Self::L03,
        Self::L04,
        Self::L05,
        Self::L06,
        Self::L07,
        Self::L08,
        Self::L09,
        Self::L10,
        Self::L11,
        Self::L12,
        Self::L13,
        Self::L14,
        Self::L15,
        Self::L16,
        Self::L17,
        Self::L18,
        Self::L19,
        Self::L20,
        Self::L21,
        Self::L22,
        Self::L23,
    ];

    /// The rule of a name such as `L07`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| format!("{rule}") == name)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{:02}", *self as u8)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The item cannot be used.
    Error,
    /// Mend it, or say in the item why it is right.
    Warning,
}

/// Which part of an item is meant; whoever has the text knows the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// A field of the item itself, and how many lines below its first one.
    Field(&'static str, usize),
    /// A field of one of several: `option`, `a`, `text`. In a diagnosis `part.option`, `cause.a`.
    Entry(&'static str, String, &'static str),
    /// A step, by its text: steps have no lasting name.
    Step(String),
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// The item, where it is one.
    pub item: Option<ItemCode>,
    /// The part of the item.
    pub spot: Spot,
    /// Of its sentences: `lint-<code>` says why, `lint-<code>-advice` what to do.
    pub code: &'static str,
    /// What the sentences need.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding that stops the item.
    pub fn error(rule: Rule, spot: Spot, code: &'static str) -> Self {
        Self { rule, severity: Severity::Error, item: None, spot, code, args: Vec::new() }
    }

    /// A finding that a reason can answer.
    pub fn warning(rule: Rule, spot: Spot, code: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, spot, code) }
    }

    /// With something that its sentences need.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// What an item may refer to, and what is known about it besides its text.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Skills of the catalog.
    pub skills: BTreeSet<SkillSlug>,
    /// Paragraphs of the source articles, such as `S1-5`.
    pub seeds: BTreeSet<String>,
    /// How many people reviewed it.
    pub reviewers: usize,
    /// How many people answered it in a pilot.
    pub pilots: u32,
    /// A formula for clones shows how its number is computed.
    pub has_formula: bool,
}

/// Everything that one item by itself breaks, what its author answered with a reason left out.
pub fn one(item: &Item, around: &Around) -> Vec<Finding> {
    let view = View::of(item);
    let mut found = Vec::new();
    safe::check(&view, &mut found);
    options::check(&view, &mut found);
    text::check(&view, &mut found);
    facts::check(&view, around, &mut found);
    code::check(&view, around, &mut found);
    answer_waivers(item, &mut found);
    for finding in &mut found {
        finding.item = Some(item.facts.code.clone());
    }
    found
}

/// A waiver takes warnings of its rule away; one that takes nothing away is a warning itself.
fn answer_waivers(item: &Item, found: &mut Vec<Finding>) {
    let mut idle = Vec::new();
    for waiver in &item.facts.lint_waive {
        let spot = Spot::Field("lint_waive", 0);
        let (name, reason) = waiver.split_once(':').unwrap_or((waiver, ""));
        let Some(rule) = Rule::named(name.trim()).filter(|_| reason.split_whitespace().count() > 2)
        else {
            idle.push(Finding::error(Rule::L17, spot, "waiver-form").with("waiver", waiver));
            continue;
        };
        let before = found.len();
        found.retain(|one| one.rule != rule || one.severity == Severity::Error);
        if found.len() == before && !rule.is_of_many() {
            idle.push(Finding::warning(Rule::L17, spot, "waiver-idle").with("rule", rule));
        }
    }
    found.append(&mut idle);
}

impl Rule {
    /// Can only many items together break it?
    const fn is_of_many(self) -> bool {
        matches!(self, Self::L05 | Self::L12 | Self::L19)
    }
}
