-- Lists: what may be written, whoever writes it (the invariants are at the head of list.sql).

-- A list begins as a draft, by a secretary, under the rule of its rulebook.
create or replace function check_new_list() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_rule record;
begin
  if new.state <> 'DRAFT' or num_nonnulls(new.checked_by_id, new.checked_at, new.published_by_id, new.public_from,
       new.public_until, new.final_at, new.expires_on, new.ended_at, new.ended_by_id) > 0 then
    raise exception 'a list starts as a draft' using errcode = '23514';
  end if;
  if not holds_role(new.village_id, new.drafted_by_id, 'SECRETARY', new.drafted_at) then perform refuse('NOT_ALLOWED'); end if;
  v_rule := list_rule(new.village_id, new.kind, new.subject, new.period, shanghai_day(new.drafted_at));
  if (new.version_id, new.top, new.threshold, new.audience, new.as_of)
     is distinct from (v_rule.version_id, v_rule.top, v_rule.threshold, v_rule.audience, new.drafted_at) then
    raise exception 'a list is drafted by the rule of its rulebook' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists village_list_check_new on village_list;
create trigger village_list_check_new before insert on village_list for each row execute function check_new_list();

-- A draft that is committed has its rows, and a black one what they rest on.
create or replace function check_list_drafted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from list_row r where r.village_id = new.village_id and r.list_id = new.id) then
    perform refuse('LIST_EMPTY');
  end if;
  if list_lacks_grounds(new.village_id, new.id) then
    raise exception 'a black row rests on the deductions it was drafted from' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists village_list_drafted on village_list;
create constraint trigger village_list_drafted after insert on village_list deferrable initially deferred
  for each row execute function check_list_drafted();

-- Whether a black row's points are not the sum of the deductions it names, or these are not that household's.
create or replace function list_lacks_grounds(p_village uuid, p_list uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from village_list l join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where l.village_id = p_village and l.id = p_list and l.kind = 'BLACK' and l.subject = 'HOUSEHOLD'
      and r.points is distinct from (
        select case when bool_and(d.household_id = r.household_id) then sum(list_points_of(d.village_id, d.id)) end
        from list_ground g join deduction d on d.village_id = g.village_id and d.id = g.deduction_id
        where g.village_id = r.village_id and g.row_id = r.id))
$$;

-- Rows and grounds are written while the list is a draft, and only as the ledger gives them.
create or replace function check_list_rows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (
    select 1 from (select distinct a.village_id, a.list_id from added a) a
    join village_list l on l.village_id = a.village_id and l.id = a.list_id
    where l.state <> 'DRAFT' or list_differs(l.village_id, l.id)
  ) or exists (select 1 from added a where a.state <> 'STANDING') then
    raise exception 'a list has the rows that the ledger gives, and no other' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists list_row_check_new on list_row;
create trigger list_row_check_new after insert on list_row referencing new table as added
  for each statement execute function check_list_rows();

create or replace function check_list_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
begin
  for v in
    select distinct l.village_id, l.id, l.state, l.kind from added a
    join list_row r on r.village_id = a.village_id and r.id = a.row_id
    join village_list l on l.village_id = r.village_id and l.id = r.list_id
  loop
    if v.state <> 'DRAFT' or v.kind <> 'BLACK' or list_lacks_grounds(v.village_id, v.id) then
      raise exception 'a black row rests on the deductions it was drafted from' using errcode = '23514';
    end if;
  end loop;
  return null;
end $$;
drop trigger if exists list_ground_check_new on list_ground;
create trigger list_ground_check_new after insert on list_ground referencing new table as added
  for each statement execute function check_list_grounds();

-- A row changes with the facts alone (L4).
create or replace function check_list_row_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_is record;
begin
  if (new.village_id, new.id, new.list_id, new.rank, new.household_id, new.resident_id, new.place_id)
     is distinct from (old.village_id, old.id, old.list_id, old.rank, old.household_id, old.resident_id, old.place_id)
     or old.state = 'GONE' then
    raise exception 'a row of a list does not change by hand' using errcode = '23514';
  end if;
  v_is := list_row_verdict(new.village_id, new.id);
  if (new.state, new.gone_why, new.points) is distinct from (v_is.state, v_is.gone_why, v_is.points) then
    raise exception 'a row of a list is what the facts make it: %', v_is.state using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists list_row_check_change on list_row;
