//! The guards, tried with the owner's rights: what no code of ours, right or wrong, may do.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use touchstone::store::door::Submitted;
use touchstone::store::{StoreError, attempt, integrity, response, tenant};

use super::world::{Browser, PLAIN, Part, World};
use crate::database::Db;

async fn refusal(db: &Db, statement: &str) -> String {
    match db.run(statement).await {
        Ok(rows) => format!("{rows} rows changed"),
        Err(error) => StoreError::from(error).constraint().unwrap_or("another error").to_owned(),
    }
}

/// A statement and who refuses it.
const RUNNING: &[(&str, &str)] = &[
    ("update response set body = '1'", "response_append_only"),
    ("delete from response", "response_append_only"),
    ("truncate response cascade", "response_kept"),
    ("update late_answer set body = '1'", "late_answer_append_only"),
    ("delete from late_answer", "late_answer_append_only"),
    ("update audit_event set reason = 'x'", "audit_event_append_only"),
    ("delete from audit_event", "audit_event_append_only"),
    ("truncate audit_event", "audit_event_kept"),
    ("delete from attempt", "attempt_kept"),
    ("update attempt set started_at = started_at - interval '1 hour'", "attempt_immutable"),
    ("update attempt set base_seconds = 9999", "attempt_immutable"),
    ("update attempt set grace_seconds = 60", "attempt_immutable"),
    ("update attempt set is_untimed = true", "attempt_immutable"),
    ("update attempt set state = 'submitted', finalised_by = 'clock'", "attempt_not_overdue"),
    ("update attempt set finalised_by = 'staff'", "attempt_finished_whole"),
    ("update section_run set opened_at = opened_at - interval '1 hour'", "section_run_immutable"),
    ("delete from section_run", "section_run_kept"),
    ("delete from time_grant", "time_grant_append_only"),
    ("update time_grant set seconds = 86400", "time_grant_append_only"),
    ("update assessment_version set limit_seconds = 86400", "published_version_immutable"),
    ("delete from version_section", "published_version_immutable"),
    ("update version_item set body = '{}'", "published_version_immutable"),
    ("update version_key set key = '{}'", "published_version_immutable"),
    ("delete from version_key", "published_version_immutable"),
    (
        "insert into version_item (organisation_id, assessment_version_id, item_id, item_code,
           item_revision, kind, skill, level, body)
         select organisation_id, assessment_version_id, app_uuid(), 'more', 1, 'x', 'x', 'x', '{}'
         from assessment_version",
        "published_version_immutable",
    ),
    ("update paper_item set position = position + 100", "paper_item_immutable"),
    ("delete from paper_item", "paper_item_immutable"),
    ("update invitation set seed = 2", "invitation_immutable"),
    ("update invitation set time_factor_percent = 200", "invitation_not_started"),
    ("update invitation set revoked_at = app_now()", "invitation_not_started"),
    ("delete from invitation", "invitation_kept"),
];

#[tokio::test]
async fn what_was_recorded_cannot_be_changed_even_by_the_owner() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    me.save(1, 0, "a").await;
    let watcher = me.beside(&db, &guest).await;
    watcher.save(1, 1, "kept").await;
    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let cause = touchstone::store::desk::Cause::Incident;
    touchstone::store::desk::grant_time(&mut tx, me.attempt, cause, 9, "why", world.account)
        .await
        .expect("granted");
    tx.commit().await.expect("granted");
    for (statement, name) in RUNNING {
        assert_eq!(refusal(&db, statement).await, *name, "{statement}");
    }
    let second = "insert into attempt (attempt_id, organisation_id, invitation_id, assessment_id,
                    assessment_version_id, candidate_id, holder_sha256, section)
                  select app_uuid(), organisation_id, invitation_id, assessment_id,
                    assessment_version_id, candidate_id, holder_sha256, section from attempt";
    assert_eq!(refusal(&db, second).await, "attempt_once");
    let mut conn = me.conn().await;
    attempt::submit(&mut conn, &me.session, me.attempt).await.expect("submitted");
    for (statement, name) in [
        ("update attempt set holder_sha256 = holder_sha256", "attempt_final"),
        ("update attempt set state = 'running'", "attempt_final"),
        ("update attempt set state = 'voided', void_reason = 'x'", "attempt_final"),
        (
            "insert into time_grant (organisation_id, attempt_id, kind, seconds)
             select organisation_id, attempt_id, 'incident', 60 from attempt",
            "time_grant_running",
        ),
        (
            "insert into response (organisation_id, attempt_id, invitation_id, position, save_id,
               base_version, body)
             select organisation_id, attempt_id, invitation_id, 2, app_uuid(), 0, '1' from attempt",
            "response_after_finish",
        ),
    ] {
        assert_eq!(refusal(&db, statement).await, name, "{statement}");
    }
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn the_log_decides_time_order_and_place_by_itself() {
    let db = Db::fresh().await;
    let parts = &[
        Part { navigation: "linear", limit: None, items: 2 },
        Part { navigation: "free", limit: None, items: 1 },
    ];
    let world = World::publish(&db, parts).await;
    Browser::start(&db, &world.invite(&db).await).await;
    let insert = |position: i32, base: i64, at: &str| {
        format!(
            "insert into response (organisation_id, attempt_id, invitation_id, position, save_id,
               base_version, body, received_at, version, is_late)
             select organisation_id, attempt_id, invitation_id, {position}, app_uuid(), {base}, '1',
               {at}, 77, true from attempt"
        )
    };
    // A forged time and a forged version are replaced, not believed.
    let forged = insert(1, 0, "app_now() - interval '9 minutes'");
    assert_eq!(refusal(&db, &forged).await, "1 rows changed");
    let row = sqlx::query!(
        r#"select version, is_late, received_at > app_now() - interval '5 seconds' as "is_now!"
           from response"#
    )
    .fetch_one(&db.owner)
    .await
    .expect("the row");
    assert_eq!((row.version, row.is_late, row.is_now), (1, false, true));
    assert_eq!(refusal(&db, &insert(1, 0, "null")).await, "response_base_current");
    assert_eq!(refusal(&db, &insert(2, 0, "null")).await, "response_section_open");
    assert_eq!(refusal(&db, &insert(3, 0, "null")).await, "response_section_open");
    assert_eq!(refusal(&db, &insert(9, 0, "null")).await, "response_section_open");
    db.shift_clock(700.0).await;
    assert_eq!(refusal(&db, &insert(1, 1, "null")).await, "response_after_deadline");
    let backdated = insert(1, 1, "(select deadline_at from attempt)");
    assert_eq!(refusal(&db, &backdated).await, "response_after_deadline");
}

