//! What happens to a world from outside: time is given, the server was away, something is settled.

use touchstone::domain::id::AttemptId;

use super::world::World;

impl World {
    /// Gives seconds to an attempt.
    pub async fn give(&self, attempt: AttemptId, seconds: i32) {
        sqlx::query!(
            "insert into time_grant (organisation_id, attempt_id, kind, seconds)
             values ($1, $2, 'incident', $3)",
            self.staff().0.uuid(),
            attempt.uuid(),
            seconds,
        )
        .execute(&self.db.owner)
        .await
        .expect("given");
    }

    /// The server was away for the last seconds of an attempt.
    pub async fn outage(&self, attempt: AttemptId, seconds: i32) {
        sqlx::query!(
            "insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at)
             values ($1, $2, 'outage', app_now() - make_interval(secs => $3), app_now())",
            self.staff().0.uuid(),
            attempt.uuid(),
            f64::from(seconds),
        )
        .execute(&self.db.owner)
        .await
        .expect("an outage");
    }

    /// Settles what candidates see after the end.
    pub async fn let_candidates_see(&self, what: &str) {
        sqlx::query!(
            "update organisation set candidate_sees = $2 where organisation_id = $1",
            self.staff().0.uuid(),
            what,
        )
        .execute(&self.db.owner)
        .await
        .expect("settled");
    }

    /// Offers a break of so many seconds.
    pub async fn let_candidates_rest(&self, seconds: i32) {
        sqlx::query!(
            "update organisation set break_seconds = $2 where organisation_id = $1",
            self.staff().0.uuid(),
            seconds,
        )
        .execute(&self.db.owner)
        .await
        .expect("settled");
    }

    /// How often this stands in the audit trail.
    pub async fn audited(&self, action: &str) -> i64 {
        sqlx::query_scalar!("select count(*) from audit_event where action = $1", action)
            .fetch_one(&self.db.owner)
            .await
            .expect("the trail")
            .unwrap_or_default()
    }
}
