-- The guards of sections, answers, late text and results.

-- Extra time of a section with its own clock: the person's factor, and everything given since it was opened.
-- The ledger's line for the factor itself (nobody gave it) is the attempt's and is left out here.
create function guard.section_extra(of_attempt uuid, since timestamptz, base integer) returns integer
language sql stable as $$
  select ceil(
    base * ((
      select i.time_factor_percent
      from public.attempt as a
      join public.invitation as i on i.invitation_id = a.invitation_id
      where a.attempt_id = of_attempt) - 100) / 100.0
    + coalesce((
      select sum(g.seconds) from public.time_grant as g
      where g.attempt_id = of_attempt and g.granted_by is not null and g.granted_at >= since), 0)
    + coalesce((
      select sum(extract(epoch from upper(span) - lower(span)))
      from unnest((
        select range_agg(tstzrange(greatest(g.from_at, since), g.until_at))
        from public.time_grant as g
        where g.attempt_id = of_attempt and g.until_at > since)) as span), 0)
  )::integer
$$;

create function guard.section_run() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  running attempt;
  plan version_section;
begin
  if tg_op = 'DELETE' then
    if current_user <> 'touchstone_eraser' then
      perform guard.refuse('section_run_kept', 'a section that was opened stays opened');
    end if;
    return old;
  end if;
  select a.* into strict running from attempt as a where a.attempt_id = new.attempt_id for no key update;
  if running.state <> 'running' then
    perform guard.refuse('section_run_running', 'sections move while the attempt runs');
  end if;
  if tg_op = 'INSERT' then
    select s.* into strict plan from version_section as s
    where s.assessment_version_id = running.assessment_version_id and s.section = new.section;
    new.opened_at := greatest(app_now(), running.started_at);
    new.closed_at := null;
    new.limit_seconds := case when not running.is_untimed then plan.limit_seconds end;
    new.position := null;
    if plan.navigation = 'linear' then
      select min(p.position) into new.position from paper_item as p
      where p.invitation_id = running.invitation_id and p.section = new.section;
    end if;
  else
    if (new.organisation_id, new.attempt_id, new.section, new.opened_at, new.limit_seconds)
       is distinct from (old.organisation_id, old.attempt_id, old.section, old.opened_at, old.limit_seconds)
    then
      perform guard.refuse('section_run_immutable', 'this column of a section never changes');
    end if;
    if old.closed_at is not null then
      perform guard.refuse('section_run_closed', 'the section was left for good');
    end if;
    if new.position is distinct from old.position and not coalesce(new.position > old.position, false) then
      perform guard.refuse('section_run_forward', 'a linear section only moves forward');
    end if;
  end if;
  new.extra_seconds := 0;
  new.deadline_at := null;
  if new.limit_seconds is not null then
    new.extra_seconds := guard.section_extra(new.attempt_id, new.opened_at, new.limit_seconds);
    new.deadline_at := new.opened_at + make_interval(secs => new.limit_seconds + new.extra_seconds);
  end if;
  return new;
end $$;
create trigger section_run_guard before insert or update or delete on section_run
  for each row execute function guard.section_run();

create function guard.response() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  running attempt;
  run section_run;
  last_version bigint;
  last_at timestamptz;
  current_version bigint;
  grace interval;
  moment timestamptz;
begin
  if tg_op <> 'INSERT' then
    if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
      return old;
    end if;
    perform guard.refuse('response_append_only', 'answers are append-only');
  end if;
  -- Serialises the saves and the end of one attempt. A weaker lock lets savers starve the end.
  select a.* into strict running from attempt as a where a.attempt_id = new.attempt_id for no key update;
  select r.version, r.received_at into last_version, last_at
  from response as r where r.attempt_id = new.attempt_id
  order by r.version desc limit 1;
  moment := app_now();
  -- The door hands over the instant it decided with, read under this same lock. Anything else is replaced.
  if new.received_at is null or new.received_at > moment or new.received_at < moment - interval '1 second' then
    new.received_at := moment;
  end if;
  grace := make_interval(secs => running.grace_seconds);
  if running.state <> 'running' then
    perform guard.refuse('response_after_finish', 'the attempt has ended');
  end if;
  select s.* into run
  from paper_item as p
  join section_run as s on s.attempt_id = new.attempt_id and s.section = p.section
  where p.invitation_id = running.invitation_id and p.position = new.position;
  -- A clock that was set back must not turn the order round.
  new.received_at := greatest(new.received_at, last_at, run.opened_at);
  if new.received_at > running.deadline_at + grace then
    perform guard.refuse('response_after_deadline', 'the time is over');
  end if;
  if run.section is null
     or run.closed_at is not null
     or new.received_at > run.deadline_at + grace
     or new.position <> run.position
  then
    perform guard.refuse('response_section_open', 'this question is not open');
  end if;
  select max(r.version) into current_version
  from response as r where r.attempt_id = new.attempt_id and r.position = new.position;
  if new.base_version is distinct from coalesce(current_version, 0) then
    perform guard.refuse('response_base_current', 'the answer was changed meanwhile');
  end if;
  new.is_late := coalesce(new.received_at > running.deadline_at, false)
              or coalesce(new.received_at > run.deadline_at, false);
  new.version := coalesce(last_version, 0) + 1;
  return new;
end $$;
create trigger response_guard before insert or update or delete on response
  for each row execute function guard.response();

create function guard.late_answer() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
    return old;
  end if;
  if tg_op <> 'INSERT' then
    perform guard.refuse('late_answer_append_only', 'late text is append-only');
  end if;
  new.received_at := app_now();
  return new;
end $$;
create trigger late_answer_guard before insert or update or delete on late_answer
  for each row execute function guard.late_answer();

-- Runs as its owner: the scorer has to lock an attempt here that it may not change.
create function office.take_result_in() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended attempt;
begin
  select a.* into strict ended from attempt as a where a.attempt_id = new.attempt_id for no key update;
  if ended.state <> 'submitted' or new.final_version is distinct from ended.final_version then
    perform guard.refuse('result_of_finished_attempt', 'a result belongs to the finished history of an attempt');
  end if;
  select coalesce(max(r.revision), 0) + 1 into new.revision
  from result as r where r.attempt_id = new.attempt_id;
  new.created_at := app_now();
  return new;
end $$;
create trigger result_revision before insert on result
  for each row execute function office.take_result_in();

create function guard.result() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
    return old;
  end if;
  perform guard.refuse('result_append_only', 'a result is replaced by a new revision, never changed');
  return null;
end $$;
create trigger result_guard before update or delete on result
  for each row execute function guard.result();
