//! A published assessment with one shipped item of every kind, and people who took it.

use std::path::PathBuf;

use serde_json::json;
use touchstone::catalog;
use touchstone::config::Config;
use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::assessment::{Draft, Section};
use touchstone::domain::id::{
    AccountId, AssessmentId, AttemptId, CandidateId, InvitationId, ItemId, OrganisationId, SaveId,
    VersionId,
};
use touchstone::domain::interaction::Kind;
use touchstone::domain::item::Item;
use touchstone::domain::report::{Dialect, Kind as File};
use touchstone::domain::response::Fields;
use touchstone::service::export::Order;
use touchstone::service::result::Filter;
use touchstone::service::{Ctx, Refusal, assessment, overdue};
use touchstone::store::attempt::{self, Digest};
use touchstone::store::door::{Opened, Saved, Started, Submitted};
use touchstone::store::response::{self, Change};
use touchstone::store::{assessment as rows, tenant};

use crate::database::{Db, fresh_id};
use crate::people::colleague;

/// Single choices of the paper, before the other kinds.
pub const SINGLES: usize = 3;

/// An organisation with a published version.
pub struct World {
    /// The database.
    pub db: Db,
    /// The house's means.
    pub ctx: Ctx,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its owner.
    pub owner: Actor,
    /// What was built.
    pub assessment: AssessmentId,
    version: VersionId,
    /// The paper, in the order of positions.
    pub items: Vec<(ItemId, Item)>,
    data: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

/// The items of the paper: some single choices, then one of every other kind.
fn picks() -> Vec<Item> {
    let of = |kind: Kind| catalog::bank().items().filter(move |item| item.facts.kind == kind);
    let rest = Kind::ALL.iter().filter(|kind| **kind != Kind::SingleChoice);
    of(Kind::SingleChoice)
        .take(SINGLES)
        .chain(rest.filter_map(|kind| of(*kind).next()))
        .cloned()
        .collect()
}

impl World {
    /// Founds an organisation and publishes.
    pub async fn publish() -> Self {
        Self::publish_in(Db::fresh().await).await
    }

    /// The same beside others in one database.
    pub async fn publish_in(db: Db) -> Self {
        let data = std::env::temp_dir().join(format!("touchstone-result-{}", fresh_id().simple()));
        let config = Config::read(|name| {
            (name == "TOUCHSTONE_DATA").then(|| data.to_string_lossy().into_owned())
        })
        .expect("settings");
        let ctx = Ctx::open(config, db.pools.clone()).expect("means");
        let organisation = OrganisationId::new(fresh_id());
        sqlx::query!(
            "insert into organisation (organisation_id, name, timezone)
             values ($1, 'Halden Freight', 'Europe/Oslo')",
            organisation.uuid(),
        )
        .execute(&db.owner)
        .await
        .expect("organisation");
        let owner = colleague(&db, organisation, Role::Owner).await;
        let picks = picks();
        let draft = Draft {
            title: "Senior back-end developer".to_owned(),
            limit_minutes: 90,
            cut_percent: Some(60),
            sections: vec![Section {
                name: "Everything".to_owned(),
                picks: picks.iter().map(|item| item.facts.code.clone()).collect(),
                shuffle_options: false,
                ..Section::default()
            }],
            ..Draft::default()
        };
        let id = assessment::create(&ctx, &owner, draft).await.expect("created");
        let version = assessment::publish(&ctx, &owner, id, 1).await.expect("published");
        let mut tx = tenant::begin(&db.pools.staff, organisation).await.expect("staff");
        let stored = rows::find_version(&mut tx, version).await.expect("read").expect("there");
        drop(tx);
        let items = picks
            .iter()
            .map(|pick| {
                let same = |(_, item): &&(ItemId, Item)| item.facts.code == pick.facts.code;
                stored.items.iter().find(same).cloned().expect("published")
            })
            .collect();
        Self { db, ctx, organisation, owner, assessment: id, version, items, data }
    }

    /// A colleague of this role.
    pub async fn staff(&self, role: Role) -> Actor {
        colleague(&self.db, self.organisation, role).await
    }

    /// The right answer of a place, counted from 1.
    pub fn best(&self, position: usize) -> Fields {
        let (_, item) = &self.items[position - 1];
        item.body.interaction.write(&item.body.interaction.best(&item.key.interaction))
    }

    /// Somebody who has started.
    pub async fn start(&self, name: Option<&str>) -> Candidate {
        self.start_on(name, 100).await
    }

