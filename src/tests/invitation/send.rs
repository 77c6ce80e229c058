//! A list goes out whole or not at all, once.
#![expect(clippy::format_collect, reason = "tests read better so")]

use touchstone::domain::account::Role;
use touchstone::domain::guest_list::Fault;
use touchstone::domain::invitation::{OwnTime, Status};
use touchstone::service::Refusal;
use touchstone::service::invitation::send::{self, Ask, Outcome, Verdict};
use touchstone::service::invitation::{self};
use touchstone::store::invitee::Which;

use super::world::{World, draft, found, returned};

const LIST: &str =
    "Ada Lindqvist <ada@example.org>, 1.5\nkofi@example.org\nJun Park, jun@example.org, untimed";

#[tokio::test]
async fn everybody_on_a_list_gets_a_paper_a_mail_and_a_link_that_opens() {
    let world = World::publish().await;
    assert_eq!(world.invite(LIST).await, 3);
    let invitees = world.invitees().await;
    let mut told: Vec<_> =
        invitees.iter().map(|one| (one.called(), one.time, one.status)).collect();
    told.sort_by_key(|one| one.0);
    assert_eq!(
        told,
        [
            ("Ada Lindqvist", OwnTime { factor_percent: 150, is_untimed: false }, Status::Invited),
            ("Jun Park", OwnTime::UNTIMED, Status::Invited),
            ("kofi@example.org", OwnTime::USUAL, Status::Invited),
        ]
    );
    for link in world.links().await {
        world.start(&link).await;
    }
    assert!(world.invitees().await.iter().all(|one| one.status == Status::Started));
    assert!(world.db.violations().await.is_empty());
}

#[tokio::test]
async fn the_mail_says_who_asks_what_for_how_long_and_until_when() {
    let world = World::publish().await;
    world.invite("Ada Lindqvist <ada@example.org>, 1.5").await;
    world.links().await;
    let entries =
        touchstone::service::outbox::list(&world.ctx, &world.owner).await.expect("the outbox");
    let mail = world.ctx.mailer.written(entries[0].id).expect("written").replace("=\r\n", "");
    for part in
        ["Ada Lindqvist", "Halden Freight", "extended from", "Oslo time", "jobs@halden.example"]
    {
        assert!(mail.contains(part), "{part} is not in {mail}");
    }
    assert!(entries[0].delivered_at.is_some());
}

#[tokio::test]
async fn the_same_list_twice_even_at_once_sends_once() {
    let world = World::publish().await;
    let (one, two) = tokio::join!(world.send(LIST), world.send(LIST));
    let sent =
        |outcome: &Result<Outcome, Refusal>| matches!(outcome, Ok(Outcome::Sent { sent: 3, .. }));
    assert!(sent(&one) ^ sent(&two), "{one:?} {two:?}");
    let again = returned(world.send(LIST).await);
    assert_eq!(again.count(|one| *one == Verdict::Taken(Status::Invited)), 3);
    assert_eq!((world.count("invitation").await, world.count("outbox").await), (3, 3));
    let Ok(Outcome::Sent { sent, left_out }) =
        world.send(&format!("{LIST}\nnew@example.org\nnew@example.org")).await
    else {
        panic!("one is new")
    };
    assert_eq!((sent, left_out), (1, 4));
}

