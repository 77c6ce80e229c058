//! Invitations: making many at once, and changing one.

use sqlx::PgConnection;

use crate::domain::account::Email;
use crate::domain::guest_list::Guest;
use crate::domain::id::{
    AccountId, AssessmentId, CandidateId, InvitationId, ItemId, OrganisationId, VersionId,
};
use crate::domain::invitation::{OwnTime, Status};
use crate::domain::time::{Instant, Seconds};
use crate::store::{StoreError, time as db_time};

/// Between the ids of options, where an array of arrays is one text each.
const SEPARATOR: &str = "\u{1f}";

/// Who invites, and what time it is there.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Name of the organisation.
    pub name: String,
    /// Where candidates may ask.
    pub contact_email: Option<String>,
    /// IANA name of the time zone.
    pub timezone: String,
    /// The database's time.
    pub now: Instant,
}

/// The organisation that the transaction names.
pub async fn find_sender(conn: &mut PgConnection) -> Result<Option<Sender>, StoreError> {
    let row = sqlx::query!(
        r#"select name, contact_email, timezone, app_now() as "now!" from organisation"#
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Sender {
        name: row.name,
        contact_email: row.contact_email,
        timezone: row.timezone,
        now: db_time::instant(row.now),
    }))
}

/// Title and clock of a published version.
pub async fn find_title_and_limit(
    conn: &mut PgConnection,
    version: VersionId,
) -> Result<Option<(String, Seconds)>, StoreError> {
    let row = sqlx::query!(
        "select title, limit_seconds from assessment_version where assessment_version_id = $1",
        version.uuid(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.title, Seconds::new(i64::from(row.limit_seconds)))))
}

/// Reads a status as the view names it.
pub(super) fn read_status(word: &str, id: InvitationId) -> Result<Status, StoreError> {
    word.parse().map_err(|why| StoreError::corrupt("invitation_status", "status", id, why))
}

/// Those of the addresses that have an invitation to this assessment, with how far they are.
/// Withdrawn and declined ones do not count: such a person can be asked again.
pub async fn list_taken(
    conn: &mut PgConnection,
    assessment: AssessmentId,
    emails: &[String],
) -> Result<Vec<(String, Status)>, StoreError> {
    let rows = sqlx::query!(
        r#"select c.email, s.invitation_id as "invitation_id!", s.status as "status!"
           from candidate as c
           join invitation_status as s on s.candidate_id = c.candidate_id
           where s.assessment_id = $1 and c.email = any($2) and s.status not in ('revoked', 'declined')"#,
        assessment.uuid(),
        emails,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.email, read_status(&row.status, InvitationId::new(row.invitation_id))?)))
        .collect()
}

/// Makes those people known who are new; what is known of the others is completed, never replaced,
/// but for the organisation's own number. In the order of the guests.
pub async fn upsert_candidates(
    conn: &mut PgConnection,
    organisation: OrganisationId,
    guests: &[(CandidateId, &Guest)],
) -> Result<Vec<(Email, CandidateId)>, StoreError> {
    let ids: Vec<_> = guests.iter().map(|(id, _)| id.uuid()).collect();
    let emails: Vec<_> = guests.iter().map(|(_, guest)| guest.email.as_str().to_owned()).collect();
    let names: Vec<_> = guests
        .iter()
        .map(|(_, guest)| guest.name.as_ref().map(|name| name.as_str().to_owned()))
        .collect();
    let numbers: Vec<_> = guests.iter().map(|(_, guest)| guest.external_id.clone()).collect();
    // In the order of addresses: two lists at once lock the same rows in the same order.
    let rows = sqlx::query!(
        "insert into candidate (candidate_id, organisation_id, email, name, external_id)
         select n.id, $1, n.email, n.name, n.external_id
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as n (id, email, name, external_id)
         order by n.email
         on conflict on constraint candidate_email_unique do update
         set name = coalesce(candidate.name, excluded.name),
             external_id = coalesce(excluded.external_id, candidate.external_id)
         returning candidate_id, email",
        organisation.uuid(),
        &ids,
        &emails,
        &names as &[Option<String>],
        &numbers as &[Option<String>],
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let email = row
                .email
                .parse()
                .map_err(|why| StoreError::corrupt("candidate", "email", row.candidate_id, why))?;
            Ok((email, CandidateId::new(row.candidate_id)))
        })
        .collect()
}

/// What all invitations of one sending share.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    /// Whose.
    pub organisation: OrganisationId,
    /// To what.
    pub assessment: AssessmentId,
    /// Which version of it.
    pub version: VersionId,
    /// The last moment to start.
    pub expires_at: Instant,
    /// Everything is deleted after it.
    pub keep_until: Instant,
    /// Who invites.
    pub by: AccountId,
}

