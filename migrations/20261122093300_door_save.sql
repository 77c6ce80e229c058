-- The candidate's door, part four: saving, flagging, handing in.

-- Keeps text that cannot count. The first text under a save_id stays; another one under the same id is a fault.
create function guard.keep_late(
  a public.attempt, p_position integer, p_base bigint, p_save uuid, p_body jsonb, why text, answer text)
returns jsonb language plpgsql set search_path = public, pg_temp as $$
begin
  insert into late_answer (
    organisation_id, attempt_id, invitation_id, save_id, position, base_version, body, reason)
  values (a.organisation_id, a.attempt_id, a.invitation_id, p_save, p_position, p_base, p_body, why)
  on conflict do nothing;
  if not found and not exists (
    select from late_answer as l
    where l.attempt_id = a.attempt_id and l.save_id = p_save and l.position = p_position and l.body = p_body)
  then
    return jsonb_build_object('outcome', 'reused') || guard.clock(a);
  end if;
  return jsonb_build_object('outcome', answer, 'is_kept', true) || guard.clock(a);
end $$;

-- One change of one answer. Everything is decided under the attempt's lock, by the time read there.
create function door.save(
  p_session bytea, p_attempt uuid, p_position integer, p_base bigint, p_save uuid, p_body jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
  before response;
  place paper_item;
  run section_run;
  made response;
  moment timestamptz;
  refusal text;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  p_body := coalesce(p_body, 'null');
  -- `seat` found the attempt in time under the lock; a microsecond later is still that decision.
  moment := least(app_now(), seat.deadline_at + make_interval(secs => seat.grace_seconds));

  -- A repeated save gets its first answer, also after the end.
  select r.* into before from response as r where r.attempt_id = seat.attempt_id and r.save_id = p_save;
  if found then
    if before.position <> p_position or before.body <> p_body then
      return jsonb_build_object('outcome', 'reused') || guard.clock(seat);
    end if;
    return guard.saved(before) || guard.clock(seat);
  end if;

  select p.* into place from paper_item as p
  where p.invitation_id = seat.invitation_id and p.position = p_position;
  if not found then
    return jsonb_build_object('outcome', 'no_position') || guard.clock(seat);
  end if;
  if octet_length(p_body::text) > 65536 then
    return jsonb_build_object('outcome', 'too_big') || guard.clock(seat);
  end if;
  select r.* into run from section_run as r where r.attempt_id = seat.attempt_id and r.section = place.section;
  if not found or p_position > run.position then
    return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
  end if;

  refusal := guard.not_yours(seat, p_session);
  if refusal is not null then
    return guard.keep_late(
      seat, p_position, p_base, p_save, p_body,
      case refusal when 'late' then 'overdue' else refusal end, refusal);
  end if;
  if run.closed_at is not null
     or moment > run.deadline_at + make_interval(secs => seat.grace_seconds)
     or p_position < run.position
  then
    return guard.keep_late(seat, p_position, p_base, p_save, p_body, 'section_closed', 'section_closed');
  end if;

  select r.* into before from response as r
  where r.attempt_id = seat.attempt_id and r.position = p_position
  order by r.version desc
  limit 1;
  if p_base is distinct from coalesce(before.version, 0) then
    return jsonb_build_object(
      'outcome', 'stale',
      'version', coalesce(before.version, 0),
      'body', before.body,
      'received_at', guard.micros(before.received_at)) || guard.clock(seat);
  end if;

  insert into response (
    organisation_id, attempt_id, invitation_id, position, save_id, base_version, body, received_at)
  values (
    seat.organisation_id, seat.attempt_id, seat.invitation_id, p_position, p_save, p_base, p_body, moment)
  returning * into made;
  return guard.saved(made) || guard.clock(seat);
end $$;

create function guard.saved(r public.response) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'outcome', 'saved',
    'version', r.version,
    'received_at', guard.micros(r.received_at),
    'is_late', r.is_late)
$$;

-- A reminder to oneself: the last word counts, it is not part of the answers.
create function door.flag(p_session bytea, p_attempt uuid, p_position integer, p_is_flagged boolean) returns jsonb
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
  if refusal is null and not exists (
    select from paper_item as p
    join section_run as r on r.attempt_id = seat.attempt_id and r.section = p.section
    where p.invitation_id = seat.invitation_id
      and p.position = p_position
      and r.closed_at is null
      and (r.position is null or p.position <= r.position))
  then
    refusal := 'not_open';
  end if;
  if refusal is not null then
    return jsonb_build_object('outcome', refusal) || guard.clock(seat);
  end if;
  insert into response_flag (organisation_id, attempt_id, invitation_id, position, is_flagged)
  values (seat.organisation_id, seat.attempt_id, seat.invitation_id, p_position, p_is_flagged)
  on conflict (attempt_id, position) do update
  set is_flagged = excluded.is_flagged, changed_at = app_now();
  return jsonb_build_object('outcome', 'ok', 'is_flagged', p_is_flagged) || guard.clock(seat);
end $$;

-- The receipt: only stored facts, so that it never changes.
create function guard.receipt(a public.attempt) returns jsonb language sql stable as $$
  select guard.invitation_sign(a.invitation_id) || jsonb_build_object(
    'outcome', 'ok',
    'attempt_id', a.attempt_id,
    'state', a.state,
    'number', v.number,
    'started_at', guard.micros(a.started_at),
    'finished_at', guard.micros(a.finished_at),
    'finalised_by', a.finalised_by,
    'final_version', a.final_version,
    'items', (select count(*) from public.paper_item as p where p.invitation_id = a.invitation_id),
    'answered', (
      select count(*) from public.response as r
      where r.attempt_id = a.attempt_id
        and not guard.is_blank(r.body)
        and not exists (
          select from public.response as n
          where n.attempt_id = r.attempt_id and n.position = r.position and n.version > r.version)),
    'grants', guard.view_grants(a.attempt_id),
    'keep_until', guard.micros(i.keep_until),
    'receipt_hash', encode(a.receipt_hash, 'hex'))
  from public.invitation as i
  join public.assessment_version as v on v.assessment_version_id = i.assessment_version_id
  where i.invitation_id = a.invitation_id
$$;

-- Hands in. Again and again gives the same receipt.
create function door.submit(p_session bytea, p_attempt uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if seat.state = 'running' then
    if seat.holder_sha256 <> p_session then
      return jsonb_build_object('outcome', 'other_device') || guard.clock(seat);
    end if;
    update attempt as a set state = 'submitted', finalised_by = 'candidate'
    where a.attempt_id = seat.attempt_id
    returning a.* into seat;
    perform guard.note(
      seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.submitted', seat.attempt_id);
  end if;
  return guard.receipt(seat);
end $$;

create function door.receipt(p_session bytea, p_invitation uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  select s.* into seat
  from attempt as a
  cross join lateral guard.seat(p_session, a.attempt_id) as s
  where a.invitation_id = p_invitation;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if seat.state = 'running' then
    return jsonb_build_object('outcome', 'running');
  end if;
  return guard.receipt(seat);
end $$;

-- The door is closed: these functions, for the candidate's role, and nothing else.
do $$
declare
  made regprocedure;
begin
  for made in select p.oid from pg_proc as p where p.pronamespace = 'door'::regnamespace
  loop
    execute format('alter function %s owner to touchstone_door_owner', made);
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to touchstone_candidate', made);
  end loop;
end $$;
revoke all on all functions in schema guard from public;
grant execute on all functions in schema guard to touchstone_door_owner, touchstone_office_owner;
