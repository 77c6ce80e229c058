use super::*;
use crate::domain::attempt::{Rules, SectionRules};
use crate::domain::time::Seconds;
use crate::domain::timing::{Given, Grant, GrantKind};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const ONE: Session = Session([1; 32]);
const TWO: Session = Session([2; 32]);

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

/// Section 1 free with items 1 to 3, section 2 linear with 4 and 5, section 3 with its own minute, section 4 free.
fn rules() -> Rules {
    let section = |navigation, limit: Option<i64>, positions: std::ops::RangeInclusive<u32>| {
        SectionRules { navigation, limit: limit.map(Seconds::new), positions: positions.collect() }
    };
    Rules {
        limit: Seconds::new(600),
        grace: Seconds::new(10),
        factor_percent: 100,
        is_untimed: false,
        sections: BTreeMap::from([
            (1, section(Navigation::Free, None, 1..=3)),
            (2, section(Navigation::Linear, None, 4..=5)),
            (3, section(Navigation::Free, Some(60), 6..=7)),
            (4, section(Navigation::Free, None, 8..=8)),
        ]),
    }
}

fn start(rules: Rules) -> Attempt<&'static str> {
    Attempt::start(rules, ONE, at(0)).expect("there are sections")
}

fn save(position: u32, base_version: u64, id: u128, body: &'static str) -> Command<&'static str> {
    Command::Save { position, base_version, save_id: SaveId::new(Uuid::from_u128(id)), body }
}

fn go(section: u32, position: Option<u32>) -> Command<&'static str> {
    Command::Section { section, position }
}

#[test]
fn versions_have_no_gap_and_a_repeated_save_gets_its_first_answer() {
    let mut run = start(rules());
    let first = run.act(ONE, save(1, 0, 11, "a"), at(1));
    assert_eq!(first, Outcome::Saved { version: 1, received_at: at(1), is_late: false });
    assert!(matches!(run.act(ONE, save(2, 0, 12, "b"), at(2)), Outcome::Saved { version: 2, .. }));
    assert_eq!(run.act(ONE, save(1, 0, 11, "a"), at(3)), first);
    assert_eq!(run.act(ONE, save(1, 0, 11, "other"), at(3)), Outcome::Reused);
    assert_eq!(run.act(ONE, save(1, 0, 13, "c"), at(4)), Outcome::Stale { version: 1 });
    assert!(matches!(run.act(ONE, save(1, 1, 13, "c"), at(5)), Outcome::Saved { version: 3, .. }));
    assert_eq!(run.act(ONE, save(99, 0, 14, "d"), at(6)), Outcome::NoPosition);
    assert_eq!(
        run.act(ONE, save(4, 0, 15, "d"), at(6)),
        Outcome::NotOpen,
        "section 2 was not opened"
    );
}

#[test]
fn grace_counts_as_late_and_then_the_clock_ends_it() {
    let mut run = start(rules());
    assert!(matches!(
        run.act(ONE, save(1, 0, 1, "a"), at(600)),
        Outcome::Saved { is_late: false, .. }
    ));
    assert!(matches!(
        run.act(ONE, save(1, 1, 2, "b"), at(610)),
        Outcome::Saved { is_late: true, .. }
    ));
    assert_eq!(run.act(ONE, save(1, 2, 3, "c"), at(611)), Outcome::Late);
    assert_eq!(
        run.state,
        State::Submitted { at: at(610), by: FinalisedBy::Clock, final_version: 2 }
    );
    assert_eq!(run.kept[&SaveId::new(Uuid::from_u128(3))].reason, "overdue");
    assert!(
        matches!(run.act(ONE, save(1, 1, 2, "b"), at(700)), Outcome::Saved { version: 2, .. }),
        "a replay after the end"
    );
    assert_eq!(run.act(ONE, Command::Submit, at(700)), Outcome::Ok);
    assert_eq!(run.act(ONE, Command::Submit, at(600 + 3_601 + 10)), Outcome::Unknown);
}

