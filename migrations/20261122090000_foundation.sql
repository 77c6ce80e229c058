-- The ground everything stands on: the schemas, the one clock, the one maker of ids.
-- The roles named here are cluster-wide; `store::roles::ensure` makes them before any migration runs.

-- `door` is what a candidate's browser can reach, `office` is the little that crosses organisations,
-- `guard` holds the triggers and helpers below both.
create schema door authorization touchstone_door_owner;
create schema office authorization touchstone_office_owner;
create schema guard;

revoke all on schema public from public;
grant usage on schema public
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
grant usage on schema guard
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
grant usage on schema door to touchstone_candidate, touchstone_door_owner;
grant usage on schema office
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
-- The functions of deletion live in the office and belong to the eraser.
grant create on schema office to touchstone_eraser;

-- One row that says what this database is. A live database can never be moved in time.
create table deployment (
  is_only boolean not null default true
    constraint deployment_pkey primary key
    constraint deployment_has_one_row check (is_only),
  kind text not null
    constraint deployment_kind_known check (kind in ('live', 'demo', 'test')),
  clock_shift interval not null default interval '0',
  founded_at timestamptz not null default clock_timestamp(),
  constraint deployment_live_has_no_shift check (kind <> 'live' or clock_shift = interval '0')
);

create function guard.deployment() returns trigger language plpgsql as $$
begin
  if tg_op in ('DELETE', 'TRUNCATE') then
    raise exception 'a database stays what it was founded as'
      using errcode = '23514', constraint = 'deployment_kind_fixed';
  end if;
  if new.kind <> old.kind or new.founded_at <> old.founded_at then
    raise exception 'a database stays what it was founded as'
      using errcode = '23514', constraint = 'deployment_kind_fixed';
  end if;
  return new;
end $$;
create trigger deployment_guard before update or delete on deployment
  for each row execute function guard.deployment();
create trigger deployment_guard_truncate before truncate on deployment
  for each statement execute function guard.deployment();

-- The only clock of the product. Before the founding row is there, it is the database's own.
create function app_now() returns timestamptz language sql volatile as $$
  select pg_catalog.clock_timestamp()
       + coalesce((select d.clock_shift from public.deployment as d), interval '0')
$$;

-- Ids normally come from the server; rows that the database writes by itself (audit, outage credit) need one too.
-- Version 7: 48 bits of milliseconds, then random bits, with the version written over four of them.
create function app_uuid() returns uuid language sql volatile as $$
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6),
        52, 1),
      53, 1),
    'hex')::uuid
$$;

-- The organisation of this transaction, set by `store::tenant::begin`; null when nobody said.
-- A setting that was local to an earlier transaction reads as an empty string afterwards.
create function current_organisation() returns uuid language sql stable parallel safe as $$
  select nullif(pg_catalog.current_setting('touchstone.organisation', true), '')::uuid
$$;

-- Instants travel to Rust inside jsonb as microseconds since 1970, exactly as `domain::time::Instant`.
create function guard.micros(at timestamptz) returns bigint language sql immutable parallel safe as $$
  select (extract(epoch from at) * 1000000)::bigint
$$;

revoke all on function app_now(), app_uuid(), current_organisation(), guard.micros(timestamptz) from public;
grant execute on function app_now(), app_uuid(), current_organisation(), guard.micros(timestamptz)
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
grant select on deployment
  to touchstone_staff, touchstone_scorer, touchstone_door_owner, touchstone_office_owner, touchstone_eraser;
