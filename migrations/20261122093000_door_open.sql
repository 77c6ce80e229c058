-- The candidate's door, part one: opening the link and seeing the page.
--
-- Every function of the door takes the hashes of secrets, finds its row by them inside the same statement, and
-- answers with one jsonb that has an `outcome`. What does not exist and what belongs to somebody else are both
-- `unknown`. Instants are microseconds since 1970.

-- A session outlives its attempt by an hour: for the receipt, and for text that was typed while the line was down.
create function guard.session_outlives() returns interval language sql immutable as $$ select interval '60 minutes' $$;

-- Before anything that time decides: was the house away? Looks only, and without a lock, unless it was.
create function guard.settle_outage() returns void language plpgsql as $$
begin
  if exists (
    select from public.heartbeat as h where h.beat_at < clock_timestamp() - interval '10 seconds')
  then
    perform office.credit_outage(interval '10 seconds');
  end if;
end $$;

-- The attempt of this session, locked. Also ends it when its time has passed, so that nothing the candidate sees
-- depends on when the sweeper comes by. No row: unknown.
create function guard.seat(session bytea, of_attempt uuid) returns setof public.attempt
language plpgsql set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  perform guard.settle_outage();
  select a.* into seat
  from candidate_session as s
  join attempt as a on a.invitation_id = s.invitation_id
  where s.session_sha256 = session and s.ended_at is null and a.attempt_id = of_attempt
  for no key update of a;
  if not found then
    return;
  end if;
  if seat.state = 'running' and app_now() > seat.deadline_at + make_interval(secs => seat.grace_seconds) then
    update attempt as a set state = 'submitted', finalised_by = 'clock'
    where a.attempt_id = seat.attempt_id
    returning a.* into seat;
    perform guard.note(seat.organisation_id, 'clock', null, 'attempt.submitted', seat.attempt_id);
  end if;
  if seat.state <> 'running'
     and app_now() > greatest(seat.deadline_at, seat.finished_at) + guard.session_outlives()
  then
    return;
  end if;
  return next seat;
end $$;

create function guard.note(organisation uuid, kind text, who uuid, what text, subject uuid, facts jsonb default '{}')
returns void language sql as $$
  insert into public.audit_event (organisation_id, actor_kind, actor_id, action, subject_kind, subject_id, detail)
  values (organisation, kind, who, what, split_part(what, '.', 1), subject, facts)
$$;

-- What a page may say about an invitation to whoever holds its link: nothing personal.
create function guard.invitation_sign(of_invitation uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'invitation_id', i.invitation_id,
    'organisation', o.name,
    'contact', o.contact_email,
    'timezone', o.timezone,
    'title', v.title,
    'expires_at', guard.micros(i.expires_at))
  from public.invitation as i
  join public.organisation as o on o.organisation_id = i.organisation_id
  join public.assessment_version as v on v.assessment_version_id = i.assessment_version_id
  where i.invitation_id = of_invitation
$$;

-- Why an invitation without an attempt cannot be used, or null when it can.
create function guard.invitation_closed(i public.invitation) returns text language sql volatile as $$
  select case
    when i.declined_at is not null then 'declined'
    when i.revoked_at is not null then 'revoked'
    when i.expires_at < public.app_now() then 'expired'
  end
$$;

-- The link was opened. `ok` makes a session; the others only say what to tell the person.
create function door.open(p_token bytea, p_session bytea, p_agent text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked invitation;
  begun attempt;
  closed text;
begin
  select i.* into asked from invitation as i where i.token_sha256 = p_token for no key update;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  select a.* into begun from attempt as a where a.invitation_id = asked.invitation_id;
  if found then
    if begun.state <> 'running' or app_now() > begun.deadline_at + make_interval(secs => begun.grace_seconds) then
      closed := 'finished';
    end if;
  else
    closed := guard.invitation_closed(asked);
  end if;
  if closed is not null then
    return guard.invitation_sign(asked.invitation_id) - 'invitation_id' || jsonb_build_object('outcome', closed);
  end if;
  insert into candidate_session (session_sha256, organisation_id, invitation_id, agent)
  values (p_session, asked.organisation_id, asked.invitation_id, left(p_agent, 300))
  on conflict do nothing;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  -- Mail scanners open links too: only the newest twenty browsers stay, and always the one that holds the attempt.
  update candidate_session as s set ended_at = app_now()
  where s.session_sha256 in (
    select o.session_sha256 from candidate_session as o
    where o.invitation_id = asked.invitation_id
      and o.ended_at is null
      and o.session_sha256 is distinct from begun.holder_sha256
    order by o.created_at desc
    offset 20);
  if asked.opened_at is null then
    update invitation as i set opened_at = app_now() where i.invitation_id = asked.invitation_id;
    perform guard.note(asked.organisation_id, 'candidate', asked.candidate_id, 'invitation.opened', asked.invitation_id);
  end if;
  return guard.invitation_sign(asked.invitation_id) || jsonb_build_object('outcome', 'ok');
end $$;
