-- Lists (红黑榜): the way of their states, and what each row rests on. Here software can hurt people, so nothing in this
-- file trusts its caller, the tables' owner included.
--
--   DRAFT ──▶ CHECKED ──▶ PUBLICITY ──▶ FINAL ──▶ EXPIRED          a row   STANDING ◀──▶ SUSPENDED
--     └──────────┴────────────┴───────────┴────▶ WITHDRAWN                    └─────────────┴──▶ GONE
--
-- Invariants, each with a test that tries to get around it (lib/lists/*.db.test.ts):
--   L1  a list's rows are exactly what the ledger gave at its moment under the rule of its rulebook: nothing is added by
--       hand, nobody is left out (list_derive, compared when rows are written, at the check and when it is published)
--   L2  drafted by a secretary, checked by another person who is a supervisor, published by a secretary; whoever is of a
--       household on a black list, or near kin, neither checks nor withdraws it
--   L3  a black row rests on posted deductions, each with its notice served, the answer period over, no objection open,
--       the household not exempt, nobody named who may be a minor, the item still in force (list_ground_fault): asked
--       when it is drafted, checked and published
--   L4  a row's state follows from the facts (list_row_verdict) and from nothing else: nobody can suspend a row, put it
--       back or take it off, and what is gone stays gone. Triggers on objections, deductions, households and residents
--       bring the rows up to the facts in the transaction that changes them
--   L5  publicity lasts as many days as the rulebook says, and a list ends as many days after it
--   L6  whatever changes on a public list retires its documents in the same transaction
--   L7  a black list rests on the rulebook in force, every day: from the day on which a version has given black lists
--       up, or dropped an item that a row rests on, it is shown and served nowhere, and then it ends (list_fallen)
--
-- Locks: lists in the order of their ids, then rows in the order of theirs. Whoever changes a fact that a row rests on
-- holds that fact's row first; whoever moves a list on locks the list first and reads the facts after it, so of two at
-- once the second sees the first.

-- What no list, row or ground may say. Added once.
do $$
declare c record;
begin
  -- a rulebook ends a list without a person: check_list_change
  if exists (select from pg_constraint where conname = 'village_list_withdrawn_why') then
    alter table village_list drop constraint village_list_withdrawn_why;
  end if;
  for c in select * from (values
    ('village_list', 'village_list_period', 'period ~ ''^[0-9]{4}Q[1-4]$'''),
    ('village_list', 'village_list_people_only_praised', 'not (kind = ''BLACK'' and subject = ''RESIDENT'')'),
    ('village_list', 'village_list_red_for_everyone', 'kind = ''BLACK'' or audience = ''EVERYONE'''),
    ('village_list', 'village_list_two_people', 'checked_by_id is null or checked_by_id <> drafted_by_id'),
    ('village_list', 'village_list_checked',
      'state in (''DRAFT'', ''WITHDRAWN'') or (checked_by_id is not null and checked_at is not null)'),
    ('village_list', 'village_list_published',
      'state not in (''PUBLICITY'', ''FINAL'', ''EXPIRED'')
       or (published_by_id is not null and public_from is not null and public_until is not null and public_until > public_from)'),
    ('village_list', 'village_list_final',
      'state not in (''FINAL'', ''EXPIRED'') or (final_at is not null and expires_on is not null and public_until is not null and expires_on > public_until)'),
    ('village_list', 'village_list_ended', '(state in (''EXPIRED'', ''WITHDRAWN'')) = (ended_at is not null)'),
    ('village_list', 'village_list_withdrawn_said', 'state <> ''WITHDRAWN'' or btrim(end_reason) <> '''''),
    ('list_row', 'list_row_ranked', 'rank >= 1'),
    ('list_row', 'list_row_of_one', '(place_id is null) = (household_id is not null) and (resident_id is null or household_id is not null)'),
    ('list_row', 'list_row_gone_why', '(state = ''GONE'') = (gone_why is not null) and (gone_why is null) = (gone_at is null)')
  ) as t(on_table, name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = c.on_table::regclass) then
      execute format('alter table %I add constraint %I check (%s)', c.on_table, c.name, c.condition);
    end if;
  end loop;
end $$;

-- One in preparation and one in public for each kind, subject and period.
create unique index if not exists village_list_one_in_preparation on village_list (village_id, kind, subject, period)
  where state in ('DRAFT', 'CHECKED');
create unique index if not exists village_list_one_in_public on village_list (village_id, kind, subject, period)
  where state in ('PUBLICITY', 'FINAL');
create unique index if not exists list_row_of_list on list_row
  (village_id, list_id, coalesce(resident_id, household_id, place_id));

create or replace function shanghai_day(p_at timestamptz) returns date language sql immutable parallel safe as $$
  select (p_at at time zone 'Asia/Shanghai')::date
$$;

-- The first day of a quarter '2026Q4', and the first day after it.
create or replace function quarter_days(p_period text, out from_day date, out before_day date)
language sql immutable parallel safe as $$
  select d::date, (d + interval '3 months')::date
  from (select make_date(left(p_period, 4)::integer, right(p_period, 1)::integer * 3 - 2, 1)::timestamp as d) t
$$;

-- Whether someone may still be p_age years old or younger on a day. Only the birth year is kept, so who turns p_age + 1
-- this year has not yet; of someone without one it is assumed unless the relation to the head rules it out
-- (lib/residents/rules.ts, mayBeUnder14).
create or replace function may_be_at_most(p_birth_year integer, p_relation "Relation", p_day date, p_age integer)
returns boolean language sql immutable parallel safe as $$
  select case when p_birth_year is null
    then p_relation not in ('HEAD', 'SPOUSE', 'PARENT', 'GRANDPARENT', 'CHILD_IN_LAW')
    else extract(year from p_day)::integer - p_birth_year <= p_age end
$$;

create or replace function is_exempt_or_gone(h household) returns boolean language sql immutable as $$
  select h.is_five_guarantee or h.is_disabled or h.is_absent or h.left_on is not null
$$;

-- The postings of a deduction, taken back or not: their source is the deduction or the step that posted it.
create or replace function list_postings_of(p_village uuid, p_deduction uuid) returns setof posting
language sql stable as $$
  select p.* from posting p
  where p.village_id = p_village and p.kind = 'DEDUCTION' and p.source in (
    select p_deduction
    union all select s.id from deduction_step s where s.village_id = p_village and s.deduction_id = p_deduction)
$$;

-- The one that still counts.
create or replace function list_posting_of(p_village uuid, p_deduction uuid) returns setof posting
language sql stable as $$
  select p.* from list_postings_of(p_village, p_deduction) p
  where not exists (select 1 from posting r where r.village_id = p.village_id and r.reverses = p.id)
$$;

-- What a deduction took from the honour score: the ledger's word, since a cap may have left less than the item says.
create or replace function list_points_of(p_village uuid, p_deduction uuid) returns integer language sql stable as $$
  select -sum(p.honour)::integer from list_postings_of(p_village, p_deduction) p
$$;

-- Whether an objection is open (or was upheld) against a deduction or its line in the ledger.
create or replace function list_objected(p_village uuid, p_deduction uuid, p_state "ObjectionState") returns boolean
language sql stable as $$
  select exists (
    select 1 from objection o
    where o.village_id = p_village and o.state = p_state and (
      (o.subject_kind = 'DEDUCTION' and o.subject = p_deduction)
      or (o.subject_kind = 'POSTING' and o.subject in (select p.id from list_postings_of(p_village, p_deduction) p))))
$$;

-- Whether the rulebook in force on a day still has the deduction's item.
create or replace function list_item_in_force(p_village uuid, p_item uuid, p_day date) returns boolean
language sql stable as $$
  select exists (
    select 1 from item i join item still on still.village_id = i.village_id and still.code = i.code
    where i.village_id = p_village and i.id = p_item and still.version_id = rulebook_version_on(p_village, p_day))
$$;

-- Whether a deduction that a black row was drafted from still counts towards it: it stands in the ledger, no objection
-- to it was upheld, and nobody it names may have been a minor. The row's sum is made of these, and these alone are
-- printed as its reasons (lib/lists/facts/reads.ts).
create or replace function list_ground_counts(p_village uuid, p_deduction uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from deduction d
    where d.village_id = p_village and d.id = p_deduction and d.state in ('POSTED', 'CONTESTED')
      and not list_objected(p_village, d.id, 'UPHELD')
      and exists (select 1 from list_posting_of(p_village, d.id))
      and not exists (select 1 from resident w where w.village_id = d.village_id and w.id = d.resident_id
                      and may_be_at_most(w.birth_year, w.relation, d.seen_on, 18)))
$$;

-- Why a black list no longer holds on a day, as it is said when it ends; null while it does, and for a red one (L7).
create or replace function list_fallen(p_village uuid, p_list uuid, p_day date) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  l village_list;
begin
  select * into l from village_list x where x.village_id = p_village and x.id = p_list;
  if l.kind is distinct from 'BLACK' then return null; end if;
  if not exists (select 1 from rulebook_version v
                 where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day) and v.black_list_on) then
    return '新的细则不再设黑榜';
  end if;
  if l.subject = 'HOUSEHOLD' and exists (
    select 1 from list_row r
    join list_ground g on g.village_id = r.village_id and g.row_id = r.id
    join deduction d on d.village_id = g.village_id and d.id = g.deduction_id
    where r.village_id = p_village and r.list_id = p_list and r.state <> 'GONE'
      and list_ground_counts(p_village, d.id) and not list_item_in_force(p_village, d.item_id, p_day)) then
    return '新的细则去掉了榜上依据的项目';
  end if;
  return null;
end $$;

-- Who may see a list on a day: of the audience it was drafted for and that of the rulebook in force the smaller one.
create or replace function list_audience_on(p_village uuid, p_kind "ListKind", p_audience "ListAudience", p_day date)
returns "ListAudience" language sql stable as $$
  select case when p_kind = 'BLACK' and p_audience = 'EVERYONE' then coalesce(
    (select v.black_audience from rulebook_version v
     where v.village_id = p_village and v.id = rulebook_version_on(p_village, p_day)), 'VILLAGE')
  else p_audience end
$$;

-- Why a deduction does not bear a row of a black list at a moment: the refusal's code, or null when it does (L3).
create or replace function list_ground_fault(p_village uuid, p_deduction uuid, p_at timestamptz) returns text
language plpgsql stable as $$
declare
  d deduction;
  h household;
begin
  select * into d from deduction x where x.village_id = p_village and x.id = p_deduction;
  if not found or d.state not in ('NOTICED', 'CONTESTED', 'POSTED') then return 'LIST_NOT_POSTED'; end if;
  select * into h from household x where x.village_id = p_village and x.id = d.household_id;
  if is_exempt_or_gone(h) then return 'LIST_EXEMPT'; end if;
  if exists (select 1 from resident r where r.village_id = p_village and r.id = d.resident_id
             and may_be_at_most(r.birth_year, r.relation, d.seen_on, 18)) then
    return 'LIST_MINOR';
  end if;
  if d.noticed_at is null or d.noticed_at > p_at then return 'LIST_NO_NOTICE'; end if;
  if d.answer_until is null or d.answer_until >= shanghai_day(p_at) then return 'LIST_ANSWER_RUNNING'; end if;
  if d.state = 'CONTESTED' or list_objected(p_village, p_deduction, 'OPEN') then return 'LIST_OBJECTION_OPEN'; end if;
  if d.state <> 'POSTED' or list_objected(p_village, p_deduction, 'UPHELD')
     or not exists (select 1 from list_posting_of(p_village, p_deduction)) then
    return 'LIST_NOT_POSTED';
  end if;
  if not list_item_in_force(p_village, d.item_id, shanghai_day(p_at)) then return 'LIST_ITEM_NOT_IN_FORCE'; end if;
  return null;
end $$;

-- The deductions of a period as a list drafted at a moment sees them: what bears a row, and what doesn't and why. Those
-- on their way (notice served, contested) are told too, for the secretary; their points count for nothing.
create or replace function list_grounds(p_village uuid, p_period text, p_as_of timestamptz)
returns table (household_id uuid, deduction_id uuid, item_id uuid, points integer, fault text)
language sql stable as $$
  select d.household_id, d.id, d.item_id, coalesce(list_points_of(p_village, d.id), d.points),
         list_ground_fault(p_village, d.id, p_as_of)
  from deduction d
  left join lateral (select p.credited_on from list_posting_of(p_village, d.id) p order by p.id limit 1) p on true
  cross join quarter_days(p_period) q
  where d.village_id = p_village and d.state in ('NOTICED', 'CONTESTED', 'POSTED') and d.recorded_at <= p_as_of
    and (d.posted_at is null or d.posted_at <= p_as_of)
    and coalesce(p.credited_on, d.seen_on) >= q.from_day and coalesce(p.credited_on, d.seen_on) < q.before_day
$$;

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
    ) s where p_top is null or s.place <= p_top;
  elsif p_kind = 'RED' then
    return query
    select s.household_id, s.resident_id, null::uuid, s.points, s.place::integer
    from (
      select x.*, rank() over (order by x.points desc) as place
      from list_scores(p_village, p_subject, p_period, p_as_of) x
    ) s where s.points > 0 and (s.place <= p_top or s.points >= p_threshold);
  else
    return query
    select g.household_id, null::uuid, null::uuid, sum(g.points)::integer,
           (rank() over (order by sum(g.points) desc))::integer
    from list_grounds(p_village, p_period, p_as_of) g
    where g.fault is null group by g.household_id having sum(g.points) >= p_threshold;
  end if;
end $$;

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
begin
  select * into r from list_row x where x.village_id = p_village and x.id = p_row;
  select * into l from village_list x where x.village_id = p_village and x.id = r.list_id;
  state := 'GONE'; points := r.points;
  if exists (select 1 from objection o where o.village_id = p_village and o.subject_kind = 'LIST_ROW'
             and o.subject = p_row and o.state = 'UPHELD') then
    gone_why := 'UPHELD';
    return;
  end if;
  v_open := exists (select 1 from objection o where o.village_id = p_village and o.subject_kind = 'LIST_ROW'
                    and o.subject = p_row and o.state = 'OPEN');
  if l.kind = 'BLACK' and l.subject = 'HOUSEHOLD' then
    select * into h from household x where x.village_id = p_village and x.id = r.household_id;
    if is_exempt_or_gone(h) then gone_why := 'EXEMPT'; return; end if;
    select coalesce(sum(g.points) filter (where g.sound), 0), v_open or coalesce(bool_or(g.contested) filter (where g.sound), false),
           coalesce(bool_or(g.state = 'RESTORED'), false)
    into v_sound, v_open, v_mended
    from (
      select list_points_of(p_village, d.id) as points, d.state,
        d.state = 'CONTESTED' or list_objected(p_village, d.id, 'OPEN') as contested,
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
       or (l.kind = 'RED' and v_sound < l.threshold) or (l.kind = 'BLACK' and v_sound >= l.threshold) then
      gone_why := 'VOIDED';
      return;
    end if;
    points := v_sound;
  elsif l.subject = 'RESIDENT' and exists (
    select 1 from resident w where w.village_id = p_village and w.id = r.resident_id
      and may_be_at_most(w.birth_year, w.relation, shanghai_day(l.as_of), 14)) then
    gone_why := 'EXEMPT';
    return;
  end if;
  state := case when v_open then 'SUSPENDED' else 'STANDING' end;
end $$;

-- ── What may be written ──────────────────────────────────────────────────────────────────────────────────────────────

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
create or replace function list_recusal(p_village uuid, p_list uuid, p_person uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select min('LIST_' || why) from (
    select recusal(r.village_id, r.household_id, null, p_person) as why
    from village_list l join list_row r on r.village_id = l.village_id and r.list_id = l.id
    where l.village_id = p_village and l.id = p_list and l.kind = 'BLACK' and r.household_id is not null and r.state <> 'GONE'
  ) t where why is not null
$$;

-- Whether a list still may go on, asked at the check and when it is published (L1, L3).
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
      where r.village_id = p_village and r.list_id = p_list and r.state = 'STANDING'
        -- what has been taken back no longer counts towards the row (list_row_verdict)
        and coalesce(d.state, 'POSTED') not in ('RESTORED', 'OVERTURNED')
      order by h.code
    loop
      if v.fault is not null then perform refuse(v.fault, jsonb_build_object('household', v.code)); end if;
    end loop;
    if exists (select 1 from list_row r where r.village_id = p_village and r.list_id = p_list and r.state = 'STANDING'
               and not exists (select 1 from list_ground g where g.village_id = r.village_id and g.row_id = r.id)) then
      raise exception 'a black row rests on deductions' using errcode = '23514';
    end if;
  elsif list_differs(p_village, p_list) then
    perform refuse('LIST_STALE');
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
    v_why := list_recusal(new.village_id, new.id, new.checked_by_id);
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
    v_days := case new.kind when 'RED' then v_version.red_days else v_version.black_days end;
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
    v_why := list_recusal(new.village_id, new.id, new.ended_by_id);
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

-- ── What is done ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- Locks a list to move it on; refuses NOT_FOUND, and LIST_MOVED_ON when it is not in one of the states asked for.
create or replace function list_lock(p_village uuid, p_list uuid, p_states "ListState"[]) returns village_list
language plpgsql as $$
declare
  l village_list;
begin
  select * into l from village_list x where x.village_id = p_village and x.id = p_list for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if not l.state = any (p_states) then
    perform refuse('LIST_MOVED_ON', jsonb_build_object('state', case l.state
      when 'DRAFT' then '还在起草' when 'CHECKED' then '已经审核' when 'PUBLICITY' then '正在公示'
      when 'FINAL' then '已经定榜' when 'EXPIRED' then '已经到期' else case when l.public_from is null then '已经作废' else '已经撤回' end end));
  end if;
  return l;
end $$;

-- Brings rows up to the facts, and has the documents of public lists made anew where something changed.
create or replace function list_settle_rows(p_village uuid, p_rows uuid[], p_why text, p_now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v record;
  v_is record;
  v_changed uuid[] := '{}';
  v_count integer := 0;
begin
  if cardinality(p_rows) = 0 then return 0; end if;
  perform 1 from village_list l
  where l.village_id = p_village and l.state not in ('EXPIRED', 'WITHDRAWN')
    and l.id in (select r.list_id from list_row r where r.village_id = p_village and r.id = any (p_rows))
  order by l.id for no key update;
  for v in
    select r.id, r.list_id, r.state, r.points from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id and l.state not in ('EXPIRED', 'WITHDRAWN')
    where r.village_id = p_village and r.id = any (p_rows) and r.state <> 'GONE'
    order by r.id for no key update of r
  loop
    v_is := list_row_verdict(p_village, v.id);
    if (v_is.state, v_is.points) is distinct from (v.state, v.points) then
      update list_row r
      set state = v_is.state, gone_why = v_is.gone_why, points = v_is.points,
          gone_at = case when v_is.state = 'GONE' then p_now end
      where r.village_id = p_village and r.id = v.id;
      v_changed := v_changed || v.list_id;
      v_count := v_count + 1;
    end if;
  end loop;
  perform list_documents_retire(l.village_id, l.id, p_why, p_now) from village_list l
  where l.village_id = p_village and l.id = any (v_changed) and l.state in ('CHECKED', 'PUBLICITY', 'FINAL');
  return v_count;
end $$;

create or replace function list_settle(p_village uuid, p_list uuid, p_now timestamptz) returns integer
language sql security definer set search_path = public, pg_temp as $$
  select list_settle_rows(p_village,
    array(select r.id from list_row r where r.village_id = p_village and r.list_id = p_list), '名单有更正', p_now)
$$;

-- The list of a kind, subject and period that is before the public, or null.
create or replace function list_public_of(p_village uuid, p_kind "ListKind", p_subject "ListSubject", p_period text)
returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select l.id from village_list l
  where l.village_id = p_village and l.kind = p_kind and l.subject = p_subject and l.period = p_period
    and l.state in ('PUBLICITY', 'FINAL')
$$;

-- Drafts a list from the ledger as it stands at p_now; answers how many rows it has.
-- Refuses: LIST_PERIOD_AHEAD, LIST_NO_RULEBOOK, BLACK_LIST_OFF, LIST_EXISTS, LIST_PUBLIC_ALREADY, LIST_EMPTY,
-- NOT_ALLOWED. One that is public is corrected by withdrawing it first.
create or replace function list_draft(
  p_village uuid, p_list uuid, p_kind "ListKind", p_subject "ListSubject", p_period text, p_person uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_rule record;
  v_rows integer;
begin
  v_rule := list_rule(p_village, p_kind, p_subject, p_period, shanghai_day(p_now));
  insert into village_list (village_id, id, kind, subject, period, version_id, as_of, top, threshold, audience, drafted_by_id, drafted_at)
  values (p_village, p_list, p_kind, p_subject, p_period, v_rule.version_id, p_now, v_rule.top, v_rule.threshold,
          v_rule.audience, p_person, p_now)
  on conflict (village_id, kind, subject, period) where state in ('DRAFT', 'CHECKED') do nothing;
  if not found then perform refuse('LIST_EXISTS'); end if;
  -- after the row is in: it has waited for one that was being published meanwhile
  if list_public_of(p_village, p_kind, p_subject, p_period) is not null then perform refuse('LIST_PUBLIC_ALREADY'); end if;
  insert into list_row (village_id, id, list_id, rank, household_id, resident_id, place_id, points)
  select p_village, gen_random_uuid(), p_list, d.rank, d.household_id, d.resident_id, d.place_id, d.points
  from list_derive(p_village, p_kind, p_subject, p_period, p_now, v_rule.top, v_rule.threshold) d;
  get diagnostics v_rows = row_count;
  if v_rows = 0 then perform refuse('LIST_EMPTY'); end if;
  if p_kind = 'BLACK' and p_subject = 'HOUSEHOLD' then
    insert into list_ground (village_id, id, row_id, deduction_id)
    select p_village, gen_random_uuid(), r.id, g.deduction_id
    from list_grounds(p_village, p_period, p_now) g
    join list_row r on r.village_id = p_village and r.list_id = p_list and r.household_id = g.household_id
    where g.fault is null;
  end if;
  return v_rows;
end $$;

-- The second pair of eyes. Refuses: NOT_FOUND, LIST_MOVED_ON, LIST_SAME_PERSON, LIST_OWN_HOUSEHOLD, LIST_NEAR_KIN,
-- NOT_ALLOWED, LIST_EMPTY, LIST_STALE, and what is wrong with a black row (list_ground_fault).
create or replace function list_check(p_village uuid, p_list uuid, p_person uuid, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_lock(p_village, p_list, '{DRAFT}');
  perform list_settle(p_village, p_list, p_now);
  update village_list l set state = 'CHECKED', checked_by_id = p_person, checked_at = p_now
  where l.village_id = p_village and l.id = p_list;
  perform list_documents_retire(p_village, p_list, '', p_now);
end $$;

-- Begins the publicity: the day it is put up does not count, then as many full days as the rulebook says.
-- Refuses as list_check does, and LIST_PUBLIC_ALREADY while another list of the same kind and period is public.
create or replace function list_publish(
  p_village uuid, p_list uuid, p_person uuid, p_now timestamptz, out first_day date, out last_day date
) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l village_list;
  v_days integer;
begin
  l := list_lock(p_village, p_list, '{CHECKED}');
  select v.publicity_days into v_days from rulebook_version v where v.village_id = p_village and v.id = l.version_id;
  if not holds_role(p_village, p_person, 'SECRETARY', p_now) then perform refuse('NOT_ALLOWED'); end if;
  if list_public_of(p_village, l.kind, l.subject, l.period) is not null then perform refuse('LIST_PUBLIC_ALREADY'); end if;
  perform list_settle(p_village, p_list, p_now);
  -- the moment itself, not only its day: a notice or an answer period of today is asked for exactly
  perform list_must_hold(p_village, p_list, p_now);
  first_day := shanghai_day(p_now);
  last_day := first_day + v_days;
  update village_list x set state = 'PUBLICITY', published_by_id = p_person, public_from = first_day, public_until = last_day
  where x.village_id = p_village and x.id = p_list;
  perform list_documents_retire(p_village, p_list, '开始公示', p_now);
end $$;

-- Takes a list back (撤回), or throws one away that never was public (作废). Refuses: NOT_FOUND, LIST_MOVED_ON, REASON_REQUIRED, NOT_ALLOWED,
-- LIST_OWN_HOUSEHOLD, LIST_NEAR_KIN.
create or replace function list_withdraw(
  p_village uuid, p_list uuid, p_person uuid, p_reason text, p_states "ListState"[], p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_lock(p_village, p_list, p_states);
  if btrim(coalesce(p_reason, '')) = '' then perform refuse('REASON_REQUIRED'); end if;
  update village_list l set state = 'WITHDRAWN', ended_at = p_now, ended_by_id = p_person, end_reason = p_reason
  where l.village_id = p_village and l.id = p_list;
  perform list_documents_retire(p_village, p_list, '名单已撤回', p_now);
end $$;

-- What time alone does: a black list that its rulebook no longer bears ends, publicity that is over becomes final, a
-- final list past its last day ends. Pages ask the days themselves, so that nothing is shown longer when this comes late.
create or replace function list_advance(p_now timestamptz, p_village uuid default null, out made_final integer, out expired integer)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
  v_why text;
begin
  made_final := 0; expired := 0;
  for l in
    select x.village_id, x.id from village_list x
    where x.kind = 'BLACK' and x.state not in ('EXPIRED', 'WITHDRAWN') and (p_village is null or x.village_id = p_village)
      and list_fallen(x.village_id, x.id, shanghai_day(p_now)) is not null
    order by x.village_id, x.id for no key update of x skip locked
  loop
    -- asked again under the lock: the row it was about may have gone meanwhile
    v_why := list_fallen(l.village_id, l.id, shanghai_day(p_now));
    continue when v_why is null;
    update village_list x set state = 'WITHDRAWN', ended_at = p_now, end_reason = v_why
    where x.village_id = l.village_id and x.id = l.id;
    perform list_documents_retire(l.village_id, l.id, '名单已撤回', p_now);
    expired := expired + 1;
  end loop;
  for l in
    select x.village_id, x.id, x.public_until,
           case x.kind when 'RED' then v.red_days else v.black_days end as days
    from village_list x join rulebook_version v on v.village_id = x.village_id and v.id = x.version_id
    where x.state = 'PUBLICITY' and x.public_until < shanghai_day(p_now) and (p_village is null or x.village_id = p_village)
    order by x.village_id, x.id for no key update of x skip locked
  loop
    perform list_settle(l.village_id, l.id, p_now);
    update village_list x set state = 'FINAL', final_at = p_now, expires_on = l.public_until + l.days
    where x.village_id = l.village_id and x.id = l.id;
    made_final := made_final + 1;
  end loop;
  for l in
    select x.village_id, x.id from village_list x
    where x.state = 'FINAL' and x.expires_on < shanghai_day(p_now) and (p_village is null or x.village_id = p_village)
    order by x.village_id, x.id for no key update of x skip locked
  loop
    update village_list x set state = 'EXPIRED', ended_at = p_now where x.village_id = l.village_id and x.id = l.id;
    perform list_documents_retire(l.village_id, l.id, '名单已到期', p_now);
    expired := expired + 1;
  end loop;
end $$;

-- ── What else changes a row ──────────────────────────────────────────────────────────────────────────────────────────

-- Brings rows up to the facts, and retires what was made of them in any case: a document can say what the sums don't
-- show, a name, or a reason that took no point.
create or replace function list_settle_and_retire(p_village uuid, p_rows uuid[], p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_rows uuid[] := array(select r.id from list_row r
                         where r.village_id = p_village and r.id = any (p_rows) and r.state <> 'GONE');
begin
  if cardinality(v_rows) = 0 then return; end if;
  perform list_settle_rows(p_village, v_rows, '名单有更正', p_now);
  perform 1 from village_list l
  where l.village_id = p_village and l.state in ('CHECKED', 'PUBLICITY', 'FINAL')
    and l.id in (select r.list_id from list_row r where r.village_id = p_village and r.id = any (v_rows))
  order by l.id for no key update;
  perform list_documents_retire(l.village_id, l.id, '名单有更正', p_now) from village_list l
  where l.village_id = p_village and l.state in ('CHECKED', 'PUBLICITY', 'FINAL')
    and exists (select 1 from list_document d where d.village_id = l.village_id and d.list_id = l.id and d.retired_at is null)
    and l.id in (select r.list_id from list_row r where r.village_id = p_village and r.id = any (v_rows));
end $$;

create or replace function settle_rows_of_objection() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_rows uuid[];
begin
  if new.subject_kind = 'LIST_ROW' then
    v_rows := array[new.subject];
  elsif new.subject_kind in ('DEDUCTION', 'POSTING') then
    select coalesce(array_agg(g.row_id), '{}') into v_rows from list_ground g
    where g.village_id = new.village_id and (g.deduction_id = new.subject
      or exists (select 1 from list_postings_of(new.village_id, g.deduction_id) p where p.id = new.subject));
  else
    return null;
  end if;
  perform list_settle_and_retire(new.village_id, v_rows, coalesce(new.decided_at, new.opened_at));
  return null;
end $$;
drop trigger if exists objection_settle_rows on objection;
create trigger objection_settle_rows after insert or update of state on objection
  for each row execute function settle_rows_of_objection();

create or replace function settle_rows_of_deduction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_and_retire(new.village_id,
    array(select g.row_id from list_ground g where g.village_id = new.village_id and g.deduction_id = new.id),
    coalesce(new.ended_at, now()));
  return null;
end $$;
drop trigger if exists deduction_settle_rows on deduction;
create trigger deduction_settle_rows after update of state on deduction
  for each row when (new.state is distinct from old.state) execute function settle_rows_of_deduction();

-- A deduction's posting that is taken back, by whatever path: at the end of the transaction, when the deduction says why.
create or replace function settle_rows_of_reversal() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_and_retire(new.village_id, array(
    select g.row_id from posting p
    left join deduction_step s on s.village_id = p.village_id and s.id = p.source
    join list_ground g on g.village_id = p.village_id and g.deduction_id in (p.source, s.deduction_id)
    where p.village_id = new.village_id and p.id = new.reverses and p.kind = 'DEDUCTION'), new.posted_at);
  return null;
end $$;
drop trigger if exists posting_settle_rows on posting;
create constraint trigger posting_settle_rows after insert on posting deferrable initially deferred
  for each row when (new.kind = 'REVERSAL') execute function settle_rows_of_reversal();

create or replace function settle_rows_of_household() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_rows(new.village_id,
    array(select r.id from list_row r where r.village_id = new.village_id and r.household_id = new.id and r.state <> 'GONE'),
    '名单有更正', now());
  return null;
end $$;
drop trigger if exists household_settle_rows on household;
create trigger household_settle_rows after update of is_five_guarantee, is_disabled, is_absent, left_on on household
  for each row execute function settle_rows_of_household();

-- A name, an age or who heads the household: what a list shows of it. A deduction can name someone who has moved to
-- another household since.
create or replace function settle_rows_of_resident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.name, new.birth_year, new.relation, new.left_on) is not distinct from (old.name, old.birth_year, old.relation, old.left_on) then
    return null;
  end if;
  perform list_settle_and_retire(new.village_id, array(
    select r.id from list_row r
    where r.village_id = new.village_id and r.household_id = new.household_id and r.state <> 'GONE'
    union
    select g.row_id from deduction d
    join list_ground g on g.village_id = d.village_id and g.deduction_id = d.id
    where d.village_id = new.village_id and d.resident_id = new.id), now());
  return null;
end $$;
drop trigger if exists resident_settle_rows on resident;
create trigger resident_settle_rows after update of name, birth_year, relation, left_on on resident
  for each row execute function settle_rows_of_resident();

-- Locks the lists on which a household stands, so that documents being made of them wait or are seen.
create or replace function list_lock_public(p_village uuid, p_household uuid, p_kind "ListKind") returns void
language plpgsql as $$
begin
  perform 1 from village_list l
  where l.village_id = p_village and l.state in ('CHECKED', 'PUBLICITY', 'FINAL') and (p_kind is null or l.kind = p_kind)
    and l.id in (select r.list_id from list_row r where r.village_id = p_village and r.household_id = p_household and r.state <> 'GONE')
  order by l.id for no key update;
end $$;
