-- What was answered, and when. The guards of 20261122091000 stand over every table of this file.

create table attempt (
  attempt_id uuid not null
    constraint attempt_pkey primary key,
  organisation_id uuid not null,
  -- One attempt per invitation, whatever races.
  invitation_id uuid not null
    constraint attempt_once unique,
  assessment_id uuid not null,
  assessment_version_id uuid not null,
  candidate_id uuid not null,
  state text not null default 'running'
    constraint attempt_state_known check (state in ('running', 'submitted', 'voided')),
  started_at timestamptz not null,
  base_seconds integer not null,
  -- Derived from time_grant, never set by hand.
  extra_seconds integer not null default 0
    constraint attempt_extra_not_negative check (extra_seconds >= 0),
  grace_seconds integer not null,
  is_untimed boolean not null,
  -- started_at + base_seconds + extra_seconds; null exactly when untimed.
  deadline_at timestamptz,
  -- The browser that may write; any other one is read-only until it takes over.
  holder_sha256 bytea not null,
  -- The section on the screen.
  section integer not null,
  finished_at timestamptz,
  finalised_by text
    constraint attempt_finaliser_known check (finalised_by in ('candidate', 'clock', 'staff')),
  final_version bigint,
  receipt_hash bytea
    constraint attempt_receipt_length check (octet_length(receipt_hash) = 32),
  void_reason text
    constraint attempt_void_reason_length check (char_length(void_reason) between 1 and 500),
  constraint attempt_of_organisation unique (organisation_id, attempt_id),
  constraint attempt_of_invitation unique (organisation_id, attempt_id, invitation_id),
  constraint attempt_invitation
    foreign key (organisation_id, invitation_id, assessment_id, assessment_version_id, candidate_id)
    references invitation (organisation_id, invitation_id, assessment_id, assessment_version_id, candidate_id),
  constraint attempt_holder foreign key (organisation_id, invitation_id, holder_sha256)
    references candidate_session (organisation_id, invitation_id, session_sha256),
  constraint attempt_untimed_has_no_deadline check (is_untimed = (deadline_at is null)),
  constraint attempt_finished_whole check (
    (state = 'running') = (finished_at is null)
    and (finished_at is null) = (final_version is null)
    and (finished_at is null) = (finalised_by is null)
    and (finished_at is null) = (receipt_hash is null)),
  constraint attempt_voided_with_reason check ((state = 'voided') = (void_reason is not null)),
  constraint attempt_finished_in_time check (
    finished_at is null
    or (finished_at >= started_at
        and (deadline_at is null or finished_at <= deadline_at + make_interval(secs => grace_seconds))))
);
create index attempt_by_deadline on attempt (deadline_at) where state = 'running' and not is_untimed;
create index attempt_by_assessment on attempt (organisation_id, assessment_id, started_at);

-- One row per section that was opened. Questions of a section without a row are never sent.
create table section_run (
  organisation_id uuid not null,
  attempt_id uuid not null,
  section integer not null,
  opened_at timestamptz not null,
  -- Own clock of the section, with the person's factor; null when it only has the attempt's.
  limit_seconds integer,
  extra_seconds integer not null default 0,
  deadline_at timestamptz,
  -- The question on the screen of a linear section; those before it are locked, those after it unseen.
  position integer,
  -- Left for good. Free sections without a clock are never closed.
  closed_at timestamptz,
  constraint section_run_pkey primary key (attempt_id, section),
  constraint section_run_attempt foreign key (organisation_id, attempt_id)
    references attempt (organisation_id, attempt_id),
  constraint section_run_clock check ((limit_seconds is null) = (deadline_at is null))
);

-- Time given. Rows with an interval (outage, pause) count once where they overlap; the others add up.
create table time_grant (
  time_grant_id uuid not null default app_uuid()
    constraint time_grant_pkey primary key,
  organisation_id uuid not null,
  attempt_id uuid not null,
  kind text not null
    constraint time_grant_kind_known check (kind in ('accommodation', 'incident', 'outage', 'pause', 'reopen')),
  seconds integer
    constraint time_grant_seconds_range check (seconds between 1 and 86400),
  from_at timestamptz,
  until_at timestamptz,
  reason text
    constraint time_grant_reason_length check (char_length(reason) between 1 and 500),
  granted_by uuid,
  granted_at timestamptz not null default app_now(),
  constraint time_grant_shape check (
    (seconds is not null and from_at is null and until_at is null)
    or (seconds is null and from_at is not null and until_at > from_at)),
  constraint time_grant_attempt foreign key (organisation_id, attempt_id)
    references attempt (organisation_id, attempt_id),
  constraint time_grant_giver foreign key (organisation_id, granted_by)
    references account (organisation_id, account_id)
);
create index time_grant_by_attempt on time_grant (attempt_id);

