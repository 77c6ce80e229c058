//! L17 and L18: what must be known about an item.

use super::view::View;
use super::{Around, Finding, Rule, Spot};
use crate::domain::interaction::Kind;
use crate::domain::item::{Facts, Status};
use crate::domain::number::Ratio;

/// Reviews before an item counts as proven.
const REVIEWS: usize = 2;
/// Answers of a pilot before an item counts as proven.
const PILOTS: u32 = 50;
/// Experts of a panel.
const PANEL: u32 = 8;

pub fn check(view: &View<'_>, around: &Around, found: &mut Vec<Finding>) {
    let (facts, key) = (&view.item.facts, &view.item.key);
    let mut demand = |is_right: bool, field: &'static str, code: &'static str| {
        if !is_right {
            found.push(Finding::error(Rule::L17, Spot::Field(field, 0), code));
        }
    };
    demand(around.skills.contains(&facts.skill), "skill", "skill-unknown");
    demand(facts.also.iter().all(|slug| around.skills.contains(slug)), "also", "skill-unknown");
    demand(!facts.seeds.is_empty(), "seeds", "seeds-none");
    demand(facts.seeds.iter().all(|seed| around.seeds.contains(seed)), "seeds", "seeds-unknown");
    demand(!facts.tags.is_empty(), "tags", "tags-none");
    // Situational keys are opinions of experts: no book says so, and no guess is asked for.
    let is_fact = !facts.kind.is_situational();
    demand(!is_fact || !key.references.is_empty(), "references", "references-none");
    demand(!is_fact || facts.expected.is_some(), "p_expected", "expected-none");
    if let Some(expected) = facts.expected {
        let share = expected.ratio();
        let is_share = Ratio::new(5, 100) <= share && share <= Ratio::new(98, 100);
        demand(is_share, "p_expected", "expected-range");
    }
    if facts.status == Status::Operational {
        demand(around.reviewers >= REVIEWS, "status", "reviews-missing");
        demand(around.pilots >= PILOTS, "status", "pilot-missing");
        let has_panel =
            key.panel.as_ref().is_none_or(|panel| panel.source == "panel" && panel.size >= PANEL);
        demand(has_panel, "key", "panel-missing");
    }
    time(facts, view.item.body.seconds.get(), found);
}

/// Seconds that a kind may be planned for.
const fn band(kind: Kind, reads_code: bool) -> (i64, i64) {
    match kind {
        Kind::SingleChoice if reads_code => (60, 180),
        Kind::SingleChoice => (45, 150),
        Kind::MultipleResponse | Kind::Ordering | Kind::Rating | Kind::BestWorst => (60, 180),
        Kind::Numeric => (60, 240),
        Kind::Diagnosis => (120, 300),
    }
}

fn time(facts: &Facts, seconds: i64, found: &mut Vec<Finding>) {
    let (least, most) = band(facts.kind, facts.is_code_reading());
    if !(least..=most).contains(&seconds) {
        found.push(
            Finding::warning(Rule::L18, Spot::Field("seconds", 0), "time-band")
                .with("seconds", seconds)
                .with("least", least)
                .with("most", most),
        );
    }
}
