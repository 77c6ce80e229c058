//! Two organisations in one house, each with everything that an organisation can have.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Method, Request};
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::id::{AccountId, AssessmentId, OrganisationId};
use touchstone::http::doors::Door;
use touchstone::service::{auth, outbox, password};
use touchstone::store::tenant;
use uuid::Uuid;

use super::guest::Guest;
use super::payload::Payload;
use crate::app::{Answer, App};
use crate::database::fresh_id;
use crate::invitation::world::{draft, publish};

const PASSWORD: &str = "seven green ladders";

/// The house with both.
pub struct Estate {
    /// The server.
    pub app: App,
    /// Whose people knock.
    pub ours: Firm,
    /// Of whom they must see nothing.
    pub theirs: Firm,
}

/// An organisation with everything.
pub struct Firm {
    /// Stands in every text of it: nobody else may ever see it.
    pub mark: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// One person of each role, in the order of the roles.
    pub staff: Vec<Visitor>,
    /// Signed in, and then the account was closed.
    pub closed: Visitor,
    /// A colleague whom others change.
    pub spare: AccountId,
    /// Published.
    pub assessment: AssessmentId,
    /// Works on the attempt as a candidate.
    pub walker: Guest,
    /// Works, and staff acts on it.
    pub running: Guest,
    /// Handed in and scored.
    pub finished: Guest,
    /// Has opened the link and not started.
    pub waiting: Guest,
    /// An item of the own bank.
    pub item: String,
    /// A mail of the outbox.
    pub mail: Uuid,
    /// A link with which the spare colleague chooses a password.
    pub reset: String,
}

/// Somebody at a browser.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// For messages.
    pub name: String,
    /// What the policy is asked about.
    pub actor: Actor,
    /// The cookie of the session.
    pub cookie: String,
    /// For signing in.
    pub email: String,
}

/// What stands in the places of a path.
#[derive(Debug, Clone)]
pub struct Ids {
    /// By the name of the place.
    pub places: BTreeMap<&'static str, String>,
}

/// The places whose things belong to one organisation.
pub const OWNED: [&str; 5] = ["assessment", "invitation", "attempt", "account", "mail"];

impl Ids {
    /// The path of a door. A place that nobody has taught this test stops it.
    pub fn path(&self, door: &Door) -> String {
        let mut path = String::new();
        for part in door.path.split('/').skip(1) {
            let place = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            let filled = place.map(|place| {
                self.places.get(place.trim_start_matches('*')).unwrap_or_else(|| {
                    panic!("{}: what can stand in {place}? Add it to the estate", door.path)
                })
            });
            let _ = write!(path, "/{}", filled.map_or(part, String::as_str));
        }
        path
    }

    /// The same with another thing in one place.
    pub fn with(mut self, place: &'static str, value: &str) -> Self {
        self.places.insert(place, value.to_owned());
        self
    }
}

/// The owned places of a door.
pub fn owned(door: &Door) -> Vec<&'static str> {
    // What is below an item is for items of the own bank only; the shipped ones are everybody's.
    let item = is_below_item(door).then_some("item");
    let named = OWNED.into_iter().filter(|place| door.path.contains(&format!("{{{place}}}")));
    named.chain(item).collect()
}

fn is_below_item(door: &Door) -> bool {
    door.path.starts_with("/items/{item}/")
}

impl Estate {
    /// Builds both.
    pub async fn build() -> Self {
        // Behind a proxy, so that every request can come from a place of its own: the limiter of
        // guesses has tests elsewhere.
        let app = App::with(&[("TOUCHSTONE_TRUSTED_PROXIES", "1")]).await;
        for file in
            ["favicon.svg", "keep.js", "mark.svg", "robots.txt", "worker.js", "pkg/touchstone.css"]
        {
            app.site_file(file, b"a file");
        }
        let hash = password::hash(PASSWORD.to_owned()).await.expect("hashed");
        let ours = Firm::found(&app, "canary-ours-4e1b", &hash).await;
        let theirs = Firm::found(&app, "canary-theirs-9c3d", &hash).await;
        Self { app, ours, theirs }
    }

    /// Sends a request with a cookie.
    pub async fn send(&self, method: &Method, path: &str, cookie: &str, with: Payload) -> Answer {
        send(&self.app, method, path, cookie, with).await
    }