#[tokio::test]
async fn anybody_can_compute_the_receipt_again() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    me.save(2, 0, "b").await;
    me.save(1, 0, "ä \"quoted\" \u{1F600}").await;
    me.save(2, 1, "").await;
    let mut conn = me.conn().await;
    let done = attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer");
    let Submitted::Ok(receipt) = done else { panic!("{done:?}") };

    let mut tx = tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    let log = response::list_log(&mut tx, me.attempt).await.expect("log");
    let mut text = format!("touchstone-receipt-1\n{}\n{}\n", me.attempt, log.len());
    for line in &log {
        let _ = writeln!(
            text,
            "{}|{}|{}|{}|{}",
            line.version,
            line.position,
            line.save,
            line.received_at.micros(),
            hex(&Sha256::digest(&line.body_text)),
        );
    }
    assert_eq!(receipt.receipt_hash, hex(&Sha256::digest(&text)));
    assert_eq!(receipt.answered, 2);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[tokio::test]
async fn tampering_past_the_guards_is_found() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    me.save(1, 0, "a").await;
    me.save(1, 1, "b").await;
    let mut conn = me.conn().await;
    attempt::submit(&mut conn, &me.session, me.attempt).await.expect("submitted");
    assert_eq!(db.violations().await, [""; 0]);
    let codes = async || {
        let mut codes: Vec<_> =
            db.violations().await.iter().map(|found| found[..2].to_owned()).collect();
        codes.dedup();
        codes.join(" ")
    };
    db.run("alter table response disable trigger all").await.expect("owner");
    db.run("alter table attempt disable trigger all").await.expect("owner");
    for (harm, mend, found) in [
        (
            "update response set body = '{\"raw\": 1}' where version = 2",
            "update response set body = (select body from kept where version = 2) where version = 2",
            "K2",
        ),
        (
            "update response set version = 5 where version = 2",
            "update response set version = 2 where version = 5",
            "K1 K2",
        ),
        (
            "update response set received_at = received_at - interval '1 hour' where version = 2",
            "update response set received_at = received_at + interval '1 hour' where version = 2",
            "K2 K3 K5 K8",
        ),
        ("update attempt set extra_seconds = 60", "update attempt set extra_seconds = 0", "K4"),
        (
            "update attempt set deadline_at = deadline_at + interval '1 minute'",
            "update attempt set deadline_at = deadline_at - interval '1 minute'",
            "K4",
        ),
    ] {
        db.run("create table kept as select * from response").await.expect("owner");
        db.run(harm).await.expect("past the guards");
        assert_eq!(codes().await, found, "{harm}");
        db.run(mend).await.expect("mended");
        db.run("drop table kept").await.expect("owner");
        assert_eq!(codes().await, "", "{mend}");
    }
    let mut scorer = db.pools.scorer.acquire().await.expect("scorer");
    let weak = integrity::list_weakened(&mut scorer).await.expect("list");
    assert!(
        weak.iter().any(|line| line == "response_guard on response: trigger is off"),
        "{weak:?}"
    );
    db.run("alter table response no force row level security").await.expect("owner");
    let weak = integrity::list_weakened(&mut scorer).await.expect("list");
    assert!(weak.iter().any(|line| line == "response: row-level security is not forced"));
}

#[tokio::test]
async fn an_attempt_that_nobody_ended_is_found() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let me = Browser::start(&db, &world.invite(&db).await).await;
    db.shift_clock(660.0).await;
    let found = db.violations().await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&format!("K7 {}", me.attempt)), "{found:?}");
}
