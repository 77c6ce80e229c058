-- The candidate's room, the words: problems with questions, the system check before the start, kinds for the practice,
-- and what somebody says to what reviewers see.

-- A problem with a question, told from inside the paper. It names the item's revision, so that its authors know what
-- was seen. Append-only, like an answer.
create table item_report (
  organisation_id uuid not null,
  report_id uuid not null
    constraint item_report_pkey primary key,
  attempt_id uuid not null,
  invitation_id uuid not null,
  position integer not null,
  item_id uuid not null,
  item_code text not null,
  item_revision integer not null,
  kind text not null
    constraint item_report_kind_known check (kind in ('unclear', 'wrong', 'display', 'other')),
  words text
    constraint item_report_words_length check (char_length(words) between 1 and 2000),
  reported_at timestamptz not null default app_now(),
  constraint item_report_attempt foreign key (organisation_id, attempt_id, invitation_id)
    references attempt (organisation_id, attempt_id, invitation_id),
  constraint item_report_paper foreign key (organisation_id, invitation_id, position)
    references paper_item (organisation_id, invitation_id, position)
);
create index item_report_by_time on item_report (organisation_id, reported_at desc);

-- What the browser could do before the start. The last check counts; it decides nothing.
create table system_check (
  organisation_id uuid not null,
  invitation_id uuid not null
    constraint system_check_pkey primary key,
  facts jsonb not null
    constraint system_check_size check (octet_length(facts::text) <= 2000),
  checked_at timestamptz not null default app_now(),
  constraint system_check_invitation foreign key (organisation_id, invitation_id)
    references invitation (organisation_id, invitation_id)
);

-- What a candidate says to what reviewers see.
create table candidate_reply (
  organisation_id uuid not null,
  reply_id uuid not null
    constraint candidate_reply_pkey primary key,
  attempt_id uuid not null,
  words text not null
    constraint candidate_reply_words_length check (char_length(words) between 1 and 4000),
  replied_at timestamptz not null default app_now(),
  constraint candidate_reply_attempt foreign key (organisation_id, attempt_id)
    references attempt (organisation_id, attempt_id)
);
create index candidate_reply_by_attempt on candidate_reply (attempt_id, replied_at);

-- What a candidate sees after the end: nothing but the receipt, the own result by skill, or all that reviewers see.
alter table organisation add column candidate_sees text not null default 'receipt'
  constraint organisation_candidate_sees_known check (candidate_sees in ('receipt', 'result', 'mirror'));

do $$
declare
  guarded text;