    /// Every row of an organisation, by table.
    pub async fn rows(&self, of: &Firm) -> BTreeMap<String, String> {
        let owner = &self.app.db.owner;
        let tables = sqlx::query_scalar!(
            r#"select c.relname::text as "name!"
               from pg_class as c
               join pg_attribute as a on a.attrelid = c.oid and a.attname = 'organisation_id'
               where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'"#
        )
        .fetch_all(owner)
        .await
        .expect("tables");
        let parts = tables.iter().map(|table| {
            format!(
                "select '{table}', coalesce(string_agg(t::text, chr(10) order by t::text), '')
                 from {table} as t where organisation_id = '{}'",
                of.organisation
            )
        });
        let statement = parts.collect::<Vec<_>>().join(" union all ");
        let rows = owner.fetch_all(AssertSqlSafe(statement)).await.expect("rows");
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }
}

/// Sends a request of a page of ours, from a place that nobody has counted.
pub async fn send(app: &App, method: &Method, path: &str, cookie: &str, with: Payload) -> Answer {
    let source = fresh_id().as_u128();
    let mut request = Request::builder().method(method).uri(path).header(
        "x-forwarded-for",
        std::net::Ipv6Addr::from_bits(source.rotate_left(64)).to_string(),
    );
    if !cookie.is_empty() {
        request = request.header("cookie", cookie);
    }
    if *method == Method::GET {
        return app.send(request.body(Body::empty()).expect("a request")).await;
    }
    let request = request
        .header("sec-fetch-site", "same-origin")
        .header("origin", "http://127.0.0.1:3000")
        .header("content-type", with.kind)
        .header("content-length", with.bytes.len())
        .body(Body::from(with.bytes));
    app.send(request.expect("a request")).await
}

