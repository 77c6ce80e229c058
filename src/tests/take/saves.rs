//! Saving: repeats, stale pages, bad input, too late.

use reqwest::StatusCode;
use serde_json::{Value, json};
use touchstone::domain::interaction::Kind;

use super::browser::Browser;
use super::world::{Guest, LIMIT, World, every_kind};
use crate::database::fresh_id;

async fn working() -> (World, Guest, Browser) {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let browser = Browser::started(&world, &guest).await;
    (world, guest, browser)
}

fn change(browser: &Browser, guest: &Guest, base: i64, fields: &Value) -> Value {
    json!({ "change": {
        "invitation": guest.invitation,
        "attempt": browser.form().value("attempt"),
        "position": 1,
        "base": base,
        "save": fresh_id(),
        "fields": fields,
    }})
}

#[tokio::test]
async fn a_repeated_save_gets_its_first_answer_and_another_content_is_refused() {
    let (world, guest, mut browser) = working().await;
    let mut command = change(&browser, &guest, 0, &json!([["choice", "a"]]));
    let (status, first) = browser.call("save", &command).await;
    assert_eq!(status, StatusCode::OK, "{first}");
    assert_eq!((&first["version"], &first["state"]), (&json!(1), &json!("complete")));
    assert!(first["clock"]["left"].as_i64().is_some_and(|left| left > 590_000), "{first}");
    let (status, again) = browser.call("save", &command).await;
    assert_eq!(
        (status, &again["version"], &again["at"]),
        (StatusCode::OK, &json!(1), &first["at"])
    );
    command["change"]["fields"] = json!([["choice", "b"]]);
    let (status, _) = browser.call("save", &command).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(world.count("response", &guest).await, 1);
}

#[tokio::test]
async fn a_stale_change_is_refused_with_the_newer_answer() {
    let (world, guest, mut browser) = working().await;
    let first = change(&browser, &guest, 0, &json!([["choice", "a"]]));
    let second = change(&browser, &guest, 0, &json!([["choice", "b"]]));
    browser.call("save", &first).await;
    let (status, refusal) = browser.call("save", &second).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(refusal["Stale"]["version"], 1);
    assert_eq!(refusal["Stale"]["fields"], json!([["choice", "a"]]));
    assert_eq!(world.count("response", &guest).await, 1);
}

#[tokio::test]
async fn two_windows_without_scripts_never_overwrite_each_other_silently() {
    let (world, guest, mut first) = working().await;
    let mut second = Browser::opened(&world, &guest).await;
    second.post(&format!("/take/{}/take-over", guest.invitation), &[]).await;
    // One browser, two windows: both pages were drawn before either saved.
    let (page, path) = (second.page.clone(), second.path.clone());
    second.press(|form| form.set("1.choice", "a"), "go", "2").await;
    (second.page, second.path) = (page, path);
    second.press(|form| form.set("1.choice", "b"), "go", "2").await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.shows("changed in another window") && second.shows("Question 1 of 7"));
    assert_eq!(second.form().value("1.choice"), Some("b"), "what was chosen here is still here");
    assert_eq!(world.answers(&guest).await[0].1["raw"]["choice"][0], "a");
    second.press(|_| {}, "go", "1").await;
    assert_eq!(second.status, StatusCode::OK);
    assert_eq!(world.answers(&guest).await[0].1["raw"]["choice"][0], "b", "chosen knowingly");
    // An old window that did not touch the question says nothing about it.
    first.press(|form| form.set("flag.2", "1"), "go", "3").await;
    assert_eq!(world.count("response", &guest).await, 2);
}

#[tokio::test]
async fn a_window_that_was_left_alone_takes_nothing_back() {
    let (world, guest, mut browser) = working().await;
    let (page, path) = (browser.page.clone(), browser.path.clone());
    browser.press(|form| form.set("1.choice", "a"), "go", "2").await;
    (browser.page, browser.path) = (page, path);
    browser.press(|form| form.set("2.choices", "a"), "go", "3").await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.page);
    let saved = world.answers(&guest).await;
    assert_eq!(saved[0].1["raw"]["choice"][0], "a");
    assert_eq!(saved.len(), 2);
}

