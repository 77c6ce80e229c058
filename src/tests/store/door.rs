//! What the candidate's door answers.

use touchstone::domain::id::{AttemptId, SaveId};
use touchstone::store::attempt;
use touchstone::store::door::{Declined, Moved, Opened, Saved, Started, Submitted};
use touchstone::store::page::{Openness, State, Viewed};
use touchstone::store::response;

use super::world::{Browser, CANARY, PLAIN, Part, World, digest};
use crate::database::{Db, fresh_id};

const MIXED: &[Part] = &[
    Part { navigation: "free", limit: None, items: 2 },
    Part { navigation: "linear", limit: Some(120), items: 3 },
    Part { navigation: "free", limit: None, items: 1 },
];

#[tokio::test]
async fn an_unknown_link_and_an_unknown_session_say_nothing() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let (me, other) = (Browser::start(&db, &guest).await, world.invite(&db).await);
    let mut conn = me.conn().await;
    let stranger = digest();

    let opened = attempt::open(&mut conn, &digest(), &stranger, "x").await.expect("answer");
    assert_eq!(opened, Opened::Unknown);
    // A good session for another person's invitation is as good as none.
    for invitation in [other.invitation, guest.invitation] {
        let viewed = attempt::view(&mut conn, &stranger, invitation).await.expect("answer");
        assert_eq!(viewed, Viewed::Unknown);
    }
    let viewed = attempt::view(&mut conn, &me.session, other.invitation).await.expect("answer");
    assert_eq!(viewed, Viewed::Unknown);
    let mut thief = Browser::open(&db, &other).await;
    thief.attempt = me.attempt;
    assert_eq!(thief.save(1, 0, "mine").await, Saved::Unknown);
    let submitted = attempt::submit(&mut conn, &thief.session, me.attempt).await.expect("answer");
    assert_eq!(submitted, Submitted::Unknown);
    assert_eq!(me.page().await.state, State::Running);
}

#[tokio::test]
async fn a_session_that_exists_is_never_handed_to_a_second_link() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (first, second) = (world.invite(&db).await, world.invite(&db).await);
    let planted = Browser::open(&db, &first).await;
    let mut conn = planted.conn().await;
    let opened = attempt::open(&mut conn, &second.token, &planted.session, "x").await;
    assert_eq!(opened.expect("answer"), Opened::Unknown);
}

#[tokio::test]
async fn links_that_ended_say_why_and_nothing_about_the_person() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (declined, revoked, expired) =
        (world.invite(&db).await, world.invite(&db).await, world.invite(&db).await);
    let finished = world.invite(&db).await;

    let browser = Browser::open(&db, &declined).await;
    let mut conn = browser.conn().await;
    let said = attempt::decline(&mut conn, &browser.session, declined.invitation).await;
    assert_eq!(said.expect("answer"), Declined::Declined);
    let again = attempt::decline(&mut conn, &browser.session, declined.invitation).await;
    assert_eq!(again.expect("answer"), Declined::Declined);
    let viewed = attempt::view(&mut conn, &browser.session, declined.invitation).await;
    assert!(matches!(viewed, Ok(Viewed::Declined(_))), "{viewed:?}");

    sqlx::query!(
        "update invitation set revoked_at = app_now() where invitation_id = $1",
        revoked.invitation.uuid()
    )
    .execute(&db.owner)
    .await
    .expect("revoked");
    let done = Browser::start(&db, &finished).await;
    attempt::submit(&mut conn, &done.session, done.attempt).await.expect("answer");
    let opened = attempt::open(&mut conn, &declined.token, &digest(), "x").await;
    assert!(matches!(opened, Ok(Opened::Declined(_))), "{opened:?}");
    let opened = attempt::open(&mut conn, &revoked.token, &digest(), "x").await;
    assert!(matches!(opened, Ok(Opened::Revoked(_))), "{opened:?}");
    let opened = attempt::open(&mut conn, &finished.token, &digest(), "x").await;
    let Ok(Opened::Finished(sign)) = opened else { panic!("{opened:?}") };
    assert_eq!(sign.invitation_id, None);
    drop(conn);

    let early = Browser::open(&db, &expired).await;
    db.shift_clock(15.0 * 86_400.0).await;
    let mut conn = early.conn().await;
    let opened = attempt::open(&mut conn, &expired.token, &digest(), "x").await;
    assert!(matches!(opened, Ok(Opened::Expired(_))), "{opened:?}");
    let started = attempt::start(&mut conn, &early.session, AttemptId::new(fresh_id()), None).await;
    assert_eq!(started.expect("answer"), Started::Expired);
}

