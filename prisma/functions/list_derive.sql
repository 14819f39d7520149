-- Lists: who stands on one, from the facts (list.sql), when it is drafted and whenever it is looked at again.

-- The rule a list of this kind is drafted by on a day: that of the version in force on the period's last day (or today,
-- while it runs), so that no rulebook reaches back. A black list must be adopted then and now, and of the two audiences
-- the smaller one sees it. Places: see place.sql.
-- Refuses: LIST_PERIOD_AHEAD, LIST_NO_RULEBOOK, BLACK_LIST_OFF.
create or replace function list_rule(
  p_village uuid, p_kind "ListKind", p_subject "ListSubject", p_period text, p_day date,
  out version_id uuid, out top integer, out threshold integer, out audience "ListAudience"
) language plpgsql stable as $$
declare
  q record;
  v_then rulebook_version;
  v_now rulebook_version;
begin
  select * into q from quarter_days(p_period);
  if q.from_day > p_day then perform refuse('LIST_PERIOD_AHEAD'); end if;
  select * into v_then from rulebook_version v
  where v.village_id = p_village and v.id = rulebook_version_on(p_village, least(q.before_day - 1, p_day));
  select * into v_now from rulebook_version v
  where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day);
  if v_then.id is null or v_now.id is null then perform refuse('LIST_NO_RULEBOOK'); end if;
  version_id := v_then.id;
  if p_kind = 'BLACK' then
    if not (v_then.black_list_on and v_now.black_list_on) then perform refuse('BLACK_LIST_OFF'); end if;
    top := null;
    threshold := case when p_subject = 'PLACE' then place_bad_below() else v_then.black_threshold end;
    audience := case when v_then.black_audience = 'EVERYONE' and v_now.black_audience = 'EVERYONE'
                     then 'EVERYONE' else 'VILLAGE' end;
  else
    top := v_then.red_top;
    threshold := case when p_subject = 'PLACE' then place_good_from() else v_then.red_threshold end;
    audience := 'EVERYONE';
  end if;
end $$;

-- The honour of a period by household or resident, as the ledger stood at a moment. Who had left by then is left out,
-- and so is whoever may be under 14 (product.md: never listed).
create or replace function list_scores(p_village uuid, p_subject "ListSubject", p_period text, p_as_of timestamptz)
returns table (household_id uuid, resident_id uuid, points integer)
language sql stable as $$
  select p.household_id, case when p_subject = 'RESIDENT' then p.resident_id end, sum(p.honour)::integer
  from posting p
  cross join quarter_days(p_period) q
  join household h on h.village_id = p.village_id and h.id = p.household_id
  left join resident r on r.village_id = p.village_id and r.id = p.resident_id
  where p.village_id = p_village and p.credited_on >= q.from_day and p.credited_on < q.before_day
    and p.posted_at <= p_as_of and p.honour <> 0
    and (h.left_on is null or h.left_on > shanghai_day(p_as_of))
    and (p_subject = 'HOUSEHOLD' or (r.household_id = h.id
      and (r.left_on is null or r.left_on > shanghai_day(p_as_of))
      and not may_be_at_most(r.birth_year, r.relation, shanghai_day(p_as_of), 14)))
  group by 1, 2
$$;

-- Whether an award that a red row was reached with has been taken back between two moments: what the row said is no
-- longer what the ledger says.
create or replace function list_row_corrected(p_village uuid, p_row uuid, p_since timestamptz, p_until timestamptz)
returns boolean language sql stable as $$
  select exists (
    select 1 from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id and l.kind = 'RED'
    cross join quarter_days(l.period) q
    join posting p on p.village_id = r.village_id and p.household_id = r.household_id and p.kind = 'AWARD'
      and p.credited_on >= q.from_day and p.credited_on < q.before_day and p.posted_at <= l.as_of
      and (l.subject = 'HOUSEHOLD' or p.resident_id = r.resident_id)
    join posting back on back.village_id = p.village_id and back.reverses = p.id
      and back.posted_at > p_since and back.posted_at <= p_until
    where r.village_id = p_village and r.id = p_row)
$$;

-- Whom a list drafted at a moment leaves out for what was objected to on an earlier list of its kind and quarter
-- (decision 19): whose row's objection was upheld, unless the award it was about has been taken back since; of a black
-- list of places also those whose objection was open. What bears a household's row on a black list is asked by deduction
-- (list_ground_fault). As of the moment: what is decided after it changes the rows themselves (list_row_verdict).
create or replace function list_left_out(
  p_village uuid, p_kind "ListKind", p_subject "ListSubject", p_period text, p_as_of timestamptz
) returns setof uuid
language sql stable as $$
  select coalesce(r.resident_id, r.household_id, r.place_id)
  from village_list l
  join list_row r on r.village_id = l.village_id and r.list_id = l.id
  join objection o on o.village_id = r.village_id and o.subject_kind = 'LIST_ROW' and o.subject = r.id
  where l.village_id = p_village and l.kind = p_kind and l.subject = p_subject and l.period = p_period and l.as_of < p_as_of
    and ((o.state = 'UPHELD' and o.decided_at <= p_as_of and not list_row_corrected(p_village, r.id, o.opened_at, p_as_of))
      or (p_kind = 'BLACK' and o.opened_at <= p_as_of and (o.decided_at is null or o.decided_at > p_as_of)))
