//! Two organisations with people who write items.

use std::path::PathBuf;

use touchstone::config::Config;
use touchstone::domain::access::Actor;
use touchstone::domain::account::Role;
use touchstone::domain::bank_review::Verb;
use touchstone::domain::id::{ItemCode, OrganisationId};
use touchstone::service::bank::{review, write};
use touchstone::service::{Ctx, Refusal};

use crate::database::{Db, fresh_id};
use crate::people::colleague_at;

/// A house with two organisations.
pub struct World {
    /// The database.
    pub db: Db,
    /// The means of the services.
    pub ctx: Ctx,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who writes.
    pub writer: Actor,
    /// Who reviews.
    pub reviewer: Actor,
    /// The owner of another organisation.
    pub stranger: Actor,
    /// A folder for files.
    pub folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    /// Founds both.
    pub async fn found() -> Self {
        let db = Db::fresh().await;
        let folder = std::env::temp_dir().join(format!("touchstone-bank-{}", fresh_id().simple()));
        std::fs::create_dir(&folder).expect("a fresh folder");
        let data = folder.join("data").to_string_lossy().into_owned();
        let config = Config::read(|name| (name == "TOUCHSTONE_DATA").then(|| data.clone()));
        let ctx = Ctx::open(config.expect("settings"), db.pools.clone()).expect("means");
        let organisation = organisation(&db, "Halden Freight").await;
        let other = organisation_of_strangers(&db).await;
        let writer = colleague_at(&db, organisation, Role::Owner, "writer@example.org").await;
        let reviewer = colleague_at(&db, organisation, Role::Rater, "reviewer@example.org").await;
        let stranger = colleague_at(&db, other, Role::Owner, "stranger@example.org").await;
        Self { db, ctx, organisation, writer, reviewer, stranger, folder }
    }

    /// Another colleague.
    pub async fn colleague(&self, role: Role, email: &str) -> Actor {
        colleague_at(&self.db, self.organisation, role, email).await
    }

    /// Writes an item.
    pub async fn create(&self, source: &str) -> ItemCode {
        write::create(&self.ctx, &self.writer, source.to_owned()).await.expect("written")
    }

    /// Does a step.
    pub async fn step(
        &self,
        who: &Actor,
        code: &ItemCode,
        number: i32,
        verb: Verb,
    ) -> Result<(), Refusal> {
        review::step(&self.ctx, who, code, number, verb, "seen").await
    }

    /// Writes an item and brings it into use.
    pub async fn approved(&self, source: &str) -> ItemCode {
        let code = self.create(source).await;
        self.step(&self.writer, &code, 1, Verb::Submitted).await.expect("submitted");
        self.step(&self.reviewer, &code, 1, Verb::Approved).await.expect("approved");
        code
    }
}

async fn organisation(db: &Db, name: &str) -> OrganisationId {
    let id = OrganisationId::new(fresh_id());
    sqlx::query!(
        "insert into organisation (organisation_id, name, timezone) values ($1, $2, 'Europe/Oslo')",
        id.uuid(),
        name,
    )
    .execute(&db.owner)
    .await
    .expect("organisation");
    id
}

async fn organisation_of_strangers(db: &Db) -> OrganisationId {
    organisation(db, "Skagen Systems").await
}

/// A whole item that keeps every rule.
pub fn item(code: &str, skill: &str) -> String {
    format!(
        r#"# Written by hand: this line and the blanks are part of the file.
schema = 1
id = "{code}"
rev = 1
status = "draft"
type = "single_choice"
skill = "{skill}"
level = "mid"
cognitive = "apply"
seeds = ["S1-2"]
tags = ["queue",   "retry"]
p_expected = 0.55
seconds = 90
shuffle = true
stem = '''
The warehouse of {code} sends each parcel's weight twice: once when it is packed and once
when it leaves. The billing job adds both rows, so half of the customers pay double.
'''
ask = "Which change stops the double charge without losing a weight?"
explanation = '''
Both messages describe one parcel, so the job has to recognise the parcel and keep one
row for it. A unique key on the parcel does that even when both messages arrive in the
same moment, which a check before the insert does not.
'''
references = ["PostgreSQL documentation: INSERT, ON CONFLICT"]

[[option]]
id = "a"
text = "A unique key on the parcel, and an insert that updates the row"
key = true   # the database decides
why = "The second message changes the row of the first one instead of adding another."

[[option]]
id = "b"
text = "A check for the parcel first, and an insert if there is no row"
why = "Two messages of one moment both find no row, and both insert one."

[[option]]
id = "c"
text = "A nightly job that deletes the older row of each parcel twice"
why = "Bills that were sent during the day still hold both of the rows."

[[option]]
id = "d"
text = "A longer pause between both messages, set in the warehouse system"
why = "Both messages still arrive, only later, and both rows are still added."
"#
    )
}
