//! Sessions, resets and the first start, as the database decides them.

use sqlx::PgPool;
use uuid::Uuid;

use super::world::{PLAIN, World, digest};
use crate::database::{Db, fresh_id};

const IDLE: i32 = 30 * 60;
const ABSOLUTE: i32 = 12 * 60 * 60;

async fn sign_in(staff: &PgPool, account: Uuid) -> [u8; 32] {
    let session = digest();
    let made = sqlx::query_scalar!(
        r#"select office.create_session($1, '{}', $2, 'agent', app_now() + interval '30 minutes')
             as "made!""#,
        session.as_slice(),
        account,
    )
    .fetch_one(staff)
    .await;
    assert!(made.expect("an answer"));
    session
}

/// The role of whoever the session belongs to; none when it is over.
async fn role(staff: &PgPool, session: &[u8; 32]) -> Option<String> {
    sqlx::query_scalar!(
        r#"select role as "role!" from office.load_session($1, $2, $3)"#,
        session.as_slice(),
        IDLE,
        ABSOLUTE,
    )
    .fetch_optional(staff)
    .await
    .expect("an answer")
}

#[tokio::test]
async fn a_session_lives_from_use_and_never_longer_than_a_working_day() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let staff = &db.pools.staff;
    let (used, idle) =
        (sign_in(staff, world.account.uuid()).await, sign_in(staff, world.account.uuid()).await);
    db.shift_clock(29.0 * 60.0).await;
    assert_eq!(role(staff, &used).await.as_deref(), Some("owner"));
    db.shift_clock(2.0 * 60.0).await;
    assert_eq!(role(staff, &idle).await, None);
    for _ in 0..24 {
        assert!(role(staff, &used).await.is_some());
        db.shift_clock(29.0 * 60.0).await;
    }
    assert_eq!(role(staff, &used).await, None, "twelve hours are over");
}

#[tokio::test]
async fn what_an_account_loses_its_sessions_lose_at_once() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (staff, account) = (&db.pools.staff, world.account.uuid());
    let (one, two) = (sign_in(staff, account).await, sign_in(staff, account).await);
    sqlx::query!("update account set role = 'hr' where account_id = $1", account)
        .execute(&db.owner)
        .await
        .expect("another role");
    assert_eq!(role(staff, &one).await.as_deref(), Some("hr"));
    let ended = sqlx::query_scalar!(
        r#"select office.end_sessions_of($1, $2) as "ended!""#,
        account,
        one.as_slice(),
    )
    .fetch_one(staff)
    .await;
    assert_eq!(ended.expect("an answer"), 1);
    assert_eq!((role(staff, &two).await, role(staff, &one).await.is_some()), (None, true));
    // A request that was under way must not bring an ended session back.
    let saved = sqlx::query_scalar!(
        r#"select office.save_session($1, '{}', $2, app_now() + interval '1 hour') as "saved!""#,
        two.as_slice(),
        account,
    )
    .fetch_one(staff)
    .await;
    assert!(!saved.expect("an answer"));
    assert_eq!(role(staff, &two).await, None);
    sqlx::query!("update account set disabled_at = app_now() where account_id = $1", account)
        .execute(&db.owner)
        .await
        .expect("disabled");
    assert_eq!(role(staff, &one).await, None);
}

#[tokio::test]
async fn a_reset_works_once_and_only_the_newest_one() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (staff, account) = (&db.pools.staff, world.account.uuid());
    let session = sign_in(staff, account).await;
    let create = async |secret: &[u8; 32]| {
        sqlx::query_scalar!(
            r#"select office.create_reset($1, $2, 'reset', 3600) as "made!""#,
            secret.as_slice(),
            account,
        )
        .fetch_one(staff)
        .await
        .expect("an answer")
    };
    let spend = async |secret: &[u8; 32]| {
        sqlx::query_scalar!("select office.use_reset($1, 'new hash')", secret.as_slice())
            .fetch_one(staff)
            .await
            .expect("an answer")
    };
    let (old, new, late) = (digest(), digest(), digest());
    assert!(create(&old).await && create(&new).await);
    assert_eq!(spend(&old).await, None);
    assert_eq!(spend(&new).await, Some(account));
    assert_eq!(spend(&new).await, None);
    assert_eq!(role(staff, &session).await, None, "a new password ends every session");
    assert!(create(&late).await);
    db.shift_clock(3_601.0).await;
    assert_eq!(spend(&late).await, None);
    assert_eq!(spend(&digest()).await, None);
}

#[tokio::test]
async fn the_first_organisation_is_made_once_by_the_one_time_secret() {
    let db = Db::fresh().await;
    let staff = &db.pools.staff;
    let secret = digest();
    let made = sqlx::query_scalar!(
        r#"select office.create_bootstrap($1, 600) as "made!""#,
        secret.as_slice()
    )
    .fetch_one(staff)
    .await;
    assert!(made.expect("an answer"));
    let spend = async |secret: &[u8; 32], address: &str| {
        sqlx::query_scalar!(
            r#"select office.use_bootstrap($1, $2, 'Halden', 'Europe/Oslo', $3, $4, 'Ines', 'hash')
                 as "used!""#,
            secret.as_slice(),
            fresh_id(),
            fresh_id(),
            address,
        )
        .fetch_one(staff)
        .await
        .expect("an answer")
    };
    assert!(!spend(&digest(), "x@example.org").await);
    assert!(spend(&secret, "Ines@Example.org").await);
    assert!(!spend(&secret, "x@example.org").await);
    let found = sqlx::query_scalar!(
        r#"select password_hash as "hash!" from office.find_sign_in('INES@example.org')"#
    )
    .fetch_all(staff)
    .await;
    assert_eq!(found.expect("an answer"), ["hash"]);
}
