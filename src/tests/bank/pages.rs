//! The pages as a browser without scripts meets them: write, check, save, review.

use axum::http::StatusCode;
use touchstone::service::auth::{self, Founder};

use crate::app::{Answer, App, form, request};
use crate::database::fresh_id;

const PASSWORD: &str = "a stone for every question";

/// Somebody at a computer.
struct Person<'a> {
    app: &'a App,
    cookie: String,
}

fn encode(pairs: &[(String, String)]) -> String {
    let part =
        |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    pairs.iter().map(|(a, b)| format!("{}={}", part(a), part(b))).collect::<Vec<_>>().join("&")
}

fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

impl<'a> Person<'a> {
    async fn signed_in(app: &'a App, email: &str) -> Self {
        let pairs = own(&[("email", email), ("password", PASSWORD)]);
        let answer = app.send(form("/sign-in", encode(&pairs))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Self { app, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.app.send(request("GET", path, &[("cookie", &self.cookie)])).await
    }

    async fn post(&self, path: &str, pairs: &[(String, String)]) -> Answer {
        let mut request = form(path, encode(pairs));
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a cookie"));
        self.app.send(request).await
    }
}

/// The text of a field that the page carries.
fn area(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\"");
    let tag = page.split("<textarea").find(|part| part.contains(&mark)).expect("the field");
    let text = tag.split_once('>').expect("an end").1.split("</textarea>").next().expect("text");
    text.trim_start_matches('\n')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[tokio::test]
async fn an_item_is_written_checked_and_reviewed_without_scripts() {
    let app = App::fresh().await;
    let founder = Founder {
        organisation: "Halden Freight".into(),
        timezone: "UTC".into(),
        name: "Ines Moreau".into(),
        email: "ines@example.org".into(),
        password: PASSWORD.into(),
    };
    auth::create_owner(&app.ctx, founder).await.expect("the first owner");
    let second = format!(
        "insert into account (account_id, organisation_id, email, name, role, password_hash)
         select '{}', organisation_id, 'tomas@example.org', 'Tomas Vik', 'rater', password_hash
         from account",
        fresh_id(),
    );
    app.db.run(&second).await.expect("a second person");
    let ines = Person::signed_in(&app, "ines@example.org").await;
    let tomas = Person::signed_in(&app, "tomas@example.org").await;

    let new = own(&[
        ("title", "Double weight"),
        ("skill", "arch.distributed-systems"),
        ("level", "mid"),
        ("kind", "single_choice"),
    ]);
    let made = ines.post("/items/new", &new).await;
    assert_eq!(made.header("location"), "/items/arch-x001-double-weight/edit", "{}", made.body);
    let page = ines.get(made.header("location")).await;
    assert_eq!(page.status, StatusCode::OK);

    // One option more; nothing is kept yet.
    let mut fields = own(&[
        ("seen", "1"),
        ("act", "add.option"),
        ("stem", "The warehouse sends each weight twice, and the billing job adds both rows."),
        ("ask", "Which change stops the double charge without losing a weight?"),
    ]);
    fields.push(("base".into(), area(&page.body, "base")));
    let more = ines.post("/items/arch-x001-double-weight/edit", &fields).await;
    assert_eq!(more.status, StatusCode::OK);
    let base = area(&more.body, "base");
    assert_eq!(base.matches("[[option]]").count(), 5);
    assert!(base.contains("sends each weight twice"), "what was typed stays");
    assert!(more.body.contains("no option has"), "the missing key is told");

    let whole = super::world::item("arch-x001-double-weight", "arch.distributed-systems");
    let file = own(&[("seen", "1"), ("act", "save"), ("source", &whole.replace('\n', "\r\n"))]);
    let saved = ines.post("/items/arch-x001-double-weight/edit", &file).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let stale = ines.post("/items/arch-x001-double-weight/edit", &fields_with(&base, "save")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "made from revision 1, and there is 2");

    let hostile = whole.replace("when it leaves", "when <script>alert(1)</script>");
    let part = own(&[("seen", "2"), ("base", &hostile), ("ask", "Which one stops it for good?")]);
    let checked = ines.post("/items/arch-x001-double-weight/check", &part).await;
    assert_eq!(checked.status, StatusCode::OK);
    assert!(
        checked.body.contains(r#"<div id="findings">"#) && checked.body.contains("&lt;script&gt;")
    );
    assert!(!checked.body.contains("<script"), "{}", checked.body);

    let step = |number: &str, act: &str| own(&[("number", number), ("act", act), ("comment", "")]);
    let url = "/items/arch-x001-double-weight";
    let early = tomas.post(&format!("{url}/review"), &step("2", "approve")).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let sent = ines.post(&format!("{url}/submit"), &step("2", "")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let alone = ines.post(&format!("{url}/review"), &step("2", "approve")).await;
    assert_eq!(alone.status, StatusCode::CONFLICT);
    let silent = tomas.post(&format!("{url}/review"), &step("2", "return")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let approved = tomas.post(&format!("{url}/review"), &step("2", "approve")).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    let retired = tomas.post(&format!("{url}/retire"), &step("2", "")).await;
    assert_eq!(retired.status, StatusCode::FORBIDDEN, "a rater does not retire");

    let list = ines.get("/items?source=private&stage=approved").await;
    assert!(list.body.contains("Double weight") && list.body.contains("1 of"));
    let history = ines.get(&format!("{url}/history?from=1&to=2")).await;
    assert!(history.body.contains("<ins>") && history.body.contains("Tomas Vik"));
}

fn fields_with(base: &str, act: &str) -> Vec<(String, String)> {
    own(&[("seen", "1"), ("act", act), ("base", base), ("ask", "Which one is it, after all?")])
}
