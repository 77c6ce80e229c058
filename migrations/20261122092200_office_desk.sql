-- What staff may do to an attempt. Staff have no right to change one: these functions do it, each writes down who
-- did it and why in the same transaction, and each works only inside the organisation that the transaction named.

-- The attempt, locked, if it is the organisation's and the actor is a colleague on duty.
create function guard.desk(of_attempt uuid, by_account uuid) returns public.attempt
language plpgsql set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  select a.* into seat from attempt as a
  where a.attempt_id = of_attempt and a.organisation_id = current_organisation()
  for no key update;
  if not found or not exists (
    select from account as c
    where c.account_id = by_account and c.organisation_id = seat.organisation_id and c.disabled_at is null)
  then
    return null;
  end if;
  return seat;
end $$;

create function guard.desk_note(a public.attempt, by_account uuid, what text, why text, facts jsonb) returns void
language sql as $$
  insert into public.audit_event (
    organisation_id, actor_kind, actor_id, action, subject_kind, subject_id, reason, detail)
  values (a.organisation_id, 'staff', by_account, what, 'attempt', a.attempt_id, why, facts)
$$;

-- More time for somebody who works right now: `ok`, `unknown`, `finished` or `untimed`.
create function office.grant_time(p_attempt uuid, p_kind text, p_seconds integer, p_reason text, p_by uuid)
returns text
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
  if p_kind not in ('accommodation', 'incident') then
    perform guard.refuse('time_grant_kind_known', 'staff give time for an accommodation or an incident');
  end if;
  insert into time_grant (organisation_id, attempt_id, kind, seconds, reason, granted_by)
  values (seat.organisation_id, seat.attempt_id, p_kind, p_seconds, p_reason, p_by);
  perform guard.desk_note(
    seat, p_by, 'attempt.time_granted', p_reason, jsonb_build_object('kind', p_kind, 'seconds', p_seconds));
  return 'ok';
end $$;

-- Ends a running attempt; what was saved is handed in: `ok`, `unknown` or `finished`.
create function office.end_attempt(p_attempt uuid, p_reason text, p_by uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt := guard.desk(p_attempt, p_by);
begin
  if seat.attempt_id is null then
    return 'unknown';
  end if;
  if seat.state <> 'running' then
    return 'finished';
  end if;
  update attempt as a set state = 'submitted', finalised_by = 'staff' where a.attempt_id = seat.attempt_id;
  perform guard.desk_note(seat, p_by, 'attempt.ended', p_reason, '{}');
  return 'ok';
end $$;

-- Cancels an attempt. Everything is kept: `ok`, `unknown` or `voided`.
create function office.void_attempt(p_attempt uuid, p_reason text, p_by uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt := guard.desk(p_attempt, p_by);
begin
  if seat.attempt_id is null then
    return 'unknown';
  end if;
  if seat.state = 'voided' then
    return 'voided';
  end if;
  update attempt as a
  set state = 'voided', void_reason = p_reason, finalised_by = coalesce(a.finalised_by, 'staff')
  where a.attempt_id = seat.attempt_id;
  perform guard.desk_note(seat, p_by, 'attempt.voided', p_reason, jsonb_build_object('state', seat.state));
  return 'ok';
end $$;

-- Lets a candidate go on after the end. The time since the end is given back, so that the candidate has what was
-- left then, plus `p_seconds`; results made so far stay: `ok`, `unknown`, `running`, `voided` or `no_time`.
create function office.reopen_attempt(p_attempt uuid, p_seconds integer, p_reason text, p_by uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt := guard.desk(p_attempt, p_by);
begin
  if seat.attempt_id is null then
    return 'unknown';
  end if;
  if seat.state <> 'submitted' then
    return seat.state;
  end if;
  if not seat.is_untimed
     and extract(epoch from seat.deadline_at - seat.finished_at) + coalesce(p_seconds, 0) <= 0
  then
    return 'no_time';
  end if;
  update attempt as a set state = 'running' where a.attempt_id = seat.attempt_id;
  if not seat.is_untimed then
    insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at, reason, granted_by)
    values (seat.organisation_id, seat.attempt_id, 'reopen', seat.finished_at, app_now(), p_reason, p_by);
    if p_seconds > 0 then
      insert into time_grant (organisation_id, attempt_id, kind, seconds, reason, granted_by)
      values (seat.organisation_id, seat.attempt_id, 'reopen', p_seconds, p_reason, p_by);
    end if;
  end if;
  perform guard.desk_note(
    seat, p_by, 'attempt.reopened', p_reason,
    jsonb_build_object(
      'seconds', p_seconds,
      'finished_at', guard.micros(seat.finished_at),
      'finalised_by', seat.finalised_by,
      'final_version', seat.final_version,
      'receipt_hash', encode(seat.receipt_hash, 'hex')));
  return 'ok';
end $$;

alter function office.grant_time(uuid, text, integer, text, uuid) owner to touchstone_office_owner;
alter function office.end_attempt(uuid, text, uuid) owner to touchstone_office_owner;
alter function office.void_attempt(uuid, text, uuid) owner to touchstone_office_owner;
alter function office.reopen_attempt(uuid, integer, text, uuid) owner to touchstone_office_owner;
revoke all on function office.grant_time(uuid, text, integer, text, uuid),
  office.end_attempt(uuid, text, uuid), office.void_attempt(uuid, text, uuid),
  office.reopen_attempt(uuid, integer, text, uuid) from public;
grant execute on function office.grant_time(uuid, text, integer, text, uuid),
  office.end_attempt(uuid, text, uuid), office.void_attempt(uuid, text, uuid),
  office.reopen_attempt(uuid, integer, text, uuid) to touchstone_staff;
