-- Places (road sections, river reaches, squares) and what inspections found: a score of 0 to 10 by the published scale
-- (lib/lists/place/types.ts). Places are things, so nobody consents and nobody is shamed; their lists pass two people
-- and publicity like all others. That they are things is not left to whoever registers them: neither a place's name nor
-- its keeper may mean a household, which is on a black list by its deductions alone, and on a black list stands only what
-- two people have each found bad.

-- From which average (in tenths) a place can be on a red list, and below which it is on a black one; and how many
-- inspections of a period it takes to say so.
create or replace function place_good_from() returns integer language sql immutable parallel safe as $$ select 80 $$;
create or replace function place_bad_below() returns integer language sql immutable parallel safe as $$ select 60 $$;
create or replace function place_checks_least() returns integer language sql immutable parallel safe as $$ select 2 $$;

do $$
declare c record;
begin
  for c in select * from (values
    ('place', 'place_named', 'btrim(name) <> '''''),
    ('place_check', 'place_check_scale', 'score between 0 and 10'),
    ('place_check_void', 'place_check_void_why', 'btrim(reason) <> ''''')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- A text as it is compared: without spaces and marks, digits and dashes of one form.
create or replace function place_plain(p_text text) returns text language sql immutable parallel safe as $$
  select regexp_replace(translate(p_text, '０１２３４５６７８９－—–', '0123456789---'), '[\s·•．.，,、（）()“”"]', '', 'g')
$$;

-- Whether a place's name or keeper means a household: it has a resident's whole name in it (of whoever lives here or
-- did), a household's code, its door, or says somebody's doorstep. A surname alone is no household: half of all places
-- are called 王家湾. A bare door number ("12号") counts where it ends the text or goes on as a house; "3号网格" is none.
create or replace function place_means_household(p_village uuid, p_name text, p_keeper text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from (values (place_plain(p_name)), (place_plain(p_keeper))) as t(said)
    where t.said ~ '门牌|[家户]的?门(前|口|外|边|后)'
      or exists (select 1 from resident r where r.village_id = p_village and char_length(place_plain(r.name)) >= 2
                 and strpos(t.said, place_plain(r.name)) > 0)
      or exists (
        select 1 from household h
        cross join lateral (select
          regexp_replace(h.code, '([^0-9])', '\\\1', 'g') as code,
          regexp_replace(place_plain(h.door_number), '号$', '') as door) x
        where h.village_id = p_village and (
          t.said ~ ('(^|[^0-9])' || x.code || '($|[^0-9])')
          or (x.door ~ '^[0-9]+$' and t.said ~ ('(^|[^0-9])' || x.door || '号([门户院家房屋]|$)'))
          or (x.door !~ '^[0-9]*$' and char_length(x.door) >= 3 and strpos(t.said, x.door) > 0
              and t.said !~ ('[0-9]' || regexp_replace(x.door, '([^[:alnum:]])', '\\\1', 'g'))
              and t.said !~ (regexp_replace(x.door, '([^[:alnum:]])', '\\\1', 'g') || '[0-9]')))))
$$;

create or replace function check_place() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if place_means_household(new.village_id, new.name, new.keeper) then perform refuse('PLACE_OF_HOUSEHOLD'); end if;
  return new;
end $$;
drop trigger if exists place_check_names on place;
create trigger place_check_names before insert or update of name, keeper on place
  for each row execute function check_place();

-- Whether an inspection was voided, whenever that was: what was recorded wrongly bears no list, of no moment.
create or replace function place_check_is_void(p_village uuid, p_check uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from place_check_void v where v.village_id = p_village and v.check_id = p_check)
$$;

-- The average of a period in tenths, of the inspections recorded by a moment that were not voided.
create or replace function place_scores(p_village uuid, p_period text, p_as_of timestamptz)
returns table (place_id uuid, points integer, checks integer)
language sql stable as $$
  select c.place_id, round(avg(c.score) * 10)::integer, count(*)::integer
  from place_check c
  cross join quarter_days(p_period) q
  join place p on p.village_id = c.village_id and p.id = c.place_id
  where c.village_id = p_village and c.checked_on >= q.from_day and c.checked_on < q.before_day and c.recorded_at <= p_as_of
    and not place_check_is_void(c.village_id, c.id)
    and (p.closed_on is null or p.closed_on > shanghai_day(p_as_of))
  group by c.place_id having count(*) >= place_checks_least()
$$;

-- Whether two people have each found a place bad in a period, by inspections recorded by a moment that were not voided:
-- nobody, whoever drafts the list, puts a place on a black list by looking alone.
create or replace function place_seen_bad(p_village uuid, p_place uuid, p_period text, p_as_of timestamptz)
returns boolean language sql stable as $$
  select count(distinct c.checked_by_id) >= 2
  from place_check c cross join quarter_days(p_period) q
  where c.village_id = p_village and c.place_id = p_place and c.checked_on >= q.from_day and c.checked_on < q.before_day
    and c.recorded_at <= p_as_of and c.score * 10 < place_bad_below() and not place_check_is_void(c.village_id, c.id)
$$;

-- Inspections are made by the office (the supervisor checks the lists made of them), on a day that has come, and stay.
create or replace function check_place_check() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (holds_role(new.village_id, new.checked_by_id, 'VERIFIER', new.recorded_at)
          or holds_role(new.village_id, new.checked_by_id, 'STEWARD', new.recorded_at)
          or holds_role(new.village_id, new.checked_by_id, 'SECRETARY', new.recorded_at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  if new.checked_on > shanghai_day(new.recorded_at) then perform refuse('DAY_IN_FUTURE'); end if;
  if exists (select 1 from place p where p.village_id = new.village_id and p.id = new.place_id
             and p.closed_on <= new.checked_on) then
    perform refuse('PLACE_CLOSED');
  end if;
  return new;
end $$;
drop trigger if exists place_check_new on place_check;
create trigger place_check_new before insert on place_check for each row execute function check_place_check();

drop trigger if exists place_check_append_only on place_check;
create trigger place_check_append_only before update or delete on place_check for each row execute function refuse_change();
drop trigger if exists place_check_no_truncate on place_check;
create trigger place_check_no_truncate before truncate on place_check for each statement execute function refuse_change();

-- 作废: an inspection that was recorded wrongly (another place, another step of the scale) is voided by another officer,
-- with a reason that is kept. It stays to be seen, and bears no list any more: rows that rest on it follow in the same
-- transaction (list_row_verdict), and a draft that it would change is not checked (list_must_hold).
create or replace function check_place_check_void() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c place_check;
begin
  select * into c from place_check x where x.village_id = new.village_id and x.id = new.check_id;
  if not found then perform refuse('NOT_FOUND'); end if;
  if not (holds_role(new.village_id, new.voided_by_id, 'VERIFIER', new.voided_at)
          or holds_role(new.village_id, new.voided_by_id, 'STEWARD', new.voided_at)
          or holds_role(new.village_id, new.voided_by_id, 'SECRETARY', new.voided_at)
          or holds_role(new.village_id, new.voided_by_id, 'SUPERVISOR', new.voided_at)) then
    perform refuse('NOT_ALLOWED');
  end if;
  if new.voided_by_id = c.checked_by_id then perform refuse('PLACE_CHECK_OWN'); end if;
  if new.voided_at < c.recorded_at then
    raise exception 'an inspection is voided after it was recorded' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists place_check_void_new on place_check_void;
create trigger place_check_void_new before insert on place_check_void for each row execute function check_place_check_void();

create or replace function settle_rows_of_place_check() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_and_retire(new.village_id, array(
    select r.id from place_check c
    join list_row r on r.village_id = c.village_id and r.place_id = c.place_id and r.state <> 'GONE'
    join village_list l on l.village_id = r.village_id and l.id = r.list_id
    cross join lateral quarter_days(l.period) q
    where c.village_id = new.village_id and c.id = new.check_id and c.recorded_at <= l.as_of
      and c.checked_on >= q.from_day and c.checked_on < q.before_day), new.voided_at);
  return null;
end $$;
drop trigger if exists place_check_void_settle_rows on place_check_void;
create trigger place_check_void_settle_rows after insert on place_check_void
  for each row execute function settle_rows_of_place_check();

drop trigger if exists place_check_void_append_only on place_check_void;
create trigger place_check_void_append_only before update or delete on place_check_void
  for each row execute function refuse_change();
drop trigger if exists place_check_void_no_truncate on place_check_void;
create trigger place_check_void_no_truncate before truncate on place_check_void
  for each statement execute function refuse_change();
