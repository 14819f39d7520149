-- Places (road sections, river reaches, squares) and what inspections found: a score of 0 to 10 by the published scale
-- (lib/lists/place/types.ts). Places are things, so nobody consents and nobody is shamed; their lists pass two people
-- and publicity like all others.

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
