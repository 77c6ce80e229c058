-- Signing in crosses organisations, because nobody knows the organisation of an address before it was looked up.
-- Every function here names one row by a secret's hash or by an exact address; none of them can list.

-- Somebody typed an address.
create function office.find_sign_in(address text)
returns table (account_id uuid, organisation_id uuid, password_hash text, is_disabled boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.organisation_id, a.password_hash, a.disabled_at is not null
  from account as a where a.email = lower(address)
$$;

-- The password was right; a new hash when the parameters have grown since.
create function office.record_sign_in(who uuid, rehashed text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update account as a
  set last_signed_in_at = app_now(), password_hash = coalesce(rehashed, a.password_hash)
  where a.account_id = who and a.disabled_at is null
$$;

-- False when the hash is taken: the caller makes a new id.
create function office.create_session(
  session bytea, facts jsonb, who uuid, agent_text text, ends_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into staff_session (session_sha256, organisation_id, account_id, data, agent, expires_at)
  values (session, (select a.organisation_id from account as a where a.account_id = who), who,
          facts, left(agent_text, 300), ends_at)
  on conflict do nothing;
  return found;
end $$;

create function office.save_session(session bytea, facts jsonb, who uuid, ends_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update staff_session as s
  set data = facts,
      account_id = who,
      organisation_id = (select a.organisation_id from account as a where a.account_id = who),
      expires_at = ends_at
  where s.session_sha256 = session;
  return found;
end $$;

-- A session that is still good, with what its account is at this moment: a role that was taken away or an account
-- that was disabled ends with the next request. Use moves the idle end, at most once a minute, never past the absolute.
create function office.load_session(session bytea, idle_seconds integer, absolute_seconds integer)
returns table (
  facts jsonb, expires_at timestamptz, account_id uuid, organisation_id uuid,
  role text, name text, email text, organisation_name text, timezone text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_one staff_session;
  moment timestamptz := app_now();
begin
  select s.* into found_one from staff_session as s
  where s.session_sha256 = session
    and s.expires_at > moment
    and s.created_at + make_interval(secs => absolute_seconds) > moment;
  if not found then
    return;
  end if;
  if found_one.last_seen_at < moment - interval '1 minute' then
    update staff_session as s
    set last_seen_at = moment,
        expires_at = least(
          moment + make_interval(secs => idle_seconds),
          s.created_at + make_interval(secs => absolute_seconds))
    where s.session_sha256 = session
    returning s.* into found_one;
  end if;
  return query
    select found_one.data, found_one.expires_at, a.account_id, a.organisation_id,
           a.role, a.name, a.email, o.name, o.timezone
    from (select) as one
    left join account as a on a.account_id = found_one.account_id
    left join organisation as o on o.organisation_id = a.organisation_id
    where found_one.account_id is null or a.disabled_at is null;
end $$;

create function office.end_session(session bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from staff_session where session_sha256 = session
$$;

-- All sessions of an account but one (null: all): sign out everywhere, a new password, a disabled account.
create function office.end_sessions_of(who uuid, but bytea) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    delete from staff_session as s
    where s.account_id = who and s.session_sha256 is distinct from but
    returning 1)
  select count(*) from ended
$$;

create function office.sweep_people() returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from staff_session where expires_at < app_now();
  delete from password_reset where expires_at < app_now() - interval '1 day';
  delete from bootstrap where expires_at < app_now() - interval '1 day';
$$;

-- A colleague gets a way to choose a password. Only the newest one works.
create function office.create_reset(secret bytea, who uuid, why text, lasts_seconds integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from password_reset as r where r.account_id = who and r.used_at is null;
  insert into password_reset (token_sha256, organisation_id, account_id, purpose, expires_at)
  select secret, a.organisation_id, a.account_id, why, app_now() + make_interval(secs => lasts_seconds)
  from account as a where a.account_id = who and a.disabled_at is null;
  return found;
end $$;

create function office.find_reset(secret bytea)
returns table (account_id uuid, organisation_id uuid, purpose text, email text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.organisation_id, r.purpose, a.email, a.name
  from password_reset as r
  join account as a on a.account_id = r.account_id
  where r.token_sha256 = secret and r.used_at is null and r.expires_at > app_now() and a.disabled_at is null
$$;

-- Uses the secret once: the new password is set and every session of the account ends. Null when it is no good.
create function office.use_reset(secret bytea, new_hash text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who uuid;
begin
  update password_reset as r set used_at = app_now()
  where r.token_sha256 = secret and r.used_at is null and r.expires_at > app_now()
  returning r.account_id into who;
  update account as a set password_hash = new_hash, password_changed_at = app_now()
  where a.account_id = who and a.disabled_at is null
  returning a.account_id into who;
  if who is not null then
    delete from staff_session as s where s.account_id = who;
  end if;
  return who;
end $$;

-- The one-time address of the first start. Later organisations need the login that owns the database.
create function office.create_bootstrap(secret bytea, lasts_seconds integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from organisation) and not pg_has_role(session_user, 'touchstone_office_owner', 'member') then
    return false;
  end if;
  delete from bootstrap where used_at is null;
  insert into bootstrap (token_sha256, expires_at)
  values (secret, app_now() + make_interval(secs => lasts_seconds));
  return true;
end $$;

create function office.is_founded() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from organisation)
$$;

create function office.is_bootstrap(secret bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from bootstrap as b
    where b.token_sha256 = secret and b.used_at is null and b.expires_at > app_now())
$$;

-- Makes an organisation and its owner, once per secret. False when the secret is no good.
create function office.use_bootstrap(
  secret bytea, new_organisation uuid, organisation_name text, zone text,
  new_account uuid, address text, owner_name text, new_hash text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update bootstrap as b set used_at = app_now()
  where b.token_sha256 = secret and b.used_at is null and b.expires_at > app_now();
  if not found then
    return false;
  end if;
  insert into organisation (organisation_id, name, timezone, contact_email)
  values (new_organisation, organisation_name, zone, lower(address));
  insert into account (account_id, organisation_id, email, name, role, password_hash, password_changed_at)
  values (new_account, new_organisation, lower(address), owner_name, 'owner', new_hash, app_now());
  return true;
end $$;

do $$
declare
  made regprocedure;
begin
  for made in select p.oid from pg_proc as p where p.pronamespace = 'office'::regnamespace and p.prorettype <> 'trigger'::regtype
  loop
    execute format('alter function %s owner to touchstone_office_owner', made);
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to touchstone_staff', made);
  end loop;
end $$;
