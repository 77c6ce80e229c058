-- An organisation's own items. What somebody wrote is a revision and never changes; what became of it is a
-- row of steps. `bank_item` only says in short what both tell, and only the office writes that.

create table bank_item (
  bank_item_id uuid not null
    constraint bank_item_pkey primary key,
  organisation_id uuid not null
    constraint bank_item_organisation references organisation,
  -- Its lasting name: the file's, and the one that papers and results carry.
  code text not null
    constraint bank_item_code_shape check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(code) <= 80),
  created_by uuid not null,
  created_at timestamptz not null default app_now(),
  -- The newest revision, and how far that one is.
  head integer not null default 0
    constraint bank_item_head_range check (head >= 0),
  state text not null default 'draft'
    constraint bank_item_state_known check (state in ('draft', 'review', 'approved', 'retired')),
  -- The revision that papers are drawn from; it stays while a newer one is written and reviewed.
  approved integer,
  changed_at timestamptz not null default app_now(),
  constraint bank_item_code_unique unique (organisation_id, code),
  constraint bank_item_of_organisation unique (organisation_id, bank_item_id),
  constraint bank_item_creator foreign key (organisation_id, created_by)
    references account (organisation_id, account_id)
);

create table bank_revision (
  organisation_id uuid not null,
  bank_item_id uuid not null,
  number integer not null
    constraint bank_revision_positive check (number > 0),
  -- The file as it was written, byte for byte; everything else is read from it.
  source text not null
    constraint bank_revision_size check (octet_length(source) between 1 and 65536),
  author uuid not null,
  written_at timestamptz not null default app_now(),
  constraint bank_revision_pkey primary key (bank_item_id, number),
  constraint bank_revision_of_organisation unique (organisation_id, bank_item_id, number),
  constraint bank_revision_item foreign key (organisation_id, bank_item_id)
    references bank_item (organisation_id, bank_item_id),
  constraint bank_revision_author foreign key (organisation_id, author)
    references account (organisation_id, account_id)
);

create table bank_step (
  organisation_id uuid not null,
  bank_item_id uuid not null,
  step integer not null
    constraint bank_step_positive check (step > 0),
  number integer not null,
  verb text not null
    constraint bank_step_verb_known check (verb in ('submitted', 'returned', 'approved', 'retired')),
  comment text
    constraint bank_step_comment_length check (char_length(comment) between 1 and 2000),
  done_by uuid not null,
  happened_at timestamptz not null default app_now(),
  constraint bank_step_pkey primary key (bank_item_id, step),
  constraint bank_step_revision foreign key (organisation_id, bank_item_id, number)
    references bank_revision (organisation_id, bank_item_id, number),
  constraint bank_step_account foreign key (organisation_id, done_by)
    references account (organisation_id, account_id)
);

-- Grows with every change of an organisation's bank, in the order of commits: the server keeps the bank in
-- memory and asks here whether it is still the same.
create table bank_stamp (
  organisation_id uuid not null
    constraint bank_stamp_pkey primary key
    constraint bank_stamp_organisation references organisation,
  changes bigint not null
);

-- The next revision of an item. Runs as its owner: nobody else may change `bank_item`.
create function office.take_bank_revision_in() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  item bank_item;
begin
  select i.* into item from bank_item as i
  where i.organisation_id = new.organisation_id and i.bank_item_id = new.bank_item_id
  for update;
  if item.state = 'retired' then
    perform guard.refuse('bank_item_retired', 'a retired item takes no more revisions');
  end if;
  if new.number is distinct from item.head + 1 then
    perform guard.refuse('bank_revision_next', 'somebody else wrote a revision meanwhile');
  end if;
  new.written_at := app_now();
  return new;
end $$;
create trigger bank_revision_next before insert on bank_revision
  for each row execute function office.take_bank_revision_in();

