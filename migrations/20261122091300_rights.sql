-- Who may do what. Row-level security says which rows, grants say which verbs; both hold for everybody,
-- the owner of the tables included.

do $$
declare
  guarded text;
begin
  -- Tenant tables: staff and the scorer see the organisation that the transaction named, and no other.
  foreach guarded in array array[
    'organisation', 'account', 'staff_session', 'password_reset',
    'assessment', 'assessment_version', 'version_section', 'version_item', 'version_key',
    'candidate', 'invitation', 'paper_item', 'candidate_session',
    'attempt', 'section_run', 'time_grant', 'response', 'response_flag', 'late_answer', 'result',
    'audit_event', 'export_log', 'outbox']
  loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy tenant on %I to touchstone_staff, touchstone_scorer
         using (organisation_id = (select current_organisation()))
         with check (organisation_id = (select current_organisation()))', guarded);
    -- The owners of functions see all rows: their functions name the row by a secret or by its id.
    execute format(
      'create policy office on %I to touchstone_office_owner, touchstone_eraser
         using (true) with check (true)', guarded);
  end loop;

  -- The door's owner only where the door has to look. Keys, results, accounts and mail are not among them.
  foreach guarded in array array[
    'organisation', 'assessment_version', 'version_section', 'version_item',
    'candidate', 'invitation', 'paper_item', 'candidate_session',
    'attempt', 'section_run', 'time_grant', 'response', 'response_flag', 'late_answer', 'audit_event']
  loop
    execute format('create policy door on %I to touchstone_door_owner using (true) with check (true)', guarded);
  end loop;
end $$;

-- What belongs to no organisation (a sign-in with an unknown address) may be written down by anybody on duty.
create policy stranger on audit_event for insert to touchstone_staff, touchstone_scorer
  with check (organisation_id is null);

-- Staff.
grant select, insert, update (name, contact_email, timezone, retention_days) on organisation to touchstone_staff;
revoke insert on organisation from touchstone_staff;
grant select, insert,
  update (email, name, role, password_hash, password_changed_at, disabled_at) on account to touchstone_staff;
grant select, insert, update (title, draft, draft_revision, updated_at, archived_at) on assessment to touchstone_staff;
grant select, insert on assessment_version, version_section, version_item, version_key to touchstone_staff;
grant select, insert, update (email, name, external_id) on candidate to touchstone_staff;
grant select, insert,
  update (token_sha256, expires_at, time_factor_percent, is_untimed, keep_until, held_at, revoked_at)
  on invitation to touchstone_staff;
grant select, insert on paper_item to touchstone_staff;
grant select (organisation_id, invitation_id, agent, created_at, ended_at) on candidate_session to touchstone_staff;
grant select on attempt, section_run, time_grant, response, response_current, response_flag, late_answer,
  result, result_current to touchstone_staff;
grant select, insert on audit_event, export_log to touchstone_staff;
grant select, insert, update (due_at, given_up_at, sealed_body) on outbox to touchstone_staff;
grant select on outage to touchstone_staff;

-- The scorer. It promises the receipt's mail in the transaction of the first result.
grant select (organisation_id, candidate_id, email, name) on candidate to touchstone_scorer;
grant insert on outbox to touchstone_scorer;
grant select on organisation, assessment_version, version_section, version_item, version_key, invitation, paper_item,
  attempt, section_run, time_grant, response, response_current, late_answer, result, result_current
  to touchstone_scorer;
grant insert on result, audit_event to touchstone_scorer;

-- The door.
grant select on organisation, assessment_version, version_section, version_item, paper_item, time_grant, heartbeat
  to touchstone_door_owner;
grant select, update (name) on candidate to touchstone_door_owner;
grant select, update (opened_at, declined_at) on invitation to touchstone_door_owner;
grant select, insert, update, delete on candidate_session to touchstone_door_owner;
grant select, insert, update on attempt, section_run, response_flag to touchstone_door_owner;
grant select, insert on response, late_answer to touchstone_door_owner;
grant insert on time_grant, audit_event to touchstone_door_owner;

-- The office.
grant select, insert on organisation, audit_event, time_grant to touchstone_office_owner;
grant select, insert, update on account, attempt, section_run, heartbeat, outage to touchstone_office_owner;
grant select, insert, update, delete on staff_session, password_reset, bootstrap to touchstone_office_owner;
grant select, update, delete on candidate_session to touchstone_office_owner;
grant select, update on outbox to touchstone_office_owner;
grant select on invitation, candidate, assessment_version, version_section, paper_item, response, late_answer, result
  to touchstone_office_owner;

-- The eraser.
grant select, delete on candidate, invitation, paper_item, candidate_session, attempt, section_run, time_grant,
  response, response_flag, late_answer, result, outbox to touchstone_eraser;
grant insert on audit_event to touchstone_eraser;

-- Helpers below the guards run with the rights of whoever fires the guard.
revoke all on all functions in schema guard from public;
grant execute on all functions in schema guard
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
alter function office.end_old_link() owner to touchstone_office_owner;
alter function office.take_result_in() owner to touchstone_office_owner;
revoke all on function office.end_old_link(), office.take_result_in() from public;
