//! From the link to the receipt, without a script.

use reqwest::StatusCode;
use touchstone::domain::interaction::{Kind, samples};
use touchstone::domain::response::Completeness;

use super::browser::{Browser, Form};
use super::world::{World, every_kind};

/// The best answer to a question of each kind, as its form sends it.
fn best(kind: Kind) -> Vec<(String, String)> {
    let sample = samples().into_iter().find(|sample| sample.interaction.kind() == kind);
    let cases = sample.expect("every kind has a sample").cases;
    let case = cases
        .into_iter()
        .find(|case| case.credit == 10_000 && case.completeness == Completeness::Complete)
        .expect("a sample has a right answer");
    let pairs = case.raw.0.into_iter();
    pairs
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)))
        .collect()
}

/// Answers a question in the form, as if every control of it was used.
fn answer(form: &mut Form, position: usize, fields: &[(String, String)]) {
    let prefix = format!("{position}.");
    form.fields.retain(|(name, _)| !name.starts_with(&prefix));
    for (name, value) in fields {
        form.add(&format!("{position}.{name}"), value);
    }
}

#[tokio::test]
async fn somebody_answers_every_kind_of_question_without_scripts() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut browser = Browser::opened(&world, &guest).await;
    let home = format!("/take/{}", guest.invitation);
    assert_eq!((browser.path.as_str(), browser.status), (home.as_str(), StatusCode::OK));
    for words in ["Halden Freight", "10 minutes", "7 questions", "deleted on", "Decline"] {
        assert!(browser.shows(words), "{words}: {}", browser.page);
    }

    browser.post(&format!("{home}/start"), &[("name".into(), "Hana Sato".into())]).await;
    assert_eq!(browser.path, format!("{home}/section"));
    assert!(browser.shows("Question 1 of 7"));
    for (position, kind) in (1..).zip(Kind::ALL) {
        let fields = best(*kind);
        let next = if position < 7 { (position + 1).to_string() } else { "review".to_owned() };
        browser.press(|form| answer(form, position, &fields), "go", &next).await;
        assert_eq!(browser.status, StatusCode::OK, "{kind}: {}", browser.page);
    }
    assert_eq!(browser.path, format!("{home}/review"));
    assert!(browser.shows("7 of 7"), "{}", browser.page);

    let saved = world.answers(&guest).await;
    for (position, kind) in (1..).zip(Kind::ALL) {
        let (_, body) = &saved[position - 1];
        assert_eq!(body["state"], "complete", "{kind}: {body}");
        for (name, value) in best(*kind).iter().filter(|(name, _)| name != "keep" && name != "move")
        {
            let name = if name == "shown" { "order" } else { name };
            let values = body["raw"][name].as_array().expect("a list");
            assert!(values.iter().any(|saved| saved == value), "{kind} {name}: {body}");
        }
    }

    browser.post(&format!("{home}/submit"), &[]).await;
    assert_eq!(browser.path, format!("{home}/receipt"));
    assert!(browser.shows("7 of 7") && browser.shows("by you"), "{}", browser.page);
    let receipt = browser.page.clone();
    browser.post(&format!("{home}/submit"), &[]).await;
    let code = |page: &str| {
        page.split("receipt-code\">").nth(1).map(|rest| rest[..79].to_owned()).expect("a code")
    };
    assert_eq!(code(&receipt), code(&browser.page), "handing in twice gives one receipt");
    browser.get(&format!("{home}/section?at=1")).await;
    assert_eq!(browser.path, format!("{home}/receipt"));
    assert_eq!(world.db.violations().await, [""; 0]);
}

#[tokio::test]
async fn palette_flag_and_back_keep_everything() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut browser = Browser::started(&world, &guest).await;
    browser
        .press(
            |form| {
                form.set("1.choice", "a");
                form.set("flag.1", "1");
            },
            "go",
            "5",
        )
        .await;
    assert!(browser.path.ends_with("/section?at=5"), "{}", browser.path);
    assert!(browser.shows("Question 5 of 7") && browser.shows(", answered, flagged"));
    // Back: the page of question 1 is asked for again and shows what was chosen.
    let back = browser.path.replace("at=5", "at=1");
    browser.get(&back).await;
    let form = browser.form();
    assert_eq!(form.value("1.choice"), Some("a"));
    assert_eq!((form.value("flag.1"), form.value("flagged.1")), (Some("1"), Some("1")));
    browser.press(|form| form.fields.retain(|(name, _)| name != "flag.1"), "go", "2").await;
    assert!(!browser.shows("flagged\"></span></button>") && browser.shows(", answered<"));
    assert_eq!(world.count("response", &guest).await, 1, "moving alone saves nothing");
}

