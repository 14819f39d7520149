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
    ('place_check', 'place_check_scale', 'score between 0 and 10')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- The average of a period in tenths, of the inspections recorded by a moment.
create or replace function place_scores(p_village uuid, p_period text, p_as_of timestamptz)
returns table (place_id uuid, points integer, checks integer)
language sql stable as $$
  select c.place_id, round(avg(c.score) * 10)::integer, count(*)::integer
  from place_check c
  cross join quarter_days(p_period) q
  join place p on p.village_id = c.village_id and p.id = c.place_id
  where c.village_id = p_village and c.checked_on >= q.from_day and c.checked_on < q.before_day and c.recorded_at <= p_as_of
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
