-- 红榜之家: the plaque of a household on a final red list, and its certificate. What it rests on is a row that stood the
-- publicity; nothing else gives one. Never changed or deleted; revoked by the supervisor (check_revocation), with a
-- reason, and then its certificate says so to everyone who verifies it.

do $$
declare c record;
begin
  for c in select * from (values
    ('plaque', 'plaque_number', 'number ~ ''^20[0-9]{2}-[0-9]{3,6}$'''),
    -- Crockford's base 32, 100 bits: without I, L, O and U, so that a code can be read out and typed
    ('plaque', 'plaque_code', 'code ~ ''^[0-9A-HJKMNP-TV-Z]{20}$'''),
    ('plaque', 'plaque_revoked_whole',
      '(revoked_at is null) = (revoked_by_id is null) and (revoked_at is null) = (btrim(revoked_why) = '''')')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- The next number of a village's year, 2026-012; plaques are never deleted, so none is given twice.
create or replace function plaque_next_number(p_village uuid, p_day date) returns text language sql stable as $$
  select to_char(p_day, 'YYYY') || '-' || case when n < 1000 then lpad(n::text, 3, '0') else n::text end
  from (select count(*) + 1 as n from plaque p
        where p.village_id = p_village and p.number like to_char(p_day, 'YYYY') || '-%') x
$$;

create or replace function check_plaque() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_noon timestamptz;
begin
  if tg_op = 'DELETE' then
    raise exception 'a plaque is revoked, not deleted' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' then
    if (to_jsonb(new) - 'revoked_at' - 'revoked_by_id' - 'revoked_why')
       is distinct from (to_jsonb(old) - 'revoked_at' - 'revoked_by_id' - 'revoked_why') then
      raise exception 'a plaque does not change' using errcode = '23514';
    end if;
    if old.revoked_at is not null or new.revoked_at is null then perform refuse('REWARD_REVOKED'); end if;
    perform check_revocation(new.village_id, new.awarded_by_id, new.awarded_on::timestamp at time zone 'Asia/Shanghai',
                             new.revoked_by_id, new.revoked_at, new.revoked_why);
    return new;
  end if;

  if new.revoked_at is not null then
    raise exception 'a plaque does not begin revoked' using errcode = '23514';
  end if;
  v_noon := (new.awarded_on + time '12:00') at time zone 'Asia/Shanghai';
  if not holds_role(new.village_id, new.awarded_by_id, 'SECRETARY', v_noon) then perform refuse('NOT_ALLOWED'); end if;
  if not exists (
    select 1 from village_list l join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where l.village_id = new.village_id and l.id = new.list_id and r.id = new.row_id
      and l.kind = 'RED' and l.subject = 'HOUSEHOLD' and l.state = 'FINAL'
      and (l.final_at at time zone 'Asia/Shanghai')::date <= new.awarded_on
      and (l.expires_on is null or l.expires_on >= new.awarded_on)
      and r.state = 'STANDING' and r.household_id = new.household_id
  ) then
    raise exception 'a plaque rests on a standing row of a final red list of households' using errcode = '23514';
  end if;
  -- One after another in a village, so that numbers follow each other without a gap.
  perform pg_advisory_xact_lock(hashtextextended('plaque' || new.village_id::text, 7));
  if new.number <> plaque_next_number(new.village_id, new.awarded_on) then
    raise exception 'the next plaque has another number' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists plaque_check on plaque;
create trigger plaque_check before insert or update or delete on plaque for each row execute function check_plaque();
drop trigger if exists plaque_no_truncate on plaque;
create trigger plaque_no_truncate before truncate on plaque for each statement execute function refuse_change();

-- A final red list that is still up, held as it is until the end of the transaction.
-- Refuses: NOT_FOUND, REWARD_LIST_NOT_FINAL.
create or replace function hold_final_red_list(p_village uuid, p_list uuid, p_day date) returns village_list
language plpgsql as $$
declare v_list village_list;
begin
  select * into v_list from village_list l where l.village_id = p_village and l.id = p_list for share;
  if not found or v_list.kind <> 'RED' then perform refuse('NOT_FOUND'); end if;
  if v_list.state <> 'FINAL' or v_list.expires_on < p_day then perform refuse('REWARD_LIST_NOT_FINAL'); end if;
  return v_list;
end $$;

-- Awards plaques to rows of a list, or with no rows named to all that stand; who has one already is passed over.
-- p_codes: fresh random codes, at least as many as rows. Answers what it wrote.
-- Refuses: NOT_ALLOWED, NOT_FOUND, REWARD_LIST_NOT_FINAL, REWARD_ROW_NOT_STANDING, NO_PLAQUES_DUE.
create or replace function plaque_award(p_village uuid, p_list uuid, p_rows uuid[], p_codes text[], p_person uuid,
                                        p_now timestamptz)
returns table (plaque_id uuid, household_id uuid, number text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_day date := (p_now at time zone 'Asia/Shanghai')::date;
  v_list village_list;
  v_row record;
  v_made integer := 0;
begin
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  v_list := hold_final_red_list(p_village, p_list, v_day);
  if v_list.subject <> 'HOUSEHOLD' then perform refuse('NOT_FOUND'); end if;
  perform pg_advisory_xact_lock(hashtextextended('plaque' || p_village::text, 7));
  if exists (select 1 from unnest(p_rows) w(id) where not exists (
      select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.id = w.id)) then
    perform refuse('NOT_FOUND');
  end if;
  if exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.id = any (p_rows)
             and r.state <> 'STANDING') then
    perform refuse('REWARD_ROW_NOT_STANDING');
  end if;
  for v_row in
    select r.id, r.household_id as household from list_row r
    join household h on h.village_id = r.village_id and h.id = r.household_id
    where r.village_id = p_village and r.list_id = p_list and r.state = 'STANDING' and h.left_on is null
      and (cardinality(p_rows) = 0 or r.id = any (p_rows))
      and not exists (select 1 from plaque p where p.village_id = p_village and p.row_id = r.id)
    order by r.rank, h.code for share of r
  loop
    v_made := v_made + 1;
    plaque_id := uuid_of_time(p_now);
    household_id := v_row.household;
    number := plaque_next_number(p_village, v_day);
    insert into plaque (village_id, id, number, code, household_id, list_id, row_id, awarded_on, awarded_by_id)
    values (p_village, plaque_id, number, p_codes[v_made], v_row.household, p_list, v_row.id, v_day, p_person);
    return next;
  end loop;
  if v_made = 0 then perform refuse('NO_PLAQUES_DUE'); end if;
end $$;

-- Takes a plaque back. Refuses: NOT_FOUND, NOT_ALLOWED, REWARD_REVOKED, REWARD_REASON_REQUIRED, REWARD_SAME_PERSON.
create or replace function plaque_revoke(p_village uuid, p_plaque uuid, p_person uuid, p_reason text, p_now timestamptz,
                                         out household_id uuid, out number text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old plaque;
begin
  select * into v_old from plaque p where p.village_id = p_village and p.id = p_plaque for update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if v_old.revoked_at is not null then perform refuse('REWARD_REVOKED'); end if;
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REWARD_REASON_REQUIRED'); end if;
  update plaque p set revoked_at = p_now, revoked_by_id = p_person, revoked_why = p_reason
  where p.village_id = p_village and p.id = p_plaque;
  household_id := v_old.household_id;
  number := v_old.number;
end $$;