begin
  foreach guarded in array array['item_report', 'system_check', 'candidate_reply']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy tenant on %I to touchstone_staff, touchstone_scorer
         using (organisation_id = (select current_organisation()))
         with check (organisation_id = (select current_organisation()))', guarded);
    execute format(
      'create policy office on %I to touchstone_office_owner, touchstone_eraser
         using (true) with check (true)', guarded);
    execute format('create policy door on %I to touchstone_door_owner using (true) with check (true)', guarded);
  end loop;
end $$;
grant select on item_report, system_check, candidate_reply to touchstone_staff, touchstone_scorer;
grant select, insert on item_report, candidate_reply to touchstone_door_owner;
grant select, insert, update on system_check to touchstone_door_owner;
grant select, delete on item_report, system_check, candidate_reply to touchstone_eraser;
grant update (candidate_sees, line_credit_seconds, break_seconds) on organisation to touchstone_staff;

create function guard.words_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_user = 'touchstone_eraser' then
    return old;
  end if;
  perform guard.refuse(tg_table_name || '_append_only', 'this record is append-only');
  return null;
end $$;
create trigger item_report_guard before update or delete on item_report
  for each row execute function guard.words_kept();
create trigger candidate_reply_guard before update or delete on candidate_reply
  for each row execute function guard.words_kept();

-- A problem with a question that is or was open. At most fifty per attempt.
create function door.report(
  p_session bytea, p_attempt uuid, p_report uuid, p_position integer, p_kind text, p_words text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if (select count(*) from item_report as r where r.attempt_id = seat.attempt_id) >= 50 then
    return jsonb_build_object('outcome', 'finished') || guard.clock(seat);
  end if;
  insert into item_report (
    organisation_id, report_id, attempt_id, invitation_id, position, item_id, item_code, item_revision, kind, words)
  select seat.organisation_id, p_report, seat.attempt_id, seat.invitation_id, p.position, v.item_id, v.item_code,
    v.item_revision, p_kind, nullif(btrim(left(p_words, 2000)), '')
  from paper_item as p
  join section_run as u on u.attempt_id = seat.attempt_id and u.section = p.section
  join version_item as v on v.item_id = p.item_id
  where p.invitation_id = seat.invitation_id and p.position = p_position
  on conflict do nothing;
  if not found then
    return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
  end if;
  perform guard.note(
    seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.problem_reported', seat.attempt_id,
    jsonb_build_object('position', p_position, 'kind', p_kind));
  return jsonb_build_object('outcome', 'ok') || guard.clock(seat);
end $$;

-- Before the start: the kinds of question in the paper, in a fixed order, and nothing else about it.
create function door.kinds(p_session bytea, p_invitation uuid) returns jsonb
language sql volatile security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(distinct v.kind order by v.kind), '[]')
  from candidate_session as s
  join paper_item as p on p.invitation_id = s.invitation_id
  join version_item as v on v.item_id = p.item_id
  where s.session_sha256 = p_session and s.ended_at is null and s.invitation_id = p_invitation
$$;

create function door.check(p_session bytea, p_invitation uuid, p_facts jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into system_check (organisation_id, invitation_id, facts, checked_at)
  select s.organisation_id, s.invitation_id, p_facts, app_now()
  from candidate_session as s
  where s.session_sha256 = p_session and s.ended_at is null and s.invitation_id = p_invitation
  on conflict (invitation_id) do update set facts = excluded.facts, checked_at = excluded.checked_at;
  return jsonb_build_object('outcome', case when found then 'ok' else 'unknown' end, 'now', guard.micros(app_now()));
end $$;

-- A word of the candidate to what reviewers see. After the end only, at most ten.
create function door.reply(p_session bytea, p_attempt uuid, p_reply uuid, p_words text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seat attempt;
begin
  select s.* into seat from guard.seat(p_session, p_attempt) as s;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  if seat.state = 'running'
     or (select count(*) from candidate_reply as r where r.attempt_id = seat.attempt_id) >= 10
     or exists (
       select from organisation as o
       where o.organisation_id = seat.organisation_id and o.candidate_sees <> 'mirror')
  then
    return jsonb_build_object('outcome', 'not_open') || guard.clock(seat);
  end if;
  insert into candidate_reply (organisation_id, reply_id, attempt_id, words)
  values (seat.organisation_id, p_reply, seat.attempt_id, btrim(left(p_words, 4000)))
  on conflict do nothing;
  perform guard.note(
    seat.organisation_id, 'candidate', seat.candidate_id, 'attempt.replied', seat.attempt_id);
  return jsonb_build_object('outcome', 'ok') || guard.clock(seat);
end $$;

-- Whose finished attempt a session may look at, and what the organisation lets it see. For the server's own reading of
-- results, which the door's owner may not read.
create function office.mirror(p_session bytea, p_invitation uuid)
returns table (organisation_id uuid, attempt_id uuid, sees text)
language sql volatile security definer set search_path = public, pg_temp as $$
  select a.organisation_id, a.attempt_id, o.candidate_sees
  from candidate_session as s
  join attempt as a on a.invitation_id = s.invitation_id
  join organisation as o on o.organisation_id = a.organisation_id
  where s.session_sha256 = p_session
    and s.ended_at is null
    and s.invitation_id = p_invitation
    and a.state = 'submitted'
    and app_now() <= greatest(a.deadline_at, a.finished_at) + guard.session_outlives()
$$;

do $$
declare
  made text;
begin
  foreach made in array array[
    'door.report(bytea, uuid, uuid, integer, text, text)', 'door.kinds(bytea, uuid)', 'door.check(bytea, uuid, jsonb)',
    'door.reply(bytea, uuid, uuid, text)']
  loop
    execute format('alter function %s owner to touchstone_door_owner', made);
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to touchstone_candidate', made);
  end loop;
end $$;
alter function office.mirror(bytea, uuid) owner to touchstone_office_owner;
revoke all on function office.mirror(bytea, uuid), guard.words_kept() from public;
grant execute on function office.mirror(bytea, uuid) to touchstone_scorer;
grant execute on function guard.words_kept()
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;

-- As before, with what this file adds.
create or replace function guard.erase_invitation(of_invitation uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  of_candidate uuid;
begin
  select i.candidate_id into of_candidate from invitation as i where i.invitation_id = of_invitation for update;
  delete from outbox as o where o.invitation_id = of_invitation;
  delete from item_report as r where r.invitation_id = of_invitation;
  delete from candidate_reply as r using attempt as a
  where a.invitation_id = of_invitation and r.attempt_id = a.attempt_id;
  delete from system_check as c where c.invitation_id = of_invitation;
  delete from response_flag as f where f.invitation_id = of_invitation;
  delete from late_answer as l where l.invitation_id = of_invitation;
  delete from result as r using attempt as a
  where a.invitation_id = of_invitation and r.attempt_id = a.attempt_id;
  delete from response as r where r.invitation_id = of_invitation;
  delete from section_run as s using attempt as a
  where a.invitation_id = of_invitation and s.attempt_id = a.attempt_id;
  delete from time_grant as g using attempt as a
  where a.invitation_id = of_invitation and g.attempt_id = a.attempt_id;
  delete from attempt as a where a.invitation_id = of_invitation;
  delete from candidate_session as s where s.invitation_id = of_invitation;
  delete from paper_item as p where p.invitation_id = of_invitation;
  delete from invitation as i where i.invitation_id = of_invitation;
  delete from candidate as c
  where c.candidate_id = of_candidate
    and not exists (select from invitation as i where i.candidate_id = of_candidate);
end $$;