$$;

-- A row and those of the same household, resident or place on earlier lists of its kind and quarter: an objection to one
-- of them goes with it. A household's row on a black list has the deductions for that (list_row_objected).
create or replace function list_row_line(p_village uuid, p_row uuid) returns setof uuid
language sql stable as $$
  select p_row
  union all
  select before.id from list_row r
  join village_list l on l.village_id = r.village_id and l.id = r.list_id and (l.kind, l.subject) <> ('BLACK', 'HOUSEHOLD')
  join village_list old on old.village_id = l.village_id and old.kind = l.kind and old.subject = l.subject
    and old.period = l.period and old.id <> l.id and old.as_of <= l.as_of
  join list_row before on before.village_id = old.village_id and before.list_id = old.id
    and coalesce(before.resident_id, before.household_id, before.place_id) = coalesce(r.resident_id, r.household_id, r.place_id)
  where r.village_id = p_village and r.id = p_row
$$;

-- The rows of lists in preparation and in public that have a row in their line.
create or replace function list_row_heirs(p_village uuid, p_row uuid) returns setof uuid
language sql stable as $$
  select r.id from list_row mine
  join village_list old on old.village_id = mine.village_id and old.id = mine.list_id
  join village_list l on l.village_id = old.village_id and l.kind = old.kind and l.subject = old.subject
    and l.period = old.period and l.state not in ('EXPIRED', 'WITHDRAWN')
  join list_row r on r.village_id = l.village_id and r.list_id = l.id
  where mine.village_id = p_village and mine.id = p_row and p_row in (select list_row_line(p_village, r.id))
$$;

-- The rows that a list drafted at a moment has: what the ledger gives, by the rule, ties included (L1).
create or replace function list_derive(
  p_village uuid, p_kind "ListKind", p_subject "ListSubject", p_period text, p_as_of timestamptz,
  p_top integer, p_threshold integer
) returns table (household_id uuid, resident_id uuid, place_id uuid, points integer, rank integer)
language plpgsql stable as $$
begin
  if p_subject = 'PLACE' then
    return query
    select null::uuid, null::uuid, s.place_id, s.points, s.place::integer
    from (
      select x.*, rank() over (order by case p_kind when 'RED' then -x.points else x.points end) as place
      from place_scores(p_village, p_period, p_as_of) x
      where case p_kind when 'RED' then x.points >= p_threshold else x.points < p_threshold end
        and (p_kind = 'RED' or place_seen_bad(p_village, x.place_id, p_period, p_as_of))
        and x.place_id not in (select list_left_out(p_village, p_kind, p_subject, p_period, p_as_of))
    ) s where p_top is null or s.place <= p_top;
  elsif p_kind = 'RED' then
    return query
    select s.household_id, s.resident_id, null::uuid, s.points, s.place::integer
    from (
      select x.*, rank() over (order by x.points desc) as place
      from list_scores(p_village, p_subject, p_period, p_as_of) x
      where coalesce(x.resident_id, x.household_id) not in (
        select list_left_out(p_village, p_kind, p_subject, p_period, p_as_of))
    ) s where s.points > 0 and (s.place <= p_top or s.points >= p_threshold);
  else
    return query
    select g.household_id, null::uuid, null::uuid, sum(g.points)::integer,
           (rank() over (order by sum(g.points) desc))::integer
    from list_grounds(p_village, p_period, p_as_of) g
    where g.fault is null group by g.household_id having sum(g.points) >= p_threshold;
  end if;
end $$;

-- What was taken back, since a red list's moment, of the points that a row of it had then: below zero, or null for nothing.
create or replace function list_red_back(p_village uuid, p_row uuid) returns integer
language sql stable as $$
  select sum(back.honour)::integer
  from list_row r
  join village_list l on l.village_id = r.village_id and l.id = r.list_id
  cross join quarter_days(l.period) q
  join posting p on p.village_id = r.village_id and p.household_id = r.household_id
    and p.credited_on >= q.from_day and p.credited_on < q.before_day and p.posted_at <= l.as_of
    and (l.subject = 'HOUSEHOLD' or p.resident_id = r.resident_id)
  join posting back on back.village_id = p.village_id and back.reverses = p.id and back.posted_at > l.as_of
  where r.village_id = p_village and r.id = p_row
$$;

-- The least points with which anyone is on a red list: whoever has less now would not have been on it.
create or replace function list_red_least(p_village uuid, p_list uuid) returns integer
language sql stable as $$
  select min(d.points) from village_list l
  cross join lateral list_derive(l.village_id, l.kind, l.subject, l.period, l.as_of, l.top, l.threshold) d
  where l.village_id = p_village and l.id = p_list
