//! What staff do to attempts, and what is deleted when.

use serde_json::json;
use touchstone::domain::id::{AccountId, AttemptId};
use touchstone::store::desk::{self, Cause, Done};
use touchstone::store::door::{Saved, Submitted};
use touchstone::store::{attempt, clock, tenant};

use super::world::{Browser, LIMIT, PLAIN, World};
use crate::database::{Db, fresh_id};

async fn submit(browser: &Browser) -> Submitted {
    let mut conn = browser.conn().await;
    attempt::submit(&mut conn, &browser.session, browser.attempt).await.expect("answer")
}

#[tokio::test]
async fn time_is_given_only_with_a_name_and_a_reason_and_inside_the_organisation() {
    let db = Db::fresh().await;
    let (world, foreign) = (World::publish(&db, PLAIN).await, World::publish(&db, PLAIN).await);
    let me = Browser::start(&db, &world.invite(&db).await).await;
    let give = async |from: &World, attempt: AttemptId, by: AccountId| {
        let mut tx = tenant::begin(&db.pools.staff, from.organisation).await.expect("staff");
        let done = desk::grant_time(&mut tx, attempt, Cause::Incident, 300, "fire alarm", by).await;
        tx.commit().await.expect("granted");
        done.expect("answer")
    };
    assert_eq!(give(&foreign, me.attempt, foreign.account).await, Done::Unknown);
    assert_eq!(give(&foreign, me.attempt, world.account).await, Done::Unknown);
    assert_eq!(give(&world, me.attempt, foreign.account).await, Done::Unknown);
    assert_eq!(give(&world, AttemptId::new(fresh_id()), world.account).await, Done::Unknown);
    assert_eq!(give(&world, me.attempt, world.account).await, Done::Ok);
    db.shift_clock(f64::from(LIMIT) + 200.0).await;
    assert!(matches!(
        me.save(1, 0, "in the given time").await,
        Saved::Saved { is_late: false, .. }
    ));
    submit(&me).await;
    assert_eq!(give(&world, me.attempt, world.account).await, Done::Finished);
    let reasons = sqlx::query_scalar!(
        r#"select reason as "reason!" from audit_event
           where action = 'attempt.time_granted' and actor_id = $1"#,
        world.account.uuid(),
    )
    .fetch_all(&db.owner)
    .await
    .expect("the trail");
    assert_eq!(reasons, ["fire alarm"]);
}

