-- Who signs in for a resident. A number is a human being's: what stands on it is never handed to somebody else
-- (docs/decisions/0063-a-number-passed-on.md).
--
--   the resident's number changes   the same human being: his person goes with him where he is only of this village;
--                                   elsewhere he keeps the old number, and what he holds here goes to the new one
--   a number is passed on           another human being (another name): the number leaves who had it, unless he is in use
--   taken off, or moved out         the offices the village gave end with it
--
-- Whoever is signed in on a device of before is signed out.

-- Who has left signs in for nobody; that he did is kept for recusal (kinship.sql).
create or replace function unlink_who_left() returns trigger language plpgsql as $$
begin
  if new.left_on is not null then new.person_id := null; end if;
  return new;
end $$;
drop trigger if exists resident_unlink_who_left on resident;
create trigger resident_unlink_who_left before insert or update on resident
  for each row execute function unlink_who_left();

-- Whether someone has a reason to sign in: lives somewhere, or holds an office today or later.
create or replace function person_is_in_use(p_person uuid, p_now timestamptz) returns boolean
language sql stable as $$
  select exists (select 1 from resident r where r.person_id = p_person)
    or exists (select 1 from appointment a where a.person_id = p_person
               and coalesce(a.until_day, 'infinity') >= greatest(a.from_day, shanghai_day(p_now)))
$$;

-- Whether someone never was anybody outside this village, so that the village may say what number he has.
create or replace function person_is_only_of(p_person uuid, p_village uuid) returns boolean
language sql stable as $$
  select not exists (select 1 from appointment a where a.person_id = p_person and a.village_id is distinct from p_village)
    and not exists (select 1 from resident_person k where k.person_id = p_person and k.village_id <> p_village)
$$;

-- A name that the roster corrects is corrected wherever the person is named, unless he is somebody elsewhere too.
create or replace function person_follows_name() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if person_is_only_of(new.person_id, new.village_id) then
    update person set name = new.name where id = new.person_id and name <> new.name;
  end if;
  return null;
end $$;
drop trigger if exists resident_name_to_person on resident;
create trigger resident_name_to_person after update of name on resident
  for each row when (new.person_id is not null and new.name <> old.name) execute function person_follows_name();

-- Signs someone out everywhere but in the session that asks for it.
create or replace function person_sign_out(p_person uuid, p_session uuid, p_now timestamptz) returns void
language sql as $$
  update session set ended_at = p_now where person_id = p_person and ended_at is null and id is distinct from p_session
$$;

-- Ends the offices someone holds in a village today or later, of these roles: at once, their last day was yesterday.
-- What would begin later, or begins today, never was: its last day is the one before its first. Answers them.
create or replace function person_end_terms(p_village uuid, p_person uuid, p_roles "Role"[], p_now timestamptz)
returns setof appointment language sql as $$
  with ended as (
    select a.* from appointment a
    where a.village_id = p_village and a.person_id = p_person and a.role = any (p_roles)
      and coalesce(a.until_day, 'infinity') >= greatest(a.from_day, shanghai_day(p_now))
    for no key update
  ), done as (
    update appointment a set until_day = greatest(a.from_day, shanghai_day(p_now)) - 1
    from ended e where a.id = e.id
  )
  select * from ended
$$;

-- After a resident was taken off someone: the offices a village gives end, and where he has no reason left to be signed in
-- he is signed out. Who is secretary is decided above the village and stays.
create or replace function person_after_unlink(p_village uuid, p_person uuid, p_session uuid, p_now timestamptz) returns void
language plpgsql as $$
begin
  perform 1 from person p where p.id = p_person for no key update;
  perform person_end_terms(p_village, p_person, array['STEWARD', 'VERIFIER', 'SUPERVISOR']::"Role"[], p_now);
  if not person_is_in_use(p_person, p_now) then perform person_sign_out(p_person, p_session, p_now); end if;
end $$;

