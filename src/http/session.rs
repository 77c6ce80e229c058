//! Who is asking: the session of staff, and the policy before every door.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer};
use uuid::Uuid;

use crate::components::{Place, StaffFrame};
use crate::domain::access::{Action, Actor, Decision, decide};
use crate::domain::account::Role;
use crate::domain::id::{AccountId, OrganisationId};
use crate::service::auth::SignedIn;
use crate::service::{Ctx, Refusal};
use crate::store::session::{ACCOUNT, PERSON, PgSessions, digest};

/// Session cookies of staff, kept in PostgreSQL.
pub fn layer(ctx: &Ctx) -> SessionManagerLayer<PgSessions> {
    let is_https = ctx.config.is_https();
    let name = if is_https { "__Host-touchstone-staff" } else { "touchstone-staff" };
    SessionManagerLayer::new(PgSessions::new(ctx.pools.staff.clone()))
        .with_name(name)
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The end of a session is the database's business.
        .with_expiry(Expiry::OnSessionEnd)
}

/// A colleague who is signed in, as of this request.
#[derive(Debug, Clone)]
pub struct Person {
    /// For the policy.
    pub actor: Actor,
    /// Account.
    pub account: AccountId,
    /// Where the person works.
    pub organisation: OrganisationId,
    /// What the person may do.
    pub role: Role,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Name of the organisation.
    pub organisation_name: String,
    /// IANA name of the organisation's time zone.
    pub timezone: String,
}

impl Person {
    /// The frame of staff pages with the places that this person may enter.
    pub fn frame(&self, ctx: &Ctx) -> StaffFrame {
        let places = [
            (Place::Assessments, Action::SeeAssessments),
            (Place::Catalog, Action::SeeCatalog),
            (Place::Items, Action::SeeItems),
            (Place::Exports, Action::ExportResults),
            (Place::People, Action::SeePeople),
            (Place::Outbox, Action::SeeOutbox),
            (Place::Audit, Action::SeeAudit),
        ];
        StaffFrame {
            person: self.name.clone(),
            places: places
                .into_iter()
                .filter(|(_, action)| decide(&self.actor, *action) == Decision::Allow)
                .map(|(place, _)| place)
                .collect(),
            is_demo: ctx.config.is_demo,
        }
    }
}

#[derive(Deserialize)]
struct Stored {
    account: Uuid,
    organisation: Uuid,
    role: String,
    name: String,
    email: String,
    organisation_name: String,
    timezone: String,
}

impl Stored {
    fn person(self) -> Option<Person> {
        let account = AccountId::new(self.account);
        let organisation = OrganisationId::new(self.organisation);
        let role: Role = self.role.parse().ok()?;
        Some(Person {
            actor: Actor::Staff { account, organisation, role },
            account,
            organisation,
            role,
            name: self.name,
            email: self.email,
            organisation_name: self.organisation_name,
            timezone: self.timezone,
        })
    }
}

/// Puts the actor (and the colleague) of the request where handlers find it.
pub async fn recall(mut request: Request, next: Next) -> Response {
    let person = match request.extensions().get::<Session>() {
        Some(session) => match session.get::<Stored>(PERSON).await {
            Ok(stored) => stored.and_then(Stored::person),
            Err(cause) => {
                return Refusal::Unavailable(cause.to_string()).into_response();
            }
        },
        None => None,
    };
    let actor = person.as_ref().map_or(Actor::Anonymous, |person| person.actor);
    request.extensions_mut().insert(actor);
    if let Some(person) = person {
        request.extensions_mut().insert(Arc::new(person));
    }
    next.run(request).await
}

/// Asks the policy before the handler runs.
///
/// The candidate's doors are asked again by the database, which alone knows whose session it is.
pub async fn gate(action: Action, request: Request, next: Next) -> Response {
    let actor = request.extensions().get::<Actor>().copied().unwrap_or(Actor::Anonymous);
    let is_candidates = matches!(action, Action::SeeOwnAttempt | Action::WorkOnOwnAttempt);
    match decide(&actor, action) {
        Decision::Allow => next.run(request).await,
        _ if is_candidates => next.run(request).await,
        Decision::Deny if actor == Actor::Anonymous => sign_in_first(&request),
        Decision::Deny => Refusal::Forbidden.into_response(),
        Decision::Hide => Refusal::Hidden.into_response(),
    }
}

/// A page leads to the sign-in form and back; anything else is told so.
fn sign_in_first(request: &Request) -> Response {
    let is_island = request.uri().path().starts_with("/do/");
    if request.method() == Method::GET && !is_island {
        return Redirect::to(&sign_in_url(request.uri())).into_response();
    }
    if is_island {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Redirect::to("/sign-in").into_response()
}

fn sign_in_url(uri: &Uri) -> String {
    let back = uri.path_and_query().map_or("/", |path| path.as_str());
    if back == "/" {
        return "/sign-in".to_owned();
    }
    let back: String = url_component(back);
    format!("/sign-in?next={back}")
}

/// Encodes what may not stand in a query's value.
pub fn url_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Where a sign-in leads: a path of this house, never another site.
pub fn local_path(next: Option<&str>) -> &str {
    match next {
        Some(path)
            if path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains(['\\', '\r', '\n', '\t'])
                && !path.chars().any(char::is_control) =>
        {
            path
        }
        _ => "/",
    }
}

/// Begins the session of somebody who has shown who they are, with a new id.
pub async fn begin(session: &Session, who: SignedIn) -> Result<(), Refusal> {
    let fail = |cause: tower_sessions::session::Error| Refusal::Internal(cause.to_string());
    session.cycle_id().await.map_err(fail)?;
    session.insert(ACCOUNT, who.account.uuid()).await.map_err(fail)
}

/// What the database knows of this session.
pub fn session_digest(session: &Session) -> Vec<u8> {
    session.id().map(|id| digest(&id).to_vec()).unwrap_or_default()
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts
            .extensions
            .get::<Arc<Self>>()
            .map(|person| (**person).clone())
            .ok_or_else(|| Redirect::to("/sign-in"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for bad in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nb"]
        {
            assert_eq!(local_path(Some(bad)), "/", "{bad}");
        }
        assert_eq!(local_path(Some("/results?sort=score")), "/results?sort=score");
    }

    #[test]
    fn the_way_back_keeps_its_query() {
        let uri: Uri = "/results?sort=score&q=a%20b".parse().expect("a uri");
        assert_eq!(sign_in_url(&uri), "/sign-in?next=/results%3Fsort%3Dscore%26q%3Da%2520b");
    }
}
