//! An item as the rules look at it: its questions with options, and every text with its place.

use super::Spot;
use crate::domain::control::Choice;
use crate::domain::interaction::diagnosis::PartInput;
use crate::domain::interaction::{Interaction, InteractionKey};
use crate::domain::item::Item;

/// A question with options, of which some are right.
pub struct Group<'a> {
    /// `option`, or `part.option` in a diagnosis.
    pub table: &'static str,
    /// In front of the ids of its options.
    pub prefix: String,
    /// What can be chosen.
    pub options: &'a [Choice],
    /// Ids of the right ones.
    pub keys: Vec<&'a str>,
    /// May several be right?
    pub is_multiple: bool,
    /// Are they shown in another order in every paper?
    pub is_shuffled: bool,
    /// The question, where it is not the item's own.
    pub ask: &'a str,
}

impl<'a> Group<'a> {
    /// The options that are right.
    pub fn right(&self) -> impl Iterator<Item = &'a Choice> {
        self.options.iter().filter(|option| self.keys.contains(&option.id.as_str()))
    }

    /// The options that are wrong.
    pub fn wrong(&self) -> impl Iterator<Item = &'a Choice> {
        self.options.iter().filter(|option| !self.keys.contains(&option.id.as_str()))
    }

    /// Where an option is.
    pub fn spot(&self, option: &Choice) -> Spot {
        Spot::Entry(self.table, format!("{}{}", self.prefix, option.id), "text")
    }
}

/// An item taken apart.
pub struct View<'a> {
    /// The item itself.
    pub item: &'a Item,
    /// Its questions with options.
    pub groups: Vec<Group<'a>>,
}

impl<'a> View<'a> {
    /// Takes an item apart.
    pub fn of(item: &'a Item) -> Self {
        let ask = item.body.ask.as_str();
        let groups = match (&item.body.interaction, &item.key.interaction) {
            (Interaction::SingleChoice(body), InteractionKey::SingleChoice(key)) => vec![Group {
                table: "option",
                prefix: String::new(),
                options: &body.options,
                keys: vec![&key.correct],
                is_multiple: false,
                is_shuffled: body.shuffle,
                ask,
            }],
            (Interaction::MultipleResponse(body), InteractionKey::MultipleResponse(key)) => {
                vec![Group {
                    table: "option",
                    prefix: String::new(),
                    options: &body.options,
                    keys: key.correct.iter().map(String::as_str).collect(),
                    is_multiple: true,
                    is_shuffled: body.shuffle,
                    ask,
                }]
            }
            (Interaction::Diagnosis(body), InteractionKey::Diagnosis(key)) => body
                .parts
                .iter()
                .zip(&key.parts)
                .filter_map(|(part, key)| match &part.input {
                    PartInput::OneOf(choice) => Some(Group {
                        table: "part.option",
                        prefix: format!("{}.", part.id),
                        options: &choice.options,
                        keys: key.correct.iter().map(String::as_str).collect(),
                        is_multiple: false,
                        is_shuffled: choice.shuffle,
                        ask: &part.ask,
                    }),
                    PartInput::Lines { .. } => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        Self { item, groups }
    }

    /// The item's question and those of its parts.
    pub fn questions(&self) -> Vec<(Spot, &'a str)> {
        let mut all = vec![(Spot::Field("ask", 0), self.item.body.ask.as_str())];
        if let Interaction::Diagnosis(body) = &self.item.body.interaction {
            let parts = body.parts.iter();
            all.extend(
                parts.map(|part| (Spot::Entry("part", part.id.clone(), "ask"), part.ask.as_str())),
            );
        }
        all
    }

    /// What the candidate answers with: options, steps, responses. Not the lines of an exhibit.
    pub fn answers(&self) -> Vec<(Spot, &'a str)> {
        let text = |choice: &'a Choice| choice.text.as_str();
        match &self.item.body.interaction {
            Interaction::Ordering(body) => {
                body.steps.iter().map(|step| (Spot::Step(step.text.clone()), text(step))).collect()
            }
            Interaction::Rating(body) => {
                body.responses.iter().map(|one| (response(&one.id, "text"), text(one))).collect()
            }
            Interaction::BestWorst(body) => {
                body.responses.iter().map(|one| (response(&one.id, "text"), text(one))).collect()
            }
            _ => self
                .groups
                .iter()
                .flat_map(|group| group.options.iter().map(|one| (group.spot(one), text(one))))
                .collect(),
        }
    }

    /// Lines of an exhibit: plain text, read as code is.
    pub fn exhibit(&self) -> &'a [Choice] {
        match &self.item.body.interaction {
            Interaction::Diagnosis(body) => &body.lines,
            _ => &[],
        }
    }

    /// Everything that a candidate reads as prose.
    pub fn prose(&self) -> Vec<(Spot, &'a str)> {
        let mut all = vec![(Spot::Field("stem", 0), self.item.body.stem.as_str())];
        all.extend(self.questions());
        all.extend(self.answers());
        all
    }

    /// Reasons of options and explanation, which candidates never see.
    pub fn reasons(&self) -> Vec<(Spot, &'a str)> {
        let key = &self.item.key;
        let table = match &self.item.body.interaction {
            Interaction::Diagnosis(_) => "part.option",
            Interaction::Rating(_) | Interaction::BestWorst(_) => "response",
            _ => "option",
        };
        let mut all: Vec<(Spot, &str)> = key
            .why
            .iter()
            .map(|(id, why)| (Spot::Entry(table, id.clone(), "why"), why.as_str()))
            .collect();
        if let InteractionKey::Numeric(key) = &key.interaction {
            all.extend(key.partial.iter().map(|partial| {
                let id = partial.value.to_string();
                (Spot::Entry("answer.partial", id, "why"), partial.why.as_str())
            }));
        }
        all
    }
}

fn response(id: &str, field: &'static str) -> Spot {
    Spot::Entry("response", id.to_owned(), field)
}
