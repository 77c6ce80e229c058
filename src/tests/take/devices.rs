//! Two devices, and people who are not who they say.

use reqwest::StatusCode;
use serde_json::json;

use super::browser::Browser;
use super::world::{World, every_kind};
use crate::database::fresh_id;

#[tokio::test]
async fn the_newer_device_takes_over_after_a_question_and_the_older_one_only_looks() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let home = format!("/take/{}", guest.invitation);
    let mut laptop = Browser::started(&world, &guest).await;
    laptop.press(|form| form.set("1.choice", "a"), "go", "2").await;

    let mut phone = Browser::opened(&world, &guest).await;
    assert!(phone.shows("open on another device") && !phone.shows("What about"), "{}", phone.page);
    phone.get(&format!("{home}/section?look=1&go=1")).await;
    assert!(phone.shows("only looking") && phone.shows("What about"));
    assert_eq!(phone.form().value("1.choice"), None, "nothing can be sent from here");
    phone.post(&format!("{home}/submit"), &[]).await;
    assert_eq!(world.count("attempt", &guest).await, 1);
    assert!(phone.shows("open on another device"), "looking does not hand in");

    phone.post(&format!("{home}/take-over"), &[]).await;
    assert!(phone.path.ends_with("/section"), "{}", phone.path);
    phone.get(&format!("{home}/section?at=1")).await;
    assert_eq!(phone.form().value("1.choice"), Some("a"));

    laptop.press(|form| form.set("2.choices", "a"), "go", "3").await;
    assert_eq!(laptop.status, StatusCode::CONFLICT);
    assert!(laptop.shows("Another device works"), "{}", laptop.page);
    assert_eq!(world.count("late_answer", &guest).await, 1, "the text is kept");
    laptop.get(&format!("{home}/section")).await;
    assert!(laptop.shows("open on another device"));
    let (_, clock) = laptop.call("clock", &json!({ "invitation": guest.invitation })).await;
    assert_eq!(clock["closed"], "other-device");
    assert_eq!(world.db.violations().await, [""; 0]);
}

#[tokio::test]
async fn opening_the_mail_twice_in_one_browser_is_not_a_second_device() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut browser = Browser::started(&world, &guest).await;
    browser.get(&guest.link).await;
    assert!(
        browser.path.ends_with("/section") && browser.shows("Question 1 of 7"),
        "{}",
        browser.path
    );
}

#[tokio::test]
async fn foreign_and_missing_sessions_find_nothing() {
    let world = World::publish(every_kind()).await;
    let (guest, other) = (world.invite().await, world.invite().await);
    let owner = Browser::started(&world, &guest).await;
    let attempt = owner.form().value("attempt").expect("an attempt").to_owned();
    let mut thief = Browser::started(&world, &other).await;
    let mut nobody = Browser::new(&world);
    for browser in [&mut thief, &mut nobody] {
        for path in ["", "/section", "/section/1", "/review", "/receipt"] {
            browser.get(&format!("/take/{}{path}", guest.invitation)).await;
            assert_eq!(browser.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/start", "/decline", "/section", "/section/1", "/take-over", "/submit"] {
            browser.post(&format!("/take/{}{path}", guest.invitation), &[]).await;
            assert_eq!(browser.status, StatusCode::NOT_FOUND, "{path}");
        }
        let save = json!({ "change": {
            "invitation": guest.invitation, "attempt": attempt, "position": 1, "base": 0,
            "save": fresh_id(), "fields": [["choice", "a"]],
        }});
        assert_eq!(browser.call("save", &save).await.0, StatusCode::NOT_FOUND);
        let flag = json!({ "change": {
            "invitation": guest.invitation, "attempt": attempt, "position": 1, "is_flagged": true,
        }});
        assert_eq!(browser.call("flag", &flag).await.0, StatusCode::NOT_FOUND);
    }
    // With the own session for the own invitation, but somebody else's attempt.
    let save = json!({ "change": {
        "invitation": other.invitation, "attempt": attempt, "position": 1, "base": 0,
        "save": fresh_id(), "fields": [["choice", "a"]],
    }});
    assert_eq!(thief.call("save", &save).await.0, StatusCode::NOT_FOUND);
    for id in [fresh_id().to_string(), "x".to_owned(), "%00".to_owned()] {
        nobody.get(&format!("/take/{id}/section")).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(world.count("response", &guest).await, 0);
}

#[tokio::test]
async fn guessing_links_is_slowed_down_and_good_links_are_not() {
    let world = World::publish(every_kind()).await;
    let mut guesser = Browser::new(&world);
    let mut refused = 0;
    for n in 0..30 {
        guesser.get(&format!("/i/{n:0>43}")).await;
        assert!(guesser.status.is_client_error());
        refused += usize::from(guesser.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!((5..=10).contains(&refused), "{refused}");
    let guest = world.invite().await;
    let browser = Browser::opened(&world, &guest).await;
    assert_eq!(browser.status, StatusCode::OK, "a room of candidates shares one address");
}
