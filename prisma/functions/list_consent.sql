-- Consent (同意): a household's yes to be named in full on red lists, kept with the text it was given to. It is asked for
-- whenever a name is shown; whoever takes it back is masked at the next request, and documents that name the household
-- are retired in the same transaction.

create unique index if not exists consent_one_open on consent (village_id, household_id) where withdrawn_at is null;

do $$
declare c record;
begin
  for c in select * from (values
    ('consent', 'consent_to_a_text', 'text_version >= 1 and btrim(text) <> '''''),
    ('consent', 'consent_withdrawn_by', '(withdrawn_at is null) = (withdrawn_by_id is null) and withdrawn_at >= given_at')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- Whether a person speaks for a household: a grown-up who lives there, its head like everyone else. Who may still be a
-- minor is none; a head or spouse of unknown age is (may_be_at_most).
create or replace function speaks_for_household(p_village uuid, p_household uuid, p_person uuid, p_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from resident r
    where r.village_id = p_village and r.household_id = p_household and r.person_id = p_person and r.left_on is null
      and not may_be_at_most(r.birth_year, r.relation, shanghai_day(p_at), 18))
$$;

create or replace function check_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'consents are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if new.withdrawn_at is not null then raise exception 'a consent begins as given' using errcode = '23514'; end if;
    if not speaks_for_household(new.village_id, new.household_id, new.given_by_id, new.given_at) then
      perform refuse('CONSENT_NOT_YOURS');
    end if;
    return new;
  end if;
  if old.withdrawn_at is not null
     or (to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by_id') is distinct from (to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by_id') then
    raise exception 'a consent changes by being withdrawn, once' using errcode = '23514';
  end if;
  if new.withdrawn_at is not null
     and not speaks_for_household(new.village_id, new.household_id, new.withdrawn_by_id, new.withdrawn_at) then
    perform refuse('CONSENT_NOT_YOURS');
  end if;
  return new;
end $$;
drop trigger if exists consent_check on consent;
create trigger consent_check before insert or update or delete on consent for each row execute function check_consent();
drop trigger if exists consent_no_truncate on consent;
create trigger consent_no_truncate before truncate on consent for each statement execute function refuse_change();

-- Names change on every red list on which the household stands: from this transaction on.
create or replace function retire_documents_of_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_lock_public(new.village_id, new.household_id, 'RED');
  perform list_documents_retire(l.village_id, l.id,
    case when new.withdrawn_at is null then '有户同意写全名' else '有户收回了写全名的同意' end,
    coalesce(new.withdrawn_at, new.given_at))
  from village_list l
  where l.village_id = new.village_id and l.kind = 'RED' and l.state in ('CHECKED', 'PUBLICITY', 'FINAL')
    and l.id in (select r.list_id from list_row r
                 where r.village_id = new.village_id and r.household_id = new.household_id and r.state <> 'GONE');
  return null;
end $$;
drop trigger if exists consent_retire_documents on consent;
create trigger consent_retire_documents after insert or update on consent for each row execute function retire_documents_of_consent();

-- Gives consent; a household that has given it already keeps that one. Refuses CONSENT_NOT_YOURS.
create or replace function consent_give(
  p_village uuid, p_consent uuid, p_household uuid, p_person uuid, p_version integer, p_text text, p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at)
  values (p_village, p_consent, p_household, p_version, p_text, p_person, p_now)
  on conflict (village_id, household_id) where withdrawn_at is null do nothing;
  return found;
end $$;

-- Takes it back. Refuses CONSENT_NOT_GIVEN, CONSENT_NOT_YOURS.
create or replace function consent_withdraw(p_village uuid, p_household uuid, p_person uuid, p_now timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_id uuid;
begin
  update consent c set withdrawn_at = greatest(p_now, c.given_at), withdrawn_by_id = p_person
  where c.village_id = p_village and c.household_id = p_household and c.withdrawn_at is null
  returning c.id into v_id;
  if not found then perform refuse('CONSENT_NOT_GIVEN'); end if;
  return v_id;
end $$;
