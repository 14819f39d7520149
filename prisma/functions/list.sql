-- Lists (红黑榜): what a list's rows are and what each rests on. Here software can hurt people, so nothing in the files
-- list*.sql trusts its caller, the tables' owner included. What may be written is in list_check.sql, the steps that
-- people and time take in list_steps.sql, what else changes a row in list_follow.sql.
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
--   L8  nothing is shown twice: what stood on a black list until its end bears no row any more, and the days that a list
--       showed it before it was withdrawn come off the days of the next one (list_ground_fault, list_days_up)
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

-- Whether a row that rests on a deduction, on this list or an earlier one, is objected to. Withdrawing a list and drafting
-- it again does away with no objection.
create or replace function list_row_objected(p_village uuid, p_deduction uuid, p_state "ObjectionState") returns boolean
language sql stable as $$
  select exists (
    select 1 from list_ground g
    join objection o on o.village_id = g.village_id and o.subject_kind = 'LIST_ROW' and o.subject = g.row_id and o.state = p_state
    where g.village_id = p_village and g.deduction_id = p_deduction)
$$;

-- For how many days lists that have ended showed a deduction before the public: at least one for each list that did, or
-- publishing and withdrawing within a day could go on for ever. A row that was gone before its list came out showed nothing.
create or replace function list_ground_shown_days(p_village uuid, p_deduction uuid) returns integer
language sql stable as $$
  select coalesce(sum(greatest(1, shanghai_day(least(coalesce(r.gone_at, l.ended_at), l.ended_at)) - l.public_from)), 0)::integer
  from list_ground g
  join list_row r on r.village_id = g.village_id and r.id = g.row_id
  join village_list l on l.village_id = r.village_id and l.id = r.list_id
  where g.village_id = p_village and g.deduction_id = p_deduction and l.state in ('WITHDRAWN', 'EXPIRED') and l.public_from is not null
    and (r.gone_at is null or shanghai_day(r.gone_at) >= l.public_from)
$$;

-- The days a list stays up after its publicity: what its rulebook says, for a black one less the days that its rows were
-- shown before, by a list that was withdrawn; at least one.
create or replace function list_days_up(p_village uuid, p_list uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select case when l.kind = 'RED' then v.red_days else greatest(1, v.black_days - coalesce((
    select max(list_ground_shown_days(p_village, g.deduction_id)) from list_row r
    join list_ground g on g.village_id = r.village_id and g.row_id = r.id
    where r.village_id = p_village and r.list_id = p_list), 0)) end
  from village_list l join rulebook_version v on v.village_id = l.village_id and v.id = l.version_id
  where l.village_id = p_village and l.id = p_list
$$;

-- The last day on which a list is shown; null before it is public.
create or replace function list_last_day(l village_list) returns date
language sql stable as $$
  select coalesce(l.expires_on, l.public_until + list_days_up(l.village_id, l.id))
$$;

-- Whether a household is one of minors: its head may have been one on a day.
create or replace function headed_by_minor(p_village uuid, p_household uuid, p_day date) returns boolean
language sql stable as $$
  select exists (select 1 from resident r where r.village_id = p_village and r.household_id = p_household and r.relation = 'HEAD'
                 and r.left_on is null and may_be_at_most(r.birth_year, r.relation, p_day, 18))
$$;

-- Whether the rulebook in force on a day still has the deduction's item.
create or replace function list_item_in_force(p_village uuid, p_item uuid, p_day date) returns boolean
language sql stable as $$
  select exists (
    select 1 from item i join item still on still.village_id = i.village_id and still.code = i.code
    where i.village_id = p_village and i.id = p_item and still.version_id = rulebook_version_on(p_village, p_day))
$$;

-- Whether a deduction that a black row was drafted from still counts towards it: it stands in the ledger, no objection
-- to it or to a row that rested on it was upheld, and neither who it names nor who heads the household may have been a
-- minor. The row's sum is made of these, and these alone are
-- printed as its reasons (lib/lists/facts/reads.ts).
create or replace function list_ground_counts(p_village uuid, p_deduction uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from deduction d
    where d.village_id = p_village and d.id = p_deduction and d.state in ('POSTED', 'CONTESTED')
      and not list_objected(p_village, d.id, 'UPHELD') and not list_row_objected(p_village, d.id, 'UPHELD')
      and not headed_by_minor(p_village, d.household_id, d.seen_on)
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
             and may_be_at_most(r.birth_year, r.relation, d.seen_on, 18))
     or headed_by_minor(p_village, d.household_id, d.seen_on) then
    return 'LIST_MINOR';
  end if;
  if d.noticed_at is null or d.noticed_at > p_at or not was_served(p_village, d.household_id, d.noticed_how, p_at) then
    return 'LIST_NO_NOTICE';
  end if;
  if d.answer_until is null or d.answer_until >= shanghai_day(p_at) then return 'LIST_ANSWER_RUNNING'; end if;
  if d.state = 'CONTESTED' or list_objected(p_village, p_deduction, 'OPEN') or list_row_objected(p_village, p_deduction, 'OPEN') then
    return 'LIST_OBJECTION_OPEN';
  end if;
  if d.state <> 'POSTED' or list_objected(p_village, p_deduction, 'UPHELD')
     or not exists (select 1 from list_posting_of(p_village, p_deduction)) then
    return 'LIST_NOT_POSTED';
  end if;
  if not list_item_in_force(p_village, d.item_id, shanghai_day(p_at)) then return 'LIST_ITEM_NOT_IN_FORCE'; end if;
  if list_row_objected(p_village, p_deduction, 'UPHELD') then return 'LIST_ROW_UPHELD'; end if;
  if exists (select 1 from list_ground g join list_row r on r.village_id = g.village_id and r.id = g.row_id
             join village_list l on l.village_id = r.village_id and l.id = r.list_id
             where g.village_id = p_village and g.deduction_id = p_deduction and l.state = 'EXPIRED')
     or list_ground_shown_days(p_village, p_deduction) >= (
       select v.black_days from rulebook_version v
       where v.village_id = p_village and v.id = rulebook_version_on(p_village, shanghai_day(p_at))) then
    return 'LIST_HAD_ITS_DAYS';
  end if;
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
