//! An organisation with a published assessment, made with the rights that staff have.

use serde_json::json;
use sqlx::PgConnection;
use touchstone::domain::id::{
    AccountId, AssessmentId, AttemptId, CandidateId, InvitationId, OrganisationId, SaveId,
    VersionId,
};
use touchstone::store::attempt::{self, Digest};
use touchstone::store::door::{Opened, Saved, Started, Timed};
use touchstone::store::page::{Page, Viewed};
use touchstone::store::pool::Pools;
use touchstone::store::response::{self, Change};
use touchstone::store::tenant;
use uuid::Uuid;

use crate::database::{Db, fresh_id};

/// A section of the paper.
#[derive(Clone, Copy)]
pub struct Part {
    /// `free` or `linear`.
    pub navigation: &'static str,
    /// Own clock.
    pub limit: Option<i32>,
    /// How many questions.
    pub items: i32,
}

/// One free section with three questions.
pub const PLAIN: &[Part] = &[Part { navigation: "free", limit: None, items: 3 }];

/// Ten minutes.
pub const LIMIT: i32 = 600;
/// The grace of every version here: long enough that a busy machine does not cross it by accident.
pub const GRACE: i32 = 40;

/// What every key says; it must never be seen by a candidate.
pub const CANARY: &str = "canary-in-the-key";

/// An organisation with one published version.
pub struct World {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its owner.
    pub account: AccountId,
    /// What was built.
    pub assessment: AssessmentId,
    /// What was published.
    pub version: VersionId,
    /// Section and item of every position.
    pub paper: Vec<(i32, Uuid)>,
}

/// How a candidate is invited.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Factor in percent.
    pub factor: i32,
    /// Without a clock.
    pub is_untimed: bool,
}

/// As most people are.
pub const USUAL: Terms = Terms { factor: 100, is_untimed: false };

/// A candidate with a link.
pub struct Guest {
    /// Who.
    pub candidate: CandidateId,
    /// To what.
    pub invitation: InvitationId,
    /// Hash of the link's secret.
    pub token: Digest,
}

/// Any 32 bytes.
pub fn digest() -> Digest {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(fresh_id().as_bytes());
    bytes[16..].copy_from_slice(fresh_id().as_bytes());
    bytes
}

impl World {
    /// Founds an organisation and publishes an assessment with these sections.
    pub async fn publish(db: &Db, parts: &[Part]) -> Self {
        let organisation = OrganisationId::new(fresh_id());
        let account = AccountId::new(fresh_id());
        found(db, organisation, account).await;
        let mut world = Self {
            organisation,
            account,
            assessment: AssessmentId::new(fresh_id()),
            version: VersionId::new(fresh_id()),
            paper: Vec::new(),
        };
        let mut tx = tenant::begin(&db.pools.staff, organisation).await.expect("staff");
        world.insert_version(&mut tx, parts).await;
        tx.commit().await.expect("published");
        world
    }

    async fn insert_version(&mut self, conn: &mut PgConnection, parts: &[Part]) {
        let (organisation, version) = (self.organisation.uuid(), self.version.uuid());
        sqlx::query!(
            "insert into assessment (assessment_id, organisation_id, title, draft, created_by)
             values ($1, $2, 'Backend', '{}', $3)",
            self.assessment.uuid(),
            organisation,
            self.account.uuid(),
        )
        .execute(&mut *conn)
        .await
        .expect("assessment");
        sqlx::query!(
            "insert into assessment_version (
               assessment_version_id, organisation_id, assessment_id, title, spec, limit_seconds,
               grace_seconds, key_hash, published_by)
             values ($1, $2, $3, 'Backend', '{}', $4, $5, sha256('keys'), $6)",
            version,
            organisation,
            self.assessment.uuid(),
            LIMIT,
            GRACE,
            self.account.uuid(),
        )
        .execute(&mut *conn)
        .await
        .expect("version");
        for (section, part) in (1..).zip(parts) {
            sqlx::query!(
                "insert into version_section (
                   organisation_id, assessment_version_id, section, title, navigation, limit_seconds)
                 values ($1, $2, $3, 'Part', $4, $5)",
                organisation,
                version,
                section,
                part.navigation,
                part.limit,
            )
            .execute(&mut *conn)
            .await
            .expect("section");
            for _ in 0..part.items {
                let item = fresh_id();
                sqlx::query!(
                    "insert into version_item (
                       organisation_id, assessment_version_id, item_id, item_code, item_revision,
                       kind, skill, level, body)
                     values ($1, $2, $3, $4, 1, 'single_choice', 'db.sql', 'mid', $5)",
                    organisation,
                    version,
                    item,
                    format!("item-{item}"),
                    json!({ "prompt": format!("prompt of {item}") }),
                )
                .execute(&mut *conn)
                .await
                .expect("item");
                sqlx::query!(
                    "insert into version_key (organisation_id, assessment_version_id, item_id, key)
                     values ($1, $2, $3, $4)",
                    organisation,
                    version,
                    item,
                    json!({ "key": CANARY }),
                )
                .execute(&mut *conn)
                .await
                .expect("key");
                self.paper.push((section, item));
            }
        }
    }

    /// Invites somebody on the usual terms.
    pub async fn invite(&self, db: &Db) -> Guest {
        self.invite_on(db, USUAL).await
    }

    /// Invites somebody and draws the paper.
    pub async fn invite_on(&self, db: &Db, terms: Terms) -> Guest {
        let guest = Guest {
            candidate: CandidateId::new(fresh_id()),
            invitation: InvitationId::new(fresh_id()),
            token: digest(),
        };
        let mut tx = tenant::begin(&db.pools.staff, self.organisation).await.expect("staff");
        sqlx::query!(
            "insert into candidate (candidate_id, organisation_id, email) values ($1, $2, $3)",
            guest.candidate.uuid(),
            self.organisation.uuid(),
            format!("{}@example.org", guest.candidate),
        )
        .execute(&mut *tx)
        .await
        .expect("candidate");
        sqlx::query!(
            "insert into invitation (
               invitation_id, organisation_id, assessment_id, assessment_version_id, candidate_id,
               token_sha256, expires_at, time_factor_percent, is_untimed, seed, keep_until, created_by)
             values ($1, $2, $3, $4, $5, $6, app_now() + interval '14 days', $7, $8, 1,
                     app_now() + interval '180 days', $9)",
            guest.invitation.uuid(),
            self.organisation.uuid(),
            self.assessment.uuid(),
            self.version.uuid(),
            guest.candidate.uuid(),
            guest.token.as_slice(),
            terms.factor,
            terms.is_untimed,
            self.account.uuid(),
        )
        .execute(&mut *tx)
        .await
        .expect("invitation");
        for (position, (section, item)) in (1..).zip(&self.paper) {
            sqlx::query!(
                "insert into paper_item (
                   organisation_id, invitation_id, assessment_version_id, position, section, item_id,
                   option_order)
                 values ($1, $2, $3, $4, $5, $6, '{c,a,b}')",
                self.organisation.uuid(),
                guest.invitation.uuid(),
                self.version.uuid(),
                position,
                section,
                item,
            )
            .execute(&mut *tx)
            .await
            .expect("paper");
        }
        tx.commit().await.expect("invited");
        guest
    }
}

