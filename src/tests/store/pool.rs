//! The pools keep their connections clean.

use std::time::Duration;

use sqlx::Executor as _;
use touchstone::store::pool::Sizes;
use touchstone::store::tenant;

use super::world::{PLAIN, World};
use crate::database::Db;

async fn open_transactions(db: &Db) -> i64 {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from pg_stat_activity
           where datname = current_database() and state like 'idle in transaction%'"#
    )
    .fetch_one(&db.owner)
    .await
    .expect("count")
}

/// Waits until everything that was dropped is back in its pool.
async fn settle(db: &Db) {
    for _ in 0..200 {
        if db.pools.staff.num_idle() == db.pools.staff.size() as usize {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_connection_comes_back_without_the_transaction_it_was_left_in() {
    let db = Db::sized(Sizes { candidate: 1, staff: 1, scorer: 1 }).await;
    for leave in ["begin", "begin; select 1/0"] {
        let mut conn = db.pools.staff.acquire().await.expect("staff");
        let _failed = conn.execute(leave).await;
        drop(conn);
        settle(&db).await;
        assert_eq!(open_transactions(&db).await, 0, "{leave}");
        let role = sqlx::query_scalar!(r#"select current_user::text as "role!""#)
            .fetch_one(&db.pools.staff)
            .await
            .expect("a clean connection");
        assert_eq!(role, "touchstone_staff");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_dropped_while_they_begin_poison_nobody() {
    let db = Db::sized(Sizes { candidate: 1, staff: 2, scorer: 1 }).await;
    let world = World::publish(&db, PLAIN).await;
    let mut dropped = 0;
    for round in 0..300_u64 {
        // A connection that is there: it is the `begin` that must be cut, not the way to the server.
        drop(db.pools.staff.acquire().await.expect("staff"));
        settle(&db).await;
        let pause = Duration::from_micros(round * 37 % 600);
        let begin = tenant::begin(&db.pools.staff, world.organisation);
        tokio::select! {
            biased;
            () = tokio::time::sleep(pause) => dropped += 1,
            begun = begin => drop(begun),
        }
    }
    assert!(dropped > 30, "only {dropped} were dropped");
    settle(&db).await;
    assert_eq!(open_transactions(&db).await, 0);
    // What is acknowledged on these connections is really there.
    for number in 0..20_i32 {
        sqlx::query!(
            "insert into audit_event (actor_kind, action, detail)
             values ('stranger', 'test.row', to_jsonb($1::integer))",
            number
        )
        .execute(&db.pools.staff)
        .await
        .expect("acknowledged");
    }
    db.pools.staff.close().await;
    let rows = sqlx::query_scalar!(
        r#"select count(*) as "n!" from audit_event where action = 'test.row'"#
    )
    .fetch_one(&db.owner)
    .await
    .expect("count");
    assert_eq!(rows, 20);
}

#[tokio::test]
async fn the_organisation_of_one_transaction_does_not_reach_the_next() {
    let db = Db::sized(Sizes { candidate: 1, staff: 1, scorer: 1 }).await;
    let (one, two) = (World::publish(&db, PLAIN).await, World::publish(&db, PLAIN).await);
    for world in [&one, &two, &one] {
        let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
        let seen = sqlx::query_scalar!("select organisation_id from organisation")
            .fetch_all(&mut *tx)
            .await
            .expect("rows");
        assert_eq!(seen, [world.organisation.uuid()]);
        drop(tx);
        let seen = sqlx::query_scalar!("select organisation_id from organisation")
            .fetch_all(&db.pools.staff)
            .await
            .expect("no rows");
        assert!(seen.is_empty(), "{seen:?}");
    }
    let mut tx = tenant::begin_snapshot(&db.pools.staff, one.organisation).await.expect("staff");
    let before = sqlx::query_scalar!(r#"select count(*) as "n!" from candidate"#)
        .fetch_one(&mut *tx)
        .await
        .expect("count");
    sqlx::query!(
        "insert into candidate (candidate_id, organisation_id, email)
         values (app_uuid(), $1, 'new@example.org')",
        one.organisation.uuid(),
    )
    .execute(&db.owner)
    .await
    .expect("a row of somebody else");
    let after = sqlx::query_scalar!(r#"select count(*) as "n!" from candidate"#)
        .fetch_one(&mut *tx)
        .await
        .expect("count");
    assert_eq!((before, after), (0, 0), "one instant");
}
