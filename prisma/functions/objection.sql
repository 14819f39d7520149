-- Objections (异议): against a returned deed, a deduction, a line of the ledger in publicity, or a row of a list.
--
--   OPEN ──▶ UPHELD | REJECTED | WITHDRAWN
--
-- Whether there is something to object to, whose it is, and its number, last day and the decision it is against are
-- found by the trigger, whoever inserts the row. Opening one against a deduction stops the household's clock in the same
-- statement. Deciding is one function: the outcome and what follows from it in one transaction, by someone who had no
-- part in it (hearing.sql); objection_settled refuses an outcome without its effect.
--
--   DEED       upheld: it goes back to the verifiers, without the one who returned it
--   DEDUCTION  upheld: dropped, or once posted overturned and given back; rejected: the clock goes on
--   POSTING    upheld: reversed; the deed behind it is returned with the reason, the deduction overturned
--   LIST_ROW   the lists' own triggers on this table suspend, resume and remove the row; of a place the inspections
--              stay as they were made: upheld, this row alone is gone

do $$
declare c record;
begin
  for c in select * from (values
    ('objection_says_what', 'btrim(body) <> '''''),
    ('objection_number_form', 'number ~ ''^[0-9]{4}-[0-9]{3,}$'''),
    ('objection_decided_or_not', '(state = ''OPEN'') = (decided_at is null)'),
    ('objection_decided_by_someone', 'state = ''OPEN'' or decided_by_id is not null'),
    ('objection_decided_says_why', 'state not in (''UPHELD'', ''REJECTED'') or btrim(reason) <> '''''),
    ('objection_by_another', 'state not in (''UPHELD'', ''REJECTED'') or against_id is null or decided_by_id <> against_id'),
    ('objection_risen_when_overdue', 'risen_at is null or (risen_at at time zone ''Asia/Shanghai'')::date > due_on')
  ) as t(name, condition) loop
    if not exists (select from pg_constraint where conname = c.name and conrelid = 'objection'::regclass) then
      execute format('alter table objection add constraint %I check (%s)', c.name, c.condition);
    end if;
  end loop;
end $$;

create unique index if not exists objection_one_open on objection (village_id, subject_kind, subject) where state = 'OPEN';
create unique index if not exists objection_decided_once on objection (village_id, subject_kind, subject, household_id)
  where state in ('UPHELD', 'REJECTED');

-- Days after a decision within which it can be objected to. lib/objections/rules.ts has the same number.
create or replace function objection_window() returns integer language sql immutable as $$ select 30 $$;

create or replace function objection_is_open(p_village uuid, p_kind "ObjectionSubject", p_subject uuid) returns boolean
language plpgsql stable as $$
begin
  return exists (select 1 from objection o where o.village_id = p_village and o.subject_kind = p_kind
                 and o.subject = p_subject and o.state = 'OPEN');
end $$;

-- The household that a subject is about; null for a place on a list.
create or replace function objection_about(p_village uuid, p_kind "ObjectionSubject", p_subject uuid) returns uuid
language plpgsql stable as $$
begin
  return case p_kind
    when 'DEED' then (select d.household_id from deed d where d.village_id = p_village and d.id = p_subject)
    when 'DEDUCTION' then (select d.household_id from deduction d where d.village_id = p_village and d.id = p_subject)
    when 'POSTING' then (select p.household_id from posting p where p.village_id = p_village and p.id = p_subject)
    else (select r.household_id from list_row r where r.village_id = p_village and r.id = p_subject) end;
end $$;

-- Who rejected an objection to the same thing before: the same line of the ledger, or the same household, resident or
-- place on a list of the same kind and period, whose row has another id in each draft. A place is everybody's: there it is
-- who rejected this household's (p_household), so that a village doesn't run out of people to hear the next one. What a row
-- or a line has to do with deductions, deduction_took_part knows.
drop function if exists objection_rejecters(uuid, "ObjectionSubject", uuid);
create or replace function objection_rejecters(
  p_village uuid, p_kind "ObjectionSubject", p_subject uuid, p_household uuid
) returns uuid[]
language plpgsql stable as $$
begin
  return array(
    select o.decided_by_id from objection o
    where p_kind <> 'LIST_ROW' and o.village_id = p_village and o.state = 'REJECTED' and o.subject_kind = p_kind
      and o.subject = p_subject
    union
    select o.decided_by_id from list_row r
    join village_list l on l.village_id = r.village_id and l.id = r.list_id
    join village_list l2 on l2.village_id = l.village_id and l2.kind = l.kind and l2.subject = l.subject and l2.period = l.period
    join list_row r2 on r2.village_id = l2.village_id and r2.list_id = l2.id
      and r2.household_id is not distinct from r.household_id and r2.resident_id is not distinct from r.resident_id
      and r2.place_id is not distinct from r.place_id
    join objection o on o.village_id = r2.village_id and o.subject_kind = 'LIST_ROW' and o.subject = r2.id
    where p_kind = 'LIST_ROW' and r.village_id = p_village and r.id = p_subject and o.state = 'REJECTED'
      and (r.place_id is null or o.household_id = p_household));
end $$;

-- Everyone who had a part in what this household objects to.
drop function if exists objection_took_part(uuid, "ObjectionSubject", uuid);
create or replace function objection_took_part(
  p_village uuid, p_kind "ObjectionSubject", p_subject uuid, p_household uuid
) returns uuid[]
language plpgsql stable as $$
declare
  v_source uuid;
begin
  if p_kind = 'DEED' then
    return array(
      select unnest(array[d.reporter_id, d.decided_by_id]) from deed d where d.village_id = p_village and d.id = p_subject
      union select dd.person_id from deed_decision dd
      where dd.village_id = p_village and dd.deed_id = p_subject and dd.kind in ('RETURN', 'OVERTURN'));
  elsif p_kind = 'DEDUCTION' then
    return deduction_took_part(p_village, p_subject);
  elsif p_kind = 'POSTING' then
    select p.source into v_source from posting p where p.village_id = p_village and p.id = p_subject;
    return deduction_took_part(p_village, v_source) || objection_rejecters(p_village, p_kind, p_subject, p_household) || array(
      select p.person_id from posting p where p.village_id = p_village and p.id = p_subject
      union select unnest(array[d.reporter_id, d.first_by_id, d.decided_by_id])
      from deed_decision dd join deed d on d.village_id = dd.village_id and d.id = dd.deed_id
      where dd.village_id = p_village and dd.id = v_source);
  end if;
  -- of a place, whoever inspected it too: the row is made of their scores, a black one of the bad ones
  return objection_rejecters(p_village, p_kind, p_subject, p_household) || array(
    select unnest(array[l.drafted_by_id, l.checked_by_id, l.published_by_id])
    from list_row r join village_list l on l.village_id = r.village_id and l.id = r.list_id
    where r.village_id = p_village and r.id = p_subject
    union
    select took.person_id
    from list_row r join village_list l on l.village_id = r.village_id and l.id = r.list_id
    cross join lateral quarter_days(l.period) q
    join place_check c on c.village_id = r.village_id and c.place_id = r.place_id
      and c.checked_on >= q.from_day and c.checked_on < q.before_day
    left join place_check_void v on v.village_id = c.village_id and v.check_id = c.id
    cross join lateral (values (c.checked_by_id), (v.voided_by_id)) as took(person_id)
    where r.village_id = p_village and r.id = p_subject
      and (l.kind = 'RED' or v.voided_by_id is not null or c.score * 10 < place_bad_below())
    union
    -- and of a black row, whoever brought the deductions it rests on
    select unnest(deduction_took_part(g.village_id, g.deduction_id)) from list_ground g
    where g.village_id = p_village and g.row_id = p_subject);
end $$;

-- Those against whose doing an objection is: they write none down in a household's name, nor take one back. Whoever wrote
-- down what the household itself says (its deed, its answer) is on its side.
drop function if exists objection_partakers(uuid, "ObjectionSubject", uuid);
create or replace function objection_partakers(
  p_village uuid, p_kind "ObjectionSubject", p_subject uuid, p_household uuid
) returns uuid[]
language plpgsql stable as $$
declare
  v_source uuid;
begin
  if p_kind = 'DEED' then
    return array(
      select d.decided_by_id from deed d where d.village_id = p_village and d.id = p_subject
      union select dd.person_id from deed_decision dd
      where dd.village_id = p_village and dd.deed_id = p_subject and dd.kind in ('RETURN', 'OVERTURN'));
  elsif p_kind = 'DEDUCTION' then
    return deduction_partakers(p_village, p_subject);
  elsif p_kind = 'POSTING' then
    select p.source into v_source from posting p where p.village_id = p_village and p.id = p_subject;
    if exists (select 1 from deduction d where d.village_id = p_village and d.id = v_source) then
      return deduction_partakers(p_village, v_source);
    end if;
  end if;
  return objection_took_part(p_village, p_kind, p_subject, p_household);
end $$;

-- Whether a row of a list is this household's to object to: its own, or of someone who lives there now; a place is
-- everyone's. Other people's rows are not: an objection takes a row out of sight until it is decided.
create or replace function objection_row_is_of(p_village uuid, p_row uuid, p_household uuid) returns boolean
language sql stable as $$
  select exists (
    select 1 from list_row r
    left join resident w on w.village_id = r.village_id and w.id = r.resident_id
    where r.village_id = p_village and r.id = p_row
      and (r.place_id is not null or r.household_id = p_household or (w.household_id = p_household and w.left_on is null)))
$$;

-- Who may decide an objection now (hearing.sql). Two objections to one matter may be open together, by a line and by what
-- wrote it: whoever rejects one is barred from the other. There the ladder goes on, among those who held an office when the
-- other was opened and still do, so that it isn't left without anybody by what nobody did wrong.
create or replace function objection_deciders(p_village uuid, p_objection uuid, p_now timestamptz)
returns table (person_id uuid, role "Role")
language plpgsql stable as $$
declare
  o objection;
  v_barred uuid[];
  v_rejecters uuid[];
  v_households uuid[];
begin
  select * into o from objection x where x.village_id = p_village and x.id = p_objection;
  if not found then return; end if;
  v_barred := objection_took_part(o.village_id, o.subject_kind, o.subject, o.household_id) || array[o.reporter_id, o.against_id];
  v_households := array_remove(array[o.household_id, objection_about(o.village_id, o.subject_kind, o.subject)], null);
  return query
  select l.person_id, l.role
  from hearers_left(p_village, o.hearer_ids, o.hearer_role, o.risen_at, v_barred, v_households, p_now) l;
  if found or o.hearer_ids is null then return; end if;
  v_rejecters := objection_rejected_since(p_village, o.subject_kind, o.subject, o.household_id, o.opened_at);
  if exists (select 1 from unnest(o.hearer_ids) h(id) where h.id = any (v_rejecters) and holds_role(p_village, h.id, o.hearer_role, p_now)) then
    return query
    select l.person_id, l.role from list_hearers(p_village, v_barred, v_households, o.opened_at) l
    where holds_role(p_village, l.person_id, l.role, p_now);
  end if;
end $$;

-- Who has rejected another objection to the same matter since a moment: to a deduction, to the line it wrote, or to a row
-- that rests on it; or, of a row of a list, as objection_rejecters.
create or replace function objection_rejected_since(
  p_village uuid, p_kind "ObjectionSubject", p_subject uuid, p_household uuid, p_since timestamptz
) returns uuid[]
language plpgsql stable as $$
begin
  return array(
    select x.decided_by_id from objection x
    where x.village_id = p_village and x.state = 'REJECTED' and x.decided_at >= p_since
      and x.decided_by_id = any (objection_rejecters(p_village, p_kind, p_subject, p_household))
    union
    select s.person_id from deduction d
    join deduction_step s on s.village_id = d.village_id and s.deduction_id = d.id and s.kind = 'HEARD_REJECTED' and s.done_at >= p_since
    where d.village_id = p_village and d.id in (
      select p_subject where p_kind = 'DEDUCTION'
      union select p.source from posting p where p_kind = 'POSTING' and p.village_id = p_village and p.id = p_subject
      union select g.deduction_id from list_ground g where p_kind = 'LIST_ROW' and g.village_id = p_village and g.row_id = p_subject)
    union
    select x.decided_by_id from objection x
    join posting p on p.village_id = x.village_id and p.id = x.subject
    where x.village_id = p_village and x.subject_kind = 'POSTING' and x.state = 'REJECTED' and x.decided_at >= p_since
      and p.source in (
        select p_subject where p_kind = 'DEDUCTION'
        union select g.deduction_id from list_ground g where p_kind = 'LIST_ROW' and g.village_id = p_village and g.row_id = p_subject));
end $$;

-- What an objection may be against, and who decided it. Refuses NOT_FOUND, NOTHING_TO_OBJECT, OBJECTION_TOO_LATE,
-- NOT_IN_PUBLICITY, REPORTED_AGAIN, ALREADY_REVERSED, NOT_YOUR_ROW.
create or replace function objection_against(
  p_village uuid, p_kind "ObjectionSubject", p_subject uuid, p_household uuid, p_now timestamptz
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (p_now at time zone 'Asia/Shanghai')::date;
  v_deed deed;
  v_deduction deduction;
  v_posting posting;
  v record;
begin
  if p_kind = 'DEED' then
    select * into v_deed from deed d where d.village_id = p_village and d.id = p_subject and d.household_id = p_household
    for no key update;
    if not found then perform refuse('NOT_FOUND'); end if;
    if v_deed.state <> 'RETURNED' then perform refuse('NOTHING_TO_OBJECT'); end if;
    if v_today > (v_deed.decided_at at time zone 'Asia/Shanghai')::date + objection_window() then
      perform refuse('OBJECTION_TOO_LATE', jsonb_build_object('days', objection_window()));
    end if;
    if deed_reported_again(p_village, p_subject) then perform refuse('REPORTED_AGAIN'); end if;
    return v_deed.decided_by_id;
  elsif p_kind = 'DEDUCTION' then
    select * into v_deduction from deduction d
    where d.village_id = p_village and d.id = p_subject and d.household_id = p_household for no key update;
    if not found then perform refuse('NOT_FOUND'); end if;
    if v_deduction.state = 'CONTESTED' then perform refuse('HEARD_ALREADY'); end if;
    if v_deduction.state not in ('NOTICED', 'POSTED') then perform refuse('NOTHING_TO_OBJECT'); end if;
    if v_deduction.state = 'POSTED'
       and v_today > (v_deduction.posted_at at time zone 'Asia/Shanghai')::date + objection_window() then
      perform refuse('OBJECTION_TOO_LATE', jsonb_build_object('days', objection_window()));
    end if;
    return v_deduction.approved_by_id;
  elsif p_kind = 'POSTING' then
    select * into v_posting from posting p where p.village_id = p_village and p.id = p_subject;
    if not found or v_posting.household_id is null then perform refuse('NOT_FOUND'); end if;
    if v_posting.kind not in ('AWARD', 'DEDUCTION') then perform refuse('NOTHING_TO_OBJECT'); end if;
    if exists (select 1 from posting p where p.village_id = p_village and p.reverses = p_subject) then
      perform refuse('ALREADY_REVERSED');
    end if;
    if not exists (
      select 1 from period q where q.village_id = p_village and q.code = quarter_of(v_posting.credited_on)
        and q.state = 'PUBLICITY' and v_today between q.public_from and q.public_until) then
      perform refuse('NOT_IN_PUBLICITY');
    end if;
    return v_posting.person_id;
  end if;
  select r.state as row_state, l.state, l.checked_by_id into v
  from list_row r join village_list l on l.village_id = r.village_id and l.id = r.list_id
  where r.village_id = p_village and r.id = p_subject;
  -- a list that is not public yet doesn't exist for those who would object
  if not found or v.state in ('DRAFT', 'CHECKED') then perform refuse('NOT_FOUND'); end if;
  if v.state not in ('PUBLICITY', 'FINAL') or v.row_state = 'GONE' then perform refuse('NOTHING_TO_OBJECT'); end if;
  if not objection_row_is_of(p_village, p_subject, p_household) then perform refuse('NOT_YOUR_ROW'); end if;
  return v.checked_by_id;
end $$;

-- Whether a household has reported again what a returned deed's photos show, so that they prove another deed now.
create or replace function deed_reported_again(p_village uuid, p_deed uuid) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select 1 from deed_photo mine
    join deed_photo other on other.village_id = mine.village_id and other.photo_id = mine.photo_id and other.deed_id <> mine.deed_id
    join deed d on d.village_id = other.village_id and d.id = other.deed_id
    join deed old on old.village_id = mine.village_id and old.id = mine.deed_id
    where mine.village_id = p_village and mine.deed_id = p_deed and d.state not in ('RETURNED', 'WITHDRAWN')
      and (d.event_id is null or d.event_id is distinct from old.event_id));
end $$;

-- Opens one: checks it, counts it, and finds who it is against and when it is due.
create or replace function check_new_objection() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (new.opened_at at time zone 'Asia/Shanghai')::date;
begin
  if new.state <> 'OPEN' or new.decided_by_id is not null or new.decided_at is not null or new.risen_at is not null then
    raise exception 'an objection starts as OPEN' using errcode = '23514';
  end if;
  if not exists (select 1 from household h where h.village_id = new.village_id and h.id = new.household_id
                 and h.left_on is null) then
    perform refuse('NOT_FOUND');
  end if;
  perform refuse_speaker(new.village_id, new.household_id, new.reporter_id,
                         objection_partakers(new.village_id, new.subject_kind, new.subject, new.household_id), new.opened_at);
  if new.channel not in ('SELF', 'STEWARD') or (new.channel = 'SELF')
       <> speaks_for_household(new.village_id, new.household_id, new.reporter_id, new.opened_at) then
    perform refuse('NOT_ALLOWED');
  end if;

  -- One after another in a village: they are counted, and two about one thing see each other.
  perform pg_advisory_xact_lock(hashtextextended('objection' || new.village_id::text, 7));
  new.against_id := objection_against(new.village_id, new.subject_kind, new.subject, new.household_id, new.opened_at);
  if objection_is_open(new.village_id, new.subject_kind, new.subject) then perform refuse('OBJECTION_OPEN'); end if;
  if exists (select 1 from objection o where o.village_id = new.village_id and o.subject_kind = new.subject_kind
             and o.subject = new.subject and o.household_id = new.household_id and o.state in ('UPHELD', 'REJECTED')) then
    perform refuse('OBJECTED_BEFORE');
  end if;
  new.due_on := v_today + days_to_decide(new.village_id, v_today);
  select coalesce(array_agg(l.person_id), '{}'), min(l.role::text)::"Role" into new.hearer_ids, new.hearer_role
  from list_hearers(
    new.village_id,
    objection_took_part(new.village_id, new.subject_kind, new.subject, new.household_id) || array[new.reporter_id, new.against_id],
    array_remove(array[new.household_id, objection_about(new.village_id, new.subject_kind, new.subject)], null),
    new.opened_at) l;
  select to_char(v_today, 'YYYY') || '-' || lpad((coalesce(max(split_part(o.number, '-', 2)::integer), 0) + 1)::text, 3, '0')
  into new.number
  from objection o where o.village_id = new.village_id and o.number like to_char(v_today, 'YYYY') || '-%';
  return new;
end $$;
drop trigger if exists objection_check_new on objection;
create trigger objection_check_new before insert on objection for each row execute function check_new_objection();

-- The clock of a deduction stands still in the statement that objects.
create or replace function stop_objected_deduction() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deduction_step_take(new.village_id, new.subject, 'OBJECT', new.reporter_id, new.id, '', new.opened_at);
  return null;
end $$;
drop trigger if exists objection_stops_deduction on objection;
create trigger objection_stops_deduction after insert on objection
  for each row when (new.subject_kind = 'DEDUCTION') execute function stop_objected_deduction();

-- What never changes, and who may decide or withdraw.
create or replace function check_objection_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'objections are not deleted' using errcode = '23514';
  end if;
  if (to_jsonb(new) - array['state', 'risen_at', 'decided_by_id', 'decided_at', 'reason'])
     is distinct from (to_jsonb(old) - array['state', 'risen_at', 'decided_by_id', 'decided_at', 'reason']) then
    raise exception 'what an objection says does not change' using errcode = '23514';
  end if;
  if old.state <> 'OPEN' then
    raise exception 'an objection is decided once' using errcode = '23514';
  end if;
  if old.risen_at is not null and new.risen_at is distinct from old.risen_at then
    raise exception 'an objection rises once' using errcode = '23514';
  end if;
  if new.state in ('UPHELD', 'REJECTED') then
    if btrim(new.reason) = '' then perform refuse('SAY_WHY'); end if;
    perform refuse_hearer(
      new.village_id, new.decided_by_id,
      array(select d.person_id from objection_deciders(new.village_id, new.id, new.decided_at) d),
      objection_took_part(new.village_id, new.subject_kind, new.subject, new.household_id) || array[new.reporter_id, new.against_id],
      array_remove(array[new.household_id, objection_about(new.village_id, new.subject_kind, new.subject)], null),
      new.decided_at);
  elsif new.state = 'WITHDRAWN' then
    -- the household, or whoever wrote it down for it and still may
    perform refuse_speaker(new.village_id, new.household_id, new.decided_by_id,
                           objection_partakers(new.village_id, new.subject_kind, new.subject, new.household_id), new.decided_at);
    if new.decided_by_id <> new.reporter_id
       and not speaks_for_household(new.village_id, new.household_id, new.decided_by_id, new.decided_at) then
      perform refuse('NOT_ALLOWED');
    end if;
  end if;
  return new;
end $$;
drop trigger if exists objection_check_change on objection;
create trigger objection_check_change before update or delete on objection
  for each row execute function check_objection_change();
drop trigger if exists objection_no_truncate on objection;
create trigger objection_no_truncate before truncate on objection for each statement execute function refuse_change();

-- At the end of a transaction an outcome has had its effect.
create or replace function check_objection_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.subject_kind = 'DEDUCTION' and exists (
    select 1 from deduction d where d.village_id = new.village_id and d.id = new.subject
      and (d.state = 'CONTESTED' or (new.state = 'UPHELD' and d.state not in ('DROPPED', 'OVERTURNED', 'RESTORED')))) then
    raise exception 'the deduction does not follow the objection' using errcode = '23514';
  end if;
  if new.state = 'UPHELD' and new.subject_kind = 'DEED' and exists (
    select 1 from deed d where d.village_id = new.village_id and d.id = new.subject and d.state = 'RETURNED') then
    raise exception 'the deed does not follow the objection' using errcode = '23514';
  end if;
  if new.state = 'UPHELD' and new.subject_kind = 'POSTING' and not exists (
    select 1 from posting p where p.village_id = new.village_id and p.reverses = new.subject) then
    raise exception 'the entry does not follow the objection' using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists objection_settled on objection;
create constraint trigger objection_settled after update on objection deferrable initially deferred
  for each row when (new.state <> 'OPEN') execute function check_objection_settled();

-- Whoever returned a deed to which an objection was upheld leaves it to another.
create or replace function check_decision_after_objection() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from objection o where o.village_id = new.village_id and o.subject_kind = 'DEED' and o.subject = new.deed_id
             and o.state = 'UPHELD' and new.person_id = any (same_people(new.village_id, array[o.against_id]))) then
    perform refuse('RETURNED_IT_BEFORE');
  end if;
  return new;
end $$;
drop trigger if exists deed_decision_after_objection on deed_decision;
create trigger deed_decision_after_objection before insert on deed_decision
  for each row when (new.kind in ('FIRST_APPROVE', 'APPROVE', 'RETURN', 'UNDO_RETURN'))
  execute function check_decision_after_objection();

-- An objection that is there and open, locked; another refuses NOT_FOUND or OBJECTION_DECIDED.
create or replace function objection_take(p_village uuid, p_objection uuid) returns objection
language plpgsql volatile as $$
declare
  v objection;
begin
  select * into v from objection o where o.village_id = p_village and o.id = p_objection for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if v.state <> 'OPEN' then
    perform refuse('OBJECTION_DECIDED', jsonb_build_object(
      'what', case v.state when 'UPHELD' then '成立' when 'REJECTED' then '不成立' else '撤回' end,
      'when', to_char(v.decided_at at time zone 'Asia/Shanghai', 'FMMM月FMDD日')));
  end if;
  return v;
end $$;

-- Decides, with what follows from it. Refuses NOT_FOUND, OBJECTION_DECIDED, SAY_WHY, NOT_ALLOWED, OWN_HOUSEHOLD,
-- NEAR_KIN, TOOK_PART, ANOTHER_HEARS, REPORTED_AGAIN.
create or replace function objection_decide(
  p_village uuid, p_objection uuid, p_person uuid, p_upheld boolean, p_reason text, p_command uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v objection := objection_take(p_village, p_objection);
  v_deduction deduction;
  v_posting posting;
  v_deed uuid;
begin
  -- the thing itself, before the outcome is written: it must not move between
  if v.subject_kind = 'DEDUCTION' then
    select * into v_deduction from deduction d where d.village_id = p_village and d.id = v.subject for no key update;
  elsif v.subject_kind = 'POSTING' then
    select * into v_posting from posting p where p.village_id = p_village and p.id = v.subject;
    select dd.deed_id into v_deed from deed_decision dd where dd.village_id = p_village and dd.id = v_posting.source;
    perform 1 from deed d where d.village_id = p_village and d.id = v_deed for no key update;
    select * into v_deduction from deduction d where d.village_id = p_village and d.id = v_posting.source for no key update;
  elsif v.subject_kind = 'DEED' then
    perform 1 from deed d where d.village_id = p_village and d.id = v.subject for no key update;
  end if;

  update objection o set state = case when p_upheld then 'UPHELD' else 'REJECTED' end::"ObjectionState",
    decided_by_id = p_person, decided_at = p_now, reason = coalesce(p_reason, '')
  where o.village_id = p_village and o.id = p_objection;

  if v.subject_kind = 'DEDUCTION' and v_deduction.state in ('CONTESTED', 'POSTED') then
    perform deduction_step_take(p_village, v.subject,
      case when not p_upheld then 'HEARD_REJECTED' when v_deduction.state = 'CONTESTED' then 'HEARD_UPHELD' else 'OVERTURN' end::"DeductionStepKind",
      p_person, p_command, p_reason, p_now);
    if p_upheld and v_deduction.state = 'POSTED' then
      perform deduction_give_back(p_village, v.subject, p_command, '异议成立', p_person, p_command, p_now);
    end if;
  elsif not p_upheld then
    return;
  elsif v.subject_kind = 'DEED' then
    if deed_reported_again(p_village, v.subject) then perform refuse('REPORTED_AGAIN'); end if;
    update deed d set state = 'SUBMITTED', first_by_id = null, decided_by_id = null, decided_at = null, reason = ''
    where d.village_id = p_village and d.id = v.subject and d.state = 'RETURNED';
  elsif v.subject_kind = 'POSTING' and exists (
    select 1 from posting p where p.village_id = p_village and p.reverses = v.subject) then
    return;
  elsif v.subject_kind = 'POSTING' and v_deduction.state = 'POSTED' then
    perform deduction_step_take(p_village, v_deduction.id, 'OVERTURN', p_person, p_command, p_reason, p_now);
    perform deduction_give_back(p_village, v_deduction.id, p_command, '异议成立', p_person, p_command, p_now);
  elsif v.subject_kind = 'POSTING' then
    perform ledger_reverse(p_village, v.subject, p_command, 0::smallint, '异议成立', p_person, p_command, p_now);
    if v_deed is not null then
      insert into deed_decision (village_id, id, deed_id, kind, person_id, reason, decided_at)
      values (p_village, p_command, v_deed, 'OVERTURN', p_person, p_reason, p_now);
      update deed d set state = 'SUBMITTED', first_by_id = null, decided_by_id = null, decided_at = null,
        honour_awarded = null, points_awarded = null, cap_note = ''
      where d.village_id = p_village and d.id = v_deed;
      update deed d set state = 'RETURNED', decided_by_id = p_person, decided_at = p_now, reason = p_reason
      where d.village_id = p_village and d.id = v_deed;
    end if;
  end if;
end $$;

-- The household takes it back; of a deduction the clock goes on. Refuses NOT_FOUND, OBJECTION_DECIDED, and as
-- refuse_speaker does.
create or replace function objection_withdraw(p_village uuid, p_objection uuid, p_person uuid, p_step uuid, p_now timestamptz)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v objection := objection_take(p_village, p_objection);
begin
  update objection o set state = 'WITHDRAWN', decided_by_id = p_person, decided_at = p_now
  where o.village_id = p_village and o.id = p_objection;
  if v.subject_kind = 'DEDUCTION' and exists (
    select 1 from deduction d where d.village_id = p_village and d.id = v.subject and d.state in ('CONTESTED', 'POSTED')) then
    perform deduction_step_take(p_village, v.subject, 'WITHDRAW_OBJECTION', p_person, p_step, '', p_now);
  end if;
end $$;

-- Marks what is overdue as risen to the township, once; answers what it has marked.
create or replace function objections_raise_overdue(p_now timestamptz)
returns table (village_id uuid, id uuid, number text, due_on date, village text, township_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  with risen as (
    update objection o set risen_at = p_now
    where o.state = 'OPEN' and o.risen_at is null and o.due_on < (p_now at time zone 'Asia/Shanghai')::date
    returning o.village_id, o.id, o.number, o.due_on
  )
  select r.village_id, r.id, r.number, r.due_on, v.name, v.township_id
  from risen r join village v on v.id = r.village_id order by r.due_on, r.id;
end $$;