async fn found(db: &Db, organisation: OrganisationId, account: AccountId) {
    sqlx::query!(
        "insert into organisation (organisation_id, name) values ($1, 'Halden Freight')",
        organisation.uuid(),
    )
    .execute(&db.owner)
    .await
    .expect("organisation");
    sqlx::query!(
        "insert into account (account_id, organisation_id, email, name, role)
         values ($1, $2, $3, 'Ines Moreau', 'owner')",
        account.uuid(),
        organisation.uuid(),
        format!("{account}@example.org"),
    )
    .execute(&db.owner)
    .await
    .expect("account");
}

/// A browser of a candidate, on the candidate's pool.
#[derive(Clone)]
pub struct Browser {
    pools: Pools,
    /// Hash of the session's secret.
    pub session: Digest,
    /// Whose page it shows.
    pub invitation: InvitationId,
    /// The attempt, once it was started.
    pub attempt: AttemptId,
}

impl Browser {
    /// Opens the link.
    pub async fn open(db: &Db, guest: &Guest) -> Self {
        let browser = Self {
            pools: db.pools.clone(),
            session: digest(),
            invitation: guest.invitation,
            attempt: AttemptId::new(fresh_id()),
        };
        let opened =
            attempt::open(&mut *browser.conn().await, &guest.token, &browser.session, "test").await;
        assert!(matches!(opened, Ok(Opened::Ok(_))), "{opened:?}");
        browser
    }

    /// Opens the link and starts.
    pub async fn start(db: &Db, guest: &Guest) -> Self {
        let mut browser = Self::open(db, guest).await;
        browser.begin().await;
        browser
    }

    /// Opens the link a second time, in another browser, while the attempt runs.
    pub async fn beside(&self, db: &Db, guest: &Guest) -> Self {
        Self { attempt: self.attempt, ..Self::open(db, guest).await }
    }

    /// A connection with the candidate's rights.
    pub async fn conn(&self) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
        self.pools.candidate.acquire().await.expect("the candidate's pool")
    }

    /// Presses Start.
    pub async fn begin(&mut self) {
        let started =
            attempt::start(&mut *self.conn().await, &self.session, self.attempt, None).await;
        let Ok(Started::Ok { attempt_id, .. }) = started else { panic!("{started:?}") };
        self.attempt = attempt_id;
    }

    /// Loads the page.
    pub async fn page(&self) -> Box<Page> {
        let viewed = attempt::view(&mut *self.conn().await, &self.session, self.invitation).await;
        let Ok(Viewed::Ok(page)) = viewed else { panic!("{viewed:?}") };
        page
    }

    /// Saves under a new name.
    pub async fn save(&self, position: i32, base_version: i64, text: &str) -> Saved {
        self.save_as(position, base_version, SaveId::new(fresh_id()), text).await.outcome
    }

    /// Saves under this name.
    pub async fn save_as(
        &self,
        position: i32,
        base_version: i64,
        save: SaveId,
        text: &str,
    ) -> Timed<Saved> {
        let body = json!({ "v": 1, "state": "complete", "raw": { "value": [text] } });
        let change = Change { position, base_version, save, body: &body };
        response::save(&mut *self.conn().await, &self.session, self.attempt, change)
            .await
            .expect("an answer")
    }
}
