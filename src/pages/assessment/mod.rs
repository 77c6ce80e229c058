//! Assessments: the list, the builder, the preview, invitations, who works now.

mod act;
pub mod build;
mod draw;
mod form;
pub mod invite;
pub mod list;
pub mod live;
mod meters;
mod paper;
pub mod preview;

use crate::components::AssessmentTab;
use crate::domain::access::{Action, Decision, decide};
use crate::domain::interaction::Kind;
use crate::domain::skill::Level;
use crate::domain::time::Seconds;
use crate::http::session::Person;
use crate::t;

/// The pages of an assessment that this person may open.
pub fn tabs_of(person: &Person) -> Vec<AssessmentTab> {
    [
        (AssessmentTab::Build, Action::BuildAssessment),
        (AssessmentTab::Preview, Action::PreviewAssessment),
        (AssessmentTab::Invite, Action::SeeInvitations),
        (AssessmentTab::Live, Action::SeeInvitations),
        (AssessmentTab::Results, Action::SeeResults),
        (AssessmentTab::Export, Action::ExportResults),
    ]
    .into_iter()
    .filter(|(_, action)| decide(&person.actor, *action) == Decision::Allow)
    .map(|(tab, _)| tab)
    .collect()
}

/// The words of a kind of interaction.
pub fn kind_words(kind: Kind) -> String {
    match kind {
        Kind::SingleChoice => t!("assessment-kind-single-choice"),
        Kind::MultipleResponse => t!("assessment-kind-multiple-response"),
        Kind::Numeric => t!("assessment-kind-numeric"),
        Kind::Ordering => t!("assessment-kind-ordering"),
        Kind::Rating => t!("assessment-kind-rating"),
        Kind::BestWorst => t!("assessment-kind-best-worst"),
        Kind::Diagnosis => t!("assessment-kind-diagnosis"),
    }
}

/// The word of a level.
pub fn level_words(level: Level) -> String {
    match level {
        Level::Junior => t!("assessment-level-junior"),
        Level::Mid => t!("assessment-level-mid"),
        Level::Senior => t!("assessment-level-senior"),
    }
}

/// Minutes with two places at most: `3.75`.
pub fn minutes(time: Seconds) -> String {
    let hundredths = (time.get() * 100 + 30) / 60;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_short() {
        for (seconds, words) in [(0, "0"), (60, "1"), (225, "3.75"), (90, "1.5"), (100, "1.67")] {
            assert_eq!(minutes(Seconds::new(seconds)), words);
        }
    }
}