#[tokio::test]
async fn before_the_start_no_question_is_sent_and_afterwards_only_the_open_ones() {
    let db = Db::fresh().await;
    let world = World::publish(&db, MIXED).await;
    let guest = world.invite(&db).await;
    let mut me = Browser::open(&db, &guest).await;

    let welcome = me.page().await;
    assert_eq!((welcome.state, welcome.items.len()), (State::Invited, 0));
    assert_eq!(welcome.sections.len(), 3);
    me.begin().await;

    let open = |page: &touchstone::store::page::Page| -> Vec<i32> {
        page.items.iter().filter(|place| place.question.is_some()).map(|p| p.position).collect()
    };
    assert_eq!(open(&*me.page().await), [1, 2]);
    assert_eq!(me.save(3, 0, "too early").await, Saved::NotOpen);
    let go = async |section, position| {
        let mut conn = me.conn().await;
        let moved = attempt::section(&mut conn, &me.session, me.attempt, section, position).await;
        moved.expect("answer").outcome
    };
    // The strict section in between cannot be skipped.
    assert_eq!(go(3, None).await, Moved::NotOpen);
    assert_eq!(go(2, None).await, Moved::Ok);
    assert_eq!(open(&*me.page().await), [1, 2, 3]);
    assert_eq!(go(2, Some(5)).await, Moved::NotOpen);
    assert_eq!(go(2, Some(4)).await, Moved::Ok);
    assert_eq!(go(2, Some(4)).await, Moved::Ok, "a double click moves once");
    assert_eq!(open(&*me.page().await), [1, 2, 4]);
    assert_eq!(go(2, Some(3)).await, Moved::SectionClosed);
    // The free section is open all the time, the strict one is left for good.
    assert_eq!(go(1, None).await, Moved::Ok);
    assert_eq!(go(2, None).await, Moved::SectionClosed);
    assert_eq!(me.save(4, 0, "after leaving").await, Saved::SectionClosed);
    assert_eq!(go(3, None).await, Moved::Ok);
    let page = me.page().await;
    assert_eq!(open(&page), [1, 2, 6]);
    let states: Vec<_> = page.sections.iter().map(|section| section.state).collect();
    assert_eq!(states, [Openness::Open, Openness::Closed, Openness::Open]);
    assert_eq!(go(9, None).await, Moved::NotOpen);
}

#[tokio::test]
async fn no_key_and_no_item_code_leaves_through_the_door() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    me.save(1, 0, "a").await;
    let mut conn = me.conn().await;
    let texts = sqlx::query_scalar!(
        r#"select array[door.view($1, $2)::text, door.submit($1, $3)::text, door.receipt($1, $2)::text]
             as "texts!""#,
        me.session.as_slice(),
        me.invitation.uuid(),
        me.attempt.uuid(),
    )
    .fetch_one(&mut *conn)
    .await
    .expect("answers");
    for text in &texts {
        assert!(!text.contains(CANARY) && !text.contains("item-"), "{text}");
    }
    assert!(texts[0].contains("prompt of"), "the page has its questions");
}

#[tokio::test]
async fn a_repeated_save_gets_its_first_answer_even_after_the_end() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    let save = SaveId::new(fresh_id());

    let first = me.save_as(1, 0, save, "a").await.outcome;
    assert!(matches!(first, Saved::Saved { version: 1, is_late: false, .. }), "{first:?}");
    assert_eq!(me.save_as(1, 0, save, "a").await.outcome, first);
    assert_eq!(me.save_as(1, 0, save, "b").await.outcome, Saved::Reused);
    assert_eq!(me.save_as(2, 0, save, "a").await.outcome, Saved::Reused);
    assert!(matches!(me.save(1, 1, "c").await, Saved::Saved { version: 2, .. }));
    assert_eq!(me.save_as(1, 0, save, "a").await.outcome, first, "older, but it was saved");
    let mut conn = me.conn().await;
    let receipt = attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer");
    assert_eq!(me.save_as(1, 0, save, "a").await.outcome, first);
    let other = SaveId::new(fresh_id());
    assert_eq!(me.save_as(1, 2, other, "late").await.outcome, Saved::Finished);
    assert_eq!(me.save_as(1, 2, other, "late").await.outcome, Saved::Finished);
    assert_eq!(me.save_as(1, 2, other, "later").await.outcome, Saved::Reused);
    let again = attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer");
    assert_eq!(again, receipt);
    let read = attempt::receipt(&mut conn, &me.session, me.invitation).await.expect("answer");
    assert_eq!(read, receipt);
    assert_eq!(db.violations().await, [""; 0]);
}

#[tokio::test]
async fn a_change_made_on_an_old_version_gets_the_newer_one_back() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    me.save(1, 0, "first").await;
    me.save(2, 0, "elsewhere").await;
    let Saved::Stale { version, body, .. } = me.save(1, 0, "blind").await else { panic!() };
    assert_eq!(version, 1);
    assert_eq!(body.expect("body")["raw"]["value"][0], "first");
    // The version of another question is no base for this one.
    assert!(matches!(me.save(1, 2, "wrong base").await, Saved::Stale { version: 1, .. }));
    assert!(matches!(me.save(3, 1, "wrong base").await, Saved::Stale { version: 0, .. }));
    assert!(matches!(me.save(1, 1, "second").await, Saved::Saved { version: 3, .. }));
    assert_eq!(me.save(4, 0, "off the paper").await, Saved::NoPosition);
    assert_eq!(me.save(1, 3, &"x".repeat(70_000)).await, Saved::TooBig);
}

