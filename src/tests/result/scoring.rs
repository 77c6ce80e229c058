//! Points of a whole attempt, computed a second time by hand.

use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::interaction::{Interaction, InteractionKey};
use touchstone::service::{Refusal, overdue, result};

use super::world::World;

async fn stored(world: &World, attempt: touchstone::domain::id::AttemptId) -> Vec<(i32, i64, i64)> {
    sqlx::query!(
        "select revision, points, max_points from result where attempt_id = $1 order by revision",
        attempt.uuid(),
    )
    .fetch_all(&world.db.owner)
    .await
    .expect("results")
    .into_iter()
    .map(|row| (row.revision, row.points, row.max_points))
    .collect()
}

#[tokio::test]
async fn points_are_those_that_a_person_would_count() {
    let world = World::publish().await;
    let who = world.start(Some("Ada Lindqvist")).await;
    // Place 1: right at once. Place 2: right, then changed to a wrong option. Place 3: not answered.
    world.save(&who, 1, 0, &world.best(1)).await;
    let version = world.save(&who, 2, 0, &world.best(2)).await;
    let (_, item) = &world.items[1];
    let (Interaction::SingleChoice(body), InteractionKey::SingleChoice(key)) =
        (&item.body.interaction, &item.key.interaction)
    else {
        panic!("a single choice")
    };
    let wrong = body.options.iter().find(|option| option.id != key.correct).expect("a distractor");
    world.save(&who, 2, version, &[("choice", wrong.id.as_str())].into_iter().collect()).await;
    // The last place, of another kind: right.
    let last = world.items.len();
    world.save(&who, i32::try_from(last).expect("small"), 0, &world.best(last)).await;
    world.submit(&who).await;
    assert_eq!(overdue::score_awaiting(&world.ctx).await.expect("scored"), 1);

    let places = i64::try_from(last).expect("small");
    assert_eq!(stored(&world, who.attempt).await, [(1, 20_000, places * 10_000)]);
    let sheet = result::open(&world.ctx, &world.owner, who.attempt).await.expect("open");
    let outcome = sheet.outcome.expect("scored");
    let credits: Vec<u16> = outcome.items.iter().map(|item| item.credit).collect();
    assert_eq!((credits[0], credits[1], credits[2], credits[last - 1]), (10_000, 0, 0, 10_000));
    assert_eq!(outcome.items[1].changes, 1);
    assert_eq!(outcome.total.answered, 3);
    assert_eq!(sheet.answers.len(), last);
    assert!(sheet.answers.iter().all(|answer| answer.key.is_some()));
}

#[tokio::test]
async fn every_right_answer_of_every_kind_earns_everything() {
    let world = World::publish().await;
    let who = world.finished(None, world.items.len()).await;
    let places = i64::try_from(world.items.len()).expect("small") * 10_000;
    assert_eq!(stored(&world, who.attempt).await, [(1, places, places)]);
}

#[tokio::test]
async fn scoring_twice_gives_one_result_and_a_regrade_keeps_the_old_one() {
    let world = World::publish().await;
    let who = world.finished(None, 2).await;
    let score = || result::score(&world.ctx, world.organisation, who.attempt);
    let (one, two) = tokio::join!(score(), score());
    assert_eq!((one.expect("asked"), two.expect("asked")), (false, false));
    assert_eq!(stored(&world, who.attempt).await.len(), 1);

    let why = || "The key of place 3 was disputed".to_owned();
    result::rescore(&world.ctx, &world.owner, who.attempt, why()).await.expect("scored again");
    let both = stored(&world, who.attempt).await;
    assert_eq!(both.iter().map(|(revision, ..)| *revision).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(both[0].1, both[1].1);
    let hr = world.staff(Role::Hr).await;
    for (actor, reason) in [(&hr, why()), (&world.owner, " ".to_owned())] {
        let refused = result::rescore(&world.ctx, actor, who.attempt, reason).await;
        assert!(matches!(refused, Err(Refusal::Forbidden | Refusal::Invalid(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn many_scorers_at_once_make_one_result_each() {
    let world = World::publish().await;
    let who = world.start(None).await;
    world.save(&who, 1, 0, &world.best(1)).await;
    world.submit(&who).await;
    let score = || result::score(&world.ctx, world.organisation, who.attempt);
    let (a, b, c) = tokio::join!(score(), score(), score());
    let added = [a, b, c].into_iter().filter(|added| matches!(added, Ok(true))).count();
    assert_eq!((added, stored(&world, who.attempt).await.len()), (1, 1));
}

#[tokio::test]
async fn the_clock_closes_and_scores_what_is_overdue() {
    let world = World::publish().await;
    let who = world.start(None).await;
    world.save(&who, 1, 0, &world.best(1)).await;
    let before = overdue::sweep(&world.ctx).await.expect("swept");
    assert_eq!(before, overdue::Swept::default());
    world.db.shift_clock(91.0 * 60.0).await;
    let after = overdue::sweep(&world.ctx).await.expect("swept");
    assert_eq!(after, overdue::Swept { closed: 1, scored: 1 });
    assert_eq!(stored(&world, who.attempt).await[0].1, 10_000);
    let sheet = result::open(&world.ctx, &world.owner, who.attempt).await.expect("open");
    assert_eq!(sheet.row.line.attempt.expect("a run").finalised_by.as_deref(), Some("clock"));
}

#[tokio::test]
async fn hr_sees_answers_but_no_keys_and_strangers_see_nothing() {
    let world = World::publish().await;
    let who = world.finished(Some("Hana Sato"), 4).await;
    let hr = world.staff(Role::Hr).await;
    let sheet = result::open(&world.ctx, &hr, who.attempt).await.expect("open");
    assert!(sheet.answers.iter().all(|answer| answer.key.is_none()) && sheet.sees_times);
    let recruiter = world.staff(Role::Recruiter).await;
    let sheet = result::open(&world.ctx, &recruiter, who.attempt).await.expect("open");
    assert!(sheet.answers.iter().all(|answer| answer.key.is_some()) && !sheet.sees_times);
    let rater = world.staff(Role::Rater).await;
    for (actor, hidden) in [(&rater, true), (&Actor::Anonymous, false)] {
        let refused = result::open(&world.ctx, actor, who.attempt).await.expect_err("refused");
        assert_eq!(matches!(refused, Refusal::Hidden), hidden, "{refused:?}");
    }
}
