-- The rulebook: what a village adopted stays as it was adopted, and on no day are two versions in force.
--
--   DRAFT ──▶ HEARING ──▶ ADOPTED ──▶ SUPERSEDED
--
-- A version is written as a draft, gets its categories, items, scale and resolution, and is adopted in one update.
-- From then on the only thing that may change is that it ends: state to SUPERSEDED, effective_until from open to a
-- day. Points were given by it; a correction is a new version.

-- What no version may say. Added once, so that a second run changes nothing.
do $$
declare c record;
begin
  for c in select * from (values
    ('item', 'item_points_not_zero', 'points <> 0'),
    ('item', 'item_points_within', 'abs(points) <= 1000'),
    ('item', 'item_cap_positive', 'cap_points >= 1'),
    -- one unit must fit under the cap, else the item could never be scored as published
    ('item', 'item_fits_cap', 'abs(points) <= cap_points'),
    ('item', 'item_warns_only_before_deducting', 'points < 0 or not (warn_first or restored_when_repaired)'),
    ('item', 'item_metric_has_unit', '(metric_name is null) = (metric_unit is null)'),
    ('scale_step', 'scale_step_adds', 'points between 1 and 1000'),
    ('rulebook_version', 'rulebook_version_numbered', 'number >= 1'),
    ('rulebook_version', 'rulebook_version_second_threshold', 'second_threshold >= 1'),
    ('rulebook_version', 'rulebook_version_month_cap', 'household_month_cap >= 1'),
    ('rulebook_version', 'rulebook_version_budget', 'budget_per_quarter >= 1'),
    ('rulebook_version', 'rulebook_version_in_force_or_not',
      '(state in (''ADOPTED'', ''SUPERSEDED'')) = (effective_from is not null)'),
    -- the day before its first day: superseded before it ever came into force
    ('rulebook_version', 'rulebook_version_days_in_order', 'effective_until >= effective_from - 1'),
    ('rulebook_version', 'rulebook_version_superseded_ends', 'state <> ''SUPERSEDED'' or effective_until is not null'),
    ('resolution', 'resolution_votes_not_negative', 'least(present, votes_for, votes_against, abstained) >= 0'),
    ('resolution', 'resolution_present_of_eligible', 'present <= eligible'),
    ('resolution', 'resolution_votes_of_present', 'votes_for + votes_against + abstained <= present'),
    ('resolution', 'resolution_carried', 'votes_for > votes_against')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

create or replace function is_adopted(p_village uuid, p_version uuid) returns boolean language sql stable as $$
  select exists (select 1 from rulebook_version v
                 where v.village_id = p_village and v.id = p_version and v.state in ('ADOPTED', 'SUPERSEDED'))
$$;

-- Versions: the way of the states, what is fixed by adoption, and no two in force on one day.
create or replace function check_rulebook_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.state in ('ADOPTED', 'SUPERSEDED') then
      raise exception 'an adopted rulebook is not deleted' using errcode = '23514';
    end if;
    return old;
  end if;
  if tg_op = 'INSERT' then
    if new.state not in ('DRAFT', 'HEARING') then
      raise exception 'a rulebook version starts as a draft' using errcode = '23514';
    end if;
    return new;
  end if;

  if (new.village_id, new.id, new.number) is distinct from (old.village_id, old.id, old.number) then
    raise exception 'a rulebook version keeps its number' using errcode = '23514';
  end if;
  if old.state in ('ADOPTED', 'SUPERSEDED') then
    if (to_jsonb(new) - 'state' - 'effective_until') is distinct from (to_jsonb(old) - 'state' - 'effective_until')
       or new.state not in (old.state, 'SUPERSEDED')
       or (old.effective_until is not null and new.effective_until is distinct from old.effective_until) then
      raise exception 'an adopted rulebook does not change' using errcode = '23514';
    end if;
  elsif new.state = 'SUPERSEDED' then
    raise exception 'a draft is not superseded' using errcode = '23514';
  end if;

  if new.state in ('ADOPTED', 'SUPERSEDED') then
    if old.state not in ('ADOPTED', 'SUPERSEDED') then
      if not exists (select 1 from resolution r where r.village_id = new.village_id and r.version_id = new.id) then
        raise exception 'a rulebook is adopted by a recorded resolution' using errcode = '23514';
      end if;
      if not exists (select 1 from item i where i.village_id = new.village_id and i.version_id = new.id) then
        raise exception 'a rulebook without items is not adopted' using errcode = '23514';
      end if;
    end if;
    if new.effective_until < new.effective_from - 1 then
      raise exception 'a rulebook version ends before it begins' using errcode = '23514';
    end if;
    -- One after another in a village, so that two adoptions at once see each other.
    perform pg_advisory_xact_lock(hashtextextended('rulebook' || new.village_id::text, 7));
    if exists (
      select 1 from rulebook_version v
      where v.village_id = new.village_id and v.id <> new.id and v.state in ('ADOPTED', 'SUPERSEDED')
        and daterange(v.effective_from, v.effective_until + 1) && daterange(new.effective_from, new.effective_until + 1)
    ) then
      raise exception 'on some day two rulebook versions would be in force' using errcode = '23514';
    end if;
  end if;
  return new;
end $$;
drop trigger if exists rulebook_version_check on rulebook_version;
create trigger rulebook_version_check before insert or update or delete on rulebook_version
  for each row execute function check_rulebook_version();

-- Whatever belongs to an adopted version: neither added, changed nor removed.
create or replace function refuse_change_of_adopted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_village uuid := case tg_op when 'DELETE' then old.village_id else new.village_id end;
  v_old uuid;
  v_new uuid;
begin
  if tg_table_name = 'scale_step' then
    if tg_op <> 'INSERT' then
      select i.version_id into v_old from item i where i.village_id = old.village_id and i.id = old.item_id;
    end if;
    if tg_op <> 'DELETE' then
      select i.version_id into v_new from item i where i.village_id = new.village_id and i.id = new.item_id;
    end if;
  else
    if tg_op <> 'INSERT' then v_old := old.version_id; end if;
    if tg_op <> 'DELETE' then v_new := new.version_id; end if;
  end if;
  if is_adopted(v_village, v_old) or is_adopted(v_village, v_new) then
    raise exception 'an adopted rulebook does not change: % of % refused', tg_op, tg_table_name using errcode = '23514';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

do $$
declare t text;
begin
  foreach t in array array['category', 'item', 'scale_step', 'resolution'] loop
    execute format('drop trigger if exists %I_of_adopted on %I', t, t);
    execute format('create trigger %I_of_adopted before insert or update or delete on %I
      for each row execute function refuse_change_of_adopted()', t, t);
  end loop;
  foreach t in array array['rulebook_version', 'category', 'item', 'scale_step', 'resolution'] loop
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_change()', t, t);
  end loop;
end $$;

-- An item of a version belongs to a category of the same version.
create or replace function check_item_category() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from category c where c.village_id = new.village_id and c.id = new.category_id
                 and c.version_id = new.version_id) then
    raise exception 'the category is of another rulebook version' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists item_category_check on item;
create trigger item_category_check before insert or update on item for each row execute function check_item_category();
