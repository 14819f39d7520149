-- The end of a year: what becomes of spendable points, by the rulebook in force on 31 December.
--
--   announced (30 days before at least) ──close-year──▶ done
--
-- Closing is two postings a household: YEAR_CLOSE takes all that is left of the old year, YEAR_CARRY gives back what
-- the policy keeps. Both are written even where nothing is cleared, so that everyone can read in the ledger what was
-- carried. They count for 31 December, change no honour, and are never reversed.
--
-- "Left of the old year": points spent are the oldest ones, so what has come in for days of the new year stays
-- untouched, and only what a household has beyond that is closed. For a year that is not over yet it is the balance.
--
-- Locks: the year's row, then the accounts of all households in the order of their ids (ledger.sql). An approval or
-- redemption at the same moment comes before or after, never between.

do $$
declare c record;
begin
  for c in select * from (values
    ('year_end', 'year_end_most_with_its_policy', '(policy = ''CARRY_UP_TO'') = (carry_most is not null)'),
    ('year_end', 'year_end_most_not_negative', 'carry_most >= 0'),
    ('year_end', 'year_end_done_or_not', '(done_at is null) = (done_by_id is null) and (done_at is null) = (households is null)
       and (done_at is null) = (points_closed is null) and (done_at is null) = (points_carried is null)'),
    ('year_end', 'year_end_two_people', 'done_by_id <> announced_by_id')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- What a household keeps of its points.
create or replace function year_kept(p_policy "YearEndPolicy", p_most integer, p_points bigint) returns bigint
language sql immutable parallel safe as $$
  select case p_policy when 'CLEAR' then 0 when 'CARRY' then p_points else least(p_points, p_most) end
$$;

-- What each household still has of a year and the ones before it; of one household when it is named.
create or replace function year_remains(p_village uuid, p_year integer, p_household uuid default null)
returns table (household_id uuid, points bigint)
language sql stable as $$
  select a.id, greatest(a.balance - coalesce((
    select sum(case when p.credit_id = a.id then p.points else -p.points end)
    from posting p
    where p.village_id = p_village and p.household_id = a.id and p.credited_on > make_date(p_year, 12, 31)
      and ((p.credit_id = a.id and p.kind <> 'REVERSAL') or (p.debit_id = a.id and p.kind = 'REVERSAL'))
  ), 0), 0)::bigint
  from account a
  where a.village_id = p_village and a.kind = 'HOUSEHOLD' and (p_household is null or a.id = p_household)
$$;

-- The source of a household's two postings: the same for ever, so that they are made once for ever.
create or replace function year_end_source(p_village uuid, p_year integer, p_household uuid) returns uuid
language sql immutable parallel safe as $$
  select overlay(overlay(md5('year-end:' || p_village || ':' || p_year || ':' || p_household) placing '8' from 13) placing '8' from 17)::uuid
$$;

create or replace function check_year_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
  v_sum record;
begin
  if tg_op = 'DELETE' then
    raise exception 'what was announced is not taken away' using errcode = '23514';
  end if;
  select * into v_version from rulebook_version v
  where v.village_id = new.village_id and v.id = rulebook_version_on(new.village_id, make_date(new.year, 12, 31));

  if tg_op = 'UPDATE' then
    if old.done_at is not null or (new.village_id, new.id, new.year) is distinct from (old.village_id, old.id, old.year) then
      raise exception 'a year''s end is done once' using errcode = '23514';
    end if;
  end if;

  if new.done_at is null then
    if not holds_role(new.village_id, new.announced_by_id, 'SECRETARY', new.announced_at) then perform refuse('NOT_ALLOWED'); end if;
    if shanghai_day(new.announced_at) < make_date(new.year, 10, 1) then
      perform refuse('YEAR_END_TOO_EARLY', jsonb_build_object('day', say_day(make_date(new.year, 10, 1))));
    end if;
    if v_version.id is null then perform refuse('YEAR_END_NO_RULEBOOK'); end if;
    if new.policy <> v_version.year_end_policy
       or new.carry_most is distinct from (case when v_version.year_end_policy = 'CARRY_UP_TO' then v_version.year_end_carry_most end)
       or new.due_on <> greatest(make_date(new.year + 1, 1, 1), shanghai_day(new.announced_at) + 30) then
      raise exception 'a year''s end is announced as the rulebook has it, 30 days before' using errcode = '23514';
    end if;
    -- Announced anew only because the rulebook now says something else; the 30 days begin again.
    if tg_op = 'UPDATE' and (new.policy, new.carry_most) is not distinct from (old.policy, old.carry_most) then
      raise exception 'what was announced does not change' using errcode = '23514';
    end if;
    return new;
  end if;

  if tg_op = 'INSERT' then
    raise exception 'a year''s end is announced first' using errcode = '23514';
  end if;
  if (to_jsonb(new) - array['done_at', 'done_by_id', 'households', 'points_closed', 'points_carried'])
     is distinct from (to_jsonb(old) - array['done_at', 'done_by_id', 'households', 'points_closed', 'points_carried']) then
    raise exception 'what was announced does not change' using errcode = '23514';
  end if;
  if not holds_role(new.village_id, new.done_by_id, 'SUPERVISOR', new.done_at) then perform refuse('NOT_ALLOWED'); end if;
  if new.done_by_id = new.announced_by_id then perform refuse('ANNOUNCED_BY_SAME'); end if;
  if shanghai_day(new.done_at) < new.due_on then
    perform refuse('YEAR_END_NOT_DUE', jsonb_build_object('day', say_day(new.due_on)));
  end if;
  if (new.policy, new.carry_most) is distinct from (v_version.year_end_policy,
     case when v_version.year_end_policy = 'CARRY_UP_TO' then v_version.year_end_carry_most end) then
    perform refuse('YEAR_END_POLICY_CHANGED');
  end if;
  select count(*) filter (where p.kind = 'YEAR_CLOSE') as households,
         coalesce(sum(p.points) filter (where p.kind = 'YEAR_CLOSE'), 0) as closed,
         coalesce(sum(p.points) filter (where p.kind = 'YEAR_CARRY'), 0) as carried
  into v_sum
  from posting p
  where p.village_id = new.village_id and p.credited_on = make_date(new.year, 12, 31) and p.kind in ('YEAR_CLOSE', 'YEAR_CARRY');
  if (new.households, new.points_closed, new.points_carried) is distinct from
     (v_sum.households::integer, v_sum.closed::bigint, v_sum.carried::bigint) then
    raise exception 'the sums of a year''s end are those of its postings' using errcode = '23514';
  end if;
  return new;
end $$;
drop trigger if exists year_end_check on year_end;
create trigger year_end_check before insert or update or delete on year_end for each row execute function check_year_end();
drop trigger if exists year_end_no_truncate on year_end;
create trigger year_end_no_truncate before truncate on year_end for each statement execute function refuse_change();

-- Postings of a year's end exist only as part of one, in pairs, and in the amounts of its policy.
create or replace function check_year_posting() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_end year_end;
  v_close bigint;
  v_carry bigint;
begin
  select * into v_end from year_end y
  where y.village_id = new.village_id and make_date(y.year, 12, 31) = new.credited_on and y.done_at = new.posted_at;
  select sum(p.points) filter (where p.leg = 0 and p.kind = 'YEAR_CLOSE' and p.debit_id = new.household_id),
         sum(p.points) filter (where p.leg = 1 and p.kind = 'YEAR_CARRY' and p.credit_id = new.household_id)
  into v_close, v_carry
  from posting p where p.village_id = new.village_id and p.source = new.source;
  if v_end.id is null or new.honour <> 0 or new.source <> year_end_source(new.village_id, v_end.year, new.household_id)
     or v_close is null or coalesce(v_carry, 0) <> year_kept(v_end.policy, v_end.carry_most, v_close) then
    raise exception 'points are closed and carried by a year''s end only' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists posting_of_year_end on posting;
create constraint trigger posting_of_year_end after insert on posting deferrable initially deferred
  for each row when (new.kind in ('YEAR_CLOSE', 'YEAR_CARRY')) execute function check_year_posting();

-- Announces what becomes of the points of a year; again, when the rulebook has changed meanwhile. Answers the day
-- from which it can be done. Refuses: YEAR_END_ANNOUNCED, YEAR_END_DONE, YEAR_END_TOO_EARLY, YEAR_END_NO_RULEBOOK,
-- NOT_ALLOWED.
create or replace function year_end_announce(p_village uuid, p_id uuid, p_year integer, p_person uuid, p_now timestamptz)
returns date
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_version rulebook_version;
  v_most integer;
  v_due date := greatest(make_date(p_year + 1, 1, 1), shanghai_day(p_now) + 30);
  v_old year_end;
begin
  select * into v_version from rulebook_version v
  where v.village_id = p_village and v.id = rulebook_version_on(p_village, make_date(p_year, 12, 31));
  if not found then perform refuse('YEAR_END_NO_RULEBOOK'); end if;
  v_most := case when v_version.year_end_policy = 'CARRY_UP_TO' then v_version.year_end_carry_most end;
  insert into year_end (village_id, id, year, policy, carry_most, announced_at, announced_by_id, due_on)
  values (p_village, p_id, p_year, v_version.year_end_policy, v_most, p_now, p_person, v_due)
  on conflict (village_id, year) do nothing;
  if found then return v_due; end if;

  select * into v_old from year_end y where y.village_id = p_village and y.year = p_year for no key update;
  if v_old.done_at is not null then perform refuse('YEAR_END_DONE', done_by_said(v_old.done_by_id, v_old.done_at)); end if;
  if (v_old.policy, v_old.carry_most) is not distinct from (v_version.year_end_policy, v_most) then
    perform refuse('YEAR_END_ANNOUNCED', done_by_said(v_old.announced_by_id, v_old.announced_at));
  end if;
  update year_end y set policy = v_version.year_end_policy, carry_most = v_most, announced_at = p_now,
    announced_by_id = p_person, due_on = v_due
  where y.village_id = p_village and y.id = v_old.id;
  return v_due;
end $$;

-- Does it, for all households in one transaction. Refuses: YEAR_END_NOT_ANNOUNCED, YEAR_END_DONE, YEAR_END_NOT_DUE,
-- YEAR_END_POLICY_CHANGED, ANNOUNCED_BY_SAME, NOT_ALLOWED.
create or replace function year_end_close(
  p_village uuid, p_year integer, p_person uuid, p_command uuid, p_now timestamptz,
  out households integer, out closed bigint, out carried bigint
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_end year_end;
  v_last date := make_date(p_year, 12, 31);
  v_version uuid := rulebook_version_on(p_village, make_date(p_year, 12, 31));
  v_one record;
  v_kept integer;
begin
  select * into v_end from year_end y where y.village_id = p_village and y.year = p_year for no key update;
  if not found then perform refuse('YEAR_END_NOT_ANNOUNCED'); end if;
  if v_end.done_at is not null then perform refuse('YEAR_END_DONE', done_by_said(v_end.done_by_id, v_end.done_at)); end if;
  if shanghai_day(p_now) < v_end.due_on then
    perform refuse('YEAR_END_NOT_DUE', jsonb_build_object('day', say_day(v_end.due_on)));
  end if;

  perform 1 from account a
  where a.village_id = p_village and a.kind = 'HOUSEHOLD' order by a.id for no key update;
  households := 0; closed := 0; carried := 0;
  for v_one in
    select r.household_id, r.points::integer as points from year_remains(p_village, p_year) r
    where r.points > 0 order by r.household_id
  loop
    v_kept := year_kept(v_end.policy, v_end.carry_most, v_one.points)::integer;
    perform ledger_post(
      p_village, 'YEAR_CLOSE', year_end_source(p_village, p_year, v_one.household_id), 0::smallint,
      v_one.household_id, p_village, v_one.points, 0, v_one.household_id, null, v_last, v_version, null, null, null,
      p_year || '年末', null, p_person, p_command, p_now);
    if v_kept > 0 then
      perform ledger_post(
        p_village, 'YEAR_CARRY', year_end_source(p_village, p_year, v_one.household_id), 1::smallint,
        p_village, v_one.household_id, v_kept, 0, v_one.household_id, null, v_last, v_version, null, null, null,
        p_year || '年末', null, p_person, p_command, p_now);
    end if;
    households := households + 1; closed := closed + v_one.points; carried := carried + v_kept;
  end loop;
  update year_end y set done_at = p_now, done_by_id = p_person, households = year_end_close.households,
    points_closed = closed, points_carried = carried
  where y.village_id = p_village and y.id = v_end.id;
end $$;
