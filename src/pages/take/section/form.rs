//! What a posted section says.

use std::collections::BTreeMap;

use crate::components::Moved;
use crate::domain::control::field;
use crate::domain::id::AttemptId;
use crate::pages::take::look::NAMES;
use crate::service::Refusal;
use crate::service::attempt::{Answer, Form};

/// Where a button leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Go {
    /// The same question again.
    #[default]
    Stay,
    /// A question of the paper.
    To(u16),
    /// The page before handing in.
    Review,
    /// Another section.
    Section(i32),
    /// The same question again, read in another way.
    Look,
    /// The same question again, after telling a problem with it.
    Report(u16),
    /// The browser's clock has run out.
    Time,
}

/// A posted section.
#[derive(Debug, Default)]
pub struct Posted {
    /// The attempt that the page was drawn for.
    pub attempt: Option<AttemptId>,
    /// The question that was on the screen.
    pub at: Option<u16>,
    /// Where the button leads.
    pub go: Go,
    /// The step that the button moved, and in which question.
    pub moved: Option<(u16, Moved)>,
    /// Problems with questions: the kind and the words.
    pub problems: BTreeMap<u16, (String, String)>,
    /// What was chosen about reading.
    pub looks: Vec<String>,
    /// The answers.
    pub form: Form,
}

/// Reads a posted form. A name that no page of ours has is refused.
pub fn read(pairs: Vec<(String, String)>) -> Result<Posted, Refusal> {
    let mut posted = Posted::default();
    for (name, value) in pairs {
        let unreadable = || Refusal::field(name.clone(), "unreadable");
        match name.as_str() {
            "attempt" => posted.attempt = Some(value.parse().map_err(|_| unreadable())?),
            "at" => posted.at = Some(value.parse().map_err(|_| unreadable())?),
            "go" => posted.go = read_go(&value).ok_or_else(unreadable)?,
            other if NAMES.contains(&other) => posted.looks.push(value),
            other => {
                let Some((first, rest)) = other.split_once('.') else {
                    return Err(Refusal::field(name, "unknown-field"));
                };
                if let Ok(position) = first.parse::<u16>() {
                    press(&mut posted, position, rest, &value);
                    let answer = posted.form.entry(position).or_default();
                    answer.fields.push((rest.to_owned(), value));
                } else {
                    let position = rest.parse::<u16>().map_err(|_| unreadable())?;
                    match first {
                        "problem" => {
                            posted.problems.entry(position).or_default().0 = value;
                            continue;
                        }
                        "words" => {
                            posted.problems.entry(position).or_default().1 = value;
                            continue;
                        }
                        _ => {}
                    }
                    let answer = posted.form.entry(position).or_default();
                    read_fact(answer, first, &value).ok_or_else(unreadable)?;
                }
            }
        }
    }
    Ok(posted)
}

fn read_go(value: &str) -> Option<Go> {
    match value {
        "" => Some(Go::Stay),
        "review" => Some(Go::Review),
        "look" => Some(Go::Look),
        "time" => Some(Go::Time),
        other => match other.split_once('-') {
            Some(("section", section)) => section.parse().ok().map(Go::Section),
            Some(("report", position)) => position.parse().ok().map(Go::Report),
            Some(_) => None,
            None => other.parse().ok().map(Go::To),
        },
    }
}

/// Buttons inside a question stay at it.
fn press(posted: &mut Posted, position: u16, name: &str, value: &str) {
    if [field::MOVE, field::KEEP, field::CLEAR].contains(&name) {
        posted.at = Some(position);
    }
    if name == field::MOVE
        && let Some((step, way)) = value.rsplit_once(':')
    {
        posted.moved = Some((position, Moved { step: step.to_owned(), is_up: way == "up" }));
    }
}

/// What the page says about a question besides its answer.
fn read_fact(answer: &mut Answer, name: &str, value: &str) -> Option<()> {
    match name {
        "base" => answer.base = value.parse().ok()?,
        "save" => answer.save = Some(value.parse().ok()?),
        "was" => answer.was = Some(value.to_owned()).filter(|was| !was.is_empty()),
        "flagged" => answer.was_flagged = value == "1",
        "flag" => answer.is_flagged = value == "1",
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn answers_are_sorted_by_their_place() {
        let posted = read(pairs(&[
            ("at", "3"),
            ("base.3", "7"),
            ("was.3", ""),
            ("3.choices", "a"),
            ("3.choices", "c"),
            ("flag.4", "1"),
            ("go", "4"),
        ]))
        .expect("readable");
        assert_eq!((posted.at, posted.go), (Some(3), Go::To(4)));
        assert_eq!((posted.form[&3].base, &posted.form[&3].was), (7, &None));
        assert_eq!(posted.form[&3].fields.len(), 2);
        assert!(posted.form[&4].is_flagged && !posted.form[&4].was_flagged);
    }

    #[test]
    fn settings_are_no_answers() {
        let posted =
            read(pairs(&[("set.text", "text-l"), ("set.keys", "no-keys"), ("go", "look")]))
                .expect("readable");
        assert_eq!((posted.go, posted.looks.len()), (Go::Look, 2));
        assert!(posted.form.is_empty());
    }

    #[test]
    fn a_moved_step_stays_at_its_question() {
        let posted = read(pairs(&[("at", "2"), ("8.move", "p3:up")])).expect("readable");
        assert_eq!((posted.at, posted.go), (Some(8), Go::Stay));
        assert!(
            posted.moved.is_some_and(|(at, moved)| at == 8 && moved.is_up && moved.step == "p3")
        );
    }

    #[test]
    fn what_no_page_of_ours_sends_is_refused() {
        for bad in [
            ("deadline_at", "2030"),
            ("base.3", "x"),
            ("save.3", "1"),
            ("base.99999999", "1"),
            ("go", "away"),
            ("at", "-1"),
            ("state.3", "1"),
            ("set.colour", "pink"),
            ("attempt", "1"),
        ] {
            assert!(matches!(read(pairs(&[bad])), Err(Refusal::Invalid(_))), "{bad:?}");
        }
    }
}
