//! An organisation with an assessment from a blueprint, published by the services of the pages.
#![expect(clippy::unused_self, reason = "tests read better so")]

use std::path::PathBuf;

use touchstone::config::Config;
use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::id::{AssessmentId, AttemptId, InvitationId, OrganisationId};
use touchstone::service::invitation::send::{self, Ask, Checked, Outcome};
use touchstone::service::invitation::{self, until};
use touchstone::service::secret::Secret;
use touchstone::service::{Ctx, Refusal, assessment, outbox};
use touchstone::store::attempt;
use touchstone::store::door::{Opened, Started};
use touchstone::store::invitee::{Invitee, Which};

use crate::database::{Db, fresh_id};
use crate::people::colleague;

/// A house with one organisation.
pub struct World {
    /// The database.
    pub db: Db,
    /// The means of the services.
    pub ctx: Ctx,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its owner.
    pub owner: Actor,
    /// Published.
    pub assessment: AssessmentId,
    data: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

impl World {
    /// Founds an organisation and publishes an assessment.
    pub async fn publish() -> Self {
        let db = Db::fresh().await;
        let data = std::env::temp_dir().join(format!("touchstone-invite-{}", fresh_id().simple()));
        let folder = data.to_string_lossy().into_owned();
        let config = Config::read(|name| (name == "TOUCHSTONE_DATA").then(|| folder.clone()));
        let ctx = Ctx::open(config.expect("settings"), db.pools.clone()).expect("means");
        let (organisation, owner) = found(&db, "Halden Freight").await;
        let assessment = draft(&ctx, &owner).await;
        publish(&ctx, &owner, assessment).await;
        Self { db, ctx, organisation, owner, assessment, data }
    }

    /// Somebody of the organisation with another role.
    pub async fn colleague(&self, role: Role) -> Actor {
        colleague(&self.db, self.organisation, role).await
    }

    /// What a recruiter asks for: this list, for two weeks.
    pub fn ask(&self, list: &str) -> Ask {
        let until = "2037-01-01".to_owned();
        Ask { list: list.to_owned(), until, ..Ask::default() }
    }

    /// The day in a fortnight.
    pub async fn in_days(&self, days: i64) -> String {
        let desk = invitation::desk(&self.ctx, &self.owner, self.assessment).await.expect("desk");
        let seconds = touchstone::domain::time::Seconds::from_days(days);
        until::day(desk.sender.now + seconds, &desk.sender.timezone)
    }

    /// Sends a list for two weeks.
    pub async fn send(&self, list: &str) -> Result<Outcome, Refusal> {
        let until = self.in_days(14).await;
        let ask = Ask { until, ..self.ask(list) };
        send::send(&self.ctx, &self.owner, self.assessment, ask).await
    }

    /// Sends a list in which everybody is invited.
    pub async fn invite(&self, list: &str) -> usize {
        match self.send(list).await {
            Ok(Outcome::Sent { sent, .. }) => sent,
            other => panic!("{other:?}"),
        }
    }

    /// Everybody who was invited, newest first.
    pub async fn invitees(&self) -> Vec<Invitee> {
        let which = Which::default();
        invitation::list(&self.ctx, &self.owner, self.assessment, &which, 1)
            .await
            .expect("a table")
            .rows
    }

    /// The only one who was invited.
    pub async fn only(&self) -> Invitee {
        let mut all = self.invitees().await;
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    /// The links of the mails that were sent since, newest last.
    pub async fn links(&self) -> Vec<String> {
        outbox::send_due(&self.ctx).await.expect("sent");
        let mut entries = outbox::list(&self.ctx, &self.owner).await.expect("the outbox");
        entries.reverse();
        entries
            .iter()
            .filter_map(|entry| self.ctx.mailer.written(entry.id))
            .map(|mail| link_in(&mail))
            .collect()
    }

    /// What a link answers.
    pub async fn open(&self, link: &str) -> Opened {
        let secret = Secret::parse(link.rsplit('/').next().expect("a path")).expect("a secret");
        let session = Secret::fresh().expect("random bits");
        let mut conn = self.db.pools.candidate.acquire().await.expect("the candidate's pool");
        attempt::open(&mut conn, &secret.digest(), &session.digest(), "test").await.expect("opened")
    }

    /// Opens a link and starts.
    pub async fn start(&self, link: &str) -> AttemptId {
        let secret = Secret::parse(link.rsplit('/').next().expect("a path")).expect("a secret");
        let session = Secret::fresh().expect("random bits");
        let mut conn = self.db.pools.candidate.acquire().await.expect("the candidate's pool");
        attempt::open(&mut conn, &secret.digest(), &session.digest(), "test")
            .await
            .expect("opened");
        let id = AttemptId::new(fresh_id());
        match attempt::start(&mut conn, &session.digest(), id, None).await.expect("started") {
            Started::Ok { attempt_id, .. } => attempt_id,
            other => panic!("{other:?}"),
        }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let sql = match table {
            "invitation" => sqlx::query_scalar!("select count(*) from invitation"),
            "candidate" => sqlx::query_scalar!("select count(*) from candidate"),
            "paper_item" => sqlx::query_scalar!("select count(*) from paper_item"),
            _ => sqlx::query_scalar!("select count(*) from outbox"),
        };
        sql.fetch_one(&self.db.owner).await.expect("a count").unwrap_or_default()
    }

    /// The actions of the audit trail about an invitation, oldest first.
    pub async fn trail(&self, id: InvitationId) -> Vec<String> {
        sqlx::query_scalar!(
            "select action from audit_event where subject_id = $1 order by happened_at, audit_event_id",
            id.uuid()
        )
        .fetch_all(&self.db.owner)
        .await
        .expect("the trail")
    }
}

/// The list came back as read.
pub fn returned(outcome: Result<Outcome, Refusal>) -> Checked {
    match outcome {
        Ok(Outcome::Returned(checked)) => checked,
        other => panic!("{other:?}"),
    }
}

/// The personal link in a mail, whose long lines are folded.
pub fn link_in(mail: &str) -> String {
    let mail = mail.replace("=\r\n", "");
    let start = mail.find("/i/").unwrap_or_else(|| panic!("no link in {mail}"));
    mail[start..].chars().take_while(|c| !c.is_whitespace()).collect()
}

/// Founds an organisation with an owner.
pub async fn found(db: &Db, name: &str) -> (OrganisationId, Actor) {
    let organisation = OrganisationId::new(fresh_id());
    sqlx::query!(
        "insert into organisation (organisation_id, name, contact_email, timezone)
         values ($1, $2, 'jobs@halden.example', 'Europe/Oslo')",
        organisation.uuid(),
        name,
    )
    .execute(&db.owner)
    .await
    .expect("organisation");
    let owner = colleague(db, organisation, Role::Owner).await;
    (organisation, owner)
}

/// Makes an assessment from the first blueprint that the bank can serve.
pub async fn draft(ctx: &Ctx, actor: &Actor) -> AssessmentId {
    let draft = touchstone::catalog::blueprints()
        .iter()
        .map(|blueprint| blueprint.draft(touchstone::catalog::bank()).0)
        .find(|draft| assessment::figures(touchstone::catalog::bank(), draft).1.is_empty())
        .expect("a blueprint that runs");
    assessment::create(ctx, actor, draft).await.expect("created")
}

/// Publishes the draft.
pub async fn publish(ctx: &Ctx, actor: &Actor, id: AssessmentId) {
    let found = assessment::find(ctx, actor, id).await.expect("found");
    assessment::publish(ctx, actor, id, found.draft_revision).await.expect("published");
}
