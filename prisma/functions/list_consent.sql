-- Consent (同意): a household's yes to be named in full on red lists, kept with the text it was given to. It is asked for
-- whenever a name is shown; whoever takes it back is masked at the next request, and documents that name the household
-- are retired in the same transaction.

create unique index if not exists consent_one_open on consent (village_id, household_id) where withdrawn_at is null;

do $$
declare c record;
begin
  -- before there was paper
  if exists (select from pg_constraint where conname = 'consent_withdrawn_by') then
    alter table consent drop constraint consent_withdrawn_by;
  end if;
  for c in select * from (values
    ('consent', 'consent_to_a_text', 'text_version >= 1 and btrim(text) <> '''''),
    ('consent', 'consent_given_one_way',
      'num_nonnulls(given_by_id, recorder_id) = 1 and (signer_id is null) = (recorder_id is null)'),
    ('consent', 'consent_withdrawn_one_way',
      'num_nonnulls(withdrawn_by_id, withdrawn_recorder_id) = (withdrawn_at is not null)::integer
       and (withdrawn_signer_id is null) = (withdrawn_recorder_id is null) and withdrawn_at >= given_at')
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

-- Refuses what someone of the office may not write down of a paper that an adult of a household signed: CONSENT_SIGNER,
-- NOT_ALLOWED, OWN_HOUSEHOLD, NEAR_KIN. It is a steward or a verifier who had it signed, not who drafts or checks lists;
-- nobody writes a consent down for the own household or near kin: who lives there gives it on the own phone.
create or replace function refuse_consent_recorder(
  p_village uuid, p_household uuid, p_signer uuid, p_recorder uuid, p_at timestamptz
) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_why text;
begin
  if not (holds_role(p_village, p_recorder, 'STEWARD', p_at) or holds_role(p_village, p_recorder, 'VERIFIER', p_at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  v_why := recusal(p_village, p_household, null, p_recorder, p_at);
  if v_why is not null then perform refuse(v_why); end if;
  if not exists (
    select 1 from resident r
    where r.village_id = p_village and r.household_id = p_household and r.id = p_signer and r.left_on is null
      and not may_be_at_most(r.birth_year, r.relation, shanghai_day(p_at), 18)) then
    perform refuse('CONSENT_SIGNER');
  end if;
end $$;

create or replace function check_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_end text[] := array['withdrawn_at', 'withdrawn_by_id', 'withdrawn_signer_id', 'withdrawn_recorder_id'];
begin
  if tg_op = 'DELETE' then raise exception 'consents are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if new.withdrawn_at is not null then raise exception 'a consent begins as given' using errcode = '23514'; end if;
    if new.recorder_id is not null then
      perform refuse_consent_recorder(new.village_id, new.household_id, new.signer_id, new.recorder_id, new.given_at);
    elsif not speaks_for_household(new.village_id, new.household_id, new.given_by_id, new.given_at) then
      perform refuse('CONSENT_NOT_YOURS');
    end if;
    return new;
  end if;
  if old.withdrawn_at is not null
     or (to_jsonb(new) - v_end) is distinct from (to_jsonb(old) - v_end) then
    raise exception 'a consent changes by being withdrawn, once' using errcode = '23514';
  end if;
  if new.withdrawn_recorder_id is not null then
    perform refuse_consent_recorder(new.village_id, new.household_id, new.withdrawn_signer_id, new.withdrawn_recorder_id,
                                    new.withdrawn_at);
  elsif new.withdrawn_at is not null
     and not speaks_for_household(new.village_id, new.household_id, new.withdrawn_by_id, new.withdrawn_at) then
    perform refuse('CONSENT_NOT_YOURS');
  end if;
  return new;
end $$;
drop trigger if exists consent_check on consent;
create trigger consent_check before insert or update or delete on consent for each row execute function check_consent();
drop trigger if exists consent_no_truncate on consent;
create trigger consent_no_truncate before truncate on consent for each statement execute function refuse_change();

-- A consent on paper is committed with the photo of the paper: without it anybody could say that somebody signed. To take
-- one back no photo is asked for, since it hides a name and must be as easy as can be.
create or replace function check_consent_paper() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.recorder_id is not null and not exists (
    select 1 from attached_photo a
    where a.village_id = new.village_id and a.kind = 'CONSENT' and a.subject = new.id) then
    perform refuse('PHOTO_REQUIRED');
  end if;
  return null;
end $$;
drop trigger if exists consent_paper on consent;
create constraint trigger consent_paper after insert on consent deferrable initially deferred
  for each row execute function check_consent_paper();

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

-- Writes down a consent that an adult signed on paper. Refuses CONSENT_GIVEN and what refuse_consent_recorder does.
create or replace function consent_record(
  p_village uuid, p_consent uuid, p_household uuid, p_signer uuid, p_recorder uuid, p_version integer, p_text text,
  p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into consent (village_id, id, household_id, text_version, text, signer_id, recorder_id, given_at)
  values (p_village, p_consent, p_household, p_version, p_text, p_signer, p_recorder, p_now)
  on conflict (village_id, household_id) where withdrawn_at is null do nothing;
  if not found then perform refuse('CONSENT_GIVEN'); end if;
end $$;

-- Writes down that an adult of a household took it back. Refuses CONSENT_NOT_GIVEN and what refuse_consent_recorder does.
create or replace function consent_record_withdrawal(
  p_village uuid, p_household uuid, p_signer uuid, p_recorder uuid, p_now timestamptz
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_id uuid;
begin
  update consent c set withdrawn_at = greatest(p_now, c.given_at), withdrawn_signer_id = p_signer, withdrawn_recorder_id = p_recorder
  where c.village_id = p_village and c.household_id = p_household and c.withdrawn_at is null
  returning c.id into v_id;
  if not found then perform refuse('CONSENT_NOT_GIVEN'); end if;
  return v_id;
end $$;