-- The log of answers. Append-only; what counts is the highest version of each position.
create table response (
  organisation_id uuid not null,
  attempt_id uuid not null,
  invitation_id uuid not null,
  -- 1, 2, 3 ... per attempt without a gap, given under the attempt's row lock.
  version bigint not null,
  position integer not null,
  -- Made by the browser, once per change: a repeated save is recognised by it.
  save_id uuid not null,
  -- The version of this position that the change was made on; 0 when there was none.
  base_version bigint not null,
  body jsonb not null
    constraint response_body_size check (octet_length(body::text) <= 65536),
  received_at timestamptz not null,
  is_late boolean not null,
  constraint response_pkey primary key (attempt_id, version),
  constraint response_save_once unique (attempt_id, save_id),
  constraint response_attempt foreign key (organisation_id, attempt_id, invitation_id)
    references attempt (organisation_id, attempt_id, invitation_id),
  constraint response_paper foreign key (organisation_id, invitation_id, position)
    references paper_item (organisation_id, invitation_id, position)
);
create index response_by_position on response (attempt_id, position, version desc);

create view response_current with (security_invoker = true) as
  select distinct on (attempt_id, position)
    organisation_id, attempt_id, position, version, body, received_at, is_late
  from response
  order by attempt_id, position, version desc;

create table response_flag (
  organisation_id uuid not null,
  attempt_id uuid not null,
  invitation_id uuid not null,
  position integer not null,
  is_flagged boolean not null,
  changed_at timestamptz not null default app_now(),
  constraint response_flag_pkey primary key (attempt_id, position),
  constraint response_flag_attempt foreign key (organisation_id, attempt_id, invitation_id)
    references attempt (organisation_id, attempt_id, invitation_id),
  constraint response_flag_paper foreign key (organisation_id, invitation_id, position)
    references paper_item (organisation_id, invitation_id, position)
);

-- Text that could not count: kept and shown to staff, never scored silently.
create table late_answer (
  organisation_id uuid not null,
  attempt_id uuid not null,
  invitation_id uuid not null,
  save_id uuid not null,
  position integer not null,
  base_version bigint not null,
  body jsonb not null
    constraint late_answer_body_size check (octet_length(body::text) <= 65536),
  reason text not null
    constraint late_answer_reason_known check (reason in ('finished', 'overdue', 'other_device', 'section_closed')),
  received_at timestamptz not null default app_now(),
  constraint late_answer_pkey primary key (attempt_id, save_id),
  constraint late_answer_attempt foreign key (organisation_id, attempt_id, invitation_id)
    references attempt (organisation_id, attempt_id, invitation_id),
  constraint late_answer_paper foreign key (organisation_id, invitation_id, position)
    references paper_item (organisation_id, invitation_id, position)
);

-- Results are never changed: a regrade is a new revision with its reason.
create table result (
  organisation_id uuid not null,
  attempt_id uuid not null,
  revision integer not null,
  final_version bigint not null,
  key_hash bytea not null
    constraint result_key_hash_length check (octet_length(key_hash) = 32),
  points bigint not null,
  max_points bigint not null,
  detail jsonb not null,
  rule_version integer not null
    constraint result_rule_version_positive check (rule_version > 0),
  reason text
    constraint result_reason_length check (char_length(reason) between 1 and 500),
  created_by uuid,
  created_at timestamptz not null default app_now(),
  constraint result_pkey primary key (attempt_id, revision),
  constraint result_attempt foreign key (organisation_id, attempt_id)
    references attempt (organisation_id, attempt_id),
  constraint result_creator foreign key (organisation_id, created_by)
    references account (organisation_id, account_id),
  constraint result_points_range check (points between 0 and max_points)
);

create view result_current with (security_invoker = true) as
  select distinct on (attempt_id)
    organisation_id, attempt_id, revision, final_version, key_hash, points, max_points,
    detail, rule_version, reason, created_by, created_at
  from result
  order by attempt_id, revision desc;
