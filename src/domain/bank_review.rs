//! How an item of an organisation's bank comes into use: written, sent to review, approved by a
//! second person. A newer revision goes the same way while the approved one stays in use.

use crate::domain::id::AccountId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How far the newest revision of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for a second person.
    Review,
    /// In use.
    Approved,
    /// Never drawn again; old results keep it.
    Retired,
}

/// What somebody does with the newest revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Asks for a review.
    Submitted,
    /// Gives it back to its author, or takes it back.
    Returned,
    /// Lets papers be drawn from it.
    Approved,
    /// Takes the item out of use for ever.
    Retired,
}

/// Why a step is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The item is in another state.
    #[error("the item is in another state")]
    OutOfOrder,
    /// Whoever wrote it does not decide about it.
    #[error("an author does not approve the own work")]
    OwnWork,
    /// Who returns somebody else's work says why.
    #[error("a returned item needs a comment")]
    NoComment,
}

impl State {
    /// Every state, in the order of an item's life.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Review, Self::Approved, Self::Retired];

    /// The name in tables, addresses and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Approved => "approved",
            Self::Retired => "retired",
        }
    }

    /// The state after a step, if the step is possible.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        match (self, verb) {
            (Self::Draft, Verb::Submitted) => Some(Self::Review),
            (Self::Review, Verb::Returned) => Some(Self::Draft),
            (Self::Review, Verb::Approved) => Some(Self::Approved),
            (Self::Draft | Self::Review | Self::Approved, Verb::Retired) => Some(Self::Retired),
            _ => None,
        }
    }

    /// May a further revision be written?
    pub const fn takes_revisions(self) -> bool {
        !matches!(self, Self::Retired)
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(())
    }
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 4] = [Self::Submitted, Self::Returned, Self::Approved, Self::Retired];

    /// The name in tables and text keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Retired => "retired",
        }
    }
}

impl FromStr for Verb {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == text).ok_or(())
    }
}

/// May `by` do this now? `authors` wrote what came since the last approval.
pub fn decide(
    state: State,
    verb: Verb,
    by: AccountId,
    authors: &[AccountId],
    comment: &str,
) -> Result<State, NotNow> {
    let next = state.after(verb).ok_or(NotNow::OutOfOrder)?;
    let is_author = authors.contains(&by);
    match verb {
        Verb::Approved if is_author => Err(NotNow::OwnWork),
        Verb::Returned if !is_author && comment.trim().is_empty() => Err(NotNow::NoComment),
        _ => Ok(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128) -> AccountId {
        AccountId::new(Uuid::from_u128(n))
    }

    #[test]
    fn nobody_approves_what_he_or_she_wrote() {
        let (writer, helper, third) = (person(1), person(2), person(3));
        let approve =
            |by| decide(State::Review, Verb::Approved, by, &[writer, helper], "read it twice");
        assert_eq!(approve(writer), Err(NotNow::OwnWork));
        assert_eq!(approve(helper), Err(NotNow::OwnWork), "one comma is a part of it too");
        assert_eq!(approve(third), Ok(State::Approved));
    }

    #[test]
    fn who_gives_it_back_says_why_and_an_author_may_just_take_it_back() {
        let back = |by, comment| decide(State::Review, Verb::Returned, by, &[person(1)], comment);
        assert_eq!(back(person(2), "  "), Err(NotNow::NoComment));
        assert_eq!(back(person(2), "Option b is right as well."), Ok(State::Draft));
        assert_eq!(back(person(1), ""), Ok(State::Draft));
    }

    #[test]
    fn the_only_way_into_use_leads_through_a_review() {
        for state in State::ALL {
            for verb in Verb::ALL {
                let next = state.after(verb);
                assert_eq!(
                    next == Some(State::Approved),
                    (state, verb) == (State::Review, Verb::Approved)
                );
                assert!(state != State::Retired || next.is_none(), "retired is for ever");
            }
            assert_eq!(state.as_str().parse(), Ok(state));
        }
    }
}
