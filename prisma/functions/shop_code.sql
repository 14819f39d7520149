-- 付款码: eight digits on a resident's phone, read by a shop within a minute, once.
--
-- Invariants, each with a test that tries to get around it (lib/alliance/redemption/code.db.test.ts):
--   C1  no two unused codes anywhere have the same digits, so that the digits alone say whose they are
--   C2  a device shows one unused code at a time; a new one ends the last
--   C3  a code is for the household and the person it was made by, and for the session of the device it is shown on
--
-- A shop says digits and nothing else. They are looked for among the villages whose terms the merchant has accepted, so
-- a code of any other village is as unknown as digits nobody has.
-- Locks: the session, then the digits. Reading a code locks its row.

create index if not exists pay_code_by_digits on pay_code (digits);

-- C1, for the owner of the table too. A unique key would have to begin with the village (tenancy), so the digits are
-- locked and looked for.
create or replace function check_pay_code_alone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('pay code' || new.digits, 13));
  if exists (select 1 from pay_code c where c.digits = new.digits and c.used_at is null) then
    raise exception 'somebody shows the same digits at this moment' using errcode = '23505';
  end if;
  return new;
end $$;
drop trigger if exists pay_code_alone on pay_code;
create trigger pay_code_alone before insert on pay_code for each row execute function check_pay_code_alone();

-- A code changes only by being used, once.
create or replace function check_pay_code_change() returns trigger language plpgsql as $$
declare
  v_used pay_code := old;
begin
  v_used.used_at := new.used_at;
  v_used.redemption_id := new.redemption_id;
  if old.used_at is not null or new.used_at is null or new is distinct from v_used then
    raise exception 'a code is used once and changes in nothing else' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists pay_code_change on pay_code;
create trigger pay_code_change before update on pay_code for each row execute function check_pay_code_change();

-- Makes the code that a device shows next; the last one of the same device ends. Answers its eight digits and until when
-- they are good. Refuses NOT_ALLOWED: who is no resident of the household, or whose session it isn't.
create or replace function pay_code_make(
  p_village uuid, p_id uuid, p_household uuid, p_resident uuid, p_person uuid, p_session uuid, p_now timestamptz,
  out digits text, out expires_at timestamptz
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_random bytea;
begin
  if not exists (select 1 from resident r where r.village_id = p_village and r.id = p_resident
                 and r.household_id = p_household and r.person_id = p_person and r.left_on is null)
     or exists (select 1 from session s where s.id = p_session and s.person_id <> p_person) then
    perform refuse('NOT_ALLOWED');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('pay code of' || p_session, 13));
  delete from pay_code c where c.village_id = p_village and c.session_id = p_session and c.used_at is null;
  expires_at := p_now + interval '1 minute';
  for i in 1..20 loop
    v_random := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
    digits := lpad((((get_byte(v_random, 0) * 256 + get_byte(v_random, 1)) * 256 + get_byte(v_random, 2))::bigint * 256
                    + get_byte(v_random, 3))::bigint % 100000000 || '', 8, '0');
    begin
      insert into pay_code (village_id, id, household_id, resident_id, person_id, session_id, digits, made_at, expires_at)
      values (p_village, p_id, p_household, p_resident, p_person, p_session, digits, p_now, pay_code_make.expires_at);
      return;
    exception when unique_violation then
      continue;
    end;
  end loop;
  raise exception 'pay_code_make: no digits free';
end $$;

-- Removes codes that nobody will ask for again, at most so many: unused ones five minutes after their end, so that they
-- keep nobody else's digits, and used ones after ninety days (the command log answers a repeat for ever). Those that
-- somebody holds at this moment are left for the next time. Answers how many.
create or replace function pay_codes_sweep(p_now timestamptz, p_most integer default 1000) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_swept integer;
begin
  with old as (
    select c.village_id, c.id from pay_code c
    where c.expires_at < p_now - interval '5 minutes' and (c.used_at is null or c.expires_at < p_now - interval '90 days')
    limit p_most for update skip locked
  )
  delete from pay_code c using old where c.village_id = old.village_id and c.id = old.id;
  get diagnostics v_swept = row_count;
  return v_swept;
end $$;
