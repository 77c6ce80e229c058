//! Papers take approved items of the own bank, and of no other.

use touchstone::domain::assessment::{Draft, Draw, Section};
use touchstone::domain::bank_review::Verb;
use touchstone::domain::id::ItemCode;
use touchstone::service::bank::{self, write};
use touchstone::service::{Refusal, assessment};
use touchstone::store::{assessment as rows, tenant};

use super::world::{World, item};

const CODE: &str = "arch-x001-double-weight";
const SKILL: &str = "arch.distributed-systems";

fn plan(code: &ItemCode) -> Draft {
    Draft {
        title: "Own and shipped".to_owned(),
        limit_minutes: 60,
        sections: vec![Section {
            name: "All".to_owned(),
            picks: vec![code.clone()],
            draws: vec![Draw {
                skills: vec![SKILL.parse().expect("a skill")],
                count: 1,
                ..Draw::default()
            }],
            ..Section::default()
        }],
        ..Draft::default()
    }
}

#[tokio::test]
async fn an_approved_item_is_drawn_like_a_shipped_one() {
    let world = World::found().await;
    let code = world.create(&item(CODE, SKILL)).await;
    let second = world.approved(&item("arch-x002-double-weight", SKILL)).await;
    let id = assessment::create(&world.ctx, &world.writer, plan(&code)).await.expect("made");
    let early = assessment::publish(&world.ctx, &world.writer, id, 1).await;
    let Err(Refusal::Invalid(fields)) = early else { panic!("{early:?}") };
    assert_eq!(fields[0].code, "item-unknown", "a draft is in no paper");

    world.step(&world.writer, &code, 1, Verb::Submitted).await.expect("submitted");
    world.step(&world.reviewer, &code, 1, Verb::Approved).await.expect("approved");
    // A newer draft does not change what papers are drawn from.
    let changed = item(CODE, SKILL).replace("seconds = 90", "seconds = 140");
    write::revise(&world.ctx, &world.writer, &code, 1, changed).await.expect("revised");
    let version = assessment::publish(&world.ctx, &world.writer, id, 1).await.expect("published");
    let mut tx = tenant::begin(&world.db.pools.staff, world.organisation).await.expect("staff");
    let stored = rows::find_version(&mut tx, version).await.expect("read").expect("there");
    let find = |code: &ItemCode| stored.items.iter().find(|(_, it)| it.facts.code == *code);
    let (_, kept) = find(&code).expect("the pick");
    assert_eq!((kept.facts.revision, kept.body.seconds.get()), (1, 90));
    assert!(find(&second).is_some(), "the draw may take own items");
    assert!(stored.items.len() > 2, "and shipped ones");
    let bank = bank::of(&world.ctx, &world.writer).await.expect("bank");
    let (totals, _) = assessment::figures(&bank, &plan(&code));
    assert!((1..100).contains(&totals.public_hundredths), "one of two items may be public");
}

#[tokio::test]
async fn the_items_of_another_organisation_are_not_there() {
    let world = World::found().await;
    let code = world.approved(&item(CODE, SKILL)).await;
    let id = assessment::create(&world.ctx, &world.stranger, plan(&code)).await.expect("made");
    let refused = assessment::publish(&world.ctx, &world.stranger, id, 1).await;
    let Err(Refusal::Invalid(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields[0].code, "item-unknown");
    let theirs = bank::of(&world.ctx, &world.stranger).await.expect("bank");
    assert_eq!(theirs.len(), touchstone::catalog::bank().len());
}

#[tokio::test]
async fn a_retired_item_leaves_the_next_paper_and_stays_in_old_ones() {
    let world = World::found().await;
    let code = world.approved(&item(CODE, SKILL)).await;
    let id = assessment::create(&world.ctx, &world.writer, plan(&code)).await.expect("made");
    let version = assessment::publish(&world.ctx, &world.writer, id, 1).await.expect("published");
    world.step(&world.writer, &code, 1, Verb::Retired).await.expect("retired");
    let again = assessment::publish(&world.ctx, &world.writer, id, 1).await;
    assert!(matches!(again, Err(Refusal::Invalid(_))), "{again:?}");
    let mut tx = tenant::begin(&world.db.pools.staff, world.organisation).await.expect("staff");
    let stored = rows::find_version(&mut tx, version).await.expect("read").expect("there");
    assert!(stored.items.iter().any(|(_, item)| item.facts.code == code));
}

#[tokio::test]
async fn what_says_nearly_the_same_is_listed() {
    let world = World::found().await;
    world.create(&item(CODE, SKILL)).await;
    let stock = bank::stock(&world.ctx, &world.writer).await.expect("bank");
    let other =
        item("arch-x002-other-weight", SKILL).replace("half of the customers", "some people");
    let found = bank::check::check(&stock, &other);
    assert_eq!(found.near[0].0.card.code.as_str(), CODE);
    assert!(found.near[0].1 > 8_000 && found.near.len() == 1, "{:?}", found.near[0].1);
    let (path, shipped) = touchstone::catalog::ITEM_FILES[0];
    let code = path.rsplit('/').next().expect("a name").trim_end_matches(".toml");
    let copy = shipped.replace(code, "x-0001-copy");
    let found = bank::check::check(&stock, &copy);
    assert_eq!(found.near[0].0.card.code.as_str(), code, "copies of shipped items are found");
}
