-- Deductions: who may take which step now, and what the step does to the deduction (deduction.sql has the picture).

-- Who rejected an objection to a line of the ledger that a deduction wrote, or to a row that rests on it. An objection to
-- the deduction itself leaves a step.
create or replace function deduction_rejecters(p_village uuid, p_deduction uuid) returns uuid[]
language plpgsql stable as $$
begin
  return array(
    select o.decided_by_id from posting p
    join objection o on o.village_id = p.village_id and o.subject_kind = 'POSTING' and o.subject = p.id
    where p.village_id = p_village and p.source = p_deduction and o.state = 'REJECTED'
    union
    select o.decided_by_id from list_ground g
    join objection o on o.village_id = g.village_id and o.subject_kind = 'LIST_ROW' and o.subject = g.row_id
    where g.village_id = p_village and g.deduction_id = p_deduction and o.state = 'REJECTED');
end $$;

-- Everyone who brought a deduction on its way or kept it there, and so writes nothing down in the household's name.
create or replace function deduction_partakers(p_village uuid, p_deduction uuid) returns uuid[]
language plpgsql stable as $$
begin
  return deduction_rejecters(p_village, p_deduction) || array(
    select d.recorded_by_id from deduction d where d.village_id = p_village and d.id = p_deduction
    union
    select s.person_id from deduction_step s
    where s.village_id = p_village and s.deduction_id = p_deduction and s.person_id is not null
      and s.kind in ('RECORD', 'WARN', 'PROPOSE', 'APPROVE', 'HEARD_REJECTED', 'REFUSE_REPAIR'));
end $$;

-- These, and whoever spoke for the household: none of them hears it.
create or replace function deduction_took_part(p_village uuid, p_deduction uuid) returns uuid[]
language plpgsql stable as $$
begin
  return deduction_partakers(p_village, p_deduction) || array(
    select s.person_id from deduction_step s
    where s.village_id = p_village and s.deduction_id = p_deduction and s.person_id is not null
      and s.kind in ('ANSWER', 'OBJECT'));
end $$;

-- Who may hear the household's answer now (hearing.sql).
create or replace function deduction_hearers(p_village uuid, p_deduction uuid, p_now timestamptz)
returns table (person_id uuid, role "Role")
language plpgsql stable as $$
begin
  return query
  select l.person_id, l.role
  from deduction d, hearers_left(d.village_id, d.hearer_ids, d.hearer_role, d.said_risen_at,
    deduction_took_part(d.village_id, d.id), array[d.household_id], p_now) l
  where d.village_id = p_village and d.id = p_deduction;
end $$;

-- Whether this hearing is what follows from an objection that this person has decided.
create or replace function is_heard_by_objection(
  p_village uuid, p_deduction uuid, p_state "DeductionState", p_kind "DeductionStepKind", p_person uuid
) returns boolean
language plpgsql stable as $$
begin
  return (p_state = 'POSTED' or (
      select s.kind from deduction_step s
      where s.village_id = p_village and s.deduction_id = p_deduction and s.kind in ('ANSWER', 'OBJECT')
      order by s.done_at desc, s.id desc limit 1) = 'OBJECT')
    and exists (
      select 1 from objection o
      where o.village_id = p_village and o.subject_kind = 'DEDUCTION' and o.subject = p_deduction and o.decided_by_id = p_person
        and o.state = case p_kind when 'HEARD_UPHELD' then 'UPHELD' else 'REJECTED' end::"ObjectionState");
end $$;

-- Who said last that it is mended.
create or replace function repair_claimer(p_village uuid, p_deduction uuid) returns uuid
language sql stable as $$
  select s.person_id from deduction_step s
  where s.village_id = p_village and s.deduction_id = p_deduction and s.kind = 'CLAIM_REPAIR'
  order by s.done_at desc, s.id desc limit 1
$$;

