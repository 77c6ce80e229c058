-- What happened: the audit trail, exports, mail to be sent, and whether the house was open.

create table audit_event (
  audit_event_id uuid not null default app_uuid()
    constraint audit_event_pkey primary key,
  -- Null for what belongs to no organisation, such as a sign-in with an unknown address.
  organisation_id uuid
    constraint audit_event_organisation references organisation,
  happened_at timestamptz not null default app_now(),
  actor_kind text not null
    constraint audit_event_actor_known check (actor_kind in ('staff', 'candidate', 'clock', 'operator', 'stranger')),
  actor_id uuid,
  -- `subject.verb`, for example `attempt.started`.
  action text not null
    constraint audit_event_action_shape check (action ~ '^[a-z_]+\.[a-z_]+$' and char_length(action) <= 80),
  subject_kind text
    constraint audit_event_subject_length check (char_length(subject_kind) between 1 and 40),
  subject_id uuid,
  reason text
    constraint audit_event_reason_length check (char_length(reason) between 1 and 500),
  -- Facts without personal data: erasing a person leaves this table as it is.
  detail jsonb not null default '{}'
    constraint audit_event_detail_size check (octet_length(detail::text) <= 16384),
  request_id text
    constraint audit_event_request_length check (char_length(request_id) <= 100)
);
create index audit_event_by_time on audit_event (organisation_id, happened_at desc, audit_event_id);
create index audit_event_by_subject on audit_event (subject_id, happened_at) where subject_id is not null;

create table export_log (
  export_id uuid not null
    constraint export_log_pkey primary key,
  organisation_id uuid not null
    constraint export_log_organisation references organisation,
  assessment_id uuid,
  kind text not null
    constraint export_log_kind_known check (kind in ('results', 'skills', 'answers')),
  dialect text not null
    constraint export_log_dialect_known check (dialect in ('standard', 'spreadsheet')),
  filter jsonb not null default '{}',
  has_accommodations boolean not null default false,
  as_of timestamptz not null,
  row_count bigint not null
    constraint export_log_rows_not_negative check (row_count >= 0),
  byte_count bigint not null
    constraint export_log_bytes_not_negative check (byte_count >= 0),
  sha256 bytea not null
    constraint export_log_hash_length check (octet_length(sha256) = 32),
  -- False when the receiver hung up before the last byte.
  is_complete boolean not null,
  -- Null when the command line of the operator made it.
  exported_by uuid,
  reason text
    constraint export_log_reason_length check (char_length(reason) between 1 and 500),
  finished_at timestamptz not null default app_now(),
  constraint export_log_assessment foreign key (organisation_id, assessment_id)
    references assessment (organisation_id, assessment_id),
  constraint export_log_exporter foreign key (organisation_id, exported_by)
    references account (organisation_id, account_id)
);
create index export_log_by_time on export_log (organisation_id, finished_at desc);

-- Mail, promised in the same transaction as its cause. The body is sealed with a key that is not in the database
-- and is erased on delivery, because it may hold a link.
create table outbox (
  outbox_id uuid not null
    constraint outbox_pkey primary key,
  organisation_id uuid not null
    constraint outbox_organisation references organisation,
  invitation_id uuid,
  account_id uuid,
  kind text not null
    constraint outbox_kind_length check (char_length(kind) between 1 and 60),
  recipient text not null
    constraint outbox_recipient_length check (char_length(recipient) between 3 and 254),
  sealed_body bytea
    constraint outbox_body_size check (octet_length(sealed_body) <= 262144),
  created_at timestamptz not null default app_now(),
  -- When to try (again), and how often it was tried.
  due_at timestamptz not null default app_now(),
  tries integer not null default 0,
  -- Somebody is sending it until then; `lease` tells a slow sender that it has lost the right to report.
  leased_until timestamptz,
  lease uuid,
  delivered_at timestamptz,
  given_up_at timestamptz,
  last_error text
    constraint outbox_error_length check (char_length(last_error) <= 500),
  constraint outbox_invitation foreign key (organisation_id, invitation_id)
    references invitation (organisation_id, invitation_id),
  constraint outbox_account foreign key (organisation_id, account_id)
    references account (organisation_id, account_id),
  constraint outbox_body_gone_after_delivery check (delivered_at is null or sealed_body is null)
);
create index outbox_due on outbox (due_at) where delivered_at is null and given_up_at is null;
create index outbox_by_time on outbox (organisation_id, created_at desc);
create index outbox_by_invitation on outbox (invitation_id) where invitation_id is not null;

-- The running server writes here every few seconds, so that the time it was away is known afterwards.
-- Measured with the real clock: moving the clock of a test database is not an outage.
create table heartbeat (
  is_only boolean not null default true
    constraint heartbeat_pkey primary key
    constraint heartbeat_has_one_row check (is_only),
  beat_at timestamptz not null
);

create table outage (
  outage_id uuid not null default app_uuid()
    constraint outage_pkey primary key,
  from_at timestamptz not null,
  until_at timestamptz not null,
  attempts integer not null,
  recorded_at timestamptz not null default app_now(),
  constraint outage_shape check (until_at > from_at)
);
