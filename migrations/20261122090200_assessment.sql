-- What is asked: a draft that changes, and published versions that never do.

create table assessment (
  assessment_id uuid not null
    constraint assessment_pkey primary key,
  organisation_id uuid not null
    constraint assessment_organisation references organisation,
  title text not null
    constraint assessment_title_length check (char_length(title) between 1 and 200),
  draft jsonb not null
    constraint assessment_draft_size check (octet_length(draft::text) <= 262144),
  -- Grows by one with each saved draft; a save names the one it was made from.
  draft_revision bigint not null default 1
    constraint assessment_draft_revision_positive check (draft_revision > 0),
  created_by uuid not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  archived_at timestamptz,
  constraint assessment_of_organisation unique (organisation_id, assessment_id),
  constraint assessment_creator foreign key (organisation_id, created_by)
    references account (organisation_id, account_id)
);

create table assessment_version (
  assessment_version_id uuid not null
    constraint assessment_version_pkey primary key,
  organisation_id uuid not null,
  assessment_id uuid not null,
  number integer not null
    constraint assessment_version_number_positive check (number > 0),
  title text not null
    constraint assessment_version_title_length check (char_length(title) between 1 and 200),
  -- The whole plan as published: what staff and the scorer read.
  spec jsonb not null,
  -- What the candidate may read about it (rules, wording). No cut score, no weights unless announced.
  welcome jsonb not null default '{}',
  limit_seconds integer not null
    constraint assessment_version_limit_range check (limit_seconds between 60 and 86400),
  grace_seconds integer not null default 10
    constraint assessment_version_grace_range check (grace_seconds between 0 and 60),
  -- SHA-256 of all keys, so that a result can say which keys it was made with.
  key_hash bytea not null
    constraint assessment_version_key_hash_length check (octet_length(key_hash) = 32),
  published_by uuid not null,
  published_at timestamptz not null default app_now(),
  constraint assessment_version_of_organisation unique (organisation_id, assessment_version_id),
  constraint assessment_version_of_assessment unique (organisation_id, assessment_id, assessment_version_id),
  constraint assessment_version_number_unique unique (assessment_id, number),
  constraint assessment_version_assessment foreign key (organisation_id, assessment_id)
    references assessment (organisation_id, assessment_id),
  constraint assessment_version_publisher foreign key (organisation_id, published_by)
    references account (organisation_id, account_id)
);

-- The sections, in order. Only these facts of the plan decide how a candidate may move.
create table version_section (
  organisation_id uuid not null,
  assessment_version_id uuid not null,
  section integer not null
    constraint version_section_positive check (section between 1 and 50),
  title text not null
    constraint version_section_title_length check (char_length(title) between 1 and 200),
  navigation text not null
    constraint version_section_navigation_known check (navigation in ('free', 'linear')),
  -- A section may have a clock of its own inside the attempt's clock.
  limit_seconds integer
    constraint version_section_limit_range check (limit_seconds between 30 and 86400),
  constraint version_section_pkey primary key (assessment_version_id, section),
  constraint version_section_of_organisation unique (organisation_id, assessment_version_id, section),
  constraint version_section_version foreign key (organisation_id, assessment_version_id)
    references assessment_version (organisation_id, assessment_version_id)
);

-- Copies of the items a version may draw from. `body` is everything a candidate may see of an item, and nothing else.
create table version_item (
  organisation_id uuid not null,
  assessment_version_id uuid not null,
  -- The organisation's own copy; it says nothing about where it came from.
  item_id uuid not null
    constraint version_item_pkey primary key,
  -- Its name in the bank. It hints at the key, so the door never hands it out.
  item_code text not null
    constraint version_item_code_length check (char_length(item_code) between 1 and 200),
  item_revision integer not null
    constraint version_item_revision_positive check (item_revision > 0),
  kind text not null
    constraint version_item_kind_length check (char_length(kind) between 1 and 60),
  skill text not null
    constraint version_item_skill_length check (char_length(skill) between 1 and 120),
  level text not null
    constraint version_item_level_length check (char_length(level) between 1 and 40),
  body jsonb not null,
  constraint version_item_code_once unique (assessment_version_id, item_code),
  constraint version_item_of_organisation unique (organisation_id, assessment_version_id, item_id),
  constraint version_item_version foreign key (organisation_id, assessment_version_id)
    references assessment_version (organisation_id, assessment_version_id)
);

-- Keys, rationales, tags: apart, so that the way to a candidate cannot even name them.
create table version_key (
  organisation_id uuid not null,
  assessment_version_id uuid not null,
  item_id uuid not null
    constraint version_key_pkey primary key,
  key jsonb not null,
  constraint version_key_item foreign key (organisation_id, assessment_version_id, item_id)
    references version_item (organisation_id, assessment_version_id, item_id)
);
