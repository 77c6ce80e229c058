//! The questions of the practice: one of every kind, about everyday things. They are no items of any
//! bank and have no keys.

use crate::domain::control::Choice;
use crate::domain::interaction::Interaction;
use crate::domain::interaction::Kind;
use crate::domain::interaction::best_worst::BestWorst;
use crate::domain::interaction::choice::SingleChoice;
use crate::domain::interaction::diagnosis::{Diagnosis, Part, PartInput};
use crate::domain::interaction::multiple::MultipleResponse;
use crate::domain::interaction::numeric::Numeric;
use crate::domain::interaction::ordering::Ordering;
use crate::domain::interaction::rating::Rating;
use crate::domain::item::Body;
use crate::domain::time::Seconds;
use crate::t;

/// The practice question of a kind.
pub fn body(kind: Kind) -> Body {
    let (stem, ask, interaction) = match kind {
        Kind::SingleChoice => (
            t!("tour-single-stem"),
            t!("tour-single-ask"),
            Interaction::SingleChoice(SingleChoice {
                options: list([t!("tour-apple"), t!("tour-chair"), t!("tour-cloud")]),
                shuffle: false,
            }),
        ),
        Kind::MultipleResponse => (
            t!("tour-multiple-stem"),
            t!("tour-multiple-ask"),
            Interaction::MultipleResponse(MultipleResponse {
                options: list([
                    t!("tour-apple"),
                    t!("tour-chair"),
                    t!("tour-pear"),
                    t!("tour-cloud"),
                ]),
                shuffle: false,
                least: 2,
                most: 2,
            }),
        ),
        Kind::Numeric => (
            t!("tour-numeric-stem"),
            t!("tour-numeric-ask"),
            Interaction::Numeric(Numeric { unit: Some(t!("tour-minutes")), is_whole: true }),
        ),
        Kind::Ordering => (
            t!("tour-order-stem"),
            t!("tour-order-ask"),
            Interaction::Ordering(Ordering {
                steps: list([
                    t!("tour-hour"),
                    t!("tour-second"),
                    t!("tour-day"),
                    t!("tour-minute"),
                ]),
            }),
        ),
        Kind::Rating => (
            t!("tour-situation"),
            t!("tour-rate-ask"),
            Interaction::Rating(Rating {
                scale: vec![
                    t!("tour-scale-1"),
                    t!("tour-scale-2"),
                    t!("tour-scale-3"),
                    t!("tour-scale-4"),
                ],
                responses: responses(),
            }),
        ),
        Kind::BestWorst => (
            t!("tour-situation"),
            t!("tour-best-ask"),
            Interaction::BestWorst(BestWorst { responses: responses() }),
        ),
        Kind::Diagnosis => (
            t!("tour-log-stem"),
            t!("tour-log-ask"),
            Interaction::Diagnosis(Diagnosis {
                lines: list([t!("tour-line-1"), t!("tour-line-2"), t!("tour-line-3")]),
                parts: vec![
                    Part {
                        id: "cause".to_owned(),
                        ask: t!("tour-cause-ask"),
                        input: PartInput::OneOf(SingleChoice {
                            options: list([t!("tour-cause-1"), t!("tour-cause-2")]),
                            shuffle: false,
                        }),
                    },
                    Part {
                        id: "evidence".to_owned(),
                        ask: t!("tour-evidence-ask"),
                        input: PartInput::Lines { least: 1, most: 1 },
                    },
                ],
            }),
        ),
    };
    Body { stem, ask, seconds: Seconds::new(60), interaction }
}

fn responses() -> Vec<Choice> {
    list([
        t!("tour-response-1"),
        t!("tour-response-2"),
        t!("tour-response-3"),
        t!("tour-response-4"),
    ])
}

fn list<const N: usize>(texts: [String; N]) -> Vec<Choice> {
    texts.into_iter().zip('a'..).map(|(text, id)| Choice { id: id.to_string(), text }).collect()
}