#[tokio::test]
async fn the_newest_device_takes_over_and_the_older_ones_text_is_kept() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let guest = world.invite(&db).await;
    let old = Browser::start(&db, &guest).await;
    let new = old.beside(&db, &guest).await;
    assert!(old.page().await.attempt.expect("running").is_holder);
    assert!(!new.page().await.attempt.expect("running").is_holder);
    assert_eq!(new.save(1, 0, "not yet").await, Saved::OtherDevice);
    let mut conn = new.conn().await;
    let submitted = attempt::submit(&mut conn, &new.session, new.attempt).await.expect("answer");
    assert_eq!(submitted, Submitted::OtherDevice);
    for _ in 0..2 {
        let moved = attempt::take_over(&mut conn, &new.session, new.attempt).await;
        assert_eq!(moved.expect("answer").outcome, Moved::Ok);
    }
    let save = SaveId::new(fresh_id());
    assert_eq!(old.save_as(1, 0, save, "typed before").await.outcome, Saved::OtherDevice);
    let flagged = response::flag(&mut conn, &old.session, old.attempt, 1, true).await;
    assert_eq!(flagged.expect("answer").outcome, Moved::OtherDevice);
    assert!(matches!(new.save(1, 0, "here").await, Saved::Saved { version: 1, .. }));
    // A refusal is decided anew: back on the first device the waiting text meets the newer version.
    let moved = attempt::take_over(&mut conn, &old.session, old.attempt).await;
    assert_eq!(moved.expect("answer").outcome, Moved::Ok);
    assert!(matches!(
        old.save_as(1, 0, save, "typed before").await.outcome,
        Saved::Stale { version: 1, .. }
    ));
    drop(conn);
    let reasons = sqlx::query_scalar!("select reason from late_answer order by received_at")
        .fetch_all(&db.owner)
        .await
        .expect("late text");
    assert_eq!(reasons, ["other_device", "other_device"]);
}

#[tokio::test]
async fn a_flag_stays_until_it_is_taken_away() {
    let db = Db::fresh().await;
    let world = World::publish(&db, MIXED).await;
    let guest = world.invite(&db).await;
    let me = Browser::start(&db, &guest).await;
    let mut conn = me.conn().await;
    for (position, wanted, outcome) in [
        (1, true, Moved::Ok),
        (1, true, Moved::Ok),
        (2, true, Moved::Ok),
        (2, false, Moved::Ok),
        (3, true, Moved::NotOpen),
        (99, true, Moved::NotOpen),
    ] {
        let done = response::flag(&mut conn, &me.session, me.attempt, position, wanted).await;
        assert_eq!(done.expect("answer").outcome, outcome, "{position}");
    }
    drop(conn);
    let flags: Vec<_> = me.page().await.items.iter().map(|place| place.is_flagged).collect();
    assert_eq!(flags, [true, false, false, false, false, false]);
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_but_not_the_browser_that_works() {
    let db = Db::fresh().await;
    let world = World::publish(&db, PLAIN).await;
    let (guest, waiting) = (world.invite(&db).await, world.invite(&db).await);
    let (holder, watcher) = (Browser::start(&db, &guest).await, Browser::open(&db, &guest).await);
    let early = Browser::open(&db, &waiting).await;
    let fresh_token = digest();
    let mut tx =
        touchstone::store::tenant::begin(&db.pools.staff, world.organisation).await.expect("staff");
    sqlx::query!(
        "update invitation set token_sha256 = $2 where invitation_id = $1",
        guest.invitation.uuid(),
        fresh_token.as_slice(),
    )
    .execute(&mut *tx)
    .await
    .expect("renewed");
    sqlx::query!(
        "update invitation set token_sha256 = sha256('another') where invitation_id = $1",
        waiting.invitation.uuid(),
    )
    .execute(&mut *tx)
    .await
    .expect("renewed");
    tx.commit().await.expect("renewed");
    let mut conn = holder.conn().await;
    let viewed = attempt::view(&mut conn, &early.session, waiting.invitation).await;
    assert_eq!(viewed.expect("answer"), Viewed::Unknown);
    let started = attempt::start(&mut conn, &early.session, early.attempt, None).await;
    assert_eq!(started.expect("answer"), Started::Unknown);
    let declined = attempt::decline(&mut conn, &early.session, waiting.invitation).await;
    assert_eq!(declined.expect("answer"), Declined::Unknown);
    let opened = attempt::open(&mut conn, &guest.token, &digest(), "x").await.expect("answer");
    assert_eq!(opened, Opened::Unknown);
    let viewed = attempt::view(&mut conn, &watcher.session, guest.invitation).await;
    assert_eq!(viewed.expect("answer"), Viewed::Unknown);
    assert!(matches!(holder.save(1, 0, "on").await, Saved::Saved { .. }));
    let opened = attempt::open(&mut conn, &fresh_token, &digest(), "x").await.expect("answer");
    assert!(matches!(opened, Opened::Ok(_)));
}
