//! The machine of `domain::attempt` and the functions of the database: one random history through
//! both, and they must agree at every step and in what is left at the end.
//!
//! The database's clock is set before each step. Steps keep away from every deadline by a margin, so
//! that the milliseconds which a statement takes decide nothing.

mod pair;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use touchstone::domain::assessment::Navigation;
use touchstone::domain::attempt::{Attempt, Command, Outcome, Rules, SectionRules, Session};
use touchstone::domain::id::SaveId;
use touchstone::domain::time::{Instant, Seconds};
use touchstone::store::attempt;
use touchstone::store::door::Started;
use uuid::Uuid;

use self::pair::Pair;
use super::world::{Browser, GRACE, LIMIT, Part, Terms, World};
use crate::database::Db;

const PARTS: &[Part] = &[
    Part { navigation: "free", limit: None, items: 3 },
    Part { navigation: "linear", limit: None, items: 2 },
    Part { navigation: "free", limit: Some(120), items: 2 },
    Part { navigation: "free", limit: None, items: 1 },
];
/// How far a step stays from every deadline, in microseconds.
const MARGIN: i64 = 4_000_000;

#[derive(Debug, Clone)]
enum Step {
    /// A browser asks for something.
    Act(usize, Command<String>),
    /// Staff give seconds.
    Give(i32),
    /// The house was away for so long until now.
    Outage(i64),
    /// Staff end it.
    End,
}

#[derive(Debug, Clone)]
struct History {
    factor: i32,
    is_untimed: bool,
    /// Seconds to wait before each step.
    steps: Vec<(i64, Step)>,
}

fn command() -> impl Strategy<Value = Command<String>> {
    let body = prop::sample::select(vec!["a".to_owned(), "b".to_owned()]);
    prop_oneof![
        8 => (1_u32..10, 0_u64..5, 0_u128..12, body).prop_map(|(position, base_version, id, body)| {
            Command::Save { position, base_version, save_id: SaveId::new(Uuid::from_u128(id)), body }
        }),
        1 => (1_u32..10, any::<bool>())
            .prop_map(|(position, is_flagged)| Command::Flag { position, is_flagged }),
        4 => (1_u32..6, prop::option::of(3_u32..7))
            .prop_map(|(section, position)| Command::Section { section, position }),
        2 => Just(Command::TakeOver),
        1 => prop::bool::weighted(0.3)
            .prop_map(|is_end| if is_end { Command::Submit } else { Command::TakeOver }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        30 => (prop::bool::weighted(0.25), command())
            .prop_map(|(second, command)| Step::Act(usize::from(second), command)),
        2 => (1_i32..200).prop_map(Step::Give),
        2 => (15_i64..300).prop_map(Step::Outage),
        1 => prop::bool::weighted(0.2).prop_map(|is_end| if is_end { Step::End } else { Step::Give(30) }),
    ]
}

fn history() -> impl Strategy<Value = History> {
    let wait = prop_oneof![20 => 0_i64..15, 4 => 15_i64..150, 1 => 500_i64..4_000];
    (prop::sample::select(vec![100, 133, 200]), prop::bool::weighted(0.1)).prop_flat_map(
        move |(factor, is_untimed)| {
            prop::collection::vec((wait.clone(), step()), 1..45).prop_map(move |steps| History {
                factor,
                is_untimed,
                steps,
            })
        },
    )
}

fn rules(history: &History) -> Rules {
    let mut next = 1;
    let sections = (1..).zip(PARTS).map(|(number, part)| {
        let positions: BTreeSet<u32> = (next..next + part.items.unsigned_abs()).collect();
        next += part.items.unsigned_abs();
        let navigation =
            if part.navigation == "linear" { Navigation::Linear } else { Navigation::Free };
        let limit = part.limit.map(|limit| Seconds::new(limit.into()));
        (number, SectionRules { navigation, limit, positions })
    });
    Rules {
        limit: Seconds::new(LIMIT.into()),
        grace: Seconds::new(GRACE.into()),
        factor_percent: history.factor.unsigned_abs(),
        is_untimed: history.is_untimed,
        sections: sections.collect(),
    }
}

/// Equal but for the milliseconds that the statement took.
fn agree(theirs: &Outcome, ours: &Outcome) -> bool {
    match (theirs, ours) {
        (
            Outcome::Saved { version: a, received_at: at_a, is_late: late_a },
            Outcome::Saved { version: b, received_at: at_b, is_late: late_b },
        ) => a == b && late_a == late_b && (at_a.micros() - at_b.micros()).abs() < MARGIN,
        _ => theirs == ours,
    }
}

async fn run(db: &Db, world: &World, history: &History) -> Result<(), TestCaseError> {
    db.run("update deployment set clock_shift = interval '0'").await.expect("the real time");
    let terms = Terms { factor: history.factor, is_untimed: history.is_untimed };
    let guest = world.invite_on(db, terms).await;
    let mut first = Browser::open(db, &guest).await;
    let mut conn = first.conn().await;
    let started = attempt::start(&mut conn, &first.session, first.attempt, None).await;
    drop(conn);
    let Ok(Started::Ok { attempt_id, started_at, .. }) = started else { panic!("{started:?}") };
    first.attempt = attempt_id;
    let second = first.beside(db, &guest).await;
    let session = Session(first.session);
    let model = Attempt::start(rules(history), session, started_at).expect("there are sections");
    let now = started_at.micros();
    let mut pair = Pair { db, world, browsers: [first, second], model, now };
    for (number, (wait, step)) in history.steps.iter().enumerate() {
        pair.wait(*wait);
        pair.set_clock().await;
        match step {
            Step::Act(browser, command) => {
                let theirs = pair.ask(*browser, command).await;
                let (session, now) = (pair.session(*browser), Instant::from_micros(pair.now));
                let ours = pair.model.act(session, command.clone(), now);
                prop_assert!(
                    agree(&theirs, &ours),
                    "step {number}: {theirs:?}, the model: {ours:?}"
                );
            }
            Step::Give(seconds) => prop_assert!(pair.give(*seconds).await, "step {number}"),
            Step::Outage(seconds) => prop_assert!(pair.outage(*seconds).await, "step {number}"),
            Step::End => pair.end().await,
        }
    }
    // Both write down what is over, and the next history starts with nobody at work.
    pair.wait(0);
    pair.set_clock().await;
    pair.end().await;
    pair.compare().await?;
    let found = db.violations().await;
    prop_assert!(found.is_empty(), "{found:?}");
    Ok(())
}

#[test]
fn the_model_and_the_database_agree_on_every_history() {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let (db, world) = runtime.block_on(async {
        let db = Db::fresh().await;
        let world = World::publish(&db, PARTS).await;
        (db, world)
    });
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(40),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config)
        .run(&history(), |history| runtime.block_on(run(&db, &world, &history)));
    if let Err(cause) = outcome {
        panic!("{cause}");
    }
}
