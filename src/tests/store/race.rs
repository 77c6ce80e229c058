//! Many at once: starts, saves, repeats and ends of the same attempt.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use touchstone::domain::id::{AttemptId, SaveId};
use touchstone::store::door::{Saved, Started, Submitted};
use touchstone::store::pool::Sizes;
use touchstone::store::{attempt, clock};

use super::world::{Browser, GRACE, LIMIT, PLAIN, World};
use crate::database::{Db, fresh_id};

const CROWD: usize = 50;

async fn crowded() -> Db {
    Db::sized(Sizes { candidate: 32, staff: 4, scorer: 2 }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_starts_make_one_attempt_and_get_equal_answers() {
    let db = crowded().await;
    let world = World::publish(&db, PLAIN).await;
    for _ in 0..5 {
        let guest = world.invite(&db).await;
        let browsers = [Browser::open(&db, &guest).await, Browser::open(&db, &guest).await];
        let barrier = Arc::new(tokio::sync::Barrier::new(CROWD));
        let starts: Vec<_> = (0..CROWD)
            .map(|number| {
                let (browser, barrier) = (browsers[number % 2].clone(), barrier.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    let mut conn = browser.conn().await;
                    let id = AttemptId::new(fresh_id());
                    attempt::start(&mut conn, &browser.session, id, None).await.expect("answer")
                })
            })
            .collect();
        let mut answers = Vec::new();
        for start in starts {
            answers.push(start.await.expect("no panic"));
        }
        assert!(matches!(answers[0], Started::Ok { .. }), "{:?}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
    let rows = sqlx::query_scalar!(r#"select count(*) as "n!" from attempt"#)
        .fetch_one(&db.owner)
        .await
        .expect("count");
    assert_eq!(rows, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn savers_race_submitters_and_nothing_that_was_acknowledged_is_missing() {
    let db = crowded().await;
    let world = World::publish(&db, PLAIN).await;
    let mut acknowledged = 0;
    for _ in 0..8 {
        let me = Browser::start(&db, &world.invite(&db).await).await;
        let saved = Arc::new(AtomicUsize::new(0));
        let savers: Vec<_> = (0..12)
            .map(|number| {
                let (me, saved) = (me.clone(), saved.clone());
                tokio::spawn(async move {
                    let (mut acks, mut base) = (Vec::new(), 0);
                    // Everybody fights for the same three questions and builds on what is there.
                    for round in 0..10_000 {
                        let save = SaveId::new(fresh_id());
                        let text = format!("{number}/{round}");
                        match me.save_as(number % 3 + 1, base, save, &text).await.outcome {
                            Saved::Saved { version, .. } => {
                                acks.push((version, save));
                                saved.fetch_add(1, Ordering::Relaxed);
                                base = version;
                            }
                            Saved::Stale { version, .. } => base = version,
                            Saved::Finished => break,
                            other => panic!("{other:?}"),
                        }
                    }
                    acks
                })
            })
            .collect();
        let submitters: Vec<_> = (0..8)
            .map(|_| {
                let (me, saved) = (me.clone(), saved.clone());
                tokio::spawn(async move {
                    // In the middle of it, however fast the machine is.
                    while saved.load(Ordering::Relaxed) < 30 {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    let mut conn = me.conn().await;
                    attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer")
                })
            })
            .collect();
        let mut receipts = Vec::new();
        for submitter in submitters {
            receipts.push(submitter.await.expect("no panic"));
        }
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
        let Submitted::Ok(receipt) = receipts.remove(0) else { panic!("not submitted") };
        let mut acks = BTreeSet::new();
        for saver in savers {
            for ack in saver.await.expect("no panic") {
                assert!(acks.insert(ack), "a version was given twice");
            }
        }
        let rows = sqlx::query!(
            "select version, save_id from response where attempt_id = $1",
            me.attempt.uuid()
        )
        .fetch_all(&db.owner)
        .await
        .expect("log");
        let log: BTreeSet<_> =
            rows.into_iter().map(|row| (row.version, SaveId::new(row.save_id))).collect();
        assert_eq!(log, acks);
        assert_eq!(i64::try_from(acks.len()), Ok(receipt.final_version));
        acknowledged += acks.len();
    }
    assert!(acknowledged >= 8 * 30, "{acknowledged}");
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_copies_of_one_save_are_one_row_with_one_answer() {
    let db = crowded().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    for base in 0..20 {
        let save = SaveId::new(fresh_id());
        let copies: Vec<_> = (0..10)
            .map(|_| {
                let me = me.clone();
                tokio::spawn(async move { me.save_as(1, base, save, "same").await.outcome })
            })
            .collect();
        for copy in copies {
            let outcome = copy.await.expect("no panic");
            let Saved::Saved { version, .. } = outcome else { panic!("{outcome:?}") };
            assert_eq!(version, base + 1);
        }
    }
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_sweepers_end_every_attempt_once() {
    let db = crowded().await;
    let world = World::publish(&db, PLAIN).await;
    for _ in 0..20 {
        Browser::start(&db, &world.invite(&db).await).await;
    }
    db.shift_clock(f64::from(LIMIT + GRACE) + 1.0).await;
    let sweepers: Vec<_> = (0..4)
        .map(|_| {
            let pool = db.pools.staff.clone();
            tokio::spawn(async move {
                let mut conn = pool.acquire().await.expect("staff");
                let mut closed = Vec::new();
                for _ in 0..4 {
                    closed.extend(clock::close_overdue(&mut conn, 6).await.expect("swept"));
                }
                closed
            })
        })
        .collect();
    let mut closed = Vec::new();
    for sweeper in sweepers {
        closed.extend(sweeper.await.expect("no panic"));
    }
    let unique: BTreeSet<_> = closed.iter().map(|(_, attempt)| *attempt).collect();
    assert_eq!((closed.len(), unique.len()), (20, 20));
    assert_eq!(db.violations().await, [""; 0]);
}
