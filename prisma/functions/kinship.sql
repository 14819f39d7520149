-- What stepping back (回避, recusal in deed.sql) rests on: whose person a resident was, and which kin were declared. Who keeps
-- the roster is asked to step back like everyone else, so neither is taken away there:
--
--   resident_person   each person a resident ever was, in each household: written by the trigger on resident, never changed
--   kinship           declared; ended once, by a secretary whose own household it does not touch; never changed or deleted.
--                     Declared again it is a new row

create unique index if not exists kinship_one_open on kinship (village_id, resident_a_id, resident_b_id) where ended_at is null;

create or replace function keep_resident_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.person_id is not null then
    insert into resident_person (village_id, person_id, resident_id, household_id)
    values (new.village_id, new.person_id, new.id, new.household_id) on conflict do nothing;
  end if;
  return null;
end $$;
drop trigger if exists resident_keep_person on resident;
create trigger resident_keep_person after insert or update of person_id, household_id on resident
  for each row execute function keep_resident_person();

-- These people, and whoever else was the person of the same resident: a number that changes can make somebody a second
-- person (sign_in.sql), who has the same part in what the first one did. It only ever bars; no power follows from it.
create or replace function same_people(p_village uuid, p_ids uuid[]) returns uuid[]
language sql stable as $$
  select array_remove(p_ids, null) || array(
    select k2.person_id from resident_person k
    join resident_person k2 on k2.village_id = k.village_id and k2.resident_id = k.resident_id
    where k.village_id = p_village and k.person_id = any (p_ids))
$$;

-- Ending a kinship. Refuses NOT_ALLOWED, KIN_OWN_HOUSEHOLD.
create or replace function check_kinship() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'kinships are kept' using errcode = '23514'; end if;
  if tg_op = 'INSERT' then
    if num_nonnulls(new.ended_at, new.ended_by_id) > 0 then
      raise exception 'a kinship begins as declared' using errcode = '23514';
    end if;
    return new;
  end if;
  if old.ended_at is not null or num_nulls(new.ended_at, new.ended_by_id) > 0
     or (to_jsonb(new) - array['ended_at', 'ended_by_id']) is distinct from (to_jsonb(old) - array['ended_at', 'ended_by_id']) then
    raise exception 'a kinship changes by being ended, once' using errcode = '23514';
  end if;
  -- the year runs from now: said to be earlier, it would be over at once
  if new.ended_at < old.declared_at or (isfinite(latest_moment()) and new.ended_at < latest_moment() - interval '1 hour') then
    raise exception 'a kinship is not ended in the past' using errcode = '23514';
  end if;
  if not holds_role(new.village_id, new.ended_by_id, 'SECRETARY', new.ended_at) then perform refuse('NOT_ALLOWED'); end if;
  if exists (
    select 1 from resident r
    where r.village_id = new.village_id and r.id in (new.resident_a_id, new.resident_b_id)
      and recusal(r.village_id, r.household_id, r.id, new.ended_by_id, new.ended_at) = 'OWN_HOUSEHOLD') then
    perform refuse('KIN_OWN_HOUSEHOLD');
  end if;
  return new;
end $$;
drop trigger if exists kinship_check on kinship;
create trigger kinship_check before insert or update or delete on kinship for each row execute function check_kinship();

-- Declares two residents near kin; a pair that is declared already stays as it is. Whether it is new.
drop function if exists kinship_declare(uuid, uuid, uuid, uuid, timestamptz);
create or replace function kinship_declare(p_village uuid, p_id uuid, p_a uuid, p_b uuid, p_person uuid, p_now timestamptz)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into kinship (village_id, id, resident_a_id, resident_b_id, declared_at, declared_by_id)
  values (p_village, p_id, least(p_a, p_b), greatest(p_a, p_b), p_now, p_person)
  on conflict (village_id, resident_a_id, resident_b_id) where ended_at is null do nothing;
  return found;
end $$;

-- Whether this person declared a kinship of this household that still asks somebody to step back: he has a say in who
-- hears it, and so doesn't hear it himself (hearing.sql).
create or replace function declared_kin(p_village uuid, p_household uuid, p_person uuid, p_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select 1 from kinship k join resident r on r.village_id = k.village_id and r.id in (k.resident_a_id, k.resident_b_id)
    where k.village_id = p_village and k.declared_by_id = p_person and r.household_id = p_household
      and (k.ended_at is null or kin_until(k.ended_at) >= (least(p_at, latest_moment()) at time zone 'Asia/Shanghai')::date))
$$;

-- Ends a kinship. Refuses NOT_FOUND (none, or ended already), NOT_ALLOWED, KIN_OWN_HOUSEHOLD.
create or replace function kinship_end(p_village uuid, p_kinship uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update kinship k set ended_at = greatest(p_now, k.declared_at), ended_by_id = p_person
  where k.village_id = p_village and k.id = p_kinship and k.ended_at is null;
  if not found then perform refuse('NOT_FOUND'); end if;
end $$;

drop trigger if exists resident_person_append_only on resident_person;
create trigger resident_person_append_only before update or delete on resident_person
  for each row execute function refuse_change();
do $$
declare t text;
begin
  foreach t in array array['resident_person', 'kinship'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;
