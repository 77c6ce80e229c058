-- How far each invitation has come, as of now. One place, so that tables, counts and filters agree.
-- An attempt whose time is over counts as submitted, whether or not the clock has written it down yet.
create view invitation_status with (security_invoker = true) as
  select
    i.organisation_id,
    i.assessment_id,
    i.invitation_id,
    i.candidate_id,
    a.attempt_id,
    case
      when a.state = 'running' and app_now() > a.deadline_at + make_interval(secs => a.grace_seconds) then 'submitted'
      when a.state = 'running' then 'started'
      when a.attempt_id is not null then a.state
      when i.declined_at is not null then 'declined'
      when i.revoked_at is not null then 'revoked'
      when i.expires_at < app_now() then 'expired'
      when i.opened_at is not null then 'opened'
      else 'invited'
    end as status
  from invitation as i
  left join attempt as a on a.invitation_id = i.invitation_id;
grant select on invitation_status to touchstone_staff;