-- Who may say that a repair isn't enough: the verifiers who had no part in the deduction and reported no repair; where
-- there is none, the ladder of hearings. To say that it is enough, a part in it bars no verifier: it is for the household.
create or replace function repair_lookers(p_village uuid, p_deduction uuid, p_now timestamptz)
returns table (person_id uuid, role "Role")
language plpgsql stable as $$
declare
  v_barred uuid[] := deduction_partakers(p_village, p_deduction) || repair_claimer(p_village, p_deduction);
  v_household uuid;
begin
  select d.household_id into v_household from deduction d where d.village_id = p_village and d.id = p_deduction;
  return query
  select distinct a.person_id, a.role from appointment a
  where a.village_id = p_village and a.role = 'VERIFIER' and holds_role(p_village, a.person_id, a.role, p_now)
    and is_unbarred(p_village, a.person_id, v_barred, array[v_household], p_now)
  order by a.person_id;
  if not found then
    return query select l.person_id, l.role from list_hearers(p_village, v_barred, array[v_household], p_now) l;
  end if;
end $$;

-- Whether this person may take this step now.
create or replace function check_deduction_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v deduction;
  v_item item;
  v_version rulebook_version;
  v_today date := (new.done_at at time zone 'Asia/Shanghai')::date;
  v_why text;
  v_is_record boolean := new.kind in ('RECORD', 'WARN', 'FOUND_MENDED');
  v_by_household boolean := new.kind in ('ANSWER', 'OBJECT', 'WITHDRAW_OBJECTION', 'CLAIM_REPAIR');
  v_is_repair boolean := new.kind in ('CONFIRM_REPAIR', 'REFUSE_REPAIR');
  v_leads_on boolean := new.kind in ('RECORD', 'WARN', 'PROPOSE', 'APPROVE', 'POST');
