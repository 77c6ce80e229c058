-- Who works here: organisations, the people who sign in, and how they sign in.

create table organisation (
  organisation_id uuid not null
    constraint organisation_pkey primary key,
  name text not null
    constraint organisation_name_length check (char_length(name) between 1 and 200),
  contact_email text
    constraint organisation_contact_length check (char_length(contact_email) <= 254),
  timezone text not null default 'UTC'
    constraint organisation_timezone_length check (char_length(timezone) between 1 and 64),
  -- How long after the invitation everything about a candidate is deleted.
  retention_days integer not null default 180
    constraint organisation_retention_range check (retention_days between 1 and 3650),
  created_at timestamptz not null default app_now()
);

create table account (
  account_id uuid not null
    constraint account_pkey primary key,
  organisation_id uuid not null
    constraint account_organisation references organisation,
  -- One address is one account in the whole installation, so that signing in needs no organisation.
  email text not null
    constraint account_email_unique unique
    constraint account_email_shape check (email = lower(email) and char_length(email) between 3 and 254),
  name text not null
    constraint account_name_length check (char_length(name) between 1 and 200),
  role text not null
    constraint account_role_known check (role in ('owner', 'recruiter', 'rater', 'hr')),
  -- Null until the person has chosen a password.
  password_hash text,
  password_changed_at timestamptz,
  disabled_at timestamptz,
  last_signed_in_at timestamptz,
  created_at timestamptz not null default app_now(),
  constraint account_of_organisation unique (organisation_id, account_id)
);

-- Sessions of staff (tower-sessions). The cookie's value is never stored, only its hash.
create table staff_session (
  session_sha256 bytea not null
    constraint staff_session_pkey primary key
    constraint staff_session_hash_length check (octet_length(session_sha256) = 32),
  organisation_id uuid,
  account_id uuid,
  data jsonb not null,
  agent text
    constraint staff_session_agent_length check (char_length(agent) <= 300),
  created_at timestamptz not null default app_now(),
  last_seen_at timestamptz not null default app_now(),
  -- Idle end, moved by use; the absolute end follows from created_at.
  expires_at timestamptz not null,
  constraint staff_session_account foreign key (organisation_id, account_id)
    references account (organisation_id, account_id),
  constraint staff_session_whole check ((organisation_id is null) = (account_id is null))
);
create index staff_session_by_account on staff_session (account_id);
create index staff_session_by_end on staff_session (expires_at);

create table password_reset (
  token_sha256 bytea not null
    constraint password_reset_pkey primary key
    constraint password_reset_hash_length check (octet_length(token_sha256) = 32),
  organisation_id uuid not null,
  account_id uuid not null,
  -- An invited colleague chooses the first password through the same door.
  purpose text not null default 'reset'
    constraint password_reset_purpose_known check (purpose in ('reset', 'welcome')),
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint password_reset_account foreign key (organisation_id, account_id)
    references account (organisation_id, account_id)
);
create index password_reset_by_account on password_reset (account_id);

-- The one-time address that makes the first organisation and its owner.
create table bootstrap (
  token_sha256 bytea not null
    constraint bootstrap_pkey primary key
    constraint bootstrap_hash_length check (octet_length(token_sha256) = 32),
  created_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