/// One invitation to make.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Id.
    pub id: InvitationId,
    /// For whom.
    pub candidate: CandidateId,
    /// SHA-256 of the link's secret.
    pub token: [u8; 32],
    /// The person's time.
    pub time: OwnTime,
    /// Draws the paper.
    pub seed: i64,
    /// The paper.
    pub paper: Vec<NewSeat>,
}

/// One place of a paper.
#[derive(Debug, Clone)]
pub struct NewSeat {
    /// From 1, over all sections.
    pub position: i32,
    /// From 1.
    pub section: i32,
    /// The organisation's copy of the item.
    pub item: ItemId,
    /// Ids of options as this paper shows them.
    pub option_order: Vec<String>,
}

/// Makes invitations with their papers.
pub async fn insert_all(
    conn: &mut PgConnection,
    batch: Batch,
    new: &[NewInvitation],
) -> Result<(), StoreError> {
    let ids: Vec<_> = new.iter().map(|one| one.id.uuid()).collect();
    let candidates: Vec<_> = new.iter().map(|one| one.candidate.uuid()).collect();
    let tokens: Vec<_> = new.iter().map(|one| one.token.to_vec()).collect();
    let factors: Vec<_> = new.iter().map(|one| i32::from(one.time.factor_percent)).collect();
    let untimed: Vec<_> = new.iter().map(|one| one.time.is_untimed).collect();
    let seeds: Vec<_> = new.iter().map(|one| one.seed).collect();
    sqlx::query!(
        "insert into invitation (
           invitation_id, organisation_id, assessment_id, assessment_version_id, candidate_id,
           token_sha256, expires_at, time_factor_percent, is_untimed, seed, keep_until, created_by)
         select n.id, $1, $2, $3, n.candidate, n.token, $4, n.factor, n.untimed, n.seed, $5, $6
         from unnest($7::uuid[], $8::uuid[], $9::bytea[], $10::integer[], $11::boolean[], $12::bigint[])
           as n (id, candidate, token, factor, untimed, seed)",
        batch.organisation.uuid(),
        batch.assessment.uuid(),
        batch.version.uuid(),
        db_time::timestamp(batch.expires_at),
        db_time::timestamp(batch.keep_until),
        batch.by.uuid(),
        &ids,
        &candidates,
        &tokens,
        &factors,
        &untimed,
        &seeds,
    )
    .execute(&mut *conn)
    .await?;

    let seats = || new.iter().flat_map(|one| one.paper.iter().map(move |seat| (one.id, seat)));
    let invitations: Vec<_> = seats().map(|(id, _)| id.uuid()).collect();
    let positions: Vec<_> = seats().map(|(_, seat)| seat.position).collect();
    let sections: Vec<_> = seats().map(|(_, seat)| seat.section).collect();
    let items: Vec<_> = seats().map(|(_, seat)| seat.item.uuid()).collect();
    let orders: Vec<_> = seats().map(|(_, seat)| seat.option_order.join(SEPARATOR)).collect();
    sqlx::query!(
        "insert into paper_item (
           organisation_id, invitation_id, assessment_version_id, position, section, item_id, option_order)
         select $1, n.invitation, $2, n.position, n.section, n.item, string_to_array(n.options, $3)
         from unnest($4::uuid[], $5::integer[], $6::integer[], $7::uuid[], $8::text[])
           as n (invitation, position, section, item, options)",
        batch.organisation.uuid(),
        batch.version.uuid(),
        SEPARATOR,
        &invitations,
        &positions,
        &sections,
        &items,
        &orders,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives an invitation another link; the one before ends at once.
pub async fn update_link(
    conn: &mut PgConnection,
    id: InvitationId,
    token: &[u8; 32],
) -> Result<(), StoreError> {
    sqlx::query!(
        "update invitation set token_sha256 = $2 where invitation_id = $1",
        id.uuid(),
        token.as_slice(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Withdraws an invitation. Refused by `invitation_not_started` once there is an attempt.
pub async fn update_revoked(conn: &mut PgConnection, id: InvitationId) -> Result<(), StoreError> {
    sqlx::query!(
        "update invitation set revoked_at = app_now() where invitation_id = $1 and revoked_at is null",
        id.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the last moment to start; the day of deletion moves along, never back.
pub async fn update_expiry(
    conn: &mut PgConnection,
    id: InvitationId,
    expires_at: Instant,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update invitation
         set expires_at = $2,
             keep_until = keep_until + greatest($2 - expires_at, interval '0')
         where invitation_id = $1",
        id.uuid(),
        db_time::timestamp(expires_at),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets the time of somebody who has not started. Refused by `invitation_not_started` afterwards.
pub async fn update_time(
    conn: &mut PgConnection,
    id: InvitationId,
    time: OwnTime,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update invitation set time_factor_percent = $2, is_untimed = $3 where invitation_id = $1",
        id.uuid(),
        i32::from(time.factor_percent),
        time.is_untimed,
    )
    .execute(conn)
    .await?;
    Ok(())
}
