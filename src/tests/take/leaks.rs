//! What a candidate's browser must never receive, and what its cookies are like.

use touchstone::domain::interaction::Kind;

use super::browser::Browser;
use super::world::{CANARY, World, every_kind};

/// Everything that a candidate can see on the way, islands included.
async fn everything(world: &World) -> String {
    let guest = world.invite().await;
    let home = format!("/take/{}", guest.invitation);
    let mut browser = Browser::started(world, &guest).await;
    for at in 1..=Kind::ALL.len() {
        browser.get(&format!("{home}/section?at={at}")).await;
    }
    browser.press(|form| form.set("1.choice", "a"), "go", "review").await;
    browser.call("clock", &serde_json::json!({ "invitation": guest.invitation })).await;
    browser.get(&format!("{home}/section/1")).await;
    browser.post(&format!("{home}/submit"), &[]).await;
    browser.get(&guest.link).await;
    browser.get("/no/such/page").await;
    browser.seen.replace(&guest.invitation.to_string(), "<invitation>")
}

#[tokio::test]
async fn no_byte_of_a_key_reaches_a_candidate() {
    let world = World::publish(every_kind()).await;
    let seen = everything(&world).await;
    assert!(seen.contains("What about single_choice"), "the way was walked");
    assert!(!seen.contains(CANARY));
}

#[tokio::test]
async fn what_a_candidate_sees_does_not_depend_on_the_key() {
    let one = World::publish_as(every_kind(), "one", &[]).await;
    let two = World::publish_as(every_kind(), "two, which is much longer than one", &[]).await;
    let (one, two) = (everything(&one).await, everything(&two).await);
    let (one, two) = (masked(&one), masked(&two));
    assert!(one.len() > 3_000, "only {} words are compared", one.len());
    let differs = one.iter().zip(&two).position(|(one, two)| one != two);
    assert_eq!(differs.map(|at| (&one[at..at + 5], &two[at..at + 5])), None);
    assert_eq!(one.len(), two.len());
}

/// Everything but what is long like an id, a nonce or a secret, and but moments and lengths of time.
fn masked(text: &str) -> Vec<&str> {
    const TIMES: [&str; 4] = ["second", "seconds", "minute", "minutes"];
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_:+/=".contains(c);
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    // Receipts are shown in groups of four.
    let is_hash = |word: &str| {
        (word.len() == 4 || word.len() >= 8) && word.chars().all(|c| c.is_ascii_hexdigit())
    };
    let is_moment = |word: &str| {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        has_digit && (word.contains(':') || word.starts_with("Max-Age="))
    };
    // Milliseconds and bytes of a page that names lengths of time.
    let is_count = |word: &str| word.len() >= 4 && is_number(word);
    let words: Vec<&str> = text.split(|c: char| !is_word(c)).filter(|it| !it.is_empty()).collect();
    let next = words.iter().skip(1).chain([&""]);
    let is_length = |word: &str, next: &str| is_number(word) && TIMES.contains(&next);
    words
        .iter()
        .zip(next)
        .filter(|(word, next)| !is_length(word, next))
        .map(|(word, _)| *word)
        .filter(|word| word.len() < 20 && !TIMES.contains(word) && !is_hash(word))
        .filter(|word| !is_moment(word) && !is_count(word))
        .collect()
}

#[tokio::test]
async fn cookies_and_headers_are_those_of_a_private_page() {
    let world = World::publish(every_kind()).await;
    let guest = world.invite().await;
    let browser = Browser::opened(&world, &guest).await;
    let seen = browser.seen.to_lowercase();
    for part in [
        "httponly",
        "samesite=lax",
        "path=/",
        "max-age=",
        "no-store",
        "\"referrer-policy\": \"same-origin\"",
    ] {
        assert!(seen.contains(part), "{part} is not in {seen:.1500}");
    }
    assert!(!seen.contains("secure;") && !seen.contains("__host-"), "this house has no TLS");
    let secret = guest.link.trim_start_matches("/i/");
    assert!(!browser.page.contains(secret) && !browser.path.contains(secret));

    let settings = [("TOUCHSTONE_PUBLIC_URL", "https://tests.example.org")];
    let world = World::publish_as(every_kind(), CANARY, &settings).await;
    let guest = world.invite().await;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let answer = client
        .get(format!("{}{}", world.origin, guest.link))
        .header("host", "tests.example.org")
        .send()
        .await
        .expect("an answer");
    let cookie = answer.headers()["set-cookie"].to_str().expect("text");
    assert!(
        cookie.starts_with("__Host-touchstone-take-") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
}