$$;

-- Whether a list's rows differ from what the ledger gives.
create or replace function list_differs(p_village uuid, p_list uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select r.household_id, r.resident_id, r.place_id, r.points, r.rank
    from list_row r where r.village_id = p_village and r.list_id = p_list
  ), derived as (
    select d.* from village_list l
    cross join lateral list_derive(l.village_id, l.kind, l.subject, l.period, l.as_of, l.top, l.threshold) d
    where l.village_id = p_village and l.id = p_list
  )
  select exists ((table mine except table derived) union all (table derived except table mine))
$$;

-- What a row is by the facts of this moment (L4).
create or replace function list_row_verdict(
  p_village uuid, p_row uuid, out state "ListRowState", out gone_why "GoneWhy", out points integer
) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  r list_row;
  l village_list;
  h household;
  v_sound integer;
  v_open boolean;
  v_mended boolean;
  v_checks integer;
  v_back integer;
begin
  select * into r from list_row x where x.village_id = p_village and x.id = p_row;
  select * into l from village_list x where x.village_id = p_village and x.id = r.list_id;
  state := 'GONE'; points := r.points;
  if exists (select 1 from objection o where o.village_id = p_village and o.subject_kind = 'LIST_ROW' and o.state = 'UPHELD'
             and o.subject in (select list_row_line(p_village, p_row))
             and (o.subject = p_row or not list_row_corrected(p_village, o.subject, o.opened_at, 'infinity'))) then
    gone_why := 'UPHELD';
    return;
  end if;
  v_open := exists (select 1 from objection o where o.village_id = p_village and o.subject_kind = 'LIST_ROW'
                    and o.state = 'OPEN' and o.subject in (select list_row_line(p_village, p_row)));
  if l.kind = 'BLACK' and l.subject = 'HOUSEHOLD' then
    select * into h from household x where x.village_id = p_village and x.id = r.household_id;
    if is_exempt_or_gone(h) or headed_by_minor(p_village, r.household_id, shanghai_day(l.as_of)) then gone_why := 'EXEMPT'; return; end if;
    select coalesce(sum(g.points) filter (where g.sound), 0), v_open or coalesce(bool_or(g.contested) filter (where g.sound), false),
           coalesce(bool_or(g.state = 'RESTORED'), false)
    into v_sound, v_open, v_mended
    from (
      select list_points_of(p_village, d.id) as points, d.state,
        d.state = 'CONTESTED' or list_objected(p_village, d.id, 'OPEN') or list_row_objected(p_village, d.id, 'OPEN') as contested,
        list_ground_counts(p_village, d.id) as sound
      from list_ground lg join deduction d on d.village_id = lg.village_id and d.id = lg.deduction_id
      where lg.village_id = p_village and lg.row_id = p_row
    ) g;
    if v_sound < l.threshold then
      gone_why := case when v_mended then 'REPAIRED' else 'REVERSED' end;
      return;
    end if;
    points := v_sound;
  elsif l.subject = 'PLACE' then
    select round(avg(c.score) * 10)::integer, count(*)::integer into v_sound, v_checks
    from place_check c cross join quarter_days(l.period) q
    where c.village_id = p_village and c.place_id = r.place_id and c.checked_on >= q.from_day
      and c.checked_on < q.before_day and c.recorded_at <= l.as_of and not place_check_is_void(c.village_id, c.id);
    if v_checks < place_checks_least()
       or (l.kind = 'RED' and v_sound < l.threshold)
       or (l.kind = 'BLACK' and (v_sound >= l.threshold or not place_seen_bad(p_village, r.place_id, l.period, l.as_of))) then
      gone_why := 'VOIDED';
      return;
    end if;
    -- published before names were looked at, or before whoever bears the name lived here (list_check refuses it by name)
    if l.kind = 'BLACK' and l.state in ('PUBLICITY', 'FINAL') and exists (
      select 1 from place p where p.village_id = p_village and p.id = r.place_id
        and place_means_household(p_village, p.name, p.keeper)) then
      gone_why := 'EXEMPT';
      return;
    end if;
    points := v_sound;
  elsif l.subject = 'RESIDENT' and exists (
    select 1 from resident w where w.village_id = p_village and w.id = r.resident_id
      and may_be_at_most(w.birth_year, w.relation, shanghai_day(l.as_of), 14)) then
    gone_why := 'EXEMPT';
    return;
  elsif l.kind = 'RED' then
    v_back := list_red_back(p_village, p_row);
    if v_back is not null then
      select s.points + v_back into points from list_scores(p_village, l.subject, l.period, l.as_of) s
      where s.household_id = r.household_id and s.resident_id is not distinct from r.resident_id;
      if coalesce(points, 0) < list_red_least(p_village, l.id) then
        gone_why := 'REVERSED'; points := r.points;
        return;
      end if;
    end if;
  end if;
  state := case when v_open then 'SUSPENDED' else 'STANDING' end;
end $$;