#[test]
fn a_second_device_reads_until_it_takes_over() {
    let mut run = start(rules());
    assert_eq!(run.act(TWO, save(1, 0, 1, "a"), at(1)), Outcome::OtherDevice);
    assert_eq!(run.act(TWO, Command::Submit, at(1)), Outcome::OtherDevice);
    assert_eq!(run.act(TWO, Command::TakeOver, at(2)), Outcome::Ok);
    assert_eq!(run.act(ONE, save(1, 0, 2, "old"), at(3)), Outcome::OtherDevice);
    assert_eq!(run.kept.len(), 2);
    assert_eq!(run.act(TWO, Command::Submit, at(4)), Outcome::Ok);
    assert_eq!(run.act(ONE, Command::TakeOver, at(5)), Outcome::Finished);
    assert_eq!(run.act(ONE, save(1, 0, 2, "new"), at(5)), Outcome::Reused);
}

#[test]
fn linear_sections_move_forward_only() {
    let mut run = start(rules());
    assert_eq!(run.act(ONE, go(3, None), at(1)), Outcome::NotOpen, "section 2 cannot be skipped");
    assert_eq!(run.act(ONE, go(2, None), at(1)), Outcome::Ok);
    assert_eq!(run.act(ONE, save(5, 0, 1, "x"), at(2)), Outcome::NotOpen);
    assert_eq!(run.act(ONE, go(2, Some(7)), at(2)), Outcome::NotOpen);
    assert_eq!(run.act(ONE, go(2, Some(5)), at(3)), Outcome::Ok);
    assert_eq!(run.act(ONE, save(4, 0, 2, "x"), at(4)), Outcome::SectionClosed);
    assert_eq!(run.act(ONE, go(2, Some(4)), at(4)), Outcome::SectionClosed);
    assert_eq!(run.act(ONE, go(1, None), at(5)), Outcome::Ok, "a free section stays open");
    assert_eq!(
        run.act(ONE, go(2, None), at(6)),
        Outcome::SectionClosed,
        "a linear one was left for good"
    );
    assert!(matches!(run.act(ONE, save(1, 0, 3, "x"), at(7)), Outcome::Saved { .. }));
}

#[test]
fn a_section_clock_closes_the_section_and_nothing_else() {
    let mut run = start(rules());
    assert_eq!(run.act(ONE, go(2, None), at(1)), Outcome::Ok);
    assert_eq!(run.act(ONE, go(3, None), at(100)), Outcome::Ok);
    assert!(matches!(
        run.act(ONE, save(6, 0, 1, "x"), at(165)),
        Outcome::Saved { is_late: true, .. }
    ));
    assert_eq!(run.act(ONE, save(7, 0, 2, "x"), at(171)), Outcome::SectionClosed);
    assert_eq!(run.act(ONE, go(4, None), at(172)), Outcome::Ok);
    assert!(matches!(
        run.act(ONE, save(8, 0, 3, "x"), at(173)),
        Outcome::Saved { is_late: false, .. }
    ));
}

#[test]
fn given_time_moves_every_open_clock() {
    let mut run = start(Rules { factor_percent: 150, ..rules() });
    assert_eq!(run.deadline(), Some(at(900)));
    run.act(ONE, go(2, None), at(1));
    run.act(ONE, go(3, None), at(100));
    assert_eq!(run.runs[&3].deadline, Some(at(190)));
    let outage = Grant {
        kind: GrantKind::Outage,
        given: Given::Between(at(90), at(130)),
        granted_at: at(0),
        is_by_staff: false,
    };
    assert!(run.give(outage, at(131)));
    assert_eq!(
        (run.deadline(), run.runs[&3].deadline),
        (Some(at(940)), Some(at(220))),
        "30 of the 40 seconds fell into the section"
    );
    assert!(!run.give(outage, at(951)), "nothing is given after the end");
}

#[test]
fn untimed_never_ends_by_itself() {
    let mut run = start(Rules { is_untimed: true, ..rules() });
    assert_eq!(run.deadline(), None);
    run.act(ONE, go(3, None), at(1));
    assert!(
        matches!(run.act(ONE, save(6, 0, 1, "x"), at(1_000_000)), Outcome::NotOpen),
        "section 2 is still linear"
    );
    run.act(ONE, go(2, None), at(2));
    run.act(ONE, go(3, None), at(3));
    assert!(matches!(
        run.act(ONE, save(6, 0, 1, "x"), at(1_000_000)),
        Outcome::Saved { is_late: false, .. }
    ));
}