begin
  select * into v from deduction d where d.village_id = new.village_id and d.id = new.deduction_id for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  if deduction_next(v.state, new.kind) is null then
    perform refuse('DEDUCTION_MOVED_ON', jsonb_build_object('state', deduction_state_words(v.state)));
  end if;
  if new.kind = 'RECORD' and exists (select 1 from deduction_step s where s.village_id = new.village_id
                                     and s.deduction_id = new.deduction_id) then
    raise exception 'a deduction is recorded once' using errcode = '23514';
  end if;
  select * into v_item from item i where i.village_id = v.village_id and i.id = v.item_id;
  select * into v_version from rulebook_version r where r.village_id = v.village_id and r.id = v.version_id;

  -- Who: the role, then recusal, then the second pair of eyes.
  if new.person_id is null then
    if new.kind <> 'POST' and not (new.kind = 'REFUSE' and v.state = 'NOTICED') then
      raise exception 'someone takes this step' using errcode = '23514';
    end if;
  elsif v_by_household then
    perform refuse_speaker(v.village_id, v.household_id, new.person_id, deduction_partakers(v.village_id, v.id), new.done_at);
  elsif new.kind = 'OVERTURN' then
    -- whoever upheld the objection: asked below, and whether he might when he did
    null;
  elsif new.kind in ('HEARD_UPHELD', 'HEARD_REJECTED') then
    -- What an objection opened, deciding the objection closes (objection_decide): there it was asked who may.
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) then perform refuse('HEARD_AS_OBJECTION'); end if;
    if not is_heard_by_objection(v.village_id, v.id, v.state, new.kind, new.person_id) then
      perform refuse_hearer(
        v.village_id, new.person_id,
        array(select h.person_id from deduction_hearers(v.village_id, v.id, new.done_at) h),
        deduction_took_part(v.village_id, v.id), array[v.household_id], new.done_at);
    end if;
  else
    if not (case
      when v_is_record then holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
        or holds_role(v.village_id, new.person_id, 'STEWARD', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SECRETARY', new.done_at)
      when new.kind = 'PROPOSE' then holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
      when new.kind = 'APPROVE' or (new.kind = 'REFUSE' and v.state = 'PROPOSED') then
        holds_role(v.village_id, new.person_id, 'SUPERVISOR', new.done_at)
      when new.kind = 'REFUSE' and v.state = 'NOTICED' then false
      else holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SECRETARY', new.done_at)
        or holds_role(v.village_id, new.person_id, 'SUPERVISOR', new.done_at)
      end) then
      perform refuse('NOT_ALLOWED');
    end if;
    v_why := recusal(v.village_id, v.household_id, v.resident_id, new.person_id, new.done_at);
    if v_why is not null then perform refuse(v_why); end if;
    if v_is_repair then
      if v.repair_claimed_at is null then perform refuse('NO_REPAIR_CLAIMED'); end if;
      if new.person_id = any (same_people(v.village_id, array[repair_claimer(v.village_id, v.id)])) then
        perform refuse('OWN_REPORT');
      end if;
    end if;
    if new.kind = 'REFUSE_REPAIR' or (new.kind = 'CONFIRM_REPAIR'
       and not holds_role(v.village_id, new.person_id, 'VERIFIER', new.done_at)) then
      perform refuse_hearer(
        v.village_id, new.person_id,
        array(select l.person_id from repair_lookers(v.village_id, v.id, new.done_at) l),
        deduction_partakers(v.village_id, v.id), array[v.household_id], new.done_at);
    end if;
  end if;
  if new.kind = 'APPROVE' and new.person_id = any (same_people(v.village_id, array[v.proposed_by_id, v.recorded_by_id])) then
    perform refuse('DEDUCTION_TWO_PEOPLE');
  end if;

  if v_leads_on then
    v_why := deduction_barred(v.village_id, v.household_id, v.resident_id, v.seen_on);
    if v_why is not null then perform refuse(v_why); end if;
  end if;
  if new.kind in ('REFUSE', 'FOUND_MENDED', 'HEARD_UPHELD', 'HEARD_REJECTED', 'OVERTURN', 'REFUSE_REPAIR')
     and btrim(new.reason) = '' then
    perform refuse('SAY_WHY');
  end if;

  case new.kind
  when 'RECORD' then
    if new.person_id <> v.recorded_by_id then
      raise exception 'a deduction is recorded by who records it' using errcode = '23514';
    end if;
  when 'WARN' then
    if not v_item.warn_first then perform refuse('NO_WARNING_ASKED'); end if;
    perform refuse_unserved(v.village_id, v.household_id, v.warned_how, new.done_at);
    if v.recheck_on is null or v.recheck_on < v_today + v_version.warning_days then
      perform refuse('RECHECK_TOO_SOON', jsonb_build_object('days', v_version.warning_days));
    end if;
  when 'PROPOSE' then
    if v_item.warn_first and v.state <> 'WARNED' then perform refuse('WARN_FIRST'); end if;
    if v_item.warn_first and not was_served(v.village_id, v.household_id, v.warned_how, new.done_at) then
      perform refuse('WARNED_NOBODY');
    end if;
    if v_item.warn_first and v_today < v.recheck_on then
      perform refuse('RECHECK_NOT_YET', jsonb_build_object('day', to_char(v.recheck_on, 'FMMM月FMDD日')));
    end if;
    if deduction_cap_left(v.village_id, v.household_id, v.item_id, credited_day(v.village_id, v.seen_on)) = 0 then
      perform refuse('DEDUCTION_CAP_FULL', jsonb_build_object('item', v_item.name, 'cap', v_item.cap_points, 'per',
        case v_item.cap_per when 'MONTH' then '每月' when 'QUARTER' then '每季' else '每年' end));
    end if;
  when 'APPROVE' then
    if v_item.warn_first and not was_served(v.village_id, v.household_id, v.warned_how, new.done_at) then
      perform refuse('WARNED_NOBODY');
    end if;
    perform refuse_unserved(v.village_id, v.household_id, v.noticed_how, new.done_at);
    if v.answer_until is null or v.answer_until < v_today + v_version.answer_days then
      perform refuse('ANSWER_DAYS_FEW', jsonb_build_object('days', v_version.answer_days));
    end if;
  when 'REFUSE' then
    -- By time alone only what may no longer be taken: an exempt household, a cap that is full, a notice that reached nobody.
    if new.person_id is null and was_served(v.village_id, v.household_id, v.noticed_how, new.done_at)
       and deduction_barred(v.village_id, v.household_id, v.resident_id, v.seen_on) is null
       and deduction_cap_left(v.village_id, v.household_id, v.item_id, credited_day(v.village_id, v.seen_on)) > 0 then
      raise exception 'nothing bars this deduction' using errcode = '23514';
    end if;
  when 'ANSWER' then
    if v.answered_at is not null then perform refuse('ANSWERED_BEFORE'); end if;
    if btrim(v.answer) = '' then perform refuse('SAY_WHY'); end if;
  when 'OBJECT' then
    if not objection_is_open(v.village_id, 'DEDUCTION', v.id) then
      raise exception 'there is no objection' using errcode = '23514';
    end if;
  when 'WITHDRAW_OBJECTION' then
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) or not exists (
      select 1 from objection o where o.village_id = v.village_id and o.subject_kind = 'DEDUCTION' and o.subject = v.id
        and o.state = 'WITHDRAWN') then
      raise exception 'the objection was not withdrawn' using errcode = '23514';
    end if;
  when 'HEARD_UPHELD', 'HEARD_REJECTED' then
    if v.state = 'POSTED' and not exists (
      select 1 from objection o where o.village_id = v.village_id and o.subject_kind = 'DEDUCTION' and o.subject = v.id
        and o.state = 'REJECTED' and o.decided_by_id = new.person_id) then
      raise exception 'no objection was rejected' using errcode = '23514';
    end if;
  when 'OVERTURN' then
    if not exists (
      select 1 from objection o where o.village_id = v.village_id and o.state = 'UPHELD' and o.decided_by_id = new.person_id
        and ((o.subject_kind = 'DEDUCTION' and o.subject = v.id)
          or (o.subject_kind = 'POSTING' and exists (
            select 1 from posting p where p.village_id = v.village_id and p.id = o.subject and p.source = v.id)))) then
      raise exception 'no objection was upheld' using errcode = '23514';
    end if;
  when 'POST' then
    if v_today <= v.answer_until then
      perform refuse('ANSWER_DAYS_RUN', jsonb_build_object('day', to_char(v.answer_until, 'FMMM月FMDD日')));
    end if;
    if objection_is_open(v.village_id, 'DEDUCTION', v.id) then perform refuse('HEARD_AS_OBJECTION'); end if;
    if not was_served(v.village_id, v.household_id, v.noticed_how, new.done_at) then
      raise exception 'the notice reached nobody' using errcode = '23514';
    end if;
  when 'CLAIM_REPAIR' then
    if v.state = 'POSTED' and not v_item.restored_when_repaired then perform refuse('NOT_RESTORED'); end if;
    if v.repair_claimed_at is not null then perform refuse('REPAIR_CLAIMED'); end if;
  else null;
  end case;
  return new;