#[tokio::test]
async fn bad_input_is_refused_with_the_right_status_and_changes_nothing() {
    let (world, guest, mut browser) = working().await;
    let section = format!("/take/{}/section", guest.invitation);
    let attempt = browser.form().value("attempt").expect("an attempt").to_owned();
    let long = "x".repeat(40_000);
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let mut fields = vec![("attempt".to_owned(), attempt.clone())];
        fields.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    };
    for (pairs, status) in [
        (own(&[("deadline_at", "2099-01-01")]), StatusCode::UNPROCESSABLE_ENTITY),
        (own(&[("base.1", "first")]), StatusCode::UNPROCESSABLE_ENTITY),
        (own(&[("go", "everywhere")]), StatusCode::UNPROCESSABLE_ENTITY),
        (own(&[("99.choice", "a")]), StatusCode::NOT_FOUND),
        (own(&[("base.1", "0"), ("1.choice", &long)]), StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("attempt".into(), fresh_id().to_string())], StatusCode::NOT_FOUND),
    ] {
        browser.post(&section, &pairs).await;
        assert_eq!(browser.status, status, "{pairs:.60?}");
    }
    browser.post_raw(&section, "application/x-www-form-urlencoded", vec![b'a'; 600_000]).await;
    assert_eq!(browser.status, StatusCode::PAYLOAD_TOO_LARGE);
    browser.post_raw(&section, "text/plain", "1.choice=a").await;
    assert_eq!(browser.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let flood = "7.a=&".repeat(90_000);
    browser.post_raw(&section, "application/x-www-form-urlencoded", flood).await;
    assert!(browser.status.is_client_error(), "{}", browser.status);
    browser
        .post(&format!("/take/{}/start", guest.invitation), &[("started_at".into(), "0".into())])
        .await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count("response", &guest).await, 0);
}

