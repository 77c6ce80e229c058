//! Between the candidate's page and the service: who asks, what it means, how it is told.

use axum::http::request::Parts;
use leptos::prelude::use_context;

use super::attempt::{Change, Checked, Checkup, ClockState, Newer, SaveRefusal, Saved};
use super::context;
use super::error::ApiError;
use crate::domain::id::{AttemptId, InvitationId};
use crate::domain::response::Fields;
use crate::domain::time::Instant;
use crate::http::candidate;
use crate::service::Ctx;
use crate::service::attempt::{self, Bearer, Clock, Pushed, Saving, Standing, State, Visit};
use crate::t;
use crate::text::when::Zone;

/// Who claims to be here, by the cookie of the request.
pub fn bearer(invitation: InvitationId) -> Result<(Ctx, Bearer), ApiError> {
    let ctx = context::ctx()?;
    let parts = use_context::<Parts>().ok_or(ApiError::Internal)?;
    let bearer = candidate::bearer(&ctx, &parts.headers, invitation).ok_or(ApiError::Hidden)?;
    Ok((ctx, bearer))
}

/// The command behind a change. A text that is longer than any answer is refused here.
pub fn read_change(change: Change) -> Result<attempt::Change, ApiError> {
    let Change { position, base, save, fields, .. } = change;
    let fields = Fields::accept(fields).map_err(|_| ApiError::Invalid("too-long".to_owned()))?;
    Ok(attempt::Change { position, base, save, fields: fields.value })
}

/// How the outcome of a save is told.
pub fn told(ctx: &Ctx, attempt: AttemptId, saving: Saving) -> Result<Saved, SaveRefusal> {
    let zone = Zone::named(&ctx.shelf.zone(attempt).unwrap_or_default());
    match saving {
        Saving::Saved { version, at, is_late, completeness, clock } => Ok(Saved {
            version,
            at: zone.clock(at),
            state: completeness,
            is_late,
            clock: ClockState {
                left: clock.and_then(|clock| Some(left(clock.now, clock.ends_at()?))),
                ends: clock.and_then(|clock| Some(zone.clock(clock.ends_at()?))),
                closed: None,
            },
        }),
        Saving::Stale { version, theirs, words } => {
            Err(SaveRefusal::Stale(Newer { version, fields: pairs(&theirs), summary: words }))
        }
        Saving::Kept(why) => Err(SaveRefusal::Kept(why.code().to_owned())),
        Saving::Reused => Err(ApiError::Conflict("save-reused".to_owned()).into()),
    }
}

/// What a page's clock shows.
pub fn clock_of(standing: &Standing) -> ClockState {
    let Standing { state, is_holder, paused_until, timezone, clock, .. } = standing;
    show(clock, state, *is_holder, *paused_until, timezone)
}

/// The same, when the server was not asked but has noticed a change.
pub fn clock_pushed(bearer: &Bearer, pushed: &Pushed, now: Instant, timezone: &str) -> ClockState {
    let clock = Clock {
        now,
        deadline_at: pushed.deadline_at,
        section_deadline_at: pushed.section_deadline_at,
    };
    show(&clock, &pushed.state, bearer.holds(pushed), pushed.paused_until, timezone)
}

/// Keeps what a browser found, and tells the end in its own zone.
pub async fn check(ctx: &Ctx, bearer: Bearer, checkup: Checkup) -> Result<Checked, ApiError> {
    let zone = Zone::known(&checkup.zone);
    let is_odd = checkup.zone.len() > 60 || checkup.trip < 0;
    if is_odd {
        return Err(ApiError::Invalid("unreadable".to_owned()));
    }
    let facts = serde_json::to_value(&checkup).map_err(|_| ApiError::Internal)?;
    let now = attempt::check(ctx, bearer, facts).await?;
    let deadline = match (zone, attempt::view(ctx, bearer).await?) {
        (Some(zone), Visit::Open(sitting)) if sitting.state == State::Invited => {
            let at = sitting.sign.expires_at;
            t!("room-own-zone", at = zone.moment(at), zone = zone.name(at))
        }
        _ => String::new(),
    };
    Ok(Checked { now: now.micros() / 1_000, deadline })
}

fn show(
    clock: &Clock,
    state: &str,
    is_holder: bool,
    paused_until: Option<Instant>,
    timezone: &str,
) -> ClockState {
    let zone = Zone::named(timezone);
    let ends_at = clock.ends_at();
    let closed = match state {
        "running" if !is_holder => Some("other-device"),
        "running" if paused_until.is_some() => Some("paused"),
        "running" => None,
        _ => Some("finished"),
    };
    ClockState {
        left: ends_at.map(|ends_at| left(clock.now, ends_at)),
        ends: ends_at.map(|ends_at| zone.clock(ends_at)),
        closed: closed.map(str::to_owned),
    }
}

fn left(now: Instant, ends_at: Instant) -> i64 {
    (ends_at.micros() - now.micros()).max(0) / 1_000
}

fn pairs(fields: &Fields) -> Vec<(String, String)> {
    fields
        .0
        .iter()
        .flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())))
        .collect()
}
