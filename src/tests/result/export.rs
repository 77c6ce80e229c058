//! Files: one instant, one log line, one organisation.

use std::pin::pin;

use futures::StreamExt as _;
use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::report::{Dialect, Kind};
use touchstone::service::export::{self, Order};
use touchstone::service::{Refusal, result};

use super::world::World;

fn plain(world: &World) -> Order {
    world.order(Kind::Results, Dialect::Standard)
}

#[tokio::test]
async fn the_head_of_results_is_the_reviewed_one() {
    let world = World::publish().await;
    world.finished(None, 1).await;
    let bytes = world.file(&world.owner, plain(&world)).await.expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let head: Vec<&str> = text
        .lines()
        .next()
        .expect("a head")
        .split(',')
        .filter(|name| !name.starts_with("skill_"))
        .collect();
    let golden = include_str!("../golden/results.csv");
    assert_eq!(head.join(",") + "\r\n", golden);
    assert!(text.lines().next().expect("a head").contains("skill_"));
}

#[tokio::test]
async fn a_file_shows_one_instant_while_attempts_change() {
    let world = World::publish().await;
    for right in 0..60 {
        world.finished(None, right % 5).await;
    }
    let before = world.file(&world.owner, plain(&world)).await.expect("a file");
    let prepared = export::prepare(&world.ctx, &world.owner, plain(&world)).await.expect("open");
    let (mut bytes, mut is_first) = (Vec::new(), true);
    let sink = async |piece: Vec<u8>| {
        if is_first {
            // After the head and before the rows: the world goes on.
            is_first = false;
            world.finished(Some("Newcomer"), 2).await;
        }
        bytes.extend(piece);
        true
    };
    prepared.write(sink).await.expect("written");
    assert_eq!(bytes, before, "the snapshot was opened before");
    let after = world.file(&world.owner, plain(&world)).await.expect("a file");
    assert!(after.len() > before.len());
}

#[tokio::test]
async fn page_command_line_and_download_give_the_same_bytes_and_log_them() {
    let world = World::publish().await;
    world.finished(Some("Ada"), 2).await;
    world.finished(Some("Bo"), 4).await;
    let order = || Order { reason: "Hiring meeting".to_owned(), ..plain(&world) };
    let plan = export::plan(&world.ctx, &world.owner, order()).await.expect("a plan");
    let page = world.file(&world.owner, order()).await.expect("a file");
    let command = world.file(&Actor::Operator, order()).await.expect("a file");
    assert_eq!(page, command);
    assert_eq!((plan.sum.rows, plan.sum.bytes), (2, page.len()));

    let log = export::list(&world.ctx, &world.owner, Some(world.assessment)).await.expect("a log");
    assert_eq!(log.len(), 2, "a plan is no export");
    for entry in &log {
        assert_eq!((entry.rows, entry.is_complete), (2, true));
        assert_eq!(entry.sha256, plan.sum.sha256());
        assert_eq!(entry.reason.as_deref(), Some("Hiring meeting"));
    }
    assert_eq!(log.iter().filter(|entry| entry.by.is_none()).count(), 1, "the command line");
}

#[tokio::test]
async fn a_download_may_be_asked_again_after_its_end() {
    let world = World::publish().await;
    world.finished(None, 1).await;
    let prepared = export::prepare(&world.ctx, &world.owner, plain(&world)).await.expect("open");
    let mut stream = pin!(prepared.stream());
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await {
        bytes.extend(piece.expect("whole"));
    }
    // As compression does on its way to a browser.
    assert!(stream.next().await.is_none());
    assert_eq!(bytes, world.file(&world.owner, plain(&world)).await.expect("a file"));
}

#[tokio::test]
async fn a_receiver_that_hangs_up_is_written_down() {
    let world = World::publish().await;
    world.finished(None, 1).await;
    let prepared = export::prepare(&world.ctx, &world.owner, plain(&world)).await.expect("open");
    prepared.write(async |_| false).await.expect("written down");
    let log = export::list(&world.ctx, &world.owner, None).await.expect("a log");
    assert_eq!((log[0].is_complete, log[0].rows), (false, 0));
}