#[test]
fn flags_are_no_answers() {
    let mut run = start(rules());
    assert_eq!(run.act(ONE, Command::Flag { position: 2, is_flagged: true }, at(1)), Outcome::Ok);
    assert_eq!(
        run.act(ONE, Command::Flag { position: 4, is_flagged: true }, at(1)),
        Outcome::NotOpen
    );
    assert_eq!((run.flags.len(), run.log.len()), (1, 0));
}

fn command() -> impl Strategy<Value = Command<&'static str>> {
    prop_oneof![
        4 => (1_u32..10, 0_u64..4, 0_u128..12, prop::sample::select(vec!["a", "b"])).prop_map(|(p, base, id, body)| save(p, base, id, body)),
        1 => (1_u32..10, any::<bool>()).prop_map(|(position, is_flagged)| Command::Flag { position, is_flagged }),
        2 => (1_u32..6, prop::option::of(1_u32..9)).prop_map(|(section, position)| go(section, position)),
        1 => Just(Command::TakeOver),
        1 => prop::bool::weighted(0.2).prop_map(|is_end| if is_end { Command::Submit } else { Command::TakeOver }),
    ]
}

fn history() -> impl Strategy<Value = Vec<(i64, bool, Command<&'static str>)>> {
    prop::collection::vec((0_i64..60, any::<bool>(), command()), 0..40)
}

proptest! {
    #[test]
    fn every_history_keeps_the_promises(steps in history(), factor in 100_u32..200) {
        let mut run = start(Rules { factor_percent: factor, ..rules() });
        let mut now = 0;
        let mut end = None;
        for (wait, is_first, command) in steps {
            now += wait;
            let before = run.log.len();
            let outcome = run.act(if is_first { ONE } else { TWO }, command, at(now));
            prop_assert!(run.log.len() <= before + 1);
            let was_saved = matches!(outcome, Outcome::Saved { .. });
            prop_assert!(run.log.len() == before || was_saved);
            if let Some(ended) = end {
                prop_assert_eq!(run.state, ended, "an end stays as it is");
            }
            if let State::Submitted { final_version, .. } = run.state {
                prop_assert_eq!(final_version, run.log.len() as u64);
                end = Some(run.state);
            }
        }
        let versions: Vec<u64> = run.log.iter().map(|entry| entry.version).collect();
        prop_assert_eq!(versions, (1..=run.log.len() as u64).collect::<Vec<_>>());
        prop_assert!(run.log.is_sorted_by_key(|entry| entry.received_at));
        let over = run.deadline().expect("timed") + Seconds::new(10);
        prop_assert!(run.log.iter().all(|entry| entry.received_at <= over));
        let ids: BTreeSet<SaveId> = run.log.iter().map(|entry| entry.save_id).collect();
        prop_assert_eq!(ids.len(), run.log.len(), "each change counts once");
    }

    #[test]
    fn as_of_never_goes_back(steps in history(), first in 0_i64..2_000, later in 0_i64..2_000) {
        let mut run = start(rules());
        let mut now = 0;
        for (wait, is_first, command) in steps {
            now += wait;
            run.act(if is_first { ONE } else { TWO }, command, at(now));
        }
        let early = run.clone().as_of(at(now + first));
        let late = run.as_of(at(now + first + later));
        if early.state != State::Running {
            prop_assert_eq!(early.state, late.state);
        }
        prop_assert_eq!(late, early.as_of(at(now + first + later)));
    }

    #[test]
    fn given_time_never_shortens_a_deadline(from in -50_i64..500, length in 1_i64..100, when in 0_i64..500) {
        let mut run = start(rules());
        run.act(ONE, go(2, None), at(1));
        run.act(ONE, go(3, None), at(2));
        let before = (run.deadline(), run.runs[&3].deadline);
        let grant = Grant { kind: GrantKind::Pause, given: Given::Between(at(from), at(from + length)), granted_at: at(0), is_by_staff: true };
        run.give(grant, at(when));
        prop_assert!(run.deadline() >= before.0 && run.runs[&3].deadline >= before.1);
    }
}
