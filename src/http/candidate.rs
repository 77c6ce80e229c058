//! The candidate's session: one cookie per invitation.
//!
//! The cookie only says who claims to be here. Whether that is true is asked of the database with
//! every call of the candidate's door.

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};
use axum::http::request::Parts;

use crate::domain::id::InvitationId;
use crate::domain::time::Seconds;
use crate::service::attempt::Bearer;
use crate::service::secret::Secret;
use crate::service::{Ctx, Refusal};

/// The browser forgets the cookie of a link that was opened and never used.
pub const UNUSED: Seconds = Seconds::from_days(60);

/// The name of an invitation's cookie. The end of an id is random; its begin is a time that the
/// invitations of one list share.
fn name(invitation: InvitationId, is_https: bool) -> String {
    let id = invitation.uuid().simple().to_string();
    let prefix = if is_https { "__Host-" } else { "" };
    format!("{prefix}touchstone-take-{}", &id[id.len() - 12..])
}

/// The secret that a browser holds for an invitation.
pub fn held(ctx: &Ctx, headers: &HeaderMap, invitation: InvitationId) -> Option<Secret> {
    let name = name(invitation, ctx.config.is_https());
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| Secret::parse(value))
}

/// Who claims to be here for an invitation.
pub fn bearer(ctx: &Ctx, headers: &HeaderMap, invitation: InvitationId) -> Option<Bearer> {
    held(ctx, headers, invitation).map(|secret| Bearer::new(invitation, &secret))
}

/// The header that gives a browser its session.
pub fn cookie(
    ctx: &Ctx,
    invitation: InvitationId,
    secret: &Secret,
    age: Seconds,
) -> Result<HeaderValue, Refusal> {
    let is_https = ctx.config.is_https();
    let secure = if is_https { "; Secure" } else { "" };
    let text = format!(
        "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        name(invitation, is_https),
        secret.reveal(),
        age.get().max(0),
    );
    HeaderValue::from_str(&text).map_err(|cause| Refusal::Internal(cause.to_string()))
}

/// The bearer of the invitation in the address. Without a session it looks as if there were nothing.
impl<S> FromRequestParts<S> for Bearer
where
    S: Send + Sync,
    Ctx: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let paths = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Ok(Path(pairs)) = paths else { return Err(Refusal::Hidden) };
        pairs
            .iter()
            .find(|(key, _)| key == "invitation")
            .and_then(|(_, id)| id.parse().ok())
            .and_then(|invitation| bearer(&Ctx::from_ref(state), &parts.headers, invitation))
            .ok_or(Refusal::Hidden)
    }
}