#[tokio::test]
async fn steps_move_with_buttons_and_the_focus_stays() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let mut browser = Browser::started(&world, &guest).await;
    let at = 1 + Kind::ALL.iter().position(|kind| *kind == Kind::Ordering).expect("a kind");
    browser.press(|_| {}, "go", &at.to_string()).await;
    let shown: Vec<String> = browser
        .form()
        .fields
        .iter()
        .filter(|(name, _)| *name == format!("{at}.shown"))
        .map(|(_, value)| value.clone())
        .collect();
    assert!(shown.len() > 2, "{}", browser.page);
    browser.press(|_| {}, "go", "1").await;
    assert_eq!(
        world.count("response", &guest).await,
        0,
        "an order that is only shown is no answer"
    );

    let button = format!("{}:down", shown[0]);
    browser.press(|_| {}, &format!("{at}.move"), &button).await;
    assert!(browser.path.contains(&format!("at={at}&moved={}:down", shown[0])), "{}", browser.path);
    assert_eq!(browser.page.matches(" autofocus").count(), 1);
    assert!(browser.shows("place 2 of"), "{}", browser.page);
    let saved = world.answers(&guest).await;
    assert_eq!(saved[0].1["raw"]["order"][0], shown[1].as_str());
    browser.press(|_| {}, &format!("{at}.clear"), "1").await;
    assert_eq!(world.answers(&guest).await[0].1, serde_json::Value::Null, "taken back");
}

#[tokio::test]
async fn reading_changes_nothing_and_starting_twice_starts_once() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let home = format!("/take/{}", guest.invitation);
    let mut browser = Browser::opened(&world, &guest).await;
    for path in
        ["", "/section", "/section?at=3", "/section/1", "/review", "/receipt", "/start", "/submit"]
    {
        browser.get(&format!("{home}{path}")).await;
        assert!(!browser.shows("What about"), "{path}: no question before the start");
    }
    assert_eq!(world.count("attempt", &guest).await, 0);
    let (mut one, mut two) =
        (Browser::opened(&world, &guest).await, Browser::opened(&world, &guest).await);
    let start = format!("{home}/start");
    tokio::join!(one.post(&start, &[]), two.post(&start, &[]));
    assert_eq!(world.count("attempt", &guest).await, 1);
    for _ in 0..50 {
        one.get(&format!("{home}/section")).await;
    }
    one.get(&guest.link).await;
    assert_eq!(world.count("attempt", &guest).await, 1);
    assert_eq!(world.count("response", &guest).await, 0);
}

#[tokio::test]
async fn links_that_cannot_be_used_say_why_and_nothing_personal() {
    let world = World::publish(every_kind()).await;
    let mut browser = Browser::new(&world);
    for link in ["/i/x", &format!("/i/{}", "A".repeat(43)), "/i/%00%ff"] {
        browser.get(link).await;
        assert_eq!(browser.status, StatusCode::NOT_FOUND, "{link}");
        assert!(!browser.shows("Halden"), "{link}");
    }
    let declined = world.invite().await;
    let mut browser = Browser::opened(&world, &declined).await;
    browser.post(&format!("/take/{}/decline", declined.invitation), &[]).await;
    assert_eq!(browser.status, StatusCode::GONE);
    assert!(browser.shows("declined") && !browser.shows("@example.org"));

    let expired = world.invite().await;
    let revoked = world.invite().await;
    world
        .db
        .run(&format!(
            "update invitation set revoked_at = app_now() where invitation_id = '{}'",
            revoked.invitation
        ))
        .await
        .expect("revoked");
    let mut browser = Browser::opened(&world, &revoked).await;
    assert_eq!(browser.status, StatusCode::GONE);
    world.db.shift_clock(15.0 * 86_400.0).await;
    browser.get(&expired.link).await;
    assert_eq!(browser.status, StatusCode::GONE);
    assert!(browser.shows("This invitation ended on") && browser.shows("Oslo time"));
}
