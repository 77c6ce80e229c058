//! # `interaction`: how an item is answered
//!
//! Each kind does the same few things ([`Interact`]): *controls* (what to draw, without the key),
//! *read* (raw fields to a response, or incomplete), *evidence* (response against key), *sample* (an
//! example with its expected credit, which the tests of all kinds loop over).
//!
//! The public part may be sent to a browser; the key has no `Serialize` and is written only by
//! `stored`. Field names are local to the item.
//!
//! **To add a kind**: one file with its two types, and one line in the list below. The compiler asks
//! for the rest. No migration, no page, no server function: controls are drawn by one component.

pub mod best_worst;
pub mod choice;
pub mod diagnosis;
pub mod multiple;
pub mod numeric;
pub mod ordering;
pub mod rating;

use crate::domain::control::{Choice, Control, field};
use crate::domain::number::Ratio;
use crate::domain::response::{Completeness, Fields, Reading, Response};
use crate::domain::scoring::{Evidence, share};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// What is wrong with an item; names the part, for its author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Flaw(pub String);

/// Says what is wrong unless `is_right`.
pub(crate) fn demand(is_right: bool, flaw: impl FnOnce() -> String) -> Result<(), Flaw> {
    if is_right { Ok(()) } else { Err(Flaw(flaw())) }
}

/// What every kind does.
pub trait Interact: Sized {
    /// What the right answer is. Not serialisable on purpose.
    type Key;

    /// Do public part and key fit each other and make sense?
    fn check(&self, key: &Self::Key) -> Result<(), Flaw>;

    /// The inputs to draw. `order` lists the ids of [`Interact::shuffled`] as this paper shows them.
    fn controls(&self, order: &[String]) -> Vec<Control>;

    /// What the fields of a form mean.
    fn read(&self, raw: &Fields) -> Reading;

    /// A readable response against the key.
    fn evidence(&self, key: &Self::Key, response: &Response) -> Evidence;

    /// The best response there is.
    fn best(&self, key: &Self::Key) -> Response;

    /// Fields that [`Interact::read`] reads as this response.
    fn write(&self, response: &Response) -> Fields;

    /// Groups of ids whose order differs from paper to paper; ids are unique over all groups.
    fn shuffled(&self) -> Vec<Vec<String>>;

    /// Everything a candidate has to read, for reading time.
    fn texts(&self) -> Vec<&str>;

    /// The key as it is stored next to the public part.
    fn stored(key: &Self::Key) -> Value;

    /// An example with answers and the credit that each must earn.
    fn sample() -> (Self, Self::Key, Vec<Case>);
}

/// One answer of a sample.
#[derive(Clone, Debug)]
pub struct Case {
    /// What a form sends.
    pub raw: Fields,
    /// How far that is.
    pub completeness: Completeness,
    /// What it earns, in ten-thousandths.
    pub credit: u16,
}

impl Case {
    /// A case from pairs of field and value.
    pub fn new(pairs: &[(&str, &str)], completeness: Completeness, credit: u16) -> Self {
        Self { raw: pairs.iter().copied().collect(), completeness, credit }
    }
}