create trigger list_row_check_change before update on list_row for each row execute function check_list_row_change();

create or replace function refuse_list_delete() returns trigger language plpgsql as $$
begin
  raise exception '% are kept: a list is withdrawn, not deleted', tg_table_name using errcode = '23514';
end $$;

do $$
declare t text;
begin
  foreach t in array array['village_list', 'list_row', 'list_ground'] loop
    execute format('drop trigger if exists %I_no_delete on %I', t, t);
    execute format('create trigger %I_no_delete before delete on %I for each row execute function refuse_list_delete()', t, t);
    execute format('drop trigger if exists %I_no_truncate on %I', t, t);
    execute format('create trigger %I_no_truncate before truncate on %I for each statement execute function refuse_list_delete()', t, t);
  end loop;
end $$;
drop trigger if exists list_ground_append_only on list_ground;
create trigger list_ground_append_only before update on list_ground for each row execute function refuse_change();

-- Why someone must not decide about a black list: LIST_OWN_HOUSEHOLD, LIST_NEAR_KIN, or null (L2).
drop function if exists list_recusal(uuid, uuid, uuid);
create or replace function list_recusal(p_village uuid, p_list uuid, p_person uuid, p_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select min('LIST_' || why) from (
    select recusal(r.village_id, r.household_id, null, p_person, p_at) as why
    from village_list l join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where l.village_id = p_village and l.id = p_list and l.kind = 'BLACK' and r.household_id is not null and r.state <> 'GONE'
  ) t where why is not null
$$;

-- Whether a list still may go on, asked at the check and when it is published (L1, L3). Of a black list every row counts
-- that is not gone: one that waits for the answer to an objection could come back once the list is out, without a message
-- and without its days of publicity. A red list goes out without such a row: it praises, whom it praises is told of it
-- (tellListed), and no household holds up the praise of all others.
create or replace function list_must_hold(p_village uuid, p_list uuid, p_at timestamptz) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  l village_list;
  v record;
begin
  select * into l from village_list x where x.village_id = p_village and x.id = p_list;
  -- the village may have given up black lists, or showing them to everyone, since it was drafted
  if l.kind = 'BLACK' and exists (
    select 1 from list_rule(p_village, l.kind, l.subject, l.period, shanghai_day(p_at)) x where x.audience <> l.audience) then
    perform refuse('LIST_STALE');
  end if;
  if l.kind = 'BLACK' and l.subject = 'HOUSEHOLD' then
    for v in
      select h.code, list_ground_fault(p_village, g.deduction_id, p_at) as fault
      from list_row r
      join household h on h.village_id = r.village_id and h.id = r.household_id
      join list_ground g on g.village_id = r.village_id and g.row_id = r.id
      left join deduction d on d.village_id = g.village_id and d.id = g.deduction_id
      where r.village_id = p_village and r.list_id = p_list and r.state <> 'GONE'
        -- what has been taken back no longer counts towards the row (list_row_verdict)
        and coalesce(d.state, 'POSTED') not in ('RESTORED', 'OVERTURNED')
      order by h.code
    loop
      if v.fault is not null then perform refuse(v.fault, jsonb_build_object('household', v.code)); end if;
    end loop;
    if exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.state <> 'GONE'
               and not exists (select 1 from list_ground g where g.village_id = r.village_id and g.row_id = r.id)) then
      raise exception 'a black row rests on deductions' using errcode = '23514';
    end if;
  elsif list_differs(p_village, p_list)
     or (l.kind = 'BLACK' and exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list
                                      and r.state = 'SUSPENDED')) then
    -- drafted again it leaves such a place out
    perform refuse('LIST_STALE');
  elsif l.kind = 'BLACK' then
    -- one of before names were looked at, or before whoever bears the name lived here
    select p.name into v from list_row r join place p on p.village_id = r.village_id and p.id = r.place_id
    where r.village_id = p_village and r.list_id = p_list and r.state <> 'GONE'
      and place_means_household(p.village_id, p.name, p.keeper)
    order by p.name limit 1;
    if found then perform refuse('LIST_PLACE_OF_HOUSEHOLD', jsonb_build_object('place', v.name)); end if;
  end if;
  if not exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.state = 'STANDING') then
    perform refuse('LIST_EMPTY');
  end if;
end $$;

