//! A made-up candidate: knows as much as its ability says, and guesses the rest.

use std::collections::HashMap;

use crate::domain::bank::Bank;
use crate::domain::control::{Control, field};
use crate::domain::dice::Dice;
use crate::domain::item::{Body, Item};
use crate::domain::response::Fields;
use crate::domain::skill::Level;

/// Items by what a candidate sees of them.
pub struct Crib<'a>(HashMap<(&'a str, &'a str), &'a Item>);

impl<'a> Crib<'a> {
    /// Everything that the bank knows.
    pub fn new(bank: &'a Bank) -> Self {
        let seen = |item: &'a Item| ((item.body.stem.as_str(), item.body.ask.as_str()), item);
        Self(bank.items().map(seen).collect())
    }

    /// What somebody of this ability (0 to 100) answers.
    pub fn answer(&self, body: &Body, order: &[String], ability: usize, dice: &mut Dice) -> Fields {
        let item = self.0.get(&(body.stem.as_str(), body.ask.as_str()));
        let chance = item.map_or(0, |item| match item.facts.level {
            Level::Junior => ability + 18,
            Level::Mid => ability,
            Level::Senior => ability.saturating_sub(12),
        });
        match item {
            Some(item) if dice.below(100) < chance => {
                body.interaction.write(&body.interaction.best(&item.key.interaction))
            }
            _ => guess(&body.interaction.controls(order), dice),
        }
    }
}

/// An answer without knowledge.
fn guess(controls: &[Control], dice: &mut Dice) -> Fields {
    let mut fields = Fields::default();
    let mut put = |name: &str, values: Vec<String>| fields.set(name, values);
    for control in controls {
        match control {
            Control::OneOf { field, choices, .. } => {
                put(field, vec![choices[dice.below(choices.len())].id.clone()]);
            }
            Control::ManyOf { ticks, choices } => {
                let mut ids: Vec<String> = choices.iter().map(|one| one.id.clone()).collect();
                dice.shuffle(&mut ids);
                ids.truncate(ticks.least.max(1));
                put(&ticks.field, ids);
            }
            Control::Number { field, .. } => put(field, vec![dice.below(100).to_string()]),
            Control::Order { steps } => {
                let mut ids: Vec<String> = steps.iter().map(|one| one.id.clone()).collect();
                dice.shuffle(&mut ids);
                put(field::ORDER, ids);
            }
            Control::Rating { scale, rows } => {
                for row in rows {
                    put(&row.field, vec![(dice.below(scale.len()) + 1).to_string()]);
                }
            }
            Control::BestWorst { best, worst, choices } => {
                let mut ids: Vec<String> = choices.iter().map(|one| one.id.clone()).collect();
                dice.shuffle(&mut ids);
                put(worst, ids.pop().into_iter().collect());
                put(best, ids.pop().into_iter().collect());
            }
            Control::Exhibit { lines, ticks } => {
                if let Some(ticks) = ticks {
                    let mut ids: Vec<String> = lines.iter().map(|one| one.id.clone()).collect();
                    dice.shuffle(&mut ids);
                    ids.truncate(ticks.least.max(1));
                    put(&ticks.field, ids);
                }
            }
        }
    }
    fields
}

const FIRST: &[&str] = &[
    "Ada", "Kofi", "Mei", "Tomás", "Priya", "Jonas", "Amina", "Luca", "Sofia", "Omar", "Ingrid",
    "Yuki", "Nadia", "Piotr", "Zoë", "Mateo", "Hana", "Elif", "Samuel", "Chidi",
];
const LAST: &[&str] = &[
    "Lindqvist",
    "Mensah",
    "Tanaka",
    "Reyes",
    "Nair",
    "Berg",
    "Diallo",
    "Rossi",
    "Haddad",
    "Novak",
    "O'Neil",
    "Kowalski",
    "Silva",
    "Yıldız",
    "Müller",
    "Okafor",
    "Petrov",
];

/// Name and address of the n-th made-up person.
pub fn name(n: usize) -> (String, String) {
    let first = FIRST[n % FIRST.len()];
    let last = LAST[(n * 7 + n / FIRST.len()) % LAST.len()];
    (format!("{first} {last}"), format!("candidate{:02}@demo.example", n + 1))
}
