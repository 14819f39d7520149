-- 资金池: money a village has set aside to pay merchants, what it owes them, and the two brakes on its alliance.
--
--   holds   entries of the pool − what was paid to merchants
--   owed    statements not yet paid + what is in no statement yet (either may be below zero at one merchant)
--   free    holds − owed; below the least that the village has set, no new offers open
--
-- Entries are only added; one made wrongly is taken back whole, by one with the other sign.

do $$
declare c record;
begin
  for c in select * from (values
    ('pool_entry', 'pool_entry_sign', '(source = ''CORRECTION'') = (corrects_id is not null) and fen <> 0 and (source = ''CORRECTION'' or fen > 0)'),
    ('pool_entry', 'pool_entry_why', 'source <> ''CORRECTION'' or btrim(note) <> '''''),
    ('pool_entry', 'pool_entry_on_day', 'on_day <= (recorded_at at time zone ''Asia/Shanghai'')::date'),
    ('alliance_brake', 'alliance_brake_stop', '(stopped_at is null) = (btrim(stop_why) = '''')'),
    ('alliance_brake', 'alliance_brake_least', 'pool_least_fen >= 0')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

create or replace function check_pool_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not holds_role(new.village_id, new.recorded_by_id, 'SECRETARY', new.recorded_at) then perform refuse('NOT_ALLOWED'); end if;
  if new.source = 'CORRECTION' and not exists (
    select 1 from pool_entry e where e.village_id = new.village_id and e.id = new.corrects_id and e.source <> 'CORRECTION' and e.fen = -new.fen) then
    raise exception 'a correction takes one entry back whole' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists pool_entry_check on pool_entry;
create trigger pool_entry_check before insert on pool_entry for each row execute function check_pool_entry();
drop trigger if exists pool_entry_append_only on pool_entry;
create trigger pool_entry_append_only before update or delete on pool_entry for each row execute function refuse_change();
drop trigger if exists pool_entry_no_truncate on pool_entry;
create trigger pool_entry_no_truncate before truncate on pool_entry for each statement execute function refuse_change();

-- Puts money into the pool's book. Refuses NOT_ALLOWED, POOL_DAY_TO_COME.
create or replace function pool_record(
  p_village uuid, p_id uuid, p_source "PoolSource", p_fen integer, p_on date, p_note text, p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_on > shanghai_day(p_now) then perform refuse('POOL_DAY_TO_COME'); end if;
  insert into pool_entry (village_id, id, source, fen, on_day, note, recorded_by_id, recorded_at)
  values (p_village, p_id, p_source, p_fen, p_on, btrim(p_note), p_person, p_now);
end $$;

-- Takes an entry back, whole, once; asked again with the same id it answers the same. Refuses NOT_ALLOWED, NOT_FOUND,
-- REASON_REQUIRED, POOL_ENTRY_CORRECTED.
create or replace function pool_correct(p_village uuid, p_id uuid, p_entry uuid, p_why text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare e pool_entry;
begin
  select x.* into e from pool_entry x where x.village_id = p_village and x.id = p_entry and x.source <> 'CORRECTION' for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if exists (select 1 from pool_entry x where x.village_id = p_village and x.id = p_id and x.corrects_id = p_entry) then return; end if;
  if btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  if exists (select 1 from pool_entry x where x.village_id = p_village and x.corrects_id = p_entry) then perform refuse('POOL_ENTRY_CORRECTED'); end if;
  insert into pool_entry (village_id, id, source, fen, on_day, note, corrects_id, recorded_by_id, recorded_at)
  values (p_village, p_id, 'CORRECTION', -e.fen, shanghai_day(p_now), btrim(p_why), p_entry, p_person, p_now);
end $$;

-- The secretary alone changes the brakes; the row is kept.
create or replace function check_alliance_brake() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then raise exception 'a village keeps its brake' using errcode = '23514'; end if;
  if not holds_role(new.village_id, new.changed_by_id, 'SECRETARY', new.changed_at) then perform refuse('NOT_ALLOWED'); end if;
  if tg_op = 'INSERT' then
    if new.stopped_at is not null and new.stopped_at <> new.changed_at then raise exception 'a stop begins when it is made' using errcode = '23514'; end if;
    return new;
  end if;
  if new.village_id <> old.village_id
     or new.stopped_at is not null and new.stopped_at is distinct from old.stopped_at and (old.stopped_at is not null or new.stopped_at <> new.changed_at)
     or new.stopped_at is not null and new.stopped_at = old.stopped_at and new.stop_why <> old.stop_why then
    raise exception 'a stop begins when it is made, and stays until it is lifted' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists alliance_brake_check on alliance_brake;
create trigger alliance_brake_check before insert or update or delete on alliance_brake for each row execute function check_alliance_brake();
drop trigger if exists alliance_brake_no_truncate on alliance_brake;
create trigger alliance_brake_no_truncate before truncate on alliance_brake for each statement execute function refuse_change();

-- Sets the least that must be free in the pool for new offers to open; null takes the brake off. Refuses NOT_ALLOWED.
create or replace function alliance_set_least(p_village uuid, p_least integer, p_person uuid, p_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into alliance_brake (village_id, pool_least_fen, changed_by_id, changed_at) values (p_village, p_least, p_person, p_now)
  on conflict (village_id) do update set pool_least_fen = excluded.pool_least_fen, changed_by_id = excluded.changed_by_id, changed_at = excluded.changed_at
$$;

-- Stops all taking of points in the village, with a reason that everyone reads, or lifts the stop (p_why null). Refuses
-- NOT_ALLOWED, REASON_REQUIRED, ALLIANCE_IS_STOPPED, ALLIANCE_NOT_STOPPED.
create or replace function alliance_stop(p_village uuid, p_why text, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare b alliance_brake;
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  if p_why is not null and btrim(p_why) = '' then perform refuse('REASON_REQUIRED'); end if;
  insert into alliance_brake (village_id, changed_by_id, changed_at) values (p_village, p_person, p_now) on conflict do nothing;
  select x.* into b from alliance_brake x where x.village_id = p_village for no key update;
  if p_why is not null and b.stopped_at is not null then perform refuse('ALLIANCE_IS_STOPPED'); end if;
  if p_why is null and b.stopped_at is null then perform refuse('ALLIANCE_NOT_STOPPED'); end if;
  update alliance_brake x set stopped_at = case when p_why is not null then p_now end, stop_why = coalesce(btrim(p_why), ''),
    changed_by_id = p_person, changed_at = p_now where x.village_id = p_village;
end $$;

-- Whether less is free in the pool than the village has said must be, so that no new offers open. plpgsql, because what
-- it asks is made later (shop_solvency.sql).
create or replace function alliance_pool_short(p_village uuid) returns boolean language plpgsql stable as $$
declare v_least integer := (select b.pool_least_fen from alliance_brake b where b.village_id = p_village);
begin
  if v_least is null then return false; end if;
  return (select p.entries - p.paid - p.stated - p.unstated < v_least from pool_of(p_village) p);
end $$;