#[tokio::test]
async fn a_reopened_attempt_has_what_was_left_and_gets_a_new_receipt() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    me.save(1, 0, "a").await;
    db.shift_clock(100.0).await;
    let Submitted::Ok(first) = submit(&me).await else { panic!("not submitted") };
    db.shift_clock(3_000.0).await;
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let done = desk::reopen_attempt(&mut tx, me.attempt, 0, "pressed too early", world.account);
    assert_eq!(done.await.expect("answer"), Done::Ok);
    tx.commit().await.expect("reopened");
    let page = me.page().await;
    let left = page.now.seconds_until(page.attempt.expect("running").deadline_at.expect("clock"));
    assert!((470..=501).contains(&left.get()), "{left}");
    assert!(matches!(me.save(2, 0, "b").await, Saved::Saved { version: 2, .. }));
    let Submitted::Ok(second) = submit(&me).await else { panic!("not submitted") };
    assert_ne!(first.receipt_hash, second.receipt_hash);
    assert_eq!((first.final_version, second.final_version), (1, 2));

    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    for (expected, reason) in [(Done::Ok, "impersonation"), (Done::Voided, "again")] {
        let done = desk::void_attempt(&mut tx, me.attempt, reason, world.account).await;
        assert_eq!(done.expect("answer"), expected);
    }
    let done = desk::reopen_attempt(&mut tx, me.attempt, 60, "no", world.account).await;
    assert_eq!(done.expect("answer"), Done::Voided);
    tx.commit().await.expect("voided");
    assert_eq!(me.save(1, 1, "c").await, Saved::Finished);
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn what_ran_out_of_time_reopens_only_with_time() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    db.shift_clock(f64::from(LIMIT) + 100.0).await;
    assert_eq!(me.save(1, 0, "late").await, Saved::Late);
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let done = desk::reopen_attempt(&mut tx, me.attempt, 0, "flooded", world.account).await;
    assert_eq!(done.expect("answer"), Done::NoTime);
    let done = desk::reopen_attempt(&mut tx, me.attempt, 120, "flooded", world.account).await;
    assert_eq!(done.expect("answer"), Done::Ok);
    tx.commit().await.expect("reopened");
    assert!(matches!(me.save(1, 0, "again").await, Saved::Saved { is_late: false, .. }));
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let done = desk::end_attempt(&mut tx, me.attempt, "enough", world.account).await;
    assert_eq!(done.expect("answer"), Done::Ok);
    tx.commit().await.expect("ended");
    let Submitted::Ok(receipt) = submit(&me).await else { panic!("not submitted") };
    assert_eq!(receipt.finalised_by, "staff");
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn a_result_is_kept_when_a_new_one_is_made() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    let insert = async |final_version: i64, points: i64| {
        let mut tx = tenant::begin(&db.pools.scorer, world.organisation).await.expect("scorer");
        let done = sqlx::query_scalar!(
            "insert into result (
               organisation_id, attempt_id, final_version, key_hash, points, max_points, detail,
               rule_version)
             values ($1, $2, $3, sha256('keys'), $4, 300, $5, 1)
             returning revision",
            world.organisation.uuid(),
            me.attempt.uuid(),
            final_version,
            points,
            json!({}),
        )
        .fetch_one(&mut *tx)
        .await;
        tx.commit().await.expect("scored");
        done.map_err(|error| {
            touchstone::store::StoreError::from(error).constraint().map(str::to_owned)
        })
    };
    let early = Err(Some("result_of_finished_attempt".to_owned()));
    assert_eq!(insert(0, 10).await, early);
    me.save(1, 0, "a").await;
    submit(&me).await;
    assert_eq!(insert(0, 10).await, early, "not the finished log");
    assert_eq!(insert(1, 10).await, Ok(1));
    assert_eq!(insert(1, 20).await, Ok(2));
    assert_eq!(insert(1, 301).await, Err(Some("result_points_range".to_owned())));
    let points = sqlx::query_scalar!(r#"select points as "points!" from result_current"#)
        .fetch_all(&db.owner)
        .await
        .expect("current");
    assert_eq!(points, [20]);
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn after_its_date_nothing_of_a_person_is_left_unless_it_is_held() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (gone, held) = (world.invite(&db).await, world.invite(&db).await);
    for guest in [&gone, &held] {
        let me = Browser::start(&db, guest).await;
        me.save(1, 0, "a").await;
        submit(&me).await;
        me.save(1, 1, "late").await;
    }
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    sqlx::query!(
        "update invitation set held_at = app_now() where invitation_id = $1",
        held.invitation.uuid()
    )
    .execute(&mut *tx)
    .await
    .expect("held");
    let done = desk::erase_candidate(&mut tx, held.candidate, "asked", world.account).await;
    assert_eq!(done.expect("answer"), Done::Held);
    tx.commit().await.expect("held");
    let mut conn = db.pools.staff.acquire().await.expect("staff");
    assert_eq!(clock::erase_due(&mut conn, 10).await.expect("erased"), 0);
    db.shift_clock(181.0 * 86_400.0).await;
    assert_eq!(clock::erase_due(&mut conn, 10).await.expect("erased"), 1);
    let left = sqlx::query!(
        r#"select
             (select count(*) from candidate) as "candidates!",
             (select count(*) from invitation) as "invitations!",
             (select count(*) from attempt) as "attempts!",
             (select count(*) from response) as "responses!",
             (select count(*) from late_answer) as "late!",
             (select count(*) from candidate_session) as "sessions!",
             (select count(*) from paper_item) as "items!",
             (select count(*) from audit_event where action = 'invitation.erased') as "traces!""#
    )
    .fetch_one(&db.owner)
    .await
    .expect("counts");
    let counts = [
        left.candidates,
        left.invitations,
        left.attempts,
        left.responses,
        left.late,
        left.sessions,
    ];
    assert_eq!(counts, [1; 6]);
    assert_eq!((left.items, left.traces), (3, 1));
    drop(conn);

    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    sqlx::query!("update invitation set held_at = null").execute(&mut *tx).await.expect("free");
    let done = desk::erase_candidate(&mut tx, held.candidate, "asked", world.account).await;
    assert_eq!(done.expect("answer"), Done::Ok);
    tx.commit().await.expect("erased");
    assert_eq!(db.violations().await, [""; 0]);
}
