//! The candidate's session: one cookie per invitation.
//!
//! The cookie only says who claims to be here. Whether that is true is asked of the database with
//! every call of the candidate's door.

use std::convert::Infallible;

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue};
use axum::http::request::Parts;

use crate::domain::id::InvitationId;
use crate::domain::time::Seconds;
use crate::http::AppState;
use crate::pages::shell::Frame;
use crate::service::attempt::Bearer;
use crate::service::secret::Secret;
use crate::service::{Ctx, Refusal};

/// The browser forgets the cookie of a link that was opened and never used.
pub const UNUSED: Seconds = Seconds::from_days(60);

/// How a person wants to read. Each is a class of the document and the value of its control.
pub const LOOKS: [&str; 7] =
    ["text-l", "text-xl", "spaced", "more", "ruled", "no-digits", "no-keys"];
/// As long as an attempt without a clock may take.
const LOOK_LASTS: Seconds = Seconds::from_days(30);

/// What was chosen of [`LOOKS`], for one attempt on one device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look(Vec<&'static str>);

impl Look {
    /// Reads names; what nobody knows is left out.
    pub fn read<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self(LOOKS.into_iter().filter(|look| names.contains(look)).collect())
    }

    /// Whether this is chosen.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }

    /// The value of the document's `class`.
    pub fn classes(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(" "))
    }

    /// The header that remembers it.
    pub fn cookie(&self, ctx: &Ctx, invitation: InvitationId) -> Result<HeaderValue, Refusal> {
        let is_https = ctx.config.is_https();
        let secure = if is_https { "; Secure" } else { "" };
        let text = format!(
            "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            name("look", invitation, is_https),
            self.0.join("."),
            LOOK_LASTS.get(),
        );
        HeaderValue::from_str(&text).map_err(|cause| Refusal::Internal(cause.to_string()))
    }
}

/// The name of an invitation's cookie. The end of an id is random; its begin is a time that the
/// invitations of one list share.
fn name(what: &str, invitation: InvitationId, is_https: bool) -> String {
    let id = invitation.uuid().simple().to_string();
    let prefix = if is_https { "__Host-" } else { "" };
    format!("{prefix}touchstone-{what}-{}", &id[id.len() - 12..])
}

/// The secret that a browser holds for an invitation.
pub fn held(ctx: &Ctx, headers: &HeaderMap, invitation: InvitationId) -> Option<Secret> {
    let name = name("take", invitation, ctx.config.is_https());
    value_of(headers, &name).and_then(Secret::parse)
}

fn value_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
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
        name("take", invitation, is_https),
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
        asked(parts, state)
            .await
            .and_then(|invitation| bearer(&Ctx::from_ref(state), &parts.headers, invitation))
            .ok_or(Refusal::Hidden)
    }
}

/// The frame of a candidate's page: as this person reads it.
impl FromRequestParts<AppState> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let mut frame = Self::from_ref(state);
        if let Some(invitation) = asked(parts, state).await {
            let name = name("look", invitation, state.ctx.config.is_https());
            let chosen = value_of(&parts.headers, &name).unwrap_or_default();
            frame.look = Look::read(chosen.split('.'));
        }
        Ok(frame)
    }
}

/// The invitation in the address.
async fn asked<S: Send + Sync>(parts: &mut Parts, state: &S) -> Option<InvitationId> {
    let paths = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
    let Path(pairs) = paths.ok()?;
    pairs.iter().find(|(key, _)| key == "invitation").and_then(|(_, id)| id.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_looks_reach_the_page() {
        let look = Look::read(["more", "text-xl", "\"><script>", ""]);
        assert_eq!(look.classes().as_deref(), Some("text-xl more"));
        assert!(look.has("more") && !look.has("ruled"));
        assert_eq!(Look::read([]).classes(), None);
    }
}
