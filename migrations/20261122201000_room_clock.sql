-- The candidate's room, the clock: cheap to ask, pushed when it changes; pauses, incidents of a whole cohort, and
-- time for the candidate's own line.

-- Time for the candidate's own line: so much per attempt, and no more.
alter table organisation add column line_credit_seconds integer not null default 600
  constraint organisation_line_credit_range check (line_credit_seconds between 0 and 7200);

-- A break between two sections that are left for good; 0 gives none.
alter table organisation add column break_seconds integer not null default 0
  constraint organisation_break_range check (break_seconds between 0 and 3600);

alter table time_grant drop constraint time_grant_kind_known;
alter table time_grant add constraint time_grant_kind_known
  check (kind in ('accommodation', 'incident', 'line', 'outage', 'pause', 'reopen'));

-- The end of the pause that is on now, or null.
create function guard.paused_until(of_attempt uuid) returns timestamptz language sql volatile as $$
  select max(g.until_at) from public.time_grant as g
  where g.attempt_id = of_attempt and g.kind = 'pause' and public.app_now() between g.from_at and g.until_at
$$;

-- How an attempt stands, without its questions: what a page asks that is only waiting. Takes no lock.
create function door.clock(p_session bytea, p_invitation uuid) returns jsonb
language sql volatile security definer set search_path = public, pg_temp as $$
  select coalesce((
    select jsonb_build_object(
        'outcome', 'ok',
        'attempt_id', a.attempt_id,
        'state', a.state,
        'is_holder', a.holder_sha256 = p_session,
        'paused_until', guard.micros(guard.paused_until(a.attempt_id)),
        'timezone', o.timezone,
        'break_seconds', case when a.is_untimed then 0 else o.break_seconds end)
      || guard.clock(a)
    from candidate_session as s
    join attempt as a on a.invitation_id = s.invitation_id
    join organisation as o on o.organisation_id = a.organisation_id
    where s.session_sha256 = p_session
      and s.ended_at is null
      and a.invitation_id = p_invitation
      and (a.state = 'running'
           or app_now() <= greatest(a.deadline_at, a.finished_at) + guard.session_outlives())),
    jsonb_build_object('outcome', 'unknown'))
$$;

-- The candidate's own line was down until now. The browser says how long; the database believes it only since the
-- last time it heard of this attempt, and only up to what the organisation allows.
create function door.line(p_session bytea, p_attempt uuid, p_milliseconds bigint) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
  heard timestamptz;
  since timestamptz;
  allowed interval;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if guard.not_yours(seat, p_session) is not null or seat.is_untimed then
    return jsonb_build_object('outcome', 'ok', 'seconds', 0) || guard.clock(seat);
  end if;
  select greatest(
      seat.started_at,
      (select max(r.received_at) from response as r where r.attempt_id = seat.attempt_id),
      (select max(f.changed_at) from response_flag as f where f.attempt_id = seat.attempt_id),
      (select max(u.opened_at) from section_run as u where u.attempt_id = seat.attempt_id),
      (select max(g.until_at) from time_grant as g where g.attempt_id = seat.attempt_id and g.kind = 'line'))
  into heard;
  select make_interval(secs => o.line_credit_seconds) - coalesce((
      select sum(g.until_at - g.from_at) from time_grant as g
      where g.attempt_id = seat.attempt_id and g.kind = 'line'), interval '0')
  into strict allowed
  from organisation as o where o.organisation_id = seat.organisation_id;
  since := greatest(
    heard,
    app_now() - make_interval(secs => least(greatest(p_milliseconds, 0), 86400000) / 1000.0),
    app_now() - greatest(allowed, interval '0'));
  if app_now() - since < interval '10 seconds' then
    return jsonb_build_object('outcome', 'ok', 'seconds', 0) || guard.clock(seat);
  end if;
  insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at)
  values (seat.organisation_id, seat.attempt_id, 'line', since, app_now());
  perform guard.note(
    seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.line_credited', seat.attempt_id,
    jsonb_build_object('from', guard.micros(since), 'until', guard.micros(app_now())));
  select a.* into strict seat from attempt as a where a.attempt_id = seat.attempt_id;
  return jsonb_build_object('outcome', 'ok', 'seconds', extract(epoch from app_now() - since)::integer)
    || guard.clock(seat);
end $$;

-- Leaves a section for good and stops the clock for the break that the organisation allows. Once per section, because
-- a section is left once; the next one opens only when somebody presses its button.
create function door.rest(p_session bytea, p_attempt uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
  refusal text;
  allowed integer;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  refusal := guard.not_yours(seat, p_session);
  if refusal is not null then
    return jsonb_build_object('outcome', refusal) || guard.clock(seat);
  end if;
  select o.break_seconds into strict allowed from organisation as o where o.organisation_id = seat.organisation_id;
  if allowed = 0 or seat.is_untimed or not exists (
    select from paper_item as p
    where p.invitation_id = seat.invitation_id
      and not exists (select from section_run as r where r.attempt_id = seat.attempt_id and r.section = p.section))
  then
    return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
  end if;
  update section_run as r set closed_at = app_now()
  where r.attempt_id = seat.attempt_id
    and r.section = seat.section
    and r.closed_at is null
    and (r.position is not null or r.limit_seconds is not null);
  if not found then
    return jsonb_build_object('outcome', 'section_closed') || guard.clock(seat);
  end if;
  insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at)
  values (seat.organisation_id, seat.attempt_id, 'pause', app_now(), app_now() + make_interval(secs => allowed));
  perform guard.note(
    seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.rested', seat.attempt_id,
    jsonb_build_object('section', seat.section, 'seconds', allowed));
  select a.* into strict seat from attempt as a where a.attempt_id = seat.attempt_id;
  return jsonb_build_object('outcome', 'ok') || guard.clock(seat);