-- The way of a list.
create or replace function check_list_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
  v_why text;
  v_days integer;
  v_fixed text[] := array['state'];
begin
  if old.state = new.state then
    if new is distinct from old then raise exception 'a list does not change by hand' using errcode = '23514'; end if;
    return new;
  end if;
  if not (
       (old.state = 'DRAFT' and new.state in ('CHECKED', 'WITHDRAWN'))
    or (old.state = 'CHECKED' and new.state in ('PUBLICITY', 'WITHDRAWN'))
    or (old.state = 'PUBLICITY' and new.state in ('FINAL', 'WITHDRAWN'))
    or (old.state = 'FINAL' and new.state in ('EXPIRED', 'WITHDRAWN'))) then
    raise exception 'a list does not go from % to %', old.state, new.state using errcode = '23514';
  end if;
  v_fixed := v_fixed || case new.state
    when 'CHECKED' then array['checked_by_id', 'checked_at']
    when 'PUBLICITY' then array['published_by_id', 'public_from', 'public_until']
    when 'FINAL' then array['final_at', 'expires_on']
    when 'EXPIRED' then array['ended_at']
    else array['ended_at', 'ended_by_id', 'end_reason'] end;
  if (to_jsonb(new) - v_fixed) is distinct from (to_jsonb(old) - v_fixed) then
    raise exception 'what a list says does not change' using errcode = '23514';
  end if;
  select * into v_version from rulebook_version v where v.village_id = new.village_id and v.id = new.version_id;

  if new.state = 'CHECKED' then
    if new.checked_by_id = new.drafted_by_id then perform refuse('LIST_SAME_PERSON'); end if;
    if not holds_role(new.village_id, new.checked_by_id, 'SUPERVISOR', new.checked_at) then perform refuse('NOT_ALLOWED'); end if;
    v_why := list_recusal(new.village_id, new.id, new.checked_by_id, new.checked_at);
    if v_why is not null then perform refuse(v_why); end if;
    perform list_must_hold(new.village_id, new.id, new.checked_at);
  elsif new.state = 'PUBLICITY' then
    if new.public_from < shanghai_day(new.checked_at) or new.public_until <> new.public_from + v_version.publicity_days then
      raise exception 'publicity lasts % days', v_version.publicity_days using errcode = '23514';
    end if;
    -- of the moment a list keeps the day
    if not holds_role(new.village_id, new.published_by_id, 'SECRETARY', new.public_from::timestamp at time zone 'Asia/Shanghai') then
      perform refuse('NOT_ALLOWED');
    end if;
    perform list_must_hold(new.village_id, new.id, new.public_from::timestamp at time zone 'Asia/Shanghai' + interval '23:59:59');
  elsif new.state = 'FINAL' then
    v_days := list_days_up(new.village_id, new.id);
    if shanghai_day(new.final_at) <= new.public_until or new.expires_on is distinct from new.public_until + v_days then
      raise exception 'a list is final after its publicity, for % days', v_days using errcode = '23514';
    end if;
  elsif new.state = 'EXPIRED' then
    if shanghai_day(new.ended_at) <= new.expires_on then
      raise exception 'a list ends after its last day' using errcode = '23514';
    end if;
  elsif new.ended_by_id is null then
    -- no person ends it, then its rulebook does
    if list_fallen(new.village_id, new.id, shanghai_day(new.ended_at)) is null then perform refuse('NOT_ALLOWED'); end if;
  else
    if not (holds_role(new.village_id, new.ended_by_id, 'SECRETARY', new.ended_at)
            or holds_role(new.village_id, new.ended_by_id, 'SUPERVISOR', new.ended_at)) then
      perform refuse('NOT_ALLOWED');
    end if;
    v_why := list_recusal(new.village_id, new.id, new.ended_by_id, new.ended_at);
    if v_why is not null then perform refuse(v_why); end if;
  end if;

  if new.state in ('CHECKED', 'PUBLICITY', 'FINAL') and exists (
    select 1 from list_row r cross join lateral list_row_verdict(r.village_id, r.id) v
    where r.village_id = new.village_id and r.list_id = new.id and r.state <> 'GONE'
      and (r.state, r.points) is distinct from (v.state, v.points)) then
    raise exception 'rows of the list lag behind the facts' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists village_list_check_change on village_list;
create trigger village_list_check_change before update on village_list for each row execute function check_list_change();
