-- Lists: what else changes a row. Objections, deductions, reversals, households and residents bring the rows that rest on
-- them up to the facts in their own transaction (L4, L6).

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
    -- and every row that rests on the same deductions, or is of the same one on a list drafted since
    v_rows := array(select new.subject union select list_row_heirs(new.village_id, new.subject) union
      select other.row_id from list_ground g
      join list_ground other on other.village_id = g.village_id and other.deduction_id = g.deduction_id
      where g.village_id = new.village_id and g.row_id = new.subject);
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

-- A posting that is taken back, by whatever path: a deduction's (at the end of the transaction, when the deduction says
-- why), or an award that somebody's row on a red list was reached with.
create or replace function settle_rows_of_reversal() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_and_retire(new.village_id, array(
    select g.row_id from posting p
    left join deduction_step s on s.village_id = p.village_id and s.id = p.source
    join list_ground g on g.village_id = p.village_id and g.deduction_id in (p.source, s.deduction_id)
    where p.village_id = new.village_id and p.id = new.reverses and p.kind = 'DEDUCTION'
    union
    select r.id from posting p
    join list_row r on r.village_id = p.village_id and r.household_id = p.household_id
    join village_list l on l.village_id = r.village_id and l.id = r.list_id and l.kind = 'RED' and l.state not in ('EXPIRED', 'WITHDRAWN')
    cross join quarter_days(l.period) q
    where p.village_id = new.village_id and p.id = new.reverses and p.kind = 'AWARD'
      and p.credited_on >= q.from_day and p.credited_on < q.before_day
      and (l.subject = 'HOUSEHOLD' or r.resident_id = p.resident_id)), new.posted_at);
  return null;
end $$;
drop trigger if exists posting_settle_rows on posting;
create constraint trigger posting_settle_rows after insert on posting deferrable initially deferred
  for each row when (new.kind = 'REVERSAL') execute function settle_rows_of_reversal();

create or replace function settle_rows_of_household() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- a household that leaves or comes back is called by another name on a red list, though its row stands
  if new.left_on is distinct from old.left_on then
    perform list_settle_and_retire(new.village_id,
      array(select r.id from list_row r where r.village_id = new.village_id and r.household_id = new.id and r.state <> 'GONE'), now());
    return null;
  end if;
  perform list_settle_rows(new.village_id,
    array(select r.id from list_row r where r.village_id = new.village_id and r.household_id = new.id and r.state <> 'GONE'),
    '名单有更正', now());
  return null;
end $$;
drop trigger if exists household_settle_rows on household;
create trigger household_settle_rows after update of is_five_guarantee, is_disabled, is_absent, left_on on household
  for each row execute function settle_rows_of_household();

-- A name, an age or who heads the household: what a list shows of it, and whether someone still lives there, so that its
-- consent speaks for him. A deduction can name someone who has moved to another household since.
create or replace function settle_rows_of_resident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.name, new.birth_year, new.relation, new.left_on, new.household_id)
     is not distinct from (old.name, old.birth_year, old.relation, old.left_on, old.household_id) then
    return null;
  end if;
  perform list_settle_and_retire(new.village_id, array(
    select r.id from list_row r
    where r.village_id = new.village_id and r.household_id in (old.household_id, new.household_id) and r.state <> 'GONE'
    union
    select g.row_id from deduction d
    join list_ground g on g.village_id = d.village_id and g.deduction_id = d.id
    where d.village_id = new.village_id and d.resident_id = new.id), now());
  return null;
end $$;
-- Who comes to head a household as he is written into the roster.
create or replace function settle_rows_of_new_head() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform list_settle_and_retire(new.village_id, array(
    select r.id from list_row r where r.village_id = new.village_id and r.household_id = new.household_id and r.state <> 'GONE'), now());
  return null;
end $$;
drop trigger if exists resident_settle_rows_new on resident;
create trigger resident_settle_rows_new after insert on resident
  for each row when (new.relation = 'HEAD') execute function settle_rows_of_new_head();
-- whoever moves: settle_rows_of_resident
drop trigger if exists resident_settle_rows_moved on resident;

drop trigger if exists resident_settle_rows on resident;
create trigger resident_settle_rows after update of name, birth_year, relation, left_on, household_id on resident
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