/// The cookie that an answer gives.
pub fn cookie_of(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

impl Firm {
    async fn found(app: &App, mark: &str, hash: &str) -> Self {
        let organisation = OrganisationId::new(fresh_id());
        sqlx::query!(
            "insert into organisation (organisation_id, name, contact_email, timezone)
             values ($1, $2, $3, 'Europe/Oslo')",
            organisation.uuid(),
            format!("{mark} Freight"),
            format!("jobs@{mark}.example"),
        )
        .execute(&app.db.owner)
        .await
        .expect("organisation");
        let mut staff = Vec::new();
        for role in Role::ALL {
            let name = format!("{}-{mark}", role.as_str());
            staff.push(Visitor::hire(app, organisation, role, &name, hash).await);
        }
        let owner = staff.iter().find(|who| who.actor.role() == Some(Role::Owner));
        let owner = owner.expect("an owner").clone();
        let name = format!("spare-{mark}");
        let spare = Visitor::hire(app, organisation, Role::Rater, &name, hash).await;
        let spare = spare.actor.account().expect("an account");
        let name = format!("closed-{mark}");
        let closed = Visitor::hire(app, organisation, Role::Owner, &name, hash).await;
        let path = format!("/people/{}", closed.actor.account().expect("an account"));
        let fields = [("name", name.as_str()), ("role", "owner"), ("closed", "1")];
        let answer = send(app, &Method::POST, &path, &owner.cookie, Payload::form(&fields)).await;
        assert_eq!(answer.status, 303, "{}", answer.body);

        let assessment = draft(&app.ctx, &owner.actor).await;
        let mut found =
            touchstone::service::assessment::find(&app.ctx, &owner.actor, assessment).await;
        let draft = &mut found.as_mut().expect("there").draft;
        draft.title = format!("{mark} developer");
        draft.texts.welcome = format!("{mark} says welcome");
        let (draft, saves) = (draft.clone(), touchstone::service::assessment::save_draft);
        saves(&app.ctx, &owner.actor, assessment, 1, draft).await.expect("saved");
        publish(&app.ctx, &owner.actor, assessment).await;
        let [walker, running, finished, waiting] =
            Guest::four(app, &owner.actor, assessment, mark).await;
        outbox::send_due(&app.ctx).await.expect("sent");
        let mails = outbox::list(&app.ctx, &owner.actor).await.expect("mails");

        let mut tx = tenant::begin(&app.ctx.pools.staff, organisation).await.expect("staff");
        let reset = auth::reset_link(&app.ctx, &mut tx, spare, "reset").await.expect("a link");
        tx.commit().await.expect("kept");
        let reset = reset.rsplit('/').next().expect("a path").to_owned();
        let mail = mails[0].id;
        let source = own_item(mark);
        let item = touchstone::service::bank::write::create(&app.ctx, &owner.actor, source).await;
        let item = item.expect("written").to_string();
        let mark = mark.to_owned();
        let firm = Self {
            mark,
            organisation,
            staff,
            closed,
            spare,
            assessment,
            walker,
            running,
            finished,
            waiting,
            item,
            mail,
            reset,
        };
        firm.work(app, &owner).await;
        firm
    }

    /// What staff does in a day: gives time, takes a file away, changes somebody.
    async fn work(&self, app: &App, owner: &Visitor) {
        let home = format!("/assessments/{}", self.assessment);
        let incident = format!("{home}/attempts/{}/incident", self.running.attempt());
        for (path, fields) in [
            (incident, vec![("minutes", "5"), ("reason", self.mark.as_str())]),
            (format!("{home}/export"), vec![("file", "results"), ("reason", self.mark.as_str())]),
        ] {
            let form = Payload::form(&fields);
            let answer = send(app, &Method::POST, &path, &owner.cookie, form).await;
            assert!([200, 303].contains(&answer.status.as_u16()), "{path}: {}", answer.body);
        }
    }

    /// The person of a role.
    pub fn of(&self, role: Role) -> &Visitor {
        self.staff.iter().find(|who| who.actor.role() == Some(role)).expect("one of each role")
    }

    /// What stands in the places of this door when everything is this organisation's.
    pub fn ids(&self, door: &Door) -> Ids {
        let is_candidates = door.path.starts_with("/take/");
        let attempt =
            if door.path.starts_with("/results/") { &self.finished } else { &self.running };
        let token = match door.path.split('/').nth(1) {
            Some("i") => self.finished.link.rsplit('/').next().expect("a path").to_owned(),
            Some("reset") => self.reset.clone(),
            _ => "A".repeat(43),
        };
        let invitation = if is_candidates { &self.walker } else { &self.waiting };
        let bank = touchstone::catalog::bank();
        let item = bank.items().next().expect("an item");
        let places = [
            ("assessment", self.assessment.to_string()),
            ("invitation", invitation.invitation.to_string()),
            ("attempt", attempt.attempt()),
            ("account", self.spare.to_string()),
            ("mail", self.mail.to_string()),
            ("section", "1".to_owned()),
            ("token", token),
            ("skill", item.facts.skill.to_string()),
            (
                "item",
                if is_below_item(door) { self.item.clone() } else { item.facts.code.to_string() },
            ),
            ("file", "touchstone.css".to_owned()),
        ];
        Ids { places: places.into_iter().collect() }
    }
}

/// An item of the own bank. Its name is in addresses, so the mark stands in its text only.
pub fn own_item(mark: &str) -> String {
    let code = if mark.contains("ours") { "arch-x001-one" } else { "arch-x002-two" };
    let text = crate::bank::world::item(code, "arch.distributed-systems");
    text.replace("The warehouse", &format!("The warehouse {mark}"))
}

impl Visitor {
    /// Somebody without a session.
    pub fn stranger() -> Self {
        Self {
            name: "stranger".to_owned(),
            actor: Actor::Anonymous,
            cookie: String::new(),
            email: String::new(),
        }
    }

    async fn hire(
        app: &App,
        organisation: OrganisationId,
        role: Role,
        name: &str,
        hash: &str,
    ) -> Self {
        let account = AccountId::new(fresh_id());
        let email = format!("{name}@example.org");
        sqlx::query!(
            "insert into account (account_id, organisation_id, email, name, role, password_hash)
             values ($1, $2, $3, $4, $5, $6)",
            account.uuid(),
            organisation.uuid(),
            email,
            name,
            role.as_str(),
            hash,
        )
        .execute(&app.db.owner)
        .await
        .expect("account");
        let actor = Actor::Staff { account, organisation, role };
        let mut who = Self { name: name.to_owned(), actor, cookie: String::new(), email };
        who.sign_in(app).await;
        who
    }

    /// Begins a session.
    pub async fn sign_in(&mut self, app: &App) {
        let form = Payload::form(&[("email", self.email.as_str()), ("password", PASSWORD)]);
        let answer = send(app, &Method::POST, "/sign-in", "", form).await;
        assert_eq!(answer.status, 303, "{}: {}", self.name, answer.body);
        self.cookie = cookie_of(&answer);
    }
}
