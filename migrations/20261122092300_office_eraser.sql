-- Deletion: the only code that may take away what the guards keep. It belongs to a role of its own, and the guards
-- let exactly that role delete; no login can take the role on, only these functions work as it.

-- Deletes an invitation with everything below it. The audit trail stays, it names nobody.
create function guard.erase_invitation(of_invitation uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  of_candidate uuid;
begin
  select i.candidate_id into of_candidate from invitation as i where i.invitation_id = of_invitation for update;
  delete from outbox as o where o.invitation_id = of_invitation;
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

-- Everything that is past its date and under no hold, oldest first. Gives back how many invitations went.
create function office.erase_due(p_at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due record;
  gone integer := 0;
begin
  for due in
    select i.invitation_id, i.organisation_id, i.keep_until
    from invitation as i
    where i.held_at is null and i.keep_until < app_now()
    order by i.keep_until
    limit p_at_most
    for update skip locked
  loop
    perform guard.erase_invitation(due.invitation_id);
    insert into audit_event (organisation_id, actor_kind, action, subject_kind, subject_id, detail)
    values (due.organisation_id, 'clock', 'invitation.erased', 'invitation', due.invitation_id,
            jsonb_build_object('keep_until', guard.micros(due.keep_until)));
    gone := gone + 1;
  end loop;
  return gone;
end $$;

-- One person asked to be deleted. A hold on any of the invitations beats it: `ok`, `unknown` or `held`.
create function office.erase_candidate(p_candidate uuid, p_reason text, p_by uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_organisation uuid;
  each_one uuid;
begin
  select c.organisation_id into of_organisation
  from candidate as c
  where c.candidate_id = p_candidate and c.organisation_id = current_organisation()
  for update;
  if not found then
    return 'unknown';
  end if;
  if exists (select from invitation as i where i.candidate_id = p_candidate and i.held_at is not null) then
    return 'held';
  end if;
  for each_one in select i.invitation_id from invitation as i where i.candidate_id = p_candidate
  loop
    perform guard.erase_invitation(each_one);
  end loop;
  delete from candidate as c where c.candidate_id = p_candidate;
  insert into audit_event (organisation_id, actor_kind, actor_id, action, subject_kind, subject_id, reason)
  values (of_organisation, 'staff', p_by, 'candidate.erased', 'candidate', p_candidate, p_reason);
  return 'ok';
end $$;

alter function office.erase_due(integer) owner to touchstone_eraser;
alter function office.erase_candidate(uuid, text, uuid) owner to touchstone_eraser;
revoke all on function office.erase_due(integer), office.erase_candidate(uuid, text, uuid) from public;
grant execute on function office.erase_due(integer), office.erase_candidate(uuid, text, uuid) to touchstone_staff;
-- `for update` on a row needs a right to update something of it; this changes nothing that the guards protect.
grant update (keep_until) on invitation to touchstone_eraser;
grant update (external_id) on candidate to touchstone_eraser;
