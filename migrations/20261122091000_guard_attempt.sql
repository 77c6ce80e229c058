-- The guards of an attempt: what no code of ours, right or wrong, can do to it.
-- A guard refuses with SQLSTATE 23514 and a constraint's name, so that `store` treats it like any constraint.

create function guard.refuse(which text, why text) returns void language plpgsql as $$
begin
  raise exception '%', why using errcode = '23514', constraint = which;
end $$;

-- Seconds that the ledger gives: plain grants add up, intervals count once where they overlap.
create function guard.extra_seconds(of_attempt uuid) returns integer language sql stable as $$
  select ceil(
    coalesce((
      select sum(g.seconds) from public.time_grant as g where g.attempt_id = of_attempt), 0)
    + coalesce((
      select sum(extract(epoch from upper(span) - lower(span)))
      from unnest((
        select range_agg(tstzrange(g.from_at, g.until_at))
        from public.time_grant as g
        where g.attempt_id = of_attempt and g.from_at is not null)) as span), 0)
  )::integer
$$;

-- What the receipt stands for. The text is described in README.md; changing it breaks every receipt.
create function guard.receipt_hash(of_attempt uuid, final bigint) returns bytea language sql stable as $$
  select sha256(convert_to(
    'touchstone-receipt-1' || E'\n' || of_attempt || E'\n' || final || E'\n'
    || coalesce(string_agg(
         r.version || '|' || r.position || '|' || r.save_id || '|' || guard.micros(r.received_at)
         || '|' || encode(sha256(convert_to(r.body::text, 'UTF8')), 'hex') || E'\n',
         '' order by r.version), ''),
    'UTF8'))
  from public.response as r
  where r.attempt_id = of_attempt and r.version <= final
$$;

create function guard.attempt() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  asked invitation;
  count_of bigint;
  last_at timestamptz;
  moment timestamptz := app_now();
begin
  if tg_op = 'DELETE' then
    if current_user <> 'touchstone_eraser' then
      perform guard.refuse('attempt_kept', 'attempts are not deleted');
    end if;
    return old;
  end if;

  if tg_op = 'INSERT' then
    select i.* into strict asked from invitation as i where i.invitation_id = new.invitation_id;
    if asked.revoked_at is not null or asked.declined_at is not null or asked.expires_at < moment then
      perform guard.refuse('attempt_invitation_open', 'the invitation is not open');
    end if;
    if not exists (
      select from paper_item as p where p.invitation_id = new.invitation_id
      having count(*) > 0 and count(*) = max(p.position))
    then
      perform guard.refuse('attempt_needs_paper', 'the paper was not drawn, or has a gap');
    end if;
    select v.limit_seconds, v.grace_seconds into strict new.base_seconds, new.grace_seconds
    from assessment_version as v where v.assessment_version_id = new.assessment_version_id;
    new.started_at := moment;
    new.is_untimed := asked.is_untimed;
    new.extra_seconds := 0;
    new.state := 'running';
    new.finished_at := null;
    new.finalised_by := null;
    new.final_version := null;
    new.receipt_hash := null;
    new.void_reason := null;
  else
    if (new.attempt_id, new.organisation_id, new.invitation_id, new.assessment_id, new.assessment_version_id,
        new.candidate_id, new.started_at, new.base_seconds, new.grace_seconds, new.is_untimed)
       is distinct from
       (old.attempt_id, old.organisation_id, old.invitation_id, old.assessment_id, old.assessment_version_id,
        old.candidate_id, old.started_at, old.base_seconds, old.grace_seconds, old.is_untimed)
    then
      perform guard.refuse('attempt_immutable', 'this column of an attempt never changes');
    end if;
    -- Reopening and voiding are exceptions that only the audited functions of the office may make.
    if old.state <> 'running' then
      if not (current_user = 'touchstone_office_owner'
              and (old.state, new.state) in (('submitted', 'running'), ('submitted', 'voided')))
      then
        perform guard.refuse('attempt_final', 'the attempt is final');
      end if;
      if new.state = 'voided' then
        -- What was handed in stays as it is: only the word and the reason change.
        new.finished_at := old.finished_at;
        new.finalised_by := old.finalised_by;
        new.final_version := old.final_version;
        new.receipt_hash := old.receipt_hash;
        new.extra_seconds := old.extra_seconds;
        new.deadline_at := old.deadline_at;
        return new;
      end if;
      new.finished_at := null;
      new.finalised_by := null;
      new.final_version := null;
      new.receipt_hash := null;
    end if;
    new.extra_seconds := guard.extra_seconds(new.attempt_id);
  end if;

  new.deadline_at := case when not new.is_untimed
    then new.started_at + make_interval(secs => new.base_seconds + new.extra_seconds) end;

  if new.state <> 'running' then
    -- The row is locked, so no answer can arrive between this count and the end.
    select count(*), max(r.received_at) into count_of, last_at
    from response as r where r.attempt_id = new.attempt_id;
    new.final_version := count_of;
    new.receipt_hash := guard.receipt_hash(new.attempt_id, count_of);
    if moment > new.deadline_at + make_interval(secs => new.grace_seconds) then
      new.finalised_by := 'clock';
      new.finished_at := greatest(new.deadline_at, last_at);
    elsif new.finalised_by in ('candidate', 'staff') then
      -- A clock that was set back must not end an attempt before its last answer.
      new.finished_at := greatest(moment, last_at, new.started_at);
    else
      perform guard.refuse('attempt_not_overdue', 'the clock ends an attempt only after its deadline and grace');
    end if;
  end if;
  return new;
end $$;
create trigger attempt_guard before insert or update or delete on attempt
  for each row execute function guard.attempt();

-- The person's factor becomes the first line of the ledger.
create function guard.attempt_factor() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  factor integer;
begin
  select i.time_factor_percent into strict factor
  from invitation as i where i.invitation_id = new.invitation_id;
  if factor > 100 and not new.is_untimed then
    insert into time_grant (organisation_id, attempt_id, kind, seconds)
    values (new.organisation_id, new.attempt_id, 'accommodation',
            ceil(new.base_seconds * (factor - 100) / 100.0)::integer);
  end if;
  return null;
end $$;
create trigger attempt_factor after insert on attempt
  for each row execute function guard.attempt_factor();

create function guard.time_grant() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  running attempt;
begin
  if tg_op <> 'INSERT' then
    if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
      return old;
    end if;
    perform guard.refuse('time_grant_append_only', 'time that was given stays given');
  end if;
  select a.* into strict running from attempt as a where a.attempt_id = new.attempt_id for no key update;
  if running.state <> 'running' or running.is_untimed then
    perform guard.refuse('time_grant_running', 'time is given to a running attempt with a clock');
  end if;
  new.granted_at := app_now();
  if new.from_at is not null then
    new.from_at := greatest(new.from_at, running.started_at);
    if new.until_at <= new.from_at then
      return null;
    end if;
  end if;
  return new;
end $$;
create trigger time_grant_guard before insert or update or delete on time_grant
  for each row execute function guard.time_grant();

create function guard.time_granted() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  -- Both guards compute the new deadline themselves; touching the rows is enough.
  update attempt set extra_seconds = 0 where attempt_id = new.attempt_id;
  update section_run set extra_seconds = 0
  where attempt_id = new.attempt_id and closed_at is null and limit_seconds is not null;
  return null;
end $$;
create trigger time_granted after insert on time_grant
  for each row execute function guard.time_granted();
