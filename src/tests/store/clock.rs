//! Time: deadlines, grace, late text, outages, and who may move the clock.

use touchstone::domain::id::SaveId;
use touchstone::store::door::{Saved, Submitted};
use touchstone::store::page::State;
use touchstone::store::{attempt, clock, desk, tenant};

use super::world::{Browser, GRACE, LIMIT, PLAIN, Part, Terms, USUAL, World};
use crate::database::{Db, fresh_id};

const DAY: f64 = 86_400.0;

async fn beat_was(db: &Db, seconds_ago: f64) {
    sqlx::query!(
        "insert into heartbeat (beat_at) values (clock_timestamp() - make_interval(secs => $1))
         on conflict (is_only) do update set beat_at = excluded.beat_at",
        seconds_ago,
    )
    .execute(&db.owner)
    .await
    .expect("a heartbeat in the past");
}

#[tokio::test]
async fn a_save_inside_the_grace_counts_and_is_marked_and_a_later_one_is_only_kept() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    assert!(matches!(me.save(1, 0, "in time").await, Saved::Saved { is_late: false, .. }));
    db.shift_clock(f64::from(LIMIT) + 3.0).await;
    assert!(matches!(me.save(1, 1, "in the grace").await, Saved::Saved { is_late: true, .. }));
    db.shift_clock(f64::from(GRACE)).await;
    let save = SaveId::new(fresh_id());
    let late = me.save_as(1, 2, save, "too late").await;
    assert_eq!(late.outcome, Saved::Late);
    assert!(late.clock.is_some());
    assert_eq!(me.save_as(1, 2, save, "too late").await.outcome, Saved::Late);

    let page = me.page().await;
    assert_eq!(page.state, State::Submitted, "nobody had to press a button");
    let mut conn = me.conn().await;
    let submitted = attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer");
    let Submitted::Ok(receipt) = submitted else { panic!("{submitted:?}") };
    assert_eq!((receipt.finalised_by.as_str(), receipt.final_version), ("clock", 2));
    let deadline = page.attempt.expect("attempt").deadline_at.expect("a clock");
    assert!(receipt.finished_at > deadline, "the end is the last answer inside the grace");
    drop(conn);
    let texts =
        sqlx::query_scalar!(r#"select body #>> '{raw,value,0}' as "text!" from late_answer"#)
            .fetch_all(&db.owner)
            .await
            .expect("late text");
    assert_eq!(texts, ["too late"]);
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn the_receipt_outlives_the_attempt_by_an_hour() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    db.shift_clock(f64::from(LIMIT) + 3_500.0).await;
    let mut conn = me.conn().await;
    let receipt = attempt::receipt(&mut conn, &me.session, me.invitation).await.expect("answer");
    assert!(matches!(receipt, Submitted::Ok(_)), "{receipt:?}");
    db.shift_clock(110.0).await;
    let receipt = attempt::receipt(&mut conn, &me.session, me.invitation).await.expect("answer");
    assert_eq!(receipt, Submitted::Unknown);
}

#[tokio::test]
async fn the_sweeper_ends_what_is_overdue_and_nothing_else() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (gone, free, slow) = (
        world.invite(&db).await,
        world.invite_on(&db, Terms { is_untimed: true, ..USUAL }).await,
        world.invite_on(&db, Terms { factor: 150, ..USUAL }).await,
    );
    let gone = Browser::start(&db, &gone).await;
    let free = Browser::start(&db, &free).await;
    let slow = Browser::start(&db, &slow).await;
    let mut conn = db.pools.staff.acquire().await.expect("staff");
    db.shift_clock(f64::from(LIMIT + GRACE) - 20.0).await;
    assert_eq!(clock::close_overdue(&mut conn, 10).await.expect("swept"), []);
    db.shift_clock(25.0).await;
    let closed = clock::close_overdue(&mut conn, 10).await.expect("swept");
    assert_eq!(closed, [(world.organisation, gone.attempt)]);
    assert_eq!(clock::close_overdue(&mut conn, 10).await.expect("swept"), []);
    assert!(matches!(slow.save(1, 0, "half as much again").await, Saved::Saved { .. }));
    db.shift_clock(100.0 * DAY).await;
    assert!(matches!(free.save(1, 0, "no clock").await, Saved::Saved { is_late: false, .. }));

    let mut scorer = db.pools.scorer.acquire().await.expect("scorer");
    let waiting = clock::list_awaiting_result(&mut scorer, 10).await.expect("list");
    assert_eq!(waiting, [(world.organisation, gone.attempt)]);
}

