-- Time given back, and the end that nobody had to press a button for.

-- Gives the time that the house was away to every attempt that was running then. The lock on the heartbeat makes
-- sure that an outage is counted once; attempts are locked in one order, so that this cannot deadlock with itself.
create function office.credit_outage(tolerance interval) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_beat timestamptz;
  real_now timestamptz;
  shift interval;
  away_from timestamptz;
  away_until timestamptz;
  hit record;
  hits integer := 0;
begin
  insert into heartbeat (beat_at) values (clock_timestamp()) on conflict do nothing;
  select h.beat_at into last_beat from heartbeat as h for update;
  real_now := clock_timestamp();
  update heartbeat set beat_at = greatest(last_beat, real_now);
  if real_now - last_beat <= tolerance then
    return 0;
  end if;
  shift := coalesce((select d.clock_shift from deployment as d), interval '0');
  away_from := last_beat + shift;
  away_until := real_now + shift;
  for hit in
    select a.attempt_id, a.organisation_id
    from attempt as a
    where a.state = 'running'
      and not a.is_untimed
      and a.started_at < away_until
      and a.deadline_at + make_interval(secs => a.grace_seconds) > away_from
    order by a.attempt_id
    for no key update
  loop
    insert into time_grant (organisation_id, attempt_id, kind, from_at, until_at)
    values (hit.organisation_id, hit.attempt_id, 'outage', away_from, away_until);
    insert into audit_event (organisation_id, actor_kind, action, subject_kind, subject_id, detail)
    values (hit.organisation_id, 'clock', 'attempt.outage_credited', 'attempt', hit.attempt_id,
            jsonb_build_object('from', guard.micros(away_from), 'until', guard.micros(away_until)));
    hits := hits + 1;
  end loop;
  insert into outage (from_at, until_at, attempts) values (away_from, away_until, hits);
  return hits;
end $$;

-- Called every two seconds by a running server.
create function office.heartbeat() returns integer
language sql security definer set search_path = public, pg_temp as $$
  select office.credit_outage(interval '10 seconds')
$$;

-- Ends attempts whose time and grace have passed, oldest deadline first. Several sweepers share the work.
create function office.close_overdue(at_most integer)
returns table (organisation_id uuid, attempt_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform office.credit_outage(interval '10 seconds');
  return query
    with overdue as (
      select a.attempt_id
      from attempt as a
      where a.state = 'running'
        and not a.is_untimed
        and a.deadline_at < app_now()
        and a.deadline_at + make_interval(secs => a.grace_seconds) < app_now()
      order by a.deadline_at
      limit at_most
      for no key update skip locked),
    closed as (
      update attempt as a set state = 'submitted', finalised_by = 'clock'
      from overdue as o where a.attempt_id = o.attempt_id
      returning a.organisation_id, a.attempt_id),
    noted as (
      insert into audit_event (organisation_id, actor_kind, action, subject_kind, subject_id)
      select c.organisation_id, 'clock', 'attempt.submitted', 'attempt', c.attempt_id from closed as c)
    select c.organisation_id, c.attempt_id from closed as c;
end $$;

-- Finished attempts that have no result for their finished history yet.
create function office.awaiting_result(at_most integer)
returns table (organisation_id uuid, attempt_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.organisation_id, a.attempt_id
  from attempt as a
  where a.state = 'submitted'
    and not exists (
      select from result as r where r.attempt_id = a.attempt_id and r.final_version = a.final_version)
  order by a.finished_at
  limit at_most
$$;

alter function office.credit_outage(interval) owner to touchstone_office_owner;
alter function office.heartbeat() owner to touchstone_office_owner;
alter function office.close_overdue(integer) owner to touchstone_office_owner;
alter function office.awaiting_result(integer) owner to touchstone_office_owner;
revoke all on function office.credit_outage(interval), office.heartbeat(), office.close_overdue(integer),
  office.awaiting_result(integer) from public;
grant execute on function office.credit_outage(interval), office.heartbeat(), office.close_overdue(integer)
  to touchstone_staff;
-- The scorer's pool beats too: it has connections when exports hold all those of staff, and a heart that waits for
-- one would look like an outage.
grant execute on function office.awaiting_result(integer), office.credit_outage(interval), office.heartbeat()
  to touchstone_scorer;
grant execute on function office.credit_outage(interval) to touchstone_door_owner;