end $$;
drop trigger if exists deduction_step_check on deduction_step;
create trigger deduction_step_check before insert on deduction_step for each row execute function check_deduction_step();

-- Moves the deduction as its step says. The clock of the household stands still from the answer or objection until it
-- is heard; then it has the days that were left, and at least one more.
create or replace function take_deduction_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (new.done_at at time zone 'Asia/Shanghai')::date;
  -- what the household said has been heard; an objection beside a claim says nothing of the claim
  v_is_decided boolean := new.kind in ('CONFIRM_REPAIR', 'REFUSE_REPAIR', 'OVERTURN', 'HEARD_UPHELD')
    or (new.kind = 'HEARD_REJECTED' and exists (
      select 1 from deduction d where d.village_id = new.village_id and d.id = new.deduction_id and d.state = 'CONTESTED'));
  v_hearers uuid[];
  v_role "Role";
begin
  if new.kind = 'ANSWER' then
    select array_agg(l.person_id), min(l.role::text)::"Role" into v_hearers, v_role
    from deduction d, list_hearers(d.village_id, deduction_took_part(d.village_id, d.id), array[d.household_id], new.done_at) l
    where d.village_id = new.village_id and d.id = new.deduction_id;
    v_hearers := coalesce(v_hearers, '{}');
  end if;
  update deduction d set
    state = deduction_next(d.state, new.kind),
    warned_at = case when new.kind = 'WARN' then new.done_at else d.warned_at end,
    proposed_by_id = case when new.kind = 'PROPOSE' then new.person_id else d.proposed_by_id end,
    proposed_at = case when new.kind = 'PROPOSE' then new.done_at else d.proposed_at end,
    approved_by_id = case when new.kind = 'APPROVE' then new.person_id else d.approved_by_id end,
    noticed_at = case when new.kind = 'APPROVE' then new.done_at else d.noticed_at end,
    answered_at = case when new.kind = 'ANSWER' then new.done_at else d.answered_at end,
    days_left = case when new.kind in ('ANSWER', 'OBJECT') and d.state = 'NOTICED' then greatest(d.answer_until - v_today, 0)
                else d.days_left end,
    answer_until = case
      when d.state = 'CONTESTED' and new.kind = 'HEARD_REJECTED' then greatest(d.answer_until, v_today + greatest(d.days_left, 1))
      when d.state = 'CONTESTED' and new.kind = 'WITHDRAW_OBJECTION' then greatest(d.answer_until, v_today + d.days_left)
      else d.answer_until end,
    posted_at = case when new.kind = 'POST' then new.done_at else d.posted_at end,
    repair_claimed_at = case
      when new.kind = 'CLAIM_REPAIR' then new.done_at
      when new.kind in ('PROPOSE', 'REFUSE_REPAIR') then null
      else d.repair_claimed_at end,
    said_due_on = case
      when new.kind = 'ANSWER' or (new.kind = 'CLAIM_REPAIR' and d.state = 'POSTED')
        then v_today + days_to_decide(d.village_id, v_today)
      when v_is_decided then null
      else d.said_due_on end,
    said_risen_at = case when v_is_decided then null else d.said_risen_at end,
    hearer_ids = case when new.kind = 'ANSWER' then v_hearers else d.hearer_ids end,
    hearer_role = case when new.kind = 'ANSWER' then v_role else d.hearer_role end,
    ended_at = case when deduction_next(d.state, new.kind) in ('DROPPED', 'RESTORED', 'OVERTURNED') then new.done_at
               else d.ended_at end,
    end_reason = case when deduction_next(d.state, new.kind) in ('DROPPED', 'RESTORED', 'OVERTURNED') then new.reason
                 else d.end_reason end
  where d.village_id = new.village_id and d.id = new.deduction_id;
  return null;
end $$;
drop trigger if exists deduction_step_take on deduction_step;
create trigger deduction_step_take after insert on deduction_step for each row execute function take_deduction_step();

drop trigger if exists deduction_step_append_only on deduction_step;
create trigger deduction_step_append_only before update or delete on deduction_step
  for each row execute function refuse_change();

-- Marks what a household said and nobody has looked at in time as risen to the township, once; answers what it has marked.
create or replace function deductions_raise_overdue(p_now timestamptz) returns table (village_id uuid, id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  update deduction d set said_risen_at = p_now
  where d.said_due_on < (p_now at time zone 'Asia/Shanghai')::date and d.said_risen_at is null
    and d.state in ('CONTESTED', 'POSTED')
  returning d.village_id, d.id;
end $$;
