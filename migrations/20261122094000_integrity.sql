-- What must be true at any moment, as one query: after a crash, after a restore, every night.
-- An empty answer is a healthy database. Each row names the check, the attempt and what is wrong.

create function office.integrity(p_attempt uuid)
returns table (code text, organisation_id uuid, attempt_id uuid, detail text)
language sql stable security definer set search_path = public, pg_temp as $$
  -- K1: the log of an attempt has a gap, or lost something.
  select 'K1', min(r.organisation_id::text)::uuid, r.attempt_id,
         format('%s answers, versions %s to %s', count(*), min(r.version), max(r.version))
  from response as r
  where p_attempt is null or r.attempt_id = p_attempt
  group by r.attempt_id
  having count(*) <> max(r.version) or min(r.version) <> 1
  union all
  -- K2: the log of a finished attempt changed afterwards: its length, or the hash of its content.
  select 'K2', a.organisation_id, a.attempt_id,
         format('%s answers, %s when it ended', l.length, a.final_version)
  from attempt as a
  cross join lateral (
    select count(*) as length from response as r where r.attempt_id = a.attempt_id) as l
  where (p_attempt is null or a.attempt_id = p_attempt)
    and a.final_version is not null
    and (a.final_version <> l.length
         or a.receipt_hash is distinct from guard.receipt_hash(a.attempt_id, a.final_version))
  union all
  -- K3: an answer from outside the attempt's time.
  select 'K3', a.organisation_id, a.attempt_id, format('version %s', r.version)
  from response as r
  join attempt as a on a.attempt_id = r.attempt_id
  where (p_attempt is null or a.attempt_id = p_attempt)
    and (r.received_at < a.started_at
         or r.received_at > coalesce(a.finished_at, 'infinity')
         or r.received_at > a.deadline_at + make_interval(secs => a.grace_seconds))
  union all
  -- K4: a deadline that does not follow from the start, the limit and the ledger.
  select 'K4', a.organisation_id, a.attempt_id,
         format('%s extra seconds, %s in the ledger', a.extra_seconds, guard.extra_seconds(a.attempt_id))
  from attempt as a
  where (p_attempt is null or a.attempt_id = p_attempt)
    and (a.extra_seconds <> guard.extra_seconds(a.attempt_id)
         or a.deadline_at <> a.started_at + make_interval(secs => a.base_seconds + a.extra_seconds))
  union all
  -- K5: answers that arrived in another order than their versions say.
  select 'K5', o.organisation_id, o.attempt_id, format('version %s', o.version)
  from (
    select r.organisation_id, r.attempt_id, r.version,
           r.received_at < lag(r.received_at) over (partition by r.attempt_id order by r.version) as is_earlier
    from response as r
    where p_attempt is null or r.attempt_id = p_attempt) as o
  where o.is_earlier
  union all
  -- K6: the newest result is not of the finished log.
  select 'K6', a.organisation_id, a.attempt_id,
         format('result of %s answers, %s when it ended', r.final_version, a.final_version)
  from result_current as r
  join attempt as a on a.attempt_id = r.attempt_id
  where (p_attempt is null or a.attempt_id = p_attempt)
    and a.state = 'submitted'
    and a.finished_at < r.created_at
    and r.final_version <> a.final_version
  union all
  -- K7: an attempt whose time passed more than five seconds ago and that nobody ended.
  select 'K7', a.organisation_id, a.attempt_id, format('deadline %s', a.deadline_at)
  from attempt as a
  where (p_attempt is null or a.attempt_id = p_attempt)
    and a.state = 'running'
    and a.deadline_at + make_interval(secs => a.grace_seconds + 5) < app_now()
  union all
  -- K8: an answer to a question that was never opened to this candidate.
  select 'K8', r.organisation_id, r.attempt_id, format('version %s, position %s', r.version, r.position)
  from response as r
  join paper_item as p on p.invitation_id = r.invitation_id and p.position = r.position
  left join section_run as s on s.attempt_id = r.attempt_id and s.section = p.section
  where (p_attempt is null or r.attempt_id = p_attempt)
    and (s.section is null or r.received_at < s.opened_at)
$$;

-- Guards that somebody with the owner's rights has switched off, and tables whose row-level security is not forced.
create function office.weakened()
returns table (object text, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select format('%s on %s', t.tgname, c.relname), 'trigger is off'
  from pg_trigger as t
  join pg_class as c on c.oid = t.tgrelid
  where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled <> 'O'
  union all
  select c.relname::text, 'row-level security is not forced'
  from pg_class as c
  where c.relnamespace = 'public'::regnamespace
    and c.relkind = 'r'
    and exists (
      select from pg_attribute as a
      where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
    and not (c.relrowsecurity and c.relforcerowsecurity)
$$;

alter function office.integrity(uuid) owner to touchstone_office_owner;
alter function office.weakened() owner to touchstone_office_owner;
revoke all on function office.integrity(uuid), office.weakened() from public;
grant execute on function office.integrity(uuid), office.weakened() to touchstone_scorer;
grant select on result_current to touchstone_office_owner;

-- Whatever was added to `guard` since the rights were given.
revoke all on all functions in schema guard from public;
grant execute on all functions in schema guard to touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
