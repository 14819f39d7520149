-- What the schema's language can't say about people: one head a household, and where an appointment points.

create unique index if not exists resident_one_head on resident (village_id, household_id)
  where relation = 'HEAD' and left_on is null;

-- Who heads a household without a year of birth is taken for a grown-up; as anything else he would be taken for a possible
-- minor (may_be_at_most in list.sql): without a voice, off the lists, 未成年人 in the ledger. So his year comes first.
-- Refuses HEAD_YEAR_FIRST.
create or replace function check_head_stays_grown_up() returns trigger language plpgsql as $$
begin
  if may_be_at_most(new.birth_year, new.relation, shanghai_day(now()), 18) then
    perform refuse('HEAD_YEAR_FIRST', jsonb_build_object('name', new.name));
  end if;
  return new;
end $$;
drop trigger if exists resident_head_stays_grown_up on resident;
create trigger resident_head_stays_grown_up before update of relation, birth_year on resident
  for each row when (old.relation = 'HEAD' and new.relation <> 'HEAD' and new.birth_year is null)
  execute function check_head_stays_grown_up();

do $$
declare t text;
begin
  foreach t in array array['district', 'township', 'village'] loop
    if not exists (select 1 from pg_constraint where conname = 'appointment_' || t || '_fkey') then
      execute format('alter table appointment add constraint appointment_%s_fkey foreign key (%s_id) references %I (id)', t, t, t);
    end if;
  end loop;
end $$;

-- Appointments: the supervisor is a second pair of eyes, never one of the verifiers nor the secretary, who appoints him; and
-- nobody holds a role twice at once. The person's row is locked, so that two appointments made at once see each other.

-- Whether two stretches of days share one; an open end is null, an end before the beginning is no day at all.
create or replace function days_overlap(p_from date, p_until date, p_other_from date, p_other_until date)
returns boolean language sql immutable parallel safe as $$
  select coalesce(p_until, 'infinity') >= p_from and coalesce(p_other_until, 'infinity') >= p_other_from
    and p_from <= coalesce(p_other_until, 'infinity') and p_other_from <= coalesce(p_until, 'infinity')
$$;

create or replace function check_appointment() returns trigger language plpgsql as $$
begin
  if new.until_day < new.from_day then return new; end if;
  -- one that is only made shorter excludes nothing that it did not: two of before the rule can be ended
  if tg_op = 'UPDATE' and new.until_day <= coalesce(old.until_day, 'infinity')
     and (to_jsonb(new) - 'until_day') is not distinct from (to_jsonb(old) - 'until_day') then
    return new;
  end if;
  perform 1 from person p where p.id = new.person_id for no key update;
  if exists (
    select 1 from appointment a
    where a.person_id = new.person_id and a.id <> new.id and a.role = new.role
      and a.village_id is not distinct from new.village_id and a.township_id is not distinct from new.township_id
      and a.district_id is not distinct from new.district_id and a.merchant_id is not distinct from new.merchant_id
      and days_overlap(a.from_day, a.until_day, new.from_day, new.until_day)
  ) then
    perform refuse('ROLE_HELD');
  end if;
  if new.role in ('VERIFIER', 'SECRETARY', 'SUPERVISOR') and exists (
    select 1 from appointment a
    where a.person_id = new.person_id and a.id <> new.id and a.village_id = new.village_id
      and (new.role = 'SUPERVISOR' and a.role in ('VERIFIER', 'SECRETARY') or new.role <> 'SUPERVISOR' and a.role = 'SUPERVISOR')
      and days_overlap(a.from_day, a.until_day, new.from_day, new.until_day)
  ) then
    perform refuse('ROLES_EXCLUDE');
  end if;
  return new;
end $$;

drop trigger if exists appointment_check on appointment;
create trigger appointment_check before insert or update on appointment
  for each row execute function check_appointment();
