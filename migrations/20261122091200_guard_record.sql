-- The guards of what was published, promised or recorded.

-- A published version and everything in it. All of it is inserted by the transaction that publishes, so nothing
-- can be slipped in later: a row's xmin tells which transaction made it.
create function guard.published() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
    return old;
  end if;
  if tg_op <> 'INSERT' then
    perform guard.refuse('published_version_immutable', 'a published version never changes');
  end if;
  if tg_table_name = 'assessment_version' then
    -- The lock gives the numbers without a gap.
    perform from assessment as s where s.assessment_id = new.assessment_id for no key update;
    select coalesce(max(v.number), 0) + 1 into new.number
    from assessment_version as v where v.assessment_id = new.assessment_id;
    new.published_at := app_now();
  elsif not exists (
    select from assessment_version as v
    where v.assessment_version_id = new.assessment_version_id and v.xmin = pg_current_xact_id()::xid)
  then
    perform guard.refuse('published_version_immutable', 'a published version takes nothing more in');
  end if;
  return new;
end $$;
create trigger assessment_version_guard before insert or update or delete on assessment_version
  for each row execute function guard.published();
create trigger version_section_guard before insert or update or delete on version_section
  for each row execute function guard.published();
create trigger version_item_guard before insert or update or delete on version_item
  for each row execute function guard.published();
create trigger version_key_guard before insert or update or delete on version_key
  for each row execute function guard.published();

create function guard.invitation() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if current_user <> 'touchstone_eraser' then
      perform guard.refuse('invitation_kept', 'invitations are withdrawn, not deleted');
    end if;
    return old;
  end if;
  if (new.invitation_id, new.organisation_id, new.assessment_id, new.assessment_version_id, new.candidate_id,
      new.seed, new.created_by, new.created_at)
     is distinct from
     (old.invitation_id, old.organisation_id, old.assessment_id, old.assessment_version_id, old.candidate_id,
      old.seed, old.created_by, old.created_at)
  then
    perform guard.refuse('invitation_immutable', 'this column of an invitation never changes');
  end if;
  -- A start locks this row too, so one of the two sees the other.
  if (new.time_factor_percent, new.is_untimed, new.revoked_at, new.declined_at)
     is distinct from (old.time_factor_percent, old.is_untimed, old.revoked_at, old.declined_at)
     and exists (select from attempt as a where a.invitation_id = new.invitation_id)
  then
    perform guard.refuse('invitation_not_started', 'the attempt was started meanwhile');
  end if;
  return new;
end $$;
create trigger invitation_guard before update or delete on invitation
  for each row execute function guard.invitation();

-- A new link ends the old one, and what was opened with it; the browser that holds the attempt may go on.
-- Runs with the rights of its owner: who renews a link may not touch sessions otherwise.
create function office.end_old_link() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update candidate_session as s set ended_at = app_now()
  where s.invitation_id = new.invitation_id
    and s.ended_at is null
    and not exists (
      select from attempt as a
      where a.invitation_id = s.invitation_id and a.holder_sha256 = s.session_sha256);
  return null;
end $$;
create trigger invitation_link after update of token_sha256 on invitation
  for each row when (new.token_sha256 <> old.token_sha256) execute function office.end_old_link();

create function guard.paper_item() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
    return old;
  end if;
  if tg_op <> 'INSERT' then
    perform guard.refuse('paper_item_immutable', 'a paper that was drawn stays as it is');
  end if;
  if exists (select from attempt as a where a.invitation_id = new.invitation_id) then
    perform guard.refuse('paper_item_before_start', 'the paper is drawn before the start');
  end if;
  return new;
end $$;
create trigger paper_item_guard before insert or update or delete on paper_item
  for each row execute function guard.paper_item();

-- Rows that only ever grow in number, with the time of the database.
create function guard.append_only() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    perform guard.refuse(tg_table_name || '_append_only', 'this record is append-only');
  end if;
  if tg_table_name = 'audit_event' then
    new.happened_at := app_now();
  else
    new.finished_at := app_now();
  end if;
  return new;
end $$;
create trigger audit_event_guard before insert or update or delete on audit_event
  for each row execute function guard.append_only();
create trigger export_log_guard before insert or update or delete on export_log
  for each row execute function guard.append_only();

create function guard.no_truncate() returns trigger language plpgsql as $$
begin
  perform guard.refuse(tg_table_name || '_kept', 'this table is never emptied');
  return null;
end $$;
do $$
declare
  kept text;
begin
  foreach kept in array array[
    'attempt', 'section_run', 'time_grant', 'response', 'late_answer', 'result', 'audit_event', 'export_log',
    'assessment_version', 'version_section', 'version_item', 'version_key', 'invitation', 'paper_item']
  loop
    execute format(
      'create trigger %I before truncate on %I for each statement execute function guard.no_truncate()',
      kept || '_guard_truncate', kept);
  end loop;
end $$;