/// A sample of any kind.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The public part.
    pub interaction: Interaction,
    /// Its key.
    pub key: InteractionKey,
    /// Answers with their credit.
    pub cases: Vec<Case>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal: $body:ty, $key:ty;)+) => {
        /// The kinds of interaction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind { $($(#[$doc])+ #[serde(rename = $text)] $name,)+ }

        impl Kind {
            /// Every kind, in the order of screens.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in files, tables and text keys.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }

        /// The public part of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Interaction { $($(#[$doc])+ #[serde(rename = $text)] $name($body),)+ }

        /// The key of any kind. Has no `Serialize`: see [`InteractionKey::stored`].
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(tag = "kind")]
        pub enum InteractionKey { $($(#[$doc])+ #[serde(rename = $text)] $name($key),)+ }

        impl InteractionKey {
            /// The key as it is stored, for the table that no candidate's role can read.
            pub fn stored(&self) -> Value {
                let (kind, mut value) = match self { $(Self::$name(key) => ($text, <$body>::stored(key)),)+ };
                value["kind"] = kind.into();
                value
            }
        }

        impl Interaction {
            /// Which kind it is.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)+ }
            }

            /// The inputs to draw, in the order of options of this paper.
            pub fn controls(&self, order: &[String]) -> Vec<Control> {
                match self { $(Self::$name(body) => body.controls(order),)+ }
            }

            fn read_fields(&self, raw: &Fields) -> Reading {
                match self { $(Self::$name(body) => body.read(raw),)+ }
            }

            /// Fields that are read as this response.
            pub fn write(&self, response: &Response) -> Fields {
                match self { $(Self::$name(body) => body.write(response),)+ }
            }

            /// Groups of ids whose order differs from paper to paper.
            pub fn shuffled(&self) -> Vec<Vec<String>> {
                match self { $(Self::$name(body) => body.shuffled(),)+ }
            }

            /// Everything a candidate has to read besides stem and question.
            pub fn texts(&self) -> Vec<&str> {
                match self { $(Self::$name(body) => body.texts(),)+ }
            }

            /// Do public part and key fit each other and make sense?
            pub fn check(&self, key: &InteractionKey) -> Result<(), Flaw> {
                match (self, key) {
                    $((Self::$name(body), InteractionKey::$name(key)) => body.check(key),)+
                    _ => Err(Flaw("the key is of another kind".to_owned())),
                }
            }

            fn weigh(&self, key: &InteractionKey, response: &Response) -> Evidence {
                match (self, key) {
                    $((Self::$name(body), InteractionKey::$name(key)) => body.evidence(key, response),)+
                    _ => Evidence::Exact(false),
                }
            }

            /// The best response there is; blank when the key is of another kind.
            pub fn best(&self, key: &InteractionKey) -> Response {
                match (self, key) {
                    $((Self::$name(body), InteractionKey::$name(key)) => body.best(key),)+
                    _ => Response::Blank,
                }
            }
        }

        /// One sample of every kind.
        pub fn samples() -> Vec<Sample> {
            vec![$({
                let (body, key, cases) = <$body>::sample();
                Sample { interaction: Interaction::$name(body), key: InteractionKey::$name(key), cases }
            },)+]
        }
    };
}

kinds! {
    /// One best answer.
    SingleChoice = "single_choice": choice::SingleChoice, choice::SingleChoiceKey;
    /// Several answers, with partial credit.
    MultipleResponse = "multiple_response": multiple::MultipleResponse, multiple::MultipleResponseKey;
    /// A number with a tolerance.
    Numeric = "numeric": numeric::Numeric, numeric::NumericKey;
    /// Steps to put in order.
    Ordering = "ordering": ordering::Ordering, ordering::OrderingKey;
    /// Situational judgement: every response is rated.
    Rating = "sjt_rate": rating::Rating, rating::RatingKey;
    /// Situational judgement: the most and the least effective response.
    BestWorst = "sjt_best_worst": best_worst::BestWorst, best_worst::BestWorstKey;
    /// Cause and evidence in a shared exhibit.
    Diagnosis = "log_diagnosis": diagnosis::Diagnosis, diagnosis::DiagnosisKey;
}

impl Kind {
    /// Situational judgement, whose keys are provisional until a panel has confirmed them.
    pub const fn is_situational(self) -> bool {
        matches!(self, Self::Rating | Self::BestWorst)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Self, Flaw> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Flaw(format!("no kind {text:?}")))
    }
}

impl Interaction {
    /// What the fields of a form mean. Never fails: what cannot be read is kept and incomplete.
    pub fn read(&self, raw: &Fields) -> Reading {
        if raw.has(field::CLEAR) { Reading::blank() } else { self.read_fields(raw) }
    }

    /// What a response shows against the key.
    pub fn evidence(&self, key: &InteractionKey, response: &Response) -> Evidence {
        match response {
            Response::Blank => Evidence::Blank,
            Response::Unreadable => Evidence::Exact(false),
            response => self.weigh(key, response),
        }
    }

    /// The exact share that these saved fields earn.
    pub fn share(&self, key: &InteractionKey, raw: &Fields) -> Ratio {
        share(&self.evidence(key, &self.read(raw).response))
    }
}

/// Choices in the order of a paper; what the paper does not name keeps its place behind the rest.
pub(crate) fn in_order(choices: &[Choice], order: &[String], prefix: &str) -> Vec<Choice> {
    let place = |choice: &Choice| {
        order
            .iter()
            .position(|id| id.strip_prefix(prefix) == Some(choice.id.as_str()))
            .unwrap_or(usize::MAX)
    };
    let mut sorted = choices.to_vec();
    sorted.sort_by_key(place);
    sorted
}

/// Ids are there once each and fit into a form field.
pub(crate) fn check_ids<'a>(what: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), Flaw> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        let is_plain = (1..=16).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        demand(is_plain, || {
            format!("{what}: the id {id:?} is not 1 to 16 plain letters and digits")
        })?;
        demand(seen.insert(id), || format!("{what}: the id {id:?} is there twice"))?;
    }
    Ok(())
}

/// A choice from two plain texts.
pub(crate) fn choice(id: &str, text: &str) -> Choice {
    Choice { id: id.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests;
