-- The candidate's door, part two: everything that the page shows, in one reading.

-- The sections with their state as of now. A section is closed when it was left for good or its own clock ran out.
create function guard.view_sections(i public.invitation, a public.attempt) returns jsonb
language sql volatile as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'section', s.section,
      'title', s.title,
      'navigation', s.navigation,
      'items', p.items,
      'limit_seconds', case when not i.is_untimed then
        s.limit_seconds + ceil(s.limit_seconds * (i.time_factor_percent - 100) / 100.0)::integer end,
      'state', case
        when r.section is null then 'unopened'
        when r.closed_at is not null
          or public.app_now() > r.deadline_at + make_interval(secs => a.grace_seconds) then 'closed'
        else 'open' end,
      'opened_at', guard.micros(r.opened_at),
      'deadline_at', guard.micros(r.deadline_at),
      'position', r.position)
    order by s.section), '[]')
  from public.version_section as s
  join (
    select q.section, count(*) as items
    from public.paper_item as q where q.invitation_id = i.invitation_id group by q.section) as p
    on p.section = s.section
  left join public.section_run as r on r.attempt_id = a.attempt_id and r.section = s.section
  where s.assessment_version_id = i.assessment_version_id
$$;

-- Whether an answer was given and not taken back: `state` is the reading that the domain made of it.
create function guard.is_blank(body jsonb) returns boolean language sql immutable as $$
  select coalesce(body = 'null' or body ->> 'state' = 'blank', true)
$$;

-- One entry per position. The question itself is there only while the candidate may answer it: never for a section
-- that was not opened or is closed, and in a linear section for the current position alone.
create function guard.view_items(i public.invitation, a public.attempt) returns jsonb
language sql volatile as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'position', p.position,
      'section', p.section,
      'version', coalesce(c.version, 0),
      'saved_at', guard.micros(c.received_at),
      'is_blank', guard.is_blank(c.body),
      'completeness', coalesce(c.body ->> 'state', 'blank'),
      'is_flagged', coalesce(f.is_flagged, false),
      'is_open', o.is_open)
    || case when o.is_open then
      jsonb_build_object(
        'kind', v.kind,
        'body', v.body,
        'option_order', to_jsonb(p.option_order),
        'response', c.body)
      else '{}' end
    order by p.position), '[]')
  from public.paper_item as p
  join public.version_item as v
    on v.item_id = p.item_id
  left join public.section_run as r on r.attempt_id = a.attempt_id and r.section = p.section
  cross join lateral (
    select coalesce(
      a.state = 'running'
        and r.closed_at is null
        and r.opened_at is not null
        and (r.deadline_at is null
             or public.app_now() <= r.deadline_at + make_interval(secs => a.grace_seconds))
        and (r.position is null or r.position = p.position),
      false) as is_open) as o
  left join lateral (
    select q.version, q.received_at, q.body
    from public.response as q
    where q.attempt_id = a.attempt_id and q.position = p.position
    order by q.version desc
    limit 1) as c on true
  left join public.response_flag as f on f.attempt_id = a.attempt_id and f.position = p.position
  where p.invitation_id = i.invitation_id
$$;

create function guard.view_grants(of_attempt uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'kind', g.kind,
      'seconds', coalesce(g.seconds, ceil(extract(epoch from g.until_at - g.from_at))::integer),
      'from', guard.micros(g.from_at),
      'until', guard.micros(g.until_at),
      'reason', g.reason,
      'granted_at', guard.micros(g.granted_at))
    order by g.granted_at, g.time_grant_id), '[]')
  from public.time_grant as g
  where g.attempt_id = of_attempt
$$;

-- The page, before, during and after the attempt.
create function door.view(p_session bytea, p_invitation uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked invitation;
  begun attempt;
  version assessment_version;
  closed text;
  answer jsonb;
begin
  select i.* into asked
  from candidate_session as s
  join invitation as i on i.invitation_id = s.invitation_id
  where s.session_sha256 = p_session and s.ended_at is null and i.invitation_id = p_invitation;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  select a.* into begun from attempt as a where a.invitation_id = asked.invitation_id;
  if found then
    select seat.* into begun from guard.seat(p_session, begun.attempt_id) as seat;
    if not found then
      return jsonb_build_object('outcome', 'unknown');
    end if;
  else
    closed := guard.invitation_closed(asked);
    if closed is not null then
      return guard.invitation_sign(asked.invitation_id) || jsonb_build_object('outcome', closed);
    end if;
  end if;
  select v.* into strict version
  from assessment_version as v where v.assessment_version_id = asked.assessment_version_id;
  select guard.invitation_sign(asked.invitation_id) || jsonb_build_object(
      'outcome', 'ok',
      'state', coalesce(begun.state, 'invited'),
      'now', guard.micros(app_now()),
      'number', version.number,
      'welcome', version.welcome,
      'candidate', jsonb_build_object('name', c.name, 'email', c.email),
      'limit_seconds', version.limit_seconds,
      'own_limit_seconds', case when not asked.is_untimed then
        version.limit_seconds
        + ceil(version.limit_seconds * (asked.time_factor_percent - 100) / 100.0)::integer end,
      'grace_seconds', version.grace_seconds,
      'time_factor_percent', asked.time_factor_percent,
      'is_untimed', asked.is_untimed,
      'keep_until', guard.micros(asked.keep_until),
      'sections', guard.view_sections(asked, begun),
      'attempt', null,
      'items', '[]'::jsonb)
  into strict answer
  from candidate as c where c.candidate_id = asked.candidate_id;
  if begun.attempt_id is null then
    return answer;
  end if;
  return answer || jsonb_build_object(
    'attempt', jsonb_build_object(
      'attempt_id', begun.attempt_id,
      'started_at', guard.micros(begun.started_at),
      'base_seconds', begun.base_seconds,
      'extra_seconds', begun.extra_seconds,
      'deadline_at', guard.micros(begun.deadline_at),
      'grants', guard.view_grants(begun.attempt_id),
      'section', begun.section,
      'is_holder', begun.holder_sha256 = p_session,
      'finished_at', guard.micros(begun.finished_at),
      'finalised_by', begun.finalised_by,
      'final_version', begun.final_version),
    'items', guard.view_items(asked, begun));
end $$;