    /// Somebody with more time who has started.
    pub async fn start_on(&self, name: Option<&str>, factor: i32) -> Candidate {
        let candidate = CandidateId::new(fresh_id());
        let invitation = InvitationId::new(fresh_id());
        let token = digest();
        sqlx::query!(
            "insert into candidate (candidate_id, organisation_id, email, name, external_id)
             values ($1, $2, $3, $4, '0012')",
            candidate.uuid(),
            self.organisation.uuid(),
            format!("{candidate}@example.org"),
            name,
        )
        .execute(&self.db.owner)
        .await
        .expect("candidate");
        let by = self.owner.account().map(AccountId::uuid);
        sqlx::query!(
            "insert into invitation (
               invitation_id, organisation_id, assessment_id, assessment_version_id, candidate_id,
               token_sha256, expires_at, time_factor_percent, seed, keep_until, created_by)
             values ($1, $2, $3, $4, $5, $6, app_now() + interval '14 days', $7, 1,
                     app_now() + interval '180 days', $8)",
            invitation.uuid(),
            self.organisation.uuid(),
            self.assessment.uuid(),
            self.version.uuid(),
            candidate.uuid(),
            token.as_slice(),
            factor,
            by,
        )
        .execute(&self.db.owner)
        .await
        .expect("invitation");
        for (position, (item, _)) in (1..).zip(&self.items) {
            sqlx::query!(
                "insert into paper_item (
                   organisation_id, invitation_id, assessment_version_id, position, section, item_id)
                 values ($1, $2, $3, $4, 1, $5)",
                self.organisation.uuid(),
                invitation.uuid(),
                self.version.uuid(),
                position,
                item.uuid(),
            )
            .execute(&self.db.owner)
            .await
            .expect("paper");
        }
        let session = digest();
        let mut conn = self.db.pools.candidate.acquire().await.expect("candidate");
        let opened = attempt::open(&mut conn, &token, &session, "test").await;
        assert!(matches!(opened, Ok(Opened::Ok(_))), "{opened:?}");
        let id = AttemptId::new(fresh_id());
        let started = attempt::start(&mut conn, &session, id, None).await;
        let Ok(Started::Ok { attempt_id, .. }) = started else { panic!("{started:?}") };
        Candidate { session, attempt: attempt_id }
    }

    /// Saves an answer.
    pub async fn save(&self, who: &Candidate, position: i32, base: i64, raw: &Fields) -> i64 {
        let body = json!({ "v": 1, "state": "complete", "raw": raw });
        let change =
            Change { position, base_version: base, save: SaveId::new(fresh_id()), body: &body };
        let mut conn = self.db.pools.candidate.acquire().await.expect("candidate");
        let saved =
            response::save(&mut conn, &who.session, who.attempt, change).await.expect("an answer");
        let Saved::Saved { version, .. } = saved.outcome else { panic!("{saved:?}") };
        version
    }

    /// Hands in.
    pub async fn submit(&self, who: &Candidate) {
        let mut conn = self.db.pools.candidate.acquire().await.expect("candidate");
        let submitted = attempt::submit(&mut conn, &who.session, who.attempt).await;
        assert!(matches!(submitted, Ok(Submitted::Ok(_))), "{submitted:?}");
    }

    /// Somebody of this name who answers so many first places rightly, hands in and is scored.
    pub async fn finished(&self, name: Option<&str>, right: usize) -> Candidate {
        let who = self.start(name).await;
        for position in 1..=right {
            let at = i32::try_from(position).expect("small");
            self.save(&who, at, 0, &self.best(position)).await;
        }
        self.submit(&who).await;
        overdue::after_submit(&self.ctx, who.attempt).await;
        who
    }

    /// A file of everybody who has handed in.
    pub fn order(&self, kind: File, dialect: Dialect) -> Order {
        Order {
            assessment: self.assessment,
            kind,
            dialect,
            filter: Filter::default(),
            wants_private: false,
            reason: String::new(),
        }
    }

    /// The bytes of a file.
    pub async fn file(&self, actor: &Actor, order: Order) -> Result<Vec<u8>, Refusal> {
        let prepared = touchstone::service::export::prepare(&self.ctx, actor, order).await?;
        let mut bytes = Vec::new();
        let sink = async |piece: Vec<u8>| {
            bytes.extend(piece);
            true
        };
        prepared.write(sink).await?;
        Ok(bytes)
    }
}

/// A candidate who has started.
pub struct Candidate {
    session: Digest,
    /// The attempt.
    pub attempt: AttemptId,
}

fn digest() -> Digest {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(fresh_id().as_bytes());
    bytes[16..].copy_from_slice(fresh_id().as_bytes());
    bytes
}
