-- Deductions: what is done. Each call writes the step, and with it what the step says beside its reason.

-- Takes a step that says no more than its reason.
create or replace function deduction_step_take(
  p_village uuid, p_deduction uuid, p_kind "DeductionStepKind", p_person uuid, p_step uuid, p_reason text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into deduction_step (village_id, id, deduction_id, kind, person_id, reason, done_at)
  values (p_village, p_step, p_deduction, p_kind, p_person, coalesce(p_reason, ''), p_now);
end $$;

-- Records what was seen. Refuses ITEM_NOT_IN_FORCE, ITEM_ADDS, DAY_IN_FUTURE, DAY_TOO_OLD, RESIDENT_NOT_IN_HOUSEHOLD,
-- HOUSEHOLD_EXEMPT, MINOR, HOUSEHOLD_LEFT, OWN_HOUSEHOLD, NEAR_KIN, NOT_ALLOWED.
create or replace function deduction_record(
  p_village uuid, p_id uuid, p_household uuid, p_resident uuid, p_item uuid, p_seen_on date, p_seen_by text, p_facts text,
  p_person uuid, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into deduction (village_id, id, household_id, resident_id, version_id, item_id, seen_on, seen_by, facts,
                         recorded_by_id, recorded_at, points)
  select p_village, p_id, p_household, p_resident, i.version_id, i.id, p_seen_on, p_seen_by, p_facts,
         p_person, p_now, abs(i.points)
  from item i join household h on h.village_id = i.village_id and h.id = p_household
  where i.village_id = p_village and i.id = p_item;
  if not found then perform refuse('NOT_FOUND'); end if;
  perform deduction_step_take(p_village, p_id, 'RECORD', p_person, p_id, '', p_now);
end $$;

-- Serves the warning. Refuses NO_WARNING_ASKED, HOW_SERVED, SERVE_ON_PAPER, RECHECK_TOO_SOON, and as above.
create or replace function deduction_warn(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_how text, p_recheck_on date, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update deduction d set warned_how = p_how, recheck_on = p_recheck_on
  where d.village_id = p_village and d.id = p_deduction and d.state = 'RECORDED';
  perform deduction_step_take(p_village, p_deduction, 'WARN', p_person, p_step, '', p_now);
end $$;

-- Approves: this is the notice to the household, whose days to answer begin when it is served, not before today.
-- Refuses DEDUCTION_TWO_PEOPLE, HOW_SERVED, SERVE_ON_PAPER, SERVED_WHEN, and as above.
create or replace function deduction_approve(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_how text, p_served_on date, p_now timestamptz,
  out answer_until date
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := (p_now at time zone 'Asia/Shanghai')::date;
begin
  if p_served_on < v_today or p_served_on > v_today + 7 then perform refuse('SERVED_WHEN'); end if;
  update deduction d set noticed_how = p_how, answer_until = p_served_on + v.answer_days
  from rulebook_version v
  where d.village_id = p_village and d.id = p_deduction and d.state = 'PROPOSED'
    and v.village_id = d.village_id and v.id = d.version_id;
  perform deduction_step_take(p_village, p_deduction, 'APPROVE', p_person, p_step, '', p_now);
  select d.answer_until into deduction_approve.answer_until from deduction d
  where d.village_id = p_village and d.id = p_deduction;
end $$;

-- The household answers the notice; its clock stands still. Refuses ANSWERED_BEFORE, DEDUCTION_MOVED_ON, and as
-- refuse_speaker does.
create or replace function deduction_answer(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_answer text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from deduction d where d.village_id = p_village and d.id = p_deduction and d.state = 'NOTICED'
             and d.answered_at is not null) then
    perform refuse('ANSWERED_BEFORE');
  end if;
  update deduction d set answer = p_answer where d.village_id = p_village and d.id = p_deduction and d.state = 'NOTICED';
  perform deduction_step_take(p_village, p_deduction, 'ANSWER', p_person, p_step, '', p_now);
end $$;

-- The household says that it is mended. Refuses NOT_RESTORED, REPAIR_CLAIMED, DEDUCTION_MOVED_ON, and as refuse_speaker
-- does.
create or replace function deduction_claim_repair(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_note text, p_now timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update deduction d set repair_note = p_note
  where d.village_id = p_village and d.id = p_deduction and d.state in ('WARNED', 'POSTED') and d.repair_claimed_at is null;
  perform deduction_step_take(p_village, p_deduction, 'CLAIM_REPAIR', p_person, p_step, p_note, p_now);
end $$;

-- Gives the points of a posted deduction back, after the step that ends it.
create or replace function deduction_give_back(
  p_village uuid, p_deduction uuid, p_source uuid, p_reason text, p_person uuid, p_command uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_posting uuid;
  v_honour integer;
begin
  select p.id into v_posting from posting p
  where p.village_id = p_village and p.source = p_deduction and p.leg = 0 and p.kind = 'DEDUCTION';
  select r.honour into v_honour
  from ledger_reverse(p_village, v_posting, p_source, 0::smallint, p_reason, p_person, p_command, p_now) r;
  return v_honour;
end $$;

-- A verifier has seen that it is mended: the points come back. Answers how many. Refuses NO_REPAIR_CLAIMED, OWN_REPORT,
-- and the recusal cases.
create or replace function deduction_restore(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_reason text, p_command uuid, p_now timestamptz
) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deduction_step_take(p_village, p_deduction, 'CONFIRM_REPAIR', p_person, p_step, p_reason, p_now);
  return deduction_give_back(p_village, p_deduction, p_step, '整改好了，返还', p_person, p_command, p_now);
end $$;

-- Posts a deduction whose days to answer have passed: honour in full, spendable points as far as they are there, within
-- what the item's cap leaves; of a quarter that is closed by now, for the earliest open one. By time alone (p_person null) or by one of the office.
-- One that may no longer be taken (the household is exempt now, the cap is full, its notice was an SMS alone) is dropped instead, with the reason.
-- Refuses NOT_FOUND, DEDUCTION_MOVED_ON, ANSWER_DAYS_RUN, NO_HEAD.
create or replace function deduction_post(
  p_village uuid, p_deduction uuid, p_person uuid, p_step uuid, p_command uuid, p_now timestamptz,
  out state "DeductionState", out honour integer, out points integer, out reason text
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v deduction;
  v_item item;
  v_head uuid;
  v_day date;
  v_left integer;
  v_why text;
  v_is_served boolean;
begin
  select * into v from deduction d where d.village_id = p_village and d.id = p_deduction for no key update;
  if not found then perform refuse('NOT_FOUND'); end if;
  honour := 0; points := 0; reason := '';
  if v.state = 'NOTICED' and (p_now at time zone 'Asia/Shanghai')::date > v.answer_until then
    -- the quarter's lock is taken before the account's (period.sql)
    v_day := credit_day(p_village, v.seen_on);
    perform 1 from account a where a.village_id = p_village and a.id = v.household_id for no key update;
    v_left := deduction_cap_left(p_village, v.household_id, v.item_id, v_day);
    v_why := deduction_barred(p_village, v.household_id, v.resident_id, v.seen_on);
    v_is_served := was_served(p_village, v.household_id, v.noticed_how, p_now);
    if v_why is not null or v_left = 0 or not v_is_served then
      state := 'DROPPED';
      reason := case
        when v_why = 'HOUSEHOLD_EXEMPT' then '这户现在属于照顾户，按规定不扣分'
        when v_why = 'HOUSEHOLD_LEFT' then '这户已经迁出，不再扣分'
        when v_why is not null then '涉及未成年人，按规定不扣分'
        when not v_is_served then '通知没有真正送到这户，按规定不扣分'
        else '这一项本期已经扣满，不再扣' end;
      perform deduction_step_take(p_village, p_deduction, 'REFUSE', null, p_step, reason, p_now);
      return;
    end if;
  end if;

  select r.id into v_head from resident r
  where r.village_id = p_village and r.household_id = v.household_id and r.relation = 'HEAD' and r.left_on is null;
  perform deduction_step_take(p_village, p_deduction, 'POST', p_person, p_step, '', p_now);
  if v_head is null then perform refuse('NO_HEAD'); end if;
  select * into v_item from item i where i.village_id = p_village and i.id = v.item_id;
  select -l.honour, l.points into honour, points
  from ledger_post(
    p_village, 'DEDUCTION', p_deduction, 0::smallint, v.household_id, p_village, least(v.points, v_left),
    -least(v.points, v_left), v.household_id, v_head, v_day, v.version_id, v.item_id, v_item.code, null, '', null,
    v.approved_by_id, p_command, p_now, true) l;
  state := 'POSTED';
end $$;
