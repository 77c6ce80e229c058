//! A published assessment with a question of every kind, and a server in front of it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::PgConnection;
use touchstone::config::Config;
use touchstone::domain::id::{
    AccountId, AssessmentId, CandidateId, InvitationId, OrganisationId, VersionId,
};
use touchstone::domain::interaction::{Kind, samples};
use touchstone::domain::item::Body;
use touchstone::domain::time::Seconds;
use touchstone::http;
use touchstone::http::server::{self, Limits};
use touchstone::service::Ctx;
use touchstone::service::secret::Secret;
use uuid::Uuid;

use crate::database::{Db, fresh_id};

/// Stands in every key, rationale and tag: no candidate may ever see it.
pub const CANARY: &str = "canary-7f3a";

/// Ten minutes.
pub const LIMIT: i32 = 600;

/// A section of the paper.
pub struct Part {
    /// `free` or `linear`.
    pub navigation: &'static str,
    /// Own clock, in seconds.
    pub limit: Option<i32>,
    /// A question of each of these kinds.
    pub kinds: Vec<Kind>,
}

/// One free section with a question of every kind, in the order of the domain.
pub fn every_kind() -> Vec<Part> {
    vec![Part { navigation: "free", limit: None, kinds: Kind::ALL.to_vec() }]
}

/// An organisation with a published version, and a server.
pub struct World {
    /// The database.
    pub db: Db,
    /// Where the server is.
    pub origin: String,
    organisation: OrganisationId,
    account: AccountId,
    assessment: AssessmentId,
    version: VersionId,
    paper: Vec<(i32, Uuid)>,
    data: PathBuf,
    _stop: tokio::sync::watch::Sender<bool>,
}

/// A candidate with a link.
pub struct Guest {
    /// To what.
    pub invitation: InvitationId,
    /// The path of the personal link.
    pub link: String,
}

impl Drop for World {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

impl World {
    /// Founds an organisation, publishes these sections and starts a server.
    pub async fn publish(parts: Vec<Part>) -> Self {
        Self::publish_as(parts, CANARY, &[]).await
    }

    /// The same with this text in every key and these settings.
    pub async fn publish_as(
        parts: Vec<Part>,
        secret: &str,
        settings: &[(&'static str, &'static str)],
    ) -> Self {
        let db = Db::fresh().await;
        let data = std::env::temp_dir().join(format!("touchstone-take-{}", fresh_id().simple()));
        let (origin, stop) = serve(&db, &data, settings).await;
        let mut world = Self {
            db,
            origin,
            organisation: OrganisationId::new(fresh_id()),
            account: AccountId::new(fresh_id()),
            assessment: AssessmentId::new(fresh_id()),
            version: VersionId::new(fresh_id()),
            paper: Vec::new(),
            data,
            _stop: stop,
        };
        world.found().await;
        // A version and all that is in it come in one transaction, and then never change.
        let mut tx = world.db.owner.begin().await.expect("a transaction");
        world.insert_version(&mut tx).await;
        for (section, part) in (1..).zip(parts) {
            world.insert_section(&mut tx, section, &part, secret).await;
        }
        tx.commit().await.expect("published");
        world
    }

    async fn found(&self) {
        sqlx::query!(
            "insert into organisation (organisation_id, name, contact_email, timezone)
             values ($1, 'Halden Freight', 'ines.moreau@halden.example', 'Europe/Oslo')",
            self.organisation.uuid(),
        )
        .execute(&self.db.owner)
        .await
        .expect("organisation");
        sqlx::query!(
            "insert into account (account_id, organisation_id, email, name, role)
             values ($1, $2, $3, 'Ines Moreau', 'owner')",
            self.account.uuid(),
            self.organisation.uuid(),
            format!("{}@example.org", self.account),
        )
        .execute(&self.db.owner)
        .await
        .expect("account");
    }