end $$;

-- Many attempts at once, for the server that tells their pages: only clocks, of whatever organisation.
create function office.standing(p_attempts uuid[])
returns table (
  attempt_id uuid, state text, holder_sha256 bytea, deadline_at timestamptz, section_deadline_at timestamptz,
  paused_until timestamptz, moment timestamptz)
language sql volatile security definer set search_path = public, pg_temp as $$
  select a.attempt_id, a.state, a.holder_sha256, a.deadline_at, r.deadline_at,
    guard.paused_until(a.attempt_id), app_now()
  from attempt as a
  left join section_run as r on r.attempt_id = a.attempt_id and r.section = a.section
  where a.attempt_id = any (p_attempts)
$$;

-- A pause of so many seconds from now on: `ok`, `unknown`, `finished` or `untimed`.
create function office.pause_attempt(p_attempt uuid, p_seconds integer, p_reason text, p_by uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt := guard.desk(p_attempt, p_by);
begin
  if seat.attempt_id is null then
    return 'unknown';
  end if;
  if seat.state <> 'running' or app_now() > seat.deadline_at + make_interval(secs => seat.grace_seconds) then
    return 'finished';
  end if;
  if seat.is_untimed then
    return 'untimed';
  end if;
  insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at, reason, granted_by)
  values (seat.organisation_id, seat.attempt_id, 'pause', app_now(), app_now() + make_interval(secs => p_seconds),
          p_reason, p_by);
  perform guard.desk_note(
    seat, p_by, 'attempt.paused', p_reason, jsonb_build_object('kind', 'pause', 'seconds', p_seconds));
  return 'ok';
end $$;

-- Something disturbed everybody: the last seconds are given back to each attempt of an assessment that runs now.
-- An interval, so that it counts once where an outage was credited already. The answer is how many got it; null when
-- the assessment is not the organisation's or the colleague is not on duty.
create function office.declare_incident(p_assessment uuid, p_seconds integer, p_reason text, p_by uuid)
returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hit record;
  seat attempt;
  hits integer := 0;
  moment timestamptz := app_now();
begin
  if not exists (
    select from account as c
    where c.account_id = p_by and c.organisation_id = current_organisation() and c.disabled_at is null)
  then
    return null;
  end if;
  for hit in
    select a.attempt_id from attempt as a
    where a.organisation_id = current_organisation()
      and a.assessment_id = p_assessment
      and a.state = 'running'
      and not a.is_untimed
      and a.started_at < moment
      and moment <= a.deadline_at + make_interval(secs => a.grace_seconds)
    order by a.attempt_id
    for no key update
  loop
    seat := guard.desk(hit.attempt_id, p_by);
    insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at, reason, granted_by)
    values (seat.organisation_id, seat.attempt_id, 'incident', moment - make_interval(secs => p_seconds), moment,
            p_reason, p_by);
    perform guard.desk_note(
      seat, p_by, 'attempt.time_granted', p_reason,
      jsonb_build_object('kind', 'incident', 'seconds', p_seconds, 'assessment', p_assessment));
    hits := hits + 1;
  end loop;
  insert into audit_event (
    organisation_id, actor_kind, actor_id, action, subject_kind, subject_id, reason, detail)
  values (current_organisation(), 'staff', p_by, 'assessment.incident_declared', 'assessment', p_assessment, p_reason,
          jsonb_build_object('seconds', p_seconds, 'attempts', hits));
  return hits;
end $$;

alter function door.clock(bytea, uuid) owner to touchstone_door_owner;
alter function door.rest(bytea, uuid) owner to touchstone_door_owner;
alter function door.line(bytea, uuid, bigint) owner to touchstone_door_owner;
alter function office.standing(uuid[]) owner to touchstone_office_owner;
alter function office.pause_attempt(uuid, integer, text, uuid) owner to touchstone_office_owner;
alter function office.declare_incident(uuid, integer, text, uuid) owner to touchstone_office_owner;
revoke all on function door.clock(bytea, uuid), door.rest(bytea, uuid), door.line(bytea, uuid, bigint), office.standing(uuid[]),
  office.pause_attempt(uuid, integer, text, uuid), office.declare_incident(uuid, integer, text, uuid),
  guard.paused_until(uuid) from public;
grant execute on function door.clock(bytea, uuid), door.rest(bytea, uuid), door.line(bytea, uuid, bigint) to touchstone_candidate;
grant execute on function guard.paused_until(uuid) to touchstone_door_owner, touchstone_office_owner;
grant execute on function office.standing(uuid[]) to touchstone_scorer;
grant execute on function office.pause_attempt(uuid, integer, text, uuid),
  office.declare_incident(uuid, integer, text, uuid) to touchstone_staff;