#[tokio::test]
async fn a_section_with_its_own_clock_ends_by_itself() {
    let db = Db::fresh().await;
    let parts = &[
        Part { navigation: "free", limit: Some(100), items: 1 },
        Part { navigation: "free", limit: None, items: 1 },
    ];
    let world = World::publish(&db, parts).await;
    let guest = world.invite_on(&db, Terms { factor: 150, ..USUAL }).await;
    let me = Browser::start(&db, &guest).await;
    db.shift_clock(120.0).await;
    assert!(matches!(me.save(1, 0, "150 seconds").await, Saved::Saved { is_late: false, .. }));
    db.shift_clock(40.0).await;
    assert!(matches!(me.save(1, 1, "grace").await, Saved::Saved { is_late: true, .. }));
    db.shift_clock(f64::from(GRACE)).await;
    assert_eq!(me.save(1, 2, "over").await, Saved::SectionClosed);
    let mut conn = me.conn().await;
    let moved = attempt::section(&mut conn, &me.session, me.attempt, 2, None).await;
    assert!(moved.expect("answer").clock.expect("clock").section_deadline_at.is_none());
    assert!(matches!(me.save(2, 0, "next").await, Saved::Saved { is_late: false, .. }));
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn an_outage_is_given_back_once_to_everybody_who_was_working() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (one, two) = (world.invite(&db).await, world.invite(&db).await);
    let free = world.invite_on(&db, Terms { is_untimed: true, ..USUAL }).await;
    let (one, two) = (Browser::start(&db, &one).await, Browser::start(&db, &two).await);
    let _free = Browser::start(&db, &free).await;
    let mut conn = db.pools.staff.acquire().await.expect("staff");
    db.shift_clock(400.0).await;
    assert_eq!(clock::beat(&mut conn).await.expect("beat"), 0, "moving the clock is no outage");
    beat_was(&db, 120.0).await;
    assert_eq!(clock::credit_outage(&mut conn, 3.0).await.expect("credit"), 2);
    assert_eq!(clock::credit_outage(&mut conn, 3.0).await.expect("credit"), 0);
    for browser in [&one, &two] {
        let run = browser.page().await.attempt.expect("running");
        assert!((120..=150).contains(&run.extra_seconds), "{}", run.extra_seconds);
        assert_eq!(run.grants[0].kind, "outage");
    }
    // Time that an incident gave for the same minutes would add up; two outages that overlap do not.
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let why = "fire alarm";
    let done =
        desk::grant_time(&mut tx, one.attempt, desk::Cause::Incident, 60, why, world.account).await;
    assert_eq!(done.expect("answer"), desk::Done::Ok);
    tx.commit().await.expect("granted");
    beat_was(&db, 60.0).await;
    assert_eq!(clock::credit_outage(&mut conn, 3.0).await.expect("credit"), 2);
    let (one, two) = (one.page().await, two.page().await);
    let extra = |page: &touchstone::store::page::Page| {
        page.attempt.as_ref().expect("running").extra_seconds
    };
    assert!((120..=170).contains(&extra(&two)), "{}", extra(&two));
    assert_eq!(extra(&one), extra(&two) + 60);
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn the_first_save_after_an_outage_is_in_time() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    // The house closed five seconds before the deadline and is back two minutes later.
    db.shift_clock(f64::from(LIMIT) + 115.0).await;
    beat_was(&db, 120.0).await;
    assert!(matches!(me.save(1, 0, "nearly lost").await, Saved::Saved { is_late: false, .. }));
    let mut conn = db.pools.staff.acquire().await.expect("staff");
    assert_eq!(clock::close_overdue(&mut conn, 10).await.expect("swept"), []);
}

#[tokio::test]
async fn who_was_overdue_before_the_outage_gets_nothing() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    db.shift_clock(f64::from(LIMIT) + 300.0).await;
    beat_was(&db, 120.0).await;
    assert_eq!(me.save(1, 0, "long over").await, Saved::Late);
    let run = me.page().await.attempt.expect("it was started");
    assert_eq!((run.extra_seconds, run.grants.len()), (0, 0));
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn only_a_test_or_demo_database_moves_in_time_and_none_changes_its_kind() {
    let db = Db::fresh().await;
    let refusal = |outcome: Result<u64, sqlx::Error>| {
        let error = touchstone::store::StoreError::from(outcome.expect_err("must be refused"));
        error.constraint().unwrap_or_default().to_owned()
    };
    for statement in [
        "update deployment set kind = 'live'",
        "update deployment set kind = 'demo'",
        "delete from deployment",
        "truncate deployment",
    ] {
        assert_eq!(refusal(db.run(statement).await), "deployment_kind_fixed", "{statement}");
    }
    db.run("alter table deployment disable trigger all").await.expect("owner");
    db.run("delete from deployment").await.expect("owner");
    db.run("alter table deployment enable trigger all").await.expect("owner");
    db.run("insert into deployment (kind) values ('live')").await.expect("a live database");
    let moved = db.run("update deployment set clock_shift = interval '1 second'").await;
    assert_eq!(refusal(moved), "deployment_live_has_no_shift");
    let second = db.run("insert into deployment (is_only, kind) values (false, 'test')").await;
    assert_eq!(refusal(second), "deployment_has_one_row");
}