    async fn insert_version(&self, conn: &mut PgConnection) {
        sqlx::query!(
            "insert into assessment (assessment_id, organisation_id, title, draft, created_by)
             values ($1, $2, 'Senior back-end developer', '{}', $3)",
            self.assessment.uuid(),
            self.organisation.uuid(),
            self.account.uuid(),
        )
        .execute(&mut *conn)
        .await
        .expect("assessment");
        sqlx::query!(
            "insert into assessment_version (
               assessment_version_id, organisation_id, assessment_id, number, title, spec,
               limit_seconds, grace_seconds, key_hash, published_by)
             values ($1, $2, $3, 1, 'Senior back-end developer', $4, $5, 10, sha256('keys'), $6)",
            self.version.uuid(),
            self.organisation.uuid(),
            self.assessment.uuid(),
            json!({ "cut": CANARY }),
            LIMIT,
            self.account.uuid(),
        )
        .execute(&mut *conn)
        .await
        .expect("version");
    }

    async fn insert_section(
        &mut self,
        conn: &mut PgConnection,
        section: i32,
        part: &Part,
        secret: &str,
    ) {
        sqlx::query!(
            "insert into version_section (
               organisation_id, assessment_version_id, section, title, navigation, limit_seconds)
             values ($1, $2, $3, $4, $5, $6)",
            self.organisation.uuid(),
            self.version.uuid(),
            section,
            format!("Part {section}"),
            part.navigation,
            part.limit,
        )
        .execute(&mut *conn)
        .await
        .expect("section");
        for kind in &part.kinds {
            let sample = samples()
                .into_iter()
                .find(|sample| sample.interaction.kind() == *kind)
                .expect("every kind has a sample");
            let body = Body {
                stem: format!("The situation of {kind}: `select 1`."),
                ask: format!("What about {kind}?"),
                seconds: Seconds::new(60),
                interaction: sample.interaction,
            };
            // Another secret is another right answer, too.
            let key = sample.key.stored();
            let mut key = if secret.starts_with("two") { turned(key) } else { key };
            key["why"] = Value::from(secret);
            let body = body.stored().expect("json");
            self.insert_item(conn, section, kind.as_str(), &body, &key).await;
        }
    }

    async fn insert_item(
        &mut self,
        conn: &mut PgConnection,
        section: i32,
        kind: &str,
        body: &Value,
        key: &Value,
    ) {
        let item = fresh_id();
        sqlx::query!(
            "insert into version_item (
               organisation_id, assessment_version_id, item_id, item_code, item_revision, kind,
               skill, level, body)
             values ($1, $2, $3, $4, 1, $5, 'db.sql-querying', 'mid', $6)",
            self.organisation.uuid(),
            self.version.uuid(),
            item,
            format!("{CANARY}-{item}"),
            kind,
            body,
        )
        .execute(&mut *conn)
        .await
        .expect("item");
        sqlx::query!(
            "insert into version_key (organisation_id, assessment_version_id, item_id, key)
             values ($1, $2, $3, $4)",
            self.organisation.uuid(),
            self.version.uuid(),
            item,
            key,
        )
        .execute(&mut *conn)
        .await
        .expect("key");
        self.paper.push((section, item));
    }

    /// Invites somebody and draws the paper.
    pub async fn invite(&self) -> Guest {
        self.invite_on(100, false).await
    }

    /// Invites somebody with a factor in percent, or without a clock.
    pub async fn invite_on(&self, factor: i32, is_untimed: bool) -> Guest {
        let (candidate, invitation) = (CandidateId::new(fresh_id()), InvitationId::new(fresh_id()));
        let secret = Secret::fresh().expect("random bits");
        let token = secret.digest();
        sqlx::query!(
            "insert into candidate (candidate_id, organisation_id, email) values ($1, $2, $3)",
            candidate.uuid(),
            self.organisation.uuid(),
            format!("{candidate}@example.org"),
        )
        .execute(&self.db.owner)
        .await
        .expect("candidate");
        sqlx::query!(
            "insert into invitation (
               invitation_id, organisation_id, assessment_id, assessment_version_id, candidate_id,
               token_sha256, expires_at, time_factor_percent, is_untimed, seed, keep_until,
               created_by)
             values ($1, $2, $3, $4, $5, $6, app_now() + interval '14 days', $7, $8, 1,
                     app_now() + interval '180 days', $9)",
            invitation.uuid(),
            self.organisation.uuid(),
            self.assessment.uuid(),
            self.version.uuid(),
            candidate.uuid(),
            token.as_slice(),
            factor,
            is_untimed,
            self.account.uuid(),
        )
        .execute(&self.db.owner)
        .await
        .expect("invitation");
        for (position, (section, item)) in (1..).zip(&self.paper) {
            sqlx::query!(
                "insert into paper_item (
                   organisation_id, invitation_id, assessment_version_id, position, section,
                   item_id)
                 values ($1, $2, $3, $4, $5, $6)",
                self.organisation.uuid(),
                invitation.uuid(),
                self.version.uuid(),
                position,
                section,
                item,
            )
            .execute(&self.db.owner)
            .await
            .expect("paper");
        }
        Guest { invitation, link: format!("/i/{}", secret.reveal()) }
    }

    /// The organisation and its owner.
    pub fn staff(&self) -> (OrganisationId, AccountId) {
        (self.organisation, self.account)
    }

    /// The assessment.
    pub fn assessment(&self) -> AssessmentId {
        self.assessment
    }

    /// The answers that count: position and content.
    pub async fn answers(&self, guest: &Guest) -> Vec<(i32, Value)> {
        sqlx::query!(
            r#"select r.position as "position!", r.body as "body!"
               from response_current as r
               join attempt as a on a.attempt_id = r.attempt_id
               where a.invitation_id = $1
               order by r.position"#,
            guest.invitation.uuid(),
        )
        .fetch_all(&self.db.owner)
        .await
        .expect("answers")
        .into_iter()
        .map(|row| (row.position, row.body))
        .collect()
    }

    /// One number of the attempt's rows.
    pub async fn count(&self, table: &str, guest: &Guest) -> i64 {
        let rows = match table {
            "response" => {
                sqlx::query_scalar!(
                    "select count(*) from response where invitation_id = $1",
                    guest.invitation.uuid()
                )
                .fetch_one(&self.db.owner)
                .await
            }
            "late_answer" => {
                sqlx::query_scalar!(
                    "select count(*) from late_answer where invitation_id = $1",
                    guest.invitation.uuid()
                )
                .fetch_one(&self.db.owner)
                .await
            }
            _ => {
                sqlx::query_scalar!(
                    "select count(*) from attempt where invitation_id = $1",
                    guest.invitation.uuid()
                )
                .fetch_one(&self.db.owner)
                .await
            }
        };
        rows.expect("a count").unwrap_or_default()
    }
}