-- Moves what someone holds in a village to the person he has become there. A role that person holds already in these days
-- stays as it is. Refuses ROLES_EXCLUDE (people.sql).
create or replace function person_move_terms(p_village uuid, p_from uuid, p_to uuid, p_by uuid, p_now timestamptz) returns void
language plpgsql as $$
declare
  a appointment;
begin
  for a in select * from person_end_terms(p_village, p_from, array['STEWARD', 'VERIFIER', 'SUPERVISOR', 'SECRETARY']::"Role"[], p_now) loop
    a.from_day := greatest(a.from_day, shanghai_day(p_now));
    continue when exists (
      select 1 from appointment b where b.village_id = p_village and b.person_id = p_to and b.role = a.role
        and days_overlap(b.from_day, b.until_day, a.from_day, a.until_day));
    insert into appointment (id, person_id, role, village_id, from_day, until_day, appointed_by_id, created_at)
    values (uuid_of_time(p_now), p_to, a.role, p_village, a.from_day, a.until_day, p_by, p_now);
  end loop;
end $$;

-- Gives a resident a number to sign in with, another one, or none (null). Refuses PHONE_TAKEN, PHONE_OF_ANOTHER,
-- ROLES_EXCLUDE.
create or replace function resident_link(
  p_village uuid, p_resident uuid, p_phone text, p_by uuid, p_session uuid, p_now timestamptz
) returns void
language plpgsql as $$
declare
  v_resident resident;
  v_old uuid;
  v_holder person;
begin
  select * into strict v_resident from resident r where r.village_id = p_village and r.id = p_resident for no key update;
  v_old := v_resident.person_id;
  if p_phone is null then
    update resident set person_id = null where village_id = p_village and id = p_resident;
    if v_old is not null then perform person_after_unlink(p_village, v_old, p_session, p_now); end if;
    return;
  end if;
  -- two who give out one number wait for each other, so that it is made a person's once
  perform pg_advisory_xact_lock(hashtextextended('phone:' || p_phone, 0));
  perform 1 from person p where p.id = v_old or p.phone = p_phone order by p.id for no key update;
  select * into v_holder from person p where p.phone = p_phone;
  if v_holder.id = v_old then
    perform person_sign_out(v_old, p_session, p_now);
    return;
  end if;
  if exists (select 1 from resident r where r.village_id = p_village and r.person_id = v_holder.id) then
    perform refuse('PHONE_TAKEN');
  end if;
  if v_holder.name <> v_resident.name and not exists (
    -- a roster that corrects a name says so of whom it is, wherever he is or was somebody
    select 1 from resident_person k join resident r on r.village_id = k.village_id and r.id = k.resident_id
    where k.person_id = v_holder.id and r.name = v_resident.name) then
    if person_is_in_use(v_holder.id, p_now) then perform refuse('PHONE_OF_ANOTHER'); end if;
    update person set phone = null where id = v_holder.id;
    perform person_sign_out(v_holder.id, null, p_now);
    v_holder := null;
  end if;
  if v_holder.id is null and v_old is not null and person_is_only_of(v_old, p_village) then
    -- a password of before would sign in with the new number
    update person set phone = p_phone, name = v_resident.name, password_hash = null where id = v_old;
    perform person_sign_out(v_old, p_session, p_now);
    return;
  end if;
  if v_holder.id is null then
    insert into person (id, name, phone, created_at)
    values (uuid_of_time(p_now), v_resident.name, p_phone, p_now) returning * into v_holder;
  else
    perform person_sign_out(v_holder.id, p_session, p_now);
  end if;
  update resident set person_id = v_holder.id where village_id = p_village and id = p_resident;
  if v_old is null then return; end if;
  perform person_move_terms(p_village, v_old, v_holder.id, p_by, p_now);
  if not person_is_in_use(v_old, p_now) then perform person_sign_out(v_old, null, p_now); end if;
end $$;
