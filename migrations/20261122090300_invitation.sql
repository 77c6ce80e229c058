-- Who is asked: candidates, their invitations, the paper drawn for each, and the browsers that opened the link.

create table candidate (
  candidate_id uuid not null
    constraint candidate_pkey primary key,
  organisation_id uuid not null
    constraint candidate_organisation references organisation,
  email text not null
    constraint candidate_email_shape check (email = lower(email) and char_length(email) between 3 and 254),
  name text
    constraint candidate_name_length check (char_length(name) between 1 and 200),
  -- The organisation's own number for this person.
  external_id text
    constraint candidate_external_id_length check (char_length(external_id) between 1 and 200),
  created_at timestamptz not null default app_now(),
  constraint candidate_of_organisation unique (organisation_id, candidate_id),
  constraint candidate_email_unique unique (organisation_id, email)
);

create table invitation (
  invitation_id uuid not null
    constraint invitation_pkey primary key,
  organisation_id uuid not null,
  assessment_id uuid not null,
  assessment_version_id uuid not null,
  candidate_id uuid not null,
  -- The secret itself is in the mail only. A new link replaces the hash and thereby ends the old link.
  token_sha256 bytea not null
    constraint invitation_token_unique unique
    constraint invitation_token_length check (octet_length(token_sha256) = 32),
  expires_at timestamptz not null,
  -- 150 means half as much time again, for every clock of the attempt.
  time_factor_percent integer not null default 100
    constraint invitation_time_factor_range check (time_factor_percent between 100 and 400),
  is_untimed boolean not null default false,
  -- Draws the paper and the order of options; kept, so that both can be drawn again.
  seed bigint not null,
  -- Shown to the candidate; everything about this invitation is deleted after it.
  keep_until timestamptz not null,
  -- A legal hold beats deletion.
  held_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default app_now(),
  opened_at timestamptz,
  declined_at timestamptz,
  revoked_at timestamptz,
  constraint invitation_of_organisation unique (organisation_id, invitation_id),
  constraint invitation_of_version unique (organisation_id, invitation_id, assessment_version_id),
  constraint invitation_whole
    unique (organisation_id, invitation_id, assessment_id, assessment_version_id, candidate_id),
  constraint invitation_version foreign key (organisation_id, assessment_id, assessment_version_id)
    references assessment_version (organisation_id, assessment_id, assessment_version_id),
  constraint invitation_candidate foreign key (organisation_id, candidate_id)
    references candidate (organisation_id, candidate_id),
  constraint invitation_creator foreign key (organisation_id, created_by)
    references account (organisation_id, account_id),
  constraint invitation_kept_beyond_end check (keep_until >= expires_at)
);
-- The same person is not asked twice at once; after a withdrawal or a refusal a new invitation is possible.
create unique index invitation_open_once on invitation (organisation_id, assessment_id, candidate_id)
  where revoked_at is null and declined_at is null;
create index invitation_by_keep_until on invitation (keep_until) where held_at is null;
create index invitation_by_assessment on invitation (organisation_id, assessment_id, created_at);
create index invitation_by_candidate on invitation (organisation_id, candidate_id);

create table paper_item (
  organisation_id uuid not null,
  invitation_id uuid not null,
  assessment_version_id uuid not null,
  position integer not null
    constraint paper_item_position_range check (position between 1 and 1000),
  section integer not null,
  item_id uuid not null,
  -- The ids of the options in the order of this paper; empty when the item has none or keeps its own order.
  option_order text[] not null default '{}',
  constraint paper_item_pkey primary key (invitation_id, position),
  constraint paper_item_of_organisation unique (organisation_id, invitation_id, position),
  constraint paper_item_once unique (invitation_id, item_id),
  constraint paper_item_invitation foreign key (organisation_id, invitation_id, assessment_version_id)
    references invitation (organisation_id, invitation_id, assessment_version_id),
  constraint paper_item_section foreign key (organisation_id, assessment_version_id, section)
    references version_section (organisation_id, assessment_version_id, section),
  constraint paper_item_item foreign key (organisation_id, assessment_version_id, item_id)
    references version_item (organisation_id, assessment_version_id, item_id)
);

-- A browser that opened the link. How long it is good for follows from the invitation and the attempt.
create table candidate_session (
  session_sha256 bytea not null
    constraint candidate_session_pkey primary key
    constraint candidate_session_hash_length check (octet_length(session_sha256) = 32),
  organisation_id uuid not null,
  invitation_id uuid not null,
  agent text
    constraint candidate_session_agent_length check (char_length(agent) <= 300),
  created_at timestamptz not null default app_now(),
  ended_at timestamptz,
  constraint candidate_session_of_invitation unique (organisation_id, invitation_id, session_sha256),
  constraint candidate_session_invitation foreign key (organisation_id, invitation_id)
    references invitation (organisation_id, invitation_id)
);
create index candidate_session_by_invitation on candidate_session (invitation_id, created_at);