-- The next step. Whoever wrote anything since the last approval cannot approve it.
create function office.take_bank_step_in() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  item bank_item;
begin
  select i.* into item from bank_item as i
  where i.organisation_id = new.organisation_id and i.bank_item_id = new.bank_item_id
  for update;
  if new.number is distinct from item.head then
    perform guard.refuse('bank_step_of_newest', 'a newer revision was written meanwhile');
  end if;
  if not (case new.verb
    when 'submitted' then item.state = 'draft'
    when 'returned' then item.state = 'review'
    when 'approved' then item.state = 'review'
    else item.state <> 'retired' end)
  then
    perform guard.refuse('bank_step_in_order', 'the item is not in the state for this step');
  end if;
  if new.verb = 'approved' and exists (
    select from bank_revision as r
    where r.bank_item_id = new.bank_item_id
      and r.number > coalesce(item.approved, 0)
      and r.author = new.done_by)
  then
    perform guard.refuse('bank_review_by_second_person', 'an author does not approve the own work');
  end if;
  select coalesce(max(s.step), 0) + 1 into new.step from bank_step as s where s.bank_item_id = new.bank_item_id;
  new.happened_at := app_now();
  return new;
end $$;
create trigger bank_step_next before insert on bank_step
  for each row execute function office.take_bank_step_in();

-- What was written and done, in short, and the stamp of the whole bank.
create function office.note_bank_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'bank_revision' then
    update bank_item as i set head = new.number, state = 'draft', changed_at = app_now()
    where i.bank_item_id = new.bank_item_id;
  else
    update bank_item as i
    set state = case new.verb when 'submitted' then 'review' when 'returned' then 'draft' else new.verb end,
        approved = case new.verb when 'approved' then new.number else i.approved end,
        changed_at = app_now()
    where i.bank_item_id = new.bank_item_id;
  end if;
  insert into bank_stamp as s (organisation_id, changes) values (new.organisation_id, 1)
  on conflict (organisation_id) do update set changes = s.changes + 1;
  return null;
end $$;
create trigger bank_revision_noted after insert on bank_revision
  for each row execute function office.note_bank_change();
create trigger bank_step_noted after insert on bank_step
  for each row execute function office.note_bank_change();

-- Nobody rewrites what was written or decided, the owner of the tables included.
create function guard.bank() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_table_name <> 'bank_item' then
    perform guard.refuse(tg_table_name || '_immutable', 'what was written or decided in a bank never changes');
  elsif tg_op = 'DELETE' then
    perform guard.refuse('bank_item_kept', 'items are retired, not deleted');
  elsif (new.bank_item_id, new.organisation_id, new.code, new.created_by, new.created_at)
        is distinct from (old.bank_item_id, old.organisation_id, old.code, old.created_by, old.created_at)
  then
    perform guard.refuse('bank_item_immutable', 'this column of an item never changes');
  end if;
  return new;
end $$;
create trigger bank_item_guard before update or delete on bank_item
  for each row execute function guard.bank();
create trigger bank_revision_guard before update or delete on bank_revision
  for each row execute function guard.bank();
create trigger bank_step_guard before update or delete on bank_step
  for each row execute function guard.bank();

do $$
declare
  guarded text;
begin
  foreach guarded in array array['bank_item', 'bank_revision', 'bank_step', 'bank_stamp'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy tenant on %I to touchstone_staff
         using (organisation_id = (select current_organisation()))
         with check (organisation_id = (select current_organisation()))', guarded);
    execute format(
      'create policy office on %I to touchstone_office_owner using (true) with check (true)', guarded);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function guard.no_truncate()',
      guarded || '_guard_truncate', guarded);
  end loop;
end $$;

grant select, insert (bank_item_id, organisation_id, code, created_by) on bank_item to touchstone_staff;
grant select, insert on bank_revision, bank_step to touchstone_staff;
grant select on bank_stamp to touchstone_staff;
grant select, update on bank_item to touchstone_office_owner;
grant select on bank_revision, bank_step to touchstone_office_owner;
grant select, insert, update on bank_stamp to touchstone_office_owner;

revoke all on function guard.bank() from public;
grant execute on function guard.bank() to touchstone_staff, touchstone_office_owner;
alter function office.take_bank_revision_in() owner to touchstone_office_owner;
alter function office.take_bank_step_in() owner to touchstone_office_owner;
alter function office.note_bank_change() owner to touchstone_office_owner;
revoke all on function office.take_bank_revision_in(), office.take_bank_step_in(), office.note_bank_change()
  from public;