#[tokio::test]
async fn a_wrong_line_stops_all_until_somebody_chooses_to_leave_it_out() {
    let world = World::publish().await;
    let list = format!("{LIST}\ngreta@example\nkofi@example.org");
    let checked = returned(world.send(&list).await);
    assert_eq!((checked.ready(), checked.wrong()), (3, 1));
    assert!(matches!(checked.lines[3].1, Verdict::Wrong(Fault::Email(_))));
    assert_eq!(checked.lines[4].1, Verdict::Repeats(2));
    for table in ["invitation", "candidate", "paper_item", "outbox"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    let ask = Ask { until: world.in_days(14).await, skips_wrong: true, ..world.ask(&list) };
    let sent = send::send(&world.ctx, &world.owner, world.assessment, ask).await;
    assert!(matches!(sent, Ok(Outcome::Sent { sent: 3, left_out: 2 })), "{sent:?}");
}

#[tokio::test]
async fn what_is_typed_beside_the_list_is_refused_at_its_field() {
    let world = World::publish().await;
    let ask =
        Ask { list: " \n".into(), until: "2020-01-01".into(), time: "9".into(), ..Ask::default() };
    let Err(Refusal::Invalid(fields)) =
        send::send(&world.ctx, &world.owner, world.assessment, ask).await
    else {
        panic!("three fields are wrong")
    };
    let told: Vec<_> = fields.iter().map(|field| (field.field.as_str(), field.code)).collect();
    assert_eq!(told, [("to", "list-empty"), ("until", "date-past"), ("time", "time-factor")]);
}

#[tokio::test]
async fn hostile_names_are_stored_as_text() {
    let world = World::publish().await;
    let long = "x".repeat(200);
    let list = format!(
        "=cmd|' /C calc'!A0 <a@example.org>\nN\0ul <b@example.org>\n{long} <c@example.org>\n{long}x <d@example.org>"
    );
    let checked = returned(world.send(&list).await);
    assert_eq!((checked.ready(), checked.wrong()), (3, 1));
    let ask = Ask { until: world.in_days(14).await, skips_wrong: true, ..world.ask(&list) };
    send::send(&world.ctx, &world.owner, world.assessment, ask).await.expect("sent");
    let mut names: Vec<_> = world.invitees().await.into_iter().filter_map(|one| one.name).collect();
    names.sort();
    assert_eq!(names, ["=cmd|' /C calc'!A0", "N\u{fffd}ul", long.as_str()]);
}

#[tokio::test]
async fn a_name_that_is_known_stays_and_what_is_missing_is_filled_in() {
    let world = World::publish().await;
    world.invite("ada@example.org").await;
    let second = draft(&world.ctx, &world.owner).await;
    super::world::publish(&world.ctx, &world.owner, second).await;
    let until = world.in_days(14).await;
    for list in ["email,name,external_id\nada@example.org,Ada,E-1", "Somebody <ada@example.org>"] {
        let ask = Ask { until: until.clone(), ..world.ask(list) };
        send::send(&world.ctx, &world.owner, second, ask).await.expect("sent");
    }
    let ada = world.only().await;
    assert_eq!((ada.name.as_deref(), ada.external_id.as_deref()), (Some("Ada"), Some("E-1")));
}

#[tokio::test]
async fn a_draft_is_not_sent_and_says_so() {
    let world = World::publish().await;
    let draft = draft(&world.ctx, &world.owner).await;
    let ask = Ask { until: world.in_days(14).await, ..world.ask(LIST) };
    let refused = send::send(&world.ctx, &world.owner, draft, ask).await;
    assert!(matches!(refused, Err(Refusal::Conflict("assessment-not-published"))), "{refused:?}");
}

#[tokio::test]
async fn another_organisation_finds_nothing_by_any_id() {
    let world = World::publish().await;
    world.invite(LIST).await;
    let (_, stranger) = found(&world.db, "Other Ltd").await;
    let (ctx, id) = (&world.ctx, world.assessment);
    let hidden = |refusal: Refusal| assert!(matches!(refusal, Refusal::Hidden), "{refusal:?}");
    hidden(invitation::desk(ctx, &stranger, id).await.expect_err("hidden"));
    hidden(send::check(ctx, &stranger, id, &world.ask(LIST)).await.expect_err("hidden"));
    hidden(send::send(ctx, &stranger, id, world.ask(LIST)).await.expect_err("hidden"));
    let none = invitation::list(ctx, &stranger, id, &Which::default(), 1).await.expect("a table");
    assert_eq!((none.rows.len(), none.all), (0, 0));
    let one = world.invitees().await[0].invitation;
    hidden(invitation::find(ctx, &stranger, id, one).await.expect_err("hidden"));
}

#[tokio::test]
async fn a_recruiter_invites_but_does_not_see_who_has_extra_time() {
    let world = World::publish().await;
    world.invite(LIST).await;
    let recruiter = world.colleague(Role::Recruiter).await;
    let seen =
        invitation::list(&world.ctx, &recruiter, world.assessment, &Which::default(), 1).await;
    assert!(seen.expect("a table").rows.iter().all(|one| one.time == OwnTime::USUAL));
    for role in [Role::Hr, Role::Rater] {
        let actor = world.colleague(role).await;
        let refused =
            send::send(&world.ctx, &actor, world.assessment, world.ask("x@example.org")).await;
        assert!(matches!(refused, Err(Refusal::Forbidden | Refusal::Hidden)), "{refused:?}");
    }
}

#[tokio::test]
async fn the_table_is_filtered_and_paged() {
    let world = World::publish().await;
    let list: String = (0..120).map(|n| format!("Person {n:03} <p{n:03}@example.org>\n")).collect();
    assert_eq!(world.invite(&list).await, 120);
    let get = async |which: Which, page| {
        invitation::list(&world.ctx, &world.owner, world.assessment, &which, page)
            .await
            .expect("a table")
    };
    let last = get(Which::default(), 3).await;
    assert_eq!((last.rows.len(), last.first, last.all), (20, 100, 120));
    let search = |text: &str| Which { search: Some(text.into()), status: None };
    assert_eq!(get(search("PERSON 01"), 1).await.all, 10);
    assert_eq!(get(search("%"), 1).await.all, 0);
    assert_eq!(get(Which { status: Some(Status::Opened), search: None }, 1).await.all, 0);
    assert_eq!(get(Which::default(), i64::MAX).await.rows.len(), 0);
}

#[tokio::test]
async fn two_thousand_people_are_invited_in_one_go() {
    let world = World::publish().await;
    let list: String = (0..2_000).map(|n| format!("p{n}@example.org\n")).collect();
    assert_eq!(world.invite(&list).await, 2_000);
    assert_eq!((world.count("invitation").await, world.count("outbox").await), (2_000, 2_000));
    let again = returned(world.send(&list).await);
    assert_eq!(again.count(|one| matches!(one, Verdict::Taken(_))), 2_000);
}
