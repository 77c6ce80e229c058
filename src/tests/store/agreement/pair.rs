//! The model's run and the database's, side by side.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use touchstone::domain::attempt::{Attempt, Command, Outcome, Session, State};
use touchstone::domain::id::SaveId;
use touchstone::domain::time::{Instant, Seconds};
use touchstone::domain::timing::{Given, Grant, GrantKind, SESSION_OUTLIVES};
use touchstone::store::desk::{self, Cause, Done};
use touchstone::store::door::{Moved, Saved, Submitted};
use touchstone::store::{attempt, clock, response, tenant, time};

use super::MARGIN;
use crate::database::Db;
use crate::store::world::{Browser, GRACE, World};

const SECOND: i64 = 1_000_000;

/// Both sides of one history.
pub struct Pair<'a> {
    /// Where the one side is.
    pub db: &'a Db,
    /// Whose attempt it is.
    pub world: &'a World,
    /// The two devices of the candidate.
    pub browsers: [Browser; 2],
    /// The other side.
    pub model: Attempt<String>,
    /// The time of the step, in microseconds.
    pub now: i64,
}

impl Pair<'_> {
    /// Moves on, and further while a deadline is near.
    pub fn wait(&mut self, seconds: i64) {
        self.now += seconds * SECOND;
        let grace = i64::from(GRACE) * SECOND;
        let mut edges = Vec::new();
        let deadlines = self.model.runs.values().map(|run| run.deadline);
        for deadline in deadlines.chain([self.model.deadline()]).flatten() {
            edges.extend([deadline.micros(), deadline.micros() + grace]);
        }
        let outlives = SESSION_OUTLIVES.get() * SECOND;
        edges.extend(self.model.deadline().map(|deadline| deadline.micros() + outlives));
        if let State::Submitted { at, .. } = self.model.state {
            edges.push(at.micros() + outlives);
        }
        while edges.iter().any(|edge| (edge - self.now).abs() < MARGIN) {
            self.now += SECOND;
        }
    }

    /// Moves the database to the time of the step.
    pub async fn set_clock(&self) {
        sqlx::query!(
            "update deployment set clock_shift = $1 - clock_timestamp()",
            time::timestamp(Instant::from_micros(self.now)),
        )
        .execute(&self.db.owner)
        .await
        .expect("a test database moves");
    }

    /// The model's name of a browser.
    pub fn session(&self, browser: usize) -> Session {
        Session(self.browsers[browser].session)
    }

    /// What the database answers, in the model's words.
    pub async fn ask(&self, browser: usize, command: &Command<String>) -> Outcome {
        let me = &self.browsers[browser];
        let mut conn = me.conn().await;
        match command {
            Command::Save { position, base_version, save_id, body } => {
                let (position, base) = (position.cast_signed(), base_version.cast_signed());
                drop(conn);
                saved(&me.save_as(position, base, *save_id, body).await.outcome)
            }
            Command::Flag { position, is_flagged } => {
                let position = position.cast_signed();
                let done =
                    response::flag(&mut conn, &me.session, me.attempt, position, *is_flagged);
                moved(done.await.expect("answer").outcome)
            }
            Command::Section { section, position } => {
                let (section, position) = (section.cast_signed(), position.map(u32::cast_signed));
                let done = attempt::section(&mut conn, &me.session, me.attempt, section, position);
                moved(done.await.expect("answer").outcome)
            }
            Command::TakeOver => {
                let done = attempt::take_over(&mut conn, &me.session, me.attempt);
                moved(done.await.expect("answer").outcome)
            }
            Command::Submit => {
                match attempt::submit(&mut conn, &me.session, me.attempt).await.expect("answer") {
                    Submitted::Ok(_) => Outcome::Ok,
                    Submitted::OtherDevice => Outcome::OtherDevice,
                    Submitted::Unknown => Outcome::Unknown,
                    Submitted::Running => panic!("submitting leaves nothing running"),
                }
            }
        }
    }

    /// Staff give seconds; whether both sides did the same.
    pub async fn give(&mut self, seconds: i32) -> bool {
        let (staff, organisation) = (&self.db.pools.staff, self.world.organisation);
        let mut tx = tenant::begin(staff, organisation).await.expect("staff");
        let (attempt, by) = (self.browsers[0].attempt, self.world.account);
        let done = desk::grant_time(&mut tx, attempt, Cause::Incident, seconds, "why", by).await;
        tx.commit().await.expect("granted");
        let given = Given::Plain(Seconds::new(seconds.into()));
        let now = Instant::from_micros(self.now);
        let grant = Grant { kind: GrantKind::Incident, given, granted_at: now, is_by_staff: true };
        let is_given = self.model.give(grant, now);
        is_given == (done.expect("answer") == Done::Ok)
    }

    /// The house was away; whether both sides did the same.
    pub async fn outage(&mut self, seconds: i64) -> bool {
        let outages = async || {
            sqlx::query!(
                r#"select from_at as "from_at!", until_at as "until_at!"
                   from time_grant where attempt_id = $1 and kind = 'outage'
                   order by granted_at desc, time_grant_id desc"#,
                self.browsers[0].attempt.uuid(),
            )
            .fetch_all(&self.db.owner)
            .await
            .expect("ledger")
        };
        let before = outages().await.len();
        let ago = f64::from(i32::try_from(seconds).expect("short"));
        sqlx::query!(
            "insert into heartbeat (beat_at) values (clock_timestamp() - make_interval(secs => $1))
             on conflict (is_only) do update set beat_at = excluded.beat_at",
            ago,
        )
        .execute(&self.db.owner)
        .await
        .expect("heartbeat");
        let mut conn = self.db.pools.scorer.acquire().await.expect("scorer");
        clock::credit_outage(&mut conn, 3.0).await.expect("credit");
        // No server beats here: without the row the time between two steps is no outage.
        sqlx::query!("delete from heartbeat").execute(&self.db.owner).await.expect("no heart");
        let after = outages().await;
        let was_given = after.len() > before;
        let (from, until) = match after.first() {
            Some(row) if was_given => (time::instant(row.from_at), time::instant(row.until_at)),
            _ => {
                let now = Instant::from_micros(self.now);
                (now - Seconds::new(seconds), now)
            }
        };
        // Whoever was overdue when the house closed gets nothing, so the model gives as of then.
        let kind = GrantKind::Outage;
        let given = Given::Between(from, until);
        let grant = Grant { kind, given, granted_at: until, is_by_staff: false };
        let began = from.max(self.model.started_at);
        self.model.give(grant, began) == was_given
    }

    /// Staff end it.
    pub async fn end(&mut self) {
        let (staff, organisation) = (&self.db.pools.staff, self.world.organisation);
        let mut tx = tenant::begin(staff, organisation).await.expect("staff");
        let (attempt, by) = (self.browsers[0].attempt, self.world.account);
        desk::end_attempt(&mut tx, attempt, "enough", by).await.expect("answer");
        tx.commit().await.expect("ended");
        self.model.end_by_staff(Instant::from_micros(self.now));
    }

    /// What both have kept.
    pub async fn compare(&self) -> Result<(), TestCaseError> {
        let (owner, id) = (&self.db.owner, self.browsers[0].attempt.uuid());
        let row = sqlx::query!(
            "select state, finalised_by, final_version, extra_seconds, section, holder_sha256
             from attempt where attempt_id = $1",
            id
        )
        .fetch_one(owner)
        .await
        .expect("attempt");
        let (state, by, length) = match self.model.state {
            State::Running => ("running", None, None),
            State::Submitted { by, final_version, .. } => {
                ("submitted", Some(by.as_str().to_owned()), Some(final_version.cast_signed()))
            }
        };
        prop_assert_eq!((&*row.state, row.finalised_by, row.final_version), (state, by, length));
        prop_assert_eq!(i64::from(row.extra_seconds), self.model.extra().get());
        prop_assert_eq!(row.section, self.model.section.cast_signed());
        prop_assert_eq!(row.holder_sha256, self.model.holder.0.to_vec());

        let log = sqlx::query!(
            r#"select version, position, save_id, is_late, body #>> '{raw,value,0}' as "body!"
               from response where attempt_id = $1 order by version"#,
            id
        )
        .fetch_all(owner)
        .await
        .expect("log");
        let theirs: Vec<_> = log
            .into_iter()
            .map(|row| (row.version, row.position, row.save_id, row.is_late, row.body))
            .collect();
        let ours = self.model.log.iter().map(|entry| {
            let (version, position) = (entry.version.cast_signed(), entry.position.cast_signed());
            (version, position, entry.save_id.uuid(), entry.is_late, entry.body.clone())
        });
        prop_assert_eq!(theirs, ours.collect::<Vec<_>>());

        let late = sqlx::query!(
            r#"select save_id, position, reason, body #>> '{raw,value,0}' as "body!"
               from late_answer where attempt_id = $1"#,
            id
        )
        .fetch_all(owner)
        .await
        .expect("late text");
        let theirs: BTreeMap<_, _> = late
            .into_iter()
            .map(|row| (SaveId::new(row.save_id), (row.position, row.reason, row.body)))
            .collect();
        let ours: BTreeMap<_, _> = self
            .model
            .kept
            .iter()
            .map(|(save, late)| {
                (*save, (late.position.cast_signed(), late.reason.to_owned(), late.body.clone()))
            })
            .collect();
        prop_assert_eq!(theirs, ours);

        let runs = sqlx::query!(
            r#"select section, position, closed_at is not null as "is_closed!"
               from section_run where attempt_id = $1 order by section"#,
            id
        )
        .fetch_all(owner)
        .await
        .expect("sections");
        let theirs: Vec<_> =
            runs.into_iter().map(|row| (row.section, row.position, row.is_closed)).collect();
        let ours = self.model.runs.iter().map(|(section, run)| {
            (section.cast_signed(), run.position.map(u32::cast_signed), run.is_closed)
        });
        prop_assert_eq!(theirs, ours.collect::<Vec<_>>());

        let flags = sqlx::query_scalar!(
            "select position from response_flag where attempt_id = $1 and is_flagged",
            id
        )
        .fetch_all(owner)
        .await
        .expect("flags");
        let theirs: BTreeSet<_> = flags.into_iter().map(i32::cast_unsigned).collect();
        prop_assert_eq!(&theirs, &self.model.flags);
        Ok(())
    }
}

fn moved(answer: Moved) -> Outcome {
    match answer {
        Moved::Ok => Outcome::Ok,
        Moved::NotOpen => Outcome::NotOpen,
        Moved::SectionClosed => Outcome::SectionClosed,
        Moved::Late => Outcome::Late,
        Moved::Finished => Outcome::Finished,
        Moved::OtherDevice => Outcome::OtherDevice,
        Moved::Unknown => Outcome::Unknown,
    }
}

fn saved(answer: &Saved) -> Outcome {
    match *answer {
        Saved::Saved { version, received_at, is_late } => {
            Outcome::Saved { version: version.cast_unsigned(), received_at, is_late }
        }
        Saved::Stale { version, .. } => Outcome::Stale { version: version.cast_unsigned() },
        Saved::Reused => Outcome::Reused,
        Saved::Late => Outcome::Late,
        Saved::Finished => Outcome::Finished,
        Saved::OtherDevice => Outcome::OtherDevice,
        Saved::SectionClosed => Outcome::SectionClosed,
        Saved::NotOpen => Outcome::NotOpen,
        Saved::NoPosition => Outcome::NoPosition,
        Saved::TooBig => panic!("nothing here is big"),
        Saved::Unknown => Outcome::Unknown,
    }
}
