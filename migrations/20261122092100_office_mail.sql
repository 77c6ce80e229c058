-- The queue of promised mail. One sender works for all organisations, so it takes mail by lease, not by tenant.

-- Takes the next mail that is due, for a while. `tries` is how often it was taken before: a mail that kills its
-- sender is counted too.
create function office.lease_mail(p_lease uuid, p_lasts_seconds integer)
returns table (outbox_id uuid, organisation_id uuid, kind text, recipient text, sealed_body bytea, tries integer)
language sql security definer set search_path = public, pg_temp as $$
  update outbox as o
  set lease = p_lease,
      leased_until = app_now() + make_interval(secs => p_lasts_seconds),
      tries = o.tries + 1
  where o.outbox_id = (
    select d.outbox_id from outbox as d
    where d.delivered_at is null
      and d.given_up_at is null
      and d.sealed_body is not null
      and d.due_at <= app_now()
      and (d.leased_until is null or d.leased_until < app_now())
    order by d.due_at
    limit 1
    for update skip locked)
  returning o.outbox_id, o.organisation_id, o.kind, o.recipient, o.sealed_body, o.tries - 1
$$;

-- It is on its way: the body, which may hold a link, is erased. False when the lease was lost meanwhile.
create function office.record_delivery(p_outbox uuid, p_lease uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update outbox as o
  set delivered_at = app_now(), sealed_body = null, lease = null, leased_until = null, last_error = null
  where o.outbox_id = p_outbox and o.lease = p_lease and o.delivered_at is null;
  return found;
end $$;

-- It was not sent: again after a pause, or (null) never.
create function office.record_failure(p_outbox uuid, p_lease uuid, p_cause text, p_pause_seconds double precision)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update outbox as o
  set last_error = left(p_cause, 500),
      lease = null,
      leased_until = null,
      due_at = coalesce(app_now() + make_interval(secs => p_pause_seconds), o.due_at),
      given_up_at = case when p_pause_seconds is null then app_now() end
  where o.outbox_id = p_outbox and o.lease = p_lease and o.delivered_at is null;
  return found;
end $$;

alter function office.lease_mail(uuid, integer) owner to touchstone_office_owner;
alter function office.record_delivery(uuid, uuid) owner to touchstone_office_owner;
alter function office.record_failure(uuid, uuid, text, double precision) owner to touchstone_office_owner;
revoke all on function office.lease_mail(uuid, integer), office.record_delivery(uuid, uuid),
  office.record_failure(uuid, uuid, text, double precision) from public;
grant execute on function office.lease_mail(uuid, integer), office.record_delivery(uuid, uuid),
  office.record_failure(uuid, uuid, text, double precision) to touchstone_staff;
