//! Acts on one invitation and on its attempt.

use touchstone::domain::invitation::{OwnTime, Status};
use touchstone::service::Refusal;
use touchstone::service::desk::{self, Act};
use touchstone::service::invitation;
use touchstone::service::invitation::act::{self, Target};
use touchstone::store::door::Opened;

use super::world::{World, found};

async fn invited() -> (World, Target, String) {
    let world = World::publish().await;
    world.invite("Ada Lindqvist <ada@example.org>").await;
    let target = Target { assessment: world.assessment, invitation: world.only().await.invitation };
    let link = world.links().await.remove(0);
    (world, target, link)
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_at_once() {
    let (world, target, old) = invited().await;
    let new = act::renew_link(&world.ctx, &world.owner, target).await.expect("a link");
    assert!(matches!(world.open(&old).await, Opened::Unknown));
    assert!(matches!(world.open(&new).await, Opened::Ok(_)));
    assert_eq!(
        world.trail(target.invitation).await,
        ["invitation.sent", "invitation.link_renewed", "invitation.opened"]
    );
}

#[tokio::test]
async fn a_mail_that_waits_with_an_ended_link_is_not_sent() {
    let world = World::publish().await;
    world.invite("ada@example.org").await;
    let target = Target { assessment: world.assessment, invitation: world.only().await.invitation };
    act::renew_link(&world.ctx, &world.owner, target).await.expect("a link");
    assert!(world.links().await.is_empty());
    assert!(!world.only().await.has_lost_mail, "it was taken back, not lost");
}

#[tokio::test]
async fn sending_again_mails_a_link_that_replaces_the_first() {
    let (world, target, old) = invited().await;
    act::resend(&world.ctx, &world.owner, target).await.expect("sent");
    let links = world.links().await;
    assert_eq!(links.len(), 2);
    assert!(matches!(world.open(&old).await, Opened::Unknown));
    assert!(matches!(world.open(&links[1]).await, Opened::Ok(_)));
}

#[tokio::test]
async fn a_withdrawn_invitation_ends_at_once_and_the_person_can_be_asked_again() {
    let (world, target, link) = invited().await;
    act::revoke(&world.ctx, &world.owner, target).await.expect("withdrawn");
    act::revoke(&world.ctx, &world.owner, target).await.expect("twice is once");
    assert!(matches!(world.open(&link).await, Opened::Revoked(_)));
    let refused = act::resend(&world.ctx, &world.owner, target).await;
    assert!(matches!(refused, Err(Refusal::Conflict("invitation-closed"))), "{refused:?}");
    assert_eq!(world.invite("ada@example.org").await, 1);
}

#[tokio::test]
async fn a_later_day_opens_an_expired_invitation_again() {
    let (world, target, link) = invited().await;
    world.db.shift_clock(20.0 * 86_400.0).await;
    assert_eq!(world.only().await.status, Status::Expired);
    let refused = act::renew_link(&world.ctx, &world.owner, target).await;
    assert!(matches!(refused, Err(Refusal::Conflict("invitation-expired"))), "{refused:?}");
    let day = world.in_days(3).await;
    let past = act::extend(&world.ctx, &world.owner, target, "2020-01-01".into(), false).await;
    assert!(matches!(past, Err(Refusal::Invalid(_))), "{past:?}");
    act::extend(&world.ctx, &world.owner, target, day, false).await.expect("extended");
    assert!(matches!(world.open(&link).await, Opened::Ok(_)));
    assert_eq!(world.only().await.status, Status::Opened);
}

#[tokio::test]
async fn time_is_set_before_the_start_and_given_after_it() {
    let (world, target, link) = invited().await;
    let (ctx, owner) = (&world.ctx, &world.owner);
    act::set_time(ctx, owner, target, "1.25".into()).await.expect("set");
    assert_eq!(world.only().await.time, OwnTime { factor_percent: 125, is_untimed: false });
    let attempt = world.start(&link).await;
    for refused in
        [act::set_time(ctx, owner, target, "2".into()).await, act::revoke(ctx, owner, target).await]
    {
        assert!(matches!(refused, Err(Refusal::Conflict("invitation-started"))), "{refused:?}");
    }
    let own =
        async || desk::live(ctx, owner, world.assessment, None).await.expect("live").runners[0].own;
    let before = own().await;
    let give = async |minutes: &str, reason: &str| {
        desk::act(ctx, owner, world.assessment, attempt, Act::Incident, minutes, reason).await
    };
    for (minutes, reason) in [("5", " "), ("0", "x"), ("-5", "x"), ("x", "x"), ("1441", "x")] {
        let refused = give(minutes, reason).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{minutes} {reason}: {refused:?}");
    }
    give("5", "fire alarm").await.expect("given");
    assert_eq!(own().await.get() - before.get(), 300);
    let live = desk::live(ctx, owner, world.assessment, Some(attempt)).await.expect("live");
    assert_eq!(live.deeds[0].reason.as_deref(), Some("fire alarm"));
    assert!(live.chosen.is_some());
}

#[tokio::test]
async fn an_attempt_is_ended_opened_again_and_voided_with_a_reason() {
    let (world, _, link) = invited().await;
    let attempt = world.start(&link).await;
    let act = async |act, reason: &str| {
        desk::act(&world.ctx, &world.owner, world.assessment, attempt, act, "", reason).await
    };
    act(Act::End, "left the room").await.expect("ended");
    assert_eq!(world.only().await.status, Status::Submitted);
    let refused = act(Act::End, "again").await;
    assert!(matches!(refused, Err(Refusal::Conflict("attempt-finished"))), "{refused:?}");
    act(Act::Reopen, "was a mistake").await.expect("open again");
    assert_eq!(world.only().await.status, Status::Started);
    act(Act::Void, "wrong person").await.expect("voided");
    assert_eq!(world.only().await.status, Status::Voided);
    assert!(world.db.violations().await.is_empty());
}

#[tokio::test]
async fn another_organisation_can_do_nothing_by_any_id() {
    let (world, target, link) = invited().await;
    let attempt = world.start(&link).await;
    let (_, stranger) = found(&world.db, "Other Ltd").await;
    let (ctx, id) = (&world.ctx, world.assessment);
    let outcomes = [
        act::renew_link(ctx, &stranger, target).await.map(|_| ()),
        act::resend(ctx, &stranger, target).await,
        act::revoke(ctx, &stranger, target).await,
        act::extend(ctx, &stranger, target, world.in_days(3).await, true).await,
        act::set_time(ctx, &stranger, target, "2".into()).await,
        desk::act(ctx, &stranger, id, attempt, Act::Incident, "5", "x").await,
        desk::act(ctx, &stranger, id, attempt, Act::Void, "", "x").await,
        desk::live(ctx, &stranger, id, None).await.map(|_| ()),
        invitation::find(ctx, &stranger, id, target.invitation).await.map(|_| ()),
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, Err(Refusal::Hidden)), "{outcome:?}");
    }
}
