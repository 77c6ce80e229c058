-- The candidate's door, part three: starting, moving between sections, changing the device, saying no.

-- What every start of the same attempt answers, whoever was first.
create function guard.started(a public.attempt) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'outcome', 'ok',
    'attempt_id', a.attempt_id,
    'started_at', guard.micros(a.started_at),
    'deadline_at', guard.micros(a.deadline_at))
$$;

-- Starts the clock in the transaction that opens the first section. The invitation's lock lets one start win;
-- the others find its attempt.
create function door.start(p_session bytea, p_attempt uuid, p_name text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked invitation;
  begun attempt;
  closed text;
  first_section integer;
begin
  perform guard.settle_outage();
  select i.* into asked
  from candidate_session as s
  join invitation as i on i.invitation_id = s.invitation_id
  where s.session_sha256 = p_session and s.ended_at is null
  for no key update of i;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  select a.* into begun from attempt as a where a.invitation_id = asked.invitation_id;
  if found then
    return guard.started(begun);
  end if;
  closed := guard.invitation_closed(asked);
  if closed is not null then
    return jsonb_build_object('outcome', closed);
  end if;
  select min(p.section) into first_section from paper_item as p where p.invitation_id = asked.invitation_id;
  insert into attempt (
    attempt_id, organisation_id, invitation_id, assessment_id, assessment_version_id, candidate_id,
    holder_sha256, section)
  values (
    p_attempt, asked.organisation_id, asked.invitation_id, asked.assessment_id, asked.assessment_version_id,
    asked.candidate_id, p_session, first_section);
  insert into section_run (organisation_id, attempt_id, section)
  values (asked.organisation_id, p_attempt, first_section);
  if btrim(p_name) <> '' then
    update candidate as c set name = left(btrim(p_name), 200) where c.candidate_id = asked.candidate_id;
  end if;
  perform guard.note(asked.organisation_id, 'candidate', asked.candidate_id, 'attempt.started', p_attempt);
  select a.* into strict begun from attempt as a where a.attempt_id = p_attempt;
  return guard.started(begun);
end $$;

-- What the page's clock needs with every answer.
create function guard.clock(a public.attempt) returns jsonb language sql volatile as $$
  select jsonb_build_object(
    'now', guard.micros(public.app_now()),
    'deadline_at', guard.micros(a.deadline_at),
    'section_deadline_at', (
      select guard.micros(r.deadline_at) from public.section_run as r
      where r.attempt_id = a.attempt_id and r.section = a.section))
$$;

-- Why this session may not change this attempt now, or null when it may.
create function guard.not_yours(a public.attempt, session bytea) returns text language sql immutable as $$
  select case
    when a.state = 'voided' then 'finished'
    when a.state <> 'running' and a.finalised_by = 'clock' then 'late'
    when a.state <> 'running' then 'finished'
    when a.holder_sha256 <> session then 'other_device'
  end
$$;

-- Opens a section, or moves on inside a linear one. A section that is linear or has its own clock is strict: it is
-- left for good, and it cannot be skipped. All others stay open and may be visited in any order.
create function door.section(p_session bytea, p_attempt uuid, p_section integer, p_position integer) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
  refusal text;
  run section_run;
  next_position integer;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  refusal := guard.not_yours(seat, p_session);
  if refusal is not null then
    return jsonb_build_object('outcome', refusal) || guard.clock(seat);
  end if;
  if not exists (
    select from paper_item as p where p.invitation_id = seat.invitation_id and p.section = p_section)
  then
    return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
  end if;
  select r.* into run from section_run as r where r.attempt_id = seat.attempt_id and r.section = p_section;
  if run.closed_at is not null
     or app_now() > run.deadline_at + make_interval(secs => seat.grace_seconds)
  then
    return jsonb_build_object('outcome', 'section_closed') || guard.clock(seat);
  end if;

  if p_section <> seat.section then
    if run.section is null then
      if exists (
        select from version_section as s
        where s.assessment_version_id = seat.assessment_version_id
          and s.section < p_section
          and (s.navigation = 'linear' or (s.limit_seconds is not null and not seat.is_untimed))
          and exists (
            select from paper_item as p where p.invitation_id = seat.invitation_id and p.section = s.section)
          and not exists (
            select from section_run as r where r.attempt_id = seat.attempt_id and r.section = s.section))
      then
        return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
      end if;
    end if;
    update section_run as r set closed_at = app_now()
    where r.attempt_id = seat.attempt_id
      and r.section = seat.section
      and r.closed_at is null
      and (r.position is not null or r.limit_seconds is not null);
    if run.section is null then
      insert into section_run (organisation_id, attempt_id, section)
      values (seat.organisation_id, seat.attempt_id, p_section);
    end if;
    update attempt as a set section = p_section where a.attempt_id = seat.attempt_id
    returning a.* into seat;
  elsif run.position is not null and p_position is distinct from run.position and p_position is not null then
    select min(p.position) into next_position from paper_item as p
    where p.invitation_id = seat.invitation_id and p.section = p_section and p.position > run.position;
    if p_position is distinct from next_position then
      return jsonb_build_object(
        'outcome', case when p_position < run.position then 'section_closed' else 'not_open' end)
        || guard.clock(seat);
    end if;
    update section_run as r set position = p_position
    where r.attempt_id = seat.attempt_id and r.section = p_section;
  end if;
  return jsonb_build_object('outcome', 'ok', 'section', seat.section) || guard.clock(seat);
end $$;

-- This browser writes from now on; the one before turns read-only.
create function door.take_over(p_session bytea, p_attempt uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
  refusal text;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  refusal := guard.not_yours(seat, p_session);
  if refusal = 'other_device' then
    update attempt as a set holder_sha256 = p_session where a.attempt_id = seat.attempt_id
    returning a.* into seat;
    perform guard.note(
      seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.taken_over', seat.attempt_id);
    refusal := null;
  end if;
  return jsonb_build_object('outcome', coalesce(refusal, 'ok')) || guard.clock(seat);
end $$;

-- No, thank you. Only before the start; afterwards there is submitting.
create function door.decline(p_session bytea, p_invitation uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked invitation;
  closed text;
begin
  select i.* into asked
  from candidate_session as s
  join invitation as i on i.invitation_id = s.invitation_id
  where s.session_sha256 = p_session and s.ended_at is null and i.invitation_id = p_invitation
  for no key update of i;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if exists (select from attempt as a where a.invitation_id = asked.invitation_id) then
    return jsonb_build_object('outcome', 'started');
  end if;
  closed := guard.invitation_closed(asked);
  if closed is not null then
    return jsonb_build_object('outcome', closed);
  end if;
  update invitation as i set declined_at = app_now() where i.invitation_id = asked.invitation_id;
  perform guard.note(
    asked.organisation_id, 'candidate', asked.candidate_id, 'invitation.declined', asked.invitation_id);
  return jsonb_build_object('outcome', 'declined');
end $$;
