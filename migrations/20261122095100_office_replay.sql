-- What the command line of the operator has to find before it knows the organisation.

-- Finished attempts, one or all, in the order of their ids: for the replay of their logs.
create function office.finished_attempts(p_attempt uuid)
returns table (organisation_id uuid, attempt_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.organisation_id, a.attempt_id
  from attempt as a
  where a.state = 'submitted'
    and (p_attempt is null or a.attempt_id = p_attempt)
  order by a.attempt_id
$$;

-- Whose assessment it is: for exports.
create function office.organisation_of_assessment(p_assessment uuid)
returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select s.organisation_id from assessment as s where s.assessment_id = p_assessment
$$;

grant select on assessment to touchstone_office_owner;
alter function office.finished_attempts(uuid) owner to touchstone_office_owner;
alter function office.organisation_of_assessment(uuid) owner to touchstone_office_owner;
revoke all on function office.finished_attempts(uuid), office.organisation_of_assessment(uuid) from public;
grant execute on function office.finished_attempts(uuid) to touchstone_scorer;
grant execute on function office.organisation_of_assessment(uuid) to touchstone_staff;
