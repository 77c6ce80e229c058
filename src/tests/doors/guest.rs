//! People who were invited, each at another point of the way.

use axum::http::Method;
use serde_json::json;
use touchstone::domain::access::Actor;
use touchstone::domain::id::{AssessmentId, AttemptId, InvitationId};
use touchstone::service::invitation::act::{self, Target};
use touchstone::service::invitation::{self, send as list};
use touchstone::service::overdue;
use touchstone::store::invitee::Which;

use super::estate::{cookie_of, send};
use super::payload::Payload;
use crate::app::{Answer, App};
use crate::database::fresh_id;

/// An invited person with a browser.
#[derive(Debug, Clone)]
pub struct Guest {
    /// To what.
    pub invitation: InvitationId,
    /// Once started.
    pub attempt: Option<AttemptId>,
    /// The personal link.
    pub link: String,
    /// The cookie of the session.
    pub cookie: String,
}

impl Guest {
    /// The attempt, or an id that nothing has.
    pub fn attempt(&self) -> String {
        self.attempt.map_or_else(|| fresh_id().to_string(), |id| id.to_string())
    }
}

impl Guest {
    /// One who is let alone, one who works, one who has handed in, one who has only looked.
    pub async fn four(app: &App, owner: &Actor, assessment: AssessmentId, mark: &str) -> [Self; 4] {
        let desk = invitation::desk(&app.ctx, owner, assessment).await.expect("desk");
        let until = invitation::day_in(&desk, 14);
        let people = ["walker", "running", "finished", "waiting"]
            .map(|name| format!("{name}@{mark}.example,{name} {mark}\n"))
            .concat();
        let ask =
            list::Ask { list: format!("email,name\n{people}"), until, ..list::Ask::default() };
        let sent = list::send(&app.ctx, owner, assessment, ask).await;
        assert!(matches!(sent, Ok(list::Outcome::Sent { sent: 4, .. })), "{sent:?}");
        let table = invitation::list(&app.ctx, owner, assessment, &Which::default(), 1).await;
        let rows = table.expect("a table").rows;
        let mut guests = Vec::new();
        for name in ["walker", "running", "finished", "waiting"] {
            let row = rows.iter().find(|row| row.email.starts_with(name)).expect("invited");
            let target = Target { assessment, invitation: row.invitation };
            let link = act::renew_link(&app.ctx, owner, target).await.expect("a link");
            let link = link[link.find("/i/").expect("a link")..].to_owned();
            let answer = send(app, &Method::GET, &link, "", Payload::none()).await;
            let (invitation, cookie) = (row.invitation, cookie_of(&answer));
            let mut guest = Self { invitation, attempt: None, link, cookie };
            if name != "waiting" {
                guest.begin(app).await;
            }
            if name == "finished" {
                let path = format!("/take/{invitation}/submit");
                guest.post(app, &path, Payload::form(&[])).await;
                overdue::after_submit(&app.ctx, guest.attempt.expect("started")).await;
            }
            guests.push(guest);
        }
        guests.try_into().unwrap_or_else(|_| panic!("four"))
    }

    async fn post(&self, app: &App, path: &str, with: Payload) -> Answer {
        let answer = send(app, &Method::POST, path, &self.cookie, with).await;
        assert!([200, 303].contains(&answer.status.as_u16()), "{path}: {}", answer.body);
        answer
    }

    /// Starts, answers and flags.
    async fn begin(&mut self, app: &App) {
        self.post(app, &format!("/take/{}/start", self.invitation), Payload::form(&[])).await;
        let attempt = sqlx::query_scalar!(
            "select attempt_id from attempt where invitation_id = $1",
            self.invitation.uuid()
        );
        let attempt = attempt.fetch_one(&app.db.owner).await.expect("started");
        self.attempt = Some(AttemptId::new(attempt));
        let (invitation, attempt) = (self.invitation, self.attempt());
        let fields = json!([["choice", "a"]]);
        let save = json!({ "invitation": invitation, "attempt": attempt, "position": 1, "base": 0,
                           "save": fresh_id(), "fields": fields });
        self.post(app, "/do/save", Payload::json(&json!({ "change": save }))).await;
        let flag = json!({ "invitation": invitation, "attempt": attempt, "position": 1,
                           "is_flagged": true });
        self.post(app, "/do/flag", Payload::json(&json!({ "change": flag }))).await;
    }
}
