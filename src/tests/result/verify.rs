//! The replay finds what somebody with the owner's rights has changed behind the guards.

use touchstone::domain::access::Actor;
use touchstone::service::Refusal;
use touchstone::service::result::{Report, verify};

use super::world::World;

async fn check(world: &World) -> Report {
    verify(&world.ctx, &Actor::Operator, None).await.expect("replayed")
}

/// Changes rows although a trigger stands in the way, and puts the trigger back.
async fn tamper(world: &World, table: &str, statement: &str) {
    for sql in [
        format!("alter table {table} disable trigger user"),
        statement.to_owned(),
        format!("alter table {table} enable trigger user"),
    ] {
        world.db.run(&sql).await.expect("the owner may");
    }
}

fn kinds(report: &Report) -> Vec<&str> {
    let mut kinds: Vec<&str> =
        report.differences.iter().map(|difference| difference.what.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn a_sound_database_has_no_difference() {
    let world = World::publish().await;
    for right in [0, 3, 5] {
        world.finished(None, right).await;
    }
    let waiting = world.start(None).await;
    world.submit(&waiting).await;
    world.start(None).await;
    let report = check(&world).await;
    assert_eq!((report.checked, report.waiting), (4, 1));
    assert_eq!(report.differences, []);
}

#[tokio::test]
async fn a_changed_response_is_found() {
    let world = World::publish().await;
    let who = world.finished(None, 3).await;
    tamper(
        &world,
        "response",
        "update response set body = jsonb_set(body, '{raw}', '{}') where version = 1",
    )
    .await;
    let report = check(&world).await;
    for what in ["K2", "receipt", "points", "detail"] {
        assert!(kinds(&report).contains(&what), "{what}: {report:?}");
    }
    assert!(report.differences.iter().all(|found| found.attempt == Some(who.attempt)));
}

#[tokio::test]
async fn a_lost_response_is_found() {
    let world = World::publish().await;
    world.finished(None, 3).await;
    tamper(&world, "response", "delete from response where version = 2").await;
    let report = check(&world).await;
    assert!(kinds(&report).contains(&"log") && kinds(&report).contains(&"K1"), "{report:?}");
}

#[tokio::test]
async fn changed_points_are_found() {
    let world = World::publish().await;
    world.finished(None, 3).await;
    tamper(&world, "result", "update result set points = points + 1").await;
    assert_eq!(kinds(&check(&world).await), ["points"]);
}

#[tokio::test]
async fn a_changed_detail_is_found() {
    let world = World::publish().await;
    world.finished(None, 3).await;
    tamper(
        &world,
        "result",
        "update result set detail = jsonb_set(detail, '{items,4,credit}', '9999')",
    )
    .await;
    assert_eq!(kinds(&check(&world).await), ["detail"]);
}

#[tokio::test]
async fn a_changed_key_is_found() {
    let world = World::publish().await;
    world.finished(None, 3).await;
    tamper(
        &world,
        "version_key",
        "update version_key set key = jsonb_set(key, '{key,explanation}', '\"Because I say so\"')",
    )
    .await;
    assert_eq!(kinds(&check(&world).await), ["keys"]);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_a_finding_and_not_the_end() {
    let world = World::publish().await;
    world.finished(None, 1).await;
    world.finished(None, 2).await;
    tamper(&world, "result", "update result set detail = '{}' where points = 10000").await;
    let report = check(&world).await;
    assert_eq!((report.checked, kinds(&report)), (2, vec!["stored"]));
}

#[tokio::test]
async fn only_the_operator_may_and_an_unknown_attempt_is_said() {
    let world = World::publish().await;
    let refused = verify(&world.ctx, &world.owner, None).await.expect_err("not for staff");
    assert!(matches!(refused, Refusal::Hidden), "{refused:?}");
    let nobody = touchstone::domain::id::AttemptId::new(crate::database::fresh_id());
    let refused = verify(&world.ctx, &Actor::Operator, Some(nobody)).await;
    assert!(matches!(refused, Err(Refusal::Hidden)), "{refused:?}");
}
