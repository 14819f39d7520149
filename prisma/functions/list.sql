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