#[tokio::test]
async fn private_columns_need_the_permission_and_a_reason() {
    let world = World::publish().await;
    world.start_on(Some("Ada"), 150).await;
    let mut order = plain(&world);
    order.filter.status = None;
    order.wants_private = true;
    let file = async |actor: &Actor, reason: &str| {
        world.file(actor, Order { reason: reason.to_owned(), ..order.clone() }).await
    };
    let recruiter = world.staff(Role::Recruiter).await;
    let refused = file(&recruiter, "Because").await;
    assert!(matches!(refused, Err(Refusal::Forbidden)), "{refused:?}");
    let refused = file(&world.owner, " ").await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    let full = String::from_utf8(file(&world.owner, "Audit").await.expect("a file")).expect("text");
    assert!(full.contains(",150,false,"), "{full}");
    order.wants_private = false;
    let open = world.file(&world.owner, order.clone()).await.expect("a file");
    assert!(!String::from_utf8(open).expect("text").contains(",150,"));
}

#[tokio::test]
async fn another_organisation_finds_nothing() {
    let world = World::publish().await;
    let who = world.finished(None, 1).await;
    let other = World::publish().await;
    // The same database, another organisation.
    let stranger = Actor::Staff {
        account: other.owner.account().expect("staff"),
        organisation: other.organisation,
        role: Role::Owner,
    };
    let refused = export::prepare(&world.ctx, &stranger, plain(&world)).await.err();
    assert!(matches!(refused, Some(Refusal::Hidden)), "{refused:?}");
    let filter = result::Filter::default();
    let refused = result::table(&world.ctx, &stranger, world.assessment, &filter).await.err();
    assert!(matches!(refused, Some(Refusal::Hidden)), "{refused:?}");
    let refused = result::open(&world.ctx, &stranger, who.attempt).await.err();
    assert!(matches!(refused, Some(Refusal::Hidden)), "{refused:?}");
    for role in [Role::Rater] {
        let actor = world.staff(role).await;
        let refused = export::prepare(&world.ctx, &actor, plain(&world)).await.err();
        assert!(matches!(refused, Some(Refusal::Hidden)), "{role:?}: {refused:?}");
    }
}

#[tokio::test]
async fn the_table_filters_searches_sorts_and_shares_ranks() {
    let world = World::publish().await;
    let all = world.items.len();
    for (name, right) in [("Zoe", all), ("ada", all), ("Bo", 0)] {
        world.finished(Some(name), right).await;
    }
    world.start(Some("Still working")).await;
    let table = async |address: &[(&str, &str)]| {
        let filter = result::Filter::read(address.iter().copied());
        result::table(&world.ctx, &world.owner, world.assessment, &filter).await.expect("a table")
    };
    let names = |table: &result::Table| -> Vec<String> {
        table.rows.iter().map(|row| row.name().to_owned()).collect()
    };
    let usual = table(&[]).await;
    assert_eq!(names(&usual), ["ada", "Zoe", "Bo"], "equal people stand by name");
    let ranks: Vec<u32> = usual.rows.iter().filter_map(|row| row.place).map(|p| p.rank).collect();
    assert_eq!((ranks, usual.invited, usual.submitted), (vec![1, 1, 3], 4, 3));
    assert_eq!(names(&table(&[("sort", "-name")]).await), ["Zoe", "Bo", "ada"]);
    assert_eq!(names(&table(&[("from", "60")]).await), ["ada", "Zoe"]);
    assert_eq!(names(&table(&[("q", "ZO")]).await), ["Zoe"]);
    assert_eq!(names(&table(&[("status", "started")]).await), ["Still working"]);
    let none = table(&[("from", "100"), ("q", "bo")]).await;
    assert_eq!((none.matching, none.best), (0, Some(100)));
}