/// The same key with other right answers in it.
fn turned(key: Value) -> Value {
    match key {
        Value::Array(list) => Value::Array(list.into_iter().rev().map(turned).collect()),
        Value::Object(map) => map.into_iter().map(|(name, value)| (name, turned(value))).collect(),
        Value::Number(number) => json!(number.as_i64().unwrap_or_default() + 1),
        Value::String(text) => json!(match text.as_str() {
            "a" => "b",
            "b" => "a",
            other => other,
        }),
        other => other,
    }
}

async fn serve(
    db: &Db,
    data: &std::path::Path,
    settings: &[(&'static str, &'static str)],
) -> (String, tokio::sync::watch::Sender<bool>) {
    let listener =
        tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let config = Config::read(|name| match name {
        "TOUCHSTONE_LISTEN" => Some(address.to_string()),
        "TOUCHSTONE_DATA" => Some(data.to_string_lossy().into_owned()),
        other => {
            settings.iter().find(|(key, _)| *key == other).map(|(_, value)| (*value).to_owned())
        }
    })
    .expect("settings");
    let ctx = Ctx::open(config, db.pools.clone()).expect("means");
    let (router, _) = http::router(http::AppState::new(ctx));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let limits = Limits { drain: Duration::from_secs(1), ..Limits::default() };
    tokio::spawn(server::serve(listener, router, stopped, limits));
    (format!("http://{address}"), stop)
}