#[tokio::test]
async fn bad_commands_of_islands_are_refused_with_the_right_status() {
    let (world, guest, mut browser) = working().await;
    let good = change(&browser, &guest, 0, &json!([["choice", "a"]]));
    let with = |path: &str, value: Value| {
        let mut command = good.clone();
        command["change"][path] = value;
        command
    };
    let long = "x".repeat(40_000);
    for (command, status) in [
        (json!({}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({ "change": 1 }), StatusCode::UNPROCESSABLE_ENTITY),
        (with("started_at", json!(0)), StatusCode::UNPROCESSABLE_ENTITY),
        (with("position", json!("one")), StatusCode::UNPROCESSABLE_ENTITY),
        (with("position", json!(-1)), StatusCode::UNPROCESSABLE_ENTITY),
        (with("position", json!(60_000)), StatusCode::NOT_FOUND),
        (with("save", json!("1")), StatusCode::UNPROCESSABLE_ENTITY),
        (with("base", json!(0.5)), StatusCode::UNPROCESSABLE_ENTITY),
        (with("fields", json!([["choice", long]])), StatusCode::UNPROCESSABLE_ENTITY),
        (with("fields", json!({ "choice": "a" })), StatusCode::UNPROCESSABLE_ENTITY),
        (with("attempt", json!(fresh_id())), StatusCode::NOT_FOUND),
        (with("invitation", json!(fresh_id())), StatusCode::NOT_FOUND),
    ] {
        let (answered, body) = browser.call("save", &command).await;
        assert_eq!(answered, status, "{body} for {command:.80}");
    }
    for verb in ["save", "flag", "clock"] {
        for body in ["", "[", "null", "\u{0}"] {
            browser.post_raw(&format!("/do/{verb}"), "application/json", body).await;
            assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{verb} {body:?}");
        }
    }
    assert_eq!(world.count("response", &guest).await, 0);
}

#[tokio::test]
async fn a_character_that_cannot_be_stored_is_replaced_and_told() {
    let (world, guest, mut browser) = working().await;
    let at = 1 + Kind::ALL.iter().position(|kind| *kind == Kind::Numeric).expect("a kind");
    let command = {
        let mut command = change(&browser, &guest, 0, &json!([["value", "1\u{0}2"]]));
        command["change"]["position"] = json!(at);
        command
    };
    let (status, saved) = browser.call("save", &command).await;
    assert_eq!((status, &saved["state"]), (StatusCode::OK, &json!("incomplete")));
    assert_eq!(world.answers(&guest).await[0].1["raw"]["value"][0], "1\u{fffd}2");
}

#[tokio::test]
async fn what_comes_too_late_is_kept_and_not_counted() {
    let (world, guest, mut browser) = working().await;
    let late = change(&browser, &guest, 0, &json!([["choice", "a"]]));
    world.db.shift_clock(f64::from(LIMIT) + 5.0).await;
    let in_grace = change(&browser, &guest, 0, &json!([["choice", "b"]]));
    let (status, saved) = browser.call("save", &in_grace).await;
    assert_eq!((status, &saved["is_late"]), (StatusCode::OK, &json!(true)));
    world.db.shift_clock(60.0).await;
    let (status, refusal) = browser.call("save", &late).await;
    assert_eq!((status, &refusal["Kept"]), (StatusCode::CONFLICT, &json!("late")));
    browser.press(|form| form.set("2.choices", "a"), "go", "3").await;
    assert_eq!(browser.status, StatusCode::CONFLICT);
    assert!(browser.shows("The time is over") && browser.shows("/receipt"), "{}", browser.page);
    assert_eq!(
        (world.count("response", &guest).await, world.count("late_answer", &guest).await),
        (1, 2)
    );
    browser.get(&format!("/take/{}/section", guest.invitation)).await;
    assert!(browser.path.ends_with("/receipt") && browser.shows("when the time was over"));
    let (_, clock) = browser.call("clock", &json!({ "invitation": guest.invitation })).await;
    assert_eq!(clock["closed"], "finished");
    assert_eq!(world.db.violations().await, [""; 0]);
}

#[tokio::test]
async fn the_browser_that_says_the_time_is_over_does_not_decide_it() {
    let (world, guest, mut browser) = working().await;
    browser.press(|form| form.set("1.choice", "a"), "go", "time").await;
    assert!(browser.path.ends_with("/section"), "{}", browser.path);
    world.db.shift_clock(f64::from(LIMIT) + 1.0).await;
    browser.press(|form| form.set("2.choices", "a"), "go", "time").await;
    assert!(browser.path.ends_with("/receipt"), "{}", browser.path);
    assert_eq!(world.count("response", &guest).await, 2, "the last one came inside the grace");
}

#[tokio::test]
async fn a_save_that_waits_too_long_is_told_so_and_its_repeat_finds_it_done() {
    let (world, guest, mut browser) = working().await;
    let command = change(&browser, &guest, 0, &json!([["choice", "a"]]));
    let mut lock = world.db.owner.begin().await.expect("a transaction");
    sqlx::query!(
        "select attempt_id from attempt where invitation_id = $1 for update",
        guest.invitation.uuid()
    )
    .fetch_one(&mut *lock)
    .await
    .expect("the attempt's row");
    let (status, refusal) = browser.call("save", &command).await;
    assert_eq!(
        (status, refusal),
        (StatusCode::SERVICE_UNAVAILABLE, json!({ "Other": "Unavailable" }))
    );
    lock.rollback().await.expect("free again");
    let (status, saved) = browser.call("save", &command).await;
    assert_eq!((status, &saved["version"]), (StatusCode::OK, &json!(1)));
    assert_eq!(world.count("response", &guest).await, 1);
}
